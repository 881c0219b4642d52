"""Small districts to draw from: registers, plans, and strategies that make them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeAlias

import pytest
from hypothesis import strategies as st

import oracle
from dual_random.errors import InputError, Note
from dual_random.forms import Take
from dual_random.plans import Demand, JointRule, Plan, SeedSource
from dual_random.registers import Register
from dual_random.schemes import SCHEMES

Rows: TypeAlias = list[dict[str, str]]
District: TypeAlias = tuple[Rows, Plan]

SEED = "05 11 17 22 29 31 + 08"
OTHER_SEED = "05 11 17 22 29 31 + 09"
SOURCE = SeedSource(
    source="双色球", event="2024090期", earliest="2024-08-06T21:15:00+08:00", form="00 00 00 00 00 00 + 00"
)
COLUMNS = ("district", "risk", "status")


def plan(demands: Iterable[Demand], **more: Any) -> Plan:
    """A plan of some demands, everything else filled in."""
    return Plan(
        **{"title": "抽查", "authority": "海曙区", "number": "2024-3", "seed": SOURCE, "demands": demands, **more}
    )


def register(rows: Sequence[Mapping[str, str]], columns: Iterable[str] | None = None) -> Register:
    """A register of rows, the id under "id"."""
    return Register.from_rows(rows, id="id", columns=sorted(set(rows[0]) - {"id"}) if columns is None else columns)


def rows_of(enterprises: Register) -> Rows:
    """The rows of a register, from its published text."""
    head, *lines = enterprises.to_tsv().decode().split("\n")[:-1]
    return [dict(zip(head.split("\t"), line.split("\t"), strict=True)) for line in lines]


def faults(call: Callable[[], object]) -> list[Note]:
    """The faults for which a call is refused; each reads in both languages."""
    with pytest.raises(InputError) as caught:
        call()
    assert all(note.text("en") and note.text("zh") for note in caught.value.faults)
    return list(caught.value.faults)


def named(notes: Iterable[Note]) -> list[tuple[str, str]]:
    """Codes and places."""
    return [(note.code, note.at) for note in notes]


# ---- strategies


@st.composite
def districts(draw: st.DrawFn, *, rows: int = 25, scheme: str | None = None) -> District:
    """A register's rows and a plan that can be committed over it: strata, bounds, followers, barred ones."""
    table = [
        {
            "id": f"企{number}",
            "risk": draw(st.sampled_from(["A", "B", "C", ""])),
            "district": draw(st.sampled_from(["海曙", "鄞州"])),
            "status": draw(st.sampled_from(["存续", "注销", "吊销"])),
        }
        for number in draw(st.lists(st.integers(0, 999), min_size=1, max_size=rows, unique=True))
    ]
    ids = [row["id"] for row in table]
    barred = draw(st.sets(st.sampled_from(ids), max_size=len(ids) // 4))
    names = ["市监", "消防", "环保", "城管"][: draw(st.integers(1, 4))]
    demands: list[Demand] = []
    for name in names:
        made = draw(_demand(name, table, barred, demands))
        demands.append(made)
    return table, plan(
        draw(st.permutations(demands)),
        barred=dict.fromkeys(barred, "已注销"),
        scheme=scheme or draw(st.sampled_from(SCHEMES)),
        joint=draw(joint_rules(table, demands, barred)),
        periods=draw(st.sampled_from([(), (), ("7月",), ("7月", "8月", "9月")])),
    )


@st.composite
def joint_rules(draw: st.DrawFn, table: Rows, demands: Sequence[Demand], barred: set[str]) -> JointRule:
    """Any joint rule; a target only where two departments can meet, as a commitment wants it."""
    member = oracle.membership(plan(demands, barred=dict.fromkeys(barred, "x")).to_dict(), table)
    department = {demand.name: demand.department for demand in demands}
    meet = any(len({department[name] for name in strata}) > 1 for strata in member.values())
    return JointRule(
        at_least=draw(st.sampled_from([None, "1%", "49.60%", "3/4", "9/10", "1"])) if meet else None,
        of=draw(st.sampled_from(["visits", "checks"])),
        reach=draw(st.sampled_from(["nested", "spread", "extra", "extra"])),
        most_departments=draw(st.sampled_from([None, None, 1, 2, 3])),
    )


@st.composite
def _demand(draw: st.DrawFn, name: str, table: Rows, barred: set[str], before: list[Demand]) -> Demand:
    department = draw(st.sampled_from([name, "市监", "部"]))
    rules: dict[str, Any] = {"name": name, "department": department}
    rules["where"] = draw(
        st.sampled_from([{}, {"status": ["存续", "注销"]}, {"district": "海曙"}, {"risk": ["A", ""]}])
    )
    rules["unless"] = draw(st.sampled_from([{}, {"status": "吊销"}, {"risk": "C", "district": "鄞州"}]))
    leads = [demand.name for demand in before if not demand.follow]
    rules["follow"] = draw(st.sampled_from(["", "", *leads]))
    if not rules["follow"]:
        rules["by"] = draw(st.sampled_from([(), ("risk",), ("status", "risk"), ("risk", "status")]))
    sizes = _sizes(rules, table, barred, before)
    if not sizes:
        rules |= {"where": {}, "unless": {}}
        sizes = _sizes(rules, table, barred, before)
    return Demand(**rules, **({} if rules["follow"] else draw(_numbers(sizes))))


def _sizes(rules: dict[str, Any], table: Rows, barred: set[str], before: list[Demand]) -> dict[tuple[str, ...], int]:
    take: dict[str, Any] = {} if rules["follow"] else {"take": 0}
    data = plan([*before, Demand(**rules, **take)], barred=dict.fromkeys(barred, "x")).to_dict()
    member = oracle.membership(data, table)
    inside = [strata[rules["name"]] for strata in member.values() if rules["name"] in strata]
    return {stratum: inside.count(stratum) for stratum in inside}


@st.composite
def _numbers(draw: st.DrawFn, sizes: dict[tuple[str, ...], int]) -> dict[str, Any]:
    """Takes and bounds that can be met in strata of these sizes."""
    rate = st.sampled_from(["0%", "1%", "7/100", "1/3", "50%", "100%"])
    kind = draw(st.sampled_from(["rate", "total", "table"]))
    if kind == "rate":
        low = draw(st.integers(0, 3))
        high = draw(st.sampled_from([None, low, low + 2]))
        rounding = draw(st.sampled_from(["up", "down"]))
        return {"take": draw(rate), "rounding": rounding, "at_least": low, "at_most": high}
    if kind == "total":
        low = draw(st.integers(0, 2))
        least = sum(min(low, size) for size in sizes.values())
        return {"take": draw(st.integers(least, sum(sizes.values()))), "at_least": low}
    table: list[tuple[tuple[str, ...], Take]] = [
        (stratum, draw(st.one_of(rate, st.integers(0, size)))) for stratum, size in sizes.items()
    ]
    return {"take": table}
