"""Checks to be made: who wants to look at what, where, between which days; drawn or not (有计划应统筹).

A row is one department at one enterprise: a check of a drawn visit, of a special campaign, after a complaint. Columns
are kept as codes, so that a year of them costs little; `dual_random.cycle.errands` merges them into visits.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Final, TypeAlias, TypeVar

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from dual_random.columns import Coded, Table, code_cells, is_missing, read_cells
from dual_random.cycle.instants import grouped
from dual_random.cycle.needs import item_faults, items_cell, read_items, window_faults
from dual_random.cycle.vocabulary import LISTING
from dual_random.dates import day, day_faults
from dual_random.errors import Columns, InputError, Note
from dual_random.forms import Words, kind_faults, mapping_faults, positive_faults, refuse
from dual_random.ids import RowFault
from dual_random.populations import Codes, Flags, distinct
from dual_random.records import Record
from dual_random.tables import SEPARATOR
from dual_random.text import shown, text_fault
from dual_random.visits import Served

Days: TypeAlias = NDArray[np.int64]
Kept = TypeVar("Kept", bound=np.generic)

_NEEDED: Final = ("enterprise", "department", "items", "starts", "ends")
_OPTIONAL: Final = ("plan", "mode", "times", "leads")
_ITEMS_RULE: Final = '{"市监": ["证照", "计量"]}'


def read_only(array: NDArray[Kept]) -> NDArray[Kept]:
    """The same numbers in an array that nobody writes to."""
    kept = array.view()
    kept.flags.writeable = False
    return kept


@frozen(init=False, eq=False, repr=False)
class Checks:
    """Checks to be made, a row each, frozen and columnar.

    Checks of one plan at one enterprise in one window are one visit already: that is how the plan drew them. A plan
    that comes again has another window (see `Need.turns`).

    Args:
        table: anything whose ``table[column]`` iterates over the cells, with the columns

            * ``enterprise``, ``department``: who is visited by whom;
            * ``items``: what is looked at, several joined by ";"; one that holds a 、 and stands alone is ended by ";";
            * ``starts``, ``ends``: the first and the last day on which it may be done, as 2024-07-01;
            * ``plan``: the number of its plan; "" or no column: none;
            * ``mode``: random, special, complaint or any other word; may be "" or missing;
            * ``times``: how often its plan comes in its window (the rarer follows the more frequent), as text or as a
              whole number; 1 if missing; the rows of one visit agree;
            * ``leads``: "yes" where the department leads the visits of its plan; one of each visit.

    Raises:
        InputError: with every fault at once, each with its rows, counted from 1, and its column.

    >>> checks = Checks({"enterprise": ["E1", "E1"], "department": ["市监", "消防"], "items": ["证照;计量", "通道"],
    ...                  "starts": ["2024-07-01", "2024-07-10"], "ends": ["2024-07-31", "2024-08-09"]})
    >>> checks, checks.items[0]
    (Checks(2 checks of 1 enterprise), ('计量', '证照'))
    """

    enterprise: Coded
    department: Coded
    plan: Coded
    mode: Coded
    item_codes: Codes
    contents: tuple[tuple[str, ...], ...]
    starts: Days
    ends: Days
    times: Days
    leads: Flags
    unit: Codes

    def __init__(self, table: Table) -> None:
        cells, faults = _cells(table)
        reader = _Reader()
        coded = {name: reader.read(name, cells[name], judge) for name, judge in _JUDGES.items() if name in cells}
        refuse([*faults, *reader.told(), *_order_faults(coded, reader.wrong)])
        rows = len(coded["enterprise"].codes)
        for name in _OPTIONAL:
            coded.setdefault(name, Coded(np.zeros(rows, dtype=np.uint8), ("",)))
        codes, contents = _contents(coded["items"])
        starts, ends = (_numbers(coded[name], day) for name in ("starts", "ends"))
        unit = _units(coded)
        refuse([*_repeat_faults(unit, coded, codes), *_contrary_faults(unit, coded)])
        self.__attrs_init__(
            enterprise=coded["enterprise"],
            department=coded["department"],
            plan=coded["plan"],
            mode=coded["mode"],
            item_codes=read_only(codes),
            contents=contents,
            starts=read_only(starts),
            ends=read_only(ends),
            times=read_only(_numbers(coded["times"], _times)),
            leads=read_only(_numbers(coded["leads"], _leads) > 0),
            unit=read_only(unit),
        )

    def __len__(self) -> int:
        return len(self.starts)

    def __repr__(self) -> str:
        count, firms = len(self), len(self.enterprise.values)
        return f"Checks({count} check{'s'[: count != 1]} of {firms} enterprise{'s'[: firms != 1]})"

    @property
    def items(self) -> list[tuple[str, ...]]:
        """The items of each check, in byte order."""
        return list(map(self.contents.__getitem__, self.item_codes.tolist()))


# ---- reading


def _cells(table: Table) -> tuple[dict[str, Sequence[object]], list[Note]]:
    """The cells of the columns that are there; one that may be missing and is missing is no fault."""
    cells, faults = read_cells(table, _NEEDED)
    for name in _OPTIONAL if "enterprise" in cells else ():
        read, unread = read_cells(table, ("enterprise", name))
        cells.update(read)
        faults += [note for note in unread if note.code != "column-missing"]
    if "times" in cells:
        cells["times"] = [_whole(cell) for cell in cells["times"]]
    return cells, faults


def _whole(cell: object) -> object:
    """A whole number as text; a table with empty cells has its whole numbers as floats."""
    if type(cell) is int or (isinstance(cell, float) and cell.is_integer()):
        return str(int(cell))
    return cell


_Judge: TypeAlias = Callable[[str, str], list[Note]]


class _Reader:
    """Codes columns, and gathers what is wrong with their cells: equal faults of a column as one, with its rows."""

    def __init__(self) -> None:
        self.faults: list[RowFault] = []
        self.wrong: set[int] = set()

    def read(self, name: str, cells: Sequence[object], judge: _Judge) -> Coded:
        strange = _strange(cells)
        self._refuse(_type_faults(name, strange))
        read = code_cells(["" if row in strange else cell for row, cell in enumerate(cells)] if strange else cells, "")
        self._refuse(grouped((row, Note(note.code, name, note.params)) for row, note in read.faults))
        unread = {*strange, *(row for row, _ in read.faults)}
        for code, value in enumerate(read.coded.values):
            if notes := judge(value, name):
                rows = [row for row in np.flatnonzero(read.coded.codes == code).tolist() if row not in unread]
                self._refuse([RowFault(tuple(rows), note) for note in notes] if rows else [])
        return read.coded

    def _refuse(self, faults: Iterable[RowFault]) -> None:
        for fault in faults:
            self.faults.append(fault)
            self.wrong.update(fault.rows)

    def told(self) -> list[Note]:
        """All faults by their first row, those of a row in the order of the columns."""
        return [fault.told() for fault in sorted(self.faults, key=lambda fault: fault.rows[0])]


def _strange(cells: Sequence[object]) -> dict[int, object]:
    """The cells that are neither text nor missing, by their rows; quick where all are text."""
    if set(map(type, cells)) <= {str}:
        return {}
    return {row: cell for row, cell in enumerate(cells) if not (isinstance(cell, str) or is_missing(cell))}


def _type_faults(column: str, strange: Mapping[int, object]) -> list[RowFault]:
    """Cells that are no text, those of one type together; days and times of tables are told how to be written."""
    rows: dict[type, list[int]] = {}
    for row, cell in strange.items():
        rows.setdefault(type(cell), []).append(row)
    found = []
    for kind, of in rows.items():
        told = {"value": shown(strange[of[0]]), "type": kind.__name__}
        found.append(RowFault(tuple(of), Note("cell-date" if issubclass(kind, date) else "text-type", column, told)))
    return found


# What a column's distinct cells are asked, once they are known to be clean text.


def _name_faults(value: str, at: str) -> list[Note]:
    return [] if value else [Note("text-empty", at)]


def _no_faults(*_: str) -> list[Note]:
    return []


def _split(cell: str) -> tuple[str, ...]:
    """The items of a cell; a ";" behind the last one is none of them."""
    parts = cell.removesuffix(SEPARATOR)
    return tuple(sorted(parts.split(SEPARATOR))) if parts else ()


def _content_faults(value: str, at: str) -> list[Note]:
    if LISTING in value and SEPARATOR not in value:
        written = value.replace(LISTING, SEPARATOR)
        return [Note("cell-listed", at, {"value": shown(value), "written": shown(written), "one": shown(value + ";")})]
    return item_faults(_split(value), at)


def _times(cell: str) -> int:
    return int(cell or 1)


def _times_faults(value: str, at: str) -> list[Note]:
    digits = value.isascii() and value.isdecimal() and len(value) < 10
    return positive_faults(int(value) if digits else value, at) if value else []


def _leads(cell: str) -> int:
    return int(cell == "yes")


def _leads_faults(value: str, at: str) -> list[Note]:
    return [] if value in ("yes", "no", "") else [Note("choice", at, {"value": shown(value), "known": "yes, no"})]


_JUDGES: Final[Mapping[str, _Judge]] = {
    "enterprise": _name_faults,
    "department": _name_faults,
    "items": _content_faults,
    "starts": day_faults,
    "ends": day_faults,
    "plan": _no_faults,
    "mode": _no_faults,
    "times": _times_faults,
    "leads": _leads_faults,
}


def _numbers(column: Coded, read: Callable[[str], int]) -> Days:
    """A column of texts as numbers, read once a distinct value."""
    return np.array([read(value) for value in column.values], dtype=np.int64)[column.codes]


def _contents(column: Coded) -> tuple[Codes, tuple[tuple[str, ...], ...]]:
    """The items of each row, as the number of its content; two spellings of one content are one."""
    read = [_split(cell) for cell in column.values]
    contents = sorted(set(read))
    place = {content: i for i, content in enumerate(contents)}
    return np.array([place[content] for content in read], dtype=np.intp)[column.codes], tuple(contents)


# ---- faults of rows


def _order_faults(coded: Mapping[str, Coded], wrong: set[int]) -> list[Note]:
    """Windows that end before they start, in rows whose days can be read; dates of one form stand as their texts."""
    if not {"starts", "ends"} <= set(coded):
        return []
    starts, ends = coded["starts"], coded["ends"]
    days = sorted({*starts.values, *ends.values})
    rank = {value: i for i, value in enumerate(days)}
    first, last = (np.array([rank[value] for value in c.values], dtype=np.intp)[c.codes] for c in (starts, ends))
    rows = [row for row in np.flatnonzero(first > last).tolist() if row not in wrong]
    found = [(row, note) for row in rows for note in window_faults(days[first[row]], days[last[row]], "ends")]
    return [fault.told() for fault in grouped(found)]


def _units(coded: Mapping[str, Coded]) -> Codes:
    """The visit that each row belongs to before merging: rows of one plan, enterprise and window share it."""
    rows = len(coded["enterprise"].codes)
    plan = coded["plan"]
    planned = np.array([value != "" for value in plan.values], dtype=np.bool_)[plan.codes]
    alone = np.where(planned, 0, np.arange(1, rows + 1))
    columns = [coded[name] for name in ("enterprise", "plan", "starts", "ends")]
    table = [(column.codes, len(column.values)) for column in columns]
    return distinct([*table, (alone, rows + 1)], rows)[0]


def _repeat_faults(unit: Codes, coded: Mapping[str, Coded], contents: Codes) -> list[Note]:
    """Rows in which a department stands again in the same visit with the same items."""
    department, most = coded["department"], int(contents.max()) + 1 if len(contents) else 1
    table = [(unit, len(unit)), (department.codes, len(department.values)), (contents, most)]
    kinds, example = distinct(table, len(unit))
    if len(example) == len(unit):
        return []
    first = np.full(len(example), len(unit))
    np.minimum.at(first, kinds, np.arange(len(unit)))
    plan = coded["plan"]
    return [
        Note(
            "check-repeated",
            f"row {row + 1}",
            {
                "department": department.values[department.codes[row]],
                "plan": plan.values[plan.codes[row]],
                "first": int(first[kinds[row]]) + 1,
            },
        )
        for row in np.flatnonzero(first[kinds] != np.arange(len(unit))).tolist()
    ]


def _contrary_faults(unit: Codes, coded: Mapping[str, Coded]) -> list[Note]:
    """Rows of one visit that contradict its first one: how often its plan comes, and which department leads."""
    times, leads = coded["times"], coded["leads"]
    departments = coded["department"]
    often = _numbers(times, lambda cell: int(cell or 0))
    leading = np.where(_numbers(leads, _leads) > 0, departments.codes.astype(np.int64) + 1, 0)
    return [
        Note(
            "check-contrary",
            f"row {row + 1} ({name})",
            {"value": _cell(column, row), "first": first + 1, "other": _cell(column, first)},
        )
        for name, column, said in (("times", times, often), ("leads", departments, leading))
        for row, first in _contrary(unit, said)
    ]


def _cell(column: Coded, row: int) -> str:
    return column.values[int(column.codes[row])]


def _contrary(unit: Codes, said: Days) -> list[tuple[int, int]]:
    """Rows that say something else than the first of their unit that says anything (0 is nothing), with that one."""
    rows = np.flatnonzero(said)
    if not len(rows):
        return []
    first = np.full(int(unit.max()) + 1, len(unit))
    np.minimum.at(first, unit[rows], rows)
    earlier = first[unit[rows]]
    wrong = said[rows] != said[earlier]
    return list(zip(rows[wrong].tolist(), earlier[wrong].tolist(), strict=True))


# ---- from a draw


def record_checks(
    record: Record,
    *,
    items: Mapping[str, Words],
    windows: tuple[str, str] | Mapping[str, tuple[str, str]],
    times: int = 1,
    mode: str = "random",
) -> Columns:
    """The checks of a draw as a table for `Checks`: a row for each department of each visit.

    Args:
        record: the draw; of an amended one the visits that stand (`Record.current`).
        items: for each of its demands what is looked at; `Round.items` has it.
        windows: for each period of the plan its first and last day; a pair of days if there are no periods, or if one
            window holds for all.
        times: how often such a plan comes; `Round.times` has it.
        mode: of all of them.

    Returns:
        The columns that `Checks` reads, in the order of the record; the lead is marked.

    Raises:
        InputError: with all faults: a record that staffs an earlier one's visits, periods without a window, demands
            without items, several items in one word, windows that are none.
        VerificationError: amendments that do not fit the visits.

    >>> from dual_random import Demand, Plan, Register, SeedSource, commit, draw
    >>> source = SeedSource(source="双色球", event="2024090期", earliest="2024-08-06T21:15:00+08:00", form="0" * 7)
    >>> demands = [Demand("市监", take=1), Demand("消防", take="100%")]
    >>> plan = Plan(title="抽查", authority="海曙区", number="2024-3", seed=source, demands=demands)
    >>> enterprises = Register({"id": ["E1", "E2"]}, id="id", columns=[])
    >>> record = draw(commit(plan, enterprises), enterprises, seed="0511172").record
    >>> july = "2024-07-01", "2024-07-31"
    >>> rows = record_checks(record, items={"市监": "证照", "消防": ["通道", "喷淋"]}, windows=july)
    >>> for row in zip(rows["enterprise"], rows["department"], rows["items"], rows["leads"]):
    ...     print(*row)
    E1 市监 证照 yes
    E1 消防 喷淋;通道 no
    E2 消防 喷淋;通道 yes
    """
    refuse(kind_faults(record, Record, "record"))
    if record.commitment.plan.staffs:
        raise InputError([Note("check-staffing", "record")])
    refuse([*mapping_faults(items, _ITEMS_RULE, "items"), *_windows_faults(windows)])
    visits = _standing(record)
    used = sorted({period for _, _, period in visits})
    spans = dict(windows) if isinstance(windows, Mapping) else dict.fromkeys(used, windows)
    contents, unread = _contents_of(items)
    faults = [*unread, *_record_faults({served for _, served, _ in visits}, used, contents, spans)]
    refuse([*faults, *positive_faults(times, "times"), *_mode_faults(mode)])
    number = record.commitment.plan.number
    department = {demand.name: demand.department for demand in record.commitment.plan.demands}

    @cache
    def told(demands: tuple[str, ...], name: str) -> str:
        own = {item for demand in demands if department[demand] == name for item in contents[demand]}
        return items_cell(sorted(own))

    rows = [
        (enterprise, name, told(served.demands, name), period, "yes" if name == served.lead else "no")
        for enterprise, served, period in visits
        for name in served.departments
    ]
    return {
        "enterprise": [enterprise for enterprise, _, _, _, _ in rows],
        "department": [name for _, name, _, _, _ in rows],
        "items": [content for _, _, content, _, _ in rows],
        "plan": [number] * len(rows),
        "mode": [mode] * len(rows),
        "starts": [spans[period][0] for _, _, _, period, _ in rows],
        "ends": [spans[period][1] for _, _, _, period, _ in rows],
        "times": [times] * len(rows),
        "leads": [leads for _, _, _, _, leads in rows],
    }


def _windows_faults(windows: object) -> list[Note]:
    """Why windows are neither a pair of days, which holds for all periods, nor those of periods."""
    if isinstance(windows, Mapping) or (isinstance(windows, tuple | list) and len(windows) == 2):
        return []
    return _span_faults(windows, "windows")


def _mode_faults(mode: str) -> list[Note]:
    note = text_fault(mode, "mode", empty=True)
    return [note] if note else []


def _standing(record: Record) -> list[tuple[str, Served, str]]:
    """The visits that stand: enterprise, what for, period."""
    if record.amendments:
        return [(visit.enterprise, visit.served, visit.period) for visit in record.current]
    periods = record.periods or ("",) * len(record)
    return list(zip(record.enterprises, record.served, periods, strict=True))


def _contents_of(items: Mapping[str, Words]) -> tuple[dict[str, tuple[str, ...]], list[Note]]:
    """The items of each demand; those that are one word of several are told, and stand for themselves."""
    read: dict[str, tuple[str, ...]] = {}
    faults: list[Note] = []
    for demand, own in items.items():
        try:
            read[demand] = read_items(own, f"items.{demand}")
        except InputError as error:
            faults += error.faults
            read[demand] = (str(own),)
    return read, faults


def _record_faults(
    served: Iterable[Served],
    used: Iterable[str],
    contents: Mapping[str, tuple[str, ...]],
    spans: Mapping[str, tuple[str, str]],
) -> list[Note]:
    demands = sorted({demand for each in served for demand in each.demands})
    faults = [Note("check-items", f"items.{name}", {"demand": name}) for name in demands if name not in contents]
    faults += [note for name, own in contents.items() for note in item_faults(own, f"items.{name}")]
    faults += [Note("check-windows", "windows", {"period": period or "–"}) for period in used if period not in spans]
    for period, span in spans.items():
        faults += _span_faults(span, f"windows.{period}" if period else "windows")
    return faults


def _span_faults(span: object, at: str) -> list[Note]:
    if not (isinstance(span, tuple | list) and len(span) == 2):
        return [Note("plan-shape", at, {"rule": '("2024-07-01", "2024-07-31")', "value": shown(span)})]
    faults = day_faults(span[0], at) + day_faults(span[1], at)
    return faults or window_faults(span[0], span[1], at)
