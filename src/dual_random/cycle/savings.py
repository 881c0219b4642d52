"""What draws saved, month by month: checks, visits, and the visits of independent draws beside them.

A month's checks and visits are counted from the schedules. Independent draws are no draws, but an expectation of the
whole plan that stands in its record; it is shared by the months in proportion to their visits, since independent draws
would be dealt to the same periods in the same way.
"""

from collections import Counter
from collections.abc import Sequence
from typing import TypeAlias

from attrs import frozen

from dual_random.allocation import webster
from dual_random.commitments import draw_key
from dual_random.cycle.calendars import month_of
from dual_random.cycle.schedules import Schedule
from dual_random.errors import Note
from dual_random.forms import listed, refuse
from dual_random.rates import JOINT_SAMPLING_RATE, Measure, Rate
from dual_random.records import Record
from dual_random.text import shown

Drawn: TypeAlias = Sequence[tuple[Record, Schedule]]


@frozen(kw_only=True)
class MonthlySaving:
    """The drawn visits of one month.

    Args:
        month: e.g. ``"2023-01"``.
        checks: one for each department of each visit: so many visits there would be if nothing was joint.
        visits: enterprises' days on which somebody comes (户次).
        joint_visits, joint_checks: visits of two departments or more, and the checks in them.
        independent: visits to expect if every department had drawn by itself.
    """

    month: str
    checks: int
    visits: int
    joint_visits: int
    joint_checks: int
    independent: int

    @property
    def saved(self) -> int:
        """Interruptions avoided (减少企业干扰): checks less visits."""
        return self.checks - self.visits

    @property
    def fewer(self) -> int:
        """Visits fewer than independent draws expect; below zero if chance would have done better."""
        return self.independent - self.visits

    def joint_rate(self, *, of: Measure = "visits") -> Rate:
        """The joint-sampling rate of the month, of visits or of checks."""
        counts = (self.joint_visits, self.visits) if of == "visits" else (self.joint_checks, self.checks)
        return Rate(*counts, of=of, name=JOINT_SAMPLING_RATE, scope=self.month, by="month")


def saved_by_month(drawn: Drawn) -> tuple[MonthlySaving, ...]:
    """What draws saved in each month in which there are visits, all draws together, in the order of time.

    Whole numbers that add up: those of the months give exactly the checks and visits of the schedules and the
    independent visits of the records. A record that states no expectation of independent draws counts with its checks.

    Args:
        drawn: pairs, each a record with its schedule (`dual_random.cycle.arrangements.schedule`).

    Returns:
        A `MonthlySaving` for each month with visits; none for a month without.

    Raises:
        InputError: what is no pair of a record and a schedule; a schedule without tasks, of another record, of the
            record before its amendments, or a part of one; a record twice; all of them, each with its place.

    >>> from dual_random import Demand, Plan, Register, SeedSource, commit, draw
    >>> from dual_random.cycle.arrangements import schedule
    >>> from dual_random.cycle.calendars import Calendar
    >>> source = SeedSource(source="双色球", event="2024090期", earliest="2024-08-06T21:15:00+08:00", form="0" * 7)
    >>> plan = Plan(title="抽查", authority="海曙区", number="2024-3", seed=source, periods=["2024-09", "2024-10"],
    ...             demands=[Demand("市监", take=4), Demand("消防", take=2)])
    >>> enterprises = Register({"id": [f"E{i}" for i in range(1, 9)]}, id="id", columns=[])
    >>> record = draw(commit(plan, enterprises), enterprises, seed="0511172").record
    >>> for month in saved_by_month([(record, schedule(record, Calendar(["2024-09-30", "2024-10-08"])))]):
    ...     print(month.month, month.checks, month.independent, month.visits, month.joint_rate())
    2024-09 3 3 2 1/2 = 50.00% of visits
    2024-10 3 2 2 1/2 = 50.00% of visits
    """
    kept = _pairs(drawn)
    counts: dict[str, Counter[str]] = {}
    for record, schedule in kept:
        own = _counted(schedule)
        for month, expected in _independent(record, own).items():
            counts.setdefault(month, Counter()).update(own[month], independent=expected)
    return tuple(
        MonthlySaving(
            month=month,
            checks=found["checks"],
            visits=found["visits"],
            joint_visits=found["joint_visits"],
            joint_checks=found["joint_checks"],
            independent=found["independent"],
        )
        for month, found in sorted(counts.items())
    )


def _pairs(drawn: Drawn) -> Drawn:
    """What is a list of pairs of a record and its schedule, and nothing else."""
    kept = (drawn,) if isinstance(drawn, Record | Schedule) else listed(drawn)
    faults: list[Note] = []
    for i, each in enumerate(kept):
        at = f"drawn[{i}]"
        pair = isinstance(each, tuple | list) and len(each) == 2
        if not (pair and isinstance(each[0], Record) and isinstance(each[1], Schedule)):
            faults.append(Note("saving-pair", at, {"value": shown(each)}))
        elif each[1].visits and not each[1].tasks:
            faults.append(Note("closure-no-tasks", at))
        elif not _belongs(*each):
            faults.append(Note("saving-other", at))
    refuse(faults or _repeat_faults(kept))
    return kept


def _belongs(record: Record, schedule: Schedule) -> bool:
    """Whether a schedule is that of the visits that stand in a record, all of them, by the key of its draw."""
    commitment = record.commitment
    if schedule.key != draw_key(commitment.plan, commitment.digest, record.seed, dict(record.secrets)):
        return False
    return set(zip(schedule.enterprises, schedule.periods, strict=True)) == _standing(record)


def _standing(record: Record) -> set[tuple[str, str]]:
    if record.amendments:
        return {(visit.enterprise, visit.period) for visit in record.current}
    return set(zip(record.enterprises, record.periods or ("",) * len(record), strict=True))


def _repeat_faults(drawn: Drawn) -> list[Note]:
    """Draws that are there twice, as they stood at two times or at one."""
    first: dict[str, int] = {}
    faults: list[Note] = []
    for i, (_, schedule) in enumerate(drawn):
        other = first.setdefault(schedule.key, i)
        faults += [Note("saving-repeated", f"drawn[{i}]", {"other": f"drawn[{other}]"})] if other < i else []
    return faults


def _counted(schedule: Schedule) -> dict[str, Counter[str]]:
    """Checks and visits by month."""
    found: dict[str, Counter[str]] = {}
    for day, tasks in zip(schedule.days, schedule.tasks, strict=True):
        departments, joint = len(tasks), int(len(tasks) > 1)
        own = found.setdefault(month_of(day), Counter())
        own.update(checks=departments, visits=1, joint_visits=joint, joint_checks=departments * joint)
    return found


def _independent(record: Record, months: dict[str, Counter[str]]) -> dict[str, int]:
    """The visits of independent draws by month; `webster` never gives more than a weight, so they are all large."""
    stated = record.outcome.independent
    total = sum(own["checks"] for own in months.values()) if stated is None else stated
    return webster(total, {month: own["visits"] * max(total, 1) for month, own in months.items()})
