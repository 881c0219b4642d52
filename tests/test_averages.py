"""Micro and macro averages: each what its name says, and told apart."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dual_random.cycle.averages import macro_average, micro_average
from dual_random.errors import InputError
from dual_random.rates import Rate

quick = settings(deadline=None, derandomize=True)
counts = st.integers(0, 12).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole)))


def rates(found: list[tuple[int, int]], by: str = "month") -> list[Rate]:
    return [Rate(*pair, of="visits", name="x", scope=f"s{i}", by=by) for i, pair in enumerate(found)]


@given(st.lists(counts, min_size=1, max_size=9))
@quick
def test_each_average_is_what_its_name_says(found: list[tuple[int, int]]) -> None:
    """Micro: the sums of both counts. Macro: the exact mean of the fractions there are. A note tells them apart."""
    valued = [Fraction(*pair) for pair in found if pair[1]]
    micro = micro_average(rates(found), scope="2024")
    assert (micro.numerator, micro.denominator) == (sum(part for part, _ in found), sum(whole for _, whole in found))
    if not valued:
        with pytest.raises(InputError, match="there is no mean"):
            macro_average(rates(found), scope="2024")
        return
    macro = macro_average(rates(found), scope="2024")
    assert macro.value == sum(valued, Fraction(0)) / len(valued)
    assert (macro.count, macro.left_out) == (len(valued), len(found) - len(valued))
    assert macro.micro == micro
    told = [note.code for note in macro.notes]
    assert told == ["average-macro"] + ["average-differs"] * (f"{micro:.2%}" != macro.percentage)


def test_the_two_are_told_in_words() -> None:
    """A large and a small scope: the report says what each average is, in both languages."""
    macro = macro_average(rates([(1, 2), (0, 8)]), scope="2024")
    assert str(macro) == (
        "2024: 25.00% is the mean of the percentages of 2 scopes (of visits; without a value: 0), each of the same "
        "weight (macro average)\n"
        "2024: the counts added give 1/10 = 10.00% (micro average), not 25.00%: say which of the two a figure is"
    )
    assert macro.text("zh").count("宏平均") == macro.text("zh").count("微平均") == 1


def test_where_counts_overlap_only_the_mean_is_left() -> None:
    """Visits over departments cannot be added: the micro average is refused, the mean says that there is none."""
    found = rates([(1, 2), (1, 4)], by="department")
    with pytest.raises(InputError, match="count them twice"):
        micro_average(found, scope="2024")
    macro = macro_average(found, scope="2024")
    assert (macro.value, macro.micro) == (Fraction(3, 8), None)
    assert [note.code for note in macro.notes] == ["average-macro", "average-overlap"]


def test_only_rates_of_one_kind_have_an_average() -> None:
    """Mixed rates, no rates and other things are refused."""
    mixed = [Rate(1, 2, of="visits"), Rate(1, 2, of="checks")]
    for wrong, code in ((mixed, "rate-pool-mixed"), ([], "rate-pool-empty"), ([1], "plan-shape")):
        with pytest.raises(InputError) as caught:
            macro_average(wrong, scope="")  # type: ignore[arg-type]
        assert {note.code for note in caught.value.faults} == {code}
    with pytest.raises(InputError):
        macro_average(rates([(1, 2)]), scope=" x")


def test_a_scope_twice_and_what_are_no_rates_are_refused() -> None:
    """Nothing is counted twice, and what is no rate is a fault of input in both averages."""
    once = Rate(1, 2, of="visits", scope="A")
    wrong: list[Any] = [[once, once], None, [None], "x", {"A": once}]
    for value in wrong:
        with pytest.raises(InputError):
            micro_average(value, scope="x")
        with pytest.raises(InputError):
            macro_average(value, scope="x")


def test_the_measure_is_told_in_the_language_of_the_text() -> None:
    """A Chinese text names what was counted in Chinese; the notes keep the word of the library."""
    mean = macro_average([Rate(1, 2, of="visits", scope="A"), Rate(0, 8, of="visits", scope="B")], scope="2024")
    assert "户次" in mean.text("zh")
    assert "visits" not in mean.text("zh")
    assert mean.notes[0].params["of"] == "visits"
