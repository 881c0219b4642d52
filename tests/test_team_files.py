"""Files of recusals and meetings: every format gives the same values, every fault its file and row."""

import gzip
import io
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

import pyarrow
import pyarrow.parquet
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dual_random.errors import InputError
from dual_random.files import read_meetings, read_recusals
from dual_random.formats import csv_bytes, parse_meetings, parse_recusals
from dual_random.team_rules import Recusal, meetings, recusals
from dual_random.testing.strategies import clean_texts

quick = settings(deadline=None, derandomize=True, max_examples=40)

RECUSALS: Final = recusals(
    [
        Recusal("F07", reason="leave", period="8月"),
        Recusal("F07", reason="leave", period="9月"),
        Recusal("F07", reason="brother, of the owner", enterprise="E1"),
        Recusal("F02", reason="retired"),
        Recusal("F02", reason="x", enterprise="E1", period="9月"),
    ]
)
COLUMNS: Final = ("reason", "enterprise", "inspector", "period")
MET: Final = {("F02", "F01"): 3, ("F01", "F03"): 1, ("F02", "𠮷"): 12}


def table(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> dict[str, list[Any]]:
    """Rows as columns by name."""
    return {name: [row[place] for row in rows] for place, name in enumerate(columns)}


def tsv(cells: dict[str, list[Any]]) -> bytes:
    """A table as TSV, written plainly."""
    rows = [list(cells), *zip(*cells.values(), strict=True)]
    return "".join("\t".join(map(str, row)) + "\n" for row in rows).encode()


def parquet(cells: dict[str, list[Any]]) -> bytes:
    """A table as Parquet."""
    out = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.table(cells), out)
    return out.getvalue()


def objects(cells: dict[str, list[Any]]) -> bytes:
    """A table as a JSON list of objects."""
    rows = zip(*cells.values(), strict=True)
    return json.dumps([dict(zip(cells, row, strict=True)) for row in rows]).encode()


def told(call: Callable[[], object]) -> list[str]:
    """Codes and places of the faults of a call, which read in both languages."""
    with pytest.raises(InputError) as caught:
        call()
    assert all(note.text("en") and note.text("zh") for note in caught.value.faults)
    return [f"{note.code} {note.at}" for note in caught.value.faults]


def recusal_faults(name: str, data: bytes | str) -> list[str]:
    """The faults of some recusals."""
    return told(lambda: parse_recusals(name, data if isinstance(data, bytes) else data.encode()))


def meeting_faults(name: str, data: bytes | str) -> list[str]:
    """The faults of some meetings."""
    return told(lambda: parse_meetings(name, data if isinstance(data, bytes) else data.encode()))


# ---- the same values from every format


def test_recusals_of_every_format(tmp_path: Path) -> None:
    """CSV, TSV, Parquet and JSON, packed or not, in another order of rows and columns: the same recusals."""
    cells = table(COLUMNS, [(each.reason, each.enterprise, each.inspector, each.period) for each in RECUSALS[::-1]])
    contents = {
        "a.csv": csv_bytes(cells),
        "b.tsv": tsv(cells),
        "c.parquet": parquet(cells),
        "d.json": objects(cells),
        "e.CSV.gz": gzip.compress(csv_bytes(cells)),
        "f.json.gz": gzip.compress(objects(cells)),
        "g.csv": b"\xef\xbb\xbf" + csv_bytes(cells).replace(b"\n", b"\r\n"),
        "h.json": b"\xef\xbb\xbf" + objects(cells),
    }
    for name, data in contents.items():
        (tmp_path / name).write_bytes(data)
        assert read_recusals(str(tmp_path / name)) == RECUSALS


