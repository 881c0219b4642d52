"""The deal of inspectors: golden teams, the scheme read literally, exact chances over all orders of the tickets."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations, permutations, product
from random import Random
from typing import Any, Final, TypeAlias

import pytest
from attrs import evolve

import deal_oracle
import oracle
from coarse import Coarse
from deal_cases import (
    Case,
    Told,
    cases,
    larger_department,
    named,
    random_department,
    stored,
    task,
    tight_department,
    wide_department,
)
from deal_oracle import Answer, Department, Ticket, by_networkx, by_paths
from dual_random.deals import Dealer, Dealt, deal, feasible
from dual_random.flows import Cut, least_most, shortage
from dual_random.flows import demand as demand_of
from dual_random.flows import supply as supply_of
from dual_random.schemes import SCHEMES, Hash, Scheme, label_key, ticket, ticket_start
from dual_random.tasks import Opening, Task, numbers

CASES: Final = cases()
KEY: Final = "5e" * 32

Hasher: TypeAlias = Callable[[bytes], Hash]
Outcome: TypeAlias = tuple[tuple[int, ...], ...]  # the team of each visit, visits in the order of the task


def by_name(case: Case) -> str:
    """The name of a case, for pytest."""
    return case.name


# ---- golden values


def test_the_golden_cases_are_all_there() -> None:
    """Forty-three deals under both hashes; slack, rotation, limits a period and absences among them."""
    assert Counter(case.scheme for case in CASES) == {SCHEMES[0]: 40, SCHEMES[1]: 3}
    of = [case.department for case in CASES]
    assert Counter(each.slack for each in of) == {0: 19, 1: 13, 2: 11}
    assert sum(each.rotate for each in of) == 10
    assert sum(each.most_per_period is not None for each in of) == 8
    assert sum(bool(each.absent) for each in of) == 14
    bound = [deal_oracle.deal(case.department, tickets_of(case.scheme, case.key), by_paths).refused for case in CASES]
    assert sum(refused > 0 for refused in bound) == 15


@pytest.mark.parametrize("scheme", SCHEMES)
def test_golden_tickets(scheme: Scheme) -> None:
    """The key, and the ticket of an inspector for a visit of a department."""
    golden = stored()[scheme]
    assert golden["key"] == label_key(scheme, golden["label"], golden["seed"])
    told = golden["inspector_ticket"]
    assert ticket(scheme, golden["key"], "inspector", *told["names"]) == told["ticket"]
    department, enterprise, inspector = told["names"]
    state = start_of(scheme, golden["key"], department)
    state.update(f"{enterprise}\n{inspector}".encode())
    assert state.hexdigest() == told["ticket"]


@pytest.mark.parametrize("case", CASES, ids=by_name)
def test_golden_teams(case: Case) -> None:
    """Everybody on every visit, slot by slot, in the order of dealing."""
    of = case.department
    given = task(of, tickets_of(case.scheme, case.key))
    found = deal(given, start_of(case.scheme, case.key, of.name))
    assert named(of, given, found.teams) == case.teams
    assert (found.most, found.cut, found.enough) == (of.most, None, None)


@pytest.mark.parametrize("case", CASES, ids=by_name)
def test_the_literal_reading_gives_the_golden_teams(case: Case) -> None:
    """With the maximum flow of networkx and with the plain one."""
    for solve in (by_networkx, by_paths):
        answer = deal_oracle.deal(case.department, tickets_of(case.scheme, case.key), solve)
        assert (answer.teams, answer.most, answer.shortage) == (case.teams, case.department.most, None)


def tickets_of(scheme: Scheme, key: str) -> Ticket:
    """Tickets by the scheme's text."""
    return oracle.by_names(scheme, key)


def start_of(scheme: Scheme, key: str, department: str) -> Hash:
    """The hash state behind key, purpose and department."""
    state = ticket_start(scheme, key, "inspector")
    state.update(f"{department}\n".encode())
    return state


# ---- the literal reading holds


