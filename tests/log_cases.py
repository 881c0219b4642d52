"""Logs of visits that hold together, made at will, and their indicators counted with dicts and loops."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Final, TypeAlias

from hypothesis import strategies as st

Cells: TypeAlias = dict[str, list[str]]
Row: TypeAlias = dict[str, str]
Counts: TypeAlias = dict[tuple[str, str, str], tuple[int, int]]  # (scope, name, measure) -> numerator, denominator

DEPARTMENTS: Final = ("市监", "消防", "环保")
ITEMS: Final = ("a", "b", "c")
BEGIN: Final = date(2024, 1, 30)
WORKING: Final = tuple(  # Mondays to Fridays from before the first visit to long after the last deadline
    one.isoformat() for k in range(400) if (one := date(2024, 1, 1) + timedelta(k)).weekday() < 5
)
OPTIONAL: Final = (
    *("mode", "plan", "joint", "due", "arrived", "left", "result", "mobile", "onsite", "published", "items"),
    *("inspectors", "rules"),
)


def days(most: int) -> st.SearchStrategy[str]:
    return st.integers(0, most).map(lambda k: (BEGIN + timedelta(k)).isoformat())


def moments(begin: date, minutes: int) -> st.SearchStrategy[str]:
    midnight = datetime(begin.year, begin.month, begin.day, 9)
    return st.integers(0, minutes).map(lambda k: str(midnight + timedelta(minutes=k))[:16])


@st.composite
def checks(draw: st.DrawFn, arrives: date) -> Row:
    """The cells that each department of a visit has for itself."""
    row = {
        "due": draw(st.one_of(st.just(""), days(60))),
        "mobile": draw(st.sampled_from(["yes", "no", ""])),
        "onsite": draw(st.sampled_from(["yes", "yes", "no", ""])),
        "items": draw(st.sampled_from(["", "a", "b;a", "c;d", "a; a"])),
        "inspectors": draw(st.sampled_from(["", "I1", "I1;I2", "I2;I3"])),
        "rules": draw(st.sampled_from(["yes", "yes", "no", ""])),
    }
    row |= {"arrived": "", "left": "", "result": "", "published": ""}
    if draw(st.integers(0, 3)):
        row["arrived"] = draw(st.one_of(moments(arrives, 150), st.just(arrives.isoformat())))
        row["left"] = draw(st.sampled_from(["", (arrives + timedelta(3)).isoformat()]))
        row["result"] = draw(st.sampled_from(["none", "problem", "untraceable", ""]))
        later = (arrives + timedelta(draw(st.integers(0, 45)))).isoformat()
        row["published"] = draw(st.sampled_from(["", later]))
    return row


@st.composite
def logs(draw: st.DrawFn, most: int = 7) -> Cells:
    """A log that holds together, its rows in any order."""
    rows: list[Row] = []
    for number in range(draw(st.integers(0, most))):
        arrives = BEGIN + timedelta(draw(st.integers(0, 5)))
        visit = {
            "visit": f"V{number}",
            "enterprise": draw(st.sampled_from(["E1", "E2", "E3"])),
            "mode": draw(st.sampled_from(["random", "random", "special", "patrol", ""])),
            "plan": draw(st.sampled_from(["", "P1", "P2"])),
            "joint": draw(st.sampled_from(["yes", "no", ""])),
            "street": draw(st.sampled_from(["x", "y"])),
        }
        chosen = draw(st.lists(st.sampled_from(DEPARTMENTS), min_size=1, max_size=3, unique=True))
        rows += [{**visit, "department": department, **draw(checks(arrives))} for department in chosen]
    rows = draw(st.permutations(rows))
    columns = ("visit", "enterprise", "department", *OPTIONAL, "street")
    return {column: [row[column] for row in rows] for column in columns}


def known_by(table: Mapping[str, list[str]], as_of: str) -> Cells:
    """The log as it stood on a day: of checks that were made later nothing is known."""
    later = [arrived[:10] > as_of for arrived in table["arrived"]]
    made = ("arrived", "left", "result", "published", "finding")
    return {
        column: ["" if column in made and late else cell for cell, late in zip(cells, later, strict=True)]
        for column, cells in table.items()
    }


def without(table: Mapping[str, list[str]], columns: Sequence[str]) -> Cells:
    return {column: cells for column, cells in table.items() if column not in columns}


# ---- the oracle


def named(cell: str) -> list[str]:
    return [name.strip() for name in cell.split(";") if name.strip()]


class Oracle:
    """A log as dicts, and every indicator counted by going through its rows."""

    def __init__(self, table: Mapping[str, list[str]]) -> None:
        self.columns = set(table)
        count = len(table["visit"])
        self.rows: list[Row] = [{column: cells[i] for column, cells in table.items()} for i in range(count)]
        self.visits: dict[str, list[Row]] = {}
        for row in self.rows:
            self.visits.setdefault(row["visit"], []).append(row)

    def has(self, *columns: str) -> bool:
        return self.columns >= set(columns)

    # what is said of a row or of a visit

    def done(self, row: Row) -> bool:
        return bool(row["arrived"] if self.has("arrived") else row["result"])

    def joint(self, visit: str) -> bool:
        rows = self.visits[visit]
        return rows[0]["joint"] == "yes" if self.has("joint") else len(rows) >= 2

    def together(self, visit: str, minutes: int) -> bool:
        rows = self.visits[visit]
        if len(rows) < 2 or any(len(row["arrived"]) <= 10 for row in rows):
            return False
        arrivals = sorted(datetime.fromisoformat(row["arrived"]) for row in rows)
        return arrivals[-1] - arrivals[0] <= timedelta(minutes=minutes)

    def month(self, visit: str) -> str:
        for column in ("arrived", "due"):
            found = sorted(row[column][:10] for row in self.visits[visit] if row.get(column))
            if found:
                return found[0][:7]
        return ""

    def scopes(self, row: Row, by: str) -> list[str]:
        if by == "":
            return [""]
        if by == "month":
            return [self.month(row["visit"])]
        if by in ("inspectors", "items"):
            return sorted(set(named(row[by]))) or [""]
        return [row[by]]

    # counting

    def count(
        self,
        by: str,
        *,
        together: int = 60,
        items: Sequence[str] = (),
        working_days: Sequence[str] = (),
        publish_days: int = 20,
        as_of: str = "",
    ) -> Counts:
        groups: dict[str, list[Row]] = {"": []} if by == "" else {}
        for row in self.rows:
            for scope in self.scopes(row, by):
                groups.setdefault(scope, []).append(row)
        found: Counts = {}
        for scope, rows in groups.items():
            own: dict[str, list[Row]] = {}
            for row in rows:
                own.setdefault(row["visit"], []).append(row)
            counted = _Group(self, rows, own, found, scope)
            counted.modes()
            counted.conduct(together, by)
            counted.lists(items, by)
            counted.deadlines(working_days, publish_days, as_of)
        return found


class _Group:
    def __init__(self, log: Oracle, rows: list[Row], own: dict[str, list[Row]], found: Counts, scope: str) -> None:
        self.log, self.rows, self.own, self.found, self.scope = log, rows, own, found, scope

    def visits(self, name: str, part: Callable[[str], bool], whole: Callable[[str], bool]) -> None:
        of = [visit for visit in self.own if whole(visit)]
        self.found[self.scope, name, "visits"] = (sum(part(visit) for visit in of), len(of))

    def checks(self, name: str, part: Callable[[Row], bool], whole: Callable[[Row], bool]) -> None:
        of = [row for row in self.rows if whole(row)]
        self.found[self.scope, name, "checks"] = (sum(part(row) for row in of), len(of))

    def modes(self) -> None:
        if self.log.has("mode"):
            self.visits("double-random share", self.drawn, lambda _: True)
            self.visits("joint-sampling rate", self.log.joint, self.drawn)
            self.checks(
                "joint-sampling rate", lambda row: self.log.joint(row["visit"]), lambda row: row["mode"] == "random"
            )
        if self.log.has("plan"):
            self.visits("planned share", lambda visit: self.own[visit][0]["plan"] != "", lambda _: True)

    def drawn(self, visit: str) -> bool:
        return self.own[visit][0]["mode"] == "random"

    def done(self, visit: str) -> bool:
        return any(self.log.done(row) for row in self.own[visit])

    def results(self, visit: str) -> set[str]:
        return {row["result"] for row in self.own[visit]} - {""}

    def conduct(self, together: int, by: str) -> None:
        log = self.log
        if log.has("arrived") and any(len(row["arrived"]) > 10 for row in log.rows):
            self.visits("truly-joint rate", lambda visit: log.together(visit, together), log.joint)
        if log.has("mobile", "onsite"):
            at = {visit: [row for row in rows if row["onsite"] == "yes"] for visit, rows in self.own.items()}
            self.visits(
                "mobile share",
                lambda visit: all(row["mobile"] == "yes" for row in at[visit]),
                lambda visit: bool(at[visit]),
            )
        if not (log.has("arrived") or log.has("result")):
            return
        self.visits("joint-implementation rate", log.joint, self.done)
        if by not in ("department", "inspectors", "items"):
            avoided = 0
            for visit in self.own:
                carried = sum(log.done(row) for row in log.visits[visit])
                avoided += carried - 1 if log.joint(visit) and carried else 0
            self.found[self.scope, "interruptions avoided", "checks"] = (avoided, sum(map(log.done, self.rows)))
        if log.has("result"):
            self.visits("problem-detection rate", lambda visit: "problem" in self.results(visit), self.done)
            self.visits("untraceable share", lambda visit: self.results(visit) == {"untraceable"}, self.done)
        if log.has("result", "mode") and by != "mode":
            for mode in {row["mode"] for row in log.rows}:
                self.visits(
                    f"problem-detection rate: {mode or '–'}",
                    lambda visit: "problem" in self.results(visit),
                    lambda visit, mode=mode: self.done(visit) and self.own[visit][0]["mode"] == mode,  # type: ignore[misc]
                )

    def lists(self, items: Sequence[str], by: str) -> None:
        if by not in ("", "department", "month", "plan"):
            return
        if items and self.log.has("items", "mode"):
            used = {item for row in self.rows if row["mode"] == "random" for item in named(row["items"])}
            self.found[self.scope, "item coverage", "items"] = (len(used & set(items)), len(items))
        if self.log.has("rules", "plan"):
            tasks: dict[tuple[str, str], bool] = {}
            for row in self.rows:
                if row["plan"]:
                    task = row["plan"], row["department"]
                    tasks[task] = tasks.get(task, True) and row["rules"] == "yes"
            self.found[self.scope, "credit-rule share", "tasks"] = (sum(tasks.values()), len(tasks))

    def deadlines(self, working_days: Sequence[str], publish_days: int, as_of: str) -> None:
        if self.log.has("due", "arrived"):
            self.checks(
                "on-time rate",
                lambda row: bool(row["arrived"]) and row["arrived"][:10] <= row["due"],
                lambda row: bool(row["due"]) and (not as_of or row["due"] <= as_of),
            )
        if self.log.has("published", "arrived") and working_days:
            after = {row["visit"]: sorted(one for one in working_days) for row in self.rows}

            def deadline(row: Row) -> str:
                return [one for one in after[row["visit"]] if one > row["arrived"][:10]][publish_days - 1]

            self.checks(
                "published-on-time rate",
                lambda row: bool(row["published"]) and row["published"] <= deadline(row),
                lambda row: bool(row["arrived"]) and (not as_of or deadline(row) <= as_of),
            )
