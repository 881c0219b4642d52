"""The inspectors' register divided into crews: who is in which, and all faults of registers and tables at once."""

from collections.abc import Sequence
from typing import Any

import pytest
from attrs import evolve

from crew_cases import grounds
from districts import SEED, Rows, faults, named, plan, register
from dual_random.binding import commit
from dual_random.draws import draw
from dual_random.eligibility import ANY
from dual_random.errors import Note
from dual_random.plans import Demand, Plan
from dual_random.rosters import crews, read_crews, roster_notices
from dual_random.team_rules import Recusal, Slot, TeamRule, meetings, recusals

PEOPLE: Rows = [
    {"id": name, "department": department, "rank": rank, "load": load}
    for name, department, rank, load in [
        ("F2", "消防", "senior", "7"),
        ("F10", "消防", "junior", "0"),
        ("𠮷", "消防", "junior", "12"),
        ("\ue000", "消防", "junior", "12"),
        ("S1", "市监", "deputy", "x"),
        ("X1", "外", "chief", ""),
    ]
]
FIRMS: Rows = [{"id": "E1", "street": "海曙"}, {"id": "E2", "street": "鄞州"}]


def rules(*teams: TeamRule, **more: Any) -> Plan:
    """A plan of two departments."""
    return plan([Demand("消防", take=1), Demand("市监", take=1)], teams=teams, **more)


def read(given: Plan, away: Sequence[Recusal] = (), met: dict[tuple[str, str], int] | None = None) -> list[Note]:
    """The faults of a plan over these people and firms; each reads in both languages."""
    found = read_crews(given, ["消防", "市监"], register(PEOPLE), register(FIRMS), recusals(away), meetings(met or {}))[
        1
    ]
    assert all(note.text("en") and note.text("zh") for note in found)
    return found


# ---- crews


def test_people_are_those_of_the_department_in_byte_order() -> None:
    """Byte order, not that of UTF-16: U+E000 stands before U+20BB7; others' people are in nobody's crew."""
    fire, market = crews(rules(), ["消防", "市监"], register(PEOPLE), register(FIRMS))
    assert [person.decode() for person in fire.people] == ["F10", "F2", "\ue000", "𠮷"]
    assert [person.decode() for person in market.people] == ["S1"]
    assert (fire.department, market.department) == ("消防", "市监")


def test_the_department_column_is_the_plans() -> None:
    """Any column may say who belongs where."""
    people = register([{"id": "F1", "unit": "消防", "department": "市监"}])
    made = crews(rules(department_column="unit"), ["消防"], people, register(FIRMS))
    assert [crew.people for crew in made] == [(b"F1",)]


def test_crews_stand_in_the_order_asked_for_and_without_visits_not_at_all() -> None:
    """Only departments with visits have a crew, in the caller's order."""
    made = crews(rules(), ["市监", "消防"], register(PEOPLE), register(FIRMS))
    assert [crew.department for crew in made] == ["市监", "消防"]
    assert [crew.department for crew in crews(rules(), ["消防"], register(PEOPLE), register(FIRMS))] == ["消防"]


def test_loads_are_read_where_the_rule_says_so() -> None:
    """Whole numbers in the order of the people; 0 where no column is named."""
    own = TeamRule("消防", carried="load")
    fire, market = crews(rules(own), ["消防", "市监"], register(PEOPLE), register(FIRMS))
    assert fire.carried == (0, 7, 12, 12)
    assert market.carried == (0,)


def test_recusals_are_kept_by_place_and_time_with_their_reasons() -> None:
    """Enterprise, period, both, neither; those of other departments are left to them."""
    away = [
        Recusal("F2", enterprise="E2", reason="亲属"),
        Recusal("F2", period="8月", reason="休假"),
        Recusal("F10", enterprise="E1", period="7月", reason="案件"),
        Recusal("F10", period="8月", reason="培训"),
        Recusal("𠮷", reason="借调"),
        Recusal("S1", enterprise="E1", reason="亲属"),
    ]
    given = rules(periods=["7月", "8月"])
    fire, market = crews(given, ["消防", "市监"], register(PEOPLE), register(FIRMS), recusals(away))
    assert fire.recused == {
        (1, ANY): {1: "亲属"},
        (ANY, 1): {0: "培训", 1: "休假"},
        (0, 0): {0: "案件"},
        (ANY, ANY): {3: "借调"},
    }
    assert market.recused == {(0, ANY): {0: "亲属"}}


def test_meetings_are_those_inside_the_department() -> None:
    """Two of different departments never stand in one team of a department: their meetings are accepted and idle."""
    met = meetings({("F2", "F10"): 3, ("F2", "S1"): 1, ("𠮷", "\ue000"): 2})
    fire, market = crews(rules(), ["消防", "市监"], register(PEOPLE), register(FIRMS), meetings=met)
    assert (fire.met, market.met) == ({(0, 1): 3, (2, 3): 2}, {})


