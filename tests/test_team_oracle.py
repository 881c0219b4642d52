"""Whole records with teams, byte by byte, against the program in the documentation, which shares no line with us."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import combinations
from pathlib import Path
from random import Random
from typing import Any, Final, TypeAlias

import pytest
from attrs import evolve, frozen

from districts import OTHER_SEED, SEED, SOURCE, plan, register
from dual_random.binding import commit
from dual_random.commitments import Commitment
from dual_random.draws import draw
from dual_random.errors import InputError
from dual_random.plans import Demand, JointRule, Plan
from dual_random.records import Record
from dual_random.registers import Register
from dual_random.schemes import SCHEMES
from dual_random.team_rules import Recusal, Slot, TeamRule
from dual_random.verification import verify

Meetings: TypeAlias = dict[tuple[str, str], int]
Program: TypeAlias = dict[str, Any]

HERE: Final = Path(__file__).parent
GOLDEN: Final[Mapping[str, Sequence[Mapping[str, str]]]] = {
    name: json.loads((HERE / "golden" / "dual-random-1" / f"{name}.json").read_text("utf-8"))["cases"]
    for name in ("joint-records", "team-records")
}
TEXT: Final = "".join(
    re.findall(
        r"```python\n((?!>>>).*?)```",
        (HERE.parent / "docs" / "implementation.md").read_text("utf-8"),
        re.DOTALL,
    )
)


def program(text: str = TEXT) -> Program:
    """The program of the page, loaded."""
    found: Program = {}
    exec(compile(text, "implementation.md", "exec"), found)
    return found


# ---- small random grounds

LETTERS: Final = ("E", "企", "Ａ", "𠮷", 'E"', "E\\")  # byte order is not that of UTF-16, and JSON escapes some


@frozen
class Ground:
    """All that a commitment with teams is made of."""

    plan: Plan
    enterprises: Register
    inspectors: Register
    recusals: tuple[Recusal, ...]
    meetings: Meetings


@frozen
class Case:
    """What a draw was made from, as bytes, and the record."""

    commitment: bytes
    enterprises: bytes
    inspectors: bytes
    seed: str
    record: Record
    earlier: bytes | None = None

    def again(self, by: Program) -> bytes:
        """The record as a program makes it."""
        made: bytes = by["record_of"](
            self.commitment, self.enterprises, self.seed, inspectors=self.inspectors, earlier=self.earlier
        )
        return made


def ground(rng: Random) -> Ground:
    """A few enterprises, demands and people, with rules that are hard to keep."""
    rows = [
        {"id": f"{rng.choice(LETTERS)}{number}", "district": rng.choice("东东西"), "risk": rng.choice("AAB")}
        for number in rng.sample(range(99), rng.randint(1, 9))
    ]
    demands = _demands(rng, rows[0]["risk"])
    departments = sorted({demand.department for demand in demands})
    column = rng.choice(["department", "部门"])
    crews = [name for name in (*departments, *rng.choice([[], ["税务"]])) for _ in range(rng.randint(2, 7))]
    people = [
        {
            "id": f"{rng.choice(LETTERS)}{number:02}",
            column: department,
            "rank": rng.choice(["senior", "senior", "junior", "chief"]),
            "area": rng.choice("东东西"),
            "load": rng.choice("0012"),
        }
        for number, department in enumerate(crews)
    ]
    rng.shuffle(people)
    periods = rng.choice([(), ("7月",), ("7月", "8月"), ("9月", "7月", "8月")])
    rules = plan(
        demands,
        periods=periods,
        teams=_teams(rng, demands),
        department_column=column,
        scheme=rng.choice(SCHEMES),
        joint=JointRule(most_departments=rng.choice([None, None, 1, 2])),
    )
    names = [person["id"] for person in people]
    pairs = list(combinations(names, 2))
    met = {pair: rng.randint(1, 3) for pair in rng.sample(pairs, min(len(pairs), rng.choice([0, 4, 10])))}
    away = _recusals(rng, names, [row["id"] for row in rows], periods)
    return Ground(rules, register(rows), register(people), away, met)


def _demands(rng: Random, risk: str) -> list[Demand]:
    takes: list[str | int] = ["100%", "100%", "60%", "40%", 1]
    made = [
        Demand(name, take=rng.choice(takes), where=rng.choice([{}, {}, {"risk": risk}]))
        for name in ["市监", "消防", "环保"][: rng.randint(1, 3)]
    ]
    expert: list[dict[str, Any]] = [{"take": "50%"}, {"follow": "市监"}]
    if rng.random() < 0.5:
        made.append(Demand("特种", department="市监", **rng.choice(expert)))
    rng.shuffle(made)
    return made


def _teams(rng: Random, demands: Sequence[Demand]) -> list[TeamRule]:
    departments = sorted({demand.department for demand in demands})
    names = [demand.name for demand in demands]
    return [_rule(rng, department, names) for department in ("", *departments) if rng.random() < 0.7]


def _rule(rng: Random, department: str, names: list[str]) -> TeamRule:
    most = rng.choice([None, None, 1, 2, 3, 4, 5])
    return TeamRule(
        department,
        slots=_slots(rng, names) if rng.random() < 0.75 else (),
        most=most,
        relief=most is not None and rng.random() < 0.4,
        most_per_period=rng.choice([None, None, 1, 2, 3]),
        slack=rng.choice([0, 0, 0, 1, 2]),
        rotate=rng.random() < 0.5,
        carried=rng.choice(["", "load"]),
    )


def _slots(rng: Random, names: list[str]) -> list[Slot]:
    near: list[dict[str, str]] = [{}, {}, {}, {"area": "district"}]
    member: list[dict[str, list[str]]] = [{}, {}, {"rank": ["junior", "senior"]}]
    expert: list[dict[str, str]] = [{}, {"rank": "chief"}]
    made = [
        Slot("组员", rng.choice([1, 1, 2]), where=rng.choice(member), same=rng.choice(near), not_for=_one(rng, names))
    ]
    if rng.random() < 0.5:
        made.append(Slot("组长", where={"rank": ["senior", "chief"]}, same=rng.choice(near)))
    if rng.random() < 0.4:
        made.append(Slot("专员", only_for=_one(rng, names), where=rng.choice(expert)))
    rng.shuffle(made)
    return made


def _one(rng: Random, names: list[str]) -> str:
    return rng.choice(["", *names])


def _recusals(rng: Random, people: list[str], firms: list[str], periods: Sequence[str]) -> tuple[Recusal, ...]:
    found: dict[tuple[str, str, str], Recusal] = {}
    for _ in range(rng.choice([0, 0, 2, 5])):
        named = rng.choice(people), rng.choice(["", *firms]), rng.choice(["", *periods, *periods])
        found[named] = Recusal(named[0], enterprise=named[1], period=named[2], reason="亲属")
    return tuple(found.values())


# ---- draws


def bound(own: Ground, rules: Plan, of: Record | None = None) -> Commitment | None:
    """A plan with the registers and tables of a ground; none where it is refused."""
    away = [each for each in own.recusals if each.period in ("", *rules.periods)]
    try:
        return commit(rules, own.enterprises, own.inspectors, recusals=away, meetings=own.meetings, of=of)
    except InputError:
        return None


def drawn(own: Ground, commitment: Commitment, seed: str, of: Record | None = None) -> Case:
    """A case with its record."""
    record = draw(commitment, own.enterprises, own.inspectors, seed=seed, of=of).record
    return Case(
        commitment=commitment.to_json(),
        enterprises=own.enterprises.to_tsv(),
        inspectors=own.inspectors.to_tsv(),
        seed=seed,
        record=record,
        earlier=of.to_json() if of else None,
    )


def later_plan(rng: Random, own: Ground, of: Record) -> Plan:
    """A plan that staffs visits of a record: in some of its periods, under other rules, perhaps with another hash."""
    known = of.commitment.plan.periods
    return Plan(
        title="派员",
        authority="海曙区",
        number="2",
        seed=SOURCE,
        staffs=of.digest,
        periods=rng.sample(known, rng.randint(1, len(known))) if known else (),
        teams=_teams(rng, own.plan.demands),
        department_column=own.plan.department_column,
        scheme=rng.choice([own.plan.scheme, *SCHEMES]),
    )


def has_idle(rules: Plan, of: Record) -> bool:
    """Whether a department that could still be staffed has no visit in the periods of a plan."""
    done = {each.department for each in of.staffing if not each.shortages}
    everywhere = {name for visit in of.values() for name in visit.departments} - done
    wanted = rules.periods or ("",)
    here = {name for visit in of.values() if visit.period in wanted for name in visit.departments}
    return not everywhere <= here


def staffed_later(rng: Random, own: Ground, of: Record) -> Iterator[Case]:
    """A case that staffs a record, and one that staffs what stayed open in that."""
    rules = later_plan(rng, own, of)
    commitment = bound(own, rules, of)
    if commitment is not None:
        case = drawn(own, commitment, OTHER_SEED, of)
        yield case
        yield from staffed_later(rng, own, case.record) if case.record.shortages else ()


@cache
def cases() -> tuple[Case, ...]:
    """Some hundred draws, always the same."""
    return tuple(case for seed in range(300) for case in _cases(Random(seed)))


def _cases(rng: Random) -> Iterator[Case]:
    own = ground(rng)
    commitment = bound(own, own.plan)
    if commitment is None:
        return
    case = drawn(own, commitment, SEED)
    yield case
    yield from staffed_later(rng, own, case.record)
    bare = draw(commit(evolve(own.plan, teams=()), own.enterprises), own.enterprises, seed=SEED).record
    yield from staffed_later(rng, own, bare)


# ---- byte by byte


def test_whole_records_are_those_of_the_program() -> None:
    """Commitment, visits, places, proofs, receipts: not a byte differs, in draws and where earlier ones are staffed."""
    by = program()
    for case in cases():
        assert case.again(by) == case.record.to_json()


def test_the_cases_reach_everything() -> None:
    """Shortages by all kinds of limits, in blocks, with and without remedy; relief; all ways in which a plan staffs."""
    found = Counter(kind for case in cases() for kind in _kinds(case))
    assert found["all"] > 400
    assert {kind: found[kind] for kind in KINDS if found[kind] < 3} == {}


KINDS: Final = (
    "staffed", "most", "in_period", "on_visit", "blocks", "enough", "no remedy", "relieved", "partly",
    "earlier", "earlier with teams", "earlier that staffed", "other hash", "extra people", "sm3",
)  # fmt: skip


def _kinds(case: Case) -> Iterator[str]:
    record, rules = case.record, case.record.commitment.plan
    blocks = [block for each in record.staffing for block in each.shortages]
    earlier = Record.from_json(case.earlier) if case.earlier else None
    yield "all"
    yield from (kind for kind in ("most", "in_period", "on_visit") if any(getattr(block, kind) for block in blocks))
    told = {
        "staffed": bool(record.places),
        "blocks": any(len(each.shortages) > 1 for each in record.staffing),
        "enough": any(each.enough is not None for each in record.staffing),
        "no remedy": any(each.shortages and each.enough is None for each in record.staffing),
        "relieved": any(each.most is not None for each in record.staffing),
        "partly": bool(record.places and blocks),
        "earlier": earlier is not None,
        "earlier with teams": earlier is not None and bool(earlier.places),
        "earlier that staffed": earlier is not None and bool(earlier.commitment.plan.staffs),
        "other hash": earlier is not None and earlier.commitment.plan.scheme != rules.scheme,
        "extra people": any(len(people) > 2 for visit in record.values() for people in visit.team.values()),
        "sm3": rules.scheme == SCHEMES[1],
    }
    yield from (kind for kind, is_so in told.items() if is_so)


MUTANTS: Final = {
    "whoever comes first has the place": (
        "can_fill(arcs_of(openings, carried, rule, most, [*dealt, (person, opening)]))",
        "True",
    ),
    "slack counts for nothing": ('+ rule.get("slack", 0) if base', "if base"),
    "base is found anew for every place": ("if base is None else base", "if True else base"),
    "loads are not levelled": ("order = lambda person: (max(load(person), base)", "order = lambda person: (base"),
    "what is carried does not count": ("load = lambda person: carried[person] + ", "load = lambda person: "),
    "the table of meetings does not count": ("met[frozenset({person, other})] + ", ""),
    "meetings of this deal do not count": (" + len(visits(person) & visits(other))", ""),
    "meetings come before loads": (
        "order = lambda person: (max(load(person), base), sum(times(person, other) for other in team),",
        "order = lambda person: (sum(times(person, other) for other in team), max(load(person), base),",
    ),
    "slots stand as declared": ('len(opening["who"]) - opening["need"])', "0)"),
    "slots stand by eligible people alone": ('len(opening["who"]) - opening["need"])', 'len(opening["who"]))'),
    "visits in the order of another ticket": ('own = by(own, "deal"', 'own = by(own, "target"'),
    "a person may be recused from elsewhere": ('each.get("enterprise", firm["id"]) == firm["id"]', "True"),
    "absent once is absent always": ('each.get("period", period) == period', "True"),
    "only_for is overlooked": ('slot.get("only_for", demands[0]) in demands and ', ""),
    "not_for is overlooked": (' and slot.get("not_for") not in demands', ""),
    "same is overlooked": ('all(person[own] == firm[theirs] for own, theirs in slot.get("same", []))', "True"),
    "the rule of all comes first": ("rules.get(name, rules.get", 'rules.get("" if "" in rules else name, rules.get'),
    "a period has no limit": ('rule.get("most_per_period", many)', "many"),
    "one limit for all periods": ('("in", person, opening["period"])', '("in", person, "")'),
    "one arc from slot to person": ("arcs[slot, on] = many", "arcs[slot, on] = 1 - used[on]"),
    "relief goes one too far": ('most = done["most"] = enough', 'most = done["most"] = enough + 1'),
    "blocks are not put together": ("*(block for block in blocks if block[1] & limits)]", "]"),
    "receipts without teams": ('sorted(map(list, team.items()))', "[]"),
    "teams in the order of ids": (
        'for own, _, who in visit["places"] if',
        'for own, who in sorted(place[::2] for place in visit["places"]) if',
    ),
    "periods by name in receipts": ('periods.index(visit["period"])', 'sorted(periods).index(visit["period"])'),
    "all visits are staffed again": ('if due & {*visit["departments"]}]', "]"),
}  # fmt: skip


@pytest.mark.parametrize("change", MUTANTS.values(), ids=MUTANTS.keys())
def test_no_clause_of_the_program_is_idle(change: tuple[str, str]) -> None:
    """Whatever is changed in the rule of teams, some record of these cases tells it."""
    old, new = change
    assert TEXT.count(old) == 1
    changed = program(TEXT.replace(old, new))
    assert any(_differs(case, changed) for case in cases())


def _differs(case: Case, by: Program) -> bool:
    try:
        return case.again(by) != case.record.to_json()
    except (LookupError, RuntimeError, StopIteration, ValueError):  # such a program finds nobody where somebody goes
        return True


# ---- golden records


@pytest.mark.parametrize("golden", GOLDEN["joint-records"])
def test_golden_records_without_teams_are_those_of_the_program(golden: Mapping[str, str]) -> None:
    """All layouts, periods, sealed seeds: the program of the page makes the same bytes."""
    stated = Record.from_json(golden["record"].encode())
    commitment, secrets = stated.commitment.to_json(), dict(stated.secrets)
    made = program()["record_of"](commitment, golden["register"].encode(), stated.seed, secrets=secrets)
    assert made.decode() == golden["record"]


@pytest.mark.parametrize("golden", GOLDEN["team-records"])
def test_golden_records_are_drawn_byte_by_byte(golden: Mapping[str, str]) -> None:
    """Commitment and record are what they were when this was written, for us and for the program."""
    stated = Record.from_json(golden["record"].encode())
    commitment, earlier = stated.commitment, golden.get("earlier", "").encode()
    of = Record.from_json(earlier) if earlier else None
    enterprises = Register.from_tsv(golden["enterprises"].encode())
    inspectors = Register.from_tsv(golden["inspectors"].encode())
    secrets = dict(stated.secrets)
    again = commit(
        commitment.plan,
        enterprises,
        inspectors,
        recusals=commitment.recusals,
        meetings=commitment.meetings,
        previous=commitment.previous,
        of=of,
    )
    record = draw(again, enterprises, inspectors, seed=stated.seed, secrets=secrets, of=of).record
    assert again.digest == golden["commitment_digest"]
    assert record.to_json().decode() == golden["record"]
    assert record.digest == golden["record_digest"]
    made = program()["record_of"](
        again.to_json(),
        enterprises.to_tsv(),
        stated.seed,
        inspectors=inspectors.to_tsv(),
        secrets=secrets,
        earlier=earlier or None,
    )
    assert made.decode() == golden["record"]
    assert verify(stated, enterprises, inspectors, seed=stated.seed, digest=golden["commitment_digest"], of=of)


def test_the_golden_records_hold_every_part() -> None:
    """Both hashes; deals, shortages by all kinds of limits, relief; later deals to all and to what was left open."""
    records = [Record.from_json(golden["record"].encode()) for golden in GOLDEN["team-records"]]
    blocks = [block for record in records for each in record.staffing for block in each.shortages]
    rules = [rule for record in records for rule in record.commitment.plan.teams]
    assert {record.commitment.plan.scheme for record in records} == set(SCHEMES)
    assert all(any(getattr(block, part) for block in blocks) for part in ("most", "in_period", "on_visit"))
    assert any(each.most for record in records for each in record.staffing)
    assert sum(bool(record.commitment.plan.staffs) for record in records) == 2
    assert all(any(getattr(rule, part) for rule in rules) for part in ("slack", "rotate", "carried", "relief"))
    assert any(record.secrets for record in records)
    assert all(record.commitment.recusals for record in records)


# ---- what the specification says of records with teams


def test_departments_without_visits_in_the_periods_are_not_staffed() -> None:
    """A plan for one month needs nobody of a department that only has visits in another (specification 9.6)."""
    enterprises = register([{"id": f"E{number}", "risk": "A" if number < 1 else "B"} for number in range(4)])
    inspectors = register([{"id": f"F{number}", "department": "乙"} for number in range(3)])
    demands = [Demand(name, where={"risk": risk}, take="100%") for name, risk in (("甲", "A"), ("乙", "B"))]
    first = draw(commit(plan(demands, periods=["7月", "8月"]), enterprises), enterprises, seed=SEED).record
    other = "8月" if first["E0"].period == "7月" else "7月"
    rules = Plan(title="派员", authority="海曙区", number="2", seed=SOURCE, staffs=first.digest, periods=[other])
    commitment = commit(rules, enterprises, inspectors, of=first)
    record = draw(commitment, enterprises, inspectors, seed=SEED, of=first).record
    assert [each.department for each in record.staffing] == ["乙"]


def test_a_record_with_teams_is_no_early_one() -> None:
    """Records without cells and receipts are from a time when nobody was dealt (specification 8.10)."""
    enterprises = register([{"id": "E0"}, {"id": "E1"}])
    inspectors = register([{"id": "F0", "department": "甲"}, {"id": "F1", "department": "甲"}])
    commitment = commit(plan([Demand("甲", take=1)]), enterprises, inspectors)
    data = json.loads(draw(commitment, enterprises, inspectors, seed=SEED).record.to_json())
    del data["cells"], data["receipts"], data["outcome"]["independent"]
    stripped = Record.from_json(json.dumps(data).encode())
    assert not verify(stripped, enterprises, inspectors, seed=SEED, digest=commitment.digest)
