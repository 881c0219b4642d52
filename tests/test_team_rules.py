"""Rules of teams: slots, limits, recusals, meetings as data, every fault at its path, one digest for equal rules."""

import json
import pickle
from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import Any, Final

import attrs
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dual_random.commitments import BoundRegister, Commitment
from dual_random.errors import InputError, Note, VerificationError
from dual_random.forms import COUNTS_END
from dual_random.plans import SOUND, Demand, JointRule, Plan, SeedSource
from dual_random.team_rules import (
    MEMBERS,
    Meetings,
    Recusal,
    Slot,
    TeamRule,
    meeting_faults,
    meetings,
    recusal_faults,
    recusals,
)
from dual_random.testing.strategies import SEED_FORM, clean_texts, team_rules
from dual_random.text import canonical_json

quick = settings(deadline=None, derandomize=True, max_examples=60)

HUGE: Final = 10**5000  # more digits than Python prints
DIGEST: Final = "ab" * 32
SOURCE: Final = SeedSource(source="双色球", event="2024090期", earliest="2024-08-06T21:15:00+08:00", form=SEED_FORM)
DEMANDS: Final = (
    Demand("市监", take="5%", where={"status": "存续"}),
    Demand("市监·特种设备", department="市监", take=2),
    Demand("消防", take=3),
)
LEADER: Final = Slot(
    "leader", where={"rank": ["senior", "chief"], "certificate": "valid"}, same={"area": "street", "city": "city"}
)
BOILER: Final = Slot("boiler", 2, where={"certificate": "boiler"}, only_for="市监·特种设备")
RULE: Final = TeamRule(
    "市监",
    slots=[LEADER, BOILER, Slot("member", not_for="市监·特种设备")],
    most=40,
    most_per_period=12,
    carried="load",
    slack=1,
    rotate=True,
    relief=True,
)
RECUSALS: Final = (
    Recusal("F02", reason="retired"),
    Recusal("F07", enterprise="E1", reason="brother of the owner"),
    Recusal("F07", enterprise="E1", period="8月", reason="x"),
    Recusal("F07", period="7月", reason="leave"),
)


def plan(teams: Any = (), **more: Any) -> Plan:
    """A plan of two departments with some rules of teams."""
    return Plan(title="抽查", authority="海曙区", number="1", seed=SOURCE, demands=DEMANDS, teams=teams, **more)


def data(**parts: object) -> dict[str, object]:
    """The same plan as data, with some parts exchanged."""
    return {**plan().to_dict(), **parts}


def staffing(**parts: object) -> dict[str, object]:
    """The data of a plan that staffs a record."""
    written = {**data(), "staffs": DIGEST, **parts}
    return {name: part for name, part in written.items() if name != "demands" or name in parts}


def committed(teams: Any = (), **more: Any) -> Commitment:
    """A commitment of the plan over registers that nobody looks at."""
    people = BoundRegister(digest="1" * 64, rows=9, columns=["department"])
    return Commitment(
        plan=plan(teams), enterprises=BoundRegister(digest="0" * 64, rows=1), **{"inspectors": people, **more}
    )


def told(notes: Any) -> list[str]:
    """Codes and places of notes, which read in both languages."""
    assert all(note.text("en") and note.text("zh") for note in notes)
    return [f"{note.code} {note.at}" for note in notes]


def faults(call: Callable[[], object]) -> list[str]:
    """Codes and places of the faults of a call."""
    with pytest.raises(InputError) as caught:
        call()
    return told(caught.value.faults)


def findings(data: Any) -> list[str]:
    """Codes and places of what is wrong with a commitment's data, sorted."""
    with pytest.raises(VerificationError) as caught:
        Commitment.from_json(json.dumps(data).encode())
    return sorted(told(caught.value.findings))


def under(path: str, expected: list[str]) -> list[str]:
    """The same faults at a place inside a file."""
    return [line.replace(" ", f" {path}.", 1) for line in expected]


# ---- slots


def test_slot_has_defaults() -> None:
    """A slot is a name: one place, for everybody, on every visit."""
    nothing: Any = {"where": {}, "same": (), "only_for": "", "not_for": ""}
    assert Slot("member") == Slot("member", 1, **nothing)


