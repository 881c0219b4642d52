"""The synthetic district: the same everywhere, valid ids that nobody bears, shares and rates as intended."""

import json
from collections import Counter
from hashlib import sha256

import pytest
from attrs import evolve
from stdnum.cn import uscc as peer

from dual_random import Commitment, InputError, Record, commit, draw
from dual_random.demo import (
    COLUMNS,
    DEPARTMENTS,
    INSPECTOR_COLUMNS,
    SEED,
    SIZE,
    district,
    inspector_table,
    inspectors,
    plan,
    plan_data,
    recusals,
    staffed_plan,
    staffed_plan_data,
    table,
    teams_data,
)
from dual_random.plans import Plan
from dual_random.text import canonical_json
from dual_random.uscc import fault


def tenth_of_a_thousandth(number: int, place: int) -> int:
    """The place-th number cut from the hash of a counter, by decimal division instead of shifts."""
    digits = sha256(f"dual-random demo\n{number}".encode()).hexdigest()[6 * place : 6 * place + 6]
    return int(digits, 16) * 10_000 // 2**24


def test_size() -> None:
    """The district has at least 20,000 enterprises, each id once."""
    ids = table()["uscc"]
    assert SIZE >= 20_000
    assert len(ids) == len(set(ids)) == SIZE


def test_ids_are_valid_and_nobodys() -> None:
    """Both check characters fit, by two implementations, and every organisation code is one that is set aside."""
    ids = table(2_000)["uscc"]
    assert {fault(name) for name in ids} == {""}
    assert all(peer.is_valid(name) for name in ids)
    assert all(name[8:11] == "PDY" for name in ids)


def test_values_come_from_the_hash_of_a_counter() -> None:
    """Risk and street of every row follow from its number alone, recomputed here."""
    cells = table(500)
    for row in range(500):
        risk, street = tenth_of_a_thousandth(row + 1, 6), tenth_of_a_thousandth(row + 1, 9)
        assert cells["risk"][row] == ("A" if risk < 4500 else "B" if risk < 8000 else "C" if risk < 9500 else "D")
        assert (cells["street"][row] == "中街") == (street < 2200)
        assert (cells["street"][row] == "山前") == (street >= 9500)


def test_longer_begins_with_shorter() -> None:
    """A longer district begins with a shorter one."""
    short, long = table(50), table(80)
    assert all(long[name][:50] == cells for name, cells in short.items())


@pytest.mark.parametrize(("column", "value", "share"), [("risk", "A", 45), ("risk", "D", 5), ("status", "存续", 90)])
def test_shares(column: str, value: str, share: int) -> None:
    """The shares of the whole district are within one percent of it of those intended."""
    count = Counter(table()[column])[value]
    assert abs(100 * count - share * SIZE) < SIZE


ROOT = "6bb93ae1667d3c79b4f4b115de5ccf5d8dfe8edb80cf4ffe94deca6867dd26cb"
REGISTER = "ed9cbd70888873a389ce8bf43bf8649121fcdfabed24878a42cc48c4dd0bbcf6"


def test_register_holds_the_table() -> None:
    """The register has the table's rows and columns."""
    register, cells = district(300), table(300)
    assert register.columns == tuple(sorted(COLUMNS))
    assert sorted(cells["uscc"]) == list(register)
    assert register.value(cells["uscc"][7], "industry") == cells["industry"][7]


@pytest.mark.parametrize("size", [0, -1, 100_000, True])
def test_sizes_refused(size: int) -> None:
    """There are codes for 1 to 99,999 enterprises."""
    with pytest.raises(InputError) as caught:
        district(size)
    assert [note.code for note in caught.value.faults] == ["demo-size"]


def test_plan() -> None:
    """The plan has eight departments or more, a second demand of one of them, a follower, and reads every column."""
    departments = Counter(demand.department for demand in plan().demands)
    assert len(departments) >= 8
    assert departments["市监"] == 2
    assert set(departments) == set(DEPARTMENTS)
    assert [demand.follow for demand in plan().demands if demand.follow] == ["市监"]
    assert plan().enterprise_columns == tuple(sorted(COLUMNS))


