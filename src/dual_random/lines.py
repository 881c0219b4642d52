"""Many texts as UTF-8 in one buffer, an LF after each: compact, hashable as it stands, quick to sort by bytes.

A register of a million ids as Python strings takes 75 bytes an id and 1.7 times the hashing of all tickets to
sort. Here an id takes its own length and five bytes, and one long id costs nobody else anything.
"""

from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise
from typing import Final, TypeAlias

import numpy as np
from attrs import Factory, field, frozen
from numpy.typing import NDArray

Integers: TypeAlias = NDArray[np.intp]
Words: TypeAlias = NDArray[np.uint64]
Unsigned: TypeAlias = NDArray[np.unsignedinteger]

LF: Final = 0x0A
_CHUNK: Final = 2048
_BLOCK: Final = 2**14  # rows gathered at a time: bounds the memory of index arrays
_CACHED: Final = 2**14  # 64-bit numbers whose steps stay in the cache
_KEEP: Final = np.array([(2**64 - 1) ^ (2 ** (64 - 8 * kept) - 1) for kept in range(9)], dtype=np.uint64)


def smallest_unsigned(most: int) -> np.dtype[np.unsignedinteger]:
    """The smallest unsigned type that holds numbers up to `most`.

    >>> smallest_unsigned(255), smallest_unsigned(256)
    (dtype('uint8'), dtype('uint16'))
    """
    return np.dtype(np.min_scalar_type(most))


def frozen_array(array: Unsigned) -> Unsigned:
    """The same numbers in memory that nobody can write to, whoever holds the array."""
    return np.frombuffer(array.tobytes(), array.dtype) if len(array) else array


def _starts(lines: "Lines") -> Unsigned:
    ends = np.flatnonzero(np.frombuffer(lines.data, dtype=np.uint8) == LF)
    starts = np.zeros(len(ends) + 1, dtype=smallest_unsigned(max(len(lines.data), 2**16)))
    np.add(ends, 1, out=starts[1:], casting="unsafe")
    return frozen_array(starts)


def equal_stride(data: bytes, count: int) -> int:
    """The bytes from one text to the next, LF included, if that is the same for all `count` texts in `data`; else 0.

    There are `count` LFs in `data`, one after each text; so if they stand at equal steps there is none between.

    >>> equal_stride(b"E1\\nE2\\n", 2), equal_stride(b"E1\\nE22\\n", 2)
    (3, 0)
    """
    stride = len(data) // count
    return stride if data[stride - 1 :: stride] == b"\n" * count else 0