def test_the_flows_of_the_literal_reading() -> None:
    """The plain maximum flow has the value of that of networkx, and its source reaches the same, at every stage."""
    kinds: Counter[bool] = Counter()
    for seed in range(150):
        rng = Random(seed)
        of = random_department(rng)
        for dealt in (dict[str, dict[str, list[str]]](), _partly(of, rng)):
            arcs = deal_oracle.network(of, of.most, dealt)
            assert by_paths(arcs) == by_networkx(arcs), seed
            kinds[by_paths(arcs)[0] == deal_oracle.places(arcs)] += 1
    assert min(kinds[True], kinds[False]) > 60, kinds


def _partly(of: Department, rng: Random) -> deal_oracle.Dealt:
    """Some places filled anyhow, within the limits."""
    answer = deal_oracle.plain_deal(evolve(of, most=None, most_per_period=None), None, hashed(hashlib.sha256))
    kept = {} if answer is None else {e: team for e, team in answer.items() if rng.random() < 0.5}
    return {e: {name: people[: rng.randint(0, 2)] for name, people in team.items()} for e, team in kept.items()}


def test_the_network_of_the_literal_reading() -> None:
    """A full flow exists exactly when trying everybody for every place finds a full staffing."""
    kinds: Counter[bool] = Counter()
    for seed in range(600):
        of = random_department(Random(seed))
        places = [(e, slot) for e, slots in of.slots.items() for slot in slots for _ in range(slot[1])]
        if len(places) <= 9:
            found = _tried(of, places, [])
            assert found == deal_oracle.fillable(of, of.most, {}, by_paths), seed
            kinds[found] += 1
    assert min(kinds[True], kinds[False]) > 60, kinds


def _tried(of: Department, places: Sequence[tuple[str, deal_oracle.Slot]], filled: list[str]) -> bool:
    """Whether the places left can be filled, by trying all ways; nothing of a network stands here."""
    if len(filled) == len(places):
        return True
    enterprise, slot = places[len(filled)]
    for person in deal_oracle.eligible(of, enterprise, slot):
        gone = [place[0] for place, other in zip(places, filled, strict=False) if other == person]
        in_period = sum(of.visits[other] == of.visits[enterprise] for other in gone)
        if (
            enterprise not in gone
            and (of.most is None or of.carried[person] + len(gone) < of.most)
            and (of.most_per_period is None or in_period < of.most_per_period)
            and _tried(of, places, [*filled, person])
        ):
            return True
    return False


def test_the_literal_reading_with_the_flows_of_networkx() -> None:
    """Which maximum flow is asked does not matter."""
    bound = 0
    for seed in range(60):
        of = random_department(Random(seed))
        answer = deal_oracle.deal(of, hashed(hashlib.sha256), by_networkx)
        assert answer == deal_oracle.deal(of, hashed(hashlib.sha256), by_paths), seed
        bound += answer.refused > 0
    assert bound > 3


# ---- the deal against the literal reading


class Late(Coarse):
    """A hash whose values differ in their last byte alone."""

    def digest(self) -> bytes:
        """31 bytes of zero, and one of SHA-256."""
        return bytes(31) + hashlib.sha256(self.data).digest()[:1]


HASHES: Final[Sequence[Hasher]] = (hashlib.sha256, hashlib.sha256, Late, Coarse)


def hashed(hasher: Hasher) -> Ticket:
    """Tickets of a hash under the key of these tests."""
    return lambda purpose, *names: hasher("\n".join([KEY, purpose, *names]).encode()).hexdigest()


def compare(of: Department, hasher: Hasher, at: object) -> Answer:
    """Hold the deal of a department against the literal reading; the answer of both.

    The plain deal gets stuck exactly where somebody is passed over for places still open; else it is the answer.
    """
    expected = deal_oracle.deal(of, hashed(hasher), by_paths)
    if expected.shortage is None:
        plain = deal_oracle.plain_deal(of, expected.most, hashed(hasher))
        assert plain == (None if expected.refused else expected.teams), (at, of)
    given = task(of, hashed(hasher))
    found = deal(given, hasher(f"{KEY}\ninspector\n{of.name}\n".encode()))
    assert told(of, given, found) == wanted(expected), (at, of)
    if found.cut:
        check_cut(given, found.cut, expected)
    return expected


