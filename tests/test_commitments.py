"""Commitments: every number resolved, every refusal before the seed, and a digest that anybody can recompute."""

import json
import subprocess
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings

import oracle
from districts import SEED, District, Rows, districts, faults, named, plan, register, rows_of
from dual_random.binding import commit
from dual_random.commitments import Allocation, BoundRegister, Commitment, StratumSize
from dual_random.draws import draw
from dual_random.errors import InputError, Note, VerificationError
from dual_random.forms import Take
from dual_random.plans import Demand, JointRule, Plan
from dual_random.registers import Register
from dual_random.schemes import SCHEMES, Scheme, seal
from dual_random.text import canonical_json
from dual_random.verification import verify

quick = settings(deadline=None, derandomize=True, max_examples=150)

# A: 5, B: 3, C: 1, "": 1; of the five A two are 注销
ROWS: Rows = [
    {"id": f"E{i:02}", "risk": risk, "status": status}
    for i, (risk, status) in enumerate(
        [("A", "存续")] * 3 + [("A", "注销")] * 2 + [("B", "存续")] * 3 + [("C", "存续"), ("", "存续")]
    )
]


def numbers(commitment: Commitment) -> dict[str, dict[tuple[str, ...], tuple[int, int]]]:
    """For each demand the number and size of its strata."""
    return {
        each.demand: {size.stratum: (size.number, size.population) for size in each.strata}
        for each in commitment.allocation
    }


def committed(*demands: Demand, **more: Any) -> Commitment:
    """A commitment of some demands over the rows."""
    return commit(plan(demands, **more), register(ROWS))


def refused(*demands: Demand, **more: Any) -> list[tuple[str, str]]:
    """Codes and places for which demands are refused over the rows."""
    return named(faults(lambda: committed(*demands, **more)))


# ---- numbers


@quick
@given(districts())
def test_every_number_is_what_a_literal_reading_gives(district: District) -> None:
    """Rates, totals and tables, with their bounds, over every stratum that has enterprises."""
    rows, rules = district
    commitment = commit(rules, register(rows))
    expected = oracle.numbers(rules.to_dict(), oracle.membership(rules.to_dict(), rows))
    found = {(name, stratum): n for name, strata in numbers(commitment).items() for stratum, (n, _) in strata.items()}
    assert found == expected


def test_a_rate_holds_in_every_stratum_and_rounds_as_declared() -> None:
    """Up is "not fewer than", down is "not more than", and bounds hold per stratum."""
    table = {("",): (1, 1), ("A",): (2, 5), ("B",): (1, 3), ("C",): (1, 1)}
    assert numbers(committed(Demand("市监", by="risk", take="30%")))["市监"] == table
    down = committed(Demand("市监", by="risk", take="30%", rounding="down", at_least=1, at_most=1))
    assert [number for number, _ in numbers(down)["市监"].values()] == [1, 1, 1, 1]


def test_a_number_is_the_total_over_the_strata() -> None:
    """One number falls on the strata in proportion; one number over one stratum is that number."""
    found = numbers(committed(Demand("市监", by="risk", take=5), Demand("消防", take=7)))
    assert found["市监"] == {("",): (0, 1), ("A",): (3, 5), ("B",): (2, 3), ("C",): (0, 1)}
    assert found["消防"] == {(): (7, 10)}


def test_a_table_gives_each_stratum_its_rate_or_number() -> None:
    """A rate is rounded, a number stands as it is; a stratum that the register lacks may stand in it with 0."""
    takes: dict[str, Take] = {"": 0, "A": "50%", "B": 3, "C": Fraction(1), "D": 0, "E": "5%"}
    assert numbers(committed(Demand("市监", by="risk", take=takes)))["市监"] == {
        ("",): (0, 1),
        ("A",): (3, 5),
        ("B",): (3, 3),
        ("C",): (1, 1),
    }


def test_followers_and_barred_ones_have_no_numbers() -> None:
    """A follower draws nothing of its own; a barred enterprise is counted in no stratum."""
    commitment = committed(
        Demand("市监", by="risk", take="100%"), Demand("消防", follow="市监"), barred={"E08": "已注销"}
    )
    assert numbers(commitment) == {"市监": {("",): (1, 1), ("A",): (5, 5), ("B",): (3, 3)}}


# ---- refusals


