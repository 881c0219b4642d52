"""Registers: held against the published values, plain sorting and joining, hashlib, and the shell."""

import copy
import gc
import hashlib
import json
import pickle
import random
import shutil
import subprocess
import tracemalloc
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from attrs.exceptions import FrozenInstanceError
from hypothesis import given, settings
from hypothesis import strategies as st

from districts import faults, named
from dual_random.ids import PLACEHOLDERS, folded
from dual_random.registers import Register
from dual_random.schemes import SCHEMES, Scheme, ticket_start
from dual_random.testing.strategies import clean_texts
from dual_random.tickets import first_words

quick = settings(deadline=None, derandomize=True, max_examples=100)
GOLDEN = json.loads((Path(__file__).parent / "golden/dual-random-1/register.json").read_bytes())

TABLE = {"uscc": ["E2", "E1", "宁波-3"], "risk": ["B", "A", ""], "industry": ["H", "F", "H"]}


def small(**more: list[str]) -> Register:
    table = {**TABLE, **more}
    return Register(table, id="uscc", columns=[column for column in table if column != "uscc"])


# ---- the published values


@pytest.mark.parametrize("scheme", SCHEMES)
def test_register_text_and_digest_as_published(scheme: Scheme) -> None:
    """Text and digest are those of a second implementation."""
    golden = GOLDEN[scheme]["register"]
    rows = [{"uscc": name, **cells} for name, cells in golden["rows"].items()]
    for order in (rows, rows[::-1]):
        register = Register.from_rows(order, id="uscc", columns=golden["columns"], alike=True)
        assert register.to_tsv() == golden["text"].encode()
        assert register.digest(scheme) == golden["digest"]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_byte_order_as_published(scheme: Scheme) -> None:
    """Ids stand in the published order: by code points, not as UTF-16 or any locale has it."""
    golden = GOLDEN[scheme]["byte_order"]
    assert list(Register({"id": golden[::-1]}, id="id", columns=[], alike=True)) == golden


# ---- text and digest


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[str], dict[str, list[str]]]:
    """Ids and columns in any order: nasty but clean, cells often empty."""
    names_of_rows = clean_texts().filter(lambda name: name not in PLACEHOLDERS)
    ids = draw(st.lists(names_of_rows, max_size=7, unique_by=lambda name: folded(f"{name}\n".encode())))
    names = draw(st.lists(clean_texts().filter(lambda name: name not in ("id", "source")), max_size=3, unique=True))
    cells = st.one_of(st.just(""), clean_texts())
    return ids, {name: draw(st.lists(cells, min_size=len(ids), max_size=len(ids))) for name in names}


def joined(ids: list[str], columns: dict[str, list[str]]) -> bytes:
    """The register text by plain sorting and joining."""
    names = sorted(columns)
    rows = sorted(zip(ids, *(columns[name] for name in names), strict=True), key=lambda row: row[0].encode())
    return "".join("\t".join(row) + "\n" for row in [("id", *names), *rows]).encode()


@given(tables(), st.randoms())
@quick
def test_text_digest_and_way_back(table: tuple[list[str], dict[str, list[str]]], dice: random.Random) -> None:
    """Whatever the order of rows and columns: one text, its digest that of hashlib, and the text gives the register."""
    ids, columns = table
    order = dice.sample(range(len(ids)), len(ids))
    mixed = {name: [cells[row] for row in order] for name, cells in {**columns, "source": ids}.items()}
    register = Register(mixed, id="source", columns=dice.sample(list(columns), len(columns)))
    text = joined(ids, columns)
    assert register.to_tsv() == text
    assert register.digest() == hashlib.sha256(text).hexdigest()
    assert Register.from_tsv(text) == register
    assert list(register) == sorted(ids, key=str.encode)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_digest_is_that_of_the_text(scheme: Scheme) -> None:
    """Both schemes hash the same text; a digest asked for twice is the same one."""
    register = small()
    name = scheme.rpartition("-")[2]
    assert [register.digest(scheme) for _ in range(2)] == [hashlib.new(name, register.to_tsv()).hexdigest()] * 2
    assert register.digest() == register.digest("dual-random/1-sha256")
    assert named(faults(lambda: register.digest("dual-random/2"))) == [("scheme-unknown", "scheme")]  # type: ignore[arg-type]


