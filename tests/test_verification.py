"""Verification: a stranger recomputes a record, and whatever was changed in it is found and named by its path."""

import json
import pathlib
from collections import Counter
from collections.abc import Callable
from copy import deepcopy
from functools import cache
from typing import Any, Final, NamedTuple

import pytest
from attrs import evolve
from hypothesis import given, settings

from alterations import ODD_PARTS, stands
from districts import OTHER_SEED, SEED, District, Rows, districts, faults, named, plan, register
from dual_random.binding import commit
from dual_random.commitments import Commitment
from dual_random.draws import draw
from dual_random.errors import InputError, Note, VerificationError
from dual_random.plans import Demand, JointRule
from dual_random.records import Record
from dual_random.registers import Register
from dual_random.schemes import SCHEMES, Scheme, seal, sealed_seed
from dual_random.schemes import digest as hash_of
from dual_random.testing.alterations import Path, everything, mutants, replaced, told
from dual_random.verdicts import Verification
from dual_random.verification import verify

quick = settings(deadline=None, derandomize=True, max_examples=80)

FOLDER: Final = pathlib.Path(__file__).parent / "golden" / "dual-random-1"
GOLDEN: Final = [
    case
    for name in ("records.json", "joint-records.json")
    for case in json.loads((FOLDER / name).read_text("utf-8"))["cases"]
]


class Published(NamedTuple):
    """What a stranger has: the record's bytes, the register, and seed and digest from outside."""

    data: bytes
    enterprises: Register
    digest: str
    seed: str = SEED

    def check(self, value: object) -> list[Note]:
        """The findings for an altered record, by whichever finds them; any other error is a crash."""
        try:
            record = Record.from_json(json.dumps(value, ensure_ascii=False).encode())
        except InputError as error:
            return list(error.faults)
        except VerificationError as error:
            return list(error.findings)
        return list(verify(record, self.enterprises, seed=self.seed, digest=self.digest).findings)


ROWS: Rows = [{"id": f"E{i}", "risk": "AAB"[i % 3], "status": "存续" if i % 5 else "注销"} for i in range(10)]
SECRETS = {"消防": "6f" * 32, "市监": "a1" * 32}


@cache
def plain(scheme: Scheme = SCHEMES[0]) -> Published:
    """Two departments, nothing else."""
    enterprises = register([{"id": row["id"]} for row in ROWS])
    commitment = commit(plan([Demand("市监", take=3), Demand("消防", take="40%")], scheme=scheme), enterprises)
    return Published(draw(commitment, enterprises, seed=SEED).record.to_json(), enterprises, commitment.digest)


@cache
def rich() -> Published:
    """Strata, bounds, conditions, a follower, barred and excluded ones, a target, a predecessor."""
    table = {"id": [*(row["id"] for row in ROWS), "E9", "E 10 "]}
    table |= {column: [*(row[column] for row in ROWS), "B", "A"] for column in ("risk", "status")}
    enterprises = Register(table, id="id", columns=["risk", "status"], exclude=["id-repeated", "text-space"])
    rules = plan(
        [
            Demand(
                "市监", by=["risk", "status"], take=[(("A", "存续"), 2), (("A", "注销"), 0), (("B", "存续"), "1/2")]
            ),
            Demand("市监·特种", department="市监", where={"risk": ["A", "B"]}, take="30%", at_least=1, at_most=4),
            Demand("消防", unless={"status": ["注销", "吊销"]}, take=3, rounding="down"),
            Demand("环保", follow="市监", where={"risk": "A"}),
        ],
        joint=JointRule(at_least="99%", of="checks"),
        barred={"E5": "已注销", "E1": "立案调查中"},
    )
    commitment = commit(rules, enterprises, previous="ab" * 32)
    return Published(draw(commitment, enterprises, seed=SEED).record.to_json(), enterprises, commitment.digest)


@cache
def sealed() -> Published:
    """A seed sealed by two parties."""
    enterprises = register([{"id": row["id"]} for row in ROWS[:5]])
    seals = {party: seal(party, secret) for party, secret in SECRETS.items()}
    commitment = commit(plan([Demand("市监", take=2), Demand("消防", take=2)], seals=seals), enterprises)
    drawn = draw(commitment, enterprises, seed=SEED, secrets=SECRETS)
    return Published(drawn.record.to_json(), enterprises, commitment.digest)


@cache
def sm3() -> Published:
    """The plain one under SM3."""
    return plain(SCHEMES[1])


