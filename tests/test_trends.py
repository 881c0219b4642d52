"""Trends and groups: variances in exact fractions, bounds by all outcomes, tails of skew attributes far out."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import product
from math import inf, isclose, nan, sqrt
from typing import cast

import numpy as np
import pytest
from scipy.stats import binom, norm, rankdata

from dual_random import InputError
from dual_random.testing import trends as room
from dual_random.testing.attributes import Values, value_faults
from dual_random.testing.checks import Check
from dual_random.testing.distributions import bent_limit, bent_tails
from dual_random.testing.trends import groups, midranks, trend
from fair_draws import Places, excesses, fair, given, many, multinomial, names, plain, shares, split, subsets


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Trends are judged however few hits there are."""
    monkeypatch.setattr(room, "_FEWEST", 0)


def by_place(values: Sequence[float]) -> dict[str, float]:
    """Values in the order of the list."""
    return dict(zip(names(len(values)), values, strict=True))


def score(check: Check) -> float:
    """Of a check that has one."""
    assert check.statistic is not None
    return check.statistic


# ---- ranks


@pytest.mark.parametrize("values", [[3.0], [1.0, 1.0], [5, 1, 5, 2, 5, 1], [-1e300, 0.0, 1e300], [2.5, 2.5, 2.5, 1]])
def test_equal_values_share_the_mean_of_their_ranks(values: list[float]) -> None:
    """As another implementation has it."""
    assert midranks(np.array(values, dtype=np.float64)).tolist() == rankdata(values).tolist()


# ---- numbers, units alike


@pytest.mark.parametrize("values", [[1, 2, 3, 4, 5], [1, 1, 1, 1, 9], [3, 1, 2, 2, 7], [0, 0, 1, 1, 1]])
@pytest.mark.parametrize("sizes", [(2,), (1, 3), (4, 4), (5, 2, 0)])
def test_the_variance_is_exact(few: None, values: list[float], sizes: tuple[int, ...]) -> None:
    """Over all outcomes the score has the mean 0 and the variance 1, and its third cumulant is the skew of p."""
    outcomes = list(product(*(subsets(5, taken) for taken in sizes)))
    ranks = [Fraction(rank) for rank in rankdata(values).tolist()]
    mean = sum(ranks) / 5
    squares = sum((rank - mean) ** 2 for rank in ranks)
    variance = sum(Fraction(taken * (5 - taken), 5 * 4) for taken in sizes) * squares
    totals = [sum(ranks[place] - mean for one in drawn for place in one) for drawn in outcomes]
    assert sum(total**2 for total in totals) / len(totals) == variance
    skew = float(sum(total**3 for total in totals) / len(totals)) / float(variance) ** 1.5
    checks = [trend(plain(5, drawn), "size", by_place(values)) for drawn in outcomes]
    assert isclose(sum(score(check) ** 2 for check in checks) / len(checks), 1, rel_tol=1e-12)
    for check, total in zip(checks, totals, strict=True):
        assert isclose(score(check), float(total) / sqrt(variance), rel_tol=1e-12, abs_tol=1e-12)
        assert check.p >= bent_tails(score(check), skew, 0.0) * (1 - 1e-12)
    if len(set(values)) == 5:  # ranks one by one are flat, not peaked
        assert all(isclose(check.p, bent_tails(score(check), skew, 0.0)) for check in checks)


def test_classes_are_centred_by_themselves(few: None) -> None:
    """Who is drawn within a class counts, not how many of which class; the variances add up."""
    alike = split(7, {"X": 4, "Y": 3})
    outcomes = [[[*a, *b]] for a, b in product(subsets(4, 1), [(4, 5), (4, 6), (5, 6)])]
    values = by_place([7, 6, 5, 4, 3, 2, 1])
    scores = [score(trend(plain(7, drawn, alike), "size", values)) for drawn in outcomes]
    assert isclose(sum(scores), 0, abs_tol=1e-9)
    assert isclose(sum(each**2 for each in scores) / len(scores), 1)
    variance = Fraction(1 * 3, 4 * 3) * 5 + Fraction(2 * 1, 3 * 2) * 2
    total = (7 - Fraction(11, 2)) + (3 + 2 - 4)
    assert isclose(scores[0], float(total) / sqrt(variance))


