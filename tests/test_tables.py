"""Flat tables of a record: columns of equal length that say what the visits say."""

from collections import Counter
from typing import get_args

import pytest
from attrs import evolve
from hypothesis import given, settings

from districts import SEED, District, districts, faults, named, plan, register
from dual_random.binding import commit
from dual_random.draws import draw
from dual_random.plans import Demand, JointRule
from dual_random.records import Record
from dual_random.registers import Register
from dual_random.tables import TableName

quick = settings(deadline=None, derandomize=True, max_examples=100)

NAMES: tuple[TableName, ...] = get_args(TableName)


def record_of(district: District) -> Record:
    """The record of a district."""
    rows, rules = district
    enterprises = register(rows)
    return draw(commit(rules, enterprises), enterprises, seed=SEED).record


def small() -> Record:
    """Six enterprises, two departments, one of them with two demands, and a follower."""
    rows = [{"id": f"E{i}", "risk": "AB"[i % 2], "site": "城 东" if i < 4 else ""} for i in range(6)]
    demands = [
        Demand("消防", by=["risk", "site"], take="50%"),
        Demand("市监", take=2),
        Demand("市监·特种", department="市监", where={"risk": "A"}, take=3),
        Demand("环保", follow="消防"),
    ]
    return record_of((rows, plan(demands)))


def test_a_row_of_visits_is_a_visit() -> None:
    """The columns spell out the visits in ticket order."""
    record = small()
    columns = record.table("visits")
    assert list(columns) == ["enterprise", "ticket", "demands", "departments", "lead", "joint", "period", "extra"]
    rows = list(zip(*columns.values(), strict=True))
    assert rows == [
        (v.enterprise, v.ticket, ";".join(v.demands), ";".join(v.departments), v.lead, v.joint, "", False)
        for v in record.values()
    ]
    assert len(rows) == len(record) > 0


def test_periods_and_visits_for_the_target_alone_are_told() -> None:
    """Two visits by three made into three by two, since a lone visit elsewhere keeps the rate at 2 of 3."""
    rows = [{"id": f"E{i}", "risk": "AAAAAAB"[i]} for i in range(7)]
    demands = [Demand(name, take=2, where={"risk": "A"}) for name in ("甲", "乙", "丙")]
    demands.append(Demand("丁", take=1, where={"risk": "B"}))
    joint = JointRule(at_least="75%", reach="extra")
    record = record_of((rows, plan(demands, joint=joint, periods=["7月", "8月"])))
    columns = record.table("visits")
    assert sum(map(bool, columns["extra"])) == record.outcome.extra == 1
    assert Counter(columns["period"]) == {"7月": 2, "8月": 2}
    assert record.table("cells") == {
        "cell": ['[["丁",[]]]', '[["丙",[]],["乙",[]],["甲",[]]]'],
        "population": [1, 6],
        "numbers": ["丁 1", "丙 2;乙 2;甲 2"],
        "department_checks": [1, 6],
        "visits": [1, 3],
        "joint_visits": [0, 3],
        "extra_visits": [0, 1],
        "most_departments": [1, 2],
    }


def test_a_row_of_checks_is_a_department_on_a_visit() -> None:
    """Each department stands with its own demands; exactly one of a visit leads."""
    record = small()
    columns = record.table("checks")
    assert list(columns) == ["enterprise", "department", "is_lead", "demands"]
    rows = list(zip(*columns.values(), strict=True))
    assert [(enterprise, department) for enterprise, department, _, _ in rows] == [
        (visit.enterprise, department) for visit in record.values() for department in visit.departments
    ]
    assert [enterprise for enterprise, _, lead, _ in rows if lead] == list(record)
    assert all(department == record[str(e)].lead for e, department, lead, _ in rows if lead)
    for visit in record.values():
        told = [str(demands).split(";") for enterprise, _, _, demands in rows if enterprise == visit.enterprise]
        assert sorted(name for names in told for name in names) == list(visit.demands)
    assert {str(demands) for _, department, _, demands in rows if department == "市监"} >= {"市监;市监·特种"}


