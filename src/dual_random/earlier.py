"""The earlier record that a plan names: which of its visits it staffs, and why it cannot (specification 9.6).

Who is on leave is known only shortly before, and a year of teams published at once invites tip-offs. So a plan may
staff the visits of an earlier record, period by period, with a seed of its own. Nothing of the earlier draw changes.
A plan that supplements an earlier record draws by itself; of that record only the name is looked at here.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from attrs import frozen

from dual_random.errors import Note
from dual_random.plans import Plan, slot_demand_faults
from dual_random.records import Record
from dual_random.registers import Register
from dual_random.supplements import supplement_faults
from dual_random.teams import Visits, rows_of
from dual_random.text import shown
from dual_random.visits import Served


def open_departments(record: Record) -> tuple[str, ...]:
    """The departments of a record to which nobody was dealt, in byte order.

    Where somebody was to be dealt, the record reports it of every department: those it does not name, an earlier one
    staffed.
    """
    if record.staffing:
        return tuple(each.department for each in record.staffing if each.shortages)
    return tuple(sorted({name for served in set(record.served) for name in served.departments}))


@frozen(eq=False)
class Part:
    """Some visits of a record, as they stand there, column by column."""

    enterprises: tuple[str, ...]
    tickets: tuple[str, ...]
    served: tuple[Served, ...]
    periods: tuple[str, ...]
    extra: tuple[str, ...]

    def visits(self, enterprises: Register, periods: Sequence[str], departments: tuple[str, ...]) -> Visits:
        """The visits as some departments are to be dealt over them.

        Args:
            enterprises: a register that holds all of them.
            periods: those of the plan that deals, in its order.
            departments: in byte order; those that come to none of the visits are left out.
        """
        number = {period: place for place, period in enumerate(periods)}
        return Visits(
            self.enterprises,
            self.served,
            [number.get(period, 0) for period in self.periods] or [0] * len(self.enterprises),
            rows_of(enterprises, self.enterprises),
            self.coming(departments),
        )

    def coming(self, departments: Sequence[str]) -> tuple[str, ...]:
        """Those of some departments that come to one of the visits at least."""
        found = {name for served in set(self.served) for name in served.departments}
        return tuple(name for name in departments if name in found)


def named_record(plan: Plan, record: Record | None) -> Record | None:
    """An earlier record as it was when a plan named it: amendments may have been added since."""
    named = plan.staffs or plan.supplements
    return record.as_of(named) if record is not None and named else record


def staffed_part(plan: Plan, record: Record) -> Part:
    """The visits of a record that a plan staffs: in its periods, with somebody still to be sent.

    Of an amended record they are those that stand.
    """
    return _amended_part(plan, record) if record.amendments else part(record, _chosen(plan, record))


def _amended_part(plan: Plan, record: Record) -> Part:
    left, wanted = frozenset(open_departments(record)), frozenset(plan.periods or ("",))
    standing = [visit for visit in record.current if visit.period in wanted and not left.isdisjoint(visit.departments)]
    return Part(
        enterprises=tuple(visit.enterprise for visit in standing),
        tickets=tuple(visit.ticket for visit in standing),
        served=tuple(visit.served for visit in standing),
        periods=tuple(visit.period for visit in standing) if record.periods else (),
        extra=tuple(visit.enterprise for visit in standing if visit.extra),
    )


def part(record: Record, places: Sequence[int]) -> Part:
    """The visits at some places of a record."""
    names = tuple(record.enterprises[place] for place in places)
    extra = frozenset(record.extra)
    return Part(
        enterprises=names,
        tickets=tuple(record.tickets[place] for place in places),
        served=tuple(record.served[place] for place in places),
        periods=tuple(record.periods[place] for place in places) if record.periods else (),
        extra=tuple(name for name in names if name in extra),
    )


def _chosen(plan: Plan, record: Record) -> list[int]:
    left = frozenset(open_departments(record))
    coming = {served: not left.isdisjoint(served.departments) for served in set(record.served)}
    periods = record.periods or ("",) * len(record)
    wanted = frozenset(plan.periods or ("",))
    visits = zip(record.served, periods, strict=True)
    return [place for place, (served, period) in enumerate(visits) if coming[served] and period in wanted]


def chain_faults(plan: Plan, record: Record | None) -> list[Note]:
    """Why a record is not the one that a plan staffs or supplements, or why a plan that names none is given one."""
    named = plan.staffs or plan.supplements
    if not named:
        return [] if record is None else [Note("record-unneeded", "of")]
    if record is None:
        return [Note("earlier-needed" if plan.staffs else "supplemented-needed", "of", {"digest": named})]
    if record.digest != named:
        told = {"stated": named, "found": record.digest}
        return [Note("record-other" if plan.staffs else "supplemented-other", "of", told)]
    return [note.under("of") for note in record.link_faults()]


def seed_notices(plan: Plan, record: Record) -> tuple[Note, ...]:
    """That the seed of a plan may be known already: it names a record that another seed gave, so it was written after.

    Whoever writes the rules with the seed in hand can try variants until the result pleases.
    """
    own, theirs = plan.seed.earliest, record.commitment.plan.seed.earliest
    if datetime.fromisoformat(own) > datetime.fromisoformat(theirs):
        return ()
    return (Note("seed-not-later", "seed.earliest", {"earliest": own, "other": theirs}),)


def earlier_faults(plan: Plan, record: Record, enterprises: Register) -> list[Note]:
    """Why a plan cannot staff the visits of a record, or cannot supplement it."""
    if plan.supplements:
        return supplement_faults(record, enterprises)
    demands = frozenset(name for served in set(record.served) for name in served.demands)
    faults: list[Note] = []
    for i, rule in enumerate(plan.teams):
        faults += slot_demand_faults(rule, demands | _demands(record), f"teams[{i}]")
    strange = _period_faults(plan, record)
    if strange:
        return strange + faults
    names = staffed_part(plan, record).enterprises
    if not names:
        faults.append(Note("staffs-nothing", "staffs", {"visits": len(record)}))
    twice = [name for name, times in Counter(names).items() if times > 1]
    faults += [Note("staffs-twice", f"visits.{name}", {"enterprise": name}) for name in twice]
    return faults + stranger_faults(names, enterprises)


def _demands(record: Record) -> frozenset[str]:
    """The demands of a record's plan; if that plan staffs an earlier record, those that its slots name."""
    plan = record.commitment.plan
    return frozenset(demand.name for demand in plan.demands).union(*(rule.demands for rule in plan.teams))


def _period_faults(plan: Plan, record: Record) -> list[Note]:
    known = record.commitment.plan.periods
    if not known:
        return [Note("staffs-without-periods", "periods")] if plan.periods else []
    told = ", ".join(known)
    if not plan.periods:
        return [Note("staffs-periods-missing", "periods", {"known": told})]
    strange = [(i, period) for i, period in enumerate(plan.periods) if period not in known]
    return [Note("staffs-period-unknown", f"periods[{i}]", {"name": shown(name), "known": told}) for i, name in strange]


def stranger_faults(names: Sequence[str], enterprises: Register) -> list[Note]:
    """Enterprises visited that a register does not hold."""
    rows = rows_of(enterprises, names)
    strange = [names[place] for place in (rows < 0).nonzero()[0].tolist()]
    return [Note("staffs-enterprise-unknown", f"visits.{name}", {"enterprise": name}) for name in strange]
