"""Flaws that a single visit or check shows by itself, without any record of a draw."""

from typing import Final

import numpy as np

from dual_random.cycle.contradictions import time_text
from dual_random.cycle.evidence import MINUTE, Facts, Flags, Found, Numbers, blind, joined
from dual_random.dates import DAY, day, day_text
from dual_random.errors import Note

_FAR: Final = 2**60  # seconds, later than any time


# ---- the target


def deregistered(facts: Facts) -> Found:
    """Visits with a result to an enterprise that the log itself calls deregistered on the day."""
    looked = facts.done & ~facts.untraceable
    known = looked & ~facts.flags("status", [""])
    found = facts.visits_of(known & facts.flags("status", facts.settings.deregistered))
    notes = [
        facts.note("quality-deregistered", rows, {"status": joined(facts.cell("status", row) for row in rows)})
        for rows in found
    ]
    return Found(facts.count_visits(known), notes, blind("unchecked-no-status", facts.count_visits(looked & ~known)))


def deregistered_in_register(facts: Facts) -> Found:
    """Visits with a result to an enterprise that a register calls deregistered."""
    register, column = facts.settings.register, facts.settings.status_column
    if register is None:
        return Found(0, [])
    codes, statuses = register.codes(column)
    gone = np.flatnonzero(np.isin(codes, [i for i, text in enumerate(statuses) if text in facts.settings.deregistered]))
    status = {name: statuses[int(codes[row])] for name, row in zip(register.ids_at(gone), gone.tolist(), strict=True)}
    known = set(register)
    looked = facts.done & ~facts.untraceable
    inside = looked & facts.flags("enterprise", known)
    notes = [
        facts.note("quality-deregistered-in-register", rows, {"status": status[facts.cell("enterprise", rows[0])]})
        for rows in facts.visits_of(inside & facts.flags("enterprise", status))
    ]
    return Found(
        facts.count_visits(inside), notes, blind("unchecked-not-in-register", facts.count_visits(looked & ~inside))
    )


# ---- departments on one visit


def apart(facts: Facts) -> Found:
    """Joint visits whose departments arrived further apart than the tolerance.

    A day without an hour may be any hour of it: such a visit is found only if no hours would bring the departments
    together, and untold if some would and some would not.
    """
    rows = facts.joint & facts.done & (facts.arrived >= 0)
    visits = facts.log.visits
    late = np.where(facts.timed, facts.arrived, facts.arrived + DAY - 1)
    least = _of_each(visits, rows, facts.arrived, np.maximum) - _of_each(visits, rows, late, np.minimum)
    most = _of_each(visits, rows, late, np.maximum) - _of_each(visits, rows, facts.arrived, np.minimum)
    several = rows & (np.bincount(visits[rows], minlength=len(facts.log.visit_ids)) > 1)[visits]
    tolerance = facts.settings.together * MINUTE
    found = facts.visits_of(several & (least > tolerance)[visits])
    untold = several & ((most > tolerance) & (least <= tolerance))[visits]
    notes = [_apart(facts, own, int(least[visits[own[0]]])) for own in found]
    return Found(facts.count_visits(several), notes, blind("unchecked-no-hours", facts.count_visits(untold)))


def _of_each(visits: Numbers, rows: Flags, values: Numbers, reduce: np.ufunc) -> Numbers:
    """The largest or smallest value of each visit among some rows."""
    size = int(visits.max()) + 1 if len(visits) else 0
    found = np.full(size, -_FAR if reduce is np.maximum else _FAR, dtype=np.int64)
    reduce.at(found, visits[rows], values[rows])
    return found