def told(of: Department, given: Task, found: Dealt) -> dict[str, Any]:
    """All that was dealt, or why nothing was, in names."""
    if found.cut is None:
        return {"teams": named(of, given, found.teams), "most": found.most, "enough": found.enough}
    assert found.teams == ()
    person = [each.decode() for each in given.people]
    visit = [each.decode() for each in given.visits]
    cut = found.cut
    slot = {
        (v, k): of.slots[visit[v]][opening.slot][0]
        for v, openings in enumerate(given.openings)
        for k, opening in enumerate(openings)
    }
    return {
        "openings": sorted((visit[v], slot[v, k]) for v, k in cut.openings),
        "people": sorted(person[i] for i in cut.people),
        "in_period": sorted((person[i], period) for i, period in cut.in_period),
        "on_visit": sorted((person[i], visit[v]) for i, v in cut.on_visit),
        "most": found.most,
        "enough": found.enough,
    }


def wanted(answer: Answer) -> dict[str, Any]:
    """The same of the literal reading."""
    short = answer.shortage
    if short is None:
        return {"teams": answer.teams, "most": answer.most, "enough": None}
    cut = {name: sorted(getattr(short, name)) for name in ("openings", "people", "in_period", "on_visit")}
    return {**cut, "most": answer.most, "enough": short.enough}


def check_cut(given: Task, cut: Cut, answer: Answer) -> None:
    """Demand less supply is what cannot be filled, and the proof stands on its own: nobody else can fill a place."""
    assert list(cut.openings) == sorted(set(cut.openings))
    assert list(cut.people) == sorted(set(cut.people))
    for pairs in (cut.in_period, cut.on_visit):
        assert list(pairs) == sorted(set(pairs), key=lambda pair: (pair[1], pair[0]))
    assert answer.shortage is not None
    demand = sum(given.openings[v][k].need for v, k in cut.openings)
    supply = sum(max(0, (given.most or 0) - given.carried[person]) for person in cut.people)
    supply += (given.most_per_period or 0) * len(cut.in_period) + len(cut.on_visit)
    places = sum(opening.need for openings in given.openings for opening in openings)
    assert demand - supply == places - answer.shortage.filled > 0
    assert (demand_of(given, cut), supply_of(given, given.most, cut)) == (demand, supply)
    people, in_period, on_visit = set(cut.people), set(cut.in_period), set(cut.on_visit)
    for v, k in cut.openings:
        for person in numbers(given.openings[v][k].eligible):
            assert person in people or (person, given.periods[v]) in in_period or (person, v) in on_visit


@pytest.mark.parametrize("part", range(5))
def test_deals_are_those_of_the_scheme(part: int) -> None:
    """Five hundred departments: the same people place by place, or the same minimum cut and limit that is enough."""
    seen: Counter[str] = Counter()
    for seed in range(500 * part, 500 * (part + 1)):
        of = random_department(Random(seed))
        answer = compare(of, HASHES[seed % len(HASHES)], seed)
        seen += Counter(kinds_of(of, answer))
    assert all(seen[kind] >= least for kind, least in KINDS.items()), seen


KINDS: Final[Mapping[str, int]] = {  # of five hundred, at the least
    "dealt": 300,
    "bound": 30,
    "bound, rotation": 10,
    "bound, slack": 10,
    "bound, period": 8,
    "raised": 50,
    "bound, raised": 3,
    "short": 90,
    "short of people": 60,
    "short in a period": 5,
    "short on a visit": 25,
    "short in part": 40,
    "short in several ways": 10,
    "a higher limit is enough": 20,
    "no relief helps": 4,
}


def kinds_of(of: Department, answer: Answer) -> Iterator[str]:
    """What a case tests: so that no test passes for want of interesting cases."""
    short = answer.shortage
    if short is None:
        yield "dealt"
        marks = {"rotation": of.rotate, "slack": of.slack > 0, "period": of.most_per_period is not None}
        marks["raised"] = answer.most != of.most
        if marks["raised"]:
            yield "raised"
        if answer.refused:
            yield "bound"
            yield from (f"bound, {mark}" for mark, holds in marks.items() if holds)
        return
    yield "short"
    ways = {"of people": short.people, "in a period": short.in_period, "on a visit": short.on_visit}
    yield from (f"short {way}" for way, found in ways.items() if found)
    if sum(bool(found) for found in ways.values()) > 1:
        yield "short in several ways"
    if len(short.openings) < sum(len(slots) for slots in of.slots.values()):
        yield "short in part"
    if short.enough is not None:
        yield "a higher limit is enough"
    elif of.relief:
        yield "no relief helps"


