"""A log held against the records of the draws: which row is which visit of which draw, and where the two cannot both
be true.

A row belongs to a record if its plan is the number of the record's plan, and to one of the record's visits if the
enterprise is the same too; nothing else is compared, no time and no name. Numbers of plans are those of one authority,
so logs and records of several authorities are held against each other authority by authority.
"""

from collections.abc import Iterable, Iterator, Mapping
from enum import IntEnum
from functools import cached_property
from typing import Final, NamedTuple, TypeAlias

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from dual_random.amendments import Amendment, Spot
from dual_random.commitments import BoundRegister
from dual_random.cycle.facts import word_flags
from dual_random.cycle.instants import Flags
from dual_random.cycle.logs import TIMES, Log, LogTable, as_log
from dual_random.cycle.vocabulary import RANDOM
from dual_random.dates import DAY, day, day_text
from dual_random.errors import Note
from dual_random.forms import Words, kind_faults, kinds_faults, listed, refuse, words
from dual_random.ids import RowFault
from dual_random.records import Record
from dual_random.registers import Register
from dual_random.schemes import Scheme
from dual_random.text import shown, text_faults
from dual_random.visits import Visit

Numbers: TypeAlias = NDArray[np.int64]
Check: TypeAlias = tuple[str, str]  # enterprise, department

NOWHERE: Final = -1
STANDS: Final = 2**62  # the last day of a team that nobody replaced


def visits_now(record: Record) -> tuple[Visit, ...]:
    """The visits of a record as they stand after all amendments: an enterprise may have two, in different periods."""
    return record.current


# ---- the draws


class Dealt(NamedTuple):
    """Who was dealt to a visit, for one department.

    Attributes:
        people: who.
        period: of the visit.
        until: the last day on which they were to come: that on which others were said to come instead; else `STANDS`.
    """

    people: frozenset[str]
    period: str
    until: int


@frozen(eq=False)
class DrawnPlan:
    """A draw as it stands now, with the teams that later records dealt to its visits.

    Args:
        numbers: of its plan, and of the plans that staff its visits: each with the day before which it had no seed.
        visits: those that stand, by enterprise.
        given_up: those that were drawn and stand no more, since an amendment says why; whoever went nevertheless, or
            before it was known, went where the draw said.
        teams: who was dealt, by enterprise and department: one team, or several where there are several visits, or
            where somebody was replaced: whoever went before that went as dealt.
        taken_over: the visits that stand in for others, each with the day on which that was stated.
        enlarged: those of them that were visits before: an own one and what was taken over may be paid on two days.
        register: what was drawn from.
        scheme: of its digest.
    """

    numbers: Mapping[str, int]
    visits: Mapping[str, tuple[Visit, ...]]
    given_up: Mapping[str, tuple[Visit, ...]]
    teams: Mapping[Check, tuple[Dealt, ...]]
    taken_over: Mapping[Spot, int]
    enlarged: frozenset[Spot]
    register: BoundRegister
    scheme: Scheme

    @property
    def plan(self) -> str:
        """The number of the plan that drew."""
        return next(iter(self.numbers))


def drawn_plans(records: Iterable[Record]) -> tuple[DrawnPlan, ...]:
    """The draws that records tell of; a record that staffs the visits of another given one belongs to that.

    Raises:
        InputError: what is no record; two records of plans with one number.
    """
    kept: tuple[Record, ...] = listed(records)
    refuse(kinds_faults(kept, Record, "records") or _number_faults(kept))
    return tuple(_drawn_plan(own) for own in _families(kept))


def _number_faults(records: tuple[Record, ...]) -> list[Note]:
    seen: set[str] = set()
    faults = []
    for i, record in enumerate(records):
        number = record.commitment.plan.number
        if number in seen:
            faults.append(Note("records-of-one-plan", f"records[{i}]", {"number": shown(number)}))
        seen.add(number)
    return faults


