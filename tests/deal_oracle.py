"""A literal, slow reading of section 7 of the scheme `dual-random/1`: who goes, to hold the deal of inspectors against.

Plain Python, text and sets; nothing of the library is used. For every candidate in turn the question whether all
places still open can be filled is put to a maximum flow over the whole network of the text, built anew. The flow is
that of networkx, or a plain one of this file, which the tests hold against it and against trying everything.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeAlias

import networkx
from attrs import field, frozen

Ticket: TypeAlias = Callable[..., str]  # purpose, names -> hex digits
Slot: TypeAlias = tuple[str, int, frozenset[str]]  # its name, its places, who meets its conditions on columns
Node: TypeAlias = tuple[Any, ...]
Arcs: TypeAlias = dict[tuple[Node, Node], int | None]  # None: without limit
Flow: TypeAlias = tuple[int, set[Node]]  # the value of a maximum flow, what the source still reaches in its residual
Solver: TypeAlias = Callable[[Arcs], Flow]
Dealt: TypeAlias = dict[str, dict[str, list[str]]]  # enterprise -> slot -> people in the order of dealing

SOURCE: Node = ("source",)
SINK: Node = ("sink",)


@frozen(kw_only=True)
class Department:
    """What the commitment and the draw say of one department.

    Args:
        name: of the department.
        carried: its inspectors, and the load that each brings along.
        visits: the enterprises that it visits, and the period of each.
        slots: the slots of each visit as declared.
        recused: inspectors with enterprises to which they may not go.
        absent: inspectors with periods in which they are away.
        met: how often two people have met.
    """

    name: str
    carried: Mapping[str, int]
    visits: Mapping[str, int]
    slots: Mapping[str, tuple[Slot, ...]]
    recused: frozenset[tuple[str, str]] = frozenset()
    absent: frozenset[tuple[str, int]] = frozenset()
    most: int | None = None
    most_per_period: int | None = None
    slack: int = 0
    rotate: bool = False
    relief: bool = False
    met: Mapping[frozenset[str], int] = field(factory=dict)


@frozen
class Shortage:
    """What the source still reaches, and what that says."""

    reached: frozenset[Node]
    openings: frozenset[tuple[str, str]]  # enterprise, slot
    people: frozenset[str]  # limited by the most visits
    in_period: frozenset[tuple[str, int]]  # limited by the most a period
    on_visit: frozenset[tuple[str, str]]  # limited by going once to a visit: inspector, enterprise
    demand: int
    supply: int
    filled: int  # of all places
    enough: int | None  # the least `most` with which all places could be filled


@frozen
class Answer:
    """What was dealt, or why nothing was."""

    teams: Dealt
    most: int | None  # in force
    shortage: Shortage | None
    refused: int  # how often somebody had to be passed over for the sake of places still open


# ---- who is eligible, and in which order


def eligible(of: Department, enterprise: str, slot: Slot) -> set[str]:
    """Conditions on columns, equal columns, not recused, not absent in the period."""
    period = of.visits[enterprise]
    return {
        person
        for person in of.carried
        if person in slot[2] and (person, enterprise) not in of.recused and (person, period) not in of.absent
    }


def ordered_visits(of: Department, ticket: Ticket) -> list[str]:
    """7.1: visits in ascending `deal` ticket, equal tickets by id in byte order."""
    return sorted(of.visits, key=lambda enterprise: (ticket("deal", of.name, enterprise), enterprise.encode()))


def ordered_slots(of: Department, enterprise: str) -> list[Slot]:
    """7.1: ascending (number of eligible people − need); then as declared."""
    declared = of.slots[enterprise]
    spare = [len(eligible(of, enterprise, slot)) - slot[1] for slot in declared]
    return [declared[i] for i in sorted(range(len(declared)), key=lambda i: (spare[i], i))]


# ---- how much has been dealt


def on_visit(dealt: Dealt, enterprise: str) -> list[str]:
    """Those already on a visit."""
    return [person for people in dealt.get(enterprise, {}).values() for person in people]


def visits_of(dealt: Dealt, person: str) -> list[str]:
    """The visits dealt to somebody."""
    return [enterprise for enterprise in dealt if person in on_visit(dealt, enterprise)]


def load(of: Department, dealt: Dealt, person: str) -> int:
    """Load = carried + dealt."""
    return of.carried[person] + len(visits_of(dealt, person))


def in_period(of: Department, dealt: Dealt, person: str, period: int) -> int:
    """Visits of this deal in a period."""
    return len([enterprise for enterprise in visits_of(dealt, person) if of.visits[enterprise] == period])


def meetings(of: Department, dealt: Dealt, enterprise: str, person: str) -> int:
    """7.2: sum over those already on the visit of times met: the table, and visits dealt earlier in this deal."""
    if not of.rotate:
        return 0
    earlier = [each for each in dealt if each != enterprise]
    return sum(
        of.met.get(frozenset({person, other}), 0)
        + len([each for each in earlier if {person, other} <= set(on_visit(dealt, each))])
        for other in on_visit(dealt, enterprise)
    )


# ---- whether the places still open can be filled


def network(of: Department, most: int | None, dealt: Dealt) -> Arcs:
    """7.3: source → places → person on the visit → person in the period → person → sink, for the places still open."""
    arcs: Arcs = {}
    for enterprise in of.visits:
        gone = set(on_visit(dealt, enterprise))
        for slot in of.slots[enterprise]:
            free = eligible(of, enterprise, slot) - gone
            name, need, _ = slot
            for number in range(len(dealt.get(enterprise, {}).get(name, [])), need):
                place = ("place", enterprise, name, number)
                arcs[SOURCE, place] = 1
                arcs.update({(place, ("on visit", person, enterprise)): 1 for person in free})
    for visit in {head for _, head in arcs if head[0] == "on visit"}:
        arcs[visit, ("in period", visit[1], of.visits[visit[2]])] = 1
    for period in {head for _, head in arcs if head[0] == "in period"}:
        left = _left(of.most_per_period, in_period(of, dealt, *period[1:]))
        arcs[period, ("person", period[1])] = left
    for person in {head for _, head in arcs if head[0] == "person"}:
        arcs[person, SINK] = _left(most, load(of, dealt, person[1]))
    return arcs


def _left(limit: int | None, used: int) -> int | None:
    return None if limit is None else max(0, limit - used)


def places(arcs: Arcs) -> int:
    """How many places a network has."""
    return sum(tail == SOURCE for tail, _ in arcs)


def by_networkx(arcs: Arcs) -> Flow:
    """The maximum flow of networkx."""
    graph = networkx.DiGraph()
    graph.add_nodes_from([SOURCE, SINK])
    for (tail, head), capacity in arcs.items():
        if capacity is None:
            graph.add_edge(tail, head)
        else:
            graph.add_edge(tail, head, capacity=capacity)
    residual = networkx.algorithms.flow.preflow_push(graph, SOURCE, SINK)
    reached = _reached(lambda node: [h for h, arc in residual[node].items() if arc["flow"] < arc["capacity"]])
    return int(residual.graph["flow_value"]), reached


def by_paths(arcs: Arcs) -> Flow:
    """The maximum flow by one augmenting path after the other (Ford and Fulkerson 1956)."""
    room: dict[Node, dict[Node, int]] = {SOURCE: {}, SINK: {}}
    for (tail, head), capacity in arcs.items():
        room.setdefault(tail, {})[head] = len(arcs) if capacity is None else capacity
        room.setdefault(head, {}).setdefault(tail, 0)
    value = 0
    while path := _augmenting(room):
        for tail, head in path:
            room[tail][head] -= 1
            room[head][tail] += 1
        value += 1
    return value, _reached(lambda node: [head for head, left in room[node].items() if left])


def _augmenting(room: Mapping[Node, Mapping[Node, int]]) -> list[tuple[Node, Node]]:
    came: dict[Node, Node] = {SOURCE: SOURCE}
    waiting = [SOURCE]
    while waiting:
        node = waiting.pop()
        new = [head for head, left in room[node].items() if left and head not in came]
        came.update(dict.fromkeys(new, node))
        waiting += new
        if SINK in came:
            path, head = [], SINK
            while head != SOURCE:
                path.append((came[head], head))
                head = came[head]
            return path
    return []


def _reached(heads: Callable[[Node], list[Node]]) -> set[Node]:
    found, waiting = {SOURCE}, [SOURCE]
    while waiting:
        new = set(heads(waiting.pop())) - found
        found |= new
        waiting += new
    return found


def fillable(of: Department, most: int | None, dealt: Dealt, solve: Solver) -> bool:
    """Whether all places of the department still open can be filled."""
    arcs = network(of, most, dealt)
    open_places = sum(need for slots in of.slots.values() for _, need, _ in slots) - sum(
        len(on_visit(dealt, enterprise)) for enterprise in dealt
    )
    assert places(arcs) == open_places  # those for which nobody is eligible, too
    return solve(arcs)[0] == open_places


# ---- limits that are enough, and the proof that they are not


def enough(of: Department, solve: Solver) -> int | None:
    """The least `most`, not below the plan's, with which all places could be filled; none if that never helps."""
    if of.most is None or not fillable(of, None, {}, solve):
        return None
    most = of.most
    while not fillable(of, most, {}, solve):
        most += 1
    return most


