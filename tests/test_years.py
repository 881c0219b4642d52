"""The synthetic year: its counts are exact, its draws verify, its log is sound, and what was planted is found."""

from collections import Counter
from fractions import Fraction
from hashlib import sha256
from itertools import pairwise
from json import dumps
from typing import Any, Final

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from district_year import log, year
from districts import faults, named
from dual_random import Rate, Record, Register, check_chain, commit, demo, draw, verify
from dual_random.cycle.arrangements import schedule
from dual_random.cycle.blemishes import PLANTED
from dual_random.cycle.closures import close_out
from dual_random.cycle.holidays import year_calendar
from dual_random.cycle.logs import Log
from dual_random.cycle.matching import log_faults
from dual_random.cycle.measurement import indicators
from dual_random.cycle.merging import merge
from dual_random.cycle.outings import EXCHANGED, OPERATIONS, OTHER_PLANS, spaced
from dual_random.cycle.quality import low_quality
from dual_random.cycle.vocabulary import RANDOM
from dual_random.cycle.year_logs import year_log
from dual_random.cycle.years import (
    CHECKS,
    DEPARTMENTS,
    INSPECTIONS,
    MONTHS,
    SCENES,
    SEED,
    TARGET,
    year_enterprises,
    year_needs,
    year_plans,
)
from dual_random.rates import JOINT_SAMPLING_RATE

DIGEST: Final = "ca1141ce310341fa28c446bed3c4a7297c0b835957a01f55f2be51ede0191b4e"
AS_OF: Final = "2024-01-31"
NEEDED: Final = 10_186  # of 20,535 the fewest that are 49.60 %


@pytest.fixture(scope="module")
def read() -> Log:
    """The log of the year, read."""
    return Log(log(), columns=["risk"])


def numbers(department: str) -> dict[tuple[str, ...], int]:
    """What a department's need draws, by stratum."""
    (need,) = [need for need in year().needs if need.department == department]
    return {stratum: take for stratum, take in need.demand.take if isinstance(take, int)}


# ---- needs and plans


def test_departments() -> None:
    """There are 32 departments, each with an English gloss and one need; the nine of the demo have its glosses."""
    assert len(DEPARTMENTS) == len({*DEPARTMENTS.values()}) == len(year().needs) == 32
    assert [need.department for need in year().needs] == [need.name for need in year().needs] == [*DEPARTMENTS]
    assert demo.DEPARTMENTS.items() <= DEPARTMENTS.items()


def test_the_total_is_exact() -> None:
    """All needs together draw 20,535, neither one more nor one less."""
    assert sum(take for name in DEPARTMENTS for take in numbers(name).values()) == CHECKS == 20_535


@given(st.integers(0, 20_535))
@settings(deadline=None, derandomize=True, max_examples=15)
def test_any_total_is_exact(total: int) -> None:
    """Whatever the total, the needs draw exactly that many, and no department more than with a larger total."""
    found = [sum(t for _, t in need.demand.take if isinstance(t, int)) for need in year_needs(_district(), total=total)]
    assert sum(found) == total
    most = [sum(numbers(name).values()) for name in DEPARTMENTS]
    assert all(own <= full for own, full in zip(found, most, strict=True))


def _district() -> Register:
    return year().enterprises


def test_shares_follow_the_risk() -> None:
    """No risk class is checked less than one of lower risk, but for whole numbers; and none is checked wholly."""
    strata = {size.demand: size.strata for each in year().draws for size in each.record.commitment.allocation}
    assert len(strata) == len(DEPARTMENTS)
    assert sum(len(own) == 4 for own in strata.values()) == sum(bool(need.demand.by) for need in year().needs) == 19
    for own in strata.values():
        assert all(each.number < each.population for each in own)
        for low, high in pairwise(own):
            assert Fraction(low.number, low.population) <= Fraction(high.number + 1, high.population)
    supervision = [Fraction(each.number, each.population) for each in strata["市监"]]
    assert supervision == sorted(supervision)


def test_scenes_name_known_items() -> None:
    """Every item of a scene belongs to a department, and every department but one has an item in a scene."""
    items = {item: need.department for need in year().needs for item in need.items}
    grouped = {item for scene in SCENES.values() for item in scene}
    assert grouped <= set(items)
    assert set(DEPARTMENTS) - {items[item] for item in grouped} == {"税务"}