@cache
def spread() -> Published:
    """Departments spread over visits, some of these made for the target alone, a limit that is raised, periods."""
    rows = [{"id": f"E{i}", "risk": "A" if i < 8 else "BC"[i % 2]} for i in range(13)]
    rules = plan(
        [
            *(Demand(name, take=3, where={"risk": "A"}) for name in ("市监", "消防", "环保")),
            Demand("市监·特种", department="市监", by="risk", take={"A": 2, "B": 1, "C": 1}),
            Demand("城管", take={"A": 1, "B": "100%", "C": "100%"}, by="risk"),
            Demand("文旅", take="100%", where={"risk": "C"}),
            Demand("水务", take=1, where={"risk": "C"}),
        ],
        joint=JointRule(at_least="80%", reach="extra", most_departments=3),
        periods=["7月", "8月", "9月"],
    )
    enterprises = register(rows)
    commitment = commit(rules, enterprises)
    return Published(draw(commitment, enterprises, seed=SEED).record.to_json(), enterprises, commitment.digest)


RECORDS: dict[str, Callable[[], Published]] = {
    "plain": plain,
    "rich": rich,
    "sealed": sealed,
    "sm3": sm3,
    "spread": spread,
}


# ---- the record as it is


@pytest.mark.parametrize("name", RECORDS)
def test_an_unaltered_record_holds(name: str) -> None:
    """True, no findings, nothing left unchecked, the same record recomputed."""
    published = RECORDS[name]()
    record = Record.from_json(published.data)
    found = verify(record, published.enterprises, seed=SEED, digest=published.digest)
    assert found
    assert (found.findings, found.unchecked) == ((), ())
    assert found.draw is not None
    assert found.draw.record == record
    assert found.raise_for_findings() is found


@quick
@given(districts())
def test_every_draw_holds(district: District) -> None:
    """Whatever `draw` makes of a register, its published text and the published record suffice to confirm it."""
    rows, rules = district
    enterprises = register(rows)
    commitment = commit(rules, enterprises)
    record = Record.from_json(draw(commitment, enterprises, seed=SEED).record.to_json())
    found = verify(record, Register.from_tsv(enterprises.to_tsv()), seed=SEED, digest=commitment.digest)
    assert found.raise_for_findings().unchecked == ()


def test_exclusions_need_the_original_table() -> None:
    """A register read from its text tells none: they are left unchecked, and this is said."""
    published = rich()
    record = Record.from_json(published.data)
    text = Register.from_tsv(published.enterprises.to_tsv())
    found = verify(record, text, seed=SEED, digest=published.digest)
    assert found
    assert named(found.unchecked) == [("unchecked-exclusions", "commitment.enterprises.excluded")]


# ---- every leaf altered in turn


def place_of(done: str, path: Path) -> tuple[str, ...]:
    """Where a finding must stand for an alteration, one of these: exactly there, as far as a stranger can tell."""
    if path[0] == "commitment":
        own = path[:-1] if path[-1] == "population" else path  # one below its number is told of the number
        return (told(own),) if is_recomputed(done, path) else ("commitment",)
    if path[0] == "secrets":  # told by party
        return ("secrets",)
    if path[:2] == ("outcome", "best"):  # a part above its whole is told of the part
        return ("outcome.best",)
    if path[0] == "cells":
        return cell_place_of(path)
    if path[0] != "visits":
        return (told(path),)
    if len(path) < 3:  # visits removed, doubled, moved, or a visit that is none
        return (told(path), "visits") if len(path) == 1 or done != "type" else (told(path),)
    if path[2] == "enterprise":  # a stranger sees an inserted visit, a missing one, or one twice
        return (told(path), told(path[:2]), "visits")
    return (told(path), told(path[:3]))  # a name in a list of names


def cell_place_of(path: Path) -> tuple[str, ...]:
    """The same for the cells: one removed or moved shows in the list, another key in the cell that has it."""
    if len(path) < 3:
        return (told(path), "cells")
    return (told(path[:2]),) if path[2] == "key" else (told(path[:3]),)


def is_recomputed(done: str, path: Path) -> bool:
    """Whether the register tells what a part of the commitment must be: its digest, rows, columns, and the numbers."""
    numbers = path[1:2] == ("allocation",) and path[-1] in ("number", "population")
    return done == "changed" and (numbers or path[1:] in (("enterprises", "digest"), ("enterprises", "rows")))


SORTED_LISTS = ("take", "where", "unless", "barred", "seals", "params", "secrets")


