"""Plans and tables in the usual formats, from bytes: JSON, YAML, TOML; CSV, TSV, Parquet; gzip around any of them.

Nothing is guessed, repaired or left out: a line with a field too many would move every value after it into the wrong
column, so it is named instead. Places are those of the file: lines count from 1, and the header is line 1.
"""

import codecs
import csv
import gzip
import io
import json
import re
import tomllib
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from operator import itemgetter
from pathlib import PurePath
from types import ModuleType
from typing import Any, Final, TypeAlias, TypeVar, cast

from attrs import frozen

from dual_random.amendments import Change
from dual_random.errors import Columns, InputError, Note
from dual_random.extras import extra
from dual_random.forms import positive_faults, refuse
from dual_random.plain import from_plain
from dual_random.plans import Plan
from dual_random.team_rules import Meetings, Recusal, meetings, recusals
from dual_random.text import repeated_texts, shown, text_faults

T = TypeVar("T")
Cells: TypeAlias = dict[str, list[object]]
Row: TypeAlias = tuple[int, list[str]]

ENCODINGS: Final = ("utf-8", "gbk", "gb18030", "utf-16")  # none that reads differently on another machine

_GZIP: Final = b"\x1f\x8b"
_UTF16: Final = (b"\xff\xfe", b"\xfe\xff")
_SEPARATORS: Final = {";": "';'", "\t": "TAB", ",": "','", "|": "'|'"}
_TIMES: Final = re.compile(r"0|[1-9][0-9]{0,15}", re.ASCII)
_SPREADSHEETS: Final = (".xls", ".xlsx", ".et", ".ods")


@frozen
class Wanted:
    """Which columns of a table are kept.

    Args:
        id: the column with the ids.
        columns: the others that the table must have.
        optional: those that are kept if the table has them.
        alone: whether any further column is a fault, because its name may be a slip for one of `optional`.
        rest: whether all further columns are kept, too.
    """

    id: str
    columns: tuple[str, ...]
    optional: tuple[str, ...] = ()
    alone: bool = False
    rest: bool = False

    def of(self, header: Sequence[str]) -> list[str]:
        """The names to keep, each once, the ids first.

        Raises:
            InputError: names that stand twice in the header, names that are missing, names that say nothing.
        """
        repeated = repeated_texts(name for name in header if name)
        faults = [Note("table-column-repeated", "", {"column": shown(name)}) for name in repeated]
        needed = dict.fromkeys((self.id, *self.columns))
        missing = [name for name in needed if name not in header]
        known = ", ".join(map(_field, header))
        faults += [Note("table-column-missing", "", {"column": shown(name), "known": known}) for name in missing]
        refuse(faults + self._strangers(header))
        further = filter(None, header) if self.rest else (name for name in self.optional if name in header)
        return list(dict.fromkeys((*needed, *further)))

    def _strangers(self, header: Sequence[str]) -> list[Note]:
        """The columns that say nothing, if that is a fault."""
        known = (self.id, *self.columns, *self.optional)
        strange = [name for name in dict.fromkeys(header) if self.alone and name not in known]
        return [
            Note("table-column-unknown", "", {"column": _field(name), "known": ", ".join(known)}) for name in strange
        ]


def codec(encoding: str) -> str:
    """The encoding that a name means, as it stands in `ENCODINGS`.

    Raises:
        InputError: another one, or none.

    >>> codec("GBK"), codec("cp936"), codec("UTF8")
    ('gbk', 'gbk', 'utf-8')
    """
    try:
        found = codecs.lookup(encoding).name
    except (LookupError, ValueError):
        found = ""
    if found not in ENCODINGS:
        raise InputError([Note("encoding-unknown", "", {"value": shown(encoding), "known": ", ".join(ENCODINGS)})])
    return found


def suffix(name: str) -> str:
    """The kind of a file by its name, in lower case, gzip left aside.

    >>> suffix("firms.CSV.gz"), suffix("firms")
    ('.csv', '')
    """
    found = [part.lower() for part in PurePath(name).suffixes]
    return (found[:-1] if found[-1:] == [".gz"] else found or [""])[-1:][0] if found else ""


def unpacked(data: bytes) -> bytes:
    """The data itself, unpacked if it is gzip.

    Raises:
        InputError: gzip that is damaged; data that is empty or blank.
    """
    if data.startswith(_GZIP):
        try:
            data = gzip.decompress(data)
        except (OSError, EOFError, zlib.error) as error:
            raise _damaged("gzip", error) from None
    if not data.strip():
        raise InputError([Note("file-empty")])
    return data


def reason(error: Exception) -> str:
    """What an error says, on one line."""
    told = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return " ".join(told.split()) or type(error).__name__


