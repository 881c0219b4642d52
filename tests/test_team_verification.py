"""Verification of teams: whatever was changed in who goes, in the proofs or in the tables is found by its path."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Any, Final

import pytest
from attrs import evolve

from alterations import ODD_PARTS, stands
from districts import OTHER_SEED, SEED, faults, named, plan, register
from dual_random.binding import commit
from dual_random.commitments import Commitment, draw_key
from dual_random.draws import draw
from dual_random.errors import Note
from dual_random.making import with_places
from dual_random.plans import Demand
from dual_random.records import Record
from dual_random.registers import Register
from dual_random.staffing import Place, Shortage, Staffing
from dual_random.team_rules import Recusal, Slot, TeamRule
from dual_random.testing.alterations import Path, everything, mutants, replaced, told
from dual_random.verification import verify
from staffed import DEMANDS, RECORDS, ROWS, Published, bare, dealt, later, mended, people, short, staffing_plan, wide

# ---- the records as they are


def known_unchecked(name: str) -> list[tuple[str, str]]:
    """What stays unchecked of a record although everything is given."""
    own = [("unchecked-earlier-seed", "of")]
    return {"later": own, "mended": [("unchecked-teams", "of.commitment.inspectors"), *own]}.get(name, [])


@pytest.mark.parametrize("name", RECORDS)
def test_an_unaltered_record_holds(name: str) -> None:
    """Read back from its bytes it is the same, and recomputed; of the earlier record its seed is not known."""
    published = RECORDS[name]()
    record = Record.from_json(published.record.to_json())
    assert record == published.record
    assert record.digest == published.record.digest
    checked = published.check(record)
    assert checked.raise_for_findings() is checked
    assert named(checked.unchecked) == known_unchecked(name)
    assert checked.draw is not None
    assert checked.draw.record == record
    assert checked.draw.inspectors is published.inspectors
    assert Commitment.from_json(record.commitment.to_json()) == record.commitment


def test_what_the_altered_records_have() -> None:
    """Relief, slots of some visits, both kinds of blocks, departments that are done."""
    record = dealt().record
    assert [each.most for each in record.staffing] == [None, 4]
    assert {len(visit.team) for visit in record.values()} == {1, 2}
    assert any(slot == "boiler" for _, slot, _ in record.places[0])
    assert set(record.periods) == {"7月", "8月"}
    shortages = [each for own in short().record.staffing for each in own.shortages]
    assert [bool(each.most) for each in shortages] == [False, False, True]
    assert [len(each.in_period) for each in shortages] == [2, 2, 0]
    assert [bool(each.shortages) for each in short().record.staffing] == [False, True, True]
    assert set(later().record.periods) == {"7月", "9月"}
    assert [each.department for each in mended().record.staffing] == ["消防", "环保"]


# ---- every leaf altered in turn


SORTED_LISTS: Final = ("take", "where", "same", "seals", "secrets", "recusals", "meetings", "most", "in_period")


def spelled(done: str, path: Path) -> bool:
    """Whether an alteration is only another spelling: a default left out, or the order of writing of a sorted list."""
    if (done, told(path)) == ("removed", "commitment.plan.scheme"):
        return True
    of_proof = path[0] == "staffing" and "places" in path and len(path) == 6
    return done == "swapped" and (of_proof or any(name in SORTED_LISTS for name in path))


def place_of(done: str, path: Path) -> tuple[str, ...]:
    """Where a finding must stand for an alteration, one of these."""
    if path[0] == "commitment":
        bound = path[1:] in (("enterprises", "digest"), ("enterprises", "rows"), ("inspectors", "digest"))
        bound = bound or path[1:] == ("inspectors", "rows") or (path[1:2] == ("allocation",) and path[-1] == "number")
        return (told(path),) if bound and done == "changed" else ("commitment",)
    if path[0] == "staffing":
        return staffing_place_of(done, path)
    if path[0] != "visits":
        return (told(path),)
    if len(path) < 3:
        return (told(path), "visits") if len(path) == 1 or done != "type" else (told(path),)
    if path[2] == "enterprise":
        return (told(path), told(path[:2]), "visits")
    if path[2] == "departments":  # then its places are those of nobody who comes
        return (told(path[:3]), f"{told(path[:2])}.places")
    return (told(path), told(path[:3]))


def staffing_place_of(done: str, path: Path) -> tuple[str, ...]:
    """A proof is refused as a whole, beside other proofs, or beside what it contradicts; departments stand in order."""
    if len(path) < 3 or path[2] == "department":
        return (told(path), "staffing")
    if path[2] == "places":
        return (told(path), f"{told(path[:2])}.shortages")
    return (told(path), told(path[: 2 if done == "removed" else 3]))


OWN: Final = {"plan", "inspectors", "recusals", "meetings"}  # parts of a commitment that teams have
OWN_RULES: Final = {"teams", "staffs", "periods", "department_column"}


def of_teams(path: Path) -> bool:
    """Whether a part of a record is there for the teams; the others are altered in ``test_verification``."""
    if path[:1] == ("commitment",) and len(path) > 1:
        return path[1] in OWN and (path[1] != "plan" or path[2:3] == () or path[2] in OWN_RULES)
    return path[:1] not in {("cells",), ("outcome",), ("secrets",)}


def altered_leaves(document: Any) -> Iterator[tuple[str, Path, Any]]:
    """The alterations of the parts that teams have: all of structure, and of each leaf every fourth one."""
    turn = 0
    for done, path, altered in mutants(document):
        turn += done in ("changed", "type")
        if of_teams(path) and (turn % 4 == 0 or done not in ("changed", "type")):
            yield done, path, altered


@pytest.mark.parametrize("name", RECORDS)
def test_every_single_alteration_is_found_and_named_by_its_path(name: str) -> None:
    """Every leaf changed in value and type, every key removed or added, every item removed, doubled or moved."""
    published = RECORDS[name]()
    data = published.record.to_json()
    done_to = Counter[str]()
    for done, path, altered in altered_leaves(json.loads(data)):
        findings = published.findings(altered)
        done_to[done] += 1
        where = (done, told(path), named(findings))
        if not findings:
            assert spelled(done, path), where
            assert Record.from_json(json.dumps(altered).encode()).to_json() == data
            continue
        assert any(stands(note, place) for note in findings for place in place_of(done, path)), where
        assert all(note.text("en") and note.text("zh") for note in findings)
    assert set(done_to) == {"changed", "type", "removed", "added", "doubled", "swapped"}
    assert sum(done_to.values()) > 400


def test_every_part_is_altered() -> None:
    """The thinned alterations leave out no leaf of a record."""
    document = json.loads(dealt().record.to_json())
    leaves = {path for path, part in everything(document) if not isinstance(part, dict | list) and of_teams(path)}
    assert leaves <= {path for done, path, _ in altered_leaves(document) if done in ("changed", "type")}


@pytest.mark.parametrize("name", RECORDS)
def test_every_alteration_of_who_goes_is_found_without_the_register(name: str) -> None:
    """The receipts hold the teams; so unless they are made anew, every change of a place shows in their root."""
    published = RECORDS[name]()
    document = json.loads(published.record.to_json())
    for done, path, altered in altered_leaves(document):
        if path[0] == "visits" and "places" in path:
            findings = published.findings(altered, inspectors=None)
            assert findings, (done, told(path))
            last = {note.at.partition("[")[0] for note in findings}
            assert last <= {"visits", "receipts.root", "staffing"}, (done, told(path), named(findings))


@pytest.mark.parametrize("name", ["short", "later"])
def test_no_part_of_any_shape_crashes(name: str) -> None:
    """Whatever stands in the place of any part, the answer is a finding (or the same record), never another error."""
    published = RECORDS[name]()
    document = json.loads(published.record.to_json())
    for turn, (path, part) in enumerate(everything(document)):
        for odd in ODD_PARTS[turn % 6 :: 6] if of_teams(path) else ():
            if odd != part or type(odd) is not type(part):
                altered = replaced(document, path, odd)
                known = {} if turn % 2 else {"inspectors": None, "of": None}
                findings = published.findings(altered, **known)
                assert findings or path[:1] == ("staffing",) or "ticket" in path, (told(path), odd)


# ---- what forgers do


def reforged(published: Published, **parts: Any) -> Record:
    """The record with other parts, and with receipts that fit them: it agrees with itself."""
    record = evolve(published.record, **parts)
    plan = record.commitment.plan
    key = draw_key(plan, record.commitment.digest, record.seed, dict(record.secrets))
    periods = [plan.periods.index(period) for period in record.periods] or [0] * len(record)
    return with_places(record, record.places, record.staffing, key, periods)


def with_people(record: Record, changes: dict[tuple[int, int], str]) -> list[list[Place]]:
    """The places of a record with other people in some of them."""
    return [
        [(department, slot, changes.get((i, j), who)) for j, (department, slot, who) in enumerate(own)]
        for i, own in enumerate(record.places)
    ]


def seats(record: Record) -> list[tuple[int, int, Place]]:
    """All places of a record with their visit and their number on it."""
    return [(i, j, one) for i, own in enumerate(record.places) for j, one in enumerate(own)]


def differing(findings: Iterable[Note]) -> set[tuple[str, str]]:
    """Path and department of all places that are told to differ, each note with stated and computed people."""
    notes = [note for note in findings if note.code == "places-differ"]
    assert all(note.params["stated"] != note.params["computed"] for note in notes)
    return {(note.at, str(note.params["department"])) for note in notes}


@pytest.mark.parametrize("name", RECORDS)
def test_people_exchanged_between_any_two_places_are_found_at_both(name: str) -> None:
    """Although the receipts fit, just the two visits are told, each with the department, before the receipts."""
    published = RECORDS[name]()
    pairs = [(one, other) for one, other in combinations(seats(published.record), 2) if one[2][2] != other[2][2]]
    for (i, j, one), (k, m, other) in pairs[::2]:
        forged = reforged(published, places=with_people(published.record, {(i, j): other[2], (k, m): one[2]}))
        findings = published.check(forged).findings
        places = {(f"visits[{i}].places", one[0]), (f"visits[{k}].places", other[0])}
        foreign = {note.params["department"] for note in findings if note.code == "places-foreign"}
        assert differing(findings) == {place for place in places if place[1] not in foreign}
        codes = {note.code for note in findings if not note.code.startswith("team-")} - {"places-foreign"}
        assert codes <= {"places-differ", "value-differs"}
        assert findings[-1].at == "receipts.root"


def test_what_breaks_a_rule_is_told_before_the_places_that_differ() -> None:
    """A recused person put on a visit: by the rule, by the deal, and by the root."""
    published = dealt()
    i, j = next(
        (i, j) for i, j, (department, slot, _) in seats(published.record) if (department, slot) == ("市监", "member")
    )
    forged = reforged(published, places=with_people(published.record, {(i, j): "S3"}))
    findings = published.check(forged).findings
    assert named(findings) == [
        ("team-out", f"visits[{i}].places[{j}]"),
        ("places-differ", f"visits[{i}].places"),
        ("value-differs", "receipts.root"),
    ]
    (told, differ, _) = findings
    assert told.params["reason"] == "挂职"
    assert (differ.params["stated"], differ.params["computed"]) == (
        "S0 (boiler), S3 (member)",
        "S0 (boiler), S4 (member)",
    )


def test_without_the_register_a_forger_is_found_by_the_rules_or_by_the_root_of_that_day() -> None:
    """A recusal shows in the commitment; a team that keeps the rules shows only in the root published with the draw."""
    published = dealt()
    changes = next((i, j) for i, j, (department, _, _) in seats(published.record) if department == "市监")
    forged = reforged(published, places=with_people(published.record, {changes: "S3"}))
    assert named(published.check(forged, inspectors=None).findings) == [("team-out", "visits[0].places[0]")]
    quiet = reforged(published, places=with_people(published.record, {changes: "S9"}))
    checked = published.check(quiet, inspectors=None)
    assert checked
    assert named(checked.unchecked) == [("unchecked-teams", "commitment.inspectors")]
    checked = published.check(quiet, inspectors=None, root=published.record.root)
    assert named(checked.findings) == [("root-differs", "receipts.root")]
    assert "team-unknown" in {note.code for note in published.check(quiet).findings}


@pytest.mark.parametrize("name", RECORDS)
def test_places_in_another_order_are_found(name: str) -> None:
    """The order inside a department is that of dealing: it tells whose ticket came first."""
    published = RECORDS[name]()
    swapped = 0
    for i, j, (department, _, _) in seats(published.record):
        places = [list(own) for own in published.record.places]
        if j and places[i][j - 1][0] == department:
            places[i][j - 1 : j + 1] = places[i][j], places[i][j - 1]
            findings = published.check(reforged(published, places=places)).findings
            assert named(findings) == [("places-differ", f"visits[{i}].places"), ("value-differs", "receipts.root")]
            assert findings[0].params["department"] == department
            swapped += 1
    assert swapped


# ---- another deal


@pytest.mark.parametrize(
    ("known", "first"),
    [({"seed": SEED}, ("seed-differs", "seed")), ({"digest": "ab" * 32}, ("digest-differs", "commitment"))],
)
def test_another_seed_or_digest_is_told_once_a_department_not_visit_by_visit(
    known: dict[str, str], first: tuple[str, str]
) -> None:
    """The visits stay those of the earlier record; who goes is another deal, and the receipts have other salts."""
    published = wide()
    findings = published.check(published.record, **known).findings
    foreign = ("places-foreign", "visits")
    assert named(findings) == [first, foreign, foreign, ("value-differs", "receipts.root")]
    told = [(note.params["department"], note.params["count"]) for note in findings if note.code == "places-foreign"]
    assert told == [("市监", 30), ("消防", 30)]
    assert all(int(note.params["same"]) < 5 for note in findings if note.code == "places-foreign")


def test_a_record_dealt_until_it_pleased_is_found() -> None:
    """Its seed altered to the one announced, its teams betray it; of a draw with its own visits the tickets do."""
    published = wide()
    again = draw(
        published.record.commitment, published.enterprises, published.inspectors, seed=SEED, of=published.of
    ).record
    findings = published.check(evolve(again, seed=OTHER_SEED)).findings
    assert {note.code for note in findings} == {"places-foreign", "value-differs"}
    first = dealt()
    again = draw(first.record.commitment, first.enterprises, first.inspectors, seed=OTHER_SEED).record
    assert named(first.check(evolve(again, seed=SEED)).findings) == [("tickets-foreign", "visits")]


@pytest.mark.parametrize("altered", [1, 2, 10, 11, 16, 29, 30])
def test_a_few_visits_with_other_people_are_told_one_by_one(altered: int) -> None:
    """Up to ten are always told singly; more only while most visits of the department fit; the other department is not
    touched."""
    published = wide()
    changes = {
        (i, j): "S?" for i, j, (department, _, _) in seats(published.record) if department == "市监" and i < altered
    }
    forged = reforged(published, places=with_people(published.record, changes))
    findings = [note for note in published.check(forged).findings if not note.code.startswith("team-")]
    singly = altered <= 10 or altered <= 30 - altered
    expected = [("places-differ", f"visits[{i}].places") for i in range(altered)]
    foreign = [("places-foreign", "visits")]
    assert named(findings)[:-1] == (expected if singly else foreign)
    if not singly:
        assert findings[0].params == {"department": "市监", "count": 30, "same": 30 - altered}


def test_departments_that_fit_are_told_visit_by_visit_beside_one_that_does_not() -> None:
    """All teams of one department altered, and one team of the other: one note, and the visit."""
    published = wide()
    first = next((i, j) for i, j, (department, _, _) in seats(published.record) if department == "消防")
    changes = {(i, j): "S?" for i, j, (department, _, _) in seats(published.record) if department == "市监"}
    forged = reforged(published, places=with_people(published.record, {**changes, first: "F?"}))
    findings = [note for note in published.check(forged).findings if not note.code.startswith("team-")]
    assert named(findings)[:-1] == [("places-foreign", "visits"), ("places-differ", f"visits[{first[0]}].places")]
    assert [note.params["department"] for note in findings[:2]] == ["市监", "消防"]


def test_two_visits_that_exchanged_all_their_people_are_told_singly() -> None:
    """A department with no more visits than that is not another deal; with three, none of them fitting, it is."""
    published = mended()
    of_three = [(i, j) for i, j, (department, _, _) in seats(published.record) if department == "环保"]
    for count, code in ((2, "places-differ"), (3, "places-foreign")):
        record = published.record
        rows = sorted({i for i, _ in of_three})[:count]
        changes = {(i, j): "H?" for i, j in of_three if i in rows}
        findings = published.check(reforged(published, places=with_people(record, changes))).findings
        assert [note.code for note in findings if not note.code.startswith("team-")][:-1] == [code] * (
            count if code == "places-differ" else 1
        )


# ---- what is not given


@pytest.mark.parametrize("name", RECORDS)
def test_without_the_register_of_inspectors_all_else_is_checked(name: str) -> None:
    """It holds, and says that the teams were not recomputed; the draw that comes with it has no register either."""
    published = RECORDS[name]()
    checked = published.check(published.record, inspectors=None)
    assert checked.findings == ()
    assert ("unchecked-teams", "commitment.inspectors") in named(checked.unchecked)
    assert checked.draw is not None
    assert checked.draw.inspectors is None
    assert checked.draw.record == published.record


@pytest.mark.parametrize("name", RECORDS)
def test_another_register_of_inspectors_is_found_and_tells_nothing_of_the_teams(name: str) -> None:
    """By columns, rows or digest; whatever differed might be the register's, so nobody is accused."""
    published = RECORDS[name]()
    rows = [
        {"id": who, **{column: published.inspectors.value(who, column) for column in published.inspectors.columns}}
        for who in published.inspectors
    ]
    others = {
        "columns": register([{**row, "phone": "1"} for row in rows]),
        "rows": register(rows[:-1]),
        "digest": register([{**rows[0], "rank": "chief"}, *rows[1:]]),
    }
    for part, other in others.items():
        checked = published.check(published.record, inspectors=other)
        assert named(checked.findings) == [(f"register-{part}", f"commitment.inspectors.{part}")]
        assert ("unchecked-teams", "commitment.inspectors") in named(checked.unchecked)


