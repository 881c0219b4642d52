"""Many texts in one buffer: held against lists of bytes and Python's own sorting."""

import pickle
import random

import numpy as np
import pytest
from attrs.exceptions import FrozenInstanceError
from hypothesis import given, settings
from hypothesis import strategies as st

from dual_random import lines as room
from dual_random.lines import ByteOrder, Lines, byte_order, copy_segments, equal_stride, smallest_unsigned, split
from dual_random.testing.strategies import clean_texts

quick = settings(deadline=None, derandomize=True, max_examples=300)

PREFIXES = st.sampled_from(["", "9", "91330203", "91330203MA2A", "宁波市海曙区", "x" * 40])
TEXTS = st.builds(
    lambda head, tail: head + tail, PREFIXES, st.one_of(st.just(""), clean_texts(), st.text("01", max_size=9))
)


def lines_of(texts: list[str]) -> Lines:
    return Lines("".join(f"{text}\n" for text in texts).encode())


def encoded(texts: list[str]) -> list[bytes]:
    return [text.encode() for text in texts]


def same_order(lines: Lines) -> None:
    """The order is that of a stable sort of the bytes, and the groups are those of equal texts."""
    texts = [lines[row] for row in range(len(lines))]
    order = byte_order(lines)
    assert order.rows.tolist() == sorted(range(len(texts)), key=texts.__getitem__)
    places: dict[bytes, list[int]] = {}
    for row, text in enumerate(texts):
        places.setdefault(text, []).append(row)
    assert order.repeated() == [rows for _, rows in sorted(places.items()) if len(rows) > 1]
    distinct = sorted(places)
    assert order.ranks().tolist() == [distinct.index(text) for text in texts]


@given(st.lists(TEXTS, max_size=12), st.integers(1, 5))
@quick
def test_reads_as_a_list(texts: list[str], size: int) -> None:
    """Length, single texts, lengths, chunks and blocks are those of a list of bytes."""
    lines, plain = lines_of(texts), encoded(texts)
    assert len(lines) == len(plain)
    assert [lines[row] for row in range(len(lines))] == plain
    assert lines.lengths().tolist() == [len(text) for text in plain]
    assert lines.lengths(1).tolist() == [len(text) for text in plain[1:]]
    assert list(lines.chunks(size)) == [plain[begin : begin + size] for begin in range(0, len(plain), size)]
    assert b"".join(lines.blocks(size)) == lines.data
    assert all(block.count(b"\n") == size for block in list(lines.blocks(size))[:-1])