def test_meetings_of_every_format(tmp_path: Path) -> None:
    """Either person first, in any order of rows; counts as text in CSV and TSV, as numbers in Parquet and JSON."""
    rows = [(times, one, other) for (one, other), times in reversed(MET.items())]
    cells = table(("times", "first", "second"), rows)
    contents = {
        "a.csv": csv_bytes(cells),
        "b.tsv": tsv(cells),
        "c.parquet": parquet(cells),
        "d.parquet": parquet({**cells, "times": [str(times) for times in cells["times"]]}),
        "e.json": objects(cells),
    }
    for name, data in contents.items():
        (tmp_path / name).write_bytes(data)
        assert read_meetings(str(tmp_path / name)) == meetings(MET)


def test_columns_and_cells_that_are_absent() -> None:
    """A column that is absent, a missing value and an empty cell say the same: every enterprise, every period."""
    everywhere = (Recusal("F07", reason="x"),)
    for name, data in {
        "a.csv": b"inspector,reason\nF07,x\n",
        "b.csv": b"inspector,enterprise,period,reason\nF07,,,x\n",
        "c.csv": b"period,reason,inspector\n,x,F07\n",
        "d.json": b'[{"inspector": "F07", "reason": "x"}]',
        "e.parquet": parquet(
            {"inspector": ["F07"], "reason": ["x"], "period": pyarrow.array([None], pyarrow.string())}
        ),
        "f.parquet": parquet({"inspector": ["F07"], "reason": ["x"], "enterprise": [None]}),
    }.items():
        assert parse_recusals(name, data) == everywhere


def test_nobody() -> None:
    """A header without rows, and an empty list, hold nobody."""
    assert parse_recusals("a.csv", b"inspector,reason\n") == parse_recusals("a.json", b"[]") == ()
    assert parse_meetings("a.tsv", b"times\tfirst\tsecond\n") == parse_meetings("a.json", b" [ ] ") == ()
    empty: dict[str, list[Any]] = {"inspector": [], "reason": []}
    assert parse_recusals("a.parquet", parquet(empty)) == ()


