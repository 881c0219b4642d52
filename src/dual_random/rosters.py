"""The inspectors' register divided into crews, and why it cannot be: what `commit` refuses before the seed exists.

A misspelt column, an empty load, a recusal of somebody whom no register holds: after the seed each of these would be a
reason to draw again. So all of them are found together, and each is named.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

import numpy as np

from dual_random.eligibility import ANY, Crew, Spot
from dual_random.errors import Note
from dual_random.forms import refuse
from dual_random.plans import Plan
from dual_random.registers import Register
from dual_random.team_rules import Meetings, Recusal, TeamRule
from dual_random.text import shown

# Fifteen digits and what is dealt beside them stay below 2^53, so the least `most` that does can always be written.
_LOAD: Final = re.compile(r"0|[1-9][0-9]{0,14}")


def crews(
    plan: Plan,
    departments: Iterable[str],
    inspectors: Register,
    enterprises: Register,
    recusals: Sequence[Recusal] = (),
    meetings: Meetings = (),
) -> tuple[Crew, ...]:
    """The people of every department, with their rule and with what keeps whom away from where.

    Args:
        plan: the rules.
        departments: who has visits, in the order wanted.
        inspectors: who may go.
        enterprises: who is visited.
        recusals, meetings: the tables of the commitment.

    Raises:
        InputError: with all faults: columns that a register lacks, loads that are no whole numbers, departments
            without anybody, recusals and meetings of somebody, something or some time that is unknown.

    >>> from dual_random import Demand, SeedSource
    >>> source = SeedSource(source="双色球", event="2024090期", earliest="2024-08-06T21:15:00+08:00", form="0000000")
    >>> plan = Plan(title="抽查", authority="海曙区", number="2024-3", seed=source, demands=[Demand("消防", take=1)])
    >>> people = Register({"id": ["F2", "F1"], "department": ["消防", "消防"]}, id="id", columns=["department"])
    >>> crews(plan, ["消防"], people, Register({"id": ["E1"]}, id="id", columns=[]))[0].people
    (b'F1', b'F2')
    """
    names = tuple(departments)
    found, faults = read_crews(plan, names, inspectors, enterprises, recusals, meetings)
    refuse(faults)
    return tuple(found)


def read_crews(
    plan: Plan,
    departments: Sequence[str],
    inspectors: Register,
    enterprises: Register,
    recusals: Sequence[Recusal] = (),
    meetings: Meetings = (),
) -> tuple[list[Crew], list[Note]]:
    """The crews that can be read, and all faults; arguments as those of `crews`.

    Departments without anybody, and those whose rule names columns that a register lacks, are left out; a load that
    cannot be read counts 0, and a recusal or meeting of the unknown counts nothing.
    """
    faults = _column_faults(plan, inspectors, enterprises)
    made: list[Crew] = []
    members = _members(plan, inspectors)
    for department in departments if members is not None else ():
        rows = (members or {}).get(department, [])
        rule = plan.team_rule(department)
        if not rows:
            faults.append(_nobody(plan, department, members or {}))
        elif rule.inspector_columns <= set(inspectors.columns) and rule.enterprise_columns <= set(enterprises.columns):
            crew, wrong = _crew(plan, department, rows, inspectors, enterprises, recusals, meetings)
            made.append(crew)
            faults += wrong
    return made, [
        *faults,
        *_recusal_faults(plan, recusals, inspectors, enterprises),
        *_meeting_faults(meetings, inspectors),
    ]


def _members(plan: Plan, inspectors: Register) -> dict[str, list[int]] | None:
    """By department the rows of its people, in byte order of their ids; None if the register does not tell."""
    if plan.department_column not in inspectors.columns:
        return None
    codes, values = inspectors.codes(plan.department_column)
    return {value: np.flatnonzero(codes == code).tolist() for code, value in enumerate(values)}


def _crew(
    plan: Plan,
    department: str,
    rows: Sequence[int],
    inspectors: Register,
    enterprises: Register,
    recusals: Sequence[Recusal],
    meetings: Meetings,
) -> tuple[Crew, list[Note]]:
    rule = plan.team_rule(department)
    people = tuple(map(inspectors.id_bytes, rows))
    number = {name.decode(): person for person, name in enumerate(people)}
    cells = {column: _cells(inspectors, column, rows) for column in sorted(rule.inspector_columns)}
    carried, faults = _loads(rule, people, cells)
    crew = Crew(
        department=department,
        rule=rule,
        people=people,
        carried=carried,
        met={
            (number[one], number[other]): times for (one, other), times in meetings if one in number and other in number
        },
        cells=cells,
        enterprises=enterprises,
        periods=plan.periods,
        recused=_recused(plan, number, recusals, enterprises),
    )
    return crew, faults


def _cells(inspectors: Register, column: str, rows: Sequence[int]) -> tuple[str, ...]:
    codes, values = inspectors.codes(column)
    return tuple(values[codes[row]] for row in rows)


def _loads(
    rule: TeamRule, people: Sequence[bytes], cells: Mapping[str, Sequence[str]]
) -> tuple[tuple[int, ...], list[Note]]:
    """What each person brings along, and the loads that are no whole numbers written plainly."""
    if not rule.carried:
        return (0,) * len(people), []
    told = cells[rule.carried]
    loads = [int(text) if _LOAD.fullmatch(text) else None for text in told]
    faults = [
        Note("carried-form", f"inspectors.{name.decode()}", {"column": rule.carried, "value": shown(text)})
        for name, text, load in zip(people, told, loads, strict=True)
        if load is None
    ]
    return tuple(load or 0 for load in loads), faults


def _recused(
    plan: Plan, number: Mapping[str, int], recusals: Sequence[Recusal], enterprises: Register
) -> dict[Spot, dict[int, str]]:
    """Who is kept away, by enterprise and period."""
    found: dict[Spot, dict[int, str]] = {}
    own = [each for each in recusals if each.inspector in number]
    rows = {name: enterprises.row_of(name) if name else ANY for name in {each.enterprise for each in own}}
    periods = {"": ANY} | {period: place for place, period in enumerate(plan.periods)}
    for each in own:
        row, period = rows[each.enterprise], periods.get(each.period)
        if row is not None and period is not None:
            found.setdefault((row, period), {})[number[each.inspector]] = each.reason
    return found


# ---- refusals


def _column_faults(plan: Plan, inspectors: Register, enterprises: Register) -> list[Note]:
    """Columns that the rules name and a register lacks."""
    needed = [("department_column", "inspectors-column-unknown", plan.department_column, inspectors)]
    for i, rule in enumerate(plan.teams):
        for j, slot in enumerate(rule.slots):
            at = f"teams[{i}].slots[{j}]"
            needed += [(f"{at}.where", "inspectors-column-unknown", own, inspectors) for own, _ in slot.where]
            needed += [(f"{at}.same", "inspectors-column-unknown", own, inspectors) for own, _ in slot.same]
            needed += [(f"{at}.same", "enterprises-column-unknown", theirs, enterprises) for _, theirs in slot.same]
        if rule.carried:
            needed.append((f"teams[{i}].carried", "inspectors-column-unknown", rule.carried, inspectors))
    faults = [
        Note(code, at, {"column": column, "known": ", ".join(register.columns) or "–"})
        for at, code, column, register in needed
        if column not in register.columns
    ]
    return list(dict.fromkeys(faults))


def _nobody(plan: Plan, department: str, members: Mapping[str, object]) -> Note:
    known = ", ".join(map(shown, sorted(members))) or "–"
    told = {"department": department, "column": plan.department_column, "known": known}
    return Note("crew-empty", f"teams.{department}", told)


def _recusal_faults(
    plan: Plan, recusals: Sequence[Recusal], inspectors: Register, enterprises: Register
) -> Iterator[Note]:
    known = ", ".join(plan.periods) or "–"
    strangers = (name for name in {each.inspector for each in recusals} if name not in inspectors)
    for name in sorted(strangers):
        yield Note("inspector-unknown", f"recusals.{name}", {"name": name})
    unknown = {name for name in {each.enterprise for each in recusals} - {""} if name not in enterprises}
    for each in recusals:
        at = f"recusals.{each.inspector}"
        if each.enterprise in unknown:
            yield Note("recusal-enterprise-unknown", at, {"enterprise": each.enterprise})
        if each.period and each.period not in plan.periods:
            yield Note("recusal-period-unknown", at, {"period": each.period, "known": known})


def _meeting_faults(meetings: Meetings, inspectors: Register) -> Iterator[Note]:
    for (one, other), _ in meetings:
        for name in (one, other):
            if name not in inspectors:
                yield Note("inspector-unknown", f"meetings.{one}.{other}", {"name": name})


# ---- notices


def roster_notices(plan: Plan, departments: Sequence[str], inspectors: Register) -> tuple[Note, ...]:
    """What no rule forbids and a reader should know: people, rules and values that nothing meets.

    Args:
        plan: the rules; the register has all columns that they name.
        departments: who has visits.
        inspectors: who may go.
    """
    members = _members(plan, inspectors) or {}
    return (
        *_ruleless(plan, departments),
        *_idle(plan, departments, members),
        *_unknown_values(plan, departments, inspectors, members),
    )


def _ruleless(plan: Plan, departments: Sequence[str]) -> Iterator[Note]:
    """Departments without a rule, in a plan that has rules for others: they send anybody."""
    bare = [name for name in departments if plan.team_rule(name) not in plan.teams]
    if plan.teams and bare:
        yield Note("teams-without-rule", "teams", {"departments": ", ".join(bare)})


def _idle(plan: Plan, departments: Sequence[str], members: Mapping[str, Sequence[int]]) -> Iterator[Note]:
    """Rules of departments without visits, and inspectors of such departments."""
    for i, rule in enumerate(plan.teams):
        if rule.department and rule.department not in departments:
            yield Note("team-idle", f"teams[{i}]", {"department": rule.department})
    for name in sorted(set(members) - set(departments)) if not plan.staffs else ():  # others are staffed already
        yield Note("inspectors-idle", plan.department_column, {"department": shown(name), "count": len(members[name])})


def _unknown_values(
    plan: Plan, departments: Sequence[str], inspectors: Register, members: Mapping[str, Sequence[int]]
) -> Iterator[Note]:
    """Values in conditions that nobody has to whom the rule applies."""
    for i, rule in enumerate(plan.teams):
        own = [name for name in departments if plan.team_rule(name) is rule]
        rows = [row for name in own for row in members.get(name, ())]
        for j, slot in enumerate(rule.slots if rows else ()):
            for column, allowed in slot.where:
                for value in sorted(set(allowed) - set(_cells(inspectors, column, rows))):
                    at = f"teams[{i}].slots[{j}].where.{column}"
                    yield Note("slot-value-unknown", at, {"value": shown(value), "column": column})
