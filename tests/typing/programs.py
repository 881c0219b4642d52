"""Programs that users write, with public names only: checked by mypy strict, and run by ``test_public.py``."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import assert_type

import attrs

from dual_random import (
    Amendment,
    Cell,
    ChainCheck,
    Change,
    Commitment,
    Demand,
    Draw,
    Explanation,
    InputError,
    JointRule,
    Note,
    Outcome,
    Plan,
    Rate,
    Reconciliation,
    Record,
    Recusal,
    Register,
    Rehearsal,
    Replacement,
    Sample,
    SeedSource,
    Shortage,
    Slot,
    Staffing,
    TeamRule,
    Verification,
    VerificationError,
    Visit,
    check_chain,
    check_receipt,
    commit,
    double_random_share,
    draw,
    indicators,
    interruptions_avoided,
    joint_sampling_rate,
    missing,
    neyman,
    reconcile,
    rehearse,
    sample,
    seal,
    verify,
    webster,
)

SEED = "05 11 17 22 29 31 + 08"
SECRETS = {"市监": "6f" * 32, "消防": "a1" * 32}


# ---- an integrator: two tables and a plan become a published record


def enterprises() -> Register:
    """A database's table, column by column, as any library gives it."""
    numbers = range(400)
    table: dict[str, list[str]] = {
        "uscc": [f"E{number:04d}" for number in numbers],
        "risk": ["AABC"[number % 4] for number in numbers],
        "industry": ["HFCCH"[number % 5] for number in numbers],
        "status": ["存续" if number % 50 else "已注销" for number in numbers],
    }
    return Register(table, id="uscc", columns=["risk", "industry", "status"])


def plan() -> Plan:
    """The rules of a round, as a programmer writes them."""
    active = {"status": "存续"}
    return Plan(
        title="海曙区2024年第三季度部门联合抽查",
        authority="海曙区",
        number="2024-3",
        seed=SeedSource(
            source="双色球", event="2024090期", earliest="2024-08-06T21:15:00+08:00", form="00 00 00 00 00 00 + 00"
        ),
        demands=[
            Demand("市监", where=active, by="risk", take={"A": "5%", "B": Fraction(1, 10), "C": 9}),
            Demand("消防", where={**active, "industry": ["H", "F"]}, take="10%", at_least=1, at_most=40),
            Demand("市监·特种设备", department="市监", unless={"industry": ("C",)}, take=12, rounding="down"),
            Demand("税务", by=["risk", "industry"], take="3%"),
            Demand("环保", follow="市监", where={"industry": "C"}),
        ],
        joint=JointRule(at_least="20%", of="visits", reach="extra", most_departments=3),
        periods=["7月", "8月"],
        barred={"E0001": "in reorganisation"},
        seals={party: seal(party, secret) for party, secret in SECRETS.items()},
    )


def integrate() -> tuple[Commitment, Record]:
    """Commit, publish, wait for the lottery, draw; store the record and hand tables to the next system."""
    register = enterprises()
    more = plan().with_demand(Demand("人社", take=webster_table(register)))
    committed = assert_type(commit(more, register, previous=""), Commitment)
    published: bytes = committed.to_json()
    assert Commitment.from_json(published).digest == committed.digest
    told: list[str] = [note.text("zh") for note in committed.notices]
    assert all(told)
    drawn = assert_type(draw(committed, register, seed=SEED, secrets=SECRETS), Draw)
    record = assert_type(drawn.record, Record)
    columns: Mapping[str, Sequence[str | int | bool]] = record.table("visits", lang="zh")
    out = io.StringIO()
    csv.writer(out).writerows([columns.keys(), *zip(*columns.values(), strict=True)])
    visits: Iterable[Visit] = record.values()
    assert all(visit.lead in visit.departments for visit in visits)
    return committed, record


def webster_table(register: Register) -> int:
    """A number found by a helper and used as a take."""
    codes, values = register.codes("risk")
    sizes = {value: int((codes == code).sum()) for code, value in enumerate(values)}
    table = assert_type(webster(10, sizes, at_least=1), dict[str, int])
    assert sum(neyman(10, sizes, {"A": "1", "B": "2.5", "C": Fraction(4)}).values()) == 10
    return sum(table.values())


# ---- a planner: what will it give? and what holds the target back?