@pytest.mark.parametrize("encoding", ["gbk", "GB18030", "utf-16"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    """A table in another encoding is read as stated; the kinds of file that are always UTF-8 stay so."""
    text = "inspector,period,reason\nF07,8月,年休假\n"
    expected = (Recusal("F07", period="8月", reason="年休假"),)
    (tmp_path / "a.csv").write_bytes(text.encode(encoding))
    (tmp_path / "b.json").write_bytes('[{"inspector": "F07", "period": "8月", "reason": "年休假"}]'.encode())
    for name in ("a.csv", "b.json"):
        assert read_recusals(str(tmp_path / name), encoding) == expected
    assert told(lambda: read_recusals(f"{tmp_path}/a.csv"))[0].startswith(
        f"table-encoding-other {tmp_path}/a.csv: line"
    )
    assert told(lambda: read_meetings(f"{tmp_path}/a.csv", "latin-1")) == ["encoding-unknown --encoding"]


names = clean_texts(at_most=4).filter(lambda name: "\\" not in name)


@st.composite
def recused(draw: st.DrawFn) -> list[Recusal]:
    """Recusals of any kind, none twice."""
    empty = st.one_of(st.just(""), names)
    spots = draw(st.lists(st.tuples(names, empty, empty), max_size=5, unique=True))
    return [Recusal(who, where, when, reason=draw(clean_texts())) for who, where, when in spots]


@quick
@given(recused())
def test_every_recusal_comes_back(written: list[Recusal]) -> None:
    """For all recusals: written as CSV, Parquet and JSON they are read as they were."""
    cells = {name: [getattr(each, name) for each in written] for name in COLUMNS}
    assert parse_recusals("a.csv", csv_bytes(cells)) == recusals(written)
    assert parse_recusals("a.json", objects(cells)) == recusals(written)
    if written:
        assert parse_recusals("a.parquet", parquet(cells)) == recusals(written)


# ---- faults


def test_all_faults_of_recusals_at_once(tmp_path: Path) -> None:
    """Every fault stands with its file and row, rows counted from 1 below the header, and the row's column."""
    path = tmp_path / "out.csv"
    path.write_text(
        "inspector,enterprise,period,reason\n"
        "F07,E1,,brother\n"
        ",E1,,x\n"
        "F07 ,E1,8月 ,\n"
        "F07,E1,,another reason\n"
        "F08,,,x\n"
        "F07,E1,,brother\n"
    )
    assert told(lambda: read_recusals(str(path))) == [
        f"text-empty {path}: row 2.inspector",
        f"text-space {path}: row 3.inspector",
        f"text-empty {path}: row 3.reason",
        f"text-space {path}: row 3.period",
        f"name-repeated {path}: row 4",
        f"name-repeated {path}: row 6",
    ]


def test_all_faults_of_meetings_at_once(tmp_path: Path) -> None:
    """Counts are whole numbers from 1, written plainly; a pair stands once, whoever is first."""
    path = tmp_path / "met.csv"
    path.write_text(
        "first,second,times\n"
        "F01,F02,3\n"
        "F02,F03,0\n"
        "F02,F04,03\n"
        "F02,F05,３\n"
        "F02,F06,3.0\n"
        "F02,F07,\n"
        "F02,F08,-1\n"
        "F09,F09,2\n"
        ",F01 ,x\n"
        "F02,F01,4\n"
        "F03,F01,99999999999999999\n"
        "F03,F02,9007199254740992\n"
        ",,1\n"
    )
    assert told(lambda: read_meetings(str(path))) == [
        *(f"positive-form {path}: row {row}.times" for row in (2, 3, 4, 5, 6, 7)),
        f"meeting-alone {path}: row 8.second",
        f"text-empty {path}: row 9.first",
        f"text-space {path}: row 9.second",
        f"positive-form {path}: row 9.times",
        f"positive-form {path}: row 11.times",
        f"positive-form {path}: row 12.times",
        f"text-empty {path}: row 13.first",
        f"text-empty {path}: row 13.second",
        f"name-repeated {path}: row 10",
    ]
    assert parse_meetings("a.csv", b"first,second,times\nb,a,9007199254740991\n") == ((("a", "b"), 2**53 - 1),)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"inspector\nF07\n", ["table-column-missing "]),
        (b"reason\nx\n", ["table-column-missing "]),
        (b"inspector,reason,inspector\nF07,x,F08\n", ["table-column-repeated "]),
        (b"inspector,reason,enterprize\nF07,x,E1\n", ["table-column-unknown "]),
        (b"inspector,reason,Period,\nF07,x,E1,\n", ["table-column-unknown ", "table-column-unknown "]),
        (b"inspector,reason,x,x\nF07,x,,\n", ["table-column-repeated ", "table-column-unknown "]),
        (b"Inspector,reason\nF07,x\n", ["table-column-missing ", "table-column-unknown "]),
        (b"inspector;reason\nF07;x\n", ["table-separator line 1"]),
        (b"inspector,reason\nF07,x,y\nF08\n", ["table-row-ragged line 2", "table-row-ragged line 3"]),
        (b"inspector,reason\nF07,x\n\nF08,x\n", ["table-line-empty line 3"]),
    ],
)
def test_tables_that_cannot_be_read(data: bytes, expected: list[str]) -> None:
    """A misspelt column would keep everybody away from everywhere, so it is named; and what no table is."""
    assert recusal_faults("a.csv", data) == expected


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"inspector": [7], "reason": ["x"]}, ["text-type row 1.inspector"]),
        ({"inspector": ["F07", None], "reason": ["x", "y"]}, ["key-missing row 2.inspector"]),
        ({"inspector": ["F07"], "reason": [""], "period": [8]}, ["text-empty row 1.reason", "text-type row 1.period"]),
        ({"inspector": ["F07"], "why": ["x"]}, ["table-column-missing ", "table-column-unknown "]),
    ],
)
def test_cells_of_parquet_that_are_no_text(cells: dict[str, list[Any]], expected: list[str]) -> None:
    """Numbers are no ids, and what must be there is told by its row."""
    assert recusal_faults("a.parquet", parquet(cells)) == expected


