"""Tickets of many ids: the order is that of whole ticket and id, whatever the machine's sort does with ties."""

import hashlib
import json
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Final

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dual_random.schemes import SCHEMES, Scheme, ticket, ticket_start
from dual_random.testing.strategies import clean_texts
from dual_random.tickets import Words, ascending, digests, first_words, lowest

quick = settings(deadline=None, derandomize=True)

GOLDEN: Final = json.loads((Path(__file__).parent / "golden/dual-random-1/scheme.json").read_text("utf-8"))
KEY: Final = "0123456789abcdef" * 4

both = pytest.mark.parametrize("scheme", SCHEMES)


def hashes(ids: list[str], bits: int) -> list[bytes]:
    """Whole tickets whose first word has a few bits only, so that many are equal; some are equal as a whole."""
    found = []
    for name in ids:
        told = hashlib.sha256(name.encode()).digest()
        word = int.from_bytes(told[:8], "big") >> (64 - bits) << (64 - bits)
        found.append(word.to_bytes(8, "big") + bytes(23) + bytes([told[31] & 3]))
    return found


def setting(ids: list[str], bits: int) -> tuple[Words, Callable[[int], tuple[bytes, bytes]], list[tuple[bytes, str]]]:
    """First words, the function that tells whole tickets, and the same as a list to sort."""
    tickets = hashes(ids, bits)
    words = np.array([int.from_bytes(told[:8], "big") for told in tickets], dtype=np.uint64)
    return words, lambda row: (tickets[row], ids[row].encode()), list(zip(tickets, ids, strict=True))


def never(row: int) -> tuple[bytes, bytes]:
    """Stands for whole tickets where none may be needed."""
    raise AssertionError(f"row {row} has no tie")


unlike_ids = st.lists(clean_texts(), max_size=60, unique=True)
few_bits = st.sampled_from([1, 3, 9, 64])


# ---- first words


@both
def test_golden_lowest(scheme: Scheme) -> None:
    """The order of forty ids is that of a second implementation, for each number drawn."""
    golden = GOLDEN[scheme]
    ids = [f"e{number:03d}" for number in range(40)]
    words = first_words(ticket_start(scheme, golden["key"], "target"), [list(map(str.encode, ids))], 40)
    rows = np.arange(40)
    for count in range(41):
        found = lowest(words, rows, count, never)
        assert [ids[row] for row in found] == golden["lowest_of_e000_to_e039"][:count]


@both
@quick
@given(st.lists(st.lists(clean_texts(), max_size=5), max_size=4))
def test_first_words_are_the_first_hex_digits(scheme: Scheme, chunks: list[list[str]]) -> None:
    """For all ids, however cut into chunks: the word is the number of the ticket's first sixteen hex digits."""
    ids = [name for chunk in chunks for name in chunk]
    encoded = (list(map(str.encode, chunk)) for chunk in chunks)
    words = first_words(ticket_start(scheme, KEY, "target"), encoded, len(ids))
    assert words.dtype == np.uint64
    assert words.tolist() == [int(ticket(scheme, KEY, "target", name)[:16], 16) for name in ids]


@pytest.mark.parametrize("size", [1, 2047, 2048, 2049, 5000])
def test_first_words_of_long_chunks(size: int) -> None:
    """Chunks longer than a batch are hashed whole: the words do not depend on where they are cut."""
    names = [b"%d" % number for number in range(5000)]
    start = ticket_start("dual-random/1-sha256", KEY, "target")
    words = first_words(start, (names[begin : begin + size] for begin in range(0, 5000, size)), 5000)
    for row in (0, 1, 2046, 2047, 2048, 4095, 4096, 4999):
        assert f"{words[row]:016x}" == ticket("dual-random/1-sha256", KEY, "target", str(row))[:16]


def test_digests_are_those_of_start_and_part() -> None:
    """Every part is hashed behind the same start, which stays as it was."""
    start = ticket_start("dual-random/1-sha256", KEY, "target")
    for _ in range(2):
        told = [found.hex() for found in digests(start, [b"E1", b"E2"])]
        assert told == [ticket("dual-random/1-sha256", KEY, "target", name) for name in ("E1", "E2")]


# ---- order


@quick
@given(unlike_ids, few_bits, st.randoms(use_true_random=False))
def test_ascending_is_the_order_of_ticket_and_id(ids: list[str], bits: int, random: Random) -> None:
    """For all ids with many ties: the order is that of sorting by whole ticket, then id, whatever the input order."""
    words, whole, pairs = setting(ids, bits)
    rows = list(range(len(ids)))
    random.shuffle(rows)
    found = ascending(words, np.array(rows, dtype=np.intp), whole)
    assert [pairs[row] for row in found.tolist()] == sorted(pairs, key=lambda pair: (pair[0], pair[1].encode()))


