"""The log of the synthetic year: who arrived when, what was found and published, and what went wrong on purpose.

A row for each check, in the columns of `dual_random.cycle.logs.Log`. Hours are dealt so that nobody is in two places at
once; results follow the risk class; everything is cut from hashes, so the log is the same on every machine.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, TypeAlias

from dual_random.cycle.blemishes import Row, blemished
from dual_random.cycle.calendars import Calendar
from dual_random.cycle.needs import Need
from dual_random.cycle.outings import Outing, numbers, paid_visits, places
from dual_random.cycle.savings import Drawn
from dual_random.cycle.vocabulary import RANDOM
from dual_random.cycle.years import INSPECTIONS
from dual_random.registers import Register
from dual_random.tables import SEPARATOR

LogColumns: TypeAlias = dict[str, list[str]]

_WHOLE: Final = 10_000
_SLOTS: Final = ("09:00", "09:40", "10:20", "11:00", "13:30", "14:10", "14:50", "15:30", "16:10", "16:50")
_APART: Final = 8  # minutes after the visit's hour in which a department arrives
_LEAST, _MORE = 15, 16  # minutes that a check takes, at least, and how many may come on top
_UNTRACEABLE: Final = 120  # of ten thousand visits
_PROBLEMS: Final[Mapping[str, int]] = {"A": 250, "B": 600, "C": 1300, "D": 2600}  # of ten thousand drawn checks
_FACTOR: Final[Mapping[str, int]] = {RANDOM: 2, "patrol": 2, "special": 4, "complaint": 7}  # halves of that
_ONSITE, _MOBILE = 9_700, 9_300  # of ten thousand
_PUBLISHED: Final = 15  # working days after the check, at the most
_CLEAN: Final = "未发现问题"


def year_log(
    drawn: Drawn,
    needs: Sequence[Need],
    enterprises: Register,
    inspectors: Register,
    calendar: Calendar,
    *,
    checks: int = INSPECTIONS,
) -> LogColumns:
    """The log of all checks of the year: those drawn, and others (special, patrol, complaint) up to `checks`.

    The drawn ones are those of the records as they stand now, so an amended record gives the log of the amended visits.
    A few things went wrong, and `low_quality` finds them: see `PLANTED`. Three drawn enterprises were
    exchanged for three others, so that no count shows it.

    Args:
        drawn: the records, with their schedules.
        needs: of the departments: what is looked at, and who uses risk classes.
        enterprises: the register that was drawn from, with a column of risk classes.
        inspectors: the people of all departments.
        calendar: the working days.
        checks: rows in all; more than the records have.

    Returns:
        Columns of text for `Log`, with one more: risk, the class of the enterprise.

    Raises:
        InputError: records without inspectors; too few checks.
    """
    visits = paid_visits(drawn, needs, enterprises, inspectors, calendar, checks=checks)
    codes, classes = enterprises.codes("risk")
    risk = {name: classes[code] for name, code in zip(enterprises, codes.tolist(), strict=True)}
    by_department, place = {need.department: need for need in needs}, places(calendar)
    rows = [
        row
        for visit, slot in zip(visits, _slots(visits), strict=True)
        for row in _rows(visit, slot, risk[visit.enterprise], by_department, calendar.working_days[place[visit.day] :])
    ]
    return _columns(blemished(rows, inspectors, calendar))


def _columns(rows: Sequence[Row]) -> LogColumns:
    return {name: [row[name] for row in rows] for name in rows[0]}


# ---- hours


def _slots(visits: Sequence[Outing]) -> Iterator[str]:
    """An hour for each visit: the first, from one that its hash names, at which all its people are free.

    With the people of `year_inspectors` there always is one.
    """
    busy: dict[str, set[tuple[str, str]]] = {slot: set() for slot in _SLOTS}
    for visit in visits:
        people = {(visit.day, person) for team in visit.teams.values() for person in team}
        first = numbers("hour", visit.id)[0] % len(_SLOTS)
        tried = _SLOTS[first:] + _SLOTS[:first]
        slot = next((each for each in tried if busy[each].isdisjoint(people)), tried[0])
        busy[slot] |= people
        yield slot


def _clock(slot: str, minutes: int) -> str:
    hour, minute = map(int, slot.split(":"))
    return f"{hour + (minute + minutes) // 60:02}:{(minute + minutes) % 60:02}"


# ---- rows


def _rows(
    visit: Outing, slot: str, risk: str, needs: Mapping[str, Need], days: Sequence[str]
) -> Iterator[dict[str, str]]:
    """A row for each department of a visit; `days` are its day and the working days after it."""
    gone = numbers("gone", visit.id)[0] < _UNTRACEABLE and visit.mode == RANDOM
    for department, team in visit.teams.items():
        picks = numbers("check", f"{visit.id} {department}")
        need = needs[department]
        start, length = picks[0] % _APART, _LEAST + picks[1] % _MORE
        result = "untraceable" if gone else _result(visit.mode, risk, department, picks[2])
        item = need.items[picks[3] % len(need.items)]
        yield {
            "visit": visit.id,
            "enterprise": visit.enterprise,
            "department": department,
            "mode": visit.mode,
            "plan": visit.plan,
            "due": visit.due,
            "arrived": f"{visit.day}T{_clock(slot, start)}",
            "left": f"{visit.day}T{_clock(slot, start + length)}",
            "result": result,
            "mobile": "yes" if picks[4] < _MOBILE else "no",
            "onsite": "yes" if picks[5] < _ONSITE else "no",
            "published": days[1 + picks[6] % _PUBLISHED],
            "items": SEPARATOR.join(need.items) if visit.mode == RANDOM else item,
            "inspectors": SEPARATOR.join(team),
            "rules": "yes" if need.demand.by else "no",
            "status": "存续",
            "finding": _finding(result, item, visit.id),
            "risk": risk,
        }


def _result(mode: str, risk: str, department: str, pick: int) -> str:
    """A problem or none: by risk class, by what brought the department there, and by how strictly it looks."""
    strict = 5 + numbers("strict", department)[0] % 11  # tenths
    return "problem" if pick * 20 < _PROBLEMS[risk] * _FACTOR[mode] * strict else "none"


def _finding(result: str, item: str, visit: str) -> str:
    return {"problem": f"{item}不符合要求，责令限期改正（{visit}）", "none": _CLEAN}.get(result, "")
