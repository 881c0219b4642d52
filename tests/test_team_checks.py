"""Stated teams against the rules: whatever breaks one is named, and nothing else, as a literal reading finds it."""

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from random import Random
from typing import Any, Final

import pytest
from attrs import evolve

from crew_cases import Ground, ground, kept_away, slots_of, suitable
from districts import SEED, Rows, named, plan, register
from dual_random.binding import commit
from dual_random.draws import draw
from dual_random.errors import InputError, Note
from dual_random.plans import Demand
from dual_random.records import Record
from dual_random.registers import Register
from dual_random.staffing import Place, Shortage, Staffing
from dual_random.team_checks import team_findings
from dual_random.team_rules import Recusal, Slot, TeamRule

Places = list[list[Place]]


# ---- a record of two departments, and what is done to it

ROWS: Final[Rows] = [{"id": f"E{i}", "quarter": ["海曙", "鄞州"][i % 2]} for i in range(8)]
PEOPLE: Final[Rows] = [
    {"id": f"{letter}{i}", "department": department, "rank": ["senior", "junior"][i % 2], "area": area, "load": str(i)}
    for letter, department in (("F", "消防"), ("S", "市监"))
    for i, area in enumerate(["海曙", "海曙", "海曙", "鄞州", "鄞州", "鄞州"])
]
TEAMS: Final = [
    TeamRule(
        "消防",
        slots=[Slot("leader", where={"rank": "senior"}), Slot("member", same={"area": "quarter"})],
        most=9,
        most_per_period=3,
        carried="load",
    ),
    TeamRule("市监", slots=[Slot("member", 2), Slot("boiler", only_for="特种")], most=8),
]
RECUSALS: Final = [
    Recusal("F0", enterprise="E3", reason="亲属"),
    Recusal("F2", enterprise="E1", period="8月", reason="诉讼"),
    Recusal("S1", period="7月", reason="休假"),
    Recusal("S3", reason="挂职"),
]
ENTERPRISES: Final = register(ROWS)
INSPECTORS: Final = register(PEOPLE)


def staffed(**more: Any) -> Record:
    """Everybody visited by both departments, the special demand at one place, in two periods; no team dealt wrongly."""
    demands = [
        Demand("消防", take="100%"),
        Demand("市监", take="100%"),
        Demand("特种", department="市监", take=1, where={"quarter": "海曙"}),
    ]
    settings: dict[str, Any] = {"teams": TEAMS, "periods": ["7月", "8月"], **more}
    commitment = commit(plan(demands, **settings), ENTERPRISES, INSPECTORS, recusals=RECUSALS)
    return draw(commitment, ENTERPRISES, INSPECTORS, seed=SEED).record


RECORD: Final = staffed()


def with_place(record: Record, enterprise: str, number: int, **changes: str) -> Record:
    """The record with one place changed; its places stay in order, since the department does."""
    places = [list(own) for own in record.places]
    row = record.enterprises.index(enterprise)
    old = dict(zip(("department", "slot", "inspector"), places[row][number], strict=True))
    new = {**old, **changes}
    places[row][number] = (new["department"], new["slot"], new["inspector"])
    return evolve(record, places=places)


def place(record: Record, enterprise: str, slot: str) -> int:
    """The number of the first place of a slot on a visit."""
    return [own[1] for own in record[enterprise].places].index(slot)


def found(record: Record, inspectors: Register | None = INSPECTORS) -> list[Note]:
    """The findings, each readable in both languages."""
    notes = team_findings(record, ENTERPRISES, inspectors)
    assert all(note.text("en") and note.text("zh") for note in notes)
    return notes


# ---- a literal reading


def literally(record: Record, ground: Ground, *, register_given: bool) -> Counter[tuple[str, str]]:
    """Codes and places of all that breaks the rules, found place after place by names alone."""
    return Counter(
        [
            *_of_departments(record, ground),
            *(fault for i in range(len(record)) for fault in _of_visit(record, ground, i, register_given)),
            *_of_loads(record, ground, register_given),
        ]
    )


def _places(record: Record) -> Iterator[tuple[int, int, Place]]:
    for i, own in enumerate(record.places):
        for j, one in enumerate(own):
            yield i, j, one


