"""Visits and what they amount to: plain values, as they stand in a record."""

import re
from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import cached_property, lru_cache
from itertools import accumulate
from typing import Final, overload

from attrs import field, frozen

from dual_random.errors import Note
from dual_random.forms import (
    choice_faults,
    count_faults,
    flag_faults,
    is_count,
    kind_faults,
    kinds_faults,
    listed,
    refuse,
)
from dual_random.layouts import Layout
from dual_random.rates import Measure, Rate
from dual_random.schemes import digest_faults
from dual_random.staffing import Place, is_place, place_faults
from dual_random.text import shown, text_fault, text_faults

_BOUND: Final = re.compile(r"(0|[1-9][0-9]{0,15})\.[0-9]{2}", re.ASCII)


@frozen
class Served:
    """What a visit is for: its demands and departments, both in byte order, and the department that leads."""

    demands: tuple[str, ...]
    departments: tuple[str, ...]
    lead: str


def _names_faults(part: str, names: tuple[str, ...]) -> tuple[Note, ...]:
    return (_known_names_faults if _hashable(names) else _known_names_faults.__wrapped__)(part, names)


def _hashable(names: tuple[str, ...]) -> bool:
    return all(isinstance(name, str) for name in names)  # what a file holds may be anything


@lru_cache(maxsize=4096)  # a record's visits share few combinations of names
def _known_names_faults(part: str, names: tuple[str, ...]) -> tuple[Note, ...]:
    faults = [note for i, name in enumerate(names) if (note := text_fault(name, f"{part}[{i}]"))]
    if not names or list(names) != sorted(set(map(str, names))):
        faults.append(Note("names-order", part))
    return tuple(faults)


def _places(value: Iterable[Place]) -> tuple[Place, ...]:
    return tuple([tuple(place) if isinstance(place, list) else place for place in listed(value)])


def _places_faults(places: tuple[Place, ...], coming: tuple[str, ...]) -> list[Note]:
    """Why places cannot be those of a visit to which some departments come."""
    wrong = [i for i, place in enumerate(places) if not is_place(place)]
    if wrong:
        return [note for i in wrong for note in place_faults(places[i], f"places[{i}]")]
    look = department_faults if _hashable(coming) else department_faults.__wrapped__
    return list(look(tuple([department for department, _, _ in places]), coming))


@lru_cache(maxsize=4096)  # a record's visits share few combinations of departments
def department_faults(departments: tuple[str, ...], coming: tuple[str, ...]) -> tuple[Note, ...]:
    """Why the departments of a visit's places, place by place, are not those of its departments, in their order."""
    strange = [i for i, department in enumerate(departments) if department not in coming]
    faults = [Note("place-department", f"places[{i}]", {"department": shown(departments[i])}) for i in strange]
    if list(departments) != sorted(departments):
        faults.append(Note("places-order", "places"))
    return tuple(faults)


@frozen(kw_only=True)
class Visit:
    """One enterprise that was drawn: its ticket, the demands it was drawn for, the departments and people that come.

    Args:
        enterprise: its id.
        ticket: 64 hex digits; among the lowest of its cell.
        demands, departments: in byte order.
        lead: the first department in the plan's declared order.
        period: when, one of the plan's periods; empty if it declares none.
        extra: whether the visit is made for the target alone: fewer visits would have held all checks.
        places: who goes, as (department, slot, inspector): departments in byte order, inside a department in the
            order of dealing. Empty where nobody was dealt.

    Raises:
        InputError: with all faults. The same person in two places is none: `verify` names what the rules forbid.
    """

    enterprise: str
    ticket: str
    demands: tuple[str, ...] = field(converter=listed)
    departments: tuple[str, ...] = field(converter=listed)
    lead: str
    period: str = ""
    extra: bool = False
    places: tuple[Place, ...] = field(default=(), converter=_places)

    def __attrs_post_init__(self) -> None:
        faults = text_faults({"enterprise": self.enterprise, "lead": self.lead})
        faults += text_faults({"period": self.period}, empty=True) + flag_faults(self.extra, "extra")
        faults += digest_faults(self.ticket, "ticket")
        faults += [*_names_faults("demands", self.demands), *_names_faults("departments", self.departments)]
        refuse([*faults, *(_places_faults(self.places, self.departments) if self.places else ())])

    @property
    def served(self) -> Served:
        """What the visit is for, without whom it is paid to."""
        return Served(self.demands, self.departments, self.lead)

    @property
    def joint(self) -> bool:
        """Whether two or more departments come."""
        return len(self.departments) > 1

    @property
    def team(self) -> dict[str, tuple[str, ...]]:
        """Who goes for each department, in the order of dealing; a department for which nobody was dealt is left out.

        >>> visit = Visit(enterprise="E1", ticket="0f" * 32, demands=["消防"], departments=["消防"], lead="消防",
        ...               places=[("消防", "leader", "F05"), ("消防", "member", "F02")])
        >>> visit.team
        {'消防': ('F05', 'F02')}
        """
        people: dict[str, list[str]] = {}
        for department, _, inspector in self.places:
            people.setdefault(department, []).append(inspector)
        return {department: tuple(own) for department, own in people.items()}


