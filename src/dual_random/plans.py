"""The rules of a round as data: demands, joint rule, seed source, plan. No register, no seed, nothing drawn.

A plan is written once, reviewed, kept under version control and published inside the commitment. Converters
bring each value into its one form; each value then checks itself and tells all its faults at once.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from fractions import Fraction
from typing import Final, Literal, Self, TypeAlias, cast

import attrs
from attrs import field, frozen

from dual_random.errors import InputError, Note
from dual_random.forms import (
    Conditions,
    Pairs,
    Takes,
    choice_faults,
    condition_faults,
    conditions,
    count_faults,
    flag_faults,
    is_count,
    kind_faults,
    kinds_faults,
    listed,
    pair_faults,
    pairs,
    refuse,
    repeat_faults,
    share,
    take_faults,
    takes,
    words,
)
from dual_random.plain import from_plain, to_plain
from dual_random.rates import Measure
from dual_random.schemes import DEFAULT, Scheme, digest_faults, form_faults, scheme_faults
from dual_random.team_rules import Slot, TeamRule
from dual_random.text import parse_share, shown, text_fault, text_faults

Rounding: TypeAlias = Literal["up", "down"]
Reach: TypeAlias = Literal["nested", "spread", "extra"]

_TIME: Final = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-9]{2}(:[0-9]{2})?(Z|[+-][0-9]{2}:[0-9]{2})"
)


@frozen
class Demand:
    """What one department wants checked: who may be drawn, in which strata, how many of each.

    Every enterprise of a stratum has the same chance, n/N, since the n lowest tickets are drawn.

    Args:
        name: unique in the plan, e.g. the department's, or department and item.
        take: a rate ``"5%"`` (holds in every stratum), a number ``200`` (the total over the strata), or a
            table from stratum to rate or number.
        department: who comes; by default the name. A department may have several demands.
        where: columns and the values they may have; all conditions must hold.
        unless: columns and values that exclude; any suffices.
        by: the columns that form strata.
        at_least, at_most: bounds of the number in each stratum.
        rounding: of rates: ``"up"`` (not fewer than) or ``"down"`` (not more than).
        follow: instead of `take`: go wherever that demand's draw falls in this population (发起 / 配合).

    Raises:
        InputError: with all faults.

    >>> Demand("市监", where={"status": "存续"}, by="risk", take={"A": "1%", "B": "3%"}).by
    ('risk',)
    """

    name: str
    take: Takes = field(default=(), kw_only=True, converter=takes)
    department: str = field(kw_only=True, metadata={"default": "name"})
    where: Conditions = field(default=(), kw_only=True, converter=conditions)
    unless: Conditions = field(default=(), kw_only=True, converter=conditions)
    by: tuple[str, ...] = field(default=(), kw_only=True, converter=words)
    at_least: int = field(default=0, kw_only=True)
    at_most: int | None = field(default=None, kw_only=True)
    rounding: Rounding = field(default="up", kw_only=True)
    follow: str = field(default="", kw_only=True)

    @department.default
    def _(self) -> str:
        return self.name

    @property
    def columns(self) -> frozenset[str]:
        """The columns of the enterprises' register that the rule reads."""
        return frozenset(self.by) | {column for column, _ in self.where + self.unless}

    def __attrs_post_init__(self) -> None:
        refuse(
            [
                *text_faults({"name": self.name, "department": self.department}),
                *text_faults({f"by[{i}]": column for i, column in enumerate(self.by)}),
                *repeat_faults(self.by, "by"),
                *condition_faults(self.where, "where"),
                *condition_faults(self.unless, "unless"),
                *choice_faults(self.rounding, Rounding, "rounding"),
                *text_faults({"follow": self.follow}, empty=True),
                *(self._follower_faults() if self.follow else self._take_faults()),
            ]
        )

    def _follower_faults(self) -> list[Note]:
        stated = {
            "take": self.take != (),
            "by": self.by != (),
            "at_least": type(self.at_least) is not int or self.at_least != 0,
            "at_most": self.at_most is not None,
            "rounding": self.rounding != "up",
        }
        followed = shown(self.follow)
        return [Note("follower-with-numbers", name, {"followed": followed}) for name, told in stated.items() if told]

    def _take_faults(self) -> list[Note]:
        faults = count_faults(self.at_least, "at_least")
        faults += [] if self.at_most is None else count_faults(self.at_most, "at_most")
        if not faults and self.at_most is not None and self.at_most < self.at_least:
            faults.append(Note("bounds-crossed", "at_most", {"low": self.at_least, "high": self.at_most}))
        if not self.take:
            faults.append(Note("take-missing", "take"))
        faults += repeat_faults((stratum for stratum, _ in self.take), "take")
        for stratum, take in self.take:
            faults += self._stratum_faults(stratum, "take" + "".join(f".{value}" for value in stratum))
            faults += take_faults(take, "take" + "".join(f".{value}" for value in stratum))
        return faults

    def _stratum_faults(self, stratum: tuple[str, ...], at: str) -> list[Note]:
        if not stratum and len(self.take) == 1:
            return []
        if len(stratum) != len(self.by):
            columns = ", ".join(map(str, self.by)) or "–"
            return [Note("stratum-shape", at, {"count": len(stratum), "columns": columns})]
        return [note for value in stratum if (note := text_fault(value, at, empty=True))]


