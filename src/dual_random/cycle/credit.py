"""Credit-risk classes (信用风险分类) updated by the results of visits, with an audit trail.

Who is found with problems is checked more, who is found clean again and again is checked less: by a rule that is
data, one step a round at the most, and with a note for every change that names its evidence, so that an enterprise can
hold its class against its own visits.
"""

import re
from collections.abc import Sequence
from typing import Final, Literal, TypeAlias

import numpy as np
from attrs import field, frozen
from numpy.typing import NDArray

from dual_random.cycle.facts import word_flags
from dual_random.cycle.limits import order_faults
from dual_random.cycle.logs import Log, LogTable, as_log
from dual_random.cycle.terms import translated
from dual_random.cycle.vocabulary import RANDOM, mode_faults
from dual_random.dates import DAY, day, day_faults
from dual_random.errors import Columns, InputError, Lang, Note, notes_table
from dual_random.forms import choice_faults, kind_faults, listed, positive_faults, refuse, words
from dual_random.registers import Register
from dual_random.tables import SEPARATOR
from dual_random.teams import rows_of
from dual_random.text import shown, text_faults

Untraceable: TypeAlias = Literal["problem", "break", "ignore"]
Numbers: TypeAlias = NDArray[np.int64]

COLUMN: Final = "risk"
RUN: Final = "clean_run"
_NONE, _UNTRACEABLE, _PROBLEM = 0, 1, 2  # from the mildest result to the gravest
_GRAVITY: Final = {"none": _NONE, "untraceable": _UNTRACEABLE, "problem": _PROBLEM}
_TOLD: Final = 5  # visits named in a note
_LINES: Final = 10  # changes in the text of a reclassification
_ALL: Final = "all modes"
_NEVER: Final = 2**62
_RUN: Final = re.compile(r"0|[1-9][0-9]{0,8}", re.ASCII)


@frozen(kw_only=True)
class CreditRule:
    """How results of visits move an enterprise from class to class; never more than one step a round.

    Args:
        order: the classes, from the least risk to the greatest, e.g. ``["A", "B", "C", "D"]``.
        worse_after: visits with a problem in the round for one class worse.
        better_after: visits without one in a row, over as many rounds as it takes, for one class better. The run begins
            anew after every problem and every change of class.
        worse_by: modes of visits whose problems count; empty: of all, for a problem is one however it was found.
        better_by: modes of visits that count where nothing was found; empty: all. Whom an authority chose to visit it
            could choose to find clean, so by default only visits that were drawn do. Of a log without a column ``mode``
            all visits count.
        untraceable: what a visit counts that did not find the enterprise (查无下落): as a ``"problem"``; as a
            ``"break"``, after which the run begins anew; or nothing, ``"ignore"``.

    Raises:
        InputError: with all faults.

    >>> CreditRule(order=["A", "B", "C", "D"]).better_after
    3
    """

    order: tuple[str, ...] = field(converter=listed)
    worse_after: int = 1
    better_after: int = 3
    worse_by: tuple[str, ...] = field(default=(), converter=words)
    better_by: tuple[str, ...] = field(default=(RANDOM,), converter=words)
    untraceable: Untraceable = "break"

    def __attrs_post_init__(self) -> None:
        refuse(
            [
                *order_faults(self.order),
                *positive_faults(self.worse_after, "worse_after"),
                *positive_faults(self.better_after, "better_after"),
                *mode_faults(self.worse_by, "worse_by"),
                *mode_faults(self.better_by, "better_by"),
                *choice_faults(self.untraceable, Untraceable, "untraceable"),
            ]
        )

    @property
    def note(self) -> Note:
        """The rule in a sentence."""
        told: dict[str, str | int] = {"worse": self.worse_after, "better": self.better_after}
        told |= {"worse_by": SEPARATOR.join(self.worse_by) or _ALL, "better_by": SEPARATOR.join(self.better_by) or _ALL}
        return Note("credit-rule", "", {**told, "order": " < ".join(self.order), "untraceable": self.untraceable})


