"""The register text: held against plain joining, and every other text refused in its own words."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from districts import faults, named
from dual_random import register_text as room
from dual_random.columns import code_cells
from dual_random.lines import Lines
from dual_random.register_text import parse_register_text, register_text
from dual_random.testing.strategies import clean_texts

quick = settings(deadline=None, derandomize=True, max_examples=100)

CELLS = st.one_of(st.just(""), st.sampled_from(["A", "海曙", "'\"", "x" * 70]), clean_texts())


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[str], dict[str, list[str]]]:
    """Ids in byte order and columns in byte order of their names."""
    ids = sorted(draw(st.lists(clean_texts(), max_size=7, unique=True)))
    names = sorted(draw(st.lists(clean_texts(), max_size=4, unique=True)))
    return ids, {name: draw(st.lists(CELLS, min_size=len(ids), max_size=len(ids))) for name in names}


def written(ids: list[str], columns: dict[str, list[str]]) -> bytes:
    coded = {name: code_cells(cells, None).coded for name, cells in columns.items()}
    return b"".join(register_text(Lines("".join(f"{name}\n" for name in ids).encode()), coded))


def joined(ids: list[str], columns: dict[str, list[str]]) -> bytes:
    """The definition."""
    rows = [["id", *columns], *map(list, zip(ids, *columns.values(), strict=True))]
    return "".join("\t".join(row) + "\n" for row in rows).encode()


@given(tables(), st.sampled_from([1, 3, 4096]), st.sampled_from([1, 2, 2**14]))
@quick
def test_writes_what_joining_gives(table: tuple[list[str], dict[str, list[str]]], most: int, block: int) -> None:
    """The text is the fields joined by TAB and LF, however columns are combined and rows are blocked."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(room, "_COMBINED", most)
        patch.setattr(room, "_BLOCK", block)
        assert written(*table) == joined(*table)


@given(tables())
@quick
def test_reads_what_it_wrote(table: tuple[list[str], dict[str, list[str]]]) -> None:
    """Ids and columns come back."""
    assert parse_register_text(joined(*table)) == table


def test_writes_many_rows_and_values() -> None:
    """More rows than a block, and a column with more values than are combined, change nothing."""
    count = 20_000
    ids = [f"{row:06d}" for row in range(count)]
    columns = {
        "a": [f"地址{row * 7919 % 9001}号" for row in range(count)],
        "b": ["AB"[row % 2] * (row % 3) for row in range(count)],
        "c": [f"{row % 97}" for row in range(count)],
        "d": [""] * count,
    }
    assert written(ids, columns) == joined(ids, columns)


def test_a_table_of_tails_stays_small() -> None:
    """Columns are combined only as long as their combinations are few."""
    columns = [code_cells([f"{value}" for value in range(60)], None).coded for _ in range(5)]
    assert [len(tails.columns) for tails in room._tails(columns)] == [2, 2, 1]
    assert [len(tails.lengths) for tails in room._tails(columns)] == [3600, 3600, 60]
    assert [len(tails.columns) for tails in room._tails([])] == [0]


GOOD = "id\trisk\t风险\nE1\tA\t低\nE2\t\t高\n".encode()


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"\xef\xbb\xbf" + GOOD, [("tsv-bom", "line 1")]),
        (GOOD.replace(b"\n", b"\r\n"), [("tsv-cr", "line 1")]),
        (GOOD.replace("低\n".encode(), "低\r\n".encode()), [("tsv-cr", "line 2")]),
        (GOOD[:-1], [("tsv-end", "line 3")]),
        (b"", [("tsv-end", "line 1")]),
        (GOOD.decode().encode("gb18030"), [("tsv-utf8", "line 1")]),
        (GOOD.replace(b"E2", b"\xff"), [("tsv-utf8", "line 3")]),
        (b"\xef\xbb\xbf" + GOOD[:-1] + b"\r", [("tsv-bom", "line 1"), ("tsv-cr", "line 3"), ("tsv-end", "line 3")]),
        (b"\xff\r", [("tsv-cr", "line 1"), ("tsv-end", "line 1"), ("tsv-utf8", "line 1")]),
        (GOOD.replace(b"id\t", b"uscc\t"), [("tsv-header", "line 1")]),
        (b"\n", [("tsv-header", "line 1")]),
        (GOOD.replace("risk\t风险".encode(), "风险\trisk".encode()), [("tsv-columns", "line 1")]),
        (GOOD.replace(b"E2\t\t", b"E2\t"), [("tsv-fields", "row 2")]),
        (GOOD.replace(b"E1\t", b"E1\t\t"), [("tsv-fields", "row 1")]),
        (
            GOOD.replace(b"E1\t", b"E1\t\t").replace(b"E2\t\t", b"E2\t"),
            [("tsv-fields", "row 1"), ("tsv-fields", "row 2")],
        ),
        (GOOD + b"\n", [("tsv-fields", "row 3")]),
        (b"id\ta\nE1\nE2\n", [("tsv-fields", "row 1"), ("tsv-fields", "row 2")]),
        (b"id\ta\nE1\t1\t2\t3\n", [("tsv-fields", "row 1")]),
        (GOOD.replace(b"E1", b"E3"), [("tsv-order", "row 2")]),
        (b"id\n\xef\xbc\xa1\n\xee\x80\x80\n\xf0\xa0\xae\xb7\n", [("tsv-order", "row 2")]),
        (b"x\tb\ta\nE1\n", [("tsv-header", "line 1"), ("tsv-columns", "line 1"), ("tsv-fields", "row 1")]),
    ],
)
def test_every_other_text_is_refused(data: bytes, expected: list[tuple[str, str]]) -> None:
    """What no register writes is named by its kind and its line or row, and nothing is tolerated."""
    assert named(faults(lambda: parse_register_text(data))) == expected


def test_faults_show_what_was_found() -> None:
    """The messages hold the byte, the columns in the right order, the numbers of fields."""
    told = [
        str(faults(lambda data=data: parse_register_text(data))[0])  # type: ignore[misc]
        for data in (b"id\n\xb0\n", b"id\tb\ta\n", b"id\ta\nE1\n", b"id\nE2\nE1\n")
    ]
    parts = [["B0", "GB 18030"], ["b, a", "a, b"], ["1 fields", "of 2"], ["'E1'", "'E2'", "LC_ALL=C"]]
    assert all(part in text for text, wanted in zip(told, parts, strict=True) for part in wanted)


def test_the_empty_register_has_a_text() -> None:
    """No rows, no columns: the header alone."""
    assert written([], {}) == b"id\n"
    assert parse_register_text(b"id\n") == ([], {})
    assert np.array_equal(room._tails([])[0].codes(0, 3), [0, 0, 0])