def test_larger_deals_are_those_of_the_scheme() -> None:
    """Some twenty visits at the least limits that are enough, where searches that fail pile up."""
    answers = [compare(larger_department(Random(seed)), HASHES[seed % len(HASHES)], seed) for seed in range(16)]
    assert sum(answer.refused > 0 for answer in answers) > 6


def test_tight_deals_are_those_of_the_scheme() -> None:
    """Some eighty visits at the least limits: whoever was passed over had to be, by a maximum flow each."""
    found = []
    for seed in (4, 6, 7, 13, 16, 23):
        of = tight_department(Random(seed))
        given = task(of, hashed(hashlib.sha256))
        dealt = deal(given, hashlib.sha256(f"{KEY}\ninspector\n{of.name}\n".encode()))
        teams = named(of, given, dealt.teams)
        found.append(deal_oracle.passed_over(of, of.most, hashed(hashlib.sha256), teams, by_paths))
        assert found[-1] is not None, seed
    assert sum(refused or 0 for refused in found) > 60, found


@pytest.mark.parametrize("seed", range(3))
def test_deals_among_many_people(seed: int) -> None:
    """More people than a machine word has bits."""
    compare(wide_department(Random(seed)), hashlib.sha256, seed)


def test_shortages_without_a_deal() -> None:
    """Rehearsals ask for the cut under any limit, and for the least limit that is enough, without a ticket."""
    for seed in range(250):
        of = random_department(Random(seed))
        given = task(of, hashed(hashlib.sha256))
        assert feasible(given) == evolve(deal(given, hashlib.sha256()), teams=()), seed
        for most in (None, 1, 2, 4):
            cut = shortage(given, most)
            assert (cut is None) == deal_oracle.fillable(of, most, {}, by_paths), (seed, most)
            if cut is not None:
                short = deal_oracle.shortage(evolve(of, most=most), by_paths)
                answer = Answer({}, most, short, 0)
                assert told(of, given, Dealt((), most, cut, short.enough)) == wanted(answer), (seed, most)
                check_cut(evolve(given, most=most), cut, answer)
                assert most is None or least_most(given, most, cut) == short.enough, (seed, most)


def test_teams_that_were_dealt_before_are_taken_up() -> None:
    """After the teams of the first visits, dealt or taken up, the next are dealt alike: loads, limits, meetings."""
    again = 0
    for seed in range(200):
        of = random_department(Random(seed))
        given = task(of, hashed(hashlib.sha256))
        start = hashlib.sha256(f"{KEY}\ninspector\n{of.name}\n".encode())
        teams = tuple(Dealer(given, start))
        for kept in range(len(teams)):
            dealer = Dealer(given, start)
            for visit, team in enumerate(teams[:kept]):
                dealer.sit(visit, team)
            rest = [dealer.team(visit, given.openings[visit]) for visit in range(kept, len(teams))]
            assert tuple(rest) == teams[kept:], (seed, kept)
            again += kept > 0
    assert again > 200


# ---- edges


def simple(openings: Sequence[Sequence[tuple[int, int]]], people: int, **rules: Any) -> Task:
    """A task whose slots are (places, set of people)."""
    rules = {"met": {}, "carried": (0,) * people, "periods": (0,) * len(openings), **rules}
    return Task(
        people=tuple(b"F%d" % i for i in range(people)),
        visits=tuple(b"E%d" % i for i in range(len(openings))),
        openings=tuple(
            tuple(Opening(place, need, eligible) for place, (need, eligible) in enumerate(slots)) for slots in openings
        ),
        **rules,
    )


def test_nothing_to_deal() -> None:
    """Without visits there are no teams, a visit without slots has an empty one, and nobody is missed."""
    state = hashlib.sha256()
    assert deal(simple([], 0), state) == Dealt((), None)
    assert deal(simple([], 2, most=1), state) == Dealt((), 1)
    assert deal(simple([[], []], 0, most=1), state) == Dealt(((), ()), 1)
    assert deal(simple([[], [(1, 0b10)]], 2), state) == Dealt(((), (1,)), None)


