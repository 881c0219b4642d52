"""Small districts with inspectors, and a literal reading of who may go where: names and loops alone."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain, combinations, permutations
from random import Random
from typing import Any, Final, TypeAlias

from attrs import frozen

import oracle
from districts import Rows, plan, register
from dual_random.plans import Demand, Plan
from dual_random.registers import Register
from dual_random.schemes import SCHEMES
from dual_random.team_rules import Meetings, Recusal, Slot, TeamRule, meetings, recusals

Visit: TypeAlias = tuple[str, str, frozenset[str]]  # enterprise, period ("" without periods), demands

QUARTERS: Final = ("海曙", "鄞州", "北仑")
GRADES: Final = ("A", "B", "")


@frozen
class Ground:
    """All that decides who may go where, as it is written."""

    plan: Plan
    rows: Rows
    people: Rows
    recusals: tuple[Recusal, ...] = ()
    meetings: Meetings = ()

    @property
    def enterprises(self) -> Register:
        """Those who are visited."""
        return register(self.rows, ["district", "risk", "status"])

    @property
    def inspectors(self) -> Register:
        """Those who may go."""
        return register(self.people, ["area", "department", "grade", "load", "rank"])

    @property
    def departments(self) -> list[str]:
        """Whose visits there are, in the plan's order."""
        return list(dict.fromkeys(demand.department for demand in self.plan.demands))

    @property
    def periods(self) -> tuple[str, ...]:
        """The periods, or the nameless one."""
        return self.plan.periods or ("",)

    def people_of(self, department: str) -> list[str]:
        """The ids of a department, in byte order."""
        return sorted((p["id"] for p in self.people if p["department"] == department), key=str.encode)


# ---- a literal reading


def kept_away(ground: Ground, person: str, enterprise: str, period: str) -> list[tuple[str, str]]:
    """All recusals that keep a person from an enterprise in a period: what they name."""
    return [
        (each.enterprise, each.period)
        for each in ground.recusals
        if each.inspector == person and each.enterprise in ("", enterprise) and each.period in ("", period)
    ]


def suitable(person: Mapping[str, str], slot: Slot, enterprise: Mapping[str, str]) -> bool:
    """Whether a person meets the conditions of a slot at an enterprise."""
    meets = all(person[column] in allowed for column, allowed in slot.where)
    return meets and all(person[own] == enterprise[theirs] for own, theirs in slot.same)


def eligible(ground: Ground, department: str, slot: Slot, enterprise: str, period: str) -> frozenset[str]:
    """Who may fill a slot at an enterprise in a period."""
    row = next(row for row in ground.rows if row["id"] == enterprise)
    return frozenset(
        person["id"]
        for person in ground.people
        if person["department"] == department
        and suitable(person, slot, row)
        and not kept_away(ground, person["id"], enterprise, period)
    )


def slots_of(ground: Ground, department: str, demands: Iterable[str]) -> list[Slot]:
    """The slots of a visit, in declared order."""
    rules = {rule.department: rule for rule in ground.plan.teams}
    rule = rules.get(department, rules.get("", TeamRule()))
    return [
        slot
        for slot in rule.slots
        if (not slot.only_for or slot.only_for in demands) and not (slot.not_for and slot.not_for in demands)
    ]


@cache
def fillable(places: tuple[frozenset[str], ...]) -> bool:
    """Whether different people can stand in all places: every order of the people is tried."""
    people = sorted(frozenset().union(*places))
    return any(
        all(person in place for person, place in zip(order, places, strict=True))
        for order in permutations(people, len(places))
    )


def staffable(ground: Ground, department: str, visit: Visit) -> bool:
    """Whether one visit could be staffed, were it the only one."""
    enterprise, period, demands = visit
    places = [
        eligible(ground, department, slot, enterprise, period)
        for slot in slots_of(ground, department, demands)
        for _ in range(slot.count)
    ]
    return fillable(tuple(sorted(places, key=sorted)))


def meetings_at(ground: Ground, enterprise: str) -> Iterator[frozenset[str]]:
    """All sets of demands that can come to an enterprise together."""
    data: Mapping[str, Any] = ground.plan.to_dict()
    member = oracle.membership(data, ground.rows)
    numbers = oracle.numbers(data, member)
    strata = member[enterprise]
    for chosen in chain.from_iterable(combinations(strata, count) for count in range(1, len(strata) + 1)):
        if all(_agrees(ground.plan, name, chosen, strata, member, numbers) for name in strata):
            yield frozenset(chosen)


def _agrees(
    rules: Plan,
    name: str,
    chosen: tuple[str, ...],
    strata: Mapping[str, oracle.Stratum],
    member: oracle.Membership,
    numbers: oracle.Numbers,
) -> bool:
    """Whether one demand may come, or stay away, together with what the others do."""
    demand = rules.demand(name)
    if demand.follow:
        return (name in chosen) == (demand.follow in chosen)
    size = sum(own.get(name) == strata[name] for own in member.values())
    number = numbers[name, strata[name]]
    return number > 0 if name in chosen else number < size


def possible_visits(ground: Ground, department: str) -> list[Visit]:
    """All visits that a department could have to pay."""
    own = {demand.name for demand in ground.plan.demands if demand.department == department}
    return [
        (row["id"], period, demands)
        for row in ground.rows
        for demands in meetings_at(ground, row["id"])
        if demands & own
        for period in ground.periods
    ]


