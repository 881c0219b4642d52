"""A synthetic district, its inspectors and its plans, made without a random generator: to try everything, to measure.

Every value is cut from the hash of a counter or an id, so the district is the same on every machine, and a longer one
begins with a shorter one. No such enterprise exists: the organisation codes are the ones that GB 11714 sets aside
(`dual_random.uscc.organisation_code`), in a region of no province. Shares and rates are of the size that real registers
and published plans show.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from hashlib import sha256
from itertools import accumulate
from types import MappingProxyType
from typing import Final, TypeAlias

from dual_random.errors import InputError, Note
from dual_random.plans import Plan
from dual_random.registers import Register
from dual_random.team_rules import Recusal
from dual_random.text import shown
from dual_random.uscc import make

Shares: TypeAlias = Mapping[str, int]

SIZE: Final = 24_000
SEED: Final = "05 11 17 22 29 31 + 08"
DEPARTMENTS: Final[Mapping[str, str]] = {
    "市监": "market supervision",
    "消防": "fire safety",
    "生态环境": "environment",
    "应急管理": "emergency management",
    "卫健": "health",
    "住建": "housing and construction",
    "文旅": "culture and tourism",
    "人社": "human resources",
    "综合执法": "urban administration",
}

_FIRE: Final = ["C", "F", "H", "P", "Q", "R"]
_NOTHING: Final[Mapping[str, object]] = MappingProxyType({})
_MOST: Final = 99_999
_REGION: Final = "990099"
_WHOLE: Final = 10_000  # shares are of ten thousand


class _Wheel:
    """Values with their shares; a number from 0 to 9,999 picks one."""

    def __init__(self, shares: Shares) -> None:
        self._values = tuple(shares)
        self._ends = tuple(accumulate(shares.values()))

    def pick(self, number: int) -> str:
        return self._values[bisect_right(self._ends, number)]


def _some(share: int) -> _Wheel:
    return _Wheel({"yes": share, "no": _WHOLE - share})


_CATEGORY: Final = _Wheel({"91": 4800, "92": 5000, "93": 200})
_RISK: Final = _Wheel({"A": 4500, "B": 3500, "C": 1500, "D": 500})
_STATUS: Final = _Wheel({"存续": 9000, "注销": 500, "吊销": 200, "异常": 300})
_STREET: Final = _Wheel(
    {"中街": 2200, "东街": 1700, "西街": 1500, "南街": 1300, "北街": 1100, "河埠": 900, "桥头": 800, "山前": 500}
)
_STAFF: Final = _Wheel({"1-9": 7000, "10-49": 2200, "50-": 800})
_INDUSTRY: Final = _Wheel(  # sections of GB/T 4754
    {
        "A": 150, "B": 10, "C": 1400, "D": 30, "E": 600, "F": 3800, "G": 350, "H": 1200, "I": 350, "J": 40,
        "K": 250, "L": 700, "M": 350, "N": 40, "O": 450, "P": 80, "Q": 80, "R": 120,
    }
)  # fmt: skip
# What goes with an industry, and how often; "" stands for all others.
_FOOD: Final = {"F": _some(1800), "H": _some(9000), "P": _some(5000), "": _some(50)}
_CROWDED: Final = {
    "F": _some(400),
    "H": _some(3000),
    "P": _some(9000),
    "Q": _some(6000),
    "R": _some(8000),
    "": _some(100),
}
_CHEMICALS: Final = {"C": _some(500), "F": _some(150), "G": _some(300), "": _some(20)}
_BOILER: Final = {"C": _some(1500), "H": _some(500), "Q": _some(3000), "": _some(50)}


def district(size: int = SIZE) -> Register:
    """The synthetic district's register of enterprises (检查对象名录库).

    Args:
        size: how many enterprises, from 1 to 99,999: so many codes belong to nobody.

    Returns:
        A register with valid unified social credit identifiers as ids, and nine columns: risk, industry (sections of
        GB/T 4754), status, street, staff, and yes or no for food, crowded, chemicals, boiler.

    Raises:
        InputError: another size.

    >>> len(district(100))
    100
    >>> list(district(3))[0]
    '91990099PDY00001X7'
    """
    return Register(table(size), id="uscc", columns=COLUMNS)


COLUMNS: Final = ("boiler", "chemicals", "crowded", "food", "industry", "risk", "staff", "status", "street")


def table(size: int = SIZE) -> dict[str, list[str]]:
    """The same district as columns of text, the ids in the column ``uscc``; raises as `district`."""
    if not isinstance(size, int) or isinstance(size, bool) or not 1 <= size <= _MOST:
        raise InputError([Note("demo-size", "size", {"value": shown(size), "most": _MOST})])
    rows = [_row(number) for number in range(1, size + 1)]
    return {name: list(cells) for name, cells in zip(("uscc", *COLUMNS), zip(*rows, strict=True), strict=True)}


def _row(number: int) -> tuple[str, ...]:
    draws = _numbers("demo", number)
    industry = _INDUSTRY.pick(draws[1])
    return (
        make(_CATEGORY.pick(draws[0]), _REGION, f"PDY{number:05d}"),
        _of(_BOILER, industry).pick(draws[2]),
        _of(_CHEMICALS, industry).pick(draws[3]),
        _of(_CROWDED, industry).pick(draws[4]),
        _of(_FOOD, industry).pick(draws[5]),
        industry,
        _RISK.pick(draws[6]),
        _STAFF.pick(draws[7]),
        _STATUS.pick(draws[8]),
        _STREET.pick(draws[9]),
    )


def _of(wheels: Mapping[str, _Wheel], industry: str) -> _Wheel:
    return wheels.get(industry) or wheels[""]


def _numbers(what: str, name: object) -> Sequence[int]:
    """Ten numbers from 0 to 9,999, from 24 bits each of the hash of a name."""
    bits = sha256(f"dual-random {what}\n{name}".encode()).digest()
    return [int.from_bytes(bits[i : i + 3], "big") * _WHOLE >> 24 for i in range(0, 30, 3)]


# ---- inspectors


_PEOPLE: Final[Mapping[str, int]] = {"市监": 50, "消防": 24, "生态环境": 8, "人社": 8}
_FEW: Final = 6  # in each of the other departments
_RANK: Final = _Wheel({"senior": 6000, "officer": 4000})
_LOAD: Final = _Wheel({str(load): 1000 for load in range(10)})
_CERTIFICATE: Final = {  # who may see to boilers may see to all else
    "市监": _Wheel({"valid": 7500, "boiler": 2000, "expired": 500}),
    "": _Wheel({"valid": 9500, "expired": 500}),
}


def inspectors() -> Register:
    """The synthetic district's register of inspectors (执法检查人员名录库): 120 people of nine departments.

    Returns:
        A register with ids such as ``"P-市监-001"`` and five columns: department, rank (senior, officer), certificate
        (valid, boiler, expired), street (where somebody is stationed) and load (visits made before).

    >>> inspectors()
    Register(120 rows: certificate, department, load, rank, street)
    >>> inspectors().value("P-市监-001", "street")
    '山前'
    """
    return Register(inspector_table(), id="id", columns=INSPECTOR_COLUMNS)


INSPECTOR_COLUMNS: Final = ("certificate", "department", "load", "rank", "street")


def inspector_table() -> dict[str, list[str]]:
    """The same people as columns of text, the ids in the column ``id``."""
    counts = {department: _PEOPLE.get(department, _FEW) for department in DEPARTMENTS}
    rows = [_person(name, number) for name, count in counts.items() for number in range(1, count + 1)]
    return {name: list(cells) for name, cells in zip(("id", *INSPECTOR_COLUMNS), zip(*rows, strict=True), strict=True)}


def _person(department: str, number: int) -> tuple[str, ...]:
    name = f"P-{department}-{number:03d}"
    draws = _numbers("demo inspector", name)
    return (
        name,
        _of(_CERTIFICATE, department).pick(draws[0]),
        department,
        _LOAD.pick(draws[1]),
        _RANK.pick(draws[2]),
        _STREET.pick(draws[3]),
    )


# ---- plans


def plan() -> Plan:
    """The synthetic district's plan of a quarter: ten demands of nine departments, with rates as real plans have them.

    One number (200 boilers) suits districts from 8,000 enterprises on; all else is rates.

    >>> len(plan().demands), len({demand.department for demand in plan().demands})
    (10, 9)
    """
    return Plan.from_dict(plan_data())


def plan_data() -> dict[str, object]:
    """The same plan as it is written in a file: plain data for JSON, YAML or TOML."""
    return {
        "title": "示范区2024年第三季度部门联合抽查",
        "authority": "示范区“双随机、一公开”联席会议",
        "number": "2024-3",
        "seed": {
            "source": "示范彩票",
            "event": "2024090期",
            "earliest": "2024-08-06T21:15:00+08:00",
            "form": "00 00 00 00 00 00 + 00",
            "substitute": "2024091期",
        },
        "demands": [
            _demand("市监", by="risk", take={"A": "1%", "B": "3%", "C": "12%", "D": "50%"}),
            _demand("市监·特种设备", department="市监", where={"boiler": "yes"}, take=200),
            _demand("消防", where={"industry": _FIRE}, by="risk", take={"A": "1%", "B": "3%", "C": "10%", "D": "30%"}),
            _demand("生态环境", where={"industry": ["C", "D"]}, by="risk", take="5%", at_least=10),
            _demand("应急管理", where={"chemicals": "yes"}, by="risk", take="30%", at_least=2),
            _demand("卫健", where={"industry": ["H", "O", "Q"]}, by="risk", take="3%", at_least=5),
            _demand("住建", where={"industry": "E"}, by="street", take="10%", rounding="down"),
            _demand("文旅", where={"industry": ["H", "R"], "crowded": "yes"}, take="10%"),
            _demand("人社", unless={"staff": "1-9"}, by="risk", take={"A": "1%", "B": "3%", "C": "5%", "D": "10%"}),
            {"name": "综合执法", "follow": "市监", "where": {"food": "yes", "industry": "H"}},
        ],
        "joint": {"at_least": "49.60%", "of": "visits", "reach": "extra"},
        "periods": ["7月", "8月", "9月"],
    }


def _demand(name: str, *, where: Mapping[str, object] = _NOTHING, **rules: object) -> dict[str, object]:
    """A demand among the active enterprises."""
    return {"name": name, "where": {"status": "存续", **where}, **rules}


# ---- the plan with teams


def staffed_plan() -> Plan:
    """The same plan with rules of teams: who of `inspectors` goes.

    A visit of 市监 has a leader, somebody who is stationed in the enterprise's street, and a boiler specialist where
    boilers are checked; a visit of 消防 a leader and a member; every other one two members. All certificates are valid.
    The limits leave little room; only that of the small departments may be raised.

    >>> staffed_plan().inspector_columns
    ('certificate', 'department', 'load', 'rank', 'street')
    """
    return Plan.from_dict(staffed_plan_data())


def staffed_plan_data() -> dict[str, object]:
    """The plan with teams as it is written in a file."""
    return {**plan_data(), "number": "2024-4", "teams": teams_data()}


def teams_data() -> list[dict[str, object]]:
    """The rules of teams as they are written in a file."""
    any_valid, shared = ["valid", "boiler"], {"carried": "load", "rotate": True}
    supervision = [
        {"name": "leader", "where": {"rank": "senior", "certificate": any_valid}},
        {"name": "local", "where": {"certificate": any_valid}, "same": {"street": "street"}},
        {"name": "boiler", "where": {"certificate": "boiler"}, "only_for": "市监·特种设备"},
    ]
    fire = [
        {"name": "leader", "where": {"rank": "senior", "certificate": "valid"}},
        {"name": "member", "where": {"certificate": "valid"}},
    ]
    others = [{"name": "member", "count": 2, "where": {"certificate": "valid"}}]
    return [
        {"department": "市监", "slots": supervision, "most": 80, "most_per_period": 26, **shared},
        {"department": "消防", "slots": fire, "most": 66, "most_per_period": 26, **shared},
        {"slots": others, "most": 60, "relief": True, **shared},
    ]


_RECUSALS: Final = (  # inspector, number of the enterprise or 0, period, reason
    ("P-市监-005", 28, "", "配偶在该单位任职"),
    ("P-消防-009", 28, "", "曾在该单位任职，离职未满三年"),
    ("P-卫健-004", 9, "", "与该单位有债务纠纷"),
    ("P-市监-029", 0, "8月", "年休假"),
    ("P-消防-018", 0, "7月", "参加业务培训"),
    ("P-住建-006", 0, "9月", "产假"),
    ("P-市监-046", 0, "", "已调离执法岗位"),
)


def recusals() -> tuple[Recusal, ...]:
    """Who of `inspectors` may not go where, or when (回避、请假): kinship, debts, leave, a transfer.

    They name enterprises that every `district` of 28 or more has.

    >>> [each.reason for each in recusals() if each.inspector == "P-市监-029"]
    ['年休假']
    """
    return tuple(
        Recusal(inspector, _row(number)[0] if number else "", period, reason=reason)
        for inspector, number, period, reason in _RECUSALS
    )