def test_plan_data_is_json() -> None:
    """The plan as data survives JSON and gives the same plan."""
    assert Plan.from_dict(json.loads(json.dumps(plan_data()))) == plan()


def test_draw_never_changes() -> None:
    """Register, commitment and outcome are the ones first published: whoever replays the demo sees these values."""
    register = district()
    commitment = commit(plan(), register)
    record = draw(commitment, register, seed=SEED).record
    outcome = record.outcome
    assert register.digest() == REGISTER
    assert commitment.digest == "22ad78c198c3881592319cb2df9fcb2a58ad24d2965d715d74d2fc9a58b16aa7"
    assert commitment.notices == ()
    assert (outcome.visits, outcome.joint_visits, outcome.checks, outcome.joint_checks) == (1747, 934, 2953, 2140)
    assert (outcome.layout, outcome.target_met, record.root) == ("spread", True, ROOT)


def test_the_first_demo_never_changes() -> None:
    """The plan that the demo had at first still gives its commitment and its visits."""
    register = district()
    data = plan_data()
    data["joint"] = {"at_least": "49.60%", "of": "visits"}
    data["demands"][0]["take"] = {"A": "1%", "B": "3%", "C": "10%", "D": "30%"}  # type: ignore[index]
    del data["periods"]
    commitment = commit(Plan.from_dict(data), register)
    outcome = draw(commitment, register, seed=SEED).record.outcome
    assert commitment.digest == "4420bad1756bfa28c6aeeaa56f1e00396887885febf93781fe2f1c1d6df9f50d"
    assert (outcome.visits, outcome.joint_visits, outcome.checks, outcome.joint_checks) == (1460, 780, 2679, 1999)
    assert (outcome.layout, outcome.target_met) == ("nested", True)


# ---- inspectors and teams

PEOPLE = "001b91f5fbd81dfa07a94a1be9337eeb20cf81e27a028323ffb71deacff3ba57"
RULES = "6d71f959e0be63f40405feab226254d4457421f14549bd8120be0f22e874f199"


def test_inspectors() -> None:
    """There are 120 people of the nine departments, ids that say whose they are and are unlike each other."""
    cells = inspector_table()
    assert len(cells["id"]) == len(set(cells["id"])) == 120
    assert set(cells["department"]) == set(DEPARTMENTS)
    assert all(name[2:-4] == own for name, own in zip(cells["id"], cells["department"], strict=True))
    assert Counter(cells["department"])["市监"] == 50
    assert min(Counter(cells["department"]).values()) == 6
    assert set(cells["street"]) == set(table(500)["street"])
    assert {int(load) for load in cells["load"]} == set(range(10))
    assert (inspectors().columns, list(inspectors())) == (INSPECTOR_COLUMNS, sorted(cells["id"]))


