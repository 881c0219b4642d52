"""Columns of any table as codes: held against dictionaries, and read from every kind of table."""

import pickle
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from districts import named
from dual_random.columns import Coded, Table, code_cells, read_cells
from dual_random.errors import Note
from dual_random.testing.strategies import clean_texts
from dual_random.text import text_fault

quick = settings(deadline=None, derandomize=True, max_examples=200)

IDS = ["E2", "E1", "E3"]
RISK = ["B", "", "海曙"]


class Bare:
    """The least that is a table: something that can be asked for a column and hands out an iterator."""

    def __getitem__(self, column: str, /) -> Iterable[object]:
        return iter({"id": IDS, "risk": RISK}[column])


TABLES: dict[str, Callable[[], object]] = {
    "dict of lists": lambda: {"id": IDS, "risk": RISK},
    "dict of tuples": lambda: {"id": tuple(IDS), "risk": tuple(RISK)},
    "dict of arrays": lambda: {"id": np.array(IDS), "risk": np.array(RISK, dtype=object)},
    "dict of generators": lambda: {"id": (text for text in IDS), "risk": iter(RISK)},
    "pandas": lambda: pd.DataFrame({"id": IDS, "risk": RISK}, index=[7, 7, 0]),
    "pandas, object": lambda: pd.DataFrame({"id": IDS, "risk": RISK}, dtype=object),
    "pandas, category": lambda: pd.DataFrame({"id": IDS, "risk": pd.Categorical(RISK)}),
    "polars": lambda: pl.DataFrame({"id": IDS, "risk": RISK}),
    "polars, categorical": lambda: pl.DataFrame({"id": IDS, "risk": pl.Series(RISK, dtype=pl.Categorical)}),
    "pyarrow": lambda: pa.table({"id": IDS, "risk": RISK}),
    "pyarrow, dictionary": lambda: pa.table({"id": IDS, "risk": pa.array(RISK).dictionary_encode()}),
    "numpy records": lambda: np.array(list(zip(IDS, RISK, strict=True)), dtype=[("id", "U9"), ("risk", "U9")]),
    "anything else": Bare,
}


@pytest.mark.parametrize("kind", TABLES)
def test_reads_every_kind_of_table(kind: str) -> None:
    """The same cells come out of every kind of table, in its order of rows."""
    table: Table = TABLES[kind]()  # type: ignore[assignment]
    cells, faults = read_cells(table, ["id", "risk"])
    assert not faults
    assert {column: list(found) for column, found in cells.items()} == {"id": IDS, "risk": RISK}


@pytest.mark.parametrize("kind", TABLES)
def test_a_missing_column_is_named(kind: str) -> None:
    """A column that is not there is a fault in our words, whatever error the table raises; the rest is read."""
    table: Table = TABLES[kind]()  # type: ignore[assignment]
    cells, faults = read_cells(table, ["id", "rsik"])
    assert named(faults) == [("column-missing", "rsik")]
    assert list(cells) == ["id"]
    if kind.startswith(("dict", "pandas", "polars", "pyarrow")):
        assert "'risk'" in faults[0].text()


@pytest.mark.parametrize("missing", [None, float("nan"), pd.NA, pd.NaT, np.nan, np.float64("nan")])
def test_missing_values_stand_for_the_null_text(missing: object) -> None:
    """None, NaN and pandas' own missing values become the null text, and are faults without one."""
    read = code_cells(["B", missing, "A", missing], "")
    assert (read.coded.values, read.coded.codes.tolist(), read.faults) == (("", "A", "B"), [2, 0, 1, 0], ())
    assert code_cells(["B", missing], "B").coded.values == ("B",)
    faults = code_cells(["B", missing, "A", missing], None).faults
    assert [(row, note.code) for row, note in faults] == [(1, "cell-missing"), (3, "cell-missing")]


def test_missing_values_of_data_frames() -> None:
    """What data frames make of a missing value is missing here too."""
    for table in (pd.DataFrame({"a": ["B", None]}), pl.DataFrame({"a": ["B", None]}), pa.table({"a": ["B", None]})):
        cells, _ = read_cells(table, ["a"])
        assert code_cells(cells["a"], "-").coded.values == ("-", "B")


@pytest.mark.parametrize("table", [[{"id": "E1"}], ({"id": "E1"},), "id", b"id", None, 7, {"id"}])
def test_what_has_no_columns_is_refused(table: Table) -> None:
    """Rows, text and what cannot be asked for a column are told so at once."""
    assert named(read_cells(table, ["id", "risk"])[1]) == [("table-type", "table")]


