"""Verification of teams: whatever was changed in who goes, in the proofs or in the tables is found by its path."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import combinations
from random import Random
from typing import Any, Final

import pytest
from attrs import evolve, frozen

from alterations import ODD_PARTS, Path, everything, mutants, replaced, stands, told
from crew_cases import grounds, shuffled
from districts import OTHER_SEED, SEED, Rows, faults, named, plan, register
from dual_random.binding import commit
from dual_random.commitments import Commitment, draw_key
from dual_random.draws import draw
from dual_random.errors import InputError, Note, VerificationError
from dual_random.making import with_places
from dual_random.plans import Demand, Plan, SeedSource
from dual_random.records import Record
from dual_random.registers import Register
from dual_random.schemes import SCHEMES, seal
from dual_random.staffing import Place, Shortage, Staffing
from dual_random.team_rules import Recusal, Slot, TeamRule
from dual_random.verification import Verification, verify

SECRETS: Final = {"消防": "6f" * 32}


@frozen(eq=False)
class Published:
    """What a stranger has: the record's bytes, the registers, the earlier record; seed and digest from outside."""

    record: Record
    enterprises: Register
    inspectors: Register
    of: Record | None = None
    seed: str = SEED

    @property
    def digest(self) -> str:
        """Of the commitment, as it was published."""
        return self.record.commitment.digest

    def check(self, record: Record, **known: Any) -> Verification:
        """A record, held against all that is known; some of it may be known otherwise."""
        given = {"inspectors": self.inspectors, "of": self.of, "seed": self.seed, "digest": self.digest, **known}
        return verify(record, given.pop("enterprises", self.enterprises), given.pop("inspectors"), **given)

    def findings(self, value: object, **known: Any) -> list[Note]:
        """The findings for an altered document, by whichever finds them; any other error is a crash."""
        try:
            record = Record.from_json(json.dumps(value, ensure_ascii=False).encode())
        except InputError as error:
            return list(error.faults)
        except VerificationError as error:
            return list(error.findings)
        return list(self.check(record, **known).findings)


def staffing_plan(record: Record, **more: Any) -> Plan:
    """A plan that staffs a record, everything else filled in."""
    return plan((), **{"number": "2024-4", "staffs": record.digest, **more})


