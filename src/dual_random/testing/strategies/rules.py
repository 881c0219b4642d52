"""Strategies for rules without a register: whatever can be written in a plan, fitting nobody in particular."""

from collections.abc import Iterable
from fractions import Fraction
from typing import Final

from hypothesis import strategies as st

from dual_random.plans import Demand, JointRule, Plan, SeedSource
from dual_random.schemes import SCHEMES, Scheme, scheme_faults
from dual_random.team_rules import Slot, TeamRule
from dual_random.testing.strategies.words import SEED_FORM, clean_texts

_FORMS: Final = (SEED_FORM, "0000000", "x" * 64, "000000 / xx")
_LARGEST: Final = 2**53 - 1


def schemes() -> st.SearchStrategy[Scheme]:
    """The schemes whose hash this Python has."""
    return st.sampled_from([scheme for scheme in SCHEMES if not scheme_faults(scheme)])


def shares(*, at_most: int = 1) -> st.SearchStrategy[Fraction]:
    """Exact fractions from 0, as rates and targets are.

    >>> from hypothesis import find, settings
    >>> find(shares(), lambda share: share > 0, settings=settings(derandomize=True, database=None))
    Fraction(1, 1)
    """
    return st.fractions(0, at_most, max_denominator=1000)


def takes() -> st.SearchStrategy[str | Fraction | int]:
    """One rate or number, in each of the writings that a `dual_random.Demand` takes.

    >>> from hypothesis import find, settings
    >>> find(takes(), lambda take: isinstance(take, str), settings=settings(derandomize=True, database=None))
    '0.00%'
    """
    percents = st.integers(0, 10_000).map(lambda units: f"{units // 100}.{units % 100:02d}%")
    return st.one_of(percents, shares(), shares().map(str), st.integers(0, _LARGEST))


def conditions() -> st.SearchStrategy[dict[str, list[str]]]:
    """Conditions on any columns: one or more values each, the empty one included.

    >>> from hypothesis import find, settings
    >>> find(conditions(), lambda rules: len(rules) > 1, settings=settings(derandomize=True, database=None))
    {'a': [''], 'b': ['']}
    """
    values = st.lists(_words(), min_size=1, max_size=3, unique=True)
    return st.dictionaries(clean_texts(), values, max_size=2)


def _words() -> st.SearchStrategy[str]:
    """Values, of which one may be missing."""
    return st.one_of(st.just(""), clean_texts())


def demands(*, name: str = "") -> st.SearchStrategy[Demand]:
    """Demands that draw: a rate, a number, or a table over strata, with conditions, bounds and both roundings.

    Args:
        name: of every demand; by default any clean text.

    >>> from hypothesis import find, settings
    >>> find(demands(), lambda demand: demand.at_least > 1, settings=settings(derandomize=True, database=None)).at_least
    2
    """
    return _demands(name)


@st.composite
def _demands(draw: st.DrawFn, name: str) -> Demand:
    by = draw(st.lists(clean_texts(), max_size=2, unique=True))
    values = st.tuples(*(_words() for _ in by))
    table = st.dictionaries(values, takes(), min_size=1, max_size=3).map(lambda table: tuple(table.items()))
    low = draw(st.integers(0, 3))
    return Demand(
        name or draw(clean_texts()),
        take=draw(st.one_of(takes(), table) if by else takes()),
        department=draw(clean_texts()),
        where=draw(conditions()),
        unless=draw(conditions()),
        by=by,
        at_least=low,
        at_most=draw(st.one_of(st.none(), st.integers(low, 9))),
        rounding=draw(st.sampled_from(["up", "down"])),
    )


def seed_sources() -> st.SearchStrategy[SeedSource]:
    """Announcements of a seed, with and without a substitute event.

    >>> from hypothesis import find, settings
    >>> found = find(seed_sources(), lambda source: True, settings=settings(derandomize=True, database=None))
    >>> found.earliest, found.form
    ('2000-01-01T00:00:00+08:00', '00 00 00 00 00 00 + 00')
    """
    return st.builds(
        SeedSource,
        source=clean_texts(),
        event=clean_texts(),
        earliest=st.datetimes().map(lambda time: f"{time:%Y-%m-%dT%H:%M:%S}+08:00".rjust(25, "0")),
        form=st.sampled_from(_FORMS),
        substitute=_words(),
    )


def joint_rules() -> st.SearchStrategy[JointRule]:
    """Joint rules with and without a target, of both measures, of every reach, with and without a limit.

    >>> from hypothesis import find, settings
    >>> found = find(joint_rules(), lambda rule: rule.at_least, settings=settings(derandomize=True, database=None))
    >>> str(found.at_least), found.reach
    ('1', 'nested')
    """
    return st.builds(
        JointRule,
        at_least=st.one_of(st.none(), shares().filter(bool)),
        of=st.sampled_from(["visits", "checks"]),
        reach=st.sampled_from(["nested", "spread", "extra"]),
        most_departments=st.one_of(st.none(), st.integers(1, 4)),
    )