@frozen(kw_only=True, repr=False)
class Reclassification:
    """New classes, and why each changed; made by `reclassify`.

    Args:
        enterprises: the register with the new classes, and the runs of visits without a problem.
        changes: a note for each enterprise whose class changed, in byte order of id: from, to, evidence, day.
        unlisted: a note for each enterprise that was visited and is not in the register.
        rule: by which they changed.
        since, effective: the days within which visits are evidence: from the first on, before the second.
    """

    enterprises: Register
    changes: tuple[Note, ...] = field(converter=listed)
    unlisted: tuple[Note, ...] = field(converter=listed)
    rule: CreditRule
    since: str
    effective: str

    @property
    def notes(self) -> tuple[Note, ...]:
        """The audit trail: the rule, then every change."""
        return (self.rule.note, *self.changes)

    def table(self, *, lang: Lang = "en") -> Columns:
        """The audit trail as a flat table: code, at, text."""
        return notes_table([translated(note, lang) for note in self.notes], lang)

    def text(self, lang: Lang = "en") -> str:
        """The rule, how many changed, and the first ten of them; `notes` and `table` have all."""
        told = {"changes": len(self.changes), "enterprises": len(self.enterprises), "unlisted": len(self.unlisted)}
        lines = [self.rule.note, Note("reclassified", "", {**told, "effective": self.effective})]
        more = len(self.changes) - _LINES
        lines += [*self.changes[:_LINES], *([Note("more-in-table", "", {"count": more})] if more > 0 else [])]
        return "\n".join(translated(note, lang).text(lang) for note in lines)

    def __str__(self) -> str:
        return self.text()

    def __repr__(self) -> str:
        told = f"{len(self.changes)} of {len(self.enterprises)} enterprises change their class on {self.effective}"
        return f"Reclassification({told}, {len(self.unlisted)} visited ones unlisted)"


def reclassify(
    enterprises: Register,
    log: LogTable,
    rule: CreditRule,
    *,
    effective: str,
    since: str = "",
    column: str = COLUMN,
    run: str = RUN,
) -> Reclassification:
    """Classes changed by the results of visits from `since` on, before `effective`.

    A round is such a stretch of days. Rounds that follow one another (the next one's `since` is this one's `effective`)
    use every visit once. A visit has the gravest result of its departments, on the day of the first arrival; visits
    that are not carried out, have no result yet, or are of a mode that the rule does not count are no evidence. In a
    round

    - `worse_after` problems or more: one class worse, whatever was clean before or after;
    - else a run of `better_after` clean visits or more, those of earlier rounds included: one class better;
    - the worst class gets no worse, the best no better.

    The order of rows decides nothing. Of visits at the same time the gravest counts as the last.

    Args:
        enterprises: the register with the classes, and with the runs so far (without that column all are 0).
        log: visits with ``result`` and ``arrived``; and with ``mode``, if the rule is to count some modes only.
        rule: the rule.
        effective: the day from which the new classes hold, as ISO text.
        since: the first day of the round; empty: all visits before `effective`.
        column: of the classes.
        run: of the visits without a problem in a row, as text ``"0"``, ``"1"``, …; added if the register has none.

    Returns:
        The register with the new classes and runs, a note for each change, and who was visited and is not listed.

    Raises:
        InputError: classes that the rule does not know, runs that are no numbers, a log without results, days that are
            none or contradict each other; all at once.

    >>> enterprises = Register({"id": ["E1", "E2", "E3"], "risk": ["B", "B", "D"]}, id="id", columns=["risk"])
    >>> log = {"visit": ["V1", "V2", "V3", "V4"], "enterprise": ["E1", "E2", "E2", "E3"], "department": ["消防"] * 4,
    ...        "arrived": ["2024-07-01", "2024-07-02", "2024-08-02", "2024-07-03"],
    ...        "result": ["problem", "none", "none", "problem"]}
    >>> rule = CreditRule(order=["A", "B", "C", "D"], better_after=2)
    >>> found = reclassify(enterprises, log, rule, since="2024-07-01", effective="2024-10-01")
    >>> for note in found.changes:
    ...     print(note)
    E1: B becomes C on 2024-10-01: of 1 visits 1 with a problem (V1), 0 untraceable
    E2: B becomes A on 2024-10-01: the last 2 visits without a problem, 2 of them in this round (V2, V3)
    >>> [found.enterprises.value(name, "risk") for name in found.enterprises]
    ['C', 'A', 'D']
    """
    faults = kind_faults(enterprises, Register, "enterprises") + kind_faults(rule, CreditRule, "rule")
    refuse(faults + _argument_faults(effective, since, column, run))
    classes, faults = _classes(enterprises, rule, column)
    runs, run_faults = _runs(enterprises, run)
    read, log_faults = _read_log(log)
    refuse(faults + run_faults + log_faults)
    seen = _Seen.of(read, enterprises, rule, day(since) if since else 0, day(effective))
    worse = seen.problems >= rule.worse_after
    lasting = np.where(seen.broken, seen.clean, runs + seen.clean)
    better = ~worse & (lasting >= rule.better_after) & (classes > 0) & (seen.visits > 0)
    worse &= classes < len(rule.order) - 1
    moved = classes + worse - better
    lasting = np.where(worse | better, 0, lasting)
    trail = _Trail(enterprises, seen, rule, classes, runs, effective)
    changes = [trail.note(row, bool(worse[row])) for row in np.flatnonzero(worse | better).tolist()]
    values, codes = np.unique(lasting, return_inverse=True)
    made = enterprises.filled(column, moved, rule.order)
    made = made.filled(run, codes.reshape(-1), [str(value) for value in values.tolist()])
    return Reclassification(
        enterprises=made, changes=changes, unlisted=seen.unlisted, rule=rule, since=since, effective=effective
    )