def _numbers(value: Iterable[Sequence[object]]) -> tuple[tuple[object, ...], ...]:
    return tuple(tuple(pair) if isinstance(pair, list) else pair for pair in listed(value))


def _is_number(pair: object) -> bool:
    """Whether a value is the name of a demand and a count."""
    if not isinstance(pair, tuple) or len(pair) != 2:
        return False
    return isinstance(pair[0], str) and _is_name(pair[0]) and is_count(pair[1])


@lru_cache(maxsize=4096)  # a record's cells share few names
def _is_name(text: str) -> bool:
    return text_fault(text, "") is None


@frozen(kw_only=True)
class Cell:
    """Enterprises that are alike for every demand, among them somebody visited: the counts that decided their visits.

    Args:
        key: canonical JSON of the demands that reach the cell, each with the values of its stratum.
        size: enterprises in the cell.
        numbers: demands, in byte order, and how many enterprises each draws here: the lowest tickets of the cell.
        checks: the largest number of each department over its demands, summed over the departments.
        visits, joint_visits: all, and those by two departments or more.
        extra: joint visits that are made for the target alone.
        most: the most departments on one visit.

    >>> cell = Cell(key='[["市监",[]],["消防",[]]]', size=90, numbers=[("市监", 7), ("消防", 3)], checks=10,
    ...             visits=7, joint_visits=3, most=2)
    >>> cell.shortfall(Fraction("49.60") / 100, "visits")  # four of seven visits are by one department alone
    Fraction(59, 125)
    """

    key: str
    size: int
    numbers: tuple[tuple[str, int], ...] = field(converter=_numbers)
    checks: int
    visits: int
    joint_visits: int
    extra: int = 0
    most: int

    def __attrs_post_init__(self) -> None:
        counts = (self.size, self.checks, self.visits, self.joint_visits, self.extra, self.most)
        if text_fault(self.key, "key") or not all(map(is_count, counts)) or not all(map(_is_number, self.numbers)):
            refuse(self._faults())

    def _faults(self) -> list[Note]:
        names = ("size", "checks", "visits", "joint_visits", "extra", "most")
        faults = text_faults({"key": self.key})
        faults += [note for name in names for note in count_faults(getattr(self, name), name)]
        wrong = [(i, number) for i, number in enumerate(self.numbers) if not _is_number(number)]
        return faults + [Note("cell-number", f"numbers[{i}]", {"value": shown(number)}) for i, number in wrong]

    def shortfall(self, target: Fraction, of: Measure) -> Fraction:
        """By how many joint visits, or checks in such, the cell alone stays below a target; 0 if it does not."""
        singles = self.visits - self.joint_visits
        whole = self.visits if of == "visits" else self.checks
        return max(Fraction(0), singles - (1 - target) * whole)


