"""What decided in a deal: one visit of it dealt again, and the proof for whoever was passed over.

The deal itself is asked, not imitated: visits before are taken up as they were dealt, and then the same code fills the
places of the one visit, and is watched.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from attrs import evolve, frozen

from dual_random.deals import Dealer, Dealt, Lots, Team
from dual_random.flows import Cut, Staffing
from dual_random.schemes import Hash
from dual_random.tasks import Opening, People, Task, numbers, people_of


@frozen
class Candidate:
    """Somebody who could have had a place, and by what candidates are ordered.

    Args:
        person: the number among the people.
        level: the load, or the base if that is more.
        meetings: how often those on the visit have been met; 0 without rotation.
        ticket: of the person for this visit.
    """

    person: int
    level: int
    meetings: int
    ticket: bytes


@frozen(eq=False)
class Turn:
    """One place and all who could have had it.

    Args:
        order: the candidates that were left, lowest first.
        taken: the place in this order of the one who goes. Those before were passed over: with any of them, not all
            places still open could have been filled.
    """

    order: tuple[Candidate, ...]
    taken: int

    @property
    def person(self) -> int:
        """Who goes."""
        return self.order[self.taken].person

    @property
    def passed(self) -> tuple[int, ...]:
        """Who was passed over."""
        return tuple(each.person for each in self.order[: self.taken])

    def holds(self, person: int) -> bool:
        """Whether somebody was a candidate."""
        return any(each.person == person for each in self.order)

    def rank(self, person: int) -> int:
        """The place of a candidate in the order, from 0."""
        return next(place for place, each in enumerate(self.order) if each.person == person)


@frozen(eq=False)
class Opened:
    """One slot of the visit, and what decided it.

    Args:
        opening: the slot, and who is eligible.
        base: the lowest load of a candidate when the slot was begun, and the slack: up to here all loads count alike.
        turns: its places, in the order of dealing.
        at_most: whoever is eligible and has the most visits already: how many.
        at_most_in_period: whoever is eligible and has the most visits of the period: how many of it.
        on_visit: whoever is eligible and was on the visit already.
    """

    opening: Opening
    base: int
    turns: tuple[Turn, ...]
    at_most: Mapping[int, int]
    at_most_in_period: Mapping[int, int]
    on_visit: People


def trace(task: Task, start: Hash, dealt: Dealt, visit: int) -> tuple[Opened, ...]:
    """Fill the places of one visit again, and say what decided each.

    Args:
        task, start: as `dual_random.deals.deal` had them.
        dealt: what it gave, without a shortage.
        visit: which, in the order of dealing.

    Returns:
        The slots of the visit in the order of dealing.

    >>> from dual_random.deals import deal
    >>> from dual_random.schemes import ticket_start
    >>> start = ticket_start("dual-random/1-sha256", "ab" * 32, "inspector", "消防")
    >>> task = Task(people=(b"F1", b"F2", b"F3"), carried=(0, 0, 1), visits=(b"E1", b"E2"), periods=(0, 0), met={},
    ...             openings=((Opening(0, 2, 0b111),), (Opening(0, 1, 0b111),)))
    >>> dealt = deal(task, start)
    >>> [turn.person for turn in trace(task, start, dealt, 0)[0].turns], dealt.teams[0]
    ([1, 0], (1, 0))
    >>> [[each.level for each in turn.order] for turn in trace(task, start, dealt, 0)[0].turns]
    [[0, 0, 1], [0, 1]]
    """
    task = evolve(task, most=dealt.most)
    dealer = _Watched(task, start, tuple(_parts(task.openings[visit], dealt.teams[visit])))
    for earlier, team in enumerate(dealt.teams[:visit]):
        dealer.sit(earlier, team)
    dealer.team(visit, task.openings[visit])
    return tuple(dealer.opened)


def _parts(openings: Sequence[Opening], team: Team) -> Iterator[Team]:
    """Who is in which opening of a visit."""
    begin = 0
    for opening in openings:
        yield team[begin : begin + opening.need]
        begin += opening.need


class _Watched(Dealer):
    """A dealer who knows the team of the next visit, and keeps what decided."""

    def __init__(self, task: Task, start: Hash, known: Sequence[Team]) -> None:
        super().__init__(task, start, lambda _, number, person: person in known[number])
        self._most, self._periods, self._openings = task.most, task.periods, task.openings
        self.opened: list[Opened] = []

    def choose(
        self, visit: int, number: int, need: int, candidates: People, team: Sequence[int], lots: Lots
    ) -> list[int]:
        chosen = super().choose(visit, number, need, candidates, team, lots)
        base = self.base(candidates)
        turns = []
        for place, person in enumerate(chosen):
            order = tuple(self._order(candidates, base, [*team, *chosen[:place]], lots))
            turns.append(Turn(order, next(i for i, each in enumerate(order) if each.person == person)))
            candidates ^= 1 << person
        self.opened.append(self._opened(visit, self._openings[visit][number], base, turns, team))
        return chosen

    def _order(self, candidates: People, base: int, team: Sequence[int], lots: Lots) -> Iterator[Candidate]:
        ranked = list(self.ranked(candidates, base, team, lots))
        for person, ticket in zip(ranked, lots.of(ranked), strict=True):
            yield Candidate(person, max(self.load(person), base), self.meetings(person, team), ticket)

    def _opened(self, visit: int, opening: Opening, base: int, turns: Sequence[Turn], team: Sequence[int]) -> Opened:
        on = people_of(team)
        period = self._periods[visit]
        out = list(numbers(opening.eligible & ~on & ~self.candidates(visit, opening)))
        full = {
            person: self.load(person) for person in out if self._most is not None and self.load(person) >= self._most
        }
        in_period = {person: self.dealt_in(period, person) for person in out if person not in full}
        return Opened(opening, base, tuple(turns), full, in_period, opening.eligible & on)


# ---- whoever was passed over


@frozen
class Tight:
    """Why somebody was passed over: with this person in the place, these others could not all have been filled.

    Nobody but these people, who could still go so often, could have filled them, and the places are more.

    Args:
        places: a visit, the slot by its place in the rule, and how many places of it were open.
        people: somebody, and how many visits were left to `most`.
        in_period: somebody, a period, and how many visits were left to `most_per_period`.
        on_visit: somebody and a visit, where but one place can be filled.
    """

    places: tuple[tuple[int, int, int], ...]
    people: tuple[tuple[int, int], ...]
    in_period: tuple[tuple[int, int, int], ...]
    on_visit: tuple[tuple[int, int], ...]

    @property
    def demand(self) -> int:
        """How many places."""
        return sum(need for *_, need in self.places)

    @property
    def supply(self) -> int:
        """How many of them could have been filled: what was left to the people."""
        in_period = sum(left for *_, left in self.in_period)
        return sum(left for _, left in self.people) + in_period + len(self.on_visit)


def tight(task: Task, dealt: Dealt, visit: int, number: int, turn: int, person: int) -> Tight:
    """What could not have been filled, had somebody been given a place; without places, if all could.

    All that was dealt before is set, and this place with this person; all else is filled as far as it can be, and what
    is left is a minimum cut (`dual_random.flows`). What its source reaches is the same for every maximum flow, so
    whoever recomputes it finds the same places and people.

    Args:
        task, dealt: as `trace` has them.
        visit, number, turn: the place: the visit, the slot among its openings, the place of the slot.
        person: who could have had it.
    """
    openings = task.openings[visit]
    before = sum(opening.need for opening in openings[:number]) + turn
    gone = (*dealt.teams[visit][:before], person)
    here = (*_fixed(openings, gone), *_still_open(openings[number:], turn + 1, gone))
    earlier = (tuple(_fixed(*own)) for own in zip(task.openings[:visit], dealt.teams[:visit], strict=True))
    asked = evolve(task, openings=(*earlier, here, *task.openings[visit + 1 :]))
    seated = (*dealt.teams[:visit], gone[:-1], *dealt.teams[visit + 1 :])
    cut = Staffing(asked, dealt.most).fill(seated)
    return _left(asked, dealt.most, (*dealt.teams[:visit], gone), cut) if cut else Tight((), (), (), ())


def _fixed(openings: Sequence[Opening], team: Sequence[int]) -> Iterator[Opening]:
    """The first places of a visit, each for the one who has it."""
    slots = (opening.slot for opening in openings for _ in range(opening.need))
    return (Opening(slot, 1, 1 << person) for slot, person in zip(slots, team, strict=False))


def _still_open(openings: Sequence[Opening], filled: int, gone: Sequence[int]) -> Iterator[Opening]:
    """The openings of a visit but the first places, for those who are not on it."""
    free = ~people_of(gone)
    for opening in openings:
        if opening.need > filled:
            yield Opening(opening.slot, opening.need - filled, opening.eligible & free)
        filled = 0


def _left(task: Task, most: int | None, teams: Sequence[Sequence[int]], cut: Cut) -> Tight:
    """A minimum cut less what is set: the teams of the first visits, of the last of them but the first places."""
    here = len(teams) - 1
    gone = teams[here]
    times = Counter(chain.from_iterable(teams))
    in_period = Counter((person, period) for team, period in zip(teams, task.periods, strict=False) for person in team)
    return Tight(
        places=tuple(
            (visit, opening.slot, opening.need)
            for visit, number in cut.openings
            for opening in (task.openings[visit][number],)
            if visit > here or (visit == here and number >= len(gone))
        ),
        people=tuple((p, max(0, (most or 0) - task.carried[p] - times[p])) for p in cut.people),
        in_period=tuple((p, period, (task.most_per_period or 0) - in_period[p, period]) for p, period in cut.in_period),
        on_visit=cut.on_visit,  # none of a set place: whoever has one could come to no other of that visit
    )
