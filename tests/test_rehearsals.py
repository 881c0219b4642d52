"""Rehearsals: draws by keys of their own, exact quantiles, and warnings that name what really helps."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any, Final

import attrs
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import oracle
from districts import District, Rows, districts, faults, named, plan, register, rows_of
from dual_random import rehearsals
from dual_random.binding import commit
from dual_random.cells import Cells
from dual_random.commitments import Allocation, Commitment, StratumSize
from dual_random.draws import draw
from dual_random.errors import Lang
from dual_random.expectations import expect, independent_visits
from dual_random.layouts import arrange
from dual_random.plans import Demand, JointRule, Plan
from dual_random.populations import populations
from dual_random.rates import Rate
from dual_random.registers import Register
from dual_random.rehearsals import MOST, Alternative, Rehearsal, draws_faults, rehearse
from dual_random.replays import numbers_of, replay
from dual_random.visits import Outcome

quick = settings(deadline=None, derandomize=True, max_examples=40)

HASHES: Final = {"dual-random/1-sha256": "sha256", "dual-random/1-sm3": "sm3"}


def key(commitment: Commitment, number: int) -> str:
    """The key of a rehearsal, without the library's help."""
    scheme = commitment.plan.scheme
    lines = "\n".join([scheme, "rehearsal", commitment.digest, str(number)])
    return hashlib.new(HASHES[scheme], lines.encode()).hexdigest()


def outcome(visits: int, joint: int, **more: Any) -> Outcome:
    """An outcome of some visits, two checks in each joint one."""
    counts = {"checks": visits + joint, "joint_checks": 2 * joint, "target_met": True}
    return Outcome(**{"visits": visits, "joint_visits": joint, **counts, **more})


def rehearsal(outcomes: Iterable[Outcome], **more: Any) -> Rehearsal:
    """A rehearsal of some outcomes, everything else filled in."""
    return Rehearsal(**{"rule": JointRule(), "allocation": (), "outcomes": outcomes, **more})


def firms(**kinds: int) -> Register:
    """So many firms of each kind."""
    return register([{"id": f"{kind}{i:03d}", "kind": kind} for kind, number in kinds.items() for i in range(number)])


def demand(name: str, kinds: str, take: int) -> Demand:
    """A number from the firms of some kinds, a letter each."""
    return Demand(name, where={"kind": list(kinds)}, take=take)


def one_cell(*numbers: int) -> list[Demand]:
    """Departments that all draw from the firms of kind x."""
    return [demand(f"部{place}", "x", number) for place, number in enumerate(numbers)]


# What a draw gives here is the same for every key, since each demand's population is one cell.
TRIPLES: Final = plan(one_cell(30, 15, 15), joint=JointRule(at_least="75%"))  # 15 of 30 nested, 30 of 30 spread
ALONE: Final = plan([*one_cell(10, 10, 10), demand("独", "y", 15)], joint=JointRule(at_least="45%"))  # 10/25 to 15/30
# The two kinds of firms that both departments draw from, and where they meet, vary from key to key.
HALF: Final = plan([demand("市监", "xyz", 20), demand("消防", "yz", 15)], joint=JointRule(at_least="60%"))
HUNDREDS: Final = firms(x=100, y=100)
FIFTIES: Final = firms(x=50, y=100, z=50)


def ruled(base: Plan, **rule: Any) -> Plan:
    """The same plan with parts of its joint rule changed."""
    return attrs.evolve(base, joint=attrs.evolve(base.joint, **rule))


# ---- draws


@quick
@given(districts(rows=16), st.integers(1, 3))
def test_every_rehearsal_is_a_draw_by_its_own_key(given: District, draws: int) -> None:
    """Each outcome is what a second implementation of the scheme gives by the rehearsal's key."""
    rows, rules = given
    enterprises = register(rows)
    found = rehearse(rules, enterprises, draws=draws)
    commitment = commit(rules, enterprises)
    groups = populations(rules, enterprises)
    independent = independent_visits(groups, numbers_of(commitment.allocation, groups))
    assert found.outcomes == tuple(
        attrs.evolve(by_oracle(commitment, rows, key(commitment, number)), independent=independent)
        for number in range(1, draws + 1)
    )


