"""Adjustment: limits, shrinkage, pooling and the log, against brute force and stated properties."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import product
from typing import Any, Final, get_args

import pytest
from attrs import evolve
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from dual_random import Demand, InputError, Plan, Rate, Register, SeedSource, commit, indicators
from dual_random.cycle.adjustment import Adjustment, adjust
from dual_random.cycle.limits import FrequencyRule, ShareRule
from dual_random.cycle.pooling import nearest, pool_adjacent, settle
from dual_random.cycle.shrinkage import Evidence
from dual_random.errors import Lang

ORDER: Final = ("A", "B", "C", "D")
RULE: Final = ShareRule(order=ORDER, lowest="0.5%", highest="50%")
PRESENT: Final = {"A": "1%", "B": "3%", "C": "10%", "D": "30%"}
SEED: Final = SeedSource(source="双色球", event="2024090期", earliest="2024-08-06T21:15:00+08:00", form="0" * 7)

Counts = Sequence[tuple[int, int]]


def rates(counts: Counts, order: Sequence[str] = ORDER) -> list[Rate]:
    return [Rate(x, n, of="visits", scope=name) for (x, n), name in zip(counts, order, strict=True)]


def adjusted(
    counts: Counts,
    present: dict[str, str] | dict[str, Fraction] | None = None,
    rule: ShareRule = RULE,
    expected: dict[str, str] | None = None,
) -> Adjustment:
    return adjust(
        PRESENT if present is None else present,
        rates(counts),
        rule,
        measured="2024-3",
        effective="2024-4",
        expected=expected,
    )


def after(adjustment: Adjustment) -> list[Fraction]:
    return [change.after for change in adjustment.changes]


def faults_of(call: Callable[[], object]) -> list[tuple[str, str]]:
    with pytest.raises(InputError) as caught:
        call()
    return [(note.code, note.at) for note in caught.value.faults]


def counts() -> st.SearchStrategy[list[tuple[int, int]]]:
    one = st.sampled_from([0, 1, 2, 7, 40, 1000]).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
    return st.lists(one, min_size=4, max_size=4)


def presents() -> st.SearchStrategy[dict[str, Fraction]]:
    shares = st.lists(st.integers(50, 5000), min_size=4, max_size=4).map(sorted)
    return shares.map(lambda each: {name: Fraction(i, 10_000) for name, i in zip(ORDER, each, strict=True)})


EXPECTED: Final = {"A": "1%", "B": "3%", "C": "10%", "D": "25%"}
expectations = st.sampled_from([None, EXPECTED])
rules = st.builds(
    ShareRule,
    order=st.just(ORDER),
    lowest=st.sampled_from(["0", "0.5%"]),
    highest=st.sampled_from(["50%", "1"]),
    most_change=st.sampled_from(["1", "11/10", "3/2", "2", "50"]),
    weight=st.sampled_from([1, 5, 50]),
    step=st.sampled_from(["0.01%", "0.0025%"]),
)


# ---- what is promised


@settings(deadline=None, derandomize=True, max_examples=100)
@given(found=counts(), present=presents(), rule=rules, expected=expectations)
def test_order_bounds_change_and_step_are_kept(
    found: list[tuple[int, int]], present: dict[str, Fraction], rule: ShareRule, expected: dict[str, str] | None
) -> None:
    """Whatever is found, shares ascend with risk, stay in bounds, change by the factor at most, and are steps."""
    shares = after(adjusted(found, present, rule, expected))
    assert shares == sorted(shares)
    for before, share in zip(present.values(), shares, strict=True):
        assert rule.lowest <= share <= rule.highest
        assert before / rule.most_change <= share <= before * rule.most_change
        assert share % rule.step == 0


@settings(deadline=None, derandomize=True, max_examples=40)
@given(present=presents(), rule=rules, expected=expectations)
def test_without_visits_nothing_changes(
    present: dict[str, Fraction], rule: ShareRule, expected: dict[str, str] | None
) -> None:
    """No visits, or no rates at all, leave every share as it is, exactly."""
    found = adjusted([(0, 0)] * 4, present, rule, expected)
    assert after(found) == list(present.values())
    none = adjust(present, [], rule, measured="1", effective="2", expected=expected)
    assert after(none) == list(present.values())
    assert [note.code for note in none.notes[1:]] == ["class-kept"] * 4


@settings(deadline=None, derandomize=True, max_examples=80)
@given(found=counts(), present=presents(), rule=rules, place=st.integers(0, 3))
def test_more_problems_never_lower_any_share(
    found: list[tuple[int, int]], present: dict[str, Fraction], rule: ShareRule, place: int
) -> None:
    """With stated expectations, one problem more in a class lowers no class's share."""
    x, n = found[place]
    assume(x < n)
    more = [*found[:place], (x + 1, n), *found[place + 1 :]]
    before, later = (after(adjusted(each, present, rule, EXPECTED)) for each in (found, more))
    assert all(one <= other for one, other in zip(before, later, strict=True))


