"""What units are like, and who of them was drawn: read once for audits and monitors, with all faults at once.

An attribute gives every unit a text (a group: district, industry, risk class) or a number (an order: position in the
list, age, turnover). The input's order decides nothing: units stand in the order of their ids.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from math import isfinite
from typing import Final, TypeAlias, cast

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from dual_random.errors import InputError, Note
from dual_random.forms import refuse, repeat_faults
from dual_random.testing.laws import Cell, scatter
from dual_random.testing.procedures import units_of
from dual_random.testing.redraws import seed_of_draw
from dual_random.testing.replicates import NONE, Counts, Places, Texts, class_faults, entry_faults
from dual_random.text import shown, text_fault

Value: TypeAlias = str | int | float
Values: TypeAlias = Mapping[str, Value]  # of every unit; all texts or all numbers
Attributes: TypeAlias = Mapping[str, Values]

_HUGE: Final = 1e300  # beyond it a whole number may be no float


@frozen(eq=False)
class Attribute:
    """One value for each unit.

    Args:
        name: of the attribute.
        values: the different values, ascending; all texts or all numbers.
        codes: of each unit, the place of its value.
    """

    name: str
    values: tuple[Value, ...]
    codes: Places

    @property
    def numeric(self) -> bool:
        """Whether the values are numbers."""
        return not isinstance(self.values[0], str)

    @cached_property
    def sizes(self) -> Counts:
        """How many units have each value."""
        return np.bincount(self.codes, minlength=len(self.values)).astype(np.int64)

    @cached_property
    def ranks(self) -> Counts:
        """Twice the midrank of each unit by its value: whole numbers, equal values have equal ones."""
        ends = np.cumsum(self.sizes)
        return (2 * ends - self.sizes + 1)[self.codes]


@frozen(eq=False)
class Stratum:
    """Units of which a fixed number was drawn.

    Args:
        members: their places.
        taken: how many of them were drawn.
    """

    members: Places
    taken: int

    @property
    def size(self) -> int:
        """How many units it has."""
        return len(self.members)

    @property
    def open(self) -> bool:
        """Whether it could have come out otherwise."""
        return 0 < self.taken < self.size


@frozen(eq=False)
class Drawing:
    """One draw that was made, with what was known of the units before.

    Args:
        units: their ids, ascending.
        chosen: of each unit, whether it was drawn.
        strata: the parts in which was drawn; one, if there are no strata.
        attributes: of all units, in the order of the names.
    """

    units: tuple[str, ...]
    chosen: NDArray[np.bool_]
    strata: tuple[Stratum, ...]
    attributes: tuple[Attribute, ...]

    @cached_property
    def seed(self) -> str:
        """The seed of the redraws that it is held against."""
        return seed_of_draw(self.units, self.chosen.tobytes())

    @property
    def taken(self) -> int:
        """How many were drawn."""
        return int(self.chosen.sum())

    @property
    def open(self) -> tuple[Stratum, ...]:
        """The strata that could have come out otherwise."""
        return tuple(stratum for stratum in self.strata if stratum.open)

    def cells(self, attribute: Attribute, group: int) -> list[Cell]:
        """N, K and n of a group in each stratum that could have come out otherwise."""
        own = attribute.codes == group
        found = [(each.size, int(own[each.members].sum()), each.taken) for each in self.open]
        return [(size, marked, taken) for size, marked, taken in found if marked]

    def counts(self, attribute: Attribute) -> Counts:
        """How many of each group were drawn, in the strata that could have come out otherwise."""
        seen = np.zeros(len(attribute.values), dtype=np.int64)
        for stratum in self.open:
            own = stratum.members[self.chosen[stratum.members]]
            seen += np.bincount(attribute.codes[own], minlength=len(seen))
        return seen


def easiest_group(drawing: Drawing, attribute: Attribute) -> int:
    """The group whose number scatters most in fair draws, so that its bias shows first; of equal ones the smallest."""
    scatters = [round(scatter(drawing.cells(attribute, place)), 9) for place in range(len(attribute.values))]
    return max(range(len(scatters)), key=lambda place: (scatters[place], -attribute.sizes[place], -place))


def read_drawing(
    units: Iterable[str],
    chosen: Iterable[str],
    attributes: Attributes,
    strata: Texts = NONE,
    more: Iterable[Note] = (),
) -> Drawing:
    """A draw from what was published of it.

    Args:
        units: all that could have been drawn.
        chosen: those that were.
        attributes: of all units, by name.
        strata: of all units, or none.
        more: faults found elsewhere, to be told in the same go.

    Raises:
        InputError: all that is wrong with any of them.
    """
    known, faults = read_units(units, "units")
    drawn, wrong = _chosen(chosen, known)
    read, odd = read_attributes(known, attributes)
    refuse([*faults, *wrong, *odd, *class_faults(known, strata, "strata"), *more])
    mask = np.array([unit in drawn for unit in known])
    names = np.array([strata[unit] for unit in known]) if strata else np.zeros(len(known), dtype=np.int64)
    _, kinds = np.unique(names, return_inverse=True)
    parts = [np.flatnonzero(kinds == kind).astype(np.int32) for kind in range(int(kinds.max()) + 1)]
    return Drawing(known, mask, tuple(Stratum(part, int(mask[part].sum())) for part in parts), read)


def read_order(
    order: Iterable[str], attributes: Attributes, more: Iterable[Note] = ()
) -> tuple[Places, tuple[Attribute, ...]]:
    """A published order as one row: the places that its units have in the order of their ids; and the attributes.

    Raises:
        InputError: all that is wrong with either; units that stand twice, or are missing.
    """
    if isinstance(order, set | frozenset):  # which has no order of its own
        raise InputError([Note("ids-shape", "order", {"value": shown(order)})])
    listed = order if isinstance(order, str | bytes) or not isinstance(order, Iterable) else list(order)
    known, faults = read_units(listed, "order")
    read, wrong = read_attributes(known, attributes)
    refuse([*faults, *wrong, *more])
    places = {unit: place for place, unit in enumerate(known)}
    return np.array([[places[unit] for unit in listed]], dtype=np.int32), read


def read_units(units: Iterable[str], at: str) -> tuple[tuple[str, ...], list[Note]]:
    """The units, ascending, and what is wrong with them."""
    try:
        return tuple(sorted(units_of(units))), []
    except InputError as error:
        return (), [Note(note.code, note.at.replace("units", at, 1), note.params) for note in error.faults]


def _chosen(chosen: object, units: tuple[str, ...]) -> tuple[set[str], list[Note]]:
    """Those drawn, and what is wrong with them; strangers are told only if the units are sound."""
    if isinstance(chosen, str | bytes) or not isinstance(chosen, Iterable):
        return set(), [Note("ids-shape", "chosen", {"value": shown(chosen)})]
    listed = [each if isinstance(each, str) else shown(each) for each in chosen]
    known = set(units)
    strangers = sorted(set(listed) - known) if units else []
    faults = [Note("unit-unknown", "chosen", {"unit": shown(unit)}) for unit in strangers]
    return set(listed), faults + repeat_faults(listed, "chosen")


def read_attributes(units: tuple[str, ...], attributes: object) -> tuple[tuple[Attribute, ...], list[Note]]:
    """The attributes in the order of their names, and what is wrong with them; there must be one."""
    faults = attribute_faults(units, attributes, "attributes")
    if faults or not units or not isinstance(attributes, Mapping):
        return (), faults
    if not attributes:
        return (), [Note("attributes-empty", "attributes")]
    return tuple(_attribute(name, [attributes[name][unit] for unit in units]) for name in sorted(attributes)), []


def _attribute(name: str, column: list[Value]) -> Attribute:
    values = sorted(set(column), key=lambda value: cast(float, value))  # all texts or all numbers
    places = {value: place for place, value in enumerate(values)}
    return Attribute(name, tuple(values), np.array([places[value] for value in column], dtype=np.int32))


def attribute_faults(units: Sequence[str], attributes: object, at: str) -> list[Note]:
    """Why attributes do not each have a name and a value for every unit."""
    if not isinstance(attributes, Mapping):
        return [Note("entries-shape", at, {"value": shown(attributes)})]
    faults: list[Note] = []
    for number, (name, values) in enumerate(attributes.items()):
        odd = text_fault(name, f"{at}[{number}]")
        faults += [odd] if odd else value_faults(units, values, f"{at}.{name}")
    return faults


def value_faults(units: Sequence[str], values: object, at: str) -> list[Note]:
    """Why an attribute does not give every unit a text, or every unit a number."""
    if not isinstance(values, Mapping):
        return [Note("entries-shape", at, {"value": shown(values)})]
    faults = entry_faults(units, values, at) if units else []
    texts = {value: unit for unit, value in values.items() if isinstance(value, str)}
    faults += filter(None, (text_fault(value, f"{at}.{unit}", empty=True) for value, unit in texts.items()))
    others = [(unit, value) for unit, value in values.items() if not isinstance(value, str)]
    wrong = [(unit, value) for unit, value in others if not _is_finite(value)]
    faults += [Note("attribute-value", f"{at}.{unit}", {"value": shown(value)}) for unit, value in wrong]
    return faults + ([Note("attribute-mixed", at)] if texts and len(others) > len(wrong) else [])


def _is_finite(value: object) -> bool:
    if isinstance(value, int | np.integer):
        return not isinstance(value, bool) and abs(int(value)) < _HUGE
    return isinstance(value, float | np.floating) and isfinite(value)


def is_number(values: Values) -> bool:
    """Whether an attribute has numbers, not texts."""
    return not any(isinstance(value, str) for value in values.values())