def shortage(of: Department, solve: Solver) -> Shortage:
    """7.3: what the source still reaches, and its demand against its supply."""
    filled, reached = solve(network(of, of.most, {}))
    cut = [node for node in reached if node not in (SOURCE, SINK)]
    assert SINK not in reached
    people = {node[1] for node in cut if node[0] == "person"}
    periods = {node[1:] for node in cut if node[0] == "in period" and node[1] not in people}
    visits = {
        node[1:] for node in cut if node[0] == "on visit" and ("in period", node[1], of.visits[node[2]]) not in reached
    }
    supply = sum(max(0, (of.most or 0) - of.carried[person]) for person in people)
    return Shortage(
        reached=frozenset(reached),
        openings=frozenset(node[1:3] for node in cut if node[0] == "place"),
        people=frozenset(people),
        in_period=frozenset(periods),
        on_visit=frozenset(visits),
        demand=len([node for node in cut if node[0] == "place"]),
        supply=supply + (of.most_per_period or 0) * len(periods) + len(visits),
        filled=filled,
        enough=enough(of, solve),
    )


# ---- the deal


def deal(of: Department, ticket: Ticket, solve: Solver = by_networkx) -> Answer:
    """7.1 to 7.3."""
    most = of.most
    if not fillable(of, most, {}, solve):
        proof = shortage(of, solve)
        if not of.relief or proof.enough is None:
            return Answer({}, most, proof, 0)
        most = proof.enough
    dealt: Dealt = {}
    refused = 0
    for enterprise, slot, ranked in _picks(of, most, dealt, ticket):
        for person in ranked:
            dealt[enterprise][slot].append(person)
            if fillable(of, most, dealt, solve):
                break
            dealt[enterprise][slot].pop()
            refused += 1
        else:
            raise AssertionError(f"nobody for {slot} of {enterprise}, although all places could be filled")
    return Answer(dealt, most, None, refused)


