"""Two periods: matched by what they are rates of, differences exact, nothing lost."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dual_random.cycle.comparisons import compare
from dual_random.errors import InputError
from dual_random.rates import Rate

quick = settings(deadline=None, derandomize=True)

counts = st.integers(0, 9).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole)))
keys = st.tuples(*(st.sampled_from(pair) for pair in (("x", "y"), ("a", "b"), ("visits", "checks"), ("", "month"))))
periods = st.dictionaries(keys, counts, max_size=8)


def rates(period: dict[tuple[str, ...], tuple[int, int]], as_of: str) -> list[Rate]:
    return [
        Rate(part, whole, name=name, scope=scope, of=of, by=by, as_of=as_of)
        for (name, scope, of, by), (part, whole) in period.items()
    ]


@given(periods, periods)
@quick
def test_every_rate_of_both_periods_is_there_once(
    first: dict[tuple[str, ...], tuple[int, int]], second: dict[tuple[str, ...], tuple[int, int]]
) -> None:
    """Each rate appears once, with its counts of both periods and the exact difference of their percentages."""
    changes = compare(rates(first, "2023"), rates(second, "2024"))
    found = {(change.name, change.scope, change.of, change.by): change for change in changes}
    assert len(found) == len(changes)
    assert list(found) == [*first, *(key for key in second if key not in first)]
    for key, change in found.items():
        sides = [(change.before, first.get(key)), (change.after, second.get(key))]
        for kept, pair in sides:
            assert (kept and (kept.numerator, kept.denominator)) == pair
        values = [Fraction(*pair) for _, pair in sides if pair and pair[1]]
        assert change.points == (100 * (values[1] - values[0]) if len(values) == 2 else None)


def one(before: Rate | None, after: Rate | None) -> str:
    (change,) = compare([before] if before else [], [after] if after else [])
    return f"{change} | {change.text('zh')}"


def test_changes_are_told_in_words() -> None:
    """A rise, a fall, a rate that appeared or vanished, and one without value each have their sentence."""
    low = Rate(1, 3, of="visits", name="planned share", scope="市监", by="department")
    high = Rate(1, 2, of="visits", name="planned share", scope="市监", by="department")
    none = Rate(0, 0, of="visits", name="planned share", scope="市监", by="department")
    assert one(low, high) == (
        "市监, planned share: from 1/3 = 33.33% to 1/2 = 50.00% of visits, +16.67 percentage points | "
        "市监, 计划检查率：由 1/3 = 33.33% 变为 1/2 = 50.00%（按户次），+16.67 个百分点"
    )
    assert ", -16.67 percentage points" in one(high, low)
    assert ", 0.00 percentage points" in one(low, low)
    assert one(None, low).startswith("市监, planned share: only in the second period: 1/3 = 33.33% of visits | ")
    assert one(low, None).startswith("市监, planned share: only in the first period: 1/3 = 33.33% of visits | ")
    assert "there is no difference" in one(none, low)
    assert "there is no difference" in one(low, none)


def test_points_are_rounded_once_and_half_away_from_zero() -> None:
    """The difference of the exact fractions is rounded, not the difference of rounded percentages."""
    before, after = Rate(1, 3, of="visits"), Rate(2, 3, of="visits")
    (change,) = compare([before], [after])
    assert change.points == Fraction(100, 3)
    assert (change.points_text, f"{before:.2%}", f"{after:.2%}") == ("+33.33", "33.33%", "66.67%")  # not 33.34
    (half,) = compare([Rate(1, 2, of="visits")], [Rate(10001, 20000, of="visits")])
    assert half.points_text == "+0.01"
    (back,) = compare([Rate(10001, 20000, of="visits")], [Rate(1, 2, of="visits")])
    assert back.points_text == "-0.01"


def test_a_rate_twice_in_a_period_is_refused() -> None:
    """Which of the two should be compared nobody could say."""
    twice = [Rate(1, 2, of="visits", name="x"), Rate(1, 3, of="checks", name="x"), Rate(1, 3, of="visits", name="x")]
    with pytest.raises(InputError) as caught:
        compare(twice, [*twice[:2], twice[1]])
    assert [(note.code, note.at, note.params["other"]) for note in caught.value.faults] == [
        ("comparison-repeated", "before[2]", "before[0]"),
        ("comparison-repeated", "after[2]", "after[1]"),
    ]
    with pytest.raises(InputError) as caught:
        compare([None], [1])  # type: ignore[list-item]
    assert [(note.code, note.at) for note in caught.value.faults] == [
        ("plan-shape", "before[0]"),
        ("plan-shape", "after[0]"),
    ]