def _apart(facts: Facts, rows: list[int], gap: int) -> Note:
    """The first and the last to arrive; minutes are rounded up, so that they exceed the tolerance as the seconds do."""
    ordered = sorted(rows, key=lambda row: (int(facts.arrived[row]), facts.cell("department", row)))
    first, last = ordered[0], ordered[-1]
    return facts.note(
        "quality-apart",
        rows,
        {
            "first": facts.cell("department", first),
            "first_arrived": facts.arrival(first),
            "last": facts.cell("department", last),
            "last_arrived": facts.arrival(last),
            "minutes": -(-gap // MINUTE),
            "together": facts.settings.together,
        },
    )


def alone(facts: Facts) -> Found:
    """Visits registered as joint to which one department came."""
    rows = facts.joint & facts.done
    came = np.bincount(facts.log.visits[rows], minlength=len(facts.log.visit_ids))
    notes = []
    for own in facts.visits_of((came == 1)[facts.log.visits]):
        there = [row for row in own if facts.done[row]]
        registered = joined(facts.cell("department", row) for row in own)
        notes.append(facts.note("quality-alone", there, {"registered": registered}))
    return Found(facts.count_visits(rows), notes)


# ---- people


def few_inspectors(facts: Facts) -> Found:
    """Checks by fewer different people than the least."""
    named = facts.done & (facts.crew_sizes > 0)
    least = facts.settings.least_inspectors
    notes = [
        facts.note("quality-few-inspectors", [row], {"inspectors": joined(facts.crew(row)), "least": least})
        for row in np.flatnonzero(named & (facts.crew_sizes < least)).tolist()
    ]
    return Found(int(named.sum()), notes)


def no_inspectors(facts: Facts) -> Found:
    """Checks for which the log names nobody."""
    rows = np.flatnonzero(facts.done & (facts.crew_sizes == 0)).tolist()
    return Found(int(facts.done.sum()), [facts.note("quality-no-inspectors", [row], {}) for row in rows])


# ---- plan and times


def unplanned(facts: Facts) -> Found:
    """Visits that are tied to no plan, and are of a mode that needs one."""
    looked = facts.done & ~facts.flags("mode", facts.settings.without_plan)
    notes = [
        facts.note("quality-unplanned", rows, {"mode": facts.cell("mode", rows[0]) or "–"})
        for rows in facts.visits_of(looked & facts.flags("plan", [""]))
    ]
    return Found(facts.count_visits(looked), notes)


def too_short(facts: Facts) -> Found:
    """Checks shorter than any can be; where nobody was to be found, that is no wonder."""
    rows = facts.done & ~facts.untraceable
    return _durations(facts, "quality-short", rows, facts.left - facts.arrived < facts.settings.shortest * MINUTE)


def too_long(facts: Facts) -> Found:
    """Checks longer than any can be."""
    return _durations(facts, "quality-long", facts.done, facts.left - facts.arrived > facts.settings.longest * MINUTE)


def _durations(facts: Facts, code: str, looked: Flags, wrong: Flags) -> Found:
    rows = looked & facts.lasting
    notes = [
        facts.note(
            code, [row], {**_hours(facts, row), "shortest": facts.settings.shortest, "longest": facts.settings.longest}
        )
        for row in np.flatnonzero(rows & wrong).tolist()
    ]
    return Found(int(rows.sum()), notes, blind("unchecked-no-duration", looked & ~facts.lasting))


def _hours(facts: Facts, row: int) -> dict[str, str | int]:
    arrived, left = int(facts.arrived[row]), int(facts.left[row])
    times = {"arrived": time_text(arrived, timed=True), "left": time_text(left, timed=True)}
    return {**times, "minutes": (left - arrived) // MINUTE}


# ---- publication


def published_late(facts: Facts) -> Found:
    """Checks published after more working days than allowed."""
    published = facts.log.days("published")
    rows = facts.done & (published >= 0)
    late, untold = _overdue(facts, rows, published)
    notes = [
        facts.note("quality-published-late", [row], {**_due(facts, row), "published": day_text(int(published[row]))})
        for row in np.flatnonzero(late).tolist()
    ]
    return Found(int((rows & ~untold).sum()), notes, blind("unchecked-beyond-calendar", untold))


def unpublished(facts: Facts) -> Found:
    """Checks that ought to be published and are not."""
    rows = facts.done & (facts.log.days("published") < 0)
    late, untold = _overdue(facts, rows, np.full(len(facts.log), facts.settings.last_day, dtype=np.int64))
    notes = [
        facts.note("quality-unpublished", [row], {**_due(facts, row), "as_of": facts.settings.as_of})
        for row in np.flatnonzero(late).tolist()
    ]
    return Found(int((facts.done & ~untold).sum()), notes, blind("unchecked-beyond-calendar", untold))


def _overdue(facts: Facts, rows: Flags, ends: Numbers) -> tuple[Flags, Flags]:
    """Which rows ended after the last day for publication, and of which the calendar cannot tell."""
    calendar = facts.settings.calendar
    if calendar is None:
        return np.zeros_like(rows), rows
    days = facts.log.days("arrived")
    last = calendar.deadlines(days, facts.settings.publish_within)
    first, end = map(day, calendar.covers)
    in_time = (days >= first) & (ends <= end)
    return rows & (last >= 0) & (ends > last), rows & (last < 0) & ~in_time


def _due(facts: Facts, row: int) -> dict[str, str | int]:
    """When a check was made, and the last day for its publication."""
    calendar, within = facts.settings.calendar, facts.settings.publish_within
    made = facts.log.days("arrived")[row : row + 1]
    last = "" if calendar is None else day_text(int(calendar.deadlines(made, within)[0]))
    return {"arrived": day_text(int(made[0])), "last": last, "within": within}
