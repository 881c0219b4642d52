"""Merging: single-department plans become joint ones by stated rules, before anything is drawn (应并尽并).

Merged plans draw by the same tickets, so departments meet as often as their populations allow, and every need keeps its
own demand: its population, strata and numbers, and so everybody's chance, stay exactly as they were. Nothing is
turned into a demand that follows another one: enterprises of its own population outside of the other's would lose
their chance without anybody having said so.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Final, cast

import numpy as np
from attrs import Factory, field, frozen
from numpy.typing import NDArray

from dual_random.commitments import Allocation, read_allocation
from dual_random.cycle.needs import Need, Span
from dual_random.cycle.rounds import Merged, Round, Step, Turn
from dual_random.cycle.topics import Groups, group_faults, groups_of, topics
from dual_random.errors import Note
from dual_random.expectations import fewest_visits, independent_visits
from dual_random.forms import (
    Pairs,
    Words,
    kind_faults,
    kinds_faults,
    listed,
    pair_faults,
    pairs,
    positive_faults,
    refuse,
    repeat_faults,
    words,
)
from dual_random.plans import SOUND, Plan, SeedSource
from dual_random.populations import Populations, empty_faults, read_populations
from dual_random.registers import Register
from dual_random.text import shown, text_faults

_DEMAND: Final = re.compile(r"demands\[([0-9]+)\]")


def merge(
    needs: Iterable[Need],
    enterprises: Register,
    *,
    related: Iterable[Words] = (),
    leads: Words = (),
    days: int = 1,
    barred: Pairs | Mapping[str, str] = (),
) -> Merged:
    """Merge single-department plans into rounds that are drawn together.

    The rule, the same for every order of the input:

    1. A need with `times` t is t turns; its window is split evenly among them.
    2. Two needs can be joined if all three hold: they share objects (some enterprise of the register belongs to both
       populations), their content is related (an item in common, or items of one declared group), and their windows
       have `days` days in common.
    3. The rarer follows the more frequent. Needs stand in order: more times first, then the larger population, then
       the name's bytes. The first is an *anchor*: each of its turns opens a round. Every later need that can be joined
       with it puts each of its turns, in order, into the round of this anchor that keeps the most days in common
       with all that is there (the earlier round on ties): `days` at least. So two turns of one need, which have no
       day in common, never share a round.
    4. Turns that found no round go on to the next anchor: the next need in order that has turns left.
    5. The anchor's department leads, unless a department of the round stands in `leads`: then the first of those. Its
       demands stand first in the plan, then those of departments in `leads`, then the others in the order of rule 3.

    Nothing is lost: every turn of every need stands in exactly one round, within its own window.

    Args:
        needs: of one authority's year; names are unique.
        enterprises: the register over which populations are compared; the draws may use later ones.
        related: groups of items that are declared related (监管一件事), as groups of words.
        leads: departments that lead where they take part, the first of them first.
        days: the fewest days that a round must keep in common, be they worked or not. With 1, a need of three days that
            joins leaves three days to everybody in the round: `Merged.notices` tells it.
        barred: enterprise to public reason, as in `Plan`; goes into every plan.

    Returns:
        The rounds, the visits before and after, and the reasons.

    Raises:
        InputError: with all faults: two needs of one name, groups that name unknown items, an unknown lead, columns
            that the register lacks, empty populations, strata without a take.

    >>> from dual_random import Demand, Register
    >>> shops = Register({"id": [f"E{i}" for i in range(40)], "kind": ["inn", "mill"] * 20}, id="id", columns=["kind"])
    >>> merged = merge(
    ...     [
    ...         Need(Demand("市监", take="10%"), items="证照", starts="2024-03-01", ends="2024-10-31", times=2),
    ...         Need(
    ...             Demand("消防", where={"kind": "inn"}, take="20%"),
    ...             items="通道",
    ...             starts="2024-05-01",
    ...             ends="2024-06-30",
    ...         ),
    ...     ],
    ...     shops,
    ...     related=[["证照", "通道"]],
    ... )
    >>> [(round.starts, round.ends, round.departments) for round in merged.rounds]
    [('2024-05-01', '2024-06-30', ('市监', '消防')), ('2024-07-01', '2024-10-31', ('市监',))]
    >>> merged.before, merged.fewest
    (12, Fraction(10, 1))
    """
    kept, groups, order = tuple(listed(needs)), groups_of(related), words(leads)
    out, faults = pairs(barred), positive_faults(days, "days")
    faults += kind_faults(enterprises, Register, "enterprises") + pair_faults(out, "barred")
    faults += kinds_faults(kept, Need, "needs") if kept else [Note("needs-missing", "needs")]
    refuse(faults)
    cases, read = _read(kept, enterprises, _readable(groups), out)
    refuse([*_argument_faults(kept, groups, order), *read])
    opened, held = _opened(cases.all, days)
    opened.sort(key=lambda each: (*each.span, each.turns[0][0].name))
    numbers = {each: number for number, each in enumerate(opened, 1)}
    rounds = tuple(_round(number, each, order, cases) for each, number in numbers.items())
    steps = tuple(each.step(numbers) for each in held)
    by_name = tuple(sorted(kept, key=lambda need: need.name))
    return Merged(needs=by_name, rounds=rounds, steps=steps, days=days, barred=out)


# ---- what is handed in


def _readable(groups: Groups) -> Groups:
    """The items that are text; the others are refused with all other faults."""
    return tuple(tuple([item for item in group if isinstance(item, str)]) for group in groups)


def _argument_faults(needs: tuple[Need, ...], groups: Groups, leads: tuple[str, ...]) -> list[Note]:
    departments = sorted({need.department for need in needs})
    faults = repeat_faults((need.name for need in needs), "needs")
    faults += group_faults(groups, "related", frozenset(item for need in needs for item in need.items))
    faults += text_faults({f"leads[{i}]": lead for i, lead in enumerate(leads)}) + repeat_faults(leads, "leads")
    return faults + [
        Note("lead-unknown", f"leads[{i}]", {"name": shown(lead), "known": ", ".join(departments)})
        for i, lead in enumerate(leads)
        if lead not in departments
    ]


@frozen(eq=False)
class _Case:
    """A need with what the register says of it.

    Args:
        place: of its demand among the populations.
        size: enterprises in its population.
        number: how many are drawn in each turn.
        members: the profiles that belong to it, as bits.
        topics: what its content touches.
    """

    need: Need
    place: int
    size: int
    number: int
    members: NDArray[np.uint8]
    topics: frozenset[str | int]
    span: Span = field(init=False, default=Factory(lambda case: case.need.span, takes_self=True))

    @property
    def name(self) -> str:
        return self.need.name


@frozen(eq=False)
class _Cases:
    """All needs in the order of the rule, and the populations and numbers from which rounds are counted."""

    all: tuple[_Case, ...]
    groups: Populations
    allocation: tuple[Allocation, ...]

    def visits(self, places: Sequence[int]) -> tuple[int, Fraction]:
        """Visits of independent draws, and the fewest that any draws expect, for the demands at some places."""
        own = sorted(places)
        groups = Populations(self.groups.profile, self.groups.sizes, tuple(self.groups.demands[i] for i in own))
        numbers = [[size.number for size in self.allocation[i].strata] for i in own]
        return independent_visits(groups, numbers), fewest_visits(groups, numbers)


def _read(needs: tuple[Need, ...], enterprises: Register, groups: Groups, barred: Pairs) -> tuple[_Cases, list[Note]]:
    """The needs over the register, or why they cannot be read, each with its place among the needs."""
    place = {need.name: i for i, need in reversed(list(enumerate(needs)))}
    ordered = sorted((needs[i] for i in place.values()), key=lambda need: need.name)
    plan = _whole(ordered, barred)
    read, faults = read_populations(plan, enterprises)
    allocation, uncounted = read_allocation(read, {need.name: i for i, need in enumerate(ordered)})
    faults += [*empty_faults(plan, read, enterprises), *uncounted]
    if faults:
        where = [place[need.name] for need in ordered]
        return _Cases((), read, ()), [_of_need(note, where) for note in faults]
    members = np.packbits(np.stack([population.stratum >= 0 for population in read.demands]), axis=1)
    cases = [
        _Case(
            need,
            i,
            sum(read.demands[i].sizes),
            sum(size.number for size in allocation[i].strata),
            members[i],
            topics(need.items, groups),
        )
        for i, need in enumerate(ordered)
    ]
    cases.sort(key=lambda case: (-case.need.times, -case.size, case.name))
    return _Cases(tuple(cases), read, allocation), []


def _whole(needs: Sequence[Need], barred: Pairs) -> Plan:
    """All demands in one plan, only to be read against the register."""
    seed = cast(SeedSource, SOUND[SeedSource])
    demands = tuple(need.demand for need in needs)
    return Plan(title="-", authority="-", number="-", seed=seed, demands=demands, barred=barred)


def _of_need(note: Note, where: Sequence[int]) -> Note:
    """A statement on a demand of that plan as one on the need it comes from."""
    found = _DEMAND.match(note.at)
    if not found:
        return note
    return Note(note.code, f"needs[{where[int(found[1])]}].demand{note.at[found.end() :]}", note.params)


# ---- the rule


@frozen(eq=False)
class _Open:
    """A round as it fills up: its turns, the anchor's first, and the days that all have in common."""

    turns: list[tuple[_Case, int]]
    common: list[int]

    @property
    def span(self) -> Span:
        return self.common[0], self.common[1]

    def days_with(self, span: Span) -> int:
        """The days that would stay in common if a turn of this span joined; none beside another turn of its need."""
        return min(self.common[1], span[1]) - max(self.common[0], span[0]) + 1

    def join(self, case: _Case, turn: int, span: Span) -> None:
        self.turns.append((case, turn))
        self.common[:] = max(self.common[0], span[0]), min(self.common[1], span[1])


