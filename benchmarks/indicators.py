"""Logs to indicators: seconds, and ratios to the least that the same rows cost in Python within the same process.

Usage: ``python benchmarks/indicators.py [--visits 10000 1000000] [--rows 1000000]``. A log of so many visits has half
as many checks again; `--rows` also makes one of exactly so many rows. The unit x is a bare loop over the rows that
keeps, in one dictionary, whether each visit found a problem: the least of one single indicator. Every job is repeated
and its median taken. Nothing here is a test.
"""

import argparse
import gc
import platform
import statistics
import time
import tracemalloc
from collections.abc import Callable
from datetime import date, timedelta
from itertools import combinations
from typing import Final

import numpy as np

from dual_random import indicators
from dual_random.cycle import Log

DEPARTMENTS: Final = [f"部门{number:02d}" for number in range(32)]
ITEMS: Final = [f"事项{number:03d}" for number in range(200)]
BEGIN: Final = date(2024, 1, 1)
WORKING_DAYS: Final = [one.isoformat() for number in range(500) if (one := BEGIN + timedelta(number)).weekday() < 5]
STAFF: Final = 30  # inspectors of a department, who go in twos
TEAMS: Final = [
    f"{department}{one:02d};{department}{other:02d}"
    for department in DEPARTMENTS
    for one, other in combinations(range(STAFF), 2)
]
GROUPS: Final = ("", "department", "month", "mode")


def log(visits: int, rows: int) -> dict[str, list[str]]:
    """A year of visits, every second one by two departments until the rows are full: 16 columns."""
    joint = rows - visits
    rng = np.random.default_rng(1)
    of_row = np.sort(np.concatenate([np.arange(visits), np.arange(joint) * visits // max(joint, 1)]))
    second = np.concatenate([[False], of_row[1:] == of_row[:-1]])
    two = np.bincount(of_row, minlength=visits) > 1
    day = rng.integers(0, 360, visits)
    clock = rng.integers(0, 8 * 60, visits)
    days = [(BEGIN + timedelta(number)).isoformat() for number in range(420)]
    minutes = (clock[of_row] + 9 * 60 + 20 * second).tolist()
    arrived_on = day[of_row].tolist()
    team = rng.integers(0, STAFF * (STAFF - 1) // 2, rows)
    return {
        "visit": [f"2024-{number:08d}" for number in of_row.tolist()],
        "enterprise": [f"9133{number * 7919 % 1000000:06d}{number:08d}" for number in (of_row % 300_000).tolist()],
        "department": [
            DEPARTMENTS[(number + shift) % 32] for number, shift in zip(of_row.tolist(), second.tolist(), strict=True)
        ],
        "mode": [("random", "random", "special", "patrol")[number % 4] for number in of_row.tolist()],
        "plan": [f"2024-{number % 40}" for number in of_row.tolist()],
        "joint": [("no", "yes")[number] for number in two[of_row].tolist()],
        "due": [days[number + 30] for number in arrived_on],
        "arrived": [f"{days[on]}T{at // 60:02d}:{at % 60:02d}" for on, at in zip(arrived_on, minutes, strict=True)],
        "left": [f"{days[on]}T{at // 60 + 1:02d}:{at % 60:02d}" for on, at in zip(arrived_on, minutes, strict=True)],
        "result": [
            ("none", "none", "problem", "none", "untraceable")[number] for number in rng.integers(0, 5, rows).tolist()
        ],
        "mobile": [("yes", "no")[number] for number in rng.integers(0, 2, rows).tolist()],
        "onsite": ["yes"] * rows,
        "published": [
            days[on + shift] for on, shift in zip(arrived_on, rng.integers(0, 40, rows).tolist(), strict=True)
        ],
        "items": [f"{ITEMS[number % 200]};{ITEMS[number % 199]}" for number in of_row.tolist()],
        "inspectors": [TEAMS[number] for number in (((of_row + second) % 32) * len(TEAMS) // 32 + team).tolist()],
        "rules": [("yes", "no")[number % 2] for number in of_row.tolist()],
    }


def bare(table: dict[str, list[str]]) -> dict[str, bool]:
    """The unit: one rate, one dictionary, nothing checked."""
    found: dict[str, bool] = {}
    for visit, result in zip(table["visit"], table["result"], strict=True):
        found[visit] = found.get(visit, False) or result == "problem"
    return found


def timed(job: Callable[[], object], repeats: int) -> float:
    """Median seconds."""
    seconds: list[float] = []
    for _ in range(repeats):
        gc.collect()
        begin = time.perf_counter()
        job()
        seconds.append(time.perf_counter() - begin)
    return statistics.median(seconds)


def line(name: str, seconds: float, unit: float) -> None:
    """A row of the report."""
    print(f"| {name} | {seconds:.3f} | {seconds / unit:.2f} |", flush=True)


def report(visits: int, rows: int, repeats: int) -> None:
    """All jobs at one size."""
    table = log(visits, rows)
    unit = timed(lambda: bare(table), repeats)
    print(f"\n### {visits:,} visits, {rows:,} checks, {len(table)} columns\n\n| job | seconds | x |\n|---|---|---|")
    line("bare loop (the unit)", unit, unit)
    line("Log, all columns checked", timed(lambda: Log(table), repeats), unit)
    read = Log(table)
    for by in GROUPS:
        count = len(indicators(read, by=by, items=ITEMS, working_days=WORKING_DAYS))
        seconds = timed(lambda by=by: indicators(read, by=by, items=ITEMS, working_days=WORKING_DAYS), repeats)  # type: ignore[misc]
        line(f"{count} rates by {by or 'nothing'}, of a Log", seconds, unit)
    whole = timed(lambda: indicators(table, by="month", items=ITEMS, working_days=WORKING_DAYS), repeats)
    line("rates by month, of the table", whole, unit)
    memory(table, rows)


def memory(table: dict[str, list[str]], rows: int) -> None:
    """Bytes a row, traced."""
    gc.collect()
    tracemalloc.start()
    read = Log(table)
    kept, highest = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    print(f"\n{read!r}: {kept / rows:.0f} bytes a check kept, {highest / rows:.0f} at the peak, beside the table")


def main() -> None:
    """Run all sizes and print Markdown."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--visits", type=int, nargs="+", default=[10**4, 10**6])
    parser.add_argument("--rows", type=int, nargs="*", default=[10**6])
    parser.add_argument("--repeats", type=int, default=3)
    options = parser.parse_args()
    print(
        f"{platform.python_implementation()} {platform.python_version()}, numpy {np.__version__}, {platform.platform()}"
    )
    for visits in options.visits:
        report(visits, visits * 3 // 2, options.repeats)
    for rows in options.rows:
        report(rows * 2 // 3, rows, options.repeats)


if __name__ == "__main__":
    main()
