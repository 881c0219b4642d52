"""Strategies for other people's tests: valid by construction, faulty for the reason told, diverse, small if shrunk."""

import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from types import ModuleType
from typing import Final

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st
from stdnum.cn import uscc as stdnum_uscc

from districts import faults, named
from dual_random import uscc
from dual_random.draws import draw
from dual_random.errors import InputError, VerificationError
from dual_random.ids import PLACEHOLDERS
from dual_random.plans import Plan, SeedSource
from dual_random.records import Record
from dual_random.registers import Register
from dual_random.schemes import seed_faults
from dual_random.testing import strategies
from dual_random.testing.strategies import Forgery, Published, Round
from dual_random.text import text_fault
from dual_random.verification import verify

quick = settings(deadline=None, derandomize=True, database=None, max_examples=100)
few = settings(quick, max_examples=40)
smallest = settings(quick, max_examples=400, phases=[Phase.generate, Phase.shrink])
generated = settings(quick, phases=[Phase.generate], suppress_health_check=[HealthCheck.too_slow])


# ---- texts


@quick
@given(strategies.clean_texts(at_most=5))
def test_clean_texts_are_clean(text: str) -> None:
    """None is refused, none is longer than asked for."""
    assert text_fault(text) is None
    assert 1 <= len(text) <= 5


@pytest.mark.parametrize("length", [1, 2])
def test_short_clean_texts(length: int) -> None:
    """The shortest lengths occur, and no other."""
    seen: set[int] = set()

    @settings(quick, max_examples=50)
    @given(strategies.clean_texts(at_most=length))
    def look(text: str) -> None:
        seen.add(len(text))

    look()
    assert seen == set(range(1, length + 1))


@pytest.mark.parametrize(
    "odd",
    [
        lambda text: not text.isascii(),
        lambda text: max(text) > "\uffff",
        lambda text: "\u3000" in text,
        lambda text: " " in text,
        lambda text: '"' in text or "\\" in text,
        lambda text: any("\ue000" <= letter <= "\uf8ff" for letter in text),
        lambda text: any("\uff01" <= letter <= "\uff5e" for letter in text),
        lambda text: "{" in text,
    ],
)
def test_clean_texts_have_what_breaks_code(odd: Callable[[str], bool]) -> None:
    """Each of these occurs among a few hundred."""
    assert len(find(strategies.clean_texts(), odd, settings=smallest)) <= 3


@quick
@given(strategies.ids(at_least=2, at_most=6))
def test_ids_can_stand_in_one_register(ids: list[str]) -> None:
    """A register takes them as they are, although it refuses alike ids and words for nothing."""
    assert 2 <= len(ids) <= 6
    assert sorted(Register({"id": ids}, id="id", columns=[])) == sorted(ids)


def test_ids_of_any_kind_are_kept_unlike() -> None:
    """Of ids that are alike one is kept; what says that there is none is left out."""

    @few
    @given(strategies.ids(of=st.sampled_from(["a-1", "A1", "ａ１", "b", *PLACEHOLDERS]), at_most=3))
    def look(ids: list[str]) -> None:
        assert len(set(ids) - {"b"}) <= 1
        assert not set(PLACEHOLDERS) & set(ids)

    look()


# ---- identifiers


def inner_sum(id: str) -> int:
    """GB 11714, written again: the weighted values and the check character add up to a multiple of 11."""
    values = [int(character, 36) for character in id[8:16]]
    check = 10 if id[16] == "X" else int(id[16])
    return sum(w * v for w, v in zip((3, 7, 9, 10, 5, 8, 4, 2), values, strict=True)) + check


@settings(quick, max_examples=300)
@given(strategies.usccs())
def test_every_identifier_is_valid(id: str) -> None:
    """By this library, by python-stdnum, and by the inner check, which that one does not know."""
    assert uscc.is_valid(id)
    assert inner_sum(id) % 11 == 0
    if id[:2].isdigit():  # stdnum knows no authorities A, N, Y
        assert stdnum_uscc.is_valid(id)


