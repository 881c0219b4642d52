"""Files: registers read alike each time, results whole or absent, published files never replaced by accident."""

import gzip
import json
import os
import socket
from collections.abc import Callable
from pathlib import Path

import pyarrow
import pyarrow.parquet
import pytest

from dual_random import InputError, Note, Register, VerificationError, commit, demo, draw
from dual_random.files import (
    EXCLUDABLE,
    Reading,
    about,
    make_folder,
    read,
    read_commitment,
    read_plan,
    read_record,
    read_register,
    write_all,
)
from dual_random.frames import KINDS
from dual_random.messages import MESSAGES

BY_ID = Reading(id="uscc")


def codes(error: InputError) -> list[tuple[str, str]]:
    return [(note.code, note.at) for note in error.faults]


@pytest.fixture
def table() -> dict[str, list[str]]:
    return {name: cells for name, cells in demo.table(50).items() if name in ("uscc", "risk", "street")}


def text_of(table: dict[str, list[str]], separator: str) -> bytes:
    rows = [separator.join(row) for row in (table, *zip(*table.values(), strict=True))]
    return "".join(f"{row}\n" for row in rows).encode()


def test_every_format_gives_the_same_register(tmp_path: Path, table: dict[str, list[str]]) -> None:
    """CSV, TSV, gzip of both, Parquet and the register text give one register, with one digest."""
    expected = Register(table, id="uscc", columns=["risk", "street"])
    contents = {
        "a.csv": text_of(table, ","),
        "b.tsv": text_of(table, "\t"),
        "c.csv.gz": gzip.compress(text_of(table, ",")),
        "d.TSV.GZ": gzip.compress(text_of(table, "\t")),
    }
    for name, data in contents.items():
        (tmp_path / name).write_bytes(data)
    pyarrow.parquet.write_table(pyarrow.table(table), tmp_path / "e.parquet")
    for name in (*contents, "e.parquet"):
        read = read_register(str(tmp_path / name), BY_ID, ["street", "risk"])
        assert read == expected
        assert read.digest() == expected.digest()
    for name, data in (("f.tsv", expected.to_tsv()), ("g.tsv.gz", gzip.compress(expected.to_tsv()))):
        (tmp_path / name).write_bytes(data)
        assert read_register(str(tmp_path / name), Reading(), ["ignored"]) == expected


def test_reading_options(tmp_path: Path) -> None:
    """Missing values, checks, exclusions and alike ids are read as the options say."""
    valid = demo.table(3)["uscc"]
    table = {"uscc": [*valid, valid[0], valid[1].lower(), "E1"], "risk": ["A", None, "B", "C", "D", "A"]}
    path = str(tmp_path / "a.parquet")
    pyarrow.parquet.write_table(pyarrow.table(table), path)
    exclude = ("id-repeated", "uscc-length", "uscc-not-canonical")
    register = read_register(path, Reading(id="uscc", null="", check="uscc", alike=True, exclude=exclude), ["risk"])
    assert list(register) == sorted([valid[1], valid[2]])
    assert register.value(valid[1], "risk") == ""
    assert sorted(note.code for note in register.excluded) == sorted(exclude)
    with pytest.raises(InputError) as caught:
        read_register(path, Reading(id="uscc"), ["risk"])
    assert {code for code, _ in codes(caught.value)} == {"id-repeated", "id-alike", "cell-missing"}
    assert all(at.startswith(f"{path}: row") for _, at in codes(caught.value))


def test_outer_check_only(tmp_path: Path) -> None:
    """The check uscc-outer admits identifiers that only the organisation code's own character contradicts."""
    path = tmp_path / "a.csv"
    path.write_text("uscc\n91990099PDY000010D\n")
    found = [_check_code(str(path), check) for check in ("uscc", "uscc-outer")]
    assert found == ["uscc-organisation", ""]


def test_columns_that_are_there(tmp_path: Path) -> None:
    """Columns that a file lacks are refused, or passed over for a caller who asks for those that are there."""
    (tmp_path / "a.csv").write_text("uscc,risk\nE1,A\n")
    read = read_register(str(tmp_path / "a.csv"), BY_ID, ["street", "risk"], present=True)
    assert (read.columns, list(read)) == (("risk",), ["E1"])
    with pytest.raises(InputError) as caught:
        read_register(str(tmp_path / "a.csv"), BY_ID, ["street", "risk"])
    assert codes(caught.value) == [("table-column-missing", f"{tmp_path}/a.csv")]


def _check_code(path: str, check: str) -> str:
    try:
        read_register(path, Reading(id="uscc", check=check), [])
    except InputError as error:
        return error.faults[0].code
    return ""


def test_excludable_kinds_are_known() -> None:
    """What can be excluded are the register's kinds and the codes of the check; anything else is named."""
    assert set(EXCLUDABLE) <= set(MESSAGES)
    assert set(KINDS) - {"id-refused"} <= set(EXCLUDABLE)
    with pytest.raises(InputError) as caught:
        read_register(__file__, Reading(id="uscc", check="uscc", exclude=("typo",)), [])
    assert codes(caught.value) == [("exclude-unknown", "--exclude")]


