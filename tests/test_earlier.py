"""A record staffed by later plans: which visits, which departments, one plan after the other; what is refused."""

from random import Random
from typing import Any

import pytest
from attrs import evolve

from crew_cases import Ground, grounds, shuffled
from districts import OTHER_SEED, SEED, faults, named, plan, register
from dual_random.binding import commit
from dual_random.commitments import Commitment
from dual_random.draws import draw
from dual_random.errors import InputError
from dual_random.plans import Demand, JointRule
from dual_random.records import Record
from dual_random.registers import Register
from dual_random.team_rules import Recusal, Slot, TeamRule
from dual_random.teams import rows_of
from staffed import (
    MEETINGS,
    RECUSALS,
    ROWS,
    SECRETS,
    SHORT_TEAMS,
    TEAMS,
    Published,
    bare,
    dealt,
    later,
    mended,
    people,
    short,
    staffing_plan,
    wide,
)

# ---- one record, several plans


def test_two_plans_staff_two_periods_of_one_record_one_after_the_other() -> None:
    """Each names the record and the commitment before it; together they staff every visit, and none of them twice."""
    first, enterprises = bare(), register(ROWS)
    staffed: dict[str, str] = {}
    previous = first.commitment.digest
    for number, (periods, seed) in enumerate(((["7月", "8月"], SEED), (["9月"], OTHER_SEED)), 4):
        inspectors = people(("消防", "F", 5 + number), ("市监", "S", 9))
        rules = staffing_plan(first, periods=periods, number=f"2024-{number}", teams=TEAMS)
        commitment = commit(rules, enterprises, inspectors, previous=previous, of=first)
        assert commitment.previous == previous
        previous = commitment.digest
        record = draw(commitment, enterprises, inspectors, seed=seed, of=first).record
        assert Published(record, enterprises, inspectors, first, seed).check(record)
        for enterprise, visit in record.items():
            assert evolve(visit, places=()) == first[enterprise]
            assert visit.period in periods
            assert set(visit.team) == set(visit.departments)
        assert list(record) == [name for name in first if first[name].period in periods]
        sizes = [len(visit.departments) for visit in record.values()]
        joint = [size for size in sizes if size > 1]
        counts = record.outcome
        assert (counts.visits, counts.joint_visits) == (len(sizes), len(joint))
        assert (counts.checks, counts.joint_checks) == (sum(sizes), sum(joint))
        assert (counts.target_met, counts.best, counts.independent) == (True, None, None)
        assert not record.cells
        staffed |= dict.fromkeys(record, record.digest)
    assert set(staffed) == set(first)
    assert len(set(staffed.values())) == 2


def test_visits_made_for_the_target_alone_stay_marked() -> None:
    """What the earlier record tells of a visit stands in the later one: nothing of the draw changes."""
    enterprises = register([{"id": f"E{i}", "risk": "AB"[i > 7]} for i in range(13)])
    joint = [Demand(name, take=3, where={"risk": "A"}) for name in ("市监", "消防", "环保")]
    alone = Demand("城管", department="市监", take="100%", where={"risk": "B"})
    rules = plan([*joint, alone], joint=JointRule(at_least="50%", reach="extra"), periods=["7月", "8月"])
    first = draw(commit(rules, enterprises), enterprises, seed=SEED).record
    assert first.extra
    inspectors = people(*((name, name[0], 4) for name in ("市监", "消防", "环保")))
    for period in ("7月", "8月"):
        commitment = commit(staffing_plan(first, periods=[period]), enterprises, inspectors, of=first)
        record = draw(commitment, enterprises, inspectors, seed=SEED, of=first).record
        assert record.extra == tuple(name for name in first.extra if first[name].period == period)
        assert all(evolve(visit, places=()) == first[name] for name, visit in record.items())
        unmarked = evolve(record, extra=())
        found = Published(record, enterprises, inspectors, first).check(unmarked).findings
        assert [note.code for note in found] == ["extra-differs"] * len(record.extra)