def test_identifiers_are_diverse() -> None:
    """Kinds, regions, and organisation codes of every time; nobody's alone where they are asked for."""
    seen: set[str] = set()
    nobody: set[str] = set()

    @settings(generated, max_examples=300)
    @given(strategies.usccs(), strategies.usccs(nobodys=True, categories=["92"], regions=["330203"]))
    def look(id: str, nobodys: str) -> None:
        seen.add(id)
        nobody.add(nobodys)

    look()
    assert len({each[:2] for each in seen}) > 5
    assert len({each[2:8] for each in seen}) > 20
    bodies = {each[8:16] for each in seen}
    assert any(body.isdigit() for body in bodies)
    assert any(body.startswith("MA") for body in bodies)
    assert any(body.startswith("PDY") for body in bodies)
    assert {each[17] for each in seen} >= set("0123456789AXY")
    assert "X" in {each[16] for each in seen}
    assert {each[:11] for each in nobody} == {"92330203PDY"}
    assert len(nobody) > 50


CODES: Final = {"length", "character", "region", "check", "organisation", "not-canonical"}


def test_every_faulty_identifier_fails_for_the_reason_told() -> None:
    """By this library with that code; by python-stdnum too, save what it does not check or tidies by itself."""
    told = Counter[str]()

    @settings(quick, max_examples=400)
    @given(strategies.faulty_usccs())
    def look(pair: tuple[str, str]) -> None:
        faulty, code = pair
        told[code] += 1
        assert uscc.fault(faulty) == code
        assert not uscc.is_valid(faulty)
        if code not in ("uscc-organisation", "uscc-not-canonical"):
            assert not stdnum_uscc.is_valid(faulty)
        if code == "uscc-organisation":
            assert uscc.is_valid(faulty, inner=False)
            assert inner_sum(faulty) % 11
        if code == "uscc-not-canonical":
            assert uscc.is_valid(uscc.compact(faulty))

    look()
    assert set(told) == {f"uscc-{code}" for code in CODES}
    assert min(told.values()) >= 10


# ---- seeds, rules


@quick
@given(st.data(), strategies.seed_sources())
def test_seeds_fit_the_form(data: st.DataObject, source: SeedSource) -> None:
    """Every outcome of every announcement, in its one writing."""
    assert seed_faults(source.form, data.draw(strategies.seeds(form=source.form))) == []


def test_plans_are_diverse() -> None:
    """Among 150 there are followers, strata, tables, limits, teams, periods, seals, both schemes, later staffing."""
    seen = Counter[str]()

    @settings(generated, max_examples=150)
    @given(strategies.plans())
    def look(plan: Plan) -> None:
        seen.update(list(plan.to_dict()))
        seen.update(f"joint.{name}" for name in ("at_least", "most_departments") if getattr(plan.joint, name))
        seen.update([f"joint.{plan.joint.of}", f"joint.{plan.joint.reach}"])
        seen.update(
            f"demands.{name}" for each in plan.demands for name in ("follow", "by", "unless") if getattr(each, name)
        )
        seen.update(
            f"teams.{name}" for rule in plan.teams for name in ("most", "carried", "relief") if getattr(rule, name)
        )
        seen.update(f"slots.{slot.name}" for rule in plan.teams for slot in rule.slots if slot.same and slot.only_for)
        seen[plan.scheme] += 1

    look()
    expected = {"demands", "staffs", "teams", "periods", "barred", "seals", "department_column", "joint"}
    expected |= {f"joint.{name}" for name in ("at_least", "most_departments", "checks", "spread", "extra")}
    expected |= {f"demands.{name}" for name in ("follow", "by", "unless")}
    expected |= {f"teams.{name}" for name in ("most", "carried", "relief")}
    assert {name for name in expected if seen[name] < 2} == set()
    assert seen["dual-random/1-sha256"] < seen.total()
    assert any(name.startswith("slots.") for name in seen)


# ---- registers


