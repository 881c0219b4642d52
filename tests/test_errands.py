"""Checks merged into visits: the rule against a literal reading, nothing lost, fewest where that can be shown."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import chain, combinations
from random import Random
from typing import Any, TypeAlias

import pandas
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dual_random.binding import commit
from dual_random.cycle.calendars import Calendar
from dual_random.cycle.checks import Checks, record_checks
from dual_random.cycle.errands import Errands, merge_visits
from dual_random.dates import day, day_text
from dual_random.draws import draw
from dual_random.errors import Columns, InputError
from dual_random.plans import Demand, Plan, SeedSource
from dual_random.records import Record
from dual_random.registers import Register

quick = settings(deadline=None, derandomize=True, max_examples=80)

FIRST = day("2024-02-25")
NAMES = ("enterprise", "department", "items", "plan", "mode", "starts", "ends", "times", "leads")

Row: TypeAlias = tuple[str, str, str, str, str, str, str, str, str]
Group: TypeAlias = list[list[str]]


def table(rows: Sequence[Row]) -> dict[str, list[str]]:
    """Rows as columns."""
    return {name: [row[i] for row in rows] for i, name in enumerate(NAMES)}


@st.composite
def rows_of(draw: st.DrawFn) -> list[Row]:
    """Checks at few enterprises in few days; rows that one plan would have twice are left out."""
    rows: dict[tuple[str, ...], Row] = {}
    for place in range(draw(st.integers(0, 12))):
        plan = draw(st.sampled_from(["", "P1", "P1", "P2", "P3"]))
        any_window = st.tuples(st.integers(0, 9), st.integers(0, 9)).map(sorted)
        first, last = draw(st.sampled_from([(0, 4), (3, 9)]) if plan else any_window)
        row = (
            draw(st.sampled_from(["E1", "E1", "E2", "企业"])),
            draw(st.sampled_from(["市监", "消防", "环保"])),
            draw(st.sampled_from(["a", "b", "b;a", "c", "d;c"])),
            plan,
            draw(st.sampled_from(["random", "special", ""])),
            day_text(FIRST + first),
            day_text(FIRST + last),
            draw(st.sampled_from(["", "1", "2", "3"])),
            draw(st.sampled_from(["", "yes", "no"])),
        )
        same = (row[0], row[1], row[3], row[5], row[6], "".join(sorted(row[2])))
        rows.setdefault(same if row[3] else (*same, str(place)), row)
    return agreed(list(rows.values()))


def agreed(rows: list[Row]) -> list[Row]:
    """Rows of which no visit has two frequencies or two leads: the first that is told holds for all."""
    times: dict[tuple[str, ...], str] = {}
    leads: dict[tuple[str, ...], str] = {}
    kept: list[Row] = []
    for place, row in enumerate(rows):
        unit = (row[0], row[3], row[5], row[6], "" if row[3] else str(place))
        often = times.setdefault(unit, row[7]) if row[7] else ""
        leading = leads.setdefault(unit, row[1]) if row[8] == "yes" else ""
        kept.append((*row[:7], often, "no" if leading not in ("", row[1]) else row[8]))
    return kept


GROUPS: st.SearchStrategy[Group] = st.lists(
    st.lists(st.sampled_from("abcde"), min_size=2, max_size=3, unique=True), max_size=2
)


def days_of(row: Row) -> set[int]:
    """The days on which a check may be made."""
    return set(range(day(row[5]), day(row[6]) + 1))


# ---- the rule, read literally


def units_of(rows: Sequence[Row]) -> list[list[Row]]:
    """What is one visit already: rows of one plan, enterprise and window; every other row by itself."""
    planned: defaultdict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in rows:
        if row[3]:
            planned[row[0], row[3], row[5], row[6]].append(row)
    return [*planned.values(), *([row] for row in rows if not row[3])]


def inner(row: Row) -> tuple[bool, bytes, list[str], bytes]:
    """The order of rows inside of a unit, and of unplanned ones: who leads, department, items, mode."""
    return row[8] != "yes", row[1].encode(), sorted(row[2].split(";")), row[4].encode()


def unit_key(unit: list[Row]) -> tuple[object, ...]:
    """Rule 2."""
    first = min(unit, key=inner)
    times = max(int(row[7] or 1) for row in unit)
    return -times, days_of(first) and max(days_of(first)), -min(days_of(first)), not first[3], first[3], *inner(first)


def related(one: list[Row], other: list[Row], groups: Group) -> bool:
    """An item in common, or two items of one group."""
    mine = {item for row in one for item in row[2].split(";")}
    theirs = {item for row in other for item in row[2].split(";")}
    return bool(mine & theirs) or any(mine & set(group) and theirs & set(group) for group in groups)


Literal: TypeAlias = list[tuple[str, str, list[int], list[Row]]]


def literal(rows: Sequence[Row], groups: Group, days: int, working: set[int] | None = None) -> Literal:
    """The visits: enterprise, who leads, days in common, rows; of `working` days, if told, so many in common."""
    told: Literal = []
    for enterprise in {row[0] for row in rows}:
        visits: list[tuple[list[list[Row]], set[int]]] = []
        here = [unit for unit in units_of(rows) if unit[0][0] == enterprise]
        for unit in sorted(here, key=unit_key):
            best = None
            for place, (units, common) in enumerate(visits):
                shared = common & days_of(unit[0])
                plans = {own[0][3] for own in units if own[0][3]}
                if len(shared) >= days and unit[0][3] not in plans and related(unit, units[0], groups):
                    rank = (-max(int(row[7] or 1) for row in units[0]), -len(shared), place)
                    best = min(best, rank) if best else rank
            if best:
                units, common = visits[best[2]]
                units.append(unit)
                common &= days_of(unit[0])
            else:
                visits.append(([unit], days_of(unit[0]) & (working or days_of(unit[0]))))
        for units, common in visits:
            leading = next((own for own in units if own[0][3]), units[0])
            together = sorted(chain.from_iterable(units))
            told.append((enterprise, min(leading, key=inner)[1], sorted(common), together))
    return sorted(told)


def told(merged: Errands, rows: Sequence[Row]) -> Literal:
    """The visits in the same words."""
    own: list[list[Row]] = [[] for _ in range(len(merged))]
    for place, row in zip(merged.visit.tolist(), rows, strict=True):
        own[place].append(row)
    columns = zip(merged.enterprises, merged.leads, merged.starts.tolist(), merged.ends.tolist(), own, strict=True)
    return sorted((e, lead, list(range(a, b + 1)), sorted(there)) for e, lead, a, b, there in columns)


@quick
@given(rows_of(), GROUPS, st.integers(1, 3))
def test_the_rule_read_literally(rows: list[Row], groups: Group, days: int) -> None:
    """Visits, windows and leads are those of a reading with sets."""
    assert told(merge_visits(table(rows), related=groups, days=days), rows) == literal(rows, groups, days)


@quick
@given(rows_of(), GROUPS, st.integers(1, 3), st.sets(st.integers(0, 9), min_size=1))
def test_the_rule_counted_in_working_days(rows: list[Row], groups: Group, days: int, worked: set[int]) -> None:
    """With a calendar days in common are working days; windows without one, or outside of it, are refused."""
    working = {FIRST + each for each in worked}
    calendar = Calendar([*map(day_text, sorted(working)), "2024-02-01", "2024-03-31"])
    idle = {row[5:7] for row in rows if not days_of(row) & working}
    if idle:
        with pytest.raises(InputError) as caught:
            merge_visits(table(rows), related=groups, days=days, calendar=calendar)
        assert [note.code for note in caught.value.faults] == ["window-idle"] * len(idle)
        rows = [row for row in rows if row[5:7] not in idle]
    found = merge_visits(table(rows), related=groups, days=days, calendar=calendar)
    visits = [
        (name, lead, [on for on in common if on in working], own) for name, lead, common, own in told(found, rows)
    ]
    assert sorted(visits) == literal(rows, groups, days, working)
    for starts, ends, own in zip(found.starts.tolist(), found.ends.tolist(), found.ids, strict=True):
        together = [days_of(row) for row, at in zip(rows, found.visit.tolist(), strict=True) if found.ids[at] == own]
        assert set(range(starts, ends + 1)) == set.intersection(*together)


def test_a_weekend_in_common_is_no_day_in_common() -> None:
    """Saturday and Sunday are two days, and none on which anybody works."""
    rows = [
        row("市监", "a", window=("2024-07-01", "2024-07-07")),
        row("消防", "a", window=("2024-07-06", "2024-07-31")),
    ]
    calendar = Calendar([day_text(day("2024-07-01") + i) for i in range(31) if i % 7 < 5])
    assert len(merge_visits(table(rows))) == 1
    assert len(merge_visits(table(rows), calendar=calendar)) == 2
    late = [
        row("市监", "a", window=("2024-07-01", "2024-08-07")),
        row("消防", "a", window=("2024-07-06", "2024-07-07")),
    ]
    with pytest.raises(InputError) as caught:
        merge_visits(table([*late, late[1]]), calendar=calendar)
    assert [(n.code, n.at) for n in caught.value.faults] == [("calendar-outside", "row 1"), ("window-idle", "row 2")]
    with pytest.raises(InputError):
        merge_visits(table(rows), calendar=["2024-07-01"])  # type: ignore[arg-type]


@quick
@given(rows_of(), GROUPS, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_is_no_rule(rows: list[Row], groups: Group, chance: Random) -> None:
    """Rows in another order give the same table of visits."""
    shuffled = chance.sample(rows, len(rows))
    assert merge_visits(table(shuffled), related=groups).table() == merge_visits(table(rows), related=groups).table()


@quick
@given(rows_of(), GROUPS)
def test_nothing_is_lost(rows: list[Row], groups: Group) -> None:
    """Each check has one visit, at its enterprise, in its window, with its department, items, plan and mode."""
    merged = merge_visits(table(rows), related=groups)
    for row, place in zip(rows, merged.visit.tolist(), strict=True):
        assert merged.enterprises[place] == row[0]
        assert set(range(merged.starts[place], merged.ends[place] + 1)) <= days_of(row)
        assert row[1] in merged.departments[place]
        assert set(row[2].split(";")) <= set(merged.items[place])
        assert row[3] in (*merged.plans[place], "")
        assert row[4] in (*merged.modes[place], "")
    for place in range(len(merged)):
        own = [row for row, visit in zip(rows, merged.visit.tolist(), strict=True) if visit == place]
        assert own
        assert merged.departments[place] == tuple(sorted({row[1] for row in own}))
        assert merged.items[place] == tuple(sorted({item for row in own for item in row[2].split(";")}))
        assert merged.plans[place] == tuple(sorted({row[3] for row in own} - {""}))
        assert merged.modes[place] == tuple(sorted({row[4] for row in own} - {""}))
        assert merged.leads[place] in merged.departments[place]
    assert merged.before == len(units_of(rows))
    assert len(merged) <= merged.before <= len(merged.checks) == len(rows)
    assert merged.interruptions_avoided == sum(map(len, merged.departments)) - len(merged)
    assert merged.joint == sum(len(departments) > 1 for departments in merged.departments)


@quick
@given(rows_of(), GROUPS)
def test_what_a_plan_drew_together_stays_together(rows: list[Row], groups: Group) -> None:
    """Checks of one plan in one window share a visit; those of one plan in two windows never do."""
    visit = merge_visits(table(rows), related=groups).visit.tolist()
    for (one, first), (other, second) in combinations(zip(rows, visit, strict=True), 2):
        if one[3] and (one[0], one[3]) == (other[0], other[3]):
            assert (first == second) == (one[5:7] == other[5:7])


@quick
@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)).map(sorted), min_size=1, max_size=9))
def test_fewest_visits_where_only_windows_count(windows: list[list[int]]) -> None:
    """All related, equally often, not planned: as many visits as days are needed so that each window has one."""
    rows: list[Row] = [
        ("E1", f"部门{i}", "a", "", "", day_text(FIRST + first), day_text(FIRST + last), "", "")
        for i, (first, last) in enumerate(windows)
    ]
    fewest = next(
        count
        for count in range(1, 9)
        if any(
            all(any(first <= point <= last for point in points) for first, last in windows)
            for points in combinations(range(8), count)
        )
    )
    assert len(merge_visits(table(rows))) == fewest


# ---- by hand

JULY = ("2024-07-01", "2024-07-31")


def row(department: str, items: str, plan: str = "", *, window: tuple[str, str] = JULY, times: str = "") -> Row:
    """A check at E1."""
    return ("E1", department, items, plan, "random" if plan else "complaint", *window, times, "")


def test_a_complaint_joins_the_drawn_visit_which_leads() -> None:
    """The complaint has the earlier last day and so the window; the plan's department leads, unless told otherwise."""
    rows = [row("市监", "证照", "2024-3"), row("消防", "通道;证照", window=("2024-07-10", "2024-07-12"))]
    merged = merge_visits(table(rows))
    assert merged.table() == {
        "visit": ["E1/1"],
        "enterprise": ["E1"],
        "departments": ["市监;消防"],
        "lead": ["市监"],
        "items": ["证照;通道"],
        "plans": ["2024-3"],
        "modes": ["complaint;random"],
        "starts": ["2024-07-10"],
        "ends": ["2024-07-12"],
        "checks": [2],
    }
    assert merge_visits(table(rows), leads=["环保", "消防", "市监"]).leads == ("消防",)
    assert repr(merged) == "Errands(2 checks: 2 visits before, 1 after)"
    chinese = merged.table(lang="zh")
    assert list(chinese.values()) == list(merged.table().values())
    assert not set(chinese) & set(merged.table())