def test_departments_that_were_short_are_staffed_later_and_the_others_left_alone() -> None:
    """A draw that was short in two departments, and a plan with more people: those two, where they come."""
    first, after = short().record, mended().record
    assert first.shortages
    assert not after.shortages
    assert [each.department for each in after.staffing] == ["消防", "环保"]
    for enterprise, visit in after.items():
        assert visit.team.keys() == set(visit.departments) - {"市监"}
        assert evolve(visit, places=()) == evolve(first[enterprise], places=())
    assert after.commitment.previous == first.commitment.digest


def test_what_is_still_short_can_be_staffed_by_a_third_plan() -> None:
    """A record that staffs a record can be staffed, too: of its visits those where somebody is missing."""
    first, enterprises = short().record, short().enterprises
    some = people(("消防", "F", 2), ("环保", "H", 6))
    second = staffing_plan(first, periods=["7月"], teams=SHORT_TEAMS)
    halfway = draw(commit(second, enterprises, some, of=first), enterprises, some, seed=OTHER_SEED, of=first).record
    assert [bool(each.shortages) for each in halfway.staffing] == [True, False]
    more = people(("消防", "F", 8))
    third = staffing_plan(halfway, number="2024-5", periods=["7月"], teams=SHORT_TEAMS)
    done = draw(commit(third, enterprises, more, of=halfway), enterprises, more, seed=SEED, of=halfway).record
    assert [each.department for each in done.staffing] == ["消防"]
    assert set(done) == {name for name, visit in first.items() if visit.period == "7月"}
    checked = Published(done, enterprises, more, halfway).check(done)
    assert checked
    assert named(checked.unchecked) == [
        ("unchecked-teams", "of.commitment.inspectors"),
        ("unchecked-earlier", "of.commitment.plan.staffs"),
        ("unchecked-earlier-seed", "of"),
    ]
    found = faults(lambda: commit(staffing_plan(done, periods=["7月"]), enterprises, more, of=done))
    assert named(found) == [("staffs-nothing", "staffs")]


def test_a_department_without_a_visit_in_the_periods_needs_nobody() -> None:
    """It is neither dealt nor reported, and a register without its inspectors does."""
    first, enterprises = bare(), register(ROWS)
    (period,) = {"7月", "8月", "9月"} - {visit.period for visit in first.values() if "消防" in visit.departments}
    inspectors = people(("市监", "S", 5))
    commitment = commit(staffing_plan(first, periods=[period]), enterprises, inspectors, of=first)
    record = draw(commitment, enterprises, inspectors, seed=SEED, of=first).record
    assert [each.department for each in record.staffing] == ["市监"]
    for of in (first, None):
        assert Published(record, enterprises, inspectors, of).check(record)


def test_slots_that_name_demands_of_the_first_plan_stand_in_a_third() -> None:
    """A slot for a demand that comes to none of these visits was accepted by the second plan, so it is by the third."""
    enterprises = register(ROWS[:4])
    first = draw(commit(plan([Demand("消防", take=2), Demand("特种", take=0)]), enterprises), enterprises, seed=SEED)
    assert not any("特种" in visit.demands for visit in first.record.values())
    rules = [TeamRule("消防", slots=[Slot("one", 2), Slot("boiler", only_for="特种")], most=1)]
    few, many = people(("消防", "F", 3)), people(("消防", "F", 4))
    second = staffing_plan(first.record, teams=rules)
    halfway = draw(
        commit(second, enterprises, few, of=first.record), enterprises, few, seed=SEED, of=first.record
    ).record
    assert halfway.shortages
    third = staffing_plan(halfway, teams=rules)
    assert commit(third, enterprises, many, of=halfway)
    strange = staffing_plan(halfway, teams=[TeamRule("消防", slots=[Slot("one", not_for="环保")])])
    (note,) = faults(lambda: commit(strange, enterprises, many, of=halfway))
    assert (note.code, note.at, note.params["known"]) == (
        "slot-demand-unknown",
        "teams[0].slots[0].not_for",
        "消防, 特种",
    )