@pytest.mark.skipif(not shutil.which("sha256sum"), reason="no sha256sum here")
def test_the_shell_agrees(tmp_path: Path) -> None:
    """sha256sum gives the digest, and sort in the C locale gives the order of the rows."""
    golden = GOLDEN[SCHEMES[0]]["byte_order"]
    table = {"id": [*golden, *(f"{name} {number}" for name in golden for number in range(30)), "E10", "E1'\"$x"]}
    table["海曙"] = [name[-1] for name in table["id"]]
    register = Register(table, id="id", columns=["海曙"], alike=True)
    file = tmp_path / "register.tsv"
    file.write_bytes(register.to_tsv())
    script = """sha256sum "$1"
        (head -n1 "$1"; tail -n+2 "$1" | shuf | LC_ALL=C sort) | sha256sum"""
    told = subprocess.run(["bash", "-c", script, "-", str(file)], capture_output=True, check=True, text=True).stdout
    assert [line.split()[0] for line in told.splitlines()] == [register.digest(), register.digest()]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"id\nE2\nE1\n", "tsv-order"),
        (b"id\r\nE1\r\n", "tsv-cr"),
        (b"id\nE1", "tsv-end"),
        (b"id\tb\ta\nE1\t\t\n", "tsv-columns"),
        (b"\xef\xbb\xbfid\nE1\n", "tsv-bom"),
        (b"id\nE1\nE1\n", "id-repeated"),
        (b"id\ta\ta\nE1\t\t\n", "name-repeated"),
        (b"id\tid\nE1\t\n", "column-id"),
        (b"id\t\nE1\t\n", "text-empty"),
        (b"id\ta\nE1\t x\n", "text-space"),
        (b"id\n\n", "text-empty"),
        (b"id\nE1\xe2\x80\x8b\n", "text-character"),
        (b"id\ne\xcc\x81\n", "text-not-nfc"),
    ],
)
def test_no_other_text_is_read(data: bytes, code: str) -> None:
    """A text that no register writes is refused, for its form or for what stands in it."""
    assert [note.code for note in faults(lambda: Register.from_tsv(data))] == [code]


@given(st.binary(max_size=12).map(lambda tail: b"id\ta\nE1\tx\n" + tail), st.integers(0, 20), st.integers(0, 255))
@quick
def test_what_is_read_is_written_again(data: bytes, place: int, byte: int) -> None:
    """Any bytes are either refused or written back just so."""
    changed = bytearray(data)
    changed[place % len(data)] = byte
    try:
        register = Register.from_tsv(bytes(changed))
    except ValueError:
        return
    assert register.to_tsv() == changed


def test_alike_ids_of_a_text() -> None:
    """A published text may hold alike ids; who reads it may ask for none."""
    text = b"id\nE1\ne1\n"
    assert len(Register.from_tsv(text)) == 2
    assert [note.code for note in faults(lambda: Register.from_tsv(text, alike=False))] == ["id-alike"] * 2


# ---- made of tables and rows


def test_every_table_gives_one_register() -> None:
    """A dict, pandas, polars, pyarrow and rows give equal registers with equal digests."""
    rows = [dict(zip(TABLE, cells, strict=True)) for cells in zip(*TABLE.values(), strict=True)]
    made = [
        Register(table, id="uscc", columns=["risk", "industry"])
        for table in (TABLE, pd.DataFrame(TABLE), pl.DataFrame(TABLE), pa.table(TABLE))
    ]
    made.append(Register.from_rows(iter(rows), id="uscc", columns=["industry", "risk"]))
    made.append(Register.from_rows(map(MappingProxyType, rows), id="uscc", columns=iter(["industry", "risk"])))
    assert {register.digest() for register in made} == {small().digest()}
    assert set(made) == {small()}


def test_one_column_may_be_a_word() -> None:
    """One str is one column, never its characters; columns none is none."""
    assert Register(TABLE, id="uscc", columns="risk").columns == ("risk",)
    assert Register(TABLE, id="uscc", columns=()).to_tsv() == "id\nE1\nE2\n宁波-3\n".encode()


def test_rows_that_lack_a_column() -> None:
    """A cell that a row lacks is missing there; a column that all lack is a missing column."""
    rows: list[Mapping[str, object]] = [{"id": "E1", "risk": "A"}, {"id": "E2"}]
    assert Register.from_rows(rows, id="id", columns=["risk"], null="-").value("E2", "risk") == "-"
    assert named(faults(lambda: Register.from_rows(rows, id="id", columns=["risk"]))) == [
        ("cell-missing", "row 2 (E2, risk)")
    ]
    found = faults(lambda: Register.from_rows(rows, id="id", columns=["rsik"]))
    assert named(found) == [("column-missing", "rsik")]
    assert "'risk'" in found[0].text()
    assert len(Register.from_rows([], id="id", columns=["risk"])) == 0
    assert len(Register.from_rows(rows, id="id", columns=["risk"], exclude=["cell-missing"])) == 1


