"""What testing a draw costs, beside the bare hashing that its draws need.

``python benchmarks/fairness.py`` draws 50 of 1,000 ids 10,000 times with `dual_random.sample` and counts who came; the
unit is the loop that any hash-based draw needs: copy a state, take in an id, take the digest. Then each check is timed
on these draws, and the memory that pairs take is measured.
"""

import argparse
import hashlib
import tracemalloc
from collections.abc import Callable
from time import perf_counter

from dual_random import sample
from dual_random.testing import Check, Replicates, chi_square, inclusion, pairs, repeats, replicate, trend

UNITS = [f"91330203MA2{number:05d}X" for number in range(1000)]


def bare(draws: int) -> float:
    """Seconds of the hashing alone."""
    encoded = [unit.encode() for unit in UNITS]
    begin = perf_counter()
    for number in range(draws):
        copy = hashlib.sha256(f"{number:064d}\ntarget\n".encode()).copy
        for unit in encoded:
            state = copy()
            state.update(unit)
            state.digest()
    return perf_counter() - begin


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--draws", type=int, default=10_000)
    draws = parser.parse_args().draws
    part = max(1, draws // 10)
    seconds, unit = 0.0, 0.0
    for _ in range(3):  # in turns, so that a busy machine slows both
        unit += bare(part)
        begin = perf_counter()
        replicate(lambda units, seed: sample(units, 50, seed=seed, label="test").drawn, UNITS, part)
        seconds += perf_counter() - begin
    print(f"replicate draws: {seconds / unit:.2f} times the bare hashing of {unit / 3 / part * 1e6:.0f} microseconds")
    found = replicate(lambda units, seed: sample(units, 50, seed=seed, label="test").drawn, UNITS, draws)
    places = {name: float(place) for place, name in enumerate(UNITS)}
    checks: dict[str, Callable[[Replicates], Check]] = {
        "inclusion": inclusion,
        "chi-square": chi_square,
        "pairs": pairs,
        "repeats": repeats,
        "trend": lambda replicates: trend(replicates, "place", places),
    }
    for name, check in checks.items():
        begin = perf_counter()
        check(found)
        print(f"{name}: {perf_counter() - begin:.3f} s for {draws:,} draws")
    tracemalloc.start()
    pairs(found)
    print(f"pairs: {tracemalloc.get_traced_memory()[1] / 1e6:.0f} MB at most")


if __name__ == "__main__":
    main()
