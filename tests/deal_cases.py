"""Departments to deal: those of a second implementation, and small random ones of every kind, tight ones above all."""

import json
from collections.abc import Callable, Mapping, Sequence
from itertools import combinations, islice
from pathlib import Path
from random import Random
from typing import Any, Final, Self

from attrs import evolve, frozen

import deal_oracle
from deal_oracle import Department, Slot, Ticket
from dual_random.schemes import SCHEMES, Scheme
from dual_random.tasks import Opening, Task, in_order

GOLDEN: Final = Path(__file__).parent / "golden" / "dual-random-1" / "deals.json"


# ---- golden cases


@frozen
class Case:
    """A department, and the teams that the second implementation deals to it."""

    name: str
    scheme: Scheme
    key: str
    department: Department
    teams: Mapping[str, Mapping[str, Sequence[str]]]


def stored() -> dict[Scheme, dict[str, Any]]:
    """What the golden file holds under each hash."""
    data = json.loads(GOLDEN.read_text("utf-8"))
    return {scheme: data[scheme] for scheme in SCHEMES}


def cases() -> list[Case]:
    """The cases of the golden file."""
    return [
        Case(f"{scheme[14:]}-{number}", scheme, given["key"], _department(case), case["teams"])
        for scheme, given in stored().items()
        for number, case in enumerate(given["cases"])
    ]


def _department(case: Mapping[str, Any]) -> Department:
    suitable = {"leader": frozenset(case["leaders"]), "member": frozenset(case["inspectors"])}
    assert set(case["carried"]) == set(case["inspectors"])
    assert set(case["periods"]) == set(case["slots"]) == set(case["visits"])
    return Department(
        name=case["department"],
        carried=case["carried"],
        visits=case["periods"],
        slots={e: tuple((name, need, suitable[name]) for name, need in slots) for e, slots in case["slots"].items()},
        recused=frozenset((person, enterprise) for person, enterprise in case["recused"]),
        absent=frozenset((person, period) for person, period in case["absent"]),
        most=case["most"],
        most_per_period=case["most_per_period"],
        slack=case["slack"],
        rotate=case["rotation"],
    )


# ---- a department as a task, a deal as text


def task(of: Department, ticket: Ticket) -> Task:
    """What the library is told of a department: numbers and sets instead of names."""
    people = sorted(of.carried, key=str.encode)
    number = {person: i for i, person in enumerate(people)}
    visits = sorted(of.visits, key=lambda enterprise: (ticket("deal", of.name, enterprise), enterprise.encode()))
    pairs = {tuple(sorted(number[person] for person in pair)): times for pair, times in of.met.items()}
    return Task(
        people=tuple(person.encode() for person in people),
        carried=tuple(of.carried[person] for person in people),
        visits=tuple(enterprise.encode() for enterprise in visits),
        periods=tuple(of.visits[enterprise] for enterprise in visits),
        openings=tuple(_openings(of, enterprise, people) for enterprise in visits),
        most=of.most,
        most_per_period=of.most_per_period,
        slack=of.slack,
        rotate=of.rotate,
        relief=of.relief,
        met={(low, high): times for (low, high), times in pairs.items()},
    )


def _openings(of: Department, enterprise: str, people: Sequence[str]) -> tuple[Opening, ...]:
    made = []
    for place, (_, need, suitable) in enumerate(of.slots[enterprise]):
        recused = {person for person, where in of.recused if where == enterprise}
        away = {person for person, period in of.absent if period == of.visits[enterprise]}
        eligible = suitable - recused - away
        made.append(Opening(place, need, sum(1 << i for i, person in enumerate(people) if person in eligible)))
    return in_order(made)


def named(of: Department, given: Task, teams: Sequence[Sequence[int]]) -> deal_oracle.Dealt:
    """The teams of a task as the oracle writes them."""
    found: deal_oracle.Dealt = {}
    for visit, openings, team in zip(given.visits, given.openings, teams, strict=True):
        enterprise = visit.decode()
        found[enterprise] = {}
        rest = iter([given.people[person].decode() for person in team])
        for opening in openings:
            name = of.slots[enterprise][opening.slot][0]
            found[enterprise][name] = list(islice(rest, opening.need))
    return found


# ---- made-up tickets


class Told:
    """What is used of a `hashlib` object; the digests are those of a table of (visit, person), a line each."""

    def __init__(self, table: Mapping[bytes, bytes], data: bytes = b"") -> None:
        self.table, self.data = table, data

    def copy(self) -> Self:
        """A second hash in the same state."""
        return type(self)(self.table, self.data)

    def update(self, data: bytes, /) -> None:
        """Take in more bytes."""
        self.data += data

    def digest(self) -> bytes:
        """The ticket that the table has for what was taken in."""
        return self.table[self.data]

    def hexdigest(self) -> str:
        """The same in hex."""
        return self.digest().hex()


# ---- small random departments

_NAMES: Final = ("F1", "F10", "F2", "f", "é", "赵", "钱", "\ue000", "Ａ", "𠮷")  # in byte order
_VISITS: Final = ("E1", "E10", "E2", "a b", "企03", "Ａ", "𠮷1")
_SHAPES: Final = (
    (("member", 2),),
    (("member", 1),),
    (("member", 3),),
    (("leader", 1), ("member", 1)),
    (("member", 1), ("leader", 1)),
    (("member", 2), ("leader", 1)),
    (("boiler", 1), ("leader", 1), ("member", 1)),
    (("member", 1), ("boiler", 2), ("leader", 1)),
    (("leader", 1), ("boiler", 1)),
    (("leader", 1), ("boiler", 1), ("member", 1), ("driver", 1)),
)


