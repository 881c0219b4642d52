"""A small round as it was drawn, the log of a clean year, and flaws to plant in it, one at a time."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Final, TypeAlias

from attrs import frozen

from districts import SEED, plan, register
from dual_random.binding import commit
from dual_random.cycle.quality import Screening, low_quality
from dual_random.dates import day, day_text
from dual_random.draws import Draw, draw
from dual_random.plans import Demand

Row: TypeAlias = dict[str, str]
Log: TypeAlias = list[Row]
Evidence: TypeAlias = Mapping[str, str | int]

DEPARTMENTS: Final = ("市监", "消防", "环保")
PERIODS: Final = {"8月": "2024-08", "9月": ("2024-09-01", "2024-09-30")}
WORKING_DAYS: Final = [day_text(d) for d in range(day("2024-07-01"), day("2025-01-31") + 1) if (d - 1) % 7 < 5]
AS_OF: Final = "2024-12-31"
COLUMNS: Final = (
    *("visit", "enterprise", "department", "mode", "plan", "joint", "due", "arrived", "left", "result", "published"),
    *("inspectors", "status", "finding"),
)
NUMBER: Final = "2024-3"
SPECIAL: Final = "2024-专1"
SPECIALS: Final = 8


@cache
def drawn(*, substitution: bool = False) -> Draw:
    """A round of three departments over forty enterprises in two periods, with teams of two."""
    rows = [{"id": f"E{n:02}", "status": "存续"} for n in range(40)]
    people = [{"id": f"{name}{n}", "department": name} for name in DEPARTMENTS for n in range(6)]
    demands = [Demand(name, take=take) for name, take in zip(DEPARTMENTS, (20, 8, 4), strict=True)]
    registers = register(rows), register(people)
    rules = plan(demands, number=NUMBER, periods=tuple(PERIODS), substitution=substitution)
    return draw(commit(rules, *registers), *registers, seed=SEED)


def clean_log(of: Draw | None = None) -> Log:
    """What a faultless district writes: every drawn visit on a day of its own, and some special ones by two people."""
    record = (of or drawn()).record
    firsts = {"8月": day("2024-08-07"), "9月": day("2024-09-01")}
    rows: Log = []
    for number, visit in enumerate(record.current):
        made = firsts[visit.period]
        firsts[visit.period] += 1
        for place, department in enumerate(visit.departments):
            told = {"visit": f"V{number:02}", "enterprise": visit.enterprise, "department": department}
            joint = "yes" if visit.joint else "no"
            people = ";".join(visit.team[department])
            rows.append({**told, **_check(made, place), "plan": NUMBER, "joint": joint, "inspectors": people})
    return rows + list(_specials())


def _specials() -> Iterator[Row]:
    for number in range(SPECIALS):
        for place, department in enumerate(("城管", "人社")):
            told = {"visit": f"S{number}", "enterprise": f"F{number}", "department": department, "mode": "special"}
            people = f"{department}1;{department}2"
            told |= {"plan": SPECIAL, "joint": "yes", "inspectors": people}
            yield {**_check(day("2024-11-04") + number, place), **told}


def _check(made: int, place: int) -> Row:
    """A check of an hour at ten o'clock, published a week later; departments arrive ten minutes apart."""
    return {
        "mode": "random",
        "due": day_text(made + 3),
        "arrived": f"{day_text(made)}T10:{10 * place:02}",
        "left": f"{day_text(made)}T11:{10 * place:02}",
        "result": "none",
        "published": day_text(made + 7),
        "status": "存续",
        "finding": "未发现问题。",
    }


def known_by(rows: Sequence[Row], as_of: str) -> Log:
    """The log as it stood on a day: of checks that were made later nothing is known."""
    unknown = dict.fromkeys(("arrived", "left", "result", "published", "finding"), "")
    return [row | (unknown if row["arrived"][:10] > as_of else {}) for row in rows]


def table(rows: Sequence[Mapping[str, str]]) -> dict[str, list[str]]:
    """Rows as a table."""
    return {name: [row[name] for row in rows] for name in COLUMNS}


def screened(rows: Log, **more: Any) -> Screening:
    """A log sifted with everything that the rules can use."""
    told: dict[str, Any] = {
        "records": [drawn().record],
        "as_of": AS_OF,
        "working_days": WORKING_DAYS,
        "periods": PERIODS,
        "register": register([{"id": f"{letter}{n:02}"[:3], "status": "存续"} for letter in "E" for n in range(40)]),
        **more,
    }
    return low_quality(table(rows), **told)