def test_the_yearly_check_follows_the_monthly_one() -> None:
    """Of twelve visits a year the check once a year joins the first of those with most days in common."""
    months = [(f"2024-{m:02d}-01", f"2024-{m:02d}-28") for m in (1, 2, 3)]
    rows = [row("市监", "证照", f"P{i}", window=months[i], times="12") for i in range(3)]
    rows.append(row("消防", "证照", "Q", window=("2024-01-20", "2024-03-31")))
    assert merge_visits(table(rows)).departments == (("市监",), ("市监", "消防"), ("市监",))


def test_planned_checks_come_before_others_of_the_same_window() -> None:
    """Two plans with unrelated content stay two visits, though a complaint is related to both."""
    rows = [row("人社", "a;b"), row("市监", "a", "P"), row("环保", "b", "Q")]
    assert merge_visits(table(rows)).plans == (("P",), ("Q",))
    assert len(merge_visits(table([rows[0], *(row(*each[1:3]) for each in rows[1:])]))) == 1


def test_the_content_of_all_departments_of_a_visit_counts() -> None:
    """A drawn joint visit is related by what any of its departments looks at, first or last."""
    for items in ("a", "b", "c"):
        rows = [row("市监", "a", "P"), row("消防", "b", "P"), row("环保", "c", "P"), row("人社", items)]
        assert len(merge_visits(table(rows))) == 1


