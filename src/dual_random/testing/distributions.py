"""Tails of the normal, chi-square and Poisson distributions, from scipy (extra ``testing``): nowhere else.

scipy's special functions keep their relative precision far out, where the limits of these tests lie.
"""

from types import ModuleType

from dual_random.extras import extra


def _special() -> ModuleType:
    return extra("scipy.special", "scipy", "testing")


def square_tail(value: float, dof: int) -> float:
    """The chance that a chi-square number is at least so high.

    >>> f"{square_tail(3.841459, 1):.4f}"
    '0.0500'
    """
    return float(_special().chdtrc(dof, value))


def square_shift(chance: float, dof: int, power: float) -> float:
    """The noncentrality with which a chi-square number reaches the limit of this chance with this power.

    >>> f"{square_shift(0.05, 1, 0.9):.2f}"
    '10.51'
    """
    special = _special()
    limit = float(special.chdtri(dof, chance))
    low, high = 0.0, 1.0
    while special.chndtr(limit, dof, high) > 1 - power:
        low, high = high, 2 * high
    for _ in range(50):
        middle = (low + high) / 2
        low, high = (middle, high) if special.chndtr(limit, dof, middle) > 1 - power else (low, middle)
    return high


def normal_tails(value: float) -> float:
    """The chance that a normal number is so far from zero, on either side.

    >>> f"{normal_tails(-1.959964):.4f}"
    '0.0500'
    """
    return min(1.0, 2 * float(_special().ndtr(-abs(value))))


def normal_limit(chance: float) -> float:
    """The value that a normal number exceeds with this chance.

    >>> f"{normal_limit(0.025):.4f}"
    '1.9600'
    """
    return -float(_special().ndtri(chance))


def poisson_tail(count: int, mean: float) -> float:
    """The chance that a Poisson number is at least so high.

    >>> f"{poisson_tail(1, 0.01):.6f}"
    '0.009950'
    """
    return float(_special().gammainc(count, mean)) if count else 1.0


def poisson_mean(count: int, power: float) -> float:
    """The mean with which a Poisson number is at least so high with this power.

    >>> f"{poisson_mean(1, 0.9):.4f}"
    '2.3026'
    """
    return float(_special().gammaincinv(count, power))
