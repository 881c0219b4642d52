"""Speed of the deal of inspectors, as ratios within one process: ``python benchmarks/teams.py [--visits 5000 50000]``.

Three departments with 200 inspectors each over the same visits, dealt from registers and rules to the list of places.
The unit is a bare loop of hashes: copy a hashed prefix, update it with an inspector's id, take the digest. It is given
for the tickets that decide (of the candidates with the lowest load), and for all who are eligible on each visit, which
is what a deal would hash that orders every visit's candidates.

With scipy (extra ``benchmarks``) its maximum flow is timed on the same places, people and limits, without the time to
build its network: it decides whether all can be filled, and deals nobody. Nothing here is a test.
"""

import argparse
import hashlib
import platform
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterable
from importlib import import_module
from unittest.mock import patch

import numpy as np
from attrs import evolve, frozen

from dual_random import Commitment, Demand, Plan, Recusal, Register, SeedSource, Slot, TeamRule, commit
from dual_random.deals import feasible
from dual_random.schemes import Hash
from dual_random.tasks import Task, numbers
from dual_random.teams import Teams, Visits, deal_teams
from dual_random.tickets import digests
from dual_random.visits import Served

DEPARTMENTS = ("市监", "消防", "环保")
PEOPLE = 200
DISTRICTS = 5
PERIODS = tuple(f"{month}月" for month in range(1, 13))
KEY = "5c" * 32


@frozen(eq=False)
class Case:
    """Registers, rules and visits to deal over."""

    commitment: Commitment
    inspectors: Register
    enterprises: Register
    visits: Visits

    def deal(self) -> Teams:
        return deal_teams(self.commitment, self.inspectors, self.enterprises, KEY, self.visits)


def case(count: int, rules: tuple[TeamRule, ...], *, recused: int = 0) -> Case:
    """So many visits, each by all departments; recused: one enterprise in so many has recusals."""
    chance = random.Random(1)
    names = [f"9133{number * 7919 % 1000000:06d}{number:08d}" for number in range(count)]
    streets = [f"街道{chance.randrange(DISTRICTS)}" for _ in names]
    enterprises = Register({"id": names, "street": streets}, id="id", columns=["street"])
    people = [
        {
            "id": f"{department}{number:03d}",
            "department": department,
            "street": f"街道{number % DISTRICTS}",
            "rank": "senior" if chance.random() < 0.4 else "junior",
            "certificate": "valid" if chance.random() < 0.8 else "expired",
        }
        for department in DEPARTMENTS
        for number in range(PEOPLE)
    ]
    inspectors = Register.from_rows(people, id="id", columns=["department", "street", "rank", "certificate"])
    ids = list(inspectors)
    recusals = [
        Recusal(person, enterprise=names[place], reason="relative")
        for place in range(0, count if recused else 0, recused or 1)
        for person in chance.sample(ids, 3)
    ]
    plan = Plan(
        title="benchmark",
        authority="benchmark",
        number="1",
        seed=SeedSource(source="lottery", event="1", earliest="2024-08-06T21:15Z", form="00 00 00 00"),
        demands=[Demand(department, take="100%") for department in DEPARTMENTS],
        teams=rules,
        periods=PERIODS,
    )
    commitment = commit(plan, enterprises, inspectors, recusals=recusals)
    served = Served(DEPARTMENTS, tuple(sorted(DEPARTMENTS)), DEPARTMENTS[0])
    rows = np.arange(count, dtype=np.intp)
    periods = [chance.randrange(len(PERIODS)) for _ in names]
    visits = Visits(enterprises.ids_at(rows), [served] * count, periods, rows, served.departments)
    return Case(commitment, inspectors, enterprises, visits)


LOCAL = (
    Slot("leader", where={"rank": "senior", "certificate": "valid"}, same={"street": "street"}),
    Slot("member", where={"certificate": "valid"}, same={"street": "street"}),
)


def limited(count: int, *, most: int | None = None) -> tuple[TeamRule, ...]:
    """District, certificate, leader, a limit a period that is felt; perhaps one for the whole."""
    a_period = count // 200  # some four times what an even share would be: felt in streets with few seniors
    return (TeamRule(slots=LOCAL, most=most, most_per_period=a_period),)


def tight(count: int) -> tuple[TeamRule, ...]:
    """The same at the smallest limit under which all places can be filled."""
    own = case(count, limited(count), recused=20).deal()
    most = max((feasible(evolve(each.task, most=1, relief=True)).most or 0) for each in own.deals)
    return limited(count, most=most)


# ---- measures


