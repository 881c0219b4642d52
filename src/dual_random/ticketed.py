"""A list of ids with their tickets: checked and hashed in one pass, ordered by ticket.

What is rare costs nothing until it is seen: ids that are unclean, stand twice or are alike are looked for one by one
only if that pass shows a sign of them.
"""

import string
from collections.abc import Container, Iterable, Iterator
from operator import itemgetter
from typing import Final

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from dual_random.errors import Note
from dual_random.ids import CleanChunk, RowFault, alike_faults, clean_chunk, clean_chunks, repeat_faults
from dual_random.lines import Lines, byte_order, split
from dual_random.schemes import Scheme, ticket, ticket_start
from dual_random.tickets import Rows, Words, ascending, first_words, lowest, whole_ticket

_BLOCK: Final = 2**15  # tickets handled at a time: they stay in the cache
_FEW: Final = 2**12  # tickets that are sorted more quickly than marked
_CHUNK: Final = 2**11  # ids checked and hashed at a time: they stay in the cache
_UNCLEAN: Final = b"unclean"
_LETTERS_AND_DIGITS: Final = (string.ascii_letters + string.digits).encode()
_UNSIGNED: Final = _LETTERS_AND_DIGITS + b"\n"
_MASK: Final = bytes.maketrans(_LETTERS_AND_DIGITS, b"x" * len(_LETTERS_AND_DIGITS))


@frozen(eq=False)
class Ticketed:
    """A list of ids and the first 64 bits of their `target` tickets; rows are places in the list, from 0.

    >>> listed, faults = ticketed(("E1", "E2", "E3"), "dual-random/1-sha256", "ab" * 32, alike=False)
    >>> listed.order({"E1", "E2", "E3"}), listed.named(listed.lowest(np.arange(3), 1)), faults
    (('E2', 'E3', 'E1'), ('E2',), [])
    """

    scheme: Scheme
    key: str
    ids: tuple[str, ...]
    words: Words

    def ascending(self, rows: Rows) -> Rows:
        """Rows in ascending order of ticket."""
        return ascending(self.words, rows, self._whole)

    def lowest(self, rows: Rows, count: int) -> Rows:
        """The `count` rows of lowest ticket, in ticket order."""
        return lowest(self.words, rows, count, self._whole)

    def _whole(self, row: int) -> tuple[bytes, bytes]:
        name = self.ids[row]
        return bytes.fromhex(ticket(self.scheme, self.key, "target", name)), name.encode()

    def named(self, rows: Rows) -> tuple[str, ...]:
        """The ids at some rows."""
        places = rows.tolist()
        if len(places) < 2:
            return tuple([self.ids[place] for place in places])
        names: tuple[str, ...] = itemgetter(*places)(self.ids)  # quicker than a loop
        return names

    def order(self, kept: Container[str]) -> tuple[str, ...]:
        """The ids kept, in ascending order of ticket."""
        rows = [row for row, name in enumerate(self.ids) if name in kept]
        return self.named(self.ascending(np.array(rows, dtype=np.intp)))

    def numbers(self, kept: Iterable[str]) -> dict[str, int]:
        """Whole tickets as numbers."""
        start = ticket_start(self.scheme, self.key, "target")
        return {name: int.from_bytes(whole_ticket(start, name.encode()), "big") for name in kept}

    def offset(self, total: int) -> int:
        """Where a systematic sample starts, 0 … total-1: the ticket `start`, scaled and rounded down."""
        return int(ticket(self.scheme, self.key, "start"), 16) * total >> 256


def ticketed(ids: tuple[str, ...], scheme: Scheme, key: str, *, alike: bool) -> tuple[Ticketed, list[Note]]:
    """The tickets of a list of ids, and the faults of the ids.

    Args:
        ids: what should be ids.
        scheme, key: of the tickets.
        alike: whether alike ids (`dual_random.ids.folded`) are no fault.

    Returns:
        The list with its tickets, of use only if there are no faults; and for every id that is not clean text, stands
        twice or is alike another a note that names the rows, counted from 1.
    """
    shapes: set[bytes | None] = set()
    words = first_words(ticket_start(scheme, key, "target"), _names(ids, shapes), len(ids))
    unclean = _UNCLEAN in shapes
    repeats = unclean or collide(words)
    alikes = not alike and (unclean or len(shapes) > 1 or None in shapes)
    return Ticketed(scheme, key, ids, words), _faults(ids, repeats, alikes) if repeats or alikes else []


