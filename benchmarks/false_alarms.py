"""How often fair draws fail the checks of `dual_random.testing`: measured rates beside the promised ones.

``python benchmarks/false_alarms.py`` makes 10,000 fair runs of several designs, each of many draws, and prints a table:
the share of runs whose p is at most .05, .01 and .001. Where p is an upper bound, these shares may not lie above the
limits; where it is an approximation by chi-square, or a Monte-Carlo p, they should lie around them: within the central
99.9 % of the binomial number with 10,000 trials. ``--runs 1000`` is quicker.

The draws are hashes of written seeds, so the table is the same on every machine. Exit code 1: a rate is outside.
"""

import argparse
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from itertools import chain
from typing import Final, TypeAlias

from scipy.stats import binom

from dual_random.testing.attributes import Attributes
from dual_random.testing.audits import audit, audit_order
from dual_random.testing.checks import Check
from dual_random.testing.crossings import across
from dual_random.testing.pairings import pairs
from dual_random.testing.procedures import DRAWN, Outcome
from dual_random.testing.redraws import permutations
from dual_random.testing.redraws import subsets as drawn_sets
from dual_random.testing.repetitions import repeats
from dual_random.testing.replicates import Replicates
from dual_random.testing.squares import chi_square, subsets
from dual_random.testing.tallies import inclusion
from dual_random.testing.trends import groups, trend

Sets: TypeAlias = list[list[int]]  # of every draw, the places drawn
Found: TypeAlias = list[tuple[str, float]]  # check and p
Names: TypeAlias = tuple[str, ...]

LEVELS: Final = (0.05, 0.01, 0.001)
BOUNDS: Final = ("inclusion", "groups", "repeats", "trend")  # may not lie above; the others should lie around
SURE: Final = 0.999
REDRAWS: Final = 9999  # with fewer, p at .001 over three attributes is coarse
_STEP: Final = 20  # runs that a process makes at a time


# ---- fair draws


def names(count: int, letter: str = "E") -> Names:
    """Units."""
    return tuple(f"{letter}{number:03d}" for number in range(count))


def sets(size: int, taken: int, trials: int, seed: str) -> Sets:
    """Fair samples."""
    found: Sets = drawn_sets(size, taken, range(trials), seed=seed).tolist()
    return found


def outcomes(units: Names, *drawn: tuple[Sets, str]) -> list[Outcome]:
    """Draws put together: who is drawn gets a result."""
    joined = zip(*([[(units[place], result) for place in one] for one in each] for each, result in drawn), strict=True)
    return [Outcome(str(number), list(chain(*hits))) for number, hits in enumerate(joined)]