def middle(job: Callable[[], object], repeats: int) -> float:
    """The median time of a job."""
    times = []
    for _ in range(repeats):
        begin = time.perf_counter()
        job()
        times.append(time.perf_counter() - begin)
    return statistics.median(times)


def bare(count: int) -> None:
    """So many tickets, and nothing else."""
    start = hashlib.sha256(f"{KEY}\ninspector\n市监\n913300000000000000\n".encode())
    names = [f"市监{number:03d}".encode() for number in range(PEOPLE)]
    for _ in range(count // PEOPLE):
        digests(start, names)


def tickets(own: Case) -> int:
    """How many tickets a deal makes."""
    counted = 0

    def counting(start: Hash, parts: Iterable[bytes]) -> list[bytes]:
        nonlocal counted
        kept = list(parts)
        counted += len(kept)
        return digests(start, kept)

    with patch("dual_random.deals.digests", counting):
        own.deal()
    return counted


def eligible(task: Task) -> int:
    """How many people are eligible for a place of each visit, summed over the visits."""
    total = 0
    for openings in task.openings:
        people = 0
        for opening in openings:
            people |= opening.eligible
        total += people.bit_count()
    return total


def flow(task: Task) -> tuple[int, float]:
    """The most places that can be filled, by scipy's maximum flow, and the seconds that it took."""
    edges: list[tuple[int, int, int]] = []
    nodes: dict[tuple[object, ...], int] = {("source",): 0, ("sink",): 1}

    def node(*name: object) -> int:
        return nodes.setdefault(name, len(nodes))

    seats = set()
    for visit, openings in enumerate(task.openings):
        period = task.periods[visit]
        for number, opening in enumerate(openings):
            edges.append((0, node("slot", visit, number), opening.need))
            for person in numbers(opening.eligible):
                edges.append((node("slot", visit, number), node("seat", visit, person), 1))
                if (visit, person) not in seats:
                    seats.add((visit, person))
                    edges.append((node("seat", visit, person), node("in", period, person), 1))
    limit = len(task.visits)
    for person, load in enumerate(task.carried):
        each = task.most_per_period or limit
        edges += [(node("in", period, person), node("person", person), each) for period in set(task.periods)]
        edges.append((node("person", person), 1, limit if task.most is None else max(0, task.most - load)))
    begin, end, room = np.array(edges, dtype=np.int32).T
    graph = import_module("scipy.sparse").csr_matrix((room, (begin, end)), shape=(len(nodes), len(nodes)))
    start = time.perf_counter()
    filled = import_module("scipy.sparse.csgraph").maximum_flow(graph, 0, 1).flow_value
    return int(filled), time.perf_counter() - start


def report(name: str, own: Case, repeats: int, *, scipy: bool) -> float:
    """One line: seconds and ratios."""
    teams = own.deal()
    short = sum(each.short for each in teams.staffing)
    decided, all_eligible = tickets(own), sum(eligible(each.task) for each in teams.deals)
    took = middle(own.deal, repeats)
    unit = middle(lambda: bare(1_000_000), 3) / 1_000_000
    ratios = (
        f"{took / (unit * decided):5.2f} of {decided:>9,} {took / (unit * all_eligible):5.2f} of {all_eligible:>10,}"
    )
    line = f"{name:34} {took:6.2f} s  {ratios}  short {short}"
    if scipy:
        flows = [flow(each.task) for each in teams.deals]
        line += f"  scipy {sum(seconds for _, seconds in flows):6.2f} s, {sum(filled for filled, _ in flows)} places"
    print(line, flush=True)
    return took


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--visits", type=int, nargs="+", default=[5_000, 50_000])
    parser.add_argument("--repeats", type=int, default=5)
    given = parser.parse_args()
    print(f"{platform.python_implementation()} {platform.python_version()}, numpy {np.__version__}, {sys.platform}")
    print(f"{'':34} {'':8}  times the tickets that decide; times all who are eligible")
    first: dict[str, float] = {}
    for count in given.visits:
        cases = {
            "all eligible": case(count, ()),
            "with rotation": case(count, (TeamRule(rotate=True),)),
            "district … period limits": case(count, limited(count), recused=20),
            "the same, least most": case(count, tight(count), recused=20),
        }
        for name, own in cases.items():
            took = report(f"{count} visits, {name}", own, given.repeats, scipy=count <= 5_000)
            if name in first:
                print(f"{'':34} {took / first[name]:6.1f} times the {given.visits[0]} visits")
            first.setdefault(name, took)


if __name__ == "__main__":
    main()
