"""Who was where on which day of the synthetic year: the drawn visits as scheduled, and all others, picked by hashes.

What a log is written from (`dual_random.cycle.year_logs`). Drawn visits come from the records and the schedules as they
stand after all amendments, with the people who were dealt. The others (special, patrol, complaint) are made up.
"""

from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from struct import unpack
from typing import Final, TypeVar

import numpy as np
from attrs import evolve, frozen

from dual_random.cycle.calendars import Calendar, iso_window, month_of, week_of
from dual_random.cycle.needs import Need
from dual_random.cycle.savings import Drawn
from dual_random.cycle.schedules import Schedule
from dual_random.cycle.vocabulary import RANDOM
from dual_random.cycle.years import MONTHS
from dual_random.errors import Note
from dual_random.forms import count_faults, refuse
from dual_random.plans import Plan, SeedSource
from dual_random.populations import populations
from dual_random.records import Record
from dual_random.registers import Register

T = TypeVar("T")

OPERATIONS: Final = 961  # joint operations of two departments, as many as the district reported
OTHER_PLANS: Final[Mapping[str, str]] = {"special": "2023-专项", "patrol": "2023-巡查", "complaint": "2023-投诉"}
EXCHANGED: Final = 3  # drawn enterprises of which another one was visited instead

_WHOLE: Final = 10_000
_LATE: Final = 600  # of ten thousand drawn visits: paid one to four working days after the day that was arranged
_LATEST: Final = 4
_MODES: Final = ("patrol",) * 5 + ("special",) * 3 + ("complaint",) * 2
_BUSY: Final = (  # who makes the other checks: those who have streets, counters and telephones
    *("市监",) * 11,
    *("消防", "消防", "综合执法", "公安", "生态环境", "应急管理", "交通运输", "卫健", "住建"),
)
_PARTNERS: Final = ("消防", "综合执法", "烟草", "生态环境", "公安", "卫健")  # of 市监, in joint operations
_LEAD: Final = "市监"
_NO_SEED: Final = SeedSource(source="-", event="-", earliest="2000-01-01T00:00:00Z", form="0000000")


@frozen(kw_only=True)
class Outing:
    """A visit as it is paid: where, on which ISO day, under which plan, by whom of which department.

    Args:
        due: the last day that is in time; empty where nobody set one.
    """

    id: str
    enterprise: str
    mode: str
    plan: str
    day: str
    due: str
    teams: Mapping[str, tuple[str, ...]]


def numbers(what: str, name: object) -> Sequence[int]:
    """Eight numbers from 0 to 9,999, from 32 bits each of the hash of a name: the same on every machine.

    >>> numbers("check", "2023-1-00001")
    [2190, 2272, 8423, 2997, 4090, 8330, 3368, 1482]
    """
    bits = sha256(f"dual-random {what}\n{name}".encode()).digest()
    return [part * _WHOLE >> 32 for part in unpack(">8I", bits)]


def paid_visits(
    drawn: Drawn, needs: Sequence[Need], enterprises: Register, inspectors: Register, calendar: Calendar, *, checks: int
) -> list[Outing]:
    """All visits of the year: those drawn, with some enterprises exchanged, and others up to so many checks.

    Raises:
        InputError: records without inspectors; fewer checks than are drawn or made in joint operations.
    """
    refuse([*_unstaffed_faults(drawn), *_count_faults(drawn, checks)])
    paid = [outing for record, schedule in drawn for outing in _drawn(record, schedule, calendar)]
    members = _members(needs, enterprises)
    visited = {outing.enterprise for outing in paid} | {name for record, _ in drawn for name in record}
    free = (name for name in members[_LEAD] if name not in visited)
    chosen = spaced([i for i, outing in enumerate(paid) if outing.plan == paid[0].plan], EXCHANGED)
    paid = [evolve(outing, enterprise=next(free)) if i in chosen else outing for i, outing in enumerate(paid)]
    rest = checks - sum(len(outing.teams) for outing in paid)
    return paid + list(_others(rest, members, _people(inspectors), calendar))


def _unstaffed_faults(drawn: Drawn) -> list[Note]:
    return [
        Note("year-unstaffed", f"drawn[{i}]")
        for i, (record, _) in enumerate(drawn)
        if record.commitment.inspectors is None
    ]


