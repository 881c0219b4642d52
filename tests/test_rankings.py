"""Rankings: exact fractions in order, ties shared, nothing dropped."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dual_random.cycle.rankings import Ranked, rank
from dual_random.errors import InputError
from dual_random.rates import Rate

quick = settings(deadline=None, derandomize=True)


def rate(scope: str, numerator: int, denominator: int, **labels: str) -> Rate:
    return Rate(numerator, denominator, **{"of": "visits", "name": "x", "by": "department", "scope": scope, **labels})


def codes(*arguments: object, **named: object) -> list[tuple[str, str]]:
    with pytest.raises(InputError) as caught:
        rank(*arguments, **named)  # type: ignore[arg-type]
    assert all(note.text("en") != note.text("zh") for note in caught.value.faults)
    return [(note.code, note.at) for note in caught.value.faults]


counts = st.integers(0, 12).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole)))


@given(st.lists(counts, min_size=1, max_size=9), st.integers(0, 9), st.booleans())
@quick
def test_a_place_is_one_more_than_how_many_are_better(found: list[tuple[int, int]], least: int, lowest: bool) -> None:
    """Standard competition ranking: the place counts the scopes that are strictly better; 0/0 has none, at the end."""
    rates = [rate(f"s{i}", *pair) for i, pair in enumerate(found)]
    rows = rank(rates, at_least=least, lowest_first=lowest)
    assert sorted(row.scope for row in rows) == [each.scope for each in rates]
    values = {each.scope: Fraction(each.numerator, each.denominator) for each in rates if each.denominator}
    for row in rows:
        assert row.rate in rates
        assert row.small == (row.rate.denominator < least)
        own = values.get(row.scope)
        if own is None:
            assert row.place is None
        else:
            assert row.place == 1 + sum(other < own if lowest else other > own for other in values.values())
    keys = [(row.place is None, row.place or 0, row.scope) for row in rows]
    assert keys == sorted(keys)
    assert rank(rates[::-1], at_least=least, lowest_first=lowest) == rows


def test_percentages_that_print_alike_are_told_apart() -> None:
    """1/3 and 3333/10000 both print 33.33 %, and 1/3 is first; 2/6 shares its place, and the next has the third."""
    rows = rank([rate("a", 3333, 10000), rate("b", 1, 3), rate("c", 2, 6)])
    assert [(row.place, row.scope, f"{row.rate:.2%}") for row in rows] == [
        (1, "b", "33.33%"),
        (1, "c", "33.33%"),
        (3, "a", "33.33%"),
    ]


def test_small_denominators_are_flagged_and_stay() -> None:
    """A scope of one case keeps its place, and is marked."""
    rows = rank([rate("a", 1, 1), rate("b", 60, 100)], at_least=30)
    assert rows == (
        Ranked(place=1, rate=rate("a", 1, 1), small=True),
        Ranked(place=2, rate=rate("b", 60, 100), small=False),
    )


def test_only_what_can_be_compared_is_ranked() -> None:
    """Mixed names, measures and kinds of scope, repeated scopes, no rates and other things are refused."""
    first = rate("a", 1, 2)
    assert codes([]) == [("rank-empty", "rates")]
    assert codes([first, "b"]) == [("plan-shape", "rates[1]")]
    assert codes([first, rate("b", 1, 2, of="checks", name="y", by="month")]) == [
        ("rank-mixed", "rates[1].name"),
        ("rank-mixed", "rates[1].of"),
        ("rank-mixed", "rates[1].by"),
    ]
    assert codes([first, rate("b", 1, 3), rate("a", 0, 1)]) == [("rank-scope-repeated", "'a'")]
    assert codes([first], at_least=-1, lowest_first=1) == [("count-form", "at_least"), ("choice", "lowest_first")]


def test_what_is_no_list_of_rates_is_refused() -> None:
    """None is a fault of input, not an exception of the language."""
    with pytest.raises(InputError):
        rank(None)  # type: ignore[arg-type]
