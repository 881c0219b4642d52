"""commit: a plan bound to its registers, every number resolved, everything refused that can be, before the seed."""

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Final

import numpy as np
from attrs import evolve

from dual_random import team_rules
from dual_random.cells import over_departments
from dual_random.commitments import (
    Allocation,
    BoundRegister,
    Commitment,
    previous_faults,
    read_allocation,
    void_faults,
)
from dual_random.earlier import chain_faults, earlier_faults, named_record, open_departments, seed_notices, staffed_part
from dual_random.errors import InputError, Note
from dual_random.forms import Pairs, kind_faults, pairs, refuse
from dual_random.plans import Plan
from dual_random.populations import (
    Populations,
    empty_faults,
    plan_places,
    read_populations,
    stratum_key,
    unknown_strata,
    unknown_values,
)
from dual_random.prospects import Prospects, drawn_prospects, visit_prospects
from dual_random.records import Record
from dual_random.registers import Register
from dual_random.schemes import Scheme
from dual_random.staffability import certain_shortages, staffing_faults, staffing_notices
from dual_random.supplements import supplement_notices
from dual_random.team_rules import Meetings, Recusal
from dual_random.teams import find_shortages
from dual_random.text import percent_text, share_text

_TINY: Final = 2  # a stratum drawn at this many times its rate is listed


def commit(
    plan: Plan,
    enterprises: Register,
    inspectors: Register | None = None,
    *,
    recusals: Iterable[Recusal] = (),
    meetings: Mapping[tuple[str, str], int] | Meetings = (),
    previous: str = "",
    voids: Mapping[str, str] | Pairs = (),
    of: Record | None = None,
) -> Commitment:
    """Bind the rules to registers and resolve every number, before the seed exists.

    Args:
        plan: the rules.
        enterprises: the register; its excluded rows are published with the commitment.
        inspectors: the register of those who may be sent; with it every department is staffed, each over its own
            visits. Without it nobody is dealt.
        recusals: who may not go where or when, with reasons.
        meetings: how often two inspectors have met before, for rules with rotation.
        previous: the digest of the authority's commitment before this one; empty for the first.
        voids: the digest of an earlier commitment to the public reason why nobody is drawn by it; in time only if this
            one is published before that one's seed can exist.
        of: the earlier record, for a plan that staffs its visits, or that supplements it.

    Returns:
        The commitment; publish its `digest` at once and its bytes with the result. Its `notices` list strata
        that are drawn at twice their rate or more, values and strata that no row has, departments of which
        no two can ever meet, and what in the rules of teams meets nobody. Of a plan that staffs an earlier record
        they prove it if places cannot be filled, which no seed changes. Of a supplementary plan they list where those
        who were missing are drawn by other rules, or with other chances, than the others were.

    Raises:
        InputError: with all faults: unknown columns, empty populations, strata without a take, bounds that cannot
            be met, a target although no two departments can ever meet, enterprises that could not be staffed even
            alone, recusals and meetings of somebody unknown, another record than the plan names, enterprises that were
            not missing.

    >>> from dual_random import Demand, SeedSource
    >>> enterprises = Register({"id": ["E1", "E2", "E3"], "risk": ["A", "B", "B"]}, id="id", columns=["risk"])
    >>> source = SeedSource(source="双色球", event="2024090期", earliest="2024-08-06T21:15:00+08:00",
    ...                     form="00 00 00 00 00 00 + 00")
    >>> plan = Plan(title="抽查", authority="海曙区", number="2024-3", seed=source,
    ...             demands=[Demand("市监", by="risk", take={"A": "100%", "B": 1})])
    >>> commitment = commit(plan, enterprises)
    >>> [(size.stratum, size.number, size.population) for size in commitment.allocation[0].strata]
    [(('A',), 1, 1), (('B',), 1, 2)]
    """
    refuse(_kind_faults(plan, enterprises, inspectors, of))
    of = named_record(plan, of)
    faults, own_recusals, own_meetings = _tables(recusals, meetings)
    own_voids, found = _voids(voids, previous)
    faults += previous_faults(previous) + found + chain_faults(plan, of)
    if inspectors is None:
        faults += _need_faults(plan, own_recusals, own_meetings)
    allocation: tuple[Allocation, ...] = ()
    notices: tuple[Note, ...] = ()
    if plan.staffs:
        found, prospects = _staffed(plan, enterprises, of)
    else:
        found, prospects, allocation, notices = _drawn(plan, enterprises)
        if of is not None and not chain_faults(plan, of):
            found += earlier_faults(plan, of, enterprises)
            notices = (*notices, *supplement_notices(plan, allocation, of.commitment))
    faults += found
    if inspectors is not None:
        faults += staffing_faults(plan, prospects, inspectors, enterprises, own_recusals, own_meetings)
    refuse(faults)
    told: tuple[Note, ...] = ()
    if inspectors is not None:
        few = certain_shortages(
            plan, _least_visits(plan, allocation), inspectors, enterprises, own_recusals, own_meetings
        )
        told = (*staffing_notices(plan, prospects, inspectors, enterprises), *few, *_unused(plan, own_meetings))
    made = Commitment(
        plan=plan,
        enterprises=_bound(enterprises, plan.scheme),
        allocation=allocation,
        inspectors=None if inspectors is None else _bound(inspectors, plan.scheme),
        recusals=own_recusals,
        meetings=own_meetings,
        previous=previous,
        voids=own_voids,
        notices=(*(seed_notices(plan, of) if of else ()), *notices, *told),
    )
    if of is None or inspectors is None or not plan.staffs:
        return made
    return evolve(made, notices=(*made.notices, *_foreseen(made, enterprises, inspectors, of)))


