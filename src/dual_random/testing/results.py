"""Draws made elsewhere, read from a table: who could be drawn, who was, in which order, or in which of many draws.

A published table may be dirty. Whatever would make an audit wrong without a word (an id twice, a place left out, a
number with a slip of the pen) is refused, all of it at once, with its rows; nothing is repaired or passed over.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, time
from typing import Final, Self, TypeAlias, cast

from attrs import frozen

from dual_random.columns import Table, is_missing, read_cells
from dual_random.errors import InputError, Note
from dual_random.forms import refuse
from dual_random.testing.procedures import DRAWN, Outcome, units_of
from dual_random.testing.replicates import NONE, Replicates, Texts
from dual_random.text import shown, text_fault

Numbers: TypeAlias = Mapping[str, float]

NOTHING: Final = "–"  # the group of units of which nothing is stated

_NUMBER: Final = re.compile(r"[-+]?[0-9]{1,100}(\.[0-9]{1,100})?([eE][-+]?[0-9]{1,2})?", re.ASCII)
_DATE: Final = re.compile(
    r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])([T ][0-9]{2}:[0-9]{2}(:[0-9]{2})?)?", re.ASCII
)
_PLACE: Final = re.compile(r"[1-9][0-9]{0,15}", re.ASCII)
_LEVEL: Final = re.compile(r"(?:0?\.[0-9]{1,30}|[0-9](?:\.[0-9]{1,30})?[eE]-[0-9]{1,2})", re.ASCII)
_LISTED: Final = 10


@frozen(eq=False)
class Listed:
    """Some columns of a table as text, in the order of its rows.

    Args:
        id: what the column with the ids is called.
        ids: those of the rows.
        columns: all that were read, by name.
    """

    id: str
    ids: tuple[str, ...]
    columns: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, table: Table, id: str, columns: Iterable[str] = (), *, repeated: bool = False) -> Self:
        """Read a table.

        Numbers and dates of Parquet become text; a cell that holds nothing is empty.

        Args:
            table: a dict of lists, or any data frame.
            id: the column with the ids.
            columns: which others.
            repeated: whether an id may stand on several rows, as it does where each row is a unit of one draw.

        Raises:
            InputError: columns that are missing, no rows, ids and cells that are not clean text, ids that stand twice.

        >>> Listed.of({"id": ["E1", "E2"], "risk": ["A", None]}, "id", ["risk"]).columns["risk"]
        ('A', '')
        """
        names = [name for name in dict.fromkeys(columns) if name != id]
        read, faults = read_cells(table, [id, *names])
        refuse(faults)
        cells = {name: tuple(map(_plain, found)) for name, found in read.items()}
        faults = [] if cells[id] else [Note("results-empty")]
        faults += [_at_row(row, note) for row, cell in enumerate(cells[id]) if (note := text_fault(cell))]
        faults += [] if repeated else _repeats(cells[id])
        for name in names:
            found = [(row, note) for row, cell in enumerate(cells[name]) if (note := text_fault(cell, empty=True))]
            faults += [_at_row(row, note, name) for row, note in found]
        refuse(faults)
        texts = cast(dict[str, tuple[str, ...]], cells)
        return cls(id, texts[id], texts)

    def names(self, column: str) -> dict[str, str]:
        """A name for every unit; those of which nothing is stated make a group of their own.

        >>> Listed.of({"id": ["E1", "E2"], "risk": ["A", ""]}, "id", ["risk"]).names("risk")
        {'E1': 'A', 'E2': '–'}
        """
        return {unit: cell or NOTHING for unit, cell in zip(self.ids, self.columns[column], strict=True)}

    def numbers(self, column: str) -> dict[str, float]:
        """A number for every unit: as written; of dates their rank.

        Raises:
            InputError: cells that are empty, neither numbers nor dates like 2024-08-06, or of both kinds: a rank among
                other texts would put "9" above "10", and days above years.

        >>> Listed.of({"id": ["E1", "E2"], "since": ["2019-05-01", "2003-11-30"]}, "id", ["since"]).numbers("since")
        {'E1': 1.0, 'E2': 0.0}
        """
        cells = self.columns[column]
        empty = [Note("cell-empty", _place(row, column)) for row, cell in enumerate(cells) if not cell]
        numeric = any(_NUMBER.fullmatch(cell) for cell in cells)
        code, fits = ("cell-no-number", _NUMBER.fullmatch) if numeric else ("cell-no-date", _DATE.fullmatch)
        wrong = [row for row, cell in enumerate(cells) if cell and not fits(cell)]
        refuse(empty + [Note(code, _place(row, column), {"value": shown(cells[row])}) for row in wrong])
        if numeric:
            return dict(zip(self.ids, map(float, cells), strict=True))
        ranks = {cell: float(rank) for rank, cell in enumerate(sorted(set(cells), key=str.encode))}
        return {unit: ranks[cell] for unit, cell in zip(self.ids, cells, strict=True)}


def _plain(cell: object) -> object:
    """A cell as text, where it has one spelling; what has none is left to be refused."""
    if is_missing(cell):
        return ""
    if isinstance(cell, bool):
        return str(cell).lower()
    return str(cell) if isinstance(cell, int | float | date | time) else cell


def _at_row(row: int, note: Note, column: str = "") -> Note:
    return Note(note.code, _place(row, column), note.params)


def _place(row: int, column: str = "") -> str:
    return f"row {row + 1}, {column}" if column else f"row {row + 1}"


def _repeats(ids: Sequence[object]) -> list[Note]:
    """The ids that stand on several rows; those that are empty or no text have a fault of their own."""
    rows: dict[str, list[int]] = {}
    for row, unit in enumerate(ids):
        if unit and isinstance(unit, str):
            rows.setdefault(unit, []).append(row)
    several = {unit: own for unit, own in rows.items() if len(own) > 1}
    return [
        Note("unit-repeated", f"rows {_listed(str(row + 1) for row in own)}", {"unit": shown(unit), "count": len(own)})
        for unit, own in several.items()
    ]


def _listed(texts: Iterable[str]) -> str:
    """The first of some texts."""
    kept = list(texts)
    return ", ".join(kept[:_LISTED]) + (", …" if len(kept) > _LISTED else "")


# ---- one draw


def marked(listed: Listed, column: str, value: str | None = None) -> tuple[str, ...]:
    """The units that a column marks as drawn.

    Args:
        listed: all units.
        column: which.
        value: what the cells of those who were drawn hold; None: anything.

    Raises:
        InputError: nobody or everybody is marked.

    >>> marked(Listed.of({"id": ["E1", "E2"], "drawn": ["yes", "no"]}, "id", ["drawn"]), "drawn", "yes")
    ('E1',)
    """
    cells = listed.columns[column]
    drawn = tuple(
        unit for unit, cell in zip(listed.ids, cells, strict=True) if (cell != "" if value is None else cell == value)
    )
    known = _listed(map(shown, dict.fromkeys(cell for cell in cells)))
    if not drawn:
        raise InputError([Note("marked-nobody", column, {"value": shown(value or ""), "known": known})])
    if len(drawn) == len(cells):
        raise InputError([Note("marked-everybody", column, {"count": len(drawn), "known": known})])
    return drawn


def chosen(units: Listed, drawn: Listed) -> tuple[str, ...]:
    """The units that another table lists as drawn.

    Raises:
        InputError: some that are not among the units; all of them.
    """
    refuse(_strangers(units, drawn))
    if len(drawn.ids) == len(units.ids):
        raise InputError([Note("chosen-everybody", "", {"count": len(units.ids)})])
    return drawn.ids


def _strangers(units: Listed, drawn: Listed) -> list[Note]:
    known = set(units.ids)
    return [
        Note("unit-stranger", f"row {row + 1}", {"unit": shown(unit), "count": len(known)})
        for row, unit in enumerate(drawn.ids)
        if unit not in known
    ]


def order(listed: Listed, column: str) -> tuple[str, ...]:
    """All units in the order of their places: whole numbers from 1, each once.

    Raises:
        InputError: cells that are no such places, places that stand twice or are missing.

    >>> order(Listed.of({"day": ["Jan 1", "Jan 2", "Jan 3"], "rank": ["3", "1", "2"]}, "day", ["rank"]), "rank")
    ('Jan 2', 'Jan 3', 'Jan 1')
    """
    cells, size = listed.columns[column], len(listed.ids)
    rows: dict[int, list[int]] = {}
    faults = []
    for row, cell in enumerate(cells):
        if _PLACE.fullmatch(cell) and int(cell) <= size:
            rows.setdefault(int(cell), []).append(row)
        else:
            faults.append(Note("place-form", _place(row, column), {"value": shown(cell), "most": size}))
    for place, own in rows.items():
        if len(own) > 1:
            at = f"rows {_listed(str(row + 1) for row in own)}, {column}"
            faults.append(Note("place-repeated", at, {"place": place, "count": len(own)}))
    if any(len(own) > 1 for own in rows.values()):
        missing = [str(place) for place in range(1, size + 1) if place not in rows]
        faults.append(Note("places-missing", column, {"places": _listed(missing)}))
    refuse(faults)
    return tuple(listed.ids[rows[place][0]] for place in range(1, size + 1))


# ---- many draws


def draws(units: Listed, rows: Listed, draw: str, result: str = "", *, alike: Texts = NONE) -> Replicates:
    """Many draws from a table with a row for each unit drawn.

    A draw in which nobody was drawn has no row, and so is not among them. A unit that stands twice in one draw is no
    fault of the table, but one of the draw, which the checks will name.

    Args:
        units: the list that all draws were made from.
        rows: a row for each unit drawn.
        draw: the column that says in which draw.
        result: the column that says what the unit got, if there are several results; an empty cell: nothing.
        alike: the class of each unit, where not all are treated alike.

    Raises:
        InputError: units that are not in the list; rows that belong to no draw.

    >>> units = Listed.of({"id": ["E1", "E2", "E3"]}, "id")
    >>> rows = {"day": ["Mon", "Mon", "Tue", "Tue"], "id": ["E1", "E3", "E2", "E3"]}
    >>> draws(units, Listed.of(rows, "id", ["day"], repeated=True), "day")
    Replicates(2 draws of 2 of 3 units)
    """
    labels = rows.columns[draw]
    faults = [Note("draw-unnamed", _place(row, draw)) for row, label in enumerate(labels) if not label]
    faults += [] if len(set(labels)) > 1 else [Note("draws-one", draw)]
    refuse(faults + _strangers(units, rows))
    results = rows.columns[result] if result else (DRAWN,) * len(labels)
    hits: dict[str, list[tuple[str, str]]] = {label: [] for label in labels}
    for label, unit, got in zip(labels, rows.ids, results, strict=True):
        if got or not result:
            hits[label].append((unit, got))
    return Replicates.of(units.ids, (Outcome(label, own) for label, own in hits.items()), alike=alike)


def read_draws(
    table: Table, units: Sequence[str], *, id: str, draw: str, result: str = "", alike: Texts = NONE
) -> Replicates:
    """Draws that were made elsewhere, by a program in whatever language, from a table with a row for each unit drawn.

    Nothing is known of how they were made, so order and repetition cannot be asked; `examine` asks the rest. For its
    false-alarm rate the seeds must follow a rule that was written before, as those of `replicate` do.

    Args:
        table: a dict of lists, or any data frame.
        units: the list that all draws were made from.
        id, draw: the columns that say who was drawn, and in which draw. A draw without rows is not known of.
        result: the column that says what the unit got, if there are several results; an empty cell: nothing.
        alike: the class of each unit, where not all are treated alike.

    Raises:
        InputError: all faults of the table, by row; units that are none.

    >>> table = {"day": ["Mon", "Mon", "Tue", "Tue"], "firm": ["E1", "E3", "E2", "E3"]}
    >>> read_draws(table, ["E1", "E2", "E3"], id="firm", draw="day")
    Replicates(2 draws of 2 of 3 units)
    """
    known = Listed(id, units_of(units), {})
    rows = Listed.of(table, id, [draw, result] if result else [draw], repeated=True)
    return draws(known, rows, draw, result, alike=alike)


# ---- levels


def parse_level(text: str, at: str) -> float:
    """A level as it is typed.

    Raises:
        InputError: text that is no number between 0 and 1.

    >>> parse_level("0.01", "--alpha"), parse_level("1e-6", "--alpha")
    (0.01, 1e-06)
    """
    level = float(text) if _LEVEL.fullmatch(text) else 0.0
    if not 0 < level < 1:
        raise InputError([Note("level-text", at, {"value": shown(text)})])
    return level
