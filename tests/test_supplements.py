"""Supplementary plans: who was missing, what is refused, what a reader is told, what verify finds."""

import json
import shlex
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import Run
from districts import OTHER_SEED, SEED, faults, named, plan, register, rows_of
from dual_random.binding import commit
from dual_random.commitments import Commitment, draw_key
from dual_random.draws import draw
from dual_random.errors import InputError, Note
from dual_random.making import recompute
from dual_random.plans import Demand, Plan
from dual_random.populations import populations
from dual_random.records import Record
from dual_random.registers import Register
from dual_random.rehearsals import rehearse
from dual_random.supplements import missing
from dual_random.team_rules import TeamRule
from dual_random.verdicts import Verification
from dual_random.verification import verify
from staffed import bare, people, staffing_plan

DIGEST: Final = "ab" * 32
EARLIER: Final = register([{"id": f"E{i:02d}", "risk": "AAB"[i % 3]} for i in range(30)])
MISSED: Final = register([{"id": f"N{i}", "risk": "AB"[i % 2]} for i in range(10)])
DEMANDS: Final = (Demand("市监", by="risk", take={"A": "10%", "B": 4}), Demand("消防", take=6))


def first(demands: Iterable[Demand] = DEMANDS, **more: Any) -> Record:
    """The record whose register lacked somebody."""
    return draw(commit(plan(demands, **more), EARLIER), EARLIER, seed=SEED).record


RECORD: Final = first()


def supplement(demands: Iterable[Demand] = DEMANDS, of: Record = RECORD, **more: Any) -> Plan:
    """A plan for those who were missing."""
    return plan(demands, **{"number": "2024-3补", "supplements": of.digest, **more})


def notices(demands: Iterable[Demand], of: Record = RECORD, firms: Register = MISSED) -> list[Note]:
    """What commit tells of a supplementary plan; in both languages."""
    told = commit(supplement(demands, of), firms, of=of).notices
    assert all(note.text("en") and note.text("zh") for note in told)
    return [note for note in told if note.code.startswith("supplement")]


# ---- who was missing


@given(st.sets(st.integers(0, 40)), st.sets(st.integers(0, 40)))
@settings(deadline=None, derandomize=True)
def test_who_was_missing_is_who_is_in_one_register_alone(before: set[int], now: set[int]) -> None:
    """By the ids alone: rows with all their columns, in the register's own order, whatever stood in the earlier one."""
    earlier = Register({"id": [f"企{i}" for i in before]}, id="id", columns=[])
    cells = {i: ("AB"[i % 2], f"街{i % 7}") for i in now}
    table = {"id": [f"企{i}" for i in now], "risk": [cells[i][0] for i in now], "街": [cells[i][1] for i in now]}
    found = missing(earlier, Register(table, id="id", columns=["risk", "街"]))
    assert found.columns == ("risk", "街")
    expected = [{"id": f"企{i}", "risk": cells[i][0], "街": cells[i][1]} for i in now - before]
    assert rows_of(found) == sorted(expected, key=lambda row: row["id"].encode())


def test_alike_ids_stay_as_the_register_admitted_them() -> None:
    """Whoever made the register has decided that they are two; what is no register is refused."""
    now = Register({"id": ["E1", "e1", "E2"]}, id="id", columns=[], alike=True)
    assert list(missing(Register({"id": ["E2"]}, id="id", columns=[]), now)) == ["E1", "e1"]
    wrong: Any = "x"
    assert named(faults(lambda: missing(wrong, wrong))) == [("plan-shape", "earlier"), ("plan-shape", "register")]


# ---- the plan


def test_a_plan_that_supplements_nothing_is_the_plan_it_was() -> None:
    """The field stands in the data only where it says something, and then it changes the digest."""
    plain, other = plan(DEMANDS), plan(DEMANDS, supplements=DIGEST)
    assert "supplements" not in plain.to_dict()
    assert other.to_dict() == {**plain.to_dict(), "supplements": DIGEST}
    assert Plan.from_dict(other.to_dict()) == other
    assert (
        commit(plain, EARLIER).digest
        != Commitment(
            plan=other, enterprises=commit(plain, EARLIER).enterprises, allocation=commit(plain, EARLIER).allocation
        ).digest
    )