def _bound(register: Register, scheme: Scheme) -> BoundRegister:
    return BoundRegister(
        digest=register.digest(scheme), rows=len(register), columns=register.columns, excluded=register.excluded
    )


# ---- what was passed


def _kind_faults(plan: Plan, enterprises: Register, inspectors: Register | None, of: Record | None) -> list[Note]:
    faults = kind_faults(plan, Plan, "plan") + kind_faults(enterprises, Register, "enterprises")
    faults += [] if inspectors is None else kind_faults(inspectors, Register, "inspectors")
    return faults + ([] if of is None else kind_faults(of, Record, "of"))


def _tables(
    recusals: Iterable[Recusal], meetings: Mapping[tuple[str, str], int] | Meetings
) -> tuple[list[Note], tuple[Recusal, ...], Meetings]:
    """The two tables in their one form, and their faults; a table with faults counts as empty."""
    faults: list[Note] = []
    own_recusals: tuple[Recusal, ...] = ()
    own_meetings: Meetings = ()
    try:
        own_recusals = team_rules.recusals(recusals)
    except InputError as error:
        faults += [note.under("recusals") for note in error.faults]
    try:
        own_meetings = team_rules.meetings(meetings)
    except InputError as error:
        faults += [note.under("meetings") for note in error.faults]
    wrong = team_rules.recusal_faults(own_recusals, "recusals")
    strange = team_rules.meeting_faults(own_meetings, "meetings")
    return [*faults, *wrong, *strange], () if wrong else own_recusals, () if strange else own_meetings


def _voids(voids: Mapping[str, str] | Pairs, previous: str) -> tuple[Pairs, list[Note]]:
    """What is declared void, in its one form, and why it cannot be."""
    try:
        own = pairs(voids)
    except InputError as error:
        return (), [note.under("voids") for note in error.faults]
    return own, void_faults(own, previous)


def _unused(plan: Plan, meetings: Meetings) -> list[Note]:
    """Meetings that no rule looks at."""
    if not meetings or any(rule.rotate for rule in plan.teams):
        return []
    return [Note("meetings-unused", "meetings", {"count": len(meetings)})]


def _need_faults(plan: Plan, recusals: tuple[Recusal, ...], meetings: Meetings) -> list[Note]:
    """Rules and tables that ask for a register of inspectors, where there is none."""
    stated = {"teams": plan.teams, "recusals": recusals, "meetings": meetings}
    if plan.staffs:
        return [Note("inspectors-needed-now", "inspectors")]
    return [Note("inspectors-needed", name) for name, told in stated.items() if told]


# ---- visits of an earlier record


