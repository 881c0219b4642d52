"""Results of draws made elsewhere: read as they stand, and whatever would mislead an audit is refused with its rows."""

from collections.abc import Callable
from datetime import date
from itertools import permutations
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dual_random.errors import InputError
from dual_random.testing.replicates import Replicates
from dual_random.testing.results import Listed, chosen, draws, marked, order, parse_level

UNITS: Final = Listed.of({"id": ["E1", "E2", "E3", "E4"]}, "id")


def faults(make: Callable[[], object]) -> list[tuple[str, str]]:
    """Code and place of everything that is refused."""
    with pytest.raises(InputError) as caught:
        make()
    return [(note.code, note.at) for note in caught.value.faults]


def column(cells: list[object]) -> Listed:
    """A table with one column beside the ids."""
    return Listed.of({"id": [f"E{i}" for i in range(len(cells))], "x": cells}, "id", ["x"])


# ---- tables


def test_rows_keep_their_order() -> None:
    """The list stands as in its file: its order may be what an audit asks about."""
    listed = Listed.of({"id": ["E2", "E10", "E1"], "x": ["b", "", "a"]}, "id", ["x"])
    assert listed.ids == ("E2", "E10", "E1")
    assert listed.columns == {"id": ("E2", "E10", "E1"), "x": ("b", "", "a")}


def test_numbers_and_dates_become_text() -> None:
    """What Parquet has besides text has one spelling; what holds nothing is empty; what has none is refused."""
    cells = [7, 2.5, date(2024, 8, 6), True, None, float("nan"), "x"]
    assert column(cells).columns["x"] == ("7", "2.5", "2024-08-06", "true", "", "", "x")
    assert Listed.of({"id": [3, 1]}, "id").ids == ("3", "1")
    assert faults(lambda: column([b"x", ["y"]])) == [("text-type", "row 1, x"), ("text-type", "row 2, x")]


def test_all_faults_of_a_table() -> None:
    """Empty, unclean and repeated ids and unclean cells are named together, each with its rows."""
    table: dict[str, list[object]] = {"id": ["E1", "", " E2", "E1", None], "x": ["a", "b ", "c", "d\u200b", "e"]}
    assert faults(lambda: Listed.of(table, "id", ["x"])) == [
        ("text-empty", "row 2"),
        ("text-space", "row 3"),
        ("text-empty", "row 5"),
        ("unit-repeated", "rows 1, 4"),
        ("text-space", "row 2, x"),
        ("text-character", "row 4, x"),
    ]
    assert Listed.of({"id": ["E1", "E1"]}, "id", repeated=True).ids == ("E1", "E1")


def test_tables_without_rows_or_columns() -> None:
    """A header alone is no table, and a column that is missing is named."""
    assert faults(lambda: Listed.of({"id": []}, "id")) == [("results-empty", "")]
    assert faults(lambda: Listed.of({"id": ["E1"]}, "uscc", ["x", "y"])) == [
        ("column-missing", "uscc"),
        ("column-missing", "x"),
        ("column-missing", "y"),
    ]


def test_names() -> None:
    """Units of which nothing is stated make a group of their own."""
    assert column(["a", "", "a"]).names("x") == {"E0": "a", "E1": "–", "E2": "a"}


@pytest.mark.parametrize(
    ("cells", "numbers"),
    [
        (["10", "9", "-1.5", "+0.25", "1e3"], [10.0, 9.0, -1.5, 0.25, 1000.0]),
        (["2024-08-06", "1999-12-31", "2024-08-06"], [1.0, 0.0, 1.0]),
        (["2024-08-06 09:30", "2024-08-06", "2024-08-06T08:00:00"], [1.0, 0.0, 2.0]),
        ([3, 1.5], [3.0, 1.5]),
    ],
)
def test_numbers(cells: list[object], numbers: list[float]) -> None:
    """Numbers are what they say; dates are their rank, equal ones the same."""
    assert list(column(cells).numbers("x").values()) == numbers


@pytest.mark.parametrize("slip", ["1O", "1,000", "１", "0x1", "1 2", ".5", "inf", "9" * 101, "1e999", "—"])
def test_a_slip_among_numbers(slip: str) -> None:
    """One cell that is no number does not make ranks of the others, among which "9" would stand above "10"."""
    assert faults(lambda: column(["10", slip, "9", ""]).numbers("x")) == [
        ("cell-empty", "row 4, x"),
        ("cell-no-number", "row 2, x"),
    ]


@pytest.mark.parametrize(
    "slip", ["05.12.2010", "12/5/2010", "2020/3/5", "2020年3月5日", "海曙", "12人", "2020-13-01", "20-01-01"]
)
def test_what_is_neither_number_nor_date(slip: str) -> None:
    """A rank among other texts would say nothing: days would stand above years."""
    assert faults(lambda: column(["2024-08-06", slip, "2024-08-05"]).numbers("x")) == [("cell-no-date", "row 2, x")]
    assert faults(lambda: column([slip, slip]).numbers("x"))[0] == ("cell-no-date", "row 1, x")


# ---- one draw


def test_marks() -> None:
    """Drawn is whoever has the value, or any value; nobody and everybody are refused with what the column has."""
    cells = column(["yes", "", "no", "yes"])
    assert marked(cells, "x", "yes") == ("E0", "E3")
    assert marked(cells, "x") == ("E0", "E2", "E3")
    assert marked(cells, "x", "") == ("E1",)
    assert faults(lambda: marked(cells, "x", "Yes")) == [("marked-nobody", "x")]
    assert faults(lambda: marked(column(["", ""]), "x")) == [("marked-nobody", "x")]
    assert faults(lambda: marked(column(["yes", "no"]), "x")) == [("marked-everybody", "x")]