@pytest.mark.parametrize("value", ["x", "AB" * 32, 7, None])
def test_what_is_no_digest_is_refused(value: Any) -> None:
    """64 lower-case hex digits, as everywhere."""
    assert named(faults(lambda: plan(DEMANDS, supplements=value))) == [("digest-form", "supplements")]


def test_a_plan_staffs_or_supplements() -> None:
    """One that staffs draws nobody, so it supplements nothing; one that supplements has demands."""
    assert named(faults(lambda: plan((), staffs=DIGEST, supplements=DIGEST))) == [("staffing-with-draw", "supplements")]
    assert named(faults(lambda: plan((), supplements=DIGEST))) == [("demands-missing", "demands")]


# ---- commit and draw


def test_a_supplementary_draw_is_an_ordinary_draw() -> None:
    """But for the name of the record in its key: same numbers, its own tickets; verified, read back, and explained."""
    committed = commit(supplement(), MISSED, of=RECORD)
    drawn = draw(committed, MISSED, seed=OTHER_SEED, of=RECORD)
    record = drawn.record
    assert [size.number for size in committed.allocation[0].strata] == [1, 4]
    assert {name[0] for name in record} == {"N"}
    plain = commit(evolve(committed.plan, supplements=""), MISSED)
    assert plain.allocation == committed.allocation
    assert draw(plain, MISSED, seed=OTHER_SEED).record.tickets != record.tickets
    assert Record.from_json(record.to_json()) == record
    assert drawn.why(next(iter(record))).drawn


def test_the_record_is_the_one_that_was_named() -> None:
    """None, another one, or one for a plan that names none is refused, by commit and by draw, with all other faults."""
    rules = supplement()
    other = first(DEMANDS[1:])
    large = evolve(rules, demands=(Demand("消防", take=99),))
    assert named(faults(lambda: commit(large, MISSED))) == [
        ("supplemented-needed", "of"),
        ("allocation-total-large", "demands[0].take"),
    ]
    (note,) = faults(lambda: commit(rules, MISSED, of=other))
    assert (note.code, note.at, note.params) == (
        "supplemented-other",
        "of",
        {"stated": RECORD.digest, "found": other.digest},
    )
    assert named(faults(lambda: commit(plan(DEMANDS), MISSED, of=RECORD))) == [("record-unneeded", "of")]
    committed = commit(rules, MISSED, of=RECORD)
    seed = ("seed-not-of-form", "seed")
    assert named(faults(lambda: draw(committed, MISSED, seed="x"))) == [seed, ("supplemented-needed", "of")]
    assert named(faults(lambda: draw(committed, MISSED, seed="x", of=other))) == [seed, ("supplemented-other", "of")]


def test_who_was_visited_was_not_missing() -> None:
    """All of them are named, in the order of the record, with every other fault; those who were only eligible pass."""
    rows = [{"id": name, "risk": "A"} for name in (*EARLIER, "N1")]
    everybody = register(rows)
    rules = supplement([Demand("市监", take=99), Demand("消防", take=1)])
    told = faults(lambda: commit(rules, everybody, of=RECORD))
    assert named(told) == [
        ("allocation-total-large", "demands[0].take"),
        *(("supplement-visited", f"enterprises.{name}") for name in RECORD),
    ]
    rest = register([row for row in rows if row["id"] not in RECORD])
    assert commit(supplement([Demand("消防", take=1)]), rest, of=RECORD)
    forged = Commitment.from_json(commit(supplement([Demand("消防", take=1)]), rest, of=RECORD).to_json())
    bound = commit(plan([Demand("消防", take=1)]), everybody)
    forged = evolve(forged, enterprises=bound.enterprises, allocation=bound.allocation)
    told = faults(lambda: draw(forged, everybody, seed=SEED, of=RECORD))
    assert named(told) == [("supplement-visited", f"enterprises.{name}") for name in RECORD]


