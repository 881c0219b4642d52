"""From any table to a sampling frame: ids in byte order, columns of text, every fault named, the named kinds kept out.

Nothing is repaired, and nothing depends on the order of the rows: not the frame, nor what is told of rows kept out.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Final, Self, TypeAlias

import numpy as np
from attrs import evolve, field, frozen

from dual_random.columns import Coded, CodedCells, Table, code_cells, is_missing, read_cells
from dual_random.errors import InputError, Note
from dual_random.forms import refuse
from dual_random.forms import repeat_faults as name_faults
from dual_random.ids import RowFault, alike_faults, clean_chunks, placeholder_faults, repeat_faults
from dual_random.lines import ByteOrder, Integers, Lines, byte_order
from dual_random.text import shown, text_fault

Check: TypeAlias = Callable[[str], str]

KINDS: Final = (
    "cell-missing",
    "id-alike",
    "id-placeholder",
    "id-refused",
    "id-repeated",
    "text-character",
    "text-empty",
    "text-not-nfc",
    "text-space",
    "text-type",
)


@frozen(eq=False)
class Frame:
    """A table, checked and sorted.

    Args:
        ids: in byte order.
        columns: by name, in byte order of the names; their rows stand as the ids.
        excluded: why rows were kept out, sorted by place.
    """

    ids: Lines
    columns: Mapping[str, Coded]
    excluded: tuple[Note, ...]


def read_frame(
    table: Table,
    id: str,
    columns: Sequence[str],
    *,
    null: str | None,
    alike: bool,
    check: Check | None,
    exclude: Sequence[str],
) -> Frame:
    """Read, check and sort a table; the arguments are those of `dual_random.registers.Register`.

    Raises:
        InputError: with all faults of arguments, columns, ids and cells.
    """
    faults = _argument_faults(id, columns, null, exclude, any_kind=check is not None)
    cells, unread = read_cells(table, [column for column in (id, *columns) if isinstance(column, str)])
    faults += unread
    if not isinstance(id, str) or id not in cells:
        raise InputError(faults)
    ids = _Ids.of(cells[id])
    coded = {column: code_cells(cells[column], null) for column in sorted(cells) if column in columns}
    found = ids.faults(alike, check)
    found += [fault for column, read in coded.items() for fault in ids.cell_faults(column, read)]
    stopping, out, excluded = _settled(found, frozenset(kind for kind in exclude if isinstance(kind, str)))
    refuse(faults + [fault.told() for fault in sorted(stopping, key=lambda fault: fault.rows[0])])
    return ids.frame({column: read.coded for column, read in coded.items()}, out, excluded)


def _argument_faults(
    id: object, columns: Sequence[object], null: object, exclude: Sequence[object], *, any_kind: bool
) -> list[Note]:
    named = {"id": id, **{f"columns[{i}]": column for i, column in enumerate(columns)}}
    notes = [text_fault(name, at) for at, name in named.items()]
    notes += [text_fault(null, "null", empty=True)] if null is not None else []
    notes += [text_fault(kind, f"exclude[{i}]") for i, kind in enumerate(exclude)]
    faults = [note for note in notes if note is not None]
    faults += [Note("column-id", f"columns[{i}]") for i, column in enumerate(columns) if column == "id"]
    faults += name_faults(columns, "columns")
    known = ", ".join(KINDS)
    strangers = [kind for kind in exclude if not any_kind and kind not in KINDS]
    return faults + [Note("exclude-unknown", "exclude", {"kind": shown(kind), "known": known}) for kind in strangers]


def _settled(found: list[RowFault], exclude: frozenset[str]) -> tuple[list[RowFault], set[int], tuple[Note, ...]]:
    """The faults that stop the register, the rows kept out, and why.

    A fault of a named kind keeps all its rows out. Any other fault stops the register unless all its rows are out
    anyway: so a row left alone by the exclusion of its double is never taken for the enterprise of that id.
    """
    named = [fault for fault in found if not exclude.isdisjoint(_kinds(fault.note))]
    out = {row for fault in named for row in fault.rows}
    others = [fault for fault in found if exclude.isdisjoint(_kinds(fault.note))]
    stopping = [fault for fault in others if not out.issuperset(fault.rows)]
    return stopping, out, tuple(sorted((_published(fault.note) for fault in named), key=_place))


def _published(note: Note) -> Note:
    """A reason as the commitment publishes it: what a cell shows of itself may differ from process to process."""
    params = note.params
    if note.code == "text-type":
        return Note(note.code, note.at, {**params, "value": f"<{params['type']}>"})
    if note.code.startswith("text-") and "value" in params:
        return Note(note.code, note.at, {**params, "value": ascii(params["value"])[1:-1]})
    return note


def _place(note: Note) -> tuple[str, str, tuple[tuple[str, str | int], ...]]:
    """Where a reason stands among others: no rewording of its text may change a commitment."""
    return note.at, note.code, tuple(note.params.items())  # a note's params are sorted


def _kinds(note: Note) -> tuple[str, ...]:
    """What an exclusion may call a fault: its code, and the word of the user's own check behind ``id-refused``."""
    return (note.code, str(note.params["reason"])) if note.code == "id-refused" else (note.code,)