@settings(deadline=None, derandomize=True, max_examples=80)
@given(found=counts(), place=st.integers(0, 3))
def test_with_the_pooled_rate_its_own_index_never_falls(found: list[tuple[int, int]], place: int) -> None:
    """Held against the pooled rate, one problem more in a class never lowers that class's index."""
    x, n = found[place]
    assume(x < n)
    more = [*found[:place], (x + 1, n), *found[place + 1 :]]
    before, later = (adjusted(each).changes[place].evidence.index for each in (found, more))
    assert before <= later


def test_with_the_pooled_rate_a_shared_value_may_fall() -> None:
    """Where two classes share a value, one problem more also raises the pooled rate, and the value may fall."""
    rule = ShareRule(order=["A", "B"], most_change="2")
    present = {"A": "1%", "B": "2%"}
    found = []
    for x in (3, 4):
        two = [Rate(x, 30, of="visits", scope="A"), Rate(1, 300, of="visits", scope="B")]
        found.append(after(adjust(present, two, rule, measured="1", effective="2")))
    assert found == [[Fraction("0.014")] * 2, [Fraction("0.013")] * 2]


@settings(deadline=None, derandomize=True, max_examples=100)
@given(found=counts(), order=st.permutations(range(4)))
def test_the_order_of_rates_and_tables_decides_nothing(found: list[tuple[int, int]], order: list[int]) -> None:
    """Rates and present shares in any order give the same adjustment."""
    shuffled = [rates(found)[i] for i in order]
    table = {name: PRESENT[name] for name in (ORDER[i] for i in order)}
    assert adjust(table, shuffled, RULE, measured="2024-3", effective="2024-4") == adjusted(found)


@settings(deadline=None, derandomize=True, max_examples=80)
@given(found=counts(), present=presents())
def test_as_expected_nothing_changes(found: list[tuple[int, int]], present: dict[str, Fraction]) -> None:
    """Classes that yield exactly what was expected stay; so what is expected is a fixed point."""
    visits = [n for _, n in found]
    expected = {name: f"{x}/{n}" if n else "1" for name, (x, n) in zip(ORDER, found, strict=True)}
    assume(any(visits))
    assert after(adjusted(found, present, RULE, expected)) == list(present.values())


# ---- shrinkage


@settings(deadline=None, derandomize=True, max_examples=80)
@given(n=st.integers(0, 500), x=st.integers(0, 500), p=st.fractions(0, 1, max_denominator=100), w=st.integers(1, 50))
def test_the_index_is_the_shrunk_rate_over_the_expected_one(n: int, x: int, p: Fraction, w: int) -> None:
    """With m = w/p it is (x + m·p)/(n + m) over p, off 1 by at most |x − n·p|/w; a problem adds at most 1/w."""
    x = min(x, n)
    own = Evidence(name="A", problems=x, visits=n, expected=p, weight=w)
    if p:
        m = w / p
        assert own.rate == (x + m * p) / (n + m)
        assert own.index == own.rate / p
    assert abs(own.index - 1) <= abs(x - n * p) / w
    more = evolve(own, problems=x + 1)
    assert 0 < more.index - own.index <= Fraction(1, w)


@settings(deadline=None, derandomize=True, max_examples=100)
@given(times=st.integers(1, 50), x=st.integers(0, 20), n=st.integers(1, 20), p=st.sampled_from(["1/10", "1/2", "1/50"]))
def test_more_visits_of_the_same_rate_say_more(times: int, x: int, n: int, p: str) -> None:
    """At the same found rate, more visits take the index further from 1 and never past found over expected."""
    x, share = min(x, n), Fraction(p)
    few = Evidence(name="A", problems=x, visits=n, expected=share, weight=5)
    many = evolve(few, problems=x * times, visits=n * times)
    assert abs(few.index - 1) <= abs(many.index - 1) <= abs(x / (n * share) - 1)