def by_oracle(commitment: Commitment, rows: Rows, own: str) -> Outcome:
    """The outcome of a draw by a key, by the other implementation."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(oracle, "key", lambda *_: own)
        drawn = oracle.draw(json.loads(commitment.to_json()), rows, "", {})
    best = drawn["best"]
    rule = commitment.plan.joint
    if best is not None:  # the other one has a reduced fraction
        whole = drawn["checks"] if rule.of == "checks" else replayed(commitment, rows, own).denominator
        best = Rate(int(best * whole), whole, of=rule.of)
    names = {"joint": "joint_visits", "met": "target_met", "n_visits": "visits"}
    kept = ("n_visits", "joint", "checks", "joint_checks", "met", "layout", "bound", "over", "extra")
    return Outcome(best=best, **{names.get(name, name): drawn[name] for name in kept})


def outcome_by(own: str, commitment: Commitment, enterprises: Register) -> Outcome:
    """The outcome of a draw by a key, by the library's own replay."""
    groups = populations(commitment.plan, enterprises)
    drawn = replay(commitment, enterprises, groups, own)
    return drawn.outcome(expect(groups, drawn.numbers))


def replayed(commitment: Commitment, rows: Rows, own: str) -> Rate:
    """The best rate of a draw by a key, by the library's own replay."""
    enterprises = register(rows)
    best = outcome_by(own, commitment, enterprises).best
    assert best is not None
    return best


@pytest.mark.parametrize("rules", [HALF, ruled(HALF, reach="extra", at_least="90%"), ruled(HALF, of="checks")])
def test_rehearsals_agree_with_replays(rules: Plan) -> None:
    """Each outcome, in its order, is that of a replay of the commitment by the rehearsal's key."""
    commitment = commit(rules, FIFTIES)
    found = rehearse(rules, FIFTIES, draws=12)
    assert found.outcomes == tuple(outcome_by(key(commitment, number), commitment, FIFTIES) for number in range(1, 13))
    assert (found.rule, found.allocation) == (rules.joint, commitment.allocation)
    assert len(set(found.outcomes)) > 2


def test_a_draw_is_one_more_of_the_same_kind() -> None:
    """Bound and independent visits are those of any draw; the rest of a draw lies where rehearsals lie."""
    found = rehearse(HALF, FIFTIES)
    record = draw(commit(HALF, FIFTIES), FIFTIES, seed="05 11 17 22 29 31 + 08").record
    assert (found.bound, found.independent) == (record.bound, record.outcome.independent) == ("20.00", 34)
    assert found.visits_quantile("0%") <= len(record) <= found.visits_quantile("100%")
    assert record.outcome not in found.outcomes or found.outcomes.count(record.outcome) < found.draws


def test_more_rehearsals_begin_with_the_fewer() -> None:
    """The number of rehearsals changes none of them."""
    assert rehearse(HALF, FIFTIES, draws=9).outcomes[:4] == rehearse(HALF, FIFTIES, draws=4).outcomes


def test_the_order_of_rows_decides_nothing() -> None:
    """Rows in any order give an equal rehearsal, to the last figure and note."""
    rows = rows_of(FIFTIES)
    shuffled = [rows[77 * place % len(rows)] for place in range(len(rows))]
    assert shuffled != rows
    assert rehearse(HALF, register(shuffled), draws=5) == rehearse(HALF, FIFTIES, draws=5)


def test_rules_and_register_decide_the_keys() -> None:
    """Another title, another row or another hash is another commitment, and has other rehearsals."""
    found = rehearse(HALF, FIFTIES, draws=8).outcomes
    for rules, enterprises in (
        (attrs.evolve(HALF, title="x"), FIFTIES),
        (HALF, firms(x=51, y=100, z=50)),
        (attrs.evolve(HALF, scheme="dual-random/1-sm3"), FIFTIES),
    ):
        assert rehearse(rules, enterprises, draws=8).outcomes != found


def test_golden_rehearsals() -> None:
    """The same plan and register give the same rehearsals on every machine."""
    sm3 = attrs.evolve(HALF, scheme="dual-random/1-sm3")
    made = [[outcome.joint_visits for outcome in rehearse(rules, FIFTIES, draws=9).outcomes] for rules in (HALF, sm3)]
    assert made == GOLDEN


