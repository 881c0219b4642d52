"""Small records with teams as a stranger has them: dealt in one plan, short, staffed by later plans."""

import json
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any, Final

from attrs import frozen

from districts import OTHER_SEED, SEED, Rows, plan, register
from dual_random.binding import commit
from dual_random.draws import draw
from dual_random.errors import InputError, Note, VerificationError
from dual_random.plans import Demand, Plan
from dual_random.records import Record
from dual_random.registers import Register
from dual_random.schemes import SCHEMES, seal
from dual_random.team_rules import Recusal, Slot, TeamRule
from dual_random.verdicts import Verification
from dual_random.verification import verify

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


@cache
def wide() -> Published:
    """Thirty visits by two departments of an earlier record, staffed by a later plan."""
    enterprises = register([{"id": f"E{i:02}"} for i in range(30)])
    inspectors = people(("消防", "F", 9), ("市监", "S", 9))
    first = commit(plan([Demand("市监", take="100%"), Demand("消防", take="100%")]), enterprises)
    record = draw(first, enterprises, seed=SEED).record
    commitment = commit(staffing_plan(record), enterprises, inspectors, of=record)
    drawn = draw(commitment, enterprises, inspectors, seed=OTHER_SEED, of=record)
    return Published(drawn.record, enterprises, inspectors, record, OTHER_SEED)


RECORDS: Final[dict[str, Callable[[], Published]]] = {"dealt": dealt, "short": short, "later": later, "mended": mended}
