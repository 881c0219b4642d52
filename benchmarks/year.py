"""The year of docs/year.md step by step: seconds, and ratios to a plain loop in the same run.

Usage: ``python benchmarks/year.py [--repeats 5]``. The unit x is a bare loop that hashes the ids of all 30,000
enterprises: the least that a hash-based draw of them costs in Python. Every step is repeated and its median taken; the
sum is that of the steps that the year needs beside the draws: merged, scheduled, measured. Nothing here is a test.
"""

import argparse
import gc
import hashlib
import platform
from collections.abc import Callable, Mapping
from statistics import median
from time import perf_counter
from typing import Final, TypeVar

import numpy as np

from dual_random import Record, Register, commit, draw
from dual_random.cycle.arrangements import schedule, schedule_errands
from dual_random.cycle.calendars import Calendar, iso_window, month_of
from dual_random.cycle.closures import close_out
from dual_random.cycle.errands import merge_visits
from dual_random.cycle.holidays import year_calendar
from dual_random.cycle.logs import Log
from dual_random.cycle.measurement import indicators
from dual_random.cycle.merging import merge
from dual_random.cycle.quality import low_quality
from dual_random.cycle.savings import saved_by_month
from dual_random.cycle.schedules import Schedule
from dual_random.cycle.year_logs import year_log
from dual_random.cycle.years import SCENES, SEED, year_enterprises, year_inspectors, year_needs, year_plans
from dual_random.plans import Plan

GROUPS: Final = ("", "department", "month", "risk")
AS_OF: Final = "2024-01-31"
Result = TypeVar("Result")


class Clock:
    """Steps with their median seconds, printed as rows of a table."""

    def __init__(self, repeats: int, unit: float) -> None:
        self.repeats, self.unit, self.total = repeats, unit, 0.0

    def step(self, name: str, job: Callable[[], Result], *, counts: bool = True) -> Result:
        """What a job returns; its seconds go into the sum unless the year could do without it."""
        seconds, made = timed(job, self.repeats)
        self.total += seconds if counts else 0
        self.row(name, seconds)
        return made

    def row(self, name: str, seconds: float) -> None:
        print(f"| {name} | {seconds:.3f} | {seconds / self.unit:.1f} |", flush=True)


def timed(job: Callable[[], Result], repeats: int) -> tuple[float, Result]:
    """Median seconds, and what was made."""
    seconds = []
    for _ in range(repeats):
        gc.collect()
        begin = perf_counter()
        made = job()
        seconds.append(perf_counter() - begin)
    return median(seconds), made


def bare(names: list[str]) -> None:
    """The unit: what no draw by hashing can undercut."""
    copy = hashlib.sha256(b"k" * 64 + b"\ntarget\n").copy
    for name in names:
        state = copy()
        state.update(name.encode())
        state.digest()


def drawn(plans: tuple[Plan, ...], enterprises: Register, inspectors: Register) -> list[Record]:
    """All draws of the year."""
    return [draw(commit(plan, enterprises, inspectors), enterprises, inspectors, seed=SEED).record for plan in plans]


def checks(log: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """The checks of a log as they were to be made, within their months."""
    windows = [iso_window(month_of(arrived)) for arrived in log["arrived"]]
    names = ("enterprise", "department", "items", "plan", "mode")
    unique = dict.fromkeys(zip(*(log[name] for name in names), windows, strict=True))
    made = {name: [str(row[i]) for row in unique] for i, name in enumerate(names)}
    starts, ends = zip(*(row[-1] for row in unique if row[-1]), strict=True)
    return {**made, "starts": list(starts), "ends": list(ends)}


def main() -> None:
    """Run the year and print Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=5)
    repeats = parser.parse_args().repeats
    print(
        f"{platform.python_implementation()} {platform.python_version()}, numpy {np.__version__}, {platform.platform()}"
    )
    enterprises, calendar = year_enterprises(), year_calendar()
    unit, _ = timed(lambda: bare(list(enterprises)), repeats)
    clock = Clock(repeats, unit)
    print("\n| step | s | x |\n|---|---|---|")
    clock.row("the unit: 30,000 ids hashed", unit)
    needs = year_needs(enterprises)
    inspectors = year_inspectors(needs)
    merged = clock.step("merge: 32 needs", lambda: merge(needs, enterprises, related=SCENES.values()))
    plans = year_plans(merged)
    clock.step("(draw of 20,535 checks, without people)", lambda: bare_draws(plans, enterprises), counts=False)
    records = clock.step("(draw with people)", lambda: drawn(plans, enterprises, inspectors), counts=False)
    planned = clock.step("schedule: three records", lambda: [schedule(each, calendar) for each in records])
    table = year_log(list(zip(records, planned, strict=True)), needs, enterprises, inspectors, calendar)
    measured(clock, table, records, planned, calendar, enterprises)
    clock.row("**merged, scheduled, measured**", clock.total)


def bare_draws(plans: tuple[Plan, ...], enterprises: Register) -> list[Record]:
    """All draws of the year, of enterprises alone."""
    return [draw(commit(plan, enterprises), enterprises, seed=SEED).record for plan in plans]


def measured(
    clock: Clock,
    table: Mapping[str, list[str]],
    records: list[Record],
    planned: list[Schedule],
    calendar: Calendar,
    enterprises: Register,
) -> None:
    """The steps that read the log."""
    wanted = checks(table)
    related = SCENES.values()
    errands = clock.step(
        f"merge_visits: {len(wanted['enterprise']):,} checks", lambda: merge_visits(wanted, related=related)
    )
    clock.step(
        f"schedule_errands: {len(errands):,} visits",
        lambda: schedule_errands(errands, calendar, seed=SEED, label="benchmark"),
    )
    clock.step("saved_by_month", lambda: saved_by_month(list(zip(records, planned, strict=True))))
    log = clock.step(f"Log: {len(table['visit']):,} rows read", lambda: Log(table, columns=["risk"]))
    clock.step(
        f"indicators, by {len(GROUPS)} groupings",
        lambda: [indicators(log, by=by, as_of=AS_OF, working_days=calendar.working_days) for by in GROUPS],
    )
    clock.step("close_out of all tasks", lambda: [close_out(each, log, as_of="2023-12-31") for each in planned])
    clock.step(
        "low_quality, all rules",
        lambda: low_quality(log, records, as_of=AS_OF, working_days=calendar, register=enterprises),
    )


if __name__ == "__main__":
    main()
