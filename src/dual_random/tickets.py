"""Tickets of many ids at once, and the lowest of them with ties decided exactly.

numpy holds the first 64 bits of each ticket and sorts them; wherever two are equal, the whole ticket and
then the id decide, so the result is that of sorting ``(ticket, id)`` and no machine's sort matters.
"""

from collections.abc import Callable, Iterable, Sequence
from math import isqrt
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from dual_random.schemes import Hash

Words: TypeAlias = NDArray[np.uint64]
Rows: TypeAlias = NDArray[np.intp]

SPARE: Final = 6  # too few less than once in 10^6 strata; then all are looked at

HIGHEST: Final = 2**64 - 1  # of first words
_BATCH: Final = 2048  # digests joined at a time: 64 kB, which stays in the cache


def first_words(start: Hash, chunks: Iterable[Sequence[bytes]], count: int) -> Words:
    """The first 64 bits of each id's ticket, in the order of the ids.

    Args:
        start: the hash state of key and purpose (`dual_random.schemes.ticket_start`).
        chunks: the ids as UTF-8, in chunks of any length.
        count: how many ids there are.

    Returns:
        An array of `count` unsigned 64-bit numbers.
    """
    words = np.empty(count, dtype=np.uint64)
    done = 0
    for chunk in chunks:
        for begin in range(0, len(chunk), _BATCH):
            part = chunk[begin : begin + _BATCH]
            digests = b"".join([h.digest() for name in part for h in (start.copy(),) if h.update(name) is None])
            words[done : done + len(part)] = np.frombuffer(digests, dtype=">u8")[::4]
            done += len(part)
    return words


def whole_ticket(start: Hash, name: bytes) -> bytes:
    """One id's whole ticket, from the hash state of key and purpose."""
    state = start.copy()
    state.update(name)
    return state.digest()


def digests(start: Hash, parts: Iterable[bytes]) -> list[bytes]:
    """The whole hash of every part, behind what the state at the start has taken in."""
    return [h.digest() for part in parts for h in (start.copy(),) if h.update(part) is None]


def ascending(words: Words, rows: Rows, whole: Callable[[int], tuple[bytes, bytes]]) -> Rows:
    """Rows in ascending order of ticket, equal first words decided by the whole ticket and then the id.

    Args:
        words: first words of the tickets, one a row of the frame.
        rows: the rows to order.
        whole: a row's whole ticket and id, as bytes; asked only where first words are equal.

    >>> words = np.array([7, 3, 7, 1], dtype=np.uint64)
    >>> ascending(words, np.arange(4), lambda row: (b"same", b"dcba"[row : row + 1])).tolist()
    [3, 1, 2, 0]
    """
    keys = words[rows]
    order = keys.argsort()
    ordered, keys = rows[order], keys[order]
    equal = (keys[1:] == keys[:-1]).nonzero()[0]
    for begin, end in _runs(equal):
        ordered[begin:end] = sorted(ordered[begin:end].tolist(), key=whole)
    return ordered


def _runs(equal: NDArray[np.intp]) -> list[tuple[int, int]]:
    """Half-open runs of places whose neighbours are equal: [3, 4, 9] -> (3, 6), (9, 11)."""
    if not len(equal):
        return []
    breaks = np.flatnonzero(np.diff(equal) > 1) + 1
    return [(int(run[0]), int(run[-1]) + 2) for run in np.split(equal, breaks)]


def likely_limit(count: int, size: int, spare: int = SPARE) -> int:
    """A first word at or below which the `count` lowest of `size` tickets almost surely lie.

    Args:
        count, size: how many of how many.
        spare: standard deviations by which more tickets are let in than are wanted.

    >>> f"{likely_limit(50_000, 1_000_000) / 2**64:.4f}", likely_limit(3, 3) == 2**64 - 1
    ('0.0513', True)
    """
    wanted = count and max(0, count + spare * (isqrt(count) + 2))
    return min(HIGHEST, (wanted << 64) // size)


def lowest(words: Words, rows: Rows, count: int, whole: Callable[[int], tuple[bytes, bytes]]) -> Rows:
    """The `count` rows of lowest ticket, in ticket order.

    Only rows whose first word is likely among the lowest are sorted, so a small draw from many costs little; if
    they turn out too few, all are.
    """
    if 0 < count < len(rows):
        near = rows[words[rows] <= np.uint64(likely_limit(count, len(rows)))]
        rows = near if len(near) >= count else rows
    return ascending(words, rows, whole)[:count]
