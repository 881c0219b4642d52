"""Rehearsals: what a plan will give over a register, found before any seed exists.

A plan is drawn again and again with keys that no seed gives. So visits, the joint rate, the chance to meet a target and
whether there are inspectors enough are known while everything can still be changed, and nothing of it can be passed off
as a draw. Trying many seeds for a wanted list would be fraud; trying rules against many keys tells only what they do.
"""

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from math import ceil, floor
from typing import Final, TypeAlias, get_args

from attrs import evolve, field, frozen

from dual_random.binding import commit
from dual_random.cells import Cells
from dual_random.commitments import Allocation, Commitment
from dual_random.errors import InputError, Lang, Note
from dual_random.expectations import expect
from dual_random.forecasts import Forecast, Lacks
from dual_random.forms import count_faults, kind_faults, kinds_faults, listed, refuse
from dual_random.layouts import Layout, arrange
from dual_random.making import visits_of
from dual_random.plans import JointRule, Plan, Reach
from dual_random.populations import populations
from dual_random.rates import Rate, joint_sampling_rate
from dual_random.registers import Register
from dual_random.replays import numbers_of, replay
from dual_random.schemes import rehearsal_key
from dual_random.team_rules import Meetings, Recusal
from dual_random.teams import find_shortages
from dual_random.text import Share, decimal_text, parse_share, percent_text, shown
from dual_random.visits import Outcome

Progress: TypeAlias = Callable[[int, int], None]

MOST: Final = 10_000

_LOW: Final = Fraction(1, 20)
_MIDDLE: Final = Fraction(1, 2)
_HIGH: Final = Fraction(19, 20)
# A limit of three departments leaves the best rate of a cell as high as none does: it may ask for ⌈S/3⌉ visits instead
# of n₁, but that is at most S/2, so all of them can be joint, and extra visits end at the same ⌊S/2⌋.
_WIDEST_NEEDED: Final = 3


@frozen(kw_only=True)
class Alternative:
    """What a joint rule that goes further would have made of the same rehearsals.

    Args:
        rule: the rule that was tried: a further reach, or more departments on a visit.
        rates: the joint-sampling rate of each rehearsal under it.
        extra: the most visits that it makes for the target alone in one rehearsal.
    """

    rule: JointRule
    rates: tuple[Rate, ...] = field(converter=listed)
    extra: int = 0

    def __attrs_post_init__(self) -> None:
        faults = kind_faults(self.rule, JointRule, "rule") + count_faults(self.extra, "extra")
        refuse([*faults, *kinds_faults(self.rates, Rate, "rates")])

    @property
    def met(self) -> int:
        """How many rehearsals would have met the target."""
        target = self.rule.at_least
        return sum(target is None or not _below(rate, target) for rate in self.rates)

    def quantile(self, share: Share) -> Rate:
        """As `Rehearsal.quantile`, under this rule."""
        return _rate_quantile(self.rates, share)


