"""Needs: windows split into turns, and everything that a hand-in can have wrong, at once."""

from collections.abc import Mapping
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dual_random.cycle.needs import Need, read_needs, split
from dual_random.cycle.topics import group_faults, groups_of, topics
from dual_random.dates import day, day_text
from dual_random.errors import InputError
from dual_random.plain import to_plain
from dual_random.plans import Demand

quick = settings(deadline=None, derandomize=True)


def faults(error: InputError) -> list[tuple[str, str]]:
    """Codes and places."""
    return [(note.code, note.at) for note in error.faults]


@quick
@given(st.integers(1, 800), st.data())
def test_turns_part_the_window_evenly(days: int, data: st.DataObject) -> None:
    """The spans follow each other without a gap from the first day to the last, and differ by one day at most."""
    count = data.draw(st.integers(1, days))
    first = day("2024-01-01")
    spans = split(first, first + days - 1, count)
    assert [number for begin, end in spans for number in range(begin, end + 1)] == list(range(first, first + days))
    lengths = {end - begin + 1 for begin, end in spans}
    assert len(spans) == count
    assert max(lengths) - min(lengths) <= 1
    assert min(lengths) >= 1


def test_a_need_knows_its_turns() -> None:
    """Half-yearly over a leap year: 183 days each."""
    need = Need(Demand("市监", take=1), items="证照", starts="2024-01-01", ends="2024-12-31", times=2)
    told = [(day_text(first), day_text(last)) for first, last in need.turns]
    assert told == [("2024-01-01", "2024-07-01"), ("2024-07-02", "2024-12-31")]
    assert (need.name, need.department) == ("市监", "市监")


def test_the_order_of_items_is_no_rule() -> None:
    """Needs with the same items are equal, however these were written; one word is one item."""
    demand = Demand("市监", take=1)
    one = Need(demand, items=["证照", "计量"], starts="2024-01-01", ends="2024-12-31")
    assert one == Need(demand, items=("计量", "证照"), starts="2024-01-01", ends="2024-12-31")
    assert Need(demand, items="证照", starts="2024-01-01", ends="2024-12-31").items == ("证照",)


def test_all_faults_of_a_need_at_once() -> None:
    """A follower, an item twice, a semicolon, a bad day and a bad count are told together."""
    with pytest.raises(InputError) as caught:
        Need(Demand("消防", follow="市监"), items=["甲;乙", "丙", "丙"], starts="2024-2-1", ends="2024-03-01", times=0)
    assert faults(caught.value) == [
        ("need-follows", "demand.follow"),
        ("item-joined", "items[2]"),
        ("name-repeated", "items"),
        ("day-form", "starts"),
        ("positive-form", "times"),
    ]


@pytest.mark.parametrize(
    ("starts", "ends", "times", "code"),
    [
        ("2024-03-02", "2024-03-01", 1, "window-reversed"),
        ("2024-03-02", "2024-03-01", 9, "window-reversed"),
        ("2024-03-01", "2024-03-03", 4, "window-short"),
        ("2024-03-01", "2024-03-03", 3, ""),
        ("2024-03-01", "2024-03-01", 1, ""),
    ],
)
def test_contradictory_windows(starts: str, ends: str, times: int, code: str) -> None:
    """A window that ends before it starts, and one with fewer days than turns, are refused; a day each is enough."""
    rows = [{"demand": {"name": "市监", "take": 1}, "items": "证照", "starts": starts, "ends": ends, "times": times}]
    if not code:
        assert len(read_needs(rows)[0].turns) == times
        return
    with pytest.raises(InputError) as caught:
        read_needs(rows)
    assert [note.code for note in caught.value.faults] == [code]


@pytest.mark.parametrize("sign", [";", "\uff1b", "\uff0c"])
def test_an_item_holds_no_sign_that_joins(sign: str) -> None:
    """Items that were joined by a semicolon or a comma of either width are several: each is written by itself."""
    with pytest.raises(InputError) as caught:
        Need(Demand("市监", take=1), items=["证照", f"食品{sign}计量"], starts="2024-03-01", ends="2024-03-31")
    assert faults(caught.value) == [("item-joined", "items[1]")]


