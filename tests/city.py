"""A city of 100,000 enterprises and two plans over it, made by a written rule: the same on every machine.

Ids begin with the district, so the register's order is not blind to what the plans read; everything else about an
enterprise follows from the SHA-256 of its serial number.
"""

import hashlib
from functools import cache
from typing import Final

import numpy as np
from attrs import frozen

from districts import plan
from dual_random.cells import department_names
from dual_random.joint import Meeting, meet
from dual_random.marks import Numbers, Whole
from dual_random.plans import Demand, JointRule
from dual_random.populations import Codes, Populations, populations
from dual_random.registers import Register
from dual_random.replays import Tickets
from dual_random.schemes import DEFAULT, label_key
from dual_random.spreading import Lots
from dual_random.tickets import Words
from memberships import resolved

ENTERPRISES: Final = 100_000
DISTRICTS: Final = ("江北", "海曙", "鄞州", "镇海", "北仑", "奉化", "慈溪", "余姚")
TRADES: Final = ("餐饮", "零售", "制造", "化工", "建筑", "服务")
COLUMNS: Final = ("district", "trade", "risk", "premises", "status")

DEMANDS: Final = (
    Demand("市监", unless={"status": "注销"}, by="risk", take={"A": "1%", "B": "3%", "C": "6%", "D": "15%"}),
    Demand("市监 广告", department="市监", where={"trade": ["餐饮", "零售"]}, by="district", take=900),
    Demand("消防", where={"premises": "是"}, by="district", take="4%"),
    Demand("环保", where={"trade": ["制造", "化工"]}, by="risk", take={"A": "2%", "B": "3%", "C": "5%", "D": "10%"}),
    Demand("卫健", where={"trade": ["餐饮", "服务"]}, take="5%"),
    Demand("应急", where={"trade": ["制造", "化工", "建筑"]}, by=("trade", "risk"), take="4%"),
    Demand("人社", by="trade", take="2%"),
    Demand("税务", where={"trade": "建筑", "premises": "是"}, follow="市监"),
)
TWINS: Final = tuple(Demand(name, by=("district", "trade", "risk"), take="4%") for name in "甲乙丙丁")


@frozen(eq=False)
class Round:
    """A plan over the city: who may be drawn, and how many."""

    groups: Populations
    numbers: Numbers
    departments: tuple[str, ...]

    def stratum(self, place: int) -> Codes:
        """For each row the number of its stratum of a demand, -1 outside; a follower's are those of what it follows."""
        own = self.groups.demands[place]
        inside = own.stratum[self.groups.profile] >= 0
        return np.where(inside, self.groups.demands[self.source(place)].stratum[self.groups.profile], -1)

    def source(self, place: int) -> int:
        """The place of the demand whose numbers decide: a follower's is what it follows."""
        names = [population.demand.name for population in self.groups.demands]
        own = self.groups.demands[place].demand
        return names.index(own.follow or own.name)

    def cell(self) -> Codes:
        """For each row a number of its cell: rows that are alike for every demand have the same one."""
        known: dict[tuple[int, ...], int] = {}
        strata = zip(*(population.stratum.tolist() for population in self.groups.demands), strict=True)
        return np.array([known.setdefault(own, len(known)) for own in strata], dtype=np.intp)[self.groups.profile]


# ---- the register


def _enterprise(serial: int) -> tuple[str, ...]:
    lot = hashlib.sha256(str(serial).encode()).digest()
    place = serial * len(DISTRICTS) // ENTERPRISES
    return (
        f"3302{place:02d}{serial:06d}{lot[0] % 16:X}",
        DISTRICTS[place],
        TRADES[lot[1] % len(TRADES)],
        "AAAAAAABBBBBBCCCCCDD"[lot[2] % 20],
        "是" if lot[3] < 150 else "否",
        "注销" if lot[4] < 8 else "存续",
        lot.hex(),
    )


@cache
def table() -> tuple[tuple[str, ...], ...]:
    """The columns of the city, the ids first, in the order in which they are handed in: by lot."""
    rows = sorted(map(_enterprise, range(ENTERPRISES)), key=lambda row: row[-1])
    return tuple(zip(*(row[:-1] for row in rows), strict=True))


@cache
def enterprises() -> Register:
    """The register of the city."""
    return Register(dict(zip(("id", *COLUMNS), table(), strict=True)), id="id", columns=COLUMNS)


@cache
def ids() -> tuple[str, ...]:
    """All ids, in the order of the register."""
    return tuple(enterprises())


@cache
def city() -> Round:
    """Seven departments, eight demands: own populations and strata, one department with two demands, one follower."""
    return _round(DEMANDS)


@cache
def twins() -> Round:
    """Four departments that draw the same numbers from the same strata, which are the cells."""
    return _round(TWINS)


def _round(demands: tuple[Demand, ...]) -> Round:
    groups = populations(plan(demands), enterprises())
    return Round(groups, resolved(groups), department_names(groups))


# ---- draws


@frozen(eq=False)
class Drawn:
    """All tickets of a draw: first words, a row's whole ticket and id, and the lots of departments in a cell."""

    words: Words
    whole: Whole
    lots: Lots


def key(number: int) -> str:
    """The key of a draw of the fixed list: 1, 2, 3, …; none is left out and none is tried again."""
    return label_key(DEFAULT, "joint fairness", f"fairness-{number:02d}")


@cache
def tickets(number: int) -> Drawn:
    """The tickets of a draw of the list."""
    made = Tickets(DEFAULT, key(number), enterprises())
    return Drawn(made.words, made.whole, made.of_departments)


def meeting(planned: Round, rule: JointRule, drawn: Drawn) -> Meeting:
    """The visits of a draw."""
    return meet(planned.groups, planned.numbers, rule, drawn.words, drawn.whole, drawn.lots)