def test_exclusions_of_the_register_of_inspectors_are_checked() -> None:
    """Who was kept out is published with the reason; a register read from its text tells none."""
    table = {"id": ["F1", "F2", " F3"], "department": ["消防"] * 3}
    inspectors = Register(table, id="id", columns=["department"], exclude=["text-space"])
    enterprises = register(ROWS)
    commitment = commit(plan([Demand("消防", take=2)]), enterprises, inspectors)
    published = Published(draw(commitment, enterprises, inspectors, seed=SEED).record, enterprises, inspectors)
    assert published.check(published.record).raise_for_findings().unchecked == ()
    checked = published.check(published.record, inspectors=Register.from_tsv(inspectors.to_tsv()))
    assert checked
    assert named(checked.unchecked) == [("unchecked-exclusions", "commitment.inspectors.excluded")]
    document = json.loads(published.record.to_json())
    document["commitment"]["inspectors"]["excluded"][0]["at"] = "F4"
    assert ("value-differs", "commitment.inspectors.excluded[0].at") in named(published.findings(document))


def test_a_register_that_was_not_committed_is_left_aside() -> None:
    """A record without teams holds; that the register was not used is said. So with an earlier record."""
    record = bare()
    checked = verify(record, register(ROWS), people(("消防", "F", 3)), seed=SEED, digest=record.commitment.digest)
    assert checked
    assert named(checked.unchecked) == [("unchecked-inspectors", "inspectors")]
    checked = verify(record, register(ROWS), seed=SEED, digest=record.commitment.digest, of=record)
    assert checked
    assert named(checked.unchecked) == [("unchecked-record", "of")]


