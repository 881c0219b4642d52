"""Rounds of inspections to be staffed: what stands in a commitment is fixed, the key alone changes from draw to draw.

Kinds of people and of enterprises alternate in the lists, so that the place in a list means nothing by itself; handed
in they are in the order of a hash of their ids.
"""

import hashlib
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from functools import cache
from itertools import combinations
from typing import Any, Final, TypeAlias, TypeVar

import numpy as np
from attrs import evolve, frozen
from numpy.typing import NDArray

from districts import Rows, plan, register
from dual_random import teams
from dual_random.binding import commit
from dual_random.commitments import Commitment
from dual_random.plans import Demand
from dual_random.registers import Register
from dual_random.schemes import DEFAULT, label_key, ticket_start
from dual_random.tasks import Opening, Task, numbers
from dual_random.team_rules import Recusal, Slot, TeamRule
from dual_random.teams import CrewDeal, Visits
from dual_random.tickets import first_words
from dual_random.visits import Served

T = TypeVar("T", bound=np.generic)
Numbers: TypeAlias = NDArray[np.intp]
Flags: TypeAlias = NDArray[np.bool_]

NOBODY: Final = -1
PERIODS: Final = ("7月", "8月")


@frozen(eq=False)
class Round:
    """A commitment, and the visits that are to be staffed in every draw."""

    name: str
    commitment: Commitment
    enterprises: Register
    inspectors: Register
    visits: Visits


Deals: TypeAlias = Sequence[CrewDeal]
Find: TypeAlias = Callable[[Round, int], Deals]


def key(name: str, number: int) -> str:
    """The key of a draw of the fixed list: 1, 2, 3, … in each round; none is left out and none is tried again."""
    return label_key(DEFAULT, "team fairness", f"{name}-{number:05d}")


def dealt(of: Round, number: int) -> Deals:
    """The deals of a draw of the list, department by department."""
    return teams.deal_teams(of.commitment, of.inspectors, of.enterprises, key(of.name, number), of.visits).deals


# ---- many draws


@frozen(eq=False)
class Series:
    """The deals of one department in a list of draws; people, visits and places are numbers.

    Args:
        task: that of the first draw, with the limit in force; in every draw it is the same, but for the order.
        eligible: by visit, place on it and person, who may have it.
        periods: when the visits are.
        handed: for each person the place in the table that was handed in.
        classes: people who can be exchanged while the task stays as it is.
        kinds: visits that can.
        order: by draw and place in the order of dealing, the visit.
        drawn: by draw and place in the order of the tickets that decide who is drawn, the visit.
        seats: by draw, visit and place on it, the person, or `NOBODY`.
        on: by draw, visit and person, whether that person goes there.
    """

    task: Task
    eligible: Flags
    periods: Numbers
    handed: Numbers
    classes: tuple[Numbers, ...]
    kinds: tuple[Numbers, ...]
    order: Numbers
    drawn: Numbers
    seats: Numbers
    on: Flags

    @property
    def draws(self) -> int:
        """How many."""
        return len(self.order)

    @property
    def people(self) -> list[str]:
        """Their ids."""
        return [name.decode() for name in self.task.people]

    @property
    def visits(self) -> list[str]:
        """The ids of the enterprises."""
        return [name.decode() for name in sorted(self.task.visits)]

    @property
    def loads(self) -> Numbers:
        """By draw and person, how many visits were dealt."""
        found: Numbers = self.on.sum(axis=1, dtype=np.intp)
        return found


def taken(values: NDArray[T], order: Numbers) -> NDArray[T]:
    """What is told by draw and visit, with the visits of each draw in another order."""
    return values[np.arange(len(order))[:, None], order]


def series(of: Round, draws: int, find: Find = dealt) -> list[Series]:
    """The first draws of the list, department by department."""
    found = [find(of, number) for number in range(1, draws + 1)]
    drawn = np.array([_as_drawn(of, number) for number in range(1, draws + 1)])
    return [_series(own, drawn) for own in zip(*found, strict=True)]


def _as_drawn(of: Round, number: int) -> Numbers:
    """The visits in the order of the tickets that decide who is drawn; all departments come to all of them."""
    start = ticket_start(DEFAULT, key(of.name, number), "target")
    ids = [name.encode() for name in of.visits.enterprises]
    return np.argsort(first_words(start, [ids], len(ids)))


