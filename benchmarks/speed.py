"""Speed side by side, as ratios within one process: ``python benchmarks/speed.py [--rows 10000 100000 1000000]``.

The unit x is the least that a hash-based draw of the same ids can cost in Python: a bare loop that copies a hashed
prefix, updates it with each id and takes the digest. Every job is repeated and its median taken. Ids are created in
list order, as a database hands them over; pages are touched before timing. Nothing here is a test.

Other libraries (extra ``benchmarks``) are timed where they are installed; they draw simple random samples only.
"""

import argparse
import gc
import hashlib
import platform
import random
import statistics
import sys
import time
import tracemalloc
from collections.abc import Callable, Iterable
from importlib import import_module

import numpy as np

from dual_random import (
    Commitment,
    Demand,
    Draw,
    JointRule,
    Plan,
    Record,
    Register,
    SeedSource,
    commit,
    draw,
    sample,
    verify,
)

SEED = "05 11 17 22 29 31 + 08"
SPREAD = JointRule(at_least="76%", reach="spread")
SLOW = 30.0  # seconds after which a job is not repeated


def ids(count: int) -> list[str]:
    """USCC-shaped ids of 18 characters."""
    return [f"9133{number * 7919 % 1000000:06d}{number:08d}" for number in range(count)]


def columns(count: int) -> dict[str, list[str]]:
    """Three columns: 50 districts, 20 industries, 4 risk classes."""
    rng = np.random.default_rng(1)
    districts = [f"街道{number:02d}" for number in range(50)]
    industries = [chr(65 + number) for number in range(20)]
    return {
        "district": [districts[i] for i in rng.integers(0, 50, count).tolist()],
        "industry": [industries[i] for i in rng.integers(0, 20, count).tolist()],
        "risk": ["AAAABBBCCD"[i] for i in rng.integers(0, 10, count).tolist()],
    }


SECTIONS = "ABCDEFGHIJKLMNOPQRST"


def plan(joint: JointRule | None = None) -> Plan:
    """Six departments, 3 % in each of 50 strata, populations that overlap in all ways: some 3,000 cells."""
    by_industry = ("ABCDEFGH", "AEFIJKLB", "BFGLMNOA", "CGHJNPQB")
    demands = [
        Demand(f"部门{k}", take="3%", by="district", where={"industry": list(own)}) for k, own in enumerate(by_industry)
    ]
    demands.append(Demand("部门4", take="3%", by="district", where={"risk": ["B", "C"]}))
    demands.append(Demand("部门5", take="3%", by="district", where={"risk": ["C", "D"]}, unless={"industry": "T"}))
    return of_demands(demands, joint or JointRule(at_least="49.60%"))


def wide_plan() -> Plan:
    """Thirty-two departments with 2, 3 or 4 % each; populations by industry, strata by district, risk class or none."""
    return of_demands(
        [
            Demand(
                f"部门{k:02}",
                take=f"{2 + k % 3}%",
                by=("district", "risk", ())[k % 3],
                where={"industry": [SECTIONS[(k + 3 * i) % 20] for i in range(1 + k % 5)]},
            )
            for k in range(32)
        ],
        JointRule(at_least="99.9%", reach="spread"),
    )


def of_demands(demands: list[Demand], joint: JointRule) -> Plan:
    """A plan of some demands."""
    source = SeedSource(
        source="lottery", event="1", earliest="2024-08-06T21:15:00+08:00", form="00 00 00 00 00 00 + 00"
    )
    return Plan(title="benchmark", authority="benchmark", number="1", seed=source, demands=demands, joint=joint)


def bare(names: list[str]) -> None:
    """The unit: what no draw by hashing can undercut."""
    copy = hashlib.sha256(b"k" * 64 + b"\ntarget\n").copy
    for name in names:
        state = copy()
        state.update(name.encode())
        state.digest()


def timed(job: Callable[[], object], repeats: int) -> float:
    """Median seconds."""
    seconds: list[float] = []
    for _ in range(repeats):
        gc.collect()
        begin = time.perf_counter()
        job()
        seconds.append(time.perf_counter() - begin)
        if seconds[-1] > SLOW:
            break
    return statistics.median(seconds)


def peak(job: Callable[[], object]) -> tuple[int, int, object]:
    """Bytes kept by what a job returns, bytes at its peak, and what it returned."""
    gc.collect()
    tracemalloc.start()
    made = job()
    gc.collect()
    kept, highest = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return kept, highest, made


def others(names: list[str], count: int) -> Iterable[tuple[str, Callable[[], object]]]:
    """The same task, a simple random sample, by what people use today."""
    yield "numpy Generator.choice", lambda: np.random.default_rng(1).choice(len(names), count, replace=False)
    yield "random.sample", lambda: random.Random(1).sample(names, count)
    try:
        consistent = import_module("consistent_sampler").sampler
        yield "consistent_sampler", lambda: list(consistent(names, SEED, take=count, output="id"))
    except ImportError:
        print("consistent_sampler is not installed: pip install dual-random[benchmarks]", file=sys.stderr)
    try:
        crypto, prng = import_module("cryptorandom.sample"), import_module("cryptorandom.cryptorandom").SHA256
        yield "cryptorandom", lambda: crypto.random_sample(len(names), count, prng=prng(SEED), method="sample_by_index")
    except ImportError:
        print("cryptorandom is not installed: pip install dual-random[benchmarks]", file=sys.stderr)