# ---- what was found


@frozen(eq=False)
class _Seen:
    """The evidence of a round: by row of the register in counts, and visit by visit.

    Args:
        visits, problems, untraceable: by row.
        clean: by row, visits without a problem since the last that broke the run, or in all.
        broken: by row, whether a visit broke the run.
        begins: where each row's visits begin in the three that follow; one place more than rows.
        moments, gravity, ids: of every visit, by row of the register, then in the order in which they count.
        unlisted: visited, and not in the register.
    """

    visits: Numbers
    problems: Numbers
    untraceable: Numbers
    clean: Numbers
    broken: NDArray[np.bool_]
    begins: Numbers
    moments: Numbers
    gravity: Numbers
    ids: Sequence[str]
    unlisted: tuple[Note, ...]

    @classmethod
    def of(cls, log: Log, enterprises: Register, rule: CreditRule, first: int, end: int) -> "_Seen":
        """The visits from one day on, before another."""
        numbers, rows, moments, gravity, unlisted = _visits(log, enterprises, rule, first, end)
        order = np.lexsort((gravity, moments, rows))
        rows, gravity = rows[order], gravity[order]
        size = len(enterprises)

        def counted(chosen: NDArray[np.bool_]) -> Numbers:
            return np.bincount(rows[chosen], minlength=size).astype(np.int64)

        bad = gravity >= (_UNTRACEABLE if rule.untraceable == "problem" else _PROBLEM)
        breaks = bad | ((gravity == _UNTRACEABLE) & (rule.untraceable == "break"))
        last = np.full(size, -1, dtype=np.int64)
        np.maximum.at(last, rows[breaks], np.flatnonzero(breaks))
        visits = counted(np.ones(len(rows), dtype=np.bool_))
        return cls(
            visits=visits,
            problems=counted(bad),
            untraceable=counted(gravity == _UNTRACEABLE),
            clean=counted((gravity == _NONE) & (np.arange(len(rows)) > last[rows])),
            broken=last >= 0,
            begins=np.concatenate([[0], np.cumsum(visits)]),
            moments=moments[order],
            gravity=gravity,
            ids=[log.visit_ids[number] for number in numbers[order].tolist()],
            unlisted=unlisted,
        )

    def of_row(self, row: int) -> list[tuple[str, int]]:
        """The visits of an enterprise and their results, in the order in which they count, alike ones by id."""
        own = range(int(self.begins[row]), int(self.begins[row + 1]))
        ordered = sorted((int(self.moments[i]), int(self.gravity[i]), self.ids[i]) for i in own)
        return [(visit, gravity) for _, gravity, visit in ordered]


def _visits(
    log: Log, enterprises: Register, rule: CreditRule, first: int, end: int
) -> tuple[Numbers, Numbers, Numbers, Numbers, tuple[Note, ...]]:
    """The visits that are evidence: number, row of the register, first arrival, gravest result; and who is unlisted."""
    results, words = log.codes("result")
    arrived = log.seconds("arrived")
    count = len(log.visit_ids)
    gravity = np.full(count, -1, dtype=np.int64)
    np.maximum.at(gravity, log.visits, np.array([_GRAVITY.get(word, -1) for word in words], dtype=np.int64)[results])
    moments = np.full(count, _NEVER, dtype=np.int64)
    np.minimum.at(moments, log.visits[arrived >= 0], arrived[arrived >= 0])
    codes, names = log.codes("enterprise")
    enterprise = np.zeros(count, dtype=np.int64)
    enterprise[log.visits] = codes
    counts = np.where(gravity == _NONE, _of_modes(log, rule.better_by), _of_modes(log, rule.worse_by))
    chosen = counts & (gravity >= 0) & (moments >= first * DAY) & (moments < end * DAY)
    row_of = rows_of(enterprises, names).astype(np.int64)
    rows = row_of[enterprise]
    strange = np.bincount(enterprise[chosen & (rows < 0)], minlength=len(names)).tolist()
    unlisted = tuple(Note("visited-unlisted", name, {"visits": n}) for name, n in zip(names, strange, strict=True) if n)
    numbers = np.flatnonzero(chosen & (rows >= 0))
    return numbers, rows[numbers], moments[numbers], gravity[numbers], unlisted


