"""What decided in a deal: the order of candidates, who was passed over and why, who comes next; read literally."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from random import Random
from typing import Final, TypeAlias

from attrs import frozen

import deal_oracle
from coarse import Coarse
from deal_cases import larger_department, named, random_department, task
from deal_oracle import Department, Slot, Ticket, by_paths
from dual_random.deals import Dealt, deal
from dual_random.schemes import Hash
from dual_random.tasks import Task, numbers
from dual_random.traces import Opened, Tight, Turn, tight, trace

KEY: Final = "5e" * 32
Hasher: TypeAlias = Callable[[bytes], Hash]


@frozen(eq=False)
class Case:
    """A department as it is written, and its deal."""

    of: Department
    hasher: Hasher
    given: Task
    dealt: Dealt

    @property
    def ticket(self) -> Ticket:
        """Tickets by the scheme's text."""
        return lambda purpose, *names: self.hasher("\n".join([KEY, purpose, *names]).encode()).hexdigest()

    @property
    def start(self) -> Hash:
        """The hash state behind key, purpose and department."""
        return self.hasher(f"{KEY}\ninspector\n{self.of.name}\n".encode())

    def person(self, number: int) -> str:
        """Somebody's name."""
        return self.given.people[number].decode()

    def people(self, persons: int) -> set[str]:
        """The names of a set."""
        return {self.person(number) for number in numbers(persons)}


def case(of: Department, hasher: Hasher) -> Case:
    """The deal of a department."""
    made = Case(of, hasher, Task(people=(), carried=(), visits=(), periods=(), openings=(), met={}), Dealt((), None))
    given = task(of, made.ticket)
    return Case(of, hasher, given, deal(given, made.start))


def cases(count: int, hashers: tuple[Hasher, ...] = (hashlib.sha256, Coarse)) -> Iterator[Case]:
    """Departments that were dealt: small ones, tight ones above all, under tickets with and without ties."""
    for seed in range(count):
        made = case(random_department(Random(seed)), hashers[seed % len(hashers)])
        if made.dealt.cut is None:
            yield made


def larger_cases(count: int) -> Iterator[Case]:
    """A dozen people on some twenty visits at the least limits that are enough."""
    for seed in range(count):
        made = case(larger_department(Random(seed)), hashlib.sha256)
        if made.dealt.cut is None:
            yield made


def slots_in_order(own: Case, enterprise: str) -> list[Slot]:
    """The slots of a visit as they are dealt."""
    return deal_oracle.ordered_slots(own.of, enterprise)


# ---- every place


def check(own: Case, seen: Counter[str]) -> None:
    """Hold the trace of every visit against the literal reading, place by place."""
    of, most = own.of, own.dealt.most
    dealt: deal_oracle.Dealt = {}
    for visit, name in enumerate(own.given.visits):
        enterprise = name.decode()
        dealt[enterprise] = {}
        opened = trace(own.given, own.start, own.dealt, visit)
        assert tuple(turn.person for each in opened for turn in each.turns) == own.dealt.teams[visit]
        for number, (slot, told) in enumerate(zip(slots_in_order(own, enterprise), opened, strict=True)):
            dealt[enterprise][slot[0]] = []
            candidates = deal_oracle._candidates(of, most, dealt, enterprise, slot)
            base = min(deal_oracle.load(of, dealt, person) for person in candidates) + of.slack
            assert (told.base, len(told.turns)) == (base, slot[1])
            check_others(own, dealt, enterprise, slot, told, seen)
            for place, turn in enumerate(told.turns):
                check_turn(own, dealt, enterprise, slot, base, turn)
                check_passed(own, dealt, visit, slot, (number, place), turn, seen)
                dealt[enterprise][slot[0]].append(own.person(turn.person))
    assert dealt == named(of, own.given, own.dealt.teams)
    seen["raised"] += most != of.most


def check_others(
    own: Case, dealt: deal_oracle.Dealt, enterprise: str, slot: Slot, told: Opened, seen: Counter[str]
) -> None:
    """Whoever is eligible and no candidate is at a limit, or on the visit already; each with the count."""
    of, most, period = own.of, own.dealt.most, own.of.visits[enterprise]
    eligible = deal_oracle.eligible(of, enterprise, slot)
    on = eligible & set(deal_oracle.on_visit(dealt, enterprise))
    loads = {person: deal_oracle.load(of, dealt, person) for person in eligible - on}
    full = {person: load for person, load in loads.items() if most is not None and load >= most}
    counts = {p: deal_oracle.in_period(of, dealt, p, period) for p in loads.keys() - full.keys()}
    per_period = of.most_per_period
    full_then = {p: count for p, count in counts.items() if per_period is not None and count >= per_period}
    assert own.people(told.opening.eligible) == eligible
    assert own.people(told.on_visit) == on
    assert {own.person(number): load for number, load in told.at_most.items()} == full
    assert {own.person(number): count for number, count in told.at_most_in_period.items()} == full_then
    seen.update({"on visit": len(on), "at most": len(full), "at most in period": len(full_then)})


