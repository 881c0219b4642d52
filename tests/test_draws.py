"""The draw: one outcome for a commitment, a register and a seed, as a literal reading of the scheme finds it."""

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

import oracle
from districts import OTHER_SEED, SEED, SOURCE, District, Rows, districts, faults, named, plan, register, rows_of
from dual_random.binding import commit
from dual_random.commitments import Commitment, draw_key
from dual_random.draws import Draw, draw
from dual_random.forms import Take
from dual_random.making import recompute
from dual_random.plans import Demand, JointRule, Plan
from dual_random.populations import populations
from dual_random.records import Record
from dual_random.registers import Register
from dual_random.schemes import SCHEMES, Scheme, seal

quick = settings(deadline=None, derandomize=True, max_examples=70)

SECRETS = {"消防": "6f" * 32, "市监": "a1" * 32, "\U00020000": "00" * 32, "\uff21": "ff" * 32}
KEY = "5c" * 32

ROWS: Rows = [{"id": f"E{i:02}", "risk": "ABC"[i % 3], "status": "存续" if i % 4 else "注销"} for i in range(24)]
DEMANDS = [
    Demand("市监", by="risk", take="25%", where={"status": "存续"}),
    Demand("消防", take=5),
    Demand("环保", follow="市监", where={"risk": ["A", "B"]}),
]


def drawn_of(district: District, seed: str = SEED) -> Draw:
    """The draw of a district."""
    rows, rules = district
    enterprises = register(rows)
    return draw(commit(rules, enterprises), enterprises, seed=seed)


def with_key(rules: Plan, rows: Rows) -> Record:
    """The record that a fixed key gives, whatever the digest: to compare rules that differ."""
    enterprises = register(rows)
    groups = populations(rules, enterprises)
    return recompute(commit(rules, enterprises), enterprises, None, groups, key=KEY, seed=SEED, secrets=())


def check_against_oracle(record: Record, rows: Rows, secrets: Mapping[str, str] | None = None) -> None:
    """Every published visit and count is the oracle's."""
    published = json.loads(record.to_json())
    expected = oracle.draw(published["commitment"], rows, record.seed, secrets or {})
    assert published.get("visits", []) == expected["visits"]
    outcome = record.outcome
    assert (outcome.visits, outcome.joint_visits, outcome.checks, outcome.joint_checks, outcome.target_met) == tuple(
        expected[name] for name in ("n_visits", "joint", "checks", "joint_checks", "met")
    )
    assert (None if outcome.best is None else outcome.best.value) == expected["best"]
    assert outcome.best is None or outcome.best.of == record.commitment.plan.joint.of
    assert (outcome.bound, outcome.layout, outcome.over) == (expected["bound"], "nested", 0)


# ---- against the literal reading


@settings(deadline=None, derandomize=True, max_examples=120)
@given(districts(), st.sampled_from([None, "1/100", "1/2", "62/125", "1"]), st.sampled_from(["visits", "checks"]))
def test_draws_are_those_of_a_literal_reading(district: District, target: str | None, of: Any) -> None:
    """Visits with tickets, demands, departments and leads; all counts; the best rate; the bound."""
    rows, rules = district
    try:
        record = drawn_of((rows, evolve(rules, joint=JointRule(at_least=target, of=of)))).record
    except ValueError:  # a target that nobody can approach
        record = drawn_of((rows, evolve(rules, joint=JointRule(of=of)))).record
    check_against_oracle(record, rows)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_sealed_draws_are_those_of_a_literal_reading(scheme: Scheme) -> None:
    """Four parties, sorted by code points; the secrets stand in the record and not in its commitment."""
    seals = {party: seal(party, secret, scheme=scheme) for party, secret in SECRETS.items()}
    enterprises = register(ROWS)
    commitment = commit(plan(DEMANDS, seals=seals, scheme=scheme), enterprises)
    record = draw(commitment, enterprises, seed=SEED, secrets=SECRETS).record
    check_against_oracle(record, ROWS, SECRETS)
    assert [party for party, _ in record.secrets] == ["市监", "消防", "\uff21", "\U00020000"]
    assert draw(commitment, enterprises, seed=SEED, secrets=tuple(SECRETS.items())).record == record