def test_two_visits_do_not_swing() -> None:
    """Two problems in two visits of D move 30 % to 41.5 %, and two hundred in two hundred to the limit of a round."""
    expected = dict.fromkeys(ORDER, "5%")
    assert adjusted([(0, 0)] * 3 + [(2, 2)], expected=expected).take["D"] == "41.18%"
    assert adjusted([(0, 0)] * 3 + [(200, 200)], expected=expected).take["D"] == "45.00%"
    assert Fraction(7, 1) / (5 + Fraction(1, 10)) * 30 == Fraction(2100, 51)


def test_where_nothing_was_found_nothing_is_relative() -> None:
    """No problem anywhere leaves all as it is with the pooled rate, and lowers all with stated expectations."""
    quiet = [(0, 1000)] * 4
    assert adjusted(quiet).take == {"A": "1.00%", "B": "3.00%", "C": "10.00%", "D": "30.00%"}
    lowered = adjusted(quiet, expected=EXPECTED).take
    assert lowered == {"A": "0.67%", "B": "2.00%", "C": "6.67%", "D": "20.00%"}
    assert adjusted(quiet, expected=dict.fromkeys(ORDER, "0%")).take == adjusted(quiet).take


# ---- pooling


@settings(deadline=None, derandomize=True, max_examples=100)
@given(
    values=st.lists(st.fractions(0, 10, max_denominator=6), min_size=1, max_size=6),
    weights=st.lists(st.integers(1, 9), min_size=6, max_size=6),
)
def test_pooling_is_the_minimax_formula(values: list[Fraction], weights: list[int]) -> None:
    """The pooled values are max over beginnings of min over ends of weighted means: the isotonic regression."""
    weights = weights[: len(values)]

    def mean(begin: int, end: int) -> Fraction:
        total = sum(weights[begin : end + 1])
        return (
            sum((v * w for v, w in zip(values[begin : end + 1], weights[begin : end + 1], strict=True)), Fraction(0))
            / total
        )

    count = range(len(values))
    expected = [max(min(mean(b, e) for e in count if e >= i) for b in count if b <= i) for i in count]
    assert pool_adjacent(values, weights) == expected


@settings(deadline=None, derandomize=True, max_examples=100)
@given(
    values=st.lists(st.fractions(-5, 30, max_denominator=6), min_size=3, max_size=3),
    lows=st.lists(st.integers(0, 9), min_size=3, max_size=3).map(sorted),
    highs=st.lists(st.integers(10, 20), min_size=3, max_size=3).map(sorted),
    weights=st.lists(st.integers(1, 5), min_size=3, max_size=3),
)
def test_settled_values_keep_boxes_and_order_and_are_nearest(
    values: list[Fraction], lows: list[int], highs: list[int], weights: list[int]
) -> None:
    """Settled values ascend within their boxes; before rounding nothing ascending in the boxes is nearer."""
    boxes = list(zip(lows, highs, strict=True))
    found = settle(values, boxes, weights)
    assert found == sorted(found)
    assert all(low <= value <= high for value, (low, high) in zip(found, boxes, strict=True))
    inside = [max(Fraction(low), min(value, Fraction(high))) for value, (low, high) in zip(values, boxes, strict=True)]
    pooled = pool_adjacent(inside, weights)
    assert found == [nearest(value) for value in pooled]

    def distance(to: Sequence[Fraction | int]) -> Fraction:
        return sum((w * (a - b) ** 2 for w, a, b in zip(weights, inside, to, strict=True)), Fraction(0))

    grid = [range(low, high + 1, 4) for low, high in boxes]
    others = [each for each in product(*grid) if list(each) == sorted(each)]
    assert all(distance(pooled) <= distance(each) for each in others)


def test_halves_are_rounded_up() -> None:
    """Half a step is rounded up, on the exact value."""
    assert [nearest(Fraction(n, 4)) for n in range(9)] == [0, 0, 1, 1, 1, 1, 2, 2, 2]


# ---- frequencies


def times(found: Counts, present: dict[str, int], rule: FrequencyRule, expected: str = "10%") -> dict[str, int]:
    stated = dict.fromkeys(rule.order, expected)
    return adjust(present, rates(found), rule, measured="2023", effective="2024", expected=stated).times


