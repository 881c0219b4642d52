"""What went wrong in the synthetic year, planted on purpose, so that a page can show how it is found.

Each kind goes into visits of its own, and into no more: what `dual_random.cycle.quality.low_quality` finds is then what
stands in `PLANTED`, no less and no more.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final, TypeAlias

from dual_random.cycle.calendars import Calendar
from dual_random.cycle.outings import EXCHANGED, spaced
from dual_random.cycle.vocabulary import RANDOM
from dual_random.cycle.years import YEAR
from dual_random.registers import Register
from dual_random.tables import SEPARATOR

Row: TypeAlias = dict[str, str]
Visit: TypeAlias = range  # places of its rows
Change: TypeAlias = tuple[int, Row]  # place of a row, new cells

PLANTED: Final[Mapping[str, int]] = {  # findings by the code of the rule
    "quality-deregistered": 9,
    "quality-apart": 24,
    "quality-few-inspectors": 12,
    "quality-other-team": 7,
    "quality-unplanned": 15,
    "quality-undrawn": EXCHANGED,
    "quality-never-visited": EXCHANGED,
    "quality-copied": 2,
    "quality-short": 6,
    "quality-published-late": 11,
    "quality-unpublished": 4,
}

_COPIES: Final = 6  # enterprises with one text
_COPIED: Final = "未按规定公示证照，责令限期改正"
_GONE: Final = "注销"
_LAST_HOUR: Final = "15"  # of a visit to which a department came in the evening
_EVENING: Final = ("T18:20", "T18:45")
_LATE: Final = 25  # working days
_BEFORE: Final = f"{YEAR}-11"  # what was checked earlier can be published late within the calendar
_DAY: Final = len("2023-01-01")


def blemished(rows: Sequence[Row], inspectors: Register, calendar: Calendar) -> list[Row]:
    """The rows with what is planted in them; those of a visit stand together."""
    stock = _Stock(rows)
    free = _free(rows, inspectors)
    changes = dict(
        [
            *_deregistered(stock),
            *_apart(stock),
            *_few_inspectors(stock),
            *_other_team(stock, free),
            *_unplanned(stock),
            *_copied(stock),
            *_short(stock),
            *_published_late(stock, calendar),
            *_unpublished(stock),
        ]
    )
    return [{**row, **changes[place]} if place in changes else row for place, row in enumerate(rows)]


class _Stock:
    """Rows of which no visit is taken twice."""

    def __init__(self, rows: Sequence[Row]) -> None:
        groups = [list(own) for _, own in groupby(range(len(rows)), key=lambda place: rows[place]["visit"])]
        self.rows = rows
        self.visits = tuple(range(own[0], own[-1] + 1) for own in groups)
        self.used: set[Visit] = set()

    def take(self, rule: str, suits: Callable[[Visit], bool]) -> list[Visit]:
        """As many visits as are planted for a rule, spread over those that suit and are not taken yet."""
        fitting = [i for i, visit in enumerate(self.visits) if visit not in self.used and suits(visit)]
        taken = [self.visits[i] for i in spaced(fitting, PLANTED[rule])]
        self.used.update(taken)
        return taken

    def alone(self, visit: Visit, *modes: str) -> bool:
        """Whether a visit is one check, of such a mode, and somebody was there."""
        return len(visit) == 1 and self.rows[visit[0]]["mode"] in modes and self.traced(visit)

    def traced(self, visit: Visit) -> bool:
        """Whether the enterprise was found."""
        return all(self.rows[place]["result"] != "untraceable" for place in visit)


def _free(rows: Sequence[Row], inspectors: Register) -> Callable[[Row], str]:
    """Who of the same department has nothing to do on the day of a row: the last in the order of the register."""
    busy = {(row["arrived"][:_DAY], person) for row in rows for person in row["inspectors"].split(SEPARATOR)}
    codes, departments = inspectors.codes("department")
    department = {person: departments[code] for person, code in zip(inspectors, codes.tolist(), strict=True)}

    def colleague(row: Row) -> str:
        own = [person for person, other in department.items() if other == row["department"]]
        return next(person for person in reversed(own) if (row["arrived"][:_DAY], person) not in busy)

    return colleague


# ---- one function a kind


def _deregistered(stock: _Stock) -> Iterator[Change]:
    """An enterprise that does not exist any more was checked as if it did."""
    for visit in stock.take("quality-deregistered", stock.traced):
        yield from ((place, {"status": _GONE}) for place in visit)


def _apart(stock: _Stock) -> Iterator[Change]:
    """The last department of a joint visit came in the evening; on one visit a day, so that nobody is in two places."""
    evenings: set[str] = set()

    def suits(visit: Visit) -> bool:
        day, hour = stock.rows[visit[0]]["arrived"].split("T")
        if len(visit) < 2 or not stock.traced(visit) or hour >= _LAST_HOUR or day in evenings:
            return False
        evenings.add(day)
        return True

    for visit in stock.take("quality-apart", suits):
        day = stock.rows[visit[-1]]["arrived"][:_DAY]
        yield visit[-1], {"arrived": day + _EVENING[0], "left": day + _EVENING[1]}


def _few_inspectors(stock: _Stock) -> Iterator[Change]:
    """One person checked alone."""
    for visit in stock.take("quality-few-inspectors", lambda visit: stock.alone(visit, "special", "patrol")):
        yield visit[0], {"inspectors": stock.rows[visit[0]]["inspectors"].split(SEPARATOR)[0]}


def _other_team(stock: _Stock, colleague: Callable[[Row], str]) -> Iterator[Change]:
    """A colleague went for somebody who had been dealt, and nobody stated why."""
    for visit in stock.take("quality-other-team", lambda visit: stock.alone(visit, RANDOM)):
        row = stock.rows[visit[0]]
        yield visit[0], {"inspectors": SEPARATOR.join([row["inspectors"].split(SEPARATOR)[0], colleague(row)])}


def _unplanned(stock: _Stock) -> Iterator[Change]:
    """A visit without a plan (无计划不检查)."""
    for visit in stock.take("quality-unplanned", lambda visit: stock.alone(visit, "patrol")):
        yield visit[0], {"plan": ""}


def _copied(stock: _Stock) -> Iterator[Change]:
    """Two people wrote the same at six enterprises."""
    teams: dict[str, dict[str, Visit]] = {}
    for visit in stock.visits:
        if visit not in stock.used and stock.alone(visit, "special", "patrol"):
            row = stock.rows[visit[0]]
            teams.setdefault(row["inspectors"], {}).setdefault(row["enterprise"], visit)
    busy = [own for _, own in sorted(teams.items()) if len(own) >= _COPIES]
    for own in busy[: PLANTED["quality-copied"]]:
        chosen = list(own.values())[:_COPIES]
        stock.used.update(chosen)
        yield from ((visit[0], {"result": "problem", "finding": _COPIED}) for visit in chosen)


def _short(stock: _Stock) -> Iterator[Change]:
    """A check that was over in the minute in which it began."""
    for visit in stock.take("quality-short", lambda visit: stock.alone(visit, RANDOM)):
        yield visit[0], {"left": stock.rows[visit[0]]["arrived"]}


def _published_late(stock: _Stock, calendar: Calendar) -> Iterator[Change]:
    """Published five working days after the last day for it."""
    for visit in stock.take("quality-published-late", lambda visit: _early(stock, visit)):
        day = stock.rows[visit[0]]["arrived"][:_DAY]
        yield visit[0], {"published": calendar.after(day, _LATE)}


def _unpublished(stock: _Stock) -> Iterator[Change]:
    """Never published."""
    for visit in stock.take("quality-unpublished", lambda visit: _early(stock, visit)):
        yield visit[0], {"published": ""}


def _early(stock: _Stock, visit: Visit) -> bool:
    return stock.rows[visit[0]]["arrived"] < _BEFORE and stock.alone(visit, RANDOM)
