"""Who was dealt, place by place, and the proof where places cannot be filled (specification 9). Nothing here deals.

A shortage is never filled in silence: nothing is dealt to the department, its visits stand, and the record proves by
sums that a reader can add up why nobody could have done better.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import accumulate, chain, islice, pairwise
from types import MappingProxyType
from typing import Final, TypeAlias, cast, overload

from attrs import field, frozen

from dual_random.errors import Note
from dual_random.forms import (
    count_faults,
    is_count,
    kinds_faults,
    listed,
    positive_faults,
    refuse,
    repeat_faults,
    word_faults,
)
from dual_random.receipts import Team
from dual_random.text import shown, text_fault, text_faults

Place: TypeAlias = tuple[str, str, str]  # department, slot, inspector

_SHOWN: Final = 10  # parts of a list that a note tells; the record has all
_PLACE_RULE: Final = '["消防", "leader", "F01"]'
_PLACE_PARTS: Final = 3


# ---- the proof


def _name(value: object, at: str) -> list[Note]:
    return text_faults({at: value})


def _period(value: object, at: str) -> list[Note]:
    return text_faults({at: value}, empty=True)


# Each part of a proof: what a row looks like, and the check of each of its values.
_PARTS: Final[Mapping[str, tuple[str, tuple[Callable[[object, str], list[Note]], ...]]]] = MappingProxyType(
    {
        "places": ('["E1", "leader", 1]', (_name, _name, positive_faults)),
        "most": ('["F01", 2]', (_name, count_faults)),
        "in_period": ('["F01", "7月", 1]', (_name, _period, positive_faults)),
        "on_visit": ('["F01", "E1"]', (_name, _name)),
    }
)


def _part_faults(value: object, part: str) -> list[Note]:
    """Why one part of a proof has another form."""
    if not isinstance(value, tuple):
        return [Note("plan-shape", part, {"rule": f"[{_PARTS[part][0]}, …]", "value": shown(value)})]
    return [note for i, row in enumerate(value) for note in _row_faults(row, part, f"{part}[{i}]")]


def _row_faults(row: object, part: str, at: str) -> list[Note]:
    rule, checks = _PARTS[part]
    if not isinstance(row, tuple) or len(row) != len(checks):
        return [Note("plan-shape", at, {"rule": rule, "value": shown(row)})]
    return [note for value, check in zip(row, checks, strict=True) for note in check(value, at)]


def _sorted(value: Iterable[object], part: str) -> tuple[object, ...]:
    """Rows in byte order; what is none is left as it is, to be refused with all other faults."""
    if not isinstance(value, list | tuple):
        return cast("tuple[object, ...]", value)
    kept = tuple(tuple(row) if isinstance(row, list) else row for row in value)
    return kept if _part_faults(kept, part) else tuple(sorted(kept))


def _places(value: Iterable[tuple[str, str, int]]) -> tuple[tuple[str, str, int], ...]:
    return cast("tuple[tuple[str, str, int], ...]", _sorted(value, "places"))


def _most(value: Iterable[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    return cast("tuple[tuple[str, int], ...]", _sorted(value, "most"))


def _in_period(value: Iterable[tuple[str, str, int]]) -> tuple[tuple[str, str, int], ...]:
    return cast("tuple[tuple[str, str, int], ...]", _sorted(value, "in_period"))


def _on_visit(value: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return cast("tuple[tuple[str, str], ...]", _sorted(value, "on_visit"))


@frozen(kw_only=True)
class Shortage:
    """Places that cannot all be filled, with the proof: whoever can add can check it.

    Nobody is eligible for these places but the inspectors named here, and each of them can fill no more of them than
    is stated beside the name. So together they fill `supply` of the `demand` places at most. What a draw states is a
    smallest cut of the network from places to people: `supply` places, and not one more, could be filled (max-flow
    min-cut, Ford and Fulkerson 1956).

    Args:
        places: enterprise, slot, and how many places of it are to be filled.
        most: inspector, and how many more visits the limit `most` leaves: 0 or more.
        in_period: inspector, period, and the limit `most_per_period`; the period is empty if the plan has none.
        on_visit: inspector and enterprise: one place there, since nobody fills two of one visit.
        demand: the sum over the places.
        supply: the sum over the limits.

    Raises:
        InputError: with all faults: other forms, a name twice, sums that are not those of the parts, a supply that
            suffices. The order of writing is no rule; rows are kept in byte order.

    >>> shortage = Shortage(places=[("E2", "leader", 1), ("E1", "leader", 1)], most=[("F01", 1)], demand=2, supply=1)
    >>> shortage.places, shortage.short
    ((('E1', 'leader', 1), ('E2', 'leader', 1)), 1)
    """

    places: tuple[tuple[str, str, int], ...] = field(converter=_places)
    most: tuple[tuple[str, int], ...] = field(default=(), converter=_most)
    in_period: tuple[tuple[str, str, int], ...] = field(default=(), converter=_in_period)
    on_visit: tuple[tuple[str, str], ...] = field(default=(), converter=_on_visit)
    demand: int
    supply: int

    def __attrs_post_init__(self) -> None:
        faults = [note for part in _PARTS for note in _part_faults(getattr(self, part), part)]
        totals = count_faults(self.demand, "demand") + count_faults(self.supply, "supply")
        refuse(faults + totals if faults else totals + self._sum_faults() + self._name_faults())

    def _sum_faults(self) -> list[Note]:
        """Stated totals that are not those of the parts, and parts that show no shortage."""
        demand = sum(need for *_, need in self.places)
        supply = sum(left for _, left in self.most) + sum(limit for *_, limit in self.in_period) + len(self.on_visit)
        totals = (("demand", self.demand, demand), ("supply", self.supply, supply))
        wrong = [(at, stated, due) for at, stated, due in totals if is_count(stated) and stated != due]
        faults = [Note("shortage-sum", at, {"stated": stated, "sum": due}) for at, stated, due in wrong]
        return faults + ([] if demand > supply else [Note("shortage-none", "", {"demand": demand, "supply": supply})])

    def _name_faults(self) -> list[Note]:
        """What stands twice, and people stated to fill one place on visits that are not short."""
        visits = {enterprise for enterprise, *_ in self.places}
        strange = sorted({enterprise for _, enterprise in self.on_visit} - visits)
        faults = [note for part in _PARTS for note in repeat_faults(_names(self, part), part)]
        return faults + [Note("shortage-elsewhere", "on_visit", {"enterprise": shown(each)}) for each in strange]

    @property
    def short(self) -> int:
        """The least number of these places that stay empty."""
        return self.demand - self.supply

    @property
    def visits(self) -> int:
        """The visits on which the places are."""
        return len({enterprise for enterprise, *_ in self.places})


def _names(shortage: Shortage, part: str) -> list[object]:
    """What each row of a part speaks of, without its number."""
    texts = [tuple(value for value in row if isinstance(value, str)) for row in getattr(shortage, part)]
    return [names if len(names) > 1 else names[0] for names in texts]


# ---- what was done for one department


@frozen(kw_only=True)
class Staffing:
    """How one department was staffed: fully, after relief, or not at all.

    Args:
        department: whose visits.
        visits, places: how many visits it has in this deal, and how many places on them.
        most: the limit in force, if relief had to raise it; None where the plan's own held.
        enough: if places are short, the least `most` with which all could be filled; None if no `most` would do.
        shortages: if not all places can be filled, in blocks that share nothing: each proves its own deficit, and the
            deficits add up.

    Raises:
        InputError: with all faults: other forms, blocks that share something, statements that contradict each other.

    >>> proof = Shortage(places=[("E1", "leader", 1), ("E2", "leader", 1)], most=[("F01", 1)], demand=2, supply=1)
    >>> staffing = Staffing(department="消防", visits=2, places=4, enough=2, shortages=[proof])
    >>> print(staffing.notes[0])
    消防: 2 places on 2 visits, at most 1 of them can be filled: short of 1. Places: E1 (leader 1), E2 (leader 1). \
