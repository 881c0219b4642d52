"""Who may go where: the people of a department, and for every visit who is eligible for its places (specification 9.2).

Conditions, districts, recusals and absences become sets of people here, and the visits of a department a `Task`. Visits
that are alike for the rule share one value, so a set is found once a kind of visit, not once a visit.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Final, TypeAlias

import numpy as np
from attrs import field, frozen

from dual_random.errors import Note
from dual_random.populations import Codes, distinct
from dual_random.registers import Register
from dual_random.schemes import Scheme, ticket_start
from dual_random.tasks import Opening, People, Task, either, in_order, people_of
from dual_random.team_rules import Slot, TeamRule
from dual_random.text import shown
from dual_random.tickets import Rows, ascending, first_words, whole_ticket

Standing: TypeAlias = tuple[int, ...]  # the slots that a visit has, by their places in the rule, ascending
Spot: TypeAlias = tuple[int, int]  # a row of the enterprises' register and a period, each of them perhaps `ANY`

ANY: Final = -1  # every enterprise, every period


# ---- a department's people


@frozen(eq=False)
class Post:
    """A slot and who could fill it, were nobody recused or absent.

    Args:
        slot: the rule.
        met: everybody; then who meets the first condition of `where`; then who meets the first two, and so on.
        having: for each column of `same`, by value, who has it.
    """

    slot: Slot
    met: tuple[People, ...]
    having: tuple[Mapping[str, People], ...]

    def narrowed(self, values: Sequence[str]) -> list[People]:
        """Everybody, who is left after one condition after the other, then after one equal value after the other.

        Args:
            values: of the enterprise, in the columns that `same` names.
        """
        steps = list(self.met)
        for having, value in zip(self.having, values, strict=True):
            steps.append(steps[-1] & having.get(value, 0))
        return steps

    def among(self, values: Sequence[str]) -> People:
        """Who could go to an enterprise with these values."""
        people = self.met[-1]
        for having, value in zip(self.having, values, strict=True):
            people &= having.get(value, 0)
        return people


def post_of(slot: Slot, cells: Mapping[str, Sequence[str]], count: int) -> Post:
    """Who could fill a slot.

    Args:
        slot: the rule.
        cells: by column, the value of each person.
        count: how many people there are.

    >>> post = post_of(Slot("leader", same={"area": "street"}), {"area": ["海曙", "鄞州", "海曙"]}, 3)
    >>> bin(post.among(["海曙"])), post.among(["北仑"])
    ('0b101', 0)
    """
    met = [(1 << count) - 1]
    for column, allowed in slot.where:
        having = _having(cells[column])
        met.append(met[-1] & either(having.get(value, 0) for value in allowed))
    return Post(slot, tuple(met), tuple(_having(cells[column]) for column, _ in slot.same))


def _having(cells: Sequence[str]) -> dict[str, People]:
    """By value, who has it."""
    found: dict[str, People] = {}
    for person, value in enumerate(cells):
        found[value] = found.get(value, 0) | 1 << person
    return found


@frozen(eq=False, kw_only=True)
class Crew:
    """The inspectors of one department, its rule, and what keeps whom away from where.

    Args:
        department: whose people.
        rule: the slots and limits of its visits.
        people: their ids as UTF-8, in byte order; elsewhere a person is the place among them.
        carried: the load that each brings along.
        met: how often two people have met before, the lower number first.
        cells: for each column of theirs that the rule reads, the value of each person.
        enterprises: the register of those who are visited.
        periods: their names; none if the plan has none, and then all visits are in period 0.
        recused: by enterprise and period, who is kept away, and the reason.
    """

    department: str
    rule: TeamRule
    people: tuple[bytes, ...]
    carried: tuple[int, ...]
    met: Mapping[tuple[int, int], int] = field(factory=dict)
    cells: Mapping[str, tuple[str, ...]] = field(factory=dict)
    enterprises: Register
    periods: tuple[str, ...] = ()
    recused: Mapping[Spot, Mapping[int, str]] = field(factory=dict)

    @cached_property
    def posts(self) -> tuple[Post, ...]:
        """The slots of the rule, each with who could fill it."""
        return tuple(post_of(slot, self.cells, len(self.people)) for slot in self.rule.slots)

    @cached_property
    def _kept(self) -> dict[Spot, People]:
        return {spot: people_of(reasons) for spot, reasons in self.recused.items()}

    def kept_away(self, row: int, period: int) -> People:
        """Who may not go to an enterprise, whatever the period, or not in this one."""
        kept = self._kept
        return kept.get((row, ANY), 0) | kept.get((row, period), 0)

    def absent(self, period: int) -> People:
        """Who goes nowhere in a period."""
        return self._kept.get((ANY, ANY), 0) | self._kept.get((ANY, period), 0)

    @cached_property
    def _kept_ever(self) -> dict[int, People]:
        found: dict[int, People] = {}
        for (row, _), people in self._kept.items():
            found[row] = found.get(row, 0) | people
        return found

    def missing_ever(self, row: int) -> People:
        """Who may not go to an enterprise in one period at least."""
        return self._kept_ever.get(ANY, 0) | self._kept_ever.get(row, 0)

    def values(self, slot: int, row: int) -> tuple[str, ...]:
        """The values of an enterprise in the columns that `same` of a slot names."""
        read = [self.enterprises.codes(column) for _, column in self.rule.slots[slot].same]
        return tuple(values[codes[row]] for codes, values in read)

    def eligible(self, slot: int, row: int, period: int) -> People:
        """Who may fill a slot at an enterprise in a period, limits left aside."""
        among = self.posts[slot].among(self.values(slot, row))
        return among & ~(self.kept_away(row, period) | self.absent(period))

    def openings(self, standing: Standing, row: int, period: int) -> tuple[Opening, ...]:
        """The slots of a visit in the order of dealing, each with who is eligible."""
        slots = self.rule.slots
        return in_order([Opening(slot, slots[slot].count, self.eligible(slot, row, period)) for slot in standing])

    # ---- what is alike

    @cached_property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """All pairs of columns that `same` names, the inspectors' first, in byte order."""
        return tuple(sorted({pair for slot in self.rule.slots for pair in slot.same}))

    @cached_property
    def period_kinds(self) -> tuple[int, ...]:
        """For each period the number of its kind: in periods of one kind the same people are kept away everywhere."""
        kept: list[set[tuple[int, People]]] = [set() for _ in self.periods or ("",)]
        for (row, period), people in self._kept.items():
            if period != ANY:
                kept[period].add((row, people))
        kinds: dict[object, int] = {}
        return tuple(kinds.setdefault(frozenset(own), len(kinds)) for own in kept)

    @cached_property
    def _row_kinds(self) -> tuple[Codes, int]:
        """For each enterprise the number of its recusals' kind, 0 without any; and how many kinds there are."""
        own: dict[int, set[tuple[int, People]]] = {}
        for (row, period), people in self._kept.items():
            if row != ANY:
                own.setdefault(row, set()).add((period, people))
        kinds: dict[object, int] = {(): 0}
        codes = np.zeros(len(self.enterprises), dtype=np.intp)
        for row, kept in own.items():
            codes[row] = kinds.setdefault(frozenset(kept), len(kinds))
        return codes, len(kinds)

    def alike(self, rows: Rows) -> list[tuple[Codes, int]]:
        """Columns of numbers (`dual_random.populations.distinct`): enterprises that are equal in all of them have the
        same eligible people in every slot and period.
        """
        kinds, count = self._row_kinds
        return [(kinds[rows], count), *(self._matched(own, theirs, rows) for own, theirs in self.pairs)]

    def _matched(self, own: str, theirs: str, rows: Rows) -> tuple[Codes, int]:
        """Values of the enterprises as numbers from 1 by the values of the people, 0 if nobody has the value."""
        known = {value: place for place, value in enumerate(sorted(set(self.cells[own])), 1)}
        codes, values = self.enterprises.codes(theirs)
        place = np.array([known.get(value, 0) for value in values], dtype=np.intp)
        return place[codes[rows]], len(known) + 1