def test_what_is_passed_must_be_what_it_is_called() -> None:
    """Registers and records, all faults at once."""
    record: Any = "record"
    found = faults(lambda: verify(record, record, record, seed=SEED, digest="0" * 64, of=record))
    assert [note.at for note in found] == ["record", "enterprises", "inspectors", "of"]


@pytest.mark.parametrize("name", RECORDS)
def test_a_record_stripped_of_parts_is_not_taken_for_an_early_one(name: str) -> None:
    """Early records had neither cells nor receipts, but no inspectors either."""
    published = RECORDS[name]()
    document = json.loads(published.record.to_json())
    document.pop("cells", None)
    document.pop("receipts")
    document["outcome"].pop("independent", None)
    rules = document["commitment"]["plan"]
    assert published.findings(document)
    rules.pop("periods")
    assert ("digest-differs", "commitment") in named(published.findings(document))
    enterprises, inspectors = register(ROWS), people(("市监", "S", 3))
    made = draw(commit(plan([Demand("市监", take=2)]), enterprises, inspectors), enterprises, inspectors, seed=SEED)
    early = evolve(made.record, cells=(), receipts=None, outcome=evolve(made.record.outcome, independent=None))
    findings = Published(made.record, enterprises, inspectors).check(early).findings
    assert {note.at.partition(".")[0].partition("[")[0] for note in findings} == {"outcome", "cells", "receipts"}


