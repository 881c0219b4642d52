"""A literal, slow reading of the scheme `dual-random/1`, sections 2 to 6 (nested, followers), to hold draws against.

Plain Python and hashlib; nothing of the library but its published JSON is used. Written from the text of the scheme,
a sentence at a time, so that an error here and the same error there would have to be made twice.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any, TypeAlias

Row: TypeAlias = Mapping[str, str]
Stratum: TypeAlias = tuple[str, ...]
Membership: TypeAlias = dict[str, dict[str, Stratum]]  # enterprise -> demand -> values of its stratum
Numbers: TypeAlias = Mapping[tuple[str, Stratum], int]
Order: TypeAlias = Callable[[str], object]


# ---- section 0


def canonical(value: object) -> str:
    """Canonical JSON."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def hashed(scheme: str, *lines: str) -> str:
    """H of lines joined by LF."""
    name = {"dual-random/1-sha256": "sha256", "dual-random/1-sm3": "sm3"}[scheme]
    return hashlib.new(name, "\n".join(lines).encode()).hexdigest()


# ---- sections 2 and 3


def key(commitment: Mapping[str, Any], public: str, secrets: Mapping[str, str]) -> str:
    """K of a committed draw; the seed is sealed if the plan has seals."""
    scheme = commitment["plan"].get("scheme", "dual-random/1-sha256")
    seed = public
    if commitment["plan"].get("seals"):
        parties = sorted(secrets, key=str.encode)
        seed = hashed(scheme, scheme, "seed", public, *[line for party in parties for line in (party, secrets[party])])
    return hashed(scheme, scheme, "commitment", hashed(scheme, canonical(commitment)), seed)


def by_ticket(scheme: str, key: str) -> Order:
    """The order of the tickets: lower hex first, equal tickets by id in byte order."""
    return lambda enterprise: (hashed(scheme, key, "target", enterprise), enterprise.encode())


# ---- section 4


def number_of_rate(rate: Fraction, size: int, demand: Mapping[str, Any]) -> int:
    """`rate r` on a stratum of N."""
    exact = rate * size
    number: int = exact.numerator // exact.denominator
    if demand.get("rounding", "up") == "up" and number < exact:
        number += 1
    number = max(number, min(demand.get("at_least", 0), size))
    most: int = demand.get("at_most", size)
    return min(number, most, size)


def numbers_of_total(total: int, sizes: Mapping[Stratum, int], demand: Mapping[str, Any]) -> dict[Stratum, int]:
    """`total n`: shares clamp(λN, lo, hi) that sum to n; floors; the rest by largest remainder."""
    low = {stratum: min(demand.get("at_least", 0), size) for stratum, size in sizes.items()}
    high = {stratum: min(demand.get("at_most", size), size) for stratum, size in sizes.items()}

    def shares(factor: Fraction) -> dict[Stratum, Fraction]:
        clamped = {stratum: max(factor * size, Fraction(low[stratum])) for stratum, size in sizes.items()}
        return {stratum: min(share, Fraction(high[stratum])) for stratum, share in clamped.items()}

    def summed(factor: Fraction) -> Fraction:
        return sum(shares(factor).values(), Fraction(0))

    bends = sorted({Fraction(bound[s], n) for bound in (low, high) for s, n in sizes.items()} | {Fraction(0)})
    below = max(bend for bend in bends if summed(bend) <= total)
    above = min(bend for bend in bends if summed(bend) >= total)
    rise = summed(above) - summed(below)
    factor = below if not rise else below + (above - below) * (total - summed(below)) / rise
    exact = shares(factor)
    found = {stratum: int(share) for stratum, share in exact.items()}
    rest = total - sum(found.values())
    ranked = sorted(sizes, key=lambda s: (found[s] - exact[s], -sizes[s], canonical(list(s)).encode()))
    for stratum in ranked[:rest]:
        found[stratum] += 1
    return found


