"""Inclusion: every p is an upper bound, by all outcomes of small designs; what it says it would see is seen."""

from fractions import Fraction
from itertools import product
from math import inf, isclose

import numpy as np
import pytest
from scipy.stats import binom

from dual_random import InputError
from dual_random.testing.power import detectable_bias
from dual_random.testing.replicates import Shares, replicate
from dual_random.testing.tallies import inclusion, members
from fair_draws import Places, excesses, fair, given, many, multinomial, names, plain, shares, split, subsets


def doubled(trials: int, chance: float, count: int) -> float:
    """Twice the smaller binomial tail; 1 within one of the mean."""
    mean = trials * chance
    high = binom.sf(count - 1, trials, chance) if count >= mean + 1 else 1.0
    low = binom.cdf(count, trials, chance) if count <= mean - 1 else 1.0
    return min(1.0, 2 * float(min(high, low)))


@pytest.mark.parametrize(("size", "taken", "trials"), [(2, 1, 12), (3, 1, 10), (4, 2, 7), (4, 3, 9)])
def test_p_is_an_upper_bound_for_simple_samples(size: int, taken: int, trials: int) -> None:
    """Over all outcomes of so many draws, a p of x or less never has a probability above x."""
    sets = subsets(size, taken)
    chances = [Fraction(1, len(sets))] * len(sets)
    every = shares(trials, len(sets))
    law = [(inclusion(plain(size, many(sets, counts))).p, multinomial(counts, chances)) for counts in every]
    found = excesses(law)
    assert found
    assert all(ratio <= 1 + 1e-9 for _, ratio in found)
    assert max(ratio for _, ratio in found) > 0.2  # the bound is no idle one


def test_p_is_an_upper_bound_for_numbers_that_vary() -> None:
    """With 1, 3, 1, 3, 1, 0, 4 of 4 units drawn, too: the sum of unequal chances has no heavier tails."""
    choices = [subsets(4, taken) for taken in (1, 3, 1, 3, 1, 0, 4)]
    law = [(inclusion(plain(4, drawn)).p, Fraction(1, 4**5)) for drawn in product(*choices)]
    found = excesses(law)
    assert len(found) > 1
    assert all(ratio <= 1 + 1e-9 for _, ratio in found)


def test_p_is_an_upper_bound_for_classes_and_results() -> None:
    """One of two has "a" and the other "b", one of three has "a": all outcomes of eight draws."""
    alike = split(5, {"X": 2, "Y": 3})
    law = []
    for first in shares(8, 2):
        for second in shares(8, 3):
            ones, others = many([(0, 1), (1, 0)], first), many([(2,), (3,), (4,)], second)
            drawn = [[(a, "a"), (b, "b"), (c, "a")] for (a, b), (c,) in zip(ones, others, strict=True)]
            chance = multinomial(first, [Fraction(1, 2)] * 2) * multinomial(second, [Fraction(1, 3)] * 3)
            law.append((inclusion(given(5, drawn, alike)).p, chance))
    found = excesses(law)
    assert len(found) > 1
    assert all(ratio <= 1 + 1e-9 for _, ratio in found)


DESIGNS: dict[str, dict[Places, Fraction]] = {
    "systematic": {(0, 3, 6): Fraction(1, 3), (1, 4): Fraction(1, 3), (2, 5): Fraction(1, 3)},
    "unequal": {(0, 1): Fraction(1, 2), (2, 3): Fraction(1, 6), (0, 2): Fraction(1, 3)},
    "certain": {(0, 1): Fraction(1, 4), (0, 2): Fraction(3, 4)},
}


@pytest.mark.parametrize("design", DESIGNS)
def test_p_is_an_upper_bound_for_any_design_with_stated_chances(design: str) -> None:
    """Systematic, clustered and unequal draws, and a unit that is certain: never a p of x or less with more than x."""
    law = DESIGNS[design]
    sets, chances = list(law), list(law.values())
    size = 1 + max(place for one in sets for place in one)
    stated: Shares = {
        unit: sum((chance for one, chance in law.items() if place in one), start=Fraction(0))
        for place, unit in enumerate(names(size))
    }
    found = []
    for counts in shares(14, len(sets)):
        check = inclusion(plain(size, many(sets, counts)), chance=stated)
        found.append((check.p, multinomial(counts, chances)))
    ratios = excesses(found)
    assert len(ratios) > 1
    assert all(ratio <= 1 + 1e-9 for _, ratio in ratios)