def test_who_took_a_place_later_was_not_missing() -> None:
    """A substitute of an amended record counts as visited."""
    drawn = draw(commit(plan([Demand("消防", take=2)], substitution=True), EARLIER), EARLIER, seed=SEED)
    amended = drawn.substitute(next(iter(drawn.record)), reason="closed", on="2024-08-12").record
    (_, taker), *_ = amended.amendments[0].substitutes
    assert taker not in amended
    firms = register([{"id": taker}, {"id": "N1"}])
    rules = supplement([Demand("消防", take=1)], amended)
    assert named(faults(lambda: commit(rules, firms, of=amended))) == [("supplement-visited", f"enterprises.{taker}")]


def test_a_supplementary_plan_is_rehearsed_without_the_earlier_record() -> None:
    """What it will give depends on its own register alone, and is what the plan without that name gives."""
    rehearsed = rehearse(supplement(), MISSED, draws=5)
    assert rehearsed == rehearse(evolve(supplement(), supplements=""), MISSED, draws=5)
    assert len(rehearsed.outcomes) == 5


def test_a_record_that_is_amended_later_is_still_the_one_that_was_named() -> None:
    """The plan names it as it was then; the file with further amendments serves to draw and to verify."""
    drawn = draw(commit(plan([Demand("消防", take=2)], substitution=True), EARLIER), EARLIER, seed=SEED)
    amended = drawn.substitute(next(iter(drawn.record)), reason="closed", on="2024-08-12").record
    first_one = drawn.record.commitment
    event = evolve(first_one.plan.seed, earliest="2024-10-08T21:15:00+08:00")
    rules = supplement([Demand("消防", take=1)], drawn.record, seed=event)
    committed = commit(rules, MISSED, previous=first_one.digest, of=drawn.record)
    record = draw(committed, MISSED, seed=OTHER_SEED, of=amended).record
    for of in (drawn.record, amended):
        found = checked(record, of=of, of_enterprises=EARLIER)
        assert (found.findings, named(found.unchecked)) == ((), [("unchecked-earlier-seed", "of")])
        assert checked(record, commitments=[first_one], records=[of], of=of)
    early = commit(supplement([Demand("消防", take=1)], amended), MISSED, of=amended)
    assert named(faults(lambda: draw(early, MISSED, seed=SEED, of=drawn.record))) == [("supplemented-other", "of")]


def test_a_record_that_only_staffs_cannot_be_supplemented() -> None:
    """It drew nobody; the refusal names the record that did."""
    inspectors = people(("消防", "F", 6), ("市监", "S", 9))
    enterprises = register([{"id": f"E{i}", "risk": "A", "quarter": "海曙"} for i in range(9)])
    later = commit(staffing_plan(bare(), periods=["7月"]), enterprises, inspectors, of=bare())
    staffed = draw(later, enterprises, inspectors, seed=SEED, of=bare()).record
    (note,) = faults(lambda: commit(supplement(of=staffed), MISSED, of=staffed))
    assert (note.code, note.at, note.params) == ("supplements-staffing", "supplements", {"digest": bare().digest})


def test_a_supplementary_plan_may_have_teams_and_may_be_supplemented_itself() -> None:
    """Nothing of a plan that draws is barred to it; whoever was missing a second time gets a third draw."""
    inspectors = people(("市监", "S", 6), ("消防", "F", 6))
    committed = commit(supplement(teams=[TeamRule()]), MISSED, inspectors, of=RECORD)
    second = draw(committed, MISSED, inspectors, seed=OTHER_SEED, of=RECORD).record
    assert all(visit.team for visit in second.values())
    told = {note.code for note in committed.notices}
    assert told == {"seed-not-later", "stratum-twice-rate", "supplement-chance-differs"}
    assert verify(second, MISSED, inspectors, seed=OTHER_SEED, digest=committed.digest, of=RECORD)
    firms = register([{"id": "X1", "risk": "A"}, {"id": "X2", "risk": "B"}])
    rules = supplement([Demand("市监", take=1), Demand("消防", take=1)], second)
    third = commit(rules, firms, of=second)
    assert draw(third, firms, seed=SEED, of=second).record