def random_department(rng: Random) -> Department:
    """A department of two to seven people and up to six visits, without limits or with some of any kind."""
    for _ in range(rng.choice([1, 20, 20, 20])):
        found = _unlimited(rng)
        if _can(found):
            break
    return _limited(rng, found)


def _unlimited(rng: Random) -> Department:
    people = rng.sample(_NAMES, rng.choice([2, 3, 4, 5, 6, 6, 7, 7]))
    periods = rng.randint(1, 3)
    visits = {
        enterprise: rng.randrange(periods) for enterprise in rng.sample(_VISITS, rng.choice([1, 2, 3, 4, 5, 5, 6, 6]))
    }
    suitable = _suitable(rng, people)
    local = rng.choice([1, 1, 0.7, 0.5, 0.4])
    carried_most = rng.choice([0, 0, 1, 2, 5])
    rare = rng.choice([0, 0.05, 0.2])
    return Department(
        name=rng.choice(["消防", "市监", "C"]),
        carried={person: rng.randint(0, carried_most) for person in people},
        visits=visits,
        slots={enterprise: _slots(rng, people, suitable, local) for enterprise in visits},
        recused=frozenset((person, e) for person in people for e in visits if rng.random() < rare),
        absent=frozenset((person, k) for person in people for k in range(periods) if rng.random() < rare / 2),
        slack=rng.choice([0, 0, 1, 2]),
        rotate=rng.random() < 0.5,
        met={frozenset(pair): rng.randint(0, 3) for pair in combinations(people, 2) if rng.random() < 0.3},
    )


def _suitable(rng: Random, people: Sequence[str]) -> dict[str, frozenset[str]]:
    chance = {"leader": rng.choice([0.3, 0.6, 1]), "boiler": rng.choice([0.3, 0.6]), "driver": 0.6, "member": 1}
    return {name: frozenset(person for person in people if rng.random() < part) for name, part in chance.items()}


def _slots(
    rng: Random, people: Sequence[str], suitable: Mapping[str, frozenset[str]], local: float
) -> tuple[Slot, ...]:
    """The slots of one visit; `local` is the part of the people that suits a slot of it, as districts do."""
    shape = () if rng.random() < 0.03 else rng.choice(_SHAPES)
    near = {name: frozenset(p for p in people if rng.random() < local) for name in suitable}
    return tuple((name, need, suitable[name] & near[name]) for name, need in shape)


def _limited(rng: Random, of: Department) -> Department:
    """The department with limits: none, the least that are enough, fewer, any; some of the short ones with relief."""
    kind = rng.choice(["none", "most", "most", "most", "period", "both", "both", "less", "relief", "relief", "any"])
    if kind == "any":
        most = rng.choice([None, *range(1, 7)])
        per_period = rng.choice([None, 1, 2])
        return evolve(of, most=most, most_per_period=per_period, relief=most is not None and rng.random() < 0.5)
    if kind in ("period", "both"):
        of = _with_most_per_period(of)
    if kind in ("most", "both", "less", "relief"):
        of = _with_most(of)
    if kind in ("less", "relief") and of.most:
        of = evolve(of, most=max(1, of.most - rng.randint(1, 2)), relief=kind == "relief")
    return of


def _with_most(of: Department) -> Department:
    """The department with the least limit that is enough; where none is, with 2."""
    return _just_enough(lambda most: evolve(of, most=most), _places(of) // len(of.carried))


def _with_most_per_period(of: Department) -> Department:
    """The same for the limit in a period."""
    times = len(of.carried) * len(set(of.visits.values()))
    return _just_enough(lambda most: evolve(of, most_per_period=most), _places(of) // times)


def _places(of: Department) -> int:
    return sum(need for slots in of.slots.values() for _, need, _ in slots)


def _just_enough(limited: Callable[[int], Department], least: int) -> Department:
    if not _can(limited(99)):
        return limited(2)
    return next(each for most in range(max(1, least), 99) if _can(each := limited(most)))


def _can(of: Department) -> bool:
    return deal_oracle.fillable(of, of.most, {}, deal_oracle.by_paths)


# ---- larger random departments


def larger_department(rng: Random) -> Department:
    """A dozen people, some twenty visits in up to four periods, at the least limits that are enough."""
    return _large(rng, people=rng.randint(8, 13), visits=rng.randint(14, 24), local=rng.choice([1, 0.6, 0.5]))


def wide_department(rng: Random) -> Department:
    """Seventy people, of whom few suit each visit."""
    return _large(rng, people=70, visits=30, local=0.12)


def tight_department(rng: Random) -> Department:
    """Some twenty people, some eighty visits, at the least limits that are enough."""
    return _large(rng, people=rng.randint(14, 24), visits=rng.randint(60, 100), local=rng.choice([1, 0.6, 0.4, 0.3]))


def _large(rng: Random, *, people: int, visits: int, local: float) -> Department:
    names = [f"F{number:02d}" for number in range(people)]
    periods = rng.randint(1, 4)
    for _ in range(100):
        suitable = _suitable(rng, names)
        at = {f"E{number:02d}": rng.randrange(periods) for number in range(visits)}
        found = Department(
            name="消防",
            carried={name: rng.randint(0, 3) for name in names},
            visits=at,
            slots={enterprise: _slots(rng, names, suitable, local) for enterprise in at},
            recused=frozenset((name, enterprise) for name in names for enterprise in at if rng.random() < 0.03),
            absent=frozenset((name, period) for name in names for period in range(periods) if rng.random() < 0.05),
            slack=rng.choice([0, 0, 1, 2]),
            rotate=rng.random() < 0.5,
            met={frozenset(pair): rng.randint(1, 3) for pair in combinations(names, 2) if rng.random() < 0.1},
        )
        if _can(found):
            break
    if rng.random() < 0.5:
        found = _with_most_per_period(found)
    return _with_most(found)
