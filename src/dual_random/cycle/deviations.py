"""Where what was carried out deviates from what was drawn: who came, where, when, and who never did.

Rules on checks look at those whose plan has a record; how many have none is told. Rules on drawn visits look at the
records, and are told only as of a day: before it is over, nobody is late.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Final, NamedTuple, TypeAlias

import numpy as np

from dual_random.cycle.evidence import Facts, Flags, Found, Numbers, blind, joined
from dual_random.cycle.matching import NOWHERE, STANDS, Dealt, DrawnPlan, Kind, Standing, claims_drawn
from dual_random.dates import day_text
from dual_random.errors import Note
from dual_random.visits import Visit

Span: TypeAlias = tuple[int, int]
Spans: TypeAlias = Mapping[str, Span | None]
Numbered: TypeAlias = defaultdict[str, dict[str, int]]  # department, enterprise: a number

_UNKNOWN: Final = 2**62
_NO_DAYS: Final = (1, 0)
_LATER: Final = 14  # days for whoever stands in, after that was stated: longer than any holiday


def _drawn(facts: Facts) -> Flags:
    """The checks carried out that were drawn: the enterprise, for this department."""
    found: Flags = facts.done & (facts.matching.standing == Standing.DRAWN)
    return found


def unrecorded(facts: Facts) -> list[Note]:
    """How many checks are tied to plans of which no record is given, plan by plan."""
    codes, numbers = facts.log.codes("plan")
    counts = np.bincount(codes[facts.done & (facts.matching.plan_of == NOWHERE)], minlength=len(numbers)).tolist()
    pairs = zip(numbers, counts, strict=True)
    return [
        Note("unchecked-no-record", "plan", {"plan": number, "count": count})
        for number, count in pairs
        if number and count
    ]


# ---- who was sent


def other_team(facts: Facts) -> Found:
    """Checks by other people than those who were dealt: then, or by now; nobody goes back for a later amendment."""
    rows = np.flatnonzero(_drawn(facts) & (facts.crew_sizes > 0))
    kinds, crews = facts.matching.kinds, [frozenset(crew) for crew in facts.crews]
    days = facts.log.days("arrived") if facts.has("arrived") else np.full(len(facts.log), -1, dtype=np.int64)
    nobody, notes = 0, []
    numbers = facts.matching.kind_of[rows].tolist(), facts.crew_codes[rows].tolist(), days[rows].tolist()
    for row, number, crew, made in zip(rows.tolist(), *numbers, strict=True):
        kind, came = kinds[number], crews[crew]
        if any(came == team.people and made <= team.until for team in kind.teams):
            continue
        if _all_dealt(kind):
            notes.append(_other_team(facts, row, kind.teams, came))
        else:
            nobody += 1
    return Found(len(rows) - nobody, notes, blind("unchecked-nobody-dealt", nobody))


def _all_dealt(kind: Kind) -> bool:
    """Whether somebody was dealt to every visit that checks may belong to."""
    return {visit.period for visit in kind.visits} <= {team.period for team in kind.teams}


def _other_team(facts: Facts, row: int, teams: tuple[Dealt, ...], came: frozenset[str]) -> Note:
    own = [team.people for team in teams if team.until == STANDS] or [team.people for team in teams]
    dealt = max(own, key=lambda team: (len(team & came), joined(team)))
    told = {"dealt": joined(dealt), "came": joined(came)}
    strange = {"instead": joined(came - dealt) or "–", "missing": joined(dealt - came) or "–"}
    return facts.note("quality-other-team", [row], {**told, **strange})


# ---- who was not drawn


def _as_drawn(facts: Facts) -> Flags:
    """The checks that claim to come of a draw, whose record is given."""
    found: Flags = facts.done & (facts.matching.plan_of != NOWHERE) & claims_drawn(facts.log)
    return found


def undrawn(facts: Facts) -> Found:
    """Visits under the plan of a draw to an enterprise that was not drawn."""
    rows = _as_drawn(facts)
    found = facts.visits_of(rows & (facts.matching.standing == Standing.UNDRAWN))
    return Found(facts.count_visits(rows), [facts.note("quality-undrawn", own, {}) for own in found])


def undrawn_department(facts: Facts) -> Found:
    """Visits to an enterprise that was drawn, but not for this department."""
    rows = _as_drawn(facts) & (facts.matching.standing != Standing.UNDRAWN)
    notes = [
        facts.note("quality-undrawn-department", own, {"drawn": _drawn_departments(facts, own[0])})
        for own in facts.visits_of(rows & (facts.matching.standing == Standing.OTHER_DEPARTMENT))
    ]
    return Found(facts.count_visits(rows), notes)


def _drawn_departments(facts: Facts, row: int) -> str:
    return joined(name for visit in facts.matching.kind(row).visits for name in visit.departments)


# ---- when, and together


def other_period(facts: Facts) -> Found:
    """Checks on a day outside of the period that was drawn; whoever stands in for another may have to come later."""
    days = facts.log.days("arrived")
    rows = _drawn(facts) & (days >= 0)
    spans = _spans(facts)
    dated = rows & np.array([bool(own) for own in spans], dtype=np.bool_)[facts.matching.kind_of]
    untold, notes, unknown = 0, [], Counter[str]()
    for row in np.flatnonzero(dated & ~_within(facts, spans, days)).tolist():
        periods = spans[int(facts.matching.kind_of[row])]
        if None in periods.values():
            untold += 1
            unknown.update(period for period, span in periods.items() if span is None)
        else:
            told = "; ".join(f"{name} {_span_text(span)}" for name, span in sorted(periods.items()) if span)
            arrived = day_text(int(days[row]))
            notes.append(facts.note("quality-other-period", [row], {"periods": told, "arrived": arrived}))
    return Found(int(dated.sum()) - untold, notes, _unknown_periods(unknown))


def _spans(facts: Facts) -> list[Spans]:
    """For each kind of checks the periods that were drawn, mostly one, and their days; equal ones are one value."""
    known: dict[tuple[int, tuple[tuple[str, int], ...]], Spans] = {}
    found = []
    for kind in facts.matching.kinds:
        drawn = kind.visits if kind.standing == Standing.DRAWN else ()
        plan = facts.matching.plans[kind.plan] if drawn else None
        key = kind.plan, tuple([(visit.period, _time_after(plan, visit)) for visit in drawn if visit.period and plan])
        if key not in known:
            spans = {name: (facts.settings.span(plan.plan, name), end) for name, end in key[1]} if plan else {}
            known[key] = {name: span and (span[0], max(span[1], end)) for name, (span, end) in spans.items()}
        found.append(known[key])
    return found


def _time_after(plan: DrawnPlan | None, visit: Visit) -> int:
    """The day until which whoever stands in for another has time, whatever the period; long ago for all others."""
    on = plan.taken_over.get((visit.enterprise, visit.period)) if plan else None
    return 0 if on is None else on + _LATER


def _within(facts: Facts, spans: list[Spans], days: Numbers) -> Flags:
    """The checks on a day of a period that was drawn."""
    found = np.zeros(len(days), dtype=np.bool_)
    for place in range(max(map(len, spans), default=0)):
        own = [(*periods.values(), *[None] * (place + 1))[place] for periods in spans]
        first, last = np.array([span or _NO_DAYS for span in own], dtype=np.int64).T
        found |= (first[facts.matching.kind_of] <= days) & (days <= last[facts.matching.kind_of])
    return found


def _span_text(span: Span) -> str:
    return "/".join(map(day_text, span))


def _unknown_periods(counts: Mapping[str, int]) -> list[Note]:
    return [
        Note("unchecked-period", "", {"period": period, "count": count}) for period, count in sorted(counts.items())
    ]


def split(facts: Facts) -> Found:
    """Visits that were drawn as one and logged as several: no visit of the log has all departments that came.

    Where an enterprise has two drawn visits, as after a substitution, each may well be a visit of its own; so may what
    was taken over by one that had a visit in the same period.
    """
    matching = facts.matching
    single = np.array([kind.standing == Standing.DRAWN and kind.once for kind in matching.kinds], dtype=np.bool_)
    rows = _drawn(facts) & single[matching.kind_of]
    several = _repeated(matching.target_of[rows], facts.log.visits[rows])
    suspects: dict[int, list[int]] = {}
    for row in np.flatnonzero(rows & np.isin(matching.target_of, several)).tolist():
        suspects.setdefault(int(matching.target_of[row]), []).append(row)
    joint = _repeated(matching.target_of[rows], matching.kind_of[rows])
    return Found(len(joint), [note for own in suspects.values() for note in _split(facts, own)])


def _repeated(targets: Numbers, parts: Numbers) -> Numbers:
    """The targets that stand beside two different parts or more."""
    size = int(parts.max(initial=0)) + 1
    found, counts = np.unique(np.unique(targets * size + parts) // size, return_counts=True)
    return found[counts > 1]


def _split(facts: Facts, rows: list[int]) -> list[Note]:
    logged: dict[str, set[str]] = {}
    for row in rows:
        logged.setdefault(facts.visit_of[row], set()).add(facts.cell("department", row))
    together = set[str]().union(*logged.values())
    if together in logged.values():
        return []
    ordered = sorted(rows, key=lambda row: (facts.visit_of[row], facts.cell("department", row)))
    told = {"visits": joined(logged), "departments": joined(together)}
    return [facts.note("quality-split", ordered, told)]


# ---- who never came


class _Absence(NamedTuple):
    """A drawn visit whose time is over: its departments that came, and those that did not and ought to have."""

    plan: str
    visit: Visit
    came: frozenset[str]
    missing: tuple[str, ...]


class _Presence(NamedTuple):
    """The drawn visits as of a day: to how many all came, of them joint ones; the others; periods of unknown days."""

    complete: int
    joint: int
    absences: list[_Absence]
    unknown: Counter[str]


def never_visited(facts: Facts) -> Found:
    """Drawn enterprises to which nobody came."""
    complete, _, absences, unknown = facts.once(_presence)
    notes = [_absence("quality-never-visited", each, facts) for each in absences if not each.came]
    return Found(complete + len(absences), notes, _unknown_periods(unknown))


def never_came(facts: Facts) -> Found:
    """Drawn joint visits to which some departments came, and others never did."""
    _, joint, absences, _ = facts.once(_presence)
    notes = [_absence("quality-never-came", each, facts) for each in absences if each.came]
    return Found(joint + len(notes), notes)


def _absence(code: str, absence: _Absence, facts: Facts) -> Note:
    enterprise = absence.visit.enterprise
    told = {
        "visit": "",
        "enterprise": enterprise,
        "departments": joined(absence.missing),
        "plan": absence.plan,
        "came": joined(absence.came),
        "period": absence.visit.period or "–",
        "as_of": facts.settings.as_of,
    }
    return Note(code, enterprise, told)


def _presence(facts: Facts) -> _Presence:
    complete = joint = 0
    absences, unknown = [], Counter[str]()
    for plan, (came, due) in zip(facts.matching.plans, _logged(facts), strict=True):
        for enterprise, visits in plan.visits.items():
            for visit in _in_time(facts, plan, visits):
                own = [name for name in visit.departments if came[name].get(enterprise, 0) > 0]
                for name in own:
                    came[name][enterprise] -= 1  # who came once did not pay a second visit
                if len(own) == len(visit.departments):
                    complete, joint = complete + 1, joint + visit.joint
                    continue
                last = _last_day(facts, plan, visit)
                ends = {n: due[n].get(enterprise, last) for n in visit.departments if n not in own}
                missing = tuple(name for name, end in ends.items() if end < facts.settings.last_day)
                if _UNKNOWN in ends.values():
                    unknown[visit.period] += 1
                elif missing:
                    absences.append(_Absence(plan.plan, visit, frozenset(own), missing))
    return _Presence(complete, joint, absences, unknown)


def _in_time(facts: Facts, plan: DrawnPlan, visits: tuple[Visit, ...]) -> tuple[Visit, ...]:
    """The visits to one enterprise, the first to be over first: who came once paid that one."""
    if len(visits) == 1:
        return visits
    return tuple(sorted(visits, key=lambda visit: (_last_day(facts, plan, visit), visit.period)))


def _last_day(facts: Facts, plan: DrawnPlan, visit: Visit) -> int:
    """The last day of a visit: that of its period, far away if it is unknown, long ago if the plan has none.

    Whoever stands in for another has some days after that was stated.
    """
    span = facts.settings.span(plan.plan, visit.period) if visit.period else (0, 0)
    return _UNKNOWN if span is None else max(span[1], _time_after(plan, visit))


def _logged(facts: Facts) -> list[tuple[Numbered, Numbered]]:
    """For each draw how often each department came, and until when those that are logged and did not come have time."""
    matching = facts.matching
    found = [(defaultdict[str, dict[str, int]](dict), defaultdict[str, dict[str, int]](dict)) for _ in matching.plans]
    counts = np.bincount(matching.kind_of[facts.done], minlength=len(matching.kinds)).tolist()
    for kind, count in zip(matching.kinds, counts, strict=True):
        if count and kind.standing == Standing.DRAWN:
            found[kind.plan][0][kind.department][kind.enterprise] = count
    dates = facts.log.days("due") if facts.has("due") else np.full(len(facts.log), -1, dtype=np.int64)
    for row in np.flatnonzero((matching.standing == Standing.DRAWN) & ~facts.done & (dates >= 0)).tolist():
        kind = matching.kind(row)
        due = found[kind.plan][1][kind.department]
        due[kind.enterprise] = max(due.get(kind.enterprise, 0), int(dates[row]))
    return found