@frozen(kw_only=True)
class JointRule:
    """How departments meet: the joint-sampling rate that is aimed at, how far to go for it, and how many may come.

    Neither the target nor the limit touches anybody's chance of being drawn; a missed target is reported with the
    best rate that could be reached.

    Args:
        at_least: the target, e.g. ``"49.60%"``; above 0, at most 1; None for no target.
        of: what the rate counts: joint visits among visits, or checks in joint visits among checks.
        reach: how far the draw may go for the target, each step only if it is needed: ``"nested"``, every demand
            visits exactly its lowest tickets; ``"spread"``, departments are spread over the same number of visits so
            that more of them are joint; ``"extra"``, also more visits (two visits by three become three by two).
        most_departments: the most that may come in one visit; None for no limit. Where the checks of a cell do not
            fit under it, its visits have more, and the record counts such cells.

    Raises:
        InputError: with all faults.

    >>> JointRule(at_least="49.60%").at_least
    Fraction(62, 125)
    """

    at_least: Fraction | None = field(default=None, converter=share)
    of: Measure = "visits"
    reach: Reach = "nested"
    most_departments: int | None = None

    def __attrs_post_init__(self) -> None:
        refuse(
            [
                *self._target_faults(),
                *choice_faults(self.of, Measure, "of"),
                *choice_faults(self.reach, Reach, "reach"),
                *self._most_faults(),
            ]
        )

    def _most_faults(self) -> list[Note]:
        most = self.most_departments
        if most is None or (is_count(most) and most > 0):
            return []
        return [Note("most-form", "most_departments", {"value": shown(most)})]

    def _target_faults(self) -> list[Note]:
        if self.at_least is None:
            return []
        try:
            zero = not parse_share(self.at_least, "at_least")
        except InputError as error:
            return list(error.faults)
        return [Note("target-zero", "at_least")] if zero else []


@frozen(kw_only=True)
class SeedSource:
    """Where the seed will come from, announced before it exists, so that nobody can choose it.

    Args:
        source: who makes the value public, e.g. a national lottery.
        event: which of its events counts.
        earliest: the earliest time at which the value can exist: ISO 8601 with a zone, in the form of the example.
        form: the one writing of the outcome: ``0`` a digit, ``x`` a lower-case hex digit, the rest as it
            stands; at least 2^20 outcomes.
        substitute: the event that counts if this one does not take place.

    Raises:
        InputError: with all faults.

    >>> SeedSource(source="双色球", event="2024090期", earliest="2024-08-06T21:15:00+08:00",
    ...            form="00 00 00 00 00 00 + 00").form
    '00 00 00 00 00 00 + 00'
    """

    source: str
    event: str
    earliest: str
    form: str
    substitute: str = ""

    def __attrs_post_init__(self) -> None:
        refuse(
            [
                *text_faults({"source": self.source, "event": self.event}),
                *self._time_faults(),
                *form_faults(self.form),
                *text_faults({"substitute": self.substitute}, empty=True),
            ]
        )

    @property
    def day(self) -> str:
        """The day of `earliest` as it is written, which is the one on the authority's own wall."""
        return self.earliest[: len("2024-08-06")]

    def _time_faults(self) -> list[Note]:
        faults = text_faults({"earliest": self.earliest})
        if faults:
            return faults
        return [] if _is_time(self.earliest) else [Note("time-form", "earliest", {"value": shown(self.earliest)})]


def _is_time(text: str) -> bool:
    """Whether a text is a date and time with a zone in the one form that every Python reads alike."""
    try:
        return bool(_TIME.fullmatch(text)) and datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


def _demands(value: Iterable[Demand]) -> tuple[Demand, ...]:
    return listed(value)


def _teams(value: Iterable[TeamRule]) -> tuple[TeamRule, ...]:
    return listed(value)


