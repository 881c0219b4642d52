"""How many draws are needed to see a bias, and which bias a number of draws shows; both for the check `inclusion`.

One unit whose chance is off is the hardest bias to see, and the one that an unfair insider would want. Its count is
binomial, so the answers are exact, no approximation: the limit is alpha over the number of units (Bonferroni), on two
sides.
"""

from collections.abc import Callable
from fractions import Fraction
from typing import Final

from dual_random.errors import InputError, Note
from dual_random.forms import positive_faults, refuse
from dual_random.testing.checks import POWER, level_faults
from dual_random.testing.procedures import trial_faults
from dual_random.testing.tails import Comparison
from dual_random.testing.tallies import ALPHA
from dual_random.text import Share, parse_share, shown

MOST: Final = 10**9


def trials_for(units: int, chance: Share, *, bias: Share, alpha: float = ALPHA, power: float = POWER) -> int:
    """How many draws show that one of some units comes more or less often than its chance says.

    Args:
        units: how many are compared.
        chance: of each, e.g. ``"10%"``.
        bias: what the chance of one of them is multiplied by: ``"150%"`` is half too much, ``"0"`` never drawn.
        alpha: the chance of any false alarm.
        power: the chance that the bias is seen.

    Returns:
        The number of draws. The power grows with it in small steps up and down (counts are whole numbers), so a few
        draws less may do as well.

    Raises:
        InputError: no chance, no bias, a chance above 1 with it; more than 10^9 draws.

    >>> trials_for(100, "10%", bias="150%"), trials_for(100, "10%", bias="0")
    (2069, 182)
    """
    faults = positive_faults(units, "units") + level_faults(alpha, power)
    share, found = _share(chance, "chance", 1)
    factor, wrong = _factor(bias)
    refuse(faults + found + wrong + ([] if found or wrong else _bias_faults(share, factor)))
    limit = alpha / units

    def sees(trials: int) -> bool:
        due = Comparison("", trials, float(share * trials), 0)
        biased = Comparison("", trials, float(share * factor * trials), 0)
        if factor > 1:
            critical = due.critical(limit)
            return critical <= trials and biased.reaches(critical) >= power
        least = due.least(limit)
        return least >= 0 and biased.within(least) >= power

    return _first(sees)


def _first(sees: Callable[[int], bool]) -> int:
    """The smallest number that is seen, by bisection."""
    high = 1
    while not sees(high):
        high *= 2
        if high > MOST:
            raise InputError([Note("trials-too-many", "bias", {"most": MOST})])
    low = high // 2
    while low + 1 < high:
        middle = (low + high) // 2
        low, high = (low, middle) if sees(middle) else (middle, high)
    return high


def detectable_bias(
    units: int, chance: Share, *, trials: int, alpha: float = ALPHA, power: float = POWER
) -> tuple[float, float]:
    """What a number of draws shows: the bias below and above one that one of some units must have to be seen.

    Args:
        units: how many are compared.
        chance: of each.
        trials: how many draws.
        alpha: the chance of any false alarm.
        power: the chance that the bias is seen.

    Returns:
        What the chance is multiplied by: at most the first number, or at least the second. Minus infinity, infinity:
        no such bias could be seen.

    Raises:
        InputError: arguments that cannot be used.

    >>> low, high = detectable_bias(100, "10%", trials=2000)
    >>> f"{low:.2f} {high:.2f}"
    '0.57 1.51'
    """
    share, found = _share(chance, "chance", 1)
    faults = positive_faults(units, "units") + trial_faults(trials) + level_faults(alpha, power) + found
    faults += [Note("trials-above", "trials", {"most": MOST})] if isinstance(trials, int) and trials > MOST else []
    refuse(faults + ([Note("chance-open", "chance")] if not found and share in (0, 1) else []))
    due = Comparison("", trials, float(share * trials), 0)
    limit = alpha / units
    return 1 - due.deficit(limit, power), 1 + due.excess(limit, power)


def _share(value: Share, at: str, high: int | None) -> tuple[Fraction, list[Note]]:
    try:
        return parse_share(value, at, high=high), []
    except InputError as error:
        return Fraction(0), list(error.faults)


def _factor(bias: object) -> tuple[Fraction, list[Note]]:
    """What a chance is multiplied by: a share, which may be above 1."""
    if isinstance(bias, str | Fraction):
        factor, faults = _share(bias, "bias", None)
        if not faults:
            return factor, []
    return Fraction(0), [Note("bias-form", "bias", {"value": shown(bias)})]


def _bias_faults(share: Fraction, factor: Fraction) -> list[Note]:
    """A chance that leaves nothing open, a bias that is none, or more than certainty."""
    faults = [Note("chance-open", "chance")] if share in (0, 1) else []
    faults += [Note("bias-none", "bias")] if factor == 1 else []
    return faults + ([Note("bias-above", "bias", {"chance": str(share * factor)})] if share * factor > 1 else [])