def test_a_larger_draw_is_that_of_a_literal_reading() -> None:
    """Two thousand enterprises in many strata, where candidates are cut by their first words."""
    rows = [
        {
            "id": f"9133{i:06}",
            "risk": "ABCD"[i * i % 7 % 4],
            "town": f"镇{i * 7919 % 31}",
            "status": "x" if i % 9 else "",
        }
        for i in range(2000)
    ]
    table: dict[str, Take] = {"A": 3, "B": "1%", "C": 0, "D": "30%"}
    demands = [
        Demand("市监", by=["risk", "town"], take="5%", where={"status": "x"}),
        Demand("消防", take=150),
        Demand("特种", department="市监", by="town", take=90, at_least=1),
        Demand("环保", by="risk", take=table),
        Demand("城管", follow="环保", where={"town": ["镇1", "镇2", "镇3"]}),
    ]
    check_against_oracle(drawn_of((rows, plan(demands, joint=JointRule(at_least="62/125")))).record, rows)


def test_target_is_met_exactly_at_the_target() -> None:
    """A rate equal to the target meets it; a hair more does not."""
    rows = [{"id": f"E{i}"} for i in range(7)]
    demands = [Demand("甲", take=7), Demand("乙", take=3)]
    for of, rate in (("visits", Fraction(3, 7)), ("checks", Fraction(6, 10))):
        for target, met in ((rate, True), (rate + Fraction(1, 10**9), False), (rate - Fraction(1, 10**9), True)):
            rule = JointRule(at_least=target, of=of)  # type: ignore[arg-type]
            assert drawn_of((rows, plan(demands, joint=rule))).record.target_met is met


def test_the_bound_is_rounded_down() -> None:
    """One of three, and one that is certain: 1 + 2/3 expected visits at least, published as 1.66."""
    rows = [{"id": f"E{i}", "risk": "AB"[i > 0]} for i in range(3)]
    demands = [Demand("甲", take=1), Demand("乙", take=1, where={"risk": "A"})]
    assert drawn_of((rows, plan(demands))).record.bound == "1.66"


# ---- what decides nothing


@quick
@given(districts(), st.data())
def test_the_order_of_rows_and_the_way_of_writing_decide_nothing(district: District, data: st.DataObject) -> None:
    """Permuted rows, another order of columns, takes and conditions: the same bytes."""
    rows, rules = district
    permuted = [dict(data.draw(st.permutations(list(row.items())))) for row in data.draw(st.permutations(rows))]
    rewritten = [evolve(demand, take=demand.take[::-1], where=demand.where[::-1]) for demand in rules.demands]
    other = evolve(rules, demands=rewritten, barred=rules.barred[::-1])
    assert drawn_of((permuted, other)).record.to_json() == drawn_of(district).record.to_json()


@quick
@given(districts(), st.data())
def test_the_order_of_demands_decides_only_who_leads(district: District, data: st.DataObject) -> None:
    """With the same tickets the same enterprises are visited for the same demands."""
    rows, rules = district
    other = evolve(rules, demands=data.draw(st.permutations(rules.demands)))
    before, after = with_key(rules, rows), with_key(other, rows)
    assert before.enterprises == after.enterprises
    assert before.tickets == after.tickets
    assert [(v.demands, v.departments) for v in before.values()] == [(v.demands, v.departments) for v in after.values()]
    assert evolve(before.outcome) == after.outcome
    order = [demand.name for demand in other.demands]
    department = {demand.name: demand.department for demand in other.demands}
    assert all(visit.lead == department[min(visit.demands, key=order.index)] for visit in after.values())


@quick
@given(districts())
def test_the_order_of_strata_columns_decides_nothing(district: District) -> None:
    """Risk before status or status before risk: the strata hold the same enterprises."""
    rows, rules = district
    turned = [
        evolve(demand, by=demand.by[::-1], take=tuple((stratum[::-1], take) for stratum, take in demand.take))
        for demand in rules.demands
    ]
    totals = any(isinstance(dict(demand.take).get(()), int) and len(demand.by) > 1 for demand in rules.demands)
    if totals:  # equal remainders go to the first stratum key, which the order of columns changes
        return
    before, after = with_key(rules, rows), with_key(evolve(rules, demands=turned), rows)
    assert (before.enterprises, before.served, before.outcome) == (after.enterprises, after.served, after.outcome)