@frozen(kw_only=True)
class Rehearsal:
    """What a plan gives over many rehearsal keys; nothing here can become a draw. `str()` is a short report.

    All figures are exact and belong to these rehearsals; those of the draw will be others of their kind. Of n values
    in ascending order the quantile of a share q is the one at place ⌈qn⌉ (the first, if q is 0): the median of an even
    number is the lower one of the two in the middle.

    Args:
        rule: the plan's joint rule.
        allocation: how many are drawn in every stratum; the same in every draw.
        outcomes: what each rehearsal amounts to, in their order.
        alternatives: joint rules that go further for the target, the smallest change first; empty without a target.
        commitment_notices: what the commitment says to its reader.
        forecasts: how each department could be staffed, in the plan's order; empty without inspectors.
        short: rehearsals with a shortage: in which the places of some department could not all be filled.
        shortages: of the first of them, a note for each block of places, with the proof.

    Raises:
        InputError: no outcome, or parts that are not of their kind.
    """

    rule: JointRule
    allocation: tuple[Allocation, ...] = field(converter=listed)
    outcomes: tuple[Outcome, ...] = field(converter=listed)
    alternatives: tuple[Alternative, ...] = field(default=(), converter=listed)
    commitment_notices: tuple[Note, ...] = field(default=(), converter=listed)
    forecasts: tuple[Forecast, ...] = field(default=(), converter=listed)
    short: int = 0
    shortages: tuple[Note, ...] = field(default=(), converter=listed)

    def __attrs_post_init__(self) -> None:
        faults = kind_faults(self.rule, JointRule, "rule") + kinds_faults(self.allocation, Allocation, "allocation")
        faults += draws_faults(len(self.outcomes), "outcomes") + kinds_faults(self.outcomes, Outcome, "outcomes")
        faults += kinds_faults(self.alternatives, Alternative, "alternatives")
        faults += kinds_faults(self.commitment_notices, Note, "commitment_notices")
        faults += kinds_faults(self.forecasts, Forecast, "forecasts") + count_faults(self.short, "short")
        refuse(faults + kinds_faults(self.shortages, Note, "shortages"))

    # ---- figures

    @property
    def draws(self) -> int:
        """How many rehearsals there were."""
        return len(self.outcomes)

    @property
    def met(self) -> int:
        """How many of them met the target; all, if there is none."""
        return sum(outcome.target_met for outcome in self.outcomes)

    @property
    def visits(self) -> int:
        """The median number of visits."""
        return self.visits_quantile(_MIDDLE)

    @property
    def interruptions_avoided(self) -> int:
        """The median of checks less visits (减少企业干扰)."""
        return _quantile((outcome.checks - outcome.visits for outcome in self.outcomes), _MIDDLE)

    @property
    def rates(self) -> tuple[Rate, ...]:
        """The joint-sampling rate of each rehearsal, by the measure of the joint rule."""
        return tuple(_rate(outcome, self.rule) for outcome in self.outcomes)

    @property
    def best(self) -> Rate:
        """The 5 % quantile of the best reachable rate: a higher target may be missed whatever the reach."""
        none = Rate(0, 0, of=self.rule.of)
        return _rate_quantile((outcome.best or none for outcome in self.outcomes), _LOW)

    @property
    def bound(self) -> str:
        """No method expects fewer visits than this; the same for every draw."""
        return self.outcomes[0].bound

    @property
    def independent(self) -> int | None:
        """Visits to expect if every department drew by itself; the same for every draw."""
        return self.outcomes[0].independent

    @property
    def layouts(self) -> Mapping[Layout, int]:
        """How many rehearsals were nested, spread, or needed extra visits."""
        return {layout: sum(o.layout == layout for o in self.outcomes) for layout in get_args(Layout)}

    @property
    def extra(self) -> int:
        """The most visits that one rehearsal made for the target alone."""
        return max(outcome.extra for outcome in self.outcomes)

    @property
    def over(self) -> int:
        """The most cells of one rehearsal in which a visit has more departments than the rule's most."""
        return max(outcome.over for outcome in self.outcomes)

    def visits_quantile(self, share: Share) -> int:
        """The smallest number of visits that at least this share of the rehearsals does not exceed.

        Args:
            share: 0 to 1, e.g. ``"95%"``.

        Raises:
            InputError: no share, or one outside 0 to 1.
        """
        return _quantile((outcome.visits for outcome in self.outcomes), share)

    def quantile(self, share: Share) -> Rate:
        """The smallest joint-sampling rate that at least this share of the rehearsals does not exceed.

        Rates are compared as exact fractions, equal ones by their visits (checks), whichever the joint rule counts.

        Args:
            share: 0 to 1, e.g. ``"5%"``.

        Raises:
            InputError: no share, or one outside 0 to 1.
        """
        return _rate_quantile(self.rates, share)

    # ---- what to say

    @property
    def notices(self) -> tuple[Note, ...]:
        """The notices of the commitment; then a warning, if the 5 % quantile of the rate is below the target, and
        another, if in any rehearsal there were too few inspectors.

        The first warning names the smallest change of the joint rule with which the same rehearsals reach the target;
        if none does, the target that they would have reached.
        """
        return (*self.commitment_notices, *self._risk(), *self._lack())

    def _lack(self) -> tuple[Note, ...]:
        if not self.short:
            return ()
        short = ", ".join(f"{each.department} {each.short}" for each in self.forecasts if each.short)
        return (Note("teams-at-risk", "teams", {"short": self.short, "draws": self.draws, "departments": short}),)

    def _risk(self) -> tuple[Note, ...]:
        target, low = self.rule.at_least, self.quantile(_LOW)
        if target is None or not _below(low, target):
            return ()
        told: dict[str, str | int] = {"target": percent_text(target), "met": self.met, "draws": self.draws}
        told |= {"rate": low.counts}
        for other in self.alternatives:
            then = other.quantile(_LOW)
            if not _below(then, target):
                told |= {"change": _written(other.rule, self.rule), "then": then.counts, "extra": other.extra}
                return (Note("target-at-risk", "joint.at_least", told),)
        rule, most = max(self._reached(), key=lambda pair: pair[1])
        if not most:
            return (Note("target-hopeless", "joint.at_least", told),)
        told |= {"most": f"{decimal_text(100 * most, 2)}%", "rule": _written(rule, self.rule)}
        return (Note("target-out-of-reach", "joint.at_least", told),)

    def _reached(self) -> list[tuple[JointRule, Fraction]]:
        """The plan's rule and those that go further, each with the highest target in whole 0.01 % that it holds."""
        lows = [(self.rule, self.quantile(_LOW)), *((other.rule, other.quantile(_LOW)) for other in self.alternatives)]
        return [(rule, Fraction(floor(10_000 * _value(low)), 10_000)) for rule, low in lows]

    @property
    def statements(self) -> tuple[Note, ...]:
        """The figures as statements: visits, interruptions avoided, the joint rate and how often it met the target."""
        visits, rates = (self._spread(take) for take in (self.visits_quantile, lambda q: f"{self.quantile(q):.2%}"))
        apart: list[Note] = []
        if self.independent is not None:
            apart = [Note("rehearsed-independent", "", {"independent": self.independent, "bound": self.bound})]
        return (
            Note("rehearsed", "", {"draws": self.draws}),
            Note("rehearsed-visits", "", visits),
            *apart,
            Note("rehearsed-avoided", "", {"median": self.interruptions_avoided}),
            Note(f"rehearsed-rate-{self.rule.of}", "", rates),
            Note(f"rehearsed-best-{self.rule.of}", "", {"best": f"{self.best:.2%}"}),
            *self._of_target(),
            *self._of_limit(),
            *self._of_teams(),
        )

    @staticmethod
    def _spread(take: Callable[[Fraction], int | str]) -> dict[str, int | str]:
        return {"low": take(_LOW), "median": take(_MIDDLE), "high": take(_HIGH)}

    def _of_target(self) -> list[Note]:
        if self.rule.at_least is None:
            return []
        told: dict[str, str | int] = {"target": percent_text(self.rule.at_least), "met": self.met, "draws": self.draws}
        met = Note("rehearsed-met-all" if self.met == self.draws else "rehearsed-met", "", told)
        needed: dict[str, str | int] = {str(layout): count for layout, count in self.layouts.items()}
        further = self.layouts["nested"] < self.draws
        layouts = [Note("rehearsed-layouts", "", needed | {"most": self.extra})] if further else []
        return [met, *layouts, *self._of_others()]

    def _of_others(self) -> list[Note]:
        """What rules that go further would have made of the same rehearsals, if some missed the target."""
        others = self.alternatives if self.met < self.draws else ()
        return [
            Note(
                "rehearsed-other",
                "",
                {
                    "change": _written(other.rule, self.rule),
                    "met": other.met,
                    "draws": self.draws,
                    "low": f"{other.quantile(_LOW):.2%}",
                },
            )
            for other in others
        ]

    def _of_limit(self) -> list[Note]:
        if self.rule.most_departments is None or not self.over:
            return []
        return [Note("rehearsed-over", "", {"over": self.over, "most": self.rule.most_departments})]

    def _of_teams(self) -> list[Note]:
        if not self.forecasts:
            return []
        code = "rehearsed-short" if self.short else "rehearsed-staffed"
        teams = Note(code, "", {"short": self.short, "draws": self.draws})
        return [teams, *(note for forecast in self.forecasts for note in forecast.notes)]

    def text(self, lang: Lang = "en") -> str:
        """The report in English or Chinese, a statement a line; below it the notices, and the first shortage."""
        return "\n".join(note.text(lang) for note in (*self.statements, *self.notices, *self.shortages))

    def __str__(self) -> str:
        return self.text()