@pytest.mark.parametrize(
    ("slot", "demands", "expected"),
    [
        (Slot("a"), [], True),
        (Slot("a"), ["x"], True),
        (Slot("a", only_for="x"), ["x", "y"], True),
        (Slot("a", only_for="x"), ["y"], False),
        (Slot("a", only_for="x"), [], False),
        (Slot("a", not_for="x"), ["x", "y"], False),
        (Slot("a", not_for="x"), ["y"], True),
        (Slot("a", not_for="x"), [], True),
        (Slot("a", only_for="x", not_for="y"), ["x"], True),
        (Slot("a", only_for="x", not_for="y"), ["x", "y"], False),
        (Slot("a", only_for="x", not_for="y"), ["y", "x"], False),
        (Slot("a", only_for="x", not_for="y"), ["z"], False),
    ],
)
def test_visits_that_have_a_slot(slot: Slot, demands: list[str], expected: bool) -> None:
    """A slot stands where the demand it is for is, and where the demand it is not for is not."""
    assert slot.stands(demands) is slot.stands(iter(demands)) is expected


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({"name": ""}, ["text-empty name"]),
        ({"name": 7}, ["text-type name"]),
        ({"name": "组长 "}, ["text-space name"]),
        ({"name": "a\u200b"}, ["text-character name"]),
        ({"name": "e\u0301"}, ["text-not-nfc name"]),
        ({"count": 0}, ["positive-form count"]),
        ({"count": -1}, ["positive-form count"]),
        ({"count": True}, ["positive-form count"]),
        ({"count": 1.0}, ["positive-form count"]),
        ({"count": "2"}, ["positive-form count"]),
        ({"count": COUNTS_END}, ["positive-form count"]),
        ({"count": HUGE}, ["positive-form count"]),
        ({"count": None}, ["positive-form count"]),
        ({"where": {"rank": []}}, ["condition-empty where.rank"]),
        ({"where": {"rank": True, "": "x"}}, ["text-empty where.", "text-type where.rank"]),
        ({"where": {"rank": ["a", "a"]}}, ["name-repeated where.rank"]),
        ({"where": [["rank", "a"], ["rank", "b"]]}, ["name-repeated where"]),
        ({"where": {"rank": HUGE}}, ["text-type where.rank"]),
        ({"same": {"district": ""}}, ["text-empty same.district"]),
        ({"same": {"district": 7, "": "street"}}, ["text-empty same.", "text-type same.district"]),
        ({"same": {"district": "street "}}, ["text-space same.district"]),
        ({"same": [["district", "a"], ["district", "b"]]}, ["name-repeated same"]),
        ({"same": {"district": ["street"]}}, ["text-type same.district"]),
        ({"only_for": 7}, ["text-type only_for"]),
        ({"not_for": None}, ["text-type not_for"]),
        ({"only_for": [1], "not_for": [1]}, ["text-type only_for", "text-type not_for"]),
        ({"only_for": "消防", "not_for": "消防"}, ["slot-never not_for"]),
        ({"only_for": HUGE, "not_for": " x"}, ["text-type only_for", "text-space not_for"]),
    ],
)  # fmt: skip
def test_faults_of_a_slot(parts: dict[str, Any], expected: list[str]) -> None:
    """Every rule of a slot that is broken is named at its part; in a file, at its path."""
    slot = {"name": "leader", **parts}
    assert faults(lambda: Slot(**slot)) == expected
    read = data(teams=[{"department": "消防", "slots": [{"name": "member"}, slot]}])
    assert faults(lambda: Plan.from_dict(read)) == under("teams[0].slots[1]", expected)


@pytest.mark.parametrize("part", ["where", "same"])
@pytest.mark.parametrize("value", [None, 7, "rank", ["rank"], [["rank"]], [["rank", "a", "b"]]])
def test_shapes_that_no_slot_has(part: str, value: Any) -> None:
    """What is neither a mapping nor pairs is refused; in a file, at its path."""
    slot = {"name": "leader", part: value}
    assert faults(lambda: Slot(**slot)) == ["plan-shape "]
    read = data(teams=[{"slots": [slot]}])
    assert faults(lambda: Plan.from_dict(read)) == [f"plan-shape teams[0].slots[0].{part}"]


def test_what_is_no_text_can_be_anything() -> None:
    """Values that cannot be compared in the usual way are named like any other."""
    strange: Any = np.array(["a", "b"])
    assert faults(lambda: Slot("a", only_for=strange, not_for=strange)) == ["text-type only_for", "text-type not_for"]


def test_all_faults_of_a_slot_at_once() -> None:
    """A slot in which everything is wrong tells everything."""
    parts: Any = {"where": {"a": []}, "same": {"b": 7}, "only_for": 1, "not_for": "x "}
    assert faults(lambda: Slot("", 0, **parts)) == [
        "text-empty name",
        "positive-form count",
        "condition-empty where.a",
        "text-type same.b",
        "text-type only_for",
        "text-space not_for",
    ]


# ---- rules


def test_rule_has_defaults() -> None:
    """A rule is nothing but defaults: two members, nobody's limit, for all departments without one of their own."""
    nothing: Any = {"most": None, "most_per_period": None, "carried": "", "slack": 0, "rotate": False, "relief": False}
    assert TeamRule() == TeamRule("", slots=[], **nothing)
    assert TeamRule().slots == (Slot("member", 2),)
    assert RULE.slots == (LEADER, BOILER, Slot("member", not_for="市监·特种设备"))


def test_columns_that_a_rule_reads() -> None:
    """Of the inspectors those of where, of same and of the loads; of the enterprises those of same."""
    assert RULE.inspector_columns == {"rank", "certificate", "area", "city", "load"}
    assert RULE.enterprise_columns == {"street", "city"}
    assert (TeamRule().inspector_columns, TeamRule().enterprise_columns) == (frozenset(), frozenset())
    assert TeamRule(carried="load").inspector_columns == {"load"}


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({"department": 7}, ["text-type department"]),
        ({"department": "消防 "}, ["text-space department"]),
        ({"department": None}, ["text-type department"]),
        ({"carried": "load\n"}, ["text-character carried"]),
        ({"carried": None}, ["text-type carried"]),
        ({"most": 0}, ["positive-form most"]),
        ({"most": True}, ["positive-form most"]),
        ({"most": "40"}, ["positive-form most"]),
        ({"most": 40.0}, ["positive-form most"]),
        ({"most": HUGE}, ["positive-form most"]),
        ({"most_per_period": 0}, ["positive-form most_per_period"]),
        ({"most_per_period": -3}, ["positive-form most_per_period"]),
        ({"most_per_period": False}, ["positive-form most_per_period"]),
        ({"slack": -1}, ["count-form slack"]),
        ({"slack": False}, ["count-form slack"]),
        ({"slack": None}, ["count-form slack"]),
        ({"slack": HUGE}, ["count-form slack"]),
        ({"rotate": 1}, ["choice rotate"]),
        ({"rotate": "true"}, ["choice rotate"]),
        ({"rotate": None}, ["choice rotate"]),
        ({"relief": 0}, ["choice relief"]),
        ({"relief": 1}, ["choice relief"]),
        ({"relief": True}, ["relief-without-most relief"]),
        ({"relief": True, "most": 0}, ["positive-form most"]),
    ],
)
def test_faults_of_a_rule(parts: dict[str, Any], expected: list[str]) -> None:
    """Every rule that is broken is named at its part; in a file, at its path."""
    assert faults(lambda: TeamRule(**parts)) == expected
    assert faults(lambda: Plan.from_dict(data(teams=[{}, {"department": "消防", **parts}]))) == under(
        "teams[1]", expected
    )