def test_names_of_visits_count_within_an_enterprise() -> None:
    """Each enterprise counts its visits from 1 in the order of their windows; other enterprises change no name."""
    later = [row("市监", "a", window=("2024-08-01", "2024-08-02")), row("环保", "b"), row("消防", "c")]
    other: Row = ("E0", "市监", "a", "", "", *JULY, "", "")
    assert merge_visits(table([*later, other])).ids == ("E0/1", "E1/1", "E1/2", "E1/3")
    nested = [
        row("市监", "a", window=("2024-07-01", "2024-07-09")),
        row("环保", "b", window=("2024-07-02", "2024-07-03")),
    ]
    assert merge_visits(table(nested)).departments == (("市监",), ("环保",))
    assert merge_visits(table(later)).starts.tolist() == [day("2024-07-01")] * 2 + [day("2024-08-01")]


def test_all_faults_of_a_table_at_once() -> None:
    """Each with its row and column; contradictory windows among them."""
    rows: list[tuple[object, ...]] = [
        ("E1", "市监", "a", "P", "", "2024-07-01", "2024-07-31", "1", ""),
        ("", "市监 ", "", "P", "", "2024-07-01", "2024-06-30", "1", ""),
        (8, 7, "a;a", "P", "", "2024-7-1", "2024-07-31", "0", "ja"),
        ("E2", "市监", "a;;b", "P", "", "2024-07-31", "2024-07-01", "1.5", ""),
        ("E2", "市监", "a", "P", "", "2024-07-31", "2024-07-01", 2, "no"),
    ]
    with pytest.raises(InputError) as caught:
        Checks({name: [row[i] for row in rows] for i, name in enumerate(NAMES)})
    assert sorted((note.at, note.code) for note in caught.value.faults) == [
        ("row 2 (department)", "text-space"),
        ("row 2 (enterprise)", "text-empty"),
        ("row 2 (items)", "items-missing"),
        ("row 3 (department)", "text-type"),
        ("row 3 (enterprise)", "text-type"),
        ("row 3 (items)", "name-repeated"),
        ("row 3 (leads)", "choice"),
        ("row 3 (starts)", "day-form"),
        ("row 3 (times)", "positive-form"),
        ("row 4 (items[0])", "text-empty"),
        ("row 4 (times)", "positive-form"),
        ("row 5 (ends)", "window-reversed"),
    ]