# ---- the earlier record


@pytest.mark.parametrize("name", ["later", "mended", "wide"])
def test_without_the_earlier_record_the_visits_are_taken_as_they_stand(name: str) -> None:
    """Who goes is recomputed over them; whether they were drawn is said to be unchecked."""
    published = wide() if name == "wide" else RECORDS[name]()
    checked = published.check(published.record, of=None)
    assert checked.findings == ()
    assert named(checked.unchecked) == [("unchecked-earlier", "commitment.plan.staffs")]
    assert checked.unchecked[0].params["digest"] == published.record.commitment.plan.staffs
    neither = published.check(published.record, of=None, inspectors=None)
    assert neither.findings == ()
    assert {note.code for note in neither.unchecked} == {"unchecked-earlier", "unchecked-teams"}


def test_an_inserted_visit_needs_the_earlier_record_to_be_found() -> None:
    """With receipts that fit: none of the earlier record's. Without that record it counts as dealt wrongly at least."""
    published = wide()
    kept = [i for i, name in enumerate(published.record) if name != "E07"]
    parts: dict[str, Any] = {
        name: [getattr(published.record, name)[i] for i in kept]
        for name in ("enterprises", "tickets", "served", "places")
    }
    outcome = published.record.outcome
    fewer = evolve(outcome, visits=29, joint_visits=29, checks=58, joint_checks=58)
    forged = reforged(published, **parts, outcome=fewer)
    findings = published.check(forged).findings
    (missing,) = [note for note in findings if note.code == "visit-missing"]
    assert missing.params["enterprise"] == "E07"
    other = register([{"id": f"E{i:02}"} for i in range(31)])
    parts = {
        "enterprises": ("E30", *published.record.enterprises[1:]),
        "tickets": published.record.tickets,
        "served": published.record.served,
    }
    first = evolve(published.record.commitment, enterprises=evolve(published.record.commitment.enterprises, rows=31))
    first = evolve(first, enterprises=evolve(first.enterprises, digest=other.digest()))
    forged = reforged(published, commitment=first, **parts)
    found = published.check(forged, enterprises=other, digest=first.digest).findings
    assert ("visit-not-earlier", "visits[0]") in named(found)
    assert ("visit-missing", "visits") in named(found)


