"""Strategies for rules without a register: whatever can be written in a plan, fitting nobody in particular."""

from collections.abc import Iterable
from fractions import Fraction
from typing import Final

from hypothesis import strategies as st

from dual_random.plans import Demand, JointRule, Plan, Rounding, SeedSource
from dual_random.schemes import SCHEMES, Scheme, scheme_faults
from dual_random.team_rules import Slot, TeamRule
from dual_random.testing.strategies.words import SEED_FORM, clean_texts

_WORDS: Final = st.one_of(st.just(""), clean_texts())  # values, of which one may be missing
_SHARES: Final = st.fractions(0, 1, max_denominator=1000)
_PERCENTS: Final = st.integers(0, 10_000).map(lambda units: f"{units // 100}.{units % 100:02d}%")
_TAKES: Final = st.one_of(_PERCENTS, _SHARES, _SHARES.map(str), st.integers(0, 2**53 - 1))
_VALUES: Final = st.lists(_WORDS, min_size=1, max_size=3, unique=True)
_CONDITIONS: Final = st.dictionaries(clean_texts(), _VALUES, max_size=2)
_TWO: Final = st.lists(clean_texts(), max_size=2, unique=True)
_THREE: Final = st.lists(clean_texts(), max_size=3, unique=True)
_PAIRS: Final = st.dictionaries(clean_texts(), clean_texts(), max_size=2)
_LIMITS: Final = st.one_of(st.none(), st.integers(1, 99))
_ROUNDINGS: Final[st.SearchStrategy[Rounding]] = st.sampled_from(["up", "down"])
_FORMS: Final = (SEED_FORM, "0000000", "x" * 64, "000000 / xx")
_DIGESTS: Final = st.integers(0, 16**64 - 1).map("{:064x}".format)
_SEED_SOURCES: Final = st.builds(
    SeedSource,
    source=clean_texts(),
    event=clean_texts(),
    earliest=st.datetimes().map(lambda time: f"{time:%Y-%m-%dT%H:%M:%S}+08:00".rjust(25, "0")),
    form=st.sampled_from(_FORMS),
    substitute=_WORDS,
)
_JOINT_RULES: Final = st.builds(
    JointRule,
    at_least=st.one_of(st.none(), _SHARES.filter(bool)),
    of=st.sampled_from(["visits", "checks"]),
    reach=st.sampled_from(["nested", "spread", "extra"]),
    most_departments=st.one_of(st.none(), st.integers(1, 4)),
)
_SEALS: Final = st.lists(_DIGESTS, max_size=2, unique=True).flatmap(
    lambda seals: st.lists(clean_texts(), min_size=len(seals), max_size=len(seals), unique=True).map(
        lambda parties: dict(zip(parties, seals, strict=True))
    )
)


def schemes() -> st.SearchStrategy[Scheme]:
    """The schemes whose hash this Python has."""
    return st.sampled_from([scheme for scheme in SCHEMES if not scheme_faults(scheme)])


def shares(*, at_most: int = 1) -> st.SearchStrategy[Fraction]:
    """Exact fractions from 0, as rates and targets are.

    >>> from hypothesis import Phase, find, settings
    >>> first = settings(phases=[Phase.generate])
    >>> find(shares(), lambda _: True, settings=first)
    Fraction(0, 1)
    """
    return _SHARES if at_most == 1 else st.fractions(0, at_most, max_denominator=1000)


def takes() -> st.SearchStrategy[str | Fraction | int]:
    """One rate or number, in each of the writings that a `dual_random.Demand` takes.

    >>> from hypothesis import Phase, find, settings
    >>> first = settings(phases=[Phase.generate])
    >>> find(takes(), lambda _: True, settings=first)
    '0.00%'
    """
    return _TAKES


def conditions() -> st.SearchStrategy[dict[str, list[str]]]:
    """Conditions on any columns: one or more values each, the empty one included.

    >>> from hypothesis import Phase, find, settings
    >>> first = settings(phases=[Phase.generate])
    >>> find(conditions(), lambda _: True, settings=first)
    {}
    """
    return _CONDITIONS


def demands(*, name: str = "") -> st.SearchStrategy[Demand]:
    """Demands that draw: a rate, a number, or a table over strata, with conditions, bounds and both roundings.

    Args:
        name: of every demand; by default any clean text.

    >>> from hypothesis import Phase, find, settings
    >>> first = settings(phases=[Phase.generate])
    >>> find(demands(), lambda _: True, settings=first).take
    (((), Fraction(0, 1)),)
    """
    return _demands(name)


@st.composite
def _demands(draw: st.DrawFn, name: str) -> Demand:
    by = draw(_TWO)
    values = st.tuples(*(_WORDS for _ in by))
    table = st.dictionaries(values, _TAKES, min_size=1, max_size=3).map(lambda table: tuple(table.items()))
    low = draw(st.integers(0, 3))
    return Demand(
        name or draw(clean_texts()),
        take=draw(st.one_of(_TAKES, table) if by else _TAKES),
        department=draw(clean_texts()),
        where=draw(_CONDITIONS),
        unless=draw(_CONDITIONS),
        by=by,
        at_least=low,
        at_most=draw(st.one_of(st.none(), st.integers(low, 9))),
        rounding=draw(_ROUNDINGS),
    )