def test_equal_faults_of_rows_are_one() -> None:
    """A word that is wrong in several rows is one fault; so are days that are no text, with the way to write them."""
    days = pandas.to_datetime(["2024-07-01", "2024-07-02", "2024-07-03"])
    columns: dict[str, list[object]] = {
        "enterprise": ["E1", "E2", "E3"],
        "department": ["市监"] * 3,
        "items": ["证照"] * 3,
        "starts": [*days],
        "ends": ["2024-07-31", "31.7.", "31.7."],
        "leads": ["ja", "yes", "ja"],
    }
    with pytest.raises(InputError) as caught:
        Checks(pandas.DataFrame(columns))
    assert [(note.at, note.code) for note in caught.value.faults] == [
        ("rows 1, 2, 3 (starts)", "cell-date"),
        ("rows 1, 3 (leads)", "choice"),
        ("rows 2, 3 (ends)", "day-form"),
    ]
    assert '.dt.strftime("%Y-%m-%d")' in str(caught.value)


def test_whole_numbers_of_times_may_be_floats() -> None:
    """A table with empty cells has 2.0 for 2; other floats are refused."""
    rows = {name: cells * 3 for name, cells in table([row("市监", "a", "P")]).items()} | {
        "enterprise": ["E1", "E2", "E3"]
    }
    read = Checks({**rows, "times": [2.0, float("nan"), 1]})
    assert read.times.tolist() == [2, 1, 1]
    with pytest.raises(InputError) as caught:
        Checks({**rows, "times": [2.5, float("inf"), 1.0]})
    assert [(note.at, note.code) for note in caught.value.faults] == [("rows 1, 2 (times)", "text-type")]


