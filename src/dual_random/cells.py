"""Cells: enterprises that are alike for every demand, and how many of them each demand draws (specification 8.1).

Inside a cell everybody has the same chance of every place in the order of tickets. So whatever is decided from the
counts of this room alone, and from tickets of other purposes, leaves everybody's chance as it is.
"""

from functools import cached_property
from typing import TypeAlias, TypeVar

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from dual_random.marks import Marks
from dual_random.populations import Codes, Flags, Population, Populations, distinct
from dual_random.text import canonical_json

Counts: TypeAlias = NDArray[np.int64]
Kept = TypeVar("Kept", bound=np.generic)


@frozen(eq=False)
class Cells:
    """The cells in which somebody is drawn, in byte order of their keys.

    Args:
        keys: canonical JSON of the demands that reach the cell, each with the values of its stratum.
        sizes: enterprises in each cell.
        demands: a line per cell, a column per demand (in the plan's order): enterprises drawn for it.
        departments: a line per cell, a column per department: its largest number over its demands.
        followed: cells in which a demand that follows another one marks somebody.
    """

    keys: tuple[str, ...]
    sizes: Counts
    demands: Counts
    departments: Counts
    followed: Flags

    @cached_property
    def checks(self) -> Counts:
        """S: the checks of all departments in each cell."""
        checks: Counts = self.departments.sum(axis=1)
        return checks


def find_cells(populations: Populations, marks: Marks) -> tuple[Cells, Codes]:
    """The cells in which somebody is drawn, and for each profile the number of its cell, -1 where nobody is."""
    groups = populations.demands
    table = [(population.stratum + 1, len(population.strata) + 1) for population in groups]
    kind, example = distinct(table, len(populations.sizes))
    drawn, cell = np.unique(kind[populations.profile[marks.rows]], return_inverse=True)
    keys = cell_keys(groups, example[drawn])
    order = sorted(range(len(keys)), key=keys.__getitem__)
    place = np.full(len(example), -1, dtype=np.intp)
    place[drawn[order]] = np.arange(len(order))
    checks = np.stack([np.bincount(cell[served], minlength=len(drawn)) for served in marks.served.T], axis=1)[order]
    sizes = np.zeros(len(example), dtype=np.int64)
    np.add.at(sizes, kind, populations.sizes)
    follows = [i for i, population in enumerate(groups) if population.demand.follow]
    found = Cells(
        keys=tuple([keys[i] for i in order]),
        sizes=sizes[drawn[order]],
        demands=checks,
        departments=over_departments(populations, checks),
        followed=np.asarray(checks[:, follows].any(axis=1)),
    )
    return found, place[kind]


def cell_keys(groups: tuple[Population, ...], profiles: Codes) -> list[str]:
    """The key of each profile's cell: canonical JSON of ``[[demand, [stratum values]], …]``, demands in byte order.

    Followers stand with ``[]``; a demand whose population does not hold the enterprise is left out.
    """
    parts: list[list[str]] = []
    for population in sorted(groups, key=lambda population: population.demand.name):
        name = population.demand.name
        told = [canonical_json([name, list(values)]).decode() for values in population.strata]
        told.append("")  # for -1, outside
        parts.append([told[stratum] for stratum in population.stratum[profiles].tolist()])
    return [f"[{','.join(filter(None, own))}]" for own in zip(*parts, strict=True)]


def department_names(populations: Populations) -> tuple[str, ...]:
    """The departments, in the order in which the plan declares their first demand."""
    return tuple(dict.fromkeys(population.demand.department for population in populations.demands))


def department_places(populations: Populations) -> tuple[int, ...]:
    """For each demand the place of its department among `department_names`."""
    names = department_names(populations)
    return tuple(names.index(population.demand.department) for population in populations.demands)


def over_departments(populations: Populations, checks: NDArray[Kept]) -> NDArray[Kept]:
    """Columns of demands as columns of departments, each the largest over its demands: own items share visits."""
    places = np.array(department_places(populations))
    return np.stack([checks[:, places == own].max(axis=1) for own in range(places.max() + 1)], axis=1)