Only these are eligible there, for so many at most: F01 (most 1). With most=2 all places of the department could be \
filled; more eligible inspectors help too
    """

    department: str
    visits: int
    places: int
    most: int | None = None
    enough: int | None = None
    shortages: tuple[Shortage, ...] = field(default=(), converter=listed, metadata={"kind": Shortage, "many": True})

    def __attrs_post_init__(self) -> None:
        faults = text_faults({"department": self.department})
        faults += count_faults(self.visits, "visits") + count_faults(self.places, "places")
        faults += [] if self.most is None else positive_faults(self.most, "most")
        faults += [] if self.enough is None else positive_faults(self.enough, "enough")
        refuse(faults + (kinds_faults(self.shortages, Shortage, "shortages") or self._shortage_faults()))

    def _shortage_faults(self) -> list[Note]:
        """Contradictions, and blocks that count something twice."""
        faults = []
        if self.most is not None and self.shortages:
            faults.append(Note("raised-and-short", "most"))
        if self.enough is not None and not self.shortages:
            faults.append(Note("enough-and-not-short", "enough"))
        demand = sum(each.demand for each in self.shortages)
        if is_count(self.places) and demand > self.places:
            faults.append(Note("shortage-above-places", "shortages", {"demand": demand, "places": self.places}))
        names = [[name for each in self.shortages for name in _names(each, part)] for part in _PARTS]
        return faults + [note for own in names for note in repeat_faults(own, "shortages")]

    @property
    def short(self) -> int:
        """The least number of places that no deal fills; 0 where all were filled."""
        return sum(each.short for each in self.shortages)

    @property
    def notes(self) -> tuple[Note, ...]:
        """What a reader should know: a note for each block that is short, or that relief raised the limit."""
        if self.most is not None:
            return (Note("most-raised", self.department, {"most": self.most, "places": self.places}),)
        return tuple(self._note(shortage) for shortage in self.shortages)

    def _note(self, shortage: Shortage) -> Note:
        people = [f"{who} (most {left})" for who, left in shortage.most]
        people += [f"{who} ({period or 'most_per_period'} {limit})" for who, period, limit in shortage.in_period]
        people += [f"{who} ({enterprise} 1)" for who, enterprise in shortage.on_visit]
        params: dict[str, str | int] = {
            "demand": shortage.demand,
            "visits": shortage.visits,
            "supply": shortage.supply,
            "short": shortage.short,
            "places": brief(f"{enterprise} ({slot} {need})" for enterprise, slot, need in shortage.places),
            "people": brief(people),
        }
        if self.enough is None:
            return Note("places-short", self.department, params)
        return Note("places-short-of-most", self.department, {**params, "enough": self.enough})


def brief(parts: Iterable[str]) -> str:
    """The first parts of a list and how many there are; a dash for none. It reads alike in both languages."""
    kept = tuple(parts)
    told = ", ".join(kept[:_SHOWN]) or "–"
    return told if len(kept) <= _SHOWN else f"{told}, … ({len(kept)})"


# ---- who goes, visit by visit


@lru_cache(maxsize=1 << 14, typed=True)  # few people, in few slots, stand on many visits
def _are_clean(department: object, slot: object, inspector: object) -> bool:
    return not any(text_fault(part) for part in (department, slot, inspector))


def is_place(value: object) -> bool:
    """Whether a value is a place: department, slot and inspector, all clean text."""
    try:
        return isinstance(value, tuple) and _are_clean(*value)
    except TypeError:  # another number of parts, or one that cannot be hashed, so no text
        return False


def place_faults(value: object, at: str) -> list[Note]:
    """Why a value is no place."""
    if not isinstance(value, tuple) or len(value) != _PLACE_PARTS:
        return [Note("plan-shape", at, {"rule": _PLACE_RULE, "value": shown(value)})]
    return [note for i, part in enumerate(value) for note in text_faults({f"{at}[{i}]": part})]


@frozen(kw_only=True, repr=False)
class PlaceTable(Sequence[tuple[Place, ...]]):
    """Who goes on each visit, column by column; the places of a visit are put together when they are asked for.

    Hundreds of thousands of small tuples would cost more in garbage collection than in making (see the architecture
    page).

    Args:
        counts: how many places were filled on each visit.
        departments, slots, inspectors: place by place, one visit after another; on a visit departments in byte order,
            inside a department the people in the order in which they were dealt.

    Raises:
        InputError: columns that do not fit each other, values that are no text.

    >>> table = place_table([[("消防", "leader", "F05"), ("消防", "member", "F02")], []])
    >>> table.inspectors, table[0][1], len(table)
    (('F05', 'F02'), ('消防', 'member', 'F02'), 2)
    """

    counts: tuple[int, ...] = field(default=(), converter=listed)
    departments: tuple[str, ...] = field(default=(), converter=listed)
    slots: tuple[str, ...] = field(default=(), converter=listed)
    inspectors: tuple[str, ...] = field(default=(), converter=listed)

    def __attrs_post_init__(self) -> None:
        columns = {"departments": self.departments, "slots": self.slots, "inspectors": self.inspectors}
        faults = [note for name, column in columns.items() for note in _column_faults(column, f"places.{name}")]
        uncounted = _counts_faults(self.counts, "places.counts")
        filled = 0 if uncounted else sum(self.counts)
        lengths = [len(column) for column in columns.values()]
        if not uncounted and set(lengths) != {filled}:
            faults.append(Note("places-uneven", "places", {"counts": ", ".join(map(str, (filled, *lengths)))}))
        refuse(uncounted + faults)

    @cached_property
    def _begins(self) -> tuple[int, ...]:
        return tuple(accumulate(self.counts, initial=0))

    def __len__(self) -> int:
        return len(self.counts)

    @overload
    def __getitem__(self, place: int, /) -> tuple[Place, ...]: ...
    @overload
    def __getitem__(self, place: slice, /) -> tuple[tuple[Place, ...], ...]: ...
    def __getitem__(self, place: int | slice, /) -> tuple[Place, ...] | tuple[tuple[Place, ...], ...]:
        if isinstance(place, slice):
            return tuple(self[each] for each in range(*place.indices(len(self))))
        own = range(len(self))[place]
        part = slice(self._begins[own], self._begins[own + 1])
        return tuple(zip(self.departments[part], self.slots[part], self.inspectors[part], strict=True))

    def __iter__(self) -> Iterator[tuple[Place, ...]]:
        every = zip(self.departments, self.slots, self.inspectors, strict=True)
        return (tuple(islice(every, count)) for count in self.counts)

    def __repr__(self) -> str:
        return f"PlaceTable({len(self)} visits, {len(self.inspectors)} places)"

    def departments_by_visit(self) -> list[tuple[str, ...]]:
        """The departments of each visit's places, one for each place."""
        return [self.departments[begin:end] for begin, end in pairwise(self._begins)]

    def teams(self) -> list[Team]:
        """Who goes on each visit, as receipts tell it: department after department with its inspectors."""
        names, people = self.departments_by_visit(), self.inspectors
        shapes = {own: _shape(own) for own in set(names)}
        return [
            tuple([(name, people[begin + low : begin + high]) for name, low, high in shapes[own]])
            for begin, own in zip(self._begins, names, strict=False)
        ]