def split(data: bytes, stride: int) -> list[bytes]:
    """The texts in `data`, an LF after each; with their `equal_stride` that is quicker than without, as 0.

    >>> split(b"E1\\nE2\\n", 3), split(b"E1\\nE22\\n", 0)
    ([b'E1', b'E2'], [b'E1', b'E22'])
    """
    if stride > 1:
        texts: list[bytes] = np.ndarray((len(data) // stride,), f"S{stride - 1}", data, strides=(stride,)).tolist()
        return texts
    return data[:-1].split(b"\n")


def _stride(lines: "Lines") -> int:
    """The bytes from one text to the next, LF included, if that is the same for all; else 0."""
    steps = np.diff(lines.starts)
    return int(steps[0]) if len(steps) and steps.min() == steps.max() else 0


@frozen
class Lines:
    """Texts as one bytes value: ``b"E1\\nE2\\n"`` holds two. Immutable; equal if the texts are.

    Args:
        data: the texts as UTF-8, each followed by one LF; none contains an LF.

    >>> lines = Lines("E1\\n宁波\\n".encode())
    >>> len(lines), lines[1].decode(), list(lines.chunks())[0][0]
    (2, '宁波', b'E1')
    """

    data: bytes
    starts: Unsigned = field(init=False, eq=False, repr=False, default=Factory(_starts, takes_self=True))
    stride: int = field(init=False, eq=False, repr=False, default=Factory(_stride, takes_self=True))

    def __reduce__(self) -> "tuple[type[Lines], tuple[bytes]]":
        return Lines, (self.data,)

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, row: int) -> bytes:
        return self.data[int(self.starts[row]) : int(self.starts[row + 1]) - 1]

    def lengths(self, begin: int = 0, end: int | None = None) -> Integers:
        """Bytes of each text from row `begin` to before `end`, the LF not counted."""
        stop = len(self) if end is None else end
        return np.diff(self.starts[begin : stop + 1]).astype(np.intp) - 1

    def chunks(self, size: int = _CHUNK) -> Iterator[list[bytes]]:
        """All texts in their order, `size` at a time: what `dual_random.tickets.first_words` takes."""
        for begin in range(0, len(self), size):
            yield self._chunk(begin, min(begin + size, len(self)))

    def blocks(self, size: int = _BLOCK) -> Iterator[bytes]:
        """The buffer in pieces of `size` texts."""
        for begin in range(0, len(self), size):
            yield self.data[int(self.starts[begin]) : int(self.starts[min(begin + size, len(self))])]

    def _chunk(self, begin: int, end: int) -> list[bytes]:
        return split(self.data[int(self.starts[begin]) : int(self.starts[end])], self.stride)

    def take(self, rows: Integers) -> "Lines":
        """The texts at some rows, in the order of `rows`."""
        gather = self._gather_equal if self.stride else self._gather
        return Lines(b"".join([gather(rows[begin : begin + _BLOCK]) for begin in range(0, len(rows), _BLOCK)]))

    def _gather_equal(self, rows: Integers) -> bytes:
        return np.ndarray((len(self),), f"V{self.stride}", self.data).take(rows).tobytes()

    def _gather(self, rows: Integers) -> bytearray:
        starts = self.starts[rows].astype(np.intp)
        lengths = self.starts[rows + 1].astype(np.intp) - starts
        ends = np.cumsum(lengths)
        gathered = bytearray(int(ends[-1]))
        copy_segments(gathered, ends - lengths, self.data, starts, lengths)
        return gathered

    def find(self, text: bytes) -> int | None:
        """The row of a text if the texts ascend, by halving; None if it is not there."""
        row = bisect_left(range(len(self)), text, key=self.__getitem__)
        return row if row < len(self) and self[row] == text else None


def _windows(buffer: bytes | bytearray, width: int) -> NDArray[np.void]:
    """Every stretch of `width` bytes of a buffer, overlapping, without a copy."""
    return np.ndarray((len(buffer) - width + 1,), f"V{width}", buffer, strides=(1,))


def copy_segments(target: bytearray, places: Integers, source: bytes, starts: Integers, lengths: Integers) -> None:
    """Copy ``source[starts[i]:][:lengths[i]]`` to ``target[places[i]:]``, all segments of one length at once.

    >>> target = bytearray(5)
    >>> copy_segments(target, np.array([3, 0]), b"abcde", np.array([0, 2]), np.array([2, 3]))
    >>> bytes(target)
    b'cdeab'
    """
    for length, rows in _by_length(lengths):
        if length:
            _windows(target, length)[places[rows]] = _windows(source, length)[starts[rows]]


def _by_length(lengths: Integers) -> Iterator[tuple[int, Integers | slice]]:
    if not len(lengths):
        return
    longest = int(lengths.max())
    if longest == int(lengths.min()):
        yield longest, slice(None)
        return
    order = np.argsort(lengths.astype(smallest_unsigned(longest)), kind="stable")
    ordered = lengths[order]
    cuts = np.flatnonzero(ordered[1:] != ordered[:-1]) + 1
    for rows in np.split(order, cuts):
        yield int(lengths[rows[0]]), rows


# ---- byte order


@frozen(eq=False)
class ByteOrder:
    """How texts stand when sorted by bytes, and which of them are equal.

    Args:
        rows: the rows in ascending order of their texts; rows of equal texts ascend.
        ties: places in `rows` whose text occurs more than once, ascending.
        groups: for each tie the number of its text among those that occur more than once.
    """

    rows: Integers
    ties: Integers
    groups: Integers

    def ranks(self) -> Integers:
        """For each row the number of different texts that come before its own."""
        fresh = np.ones(len(self.rows), dtype=np.intp)
        fresh[self.ties[1:][self.groups[1:] == self.groups[:-1]]] = 0
        ranks = np.empty(len(self.rows), dtype=np.intp)
        ranks[self.rows] = np.cumsum(fresh) - 1
        return ranks

    def repeated(self) -> list[list[int]]:
        """The rows of every text that occurs more than once, a list a text."""
        rows = self.rows[self.ties].tolist()
        cuts = [0, *(np.flatnonzero(np.diff(self.groups)) + 1).tolist(), len(rows)]
        return [rows[begin:end] for begin, end in pairwise(cuts) if end]


def byte_order(lines: Lines) -> ByteOrder:
    """Sort texts by their bytes, that is by code points.

    The bits in which the texts differ, as many leading ones as fit, are packed with the row number into
    one unsigned 64-bit number; one plain sort of numbers orders them. Rows whose packed bits are equal are
    a group; only they are sorted again, by group number and the bits that follow, until no text is left
    unlike its neighbour. Bits that are equal in all texts of a pass decide nothing and are left out. A text
    that ends early is filled with zero bits: clean text has no NUL, so a prefix comes first.

    >>> byte_order(Lines(b"b\\na\\nb\\nab\\n")).rows.tolist(), byte_order(Lines(b"b\\na\\nb\\n")).repeated()
    ([1, 3, 0, 2], [[0, 2]])
    """
    words = _words(lines)
    order = np.arange(len(lines), dtype=np.intp)
    tied = _Tied.all_of(lines)
    cursor = _Cursor()
    while len(tied.rows) > 1 and tied.longest > 8 * cursor.word:
        low = _bits(len(tied.rows))
        keys, cursor = _leading_bits(words, tied, cursor, 64 - low - _bits(int(tied.groups[-1]) + 1))
        keys <<= np.uint64(low)
        keys |= np.arange(len(keys), dtype=np.uint64)
        keys.sort()
        sorted_places = (keys & np.uint64((1 << low) - 1)).astype(tied.rows.dtype)
        keys >>= np.uint64(low)
        order[tied.places] = tied.rows[sorted_places]
        tied = tied.still(sorted_places, keys)
    return ByteOrder(order, tied.places.astype(np.intp), tied.groups.astype(np.intp))


def _bits(count: int) -> int:
    return max(count - 1, 0).bit_length()


def _words(lines: Lines) -> Words:
    """The big-endian 64-bit word at every byte of the buffer."""
    return np.ndarray((len(lines.data) + 1,), ">u8", lines.data + bytes(8), strides=(1,))


@frozen
class _Cursor:
    """How far all tied texts are known to be equal: up to a word, and in it up to the bits of `rest`."""

    word: int = 0
    rest: int = 2**64 - 1


@frozen(eq=False)
class _Tied:
    """Rows that no pass has told apart yet: their places in the order, their texts, and their groups."""

    places: Unsigned
    rows: Unsigned
    begins: Unsigned
    lengths: Unsigned
    groups: Words
    stride: int = 0  # bytes from each text to the next, where they are all the same

    @classmethod
    def all_of(cls, lines: Lines) -> "_Tied":
        count = len(lines) if len(lines) > 1 else 0
        places, groups = np.arange(count, dtype=lines.starts.dtype), np.zeros(count, dtype=np.uint64)
        lengths = np.diff(lines.starts)[:count]
        lengths -= 1
        return cls(places, places, lines.starts[:count], lengths, groups, lines.stride)

    @property
    def longest(self) -> int:
        return int(self.lengths.max())

    def still(self, sorted_places: Unsigned, keys: Words) -> "_Tied":
        """Those whose key, in sorted order, equals a neighbour's."""
        equal = keys[1:] == keys[:-1]
        tied = np.zeros(len(keys), dtype=bool)
        tied[1:] = equal
        first = ~tied
        tied[:-1] |= equal
        chosen = sorted_places[tied]
        groups = (np.cumsum(first[tied]) - 1).astype(np.uint64)
        return _Tied(self.places[tied], self.rows[chosen], self.begins[chosen], self.lengths[chosen], groups)

    def words(self, words: Words, place: int) -> Iterator[tuple[slice, Words]]:
        """Bytes 8·place to 8·place + 7 of each text as a number, NUL behind its end, by blocks of texts."""
        for begin in range(0, len(self.begins), _CACHED):
            block = slice(begin, begin + _CACHED)
            left = self.lengths[block].astype(np.intp) - 8 * place
            if self.stride:
                first = begin * self.stride + 8 * place
                texts = words[first : first + len(left) * self.stride : self.stride].astype(np.uint64)
            else:
                texts = words[self.begins[block] + np.where(left > 0, 8 * place, 0)].astype(np.uint64)
            if left.min() < 8:
                texts &= _KEEP[np.clip(left, 0, 8)]
            yield block, texts


def _leading_bits(words: Words, tied: _Tied, cursor: _Cursor, room: int) -> tuple[Words, _Cursor]:
    """Group numbers followed by the next varying bits of the texts, `room` bits at most."""
    keys, place, rest = tied.groups.copy(), cursor.word, cursor.rest
    while tied.longest > 8 * place:
        fields, taken = _leading_fields(_varying(tied.words(words, place)) & rest, room)
        for block, texts in tied.words(words, place):
            _append(keys[block], texts, fields)
        room -= taken
        if not room:
            return keys, _Cursor(place, (1 << fields[-1][0]) - 1)
        place, rest = place + 1, 2**64 - 1
    return keys, _Cursor(place, rest)


def _varying(blocks: Iterator[tuple[slice, Words]]) -> int:
    """The bits that are not the same in all words."""
    some, every = 0, 2**64 - 1
    for _, texts in blocks:
        some |= int(np.bitwise_or.reduce(texts))
        every &= int(np.bitwise_and.reduce(texts))
    return some ^ every


def _append(keys: Words, texts: Words, fields: list[tuple[int, int]]) -> None:
    """Shift keys to the left and fill them with bit fields of the texts."""
    for shift, width in fields:
        keys <<= np.uint64(width)
        keys |= (texts >> np.uint64(shift)) & np.uint64((1 << width) - 1)


def _leading_fields(mask: int, room: int) -> tuple[list[tuple[int, int]], int]:
    """The runs of ones in a mask from the highest, as (lowest bit, width), up to `room` bits; and how many bits.

    >>> _leading_fields(0b110111, 4)
    ([(4, 2), (1, 2)], 4)
    """
    fields, taken = [], 0
    while mask and taken < room:
        high = mask.bit_length()
        low = (((1 << high) - 1) ^ mask).bit_length()
        width = min(high - low, room - taken)
        fields.append((high - width, width))
        taken += width
        mask &= (1 << low) - 1
    return fields, taken