def plain_deal(of: Department, most: int | None, ticket: Ticket) -> Dealt | None:
    """The deal without the look-ahead; none if it gets stuck."""
    dealt: Dealt = {}
    for enterprise, slot, ranked in _picks(of, most, dealt, ticket):
        if not ranked:
            return None
        dealt[enterprise][slot].append(ranked[0])
    return dealt


def passed_over(of: Department, most: int | None, ticket: Ticket, teams: Dealt, solve: Solver) -> int | None:
    """How many had to be passed over in a full staffing that somebody dealt; none where somebody should not have been.

    The staffing itself shows that each of its picks leaves the others possible. So but those before them are asked.
    """
    dealt: Dealt = {}
    refused = 0
    for enterprise, slot, ranked in _picks(of, most, dealt, ticket):
        people = dealt[enterprise][slot]
        person = teams[enterprise][slot][len(people)]
        for other in ranked[: ranked.index(person)]:
            people.append(other)
            if fillable(of, most, dealt, solve):
                return None
            people.pop()
            refused += 1
        people.append(person)
    return refused if dealt == teams else None


def _picks(of: Department, most: int | None, dealt: Dealt, ticket: Ticket) -> Iterator[tuple[str, str, list[str]]]:
    """Place after place with its candidates, the lowest (level, meetings, ticket) first; the caller fills `dealt`."""
    for enterprise in ordered_visits(of, ticket):
        dealt[enterprise] = {}
        for slot in ordered_slots(of, enterprise):
            name, need, _ = slot
            dealt[enterprise][name] = []
            base = (
                min((load(of, dealt, p) for p in _candidates(of, most, dealt, enterprise, slot)), default=0) + of.slack
            )
            for _ in range(need):
                yield enterprise, name, _ranked(of, most, dealt, enterprise, slot, base, ticket)


def _candidates(of: Department, most: int | None, dealt: Dealt, enterprise: str, slot: Slot) -> set[str]:
    """Eligible, below their limits, not yet on the visit."""
    period = of.visits[enterprise]
    return {
        person
        for person in eligible(of, enterprise, slot)
        if (most is None or load(of, dealt, person) < most)
        and (of.most_per_period is None or in_period(of, dealt, person, period) < of.most_per_period)
        and person not in on_visit(dealt, enterprise)
    }


def _ranked(
    of: Department, most: int | None, dealt: Dealt, enterprise: str, slot: Slot, base: int, ticket: Ticket
) -> list[str]:
    def key(person: str) -> tuple[int, int, str, bytes]:
        level = max(load(of, dealt, person), base)
        met = meetings(of, dealt, enterprise, person)
        return level, met, ticket("inspector", of.name, enterprise, person), person.encode()

    return sorted(_candidates(of, most, dealt, enterprise, slot), key=key)
