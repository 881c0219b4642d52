"""What a cap on visits does to chances over the rounds of a year, by the library's own draws (docs/memory.md).

    python benchmarks/memory.py --size 20000 --years 25

One department regulates all enterprises and takes 12 % of them a round, another one half of them and takes 24 % of
these. Every round has a commitment and a seed of its own: the trial's number and the round's, so the run is the
same on every machine. Printed are, for each rule, the share of each group that the first department checks in each
round, and how many enterprises were visited 0, 1, 2, 3 or more times. Nothing here is a test.
"""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np
from attrs import frozen

from dual_random import Demand, Plan, Record, Register, SeedSource, commit, draw
from dual_random.cycle.memory import capped_plan, remember

ROUNDS = 4
SEED = SeedSource(source="benchmark", event="benchmark", earliest="2024-01-01T00:00Z", form="0000000")


@frozen
class Rule:
    """A way to remember: the demands for a number of enterprises, and the cap."""

    name: str
    demands: Callable[[int], Sequence[Demand]]
    most: int = 0


def plain(size: int) -> Sequence[Demand]:
    """Numbers fixed for the year."""
    return (
        Demand("d1", take=12 * size // 100),
        Demand("d2", where={"regulators": "both"}, take=12 * size // 100),
    )


def by_history(_: int) -> Sequence[Demand]:
    """The same rate for everybody, whatever the past."""
    return (
        Demand("d1", by="visits", take="12%"),
        Demand("d2", where={"regulators": "both"}, by="visits", take="24%"),
    )


def by_regulators(size: int) -> Sequence[Demand]:
    """Numbers fixed for the year in each group of equal regulators."""
    return (
        Demand("d1", by="regulators", take={"both": 6 * size // 100, "one": 6 * size // 100}),
        Demand("d2", where={"regulators": "both"}, take=12 * size // 100),
    )


RULES = (
    Rule("no memory", plain),
    Rule("cap of 1 visit", plain, 1),
    Rule("cap of 2 visits", plain, 2),
    Rule("strata of history, one rate", by_history),
    Rule("cap of 1, regulators as strata", by_regulators, 1),
    Rule("cap of 2, regulators as strata", by_regulators, 2),
)


def year(rule: Rule, enterprises: Register, trial: int) -> list[Record]:
    """The records of one year's rounds."""
    records: list[Record] = []
    for number in range(ROUNDS):
        known = remember(enterprises, records)
        plan = Plan(
            title="memory",
            authority="benchmark",
            number=f"{trial}-{number}",
            seed=SEED,
            demands=tuple(rule.demands(len(enterprises))),
        )
        if rule.most:
            plan = capped_plan(plan, rule.most)
        records.append(draw(commit(plan, known), known, seed=f"{trial * ROUNDS + number:07d}").record)
    return records


def measured(rule: Rule, size: int, years: int) -> tuple[dict[str, list[float]], list[float]]:
    """Shares checked by the first department, by group and round; and shares visited 0, 1, 2, 3 or more times."""
    names = [f"E{number:06d}" for number in range(size)]
    group = dict(zip(names, ["both", "one"] * (size // 2), strict=True))
    enterprises = Register({"id": names, "regulators": list(group.values())}, id="id", columns=["regulators"])
    checked = {name: np.zeros(ROUNDS) for name in ("both", "one")}
    often = np.zeros(4)
    for trial in range(years):
        records = year(rule, enterprises, trial)
        for number, record in enumerate(records):
            for name, visit in record.items():
                checked[group[name]][number] += "d1" in visit.departments
        visits = Counter(name for record in records for name in record)
        often += np.bincount(np.minimum([visits[name] for name in names], 3), minlength=4)
    return (
        {name: (counts / (years * size // 2)).tolist() for name, counts in checked.items()},
        (often / (years * size)).tolist(),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=20_000, help="enterprises, an even number")
    parser.add_argument("--years", type=int, default=25)
    options = parser.parse_args()
    print(f"{options.size:,} enterprises, {options.years} years of {ROUNDS} rounds")
    for rule in RULES:
        start = time.perf_counter()
        checked, often = measured(rule, options.size, options.years)
        took = time.perf_counter() - start
        sys.stdout.write(f"{rule.name:32s}")
        for name, shares in checked.items():
            sys.stdout.write(f"  {name}: " + " ".join(f"{share:.3f}" for share in shares))
        print("  visited 0/1/2/3+: " + " ".join(f"{share:.3f}" for share in often) + f"  ({took:.0f} s)")


if __name__ == "__main__":
    main()