def unmet(crew: Crew, slot: int, person: int, row: int, period: int) -> Note | None:
    """The first reason why one person is not eligible for a slot at an enterprise in a period; None if eligible.

    Args:
        crew: the department's people.
        slot: the place of the slot in the rule.
        person: the place among the people.
        row: of the enterprise, in its register.
        period: its number, 0 without periods.
    """
    name, rule = crew.people[person].decode(), crew.rule.slots[slot]
    for column, allowed in rule.where:
        if (value := crew.cells[column][person]) not in allowed:
            told = {
                "slot": rule.name,
                "column": column,
                "value": shown(value),
                "allowed": ", ".join(map(shown, allowed)),
            }
            return Note("not-eligible-where", name, told)
    for (column, theirs), wanted in zip(rule.same, crew.values(slot, row), strict=True):
        if (value := crew.cells[column][person]) != wanted:
            told = {
                "slot": rule.name,
                "column": column,
                "value": shown(value),
                "theirs": theirs,
                "wanted": shown(wanted),
            }
            return Note("not-eligible-same", name, told)
    return _recused(crew, name, person, row, period)


def _recused(crew: Crew, name: str, person: int, row: int, period: int) -> Note | None:
    """Why a person is kept away, if that is so: from the enterprise, for the period, or at all."""
    when = crew.periods[period] if crew.periods else ""
    where = crew.enterprises.id_bytes(row).decode()
    for spot, code, told in (
        ((row, ANY), "not-eligible-recused", {"enterprise": where}),
        ((row, period), "not-eligible-recused-then", {"enterprise": where, "period": when}),
        ((ANY, period), "not-eligible-absent", {"period": when}),
        ((ANY, ANY), "not-eligible-out", {}),
    ):
        reason = crew.recused.get(spot, {}).get(person)
        if reason is not None:
            return Note(code, name, {**told, "reason": reason})
    return None


