"""Inclusion probabilities under a cap: how many of how many a round draws, with and without those who rest.

They are those of one round, given all that came before it, and exact: numbers of the commitment over numbers of rows.
"""

from collections.abc import Mapping
from fractions import Fraction

from attrs import evolve, frozen

from dual_random.commitments import Commitment, StratumSize
from dual_random.cycle.memory import COLUMN
from dual_random.forms import Conditions, kind_faults, refuse
from dual_random.making import register_faults
from dual_random.plans import Demand
from dual_random.populations import Population, read_populations
from dual_random.registers import Register
from dual_random.text import text_faults


@frozen(kw_only=True)
class Chance:
    """How many of how many one demand draws in one stratum, with and without those who rest at the cap.

    Args:
        demand, stratum: which.
        number: drawn.
        eligible: below the cap: who may be drawn.
        population: all who would be in the stratum if there were no cap.
    """

    demand: str
    stratum: tuple[str, ...]
    number: int
    eligible: int
    population: int

    @property
    def chance(self) -> Fraction:
        """The chance of everybody below the cap in this round, n/N, exactly; of those at the cap it is 0."""
        return Fraction(self.number, self.eligible) if self.eligible else Fraction(0)

    @property
    def mean(self) -> Fraction:
        """The mean chance of all, those at the cap included."""
        return Fraction(self.number, self.population)

    @property
    def resting(self) -> int:
        """How many are at the cap."""
        return self.population - self.eligible


def chances(commitment: Commitment, enterprises: Register, *, column: str = COLUMN) -> tuple[Chance, ...]:
    """The exact chances in one round, given what happened before it: for each demand and stratum.

    They follow from the register and the rules, before any seed exists. What happens over the year, seen from its
    beginning, is another question: see docs/memory.md.

    Args:
        commitment: of the round.
        enterprises: the register that was committed, with the column of earlier visits.
        column: that column.

    Returns:
        The demands that draw, in the plan's order, and their strata in byte order of their keys. A stratum all of whose
        enterprises are at the cap is told with chance 0.

    Raises:
        InputError: another register, one without the column.

    >>> from dual_random import Plan, SeedSource, commit
    >>> from dual_random.cycle.memory import capped_plan
    >>> table = {"id": ["E1", "E2", "E3", "E4"], "visits": ["0", "0", "1", "0"]}
    >>> enterprises = Register(table, id="id", columns=["visits"])
    >>> source = SeedSource(source="双色球", event="2024090期", earliest="2024-08-06T21:15:00+08:00", form="0" * 7)
    >>> plan = Plan(title="抽查", authority="海曙区", number="2024-2", seed=source, demands=[Demand("市监", take=1)])
    >>> [found] = chances(commit(capped_plan(plan, 1), enterprises), enterprises)
    >>> found.chance, found.mean, found.resting
    (Fraction(1, 3), Fraction(1, 4), 1)
    """
    faults = kind_faults(commitment, Commitment, "commitment") + kind_faults(enterprises, Register, "enterprises")
    refuse(faults + text_faults({"column": column}))
    plan = commitment.plan
    refuse(register_faults(plan.scheme, commitment.enterprises, enterprises, "enterprises"))
    enterprises.codes(column)
    uncapped = evolve(plan, demands=[_without(demand, column) for demand in plan.demands])
    everybody, _ = read_populations(uncapped, enterprises)
    stated = {each.demand: {size.stratum: size for size in each.strata} for each in commitment.allocation}
    found: list[Chance] = []
    for group in everybody.demands:
        if group.demand.name in stated:
            found += _chances(group, stated[group.demand.name])
    return tuple(found)


def _without(demand: Demand, column: str) -> Demand:
    return evolve(demand, where=_others(demand.where, column), unless=_others(demand.unless, column))


def _others(conditions: Conditions, column: str) -> Conditions:
    return tuple((name, allowed) for name, allowed in conditions if name != column)


def _chances(group: Population, stated: Mapping[tuple[str, ...], StratumSize]) -> list[Chance]:
    return [
        Chance(
            demand=group.demand.name,
            stratum=key,
            number=stated[key].number if key in stated else 0,
            eligible=stated[key].population if key in stated else 0,
            population=size,
        )
        for key, size in zip(group.strata, group.sizes, strict=True)
    ]
