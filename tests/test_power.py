"""Power: the numbers of draws and the biases are those of literal binomial sums, and of simulated draws."""

from fractions import Fraction
from math import comb, inf, isclose
from typing import cast

import numpy as np
import pytest
from scipy.stats import binom

from dual_random import InputError
from dual_random.testing.power import detectable_bias, trials_for
from dual_random.testing.tallies import inclusion
from dual_random.text import Share
from fair_draws import fair, plain


def sees(units: int, chance: Fraction, factor: Fraction, trials: int, alpha: Fraction, power: Fraction) -> bool:
    """By sums of fractions: whether a unit of such a bias crosses the limit with this power."""

    def law(p: Fraction) -> list[Fraction]:
        return [comb(trials, k) * p**k * (1 - p) ** (trials - k) for k in range(trials + 1)]

    due, biased, mean = law(chance), law(chance * factor), chance * trials
    if factor > 1:
        counts = [k for k in range(trials + 1) if k >= mean + 1 and 2 * sum(due[k:]) < alpha / units]
        return bool(counts) and sum(biased[counts[0] :]) >= power
    counts = [k for k in range(trials + 1) if k <= mean - 1 and 2 * sum(due[: k + 1]) < alpha / units]
    return bool(counts) and sum(biased[: counts[-1] + 1]) >= power


@pytest.mark.parametrize(
    ("units", "chance", "bias", "alpha", "power"),
    [
        (5, "1/5", "3", 0.05, 0.8),
        (5, "1/5", "0", 0.05, 0.9),
        (5, "2/5", "1/4", 0.01, 0.75),
        (1, "1/2", "2", 0.001, 0.9),
        (10, "9/10", "1/2", 0.01, 0.5),
        (3, "1/10", "5", 0.125, 0.875),
    ],
)
def test_the_number_of_draws_suffices_and_one_less_does_not(
    units: int, chance: str, bias: str, alpha: float, power: float
) -> None:
    """By sums of exact fractions."""
    found = trials_for(units, chance, bias=bias, alpha=alpha, power=power)
    args = units, Fraction(chance), Fraction(bias)
    assert sees(*args, found, Fraction(alpha), Fraction(power))
    assert not sees(*args, found - 1, Fraction(alpha), Fraction(power))


def power_of(units: int, chance: float, factor: float, trials: int, alpha: float) -> float:
    """By binomial tails of another implementation."""
    limit = alpha / units
    if factor > 1:
        count = int(binom.isf(limit / 2, trials, chance)) - 2
        while count < trials * chance + 1 or 2 * binom.sf(count - 1, trials, chance) >= limit:
            count += 1
        return float(binom.sf(count - 1, trials, chance * factor))
    count = int(binom.ppf(limit / 2, trials, chance)) + 2
    while count >= 0 and 2 * binom.cdf(count, trials, chance) >= limit:
        count -= 1
    return float(binom.cdf(count, trials, chance * factor)) if count >= 0 else 0.0


@pytest.mark.parametrize(
    ("units", "chance", "bias", "trials"),
    [
        (100, "10%", "150%", 2069),
        (1000, "5%", "150%", 4880),
        (100, "10%", "110%", 45_876),
        (1000, "5%", "110%", 107_752),
        (100, "10%", "0", 182),
        (1000, "5%", "0", 418),
    ],
)
def test_exact_numbers_of_draws(units: int, chance: str, bias: str, trials: int) -> None:
    """At a family-wise 10^-6 and a power of .9: the power is reached there, and a hundredth fewer draws lack it."""
    share, factor = (
        float(Fraction(chance.strip("%")) / 100),
        float(Fraction(bias.strip("%")) / (100 if "%" in bias else 1)),
    )
    found = trials_for(units, chance, bias=bias)
    assert found == trials
    assert power_of(units, share, factor, trials, 1e-6) >= 0.9
    assert power_of(units, share, factor, trials - 1, 1e-6) < 0.9
    assert power_of(units, share, factor, int(0.99 * trials), 1e-6) < 0.9
    approximate = {(100, "150%"): 1896, (1000, "150%"): 4458}.get((units, bias))  # normal tails promise too much
    assert approximate is None or power_of(units, share, factor, approximate, 1e-6) < 0.88


@pytest.mark.parametrize(
    ("units", "chance", "trials", "low", "high"),
    [
        (100, "10%", 500, 0.22, 2.08),
        (100, "10%", 2000, 0.57, 1.51),
        (100, "10%", 10_000, 0.8, 1.22),
        (1000, "5%", 2000, 0.38, 1.82),
    ],
)
def test_detectable_biases(units: int, chance: str, trials: int, low: float, high: float) -> None:
    """To two digits as tabled; the power is .9 there, by another implementation."""
    found = detectable_bias(units, chance, trials=trials)
    assert (round(found[0], 2), round(found[1], 2)) == (low, high)
    share = float(Fraction(chance.strip("%"))) / 100
    for factor in found:
        assert isclose(power_of(units, share, factor, trials, 1e-6), 0.9, abs_tol=2e-4)