def test_a_cell_with_an_enumeration_comma_says_what_it_is() -> None:
    """Several items are joined by a semicolon; one that holds such a comma and stands alone is ended by one."""
    cells = ["证照、食品", "甲、乙;丙", "甲、乙;", "证照\uff0c食品"]
    rows = [("E1", f"部门{i}", cell, "", "", "2024-07-01", "2024-07-31", "", "") for i, cell in enumerate(cells)]
    with pytest.raises(InputError) as caught:
        Checks(table(rows))
    assert [(note.at, note.code) for note in caught.value.faults] == [
        ("row 1 (items)", "cell-listed"),
        ("row 4 (items[0])", "item-joined"),
    ]
    assert "'证照;食品' for several, '证照、食品;' for one" in str(caught.value)
    assert Checks(table(rows[1:3])).items == [("丙", "甲、乙"), ("甲、乙",)]


def test_a_check_that_stands_twice_in_its_plan_is_refused() -> None:
    """Same enterprise, plan, window, department, items, however spelled; other items or no plan are no repetition."""
    rows = [row("市监", "a;b", "P"), row("市监", "a", "P"), row("市监", "b;a", "P"), row("市监", "a"), row("市监", "a")]
    with pytest.raises(InputError) as caught:
        Checks(table(rows))
    assert [(note.code, note.at, note.params["first"]) for note in caught.value.faults] == [
        ("check-repeated", "row 3", 1)
    ]
    merged = merge_visits(table(rows[:2] + rows[3:]))
    assert (merged.before, len(merged), merged.departments) == (3, 1, (("市监",),))


