"""Files in and out: plans, registers, commitments and records from paths; results as bytes, whole or not at all.

Beside `dual_random.__main__` the only room that touches files. Faults carry the file's name in front of their place.
What is written are bytes, so no locale and no platform's line end changes a digest; and since a commitment or a record
must never be replaced by another one by accident, an existing file with other content stays as it is.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import Final, TypeVar

from attrs import frozen

from dual_random import uscc
from dual_random.amendments import Change
from dual_random.commitments import Commitment
from dual_random.errors import InputError, Note, VerificationError
from dual_random.formats import (
    Wanted,
    codec,
    parse_changes,
    parse_meetings,
    parse_plan,
    parse_recusals,
    parse_table,
    reason,
    suffix,
    unpacked,
)
from dual_random.forms import refuse
from dual_random.frames import KINDS
from dual_random.plans import Plan
from dual_random.records import Record
from dual_random.registers import Register
from dual_random.team_rules import Meetings, Recusal
from dual_random.text import parse_json, shown

T = TypeVar("T")

CHECKS: Final[Mapping[str, Callable[[str], str]]] = MappingProxyType(
    {"uscc": uscc.fault, "uscc-outer": partial(uscc.fault, inner=False)}
)
EXCLUDABLE: Final = (
    *(kind for kind in KINDS if kind != "id-refused"),
    *("uscc-length", "uscc-character", "uscc-not-canonical", "uscc-region", "uscc-check", "uscc-organisation"),
)


@frozen(kw_only=True)
class Reading:
    """How a register stands in its file: the same reading of the same file gives the same register.

    Args:
        id: the column with the ids; empty for a register text as `Register.to_tsv` writes it.
        null: the text that stands for a missing value (Parquet; an empty cell of CSV and TSV is empty text).
        check: one of `CHECKS`, or empty.
        exclude: codes of faults whose rows are excluded instead of refused.
        alike: whether ids may differ in nothing but case, width and signs.
        encoding: of CSV and TSV (`formats.ENCODINGS`); empty for UTF-8.
        option, written: the option that names the column, and the one that writes register texts, as messages say it.
    """

    id: str = ""
    null: str | None = None
    check: str = ""
    exclude: tuple[str, ...] = ()
    alike: bool = False
    encoding: str = ""
    option: str = "--id"
    written: str = "--register-out"


@contextmanager
def about(path: str) -> Iterator[None]:
    """Put a file's name in front of the place of every fault that is raised inside."""
    try:
        yield
    except InputError as error:
        raise InputError([_placed(path, note) for note in error.faults]) from None
    except VerificationError as error:
        raise VerificationError([_placed(path, note) for note in error.findings]) from None


def _placed(path: str, note: Note) -> Note:
    return Note(note.code, f"{path}: {note.at}" if note.at else path, note.params)


# ---- in


def read(path: str) -> bytes:
    """The bytes of a file, unpacked if they are gzip.

    Raises:
        InputError: no such file, a directory, not readable, damaged, empty.
    """
    with about(path):
        return unpacked(_bytes(path))


