"""A literal, slow reading of the scheme `dual-random/1`, sections 2 to 6, periods and receipts, to hold draws against.

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
Ticket: TypeAlias = Callable[..., str]  # purpose, names -> hex digits
Counts: TypeAlias = tuple[Sequence[int], int, bool]  # n_d of the departments of a cell, its size, whether followed


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


def by_names(scheme: str, key: str) -> Ticket:
    """T(purpose, x₁, …)."""
    return lambda purpose, *names: hashed(scheme, key, purpose, *names)


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


def drawn_cells(member: Membership, marked: Mapping[str, set[str]], follow: Mapping[str, str]) -> list[dict[str, Any]]:
    """6.1: the cells with S > 0 in byte order of their keys, with n_e, and whether a follower marks somebody."""
    found = []
    for cell, inside in sorted(cells(member).items(), key=lambda item: item[0].encode()):
        counts = {demand: sum(e in marked[demand] for e in inside) for demand in member[inside[0]]}
        if any(counts.values()):
            followed = any(n > 0 for demand, n in counts.items() if demand in follow)
            found.append({"key": cell, "inside": inside, "counts": counts, "followed": followed})
    return found


def of_departments(counts: Mapping[str, int], department: Mapping[str, str]) -> dict[str, int]:
    """6.1: n_d, the largest n_e over the demands of a department."""
    found: dict[str, int] = {}
    for demand, n in counts.items():
        found[department[demand]] = max(n, found.get(department[demand], 0))
    return found


def nested_cell(numbers: Sequence[int]) -> dict[str, Any]:
    """6.2: V = n₁, J = n₂, no room for more."""
    first, second = (*sorted(numbers, reverse=True), 0)[:2]
    return {"spread": False, "visits": first, "joint": second, "singles": first - second, "room": 0, "extra": 0}


def spread_cell(numbers: Sequence[int], size: int, most: int | None) -> dict[str, Any]:
    """6.3: V, J, s and A of the spread layout."""
    checks = sum(numbers)
    cap = checks if most is None else max(most, -(-checks // size))
    visits = max(*numbers, 0, -(-checks // cap))
    singles = max(0, 2 * visits - checks)
    room = max(0, min(checks // 2, size) - visits)
    return {
        "spread": True,
        "visits": visits,
        "joint": visits - singles,
        "singles": singles,
        "room": room,
        "extra": 0,
    }


def arrange(
    counts: Sequence[Counts], *, target: Fraction | None, of: str, reach: str, most: int | None
) -> dict[str, Any]:
    """6.4: how each cell is laid, in the order given, which is that of the keys; only counts speak here."""
    checks = sum(sum(numbers) for numbers, _, _ in counts)
    furthest = [nested_cell(n) if followed else spread_cell(n, size, most) for n, size, followed in counts]
    found = [
        wide if most is not None and sum(n > 0 for n in numbers) > most else nested_cell(numbers)
        for (numbers, _, _), wide in zip(counts, furthest, strict=True)
    ]
    layout, a = "nested", 0
    if not _reached(found, target, of, checks) and reach in ("spread", "extra"):
        found, layout = furthest, "spread"
        if not _reached(found, target, of, checks) and of == "visits" and reach == "extra":
            a = extra_visits(found, target or Fraction(0))
            found = with_extra(found, a)
            layout = "extra" if a > 0 else "spread"
    return {
        "cells": found,
        "layout": layout,
        "extra": a,
        "best": _best_rate(furthest, of, checks),
        "met": _reached(found, target, of, checks),
    }


def _reached(found: Sequence[Mapping[str, int]], target: Fraction | None, of: str, checks: int) -> bool:
    if target is None:
        return True
    if of == "checks":
        return sum(cell["singles"] for cell in found) <= (1 - target) * checks
    return sum(cell["joint"] for cell in found) >= target * sum(cell["visits"] for cell in found)


def _best_rate(furthest: Sequence[Mapping[str, int]], of: str, checks: int) -> Fraction | None:
    visits, joint, singles, room = (
        sum(cell[name] for cell in furthest) for name in ("visits", "joint", "singles", "room")
    )
    if not visits:
        return None
    return 1 - Fraction(singles, checks) if of == "checks" else Fraction(joint + room, visits + room)


def extra_visits(found: Sequence[Mapping[str, int]], target: Fraction) -> int:
    """a, the joint visits made for the quota, over all cells."""
    visits, joint, room = (sum(cell[name] for cell in found) for name in ("visits", "joint", "room"))
    if target == 1:
        return room
    missing = (target * visits - joint) / (1 - target)
    return min(room, -(-missing.numerator // missing.denominator))


def with_extra(found: Sequence[Mapping[str, Any]], a: int) -> list[dict[str, Any]]:
    """The cells with their parts ⌊a·cum_c/ΣA⌋ − ⌊a·cum_{c−1}/ΣA⌋ of the visits made for the quota."""
    room = sum(cell["room"] for cell in found)
    grown, before = [], 0
    for cell in found:
        after = before + cell["room"]
        part = a * after // room - a * before // room if room else 0
        grown.append({**cell, "visits": cell["visits"] + part, "joint": cell["joint"] + part, "extra": part})
        before = after
    return grown


def lay_nested(numbers: Mapping[str, int]) -> dict[str, list[int]]:
    """6.2: the columns of each department."""
    return {department: list(range(n)) for department, n in numbers.items()}


def lay_spread(numbers: Mapping[str, int], joint: int, singles: int) -> dict[str, list[int]]:
    """6.5: the columns of each department; departments in the order given, which is that of their tickets."""
    alone = {department: max(0, n - joint) for department, n in numbers.items()}
    if sum(alone.values()) == singles - 1:
        largest = max(numbers[department] - alone[department] for department in numbers)
        alone[next(department for department in numbers if numbers[department] - alone[department] == largest)] += 1
    assert sum(alone.values()) == singles
    columns: dict[str, list[int]] = {department: [] for department in numbers}
    column = 0
    for department, n in numbers.items():
        for _ in range(n - alone[department]):
            columns[department].append(column)
            column = (column + 1) % joint
    column = joint
    for department in numbers:
        for _ in range(alone[department]):
            columns[department].append(column)
            column += 1
    return columns


def serve(
    cell: Mapping[str, Any], laid: Mapping[str, Any], department: Mapping[str, str], order: Order, ticket: Ticket
) -> dict[str, list[str]]:
    """6.2 and 6.5: enterprise -> demands; column p is the enterprise at place p."""
    numbers = of_departments(cell["counts"], department)
    columns = lay_nested(numbers)
    if laid["spread"]:
        by_ticket = sorted(numbers, key=lambda name: (ticket("department", cell["key"], name), name.encode()))
        columns = lay_spread({name: numbers[name] for name in by_ticket}, laid["joint"], laid["singles"])
    ordered = sorted(cell["inside"], key=order)  # type: ignore[arg-type]
    served: dict[str, list[str]] = {}
    for demand, n in sorted(cell["counts"].items(), key=lambda item: item[0].encode()):
        for column in sorted(columns[department[demand]])[:n]:
            served.setdefault(ordered[column], []).append(demand)
    return served


def joint_draw(
    member: Membership,
    numbers: Numbers,
    department: Mapping[str, str],
    follow: Mapping[str, str],
    order: Order,
    ticket: Ticket,
    *,
    target: Fraction | None = None,
    of: str = "visits",
    reach: str = "nested",
    most: int | None = None,
) -> dict[str, Any]:
    """Visits and counts of section 6; the counts are taken from the visits, not from the formulas that led to them."""
    drawn = drawn_cells(member, marks(member, numbers, follow, order), follow)
    counts = [
        (list(of_departments(cell["counts"], department).values()), len(cell["inside"]), cell["followed"])
        for cell in drawn
    ]
    arranged = arrange(counts, target=target, of=of, reach=reach, most=most)
    visits: dict[str, list[str]] = {}
    for_quota: set[str] = set()
    told = []
    for cell, laid in zip(drawn, arranged["cells"], strict=True):
        served = serve(cell, laid, department, order, ticket)
        visits |= served
        ordered = sorted(cell["inside"], key=order)  # type: ignore[arg-type]
        for_quota |= set(ordered[laid["visits"] - laid["extra"] : laid["visits"]])
        told.append(_told(cell, laid, [len({department[d] for d in demands}) for demands in served.values()]))
    sizes = [len({department[demand] for demand in served}) for served in visits.values()]
    joint = [size for size in sizes if size > 1]
    reached, whole = (len(joint), len(sizes)) if of == "visits" else (sum(joint), sum(sizes))
    return {
        "visits": visits,
        "n_visits": len(visits),
        "joint": len(joint),
        "checks": sum(sizes),
        "joint_checks": sum(joint),
        "met": target is None or reached >= target * whole,
        "layout": arranged["layout"],
        "best": arranged["best"],
        "over": 0 if most is None else sum(cell["largest"] > most for cell in told),
        "extra": len(for_quota),
        "extra_in": {cell["key"]: cell["extra"] for cell in told if cell["extra"]},
        "for_quota": for_quota,
        "cells": told,
    }


def _told(cell: Mapping[str, Any], laid: Mapping[str, Any], coming: Sequence[int]) -> dict[str, Any]:
    """A cell as it was laid; coming: the number of departments of each visit."""
    return {
        "key": cell["key"],
        "size": len(cell["inside"]),
        "counts": cell["counts"],
        "visits": len(coming),
        "joint": sum(n > 1 for n in coming),
        "extra": laid["extra"],
        "largest": max(coming),
    }


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


# ---- section 7, the first paragraph, and section 9


def periods(enterprises: Iterable[str], number: int, ticket: Ticket) -> dict[str, int]:
    """Visit k of V in ascending `period` ticket goes to period ⌊kP/V⌋."""
    ordered = sorted(enterprises, key=lambda enterprise: (ticket("period", enterprise), enterprise.encode()))
    return {enterprise: k * number // len(ordered) for k, enterprise in enumerate(ordered)}


def receipts_root(scheme: str, key: str, visits: Iterable[Mapping[str, Any]]) -> str:
    """The root over visits with enterprise, demands, lead, the number of the period and, if there is one, the team."""
    ticket = by_names(scheme, key)
    leaves = []
    for visit in visits:
        salt = ticket("receipt", visit["enterprise"])
        leaf = {name: visit[name] for name in ("enterprise", "lead", "period")}
        leaf |= {"demands": sorted(visit["demands"], key=str.encode), "salt": salt}
        if visit.get("team"):
            leaf["team"] = sorted(([name, list(people)] for name, people in visit["team"]), key=lambda e: e[0].encode())
        leaves.append((salt, visit["enterprise"].encode(), canonical(leaf).encode()))
    return tree(scheme, [leaf for _, _, leaf in sorted(leaves)]).hex()


def tree(scheme: str, leaves: Sequence[bytes]) -> bytes:
    """MTH of RFC 9162, section 2.1.1."""
    name = {"dual-random/1-sha256": "sha256", "dual-random/1-sm3": "sm3"}[scheme]
    if not leaves:
        return hashlib.new(name, b"").digest()
    if len(leaves) == 1:
        return hashlib.new(name, b"\x00" + leaves[0]).digest()
    k = 1  # the largest power of two below the number of leaves
    while 2 * k < len(leaves):
        k *= 2
    return hashlib.new(name, b"\x01" + tree(scheme, leaves[:k]) + tree(scheme, leaves[k:])).digest()


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
    joint = plan.get("joint", {})
    target = joint.get("at_least")
    drawn_with = key(commitment, public, secrets)
    order, ticket = by_ticket(scheme, drawn_with), by_names(scheme, drawn_with)
    found = joint_draw(
        member,
        stated,
        department,
        follow,
        order,
        ticket,
        target=None if target is None else Fraction(target),
        of=joint.get("of", "visits"),
        reach=joint.get("reach", "nested"),
        most=joint.get("most_departments"),
    )
    names = plan.get("periods", [])
    period = periods(found["visits"], len(names) or 1, ticket)
    ordered = sorted(found["visits"], key=order)  # type: ignore[arg-type]
    visits = [
        {
            "enterprise": enterprise,
            "ticket": order(enterprise)[0],  # type: ignore[index]
            "demands": found["visits"][enterprise],
            "departments": sorted({department[demand] for demand in found["visits"][enterprise]}, key=str.encode),
            "lead": next(department[name] for name in department if name in found["visits"][enterprise]),
            **({"period": names[period[enterprise]]} if names else {}),
            **({"extra": True} if enterprise in found["for_quota"] else {}),
        }
        for enterprise in ordered
    ]
    numbered = [{**visit, "period": period[visit["enterprise"]]} for visit in visits]
    bound = fewest_visits(member, stated)
    cents = 100 * bound.numerator // bound.denominator
    return {
        **found,
        "visits": visits,
        "bound": f"{cents // 100}.{cents % 100:02}",
        "root": receipts_root(scheme, drawn_with, numbered),
    }
