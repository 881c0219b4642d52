"""Strategies for rules that fit registers: demands that may all draw one enterprise, teams with people for all slots."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import combinations
from typing import Final, TypeAlias

from attrs import evolve, frozen
from hypothesis import strategies as st

from dual_random.plans import Demand, Plan, SeedSource
from dual_random.populations import Stratum, populations
from dual_random.registers import Register
from dual_random.team_rules import Meetings, Recusal, Slot, TeamRule, meetings
from dual_random.testing.strategies.frames import DEPARTMENTS, INSPECTOR_COLUMNS, crowd, people
from dual_random.testing.strategies.rules import shares
from dual_random.testing.strategies.words import SEED_FORM

_Row: TypeAlias = dict[str, str]

_FEW: Final = 3  # values of a column that may be a district: each needs people of its own
_SLOTS: Final = ("member", "leader", "expert")
_RANKS: Final[tuple[dict[str, list[str]], ...]] = ({}, {"rank": ["senior"]}, {"rank": ["junior", "senior"]})
_REASONS: Final = ("休假", "亲属", "挂职")


@frozen(eq=False)
class Ground:
    """Enterprises, one of which every population is to hold.

    Args:
        enterprises: the register.
        anchor: the values of that one, by column.
        barred: others, with reasons.
    """

    enterprises: Register
    anchor: Mapping[str, str]
    barred: Mapping[str, str]

    @property
    def columns(self) -> tuple[str, ...]:
        """Of the register."""
        return self.enterprises.columns

    def values(self, column: str) -> tuple[str, ...]:
        """The values of a column."""
        return self.enterprises.codes(column)[1]


@st.composite
def grounds(draw: st.DrawFn, enterprises: Register) -> Ground:
    """Grounds over a register that is not empty."""
    anchor = draw(st.sampled_from(list(enterprises)))
    others = [enterprise for enterprise in enterprises if enterprise != anchor]
    barred = draw(st.lists(st.sampled_from(others), max_size=2, unique=True)) if others else []
    return Ground(
        enterprises,
        {column: enterprises.value(anchor, column) for column in enterprises.columns},
        dict.fromkeys(barred, "已注销"),
    )


# ---- demands


@st.composite
def fitting_demands(draw: st.DrawFn, ground: Ground, followers: bool) -> list[Demand]:
    """Demands whose populations hold the anchor and whose numbers their strata can give, in any order."""
    departments = draw(st.lists(st.sampled_from(DEPARTMENTS), min_size=1, max_size=4))
    names = [name if name not in departments[:i] else f"{name}·{i + 1}" for i, name in enumerate(departments)]
    leads = [draw(_leads(ground, name, own)) for name, own in zip(names, departments, strict=True)]
    others = draw(st.lists(st.sampled_from(DEPARTMENTS), max_size=2 if followers else 0, unique=True))
    follow = [
        Demand(f"{name}·随", department=name, follow=draw(st.sampled_from(names)), where=draw(_holding(ground)))
        for name in others
    ]
    return draw(st.permutations([*leads, *follow]))


def _some(columns: Sequence[str]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(columns), max_size=2, unique=True) if columns else st.just([])


@st.composite
def _holding(draw: st.DrawFn, ground: Ground) -> dict[str, list[str]]:
    """Conditions that the anchor meets."""
    return {
        column: sorted({ground.anchor[column], *draw(st.lists(st.sampled_from(ground.values(column)), max_size=2))})
        for column in draw(_some(ground.columns))
    }


@st.composite
def _excluding(draw: st.DrawFn, ground: Ground) -> dict[str, list[str]]:
    """Conditions by which others are left out."""
    others = {
        column: [value for value in ground.values(column) if value != ground.anchor[column]]
        for column in ground.columns
    }
    chosen = [column for column in draw(_some(ground.columns)) if others[column]][:1]
    return {column: [draw(st.sampled_from(others[column]))] for column in chosen}


@st.composite
def _leads(draw: st.DrawFn, ground: Ground, name: str, department: str) -> Demand:
    bare = Demand(
        name,
        take=0,
        department=department,
        where=draw(_holding(ground)),
        unless=draw(_excluding(ground)),
        by=draw(_some(ground.columns)),
    )
    sizes = _sizes(ground, bare)
    return draw(st.one_of(_totals(bare, sizes), _rates(bare), _by_stratum(bare, sizes)))


def _sizes(ground: Ground, demand: Demand) -> dict[Stratum, int]:
    source = SeedSource(source="-", event="-", earliest="2000-01-01T00:00Z", form=SEED_FORM)
    plan = Plan(title="-", authority="-", number="-", seed=source, demands=[demand], barred=ground.barred)
    (population,) = populations(plan, ground.enterprises).demands
    return dict(zip(population.strata, population.sizes, strict=True))


@st.composite
def _totals(draw: st.DrawFn, bare: Demand, sizes: Mapping[Stratum, int]) -> Demand:
    """One number over all strata; perhaps at least some of each."""
    low = draw(st.integers(0, 2))
    least = sum(min(low, size) for size in sizes.values())
    return evolve(bare, take=draw(_one_first(least, sum(sizes.values()))), at_least=low)


def _one_first(least: int, most: int) -> st.SearchStrategy[int]:
    """Whole numbers, of which 0 is the last: an example in which nobody is drawn is not the simplest."""
    return st.integers(least, most).map(lambda number: number if least else (number + 1) % (most + 1))


@st.composite
def _rates(draw: st.DrawFn, bare: Demand) -> Demand:
    """One rate for all strata, perhaps within bounds."""
    low = draw(st.integers(0, 2))
    return evolve(
        bare,
        take=draw(_any_rate()),
        at_least=low,
        at_most=draw(st.one_of(st.none(), st.integers(low, 9))),
        rounding=draw(st.sampled_from(["up", "down"])),
    )


@st.composite
def _by_stratum(draw: st.DrawFn, bare: Demand, sizes: Mapping[Stratum, int]) -> Demand:
    """A table from stratum to rate or number."""
    table = [(stratum, draw(st.one_of(_any_rate(), st.integers(0, size)))) for stratum, size in sizes.items()]
    return evolve(bare, take=table, rounding=draw(st.sampled_from(["up", "down"])))


def _any_rate() -> st.SearchStrategy[str | Fraction]:
    return st.one_of(st.sampled_from(["100%", "30%", "0%"]), shares())


# ---- teams


@frozen(eq=False)
class Teams:
    """A plan with rules of teams, and people who can staff each of its visits alone.

    Args:
        plan: with the rules.
        inspectors: the people.
        recusals: of people whom nobody needs.
        meetings: of any two.
    """

    plan: Plan
    inspectors: Register
    recusals: tuple[Recusal, ...]
    meetings: Meetings


@st.composite
def fitting_teams(draw: st.DrawFn, ground: Ground, plan: Plan) -> Teams:
    """Teams for every department of a plan."""
    departments = sorted({demand.department for demand in plan.demands})
    names = [demand.name for demand in plan.demands]
    ruled = draw(st.lists(st.sampled_from(["", *departments]), max_size=2, unique=True))
    made = evolve(plan, teams=[draw(_fitting_rules(ground, own, names)) for own in ruled])
    rows: list[_Row] = []
    spare: list[str] = []
    for department in departments:
        rows += [{"department": department, **row} for row in _needed(ground, made.team_rule(department))]
        more = draw(people(department, INSPECTOR_COLUMNS, at_most=3))
        spare += [f"P{len(rows) + number}" for number in range(1, len(more) + 1)]
        rows += more
    return Teams(
        made,
        crowd(rows),
        tuple(draw(_recusals(ground, spare, plan.periods))),
        draw(_meetings([f"P{number}" for number in range(1, len(rows) + 1)])),
    )


@st.composite
def _fitting_rules(draw: st.DrawFn, ground: Ground, department: str, demands: Sequence[str]) -> TeamRule:
    count = draw(st.integers(0, len(_SLOTS) - 1))
    most = draw(st.one_of(st.none(), st.integers(1, 6)))
    return TeamRule(
        department,
        slots=[draw(_fitting_slots(ground, name, demands)) for name in _SLOTS[:count]],
        most=most,
        most_per_period=draw(st.one_of(st.none(), st.integers(1, 4))),
        carried=draw(st.sampled_from(["", "load"])),
        slack=draw(st.integers(0, 2)),
        rotate=draw(st.booleans()),
        relief=most is not None and draw(st.booleans()),
    )


@st.composite
def _fitting_slots(draw: st.DrawFn, ground: Ground, name: str, demands: Sequence[str]) -> Slot:
    districts = [column for column in ground.columns if len(ground.values(column)) <= _FEW]
    only, other = draw(st.one_of(st.just(["", ""]), st.permutations(["", *demands])))[:2]
    return Slot(
        name,
        draw(st.integers(1, 2)),
        where=draw(st.sampled_from(_RANKS)),
        same=draw(st.sampled_from([{}, *({"area": column} for column in districts)])),
        only_for=only,
        not_for=other,
    )


def _needed(ground: Ground, rule: TeamRule) -> Iterable[_Row]:
    """People for every place of a visit, in each district where this counts: different ones for each place."""
    for slot in rule.slots:
        rank = next((allowed[0] for column, allowed in slot.where if column == "rank"), "senior")
        areas = next(
            (ground.values(theirs) for own, theirs in slot.same if own == "area"), INSPECTOR_COLUMNS["area"][:1]
        )
        for area in areas:
            yield from [{"rank": rank, "area": area, "load": "0"}] * slot.count


def _recusals(ground: Ground, spare: Sequence[str], periods: Sequence[str]) -> st.SearchStrategy[list[Recusal]]:
    if not spare:
        return st.just([])
    one = st.builds(
        Recusal,
        st.sampled_from(spare),
        enterprise=st.sampled_from(["", *ground.enterprises]),
        period=st.sampled_from(["", *periods]),
        reason=st.sampled_from(_REASONS),
    )
    return st.lists(one, max_size=3, unique_by=lambda each: (each.inspector, each.enterprise, each.period))


def _meetings(ids: Sequence[str]) -> st.SearchStrategy[Meetings]:
    pairs = [*combinations(sorted(ids), 2)]
    return st.dictionaries(st.sampled_from(pairs), st.integers(1, 3), max_size=3).map(meetings) if pairs else st.just(())
