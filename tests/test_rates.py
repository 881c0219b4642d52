"""Rates: exact printing, counts that are never lost, and published rates held against their counts."""

import pickle
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from typing import Final

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dual_random.errors import InputError
from dual_random.messages import MESSAGES
from dual_random.rates import (
    DOUBLE_RANDOM_SHARE,
    JOINT_SAMPLING_RATE,
    Rate,
    Reconciliation,
    double_random_share,
    interruptions_avoided,
    joint_sampling_rate,
    reconcile,
)

END: Final = 2**53
CONTEXT: Final = Context(prec=300)
DISTRICT: Final = {  # one district's published figures for 2023
    "inspections": 30102,
    "double-random": 20535,
    "joint": 9685,
    "interruptions avoided": 5197,
    "joint operations": 961,
    "cases": 3110,
}

quick = settings(deadline=None, derandomize=True)
wholes = st.one_of(st.integers(1, 400), st.integers(1, END - 1))


def printed(numerator: int, denominator: int, places: int) -> str:
    """The oracle: decimal division with far more digits than needed, then ROUND_HALF_UP."""
    quotient = CONTEXT.divide(Decimal(100 * numerator), Decimal(denominator))
    return f"{quotient.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, CONTEXT):f}%"


def codes(call: Callable[[], object]) -> list[tuple[str, str]]:
    with pytest.raises(InputError) as caught:
        call()
    return [(fault.code, fault.at) for fault in caught.value.faults]


# ---- one rate


def test_district_figures() -> None:
    """The counts a district published give 68.22 %, 47.16 %, and 49.60 % only with another denominator."""
    assert f"{double_random_share(20535, 30102):.2%}" == "68.22%"
    assert f"{joint_sampling_rate(9685, 20535):.2%}" == "47.16%"
    assert f"{joint_sampling_rate(9685, 19526):.2%}" == "49.60%"


def test_text_shows_counts_and_measure() -> None:
    """A rate reads as its counts, its percentage and what they count."""
    assert str(joint_sampling_rate(4688, 9451)) == "4688/9451 = 49.60% of visits"
    assert f"{joint_sampling_rate(124, 187, of='checks')}" == "124/187 = 66.31% of checks"


def test_half_is_rounded_up() -> None:
    """Exact halves go up where floats and round-half-even go down."""
    eighth = Rate(1, 8, of="visits")
    assert [f"{eighth:.0%}", f"{eighth:.1%}", f"{eighth:.4%}"] == ["13%", "12.5%", "12.5000%"]
    assert f"{Rate(1005, 100_000, of='visits'):.2%}" == "1.01%"
    assert f"{Rate(99_995, 100_000, of='visits'):.2%}" == "100.00%"
    assert f"{Rate(99_994, 100_000, of='visits'):.2%}" == "99.99%"


@quick
@given(st.data(), wholes, st.integers(0, 99))
def test_every_percentage_is_exact(data: st.DataObject, denominator: int, places: int) -> None:
    """For every rate and precision, the text is that of exact decimal arithmetic with ROUND_HALF_UP."""
    numerator = data.draw(st.integers(0, denominator))
    assert format(Rate(numerator, denominator, of="visits"), f".{places}%") == printed(numerator, denominator, places)


@quick
@given(st.integers(0, 40), st.integers(1, 6))
def test_every_exact_half_goes_up(unit: int, places: int) -> None:
    """For every printed unit, the fraction exactly half a unit above it prints as the next one."""
    scale = 10 ** (places + 2)
    rate = Rate(2 * unit + 1, 2 * scale, of="visits")
    assert Decimal(f"{rate:.{places}%}"[:-1]) == Decimal(unit + 1).scaleb(-places)


def test_nothing_over_nothing() -> None:
    """0/0 prints as a dash at every precision, and asking for its value is an error with the remedy."""
    nothing = Rate(0, 0, of="visits")
    assert f"{nothing:.2%}" == f"{nothing:.0%}" == "–"
    assert str(nothing) == "0/0 = – of visits"
    assert codes(lambda: nothing.value) == [("rate-undefined", "denominator")]


def test_value_is_the_fraction() -> None:
    """The value is the exact fraction, while the counts stay as they were given."""
    rate = Rate(496, 1000, of="visits")
    assert rate.value == Fraction(62, 125)
    assert (rate.numerator, rate.denominator) == (496, 1000)
    assert rate != Rate(62, 125, of="visits")