# ---- the visits of a department


def standing(rule: TeamRule, demands: Iterable[str]) -> Standing:
    """The slots of a visit with these demands.

    >>> standing(TeamRule(slots=[Slot("member", 2), Slot("boiler", only_for="特种设备")]), ["市监"])
    (0,)
    """
    named = frozenset(demands)
    return tuple(place for place, slot in enumerate(rule.slots) if slot.stands(named))


@frozen(eq=False)
class Stops:
    """The visits of one department, column by column, in any order.

    Args:
        enterprises: their ids as UTF-8.
        rows: where they stand in the register.
        periods: the number of each one's period, 0 without periods.
        demands: what each visit is for, the demands of other departments included.
    """

    enterprises: Sequence[bytes]
    rows: Rows
    periods: Sequence[int]
    demands: Sequence[tuple[str, ...]]

    def standings(self, rule: TeamRule) -> tuple[Codes, tuple[Standing, ...]]:
        """Which slots each visit has: a number a visit, and the slots by number."""
        served: dict[tuple[str, ...], int] = {}
        own = [served.setdefault(demands, len(served)) for demands in self.demands]
        kinds: dict[Standing, int] = {}
        number = [kinds.setdefault(standing(rule, demands), len(kinds)) for demands in served]
        return np.array(number, dtype=np.intp)[np.array(own, dtype=np.intp)], tuple(kinds)


def deal_order(scheme: Scheme, key: str, department: str, enterprises: Sequence[bytes]) -> Rows:
    """The order in which a department's visits are dealt: ascending `deal` ticket, equal ones by id.

    The ticket knows nothing of the visit but whose it is, so nobody can choose who is served first.

    >>> deal_order("dual-random/1-sha256", "ab" * 32, "消防", [b"E1", b"E2", b"E3"]).tolist()
    [1, 0, 2]
    """
    start = ticket_start(scheme, key, "deal", department)
    words = first_words(start, [enterprises], len(enterprises))
    rows = np.arange(len(enterprises), dtype=np.intp)
    return ascending(words, rows, lambda row: (whole_ticket(start, enterprises[row]), enterprises[row]))


def task(crew: Crew, stops: Stops, order: Rows) -> Task:
    """What has to be dealt to a department.

    Args:
        crew: its people and its rule.
        stops: its visits.
        order: their places in the order of dealing.
    """
    slots, standings = stops.standings(crew.rule)
    period = np.array(stops.periods, dtype=np.intp)
    period_kind = np.array(crew.period_kinds, dtype=np.intp)[period]
    columns = [(slots, len(standings)), (period_kind, len(crew.period_kinds)), *crew.alike(stops.rows)]
    kinds, example = distinct(columns, len(stops.rows))
    openings = [crew.openings(standings[slots[place]], int(stops.rows[place]), int(period[place])) for place in example]
    rule = crew.rule
    return Task(
        people=crew.people,
        carried=crew.carried,
        visits=tuple(map(stops.enterprises.__getitem__, order.tolist())),
        periods=tuple(period[order].tolist()),
        openings=tuple(map(openings.__getitem__, kinds[order].tolist())),
        most=rule.most,
        most_per_period=rule.most_per_period,
        slack=rule.slack,
        rotate=rule.rotate,
        relief=rule.relief,
        met=crew.met,
    )