@frozen(kw_only=True)
class Plan:
    """The rules of a round; knows no register and no seed, and belongs under version control.

    Args:
        title, authority: as published.
        number: of the plan within the authority, e.g. ``"2024-3"``: a missing number shows.
        seed: where the seed will come from.
        demands: in declared order; the first one on a visit leads it.
        joint: the joint rule.
        teams: who goes: a rule for each department, and at most one without a department for all others. They
            count once an inspectors' register is given; a department without a rule sends two members.
        periods: the days, weeks or months of the visits, as text and in order, e.g. ``["7月", "8月", "9月"]``; each
            gets an equal share of the visits, by lot. In a plan that staffs a record: those of its periods that
            are staffed.
        barred: enterprise to public reason: stays in the register and belongs to no population.
        seals: party to `seal`, where the seed is sealed.
        department_column: the inspectors' column with the department of each.
        substitution: whether another enterprise takes the place of one that cannot be visited: the next by the same
            tickets. Without it a closed target is a result, and nobody comes instead.
        staffs: the digest of an earlier record whose visits this plan staffs, with a seed of its own; such a plan
            has no demands. Who is on leave is known only shortly before, and a year of teams published at once
            invites tip-offs.
        supplements: the digest of an earlier record whose register lacked the enterprises that this plan draws from,
            with a seed of its own (补充抽查).
        scheme: the scheme id; decides the hash.

    Raises:
        InputError: with all faults, each with its path, e.g. ``demands[2].take.A``.
    """

    title: str
    authority: str
    number: str
    seed: SeedSource = field(metadata={"kind": SeedSource})
    demands: tuple[Demand, ...] = field(default=(), converter=_demands, metadata={"kind": Demand, "many": True})
    joint: JointRule = field(factory=JointRule, metadata={"kind": JointRule})
    teams: tuple[TeamRule, ...] = field(default=(), converter=_teams, metadata={"kind": TeamRule, "many": True})
    periods: tuple[str, ...] = field(default=(), converter=words)
    barred: Pairs = field(default=(), converter=pairs)
    seals: Pairs = field(default=(), converter=pairs)
    department_column: str = "department"
    substitution: bool = False
    staffs: str = ""
    supplements: str = ""
    scheme: Scheme = field(default=DEFAULT, metadata={"always": True})

    def __attrs_post_init__(self) -> None:
        refuse(
            [
                *text_faults({"title": self.title, "authority": self.authority, "number": self.number}),
                *kind_faults(self.seed, SeedSource, "seed"),
                *kind_faults(self.joint, JointRule, "joint"),
                *(self._staffing_faults() if self.staffs != "" else self._demand_faults()),
                *self._team_faults(),
                *text_faults({f"periods[{i}]": period for i, period in enumerate(self.periods)}),
                *repeat_faults(self.periods, "periods"),
                *pair_faults(self.barred, "barred"),
                *self._seal_faults(),
                *text_faults({"department_column": self.department_column}),
                *flag_faults(self.substitution, "substitution"),
                *([] if self.supplements == "" else digest_faults(self.supplements, "supplements")),
                *scheme_faults(self.scheme),
            ]
        )

    def _staffing_faults(self) -> list[Note]:
        """A plan that staffs the visits of a record draws nobody."""
        stated = {
            "demands": self.demands != (),
            "joint": self.joint != JointRule(),
            "barred": self.barred != (),
            "substitution": self.substitution is not False,
            "supplements": self.supplements != "",
        }
        return [
            *digest_faults(self.staffs, "staffs"),
            *(Note("staffing-with-draw", name) for name, told in stated.items() if told),
        ]

    def _team_faults(self) -> list[Note]:
        faults = kinds_faults(self.teams, TeamRule, "teams")
        if faults:
            return faults
        faults = repeat_faults((rule.department for rule in self.teams), "teams")
        if self.staffs != "" or self._demands_unread():
            return faults
        departments = dict.fromkeys(demand.department for demand in self.demands)
        named = frozenset(demand.name for demand in self.demands)
        for i, rule in enumerate(self.teams):
            if rule.department and rule.department not in departments:
                known = ", ".join(map(str, departments)) or "–"
                told = {"name": shown(rule.department), "known": known}
                faults.append(Note("team-department-unknown", f"teams[{i}].department", told))
            faults += slot_demand_faults(rule, named, f"teams[{i}]")
        return faults

    def _demands_unread(self) -> bool:
        """Whether the demands are missing or faulty themselves, so that nothing can be said to be unknown to them."""
        stand_in = any(each is _DEMAND for each in self.demands)
        return not self.demands or stand_in or bool(kinds_faults(self.demands, Demand, "demands"))

    def _demand_faults(self) -> list[Note]:
        faults = kinds_faults(self.demands, Demand, "demands")
        if faults:
            return faults
        if not self.demands:
            return [Note("demands-missing", "demands")]
        faults = repeat_faults((demand.name for demand in self.demands), "demands")
        known = {demand.name: demand for demand in self.demands}
        for i, demand in enumerate(self.demands):
            if demand.follow:
                faults += _follow_faults(demand, known.get(demand.follow), f"demands[{i}].follow")
        return faults

    def _seal_faults(self) -> list[Note]:
        faults = pair_faults(self.seals, "seals") + repeat_faults((value for _, value in self.seals), "seals")
        return faults + [note for party, value in self.seals for note in digest_faults(value, f"seals.{party}")]

    @property
    def demand_columns(self) -> tuple[str, ...]:
        """The columns of the enterprises' register that decide who is drawn, in byte order."""
        return tuple(sorted(frozenset[str]().union(*(demand.columns for demand in self.demands))))

    @property
    def enterprise_columns(self) -> tuple[str, ...]:
        """The columns of the enterprises' register that the rules read, in byte order."""
        return tuple(sorted({*self.demand_columns, *(name for rule in self.teams for name in rule.enterprise_columns)}))

    @property
    def inspector_columns(self) -> tuple[str, ...]:
        """The columns of the inspectors' register that the rules read, in byte order."""
        own = (name for rule in self.teams for name in rule.inspector_columns)
        return tuple(sorted({self.department_column, *own}))

    def team_rule(self, department: str) -> TeamRule:
        """The rule of a department's teams: its own, else that of all others, else two members without limits."""
        rules = {rule.department: rule for rule in self.teams}
        return rules.get(department) or rules.get("") or TeamRule()

    def demand(self, name: str) -> Demand:
        """The demand of that name.

        Raises:
            InputError: no demand is called so.
        """
        for demand in self.demands:
            if demand.name == name:
                return demand
        known = ", ".join(demand.name for demand in self.demands)
        raise InputError([Note("demand-unknown", "", {"name": shown(name), "known": known})])

    def with_demand(self, demand: Demand) -> Self:
        """The same plan with one demand more, at the end."""
        return attrs.evolve(self, demands=(*self.demands, demand))

    def to_dict(self) -> dict[str, object]:
        """The plan as plain data (text, integers, lists, dicts) without its defaults; `from_dict` reads it back.

        This is also the form in which the plan stands in a commitment.
        """
        return cast(dict[str, object], to_plain(self))

    @classmethod
    def from_dict(cls, data: Mapping[str, object]) -> Self:
        """A plan from YAML, TOML or JSON data written like the constructor's arguments.

        Raises:
            InputError: unknown and missing keys, text that is not quoted, and every fault of a value, all at
                once, each with its path.

        >>> try:
        ...     Plan.from_dict({"title": "抽查", "number": 3, "demand": []})
        ... except InputError as error:
        ...     for note in error.faults:
        ...         print(note.code, note.at)
        key-unknown demand
        key-missing authority
        key-missing seed
        text-type number
        demands-missing demands
        """
        plan, faults = from_plain(cls, data, SOUND)
        if plan is None:
            raise InputError(faults)
        return plan