def test_columns_and_barred_strangers_are_refused_with_a_wrong_previous_digest() -> None:
    """What can be seen at once is told at once."""
    found = refused(Demand("市监", take=1, by="kind"), barred={"E99": "x"}, seals={"甲": "0" * 64})
    assert found == [("column-unknown", "demands[0].by"), ("barred-unknown", "barred.E99")]
    rules = plan([Demand("市监", take=1, by="kind")], barred={"E99": "x"})
    empty = plan([Demand("市监", take=1, where={"risk": "D"}), Demand("消防", take=11)])
    assert named(faults(lambda: commit(empty, register(ROWS), previous="ABC"))) == [
        ("digest-form", "previous"),
        ("population-empty", "demands[0]"),
        ("allocation-total-large", "demands[1].take"),
    ]
    both = named(faults(lambda: commit(rules, register(ROWS), previous="ABC")))
    assert both == [
        ("digest-form", "previous"),
        ("column-unknown", "demands[0].by"),
        ("barred-unknown", "barred.E99"),
    ]


def test_every_fault_of_a_plan_over_a_register_is_told_at_once() -> None:
    """Unknown columns, strangers, empty populations, numbers too high, whatever else is wrong; each where it stands."""
    found = refused(
        Demand("税务", take=1, by=["kind", "risk"], where={"colour": "red"}),
        Demand("市监", by="risk", take={"A": 6, "B": 1, "C": 0, "": 1}),
        Demand("税务·随行", follow="税务", where={"risk": "A"}),
        Demand("消防", take=1, where={"risk": "D"}),
        Demand("环保", take=11),
        Demand("环保·随行", follow="消防"),
        barred={"E99": "x"},
        joint=JointRule(at_least="50%"),
    )
    assert found == [
        ("column-unknown", "demands[0].where"),
        ("column-unknown", "demands[0].by"),
        ("barred-unknown", "barred.E99"),
        ("population-empty", "demands[3]"),
        ("population-empty", "demands[5]"),
        ("number-above-stratum", "demands[1].take.A"),
        ("allocation-total-large", "demands[4].take"),
    ]


@pytest.mark.parametrize("previous", ["A" * 64, "0" * 63, "0" * 65, " " + "0" * 63, "x", "é" * 64])
def test_a_previous_digest_of_another_form_is_refused(previous: str) -> None:
    """64 lower-case hex digits, or nothing for the first commitment."""
    rules = plan([Demand("市监", take=1)])
    assert named(faults(lambda: commit(rules, register(ROWS), previous=previous))) == [("digest-form", "previous")]
    assert commit(rules, register(ROWS), previous="0" * 64).previous == "0" * 64


def test_empty_populations_are_refused() -> None:
    """A demand that nobody can be drawn for is a mistake."""
    demands = [Demand("市监", take=0, where={"risk": "D"}), Demand("消防", take=0), Demand("环保", follow="市监")]
    assert refused(*demands) == [("population-empty", "demands[0]"), ("population-empty", "demands[2]")]


def test_strata_without_a_take_and_numbers_that_cannot_be_drawn_are_refused_at_once() -> None:
    """Each demand's faults under its path: a missing stratum, a number above its stratum or outside the bounds."""
    table: dict[str, Take] = {"A": 6, "B": 1, "C": "5%", "D": 1}
    found = refused(
        Demand("市监", by="risk", take=table),
        Demand("消防", by="risk", take={"": 1, "A": 4, "B": 3, "C": 1}, at_least=2, at_most=3),
        Demand("环保", take=11),
    )
    assert found == [
        ("stratum-without-take", "demands[0].take"),
        ("number-above-stratum", "demands[0].take.A"),
        ("number-above-stratum", "demands[0].take.D"),
        ("number-outside-bounds", "demands[1].take.A"),
        ("allocation-total-large", "demands[2].take"),
    ]


def test_a_total_that_bounds_cannot_meet_is_refused() -> None:
    """Too small for the lower bounds, too large for the upper ones."""
    assert refused(Demand("市监", by="risk", take=3, at_least=1)) == [("allocation-total-small", "demands[0].take")]
    assert refused(Demand("市监", by="risk", take=9, at_most=2)) == [("allocation-total-large", "demands[0].take")]


def test_empty_populations_and_wrong_numbers_are_told_together() -> None:
    """One round of correction suffices."""
    found = refused(Demand("市监", take=0, where={"risk": "D"}), Demand("消防", take=11))
    assert found == [("population-empty", "demands[0]"), ("allocation-total-large", "demands[1].take")]