def test_each_result_is_asked_by_itself() -> None:
    """The smallest p, times the number of results; the worst is named."""
    drawn = [[(i, "a") for i in sorted(one)[:2]] + [(i, "b") for i in sorted(one)[2:]] for one in fair(9, 5, 60, "a")]
    values = by_place(range(9))
    both = trend(given(9, drawn), "place", values)
    alone = [trend(given(9, [[h for h in one if h[1] == r] for one in drawn]), "place", values) for r in "ab"]
    assert isclose(both.p, min(1.0, 2 * min(each.p for each in alone)))
    assert both.worst[0].at == min("ab", key=lambda r: alone["ab".index(r)].p)
    assert both.null.params["count"] == 2
    assert both.name == "trend: place"
    one_each = [[hits[0], *hits[2:]] for hits in drawn]  # "a" more rarely than "b", so that less of it is seen
    rare = trend(given(9, one_each), "place", values, alpha=0.02)
    alone = [
        trend(given(9, [[h for h in one if h[1] == r] for one in one_each]), "place", values, alpha=0.01) for r in "ab"
    ]
    assert rare.detectable == max(each.detectable for each in alone) > min(each.detectable for each in alone)


def test_the_worst_says_the_mean_rank() -> None:
    """Of the units drawn, and of all."""
    drawn = [(0, 1), (1, 2)] * 20
    check = trend(plain(6, drawn), "place", by_place(range(6)))
    assert str(check.worst[0]) == "the mean rank of the units drawn is 2, 3.5 expected (1 is the lowest)"
    assert check.failed
    assert score(check) < 0 < score(trend(plain(6, drawn), "place", by_place([5, 4, 3, 2, 1, 0])))


@pytest.mark.parametrize("size", [20, 60])
@pytest.mark.parametrize("mean", [20, 50, 200])
@pytest.mark.parametrize("odd", [1.0, -1.0])
def test_one_unit_with_another_value_is_no_normal_number(size: int, mean: int, odd: float) -> None:
    """Its count is binomial: far out the p is never below the exact chance, and follows it when counts are many."""
    taken = size // 20
    trials = 20 * mean
    values = dict.fromkeys(names(size), 0.0) | {"E01": odd}
    seen = {}
    for count in (int(mean + far * sqrt(mean)) for far in (2.5, 3.5, 4.5, 5, 5.5, 6)):
        drawn = [[0, *range(1, taken)]] * count + [[*range(1, taken + 1)]] * (trials - count)
        check = trend(plain(size, drawn), "size", values)
        exact = 2 * float(binom.sf(count - 1, trials, 1 / 20))
        if exact > 1e-10:
            assert exact <= check.p * 1.2
            seen[count] = check.p / exact
    assert len(seen) >= 4
    if mean == 200:
        assert max(seen.values()) < 8
    low = mean - int(3 * sqrt(mean))
    drawn = [[0, *range(1, taken)]] * low + [[*range(1, taken + 1)]] * (trials - low)
    assert 2 * binom.cdf(low, trials, 1 / 20) <= trend(plain(size, drawn), "size", values).p * 1.2


