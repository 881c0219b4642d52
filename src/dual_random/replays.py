"""A draw replayed: what commitment, register and key give, before it is put down as a record."""

from collections.abc import Sequence
from functools import cached_property
from itertools import compress

import numpy as np
from attrs import frozen

from dual_random.commitments import Allocation, Commitment
from dual_random.expectations import Expectations
from dual_random.joint import Meeting, meet
from dual_random.marks import Numbers
from dual_random.populations import Populations
from dual_random.registers import Register
from dual_random.schemes import Hash, Scheme, ticket_start
from dual_random.tickets import Rows, Words, ascending, digests, first_words, whole_ticket
from dual_random.visits import CellTable, Outcome


@frozen(eq=False)
class Tickets:
    """The tickets of one draw, by row of the register."""

    scheme: Scheme
    key: str
    enterprises: Register

    @cached_property
    def start(self) -> Hash:
        """The hash state of the key and the purpose `target`."""
        return ticket_start(self.scheme, self.key, "target")

    @cached_property
    def words(self) -> Words:
        """The first 64 bits of every row's ticket."""
        return first_words(self.start, self.enterprises.id_chunks(), len(self.enterprises))

    def whole(self, row: int) -> tuple[bytes, bytes]:
        """A row's whole ticket, and its id."""
        name = self.enterprises.id_bytes(row)
        return whole_ticket(self.start, name), name

    def ascending(self, rows: Rows) -> Rows:
        """Rows in the order of their tickets."""
        return ascending(self.words, rows, self.whole)

    def of_departments(self, cell: str, departments: Sequence[str]) -> list[bytes]:
        """The tickets that decide the order of departments in the cell of a key."""
        return digests(ticket_start(self.scheme, self.key, "department", cell), map(str.encode, departments))


@frozen(eq=False)
class Replay:
    """One draw with all that decided it.

    Args:
        commitment, groups, numbers: the rules, who may be drawn, and how many.
        tickets: of this key.
        meeting: the visits.
    """

    commitment: Commitment
    groups: Populations
    numbers: Numbers
    tickets: Tickets
    meeting: Meeting

    def cell(self, profile: int) -> int:
        """The number of a profile's cell; -1 where nobody of it is drawn."""
        return int(self.meeting.cell_of[profile])

    def spread(self, profile: int) -> bool:
        """Whether departments are spread over the visits of a profile's cell."""
        number = self.cell(profile)
        return number >= 0 and bool(self.meeting.layouts.spread[number])

    def alike(self, row: int) -> Rows:
        """The rows of one row's cell, in the order of their tickets."""
        profile = self.groups.profile[row]
        strata = [population.stratum for population in self.groups.demands]
        same = np.all([stratum == stratum[profile] for stratum in strata], axis=0)
        return self.tickets.ascending(np.flatnonzero(same[self.groups.profile]))

    def outcome(self, expected: Expectations) -> Outcome:
        """What the draw amounts to, in exact counts, beside what was to be expected."""
        cells, layouts = self.meeting.cells, self.meeting.layouts
        checks, singles = int(cells.checks.sum()), int(layouts.singles.sum())
        return Outcome(
            visits=int(layouts.visits.sum()),
            joint_visits=int(layouts.joint.sum()),
            checks=checks,
            joint_checks=checks - singles,
            target_met=layouts.met,
            best=layouts.best,
            bound=expected.bound,
            layout=layouts.layout,
            over=self.meeting.over(self.commitment.plan.joint),
            extra=int(layouts.extra.sum()),
            independent=expected.independent,
        )

    @cached_property
    def cells(self) -> CellTable:
        """The cells in which somebody is drawn."""
        cells, layouts = self.meeting.cells, self.meeting.layouts
        names = [population.demand.name for population in self.groups.demands]
        order = sorted(range(len(names)), key=names.__getitem__)
        ordered, demands = [names[place] for place in order], cells.demands[:, order]
        patterns: dict[bytes, tuple[str, ...]] = {}
        drawn = demands > 0
        return CellTable(
            keys=cells.keys,
            sizes=tuple(cells.sizes.tolist()),
            checks=tuple(cells.checks.tolist()),
            visits=tuple(layouts.visits.tolist()),
            joint_visits=tuple(layouts.joint.tolist()),
            extra=tuple(layouts.extra.tolist()),
            most=tuple(self.meeting.most.tolist()),
            names=tuple([patterns.setdefault(row.tobytes(), tuple(compress(ordered, row))) for row in drawn]),
            numbers=tuple(demands[drawn].tolist()),
        )


def replay(commitment: Commitment, enterprises: Register, groups: Populations, key: str) -> Replay:
    """Draw with a key, from the numbers of the commitment; nothing is checked here."""
    numbers = numbers_of(commitment.allocation, groups)
    tickets = Tickets(commitment.plan.scheme, key, enterprises)
    rule = commitment.plan.joint
    meeting = meet(groups, numbers, rule, tickets.words, tickets.whole, tickets.of_departments)
    return Replay(commitment, groups, numbers, tickets, meeting)


def numbers_of(allocation: tuple[Allocation, ...], groups: Populations) -> list[tuple[int, ...]]:
    """The numbers of each demand, by stratum; none for one that follows."""
    stated = {numbers.demand: tuple(size.number for size in numbers.strata) for numbers in allocation}
    return [stated.get(population.demand.name, ()) for population in groups.demands]
