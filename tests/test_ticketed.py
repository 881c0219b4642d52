"""A list of ids with its tickets: the quick look at ids finds what a slow look at each of them finds."""

import hashlib
import unicodedata
from collections import defaultdict
from random import Random
from typing import Final

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dual_random import ids as ids_module
from dual_random import ticketed as ticketed_module
from dual_random.schemes import DEFAULT, SCHEMES, Scheme
from dual_random.testing.strategies import clean_texts
from dual_random.text import text_fault
from dual_random.ticketed import Ticketed, collide, ticketed
from dual_random.tickets import Words

quick = settings(deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])

KEY: Final = "0123456789abcdef" * 4
HASHES: Final = {"dual-random/1-sha256": "sha256", "dual-random/1-sm3": "sm3"}

both = pytest.mark.parametrize("scheme", SCHEMES)

# From few characters, so that repeats and alike ids are common; each list in a style of its own.
STYLES: Final = ("AB1", "ab1", "ab-", "AB.-1", "aA1", "aA-", "a1宁", "Ａa-", "ß-SsK\u212a", "-_ .", "a\u200b 1")
lists = st.sampled_from(STYLES).flatmap(
    lambda letters: st.lists(st.text(letters, min_size=0 if "\u200b" in letters else 1, max_size=4), max_size=14)
)


def whole_ticket(scheme: Scheme, name: str) -> str:
    """The target ticket of an id, by hashlib alone."""
    return hashlib.new(HASHES[scheme], f"{KEY}\ntarget\n{name}".encode()).hexdigest()


def faults_one_by_one(names: list[str], *, alike: bool) -> set[tuple[str, str]]:
    """Codes and rows of all faults, from the definition of clean text and of alike ids."""
    found: set[tuple[str, str]] = set()
    rows, rests = defaultdict(list), defaultdict(list)
    for row, name in enumerate(names, 1):
        if note := text_fault(name):
            found.add((note.code, f"row {row}"))
            continue
        upper = unicodedata.normalize("NFKC", name).upper()
        rows[name].append(row)
        rests["".join(letter for letter in upper if letter.isalnum())].append((row, name))
    found |= {("id-repeated", told(same, name)) for name, same in rows.items() if len(same) > 1}
    for same in rests.values():
        different = {name for _, name in same}
        if len(different) > 1 and not alike:
            found |= {("id-alike", told([row for row, _ in same], name)) for name in different}
    return found


def told(rows: list[int], name: str) -> str:
    """Rows and id as a note's place."""
    listed = ", ".join(map(str, rows[:10])) + (", …" if len(rows) > 10 else "")
    return f"rows {listed} ({name})"


# ---- faults


@pytest.mark.parametrize("alike", [False, True])
@pytest.mark.parametrize("chunk", [1, 3, 8192])
@quick
@given(names=lists)
def test_faults_are_those_found_one_by_one(
    monkeypatch: pytest.MonkeyPatch, chunk: int, alike: bool, names: list[str]
) -> None:
    """Whatever the chunks, the faults are those that a look at every id finds: none is missed by the quick way."""
    monkeypatch.setattr(ids_module, "CHUNK", chunk)
    monkeypatch.setattr(ticketed_module, "_CHUNK", chunk)
    _, faults = ticketed(tuple(names), DEFAULT, KEY, alike=alike)
    assert {(note.code, note.at) for note in faults} == faults_one_by_one(names, alike=alike)
    assert len(faults) == len({(note.code, note.at) for note in faults})


@pytest.mark.parametrize("pair", [("a", "A"), ("a-", "A-"), ("1-a", "1-A"), ("a-1", "a1"), ("A-1", "A1"), ("é", "É")])
def test_alike_ids_of_different_chunks(monkeypatch: pytest.MonkeyPatch, pair: tuple[str, str]) -> None:
    """Two ids are alike also if each stands in a chunk of one style."""
    monkeypatch.setattr(ids_module, "CHUNK", 1)
    monkeypatch.setattr(ticketed_module, "_CHUNK", 1)
    _, faults = ticketed(pair, DEFAULT, KEY, alike=False)
    assert [note.code for note in faults] == ["id-alike", "id-alike"]


@pytest.mark.parametrize(
    "style",
    ["91330203MA{:08d}", "e{:06x}", "{:08x}-{:04x}", "E-{:04d}/A", "宁波-{:05d}"],
)
def test_long_lists_without_faults_have_none(style: str) -> None:
    """Lists of the usual styles, longer than a chunk, pass; one id written otherwise, at the far end, is found."""
    names = [style.format(number, number % 10**4) for number in range(9000)]
    assert ticketed(tuple(names), DEFAULT, KEY, alike=False)[1] == []
    twisted = names[0].swapcase() if names[0].swapcase() != names[0] else names[0].replace("-", "")
    faults = ticketed((*names, twisted), DEFAULT, KEY, alike=False)[1]
    assert {(note.code, note.at) for note in faults} == faults_one_by_one([*names, twisted], alike=False)
    assert "id-alike" in {note.code for note in faults}
    faults = ticketed((*names, names[17]), DEFAULT, KEY, alike=False)[1]
    assert [(note.code, note.at) for note in faults] == [("id-repeated", f"rows 18, 9001 ({names[17]})")]


