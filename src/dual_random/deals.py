"""The deal: who goes to each visit of one department (specification 9.3).

Visits come in the order of their own tickets. Each place goes to the candidate with the lowest load; among those, with
rotation, to whoever has met the team least; among those to the lowest ticket; and always such that all places still
open can be filled. The rule names nobody and no way of searching. So whoever swaps two people who are alike, with
their tickets, swaps their places: alike people have the same chance of every visit, every team and every load.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations, compress
from typing import Final, TypeAlias, TypeVar

from attrs import evolve, frozen

from dual_random.flows import Cut, Staffing, least_most, shortage
from dual_random.levels import Levels
from dual_random.schemes import Hash
from dual_random.tasks import Opening, People, Task, numbers
from dual_random.tickets import digests

T = TypeVar("T")
Team: TypeAlias = tuple[int, ...]
Allow: TypeAlias = Callable[[int, int, int], bool]  # visit, opening, person

_FEW: Final = 8  # of many candidates mostly one or two are asked for: then looking is quicker than sorting
_SLOTS: Final = 2  # of a visit: up to here making some tickets twice is quicker than keeping them
_BITS: Final = bytes.maketrans(b"01", b"\x00\x01")


@frozen
class Dealt:
    """Who goes, or why it cannot be dealt.

    Args:
        teams: for each visit the people in the order of dealing: its openings in order, as many as each needs.
            Empty if the places cannot all be filled: then nothing is dealt.
        most: the limit in force, raised if the rule has relief.
        cut: why the places cannot all be filled.
        enough: the least limit with which they could; None if there is none.
    """

    teams: tuple[Team, ...]
    most: int | None
    cut: Cut | None = None
    enough: int | None = None


def deal(task: Task, start: Hash) -> Dealt:
    """Fill the places of one department.

    Args:
        task: visits in the order of dealing, with their openings.
        start: the hash state of key, purpose `inspector` and department.

    >>> from dual_random.schemes import ticket_start
    >>> start = ticket_start("dual-random/1-sha256", "ab" * 32, "inspector", "消防")
    >>> task = Task(people=(b"F1", b"F2", b"F3"), carried=(0, 0, 1), visits=(b"E1", b"E2"), periods=(0, 0), met={},
    ...             openings=((Opening(0, 2, 0b111),), (Opening(0, 1, 0b111),)))
    >>> deal(task, start).teams
    ((1, 0), (1,))
    """
    plain = tuple(Dealer(task, start))
    if len(plain) == len(task.visits):  # what was dealt is a full staffing, so each pick was compatible with one
        return Dealt(plain, task.most)
    staffing = Staffing(task, task.most)
    cut = staffing.fill(plain)
    if cut is None:
        return Dealt(tuple(Dealer(task, start, staffing.give)), task.most)
    short = _relieved(task, cut)
    return short if short.cut else deal(evolve(task, most=short.most, relief=False), start)


def feasible(task: Task) -> Dealt:
    """What limit would hold, or why the places cannot all be filled; without tickets, and nobody is dealt."""
    cut = shortage(task, task.most)
    return Dealt((), task.most) if cut is None else _relieved(task, cut)


def _relieved(task: Task, cut: Cut) -> Dealt:
    """What becomes of a task that is short: with relief the least limit that does, if there is one."""
    enough = None if task.most is None else least_most(task, task.most, cut)
    if task.relief and enough is not None:
        return Dealt((), enough)
    return Dealt((), task.most, cut, enough)


def members(people: People, items: Iterable[T]) -> list[T]:
    """The items of a set's people, from those of all.

    >>> members(0b1011, "abcd")
    ['a', 'b', 'd']
    """
    return list(compress(items, bin(people)[:1:-1].encode().translate(_BITS)))


class Lots:
    """The tickets of one visit, made when they are asked for; kept, if they are asked for again and again."""

    def __init__(self, task: Task, start: Hash, visit: int) -> None:
        self._people = task.people
        self._keep = task.rotate or len(task.openings[visit]) > _SLOTS
        self._state = start.copy()
        self._state.update(task.visits[visit] + b"\n")
        self._known: dict[int, bytes] = {}

    def of(self, people: Sequence[int]) -> list[bytes]:
        """The tickets of some people, in their order."""
        known = self._known
        fresh = [person for person in people if person not in known] if known else people
        made = digests(self._state, map(self._people.__getitem__, fresh))
        if not self._keep:
            return made
        known.update(zip(fresh, made, strict=True))
        return list(map(known.__getitem__, people))


class Dealer:
    """Deals visit after visit, and keeps loads and meetings.

    Args:
        task, start: as `deal` has them.
        allow: gives a place to a candidate, if it may have it; without it, everybody may.
    """

    def __init__(self, task: Task, start: Hash, allow: Allow | None = None) -> None:
        people = range(len(task.people))
        self._task, self._start, self._allow = task, start, allow
        self._levels = Levels(task.carried)
        self._below: People = sum(1 << i for i in people if task.most is None or task.carried[i] < task.most)
        self._dealt_in = {period: [0] * len(people) for period in set(task.periods)}
        self._below_in: dict[int, People] = dict.fromkeys(self._dealt_in, (1 << len(people)) - 1)
        self._times: list[dict[int, int]] = [{} for _ in people]
        self._met: list[People] = [0] * len(people)
        for (one, other), times in task.met.items() if task.rotate else ():
            self._meet(one, other, times)

    def __iter__(self) -> Iterator[Team]:
        """The teams, up to the first visit with a place for which nobody is left."""
        for visit, openings in enumerate(self._task.openings):
            team = self.team(visit, openings)
            if team is None:
                return
            yield team

    def team(self, visit: int, openings: Sequence[Opening]) -> Team | None:
        """The people of one visit, place by place; None if nobody is left for one of them."""
        period, lots = self._task.periods[visit], Lots(self._task, self._start, visit)
        team: list[int] = []
        on: People = 0
        for number, opening in enumerate(openings):
            candidates = self.candidates(visit, opening) & ~on
            chosen = self.choose(visit, number, opening.need, candidates, team, lots)
            if len(chosen) < opening.need:
                return None
            for person in chosen:
                on |= 1 << person
                self._go(person, period)
            team += chosen
        self._introduce(team)
        return tuple(team)

    def sit(self, visit: int, team: Sequence[int]) -> None:
        """Take up a team that was dealt before."""
        for person in team:
            self._go(person, self._task.periods[visit])
        self._introduce(team)

    # ---- one slot

    def candidates(self, visit: int, opening: Opening) -> People:
        """Who is eligible and below the limits, whether or not on the visit already."""
        return opening.eligible & self._below & self._below_in[self._task.periods[visit]]

    def base(self, candidates: People) -> int:
        """The load up to which all loads count alike, from who is a candidate when a slot is begun."""
        return self._levels.lowest(candidates) + self._task.slack

    def choose(
        self, visit: int, number: int, need: int, candidates: People, team: Sequence[int], lots: Lots
    ) -> list[int]:
        """The people for the places of one opening; fewer, if nobody is left.

        Without rotation the order of candidates is the same for all places of a slot, and whoever may not have the
        first may not have the next: places of a slot are alike, and what is given only narrows what is possible.
        """
        if not candidates:
            return []
        base = self.base(candidates)
        chosen: list[int] = []
        ranked = self.ranked(candidates, base, team, lots)
        while len(chosen) < need:
            for person in ranked:
                if self._allow is None or self._allow(visit, number, person):
                    chosen.append(person)
                    break
            else:  # nobody is left
                break
            if self._task.rotate:
                candidates ^= 1 << person
                ranked = self.ranked(candidates, base, [*team, *chosen], lots)
        return chosen

    def ranked(self, candidates: People, base: int, team: Sequence[int], lots: Lots) -> Iterator[int]:
        """Candidates in the order of level, meetings, ticket; a ticket is made only where it decides."""
        rotate, everybody = self._task.rotate and team, range(len(self._task.people))
        for level in self._by_level(candidates, base):
            for alike in self._by_meetings(level, team) if rotate else (level,):
                people = members(alike, everybody)
                if len(people) == 1:
                    yield people[0]
                    continue
                tickets = lots.of(people)
                for _ in range(min(_FEW, len(people))):  # equal tickets by id: the first of equal ones
                    first = tickets.index(min(tickets))
                    del tickets[first]
                    yield people.pop(first)
                yield from (person for _, person in sorted(zip(tickets, people, strict=True)))

    def _by_level(self, candidates: People, base: int) -> Iterator[People]:
        """Candidates by max(load, base), lowest first."""
        at = self._levels.at
        lowest: People = 0
        for load in self._levels.loads:
            level = at[load] & candidates
            if load <= base:
                lowest |= level
                continue
            if lowest:
                yield lowest
                lowest = 0
            if level:
                yield level
        if lowest:
            yield lowest

    def _by_meetings(self, level: People, team: Sequence[int]) -> Iterator[People]:
        """People by how often they have met those already on the team, the least first."""
        known: People = 0
        for person in team:
            known |= self._met[person]
        if level & ~known:
            yield level & ~known
        sums: dict[int, People] = {}
        for person in numbers(level & known):
            times = self.meetings(person, team)
            sums[times] = sums.get(times, 0) | 1 << person
        yield from (sums[times] for times in sorted(sums))

    # ---- what has been dealt

    def load(self, person: int) -> int:
        """What somebody brought along, and what was dealt since."""
        return self._levels.of[person]

    def dealt_in(self, period: int, person: int) -> int:
        """How many visits of a period were dealt to somebody."""
        return self._dealt_in[period][person]

    def meetings(self, person: int, team: Sequence[int]) -> int:
        """How often somebody has met those of a team; 0 without rotation."""
        return sum(self._times[each].get(person, 0) for each in team)

    def _go(self, person: int, period: int) -> None:
        """One visit more for somebody."""
        bit = 1 << person
        self._levels.rise(person)
        if self._levels.of[person] == self._task.most:
            self._below ^= bit
        self._dealt_in[period][person] += 1
        if self._dealt_in[period][person] == self._task.most_per_period:
            self._below_in[period] ^= bit

    def _introduce(self, team: Sequence[int]) -> None:
        if self._task.rotate:
            for one, other in combinations(team, 2):
                self._meet(one, other, 1)

    def _meet(self, one: int, other: int, times: int) -> None:
        if times:
            self._met[one] |= 1 << other
            self._met[other] |= 1 << one
            self._times[one][other] = self._times[other][one] = self._times[one].get(other, 0) + times
