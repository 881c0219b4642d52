"""What options mean: registers and tables read from the files that are named, and the same files typed again.

Two registers and two tables of people come from four files; what is wrong with any of them is told at once, under its
own name.
"""

import re
from argparse import Namespace
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from shlex import quote
from typing import Final

from attrs import evolve, frozen

from dual_random.errors import InputError, Note, VerificationError
from dual_random.files import Reading, read_meetings, read_record, read_recusals, read_register
from dual_random.formats import suffix
from dual_random.forms import Pairs, refuse, repeat_faults
from dual_random.records import Record
from dual_random.registers import Register
from dual_random.team_rules import Meetings, Recusal
from dual_random.text import shown

_COUNT: Final = re.compile(r"[0-9]{1,15}", re.ASCII)
_PLAIN: Final = re.compile(r"[\w@%+=:,./-]+")
_TEXT: Final = (".csv", ".tsv")  # files that have an encoding
_OF_INSPECTORS: Final = ("--inspectors-id", "--inspectors-out", "--inspectors-against", "--recusals", "--meetings")

# ---- values


def to_names(text: str) -> tuple[str, ...]:
    """Names separated by commas."""
    return tuple(text.split(",")) if text else ()


def to_pairs(texts: Sequence[str], option: str, example: str, *, first: bool = False) -> Pairs:
    """``NAME=VALUE`` as pairs, parted at the last sign, or at the first one; a name stands once."""
    refuse(Note("option-pair", option, {"value": shown(text), "example": example}) for text in texts if "=" not in text)
    parted = (text.partition("=") if first else text.rpartition("=") for text in texts)
    found = tuple((name, value) for name, _, value in parted)
    refuse(repeat_faults((name for name, _ in found), option))
    return found


def to_secrets(texts: Sequence[str]) -> Pairs:
    """The secrets that open seals, by party."""
    return to_pairs(texts, "--secret", "消防=" + "0" * 64)


def to_count(text: str) -> int:
    """A count in digits."""
    if not _COUNT.fullmatch(text):
        raise InputError([Note("option-count", "", {"value": shown(text)})])
    return int(text)


def quoted(text: str) -> str:
    """A word for a shell, in double quotes if it needs any and they do."""
    if _PLAIN.fullmatch(text):
        return text
    return quote(text) if set(text) & set('"$`\\!') else f'"{text}"'


# ---- files


@frozen(eq=False, kw_only=True)
class Sources:
    """What was read for a command.

    Args:
        enterprises, inspectors: the registers; None for that of the inspectors where none is given.
        recusals, meetings: the tables of people.
        of: the earlier record, if one is given.
        of_enterprises: the register that it was drawn from, likewise.
    """

    enterprises: Register
    inspectors: Register | None = None
    recusals: tuple[Recusal, ...] = ()
    meetings: Meetings = ()
    of: Record | None = None
    of_enterprises: Register | None = None


def sources(
    given: Namespace,
    enterprises: Iterable[str],
    inspectors: Iterable[str],
    *,
    present: bool = False,
    as_earlier: bool = False,
) -> Sources:
    """Read all files that are named, and tell the faults of all of them together.

    Args:
        given: the options.
        enterprises, inspectors: the columns to keep of each register.
        present: whether columns that a file lacks are passed over, and an earlier record that does not hold is a
            finding instead of wrong input: for whoever verifies.
        as_earlier: whether the columns that an earlier record was drawn from are kept, too: so one register serves to
            verify both.
    """
    alone = given.of_register and not given.of
    options = {option: vars(given).get(option[2:].replace("-", "_")) for option in _OF_INSPECTORS}
    refuse(
        Note("option-needs", option, {"option": option, "other": "--inspectors"})
        for option, value in options.items()
        if value and not given.inspectors
    )
    refuse([Note("option-needs", "--of-register", {"option": "--of-register", "other": "--of"})] if alone else [])
    faults: list[Note] = []
    people: Register | None = None
    recusals: tuple[Recusal, ...] = ()
    meetings: Meetings = ()
    of: Record | None = None
    before: Register | None = None
    with kept(faults):
        of = _earlier(given.of, damaged=present) if given.of else None
    columns = {*enterprises, *(of.commitment.enterprises.columns if of and as_earlier else ())}
    with kept(faults):
        register = read_register(given.register, _of_enterprises(given), sorted(columns), present=present)
    with kept(faults):
        if given.inspectors:
            people = read_register(given.inspectors, _of_inspectors(given), inspectors, present=present)
    with kept(faults):
        recusals = read_recusals(given.recusals, given.encoding) if given.recusals else ()
    with kept(faults):
        meetings = read_meetings(given.meetings, given.encoding) if given.meetings else ()
    with kept(faults):
        before = read_register(given.of_register, Reading(), ()) if given.of_register else None
    refuse(dict.fromkeys(faults))
    return Sources(
        enterprises=register,
        inspectors=people,
        recusals=recusals,
        meetings=meetings,
        of=of,
        of_enterprises=before,
    )