@quick
@given(districts())
def test_columns_that_the_plan_does_not_read_decide_nothing_but_the_digest(district: District) -> None:
    """With the same tickets a register with one column more gives the same visits."""
    rows, rules = district
    more = [{**row, "address": f"{i} 号"} for i, row in enumerate(rows)]
    before, after = with_key(rules, rows), with_key(rules, more)
    assert (before.enterprises, before.served, before.outcome) == (after.enterprises, after.served, after.outcome)
    assert before.commitment.digest != after.commitment.digest


# ---- what holds for every draw


@quick
@given(districts())
def test_every_stratum_has_exactly_its_number_and_nobody_comes_twice(district: District) -> None:
    """Each demand visits the stated number of each stratum; followers go exactly where they follow."""
    rows, rules = district
    record = drawn_of(district).record
    member = oracle.membership(rules.to_dict(), rows)
    assert len(set(record.enterprises)) == len(record.enterprises)
    served = [(visit.enterprise, demand) for visit in record.values() for demand in visit.demands]
    found = Counter((demand, member[enterprise][demand]) for enterprise, demand in served)
    for allocation in record.commitment.allocation:
        for size in allocation.strata:
            assert found[allocation.demand, size.stratum] == size.number
    for demand in rules.demands:
        if demand.follow:
            goes = {enterprise for enterprise, name in served if name == demand.name}
            followed = {enterprise for enterprise, name in served if name == demand.follow}
            assert goes == {enterprise for enterprise in followed if demand.name in member[enterprise]}


@quick
@given(districts(), st.data())
def test_the_ticket_order_of_a_subset_is_the_filtered_order(district: District, data: st.DataObject) -> None:
    """With the same tickets, whoever leaves the register leaves the order of the others as it was."""
    rows, _ = district
    everybody = plan([Demand("市监", take="100%")])
    kept = data.draw(st.lists(st.sampled_from(rows), min_size=1, unique_by=lambda row: row["id"]))
    names = {row["id"] for row in kept}
    assert list(with_key(everybody, kept)) == [
        enterprise for enterprise in with_key(everybody, rows) if enterprise in names
    ]


@quick
@given(districts(), st.integers(0, 24))
def test_one_more_extends_the_draw(district: District, number: int) -> None:
    """n+1 contains n, in the same order, with one enterprise more."""
    rows, _ = district
    number %= len(rows)
    shorter = with_key(plan([Demand("市监", take=number)]), rows)
    longer = with_key(plan([Demand("市监", take=number + 1)]), rows)
    assert longer.enterprises[:number] == shorter.enterprises
    assert len(longer) == number + 1


@pytest.mark.parametrize(("flags", "hash_seed"), [(["-O"], "0"), ([], "1"), ([], "4242")])
def test_another_process_draws_the_same(flags: list[str], hash_seed: str) -> None:
    """Python's own hash seed and -O change nothing."""
    program = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from test_draws import DEMANDS, ROWS, drawn_of, plan\n"
        "print(drawn_of((ROWS, plan(DEMANDS, barred={'E05': 'x', 'E09': 'y'}))).record.digest)"
    )
    tests = os.path.dirname(os.path.abspath(__file__))
    run = [sys.executable, *flags, "-c", program, tests]
    printed = subprocess.run(run, env={**os.environ, "PYTHONHASHSEED": hash_seed}, capture_output=True, check=True)
    expected = drawn_of((ROWS, plan(DEMANDS, barred={"E05": "x", "E09": "y"}))).record.digest
    assert printed.stdout.decode().split() == [expected]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_key_of_a_draw_is_a_hash_of_plain_lines(scheme: Scheme) -> None:
    """Of digest and seed; with seals the seed is the hash of public value and secrets."""
    open_plan = plan(DEMANDS, scheme=scheme)
    assert draw_key(open_plan, "ab" * 32, SEED, {}) == oracle.hashed(scheme, scheme, "commitment", "ab" * 32, SEED)
    sealed = plan(DEMANDS, scheme=scheme, seals={"甲": seal("甲", "cd" * 32, scheme=scheme)})
    seed = oracle.hashed(scheme, scheme, "seed", SEED, "甲", "cd" * 32)
    found = draw_key(sealed, "ab" * 32, SEED, {"甲": "cd" * 32})
    assert found == oracle.hashed(scheme, scheme, "commitment", "ab" * 32, seed)


