"""Merging at the size of a district's year and of a province's: seconds, and ratios to a plain loop in the same run.

Usage: ``python benchmarks/merging.py [--large]``. The unit x is a loop over the same rows that puts each into a list of
its enterprise, by a dict: nothing that merges in Python does with less. ``--large`` adds 1,000,000 checks.
"""

import argparse
from collections import defaultdict
from collections.abc import Callable
from hashlib import sha256
from statistics import median
from time import perf_counter
from typing import Final, TypeVar

from dual_random import Demand, Register
from dual_random.cycle.checks import Checks
from dual_random.cycle.errands import Errands, Names, merge_visits
from dual_random.cycle.merging import merge
from dual_random.cycle.needs import Need
from dual_random.dates import day, day_text
from dual_random.demo import district

FIRST: Final = day("2024-01-01")
DEPARTMENTS: Final = 32
GROUPS: Final = [[f"item {2 * d + i}" for d in range(4 * g, 4 * g + 4) for i in range(2)] for g in range(8)]
Result = TypeVar("Result")


def number(text: str, most: int) -> int:
    """A number below `most` from the hash of a text: the same on every machine."""
    return int.from_bytes(sha256(text.encode()).digest()[:8]) % most


def checks(count: int) -> dict[str, list[str]]:
    """A year of checks: 32 departments, 64 items, a third as many enterprises, seven of ten with a plan."""
    rows = []
    for row in range(count):
        department, month = number(f"department {row}", DEPARTMENTS), number(f"month {row}", 12)
        first = FIRST + 30 * month
        rows.append(
            (
                f"91990099{number(f'firm {row}', max(count // 3, 1)):010d}",
                f"department {department:02d}",
                f"item {2 * department + number(f'item {row}', 2)}",
                f"2024-{department}-{row % 997}" if number(f"plan {row}", 10) < 7 else "",
                day_text(first),
                day_text(first + (29, 59, 89)[number(f"length {row}", 3)]),
                ("1", "1", "2", "4")[number(f"times {row}", 4)],
            )
        )
    names = ("enterprise", "department", "items", "plan", "starts", "ends", "times")
    unique = {(row[0], row[3], row[4], row[5], row[1], row[2]) if row[3] else i: row for i, row in enumerate(rows)}
    return {name: [row[i] for row in unique.values()] for i, name in enumerate(names)}


def grouped(table: dict[str, list[str]]) -> int:
    """The unit: rows put into lists by their enterprise."""
    found = defaultdict(list)
    for row in zip(*table.values(), strict=True):
        found[row[0]].append(row)
    return len(found)


def needs(count: int) -> list[Need]:
    """So many needs of 32 departments over the synthetic district."""
    made = []
    for i in range(count):
        month = number(f"need {i}", 6)
        where = {"status": "存续", "industry": [["C", "E"], ["F", "H"], ["F", "H", "P"], ["C", "F", "H"]][i % 4]}
        made.append(
            Need(
                Demand(f"need {i}", department=f"department {i % DEPARTMENTS:02d}", where=where, by="risk", take="3%"),
                items=[f"item {2 * (i % DEPARTMENTS) + part}" for part in range(2)],
                starts=day_text(FIRST + 30 * month),
                ends=day_text(FIRST + 30 * month + 180),
                times=1 + i % 4,
            )
        )
    return made


def timed(job: Callable[[], Result], runs: int) -> tuple[float, Result]:
    """The median of some runs, and what the last one gave."""
    seconds = []
    for _ in range(runs):
        begin = perf_counter()
        result = job()
        seconds.append(perf_counter() - begin)
    return median(seconds), result


def scheduled(merged: Errands) -> tuple[Errands, Names, tuple[str, ...]]:
    """Visits with what a schedule needs of them."""
    return merged, merged.departments, merged.ids


def visits(count: int, runs: int) -> None:
    """Reading and merging of some checks, and the unit."""
    table = checks(count)
    unit, firms = timed(lambda: grouped(table), runs)
    read, kept = timed(lambda: Checks(table), runs)
    joined, (merged, _, _) = timed(lambda: scheduled(merge_visits(kept, related=GROUPS)), runs)
    print(f"{len(kept):,} checks of {firms:,} enterprises: {len(merged):,} visits; x = {unit:.3f} s")
    for name, seconds in (("read", read), ("merge, with ids and departments", joined), ("both", read + joined)):
        print(f"  {name:34} {seconds:8.3f} s {seconds / unit:8.1f} x")


def plans(count: int, enterprises: Register) -> None:
    """Merging of some needs."""
    wanted = needs(count)
    seconds, merged = timed(lambda: merge(wanted, enterprises, related=GROUPS), 3)
    figures = f"{merged.before:,} visits before, {merged.independent:,} independent, {int(merged.fewest):,} at least"
    print(f"{count} needs, {len(enterprises):,} enterprises: {len(merged.rounds)} rounds, {figures}; {seconds:.3f} s")


def main() -> None:
    """Both levels."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--large", action="store_true", help="1,000,000 checks as well")
    large = parser.parse_args().large
    enterprises = district()
    for count in (32, 320):
        plans(count, enterprises)
    visits(30_000, 5)
    if large:
        visits(1_000_000, 1)


if __name__ == "__main__":
    main()
