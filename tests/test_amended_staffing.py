"""Plans that staff an amended record: the visits that stand are staffed, and the digest names the amendments."""

from typing import Final

import pytest
from attrs import evolve

from districts import SEED
from dual_random import Demand, InputError, Plan, Record, Register, SeedSource, check_chain, commit, draw, verify
from dual_random.draws import Draw
from dual_random.earlier import named_record, staffed_part

SOURCE: Final = SeedSource(
    source="双色球", event="2024090期", earliest="2024-08-06T21:15:00+08:00", form="00 00 00 00 00 00 + 00"
)
ENTERPRISES: Final = Register({"id": [f"E{i:02}" for i in range(20)]}, id="id", columns=[])
PEOPLE: Final = Register(
    {"id": [f"P{i}" for i in range(6)], "department": ["市监"] * 3 + ["消防"] * 3}, id="id", columns=["department"]
)


def drawn() -> Draw:
    """A draw of two departments in two months, without people."""
    plan = Plan(
        title="抽查",
        authority="海曙区",
        number="2024-3",
        seed=SOURCE,
        demands=[Demand("市监", take=6), Demand("消防", take=8)],
        periods=["9月", "10月"],
        substitution=True,
    )
    return draw(commit(plan, ENTERPRISES), ENTERPRISES, seed=SEED)


def staffing(record: Record, *periods: str) -> Plan:
    """A plan that staffs some periods of a record."""
    return Plan(title="派员", authority="海曙区", number="2024-4", seed=SOURCE, staffs=record.digest, periods=periods)


def first_of(made: Draw, period: str) -> str:
    """An enterprise of a period that two departments visit."""
    return next(visit.enterprise for visit in made.record.current if visit.period == period and visit.joint)


def test_the_substitute_is_staffed_and_the_closed_firm_is_not() -> None:
    """A plan that names the amended record sends people to the visits that stand; the record is verified with it."""
    base = drawn()
    closed = first_of(base, "9月")
    amended = base.substitute(closed, reason="closed", on="2024-09-03").record
    plan = staffing(amended, "9月")
    commitment = commit(plan, ENTERPRISES, PEOPLE, of=amended)
    record = draw(commitment, ENTERPRISES, PEOPLE, seed=SEED, of=amended).record
    assert closed not in record
    assert set(record) == {visit.enterprise for visit in amended.current if visit.period == "9月"}
    assert {name: record[name].demands for name in record} == {
        visit.enterprise: visit.demands for visit in amended.current if visit.period == "9月"
    }
    assert all(len(visit.team[department]) == 2 for visit in record.values() for department in visit.departments)
    assert verify(record, ENTERPRISES, PEOPLE, seed=SEED, digest=commitment.digest, of=amended)


def test_later_amendments_do_not_disturb_a_plan_that_named_earlier_ones() -> None:
    """Whoever has a record with more amendments can verify a plan that names the state before them."""
    base = drawn()
    once = base.substitute(first_of(base, "9月"), reason="closed", on="2024-09-03")
    twice = once.substitute(first_of(once, "10月"), reason="moved", on="2024-09-20").record
    for state in (base.record, once.record, twice):
        plan = staffing(state, "9月")
        assert named_record(plan, twice) == state
        commitment = commit(plan, ENTERPRISES, PEOPLE, of=twice)
        record = draw(commitment, ENTERPRISES, PEOPLE, seed=SEED, of=twice).record
        assert verify(record, ENTERPRISES, PEOPLE, seed=SEED, digest=commitment.digest, of=twice)
        assert set(record) == set(staffed_part(plan, state).enterprises)
    forged = evolve(twice, amendments=[evolve(twice.amendments[0], reason="moved"), twice.amendments[1]])
    with pytest.raises(InputError) as refused:
        commit(staffing(once.record, "9月"), ENTERPRISES, PEOPLE, of=forged)
    assert [note.code for note in refused.value.faults] == ["record-other"]


def test_an_enterprise_with_two_visits_is_staffed_period_by_period() -> None:
    """Who took over a visit in another period than the own one has two; one plan cannot staff both."""
    base = drawn()
    twice: list[str] = []
    for _ in range(6):
        names = [visit.enterprise for visit in base.record.current]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            break
        base = base.substitute(first_of(base, "9月"), reason="closed", on="2024-09-03")
    (name, *_) = twice
    record = base.record
    with pytest.raises(InputError) as refused:
        commit(staffing(record, "9月", "10月"), ENTERPRISES, PEOPLE, of=record)
    assert {(note.code, note.at) for note in refused.value.faults} == {
        ("staffs-twice", f"visits.{each}") for each in twice
    }
    for period in ("9月", "10月"):
        commitment = commit(staffing(record, period), ENTERPRISES, PEOPLE, of=record)
        assert name in draw(commitment, ENTERPRISES, PEOPLE, seed=SEED, of=record).record


def test_a_firm_that_is_replaced_after_people_were_sent_is_found() -> None:
    """Its substitute has nobody; before the staffing plan, or in another period, it is no matter."""
    base = drawn()
    later = evolve(SOURCE, event="2024091期", earliest="2024-08-08T21:15:00+08:00")
    plan = evolve(staffing(base.record, "9月"), seed=later)
    commitment = commit(plan, ENTERPRISES, PEOPLE, of=base.record, previous=base.record.commitment.digest)
    staffed = draw(commitment, ENTERPRISES, PEOPLE, seed=SEED, of=base.record).record
    for period, codes in (("9月", ["chain-staffed-replaced"]), ("10月", [])):
        amended = base.substitute(first_of(base, period), reason="closed", on="2024-09-03").record
        files = [base.record.commitment, commitment]
        assert [note.code for note in check_chain(files, [amended, staffed]).findings] == codes
        assert check_chain(files, [base.record, staffed])