# ---- the same chances


def test_the_same_rules_and_chances_need_no_notice() -> None:
    """Rates that are the same; numbers that are the earlier share, rounded up or down."""
    shares = Demand("市监", by="risk", take={"A": "10%", "B": 2})  # 4 of 10 before, 2 of 5 here
    assert notices([shares, Demand("消防", take=2)]) == []  # 6 of 30
    same = first([Demand("消防", take="50%")])
    assert notices([Demand("消防", take="50%")], same) == []
    assert notices([Demand("消防", take=5)], same) == []


@pytest.mark.parametrize(
    ("before", "number", "told"),
    [
        *((4, number, number not in (1, 2)) for number in (0, 1, 2, 3, 9)),  # 1.33 of 10
        *((6, number, number != 2) for number in (1, 2, 3)),
        *((30, number, number != 10) for number in (9, 10)),
    ],
)
def test_numbers_that_are_not_the_earlier_share(before: int, number: int, told: bool) -> None:
    """What was drawn of 30 is scaled to 10 and rounded up or down; anything else is pointed out, with both shares."""
    earlier = first([Demand("消防", take=before)])
    found = notices([Demand("消防", take=number)], earlier)
    assert named(found) == ([("supplement-chance-differs", "demands[0].take")] if told else [])
    assert [note.params for note in found] == (
        [{"number": number, "size": 10, "before": before, "of": 30}] if told else []
    )


def test_each_stratum_is_compared_by_itself() -> None:
    """A stratum that the earlier draw had not cannot be compared; the place names the stratum."""
    firms = register([{"id": f"N{i}", "risk": "ABC"[i % 3]} for i in range(9)])
    other = Demand("市监", by="risk", take={"A": "50%", "B": 1, "C": 3})
    found = notices([other, Demand("消防", take=2)], firms=firms)
    assert named(found) == [("supplement-chance-differs", 'demands[0].take["A"]')]
    assert found[0].params == {"number": 2, "size": 3, "before": 2, "of": 20}


def test_another_rule_is_pointed_out() -> None:
    """Each part by its path, as it stands in both; a demand more, a demand less."""
    more: dict[str, Any] = {"where": {"risk": "A"}, "department": "应急", "rounding": "down", "at_most": 3}
    found = notices([Demand("消防", take="20%", **more), Demand("环保", take=1)])
    assert named(found) == [
        ("supplement-without", "demands"),
        *(("supplement-rule-differs", f"demands[0].{name}") for name in ("department", "where", "at_most", "rounding")),
        ("supplement-further", "demands[1]"),
    ]
    told = {note.at: (note.params["earlier"], note.params["stated"]) for note in found[1:5]}
    assert told == {
        "demands[0].department": ('"消防"', '"应急"'),
        "demands[0].where": ("[]", '[["risk",["A"]]]'),
        "demands[0].at_most": ("–", "3"),
        "demands[0].rounding": ('"up"', '"down"'),
    }
    assert named(notices([DEMANDS[0], Demand("消防", take=9, where={"risk": ["A", "B"]})]))[-1:] == [
        ("supplement-rule-differs", "demands[1].where")
    ]
    assert found[0].params == {"demand": "市监"}
    assert found[5].params == {"demand": "环保"}


# ---- verify


def supplemented() -> Record:
    """A record of those who were missing."""
    return draw(commit(supplement(), MISSED, of=RECORD), MISSED, seed=OTHER_SEED, of=RECORD).record


def checked(record: Record, firms: Register = MISSED, **more: Any) -> Verification:
    """A supplementary record, held against what is known."""
    return verify(record, firms, seed=OTHER_SEED, digest=record.commitment.digest, **more)