def test_counts_of_parquet() -> None:
    """Counts are whole numbers there too: no float, no missing value, no truth."""
    cells: dict[str, list[Any]] = {"first": ["a", "b"], "second": ["b", "c"]}
    for times, expected in (
        ([1.0, 2.5], ["positive-form row 1.times", "positive-form row 2.times"]),
        ([1, None], ["key-missing row 2.times"]),
        ([True, False], ["positive-form row 1.times", "positive-form row 2.times"]),
    ):
        assert meeting_faults("a.parquet", parquet({**cells, "times": times})) == expected


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("{}", ["plan-shape "]),
        ('{"inspector": "F07", "reason": "x"}', ["plan-shape "]),
        ('"F07"', ["plan-shape "]),
        ("7", ["plan-shape "]),
        ("null", ["plan-shape "]),
        ("[7]", ["plan-shape [0]"]),
        ('[["F07", "x"]]', ["plan-shape [0]"]),
        ('[{"inspector": "F07", "reason": "x"}, {"reason": "x", "why": "y"}]',
         ["key-unknown [1].why", "key-missing [1].inspector"]),
        ('[{"inspector": 7, "reason": null, "enterprise": ["E1"]}]',
         ["text-type [0].inspector", "text-type [0].reason", "text-type [0].enterprise"]),
        ('[{"inspector": "F07", "reason": "x"}, {"inspector": "F07", "reason": "y"}]', ["name-repeated [1]"]),
        ('[{"inspector": "F07", "inspector": "F08", "reason": "x"}]', ["plan-syntax "]),
        ("[{]", ["plan-syntax "]),
        ("inspector,reason", ["plan-syntax "]),
    ],
)  # fmt: skip
def test_json_that_is_no_list_of_recusals(data: str, expected: list[str]) -> None:
    """Each object has the keys of a recusal; faults stand with its place in the list."""
    assert recusal_faults("a.json", data) == expected


def test_meetings_have_no_other_columns() -> None:
    """A column that nothing reads is named here as well."""
    assert meeting_faults("a.csv", "first,second,times,period\na,b,1,8月\n") == ["table-column-unknown "]
    assert meeting_faults("a.csv", "first,second\na,b\n") == ["table-column-missing "]


def test_json_that_is_no_list_of_meetings() -> None:
    """Counts are numbers in JSON; an object that is no meeting is told by its keys."""
    data = '[{"first": "a", "second": "b", "times": "3"}, {"first": "a", "second": "a", "times": 0.5}, {"times": true}]'
    assert meeting_faults("a.json", data) == [
        "positive-form [0].times",
        "meeting-alone [1].second",
        "positive-form [1].times",
        "key-missing [2].first",
        "key-missing [2].second",
        "positive-form [2].times",
    ]
    with pytest.raises(InputError) as caught:
        parse_meetings("a.json", b'{"F01": 3}')
    assert '[{"first": …, "second": …, "times": …}, …]' in str(caught.value)


def test_files_that_are_not_there(tmp_path: Path) -> None:
    """A missing file, an empty one, a spreadsheet and an unknown kind are named with their path."""
    (tmp_path / "empty.csv").write_bytes(b"\n")
    for name in ("a.xlsx", "a.txt"):
        (tmp_path / name).write_bytes(b"PK")
    for reader in (read_recusals, read_meetings):
        cases = {
            "none.csv": "file-missing",
            "empty.csv": "file-empty",
            "a.xlsx": "file-spreadsheet",
            "a.txt": "file-kind",
        }
        for name, code in cases.items():
            assert told(lambda reader=reader, name=name: reader(f"{tmp_path}/{name}")) == [f"{code} {tmp_path}/{name}"]  # type: ignore[misc]
