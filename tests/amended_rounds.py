"""Random rounds with inspectors, small and hard to keep, and random changes made to them one after another."""

import json
from collections.abc import Iterator, Sequence
from itertools import combinations
from random import Random
from typing import Any, Final

from attrs import frozen

import amendment_oracle
from amendment_oracle import Json, State
from districts import SEED, Rows, plan, register
from dual_random.amendments import Change
from dual_random.binding import commit
from dual_random.draws import Draw, draw
from dual_random.errors import InputError
from dual_random.plans import Demand, JointRule
from dual_random.schemes import SCHEMES
from dual_random.team_rules import Recusal, Slot, TeamRule

LETTERS: Final = ("E", "企", "Ａ", "𠮷")  # byte order is not that of UTF-16
FIRM_REASONS: Final = ("deregistered", "revoked", "closed", "moved", "untraceable", "not-subject")
PERSON_REASONS: Final = ("ill", "on-leave", "other-duty", "transferred", "certificate", "recused")


@frozen(eq=False)
class Round:
    """A draw, and the rows of its registers."""

    draw: Draw
    rows: Rows
    people: Rows | None

    def state(self) -> State:
        """As it was drawn, for a literal reading."""
        return amendment_oracle.begun(json.loads(self.draw.record.to_json()), self.rows, self.people)


def rounds(count: int, *, staffed: bool = True) -> Iterator[Round]:
    """Rounds of so many seeds, always the same; those whose plan is refused are left out."""
    return (made for seed in range(count) if (made := a_round(Random(seed), staffed=staffed)))


def a_round(rng: Random, *, staffed: bool = True) -> Round | None:
    """One of them; none if its plan cannot be committed."""
    rows = [
        {"id": f"{rng.choice(LETTERS)}{n}", "district": rng.choice("东东西"), "risk": rng.choice("AAB")}
        for n in rng.sample(range(99), rng.randint(5, 12))
    ]
    demands = _demands(rng)
    departments = sorted({demand.department for demand in demands})
    people = [
        {
            "id": f"F{n:02}",
            "department": department,
            "rank": rng.choice(["senior", "senior", "junior"]),
            "area": rng.choice("东东西"),
            "load": rng.choice("0012"),
        }
        for n, department in enumerate(name for name in departments for _ in range(rng.randint(3, 6)))
    ]
    periods = rng.choice([(), ("7月",), ("7月", "8月"), ("9月", "7月", "8月")])
    rules = plan(
        demands,
        periods=periods,
        teams=_teams(rng, demands) if staffed else (),
        substitution=True,
        barred={rows[0]["id"]: "已注销"} if rng.random() < 0.2 else {},
        joint=_joint(rng),
        scheme=rng.choice(SCHEMES),
    )
    names = [person["id"] for person in people]
    met = {pair: rng.randint(1, 3) for pair in combinations(names, 2) if rng.random() < 0.1} if staffed else {}
    away = _recusals(rng, names, [row["id"] for row in rows], periods) if staffed else ()
    registers = register(rows), register(people) if staffed else None
    try:
        commitment = commit(rules, *registers, recusals=away, meetings=met)
        return Round(draw(commitment, *registers, seed=SEED), rows, people if staffed else None)
    except InputError:
        return None


def _demands(rng: Random) -> list[Demand]:
    made: list[Demand] = []
    for name in rng.sample(["市监", "消防", "环保", "特种"], rng.randint(2, 4)):
        department = rng.choice([name, "市监"])
        leads = [demand.name for demand in made if not demand.follow]
        wheres: list[dict[str, str]] = [{}, {}, {"risk": "A"}, {"district": "东"}]
        if leads and rng.random() < 0.3:
            made.append(Demand(name, department=department, follow=rng.choice(leads), where=rng.choice(wheres)))
            continue
        takes: list[str | int] = ["30%", "40%", "60%", 1, 2, 3]
        by: Any = rng.choice([(), (), "risk", ("district", "risk")])
        made.append(Demand(name, department=department, where=rng.choice(wheres), by=by, take=rng.choice(takes)))
    return made


def _joint(rng: Random) -> JointRule:
    return rng.choice(
        [
            JointRule(),
            JointRule(at_least="90%", reach="spread"),
            JointRule(at_least="90%", reach="extra"),
            JointRule(at_least="1", reach="extra", most_departments=2),
            JointRule(most_departments=rng.choice([1, 2])),
        ]
    )


