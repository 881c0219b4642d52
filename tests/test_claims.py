"""Shortages that are stated, held against rules and visits without the register of inspectors."""

from typing import Any

import pytest
from attrs import evolve

from districts import SEED, plan, register
from dual_random.binding import commit
from dual_random.claims import claim_findings
from dual_random.draws import draw
from dual_random.plans import Demand, Plan
from dual_random.records import Record
from dual_random.registers import Register
from dual_random.staffing import Shortage, Staffing, place_table
from dual_random.team_rules import Slot, TeamRule

FIRMS = register([{"id": f"E{i}", "risk": "A"} for i in range(6)])
PEOPLE = Register(
    {"id": ["F1", "F2", "F3", "G1", "G2"], "department": ["消防"] * 3 + ["环保"] * 2}, id="id", columns=["department"]
)
SLOTS = (Slot("leader"), Slot("boiler", only_for="锅炉"))


def rules(**more: Any) -> Plan:
    """Fire visits everybody, with a limit that three people cannot hold; the other department visits two."""
    own = TeamRule("消防", slots=SLOTS, most=2, **more)
    demands = [Demand("消防", take=6), Demand("锅炉", department="消防", take=1), Demand("环保", take=2)]
    return plan(demands, teams=[own, TeamRule("环保")], periods=["7月", "8月"])


def short(**more: Any) -> Record:
    """A record in which one department is short."""
    record = draw(commit(rules(**more), FIRMS, PEOPLE), FIRMS, PEOPLE, seed=SEED).record
    assert [bool(own.shortages) for own in record.staffing] == [True, False]
    return record


def with_proof(record: Record, *, enough: int | None = None, **parts: Any) -> Record:
    """The same record with another proof."""
    given: dict[str, Any] = {"places": [("E0", "leader", 1)], "most": (), "in_period": (), "on_visit": (), **parts}
    supply = sum(row[-1] for row in (*given["most"], *given["in_period"])) + len(given["on_visit"])
    proof = Shortage(**given, demand=sum(need for *_, need in given["places"]), supply=supply)
    fire = evolve(record.staffing[0], shortages=[proof], enough=enough)
    return evolve(record, staffing=[fire, record.staffing[1]])


@pytest.mark.parametrize("limits", [{}, {"most_per_period": 2}])
def test_true_proofs_stand(limits: dict[str, int]) -> None:
    """What a draw states of a shortage is never accused."""
    record = short(**limits)
    assert record.staffing[0].shortages
    assert claim_findings(record) == []


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({"places": [("E777", "leader", 1)]}, ["claim-place staffing[0].shortages[0].places[0]"]),
        ({"places": [("E0", "leader", 2)]}, ["claim-place staffing[0].shortages[0].places[0]"]),
        ({"places": [("E0", "member", 1)]}, ["claim-place staffing[0].shortages[0].places[0]"]),
        ({"most": [("F1", 3)], "places": [(f"E{i}", "leader", 1) for i in range(4)]}, ["most[0]"]),
        ({"most": [("F1", 2)], "places": [(f"E{i}", "leader", 1) for i in range(4)]}, []),
        ({"in_period": [("F1", "7月", 1)], "places": [(f"E{i}", "leader", 1) for i in range(4)]}, ["in_period[0]"]),
        ({"enough": 2}, ["claim-enough staffing[0].enough"]),
        ({"enough": 3}, []),
    ],
)
def test_claims_that_cannot_be_are_named(parts: dict[str, Any], expected: list[str]) -> None:
    """Enterprises that are not visited, slots and limits that the rule has not, a limit that the rule has anyway."""
    found = [f"{note.code} {note.at}" for note in claim_findings(with_proof(short(), **parts))]
    assert len(found) == len(expected)
    assert all(mine.endswith(due) for mine, due in zip(found, expected, strict=True))


def test_a_slot_for_a_demand_stands_on_its_visits_alone() -> None:
    """The boiler specialist is missed only where boilers are checked."""
    record = short()
    boilers = {name for name, visit in record.items() if "锅炉" in visit.demands}
    assert len(boilers) == 1
    for name in record:
        found = claim_findings(with_proof(record, places=[(name, "boiler", 1)]))
        assert bool(found) == (name not in boilers)


@pytest.mark.parametrize(("period", "limit", "told"), [("7月", 2, False), ("9月", 2, True), ("8月", 1, True)])
def test_limits_of_periods_are_those_of_the_rule(period: str, limit: int, told: bool) -> None:
    """A period of the plan, and the plan's own limit in it."""
    places = [(f"E{i}", "leader", 1) for i in range(4)]
    record = with_proof(short(most_per_period=2), in_period=[("F1", period, limit)], places=places)
    assert bool(claim_findings(record)) == told


def test_a_staffing_record_without_anybody_is_found() -> None:
    """No department at all, or visits to which none of those comes that are staffed."""
    first = draw(commit(plan([Demand("消防", take=6), Demand("环保", take=2)]), FIRMS), FIRMS, seed=SEED).record
    later = plan((), number="2024-4", staffs=first.digest)
    record = draw(commit(later, FIRMS, PEOPLE, of=first), FIRMS, PEOPLE, seed=SEED, of=first).record
    assert claim_findings(record) == []
    empty = place_table([()] * len(record))
    assert [note.code for note in claim_findings(evolve(record, staffing=(), places=empty))] == ["staffing-none"]
    alone = evolve(record, staffing=[Staffing(department="环保", visits=2, places=4)], places=empty)
    assert [(note.code, note.params["count"]) for note in claim_findings(alone)] == [("visits-idle", 4)]
