"""Which rates a log cannot give, and why: what each of them needs, stated once and read by whoever counts them.

A rate whose columns are missing is left out, since nothing is known of it. Nobody sees what is not there, and a
column under a slightly other name is missing as well; so what was left out can be asked for, with its reasons.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from attrs import frozen

from dual_random.cycle.grouping import DEPARTMENT, WHOLE, by_faults, log_for
from dual_random.cycle.logs import COLUMNS, MONTH, Log, LogTable
from dual_random.cycle.terms import (
    CREDIT_RULES,
    INDICATORS,
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
    term,
)
from dual_random.cycle.vocabulary import LISTS, looks_like
from dual_random.errors import Lang, Note
from dual_random.forms import Words, refuse, words
from dual_random.rates import DOUBLE_RANDOM_SHARE, JOINT_SAMPLING_RATE

_ROWS: Final = (DEPARTMENT, *LISTS)  # groups of which one visit may have several
_LISTED_BY: Final = (WHOLE, DEPARTMENT, MONTH, "plan")  # `Rate.pool` knows of each whether items and tasks are disjoint
_SHOWN: Final = 10


@frozen
class _Need:
    """What a rate cannot do without.

    Args:
        columns: of each tuple the log needs one.
        arguments: of `indicators`.
        hours: whether some arrival has a time of day.
    """

    columns: tuple[tuple[str, ...], ...]
    arguments: tuple[str, ...] = ()
    hours: bool = False


_NEEDS: Final[Mapping[str, _Need]] = {
    DOUBLE_RANDOM_SHARE: _Need((("mode",),)),
    JOINT_SAMPLING_RATE: _Need((("mode",),)),
    JOINT_IMPLEMENTATION: _Need((("arrived", "result"),)),
    TRULY_JOINT: _Need((("arrived",),), hours=True),
    PROBLEM_DETECTION: _Need((("result",),)),
    OF_MODES: _Need((("result",), ("mode",))),
    UNTRACEABLE: _Need((("result",),)),
    INTERRUPTIONS_AVOIDED: _Need((("arrived", "result"),)),
    ITEM_COVERAGE: _Need((("items",), ("mode",)), ("items",)),
    MOBILE: _Need((("mobile",), ("onsite",))),
    CREDIT_RULES: _Need((("rules",), ("plan",))),
    ON_TIME: _Need((("due",), ("arrived",))),
    PUBLISHED_ON_TIME: _Need((("published",), ("arrived",)), ("working_days",)),
    PLANNED: _Need((("plan",),)),
}


@frozen
class LeftOut:
    """A rate that `indicators` does not give, and why; made by `left_out`.

    Args:
        name: of the indicator.
        reasons: why, as data: columns that the log has not, arguments that were not given, groups that it is not
            counted by.
    """

    name: str
    reasons: tuple[Note, ...]

    def text(self, lang: Lang = "en") -> str:
        """The name and the reasons in English or Chinese."""
        colon, semicolon = (": ", "; ") if lang == "en" else ("\uff1a", "\uff1b")
        return term(self.name, lang) + colon + semicolon.join(note.text(lang) for note in self.reasons)

    def __str__(self) -> str:
        return self.text()


def left_out(log: LogTable, *, by: str = "", items: Words = (), working_days: Words = ()) -> tuple[LeftOut, ...]:
    """The rates that `indicators` leaves out, each with what it lacks, and the columns whose names are nearly right.

    Nothing missing makes a rate zero, and nothing misspelt passes unseen: ``publish`` for ``published`` leaves a rate
    out, and stands here.

    Args:
        log, by, items, working_days: as `indicators` gets them. What a table calls its other columns is known of a
            table, and of a `Log` that was made of one that tells.

    Returns:
        In the order of the indicators; empty if none is left out. The rates of single modes are one entry.

    Raises:
        InputError: faults of the log; a group that is no name.

    >>> log = {"visit": ["V1"], "enterprise": ["E1"], "department": ["市监"], "mode": ["random"], "plan": [""],
    ...        "arrived": ["2024-07-01T09:00"], "Result": ["none"], "items": ["证照"], "due": [""], "rules": ["no"],
    ...        "mobile": ["yes"], "onsite": ["yes"]}
    >>> for each in left_out(log, items=["证照"]):
    ...     print(each)
    problem-detection rate: the log lacks result, but the table has Result: rename it if it is that
    problem-detection rate of each mode: the log lacks result, but the table has Result: rename it if it is that
    untraceable share: the log lacks result, but the table has Result: rename it if it is that
    published-on-time rate: the log lacks published: add what is missing; this was not given: working_days
    """
    refuse(by_faults(by))
    kept = log_for(log, by)
    arguments = given(words(items), words(working_days))
    found = [(name, reasons(kept, name, by, arguments)) for name in _NEEDS]
    return tuple(LeftOut(name, why) for name, why in found if why)


def given(items: Sequence[object], working_days: Sequence[object]) -> frozenset[str]:
    """The arguments that some rates need, as far as they were given."""
    return frozenset(name for name, value in (("items", items), ("working_days", working_days)) if value)


def reasons(log: Log, name: str, by: str, arguments: frozenset[str]) -> tuple[Note, ...]:
    """Why a log does not give a rate; empty if it does.

    Args:
        log: the log.
        name: of an indicator, or of that of one mode.
        by: the groups.
        arguments: those that were given, of those that some rates need.
    """
    need = _NEEDS[base(name)]
    missing = [several for several in need.columns if not set(several) & set(log.columns)]
    notes = column_notes(missing, log.unread)
    if need.hours and not missing and not log.timed("arrived").any():
        notes.append(Note("indicator-without-hours"))
    ungiven = [argument for argument in need.arguments if argument not in arguments]
    notes += [Note("indicator-without-arguments", "", {"arguments": ", ".join(ungiven)})] if ungiven else []
    return (*notes, *([] if _counted_by(base(name), by) else [Note("indicator-not-by", "", {"by": by})]))


def _counted_by(name: str, by: str) -> bool:
    """Whether a rate is given for the groups."""
    if name == INTERRUPTIONS_AVOIDED:
        return by not in _ROWS
    if name in (ITEM_COVERAGE, CREDIT_RULES):
        return by in _LISTED_BY
    return name != OF_MODES or by != "mode"


def column_notes(missing: Sequence[tuple[str, ...]], unread: Sequence[str]) -> list[Note]:
    """What the log lacks, and what of the table may be meant for it."""
    if not missing:
        return []
    told = {"columns": ", ".join(" / ".join(several) for several in missing)}
    like = [name for name in unread if any(looks_like(name, column) for several in missing for column in several)]
    if like:
        return [Note("indicator-column-like", "", {**told, "like": ", ".join(like[:_SHOWN])})]
    strange = [name for name in unread if not any(looks_like(name, column) for column in COLUMNS)]
    if strange:
        return [Note("indicator-column-unread", "", {**told, "unread": ", ".join(strange[:_SHOWN])})]
    return [Note("indicator-without-columns", "", told)]


def only_faults(log: Log, only: Sequence[str], by: str, arguments: frozenset[str]) -> list[Note]:
    """Why rates that were asked for by name cannot be given."""
    known = ", ".join([*INDICATORS, f"{PROBLEM_DETECTION}: \u2026"])
    faults: list[Note] = []
    for i, name in enumerate(only):
        if base(name) in _NEEDS and name != OF_MODES:
            faults += [Note(why.code, f"only ({name})", why.params) for why in reasons(log, name, by, arguments)]
        else:
            faults.append(Note("indicator-name-unknown", f"only[{i}]", {"name": name, "known": known}))
    return faults
