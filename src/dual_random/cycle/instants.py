"""Columns of times as whole numbers: ISO texts in, seconds out, a whole column at once.

What `dual_random.dates` reads text by text is read here from the bytes of a column: the digits stand at known places,
so a million times take a fraction of a second and no loop.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Final, TypeAlias, cast

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from dual_random.columns import is_missing
from dual_random.dates import DAY, day_faults, time_faults
from dual_random.errors import Note
from dual_random.ids import RowFault
from dual_random.lines import Integers
from dual_random.text import shown, text_fault

Flags: TypeAlias = NDArray[np.bool_]
Seconds: TypeAlias = NDArray[np.int64]

_Bytes: TypeAlias = Callable[[int], NDArray[np.uint8]]

NONE: Final = -1  # where a cell is empty
_SIGNS: Final[Mapping[int, str]] = {4: "-", 7: "-", 10: "T ", 13: ":", 16: ":"}
_PARTS: Final = (5, 8, 11, 14, 17)  # where month, day, hour, minute and second begin
_CLOCK: Final = ((23, 3600), (59, 60), (59, 1))  # the most of hour, minute and second, and their worth in seconds
_LENGTHS: Final = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_YEARS: Final = 10_000
_DAY_WIDTH: Final = 10
_WIDTHS: Final = (_DAY_WIDTH, 16, 19)
_FORMS: Final = ("%Y-%m-%d", "%Y-%m-%dT%H:%M")  # of a day, of a time


@frozen(eq=False)
class Instants:
    """A column of times, read-only.

    Args:
        seconds: as `dual_random.dates.second` gives them; `NONE` where the cell is empty.
        timed: where the text has a time of day; a day alone begins at 0:00, but tells no hour.
    """

    seconds: Seconds
    timed: Flags

    @property
    def known(self) -> Flags:
        """Where there is a time."""
        return np.not_equal(self.seconds, NONE)

    @property
    def days(self) -> Seconds:
        """The days of the times; `NONE` where the cell is empty."""
        return self.seconds // DAY  # floors: -1 stays -1


def plain_texts(cells: Sequence[object]) -> tuple[list[str], list[tuple[int, object]]]:
    """The cells as text, a missing value as empty text; and those that are something else, which are left empty.

    >>> plain_texts(["a", None, 7])
    (['a', '', ''], [(2, 7)])
    """
    strange = [(row, cell) for row, cell in enumerate(cells) if not (isinstance(cell, str) or is_missing(cell))]
    return [str.__str__(cell) if isinstance(cell, str) else "" for cell in cells], strange


def grouped(found: Iterable[tuple[int, Note]]) -> list[RowFault]:
    """Equal notes of several rows as one fault of all of them, in the order in which they come.

    Cells of one wrong type are one fault, too, which shows the first of them: a column of numbers is one mistake.
    """
    rows: dict[Note | tuple[str, str | int], tuple[Note, list[int]]] = {}
    for row, note in found:
        key = (note.at, note.params["type"]) if "type" in note.params else note
        rows.setdefault(key, (note, []))[1].append(row)
    return [RowFault(tuple(of), note) for note, of in rows.values()]


def read_instants(cells: Sequence[object], column: str, *, clock: bool) -> tuple[Instants, list[RowFault]]:
    """A column of times; every cell that is neither empty nor a time is a fault, and then taken as empty.

    Args:
        cells: text; None and NaN are empty.
        column: its name, for the faults.
        clock: whether a time of day may follow the day.

    >>> read, faults = read_instants(["2024-07-01T09:30", "", "noon"], "arrived", clock=True)
    >>> read.seconds.tolist(), read.timed.tolist(), faults[0].told().at
    ([63855509400, -1, -1], [True, False, False], 'row 3 (arrived)')
    """
    texts, faults = cast(Sequence[str], cells), list[RowFault]()
    try:
        buffer, starts, lengths = _laid_out(texts)
    except TypeError:  # some are no text
        texts, strange = plain_texts(cells)
        faults = grouped((row, note) for row, cell in strange for note in _type_faults(cell, column, clock))
        buffer, starts, lengths = _laid_out(texts)
    seconds = np.full(len(texts), NONE, dtype=np.int64)
    for width in _WIDTHS if clock else _WIDTHS[:1]:
        rows = np.flatnonzero(lengths == width)
        if len(rows):
            seconds[rows] = _seconds(_bytes(buffer, starts, rows, width), width)
    check = time_faults if clock else day_faults
    wrong = np.flatnonzero((seconds == NONE) & (lengths > 0)).tolist()
    faults += grouped((row, note) for row in wrong for note in check(texts[row], column))
    timed = (lengths > _DAY_WIDTH) & (seconds != NONE)
    seconds.flags.writeable = timed.flags.writeable = False
    return Instants(seconds, timed), faults


def _type_faults(cell: object, column: str, clock: bool) -> list[Note]:
    """Why a cell that is no text is no time; a day or time of Python or pandas is told how to become one."""
    if not isinstance(cell, date):  # a datetime is one, and so is a Timestamp
        note = text_fault(cell, column)
        return [] if note is None else [note]
    told = {"value": shown(cell), "type": type(cell).__name__}
    return [Note("log-time-type", column, {**told, "form": _FORMS[clock]})]


def _laid_out(texts: Sequence[str]) -> tuple[NDArray[np.uint8], Integers, Integers]:
    """The bytes of all texts in one buffer, where each begins, and how long it is."""
    data = "\n".join([*texts, ""]).encode(errors="replace")
    if data.count(b"\n") != len(texts):  # no time has a line break: such a text is laid out as another that is none
        data = "\n".join([*(text.replace("\n", "?") for text in texts), ""]).encode(errors="replace")
    buffer = np.frombuffer(data, dtype=np.uint8)
    ends = np.flatnonzero(buffer == ord("\n"))
    starts = np.zeros(len(ends), dtype=np.intp)
    starts[1:] = ends[:-1] + 1
    return buffer, starts, ends - starts


def _bytes(buffer: NDArray[np.uint8], starts: Integers, rows: Integers, width: int) -> _Bytes:
    """The bytes at a place of the texts in some rows, all of one width; quick if no other texts are between them."""
    if len(rows) == len(starts):
        laid_out = buffer.reshape(len(rows), width + 1)
        return lambda place: laid_out[:, place]
    begins = starts[rows]
    return lambda place: buffer[begins + place]


def _seconds(at: _Bytes, width: int) -> Seconds:
    """The seconds of texts of one width; `NONE` for those that are no times."""
    fits = np.ones(len(at(0)), dtype=bool)
    for place, signs in _SIGNS.items():
        if place < width:
            found = at(place)
            fits &= np.logical_or.reduce([found == ord(sign) for sign in signs])
    year = 100 * _two_digits(at, 0, fits) + _two_digits(at, 2, fits)
    month, day, *clock = [_two_digits(at, place, fits) for place in _PARTS if place < width]
    fits &= (month >= 1) & (month <= 12)
    months = np.where(fits, 12 * year + month - 1, 0)
    first, length = _calendar()
    fits &= (day >= 1) & (day <= length[months])
    seconds = DAY * (first[months] + day)
    for part, (most, worth) in zip(clock, _CLOCK, strict=False):
        fits &= part <= most
        seconds += worth * part
    seconds[~fits] = NONE
    return seconds


@cache
def _calendar() -> tuple[Seconds, Seconds]:
    """For each month, 12 * year + month - 1, the ordinal of the day before its first, and its days; year 0 has none."""
    years = np.arange(_YEARS)
    lengths = np.tile(np.array(_LENGTHS, dtype=np.int64), (_YEARS, 1))
    lengths[:, 1] += (years % 4 == 0) & ((years % 100 != 0) | (years % 400 == 0))
    lengths[0] = 0
    days = lengths.ravel()
    return np.cumsum(days) - days, days


def _two_digits(at: _Bytes, place: int, fits: Flags) -> NDArray[np.int32]:
    """The number that two digits write; where they are none, `fits` becomes false."""
    tens, ones = at(place) - ord("0"), at(place + 1) - ord("0")  # below "0" wraps round to above 9
    fits &= (tens <= 9) & (ones <= 9)
    return 10 * tens.astype(np.int32) + ones
