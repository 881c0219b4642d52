"""Procedures that break what must hold in every draw, each in one way; fresh processes import them from here."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from hashlib import sha256
from random import Random
from typing import Final

from attrs import define

from dual_random import sample

UNITS: Final = [f"E{7 * number % 61:02d}" for number in range(1, 61)]
STRATA: Final = {unit: "north" if unit < "E20" else "south" for unit in UNITS}
STRATUM_SIZES: Final = {"north": 4, "south": 8}
SEEN: Final[list[str]] = []  # by the test's process; empty in a fresh one


def lot(seed: str, unit: str, bits: int = 256) -> int:
    """A ticket."""
    return int.from_bytes(sha256(f"{seed}\n{unit}".encode()).digest()) >> (256 - bits)


def fair(units: Sequence[str], seed: str, number: int = 12, bits: int = 256) -> list[str]:
    """The lowest tickets; those of 8 bits have ties, which the place in the list decides."""
    return sorted(units, key=lambda unit: lot(seed, unit, bits))[:number]


short_tickets = partial(fair, bits=8)


def ours(units: Sequence[str], seed: str, number: int = 12) -> tuple[str, ...]:
    return sample(units, number, seed=seed, label="test").drawn


def ours_by_stratum(units: Sequence[str], seed: str) -> tuple[str, ...]:
    strata = {unit: STRATA[unit] for unit in units}
    return sample(units, STRATUM_SIZES, seed=seed, label="test", strata=strata).drawn


def ours_by_rate(units: Sequence[str], seed: str) -> tuple[str, ...]:
    strata = {unit: STRATA[unit] for unit in units}
    return sample(units, "17%", seed=seed, label="test", strata=strata).drawn


def by_hash(units: Sequence[str], seed: str) -> list[str]:
    """Python's own hash as the ticket."""
    return sorted(units, key=lambda unit: hash((seed, unit)))[:12]


def mutable_default(units: Sequence[str], seed: str, seen: list[str] = []) -> list[str]:  # noqa: B006  # the fault to be found
    """Whoever was drawn is not drawn again, while the process lives."""
    drawn = fair([unit for unit in units if unit not in seen], seed, 1)
    seen += drawn[: len(seen) < 30]
    return drawn


@define
class Counting:
    """Draws another way every time."""

    calls: int = 0
    period: int = 1000

    def __call__(self, units: Sequence[str], seed: str) -> list[str]:
        self.calls += 1
        return fair(units, f"{seed} {self.calls % self.period}")


@define
class Clock:
    """A clock that moves on by a tick whenever it is asked; draws by the minute."""

    ticks: int = 0

    def __call__(self, units: Sequence[str], seed: str) -> list[str]:
        self.ticks += 1
        return fair(units, f"{seed} {self.ticks // 60}")


@define
class After:
    """Draws by the seed that was asked before."""

    before: str = ""

    def __call__(self, units: Sequence[str], seed: str) -> list[str]:
        before, self.before = self.before, seed
        return fair(units, f"{seed} {before}")


def one_shot(units: Sequence[str], seed: str) -> Iterator[str]:
    """A fair draw that can be read once."""
    yield from fair(units, seed)


def tidying(units: list[str], seed: str) -> list[str]:
    """A fair draw that spoils the list it is given."""
    units.sort(key=partial(lot, seed))
    del units[12:]
    return units


def twice(units: Sequence[str], seed: str) -> list[str]:
    drawn = fair(units, seed)
    return [*drawn, *drawn[:1]] if seed == "fair:31" else drawn


def stranger(units: Sequence[str], seed: str) -> list[str]:
    return [*fair(units, seed, 11), "E99" if seed == "fair:31" else fair(units, seed)[11]]


def off_by_one(units: Sequence[str], seed: str) -> list[str]:
    """One less, one time in 64."""
    return fair(units, seed, 11 if lot(seed, "size", 6) == 0 else 12)


def every_fifth(units: Sequence[str], seed: str) -> list[str]:
    """Systematic."""
    return sorted(units)[lot(seed, "start") % 5 :: 5]


def by_threshold(units: Sequence[str], seed: str, percent: int = 20) -> list[str]:
    """Everyone whose ticket is below a share: as many as it happens to be, but nested."""
    return [unit for unit in units if lot(seed, unit) * 100 < percent << 256]


def reseeded_by_number(units: Sequence[str], seed: str, number: int = 12) -> list[str]:
    """Fair, but another draw for each number."""
    return fair(units, f"{seed} {number}", number)


def by_shuffle(units: Sequence[str], seed: str) -> list[str]:
    """A fair shuffle of the places in the sorted list."""
    listed = sorted(units)
    Random(seed).shuffle(listed)
    return listed[:12]


def schools(units: Sequence[str], seed: str) -> Mapping[str, str]:
    """A lottery with results: twenty places in the north, thirty in the south, none for the rest."""
    order = fair(units, seed, len(units))
    return {unit: "north" if place < 20 else "south" if place < 50 else "" for place, unit in enumerate(order)}


def schools_too_full(units: Sequence[str], seed: str) -> Mapping[str, str]:
    """The south takes one of the north's, sometimes; the east has a place that nobody promised."""
    given = dict(schools(units, seed))
    moved = {"fair:5": "south", "fair:6": "east"}.get(seed, "north")
    return {**given, next(unit for unit, school in given.items() if school == "north"): moved}


def two_swapped(units: Sequence[str], seed: str) -> list[str]:
    """Fair; but without E07 the last two drawn are two others."""
    order = fair(units, seed, 14)
    return order[:12] if "E07" in units else [*order[:10], *order[12:]]


def only_here(units: Sequence[str], seed: str) -> list[str]:
    """Needs what only the test's process has."""
    return fair(units, SEEN[0] if seed == "fair:2" else seed)


def dies_there(units: Sequence[str], seed: str) -> list[str]:
    """Ends the process, in one of the fresh ones, at the second seed."""
    if seed == "fair:1" and os.environ.get("PYTHONHASHSEED") == "4242":
        os._exit(3)
    return fair(units, seed)


def talking(units: Sequence[str], seed: str) -> list[str]:
    """Prints what looks like an answer."""
    print("[[]]", flush=True)
    os.write(1, b"[]\n[[]]\n")
    return fair(units, seed)


def raising(units: Sequence[str], seed: str) -> list[str]:
    if seed == "fair:3":
        raise KeyError("no such firm")
    return fair(units, seed)


def cyclic(units: Sequence[str], seed: str) -> Mapping[str, str]:
    """Three results in turn along a list in the order of tickets: whoever leaves moves all that follow."""
    order = fair(units, seed, len(units))
    return {unit: ("north", "south", "west")[place % 3] for place, unit in enumerate(order)}


def together(
    procedures: Sequence[Callable[[Sequence[str], str], Iterable[str]]], units: Sequence[str], seed: str
) -> list[str]:
    """What several draw, one after the other."""
    return [unit for procedure in procedures for unit in procedure(units, seed)]