def _most(record: Record, ground: Ground, department: str) -> int | None:
    rule = ground.plan.team_rule(department)
    raised = [each.most for each in record.staffing if each.department == department and each.most is not None]
    return max(raised[0], rule.most) if raised and rule.relief and rule.most is not None else rule.most


def _of_departments(record: Record, ground: Ground) -> Iterator[tuple[str, str]]:
    filled = Counter(department for _, _, (department, _, _) in _places(record))
    for i, each in enumerate(record.staffing):
        rule = ground.plan.team_rule(each.department)
        if each.shortages and filled[each.department]:
            yield "team-short", f"staffing[{i}]"
        if each.places and not each.shortages and not filled[each.department]:
            yield "team-nobody", f"staffing[{i}]"
        if each.most is not None and not rule.relief:
            yield "team-most-unrelieved", f"staffing[{i}].most"
        elif each.most is not None and (rule.most is None or each.most <= rule.most):
            yield "team-most-lowered", f"staffing[{i}].most"
    for _ in {*filled} - {each.department for each in record.staffing}:
        yield "team-unreported", "staffing"


def _of_visit(record: Record, ground: Ground, i: int, register_given: bool) -> Iterator[tuple[str, str]]:
    visit = record[record.enterprises[i]]
    row = next(row for row in ground.rows if row["id"] == visit.enterprise)
    for j, (department, slot, who) in enumerate(visit.places):
        at = f"visits[{i}].places[{j}]"
        if who in [earlier for _, _, earlier in visit.places[:j]]:
            yield "team-twice", at
        person = next((person for person in ground.people if person["id"] == who), None)
        if register_given and person is None:
            yield "team-unknown", at
        elif register_given and person is not None and person["department"] != department:
            yield "team-department", at
        elif register_given and person is not None:
            yield from ((code, at) for code in _unfit(ground, person, department, slot, row))
        for enterprise, period in kept_away(ground, who, visit.enterprise, visit.period):
            codes = ["team-out", "team-absent", "team-recused", "team-recused-then"]
            yield codes[2 * bool(enterprise) + bool(period)], at
    for each in record.staffing:
        if each.department in visit.departments and not each.shortages:
            yield from _of_slots(record, ground, i, each.department)


def _unfit(
    ground: Ground, person: Mapping[str, str], department: str, name: str, row: Mapping[str, str]
) -> Iterator[str]:
    slot = next((slot for slot in ground.plan.team_rule(department).slots if slot.name == name), None)
    if slot is None or suitable(person, slot, row):
        return
    yield "team-where" if any(person[column] not in allowed for column, allowed in slot.where) else "team-same"


def _of_slots(record: Record, ground: Ground, i: int, department: str) -> Iterator[tuple[str, str]]:
    if not any(own == department for _, _, (own, _, _) in _places(record)):
        return
    visit = record[record.enterprises[i]]
    due = {slot.name: slot.count for slot in slots_of(ground, department, visit.demands)}
    told = Counter(slot for own, slot, _ in visit.places if own == department)
    yield from (("team-slot-count", f"visits[{i}].places") for slot in due if told[slot] != due[slot])
    for j, (own, slot, _) in enumerate(visit.places):
        if own == department and slot not in due:
            yield "team-slot", f"visits[{i}].places[{j}]"


def _of_loads(record: Record, ground: Ground, register_given: bool) -> Iterator[tuple[str, str]]:
    load, in_period = Counter[tuple[str, str]](), Counter[tuple[str, str, str]]()
    told = set()
    carried = {person["id"]: person for person in ground.people} if register_given else {}
    for i, j, (department, _, who) in _places(record):
        visit, rule = record[record.enterprises[i]], ground.plan.team_rule(department)
        if who in [earlier for _, _, earlier in visit.places[:j]]:
            continue
        person = carried.get(who)
        before = int(person["load"]) if rule.carried and person and person["department"] == department else 0
        load[department, who] += 1
        in_period[department, who, visit.period] += 1
        most = _most(record, ground, department)
        if most is not None and load[department, who] + before > most and (department, who) not in told:
            told.add((department, who))
            known = rule.carried and any(own["department"] == department for own in carried.values())
            yield "team-most-carried" if known else "team-most", f"visits[{i}].places[{j}]"
        if rule.most_per_period is not None and in_period[department, who, visit.period] == rule.most_per_period + 1:
            yield "team-most-per-period", f"visits[{i}].places[{j}]"


