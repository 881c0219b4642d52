"""Whether all places of a task can be filled, and whether they still can with one person in one place.

A full staffing is a flow of one unit a place: from its slot to a person on that visit (one place a visit), to that
person in the period (`most_per_period`), to the person (`most` less the load carried along), to the sink. Searches
change it along augmenting paths (Ford and Fulkerson, "Flows in Networks", 1962, chapter I).

A search that fails has reached a set which nothing leaves but over limits that are used up by the set itself. So the
limits of these people serve this set, and whoever is outside can be given up as a taker of them: for good, since what
is given only narrows what is possible. Such sets are struck out and never searched again.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from typing import Final, TypeAlias

from attrs import define, field, frozen

from dual_random.levels import Levels
from dual_random.tasks import People, Task, numbers

Way: TypeAlias = tuple[int, int]  # the slot where a search ended, and who comes to it from outside
Kind: TypeAlias = tuple[People, int, int, People]  # who is eligible, period, part, who else may come
Slots: TypeAlias = dict[int, None]  # in the order in which they were entered

_NOBODY: Final = -1


@frozen
class Cut:
    """Why places cannot all be filled: a minimum cut, what the source still reaches once all is filled that can be.

    Nobody but these people, within these limits, can fill the places of `openings`, which are more.

    Args:
        openings: a visit, and the place of the slot among the visit's openings.
        people: whose `most` counts.
        in_period: a person and a period, where `most_per_period` counts.
        on_visit: a person and a visit, where but one place can be filled.
    """

    openings: tuple[tuple[int, int], ...]
    people: tuple[int, ...]
    in_period: tuple[tuple[int, int], ...]
    on_visit: tuple[tuple[int, int], ...]


@define(eq=False)
class _Reached:
    """What a search has reached: people whose limits are used up, at all or in a period; slots that they could leave.

    Of the slots that somebody could leave, only as many are looked at as lead to other people.
    """

    steps: dict[int, Way] = field(factory=dict)  # slot: who would leave it, for which slot
    queue: list[tuple[Iterable[int], Way]] = field(factory=list)  # slots of one kind, and the step that leads to them
    people: People = 0
    in_period: dict[int, People] = field(factory=dict)


@define(eq=False)
class _Closed:
    """All that a search has reached which found no way: slots and people."""

    slots: set[int] = field(factory=set)
    people: People = 0
    in_period: dict[int, People] = field(factory=dict)
    on_visit: dict[int, People] = field(factory=dict)

    def join(self, other: "_Closed") -> None:
        """Take in another one; nothing leaves both together either."""
        self.slots |= other.slots
        self.people |= other.people
        for mine, theirs in ((self.in_period, other.in_period), (self.on_visit, other.on_visit)):
            for key, people in theirs.items():
                mine[key] = mine.get(key, 0) | people


class _Open(dict[int, People]):
    """Who may fill slots of a kind, less those whose limits serve others; found when it is asked for."""

    def __init__(self, kinds: Sequence[Kind], of_part: Mapping[tuple[int, int], People]) -> None:
        self._kinds, self._of_part = kinds, of_part

    def __missing__(self, number: int) -> People:
        eligible, period, part, beside = self._kinds[number]
        found = self[number] = eligible & (self._of_part.get((period, part), 0) | beside)
        return found


class Staffing:
    """People in the places of a task, in a way that keeps all limits; some of them for good.

    Slots are numbered through all visits, in the order of dealing. Slots of one kind are open to the same people in
    the same period.
    """

    def __init__(self, task: Task, most: int | None) -> None:
        openings = [opening for own in task.openings for opening in own]
        everybody = (1 << len(task.people)) - 1
        self._task = task
        self._first = [0, *accumulate(map(len, task.openings))]
        self._visit = [visit for visit, own in enumerate(task.openings) for _ in own]
        self._lacking = [opening.need for opening in openings]
        self._period = [task.periods[visit] for visit in self._visit]
        self._assigned: list[People] = [0] * len(openings)  # not for good
        self._given: list[People] = [0] * len(task.visits)  # for good
        self._busy: list[People] = [0] * len(task.visits)  # both
        most = sum(self._lacking) + max(task.carried, default=0) if most is None else most
        self._room = [max(0, most - load) for load in task.carried]
        self._free: People = sum(1 << i for i, room in enumerate(self._room) if room)
        limit = sum(self._lacking) if task.most_per_period is None else task.most_per_period
        self._room_in = {period: [limit] * len(task.people) for period in set(task.periods)}
        self._free_in: dict[int, People] = dict.fromkeys(self._room_in, everybody)
        # of each person, by period and kind: slots, not for good
        self._held: list[dict[int, dict[int, Slots]]] = [{} for _ in task.people]
        self._part_in = {period: [0] * len(task.people) for period in self._room_in}
        self._of_part: dict[tuple[int, int], People] = {(period, 0): everybody for period in self._room_in}
        self._parts = 1
        self._kinds: list[Kind] = []
        self._numbers: dict[Kind, int] = {}  # where each kind stands
        self._open = _Open(self._kinds, self._of_part)
        self._kind = [
            self._number((opening.eligible, period, 0, 0))
            for opening, period in zip(openings, self._period, strict=True)
        ]

    # ---- filling

    def fill(self, teams: Sequence[Sequence[int]] = ()) -> Cut | None:
        """Fill all places, or find why they cannot be filled.

        Args:
            teams: for the first visits, people for the first places, within all limits: where to begin.
        """
        for visit, people in enumerate(teams):
            self._seat(visit, people)
        self._fill_evenly(range(self._first[len(teams)], len(self._lacking)))
        stuck = _Closed()
        for slot in range(len(self._lacking)):
            while self._lacking[slot] and slot not in stuck.slots:
                reached = _Reached()
                way = self._look(reached, slot, _NOBODY) or self._search(reached)
                if way is None:
                    closed = self._closed(reached, [slot])
                    stuck.join(closed)
                    self._leave_out(closed)
                else:
                    self._walk(reached, way, slot)
        return self._cut(stuck) if stuck.slots else None

    def _seat(self, visit: int, people: Sequence[int]) -> None:
        """People in the first places of a visit."""
        slots = range(self._first[visit], self._first[visit + 1])
        places = [slot for slot in slots for _ in range(self._lacking[slot])]
        for slot, person in zip(places, people, strict=False):
            self._take(slot, person)

    def _fill_evenly(self, slots: Iterable[int]) -> None:
        """Whoever is free and has the least load, the scarcest slots first: few places are left to search for."""
        levels = Levels(self._task.carried)
        for slot in sorted(slots, key=lambda slot: self._open[self._kind[slot]].bit_count()):
            eligible, period = self._open[self._kind[slot]], self._period[slot]
            while self._lacking[slot]:
                free = eligible & self._free & self._free_in[period] & ~self._busy[self._visit[slot]]
                if not free:
                    break
                person = next(numbers(free & levels.at[levels.lowest(free)]))
                levels.rise(person)
                self._take(slot, person)

    def _cut(self, stuck: _Closed) -> Cut:
        visit = self._visit
        return Cut(
            openings=tuple((visit[slot], slot - self._first[visit[slot]]) for slot in sorted(stuck.slots)),
            people=tuple(numbers(stuck.people)),
            in_period=tuple(
                (person, when)
                for when, people in sorted(stuck.in_period.items())
                for person in numbers(people & ~stuck.people)
            ),
            on_visit=tuple(
                (person, own)
                for own, people in sorted(stuck.on_visit.items())
                for person in numbers(people & ~stuck.in_period.get(self._task.periods[own], 0))
            ),
        )

    # ---- giving

    def give(self, visit: int, opening: int, person: int) -> bool:
        """Give somebody a place for good, if all places still open can then be filled; else change nothing.

        To be asked once `fill` has filled all, of people who are not on the visit for good.
        """
        slot, bit = self._first[visit] + opening, 1 << person
        if not self._assigned[slot] & bit and not self._bring(slot, person):
            return False
        self._assigned[slot] ^= bit
        self._given[visit] |= bit
        self._drop(slot, person)
        return True

    def _bring(self, slot: int, person: int) -> bool:
        """Change the places so that somebody has one of a slot; who leaves it for that is no matter."""
        if not self._open[self._kind[slot]] >> person & 1:
            return False
        reached = _Reached()
        way = self._spread(reached, slot, 1 << person, slot) or self._search(reached, slot)
        if way is None:
            self._part_from_others(self._closed(reached, ()))
            return False
        others = self._assigned[slot]
        self._walk(reached, way, slot)
        if way[1] != _NOBODY:
            self._leave(slot, next(numbers(others)))
        return True

    # ---- searching

    def _search(self, reached: _Reached, goal: int = _NOBODY) -> Way | None:
        """Go on from the people that are reached until somebody is free to come, or the goal is left by somebody."""
        for slots, step in reached.queue:  # which grows meanwhile
            for slot in slots:
                if not self._open[self._kind[slot]] & ~reached.in_period.get(self._period[slot], 0):
                    break  # whoever could come to a slot of this kind has been asked
                if slot not in reached.steps:
                    reached.steps[slot] = step
                    way = self._look(reached, slot, goal)
                    if way:
                        return way
        return None

    def _look(self, reached: _Reached, slot: int, goal: int) -> Way | None:
        """Who else could come to a slot."""
        beside = self._assigned[slot] | self._given[self._visit[slot]]
        return self._spread(reached, slot, self._open[self._kind[slot]] & ~beside, goal)

    def _spread(self, reached: _Reached, slot: int, people: People, goal: int) -> Way | None:
        """Reach people for a slot, and what they would have to leave for it."""
        visit, period = self._visit[slot], self._period[slot]
        known = reached.in_period.get(period, 0)
        idle = people & ~self._busy[visit] & ~known
        free = idle & self._free & self._free_in[period]
        if free:
            return slot, next(numbers(free))
        reached.in_period[period] = known | idle
        for person in numbers(people & ~known):
            left = self._could_leave(reached, person, slot)
            if goal != _NOBODY and any(goal in slots for slots in left):
                reached.steps[goal] = person, slot
                return goal, _NOBODY
            reached.queue += [(slots, (person, slot)) for slots in left]
        return None

    def _could_leave(self, reached: _Reached, person: int, slot: int) -> list[Slots]:
        """The slots, by kind, that somebody could leave for one: on the same visit, in its period, or all."""
        visit, period = self._visit[slot], self._period[slot]
        if self._busy[visit] >> person & 1:
            return [{self._place_on(visit, person): None}]
        if not self._free_in[period] >> person & 1:
            return self._held_in(period, person)
        if reached.people >> person & 1:
            return []
        reached.people |= 1 << person
        for other in self._held[person]:
            reached.in_period[other] = reached.in_period.get(other, 0) | 1 << person
        return [slots for other in self._held[person] for slots in self._held_in(other, person)]

    def _held_in(self, period: int, person: int) -> list[Slots]:
        """The slots of a period, by kind, in which somebody is, not for good."""
        return list(self._held[person].get(period, {}).values())

    def _place_on(self, visit: int, person: int) -> int:
        """The slot of a visit in which somebody is, not for good."""
        slots = range(self._first[visit], self._first[visit + 1])
        return next(slot for slot in slots if self._assigned[slot] >> person & 1)

    def _closed(self, reached: _Reached, slots: Iterable[int]) -> _Closed:
        """All slots that a search without success has reached, with all people who could come to them.

        Slots at which it did not look are among those that people hold whom it has reached.
        """
        left = (
            slot
            for period, people in reached.in_period.items()
            for person in numbers(people)
            for held in self._held_in(period, person)
            for slot in held
        )
        closed = _Closed({*slots, *reached.steps, *left}, reached.people, reached.in_period)
        for slot in closed.slots:
            visit = self._visit[slot]
            people = self._open[self._kind[slot]] & ~self._given[visit]
            closed.on_visit[visit] = closed.on_visit.get(visit, 0) | people
        return closed

    # ---- parts that have nothing to do with each other

    def _leave_out(self, closed: _Closed) -> None:
        """Look no more at people whose limits are used up by slots that cannot be filled."""
        for period in self._part_in:
            self._of_part[period, 0] &= ~(closed.in_period.get(period, 0) | closed.people)
        self._open.clear()

    def _part_from_others(self, closed: _Closed) -> None:
        """Part what a search could not leave from all else.

        No slot outside can have people whose limits are used up inside. A slot inside has nobody from outside, but on
        a visit of which somebody can fill one place only, and this is inside.
        """
        within: dict[int, int] = {}
        for slot in closed.slots:
            eligible, period, part, beside = self._kinds[self._kind[slot]]
            beside |= closed.on_visit[self._visit[slot]] & ~closed.in_period.get(period, 0)
            self._change(slot, (eligible, period, self._within(within, part), beside))
        for period, part_of in self._part_in.items():
            for person in numbers(closed.in_period.get(period, 0) | closed.people):
                self._of_part[period, part_of[person]] ^= 1 << person
                part_of[person] = self._within(within, part_of[person])
                own = self._of_part.get((period, part_of[person]), 0)
                self._of_part[period, part_of[person]] = own | 1 << person
        self._open.clear()

    def _within(self, within: dict[int, int], part: int) -> int:
        """The number of what lies inside of an old part."""
        if part not in within:
            within[part] = self._parts
            self._parts += 1
        return within[part]

    def _change(self, slot: int, kind: Kind) -> None:
        """Give a slot another kind."""
        people = list(numbers(self._assigned[slot]))
        for person in people:
            self._drop(slot, person)
        self._kind[slot] = self._number(kind)
        for person in people:
            self._hold(slot, person)

    def _number(self, kind: Kind) -> int:
        number = self._numbers.setdefault(kind, len(self._kinds))
        if number == len(self._kinds):
            self._kinds.append(kind)
        return number

    # ---- moving

    def _walk(self, reached: _Reached, way: Way, start: int) -> None:
        """Move everybody along a way, from where it ended back to where it began."""
        slot, newcomer = way
        if newcomer != _NOBODY:
            self._take(slot, newcomer)
        while slot != start or newcomer == _NOBODY:
            newcomer, taker = reached.steps[slot]
            self._leave(slot, newcomer)
            self._take(taker, newcomer)
            slot = taker

    def _take(self, slot: int, person: int) -> None:
        self._lacking[slot] -= 1
        self._assigned[slot] |= 1 << person
        self._busy[self._visit[slot]] |= 1 << person
        self._hold(slot, person)
        self._make_room(slot, person, -1)

    def _leave(self, slot: int, person: int) -> None:
        self._lacking[slot] += 1
        self._assigned[slot] ^= 1 << person
        self._busy[self._visit[slot]] ^= 1 << person
        self._drop(slot, person)
        self._make_room(slot, person, 1)

    def _hold(self, slot: int, person: int) -> None:
        self._held[person].setdefault(self._period[slot], {}).setdefault(self._kind[slot], {})[slot] = None

    def _drop(self, slot: int, person: int) -> None:
        held, period, kind = self._held[person], self._period[slot], self._kind[slot]
        del held[period][kind][slot]
        if not held[period][kind]:
            del held[period][kind]
        if not held[period]:
            del held[period]

    def _make_room(self, slot: int, person: int, change: int) -> None:
        period, bit = self._period[slot], 1 << person
        self._room[person] += change
        self._free = self._free | bit if self._room[person] > 0 else self._free & ~bit
        self._room_in[period][person] += change
        own = self._free_in[period]
        self._free_in[period] = own | bit if self._room_in[period][person] > 0 else own & ~bit


def shortage(task: Task, most: int | None) -> Cut | None:
    """Why the places of a task cannot all be filled under a limit; None if they can.

    >>> from dual_random.tasks import Opening
    >>> task = Task(people=(b"F1", b"F2"), carried=(0, 0), visits=(b"E1", b"E2"), periods=(0, 0), met={},
    ...             openings=((Opening(0, 1, 0b11),), (Opening(0, 2, 0b11),)))
    >>> shortage(task, 2) is None, shortage(task, 1)
    (True, Cut(openings=((0, 0), (1, 0)), people=(0, 1), in_period=(), on_visit=()))
    """
    return Staffing(task, most).fill()


def demand(task: Task, cut: Cut) -> int:
    """The places that a cut is about."""
    return sum(task.openings[visit][number].need for visit, number in cut.openings)


def supply(task: Task, most: int | None, cut: Cut) -> int:
    """How many of them the people of a cut can fill: their limits added up."""
    own = sum(max(0, (most or 0) - task.carried[person]) for person in cut.people)
    return own + len(cut.in_period) * (task.most_per_period or 0) + len(cut.on_visit)


def least_most(task: Task, most: int, cut: Cut) -> int | None:
    """The least limit above one that is too low, under which all places can be filled; None if there is none.

    Each cut says which limit at least its own people need: a step that never goes too far.
    """
    found: Cut | None = cut
    while found:
        if not found.people:
            return None
        low, high = most, most + demand(task, found) + max(task.carried[person] for person in found.people)
        while high - low > 1:
            middle = (low + high) // 2
            short = supply(task, middle, found) < demand(task, found)
            low, high = (middle, high) if short else (low, middle)
        most = high
        found = shortage(task, most)
    return most