def check_turn(own: Case, dealt: deal_oracle.Dealt, enterprise: str, slot: Slot, base: int, turn: Turn) -> None:
    """All candidates that are left, in order, each with what puts it there."""
    expected = deal_oracle._ranked(own.of, own.dealt.most, dealt, enterprise, slot, base, own.ticket)
    assert [own.person(each.person) for each in turn.order] == expected
    for rank, each in enumerate(turn.order):
        name = own.person(each.person)
        assert turn.rank(each.person) == rank
        assert each.level == max(base, deal_oracle.load(own.of, dealt, name))
        assert each.meetings == deal_oracle.meetings(own.of, dealt, enterprise, name)
        assert each.ticket.hex() == own.ticket("inspector", own.of.name, enterprise, name)


def check_passed(
    own: Case,
    dealt: deal_oracle.Dealt,
    visit: int,
    slot: Slot,
    at: tuple[int, int],
    turn: Turn,
    seen: Counter[str],
) -> None:
    """Whoever stands before the one who goes could not be spared, and the proof is what a literal flow reaches."""
    enterprise = own.given.visits[visit].decode()
    assert turn.passed == tuple(each.person for each in turn.order[: turn.taken])
    for each in turn.order[: turn.taken + 1]:
        name = own.person(each.person)
        people = dealt[enterprise][slot[0]]
        people.append(name)
        arcs = deal_oracle.network(own.of, own.dealt.most, dealt)
        filled, reached = by_paths(arcs)
        missing = deal_oracle.places(arcs) - filled
        found = tight(own.given, own.dealt, visit, *at, each.person)
        assert missing == found.demand - found.supply == (each.person != turn.person)
        if missing:
            assert in_names(own, found) == in_nodes(own, dealt, reached)
            seen.update(kinds(found))
        else:
            assert found == Tight((), (), (), ())
        people.pop()


def kinds(found: Tight) -> Iterator[str]:
    """What a proof has."""
    yield "passed over"
    yield from (name for name in ("people", "in_period", "on_visit") if getattr(found, name))


def in_names(own: Case, found: Tight) -> dict[str, object]:
    """A proof in names."""
    visits = [name.decode() for name in own.given.visits]
    slots = [own.of.slots[visits[visit]][slot][0] for visit, slot, _ in found.places]
    places = [(visits[visit], slot, need) for (visit, _, need), slot in zip(found.places, slots, strict=True)]
    return {
        "places": sorted(places),
        "people": sorted((own.person(person), left) for person, left in found.people),
        "in_period": sorted((own.person(person), period, left) for person, period, left in found.in_period),
        "on_visit": sorted((own.person(person), visits[visit]) for person, visit in found.on_visit),
    }


def in_nodes(own: Case, dealt: deal_oracle.Dealt, reached: set[deal_oracle.Node]) -> dict[str, object]:
    """The same, from what the source of the literal network reaches."""
    of, most = own.of, own.dealt.most
    open_places = Counter(node[1:3] for node in reached if node[0] == "place")
    people = {node[1] for node in reached if node[0] == "person"}
    periods = {node[1:] for node in reached if node[0] == "in period" and node[1] not in people}
    visits = {node[1:] for node in reached if node[0] == "on visit"}
    return {
        "places": sorted((*place, count) for place, count in open_places.items()),
        "people": sorted((person, max(0, (most or 0) - deal_oracle.load(of, dealt, person))) for person in people),
        "in_period": sorted(
            (person, period, (of.most_per_period or 0) - deal_oracle.in_period(of, dealt, person, period))
            for person, period in periods
        ),
        "on_visit": sorted(visit for visit in visits if ("in period", visit[0], of.visits[visit[1]]) not in reached),
    }


LEAST: Final = {
    "passed over": 80,
    "people": 40,
    "in_period": 40,
    "on_visit": 40,
    "on visit": 800,
    "at most": 300,
    "at most in period": 50,
    "raised": 40,
}


def test_a_trace_tells_the_deal_of_the_literal_reading() -> None:
    """Candidates in order with level, meetings and ticket, who goes, who was passed over and the proof, who is full."""
    seen: Counter[str] = Counter()
    for own in cases(600):
        check(own, seen)
    assert all(seen[kind] >= count for kind, count in LEAST.items()), seen


def test_a_trace_of_larger_deals() -> None:
    """Some twenty visits at the least limits, where many are passed over."""
    seen: Counter[str] = Counter()
    for own in larger_cases(5):
        check(own, seen)
    assert seen["passed over"] > 10, seen
