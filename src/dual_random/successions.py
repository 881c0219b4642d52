"""Who takes a place that became free after the draw: the next by the same tickets (specification 17).

Nobody else moves, nothing is looked ahead for, and nobody chooses: for an enterprise the lowest ticket of the stratum
that is not yet visited, for a person the first of the candidates by load, meetings and ticket.
"""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property

import numpy as np
from attrs import evolve

from dual_random.amendments import Amendment, Change, Filled
from dual_random.eligibility import standing
from dual_random.errors import InputError, Note
from dual_random.forms import Pairs, refuse
from dual_random.ledgers import Ledger
from dual_random.populations import Population
from dual_random.records import Record
from dual_random.registers import Register
from dual_random.replays import Replay
from dual_random.rosters import crews
from dual_random.schemes import ticket_start
from dual_random.tasks import Opening
from dual_random.visits import Visit


class Succession:
    """The visits of a record and the loads of its people, after the amendments that it has and further ones.

    Args:
        record: the draw, with its amendments.
        enterprises: the register that was drawn from.
        inspectors: the register of those who were dealt; None if nobody was, or if it is not known.
        key: of the draw.
        replay: gives the draw anew, if an enterprise is to be replaced.
    """

    def __init__(
        self,
        record: Record,
        enterprises: Register,
        inspectors: Register | None,
        key: str,
        replay: Callable[[], Replay],
    ) -> None:
        self._record, self._enterprises, self._key, self._made = record, enterprises, key, replay
        self._plan = record.commitment.plan
        self._periods = {period: number for number, period in enumerate(self._plan.periods)}
        self._ledgers = {} if inspectors is None else self._opened(inspectors)
        self._known = inspectors is not None
        self._last: Amendment | None = None
        self._lines: dict[tuple[str, int], deque[int]] = {}
        self._gave_up: list[Amendment] = []
        self.docket = record.docket()
        for i, amendment in enumerate(record.amendments):
            refuse(note.under(f"amendments[{i}]") for note in self.docket.misfits(amendment))
            self.apply(amendment)

    def _opened(self, inspectors: Register) -> dict[str, Ledger]:
        """A ledger for each department that was dealt, with all its visits."""
        record, plan, bound = self._record, self._plan, self._record.commitment
        dealt = {each.department: each for each in record.staffing if not each.shortages}
        people = crews(plan, dealt, inspectors, self._enterprises, bound.recusals, bound.meetings)
        ledgers = {}
        for crew in people:
            start = ticket_start(plan.scheme, self._key, "inspector", crew.department)
            own = dealt[crew.department]
            ledgers[crew.department] = Ledger(crew, start, crew.rule.most if own.most is None else own.most)
        periods = record.periods or ("",) * len(record)
        for team, period in zip(record.places.teams() if record.places else (), periods, strict=False):
            for department, names in team:
                if department in ledgers:
                    ledgers[department].enter(names, self._number(period))
        return ledgers

    def _number(self, period: str) -> int:
        return self._periods.get(period, 0)

    # ---- amending

    def each(self, change: Change) -> tuple[Change, ...]:
        """A change of one visit; of a person without an enterprise, one for each visit, in the order of the tickets.

        Raises:
            InputError: the person is on no visit, or on none of the period.
        """
        if change.enterprise:
            return (change,)
        visits = [visit for visit in self.docket.all() if change.inspector in {who for *_, who in visit.places}]
        found = [visit for visit in visits if change.period in ("", visit.period)]
        if not found:
            told = {"inspector": change.inspector, "periods": ", ".join({each.period: 0 for each in visits}) or "–"}
            raise InputError([Note("change-nowhere", "inspector", told)])
        return tuple(evolve(change, enterprise=visit.enterprise, period=visit.period) for visit in found)

    def amend(self, change: Change, told: tuple[Filled, ...] = ()) -> Amendment:
        """What follows from a change; `apply` takes it up.

        Args:
            change: what came to be known.
            told: the places that an amendment states, for a reader who has no register of inspectors.

        Raises:
            InputError: with all faults: see `dual_random.draws.Draw.amend`.
        """
        faults = self._day_faults(change)
        try:
            visit = self.visit(change.enterprise, change.period)
        except InputError as error:
            raise InputError([*error.faults, *faults]) from None
        refuse(self._place_faults(change, visit) + faults)
        substitutes = () if change.inspector else self._substitutes(visit)
        places = self._places(change, visit, substitutes) if self._known else told
        return Amendment(
            enterprise=change.enterprise,
            inspector=change.inspector,
            period=visit.period,
            reason=change.reason,
            on=change.on,
            previous=self.head,
            substitutes=substitutes,
            places=places,
        )

    @property
    def head(self) -> str:
        """The digest that the next amendment names."""
        return self._record.drawn.digest if self._last is None else self._last.digest(self._plan.scheme)

    def apply(self, amendment: Amendment) -> None:
        """Take up an amendment that fits the visits."""
        given_up = self._given_up(amendment)
        for before, after in self.docket.apply(amendment):
            for visit, times in ((before, -1), (after, 1)):
                if visit is not None:
                    self._enter(visit, times)
        for department, people in given_up.items():
            self._ledgers[department].keep(people, self._number(amendment.period))
        self._gave_up += [amendment] if amendment.inspector else []
        for demand, enterprise in amendment.substitutes:
            self._visited.setdefault(demand, set()).add(enterprise)
        self._last = amendment

    def _given_up(self, amendment: Amendment) -> dict[str, set[str]]:
        """Who has no place any more, by department; whoever goes along to a substitute has one."""
        visit = self.docket.visit(amendment.spot)
        after = {(department, who) for _, department, _, who in amendment.places}
        found: dict[str, set[str]] = {}
        for department, _, who in visit.places if visit else ():
            leaves = not amendment.inspector or who == amendment.inspector
            if leaves and department in self._ledgers and (department, who) not in after:
                found.setdefault(department, set()).add(who)
        return found

    def _enter(self, visit: Visit, times: int) -> None:
        for department, team in visit.team.items():
            if department in self._ledgers:
                self._ledgers[department].enter(team, self._number(visit.period), times)

    # ---- what is wrong with a change

    def visit(self, enterprise: str, period: str = "") -> Visit:
        """The visit that stands there; without a period the only one of the enterprise.

        Raises:
            InputError: the enterprise is not visited then, or more often than once.
        """
        periods = self.docket.periods(enterprise)
        told = {"enterprise": enterprise, "periods": ", ".join(each or "–" for each in periods)}
        if period == "" and len(periods) > 1:
            raise InputError([Note("change-which-period", "period", told)])
        spot = (enterprise, period or (periods[0] if periods else ""))
        found = self.docket.visit(spot)
        if found is not None:
            return found
        if spot in self.docket.gone or (not periods and self.docket.is_gone(enterprise)):
            since = {"enterprise": enterprise, "on": self.docket.since(spot)}
            raise InputError([Note("change-gone", "enterprise", since)])
        raise InputError([Note("change-not-then" if periods else "change-no-visit", "enterprise", told)])

    def _day_faults(self, change: Change) -> list[Note]:
        """A day before the seed, or before that of the last amendment."""
        drawn = self._plan.seed.day
        if change.on < drawn:
            return [Note("change-before-draw", "on", {"on": change.on, "drawn": drawn})]
        if self._last and change.on < self._last.on:
            return [Note("change-before-last", "on", {"on": change.on, "last": self._last.on})]
        return []

    def _place_faults(self, change: Change, visit: Visit) -> list[Note]:
        if change.inspector:
            return sent_faults(visit, change.inspector)
        if self._plan.staffs:
            return [Note("substitution-elsewhere", "enterprise", {"digest": self._plan.staffs})]
        return [] if self._plan.substitution else [Note("substitution-not-allowed", "enterprise")]

    # ---- enterprises

    @cached_property
    def _replay(self) -> Replay:
        return self._made()

    @cached_property
    def _visited(self) -> dict[str, set[str]]:
        """The enterprises that are or were to be visited for each demand."""
        found: dict[str, set[str]] = {demand.name: set() for demand in self._plan.demands}
        for enterprise, served in zip(self._record.enterprises, self._record.served, strict=True):
            for demand in served.demands:
                found.setdefault(demand, set()).add(enterprise)
        return found

    def _substitutes(self, visit: Visit) -> Pairs:
        """For each demand of a visit who takes the place, if anybody is left; followers go where their lead's goes."""
        own = {each.demand.name: each for each in self._replay.groups.demands if each.demand.name in visit.demands}
        found = {name: self._next(each, visit.enterprise) for name, each in own.items() if not each.demand.follow}
        for name, each in own.items():
            if each.demand.follow:
                leader = found.get(each.demand.follow, "")
                found[name] = leader if leader and self._stratum(each, leader) >= 0 else ""
        return tuple(sorted((name, enterprise) for name, enterprise in found.items() if enterprise))

    def _stratum(self, population: Population, enterprise: str) -> int:
        row = self._enterprises.row_of(enterprise)
        return -1 if row is None else int(population.stratum[self._replay.groups.profile[row]])

    def _next(self, population: Population, enterprise: str) -> str:
        """The lowest ticket of an enterprise's stratum that is not yet visited for the demand; empty if none is left.

        Whoever was found impossible to visit takes nobody's place: with a ticket so low, it often would.
        """
        stratum = self._stratum(population, enterprise)
        if stratum < 0:
            return ""
        name = population.demand.name
        if (name, stratum) not in self._lines:
            self._lines[name, stratum] = self._line(population, stratum)
        line = self._lines[name, stratum]
        while line:
            first = self._enterprises.id_bytes(line[0]).decode()
            if first not in self._visited[name] and not self.docket.is_gone(first):
                return first
            line.popleft()  # for good: whoever is visited or gone remains so
        return ""

    def _line(self, population: Population, stratum: int) -> deque[int]:
        """The rows of a stratum in the order of their tickets."""
        groups, tickets = self._replay.groups, self._replay.tickets
        rows = tickets.ascending(np.flatnonzero((population.stratum == stratum)[groups.profile]))
        return deque(rows.tolist())

    # ---- people

    def _places(self, change: Change, visit: Visit, substitutes: Pairs) -> tuple[Filled, ...]:
        if not change.inspector:
            return tuple(self._inherited(visit, substitutes))
        first = self.reserves(visit, change.inspector)[:1]
        department, slot = next(place[:2] for place in visit.places if place[2] == change.inspector)
        return tuple((change.enterprise, department, slot, successor) for successor in first)

    def reserves(self, visit: Visit, inspector: str) -> list[str]:
        """Who would take the place of somebody on a visit, in order.

        Raises:
            InputError: somebody who is not on the visit, or whom this record did not deal.
        """
        refuse(sent_faults(visit, inspector))
        department, name = next(place[:2] for place in visit.places if place[2] == inspector)
        ledger = self._ledgers.get(department)
        slots = [] if ledger is None else [each.name for each in ledger.crew.rule.slots]
        row = self._enterprises.row_of(visit.enterprise)
        if ledger is None or row is None or inspector not in ledger.number or name not in slots:
            told = {"inspector": inspector, "enterprise": visit.enterprise}
            raise InputError([Note("reserves-not-dealt", "inspector", told)])
        period = self._number(visit.period)
        team = [ledger.number[each] for each in visit.team[department] if each in ledger.number]
        rest = [person for person in team if person != ledger.number[inspector]]
        gone = self._gone(ledger, visit)
        eligible = ledger.crew.eligible(slots.index(name), row, period)
        candidates = ledger.candidates(eligible, period, [*team, *gone])
        ranked = ledger.ranked(candidates, ledger.base(candidates), rest, visit.enterprise)
        return [ledger.crew.people[person].decode() for person in ranked]

    def _gone(self, ledger: Ledger, visit: Visit) -> list[int]:
        """Whoever gave up a place before, for a reason that holds for this visit, too."""
        spot = (visit.enterprise, visit.period)
        names = {each.inspector for each in self._gave_up if each.keeps_out(each.inspector, spot)}
        return [ledger.number[name] for name in sorted(names) if name in ledger.number]

    def _openings(self, ledger: Ledger, visit: Visit) -> tuple[Opening, ...]:
        row = self._enterprises.row_of(visit.enterprise)
        slots = standing(ledger.crew.rule, visit.demands)
        return () if row is None else ledger.crew.openings(slots, row, self._number(visit.period))

    def _inherited(self, visit: Visit, substitutes: Pairs) -> Iterator[Filled]:
        """The people of a replaced visit at its substitutes; whoever may not go there is replaced."""
        period = self._number(visit.period)
        staffed = {name: self._ledgers[name].copy() for name in visit.team if name in self._ledgers}
        for department, ledger in staffed.items():
            ledger.enter(visit.team[department], period, -1)
        takers = {taker: [name for name, each in substitutes if each == taker] for _, taker in substitutes}
        joined = {taker: self.docket.joined((taker, visit.period), own) for taker, own in takers.items()}
        for taker, after in sorted(joined.items(), key=lambda pair: (pair[1].ticket, pair[0])):
            for department in self.docket.departments(takers[taker]):
                if department in staffed:
                    heirs = [(slot, who) for name, slot, who in visit.places if name == department]
                    yield from self._team(staffed[department], after, heirs)

    def _team(self, ledger: Ledger, visit: Visit, heirs: Sequence[tuple[str, str]]) -> Iterator[Filled]:
        """Who fills the places of a visit that are still open: the heirs of the same slot, then the next."""
        period, department = self._number(visit.period), ledger.crew.department
        there = [(slot, who) for name, slot, who in visit.places if name == department]
        on = [ledger.number[who] for _, who in there if who in ledger.number]
        gone = self._gone(ledger, visit)
        kept: dict[int, list[int]] = {}
        openings = self._openings(ledger, visit)
        room = {each.slot: each.need - sum(slot == _slot(ledger, each) for slot, _ in there) for each in openings}
        for opening in openings:
            named = [ledger.number.get(who, -1) for slot, who in heirs if slot == _slot(ledger, opening)]
            able = ledger.candidates(opening.eligible, period, [*on, *gone])
            kept[opening.slot] = [person for person in named if person in able][: max(0, room[opening.slot])]
            on += kept[opening.slot]
        new: list[str] = []
        for opening in openings:
            own = kept[opening.slot]
            further = ledger.fill(opening, room[opening.slot] - len(own), period, on, visit.enterprise, gone)
            on += further
            for person in [*own, *further]:
                new.append(ledger.crew.people[person].decode())
                yield visit.enterprise, department, _slot(ledger, opening), new[-1]
        before = [who for _, who in there]
        ledger.enter(before, period, -1)  # those who were there meet those who are new
        ledger.enter([*before, *new], period)


def sent_faults(visit: Visit, inspector: str) -> list[Note]:
    """Why nobody can take somebody's place: not on the visit."""
    people = [who for *_, who in visit.places]
    told = {"inspector": inspector, "enterprise": visit.enterprise, "people": ", ".join(people) or "–"}
    return [] if inspector in people else [Note("reserves-not-sent", "inspector", told)]


def _slot(ledger: Ledger, opening: Opening) -> str:
    return ledger.crew.rule.slots[opening.slot].name