def test_detectable_and_needed_are_inverse() -> None:
    """The draws that a bias needs show about that bias (counts are whole numbers, so not quite)."""
    for bias in ("3/2", "2", "1/2", "1/5"):
        trials = trials_for(50, "1/5", bias=bias)
        low, high = detectable_bias(50, "1/5", trials=trials)
        found = high if Fraction(bias) > 1 else low
        assert isclose(found, float(Fraction(bias)), rel_tol=0.08)


def test_few_draws_show_nothing() -> None:
    """Infinite, and minus infinite; from some draws on only what comes too often, or too rarely."""
    assert detectable_bias(100, "10%", trials=1) == (-inf, inf)
    low, high = detectable_bias(100, "10%", trials=50)
    assert low == -inf
    assert 1 < high < 10
    low, high = detectable_bias(100, "90%", trials=50)
    assert 0 <= low < 1
    assert high == inf


def test_more_draws_more_alpha_and_less_power_show_smaller_biases() -> None:
    """In the direction that they should, and by the count of units compared."""
    base = detectable_bias(100, "10%", trials=1000)
    for other in (
        detectable_bias(100, "10%", trials=2000),
        detectable_bias(100, "10%", trials=1000, alpha=0.01),
        detectable_bias(100, "10%", trials=1000, power=0.5),
        detectable_bias(1, "10%", trials=1000),
    ):
        assert base[0] < other[0] < 1 < other[1] < base[1]


def test_the_check_has_this_power() -> None:
    """`inclusion` states the same bias, and sees it in .85 to .95 of simulated counts of that unit."""
    trials = 800
    low, high = detectable_bias(20, "1/5", trials=trials, alpha=0.001)
    check = inclusion(plain(20, fair(20, 4, trials, "a")), alpha=0.001)
    assert isclose(check.detectable, high, rel_tol=1e-6)
    assert check.sees.params["low"] == f"{low:.3g}"
    generator = np.random.default_rng(9)
    for factor in (low, high):
        runs = []
        for count in generator.binomial(trials, 0.2 * factor, 40).tolist():
            others = [one[:4] for one in fair(19, 4, trials, str(count))]
            drawn = [
                ([0] if n < count else []) + [1 + i for i in one[: 3 if n < count else 4]]
                for n, one in enumerate(others)
            ]
            runs.append(inclusion(plain(20, drawn), alpha=0.001).failed)
        assert 0.8 <= sum(runs) / len(runs) <= 1


def codes(error: InputError) -> list[str]:
    """Where and why."""
    return sorted(f"{note.at}: {note.code}" for note in error.faults)


def test_all_that_is_wrong_is_told_at_once() -> None:
    """Wrong types, chances and biases are InputErrors with codes."""
    for units in (0, -3, True, 1.5, "9", None, 2**53):
        with pytest.raises(InputError) as caught:
            trials_for(cast(int, units), cast(Share, 0.1), bias=cast(Share, None), alpha=cast(float, 1), power=1.0)
        assert codes(caught.value) == [
            "alpha: level-form", "bias: bias-form", "chance: share-float", "power: level-form", "units: positive-form",
        ]  # fmt: skip
    for trials in (0, True, 1.0, "9", None):
        with pytest.raises(InputError) as caught:
            detectable_bias(0, "0", trials=cast(int, trials), alpha=float("nan"), power=1.5)
        assert codes(caught.value) == [
            "alpha: level-form", "chance: chance-open", "power: level-form", "trials: positive-form",
            "units: positive-form",
        ]  # fmt: skip
    for chance, bias, expected in (
        ("1/2", "1", ["bias: bias-none"]),
        ("1/2", "100%", ["bias: bias-none"]),
        ("1/2", "201%", ["bias: bias-above"]),
        ("0", "2", ["chance: chance-open"]),
        ("1", "1", ["bias: bias-none", "chance: chance-open"]),
        ("3/2", "-1", ["bias: bias-form", "chance: share-range"]),
    ):
        with pytest.raises(InputError) as caught:
            trials_for(5, chance, bias=bias)
        assert codes(caught.value) == expected
    for chance in ("0", "1"):
        with pytest.raises(InputError) as caught:
            detectable_bias(5, chance, trials=9)
        assert codes(caught.value) == ["chance: chance-open"]


def test_too_small_a_bias_and_too_many_draws_are_refused() -> None:
    """Beyond 10^9 draws nothing is reckoned; at the limit it still is."""
    with pytest.raises(InputError) as caught:
        trials_for(10, "1/1000", bias="100.01%")
    assert codes(caught.value) == ["bias: trials-too-many"]
    with pytest.raises(InputError) as caught:
        detectable_bias(10, "1/2", trials=10**9 + 1)
    assert codes(caught.value) == ["trials: trials-above"]
    low, high = detectable_bias(10, "1/2", trials=10**9)
    assert 0.999 < low < 1 < high < 1.001


def test_a_certain_bias_needs_few_draws() -> None:
    """A unit that always comes, instead of every second time, shows as soon as 2^-R is below half the limit."""
    assert trials_for(1, "1/2", bias="2", alpha=0.001) == next(r for r in range(99) if 2 * 2.0**-r < 0.001)
