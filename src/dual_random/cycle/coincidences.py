"""What several checks show together: one person in two places at once, one text at many enterprises."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from operator import itemgetter
from typing import Final, NamedTuple

import numpy as np

from dual_random.cycle.contradictions import time_text
from dual_random.cycle.evidence import Facts, Found, Numbers, Params, blind, joined
from dual_random.errors import Note
from dual_random.staffing import brief
from dual_random.tables import SEPARATOR

_FAR: Final = 2**40  # seconds, more than any time has


# ---- in two places at once


class _Stay(NamedTuple):
    """One person at one enterprise; in this order of its parts, so that no order of the rows matters."""

    person: int
    arrived: int
    end: int  # exclusive
    visit: str
    department: str
    enterprise: str
    row: int


def two_places(facts: Facts) -> Found:
    """Checks by somebody who was at another enterprise at that time.

    Each is told once, with the check before it that lasted longest, person by person. Somebody is at an enterprise from
    the second of arrival; until when, if the log does not tell, is not guessed: then that second alone counts.
    """
    rows = np.flatnonzero(facts.timed & (facts.crew_sizes > 0))
    rivals: dict[int, list[tuple[int, int]]] = {}
    for later, earlier in _overlaps(facts, rows):
        rivals.setdefault(later.row, []).append((later.person, earlier.row))
    names = facts.once(_people)
    notes = [_two_places(facts, row, {names[person]: other for person, other in own}) for row, own in rivals.items()]
    return Found(len(rows), notes, blind("unchecked-no-arrival", facts.done & ~facts.timed))


def _people(facts: Facts) -> list[str]:
    return sorted({name for crew in facts.crews for name in crew})


def _ends(facts: Facts) -> Numbers:
    """When each check was over at the earliest."""
    found: Numbers = np.where(facts.lasting, np.maximum(facts.left, facts.arrived + 1), facts.arrived + 1)
    return found


def _overlaps(facts: Facts, rows: Numbers) -> Iterator[tuple[_Stay, _Stay]]:
    """Stays of one person that began during an earlier one at another enterprise, each with the longest such."""
    people, own = _presence(facts, rows)
    begins, ends = people * _FAR + facts.arrived[own], people * _FAR + _ends(facts)[own]
    order = np.argsort(begins, kind="stable")
    reached = np.maximum.accumulate(ends[order])
    busy = order[1:][reached[:-1] > begins[order][1:]]  # only the people among these are looked at one by one
    kept = np.isin(people, np.unique(people[busy]))
    stays = sorted(_stays(facts, people[kept].tolist(), own[kept].tolist()))
    for _, alike in groupby(stays, key=itemgetter(0)):
        yield from _during(alike)


def _presence(facts: Facts, rows: Numbers) -> tuple[Numbers, Numbers]:
    """Some rows with a line for each of their people: the people, as numbers, and the rows."""
    number = {name: i for i, name in enumerate(facts.once(_people))}
    members = np.array([number[name] for crew in facts.crews for name in crew], dtype=np.int64)
    begins = np.cumsum([0, *map(len, facts.crews)])
    sizes = facts.crew_sizes[rows]
    first = np.repeat(begins[facts.crew_codes[rows]], sizes)
    within = np.arange(len(first)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return members[first + within], np.repeat(rows, sizes)


def _stays(facts: Facts, people: Iterable[int], rows: Iterable[int]) -> Iterator[_Stay]:
    ends = _ends(facts)
    for person, row in zip(people, rows, strict=True):
        times = int(facts.arrived[row]), int(ends[row])
        place = facts.visit_of[row], facts.cell("department", row), facts.cell("enterprise", row)
        yield _Stay(person, *times, *place, row)


def _during(stays: Iterable[_Stay]) -> Iterator[tuple[_Stay, _Stay]]:
    """The stays of one person, by arrival, that began during one elsewhere.

    Two are remembered: the one that lasts longest, and the one that lasts longest at any other enterprise than that.
    """
    longest: _Stay | None = None
    elsewhere: _Stay | None = None
    for stay in stays:
        rival = elsewhere if longest and longest.enterprise == stay.enterprise else longest
        if rival and rival.end > stay.arrived:
            yield stay, rival
        if longest is None or (longest.enterprise == stay.enterprise and longest.end < stay.end):
            longest = stay
        elif longest.enterprise != stay.enterprise and longest.end < stay.end:
            longest, elsewhere = stay, longest
        elif longest.enterprise != stay.enterprise and (elsewhere is None or elsewhere.end < stay.end):
            elsewhere = stay


def _two_places(facts: Facts, row: int, others: Mapping[str, int]) -> Note:
    elsewhere = "; ".join(f"{person}: {_stay(facts, other)}" for person, other in sorted(others.items()))
    told = {"inspectors": joined(others), "arrived": facts.arrival(row), "elsewhere": elsewhere}
    return facts.note("quality-two-places", [row], told)


def _stay(facts: Facts, row: int) -> str:
    """Where and when, in signs that read alike in both languages."""
    left = time_text(int(facts.left[row]), timed=True) if facts.lasting[row] else ""
    return f"{facts.cell('enterprise', row)} ({facts.visit_of[row]}) {facts.arrival(row)}/{left}"


# ---- the same words


def copied(facts: Facts) -> Found:
    """Texts that the same people wrote at many enterprises, word for word."""
    codes, texts = facts.log.codes("finding")
    telling = np.array([not facts.settings.is_plain(text) for text in texts], dtype=np.bool_)[codes]
    rows = np.flatnonzero(facts.done & telling & (facts.crew_sizes > 0))
    own = _teams(facts)[facts.crew_codes[rows]]
    groups, group_of = np.unique(codes[rows].astype(np.int64) * (own.max(initial=0) + 1) + own, return_inverse=True)
    enterprises, names = facts.log.codes("enterprise")
    places = np.unique(group_of * len(names) + enterprises[rows])
    many = np.flatnonzero(np.bincount(places // max(len(names), 1), minlength=len(groups)) >= facts.settings.copies)
    notes = [_copied(facts, own_rows) for own_rows in _grouped(rows, group_of, many)]
    unnamed = facts.done & telling & (facts.crew_sizes == 0)
    return Found(len(groups), notes, blind("unchecked-no-people", unnamed))


def _teams(facts: Facts) -> Numbers:
    """For each value of the column of inspectors a number of its people, whatever their order."""
    number = {crew: i for i, crew in enumerate(dict.fromkeys(facts.crews))}
    return np.array([number[crew] for crew in facts.crews], dtype=np.int64)


def _grouped(rows: Numbers, group_of: Numbers, wanted: Numbers) -> list[list[int]]:
    found: dict[int, list[int]] = {group: [] for group in wanted.tolist()}
    kept = np.isin(group_of, wanted)
    for row, group in zip(rows[kept].tolist(), group_of[kept].tolist(), strict=True):
        found[group].append(row)
    return list(found.values())


def _copied(facts: Facts, rows: list[int]) -> Note:
    """At the first visit in byte order; all visits and enterprises stand in the params."""
    visits = sorted({facts.visit_of[row] for row in rows})
    enterprises = sorted({facts.cell("enterprise", row) for row in rows})
    first = [row for row in rows if facts.visit_of[row] == visits[0]]
    told: Params = {
        "departments": joined(facts.cell("department", row) for row in rows),
        "text": facts.cell("finding", rows[0]),
        "inspectors": joined(facts.crew(rows[0])),
        "count": len(enterprises),
        "places": brief(enterprises),
        "enterprises": SEPARATOR.join(enterprises),
        "visits": SEPARATOR.join(visits),
        "copies": facts.settings.copies,
    }
    return facts.note("quality-copied", first, told)