def test_rows_must_be_rows() -> None:
    """What is no mapping is named with its row."""
    rows = [{"id": "E1"}, ("E2",), "E3"]
    assert named(faults(lambda: Register.from_rows(rows, id="id", columns=[]))) == [  # type: ignore[arg-type]
        ("row-type", "row 2"),
        ("row-type", "row 3"),
    ]


def test_arguments_reach_the_frame() -> None:
    """null, alike, check and exclude mean the same for tables and rows."""
    table: dict[str, list[str | None]] = {"id": ["e1", "E1", "E22", "E3"], "risk": ["A", "B", "C", None]}
    rows = [dict(zip(table, cells, strict=True)) for cells in zip(*table.values(), strict=True)]

    def check(id: str) -> str:
        return "long" * (len(id) > 2)

    one = Register(table, id="id", columns=["risk"], null="?", alike=True, check=check, exclude=["long"])
    two = Register.from_rows(rows, id="id", columns=["risk"], null="?", alike=True, check=check, exclude=["long"])
    assert one == two
    assert one.excluded == two.excluded
    assert one.to_tsv() == b"id\trisk\nE1\tB\nE3\t?\ne1\tA\n"
    assert named(one.excluded) == [("id-refused", "E22")]


def test_excluded_is_independent_of_the_order() -> None:
    """Shuffled rows give the same register and the same reasons for those kept out."""
    rows = [{"id": f"E{number % 97}", "risk": "AB "[number % 3]} for number in range(140)]
    made = []
    for seed in range(5):
        random.Random(seed).shuffle(rows)
        made.append(Register.from_rows(rows, id="id", columns=["risk"], exclude=["id-repeated", "text-space"]))
    assert len({register.digest() for register in made}) == 1
    assert len({register.excluded for register in made}) == 1
    assert len(made[0]) == 36
    assert made[0].excluded[0].code == "id-repeated"


# ---- rows and columns


def test_reads_as_a_collection() -> None:
    """Length, iteration, membership: the ids in byte order as text."""
    register = small()
    assert (len(register), list(register)) == (3, ["E1", "E2", "宁波-3"])
    assert ("E2" in register, "E" in register, 7 in register, "\ud800" in register) == (True, False, False, False)
    assert isinstance(iter(register), Iterator)


def test_rows_by_number_and_id() -> None:
    """Rows have numbers in byte order of id, and each id its row."""
    register = small()
    assert [register.id_bytes(row).decode() for row in range(3)] == list(register)
    assert register.ids_at(np.array([2, 0, 2])) == ["宁波-3", "E1", "宁波-3"]
    assert register.ids_at(np.zeros(0, dtype=np.intp)) == []
    assert [register.row_of(name) for name in ("E1", "E2", "宁波-3", "E", "宁波-4", "")] == [0, 1, 2, None, None, None]


def test_codes_and_values() -> None:
    """A column as codes in byte order of id, its values in byte order; a cell by id and column."""
    register = small()
    codes, values = register.codes("risk")
    assert (codes.tolist(), values, codes.dtype.name) == ([1, 2, 0], ("", "A", "B"), "uint8")
    with pytest.raises(ValueError, match="read-only"):
        codes[0] = 0
    assert [register.value(name, "industry") for name in register] == ["F", "H", "H"]
    assert named(faults(lambda: register.codes("boiler"))) == [("column-unknown", "'boiler'")]
    assert named(faults(lambda: register.value("E9", "risk"))) == [("id-unknown", "E9")]
    assert named(faults(lambda: register.value("E1", "boiler"))) == [("column-unknown", "'boiler'")]


@pytest.mark.parametrize(
    "ids", [["E1", "E22", "宁波"], [f"{number:04d}" for number in range(5000)], ["x" * 1000, "y"], []]
)
def test_chunks_feed_the_tickets(ids: list[str]) -> None:
    """The chunks hold all ids in order as UTF-8, and tickets made from them are those of the ids."""
    register = Register({"id": ids[::-1]}, id="id", columns=[])
    chunks = list(register.id_chunks())
    assert [name.decode() for chunk in chunks for name in chunk] == list(register) == ids
    assert all(type(name) is bytes for chunk in chunks for name in chunk)
    start = ticket_start("dual-random/1-sha256", "k" * 64, "target")
    expected = [
        int.from_bytes(hashlib.sha256(f"{'k' * 64}\ntarget\n{name}".encode()).digest()[:8], "big") for name in ids
    ]
    assert first_words(start, register.id_chunks(), len(register)).tolist() == expected


# ---- a value