def asked(replicates: Replicates, *checks: Callable[[Replicates], Check]) -> Found:
    """The p of each check, and those of a trend and of groups along the list."""
    units = replicates.units
    found = [check(replicates) for check in (inclusion, chi_square, repeats, *checks)]
    found.append(trend(replicates, "place", {unit: place**2 for place, unit in enumerate(units)}))
    found.append(groups(replicates, "block", {unit: str(place // 7) for place, unit in enumerate(units)}))
    return [(check.name.partition(":")[0], check.p) for check in found]


# ---- designs: one run each


def simple(size: int, taken: int, trials: int) -> Callable[[str], Found]:
    """Samples without replacement."""

    def run(seed: str) -> Found:
        units = names(size)
        replicates = Replicates.of(units, outcomes(units, (sets(size, taken, trials, seed), DRAWN)))
        return asked(replicates, *([pairs] if size < 100 and trials >= 400 else []), *([subsets] if size < 10 else []))

    return run


def varying(seed: str) -> Found:
    """Samples of 2 to 10 of 40: prefixes of samples of 10."""
    units = names(40)
    drawn = [one[: 2 + number % 9] for number, one in enumerate(sets(40, 10, 600, seed))]
    return asked(Replicates.of(units, outcomes(units, (drawn, DRAWN))), pairs)


def strata(seed: str) -> Found:
    """4 of 30 and 6 of 12."""
    units = names(42)
    first, second = sets(30, 4, 400, f"{seed} a"), sets(12, 6, 400, f"{seed} b")
    drawn = outcomes(units, (first, DRAWN), ([[30 + place for place in one] for one in second], DRAWN))
    alike = {unit: "large" if place < 30 else "small" for place, unit in enumerate(units)}
    return asked(Replicates.of(units, drawn, alike=alike), pairs, across)


def school(seed: str) -> Found:
    """40 pupils, 12 places at one school, 8 at another."""
    units = names(40)
    drawn = sets(40, 20, 400, seed)
    first, second = [one[:12] for one in drawn], [one[12:] for one in drawn]
    return asked(Replicates.of(units, outcomes(units, (first, "north"), (second, "south"))), pairs, across)


def teams(seed: str) -> Found:
    """Six visits: one of 8 leaders and two of 16 members each, independently."""
    units = names(24)
    parts = []
    for visit in range(6):
        leaders, members = sets(8, 1, 150, f"{seed} {visit} a"), sets(16, 2, 150, f"{seed} {visit} b")
        own = [[*one, *(8 + place for place in two)] for one, two in zip(leaders, members, strict=True)]
        parts.append((own, f"visit {visit}"))
    alike = {unit: "leader" if place < 8 else "member" for place, unit in enumerate(units)}
    return asked(Replicates.of(units, outcomes(units, *parts), alike=alike))


def systematic(seed: str) -> Found:
    """Every fifth of 60 from a fair start; the chances are stated."""
    units = names(60)
    drawn = [list(range(start, 60, 5)) for (start,) in sets(5, 1, 300, seed)]
    replicates = Replicates.of(units, outcomes(units, (drawn, DRAWN)))
    chance = dict.fromkeys(units, "1/5")
    places = {unit: float(place) for place, unit in enumerate(units)}
    found = [inclusion(replicates, chance=chance), trend(replicates, "place", places, chance=chance)]
    return [(f"{check.name.partition(':')[0]}, stated", check.p) for check in found]


def blocks(seed: str) -> Found:
    """One of ten blocks of neighbours; the chances are stated."""
    units = names(60)
    drawn = [list(range(6 * block, 6 * block + 6)) for (block,) in sets(10, 1, 300, seed)]
    replicates = Replicates.of(units, outcomes(units, (drawn, DRAWN)))
    chance = dict.fromkeys(units, "1/10")
    places = {unit: float(place) for place, unit in enumerate(units)}
    found = [inclusion(replicates, chance=chance), trend(replicates, "place", places, chance=chance)]
    return [(f"{check.name.partition(':')[0]}, stated", check.p) for check in found]


def audited(seed: str) -> Found:
    """One sample of 10 of 60, over two attributes with names and one with numbers: the smallest p of the report."""
    units = names(60)
    (drawn,) = sets(60, 10, 1, seed)
    attributes: Attributes = {
        "district": {unit: "NSEW"[place % 4] for place, unit in enumerate(units)},
        "risk": {unit: "ABC"[place // 25] for place, unit in enumerate(units)},
        "place": {unit: float(place) for place, unit in enumerate(units)},
    }
    report = audit(units, [units[place] for place in drawn], attributes=attributes, trials=REDRAWS)
    return [("audit", min(check.p for check in report.checks))]


def ordered(seed: str) -> Found:
    """One order of 30, by month and place."""
    units = names(30)
    (order,) = permutations(30, [0], seed=seed).tolist()
    attributes: Attributes = {
        "month": {unit: str(place // 5) for place, unit in enumerate(units)},
        "place": {unit: float(place) for place, unit in enumerate(units)},
    }
    report = audit_order([units[place] for place in order], attributes=attributes, trials=REDRAWS)
    return [("audit of an order", min(check.p for check in report.checks))]


DESIGNS: Final[Mapping[str, Callable[[str], Found]]] = {
    "10 of 20, 400 draws": simple(20, 10, 400),
    "10 of 50, 400 draws": simple(50, 10, 400),
    "80 of 100, 50 draws": simple(100, 80, 50),
    "5 of 100, 200 draws": simple(100, 5, 200),
    "12 of 60, 500 draws": simple(60, 12, 500),
    "3 of 6, 400 draws": simple(6, 3, 400),
    "2 to 10 of 40, 600 draws": varying,
    "4 of 30 and 6 of 12, 400 draws": strata,
    "school places, 400 draws": school,
    "teams of six visits, 150 draws": teams,
    "every fifth of 60, 300 draws": systematic,
    "one block of ten, 300 draws": blocks,
    "one sample, three attributes": audited,
    "one order, two attributes": ordered,
}


# ---- the table


def some(job: tuple[str, int, int]) -> Found:
    """All p of some runs of a design."""
    design, begin, end = job
    return [pair for number in range(begin, end) for pair in DESIGNS[design](f"false alarms {design} {number}")]


def measured(runs: int) -> Iterator[tuple[str, str, list[float]]]:
    """Design, check, and all p."""
    with ProcessPoolExecutor() as pool:
        for design in DESIGNS:
            found: defaultdict[str, list[float]] = defaultdict(list)
            jobs = [(design, begin, min(runs, begin + _STEP)) for begin in range(0, runs, _STEP)]
            for name, p in chain.from_iterable(pool.map(some, jobs)):
                found[name].append(p)
            yield from ((design, name, ps) for name, ps in found.items())


def outside(name: str, runs: int, count: int, level: float) -> bool:
    """Whether a count of false alarms is not what was promised."""
    above = count > binom.isf((1 - SURE) / 2, runs, level)
    below = count < binom.ppf((1 - SURE) / 2, runs, level)
    return bool(above or (below and not name.startswith(BOUNDS)))


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--runs", type=int, default=10_000)
    runs = parser.parse_args().runs
    print("| design | check | p ≤ .05 | p ≤ .01 | p ≤ .001 | |\n|---|---|---|---|---|---|")
    wrong = 0
    for design, name, ps in measured(runs):
        counts = [sum(p <= level for p in ps) for level in LEVELS]
        bad = any(outside(name, len(ps), count, level) for count, level in zip(counts, LEVELS, strict=True))
        wrong += bad
        kind = "bound" if name.startswith(BOUNDS) else ""
        rates = " | ".join(f"{count / len(ps):.4f}" for count in counts)
        print(f"| {design} | {name} | {rates} | {'OUTSIDE' if bad else kind} |", flush=True)
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
