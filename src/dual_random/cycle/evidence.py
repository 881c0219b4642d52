"""What the rules on quality read, and what they say: a log beside its draws, settings, findings with evidence.

A rule is a function from `Facts` to `Found`. It finds only what the log and the records show; where a cell is empty, it
finds nothing and tells how much it could not look at.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Final, TypeAlias, TypeVar, cast

import numpy as np
from attrs import field, frozen
from numpy.typing import NDArray

from dual_random.cycle.calendars import Calendar, Span, Window, iso_window, read_span
from dual_random.cycle.contradictions import time_text
from dual_random.cycle.facts import carried_out, joint_visits
from dual_random.cycle.logs import Log
from dual_random.cycle.matching import Matching
from dual_random.cycle.vocabulary import mode_faults
from dual_random.dates import day, day_faults
from dual_random.errors import InputError, Note
from dual_random.forms import count_faults, kind_faults, positive_faults, refuse, words
from dual_random.registers import Register
from dual_random.tables import SEPARATOR
from dual_random.text import shown, text_fault, text_faults

Flags: TypeAlias = NDArray[np.bool_]
Numbers: TypeAlias = NDArray[np.int64]
Period: TypeAlias = tuple[str, str]  # number of the plan, name of the period
Spans: TypeAlias = Mapping[str | Period, Span]
Params: TypeAlias = dict[str, str | int]
Kept = TypeVar("Kept")

MINUTE: Final = 60  # seconds
DEREGISTERED: Final = ("注销", "已注销", "吊销", "已吊销")
PLAIN_FINDINGS: Final = (
    *("无", "无问题", "正常", "合格", "符合", "符合要求", "通过", "未见异常", "未发现异常", "未发现问题"),
    *("none", "ok", "normal", "no problem", "no problems", "no problems found", "passed", "compliant"),
)
_STOPS: Final = " .。!！"


# ---- what counts


@frozen(kw_only=True, eq=False)
class Settings:
    """What counts as low quality; the arguments of `low_quality`, which explains them."""

    together: int
    shortest: int
    longest: int
    least_inspectors: int
    copies: int
    publish_within: int
    deregistered: tuple[str, ...] = field(converter=words)
    plain_findings: tuple[str, ...] = field(converter=words)
    without_plan: tuple[str, ...] = field(converter=words)
    as_of: str
    working_days: Calendar | Iterable[str]
    periods: Spans
    register: Register | None
    status_column: str
    _spans: dict[Period, tuple[int, int] | None] = field(factory=dict, init=False)  # filled when asked for

    def __attrs_post_init__(self) -> None:
        counts = ("together", "shortest", "longest", "least_inspectors", "publish_within")
        faults = [note for name in counts for note in count_faults(getattr(self, name), name)]
        faults += positive_faults(self.copies, "copies")
        if not faults and self.shortest > self.longest:
            faults.append(Note("bounds-crossed", "longest", {"low": self.shortest, "high": self.longest}))
        faults += text_faults({f"deregistered[{i}]": word for i, word in enumerate(self.deregistered)})
        faults += text_faults({f"plain_findings[{i}]": word for i, word in enumerate(self.plain_findings)})
        faults += mode_faults(self.without_plan, "without_plan")
        faults += [] if self.as_of == "" else day_faults(self.as_of, "as_of")
        refuse(faults + self._calendar_faults() + _span_faults(self.periods) + self._register_faults())

    def _calendar_faults(self) -> list[Note]:
        try:
            _ = self.calendar
        except InputError as error:
            return list(error.faults)
        return []

    def _register_faults(self) -> list[Note]:
        if self.register is None:
            return []
        faults = kind_faults(self.register, Register, "register")
        if faults or self.status_column in self.register.columns:
            return faults
        known = ", ".join(self.register.columns) or "–"
        return [Note("column-unknown", "status_column", {"column": shown(self.status_column), "known": known})]

    @cached_property
    def calendar(self) -> Calendar | None:
        """The working days; None if none are given."""
        if isinstance(self.working_days, Calendar):
            return self.working_days
        days = words(self.working_days)
        return Calendar(days) if days else None

    @property
    def given(self) -> frozenset[str]:
        """The arguments without which some rules cannot look at anything, as far as they were given."""
        told = {"as_of": self.as_of, "working_days": self.calendar, "register": self.register}
        return frozenset(name for name, value in told.items() if value not in ("", None))

    @cached_property
    def last_day(self) -> int:
        """The number of the day up to which the log is complete."""
        return day(self.as_of)

    def span(self, plan: str, period: str) -> tuple[int, int] | None:
        """The first and the last day of a period: as given for this plan, as given for all, or as its own name tells.

        None if they are unknown.
        """
        if (plan, period) not in self._spans:
            window = self._window(plan, period)
            self._spans[plan, period] = None if window is None else (day(window.first), day(window.last))
        return self._spans[plan, period]

    def _window(self, plan: str, period: str) -> Window | None:
        keys: tuple[str | Period, ...] = ((plan, period), period)
        for key in keys:
            if key in self.periods:
                return read_span(self.periods[key], "periods")
        return iso_window(period)

    def is_plain(self, text: str) -> bool:
        """Whether a written result says no more than that nothing was found."""
        return not text or text.strip(_STOPS).casefold() in self._plain

    @cached_property
    def _plain(self) -> frozenset[str]:
        return frozenset(text.strip(_STOPS).casefold() for text in self.plain_findings)


def _span_faults(periods: object) -> list[Note]:
    """Why spans of periods cannot be used."""
    if not isinstance(periods, Mapping):
        return [Note("plan-shape", "periods", {"rule": '{"7月": "2024-07"}', "value": shown(periods)})]
    faults: list[Note] = []
    for key, span in periods.items():
        names = key if isinstance(key, tuple) and len(key) == len(("plan", "period")) else (key,)
        at = f"periods.{'.'.join(map(str, names))}"
        faults += [note for name in names if (note := text_fault(name, at)) is not None]
        try:
            read_span(span, at)
        except InputError as error:
            faults += error.faults
    return faults


# ---- what a rule says


@frozen(eq=False)
class Found:
    """What one rule found.

    Args:
        checked: how many visits, checks or texts it looked at.
        findings: in any order.
        unchecked: what it could not look at, for want of cells.
    """

    checked: int
    findings: list[Note]
    unchecked: list[Note] = field(factory=list)


def blind(code: str, rows: Flags | int) -> list[Note]:
    """That a rule could not look at some rows; nothing if there are none."""
    count = int(np.count_nonzero(rows)) if isinstance(rows, np.ndarray) else rows
    return [Note(code, "", {"count": count})] if count else []


def joined(names: Iterable[str]) -> str:
    """Names in one text, each once, in byte order."""
    return SEPARATOR.join(sorted(set(names)))


# ---- what a rule reads


@frozen(eq=False)
class Facts:
    """A log beside its draws, and the limits: what every rule reads."""

    log: Log
    matching: Matching
    settings: Settings
    _texts: dict[str, list[str]] = field(factory=dict, init=False)  # filled when asked for
    _found: dict[object, object] = field(factory=dict, init=False)

    def once(self, find: Callable[["Facts"], Kept]) -> Kept:
        """What a function finds, which several rules ask for; found once."""
        if find not in self._found:
            self._found[find] = find(self)
        return cast(Kept, self._found[find])

    def has(self, column: str) -> bool:
        """Whether the log has a column."""
        return column in self.log.columns

    def flags(self, column: str, values: Iterable[str]) -> Flags:
        """The rows with one of some values in a column; none if the log has not the column."""
        if not self.has(column):
            return np.zeros(len(self.log), dtype=np.bool_)
        codes, known = self.log.codes(column)
        wanted = frozenset(values)
        return cast(Flags, np.array([value in wanted for value in known], dtype=np.bool_)[codes])

    def texts(self, column: str) -> list[str]:
        """A column of text, row by row; empty text if the log has not the column."""
        if column not in self._texts:
            codes, values = self.log.codes(column) if self.has(column) else (np.zeros(len(self.log), np.uint8), ("",))
            self._texts[column] = [values[code] for code in codes.tolist()]
        return self._texts[column]

    def cell(self, column: str, row: int) -> str:
        """One cell of text; empty if the log has not the column."""
        return self.texts(column)[row]

    @cached_property
    def visit_of(self) -> list[str]:
        """The visit of each row."""
        return [self.log.visit_ids[number] for number in self.log.visits.tolist()]

    @cached_property
    def arrived(self) -> Numbers:
        """When the department arrived, in seconds; -1 where it did not, or nothing is known of it."""
        return self._seconds("arrived")

    @cached_property
    def left(self) -> Numbers:
        """When it left; -1 where nothing is known of it."""
        return self._seconds("left")

    def _seconds(self, column: str) -> Numbers:
        return self.log.seconds(column) if self.has(column) else np.full(len(self.log), -1, dtype=np.int64)

    @cached_property
    def done(self) -> Flags:
        """The checks carried out: those with an arrival; in a log without arrivals those with a result, or all."""
        found = carried_out(self.log)
        return np.ones(len(self.log), dtype=np.bool_) if found is None else found

    @cached_property
    def timed(self) -> Flags:
        """The checks of which the hour of arrival is known."""
        return self.log.timed("arrived") if self.has("arrived") else np.zeros(len(self.log), dtype=np.bool_)

    @cached_property
    def lasting(self) -> Flags:
        """The checks of which both hours are known: that of arrival and that of leaving."""
        return self.timed & self.log.timed("left") if self.has("left") else np.zeros(len(self.log), dtype=np.bool_)

    @cached_property
    def untraceable(self) -> Flags:
        """The checks whose result is that nobody was to be found."""
        return self.flags("result", ["untraceable"])

    def arrival(self, row: int) -> str:
        """When a department arrived, as it stands in the log."""
        return time_text(int(self.arrived[row]), timed=bool(self.timed[row]))

    @cached_property
    def joint(self) -> Flags:
        """The checks in visits registered as joint; where the log does not say so, those with two departments."""
        return joint_visits(self.log)[self.log.visits]

    @cached_property
    def crews(self) -> tuple[tuple[str, ...], ...]:
        """Whom each value of the column of inspectors names: each once, in byte order."""
        values = self.log.codes("inspectors")[1] if self.has("inspectors") else ()
        return tuple(
            tuple(sorted({name.strip() for name in value.split(SEPARATOR) if name.strip()})) for value in values
        )

    @cached_property
    def crew_codes(self) -> Numbers:
        """For each row the number of whom it names, in `crews`."""
        return self.log.codes("inspectors")[0].astype(np.int64)

    def crew(self, row: int) -> tuple[str, ...]:
        """Who made a check, as the log names them."""
        return self.crews[int(self.crew_codes[row])]

    @cached_property
    def crew_sizes(self) -> Numbers:
        """For each row how many people the log names."""
        sizes = np.array([len(crew) for crew in self.crews], dtype=np.int64)
        return sizes[self.crew_codes]

    # ---- notes

    def note(self, code: str, rows: Sequence[int], params: Mapping[str, str | int]) -> Note:
        """A finding on some rows of one visit: at the visit, with its enterprise, departments and plan."""
        visit = self.visit_of[rows[0]]
        told: Params = {
            "visit": visit,
            "enterprise": self.cell("enterprise", rows[0]),
            "departments": joined(self.cell("department", row) for row in rows),
            "plan": self.cell("plan", rows[0]),
        }
        return Note(code, visit, {**told, **params})

    def visits_of(self, rows: Flags) -> list[list[int]]:
        """Some rows, visit by visit."""
        found: dict[int, list[int]] = {}
        for row in np.flatnonzero(rows).tolist():
            found.setdefault(int(self.log.visits[row]), []).append(row)
        return list(found.values())

    def count_visits(self, rows: Flags) -> int:
        """How many visits some rows belong to."""
        return len(np.unique(self.log.visits[rows]))