@pytest.mark.parametrize("spec", ["%", ".%", ".2", ".2f", "10.2%", ".100%", ".-1%", " .2%", ".2% ", ".٢%", ".2%\n"])
def test_other_formats_are_refused(spec: str) -> None:
    """Only '.<n>%' with at most two ASCII digits formats a rate, even 0/0."""
    for rate in (Rate(1, 2, of="visits"), Rate(0, 0, of="visits")):
        assert codes(lambda rate=rate: format(rate, spec)) == [("rate-format", "")]  # type: ignore[misc]


@pytest.mark.parametrize("value", [True, False, -1, END, 1.0, "1", Fraction(1), None])
def test_counts_are_ints(value: int) -> None:
    """Bools, negatives, floats, text and ints beyond 2**53 - 1 are no counts, above or below the line."""
    assert codes(lambda: Rate(value, 7, of="visits")) == [("rate-count", "numerator")]
    assert codes(lambda: Rate(0, value, of="visits")) == [("rate-count", "denominator")]


def test_largest_counts() -> None:
    """2**53 - 1, the largest int that every JSON reader keeps, is a count."""
    assert f"{Rate(END - 1, END - 1, of='visits'):.2%}" == "100.00%"


def test_part_is_not_more_than_whole() -> None:
    """A numerator above the denominator is refused, also above nothing."""
    assert codes(lambda: Rate(8, 7, of="visits")) == [("rate-above-one", "numerator")]
    assert codes(lambda: Rate(1, 0, of="visits")) == [("rate-above-one", "numerator")]


def test_all_faults_at_once() -> None:
    """One error names every wrong count and text of a rate."""
    found = codes(lambda: Rate(-1, True, of="", name=" a", scope="b\n", as_of="e\u0301", by="\u200b"))
    assert found == [
        ("rate-count", "numerator"),
        ("rate-count", "denominator"),
        ("text-empty", "of"),
        ("text-space", "name"),
        ("text-character", "scope"),
        ("text-not-nfc", "as_of"),
        ("text-character", "by"),
    ]


def test_measure_is_never_left_out() -> None:
    """A rate without what it counts cannot be made."""
    with pytest.raises(TypeError):
        Rate(1, 2)  # type: ignore[call-arg]


def test_rates_are_values() -> None:
    """Rates are frozen, hashable, equal by all fields, evolve and survive pickling."""
    rate = joint_sampling_rate(1, 2, scope="海曙区", as_of="2023-12-31")
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        rate.numerator = 2  # type: ignore[misc]
    assert pickle.loads(pickle.dumps(rate)) == rate
    assert len({rate, attrs.evolve(rate), attrs.evolve(rate, scope="江北区")}) == 2


def test_indicators_name_themselves() -> None:
    """Both indicators carry their name, measure, scope and date."""
    joint = joint_sampling_rate(1, 2, of="checks", scope="海曙区", as_of="2023-12-31")
    assert joint == Rate(1, 2, of="checks", name=JOINT_SAMPLING_RATE, scope="海曙区", as_of="2023-12-31")
    share = double_random_share(1, 2, scope="海曙区", as_of="2023-12-31")
    assert share == Rate(1, 2, of="visits", name=DOUBLE_RANDOM_SHARE, scope="海曙区", as_of="2023-12-31")


def test_joint_rate_knows_two_measures() -> None:
    """A joint-sampling rate of anything but visits or checks is refused, with all other faults."""
    found = codes(lambda: joint_sampling_rate(3, 2, of="firms", scope=" x"))  # type: ignore[arg-type]
    assert found == [("rate-measure", "of"), ("rate-above-one", "numerator"), ("text-space", "scope")]


# ---- pooling


def test_pool_adds_counts() -> None:
    """The pooled rate is that of the added counts, not the mean of the percentages."""
    months = [joint_sampling_rate(1, 2), joint_sampling_rate(0, 98)]
    assert Rate.pool(months, scope="2023") == joint_sampling_rate(1, 100, scope="2023")


def test_pool_of_named_months() -> None:
    """Visits may be added over months: no visit stands in two."""
    months = [Rate(1, 2, of="visits", scope=scope, by="month", as_of="2023") for scope in ("一月", "二月")]
    assert Rate.pool(iter(months), scope="2023") == Rate(2, 4, of="visits", scope="2023", as_of="2023")


def test_pool_drops_differing_dates() -> None:
    """A date that not all rates share is not claimed for the pool."""
    dated = [Rate(1, 2, of="visits", as_of=date) for date in ("2023", "2024")]
    assert Rate.pool(dated, scope="both").as_of == ""


