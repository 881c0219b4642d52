"""How many units to draw in each stratum, in exact integers (specification 4).

The numbers stand in the commitment before the seed exists, so anybody must find the same ones: fractions
are exact, ties have a declared winner, and the order in which strata are written decides nothing.
A bound that cannot be met is an error; no number is rescaled in silence.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from decimal import Decimal
from fractions import Fraction
from heapq import heapify, heappop, heapreplace
from math import isfinite, isqrt, lcm
from typing import Final, Literal, NamedTuple, TypeAlias

from dual_random.errors import InputError, Note
from dual_random.forms import choice_faults, count_faults, refuse
from dual_random.text import Share, parse_share, shown, text_faults

Rounding: TypeAlias = Literal["up", "down"]

_LARGE: Final = 10**40
_DECIMAL: Final = re.compile(r"[0-9]{1,40}(?:\.[0-9]{1,40})?", re.ASCII)


class _Part(NamedTuple):
    """A stratum as the methods see it: `low` to `high` units, in proportion to `weight`."""

    key: str
    size: int
    weight: int
    low: int
    high: int


class _Method(NamedTuple):
    """A rule that gives unit after unit to the highest priority.

    `reach(x)` tells how many units of a stratum of weight w come before a common threshold, where x = λ·w and
    λ stands for the threshold; it is at most x + 1.
    """

    priority: Callable[[int, int], Fraction]
    reach: Callable[[Fraction], int]


# ---- from a rate


def by_rate(rate: Share, size: int, *, rounding: Rounding = "up", at_least: int = 0, at_most: int | None = None) -> int:
    """How many of one stratum a rate asks for: "not fewer than" (up) or "not more than" (down), within bounds.

    The rate is an exact fraction, so 7 % of 100 is 7; binary floating point finds 8.

    Args:
        rate: from 0 to 1.
        size: units in the stratum.
        rounding: ``"up"`` or ``"down"`` to a whole number of units.
        at_least: lower bound; a smaller stratum is taken whole.
        at_most: upper bound, or None.

    Raises:
        InputError: a rate outside 0 to 1 or a float, counts that are no whole numbers of 0 or more,
            `at_least` above `at_most`.

    >>> by_rate(Fraction(7, 100), 100), by_rate(Fraction(1, 3), 100), by_rate(Fraction(1, 3), 100, rounding="down")
    (7, 34, 33)
    >>> by_rate(Fraction(1, 200), 1, at_least=2), by_rate(Fraction(1), 1999, at_most=5)
    (1, 5)
    """
    faults = count_faults(size, "size") + _bound_faults(at_least, at_most)
    faults += choice_faults(rounding, Rounding, "rounding")
    try:
        share = parse_share(rate, "rate")
    except InputError as error:
        faults += error.faults
    refuse(faults)
    units, rest = divmod(share.numerator * size, share.denominator)
    wanted = units + 1 if rest and rounding == "up" else units
    return _clamp(wanted, min(at_least, size), _high(size, at_most))


# ---- from a total


def by_total(total: int, strata: Mapping[str, int], *, at_least: int = 0, at_most: int | None = None) -> dict[str, int]:
    """A total over the strata in proportion to their sizes, within bounds (largest remainder, Hamilton).

    Every stratum has the share λN, not less than `at_least`, not more than `at_most`, never above N; λ is the common
    factor for which the shares sum to the total. Shares are rounded down, and the units left go to the largest
    remainders; of equal ones, to the larger stratum, then to the first key in byte order.

    Args:
        total: units over all strata.
        strata: size by stratum key (in a commitment the canonical JSON of the stratum's values).
        at_least: lower bound in each stratum; a smaller one is taken whole.
        at_most: upper bound in each stratum, or None.

    Returns:
        The number of units by stratum, in byte order of the keys; it sums to the total and differs from
        each share by less than one.

    Raises:
        InputError: counts that are no whole numbers of 0 or more, keys that are not clean text, `at_least` above
            `at_most`, a total that the bounds cannot give; all at once.

    >>> by_total(100, {"A": 1200, "B": 450, "C": 300, "D": 45, "E": 5})
    {'A': 60, 'B': 23, 'C': 15, 'D': 2, 'E': 0}
    >>> by_total(100, {"A": 1200, "B": 450, "C": 300, "D": 45, "E": 5}, at_least=2, at_most=50)
    {'A': 50, 'B': 27, 'C': 18, 'D': 3, 'E': 2}
    """
    refuse(_table_faults(total, strata, at_least, at_most))
    parts = _in_tie_order(
        _Part(key, size, size, min(at_least, size), _high(size, at_most)) for key, size in strata.items()
    )
    above, below = _factor(total, parts).as_integer_ratio()
    shares = [_clamp(above * part.weight, part.low * below, part.high * below) for part in parts]  # times `below`
    counts = [share // below for share in shares]
    left = total - sum(counts)
    # `left` is the sum of the remainders, so fewer than there are positive ones: each winner's share is no whole
    # number, hence below its upper bound. Sorting is stable: equal remainders stay in the order of ties.
    for place in sorted(range(len(parts)), key=lambda place: -(shares[place] % below))[:left]:
        counts[place] += 1
    return _by_key(parts, counts)


def _factor(total: int, parts: list[_Part]) -> Fraction:
    """The λ for which the shares clamp(λ·weight, low, high) sum to the total.

    The sum is continuous, never falls, and is linear between the points where a share leaves its lower or meets its
    upper bound: these are walked in ascending order, with the sum kept as fixed + slope·λ. A total at or below
    the lower bounds gives 0; one that no λ reaches (weights of 0 grow no share) gives a λ that fills all others.
    """
    weighted = [part for part in parts if part.weight]
    # Weights that fall from part to part give two runs that ascend already, which sorting only merges.
    starts = [(Fraction(part.low, part.weight), part.weight, -part.low) for part in weighted]
    ends = [(Fraction(part.high, part.weight), -part.weight, part.high) for part in weighted]
    fixed, slope, factor = sum(part.low for part in parts), 0, Fraction(0)
    for factor, weight, units in sorted(starts + ends):
        if fixed + slope * factor >= total:
            return Fraction(total - fixed, slope) if slope else Fraction(0)
        slope += weight
        fixed += units
    return factor


# ---- unit after unit


def webster(total: int, strata: Mapping[str, int], *, at_least: int = 0) -> dict[str, int]:
    """A total over the strata in proportion to their sizes by Webster's (Sainte-Laguë's) divisors.

    From the lower bounds on, each next unit goes to the largest N/(2m+1), m being what the stratum has; ties: the
    larger stratum, then the first key in byte order; never above N. One unit more in the total takes none from any
    stratum (with `by_total` it can), and large and small strata are treated alike (M. Balinski & H. P. Young,
    *Fair Representation*).

    Args:
        total: units over all strata.
        strata: size by stratum name.
        at_least: lower bound in each stratum; a smaller one is taken whole.

    Returns:
        A table for a demand's `take`, in byte order of the names.

    Raises:
        InputError: as `by_total`.

    >>> webster(100, {"A": 1200, "B": 450, "C": 300, "D": 45, "E": 5})
    {'A': 60, 'B': 23, 'C': 15, 'D': 2, 'E': 0}
    >>> webster(100, {"A": 1200, "B": 450, "C": 300, "D": 45, "E": 5}, at_least=2)
    {'A': 59, 'B': 22, 'C': 15, 'D': 2, 'E': 2}
    """
    refuse(_table_faults(total, strata, at_least, None))
    parts = _in_tie_order(_Part(key, size, size, min(at_least, size), size) for key, size in strata.items())
    return _by_key(parts, _unit_by_unit(total, parts, _WEBSTER))


def neyman(
    total: int, strata: Mapping[str, int], deviations: Mapping[str, Share | int], *, at_least: int = 0
) -> dict[str, int]:
    """A total over the strata so that the estimated total varies least: Neyman's optimum in whole numbers.

    No other whole numbers within the bounds have a smaller sum of (N·S)²/n. From the lower bounds on, first units come
    first, so that each stratum can be estimated (the larger stratum before the smaller where the total does
    not suffice); then each next unit goes to the largest (N·S)²/(m(m+1)), the most it can take off that sum. Ties:
    the larger stratum, then the first key in byte order; never above N. A stratum of deviation 0 gets a second unit
    only when all others are full. Only the proportions of the deviations count.

    Sources: J. Neyman, *On the two different aspects of the representative method* (1934); T. Wright, *The
    equivalence of Neyman optimum allocation for sampling and equal proportions for apportionment* (2012);
    U. Friedrich et al., *Fast integer-valued algorithms for optimal allocations under constraints in
    stratified sampling* (2015).

    Args:
        total: units over all strata.
        strata: size N by stratum name.
        deviations: standard deviation S by stratum name, exact: ``"12.5"``, ``"62/125"``, ``"30%"``, a `Fraction`
            or an int, e.g. from an earlier round; never a float.
        at_least: lower bound in each stratum; a smaller one is taken whole.

    Returns:
        A table for a demand's `take`, in byte order of the names.

    Raises:
        InputError: as `by_total`; deviations that are floats, negative or no numbers; strata without a deviation
            and deviations without a stratum.

    >>> neyman(190, {"A": 3000, "B": 4000, "C": 5000, "D": 2000}, {"A": 48, "B": 79, "C": 76, "D": 16})
    {'A': 31, 'B': 69, 'C': 83, 'D': 7}
    >>> neyman(10, {"A": 50, "B": 50}, {"A": 0.3, "B": "45%"})
    Traceback (most recent call last):
    dual_random.errors.InputError: deviations.A: 0.3 is a float, and floats are inexact: write the text "0.3" instead
    """
    spread, faults = _parsed(strata, deviations)
    refuse(_table_faults(total, strata, at_least, None) + faults)
    parts = _neyman_parts(strata, spread, at_least)
    # Where the total is short of first units, the last in the order of ties get none. The others have one from the
    # start, as reach is 1 at least: a priority with m = 0 is never asked for.
    parts = parts[:total] + [part._replace(high=0) for part in parts[total:]]
    return _by_key(parts, _unit_by_unit(total, parts, _NEYMAN))


def _neyman_parts(strata: Mapping[str, int], spread: Mapping[str, Fraction], at_least: int) -> list[_Part]:
    scale = lcm(*(deviation.denominator for deviation in spread.values()))
    return _in_tie_order(
        _Part(key, size, int(size * spread[key] * scale), min(at_least, size), size) for key, size in strata.items()
    )


def _unit_by_unit(total: int, parts: list[_Part], method: _Method) -> list[int]:
    """Each unit above the lower bounds to the highest priority: all before a threshold at once, the rest by a heap.

    Priorities fall within a stratum, so the units before any threshold are the first that unit after unit would give.
    With λ from shares that sum to total - len(parts), those units are at most the total, as reach(x) <= x + 1,
    and few are left for the heap however large the total is.
    """
    factor = _factor(total - len(parts), parts)
    counts = [_clamp(method.reach(factor * part.weight), part.low, part.high) for part in parts]
    left = total - sum(counts)
    queue = [
        (-method.priority(part.weight, count), place)
        for place, (part, count) in enumerate(zip(parts, counts, strict=True))
        if count < part.high
    ]
    heapify(queue)
    while left:
        rank, place = queue[0]
        part = parts[place]
        given = 1 if rank else min(left, part.high - counts[place])  # priority 0 stays 0: in front until full
        counts[place] += given
        left -= given
        if counts[place] < part.high:
            heapreplace(queue, (-method.priority(part.weight, counts[place]), place))
        else:
            heappop(queue)
    return counts


def _webster_reach(x: Fraction) -> int:
    return (2 * x.numerator + x.denominator) // (2 * x.denominator)  # w/(2m+1) >= 1/2λ iff m + 1/2 <= λw


def _neyman_reach(x: Fraction) -> int:
    square = x.numerator**2 // x.denominator**2  # w²/(m(m+1)) >= 1/λ² iff m(m+1) <= (λw)² iff (2m+1)² <= 4(λw)² + 1
    return 1 + (isqrt(4 * square + 1) - 1) // 2


_WEBSTER: Final = _Method(lambda weight, m: Fraction(weight, 2 * m + 1), _webster_reach)
_NEYMAN: Final = _Method(lambda weight, m: Fraction(weight**2, m * (m + 1)), _neyman_reach)


# ---- common


def _clamp(value: int, low: int, high: int) -> int:
    return max(low, min(value, high))


def _high(size: int, at_most: int | None) -> int:
    return size if at_most is None else min(at_most, size)


def _in_tie_order(parts: Iterable[_Part]) -> list[_Part]:
    """Larger strata first, then in byte order of the keys: for UTF-8 that is the order of code points, as in Python."""
    return sorted(parts, key=lambda part: (-part.size, part.key))


def _by_key(parts: list[_Part], counts: list[int]) -> dict[str, int]:
    return dict(sorted((part.key, count) for part, count in zip(parts, counts, strict=True)))


# ---- faults


def _table_faults(total: int, strata: Mapping[str, int], at_least: int, at_most: int | None) -> list[Note]:
    faults = count_faults(total, "total")
    for key, size in strata.items():
        faults += count_faults(size, f"strata.{key}")
    faults += _bound_faults(at_least, at_most)
    faults = faults or _total_faults(total, strata, at_least, at_most)
    return text_faults({f"strata.{shown(key)}": key for key in strata}, empty=True) + faults


def _total_faults(total: int, strata: Mapping[str, int], at_least: int, at_most: int | None) -> list[Note]:
    least = sum(min(at_least, size) for size in strata.values())
    most = sum(_high(size, at_most) for size in strata.values())
    if total < least:
        return [Note("allocation-total-small", "total", {"total": total, "least": least})]
    return [Note("allocation-total-large", "total", {"total": total, "most": most})] if total > most else []


def _bound_faults(at_least: int, at_most: int | None) -> list[Note]:
    faults = count_faults(at_least, "at_least") + ([] if at_most is None else count_faults(at_most, "at_most"))
    if not faults and at_most is not None and at_least > at_most:
        faults.append(Note("allocation-bounds", "at_least", {"at_least": at_least, "at_most": at_most}))
    return faults


def _parsed(strata: Mapping[str, int], deviations: Mapping[str, Share | int]) -> tuple[dict[str, Fraction], list[Note]]:
    """The deviations as exact fractions, and why they are not one for each stratum."""
    spread: dict[str, Fraction] = {}
    faults = [Note("deviation-missing", f"deviations.{key}") for key in strata if key not in deviations]
    faults += [Note("deviation-unknown", f"deviations.{key}") for key in deviations if key not in strata]
    for key, value in deviations.items():
        try:
            spread[key] = _deviation(value, f"deviations.{key}")
        except InputError as error:
            faults += error.faults
    return spread, faults


def _deviation(value: object, at: str) -> Fraction:
    if isinstance(value, float) and isfinite(value) and value >= 0:
        text = f"{Decimal(float.__repr__(value)).normalize():f}"
        raise InputError([Note("deviation-float", at, {"value": shown(value), "text": text})])
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < _LARGE:
        return Fraction(value)
    if isinstance(value, str) and _DECIMAL.fullmatch(value):
        return Fraction(value)
    if isinstance(value, str | Fraction):
        with suppress(InputError):
            return parse_share(value, at, high=None)
    raise InputError([Note("deviation-form", at, {"value": shown(value)})])