def _teams(rng: Random, demands: Sequence[Demand]) -> list[TeamRule]:
    departments = sorted({demand.department for demand in demands})
    names = [demand.name for demand in demands]
    return [_rule(rng, department, names) for department in ("", *departments) if rng.random() < 0.7]


def _rule(rng: Random, department: str, names: list[str]) -> TeamRule:
    most = rng.choice([None, None, 1, 2, 3])
    return TeamRule(
        department,
        slots=_slots(rng, names) if rng.random() < 0.8 else (),
        most=most,
        relief=most is not None and rng.random() < 0.7,
        most_per_period=rng.choice([None, None, 2, 3]),
        slack=rng.choice([0, 0, 1, 2]),
        rotate=rng.random() < 0.5,
        carried=rng.choice(["", "load"]),
    )


def _slots(rng: Random, names: list[str]) -> list[Slot]:
    near: list[dict[str, str]] = [{}, {}, {}, {"area": "district"}]
    made = [Slot("组员", rng.choice([1, 1, 2]), same=rng.choice(near), not_for=rng.choice(["", "", *names]))]
    if rng.random() < 0.5:
        made.append(Slot("组长", where={"rank": "senior"}, same=rng.choice(near)))
    if rng.random() < 0.4:
        made.append(Slot("专员", only_for=rng.choice(["", *names]), where=rng.choice([{}, {"rank": "senior"}])))
    rng.shuffle(made)
    return made


def _recusals(rng: Random, people: list[str], firms: list[str], periods: Sequence[str]) -> tuple[Recusal, ...]:
    found: dict[tuple[str, str, str], Recusal] = {}
    for _ in range(rng.choice([0, 2, 5, 9])):
        named = rng.choice(people), rng.choice(["", *firms, *firms]), rng.choice(["", *periods, *periods])
        if any(named[1:]):
            found[named] = Recusal(named[0], enterprise=named[1], period=named[2], reason="亲属")
    return tuple(found.values())


def crowded(rng: Random) -> Round | None:
    """One department with three demands that open slots of their own, one period, and people who rotate.

    Substitutes of one visit are often several, and often visited already.
    """
    rows = [{"id": f"E{n}", "risk": "AAB"[n % 3], "district": "东西"[n % 2]} for n in range(rng.randint(6, 9))]
    people = [{"id": f"F{n}", "department": "市监"} for n in range(rng.randint(5, 7))]
    names = ["市监", "特种", "食品"]
    by: list[tuple[str, ...]] = [(), ("risk",), ("district",)]
    demands = [
        Demand(name, department="市监", take=rng.choice(["30%", "40%", "50%"]), by=own, where=where)
        for name, own, where in zip(names, rng.sample(by, 3), [{}, {"risk": "A"}, {"district": "东"}], strict=True)
    ]
    slots = [Slot(f"岗{n}", only_for=name) for n, name in enumerate(names)]
    rules = plan(demands, teams=[TeamRule(slots=slots, rotate=True, slack=2)], substitution=True)
    registers = register(rows), register(people)
    away = [
        Recusal(person["id"], enterprise=row["id"], reason="亲属")
        for person in people
        for row in rows
        if rng.random() < 0.3
    ]
    try:
        commitment = commit(rules, *registers, recusals=away)
    except InputError:
        return None
    return Round(draw(commitment, *registers, seed=f"{rng.randrange(100):02}{SEED[2:]}"), rows, people)


# ---- changes


def change(rng: Random, state: State, number: int = 0, *, persons: float = 0.5) -> Json | None:
    """A change of something that stands, as JSON has it; none if nothing stands any more.

    Args:
        rng: chooses it.
        state: what stands.
        number: of the day on which it is stated.
        persons: how often it is of a person.
    """
    if not state.visits:
        return None
    visit = rng.choice(state.visits)
    people = [who for *_, who in visit["places"]]
    found = {"enterprise": visit["enterprise"], "period": visit.get("period", ""), "on": f"2024-08-{7 + number:02}"}
    if people and rng.random() < persons:
        return found | {"inspector": rng.choice(people), "reason": rng.choice(PERSON_REASONS)}
    return found | {"reason": rng.choice(FIRM_REASONS)}


def chain(seed: int, state: State) -> Iterator[Json]:
    """One to eight changes, one after another: whoever asks for the next one has made the state that after the last."""
    rng = Random(-1 - seed)
    persons = rng.choice([0.2, 0.5, 0.8])
    for number in range(rng.randint(1, 8)):
        found = change(rng, state, number // 2, persons=persons)
        if found is not None:
            yield found


def as_change(told: Json) -> Change:
    """As a value of the library."""
    return Change(**told)