@few
@given(strategies.tables(columns={"risk": ["A", "B"]}, at_least=2, at_most=4), strategies.registers(at_most=3))
def test_tables_have_the_columns_and_sizes_asked_for(table: dict[str, list[str]], register: Register) -> None:
    """The ids first, then the columns, each with its own values."""
    assert list(table) == ["id", "risk"]
    assert 2 <= len(table["id"]) == len(table["risk"]) <= 4
    assert set(table["risk"]) <= {"A", "B"}
    assert register.columns == ("district", "industry", "risk")
    assert 1 <= len(register) <= 3


@few
@given(strategies.registers(ids=strategies.usccs(nobodys=True), at_least=2))
def test_ids_of_a_register_may_be_chosen(register: Register) -> None:
    """Here identifiers, so that a register which checks them takes all."""
    assert all(map(uscc.is_valid, register))


@few
@given(strategies.inspectors(departments=["税务", "城管"], at_least=1, at_most=3))
def test_inspectors_are_of_each_department(register: Register) -> None:
    """As many of each as asked for, with loads that are whole numbers."""
    counts = Counter(register.value(name, "department") for name in register)
    assert set(counts) == {"税务", "城管"}
    assert set(counts.values()) <= {1, 2, 3}
    assert all(register.value(name, "load").isdigit() for name in register)


# ---- rounds


@settings(quick, max_examples=20)
@given(strategies.records())
def test_every_record_holds(published: Published) -> None:
    """Nothing stays unchecked, and the record comes back from its bytes."""
    checked = published.verify().raise_for_findings()
    assert checked.unchecked == ()
    assert checked.draw is not None
    assert checked.draw.record == published.record == Record.from_json(published.data)
    assert published.digest == published.record.commitment.digest


@settings(quick, max_examples=20)
@given(strategies.rounds(staffed=True), strategies.rounds(staffed=False, followers=False, targets=False))
def test_rounds_of_one_kind(staffed: Round, plain: Round) -> None:
    """With people always or never, without followers, without targets."""
    assert staffed.inspectors is not None
    assert staffed.commit().inspectors is not None
    assert plain.inspectors is None
    assert (plain.plan.teams, plain.recusals, plain.meetings) == ((), (), ())
    assert not any(demand.follow for demand in plain.plan.demands)
    assert plain.plan.joint.at_least is None
    assert plain.draw().record.target_met


@settings(quick, max_examples=20)
@given(strategies.rounds(enterprises=strategies.registers(columns={}, at_least=0, at_most=3)))
def test_rounds_over_registers_without_columns(given_round: Round) -> None:
    """One's own registers, even those that tell nothing of an enterprise; without an enterprise there is no round."""
    assert given_round.plan.enterprise_columns == ()
    assert len(given_round.enterprises) > 0
    assert given_round.draw().record.commitment == given_round.commit()


def features(given_round: Round, record: Record) -> set[str]:
    """What a round has that breaks code, by name."""
    plan, demands, teams = given_round.plan, given_round.plan.demands, given_round.plan.teams
    slots = [slot for rule in teams for slot in rule.slots]
    told = {
        "several departments": len({demand.department for demand in demands}) > 1,
        "several demands of one": len({demand.department for demand in demands}) < len(demands),
        "follower": any(demand.follow for demand in demands),
        "strata": any(demand.by for demand in demands),
        "table": any(len(demand.take) > 1 for demand in demands),
        "conditions": any(demand.where for demand in demands),
        "exceptions": any(demand.unless for demand in demands),
        "at least": any(demand.at_least for demand in demands),
        "at most": any(demand.at_most is not None for demand in demands),
        "down": any(demand.rounding == "down" for demand in demands),
        "target": plan.joint.at_least is not None,
        "target missed": not record.target_met,
        "of checks": plan.joint.of == "checks",
        "spread": record.layout == "spread",
        "over": record.over > 0,
        "joint": record.joint_rate().numerator > 0,
        "periods": len(plan.periods) > 1,
        "barred": bool(plan.barred),
        "seals": bool(plan.seals),
        "previous": bool(given_round.previous),
        "people": bool(record.places),
        "slots": len(slots) > len(teams),
        "same district": any(slot.same for slot in slots),
        "only for": any(slot.only_for or slot.not_for for slot in slots),
        "recusals": bool(given_round.recusals),
        "meetings": bool(given_round.meetings),
        "rotation": any(rule.rotate for rule in teams),
        "relief": any(rule.relief for rule in teams),
        "carried": any(rule.carried for rule in teams),
        "nobody drawn": not len(record),
        "everybody drawn": len(record) == len(given_round.enterprises),
        "one enterprise": len(given_round.enterprises) == 1,
        "many enterprises": len(given_round.enterprises) > 9,
        "notices": bool(record.commitment.notices),
        "short": bool(record.shortages),
        plan.scheme: True,
    }
    return {name for name, holds in told.items() if holds}