@contextmanager
def kept(faults: list[Note]) -> Iterator[None]:
    """Keep faults for later, so that those of the next file are found, too."""
    try:
        yield
    except InputError as error:
        faults += error.faults


def _earlier(path: str, *, damaged: bool) -> Record:
    try:
        return read_record(path)
    except VerificationError as error:
        if damaged:
            raise
        raise InputError(error.findings) from None


def _of_enterprises(given: Namespace) -> Reading:
    return evolve(_reading(given, given.register, given.id), check=given.check or "", exclude=to_names(given.exclude))


def _of_inspectors(given: Namespace) -> Reading:
    reading = _reading(given, given.inspectors, given.inspectors_id)
    return evolve(reading, option="--inspectors-id", written="--inspectors-out")


def _reading(given: Namespace, path: str, column: str) -> Reading:
    """How a register stands in its file; an option that serves another file of the command says nothing of this one."""
    tables = _tables(given)
    encoded = [each for each in (*tables, given.recusals, given.meetings) if suffix(each) in _TEXT]
    table = path in tables or not tables
    return Reading(
        id=column,
        null=given.null if table else None,
        alike=given.alike and table,
        encoding=given.encoding if path in encoded or not encoded else "",
    )


def _tables(given: Namespace) -> list[str]:
    """The registers that are read from tables, with a column of ids."""
    read = ((given.register, given.id), (given.inspectors, given.inspectors_id))
    return [path for path, column in read if path and column]


@contextmanager
def placed(given: Namespace, other: str = "") -> Iterator[None]:
    """Put in front of every fault the file that it is about.

    Args:
        given: the options.
        other: the file with all parts that have none of their own.
    """
    try:
        yield
    except InputError as error:
        raise InputError([_placed(given, other, note) for note in error.faults]) from None


def _placed(given: Namespace, other: str, note: Note) -> Note:
    files = {
        "enterprises": given.register,
        "inspectors": given.inspectors,
        "recusals": given.recusals,
        "meetings": given.meetings,
        "of": given.of,
        "visits": given.of,
        "of_enterprises": given.of_register,
    }
    part, _, rest = note.at.partition(".")
    path, at = (files[part], rest) if files.get(part) else (other, note.at)
    return Note(note.code, ": ".join(filter(None, (path, at))), note.params)


# ---- other versions of the same registers


def changes(given: Namespace, read: Sources) -> list[Note]:
    """What was added, removed or changed between the other versions of the registers, if given, and those read."""
    pairs = (
        (given.against, given.register, read.enterprises),
        (given.inspectors_against, given.inspectors, read.inspectors),
    )
    return [
        note
        for other, path, register in pairs
        if other and register is not None
        for note in _changes(other, path, register)
    ]


def _changes(other: str, path: str, register: Register) -> list[Note]:
    """A note for each difference; if no row is in both, that alone."""
    before = read_register(other, Reading(), ())
    if not any(name in register for name in before):
        return [Note("register-disjoint", path, {"file": other, "rows": len(register), "others": len(before)})]
    return [Note(note.code, f"{path}: {note.at}", note.params) for note in before.differences(register)]


# ---- the same files, typed again


def typed(
    given: Namespace, register: str = "", inspectors: str = "", *, earlier: bool = True, tables: bool = False
) -> str:
    """The files of a command with their options, as they are typed for the next one.

    Args:
        given: the options.
        register, inspectors: register texts that were written, to be named instead of the files that were read.
        earlier: whether the earlier record, if there is one, is named.
        tables: whether the tables of people, if there are any, are named.
    """
    people = inspectors or given.inspectors
    columns = {"--id": "" if register else given.id, "--inspectors-id": "" if inspectors else given.inspectors_id}
    read = [path for path, column in zip((given.register, given.inspectors), columns.values(), strict=True) if column]
    beside = {"--recusals": given.recusals, "--meetings": given.meetings} if tables else {}
    encoded = any(suffix(path) in _TEXT for path in (*read, *beside.values()))
    options = {
        "--id": columns["--id"] or None,
        "--null": given.null if read else None,
        "--check": given.check if columns["--id"] else None,
        "--exclude": given.exclude or None if columns["--id"] else None,
        "--encoding": given.encoding or None if encoded else None,
        "--inspectors": people or None,
        "--inspectors-id": columns["--inspectors-id"] or None,
        "--of": given.of or None if earlier else None,
        **{option: path or None for option, path in beside.items()},
    }
    words = [f"{option} {quoted(value)}" for option, value in options.items() if value is not None]
    return " ".join([quoted(register or given.register), *words, *(["--alike"] if given.alike and read else [])])