def test_visits_of_periods_that_the_plan_does_not_staff_are_found_without_the_earlier_record() -> None:
    """A plan for September and July lists no visit in August, nor one without a period."""
    published = later()
    for period in ("8月", ""):
        periods = (period, *published.record.periods[1:])
        forged = evolve(published.record, periods=periods)
        (note, *_) = published.check(forged, of=None).findings
        assert (note.code, note.at) == ("period-unstaffed", "visits[0].period")
        assert (note.params["stated"], note.params["known"]) == (period or "–", "9月, 7月")
    forged = evolve(wide().record, periods=["7月"] * 30)
    findings = wide().check(forged, of=None).findings
    assert {note.code for note in findings} == {"period-unstaffed"}
    assert {(note.params["stated"], note.params["known"]) for note in findings} == {("7月", "–")}


def test_another_earlier_record_is_found_and_not_used() -> None:
    """By its digest; the record is then held against the visits that it states itself."""
    published = later()
    checked = published.check(published.record, of=wide().of)
    assert named(checked.findings) == [("record-other", "commitment.plan.staffs")]
    assert checked.findings[0].params["stated"] == bare().digest
    assert named(checked.unchecked) == [("unchecked-earlier", "commitment.plan.staffs")]
    assert checked.draw is not None


def test_an_earlier_record_that_cannot_be_staffed_by_the_plan_is_told() -> None:
    """A plan with periods that the record has not, over a commitment that was not made by `commit`."""
    published = later()
    rules = evolve(published.record.commitment.plan, periods=["9月", "10月"])
    forged = evolve(published.record, commitment=evolve(published.record.commitment, plan=rules))
    checked = published.check(forged, digest=forged.commitment.digest)
    assert ("staffs-period-unknown", "commitment.plan.periods[1]") in named(checked.findings)
    assert ("unchecked-earlier", "commitment.plan.staffs") in named(checked.unchecked)