def test_what_is_known_decides_what_is_checked() -> None:
    """The record alone, with the earlier one, with the register of that one as well."""
    record = supplemented()
    at = "commitment.plan.supplements"
    alone = checked(record)
    assert (alone.findings, named(alone.unchecked)) == ((), [("unchecked-supplement", at)])
    assert alone.unchecked[0].params == {"digest": RECORD.digest}
    found = checked(record, of=RECORD)
    assert found.findings == ()
    assert named(found.unchecked) == [("unchecked-missing", at), ("unchecked-earlier-register", "of")]
    assert found.unchecked[0].params == {"digest": EARLIER.digest()}
    full = checked(record, of=RECORD, of_enterprises=EARLIER)
    assert (full.findings, named(full.unchecked)) == ((), [("unchecked-earlier-seed", "of")])
    other = checked(record, of=RECORD, of_enterprises=MISSED)
    assert named(other.unchecked) == named(found.unchecked)


def test_another_record_than_the_one_named_is_found() -> None:
    """By its digest; then nothing more is asked of it."""
    record, other = supplemented(), first(DEMANDS[1:])
    found = checked(record, of=other, of_enterprises=EARLIER)
    assert named(found.findings) == [("supplemented-other", "commitment.plan.supplements")]
    assert named(found.unchecked) == [("unchecked-supplement", "commitment.plan.supplements")]
    plain = draw(commit(plan(DEMANDS), MISSED), MISSED, seed=OTHER_SEED).record
    assert named(checked(plain, of=RECORD).unchecked) == [("unchecked-record", "of")]


def test_who_was_not_missing_is_found() -> None:
    """Whoever was visited, from the record alone; whoever was in the register, from that; each once."""
    shared_rows = [{"id": name, "risk": "A"} for name in (*list(RECORD)[:2], "N1", "N2")]
    idle = [name for name in EARLIER if name not in RECORD][:3]
    firms = register([*shared_rows, *({"id": name, "risk": "B"} for name in (*idle, "N3"))])
    bound = commit(plan(DEMANDS), firms)
    record = drawn_by_force(evolve(bound, plan=supplement()), firms)
    found = checked(record, firms, of=RECORD)
    visited = [("supplement-visited", f"commitment.enterprises.{name}") for name in list(RECORD)[:2]]
    assert named(found.findings) == visited
    found = checked(record, firms, of=RECORD, of_enterprises=EARLIER)
    assert named(found.findings) == [
        *visited,
        *(("supplement-registered", f"commitment.enterprises.{name}") for name in idle),
    ]
    assert found.draw is not None


def drawn_by_force(commitment: Commitment, firms: Register) -> Record:
    """The draw of a commitment that names a record of which it should not draw: made where nobody asks."""
    key = draw_key(commitment.plan, commitment.digest, OTHER_SEED, {})
    groups = populations(commitment.plan, firms)
    return recompute(commitment, firms, None, groups, key=key, seed=OTHER_SEED, secrets=())


def test_the_earlier_record_is_verified_too() -> None:
    """Where its register is known: what is found in it stands under of."""
    altered = evolve(RECORD, periods=(), extra=(next(iter(RECORD)),))
    committed = commit(supplement(of=altered), MISSED, of=altered)
    record = draw(committed, MISSED, seed=OTHER_SEED, of=altered).record
    found = checked(record, of=altered, of_enterprises=EARLIER)
    assert found.findings
    assert all(note.at.startswith("of.") for note in found.findings)


def test_wrong_kinds_are_refused() -> None:
    """A register that is none, by its name."""
    wrong: Any = "x"
    with pytest.raises(InputError) as caught:
        checked(supplemented(), of_enterprises=wrong)
    assert named(caught.value.faults) == [("plan-shape", "of_enterprises")]