@pytest.mark.parametrize("texts", [["E1", "E2", "E3"], ["E1", "宁波", ""], ["", ""], ["x" * 1000, "y", "z"]])
def test_chunks_of_equal_and_unequal_lengths(texts: list[str]) -> None:
    """Texts of one length are read by another way than mixed ones, with the same result."""
    assert list(lines_of(texts).chunks(2)) == [encoded(texts[:2]), encoded(texts[2:])][: (len(texts) + 1) // 2]


@given(st.lists(st.text("01", max_size=3), min_size=1, max_size=8))
@quick
def test_a_stride_is_told_exactly_if_lengths_are_equal(texts: list[str]) -> None:
    """For all short texts: the stride is their common length and one, or 0; split by it or without, they come back."""
    data, lengths = lines_of(texts).data, {len(text) for text in texts}
    stride = equal_stride(data, len(texts))
    assert stride == (lengths.pop() + 1 if len(lengths) == 1 else 0)
    assert split(data, stride) == split(data, 0) == encoded(texts)


@given(st.lists(TEXTS, min_size=1, max_size=12), st.data())
@quick
def test_takes_rows(texts: list[str], data: st.DataObject) -> None:
    """Any rows can be taken, in any order and more than once."""
    rows = data.draw(st.lists(st.integers(0, len(texts) - 1), max_size=20))
    taken = lines_of(texts).take(np.array(rows, dtype=np.intp))
    assert taken == lines_of([texts[row] for row in rows])


def test_takes_more_rows_than_a_block() -> None:
    """Rows are gathered in blocks whose seams do not show."""
    texts = [f"{number:06d}" for number in range(40_000)]
    for plain in (texts, [text[: 1 + len(text) - row % 3] for row, text in enumerate(texts)]):
        rows = np.arange(len(plain))[::-1]
        assert lines_of(plain).take(rows) == lines_of(plain[::-1])


@given(st.lists(TEXTS, max_size=12, unique=True), TEXTS)
@quick
def test_finds_by_halving(texts: list[str], other: str) -> None:
    """Every text is found in its row, and no other."""
    ordered = sorted(texts)
    lines = lines_of(ordered)
    assert [lines.find(text.encode()) for text in ordered] == list(range(len(ordered)))
    assert (lines.find(other.encode()) is None) == (other not in texts)


@given(st.lists(TEXTS, max_size=20))
@quick
def test_sorts_by_bytes(texts: list[str]) -> None:
    """Texts of any length, with equal beginnings and repeats, are sorted as Python sorts their bytes."""
    same_order(lines_of(texts))


@given(st.lists(st.text("ab\x7f\x80\u0800\U00010000", min_size=3, max_size=3), max_size=20))
@quick
def test_sorts_single_bits_and_high_bytes(texts: list[str]) -> None:
    """Bytes above 0x7F are compared as unsigned numbers."""
    same_order(lines_of(texts))


@pytest.mark.parametrize("width", [1, 7, 8, 9, 15, 16, 17, 24])
def test_sorts_by_the_last_byte(width: int) -> None:
    """Texts that differ only in their last byte are told apart at every place of a 64-bit word."""
    same_order(lines_of(["x" * (width - 1) + end for end in "cabacd"]))


@pytest.mark.parametrize("alike", [0, 3, 30])
def test_sorts_many_in_several_passes(alike: int) -> None:
    """When the leading bits of many rows are used up, the rest decides: long ids with few distinct beginnings."""
    dice = random.Random(alike)
    texts = [
        "9133" + "".join(dice.choices("01", k=alike)) + "".join(dice.choices("0123456789AXY", k=14))
        for _ in range(3000)
    ]
    texts += [*dice.sample(texts, 200), "9133", "9133" + "0" * 40]
    same_order(lines_of(texts))


def test_a_pass_may_end_inside_a_run_of_bits(monkeypatch: pytest.MonkeyPatch) -> None:
    """However little room a pass leaves for bits, the order is the same."""
    dice = random.Random(1)
    texts = ["".join(dice.choices("0159AZaz", k=dice.randrange(20))) for _ in range(300)]
    for room_left in (1, 2, 5, 11):
        whole = room._leading_bits
        monkeypatch.setattr(room, "_leading_bits", lambda *args, most=room_left, whole=whole: whole(*args[:-1], most))
        same_order(lines_of(texts))
        monkeypatch.undo()


@pytest.mark.parametrize("texts", [[], ["E1"], [""], ["", "", ""], ["E1", "E1"], ["", "a", ""]])
def test_sorts_few_and_empty(texts: list[str]) -> None:
    """Nothing, one text, and empty texts are sorted too."""
    same_order(lines_of(texts))


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 9)), max_size=10))
@quick
def test_copies_segments(segments: list[tuple[int, int]]) -> None:
    """Segments of all lengths, zero included, arrive at their places."""
    source = bytes(range(40))
    starts = np.array([start for start, _ in segments], dtype=np.intp)
    lengths = np.array([length for _, length in segments], dtype=np.intp)
    ends = np.cumsum(lengths)
    target = bytearray(int(lengths.sum()) + 2)
    copy_segments(target, ends - lengths + 1, source, starts, lengths)
    assert target == b"\0" + b"".join(source[start : start + length] for start, length in segments) + b"\0"


def test_is_a_value() -> None:
    """Equal texts are equal values, with one hash; nothing of them can be changed, also after pickling."""
    lines = lines_of(["E1", "宁波"])
    again = pickle.loads(pickle.dumps(lines))
    for kept in (lines, again):
        assert kept == lines_of(["E1", "宁波"])
        assert hash(kept) == hash(lines)
        assert kept != lines_of(["E1"])
        with pytest.raises(ValueError, match="read-only"):
            kept.starts[0] = 1
        with pytest.raises(FrozenInstanceError):
            kept.data = b""  # type: ignore[misc]


def test_smallest_types() -> None:
    """Numbers are kept in the smallest unsigned type that holds them; places in a buffer in 32 bits or more."""
    limits = [(0, 1), (255, 1), (256, 2), (65535, 2), (65536, 4), (2**32 - 1, 4), (2**32, 8)]
    assert [smallest_unsigned(most).itemsize for most, _ in limits] == [size for _, size in limits]
    assert lines_of(["E1"]).starts.dtype == np.uint32


def test_repeated_of_nothing() -> None:
    """Where no text occurs twice there is no group."""
    none = np.zeros(0, dtype=np.intp)
    assert ByteOrder(np.arange(3), none, none).repeated() == []
