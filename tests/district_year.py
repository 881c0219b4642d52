"""The synthetic district's year as docs/year.md leads through it: drawn once for all tests that look at it."""

from collections.abc import Mapping
from functools import cache
from typing import Final

from attrs import frozen

from dual_random import Change, Draw, Register, commit, draw
from dual_random.cycle.arrangements import schedule
from dual_random.cycle.calendars import Calendar
from dual_random.cycle.holidays import year_calendar
from dual_random.cycle.merging import merge
from dual_random.cycle.needs import Need
from dual_random.cycle.rounds import Merged
from dual_random.cycle.savings import Drawn
from dual_random.cycle.year_logs import year_log
from dual_random.cycle.years import (
    SCENES,
    SEED,
    year_enterprises,
    year_inspectors,
    year_needs,
    year_plans,
)

MARCH: Final = "2023-03"


@frozen
class Year:
    """All that there is of the year, before the log."""

    enterprises: Register
    inspectors: Register
    needs: tuple[Need, ...]
    merged: Merged
    calendar: Calendar
    draws: tuple[Draw, ...]

    @property
    def drawn(self) -> Drawn:
        """The records with their schedules."""
        return tuple((each.record, schedule(each.record, self.calendar)) for each in self.draws)

    def log(self) -> Mapping[str, list[str]]:
        """The log of the year."""
        return year_log(self.drawn, self.needs, self.enterprises, self.inspectors, self.calendar)


@cache
def year() -> Year:
    """The year, with the two amendments of the page."""
    enterprises = year_enterprises()
    needs = year_needs(enterprises)
    inspectors, merged = year_inspectors(needs), merge(needs, enterprises, related=SCENES.values())
    draws: list[Draw] = []
    previous = ""
    for plan in year_plans(merged):
        commitment = commit(plan, enterprises, inspectors, previous=previous)
        draws.append(draw(commitment, enterprises, inspectors, seed=SEED))
        previous = commitment.digest
    draws[0] = draws[0].amend(_changes(draws[0]))
    return Year(enterprises, inspectors, needs, merged, year_calendar(), tuple(draws))


def _changes(drawn: Draw) -> list[Change]:
    """A firm found closed, and somebody ill: of the first two joint visits of March."""
    closed, other = [visit for visit in drawn.record.values() if visit.period == MARCH and visit.joint][:2]
    ill = other.team[other.lead][0]
    return [
        Change(enterprise=closed.enterprise, reason="closed", on="2023-03-06"),
        Change(enterprise=other.enterprise, inspector=ill, reason="ill", on="2023-03-13"),
    ]


@cache
def log() -> Mapping[str, list[str]]:
    """Its log, which nobody may change."""
    return year().log()