def _of_modes(log: Log, modes: Sequence[str]) -> NDArray[np.bool_]:
    """The visits of some modes; all, if none is named or the log does not tell."""
    if not modes or "mode" not in log.columns:
        return np.ones(len(log.visit_ids), dtype=np.bool_)
    found = np.zeros(len(log.visit_ids), dtype=np.bool_)
    found[log.visits] = word_flags(log, "mode", *modes)
    return found


# ---- the trail


@frozen(eq=False)
class _Trail:
    """What is told of an enterprise whose class changes."""

    enterprises: Register
    seen: _Seen
    rule: CreditRule
    classes: Numbers
    runs: Numbers
    effective: str

    def note(self, row: int, worse: bool) -> Note:
        order, place = self.rule.order, int(self.classes[row])
        told: dict[str, str | int] = {"before": order[place], "effective": self.effective}
        told |= {"after": order[place + (1 if worse else -1)]}
        name = self.enterprises.id_bytes(row).decode()
        visits, seen = self.seen.of_row(row), self.seen
        if worse:
            bad = _UNTRACEABLE if self.rule.untraceable == "problem" else _PROBLEM
            told |= {"visits": len(visits), "problems": int(seen.problems[row])}
            told |= {"untraceable": int(seen.untraceable[row]), "which": _named([v for v, g in visits if g >= bad])}
            return Note("class-worse", name, told)
        own = int(seen.clean[row])
        carried = 0 if seen.broken[row] else int(self.runs[row])
        clean = [visit for visit, gravity in visits if gravity == _NONE][-own:] if own else []
        told |= {"run": carried + own, "visits": own, "which": _named(clean)}
        return Note("class-better", name, told)


def _named(visits: Sequence[str]) -> str:
    """Some visits by their ids, the latest if there are many."""
    told = ", ".join(visits[-_TOLD:]) or "–"
    return told if len(visits) <= _TOLD else f"…, {told}"


# ---- faults


def _argument_faults(effective: object, since: object, column: object, run: object) -> list[Note]:
    faults = text_faults({"column": column, "run": run}) + day_faults(effective, "effective")
    faults += [] if since == "" else day_faults(since, "since")
    if not faults and column == run:
        faults.append(Note("name-repeated", "run", {"name": shown(run)}))
    if not faults and since and str(since) >= str(effective):
        faults.append(Note("round-empty", "since", {"since": str(since), "effective": str(effective)}))
    return faults + [Note("column-id", at) for at, name in (("column", column), ("run", run)) if name == "id"]


def _read_log(log: LogTable) -> tuple[Log, list[Note]]:
    """The log, and the columns that it lacks; a table that is none stops here."""
    read = as_log(log)
    faults: list[Note] = []
    for look, column in ((read.codes, "result"), (read.seconds, "arrived")):
        try:
            look(column)
        except InputError as error:
            faults += [note.under("log") for note in error.faults]
    return read, faults


def _classes(enterprises: Register, rule: CreditRule, column: str) -> tuple[Numbers, list[Note]]:
    """The place of each enterprise's class in the order, and the classes that are not in it."""
    try:
        codes, values = enterprises.codes(column)
    except InputError as error:
        return np.zeros(0, dtype=np.int64), [Note(note.code, "column", note.params) for note in error.faults]
    place = {name: i for i, name in enumerate(rule.order)}
    rows = np.bincount(codes, minlength=len(values)).tolist()
    known = ", ".join(rule.order)
    faults = [
        Note("class-of-rows", f"{column}.{value}", {"value": shown(value), "rows": rows[i], "known": known})
        for i, value in enumerate(values)
        if value not in place
    ]
    return np.array([place.get(value, 0) for value in values], dtype=np.int64)[codes], faults


def _runs(enterprises: Register, run: str) -> tuple[Numbers, list[Note]]:
    """The run of each enterprise so far, and the values that are none."""
    if run not in enterprises.columns:
        return np.zeros(len(enterprises), dtype=np.int64), []
    codes, values = enterprises.codes(run)
    wrong = [value for value in values if not _RUN.fullmatch(value)]
    faults = [Note("run-form", f"{run}.{value}", {"value": shown(value)}) for value in wrong]
    return np.array([0 if value in wrong else int(value) for value in values], dtype=np.int64)[codes], faults
