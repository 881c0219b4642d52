"""Formats: tables and plans from bytes, every fault at its line, nothing guessed."""

import csv
import gzip
import io
import json
import sys

import pyarrow
import pyarrow.parquet
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dual_random import InputError, Plan, demo
from dual_random.formats import Wanted, codec, csv_bytes, parse_plan, parse_table, suffix, unpacked

ALL = Wanted("uscc", ("risk",))

cells = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=6)


def faults(name: str, data: bytes, wanted: Wanted = ALL) -> list[tuple[str, str]]:
    with pytest.raises(InputError) as caught:
        parse_table(name, data, wanted)
    return [(note.code, note.at) for note in caught.value.faults]


def plan_faults(name: str, text: str | bytes) -> list[tuple[str, str]]:
    with pytest.raises(InputError) as caught:
        parse_plan(name, text if isinstance(text, bytes) else text.encode())
    return [(note.code, note.at) for note in caught.value.faults]


def test_csv_and_tsv_keep_wanted_columns() -> None:
    """The wanted columns come by name, the ids first, whatever their order in the file."""
    assert parse_table("a.csv", b"risk,x,uscc\nA,1,E1\nB,2,E2\n", ALL) == {"uscc": ["E1", "E2"], "risk": ["A", "B"]}
    assert parse_table("a.tsv", b"risk\tx\tuscc\nA\t1\tE1\n", ALL) == {"uscc": ["E1"], "risk": ["A"]}
    assert parse_table("a.csv", b"uscc,risk\n", ALL) == {"uscc": [], "risk": []}
    assert parse_table("a.csv", b"uscc\nE1\nE2\n", Wanted("uscc", ())) == {"uscc": ["E1", "E2"]}


def test_excel_csv() -> None:
    """A byte order mark, CRLF and quoted line ends, as Excel writes them, are read."""
    data = b'\xef\xbb\xbfuscc,risk\r\n"E1","A ""x"",\ny"\r\n\r\n'
    assert parse_table("a.csv", data, ALL) == {"uscc": ["E1"], "risk": ['A "x",\ny']}


def test_tsv_has_no_quotes() -> None:
    """In TSV a quotation mark is itself, as in a register text."""
    assert parse_table("a.tsv", b'uscc\trisk\nE1\t"A\n', ALL) == {"uscc": ["E1"], "risk": ['"A']}