def _series(deals: Deals, drawn: Numbers) -> Series:
    most = {each.dealt.most for each in deals}
    assert len(most) == 1
    task = evolve(deals[0].task, most=most.pop())
    ids = sorted(task.visits)
    order = np.array([[ids.index(name) for name in each.task.visits] for each in deals])
    openings = [task.openings[place] for place in np.argsort(order[0])]
    periods = np.array(task.periods)[np.argsort(order[0])]
    eligible = _eligible(openings, len(task.people))
    seats = np.full((*order.shape, eligible.shape[1]), NOBODY)
    for draw, each in enumerate(deals):
        for visit, team in zip(order[draw], each.dealt.teams, strict=True):
            seats[draw, visit, : len(team)] = team
    return Series(
        task=task,
        eligible=eligible,
        periods=periods,
        handed=np.argsort(np.argsort([_lot(name) for name in task.people])),
        classes=classes(task),
        kinds=_alike(list(zip(openings, periods.tolist(), strict=True))),
        order=order,
        drawn=drawn,
        seats=seats,
        on=(seats[..., None] == np.arange(len(task.people))).any(axis=2),
    )


def _eligible(openings: Sequence[Sequence[Opening]], people: int) -> Flags:
    """By visit, place on it and person, who may have it."""
    places = [[each.eligible for each in own for _ in range(each.need)] for own in openings]
    found = np.zeros((len(places), max(map(len, places)), people), dtype=bool)
    for visit, own in enumerate(places):
        for place, able in enumerate(own):
            found[visit, place, list(numbers(able))] = True
    return found


def classes(task: Task) -> tuple[Numbers, ...]:
    """People who can be exchanged while the task stays as it is: eligible and loaded alike, equal meetings."""
    found: list[list[int]] = []
    openings = {opening.eligible for own in task.openings for opening in own}
    rights = [(load, *(people >> person & 1 for people in openings)) for person, load in enumerate(task.carried)]
    for person, right in enumerate(rights):
        like = [own for own in found if rights[own[0]] == right and _met_alike(task, own[0], person)]
        if like:
            like[0].append(person)
        else:
            found.append([person])
    return tuple(map(np.array, found))


def _alike(values: Sequence[Hashable]) -> tuple[Numbers, ...]:
    """The places of equal values."""
    found: dict[Hashable, list[int]] = {}
    for place, value in enumerate(values):
        found.setdefault(value, []).append(place)
    return tuple(map(np.array, found.values()))


def _met_alike(task: Task, one: int, other: int) -> bool:
    """Whether two people have met everybody else equally often."""
    rest = set(range(len(task.people))) - {one, other}
    return all(_met(task, one, third) == _met(task, other, third) for third in rest)


def _met(task: Task, one: int, other: int) -> int:
    return task.met.get((min(one, other), max(one, other)), 0)


# ---- the rounds


def _lot(name: bytes) -> bytes:
    return hashlib.sha256(name).digest()


def _table(rows: Rows) -> Register:
    return register(sorted(rows, key=lambda row: _lot(row["id"].encode())))


def people(kinds: Iterable[Mapping[str, str]], department: str = "市监") -> Rows:
    """The rows of a department's people, numbered in the order given."""
    return [{"id": f"{department}{n:02d}", "department": department, **kind} for n, kind in enumerate(kinds, 1)]


def enterprises(kinds: Iterable[Mapping[str, str]]) -> Rows:
    """The rows of enterprises, numbered in the order given."""
    return [{"id": f"企{n:02d}", **kind} for n, kind in enumerate(kinds, 1)]


def _round(
    name: str,
    rules: TeamRule | Sequence[TeamRule],
    staff: Rows,
    visited: Rows,
    *,
    demands: Sequence[Demand] = (Demand("市监", take="50%"),),
    served: Callable[[Mapping[str, str]], Iterable[str]] = lambda _: ("市监",),
    periods: Sequence[int] = (),
    **tables: Any,
) -> Round:
    """A round in which every enterprise is visited, for the demands that `served` tells."""
    made = plan(demands, teams=[rules] if isinstance(rules, TeamRule) else rules, periods=PERIODS if periods else ())
    registers = _table(visited), _table(staff)
    department = {demand.name: demand.department for demand in demands}
    wanted = [tuple(sorted(served(row))) for row in visited]
    coming = [tuple(sorted({department[name] for name in own})) for own in wanted]
    return Round(
        name,
        commit(made, *registers, **tables),
        *registers,
        Visits(
            enterprises=[row["id"] for row in visited],
            served=[Served(own, by, by[0]) for own, by in zip(wanted, coming, strict=True)],
            periods=list(periods) or [0] * len(visited),
            rows=teams.rows_of(registers[0], [row["id"] for row in visited]),
            departments=tuple(sorted(set(department.values()))),
        ),
    )