# ---- damage


def damaged(record: Record, ground: Ground, rng: Random) -> Record:
    """The record with people exchanged, put in other slots, added, left out; with staffing that tells otherwise."""
    places: Places = [list(own) for own in record.places] or [[] for _ in record]
    everybody = [*(person["id"] for person in ground.people), "陌生人"]
    slots = [slot.name for rule in ground.plan.teams for slot in rule.slots] + ["member", "别的"]
    for _ in range(rng.randint(0, 5)):
        i = rng.randrange(len(places))
        own, what = places[i], rng.randrange(5)
        if what == 0 or not own:
            department = rng.choice(record[record.enterprises[i]].departments)
            own.append((department, rng.choice(slots), rng.choice(everybody)))
        elif what == 1:
            own.pop(rng.randrange(len(own)))
        else:
            j = rng.randrange(len(own))
            department, slot, who = own[j]
            names = everybody if rng.random() < 0.3 else ground.people_of(department)
            own[j] = (department, rng.choice(slots), who) if what == 2 else (department, slot, rng.choice(names))
    return evolve(
        record,
        places=[sorted(own, key=lambda one: one[0]) for own in places],
        staffing=[each for own in record.staffing for each in _retold(own, rng)],
    )


def _retold(own: Staffing, rng: Random) -> list[Staffing]:
    what = rng.randrange(12)
    if what == 0:
        return []
    if what == 1:
        proof = Shortage(places=[("甲", "岗", 1)], demand=1, supply=0)
        return [Staffing(department=own.department, visits=own.visits, places=own.places + 1, shortages=[proof])]
    if what == 2:
        return [Staffing(department=own.department, visits=own.visits, places=own.places)]
    return [evolve(own, most=rng.randint(1, 5))] if what == 3 and not own.shortages else [own]


@cache
def cases() -> list[tuple[Ground, Record]]:
    """Grounds with a draw each, always the same: those that can be committed, under tight limits."""
    made: list[tuple[Ground, Record]] = []
    for seed in range(500):
        rng = Random(seed)
        own = ground(rng, 3)
        own = evolve(own, plan=evolve(own.plan, teams=[_tightened(rule, rng) for rule in own.plan.teams]))
        try:
            commitment = commit(own.plan, own.enterprises, own.inspectors, recusals=own.recusals)
        except InputError:
            continue
        record = draw(commitment, own.enterprises, own.inspectors, seed=SEED).record
        if len(record) > 1:
            made.append((own, record))
    return made


def _tightened(rule: TeamRule, rng: Random) -> TeamRule:
    most, carried = rng.choice([None, 1, 2, 4]), rng.choice(["", "", "load"])
    relief = most is not None and rng.random() < 0.7
    return evolve(rule, most=most, relief=relief, carried=carried, most_per_period=rng.choice([None, 1, 2]))


def test_what_a_draw_gives_breaks_no_rule() -> None:
    """Whatever can be committed and is dealt, with shortages and relief as well, has nothing to be named."""
    told = Counter[str]()
    for own, record in cases():
        for inspectors in (own.inspectors, None):
            assert team_findings(record, own.enterprises, inspectors) == []
        told.update("short" if each.shortages else "raised" if each.most else "full" for each in record.staffing)
    assert all(told[kind] > 4 for kind in ("short", "raised", "full")), told


@pytest.mark.parametrize("register_given", [True, False])
def test_whatever_breaks_a_rule_is_named_and_nothing_else(register_given: bool) -> None:
    """On damaged records codes and paths are those of a literal reading, with the register and without."""
    told = Counter[str]()
    for number, (own, record) in enumerate(cases()):
        rng = Random(number)
        for _ in range(10):
            altered = damaged(record, own, rng)
            notes = team_findings(altered, own.enterprises, own.inspectors if register_given else None)
            assert Counter(named(notes)) == literally(altered, own, register_given=register_given)
            told.update(note.code for note in notes)
    of_register = {"team-unknown", "team-department", "team-where", "team-same", "team-most-carried"}
    always = {
        *("team-short", "team-nobody", "team-unreported", "team-most-unrelieved", "team-most-lowered", "team-twice"),
        *("team-slot", "team-slot-count", "team-recused", "team-recused-then", "team-absent", "team-out"),
        *("team-most", "team-most-per-period"),
    }
    assert set(told) == (always | of_register if register_given else always)
    assert all(count > 3 for count in told.values()), told