def test_values_of_inspectors_come_from_the_hash_of_their_ids() -> None:
    """Load and rank of everybody follow from the id alone, recomputed here."""
    cells = inspector_table()
    for row, name in enumerate(cells["id"]):
        digits = sha256(f"dual-random demo inspector\n{name}".encode()).hexdigest()
        load, rank = (int(digits[6 * place : 6 * place + 6], 16) * 10_000 // 2**24 for place in (1, 2))
        assert cells["load"][row] == str(load // 1000)
        assert cells["rank"][row] == ("senior" if rank < 6000 else "officer")


def test_plan_with_teams() -> None:
    """It is the demo's plan with teams and a number of its own, reads every column of the inspectors, and is JSON."""
    rules = staffed_plan()
    assert Plan.from_dict(json.loads(json.dumps(staffed_plan_data()))) == rules
    assert {**staffed_plan_data(), "number": "2024-3"} == {**plan_data(), "teams": teams_data()}
    assert rules.inspector_columns == INSPECTOR_COLUMNS
    assert rules.enterprise_columns == plan().enterprise_columns
    assert {slot.name for rule in rules.teams for slot in rule.slots} == {"leader", "local", "boiler", "member"}
    assert all(rule.carried and rule.rotate and rule.most for rule in rules.teams)


def test_recusals() -> None:
    """They name inspectors, enterprises of the first 28, and periods; some a place, some a time, one neither."""
    first = table(28)["uscc"]
    assert {each.inspector for each in recusals()} <= set(inspectors())
    assert {each.enterprise for each in recusals()} <= {"", *first}
    assert {each.period for each in recusals()} <= {"", *plan().periods}
    assert Counter((bool(each.enterprise), bool(each.period)) for each in recusals()) == {
        (True, False): 3,
        (False, True): 3,
        (False, False): 1,
    }


def staffed(rules: Plan) -> tuple[Commitment, Record]:
    """The demo's district and inspectors under a plan: commitment and record."""
    register, people = district(), inspectors()
    commitment = commit(rules, register, people, recusals=recusals())
    return commitment, draw(commitment, register, people, seed=SEED).record


@pytest.fixture(scope="module")
def drawn() -> tuple[Commitment, Record]:
    """The draw of the plan with teams."""
    return staffed(staffed_plan())


def test_every_enterprise_can_be_staffed_alone(drawn: tuple[Commitment, Record]) -> None:
    """Nothing in the plan, the registers and the recusals is refused or remarked upon."""
    assert drawn[0].notices == ()


def test_every_department_can_be_staffed(drawn: tuple[Commitment, Record]) -> None:
    """All places are filled within the limits as declared; and market supervision could not do with a tenth less."""
    record = drawn[1]
    assert sorted(each.department for each in record.staffing) == sorted(DEPARTMENTS)
    assert [each for each in record.staffing if each.shortages or each.most is not None] == []
    assert sum(each.visits for each in record.staffing) == record.outcome.checks
    assert sum(each.places for each in record.staffing) == len(record.places.inspectors)
    less = [evolve(rule, most=72) if rule.department == "市监" else rule for rule in staffed_plan().teams]
    _, short = staffed(evolve(staffed_plan(), teams=less))
    assert {note.at for note in short.shortages} == {"市监"}
    assert all(note.code == "places-short-of-most" for note in short.shortages)


def test_people_are_where_the_rules_put_them(drawn: tuple[Commitment, Record]) -> None:
    """Leaders are senior, locals of the street, specialists certified; nobody goes who is recused, away or expired."""
    record = drawn[1]
    cells = inspector_table()
    person = {row[0]: dict(zip(cells, row, strict=True)) for row in zip(*cells.values(), strict=True)}
    streets = dict(zip(table()["uscc"], table()["street"], strict=True))
    away = {(each.inspector, each.enterprise, each.period) for each in recusals()}
    for visit in record.values():
        for department, slot, name in visit.places:
            own = person[name]
            assert own["department"] == department
            assert own["certificate"] != "expired"
            assert slot != "leader" or own["rank"] == "senior"
            assert slot != "local" or own["street"] == streets[visit.enterprise]
            assert slot != "boiler" or own["certificate"] == "boiler"
            assert not away & {(name, visit.enterprise, ""), (name, "", visit.period), (name, "", "")}
        assert any(slot == "boiler" for _, slot, _ in visit.places) == ("市监·特种设备" in visit.demands)


def test_the_draw_with_teams_never_changes(drawn: tuple[Commitment, Record]) -> None:
    """Commitment, root and the first team are the ones first published."""
    commitment, record = drawn
    assert commitment.digest == STAFFED
    assert record.root == STAFFED_ROOT
    first = next(iter(record.values()))
    assert dict(first.team) == {"人社": ("P-人社-004", "P-人社-003"), "市监": ("P-市监-004", "P-市监-002")}


STAFFED = "67a800b23cfb12c936ff5b249b3f9af7aa7fa1a268c71259812c9dae3bb7602e"
STAFFED_ROOT = "a24f1bac8ce0b844ecb0e35058cc175ff77ae7dd74f58525dae15fe2af3d828a"


def test_teams_never_change() -> None:
    """Inspectors and rules are the ones first published."""
    assert inspectors().digest() == PEOPLE
    assert sha256(canonical_json(staffed_plan().to_dict())).hexdigest() == RULES  # type: ignore[arg-type]