# ---- refusals


def committed(**more: Any) -> tuple[Commitment, Register]:
    """A commitment and its register."""
    enterprises = register(ROWS)
    return commit(plan(DEMANDS, **more), enterprises), enterprises


@pytest.mark.parametrize(
    "seed",
    [
        "5 11 17 22 29 31 + 8",
        "05 11 17 22 29 31 +08",
        "05 11 17 22 29 31 + 8",
        "05 11 17 22 29 31 + 08 ",
        " 05 11 17 22 29 31 + 08",
        "05-11-17-22-29-31 + 08",
        "05 11 17 22 29 31 + 0８",
        "05 11 17 22 29 31 + 0٨",
        "05 11 17 22 29 31 ＋ 08",
        "05\t11 17 22 29 31 + 08",
        "05 11 17 22 29 31 + 08\n",
        "05 11 17 22 29 31 + 0a",
        "",
        51117222931,
        None,
        b"05 11 17 22 29 31 + 08",
    ],
)
def test_another_spelling_of_the_seed_is_refused(seed: Any) -> None:
    """One outcome has one writing, so that nobody can choose among several."""
    commitment, enterprises = committed()
    found = faults(lambda: draw(commitment, enterprises, seed=seed))
    assert [note.at for note in found] == ["seed"]


def test_another_register_is_refused() -> None:
    """One cell changed, a row more or less, another id, other columns: each by its own reason."""
    commitment, _ = committed()
    cell = [{**row, "risk": "B"} if row["id"] == "E00" else row for row in ROWS]
    name = [{**row, "id": "E99"} if row["id"] == "E00" else row for row in ROWS]
    cases = {
        "enterprises.digest": [register(cell), register(name)],
        "enterprises.rows": [register(ROWS[1:]), register([*ROWS, {**ROWS[0], "id": "E99"}])],
        "enterprises.columns": [register(ROWS, ["risk"]), register([{**row, "x": ""} for row in ROWS])],
    }
    for place, registers in cases.items():
        for other in registers:
            assert [note.at for note in faults(lambda other=other: draw(commitment, other, seed=SEED))] == [place]  # type: ignore[misc]


def test_the_same_register_in_another_order_is_accepted() -> None:
    """Rows and columns stand in byte order whatever the table; the published text does as well."""
    commitment, enterprises = committed()
    expected = draw(commitment, enterprises, seed=SEED).record
    assert draw(commitment, register(ROWS[::-1], ["status", "risk"]), seed=SEED).record == expected
    assert draw(commitment, Register.from_tsv(enterprises.to_tsv()), seed=SEED).record == expected
    assert draw(Commitment.from_json(commitment.to_json()), enterprises, seed=SEED).record == expected


@pytest.mark.parametrize(
    ("secrets", "expected"),
    [
        ({}, [("secret-missing", "secrets.市监"), ("secret-missing", "secrets.消防")]),
        ({"消防": "6f" * 32}, [("secret-missing", "secrets.市监")]),
        ({"消防": "6f" * 32, "市监": "6f" * 32}, [("secret-wrong", "secrets.市监")]),
        ({"消防": "6F" * 32, "市监": "a1" * 32}, [("secret-form", "secrets.消防")]),
        ({"消防": "6f" * 32, "市监": "a1" * 32, "环保": "00" * 32}, [("secret-unsealed", "secrets.环保")]),
        ({"消防": "a1" * 32, "环保": "00" * 32}, [
            ("secret-missing", "secrets.市监"), ("secret-wrong", "secrets.消防"), ("secret-unsealed", "secrets.环保"),
        ]),
        ({"消防": 7, "市监": None}, [("secret-missing", "secrets.市监"), ("secret-form", "secrets.消防")]),
    ],
)  # fmt: skip
def test_secrets_that_open_no_seal_are_refused(secrets: Any, expected: list[tuple[str, str]]) -> None:
    """Every seal is opened by its own secret; the parties who did not are named, and so are strangers."""
    seals = {party: seal(party, SECRETS[party]) for party in ("市监", "消防")}
    commitment, enterprises = committed(seals=seals)
    assert named(faults(lambda: draw(commitment, enterprises, seed=SEED, secrets=secrets))) == expected