def test_an_enterprise_of_the_earlier_record_that_the_register_lacks_is_told() -> None:
    """Over a commitment that was not made by `commit`; without that record the visits cannot be recomputed at all."""
    published = wide()
    fewer = register([{"id": f"E{i:02}"} for i in range(29)])
    bound = evolve(published.record.commitment.enterprises, rows=29, digest=fewer.digest())
    commitment = evolve(published.record.commitment, enterprises=bound)
    forged = evolve(published.record, commitment=commitment)
    checked = published.check(forged, enterprises=fewer, digest=commitment.digest)
    assert named(checked.findings)[0] == ("staffs-enterprise-unknown", "of.visits.E29")
    assert named(checked.unchecked)[-1] == ("unchecked-visits", "")
    checked = published.check(forged, enterprises=fewer, digest=commitment.digest, of=None)
    assert named(checked.findings) == [("staffs-enterprise-unknown", "visits.E29")]
    assert checked.draw is None


def test_a_false_earlier_record_is_found_with_what_it_states_itself() -> None:
    """A record with an exchanged visit, staffed as if it were true: the later record holds, the earlier does not."""
    enterprises, inspectors = register(ROWS), people(("消防", "F", 6), ("市监", "S", 5))
    first = draw(commit(plan(DEMANDS), enterprises), enterprises, seed=SEED).record
    stranger = next(name for name in enterprises if name not in first)
    false = evolve(first, enterprises=(stranger, *first.enterprises[1:]))
    commitment = commit(staffing_plan(false), enterprises, inspectors, of=false)
    later = draw(commitment, enterprises, inspectors, seed=OTHER_SEED, of=false).record
    checked = Published(later, enterprises, inspectors, false, OTHER_SEED).check(later)
    assert named(checked.findings)[:2] == [("visit-not-drawn", "of.visits[0]"), ("visit-missing", "of.visits")]
    assert all(note.at.startswith("of.") for note in checked.findings)
    assert named(checked.unchecked) == [("unchecked-earlier-seed", "of")]


def test_an_earlier_record_whose_seed_has_no_form_is_found() -> None:
    """It is told as a finding of that record, not as a slip of the reader's."""
    enterprises, inspectors = register(ROWS), people(("消防", "F", 6), ("市监", "S", 5))
    first = draw(commit(plan(DEMANDS), enterprises), enterprises, seed=SEED).record
    false = evolve(first, seed="1 2 3")
    commitment = commit(staffing_plan(false), enterprises, inspectors, of=false)
    later = draw(commitment, enterprises, inspectors, seed=OTHER_SEED, of=false).record
    checked = Published(later, enterprises, inspectors, false, OTHER_SEED).check(later)
    assert named(checked.findings) == [("seed-not-of-form", "of.seed")]


