"""Memory: how often each enterprise was visited before, as a column, and the yearly cap as a condition on it.

A published cap on visits per enterprise and year (since 国办发〔2024〕54号) needs no other draw than any plan has: the
library fills a column of text with the number of earlier visits, and a demand draws among those below the cap. The
column is part of the register, so its digest binds it, and whoever has the earlier records can fill it again.

What it does to chances is not hidden. Among those below the cap everybody of a stratum has n/N, exactly, and the
commitment says so; over the rounds, enterprises with one regulator come to bear more (docs/memory.md, with the cure).
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final, TypeAlias

import numpy as np
from attrs import evolve
from numpy.typing import NDArray

from dual_random.cycle.logs import Log, LogTable, as_log
from dual_random.cycle.vocabulary import mode_faults
from dual_random.dates import day, day_faults
from dual_random.errors import Note
from dual_random.forms import Words, is_count, kind_faults, kinds_faults, listed, refuse, words
from dual_random.plans import Demand, Plan
from dual_random.records import Record
from dual_random.registers import Register
from dual_random.teams import rows_of
from dual_random.text import shown, text_faults

Flags: TypeAlias = NDArray[np.bool_]

COLUMN: Final = "visits"
MOST: Final = 366  # a visit a day


# ---- how often each was visited


def remember(
    enterprises: Register,
    records: Iterable[Record] = (),
    *,
    log: "LogTable | None" = None,
    modes: Words = (),
    since: str = "",
    column: str = COLUMN,
) -> Register:
    """The register with one more column of text: how often each enterprise was visited before.

    A visit counts once, however many departments came. Which column comes out depends on which records and which
    visits are given, not on their order.

    - A record of teams (``plan.staffs``) repeats visits of an earlier record. They are not counted again, and the
      earlier record must be given, too.
    - A record that is given twice, and two records of one commitment, are refused: a commitment has one draw.
    - Of an amended record the visits that stand now count (`Record.current`): nobody was at a firm that was closed, and
      somebody was at the one that took its place.
    - Enterprises that the register does not hold (any more) are left out; `unlisted` tells them.
    - Of a log, the visits that were carried out count, those without a plan included: whoever is visited asks for no
      mode. Where records are given as well, the log's visits of their plans are left out: a visit that was drawn
      counts by its record, carried out or not.

    Args:
        enterprises: the register of the coming round.
        records: earlier records of the same year.
        log: visits that took place: a `Log`, or a table that one can be made of. Without a column ``arrived`` all of
            them count.
        modes: which modes of visits in the log count, e.g. not those that followed a complaint; empty: all.
        since: the first day of visits in the log that count, e.g. ``"2024-01-01"``; empty: all.
        column: the name of the new column.

    Returns:
        A register of the same enterprises; the new column holds ``"0"``, ``"1"``, ``"2"``, …

    Raises:
        InputError: a column that the register has already, records that cannot be counted, a log without the columns
            that `modes` and `since` read; all at once.

    >>> from dual_random import SeedSource, commit, draw
    >>> enterprises = Register({"id": ["E1", "E2", "E3", "E4"]}, id="id", columns=[])
    >>> source = SeedSource(source="双色球", event="2024090期", earliest="2024-08-06T21:15:00+08:00", form="0" * 7)
    >>> plan = Plan(title="抽查", authority="海曙区", number="2024-1", seed=source, demands=[Demand("市监", take=2)])
    >>> first = draw(commit(plan, enterprises), enterprises, seed="0511172").record
    >>> again = remember(enterprises, [first])
    >>> [(name, again.value(name, "visits")) for name in again]
    [('E1', '0'), ('E2', '1'), ('E3', '1'), ('E4', '0')]
    """
    counts = _counted(enterprises, records, log, words(modes), since, _column_faults(enterprises, column))
    names = sorted(counts)
    rows = rows_of(enterprises, names)
    numbers = np.zeros(len(enterprises), dtype=np.int64)
    known = rows >= 0
    numbers[rows[known]] = np.array([counts[name] for name in names], dtype=np.int64)[known]
    values, codes = np.unique(numbers, return_inverse=True)
    return enterprises.filled(column, codes.reshape(-1), [str(value) for value in values.tolist()])


def unlisted(
    enterprises: Register,
    records: Iterable[Record] = (),
    *,
    log: "LogTable | None" = None,
    modes: Words = (),
    since: str = "",
) -> tuple[Note, ...]:
    """Who was visited before and is not in the register: deregistered since, or registered anew under another id.

    Args:
        enterprises: the register of the coming round.
        records, log, modes, since: as in `remember`.

    Returns:
        A note for each enterprise, in byte order of id.

    Raises:
        InputError: as by `remember`.

    >>> log = {"visit": ["V1", "V2"], "enterprise": ["E1", "E9"], "department": ["市监", "市监"]}
    >>> for note in unlisted(Register({"id": ["E1"]}, id="id", columns=[]), log=log):
    ...     print(note.code, note.at, note.params["visits"])
    visited-unlisted E9 1
    """
    counts = _counted(enterprises, records, log, words(modes), since, [])
    names = sorted(counts)
    strange = np.flatnonzero(rows_of(enterprises, names) < 0).tolist()
    return tuple(Note("visited-unlisted", names[i], {"visits": counts[names[i]]}) for i in strange)


def _counted(
    enterprises: object,
    records: Iterable[Record],
    log: "LogTable | None",
    modes: tuple[str, ...],
    since: str,
    faults: list[Note],
) -> Counter[str]:
    """Visits by enterprise, from records and from what took place."""
    faults = kind_faults(enterprises, Register, "enterprises") + faults
    given: tuple[Record, ...] = listed(records)
    faults += kinds_faults(given, Record, "records") or _record_faults(given)
    faults += mode_faults(modes, "modes")
    faults += [] if since == "" else day_faults(since, "since")
    refuse(faults)
    counts = Counter(name for record in given if not record.commitment.plan.staffs for name in _visited(record))
    if log is not None:
        numbers = frozenset(record.commitment.plan.number for record in given)
        counts.update(_carried_out(as_log(log), modes, since, numbers))
    return counts


def _visited(record: Record) -> Iterable[str]:
    """The enterprises of a record's visits as they stand after its amendments."""
    return [visit.enterprise for visit in record.current] if record.amendments else record.enterprises