def test_frequencies_are_whole_and_move_by_the_step_of_a_round() -> None:
    """Times a year are whole numbers, in bounds, in order, and change by the stated number at the most."""
    rule = FrequencyRule(order=ORDER, lowest=0, highest=6)
    present = {"A": 0, "B": 1, "C": 2, "D": 4}
    assert times([(0, 0)] * 4, present, rule) == present
    assert times([(50, 50)] * 4, present, rule) == {"A": 0, "B": 2, "C": 3, "D": 5}
    assert times([(0, 500)] * 4, present, rule) == {"A": 0, "B": 0, "C": 1, "D": 3}
    assert times([(500, 500)] * 4, present, evolve(rule, most_change=9)) == {"A": 0, "B": 6, "C": 6, "D": 6}
    assert times([(50, 50)] * 4, present, evolve(rule, most_change=0)) == present
    assert times([(50, 50), (0, 500), (0, 500), (0, 0)], {"A": 1, "B": 1, "C": 1, "D": 1}, rule) == {
        **dict.fromkeys("ABC", 0),
        "D": 1,
    }


@settings(deadline=None, derandomize=True, max_examples=80)
@given(found=counts(), present=st.lists(st.integers(1, 8), min_size=4, max_size=4).map(sorted), most=st.integers(0, 3))
def test_frequencies_keep_order_bounds_and_change(found: list[tuple[int, int]], present: list[int], most: int) -> None:
    """Whatever is found, frequencies ascend with risk, stay in bounds and change by the stated number at most."""
    rule = FrequencyRule(order=ORDER, lowest=1, highest=8, most_change=most, weight=2)
    moved = list(times(found, dict(zip(ORDER, present, strict=True)), rule).values())
    assert moved == sorted(moved)
    assert all(1 <= b <= 8 and abs(a - b) <= most for a, b in zip(present, moved, strict=True))


# ---- the log


def test_the_log_tells_what_decided() -> None:
    """Each class has a note with evidence, before and after, and the code of what decided: evidence, limits, order."""
    found = adjusted([(40, 400), (1, 400), (40, 200), (0, 0)], {"A": "3%", "B": "3%", "C": "10%", "D": "30%"})
    assert [note.code for note in found.notes] == [
        *("share-rule", "class-ordered", "class-ordered", "class-limited", "class-kept")
    ]
    own = found.notes[1]
    assert (own.at, own.params["before"], own.params["problems"], own.params["visits"]) == ("A", "3.00%", 40, 400)
    assert (own.params["measured"], own.params["effective"]) == ("2024-3", "2024-4")
    assert own.params["after"] == found.take["A"] == found.take["B"]
    assert found.table(lang="zh")["at"] == ["", "A", "B", "C", "D"]
    assert all("2024-4" in note.text(lang) for note in found.notes[1:] for lang in get_args(Lang))


def test_an_adjustment_can_be_recomputed_from_its_log() -> None:
    """Present values and evidence of the log, adjusted again by its rule, give the same values."""
    found = adjusted([(3, 300), (9, 300), (24, 200), (1, 2)])
    present = {change.name: change.before for change in found.changes}
    again = [
        Rate(change.evidence.problems, change.evidence.visits, of="visits", scope=change.name)
        for change in found.changes
    ]
    assert adjust(present, again, found.rule, measured=found.measured, effective=found.effective) == found


def test_takes_are_read_by_a_demand() -> None:
    """The new shares are exact percentages that a demand takes as they are."""
    found = adjusted([(3, 300), (9, 300), (24, 200), (1, 2)])
    demand = Demand("市监", by="risk", take=found.take)
    assert {key: take for (key,), take in demand.take} == {c.name: c.after for c in found.changes}
    assert faults_of(lambda: found.times) == [("adjustment-kind", "times")]
    frequent = adjust({"A": 1, "B": 2}, [], FrequencyRule(order=["A", "B"]), measured="1", effective="2")
    assert frequent.times == {"A": 1, "B": 2}
    assert faults_of(lambda: frequent.take) == [("adjustment-kind", "take")]


def the_plan(number: str, *demands: Demand) -> Plan:
    return Plan(title="抽查", authority="海曙区", number=number, seed=SEED, demands=demands)


