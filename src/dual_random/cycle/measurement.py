"""From a log of visits to its indicators, each as the two counts it consists of.

No official formulas are published; these are stated with every rate that they give: what is counted, of what, in which
group. Nothing here is estimated, and a rate whose columns the log has not is left out, since nothing is known of it.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Final, TypeAlias

import numpy as np
from attrs import frozen

from dual_random.cycle.deadlines import due_and_done, due_and_published
from dual_random.cycle.facts import came_together, carried_out, joint_visits, late_faults, word_flags
from dual_random.cycle.grouping import Grouping, by_faults, group, listed, log_for, paired
from dual_random.cycle.instants import Flags
from dual_random.cycle.logs import Log, LogTable
from dual_random.cycle.omissions import given, only_faults, reasons
from dual_random.cycle.terms import (
    CREDIT_RULES,
    INTERRUPTIONS_AVOIDED,
    ITEM_COVERAGE,
    JOINT_IMPLEMENTATION,
    MOBILE,
    OF_MODES,
    ON_TIME,
    PLANNED,
    PROBLEM_DETECTION,
    PUBLISHED_ON_TIME,
    TRULY_JOINT,
    UNTRACEABLE,
    base,
    mode_of,
    of_mode,
)
from dual_random.cycle.vocabulary import RANDOM
from dual_random.dates import day_faults
from dual_random.errors import Note
from dual_random.forms import Words, count_faults, positive_faults, refuse, repeat_faults, words
from dual_random.lines import Integers
from dual_random.rates import DOUBLE_RANDOM_SHARE, JOINT_SAMPLING_RATE, Rate
from dual_random.text import shown, text_faults

TOGETHER: Final = 60  # minutes
PUBLISH_DAYS: Final = 20  # working days
VISITS: Final = "visits"
CHECKS: Final = "checks"
ITEMS: Final = "items"
TASKS: Final = "tasks"
MEASURES: Final = (VISITS, CHECKS, ITEMS, TASKS)

_Counts: TypeAlias = tuple[str, str, Integers, Integers]  # name, of, numerators and denominators by group


def indicators(
    log: LogTable,
    *,
    by: str = "",
    together: int = TOGETHER,
    items: Words = (),
    working_days: Words = (),
    publish_days: int = PUBLISH_DAYS,
    as_of: str = "",
    only: Words = (),
    of: str = "",
) -> tuple[Rate, ...]:
    """The rates of a log with a row for each check; one whose columns are missing is left out, not zero.

    A visit counts once in every group in which it has a row, and what is said of rows (result, mobile, …) is then asked
    of its rows there: of a department its own results. Whether a visit is joint is asked of the whole visit. *Carried
    out* is a check with an arrival (without that column: with a result), and a visit with such a check.

    - double-random share 双随机占比: visits of mode ``random`` / visits;
    - joint-sampling rate 跨部门联合抽查率: of visits, joint and ``random`` / ``random``; and of checks, likewise;
    - joint-implementation rate 联合实施率: joint visits carried out / visits carried out;
    - truly-joint rate 有效联合率: joint visits whose departments, two or more, all arrived within `together` minutes /
      visits registered as joint. An arrival without a time of day does not show it;
    - problem-detection rate 问题检出率: visits with a result ``problem`` / visits carried out; the same for each mode;
    - untraceable share 查无下落占比: visits with a result ``untraceable`` and no other / visits carried out;
    - interruptions avoided 减少企业干扰: the numerator is the count, over joint visits the checks carried out less one;
      the denominator, all checks carried out, is what it would be if every check were a visit that could be spared;
    - item coverage 事项覆盖率: those of `items` that ``random`` visits used / `items`;
    - mobile share 掌上执法率: visits whose rows on site are all recorded on a mobile device / visits with rows on site;
    - credit-rule share 应用信用规则率: tasks of which all rows use risk classes / tasks; a task is what one department
      has to do in one plan;
    - on-time rate 按时完成率: checks with an arrival on the `due` day or before / checks with a due day;
    - published-on-time rate 按时公示率: checks published by the deadline / checks carried out;
    - planned share 计划检查率: visits tied to a plan / visits.

    Counts of disjoint groups add up: `Rate.pool` over months, modes or plans gives the rate of the whole log, and it
    refuses what would count twice, such as visits over departments.

    Args:
        log: a `Log`, or a table that it can be made of.
        by: groups: "" for the log as a whole; "department"; "month" of a visit's first arrival, else of its first due
            day, else ""; "mode", "plan", "inspectors", "items", or any other column that has one value in a visit.
            Interruptions avoided need whole visits, so they are left out by department, inspectors and items;
            item coverage and the credit-rule share are given by "", department, month and plan.
        together: the minutes between the first and the last arrival of a joint visit.
        items: the published list of items (抽查事项清单); without it their coverage is left out.
        working_days: ISO days, from the first visit to the last deadline; without them publication is left out.
        publish_days: within how many working days after the visit its result is to be published.
        as_of: the day up to which the log was kept: nobody arrives after it, and deadlines after it are not due yet.
            All rates carry it.
        only: names of the rates to give, such as ``"problem-detection rate: random"``; empty: all. A mode that no visit
            has gives 0/0.
        of: give only rates of ``"visits"``, ``"checks"``, ``"items"`` or ``"tasks"``; empty: of all.

    Returns:
        The rates of each group, in the order of the groups and of the list above; `Rate.scope` is the group. Which were
        left out and why tells `left_out`.

    Raises:
        InputError: faults of the log or of the arguments; a column that the log has not, or by which one visit would
            stand in two groups; working days that do not reach; arrivals after `as_of`; a rate in `only` that
            the log cannot give, with the reason.

    >>> log = {"visit": ["V1", "V1", "V2"], "enterprise": ["E1", "E1", "E2"], "department": ["市监", "消防", "市监"],
    ...        "mode": ["random"] * 3, "result": ["none", "problem", "none"]}
    >>> for rate in indicators(log):
    ...     print(f"{rate.name}: {rate}")
    double-random share: 2/2 = 100.00% of visits
    joint-sampling rate: 1/2 = 50.00% of visits
    joint-sampling rate: 2/3 = 66.67% of checks
    joint-implementation rate: 1/2 = 50.00% of visits
    problem-detection rate: 1/2 = 50.00% of visits
    problem-detection rate: random: 1/2 = 50.00% of visits
    untraceable share: 0/2 = 0.00% of visits
    interruptions avoided: 1/3 = 33.33% of checks
    """
    options = Options(by, together, words(items), words(working_days), publish_days, as_of, words(only), of)
    kept = log_for(log, by)
    refuse(only_faults(kept, options.only, by, options.given) + late_faults(kept, as_of))
    groups = group(kept, by)
    measured = Measured.of(kept, groups, options)
    counts = [found for count in _INDICATORS for found in count(measured) if options.wants(found[0], found[1])]
    return tuple(
        Rate(int(part[i]), int(whole[i]), of=measure, name=name, scope=scope, as_of=as_of, by=by)
        for i, scope in enumerate(groups.scopes)
        for name, measure, part, whole in counts
    )


@frozen
class Options:
    """The arguments of `indicators` that say what counts."""

    by: str
    together: int
    items: tuple[str, ...]
    working_days: tuple[str, ...]
    publish_days: int
    as_of: str
    only: tuple[str, ...]
    of: str

    @property
    def given(self) -> frozenset[str]:
        """The arguments that some rates need, as far as they were given."""
        return given(self.items, self.working_days)

    def wants(self, name: str, of: str) -> bool:
        """Whether a rate was asked for."""
        return (not self.only or name in self.only) and self.of in ("", of)

    def __attrs_post_init__(self) -> None:
        faults = by_faults(self.by)
        faults += count_faults(self.together, "together") + positive_faults(self.publish_days, "publish_days")
        for name, several in (("items", self.items), ("working_days", self.working_days), ("only", self.only)):
            faults += repeat_faults(several, name)
        for name, texts in (("items", self.items), ("only", self.only)):
            faults += text_faults({f"{name}[{i}]": text for i, text in enumerate(texts)})
        for i, one in enumerate(self.working_days):
            faults += day_faults(one, f"working_days[{i}]")
        faults += day_faults(self.as_of, "as_of") if self.as_of != "" else []
        if self.of not in ("", *MEASURES):
            faults.append(Note("choice", "of", {"value": shown(self.of), "known": ", ".join(MEASURES)}))
        refuse(faults)


@frozen(eq=False)
class Measured:
    """A log in its groups, with what is known of its rows and visits.

    Args:
        log: the log.
        groups: its groups.
        options: what counts.
        joint: the joint visits.
        carried: the checks carried out, if the log tells.
    """

    log: Log
    groups: Grouping
    options: Options
    joint: Flags
    carried: Flags | None

    @classmethod
    def of(cls, log: Log, groups: Grouping, options: Options) -> "Measured":
        """A log in groups."""
        return cls(log, groups, options, joint_visits(log), carried_out(log))

    def gives(self, name: str) -> bool:
        """Whether the log, its groups and the arguments give an indicator."""
        return not reasons(self.log, name, self.groups.by, self.options.given)

    def is_word(self, column: str, *words: str) -> Flags:
        """The rows with one of some words in a column."""
        return word_flags(self.log, column, *words)

    def units(self, of_visit: Flags) -> Flags:
        """The units of flagged visits."""
        return of_visit[self.groups.unit_visits]

    def visits(self, name: str, part: Flags, whole: Flags) -> _Counts:
        """A rate of units: those of the whole that are flagged, over the whole."""
        return name, VISITS, self.groups.count_units(part & whole), self.groups.count_units(whole)

    def checks(self, name: str, part: Flags, whole: Flags) -> _Counts:
        """A rate of rows."""
        return name, CHECKS, self.groups.count_rows(part & whole), self.groups.count_rows(whole)


def _sampling(of: Measured) -> Iterator[_Counts]:
    if not of.gives(DOUBLE_RANDOM_SHARE):
        return
    drawn = of.is_word("mode", RANDOM)
    units = of.groups.some(drawn)
    yield of.visits(DOUBLE_RANDOM_SHARE, units, np.ones(len(units), dtype=bool))
    yield of.visits(JOINT_SAMPLING_RATE, of.units(of.joint), units)
    yield of.checks(JOINT_SAMPLING_RATE, of.joint[of.log.visits], drawn)


def _joint(of: Measured) -> Iterator[_Counts]:
    if of.carried is not None and of.gives(JOINT_IMPLEMENTATION):
        yield of.visits(JOINT_IMPLEMENTATION, of.units(of.joint), of.groups.some(of.carried))
    together = came_together(of.log, of.options.together)
    if together is not None and of.gives(TRULY_JOINT):
        yield of.visits(TRULY_JOINT, of.units(together), of.units(of.joint))


def _results(of: Measured) -> Iterator[_Counts]:
    if of.carried is None or not of.gives(PROBLEM_DETECTION):
        return
    done = of.groups.some(of.carried)
    problem = of.groups.some(of.is_word("result", "problem"))
    yield of.visits(PROBLEM_DETECTION, problem, done)
    if of.gives(OF_MODES):
        asked = {mode_of(name) for name in of.options.only if base(name) == OF_MODES}
        for mode in sorted({*of.log.codes("mode")[1], *asked}, key=_random_first):
            yield of.visits(of_mode(PROBLEM_DETECTION, mode), problem, done & of.groups.some(of.is_word("mode", mode)))
    found = of.groups.some(of.is_word("result", "none", "problem"))
    yield of.visits(UNTRACEABLE, of.groups.some(of.is_word("result", "untraceable")) & ~found, done)


def _random_first(mode: str) -> tuple[bool, str]:
    return mode != RANDOM, mode


def _interruptions(of: Measured) -> Iterator[_Counts]:
    if of.carried is None or not of.gives(INTERRUPTIONS_AVOIDED):
        return
    carried = np.bincount(of.log.visits[of.carried], minlength=len(of.joint))
    avoided = np.where(of.joint, np.maximum(carried - 1, 0), 0)
    parts, wholes = of.groups.sum_units(avoided[of.groups.unit_visits]), of.groups.count_rows(of.carried)
    yield INTERRUPTIONS_AVOIDED, CHECKS, parts, wholes


def _coverage(of: Measured) -> Iterator[_Counts]:
    if not of.gives(ITEM_COVERAGE):
        return
    codes, values = of.log.codes("items")
    wanted = frozenset(of.options.items)
    listed_there = [wanted.intersection(listed(value)) for value in values]
    drawn = of.is_word("mode", RANDOM)
    (numbers, cells), _ = paired((of.groups.groups[drawn], len(of.groups.scopes)), (codes[drawn], len(values)))
    used: list[set[str]] = [set() for _ in of.groups.scopes]
    for number, code in zip(numbers.tolist(), cells.tolist(), strict=True):
        used[number] |= listed_there[code]
    whole = np.full(len(used), len(wanted), dtype=np.intp)
    yield ITEM_COVERAGE, ITEMS, np.array([len(found) for found in used], dtype=np.intp), whole


def _mobile(of: Measured) -> Iterator[_Counts]:
    if of.gives(MOBILE):
        onsite = of.is_word("onsite", "yes")
        on_paper = of.groups.some(onsite & ~of.is_word("mobile", "yes"))
        yield of.visits(MOBILE, ~on_paper, of.groups.some(onsite))


def _tasks(of: Measured) -> Iterator[_Counts]:
    if not of.gives(CREDIT_RULES):
        return
    (plans, names), (departments, others) = of.log.codes("plan"), of.log.codes("department")
    rows = ~of.is_word("plan", "")
    numbers = of.groups.groups[rows], len(of.groups.scopes)
    (group_of, *_), task = paired(numbers, (plans[rows], len(names)), (departments[rows], len(others)))
    otherwise = np.bincount(task[~of.is_word("rules", "yes")[rows]], minlength=len(group_of)) > 0
    counted = [np.bincount(group_of[flags], minlength=len(of.groups.scopes)) for flags in (~otherwise, slice(None))]
    yield CREDIT_RULES, TASKS, counted[0], counted[1]


def _in_time(of: Measured) -> Iterator[_Counts]:
    options = of.options
    if of.gives(ON_TIME):
        due, done = due_and_done(of.log, options.as_of)
        yield of.checks(ON_TIME, done, due)
    if of.gives(PUBLISHED_ON_TIME):
        due, done = due_and_published(of.log, options.working_days, options.publish_days, options.as_of)
        yield of.checks(PUBLISHED_ON_TIME, done, due)


def _planned(of: Measured) -> Iterator[_Counts]:
    if of.gives(PLANNED):
        planned = of.groups.some(~of.is_word("plan", ""))
        yield of.visits(PLANNED, planned, np.ones(len(planned), dtype=bool))


_INDICATORS: Final[Sequence[Callable[[Measured], Iterator[_Counts]]]] = (
    *(_sampling, _joint, _results, _interruptions, _coverage, _mobile, _tasks, _in_time, _planned),
)