def test_a_target_that_nobody_could_approach_is_refused() -> None:
    """A joint rate needs an enterprise in two departments' populations; without a target it is a notice."""
    apart = [Demand("市监", take=1, where={"risk": "A"}), Demand("消防", take=1, where={"risk": "B"})]
    assert refused(*apart, joint=JointRule(at_least="5%")) == [("never-meet", "joint.at_least")]
    own = [Demand("市监", take=1), Demand("特种设备", department="市监", take=1)]
    assert refused(*own, joint=JointRule(at_least="5%")) == [("never-meet", "joint.at_least")]
    assert committed(*apart, Demand("环保", follow="消防"), joint=JointRule(at_least="5%")).notices == ()
    assert named(committed(*apart).notices) == [("populations-apart", "demands")]
    assert committed(*own).notices == ()


def test_values_outside_their_kind_are_refused_where_they_stand() -> None:
    """Counts, digests and numbers above their stratum, in each of the parts."""
    assert named(faults(lambda: StratumSize(population=2, number=3))) == [("number-above-stratum", "number")]
    assert named(faults(lambda: StratumSize(stratum=["A "], population=-1, number=True))) == [
        ("text-space", "stratum"),
        ("count-form", "population"),
        ("count-form", "number"),
    ]
    assert named(faults(lambda: Allocation(demand="", strata=[]))) == [("text-empty", "demand")]
    assert named(faults(lambda: BoundRegister(digest="0", rows=-1, columns=["a", ""]))) == [
        ("digest-form", "digest"),
        ("count-form", "rows"),
        ("text-empty", "columns[1]"),
    ]


def test_numbers_of_other_demands_are_refused_by_draw_and_named_by_verify() -> None:
    """In the plan's order, none twice, none of a follower: any other allocation is no commitment of this plan."""
    demands = Demand("市监", take=1), Demand("消防", follow="市监"), Demand("环保", take=2)
    commitment = committed(*demands)
    enterprises = register(ROWS)
    record = draw(commitment, enterprises, seed=SEED).record
    first, second = commitment.allocation
    follower = Allocation(demand="消防", strata=())
    for wrong in ((), (first,), (second, first), (first, second, second), (first, follower, second)):
        altered = evolve(commitment, allocation=wrong)
        refused = faults(lambda altered=altered: draw(altered, enterprises, seed=SEED))  # type: ignore[misc]
        assert {note.code for note in refused} == {"value-differs"}
        found = verify(evolve(record, commitment=altered), enterprises, seed=SEED, digest=commitment.digest).findings
        assert ("digest-differs", "commitment") in named(found)
        assert any(note.at.startswith("commitment.allocation") for note in found)


# ---- notices


def test_strata_drawn_at_twice_their_rate_are_listed() -> None:
    """Rounding up in small strata, and minima; not a rate of 0, nor one below twice."""
    commitment = committed(Demand("市监", by="risk", take="10%"), Demand("消防", by="risk", take="30%"))
    notes = {note.at: note for note in commitment.notices}
    assert set(map(str, notes)) == {
        '市监 [""]',
        '市监 ["A"]',
        '市监 ["B"]',
        '市监 ["C"]',
        '消防 [""]',
        '消防 ["C"]',
    }
    assert notes['市监 ["A"]'].params == {"number": 1, "rate": "1/10", "size": 5}
    assert {note.code for note in commitment.notices} == {"stratum-twice-rate"}
    table: dict[str, Take] = {"": 0, "A": 5, "B": "0%", "C": "100%"}
    assert committed(Demand("市监", by="risk", take=table)).notices == ()


def test_notices_are_no_part_of_the_digest_and_of_equality() -> None:
    """They tell what anybody can see; a commitment read back has none, and is the same."""
    commitment = committed(Demand("市监", take="10%", where={"risk": ["A", "Z"]}))
    assert [note.code for note in commitment.notices] == ["stratum-twice-rate", "value-unknown"]
    again = Commitment.from_json(commitment.to_json())
    assert again.notices == ()
    assert (again, again.digest) == (commitment, commitment.digest)


# ---- what is published