def test_rounds() -> None:
    """Three rounds: every need in one, the season's within its months, taxation alone."""
    merged = year().merged
    assert sorted(name for each in merged.rounds for name in each.needs) == sorted(DEPARTMENTS)
    assert [(each.lead, len(each.needs)) for each in merged.rounds] == [("市监", 29), ("税务", 1), ("水利", 2)]
    assert merged.before == CHECKS
    assert merged.fewest < merged.independent < merged.before


def test_plans() -> None:
    """A plan for each round, with its months, demands unchanged; the largest has a target that suffices alone."""
    plans = [each.record.commitment.plan for each in year().draws]
    assert [plan.number for plan in plans] == ["2023-1", "2023-2", "2023-3"]
    assert [plan.periods for plan in plans] == [MONTHS, MONTHS, MONTHS[3:9]]
    assert [plan.demands for plan in plans] == [each.demands for each in year().merged.rounds]
    share, *others = [plan.joint.at_least for plan in plans]
    assert others == [None, None]
    assert share is not None
    assert share * year().merged.rounds[0].separate == NEEDED
    assert Fraction(NEEDED - 1, CHECKS) < TARGET <= Fraction(NEEDED, CHECKS)


def test_a_target_beyond_all_checks_of_a_plan() -> None:
    """A target that the largest plan could not reach with all of its checks is refused, by its name."""
    assert [note.at for note in faults(lambda: year_plans(year().merged, at_least=Fraction(4, 5)))] == ["at_least"]


@pytest.mark.parametrize("size", [25_000, 40_000])
def test_districts_of_other_sizes(size: int) -> None:
    """A smaller or larger district has a year with the same counts, whose plans can be committed."""
    enterprises = year_enterprises(size)
    merged = merge(year_needs(enterprises), enterprises, related=SCENES.values())
    assert merged.before == CHECKS
    allocations = [commit(plan, enterprises).allocation for plan in year_plans(merged)]
    assert sum(each.number for own in allocations for size in own for each in size.strata) == CHECKS


# ---- draws


def records() -> list[Record]:
    """The records, amended."""
    return [each.record for each in year().draws]


def test_the_target_is_met() -> None:
    """The three draws together reach 49.60 % of checks, as drawn and after the amendments; of visits it is 37.7 %."""
    for own in (records(), [evolve(record, amendments=()) for record in records()]):
        checks = [len(visit.departments) for record in own for visit in record.current]
        joint = sum(count for count in checks if count > 1)
        assert sum(checks) == CHECKS
        assert Fraction(joint, sum(checks)) >= TARGET
        assert f"{Rate(sum(count > 1 for count in checks), len(checks), of='visits'):.1%}" == "37.7%"
    drawn = Rate.pool([record.joint_rate(of="checks") for record in records()], scope="2023")
    assert str(drawn) == "11513/20535 = 56.07% of checks"


def test_common_tickets_alone_do_not_reach_it() -> None:
    """Nested draws of the same plans stay below 49.60 %: the draw has to go further, and went as far as spreading."""
    nested = 0
    for each in year().draws:
        plan = each.record.commitment.plan
        plan = evolve(plan, joint=evolve(plan.joint, reach="nested"))
        nested += draw(commit(plan, _district()), _district(), seed=SEED).record.joint_rate(of="checks").numerator
    assert nested < NEEDED
    assert [record.layout for record in records()] == ["spread", "nested", "nested"]


def test_records_verify() -> None:
    """All records hold, with their amendments, and the commitments form a chain."""
    commitments = [record.commitment for record in records()]
    for record in records():
        found = verify(
            record,
            _district(),
            year().inspectors,
            seed=SEED,
            digest=record.commitment.digest,
            commitments=commitments,
            records=records(),
        )
        assert not found.findings
    assert not check_chain(commitments, records()).findings
    assert [len(record.amendments) for record in records()] == [2, 0, 0]
    assert not any(record.shortages for record in records())


# ---- days


def test_working_days() -> None:
    """The year has 249 working days: 260 from Monday to Friday, 18 of them holidays, and 7 at weekends."""
    days = year_calendar().within(("2023-01-01", "2023-12-31"))
    weekend = [day for day in days if sum(map(int, day.split("-"))) and _weekday(day) > 5]
    assert (len(days), len(weekend)) == (249, 7)
    assert len(year_calendar().within("2024-01")) == 22


