"""Stated teams held against the rules: who was sent where nobody may send them (specification 9.7).

That a team is not the one that was due, the deal tells. What is wrong with it, a reader wants to know in words: an
expired certificate, a recused person, a load above its limit. Much of this shows without the register of inspectors,
which is often not published. All places are looked at as columns of numbers; names are put to what is wrong alone.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain
from typing import Final, TypeAlias

import numpy as np
from attrs import frozen

from dual_random.eligibility import Crew, standing, unmet
from dual_random.errors import Note
from dual_random.populations import Codes, Flags
from dual_random.records import Record
from dual_random.registers import Register
from dual_random.rosters import read_crews
from dual_random.staffing import Staffing
from dual_random.team_rules import Recusal, TeamRule
from dual_random.teams import rows_of
from dual_random.text import shown
from dual_random.tickets import Rows

Fault: TypeAlias = tuple[int, Note]  # where it belongs among all places, and what is wrong

_NOT_ELIGIBLE: Final = {"not-eligible-where": "team-where", "not-eligible-same": "team-same"}
_RECUSED: Final = {  # by whether enterprise and period are named
    (True, False): "team-recused",
    (True, True): "team-recused-then",
    (False, True): "team-absent",
    (False, False): "team-out",
}


def team_findings(record: Record, enterprises: Register, inspectors: Register | None) -> list[Note]:
    """What in the stated teams no deal of these rules could have given; whether they are those due is not asked.

    Args:
        record: as published.
        enterprises: the register that was committed.
        inspectors: the register that was committed; without it nothing is told of departments, conditions, districts,
            and loads are counted from the visits of the record alone.

    Returns:
        Faults of a department as a whole, then those of places in their order.
    """
    board = _Board(record)
    crews = _crews(record, enterprises, inspectors) if inspectors is not None else {}
    faults = chain(
        _twice(board),
        _strangers(board, inspectors) if inspectors is not None else (),
        _slot_faults(board),
        *(_unsuited(board, crew) for crew in crews.values()),
        _recused(board),
        _overloads(board, crews),
    )
    ordered = sorted(faults, key=lambda fault: fault[0])  # stable: of one place in the order of the checks
    return [*_department_faults(board), *(note for _, note in ordered)]


def _crews(record: Record, enterprises: Register, inspectors: Register) -> dict[str, Crew]:
    """The people of each department that has places, as far as they can be read; why not is told elsewhere."""
    plan, names = record.commitment.plan, tuple(dict.fromkeys(record.places.departments))
    found, _ = read_crews(plan, names, inspectors, enterprises)
    return {crew.department: crew for crew in found}


def _numbered(column: Sequence[str]) -> tuple[Codes, tuple[str, ...]]:
    """A column of texts as numbers, and the texts by number."""
    known = {text: number for number, text in enumerate(dict.fromkeys(column))}
    return np.fromiter(map(known.__getitem__, column), np.intp, len(column)), tuple(known)


@frozen(eq=False)
class _Board:
    """The places of a record, column by column as numbers: those of each visit stand together."""

    record: Record

    @cached_property
    def counts(self) -> Codes:
        """How many places each visit has; none at all in a record without places."""
        return np.array(self.record.places.counts or (0,) * len(self.record), dtype=np.intp)

    @cached_property
    def begins(self) -> Codes:
        """Where the places of each visit begin."""
        return np.cumsum(self.counts) - self.counts

    @cached_property
    def visits(self) -> Codes:
        """The visit of each place."""
        return np.repeat(np.arange(len(self.counts)), self.counts)

    @cached_property
    def people(self) -> tuple[Codes, tuple[str, ...]]:
        """The inspector of each place."""
        return _numbered(self.record.places.inspectors)

    @cached_property
    def departments(self) -> tuple[Codes, tuple[str, ...]]:
        """The department of each place."""
        return _numbered(self.record.places.departments)

    @cached_property
    def slots(self) -> tuple[Codes, tuple[str, ...]]:
        """The slot of each place."""
        return _numbered(self.record.places.slots)

    @cached_property
    def served(self) -> tuple[Codes, list[tuple[tuple[str, ...], tuple[str, ...]]]]:
        """What each visit is for, by demands and departments; equal values are mostly one."""
        own = {id(each): each for each in self.record.served}
        number = {known: place for place, known in enumerate(own)}
        codes = np.fromiter(map(number.__getitem__, map(id, self.record.served)), np.intp, len(self.record))
        return codes, [(each.demands, each.departments) for each in own.values()]

    @cached_property
    def periods(self) -> tuple[Codes, tuple[str, ...]]:
        """The period of each visit; one without a name if the record has none."""
        return _numbered(self.record.periods) if self.record.periods else (np.zeros(len(self.counts), np.intp), ("",))

    @cached_property
    def first(self) -> Flags:
        """For each place whether the person has none before it on the visit."""
        people, names = self.people
        pair = self.visits * len(names) + people
        found = np.ones(len(pair), dtype=np.bool_)
        in_order = np.sort(pair)
        if (in_order[1:] == in_order[:-1]).any():
            order = np.argsort(pair, kind="stable")
            found[order[1:][pair[order[1:]] == pair[order[:-1]]]] = False
        return found

    @cached_property
    def staffing(self) -> dict[str, Staffing]:
        """What the record reports, by department."""
        return {each.department: each for each in self.record.staffing}

    @cached_property
    def _visit_of(self) -> dict[str, int]:
        return {enterprise: visit for visit, enterprise in enumerate(self.record.enterprises)}

    def places_at(self, enterprise: str) -> Sequence[int]:
        """The places of one visit; none if the enterprise is not visited."""
        visit = self._visit_of.get(enterprise)
        return () if visit is None else range(self.begins[visit], self.begins[visit] + self.counts[visit])

    def rule(self, department: str) -> TeamRule:
        """The rule of a department."""
        return self.record.commitment.plan.team_rule(department)

    def department_is(self, name: str) -> Flags:
        """For each place whether it is of a department."""
        codes, names = self.departments
        return codes == names.index(name) if name in names else np.zeros(len(codes), dtype=np.bool_)

    def period_of(self, place: int) -> str:
        """When the visit of a place is; empty without periods."""
        codes, names = self.periods
        return names[int(codes[self.visits[place]])]

    def path(self, place: int) -> str:
        """Where a place stands in the record."""
        visit = self.visits[place]
        return f"visits[{visit}].places[{place - self.begins[visit]}]"

    def fault(self, code: str, place: int, told: Mapping[str, str | int] | None = None) -> Fault:
        """A fault of one place, with visit, department, slot and person."""
        parts = self.record.places
        own: dict[str, str | int] = {
            "enterprise": self.record.enterprises[self.visits[place]],
            "department": parts.departments[place],
            "slot": parts.slots[place],
            "inspector": parts.inspectors[place],
        }
        return place, Note(code, self.path(place), own | dict(told or {}))


# ---- departments as a whole


def _department_faults(board: _Board) -> Iterator[Note]:
    """Departments that are reported otherwise than their places are filled."""
    codes, names = board.departments
    filled = dict(zip(names, np.bincount(codes, minlength=len(names)).tolist(), strict=True))
    for place, own in enumerate(board.record.staffing):
        at, told = f"staffing[{place}]", filled.get(own.department, 0)
        if own.shortages and told:
            yield Note("team-short", at, {"department": own.department, "places": told})
        if own.places and not own.shortages and not told:
            yield Note("team-nobody", at, {"department": own.department, "places": own.places})
        yield from _raised(own, board.rule(own.department), f"{at}.most")
    for department in sorted(set(names) - set(board.staffing)):
        yield Note("team-unreported", "staffing", {"department": department, "places": filled[department]})


def _raised(own: Staffing, rule: TeamRule, at: str) -> Iterator[Note]:
    """A limit said to be raised, where it is not, or may not be."""
    if own.most is not None and not _is_raised(own, rule):
        told: dict[str, str | int] = {"department": own.department, "stated": own.most}
        told["most"] = "–" if rule.most is None else rule.most
        yield Note("team-most-lowered" if rule.relief else "team-most-unrelieved", at, told)


def _is_raised(own: Staffing, rule: TeamRule) -> bool:
    """Whether a record states a limit as a rule with relief may have it."""
    return own.most is not None and rule.relief and rule.most is not None and own.most > rule.most


def _most(own: Staffing | None, rule: TeamRule) -> int | None:
    """The limit in force: that of the rule, or a higher one if the rule has relief and the record states it."""
    return own.most if own and _is_raised(own, rule) else rule.most


# ---- people


def _twice(board: _Board) -> Iterator[Fault]:
    """People with a second place on a visit."""
    return (board.fault("team-twice", place) for place in np.flatnonzero(~board.first).tolist())


def _strangers(board: _Board, inspectors: Register) -> Iterator[Fault]:
    """People whom the register does not hold, and people of another department."""
    column = board.record.commitment.plan.department_column
    if column not in inspectors.columns:
        return
    people, names = board.people
    codes, values = inspectors.codes(column)
    rows = [inspectors.row_of(name) for name in names]
    home = [None if row is None else values[codes[row]] for row in rows]
    departments, known = board.departments
    number = {name: place for place, name in enumerate(known)}
    due = np.array([-1 if name is None else number.get(name, -1) for name in home], dtype=np.intp)
    for place in np.flatnonzero(due[people] != departments).tolist():
        own = home[people[place]]
        if own is None:
            yield board.fault("team-unknown", place)
        else:
            yield board.fault("team-department", place, {"own": shown(own)})


def _unsuited(board: _Board, crew: Crew) -> Iterator[Fault]:
    """People of a department in slots whose conditions they do not meet, or at enterprises of another district."""
    people, names = board.people
    number = {name.decode(): person for person, name in enumerate(crew.people)}
    members = np.array([number.get(name, -1) for name in names], dtype=np.intp)
    slots, known = board.slots
    ours = board.department_is(crew.department) & (members[people] >= 0)
    for place, slot in enumerate(crew.rule.slots):
        if slot.name in known and (slot.where or slot.same):
            own = np.flatnonzero(ours & (slots == known.index(slot.name)))
            yield from _ineligible(board, crew, place, own, members[people[own]])


def _ineligible(board: _Board, crew: Crew, slot: int, places: Rows, persons: Codes) -> Iterator[Fault]:
    """Places of one slot whose people are not eligible; recusals left aside."""
    rule = crew.rule.slots[slot]
    cells = [(crew.cells[column], frozenset(allowed)) for column, allowed in rule.where]
    able = np.array([all(own[i] in allowed for own, allowed in cells) for i in range(len(crew.people))], np.bool_)
    wrong = ~able[persons]
    rows = np.full(len(places), -1, dtype=np.intp)
    if rule.same:
        visits, which = np.unique(board.visits[places], return_inverse=True)
        names = [board.record.enterprises[visit] for visit in visits.tolist()]
        rows = rows_of(crew.enterprises, names)[which.reshape(-1)]
        for own, theirs in rule.same:
            wrong |= (rows >= 0) & ~_agree(crew, own, theirs, persons, rows)
    for i in np.flatnonzero(wrong).tolist():
        note = unmet(crew, slot, int(persons[i]), int(rows[i]), 0)
        if note is not None and note.code in _NOT_ELIGIBLE:
            yield board.fault(_NOT_ELIGIBLE[note.code], int(places[i]), note.params)


def _agree(crew: Crew, own: str, theirs: str, persons: Codes, rows: Rows) -> Flags:
    """Whether each person has the value of the enterprise's row."""
    codes, values = crew.enterprises.codes(theirs)
    number = {value: place for place, value in enumerate(values)}
    mine = np.array([number.get(value, -1) for value in crew.cells[own]], dtype=np.intp)
    return np.asarray(mine[persons] == codes[rows], dtype=np.bool_)