def _bytes(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except FileNotFoundError:
        raise InputError([Note("file-missing")]) from None
    except IsADirectoryError:
        raise InputError([Note("file-not-regular")]) from None
    except (OSError, ValueError) as error:  # ValueError: a path that no file can have
        raise InputError([Note("file-unreadable", "", {"reason": reason(error)})]) from None


def _with_keys(*keys: str) -> Callable[[str, bytes], object]:
    """A reader of JSON objects with just these keys."""

    def parse(_: str, data: bytes) -> object:
        value, _faults = parse_json(data)
        if not isinstance(value, dict) or set(value) != set(keys):
            raise InputError([Note("json-syntax", "", {"reason": "other keys"})])
        return value

    return parse


_KINDS: Final[Mapping[str, Callable[[str, bytes], object]]] = MappingProxyType(
    {
        "PLAN": parse_plan,
        "COMMITMENT": lambda _, data: Commitment.from_json(data),
        "RECORD": lambda _, data: Record.from_json(data),
        "RECEIPT": _with_keys("index", "leaf", "path"),
        "PUBLIC PART": _with_keys("commitment", "outcome", "receipts", "scheme", "seed"),
    }
)


@contextmanager
def _needed(needed: str, path: str, data: bytes) -> Iterator[None]:
    """If a file cannot be read as what is needed, but is another kind of file, say this instead of all that differs."""
    try:
        yield
    except (InputError, VerificationError):
        others = {kind: parse for kind, parse in _KINDS.items() if needed != f"{kind.lower()}-needed"}
        refuse(Note(needed, "", {"kind": kind}) for kind, parse in others.items() if _parses(parse, path, data))
        raise


def _parses(parse: Callable[[str, bytes], object], path: str, data: bytes) -> bool:
    try:
        parse(path, data)
    except (InputError, VerificationError):
        return False
    return True


def read_plan(path: str) -> Plan:
    """A plan from a JSON, YAML or TOML file; raises as `read` and `parse_plan`."""
    data = read(path)
    with about(path), _needed("plan-needed", path, data):
        return parse_plan(path, data)


def read_commitment(path: str) -> Commitment:
    """A commitment to draw from: one that does not hold is wrong input here, not a finding.

    Raises:
        InputError: as `read`; a part that is missing, unknown or mistyped; a plan or a record.
    """
    data = read(path)
    with about(path), _needed("commitment-needed", path, data):
        try:
            return Commitment.from_json(data)
        except VerificationError as error:
            raise InputError(error.findings) from None


def read_record(path: str) -> Record:
    """A published record; raises as `read` and `Record.from_json`, and `InputError` for a plan or a commitment."""
    data = read(path)
    with about(path), _needed("record-needed", path, data):
        return Record.from_json(data)


def read_published(paths: Iterable[str]) -> tuple[tuple[Commitment, ...], tuple[Record, ...]]:
    """The commitments and the records among some files, told by what they hold.

    Args:
        paths: of files; of a folder all commitments and records that lie in it (.json, .json.gz) are read.

    Raises:
        InputError: with the faults of all files: as `read`, a file that is neither, a part that is missing, unknown or
            mistyped.
    """
    commitments: list[Commitment] = []
    records: list[Record] = []
    faults: list[Note] = []
    for path, alone in chain.from_iterable(map(_published, paths)):
        try:
            data = read(path)
            with about(path):
                kind = _published_kind(data)
                if kind is Commitment:
                    commitments.append(Commitment.from_json(data))
                elif kind is Record:
                    records.append(Record.from_json(data))
                elif alone:
                    raise InputError([Note("published-needed")])
        except InputError as error:
            faults += error.faults
        except VerificationError as error:
            faults += error.findings
    refuse(faults)
    return tuple(commitments), tuple(records)


def _published(path: str) -> list[tuple[str, bool]]:
    """A file, and that it stands alone; or the JSON files of a folder in the order of their names."""
    try:
        inside = sorted(Path(path).iterdir()) if Path(path).is_dir() else None
    except (OSError, ValueError) as error:
        raise InputError([Note("file-unreadable", path, {"reason": reason(error)})]) from None
    if inside is None:
        return [(path, True)]
    return [(str(each), False) for each in inside if each.name.endswith((".json", ".json.gz"))]


def _published_kind(data: bytes) -> type | None:
    """Whether JSON is that of a commitment or of a record, perhaps a damaged one."""
    value, _ = parse_json(data)
    keys = set(value) if isinstance(value, dict) else set()
    if {"commitment", "visits"} <= keys:
        return Record
    return Commitment if {"enterprises", "plan"} <= keys else None


@contextmanager
def receipt(path: str) -> Iterator[bytes]:
    """The bytes of a receipt; if they do not hold, but are another kind of file, this is said, as wrong input."""
    data = read(path)
    with about(path), _needed("receipt-needed", path, data):
        yield data


def read_register(path: str, reading: Reading, columns: Iterable[str], *, present: bool = False) -> Register:
    """A register from a CSV, TSV or Parquet file, or from its own published text.

    Args:
        path: the file.
        reading: how the register stands in it.
        columns: the columns to keep; a register text keeps its own.
        present: whether columns that the file lacks are passed over, for a caller who says what they mean.

    Raises:
        InputError: all faults of the file, else all faults of the register, each with its line or row.
    """
    data = read(path)
    known = ", ".join(EXCLUDABLE)
    strangers = [kind for kind in reading.exclude if kind not in EXCLUDABLE]
    refuse(Note("exclude-unknown", "--exclude", {"kind": shown(kind), "known": known}) for kind in strangers)
    with about("--encoding"):
        encoding = codec(reading.encoding or "utf-8")
    with about(path):
        if not reading.id:
            return _register_text(path, data, reading)
        if reading.encoding and suffix(path) == ".parquet":
            raise InputError([Note("encoding-unused")])
        names = tuple(columns)
        wanted = Wanted(reading.id, (), optional=names) if present else Wanted(reading.id, names)
        cells = parse_table(path, data, wanted, encoding)
        return Register(
            cells,
            id=reading.id,
            columns=[name for name in cells if name in names],
            null=reading.null,
            check=CHECKS[reading.check] if reading.check else None,
            exclude=reading.exclude,
            alike=reading.alike,
        )


def _register_text(path: str, data: bytes, reading: Reading) -> Register:
    stated = {
        "--null": reading.null is not None,
        "--check": reading.check,
        "--exclude": reading.exclude,
        "--alike": reading.alike,
        "--encoding": reading.encoding,
    }
    told = {"id": reading.option, "written": reading.written}
    refuse(Note("register-text-option", "", {**told, "option": option}) for option, given in stated.items() if given)
    if suffix(path) != ".tsv":
        raise InputError([Note("register-id-missing", "", told)])
    return Register.from_tsv(data)


def read_recusals(path: str, encoding: str = "") -> tuple[Recusal, ...]:
    """Recusals from a CSV, TSV, Parquet or JSON file: columns inspector and reason, perhaps enterprise and period.

    Args:
        path: the file.
        encoding: of CSV and TSV (`formats.ENCODINGS`); empty for UTF-8, which the other kinds of file always have.

    Raises:
        InputError: as `read`; all faults of the file, each with its row (`formats.parse_recusals`).
    """
    return _read_with(parse_recusals, path, encoding)


def read_meetings(path: str, encoding: str = "") -> Meetings:
    """How often two inspectors have met, from a file like that of `read_recusals`: columns first, second, times."""
    return _read_with(parse_meetings, path, encoding)


def read_changes(path: str, encoding: str = "") -> tuple[Change, ...]:
    """Changes after the seed, from a file like that of `read_recusals`: columns enterprise, reason, on, and more."""
    return _read_with(parse_changes, path, encoding)


def _read_with(parse: Callable[[str, bytes, str], T], path: str, encoding: str) -> T:
    data = read(path)
    with about("--encoding"):
        name = codec(encoding or "utf-8")
    with about(path):
        return parse(path, data, name)


# ---- out


def make_folder(path: str) -> None:
    """Make a folder and those above it, where they are missing.

    Raises:
        InputError: the system refuses, or a file has that name.
    """
    try:
        Path(path).mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        raise InputError([Note("file-unwritable", path, {"reason": reason(error)})]) from None


def write_all(contents: Iterable[tuple[str, bytes]], *, force: bool = False) -> None:
    """Write files, each complete before it gets its name; nothing is written if any of them may not be.

    Args:
        contents: paths and bytes.
        force: whether existing files with other content are replaced. One with the same content is left as it is.

    Raises:
        InputError: existing files, missing folders, a path twice, anything the system refuses.
    """
    targets = [(Path(os.path.realpath(path)), data) for path, data in contents]
    paths = [target for target, _ in targets]
    refuse(Note("file-repeated", str(path)) for path in dict.fromkeys(paths) if paths.count(path) > 1)
    refuse(fault for target, data in targets for fault in _target_faults(target, data, force))
    parts: list[tuple[Path, Path]] = []
    try:
        for target, data in targets:
            if not _same(target, data):
                parts.append((target.with_name(f".{target.name}.{os.getpid()}.part"), target))
                parts[-1][0].write_bytes(data)
        for part, target in parts:
            os.replace(part, target)
    except OSError as error:
        raise InputError([Note("file-unwritable", str(parts[-1][1]), {"reason": reason(error)})]) from None
    finally:
        for part, _ in parts:
            with suppress(OSError):
                part.unlink(missing_ok=True)


def _target_faults(target: Path, data: bytes, force: bool) -> list[Note]:
    try:
        return _place_faults(target, data, force)
    except OSError as error:  # a name too long, a folder that nobody may look into
        return [Note("file-unwritable", str(target), {"reason": reason(error)})]


def _place_faults(target: Path, data: bytes, force: bool) -> list[Note]:
    at = str(target)
    if not target.parent.is_dir():
        return [Note("folder-missing", at, {"folder": str(target.parent)})]
    if not target.exists():
        return []
    if not target.is_file():
        return [Note("file-not-regular", at)]
    return [] if force or _same(target, data) else [Note("file-exists", at)]


def _same(target: Path, data: bytes) -> bool:
    try:
        return target.read_bytes() == data
    except OSError:
        return False
