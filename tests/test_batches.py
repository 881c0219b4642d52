"""Batches: consecutive visits of a schedule, sizes that differ by one at most, periods found again."""

import pickle
from itertools import pairwise
from typing import Any, Final

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from districts import SEED, faults, named, plan, register
from dual_random.binding import commit
from dual_random.cycle.arrangements import schedule
from dual_random.cycle.batches import Batch, batch_table, in_batches
from dual_random.cycle.calendars import Calendar
from dual_random.cycle.schedules import Schedule
from dual_random.dates import day_text
from dual_random.draws import draw
from dual_random.plans import Demand

quick = settings(deadline=None, derandomize=True, max_examples=80)

CALENDAR: Final = Calendar([day_text(739_068 + i) for i in range(28)])  # from 2024-07-01


def scheduled(visits: int) -> Schedule:
    """So many visits, three on each day."""
    names = [f"E{number}" for number in range(visits)]
    return Schedule(
        visits=names,
        enterprises=names,
        days=[CALENDAR.working_days[number // 3] for number in range(visits)],
        periods=[""] * visits,
    )


@given(visits=st.integers(0, 60), number=st.integers(1, 70))
@quick
def test_visit_k_of_v_goes_to_batch_kb_over_v(visits: int, number: int) -> None:
    """The rule of the periods, literally; with fewer visits than batches every visit is one."""
    planned = scheduled(visits)
    count = min(number, visits)
    expected: dict[int, list[str]] = {}
    for place, visit in enumerate(planned.visits):
        expected.setdefault(place * count // visits + 1, []).append(visit)
    found = in_batches(planned, number=number)
    assert {batch.number: list(batch.visits) for batch in found} == expected
    assert [batch.number for batch in found] == list(range(1, count + 1))
    assert {batch.of for batch in found} <= {count}


@given(visits=st.integers(1, 60), size=st.integers(1, 70))
@quick
def test_no_batch_has_more_than_its_size(visits: int, size: int) -> None:
    """There are as few batches as hold everybody, and they are even."""
    found = in_batches(scheduled(visits), size=size)
    sizes = [len(batch) for batch in found]
    assert sum(sizes) == visits
    assert max(sizes) <= size
    assert max(sizes) - min(sizes) <= 1
    assert (len(found) - 1) * size < visits


@given(visits=st.integers(1, 60), number=st.integers(1, 9))
@quick
def test_dates_are_those_of_the_first_and_the_last_visit(visits: int, number: int) -> None:
    """Nothing lies outside of a batch's dates, and batches come one after the other."""
    planned = scheduled(visits)
    found = in_batches(planned, number=number)
    for batch in found:
        days = [planned.day(visit) for visit in batch.visits]
        assert (batch.first, batch.last) == (min(days), max(days))
    assert all(before.last <= after.first for before, after in pairwise(found))
    assert [visit for batch in found for visit in batch.visits] == list(planned.visits)


@pytest.mark.parametrize("visits", [3, 20, 100])
def test_with_as_many_batches_as_periods_they_are_the_periods(visits: int) -> None:
    """A plan's own periods and the batches of its schedule agree, visit by visit."""
    months = ["2024-07", "2024-08", "2024-09"]
    working = Calendar([f"{month}-{number:02}" for month in months for number in range(1, 29)])
    enterprises = register([{"id": f"企{i}", "risk": "A"} for i in range(visits)])
    rules = plan([Demand("消防", take="100%")], periods=months)
    record = draw(commit(rules, enterprises), enterprises, seed=SEED).record
    found = in_batches(schedule(record, working), number=len(months))
    assert {visit: months[batch.number - 1] for batch in found for visit in batch.visits} == {
        name: visit.period for name, visit in record.items()
    }
    assert [batch.first[:7] for batch in found] == [batch.last[:7] for batch in found] == months


def test_batches_do_not_depend_on_what_the_days_are() -> None:
    """A plan without periods, all of whose firms come: the order is that of the tickets, whatever the calendar."""
    enterprises = register([{"id": f"企{i}", "risk": "A"} for i in range(30)])
    record = draw(commit(plan([Demand("消防", take="100%")]), enterprises), enterprises, seed=SEED).record
    few = Calendar(CALENDAR.working_days[:2])
    cuts = [in_batches(schedule(record, working), number=4) for working in (CALENDAR, few)]
    assert [batch.visits for batch in cuts[0]] == [batch.visits for batch in cuts[1]]
    assert [batch.first for batch in cuts[0]] != [batch.first for batch in cuts[1]]
    tickets = schedule(record, few)
    assert [visit for batch in cuts[0] for visit in batch.visits] == sorted(record, key=tickets.ticket)


def test_every_scope_is_cut_by_itself() -> None:
    """Scopes stand in byte order; inside each the order is that of the schedule, and numbers begin at 1."""
    planned = scheduled(10)
    district = {visit: "海曙" if row % 3 else "鄞州" for row, visit in enumerate(planned.visits)}
    found = in_batches(planned, number=2, scopes=district)
    assert [(batch.scope, batch.number, batch.of, len(batch)) for batch in found] == [
        ("海曙", 1, 2, 3),
        ("海曙", 2, 2, 3),
        ("鄞州", 1, 2, 2),
        ("鄞州", 2, 2, 2),
    ]
    for scope in ("海曙", "鄞州"):
        own = [visit for batch in found if batch.scope == scope for visit in batch.visits]
        assert own == [visit for visit in planned.visits if district[visit] == scope]


def test_a_visit_may_belong_to_several_scopes() -> None:
    """A visit for two demands stands in the batches of both; sizes may be given instead of numbers."""
    planned = scheduled(5)
    demands = {visit: ("市监", "消防") if row % 2 else ("市监",) for row, visit in enumerate(planned.visits)}
    found = in_batches(planned, size=3, scopes=demands)
    assert [(batch.scope, batch.visits) for batch in found] == [
        ("市监", ("E0", "E1", "E2")),
        ("市监", ("E3", "E4")),
        ("消防", ("E1", "E3")),
    ]


@pytest.mark.parametrize(
    ("number", "size", "code"),
    [
        (0, 0, "batch-cut"),
        (2, 3, "batch-cut"),
        (-1, 0, "positive-form"),
        (0, True, "positive-form"),
        ("2", 0, "positive-form"),
    ],
)
def test_batches_are_cut_by_one_of_two_counts(number: int, size: int, code: str) -> None:
    """Neither both nor none, and a count from 1."""
    assert [note.code for note in faults(lambda: in_batches(scheduled(3), number=number, size=size))] == [code]


def test_all_faults_of_scopes_at_once() -> None:
    """Visits without a scope, scopes of nobody, unclean ones and wrong counts are all told."""
    scopes = {"E0": "", "E1": [], "E9": "海曙", "E2": ["海曙", " 鄞州"], "E3": 7}
    found = faults(lambda: in_batches(scheduled(5), scopes=scopes))  # type: ignore[arg-type]
    assert sorted(named(found)) == [
        ("batch-cut", "number"),
        ("batch-unscoped", "E1"),
        ("batch-unscoped", "E4"),
        ("schedule-unknown", "'E9'"),
        ("text-empty", "'E0'"),
        ("text-space", "'E2'"),
        ("text-type", "'E3'"),
    ]
    assert named(faults(lambda: in_batches([], number=1))) == [("plan-shape", "schedule")]  # type: ignore[arg-type]


def test_scopes_are_a_mapping() -> None:
    """The name of a column, or a list of scopes, says of no visit where it belongs: the remedy names one."""
    planned = scheduled(5)
    other: Any = "街道"
    for scopes in (other, ["街道"] * 5):
        (found,) = faults(lambda scopes=scopes: in_batches(planned, number=2, scopes=scopes))  # type: ignore[misc]
        assert (found.code, found.at) == ("batch-scopes", "scopes")
        assert f'{{"{planned.visits[0]}": "…", …}}' in str(found)


def test_a_table_of_batches_names_no_enterprise() -> None:
    """Scope, number, how many, dates: what can be announced before the visits."""
    found = in_batches(scheduled(7), number=2)
    assert batch_table(found) == {
        "scope": ["", ""],
        "batch": [1, 2],
        "of": [2, 2],
        "visits": [4, 3],
        "first": ["2024-07-01", "2024-07-02"],
        "last": ["2024-07-02", "2024-07-03"],
    }
    chinese = batch_table(found, lang="zh")
    assert list(chinese) == ["范围", "批次", "总批数", "户次", "开始日期", "结束日期"]
    assert list(chinese.values()) == list(batch_table(found).values())
    assert named(faults(lambda: batch_table([7]))) == [("plan-shape", "batches[0]")]  # type: ignore[list-item]


def test_a_batch_checks_itself() -> None:
    """Counts from 1, days, clean text, at least one visit; all faults at once."""
    batch = Batch(scope="海曙", number=1, of=2, first="2024-07-01", last="2024-07-02", visits=["E1"])
    assert repr(batch) == "Batch(海曙, 1 of 2: 1 visits, 2024-07-01 to 2024-07-02)"
    assert batch == pickle.loads(pickle.dumps(batch))
    found = faults(lambda: evolve(batch, scope=" ", number=0, of=-1, first="x", last="y", visits=()))
    assert sorted(named(found)) == [
        ("batch-empty", "visits"),
        ("day-form", "first"),
        ("day-form", "last"),
        ("positive-form", "number"),
        ("positive-form", "of"),
        ("text-space", "scope"),
    ]
    assert named(faults(lambda: evolve(batch, visits=["E1", ""]))) == [("text-empty", "visits[1]")]
