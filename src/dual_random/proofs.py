"""A minimum cut as proofs that a reader checks by adding: blocks of visits and people that share nothing.

The deficits of the blocks add up to what is missing in all.
"""

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from attrs import define, field

from dual_random.eligibility import Crew
from dual_random.flows import Cut
from dual_random.staffing import Shortage
from dual_random.tasks import People, Task, numbers

Node: TypeAlias = tuple[int, int, int]  # a person; the period or -1; the visit or -1


@define(eq=False)
class _Block:
    openings: list[tuple[int, int]] = field(factory=list)
    nodes: set[Node] = field(factory=set)


def shortages(crew: Crew, task: Task, cut: Cut, most: int | None) -> tuple[Shortage, ...]:
    """The proofs of a cut under a limit, in byte order of the first enterprise of each."""
    found = [_shortage(crew, task, most, block) for block in _blocks(task, cut)]
    return tuple(sorted(found, key=lambda each: each.places))


def _blocks(task: Task, cut: Cut) -> list[_Block]:
    """Openings with the limits that can serve them, put together where they share one."""
    block_of: dict[Node, _Block] = {}
    blocks: dict[int, _Block] = {}
    for nodes, openings in _alike(task, cut):
        sharing = {id(block_of[node]): block_of[node] for node in nodes if node in block_of}
        block = max(
            sharing.values(), key=lambda each: len(each.nodes), default=_Block()
        )  # the largest takes the others
        for other in (_Block(openings, set(nodes)), *sharing.values()):
            if other is not block:
                block.openings += other.openings
                block.nodes |= other.nodes
                block_of.update(dict.fromkeys(other.nodes, block))
                blocks.pop(id(other), None)
        blocks[id(block)] = block
    return list(blocks.values())


def _alike(task: Task, cut: Cut) -> Iterator[tuple[tuple[Node, ...], list[tuple[int, int]]]]:
    """Openings by the limits that can serve them."""
    in_period, on_visit = frozenset(cut.in_period), frozenset(cut.on_visit)
    found: dict[tuple[Node, ...], list[tuple[int, int]]] = {}
    known: dict[tuple[People, int], tuple[Node, ...]] = {}
    visits = {visit for _, visit in cut.on_visit}
    for visit, number in cut.openings:
        eligible, period = task.openings[visit][number].eligible, task.periods[visit]
        nodes = known.get((eligible, period)) if visit not in visits else None
        if nodes is None:
            nodes = tuple(
                (person, -1, visit)
                if (person, visit) in on_visit
                else (person, period, -1)
                if (person, period) in in_period
                else (person, -1, -1)
                for person in numbers(eligible)
            )
            if visit not in visits:
                known[eligible, period] = nodes
        found.setdefault(nodes, []).append((visit, number))
    yield from found.items()


def _shortage(crew: Crew, task: Task, most: int | None, block: _Block) -> Shortage:
    names = [name.decode() for name in task.people]
    places = [
        (task.visits[visit].decode(), crew.rule.slots[opening.slot].name, opening.need)
        for visit, number in block.openings
        for opening in (task.openings[visit][number],)
    ]
    limits = [(names[person], max(0, (most or 0) - task.carried[person])) for person in _people(block.nodes)]
    in_period = [
        (names[person], crew.periods[period] if crew.periods else "", task.most_per_period or 0)
        for person, period, _ in block.nodes
        if period >= 0
    ]
    on_visit = [(names[person], task.visits[visit].decode()) for person, _, visit in block.nodes if visit >= 0]
    return Shortage(
        places=places,
        most=limits,
        in_period=in_period,
        on_visit=on_visit,
        demand=sum(need for *_, need in places),
        supply=sum(left for _, left in limits) + sum(limit for *_, limit in in_period) + len(on_visit),
    )


def _people(nodes: Iterable[Node]) -> list[int]:
    return [person for person, period, visit in nodes if period < 0 and visit < 0]
