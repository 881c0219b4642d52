"""Errands: visits to be paid, each with all the checks that can be made in one go (综合查一次).

After the draws, and with what is not drawn at all, the same enterprise may stand in several lists. What has related
content and days in common becomes one visit. Nobody is added and nobody is left out: whom to check was decided before.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Final, TypeAlias

import numpy as np
from attrs import evolve, field, frozen
from numpy.typing import NDArray

from dual_random.columns import Coded, Table
from dual_random.cycle.calendars import Calendar, Window
from dual_random.cycle.checks import Checks, Days, read_only
from dual_random.cycle.topics import Groups, group_faults, groups_of, topics
from dual_random.cycle.windows import use_faults
from dual_random.dates import day_text
from dual_random.errors import Columns, Lang, Note
from dual_random.forms import Words, choice_faults, kind_faults, positive_faults, refuse, repeat_faults, words
from dual_random.populations import Codes
from dual_random.rates import interruptions_avoided
from dual_random.tables import SEPARATOR, headed
from dual_random.text import text_faults

Names: TypeAlias = tuple[tuple[str, ...], ...]

_UNPLANNED: Final = -1
_HEADINGS: Final = {
    "visit": "户次编号",
    "enterprise": "检查对象",
    "departments": "检查部门",
    "lead": "发起部门",
    "items": "抽查事项",
    "plans": "计划编号",
    "modes": "检查方式",
    "starts": "开始日期",
    "ends": "截止日期",
    "checks": "检查次数",
}


@frozen(eq=False, repr=False)
class Errands:
    """Visits to be paid, in byte order of their enterprises, and for each enterprise in the order of their windows.

    Args:
        checks: from which they were merged.
        visit: for each check the place of its visit among these: every check has exactly one.
        enterprises: whom each is paid to.
        starts, ends: the first and the last day that all its checks have in common, as ``datetime.date.toordinal``
            numbers them; int64. `table` has them as texts.
        leads: the department that leads (发起部门).
        before: how many visits there were before: a joint visit of one plan was one already.
    """

    checks: Checks
    visit: Codes
    enterprises: tuple[str, ...]
    starts: Days
    ends: Days
    leads: tuple[str, ...]
    before: int

    def __len__(self) -> int:
        return len(self.enterprises)

    def __repr__(self) -> str:
        return f"Errands({len(self.checks)} checks: {self.before} visits before, {len(self)} after)"

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """A name for each visit: the enterprise and which of its visits it is, from 1; no other list changes it."""
        names: list[str] = []
        last, count = "", 0
        for enterprise in self.enterprises:
            count = count + 1 if enterprise == last else 1
            names.append(f"{enterprise}/{count}")
            last = enterprise
        return tuple(names)

    @cached_property
    def departments(self) -> Names:
        """The departments of each visit, in byte order."""
        return _grouped(self.visit, self.checks.department, len(self))

    @cached_property
    def plans(self) -> Names:
        """The numbers of the plans that each visit serves, in byte order; none where nothing was planned."""
        return _grouped(self.visit, self.checks.plan, len(self))

    @cached_property
    def modes(self) -> Names:
        """The modes of the checks of each visit, in byte order."""
        return _grouped(self.visit, self.checks.mode, len(self))

    @cached_property
    def items(self) -> Names:
        """All that is looked at on each visit, in byte order."""
        contents = self.checks.contents
        own = _codes_of(self.visit, self.checks.item_codes, len(contents), len(self))
        return tuple(
            contents[each[0]] if len(each) == 1 else tuple(sorted({item for code in each for item in contents[code]}))
            for each in own
        )

    @property
    def interruptions_avoided(self) -> int:
        """Departments less one, over the visits (减少企业干扰)."""
        return interruptions_avoided(map(len, self.departments))

    @property
    def joint(self) -> int:
        """Visits by two departments or more."""
        return sum(len(departments) > 1 for departments in self.departments)

    def table(self, *, lang: Lang = "en") -> Columns:
        """A row for each visit; several names in one cell are joined by ";".

        Raises:
            InputError: another language.
        """
        refuse(choice_faults(lang, Lang, "lang"))
        counts = np.bincount(self.visit, minlength=len(self))
        columns: Columns = {
            "visit": list(self.ids),
            "enterprise": list(self.enterprises),
            "departments": _joined(self.departments),
            "lead": list(self.leads),
            "items": _joined(self.items),
            "plans": _joined(self.plans),
            "modes": _joined(self.modes),
            "starts": _day_texts(self.starts),
            "ends": _day_texts(self.ends),
            "checks": counts.tolist(),
        }
        return headed(columns, _HEADINGS, lang)


def merge_visits(
    checks: Table | Checks,
    *,
    related: Iterable[Words] = (),
    leads: Words = (),
    days: int = 1,
    calendar: Calendar | None = None,
) -> Errands:
    """Merge the checks of each enterprise into visits, by the rule of `dual_random.cycle.merging.merge`.

    1. Checks of one plan at one enterprise in one window are one visit already, and stay so.
    2. The visits of an enterprise stand in order: plans that come more often first, then the earlier last day, the
       later first day, planned before unplanned, and the bytes of plan, department, items, mode.
    3. Each of them, in that order, joins an open visit whose *anchor* (which opened it) has related content, in
       which at least `days` days stay in common with all that is there, and which serves none of its plans yet;
       otherwise it opens a visit. Among several: the one with the most frequent anchor, then with the most days
       in common, then the one opened first.
    4. Whoever leads the first planned one of a visit leads it, else the first one's department; unless a department
       of the visit stands in `leads`: then the first of those.

    Where all contents are related, all frequencies equal, all plans different and `days` is 1, no other merging has
    fewer visits: each visit holds the last day of its anchor, and the anchors' windows have no day in common.

    Args:
        checks: a table for `Checks`, or these.
        related: groups of items that are declared related; a group may name items that no check has.
        leads: departments that lead where they take part, the first of them first.
        days: the fewest days that a visit must keep in common.
        calendar: the working days; then days in common are counted as working days. Without it a visit may be left
            with a weekend, and `schedule_errands` refuses it.

    Returns:
        The visits to be paid; every check stands in exactly one.

    Raises:
        InputError: with all faults of the table, or of the other arguments; with a calendar, windows that it does not
            cover or that have no working day.

    >>> merged = merge_visits(
    ...     {
    ...         "enterprise": ["E1", "E1", "E1"],
    ...         "department": ["市监", "消防", "环保"],
    ...         "items": ["证照", "通道", "排污"],
    ...         "plan": ["2024-3", "", "2024-5"],
    ...         "mode": ["random", "complaint", "random"],
    ...         "starts": ["2024-07-01", "2024-07-10", "2024-07-01"],
    ...         "ends": ["2024-07-31", "2024-07-14", "2024-07-31"],
    ...     },
    ...     related=[["证照", "通道"]],
    ... )
    >>> merged, merged.ids, merged.departments
    (Errands(3 checks: 3 visits before, 2 after), ('E1/1', 'E1/2'), (('环保',), ('市监', '消防')))
    """
    groups, order = groups_of(related), words(leads)
    faults = group_faults(groups, "related") + positive_faults(days, "days")
    refuse(
        [*faults, *text_faults({f"leads[{i}]": lead for i, lead in enumerate(order)}), *repeat_faults(order, "leads")]
    )
    refuse(kind_faults(calendar, Calendar, "calendar") if calendar is not None else [])
    read = checks if isinstance(checks, Checks) else Checks(checks)
    units = _units(read)
    spans = units.starts, units.ends
    if calendar is not None:
        refuse(_window_faults(read, calendar))
        spans = _working(units, calendar)
    opened = _opened(units, _masks(read, groups, units), spans, days)
    merged = _numbered(read, units, opened)
    return evolve(merged, leads=_led(merged, order)) if order else merged


# ---- working days


def _window_faults(checks: Checks, calendar: Calendar) -> list[Note]:
    """Windows outside of the calendar or without a working day, each at the first row that has it."""
    windows, first = np.unique(np.stack([checks.starts, checks.ends], axis=1), axis=0, return_index=True)
    found = [
        (row, note)
        for (starts, ends), row in zip(windows.tolist(), first.tolist(), strict=True)
        for note in use_faults(Window(day_text(starts), day_text(ends)), calendar, f"row {row + 1}")
    ]
    return [note for _, note in sorted(found, key=lambda each: each[0])]


def _working(units: "_Units", calendar: Calendar) -> tuple[Days, Days]:
    """The places of each window's first and last working day among all working days: their distance counts them."""
    starts = np.searchsorted(calendar.numbers, units.starts)
    return starts, np.searchsorted(calendar.numbers, units.ends, "right") - 1


