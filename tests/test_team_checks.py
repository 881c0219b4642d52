"""Stated teams against the rules: whatever breaks one is named, and nothing else, as a literal reading finds it."""

import time
from collections import Counter
from collections.abc import Iterator, Mapping
from random import Random
from typing import Any, Final

import pytest
from attrs import evolve

from crew_cases import Ground, ground, kept_away, slots_of, suitable
from districts import SEED, Rows, named, plan, register
from dual_random.binding import commit
from dual_random.draws import draw
from dual_random.errors import InputError, Note
from dual_random.plans import Demand
from dual_random.records import Record
from dual_random.registers import Register
from dual_random.staffing import Place, Shortage, Staffing
from dual_random.team_checks import team_findings
from dual_random.team_rules import Recusal, Slot, TeamRule

Places = list[list[Place]]


# ---- a record of two departments, and what is done to it

ROWS: Final[Rows] = [{"id": f"E{i}", "quarter": ["海曙", "鄞州"][i % 2]} for i in range(8)]
PEOPLE: Final[Rows] = [
    {"id": f"{letter}{i}", "department": department, "rank": ["senior", "junior"][i % 2], "area": area, "load": str(i)}
    for letter, department in (("F", "消防"), ("S", "市监"))
    for i, area in enumerate(["海曙", "海曙", "海曙", "鄞州", "鄞州", "鄞州"])
]
TEAMS: Final = [
    TeamRule(
        "消防",
        slots=[Slot("leader", where={"rank": "senior"}), Slot("member", same={"area": "quarter"})],
        most=9,
        most_per_period=3,
        carried="load",
    ),
    TeamRule("市监", slots=[Slot("member", 2), Slot("boiler", only_for="特种")], most=8),
]
RECUSALS: Final = [
    Recusal("F0", enterprise="E3", reason="亲属"),
    Recusal("F2", enterprise="E1", period="8月", reason="诉讼"),
    Recusal("S1", period="7月", reason="休假"),
    Recusal("S3", reason="挂职"),
]
ENTERPRISES: Final = register(ROWS)
INSPECTORS: Final = register(PEOPLE)


def staffed(**more: Any) -> Record:
    """Everybody visited by both departments, the special demand at one place, in two periods; no team dealt wrongly."""
    demands = [
        Demand("消防", take="100%"),
        Demand("市监", take="100%"),
        Demand("特种", department="市监", take=1, where={"quarter": "海曙"}),
    ]
    settings = {"teams": TEAMS, "periods": ["7月", "8月"], **more}
    commitment = commit(plan(demands, **settings), ENTERPRISES, INSPECTORS, recusals=RECUSALS)
    return draw(commitment, ENTERPRISES, INSPECTORS, seed=SEED).record


RECORD: Final = staffed()


def with_place(record: Record, enterprise: str, number: int, **changes: str) -> Record:
    """The record with one place changed; its places stay in order, since the department does."""
    places = [list(own) for own in record.places]
    row = record.enterprises.index(enterprise)
    old = dict(zip(("department", "slot", "inspector"), places[row][number], strict=True))
    new = {**old, **changes}
    places[row][number] = (new["department"], new["slot"], new["inspector"])
    return evolve(record, places=places)


def place(record: Record, enterprise: str, slot: str) -> int:
    """The number of the first place of a slot on a visit."""
    return [own[1] for own in record[enterprise].places].index(slot)


def found(record: Record, inspectors: Register | None = INSPECTORS) -> list[Note]:
    """The findings, each readable in both languages."""
    notes = team_findings(record, ENTERPRISES, inspectors)
    assert all(note.text("en") and note.text("zh") for note in notes)
    return notes
