"""Rounds of inspections to be staffed: who may go where is fixed in each, the key alone changes from draw to draw.

Ids interleave the kinds of people and of enterprises, so that neither the list nor the order in which they are handed
in is blind to a class by itself.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from itertools import combinations
from typing import Any, Final, TypeAlias

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from districts import Rows, plan, register
from dual_random import teams as teams_module
from dual_random.binding import commit
from dual_random.commitments import Commitment
from dual_random.plans import Demand
from dual_random.registers import Register
from dual_random.schemes import DEFAULT, label_key
from dual_random.tasks import Task
from dual_random.team_rules import Recusal, Slot, TeamRule
from dual_random.teams import CrewDeal, Visits
from dual_random.visits import Served

Places: TypeAlias = NDArray[np.intp]
Flags: TypeAlias = NDArray[np.bool_]
Find: TypeAlias = Callable[["Round", int], Sequence[CrewDeal]]

NOBODY: Final = -1


@frozen(eq=False)
class Round:
    """A commitment, and the visits that it has to staff in every draw."""

    name: str
    commitment: Commitment
    enterprises: Register
    inspectors: Register
    visits: Visits


def key(name: str, number: int) -> str:
    """The key of a draw of the fixed list: 1, 2, 3, … for each round; none is left out and none is tried again."""
    return label_key(DEFAULT, "team fairness", f"{name}-{number}")


def dealt(of: Round, number: int) -> Sequence[CrewDeal]:
    """The deals of a draw of the list."""
    return dealt_under(of, key(of.name, number))


def dealt_under(of: Round, key_: str) -> Sequence[CrewDeal]:
    """The deals under a key."""
    return teams_module.deal_teams(of.commitment, of.inspectors, of.enterprises, key_, of.visits).deals


# ---- many draws


@frozen(eq=False)
class Series:
    """The deals of one department in a list of draws, as arrays; all people, visits and places by number.

    Args:
        task: of the first draw.
        handed: for each person the place in the table that was handed in.
        classes: people who can be exchanged, the task staying as it is.
        kinds: visits that can.
        order: draw, place in the order of dealing -> visit.
        seats: draw, visit, place on the visit -> person, `NOBODY` beyond the last.
        on: draw, visit, person -> whether that person goes.
    """

    task: Task
    handed: Places
    classes: tuple[Places, ...]
    kinds: tuple[Places, ...]
    periods: Places
    order: Places
    seats: Places
    on: Flags

    @property
    def draws(self) -> int:
        """How many."""
        return len(self.order)

    def in_order(self, values: NDArray[Any]) -> NDArray[Any]:
        """What is told visit by visit, in the order of dealing."""
        found: NDArray[Any] = values[np.arange(self.draws)[:, None], self.order]
        return found


def series(of: Round, draws: int, find: Find = dealt) -> list[Series]:
    """The first draws of the list, department by department."""
    found = [find(of, number) for number in range(1, draws + 1)]
    return [_series(of, own) for own in zip(*found, strict=True)]


def _series(of: Round, own: Sequence[CrewDeal]) -> Series:
    first = own[0]
    order = np.array([each.visits for each in own], dtype=np.intp)
    visits = np.sort(order[0])
    order = np.searchsorted(visits, order)
    people = len(first.task.people)
    most = max(len(team) for team in first.dealt.teams)
    seats = np.full((*order.shape, most), NOBODY, dtype=np.intp)
    for draw, each in enumerate(own):
        for visit, team in zip(order[draw], each.dealt.teams, strict=True):
            seats[draw, visit, : len(team)] = team
    by_visit = dict(zip(order[0].tolist(), zip(first.task.openings, first.task.periods, strict=True), strict=True))
    alike = [by_visit[visit] for visit in range(len(visits))]
    handed = {str(row).encode(): place for place, row in enumerate(_handed_in(first))}
    return Series(
        task=first.task,
        handed=np.array([handed[name] for name in map(str, [each.decode() for each in first.task.people])]),
        classes=classes(first.task),
        kinds=tuple(np.array(each) for each in _groups(alike)),
        periods=np.array([period for _, period in alike]),
        order=order,
        seats=seats,
        on=(seats[..., None] == np.arange(people)).any(axis=2),
    )