def _weekday(day: str) -> int:
    """1 for Monday, by Zeller's congruence: independent of the library's and Python's calendar."""
    y, m, d = map(int, day.split("-"))
    y, m = (y - 1, m + 12) if m < 3 else (y, m)
    return (d + 13 * (m + 1) // 5 + y + y // 4 - y // 100 + y // 400 + 5) % 7 + 1


# ---- log


def test_rows(read: Log) -> None:
    """30,102 checks: 20,535 drawn, by all 32 departments; 961 joint operations of two departments."""
    assert len(read) == INSPECTIONS == 30_102
    modes = Counter(log()["mode"])
    assert modes[RANDOM] == CHECKS
    assert set(modes) == {RANDOM, *OTHER_PLANS}
    drawn = [name for name, mode in zip(log()["department"], log()["mode"], strict=True) if mode == RANDOM]
    assert set(drawn) == set(DEPARTMENTS)
    special = [visit for visit, mode in zip(log()["visit"], log()["mode"], strict=True) if mode == "special"]
    assert Counter(Counter(special).values())[2] == OPERATIONS == 961


def test_the_same_log_everywhere() -> None:
    """The log is this one, on every machine and in every process: no clock and no chance has a part in it."""
    assert sha256(dumps(log(), ensure_ascii=False).encode()).hexdigest() == DIGEST


def test_rows_are_what_was_drawn() -> None:
    """But for three enterprises that were exchanged, the drawn rows are the checks of the amended records."""
    rows = zip(*(log()[name] for name in ("mode", "plan", "enterprise", "department")), strict=True)
    logged = Counter(row[1:] for row in rows if row[0] == RANDOM)
    drawn = Counter(
        (record.commitment.plan.number, visit.enterprise, department)
        for record in records()
        for visit in record.current
        for department in visit.departments
    )
    missing, strange = drawn - logged, logged - drawn
    assert len({name for _, name, _ in missing}) == len({name for _, name, _ in strange}) == EXCHANGED
    assert missing.total() == strange.total()


def test_rows_belong_to_the_records(read: Log) -> None:
    """Log and records do not contradict each other: plans, enterprises and days are known."""
    assert log_faults(read, records(), plans=OTHER_PLANS.values(), register=_district()) == ()


def test_people_are_those_who_were_dealt() -> None:
    """Two people make every check but those planted, of the department, and in drawn visits those dealt to them."""
    department = {name: year().inspectors.value(name, "department") for name in year().inspectors}
    dealt = {
        (record.commitment.plan.number, visit.enterprise, own): team
        for record in records()
        for visit in record.current
        for own, team in visit.team.items()
    }
    other = 0
    columns = (log()[name] for name in ("plan", "enterprise", "department", "inspectors"))
    for plan, enterprise, own, people in zip(*columns, strict=True):
        assert {department[name] for name in people.split(";")} == {own}
        team = dealt.get((plan, enterprise, own))
        other += team is not None and ";".join(team) != people
    assert other == PLANTED["quality-other-team"]


def test_all_days_are_worked(read: Log) -> None:
    """Nobody arrives and nothing is published on a day off; drawn visits stay in their month."""
    calendar = year_calendar()
    days = {day[:10] for name in ("arrived", "published") for day in log()[name] if day}
    assert all(day in calendar for day in days)
    periods: dict[tuple[str, str], set[str]] = {}
    for record in records():
        for visit in record.current:
            periods.setdefault((visit.enterprise, record.commitment.plan.number), set()).add(visit.period)
    columns = (log()[name] for name in ("enterprise", "plan", "arrived"))
    months = [(periods.get((name, plan)), day[:7]) for name, plan, day in zip(*columns, strict=True)]
    assert sum(own is not None for own, _ in months) > CHECKS - 10
    assert all(own is None or month in own for own, month in months)


def test_problems_follow_the_risk(read: Log) -> None:
    """Problems are found the more often the greater the risk, and the more often the more reason there was to come."""
    by_risk = [rate for rate in indicators(read, by="risk") if rate.name == "problem-detection rate: random"]
    assert [rate.scope for rate in by_risk] == ["A", "B", "C", "D"]
    assert all(low.value < high.value for low, high in pairwise(by_risk))
    found = {rate.name: rate.value for rate in indicators(read) if "problem-detection rate:" in rate.name}
    assert found["problem-detection rate: complaint"] > found["problem-detection rate: special"]


def test_the_log_has_the_rates_of_the_records(read: Log) -> None:
    """The joint-sampling rates measured in the log are those of the amended records: no count shows the exchange."""
    found = {rate.of: rate for rate in indicators(read) if rate.name == JOINT_SAMPLING_RATE}
    sizes = [len(visit.departments) for record in records() for visit in record.current]
    assert (found["visits"].numerator, found["visits"].denominator) == (sum(s > 1 for s in sizes), len(sizes))
    assert (found["checks"].numerator, found["checks"].denominator) == (sum(s for s in sizes if s > 1), CHECKS)


def test_what_was_planted_is_found_and_nothing_else(read: Log) -> None:
    """Each rule finds as many as were planted for it; only plans without a record cannot be looked at."""
    given = {"as_of": AS_OF, "working_days": year_calendar(), "plans": OTHER_PLANS.values(), "register": _district()}
    screening = low_quality(read, records(), **given)  # type: ignore[arg-type]
    assert Counter(note.code for note in screening.findings) == PLANTED
    assert {note.code for note in screening.unchecked} == {"unchecked-no-record"}
    assert len(screening.unchecked) == len(OTHER_PLANS)
    never, undrawn = (screening.of(rule) for rule in ("quality-never-visited", "quality-undrawn"))
    assert not {note.params["enterprise"] for note in never} & {note.params["enterprise"] for note in undrawn}


def test_close_out(read: Log) -> None:
    """Of all drawn tasks only those of the exchanged enterprises are overdue at the end of the year."""
    overdue = [
        task for _, planned in year().drawn for task in close_out(planned, read, as_of="2023-12-31").named("overdue")
    ]
    assert len({task.enterprise for task in overdue}) == EXCHANGED


# ---- faults


def test_records_without_people_and_logs_too_short() -> None:
    """A record without inspectors cannot be logged, and a log must have room for what was drawn; both are told."""
    plan = records()[2].commitment.plan
    bare = draw(commit(plan, _district()), _district(), seed=SEED).record
    drawn = [(bare, schedule(bare, year_calendar()))]
    given = (year().needs, year().enterprises, year().inspectors, year_calendar())
    assert named(faults(lambda: year_log(drawn, *given, checks=2273))) == [
        ("year-unstaffed", "drawn[0]"),
        ("year-checks", "checks"),
    ]
    assert named(faults(lambda: year_log(drawn[:0], *given, checks=-1))) == [("count-form", "checks")]


def test_a_small_log() -> None:
    """A log of one small plan has exactly as many rows as asked for."""
    table = year_log(
        year().drawn[2:], year().needs, year().enterprises, year().inspectors, year_calendar(), checks=2274
    )
    assert {len(column) for column in table.values()} == {2274}
    assert len(Log(table)) == 2274


def test_what_was_taken_over_later_is_logged_by_those_who_come() -> None:
    """A visit in two parts, as an amendment may leave it, is two visits: each department is at each once."""
    record, planned = year().drawn[2]
    row = next(i for i, tasks in enumerate(planned.tasks) if len(tasks) == 2)
    columns: dict[str, Any] = {}
    for name in ("visits", "enterprises", "days", "periods", "tasks"):
        cells = list(getattr(planned, name))
        cells.insert(row, cells[row])
        columns[name] = cells
    columns["visits"][row + 1] += "/2"
    columns["tasks"][row], columns["tasks"][row + 1] = ([task] for task in planned.tasks[row])
    drawn = [(record, evolve(planned, **columns))]
    table = year_log(drawn, year().needs, year().enterprises, year().inspectors, year_calendar(), checks=2274)
    visits = [
        (enterprise, department)
        for enterprise, department, mode in zip(table["enterprise"], table["department"], table["mode"], strict=True)
        if mode == RANDOM
    ]
    assert len(visits) == sum(map(len, planned.tasks)) == len(set(visits))
    assert len(Log(table)) == 2274


@given(st.lists(st.integers(), max_size=30, unique=True), st.integers(1, 30))
@settings(deadline=None, derandomize=True)
def test_spaced(candidates: list[int], count: int) -> None:
    """As many as asked for, or all; in their order, none twice."""
    found = spaced(candidates, count)
    assert len(found) == min(count, len(candidates))
    assert [each for each in candidates if each in found] == found