@given(st.lists(st.tuples(cells, cells), max_size=5))
@settings(deadline=None, derandomize=True)
def test_csv_round_trip(rows: list[tuple[str, str]]) -> None:
    """What Python's csv writes is read back, cell for cell."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([("uscc", "risk"), *rows])
    expected = {"uscc": [one for one, _ in rows], "risk": [other for _, other in rows]}
    assert parse_table("a.csv", text.getvalue().encode(), ALL) == expected


def test_ragged_rows_are_named_by_line() -> None:
    """Each row of another length is named by the line on which it begins, quoted line ends counted."""
    data = b'uscc,risk\n"E\n1",A\nE2\nE3,A,x\n\nE4,A\n\n\n'
    assert faults("a.csv", data) == [
        ("table-row-ragged", "line 4"),
        ("table-row-ragged", "line 5"),
        ("table-line-empty", "line 6"),
    ]


def test_quotes_that_do_not_close() -> None:
    """A quotation mark that is never closed is named by the line on which its row begins."""
    assert faults("a.csv", b'uscc,risk\nE1,A\nE2,"A\nE3,B\n') == [("table-syntax", "line 3")]
    assert faults("a.csv", b'uscc,risk\nE2,"A"x\n') == [("table-syntax", "line 2")]


def test_header_faults() -> None:
    """Columns that are missing or stand twice are all named."""
    assert faults("a.csv", b"id,risk,risk,,\n") == [("table-column-repeated", ""), ("table-column-missing", "")]
    missing = faults("a.csv", b"x\n1\n")
    assert missing == [("table-column-missing", "")] * 2


def test_other_separators() -> None:
    """A header of one field that holds another separator is told so, in readable Chinese, and in one fault."""
    for name, header, sign in (
        ("a.csv", "uscc;风险", "';'"),
        ("a.csv", "uscc\t风险", "TAB"),
        ("a.csv", "uscc|风险", "'|'"),
        ("a.tsv", "uscc,风险", "','"),
    ):
        with pytest.raises(InputError) as caught:
            parse_table(name, f"{header}\n".encode(), ALL)
        (note,) = caught.value.faults
        assert (note.code, note.at, note.params["sign"]) == ("table-separator", "line 1", sign)
        assert "风险" in note.text()
    assert parse_table("a.csv", b"a;b\nE;1\n", Wanted("a;b", ())) == {"a;b": ["E;1"]}
    assert faults("a.csv", b"x;y,z\n")[0] == ("table-column-missing", "")


def test_header_stays_readable() -> None:
    """A tab in a field is shown as an escape, the Chinese beside it as itself; a long field is cut."""
    long = "长" * 80
    for data in (f'"id\t行业",{long}\n', f'uscc,risk\n"id\t行业{long}"\n'):
        with pytest.raises(InputError) as caught:
            parse_table("a.csv", data.encode(), ALL)
        assert "'id\\t行业" in str(caught.value)
        assert "长…" in str(caught.value)


def test_optional_columns() -> None:
    """A caller may take the columns that are there; the ids and those that are needed must be."""
    wanted = Wanted("uscc", ("size",), optional=("risk", "street"))
    assert parse_table("a.csv", b"street,uscc,size,x\nS,E1,1,2\n", wanted) == {
        "uscc": ["E1"],
        "size": ["1"],
        "street": ["S"],
    }
    assert faults("a.csv", b"x,risk\n1,A\n", wanted) == [("table-column-missing", "")] * 2


def test_further_columns() -> None:
    """Where a slip would change the meaning of what is there, any further column is named, one without a name too."""
    wanted = Wanted("uscc", (), optional=("risk",), alone=True)
    assert parse_table("a.csv", b"uscc\nE1\n", wanted) == {"uscc": ["E1"]}
    with pytest.raises(InputError) as caught:
        parse_table("a.csv", b"Risk,uscc,\nA,E1,\n", wanted)
    assert [(note.code, note.params["column"]) for note in caught.value.faults] == [
        ("table-column-unknown", "'Risk'"),
        ("table-column-unknown", "''"),
    ]
    assert caught.value.faults[0].params["known"] == "uscc, risk"


@pytest.mark.parametrize(
    ("data", "fault", "encoding"),
    [
        ("uscc,risk\nE1,高\n".encode("gbk"), "table-encoding-other", "GB18030"),
        ("uscc,risk\nE1,高\n".encode("utf-16"), "table-encoding-other", "UTF-16"),
        (b"uscc,risk\nE1,\xff\xff\xff\n", "file-encoding", None),
    ],
)
def test_encodings(data: bytes, fault: str, encoding: str | None) -> None:
    """Text that is not UTF-8 is refused at its line, with the encoding it seems to have and how to convert it."""
    with pytest.raises(InputError) as caught:
        parse_table("a.csv", data, ALL)
    (note,) = caught.value.faults
    assert note.code == fault
    assert note.at == ("line 1" if encoding == "UTF-16" else "line 2")
    assert note.params.get("encoding") == encoding
    if encoding:
        assert f"--encoding {encoding}, or convert it with iconv -f {encoding} -t UTF-8" in note.text()


@pytest.mark.parametrize(
    ("encoding", "mark"), [("utf-8", b""), ("utf-8", b"\xef\xbb\xbf"), ("gbk", b""), ("gb18030", b"\x841\x953")]
)
def test_stated_encodings(encoding: str, mark: bytes) -> None:
    """CSV and TSV are read in the stated encoding, a byte order mark left out."""
    for name, separator in (("a.csv", ","), ("a.tsv", "\t")):
        data = mark + f"uscc{separator}风险\r\nE1{separator}高·—\r\n".encode(encoding)
        assert parse_table(name, data, Wanted("uscc", ("风险",)), encoding) == {"uscc": ["E1"], "风险": ["高·—"]}


@pytest.mark.parametrize("order", ["le", "be"])
def test_utf16_needs_its_mark(order: str) -> None:
    """UTF-16 is read by its byte order mark; without one the order would be the machine's, so it is refused."""
    text = "uscc,risk\nE1,上\n"
    marked = f"\ufeff{text}".encode(f"utf-16-{order}")
    assert parse_table("a.csv", marked, ALL, "utf-16") == {"uscc": ["E1"], "risk": ["上"]}
    with pytest.raises(InputError) as caught:
        parse_table("a.csv", marked[2:], ALL, "utf-16")
    assert [note.at for note in caught.value.faults] == ["line 1"]


