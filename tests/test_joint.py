"""Joint draws: golden visits, exact chances over all orders for every target and limit, and what never changes."""

from collections import Counter
from collections.abc import Mapping
from fractions import Fraction
from math import comb, prod
from typing import Any

import numpy as np
import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

import oracle
from districts import District, districts, plan, register
from dual_random.joint import Meeting, meet
from dual_random.plans import Demand, JointRule
from dual_random.populations import Populations, populations
from dual_random.schemes import SCHEMES, label_key
from joint_cases import Case, cases, stored
from memberships import Sizes, lots_of, met, no_ties, of_membership, orders, resolved, visits_of, words_of

CASES = [*cases("joint.json"), *cases("layouts.json")]

quick = settings(deadline=None, derandomize=True, max_examples=150)


# ---- golden values


def test_the_golden_cases_are_all_there() -> None:
    """Seventy-two joint draws under both hashes, fifteen with followers, with every layout."""
    assert Counter(case.scheme for case in CASES) == {SCHEMES[0]: 64, SCHEMES[1]: 8}
    assert sum(bool(case.follow) for case in CASES) == 15
    assert Counter(case.result["layout"] for case in CASES if "layout" in case.result) >= Counter(spread=25, extra=8)
    for file in ("joint.json", "layouts.json"):
        for scheme, given_ in stored(file).items():
            assert given_["key"] == label_key(scheme, given_["label"], given_["seed"])


def rule_of(case: Case) -> JointRule:
    """The joint rule of a golden case."""
    rule: dict[str, Any] = {"at_least": case.target, "of": case.of, "reach": case.reach}
    return JointRule(**rule, most_departments=case.most)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_golden_visits(case: Case) -> None:
    """Visits, counts, layout, extra visits by cell, best rate: those of the second implementation."""
    ids, groups = of_membership(case.member, case.department, case.follow)
    words = words_of(case.scheme, case.key, ids)
    check_golden(case, ids, groups, met(groups, case.numbers, words, rule_of(case), lots_of(case.scheme, case.key)))


def check_golden(case: Case, ids: list[str], groups: Populations, drawn: Meeting) -> None:
    """Hold a draw against a golden case."""
    visits = visits_of(ids, groups, drawn)
    assert visits == case.visits
    coming = [len({case.department[demand] for demand in served}) for served in visits.values()]
    layouts, cells = drawn.layouts, drawn.cells
    found = {
        "n_visits": len(coming),
        "joint": sum(n > 1 for n in coming),
        "checks": sum(coming),
        "met": layouts.met,
        "layout": layouts.layout,
        "best": layouts.best and layouts.best.value,
        "over": drawn.over(rule_of(case)),
        "extra": int(drawn.extra.sum()),
        "extra_in": {key: n for key, n in zip(cells.keys, layouts.extra.tolist(), strict=True) if n},
        "cells": len(cells.keys),
    }
    assert {name: found[name] for name in case.result} == case.result
    assert int(cells.departments.sum()) == sum(coming)
    assert int(layouts.visits.sum()) == len(coming)
    assert int(layouts.joint.sum()) == sum(n > 1 for n in coming)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_golden_visits_of_a_plan(case: Case) -> None:
    """The same cases as a plan over a register: conditions and strata give the same visits."""
    rows, demands = as_rules(case.member, case.numbers, case.department, case.follow)
    enterprises = register(rows)
    groups = populations(plan(demands), enterprises)
    words = words_of(case.scheme, case.key, list(enterprises))
    drawn = meet(groups, resolved(groups), rule_of(case), words, no_ties, lots_of(case.scheme, case.key))
    if len(demands) == len(case.department):
        check_golden(case, list(enterprises), groups, drawn)
    else:  # a demand without population cannot be a plan's
        assert visits_of(list(enterprises), groups, drawn) == case.visits


def as_rules(
    member: oracle.Membership, sizes: Sizes, department: Mapping[str, str], follow: Mapping[str, str]
) -> tuple[list[dict[str, str]], list[Demand]]:
    """Rows and demands of a membership: a column for "in", two for the strata, a demand each."""
    populated = [name for name in department if any(name in strata for strata in member.values())]
    depth = {name: max(len(strata[name]) for strata in member.values() if name in strata) for name in populated}
    rows = []
    for enterprise, strata in member.items():
        row = {"id": enterprise}
        for name in populated:
            row[f"{name} in"] = "yes" if name in strata else "no"
            row |= {f"{name} {i}": strata.get(name, ("",) * depth[name])[i] for i in range(depth[name])}
        rows.append(row)
    demands = []
    for name in populated:
        where = {f"{name} in": "yes"}
        by = [f"{name} {i}" for i in range(depth[name])]
        take = [(stratum, number) for (demand, stratum), number in sizes.items() if demand == name]
        own: dict[str, Any] = {"follow": follow[name]} if name in follow else {"by": by, "take": take}
        demands.append(Demand(name, department=department[name], where=where, **own))
    return rows, demands