@pytest.mark.parametrize("name", ["most", "most_per_period"])
def test_limits_are_counts_from_one(name: str) -> None:
    """The least limit is one visit, the largest what every JSON reader keeps exact."""
    for limit in (1, COUNTS_END - 1):
        assert getattr(TeamRule(**{name: limit}), name) == limit  # type: ignore[arg-type]


@pytest.mark.parametrize("slots", [None, 7, "leader", {"name": "leader"}, {LEADER}, LEADER])
def test_slots_are_a_list(slots: Any) -> None:
    """Slots stand in an order, so what has none is refused; also one slot that is no list."""
    assert faults(lambda: TeamRule(slots=slots)) == ["plan-shape "]
    assert faults(lambda: Plan.from_dict(data(teams=[{"slots": slots}]))) == ["plan-shape teams[0].slots"]


def test_slots_of_one_rule_have_names_of_their_own() -> None:
    """A name twice is refused; slots of two rules may have one name."""
    twice = [Slot("a"), Slot("b"), Slot("a", 2)]
    assert faults(lambda: TeamRule(slots=twice)) == ["name-repeated slots"]
    assert faults(lambda: plan([{"slots": []}])) == ["plan-shape teams[0]"]
    assert len(plan([TeamRule("市监", slots=[Slot("a")]), TeamRule(slots=[Slot("a")])]).teams) == 2


def test_slots_of_other_kinds_are_named() -> None:
    """Python parts that are no slots are refused, each at its place."""
    wrong: Any = [{"name": "a"}, Slot("a"), "b"]
    assert faults(lambda: TeamRule(slots=wrong)) == ["plan-shape slots[0]", "plan-shape slots[2]"]


def test_slots_name_ten_demands_at_most() -> None:
    """All combinations of the demands named are looked at before the seed, so there cannot be many of them."""
    only = [Slot(f"s{i}", only_for=f"d{i}") for i in range(6)]
    fine = [*only, *(Slot(f"t{i}", not_for=f"e{i}") for i in range(4)), Slot("again", only_for="d0", not_for="e0")]
    assert len(TeamRule(slots=fine).slots) == 11
    with pytest.raises(InputError) as caught:
        TeamRule(slots=[*fine, Slot("more", not_for="x")])
    assert told(caught.value.faults) == ["slot-demands-many slots"]
    assert caught.value.faults[0].params == {"count": 11, "most": 10}


def test_all_faults_of_a_rule_at_once() -> None:
    """A rule in which everything is wrong tells everything."""
    parts: Any = {"slots": [7], "most": 0, "most_per_period": 0, "carried": 7, "slack": -1, "rotate": 1, "relief": 1}
    assert faults(lambda: TeamRule("x ", **parts)) == [
        "text-space department",
        "text-type carried",
        "plan-shape slots[0]",
        "positive-form most",
        "positive-form most_per_period",
        "count-form slack",
        "choice rotate",
        "choice relief",
    ]


# ---- recusals


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({"inspector": ""}, ["text-empty inspector"]),
        ({"inspector": 7}, ["text-type inspector"]),
        ({"reason": ""}, ["text-empty reason"]),
        ({"reason": "x\n"}, ["text-character reason"]),
        ({"enterprise": "E1 "}, ["text-space enterprise"]),
        ({"period": 7}, ["text-type period"]),
        ({"inspector": "", "reason": "x ", "enterprise": True, "period": "\u3000"},
         ["text-empty inspector", "text-space reason", "text-type enterprise", "text-space period"]),
    ],
)  # fmt: skip
def test_faults_of_a_recusal(parts: dict[str, Any], expected: list[str]) -> None:
    """A recusal names somebody and a reason; enterprise and period may be empty; all faults are told at once."""
    recusal = {"inspector": "F07", "reason": "x", **parts}
    assert faults(lambda: Recusal(**recusal)) == expected
    read = {**_plain(committed()), "recusals": [{"inspector": "F01", "reason": "x"}, recusal]}
    assert findings(read) == sorted(under("recusals[1]", expected))


def test_what_no_file_holds_is_named_too() -> None:
    """None and numbers that Python does not print are no text either."""
    strange: Any = {"enterprise": None, "period": HUGE, "reason": None}
    assert faults(lambda: Recusal(HUGE, **strange)) == [  # type: ignore[arg-type]
        "text-type inspector",
        "text-type reason",
        "text-type enterprise",
        "text-type period",
    ]