# ---- rehearse


def rehearse(
    plan: Plan,
    enterprises: Register,
    inspectors: Register | None = None,
    *,
    recusals: Iterable[Recusal] = (),
    meetings: Mapping[tuple[str, str], int] | Meetings = (),
    draws: int = 50,
    progress: Progress | None = None,
) -> Rehearsal:
    """What a plan will give over a register: visits, joint rates, the chance to meet its target.

    The plan is committed, with all its refusals, and then drawn with rehearsal keys, which no seed gives
    (`dual_random.schemes.rehearsal_key`). The same plan and register give the same rehearsals on every machine; more
    of them begin with the fewer. Rules of teams have no part in the keys: plans that differ in them alone are rehearsed
    with the same visits.

    With inspectors it also tells whether all places could be filled. Nobody is dealt for that: whether they can be
    depends on the visits and their periods, not on the inspectors' tickets.

    Args:
        plan: the rules. One that staffs an earlier record draws nothing, so there is nothing to rehearse: its visits
            are known, and the notices of `commit` tell whether they can be staffed.
        enterprises: the register.
        inspectors: the register of those who may be sent.
        recusals, meetings: as `commit` has them.
        draws: how many rehearsals, from 1 to 10,000. Each costs about as much as one draw.
        progress: called after every rehearsal with how many are done, and of how many.

    Returns:
        The rehearsal; its `notices` warn if the target is missed too often, and if inspectors may be too few.

    Raises:
        InputError: with all faults: those of `commit`, a plan that staffs an earlier record, another number of draws, a
            progress that cannot be called.

    >>> from dual_random import Demand, SeedSource, TeamRule
    >>> ids = [f"E{number:03d}" for number in range(200)]
    >>> enterprises = Register({"id": ids, "risk": ["A", "B", "B", "C"] * 50}, id="id", columns=["risk"])
    >>> source = SeedSource(source="双色球", event="2024090期", earliest="2024-08-06T21:15:00+08:00",
    ...                     form="00 00 00 00 00 00 + 00")
    >>> plan = Plan(title="抽查", authority="海曙区", number="2024-3", seed=source, joint=JointRule(at_least="60%"),
    ...             demands=[Demand("市监", take=20), Demand("消防", take=15, where={"risk": ["B", "C"]})])
    >>> found = rehearse(plan, enterprises)
    >>> found.met, found.draws, found.visits, found.visits_quantile("95%")
    (41, 50, 20, 23)
    >>> print(found.quantile("5%"))
    12/23 = 52.17% of visits
    >>> [note.code for note in found.notices]
    ['target-out-of-reach']
    >>> names = {"id": ["P1", "P2", "P3", "P4"], "department": ["市监", "市监", "消防", "消防"]}
    >>> inspectors = Register(names, id="id", columns=["department"])
    >>> tight = evolve(plan, teams=[TeamRule(most=18)])  # two members a visit, so each of the two goes every time
    >>> staffed = rehearse(tight, enterprises, inspectors, draws=10)
    >>> staffed.short, [forecast.enough for forecast in staffed.forecasts if forecast.short]
    (10, [20])
    """
    faults = draws_faults(draws, "draws") + _progress_faults(progress)
    if isinstance(plan, Plan) and plan.staffs:
        raise InputError([*faults, Note("rehearsal-known", "staffs")])
    if isinstance(plan, Plan):
        plan = evolve(plan, supplements="")  # of the earlier record nothing is needed to draw
    try:
        commitment = commit(plan, enterprises, inspectors, recusals=recusals, meetings=meetings)
    except InputError as error:
        raise InputError([*faults, *error.faults]) from None
    refuse(faults)
    groups = populations(plan, enterprises)
    expected = expect(groups, numbers_of(commitment.allocation, groups))
    further = _further(plan.joint)
    outcomes: list[Outcome] = []
    tried: list[list[tuple[Rate, int]]] = []
    lacks = Lacks()
    base = _without_people(commitment).digest
    for number in range(1, draws + 1):
        drawn = replay(commitment, enterprises, groups, rehearsal_key(plan.scheme, base, number))
        outcomes.append(drawn.outcome(expected))
        tried.append([_tried(drawn.meeting.cells, rule) for rule in further])
        if inspectors is not None:
            lacks.add(find_shortages(commitment, inspectors, enterprises, visits_of(drawn)))
        if progress is not None:
            progress(number, draws)
    departments = dict.fromkeys(demand.department for demand in plan.demands)
    return Rehearsal(
        rule=plan.joint,
        allocation=commitment.allocation,
        outcomes=outcomes,
        alternatives=[
            Alternative(rule=rule, rates=[rate for rate, _ in own], extra=max(extra for _, extra in own))
            for rule, own in zip(further, zip(*tried, strict=True), strict=True)
        ],
        commitment_notices=commitment.notices,
        forecasts=[] if inspectors is None else list(map(lacks.forecast, departments)),
        short=lacks.short,
        shortages=lacks.first,
    )