def test_an_earlier_record_drawn_from_another_register_is_said_to_be_unverified() -> None:
    """The register of a later plan may have more columns, or rows; only the digest of the record is held then."""
    first = bare()
    enterprises, inspectors = (
        register([{**row, "street": "x"} for row in ROWS]),
        people(("消防", "F", 6), ("市监", "S", 5)),
    )
    commitment = commit(staffing_plan(first, periods=["8月"]), enterprises, inspectors, of=first)
    later = draw(commitment, enterprises, inspectors, seed=OTHER_SEED, of=first).record
    checked = Published(later, enterprises, inspectors, first, OTHER_SEED).check(later)
    assert checked.findings == ()
    assert named(checked.unchecked) == [("unchecked-earlier-register", "of")]
    assert checked.unchecked[0].params["digest"] == first.commitment.enterprises.digest


def test_an_earlier_record_with_the_same_inspectors_is_recomputed_with_them() -> None:
    """The register at hand is used where it is the one that was committed then, too."""
    first = short()
    rules = staffing_plan(
        first.record, periods=["8月"], teams=[TeamRule("消防", slots=[Slot("one")]), TeamRule("环保")]
    )
    commitment = commit(rules, first.enterprises, first.inspectors, of=first.record)
    later = draw(commitment, first.enterprises, first.inspectors, seed=OTHER_SEED, of=first.record).record
    published = Published(later, first.enterprises, first.inspectors, first.record, OTHER_SEED)
    assert named(published.check(later).unchecked) == [("unchecked-earlier-seed", "of")]
    altered = evolve(first.record, places=[own[::-1] for own in first.record.places])
    other = evolve(rules, staffs=altered.digest)
    again = draw(
        commit(other, first.enterprises, first.inspectors, of=altered),
        first.enterprises,
        first.inspectors,
        seed=OTHER_SEED,
        of=altered,
    ).record
    found = Published(again, first.enterprises, first.inspectors, altered, OTHER_SEED).check(again).findings
    assert [note.at for note in found] == ["of.visits[0].places", "of.visits[1].places"]


# ---- proofs and reports


def test_a_shortage_that_is_none_is_found() -> None:
    """A department hidden behind a false proof: its places are due, and the proof is not."""
    published = wide()
    proof = Shortage(places=[("E00", "member", 2)], most=[("F0", 1)], demand=2, supply=1)
    fire = evolve(published.record.staffing[1], shortages=[proof])
    places = [[one for one in own if one[0] != "消防"] for own in published.record.places]
    forged = reforged(published, places=places, staffing=[published.record.staffing[0], fire])
    checked = published.check(forged)
    assert named(checked.findings) == [
        ("claim-limit", "staffing[1].shortages[0].most[0]"),  # the rule has no most
        ("places-foreign", "visits"),
        ("value-differs", "staffing[1].shortages"),
        ("value-differs", "receipts.root"),
    ]
    assert checked.findings[1].params == {"department": "消防", "count": 30, "same": 0}
    checked = published.check(forged, inspectors=None)
    assert named(checked.findings) == [("claim-limit", "staffing[1].shortages[0].most[0]")]


def test_a_shortage_that_is_hidden_is_found() -> None:
    """A department dealt by hand although its places cannot all be filled: by its limits, the deal, the report."""
    published = short()
    places = [
        [*own, *[("环保", "member", f"H{j}") for j in range(2) if "环保" in visit.departments]]
        for own, visit in zip(published.record.places, published.record.values(), strict=True)
    ]
    reports = list(published.record.staffing)
    reports[2] = evolve(reports[2], shortages=(), enough=None)
    forged = reforged(published, places=places, staffing=reports)
    for inspectors in (published.inspectors, None):
        findings = published.check(forged, inspectors=inspectors).findings
        assert [(note.code, note.params["inspector"]) for note in findings if note.code == "team-most"] == [
            ("team-most", "H0"),
            ("team-most", "H1"),
        ]
    findings = published.check(forged).findings
    assert ("places-foreign", "visits") in named(findings)
    assert {"staffing[2].enough", "staffing[2].shortages"} <= {note.at for note in findings}


def test_teams_that_are_left_out_altogether_are_found_without_the_register() -> None:
    """Departments that are reported as staffed have people, whoever they are; receipts without them may fit."""
    published = dealt()
    forged = reforged(published, places=())
    findings = published.check(forged, inspectors=None).findings
    assert named(findings) == [("team-nobody", "staffing[0]"), ("team-nobody", "staffing[1]")]
    codes = [note.code for note in published.check(forged).findings]
    assert codes == ["team-nobody", "team-nobody", "places-foreign", "places-foreign", "value-differs"]


@pytest.mark.parametrize("part", ["visits", "places"])
def test_counts_of_a_report_are_counted_without_the_register(part: str) -> None:
    """How many visits and places a department has, rules and visits alone decide."""
    for name in RECORDS:
        published = RECORDS[name]()
        for i, own in enumerate(published.record.staffing):
            staffing = list(published.record.staffing)
            staffing[i] = evolve(own, **{part: getattr(own, part) + 1})
            for inspectors in (published.inspectors, None):
                findings = published.check(evolve(published.record, staffing=staffing), inspectors=inspectors).findings
                assert named(findings) == [("value-differs", f"staffing[{i}].{part}")]
                assert findings[0].params["computed"] == str(getattr(own, part))