def test_p_is_the_smallest_doubled_binomial_tail_times_the_number_of_units() -> None:
    """For draws of one size: literally, unit by unit; the worst are named, the worst first, ties by id."""
    drawn = [*fair(9, 3, 90, "a"), *([[0, 1, 8]] * 12)]
    check = inclusion(plain(9, drawn))
    counts = [sum(place in one for one in drawn) for place in range(9)]
    tails = {unit: doubled(102, 1 / 3, counts[place]) for place, unit in enumerate(names(9))}
    assert isclose(check.p, min(1.0, 9 * min(tails.values())), rel_tol=1e-9)
    ordered = sorted(tails, key=lambda unit: (round(tails[unit], 9), unit))
    assert [note.at for note in check.worst] == ordered[:3]
    assert [note.params["count"] for note in check.worst] == [str(counts[names(9).index(u)]) for u in ordered[:3]]
    assert {note.params["mean"] for note in check.worst} == {"34"}
    assert not check.failed
    assert inclusion(plain(9, drawn), alpha=0.25).failed


def test_what_is_certain_is_left_aside() -> None:
    """Draws of all or none, classes of one, whole classes: nothing is compared, nothing is seen, p is 1."""
    for replicates in (
        plain(3, [[0, 1, 2]] * 50),
        plain(3, [[]] * 50),
        plain(1, [[0]] * 20 + [[]] * 20),
        plain(3, [[0, 1, 2], []] * 25, split(3, {"X": 2, "Y": 1})),
        plain(2, []),
    ):
        check = inclusion(replicates)
        assert (check.p, check.detectable, check.blind) == (1.0, inf, True)
        assert (check.null.params["count"], check.sees.code) == ("0", "sees-nothing")
        assert check.worst == ()
    mixed = plain(4, [[0, 1, 2, 3]] * 30 + [[]] * 30 + fair(4, 2, 200, "b"))
    assert isclose(inclusion(mixed).p, inclusion(plain(4, fair(4, 2, 200, "b"))).p)
    counts = {note.at: note.params["count"] for note in inclusion(mixed).worst}
    assert counts == {note.at: note.params["count"] for note in inclusion(plain(4, fair(4, 2, 200, "b"))).worst}


def test_chances_of_zero_and_one_are_proved_wrong_by_one_draw() -> None:
    """Who has no chance and comes, or is certain and does not, fails at any limit."""
    never = inclusion(plain(2, [[0], [1], [0]]), chance={"E01": "1", "E02": "0"}, alpha=1e-30)
    assert never.p == 0
    assert never.failed
    sound = inclusion(plain(2, [[0], [0], [0]]), chance={"E01": "1", "E02": "0"})
    assert (sound.p, sound.sees.code, sound.detectable) == (1.0, "sees-nothing", inf)


def test_few_draws_see_nothing_and_say_so() -> None:
    """One draw of 5 of 10 shows no bias at all; more show only some that come too often, or too rarely."""
    check = inclusion(plain(10, [range(5)]))
    assert (check.p, check.detectable, check.sees.code) == (1.0, inf, "sees-nothing")
    high = inclusion(plain(100, fair(100, 5, 60, "c")))
    assert high.sees.code == "inclusion-sees-high"
    assert 2 < high.detectable < 10
    low = inclusion(plain(100, fair(100, 95, 60, "c")))
    assert low.sees.code == "inclusion-sees-low"
    assert isclose(low.detectable, 1 / float(str(low.sees.params["low"])), rel_tol=0.01)
    assert 1 < low.detectable < 10