GOLDEN: Final = [[15, 15, 11, 12, 13, 15, 15, 15, 15], [13, 11, 15, 15, 11, 13, 14, 10, 15]]  # joint visits


def test_what_no_key_changes_is_found_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The populations are not read again for every rehearsal."""
    calls: list[object] = []

    def counted(*given: Any) -> Any:
        calls.append(given)
        return populations(*given)

    monkeypatch.setattr(rehearsals, "populations", counted)
    rehearse(HALF, FIFTIES, draws=7)
    assert len(calls) == 1


# ---- progress


def test_progress_is_told_after_every_rehearsal() -> None:
    """Each call says how many are done, and of how many."""
    calls: list[tuple[int, int]] = []
    rehearse(HALF, FIFTIES, draws=4, progress=lambda done, total: calls.append((done, total)))
    assert calls == [(1, 4), (2, 4), (3, 4), (4, 4)]


def test_an_exception_of_progress_ends_the_rehearsal() -> None:
    """Whoever watches can stop: what progress raises is passed on as it is, and nothing more is drawn."""
    calls: list[int] = []

    def stop(done: int, _: int) -> None:
        calls.append(done)
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rehearse(HALF, FIFTIES, draws=9, progress=stop)
    assert calls == [1, 2]


# ---- quantiles


def literal(values: Sequence[Any], share: Fraction) -> Any:
    """The smallest of some values that at least a share of them does not exceed."""
    return min(value for value in values if sum(other <= value for other in values) >= share * len(values))


counts = st.integers(1, 12).flatmap(lambda visits: st.tuples(st.just(visits), st.integers(0, visits)))
shares = st.one_of(st.fractions(0, 1, max_denominator=40), st.sampled_from([Fraction(1, 20), Fraction(1, 2)]))


@settings(deadline=None, derandomize=True, max_examples=300)
@given(st.lists(counts, min_size=1, max_size=25), shares, st.sampled_from(["visits", "checks"]))
def test_quantiles_are_exact(given: list[tuple[int, int]], share: Fraction, of: Any) -> None:
    """For all outcomes and shares, of visits and of checks: the smallest value that the share does not exceed."""
    outcomes = [outcome(visits, joint) for visits, joint in given]
    found = rehearsal(outcomes, rule=JointRule(of=of))
    assert found.visits_quantile(share) == literal([visits for visits, _ in given], share)
    pairs = [(joint, visits) if of == "visits" else (2 * joint, visits + joint) for visits, joint in given]
    rate = found.quantile(share)
    assert rate.value == literal([Fraction(*pair) for pair in pairs], share)
    assert (rate.value, rate.denominator) == literal([(Fraction(*pair), pair[1]) for pair in pairs], share)
    assert (rate.numerator, rate.denominator) in pairs
    assert found.rates == tuple(Rate(*pair, of=of, name="joint-sampling rate") for pair in pairs)


def test_medians_of_even_numbers_are_the_lower_ones() -> None:
    """Of four values the median is the second."""
    found = rehearsal([outcome(9, 1), outcome(2, 1), outcome(5, 3), outcome(7, 1)])
    assert found.visits == found.visits_quantile("50%") == 5
    assert found.interruptions_avoided == 1
    assert [found.visits_quantile(share) for share in ("0%", "25%", "26%", "75%", "3/4", "76%", "1")] == [
        *(2, 2, 5, 7, 7, 9, 9)
    ]


def test_the_order_of_rehearsals_changes_no_quantile() -> None:
    """Equal rates are ordered by their visits, wherever they stand."""
    outcomes = [outcome(8, 4), outcome(2, 1), outcome(4, 2)]
    for ordered in (outcomes, outcomes[::-1]):
        assert rehearsal(ordered).quantile("50%").denominator == 4


def test_figures_of_several_rehearsals() -> None:
    """Counts of rehearsals, medians, and the most of what should be little."""
    best = [Rate(7, 10, of="visits"), Rate(1, 2, of="visits"), Rate(6, 10, of="visits")]
    parts: list[dict[str, Any]] = [
        {"target_met": False, "layout": "spread", "over": 3},
        {"layout": "extra", "extra": 4, "over": 1},
        {"layout": "extra", "extra": 2},
    ]
    made = [outcome(10, 4 + i, best=best[i], bound="9.50", independent=14, **parts[i]) for i in range(3)]
    found = rehearsal(made)
    assert (found.draws, found.met, found.visits, found.interruptions_avoided) == (3, 2, 10, 5)
    assert found.layouts == {"nested": 0, "spread": 1, "extra": 2}
    assert (found.extra, found.over, found.best) == (4, 3, best[1])
    assert (found.bound, found.independent) == ("9.50", 14)


@pytest.mark.parametrize(
    ("share", "code"), [(0.05, "share-float"), ("5", "share-range"), ("-5%", "share-form"), (None, "share-form")]
)
def test_quantiles_refuse_what_is_no_share(share: Any, code: str) -> None:
    """Floats, texts of another form and shares outside 0 to 1 are named."""
    found = rehearsal([outcome(2, 1)])
    tried = Alternative(rule=JointRule(), rates=found.rates)
    for call in (found.quantile, found.visits_quantile, tried.quantile):
        assert named(faults(lambda call=call: call(share))) == [(code, "share")]  # type: ignore[misc]


def test_no_visits_have_no_rate_and_miss_no_target() -> None:
    """A plan that draws nobody has the rate 0/0, which is printed as a dash, and meets its target."""
    found = rehearse(plan(one_cell(0, 0), joint=JointRule(at_least="50%")), HUNDREDS, draws=3)
    assert found.quantile("5%") == Rate(0, 0, of="visits", name="joint-sampling rate")
    assert found.best == Rate(0, 0, of="visits")
    assert (found.met, found.visits, found.notices) == (3, 0, ())
    assert "joint-sampling rate of visits: median –" in str(found)


# ---- targets and warnings


def test_a_target_that_is_met_in_all() -> None:
    """No warning is given, and the report says all, but no more than that."""
    found = rehearse(ruled(HALF, at_least="1%"), FIFTIES, draws=20)
    assert (found.met, found.notices) == (20, ())
    assert "target 1.00%: met in all 20 rehearsals, which is no promise for the draw" in str(found).splitlines()


def test_a_target_that_is_met_in_some() -> None:
    """The report counts; the warning stands below it, with the exact rate that is too low."""
    found = rehearse(HALF, FIFTIES)
    assert (found.met, found.draws) == (sum(rate.value >= Fraction(3, 5) for rate in found.rates), 50)
    assert 0 < found.met < 50
    assert f"target 60.00%: met in {found.met} of 50 rehearsals" in str(found).splitlines()
    (note,) = found.notices
    low = found.quantile("5%")
    assert str(found).endswith(f"\n{note}")
    assert (note.at, note.params["met"], note.params["draws"]) == ("joint.at_least", found.met, 50)
    assert note.params["rate"] == f"{low.numerator}/{low.denominator} = {low:.2%}"


def test_a_target_that_is_met_in_none() -> None:
    """None of 20 is said as a count."""
    found = rehearse(ruled(HALF, at_least="99%"), FIFTIES, draws=20)
    assert found.met == 0
    assert "target 99.00%: met in 0 of 20 rehearsals" in str(found).splitlines()
    assert [note.code for note in found.notices] == ["target-out-of-reach"]


@pytest.mark.parametrize(
    ("draws", "missed", "warned"),
    [(1, 1, True), (20, 0, False), (20, 1, True), (21, 1, False), (40, 1, False), (40, 2, True), (50, 2, False)],
)
def test_a_warning_is_given_below_the_target(draws: int, missed: int, warned: bool) -> None:
    """One in twenty that misses the target is too many, and a rate equal to the target is enough."""
    low, equal = outcome(10, 4, target_met=False), outcome(2, 1)
    found = rehearsal([*[low] * missed, *[equal] * (draws - missed)], rule=JointRule(at_least="50%"))
    assert bool(found.notices) == warned


def test_without_a_target_nothing_is_at_risk() -> None:
    """A plan without a target is rehearsed for its figures alone: no other rule is tried, no target is told."""
    found = rehearse(attrs.evolve(HALF, joint=JointRule()), FIFTIES, draws=5)
    assert (found.met, found.alternatives, found.notices) == (5, (), ())
    assert "target" not in str(found)


def test_notices_of_the_commitment_stand_first() -> None:
    """What the commitment says to its reader is not lost."""
    rules = plan(
        [demand("市监", "xyz", 20), Demand("消防", where={"kind": ["y", "z", "typo"]}, take=15)],
        joint=JointRule(at_least="99%"),
    )
    found = rehearse(rules, FIFTIES, draws=3)
    assert found.notices[:-1] == commit(rules, FIFTIES).notices == found.commitment_notices
    assert [note.code for note in found.notices] == ["value-unknown", "target-out-of-reach"]


def test_a_further_reach_that_helps_is_named() -> None:
    """Where spreading suffices it is named, with the rate it has; and so it turns out."""
    (note,) = rehearse(TRIPLES, HUNDREDS, draws=3).notices
    assert (note.code, note.at) == ("target-at-risk", "joint.at_least")
    counts, rate = {"met": 0, "draws": 3}, {"target": "75.00%", "rate": "15/30 = 50.00%"}
    assert note.params == counts | rate | {"change": 'reach="spread"', "then": "30/30 = 100.00%", "extra": 0}
    assert rehearse(ruled(TRIPLES, reach="spread"), HUNDREDS, draws=3).notices == ()


def test_extra_visits_that_help_are_counted() -> None:
    """Where only extra visits suffice, they are named with their number, whether or not spreading is allowed."""
    for reach in ("nested", "spread"):
        (note,) = rehearse(ruled(ALONE, reach=reach), HUNDREDS, draws=3).notices
        assert note.code == "target-at-risk"
        assert {"rate": "10/25 = 40.00%", "change": 'reach="extra"', "then": "13/28 = 46.43%", "extra": 3}.items() <= (
            note.params.items()
        )
    found = rehearse(ruled(ALONE, reach="extra"), HUNDREDS, draws=3)
    assert (found.notices, found.extra, found.visits) == ((), 3, 28)


def test_more_departments_on_a_visit_are_named_where_they_help() -> None:
    """A limit of one department makes joint visits impossible, whatever the reach: two are named, and suffice."""
    rules = plan(one_cell(10, 10, 10), joint=JointRule(at_least="75%", most_departments=1))
    (note,) = rehearse(rules, HUNDREDS, draws=2).notices
    assert (note.code, note.params["change"]) == ("target-at-risk", 'reach="nested", most_departments=2')
    assert (note.params["rate"], note.params["then"]) == ("0/30 = 0.00%", "15/15 = 100.00%")
    assert rehearse(ruled(rules, most_departments=2), HUNDREDS, draws=2).notices == ()


def test_a_target_out_of_reach_is_lowered_to_what_is_reached() -> None:
    """The target that is named is reached with the rule that is named, and 0.01 % more is not."""
    for reach, of, rule, most in (
        ("nested", "visits", 'reach="extra"', "50.00%"),
        ("extra", "visits", 'reach="extra"', "50.00%"),
        ("nested", "checks", 'reach="nested"', "66.66%"),  # 30 of 45 checks, nested and spread
    ):
        high = ruled(ALONE, at_least="90%", of=of, reach=reach)
        (note,) = rehearse(high, HUNDREDS, draws=3).notices
        assert (note.code, note.params["most"], note.params["rule"]) == ("target-out-of-reach", most, rule)
        lower = ruled(high, at_least=most, reach=rule.split('"')[1])
        assert rehearse(lower, HUNDREDS, draws=3).notices == ()
        above = ruled(lower, at_least=f"{Fraction(most[:-1]) / 100 + Fraction(1, 10_000)}")
        assert [note.code for note in rehearse(above, HUNDREDS, draws=3).notices] == ["target-out-of-reach"]


@pytest.mark.parametrize("reach", ["nested", "spread", "extra"])
@pytest.mark.parametrize("limit", [None, 1, 2, 3])
@pytest.mark.parametrize("of", ["visits", "checks"])
def test_a_lowered_target_is_met_by_the_same_keys(reach: Any, limit: int | None, of: Any) -> None:
    """In the very same rehearsals the lowered target is met so often that its 5 % quantile holds it."""
    rules = attrs.evolve(MANY, joint=JointRule(at_least="100%", of=of, reach=reach, most_departments=limit))
    (note,) = rehearse(rules, MIXED, draws=40).notices
    assert note.code == "target-out-of-reach"
    written = str(note.params["rule"]).split(", ")
    rule = JointRule(
        at_least=str(note.params["most"]),
        of=of,
        reach=written[0].split('"')[1],  # type: ignore[arg-type]
        most_departments=int(written[1].split("=")[1]) if written[1:] else limit,
    )
    rates = under(rules, MIXED, rule, 40)
    assert rule.at_least is not None
    assert sum(rate.value >= rule.at_least for rate in rates) >= 38
    above = attrs.evolve(rule, at_least=rule.at_least + Fraction(1, 10_000))
    assert above.at_least is not None
    assert sum(rate.value >= above.at_least for rate in under(rules, MIXED, above, 40)) < 39


MIXED: Final = firms(x=60, y=50, z=40, w=50)
MANY: Final = plan([demand("市监", "xyz", 30), demand("消防", "yzw", 21), demand("环保", "zx", 17)])


def under(rules: Plan, enterprises: Register, rule: JointRule, draws: int) -> tuple[Rate, ...]:
    """The rates that another joint rule gives by the keys of a plan's rehearsals."""
    committed = commit(rules, enterprises)
    other = attrs.evolve(committed, plan=attrs.evolve(rules, joint=rule))
    made = [outcome_by(key(committed, number), other, enterprises) for number in range(1, draws + 1)]
    return rehearsal(made, rule=rule).rates