# ---- flaws


@frozen
class Flaw:
    """A flaw: what is planted on which visits, and the finding that it must give."""

    code: str
    at: str
    evidence: Evidence


@cache
def visits(count: int) -> tuple[str, ...]:
    """The drawn visits of so many departments, in byte order."""
    sizes = Counter(row["visit"] for row in clean_log() if row["visit"].startswith("V"))
    return tuple(sorted(visit for visit, size in sizes.items() if size == count))


def of(rows: Log, visit: str) -> Log:
    """The rows of a visit, by department."""
    return sorted((row for row in rows if row["visit"] == visit), key=lambda row: row["department"])


def deregistered(rows: Log) -> Flaw:
    """A special visit to a firm that is gone."""
    for row in of(rows, "S0"):
        row["status"] = "注销"
    return Flaw("quality-deregistered", "S0", {"status": "注销", "enterprise": "F0", "departments": "人社;城管"})


def apart(rows: Log) -> Flaw:
    """The second department comes after lunch."""
    row = of(rows, "S1")[0]
    row |= {"arrived": "2024-11-05T14:00", "left": "2024-11-05T15:00"}
    evidence: Evidence = {"minutes": 240, "together": 60, "first_arrived": "2024-11-05T10:00", "last": "人社"}
    return Flaw("quality-apart", "S1", evidence)


def alone(rows: Log) -> Flaw:
    """The second department does not come at all."""
    row = of(rows, "S2")[0]
    row |= dict.fromkeys(("arrived", "left", "result", "published", "finding"), "")
    return Flaw("quality-alone", "S2", {"departments": "城管", "registered": "人社;城管"})


def few(rows: Log) -> Flaw:
    """One person, named twice."""
    of(rows, "S3")[0]["inspectors"] = "人社1;人社1"
    return Flaw("quality-few-inspectors", "S3", {"inspectors": "人社1", "least": 2, "departments": "人社"})


def nobody(rows: Log) -> Flaw:
    """Nobody is named."""
    of(rows, visits(1)[0])[0]["inspectors"] = ""
    return Flaw("quality-no-inspectors", visits(1)[0], {})


def two_places(rows: Log) -> Flaw:
    """Two of the people of a visit are at another one a minute before they leave the first."""
    first, row, other = of(rows, "S4")[1], of(rows, "S5")[1], of(rows, "S5")[0]
    today = first["arrived"][:10]
    first["inspectors"], row["inspectors"], other["inspectors"] = "城管9;城管8;城管7", "城管8;城管9", "人社8;人社9"
    row |= {"arrived": f"{today}T10:59", "left": f"{today}T12:00"}
    other |= {"arrived": f"{today}T11:05", "left": f"{today}T12:00"}
    stay = f"F4 (S4) {today}T10:00/{today}T11:00"
    evidence = {"inspectors": "城管8;城管9", "elsewhere": f"城管8: {stay}; 城管9: {stay}", "departments": "城管"}
    return Flaw("quality-two-places", "S5", evidence)


def unplanned(rows: Log) -> Flaw:
    """A special visit without a plan."""
    for row in of(rows, "S6"):
        row["plan"] = ""
    return Flaw("quality-unplanned", "S6", {"mode": "special", "plan": "", "departments": "人社;城管"})


def copied(rows: Log) -> Flaw:
    """Five reports of one team, word for word."""
    own = [row for row in rows if row["visit"] in ("S0", "S1", "S2", "S3", "S7") and row["department"] == "城管"]
    for row in own:
        row["finding"] = "灭火器压力不足，已责令更换"
    evidence: Evidence = {
        "count": 5,
        "enterprises": "F0;F1;F2;F3;F7",
        "visits": "S0;S1;S2;S3;S7",
        "inspectors": "城管1;城管2",
    }
    return Flaw("quality-copied", "S0", evidence)


def short(rows: Log) -> Flaw:
    """In and out."""
    row = of(rows, visits(1)[1])[0]
    row["left"] = f"{row['arrived'][:10]}T10:04"
    return Flaw("quality-short", row["visit"], {"minutes": 4, "shortest": 5, "departments": row["department"]})