# ---- what is told


def test_a_sound_record_has_nothing_to_be_named() -> None:
    """With the register and without."""
    assert found(RECORD) == found(RECORD, None) == []


@pytest.mark.parametrize(
    ("enterprise", "number", "changes", "code", "told"),
    [
        ("E3", 1, {"inspector": "S2"}, "team-twice", {"inspector": "S2", "enterprise": "E3", "department": "市监"}),
        ("E3", 0, {"inspector": "甲"}, "team-unknown", {"inspector": "甲", "enterprise": "E3", "department": "市监"}),
        ("E3", 0, {"inspector": "F5"}, "team-department", {"inspector": "F5", "own": "'消防'", "department": "市监"}),
        ("E6", 2, {"slot": "chief"}, "team-slot", {"slot": "chief", "known": "member, boiler", "inspector": "S5"}),
        (
            "E3",
            2,
            {"inspector": "F5"},
            "team-where",
            {"inspector": "F5", "slot": "leader", "column": "rank", "value": "'junior'", "allowed": "'senior'"},
        ),
        (
            "E3",
            3,
            {"inspector": "F1"},
            "team-same",
            {"inspector": "F1", "column": "area", "value": "'海曙'", "theirs": "quarter", "wanted": "'鄞州'"},
        ),
        ("E3", 2, {"inspector": "F0"}, "team-recused", {"inspector": "F0", "enterprise": "E3", "reason": "亲属"}),
        (
            "E1",
            2,
            {"inspector": "F2"},
            "team-recused-then",
            {"inspector": "F2", "enterprise": "E1", "period": "8月", "reason": "诉讼"},
        ),
        ("E3", 0, {"inspector": "S1"}, "team-absent", {"inspector": "S1", "period": "7月", "reason": "休假"}),
        ("E2", 0, {"inspector": "S3"}, "team-out", {"inspector": "S3", "enterprise": "E2", "reason": "挂职"}),
    ],
)
def test_a_place_that_breaks_a_rule_is_named_with_enterprise_person_and_rule(
    enterprise: str, number: int, changes: dict[str, str], code: str, told: dict[str, str]
) -> None:
    """By its path; a slot that is missed for it is told as well, and nothing else."""
    altered = with_place(RECORD, enterprise, number, **changes)
    notes = [note for note in found(altered) if note.code != "team-slot-count"]
    row = RECORD.enterprises.index(enterprise)
    assert named(notes) == [(code, f"visits[{row}].places[{number}]")]
    assert {name: notes[0].params[name] for name in told} == told
    assert told.items() <= {"enterprise": enterprise, **notes[0].params}.items()
    of_register = code in ("team-unknown", "team-department", "team-where", "team-same")
    without = [note for note in found(altered, None) if note.code != "team-slot-count"]
    assert without == ([] if of_register else notes)


def test_a_person_of_another_department_is_held_against_the_conditions_of_none() -> None:
    """Whether a stranger has the certificate is no question; a recusal is."""
    assert [note.code for note in found(with_place(RECORD, "E3", 2, inspector="S1"))] == [
        "team-department",
        "team-absent",
    ]


def test_numbers_of_places_are_told_with_those_due() -> None:
    """Too many in one slot, too few in another: at the visit, before what is told of its places."""
    altered = with_place(RECORD, "E3", 2, slot="member", inspector="F0")
    at = f"visits[{RECORD.enterprises.index('E3')}].places"
    notes = found(altered)
    assert named(notes) == [
        ("team-slot-count", at),
        ("team-slot-count", at),
        ("team-same", f"{at}[2]"),
        ("team-recused", f"{at}[2]"),
    ]
    assert [note.params for note in notes[:2]] == [
        {"department": "消防", "enterprise": "E3", "slot": "leader", "stated": 0, "due": 1},
        {"department": "消防", "enterprise": "E3", "slot": "member", "stated": 2, "due": 1},
    ]


