"""Many draws of one procedure, by seeds that follow a written rule: what all statistical checks read.

A draw is kept as its hits (unit, result), in two columns of small numbers, so that ten thousand draws of fifty take
some megabytes. For the checks they are parted into cells: one result within one class of units that are alike. If these
are treated alike, then given how many of a cell's K units have the result in a draw, every set of so many is equally
likely. That is all the checks need to know, whatever rules say how many there are.
"""

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType
from typing import Final, Self, TypeAlias

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from dual_random.errors import Note
from dual_random.forms import count_faults, kind_faults, refuse
from dual_random.testing.checks import level_faults, told
from dual_random.testing.procedures import (
    DRAWN,
    Outcome,
    Procedure,
    outcome,
    procedure_faults,
    read_list,
    seed_of,
    trial_faults,
    units_of,
)
from dual_random.text import Share, shown, text_faults

Counts: TypeAlias = NDArray[np.int64]
Places: TypeAlias = NDArray[np.int32]
Floats: TypeAlias = NDArray[np.float64]
Progress: TypeAlias = Callable[[int, int], None]
Texts: TypeAlias = Mapping[str, str]
Shares: TypeAlias = Mapping[str, Share]

NONE: Final[Texts] = MappingProxyType({})
NO_SHARES: Final[Shares] = MappingProxyType({})
_TOLD: Final = 20  # faults kept


@frozen(eq=False)
class Cell:
    """One result within one class of units that are alike.

    Args:
        result: what the units have; empty in a plain draw.
        kind: the name of the class; empty if all units are alike.
        members: the places of the class's units in the list.
        trials: how many draws there are.
        draws: of each hit, the number of its draw, ascending.
        who: of each hit, the unit as a place in `members`.
    """

    result: str
    kind: str
    members: Places
    trials: int
    draws: Places
    who: Places

    @property
    def size(self) -> int:
        """How many units the class has."""
        return len(self.members)

    @cached_property
    def counts(self) -> Counts:
        """How often each unit has the result."""
        return np.bincount(self.who, minlength=self.size).astype(np.int64)

    @cached_property
    def totals(self) -> Counts:
        """How many units have the result in each draw."""
        return np.bincount(self.draws, minlength=self.trials).astype(np.int64)

    @cached_property
    def open(self) -> NDArray[np.bool_]:
        """In which draws anything was left to chance: some of the class have the result, and some have not."""
        return (self.totals > 0) & (self.totals < self.size)

    def rows(self, size: int, draws: range) -> NDArray[np.float32]:
        """Which of the first `size` units have the result (1) in some draws, a row each."""
        low, high = np.searchsorted(self.draws, (draws.start, draws.stop))
        number, who = self.draws[low:high], self.who[low:high]
        found = np.zeros((len(draws), size), dtype=np.float32)
        found[number[who < size] - draws.start, who[who < size]] = 1
        return found

    @property
    def where(self) -> str:
        """What the cell is called in messages: result and class, as far as there are any."""
        return " · ".join(part for part in (self.result, self.kind) if part)


@frozen(eq=False, repr=False)
class Replicates:
    """Many draws of one list of units; `repr` says how many, of how many.

    Args:
        units: the list, in the order given.
        alike: the class of every unit; empty: all are alike.
        results: the results that occurred, in the order of their first hit.
        trials: how many draws there are.
        ends: of each draw, the number of hits up to its end.
        who, what: of each hit, the unit's and the result's number.
        faults: what is wrong with draws whatever the chances (the first of it).
    """

    units: tuple[str, ...]
    alike: Texts
    results: tuple[str, ...]
    trials: int
    ends: Counts
    who: Places
    what: Places
    faults: tuple[Note, ...] = ()

    @classmethod
    def of(cls, units: Sequence[str], outcomes: Iterable[Outcome], *, alike: Texts = NONE) -> Self:
        """Draws that were made somewhere: one outcome each.

        Raises:
            InputError: units that are none, or without a class.
        """
        known = units_of(units)
        refuse(class_faults(known, alike))
        rows = {unit: row for row, unit in enumerate(known)}
        numbers: dict[str, int] = {}
        who, what, ends = array("i"), array("i"), array("q")
        faults: list[Note] = []
        for each in outcomes:
            wrong = each.faults(rows)
            faults += wrong[: _TOLD - len(faults)]
            hits = [hit for hit in dict.fromkeys(each.hits) if hit[0] in rows] if wrong else each.hits
            who.extend([rows[unit] for unit, _ in hits])
            what.extend([numbers.setdefault(result, len(numbers)) for _, result in hits])
            ends.append(len(who))
        return cls(
            known,
            MappingProxyType(dict(alike)),
            tuple(numbers),
            len(ends),
            np.array(ends, dtype=np.int64),
            np.array(who, dtype=np.int32),
            np.array(what, dtype=np.int32),
            tuple(faults),
        )

    @cached_property
    def draws(self) -> Places:
        """The number of each hit's draw."""
        sizes = np.diff(self.ends, prepend=0)
        return np.repeat(np.arange(self.trials, dtype=np.int32), sizes)

    @cached_property
    def classes(self) -> tuple[str, ...]:
        """The names of the classes, sorted."""
        return tuple(sorted(set(self.alike.values()))) if self.alike else ("",)

    @cached_property
    def class_of(self) -> Places:
        """The number of each unit's class."""
        if not self.alike:
            return np.zeros(len(self.units), dtype=np.int32)
        numbers = {name: number for number, name in enumerate(self.classes)}
        return np.array([numbers[self.alike[unit]] for unit in self.units], dtype=np.int32)

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """Every result within every class in which it occurred."""
        members = [np.flatnonzero(self.class_of == kind).astype(np.int32) for kind in range(len(self.classes))]
        within = np.empty(len(self.units), dtype=np.int32)
        for own in members:
            within[own] = np.arange(len(own))
        code = self.what.astype(np.int64) * len(self.classes) + self.class_of[self.who]
        order = np.argsort(code, kind="stable")
        starts = np.flatnonzero(np.diff(code[order], prepend=-1))
        found = []
        for hits in np.split(order, starts[1:]) if len(order) else []:
            result, kind = divmod(int(code[hits[0]]), len(self.classes))
            draws, who = self.draws[hits], within[self.who[hits]]
            found.append(Cell(self.results[result], self.classes[kind], members[kind], self.trials, draws, who))
        return tuple(found)

    @property
    def subject(self) -> Note:
        """What these draws are, in a sentence."""
        sizes = np.diff(self.ends, prepend=0)
        low, high = (int(sizes.min()), int(sizes.max())) if self.trials else (0, 0)
        size = told(low) if low == high else f"{told(low)}–{told(high)}"
        code = "replicates-results" if set(self.results) - {DRAWN} else "replicates-drawn"
        params = {
            "trials": told(self.trials),
            "size": size,
            "units": told(len(self.units)),
            "results": told(len(self.results)),
        }
        return Note(code, "", params)

    def __repr__(self) -> str:
        return f"Replicates({self.subject})"


