"""A synthetic district and its plan, made without a random generator: to try everything, and to measure.

Every value is cut from the hash of a counter, so the district is the same on every machine, and a longer one begins
with a shorter one. No such enterprise exists: the organisation codes are the ones that GB 11714 sets aside
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
    draws = _numbers(number)
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


def _numbers(number: int) -> Sequence[int]:
    """Ten numbers from 0 to 9,999, from 24 bits each of the hash of a counter."""
    bits = sha256(b"dual-random demo\n%d" % number).digest()
    return [int.from_bytes(bits[i : i + 3], "big") * _WHOLE >> 24 for i in range(0, 30, 3)]


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