@pytest.mark.parametrize("of", ["visits", "checks"])
@pytest.mark.parametrize("limit", [None, 1, 2, 3])
@pytest.mark.parametrize("reach", ["nested", "spread", "extra"])
def test_alternatives_are_draws_by_the_same_keys(of: Any, limit: int | None, reach: Any) -> None:
    """The rates under another rule, and its extra visits, are those of a draw under it by the same keys."""
    rules = attrs.evolve(MANY, joint=JointRule(at_least="80%", of=of, reach=reach, most_departments=limit))
    found = rehearse(rules, MIXED, draws=6)
    for other in found.alternatives:
        assert other.rates == under(rules, MIXED, other.rule, 6)
        assert other.met == sum(Fraction(r.numerator, r.denominator) >= Fraction(4, 5) for r in other.rates)
        assert (other.rule.at_least, other.rule.of) == (rules.joint.at_least, of)
    reaches = {"nested": ["nested", "spread", "extra"], "spread": ["spread", "extra"], "extra": ["extra"]}[reach]
    if of == "checks" and reach != "extra":
        reaches.remove("extra")
    limits = [limit] if limit is None else [limit, *range(limit + 1, 4)]
    tried = [(other.rule.most_departments, other.rule.reach) for other in found.alternatives]
    assert tried == [(most, name) for most in limits for name in reaches][1:]
    assert len(found.alternatives) == len(set(found.alternatives))


