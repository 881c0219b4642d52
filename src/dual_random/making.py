"""Records made anew: what commitment, registers and key give, as it is published.

`draw` makes a record so, and `verify` makes it again; nothing is checked here.
"""

from collections.abc import Sequence
from itertools import compress

import numpy as np
from attrs import evolve

from dual_random.commitments import BoundRegister, Commitment
from dual_random.earlier import Part
from dual_random.errors import Note
from dual_random.expectations import expect
from dual_random.forms import Pairs
from dual_random.periods import periods_of
from dual_random.populations import Flags, Populations, distinct
from dual_random.receipts import receipt_tree
from dual_random.records import Record
from dual_random.registers import Register
from dual_random.replays import Replay, replay
from dual_random.schemes import Scheme
from dual_random.staffing import PlaceTable, Staffing
from dual_random.teams import Teams, Visits, deal_teams
from dual_random.tickets import digests
from dual_random.visits import Outcome, Served

# ---- the registers


def registers_faults(commitment: Commitment, enterprises: Register, inspectors: Register | None) -> list[Note]:
    """Why registers are not those that were committed; that of inspectors may be missing only if none was."""
    scheme, bound = commitment.plan.scheme, commitment.inspectors
    faults = register_faults(scheme, commitment.enterprises, enterprises, "enterprises")
    if bound is None:
        return faults + ([] if inspectors is None else [Note("inspectors-unneeded", "inspectors")])
    if inspectors is None:
        return [*faults, Note("inspectors-missing", "inspectors", {"digest": bound.digest})]
    return faults + register_faults(scheme, bound, inspectors, "inspectors")


def register_faults(scheme: Scheme, bound: BoundRegister, register: Register, at: str) -> list[Note]:
    """Why a register is not the one that was committed: other columns, another number of rows, another digest."""
    if register.columns != bound.columns:
        stated, found = ", ".join(bound.columns) or "–", ", ".join(register.columns) or "–"
        return [Note("register-columns", f"{at}.columns", {"stated": stated, "found": found})]
    if len(register) != bound.rows:
        return [Note("register-rows", f"{at}.rows", {"stated": bound.rows, "found": len(register)})]
    found = register.digest(scheme)
    if found != bound.digest:
        option = "--inspectors-against" if at.endswith("inspectors") else "--against"
        return [Note("register-digest", f"{at}.digest", {"stated": bound.digest, "found": found, "option": option})]
    return []


# ---- a draw


def recompute(
    commitment: Commitment,
    enterprises: Register,
    inspectors: Register | None,
    groups: Populations,
    *,
    key: str,
    seed: str,
    secrets: Pairs,
) -> Record:
    """The record that a key gives, from the numbers of the commitment.

    Where inspectors were committed and none are given, nobody is dealt, and the receipts are those without teams.
    """
    drawn = replay(commitment, enterprises, groups, key)
    visits, plan = visits_of(drawn), commitment.plan
    names = visits.enterprises
    record = Record(
        commitment=commitment,
        seed=seed,
        secrets=secrets,
        outcome=drawn.outcome(expect(groups, drawn.numbers)),
        enterprises=tuple(names),
        tickets=[ticket.hex() for ticket in digests(drawn.tickets.start, map(str.encode, names))],
        served=tuple(visits.served),
        periods=[plan.periods[place] for place in visits.periods] if plan.periods else (),
        extra=tuple(compress(names, drawn.meeting.extra.tolist())),
        cells=drawn.cells,
    )
    return _with_teams(record, enterprises, inspectors, key, visits)


def restaff(
    commitment: Commitment,
    kept: Part,
    departments: tuple[str, ...],
    enterprises: Register,
    inspectors: Register | None,
    *,
    key: str,
    seed: str,
    secrets: Pairs,
) -> Record:
    """The record of a plan that staffs visits of an earlier one: they as they stand there, and who goes."""
    record = Record(
        commitment=commitment,
        seed=seed,
        secrets=secrets,
        outcome=_counts(kept.served),
        enterprises=kept.enterprises,
        tickets=kept.tickets,
        served=kept.served,
        periods=kept.periods,
        extra=kept.extra,
    )
    visits = kept.visits(enterprises, commitment.plan.periods, departments)
    return _with_teams(record, enterprises, inspectors, key, visits)


def _counts(served: Sequence[Served]) -> Outcome:
    """What some visits amount to; of a target there is no question."""
    sizes = [len(each.departments) for each in served]
    joint = [size for size in sizes if size > 1]
    return Outcome(
        visits=len(sizes), joint_visits=len(joint), checks=sum(sizes), joint_checks=sum(joint), target_met=True
    )


def _with_teams(record: Record, enterprises: Register, inspectors: Register | None, key: str, visits: Visits) -> Record:
    """A record with who goes, and with its receipts."""
    commitment = record.commitment
    dealt = Teams(visits, ()) if inspectors is None else deal_teams(commitment, inspectors, enterprises, key, visits)
    return with_places(record, dealt.places, dealt.staffing, key, visits.periods)


def with_places(
    record: Record, places: PlaceTable, staffing: tuple[Staffing, ...], key: str, periods: Sequence[int]
) -> Record:
    """A record with these people on its visits, and with the receipts that this makes; periods count from 0."""
    filled = bool(places.inspectors)
    teams = dict(zip(record.enterprises, places.teams(), strict=True)) if filled else {}
    scheme = record.commitment.plan.scheme
    tree = receipt_tree(scheme, key, record.enterprises, record.served, periods, teams)
    return evolve(record, places=places, staffing=staffing, receipts=tree.receipts)


# ---- visits


def visits_of(drawn: Replay) -> Visits:
    """The visits of a draw, in the order of their tickets, as every department is to be dealt over them."""
    plan, tickets = drawn.commitment.plan, drawn.tickets
    names = tickets.enterprises.ids_at(drawn.meeting.rows)
    served = _served(drawn.groups, drawn.meeting.served)
    periods = periods_of(plan.scheme, tickets.key, names, max(1, len(plan.periods)))
    return Visits(names, served, periods, drawn.meeting.rows, all_departments(served))


def all_departments(served: Sequence[Served]) -> tuple[str, ...]:
    """The departments of some visits, in byte order."""
    return tuple(sorted({name for each in set(served) for name in each.departments}))


def _served(groups: Populations, served: Flags) -> tuple[Served, ...]:
    """What each visit is for, as shared values."""
    kinds, example = distinct([(column, 2) for column in served.T], len(served))
    patterns = [_pattern(groups, flags) for flags in served[example]]
    return tuple(map(patterns.__getitem__, kinds.tolist()))


def _pattern(groups: Populations, flags: Flags) -> Served:
    demands = [groups.demands[place].demand for place in np.flatnonzero(flags)]
    return Served(
        tuple(sorted(demand.name for demand in demands)),
        tuple(sorted({demand.department for demand in demands})),
        demands[0].department,
    )
