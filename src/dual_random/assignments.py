"""Why an inspector goes to an enterprise or not: a deal told for one person (specification 9).

Everybody gets an answer, drawn or not: what kept the person out, or the place in the order of candidates, with the
ticket as a shell line. Nothing is decided here; all is read from the deal as it was (`dual_random.traces`).
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Final, TypeAlias

from attrs import frozen

from dual_random.earlier import part, stranger_faults
from dual_random.eligibility import unmet
from dual_random.errors import Note
from dual_random.explanations import Explanation, key_lines, shell_line
from dual_random.forms import refuse
from dual_random.making import all_departments
from dual_random.records import Record
from dual_random.registers import Register
from dual_random.schemes import Hash, ticket, ticket_start
from dual_random.staffing import brief
from dual_random.tasks import Opening
from dual_random.teams import CrewDeal, Teams, deal_teams
from dual_random.text import text_faults
from dual_random.traces import Candidate, Opened, Tight, Turn, tight, trace

Lines: TypeAlias = tuple[tuple[str, str], ...]
Params: TypeAlias = dict[str, str | int]

_DIGITS: Final = 16  # of a ticket that a sentence tells


@frozen(eq=False, kw_only=True)
class Redealt:
    """The people of a record, dealt again.

    Args:
        record: the draw as it is published.
        inspectors: the register of those who could be sent.
        key: of the draw.
        teams: the deals of all departments.
    """

    record: Record
    inspectors: Register
    key: str
    teams: Teams

    def deal_of(self, department: str) -> CrewDeal | None:
        """The deal of one department, if this record has it."""
        return next((own for own in self.teams.deals if own.crew.department == department), None)

    def start(self, department: str) -> Hash:
        """The hash state of key, purpose `inspector` and department."""
        return ticket_start(self.record.commitment.plan.scheme, self.key, "inspector", department)


def redeal(record: Record, enterprises: Register, inspectors: Register, key: str) -> Redealt:
    """Deal again over the visits of a record as they stand there, to every department that it deals to.

    Raises:
        InputError: visits to enterprises that the register does not hold; tables that do not fit the registers.
    """
    refuse(stranger_faults(record.enterprises, enterprises))
    dealt = tuple(each.department for each in record.staffing)
    departments = dealt if record.commitment.plan.staffs else all_departments(record.served)
    visits = part(record, range(len(record))).visits(enterprises, record.commitment.plan.periods, departments)
    teams = deal_teams(record.commitment, inspectors, enterprises, key, visits)
    return Redealt(record=record, inspectors=inspectors, key=key, teams=teams)


def explain_nobody(record: Record, enterprise: str, inspector: str) -> Explanation:
    """The answer for everybody where no inspectors were committed."""
    refuse(text_faults({"enterprise": enterprise, "inspector": inspector}))
    return _answer(record, enterprise, inspector, [Note("why-nobody-dealt")])


def explain_inspector(redealt: Redealt, enterprise: str, inspector: str) -> Explanation:
    """Why one inspector goes to one enterprise, or does not.

    Raises:
        InputError: ids that are no clean text.
    """
    refuse(text_faults({"enterprise": enterprise, "inspector": inspector}))
    record = redealt.record
    strange = _stranger(redealt, inspector)
    if strange or enterprise not in record:
        params: Params = {"inspector": inspector, "enterprise": enterprise}
        return _answer(record, enterprise, inspector, strange or [Note("why-unvisited", "", params)])
    department = redealt.inspectors.value(inspector, record.commitment.plan.department_column)
    own = redealt.deal_of(department)
    if own is None or own.dealt.cut or department not in record[enterprise].departments:
        return _answer(record, enterprise, inspector, _not_dealt(record, own, department, enterprise, inspector))
    asked = _Asked(redealt, own, enterprise, inspector)
    return _answer(record, enterprise, inspector, [*asked.steps(), *asked.differences()], asked.commands())


def _answer(
    record: Record, enterprise: str, inspector: str, steps: Iterable[Note], commands: Lines = ()
) -> Explanation:
    goes = enterprise in record and any(inspector == who for *_, who in record[enterprise].places)
    return Explanation(enterprise=enterprise, inspector=inspector, drawn=goes, steps=tuple(steps), commands=commands)


# ---- before any place


def _stranger(redealt: Redealt, inspector: str) -> list[Note]:
    """Why nobody could draw somebody: not in the register; nothing if there."""
    if inspector in redealt.inspectors:
        return []
    bound = redealt.record.commitment.inspectors
    excluded = [note for note in bound.excluded if note.params.get("id") == inspector] if bound else []
    code = "why-inspector-excluded" if excluded else "why-inspector-unknown"
    return [Note(code, "", {"inspector": inspector}), *excluded]


def _not_dealt(
    record: Record, own: CrewDeal | None, department: str, enterprise: str, inspector: str
) -> Iterator[Note]:
    """Why a department sends nobody to an enterprise, or nobody at all."""
    coming = record[enterprise].departments
    params: Params = {"inspector": inspector, "department": department, "enterprise": enterprise}
    if department not in coming:
        yield Note("why-not-coming", "", {**params, "departments": ", ".join(coming)})
    elif own is None:
        yield Note("why-dealt-earlier", "", params)
    else:
        yield Note("why-department-short", "", params)
        yield from own.staffing().notes


# ---- one person, one visit


@frozen(eq=False)
class _Asked:
    """One person of a department that was dealt, and one of its visits."""

    redealt: Redealt
    deal: CrewDeal
    enterprise: str
    inspector: str

    @cached_property
    def visit(self) -> int:
        """The place of the visit in the order of dealing, from 0."""
        return self.deal.task.visits.index(self.enterprise.encode())

    @cached_property
    def person(self) -> int:
        """The place among the people."""
        return self.deal.task.people.index(self.inspector.encode())

    @cached_property
    def opened(self) -> tuple[Opened, ...]:
        """What decided the places of the visit."""
        start = self.redealt.start(self.deal.crew.department)
        return trace(self.deal.task, start, self.deal.dealt, self.visit)

    @cached_property
    def params(self) -> Params:
        """What every sentence may tell."""
        return {
            "inspector": self.inspector,
            "enterprise": self.enterprise,
            "department": self.deal.crew.department,
            "place": self.visit + 1,
            "visits": len(self.deal.task.visits),
        }

    @cached_property
    def going(self) -> tuple[Opened, Turn] | None:
        """The place of whoever goes."""
        places = ((each, turn) for each in self.opened for turn in each.turns)
        return next(((each, turn) for each, turn in places if turn.person == self.person), None)

    def steps(self) -> list[Note]:
        """The reasons: one for whoever goes; else one a slot, equal ones once."""
        if self.going:
            return [self._goes(*self.going)]
        if not self.opened:
            return [Note("why-no-slot", "", self.params)]
        eligible = [number for number, each in enumerate(self.opened) if each.opening.eligible >> self.person & 1]
        return list(dict.fromkeys(map(self._stays, eligible) if eligible else self._unmet()))

    def differences(self) -> Iterator[Note]:
        """What a record that states other people than the deal gives should be asked about."""
        department = self.deal.crew.department
        stated = self.redealt.record[self.enterprise].team.get(department, ())
        due = tuple(map(self._name, self.deal.dealt.teams[self.visit]))
        if stated != due:
            told: Params = {"stated": ", ".join(stated) or "–", "computed": ", ".join(due) or "–"}
            yield Note("places-differ", "", {**self.params, **told})

    def commands(self) -> Lines:
        """The key; the ticket of the visit, for loads rise in that order; the tickets of the people compared."""
        record, department = self.redealt.record, self.deal.crew.department
        if not any(each.opening.eligible >> self.person & 1 for each in self.opened):
            return ()
        lines = [*key_lines(record), self._line("deal", department, self.enterprise)]
        lines += [self._line("inspector", department, self.enterprise, self._name(each)) for each in self._compared()]
        return tuple(lines)

    def _compared(self) -> Iterable[int]:
        """A candidate, and whoever got the last place of a slot instead."""
        if self.going:
            return [self.person]
        wanted = [each for each in self.opened if each.turns[0].holds(self.person)]
        return dict.fromkeys(person for each in wanted for person in (self.person, each.turns[-1].person))

    def _line(self, purpose: str, *names: str) -> tuple[str, str]:
        """The shell line of a ticket, and what it prints."""
        scheme, key = self.redealt.record.commitment.plan.scheme, self.redealt.key
        form = "\\n".join(["%s", purpose, *("%s" for _ in names)])
        return shell_line(self.redealt.record, form, key, *names), ticket(scheme, key, purpose, *names)

    # ---- names

    def _name(self, person: int) -> str:
        return self.deal.task.people[person].decode()

    def _slot(self, opening: Opening) -> str:
        return self.deal.crew.rule.slots[opening.slot].name

    def _names(self, people: Iterable[int]) -> str:
        return brief(map(self._name, people))

    def _load(self, each: Opened, candidate: Candidate) -> str:
        """The load that counts, which slack makes alike up to the base."""
        alike = self.deal.task.slack > 0 and candidate.level == each.base
        return f"≤ {candidate.level}" if alike else str(candidate.level)

    # ---- reasons

    def _unmet(self) -> Iterator[Note]:
        """Why not eligible, slot by slot."""
        row = int(self.redealt.teams.visits.rows[self.deal.visits[self.visit]])
        period = self.deal.task.periods[self.visit]
        reasons = (unmet(self.deal.crew, each.opening.slot, self.person, row, period) for each in self.opened)
        return filter(None, reasons)

    def _goes(self, each: Opened, turn: Turn) -> Note:
        """Who goes, and what put this person first."""
        own = turn.order[turn.taken]
        level = [other for other in turn.order if other.level == own.level]
        alike = [other for other in level if other.meetings == own.meetings]
        params = {
            **self.params,
            "slot": self._slot(each.opening),
            "candidates": len(turn.order),
            "level": len(level),
            "alike": len(alike),
            "load": self._load(each, own),
            "met": own.meetings,
            "rank": turn.taken + 1,
            "passed": self._names(turn.passed),
        }
        return Note(_code_of_going(turn, level, alike), "", params)

    def _stays(self, number: int) -> Note:
        """Why somebody eligible does not get a place of a slot."""
        each = self.opened[number]
        if self.person in each.at_most:
            told: Params = {"load": each.at_most[self.person], "most": self.deal.dealt.most or 0}
            return Note("why-full", "", {**self.params, **told})
        if self.person in each.at_most_in_period:
            return self._full_in_period(each.at_most_in_period[self.person])
        for place, turn in enumerate(each.turns):
            if self.person in turn.passed:
                return self._passed_over(number, place, turn)
        return self._not_sent(each)

    def _full_in_period(self, count: int) -> Note:
        periods = self.deal.crew.periods
        if not periods:
            return Note("why-full-deal", "", {**self.params, "count": count})
        period = periods[self.deal.task.periods[self.visit]]
        return Note("why-full-period", "", {**self.params, "count": count, "period": period})

    def _passed_over(self, number: int, place: int, turn: Turn) -> Note:
        """What could not have been filled otherwise."""
        proof = tight(self.deal.task, self.deal.dealt, self.visit, number, place, self.person)
        told: Params = {
            "slot": self._slot(self.opened[number].opening),
            "rank": turn.rank(self.person) + 1,
            "candidates": len(turn.order),
            "demand": proof.demand,
            "supply": proof.supply,
            "places": brief(self._places(proof)),
            "people": brief(self._people(proof)),
        }
        return Note("why-passed-over", "", {**self.params, **told})

    def _places(self, proof: Tight) -> Iterator[str]:
        slots = self.deal.crew.rule.slots
        for visit, slot, need in proof.places:
            yield f"{self.deal.task.visits[visit].decode()} ({slots[slot].name} {need})"

    def _people(self, proof: Tight) -> Iterator[str]:
        """The people of a proof, and what each has left: of `most`, if nothing else is named."""
        periods = self.deal.crew.periods
        yield from (f"{self._name(person)} ({left})" for person, left in proof.people)
        for person, period, left in proof.in_period:
            yield f"{self._name(person)} ({periods[period] if periods else 'most_per_period'} {left})"
        yield from (
            f"{self._name(person)} ({self.deal.task.visits[visit].decode()} 1)" for person, visit in proof.on_visit
        )

    def _not_sent(self, each: Opened) -> Note:
        """The place in the order of candidates; with rotation, which makes it anew, in that for the last place."""
        rotate = self.deal.task.rotate
        turn = each.turns[-1 if rotate else 0]
        rank, end = turn.rank(self.person), each.turns[-1]
        own, last = turn.order[rank], end.order[end.taken]
        told: Params = {
            "slot": self._slot(each.opening),
            "rank": rank + 1,
            "candidates": len(turn.order),
            "load": self._load(each, own),
            "met": own.meetings,
            "ticket": own.ticket.hex()[:_DIGITS],
            "people": self._names(one.person for one in each.turns),
            "last_load": self._load(each, last),
            "last_met": last.meetings,
            "last": last.ticket.hex()[:_DIGITS],
        }
        return Note("why-not-sent-met" if rotate else "why-not-sent", "", {**self.params, **told})


def _code_of_going(turn: Turn, level: Sequence[Candidate], alike: Sequence[Candidate]) -> str:
    """What decided for whoever goes: that nobody else was left, load, meetings, ticket, or the places still open."""
    if turn.taken:
        return "why-goes-next"
    if len(turn.order) == 1:
        return "why-goes-only"
    if len(level) == 1:
        return "why-goes-load"
    if len(alike) == len(level):
        return "why-goes-ticket"
    return "why-goes-met" if len(alike) == 1 else "why-goes-met-ticket"
