"""Strategies for rules that fit registers: demands that can all draw one of them, teams with people for every slot."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations, permutations
from typing import Final, TypeAlias

from attrs import evolve, frozen
from hypothesis import strategies as st

from dual_random.plans import Demand, Plan, Rounding, SeedSource
from dual_random.populations import Stratum, populations
from dual_random.registers import Register
from dual_random.team_rules import Meetings, Recusal, Slot, TeamRule, meetings
from dual_random.testing.strategies.frames import DEPARTMENTS, INSPECTOR_COLUMNS, crowd, people
from dual_random.testing.strategies.rules import shares
from dual_random.testing.strategies.words import SEED_FORM

_Row: TypeAlias = dict[str, str]
_Conditions: TypeAlias = dict[str, list[str]]

_FEW: Final = 3  # values of a column that may be a district: each needs people of its own
_MANY: Final = 6  # conditions on one column that are looked at
_SLOTS: Final = ("member", "leader", "expert")
_RANKS: Final[tuple[dict[str, list[str]], ...]] = ({}, {"rank": ["senior"]}, {"rank": ["junior", "senior"]})
_REASONS: Final = ("休假", "亲属", "挂职")

# made once: hypothesis looks through a strategy when it first draws from it, which takes longer than a draw
_LEADS: Final = st.lists(st.sampled_from(DEPARTMENTS), min_size=1, max_size=5)
_FOLLOWERS: Final = st.lists(st.sampled_from(DEPARTMENTS), max_size=2, unique=True)
_RATES: Final = st.one_of(st.sampled_from(["100%", "30%", "0%"]), shares())
_LOW: Final = st.integers(0, 2)
_HIGH: Final = st.sampled_from([None, None, 0, 1, 5])
_ROUNDINGS: Final[st.SearchStrategy[Rounding]] = st.sampled_from(["up", "down"])
_LIMITS: Final = st.sampled_from([None, None, 1, 1, 2, 3])  # low ones, so that departments are short now and then
_LESS_OFTEN: Final = st.sampled_from([False, False, True])
_SPARE: Final = people(INSPECTOR_COLUMNS, at_most=3)
_TIMES: Final = st.integers(1, 3)


@frozen(eq=False)
class Ground:
    """Enterprises, one of which every population is to hold, and the rules that it meets.

    Args:
        enterprises: the register.
        barred: others, with reasons.
        where: conditions that the one meets.
        unless: conditions that it does not meet.
        by: columns for strata.
        districts: columns with few values, and these.
    """

    enterprises: Register
    barred: Mapping[str, str]
    where: st.SearchStrategy[_Conditions]
    unless: st.SearchStrategy[_Conditions]
    by: st.SearchStrategy[tuple[str, ...]]
    districts: Mapping[str, tuple[str, ...]]


@st.composite
def grounds(draw: st.DrawFn, enterprises: Register) -> Ground:
    """Grounds over a register that is not empty."""
    ids, columns = list(enterprises), enterprises.columns
    anchor = draw(st.sampled_from(ids))
    barred = draw(st.lists(st.sampled_from(ids), max_size=2, unique=True))
    values = {column: enterprises.codes(column)[1] for column in columns}
    own = {column: enterprises.value(anchor, column) for column in columns}
    others = {column: [value for value in values[column] if value != own[column]][:_MANY] for column in columns}
    held = [(column, sorted({own[column], other})) for column in columns for other in (own[column], *others[column])]
    pairs = [dict(pair) for pair in combinations(held, 2) if pair[0][0] != pair[1][0]]
    return Ground(
        enterprises,
        {name: "已注销" for name in barred if name != anchor},
        st.sampled_from([{}, *(dict([each]) for each in held), *pairs]),
        st.sampled_from([{}, *({column: [value]} for column in columns for value in others[column])]),
        st.sampled_from([(), *((column,) for column in columns), *permutations(columns, 2)]),
        {column: values[column] for column in columns if len(values[column]) <= _FEW},
    )


# ---- demands


@st.composite
def fitting_demands(draw: st.DrawFn, ground: Ground, followers: bool) -> list[Demand]:
    """Demands whose populations hold the anchor and whose numbers their strata can give, in any order."""
    departments = draw(_LEADS)
    names = [name if name not in departments[:i] else f"{name}·{i + 1}" for i, name in enumerate(departments)]
    leads = [draw(_leads(ground, name, own)) for name, own in zip(names, departments, strict=True)]
    lead = st.sampled_from(names)
    follow = [
        Demand(f"{name}·随", department=name, follow=draw(lead), where=draw(ground.where))
        for name in (draw(_FOLLOWERS) if followers else ())
    ]
    return draw(st.permutations([*leads, *follow]))


@st.composite
def _leads(draw: st.DrawFn, ground: Ground, name: str, department: str) -> Demand:
    bare = Demand(name, take=0, department=department)
    if draw(st.booleans()):
        bare = evolve(bare, where=draw(ground.where), unless=draw(ground.unless), by=draw(ground.by))
    numbers = draw(_NUMBERS)
    return draw(numbers(bare, _sizes(ground, bare)))


def _sizes(ground: Ground, demand: Demand) -> dict[Stratum, int]:
    source = SeedSource(source="-", event="-", earliest="2000-01-01T00:00Z", form=SEED_FORM)
    plan = Plan(title="-", authority="-", number="-", seed=source, demands=[demand], barred=ground.barred)
    (population,) = populations(plan, ground.enterprises).demands
    return dict(zip(population.strata, population.sizes, strict=True))


@st.composite
def _totals(draw: st.DrawFn, bare: Demand, sizes: Mapping[Stratum, int]) -> Demand:
    """One number over all strata; perhaps at least some of each."""
    low, size = draw(_LOW), sum(sizes.values())
    least = sum(min(low, size) for size in sizes.values())
    number = draw(st.integers(least, size))
    # 0 comes last: an example in which nobody is drawn is not the simplest
    return evolve(bare, take=number if least else (number + 1) % (size + 1), at_least=low)


@st.composite
def _rates(draw: st.DrawFn, bare: Demand, _: Mapping[Stratum, int]) -> Demand:
    """One rate for all strata, perhaps within bounds."""
    low, more = draw(_LOW), draw(_HIGH)
    high = None if more is None else low + more
    return evolve(bare, take=draw(_RATES), at_least=low, at_most=high, rounding=draw(_ROUNDINGS))


@st.composite
def _by_stratum(draw: st.DrawFn, bare: Demand, sizes: Mapping[Stratum, int]) -> Demand:
    """A table from stratum to rate or number."""
    table = [(stratum, draw(st.one_of(_RATES, st.integers(0, size)))) for stratum, size in sizes.items()]
    return evolve(bare, take=table, rounding=draw(_ROUNDINGS))


_NUMBERS: Final = st.sampled_from([_totals, _rates, _by_stratum])


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
        more = draw(_SPARE)
        own = [{"department": department, **row} for row in (*_needed(ground, made.team_rule(department)), *more)]
        rows += own
        spare += [f"P{len(rows) - place}" for place in range(len(more))]
    return Teams(
        made,
        crowd(rows),
        tuple(draw(_recusals(ground, spare, plan.periods))),
        draw(_meetings([f"P{number}" for number in range(1, len(rows) + 1)])),
    )


@st.composite
def _fitting_rules(draw: st.DrawFn, ground: Ground, department: str, demands: Sequence[str]) -> TeamRule:
    count = draw(st.integers(0, len(_SLOTS) - 1))
    most = draw(_LIMITS)
    return TeamRule(
        department,
        slots=[draw(_fitting_slots(ground, name, demands)) for name in _SLOTS[:count]],
        most=most,
        most_per_period=draw(_LIMITS),
        carried="load" if draw(_LESS_OFTEN) else "",
        slack=draw(_LOW),
        rotate=draw(_LESS_OFTEN),
        relief=most is not None and draw(_LESS_OFTEN),
    )


@st.composite
def _fitting_slots(draw: st.DrawFn, ground: Ground, name: str, demands: Sequence[str]) -> Slot:
    only = draw(st.sampled_from(["", *demands])) if draw(_LESS_OFTEN) else ""
    other = draw(st.sampled_from(["", *demands])) if draw(_LESS_OFTEN) else ""
    return Slot(
        name,
        draw(st.integers(1, 2)),
        where=draw(st.sampled_from(_RANKS)),
        same=draw(st.sampled_from([{}, *({"area": column} for column in ground.districts)])),
        only_for=only,
        not_for="" if other == only else other,
    )


def _needed(ground: Ground, rule: TeamRule) -> Iterable[_Row]:
    """People for every place of a visit, in each district where this counts: different ones for each place."""
    for slot in rule.slots:
        rank = next((allowed[0] for column, allowed in slot.where if column == "rank"), "senior")
        areas = next((ground.districts[theirs] for own, theirs in slot.same if own == "area"), ("海曙",))
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
    return st.dictionaries(st.sampled_from(pairs), _TIMES, max_size=3).map(meetings) if pairs else st.just(())