def test_register_text_takes_no_options(tmp_path: Path, table: dict[str, list[str]]) -> None:
    """Without an id column only a register text is read, and options for tables are refused, each by name."""
    (tmp_path / "a.csv").write_bytes(text_of(table, ","))
    (tmp_path / "b.tsv").write_bytes(Register(table, id="uscc", columns=["risk"]).to_tsv())
    with pytest.raises(InputError) as caught:
        read_register(str(tmp_path / "a.csv"), Reading(), ["risk"])
    assert [code for code, _ in codes(caught.value)] == ["register-id-missing"]
    with pytest.raises(InputError) as caught:
        read_register(
            str(tmp_path / "b.tsv"),
            Reading(null="", check="uscc", exclude=("id-alike",), alike=True, encoding="gbk"),
            ["risk"],
        )
    options = [note.params["option"] for note in caught.value.faults]
    assert options == ["--null", "--check", "--exclude", "--alike", "--encoding"]


def test_encodings(tmp_path: Path, table: dict[str, list[str]]) -> None:
    """A table in GBK gives the register of the same table in UTF-8; unknown and useless encodings are refused."""
    for name, encoding in (("a.csv", "utf-8"), ("b.csv", "gbk")):
        (tmp_path / name).write_bytes(text_of(table, ",").decode().encode(encoding))
    pyarrow.parquet.write_table(pyarrow.table(table), tmp_path / "c.parquet")
    expected = Register(table, id="uscc", columns=["street"])
    assert not "".join(table["street"]).isascii()
    for name, encoding in (("a.csv", ""), ("a.csv", "utf-8"), ("b.csv", "GB18030"), ("b.csv", "gbk")):
        read = read_register(str(tmp_path / name), Reading(id="uscc", encoding=encoding), ["street"])
        assert read.digest() == expected.digest()
    cases = {
        ("a.csv", "gbq"): ("encoding-unknown", "--encoding"),
        ("c.parquet", "gbk"): ("encoding-unused", f"{tmp_path}/c.parquet"),
    }
    for (name, encoding), fault in cases.items():
        with pytest.raises(InputError) as caught:
            read_register(str(tmp_path / name), Reading(id="uscc", encoding=encoding), ["street"])
        assert codes(caught.value) == [fault]


