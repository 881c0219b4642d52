"""The commands indicators and quality: a log of visits from a file, measured and sifted."""

import re
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Final

from dual_random.commands import FAILS, HOLDS, Answer
from dual_random.cycle.calendars import Calendar
from dual_random.cycle.logs import COLUMNS, NEEDED, Log
from dual_random.cycle.measurement import indicators
from dual_random.cycle.omissions import left_out
from dual_random.cycle.quality import low_quality
from dual_random.cycle.rate_tables import rate_table
from dual_random.errors import Columns, InputError, Note
from dual_random.files import about, read, read_record, write_all
from dual_random.formats import Wanted, codec, csv_bytes, parse_table
from dual_random.labels import word
from dual_random.options import kept
from dual_random.records import Record
from dual_random.registers import Register
from dual_random.reports import aligned, indented, wrapped

_RECORD: Final = re.compile(r"records\[([0-9]+)\]")
_OPTIONS: Final[Mapping[str, str]] = {
    "as_of": "--as-of",
    "by": "--by",
    "status_column": "--status-column",
    "register": "--register",
    "working_days": "--working-days",
}
_DERIVED: Final = ("", "month")  # groups that are no columns


def add_indicator_arguments(parser: ArgumentParser) -> None:
    """The log, and what it is measured by."""
    _add_log(parser)
    parser.add_argument("--by", metavar="COLUMN", default="", help="department, month, mode, plan or another column")


def add_quality_arguments(parser: ArgumentParser) -> None:
    """The log, and what it is held against."""
    _add_log(parser)
    parser.add_argument(
        "--record",
        metavar="FILE",
        action="append",
        default=[],
        help="a record that its visits were drawn by (.json; repeatable): who was drawn and dealt",
    )
    parser.add_argument(
        "--register",
        metavar="FILE",
        default="",
        help="the enterprises as text (.tsv): their status, who is none of them",
    )
    parser.add_argument(
        "--status-column", metavar="COLUMN", default="status", help="its column of 存续, 注销, … (default: status)"
    )
    parser.add_argument("--as-of", metavar="DAY", default="", help="until when the log goes: what is missing by then")


def _add_log(parser: ArgumentParser) -> None:
    parser.add_argument("log", metavar="LOG", help="a row for each check, in .csv, .tsv (both may be .gz) or .parquet")
    parser.add_argument("--encoding", metavar="NAME", default="", help="of CSV and TSV (default: utf-8)")
    parser.add_argument(
        "--working-days", metavar="FILE", default="", help="the working days of the year, one a line: for 20 of them"
    )
    parser.add_argument("--csv", metavar="FILE", default="", help="write what was found as a table")


def indicator_file(given: Namespace) -> Answer:
    """The indicators of a log, each with its counts."""
    log, days = _read(given, given.by)
    with _about_options(given):
        working_days = days.working_days if days else ()
        rates = indicators(log, by=given.by, working_days=working_days)
        lacking = left_out(log, by=given.by, working_days=working_days)
    table = rate_table(rates, lang=given.lang)
    _write(given, table)
    shown = [name for name, column in table.items() if any(cell != "" for cell in column)]
    numbers = [place for place, name in enumerate(shown) if isinstance(table[name][0], int)] if rates else []
    rows = [shown, *([str(cell) for cell in row] for row in zip(*(table[name] for name in shown), strict=True))]
    told = [line for each in lacking for line in wrapped(each.text(given.lang))]
    return Answer(
        [
            *(aligned(rows, right=numbers) if rates else ()),
            *(["", word("lacking", given.lang), *indented(told)] if told else ()),
        ]
    )


def quality_file(given: Namespace) -> Answer:
    """What is of low quality in a log; exit code 1 if anything is."""
    faults: list[Note] = []
    records: list[Record] = []
    for path in given.record:
        with kept(faults):
            records.append(read_record(path))
    register = None
    with kept(faults):
        if given.register:
            data = read(given.register)
            with about(given.register):
                register = Register.from_tsv(data)
    with kept(faults):
        log, days = _read(given)
    if faults:
        raise InputError(faults)
    with _about_options(given):
        found = low_quality(
            log,
            records,
            as_of=given.as_of,
            working_days=days or (),
            register=register,
            status_column=given.status_column,
        )
    _write(given, found.table(lang=given.lang))
    lines = [line for told in found.text(given.lang).splitlines() for line in wrapped(told)]
    return Answer(lines, code=FAILS if found.findings else HOLDS)


@contextmanager
def _about_options(given: Namespace) -> Iterator[None]:
    """Name what was typed, or the file, where the library names an argument."""
    try:
        yield
    except InputError as error:
        raise InputError(_typed(note, given) for note in error.faults) from None


def _typed(note: Note, given: Namespace) -> Note:
    record = _RECORD.match(note.at)
    if record:
        return Note(note.code, f"{given.record[int(record[1])]}{note.at[record.end() :]}", note.params)
    option = _OPTIONS.get(note.at.partition("[")[0])
    return Note(note.code, f"{given.log}: {note.at}" if option is None else option, note.params)


def _read(given: Namespace, by: str = "") -> tuple[Log, Calendar | None]:
    """The log and the working days; the faults of both files at once."""
    faults: list[Note] = []
    log, days = None, None
    with kept(faults):
        log = _read_log(given, by)
    with kept(faults):
        days = _read_days(given.working_days) if given.working_days else None
    if log is None or faults:
        raise InputError(faults)
    return log, days


def _read_log(given: Namespace, by: str) -> Log:
    data = read(given.log)
    with about("--encoding"):
        encoding = codec(given.encoding or "utf-8")
    visit, *others = NEEDED
    further = () if by in (*COLUMNS, *_DERIVED) else (by,)
    with about(given.log):
        cells = parse_table(given.log, data, Wanted(visit, (*others, *further), rest=True), encoding)
        return Log(cells, columns=further)  # it remembers what else the file has, so that slips are seen


def _read_days(path: str) -> Calendar:
    """A file with a day a line; empty lines are passed over."""
    data = read(path)
    with about(path):
        try:
            lines = data.decode("utf-8-sig").splitlines()
        except UnicodeDecodeError as error:
            raise InputError([Note("tsv-utf8", "", {"byte": f"{data[error.start]:#04x}"})]) from None
        return Calendar([line for line in map(str.strip, lines) if line])


def _write(given: Namespace, table: Columns) -> None:
    if given.csv:
        write_all([(given.csv, csv_bytes(table))], force=given.force)