@pytest.mark.parametrize("name", RECORDS)
def test_every_single_alteration_is_found_and_named_by_its_path(name: str) -> None:
    """Every leaf changed in value and type, every key removed or added, every item removed, doubled or moved."""
    published = RECORDS[name]()
    document = json.loads(published.data)
    original = Record.from_json(published.data)
    done_to = Counter[str]()
    for done, path, altered in mutants(document):
        findings = published.check(altered)
        done_to[done] += 1
        where = (done, told(path), named(findings))
        if not findings:  # another spelling: a default left out, or the order of writing of a sorted list
            default = (done, told(path)) == ("removed", "commitment.plan.scheme")
            assert default or (done == "swapped" and any(name in SORTED_LISTS for name in path)), where
            assert Record.from_json(json.dumps(altered).encode()).to_json() == published.data == original.to_json()
            continue
        assert any(stands(note, place) for note in findings for place in place_of(done, path)), where
        assert all(note.text("en") and note.text("zh") for note in findings)
    assert set(done_to) == {"changed", "type", "removed", "added", "doubled", "swapped"}
    assert sum(done_to.values()) > 700


@pytest.mark.parametrize("name", ["rich", "sealed"])
def test_no_part_of_any_shape_crashes(name: str) -> None:
    """Whatever stands in the place of any part, the answer is a finding (or the same record), never another error."""
    published = RECORDS[name]()
    document = json.loads(published.data)
    for turn, (path, part) in enumerate(everything(document)):
        for odd in ODD_PARTS[turn % 3 :: 3]:
            if odd != part or type(odd) is not type(part):
                altered = replaced(document, path, odd)
                assert published.check(altered), (told(path), odd)


def test_a_default_written_out_is_the_same_record() -> None:
    """What stands at its default may be written or left out: one record, one digest, no finding."""
    published = plain()
    document = json.loads(published.data)
    document["outcome"] |= {"over": 0, "layout": "nested"}
    document["secrets"] = []
    document["commitment"]["plan"]["demands"][0] |= {"department": "市监", "at_least": 0, "rounding": "up", "where": []}
    document["commitment"]["plan"] |= {"scheme": SCHEMES[0], "joint": {}, "barred": []}
    assert published.check(document) == []
    assert Record.from_json(json.dumps(document).encode()).to_json() == published.data


# ---- what forgers do


def record_of(published: Published) -> Record:
    """The record as published."""
    return Record.from_json(published.data)


def findings_of(record: Record, published: Published, **known: Any) -> list[Note]:
    """The findings of a record, held against what a stranger knows."""
    arguments = {"seed": published.seed, "digest": published.digest, **known}
    return list(verify(record, published.enterprises, **arguments).findings)


@pytest.mark.parametrize("name", RECORDS)
def test_another_seed_is_found(name: str) -> None:
    """A record drawn with another seed agrees with itself, but not with the seed you know; nor with its tickets."""
    published = RECORDS[name]()
    found = findings_of(record_of(published), published, seed=OTHER_SEED)
    assert named(found) == [("seed-differs", "seed"), ("tickets-foreign", "visits")]
    assert found[0].params == {"known": repr(OTHER_SEED), "stated": repr(SEED)}


def test_a_record_redrawn_until_it_pleased_is_found() -> None:
    """Its seed altered to the one announced, its tickets betray it."""
    published = rich()
    commitment = record_of(published).commitment
    redrawn = draw(commitment, published.enterprises, seed=OTHER_SEED).record
    assert named(findings_of(evolve(redrawn, seed=SEED), published)) == [("tickets-foreign", "visits")]


def test_another_root_than_that_of_the_day_of_the_draw_is_found() -> None:
    """Receipts of a tree with one visit more would pass at the door, but not beside the record."""
    published = spread()
    record = record_of(published)
    assert findings_of(record, published, root=record.root) == []
    found = findings_of(record, published, root="0" * 64)
    assert named(found) == [("root-differs", "receipts.root")]
    assert found[0].params == {"stated": record.root, "known": "0" * 64}
    outcome = evolve(record_of(plain()).outcome, independent=None)
    early = evolve(record_of(plain()), receipts=None, cells=(), outcome=outcome)
    assert named(findings_of(early, plain(), root=record.root)) == [("root-differs", "receipts.root")]
    assert named(faults(lambda: findings_of(record, published, root="x"))) == [("digest-form", "root")]