@pytest.mark.parametrize(
    ("shares_", "trials", "code"),
    [
        (("1/2", "1/50"), 6, "inclusion-sees-some-high"),
        (("1/2", "49/50"), 6, "inclusion-sees-some-low"),
        (("1/50", "49/50"), 50, "inclusion-sees-some"),
    ],
)
def test_what_holds_of_some_counts_only_is_said_of_these(shares_: tuple[str, str], trials: int, code: str) -> None:
    """No count is said to be seen that cannot be, and no bias is infinite, on whichever side some can be judged."""
    chance = {f"E{number:02d}": shares_[number % 2] for number in range(1, 7)}
    sees = inclusion(plain(6, [[0, 1]] * trials), chance=chance).sees
    assert sees.code == code
    assert "inf" not in sees.text("en") + sees.text("zh")
    assert " 0 " not in sees.text("en")


def test_the_hardest_count_decides_what_is_seen() -> None:
    """Of units with several chances the one whose bias must be largest."""
    drawn = [[0] if number % 10 == 0 else [1] for number in range(2000)]
    chance = {"E01": "1/10", "E02": "9/10"}
    both = inclusion(plain(2, drawn), chance=chance, alpha=0.002)
    rare = detectable_bias(2, "1/10", trials=2000, alpha=0.002)
    often = detectable_bias(2, "9/10", trials=2000, alpha=0.002)
    assert isclose(both.detectable, rare[1])
    assert both.sees.params["low"] == f"{min(rare[0], often[0]):.3g}"
    assert rare[1] > often[1]


def test_the_bias_it_says_is_seen_nine_times_in_ten() -> None:
    """One unit with the stated excess, and one with the stated deficit, fails in .85 to 1 of many simulated runs."""
    generator = np.random.default_rng(1)
    trials, size, taken = 400, 20, 4
    check = inclusion(plain(size, fair(size, taken, trials, "d")), alpha=0.001)
    low = float(str(check.sees.params["low"]))
    assert isclose(check.detectable, float(str(check.sees.params["high"])), rel_tol=0.01)
    for factor in (check.detectable, low):
        chance = factor * taken / size
        runs = []
        for _ in range(120):
            first = generator.random(trials) < chance
            others = np.argsort(generator.random((trials, size - 1)), axis=1)[:, :taken] + 1
            drawn = [[0, *row[1:]] if came else row for came, row in zip(first, others.tolist(), strict=True)]
            runs.append(inclusion(plain(size, drawn), alpha=0.001).failed)
        assert 0.8 <= sum(runs) / len(runs) < 0.99, factor


def test_members_fails_for_strangers_and_doubles_only() -> None:
    """An exact check, whose worst notes name draw and unit."""
    sound = members(plain(5, fair(5, 2, 9, "e")))
    assert (sound.exact, sound.failed, sound.worst, sound.sees.params["trials"]) == (True, False, (), "9")
    replicates = replicate(lambda _units, seed: ["E1", "E3", "E1"] if seed == "fair:2" else ["E2"], ["E1", "E2"], 4)
    check = members(replicates)
    assert check.failed
    assert [str(note) for note in check.worst] == [
        "fair:2: 'E3' was drawn, but is not in the list",
        "fair:2: 'E1' was drawn twice",
    ]


@pytest.mark.parametrize(
    ("chance", "codes"),
    [
        ({"E01": "1/2"}, ["unit-without"]),
        ({"E01": "1/2", "E02": "1/2", "E09": "1/2"}, ["unit-unknown"]),
        ({"E01": 0.5, "E02": "2"}, ["share-float", "share-range"]),
        ({"E01": "1/2", 7: "half"}, ["share-form", "unit-unknown", "unit-without"]),
        ([1], ["plan-shape"]),
    ],
)
def test_chances_that_do_not_fit_are_refused(chance: Shares, codes: list[str]) -> None:
    """All faults at once, as codes."""
    with pytest.raises(InputError) as caught:
        inclusion(plain(2, [[0]]), chance=chance)
    assert sorted(note.code for note in caught.value.faults) == codes


def test_chances_are_for_plain_draws_only() -> None:
    """A procedure with results has classes, not chances."""
    with pytest.raises(InputError) as caught:
        inclusion(given(2, [[(0, "a")]]), chance={"E01": "1/2", "E02": "x"})
    assert [note.code for note in caught.value.faults] == ["chance-results", "share-form"]