@pytest.mark.parametrize(("taken", "trials"), [(1, 900), (3, 400), (8, 150)])
def test_skew_and_peak_are_those_of_the_attribute(taken: int, trials: int) -> None:
    """Third and fourth cumulants of draws without replacement, in fractions, for one rank far above the others."""
    size, share = 24, Fraction(taken, 24)
    ranks = [Fraction(23, 2) + (Fraction(1, 2))] * 23 + [Fraction(24)]
    own = [rank - sum(ranks) / size for rank in ranks]
    two, three, four = (sum(each**power for each in own) for power in (2, 3, 4))
    both, lean = share * (1 - share), 1 - 2 * share
    variance = trials * both * two * size / (size - 1)
    third = trials * both * lean * three * size**2 / ((size - 1) * (size - 2))
    fourth = trials * (both * (1 - 6 * both) * four - 3 * both * lean**2 * two**2 / size)
    values = dict.fromkeys(names(size), 0.0) | {"E24": 1.0}
    often = int(trials * share + 4 * sqrt(trials * both))
    drawn = [[23, *range(taken - 1)]] * often + [[*range(taken)]] * (trials - often)
    check = trend(plain(size, drawn), "size", values)
    assert isclose(score(check), float(own[23] * often + own[0] * (taken * trials - often)) / sqrt(variance))
    expected = bent_tails(score(check), float(third) / float(variance) ** 1.5, float(fourth / variance**2))
    assert isclose(check.p, expected, rel_tol=1e-9)
    assert expected > 1.5 * bent_tails(score(check), 0.0, 0.0)


def test_where_the_normal_law_does_not_reach_nothing_is_seen() -> None:
    """One unit of another value that is expected three times: p cannot become small, and the check says so."""
    drawn = [[0], *[[1 + i % 59] for i in range(179)]]
    values = dict.fromkeys(names(60), 0.0) | {"E01": 1.0}
    check = trend(plain(60, drawn), "size", values)
    assert (check.sees.code, check.detectable) == ("sees-nothing", inf)
    assert trend(plain(60, [[0]] * 180), "size", values).p > 1e-3


def test_hits_that_were_certain_do_not_count() -> None:
    """Draws of all units make no trend normal; below fifty open hits, or without differences, nothing is asked."""
    certain = [[0, 1, 2, 3]] * 60
    for drawn, values in (
        ([*certain, [0]], range(4)),
        (certain, range(4)),
        (fair(4, 2, 24, "b"), range(4)),
        (fair(4, 2, 99, "b"), [5, 5, 5, 5]),
        ([], range(4)),
        ([[]] * 99, range(4)),
    ):
        check = trend(plain(4, drawn), "place", by_place(list(values)))
        assert (check.p, check.sees.code, check.detectable, check.worst) == (1.0, "sees-nothing", inf, ())
    with_certain = trend(plain(4, [*certain, *fair(4, 2, 25, "b")]), "place", by_place(range(4)))
    without = trend(plain(4, fair(4, 2, 25, "b")), "place", by_place(range(4)))
    assert with_certain.p == without.p
    assert with_certain.detectable == without.detectable
    assert with_certain.worst == without.worst


def test_the_trend_it_says_is_seen_nine_times_in_ten() -> None:
    """Weights that move the mean rank by the stated number of standard deviations fail .85 to .95 of the runs."""
    generator = np.random.default_rng(6)
    size, trials = 30, 300
    values = by_place(range(size))
    check = trend(plain(size, fair(size, 1, trials, "c")), "place", values, alpha=0.001)
    ranks = np.arange(size) - (size - 1) / 2
    weights = 1 + check.detectable * ranks / ranks.std()
    drawn = generator.choice(size, p=weights / weights.sum(), size=(300, trials))
    runs = [trend(plain(size, one[:, None].tolist()), "place", values, alpha=0.001).failed for one in drawn]
    assert 0.84 <= sum(runs) / len(runs) <= 0.96


# ---- numbers, chances stated


