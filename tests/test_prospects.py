"""Which visits are possible: held against all combinations of demands, one enterprise at a time."""

from collections.abc import Mapping
from itertools import islice
from random import Random

import numpy as np
import pytest

from crew_cases import Ground, grounds, meetings_at, possible_visits, slots_of
from districts import Rows, plan, register
from dual_random.commitments import allocate
from dual_random.eligibility import Stops
from dual_random.plans import Demand, Plan
from dual_random.populations import populations, read_populations
from dual_random.prospects import Prospects, drawn_prospects, visit_prospects
from dual_random.replays import numbers_of
from dual_random.team_rules import Slot, TeamRule

ROWS: Rows = [{"id": f"E{i}", "risk": "AAB"[i % 3]} for i in range(6)]
ASKING = TeamRule(
    slots=[
        Slot("any"),
        Slot("with", only_for="特"),
        Slot("without", not_for="特"),
        Slot("both", only_for="环", not_for="特"),
    ]
)


def of(given: Plan, rows: Rows = ROWS) -> dict[str, Prospects | None]:
    """The prospects of a plan over some rows."""
    enterprises = register(rows)
    groups = populations(given, enterprises)
    return drawn_prospects(given, groups, numbers_of(allocate(groups), groups))


def slots_at(found: Prospects | None) -> dict[int, tuple[tuple[int, ...], ...]]:
    """By row, the sets of slots that its visit can have."""
    assert found is not None
    patterns = zip(found.rows.tolist(), found.pattern.tolist(), strict=True)
    return {row: found.patterns[pattern] for row, pattern in patterns}


def largest(sets: set[frozenset[str]]) -> set[frozenset[str]]:
    """The sets that stand in no larger one, and the empty one."""
    return {one for one in sets if not one or not any(one < other for other in sets)}


@pytest.mark.parametrize("part", range(3))
def test_prospects_are_those_of_all_combinations_of_demands(part: int) -> None:
    """An enterprise can be visited, with these slots, exactly if some possible combination of demands says so."""
    for ground in islice(grounds(300), 100 * part, 100 * part + 100):
        _check(ground)


def _check(ground: Ground) -> None:
    found = of(ground.plan, ground.rows)
    assert list(found) == ground.departments
    for department in ground.departments:
        expected: dict[str, set[frozenset[str]]] = {}
        for enterprise, _, demands in possible_visits(ground, department):
            slots = frozenset(slot.name for slot in slots_of(ground, department, demands))
            expected.setdefault(enterprise, set()).add(slots)
        places = ground.plan.team_rule(department).slots
        ids = list(ground.enterprises)
        told = {
            ids[row]: {frozenset(places[slot].name for slot in slots) for slots in sets}
            for row, sets in slots_at(found[department]).items()
        }
        assert told == {enterprise: largest(sets) for enterprise, sets in expected.items()}


def two(take: str | int, special: str | int, **more: str) -> Plan:
    """市监 with an item of its own that slots ask for, and another department."""
    demands = [
        Demand("市监", take=take),
        Demand("特", department="市监", take=special, where={"risk": "A"}),
        Demand("环", take=1) if not more else Demand("环", **more),  # type: ignore[arg-type]
    ]
    return plan(demands, teams=[ASKING])


@pytest.mark.parametrize(
    ("special", "inside"),
    [
        ("50%", ((0, 1), (0, 2, 3))),
        ("100%", ((0, 1),)),
        (0, ((0, 2, 3),)),
    ],
)
def test_a_demand_comes_perhaps_always_or_never(special: str | int, inside: tuple[tuple[int, ...], ...]) -> None:
    """Its number in the stratum says which: some of it, all of it, none."""
    found = slots_at(of(two(2, special))["市监"])
    assert {row: found[row] for row in (0, 1)} == {0: inside, 1: inside}
    assert found[2] == ((0, 2, 3),)  # not in its population


def test_who_cannot_be_drawn_has_no_prospect() -> None:
    """A number of 0 draws nobody; a department all of whose numbers are 0 has no visits."""
    found = of(two(0, 0))
    assert slots_at(found["市监"]) == {}
    assert list(slots_at(found["环"])) == list(range(6))


