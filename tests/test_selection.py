"""Selection from given numbers: samples of other programs, literal readings of the rules, exact probabilities."""

import json
from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cmp_to_key
from itertools import combinations, permutations
from math import factorial
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dual_random.selection import lowest_given, poisson_order, systematic, take_all
from dual_random.testing.strategies import clean_texts

quick = settings(deadline=None, derandomize=True)

SURVEY: Final = json.loads((Path(__file__).parent / "golden/survey/sampling.json").read_text("utf-8"))
SCALE: Final = 10**6

tickets = st.dictionaries(clean_texts(), st.one_of(st.integers(0, 5), st.integers(0, 2**256 - 1)), max_size=12)
sizes_of_names = st.dictionaries(clean_texts(), st.one_of(st.integers(0, 9), st.integers(0, 10**15)), max_size=10)


def units(values: list[int]) -> dict[str, int]:
    """Values by unit, numbered from 01, so that byte order is the order of numbers."""
    return {f"{number:02d}": value for number, value in enumerate(values, 1)}


def numbered(names: list[int]) -> list[str]:
    """Units as the reference values name them."""
    return [f"{number:02d}" for number in names]


def given_numbers(case: Mapping[str, Any]) -> dict[str, int]:
    """The random numbers of the reference values, in millionths, rotated as the case says."""
    scaled = [int(Decimal(text) * SCALE) for text in SURVEY["numbers"]]
    if "start" in case:
        scaled = [(number - int(Decimal(case["start"]) * SCALE)) % SCALE for number in scaled]
    if case.get("down"):
        scaled = [SCALE - number for number in scaled]
    return units(scaled)


def part(values: dict[str, int], stratum: str) -> dict[str, int]:
    """The values of one stratum, or of all."""
    low, high = SURVEY["strata"].get(stratum, (1, 20))
    return {unit: value for unit, value in values.items() if low <= int(unit) <= high}


def by_size(numbers: dict[str, int], sizes: dict[str, int], count: int) -> list[str]:
    """A sequential Poisson sample: those taken for certain, then the first by number over size."""
    certain = take_all(sizes, count)
    others = {unit: size for unit, size in sizes.items() if size and unit not in certain}
    return [*certain, *poisson_order(numbers, others)[: count - len(certain)]]


def take_all_literally(sizes: Mapping[str, int], count: int) -> list[str]:
    """Specification 10, word for word: while some k·x >= X, take all such."""
    left = {unit: size for unit, size in sizes.items() if size > 0}
    taken: list[str] = []
    while left and count > len(taken):
        k, total = count - len(taken), sum(left.values())
        such = [unit for unit, size in left.items() if k * size >= total]
        if not such:
            break
        taken += such
        left = {unit: size for unit, size in left.items() if unit not in such}
    return sorted(taken, key=str.encode)


# ---- samples that other programs drew


@pytest.mark.parametrize("case", SURVEY["simple"], ids=lambda case: case["source"][-40:])
def test_simple_random_samples_of_survey_packages(case: dict[str, Any]) -> None:
    """The lowest given numbers are the sample that R packages draw from the same numbers, rotated ones too."""
    numbers = given_numbers(case)
    for stratum, count in case["take"].items():
        found = lowest_given(part(numbers, stratum), count)
        assert sorted(found) == numbered(case["expected"][stratum])


@pytest.mark.parametrize("case", SURVEY["sequential_poisson"], ids=lambda case: str(case["take"]))
def test_sequential_poisson_samples_of_survey_packages(case: dict[str, Any]) -> None:
    """Take-all units and the lowest numbers over size are the sample of the R package sps, where Pareto's differs."""
    numbers, sizes = given_numbers(case), units(SURVEY["sizes"])
    for stratum, count in case["take"].items():
        found = by_size(numbers, part(sizes, stratum), count)
        assert sorted(found) == numbered(case["expected"][stratum])


