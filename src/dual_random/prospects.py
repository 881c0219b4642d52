"""Which visits are possible: where a department can have one, when, and with which slots (specification 9.4).

Rules and numbers alone decide this, no ticket: it is what can be known before the seed.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, combinations
from typing import Final, TypeAlias

import numpy as np
from attrs import frozen

from dual_random.eligibility import Standing, Stops, standing
from dual_random.plans import Plan
from dual_random.populations import Codes, Population, Populations, distinct
from dual_random.team_rules import TeamRule
from dual_random.tickets import Rows

Statuses: TypeAlias = Mapping[str, int]  # by demand: whether it never, perhaps or always comes

_NEVER: Final = 0
_PERHAPS: Final = 1
_ALWAYS: Final = 2


@frozen(eq=False)
class Prospects:
    """Where a department can have a visit, and which slots such a visit can have.

    Args:
        rows: the enterprises, ascending.
        pattern: for each the number of its pattern.
        patterns: the sets of slots that a visit can have. Of sets within each other only the largest stand here, since
            who can fill them can fill the others; and the empty set, if a visit can be without any place.
        periods: the period of each; None if it may be any.
    """

    rows: Rows
    pattern: Codes
    patterns: tuple[tuple[Standing, ...], ...]
    periods: Codes | None = None


def visit_prospects(plan: Plan, stops: Mapping[str, Stops]) -> dict[str, Prospects]:
    """The visits of a record, by department: they are known."""
    return {department: _visited(plan.team_rule(department), own) for department, own in stops.items()}


def _visited(rule: TeamRule, stops: Stops) -> Prospects:
    order = np.argsort(stops.rows, kind="stable")
    pattern, found = stops.standings(rule)
    periods = np.array(stops.periods, dtype=np.intp)
    return Prospects(stops.rows[order], pattern[order], tuple((each,) for each in found), periods[order])


def drawn_prospects(plan: Plan, groups: Populations, numbers: Sequence[Sequence[int]]) -> dict[str, Prospects | None]:
    """The visits that a plan can lead to, by department.

    A demand can come to an enterprise of its population if its number in that stratum is above 0; it always comes if
    its number is the whole stratum. A demand that follows another comes, in its own population, exactly where that one
    does. All else is taken as possible together: more than can happen where one draw contains another.

    Args:
        plan: the rules.
        groups: the populations that could be read.
        numbers: how many are drawn, for each of them (empty for one that follows) and stratum.

    Returns:
        None for a department with a demand, or with a slot that depends on a demand, whose population or numbers could
        not be found.
    """
    coming = _coming(groups, numbers)
    departments = dict.fromkeys(demand.department for demand in plan.demands)
    return {department: _drawn(plan, department, groups, coming) for department in departments}


def _coming(groups: Populations, numbers: Sequence[Sequence[int]]) -> dict[str, Codes]:
    """By demand, for each profile whether it never, perhaps or always comes."""
    known = {
        population.demand.name: (population, own)
        for population, own in zip(groups.demands, numbers, strict=True)
        if len(own) == len(population.strata) and not population.demand.follow
    }
    leads = {
        population.demand.name: population.demand.follow or population.demand.name for population in groups.demands
    }
    return {
        population.demand.name: _statuses(population, *known[lead])
        for population in groups.demands
        if (lead := leads[population.demand.name]) in known
    }


def _statuses(population: Population, lead: Population, numbers: Sequence[int]) -> Codes:
    """Whether a demand comes to each profile, by the numbers of the demand that it follows or is."""
    sizes = zip(numbers, lead.sizes, strict=True)
    of_stratum = [_NEVER if not number else _ALWAYS if number == size else _PERHAPS for number, size in sizes]
    drawn = np.array([*of_stratum, _NEVER], dtype=np.intp)[lead.stratum]  # -1, outside, is the last
    return np.where(population.stratum >= 0, drawn, _NEVER)


def _drawn(plan: Plan, department: str, groups: Populations, coming: Mapping[str, Codes]) -> Prospects | None:
    rule = plan.team_rule(department)
    own = [demand.name for demand in plan.demands if demand.department == department]
    read = sorted({*own, *rule.demands})
    if not coming.keys() >= set(read):
        return None
    kinds, example = distinct([(coming[name], 3) for name in read], len(groups.sizes))
    lead = {demand.name: demand.follow or demand.name for demand in plan.demands}
    found = [
        _standings(rule, {name: int(coming[name][profile]) for name in read}, lead, own) for profile in example.tolist()
    ]
    possible = np.array([bool(sets) for sets in found], dtype=np.bool_)[kinds]
    rows = np.flatnonzero(possible[groups.profile])
    return Prospects(rows, kinds[groups.profile[rows]], tuple(found))


def _standings(rule: TeamRule, status: Statuses, lead: Mapping[str, str], own: Sequence[str]) -> tuple[Standing, ...]:
    """The sets of slots that a visit of a department can have, where demands come as stated; none without a visit.

    Args:
        rule: the department's.
        status: of its demands, and of those on which its slots depend.
        lead: for every demand the one that it follows, or itself.
        own: the department's demands, one of which must come.
    """
    named = sorted(rule.demands)
    loose = sorted({lead[name] for name in named if status[name] == _PERHAPS})

    def come(names: Iterable[str], chosen: Iterable[str]) -> list[str]:
        return [name for name in names if status[name] == _ALWAYS or (status[name] and lead[name] in chosen)]

    free = {lead[name] for name in own} - set(loose)  # may come or not, and no slot asks
    found = {
        standing(rule, come(named, chosen))
        for chosen in chain.from_iterable(combinations(loose, count) for count in range(len(loose) + 1))
        if come(own, {*chosen, *free})
    }
    return _largest(found)


def _largest(found: Iterable[Standing]) -> tuple[Standing, ...]:
    """The sets of slots that are within no other one, and the empty one if it is among them."""
    kept: list[frozenset[int]] = []
    for slots in sorted(map(frozenset, found), key=len, reverse=True):
        if not slots or not any(slots < more for more in kept):
            kept.append(slots)
    return tuple(sorted(tuple(sorted(slots)) for slots in kept))