def test_is_a_value() -> None:
    """Equal content is equal and has one hash, whatever was kept out; nothing can be assigned or written to."""
    register = small()
    dirty = Register(
        {"uscc": [*TABLE["uscc"], ""], "risk": [*TABLE["risk"], "Z"], "industry": [*TABLE["industry"], ""]},
        id="uscc",
        columns=["risk", "industry"],
        exclude=["text-empty"],
    )
    assert dirty == register
    assert hash(dirty) == hash(register)
    assert dirty.codes("risk")[1] == register.codes("risk")[1]
    others = [
        small(boiler=["", "", ""]),
        Register(TABLE, id="uscc", columns=["risk"]),
        small(risk=["B", "A", "A"]),
        small(uscc=["E2", "E1", "E3"]),
    ]
    assert register not in [*others, TABLE, None]
    with pytest.raises(FrozenInstanceError):
        register.columns = ()  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        del register.excluded
    with pytest.raises((FrozenInstanceError, AttributeError)):
        register.more = 1  # type: ignore[attr-defined]


@pytest.mark.parametrize("digested", [True, False])
def test_survives_pickling_and_copying(digested: bool) -> None:
    """A register crosses a process border unchanged and still cannot be written to."""
    register = Register({"id": ["E1", "E2 "], "risk": ["A", "B"]}, id="id", columns=["risk"], exclude=["text-space"])
    if digested:
        register.digest()
    for again in (pickle.loads(pickle.dumps(register)), copy.deepcopy(register), copy.copy(register)):
        assert again == register
        assert (again.excluded, again.columns, again.digest()) == (
            register.excluded,
            register.columns,
            register.digest(),
        )
        assert list(again) == ["E1"]
        with pytest.raises(ValueError, match="read-only"):
            again.codes("risk")[0][0] = 0


def test_repr_is_short() -> None:
    """The repr tells the number of rows and the columns."""
    assert repr(small()) == "Register(3 rows: industry, risk)"
    assert repr(Register(TABLE, id="uscc", columns=[])) == "Register(3 rows)"


# ---- differences


def rows_of(register: Register) -> dict[str, dict[str, str]]:
    return {name: {column: register.value(name, column) for column in register.columns} for name in register}


SMALL = st.dictionaries(
    st.sampled_from(["E1", "E2", "E3", "海", "E10"]),
    st.tuples(st.sampled_from("AB"), st.sampled_from("ABC")),
    max_size=5,
)


def of_cells(cells: dict[str, tuple[str, str]]) -> Register:
    table = {"id": list(cells), "a": [a for a, _ in cells.values()], "b": [b for _, b in cells.values()]}
    return Register(table, id="id", columns=["a", "b"])


@given(SMALL, SMALL)
@quick
def test_differences_by_brute_force(one: dict[str, tuple[str, str]], two: dict[str, tuple[str, str]]) -> None:
    """Exactly the rows added, removed and the cells changed are named, sorted by id; none between equal registers."""
    before, after = of_cells(one), of_cells(two)
    expected = []
    for name in sorted(one.keys() | two.keys()):
        if name not in two:
            expected.append(("row-removed", name))
        elif name not in one:
            expected.append(("row-added", name))
        else:
            expected += [("cell-changed", name) for place in (0, 1) if one[name][place] != two[name][place]]
    notes = before.differences(after)
    assert named(notes) == expected
    assert (notes == ()) == (before == after)
    for note in notes:
        if note.code == "cell-changed":
            column = "ab".index(str(note.params["column"]))
            assert (note.params["before"], note.params["after"]) == (
                repr(one[note.at][column]),
                repr(two[note.at][column]),
            )


def test_differences_of_columns() -> None:
    """Columns that only one has are named first; the others are compared."""
    before = Register(TABLE, id="uscc", columns=["risk"])
    after = small(risk=["B", "C", ""])
    assert named(before.differences(after)) == [("column-added", "industry"), ("cell-changed", "E1")]
    assert named(after.differences(before)) == [("column-removed", "industry"), ("cell-changed", "E1")]


# ---- memory


def test_memory_a_row() -> None:
    """An id of 18 characters and three columns keep 60 bytes at most, and 150 while they are read; one long id changes
    nothing.
    """
    count = 50_000
    ids = [f"91330203{(7919 * number) % 10**10:010d}" for number in range(count)]
    table = {
        "id": ids,
        "risk": list("ABCD" * (count // 4)),
        "city": ["海曙", "鄞州"] * (count // 2),
        "industry": [f"I{number % 90}" for number in range(count)],
    }
    for table["id"] in (ids, [*ids[:-1], "x" * 1000]):
        gc.collect()
        tracemalloc.start()
        register = Register(table, id="id", columns=["risk", "city", "industry"])
        gc.collect()
        kept, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert len(register) == count
        assert kept < 60 * count
        assert peak < 150 * count