def test_nobody_to_deal() -> None:
    """A place for which nobody is eligible is a shortage whatever the limit."""
    state = hashlib.sha256()
    for relief in (False, True):
        found = deal(simple([[(1, 0)], [(1, 0b1)]], 1, most=1, relief=relief), state)
        assert found == Dealt((), 1, Cut(((0, 0),), (), (), ()))
    assert deal(simple([[(1, 0)]], 0), state) == Dealt((), None, Cut(((0, 0),), (), (), ()))


def test_the_hash_given_is_left_as_it_was() -> None:
    """The state at the start is copied, never fed."""
    state = hashlib.sha256(b"start")
    deal(simple([[(2, 0b1111)], [(1, 0b11)]], 4, most=1), state)
    assert state.digest() == hashlib.sha256(b"start").digest()


# ---- nobody is told apart but by tickets


def test_the_deal_of_people_and_visits_renamed() -> None:
    """Who has another's place in the list and the other's tickets, goes where the other went."""
    moved = 0
    for seed in range(300):
        rng = Random(seed)
        of = random_department(rng)
        given = task(of, hashed(hashlib.sha256))
        table = {(v, p): rng.randbytes(32) for v in range(len(given.visits)) for p in range(len(given.people))}
        place = rng.sample(range(len(given.people)), len(given.people))  # person -> place in the other list
        found = deal(given, written(given, table))
        other_table = {(v, place[p]): ticket_ for (v, p), ticket_ in table.items()}
        other = deal(renamed(given, place), written(given, other_table))
        assert other.teams == tuple(tuple(place[person] for person in team) for team in found.teams), seed
        if found.cut and other.cut:
            assert sorted(place[person] for person in found.cut.people) == list(other.cut.people)
        assert (found.most, found.enough) == (other.most, other.enough)
        moved += found.teams != other.teams
    assert moved > 100


def written(given: Task, table: Mapping[tuple[int, int], bytes]) -> Hash:
    """A hash whose tickets stand in a table."""
    return Told({given.visits[v] + b"\n" + given.people[p]: ticket_ for (v, p), ticket_ in table.items()})


def renamed(given: Task, place: Sequence[int]) -> Task:
    """The same task with its people in other places of the list."""
    back = {new: old for old, new in enumerate(place)}
    return evolve(
        given,
        carried=tuple(given.carried[back[new]] for new in range(len(place))),
        openings=tuple(
            tuple(evolve(each, eligible=sum(1 << place[p] for p in numbers(each.eligible))) for each in openings)
            for openings in given.openings
        ),
        met={
            (min(place[low], place[high]), max(place[low], place[high])): times
            for (low, high), times in given.met.items()
        },
    )


# ---- exact chances: all orders of the tickets, each as likely as any other


def law(given: Task) -> Counter[Outcome]:
    """How many of all orders of visits, and of people on each visit, give each outcome."""
    visits, people = range(len(given.visits)), range(len(given.people))
    found: Counter[Outcome] = Counter()
    ranks = list(permutations(people))
    for order in permutations(visits):
        dealt_in = evolve(
            given,
            visits=tuple(given.visits[v] for v in order),
            periods=tuple(given.periods[v] for v in order),
            openings=tuple(given.openings[v] for v in order),
        )
        for chosen in product(ranks, repeat=len(visits)):
            table = {(v, p): bytes([chosen[v][p]]) * 32 for v in visits for p in people}
            teams = deal(dealt_in, written(given, table)).teams
            found[tuple(teams[order.index(v)] for v in visits if teams)] += 1
    return found


def chance(outcomes: Counter[Outcome], holds: Callable[[Outcome], bool]) -> Fraction:
    """The chance of what holds of some outcomes."""
    return Fraction(sum(times for outcome, times in outcomes.items() if holds(outcome)), outcomes.total())


def on_visit(outcomes: Counter[Outcome], visit: int, person: int) -> Fraction:
    """The chance that somebody goes to a visit."""
    return chance(outcomes, lambda outcome: person in outcome[visit])


def loads(outcome: Outcome, people: int) -> tuple[int, ...]:
    """The visits of each person."""
    return tuple(sum(person in team for team in outcome) for person in range(people))