def test_it_holds_in_the_plan_that_is_named_only() -> None:
    """Applied to its plan, it changes one demand's shares; any other plan, and a plan under way, is refused."""
    found = adjusted([(3, 300), (9, 300), (24, 200), (1, 2)])
    own, other = Demand("市监", by="risk", take=PRESENT), Demand("消防", take="5%")
    made = found.apply(the_plan("2024-4", own, other), "市监")
    assert made.demands == (evolve(own, take=found.take), other)
    enterprises = Register({"id": [f"E{i}" for i in range(40)], "risk": list("ABCD") * 10}, id="id", columns=["risk"])
    assert [size.number for size in commit(made, enterprises).allocation[0].strata] == [1, 1, 2, 4]
    assert faults_of(lambda: found.apply(the_plan("2024-3", own), "市监")) == [("adjustment-other-plan", "plan.number")]
    assert faults_of(lambda: found.apply(the_plan("2024-4", own, other), "消防")) == [
        ("adjustment-strata", "demands.消防")
    ]
    assert faults_of(lambda: found.apply(the_plan("2024-4", own), "环保")) == [("demand-unknown", "")]
    follower = Demand("环保", follow="市监")
    assert faults_of(lambda: found.apply(the_plan("2024-4", own, follower), "环保")) == [
        ("adjustment-strata", "demands.环保")
    ]
    more = Demand("市监", by="risk", take={**PRESENT, "E": "40%"})
    assert faults_of(lambda: found.apply(the_plan("2024-4", more), "市监")) == [("adjustment-strata", "demands.市监")]
    flat = Demand("市监", by="risk", take="5%")
    assert found.apply(the_plan("2024-4", flat), "市监").demands[0].take == evolve(own, take=found.take).take


# ---- refusals


def numbers(measured: str, effective: str, committed: str | list[str] = "") -> Callable[[], object]:
    given = committed or ()
    return lambda: adjust(PRESENT, [], RULE, measured=measured, effective=effective, committed=given)


def test_only_a_later_plan_can_be_changed() -> None:
    """The plan that was measured, an earlier one, a committed one, and one before it are refused; 10 is after 9."""
    for measured, effective in (("2024-9", "2024-10"), ("2024-4", "2025-1"), ("3", "4"), ("2024-3", "2024-04")):
        numbers(measured, effective)()
    assert faults_of(numbers("2024-3", "2024-3")) == [("effective-early", "measured")]
    assert faults_of(numbers("2024-3", "2024-03")) == [("effective-early", "measured")]
    assert faults_of(numbers("2024-10", "2024-9")) == [("effective-early", "measured")]
    assert faults_of(numbers("2024-3", "2024-4", "2024-4")) == [("effective-early", "committed[0]")]
    assert faults_of(numbers("2024-3", "2024-4", ["2024-1", "2024-5"])) == [("effective-early", "committed[1]")]
    assert faults_of(numbers("2024-3", "2024年4")) == [("numbers-unlike", "measured")]
    assert faults_of(numbers("春季", "秋季")) == [("numbers-unlike", "measured")]
    assert faults_of(numbers("春季", "春季")) == [("effective-early", "measured")]
    assert faults_of(numbers("", "2024-4", "2024-3 ")) == [("text-empty", "measured"), ("text-space", "committed[0]")]
    numbers("1" * 5000, "2" + "1" * 5000)()


def test_all_faults_come_at_once() -> None:
    """Present values, rates, expectations and plan numbers are all told in one go."""
    found = faults_of(
        lambda: adjust(
            {"A": "1%", "B": 0.03, "C": "60%", "E": "1%"},  # type: ignore[arg-type]
            [
                Rate(1, 2, of="visits", scope="E"),
                Rate(1, 3, of="visits", scope="A"),
                Rate(1, 2, of="visits", scope="A"),
            ],
            RULE,
            measured="2024-4",
            effective="2024-3",
            expected={"A": "110%", "B": "1%", "C": "1%"},
        )
    )
    assert found == [
        ("share-float", "present.B"),
        ("present-outside", "present.C"),
        ("class-missing", "present.D"),
        ("class-unknown", "present.E"),
        ("effective-early", "measured"),
        ("class-unknown", "detections[0].scope"),
        ("name-repeated", "detections[2].scope"),
        ("class-missing", "expected.D"),
        ("share-range", "expected.A"),
    ]


