"""A stratified simple random sample of the R package prnsamplr 1.1.0, drawn again from the same given numbers.

``python benchmarks/prnsamplr.py prnsamplr_example.csv.gz prnsamplr_srs_ids.txt``

The frame is the package's ExampleData (MIT): 40,000 units in 100 strata, each with a given random number and the
number to draw from its stratum. The second file has the ids that ``srs`` drew, one a line. Numbers are read as
exact decimals, so no rounding of ours decides. Exit status 1 if a single id differs.
"""

import argparse
import csv
import gzip
import sys
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

from dual_random.selection import lowest_given

PLACES = 40  # more than any number of the frame has


def drawn(frame: Path) -> tuple[set[int], int, int]:
    """The ids drawn, the number of units and the number of strata."""
    numbers: defaultdict[str, dict[str, int]] = defaultdict(dict)
    takes: dict[str, int] = {}
    with gzip.open(frame, "rt", encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            numbers[row["stratum"]][row["id"]] = exact(row["rands"])
            takes[row["stratum"]] = int(row["nsample"])
    found = {int(unit) for stratum, given in numbers.items() for unit in lowest_given(given, takes[stratum])}
    return found, sum(map(len, numbers.values())), len(numbers)


def exact(text: str) -> int:
    """A decimal times a power of ten, as a whole number."""
    scaled = Decimal(text).scaleb(PLACES)
    if scaled != int(scaled):
        raise ValueError(f"{text} has more than {PLACES} decimals")
    return int(scaled)


def main() -> int:
    """Draw, compare, report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("frame", type=Path, help="the gzipped CSV: stratum,id,npopul,nsample,rands,sizeM")
    parser.add_argument("ids", type=Path, help="the ids that prnsamplr drew, one a line")
    arguments = parser.parse_args()
    found, units, strata = drawn(arguments.frame)
    expected = {int(line) for line in arguments.ids.read_text("ascii").split()}
    print(f"{units:,} units in {strata} strata: {len(found):,} drawn, sum of ids {sum(found)}")
    print(f"prnsamplr: {len(expected):,} drawn, sum of ids {sum(expected)}; in common: {len(found & expected):,}")
    print("all ids agree" if found == expected else f"{len(found ^ expected):,} ids differ")
    return 0 if found == expected else 1


if __name__ == "__main__":
    sys.exit(main())