def check_alike(outcomes: Counter[Outcome], one: int, two: int) -> None:
    """To exchange two people leaves the joint law of all teams as it is: chances of visits, teams, loads, all of it."""
    other = {one: two, two: one}
    exchanged: Counter[Outcome] = Counter()
    for outcome, times in outcomes.items():
        exchanged[tuple(tuple(other.get(person, person) for person in team) for team in outcome)] += times
    assert exchanged == outcomes


def interchangeable(given: Task) -> list[tuple[int, int]]:
    """Pairs of people whose exchange leaves the task as it is."""
    people = range(len(given.people))

    def same(one: int, two: int) -> bool:
        place = [{one: two, two: one}.get(person, person) for person in people]
        other = renamed(given, place)
        return (other.carried, other.openings, dict(other.met)) == (given.carried, given.openings, dict(given.met))

    return [pair for pair in combinations(people, 2) if same(*pair)]


def test_chances_of_people_who_are_alike() -> None:
    """Four alike, two visits of two: each has one visit, and is as likely on the one as on the other."""
    outcomes = law(simple([[(2, 0b1111)], [(2, 0b1111)]], 4))
    assert {loads(outcome, 4) for outcome in outcomes} == {(1, 1, 1, 1)}
    assert {on_visit(outcomes, visit, person) for visit in (0, 1) for person in range(4)} == {Fraction(1, 2)}
    assert Counter(outcomes.values()) == {outcomes.total() // 24: 24}
    for pair in combinations(range(4), 2):
        check_alike(outcomes, *pair)


def test_chances_where_the_look_ahead_binds() -> None:
    """One visit each; a second visit that only two can do keeps one of them free, and they stay equal."""
    given = simple([[(2, 0b1111)], [(1, 0b1100)]], 4, most=1)
    outcomes = law(given)
    assert interchangeable(given) == [(0, 1), (2, 3)]
    for pair in ((0, 1), (2, 3)):
        check_alike(outcomes, *pair)
    assert [on_visit(outcomes, 0, person) for person in range(4)] == [Fraction(5, 8)] * 2 + [Fraction(3, 8)] * 2
    assert [on_visit(outcomes, 1, person) for person in range(4)] == [0, 0, Fraction(1, 2), Fraction(1, 2)]


def test_chances_of_leaders_and_members() -> None:
    """Two leaders for two visits lead one each, so neither is ever dealt as a member."""
    given = simple([[(1, 0b0011), (1, 0b1111)]] * 2, 4, most=1)
    outcomes = law(given)
    assert {tuple(sorted(outcome[v][0] for v in (0, 1))) for outcome in outcomes} == {(0, 1)}
    assert {on_visit(outcomes, visit, person) for visit in (0, 1) for person in range(4)} == {Fraction(1, 2)}
    for pair in ((0, 1), (2, 3)):
        check_alike(outcomes, *pair)


@pytest.mark.parametrize(
    ("slack", "expected"),
    [
        (0, {(1, 1, 1): "1"}),
        (1, {(1, 1, 1): "2/9", (2, 1, 0): "7/9"}),
        (2, {(1, 1, 1): "2/9", (2, 1, 0): "2/3", (3, 0, 0): "1/9"}),
    ],
)
def test_chances_with_slack(slack: int, expected: Mapping[tuple[int, ...], str]) -> None:
    """Three people, three visits of one: the chances of the loads, found on paper; everybody has a third of each."""
    outcomes = law(simple([[(1, 0b111)]] * 3, 3, slack=slack))
    found = {tuple(sorted(loads(outcome, 3), reverse=True)) for outcome in outcomes}
    assert found == set(expected)
    for spread, share in expected.items():
        assert chance(outcomes, lambda o: tuple(sorted(loads(o, 3), reverse=True)) == spread) == Fraction(share)  # noqa: B023
    assert {on_visit(outcomes, visit, person) for visit in range(3) for person in range(3)} == {Fraction(1, 3)}
    for pair in combinations(range(3), 2):
        check_alike(outcomes, *pair)


@pytest.mark.parametrize(("rotate", "expected"), [(True, "2/3"), (False, "2/9")])
def test_chances_with_rotation(rotate: bool, expected: str) -> None:
    """Three people, three visits of two: the chance, found on paper, that every pair meets once."""
    outcomes = law(simple([[(2, 0b111)]] * 3, 3, slack=1, rotate=rotate))
    assert chance(outcomes, lambda outcome: len({frozenset(team) for team in outcome}) == 3) == Fraction(expected)
    assert {on_visit(outcomes, visit, person) for visit in range(3) for person in range(3)} == {Fraction(2, 3)}
    for pair in combinations(range(3), 2):
        check_alike(outcomes, *pair)


def test_chances_with_meetings() -> None:
    """Two pairs who have met before are parted on their only visit."""
    given = simple([[(2, 0b1111)]], 4, rotate=True, met={(0, 1): 1, (2, 3): 2})
    outcomes = law(given)
    assert chance(outcomes, lambda outcome: set(outcome[0]) in ({0, 1}, {2, 3})) == 0
    assert {on_visit(outcomes, 0, person) for person in range(4)} == {Fraction(1, 2)}
    for pair in ((0, 1), (2, 3)):
        check_alike(outcomes, *pair)


def test_chances_with_relief() -> None:
    """Three people for two visits of two, one each at most: the limit is raised, and everybody has two thirds."""
    outcomes = law(simple([[(2, 0b111)]] * 2, 3, most=1, relief=True))
    assert {on_visit(outcomes, visit, person) for visit in (0, 1) for person in range(3)} == {Fraction(2, 3)}
    for pair in combinations(range(3), 2):
        check_alike(outcomes, *pair)


def test_chances_of_visits_that_are_alike() -> None:
    """To exchange two visits leaves the joint law as it is."""
    for given in (
        simple([[(1, 0b111)], [(2, 0b111)], [(2, 0b111)]], 3, most=2),
        simple([[(1, 0b011)], [(1, 0b110)], [(1, 0b110)]], 3, slack=1),
    ):
        outcomes = law(given)
        assert Counter({(a, c, b): times for (a, b, c), times in outcomes.items()}) == outcomes


def test_chances_in_random_tasks() -> None:
    """Whoever can be exchanged has the same joint law: with every rule, and where the look-ahead binds."""
    pairs = bound = 0
    for seed in range(450):
        given = _little(Random(seed))
        alike = interchangeable(given)
        if alike and shortage(given, given.most) is None:
            outcomes = law(given)
            for pair in alike:
                check_alike(outcomes, *pair)
            pairs += len(alike)
            bound += _stuck(given)
    assert pairs > 200
    assert bound > 30


def _little(rng: Random) -> Task:
    """Three people, two visits, a slot or two each; limits that may be just enough."""
    sets = [0b111, 0b111, 0b111, 0b110, 0b110, 0b011]
    openings = [[(rng.choice([1, 1, 2]), rng.choice(sets)) for _ in range(rng.choice([1, 1, 2]))] for _ in range(2)]
    load = rng.randint(0, 1)
    given = simple(
        openings,
        3,
        carried=(rng.choice([load, 2]), load, load),
        periods=(0, rng.randint(0, 1)),
        most_per_period=rng.choice([None, 1, 2]),
        slack=rng.randint(0, 1),
        rotate=rng.random() < 0.5,
        met={(1, 2): rng.randint(0, 2)} if rng.random() < 0.5 else {},
    )
    enough = next((most for most in range(1, 9) if shortage(given, most) is None), None)
    return evolve(given, most=rng.choice([enough, enough, None]))


def _stuck(given: Task) -> bool:
    """Whether under some order of the tickets the literal deal gets stuck without the look-ahead."""
    names = [f"F{person}" for person in range(len(given.people))]
    of = Department(
        name="",
        carried=dict(zip(names, given.carried, strict=True)),
        visits={f"E{v}": period for v, period in enumerate(given.periods)},
        slots={
            f"E{v}": tuple(
                (str(each.slot), each.need, frozenset(names[person] for person in numbers(each.eligible)))
                for each in openings
            )
            for v, openings in enumerate(given.openings)
        },
        most=given.most,
        most_per_period=given.most_per_period,
        slack=given.slack,
        rotate=given.rotate,
        met={frozenset({names[low], names[high]}): times for (low, high), times in given.met.items()},
    )
    tickets = [oracle.by_names(SCHEMES[0], f"{number:064}") for number in range(12)]
    return any(deal_oracle.plain_deal(of, of.most, each) is None for each in tickets)
