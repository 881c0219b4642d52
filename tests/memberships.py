"""Populations made of the strata of each enterprise, without a register; and draws over them with made-up tickets."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import permutations
from typing import TypeAlias

import numpy as np

import oracle
from dual_random.commitments import allocate
from dual_random.joint import Meeting, meet
from dual_random.marks import Marks
from dual_random.plans import Demand, JointRule
from dual_random.populations import Population, Populations, stratum_key
from dual_random.schemes import Scheme, ticket, ticket_start
from dual_random.spreading import Lots
from dual_random.tickets import Words, first_words

Sizes: TypeAlias = dict[tuple[str, tuple[str, ...]], int]


def of_membership(
    member: oracle.Membership, department: Mapping[str, str], follow: Mapping[str, str]
) -> tuple[list[str], Populations]:
    """Populations from the strata of each enterprise; the demands in the order of `department`."""
    ids = sorted(member)
    kinds = [tuple(sorted(member[enterprise].items())) for enterprise in ids]
    profiles = sorted(set(kinds))
    made = []
    for name in department:
        own = [dict(profile).get(name) for profile in profiles]
        strata = sorted({stratum for stratum in own if stratum is not None}, key=stratum_key)
        number = {stratum: i for i, stratum in enumerate(strata)}
        sizes = tuple(sum(member[enterprise].get(name) == stratum for enterprise in ids) for stratum in strata)
        place = np.array([-1 if stratum is None else number[stratum] for stratum in own], dtype=np.intp)
        made.append(Population(_demand(name, department, follow), tuple(strata), sizes, place))
    profile = np.array([profiles.index(kind) for kind in kinds], dtype=np.intp)
    return ids, Populations(profile, np.bincount(profile, minlength=len(profiles)), tuple(made))


def _demand(name: str, department: Mapping[str, str], follow: Mapping[str, str]) -> Demand:
    if name in follow:
        return Demand(name, department=department[name], follow=follow[name])
    return Demand(name, department=department[name], take=0)


def numbers_of(groups: Populations, sizes: Sizes) -> list[list[int]]:
    """The numbers of each demand by stratum, none for followers."""
    return [
        [] if each.demand.follow else [sizes[each.demand.name, stratum] for stratum in each.strata]
        for each in groups.demands
    ]


def resolved(groups: Populations) -> list[list[int]]:
    """The numbers that the plan of some populations gives, none for followers."""
    numbers = {each.demand: [size.number for size in each.strata] for each in allocate(groups)}
    return [numbers.get(each.demand.name, []) for each in groups.demands]


def visits_of(ids: Sequence[str], groups: Populations, drawn: Marks | Meeting) -> dict[str, list[str]]:
    """The demands of each visit, in ticket order of the visits."""
    names = [each.demand.name for each in groups.demands]
    pairs = zip(drawn.rows.tolist(), drawn.served.tolist(), strict=True)
    return {ids[row]: sorted(name for name, flag in zip(names, flags, strict=True) if flag) for row, flags in pairs}


def words_of(scheme: Scheme, key: str, ids: Sequence[str]) -> Words:
    """First words of the tickets of some ids."""
    return first_words(ticket_start(scheme, key, "target"), [[name.encode() for name in ids]], len(ids))


def no_ties(row: int) -> tuple[bytes, bytes]:
    """For tickets that are known to differ in their first word."""
    raise AssertionError(f"row {row} was asked for its whole ticket")


def lots_of(scheme: Scheme, key: str) -> Lots:
    """The `department` tickets under a key."""
    return lambda cell, names: [bytes.fromhex(ticket(scheme, key, "department", cell, name)) for name in names]


def met(groups: Populations, sizes: Sizes, words: Words, rule: JointRule, lots: Lots, spare: int = 6) -> Meeting:
    """A joint draw with tickets that are known to differ in their first word."""
    return meet(groups, numbers_of(groups, sizes), rule, words, no_ties, lots, spare)


def orders(size: int) -> Iterator[Words]:
    """First words of tickets in every order, spread over their whole range so that candidates are cut."""
    step = 2**64 // size
    for order in permutations(range(size)):
        yield np.array([step * place + 7 for place in order], dtype=np.uint64)