def test_the_sample_size_from_which_a_unit_is_certain() -> None:
    """Each unit is taken for certain from the very sample size on that the R package sps finds."""
    sizes = units(SURVEY["sizes"])
    for unit, first in zip(sizes, SURVEY["becomes_take_all"]["expected"], strict=True):
        assert [count for count in range(21) if unit in take_all(sizes, count)] == list(range(first, 21))


@pytest.mark.parametrize("case", SURVEY["probabilities"], ids=lambda case: f"{len(case['sizes'])} units, {case['n']}")
def test_probabilities_of_survey_packages(case: dict[str, Any]) -> None:
    """Over all starts, systematic sampling draws with exactly the probabilities of the R package sps."""
    sizes = units(case["sizes"])
    certain = take_all(sizes, case["n"])
    assert list(certain) == numbered(case["certain"])
    others = {unit: size for unit, size in sizes.items() if size and unit not in certain}
    total, left = sum(others.values()), case["left"]
    drawn = Counter(unit for r in range(total) for unit in systematic(list(others), others, left, r))
    assert {unit: Fraction(drawn[unit], total) for unit in others} == {
        unit: Fraction(left * size, total) for unit, size in others.items()
    }
    assert len(certain) + left == case["n"]


@pytest.mark.parametrize("case", SURVEY["ties"], ids=lambda case: str(case["sizes"]))
def test_ties_of_survey_packages(case: dict[str, Any]) -> None:
    """Equal quotients of number and size go to the first unit."""
    found = poisson_order(units(case["numbers"]), units(case["sizes"]))
    assert list(found[: case["take"]]) == numbered(case["expected"])


# ---- the rules, read literally


@quick
@given(tickets, st.integers(0, 14))
def test_lowest_given_is_sorting(numbers: dict[str, int], count: int) -> None:
    """The lowest are the first of the list sorted by number, then by the bytes of the name."""
    expected = sorted(numbers, key=lambda unit: (numbers[unit], unit.encode()))
    assert list(lowest_given(numbers, count)) == expected[:count]


@quick
@given(sizes_of_names, st.integers(0, 12))
def test_take_all_is_the_rule(sizes: dict[str, int], count: int) -> None:
    """One unit after the other gives what the scheme's rounds of "all such" give."""
    assert list(take_all(sizes, count)) == take_all_literally(sizes, count)


@quick
@given(sizes_of_names, st.integers(0, 12))
def test_after_take_all_no_probability_reaches_one(sizes: dict[str, int], count: int) -> None:
    """What is left has k·x/X below one for every unit, and no place is given twice."""
    certain = take_all(sizes, count)
    left = [size for unit, size in sizes.items() if unit not in certain]
    assert len(certain) <= count
    assert all((count - len(certain)) * size < sum(left) or size == 0 for size in left)


def test_nobody_of_size_zero_is_certain() -> None:
    """With more places than positive sizes, only these are taken."""
    assert take_all({"A": 0, "B": 3, "C": 0}, 3) == ("B",)
    assert take_all({"A": 0}, 1) == take_all({}, 2) == take_all({"A": 5}, 0) == ()


@quick
@given(
    st.dictionaries(
        clean_texts(),
        st.tuples(
            st.one_of(st.integers(0, 6), st.integers(2**255, 2**256 - 1)),
            st.one_of(st.integers(1, 6), st.integers(10**15, 10**15 + 6)),
        ),
        max_size=12,
    )
)
def test_poisson_order_is_the_comparison_of_products(values: dict[str, tuple[int, int]]) -> None:
    """The order is that of tᵢ·xⱼ against tⱼ·xᵢ in whole numbers, then of the name's bytes."""

    def compare(one: str, other: str) -> int:
        left, right = values[one][0] * values[other][1], values[other][0] * values[one][1]
        return (left > right) - (left < right) or (one.encode() > other.encode()) - (one.encode() < other.encode())

    numbers = {unit: number for unit, (number, _) in values.items()}
    sizes = {unit: size for unit, (_, size) in values.items()}
    assert list(poisson_order(numbers, sizes)) == sorted(values, key=cmp_to_key(compare))