@frozen(kw_only=True, repr=False)
class CellTable(Sequence[Cell]):
    """Cells in byte order of their keys, column by column; one is made when it is asked for.

    Thousands of small objects would cost more in garbage collection than in making (see the architecture page).

    Args:
        keys, sizes, checks, visits, joint_visits, extra, most: a column for each part of `Cell`.
        names: for each cell the demands that draw there; cells with the same demands share one value.
        numbers: how many they draw, one cell after another.
    """

    keys: tuple[str, ...] = ()
    sizes: tuple[int, ...] = ()
    checks: tuple[int, ...] = ()
    visits: tuple[int, ...] = ()
    joint_visits: tuple[int, ...] = ()
    extra: tuple[int, ...] = ()
    most: tuple[int, ...] = ()
    names: tuple[tuple[str, ...], ...] = ()
    numbers: tuple[int, ...] = ()

    def __attrs_post_init__(self) -> None:
        columns = (
            self.keys,
            self.sizes,
            self.checks,
            self.visits,
            self.joint_visits,
            self.extra,
            self.most,
            self.names,
        )
        lengths = [len(column) for column in columns]
        if len(set(lengths)) > 1 or sum(map(len, self.names)) != len(self.numbers):
            refuse([Note("cells-uneven", "cells", {"counts": ", ".join(map(str, (*lengths, len(self.numbers))))})])

    @cached_property
    def _begins(self) -> tuple[int, ...]:
        return tuple(accumulate(map(len, self.names), initial=0))

    def __len__(self) -> int:
        return len(self.keys)

    @overload
    def __getitem__(self, place: int, /) -> Cell: ...
    @overload
    def __getitem__(self, place: slice, /) -> tuple[Cell, ...]: ...
    def __getitem__(self, place: int | slice, /) -> Cell | tuple[Cell, ...]:
        if isinstance(place, slice):
            return tuple(self[each] for each in range(*place.indices(len(self))))
        own = range(len(self))[place]
        return Cell(
            key=self.keys[own],
            size=self.sizes[own],
            numbers=zip(self.names[own], self.numbers[self._begins[own] : self._begins[own + 1]], strict=True),
            checks=self.checks[own],
            visits=self.visits[own],
            joint_visits=self.joint_visits[own],
            extra=self.extra[own],
            most=self.most[own],
        )

    def __repr__(self) -> str:
        return f"CellTable({len(self)} cells)"


def cell_table(cells: Iterable[Cell]) -> CellTable:
    """Cells as a table; a table stays as it is."""
    if isinstance(cells, CellTable):
        return cells
    kept: tuple[Cell, ...] = listed(cells)
    refuse(kinds_faults(kept, Cell, "cells"))
    shared: dict[tuple[str, ...], tuple[str, ...]] = {}
    names = (tuple(name for name, _ in cell.numbers) for cell in kept)
    return CellTable(
        keys=tuple(cell.key for cell in kept),
        sizes=tuple(cell.size for cell in kept),
        checks=tuple(cell.checks for cell in kept),
        visits=tuple(cell.visits for cell in kept),
        joint_visits=tuple(cell.joint_visits for cell in kept),
        extra=tuple(cell.extra for cell in kept),
        most=tuple(cell.most for cell in kept),
        names=tuple([shared.setdefault(own, own) for own in names]),
        numbers=tuple(number for cell in kept for _, number in cell.numbers),
    )


@frozen(kw_only=True)
class Outcome:
    """What a draw amounts to, in exact counts.

    Args:
        visits, joint_visits: all, and those by two departments or more.
        checks, joint_checks: departments summed over all visits, and over the joint ones.
        target_met: whether the joint-sampling rate reaches the plan's target; true without a target.
        best: the highest rate that any layout of these checks reaches; None if there are no visits.
        bound: no method expects fewer visits; the exact sum, rounded down to 0.01.
        layout: how far the draw had to go for the target.
        over: cells in which a visit has more departments than the plan's most.
        extra: visits made for the target alone.
        independent: visits to expect if every department drew by itself (`dual_random.expectations`); None if it is
            not stated.
    """

    visits: int
    joint_visits: int
    checks: int
    joint_checks: int
    target_met: bool
    best: Rate | None = field(default=None, metadata={"kind": Rate})
    bound: str = "0.00"
    layout: Layout = "nested"
    over: int = 0
    extra: int = 0
    independent: int | None = None

    def __attrs_post_init__(self) -> None:
        counts = ("visits", "joint_visits", "checks", "joint_checks", "over", "extra")
        faults = [note for name in counts for note in count_faults(getattr(self, name), name)]
        faults += [] if self.independent is None else count_faults(self.independent, "independent")
        faults += flag_faults(self.target_met, "target_met")
        faults += [] if self.best is None else kind_faults(self.best, Rate, "best")
        if not (isinstance(self.bound, str) and _BOUND.fullmatch(self.bound)):
            faults.append(Note("bound-form", "bound", {"value": shown(self.bound)}))
        refuse([*faults, *choice_faults(self.layout, Layout, "layout")])
