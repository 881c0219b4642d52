"""Logs of what was carried out: a row for each check, that is for each department in each visit.

What indicators, findings of low quality and close-outs are counted from. A log that contradicts itself is refused with
all its faults, because a rate of contradictory rows is a number about nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import count
from typing import Final, TypeAlias, cast

import numpy as np
from attrs import field, frozen

from dual_random.columns import Coded, Table, code_cells, column_names, read_cells
from dual_random.cycle.contradictions import Rows, contradictions, is_word
from dual_random.cycle.instants import Flags, Instants, Seconds, grouped, plain_texts, read_instants
from dual_random.cycle.vocabulary import cell_faults
from dual_random.errors import InputError, Note
from dual_random.forms import Words, refuse, repeat_faults, words
from dual_random.ids import RowFault, clean_chunks
from dual_random.lines import Integers, Unsigned
from dual_random.text import shown, text_fault

NEEDED: Final = ("visit", "enterprise", "department")
TIMES: Final[Mapping[str, bool]] = {"due": False, "arrived": True, "left": True, "published": False}  # with a clock?
COLUMNS: Final = (
    *NEEDED,
    *("mode", "plan", "joint", "due", "arrived", "left", "result", "mobile", "onsite", "published", "items"),
    *("inspectors", "rules", "status", "finding"),
)
MONTH: Final = "month"  # derived from the days, so no column may be called so


@frozen(init=False, eq=False, repr=False)
class Log:
    """A log of visits with a row for each check: frozen, columns as small numbers and seconds, contradictions refused.

    A visit is one enterprise on one occasion; its rows share `visit`, and each of them is another department. What
    belongs to the visit as a whole (enterprise, mode, plan, joint) is the same in all its rows. None, NaN and empty
    text all mean: not known, or not so.

    Columns that a log must have: ``visit`` (any id), ``enterprise``, ``department``. Those it may have, and what needs
    one that it has not is left out:

    - ``mode``: ``random`` (双随机), ``special`` (专项), ``patrol`` (巡查), ``complaint`` (投诉举报) or any other text;
      these four under another name are refused, since they would be counted as none of them;
    - ``plan``: number of the plan that the visit is tied to;
    - ``joint``: ``yes`` or ``no``, registered as joint; without the column a visit of two departments or more is;
    - ``due``, ``published``: days such as 2024-07-01; ``arrived``, ``left``: times such as 2024-07-01T09:30, or days;
    - ``result``: ``none``, ``problem`` or ``untraceable``;
    - ``mobile``, ``onsite``, ``rules``: ``yes`` or ``no``: recorded on a mobile device, at the enterprise, in a task
      that uses risk classes;
    - ``items``, ``inspectors``: names joined by ``;``, never by other signs; an item with a 、 that stands alone is
      ended by ``;``;
    - ``status``: of the enterprise on the day; ``finding``: the written result.

    Args:
        table: anything whose ``table[column]`` iterates over the cells: a dict of lists, a data frame.
        columns: further columns of text to keep, such as a district.

    Attributes:
        columns: the names of the columns that the log has.
        visits: for each row the number of its visit, from 0, in the order of their first rows (read-only).
        visit_ids: the ids of the visits by number.
        unread: the columns of the table that the log does not keep, as far as the table tells them.

    Raises:
        InputError: all faults at once, each with its rows, counted from 1, and its column: no clean text, unknown
            words, names joined by another sign, no day or time, left before arrived, published before or without the
            visit, a result without arrival, a visit with two enterprises, modes, plans or words on being joint, a
            department twice in a visit.

    >>> log = Log({"visit": ["V1", "V1", "V2"], "enterprise": ["E1", "E1", "E2"],
    ...            "department": ["市监", "消防", "市监"], "arrived": ["2024-07-01T09:30", "2024-07-01T09:35", ""]})
    >>> log, log.visits.tolist(), log.codes("department")[1], log.days("arrived").tolist()
    (Log(3 checks in 2 visits), [0, 0, 1], ('市监', '消防'), [739068, 739068, -1])
    """

    columns: tuple[str, ...]
    visits: Integers
    visit_ids: tuple[str, ...]
    unread: tuple[str, ...]
    _coded: Mapping[str, Coded] = field()
    _instants: Mapping[str, Instants] = field()

    def __init__(self, table: Table, *, columns: Words = ()) -> None:
        further = words(columns)
        refuse(_argument_faults(further))
        names = tuple(dict.fromkeys((*COLUMNS, *further)))
        cells, unread = read_cells(table, names)
        optional = set(COLUMNS) - set(NEEDED) - set(further)
        faults = [note for note in unread if not (note.code == "column-missing" and note.at in optional)]
        read = _Reading(cells)
        told = [fault.told() for fault in read.faults]
        if "visit" in cells:
            told += [fault.told() for fault in contradictions(read.rows)]
        refuse(faults + told)
        unread_columns = tuple(name for name in column_names(table) if name not in cells)
        self.__attrs_init__(tuple(cells), read.visits, read.visit_ids, unread_columns, read.coded, read.instants)

    def __len__(self) -> int:
        return len(self.visits)

    def __repr__(self) -> str:
        return f"Log({len(self)} checks in {len(self.visit_ids)} visits)"

    def codes(self, column: str) -> tuple[Unsigned, tuple[str, ...]]:
        """A column of text as small numbers: for each row the number of its value, and the values.

        The values stand in byte order; only visits stand in the order of their first rows.

        Raises:
            InputError: a column that the log has not, or one of times (ask for its `seconds` or `days`).
        """
        if column == "visit":
            return self.visits.view(np.uintp), self.visit_ids
        if not isinstance(column, str) or column not in self._coded:
            raise self._unknown(column, [name for name in self.columns if name not in TIMES])
        coded = self._coded[column]
        return coded.codes, coded.values

    def seconds(self, column: str) -> Seconds:
        """A column of times in seconds as `dual_random.dates.second` counts them; -1 where the cell is empty.

        Raises:
            InputError: a column of times that the log has not.
        """
        return self._times(column).seconds

    def days(self, column: str) -> Seconds:
        """A column of times as day numbers as `dual_random.dates.day` counts them; -1 where the cell is empty.

        Raises:
            InputError: a column of times that the log has not.
        """
        return self._times(column).days

    def timed(self, column: str) -> Flags:
        """For each row whether a time of day stands in the cell, not a day alone.

        Raises:
            InputError: a column of times that the log has not.
        """
        return self._times(column).timed

    def _times(self, column: str) -> Instants:
        if not isinstance(column, str) or column not in self._instants:
            raise self._unknown(column, list(self._instants))
        return self._instants[column]

    def _unknown(self, column: object, known: Iterable[str]) -> InputError:
        params = {"column": shown(column), "known": ", ".join(known) or "–"}
        return InputError([Note("log-column-unknown", shown(column), params)])


LogTable: TypeAlias = Table | Log


def as_log(log: LogTable, columns: Words = ()) -> Log:
    """A log as it is, or one made of a table.

    Args:
        log: either.
        columns: further columns that a table must have; a log has those it was made with.
    """
    return log if isinstance(log, Log) else Log(log, columns=columns)


def _argument_faults(further: Sequence[object]) -> list[Note]:
    notes = [text_fault(name, f"columns[{i}]") for i, name in enumerate(further)]
    faults = [note for note in notes if note is not None] + repeat_faults(further, "columns")
    return faults + [Note("log-column-month", f"columns[{i}]") for i, name in enumerate(further) if name == MONTH]


class _Reading:
    """The columns of a table as a log keeps them, and what is wrong with single cells."""

    def __init__(self, cells: Mapping[str, Sequence[object]]) -> None:
        self.faults: list[RowFault] = []
        self.refused: dict[str, list[int]] = {}
        self.coded: dict[str, Coded] = {}
        self.instants: dict[str, Instants] = {}
        self.visits, self.visit_ids = self._numbered(cells.get("visit", ()))
        for column, found in cells.items():
            if column in TIMES:
                self.instants[column], faults = read_instants(found, column, clock=TIMES[column])
                self._refuse(column, faults)
            elif column != "visit":
                self.coded[column] = self._coded(column, found)

    @property
    def rows(self) -> Rows:
        return Rows(self.visits, self.visit_ids, self.coded, self.instants, self.refused)

    def _refuse(self, column: str, faults: Iterable[RowFault]) -> None:
        for fault in faults:
            self.faults.append(fault)
            self.refused.setdefault(column, []).extend(fault.rows)

    def _numbered(self, cells: Sequence[object]) -> tuple[Integers, tuple[str, ...]]:
        """Visits by the order of their first rows."""
        texts = cast(Sequence[str], cells)
        if not set(map(type, cells)) <= {str}:
            texts, strange = plain_texts(cells)
            notes = [(row, text_fault(cell, "visit")) for row, cell in strange]
            self._refuse("visit", grouped((row, note) for row, note in notes if note is not None))
        visits, ids = _numbers(texts)
        unclean = [pair for chunk in clean_chunks(ids, empty=True) for pair in chunk.faults]
        self._refuse("visit", [_fault(np.flatnonzero(visits == number), "visit", note) for number, note in unclean])
        self._refuse_empty("visit", visits == ids.index("") if "" in ids else np.zeros(len(visits), dtype=bool))
        return visits, ids

    def _coded(self, column: str, cells: Sequence[object]) -> Coded:
        read = code_cells(cells, "")
        if read.faults:
            self._refuse(column, grouped((row, Note(note.code, column, note.params)) for row, note in read.faults))
            unclean = {row for row, _ in read.faults}
            read = code_cells(["" if row in unclean else cell for row, cell in enumerate(cells)], "")
        if column in NEEDED:
            self._refuse_empty(column, is_word(read.coded, ""))
        self._refuse(column, _cell_faults(column, read.coded))
        return read.coded

    def _refuse_empty(self, column: str, empty: Flags) -> None:
        """Empty cells where a name is needed; those that were refused already are empty for that reason."""
        known = set(self.refused.get(column, ()))
        rows = [row for row in np.flatnonzero(empty).tolist() if row not in known]
        self._refuse(column, [RowFault(tuple(rows), Note("text-empty", column))] if rows else [])


def _numbers(texts: Sequence[str]) -> tuple[Integers, tuple[str, ...]]:
    """Texts numbered as they come, and what the numbers stand for."""
    numbers: defaultdict[str, int] = defaultdict(count().__next__)
    found = np.fromiter(map(numbers.__getitem__, texts), dtype=np.intp, count=len(texts))
    found.flags.writeable = False
    return found, tuple(numbers)


def _fault(rows: Integers, column: str, note: Note) -> RowFault:
    return RowFault(tuple(rows.tolist()), Note(note.code, column, note.params))


def _cell_faults(column: str, coded: Coded) -> list[RowFault]:
    """Words that a column does not know, or that look like others: one fault for each of them."""
    notes = [(number, note) for number, value in enumerate(coded.values) for note in cell_faults(column, value)]
    return [_fault(np.flatnonzero(coded.codes == number), column, note) for number, note in notes]