def test_your_own_slips_are_no_findings() -> None:
    """A seed written otherwise than announced, or the right file's digest by the other hash, accuses nobody."""
    published = plain()
    record = record_of(published)
    wrong = {"seed": "5 11 17 22 29 31 + 8"}
    assert named(faults(lambda: findings_of(record, published, **wrong))) == [("seed-not-of-form", "seed")]
    other = hash_of("dual-random/1-sm3", record.commitment.to_json())
    assert named(faults(lambda: findings_of(record, published, digest=other))) == [("digest-of-other-hash", "digest")]


def test_a_form_that_does_not_fit_your_seed_is_found() -> None:
    """In a commitment that is not the published one, the form may have been altered: that is found."""
    published = plain()
    data = json.loads(record_of(published).to_json())
    data["commitment"]["plan"]["seed"]["form"] = "xxxxxxxx"
    found = findings_of(Record.from_json(json.dumps(data).encode()), published)
    assert ("seed-not-of-form", "seed") in named(found)
    assert ("digest-differs", "commitment") in named(found)


def test_a_verification_reads_as_text() -> None:
    """str() says that the record holds, or every finding, and what was not checked."""
    published = plain()
    record = record_of(published)
    checked = verify(record, published.enterprises, seed=SEED, digest=published.digest)
    assert str(checked) == f"the record holds: its {len(record)} visits were recomputed and agree"
    checked = verify(record, published.enterprises, seed=OTHER_SEED, digest=published.digest)
    assert str(checked).splitlines() == [str(note) for note in checked.findings]


@pytest.mark.parametrize("name", RECORDS)
def test_another_digest_is_found(name: str) -> None:
    """A commitment made after the seed has another digest than the one published before."""
    published = RECORDS[name]()
    found = findings_of(record_of(published), published, digest="ab" * 32)
    assert named(found) == [("digest-differs", "commitment"), ("tickets-foreign", "visits")]
    assert found[0].params == {"known": "ab" * 32, "stated": published.digest}


def test_a_rule_changed_after_the_seed_is_found_although_all_else_was_redrawn() -> None:
    """A forged commitment with its own, consistent draw."""
    published = rich()
    rules = evolve(record_of(published).commitment.plan, barred={"E5": "已注销", "E1": "立案调查中", "E2": "停业"})
    forged = draw(commit(rules, published.enterprises, previous="ab" * 32), published.enterprises, seed=SEED).record
    assert named(findings_of(forged, published)) == [("digest-differs", "commitment"), ("tickets-foreign", "visits")]


def altered(published: Published, change: Callable[[dict[str, Any]], object]) -> list[Note]:
    """The findings after a change of the parsed record."""
    document = json.loads(published.data)
    change(document)
    return published.check(document)


def visit_of(published: Published, enterprise: str) -> dict[str, Any]:
    """A visit to an enterprise that was not drawn, with its right ticket, as a forger would insert it."""
    record = record_of(published)
    drawn = verify(record, published.enterprises, seed=SEED, digest=published.digest).draw
    assert drawn is not None
    ticket = drawn.why(enterprise).commands[-1][1]
    return {"enterprise": enterprise, "ticket": ticket, "demands": ["消防"], "departments": ["消防"], "lead": "消防"}


def undrawn(published: Published) -> str:
    """An enterprise that may be drawn but was not."""
    record = record_of(published)
    barred = dict(record.commitment.plan.barred)
    return next(name for name in published.enterprises if name not in record and name not in barred)


