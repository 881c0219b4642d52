"""A synthetic district's year, made without a random generator: 32 departments, their needs, plans, people, scenes.

The counts are those that a real district reported for 2023: 32 departments, 20,535 double-random checks, a rate of
49.60 % joint ones. All else is ours: the enterprises (`dual_random.demo.district`), who looks at whom, what is related
to what, and how intensely each department checks. The intensities were chosen so that drawing by common tickets alone
does not reach 49.60 % and the draw has to go further; the numbers follow from them by Webster's divisors, so that they
add up to any total exactly.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType
from typing import Final, NamedTuple

from attrs import evolve

from dual_random import demo
from dual_random.allocation import webster
from dual_random.cycle.needs import Need
from dual_random.cycle.rounds import Merged, Round
from dual_random.plans import Demand, JointRule, Plan, SeedSource
from dual_random.populations import populations
from dual_random.registers import Register

YEAR: Final = 2023
SIZE: Final = 30_000
CHECKS: Final = 20_535  # double-random ones
INSPECTIONS: Final = 30_102  # all
TARGET: Final = Fraction("0.4960")
SEED: Final = demo.SEED
MONTHS: Final = tuple(f"{YEAR}-{month:02}" for month in range(1, 13))
AUTHORITY: Final = "示范区“双随机、一公开”联席会议"

_SOURCE: Final = SeedSource(
    source="示范彩票",
    event="2022150期",
    earliest="2022-12-27T21:15:00+08:00",
    form="00 00 00 00 00 00 + 00",
    substitute="2022151期",
)
_RISK: Final[Mapping[str, int]] = {"A": 2, "B": 3, "C": 4, "D": 6}  # D is checked three times as often as A
_ALL_ALIKE: Final = 3
_FINE: Final = 100  # shares by divisors are never above their weights, so these stand far above all numbers
_YEARLY: Final = 80  # checks a year for which a department has a person
_CREW: Final = 6  # people of the smallest department

_LARGER: Final[Mapping[str, Sequence[str]]] = {"staff": ["10-49", "50-"]}
_NO_CONDITION: Final[Mapping[str, Sequence[str]]] = MappingProxyType({})


class _Branch(NamedTuple):
    """A department: its gloss, whom it looks at, at what, how intensely, and whether it uses risk classes."""

    gloss: str
    items: tuple[str, ...]
    where: Mapping[str, Sequence[str]]
    intensity: int
    risk: bool = True


_BRANCHES: Final[Mapping[str, _Branch]] = {
    "市监": _Branch(
        "market supervision",
        ("登记事项", "食品安全", "特种设备", "产品质量", "价格收费", "计量器具"),
        _NO_CONDITION,
        146,
    ),
    "税务": _Branch("taxation", ("纳税申报",), _NO_CONDITION, 62, risk=False),
    "消防": _Branch("fire safety", ("消防通道", "消防设施"), {"industry": ["H", "P", "Q", "R"]}, 70),
    "人社": _Branch("human resources", ("劳动用工",), _LARGER, 25),
    "卫健": _Branch("health", ("公共卫生",), {"industry": ["H", "O", "Q"]}, 35),
    "生态环境": _Branch("environment", ("污染防治",), {"industry": ["C", "D"]}, 40),
    "应急管理": _Branch("emergency management", ("安全生产",), {"industry": ["B", "C"]}, 45),
    "住建": _Branch("housing and construction", ("工程质量",), {"industry": ["E"]}, 90),
    "文旅": _Branch("culture and tourism", ("文化经营",), {"industry": ["H", "R"], "crowded": ["yes"]}, 45),
    "综合执法": _Branch("urban administration", ("市容环卫",), {"industry": ["H", "O"]}, 40),
    "公安": _Branch("public security", ("治安防范",), {"crowded": ["yes"]}, 35, risk=False),
    "交通运输": _Branch("transport", ("道路运输",), {"industry": ["G"]}, 90),
    "农业农村": _Branch("agriculture", ("农资经营",), {"industry": ["A"]}, 90),
    "商务": _Branch("commerce", ("预付卡",), {"industry": ["F"], **_LARGER}, 30),
    "教育": _Branch("education", ("校外培训",), {"industry": ["P"]}, 90, risk=False),
    "民政": _Branch("civil affairs", ("养老服务",), {"industry": ["Q"]}, 60, risk=False),
    "司法": _Branch("justice", ("法律服务",), {"industry": ["L"], **_LARGER}, 30, risk=False),
    "财政": _Branch("finance", ("代理记账",), {"industry": ["L"]}, 25),
    "统计": _Branch("statistics", ("统计数据",), {"staff": ["50-"]}, 20, risk=False),
    "自然资源": _Branch("natural resources", ("用地用矿",), {"industry": ["B", "E", "K"]}, 25),
    "发改": _Branch("development and reform", ("节能",), {"industry": ["C", "D"], "staff": ["50-"]}, 50),
    "经信": _Branch("industry and information", ("软件企业",), {"industry": ["I"]}, 30),
    "科技": _Branch("science and technology", ("科研资质",), {"industry": ["I", "M"]}, 20, risk=False),
    "烟草": _Branch("tobacco", ("卷烟零售",), {"industry": ["F"]}, 40),
    "医保": _Branch("medical insurance", ("医保基金",), {"industry": ["Q"]}, 60),
    "民宗": _Branch("ethnic and religious affairs", ("清真食品",), {"industry": ["H"], "food": ["yes"]}, 5, risk=False),
    "新闻出版": _Branch("press and publication", ("出版物经营",), {"industry": ["R"]}, 40, risk=False),
    "金融": _Branch("local finance", ("地方金融组织",), {"industry": ["J"]}, 90),
    "邮政": _Branch("postal services", ("寄递安全",), {"industry": ["G"], **_LARGER}, 60, risk=False),
    "人防": _Branch("civil air defence", ("人防工程",), {"industry": ["K"]}, 30, risk=False),
    "水利": _Branch("water resources", ("取水许可",), {"industry": ["C", "D", "E"]}, 20, risk=False),
    "气象": _Branch("meteorology", ("防雷装置",), {"chemicals": ["yes"]}, 60, risk=False),
}
_SEASON: Final = (f"{YEAR}-04-01", f"{YEAR}-09-30")  # floods and thunderstorms
_SEASONAL: Final = ("水利", "气象")

DEPARTMENTS: Final[Mapping[str, str]] = {name: branch.gloss for name, branch in _BRANCHES.items()}
SCENES: Final[Mapping[str, tuple[str, ...]]] = {  # 监管一件事
    "餐饮": ("食品安全", "公共卫生", "消防通道", "市容环卫", "清真食品"),
    "文体娱乐": ("价格收费", "文化经营", "治安防范", "消防设施", "出版物经营"),
    "工业企业": ("特种设备", "安全生产", "污染防治", "节能", "劳动用工"),
    "建设工程": ("产品质量", "工程质量", "用地用矿", "人防工程"),
    "交通物流": ("计量器具", "道路运输", "寄递安全"),
    "商业零售": ("价格收费", "卷烟零售", "预付卡", "农资经营"),
    "学校医养": ("食品安全", "校外培训", "养老服务", "医保基金"),
    "专业服务": ("登记事项", "法律服务", "代理记账", "统计数据", "软件企业", "科研资质", "地方金融组织"),
    "汛期安全": ("取水许可", "防雷装置"),
}


def year_enterprises(size: int = SIZE) -> Register:
    """The enterprises of the year: a longer `dual_random.demo.district`.

    Args:
        size: how many; numbers of needs and plans fit to any size from 25,000 on.
    """
    return demo.district(size)


# ---- needs


def year_needs(enterprises: Register, *, total: int = CHECKS) -> tuple[Need, ...]:
    """The single-department plans of all 32 departments, one each; they draw `total` checks in all, exactly.

    Shared by `webster` in proportion to enterprises × intensity of the department × weight of the risk class. Two
    departments come in the season of floods and thunderstorms only, the others all year.

    Args:
        enterprises: the register of the year.
        total: checks of all departments together.

    Raises:
        InputError: a register without the columns, a total that is no count.

    >>> needs = year_needs(year_enterprises())
    >>> len(needs), sum(number for need in needs for _, number in need.demand.take)
    (32, 20535)
    >>> needs[0].demand.take
    ((('A',), 3116), (('B',), 3592), (('C',), 2030), (('D',), 1026))
    """
    empty = {name: _demand(name, 0) for name in _BRANCHES}
    probe = Plan(title="-", authority="-", number="-", seed=_SOURCE, demands=empty.values())
    weights: dict[str, int] = {}
    for name, own in zip(_BRANCHES, populations(probe, enterprises).demands, strict=True):
        for stratum, size in zip(own.strata, own.sizes, strict=True):
            risk = _RISK[stratum[0]] if stratum else _ALL_ALIKE
            weights[_key(name, *stratum)] = _FINE * size * _BRANCHES[name].intensity * risk
    numbers = webster(total, weights)
    return tuple(_need(name, numbers) for name in _BRANCHES)


def _key(name: str, risk: str = "") -> str:
    return f"{name}/{risk}"


def _need(name: str, numbers: Mapping[str, int]) -> Need:
    branch = _BRANCHES[name]
    take = {risk: numbers[_key(name, risk)] for risk in _RISK} if branch.risk else numbers[_key(name)]
    starts, ends = _SEASON if name in _SEASONAL else (f"{YEAR}-01-01", f"{YEAR}-12-31")
    return Need(_demand(name, take), items=branch.items, starts=starts, ends=ends)


def _demand(name: str, take: Mapping[str, int] | int) -> Demand:
    branch = _BRANCHES[name]
    return Demand(name, where={"status": ["存续"], **branch.where}, by="risk" if branch.risk else (), take=take)


# ---- plans


def year_plans(merged: Merged, *, at_least: Fraction = TARGET) -> tuple[Plan, ...]:
    """A plan for each round, with a period for each month, numbered 2023-1, 2023-2, …

    The target holds for all checks of the year together, but a plan can only promise its own. So the round with the
    most checks gets the target of all: what joint checks it needs if no other plan had any. What the others bring comes
    on top.

    Args:
        merged: the needs, merged by `SCENES`.
        at_least: the joint-sampling rate of all checks (按次).

    Raises:
        InputError: a rate that the largest plan could not reach if all of its checks were joint.

    >>> from dual_random.cycle.merging import merge
    >>> enterprises = year_enterprises()
    >>> for plan in year_plans(merge(year_needs(enterprises), enterprises, related=SCENES.values())):
    ...     print(plan.number, len(plan.demands), len(plan.periods), plan.joint.at_least)
    2023-1 29 12 5093/7904
    2023-2 1 12 None
    2023-3 2 6 None
    """
    total = merged.before
    needed = -(-at_least.numerator * total // at_least.denominator)
    largest = max(merged.rounds, key=lambda each: each.separate)
    share = Fraction(needed, largest.separate)
    return tuple(_plan(merged, each, share if each is largest else None) for each in merged.rounds)


def _plan(merged: Merged, each: Round, share: Fraction | None) -> Plan:
    title = f"示范区{YEAR}年度{each.lead}{'牵头部门联合' if each.joint else ''}抽查"
    plan = merged.plan(each.number, title=title, authority=AUTHORITY, number=f"{YEAR}-{each.number}", seed=_SOURCE)
    joint = JointRule(at_least=share, of="checks", reach="extra")
    months = [month for month in MONTHS if each.starts[:7] <= month <= each.ends[:7]]
    return evolve(plan, joint=joint, periods=months, substitution=True)


# ---- people


def year_inspectors(needs: Sequence[Need]) -> Register:
    """The people of all departments: one for each 80 checks of the year, six at the least.

    >>> year_inspectors(year_needs(year_enterprises()))
    Register(364 rows: department)
    """
    rows = [(f"P-{need.department}-{number:03}", need.department) for need in needs for number in _staff(need)]
    return Register(
        {"id": [name for name, _ in rows], "department": [own for _, own in rows]}, id="id", columns=["department"]
    )


def _staff(need: Need) -> range:
    drawn = sum(take for _, take in need.demand.take if isinstance(take, int))
    return range(1, max(_CREW, drawn // _YEARLY) + 1)