# ---- exact chances: all orders of the tickets

RULES = (
    JointRule(),
    JointRule(most_departments=1),
    JointRule(most_departments=2),
    JointRule(at_least="60%", reach="spread"),
    JointRule(at_least="90%", of="checks", reach="spread", most_departments=2),
    JointRule(at_least="70%", reach="extra"),
    JointRule(at_least="100%", reach="extra", most_departments=3),
)

# name -> (department, enterprises by stratum with their number); the followed one first
SMALL: dict[str, tuple[dict[str, str], dict[str, str], oracle.Membership, Sizes]] = {
    "two departments, three demands, a follower": (
        {"甲": "甲", "乙": "乙", "甲2": "甲", "丙": "丙"},
        {"丙": "甲"},
        {
            "E1": {"甲": ("A",), "乙": ("x",), "丙": ()},
            "E2": {"甲": ("A",), "乙": ("y",), "甲2": ()},
            "E3": {"甲": ("A",), "乙": ("y",), "丙": ()},
            "E4": {"甲": ("B",), "乙": ("y",), "甲2": (), "丙": ()},
            "E5": {"甲": ("B",), "甲2": ()},
            "E6": {"乙": ("x",), "甲2": ()},
        },
        {("甲", ("A",)): 1, ("甲", ("B",)): 1, ("乙", ("x",)): 1, ("乙", ("y",)): 2, ("甲2", ()): 2},
    ),
    "one stratum whole, one of none, seven enterprises": (
        {"甲": "甲", "乙": "乙"},
        {},
        {
            "E1": {"甲": ("A",), "乙": ()},
            "E2": {"甲": ("A",), "乙": ()},
            "E3": {"甲": ("B",), "乙": ()},
            "E4": {"甲": ("B",), "乙": ()},
            "E5": {"甲": ("B",)},
            "E6": {"甲": ("C",), "乙": ()},
            "E7": {"甲": ("C",)},
        },
        {("甲", ("A",)): 2, ("甲", ("B",)): 1, ("甲", ("C",)): 0, ("乙", ()): 2},
    ),
    "three departments that fill a cell of four": (
        {"甲": "甲", "乙": "乙", "丙": "丙", "乙2": "乙"},
        {},
        {
            **{f"E{i}": {"甲": (), "乙": ("A",), "丙": (), "乙2": ()} for i in range(1, 5)},
            "E5": {"甲": (), "乙": ("B",)},
            "E6": {"甲": ()},
        },
        {("甲", ()): 4, ("乙", ("A",)): 2, ("乙", ("B",)): 1, ("丙", ()): 2, ("乙2", ()): 1},
    ),
    "four departments, every one with strata of its own": (
        {"甲": "甲", "乙": "乙", "丙": "丙", "丁": "丁"},
        {},
        {
            "E1": {"甲": ("A",), "乙": ("x",), "丙": ("p",), "丁": ("s",)},
            "E2": {"甲": ("A",), "乙": ("x",), "丙": ("p",), "丁": ("s",)},
            "E3": {"甲": ("A",), "乙": ("x",), "丙": ("p",), "丁": ("s",)},
            "E4": {"甲": ("A",), "乙": ("y",), "丙": ("p",), "丁": ("s",)},
            "E5": {"甲": ("B",), "乙": ("x",), "丙": ("q",), "丁": ("s",)},
            "E6": {"甲": ("A",), "乙": ("x",), "丙": ("p",), "丁": ("s",)},
        },
        {
            ("甲", ("A",)): 3,
            ("甲", ("B",)): 1,
            ("乙", ("x",)): 2,
            ("乙", ("y",)): 0,
            ("丙", ("p",)): 2,
            ("丙", ("q",)): 1,
            ("丁", ("s",)): 3,
        },
    ),
}
SEVEN = "one stratum whole, one of none, seven enterprises"  # 5,040 orders: two rules suffice
RUNS = [(name, rule) for name in SMALL for rule in (RULES[:2] if name == SEVEN else RULES)]


