"""The joint draws of a second implementation of the scheme: `joint.json` (nested) and `layouts.json` (all else)."""

import json
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

from attrs import frozen

import oracle
from dual_random.schemes import SCHEMES, Scheme

FOLDER = Path(__file__).parent / "golden" / "dual-random-1"


@frozen
class Case:
    """What goes into a joint draw, and what comes out of it."""

    name: str
    scheme: Scheme
    key: str
    member: oracle.Membership
    numbers: dict[tuple[str, oracle.Stratum], int]
    department: Mapping[str, str]
    follow: Mapping[str, str]
    target: Fraction | None
    of: str
    reach: str
    most: int | None
    visits: Mapping[str, list[str]]  # enterprise -> demands in byte order
    result: Mapping[str, Any]  # all other values: n_visits, joint, checks, met, layout, best, over, …


def stored(file: str) -> dict[Scheme, dict[str, Any]]:
    """What a golden file holds under each hash."""
    data = json.loads((FOLDER / file).read_text("utf-8"))
    return {scheme: data[scheme] for scheme in SCHEMES}


def cases(file: str) -> list[Case]:
    """The cases of a golden file."""
    return [
        _case(f"{file[:-5]}-{scheme[14:]}-{number}", scheme, given["key"], case)
        for scheme, given in stored(file).items()
        for number, case in enumerate(given["cases"])
    ]


def _case(name: str, scheme: Scheme, key: str, case: Mapping[str, Any]) -> Case:
    result = dict(case["result"])
    visits = _ungrouped(result.pop("visits"))
    result["best"] = Fraction(result["best"]) if result["best"] else None
    return Case(
        name=name,
        scheme=scheme,
        key=key,
        member={
            enterprise: {demand: tuple(stratum) for demand, stratum in strata.items()}
            for enterprise, strata in _ungrouped(case["membership"]).items()
        },
        numbers={(demand, tuple(stratum)): number for demand, stratum, number in case["sizes"]},
        department=case["department"],
        follow=case["follow"],
        target=Fraction(case["target"]) if case["target"] else None,
        of=case["of"],
        reach=case.get("reach", "nested"),
        most=case.get("most"),
        visits={enterprise: sorted(demands, key=str.encode) for enterprise, demands in visits.items()},
        result=result,
    )


def _ungrouped(values: Any) -> dict[str, Any]:
    """Enterprise -> value, from such a map or from pairs [value, enterprises]."""
    if isinstance(values, dict):
        return values
    return {enterprise: value for value, enterprises in values for enterprise in enterprises}