def test_extra_visits_of_alternatives_are_the_most_of_all_rehearsals() -> None:
    """Not those of the first rehearsal, or of the last."""
    found = rehearse(ruled(MIXED_EXTRA, reach="spread"), MIXED, draws=12)
    (other,) = found.alternatives
    commitment = commit(ruled(MIXED_EXTRA, reach="spread"), MIXED)
    committed = attrs.evolve(commitment, plan=ruled(MIXED_EXTRA, reach="extra"))
    made = [outcome_by(key(commitment, number), committed, MIXED).extra for number in range(1, 13)]
    assert other.extra == max(made)
    assert max(made) not in (made[0], made[-1])


MIXED_EXTRA: Final = ruled(MANY, at_least="85%")


@quick
@given(st.lists(st.tuples(st.lists(st.integers(0, 9), min_size=5, max_size=5), st.integers(0, 9)), min_size=1))
def test_three_departments_a_visit_reach_what_any_number_does(given: list[tuple[list[int], int]]) -> None:
    """The best rate under a limit of three is that without a limit, so more need not be tried."""
    numbers = np.array([numbers for numbers, _ in given], dtype=np.int64)
    numbers = numbers[numbers.any(axis=1)]
    sizes = numbers.max(axis=1, initial=0) + np.array([room for row, room in given if any(row)], dtype=np.int64)
    nobody = np.zeros(len(numbers), dtype=np.bool_)
    cells = Cells(tuple(f"{i:03d}" for i in range(len(numbers))), sizes, numbers, numbers, nobody)
    for of in ("visits", "checks"):
        best = [arrange(cells, JointRule(of=of, most_departments=most)).best for most in (3, 4, None)]
        assert best[0] == best[1] == best[2]