def seed_sources() -> st.SearchStrategy[SeedSource]:
    """Announcements of a seed, with and without a substitute event.

    >>> from hypothesis import Phase, find, settings
    >>> first = settings(phases=[Phase.generate])
    >>> found = find(seed_sources(), lambda _: True, settings=first)
    >>> found.earliest, found.form
    ('2000-01-01T00:00:00+08:00', '00 00 00 00 00 00 + 00')
    """
    return _SEED_SOURCES


def joint_rules() -> st.SearchStrategy[JointRule]:
    """Joint rules with and without a target, of both measures, of every reach, with and without a limit.

    >>> from hypothesis import Phase, find, settings
    >>> first = settings(phases=[Phase.generate])
    >>> find(joint_rules(), lambda _: True, settings=first)
    JointRule(at_least=None, of='visits', reach='nested', most_departments=None)
    """
    return _JOINT_RULES


def slots(*, name: str = "", demands: Iterable[str] = ()) -> st.SearchStrategy[Slot]:
    """Slots of any kind.

    Args:
        name: of every slot; by default any clean text.
        demands: names of demands that a slot may be for, or not for.

    >>> from hypothesis import Phase, find, settings
    >>> first = settings(phases=[Phase.generate])
    >>> find(slots(), lambda _: True, settings=first)
    Slot(name='a', count=1, where=(), same=(), only_for='', not_for='')
    """
    return _slots(name, tuple(demands))


@st.composite
def _slots(draw: st.DrawFn, name: str, demands: tuple[str, ...]) -> Slot:
    only, other = draw(st.permutations(["", "", *demands]))[:2]
    return Slot(
        name or draw(clean_texts()),
        draw(st.integers(1, 3)),
        where=draw(_CONDITIONS),
        same=draw(_PAIRS),
        only_for=only,
        not_for=other,
    )


def team_rules(*, department: str = "", demands: Iterable[str] = ()) -> st.SearchStrategy[TeamRule]:
    """Rules of teams with any slots and limits.

    Args:
        department: of every rule; by default those of all departments that have none of their own.
        demands: names of demands that slots may be for, or not for.

    >>> from hypothesis import Phase, find, settings
    >>> first = settings(phases=[Phase.generate])
    >>> [slot.name for slot in find(team_rules(), lambda _: True, settings=first).slots]
    ['member']
    """
    return _team_rules(department, tuple(demands))


@st.composite
def _team_rules(draw: st.DrawFn, department: str, demands: tuple[str, ...]) -> TeamRule:
    names = draw(_THREE)
    most = draw(_LIMITS)
    return TeamRule(
        department,
        slots=[draw(_slots(name, demands)) for name in names],
        most=most,
        most_per_period=draw(_LIMITS),
        carried=draw(_WORDS),
        slack=draw(st.integers(0, 2)),
        rotate=draw(st.booleans()),
        relief=most is not None and draw(st.booleans()),
    )


def plans() -> st.SearchStrategy[Plan]:
    """Any plan that can be written: what a form, a database or a file of plans must hold without loss.

    It fits no particular register, so most cannot be committed; `rounds` makes those that can. Some staff an earlier
    record and have no demands.

    >>> from hypothesis import given, settings
    >>> @settings(derandomize=True, database=None, max_examples=10)
    ... @given(plans())
    ... def test_a_plan_survives_my_database(plan):
    ...     assert Plan.from_dict(plan.to_dict()) == plan
    >>> test_a_plan_survives_my_database()
    """
    return st.one_of(_drawing_plans(), _staffing_plans())


@st.composite
def _drawing_plans(draw: st.DrawFn) -> Plan:
    names = draw(st.lists(clean_texts(), min_size=1, max_size=4, unique=True))
    leads = [draw(_demands(name)) for name in names[: max(1, len(names) - 1)]]
    followers = [Demand(name, follow=leads[0].name, where=draw(_CONDITIONS)) for name in names[len(leads) :]]
    made = draw(st.permutations([*leads, *followers]))
    departments = sorted({"", *(demand.department for demand in made)})
    return Plan(
        title=draw(clean_texts()),
        authority=draw(clean_texts()),
        number=draw(clean_texts()),
        seed=draw(_SEED_SOURCES),
        demands=made,
        joint=draw(_JOINT_RULES),
        teams=draw(_teams(departments, names)),
        periods=draw(_THREE),
        barred=draw(_PAIRS),
        seals=draw(_SEALS),
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
        seed=draw(_SEED_SOURCES),
        teams=draw(_teams(["", *draw(_TWO)], ())),
        periods=draw(_THREE),
        seals=draw(_SEALS),
        staffs=draw(_DIGESTS),
        scheme=draw(schemes()),
    )


@st.composite
def _teams(draw: st.DrawFn, departments: Iterable[str], demands: Iterable[str]) -> list[TeamRule]:
    """At most two rules, of different departments."""
    chosen = draw(st.lists(st.sampled_from(list(departments)), max_size=2, unique=True))
    return [draw(_team_rules(department, tuple(demands))) for department in chosen]


def digests() -> st.SearchStrategy[str]:
    """What is written like a digest or a secret: 64 lower-case hex digits."""
    return _DIGESTS