def test_a_department_comes_for_one_of_its_demands() -> None:
    """Where only the item can be drawn, its slot stands on every visit; other departments' demands do not suffice."""
    found = slots_at(of(two(0, "50%"))["市监"])
    assert found == dict.fromkeys((0, 1, 3, 4), ((0, 1),))


def test_a_follower_comes_exactly_where_the_other_does() -> None:
    """环 follows 特 and is never without it, so a slot for the one and not the other never stands."""
    found = slots_at(of(two(2, "50%", follow="特"))["市监"])
    assert found[0] == ((0, 1), (0, 2))
    follows = slots_at(of(two(2, "50%", follow="特"))["环"])
    assert follows == dict.fromkeys((0, 1, 3, 4), ((0, 1),))


def test_a_visit_may_be_without_any_place() -> None:
    """The empty set is kept beside larger ones: a department that comes without anybody is worth a notice."""
    rules = plan(
        [Demand("市监", take=1), Demand("特", department="市监", take=1)],
        teams=[TeamRule(slots=[Slot("a", only_for="特")])],
    )
    assert set(slots_at(of(rules)["市监"]).values()) == {((), (0,))}


def test_ten_demands_in_all_combinations() -> None:
    """Slots for ten demands: of 1,023 sets of slots only the largest is left to be looked at."""
    names = [f"d{i}" for i in range(10)]
    rule = TeamRule(slots=[Slot(f"s{name}", only_for=name) for name in names])
    rules = plan([Demand(name, department="市监", take=1) for name in names], teams=[rule])
    assert set(slots_at(of(rules)["市监"]).values()) == {(tuple(range(10)),)}


def test_departments_whose_demands_cannot_be_read_are_left_open() -> None:
    """A demand without population or numbers leaves open whatever depends on it, and nothing else."""
    demands = [
        Demand("市监", take=1),
        Demand("特", take=1, where={"missing": "x"}),
        Demand("环", follow="特"),
        Demand("消防", take={"A": 1}, by="risk"),
    ]
    rules = plan(demands, teams=[TeamRule(), TeamRule("消防", slots=[Slot("a")])])
    enterprises = register(ROWS)
    groups, _ = read_populations(rules, enterprises)
    found = drawn_prospects(rules, groups, [(1,), ()])
    assert [name for name, own in found.items() if own is None] == ["特", "环", "消防"]
    asking = plan(demands, teams=[ASKING])
    assert drawn_prospects(asking, groups, [(1,), (1, 0)])["市监"] is None


# ---- the visits of a record


def test_visits_of_a_record_have_their_own_slots_and_period() -> None:
    """Each visit stands with its enterprise, its slots and its period, whatever the order in which they are given."""
    rng = Random(3)
    for ground in grounds(100):
        _check_record(ground, rng)


def _check_record(ground: Ground, rng: Random) -> None:
    ids = list(ground.enterprises)
    visits = [
        (row, rng.randrange(len(ground.periods)), rng.choice(sets))
        for row, enterprise in enumerate(ids)
        if (sets := sorted(meetings_at(ground, enterprise), key=sorted))
    ]
    shuffled = rng.sample(visits, len(visits))
    stops = Stops(
        [ids[row].encode() for row, _, _ in shuffled],
        np.array([row for row, _, _ in shuffled], dtype=np.intp),
        [period for _, period, _ in shuffled],
        [tuple(sorted(demands)) for _, _, demands in shuffled],
    )
    department = ground.departments[0]
    found: Mapping[str, Prospects] = visit_prospects(ground.plan, {department: stops})
    own = found[department]
    assert own.periods is not None
    told = zip(own.rows.tolist(), own.periods.tolist(), own.pattern.tolist(), strict=True)
    places = ground.plan.team_rule(department).slots
    assert [(row, period, [[places[s] for s in slots] for slots in own.patterns[p]]) for row, period, p in told] == [
        (row, period, [slots_of(ground, department, demands)]) for row, period, demands in visits
    ]