def _names(ids: tuple[str, ...], shapes: set[bytes | None]) -> Iterator[list[bytes]]:
    """Ids as UTF-8 by chunks, up to the first chunk that is not clean; and the shapes of the chunks."""
    for begin in range(0, len(ids), _CHUNK):
        chunk = clean_chunk(ids[begin : begin + _CHUNK])
        if chunk.faults:
            shapes.add(_UNCLEAN)
            return
        shapes.add(_shape(chunk))
        yield split(chunk.data, chunk.stride)


def _shape(chunk: CleanChunk) -> bytes | None:
    """What all ids of a chunk share that makes different ones of them differ when folded, too; None if nothing does.

    It is ASCII letters of one case, either no signs at all or the same signs at the same places, and digits. What is
    left out when folding is then the same in all of them.

    >>> _shape(clean_chunk(["91-a", "92-b"])), _shape(clean_chunk(["91-a", "9-1a"]))
    (b'axx-x\\n', None)
    """
    data = chunk.data
    if chunk.plain:
        return b"A"
    case = b"A" if data.upper() == data else b"a"
    if not data.isascii() or (case == b"a" and data.lower() != data):
        return None
    if not data.translate(None, _UNSIGNED):
        return case
    signs = data.translate(_MASK)
    first = signs[: signs.index(b"\n") + 1]
    return case + first if signs == first * (len(signs) // len(first)) else None


def _faults(ids: tuple[str, ...], repeats: bool, alikes: bool) -> list[Note]:
    """What is wrong with the ids, in the order of rows; repeats and alikes only where they may be."""
    chunks = list(clean_chunks(ids))
    lines = Lines(b"".join([chunk.data for chunk in chunks]))
    unclean = {row: note for chunk in chunks for row, note in chunk.faults}
    several = repeat_faults(lines, byte_order(lines)) if repeats else []
    several += alike_faults(lines) if alikes else []
    rows = [row for row in range(len(ids)) if row not in unclean] if several else []
    faults = [RowFault((row,), note) for row, note in unclean.items()]
    faults += [RowFault(tuple([rows[line] for line in fault.rows]), fault.note) for fault in several]
    return [fault.told() for fault in sorted(faults, key=lambda fault: fault.rows[0])]


def collide(words: Words) -> bool:
    """Whether two tickets look alike, as those of an id that is there twice; far quicker than sorting all of them.

    The leading bits of a ticket name a slot, 32 others are its mark. All write their marks into their slots, and the
    last ones stay. If two tickets agree in both, their mark stays for both or for neither: then more find their mark
    than there are slots in use, or both try again among those that did not find theirs. The last few are sorted by
    32 bits: in a list of different ids two of these agree once in some 500 lists at most.

    >>> collide(np.array([3, 2**63, 3], dtype=np.uint64)), collide(np.array([1, 2**63], dtype=np.uint64))
    (True, False)
    """
    while len(words) > _FEW:
        bits = (len(words) - 1).bit_length()
        stayed = np.zeros(2**bits, dtype=np.uint32)
        blocks = [words[begin : begin + _BLOCK] for begin in range(0, len(words), _BLOCK)]
        for block in blocks:
            stayed[_slots(block, bits)] = _marks(block)
        others = np.concatenate([block.compress(stayed.take(_slots(block, bits)) != _marks(block)) for block in blocks])
        if len(words) - len(others) > np.count_nonzero(stayed):
            return True
        words = others
    ordered = words.astype(np.uint32)
    ordered.sort()
    return bool(np.count_nonzero(ordered[1:] == ordered[:-1]))


def _slots(words: Words, bits: int) -> Rows:
    return (words >> np.uint64(64 - bits)).astype(np.intp)


def _marks(words: Words) -> NDArray[np.uint32]:
    return words.astype(np.uint32) | np.uint32(1)  # 0 is a slot not in use
