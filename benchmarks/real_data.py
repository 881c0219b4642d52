"""A plan of several departments over real registers: read, rehearse, commit, draw, publish, verify; counts and seconds.

Usage: ``python benchmarks/real_data.py [--exclude CODES] PATH…``, each path a CSV (also gzip) with the columns ``id``,
``city``, ``entity_class`` and ``industry_hint``, or a folder of ``cn_enterprises_*.csv.gz``. Ids that stand twice are
excluded, with their reasons in the commitment; a file with other faults is refused, and its faults are counted by kind.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from time import perf_counter
from typing import Final

from dual_random import (
    Demand,
    InputError,
    JointRule,
    Plan,
    Record,
    Register,
    SeedSource,
    commit,
    draw,
    rehearse,
    verify,
)
from dual_random.files import Reading, read_register

SEED: Final = "05 11 17 22 29 31 + 08"
REHEARSALS: Final = 20
TABLE: Final = {"91": "3%", "92": "1%", "93": "5%"}


def plan() -> Plan:
    """Eight demands of seven departments; rates as in published plans."""
    return Plan(
        title="部门联合抽查",
        authority="benchmark",
        number="1",
        seed=SeedSource(
            source="lottery",
            event="benchmark",
            earliest="2024-08-06T21:15:00+08:00",
            form="00 00 00 00 00 00 + 00",
        ),
        demands=(
            Demand("市监", where={"entity_class": list(TABLE)}, by="entity_class", take=TABLE),
            Demand("市监·特种设备", department="市监", where={"industry_hint": "C"}, take=200),
            Demand("消防", where={"industry_hint": ["C", "F", "H"]}, take="1%"),
            Demand("生态环境", where={"industry_hint": "C"}, by="city", take="5%"),
            Demand("卫健", where={"industry_hint": ["H", "O", "Q"]}, take="3%", at_least=10),
            Demand("住建", where={"industry_hint": "E"}, take="10%", rounding="down"),
            Demand("人社", by="entity_class", take="1%"),
            Demand("综合执法", follow="市监", where={"industry_hint": "H"}),
        ),
        joint=JointRule(at_least="49.60%", reach="extra"),
        periods=("7月", "8月", "9月"),
    )


class Clock:
    """Seconds from one stop to the next, printed with what was done."""

    def __init__(self) -> None:
        self.begin = perf_counter()

    def stop(self, done: str) -> None:
        now = perf_counter()
        print(f"  {now - self.begin:6.2f} s  {done}")
        self.begin = perf_counter()


def run(path: Path, reading: Reading) -> None:
    """One file, from the table to the verified record."""
    print(path.name)
    clock = Clock()
    rules = plan()
    enterprises = read_register(str(path), reading, rules.enterprise_columns)
    excluded = Counter(note.code for note in enterprises.excluded)
    clock.stop(f"read: {enterprises!r}, excluded {dict(excluded) or 'nothing'}")
    foreseen = rehearse(rules, enterprises, draws=REHEARSALS)
    low, middle = (f"{foreseen.quantile(share):.2%}" for share in ("5%", "50%"))
    told = f"{foreseen.met} of {REHEARSALS} met, median {middle}, 5 % quantile {low}"
    clock.stop(f"rehearse: {told}, layouts {dict(foreseen.layouts)}")
    commitment = commit(rules, enterprises)
    numbers = {part.demand: sum(size.number for size in part.strata) for part in commitment.allocation}
    clock.stop(f"commit: {len(commitment.notices)} notices, to be drawn {numbers}")
    record = draw(commitment, enterprises, seed=SEED).record
    clock.stop(f"draw: {record!r}, {record.joint_rate(of='checks')}, {record.interruptions_avoided} avoided")
    outcome = record.outcome
    target = "met" if outcome.target_met else "missed"
    print(f"            {outcome.layout}, target {target}, {outcome.extra} extra visits")
    print(f"            {outcome.independent} by independent draws, bound {outcome.bound}, {len(record.cells)} cells")
    published, text = record.to_json(), enterprises.to_tsv()
    clock.stop(f"publish: record {len(published)} bytes, register {len(text)} bytes")
    known, register = Record.from_json(published), Register.from_tsv(text)
    clock.stop("read what was published")
    checked = verify(known, register, seed=SEED, digest=commitment.digest).raise_for_findings()
    clock.stop(f"verify: holds, unchecked: {', '.join(note.code for note in checked.unchecked) or 'nothing'}")


def files(paths: Iterable[Path]) -> list[Path]:
    """The files named, and those of the folders named."""
    return [
        found for path in paths for found in (sorted(path.glob("cn_enterprises_*.csv.gz")) if path.is_dir() else [path])
    ]


def main() -> int:
    """Run every file; 2 if there is none or one was refused."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", metavar="PATH", nargs="+", type=Path)
    parser.add_argument("--exclude", metavar="CODES", default="id-repeated")
    given = parser.parse_args()
    reading = Reading(id="id", exclude=tuple(given.exclude.split(",")))
    refused = not files(given.paths)
    for path in files(given.paths):
        try:
            run(path, reading)
        except InputError as error:
            refused = True
            print(f"  refused: {dict(Counter(note.code for note in error.faults))}")
    return 2 if refused else 0


if __name__ == "__main__":
    sys.exit(main())