def test_missing_columns() -> None:
    """Those that may be missing have their defaults; those that are needed are named all at once."""
    whole = table([row("市监", "a", "P"), row("消防", "a")])
    few = {name: whole[name] for name in ("enterprise", "department", "items", "starts", "ends")}
    merged = merge_visits(few)
    assert (merged.plans, merged.modes, merged.checks.times.tolist()) == (((),), ((),), [1, 1])
    with pytest.raises(InputError) as caught:
        Checks({"enterprise": ["E1"], "starts": ["2024-07-01", "2024-07-02"], "times": [1, 2]})
    found = sorted((note.code, note.at) for note in caught.value.faults)
    assert found == [
        ("column-length", "starts"),
        ("column-length", "times"),
        ("column-missing", "department"),
        ("column-missing", "ends"),
        ("column-missing", "items"),
    ]


def test_a_data_frame_reads_as_its_lists() -> None:
    """Numbers in the column of times, and missing values in optional columns, are read."""
    whole = table([row("市监", "a", "P"), row("消防", "a")])
    frame = pandas.DataFrame({**whole, "times": [2, 1], "plan": ["P", None]})
    checks = Checks(frame)
    assert merge_visits(frame).table() == merge_visits(table([row("市监", "a", "P"), row("消防", "a")])).table()
    assert (checks.times.tolist(), checks.items, repr(checks)) == (
        [2, 1],
        [("a",), ("a",)],
        "Checks(2 checks of 1 enterprise)",
    )


def test_values_are_read_only() -> None:
    """Nobody writes into the columns."""
    merged = merge_visits(table([row("市监", "a")]))
    for array in (merged.starts, merged.ends, merged.visit, merged.checks.starts, merged.checks.times):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1


def test_faults_of_other_arguments_at_once() -> None:
    """Groups of one, leads that are no text, and days below one are told together."""
    with pytest.raises(InputError) as caught:
        merge_visits(table([row("市监", "a")]), related=["a"], leads=["", ""], days=0)
    codes = [note.code for note in caught.value.faults]
    assert codes == ["group-single", "positive-form", "text-empty", "text-empty", "name-repeated"]
    with pytest.raises(InputError):
        merge_visits(table([row("市监", "a")])).table(lang="de")  # type: ignore[arg-type]


def test_no_checks_make_no_visits() -> None:
    """An empty table is none of the faults."""
    merged = merge_visits(table([]))
    assert (len(merged), merged.before, merged.ids, merged.departments, merged.items) == (0, 0, (), (), ())
    assert merged.interruptions_avoided == 0


# ---- from a draw


def record_of(periods: Sequence[str] = (), number: str = "2024-3") -> tuple[Record, Register]:
    """Twenty enterprises, three demands of two departments."""
    firms = Register({"id": [f"E{i:02d}" for i in range(20)], "kind": ["甲", "乙"] * 10}, id="id", columns=["kind"])
    plan = Plan(
        title="联合抽查",
        authority="海曙区",
        number=number,
        seed=SeedSource(source="-", event="-", earliest="2024-01-01T00:00Z", form="0000000"),
        demands=[
            Demand("消防", where={"kind": "甲"}, take=6),
            Demand("市监", take=8),
            Demand("锅炉", department="市监", where={"kind": "乙"}, take=4),
        ],
        periods=periods,
    )
    return draw(commit(plan, firms), firms, seed="0123456").record, firms