def in_order(visits: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Visits in ticket order."""
    return sorted(visits, key=lambda visit: (visit["ticket"], visit["enterprise"]))


@pytest.mark.parametrize("name", ["plain", "rich", "sm3"])
def test_an_inserted_visit_is_found(name: str) -> None:
    """With its right ticket and in its right place: it is not among the lowest."""
    published = RECORDS[name]()
    extra = visit_of(published, undrawn(published))
    document = json.loads(published.data)
    place = in_order([*document["visits"], extra]).index(extra)
    found = altered(published, lambda data: data["visits"].insert(place, extra))
    assert named(found) == [("visit-not-drawn", f"visits[{place}]")]
    assert found[0].params["enterprise"] == extra["enterprise"]


def test_an_inserted_visit_outside_all_populations_or_the_register_is_found() -> None:
    """A barred enterprise, one that meets no conditions, and a stranger: each by its own words."""
    published = rich()
    for enterprise, code in (("E5", "visit-outside"), ("E99", "visit-unregistered")):
        extra = {**visit_of(published, "E5"), "enterprise": enterprise, "ticket": "f" * 64}
        found = altered(published, lambda data, extra=extra: data["visits"].append(extra))  # type: ignore[misc]
        assert [note.code for note in found] == [code]
        assert found[0].params["enterprise"] == enterprise


@pytest.mark.parametrize("name", ["plain", "rich", "sm3", "sealed"])
def test_a_removed_visit_is_found(name: str) -> None:
    """Any one: it was drawn, and is missing; the finding says whom and for what."""
    published = RECORDS[name]()
    for place, visit in enumerate(json.loads(published.data)["visits"]):
        found = altered(published, lambda data, place=place: data["visits"].pop(place))  # type: ignore[misc]
        assert named(found) == [("visit-missing", "visits")]
        assert found[0].params == {"enterprise": visit["enterprise"], "demands": ", ".join(visit["demands"])}


def test_all_visits_removed_are_found() -> None:
    """Every one of them."""
    published = rich()
    record = record_of(published)
    found = altered(published, lambda data: data.pop("visits"))
    assert [note.params["enterprise"] for note in found] == list(record)
    assert {note.code for note in found} == {"visit-missing"}


def test_a_visit_exchanged_for_another_enterprise_is_found() -> None:
    """The friend who was drawn and the other who was put in his place are both named."""
    published = plain()
    document = json.loads(published.data)
    gone = document["visits"][1]
    other = {
        **visit_of(published, undrawn(published)),
        **{name: gone[name] for name in ("demands", "departments", "lead")},
    }
    visits = in_order([document["visits"][0], *document["visits"][2:], other])
    found = altered(published, lambda data: data.update(visits=visits))
    assert named(found) == [("visit-not-drawn", f"visits[{visits.index(other)}]"), ("visit-missing", "visits")]
    assert [note.params["enterprise"] for note in found] == [other["enterprise"], gone["enterprise"]]


def test_the_parts_of_two_visits_exchanged_are_found() -> None:
    """What belongs to one enterprise stands at another: each part by its path."""
    published = rich()
    document = json.loads(published.data)
    kinds = [visit["demands"] for visit in document["visits"]]
    one, other = next((i, j) for i in range(len(kinds)) for j in range(i) if kinds[i] != kinds[j])
    for part in ("demands", "ticket"):
        visits = deepcopy(document["visits"])
        visits[one][part], visits[other][part] = visits[other][part], visits[one][part]
        found = altered(published, lambda data, visits=visits: data.update(visits=in_order(visits)))  # type: ignore[misc]
        assert len(found) == 2
        assert {note.at.rpartition(".")[2] for note in found} == {part}


def test_visits_in_another_order_are_found() -> None:
    """In the file they are refused, and a record made in memory does not hold either."""
    published = plain()
    found = altered(published, lambda data: data["visits"].reverse())
    assert {note.code for note in found} == {"visits-order"}
    record = record_of(published)
    turned = evolve(
        record, enterprises=record.enterprises[::-1], tickets=record.tickets[::-1], served=record.served[::-1]
    )
    assert named(findings_of(turned, published)) == [("visits-order", "visits[0]")]


def test_a_ticket_that_does_not_fit_is_found() -> None:
    """The stated one and the hash stand side by side; one that breaks the order is found by that."""
    published = plain()
    ticket = json.loads(published.data)["visits"][2]["ticket"]
    other = ticket[:-1] + ("0" if ticket[-1] != "0" else "1")
    found = altered(published, lambda data: data["visits"][2].update(ticket=other))
    assert named(found) == [("ticket-differs", "visits[2].ticket")]
    assert (found[0].params["stated"], found[0].params["computed"]) == (other, ticket)
    broken = altered(published, lambda data: data["visits"][2].update(ticket="0" * 64))
    assert named(broken) == [("visits-order", "visits[2]")]


@pytest.mark.parametrize(
    ("part", "change", "code"),
    [
        ("demands", lambda names: [*names, "防火"], "demands-differ"),
        ("demands", lambda _: ["别的"], "demands-differ"),
        ("departments", lambda names: [*names, "防火"], "departments-differ"),
        ("lead", lambda _: "防火", "lead-differs"),
    ],
)
def test_altered_parts_of_a_visit_are_told_with_what_is_missing_and_too_much(
    part: str, change: Callable[[Any], Any], code: str
) -> None:
    """Demands, departments and lead, each by its path."""
    published = rich()
    value = json.loads(published.data)["visits"][1][part]
    other = change(value)
    other = sorted(other) if isinstance(other, list) else other
    found = altered(published, lambda data: data["visits"][1].update({part: other}))
    assert named(found) == [(code, f"visits[1].{part}")]
    if part != "lead":
        missing = ", ".join(name for name in value if name not in other) or "–"
        assert found[0].params["missing"] == missing
        assert found[0].params["extra"] == ", ".join(name for name in other if name not in value)


def test_an_altered_outcome_is_told_leaf_by_leaf() -> None:
    """Counts, target, best rate and bound are recomputed."""
    published = rich()
    outcome = json.loads(published.data)["outcome"]
    for part in ("visits", "joint_visits", "checks", "joint_checks"):
        found = altered(published, lambda data, part=part: data["outcome"].update({part: outcome[part] + 1}))  # type: ignore[misc]
        assert named(found) == [("value-differs", f"outcome.{part}")]
        assert found[0].params == {"computed": str(outcome[part]), "stated": str(outcome[part] + 1)}
    cases: list[tuple[dict[str, Any], str]] = [
        ({"target_met": not outcome["target_met"]}, "outcome.target_met"),
        ({"bound": "0.01"}, "outcome.bound"),
        ({"over": 1}, "outcome.over"),
        ({"best": {**outcome["best"], "denominator": 10**6}}, "outcome.best.denominator"),
        ({"best": {**outcome["best"], "of": "visits"}}, "outcome.best.of"),
        ({"best": {**outcome["best"], "name": "x"}}, "outcome.best.name"),
    ]
    for change, place in cases:
        found = altered(published, lambda data, change=change: data["outcome"].update(change))  # type: ignore[misc]
        assert named(found) == [("value-differs", place)]
    assert named(altered(published, lambda data: data["outcome"].pop("best"))) == [("value-differs", "outcome.best")]


def test_a_tampered_number_is_named_within_the_commitment() -> None:
    """Beside the digest that differs, the number that the plan gives; visits are held against the right numbers."""
    published = rich()
    found = altered(published, lambda data: data["commitment"]["allocation"][1]["strata"][0].update(number=1))
    assert named(found) == [
        ("digest-differs", "commitment"),
        ("value-differs", "commitment.allocation[1].strata[0].number"),
    ]


def test_an_altered_exclusion_is_named_if_the_original_table_is_at_hand() -> None:
    """The reason, or a row kept out in secret."""
    published = rich()
    at = "commitment.enterprises.excluded"
    found = altered(published, lambda data: data["commitment"]["enterprises"]["excluded"][0].update(at="E4"))
    assert named(found) == [("digest-differs", "commitment"), ("value-differs", f"{at}[0].at")]
    found = altered(published, lambda data: data["commitment"]["enterprises"].pop("excluded"))
    assert [note.at for note in found] == ["commitment", f"{at}[0]", f"{at}[1]"]


# ---- another register


def test_a_changed_register_is_found_and_the_rows_can_be_named() -> None:
    """The digest tells that it is another one; whoever has both versions learns which rows."""
    published = rich()
    rows = [
        {"id": name, **{column: published.enterprises.value(name, column) for column in published.enterprises.columns}}
        for name in published.enterprises
    ]
    rows[3] = {**rows[3], "risk": "B" if rows[3]["risk"] == "A" else "A"}
    other = register(rows)
    record = record_of(published)
    found = verify(record, other, seed=SEED, digest=published.digest).findings
    assert ("register-digest", "commitment.enterprises.digest") in named(found)
    assert [note.at for note in published.enterprises.differences(other)] == [rows[3]["id"]]


def test_a_register_with_a_row_more_or_less_or_other_columns_is_found() -> None:
    """Each in its own words; such a register can tell nothing of the visits, and accuses nobody."""
    published = plain()
    record = record_of(published)
    names = list(published.enterprises)
    drawn = next(iter(record))
    fewer = Register({"id": [name for name in names if name != drawn]}, id="id", columns=[])
    checked = verify(record, fewer, seed=SEED, digest=published.digest)
    assert named(checked.findings) == [("register-rows", "commitment.enterprises.rows")]
    assert named(checked.unchecked) == [("unchecked-visits", "")]
    assert checked.draw is None
    more = Register({"id": [*names, "E99"]}, id="id", columns=[])
    assert ("register-rows", "commitment.enterprises.rows") in named(
        verify(record, more, seed=SEED, digest=published.digest).findings
    )
    wide = Register({"id": names, "risk": ["A"] * len(names)}, id="id", columns=["risk"])
    assert named(verify(record, wide, seed=SEED, digest=published.digest).findings) == [
        ("register-columns", "commitment.enterprises.columns")
    ]


def test_a_register_that_lacks_what_the_plan_reads_leaves_nothing_to_recompute() -> None:
    """The columns are named, and there is no draw to look at."""
    published = rich()
    names = Register({"id": list(published.enterprises)}, id="id", columns=[])
    found = verify(record_of(published), names, seed=SEED, digest=published.digest)
    assert not found
    assert found.draw is None
    assert named(found.findings) == [("register-columns", "commitment.enterprises.columns")]


# ---- secrets


def test_secrets_that_open_no_seal_leave_the_visits_unchecked() -> None:
    """The party is named; without the seed nothing can be recomputed, and this is said."""
    published = sealed()
    record = record_of(published)
    wrong = {"消防": "00" * 32, "市监": SECRETS["市监"]}
    for secrets, code in ((wrong, "secret-wrong"), ({"市监": SECRETS["市监"]}, "secret-missing")):
        found = verify(evolve(record, secrets=secrets), published.enterprises, seed=SEED, digest=published.digest)
        assert named(found.findings) == [(code, "secrets.消防")]
        assert named(found.unchecked) == [("unchecked-visits", "")]
        assert found.draw is None


def test_wrong_secrets_and_a_register_that_cannot_be_read_are_told_together() -> None:
    """Neither hides the other, although nothing can be recomputed."""
    enterprises = register(ROWS)
    seals = {party: seal(party, secret) for party, secret in SECRETS.items()}
    commitment = commit(plan([Demand("市监", by="risk", take="50%")], seals=seals), enterprises)
    record = evolve(draw(commitment, enterprises, seed=SEED, secrets=SECRETS).record, secrets={"市监": "00" * 32})
    bare = Register({"id": list(enterprises)}, id="id", columns=[])
    assert sorted(named(verify(record, bare, seed=SEED, digest=commitment.digest).findings)) == [
        ("register-columns", "commitment.enterprises.columns"),
        ("secret-missing", "secrets.消防"),
        ("secret-wrong", "secrets.市监"),
    ]


def test_a_secret_published_beside_an_unsealed_seed_is_found() -> None:
    """It opens nothing."""
    published = plain()
    record = evolve(record_of(published), secrets={"消防": "00" * 32})
    assert named(findings_of(record, published)) == [("secret-unsealed", "secrets.消防")]


def test_the_opened_seed_is_no_public_value() -> None:
    """Whoever writes the final seed into the record instead of the public value is found."""
    published = sealed()
    final = sealed_seed(SCHEMES[0], SEED, SECRETS)
    found = altered(published, lambda data: data.update(seed=final))
    assert named(found) == [("seed-differs", "seed")]


# ---- arguments and errors


def test_what_you_know_must_be_well_formed() -> None:
    """A seed that is text, a digest of 64 hex digits; both at once; an error of the caller, not of the record."""
    published = plain()
    record = record_of(published)
    found = faults(lambda: verify(record, published.enterprises, seed="", digest="AB" * 32))
    assert named(found) == [("text-empty", "seed"), ("digest-form", "digest")]


def test_raise_for_findings_carries_all_of_them() -> None:
    """As one error with every finding."""
    published = rich()
    checked = verify(record_of(published), published.enterprises, seed=OTHER_SEED, digest="ab" * 32)
    with pytest.raises(VerificationError) as caught:
        checked.raise_for_findings()
    assert caught.value.findings == checked.findings
    assert len(checked.findings) == 3


def test_a_verification_is_true_only_without_findings() -> None:
    """What was left unchecked is said beside it."""
    note = Note("unchecked-visits")
    assert Verification(draw=None, findings=(), unchecked=(note,))
    assert not Verification(draw=None, findings=(note,))


@pytest.mark.parametrize("scheme", ["dual-random/2-sha256", "sha256", "", 7, None, ["dual-random/1-sha256"]])
def test_an_unknown_scheme_is_named(scheme: Any) -> None:
    """A record of a later version says so, and is not taken for a forgery of this one."""
    published = plain()
    found = altered(published, lambda data: data["commitment"]["plan"].update(scheme=scheme))
    assert [note.at for note in found] == ["commitment.plan.scheme"]


def test_a_record_under_the_other_hash_is_found() -> None:
    """The scheme is part of the commitment: its digest, its register's digest and every ticket differ."""
    published = plain()
    found = altered(published, lambda data: data["commitment"]["plan"].update(scheme=SCHEMES[1]))
    assert named(found) == [
        ("digest-differs", "commitment"),
        ("register-digest", "commitment.enterprises.digest"),
    ]


def test_a_commitment_alone_verifies_nothing_but_opens() -> None:
    """Its digest is all that was published before the seed."""
    published = rich()
    inside = json.loads(published.data)["commitment"]
    assert Commitment.from_json(json.dumps(inside).encode()).digest == published.digest


def test_a_record_without_visits_holds_and_an_inserted_one_is_found() -> None:
    """Nobody drawn is a draw, too."""
    enterprises = register(ROWS)
    commitment = commit(plan([Demand("市监", take=0)]), enterprises)
    record = draw(commitment, enterprises, seed=SEED).record
    published = Published(record.to_json(), enterprises, commitment.digest)
    assert findings_of(record_of(published), published) == []
    extra = {"enterprise": "E0", "ticket": "0" * 64, "demands": ["市监"], "departments": ["市监"], "lead": "市监"}
    assert named(altered(published, lambda data: data.update(visits=[extra]))) == [("visit-not-drawn", "visits[0]")]


def test_secrets_written_as_an_object_are_refused() -> None:
    """Names of parties are free text, and keys of a canonical JSON are ASCII."""
    published = sealed()
    assert [note.at for note in altered(published, lambda data: data.update(secrets=SECRETS))] == ["secrets"] * 2


def as_early(record: Record) -> Record:
    """A record with the parts alone that records had from the first."""
    return evolve(record, outcome=evolve(record.outcome, independent=None), cells=(), receipts=None)


@pytest.mark.parametrize("case", GOLDEN)
def test_records_drawn_once_stay_as_they_are(case: dict[str, str]) -> None:
    """A published record can be read, drawn again byte for byte, and verified by every later version."""
    enterprises = Register.from_tsv(case["register"].encode())
    record = Record.from_json(case["record"].encode())
    early = not record.cells
    commitment = record.commitment
    assert enterprises.digest(commitment.plan.scheme) == case["register_digest"]
    assert commitment.digest == case["commitment_digest"]
    assert record.digest == case["record_digest"]
    drawn = draw(commitment, enterprises, seed=record.seed, secrets=dict(record.secrets)).record
    assert (as_early(drawn) if early else drawn).to_json() == case["record"].encode()
    assert commit(commitment.plan, enterprises, previous=commitment.previous).to_json() == commitment.to_json()
    found = verify(record, enterprises, seed=record.seed, digest=case["commitment_digest"])
    assert found
    assert [note.code for note in found.unchecked] == (["unchecked-early"] if early else [])


def test_what_the_altered_records_have() -> None:
    """Among them are spread cells with a visit for the target alone, and periods: every part of a visit is altered."""
    record = record_of(spread())
    assert (record.layout, record.outcome.extra, record.target_met) == ("extra", 1, True)
    assert len(record.extra) == 1
    assert set(record.periods) == {"7月", "8月", "9月"}


def strip(data: Any) -> None:
    """Take out all parts that early records have not."""
    del data["cells"], data["receipts"], data["outcome"]["independent"]


def test_a_record_that_was_stripped_is_not_taken_for_an_early_one() -> None:
    """Early versions knew no reach, limit or periods; under other plans it is said that the parts are not there."""
    places = {note.at.partition(".")[0] for note in altered(spread(), strip)}
    assert places == {"outcome", "cells", "receipts"}
    for name in ("plain", "rich", "sealed", "sm3"):
        published = RECORDS[name]()
        data = json.loads(published.data)
        strip(data)
        record = Record.from_json(json.dumps(data).encode())
        found = verify(record, published.enterprises, seed=SEED, digest=published.digest)
        assert found
        assert [note.code for note in found.unchecked] == ["unchecked-early"]


@pytest.mark.parametrize("name", RECORDS)
@pytest.mark.parametrize("part", ["receipts", "cells", "independent"])
def test_a_later_part_cannot_be_left_out_alone(name: str, part: str) -> None:
    """A record without all of these parts is an early one; without some of them it was altered."""
    published = RECORDS[name]()

    def change(data: Any) -> None:
        (data["outcome"] if part == "independent" else data).pop(part)

    assert {note.at.partition(".")[0] for note in altered(published, change)} == {
        "outcome" if part == "independent" else part
    }