# ---- units: what is one visit already


@frozen(eq=False)
class _Units:
    """The visits there were before, in the order of the rule, enterprise by enterprise.

    Args:
        rows: all checks, unit by unit; those of a unit with the one that leads in front.
        begins: where each unit begins among the rows, and the end of all.
    """

    rows: Codes
    begins: Codes
    enterprise: NDArray[np.integer]
    plan: NDArray[np.integer]
    starts: Days
    ends: Days
    times: Days

    def __len__(self) -> int:
        return len(self.begins) - 1


def _units(checks: Checks) -> _Units:
    unit = checks.unit
    often = np.zeros(int(unit.max()) + 1 if len(unit) else 0, dtype=np.int64)
    np.maximum.at(often, unit, checks.times)
    times = often[unit]
    planned = np.array([value != "" for value in checks.plan.values], dtype=np.bool_)[checks.plan.codes]
    keys = [checks.enterprise.codes, -times, checks.ends, -checks.starts, ~planned, checks.plan.codes]
    within = [~checks.leads, checks.department.codes, checks.item_codes, checks.mode.codes]
    rows = np.lexsort([*keys, *within][::-1])
    first = np.flatnonzero(np.diff(unit[rows], prepend=-1))
    example = rows[first]
    return _Units(
        rows,
        np.append(first, len(rows)),
        checks.enterprise.codes[example],
        np.where(planned, checks.plan.codes.astype(np.intp), _UNPLANNED)[example],
        checks.starts[example],
        checks.ends[example],
        times[example],
    )