@frozen(eq=False)
class _Held:
    """A need held against an anchor; rounds have no numbers yet."""

    case: _Case
    anchor: _Case
    apart: tuple[str, ...]
    joined: tuple[tuple[int, _Open, int], ...] = ()
    unfit: tuple[int, ...] = ()

    def step(self, numbers: Mapping[_Open, int]) -> Step:
        joined = tuple((turn, numbers[there], days) for turn, there, days in self.joined)
        return Step(self.case.name, self.anchor.name, self.apart, joined, self.unfit)


def _opened(cases: Sequence[_Case], days: int) -> tuple[list[_Open], list[_Held]]:
    """Rules 3 and 4: every anchor in order opens rounds for its turns that are left, and all later needs try them."""
    left = {case.name: dict(enumerate(case.need.turns, 1)) for case in cases}
    rounds: list[_Open] = []
    held: list[_Held] = []
    for place, anchor in enumerate(cases):
        own = [_Open([(anchor, turn)], list(span)) for turn, span in left.pop(anchor.name).items()]
        rounds += own
        for case in cases[place + 1 :] if own else ():
            if left[case.name]:
                held.append(_hold(case, anchor, own, left[case.name], days))
                for turn, _, _ in held[-1].joined:
                    del left[case.name][turn]
    return rounds, held