def test_every_round_is_drawn_and_verified_and_they_are_diverse() -> None:
    """Of 120 rounds none is refused, each record holds, and nearly all of these kinds occur, most of them in many."""
    seen = Counter[str]()

    @settings(generated, max_examples=120)
    @given(strategies.rounds())
    def look(given_round: Round) -> None:
        seed, digest, record = given_round.seed, given_round.commit().digest, given_round.draw().record
        assert verify(record, given_round.enterprises, given_round.inspectors, seed=seed, digest=digest)
        seen.update(features(given_round, record))

    look()
    assert len(seen) > 33
    assert sum(count >= 10 for count in seen.values()) > 27


# ---- forgeries


def test_every_forged_record_is_found() -> None:
    """It is refused in reading or by a finding; it is never the record over again; every kind and part occurs."""
    seen = Counter[str]()

    @settings(generated, max_examples=100)
    @given(strategies.tampered_records())
    def look(forgery: Forgery) -> None:
        assert forgery.findings(), (forgery.done, forgery.at)
        assert forgery.data != forgery.published.data
        assert tells_another(forgery)
        assert (forgery.enterprises, forgery.inspectors) == (
            forgery.published.enterprises,
            forgery.published.inspectors,
        )
        seen.update([forgery.done, forgery.at.partition(".")[0].partition("[")[0]])

    look()
    assert set(seen) >= {"changed", "type", "removed", "added", "doubled", "swapped"}
    assert set(seen) >= {"visits", "commitment"}  # how many more depends on the version of hypothesis


def tells_another(forgery: Forgery) -> bool:
    """Whether the bytes are read as another record, or not at all."""
    try:
        return Record.from_json(forgery.data) != forgery.published.record
    except (InputError, VerificationError):
        return True


def test_every_altered_register_is_found() -> None:
    """Verification names the register that is another; a draw refuses it."""
    seen = Counter[str]()

    @settings(generated, max_examples=40)
    @given(strategies.tampered_registers())
    def look(forgery: Forgery) -> None:
        seen.update([forgery.done, forgery.at.partition(".")[0]])
        assert forgery.data == forgery.published.data
        register, _, row = forgery.at.partition(".")
        assert any(note.at.startswith(f"commitment.{register}") for note in forgery.findings())
        before, after = getattr(forgery.published, register), getattr(forgery, register)
        assert {note.at for note in before.differences(after)} == {row}
        record = forgery.published.record
        refused = faults(
            lambda: draw(
                record.commitment,
                forgery.enterprises,
                forgery.inspectors,
                seed=record.seed,
                secrets=record.secrets,
            )
        )
        assert refused

    look()
    assert set(seen) == {"changed", "removed", "added", "enterprises", "inspectors"}


def sloppy(forgery: Forgery) -> bool:
    """A verifier with a hole, as a stranger might write it: it looks at who is visited, not at who comes."""
    try:
        visits = json.loads(forgery.data)["visits"]
        told = [(visit["enterprise"], visit["ticket"]) for visit in visits]
    except (KeyError, TypeError, ValueError):
        return False
    record = forgery.published.record
    return told == list(zip(record.enterprises, record.tickets, strict=True))