# ---- recusals


def _recused(board: _Board) -> Iterator[Fault]:
    """People sent where, or when, the commitment keeps them away; no register is needed."""
    people, names = board.people
    number = {name: person for person, name in enumerate(names)}
    own = [each for each in board.record.commitment.recusals if each.inspector in number]
    places = _places_by_person(board) if any(not each.enterprise for each in own) else []
    for each in own:
        person = number[each.inspector]
        for place in board.places_at(each.enterprise) if each.enterprise else places[person]:
            if people[place] == person and each.period in ("", board.period_of(place)):
                yield board.fault(_code(each), place, {"period": each.period, "reason": each.reason})


def _code(recusal: Recusal) -> str:
    return _RECUSED[bool(recusal.enterprise), bool(recusal.period)]


def _places_by_person(board: _Board) -> list[list[int]]:
    """The places of each person."""
    people, names = board.people
    order = np.argsort(people, kind="stable")
    cuts = np.cumsum(np.bincount(people, minlength=len(names)))[:-1]
    return [own.tolist() for own in np.split(order, cuts)]


# ---- slots


def _slot_faults(board: _Board) -> Iterator[Fault]:
    """Slots with too many or too few places, of departments that are reported as staffed and have anybody."""
    names = board.departments[1]
    dealt = [name for name, own in board.staffing.items() if not own.shortages and name in names]
    slots, known = board.slots
    for department in dealt:
        mine = board.department_is(department)
        columns = dict.fromkeys((*(slot.name for slot in board.rule(department).slots), *known))
        number = {name: column for column, name in enumerate(columns)}
        column = np.array([number[name] for name in known], dtype=np.intp)[slots[mine]]
        cell = board.visits[mine] * len(columns) + column
        told = np.bincount(cell, minlength=len(board.counts) * len(columns)).reshape(-1, len(columns))
        due = _due(board, department, tuple(columns))
        for visit, place in np.argwhere(told != due).tolist():
            yield from _slot_fault(board, department, visit, tuple(columns), place, told[visit], due[visit])