def numbers(plan: Mapping[str, Any], member: Membership) -> dict[tuple[str, Stratum], int]:
    """The number to draw in every stratum of every demand that follows no other."""
    found: dict[tuple[str, Stratum], int] = {}
    for demand in plan["demands"]:
        if "follow" in demand:
            continue
        inside = [strata[demand["name"]] for strata in member.values() if demand["name"] in strata]
        sizes = {stratum: inside.count(stratum) for stratum in inside}
        for stratum, number in _of_takes(demand, sizes).items():
            found[demand["name"], stratum] = number
    return found


def _of_takes(demand: Mapping[str, Any], sizes: Mapping[Stratum, int]) -> dict[Stratum, int]:
    table = {tuple(stratum): take for stratum, take in demand["take"]}
    if isinstance(table.get(()), int):
        return numbers_of_total(table[()], sizes, demand)
    takes = {stratum: table.get((), table.get(stratum)) for stratum in sizes}
    return {
        stratum: take if isinstance(take, int) else number_of_rate(Fraction(str(take)), sizes[stratum], demand)
        for stratum, take in takes.items()
    }


# ---- section 5


def membership(plan: Mapping[str, Any], rows: Iterable[Row]) -> Membership:
    """Which populations hold each enterprise, and in which stratum; followers have the stratum ()."""
    barred = {enterprise for enterprise, _ in plan.get("barred", [])}
    demands = {demand["name"]: demand for demand in plan["demands"]}
    found: Membership = {}
    for row in rows:
        own: dict[str, Stratum] = {}
        for name, demand in demands.items():
            meets = row["id"] not in barred and _meets(row, demand)
            if "follow" in demand:
                meets = meets and _meets(row, demands[demand["follow"]])
            if meets:
                own[name] = tuple(row[column] for column in demand.get("by", []))
        found[row["id"]] = own
    return found


def _meets(row: Row, demand: Mapping[str, Any]) -> bool:
    wanted = all(row[column] in values for column, values in demand.get("where", []))
    excluded = any(row[column] in values for column, values in demand.get("unless", []))
    return wanted and not excluded


def marks(member: Membership, numbers: Numbers, follow: Mapping[str, str], order: Order) -> dict[str, set[str]]:
    """For each demand the enterprises it marks: the n lowest tickets of every stratum."""
    found: dict[str, set[str]] = {demand: set() for strata in member.values() for demand in strata}
    for demand in found:
        if demand in follow:
            continue
        for stratum in {strata[demand] for strata in member.values() if demand in strata}:
            inside = [e for e, strata in member.items() if demand in strata and strata[demand] == stratum]
            found[demand] |= set(sorted(inside, key=order)[: numbers[demand, stratum]])  # type: ignore[arg-type]
    for follower, followed in follow.items():
        if follower in found:
            found[follower] = {e for e in found[followed] if follower in member[e]}
    return found


# ---- section 6


def cells(member: Membership) -> dict[str, list[str]]:
    """Enterprises by the key of their cell."""
    found: dict[str, list[str]] = {}
    for enterprise, strata in member.items():
        pairs = [[demand, list(strata[demand])] for demand in sorted(strata, key=str.encode)]
        found.setdefault(canonical(pairs), []).append(enterprise)
    return found


def nested(
    member: Membership,
    numbers: Numbers,
    department: Mapping[str, str],
    follow: Mapping[str, str],
    order: Order,
    *,
    target: Fraction | None = None,
    of: str = "visits",
) -> dict[str, Any]:
    """Visits and counts of the nested layout, with the best rate that any layout reaches."""
    marked = marks(member, numbers, follow, order)
    visits: dict[str, list[str]] = {}
    best = {"joint": 0, "visits": 0, "singles": 0, "checks": 0, "extra": 0}
    for inside in cells(member).values():
        ordered = sorted(inside, key=order)  # type: ignore[arg-type]
        counts = {demand: sum(e in marked[demand] for e in inside) for demand in member[inside[0]]}
        for place, enterprise in enumerate(ordered):
            served = [demand for demand, n in counts.items() if n > place]
            if served:
                visits[enterprise] = sorted(served, key=str.encode)
        _add_best(best, counts, len(inside), department, follow)
    departments = {e: {department[demand] for demand in served} for e, served in visits.items()}
    sizes = [len(coming) for coming in departments.values()]
    joint = [size for size in sizes if size > 1]
    reached, whole = (len(joint), len(sizes)) if of == "visits" else (sum(joint), sum(sizes))
    return {
        "visits": visits,
        "n_visits": len(visits),
        "joint": len(joint),
        "checks": sum(sizes),
        "joint_checks": sum(joint),
        "met": target is None or reached >= target * whole,
        "best": _best_rate(best, of),
    }