@pytest.mark.parametrize("style", ["91330203MA{:08d}", "e{:06x}", "91330203-ma{:06d}"])
def test_usual_styles_are_not_folded(monkeypatch: pytest.MonkeyPatch, style: str) -> None:
    """Where ids share one style, alikes are ruled out without a second look, which is what makes it quick."""
    monkeypatch.setattr(ticketed_module, "_faults", lambda *_: pytest.fail("a second look was taken"))
    ticketed(tuple(style.format(number) for number in range(9000)), DEFAULT, KEY, alike=False)


# ---- equal beginnings


few = pytest.mark.parametrize("few", [1, 5, ticketed_module._FEW])  # the others are marked


@few
@quick
@given(values=st.lists(st.integers(0, 2**64 - 1), max_size=50), bits=st.sampled_from([2, 5, 9, 64]))
def test_repeated_tickets_collide(monkeypatch: pytest.MonkeyPatch, few: int, values: list[int], bits: int) -> None:
    """A ticket that is there twice is always found, also where many share their leading bits."""
    monkeypatch.setattr(ticketed_module, "_FEW", few)
    words: Words = np.array([value >> (64 - bits) << (64 - bits) for value in values], dtype=np.uint64)
    if len(set(words.tolist())) < len(words):
        assert collide(words)


@quick
@given(st.lists(st.integers(0, 9), max_size=9), st.integers(0, 3))
def test_few_tickets_are_told_apart_by_their_last_bits(ends: list[int], high: int) -> None:
    """Few tickets look alike exactly if two of them agree in their last 32 bits, whatever stands before."""
    words: Words = np.array([(place * high << 32) + end for place, end in enumerate(ends)], dtype=np.uint64)
    assert collide(words) == (len(set(ends)) < len(ends))


def test_many_tickets_are_told_apart_by_their_first_bits_too() -> None:
    """More tickets than a few give no false alarm, even if all agree in their last 32 bits."""
    words: Words = np.arange(5000, dtype=np.uint64) << np.uint64(51)
    assert not collide(words)
    assert collide(np.append(words, words[17]))


@few
@pytest.mark.parametrize("count", [0, 1, 2, 3, 1000, 70_000])
def test_hashes_do_not_collide_but_their_repeats_do(monkeypatch: pytest.MonkeyPatch, few: int, count: int) -> None:
    """Different hashes give no false alarm; any one of them repeated at any place is found."""
    monkeypatch.setattr(ticketed_module, "_FEW", few)
    words = np.random.default_rng(count).integers(0, 2**64, count, dtype=np.uint64)
    assert not collide(words)
    assert not collide(np.array([0, 2**63 + 1], dtype=np.uint64))
    for place in Random(count).sample(range(count), min(count, 5)):
        assert collide(np.append(words, words[place]))


def test_a_false_alarm_is_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    """If two tickets only begin alike, the ids are looked at and nothing is held against them."""
    monkeypatch.setattr(ticketed_module, "collide", lambda _: True)
    assert ticketed(("E1", "E2", "E3"), DEFAULT, KEY, alike=False)[1] == []


# ---- chunks


@pytest.mark.parametrize("width", [8, 0])
@pytest.mark.parametrize("count", [0, 1, 2047, 2048, 2049, 4100])
def test_tickets_stand_in_the_order_of_the_ids(count: int, width: int) -> None:
    """Whatever the number of chunks, and whether ids are of one length or not, each ticket is that of its id."""
    names = [f"E{number:0{width}d}" for number in range(count)]
    listed, faults = ticketed(tuple(names), DEFAULT, KEY, alike=False)
    assert faults == []
    assert listed.words.tolist() == [int(whole_ticket(DEFAULT, name)[:16], 16) for name in names]


# ---- order


@both
@given(names=st.lists(clean_texts(), max_size=30, unique=True), blunt=st.booleans(), data=st.data())
@quick
def test_order_is_that_of_whole_tickets(scheme: Scheme, names: list[str], blunt: bool, data: st.DataObject) -> None:
    """Ids stand by whole ticket, even if all first words were equal; those left out do not change it."""
    listed, _ = ticketed(tuple(names), scheme, KEY, alike=True)
    if blunt:
        listed = Ticketed(scheme, KEY, tuple(names), np.zeros(len(names), dtype=np.uint64))
    kept = data.draw(st.sets(st.sampled_from(names))) if names else set()
    expected = sorted(names, key=lambda name: whole_ticket(scheme, name))
    assert list(listed.order(kept)) == [name for name in expected if name in kept]
    assert list(listed.named(listed.lowest(np.arange(len(names)), 3))) == expected[:3]
    assert listed.numbers(names) == {name: int(whole_ticket(scheme, name), 16) for name in names}


@both
def test_the_start_is_a_ticket_without_names(scheme: Scheme) -> None:
    """A systematic sample starts at ⌊U·X/2^256⌋, U the hash of key and `start`, whatever X."""
    start = int(hashlib.new(HASHES[scheme], f"{KEY}\nstart".encode()).hexdigest(), 16)
    listed, _ = ticketed((), scheme, KEY, alike=False)
    for total in (0, 1, 7, 10**18, 2**300):
        assert listed.offset(total) == start * total // 2**256