def people(*crews: tuple[str, str, int], less: Iterable[str] = ()) -> Register:
    """A register of inspectors: department, first letter, how many; ranks, districts and loads by turns."""
    rows = [
        {
            "id": f"{letter}{i}",
            "department": department,
            "rank": ["senior", "junior"][i % 2],
            "area": ["海曙", "鄞州"][i // 2 % 2],
            "load": str(i),
        }
        for department, letter, count in crews
        for i in range(count)
    ]
    return register([row for row in rows if row["id"] not in less])


ROWS: Final[Rows] = [{"id": f"E{i}", "risk": "AAB"[i % 3], "quarter": ["海曙", "鄞州"][i % 2]} for i in range(9)]
DEMANDS: Final = [
    Demand("市监", take=4),
    Demand("消防", take=3, by="risk", at_least=1),
    Demand("特种", department="市监", take=1),
]
TEAMS: Final = [
    TeamRule(
        "消防",
        slots=[Slot("leader", where={"rank": "senior"}), Slot("member", same={"area": "quarter"})],
        most=1,
        carried="load",
        relief=True,
    ),
    TeamRule(
        slots=[Slot("member"), Slot("boiler", only_for="特种", where={"rank": "senior"})],
        most_per_period=2,
        slack=1,
        rotate=True,
    ),
]
RECUSALS: Final = [
    Recusal("F1", enterprise="E3", reason="亲属"),
    Recusal("S2", period="7月", reason="休假"),
    Recusal("S3", reason="挂职"),
]
MEETINGS: Final = {("S0", "S1"): 2, ("S4", "S1"): 1}


@cache
def dealt() -> Published:
    """Two departments dealt in one plan: slots, districts, certificates, periods, recusals, loads, meetings, relief."""
    enterprises, inspectors = register(ROWS), people(("消防", "F", 4), ("市监", "S", 5))
    rules = plan(DEMANDS, teams=TEAMS, periods=["7月", "8月"])
    commitment = commit(rules, enterprises, inspectors, recusals=RECUSALS, meetings=MEETINGS)
    return Published(draw(commitment, enterprises, inspectors, seed=SEED).record, enterprises, inspectors)


SHORT_TEAMS: Final = [
    TeamRule("消防", slots=[Slot("leader", where={"rank": "senior"}), Slot("member")], most=4, most_per_period=1)
]


@cache
def short() -> Published:
    """One department staffed, two others short: one for want of loads, one for want of people in a period."""
    enterprises = register(ROWS[:5])
    inspectors = people(("消防", "F", 2), ("市监", "S", 3), ("环保", "H", 3))
    rules = plan(
        [Demand("市监", take=2), Demand("消防", take="100%"), Demand("环保", take=3)],
        teams=[*SHORT_TEAMS, TeamRule("环保", most=1)],
        periods=["7月", "8月"],
    )
    commitment = commit(rules, enterprises, inspectors)
    return Published(draw(commitment, enterprises, inspectors, seed=SEED).record, enterprises, inspectors)


@cache
def bare() -> Record:
    """A record with three periods, to be staffed by later plans."""
    enterprises = register(ROWS)
    commitment = commit(plan(DEMANDS, periods=["7月", "8月", "9月"]), enterprises)
    return draw(commitment, enterprises, seed=SEED).record


@cache
def later() -> Published:
    """Two of the three periods of an earlier record staffed by a plan with a sealed seed, under the other hash."""
    enterprises, inspectors = register(ROWS), people(("消防", "F", 6), ("市监", "S", 5))
    seals = {party: seal(party, secret, scheme=SCHEMES[1]) for party, secret in SECRETS.items()}
    rules = staffing_plan(bare(), teams=TEAMS, periods=["9月", "7月"], seals=seals, scheme=SCHEMES[1])
    commitment = commit(rules, enterprises, inspectors, recusals=RECUSALS[1:], meetings=MEETINGS, of=bare())
    drawn = draw(commitment, enterprises, inspectors, seed=OTHER_SEED, secrets=SECRETS, of=bare())
    return Published(drawn.record, enterprises, inspectors, bare(), OTHER_SEED)


@cache
def mended() -> Published:
    """The departments that were short, staffed for all periods by a later plan with more people."""
    first = short()
    inspectors = people(("消防", "F", 6), ("环保", "H", 6))
    rules = staffing_plan(first.record, teams=SHORT_TEAMS, periods=["7月", "8月"])
    commitment = commit(rules, first.enterprises, inspectors, previous=first.digest, of=first.record)
    drawn = draw(commitment, first.enterprises, inspectors, seed=OTHER_SEED, of=first.record)
    return Published(drawn.record, first.enterprises, inspectors, first.record, OTHER_SEED)


RECORDS: Final[dict[str, Callable[[], Published]]] = {"dealt": dealt, "short": short, "later": later, "mended": mended}


# ---- the records as they are


def known_unchecked(name: str) -> list[tuple[str, str]]:
    """What stays unchecked of a record although everything is given."""
    own = [("unchecked-earlier-seed", "of")]
    return {"later": own, "mended": [("unchecked-teams", "of.commitment.inspectors"), *own]}.get(name, [])


@pytest.mark.parametrize("name", RECORDS)
def test_an_unaltered_record_holds(name: str) -> None:
    """Read back from its bytes it is the same, recomputed it is the same; of the earlier record its seed is not known."""
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
    """Relief, slots of some visits, both kinds of blocks, visits to which nobody is left to be sent, departments done."""
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


@pytest.mark.parametrize("name", RECORDS)
def test_every_single_alteration_is_found_and_named_by_its_path(name: str) -> None:
    """Every leaf changed in value and type, every key removed or added, every item removed, doubled or moved."""
    published = RECORDS[name]()
    data = published.record.to_json()
    done_to = Counter[str]()
    for done, path, altered in mutants(json.loads(data)):
        if not of_teams(path):
            continue
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