def test_a_proof_of_more_places_than_there_are_is_found_without_the_register() -> None:
    """Such a report cannot even be written with the right number of places."""
    published = short()
    first, fire, _ = published.record.staffing
    proof = Shortage(places=[(f"E{i}", "member", 2) for i in range(9)], demand=18, supply=0)
    staffing = [first, fire, Staffing(department="环保", visits=3, places=18, shortages=[proof])]
    findings = published.check(evolve(published.record, staffing=staffing), inspectors=None).findings
    assert [note.at for note in findings if note.code != "claim-place"] == [
        "staffing[2].places",
        "staffing[2].shortages",
    ]


def test_a_department_that_is_not_reported_is_found_without_the_register() -> None:
    """Its report is due whether it was dealt or not; in a plan that staffs a record that one tells who is due."""
    for published, of in ((dealt(), None), (wide(), wide().of)):
        places = [[one for one in own if one[0] != "消防"] for own in published.record.places]
        forged = reforged(published, places=places, staffing=published.record.staffing[:1])
        findings = published.check(forged, inspectors=None, of=of).findings
        assert [note.at for note in findings] == ["staffing[1]"]


def test_a_report_of_a_department_that_does_not_come_is_found() -> None:
    """With the register and without, in a draw and in a plan that staffs it."""
    for published in (dealt(), later()):
        more = Staffing(department="税务", visits=0, places=0)
        forged = evolve(published.record, staffing=[*published.record.staffing, more])
        for missing in ((), ("inspectors",), ("of",), ("of", "inspectors")):
            known = dict.fromkeys(missing)
            assert named(published.check(forged, **known).findings) == [("value-differs", "staffing[2]")]


def test_altered_departments_with_people_of_their_own_are_found_without_the_register() -> None:
    """A department that was not drawn there, with an inspector, in receipts that fit."""
    published = dealt()
    i = next(i for i, served in enumerate(published.record.served) if served.departments == ("市监",))
    served, places = list(published.record.served), [list(own) for own in published.record.places]
    served[i] = evolve(served[i], departments=("市监", "消防"))
    places[i].append(("消防", "member", "F3"))
    forged = reforged(published, served=served, places=places)
    findings = published.check(forged, inspectors=None).findings
    assert ("departments-differ", f"visits[{i}].departments") in named(findings)
    assert differing(findings) == {(f"visits[{i}].places", "消防")}


@pytest.mark.parametrize("name", ["dealt", "later"])
def test_tables_altered_after_the_seed_are_found(name: str) -> None:
    """A recusal or meeting more or less, another reason: the digest differs, and the teams are those of other rules."""
    published = RECORDS[name]()
    commitment = published.record.commitment
    changes: list[dict[str, Any]] = [
        {"recusals": commitment.recusals[1:]},
        {"recusals": [*commitment.recusals, Recusal("S0", reason="x")]},
        {"recusals": [evolve(commitment.recusals[0], reason="x"), *commitment.recusals[1:]]},
        {"meetings": {("S0", "S4"): 7}},
        {"meetings": ()},
    ]
    for change in changes:
        forged = evolve(published.record, commitment=evolve(commitment, **change))
        findings = published.check(forged).findings
        assert named(findings)[0] == ("digest-differs", "commitment")
    others: list[dict[str, Any]] = [
        {"recusals": [Recusal("Z9", reason="x")]},
        {"meetings": {("S0", "Z9"): 1}},
    ]
    for change in others:  # rules that no commitment can have: nothing is recomputed
        forged = evolve(published.record, commitment=evolve(commitment, **change))
        checked = published.check(forged)
        (part,) = change
        assert [note.code for note in checked.findings] == ["digest-differs", "inspector-unknown"]
        assert checked.findings[1].at.startswith(f"commitment.{part}.")
        assert checked.draw is None
        assert ("unchecked-visits", "") in named(checked.unchecked)


def test_a_load_that_is_no_number_is_told_of_the_register_that_was_committed() -> None:
    """In a commitment that was not made by `commit`."""
    published = dealt()
    rows = [
        {"id": who, **{column: published.inspectors.value(who, column) for column in published.inspectors.columns}}
        for who in published.inspectors
    ]
    other = register([{**rows[0], "load": "two"}, *rows[1:]])
    bound = published.record.commitment.inspectors
    assert bound is not None
    commitment = evolve(published.record.commitment, inspectors=evolve(bound, digest=other.digest()))
    forged = evolve(published.record, commitment=commitment)
    findings = published.check(forged, inspectors=other, digest=commitment.digest).findings
    assert named(findings) == [("carried-form", "commitment.inspectors.F0")]