def _staffed(plan: Plan, enterprises: Register, of: Record | None) -> tuple[list[Note], Mapping[str, Prospects | None]]:
    """The visits that a plan staffs, and why it cannot; nothing, if the record is not the one that it names."""
    if of is None or chain_faults(plan, of):
        return [], {}
    faults = earlier_faults(plan, of, enterprises)
    if faults:
        return faults, {}
    visits = staffed_part(plan, of).visits(enterprises, plan.periods, open_departments(of))
    stops = {department: visits.of_department(department)[1] for department in visits.departments}
    return [], {**visit_prospects(plan, stops)}


def _foreseen(commitment: Commitment, enterprises: Register, inspectors: Register, of: Record) -> Iterator[Note]:
    """Whether the visits can be staffed: they are known, so this is, too, before there is a seed."""
    plan, bound = commitment.plan, of.commitment.enterprises
    if enterprises.digest(of.commitment.plan.scheme) != bound.digest:
        yield Note("staffs-register-other", "enterprises", {"digest": bound.digest})
    visits = staffed_part(plan, of).visits(enterprises, plan.periods, open_departments(of))
    found = find_shortages(commitment, inspectors, enterprises, visits)
    short = [each.department for each in found if each.shortages]
    if short:
        yield Note("staffs-short", "staffs", {"departments": ", ".join(short)})
    for each in found:
        yield from each.notes


# ---- a draw


def _drawn(
    plan: Plan, enterprises: Register
) -> tuple[list[Note], Mapping[str, Prospects | None], tuple[Allocation, ...], tuple[Note, ...]]:
    """The numbers of a plan that draws, its faults, the visits that are possible, and what a reader should know."""
    groups, strange = read_populations(plan, enterprises)
    empty = empty_faults(plan, groups, enterprises)
    allocation, wrong = read_allocation(groups, plan_places(plan))
    apart = [] if strange or empty else _never_meeting(plan, groups)
    aimless = apart if plan.joint.at_least is not None else []
    stated = {numbers.demand: tuple(size.number for size in numbers.strata) for numbers in allocation}
    numbers = [stated.get(population.demand.name, ()) for population in groups.demands]
    faults = [*strange, *empty, *wrong, *aimless]
    notices = (*unknown_values(plan, enterprises), *unknown_strata(groups), *apart) if not faults else ()
    return (
        faults,
        drawn_prospects(plan, groups, numbers),
        allocation,
        (*_tiny_strata(plan, allocation), *notices),
    )


def _least_visits(plan: Plan, allocation: tuple[Allocation, ...]) -> dict[str, int]:
    """How many visits each department has at least: those of the demand that draws most."""
    found: dict[str, int] = {}
    for numbers in allocation:
        name = plan.demand(numbers.demand).department
        found[name] = max(found.get(name, 0), sum(size.number for size in numbers.strata))
    return found


def _never_meeting(plan: Plan, groups: Populations) -> list[Note]:
    """That no enterprise belongs to populations of two departments; said of several, or of one that has a target."""
    members = np.stack([population.stratum >= 0 for population in groups.demands], axis=1)
    coming = over_departments(groups, members)
    if (coming.sum(axis=1) > 1).any():
        return []
    if plan.joint.at_least is not None:
        return [Note("never-meet", "joint.at_least", {"target": percent_text(plan.joint.at_least)})]
    return [Note("populations-apart", "demands")] if coming.shape[1] > 1 else []


def _tiny_strata(plan: Plan, allocation: tuple[Allocation, ...]) -> list[Note]:
    """Strata drawn at twice their rate or more: small ones, where rounding up or a minimum weighs much."""
    notes: list[Note] = []
    for numbers in allocation:
        table = dict(plan.demand(numbers.demand).take)
        for size in numbers.strata:
            rate = table.get(size.stratum, table.get(()))
            if isinstance(rate, Fraction) and rate and size.number >= _TINY * rate * size.population:
                params: dict[str, str | int] = {
                    "number": size.number,
                    "size": size.population,
                    "rate": share_text(rate),
                }
                place = f"{numbers.demand} {stratum_key(size.stratum)}"
                notes.append(Note("stratum-twice-rate", place, params))
    return notes
