"""Sums of squares: values in exact fractions, their means over all outcomes, and their tails far out."""

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations, product
from math import exp, inf, isclose, lgamma, log, sqrt

import numpy as np
import pytest
from scipy.stats import chi2

from dual_random.testing import squares
from dual_random.testing.checks import Check
from dual_random.testing.squares import Square, chi_square, countable
from dual_random.testing.squares import subsets as check_subsets
from fair_draws import fair, given, plain, split, subsets


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cells are judged however few hits they have."""
    monkeypatch.setattr(squares, "_FEWEST", 0)


def value(size: int, drawn: Sequence[Sequence[int]], members: Sequence[int]) -> Fraction:
    """The corrected sum of some units that are alike, in fractions."""
    own = [[place for place in one if place in members] for one in drawn]
    count = len(members)
    mean = Fraction(sum(map(len, own)), count)
    spread = sum((Fraction(len(one) * (count - len(one)), count * (count - 1)) for one in own), start=Fraction(0))
    counts = Counter(place for one in own for place in one)
    assert size >= count
    return sum(((counts[place] - mean) ** 2 for place in members), start=Fraction(0)) / spread


def statistic(check: Check) -> float:
    """Of a check that has one."""
    assert check.statistic is not None
    return check.statistic


@pytest.mark.parametrize(("size", "taken", "trials"), [(4, 1, 2), (5, 2, 2), (5, 4, 2), (4, 2, 3), (6, 3, 1)])
def test_the_mean_is_the_degrees_of_freedom(few: None, size: int, taken: int, trials: int) -> None:
    """Over all outcomes of so many draws the corrected sum has the mean N-1, exactly; the well-known one N-n."""
    outcomes = list(product(subsets(size, taken), repeat=trials))
    values = [value(size, drawn, range(size)) for drawn in outcomes]
    assert sum(values) / len(values) == size - 1
    expected = Fraction(trials * taken, size)
    naive = [
        sum((Fraction(sum(place in one for one in drawn)) - expected) ** 2 for place in range(size)) / expected
        for drawn in outcomes
    ]
    assert sum(naive) / len(naive) == size - taken
    for drawn, exact, wrong in list(zip(outcomes, values, naive, strict=True))[::7]:
        check = chi_square(plain(size, drawn))
        assert isclose(statistic(check), float(exact), rel_tol=1e-12, abs_tol=1e-12)
        assert exact == wrong * Fraction(size - 1, size - taken)
        assert check.dof == size - 1


def test_numbers_may_differ_between_draws_and_strata_add_up(few: None) -> None:
    """With 1 to 3 of four and 1 or 2 of three drawn, the sum of both has the mean 3 + 2 over all outcomes."""
    alike = split(7, {"X": 4, "Y": 3})
    first = [[*a, *b] for a, b in product(subsets(4, 1), [(4,), (5,), (6,)])]
    second = [[*a, *b] for a, b in product(subsets(4, 3), combinations(range(4, 7), 2))]
    outcomes = list(product(first, second))
    values = [value(7, drawn, range(4)) + value(7, drawn, range(4, 7)) for drawn in outcomes]
    assert sum(values) / len(values) == 5
    for drawn, exact in list(zip(outcomes, values, strict=True))[::5]:
        check = chi_square(plain(7, drawn, alike))
        assert isclose(statistic(check), float(exact), rel_tol=1e-12, abs_tol=1e-12)
        assert check.dof == 5


def test_each_result_is_asked_by_itself() -> None:
    """The smallest p counts, times the number of results; the result is named."""
    drawn = [[(i, "north") for i in one[:2]] + [(i, "south") for i in one[2:]] for one in fair(8, 4, 200, "a")]
    biased = [[hit for hit in one if hit != (0, "south")] for one in drawn]  # the first never goes south
    check = chi_square(given(8, biased))
    (worst,) = check.worst
    assert worst.params["result"] == "south"
    alone = chi_square(given(8, [[hit for hit in one if hit[1] == "south"] for one in biased]))
    assert check.statistic == alone.statistic
    assert isclose(check.p, 2 * alone.p)
    assert str(worst).endswith("for south")
    even = [[(n % 8, "north"), ((n + 1) % 8, "south")] for n in range(400)]
    assert chi_square(given(8, even)).p == 1.0


def test_of_few_hits_nothing_is_asked() -> None:
    """Below five hits, or five misses, expected of each unit, or with nothing open, p is 1 and nothing is seen."""
    for replicates in (
        plain(10, fair(10, 2, 24, "b")),
        plain(10, fair(10, 8, 24, "b")),
        plain(3, [[0, 1, 2]] * 50),
        plain(1, [[0]] * 50),
        plain(4, []),
        plain(4, [[]] * 9),
    ):
        check = chi_square(replicates)
        assert (check.p, check.sees.code, check.detectable, check.dof) == (1.0, "sees-nothing", inf, None)
    assert chi_square(plain(10, fair(10, 2, 25, "b"))).dof == 9
    assert chi_square(plain(10, fair(10, 8, 25, "b"))).dof == 9


# ---- far out


def log_poisson(count: int, mean: float) -> float:
    """Of the probability."""
    return count * log(mean) - mean - lgamma(count + 1)


def exact_tail(places: int, trials: int, least: int) -> float:
    """The chance that the squares of multinomial counts of equal chances sum to at least so many.

    Poisson counts place by place, given their total: a table of the probabilities of total and sum of squares, and of
    totals whose squares already suffice.
    """
    law = np.exp([log_poisson(count, trials / places) for count in range(trials + 1)])
    most = int(np.flatnonzero(law > 1e-25).max())
    below, above = np.zeros((trials + 1, least)), np.zeros(trials + 1)
    below[0, 0] = 1
    for _ in range(places):
        table, over = np.zeros_like(below), np.convolve(above, law)[: trials + 1]
        for count in range(most + 1):
            kept, cut = below[: trials + 1 - count], max(0, least - count * count)
            table[count:, count * count :] += law[count] * kept[:, :cut] if cut else 0
            over[count:] += law[count] * kept[:, cut:].sum(axis=1)
        below, above = table, over
    return float(above[trials] / (above[trials] + below[trials].sum()))


@pytest.mark.parametrize(("places", "mean"), [(5, 5), (5, 20), (8, 5), (8, 20), (12, 10), (20, 5)])
def test_tails_far_out_are_those_of_the_exact_law(places: int, mean: int) -> None:
    """Down to 10^-8 the p is too low by a factor of 1.5 at most with ten hits or more expected, of 2.5 with five."""
    worst = 0.0
    for nominal in (1e-3, 1e-5, 1e-7, 1e-8):
        top = mean
        while True:  # one unit comes far too often, the others as equally as can be
            rest, more = divmod(places * mean - top, places - 1)
            counts = [top, *[rest + 1] * more, *[rest] * (places - 1 - more)]
            check = chi_square(plain(places, [[place] for place, count in enumerate(counts) for _ in range(count)]))
            if check.p <= nominal:
                break
            top += 1
        exact = exact_tail(places, places * mean, sum(count**2 for count in counts))
        assert 0.4 < exact / check.p < (1.5 if mean >= 10 else 2.5), (nominal, exact, check.p)
        worst = max(worst, exact / chi2.sf(statistic(check), places - 1))
    assert worst > (1.8 if mean >= 10 else 8)  # as it would be without the correction


def test_the_correction_of_independent_sums_adds_up() -> None:
    """The p of a sum of two is the convolution of both tails to first order."""
    one, other = Square(20.0, 5, 1.0, (-0.1, 0.3, -0.4, 0.2)), Square(11.0, 4, 2.0, (0.1, 0.0, 0.1, -0.2))
    both = one + other
    assert (both.value, both.dof, both.gain) == (31.0, 9, 3.0)
    tails = [chi2.sf(31, 9 + 2 * more) for more in range(4)]
    more = (0.0 * tails[0] + 0.3 * tails[1] - 0.3 * tails[2] + 0.0 * tails[3]) / tails[0]
    assert isclose(both.p, tails[0] * (1 + max(0.0, more) / 2) ** 2, rel_tol=1e-9)
    raised = Square(31.0, 9, bend=(0.5, 0.0, 0.0, 0.25))
    assert isclose(raised.p, tails[0] * (1.25 + tails[3] / tails[0] / 8) ** 2, rel_tol=1e-9)
    assert Square(1e9, 9, bend=(0.5, 0.0, 0.0, 0.25)).p == 0.0
    assert Square(2.0, 9, bend=(5.0, 0.0, 0.0, 0.0)).p == 1.0
    assert isclose(Square(31.0, 9).p, tails[0])
    assert Square().p == 1.0
    assert Square(30.0, 0).p == 1.0


def test_the_bias_it_says_is_seen_nine_times_in_ten() -> None:
    """With every chance off by so much, half of them up and half down, .8 to 1 of simulated runs fail."""
    generator = np.random.default_rng(2)
    trials, size = 600, 20
    fine = chi_square(plain(size, fair(size, 1, trials, "c")), alpha=0.001)
    runs = []
    for _ in range(200):
        chances = np.repeat([1 + fine.detectable, 1 - fine.detectable], size // 2) / size
        drawn = generator.choice(size, p=chances, size=trials)
        runs.append(chi_square(plain(size, drawn[:, None].tolist()), alpha=0.001).failed)
    assert 0.8 <= sum(runs) / len(runs) <= 0.98
    assert fine.sees.params["bias"] == f"{100 * fine.detectable:.3g}"


# ---- all sets


def test_subsets_are_counted_by_pearson() -> None:
    """The sum over all sets, those never drawn too, of (count - mean)²/mean."""
    drawn = [*fair(5, 2, 100, "d"), *([(0, 1)] * 5)]
    counts = Counter(tuple(sorted(one)) for one in drawn)
    mean = Fraction(105, 10)
    exact = sum((counts[one] - mean) ** 2 / mean for one in subsets(5, 2))
    check = check_subsets(plain(5, drawn))
    assert isclose(statistic(check), float(exact), rel_tol=1e-12)
    assert check.dof == 9
    lacking = [one for one in drawn if set(one) != {3, 4}]
    counts = Counter(tuple(sorted(one)) for one in lacking)
    mean = Fraction(len(lacking), 10)
    exact = sum((counts[one] - mean) ** 2 / mean for one in subsets(5, 2))
    assert isclose(statistic(check_subsets(plain(5, lacking))), float(exact), rel_tol=1e-12)


def test_subsets_of_classes_add_up() -> None:
    """Each class has its own sets; together their sums and degrees of freedom."""
    alike = split(7, {"X": 4, "Y": 3})
    first, second = fair(4, 2, 60, "e"), fair(3, 1, 60, "f")
    both = check_subsets(plain(7, [[*a, 4 + b[0]] for a, b in zip(first, second, strict=True)], alike))
    one, other = check_subsets(plain(4, first)), check_subsets(plain(3, second))
    assert isclose(statistic(both), statistic(one) + statistic(other))
    assert both.dof == 5 + 2


def test_sets_that_are_too_many_or_of_several_sizes_are_not_counted() -> None:
    """Then the check says why; it is asked from five draws for each set, up to 2,000 sets."""
    assert not countable(plain(5, fair(5, 2, 49, "g")))
    assert countable(plain(5, fair(5, 2, 50, "g")))
    for replicates in (
        plain(5, [*fair(5, 2, 99, "g"), [0]]),
        plain(5, fair(5, 5, 99, "g")),
        plain(3000, [[0]] * 20),
        plain(5, []),
    ):
        assert not countable(replicates)
        check = check_subsets(replicates)
        assert (check.p, check.sees.code, check.detectable) == (1.0, "subsets-blind", inf)
    many = plain(2000, [[place] for place in range(2000)] * 5)
    assert countable(many)
    assert check_subsets(many).statistic == 0
    assert not countable(plain(2001, [[place] for place in range(2001)] * 5))
    assert not countable(plain(30_000, [range(15_000)] * 6))  # a number of 9,000 digits is not written out


def test_sets_that_no_count_shows_are_found() -> None:
    """Four sets in which every unit stands twice: their counts alone show nothing."""
    only = [(0, 1, 2), (0, 3, 4), (1, 3, 5), (2, 4, 5)]
    drawn = [only[int(x) % 4] for x in np.random.default_rng(3).integers(0, 4, 400)]
    assert not chi_square(plain(6, drawn)).failed
    check = check_subsets(plain(6, drawn))
    assert check.failed
    assert isclose(statistic(check), sum(c**2 for c in Counter(drawn).values()) / 20 - 400)


def test_detectable_is_the_noncentrality() -> None:
    """A bias b of every place adds its square times the gain: N mean²/spread for counts, the draws for sets."""
    check = chi_square(plain(10, fair(10, 4, 100, "h")), alpha=0.01)
    sets = check_subsets(plain(6, fair(6, 3, 400, "h")), alpha=0.01)
    spread = 100 * 4 * 6 / (10 * 9)
    for found, dof, gain in ((check, 9, 10 * 40**2 / spread), (sets, 19, 400)):
        limit = chi2.isf(0.01, dof)
        shift = found.detectable**2 * gain
        tail = sum(exp(log_poisson(k, shift / 2)) * chi2.sf(limit, dof + 2 * k) for k in range(200))
        assert isclose(tail, 0.9, rel_tol=1e-6)
        assert isclose(sqrt(shift / gain), found.detectable)