@pytest.mark.parametrize(
    ("data", "stated", "fault", "line"),
    [
        ("uscc,risk\nE1,高低\nE2,高\n".encode(), "gbk", "table-encoding-utf8", 3),
        ("uscc,risk\nE1,高\nE2,𠮷\n".encode("gb18030"), "gbk", "table-encoding-other", 3),
        (b"uscc,risk\nE1,\xff\xff\xff\n", "gb18030", "file-encoding", 2),
        ("uscc,risk\nE1,上上\n".encode("utf-16")[:-3], "utf-16", "file-encoding", 2),
    ],
)
def test_another_encoding_than_stated(data: bytes, stated: str, fault: str, line: int) -> None:
    """What is not of the stated encoding is refused at its line, strictly, with the encoding it seems to have."""
    with pytest.raises(InputError) as caught:
        parse_table("a.csv", data, ALL, stated)
    (note,) = caught.value.faults
    assert (note.code, note.at, note.params["stated"]) == (fault, f"line {line}", stated.upper())


def test_codecs() -> None:
    """An encoding has many names; those that are unknown, no text, or another on each machine are refused."""
    assert [codec(name) for name in ("GBK", "cp936", "UTF8", "GB18030", "u16")] == [
        "gbk",
        "gbk",
        "utf-8",
        "gb18030",
        "utf-16",
    ]
    for name in ("", "gbq", "hex", "rot13", "mbcs", "utf-16-le", "gb2312", "a\0b", "编码"):
        with pytest.raises(InputError) as caught:
            codec(name)
        assert [note.code for note in caught.value.faults] == ["encoding-unknown"]
        assert "utf-8, gbk, gb18030" in str(caught.value)


def test_kinds() -> None:
    """The suffix says what a file is, gzip left aside; others are refused, a spreadsheet with its remedy."""
    assert [suffix(name) for name in ("a.CSV", "b.tsv.gz", "a.b.json", ".gz", "gz")] == [
        ".csv",
        ".tsv",
        ".json",
        "",
        "",
    ]
    assert faults("a.doc", b"x") == [("file-kind", "")]
    assert faults("a", b"x") == [("file-kind", "")]
    assert faults("a.xlsx", b"PK") == [("file-spreadsheet", "")]
    assert plan_faults("a.csv", "x") == [("file-kind", "")]


def test_unpacked() -> None:
    """Gzip is unpacked; what is damaged, cut off or empty is refused."""
    packed = gzip.compress(b"uscc\n")
    assert unpacked(packed) == unpacked(b"uscc\n") == b"uscc\n"
    for data, fault in (
        (packed[:-9], "file-damaged"),
        (b"\x1f\x8bxx", "file-damaged"),
        (b"", "file-empty"),
        (b" \n", "file-empty"),
    ):
        with pytest.raises(InputError) as caught:
            unpacked(data)
        assert caught.value.faults[0].code == fault


# ---- Parquet


def parquet(table: dict[str, list[object]]) -> bytes:
    out = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.table(table), out)
    return out.getvalue()


def test_parquet() -> None:
    """Parquet gives its cells as they are; a missing value is None, a number stays one."""
    data = parquet({"risk": ["A", None], "uscc": ["E1", "E2"], "n": [1, 2]})
    assert parse_table("a.parquet", data, Wanted("uscc", ("n", "risk"))) == {
        "uscc": ["E1", "E2"],
        "n": [1, 2],
        "risk": ["A", None],
    }


def test_parquet_faults() -> None:
    """Damaged Parquet, and columns it lacks, are refused."""
    assert faults("a.parquet", b"PAR1xxPAR1") == [("file-damaged", "")]
    assert faults("a.parquet", parquet({"uscc": ["E1"]})) == [("table-column-missing", "")]


@pytest.mark.parametrize(
    ("module", "name", "extra"), [("yaml", "a.yaml", "yaml"), ("pyarrow.parquet", "a.parquet", "parquet")]
)
def test_extras(monkeypatch: pytest.MonkeyPatch, module: str, name: str, extra: str) -> None:
    """Where a format's package is missing, the error names the extra to install."""
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(InputError) as caught:
        parse_plan(name, b"x") if extra == "yaml" else parse_table(name, b"x", ALL)
    assert f"dual-random[{extra}]" in str(caught.value)


# ---- plans