@pytest.fixture(scope="session")
def kinds(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A file of each kind, and a plan in YAML."""
    folder = tmp_path_factory.mktemp("kinds")
    register = demo.district(8_000)
    commitment = commit(demo.plan(), register)
    contents = {
        "PLAN": json.dumps(demo.plan_data()).encode(),
        "COMMITMENT": commitment.to_json(),
        "RECORD": draw(commitment, register, seed=demo.SEED).record.to_json(),
    }
    for kind, data in contents.items():
        (folder / f"{kind}.json").write_bytes(data)
    (folder / "PLAN.yaml").write_bytes(contents["PLAN"])
    return {name: str(folder / name) for name in ("PLAN.json", "PLAN.yaml", "COMMITMENT.json", "RECORD.json")}


@pytest.mark.parametrize(
    ("reader", "needed"), [(read_plan, "plan"), (read_commitment, "commitment"), (read_record, "record")]
)
def test_another_kind_of_file(kinds: dict[str, str], reader: Callable[[str], object], needed: str) -> None:
    """A plan, commitment or record in the place of another is told in one fault, and what is needed."""
    for name, path in kinds.items():
        kind, _, _ = name.partition(".")
        if kind == needed.upper():
            reader(path)
            continue
        with pytest.raises(InputError) as caught:
            reader(path)
        (note,) = caught.value.faults
        assert (note.code, note.at, note.params["kind"]) == (f"{needed}-needed", path, kind)
        assert needed.upper() in note.text("en")
        assert needed.upper() in note.text("zh")


def test_damaged_files_are_no_other_kind(kinds: dict[str, str], tmp_path: Path) -> None:
    """A file that reads as no kind keeps its own faults: a damaged record its findings, with their paths."""
    data = json.loads(Path(kinds["RECORD.json"]).read_bytes())
    damaged = tmp_path / "r.json"
    for record in ({**data, "outcome": 1}, {"commitment": data["commitment"]}, {**data["commitment"], "x": 1}):
        damaged.write_text(json.dumps(record))
        with pytest.raises(VerificationError) as found:
            read_record(str(damaged))
        assert all(note.at.startswith(f"{damaged}: ") for note in found.value.findings)


@pytest.mark.parametrize("reader", [read, read_plan, read_commitment, read_record])
def test_unreadable_files(tmp_path: Path, reader: object) -> None:
    """A missing file, a folder and an empty file are named, whatever is read."""
    assert callable(reader)
    (tmp_path / "empty.json").write_bytes(b"\n")
    cases = {"none.json": "file-missing", "": "file-not-regular", "empty.json": "file-empty", "a\0b": "file-unreadable"}
    for name, code in cases.items():
        path = f"{tmp_path}/{name}"
        with pytest.raises(InputError) as caught:
            reader(path)
        assert codes(caught.value) == [(code, path)]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_permissions(tmp_path: Path) -> None:
    """A file that may not be read is named with the system's reason."""
    (tmp_path / "a.csv").write_bytes(b"uscc\n")
    (tmp_path / "a.csv").chmod(0)
    with pytest.raises(InputError) as caught:
        read(str(tmp_path / "a.csv"))
    assert codes(caught.value) == [("file-unreadable", str(tmp_path / "a.csv"))]


def test_about() -> None:
    """Faults and findings get the file's name in front of their place, and keep their kind."""
    with pytest.raises(InputError) as caught, about("plan.json"):
        raise InputError([Note("text-empty", "title"), Note("demands-missing")])
    assert codes(caught.value) == [("text-empty", "plan.json: title"), ("demands-missing", "plan.json")]
    with pytest.raises(VerificationError) as found, about("record.json"):
        raise VerificationError([Note("key-missing", "outcome")])
    assert found.value.findings[0].at == "record.json: outcome"


# ---- out


def test_write(tmp_path: Path) -> None:
    """Bytes are written as they are, nothing else is left in the folder, and the mode is the user's own."""
    target = tmp_path / "a.json"
    write_all([(str(target), b"\r\n\n"), (str(tmp_path / "b.json"), b"")])
    assert target.read_bytes() == b"\r\n\n"
    assert sorted(os.listdir(tmp_path)) == ["a.json", "b.json"]
    (tmp_path / "plain").write_bytes(b"")
    assert target.stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_existing_files_stay(tmp_path: Path) -> None:
    """An existing file with other content stops everything; with the same it stays untouched; force replaces it."""
    old, new = tmp_path / "old.json", tmp_path / "new.json"
    old.write_bytes(b"published")
    os.utime(old, (1, 1))
    with pytest.raises(InputError) as caught:
        write_all([(str(new), b"1"), (str(old), b"other")])
    assert codes(caught.value) == [("file-exists", str(old))]
    assert not new.exists()
    write_all([(str(old), b"published")], force=True)
    assert old.stat().st_mtime == 1
    write_all([(str(old), b"other")], force=True)
    assert old.read_bytes() == b"other"


def test_targets_refused(tmp_path: Path) -> None:
    """Missing folders, folders as targets and one target for two results are all refused beforehand."""
    with pytest.raises(InputError) as caught:
        write_all([(f"{tmp_path}/no/a", b""), (str(tmp_path), b"")], force=True)
    assert [code for code, _ in codes(caught.value)] == ["folder-missing", "file-not-regular"]
    with pytest.raises(InputError) as caught:
        write_all([(f"{tmp_path}/a", b""), (f"{tmp_path}/../{tmp_path.name}/a", b"x")])
    assert [code for code, _ in codes(caught.value)] == ["file-repeated"]
    assert not any(tmp_path.iterdir())


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="no socket files")
def test_devices_are_never_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is neither a file nor a folder is no target, not even by force: a device would become a file."""
    monkeypatch.chdir(tmp_path)  # a socket stands in for a device: if this test fails, only it is lost
    with socket.socket(socket.AF_UNIX) as stand_in:
        stand_in.bind("device")
        with pytest.raises(InputError) as caught:
            write_all([("device", b"x")], force=True)
    assert [code for code, _ in codes(caught.value)] == ["file-not-regular"]
    assert Path("device").is_socket()


@pytest.mark.parametrize("broken", ["write_bytes", "replace"])
def test_nothing_half_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: str) -> None:
    """If the system fails in the middle, no file has got its name, and no part of one is left."""

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    if broken == "replace":
        monkeypatch.setattr(os, "replace", fail)
    else:
        monkeypatch.setattr(Path, "write_bytes", _first_then(fail))
    with pytest.raises(InputError) as caught:
        write_all([(f"{tmp_path}/a", b"1"), (f"{tmp_path}/b", b"2")])
    assert [code for code, _ in codes(caught.value)] == ["file-unwritable"]
    assert "No space left on device" in str(caught.value)
    assert not any(tmp_path.iterdir())


def _first_then(fail: object) -> object:
    """Path.write_bytes that works once, then leaves half a file and fails."""
    write, calls = Path.write_bytes, []

    def wrapped(path: Path, data: bytes) -> int:
        calls.append(path)
        written = write(path, data)
        if len(calls) > 1:
            assert callable(fail)
            fail()
        return written

    return wrapped


def test_links_are_followed(tmp_path: Path) -> None:
    """A link stays a link; the file it leads to gets the content."""
    target, link = tmp_path / "a", tmp_path / "link"
    target.write_bytes(b"old")
    link.symlink_to(target)
    write_all([(str(link), b"new")], force=True)
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


def test_folders(tmp_path: Path) -> None:
    """A folder is made with those above it, and one that is there is no fault; a file in its place is."""
    make_folder(f"{tmp_path}/a/b")
    make_folder(f"{tmp_path}/a/b")
    assert (tmp_path / "a" / "b").is_dir()
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(InputError) as caught:
        make_folder(f"{tmp_path}/file")
    assert codes(caught.value) == [("file-unwritable", f"{tmp_path}/file")]
