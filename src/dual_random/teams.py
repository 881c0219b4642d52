"""Who goes on all visits of a draw: every department dealt over its own visits (specification 9).

Departments have no inspector in common, so each deal is a matter of its own.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import chain
from typing import Final

import numpy as np
from attrs import frozen

from dual_random.commitments import Commitment
from dual_random.deals import Dealt, deal, feasible
from dual_random.eligibility import Crew, Stops, deal_order, task
from dual_random.proofs import shortages
from dual_random.registers import Register
from dual_random.rosters import crews
from dual_random.schemes import ticket_start
from dual_random.staffing import PlaceTable, Staffing
from dual_random.tasks import Task
from dual_random.tickets import Rows
from dual_random.visits import Served

_STEPS: Final = 50  # to find one id by halving costs as much as to look at so many


@frozen(eq=False)
class Visits:
    """The visits of a draw, column by column.

    Args:
        enterprises: whom they are paid to.
        served: what they are for.
        periods: when, from 0.
        rows: where the enterprises stand in the register.
        departments: those that are to be dealt, in byte order.
    """

    enterprises: Sequence[str]
    served: Sequence[Served]
    periods: Sequence[int]
    rows: Rows
    departments: tuple[str, ...]

    def of_department(self, department: str) -> tuple[Rows, Stops]:
        """The visits of one department: their places among all, and themselves."""
        coming = {each: department in each.departments for each in set(self.served)}
        places = np.flatnonzero(np.fromiter(map(coming.__getitem__, self.served), np.bool_, len(self.served)))
        own = places.tolist()
        return places, Stops(
            [self.enterprises[place].encode() for place in own],
            self.rows[places],
            [self.periods[place] for place in own],
            [self.served[place].demands for place in own],
        )


@frozen(eq=False)
class CrewDeal:
    """One department's deal with all that decided it.

    Args:
        crew: its people and its rule.
        visits: for each visit of the task, its place among all visits of the draw.
        task: what had to be dealt.
        dealt: who goes.
    """

    crew: Crew
    visits: tuple[int, ...]
    task: Task
    dealt: Dealt

    def seats(self) -> Iterator[tuple[int, list[str], list[str]]]:
        """For each visit that is staffed its place among all, the slots of its places, and who fills them."""
        names = [name.decode() for name in self.crew.people]
        slots = [slot.name for slot in self.crew.rule.slots]
        kinds: dict[int, list[str]] = {}
        for visit, openings, team in zip(self.visits, self.task.openings, self.dealt.teams, strict=False):
            if id(openings) not in kinds:  # shared by many visits, and kept by the task
                kinds[id(openings)] = [slots[each.slot] for each in openings for _ in range(each.need)]
            yield visit, kinds[id(openings)], [names[person] for person in team]

    def staffing(self) -> Staffing:
        """What was done, with the proof if it could not be done."""
        cut = self.dealt.cut
        return Staffing(
            department=self.crew.department,
            visits=len(self.visits),
            places=sum(opening.need for own in self.task.openings for opening in own),
            most=self.dealt.most if self.dealt.most != self.crew.rule.most else None,
            enough=self.dealt.enough,
            shortages=shortages(self.crew, self.task, cut, self.dealt.most) if cut else (),
        )


@frozen(eq=False)
class Teams:
    """The deals of all departments, in byte order of their names."""

    visits: Visits
    deals: tuple[CrewDeal, ...]

    @cached_property
    def places(self) -> PlaceTable:
        """Who goes, visit by visit; departments in byte order, people in the order of dealing."""
        seats: list[list[tuple[str, list[str], list[str]]]] = [[] for _ in self.visits.enterprises]
        for own in self.deals:
            for visit, slots, people in own.seats():
                seats[visit].append((own.crew.department, slots, people))
        return PlaceTable(
            counts=[sum(len(people) for *_, people in own) for own in seats],
            departments=[name for own in seats for name, _, people in own for _ in people],
            slots=chain.from_iterable(slots for own in seats for _, slots, _ in own),
            inspectors=chain.from_iterable(people for own in seats for *_, people in own),
        )

    @cached_property
    def staffing(self) -> tuple[Staffing, ...]:
        """What was done for each department."""
        return tuple(own.staffing() for own in self.deals)


def rows_of(register: Register, ids: Sequence[str]) -> Rows:
    """Where some ids stand in a register; -1 for those that it does not hold.

    >>> rows_of(Register({"id": ["E2", "E1"]}, id="id", columns=[]), ["E2", "E9"]).tolist()
    [1, -1]
    """
    if len(ids) * _STEPS < len(register):
        return np.array([-1 if row is None else row for row in map(register.row_of, ids)], dtype=np.intp)
    wanted = [name.encode(errors="surrogatepass") for name in ids]
    found = dict.fromkeys(wanted, -1)
    row = 0
    for chunk in register.id_chunks():
        found.update([(name, place) for place, name in enumerate(chunk, row) if name in found])
        row += len(chunk)
    return np.array([found[name] for name in wanted], dtype=np.intp)


def deal_teams(commitment: Commitment, inspectors: Register, enterprises: Register, key: str, visits: Visits) -> Teams:
    """Deal to every department that has visits.

    Raises:
        InputError: rules or tables that do not fit the registers.
    """
    scheme = commitment.plan.scheme
    found = []
    for crew, places, stops in _crews(commitment, inspectors, enterprises, visits):
        order = deal_order(scheme, key, crew.department, stops.enterprises)
        own = task(crew, stops, order)
        start = ticket_start(scheme, key, "inspector", crew.department)
        found.append(CrewDeal(crew, tuple(places[order].tolist()), own, deal(own, start)))
    return Teams(visits, tuple(found))


def find_shortages(
    commitment: Commitment, inspectors: Register, enterprises: Register, visits: Visits
) -> tuple[Staffing, ...]:
    """The departments whose places cannot all be filled as the plan has it; no ticket has a part in it.

    Returns:
        Those that are short, with the proofs, and those that only relief saves, with the limit in force.

    Raises:
        InputError: rules or tables that do not fit the registers.
    """
    found = []
    for crew, places, stops in _crews(commitment, inspectors, enterprises, visits):
        own = task(crew, stops, np.arange(len(places)))
        dealt = feasible(own)
        if dealt.cut or dealt.most != crew.rule.most:
            found.append(CrewDeal(crew, tuple(places.tolist()), own, dealt).staffing())
    return tuple(found)


def _crews(
    commitment: Commitment, inspectors: Register, enterprises: Register, visits: Visits
) -> Iterator[tuple[Crew, Rows, Stops]]:
    """Every department that has visits, with their places among all."""
    plan = commitment.plan
    for crew in crews(plan, visits.departments, inspectors, enterprises, commitment.recusals, commitment.meetings):
        yield crew, *visits.of_department(crew.department)