def _add_best(
    best: dict[str, int],
    counts: Mapping[str, int],
    size: int,
    department: Mapping[str, str],
    follow: Mapping[str, str],
) -> None:
    """One cell spread as far as it goes; a cell in which a follower marks somebody stays nested."""
    of_department: dict[str, int] = {}
    for demand, n in counts.items():
        of_department[department[demand]] = max(n, of_department.get(department[demand], 0))
    checks = sum(of_department.values())
    if not checks:
        return
    first, second = (*sorted(of_department.values(), reverse=True), 0)[:2]
    if any(counts[demand] for demand in counts if demand in follow):
        joint, extra = second, 0
    else:
        joint = first - max(0, 2 * first - checks)
        extra = max(0, min(checks // 2, size) - first)
    best["joint"] += joint
    best["visits"] += first
    best["singles"] += first - joint
    best["checks"] += checks
    best["extra"] += extra


def _best_rate(best: Mapping[str, int], of: str) -> Fraction | None:
    if not best["visits"]:
        return None
    if of == "checks":
        return 1 - Fraction(best["singles"], best["checks"])
    return Fraction(best["joint"] + best["extra"], best["visits"] + best["extra"])


def fewest_visits(member: Membership, numbers: Numbers) -> Fraction:
    """B: the sum over all enterprises of their largest chance."""
    bound = Fraction(0)
    for strata in member.values():
        shares = [Fraction(0)]
        for demand, stratum in strata.items():
            if (demand, stratum) in numbers:
                size = sum(other.get(demand) == stratum for other in member.values())
                shares.append(Fraction(numbers[demand, stratum], size))
        bound += max(shares)
    return bound


# ---- a whole record


def draw(commitment: Mapping[str, Any], rows: Sequence[Row], public: str, secrets: Mapping[str, str]) -> dict[str, Any]:
    """The visits and counts that a commitment, a register and a seed give, as a record publishes them."""
    plan = commitment["plan"]
    member = membership(plan, rows)
    stated = {
        (allocation["demand"], tuple(size.get("stratum", []))): size["number"]
        for allocation in commitment.get("allocation", [])
        for size in allocation.get("strata", [])
    }
    department = {demand["name"]: demand.get("department", demand["name"]) for demand in plan["demands"]}
    follow = {demand["name"]: demand["follow"] for demand in plan["demands"] if "follow" in demand}
    scheme = plan.get("scheme", "dual-random/1-sha256")
    of = plan.get("joint", {}).get("of", "visits")
    target = plan.get("joint", {}).get("at_least")
    order = by_ticket(scheme, key(commitment, public, secrets))
    found = nested(
        member, stated, department, follow, order, target=None if target is None else Fraction(target), of=of
    )
    ordered = sorted(found["visits"], key=order)  # type: ignore[arg-type]
    visits = [
        {
            "enterprise": enterprise,
            "ticket": order(enterprise)[0],  # type: ignore[index]
            "demands": found["visits"][enterprise],
            "departments": sorted({department[demand] for demand in found["visits"][enterprise]}, key=str.encode),
            "lead": next(department[name] for name in department if name in found["visits"][enterprise]),
        }
        for enterprise in ordered
    ]
    bound = fewest_visits(member, stated)
    cents = 100 * bound.numerator // bound.denominator
    return {**found, "visits": visits, "bound": f"{cents // 100}.{cents % 100:02}"}