# ---- the command line


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the earlier record and its register, the register of those who were missing, and a plan."""
    monkeypatch.chdir(tmp_path)
    Path("r0.json").write_bytes(RECORD.to_json())
    Path("before.tsv").write_bytes(EARLIER.to_tsv())
    rows = "".join(f"{row['id']},{row['risk']}\n" for row in rows_of(MISSED))
    Path("missed.csv").write_text(f"uscc,risk\n{rows}", encoding="utf-8")
    Path("plan.json").write_text(json.dumps(supplement().to_dict(), ensure_ascii=False), encoding="utf-8")
    return tmp_path


def test_the_command_line_supplements_a_record(run: Run, folder: Path) -> None:
    """commit, draw, verify with --of and the register of the earlier record; what is unchecked is told."""
    files = ("missed.csv", "--id", "uscc")
    code, out, err = run("commit", "plan.json", *files, "--of", "r0.json", "--out", "c.json")
    assert (code, err) == (0, "")
    assert f"supplements 补充抽查 {RECORD.digest}" in " ".join(out.split())
    assert "4 of 5 are drawn, and 4 of 10 were" in " ".join(out.split())
    code, _, err = run("draw", "c.json", *files, "--seed", OTHER_SEED, "--of", "r0.json", "--out", "r.json")
    assert (code, err) == (0, "")
    assert Path("r.json").read_bytes() == supplemented().to_json()
    known = ("--seed", OTHER_SEED, "--digest", supplemented().commitment.digest)
    words = ("verify", "r.json", *files, *known)
    assert "whether these enterprises were missing was not checked" in " ".join(run(*words)[1].split())
    code, out, _ = run(*words, "--of", "r0.json")
    assert "not that its register lacked them" in " ".join(out.split())
    code, out, err = run(*words, "--of", "r0.json", "--of-register", "before.tsv")
    assert (code, err) == (0, "")
    assert "lacked" not in out
    assert "verified with the seed" in " ".join(out.split())


def test_the_lines_shown_after_commit_run(run: Run, folder: Path) -> None:
    """The rehearsal is offered without the earlier record, which it does not take; the draw with it."""
    staff = "".join(f"{letter}{i},{name}\n" for name, letter in (("市监", "S"), ("消防", "F")) for i in range(6))
    Path("people.csv").write_text(f"id,department\n{staff}", encoding="utf-8")
    people_of = ("--inspectors", "people.csv", "--inspectors-id", "id")
    files = ("missed.csv", "--id", "uscc", *people_of, "--of", "r0.json", "--out", "c.json")
    _, out, _ = run("commit", "plan.json", *files)
    shown = [shlex.split(line)[1:] for line in out.splitlines() if line.startswith("    dual-random ")]
    assert [words[0] for words in shown] == ["rehearse", "draw"]
    assert ["--of" in words for words in shown] == [False, True]
    for words in shown:
        given = [OTHER_SEED if word == "00 00 00 00 00 00 + 00" else word for word in words]
        code, _, err = run(*given)
        assert (code, err) == (0, "")


def test_the_command_line_names_who_was_not_missing(run: Run, folder: Path) -> None:
    """By the file; without the record the option is named; the register of a record without the record is refused."""
    visited = next(iter(RECORD))
    with Path("missed.csv").open("a", encoding="utf-8") as file:
        file.write(f"{visited},A\n")
    files = ("missed.csv", "--id", "uscc")
    code, _, err = run("commit", "plan.json", *files, "--of", "r0.json", "--out", "c.json")
    assert code == 2
    assert err.startswith(f"missed.csv: {visited}: {visited} is visited by the record that is supplemented")
    code, _, err = run("commit", "plan.json", *files, "--out", "c.json")
    assert code == 2
    assert "--of FILE" in err
    Path("r.json").write_bytes(supplemented().to_json())
    known = ("--seed", OTHER_SEED, "--digest", "0" * 64)
    code, _, err = run("verify", "r.json", *files, *known, "--of-register", "before.tsv")
    assert code == 2
    assert err.startswith("--of-register: ")