def _column_faults(enterprises: object, column: object) -> list[Note]:
    faults = text_faults({"column": column})
    if column == "id":
        faults.append(Note("column-id", "column"))
    if isinstance(enterprises, Register) and column in enterprises.columns:
        faults.append(Note("column-taken", "column", {"column": shown(column)}))
    return faults


def _record_faults(records: Sequence[Record]) -> list[Note]:
    """Why records cannot be counted together."""
    first: dict[str, int] = {}
    faults: list[Note] = []
    for i, record in enumerate(records):
        earlier = first.setdefault(record.commitment.digest, i)
        if earlier != i:
            same = records[earlier].drawn.digest == record.drawn.digest
            code = "record-repeated" if same else "record-second"
            faults.append(Note(code, f"records[{i}]", {"other": f"records[{earlier}]"}))
    return faults + _staffed_faults(records)


def _staffed_faults(records: Sequence[Record]) -> list[Note]:
    """Records of teams whose visits stand in none of the others."""
    staffed = [(i, plan.staffs) for i, record in enumerate(records) if (plan := record.commitment.plan).staffs]
    known = {name for record in records for name in record.digests} if staffed else set()
    return [
        Note("record-staffed-missing", f"records[{i}]", {"digest": wanted})
        for i, wanted in staffed
        if wanted not in known
    ]