def _count_faults(drawn: Drawn, checks: int) -> list[Note]:
    faults = count_faults(checks, "checks")
    own, others = sum(len(tasks) for _, schedule in drawn for tasks in schedule.tasks), 2 * OPERATIONS
    if faults or checks >= own + others:
        return faults
    told = {"value": checks, "drawn": own, "others": others, "least": own + others}
    return [Note("year-checks", "checks", told)]


def spaced(candidates: Sequence[int], count: int) -> list[int]:
    """So many of some numbers, at equal distances; all, if there are no more.

    >>> spaced(range(100, 110), 3)
    [101, 105, 108]
    """
    found = len(candidates)
    return [candidates[(2 * k + 1) * found // (2 * count)] for k in range(count)] if found > count else [*candidates]


# ---- drawn


def _drawn(record: Record, schedule: Schedule, calendar: Calendar) -> Iterator[Outing]:
    """The visits of a record as they stand, in the order of the schedule; some are paid a few days late."""
    teams = {(visit.enterprise, visit.period): visit.team for visit in record.current}
    plan, place = record.commitment.plan.number, places(calendar)
    due = {day: _due(day) for day in dict.fromkeys(schedule.days)}
    rows = zip(schedule.enterprises, schedule.periods, schedule.days, schedule.tasks, strict=True)
    for number, (enterprise, period, planned, tasks) in enumerate(rows, 1):
        name = f"{plan}-{number:05}"
        yield Outing(
            id=name,
            enterprise=enterprise,
            mode=RANDOM,
            plan=plan,
            day=_paid(name, planned, calendar.working_days, place),
            due=due[planned],
            teams={name: teams[enterprise, period][name] for _, name in tasks},
        )


def places(calendar: Calendar) -> dict[str, int]:
    """The place of each working day among them."""
    return {day: place for place, day in enumerate(calendar.working_days)}


def _due(planned: str) -> str:
    """The last day of the week for which a visit was arranged."""
    week = iso_window(week_of(planned))
    return week.last if week else planned


def _paid(name: str, planned: str, days: Sequence[str], place: Mapping[str, int]) -> str:
    """The day of a visit: mostly as planned, else later in the same month."""
    late, more, *_ = numbers("late", name)
    if late >= _LATE:
        return planned
    day = days[place[planned] + 1 + more % _LATEST]
    return day if month_of(day) == month_of(planned) else planned


# ---- others


def _members(needs: Sequence[Need], enterprises: Register) -> dict[str, list[str]]:
    """Whom each department may look at, in the order of the register."""
    plan = Plan(title="-", authority="-", number="-", seed=_NO_SEED, demands=[need.demand for need in needs])
    groups, ids = populations(plan, enterprises), list(enterprises)
    return {
        own.demand.department: [ids[row] for row in np.flatnonzero(own.stratum[groups.profile] >= 0).tolist()]
        for own in groups.demands
    }


def _people(inspectors: Register) -> dict[str, list[str]]:
    codes, departments = inspectors.codes("department")
    found: dict[str, list[str]] = {name: [] for name in departments}
    for person, code in zip(inspectors, codes.tolist(), strict=True):
        found[departments[code]].append(person)
    return found


def _others(
    checks: int, members: Mapping[str, Sequence[str]], people: Mapping[str, Sequence[str]], calendar: Calendar
) -> Iterator[Outing]:
    """Visits that nobody drew: joint operations first, then single ones, until there are so many checks."""
    days = calendar.within((MONTHS[0] + "-01", MONTHS[-1] + "-31"))
    for number in range(1, checks - OPERATIONS + 1):
        joint = number <= OPERATIONS
        picks = numbers("other", number)
        mode = "special" if joint else _MODES[picks[0] % len(_MODES)]
        partner = _PARTNERS[picks[1] % len(_PARTNERS)] if joint else _BUSY[picks[1] % len(_BUSY)]
        departments = (_LEAD, partner) if joint else (partner,)
        yield Outing(
            id=f"{OTHER_PLANS[mode]}-{number:05}",
            enterprise=_pick(members[partner], picks[2:4]),
            mode=mode,
            plan=OTHER_PLANS[mode],
            day=_pick(days, picks[4:6]),
            due="",
            teams={name: _pair(people[name], _pick(range(len(people[name])), picks[6:8])) for name in departments},
        )


def _pick(values: Sequence[T], picks: Sequence[int]) -> T:
    return values[(picks[0] * _WHOLE + picks[1]) * len(values) // _WHOLE**2]


def _pair(people: Sequence[str], first: int) -> tuple[str, ...]:
    return people[first], people[(first + 1) % len(people)]
