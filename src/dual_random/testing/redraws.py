"""Redraws: what fair chance would have given instead, many times, the same on every machine.

An audit holds one published draw against fair ones of the same size. These come from no random generator, but from a
hash of a written seed: redraw b reads the words of its own endless stream, SHAKE128 of the seed and b. It is a function
of seed and number alone, however many redraws there are and however they are parted into chunks.

Words have 64 bits. A word w gives the place w mod N, but words from the last, incomplete run of N values on are passed
over, so that every place has as many words as any other: exactly uniform. A sample is the first n different places of
its stream. By symmetry every set of n is equally likely.

A draw that is fair and its B redraws, which are those of no other draw (`seed_of_draw`), are exchangeable: each of the
B + 1 is equally likely to be the most extreme. So p = (1 + redraws as extreme) / (1 + B) is at most alpha with a
probability of at most alpha, for any statistic and however few redraws there are (Barnard 1963; Davison and Hinkley,
*Bootstrap Methods and their Application*, 1997, 4.2).
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import sha256, shake_128
from math import ceil, floor, inf, log, sqrt
from typing import Final, Self, TypeAlias

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from dual_random.errors import Note
from dual_random.forms import positive_faults
from dual_random.testing.checks import level_faults, told
from dual_random.testing.replicates import Floats, Places

Words: TypeAlias = NDArray[np.uint64]

SPACE: Final = 2**64  # values that a word can have
CELLS: Final = 2**20  # numbers that a chunk holds: some megabytes


def seed_of_draw(units: Iterable[str], drawn: bytes) -> str:
    """The seed of the redraws that a draw is held against: a hash of the draw itself.

    So nobody can pick it, anybody can find it again, and two draws are not held against the same redraws: only then is
    p at most alpha with a probability of at most alpha, and not just on average over seeds.

    Args:
        units: the list, in an order that does not depend on how it was given.
        drawn: who was drawn, or in which order.

    >>> seed_of_draw(["E1", "E2"], b"10")[:16]
    'audit 96c8379dac'
    """
    digest = sha256("\n".join(units).encode())
    digest.update(b"\n\n" + drawn)
    return f"audit {digest.hexdigest()}"


def chunks(trials: int, width: int) -> Iterator[range]:
    """The numbers of the redraws, in runs so short that `width` numbers for each of them fit into memory.

    >>> [len(run) for run in chunks(2500, 1048)]
    [1000, 1000, 500]
    """
    rows = max(1, CELLS // max(1, width))
    return (range(first, min(trials, first + rows)) for first in range(0, trials, rows))


def stream(seed: str, part: int, number: int, count: int) -> bytes:
    """The first words of the stream of one redraw, as bytes."""
    return shake_128(f"dual_random redraws\n{part}\n{number}\n{seed}".encode()).digest(8 * count)


def _words(seed: str, part: int, numbers: Sequence[int], count: int) -> Words:
    """The first words of several streams, one row each."""
    joined = b"".join([stream(seed, part, number, count) for number in numbers])
    return np.frombuffer(joined, dtype="<u8").reshape(len(numbers), count).astype(np.uint64, copy=False)


# ---- samples


def subsets(size: int, taken: int, numbers: Sequence[int], *, seed: str, part: int = 0) -> Places:
    """Samples without replacement of `taken` of the places 0 to size - 1: one row for each number.

    Args:
        size, taken: N and n; n at most N.
        numbers: of the redraws.
        seed: a written text.
        part: which of several samples of a redraw (a stratum): each has a stream of its own.

    >>> subsets(10, 3, range(4), seed="example").tolist()
    [[3, 1, 5], [4, 3, 8], [4, 0, 7], [5, 6, 0]]
    """
    found = np.empty((len(numbers), taken), dtype=np.int32)
    if not taken:
        return found
    for run in chunks(len(numbers), max(size, _enough(size, taken))):
        open_, count = np.array(run), _enough(size, taken)
        while len(open_):
            words = _words(seed, part, [numbers[row] for row in open_], count)
            complete, rows = first_different(words, size, taken)
            found[open_[complete]] = rows
            open_, count = open_[~complete], 2 * count
    return found


def _enough(size: int, taken: int) -> int:
    """So many words that hardly any stream has fewer than n different places among them (the coupon collector's)."""
    gap = max(0.5, size - taken)
    mean = size * log(size / gap)
    return ceil(mean + 4 * sqrt(max(0.0, size * (size / gap - 1) - mean))) + 8


def first_different(words: Words, size: int, taken: int, *, space: int = SPACE) -> tuple[NDArray[np.bool_], Places]:
    """The first n different places that each row of words gives, for the rows that give so many; and which these are.

    >>> words = np.array([[7, 1, 4, 2], [6, 3, 0, 9]], dtype=np.uint64)  # of 0 to 9; 9 is passed over
    >>> first_different(words, 3, 2, space=10)
    (array([ True, False]), array([[1, 2]], dtype=int32))
    """
    places = (words % np.uint64(size)).astype(np.int32)
    places[words > np.uint64(space - space % size - 1)] = size  # a place that no unit has
    order = np.arange(words.shape[1], dtype=np.int32)
    flat = places + np.arange(len(words), dtype=np.int64)[:, None] * (size + 1)
    latest = np.empty(len(words) * (size + 1), dtype=np.int32)
    backwards = np.ascontiguousarray(flat[:, ::-1]).reshape(-1)  # numpy writes one by one only along one axis
    latest[backwards] = np.tile(order[::-1], len(words))  # of equal places the first is written last, and stays
    first = (latest[flat] == order) & (places < size)
    ranks = np.cumsum(first, axis=1, dtype=np.int32)
    complete = ranks[:, -1] >= taken
    kept = first & (ranks <= taken) & complete[:, None]
    return complete, places[kept].reshape(-1, taken)


# ---- orders


def permutations(size: int, numbers: Sequence[int], *, seed: str) -> Places:
    """Orders of the places 0 to size - 1, by ascending words of a stream: one row for each number.

    Equal words would favour the front of the list: then the next `size` words of the stream decide.

    >>> permutations(5, range(3), seed="example").tolist()
    [[0, 3, 1, 4, 2], [2, 0, 3, 4, 1], [4, 2, 1, 0, 3]]
    """
    words = _words(seed, 0, numbers, size)
    order, open_ = ascending(words)
    tries = 1
    while len(open_):
        tries += 1
        later = _words(seed, 0, [numbers[row] for row in open_], tries * size)[:, -size:]
        order[open_], tied = ascending(later)
        open_ = open_[tied]
    return order


def ascending(words: Words) -> tuple[Places, NDArray[np.intp]]:
    """The order of each row of words; and the rows with equal words.

    >>> ascending(np.array([[7, 1, 4], [6, 3, 3]], dtype=np.uint64))[1]
    array([1])
    """
    order = np.argsort(words, axis=1)
    placed = np.take_along_axis(words, order, axis=1)
    return order.astype(np.int32), np.flatnonzero((placed[:, 1:] == placed[:, :-1]).any(axis=1))


# ---- what the redraws say


@frozen(eq=False)
class Pool:
    """A draw among its redraws, by several statistics at once.

    Args:
        alone: p of each statistic.
        adjusted: p of each, family-wise.
        critical: from which value on each statistic would have been held to be unfair; infinite: never.
    """

    alone: Floats
    adjusted: Floats
    critical: Floats


def pooled(statistics: Floats, alpha: float) -> Pool:
    """What a draw's statistics are worth among those of its redraws: Westfall and Young's step-down minimum of p.

    One row is the draw (the first), the others are redraws; all of them are treated alike, so that p is exact also
    where statistics depend on each other, and hardly larger than p alone where two tell the same.

    Args:
        statistics: one column each; the larger, the more extreme.
        alpha: the limit, for the critical values.

    Source: P. H. Westfall and S. S. Young, *Resampling-Based Multiple Testing* (1993), algorithm 2.8.

    >>> draw_and_redraws = np.array([[9.0, 1.0], [1.0, 8.0], [2.0, 2.0], [3.0, 3.0]])
    >>> pool = pooled(draw_and_redraws, 0.5)
    >>> pool.alone, pool.adjusted, pool.critical
    (array([0.25, 1.  ]), array([0.5, 1. ]), array([9., 8.]))
    """
    size = len(statistics)
    ordered = np.sort(statistics, axis=0)
    columns = range(statistics.shape[1])
    below = [np.searchsorted(ordered[:, column], statistics[:, column], side="left") for column in columns]
    ranks = size - np.stack(below, axis=1)  # how many are as extreme, itself among them
    turn = np.argsort(ranks[0], kind="stable")
    least = np.minimum.accumulate(ranks[:, turn[::-1]], axis=1)[:, ::-1]  # of each statistic and those after it
    steps = np.maximum.accumulate((least <= ranks[0, turn]).sum(axis=0))
    adjusted = np.empty(len(turn), dtype=np.int64)
    adjusted[turn] = steps
    level = _level(least[:, 0], alpha)
    critical = [statistics[ranks[:, column] <= level, column].min(initial=inf) for column in columns]
    return Pool(ranks[0] / size, adjusted / size, np.array(critical))


def _level(least: NDArray[np.int64], alpha: float) -> int:
    """The highest rank that a share alpha of the rows, at most, have as their lowest; 0 if there is none."""
    lowest = np.sort(least)
    allowed = floor(alpha * len(lowest) * (1 + 1e-12))
    ranks, counts = np.unique(lowest, return_counts=True)
    fitting = ranks[np.cumsum(counts) <= allowed]
    return int(fitting[-1]) if len(fitting) else 0


def redraw_faults(trials: object, alpha: float, statistics: int) -> list[Note]:
    """Why so many redraws cannot reach the limit; a limit that is none."""
    faults = positive_faults(trials, "trials") + level_faults(alpha)
    if faults or not isinstance(trials, int):
        return faults
    least = ceil(statistics / alpha * (1 - 1e-12)) - 1
    params: dict[str, str | int] = {"trials": trials, "alpha": told(alpha), "count": statistics, "least": least}
    return [Note("redraws-few", "trials", params)] if trials < least else []


# ---- what they could have seen


@frozen(eq=False)
class Noise:
    """What a statistic is but for one group: how far out the group must be to bring it over its critical value.

    A statistic of all groups is what one group brings by itself (its signal) and the noise of the others, which hardly
    depends on that group. The noise of the redraws tells how often a signal is seen.

    Args:
        values: the noise in redraws, ascending.
        critical: value of the statistic.
    """

    values: Floats
    critical: float

    @classmethod
    def of(cls, statistics: Floats, signals: Floats, shrink: Floats, critical: float) -> Self:
        """The noise of redraws.

        Args:
            statistics: of the redraws.
            signals: what the group brings in each.
            shrink: the scale of the noise in each, as far as it depends on the group.
            critical: value of the statistic.
        """
        rest = np.maximum(0.0, statistics - signals)
        return cls(np.sort(np.divide(rest, shrink, out=np.zeros_like(rest), where=shrink > 0)), critical)

    def seen(self, chances: Floats, signals: Floats, shrink: Floats) -> float:
        """The chance that the statistic is critical, if signals have these chances."""
        if self.critical == inf:
            return 0.0
        missing = np.divide(self.critical - signals, shrink, out=np.full_like(signals, inf), where=shrink > 0)
        missing = np.where(signals >= self.critical, 0.0, missing)
        share = 1 - np.searchsorted(self.values, missing, side="left") / len(self.values)
        return float(chances @ share)


def least_seen(seen: Callable[[float], float], highest: float, power: float) -> float:
    """The smallest bias from 0 to the highest that is seen with this power; infinite, if none is.

    >>> round(least_seen(lambda bias: bias / 2, 2.0, 0.75), 3), least_seen(lambda bias: 0.0, 2.0, 0.75)
    (1.5, inf)
    """
    if seen(highest) < power:
        return inf
    low, high = 0.0, highest
    for _ in range(24):
        middle = (low + high) / 2
        low, high = (low, middle) if seen(middle) >= power else (middle, high)
    return high