def _shape(departments: tuple[str, ...]) -> list[tuple[str, int, int]]:
    """Each department of a visit, where its places begin, and where they end."""
    begins = {name: departments.index(name) for name in departments}
    return [(name, begin, begin + departments.count(name)) for name, begin in begins.items()]


def _counts_faults(counts: tuple[int, ...], at: str) -> list[Note]:
    """Why a column of counts has something else in it; quick where it has not."""
    if {int}.issuperset(map(type, counts)) and min(counts, default=0) >= 0:
        return []
    return [note for i, count in enumerate(counts) for note in count_faults(count, f"{at}[{i}]")]


def _column_faults(column: tuple[str, ...], at: str) -> list[Note]:
    """As `word_faults`, quick where all are texts: a draw of a city fills hundreds of thousands of places."""
    try:
        "".join(column)
    except TypeError:
        return word_faults(column, at)
    return []


def place_table(visits: Iterable[Iterable[Place]]) -> PlaceTable:
    """Places, visit by visit, as a table; a table stays as it is.

    Raises:
        InputError: what is no list of places, with its path.
    """
    if isinstance(visits, PlaceTable):
        return visits
    rows = listed(visits)
    refuse(_shape_faults(rows, _is_list, f"[{_PLACE_RULE}, …]", "places"))
    flat = tuple(chain.from_iterable(rows))
    if not all(map(_is_triple, flat)):
        found = (_shape_faults(places, _is_triple, _PLACE_RULE, f"places[{i}]") for i, places in enumerate(rows))
        refuse(chain.from_iterable(found))
    columns = zip(*flat, strict=True) if flat else ((), (), ())
    departments, slots, inspectors = map(_shared, columns)
    return PlaceTable(counts=tuple(map(len, rows)), departments=departments, slots=slots, inspectors=inspectors)


def _is_list(value: object) -> bool:
    return isinstance(value, list | tuple)


def _is_triple(value: object) -> bool:
    """Whether a value has three parts; of what kind they are is looked at column by column."""
    return isinstance(value, list | tuple) and len(value) == _PLACE_PARTS


def _shape_faults(parts: Iterable[object], fits: Callable[[object], bool], rule: str, at: str) -> list[Note]:
    wrong = [(i, part) for i, part in enumerate(parts) if not fits(part)]
    return [Note("plan-shape", f"{at}[{i}]", {"rule": rule, "value": shown(part)}) for i, part in wrong]


def _shared(column: tuple[str, ...]) -> tuple[str, ...]:
    """Equal texts as one value: read from a file, every one is its own."""
    if _column_faults(column, ""):
        return column
    known: dict[str, str] = {}
    return tuple(map(known.setdefault, column, column))