def test_rates_of_a_whole_log_are_one_fault() -> None:
    """Rates of several indicators are refused once, with what to pass, not once for each."""
    log = {"visit": ["V1", "V2"], "enterprise": ["E1", "E2"], "department": ["市监"] * 2, "mode": ["random"] * 2}
    log |= {"risk": ["A", "B"], "result": ["none", "problem"]}
    assert len(indicators(log, by="risk")) > 10

    def moved(rates: Sequence[Rate]) -> Adjustment:
        return adjust(PRESENT, rates, RULE, measured="1", effective="2")

    assert faults_of(lambda: moved(indicators(log, by="risk"))) == [("detections-mixed", "detections")]
    mixed = [Rate(1, 2, of="visits", scope="A"), Rate(1, 2, of="checks", scope="B")]
    assert faults_of(lambda: moved(mixed)) == [("detections-mixed", "detections")]
    for name, of in (("on-time rate", "checks"), ("planned share", "visits"), ("", "checks")):
        other = [Rate(1, 2, of=of, scope="A", name=name)]
        with pytest.raises(InputError) as caught:
            moved(other)
        assert [note.code for note in caught.value.faults] == ["detections-other"]
    assert moved([Rate(1, 2, of="visits", scope="A", name="problem-detection rate")]).changes
    only = indicators(log, by="risk", only="problem-detection rate: random")
    assert [change.evidence.visits for change in moved(only).changes] == [1, 1, 0, 0]


def test_expectations_that_are_no_table_are_refused() -> None:
    """Text, bytes or a list is no table of expected rates, and is told as a fault of input."""
    wrong: list[Any] = ["", b"x", [None]]
    for value in wrong:
        with pytest.raises(InputError) as caught:
            adjust(PRESENT, [], RULE, measured="1", effective="2", expected=value)
        assert [(note.code, note.at) for note in caught.value.faults] == [("plan-shape", "expected")]


def test_the_shares_of_a_demand_are_taken_as_they_are() -> None:
    """A demand's own table has strata for keys and fractions for shares: it gives what the texts give."""
    demand = Demand("市监", by="risk", take=PRESENT)
    counts = rates([(3, 300), (9, 300), (24, 200), (1, 2)])
    found = adjust(dict(demand.take), counts, RULE, measured="2024-3", effective="2024-4")
    assert found == adjusted([(3, 300), (9, 300), (24, 200), (1, 2)])
    twice = {"A": "1%", ("A",): "1%", ("B",): "3%", "C": "10%", "D": "30%"}
    strange = {("A", "x"): "1%", "B": "3%", "C": "10%", "D": "30%"}
    for present, fault in ((twice, ("name-repeated", "present")), (strange, ("class-missing", "present.A"))):
        told = faults_of(lambda: adjust(present, [], RULE, measured="1", effective="2"))  # type: ignore[arg-type]  # noqa: B023
        assert fault in told


def test_the_limit_that_decided_is_named() -> None:
    """The most change of a round and a bound of the rule are told apart; the bound is told, also where it holds."""
    rule = ShareRule(order=ORDER, lowest="1%", highest="40%")
    present = {"A": "1%", "B": "1.2%", "C": "10%", "D": "30%"}
    found = adjusted([(0, 9000), (0, 9000), (500, 1000), (900, 1000)], present, rule, EXPECTED)
    assert [(note.code, note.params.get("bound")) for note in found.notes[1:]] == [
        ("class-held", "1.00%"),
        ("class-bounded", "1.00%"),
        ("class-limited", None),
        ("class-bounded", "40.00%"),
    ]
    assert found.take == {"A": "1.00%", "B": "1.00%", "C": "15.00%", "D": "40.00%"}
    assert "the bound 40.00% of the rule" in str(found.notes[4])
    falling = adjusted([(0, 9000), (0, 9000), (0, 9000), (0, 9000)], {**present, "B": "3%"}, rule, EXPECTED)
    assert [note.code for note in falling.notes[1:]] == ["class-held", *["class-limited"] * 3]
    often = FrequencyRule(order=ORDER, lowest=0, highest=4, weight=1)
    many = rates([(0, 0), (9, 10), (9, 10), (9, 10)])
    moved = adjust({"A": 0, "B": 1, "C": 3, "D": 4}, many, often, measured="1", effective="2", expected=EXPECTED)
    assert [(note.code, note.params.get("bound")) for note in moved.notes[1:]] == [
        ("class-kept", None),
        ("class-limited", None),
        ("class-bounded", "4"),
        ("class-held", "4"),
    ]