def test_recusals_have_one_order() -> None:
    """By inspector, enterprise, period, in byte order, however they are written; a list, a tuple or a generator."""
    turned = RECUSALS[::-1]
    expected = (RECUSALS[0], RECUSALS[3], RECUSALS[1], RECUSALS[2])
    assert recusals(turned) == recusals(list(turned)) == recusals(each for each in turned) == expected
    wide = [Recusal(name, reason="x") for name in ("𠮷", "Ａ", "a")]
    assert [each.inspector for each in recusals(wide)] == ["a", "Ａ", "𠮷"]


@pytest.mark.parametrize("value", [None, "F07", {"F07": "x"}, set(RECUSALS), RECUSALS[0], 7])
def test_recusals_are_a_list(value: Any) -> None:
    """Whatever is no list is refused."""
    assert faults(lambda: recusals(value)) == ["plan-shape "]
    assert faults(lambda: committed(recusals=value)) == ["plan-shape "]


def test_faults_of_recusals() -> None:
    """One stated twice is refused, also with another reason; what is no recusal is named at its place."""
    more = Recusal("F07", enterprise="E1", reason="another reason")
    (fault,) = recusal_faults(recusals([*RECUSALS, more]), "recusals")
    assert told([fault]) == ["name-repeated recusals"]
    assert fault.params["name"] == "('F07', 'E1', '')"
    assert recusal_faults(recusals(RECUSALS), "recusals") == []
    wrong: Any = [RECUSALS[0], {"inspector": "F07"}, 7]
    assert told(recusal_faults(recusals(wrong), "recusals")) == ["plan-shape recusals[1]", "plan-shape recusals[2]"]
    assert faults(lambda: committed(recusals=[more, more])) == ["name-repeated recusals"]


# ---- meetings

MET: Final[Meetings] = ((("F01", "F02"), 3), (("F01", "F03"), 1), (("F02", "Ａ"), 2), (("F02", "𠮷"), 2))


@pytest.mark.parametrize(
    "written",
    [
        {("F01", "F02"): 3, ("F01", "F03"): 1, ("F02", "Ａ"): 2, ("F02", "𠮷"): 2},
        {("𠮷", "F02"): 2, ("Ａ", "F02"): 2, ("F03", "F01"): 1, ("F02", "F01"): 3},
        [[["F03", "F01"], 1], [["F02", "F01"], 3], [["Ａ", "F02"], 2], [["𠮷", "F02"], 2]],
        [(["F02", "𠮷"], 2), (("F02", "Ａ"), 2), (("F01", "F03"), 1), (("F01", "F02"), 3)],
        iter(MET),
        MET,
    ],
)
def test_meetings_have_one_order(written: Any) -> None:
    """A mapping or pairs, either person first, in any order: one value, in byte order."""
    found = meetings(written)
    assert found == MET
    assert all(type(pair) is tuple for pair, _ in found)
    assert meeting_faults(found, "meetings") == []


@pytest.mark.parametrize(
    "value",
    [
        None,
        7,
        "F01",
        {"F01": 3},
        {("F01",): 3},
        {("F01", "F02", "F03"): 3},
        [("F01", "F02")],
        [["F0", 3]],
        [(("a", "b"), 3, 4)],
        set(MET),
    ],
)
def test_shapes_that_no_meetings_have(value: Any) -> None:
    """What is neither a mapping of pairs nor a list of pairs with counts is refused; two letters are no pair."""
    assert faults(lambda: meetings(value)) == ["plan-shape "]
    assert faults(lambda: committed(meetings=value)) == ["plan-shape "]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({("F01", "F02"): 0}, ["positive-form m.F01.F02"]),
        ({("F01", "F02"): -1}, ["positive-form m.F01.F02"]),
        ({("F01", "F02"): True}, ["positive-form m.F01.F02"]),
        ({("F01", "F02"): "3"}, ["positive-form m.F01.F02"]),
        ({("F01", "F02"): 3.0}, ["positive-form m.F01.F02"]),
        ({("F01", "F02"): None}, ["positive-form m.F01.F02"]),
        ({("F01", "F02"): HUGE}, ["positive-form m.F01.F02"]),
        ({("F02", "F01"): 3, ("F01", "F02"): 3}, ["name-repeated m"]),
        ([(("F02", "F01"), 3), (("F02", "F01"), 4)], ["name-repeated m"]),
        ({("F01", "F01"): 3}, ["meeting-alone m.F01.F01"]),
        ({("", "F01"): 3}, ["text-empty m..F01"]),
        ({("F01 ", "F01"): 3}, ["text-space m.F01.F01 "]),
        ({("F01", 7): 3}, ["text-type m.7.F01"]),
        ({("F01", HUGE): 3}, ["text-type m.<int>.F01"]),
        ({("F01", "a\n"): 3}, ["text-character m.F01.'a\\n'"]),
        ([(("F01", ["x"]), 3)], ["text-type m.F01.['x']"]),
        ([((["x"], ["x"]), 3)] * 2, ["text-type m.['x'].['x']"] * 4),
        ({("a", "a"): 0, ("b", "c"): 1}, ["meeting-alone m.a.a", "positive-form m.a.a"]),
    ],
)  # fmt: skip
def test_faults_of_meetings(value: Any, expected: list[str]) -> None:
    """Two different people with clean names, once, and a count from one: who never met stands in no pair."""
    assert told(meeting_faults(meetings(value), "m")) == expected
    assert faults(lambda: committed(meetings=value)) == [line.replace(" m", " meetings", 1) for line in expected]


# ---- plans with teams