def test_a_word_with_an_enumeration_comma_is_refused_and_a_list_is_not() -> None:
    """It may be two items or one; as a list it is what it says, since official names of items have such commas."""
    row = {"demand": {"name": "市监", "take": 1}, "starts": "2024-03-01", "ends": "2024-03-31"}
    with pytest.raises(InputError) as caught:
        read_needs([{**row, "items": "证照、食品"}])
    assert faults(caught.value) == [("items-listed", "needs[0].items")]
    assert "['证照', '食品']" in str(caught.value)
    (need,) = read_needs([{**row, "items": ["集体商标、证明商标使用行为"]}])
    assert need.items == ("集体商标、证明商标使用行为",)


def test_what_is_no_demand_is_named() -> None:
    """A name instead of a demand is a fault of that field, beside those of the others."""
    with pytest.raises(InputError) as caught:
        Need(cast(Demand, "市监"), items=[], starts="2024-03-01", ends="2024-03-31")
    assert faults(caught.value) == [("plan-shape", "demand"), ("items-missing", "items")]


def test_needs_read_back() -> None:
    """A need as plain data gives the same need."""
    need = Need(
        Demand("特种设备", department="市监", by="risk", take={"A": "1%", "D": 30}),
        items=["锅炉", "电梯"],
        starts="2024-03-01",
        ends="2024-10-31",
        times=4,
    )
    assert read_needs([cast(Mapping[str, object], to_plain(need))]) == (need,)


def test_faults_of_all_needs_at_once() -> None:
    """Each need has its place; two of one name are told too."""
    good: Mapping[str, object] = {
        "demand": {"name": "市监", "take": "3%"},
        "items": "证照",
        "starts": "2024-03-01",
        "ends": "2024-10-31",
    }
    with pytest.raises(InputError) as caught:
        read_needs([good, {**good, "ends": "2023-10-31"}, {**good, "month": 3}, good])
    assert faults(caught.value) == [
        ("window-reversed", "needs[1].ends"),
        ("key-unknown", "needs[2].month"),
        ("name-repeated", "needs"),
    ]


def test_relation_does_not_carry_over() -> None:
    """Two groups that share an item relate it to both, and do not relate their other items to each other."""
    groups = groups_of([["甲", "乙"], ["乙", "丙"]])
    first, second, third = (topics([item], groups) for item in "甲乙丙")
    assert first & second
    assert second & third
    assert not first & third
    assert topics(["丁"], groups) == {"丁"}


def test_faults_of_groups() -> None:
    """A single item relates nothing; an item twice, text that is not clean, and strangers are named."""
    groups = groups_of(["甲", ["乙", "乙"], [" 丙", "丁"], ["甲", "戊"]])
    found = [(note.code, note.at) for note in group_faults(groups, "related", frozenset("甲乙丙丁"))]
    assert found == [
        ("group-single", "related[0]"),
        ("name-repeated", "related[1]"),
        ("text-space", "related[2][0]"),
        ("item-unknown", "related[3]"),
    ]
    assert "item-unknown" not in [note.code for note in group_faults(groups, "related")]


def test_items_in_place_of_groups_are_told() -> None:
    """Two words are two groups of one item each: whoever meant one group is told how to write it."""
    (note,) = group_faults(groups_of(["证照", "食品安全"]), "related")
    assert (note.code, note.at) == ("group-flat", "related")
    assert "[['证照', '食品安全']]" in str(note)


@pytest.mark.parametrize("rows", [None, 7, "needs", {"demand": {}}])
def test_needs_are_a_list(rows: Any) -> None:
    """Whatever is no list of needs is refused as such."""
    with pytest.raises(InputError) as caught:
        read_needs(rows)
    assert faults(caught.value) == [("plan-shape", "")]