def _masks(checks: Checks, groups: Groups, units: _Units) -> list[int]:
    """What each unit's content touches, a bit a topic."""
    own = [topics(content, groups) for content in checks.contents]
    bit = {topic: 1 << i for i, topic in enumerate(sorted({t for each in own for t in each}, key=str))}
    masks = [sum(bit[topic] for topic in each) for each in own]
    of_row = list(map(masks.__getitem__, checks.item_codes[units.rows].tolist()))
    if len(units) == len(of_row):
        return of_row
    return [_union(of_row[begin:end]) for begin, end in pairwise(units.begins.tolist())]


def _union(masks: Sequence[int]) -> int:
    found = 0
    for mask in masks:
        found |= mask
    return found


# ---- the rule


@frozen(eq=False)
class _Opened:
    """Visits as they fill up, numbered as they were opened.

    Args:
        visit: of each unit.
        lead: the unit that leads each visit: the first one with a plan, else the first one.
        starts, ends, times, mask: of each visit; days as they are counted, what its anchor touches, how often it comes.
        plans: that each visit serves.
    """

    visit: list[int] = field(factory=list)
    lead: list[int] = field(factory=list)
    starts: list[int] = field(factory=list)
    ends: list[int] = field(factory=list)
    times: list[int] = field(factory=list)
    mask: list[int] = field(factory=list)
    plans: list[tuple[int, ...]] = field(factory=list)

    def open(self, unit: int, starts: int, ends: int, times: int, mask: int, plans: tuple[int, ...]) -> None:
        self.visit.append(len(self.lead))
        self.lead.append(unit)
        self.starts.append(starts)
        self.ends.append(ends)
        self.times.append(times)
        self.mask.append(mask)
        self.plans.append(plans)

    def join(self, visit: int, unit: int, starts: int, ends: int, plans: tuple[int, ...]) -> None:
        self.visit.append(visit)
        self.starts[visit] = max(self.starts[visit], starts)
        self.ends[visit] = min(self.ends[visit], ends)
        if plans:
            self.lead[visit] = self.lead[visit] if self.plans[visit] else unit
            self.plans[visit] += plans

    def best(self, first: int, starts: int, ends: int, mask: int, plans: tuple[int, ...], days: int) -> int:
        """The visit to join, from `first` on, or -1; as they were opened, the most frequent anchors come first."""
        found, most = -1, days - 1
        for visit in range(first, len(self.lead)):
            if found >= 0 and self.times[visit] < self.times[found]:
                break
            common = min(self.ends[visit], ends) - max(self.starts[visit], starts) + 1
            if common > most and mask & self.mask[visit] and not (plans and plans[0] in self.plans[visit]):
                found, most = visit, common
        return found