def test_a_slot_of_other_visits_is_no_slot_here() -> None:
    """The boiler stands only where the special demand comes: put elsewhere it is told, left out it is missed."""
    here = next(enterprise for enterprise in RECORD if "特种" in RECORD[enterprise].demands)
    altered = with_place(RECORD, here, place(RECORD, here, "boiler"), slot="member")
    assert [(note.code, note.params["slot"], note.params["due"]) for note in found(altered)] == [
        ("team-slot-count", "member", 2),
        ("team-slot-count", "boiler", 1),
    ]
    altered = with_place(RECORD, "E3", 0, slot="boiler")
    assert [(note.code, note.params["slot"]) for note in found(altered)] == [
        ("team-slot-count", "member"),
        ("team-slot", "boiler"),
    ]


def test_loads_above_the_limits_are_told_at_the_first_place_above() -> None:
    """What is carried counts where the register is given; without it the dealt visits count alone."""
    loads = Counter(who for _, _, (department, _, who) in _places(RECORD) if department == "消防")
    heaviest = max(loads, key=lambda who: loads[who] + int(who[1]))
    rule = evolve(TEAMS[0], most=loads[heaviest] + int(heaviest[1]) - 1, most_per_period=None)
    altered = with_rules(RECORD, rule)
    (note, *_) = [each for each in found(altered) if each.params["inspector"] == heaviest]
    at = [f"visits[{i}].places[{j}]" for i, j, (_, _, who) in _places(RECORD) if who == heaviest]
    assert (note.code, note.at) == ("team-most-carried", at[-1])
    told = {"load": loads[heaviest] + int(heaviest[1]), "most": rule.most, "carried": int(heaviest[1])}
    assert told.items() <= note.params.items()
    assert found(altered, None) == []
    rule = evolve(TEAMS[0], most=1, most_per_period=None)
    notes = {note.params["inspector"]: note for note in found(with_rules(RECORD, rule), None)}
    assert set(notes) == {who for who, load in loads.items() if load > 1}
    assert {note.code for note in notes.values()} == {"team-most"}
    assert all(note.params["load"] == loads[str(who)] for who, note in notes.items())
    at = [f"visits[{i}].places[{j}]" for i, j, (_, _, who) in _places(RECORD) if who == "F0"]
    assert notes["F0"].at == at[1]


def test_somebody_above_the_limit_from_the_start_is_told_at_the_first_place() -> None:
    """With nine carried and a limit of two, no place may be filled."""
    rule = evolve(TEAMS[0], most=2, most_per_period=None)
    notes = [note for note in found(with_rules(RECORD, rule)) if note.params["inspector"] == "F4"]
    at = [f"visits[{i}].places[{j}]" for i, j, (_, _, who) in _places(RECORD) if who == "F4"]
    assert named(notes) == [("team-most-carried", at[0])]


def test_loads_of_a_period_are_told_with_it() -> None:
    """One note for a person and period, at the first place above; a period without a name is told by a dash."""
    rule = evolve(TEAMS[0], most_per_period=1, most=None)
    loads = Counter(
        (who, RECORD[RECORD.enterprises[i]].period) for i, _, (name, _, who) in _places(RECORD) if name == "消防"
    )
    notes = found(with_rules(RECORD, rule), None)
    assert {(note.params["inspector"], note.params["period"]): note.params["load"] for note in notes} == {
        key: load for key, load in loads.items() if load > 1
    }
    august = [
        f"visits[{i}].places[{j}]"
        for i, j, (_, _, who) in _places(RECORD)
        if who == "F0" and RECORD[RECORD.enterprises[i]].period == "8月"
    ]
    assert [note.at for note in notes if (note.params["inspector"], note.params["period"]) == ("F0", "8月")] == [
        august[1]
    ]
    assert len(august) > 2
    bare = evolve(RECORD, commitment=evolve(RECORD.commitment, recusals=()), periods=())
    assert {note.params["period"] for note in found(with_rules(bare, rule), None)} == {"–"}