def _due(board: _Board, department: str, columns: tuple[str, ...]) -> Codes:
    """For each visit and slot how many places a department has to fill."""
    rule, (codes, kinds) = board.rule(department), board.served
    needs = np.zeros((len(kinds), len(columns)), dtype=np.intp)
    for kind, (demands, coming) in enumerate(kinds):
        for slot in standing(rule, demands) if department in coming else ():
            needs[kind, slot] = rule.slots[slot].count
    return needs[codes]


def _slot_fault(
    board: _Board, department: str, visit: int, columns: tuple[str, ...], column: int, told: Codes, due: Codes
) -> Iterator[Fault]:
    """What is wrong with one slot of a visit: each place, if the visit does not have the slot; else their number."""
    enterprise, slot = board.record.enterprises[visit], columns[column]
    if due[column]:
        params: dict[str, str | int] = {"enterprise": enterprise, "department": department, "slot": slot}
        params |= {"stated": int(told[column]), "due": int(due[column])}
        yield int(board.begins[visit]), Note("team-slot-count", f"visits[{visit}].places", params)
        return
    known = ", ".join(name for name, need in zip(columns, due.tolist(), strict=True) if need) or "–"
    parts = board.record.places
    for place in board.places_at(enterprise):
        if (parts.departments[place], parts.slots[place]) == (department, slot):
            yield board.fault("team-slot", place, {"known": known})