def _follow_faults(demand: Demand, followed: Demand | None, at: str) -> list[Note]:
    if followed is None:
        return [Note("follow-unknown", at, {"name": demand.follow})]
    if followed.follow:
        return [Note("follow-chain", at, {"name": demand.follow, "followed": followed.follow})]
    return []


def slot_demand_faults(rule: TeamRule, named: frozenset[str], at: str) -> list[Note]:
    """Slots for, or not for, visits with a demand that the plan has not."""
    known = ", ".join(sorted(map(str, named))) or "–"
    return [
        Note("slot-demand-unknown", f"{at}.slots[{i}].{part}", {"name": shown(name), "known": known})
        for i, slot in enumerate(rule.slots)
        for part, name in (("only_for", slot.only_for), ("not_for", slot.not_for))
        if name and name not in named
    ]


_SEED: Final = SeedSource(source="-", event="-", earliest="2000-01-01T00:00Z", form="0000000")
_DEMAND: Final = Demand("-", take=0)
SOUND: Final[Mapping[type, object]] = {
    SeedSource: _SEED,
    JointRule: JointRule(),
    Demand: _DEMAND,
    Slot: Slot("-"),
    TeamRule: TeamRule(),
    Plan: Plan(title="-", authority="-", number="-", seed=_SEED, demands=(_DEMAND,)),
}