def _carried_out(log: Log, modes: Sequence[str], since: str, left_out: frozenset[str]) -> dict[str, int]:
    """Visits of a log by enterprise: those that took place, each once."""
    counts = np.ones(len(log), dtype=np.bool_)
    if since or "arrived" in log.columns:
        counts &= log.days("arrived") >= (day(since) if since else 0)
    if modes:
        counts &= _has(log, "mode", frozenset(modes))
    if left_out and "plan" in log.columns:
        counts &= ~_has(log, "plan", left_out)
    _, rows = np.unique(log.visits[counts], return_index=True)
    codes, names = log.codes("enterprise")
    numbers = np.bincount(codes[counts][rows], minlength=len(names)).tolist()
    return {name: number for name, number in zip(names, numbers, strict=True) if number}


def _has(log: Log, column: str, wanted: frozenset[str]) -> Flags:
    """Which rows have one of some values in a column."""
    codes, values = log.codes(column)
    found: Flags = np.array([value in wanted for value in values], dtype=np.bool_)[codes]
    return found


# ---- the cap


def capped(demand: Demand, most: int = 2, *, column: str = COLUMN) -> Demand:
    """The demand with a cap: only enterprises with fewer than `most` earlier visits may be drawn.

    A draw visits an enterprise once at the most, so capped demands visit nobody more than `most` times; only who takes
    the place of a closed firm may have a visit of its own in the same round. A demand that follows another goes where
    the other's draw falls, and needs no cap of its own.

    Args:
        demand: as it is.
        most: visits an enterprise may have in all, from 1 to 366.
        column: where `remember` put the number of earlier visits.

    Returns:
        The demand with one more condition; nothing else of it changes.

    Raises:
        InputError: another `most`; a demand that has a condition on the column already.

    >>> capped(Demand("市监", where={"status": "存续"}, take="5%"), 2).where
    (('status', ('存续',)), ('visits', ('0', '1')))
    """
    faults = kind_faults(demand, Demand, "demand") + _cap_faults(most, column)
    refuse(faults or _condition_faults(demand, column, "demand"))
    return _below(demand, most, column)


def capped_plan(plan: Plan, most: int = 2, *, column: str = COLUMN) -> Plan:
    """The plan with the cap on each of its demands that draws; those that follow go where these fall.

    Args:
        plan: as it is, before it is committed.
        most, column: as in `capped`.

    Returns:
        The plan with capped demands; nothing else of it changes.

    Raises:
        InputError: as by `capped`; a plan that staffs an earlier record and so draws nobody.

    >>> from dual_random import SeedSource
    >>> source = SeedSource(source="双色球", event="2024090期", earliest="2024-08-06T21:15:00+08:00", form="0" * 7)
    >>> demands = [Demand("消防", take="5%"), Demand("环保", follow="消防")]
    >>> plan = Plan(title="抽查", authority="海曙区", number="2024-1", seed=source, demands=demands)
    >>> [(demand.name, demand.where) for demand in capped_plan(plan, 2).demands]
    [('消防', (('visits', ('0', '1')),)), ('环保', ())]
    """
    faults = kind_faults(plan, Plan, "plan") + _cap_faults(most, column)
    refuse(faults)
    if plan.staffs:
        faults.append(Note("cap-without-draw", "plan.staffs"))
    for i, demand in enumerate(plan.demands):
        faults += _condition_faults(demand, column, f"plan.demands[{i}]")
    refuse(faults)
    return evolve(plan, demands=[each if each.follow else _below(each, most, column) for each in plan.demands])


def _below(demand: Demand, most: int, column: str) -> Demand:
    allowed = tuple(str(visits) for visits in range(most))
    return evolve(demand, where={**dict(demand.where), column: allowed})


def _cap_faults(most: object, column: object) -> list[Note]:
    faults = text_faults({"column": column})
    if not (is_count(most) and isinstance(most, int) and 1 <= most <= MOST):
        faults.append(Note("cap-form", "most", {"value": shown(most), "most": MOST}))
    return faults


def _condition_faults(demand: Demand, column: str, at: str) -> list[Note]:
    return [
        Note("cap-condition", f"{at}.{part}.{column}", {"column": shown(column), "name": shown(demand.name)})
        for part, conditions in (("where", demand.where), ("unless", demand.unless))
        if column in dict(conditions)
    ]