def registered(names: list[str], table: dict[str, list[str]]) -> Register:
    """A register with its digest."""
    made = Register({"id": names, **table}, id="id", columns=list(table))
    made.digest()
    return made


def fresh(register: Register) -> Register:
    """The same register without the digest that it has kept."""
    import pickle

    return pickle.loads(pickle.dumps(register))  # type: ignore[no-any-return]


def line(name: str, seconds: float, unit: float) -> None:
    """A row of the report."""
    print(f"| {name} | {seconds:.3f} | {seconds / unit:.2f} |", flush=True)


def report(count: int, repeats: int) -> None:
    """All jobs at one size."""
    names, table = ids(count), columns(count)
    bare(names)
    unit = timed(lambda: bare(names), repeats)
    print(f"\n### {count:,} ids\n\n| job | seconds | x |\n|---|---|---|")
    line("bare hash loop (the unit)", unit, unit)
    line("sample 5 %", timed(lambda: sample(names, "5%", seed=SEED, label="benchmark"), repeats), unit)
    for name, job in others(names, count // 20):
        line(f"{name}, 5 %", timed(job, repeats if count <= 10**5 else 1), unit)
    register = registered(names, table)
    line("Register from lists, with digest", timed(lambda: registered(names, table), repeats), unit)
    plans = {"6 demands, nested": plan(), "6 demands, spread": plan(SPREAD), "32 demands, spread": wide_plan()}
    for name, rules in plans.items():
        draws(name, rules, register, names, table, repeats, unit)
    memory(names, table, commit(plan(SPREAD), register), register)
    memory_of_draw("32 demands", commit(wide_plan(), register), register)


def draws(
    name: str,
    rules: Plan,
    register: Register,
    names: list[str],
    table: dict[str, list[str]],
    repeats: int,
    unit: float,
) -> None:
    """Commit, draw, write, read and verify one plan."""
    commitment = commit(rules, register)
    line(f"commit, {name}", timed(lambda: commit(rules, register), repeats), unit)
    line(f"draw, {name}, Register and digest built", timed(lambda: drawn(commitment, register), repeats), unit)
    copies = [fresh(register) for _ in range(repeats)]
    line(f"draw, {name}, digest computed", timed(lambda: drawn(commitment, copies.pop()), repeats), unit)
    whole = timed(lambda: drawn(commitment, registered(names, table)), repeats)
    line(f"draw, {name}, with building the Register", whole, unit)
    record = drawn(commitment, register).record
    copies = [fresh(register) for _ in range(repeats)]
    checked = timed(lambda: checked_record(record, commitment, copies.pop()), repeats)
    line(f"verify, {name}, digest computed", checked, unit)
    data = record.to_json()
    line(f"record to JSON, {name}", timed(record.to_json, repeats), unit)
    line(f"record from JSON, {name}", timed(lambda: Record.from_json(data), repeats), unit)
    print(f"| {record!r}, {record.layout}, {len(record.cells):,} cells, {len(data):,} bytes | | |", flush=True)


def drawn(commitment: Commitment, register: Register) -> Draw:
    """One draw."""
    return draw(commitment, register, seed=SEED)


def checked_record(record: object, commitment: Commitment, register: Register) -> None:
    """One verification, which must hold."""
    verify(record, register, seed=SEED, digest=commitment.digest).raise_for_findings()  # type: ignore[arg-type]


def memory(names: list[str], table: dict[str, list[str]], commitment: Commitment, register: Register) -> None:
    """Bytes a row, traced."""
    count = len(names)
    kept, highest, _ = peak(lambda: registered(names, table))
    print(f"\nRegister: {kept / count:.1f} bytes a row kept, {highest / count:.1f} at its peak over the input")
    memory_of_draw("6 demands", commitment, register)
    kept, highest, _ = peak(lambda: sample(names, "5%", seed=SEED, label="benchmark"))
    print(f"sample: {highest / count:.1f} bytes a row at its peak over the ids", flush=True)


def memory_of_draw(name: str, commitment: Commitment, register: Register) -> None:
    """Bytes a row of one draw, traced."""
    _, highest, _ = peak(lambda: drawn(commitment, register))
    print(f"draw, {name}: {highest / len(register):.1f} bytes a row at its peak over the Register")


def main() -> None:
    """Run all sizes and print Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=[10**4, 10**5, 10**6])
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--large", action="store_true", help="also 10^7 ids: the draw against 10^6")
    options = parser.parse_args()
    print(
        f"{platform.python_implementation()} {platform.python_version()}, numpy {np.__version__}, {platform.platform()}"
    )
    for count in options.rows:
        report(count, options.repeats)
    if options.large:
        print("\n### 10^7 ids against 10^6\n\n| ids | sample 5 % | draw, 6 demands, spread |\n|---|---|---|")
        for count in (10**6, 10**7):
            large(count)


def large(count: int) -> None:
    """A row of the comparison: seconds of one sample and of one draw."""
    names, table = ids(count), columns(count)
    sampled = timed(lambda: sample(names, "5%", seed=SEED, label="benchmark"), 1)
    register = registered(names, table)
    commitment = commit(plan(SPREAD), register)
    seconds = timed(lambda: drawn(commitment, register), 1)
    print(f"| {count:,} | {sampled:.2f} | {seconds:.2f} |", flush=True)


if __name__ == "__main__":
    main()
