"""Flat tables of a record: columns of equal length for a database, a data frame or a publication."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final, Literal, TypeAlias

from dual_random.amendments import ENTERPRISE_REASONS, INSPECTOR_REASONS, Amendment
from dual_random.commitments import Commitment
from dual_random.dockets import Replacement
from dual_random.errors import Columns, Lang
from dual_random.schemes import Scheme
from dual_random.visits import Cell, Visit

TableName: TypeAlias = Literal[
    "visits", "checks", "places", "strata", "cells", "departments", "amendments", "replacements"
]

SEPARATOR: Final = ";"  # between several names in one cell
_HEADINGS: Final[Mapping[str, str]] = {
    "enterprise": "检查对象",
    "ticket": "签号",
    "demands": "抽查需求",
    "demand": "抽查需求",
    "departments": "检查部门",
    "department": "检查部门",
    "lead": "发起部门",
    "is_lead": "是否发起",
    "joint": "是否联合",
    "stratum": "分层",
    "population": "对象总数",
    "number": "抽取数",
    "visits": "户次",
    "joint_visits": "联合户次",
    "period": "时段",
    "extra": "是否仅为目标增加",
    "cell": "单元",
    "numbers": "各需求抽取数",
    "department_checks": "部门检查",
    "extra_visits": "仅为目标增加户次",
    "most_departments": "最多部门数",
    "slot": "岗位",
    "inspector": "执法检查人员",
    "amendment": "变更序号",
    "reason": "原因",
    "on": "日期",
    "substitutes": "递补对象",
    "places": "接替人员",
    "digest": "摘要",
    "gave_up": "被替换次数",
    "took_over": "接替次数",
}


def table(
    name: TableName, commitment: Commitment, visits: Sequence[Visit], cells: Sequence[Cell], lang: Lang
) -> Columns:
    """One of the tables of visits, with English or Chinese headings; several names in a cell are joined by ";"."""
    tables: dict[str, Callable[[], Columns]] = {
        "visits": lambda: _visits(visits),
        "checks": lambda: _checks(commitment, visits),
        "places": lambda: _places(visits),
        "strata": lambda: _strata(commitment),
        "cells": lambda: _cells(cells),
        "departments": lambda: _departments(commitment, visits),
    }
    return headed(tables[name](), _HEADINGS, lang)


def amendment_table(amendments: Sequence[Amendment], scheme: Scheme, lang: Lang) -> Columns:
    """A row per amendment: what was stated, who takes the place, and the digest."""
    words = {**ENTERPRISE_REASONS, **INSPECTOR_REASONS}
    columns: Columns = {
        "amendment": list(range(1, len(amendments) + 1)),
        "enterprise": [each.enterprise for each in amendments],
        "period": [each.period for each in amendments],
        "inspector": [each.inspector for each in amendments],
        "reason": [each.reason if lang == "en" else words[each.reason] for each in amendments],
        "on": [each.on for each in amendments],
        "substitutes": [SEPARATOR.join(" ".join(pair) for pair in each.substitutes) for each in amendments],
        "places": [SEPARATOR.join(" ".join(place) for place in each.places) for each in amendments],
        "digest": [each.digest(scheme) for each in amendments],
    }
    return headed(columns, _HEADINGS, lang)


def replacement_table(rows: Sequence[Replacement], lang: Lang) -> Columns:
    """A row per person who was replaced or took a place."""
    columns: Columns = {
        "inspector": [row.inspector for row in rows],
        "gave_up": [row.gave_up for row in rows],
        "took_over": [row.took_over for row in rows],
    }
    return headed(columns, _HEADINGS, lang)


def headed(columns: Columns, headings: Mapping[str, str], lang: Lang) -> Columns:
    """Columns under their English headings, or under the Chinese ones that `headings` has for them."""
    return columns if lang == "en" else {headings[heading]: column for heading, column in columns.items()}


def _visits(visits: Sequence[Visit]) -> Columns:
    return {
        "enterprise": [visit.enterprise for visit in visits],
        "ticket": [visit.ticket for visit in visits],
        "demands": [SEPARATOR.join(visit.demands) for visit in visits],
        "departments": [SEPARATOR.join(visit.departments) for visit in visits],
        "lead": [visit.lead for visit in visits],
        "joint": [visit.joint for visit in visits],
        "period": [visit.period for visit in visits],
        "extra": [visit.extra for visit in visits],
    }


def _checks(commitment: Commitment, visits: Sequence[Visit]) -> Columns:
    department = {demand.name: demand.department for demand in commitment.plan.demands}
    rows = [(visit, name) for visit in visits for name in visit.departments]
    own = [[demand for demand in visit.demands if department.get(demand) == name] for visit, name in rows]
    return {
        "enterprise": [visit.enterprise for visit, _ in rows],
        "department": [name for _, name in rows],
        "is_lead": [name == visit.lead for visit, name in rows],
        "demands": [SEPARATOR.join(demands) for demands in own],
    }


def _places(visits: Sequence[Visit]) -> Columns:
    rows = [(visit, place) for visit in visits for place in visit.places]
    return {
        "enterprise": [visit.enterprise for visit, _ in rows],
        "period": [visit.period for visit, _ in rows],
        "department": [department for _, (department, _, _) in rows],
        "slot": [slot for _, (_, slot, _) in rows],
        "inspector": [inspector for _, (_, _, inspector) in rows],
    }


def _strata(commitment: Commitment) -> Columns:
    rows = [(numbers.demand, size) for numbers in commitment.allocation for size in numbers.strata]
    return {
        "demand": [demand for demand, _ in rows],
        "stratum": [SEPARATOR.join(size.stratum) for _, size in rows],
        "population": [size.population for _, size in rows],
        "number": [size.number for _, size in rows],
    }


def _cells(table: Sequence[Cell]) -> Columns:
    cells = tuple(table)  # a table makes a cell each time it is asked for one
    return {
        "cell": [cell.key for cell in cells],
        "population": [cell.size for cell in cells],
        "numbers": [SEPARATOR.join(f"{name} {number}" for name, number in cell.numbers) for cell in cells],
        "department_checks": [cell.checks for cell in cells],
        "visits": [cell.visits for cell in cells],
        "joint_visits": [cell.joint_visits for cell in cells],
        "extra_visits": [cell.extra for cell in cells],
        "most_departments": [cell.most for cell in cells],
    }


def _departments(commitment: Commitment, visits: Sequence[Visit]) -> Columns:
    names = tuple(dict.fromkeys(demand.department for demand in commitment.plan.demands))
    all_visits, joint_visits = dict.fromkeys(names, 0), dict.fromkeys(names, 0)
    for visit in visits:
        for name in visit.departments:
            all_visits[name] = all_visits.get(name, 0) + 1
            joint_visits[name] = joint_visits.get(name, 0) + visit.joint
    return {
        "department": list(all_visits),
        "visits": list(all_visits.values()),
        "joint_visits": list(joint_visits.values()),
    }