def test_a_commitment_binds_the_register_by_digest_size_columns_and_exclusions() -> None:
    """Rows kept out are published with their reasons, and enter the digest."""
    table = {"id": ["E1", "E2", "E2", "E 3 "], "risk": ["A", "B", "B", "C"]}
    kept = Register(table, id="id", columns=["risk"], exclude=["id-repeated", "text-space"])
    commitment = commit(plan([Demand("市监", take=1)]), kept)
    bound = commitment.enterprises
    assert (bound.digest, bound.rows, bound.columns) == (kept.digest(SCHEMES[0]), 1, ("risk",))
    assert [note.code for note in bound.excluded] == [note.code for note in kept.excluded]
    assert {note.code for note in bound.excluded} == {"id-repeated", "text-space"}
    published = json.loads(commitment.to_json())["enterprises"]["excluded"]
    assert {entry["code"] for entry in published} == {"id-repeated", "text-space"}
    again = Commitment.from_json(commitment.to_json())
    assert again == commitment
    assert again.enterprises.excluded == kept.excluded
    without = commit(plan([Demand("市监", take=1)]), Register({"id": ["E1"], "risk": ["A"]}, id="id", columns=["risk"]))
    assert without.enterprises.digest == bound.digest
    assert without.digest != commitment.digest


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_digests_are_what_the_shell_prints_for_the_files(scheme: Scheme, tmp_path: Path) -> None:
    """sha256sum or openssl dgst -sm3 of the commitment's and of the register's file."""
    tool = ["sha256sum"] if scheme.endswith("sha256") else ["openssl", "dgst", "-sm3", "-r"]
    enterprises = register(ROWS)
    commitment = commit(plan([Demand("市监", take=3)], scheme=scheme), enterprises)
    for data, digest in (
        (commitment.to_json(), commitment.digest),
        (enterprises.to_tsv(), commitment.enterprises.digest),
    ):
        file = tmp_path / "file"
        file.write_bytes(data)
        printed = subprocess.run([*tool, file.name], cwd=tmp_path, capture_output=True, check=True)
        assert printed.stdout.split()[0].decode() == digest


@quick
@given(districts())
def test_plan_and_commitment_survive_their_json(district: District) -> None:
    """Read back they are equal, have the same digest, and the bytes are canonical."""
    rows, rules = district
    commitment = commit(rules, register(rows), previous="ab" * 32)
    assert Plan.from_dict(json.loads(json.dumps(rules.to_dict()))) == rules
    data = commitment.to_json()
    assert canonical_json(json.loads(data)) == data
    assert oracle.canonical(json.loads(data)).encode() == data
    again = Commitment.from_json(data)
    assert (again, again.digest, again.to_json()) == (commitment, commitment.digest, data)
    assert commitment.digest == oracle.hashed(rules.scheme, data.decode())


@quick
@given(districts())
def test_two_spellings_of_one_json_have_one_digest(district: District) -> None:
    """Blanks, escapes and the order of keys say nothing."""
    rows, rules = district
    commitment = commit(rules, register(rows))
    value = json.loads(commitment.to_json())
    spelled = json.dumps(backwards(value), indent=3, ensure_ascii=True).encode()
    assert spelled != commitment.to_json()
    again = Commitment.from_json(spelled)
    assert (again, again.digest) == (commitment, commitment.digest)


def backwards(value: object) -> object:
    """The same JSON value with the keys of every object the other way round."""
    if isinstance(value, dict):
        return {key: backwards(value[key]) for key in sorted(value, reverse=True)}
    return [backwards(part) for part in value] if isinstance(value, list) else value


def test_equal_rules_written_otherwise_have_one_digest() -> None:
    """Percent or fraction, word or list, order of a mapping: none is a rule."""
    table: dict[str, Take] = {"": 0, "A": "50%", "B": 1, "C": "5%"}
    one = committed(
        Demand(
            "市监",
            by="risk",
            take=table,
            where={"status": "存续", "risk": ["A", "B", "C", ""]},
        ),
        barred={"E00": "x", "E05": "y"},
    )
    other = committed(
        Demand(
            "市监",
            department="市监",
            by=["risk"],
            take=[(("C",), Fraction(1, 20)), (("B",), 1), (("A",), "1/2"), (("",), 0)],
            where=(("risk", ("", "C", "B", "A")), ("status", ("存续",))),
            at_least=0,
        ),
        barred=[("E05", "y"), ("E00", "x")],
    )
    assert (one, one.digest) == (other, other.digest)


def test_everything_committed_enters_the_digest() -> None:
    """Any change of a rule, of a row or of the chain gives another digest."""
    base = [Demand("市监", by="risk", take="50%"), Demand("消防", take=2)]

    def of(rules: Plan, rows: Rows = ROWS, **more: Any) -> str:
        return commit(rules, register(rows), **more).digest

    rules = plan(base)
    other_rows = [*ROWS[:-1], {**ROWS[-1], "risk": "A"}]
    digests = [
        of(rules),
        of(rules, previous="0" * 64),
        of(rules, other_rows),
        of(plan(base[::-1])),
        of(plan(base, title="复查")),
        of(plan(base, number="2024-4")),
        of(plan(base, authority="鄞州区")),
        of(plan(base, barred={"E00": "x"})),
        of(plan(base, barred={"E00": "y"})),
        of(plan(base, joint=JointRule(of="checks"))),
        of(plan(base, joint=JointRule(at_least="1/100"))),
        of(plan(base, scheme=SCHEMES[1])),
        of(plan(base, seals={"甲": seal("甲", "a" * 64)})),
        of(plan([base[0], Demand("消防", take="20%")])),
        of(plan([base[0], Demand("消防", take=2, department="应急")])),
        of(plan([base[0], Demand("消防", follow="市监")])),
        of(plan([base[0], Demand("消防", take=2, at_most=2)])),
    ]
    assert len(set(digests)) == len(digests)


