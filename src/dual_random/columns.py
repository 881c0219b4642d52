"""Columns of text as codes: read from any table, checked once a distinct value, kept as small numbers.

A column of a register has few distinct values, so each is kept once and a row holds its number: one byte where
Python needs eight for a pointer. Codes follow the byte order of the values; equal columns have equal codes.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import count
from operator import itemgetter
from typing import Final, Protocol, Self

import numpy as np
from attrs import field, frozen

from dual_random.errors import Note
from dual_random.ids import clean_chunks
from dual_random.lines import Integers, Lines, Unsigned, byte_order, frozen_array, smallest_unsigned
from dual_random.text import shown

_CHUNK: Final = 8192
_SHOWN: Final = 20
_NO_COLUMNS: Final = (str, bytes, set, frozenset, Mapping)  # they iterate, but not over cells in the order of the rows
_NAMES: Final = ("column_names", "columns")  # where tables tell their columns
_NO_VALUES: Final = ("NAType", "NaTType")  # pandas' own None, recognised without importing it


class Table(Protocol):
    """Anything whose ``table[column]`` iterates over the cells: a dict of lists, pandas, polars, pyarrow."""

    def __getitem__(self, column: str, /) -> Iterable[object]: ...


# ---- reading


def read_cells(table: Table, columns: Sequence[str]) -> tuple[dict[str, Sequence[object]], list[Note]]:
    """The cells of the columns that can be read, and why the others cannot.

    Args:
        table: the table; its own row labels, if it has any, are of no account.
        columns: which; the first gives the number of rows, and one of another length is a fault.
    """
    if not _gives_columns(table):
        return {}, [Note("table-type", "table", {"type": type(table).__name__})]
    read: dict[str, Sequence[object]] = {}
    faults: list[Note] = []
    for column in dict.fromkeys(columns):
        cells = _column(table, column)
        if isinstance(cells, Note):
            faults.append(cells)
        else:
            read[column] = cells
    rows = len(read[columns[0]]) if columns[0] in read else None
    for column, cells in list(read.items()):
        if rows is not None and len(cells) != rows:
            del read[column]
            faults.append(Note("column-length", column, {"length": len(cells), "rows": rows}))
    return read, faults


def _gives_columns(table: object) -> bool:
    return hasattr(table, "__getitem__") and not isinstance(table, str | bytes | list | tuple)


def _column(table: Table, column: str) -> Sequence[object] | Note:
    try:
        found = table[column]
    except Exception:  # every library has its own error for an unknown column, and none is imported here
        return Note("column-missing", column, {"known": _names(table)})
    if isinstance(found, list | tuple):
        return found
    if isinstance(found, _NO_COLUMNS) or not isinstance(found, Iterable):
        return Note("column-type", column, {"type": type(found).__name__})
    for method in ("to_pylist", "to_list", "tolist"):  # pyarrow, polars and pandas, numpy: their cells as Python's own
        if callable(convert := getattr(found, method, None)):
            found = convert()
            break
    if isinstance(found, str | bytes) or not isinstance(found, Iterable):  # an array of no dimension is one cell
        return Note("column-type", column, {"type": type(found).__name__})
    return list(found)


def _names(table: Table) -> str:
    """The columns of a table as text, as far as it tells them."""
    told = [shown(name) for name in column_names(table)]
    return ", ".join(told[:_SHOWN]) + (", …" if len(told) > _SHOWN else "") if told else "–"


def column_names(table: object) -> tuple[str, ...]:
    """The columns of a table, as far as it tells them: a dict its keys, a data frame its columns.

    >>> column_names({"id": [], "risk": []})
    ('id', 'risk')
    """
    places = [getattr(table, name, ()) for name in _NAMES]
    for names in [table, *places] if isinstance(table, Mapping) else places:
        told = tuple(name for name in names if isinstance(name, str)) if isinstance(names, Iterable) else ()
        if told:
            return told
    return ()


# ---- coding


@frozen(eq=False)
class Coded:
    """A column: for each row the number of its value, and the values in byte order, all of them in use."""

    codes: Unsigned = field(converter=frozen_array)
    values: tuple[str, ...]

    def __reduce__(self) -> "tuple[type[Coded], tuple[Unsigned, tuple[str, ...]]]":
        return Coded, (self.codes, self.values)

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Coded) and self.values == other.values and bool(np.array_equal(self.codes, other.codes))
        )

    __hash__ = None  # type: ignore[assignment]

    @classmethod
    def of(cls, codes: Integers, values: Sequence[str]) -> Self:
        """A column from numbers of distinct values in any order; those that no row has are left out.

        >>> Coded.of(np.array([1, 1, 0]), ["B", "A", "C"]).values
        ('A', 'B')
        """
        used = np.flatnonzero(np.bincount(codes, minlength=len(values)))
        order = sorted(used.tolist(), key=values.__getitem__)
        place = np.zeros(len(values), dtype=smallest_unsigned(max(len(order) - 1, 0)))
        place[order] = np.arange(len(order))
        return cls(place[codes], tuple(map(values.__getitem__, order)))

    def take(self, rows: Integers) -> "Coded":
        """The column of some rows, in the order of `rows`; values that none of them has are left out."""
        codes = self.codes[rows]
        used = np.bincount(codes, minlength=len(self.values)) > 0
        if used.all():
            return Coded(codes, self.values)
        kept = np.flatnonzero(used)
        fresh = (np.cumsum(used) - 1).astype(smallest_unsigned(max(len(kept) - 1, 0)))
        return Coded(fresh[codes], tuple(map(self.values.__getitem__, kept.tolist())))


@frozen(eq=False)
class CodedCells:
    """A column as read: coded, and the rows whose cell is no clean text (their code stands for nothing)."""

    coded: Coded
    faults: tuple[tuple[int, Note], ...] = ()


def code_cells(cells: Sequence[object], null: str | None) -> CodedCells:
    """Code a column; every cell that is not clean text is a fault of its row, counted from 0.

    Args:
        cells: text, which may be empty.
        null: the text that a missing value (None, NaN) stands for; None makes it a fault.

    >>> column = code_cells(["B", "A", None, "B"], "")
    >>> column.coded.values, column.coded.codes.tolist()
    (('', 'A', 'B'), [2, 1, 0, 2])
    """
    numbers, values = _numbered(cells)
    texts = values
    if null is not None and not _all_text(values):
        texts = [null if is_missing(value) else value for value in values]
    chunks = list(clean_chunks(texts, empty=True))
    reasons = {i: _reason(texts[i], note) for chunk in chunks for i, note in chunk.faults}
    ranks, sorted_texts = _ranked(Lines(b"".join(chunk.data for chunk in chunks)))
    code = np.zeros(len(values), dtype=smallest_unsigned(max(len(sorted_texts) - 1, 0)))
    code[[i not in reasons for i in range(len(values))] if reasons else slice(None)] = ranks
    faults = _rows_at_fault(numbers, reasons) if reasons else ()
    return CodedCells(Coded(code.take(numbers), sorted_texts), faults)


def _ranked(texts: Lines) -> tuple[Integers, tuple[str, ...]]:
    """The place of each text among the distinct ones in byte order, and these."""
    ranks = byte_order(texts).ranks()
    example = np.zeros(int(ranks.max()) + 1 if len(ranks) else 0, dtype=np.intp)
    example[ranks] = np.arange(len(ranks))
    return ranks, tuple(texts.take(example).data.decode().split("\n")[:-1])


def _reason(text: object, note: Note) -> Note:
    return Note("cell-missing") if is_missing(text) else note


def is_missing(value: object) -> bool:
    """Whether a cell holds nothing: None, NaN, or what pandas has for them."""
    if isinstance(value, float):
        return value != value
    return value is None or type(value).__name__ in _NO_VALUES


def _all_text(values: Sequence[object]) -> bool:
    """Whether all values are text and nothing else, as of most columns: found without a look at each."""
    return set(map(type, values)) <= {str}


def _rows_at_fault(numbers: Unsigned, reasons: Mapping[int, Note]) -> tuple[tuple[int, Note], ...]:
    faulty = np.zeros(int(numbers.max()) + 1, dtype=bool)
    faulty[list(reasons)] = True
    rows = np.flatnonzero(faulty[numbers])
    return tuple(zip(rows.tolist(), map(reasons.__getitem__, numbers[rows].tolist()), strict=True))


class _Foreign:
    """A cell that is no text, as a key that equals no other: 1, 1.0 and True would be one, and a list is none."""

    def __init__(self, cell: object) -> None:
        self.cell = cell


def _numbered(cells: Sequence[object]) -> tuple[Unsigned, list[object]]:
    """Number the distinct cells as they come: each row's number, and what the numbers stand for."""
    try:
        numbers, values = _numbered_by_value(cells)
        if _all_text(values) or all(isinstance(value, str) or is_missing(value) for value in values):
            return numbers, values
    except TypeError:  # a cell that cannot be a key
        pass
    numbers, keys = _numbered_by_value([cell if isinstance(cell, str) else _Foreign(cell) for cell in cells])
    return numbers, [key.cell if isinstance(key, _Foreign) else key for key in keys]


def _numbered_by_value(cells: Sequence[object]) -> tuple[Unsigned, list[object]]:
    numbers: defaultdict[object, int] = defaultdict(count().__next__)
    parts = [np.zeros(0, dtype=np.uint8)]
    for begin in range(0, len(cells), _CHUNK):
        part = cells[begin : begin + _CHUNK]
        found = itemgetter(*part)(numbers) if len(part) > 1 else (numbers[part[0]],)  # faster than a loop by a third
        dtype = smallest_unsigned(max(len(numbers) - 1, 0))
        parts.append(np.frombuffer(bytes(found), np.uint8) if dtype == np.uint8 else np.array(found, dtype))
    return np.concatenate(parts), list(numbers)
