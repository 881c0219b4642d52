"""Enterprises that could not be staffed even alone: what `commit` refuses before anybody is drawn (specification 9.4).

Once the seed is known, an enterprise whose places nobody could fill would be a visit that cannot take place, and a
reason to draw again. So every enterprise is looked at that can be drawn, in every period, with all demands that can
meet there; limits are left aside, since they depend on who else is drawn. What is alike is looked at once.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from operator import or_
from typing import Final

import numpy as np
from attrs import frozen

from dual_random.eligibility import Crew, Standing
from dual_random.errors import Note
from dual_random.flows import shortage
from dual_random.plans import Plan
from dual_random.populations import Codes, distinct
from dual_random.prospects import Prospects
from dual_random.registers import Register
from dual_random.rosters import read_crews, roster_notices
from dual_random.tasks import Opening, Task, either, numbers
from dual_random.team_rules import Meetings, Recusal
from dual_random.tickets import Rows

_TOLD: Final = 10  # kinds of enterprises of one department that are told singly
_SHOWN: Final = 3  # values, periods


@frozen(eq=False)
class Gap:
    """Enterprises that cannot be staffed, all for the same reason.

    Args:
        slots: that cannot be filled together, by their places in the rule.
        periods: when; empty if in every period.
        counts: how many people are left: of all, after each condition, in the same districts, not recused, on duty.
        rows: the enterprises, ascending.
    """

    slots: Standing
    periods: tuple[int, ...]
    counts: tuple[int, ...]
    rows: Rows


def lacking(openings: Sequence[Opening]) -> tuple[Standing, ...]:
    """The slots of one visit that different people cannot fill; none if all can be filled.

    Every slot with fewer people than places is one answer. If there is none, but all together cannot be filled, the
    answer is a set of slots whose people, counted once each, are fewer than its places; by Hall's theorem ("On
    representatives of subsets", 1935) there is one.

    >>> lacking([Opening(0, 1, 0b001), Opening(1, 1, 0b111), Opening(2, 1, 0b001)])
    ((0, 2),)
    """
    needs = sum(opening.need for opening in openings)
    if all(opening.eligible.bit_count() >= needs for opening in openings):
        return ()
    alone = [(opening.slot,) for opening in openings if opening.eligible.bit_count() < opening.need]
    return tuple(sorted(alone)) or _together(openings)


def _together(openings: Sequence[Opening]) -> tuple[Standing, ...]:
    count = max(opening.eligible.bit_length() for opening in openings)
    visit = Task(
        people=(b"",) * count, carried=(0,) * count, visits=(b"",), periods=(0,), openings=(tuple(openings),), met={}
    )
    cut = shortage(visit, None)
    if cut is None:
        return ()
    left = [openings[place] for _, place in cut.openings]
    while (place := _needless(left)) is not None:
        del left[place]
    return (tuple(sorted(opening.slot for opening in left)),)


def _needless(openings: Sequence[Opening]) -> int | None:
    """The place of the last slot without which the others have more places than people; None if there is none."""
    needs = sum(opening.need for opening in openings)
    before = list(accumulate((opening.eligible for opening in openings), or_, initial=0))
    after = list(accumulate((opening.eligible for opening in reversed(openings)), or_, initial=0))
    for place in reversed(range(len(openings))):
        others = before[place] | after[-2 - place]
        if others.bit_count() < needs - openings[place].need:
            return place
    return None


def find_gaps(crew: Crew, prospects: Prospects) -> list[Gap]:
    """The enterprises of a department that cannot be staffed even alone, the most numerous first."""
    of_period = np.array(crew.period_kinds, dtype=np.intp)
    columns = [(prospects.pattern, len(prospects.patterns)), *crew.alike(prospects.rows)]
    if prospects.periods is not None:
        columns.append((of_period[prospects.periods], len(crew.period_kinds)))
    kinds, example = distinct(columns, len(prospects.rows))
    found: dict[_Reason, list[int]] = {}
    for kind, place in enumerate(example.tolist()):
        periods = set(crew.period_kinds) if prospects.periods is None else {int(of_period[prospects.periods[place]])}
        for reason in _reasons(crew, prospects.patterns[prospects.pattern[place]], int(prospects.rows[place]), periods):
            found.setdefault(reason, []).append(kind)
    of_kind = _rows_of_kinds(kinds, {kind for own in found.values() for kind in own}, prospects.rows)
    gaps = [
        Gap(reason.slots, reason.periods, reason.counts, np.sort(np.concatenate([of_kind[kind] for kind in own])))
        for reason, own in found.items()
    ]
    return sorted(gaps, key=lambda gap: (-len(gap.rows), int(gap.rows[0]), gap.slots, gap.periods))


@frozen
class _Reason:
    slots: Standing
    periods: tuple[int, ...]
    counts: tuple[int, ...]
    values: tuple[str | None, ...]  # of the enterprise, in the columns that must be the same; None if nobody has it


def _rows_of_kinds(kinds: Codes, wanted: set[int], rows: Rows) -> dict[int, Rows]:
    """The rows of some kinds, by kind."""
    if not wanted:
        return {}
    asked = np.zeros(int(kinds.max()) + 1, dtype=np.bool_)
    asked[list(wanted)] = True
    places = np.flatnonzero(asked[kinds])
    places = places[np.argsort(kinds[places], kind="stable")]
    parts = np.split(rows[places], np.flatnonzero(np.diff(kinds[places])) + 1)
    return dict(zip(sorted(wanted), parts, strict=True))


def _reasons(crew: Crew, patterns: Sequence[Standing], row: int, kinds: set[int]) -> Iterator[_Reason]:
    """Why an enterprise cannot be staffed in periods of these kinds, with one of these sets of slots."""
    found: dict[tuple[Standing, tuple[int, ...]], set[int]] = {}
    for kind in () if _plenty(crew, patterns, row) else sorted(kinds):
        period = crew.period_kinds.index(kind)
        lacks = {slots for own in patterns for slots in lacking(crew.openings(own, row, period))}
        for slots in sorted(lacks):
            found.setdefault((slots, _funnel(crew, slots, row, period)), set()).add(kind)
    always = set(crew.period_kinds)
    for (slots, counts), when in found.items():
        periods = () if when == always else tuple(p for p, kind in enumerate(crew.period_kinds) if kind in when)
        yield _Reason(slots, periods, counts, _known_values(crew, slots, row))


def _plenty(crew: Crew, patterns: Sequence[Standing], row: int) -> bool:
    """Whether each slot alone has people for all places, even without all who are missing in some period."""
    missing = crew.missing_ever(row)
    slots = {slot for standing in patterns for slot in standing}
    left = {slot: (crew.posts[slot].among(crew.values(slot, row)) & ~missing).bit_count() for slot in slots}
    for standing in patterns:
        needs = sum(crew.rule.slots[slot].count for slot in standing)
        if any(left[slot] < needs for slot in standing):
            return False
    return True


def _known_values(crew: Crew, slots: Standing, row: int) -> tuple[str | None, ...]:
    return tuple(
        value if value in crew.cells[own] else None
        for slot in slots
        for (own, _), value in zip(crew.rule.slots[slot].same, crew.values(slot, row), strict=True)
    )


def _funnel(crew: Crew, slots: Standing, row: int, period: int) -> tuple[int, ...]:
    """How many people are left after each step; of several slots, whoever is left for one of them."""
    narrowed = [crew.posts[slot].narrowed(crew.values(slot, row)) for slot in slots]
    steps = narrowed[0] if len(slots) == 1 else [narrowed[0][0], either(own[-1] for own in narrowed)]
    unrecused = steps[-1] & ~crew.kept_away(row, period)
    return tuple(people.bit_count() for people in (*steps, unrecused, unrecused & ~crew.absent(period)))


# ---- too few in any case


def certain_shortages(
    plan: Plan,
    visits: Mapping[str, int],
    inspectors: Register,
    enterprises: Register,
    recusals: Sequence[Recusal] = (),
    meetings: Meetings = (),
) -> tuple[Note, ...]:
    """Slots whose places nobody draws can fill, whatever the seed: their people, counted by their limits, are too few.

    Only what is certain is told; `rehearse` tells what is likely. The plan has no fault.

    Args:
        plan: the rules.
        visits: by department, how many visits it has at least.
        inspectors, enterprises: the registers.
        recusals, meetings: the tables of the commitment.
    """
    found, _ = read_crews(plan, tuple(visits), inspectors, enterprises, recusals, meetings)
    return tuple(note for crew in found for note in _too_many_places(crew, visits[crew.department]))


def _too_many_places(crew: Crew, visits: int) -> Iterator[Note]:
    """Each slot that every visit has, by itself, and then all of them."""
    rule = crew.rule
    always = [post for post in crew.posts if not post.slot.only_for and not post.slot.not_for]
    groups = [([post.slot], post.met[-1]) for post in always]
    if len(always) > 1:
        groups.append(([post.slot for post in always], either(post.met[-1] for post in always)))
    most = None if rule.relief else rule.most
    a_person = visits if rule.most_per_period is None else rule.most_per_period * max(1, len(crew.periods))
    for slots, people in groups:
        places = visits * sum(slot.count for slot in slots)
        rooms = [a_person if most is None else max(0, most - crew.carried[person]) for person in numbers(people)]
        supply = sum(min(room, a_person, visits) for room in rooms)
        if supply < places:
            told = {"visits": visits, "places": places, "people": len(rooms), "supply": supply}
            names = " + ".join(slot.name for slot in slots)
            yield Note("staffing-too-few", f"teams.{crew.department}", {**told, "slots": names})
            break


# ---- told


def staffing_faults(
    plan: Plan,
    prospects: Mapping[str, Prospects | None],
    inspectors: Register,
    enterprises: Register,
    recusals: Sequence[Recusal] = (),
    meetings: Meetings = (),
) -> list[Note]:
    """Why a plan cannot be staffed: all faults of its teams, registers and tables, and all enterprises without a team.

    Args:
        plan: the rules.
        prospects: the visits that are possible, by department (`drawn_prospects`, `visit_prospects`).
        inspectors, enterprises: the registers.
        recusals, meetings: the tables of the commitment.
    """
    crews, faults = read_crews(plan, tuple(prospects), inspectors, enterprises, recusals, meetings)
    for crew in crews:
        own = prospects[crew.department]
        faults += _notes(crew, find_gaps(crew, own)) if own is not None else []
    return faults


def staffing_notices(
    plan: Plan, prospects: Mapping[str, Prospects | None], inspectors: Register, enterprises: Register
) -> tuple[Note, ...]:
    """What no rule forbids and a reader of a plan with teams should know; the plan has no fault."""
    known = [(department, own) for department, own in prospects.items() if own is not None]
    bare = [note for department, own in known for note in _bare(department, own, enterprises)]
    return (*roster_notices(plan, tuple(prospects), inspectors), *bare)


def _bare(department: str, prospects: Prospects, enterprises: Register) -> Iterator[Note]:
    """Enterprises to which a department may come without a single place."""
    empty = np.array([() in sets for sets in prospects.patterns], dtype=np.bool_)
    rows = prospects.rows[empty[prospects.pattern]] if len(prospects.rows) else prospects.rows
    if len(rows):
        told: dict[str, str | int] = {"department": department, "count": len(rows), "example": _id(enterprises, rows)}
        yield Note("visits-without-places", f"teams.{department}", told)


def _id(enterprises: Register, rows: Rows) -> str:
    return enterprises.id_bytes(int(rows[0])).decode()


def _notes(crew: Crew, gaps: Sequence[Gap]) -> Iterator[Note]:
    """The most numerous kinds singly, the others counted: a slip of the pen should not give ten thousand lines."""
    at = f"teams.{crew.department}"
    yield from (_gap_note(crew, gap, at) for gap in gaps[:_TOLD])
    if rest := gaps[_TOLD:]:
        count = len(np.unique(np.concatenate([gap.rows for gap in rest])))
        yield Note("staffing-short-more", at, {"kinds": len(rest), "count": count})


def _gap_note(crew: Crew, gap: Gap, at: str) -> Note:
    slots = [crew.rule.slots[slot] for slot in gap.slots]
    told: dict[str, str | int] = {
        "count": len(gap.rows),
        "example": _id(crew.enterprises, gap.rows),
        "department": crew.department,
        "slots": " + ".join(f"{slot.name} {slot.count}" for slot in slots),
        "needs": sum(slot.count for slot in slots),
        "funnel": " → ".join(_funnel_texts(crew, gap)),
        "unrecused": gap.counts[-2],
        "present": gap.counts[-1],
    }
    if not gap.periods:
        return Note("staffing-short", at, told)
    return Note("staffing-short-then", at, {**told, "periods": _list(crew.periods[period] for period in gap.periods)})


def _funnel_texts(crew: Crew, gap: Gap) -> Iterator[str]:
    """The people of a department, and how many meet each condition, one after the other."""
    yield str(gap.counts[0])
    if len(gap.slots) > 1:
        steps = ["/".join(crew.rule.slots[slot].name for slot in gap.slots)]
    else:
        rule = crew.rule.slots[gap.slots[0]]
        steps = [f"{column} = {_list(allowed, '/')}" for column, allowed in rule.where]
        steps += [f"{own} = {_list(_values(crew.enterprises, theirs, gap.rows), '/')}" for own, theirs in rule.same]
    for step, count in zip(steps, gap.counts[1:-2], strict=True):
        yield f"{step}: {count}"


def _values(enterprises: Register, column: str, rows: Rows) -> list[str]:
    """The values that some enterprises have in a column, no more than tell whether there are too many to show."""
    codes, values = enterprises.codes(column)
    return [values[code] for code in np.unique(codes[rows])[: _SHOWN + 1].tolist()]


def _list(texts: Iterable[str], comma: str = ", ") -> str:
    kept = [text or "''" for text in texts]
    return comma.join(kept[:_SHOWN]) + (f"{comma}…" if len(kept) > _SHOWN else "")