# ---- limits


def _overloads(board: _Board, crews: Mapping[str, Crew]) -> Iterator[Fault]:
    """People with more visits than their department's limits allow."""
    for department in board.departments[1]:
        own = np.flatnonzero(board.department_is(department) & board.first)
        rule, crew = board.rule(department), crews.get(department)
        most = _most(board.staffing.get(department), rule)
        if most is not None:
            yield from _above_most(board, own, most, _carried(crew) if rule.carried and crew else None)
        if rule.most_per_period is not None:
            yield from _above_most_per_period(board, own, rule.most_per_period)


def _carried(crew: Crew) -> dict[str, int]:
    return {name.decode(): load for name, load in zip(crew.people, crew.carried, strict=True)}


def _above_most(board: _Board, places: Rows, most: int, carried: Mapping[str, int] | None) -> Iterator[Fault]:
    """People of a department above the limit, each at the first place above it; what they carry, None if unknown."""
    people, names = board.people
    dealt = np.bincount(people[places], minlength=len(names))
    before = np.array([(carried or {}).get(name, 0) for name in names], dtype=np.intp)
    for person in np.flatnonzero((dealt > 0) & (dealt + before > most)).tolist():
        own = places[people[places] == person]
        told: dict[str, str | int] = {"load": int(dealt[person] + before[person]), "most": most}
        place = int(own[max(0, most - int(before[person]))])
        if carried is None:
            yield board.fault("team-most", place, told)
        else:
            yield board.fault("team-most-carried", place, told | {"carried": int(before[person])})


def _above_most_per_period(board: _Board, places: Rows, most: int) -> Iterator[Fault]:
    """People of a department above the limit of one period, each at the first place above it."""
    (people, names), (periods, known) = board.people, board.periods
    pair = periods[board.visits[places]] * len(names) + people[places]
    found, dealt = np.unique(pair, return_counts=True)
    for each, load in zip(found[dealt > most].tolist(), dealt[dealt > most].tolist(), strict=True):
        period = known[each // len(names)] or "–"
        place = int(places[pair == each][most])
        yield board.fault("team-most-per-period", place, {"load": load, "most": most, "period": period})