def test_a_row_of_places_is_an_inspector_on_a_visit() -> None:
    """In the order of the visits, inside a visit as they were dealt; without periods the column is empty."""
    record = small()
    assert record.table("places") == {name: [] for name in ("enterprise", "period", "department", "slot", "inspector")}
    first, second = list(record)[:2]
    places = [[(name, "member", f"{name}1"), (name, "leader", f"{name}0")] for name in (record[e].lead for e in record)]
    dealt = evolve(record, places=[places[0], places[1][:1], *([] for _ in places[2:])])
    one, two = record[first].lead, record[second].lead
    assert dealt.table("places") == {
        "enterprise": [first, first, second],
        "period": ["", "", ""],
        "department": [one, one, two],
        "slot": ["member", "leader", "member"],
        "inspector": [f"{one}1", f"{one}0", f"{two}1"],
    }
    assert list(dealt.table("places", lang="zh")) == ["检查对象", "时段", "检查部门", "岗位", "执法检查人员"]
    months = evolve(dealt, periods=["7月", "8月", *("9月" for _ in places[2:])])
    assert months.table("places")["period"] == ["7月", "7月", "8月"]
    assert dealt.table("visits") == record.table("visits")
    assert dealt.table("departments") == record.table("departments")


def test_a_row_of_strata_is_a_number_of_the_commitment() -> None:
    """How many of how many; values of a stratum joined; no row for a follower."""
    assert small().table("strata") == {
        "demand": ["消防"] * 4 + ["市监", "市监·特种"],
        "stratum": ["A;", "A;城 东", "B;", "B;城 东", "", ""],
        "population": [1, 2, 1, 2, 6, 3],
        "number": [1, 1, 1, 1, 2, 3],
    }


def test_a_department_without_visits_has_a_row_too() -> None:
    """Departments stand in the plan's order, each once, with zeros where nobody was drawn."""
    rows = [{"id": f"E{i}"} for i in range(3)]
    demands = [Demand("消防", take=0), Demand("市监", take=2), Demand("水", department="市监", take=3)]
    assert record_of((rows, plan(demands))).table("departments") == {
        "department": ["消防", "市监"],
        "visits": [0, 3],
        "joint_visits": [0, 0],
    }


@quick
@given(districts())
def test_tables_agree_with_the_visits(district: District) -> None:
    """Columns of equal length, and counts that add up to those of the outcome."""
    record = record_of(district)
    for name in NAMES:
        columns = record.table(name)
        assert len({len(column) for column in columns.values()}) == 1
    departments = record.table("departments")
    counted = Counter(department for visit in record.values() for department in visit.departments)
    joint = Counter(department for visit in record.values() if visit.joint for department in visit.departments)
    found = zip(departments["department"], departments["visits"], departments["joint_visits"], strict=True)
    assert all((visits, met) == (counted[str(name)], joint[str(name)]) for name, visits, met in found)
    assert sum(map(int, departments["visits"])) == record.outcome.checks == len(record.table("checks")["enterprise"])
    assert sum(map(bool, record.table("visits")["joint"])) == record.outcome.joint_visits
    assert sum(map(bool, record.table("visits")["extra"])) == record.outcome.extra
    cells, outcome = record.table("cells"), record.outcome
    names = ("department_checks", "visits", "joint_visits", "extra_visits")
    sums = tuple(sum(map(int, cells[name])) for name in names)
    assert sums == (outcome.checks, outcome.visits, outcome.joint_visits, outcome.extra)
    drawn = Counter(demand for visit in record.values() for demand in visit.demands)
    strata = record.table("strata")
    numbers: Counter[str] = Counter()
    for demand, number in zip(strata["demand"], strata["number"], strict=True):
        numbers[str(demand)] += int(number)
    assert all(drawn[demand] == number for demand, number in numbers.items())