@pytest.mark.parametrize(("name", "rule"), RUNS, ids=str)
def test_every_chance_is_exactly_the_share_of_its_stratum(name: str, rule: JointRule) -> None:
    """Over all orders of the tickets each demand visits each enterprise n/N times, and all subsets equally often.

    Whatever the target, the reach and the most departments of a visit are; the lots of the departments stand still.
    """
    department, follow, member, sizes = SMALL[name]
    ids, groups = of_membership(member, department, follow)
    lots = lots_of(SCHEMES[0], "7" * 64)
    samples: dict[str, Counter[frozenset[str]]] = {demand: Counter() for demand in department}
    runs = 0
    for words in orders(len(ids)):
        visits = visits_of(ids, groups, met(groups, sizes, words, rule, lots))
        runs += 1
        for demand, inside in samples.items():
            inside[frozenset(enterprise for enterprise, served in visits.items() if demand in served)] += 1
    for demand, inside in samples.items():
        drawn = Counter(enterprise for sample, times in inside.items() for enterprise in sample for _ in range(times))
        for enterprise, strata in member.items():
            assert Fraction(drawn[enterprise], runs) == chance(member, sizes, follow, demand, strata)
        if demand not in follow:
            assert len(set(inside.values())) == 1
            assert len(inside) == subsets(member, sizes, demand)


def test_the_exact_test_has_seen_every_layout() -> None:
    """Among its draws are nested, spread and extra ones, met and missed targets, raised limits, spread cells."""
    lots = lots_of(SCHEMES[0], "7" * 64)
    seen: Counter[str] = Counter()
    for name, rule in RUNS:
        department, follow, member, sizes = SMALL[name]
        ids, groups = of_membership(member, department, follow)
        for words in list(orders(len(ids)))[::19]:
            drawn = met(groups, sizes, words, rule, lots)
            seen[drawn.layouts.layout] += 1
            seen["met" if drawn.layouts.met else "missed"] += 1
            seen["over"] += drawn.over(rule) > 0
            seen["spread cells for the limit alone"] += drawn.layouts.layout == "nested" and bool(
                drawn.layouts.spread.any()
            )
            seen["more visits than marked"] += len(drawn.rows) > len(drawn.marks.rows)
            seen["other visits than marked"] += (drawn.served.shape != drawn.marks.served.shape) or bool(
                (drawn.served != drawn.marks.served).any()
            )
    assert set(seen) == {
        *("nested", "spread", "extra", "met", "missed", "over", "spread cells for the limit alone"),
        *("more visits than marked", "other visits than marked"),
    }
    assert min(seen.values()) > 10, seen


def chance(
    member: oracle.Membership,
    sizes: Sizes,
    follow: Mapping[str, str],
    demand: str,
    strata: Mapping[str, tuple[str, ...]],
) -> Fraction:
    """n/N of the stratum; a follower has the chance of what it follows."""
    if demand not in strata:
        return Fraction(0)
    name = follow.get(demand, demand)
    return Fraction(sizes[name, strata[name]], sum(other.get(name) == strata[name] for other in member.values()))


def subsets(member: oracle.Membership, sizes: Sizes, demand: str) -> int:
    """How many stratified samples there are."""
    strata = Counter(other[demand] for other in member.values() if demand in other)
    return prod(comb(size, sizes[demand, stratum]) for stratum, size in strata.items())


def test_a_stratified_sample_of_one_department_ignores_the_others() -> None:
    """What a department draws is the same whether or not others draw beside it."""
    department, follow, member, sizes = SMALL["two departments, three demands, a follower"]
    ids, groups = of_membership(member, department, follow)
    lone_ids, lone = of_membership(member, {"乙": "乙"}, {})
    lots = lots_of(SCHEMES[0], "7" * 64)
    assert ids == lone_ids
    for words in list(orders(len(ids)))[::50]:
        both = visits_of(ids, groups, met(groups, sizes, words, JointRule(), lots))
        alone = visits_of(ids, lone, met(lone, sizes, words, JointRule(), lots))
        assert list(alone) == [enterprise for enterprise, served in both.items() if "乙" in served]


# ---- what never changes


@quick
@given(districts(), st.sampled_from([-3, -1, 0, 6]))
def test_a_joint_draw_is_that_of_the_literal_reading(district: District, spare: int) -> None:
    """Every visit, cell and count, for random plans, targets and limits, however candidates are chosen."""
    check_district(district, spare)


