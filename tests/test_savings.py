"""What was saved by month: every number is counted again here, visit by visit, and the months add up."""

from collections import defaultdict
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from district_year import year
from districts import SEED, faults, named, plan, register
from dual_random import Demand, Rate, Record, commit, draw
from dual_random.cycle.arrangements import schedule
from dual_random.cycle.calendars import Calendar
from dual_random.cycle.savings import MonthlySaving, saved_by_month
from dual_random.rates import JOINT_SAMPLING_RATE

DAYS = ["2024-07-01", "2024-07-02", "2024-08-01", "2024-09-02", "2024-09-03", "2024-09-04"]


def drawn(takes: list[int], number: str = "2024-3") -> Record:
    """A record over 30 enterprises, a department for each number."""
    firms = register([{"id": f"E{i}", "risk": "ABCD"[i % 4]} for i in range(30)])
    demands = [Demand(f"部门{i}", take=take) for i, take in enumerate(takes)]
    rules = plan(demands, number=number, periods=["2024-07", "2024-08", "2024-09"])
    return draw(commit(rules, firms), firms, seed=SEED).record


@given(st.lists(st.integers(1, 30), min_size=1, max_size=4), st.integers(0, 3))
@settings(deadline=None, derandomize=True, max_examples=40)
def test_months_are_counted_from_the_visits(takes: list[int], others: int) -> None:
    """Checks, visits and joint ones of a month are those of the visits in its period, over all records."""
    records = [drawn(takes), *(drawn([7, 3], number=f"2024-{4 + i}") for i in range(others))]
    calendar = Calendar(DAYS)
    found = saved_by_month([(record, schedule(record, calendar)) for record in records])
    counted: defaultdict[str, list[int]] = defaultdict(list)
    for record in records:
        for visit in record.values():
            counted[visit.period].append(len(visit.departments))
    assert [month.month for month in found] == sorted(counted)
    for month, sizes in zip(found, (counted[name] for name in sorted(counted)), strict=True):
        joint = [size for size in sizes if size > 1]
        assert (month.checks, month.visits) == (sum(sizes), len(sizes))
        assert (month.joint_checks, month.joint_visits) == (sum(joint), len(joint))
        assert month.saved == sum(size - 1 for size in sizes)
        rates = month.joint_rate(), month.joint_rate(of="checks")
        assert [(rate.numerator, rate.denominator, rate.of) for rate in rates] == [
            (len(joint), len(sizes), "visits"),
            (sum(joint), sum(sizes), "checks"),
        ]
    assert sum(month.independent for month in found) == sum(record.outcome.independent or 0 for record in records)


def test_independent_visits_follow_the_visits() -> None:
    """The visits of independent draws are shared by the months in proportion to their visits, to a whole one."""
    for record, planned in year().drawn:
        months = saved_by_month([(record, planned)])
        stated, visits = record.outcome.independent, len(planned)
        assert stated is not None
        assert sum(month.independent for month in months) == stated
        for month in months:
            assert abs(month.independent * visits - month.visits * stated) <= visits
            assert month.fewer == month.independent - month.visits


def test_the_year() -> None:
    """Twelve months, and the sums of the records: 20,535 checks in 14,480 visits, where 17,762 were to be expected."""
    months = saved_by_month(year().drawn)
    sums = [sum(each) for each in zip(*((m.checks, m.visits, m.independent) for m in months), strict=True)]
    assert (len(months), sums) == (12, [20_535, 14_480, 17_762])
    rate = Rate.pool([month.joint_rate(of="checks") for month in months], scope="2023")
    assert (str(rate), rate.name) == ("11511/20535 = 56.06% of checks", JOINT_SAMPLING_RATE)


def test_records_that_state_no_independent_draws() -> None:
    """A record that does not state what independent draws would have cost counts there with its checks."""
    record = drawn([20, 10])
    record = evolve(record, outcome=evolve(record.outcome, independent=None))
    months = saved_by_month([(record, schedule(record, Calendar(DAYS)))])
    assert sum(month.independent for month in months) == sum(month.checks for month in months) == 30


def test_nothing_drawn() -> None:
    """No records, no months."""
    assert saved_by_month([]) == ()


def test_what_is_no_record_with_its_schedule() -> None:
    """A record alone, the two exchanged, one of them missing, and a schedule without tasks, each at its place."""
    record = drawn([20, 10])
    planned = schedule(record, Calendar(DAYS))
    other: Any = [record, (planned, record), (record, planned), (record,), (record, evolve(planned, tasks=()))]
    found = faults(lambda: saved_by_month(other))
    assert named(found) == [
        ("saving-pair", "drawn[0]"),
        ("saving-pair", "drawn[1]"),
        ("saving-pair", "drawn[3]"),
        ("closure-no-tasks", "drawn[4]"),
    ]
    other = record
    assert named(faults(lambda: saved_by_month(other))) == [("saving-pair", "drawn[0]")]


@pytest.mark.parametrize(("independent", "fewer"), [(10, 3), (5, -2)])
def test_chance_may_do_better(independent: int, fewer: int) -> None:
    """Visits fewer than by independent draws may be below zero, and are told so."""
    month = MonthlySaving(month="2024-07", checks=12, visits=7, joint_visits=3, joint_checks=8, independent=independent)
    assert (month.fewer, month.saved) == (fewer, 5)


def test_a_schedule_is_the_whole_one_of_its_record() -> None:
    """A part, the schedule of another record, and the one before an amendment are refused, each at its place."""
    firms = register([{"id": f"E{i}", "risk": "A"} for i in range(30)])
    rules = plan([Demand("市监", take=12)], periods=["2024-07", "2024-08", "2024-09"], substitution=True)
    found_by_lot = draw(commit(rules, firms), firms, seed=SEED)
    record, other = found_by_lot.record, drawn([7, 3], number="2024-4")
    planned = schedule(record, Calendar(DAYS))
    amended = found_by_lot.substitute(planned.visits[-1], reason="closed", on="2024-09-02").record
    now = schedule(amended, Calendar(DAYS))
    assert len(saved_by_month([(amended, now), (other, schedule(other, Calendar(DAYS)))])) == 3
    sealed = evolve(planned, key=schedule(other, Calendar(DAYS)).key)
    pairs = [(record, planned), (record, planned.during("2024-08")), (other, planned), (amended, planned)]
    found = faults(lambda: saved_by_month([*pairs, (record, now), (record, sealed)]))
    assert named(found) == [("saving-other", f"drawn[{i}]") for i in range(1, 6)]


def test_a_draw_is_counted_once() -> None:
    """The same draw twice, with its old record or its latest, is refused."""
    record = drawn([20, 10])
    pair = record, schedule(record, Calendar(DAYS))
    found = faults(lambda: saved_by_month([pair, pair]))
    assert [(note.code, note.at, note.params["other"]) for note in found] == [
        ("saving-repeated", "drawn[1]", "drawn[0]")
    ]
