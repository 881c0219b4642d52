"""The synthetic district: the same everywhere, valid ids that nobody bears, shares and rates as intended."""

import json
from collections import Counter
from hashlib import sha256

import pytest
from stdnum.cn import uscc as peer

from dual_random import InputError, commit, draw
from dual_random.demo import COLUMNS, DEPARTMENTS, SEED, SIZE, district, plan, plan_data, table
from dual_random.plans import Plan
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
