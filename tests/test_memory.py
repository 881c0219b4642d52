"""Memory: earlier visits as a column, caps on it, and the chances that result, against counts made by hand."""

import pickle
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from itertools import permutations
from math import sqrt
from random import Random
from typing import Final

import numpy as np
import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from dual_random import Demand, InputError, JointRule, Plan, Record, Register, SeedSource, commit, draw
from dual_random.cycle.inclusion import Chance, chances
from dual_random.cycle.logs import Log
from dual_random.cycle.memory import capped, capped_plan, remember, unlisted
from dual_random.draws import Draw
from dual_random.errors import VerificationError

SEED: Final = SeedSource(source="双色球", event="2024090期", earliest="2024-01-06T21:15:00+08:00", form="0" * 7)
DEMANDS: Final = (Demand("市监", take=6), Demand("消防", where={"fire": "yes"}, take=4))


def firms(size: int = 24, **more: list[str]) -> Register:
    table = {"id": [f"E{i:03d}" for i in range(size)], "fire": ["yes", "no"] * (size // 2), **more}
    return Register(table, id="id", columns=["fire", *more])


def plan(number: str, demands: Iterable[Demand] = DEMANDS, *, substitution: bool = False) -> Plan:
    return Plan(
        title="抽查", authority="海曙区", number=number, seed=SEED, demands=tuple(demands), substitution=substitution
    )


def drawn(enterprises: Register, rules: Plan, seed: int = 1) -> Draw:
    return draw(commit(rules, enterprises), enterprises, seed=f"{seed:07d}")


def year(count: int, enterprises: Register) -> list[Record]:
    return [drawn(enterprises, plan(f"2024-{i}"), i).record for i in range(1, count + 1)]


def visits(enterprises: Register, column: str = "visits") -> dict[str, str]:
    return {name: enterprises.value(name, column) for name in enterprises}


def by_hand(enterprises: Register, records: Sequence[Record]) -> dict[str, str]:
    counts = Counter(visit.enterprise for record in records for visit in record.current)
    return {name: str(counts[name]) for name in enterprises}


def codes_of(call: Callable[[], object]) -> list[tuple[str, str]]:
    with pytest.raises(InputError) as caught:
        call()
    return [(note.code, note.at) for note in caught.value.faults]


# ---- the column


def test_visits_are_counted_once_a_visit() -> None:
    """A visit by two departments is one, and the counts over four rounds are those made by hand."""
    enterprises = firms()
    records = year(4, enterprises)
    found = visits(remember(enterprises, records))
    assert found == by_hand(enterprises, records)
    assert sum(map(int, found.values())) == sum(len(record) for record in records)
    assert any(len(visit.departments) > 1 for record in records for visit in record.values())
    assert {"0", "1", "2"} <= set(found.values())


@settings(deadline=None, derandomize=True, max_examples=30)
@given(order=st.permutations(range(4)), table=st.permutations(range(24)))
def test_the_order_of_records_and_rows_decides_nothing(order: list[int], table: list[int]) -> None:
    """Any order of the records and of the table's rows gives the same register, hence the same digest."""
    enterprises = firms()
    records = year(4, enterprises)
    shuffled = Register(
        {"id": [f"E{i:03d}" for i in table], "fire": ["no" if i % 2 else "yes" for i in table]},
        id="id",
        columns=["fire"],
    )
    one = remember(enterprises, records)
    other = remember(shuffled, [records[i] for i in order])
    assert one == other
    assert one.digest() == other.digest()


def test_the_register_is_otherwise_unchanged() -> None:
    """Ids, other columns and what was kept out stay; the text of the register is that of a table with the column."""
    table = {"id": ["E2", "E1", "e1", "E3"], "fire": ["yes", "no", "no", "no"]}
    enterprises = Register(table, id="id", columns=["fire"], exclude=["id-alike"])
    again = remember(enterprises, [drawn(enterprises, plan("1", [Demand("市监", take=1)])).record])
    assert again.excluded == enterprises.excluded != ()
    assert enterprises.columns == ("fire",)
    made = Register(
        {"id": list(again), "fire": ["yes", "no"], "visits": list(visits(again).values())},
        id="id",
        columns=["fire", "visits"],
    )
    assert again == made
    assert again.to_tsv() == made.to_tsv()
    assert pickle.loads(pickle.dumps(again)) == again
    assert Register.from_tsv(again.to_tsv()) == made


def test_without_a_past_all_have_none() -> None:
    """No records and no log: everybody has 0, and the year can begin with the same plan as it goes on."""
    assert set(visits(remember(firms())).values()) == {"0"}
    assert len(remember(Register({"id": []}, id="id", columns=[]))) == 0


def test_amended_records_count_what_stands() -> None:
    """A firm that was closed was not visited; the one that took its place was."""
    enterprises = firms()
    before = drawn(enterprises, plan("1", [Demand("市监", take=3)], substitution=True))
    closed = next(iter(before.record))
    after = before.substitute(closed, reason="closed", on="2024-08-12")
    [(_, substitute)] = after.record.amendments[0].substitutes
    assert visits(remember(enterprises, [before.record]))[closed] == "1"
    found = visits(remember(enterprises, [after.record]))
    assert (found[closed], found[substitute]) == ("0", "1")
    assert found == by_hand(enterprises, [after.record])
    told = codes_of(lambda: remember(enterprises, [before.record, after.record]))
    assert told == [("record-repeated", "records[1]")]


def test_records_that_would_count_twice_are_refused() -> None:
    """A record twice, and two records of one commitment, are faults, each told with its place."""
    enterprises = firms()
    one, two = year(2, enterprises)
    other = drawn(enterprises, plan("2024-1"), 99).record
    assert codes_of(lambda: remember(enterprises, [one, two, one, other])) == [
        ("record-repeated", "records[2]"),
        ("record-second", "records[3]"),
    ]


def test_teams_do_not_count_again() -> None:
    """A record that staffs the visits of an earlier one adds nothing, and cannot be given without it."""
    enterprises = firms()
    first = drawn(enterprises, plan("2024-1", DEMANDS[:1])).record
    people = Register({"id": ["P1", "P2", "P3"], "department": ["市监"] * 3}, id="id", columns=["department"])
    rules = Plan(title="派员", authority="海曙区", number="2024-1-1", seed=SEED, staffs=first.digest)
    commitment = commit(rules, enterprises, people, of=first)
    teams = draw(commitment, enterprises, people, seed="0000002", of=first).record
    assert len(teams) == len(first)
    assert remember(enterprises, [teams, first]) == remember(enterprises, [first])
    assert codes_of(lambda: remember(enterprises, [teams])) == [("record-staffed-missing", "records[0]")]


def test_teams_may_be_dealt_before_the_record_is_amended() -> None:
    """A record of teams names the digest that the record had then; what was amended later does not hide it."""
    enterprises = firms()
    before = drawn(enterprises, plan("1", [Demand("市监", take=3)], substitution=True))
    after = before.substitute(next(iter(before.record)), reason="closed", on="2024-08-12").record
    people = Register({"id": ["P1", "P2", "P3"], "department": ["市监"] * 3}, id="id", columns=["department"])
    rules = Plan(title="派员", authority="海曙区", number="2", seed=SEED, staffs=before.record.digest)
    first = before.record
    teams = draw(commit(rules, enterprises, people, of=first), enterprises, people, seed="0000002", of=first).record
    assert remember(enterprises, [after, teams]) == remember(enterprises, [after])
    later = evolve(rules, staffs=after.digest)
    teams = draw(commit(later, enterprises, people, of=after), enterprises, people, seed="0000002", of=after).record
    assert remember(enterprises, [teams, after]) == remember(enterprises, [after])
    assert codes_of(lambda: remember(enterprises, [before.record, teams])) == [("record-staffed-missing", "records[1]")]


def test_who_left_the_register_is_told() -> None:
    """Enterprises visited before that the register does not hold are left out of it and named with their visits."""
    enterprises = firms()
    records = year(3, enterprises)
    smaller = firms(12)
    counts = by_hand(enterprises, records)
    assert visits(remember(smaller, records)) == {name: counts[name] for name in smaller}
    gone = {name: int(n) for name, n in counts.items() if name not in smaller and n != "0"}
    assert gone
    assert {note.at: note.params["visits"] for note in unlisted(smaller, records)} == gone
    assert unlisted(enterprises, records) == ()


def test_all_faults_come_at_once() -> None:
    """A column that exists, values that are no records and days that are none are refused together."""
    enterprises = firms(visits=["0"] * 24)
    found = codes_of(
        lambda: remember(enterprises, ["2024-1"], modes=["random", " "], since="2024-02-30")  # type: ignore[list-item]
    )
    assert [code for code, _ in found] == ["column-taken", "plan-shape", "text-space", "day-form"]
    assert codes_of(lambda: remember(firms(), column="id")) == [("column-id", "column")]
    assert codes_of(lambda: remember(firms(), column="")) == [("text-empty", "column")]
    with pytest.raises(InputError):
        remember(firms(), year(1, firms())[0])  # type: ignore[arg-type]
    with pytest.raises(InputError):
        remember({"id": ["E1"]})  # type: ignore[arg-type]


# ---- logs


LOG: Final = {
    "visit": ["V1", "V1", "V2", "V3", "V4", "V5", "V6"],
    "enterprise": ["E000", "E000", "E000", "E001", "E002", "E999", "E002"],
    "department": ["市监", "消防", "市监", "市监", "消防", "市监", "市监"],
    "mode": ["random", "random", "special", "random", "random", "patrol", "random"],
    "plan": ["2024-1", "2024-1", "", "2024-1", "2024-2", "", ""],
    "arrived": ["2024-02-01", "2024-02-01", "2024-03-01", "", "2024-04-01", "2024-04-02", "2023-12-31"],
}


def nonzero(enterprises: Register) -> dict[str, str]:
    return {name: number for name, number in visits(enterprises).items() if number != "0"}


def test_a_log_counts_what_took_place() -> None:
    """Visits that were carried out count once each, whatever their mode and with or without a plan."""
    enterprises = firms()
    assert nonzero(remember(enterprises, log=LOG)) == {"E000": "2", "E002": "2"}
    assert remember(enterprises, log=Log(LOG)) == remember(enterprises, log=LOG)
    assert [(n.at, n.params["visits"]) for n in unlisted(enterprises, log=LOG)] == [("E999", 1)]


def test_modes_and_days_of_a_log_can_be_chosen() -> None:
    """Only visits of the modes and from the day on that are named count."""
    enterprises = firms()
    assert nonzero(remember(enterprises, log=LOG, modes="random")) == {"E000": "1", "E002": "2"}
    assert nonzero(remember(enterprises, log=LOG, since="2024-01-01")) == {"E000": "2", "E002": "1"}
    assert nonzero(remember(enterprises, log=LOG, since="2024-02-01")) == {"E000": "2", "E002": "1"}
    assert nonzero(remember(enterprises, log=LOG, since="2024-02-02", modes=["special", "patrol"])) == {"E000": "1"}
    bare = {name: LOG[name] for name in ("visit", "enterprise", "department")}
    assert nonzero(remember(enterprises, log=bare)) == {"E000": "2", "E001": "1", "E002": "2"}
    assert codes_of(lambda: remember(enterprises, log=bare, modes="random")) == [("log-column-unknown", "'mode'")]
    assert codes_of(lambda: remember(enterprises, log=LOG, modes=["双随机", "special", "special"])) == [
        ("log-mode", "modes[0]"),
        ("name-repeated", "modes"),
    ]
    assert codes_of(lambda: remember(enterprises, log=bare, since="2024-01-01")) == [
        ("log-column-unknown", "'arrived'")
    ]


@settings(deadline=None, derandomize=True, max_examples=60)
@given(order=st.permutations(range(7)))
def test_the_order_of_a_log_decides_nothing(order: list[int]) -> None:
    """Any order of the rows gives the same counts."""
    shuffled = {name: [cells[i] for i in order] for name, cells in LOG.items()}
    assert remember(firms(), log=shuffled, modes=["random", "special"]) == remember(
        firms(), log=LOG, modes=["special", "random"]
    )


def test_a_visit_of_a_given_record_does_not_count_by_the_log_too() -> None:
    """With records and a log, the log adds only visits that belong to no plan of the records."""
    enterprises = firms()
    [first] = year(1, enterprises)
    counts = Counter({name: int(n) for name, n in by_hand(enterprises, [first]).items()})
    counts.update(["E000", "E002", "E002"])
    assert visits(remember(enterprises, [first], log=LOG)) == {name: str(counts[name]) for name in enterprises}


# ---- the cap


def test_the_cap_is_a_condition() -> None:
    """The demand draws among those with fewer visits than the cap, and all else of it stays."""
    demand = Demand(
        "市监", where={"status": "存续"}, unless={"risk": "A"}, by="risk", take={"B": "5%", "C": 3}, at_least=1
    )
    found = capped(demand, 3)
    assert dict(found.where) == {"status": ("存续",), "visits": ("0", "1", "2")}
    assert evolve(found, where=demand.where) == demand
    assert dict(capped(demand, 1, column="n").where)["n"] == ("0",)
    assert len(dict(capped(demand, 366).where)["visits"]) == 366


def test_a_cap_that_is_none_is_refused() -> None:
    """The cap is a whole number of visits from 1 to 366, and the only condition on its column."""
    demand = Demand("市监", take="5%")
    for most in (0, -1, 367, True, "2", 2.0):
        assert codes_of(lambda most=most: capped(demand, most)) == [("cap-form", "most")]  # type: ignore[misc]
    twice = Demand("市监", take="5%", where={"visits": "0"}, unless={"visits": "3"})
    assert codes_of(lambda: capped(twice)) == [
        ("cap-condition", "demand.where.visits"),
        ("cap-condition", "demand.unless.visits"),
    ]
    assert codes_of(lambda: capped(capped(demand), 1)) == [("cap-condition", "demand.where.visits")]


def test_a_plan_is_capped_where_it_draws() -> None:
    """Every demand that draws is capped; one that follows goes where the other's draw falls and stays as it is."""
    follower = Demand("环保", follow="市监", where={"fire": "yes"})
    rules = plan("1", [*DEMANDS, follower])
    found = capped_plan(rules, 1)
    assert found.demands == (capped(DEMANDS[0], 1), capped(DEMANDS[1], 1), follower)
    assert evolve(found, demands=rules.demands) == rules
    assert codes_of(lambda: capped_plan(found, 1)) == [
        ("cap-condition", "plan.demands[0].where.visits"),
        ("cap-condition", "plan.demands[1].where.visits"),
    ]
    teams = Plan(title="派员", authority="海曙区", number="1", seed=SEED, staffs="0" * 64)
    assert codes_of(lambda: capped_plan(teams, 1)) == [("cap-without-draw", "plan.staffs")]


@settings(deadline=None, derandomize=True, max_examples=20)
@given(most=st.integers(1, 3), seed=st.integers(0, 999_999), joint=st.booleans())
def test_nobody_is_visited_more_often_than_the_cap(most: int, seed: int, joint: bool) -> None:
    """Over five rounds with a joint target and a follower, no enterprise has more visits than the cap."""
    enterprises, records = firms(40), list[Record]()
    rule = JointRule(at_least="60%", reach="extra") if joint else JointRule()
    demands = [*DEMANDS, Demand("环保", follow="市监", where={"fire": "no"})]
    for number in range(1, 3 * most + 1):
        known = remember(enterprises, records)
        rules = evolve(capped_plan(plan(f"2024-{number}", demands), most), joint=rule)
        try:
            commitment = commit(rules, known)
        except InputError:
            break
        records.append(draw(commitment, known, seed=f"{seed + number:07d}").record)
    counts = Counter(name for record in records for name in record)
    assert len(records) >= 2
    assert max(counts.values()) <= most


def test_a_past_that_is_left_out_shows() -> None:
    """The column is bound by the commitment: a register with another past has another digest and is refused."""
    enterprises = firms()
    records = year(2, enterprises)
    known = remember(enterprises, records)
    commitment = commit(capped_plan(plan("2024-3"), 2), known)
    with pytest.raises(InputError) as caught:
        draw(commitment, remember(enterprises, records[:1]), seed="0000003")
    assert {note.code for note in caught.value.faults} & {"register-digest", "register-columns"}


# ---- chances


def test_chances_are_numbers_over_those_below_the_cap() -> None:
    """Every chance is the committed number over the enterprises below the cap, counted by hand from the table."""
    generator = Random("chances")
    risk = [generator.choice("ABC") for _ in range(60)]
    past = [generator.choice(["0", "0", "1", "2"]) for _ in range(60)]
    past = ["2" if own == "C" else number for own, number in zip(risk, past, strict=True)]
    enterprises = firms(60, risk=risk, visits=past)
    demands = [Demand("市监", by="risk", take="20%"), Demand("消防", where={"fire": "yes"}, take=5)]
    demands.append(Demand("环保", follow="市监"))
    commitment = commit(capped_plan(plan("1", demands), 2), enterprises)
    expected: list[tuple[str, tuple[str, ...], int, int, int]] = []
    for kind in "ABC":
        everybody = [number for own, number in zip(risk, past, strict=True) if own == kind]
        free = sum(number in "01" for number in everybody)
        expected.append(("市监", (kind,), -(-free // 5), free, len(everybody)))
    fire = [number for i, number in enumerate(past) if i % 2 == 0]
    expected.append(("消防", (), 5, sum(number in "01" for number in fire), len(fire)))
    found = chances(commitment, enterprises)
    assert [(c.demand, c.stratum, c.number, c.eligible, c.population) for c in found] == expected
    assert [c.chance for c in found] == [Fraction(n, e) if e else 0 for _, _, n, e, _ in expected]
    assert [(c.mean, c.resting) for c in found] == [(Fraction(n, p), p - e) for _, _, n, e, p in expected]
    assert found[2].chance == 0


def test_chances_with_the_past_as_strata() -> None:
    """Where the past forms strata, each has its own chance, and those at the cap are told with none."""
    enterprises = firms(20, visits=["0"] * 10 + ["1"] * 6 + ["2"] * 4)
    demand = Demand("市监", by="visits", take={"0": 3, "1": 1, "2": 0})
    free = chances(commit(plan("1", [demand]), enterprises), enterprises)
    assert [(c.stratum, c.chance) for c in free] == [
        (("0",), Fraction(3, 10)),
        (("1",), Fraction(1, 6)),
        (("2",), Fraction(0)),
    ]
    found = chances(commit(plan("1", [capped(demand, 2)]), enterprises), enterprises)
    assert [(c.stratum, c.eligible, c.population) for c in found] == [(("0",), 10, 10), (("1",), 6, 6), (("2",), 0, 4)]


def test_a_cap_may_be_written_as_an_exclusion() -> None:
    """Those whom `unless` keeps out for their visits rest as well as those whom `where` leaves out."""
    enterprises = firms(20, visits=["0"] * 10 + ["1"] * 6 + ["2"] * 4)
    demand = Demand("市监", unless={"visits": ["1", "2"], "fire": "no"}, take=1)
    [found] = chances(commit(plan("1", [demand]), enterprises), enterprises)
    assert (found.eligible, found.population, found.resting) == (5, 10, 5)


def test_chances_need_the_register_that_was_committed() -> None:
    """Another register, and one without the column, are refused."""
    enterprises = firms(visits=["0"] * 24)
    commitment = commit(capped_plan(plan("1")), enterprises)
    other = firms(visits=["0"] * 23 + ["1"])
    assert codes_of(lambda: chances(commitment, other)) == [("register-digest", "enterprises.digest")]
    assert codes_of(lambda: chances(commitment, enterprises, column="past")) == [("column-unknown", "'past'")]
    assert Chance(demand="市监", stratum=(), number=0, eligible=0, population=4).chance == 0


# ---- what a cap does over the rounds, exactly


def exact_drift(both: int, one: int, numbers: tuple[int, int], rounds: int, groups: bool) -> dict[str, list[Fraction]]:
    """The chance of a check by the first department in each round, by enumeration of every order of tickets.

    The first department regulates all, the second only `both`; whoever was visited rests. Groups: the first
    department draws its number in each group apart.
    """
    units = tuple(["both"] * both + ["one"] * one)
    states = {frozenset[int](): Fraction(1)}
    found: dict[str, list[Fraction]] = {"both": [], "one": []}
    for _ in range(rounds):
        following: dict[frozenset[int], Fraction] = {}
        chance = [Fraction(0)] * len(units)
        for rested, weight in states.items():
            free = [unit for unit in range(len(units)) if unit not in rested]
            orders = list(permutations(free))
            for order in orders:
                fire = [unit for unit in order if units[unit] == "both"]
                if groups:
                    first = fire[: numbers[0]] + [unit for unit in order if units[unit] == "one"][: numbers[0]]
                else:
                    first = list(order[: numbers[0]])
                for unit in first:
                    chance[unit] += weight / len(orders)
                now = rested | frozenset(first) | frozenset(fire[: numbers[1]])
                following[now] = following.get(now, Fraction(0)) + weight / len(orders)
        states = following
        found["both"].append(sum(chance[:both], Fraction(0)) / both)
        found["one"].append(sum(chance[both:], Fraction(0)) / one)
    return found


def simulated(demands: Sequence[Demand], rounds: int, trials: int, most: int) -> dict[str, list[int]]:
    """How often the first demand's department checked an enterprise of each group, by the library's own draws."""
    group = {"E0": "both", "E1": "both", "E2": "both", "E3": "one", "E4": "one", "E5": "one"}
    enterprises = Register({"id": list(group), "of": list(group.values())}, id="id", columns=["of"])
    found = {"both": [0] * rounds, "one": [0] * rounds}
    for trial in range(trials):
        records: list[Record] = []
        for number in range(rounds):
            known = remember(enterprises, records)
            rules = capped_plan(plan(f"{trial}-{number}", demands), most)
            record = draw(commit(rules, known), known, seed=f"{number:07d}").record
            for name, visit in record.items():
                found[group[name]][number] += "d1" in visit.departments
            records.append(record)
    return found


def test_the_drift_is_the_one_that_enumeration_gives() -> None:
    """A cap of one visit drifts as the enumeration of all orders says, within five standard deviations."""
    exact = exact_drift(3, 3, (1, 1), 3, groups=False)
    assert exact["both"][0] == exact["one"][0] == Fraction(1, 6)
    assert exact["both"][2] < exact["both"][1] < Fraction(1, 6) < exact["one"][1] < exact["one"][2]
    trials = 300
    found = simulated([Demand("d1", take=1), Demand("d2", where={"of": "both"}, take=1)], 3, trials, 1)
    for group, counts in found.items():
        for count, chance in zip(counts, exact[group], strict=True):
            mean = 3 * trials * chance  # of the three of a group at the most one is checked
            deviation = sqrt(trials * 3 * chance * (1 - 3 * chance))
            assert abs(count - mean) <= 5 * deviation + 1


def test_groups_as_strata_cure_the_drift_exactly() -> None:
    """Numbers fixed for each group of equal regulators: every round has the same chance for everybody, as fractions."""
    exact = exact_drift(3, 3, (1, 1), 3, groups=True)
    assert exact == {"both": [Fraction(1, 3)] * 3, "one": [Fraction(1, 3)] * 3}
    demands = [
        Demand("d1", by="of", take={"both": 1, "one": 1}),
        Demand("d2", where={"of": "both"}, take=1),
    ]
    trials = 100
    found = simulated(demands, 3, trials, 1)
    assert found == {"both": [trials] * 3, "one": [trials] * 3}


# ---- the column itself


def test_a_filled_column_is_like_any_other() -> None:
    """Values stand in byte order, unused ones are left out, and one that was there is replaced."""
    enterprises = firms(4)
    found = enterprises.filled("n", np.array([3, 0, 0, 1]), ["9", "10", "5", "é"])
    made = Register(
        {"id": list(enterprises), "fire": ["yes", "no"] * 2, "n": ["é", "9", "9", "10"]}, id="id", columns=["fire", "n"]
    )
    assert found == made
    assert found.codes("n")[0].dtype == made.codes("n")[0].dtype
    assert found.digest() == made.digest() != enterprises.digest()
    replaced = found.filled("fire", np.zeros(4, dtype=np.int64), ["no"])
    assert replaced.columns == ("fire", "n")
    assert visits(replaced, "fire") == dict.fromkeys(enterprises, "no")


def test_many_values_take_a_wider_type() -> None:
    """More than 256 distinct values are kept as they are."""
    enterprises = firms(600)
    found = enterprises.filled("n", np.arange(600), [str(i) for i in range(600)])
    assert [found.value(f"E{i:03d}", "n") for i in (0, 255, 256, 599)] == ["0", "255", "256", "599"]


def test_records_that_do_not_hold_are_not_counted() -> None:
    """Amendments that do not fit the visits stop the count: they are no visits that took place."""
    enterprises = firms()
    before = drawn(enterprises, plan("1", [Demand("市监", take=3)], substitution=True))
    after = before.substitute(next(iter(before.record)), reason="closed", on="2024-08-12").record
    forged = evolve(after, amendments=[evolve(after.amendments[0], enterprise="E999")])
    with pytest.raises(VerificationError):
        remember(enterprises, [forged])