ITEMS = {"消防": ["通道"], "市监": ["证照", "计量"], "锅炉": ["锅炉"]}


def test_an_amended_draw_becomes_the_checks_that_stand() -> None:
    """The closed firm has no check any more, its substitutes have, with the items of the demands they took over."""
    firms = Register({"id": [f"E{i:02d}" for i in range(20)]}, id="id", columns=[])
    source = SeedSource(source="-", event="-", earliest="2024-01-01T00:00Z", form="0000000")
    demands = [Demand("市监", take=8), Demand("消防", take=6)]
    plan = Plan(title="-", authority="-", number="2024-3", seed=source, demands=demands, substitution=True)
    drawn = draw(commit(plan, firms), firms, seed="0123456")
    closed = next(iter(drawn.record))
    amended = drawn.substitute(closed, reason="closed", on="2024-07-08").record
    (change,) = amended.amendments
    items = {"市监": ["证照", "计量"], "消防": ["集体商标、证明商标使用行为"]}
    rows = record_checks(amended, items=items, windows=JULY)
    told = set(zip(rows["enterprise"], rows["department"], rows["items"], strict=True))
    cells = {"市监": "计量;证照", "消防": "集体商标、证明商标使用行为;"}
    assert told == {(v.enterprise, name, cells[name]) for v in amended.current for name in v.departments}
    assert closed not in rows["enterprise"]
    assert {(taker, name, cells[name]) for name, taker in change.substitutes} <= told
    assert len(merge_visits(rows)) == len(amended.current)
    before = set(record_checks(drawn.record, items=items, windows=JULY)["enterprise"])
    assert before == set(drawn.record)


def test_items_of_a_draw_are_lists() -> None:
    """One word with an enumeration comma is refused beside all other faults."""
    record, _ = record_of()
    with pytest.raises(InputError) as caught:
        record_checks(record, items={"消防": "通道、喷淋", "市监": "证照"}, windows=JULY, times=0)
    assert sorted((note.code, note.at) for note in caught.value.faults) == [
        ("check-items", "items.锅炉"),
        ("items-listed", "items.消防"),
        ("positive-form", "times"),
    ]


def test_a_draw_becomes_checks_and_the_same_visits() -> None:
    """A row a department in a visit, with the items of its own demands; merged by themselves, they are the record."""
    record, _ = record_of(["7月", "8月"])
    spans = {"7月": JULY, "8月": ("2024-08-01", "2024-08-31")}
    rows = record_checks(record, items=ITEMS, windows=spans, times=2)
    expected: Columns = record.table("checks")
    assert (rows["enterprise"], rows["department"]) == (expected["enterprise"], expected["department"])
    assert [leads == "yes" for leads in rows["leads"]] == expected["is_lead"]
    for enterprise, department, items in zip(rows["enterprise"], rows["department"], rows["items"], strict=True):
        own = set(record[str(enterprise)].demands) & {"市监": {"市监", "锅炉"}, "消防": {"消防"}}[str(department)]
        assert items == ";".join(sorted({item for name in own for item in ITEMS[name]}))
    merged = merge_visits(rows)
    assert sorted(merged.enterprises) == sorted(record)
    for place, enterprise in enumerate(merged.enterprises):
        visit = record[enterprise]
        assert merged.departments[place] == visit.departments
        assert merged.leads[place] == visit.lead
        assert (day_text(int(merged.starts[place])), day_text(int(merged.ends[place]))) == spans[visit.period]
    assert merged.interruptions_avoided == record.interruptions_avoided
    assert set(merged.checks.times.tolist()) == {2}