@quick
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(9, 20)), min_size=1, max_size=8), st.randoms())
def test_pool_of_pools(counts: list[tuple[int, int]], shuffler: object) -> None:
    """For every list of rates, pooling in two steps or in another order gives the same, within least and greatest."""
    rates = [Rate(part, whole, of="checks") for part, whole in counts]
    whole = Rate.pool(rates, scope="all")
    halves = [Rate.pool(part, scope=name) for part, name in ((rates[:3], "first"), (rates[3:], "rest")) if part]
    assert Rate.pool(halves, scope="all") == Rate.pool(rates[::-1], scope="all") == whole
    assert min(rate.value for rate in rates) <= whole.value <= max(rate.value for rate in rates)


def test_pool_refuses_a_scope_twice() -> None:
    """Counts of one scope given twice are not added; rates without a scope are the caller's to keep apart."""
    one = Rate(1, 2, of="visits", scope="A")
    assert codes(lambda: Rate.pool([one, one], scope="x")) == [("rate-pool-repeated", "rates")]
    assert Rate.pool([one, attrs.evolve(one, scope="B")], scope="x").denominator == 4


def test_pool_refuses_what_are_no_rates() -> None:
    """None, or a list with None in it, is a fault of input."""
    for value in (None, [None], "x"):
        with pytest.raises(InputError):
            Rate.pool(value, scope="x")  # type: ignore[arg-type]


def test_pool_refuses_mixtures() -> None:
    """Every rate of another measure, name or kind of scope than the first is named."""
    rates = [
        Rate(1, 2, of="visits", name="a"),
        Rate(1, 2, of="checks", name="b"),
        Rate(1, 2, of="visits", name="a", by="month"),
    ]
    assert codes(lambda: Rate.pool(rates, scope="x")) == [
        ("rate-pool-mixed", "rates[1].of"),
        ("rate-pool-mixed", "rates[1].name"),
        ("rate-pool-mixed", "rates[2].by"),
    ]


@pytest.mark.parametrize(
    ("of", "by"), [("visits", "department"), ("enterprises", "department"), ("enterprises", "month")]
)
def test_pool_refuses_double_counts(of: str, by: str) -> None:
    """Visits over departments, and enterprises over departments or months, would be counted twice."""
    assert codes(lambda: Rate.pool([Rate(1, 2, of=of, by=by)], scope="x")) == [("rate-pool-overlap", "rates")]


def test_pool_adds_checks_over_departments() -> None:
    """A check belongs to one department, so checks may be added over departments."""
    parts = [Rate(1, 2, of="checks", by="department", scope=scope) for scope in ("市监", "消防")]
    assert Rate.pool(parts, scope="all") == Rate(2, 4, of="checks", scope="all")


def test_pool_of_nothing() -> None:
    """No rates have no pool."""
    assert codes(lambda: Rate.pool([], scope="x")) == [("rate-pool-empty", "rates")]


# ---- interruptions avoided


@quick
@given(st.lists(st.integers(1, 9)))
def test_interruptions_are_checks_less_visits(departments: list[int]) -> None:
    """For every list of visits, avoided interruptions are its checks less its visits."""
    assert interruptions_avoided(iter(departments)) == sum(departments) - len(departments)


def test_interruptions_name_all_faults() -> None:
    """Zero, negatives, bools, floats and text are named with their rows, counted from 1."""
    wrong: list[int] = [2, 0, -1, True, 1.0, "2", 3]  # type: ignore[list-item]
    assert codes(lambda: interruptions_avoided(wrong)) == [
        ("rate-departments", f"row {row}") for row in (2, 3, 4, 5, 6)
    ]


# ---- published rates


def test_district_does_not_close() -> None:
    """49.60 % of 9,685 needs a denominator of 19,525 to 19,528, and no two published counts give either rate."""
    joint = reconcile("49.60%", 9685, 20535, among=DISTRICT)
    assert not joint.holds
    assert joint.denominators == range(19525, 19529)
    assert joint.pairs == ()
    share = reconcile("70.07%", 20535, 30102, among=DISTRICT)
    assert not share.holds
    assert share.pairs == ()


def test_counts_that_close() -> None:
    """A rate that follows from its counts holds, and is found among them."""
    found = reconcile("47.16%", 9685, 20535, among=DISTRICT)
    assert found.holds
    assert found.pairs == (("joint", "double-random"),)
    assert found.computed == Rate(9685, 20535, of="counts")
    assert reconcile("47.16%", 9685, 20535, of="visits").computed == Rate(9685, 20535, of="visits")