# ---- refusals


@pytest.mark.parametrize(
    ("team", "code", "at", "column"),
    [
        (TeamRule(slots=[Slot("a"), Slot("b", where={"x": "1"})]), "inspectors", "teams[1].slots[1].where", "x"),
        (TeamRule(slots=[Slot("a", same={"x": "street"})]), "inspectors", "teams[1].slots[0].same", "x"),
        (TeamRule(slots=[Slot("a", same={"rank": "x"})]), "enterprises", "teams[1].slots[0].same", "x"),
        (TeamRule(carried="x"), "inspectors", "teams[1].carried", "x"),
    ],
)
def test_columns_that_a_register_lacks_are_told_with_their_place(
    team: TeamRule, code: str, at: str, column: str
) -> None:
    """Conditions and loads are the inspectors'; of equal columns, one is theirs and one the enterprises'."""
    found = read(rules(TeamRule("消防"), team))
    assert named(found) == [(f"{code}-column-unknown", at)]
    assert found[0].params["column"] == column
    assert found[0].params["known"] == ("street" if code == "enterprises" else "department, load, rank")


def test_without_the_department_column_nobody_is_said_to_be_missing() -> None:
    """One fault, not one for each department."""
    assert named(read(rules(department_column="unit"))) == [("inspectors-column-unknown", "department_column")]


def test_a_department_without_anybody_is_told_with_the_departments_there_are() -> None:
    """A misspelt department shows."""
    found = read_crews(rules(), ["消防", "城管"], register(PEOPLE), register(FIRMS))[1]
    assert [str(note) for note in found] == [
        "teams.城管: no inspector is of the department 城管; the column department has '外', '市监', '消防': "
        "add its inspectors or correct the name"
    ]


@pytest.mark.parametrize("text", ["", "x", "-1", "+1", "1.0", "01", "00", "１", "1 000", "1e3", str(10**15)])
def test_loads_that_are_no_whole_numbers_are_told_by_name(text: str) -> None:
    """One writing for one number: no signs, no zeros in front, no full-width digits, no more than fifteen digits."""
    people = [{"id": "F1", "department": "消防", "load": text}, {"id": "F2", "department": "消防", "load": "3"}]
    given = plan([Demand("消防", take=1)], teams=[TeamRule(carried="load")])
    found = faults(lambda: crews(given, ["消防"], register(people), register(FIRMS)))
    assert named(found) == [("carried-form", "inspectors.F1")]
    assert found[0].params["column"] == "load"


@pytest.mark.parametrize("load", [0, 7, 10, 10**15 - 1])
def test_loads_may_be_large(load: int) -> None:
    """Any number of at most fifteen digits; the least limit that does can then be written, too."""
    people = register([{"id": "F1", "department": "消防", "load": str(load)}])
    given = plan([Demand("消防", take=1)], teams=[TeamRule(carried="load")])
    assert crews(given, ["消防"], people, register(FIRMS))[0].carried == (load,)
    rule = TeamRule(slots=[Slot("member")], carried="load", most=1, relief=True)
    raised = evolve(given, demands=[Demand("消防", take=2)], teams=[rule])
    drawn = draw(commit(raised, register(FIRMS), people), register(FIRMS), people, seed=SEED)
    assert drawn.record.staffing[0].most == load + 2


def test_loads_of_people_without_visits_are_not_read() -> None:
    """S1 and X1 have none that could be read, and no rule asks for them."""
    assert read(rules(TeamRule("消防", carried="load"))) == []
    assert named(read(rules(TeamRule(carried="load")))) == [("carried-form", "inspectors.S1")]


def test_recusals_of_the_unknown_are_told() -> None:
    """An inspector once, an enterprise and a period each time: whoever was meant would go."""
    away = [
        Recusal("F9", enterprise="E1", reason="亲属"),
        Recusal("F9", enterprise="E2", reason="亲属"),
        Recusal("F2", enterprise="E9", reason="亲属"),
        Recusal("F2", period="9月", reason="休假"),
        Recusal("X1", enterprise="E9", period="7月", reason="亲属"),
    ]
    found = read(rules(periods=["7月", "8月"]), away)
    assert named(found) == [
        ("inspector-unknown", "recusals.F9"),
        ("recusal-period-unknown", "recusals.F2"),
        ("recusal-enterprise-unknown", "recusals.F2"),
        ("recusal-enterprise-unknown", "recusals.X1"),
    ]
    assert found[1].params["known"] == "7月, 8月"
    assert named(read(rules(), away[3:4])) == [("recusal-period-unknown", "recusals.F2")]