def _families(records: tuple[Record, ...]) -> list[list[Record]]:
    """Each record that draws, or whose earlier one is not given, and after it those that staff its visits."""
    staffing = [record for record in records if record.commitment.plan.staffs]
    by_digest = {each: record for record in records for each in record.digests} if staffing else {}
    families: dict[int, list[Record]] = {}
    for record in records:
        root = record
        while root.commitment.plan.staffs in by_digest:
            root = by_digest[root.commitment.plan.staffs]
        families.setdefault(id(root), [root]).extend([] if root is record else [record])
    return list(families.values())


class _Step(NamedTuple):
    """One visit that an amendment changed, and the day on which that was stated."""

    amendment: Amendment
    on: int
    before: Visit | None
    after: Visit | None


def _steps(record: Record) -> list[_Step]:
    """What the amendments of a record changed, visit by visit, in their order; they fit, as `visits_now` has shown."""
    if not record.amendments:
        return []
    docket = record.docket()
    return [_Step(each, day(each.on), *pair) for each in record.amendments for pair in docket.apply(each)]


def _drawn_plan(records: list[Record]) -> DrawnPlan:
    first = records[0]
    now = [visits_now(record) for record in records]
    steps = [_steps(record) for record in records]
    taken = [step for step in steps[0] if step.after and not step.amendment.inspector]
    return DrawnPlan(
        numbers={record.commitment.plan.number: _seed_day(record) for record in records},
        visits=_by_enterprise(now[0]),
        given_up=_by_enterprise(_given_up(steps[0], now[0])),
        teams=_teams(
            [
                *((visit, STANDS) for visits in now for visit in visits if visit.places),
                *((step.before, step.on if step.after else STANDS) for own in steps for step in own if step.before),
            ]
        ),
        taken_over={_spot(step.after): step.on for step in taken if step.after},
        enlarged=frozenset(_spot(step.after) for step in taken if step.before and step.after),
        register=first.commitment.enterprises,
        scheme=first.commitment.plan.scheme,
    )


def _spot(visit: Visit) -> Spot:
    return visit.enterprise, visit.period


def _given_up(steps: list[_Step], now: tuple[Visit, ...]) -> list[Visit]:
    """The visits that stood once, and stand no more."""
    gone = [step.before for step in steps if step.before and not step.after]
    standing = {_spot(visit) for visit in now} if gone else set()
    return [visit for visit in gone if _spot(visit) not in standing]


def _by_enterprise(visits: Iterable[Visit]) -> dict[str, tuple[Visit, ...]]:
    found: dict[str, tuple[Visit, ...]] = {}
    for visit in visits:
        found[visit.enterprise] = (*found.get(visit.enterprise, ()), visit)
    return found


def _teams(visits: Iterable[tuple[Visit, int]]) -> dict[Check, tuple[Dealt, ...]]:
    found: dict[Check, tuple[Dealt, ...]] = {}
    for visit, until in visits:
        for department, team in visit.team.items():
            key = visit.enterprise, department
            found[key] = (*found.get(key, ()), Dealt(frozenset(team), visit.period, until))
    return found


def _seed_day(record: Record) -> int:
    """The day of the seed as the plan writes it, which is that on the authority's own wall."""
    return day(record.commitment.plan.seed.day)


# ---- rows and draws


class Standing(IntEnum):
    """How a check stands to the draw of its plan."""

    UNKNOWN = 0  # no plan, or no record of it
    UNDRAWN = 1  # the enterprise was not drawn
    OTHER_DEPARTMENT = 2  # it was, but not for this department
    DRAWN = 3


class Kind(NamedTuple):
    """The checks of one department at one enterprise under one plan.

    Args:
        plan: the number of the draw, `NOWHERE` if no record of it is given.
        enterprise, department: whose; of all checks without a record, those of one of them.
        standing: how they stand to the draw.
        visits: to the enterprise that were drawn, for this department if there are such; mostly one.
        whole: whether these are all visits to the enterprise that were drawn.
        teams: who was dealt, visit by visit; none if nothing is known of it.
        once: whether all of it is one visit on one day.
    """

    plan: int
    enterprise: str
    department: str
    standing: Standing
    visits: tuple[Visit, ...]
    whole: bool
    teams: tuple[Dealt, ...]
    once: bool = True


