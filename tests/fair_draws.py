"""Draws for tests of the statistics: by hand, all that are possible, and fair ones by a generator with a seed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations
from math import factorial, prod
from random import Random
from typing import TypeAlias

from dual_random.testing.procedures import DRAWN, Outcome, seed_of
from dual_random.testing.replicates import NONE, Replicates, Texts

Places: TypeAlias = tuple[int, ...]
Law: TypeAlias = Iterable[tuple[float, Fraction]]  # p and the probability of what has it


def names(count: int) -> tuple[str, ...]:
    """Units: E01, E02, …; in byte order up to 99."""
    return tuple(f"E{number:02d}" for number in range(1, count + 1))


def plain(size: int, drawn: Iterable[Iterable[int]], alike: Texts = NONE) -> Replicates:
    """Plain draws of places."""
    units = names(size)
    outcomes = [Outcome(seed_of(number), [(units[i], DRAWN) for i in one]) for number, one in enumerate(drawn)]
    return Replicates.of(units, outcomes, alike=alike)


def given(size: int, drawn: Iterable[Iterable[tuple[int, str]]], alike: Texts = NONE) -> Replicates:
    """Draws of places with results."""
    units = names(size)
    outcomes = [Outcome(seed_of(number), [(units[i], result) for i, result in one]) for number, one in enumerate(drawn)]
    return Replicates.of(units, outcomes, alike=alike)


def subsets(size: int, taken: int) -> list[Places]:
    """All sets of places."""
    return list(combinations(range(size), taken))


def fair(size: int, taken: int, trials: int, seed: str) -> list[list[int]]:
    """Fair samples."""
    generator = Random(seed)
    return [generator.sample(range(size), taken) for _ in range(trials)]


def shares(total: int, parts: int) -> Iterator[Places]:
    """All ways to write a number as a sum of so many."""
    if parts == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in shares(total - first, parts - 1):
            yield (first, *rest)


def multinomial(counts: Sequence[int], chances: Sequence[Fraction]) -> Fraction:
    """The probability that outcomes with these chances come so often."""
    ways = factorial(sum(counts)) // prod(map(factorial, counts))
    return ways * prod((chance**count for chance, count in zip(chances, counts, strict=True)), start=Fraction(1))


def many(sets: Sequence[Places], counts: Sequence[int]) -> list[Places]:
    """Each set so many times."""
    return [one for one, count in zip(sets, counts, strict=True) for _ in range(count)]


def excesses(law: Law) -> list[tuple[float, float]]:
    """For every p that occurs below 1: p, and how many times as likely as it says a p so low is."""
    by_p: dict[float, Fraction] = {}
    for p, chance in law:
        by_p[p] = by_p.get(p, Fraction(0)) + chance
    assert sum(by_p.values()) == 1
    found, below = [], Fraction(0)
    for p in sorted(by_p):
        below += by_p[p]
        found += [(p, float(below) / p)] if p < 1 else []
    return found


def split(size: int, names_of: Mapping[str, int]) -> dict[str, str]:
    """Classes of so many units, in the order of the list."""
    labels = [name for name, count in names_of.items() for _ in range(count)]
    return dict(zip(names(size), labels, strict=True))