YAML = """
title: 抽查
authority: 海曙区
number: "3"
seed: {source: 双色球, event: 2024090期, earliest: "2024-08-06T21:15:00+08:00", form: 00 00 00 00 + 00}
demands:
  - {name: 市监, by: risk, take: {A: 1%, B: 20}}
  - {name: 消防, where: {industry: [H, F], boiler: "yes"}, take: 5%}
joint: {at_least: 49.60%}
"""
TOML = """
title = "抽查"
authority = "海曙区"
number = "3"
seed = {source = "双色球", event = "2024090期", earliest = "2024-08-06T21:15:00+08:00", form = "00 00 00 00 + 00"}
joint = {at_least = "49.60%"}
[[demands]]
name = "市监"
by = "risk"
take = {A = "1%", B = 20}
[[demands]]
name = "消防"
where = {industry = ["H", "F"], boiler = "yes"}
take = "5%"
"""


def test_plans_in_three_formats() -> None:
    """JSON, YAML and TOML of one plan give equal plans."""
    plans = [
        parse_plan("a.toml", TOML.encode()),
        parse_plan("a.yml", YAML.encode()),
        parse_plan("a.YAML", YAML.encode()),
    ]
    data = json.dumps(plans[0].to_dict())
    assert plans == [parse_plan("a.json", b"\xef\xbb\xbf" + data.encode())] * 3
    assert parse_plan("a.json", json.dumps(demo.plan_data()).encode()) == demo.plan()
    assert isinstance(plans[0], Plan)


def test_floats_are_named_with_the_text_to_write() -> None:
    """A rate written as a number is refused in every format, at its path, with the text to write instead."""
    data = demo.plan_data()
    data["joint"] = {"at_least": 0.496}
    yaml, toml = YAML.replace("49.60%", "0.496"), TOML.replace('"49.60%"', "0.496")
    for name, text in (("a.json", json.dumps(data)), ("a.yaml", yaml), ("a.toml", toml)):
        with pytest.raises(InputError) as caught:
            parse_plan(name, text.encode())
        assert [(note.code, note.at) for note in caught.value.faults] == [("share-float", "joint.at_least")]
        assert '"49.6%"' in str(caught.value)


def test_unquoted_yaml() -> None:
    """YAML's yes, dates and numbers are no text, and are refused at their paths instead of guessed."""
    text = (
        YAML.replace('"yes"', "yes")
        .replace('"2024-08-06T21:15:00+08:00"', "2024-08-06T21:15:00+08:00")
        .replace('"3"', "3")
    )
    assert sorted(plan_faults("a.yaml", text)) == [
        ("text-type", "demands[1].where.boiler"),
        ("text-type", "number"),
        ("text-type", "seed.earliest"),
    ]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.json", '{"title": "a", "title": "b"}'),
        ("a.yaml", "title: a\ntitle: b\n"),
        ("a.toml", 'title = "a"\ntitle = "b"\n'),
        ("a.json", '{"title": '),
        ("a.yaml", "title: [a\n"),
        ("a.yaml", "title: !!python/object:os.system x\n"),
        ("a.yaml", "title: 2024-13-45\n"),
        ("a.toml", "title = \n"),
        ("a.json", "[" * 100_000),
        ("a.yaml", "[" * 3_000),
    ],
)
def test_plan_syntax(name: str, text: str) -> None:
    """What is not of its format, or has a key twice, is refused in one line that says where."""
    with pytest.raises(InputError) as caught:
        parse_plan(name, text.encode())
    assert [note.code for note in caught.value.faults] == ["plan-syntax"]
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "text"), [("a.json", "[1]"), ("a.yaml", "just text"), ("a.yaml", "3"), ("a.json", "null")]
)
def test_plan_is_a_mapping(name: str, text: str) -> None:
    """A file that holds no mapping is no plan."""
    assert plan_faults(name, text) == [("plan-shape", "")]


def test_plan_encoding() -> None:
    """A plan in GBK is refused with the way to convert it."""
    assert plan_faults("a.yaml", YAML.encode("gbk")) == [("file-encoding-other", "line 2")]


def test_csv_bytes() -> None:
    """A table is written with LF, in UTF-8, and true and false as words, whatever the platform."""
    assert csv_bytes({"a": ["x,y", 'q"'], "b": [1, 2], "c": [True, False]}) == b'a,b,c\n"x,y",1,true\n"q""",2,false\n'
    assert csv_bytes({"户次": []}) == "户次\n".encode()