def _without_people(commitment: Commitment) -> Commitment:
    """What decides who is drawn: with other rules of teams the rehearsals are the same, so they can be compared."""
    plan = evolve(commitment.plan, teams=(), department_column="department")
    return evolve(commitment, plan=plan, inspectors=None, recusals=(), meetings=())


def draws_faults(value: object, at: str) -> list[Note]:
    """Why a value is no number of rehearsals."""
    if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= MOST:
        return []
    return [Note("rehearsal-draws", at, {"value": shown(value), "most": MOST})]


def _progress_faults(value: object) -> list[Note]:
    if value is None or callable(value):
        return []
    return [Note("progress-shape", "progress", {"value": shown(value)})]


# ---- other rules


def _further(rule: JointRule) -> list[JointRule]:
    """Rules that go further for the target, the smaller change first: another reach, then more departments a visit."""
    if rule.at_least is None:
        return []
    reaches: tuple[Reach, ...] = get_args(Reach)
    useful = [reach for reach in reaches[reaches.index(rule.reach) + 1 :] if (rule.of, reach) != ("checks", "extra")]
    most = rule.most_departments
    wider = [] if most is None else range(most + 1, _WIDEST_NEEDED + 1)
    changes = [(reach, limit) for limit in (most, *wider) for reach in (rule.reach, *useful)]
    return [evolve(rule, reach=reach, most_departments=limit) for reach, limit in changes[1:]]