def _hold(case: _Case, anchor: _Case, rounds: list[_Open], turns: dict[int, Span], days: int) -> _Held:
    """One need against an anchor: what fails, or where each of its turns goes."""
    apart = _apart(case, anchor, days)
    if apart:
        return _Held(case, anchor, apart)
    joined: list[tuple[int, _Open, int]] = []
    unfit: list[int] = []
    for turn, span in turns.items():
        best = max(rounds, key=lambda each: each.days_with(span))  # max keeps the first: the earliest
        common = best.days_with(span)
        if common >= days:
            best.join(case, turn, span)
            joined.append((turn, best, common))
        else:
            unfit.append(turn)
    return _Held(case, anchor, (), tuple(joined), tuple(unfit))


def _apart(case: _Case, anchor: _Case, days: int) -> tuple[str, ...]:
    """Rule 2: the conditions that fail."""
    common = min(case.span[1], anchor.span[1]) - max(case.span[0], anchor.span[0]) + 1
    failed = {
        "objects-apart": not (case.members & anchor.members).any(),
        "content-apart": case.topics.isdisjoint(anchor.topics),
        "windows-apart": common < days,
    }
    return tuple(code for code, fails in failed.items() if fails)


# ---- rounds


def _round(number: int, filled: _Open, leads: tuple[str, ...], cases: _Cases) -> Round:
    """A round as it is told: who leads (rule 5), and how many visits to expect."""
    anchor = filled.turns[0][0].need.department
    present = {case.need.department for case, _ in filled.turns}
    lead = next((name for name in leads if name in present), anchor)
    rank = {lead: -1, **{name: place for place, name in enumerate(leads) if name != lead}}
    ordered = sorted(filled.turns, key=lambda each: rank.get(each[0].need.department, len(leads)))
    turns = tuple(Turn(case.need, turn, case.need.turns[turn - 1], case.number) for case, turn in ordered)
    independent, fewest = cases.visits([case.place for case, _ in ordered])
    return Round(number, turns, lead, independent, fewest)
