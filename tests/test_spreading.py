"""Who comes to which visit of a cell, for counts and lots written by hand and at random."""

from collections.abc import Sequence
from random import Random

import numpy as np
import pytest

import oracle
from dual_random.cells import Cells
from dual_random.layouts import arrange
from dual_random.plans import JointRule
from dual_random.spreading import Lots, lay

ALL_JOINT = JointRule(at_least="100%", reach="spread")


def cells_of(*counts: Sequence[int], size: int = 99) -> Cells:
    """Cells with one demand a department."""
    table = np.array(counts, dtype=np.int64)
    keys = tuple(f"cell {i}" for i in range(len(counts)))
    return Cells(keys, np.full(len(counts), size), table, table, np.zeros(len(counts), dtype=np.bool_))


def columns(cells: Cells, rule: JointRule, names: Sequence[str], tickets: Lots) -> list[list[str]]:
    """The departments of each visit, in the order of their names."""
    served = lay(cells, arrange(cells, rule), names, range(len(names)), tickets)
    return [[name for name, comes in zip(names, line, strict=True) if comes] for line in served.tolist()]


def lots(*order: str) -> Lots:
    """Lots that put departments in an order."""
    return lambda _, names: [bytes([order.index(name)]) for name in names]


def test_checks_are_laid_round_and_round_in_the_order_of_the_lots() -> None:
    """Counts 2, 2, 3 over 3 visits: the first two fill columns 0 1 and 2 0, the third one all."""
    cells = cells_of([2, 2, 3])
    assert columns(cells, ALL_JOINT, ["甲", "乙", "丙"], lots("乙", "甲", "丙")) == [
        ["甲", "乙", "丙"],
        ["乙", "丙"],
        ["甲", "丙"],
    ]
    assert columns(cells, ALL_JOINT, ["甲", "乙", "丙"], lots("甲", "乙", "丙"))[1:] == [["甲", "丙"], ["乙", "丙"]]


def test_singles_stand_behind_the_joint_columns() -> None:
    """Counts 5, 1, 1: two joint visits, then three by the first alone."""
    found = columns(cells_of([5, 1, 1]), ALL_JOINT, ["甲", "乙", "丙"], lots("丙", "甲", "乙"))
    assert found == [["甲", "丙"], ["甲", "乙"], ["甲"], ["甲"], ["甲"]]


def test_the_odd_check_falls_to_the_earlier_of_equals() -> None:
    """Three departments with one check each, at most two a visit: the first by lot is left alone."""
    rule = JointRule(most_departments=2)
    assert columns(cells_of([1, 1, 1]), rule, ["甲", "乙", "丙"], lots("乙", "丙", "甲")) == [["甲", "丙"], ["乙"]]


@pytest.mark.parametrize("names", [["b", "a", "é", "Ａ"], ["Ａ", "é", "b", "a"], ["𠮷", "\ue000", "b", "a"]])
def test_equal_lots_are_decided_by_name_in_byte_order(names: list[str]) -> None:
    """Nobody's place among the demands of the plan decides."""
    equal: Lots = lambda _, given: [b"same"] * len(given)  # noqa: E731
    order = sorted(names, key=str.encode)
    found = columns(cells_of([1, 1, 1, 1]), JointRule(most_departments=2), names, equal)
    assert [sorted(line, key=str.encode) for line in found] == [[order[0], order[2]], [order[1], order[3]]]


def test_no_lot_is_asked_for_where_it_decides_nothing() -> None:
    """Nested cells, a department alone, and cells where everybody comes to every visit cost no hash."""

    def never(cell: str, names: Sequence[str]) -> Sequence[bytes]:
        raise AssertionError(f"asked for {cell}: {names}")

    assert columns(cells_of([2, 2], [4, 1]), JointRule(), ["甲", "乙"], never)[2:] == [
        ["甲", "乙"],
        ["甲"],
        ["甲"],
        ["甲"],
    ]
    assert columns(cells_of([2, 2], [3, 3]), ALL_JOINT, ["甲", "乙"], never) == [["甲", "乙"]] * 5


def test_any_counts_are_laid_as_a_literal_reading_lays_them() -> None:
    """Thousands of cells, limits and extra visits: each department's columns, none twice, as even as can be."""
    random = Random(20241)
    names = ["甲", "乙", "丙", "丁", "戊"]
    for _ in range(1500):
        counts = [[random.randint(0, 6) for _ in names] for _ in range(random.randint(1, 4))]
        counts = [line if any(line) else [1, *line[1:]] for line in counts]
        rule = JointRule(
            at_least=random.choice([None, "50%", "90%", "100%"]),
            reach=random.choice(["nested", "spread", "extra"]),
            most_departments=random.choice([None, 1, 2, 3]),
        )
        cells = cells_of(*counts, size=random.choice([7, 12, 40]))
        layouts = arrange(cells, rule)
        order = random.sample(names, len(names))
        found = columns(cells, rule, names, lots(*order))
        begin = 0
        for place, line in enumerate(counts):
            visits = int(layouts.visits[place])
            own = found[begin : begin + visits]
            begin += visits
            numbers = {name: line[names.index(name)] for name in order if line[names.index(name)]}
            joint, singles = int(layouts.joint[place]), int(layouts.singles[place])
            spread = bool(layouts.spread[place])
            laid = oracle.lay_spread(numbers, joint, singles) if spread else oracle.lay_nested(numbers)
            expected = [[name for name in names if column in laid.get(name, [])] for column in range(visits)]
            assert own == expected
            if spread and joint:
                together = [len(coming) for coming in own[:joint]]
                assert max(together) - min(together) <= 1
                assert min(together) >= 2
            assert all(len(coming) == 1 for coming in own[joint:])