def test_printed_precision_counts() -> None:
    """The same counts print as 50% and 49.6%, but not as 49.60% or 49%."""
    holds = {
        text: reconcile(text, 4964, 10000).holds for text in ("50%", "49%", "49.6%", "49.60%", "49.64%", "49.640%")
    }
    assert holds == {"50%": True, "49%": False, "49.6%": True, "49.60%": False, "49.64%": True, "49.640%": True}
    assert (reconcile("13%", 1, 8).holds, reconcile("12%", 1, 8).holds) == (True, False)


@pytest.mark.parametrize("places", [0, 1])
def test_all_denominators(places: int) -> None:
    """For every small numerator and printed rate, the denominators are those that brute force finds."""
    scale, most = 100 * 10**places, 8
    top = 2 * scale * most + 2  # nothing above prints as more than zero
    for numerator in range(most + 1):
        found: dict[str, list[int]] = {}
        for denominator in range(max(numerator, 1), top):
            found.setdefault(printed(numerator, denominator, places), []).append(denominator)
        for units in range(scale + 1):
            text = printed(units, scale, places)
            counts = reconcile(text, numerator, numerator).denominators
            if units:
                assert list(counts) == found.get(text, [])
            else:
                assert list(range(counts.start, top)) == found.get(text, [])
                assert counts.stop == END


@pytest.mark.parametrize("places", [0, 1])
def test_all_numerators(places: int) -> None:
    """For every small denominator and printed rate, the numerators are those that brute force finds."""
    scale = 100 * 10**places
    for denominator in (*range(31), 99, 100, 101, 200, 333):
        found: dict[str, list[int]] = {}
        for numerator in range(denominator + 1 if denominator else 0):
            found.setdefault(printed(numerator, denominator, places), []).append(numerator)
        for units in range(scale + 1):
            text = printed(units, scale, places)
            assert list(reconcile(text, 0, denominator).numerators) == found.get(text, [])


@quick
@given(st.data(), wholes, st.integers(0, 6))
def test_ranges_end_where_the_text_changes(data: st.DataObject, denominator: int, places: int) -> None:
    """For every rate its own text holds, and both ranges contain the count and stop exactly where the text differs."""
    numerator = data.draw(st.integers(0, denominator))
    text = printed(numerator, denominator, places)
    found = reconcile(text, numerator, denominator)
    assert found.holds
    assert numerator in found.numerators
    assert denominator in found.denominators
    for part in (found.numerators[0], found.numerators[-1]):
        assert printed(part, denominator, places) == text
    for part in (found.numerators[0] - 1, found.numerators[-1] + 1):
        assert not 0 <= part <= denominator or printed(part, denominator, places) != text
    for whole in (found.denominators[0], found.denominators[-1]):
        assert printed(numerator, whole, places) == text
    for whole in (found.denominators[0] - 1, found.denominators[-1] + 1):
        assert not max(numerator, 1) <= whole < END or printed(numerator, whole, places) != text


@quick
@given(st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 12)), st.integers(0, 100))
def test_all_pairs(counts: dict[str, int], units: int) -> None:
    """For every set of counts, the pairs are the ordered pairs that brute force finds."""
    expected = tuple(
        (part, whole)
        for part in counts
        for whole in counts
        if part != whole and 0 < counts[whole] >= counts[part]
        if printed(counts[part], counts[whole], 0) == f"{units}%"
    )
    assert reconcile(f"{units}%", 1, 1, among=counts).pairs == expected


def test_no_count_beyond_the_whole() -> None:
    """A quotient just above one rounds to 100 %, but is no rate: neither a pair nor a denominator below its part."""
    found = reconcile("100%", 1000, 1000, among={"more": 1001, "less": 1000})
    assert found.pairs == (("less", "more"),)
    assert found.numerators == range(995, 1001)
    assert found.denominators == range(1000, 1006)


def test_undefined_rate_never_holds() -> None:
    """0/0 prints as a dash, so it is no published rate; nothing above zero can have it as denominator."""
    found = reconcile("0.00%", 0, 0)
    assert not found.holds
    assert found.numerators == range(0)
    assert found.denominators == range(1, END)