def _damaged(kind: str, error: Exception) -> InputError:
    return InputError([Note("file-damaged", "", {"kind": kind, "reason": reason(error)})])


def _text(data: bytes, encoding: str = "utf-8", other: str = "file-encoding-other") -> str:
    """Bytes as text; `other` is what to say of a file that is of another encoding than the stated one."""
    try:
        return _decoded(data, encoding)
    except UnicodeDecodeError as error:
        line = data[: error.start].decode(encoding).count("\n") + 1
    raise InputError([_encoding_note(data, encoding, other, f"line {line}")])


def _decoded(data: bytes, encoding: str) -> str:
    """Bytes as text; the mark that Excel puts in front of it (BOM) is no part of the text."""
    if encoding == "utf-16" and not data.startswith(_UTF16):  # its byte order would be this machine's
        raise UnicodeDecodeError(encoding, data, 0, 1, "no byte order mark")
    return data.decode(encoding).removeprefix("\ufeff")


def _encoding_note(data: bytes, stated: str, other: str, at: str) -> Note:
    told = {"stated": stated.upper()}
    if stated != "utf-8" and _reads(data, "utf-8"):
        return Note("table-encoding-utf8", at, told)
    encoding, name = ("utf-16", "UTF-16") if data.startswith(_UTF16) else ("gb18030", "GBK (GB 18030)")
    if not _reads(data, encoding):
        return Note("file-encoding", at, told)
    return Note(other, at, {**told, "encoding": encoding.upper(), "name": name})


def _reads(data: bytes, encoding: str) -> bool:
    try:
        return bool(_decoded(data, encoding))
    except UnicodeDecodeError:
        return False


def _kind_error(name: str, known: Iterable[str]) -> InputError:
    code = "file-spreadsheet" if suffix(name) in _SPREADSHEETS else "file-kind"
    return InputError([Note(code, "", {"suffix": suffix(name) or "–", "known": ", ".join(known)})])


# ---- plans


def parse_plan(name: str, data: bytes) -> Plan:
    """A plan from JSON, YAML or TOML.

    Args:
        name: of the file; its suffix says which.
        data: its bytes, not gzip.

    Raises:
        InputError: another suffix, text that is not of the format, a key that stands twice, all that
            `Plan.from_dict` refuses.
    """
    readers: Mapping[str, Callable[[str], object]] = {".json": _json, ".yaml": _yaml, ".yml": _yaml, ".toml": _toml}
    if suffix(name) not in readers:
        raise _kind_error(name, readers)
    return Plan.from_dict(readers[suffix(name)](_text(data)))  # type: ignore[arg-type]


def _json(text: str) -> object:
    try:
        return json.loads(text, object_pairs_hook=_unique_keys)  # a float is named by the plan, with the text to write
    except (ValueError, RecursionError) as error:
        raise _syntax_error("JSON", error) from None