@frozen(eq=False, repr=False)
class Matching:
    """Each row of a log beside the draw and the visit that it belongs to.

    Args:
        plans: the draws.
        plan_of: for each row the number of its draw, `NOWHERE` if no record of its plan is given.
        target_of: for each row a number of its draw and enterprise.
        kind_of: for each row the number of its kind.
        kinds: by number.
    """

    plans: tuple[DrawnPlan, ...]
    plan_of: Numbers
    target_of: Numbers
    kind_of: Numbers
    kinds: tuple[Kind, ...]

    @cached_property
    def standing(self) -> Numbers:
        """For each row its `Standing`."""
        return np.array([kind.standing for kind in self.kinds], dtype=np.int64)[self.kind_of]

    def kind(self, row: int) -> Kind:
        """The kind of a row."""
        return self.kinds[int(self.kind_of[row])]


def match(log: Log, plans: tuple[DrawnPlan, ...]) -> Matching:
    """Find for each row of a log the draw and the visit that it belongs to."""
    plan_of = _plan_numbers(log, plans)
    enterprises, names = log.codes("enterprise")
    departments, authorities = log.codes("department")
    target_of = (plan_of + 1) * len(names) + enterprises
    keys = np.where(plan_of == NOWHERE, 0, target_of * len(authorities) + departments)  # those are of one kind
    keys, kind_of = np.unique(keys, return_inverse=True)
    targets, coming = (part.tolist() for part in np.divmod(keys, max(len(authorities), 1)))
    kinds = tuple(
        _kind(plans, target // len(names) - 1, names[target % len(names)], authorities[department])
        for target, department in zip(targets, coming, strict=True)
    )
    return Matching(plans, plan_of, target_of, kind_of.reshape(-1), kinds)


def _kind(plans: tuple[DrawnPlan, ...], number: int, enterprise: str, department: str) -> Kind:
    if number == NOWHERE:
        return Kind(number, enterprise, department, Standing.UNKNOWN, (), True, ())
    plan = plans[number]
    drawn = plan.visits.get(enterprise, ()) + plan.given_up.get(enterprise, ())
    if not drawn:
        return Kind(number, enterprise, department, Standing.UNDRAWN, (), True, ())
    whole = all(department in visit.departments for visit in drawn)
    own = drawn if whole else tuple([visit for visit in drawn if department in visit.departments])
    if not own:
        return Kind(number, enterprise, department, Standing.OTHER_DEPARTMENT, drawn, True, ())
    teams = plan.teams.get((enterprise, department), ())
    once = whole and len(own) == 1 and _spot(own[0]) not in plan.enlarged
    return Kind(number, enterprise, department, Standing.DRAWN, own, whole, teams, once)


def claims_drawn(log: Log) -> Flags:
    """The rows that say they are random checks, or nothing else: under the plan of a draw they claim to come of it."""
    return word_flags(log, "mode", RANDOM, "") if "mode" in log.columns else np.ones(len(log), dtype=np.bool_)


def _plan_numbers(log: Log, draws: tuple[DrawnPlan, ...]) -> Numbers:
    if "plan" not in log.columns:
        return np.full(len(log), NOWHERE, dtype=np.int64)
    codes, numbers = log.codes("plan")
    place = {number: i for i, each in enumerate(draws) for number in each.numbers}
    return np.array([place.get(number, NOWHERE) for number in numbers], dtype=np.int64)[codes]


# ---- where log and records cannot both be true


def log_faults(
    log: LogTable, records: Iterable[Record] = (), *, plans: Words | None = None, register: Register | None = None
) -> tuple[Note, ...]:
    """Why a log does not belong to the records that it is held against: all reasons at once, each with its row.

    These are contradictions, not findings: a plan that nobody knows, an enterprise that was in no register, a check
    made before there was a seed. In all three, log or record is not what it is said to be (another year's file, an id
    with a slip of the pen, a day typed wrongly or written back), and each would make findings that are none: an
    enterprise with a slip in its id looks as if it had never been visited, and another as if it had been picked. So
    `low_quality` refuses such a log. An enterprise that could have been drawn and was not is no contradiction, but a
    finding; so is every other deviation from a draw.

    Args:
        log: a log, or a table that is one.
        records: of the draws; a plan without a record is no fault.
        plans: the numbers of all plans without a draw (special inspections, patrols), if you know them all: then
            every other number that is not that of a record is a fault. None: nothing is said about numbers.
        register: of enterprises. Only where it is the very one that a record was drawn from, an enterprise that claims
            to be drawn from it must be in it; another day's register says nothing about it.

    Returns:
        A note for each number of a plan, each enterprise, and each cell at fault; empty if there are none.

    Raises:
        InputError: a log that contradicts itself, what is no record, two records of plans with one number.
        VerificationError: a record whose amendments do not fit its visits.

    >>> log = {"visit": ["V1"], "enterprise": ["E1"], "department": ["市监"], "plan": ["2023-1"]}
    >>> print(log_faults(log, plans=["2024-1", "2024-2"])[0])
    row 1 (plan): no record and no list of plans has '2023-1': correct the number, give the record, or add it to plans
    """
    known = as_log(log)
    draws = drawn_plans(records)
    numbers = None if plans is None else words(plans)
    refuse([] if register is None else kind_faults(register, Register, "register"))
    refuse(text_faults({f"plans[{i}]": number for i, number in enumerate(numbers or ())}))
    return tuple(matched_faults(known, match(known, draws), numbers, register))


def matched_faults(
    log: Log, matching: Matching, plans: tuple[str, ...] | None, register: Register | None
) -> Iterator[Note]:
    """As `log_faults`, of a log that is matched already."""
    if "plan" not in log.columns:
        return
    if plans is not None:
        yield from _plan_faults(log, matching, frozenset(plans))
    if register is not None:
        yield from _enterprise_faults(log, matching, register)
    for column in TIMES:
        if column in log.columns:
            yield from _time_faults(log, matching, column)


def _plan_faults(log: Log, matching: Matching, plans: frozenset[str]) -> Iterator[Note]:
    codes, numbers = log.codes("plan")
    known = plans | {number for each in matching.plans for number in each.numbers}
    for code, number in enumerate(numbers):
        if number and number not in known:
            yield _at_rows(codes == code, Note("logged-plan-unknown", "plan", {"number": shown(number)}))


def _enterprise_faults(log: Log, matching: Matching, register: Register) -> Iterator[Note]:
    bound = [i for i, each in enumerate(matching.plans) if _is_bound(register, each)]
    codes, names = log.codes("enterprise")
    mine = np.isin(matching.plan_of, bound) & (matching.standing == Standing.UNDRAWN) & claims_drawn(log)
    for code in np.unique(codes[mine]).tolist():
        if names[code] not in register:
            note = Note("logged-enterprise-unknown", "enterprise", {"enterprise": shown(names[code])})
            yield _at_rows(mine & (codes == code), note)


def _is_bound(register: Register, draw: DrawnPlan) -> bool:
    """Whether a register is the one that was drawn from."""
    return len(register) == draw.register.rows and register.digest(draw.scheme) == draw.register.digest


def _time_faults(log: Log, matching: Matching, column: str) -> Iterator[Note]:
    codes, numbers = log.codes("plan")
    begins = {number: begin for each in matching.plans for number, begin in each.numbers.items()}
    earliest = np.array([begins.get(number, 0) for number in numbers], dtype=np.int64)[codes]
    days = log.seconds(column) // DAY
    for row in np.flatnonzero((days >= 0) & (days < earliest)).tolist():
        told = {"day": day_text(int(days[row])), "earliest": day_text(int(earliest[row]))}
        number = numbers[int(codes[row])]
        yield RowFault((row,), Note("logged-before-draw", column, {**told, "number": shown(number)})).told()


def _at_rows(rows: Flags, note: Note) -> Note:
    return RowFault(tuple(np.flatnonzero(rows).tolist()), note).told()