def test_stated_chances_weigh_the_mean_rank() -> None:
    """Each draw's sum has the mean 0 over all outcomes of an unequal design; the score is over its own spread."""
    law: dict[Places, Fraction] = {(0, 1): Fraction(1, 2), (2, 3): Fraction(1, 6), (0, 2): Fraction(1, 3)}
    chance = [sum((p for one, p in law.items() if place in one), start=Fraction(0)) for place in range(4)]
    ranks = [2, 4, 1, 3]
    centre = sum(rank * p for rank, p in zip(ranks, chance, strict=True)) / sum(chance)
    sums = {one: sum(ranks[place] - centre for place in one) for one in law}
    assert sum(p * sums[one] for one, p in law.items()) == 0
    drawn = many(list(law), (180, 60, 130))
    stated = dict(zip(names(4), chance, strict=True))
    check = trend(plain(4, drawn), "size", by_place([20, 40, 10, 30]), chance=stated)
    each = [float(sums[one]) for one in drawn]
    spread = sqrt(sum(value**2 for value in each))
    assert isclose(score(check), sum(each) / spread, rel_tol=1e-12)
    mean = sum(each) / len(each)
    skew = -2 * sum((value - mean) ** 3 for value in each) / spread**3
    assert isclose(check.p, bent_tails(score(check), skew, 0.0), rel_tol=1e-9)
    few = trend(plain(4, drawn[-149:]), "size", by_place([20, 40, 10, 30]), chance=stated)
    assert (few.p, few.sees.code) == (1.0, "sees-nothing")  # the last is expected 149/6 < 25 times


@pytest.mark.parametrize(("chance", "trials"), [("1/2", 120), ("1/2", 51), ("1/10", 251)])
def test_a_cluster_at_one_end_raises_no_false_alarm(chance: str, trials: int) -> None:
    """Three units that come together and rarely, else one of the others: by all outcomes, p is hardly exceeded."""
    share = Fraction(chance)
    stated = {"E01": 1 - share, "E02": share, "E03": share, "E04": share}
    law = []
    for count in range(trials + 1):
        probability = float(binom.pmf(count, trials, float(share)))
        if probability > 1e-9:
            drawn = [(1, 2, 3)] * count + [(0,)] * (trials - count)
            law.append((trend(plain(4, drawn), "place", by_place(range(4)), chance=stated).p, probability))
    for level in (0.05, 0.01, 1e-3, 1e-5, 1e-7):
        assert sum(q for p, q in law if p <= level) <= 1.3 * level
    assert min(p for p, _ in law) < 0.05


def test_every_third_follows_its_chances() -> None:
    """A systematic draw passes with stated chances, and one whose start leans does not."""
    fine = [range(start, 12, 3) for start in np.random.default_rng(7).integers(0, 3, 600)]
    leaning = [range(start, 12, 3) for start in np.random.default_rng(7).integers(0, 9, 600) % 4 % 3]
    stated = dict.fromkeys(names(12), "1/3")
    assert not trend(plain(12, fine), "place", by_place(range(12)), chance=stated).failed
    assert trend(plain(12, leaning), "place", by_place(range(12)), chance=stated).failed


@pytest.mark.parametrize("size", [9, 21, 30, 77])
def test_draws_that_all_weigh_the_same_have_no_trend(size: int) -> None:
    """Equal values, or couples from both ends of the list: what rounding leaves is no score."""
    starts = np.random.default_rng(10).integers(0, 3, 600).tolist()
    equal = trend(
        plain(size, [range(start, size, 3) for start in starts]),
        "size",
        by_place([5.0] * size),
        chance=dict.fromkeys(names(size), "1/3"),
    )
    half = size // 2
    drawn = [[i, size - 1 - i] for i in np.random.default_rng(11).integers(0, half, 60 * half).tolist()]
    chance = {unit: Fraction(int(place != size - 1 - place), half) for place, unit in enumerate(names(size))}
    couples = trend(plain(size, drawn), "place", by_place(range(size)), chance=chance)
    for check in (equal, couples):
        assert (check.p, check.sees.code, check.statistic) == (1.0, "sees-nothing", None)


def test_no_chances_no_trend() -> None:
    """Units of chance 0 only, or draws of nobody: nothing is asked."""
    for stated in ("0", "1"):
        chance = dict.fromkeys(names(3), stated)
        drawn: list[list[int]] = [[0, 1, 2] if stated == "1" else []] * 90
        check = trend(plain(3, drawn), "place", by_place(range(3)), chance=chance)
        assert (check.p, check.sees.code) == (1.0, "sees-nothing")