def replicate(
    procedure: Procedure,
    units: Sequence[str],
    trials: int,
    *,
    alike: Texts = NONE,
    first: int = 0,
    progress: Progress | None = None,
) -> Replicates:
    """Draw many times, with the seeds ``"fair:0"``, ``"fair:1"`` and so on.

    The rule of the seeds is fixed so that nobody can pick those that please: a procedure passes or fails, and does so
    again until its code changes.

    Args:
        procedure: from units and seed to the ids drawn, or to each unit's result or results.
        units: whom it draws from, given to it in this order: a new list each time, which it may shuffle.
        trials: how many draws.
        alike: the class of each unit, where not all are treated alike (strata, ranks of inspectors).
        first: the number of the first seed.
        progress: called with the number of draws made and of all.

    Raises:
        InputError: arguments that cannot be used; a procedure that gives neither ids nor results.

    >>> from dual_random import sample
    >>> units = [f"E{number}" for number in range(1, 13)]
    >>> replicate(lambda units, seed: sample(units, 3, seed=seed, label="test").drawn, units, 200)
    Replicates(200 draws of 3 of 12 units)
    """
    known, faults = read_list(units)
    faults += class_faults(known, alike) if known else []
    refuse(faults + request_faults(procedure, trials, progress) + count_faults(first, "first"))

    def drawn() -> Iterable[Outcome]:
        for number in range(first, first + trials):
            yield outcome(procedure, known, seed_of(number))
            if progress:
                progress(number - first + 1, trials)

    return Replicates.of(known, drawn(), alike=alike)


def request_faults(procedure: object, trials: object, progress: object) -> list[Note]:
    """Why a procedure cannot be asked for so many draws."""
    return procedure_faults(procedure) + trial_faults(trials) + progress_faults(progress)


def progress_faults(progress: object) -> list[Note]:
    """Why nothing can be told of progress."""
    odd = progress is not None and not callable(progress)
    return [Note("progress-callable", "progress", {"value": shown(progress)})] if odd else []


def asked_faults(replicates: object, alpha: object, name: object = "name") -> list[Note]:
    """Why a check cannot be asked of draws, at a level, about something with a name."""
    return kind_faults(replicates, Replicates, "replicates") + level_faults(alpha) + text_faults({"name": name})


def entry_faults(units: Sequence[str], table: Iterable[object], at: str) -> list[Note]:
    """Units without an entry in a table, entries without a unit."""
    given, known = set(table), set(units)
    faults = [Note("unit-without", at, {"unit": unit}) for unit in units if unit not in given]
    return faults + [Note("unit-unknown", at, {"unit": shown(unit)}) for unit in table if unit not in known]


def class_faults(units: Sequence[str], alike: object, at: str = "alike") -> list[Note]:
    """Why a table does not give every unit its text; an empty one says that all are alike."""
    if not isinstance(alike, Mapping):
        return [Note("entries-shape", at, {"value": shown(alike)})]
    faults = entry_faults(units, alike, at) if alike else []
    return faults + text_faults({f"{at}.{unit}": value for unit, value in alike.items()}, empty=True)