def foresee() -> list[str]:
    """Rehearse a plan before it is committed."""
    done: list[tuple[int, int]] = []
    found = assert_type(rehearse(plan(), enterprises(), draws=3, progress=lambda *now: done.append(now)), Rehearsal)
    low: Rate = found.quantile("5%")
    return [
        f"{found.met} of {found.draws}, {found.visits} visits, {low:.2%}, {found.best:.2%}",
        found.text("zh"),
        str(done),
    ]


def held_back(record: Record) -> list[tuple[str, Fraction]]:
    """The cells that keep the joint-sampling rate below its target."""
    cells: Sequence[Cell] = record.cells
    assert sum(cell.visits for cell in cells) == len(record)
    return [(cell.key, lacking) for cell, lacking in record.shortfalls()]


# ---- a department: who goes, month by month, and what if people are short


def inspectors(fire: int) -> Register:
    """Those who may be sent: a certificate each, and the load of the last round, as text."""
    table = {
        "id": [f"F{number:02d}" for number in range(fire)] + [f"S{number:02d}" for number in range(12)],
        "department": ["消防"] * fire + ["市监"] * 12,
        "certificate": ["valid", "valid", "expired"] * (fire // 3) + ["valid"] * (fire % 3 + 12),
        "visits": ["3"] * (fire + 12),
    }
    return Register(table, id="id", columns=["department", "certificate", "visits"])


def teams(most: int) -> list[TeamRule]:
    """A leader with a valid certificate and two others for the fire brigade; for everybody else two who rotate."""
    leader = Slot("leader", where={"certificate": "valid"})
    return [
        TeamRule("消防", slots=[leader, Slot("member", 2)], most=most, carried="visits"),
        TeamRule(slots=[Slot("member", 2, not_for="消防")], slack=1, rotate=True),
    ]


def staff(month: str, fire: int = 12, most: int = 60) -> tuple[Record, Record, Commitment]:
    """Draw a quarter without people; then staff one month of it by a plan with a seed of its own."""
    register = enterprises()
    first = attrs.evolve(plan(), demands=[Demand("市监", take=30), Demand("消防", take=24)], seals=())
    quarter = draw(commit(first, register), register, seed=SEED).record
    source = attrs.evolve(first.seed, event="2024091期", substitute="2024092期")
    later = Plan(
        title="8月派员",
        authority="海曙区",
        number="2024-4",
        seed=source,
        staffs=quarter.digest,
        periods=[month],
        teams=teams(most),
        department_column="department",
    )
    committed = commit(
        later,
        register,
        inspectors(fire),
        recusals=[Recusal("F00", enterprise="E0001", reason="kin"), Recusal("S03", period=month, reason="leave")],
        meetings={("S00", "S01"): 2},
        previous=quarter.commitment.digest,
        of=quarter,
    )
    drawn = draw(committed, register, inspectors(fire), seed=SEED, of=quarter)
    assert assert_type(drawn.inspectors, Register | None) == inspectors(fire)
    return quarter, drawn.record, committed


def sent(record: Record) -> dict[str, dict[str, tuple[str, ...]]]:
    """By enterprise and department, who goes."""
    return {enterprise: visit.team for enterprise, visit in record.items()}


def lacking(record: Record) -> list[str]:
    """Why places stay empty, each block as a sum that a reader can add up, and what would mend it."""
    reports: Sequence[Staffing] = record.staffing
    told: list[str] = []
    for report in reports:
        blocks: Sequence[Shortage] = report.shortages
        assert report.short == sum(block.demand - block.supply for block in blocks)
        told += [f"{report.department}: {block.short} of {block.demand}, most={report.enough}" for block in blocks]
    notes: tuple[Note, ...] = record.shortages
    assert len(notes) == len(told)
    return told


def recheck(quarter: Record, record: Record, digest: str, fire: int) -> Verification:
    """A staffed month, held against the quarter that it belongs to."""
    return verify(record, enterprises(), inspectors(fire), seed=SEED, digest=digest, root=record.root, of=quarter)


# ---- a firm at its door: is this visit one of those that were drawn?


def at_the_door(record: Record, enterprise: str) -> bytes:
    """The visit that a receipt proves, with root and size as they were published on the day of the draw."""
    published: bytes = record.to_json(public=True)
    assert record.root in published.decode()
    shown: bytes = record.receipt(enterprise)
    return assert_type(check_receipt(shown, record.root, size=len(record)), bytes)


# ---- an auditor: a published record, a register, and what is known from outside


def audit(data: bytes, text: bytes, digest: str) -> tuple[Verification, list[str]]:
    """Recompute a record, and ask why a firm was drawn."""
    record = Record.from_json(data)
    register = Register.from_tsv(text)
    checked = assert_type(verify(record, register, seed=SEED, digest=digest), Verification)
    findings: tuple[Note, ...] = checked.raise_for_findings().findings
    assert not findings
    told: list[str] = []
    if checked.draw is not None:
        why: Explanation = checked.draw.why(next(iter(record)))
        told = [f"{command} -> {word}" for command, word in why.commands]
        told.append(why.text("zh"))
    outcome: Outcome = record.outcome
    assert outcome.visits == len(record)
    return checked, told


def suspect(data: bytes, text: bytes, digest: str) -> list[str]:
    """Another seed is another draw: the findings, with their places."""
    checked = verify(Record.from_json(data), Register.from_tsv(text), seed="01 02 03 04 05 06 + 07", digest=digest)
    try:
        checked.raise_for_findings()
    except VerificationError as error:
        return [f"{note.at}: {note.code}" for note in error.findings]
    return []


# ---- a clerk: after the draw


def amend(drawn: Draw, changes: Sequence[tuple[str, str, str]]) -> tuple[Record, list[str]]:
    """What came in as a table of firm, reason and day; who takes the place, and who was replaced how often."""
    amended = drawn.amend([Change(enterprise=name, reason=reason, on=on) for name, reason, on in changes])
    record = assert_type(amended.record, Record)
    made: tuple[Amendment, ...] = record.amendments
    counts: tuple[Replacement, ...] = record.replacements
    standing: tuple[Visit, ...] = record.current
    assert all(isinstance(visit.enterprise, str) for visit in standing)
    told = [f"{each.enterprise} -> {', '.join(each.takers)}" for each in made]
    return record, told + [f"{each.inspector} {each.gave_up} {each.took_over}" for each in counts]


def look_back(record: Record, others: Sequence[Record]) -> list[str]:
    """What the files of an authority say of each other."""
    found: ChainCheck = check_chain([each.commitment for each in others], [record, *others])
    return [note.code for note in found.findings]


def left_out(before: Register, now: Register) -> Register:
    """Whom the register of an earlier draw lacked."""
    return missing(before, now)


def measure(log: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """The indicators of a log that a database gives, column by column."""
    table = {name: list(column) for name, column in log.items()}
    return {f"{rate.name} of {rate.of}": f"{rate:.2%}" for rate in indicators(table)}


# ---- a developer: ids in, ids out


def pick(ids: Iterable[str]) -> tuple[str, ...]:
    """A sample without a plan, with reserves, strata and sizes."""
    known = list(ids)
    picked = assert_type(sample(known, 20, seed=SEED, label="2024-Q3 restaurants"), Sample)
    assert picked.drawn == tuple(sorted(picked.drawn, key=picked.ticket))
    strata = {name: name[-1] for name in known}
    layered = sample(known, "10%", seed=SEED, label="by last digit", strata=strata)
    tabled = sample(known, {"0": 2, **dict.fromkeys("123456789", "5%")}, seed=SEED, label="table", strata=strata)
    sizes = {name: int(name[1:]) for name in known}
    sized = sample(known, 5, seed=SEED, label="by size", sizes=sizes, method="sequential-poisson")
    return picked.drawn + picked.reserves(2) + layered.reserves(1, stratum="7") + tabled.drawn + sized.ids


def refused(ids: Iterable[str]) -> dict[str, list[str]]:
    """What a service answers when the input cannot be used: a table for its front end."""
    try:
        sample(ids, "5 %", seed=SEED, label="")
    except InputError as error:
        return {name: [str(cell) for cell in column] for name, column in error.table(lang="zh").items()}
    return {}


# ---- an official: does the published rate follow from its counts?


def check_figures() -> tuple[str, Reconciliation]:
    """Rates with their counts, pooled, and one held against what was printed."""
    months = [joint_sampling_rate(12, 30, scope="April"), joint_sampling_rate(9, 21, scope="May")]
    pooled = assert_type(Rate.pool(months, scope="spring"), Rate)
    share = double_random_share(20535, 30102, scope="2023", as_of="2023-12-31")
    value: Fraction = share.value
    assert value < 1
    avoided: int = interruptions_avoided([1, 2, 3])
    found = reconcile("49.60%", 9685, 20535, among={"inspections": 30102, "cases": 3110})
    return f"{pooled:.2%} {share:.2%} {avoided} {found.holds}", found