def with_rules(record: Record, rule: TeamRule) -> Record:
    """The record as if its plan had another rule for the first department."""
    rules = evolve(record.commitment.plan, teams=[rule, *TEAMS[1:]])
    return evolve(record, commitment=evolve(record.commitment, plan=rules))


def reported(record: Record, **changes: Any) -> Record:
    """The record with the fire brigade, second in byte order, reported otherwise."""
    first, second = record.staffing
    return evolve(record, staffing=[first, evolve(second, **changes)])


def test_a_raised_limit_holds_only_with_relief_and_upwards() -> None:
    """What relief did is stated in the record; without relief, or below the rule's own limit, it counts nothing."""
    low = evolve(TEAMS[0], most=1, most_per_period=None, carried="")
    for rule, stated, code in (
        (evolve(low, relief=True), 8, None),
        (low, 8, "team-most-unrelieved"),
        (evolve(low, relief=True), 1, "team-most-lowered"),
        (evolve(low, most=None), 8, "team-most-unrelieved"),
    ):
        notes = found(reported(with_rules(RECORD, rule), most=stated), None)
        told = [note for note in notes if note.code != "team-most"]
        assert named(told) == ([] if code is None else [(code, "staffing[1].most")])
        assert all(note.params["stated"] == stated for note in told)
        assert all(note.params["most"] == ("–" if rule.most is None else 1) for note in told)
        above = [note for note in notes if note.code == "team-most"]
        assert bool(above) == (code is not None and rule.most is not None)


def test_a_department_that_is_short_has_nobody() -> None:
    """Places of it are counted, once for all; of a department that is not reported as well."""
    proof = Shortage(places=[("E3", "leader", 1)], demand=1, supply=0)
    (note,) = found(reported(RECORD, shortages=[proof]))
    assert (note.code, note.at) == ("team-short", "staffing[1]")
    assert note.params == {"department": "消防", "places": 16}
    (note,) = found(evolve(RECORD, staffing=RECORD.staffing[:1]))
    assert (note.code, note.at) == ("team-unreported", "staffing")
    assert note.params == {"department": "消防", "places": 16}


def test_a_department_that_is_staffed_has_somebody() -> None:
    """All of its places left out are told once, not visit by visit; of one that has no places nothing is missed."""
    places = [[one for one in own if one[0] == "市监"] for own in RECORD.places]
    (note,) = found(evolve(RECORD, places=places))
    assert (note.code, note.at) == ("team-nobody", "staffing[1]")
    assert note.params == {"department": "消防", "places": 16}
    assert [note.at for note in found(evolve(RECORD, places=()))] == ["staffing[0]", "staffing[1]"]
    assert found(reported(evolve(RECORD, places=places), places=0)) == []
    proof = Shortage(places=[("E3", "leader", 1)], demand=1, supply=0)
    assert found(reported(evolve(RECORD, places=places), shortages=[proof])) == []


def test_findings_stand_in_the_order_of_the_places() -> None:
    """Departments first; then visit by visit, place by place."""
    altered = RECORD
    for enterprise in reversed(RECORD.enterprises):
        altered = with_place(with_place(altered, enterprise, 3, inspector="甲"), enterprise, 0, inspector="乙")
    at = [note.at for note in found(altered)]
    assert at[0] == "visits[0].places[0]"
    assert at == sorted(at)
    assert len(set(at)) == 2 * len(RECORD)
    (first, *_) = found(evolve(altered, staffing=RECORD.staffing[:1]))
    assert first.at == "staffing"


def test_what_a_register_does_not_tell_is_not_held_against_anybody() -> None:
    """Without the column of departments, or with an enterprise unknown: the rest is told all the same."""
    altered = with_place(RECORD, "E3", 2, inspector="F0")
    bare = register([{"id": row["id"]} for row in PEOPLE])
    assert [note.code for note in team_findings(altered, ENTERPRISES, bare)] == ["team-recused"]
    less = register([{**row, "quarter": "北仑"} for row in ROWS[:2]])
    assert [note.code for note in team_findings(RECORD, less, INSPECTORS)] == ["team-same"] * 2
