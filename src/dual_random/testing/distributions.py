"""Tails of the normal, chi-square and Poisson distributions, from scipy (extra ``testing``): nowhere else.

scipy's special functions keep their relative precision far out, where the limits of these tests lie.
"""

from functools import cache
from math import exp, inf, sqrt
from types import ModuleType
from typing import Final

from dual_random.extras import extra

_FAR: Final = 38.0  # standard deviations beyond which no tail is followed


def special() -> ModuleType:
    """scipy.special, or a refusal that names the extra."""
    return extra("scipy.special", "scipy", "testing")


def square_tail(value: float, dof: int) -> float:
    """The chance that a chi-square number is at least so high.

    >>> f"{square_tail(3.841459, 1):.4f}"
    '0.0500'
    """
    return float(special().chdtrc(dof, value))


@cache
def square_shift(chance: float, dof: int, power: float) -> float:
    """The noncentrality with which a chi-square number reaches the limit of this chance with this power.

    >>> f"{square_shift(0.05, 1, 0.9):.2f}"
    '10.51'
    """
    functions = special()
    limit = float(functions.chdtri(dof, chance))
    low, high = 0.0, 1.0
    while functions.chndtr(limit, dof, high) > 1 - power:
        low, high = high, 2 * high
    for _ in range(50):
        middle = (low + high) / 2
        low, high = (middle, high) if functions.chndtr(limit, dof, middle) > 1 - power else (low, middle)
    return high


def normal_tails(value: float) -> float:
    """The chance that a normal number is so far from zero, on either side.

    >>> f"{normal_tails(-1.959964):.4f}"
    '0.0500'
    """
    return min(1.0, 2 * float(special().ndtr(-abs(value))))


def bent_tails(value: float, skew: float, peak: float) -> float:
    """Twice the chance, about and rather too high, of a number so far out on its side that is not quite normal.

    The first terms of Cramér's series, exp(skew z³/6 + peak z⁴/24) times the normal tail, as far as they make it
    heavier; where they would make it rise again, it stays as it is.

    Args:
        value: the number in standard deviations.
        skew: its third cumulant.
        peak: its fourth cumulant.

    A Poisson number of mean 50 is at least 87 with a chance of 1.3e-6, where the normal tail says 1.2e-7:

    >>> f"{bent_tails(36.5 / 50**0.5, 50**-0.5, 0.02) / 2:.1e} {normal_tails(36.5 / 50**0.5) / 2:.1e}"
    '5.7e-06 1.2e-07'
    """
    heavy, high = max(0.0, skew if value > 0 else -skew), max(0.0, peak)
    turn = heavy / 2 + sqrt(heavy**2 / 4 + 2 * high / 3)
    z = min(abs(value), _FAR, 2 / turn if turn else inf)
    return min(1.0, normal_tails(z) * exp(heavy * z**3 / 6 + high * z**4 / 24))


def bent_limit(chance: float, skew: float, peak: float) -> float:
    """The number of standard deviations at which `bent_tails` is at most this chance; infinite if nowhere.

    >>> f"{bent_limit(0.05, 0.0, 0.0):.3f} {bent_limit(0.05, 0.1, 0.0):.3f} {bent_limit(1e-6, 0.5, 0.0)}"
    '1.960 2.018 inf'
    """
    low, high = 0.0, _FAR
    if bent_tails(high, abs(skew), peak) > chance:
        return inf
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if bent_tails(middle, abs(skew), peak) > chance else (low, middle)
    return high


def normal_limit(chance: float) -> float:
    """The value that a normal number exceeds with this chance.

    >>> f"{normal_limit(0.025):.4f}"
    '1.9600'
    """
    return -float(special().ndtri(chance))


def poisson_tail(count: int, mean: float) -> float:
    """The chance that a Poisson number is at least so high.

    >>> f"{poisson_tail(1, 0.01):.6f}"
    '0.009950'
    """
    return float(special().gammainc(count, mean)) if count else 1.0


def poisson_mean(count: int, power: float) -> float:
    """The mean with which a Poisson number is at least so high with this power.

    >>> f"{poisson_mean(1, 0.9):.4f}"
    '2.3026'
    """
    return float(special().gammaincinv(count, power))