def test_meetings_of_the_unknown_are_told() -> None:
    """By the pair that stands in the table."""
    found = read(rules(), met={("F2", "F9"): 1, ("G1", "G2"): 1, ("F2", "S1"): 2})
    assert [(note.at, note.params["name"]) for note in found] == [
        ("meetings.F2.F9", "F9"),
        ("meetings.G1.G2", "G1"),
        ("meetings.G1.G2", "G2"),
    ]


def test_all_faults_are_told_at_once() -> None:
    """Columns, departments, loads, recusals, meetings: one refusal; what has none is read all the same."""
    given = rules(TeamRule("消防", carried="load", slots=[Slot("a", where={"x": "1"})]), TeamRule(carried="load"))
    away = [Recusal("F9", reason="休假")]
    arguments = (given, ["消防", "市监", "城管"], register(PEOPLE), register(FIRMS), away, meetings({("F8", "F9"): 1}))
    made, found = read_crews(*arguments)
    assert named(found) == [
        ("inspectors-column-unknown", "teams[0].slots[0].where"),
        ("carried-form", "inspectors.S1"),
        ("crew-empty", "teams.城管"),
        ("inspector-unknown", "recusals.F9"),
        ("inspector-unknown", "meetings.F8.F9"),
        ("inspector-unknown", "meetings.F8.F9"),
    ]
    assert [crew.department for crew in made] == ["市监"]
    assert faults(lambda: crews(*arguments)) == found


def test_sound_grounds_have_no_faults() -> None:
    """Whatever names what there is can be read."""
    for ground in grounds(50, least=1):
        made = crews(
            ground.plan, ground.departments, ground.inspectors, ground.enterprises, ground.recusals, ground.meetings
        )
        assert [crew.department for crew in made] == ground.departments
        told = [name for crew in made for name in map(bytes.decode, crew.people)]
        assert sorted(told) == sorted(name for own in ground.departments for name in ground.people_of(own))


# ---- notices


def test_values_that_nobody_has_are_pointed_out() -> None:
    """Nobody to whom the rule applies: who is of a department with another rule, or without visits, does not count."""
    slots = [Slot("a"), Slot("b", where={"rank": ["senior", "deputy", "chief", ""], "load": ["7"]})]

    def values(*teams: TeamRule, of: Sequence[str] = ("消防", "市监")) -> list[tuple[str, object]]:
        found = roster_notices(rules(*teams), of, register(PEOPLE))
        return [(note.at, note.params["value"]) for note in found if note.code == "slot-value-unknown"]

    at = "teams[0].slots[1].where.rank"
    assert values(TeamRule("消防", slots=slots)) == [(at, "''"), (at, "'chief'"), (at, "'deputy'")]
    assert values(TeamRule(slots=slots)) == [(at, "''"), (at, "'chief'")]
    assert values(TeamRule(slots=slots), of=["消防", "市监", "外"]) == [(at, "''")]
    assert values(TeamRule(slots=slots), TeamRule("消防"), TeamRule("市监")) == []  # no department is left for it


def test_departments_without_a_rule_are_pointed_out() -> None:
    """Where some departments have rules, the others send anybody, also with an expired certificate."""
    demands = [Demand("消防", take=1), Demand("市监", take=1)]
    found = roster_notices(plan(demands, teams=[TeamRule("消防")]), ["消防", "市监"], register(PEOPLE))
    assert [(note.code, note.params["departments"]) for note in found if note.code == "teams-without-rule"] == [
        ("teams-without-rule", "市监")
    ]
    for teams in ([], [TeamRule("消防"), TeamRule()]):
        found = roster_notices(plan(demands, teams=teams), ["消防", "市监"], register(PEOPLE))
        assert not [note for note in found if note.code == "teams-without-rule"]


def test_people_and_rules_without_visits_are_pointed_out() -> None:
    """A department that no demand knows is mostly a slip of the pen; it is allowed."""
    given = plan([], staffs="ab" * 32, teams=[TeamRule("消防"), TeamRule("消访"), TeamRule()])
    found = roster_notices(given, ["消防"], register(PEOPLE))
    assert [(note.code, note.at, dict(note.params)) for note in found] == [
        ("team-idle", "teams[1]", {"department": "消访"}),
    ]
    found = roster_notices(plan([Demand("消防", take=1)], teams=[TeamRule()]), ["消防"], register(PEOPLE))
    assert [(note.code, note.at, dict(note.params)) for note in found] == [
        ("inspectors-idle", "department", {"department": "'外'", "count": 1}),
        ("inspectors-idle", "department", {"department": "'市监'", "count": 1}),
    ]
    assert all(note.text("zh") for note in found)