def test_two_records_and_a_campaign_share_visits() -> None:
    """Where plans fall on one enterprise with related content, one visit serves both; joint visits stay joint."""
    (one, _), (other, _) = record_of(), record_of(number="2024-4")
    tables = [record_checks(record, items=ITEMS, windows=JULY) for record in (one, other)]
    both = {name: [str(cell) for own in tables for cell in own[name]] for name in tables[0]}
    merged = merge_visits(both, related=[["通道", "证照"]])
    assert merged.before == len(one) + len(other)
    assert len(merged) == len({*one, *other})
    assert [plans for plans in merged.plans if len(plans) == 2] == [("2024-3", "2024-4")] * len({*one} & {*other})


def test_faults_of_a_draw_as_checks() -> None:
    """Periods without a window, demands without items, windows that are none, and another value, all at once."""
    record, _ = record_of(["7月", "8月"])
    with pytest.raises(InputError) as caught:
        record_checks(record, items={"消防": [], "市监": "a"}, windows={"7月": JULY[::-1]}, times=0, mode=" 抽查")
    assert [(note.code, note.at) for note in caught.value.faults] == [
        ("check-items", "items.锅炉"),
        ("items-missing", "items.消防"),
        ("check-windows", "windows"),
        ("window-reversed", "windows.7月"),
        ("positive-form", "times"),
        ("text-space", "mode"),
    ]
    with pytest.raises(InputError, match="cannot be read"):
        record_checks(record, items=ITEMS, windows={"7月": JULY, "8月": "2024-08"})  # type: ignore[dict-item]


def test_a_record_that_only_staffs_is_refused() -> None:
    """Its plan has no demands, so nobody can tell what each department looks at: the earlier record is asked for."""
    record, firms = record_of()
    people = Register(
        {"id": ["p1", "p2", "p3", "p4"], "department": ["市监", "市监", "消防", "消防"]},
        id="id",
        columns=["department"],
    )
    plan = Plan(
        title="派员", authority="海曙区", number="2024-5", seed=record.commitment.plan.seed, staffs=record.digest
    )
    staffed = draw(commit(plan, firms, people, of=record), firms, people, seed="7654321", of=record).record
    with pytest.raises(InputError) as caught:
        record_checks(staffed, items=ITEMS, windows=JULY)
    assert [note.code for note in caught.value.faults] == ["check-staffing"]


def test_one_visit_has_one_frequency_and_one_lead() -> None:
    """Rows of one plan, enterprise and window that contradict each other are refused; empty cells say nothing."""
    rows = {
        "enterprise": ["E1", "E1", "E1", "E1", "E1", "E2"],
        "department": ["市监", "消防", "市监", "环保", "消防", "消防"],
        "items": ["a", "b", "c", "d", "a", "a"],
        "plan": ["P1", "P1", "P1", "P1", "", "P1"],
        "starts": [JULY[0]] * 6,
        "ends": [JULY[1]] * 6,
    }
    sound = Checks({**rows, "times": ["", "2", "2", "", "5", "7"], "leads": ["yes", "", "yes", "no", "yes", "yes"]})
    assert sound.times.tolist() == [1, 2, 2, 1, 5, 7]
    with pytest.raises(InputError) as caught:
        Checks({**rows, "times": ["", "1", "5", "", "5", "7"], "leads": ["", "yes", "no", "yes", "yes", "yes"]})
    assert [(note.code, note.at, note.params["first"]) for note in caught.value.faults] == [
        ("check-contrary", "row 3 (times)", 2),
        ("check-contrary", "row 4 (leads)", 2),
    ]
    assert [note.params["value"] for note in caught.value.faults] == ["5", "环保"]


@pytest.mark.parametrize("value", [None, [None], "x"])
def test_items_and_windows_of_a_record_are_mappings(value: Any) -> None:
    """Anything else is refused at its name; two days in a list are a window as those in a tuple are."""
    record, _ = record_of()
    with pytest.raises(InputError) as caught:
        record_checks(record, items=value, windows=value)
    assert [(note.code, note.at) for note in caught.value.faults] == [
        ("plan-shape", "items"),
        ("plan-shape", "windows"),
    ]
    days: Any = list(JULY)
    assert record_checks(record, items=ITEMS, windows=days) == record_checks(record, items=ITEMS, windows=JULY)