def _plenty() -> Round:
    """Twelve people, ten visits of two, no limit."""
    return _round("plenty", TeamRule("市监"), people([{}] * 12), enterprises([{}] * 10))


def _tight() -> Round:
    """Eleven people, two visits each at the most; seven of ten visits need one of the four who can do it."""
    rule = TeamRule(
        "市监",
        slots=[Slot("member"), Slot("boiler", where={"boiler": "是"}, only_for="特种"), Slot("second", not_for="特种")],
        most=2,
    )
    return _round(
        "tight",
        rule,
        people({"boiler": "是" if n in (1, 4, 6, 9) else "否"} for n in range(11)),
        enterprises({"boiler": "否" if n in (2, 3, 7) else "是"} for n in range(10)),
        demands=(Demand("市监", take="50%"), Demand("特种", department="市监", where={"boiler": "是"}, take="50%")),
        served=lambda row: ("市监", "特种") if row["boiler"] == "是" else ("市监",),
    )


def _slots() -> Round:
    """Two districts; a leader and two members a visit, leaders may be members, all from the enterprise's district."""
    rule = TeamRule(
        "市监",
        slots=[
            Slot("member", 2, same={"area": "district"}),
            Slot("leader", where={"rank": "senior"}, same={"area": "district"}),
        ],
    )
    kinds = [
        {"area": area, "rank": "senior" if n % 3 == 0 else "junior"} for n in range(9) for area in ("海曙", "鄞州")
    ]
    return _round("slots", rule, people(kinds), enterprises({"district": each} for each in ("海曙", "鄞州") * 6))


def _rotation() -> Round:
    """Ten people, of whom four know each other from before; eight visits of three."""
    staff = people([{}] * 10)
    known = [staff[n]["id"] for n in (1, 4, 6, 9)]
    rule = TeamRule("市监", slots=[Slot("member", 3)], slack=1, rotate=True)
    return _round("rotation", rule, staff, enterprises([{}] * 8), meetings=dict.fromkeys(combinations(known, 2), 2))


def _absent() -> Round:
    """Two periods, one visit each in a period; some are absent in the first, some bring a load along, two recused."""
    staff = people({"load": "1" if n % 4 == 1 else "0"} for n in range(16))
    away = [Recusal(staff[n]["id"], period="7月", reason="休假") for n in (2, 6, 7, 11, 14)]
    away += [Recusal(staff[n]["id"], enterprise="企06", reason="亲属") for n in (4, 12)]
    rule = TeamRule("市监", carried="load", most_per_period=1)
    return _round("absent", rule, staff, enterprises([{}] * 10), periods=[n % 2 for n in range(10)], recusals=away)


def _relief() -> Round:
    """Eight people, of whom three lead; six visits of two, one each at the most, which is raised to two."""
    rule = TeamRule("市监", slots=[Slot("leader", where={"rank": "senior"}), Slot("member")], most=1, relief=True)
    kinds = [{"rank": "senior" if n % 3 == 1 else "junior"} for n in range(8)]
    return _round("relief", rule, people(kinds), enterprises([{}] * 6))


def _joint() -> Round:
    """Two departments of eight, each at the same ten enterprises with two people."""
    staff = [row for name in ("市监", "消防") for row in people([{}] * 8, name)]
    demands = [Demand(name, take="50%") for name in ("市监", "消防")]
    return _round(
        "joint", TeamRule(), staff, enterprises([{}] * 10), demands=demands, served=lambda _: ("市监", "消防")
    )


_MADE: Final = {
    "plenty": _plenty,
    "tight": _tight,
    "slots": _slots,
    "rotation": _rotation,
    "absent": _absent,
    "relief": _relief,
    "joint": _joint,
}
ROUNDS: Final = tuple(_MADE)


@cache
def rounds(name: str) -> Round:
    """A round by its name."""
    return _MADE[name]()