def test_an_adjustment_is_short_and_prints_its_log() -> None:
    """The representation names plans and values; the text has a line for the rule and each class."""
    found = adjusted([(3, 300), (9, 300), (24, 200), (1, 2)])
    assert repr(found) == (
        "Adjustment(2024-3 to 2024-4: A 1.00% to 0.67%, B 3.00% to 2.23%, C 10.00% to 15.00%, D 30.00% to 35.35%)"
    )
    assert str(found).splitlines() == [note.text() for note in found.notes]
    assert found.text("zh").splitlines() == [note.text("zh") for note in found.notes]


def test_a_factor_that_is_a_float_is_told_as_a_fraction() -> None:
    """1.5 as a factor is 3/2, not 1.5 %: the remedy says so."""
    for value, text in ((1.5, "3/2"), (2.0, "2"), (1.1, "11/10"), (float("inf"), "3/2"), (0.5, "1/2")):
        with pytest.raises(InputError) as caught:
            ShareRule(order=ORDER, most_change=value)  # type: ignore[arg-type]
        [note] = caught.value.faults
        assert (note.code, note.at, note.params["text"]) == ("share-float", "most_change", text)
    assert ShareRule(order=ORDER, most_change="3/2") == ShareRule(order=ORDER, most_change="150%")


def test_present_values_must_fit_the_rule() -> None:
    """Shares out of order, off the step or none, times that are shares, and things that are no table are refused."""

    def shares(present: object, rule: object = RULE) -> Callable[[], object]:
        return lambda: adjust(present, [], rule, measured="1", effective="2")  # type: ignore[arg-type]

    assert faults_of(shares({**PRESENT, "C": "2%"})) == [("classes-crossed", "present.C")]
    assert faults_of(shares({**PRESENT, "C": "10.001%"})) == [("present-off-step", "present.C")]
    assert faults_of(shares({**PRESENT, "A": "0.4%"})) == [("present-outside", "present.A")]
    assert faults_of(shares("5%")) == [("plan-shape", "present")]
    assert faults_of(shares(PRESENT, "A<B")) == [("plan-shape", "rule")]
    rule = FrequencyRule(order=["A", "B"], lowest=1, highest=4)
    assert faults_of(shares({"A": "1", "B": True}, rule)) == [("times-form", "present.A"), ("times-form", "present.B")]
    assert faults_of(shares({"A": 0, "B": 5}, rule)) == [
        ("present-outside", "present.A"),
        ("present-outside", "present.B"),
    ]
    assert faults_of(lambda: adjust(PRESENT, ["5%"], RULE, measured="1", effective="2")) == [  # type: ignore[list-item]
        ("plan-shape", "detections[0]")
    ]


def test_rules_that_are_none_are_refused() -> None:
    """Orders, bounds, changes, weights and steps are checked once, all at once."""

    def share_rule(**parts: object) -> Callable[[], object]:
        return lambda: ShareRule(**{"order": ORDER, **parts})  # type: ignore[arg-type]

    assert faults_of(share_rule(order=["A"])) == [("classes-few", "order")]
    assert faults_of(share_rule(order=["A", "A", ""])) == [("text-empty", "order[2]"), ("name-repeated", "order")]
    assert faults_of(share_rule(lowest="20%", highest="10%")) == [("limits-crossed", "highest")]
    assert faults_of(share_rule(most_change="90%", step="0", weight=0)) == [
        ("positive-form", "weight"),
        ("share-range", "most_change"),
    ]
    assert faults_of(share_rule(step="0")) == [("step-zero", "step")]
    assert faults_of(share_rule(lowest=0.1, highest=2)) == [("share-float", "lowest"), ("share-form", "highest")]

    def frequency_rule(**parts: object) -> Callable[[], object]:
        return lambda: FrequencyRule(**{"order": ORDER, **parts})  # type: ignore[arg-type]

    assert faults_of(frequency_rule(lowest=3, highest=2)) == [("limits-crossed", "highest")]
    assert faults_of(frequency_rule(lowest="1", most_change=-1, weight=True)) == [
        ("positive-form", "weight"),
        ("times-form", "lowest"),
        ("times-form", "most_change"),
    ]