# ---- groups


@pytest.mark.parametrize("labels", ["aabb", "abbb", "abcd", "aabc"])
def test_the_p_of_groups_is_an_upper_bound(labels: str) -> None:
    """Over all outcomes of seven draws of two of four, whatever the groups."""
    sets = subsets(4, 2)
    values = dict(zip(names(4), labels, strict=True))
    chances = [Fraction(1, 6)] * 6
    law = [(groups(plain(4, many(sets, n)), "g", values).p, multinomial(n, chances)) for n in shares(7, 6)]
    found = excesses(law)
    assert found
    assert all(ratio <= 1 + 1e-9 for _, ratio in found)


def test_the_p_of_groups_is_an_upper_bound_over_classes_and_sizes() -> None:
    """Sizes that differ, and two classes: all outcomes of four draws."""
    alike = split(5, {"X": 3, "Y": 2})
    values = dict(zip(names(5), "ababb", strict=True))
    ones = [[[*a, *b] for a, b in product(subsets(3, s), subsets(2, 1))] for s in (1, 2, 1, 2)]
    law = [(groups(plain(5, drawn, alike), "g", values).p, Fraction(1, 6**4)) for drawn in product(*ones)]
    found = excesses(law)
    assert found
    assert all(ratio <= 1 + 1e-9 for _, ratio in found)


def test_groups_are_counted_literally() -> None:
    """What came and what was expected, over classes and sizes; what was certain is left aside."""
    alike = split(9, {"X": 5, "Y": 4})
    values = dict(zip(names(9), "nnnsssssw", strict=True))
    drawn = [[0, 1, 5], [0, 2, 4, 5, 6, 7, 8], [0, 1, 2, 3, 4, 8], [1]]
    check = groups(plain(9, drawn, alike), "district", values, alpha=0.9)
    mean = {"n": Fraction(3 * (2 + 3 + 1), 5), "s": Fraction(2 * (2 + 3 + 1), 5) + Fraction(3 * (1 + 1), 4)}
    came = {"n": 2 + 2 + 1, "s": 0 + 1 + 0 + 1 + 0, "w": 1}
    mean["w"] = Fraction(1 + 1, 4)
    told = {note.at: (note.params["count"], note.params["mean"]) for note in check.worst}
    assert told == {group: (f"{came[group]}", f"{float(mean[group]):.4g}") for group in mean}
    assert check.null.params == {"name": "district", "count": 3}
    assert check.name == "groups: district"


def test_groups_of_results_are_named_by_both() -> None:
    """Group and result; the worst first."""
    drawn = [[(0, "a"), (2, "b")]] * 80 + [[(1, "a"), (3, "b")]] * 20
    values = dict(zip(names(4), "xyxy", strict=True))
    check = groups(given(4, drawn), "g", values)
    assert {note.at for note in check.worst} <= {"x · a", "x · b", "y · a", "y · b"}
    assert check.null.params["count"] == 4
    assert check.failed


def test_groups_that_are_all_or_nothing_are_not_asked() -> None:
    """One group for all, or all drawn: p is 1; too few draws to see any excess say so."""
    for values, drawn in (("aaa", fair(3, 1, 50, "d")), ("abc", [[0, 1, 2]] * 50), ("abc", [])):
        check = groups(plain(3, drawn), "g", dict(zip(names(3), values, strict=True)))
        assert (check.p, check.sees.code, check.detectable) == (1.0, "sees-nothing", inf)
    check = groups(plain(3, [[0]]), "g", dict(zip(names(3), "abc", strict=True)))
    assert (check.sees.code, check.detectable) == ("sees-nothing", inf)