def test_chosen() -> None:
    """All who were drawn are among the units, and not all of them are."""
    assert chosen(UNITS, Listed.of({"id": ["E3", "E1"]}, "id")) == ("E3", "E1")
    strangers = Listed.of({"id": ["E3", "E9", "e1"]}, "id")
    assert faults(lambda: chosen(UNITS, strangers)) == [("unit-stranger", "row 2"), ("unit-stranger", "row 3")]
    assert faults(lambda: chosen(UNITS, UNITS)) == [("chosen-everybody", "")]


# ---- an order


def test_every_order_of_four() -> None:
    """Of each of the 24 orders: the unit with place 1 comes first, and so on."""
    for places in permutations("1234"):
        found = order(column(list(places)), "x")
        assert [places[int(unit[1:])] for unit in found] == ["1", "2", "3", "4"]


@given(st.lists(st.integers(-1, 6), min_size=1, max_size=6))
@settings(deadline=None, derandomize=True)
def test_what_is_no_order_is_refused(places: list[int]) -> None:
    """Whatever is not 1 to N, each once, is refused."""
    cells = column([str(place) for place in places])
    if sorted(places) == list(range(1, len(places) + 1)):
        assert len(order(cells, "x")) == len(places)
    else:
        assert faults(lambda: order(cells, "x"))


def test_all_faults_of_an_order() -> None:
    """Each wrong cell with its row, each place that stands twice with its rows, and then those that stand nowhere."""
    assert faults(lambda: order(column(["1", "1", "", "7", "2.0", "01", "2"]), "x")) == [
        ("place-form", "row 3, x"),
        ("place-form", "row 5, x"),
        ("place-form", "row 6, x"),
        ("place-repeated", "rows 1, 2, x"),
        ("places-missing", "x"),
    ]
    assert faults(lambda: order(column(["1", "2", ""]), "x")) == [("place-form", "row 3, x")]
    with pytest.raises(InputError, match="places that stand nowhere: 2, 4; "):
        order(column(["1", "1", "3", "3"]), "x")


# ---- many draws


def many(rows: list[tuple[str, str, str]], **more: Any) -> Replicates:
    """Draws from rows of draw, unit and result."""
    names = ("draw", "id", "got")
    table = dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))
    return draws(UNITS, Listed.of(table, "id", ["draw", "got"], repeated=True), "draw", **more)


def test_draws_by_their_labels() -> None:
    """Rows of one draw may stand anywhere; draws stand in the order of their first rows."""
    found = many([("b", "E1", ""), ("a", "E2", ""), ("b", "E3", ""), ("a", "E4", "")])
    assert (found.trials, found.units, found.ends.tolist()) == (2, UNITS.ids, [2, 4])
    assert [UNITS.ids[row] for row in found.who.tolist()] == ["E1", "E3", "E2", "E4"]
    assert (found.results, found.faults) == (("",), ())


def test_results_of_draws() -> None:
    """An empty result is nothing, but its draw counts; without the column it says nothing."""
    rows = [("1", "E1", "A"), ("1", "E2", "B"), ("2", "E3", ""), ("3", "E1", "B")]
    found = many(rows, result="got")
    assert (found.trials, found.results, found.ends.tolist()) == (3, ("A", "B"), [2, 2, 3])
    assert many(rows).ends.tolist() == [2, 3, 4]


def test_a_unit_that_is_drawn_twice() -> None:
    """It is no fault of the table, but one of the draw: the checks will name it."""
    found = many([("1", "E1", ""), ("1", "E1", ""), ("2", "E2", "")])
    assert [(note.code, note.at) for note in found.faults] == [("answer-twice", "1")]


def test_rows_of_no_draw_and_strangers() -> None:
    """Rows without a draw and units that are not in the list are refused, all of them."""
    rows = [("", "E1", ""), ("1", "E9", ""), ("1", "E2", ""), ("", "E8", "")]
    assert faults(lambda: many(rows)) == [
        ("draw-unnamed", "row 1, draw"),
        ("draw-unnamed", "row 4, draw"),
        ("unit-stranger", "row 2"),
        ("unit-stranger", "row 4"),
    ]


def test_classes_of_draws() -> None:
    """Who is alike comes with the units."""
    alike = {"E1": "a", "E2": "a", "E3": "b", "E4": "b"}
    assert many([("1", "E1", ""), ("2", "E3", "")], alike=alike).classes == ("a", "b")


def test_one_draw_is_not_many() -> None:
    """Rows that all belong to one draw are refused, with what to do."""
    assert faults(lambda: many([("1", "E1", ""), ("1", "E3", "")])) == [("draws-one", "draw")]


# ---- levels


@pytest.mark.parametrize(("text", "level"), [("0.01", 0.01), (".05", 0.05), ("1e-6", 1e-6), ("2.5E-3", 0.0025)])
def test_levels(text: str, level: float) -> None:
    """Numbers between 0 and 1, with or without an exponent."""
    assert parse_level(text, "--alpha") == level


@pytest.mark.parametrize(
    "text", ["", "0", "0.0", "1", "1.0", "-0.1", "nan", "inf", "1%", "5e-0", "5e1", "0e-6", "1e-999", "٠.1"]
)
def test_what_is_no_level(text: str) -> None:
    """Everything else is refused under the name of the option."""
    assert faults(lambda: parse_level(text, "--alpha")) == [("level-text", "--alpha")]