def check_district(district: District, spare: int) -> None:
    """Hold a joint draw against the literal reading of the scheme."""
    rows, rules = district
    enterprises = register(rows)
    groups = populations(rules, enterprises)
    ids = list(enterprises)
    words, lots = words_of(SCHEMES[0], "3" * 64, ids), lots_of(SCHEMES[0], "3" * 64)
    numbers = resolved(groups)
    drawn = meet(groups, numbers, rules.joint, words, no_ties, lots, spare)
    data = rules.to_dict()
    member = oracle.membership(data, rows)
    found = oracle.joint_draw(
        member,
        oracle.numbers(data, member),
        {demand.name: demand.department for demand in rules.demands},
        {demand.name: demand.follow for demand in rules.demands if demand.follow},
        oracle.by_ticket(SCHEMES[0], "3" * 64),
        oracle.by_names(SCHEMES[0], "3" * 64),
        target=rules.joint.at_least,
        of=rules.joint.of,
        reach=rules.joint.reach,
        most=rules.joint.most_departments,
    )
    assert visits_of(ids, groups, drawn) == found["visits"]
    assert {ids[row] for row in drawn.rows[drawn.extra].tolist()} == found["for_quota"]
    assert (drawn.layouts.layout, drawn.layouts.met) == (found["layout"], found["met"])
    assert drawn.over(rules.joint) == found["over"]
    assert (drawn.layouts.best and drawn.layouts.best.value) == found["best"]
    told = zip(
        drawn.cells.keys,
        drawn.cells.sizes.tolist(),
        *(part.tolist() for part in (drawn.layouts.visits, drawn.layouts.joint, drawn.layouts.extra, drawn.most)),
        strict=True,
    )
    parts = ("key", "size", "visits", "joint", "extra", "largest")
    assert list(told) == [tuple(cell[part] for part in parts) for cell in found["cells"]]


@pytest.mark.parametrize("most", [None, 4])
def test_forty_departments_meet_as_a_literal_reading_has_it(most: int | None) -> None:
    """Overlapping populations, strata and sizes of their own, some departments with two demands, two followers."""
    rows = [{"id": f"E{i:03}", "a": "ABCDE"[i % 5], "b": "xyz"[i % 3], "c": "pq"[i * i % 7 % 2]} for i in range(240)]
    demands = [
        Demand(
            f"部门{k:02}",
            where={"a": ["ABCDE"[(k + j) % 5] for j in range(2 + k % 3)]},
            by=("b", "c", ())[k % 3],
            take=f"{3 + k % 5}%",
        )
        for k in range(40)
    ]
    demands += [Demand(f"另{k}", department=f"部门{k:02}", take=k + 1, where={"b": "x"}) for k in range(5)]
    demands += [Demand("随甲", follow="部门00", where={"c": "p"}), Demand("随乙", department="部门01", follow="部门02")]
    rule = JointRule(at_least="90%", reach="extra", most_departments=most)
    check_district((rows, plan(demands, joint=rule)), 6)


@quick
@given(districts(), st.data())
def test_every_number_is_met_and_order_is_no_rule(district: District, data: st.DataObject) -> None:
    """Each stratum has exactly its number of visits; the order of demands changes nothing but the lead."""
    rows, rules = district
    enterprises = register(rows)
    other = evolve(rules, demands=data.draw(st.permutations(rules.demands)))
    words, lots = words_of(SCHEMES[0], "4" * 64, list(enterprises)), lots_of(SCHEMES[0], "4" * 64)
    found = []
    for each in (rules, other):
        groups = populations(each, enterprises)
        numbers = resolved(groups)
        drawn = meet(groups, numbers, each.joint, words, no_ties, lots)
        assert len(set(drawn.rows.tolist())) == len(drawn.rows)
        for place, population in enumerate(groups.demands):
            if not population.demand.follow:
                stratum = population.stratum[groups.profile[drawn.rows]]
                served = np.bincount(stratum[drawn.served[:, place]], minlength=len(population.strata))
                assert served.tolist() == list(numbers[place])
        found.append(visits_of(list(enterprises), groups, drawn))
    assert list(found[0].items()) == list(found[1].items())


@quick
@given(districts())
def test_spreading_changes_no_number_of_visits_or_checks(district: District) -> None:
    """Nested and spread draws make the same checks in the same number of visits, unless a limit asks for more."""
    rows, rules = district
    groups = populations(rules, register(rows))
    words, lots = words_of(SCHEMES[0], "5" * 64, sorted(row["id"] for row in rows)), lots_of(SCHEMES[0], "5" * 64)
    numbers = resolved(groups)
    plain, spread = (
        meet(groups, numbers, rule, words, no_ties, lots)
        for rule in (JointRule(), JointRule(at_least="100%", reach="spread"))
    )
    assert plain.rows.tolist() == spread.rows.tolist() == spread.marks.rows.tolist()
    assert (plain.served == plain.marks.served).all()
    assert plain.cells.departments.tolist() == spread.cells.departments.tolist()
    assert plain.layouts.singles.sum() >= spread.layouts.singles.sum()
