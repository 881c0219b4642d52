"""The rules on quality read literally: row by row, pair by pair, with the texts of the log and nothing shared with the
library but its calendar-free dates.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import combinations
from typing import Any, Final, NamedTuple, TypeAlias

Row: TypeAlias = Mapping[str, str]
Found: TypeAlias = tuple[str, str, str]  # code, place, departments

GONE: Final = ("注销", "已注销", "吊销", "已吊销")


class Drawn(NamedTuple):
    """A visit as it was drawn."""

    enterprise: str
    departments: tuple[str, ...]
    period: str
    team: Mapping[str, Sequence[str]]


class Rules(NamedTuple):
    """What counts."""

    number: str
    drawn: Sequence[Drawn]
    periods: Mapping[str, tuple[str, str]]
    working_days: Sequence[str]
    as_of: str
    together: int
    shortest: int
    longest: int
    least: int
    copies: int
    within: int
    plain: Sequence[str]


def findings(rows: Sequence[Row], rules: Rules) -> set[Found]:
    """All findings."""
    done = [row for row in rows if row["arrived"]]
    found: set[Found] = set()
    for visit in {row["visit"] for row in rows}:
        whole = [row for row in rows if row["visit"] == visit]
        found |= set(_of_visit(visit, whole, [row for row in whole if row["arrived"]], rules))
    for row in done:
        found |= {(code, row["visit"], row["department"]) for code in _of_check(row, rules)}
    found |= set(_two_places(done)) | set(_copied(done, rules))
    found |= set(_absent(rows, done, rules)) | set(_split(done, rules))
    return found


def _names(rows: Iterable[Row]) -> str:
    return ";".join(sorted({row["department"] for row in rows}))


def _of_visit(visit: str, whole: list[Row], done: list[Row], rules: Rules) -> Iterator[Found]:
    gone = [row for row in done if row["status"] in GONE and row["result"] != "untraceable"]
    if gone:
        yield "quality-deregistered", visit, _names(gone)
    joint = whole[0]["joint"] == "yes"
    if joint and len(done) == 1:
        yield "quality-alone", visit, _names(done)
    if joint and any(_gap(one, other) > rules.together for one, other in combinations(done, 2)):
        yield "quality-apart", visit, _names(done)
    if done and not done[0]["plan"] and done[0]["mode"] != "complaint":
        yield "quality-unplanned", visit, _names(done)
    if done and done[0]["plan"] == rules.number and done[0]["mode"] in ("random", ""):
        own = [each for each in rules.drawn if each.enterprise == done[0]["enterprise"]]
        if not own:
            yield "quality-undrawn", visit, _names(done)
        strange = [row for row in done if own and row["department"] not in own[0].departments]
        if strange:
            yield "quality-undrawn-department", visit, _names(strange)


def _gap(one: Row, other: Row) -> float:
    """The fewest minutes between two arrivals; a day alone may be any second of it."""
    (low, high), (low2, high2) = _hours(one["arrived"]), _hours(other["arrived"])
    return max((low2 - high).total_seconds(), (low - high2).total_seconds()) / 60


def _hours(text: str) -> tuple[datetime, datetime]:
    start = datetime.fromisoformat(text)
    return (start, start) if "T" in text else (start, start + timedelta(days=1, seconds=-1))


def _people(row: Row) -> set[str]:
    return {name for name in row["inspectors"].split(";") if name}


def _of_check(row: Row, rules: Rules) -> Iterator[str]:
    if not _people(row):
        yield "quality-no-inspectors"
    elif len(_people(row)) < rules.least:
        yield "quality-few-inspectors"
    if "T" in row["arrived"] and "T" in row["left"]:
        stay = (datetime.fromisoformat(row["left"]) - datetime.fromisoformat(row["arrived"])).total_seconds() / 60
        if stay < rules.shortest and row["result"] != "untraceable":
            yield "quality-short"
        if stay > rules.longest:
            yield "quality-long"
    made = row["arrived"][:10]
    passed = [each for each in rules.working_days if made < each <= (row["published"] or rules.as_of)]
    last = [each for each in rules.working_days if each > made][rules.within - 1]
    if (row["published"] or rules.as_of) > last:
        assert len(passed) >= rules.within
        yield "quality-published-late" if row["published"] else "quality-unpublished"
    for visit in _visits(row, rules):
        if _people(row) and visit.team[row["department"]] and _people(row) != set(visit.team[row["department"]]):
            yield "quality-other-team"
        window = rules.periods.get(visit.period)
        if window and not window[0] <= made <= window[1]:
            yield "quality-other-period"


def _visits(row: Row, rules: Rules) -> list[Drawn]:
    """The visit that a check belongs to."""
    if row["plan"] != rules.number:
        return []
    return [e for e in rules.drawn if e.enterprise == row["enterprise"] and row["department"] in e.departments]


def _stay(row: Row) -> tuple[datetime, datetime]:
    start = datetime.fromisoformat(row["arrived"])
    least = start + timedelta(seconds=1)
    return start, max(least, datetime.fromisoformat(row["left"])) if "T" in row["left"] else least


def _two_places(done: list[Row]) -> Iterator[Found]:
    timed = [row for row in done if "T" in row["arrived"]]
    for one, other in combinations(timed, 2):
        (start, end), (start2, end2) = _stay(one), _stay(other)
        shared = _people(one) & _people(other)
        if shared and one["enterprise"] != other["enterprise"] and start < end2 and start2 < end:
            later = max(one, other, key=lambda row: (*_stay(row), row["visit"], row["department"]))
            yield "quality-two-places", later["visit"], later["department"]


def elsewhere(rows: Sequence[Row]) -> set[tuple[str, str]]:
    """Each check by somebody who was elsewhere, person by person, and the longest stay; of equal ones the first."""
    ordered = sorted(rows, key=lambda row: (*_stay(row), row["visit"]))
    found = set()
    for place, row in enumerate(ordered):
        for person in _people(row):
            others = [
                each for each in ordered[:place] if person in _people(each) and each["enterprise"] != row["enterprise"]
            ]
            rivals = [each for each in others if _stay(each)[1] > _stay(row)[0]]
            if rivals:
                longest = max(rivals, key=lambda each: _stay(each)[1])
                stay = f"{longest['enterprise']} ({longest['visit']}) {longest['arrived']}/{longest['left']}"
                found.add((row["visit"], f"{person}: {stay}"))
    return found


def _copied(done: list[Row], rules: Rules) -> Iterator[Found]:
    for text in {row["finding"] for row in done} - {""}:
        if text.strip("。").lower() in rules.plain:
            continue
        for team in {frozenset(_people(row)) for row in done if _people(row)}:
            own = [row for row in done if row["finding"] == text and _people(row) == team]
            if len({row["enterprise"] for row in own}) >= rules.copies:
                yield "quality-copied", min(row["visit"] for row in own), _names(own)


def _absent(rows: Sequence[Row], done: list[Row], rules: Rules) -> Iterator[Found]:
    for visit in rules.drawn:
        own = [row for row in rows if visit in _visits(row, rules)]
        came = {row["department"] for row in own if row in done}
        ends = {}
        for name in set(visit.departments) - came:
            due = [row["due"] for row in own if row["department"] == name and row["due"]]
            window = rules.periods.get(visit.period)
            ends[name] = max(due) if due else window[1] if window else ""
        missing = ";".join(sorted(name for name, end in ends.items() if end < rules.as_of))
        if missing and all(ends.values()):
            yield "quality-never-came" if came else "quality-never-visited", visit.enterprise, missing


def _split(done: list[Row], rules: Rules) -> Iterator[Found]:
    for visit in rules.drawn:
        own = [row for row in done if visit in _visits(row, rules)]
        came = {row["department"] for row in own}
        parts: dict[str, set[str]] = {}
        for row in own:
            parts.setdefault(row["visit"], set()).add(row["department"])
        if own and came not in parts.values():
            yield "quality-split", min(parts), _names(own)


def told(note: Any) -> Found:
    """A finding of the library in the same words."""
    return note.code, note.at, note.params["departments"]
