"""Crossings: what a draw adds to the squares, against all permutations; degrees of freedom; what is seen."""

from itertools import permutations
from typing import Final

import numpy as np
import pytest

from dual_random import sample
from dual_random.testing import crossings
from dual_random.testing.crossings import across
from dual_random.testing.procedures import Outcome
from dual_random.testing.replicates import Replicates, replicate
from dual_random.testing.tallies import inclusion

UNITS: Final = [f"{kind}{number}" for kind in "AB" for number in range(15)]
ALIKE: Final = {unit: unit[0] for unit in UNITS}


def left_of(table: np.ndarray, turned: bool) -> np.ndarray:
    """The literal projection: least squares on unit effects over ordered pairs of different units."""
    k = len(table)
    own = (table - table.T) / 2 if turned else (table + table.T) / 2
    places = [(i, j) for i in range(k) for j in range(k) if i != j]
    sign = -1.0 if turned else 1.0
    design = np.array([[(unit == i) + sign * (unit == j) for unit in range(k)] for i, j in places])
    if not turned:
        design = np.column_stack([design, np.ones(len(places))])
    values = np.array([own[place] for place in places])
    found: np.ndarray = values - design @ np.linalg.lstsq(design, values, rcond=None)[0]
    return found


@pytest.mark.parametrize(
    ("s", "t", "both"), [(2, 2, 0), (2, 3, 1), (3, 3, 3), (1, 2, 0), (4, 2, 2), (1, 1, 0), (2, 1, 1)]
)
def test_a_draw_adds_what_all_permutations_add_on_average(s: int, t: int, both: int) -> None:
    """For two results of five units: the mean square of both parts over all 120 permutations is the closed form."""
    first = [1.0] * s + [0.0] * (5 - s)
    second = [0.0] * (s - both) + [1.0] * t + [0.0] * (5 - t - s + both)
    told = list(crossings._of_one_class(np.zeros((5, 5)), *(np.array([float(each)]) for each in (s, t, both))))
    for (_, added, dof), turned in zip(told, (False, True), strict=True):
        found = []
        for order in permutations(range(5)):
            own, its = np.array(first)[list(order)], np.array(second)[list(order)]
            found.append((left_of(np.outer(own, its), turned) ** 2).sum())
        assert np.isclose(np.mean(found), float(added.sum())), turned
        assert dof == (6 if turned else 5)


def test_tables_are_freed_as_least_squares_frees_them() -> None:
    """What is left of a table of one class is what unit effects do not explain; of two, the residual."""
    table = np.array([[(7 * i + 3 * j * j + i * j) % 11 for j in range(6)] for i in range(6)], dtype=float)
    counts = np.array([2.0]), np.array([3.0]), np.array([1.0])
    for (left, _, _), turned in zip(crossings._of_one_class(table.copy(), *counts), (False, True), strict=True):
        literal = left_of(table, turned)
        assert np.allclose(left[~np.eye(6, dtype=bool)], literal)
        assert np.allclose(np.diag(left), 0)
    ((left, added, dof),) = crossings._of_two_classes(table[:, :4], np.array([2.0]), np.array([3.0]))
    assert np.allclose(left.sum(axis=0), 0)
    assert np.allclose(left.sum(axis=1), 0)
    assert (round(float(added.sum()), 9), dof) == (round(2 * 4 / 6 * 3 * 1 / 4, 9), 15)


def one_seed(units: list[str], seed: str) -> list[str]:
    """The same places of both strata."""
    drawn = sample([str(number) for number in range(15)], 4, seed=seed, label="t").drawn
    return [f"{kind}{place}" for kind in "AB" for place in drawn]


def stratum_by_stratum(units: list[str], seed: str) -> list[str]:
    """Four of each stratum, independently."""
    return [
        unit for kind in "AB" for unit in sample([u for u in units if u[0] == kind], 4, seed=seed, label=kind).drawn
    ]


def test_one_seed_for_two_strata_is_seen() -> None:
    """The same places drawn in both strata fail, whatever the single counts say; independent draws pass."""
    assert across(replicate(one_seed, UNITS, 1000, alike=ALIKE)).p < 1e-50
    fair = across(replicate(stratum_by_stratum, UNITS, 1000, alike=ALIKE))
    assert fair.p > 1e-3
    assert fair.dof == 14 * 14
    assert 0 < fair.detectable < 0.5


def test_units_that_come_too_seldom_are_no_fault_of_the_classes() -> None:
    """Strata drawn independently, from each of which the last is never drawn: inclusion sees it, and across passes."""

    def never_the_last(units: list[str], seed: str) -> list[str]:
        return stratum_by_stratum([unit for unit in units if not unit.endswith("14")], seed)

    draws = replicate(never_the_last, UNITS, 3000, alike=ALIKE)
    assert across(draws).p > 1e-3
    assert inclusion(draws).failed


def pairs_of_partners(units: list[str], seed: str) -> dict[str, str]:
    """Partners 0-1, 2-3, … go together, one as lead and one as second."""
    (drawn,) = sample([str(number) for number in range(7)], 1, seed=seed, label="t").drawn
    lead, second = sample([str(2 * int(drawn)), str(2 * int(drawn) + 1)], 2, seed=seed, label="who leads").drawn
    return {f"A{lead}": "lead", f"A{second}": "second"}


def test_partners_with_roles_are_seen() -> None:
    """Two who always go together, one as lead and one as second in turn, fail in the part of who goes with whom."""
    units = UNITS[:14]
    check = across(replicate(pairs_of_partners, units, 4000))
    assert check.p < 1e-50
    assert check.worst[0].params["result"] == "lead × second"


def test_who_leads_whom_is_seen() -> None:
    """Any two go together, but the one before in the circle always leads: seen in the part of who is first."""
    units = UNITS[:14]

    def in_circle(units: list[str], seed: str) -> dict[str, str]:
        one, other = sorted(int(unit[1:]) for unit in sample(units, 2, seed=seed, label="t").drawn)
        lead, second = (one, other) if (other - one) % 14 < 7 or (other - one == 7 and len(seed) % 2) else (other, one)
        return {f"A{lead}": "lead", f"A{second}": "second"}

    check = across(replicate(in_circle, units, 4000))
    assert check.p < 1e-50
    assert check.worst[0].params["result"] == "lead × second ⇄"


def test_little_is_not_judged() -> None:
    """With few draws, one cell, or nothing open the check says that it saw nothing."""
    few = across(replicate(stratum_by_stratum, UNITS, 50, alike=ALIKE))
    alone = across(replicate(stratum_by_stratum, UNITS, 500))
    closed = Replicates.of(["A", "B", "C", "D"], [Outcome("", [("A", "x"), ("B", "y")])] * 900)
    assert [check.p for check in (few, alone)] == [1.0, 1.0]
    assert across(closed).p == 1.0  # each unit comes always or never: a fault of the counts
    assert few.sees.code == alone.sees.code == "sees-nothing"
    assert across(Replicates.of(["A", "B"], [])).p == 1.0


def test_cells_that_cannot_be_judged_leave_the_others_their_tables() -> None:
    """Many classes of one unit before two strata with one seed: these are looked at all the same."""
    small = [f"a{number:02d}" for number in range(40)]
    units = [*small, *UNITS]
    alike = {**{unit: unit for unit in small}, **ALIKE}

    def drawn(units: list[str], seed: str) -> list[str]:
        return [*small[:20], *one_seed(units, seed)]

    check = across(replicate(drawn, units, 1000, alike=alike))
    assert check.p < 1e-50
    assert check.null.params["count"] == 1