def test_a_hopeless_target_is_to_be_left_out() -> None:
    """Where departments hardly ever meet, no target can be named."""
    rare = plan([demand("市监", "xy", 1), demand("消防", "yz", 1)], joint=JointRule(at_least="1%"))
    found = rehearse(rare, firms(x=99, y=1, z=99), draws=20)
    assert [note.code for note in found.notices] == ["target-hopeless"]
    assert "leave the target out" in str(found)
    assert "0.00% or less" not in str(found)


# ---- text


@pytest.mark.parametrize(
    ("lang", "lines"),
    [
        (
            "en",
            [
                "3 rehearsals, none of them a draw: no seed gives their keys",
                "visits: median 28, 5% quantile 28, 95% quantile 28",
                "visits to expect if every department drew by itself: 42; no method averages fewer than 25.00",
                "interruptions avoided: median 17",
                "joint-sampling rate of visits: median 46.43%, 5% quantile 46.43%, 95% quantile 46.43%",
                "best reachable rate of visits, whatever the reach: 5% quantile 50.00%",
                "target 45.00%: met in all 3 rehearsals, which is no promise for the draw",
                "layouts needed: nested in 0 rehearsals, spread in 0, extra in 3; "
                "visits made for the target alone: 3 at most",
            ],
        ),
        (
            "zh",
            [
                "模拟抽取 3 次，均非正式抽取：任何种子都得不到其密钥",
                "户次：中位数 28，5% 分位数 28，95% 分位数 28",
                "各部门分别抽取时的预期户次：42；任何方法的平均户次都不少于 25.00",
                "减少企业干扰：中位数 17",
                "跨部门联合抽查率（按户次）：中位数 46.43%，5% 分位数 46.43%，95% 分位数 46.43%",
                "可达最高（按户次，不论 reach）：5% 分位数 50.00%",
                "目标 45.00%：3 次模拟全部达到，但不保证正式抽取必然达到",
                "所需组合方式：nested 0 次，spread 0 次，extra 3 次；仅为目标增加的户次最多 3",
            ],
        ),
    ],
)
def test_the_report(lang: Lang, lines: list[str]) -> None:
    """The report has a statement a line, in both languages."""
    found = rehearse(ruled(ALONE, reach="extra"), HUNDREDS, draws=3)
    assert found.text(lang).splitlines() == lines


