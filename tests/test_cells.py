"""Cells: their keys, sizes and counts against a row-by-row reading."""

import json
from collections import Counter
from typing import Any

import numpy as np
from hypothesis import given, settings

import oracle
from districts import District, Rows, districts, register
from dual_random.cells import Cells, department_names, find_cells, over_departments
from dual_random.marks import mark
from dual_random.populations import populations
from dual_random.schemes import SCHEMES
from memberships import no_ties, of_membership, resolved, visits_of, words_of

quick = settings(deadline=None, derandomize=True, max_examples=150)


@quick
@given(districts())
def test_cells_count_what_a_literal_reading_counts(district: District) -> None:
    """Cells, their sizes, the checks of each department and the followed ones, against a row-by-row count."""
    rows, rules = district
    groups = populations(rules, register(rows))
    ids = sorted(row["id"] for row in rows)
    marks = mark(groups, resolved(groups), words_of(SCHEMES[0], "1" * 64, ids), no_ties)
    found, cell_of = find_cells(groups, marks)
    check_keys(rules.to_dict(), rows, ids, groups.profile[:].tolist(), found, cell_of.tolist())
    visits = visits_of(ids, groups, marks)
    names = department_names(groups)
    assert names == tuple(dict.fromkeys(demand.department for demand in rules.demands))
    expected: Counter[tuple[Any, ...]] = Counter()
    for inside in oracle.cells(oracle.membership(rules.to_dict(), rows)).values():
        served = [set(visits.get(enterprise, [])) for enterprise in inside]
        checks = {demand.name: sum(demand.name in each for each in served) for demand in rules.demands}
        own = [max(checks[d.name] for d in rules.demands if d.department == name) for name in names]
        if any(own):
            expected[len(inside), *own, any(checks[d.name] for d in rules.demands if d.follow)] += 1
    assert (
        Counter(
            (size, *departments, followed)
            for size, departments, followed in zip(
                found.sizes.tolist(), found.departments.tolist(), found.followed.tolist(), strict=True
            )
        )
        == expected
    )


def test_a_departments_own_items_share_visits() -> None:
    """Two demands of one department count once, with the larger number."""
    ids, groups = of_membership(
        {f"E{i}": {"甲": (), "甲2": (), "乙": ()} for i in range(6)}, {"甲": "甲", "乙": "乙", "甲2": "甲"}, {}
    )
    marks = mark(groups, [[1], [2], [4]], words_of(SCHEMES[0], "2" * 64, ids), no_ties)
    assert find_cells(groups, marks)[0].departments.tolist() == [[4, 2]]
    assert over_departments(groups, np.array([[True, False, False]])).tolist() == [[True, False]]


def check_keys(
    rules: dict[str, Any], rows: Rows, ids: list[str], profile: list[int], found: Cells, cell_of: list[int]
) -> None:
    """Keys stand in byte order, each once; every enterprise is in the cell of its key, if anybody of it is drawn."""
    assert list(found.keys) == sorted(set(found.keys), key=str.encode)
    known = {
        enterprise: key for key, inside in oracle.cells(oracle.membership(rules, rows)).items() for enterprise in inside
    }
    for row, enterprise in enumerate(ids):
        number = cell_of[profile[row]]
        if number >= 0:
            assert found.keys[number] == known[enterprise]
        else:
            assert known[enterprise] not in found.keys


def test_a_key_names_demands_in_byte_order_with_followers_and_sizes_of_zero() -> None:
    """A follower stands with an empty list, a demand that draws nobody with its stratum; the plan has another order."""
    ids, groups = of_membership(
        {"E1": {"乙": ("x", ""), "甲": (), "B": ('"',)}}, {"甲": "甲", "乙": "乙", "B": "B"}, {"甲": "乙"}
    )
    marks = mark(groups, [[], [1], [0]], words_of(SCHEMES[0], "2" * 64, ids), no_ties)
    found, cell_of = find_cells(groups, marks)
    assert found.keys == (r'[["B",["\""]],["乙",["x",""]],["甲",[]]]',)
    assert json.loads(found.keys[0])[1] == ["乙", ["x", ""]]
    assert found.demands.tolist() == [[1, 1, 0]]
    assert (found.followed.tolist(), cell_of.tolist()) == ([True], [0])
