"""Who may be drawn for each demand, and in which stratum: a register seen through the conditions of a plan.

Rows with the same values in every column that the plan reads are alike for all its rules. Such rows form a
*profile*; conditions, strata and cells are found once a profile, not once a row, which is why a million rows cost
little more than their tickets.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, TypeAlias

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from dual_random.errors import Note
from dual_random.forms import refuse
from dual_random.plans import Demand, Plan
from dual_random.registers import Register
from dual_random.text import canonical_json, shown

Codes: TypeAlias = NDArray[np.intp]
Flags: TypeAlias = NDArray[np.bool_]
Stratum: TypeAlias = tuple[str, ...]

_TABLE: Final = 2**22  # codes up to here, and up to 16 times the rows, are numbered by a table, beyond by sorting
_LIMIT: Final = 2**62


def distinct(columns: Iterable[tuple[NDArray[np.integer], int]], rows: int) -> tuple[Codes, Codes]:
    """Number the distinct rows of a table of small integers.

    Args:
        columns: each with its codes from 0 and how many codes there may be.
        rows: the number of rows (for a table without columns: all are alike).

    Returns:
        The number of each row's kind, and for each kind one row of that kind.

    >>> kinds, example = distinct([(np.array([1, 0, 1, 1]), 2), (np.array([2, 2, 2, 0]), 3)], 4)
    >>> kinds.tolist(), example.tolist()
    ([2, 0, 2, 1], [1, 3, 0])
    """
    code, size = np.zeros(rows, dtype=np.intp), 1
    for column, values in columns:
        if size * values > _LIMIT:
            code, example = _numbered(code, size)
            size = len(example)
        code, size = code * values + column, size * values
    return _numbered(code, size)


def _numbered(code: Codes, size: int) -> tuple[Codes, Codes]:
    """Codes renumbered 0, 1, … without gaps, in their order; and an example of each."""
    if size > max(len(code), min(_TABLE, 16 * len(code))):
        _, example, kinds = np.unique(code, return_index=True, return_inverse=True)
        return kinds.reshape(-1), example
    example = np.full(size, -1, dtype=np.intp)
    example[code[::-1]] = np.arange(len(code))[::-1]  # numpy keeps the last one written: the first row
    used = example >= 0
    return (np.cumsum(used) - 1)[code], example[used]


@frozen(eq=False)
class Population:
    """Who may be drawn for one demand.

    Args:
        demand: the rule.
        strata: the values of each stratum, in byte order of the stratum keys.
        sizes: enterprises in each stratum.
        stratum: for each profile the number of its stratum, -1 outside the population.
    """

    demand: Demand
    strata: tuple[Stratum, ...]
    sizes: tuple[int, ...]
    stratum: Codes


@frozen(eq=False)
class Populations:
    """The populations of all demands over one register.

    Args:
        profile: the profile of each row of the register.
        sizes: the rows of each profile.
        demands: one population a demand, in the plan's order.
    """

    profile: Codes
    sizes: NDArray[np.int64]
    demands: tuple[Population, ...]


def stratum_key(values: Sequence[str]) -> str:
    """The text that stands for a stratum and breaks ties: canonical JSON of its values in the order of `by`.

    >>> stratum_key(("A", "海曙"))
    '["A","海曙"]'
    """
    return canonical_json(list(values)).decode()


def populations(plan: Plan, enterprises: Register) -> Populations:
    """The populations and strata of a plan over a register.

    Raises:
        InputError: columns the register lacks, barred enterprises it does not hold, populations that are empty.
    """
    groups, faults = read_populations(plan, enterprises)
    refuse([*faults, *empty_faults(plan, groups, enterprises)])
    return groups


def read_populations(plan: Plan, enterprises: Register) -> tuple[Populations, list[Note]]:
    """The populations that can be read, which may be empty, and why others cannot.

    Demands that name columns the register lacks, and those that follow them, are left out.
    """
    unread = _unread(plan, enterprises)
    profiles = _profiles(plan, enterprises)
    found: dict[str, Population] = {}
    readable = [demand for demand in plan.demands if demand.name not in unread]
    for demand in sorted(readable, key=lambda demand: bool(demand.follow)):
        member = _meets(demand, profiles)
        if demand.follow:
            member &= found[demand.follow].stratum >= 0
        found[demand.name] = _population(demand, member, profiles)
    groups = Populations(profiles.of_row, profiles.rows, tuple(found[demand.name] for demand in readable))
    return groups, _column_faults(plan, enterprises) + _barred_faults(plan, enterprises)


def _unread(plan: Plan, enterprises: Register) -> set[str]:
    own = {demand.name for demand in plan.demands if not demand.columns <= set(enterprises.columns)}
    return own | {demand.name for demand in plan.demands if demand.follow in own}


def empty_faults(plan: Plan, groups: Populations, enterprises: Register) -> list[Note]:
    """The populations to which nobody belongs."""
    place = plan_places(plan)
    return [
        _empty_note(population.demand, place[population.demand.name], enterprises)
        for population in groups.demands
        if not population.strata
    ]


def plan_places(plan: Plan) -> dict[str, int]:
    """Where each demand stands in a plan."""
    return {demand.name: place for place, demand in enumerate(plan.demands)}


def unknown_values(plan: Plan, enterprises: Register) -> tuple[Note, ...]:
    """Values named in conditions that no row has: perhaps a slip of the pen, perhaps only absent this time."""
    return tuple(
        Note("value-unknown", f"demands[{i}].{part}.{column}", {"value": shown(value), "column": column})
        for i, demand in enumerate(plan.demands)
        for part, conditions in (("where", demand.where), ("unless", demand.unless))
        for column, allowed in conditions
        for value in sorted(set(allowed) - set(enterprises.codes(column)[1]))
    )


def unknown_strata(groups: Populations) -> tuple[Note, ...]:
    """Strata named in tables that no row belongs to."""
    return tuple(
        Note("stratum-unknown", f"demands[{i}].take.{stratum_key(values)}", {"stratum": stratum_key(values)})
        for i, population in enumerate(groups.demands)
        for known in (frozenset(population.strata),)
        for values, _ in population.demand.take
        if values and values not in known
    )


# ---- refusals


def _column_faults(plan: Plan, enterprises: Register) -> list[Note]:
    known = ", ".join(enterprises.columns) or "–"
    return [
        Note("column-unknown", f"demands[{i}].{part}", {"column": column, "known": known})
        for i, demand in enumerate(plan.demands)
        for part, columns in (
            ("where", [column for column, _ in demand.where]),
            ("unless", [column for column, _ in demand.unless]),
            ("by", list(demand.by)),
        )
        for column in columns
        if column not in enterprises.columns
    ]


def _barred_faults(plan: Plan, enterprises: Register) -> list[Note]:
    strangers = [name for name, _ in plan.barred if enterprises.row_of(name) is None]
    return [Note("barred-unknown", f"barred.{name}", {"id": name}) for name in strangers]


def _empty_note(demand: Demand, place: int, enterprises: Register) -> Note:
    """An empty population, with whom it follows and the values of its columns that would have been possible."""
    told = [f"follow: {demand.follow}"] if demand.follow else []
    for column, _ in demand.where:
        values = enterprises.codes(column)[1]
        told.append(f"{column}: {', '.join(map(shown, values[:8]))}{' …' if len(values) > 8 else ''}")
    return Note("population-empty", f"demands[{place}]", {"name": demand.name, "values": "; ".join(told) or "–"})


# ---- profiles


@frozen(eq=False)
class _Profiles:
    """The distinct kinds of rows: which row is of which, how many rows of each, and their values."""

    of_row: Codes
    rows: NDArray[np.int64]
    barred: Flags
    codes: Mapping[str, Codes]  # by column, for each profile
    values: Mapping[str, tuple[str, ...]]  # by column, what the codes stand for


def _profiles(plan: Plan, enterprises: Register) -> _Profiles:
    known = [column for column in plan.demand_columns if column in enterprises.columns]
    columns = {column: enterprises.codes(column) for column in known}
    barred = np.zeros(len(enterprises), dtype=np.bool_)
    barred[[row for name, _ in plan.barred if (row := enterprises.row_of(name)) is not None]] = True
    table = [(codes, len(values)) for codes, values in columns.values()]
    of_row, example = distinct([(barred.view(np.int8), 2), *table] if plan.barred else table, len(enterprises))
    return _Profiles(
        of_row,
        np.bincount(of_row, minlength=len(example)),
        barred[example],
        {column: codes[example].astype(np.intp) for column, (codes, _) in columns.items()},
        {column: values for column, (_, values) in columns.items()},
    )


def _meets(demand: Demand, profiles: _Profiles) -> Flags:
    """Which profiles are not barred, meet all of `where` and none of `unless`."""
    met = ~profiles.barred
    for conditions, wanted in ((demand.where, True), (demand.unless, False)):
        for column, allowed in conditions:
            known = frozenset(allowed)
            listed = np.array([value in known for value in profiles.values[column]], dtype=np.bool_)
            met &= listed[profiles.codes[column]] == wanted
    return met


def _population(demand: Demand, member: Flags, profiles: _Profiles) -> Population:
    inside = np.flatnonzero(member)
    columns = [(profiles.codes[column][inside], profiles.values[column]) for column in demand.by]
    kinds, example = distinct([(codes, len(values)) for codes, values in columns], len(inside))
    strata = [tuple(values[codes[kind]] for codes, values in columns) for kind in example.tolist()]
    order = sorted(range(len(strata)), key=lambda kind: stratum_key(strata[kind]))
    place = np.empty(len(order), dtype=np.intp)
    place[order] = np.arange(len(order))
    stratum = np.full(len(member), -1, dtype=np.intp)
    stratum[inside] = place[kinds]
    sizes = np.zeros(len(order), dtype=np.int64)
    np.add.at(sizes, stratum[inside], profiles.rows[inside])
    return Population(demand, tuple(strata[kind] for kind in order), tuple(sizes.tolist()), stratum)
