"""Stated shortages held against the rules and the visits: what shows without the register of inspectors.

A proof that is checked by adding is worth something only if the places that it adds exist, and if its limits are those
of the rules.
"""

from collections.abc import Iterator

from dual_random.errors import Note
from dual_random.records import Record
from dual_random.staffing import Shortage, Staffing
from dual_random.team_rules import TeamRule
from dual_random.text import shown


def claim_findings(record: Record) -> list[Note]:
    """What in the stated shortages cannot be, and visits that a staffing record should not list."""
    found = [note for i, own in enumerate(record.staffing) for note in _of_department(record, own, f"staffing[{i}]")]
    return found + (list(_idle(record)) if record.commitment.plan.staffs else [])


def _of_department(record: Record, own: Staffing, at: str) -> Iterator[Note]:
    rule = record.commitment.plan.team_rule(own.department)
    if own.enough is not None and (rule.most is None or own.enough <= rule.most):
        yield Note("claim-enough", f"{at}.enough", {"enough": own.enough, "most": _limit(rule.most)})
    for j, shortage in enumerate(own.shortages):
        yield from _places(record, own.department, rule, shortage, f"{at}.shortages[{j}]")
        yield from _limits(record, rule, shortage, f"{at}.shortages[{j}]")


def _places(record: Record, department: str, rule: TeamRule, shortage: Shortage, at: str) -> Iterator[Note]:
    """Places on visits that are not paid, in slots that a visit does not have, or of another number."""
    for k, (enterprise, name, need) in enumerate(shortage.places):
        visit = record.get(enterprise)
        slots = visit is not None and department in visit.departments and rule.slots
        due = {slot.name: slot.count for slot in slots or () if visit is not None and slot.stands(visit.demands)}
        if due.get(name) != need:
            told: dict[str, str | int] = {
                "enterprise": shown(enterprise),
                "department": department,
                "slot": shown(name),
                "need": need,
            }
            yield Note("claim-place", f"{at}.places[{k}]", told)


def _limits(record: Record, rule: TeamRule, shortage: Shortage, at: str) -> Iterator[Note]:
    """Limits that are not those of the rule."""
    for k, (inspector, left) in enumerate(shortage.most):
        if rule.most is None or left > rule.most:
            told: dict[str, str | int] = {"inspector": shown(inspector), "stated": left, "limit": _limit(rule.most)}
            yield Note("claim-limit", f"{at}.most[{k}]", told)
    periods = record.commitment.plan.periods or ("",)
    for k, (inspector, period, limit) in enumerate(shortage.in_period):
        if period not in periods or limit != rule.most_per_period:
            bound: dict[str, str | int] = {
                "inspector": shown(inspector),
                "stated": limit,
                "limit": _limit(rule.most_per_period),
            }
            yield Note("claim-limit", f"{at}.in_period[{k}]", bound)


def _limit(value: int | None) -> str:
    return "–" if value is None else str(value)


def _idle(record: Record) -> Iterator[Note]:
    """Visits of a staffing record to which no department comes that it staffs; a record that staffs nobody."""
    staffed = {own.department for own in record.staffing}
    idle = [
        name
        for name, served in zip(record.enterprises, record.served, strict=True)
        if not staffed.intersection(served.departments)
    ]
    if not staffed:
        yield Note("staffing-none", "staffing")
    elif idle:
        yield Note("visits-idle", "visits", {"count": len(idle), "example": idle[0]})