def test_rules_in_a_plan_are_named_once() -> None:
    """Two rules of one department, or two for all others, contradict each other."""
    assert faults(lambda: plan([TeamRule("消防"), TeamRule("市监"), TeamRule("消防", most=3)])) == [
        "name-repeated teams"
    ]
    with pytest.raises(InputError) as caught:
        plan([TeamRule(), TeamRule(most=3)])
    assert [note.params for note in caught.value.faults] == [{"name": "''"}]


def test_rules_are_of_departments_that_have_a_demand() -> None:
    """A rule of a department that never goes is a slip, named with the departments there are; each once."""
    with pytest.raises(InputError) as caught:
        plan([TeamRule("消防"), TeamRule("税务"), TeamRule("市监·特种设备")])
    assert told(caught.value.faults) == [
        "team-department-unknown teams[1].department",
        "team-department-unknown teams[2].department",
    ]
    assert caught.value.faults[0].params == {"name": "'税务'", "known": "市监, 消防"}


def test_slots_are_for_demands_of_the_plan() -> None:
    """Demands that slots name are the plan's, of any department; others are named where they stand."""
    slots = [Slot("a", only_for="消防", not_for="市监"), Slot("b", only_for="x", not_for="y"), Slot("c", not_for="z")]
    with pytest.raises(InputError) as caught:
        plan([TeamRule(), TeamRule("消防", slots=slots)])
    assert told(caught.value.faults) == [
        "slot-demand-unknown teams[1].slots[1].only_for",
        "slot-demand-unknown teams[1].slots[1].not_for",
        "slot-demand-unknown teams[1].slots[2].not_for",
    ]
    assert caught.value.faults[0].params == {"name": "'x'", "known": "市监, 市监·特种设备, 消防"}


@pytest.mark.parametrize("teams", [None, 7, "消防", {"department": "消防"}, {TeamRule()}, TeamRule()])
def test_rules_of_teams_are_a_list(teams: Any) -> None:
    """Whatever is no list is refused; in a file, at its path."""
    assert faults(lambda: plan(teams)) == ["plan-shape "]
    assert faults(lambda: Plan.from_dict(data(teams=teams))) == ["plan-shape teams"]


def test_rules_of_other_kinds_are_named() -> None:
    """Python parts that are no rules are refused, each at its place."""
    assert faults(lambda: plan([{"department": "消防"}, TeamRule(), 7])) == [
        "plan-shape teams[0]",
        "plan-shape teams[2]",
    ]


def test_all_faults_of_teams_in_a_file_at_once() -> None:
    """Unknown and missing keys and every fault of a value are told in one go, each with its path."""
    read = data(
        teams=[
            {
                "department": "消防",
                "Most": 3,
                "slots": [
                    {"name": "leader", "where": {"rank": []}, "wehre": {}},
                    {"count": 0, "same": {"area": 7}, "onlyfor": "x"},
                    7,
                ],
                "relief": True,
            },
            {"slots": [{"name": "a"}, {"name": "a"}], "most": "40", "slack": -1},
            "消防",
        ],
        department_column="",
        staff="x",
    )
    assert sorted(faults(lambda: Plan.from_dict(read))) == sorted(
        [
            "key-unknown staff",
            "key-unknown teams[0].Most",
            "key-unknown teams[0].slots[0].wehre",
            "condition-empty teams[0].slots[0].where.rank",
            "key-unknown teams[0].slots[1].onlyfor",
            "key-missing teams[0].slots[1].name",
            "positive-form teams[0].slots[1].count",
            "text-type teams[0].slots[1].same.area",
            "plan-shape teams[0].slots[2]",
            "relief-without-most teams[0].relief",
            "name-repeated teams[1].slots",
            "positive-form teams[1].most",
            "count-form teams[1].slack",
            "plan-shape teams[2]",
            "text-empty department_column",
        ]
    )


def test_demands_that_cannot_be_read_accuse_no_team() -> None:
    """If the demands are faulty or missing, nothing is said to be unknown to them; what else is wrong is told."""
    teams = [{"department": "消防", "slots": [{"name": "a", "only_for": "消防"}], "slack": 0}, {"department": "消防"}]
    faulty = [{"name": "消防", "take": 0.5}]
    assert faults(lambda: Plan.from_dict(data(teams=teams, demands=faulty))) == [
        "share-float demands[0].take",
        "name-repeated teams",
    ]
    assert faults(lambda: Plan.from_dict(data(teams=teams, demands=[]))) == [
        "demands-missing demands",
        "name-repeated teams",
    ]
    wrong: Any = {**_parts(plan()), "demands": [7], "teams": [TeamRule("消防")]}
    assert faults(lambda: Plan(**wrong)) == ["plan-shape demands[0]"]


def _parts(value: Plan) -> dict[str, Any]:
    """The arguments of a plan."""
    return {each.name: getattr(value, each.name) for each in attrs.fields(Plan)}


def test_columns_that_a_plan_reads_of_both_registers() -> None:
    """Those of all rules, each once, in byte order; who is drawn depends on those of the demands only."""
    rules = plan([RULE, TeamRule(carried="carried", slots=[Slot("a", same={"Ａ": "𠮷", "b": "Ａ"})])])
    assert rules.inspector_columns == tuple(
        sorted(["department", "rank", "certificate", "area", "city", "load", "carried", "Ａ", "b"])
    )
    assert rules.enterprise_columns == ("city", "status", "street", "Ａ", "𠮷")
    assert rules.demand_columns == ("status",)
    assert (plan().inspector_columns, plan().enterprise_columns) == (("department",), ("status",))
    assert plan([], department_column="部门").inspector_columns == ("部门",)
    assert plan([TeamRule(slots=[Slot("a", where={"部门": "x"})])], department_column="部门").inspector_columns == (
        "部门",
    )


