"""Visits and outcomes: plain values that refuse what no draw gives."""

import pickle
from fractions import Fraction
from typing import Any

import pytest
from attrs import evolve

from districts import faults, named
from dual_random.rates import Rate
from dual_random.visits import Cell, Outcome, Served, Visit, cell_table

TICKET = "0f" * 32


def visit(**changes: Any) -> Visit:
    """A joint visit with some parts changed."""
    parts = {
        "enterprise": "E1",
        "ticket": TICKET,
        "demands": ["消防", "环保", "环保·水"],
        "departments": ["消防", "环保"],
        "lead": "环保",
    }
    return Visit(**{**parts, **changes})


def outcome(**changes: Any) -> Outcome:
    """An outcome with some parts changed."""
    return Outcome(**{"visits": 3, "joint_visits": 1, "checks": 4, "joint_checks": 2, "target_met": False, **changes})


def test_a_visit_keeps_its_parts_as_tuples() -> None:
    """Lists become tuples, so a visit can be hashed; what it is for stands apart from whom it is paid to."""
    made = visit()
    assert made.demands == ("消防", "环保", "环保·水")
    assert made.served == Served(("消防", "环保", "环保·水"), ("消防", "环保"), "环保")
    assert {made: 1}[visit()] == 1


def test_a_visit_of_two_departments_is_joint() -> None:
    """Several demands of one department are no joint visit."""
    assert visit().joint
    assert not visit(departments=["环保"]).joint


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"enterprise": ""}, [("text-empty", "enterprise")]),
        ({"enterprise": 7, "lead": " x"}, [("text-type", "enterprise"), ("text-space", "lead")]),
        ({"ticket": TICKET.upper()}, [("digest-form", "ticket")]),
        ({"ticket": TICKET[:-1]}, [("digest-form", "ticket")]),
        ({"ticket": 7}, [("digest-form", "ticket")]),
        ({"demands": []}, [("names-order", "demands")]),
        ({"departments": []}, [("names-order", "departments")]),
        ({"demands": ["环保", "消防"]}, [("names-order", "demands")]),
        ({"departments": ["环保", "环保"]}, [("names-order", "departments")]),
        ({"demands": ["", "b"]}, [("text-empty", "demands[0]")]),
        ({"demands": ["a", ["b"]]}, [("text-type", "demands[1]"), ("names-order", "demands")]),
        ({"departments": "环保"}, [("plan-shape", "")]),
    ],
)
def test_a_visit_refuses_what_no_draw_gives(changes: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    """Names in byte order, each once; a ticket of 64 hex digits; clean text."""
    assert named(faults(lambda: visit(**changes))) == expected


def test_names_stand_in_byte_order_not_in_utf_16() -> None:
    """U+20000 comes after full-width A."""
    assert visit(departments=["\uff21", "\U00020000"], lead="\uff21")
    assert named(faults(lambda: visit(departments=["\U00020000", "\uff21"]))) == [("names-order", "departments")]


PLACES = [["消防", "leader", "F05"], ["消防", "member", "F02"], ["环保", "member", "H01"]]


def test_a_visit_tells_its_team() -> None:
    """Department by department, people in the order of dealing, whatever their slots; nobody where none was dealt."""
    made = visit(places=PLACES)
    assert made.places == tuple(map(tuple, PLACES))
    assert made.team == {"消防": ("F05", "F02"), "环保": ("H01",)}
    assert list(visit(departments=["消防", "环保"], places=PLACES[:1]).team) == ["消防"]
    assert (visit().places, visit().team) == ((), {})
    assert {made: 1}[visit(places=tuple(map(tuple, PLACES)))] == 1
    assert made != visit(places=[PLACES[1], PLACES[0], PLACES[2]])
    assert made.served == visit().served


def test_a_person_in_two_places_is_left_to_verification() -> None:
    """What the rules of the deal forbid is no fault of form."""
    assert visit(places=[PLACES[0], PLACES[0]]).team == {"消防": ("F05", "F05")}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"places": "消防"}, [("plan-shape", "")]),
        ({"places": 5}, [("plan-shape", "")]),
        ({"places": {"消防": "F05"}}, [("plan-shape", "")]),
        ({"places": ["消防长", ["消防", "leader"]]}, [("plan-shape", "places[0]"), ("plan-shape", "places[1]")]),
        (
            {"places": [["消防", "", "F05"], ["消防", "leader", 7]]},
            [("text-empty", "places[0][1]"), ("text-type", "places[1][2]")],
        ),
        (
            {"places": [PLACES[0], ["消防", ["leader"], " F05"]]},
            [("text-type", "places[1][1]"), ("text-space", "places[1][2]")],
        ),
        ({"places": [["税务", "member", "T1"]]}, [("place-department", "places[0]")]),
        ({"places": [PLACES[2], PLACES[0]]}, [("places-order", "places")]),
        (
            {"places": [["税务", "member", "T1"], *PLACES, ["市监", "member", "S1"]]},
            [("place-department", "places[0]"), ("place-department", "places[4]"), ("places-order", "places")],
        ),
        (
            {"places": PLACES[:1], "departments": ["环保", ["消防"]], "ticket": ""},
            [
                ("digest-form", "ticket"),
                ("text-type", "departments[1]"),
                ("names-order", "departments"),
                ("place-department", "places[0]"),
            ],
        ),
    ],
)
def test_places_that_no_deal_gives_are_refused(changes: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    """Three clean texts each; of departments that come to the visit, one after another in byte order."""
    assert named(faults(lambda: visit(**changes))) == expected


def test_all_faults_of_a_visit_are_told_at_once() -> None:
    """Every part has its say."""
    found = faults(lambda: visit(enterprise="", ticket="", demands=[], departments=["b", "a"], lead=""))
    assert [note.at for note in found] == ["enterprise", "lead", "ticket", "demands", "departments"]


def test_an_outcome_holds_exact_counts() -> None:
    """Counts, a best rate where there are visits, a bound with two decimals."""
    made = outcome(best=Rate(2, 3, of="visits"), bound="2.50")
    assert (made.best, made.bound, made.layout, made.over) == (Rate(2, 3, of="visits"), "2.50", "nested", 0)
    assert outcome().best is None
    assert evolve(made, visits=4) != made


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"visits": -1}, [("count-form", "visits")]),
        ({"joint_visits": "1"}, [("count-form", "joint_visits")]),
        ({"checks": True}, [("count-form", "checks")]),
        ({"joint_checks": 2**53}, [("count-form", "joint_checks")]),
        ({"over": 1.0}, [("count-form", "over")]),
        ({"target_met": 1}, [("choice", "target_met")]),
        ({"layout": "wide"}, [("choice", "layout")]),
        ({"bound": "2.5"}, [("bound-form", "bound")]),
        ({"bound": "2.500"}, [("bound-form", "bound")]),
        ({"bound": 2}, [("bound-form", "bound")]),
        ({"bound": "٢.50"}, [("bound-form", "bound")]),
        ({"bound": "02.50"}, [("bound-form", "bound")]),
        ({"bound": "1" * 17 + ".00"}, [("bound-form", "bound")]),
        ({"bound": "1.00\n"}, [("bound-form", "bound")]),
        (
            {"visits": -1, "target_met": "no", "bound": ""},
            [("count-form", "visits"), ("choice", "target_met"), ("bound-form", "bound")],
        ),
    ],
)
def test_an_outcome_refuses_what_is_no_count(changes: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    """Each part under its name, all at once."""
    assert named(faults(lambda: outcome(**changes))) == expected


def test_the_best_rate_of_an_outcome_is_a_rate() -> None:
    """Anything else is refused where it stands."""
    assert named(faults(lambda: outcome(best=0.5))) == [("plan-shape", "best")]


# ---- cells


def cell(number: int, **more: Any) -> Cell:
    """A cell with some counts."""
    parts: dict[str, Any] = {"key": f'[["甲",["{number}"]]]', "size": 9, "numbers": [("甲", number), ("乙", 2)]}
    return Cell(**{**parts, "checks": 5, "visits": 3, "joint_visits": 2, "most": 2, **more})


def test_a_table_of_cells_is_a_sequence_of_them() -> None:
    """Places from either end, slices, length, order, equality; what was put in comes out."""
    made = [cell(1), cell(3, extra=1), cell(2, numbers=[("乙", 7)])]
    table = cell_table(made)
    assert list(table) == made
    assert (len(table), table[0], table[-1], table[1:]) == (3, made[0], made[2], tuple(made[1:]))
    assert table == cell_table(iter(made)) != cell_table(made[:2])
    assert made[1] in table
    assert cell_table(table) is table
    assert not cell_table([])
    assert repr(table) == "CellTable(3 cells)"
    with pytest.raises(IndexError):
        table[3]
    assert pickle.loads(pickle.dumps(table)) == table
    assert table.names[0] is table.names[1]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"key": ""}, [("text-empty", "key")]),
        ({"size": -1, "most": True}, [("count-form", "size"), ("count-form", "most")]),
        (
            {"numbers": [("甲", 1), ["乙", -2], "丙", ("丁",), ("戊 ", 1), (1, 1)]},
            [
                *(("cell-number", f"numbers[{i}]") for i in (1, 2, 3, 4, 5)),
            ],
        ),
        ({"numbers": "甲"}, [("plan-shape", "")]),
        (
            {"checks": "5", "visits": 2.0, "joint_visits": None, "extra": 2**53},
            [
                *(("count-form", name) for name in ("checks", "visits", "joint_visits", "extra")),
            ],
        ),
    ],
)
def test_a_cell_refuses_what_is_no_count(changes: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    """Every part is named, all at once."""
    assert named(faults(lambda: cell(1, **changes))) == expected


def test_columns_of_cells_must_fit() -> None:
    """One of each per cell, and a number for each demand that draws."""
    table = cell_table([cell(1), cell(2)])
    for change in ({"sizes": (9,)}, {"numbers": table.numbers[1:]}, {"names": table.names[:1]}):
        assert named(faults(lambda change=change: evolve(table, **change))) == [("cells-uneven", "cells")]  # type: ignore[misc]


def test_a_cell_lacks_what_a_target_asks_of_it() -> None:
    """One of three visits is by one alone: of visits a quarter too many, of checks no more than a quarter allows."""
    assert cell(1).shortfall(Fraction(3, 4), "visits") == Fraction(1, 4)
    assert cell(1).shortfall(Fraction(3, 4), "checks") == 0
    assert cell(1).shortfall(Fraction(1), "checks") == 1