def slots(*, name: str = "", demands: Iterable[str] = ()) -> st.SearchStrategy[Slot]:
    """Slots of any kind.

    Args:
        name: of every slot; by default any clean text.
        demands: names of demands that a slot may be for, or not for.

    >>> from hypothesis import find, settings
    >>> find(slots(), lambda slot: True, settings=settings(derandomize=True, database=None))
    Slot(name='a', count=1, where=(), same=(), only_for='', not_for='')
    """
    return _slots(name, tuple(demands))


@st.composite
def _slots(draw: st.DrawFn, name: str, demands: tuple[str, ...]) -> Slot:
    only, other = draw(st.permutations(["", "", *demands]))[:2]
    return Slot(
        name or draw(clean_texts()),
        draw(st.integers(1, 3)),
        where=draw(conditions()),
        same=draw(st.dictionaries(clean_texts(), clean_texts(), max_size=2)),
        only_for=only,
        not_for=other,
    )


def team_rules(*, department: str = "", demands: Iterable[str] = ()) -> st.SearchStrategy[TeamRule]:
    """Rules of teams with any slots and limits.

    Args:
        department: of every rule; by default those of all departments that have none of their own.
        demands: names of demands that slots may be for, or not for.

    >>> from hypothesis import find, settings
    >>> found = find(team_rules(), lambda rule: rule.relief, settings=settings(derandomize=True, database=None))
    >>> found.most, found.slots[0].name
    (1, 'member')
    """
    return _team_rules(department, tuple(demands))


@st.composite
def _team_rules(draw: st.DrawFn, department: str, demands: tuple[str, ...]) -> TeamRule:
    names = draw(st.lists(clean_texts(), max_size=3, unique=True))
    limit = st.one_of(st.none(), st.integers(1, 99))
    most = draw(limit)
    return TeamRule(
        department,
        slots=[draw(_slots(name, demands)) for name in names],
        most=most,
        most_per_period=draw(limit),
        carried=draw(_words()),
        slack=draw(st.integers(0, 2)),
        rotate=draw(st.booleans()),
        relief=most is not None and draw(st.booleans()),
    )


def plans() -> st.SearchStrategy[Plan]:
    """Any plan that can be written: what a form, a database or a file of plans must hold without loss.

    It fits no particular register, so most cannot be committed; `rounds` makes those that can. Some staff an earlier
    record and have no demands.

    >>> from hypothesis import find, settings
    >>> found = find(plans(), lambda plan: plan.periods and plan.demands, settings=settings(derandomize=True, database=None))
    >>> found.periods, len(found.demands)
    (('a',), 1)
    """
    return st.one_of(_drawing_plans(), _staffing_plans())


@st.composite
def _drawing_plans(draw: st.DrawFn) -> Plan:
    names = draw(st.lists(clean_texts(), min_size=1, max_size=4, unique=True))
    leads = [draw(_demands(name)) for name in names[: max(1, len(names) - 1)]]
    followers = [Demand(name, follow=leads[0].name, where=draw(conditions())) for name in names[len(leads) :]]
    made = draw(st.permutations([*leads, *followers]))
    departments = sorted({"", *(demand.department for demand in made)})
    return Plan(
        title=draw(clean_texts()),
        authority=draw(clean_texts()),
        number=draw(clean_texts()),
        seed=draw(seed_sources()),
        demands=made,
        joint=draw(joint_rules()),
        teams=draw(_teams(departments, names)),
        periods=draw(st.lists(clean_texts(), max_size=3, unique=True)),
        barred=draw(st.dictionaries(clean_texts(), clean_texts(), max_size=2)),
        seals=draw(_seals()),
        department_column=draw(st.one_of(st.just("department"), clean_texts())),
        scheme=draw(schemes()),
    )


@st.composite
def _staffing_plans(draw: st.DrawFn) -> Plan:
    """Plans without demands, which staff the visits of a record."""
    return Plan(
        title=draw(clean_texts()),
        authority=draw(clean_texts()),
        number=draw(clean_texts()),
        seed=draw(seed_sources()),
        teams=draw(_teams(["", *draw(st.lists(clean_texts(), max_size=2, unique=True))], ())),
        periods=draw(st.lists(clean_texts(), max_size=3, unique=True)),
        seals=draw(_seals()),
        staffs=draw(digests()),
        scheme=draw(schemes()),
    )


@st.composite
def _teams(draw: st.DrawFn, departments: Iterable[str], demands: Iterable[str]) -> list[TeamRule]:
    """At most two rules, of different departments."""
    chosen = draw(st.lists(st.sampled_from(list(departments)), max_size=2, unique=True))
    return [draw(_team_rules(department, tuple(demands))) for department in chosen]


def _seals() -> st.SearchStrategy[dict[str, str]]:
    return st.dictionaries(clean_texts(), digests(), max_size=2).filter(lambda told: len({*told.values()}) == len(told))


def digests() -> st.SearchStrategy[str]:
    """What is written like a digest or a secret: 64 lower-case hex digits."""
    return st.integers(0, 16**64 - 1).map("{:064x}".format)