@pytest.mark.parametrize("value", ["", 7, None, "部门 "])
def test_the_column_of_departments_has_a_name(value: Any) -> None:
    """The column that says whose inspector somebody is has a name that is clean text."""
    (line,) = faults(lambda: plan([], department_column=value))
    assert line.endswith(" department_column")


def test_rule_of_a_department() -> None:
    """Its own, else that of all others, else two members without limits."""
    own, others = TeamRule("消防", most=3), TeamRule(most=9)
    assert plan([own, others]).team_rule("消防") is own
    assert plan([own, others]).team_rule("市监") is others
    assert plan([others]).team_rule("消防") is others
    assert plan([own]).team_rule("市监") == TeamRule()
    assert plan().team_rule("市监").slots == MEMBERS


# ---- plans that staff an earlier record


def test_a_plan_that_staffs_a_record_draws_nobody() -> None:
    """It has teams, periods, a seed and perhaps seals, and neither demands nor joint rule nor barred enterprises."""
    read = Plan.from_dict(
        staffing(
            teams=[{"department": "税务", "slots": [{"name": "a", "only_for": "whatever", "not_for": "else"}]}],
            periods=["8月"],
            seals={"消防": "cd" * 32},
        )
    )
    assert (read.demands, read.staffs, read.demand_columns) == ((), DIGEST, ())
    assert "demands" not in read.to_dict()
    assert Plan.from_dict(read.to_dict()) == read


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({"demands": [{"name": "消防", "take": 1}]}, ["staffing-with-draw demands"]),
        ({"joint": {"at_least": "50%"}}, ["staffing-with-draw joint"]),
        ({"joint": {"most_departments": 3}}, ["staffing-with-draw joint"]),
        ({"barred": {"E1": "x"}}, ["staffing-with-draw barred"]),
        ({"demands": [{"name": "消防", "take": 1}], "joint": {"reach": "extra"}, "barred": {"E1": "x"}},
         ["staffing-with-draw demands", "staffing-with-draw joint", "staffing-with-draw barred"]),
        ({"staffs": "ab"}, ["digest-form staffs"]),
        ({"staffs": "AB" * 32}, ["digest-form staffs"]),
        ({"staffs": 7}, ["digest-form staffs"]),
        ({"staffs": None}, ["digest-form staffs"]),
        ({"teams": [{"department": "消防"}, {"department": "消防"}]}, ["name-repeated teams"]),
        ({"demands": [{"name": "消防", "take": 1}], "teams": [{"department": "税务"}]}, ["staffing-with-draw demands"]),
    ],
)  # fmt: skip
def test_faults_of_a_plan_that_staffs_a_record(parts: dict[str, Any], expected: list[str]) -> None:
    """What only a draw has is named, each part; and the record's digest is one."""
    assert faults(lambda: Plan.from_dict(staffing(**parts))) == expected


def test_a_plan_without_demands_staffs_a_record() -> None:
    """Demands may be left out only where an earlier record is named."""
    without = {name: part for name, part in data().items() if name != "demands"}
    assert faults(lambda: Plan.from_dict(without)) == ["demands-missing demands"]
    assert faults(lambda: Plan.from_dict({**without, "staffs": ""})) == ["demands-missing demands"]
    joint = {**without, "joint": {}, "barred": {}, "staffs": DIGEST, "demands": []}
    assert Plan.from_dict(joint).joint == JointRule()


# ---- data and digests

WRITTEN: Final = {
    "department": "市监",
    "slots": [
        {
            "name": "leader",
            "where": [["certificate", ["valid"]], ["rank", ["chief", "senior"]]],
            "same": [["area", "street"], ["city", "city"]],
        },
        {"name": "boiler", "count": 2, "where": [["certificate", ["boiler"]]], "only_for": "市监·特种设备"},
        {"name": "member", "not_for": "市监·特种设备"},
    ],
    "most": 40,
    "most_per_period": 12,
    "carried": "load",
    "slack": 1,
    "rotate": True,
    "relief": True,
}


def _plain(commitment: Commitment) -> dict[str, Any]:
    """The data of a commitment, read from its JSON by the standard library."""
    found = json.loads(commitment.to_json())
    assert isinstance(found, dict)
    return found


def test_rules_of_teams_as_data() -> None:
    """Rules are written with their constructors' names, sorted where order is no rule, without defaults."""
    rules = plan([RULE, TeamRule(most=9)], department_column="部门")
    assert rules.to_dict()["teams"] == [WRITTEN, {"most": 9}]
    assert rules.to_dict()["department_column"] == "部门"
    assert Plan.from_dict(rules.to_dict()) == rules


def test_recusals_and_meetings_as_data() -> None:
    """A commitment holds them beside the inspectors' register, sorted, without what is empty."""
    read = _plain(committed(recusals=RECUSALS[::-1], meetings={("F03", "F01"): 1, ("F02", "F01"): 3}))
    assert read["recusals"] == [
        {"inspector": "F02", "reason": "retired"},
        {"inspector": "F07", "period": "7月", "reason": "leave"},
        {"inspector": "F07", "enterprise": "E1", "reason": "brother of the owner"},
        {"inspector": "F07", "enterprise": "E1", "period": "8月", "reason": "x"},
    ]
    assert read["meetings"] == [[["F01", "F02"], 3], [["F01", "F03"], 1]]
    assert read["inspectors"] == {"digest": "1" * 64, "rows": 9, "columns": ["department"]}