@pytest.mark.parametrize("count", [10, 5000])
def test_rows_of_many_and_of_few_are_those_found_one_by_one(count: int) -> None:
    """Few ids are found by halving, many in one pass; whoever is not there has no row."""
    enterprises = register([{"id": f"E{i * 7919 % 5003}"} for i in range(5000)])
    names = [*list(enterprises)[-count:], "E5003", "", "F"]
    expected = [-1 if (row := enterprises.row_of(name)) is None else row for name in names]
    assert rows_of(enterprises, names).tolist() == expected
    assert expected[-3:] == [-1] * 3
    assert rows_of(enterprises, []).tolist() == []


# ---- what decides nothing


def committed(ground: Ground, *, turned: bool) -> Commitment:
    """The commitment of a ground; turned: its meetings written the other way round."""
    pairs = [(pair[::-1] if turned else pair, times) for pair, times in ground.meetings]
    return commit(
        ground.plan,
        ground.enterprises,
        ground.inspectors,
        recusals=ground.recusals,
        meetings=dict(pairs[::-1] if turned else pairs),
    )


def test_the_order_of_everything_that_is_written_decides_nothing() -> None:
    """Rows of both registers, recusals, meetings in another order: the same commitment and record, byte for byte."""
    rng, made = Random(4), 0
    for ground in grounds(60, least=3):
        other = shuffled(ground, rng)
        try:
            first = committed(ground, turned=False)
        except InputError as error:
            refused = error.faults
            assert faults(lambda other=other: committed(other, turned=True)) == list(refused)  # type: ignore[misc]
            continue
        second = committed(other, turned=True)
        assert first.to_json() == second.to_json()
        record = draw(first, ground.enterprises, ground.inspectors, seed=SEED).record
        assert draw(second, other.enterprises, other.inspectors, seed=SEED).record.to_json() == record.to_json()
        published = Published(Record.from_json(record.to_json()), other.enterprises, other.inspectors)
        assert published.check(published.record)
        made += 1
    assert made > 15


def test_the_order_of_rows_decides_nothing_in_a_plan_that_staffs_a_record() -> None:
    """Periods stand as the plan names them; their order decides the numbers in the receipts, and the digest."""
    first, enterprises = bare(), register(ROWS[::-1])
    rows = people(("市监", "S", 5), ("消防", "F", 6))
    rules = evolve(later().record.commitment.plan)
    commitment = commit(rules, enterprises, rows, recusals=RECUSALS[:0:-1], meetings=MEETINGS, of=first)
    assert commitment.to_json() == later().record.commitment.to_json()
    record = draw(commitment, enterprises, rows, seed=OTHER_SEED, secrets=SECRETS, of=first).record
    assert record.to_json() == later().record.to_json()
    turned = commit(evolve(rules, periods=rules.periods[::-1]), enterprises, rows, of=first)
    assert turned.digest != commitment.digest


# ---- what is refused before anything is drawn


def test_commit_tells_all_faults_of_a_plan_with_teams_at_once() -> None:
    """Of demands, teams, tables and registers, in one go."""
    rules = plan(
        [Demand("市监", take=99), Demand("消防", take=1)],
        teams=[TeamRule("消防", slots=[Slot("one", where={"grade": "A"}, same={"area": "street"})], carried="load")],
        periods=["7月"],
    )
    inspectors = register([{"id": "F1", "department": "消防", "load": "x", "area": "海曙"}])
    tables: dict[str, Any] = {
        "recusals": [Recusal("Z", reason="x"), Recusal("F1", enterprise="E99", period="8月", reason="y")],
        "meetings": {("F1", "Z"): 1},
    }
    found = faults(lambda: commit(rules, register(ROWS), inspectors, previous="x", **tables))
    assert named(found) == [
        ("digest-form", "previous"),
        ("allocation-total-large", "demands[0].take"),
        ("inspectors-column-unknown", "teams[0].slots[0].where"),
        ("enterprises-column-unknown", "teams[0].slots[0].same"),
        ("crew-empty", "teams.市监"),
        ("inspector-unknown", "recusals.Z"),
        ("recusal-enterprise-unknown", "recusals.F1"),
        ("recusal-period-unknown", "recusals.F1"),
        ("inspector-unknown", "meetings.F1.Z"),
    ]