def shuffled(ground: Ground, rng: Random) -> Ground:
    """The same, everything written in another order."""
    rows, people, away = ([*part] for part in (ground.rows, ground.people, ground.recusals))
    for part in (rows, people, away):
        rng.shuffle(part)
    return Ground(ground.plan, rows, people, tuple(away), ground.meetings)


def one_each(visits: Iterable[Visit], rng: Random) -> list[Visit]:
    """Some of the visits, one for each enterprise, in any order."""
    listed = list(visits)
    rng.shuffle(listed)
    return list({visit[0]: visit for visit in listed}.values())


# ---- small random grounds


def grounds(count: int, *, least: int = 0) -> Iterator[Ground]:
    """So many grounds, always the same: plans over a few enterprises and people, with rules that are hard to meet.

    Args:
        count: how many.
        least: people of every department at least.
    """
    return (ground(Random(seed), least) for seed in range(count))


def ground(rng: Random, least: int = 0) -> Ground:
    """One of them."""
    numbers = rng.sample(range(1000), rng.randint(1, 6))
    rows = [
        {"id": f"企{n}", "district": rng.choice(QUARTERS), "risk": rng.choice(GRADES), "status": "存续"}
        for n in numbers
    ]
    demands = _demands(rng, rows)
    departments = list(dict.fromkeys(demand.department for demand in demands))
    own = [name for name in departments for _ in range(rng.randint(least, max(least, 4)))]
    people = [_person(rng, f"F{i}", name) for i, name in enumerate([*own, *rng.choice([[], ["外"]])])]
    rng.shuffle(people)
    made = plan(
        demands,
        periods=rng.choice([(), (), ("7月",), ("7月", "8月"), ("7月", "8月", "9月")]),
        teams=[_team(rng, name, demands) for name in ("", *departments) if rng.random() < 0.6],
        barred={rows[0]["id"]: "已注销"} if len(rows) > 2 and rng.random() < 0.2 else {},
        scheme=rng.choice(SCHEMES),
    )
    names = [person["id"] for person in people]
    away = [_recusal(rng, names, numbers, made.periods) for _ in range(rng.randint(0, 7) if names else 0)]
    pairs = list(combinations(names, 2))
    met = {pair: rng.randint(1, 3) for pair in rng.sample(pairs, min(len(pairs), 3))}
    told = {(each.inspector, each.enterprise, each.period): each for each in away}
    return Ground(made, rows, people, recusals(told.values()), meetings(met))


def _demands(rng: Random, rows: Rows) -> list[Demand]:
    made: list[Demand] = []
    for name in ["市监", "消防", "环保", "特种"][: rng.randint(1, 4)]:
        department = rng.choice([name, "市监"])
        leads = [demand.name for demand in made if not demand.follow]
        wheres: list[dict[str, set[str]]] = [
            {},
            {"risk": {rows[-1]["risk"], "A"}},
            {"district": {rows[-1]["district"]}},
        ]
        where = rng.choice(wheres)
        if leads and rng.random() < 0.3:
            made.append(Demand(name, department=department, follow=rng.choice(leads), where=where))
            if not any(_inside(made, row) for row in rows[1:]):
                made.pop()
        else:
            takes: list[str | int] = ["0%", "30%", "30%", "100%", 1]
            take = rng.choice(takes)
            made.append(Demand(name, department=department, take=take, where=where, by=rng.choice([(), "risk"])))
    return made


def _inside(made: Sequence[Demand], row: Mapping[str, str]) -> bool:
    """Whether the last demand, which follows another, holds a row."""
    demands = {demand.name: demand for demand in made}
    both = [*made[-1].where, *demands[made[-1].follow].where]
    return all(row[column] in values for column, values in both)


def _person(rng: Random, name: str, department: str) -> dict[str, str]:
    return {
        "id": name,
        "department": department,
        "rank": rng.choice(["senior", "senior", "junior"]),
        "area": rng.choice(QUARTERS[:2]),
        "grade": rng.choice(GRADES),
        "load": rng.choice(["0", "3", "12"]),
    }


def _team(rng: Random, department: str, demands: Sequence[Demand]) -> TeamRule:
    return TeamRule(
        department,
        slots=[_slot(rng, f"岗{i}", [demand.name for demand in demands]) for i in range(rng.randint(1, 3))],
        carried=rng.choice(["", "load"]),
        most=rng.choice([None, 5]),
        most_per_period=rng.choice([None, 2]),
        slack=rng.randint(0, 1),
        rotate=rng.random() < 0.5,
    )


def _slot(rng: Random, name: str, demands: list[str]) -> Slot:
    wheres: list[dict[str, list[str]]] = [{}, {}, {}, {"rank": ["senior"]}, {"rank": ["junior"], "grade": ["A", ""]}]
    sames: list[dict[str, str]] = [{}, {}, {}, {"area": "district"}, {"area": "district", "grade": "risk"}]
    asked = rng.choice([("", ""), ("", ""), (rng.choice(demands), ""), ("", rng.choice(demands)), tuple(demands[:2])])
    only, never = asked if len(asked) == 2 else (asked[0], "")
    return Slot(
        name, rng.choice([1, 1, 2]), where=rng.choice(wheres), same=rng.choice(sames), only_for=only, not_for=never
    )


def _recusal(rng: Random, people: list[str], numbers: list[int], periods: Sequence[str]) -> Recusal:
    return Recusal(
        rng.choice(people),
        enterprise=rng.choice(["", f"企{rng.choice(numbers)}"]),
        period=rng.choice(["", *periods, *periods]),
        reason=rng.choice(["亲属", "休假"]),
    )