def amended() -> Record:
    """Two firms closed and a person ill, in a draw of two departments with people."""
    people = {"id": [f"P{i}" for i in range(8)], "department": ["市监"] * 4 + ["消防"] * 4}
    inspectors = Register(people, id="id", columns=["department"])
    enterprises = Register({"id": [f"E{i}" for i in range(12)]}, id="id", columns=[])
    rules = evolve(plan([Demand("市监", take=4), Demand("消防", take=3)]), substitution=True)
    drawn = draw(commit(rules, enterprises, inspectors), enterprises, inspectors, seed=SEED)
    for _ in range(2):
        drawn = drawn.substitute(drawn.record.current[0].enterprise, reason="closed", on="2024-09-02")
    visit = drawn.record.current[0]
    return drawn.substitute(visit.enterprise, inspector=visit.places[0][2], reason="ill", on="2024-09-03").record


def test_a_row_of_amendments_is_an_amendment() -> None:
    """What was stated, who takes the place and the digest stand in a row each; the reason is a word in Chinese."""
    record = amended()
    columns = record.table("amendments")
    assert columns["amendment"] == [1, 2, 3]
    assert columns["digest"] == [each.digest(record.commitment.plan.scheme) for each in record.amendments]
    assert columns["enterprise"] == [each.enterprise for each in record.amendments]
    assert columns["inspector"] == ["", "", record.amendments[2].inspector]
    assert columns["substitutes"] == [";".join(map(" ".join, each.substitutes)) for each in record.amendments]
    assert columns["places"] == [";".join(map(" ".join, each.places)) for each in record.amendments]
    assert record.table("amendments", lang="zh")["原因"] == ["停业歇业", "停业歇业", "病假"]
    assert columns["reason"] == ["closed", "closed", "ill"]


def test_tables_are_of_the_visits_that_were_drawn_or_that_stand() -> None:
    """Visits, checks, places and departments can be told for both; what was drawn does not change."""
    record = amended()
    for name in ("visits", "checks", "places"):
        assert record.table(name) == record.drawn.table(name)
        assert record.table(name, current=True) != record.table(name)
    assert sum(map(int, record.table("departments", current=True)["visits"])) == 4 + 3
    assert record.table("visits", current=True)["enterprise"] == [visit.enterprise for visit in record.current]
    rows = sum(len(visit.departments) for visit in record.current)
    assert len(record.table("checks", current=True)["department"]) == rows
    ill = record.amendments[2]
    assert (ill.enterprise, ill.inspector) not in _sent(record, current=True)
    assert (ill.enterprise, ill.places[0][3]) in _sent(record, current=True)


def _sent(record: Record, *, current: bool) -> set[tuple[object, object]]:
    columns = record.table("places", current=current)
    return set(zip(columns["enterprise"], columns["inspector"], strict=True))


def test_a_row_of_replacements_is_a_person() -> None:
    """Whoever gave up a place or took one, with how often."""
    record = amended()
    columns = record.table("replacements")
    ill = record.amendments[2]
    assert columns["inspector"] == [each.inspector for each in record.replacements]
    counts = dict(zip(columns["inspector"], zip(columns["gave_up"], columns["took_over"], strict=True), strict=True))
    assert counts[ill.inspector] == (1, 0)
    assert counts[ill.places[0][3]] == (0, 1)
    assert record.drawn.table("replacements") == {"inspector": [], "gave_up": [], "took_over": []}


@pytest.mark.parametrize("name", NAMES)
def test_chinese_headings_stand_over_the_same_columns(name: TableName) -> None:
    """Every heading has a Chinese one, none twice, over the same cells."""
    record = small()
    english, chinese = record.table(name), record.table(name, lang="zh")
    assert list(english.values()) == list(chinese.values())
    assert all(not heading.isascii() for heading in chinese)


def test_other_tables_and_languages_are_refused() -> None:
    """Both are named at once, with what there is."""
    found = faults(lambda: small().table("people", lang="de"))  # type: ignore[arg-type]
    assert named(found) == [("choice", "name"), ("choice", "lang")]
    assert found[0].params["known"] == "visits, checks, places, strata, cells, departments, amendments, replacements"