def test_the_report_names_the_measure() -> None:
    """Rates of checks are not those of visits, and are not called so."""
    found = rehearse(ruled(ALONE, of="checks"), HUNDREDS, draws=2)
    assert "joint-sampling rate of checks: median 66.67%, 5% quantile 66.67%, 95% quantile 66.67%" in str(found)
    assert "best reachable rate of checks, whatever the reach: 5% quantile 66.67%" in str(found)
    assert "按部门检查" in found.text("zh")
    assert "按户次" not in found.text("zh")


def test_the_report_has_three_quantiles_in_their_order() -> None:
    """Median, 5 % and 95 % are those of the figures."""
    found = rehearse(HALF, FIFTIES)
    low, median, high = (found.visits_quantile(share) for share in ("5%", "50%", "95%"))
    assert low < high
    assert f"visits: median {median}, 5% quantile {low}, 95% quantile {high}" in str(found)
    low_rate, middle, high_rate = (f"{found.quantile(share):.2%}" for share in ("5%", "50%", "95%"))
    assert low_rate != high_rate
    assert f"median {middle}, 5% quantile {low_rate}, 95% quantile {high_rate}" in str(found)


def test_cells_over_the_limit_are_told() -> None:
    """Where the checks do not fit under the limit, the report says in how many cells; otherwise nothing."""
    tight = plan(one_cell(2, 2, 2), joint=JointRule(most_departments=2))
    found = rehearse(tight, firms(x=2), draws=2)
    assert found.over == 1
    assert "cells that have a visit by more departments than 2: 1 at most" in str(found)
    assert "cells with" not in str(rehearse(tight, firms(x=9), draws=2))