def _opened(units: _Units, masks: Sequence[int], spans: tuple[Days, Days], days: int) -> _Opened:
    """Rule 3, enterprise by enterprise; `spans` are the windows in the days that are counted, working ones or all."""
    columns = (units.enterprise, units.plan, *spans, units.times)
    rows = zip(*(column.tolist() for column in columns), masks, strict=True)
    opened = _Opened()
    shared: dict[int, tuple[int, ...]] = {_UNPLANNED: ()}
    last, first = -1, 0
    for unit, (enterprise, plan, starts, ends, times, mask) in enumerate(rows):
        plans = shared.setdefault(plan, (plan,))
        alone = enterprise != last
        if alone:
            last, first = enterprise, len(opened.lead)
        visit = -1 if alone else opened.best(first, starts, ends, mask, plans, days)
        if visit < 0:
            opened.open(unit, starts, ends, times, mask, plans)
        else:
            opened.join(visit, unit, starts, ends, plans)
    return opened


# ---- what comes of it


def _numbered(checks: Checks, units: _Units, opened: _Opened) -> Errands:
    """The visits in their order: enterprise, first day, last day, as they were opened."""
    lead = np.array(opened.lead, dtype=np.intp)
    starts, ends = _windows(units, opened)
    order = np.lexsort((ends, starts, units.enterprise[lead]))
    place = np.empty(len(order), dtype=np.intp)
    place[order] = np.arange(len(order))
    visit = np.empty(len(checks), dtype=np.intp)
    visit[units.rows] = np.repeat(place[np.array(opened.visit, dtype=np.intp)], np.diff(units.begins))
    leading = units.rows[units.begins[:-1][lead[order]]]
    return Errands(
        checks,
        read_only(visit),
        _texts(checks.enterprise, checks.enterprise.codes[leading]),
        read_only(starts[order]),
        read_only(ends[order]),
        _texts(checks.department, checks.department.codes[leading]),
        len(units),
    )


def _windows(units: _Units, opened: _Opened) -> tuple[Days, Days]:
    """The first and the last day that all units of each visit have in common."""
    visit = np.array(opened.visit, dtype=np.intp)
    lead = np.array(opened.lead, dtype=np.intp)
    starts, ends = units.starts[lead], units.ends[lead]
    np.maximum.at(starts, visit, units.starts)
    np.minimum.at(ends, visit, units.ends)
    return starts, ends


def _texts(column: Coded, codes: NDArray[np.integer]) -> tuple[str, ...]:
    return tuple(map(column.values.__getitem__, codes.tolist()))


def _led(merged: Errands, order: tuple[str, ...]) -> tuple[str, ...]:
    """Rule 4: the first department in `order` that takes part, else the one that leads anyway."""
    return tuple(
        next((name for name in order if name in present), lead)
        for lead, present in zip(merged.leads, merged.departments, strict=True)
    )


def _codes_of(visit: Codes, codes: NDArray[np.integer], values: int, visits: int) -> Iterator[list[int]]:
    """The distinct codes of each visit's checks, ascending."""
    pairs = np.unique(visit * max(values, 1) + codes)
    own, found = pairs // max(values, 1), (pairs % max(values, 1)).tolist()
    bounds = np.searchsorted(own, np.arange(visits + 1)).tolist()
    return (found[begin:end] for begin, end in pairwise(bounds))


def _grouped(visit: Codes, column: Coded, visits: int) -> Names:
    """The distinct values of each visit's checks, in byte order; an empty text is none."""
    values = column.values
    single = [(value,) if value else () for value in values]  # most visits have one: shared
    return tuple(
        single[own[0]] if len(own) == 1 else tuple([values[code] for code in own if values[code]])
        for own in _codes_of(visit, column.codes, len(values), visits)
    )


def _day_texts(days: Days) -> list[str | int | bool]:
    found, place = np.unique(days, return_inverse=True)
    return list(map([day_text(number) for number in found.tolist()].__getitem__, place.reshape(-1).tolist()))


def _joined(names: Names) -> list[str | int | bool]:
    return [SEPARATOR.join(own) for own in names]