def test_defaults_are_left_out() -> None:
    """A plan and a commitment without teams are written as if there were none, so no earlier digest changes."""
    bare = committed(inspectors=None)
    assert set(bare.plan.to_dict()) == {"title", "authority", "number", "seed", "demands", "scheme"}
    assert set(_plain(bare)) == {"plan", "enterprises"}
    spelled = plan([], department_column="department", staffs="")
    assert attrs.evolve(bare, plan=spelled, recusals=[], meetings={}).to_json() == bare.to_json()


def test_equal_rules_written_otherwise_have_one_digest() -> None:
    """Word or list, mapping or pairs, order of conditions, equal columns, recusals, meetings: none is a rule."""
    where: Any = [("rank", ("chief", "senior")), ("certificate", ["valid"])]
    same: Any = [["city", "city"], ["area", "street"]]
    leader = Slot("leader", 1, where=where, same=same, only_for="")
    boiler = Slot("boiler", count=2, where={"certificate": {"boiler"}}, only_for="市监·特种设备")
    other = attrs.evolve(RULE, slots=(leader, boiler, RULE.slots[2]))
    met = {("F01", "F02"): 3, ("F01", "F03"): 1}
    one = committed([RULE], recusals=RECUSALS, meetings=met)
    two = committed((other,), recusals=list(RECUSALS[::-1]), meetings=[[["F03", "F01"], 1], [["F02", "F01"], 3]])
    assert (one, one.digest, hash(one)) == (two, two.digest, hash(two))
    assert one.digest == sha256(one.to_json()).hexdigest()


def test_two_members_are_the_default_however_written() -> None:
    """No slots, an empty list and the two members themselves are one rule with one digest."""
    written: list[Any] = [(), [], MEMBERS, [Slot("member", 2)], [Slot("member", 2, where={}, not_for="")]]
    rules = [TeamRule("消防", slots=slots) for slots in written]
    assert len({committed([rule]).digest for rule in (TeamRule("消防"), *rules)}) == 1
    assert len({TeamRule("消防"), *rules}) == 1
    read = Plan.from_dict(data(teams=[{"department": "消防", "slots": [{"name": "member", "count": 2}]}]))
    assert read.to_dict()["teams"] == [{"department": "消防"}]
    assert read == plan([TeamRule("消防")])


def test_every_rule_of_teams_enters_the_digest() -> None:
    """Any change of a slot, a limit, a recusal or a meeting gives another digest: nobody can edit who goes."""
    slot, rule, recusal = Slot("a"), TeamRule("消防", most=9), Recusal("F07", reason="x")
    slots = [
        slot,
        Slot("b"),
        Slot("a", 2),
        Slot("a", where={"rank": "senior"}),
        Slot("a", where={"rank": ["senior", "chief"]}),
        Slot("a", same={"area": "street"}),
        Slot("a", same={"street": "area"}),
        Slot("a", only_for="消防"),
        Slot("a", not_for="消防"),
    ]
    rules = [
        rule,
        TeamRule(most=9),
        TeamRule("消防"),
        attrs.evolve(rule, most=10),
        attrs.evolve(rule, most_per_period=9),
        attrs.evolve(rule, carried="load"),
        attrs.evolve(rule, slack=1),
        attrs.evolve(rule, rotate=True),
        attrs.evolve(rule, relief=True),
        attrs.evolve(rule, slots=[slot, Slot("b")]),
        attrs.evolve(rule, slots=[Slot("b"), slot]),
        *(attrs.evolve(rule, slots=[each]) for each in slots),
    ]
    recused = [
        recusal,
        Recusal("F08", reason="x"),
        Recusal("F07", reason="y"),
        Recusal("F07", enterprise="x", reason="x"),
        Recusal("F07", period="x", reason="x"),
    ]
    met: list[Any] = [{("a", "b"): 1}, {("a", "b"): 2}, {("a", "c"): 1}, {("a", "b"): 1, ("a", "c"): 1}]
    commitments = [
        committed(inspectors=None),
        committed(),
        committed(inspectors=BoundRegister(digest="2" * 64, rows=9, columns=["department"])),
        *(committed([each]) for each in rules),
        *(committed(recusals=[each]) for each in recused),
        *(committed(meetings=each) for each in met),
        attrs.evolve(committed(), plan=plan([], department_column="部门")),
        attrs.evolve(committed(), plan=Plan.from_dict(staffing())),
        attrs.evolve(committed(), plan=Plan.from_dict(staffing(staffs="cd" * 32))),
    ]
    assert len({each.digest for each in commitments}) == len(commitments)


@st.composite
def commitments(draw: st.DrawFn) -> tuple[Commitment, Commitment]:
    """One commitment, written in two ways: the other with every order that is no rule the other way round."""
    departments = draw(st.lists(st.sampled_from(["", "市监", "消防"]), unique=True))
    named = [demand.name for demand in DEMANDS]
    teams = [draw(team_rules(department=department, demands=named)) for department in departments]
    empty = st.one_of(st.just(""), clean_texts(at_most=4))
    places = draw(st.lists(st.tuples(clean_texts(at_most=4), empty, empty), max_size=4, unique=True))
    recused = [Recusal(who, where, when, reason=draw(clean_texts())) for who, where, when in places]
    pairs = draw(
        st.lists(st.sets(clean_texts(at_most=4), min_size=2, max_size=2).map(sorted), max_size=4, unique_by=tuple)
    )
    met = [((one, other), draw(st.integers(1, 5))) for one, other in pairs]
    turned = [
        attrs.evolve(
            rule,
            slots=[attrs.evolve(each, where=_turned(each.where), same=dict(each.same[::-1])) for each in rule.slots],
        )
        for rule in teams
    ]
    again: Mapping[tuple[str, str], int] = {(other, one): times for (one, other), times in met[::-1]}
    return (
        committed(teams, recusals=recused, meetings=tuple(met)),
        committed(turned, recusals=recused[::-1], meetings=again),
    )


