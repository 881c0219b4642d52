"""Supplementary plans (补充抽查): who was missing, and what a plan for them owes to the draw that left them out.

Enterprises that no register held had no chance. Nothing is redrawn for them: they get a draw of their own, with a seed
of its own, that names the record whose register lacked them. Whoever was in that register has had a chance, and would
have a second one.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from dual_random.commitments import Allocation, Commitment, StratumSize
from dual_random.errors import Note
from dual_random.forms import kind_faults, refuse
from dual_random.plain import to_plain
from dual_random.plans import Demand, Plan
from dual_random.populations import stratum_key
from dual_random.records import Record
from dual_random.registers import Register
from dual_random.teams import rows_of
from dual_random.text import json_bytes

_RULES: Final = ("department", "where", "unless", "by", "at_least", "at_most", "rounding", "follow")


def missing(earlier: Register, register: Register) -> Register:
    """The enterprises of a register that an earlier one lacked: whom a supplementary plan draws from.

    Only the ids decide: whoever was in the earlier register, with whatever values, had a place in that draw.

    Args:
        earlier: the register of the record that is supplemented.
        register: a register that holds those who were missing, perhaps with everybody else.

    Returns:
        Their rows, with the columns of `register`; what was kept out of that register is not in it, and not listed.

    Raises:
        InputError: what is no register.

    >>> before = Register({"id": ["E1", "E2"]}, id="id", columns=[])
    >>> now = Register({"id": ["E3", "E2", "E0"], "risk": ["A", "B", "C"]}, id="id", columns=["risk"])
    >>> list(missing(before, now)), missing(before, now).value("E3", "risk")
    (['E0', 'E3'], 'A')
    """
    refuse(kind_faults(earlier, Register, "earlier") + kind_faults(register, Register, "register"))
    rows = (rows_of(earlier, list(register)) < 0).nonzero()[0]
    table: dict[str, list[str]] = {"id": register.ids_at(rows)}
    for column in register.columns:
        codes, values = register.codes(column)
        table[column] = [values[code] for code in codes[rows].tolist()]
    return Register(table, id="id", columns=register.columns, alike=True)


def shared(names: Sequence[str], register: Register) -> list[str]:
    """The ids that a register holds, in their order."""
    return [names[place] for place in (rows_of(register, names) >= 0).nonzero()[0].tolist()]


def supplement_faults(record: Record, enterprises: Register) -> list[Note]:
    """Why a draw from a register cannot supplement a record: it visits some of them, or it drew nobody itself."""
    plan = record.commitment.plan
    if plan.staffs:
        return [Note("supplements-staffing", "supplements", {"digest": plan.staffs})]
    substitutes = [name for amendment in record.amendments for _, name in amendment.substitutes]
    return [
        Note("supplement-visited", f"enterprises.{name}", {"enterprise": name})
        for name in shared(list(dict.fromkeys([*record.enterprises, *substitutes])), enterprises)
    ]


# ---- the same chances


def supplement_notices(plan: Plan, allocation: Sequence[Allocation], earlier: Commitment) -> list[Note]:
    """Where those who were missing are drawn by other rules, or with other chances, than those who were not.

    A number is right if it is the earlier chance n/N times the size of the stratum, rounded up or down. Where rule and
    rate are the same nothing is compared: then both numbers come from one rule.
    """
    before = {demand.name: demand for demand in earlier.plan.demands}
    now = {demand.name: demand for demand in plan.demands}
    notes = [Note("supplement-without", "demands", {"demand": name}) for name in before if name not in now]
    own, other = _sizes(allocation), _sizes(earlier.allocation)
    for i, demand in enumerate(plan.demands):
        if demand.name not in before:
            notes.append(Note("supplement-further", f"demands[{i}]", {"demand": demand.name}))
            continue
        differing = list(_differing(demand, before[demand.name], f"demands[{i}]"))
        notes += differing
        if not differing:
            pair = own.get(demand.name, {}), other.get(demand.name, {})
            notes += _chances(demand, before[demand.name], *pair, f"demands[{i}].take")
    return notes


def _sizes(allocation: Sequence[Allocation]) -> dict[str, dict[tuple[str, ...], StratumSize]]:
    return {numbers.demand: {size.stratum: size for size in numbers.strata} for numbers in allocation}


def _differing(demand: Demand, before: Demand, at: str) -> Iterator[Note]:
    """The rules beside the numbers in which a demand differs from that of the same name."""
    for name in _RULES:
        ours, theirs = getattr(demand, name), getattr(before, name)
        if ours != theirs:
            told = {"stated": _told(ours), "earlier": _told(theirs)}
            yield Note("supplement-rule-differs", f"{at}.{name}", told)


def _told(value: object) -> str:
    return "–" if value is None else json_bytes(to_plain(value)).decode()


def _chances(
    demand: Demand,
    before: Demand,
    own: Mapping[tuple[str, ...], StratumSize],
    other: Mapping[tuple[str, ...], StratumSize],
    at: str,
) -> Iterator[Note]:
    """Strata whose number is not the earlier chance, up to rounding."""
    rates, earlier = dict(demand.take), dict(before.take)
    for stratum, size in own.items():
        rate = rates.get(stratum, rates.get(()))
        same = not isinstance(rate, int) and rate == earlier.get(stratum, earlier.get(()))
        if same or stratum not in other or _alike(size, other[stratum]):
            continue
        params: dict[str, str | int] = {
            "number": size.number,
            "size": size.population,
            "before": other[stratum].number,
            "of": other[stratum].population,
        }
        yield Note("supplement-chance-differs", f"{at}{stratum_key(stratum) if stratum else ''}", params)


def _alike(size: StratumSize, other: StratumSize) -> bool:
    """Whether a number is what the other stratum's chance gives here, rounded up or down."""
    return abs(size.number * other.population - other.number * size.population) < other.population