def test_a_verifier_with_a_hole_is_caught() -> None:
    """And the example shows the hole: a part of a visit at which it does not look, of the simplest record."""
    strategy = strategies.tampered_records(of=strategies.records(of=strategies.rounds(staffed=False)))
    found = find(strategy, lambda forgery: sloppy(forgery) and forgery.at > "visits", settings=smallest)
    assert re.match(r"visits\[[01]\]\.", found.at)
    assert len(found.published.record) <= 2
    assert found.findings()
    assert len(repr(found)) < 200


# ---- small examples


def test_simplest_examples() -> None:
    """What a failure is shrunk to can be read: one enterprise, one demand, nothing else."""
    record = find(strategies.records(), lambda _: True, settings=smallest).record
    plan = record.commitment.plan
    assert list(record) == ["E0"]
    assert plan.to_dict() == {
        "title": "抽查",
        "authority": "海曙区",
        "number": "2024-3",
        "seed": plan.to_dict()["seed"],
        "demands": [{"name": "市监", "take": [[[], 1]]}],
        "scheme": "dual-random/1-sha256",
    }
    assert record.seed == "00 00 00 00 00 00 + 00"


def test_a_failure_shrinks_to_what_it_needs() -> None:
    """A follower needs another demand and one enterprise; no more is left."""
    found = find(strategies.rounds(), lambda given: any(each.follow for each in given.plan.demands), settings=smallest)
    assert len(found.plan.demands) == 2
    assert len(found.enterprises) <= 2
    assert (found.inspectors, found.plan.barred, found.secrets) == (None, (), ())


# ---- arguments


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        (lambda: strategies.clean_texts(at_most=0), [("positive-form", "at_most")]),
        (lambda: strategies.ids(at_least=3, at_most=2), [("bounds-crossed", "at_most")]),
        (lambda: strategies.tables(at_least=-1, at_most=1.5), [("count-form", "at_least"), ("count-form", "at_most")]),  # type: ignore[arg-type]
        (lambda: strategies.registers(at_least=9, at_most=1), [("bounds-crossed", "at_most")]),
        (lambda: strategies.inspectors(departments=["a", "a"]), [("name-repeated", "departments")]),
        (lambda: strategies.inspectors(departments=[]), [("text-empty", "departments")]),
        (lambda: strategies.inspectors(at_least=6), [("bounds-crossed", "at_most")]),
        (lambda: strategies.usccs(categories=["9I"]), [("uscc-part", "category")]),
        (lambda: strategies.usccs(regions=["330203", "33020X"]), [("uscc-part", "region")]),
        (lambda: strategies.seeds(form=" 00"), [("text-space", "form")]),
        (lambda: strategies.rounds(staffed="no"), [("choice", "staffed")]),  # type: ignore[arg-type]
    ],
)
def test_arguments_are_refused_at_once(call: Callable[[], object], expected: list[tuple[str, str]]) -> None:
    """When the strategy is made, by the note that any other part of the library gives; not when it is drawn from."""
    assert named(faults(call)) == expected


def test_public_names_are_documented() -> None:
    """Every strategy tells what and why, with an example; the list of names is sorted and complete."""
    made = {name for name, each in vars(strategies).items() if name[0] != "_" and not isinstance(each, ModuleType)}
    assert made == {*strategies.__all__, "extra"}
    for name in strategies.__all__:
        assert name == name.upper() or getattr(strategies, name).__doc__
        assert not name.islower() or ">>> " in getattr(strategies, name).__doc__


def test_without_hypothesis_the_error_names_the_extra() -> None:
    """Wherever the import begins: what is missing, and what to install."""
    for module in ("dual_random.testing.strategies", "dual_random.testing.strategies.rounds"):
        program = f"""
import sys
sys.modules["hypothesis"] = None
import dual_random.testing
import dual_random.testing.alterations
try:
    import {module}
except ValueError as error:
    print(type(error).__name__, *map(str, error.faults))
"""
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
        assert done.stdout.strip() == "InputError this needs hypothesis: pip install 'dual-random[testing]'"