def test_tables_of_another_shape_are_refused_with_all_else() -> None:
    """What is no recusal, one stated twice, meetings that are no counts; and a plan that is none, before everything."""
    enterprises, inspectors = register(ROWS), people(("消防", "F", 3))
    rules, wrong = plan([Demand("消防", take=1)]), [Recusal("F1", reason="x")]
    cases: list[tuple[dict[str, Any], list[tuple[str, str]]]] = [
        ({"recusals": 7, "meetings": 7}, [("plan-shape", "recusals"), ("plan-shape", "meetings")]),
        ({"recusals": [*wrong, *wrong]}, [("name-repeated", "recusals")]),
        ({"recusals": ["F1"]}, [("plan-shape", "recusals[0]")]),
        ({"meetings": {("F1", "F1"): 1}}, [("meeting-alone", "meetings.F1.F1")]),
        ({"meetings": {("F1", "F2"): 0}}, [("positive-form", "meetings.F1.F2")]),
    ]
    for tables, expected in cases:
        found = faults(lambda tables=tables: commit(rules, enterprises, inspectors, **tables))  # type: ignore[misc]
        assert named(found) == expected
    nothing: Any = "nothing"
    found = faults(lambda: commit(nothing, nothing, nothing, of=nothing))
    assert [note.at for note in found] == ["plan", "enterprises", "inspectors", "of"]


def test_rules_that_need_inspectors_are_refused_without() -> None:
    """Teams, recusals, meetings, and a plan that staffs: each is told, and nothing of people can be said."""
    enterprises = register(ROWS)
    rules = plan([Demand("消防", take=1)], teams=[TeamRule()])
    tables: dict[str, Any] = {"recusals": [Recusal("F1", reason="x")], "meetings": {("F1", "F2"): 1}}
    found = faults(lambda: commit(rules, enterprises, **tables))
    assert named(found) == [("inspectors-needed", part) for part in ("teams", "recusals", "meetings")]
    found = faults(lambda: commit(staffing_plan(bare(), periods=["7月"]), enterprises, of=bare()))
    assert named(found) == [("inspectors-needed-now", "inspectors")]


def test_a_plan_that_staffs_is_refused_with_another_record_or_none() -> None:
    """The record is named by its digest; a plan that draws is given none, and its other faults are told as well."""
    enterprises, inspectors = register(ROWS), people(("消防", "F", 6), ("市监", "S", 5))
    rules = staffing_plan(bare(), periods=["7月"])
    found = faults(lambda: commit(rules, enterprises, inspectors))
    assert named(found) == [("earlier-needed", "of")]
    assert found[0].params == {"digest": bare().digest}
    found = faults(lambda: commit(rules, enterprises, inspectors, of=short().record))
    assert named(found) == [("record-other", "of")]
    assert found[0].params == {"stated": bare().digest, "found": short().record.digest}
    drawing = plan([Demand("消防", take=99)])
    found = faults(lambda: commit(drawing, enterprises, inspectors, of=bare()))
    assert named(found) == [("record-unneeded", "of"), ("allocation-total-large", "demands[0].take")]


@pytest.mark.parametrize(
    ("periods", "expected"),
    [
        ((), [("staffs-periods-missing", "periods")]),
        (["8月", "10月", "11月"], [("staffs-period-unknown", "periods[1]"), ("staffs-period-unknown", "periods[2]")]),
    ],
)
def test_periods_that_the_record_has_not_are_refused(periods: Any, expected: list[tuple[str, str]]) -> None:
    """Each by its place, with those that it has; a slot for an unknown demand besides."""
    enterprises, inspectors = register(ROWS), people(("消防", "F", 6), ("市监", "S", 5))
    teams = [TeamRule(slots=[Slot("one", only_for="税务")])]
    rules = staffing_plan(bare(), periods=periods, teams=teams)
    found = faults(lambda: commit(rules, enterprises, inspectors, of=bare()))
    assert named(found) == [*expected, ("slot-demand-unknown", "teams[0].slots[0].only_for")]
    assert all(note.params["known"] == "7月, 8月, 9月" for note in found[:-1])


