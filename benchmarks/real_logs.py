"""Real logs of inspections to indicators: by month, inspectors ranked, two years compared; counts and seconds.

Usage: ``python benchmarks/real_logs.py PATH…``, each path a CSV (also gzip) with the columns of one of the two sources
in `SOURCES`. Neither city draws its visits, so nothing in them is called random: their kinds of inspection stand as
modes. A log that contradicts itself is refused, and its faults are counted by kind.
"""

import argparse
import csv
import gzip
import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from time import perf_counter
from typing import Final, TypeAlias

from dual_random import InputError, Rate
from dual_random.cycle import Log, compare, indicators, macro_average, rank
from dual_random.cycle.terms import PROBLEM_DETECTION

Row: TypeAlias = dict[str, str]
Reader: TypeAlias = Callable[[Row], Row]

FEW: Final = 30  # visits of an inspector below which a rate is flagged
SHOWN: Final = 5


def detroit(row: Row) -> Row:
    """A visit as the city of Detroit publishes it."""
    closed = row["inspection_type"].startswith("Closed")
    return {
        "visit": row["inspectionid"],
        "enterprise": row["establishmentid"],
        "department": "health",
        "mode": row["inspection_type"].casefold(),
        "arrived": row["inspection_date"],
        "result": "untraceable" if closed else {"Yes": "none", "No": "problem"}.get(row["in_compliance"], ""),
        "inspectors": row["inspectorid"],
    }


def minneapolis(row: Row) -> Row:
    """A visit as the city of Minneapolis publishes it."""
    return {
        "visit": row["inspection_id"],
        "enterprise": row["facility_id"] or row["license_number"],
        "department": "health",
        "mode": row["purpose"],
        "arrived": row["inspected_on"],
        "result": "none" if row["orders_critical"] in ("", "0") else "problem",  # every visit listed has some order
        "inspectors": row["inspector"],
    }


SOURCES: Final[Mapping[str, Reader]] = {"inspectionid": detroit, "inspection_id": minneapolis}


class Clock:
    """Seconds from one stop to the next, printed with what was done."""

    def __init__(self) -> None:
        self.begin = perf_counter()

    def stop(self, done: str) -> None:
        print(f"  {perf_counter() - self.begin:6.3f} s  {done}")
        self.begin = perf_counter()


def read(path: Path) -> dict[str, list[str]]:
    """The columns of a log, from the CSV of a source that its header tells."""
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as lines:
        reader = csv.DictReader(lines)
        known = [column for column in reader.fieldnames or () if column in SOURCES]
        if not known:
            sys.exit(f"{path}: no column {' or '.join(SOURCES)}")
        rows = [SOURCES[known[0]](row) for row in reader]
    return {column: [row[column] for row in rows] for column in rows[0]}


def detected(rates: Sequence[Rate]) -> list[Rate]:
    """The problem-detection rates among all."""
    return [rate for rate in rates if rate.name == PROBLEM_DETECTION]


def years(table: Mapping[str, Sequence[str]]) -> dict[str, dict[str, list[str]]]:
    """The log cut into years of arrival."""
    found: dict[str, dict[str, list[str]]] = {}
    for row, arrived in enumerate(table["arrived"]):
        of_year = found.setdefault(arrived[:4], {column: [] for column in table})
        for column, cells in table.items():
            of_year[column].append(cells[row])
    return dict(sorted(found.items()))


def run(path: Path) -> None:
    """One file: whole, by month, by inspector, by year."""
    print(path.name)
    clock = Clock()
    table = read(path)
    clock.stop(f"read the file: {len(table['visit'])} rows")
    log = Log(table)
    clock.stop(f"read the log: {log!r}, {len(log.codes('inspectors')[1])} inspectors")
    whole = indicators(log)
    clock.stop(f"{len(whole)} rates of the whole")
    for rate in sorted(whole, key=lambda rate: -rate.denominator)[:SHOWN]:
        print(f"            {rate.name}: {rate}")
    months = detected(indicators(log, by="month"))
    clock.stop(f"{len(months)} months, {months[0].scope} to {months[-1].scope}")
    print("            " + ", ".join(f"{rate.scope} {rate:.1%}" for rate in months[-12:]))
    (all_of_it,) = detected(whole)
    print(f"            their counts added: {Rate.pool(months, scope='')}, the whole: {all_of_it}")
    inspectors = detected(indicators(log, by="inspectors"))
    ranking = rank(inspectors, at_least=FEW)
    clock.stop(f"{len(ranking)} inspectors ranked by what they find")
    for row in (*ranking[:SHOWN], *ranking[-SHOWN:]):
        print(f"            {row.place}. {row.scope or '–'}: {row.rate}{' (few visits)' if row.small else ''}")
    print(f"            {macro_average(inspectors, scope='')}".replace("\n", "\n            "))
    cut = years(table)
    for earlier, later in pairwise(cut):
        changes = compare(detected(indicators(Log(cut[earlier]))), detected(indicators(Log(cut[later]))))
        print(f"            {earlier} to {later}: {changes[0]}")
    clock.stop(f"{len(cut)} years compared")


def main() -> int:
    """Run every file; 2 if one was refused."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", metavar="PATH", nargs="+", type=Path)
    refused = False
    for path in parser.parse_args().paths:
        try:
            run(path)
        except InputError as error:
            refused = True
            print(f"  refused: {dict(Counter(note.code for note in error.faults))}\n{error}")
    return 2 if refused else 0


if __name__ == "__main__":
    sys.exit(main())