def _turned(where: Any) -> dict[str, Any]:
    """Conditions in the other order, one value without its list."""
    return {column: values[0] if len(values) == 1 else values[::-1] for column, values in reversed(where)}


@quick
@given(commitments())
def test_every_commitment_with_teams_comes_back(pair: tuple[Commitment, Commitment]) -> None:
    """For all rules: two writings are equal and have one digest, and come back from JSON and pickle as they were."""
    one, other = pair
    written = one.to_json()
    assert (other, other.digest, other.to_json()) == (one, one.digest, written)
    assert canonical_json(json.loads(written)) == written
    for again in (Commitment.from_json(written), pickle.loads(pickle.dumps(one)), attrs.evolve(one)):
        assert (again, again.to_json()) == (one, written)
    assert Plan.from_dict(json.loads(json.dumps(one.plan.to_dict()))) == one.plan


def test_defaults_written_out_are_the_same_commitment() -> None:
    """A reader may be given every default of teams, recusals and meetings; it has the digest of the short form."""
    bare = committed([TeamRule("消防", slots=[Slot("a")])], recusals=[Recusal("F07", reason="x")])
    long = _plain(bare)
    long["plan"] |= {"department_column": "department", "staffs": ""}
    long["plan"]["teams"][0] |= {"carried": "", "slack": 0, "rotate": False, "relief": False}
    long["plan"]["teams"][0]["slots"][0] |= {"count": 1, "where": [], "same": [], "only_for": "", "not_for": ""}
    long["recusals"][0] |= {"enterprise": "", "period": ""}
    long["meetings"] = []
    again = Commitment.from_json(json.dumps(long).encode())
    assert (again, again.digest) == (bare, bare.digest)


def test_all_damages_of_a_commitment_are_named_at_once() -> None:
    """Recusals, meetings, inspectors and teams that do not hold are told together, each with its path."""
    damaged = _plain(committed([RULE], recusals=RECUSALS, meetings=MET))
    damaged["plan"]["teams"][0]["slots"][1]["count"] = 0
    damaged["recusals"][1] |= {"reason": "", "why": "x"}
    del damaged["recusals"][2]["inspector"]
    damaged["inspectors"] = {"digest": "x", "rows": -1}
    damaged["meetings"] = [[["F01", "F01"], 1], [["F01", "F02"], 0]]
    assert findings(damaged) == sorted(
        [
            "positive-form plan.teams[0].slots[1].count",
            "text-empty recusals[1].reason",
            "key-unknown recusals[1].why",
            "key-missing recusals[2].inspector",
            "digest-form inspectors.digest",
            "count-form inspectors.rows",
            "meeting-alone meetings.F01.F01",
            "positive-form meetings.F01.F02",
        ]
    )


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({"inspectors": 7}, ["plan-shape inspectors"]),
        ({"recusals": {}}, ["plan-shape recusals"]),
        ({"recusals": ["F07"]}, ["plan-shape recusals[0]"]),
        ({"recusals": [{"inspector": "F07", "reason": "x"}] * 2}, ["name-repeated recusals"]),
        ({"meetings": {"F01": 1}}, ["plan-shape meetings"]),
        ({"meetings": "F01"}, ["plan-shape meetings"]),
        ({"meetings": [["F01", "F02", 1]]}, ["plan-shape meetings"]),
        ({"meetings": [[["F01", "F02"], 1], [["F02", "F01"], 1]]}, ["name-repeated meetings"]),
        ({"meetings": [[["F01", "F02"], True]]}, ["positive-form meetings.F01.F02"]),
    ],
)
def test_faults_of_a_commitment_with_teams(parts: dict[str, Any], expected: list[str]) -> None:
    """Each part of another shape is named at its path; a pair in both orders is one pair, stated twice."""
    assert findings({**_plain(committed()), **parts}) == expected


def test_parts_of_a_commitment_of_other_kinds_are_named() -> None:
    """Python parts that are not what they should be are refused, all at once."""
    wrong = {"inspectors": "x", "recusals": [7], "meetings": {("a", "a"): 1}}
    assert faults(lambda: committed(**wrong)) == [
        "plan-shape inspectors",
        "plan-shape recusals[0]",
        "meeting-alone meetings.a.a",
    ]


# ---- values


@pytest.mark.parametrize("value", [LEADER, RULE, RECUSALS[0], committed([RULE], recusals=RECUSALS, meetings=MET)])
def test_values_are_frozen(value: Any) -> None:
    """No part of a rule can be set, and rules can be kept in sets and sent to another process."""
    for each in attrs.fields(type(value)):
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            setattr(value, each.name, "x")
    assert {value, pickle.loads(pickle.dumps(value))} == {value}


def test_stand_ins_are_sound() -> None:
    """The sound values that take the place of faulty parts of a file are values of their classes."""
    assert all(isinstance(SOUND[kind], kind) for kind in (Slot, TeamRule))
    assert not any(isinstance(value, Note) for value in SOUND.values())