def _unique_keys(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError(f"the key {repeated_texts(key for key, _ in pairs)[0]} stands twice in one object")
    return found


def _toml(text: str) -> object:
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise _syntax_error("TOML", error) from None


def _yaml(text: str) -> object:
    yaml = extra("yaml", "PyYAML", "yaml")
    try:
        return yaml.load(text, _strict_loader(yaml))
    except (yaml.YAMLError, ValueError, RecursionError, LookupError, AttributeError, TypeError) as error:
        raise _syntax_error("YAML", error) from None


def _strict_loader(yaml: ModuleType) -> type:
    """YAML's safe loader, but a key that stands twice is an error, as in JSON and TOML."""

    class Loader(yaml.SafeLoader):  # type: ignore[misc, name-defined]
        def construct_mapping(self, node: Any, deep: bool = False) -> object:
            keys = [key.value for key, _ in node.value] if isinstance(node, yaml.MappingNode) else []
            repeated = repeated_texts(key for key in keys if isinstance(key, str))
            if repeated:
                raise ValueError(f"line {node.start_mark.line + 1}: the key {repeated[0]} stands twice")
            return super().construct_mapping(node, deep)

    return Loader


def _syntax_error(kind: str, error: Exception) -> InputError:
    return InputError([Note("plan-syntax", "", {"kind": kind, "reason": reason(error)})])


# ---- tables


def parse_table(name: str, data: bytes, wanted: Wanted, encoding: str = "utf-8") -> Cells:
    """Some columns of a table from CSV, TSV or Parquet.

    CSV is quoted as RFC 4180 has it; in TSV a tab or a line end is always a separator and a quotation mark is itself,
    so that a published register text is read as it stands. Empty lines at the end are passed over.

    Args:
        name: of the file; its suffix says which.
        data: its bytes, not gzip.
        wanted: the columns to keep.
        encoding: of CSV and TSV, one of `ENCODINGS`; decoded strictly, its byte order mark left out.

    Returns:
        Columns by name, the ids first. Cells of CSV and TSV are text; those of Parquet are what they are.

    Raises:
        InputError: with all faults, each with its line.

    >>> parse_table("firms.csv", b'uscc,name,risk\\nE1,"A, B",C\\n', Wanted("uscc", ("risk",)))
    {'uscc': ['E1'], 'risk': ['C']}
    """
    readers: Mapping[str, Callable[[bytes, Wanted], Cells]] = {
        ".csv": partial(_delimited, encoding=encoding, delimiter=",", quoting=csv.QUOTE_MINIMAL),
        ".tsv": partial(_delimited, encoding=encoding, delimiter="\t", quoting=csv.QUOTE_NONE),
        ".parquet": _parquet,
    }
    if suffix(name) not in readers:
        raise _kind_error(name, readers)
    return readers[suffix(name)](data, wanted)


def _delimited(data: bytes, wanted: Wanted, *, encoding: str, delimiter: str, quoting: int) -> Cells:
    lines = _lines(_text(data, encoding, "table-encoding-other"), delimiter, quoting)
    _, header = next(lines, (0, []))
    if header != [wanted.id]:
        refuse(_separator_faults(header))
    kept = wanted.of(header)
    places = [header.index(name) for name in kept]
    pick = itemgetter(*places, places[0])  # at least two places, so that it gives a tuple
    rows: list[tuple[str, ...]] = []
    faults: list[Note] = []
    for line, row in lines:
        if len(row) == len(header):
            rows.append(pick(row))
        else:
            faults.append(_ragged(line, row, header))
    refuse(faults)
    columns = zip(*rows, strict=True) if rows else ((),) * len(kept)
    return {name: list(cells) for name, cells in zip(kept, columns, strict=False)}


def _separator_faults(header: Sequence[str]) -> list[Note]:
    """Why a header of one field is none: it holds what separates fields elsewhere."""
    signs = [sign for sign in _SEPARATORS if len(header) == 1 and sign in header[0]]
    return [
        Note("table-separator", "line 1", {"header": _field(header[0]), "sign": _SEPARATORS[sign]})
        for sign in signs[:1]
    ]


def _field(text: str, most: int = 60) -> str:
    """A field as a message shows it; unlike `shown`, Chinese stays readable beside a tab."""
    told = repr(text)
    return told if len(told) <= most else f"{told[: most - 1]}…"


def _lines(text: str, delimiter: str, quoting: int) -> Iterator[Row]:
    """Each row with the number of its first line; empty lines at the end are left out."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quoting=quoting, strict=True)  # type: ignore[arg-type]
    line = filled = 1
    try:
        for row in reader:
            if row:
                yield from ((between, []) for between in range(filled, line))
                yield line, row
                filled = reader.line_num + 1
            line = reader.line_num + 1
    except csv.Error as error:
        raise InputError([Note("table-syntax", f"line {line}", {"reason": reason(error)})]) from None


def _ragged(line: int, row: Sequence[str], header: Sequence[str]) -> Note:
    if not row:
        return Note("table-line-empty", f"line {line}")
    counts: dict[str, str | int] = {"count": len(row), "columns": len(header)}
    return Note("table-row-ragged", f"line {line}", {"first": _field(row[0], 30), **counts})


def _parquet(data: bytes, wanted: Wanted) -> Cells:
    parquet = extra("pyarrow.parquet", "pyarrow", "parquet")
    arrow = extra("pyarrow", "pyarrow", "parquet")
    try:
        file = parquet.ParquetFile(io.BytesIO(data))
        kept = wanted.of(file.schema_arrow.names)
        table = file.read(columns=kept)
        return {name: table.column(name).to_pylist() for name in kept}
    except (arrow.ArrowException, OSError) as error:
        raise _damaged("Parquet", error) from None


# ---- recusals, meetings, changes


@frozen
class _Met:
    """A row of a table of meetings."""

    first: str
    second: str
    times: int

    def __attrs_post_init__(self) -> None:
        faults = text_faults({"first": self.first, "second": self.second})
        if not faults and self.first == self.second:
            faults.append(Note("meeting-alone", "second", {"name": self.second}))
        refuse(faults + positive_faults(self.times, "times"))


_RECUSALS: Final = Wanted("inspector", ("reason",), ("enterprise", "period"), alone=True)
_MEETINGS: Final = Wanted("first", ("second", "times"), alone=True)
_CHANGES: Final = Wanted("enterprise", ("reason", "on"), ("inspector", "period"), alone=True)
_SOUND: Final[Mapping[type, object]] = {
    Recusal: Recusal("-", reason="-"),
    _Met: _Met("-", "--", 1),
    Change: Change(enterprise="-", reason="closed", on="2000-01-01"),
}


def parse_recusals(name: str, data: bytes, encoding: str = "utf-8") -> tuple[Recusal, ...]:
    """Recusals from CSV, TSV or Parquet, or from a list of objects in JSON.

    A table has the columns inspector and reason, and may have enterprise and period; a column that it lacks, and a
    cell that is empty, mean every enterprise, every period. Any other column is refused: misspelt, it would widen every
    recusal of the table. Arguments are those of `parse_table`.

    Raises:
        InputError: with all faults, each with its row, counted from 1, or its place in the JSON.

    >>> parse_recusals("out.csv", "inspector,period,reason\\nF07,8月,leave\\n".encode())
    (Recusal(inspector='F07', enterprise='', period='8月', reason='leave'),)
    """
    rows = _objects(name, data, _RECUSALS, encoding)
    return recusals(_values(Recusal, rows, lambda each: (each.inspector, each.enterprise, each.period)))


def parse_meetings(name: str, data: bytes, encoding: str = "utf-8") -> Meetings:
    """How often two inspectors have met, from a table with the columns first, second, times; else as `parse_recusals`.

    >>> parse_meetings("met.csv", b"first,second,times\\nF02,F01,3\\n")
    ((('F01', 'F02'), 3),)
    """
    rows = _values(_Met, _objects(name, data, _MEETINGS, encoding), _pair)
    return meetings(tuple((_pair(each), each.times) for each in rows))


def parse_changes(name: str, data: bytes, encoding: str = "utf-8") -> tuple[Change, ...]:
    """Changes after the seed from a table with the columns enterprise, reason, on, perhaps inspector and period.

    They are made in the order of their rows. Else as `parse_recusals`.

    >>> parse_changes("changes.csv", b"enterprise,reason,on\\nE1,closed,2024-08-12\\n")
    (Change(enterprise='E1', inspector='', period='', reason='closed', on='2024-08-12'),)
    """
    rows = _objects(name, data, _CHANGES, encoding)
    return tuple(_values(Change, rows, lambda each: (each.enterprise, each.inspector, each.period)))


def _pair(met: _Met) -> tuple[str, str]:
    """Two inspectors in byte order: who stands first is no rule."""
    return (met.first, met.second) if met.first < met.second else (met.second, met.first)


def _objects(name: str, data: bytes, wanted: Wanted, encoding: str) -> dict[str, object]:
    """The rows of a table, or the objects of a JSON list, by place; a cell without a value is left out."""
    if suffix(name) == ".json":
        found = _json(_text(data))
        refuse([] if isinstance(found, list) else [_no_list(found, wanted)])
        return {f"[{i}]": each for i, each in enumerate(cast("list[object]", found))}
    cells = parse_table(name, data, wanted, encoding)
    rows = zip(*cells.values(), strict=True)
    return {
        f"row {i}": {column: _number(column, cell) for column, cell in zip(cells, row, strict=True) if cell is not None}
        for i, row in enumerate(rows, 1)
    }


def _no_list(found: object, wanted: Wanted) -> Note:
    columns = ", ".join(f'"{column}": …' for column in (wanted.id, *wanted.columns))
    return Note("plan-shape", "", {"rule": f"[{{{columns}}}, …]", "value": shown(found)})


def _number(column: str, cell: object) -> object:
    """A count that stands in a table as text, as a number."""
    return int(cell) if column == "times" and isinstance(cell, str) and _TIMES.fullmatch(cell) else cell


def _values(kind: type[T], rows: Mapping[str, object], key: Callable[[T], tuple[str, ...]]) -> list[T]:
    """Rows as values, all faults at once; `key` is what must not stand twice."""
    read = {place: from_plain(kind, row, _SOUND, place) for place, row in rows.items()}
    faults = [note for _, found in read.values() for note in found]
    made = {place: value for place, (value, _) in read.items() if value is not None}
    seen: set[tuple[str, ...]] = set()
    for place, value in made.items():
        if key(value) in seen:
            faults.append(Note("name-repeated", place, {"name": shown(key(value))}))
        seen.add(key(value))
    refuse(faults)
    return list(made.values())


# ---- tables out


def csv_bytes(columns: Columns) -> bytes:
    """A table as CSV: UTF-8, a header, LF line ends, true and false as words.

    >>> csv_bytes({"enterprise": ["E1"], "joint": [True]}).decode()
    'enterprise,joint\\nE1,true\\n'
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(zip(*([_cell(cell) for cell in column] for column in columns.values()), strict=True))
    return text.getvalue().encode()


def _cell(cell: str | int | bool) -> str | int:
    return str(cell).lower() if isinstance(cell, bool) else cell