@pytest.mark.parametrize(
    "text",
    [
        "49.60",
        "49,60%",
        "49.60 %",
        " 49.60%",
        "49.60%\n",
        "49.60\uff05",
        "\uff14\uff19%",
        ".5%",
        "5.%",
        "-1%",
        "62/125",
        "",
        "–",
    ],
)
def test_other_writings_are_refused(text: str) -> None:
    """A printed rate is ASCII digits, decimals and a percent sign, nothing else."""
    assert codes(lambda: reconcile(text, 1, 2)) == [("rate-printed", "printed")]


def test_reconcile_names_all_faults() -> None:
    """One error names the printed rate, both counts, the measure and the other counts."""
    wrong = {"a": -1, "b ": 2}
    assert codes(lambda: reconcile(0.496, -1, True, among=wrong, of="")) == [  # type: ignore[arg-type]
        ("rate-printed", "printed"),
        ("rate-count", "numerator"),
        ("rate-count", "denominator"),
        ("text-empty", "of"),
        ("text-space", "among"),
        ("rate-count", "among.a"),
    ]
    assert codes(lambda: reconcile("100.01%", 2, 1)) == [("share-range", "printed"), ("rate-above-one", "numerator")]


def test_reconciliation_checks_itself() -> None:
    """A reconciliation made by hand is held to the same rules."""
    assert codes(lambda: Reconciliation("x", Rate(1, 2, of="visits"), (("a", -1),))) == [
        ("rate-printed", "printed"),
        ("rate-count", "among.a"),
    ]


def test_report_of_a_difference() -> None:
    """The report states the difference, what each count would have to be, and the pairs, in both languages."""
    found = reconcile("49.60%", 9685, 20535, among=DISTRICT)
    assert str(found).splitlines() == [
        "49.60% does not follow from 9685/20535 = 47.16%: ask the publisher for the counts behind it",
        "49.60% of 20535 needs a numerator from 10185 to 10186",
        "49.60% with the numerator 9685 needs a denominator from 19525 to 19528",
        "no two of the 6 given counts give 49.60%",
    ]
    assert found.text("zh").splitlines()[2] == "分子为 9685 时，49.60% 要求分母在 19525 至 19528 之间"


def test_report_of_an_agreement() -> None:
    """The report of a rate that holds is one line and the pairs that give it."""
    assert str(reconcile("47.16%", 9685, 20535)) == "47.16% follows from 9685/20535 = 47.16%"
    assert str(reconcile("47.1634%", 9685, 20535)) == "47.1634% follows from 9685/20535 = 47.1634%"
    notes = reconcile("47.16%", 9685, 20535, among=DISTRICT).notes
    assert [str(note) for note in notes[1:]] == ["joint / double-random gives 47.16%"]


def test_report_of_the_impossible() -> None:
    """The report says when no count at all gives the rate, and that a rate of zero has no largest denominator."""
    assert [note.code for note in reconcile("49.60%", 0, 3).notes] == [
        "rate-differs",
        "rate-no-numerator",
        "rate-no-denominator",
    ]
    zero = reconcile("0.00%", 1, 2).notes
    assert str(zero[2]) == "0.00% with the numerator 1 needs a denominator from 20001 to ∞"


def test_every_message_is_used() -> None:
    """Every statement about rates in the message table is made by some call, and reads in both languages."""
    half = Rate(1, 2, of="visits")
    calls: list[Callable[[], object]] = [
        lambda: Rate(-1, 2, of="visits"),
        lambda: Rate(3, 2, of="visits"),
        lambda: Rate(0, 0, of="visits").value,
        lambda: f"{half:.2f}",
        lambda: joint_sampling_rate(1, 2, of="x"),  # type: ignore[arg-type]
        lambda: Rate.pool([], scope="x"),
        lambda: Rate.pool([half, Rate(1, 2, of="checks")], scope="x"),
        lambda: Rate.pool([attrs.evolve(half, by="department")], scope="x"),
        lambda: Rate.pool([attrs.evolve(half, scope="A")] * 2, scope="x"),
        lambda: interruptions_avoided([0]),
        lambda: reconcile("x", 1, 2),
    ]
    notes = [*reconcile("50%", 1, 2, among={"a": 1, "b": 2}).notes, *reconcile("49%", 0, 3).notes]
    notes += reconcile("49%", 49, 200, among={"a": 1, "b": 1}).notes
    for call in calls:
        with pytest.raises(InputError) as caught:
            call()
        notes += caught.value.faults
    assert {note.code for note in notes} == {code for code in MESSAGES if code.startswith("rate-")}
    assert all("{" not in note.text("en") + note.text("zh") for note in notes)