def long(rows: Log) -> Flaw:
    """From ten in the morning until after ten at night."""
    row = of(rows, visits(1)[2])[0]
    row["left"] = f"{row['arrived'][:10]}T22:01"
    return Flaw("quality-long", row["visit"], {"minutes": 721, "longest": 720, "departments": row["department"]})


def late(rows: Log) -> Flaw:
    """Published on the 21st working day."""
    row = of(rows, visits(1)[3])[0]
    after = [each for each in WORKING_DAYS if each > row["arrived"][:10]]
    row["published"] = after[20]
    return Flaw("quality-published-late", row["visit"], {"last": after[19], "published": after[20], "within": 20})


def unpublished(rows: Log) -> Flaw:
    """Not published at all."""
    row = of(rows, visits(1)[4])[0]
    row["published"] = ""
    after = [each for each in WORKING_DAYS if each > row["arrived"][:10]]
    return Flaw("quality-unpublished", row["visit"], {"last": after[19], "as_of": AS_OF})


def split(rows: Log) -> Flaw:
    """A joint visit in two parts."""
    first, second = of(rows, visits(2)[0])
    second["visit"] += "b"
    first["joint"] = second["joint"] = "no"
    told = {"visits": f"{first['visit']};{second['visit']}"}
    return Flaw(
        "quality-split", first["visit"], {**told, "departments": f"{first['department']};{second['department']}"}
    )


def other_team(rows: Log) -> Flaw:
    """One of two people stays at home, and somebody else goes."""
    row = of(rows, visits(1)[5])[0]
    keeps, stays = row["inspectors"].split(";")
    row["inspectors"] = f"替班;{keeps}"
    evidence = {"instead": "替班", "missing": stays, "dealt": ";".join(sorted([keeps, stays]))}
    return Flaw("quality-other-team", row["visit"], {**evidence, "came": ";".join(sorted([keeps, "替班"]))})


def _undrawn() -> str:
    return min(set(drawn().enterprises) - set(drawn().record))


def undrawn(rows: Log) -> Flaw:
    """A firm that was not drawn, under the number of the draw."""
    row = {**of(rows, "S7")[0], **_check(day("2024-08-28"), 0), "visit": "X1", "enterprise": _undrawn(), "plan": NUMBER}
    rows.append({**row, "joint": "no"})
    return Flaw("quality-undrawn", "X1", {"enterprise": _undrawn(), "departments": "人社", "plan": NUMBER})


def undrawn_department(rows: Log) -> Flaw:
    """A department that comes along."""
    visit = visits(2)[1]
    first = of(rows, visit)[0]
    rows.append({**first, "department": "城管", "inspectors": "城管5;城管6"})
    names = [row["department"] for row in of(rows, visit) if row["department"] != "城管"]
    return Flaw("quality-undrawn-department", visit, {"departments": "城管", "drawn": ";".join(names)})


def never_visited(rows: Log) -> Flaw:
    """A drawn visit that no one pays."""
    gone = of(rows, visits(2)[2])
    for row in gone:
        rows.remove(row)
    names = ";".join(row["department"] for row in gone)
    return Flaw("quality-never-visited", gone[0]["enterprise"], {"visit": "", "departments": names, "came": ""})


def never_came(rows: Log) -> Flaw:
    """A drawn department that is left out of the log."""
    first, second = of(rows, visits(2)[3])
    rows.remove(second)
    first["joint"] = "no"
    evidence = {"departments": second["department"], "came": first["department"], "plan": NUMBER}
    return Flaw("quality-never-came", first["enterprise"], evidence)


def other_period(rows: Log) -> Flaw:
    """A visit of August in October."""
    row = next(row for row in rows if row["visit"] == visits(1)[6])
    row |= _check(day("2024-10-10"), 0)
    period = drawn().record[row["enterprise"]].period
    span = {"8月": "2024-08-01/2024-08-31", "9月": "2024-09-01/2024-09-30"}[period]
    return Flaw("quality-other-period", row["visit"], {"periods": f"{period} {span}", "arrived": "2024-10-10"})


FLAWS: Final[tuple[Callable[[Log], Flaw], ...]] = (
    *(deregistered, apart, alone, split, few, nobody, other_team, two_places, unplanned, undrawn, undrawn_department),
    *(never_visited, never_came, other_period, copied, short, long, late, unpublished),
)
