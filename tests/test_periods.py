"""Periods: golden values, the scheme read literally, even sizes, and independence of any order."""

import json
from collections import Counter
from pathlib import Path
from random import Random
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import oracle
from coarse import Coarse, coarse
from dual_random import periods as periods_module
from dual_random.periods import periods_of
from dual_random.schemes import DEFAULT, SCHEMES, Hash, Scheme, label_key
from dual_random.testing.strategies import clean_texts

quick = settings(deadline=None, derandomize=True, max_examples=60)

GOLDEN: Final = json.loads((Path(__file__).parent / "golden/dual-random-1/periods.json").read_text("utf-8"))
KEY: Final = "5e" * 32

both = pytest.mark.parametrize("scheme", SCHEMES)
names = st.lists(clean_texts(), max_size=30, unique=True)


@both
def test_golden_periods(scheme: Scheme) -> None:
    """The periods of seventeen visits are those of a second implementation."""
    golden = GOLDEN[scheme]
    assert golden["key"] == label_key(scheme, golden["label"], golden["seed"])
    found = periods_of(scheme, golden["key"], golden["visits"], golden["P"])
    assert dict(zip(golden["visits"], found, strict=True)) == golden["period"]


@both
@given(visits=names, count=st.integers(1, 40))
@quick
def test_periods_are_those_of_the_scheme(scheme: Scheme, visits: list[str], count: int) -> None:
    """Visit k of V in ticket order goes to period ⌊k·P/V⌋, with fewer and with more periods than visits."""
    expected = oracle.periods(visits, count, oracle.by_names(scheme, KEY))
    found = periods_of(scheme, KEY, visits, count)
    assert found == [expected[name] for name in visits]
    assert {type(period) for period in found} <= {int}


@given(visits=names, count=st.integers(1, 9), other=st.randoms(use_true_random=False))
@quick
def test_the_order_of_the_visits_does_not_matter(visits: list[str], count: int, other: Random) -> None:
    """A visit has its period wherever it stands in the list."""
    shuffled = other.sample(visits, len(visits))
    found = dict(zip(visits, periods_of(DEFAULT, KEY, visits, count), strict=True))
    assert found == dict(zip(shuffled, periods_of(DEFAULT, KEY, shuffled, count), strict=True))


@given(visits=st.integers(0, 200), count=st.integers(1, 50))
@quick
def test_periods_are_even(visits: int, count: int) -> None:
    """Periods differ by one visit at most, and all are used if there are visits enough."""
    found = Counter(periods_of(DEFAULT, KEY, [f"E{number}" for number in range(visits)], count))
    sizes = [found[period] for period in range(count)]
    assert sum(sizes) == visits
    assert max(sizes) - min(sizes) <= 1


def test_one_period_needs_no_tickets(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without periods nothing is hashed."""
    monkeypatch.setattr(periods_module, "ticket_start", None)
    assert periods_of(DEFAULT, KEY, ["E2", "E1"], 1) == [0, 0]
    with pytest.raises(TypeError):
        periods_of(DEFAULT, KEY, ["E2", "E1"], 2)


def test_equal_tickets_go_by_id(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where whole tickets are equal, the id decides in byte order, not the order of the list."""
    start: Hash = Coarse()
    monkeypatch.setattr(periods_module, "ticket_start", lambda *_: start)
    visits = ["𠮷", "Ａ", "é", "b", "a", "Z", "10", "9", "宁波"]
    ordered = sorted(visits, key=lambda name: (coarse(name.encode()), name.encode()))
    assert periods_of(DEFAULT, KEY, visits, len(visits)) == [ordered.index(name) for name in visits]