def test_the_group_it_says_is_seen_nine_times_in_ten() -> None:
    """A group of three of twenty with the stated excess fails .85 to 1 of simulated runs."""
    generator = np.random.default_rng(8)
    values = dict(zip(names(20), "a" * 3 + "b" * 17, strict=True))
    check = groups(plain(20, fair(20, 1, 400, "e")), "g", values, alpha=0.001)
    chances = [check.detectable / 20] * 3
    chances += [(1 - sum(chances)) / 17] * 17
    drawn = generator.choice(20, p=chances, size=(200, 400))
    runs = [groups(plain(20, one[:, None].tolist()), "g", values, alpha=0.001).failed for one in drawn]
    assert 0.84 <= sum(runs) / len(runs) <= 1


# ---- tails that are not quite normal


@pytest.mark.parametrize(("skew", "peak"), [(0.0, 0.0), (0.2, 0.0), (-0.2, 0.0), (0.0, 0.3), (0.3, 0.1), (1.5, 2.0)])
def test_tails_fall_and_are_never_below_the_normal_ones(skew: float, peak: float) -> None:
    """On both sides, up to any value; the limit is where they cross the chance."""
    for side in (1, -1):
        tails = [bent_tails(side * step / 8, skew, peak) for step in range(400)]
        assert tails == sorted(tails, reverse=True)
        assert all(tail >= 2 * norm.sf(step / 8) * (1 - 1e-12) for step, tail in enumerate(tails) if step < 300)
    for chance in (0.05, 1e-6):
        limit = bent_limit(chance, skew, peak)
        if limit < inf:
            assert isclose(bent_tails(limit, abs(skew), peak), chance, rel_tol=1e-6)
        else:
            assert bent_tails(1e9, abs(skew), peak) > chance
    assert isclose(bent_limit(1e-6, 0.0, -3.0), norm.isf(5e-7), rel_tol=1e-9)


# ---- refused


@pytest.mark.parametrize(
    ("values", "codes"),
    [
        ({"E01": 1.0}, ["unit-without"]),
        ({"E01": 1.0, "E02": 2, "E03": 3}, ["unit-unknown"]),
        ({"E01": 1.0, "E02": nan}, ["attribute-value"]),
        ({"E01": inf, "E02": -inf}, ["attribute-value", "attribute-value"]),
        ({"E01": True, "E02": None}, ["attribute-value", "attribute-value"]),
        ({"E01": 10**400, "E02": 1 + 1j}, ["attribute-value", "attribute-value"]),
        ({"E01": "a", "E02": 1}, ["attribute-mixed"]),
        ({}, ["unit-without", "unit-without"]),
        ([1, 2], ["entries-shape"]),
        (None, ["entries-shape"]),
    ],
)
def test_values_that_do_not_fit_are_refused(values: object, codes: list[str]) -> None:
    """By `trend`, and by `groups`, with all that is wrong."""
    assert sorted(note.code for note in value_faults(names(2), values, "size")) == codes
    for check in (trend, groups):
        with pytest.raises(InputError) as caught:
            check(plain(2, [[0]]), "size", cast(dict, values))  # type: ignore[type-arg]
        assert sorted(note.code for note in caught.value.faults) == codes


def test_numbers_make_trends_and_names_groups() -> None:
    """The other way round is refused; numbers of numpy are numbers, whole numbers may be large."""
    numbers = cast(Values, {"E01": 1, "E02": 2.5})
    texts = cast(Values, {"E01": "a", "E02": "b"})
    with pytest.raises(InputError) as caught:
        groups(plain(2, [[0]]), "size", cast(Mapping[str, str], numbers))
    assert [note.code for note in caught.value.faults] == ["attribute-number"]
    with pytest.raises(InputError) as caught:
        trend(plain(2, [[0]]), "size", cast(Mapping[str, float], texts))
    assert [note.code for note in caught.value.faults] == ["attribute-text"]
    arrays = {"E01": np.int64(3), "E02": np.float32(1.5)}
    assert value_faults(names(2), arrays, "size") == []
    assert value_faults(names(2), {"E01": 10**18, "E02": -(10**299)}, "size") == []