@frozen(eq=False)
class _Ids:
    """The ids of a table: the clean ones as lines, and which row each line comes from (None: line i from row i)."""

    cells: Sequence[object]
    lines: Lines
    order: ByteOrder
    unclean: Mapping[int, Note]
    plain: bool
    rows: Integers | None = field()

    @rows.default
    def _rows(self) -> Integers | None:
        return np.delete(np.arange(len(self.cells)), list(self.unclean)) if self.unclean else None

    @classmethod
    def of(cls, cells: Sequence[object]) -> Self:
        chunks = list(clean_chunks(cells))
        lines = Lines(b"".join([chunk.data for chunk in chunks]))
        unclean = {row: _id_note(cells[row], note) for chunk in chunks for row, note in chunk.faults}
        return cls(cells, lines, byte_order(lines), unclean, all(chunk.plain for chunk in chunks))

    def at(self, lines: Integers) -> Integers:
        """The rows of some lines."""
        return lines if self.rows is None else self.rows[lines]

    def name(self, row: int) -> str:
        """The id of a row as a statement shows it."""
        cell = self.cells[row]
        return str.__str__(cell) if isinstance(cell, str) and row not in self.unclean else shown(cell)

    def faults(self, alike: bool, check: Check | None) -> list[RowFault]:
        faults = [RowFault((row,), note) for row, note in self.unclean.items()]
        several = repeat_faults(self.lines, self.order) + placeholder_faults(self.lines, self.order)
        several += [] if alike or self.plain else alike_faults(self.lines)
        if self.rows is not None:
            several = [evolve(fault, rows=tuple(self.rows[list(fault.rows)].tolist())) for fault in several]
        faults += several
        return faults + (self._checked(check) if check else [])

    def _checked(self, check: Check) -> list[RowFault]:
        named = ((row, self.name(row)) for row in range(len(self.cells)) if row not in self.unclean)
        found = ((row, name, check(name)) for row, name in named)
        return [RowFault((row,), _check_note(_word(word, name, row), name)) for row, name, word in found if word != ""]

    def cell_faults(self, column: str, read: CodedCells) -> list[RowFault]:
        return [RowFault((row,), _of_cell(note, self.name(row), column)) for row, note in read.faults]

    def frame(self, columns: Mapping[str, Coded], out: set[int], excluded: tuple[Note, ...]) -> Frame:
        """The rows that are not out, in byte order of id."""
        lines = self.order.rows
        if out:
            kept = np.ones(len(self.cells), dtype=bool)
            kept[list(out)] = False
            lines = lines[kept[self.at(lines)]]
        rows = self.at(lines)
        return Frame(self.lines.take(lines), {name: coded.take(rows) for name, coded in columns.items()}, excluded)


def _id_note(cell: object, note: Note) -> Note:
    """What is wrong with the text of an id; a cell that holds nothing is an empty id, whatever table it came from."""
    return Note("text-empty") if is_missing(cell) else note


def _of_cell(note: Note, id: str, column: str) -> Note:
    """A statement on a text as one on the cell in which it stands."""
    return Note(note.code, f"{id}, {column}", {**note.params, "id": id, "column": column})


def _word(found: object, id: str, row: int) -> str:
    """What a check says, if it says it in clean text."""
    if isinstance(found, str) and text_fault(found, empty=True) is None:
        return found
    raise InputError([Note("check-result", f"row {row + 1} ({id})", {"value": shown(found)})])


def _check_note(word: str, id: str) -> Note:
    if _is_code(word):
        return Note(word, id, {"id": id, "value": shown(id)})
    return Note("id-refused", id, {"id": id, "reason": word})


@cache
def _is_code(word: str) -> bool:
    """Whether a check's word is a code of `dual_random.uscc`; other words are the user's own reasons."""
    try:
        return word.startswith("uscc-") and bool(Note(word, "", {"id": "", "value": ""}))
    except InputError:
        return False