# ---- what is read


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (lambda data: data.pop("plan"), "plan"),
        (lambda data: data.update(plan=7), "plan"),
        (lambda data: data["plan"].pop("seed"), "plan.seed"),
        (lambda data: data["plan"].update(colour="red"), "plan.colour"),
        (lambda data: data["plan"].update(scheme="dual-random/9"), "plan.scheme"),
        (lambda data: data["plan"]["demands"][0].update(take="5"), "plan.demands[0].take"),
        (lambda data: data["enterprises"].update(rows="10"), "enterprises.rows"),
        (lambda data: data["enterprises"].update(digest="x"), "enterprises.digest"),
        (lambda data: data["allocation"][0]["strata"][1].pop("number"), "allocation[0].strata[1].number"),
        (lambda data: data["allocation"][0]["strata"][1].update(number=99), "allocation[0].strata[1].number"),
        (lambda data: data.update(previous="x"), "previous"),
        (lambda data: data.update(notices=[]), "notices"),
    ],
)
def test_a_damaged_commitment_is_refused_by_path(change: Callable[[Any], object], place: str) -> None:
    """Missing, unknown and mistyped parts are each named where they stand."""
    data = json.loads(committed(Demand("市监", by="risk", take="10%")).to_json())
    change(data)
    with pytest.raises(VerificationError) as caught:
        Commitment.from_json(json.dumps(data).encode())
    assert [note.at for note in caught.value.findings] == [place]


def test_all_damages_are_named_at_once() -> None:
    """The first fault does not hide the others, however deep they stand."""
    data = json.loads(committed(Demand("市监", by="risk", take="10%")).to_json())
    data["plan"]["demands"][0]["take"] = -1
    data["enterprises"]["rows"] = "10"
    data["allocation"][0]["strata"][2]["number"] = 10**6
    with pytest.raises(VerificationError) as caught:
        Commitment.from_json(json.dumps(data).encode())
    assert sorted(note.at for note in caught.value.findings) == [
        "allocation[0].strata[2].number",
        "enterprises.rows",
        "plan.demands[0].take",
    ]


@pytest.mark.parametrize("data", [b"", b"{", b'{"plan":1.5}', b'{"plan":null}', b'{"a":1,"a":1}', b"\xff", b"[" * 9999])
def test_what_is_no_json_is_refused(data: bytes) -> None:
    """Floats, null, keys that stand twice, other bytes: none can be in a commitment."""
    with pytest.raises((InputError, VerificationError)):
        Commitment.from_json(data)


def test_a_register_read_from_its_text_commits_to_the_same_digest() -> None:
    """The published text of the register is all that a stranger needs."""
    enterprises = register(ROWS)
    again = Register.from_tsv(enterprises.to_tsv())
    assert rows_of(again) == sorted(ROWS, key=lambda row: row["id"])
    rules = plan([Demand("市监", by="risk", take="10%")])
    assert commit(rules, again).digest == commit(rules, enterprises).digest


def test_a_commitment_is_a_frozen_value() -> None:
    """It can be hashed and compared, and nothing in it can be changed."""
    commitment = committed(Demand("市监", take=1))
    assert {commitment: 1}[Commitment.from_json(commitment.to_json())] == 1
    with pytest.raises(AttributeError):
        commitment.previous = "0" * 64  # type: ignore[misc]


def test_notes_of_exclusions_keep_their_texts() -> None:
    """A note read back from JSON is the same note in both languages."""
    note = Note("id-repeated", "E2", {"id": "E2", "count": 2})
    bound = BoundRegister(digest="0" * 64, rows=1, excluded=[note])
    rules = committed(Demand("市监", take=1))
    commitment = Commitment(plan=rules.plan, enterprises=bound, allocation=rules.allocation)
    assert Commitment.from_json(commitment.to_json()).enterprises.excluded == (note,)