@quick
@given(unlike_ids, few_bits, st.data())
def test_lowest_are_the_first_of_the_order(ids: list[str], bits: int, data: st.DataObject) -> None:
    """For all ids, parts of them and numbers: the lowest are the first so many of the sorted part."""
    words, whole, pairs = setting(ids, bits)
    part = data.draw(st.lists(st.integers(0, len(ids) - 1), unique=True) if ids else st.just([]))
    count = data.draw(st.integers(0, len(part) + 2))
    found = lowest(words, np.array(part, dtype=np.intp), count, whole)
    expected = sorted((pairs[row] for row in part), key=lambda pair: (pair[0], pair[1].encode()))[:count]
    assert [pairs[row] for row in found.tolist()] == expected


@quick
@given(unlike_ids, few_bits)
def test_one_more_contains_the_rest(ids: list[str], bits: int) -> None:
    """For all ids: the n + 1 lowest are the n lowest and one more."""
    words, whole, _ = setting(ids, bits)
    rows = np.arange(len(ids))
    drawn = [lowest(words, rows, count, whole).tolist() for count in range(len(ids) + 1)]
    for few, more in pairwise(drawn):
        assert more[:-1] == few
    assert len(drawn[-1]) == len(set(drawn[-1])) == len(ids)


@quick
@given(unlike_ids, few_bits, st.sets(st.integers(0, 59)))
def test_order_of_a_part_is_the_filtered_order(ids: list[str], bits: int, kept: set[int]) -> None:
    """For all ids: a part stands in the order in which the whole does."""
    words, whole, _ = setting(ids, bits)
    part = np.array([row for row in range(len(ids)) if row in kept], dtype=np.intp)
    everybody = ascending(words, np.arange(len(ids)), whole).tolist()
    assert ascending(words, part, whole).tolist() == [row for row in everybody if row in kept]


def test_whole_tickets_are_asked_for_only_where_needed() -> None:
    """Rows whose first word is their own are never looked up: two lookups a tie, none else."""
    words = np.array([5, 1, 9, 5, 7], dtype=np.uint64)
    asked: list[int] = []

    def whole(row: int) -> tuple[bytes, bytes]:
        asked.append(row)
        return b"", b"%d" % row

    assert ascending(words, np.arange(5), whole).tolist() == [1, 0, 3, 4, 2]
    assert sorted(asked) == [0, 3]
    asked.clear()
    many = np.arange(1000, dtype=np.uint64) << np.uint64(54)
    many[-1] = many[-2]
    assert lowest(many, np.arange(1000), 1, whole).tolist() == [0]
    assert asked == []


@settings(deadline=None, derandomize=True)
@given(words=st.lists(st.integers(0, 2**64 - 1), min_size=1, max_size=40), count=st.integers(0, 41))
def test_too_few_likely_tickets_are_made_up_for(words: list[int], count: int) -> None:
    """However the tickets fall, all above every likely limit too, the lowest are those of a plain sort."""
    high = np.array([word | 2**63 for word in words], dtype=np.uint64)

    def whole(row: int) -> tuple[bytes, bytes]:
        return int(high[row]).to_bytes(8, "big"), b"%03d" % row

    expected = sorted(range(len(words)), key=whole)[:count]
    repeated = np.concatenate([high, np.full(5000, 2**64 - 1, dtype=np.uint64)])  # so that few of many are wanted

    def longer(row: int) -> tuple[bytes, bytes]:
        return int(repeated[row]).to_bytes(8, "big"), b"%05d" % row

    assert lowest(high, np.arange(len(words)), count, whole).tolist() == expected
    everything = sorted(range(len(repeated)), key=longer)[:count]
    assert lowest(repeated, np.arange(len(repeated)), count, longer).tolist() == everything


def test_extremes_of_a_word() -> None:
    """Words are unsigned: the largest 64-bit number stands last."""
    words = np.array([2**64 - 1, 0, 2**63, 2**63 - 1], dtype=np.uint64)
    assert ascending(words, np.arange(4), never).tolist() == [1, 3, 2, 0]


def test_input_is_left_alone() -> None:
    """Ordering changes neither the words nor the rows it is given."""
    words, rows = np.array([3, 1, 1], dtype=np.uint64), np.array([0, 1, 2])
    lowest(words, rows, 2, lambda row: (b"", b"%d" % row))
    ascending(words, rows, lambda row: (b"", b"%d" % -row))
    assert (words.tolist(), rows.tolist()) == ([3, 1, 1], [0, 1, 2])