def test_layouts_are_told_if_any_is_not_nested() -> None:
    """One rehearsal that is spread is told beside all that are nested; of none nothing is said."""
    rule, nested = JointRule(at_least="1%"), outcome(2, 1)
    told = str(rehearsal([nested, outcome(2, 1, layout="spread"), nested], rule=rule))
    assert "layouts needed: nested in 2 rehearsals, spread in 1, extra in 0; " in told
    assert "layouts" not in str(rehearsal([nested], rule=rule))


def test_targets_are_told_exactly() -> None:
    """A target that two decimals cannot hold stands as a fraction."""
    assert "target 1/3: met in" in str(rehearsal([outcome(2, 1)], rule=JointRule(at_least="1/3")))
    assert "target 33.33%: met in" in str(rehearsal([outcome(2, 1)], rule=JointRule(at_least="33.33%")))


def test_old_outcomes_state_no_independent_visits() -> None:
    """Where an outcome does not state them, the report leaves them out."""
    assert "by itself" not in str(rehearsal([outcome(2, 1)]))


# ---- faults


def test_all_faults_are_told_at_once() -> None:
    """The number of rehearsals, the progress and the plan's own faults stand together."""
    wrong: Any = 0.5
    rules = plan([Demand("市监", by="no such column", take=1)])
    found = faults(lambda: rehearse(rules, HUNDREDS, draws=wrong, progress=wrong))
    assert named(found) == [
        ("rehearsal-draws", "draws"),
        ("progress-shape", "progress"),
        ("column-unknown", "demands[0].by"),
    ]


@pytest.mark.parametrize("draws", [0, -1, MOST + 1, True, 1.0, "50", None])
def test_other_numbers_of_rehearsals_are_refused(draws: Any) -> None:
    """A whole number from 1 to 10,000, and no flag."""
    called: list[int] = []
    found = faults(lambda: rehearse(HALF, FIFTIES, draws=draws, progress=lambda done, _: called.append(done)))
    assert (named(found), called) == ([("rehearsal-draws", "draws")], [])
    assert "1 to 10000" in str(found[0])
    assert [draws_faults(number, "") for number in (1, MOST)] == [[], []]


def test_a_target_that_can_never_be_met_is_refused() -> None:
    """What `commit` refuses is refused here, before anything is drawn."""
    apart = plan([demand("市监", "x", 1), demand("消防", "y", 1)], joint=JointRule(at_least="10%"))
    assert named(faults(lambda: rehearse(apart, HUNDREDS))) == [("never-meet", "joint.at_least")]


@pytest.mark.parametrize("part", ["plan", "enterprises", "inspectors"])
def test_other_values_are_refused(part: str) -> None:
    """A plan and a register are needed."""
    given: dict[str, Any] = {"plan": HALF, "enterprises": FIFTIES, part: {}}
    assert named(faults(lambda: rehearse(**given))) == [("plan-shape", part)]


def test_a_rehearsal_refuses_what_it_cannot_count() -> None:
    """At least one outcome, and every part of its kind."""
    assert named(faults(lambda: rehearsal([]))) == [("rehearsal-draws", "outcomes")]
    other: Any = [1]
    found = faults(
        lambda: rehearsal(
            [outcome(2, 1), 3],  # type: ignore[list-item]
            rule=None,
            allocation=other,
            alternatives=other,
            commitment_notices=other,
        )
    )
    assert named(found) == [
        *(("plan-shape", place) for place in ("rule", "allocation[0]", "outcomes[1]", "alternatives[0]")),
        ("plan-shape", "commitment_notices[0]"),
    ]
    found = faults(lambda: Alternative(rule=None, rates=other, extra=-1))  # type: ignore[arg-type]
    assert named(found) == [("plan-shape", "rule"), ("count-form", "extra"), ("plan-shape", "rates[0]")]


def test_a_rehearsal_is_a_value() -> None:
    """Its parts are kept as tuples, equal ones are equal, and it holds no register and no key."""
    numbers = [Allocation(demand="市监", strata=[StratumSize(population=9, number=2)])]
    made = rehearsal([outcome(2, 1)], allocation=numbers)
    assert made == rehearsal((outcome(2, 1),), allocation=tuple(numbers))
    assert hash(made) == hash(attrs.evolve(made))
    assert {field.name for field in attrs.fields(Rehearsal)} == {
        *("rule", "allocation", "outcomes", "alternatives", "commitment_notices"),
        *("forecasts", "short", "shortages"),
    }