@pytest.mark.parametrize("column", ["E1E2E3", b"E1", {"E1", "E2", "E3"}, {"E1": 1, "E2": 2, "E3": 3}, 7, None])
def test_what_is_no_column_is_refused(column: object) -> None:
    """One text is not a list of its characters, and a set has no order."""
    cells, faults = read_cells({"id": IDS, "risk": column}, ["id", "risk"])  # type: ignore[dict-item]
    assert named(faults) == [("column-type", "risk")]
    assert list(cells) == ["id"]


def test_lengths_are_held_against_the_ids() -> None:
    """A column with more or fewer cells than there are ids is a fault; others are still read."""
    table = {"id": IDS, "a": ["x"], "b": RISK, "c": [*RISK, ""]}
    cells, faults = read_cells(table, ["id", "a", "b", "c"])
    assert list(cells) == ["id", "b"]
    assert [(note.at, *note.params.values()) for note in faults] == [("a", 1, 3), ("c", 4, 3)]


# ---- coding


@given(st.lists(st.one_of(st.just(""), clean_texts(at_most=3)), max_size=12))
@quick
def test_codes_stand_for_the_values(cells: list[str]) -> None:
    """Every row has its value, and the values are the distinct ones in byte order."""
    coded = code_cells(cells, None).coded
    assert [coded.values[code] for code in coded.codes.tolist()] == cells
    assert list(coded.values) == sorted(set(cells))


OTHERS = st.sampled_from([1, True, 1.0, 0, False, None, float("nan"), b"A", ["A"], " A", "A\t", "e\u0301", "\ud800"])


@given(st.lists(st.one_of(clean_texts(at_most=3), OTHERS), max_size=12), st.sampled_from([None, "", "A"]))
@quick
def test_faults_are_those_of_the_cells(cells: list[object], null: str | None) -> None:
    """Among good cells and bad, exactly the bad ones are named, each with its row and as it was written."""
    read = code_cells(cells, null)
    faults = dict(read.faults)
    for row, cell in enumerate(cells):
        missing = cell is None or cell != cell
        expected = text_fault(null if missing and null is not None else cell, empty=True)
        if expected is None:
            assert row not in faults
            assert read.coded.values[read.coded.codes[row]] == (null if missing else cell)
        elif missing:
            assert faults[row] == Note("cell-missing")
        else:
            assert (faults[row].code, faults[row].params) == (expected.code, expected.params)
    assert list(faults) == sorted(faults)


def test_good_cells_are_kept_beside_bad_ones() -> None:
    """A bad cell does not touch the codes of the others."""
    read = code_cells(["B", 1, "A", True, "B", ["x"]], None)
    assert [read.coded.values[read.coded.codes[row]] for row in (0, 2, 4)] == ["B", "A", "B"]
    assert [(row, note.params["value"]) for row, note in read.faults] == [(1, "1"), (3, "True"), (5, "['x']")]


def test_text_of_another_class_is_text() -> None:
    """An enumeration of texts counts by its texts, beside the same text as plain str."""

    class Risk(StrEnum):
        LOW = "A"

    coded = code_cells([Risk.LOW, "A", np.str_("B")], None).coded
    assert (coded.values, coded.codes.tolist()) == (("A", "B"), [0, 0, 1])
    assert {type(value) for value in coded.values} == {str}


@pytest.mark.parametrize(("distinct", "size"), [(1, 1), (256, 1), (257, 2), (65_536, 2), (65_537, 4)])
def test_codes_take_the_smallest_type(distinct: int, size: int) -> None:
    """A row takes one byte for up to 256 values, two for up to 65536; values may come late."""
    cells = ["0"] * 9000 + [f"{number}" for number in range(distinct)]
    coded = code_cells(cells, None).coded
    assert coded.codes.dtype.itemsize == size
    assert [coded.values[code] for code in coded.codes[-5:].tolist()] == cells[-5:]
    assert len(coded.values) == distinct


@given(st.lists(st.sampled_from("ABCD"), min_size=1, max_size=9), st.data())
@quick
def test_taken_rows_leave_no_unused_value(cells: list[str], data: st.DataObject) -> None:
    """The column of some rows is the one that only those rows would have given."""
    rows: Sequence[int] = data.draw(st.lists(st.integers(0, len(cells) - 1), max_size=9))
    taken = code_cells(cells, None).coded.take(np.array(rows, dtype=np.intp))
    assert taken == code_cells([cells[row] for row in rows], None).coded


def test_is_a_value() -> None:
    """Codes cannot be written to, before and after pickling, and equality is that of the cells."""
    coded = code_cells(RISK, None).coded
    for kept in (coded, pickle.loads(pickle.dumps(coded)), coded.take(np.arange(3))):
        assert kept == coded
        with pytest.raises(ValueError, match="read-only"):
            kept.codes[0] = 0
    assert coded != code_cells(RISK[::-1], None).coded
    assert coded != code_cells(["B", "", "海"], None).coded
    assert coded != Coded(np.zeros(3, dtype=np.uint8), ("B",))
