"""Our own draws pass our own tests: samples, joint draws with demands as results, teams with visits as results."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Final

import pytest

from dual_random import Demand, JointRule, Plan, Record, Register, SeedSource, Slot, TeamRule, commit, draw, sample
from dual_random.testing.fairness import assert_fair
from dual_random.testing.procedures import by_person

UNITS: Final = [f"E{(37 * number + 11) % 1009:04d}" for number in range(90)]
RISK: Final = {unit: "ABC"[(3 * place) // (place + 40)] for place, unit in enumerate(UNITS)}
INDUSTRY: Final = {unit: "FHQ"[place % 3] for place, unit in enumerate(UNITS)}
SIZES: Final = {unit: 3 + place % 7 for place, unit in enumerate(UNITS)}
PEOPLE: Final = [f"{department}{number}" for department in ("市监", "消防") for number in range(1, 13)]
SENIOR: Final = {person: "yes" if int(person[2:]) % 3 == 0 else "no" for person in PEOPLE}
SOURCE: Final = SeedSource(source="test", event="test", earliest="2024-01-01T00:00:00+08:00", form="fair:" + "0" * 8)


def simple(units: Sequence[str], seed: str) -> tuple[str, ...]:
    """Twelve of all."""
    return sample(units, 12, seed=seed, label="test").drawn


def stratified(units: Sequence[str], seed: str) -> tuple[str, ...]:
    """A rate for every risk class."""
    rates = {"A": "10%", "B": "20%", "C": "50%"}
    strata = {unit: RISK[unit] for unit in units}
    return sample(
        units, {name: rates[name] for name in set(strata.values())}, seed=seed, label="t", strata=strata
    ).drawn


def by_size(units: Sequence[str], seed: str) -> tuple[str, ...]:
    """Chances in proportion to size, systematic."""
    return sample(units, 12, seed=seed, label="test", sizes={unit: SIZES[unit] for unit in units}).drawn


def enterprises(units: Sequence[str]) -> Register:
    """A register of the units."""
    table = {"id": units, "risk": [RISK[unit] for unit in units], "industry": [INDUSTRY[unit] for unit in units]}
    return Register(table, id="id", columns=["risk", "industry"])


def people(persons: Sequence[str]) -> Register:
    """A register of inspectors."""
    table = {"id": persons, "department": [person[:2] for person in persons], "senior": [SENIOR[p] for p in persons]}
    return Register(table, id="id", columns=["department", "senior"])


JOINT: Final = Plan(
    title="test",
    authority="test",
    number="1",
    seed=SOURCE,
    demands=[
        Demand("市监", by="risk", take={"A": "10%", "B": "20%", "C": "50%"}),
        Demand("消防", where={"industry": ["F", "H"]}, take="20%"),
        Demand("税务", unless={"risk": "A"}, take=9),
    ],
    joint=JointRule(at_least="60%", reach="spread"),
)
STAFFED: Final = Plan(
    title="test",
    authority="test",
    number="2",
    seed=SOURCE,
    demands=[Demand("市监", take=10), Demand("消防", take=6)],
    teams=[TeamRule(slots=[Slot("leader", where={"senior": "yes"}), Slot("member")], most=4)],
)


def drawn(plan: Plan, units: Sequence[str], seed: str, persons: Sequence[str] = ()) -> Record:
    """The record of a plan; the seed in the form that the plan announced."""
    registers = (enterprises(units), people(persons)) if persons else (enterprises(units),)
    told = f"fair:{int(seed.removeprefix('fair:')):08d}"
    return draw(commit(plan, *registers), *registers, seed=told).record


def joint(units: Sequence[str], seed: str) -> Mapping[str, tuple[str, ...]]:
    """Who is visited for which demands."""
    return {enterprise: visit.demands for enterprise, visit in drawn(JOINT, units, seed).items()}


def teams(persons: Sequence[str], seed: str) -> Mapping[str, tuple[str, ...]]:
    """Who goes on which visit: the first of each department, the second, and so on, in the order of the tickets."""
    record = drawn(STAFFED, UNITS, seed, persons)
    visits = sorted(record.values(), key=lambda visit: visit.ticket)
    return by_person(
        {
            f"{place} {department} {slot}": [person]
            for place, visit in enumerate(visits)
            for department, team in visit.team.items()
            for slot, person in zip(("leader", "member"), team, strict=True)
        }
    )


def test_simple_samples_are_fair() -> None:
    """Every set of so many is equally likely: all checks pass, with the power stated."""
    report = assert_fair(simple, UNITS, trials=4000, against={"industry": INDUSTRY, "size": SIZES})
    assert report["elsewhere"].exact
    assert report.detectable["inclusion"] < 1.4
    assert report.detectable["groups: industry"] < 1.1


def test_stratified_samples_are_fair() -> None:
    """Within strata of different rates all are alike; that they are not alike across them is seen."""
    assert assert_fair(stratified, UNITS, trials=2000, alike=RISK, against={"industry": INDUSTRY})
    with pytest.raises(AssertionError, match="inclusion"):
        assert_fair(stratified, UNITS, trials=500)


def test_samples_by_size_have_their_chances() -> None:
    """A systematic sample by size gives every unit the chance k·x/X, exactly; other chances are refuted."""
    total = sum(SIZES.values())
    chances = {unit: Fraction(12 * size, total) for unit, size in SIZES.items()}
    report = assert_fair(by_size, UNITS, trials=4000, chance=chances, against={"size": SIZES})
    assert report["trend: size"].p > 1e-3
    with pytest.raises(AssertionError, match="inclusion"):
        assert_fair(by_size, UNITS, trials=4000, chance=dict.fromkeys(UNITS, "2/15"))


def test_joint_draws_are_fair() -> None:
    """Enterprises alike for every demand are alike in every result: the demands' visits, with a target by spreading."""
    cell = {unit: f"{RISK[unit]}{INDUSTRY[unit]}" for unit in UNITS}
    report = assert_fair(joint, UNITS, trials=1000, alike=cell)
    assert report.detectable["inclusion"] < 3


def test_teams_are_fair() -> None:
    """Inspectors alike in department and rank are alike on every place of every visit."""
    kinds = {person: f"{person[:2]} {SENIOR[person]}" for person in PEOPLE}
    report = assert_fair(teams, PEOPLE, trials=1000, alike=kinds)
    assert report.detectable["inclusion"] < 5