def test_a_secret_without_a_seal_is_refused() -> None:
    """It would not enter the draw, and the record would seem to be sealed."""
    commitment, enterprises = committed()
    found = faults(lambda: draw(commitment, enterprises, seed=SEED, secrets={"消防": "6f" * 32}))
    assert named(found) == [("secret-unsealed", "secrets.消防")]


def test_a_secret_given_twice_is_refused() -> None:
    """Two secrets of one party are two seeds."""
    seals = {"消防": seal("消防", "6f" * 32)}
    commitment, enterprises = committed(seals=seals)
    twice = (("消防", "00" * 32), ("消防", "6f" * 32))
    assert faults(lambda: draw(commitment, enterprises, seed=SEED, secrets=twice))


def test_altered_numbers_are_refused() -> None:
    """A commitment whose numbers its plan does not give was not made by `commit`."""
    commitment, enterprises = committed()
    data = json.loads(commitment.to_json())
    data["allocation"][0]["strata"][0]["number"] += 1
    altered = Commitment.from_json(json.dumps(data).encode())
    assert named(faults(lambda: draw(altered, enterprises, seed=SEED))) == [
        ("value-differs", "commitment.allocation[0].strata[0].number")
    ]


def test_everything_is_refused_at_once_before_anything_is_drawn() -> None:
    """Seed, secrets and register in one go."""
    commitment, _ = committed(seals={"消防": seal("消防", "6f" * 32)})
    found = faults(lambda: draw(commitment, register(ROWS[1:]), seed="1", secrets={"甲": "00" * 32}))
    assert [note.at for note in found] == ["seed", "secrets.消防", "secrets.甲", "enterprises.rows"]


def test_a_sealed_seed_gives_another_draw_than_the_public_value() -> None:
    """The public value alone does not tell the list."""
    enterprises = register(ROWS)
    first = commit(plan(DEMANDS, seals={"消防": seal("消防", "6f" * 32)}), enterprises)
    sealed = draw(first, enterprises, seed=SEED, secrets={"消防": "6f" * 32}).record
    public = oracle.draw({**json.loads(first.to_json())}, ROWS, SEED, {"消防": "00" * 32})
    assert list(sealed) != [visit["enterprise"] for visit in public["visits"]]
    assert sealed.seed == SEED


def test_another_seed_or_digest_gives_other_tickets() -> None:
    """Every ticket depends on the seed, and on the commitment."""
    one = drawn_of((ROWS, plan(DEMANDS))).record
    other = drawn_of((ROWS, plan(DEMANDS)), OTHER_SEED).record
    third = drawn_of((ROWS, plan(DEMANDS, number="2024-4"))).record
    assert not set(one.tickets) & set(other.tickets)
    assert not set(one.tickets) & set(third.tickets)


def test_hex_seeds_are_drawn_as_announced() -> None:
    """A form of hex digits takes lower case only."""
    source = evolve(SOURCE, form="round 12 xxxxxxxxxxxxxxxx")
    commitment, enterprises = committed(seed=source)
    assert draw(commitment, enterprises, seed="round 12 0123456789abcdef").record
    assert faults(lambda: draw(commitment, enterprises, seed="round 12 0123456789ABCDEF"))


def test_a_draw_keeps_record_and_register() -> None:
    """What it returns can explain itself; rows read back are those drawn from."""
    commitment, enterprises = committed()
    made = draw(commitment, enterprises, seed=SEED)
    assert made.enterprises is enterprises
    assert made.record.commitment is commitment
    assert rows_of(made.enterprises) == ROWS