def test_quotients_that_no_float_tells_apart() -> None:
    """t/x of 2^200/(2^200-1) and its neighbour differ by less than any float shows, and still decide."""
    big = 2**200
    assert poisson_order({"A": big, "B": big + 1}, {"A": big - 1, "B": big}) == ("B", "A")
    assert poisson_order({"A": 3 * big, "B": 2 * big}, {"A": 3, "B": 2}) == ("A", "B")


@quick
@given(tickets, st.integers(1, 10**6))
def test_equal_sizes_give_a_simple_random_sample(numbers: dict[str, int], size: int) -> None:
    """With one size for all, sequential Poisson sampling takes the lowest numbers."""
    assert poisson_order(numbers, dict.fromkeys(numbers, size)) == lowest_given(numbers, len(numbers))


# ---- properties


@quick
@given(tickets, st.integers(0, 12), st.data())
def test_input_order_never_matters(numbers: dict[str, int], count: int, data: st.DataObject) -> None:
    """The same units in another order give the same sample, the same certain units, the same order by size."""
    shuffled = {unit: numbers[unit] for unit in data.draw(st.permutations(list(numbers)))}
    sizes = {unit: number % 7 + 1 for unit, number in numbers.items()}
    other = {unit: sizes[unit] for unit in shuffled}
    assert lowest_given(shuffled, count) == lowest_given(numbers, count)
    assert take_all(other, count) == take_all(sizes, count)
    assert poisson_order(shuffled, other) == poisson_order(numbers, sizes)


@quick
@given(tickets, st.integers(0, 12), st.data())
def test_one_more_extends_and_a_subset_filters(numbers: dict[str, int], count: int, data: st.DataObject) -> None:
    """A larger sample begins with the smaller one; the order within a part is the filtered order."""
    assert lowest_given(numbers, count + 1)[:count] == lowest_given(numbers, count)
    kept = data.draw(st.sets(st.sampled_from(list(numbers)))) if numbers else set()
    everybody = lowest_given(numbers, len(numbers))
    assert list(lowest_given({unit: numbers[unit] for unit in kept}, len(kept))) == [u for u in everybody if u in kept]


@quick
@given(st.dictionaries(clean_texts(), st.integers(1, 40), min_size=1, max_size=9), st.integers(0, 9), st.data())
def test_systematic_probabilities_are_exact(sizes: dict[str, int], count: int, data: st.DataObject) -> None:
    """In any order, over all starts: exactly k are drawn, nobody twice, each with probability k·x/X."""
    count = min(count, len(sizes))
    certain = take_all(sizes, count)
    others = {unit: size for unit, size in sizes.items() if unit not in certain}
    order, left, total = data.draw(st.permutations(list(others))), count - len(certain), sum(others.values())
    samples = [systematic(order, others, left, r) for r in range(total)]
    assert all(len(found) == len(set(found)) == left for found in samples)
    assert all(list(found) == [unit for unit in order if unit in found] for found in samples)
    drawn = Counter(unit for found in samples for unit in found)
    assert all(drawn[unit] == left * size for unit, size in others.items())


# ---- all orders of small populations


def test_every_sample_has_the_same_chance() -> None:
    """Over all orders of six numbers, every set of n of them is drawn equally often: a simple random sample."""
    names = "abcdef"
    for count in range(7):
        orders = permutations(range(6))
        found = Counter(frozenset(lowest_given(dict(zip(names, order, strict=True)), count)) for order in orders)
        sets = list(map(frozenset, combinations(names, count)))
        assert found == Counter(dict.fromkeys(sets, factorial(6) // len(sets)))


def test_every_stratified_sample_has_the_same_chance() -> None:
    """Over all orders of seven numbers, one of three and two of four: every combination equally often."""
    strata, found = {"abc": 1, "defg": 2}, Counter[frozenset[str]]()
    for order in permutations(range(7)):
        numbers = dict(zip("abcdefg", order, strict=True))
        parts = [lowest_given({u: numbers[u] for u in stratum}, n) for stratum, n in strata.items()]
        found[frozenset(unit for drawn in parts for unit in drawn)] += 1
    assert len(found) == 3 * 6
    assert set(found.values()) == {factorial(7) // 18}