def test_periods_for_a_record_without_are_refused() -> None:
    """All its visits are staffed together."""
    published = wide()
    record = published.of
    assert record is not None
    rules = staffing_plan(record, periods=["7月"])
    found = faults(lambda: commit(rules, published.enterprises, published.inspectors, of=record))
    assert named(found) == [("staffs-without-periods", "periods")]


def test_visits_that_are_not_there_cannot_be_staffed() -> None:
    """A period without a visit that lacks somebody, a record that is staffed, enterprises that a register lacks."""
    published = short()
    first = published.record
    rules = staffing_plan(dealt().record, periods=["7月"])
    found = faults(lambda: commit(rules, dealt().enterprises, dealt().inspectors, of=dealt().record))
    assert named(found) == [("staffs-nothing", "staffs")]
    assert found[0].params == {"visits": 4}
    fewer = register([row for row in ROWS[:5] if row["id"] not in ("E2", "E3")])
    rules = staffing_plan(first, periods=["7月", "8月"], teams=[TeamRule("消防", slots=[Slot("one", not_for="税务")])])
    found = faults(lambda: commit(rules, fewer, published.inspectors, of=first))
    assert named(found) == [
        ("slot-demand-unknown", "teams[0].slots[0].not_for"),
        ("staffs-enterprise-unknown", "visits.E2"),
        ("staffs-enterprise-unknown", "visits.E3"),
    ]


def test_a_visit_that_nobody_could_pay_is_refused_before_the_seed() -> None:
    """Over the visits of the record alone, in their own periods: others are left aside."""
    first, enterprises = bare(), register(ROWS)
    inspectors = people(("消防", "F", 6), ("市监", "S", 5))
    away = [Recusal(f"F{i}", period="7月", reason="x") for i in range(5)]
    rules = staffing_plan(first, periods=["7月", "8月", "9月"])
    july = [name for name, visit in first.items() if visit.period == "7月" and "消防" in visit.departments]
    (note,) = faults(lambda: commit(rules, enterprises, inspectors, recusals=away, of=first))
    assert (note.code, note.at, note.params["periods"]) == ("staffing-short-then", "teams.消防", "7月")
    assert note.params["count"] == len(july)
    assert commit(evolve(rules, periods=["8月", "9月"]), enterprises, inspectors, of=first)


def test_draw_takes_the_registers_and_the_record_that_were_committed() -> None:
    """None missing, none too many, no other; told together with a seed of another form."""
    published = later()
    commitment = published.record.commitment

    def drawn(commitment: Commitment, inspectors: Register | None, of: Record | None) -> list[tuple[str, str]]:
        registers = (published.enterprises, inspectors)
        return named(faults(lambda: draw(commitment, *registers, seed="x", secrets=SECRETS, of=of)))

    seed = ("seed-not-of-form", "seed")
    assert drawn(commitment, None, None) == [seed, ("inspectors-missing", "inspectors"), ("earlier-needed", "of")]
    fewer = register(ROWS[1:])
    found = named(faults(lambda: draw(commitment, fewer, seed=OTHER_SEED, secrets=SECRETS, of=bare())))
    assert found == [("register-rows", "enterprises.rows"), ("inspectors-missing", "inspectors")]
    other = people(("消防", "F", 6))
    assert drawn(commitment, other, wide().of) == [seed, ("register-rows", "inspectors.rows"), ("record-other", "of")]
    first = [
        seed,
        ("secret-unsealed", "secrets.消防"),
        ("inspectors-unneeded", "inspectors"),
        ("record-unneeded", "of"),
    ]
    assert drawn(bare().commitment, other, bare()) == first