def _tried(cells: Cells, rule: JointRule) -> tuple[Rate, int]:
    """The rate that the checks of one rehearsal have under a rule, and its extra visits."""
    layouts = arrange(cells, rule)
    if rule.of == "visits":
        joint, whole = layouts.joint, layouts.visits
    else:
        joint, whole = cells.checks - layouts.singles, cells.checks
    return joint_sampling_rate(int(joint.sum()), int(whole.sum()), of=rule.of), int(layouts.extra.sum())


def _written(rule: JointRule, old: JointRule) -> str:
    """A rule as it is written in a plan: its reach, and the limit if that is another one."""
    limit = "" if rule.most_departments == old.most_departments else f", most_departments={rule.most_departments}"
    return f'reach="{rule.reach}"{limit}'


# ---- figures


def _rate(outcome: Outcome, rule: JointRule) -> Rate:
    if rule.of == "visits":
        return joint_sampling_rate(outcome.joint_visits, outcome.visits)
    return joint_sampling_rate(outcome.joint_checks, outcome.checks, of="checks")


def _value(rate: Rate) -> Fraction:
    """A rate's value; 0 without visits, where no draw of the plan has any."""
    return rate.value if rate.denominator else Fraction(0)


def _below(rate: Rate, target: Fraction) -> bool:
    """Whether a rate misses a target; without visits it does not."""
    return rate.numerator < target * rate.denominator


def _quantile(values: Iterable[int], share: Share) -> int:
    ordered = sorted(values)
    return ordered[_place(len(ordered), share)]


def _rate_quantile(rates: Iterable[Rate], share: Share) -> Rate:
    ordered = sorted(rates, key=lambda rate: (_value(rate), rate.denominator))
    return ordered[_place(len(ordered), share)]


def _place(count: int, share: Share) -> int:
    """The place, from 0, of a quantile among so many values in ascending order."""
    return max(0, ceil(parse_share(share, "share") * count) - 1)
