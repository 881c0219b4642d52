"""How many units to draw in each stratum: golden values, brute force, and properties."""

import json
import math
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dual_random.allocation import Rounding, by_rate, by_total, neyman, webster
from dual_random.errors import InputError

GOLDEN = Path(__file__).parent / "golden"
SCHEME = json.loads((GOLDEN / "dual-random-1" / "allocation.json").read_text("utf-8"))
SURVEY = json.loads((GOLDEN / "survey" / "allocation.json").read_text("utf-8"))

quick = settings(deadline=None, derandomize=True, max_examples=150)

# Full-width A comes before the ideograph U+20000 in code points and UTF-8, after it in UTF-16.
KEYS = ["", "A", "B", "["]
ODD_KEYS = ["\uff21", "\U00020000", '["A","B"]', "海曙"]


def named(values: list[Any]) -> dict[str, Any]:
    """Values under the keys A, B, C …"""
    return dict(zip("ABCDEFG", values, strict=False))


def codes(call: Callable[[], object]) -> list[tuple[str, str]]:
    """Codes and places of the faults of a call."""
    with pytest.raises(InputError) as caught:
        call()
    assert all(note.text("en") and note.text("zh") for note in caught.value.faults)
    return [(note.code, note.at) for note in caught.value.faults]


# ---- golden values


@pytest.mark.parametrize(("rate", "size", "rounding", "at_least", "at_most", "expected"), SCHEME["size_rate"])
def test_rates_of_the_scheme(
    rate: str, size: int, rounding: Rounding, at_least: int, at_most: int | None, expected: int
) -> None:
    """A rate asks for the number that a second implementation finds."""
    assert by_rate(Fraction(rate), size, rounding=rounding, at_least=at_least, at_most=at_most) == expected


@pytest.mark.parametrize("case", SCHEME["size_total"])
def test_totals_of_the_scheme(case: dict[str, Any]) -> None:
    """A total falls on the strata as a second implementation lets it fall."""
    found = by_total(case["n"], case["strata"], at_least=case["at_least"], at_most=case["at_most"])
    assert found == case["sizes"]


@pytest.mark.parametrize("case", SURVEY["webster"], ids=lambda case: str(case["expected"]))
def test_published_webster(case: dict[str, Any]) -> None:
    """Webster gives the published Sainte-Laguë allocations, with and without a minimum."""
    assert webster(case["total"], named(case["sizes"]), at_least=case["at_least"]) == named(case["expected"])


@pytest.mark.parametrize("case", SURVEY["hamilton"], ids=lambda case: str(case["expected"]))
def test_published_hamilton(case: dict[str, Any]) -> None:
    """A total without bounds is Hamilton's allocation, its Alabama paradox included."""
    assert by_total(case["total"], named(case["sizes"])) == named(case["expected"])


@pytest.mark.parametrize("case", SURVEY["neyman"], ids=lambda case: str(case["expected"]))
def test_published_neyman(case: dict[str, Any]) -> None:
    """Neyman gives the published integer optima."""
    found = neyman(case["total"], named(case["sizes"]), named(case["deviations"]), at_least=case["at_least"])
    assert found == named(case["expected"])


def test_neyman_is_near_the_real_valued_optimum() -> None:
    """Whole numbers vary hardly more than the published real-valued optimum, and never less."""
    case = SURVEY["neyman_real"]
    strata, deviations = named(case["sizes"]), named(case["deviations"])
    counts = neyman(case["total"], strata, deviations)
    within = sum(size * int(deviations[key]) ** 2 for key, size in strata.items())
    variance = spread_of(counts, strata, deviations) - within
    assert case["variance"] <= variance <= case["variance"] * Fraction(10001, 10000)
    assert all(abs(counts[key] - Fraction(share)) < 1 for key, share in named(case["shares"]).items())


def test_floats_would_round_up_wrongly() -> None:
    """Exact rates give ceil(rN/100) for every whole percentage, where floats go wrong as often as counted."""
    case = SURVEY["ceil_in_floats"]
    pairs = wrong = 0
    for percent in range(1, 100):
        rate = Fraction(percent, 100)
        for size in range(1, 2001):
            exact = by_rate(rate, size)
            assert exact == -(-percent * size // 100)
            pairs += 1
            wrong += exact != math.ceil(percent / 100 * size)
    assert (pairs, wrong) == (case["pairs"], case["wrong"])


# ---- rates


bounds = st.tuples(st.integers(0, 12), st.integers(0, 12)).map(sorted)
rates = st.fractions(0, 1, max_denominator=400)


@given(rates, st.integers(0, 500), bounds)
@quick
def test_a_rate_stays_within_its_bounds(rate: Fraction, size: int, pair: list[int]) -> None:
    """The number is the rounded rate, or the bound it would break, and never above the size."""
    least, most = pair
    rounded: dict[Rounding, int] = {"up": math.ceil(rate * size), "down": math.floor(rate * size)}
    for rounding, wanted in rounded.items():
        found = by_rate(rate, size, rounding=rounding, at_least=least, at_most=most)
        assert min(least, size) <= found <= min(most, size)
        assert found == wanted or found == (min(least, size) if wanted < found else min(most, size))


@given(rates, rates, st.integers(0, 300), st.integers(0, 300), bounds, st.sampled_from(["up", "down"]))
@quick
def test_a_rate_is_monotone(
    one: Fraction, other: Fraction, size: int, more: int, pair: list[int], rounding: Rounding
) -> None:
    """A higher rate, or a larger stratum, never asks for fewer."""
    found = by_rate(min(one, other), size, rounding=rounding, at_least=pair[0], at_most=pair[1])
    assert found <= by_rate(max(one, other), size, rounding=rounding, at_least=pair[0], at_most=pair[1])
    assert found <= by_rate(min(one, other), size + more, rounding=rounding, at_least=pair[0], at_most=pair[1])


def test_a_rate_may_be_text() -> None:
    """A rate is read exactly as a plan writes it."""
    assert by_rate("7%", 100) == by_rate("7/100", 100) == 7


# ---- totals


@st.composite
def tables(draw: st.DrawFn, *, largest: int = 12, strata: int = 5, capped: bool = True) -> tuple[Any, ...]:
    """Strata with bounds and a total that they can give: (total, strata, at_least, at_most)."""
    keys = st.sampled_from(KEYS + ODD_KEYS)
    sizes = draw(st.dictionaries(keys, st.integers(0, largest), min_size=1, max_size=strata))
    least = draw(st.integers(0, 4))
    most = draw(st.none() | st.integers(least, largest)) if capped else None
    low = sum(min(least, size) for size in sizes.values())
    high = sum(size if most is None else min(size, most) for size in sizes.values())
    return draw(st.integers(low, high)), sizes, least, most


def shares(total: int, strata: Mapping[str, int], least: int, most: int | None) -> dict[str, Fraction]:
    """The shares by their definition: every choice of who stands at a bound is tried, and λ solved for."""
    low = {key: min(least, size) for key, size in strata.items()}
    high = {key: size if most is None else min(most, size) for key, size in strata.items()}
    found = []
    live = [key for key in strata if strata[key]]
    for choice in product(["low", "free", "high"], repeat=len(live)):
        at = dict(zip(live, choice, strict=True))
        free = [key for key in live if at[key] == "free"]
        fixed = sum(low[key] if at[key] == "low" else high[key] for key in live if at[key] != "free")
        floor = [Fraction(high[key], strata[key]) for key in live if at[key] == "high"]
        roof = [Fraction(low[key], strata[key]) for key in live if at[key] == "low"]
        if free:
            factor = Fraction(total - fixed, sum(strata[key] for key in free))
        elif fixed == total:
            factor = max(floor, default=Fraction(0))
        else:
            continue
        inside = all(low[key] <= factor * strata[key] <= high[key] for key in free)
        if inside and factor >= max(floor, default=factor) and factor <= min(roof, default=factor):
            found.append(
                {key: max(Fraction(low[key]), min(factor * strata[key], Fraction(high[key]))) for key in strata}
            )
    assert all(one == found[0] for one in found), "the shares are unique"
    return found[0]


def byte_order(key: str) -> bytes:
    """What strings are ordered by."""
    return key.encode()


@given(tables())
@quick
def test_totals_follow_their_definition(table: tuple[Any, ...]) -> None:
    """Floors of the shares, then a unit to each largest remainder; ties by size, then by byte order of the key."""
    total, strata, least, most = table
    share = shares(total, strata, least, most)
    expected = {key: math.floor(value) for key, value in share.items()}
    order = sorted(strata, key=lambda key: (expected[key] - share[key], -strata[key], byte_order(key)))
    for key in order[: total - sum(expected.values())]:
        expected[key] += 1
    assert by_total(total, strata, at_least=least, at_most=most) == expected


@given(tables(largest=10**6, strata=8))
@quick
def test_totals_sum_and_stay_within_bounds(table: tuple[Any, ...]) -> None:
    """The total is given to the last unit, no bound is broken, and a larger stratum never has fewer units."""
    total, strata, least, most = table
    found = by_total(total, strata, at_least=least, at_most=most)
    assert sum(found.values()) == total
    for key, size in strata.items():
        assert min(least, size) <= found[key] <= (size if most is None else min(most, size))
        assert all(found[key] >= found[other] for other in strata if size > strata[other])


# ---- unit after unit, from the text of the scheme


def webster_priority(key: str, m: int, strata: Mapping[str, int]) -> tuple[int, Fraction]:
    """N/(2m+1)."""
    return 0, Fraction(strata[key], 2 * m + 1)


def neyman_priority(key: str, m: int, products: Mapping[str, Fraction]) -> tuple[int, Fraction]:
    """First units first, then (N·S)²/(m(m+1))."""
    return (1, Fraction(0)) if m == 0 else (0, products[key] ** 2 / (m * (m + 1)))


def greedy(
    total: int, strata: Mapping[str, int], least: int, priority: Callable[[str, int], tuple[int, Fraction]]
) -> dict[str, int]:
    """Every unit given singly to the highest priority."""
    found = {key: min(least, size) for key, size in strata.items()}
    ordered = sorted(strata, key=byte_order)
    for _ in range(total - sum(found.values())):
        room = [key for key in ordered if found[key] < strata[key]]
        found[max(room, key=lambda key: (priority(key, found[key]), strata[key]))] += 1  # max keeps the first
    return found


def products_of(strata: Mapping[str, int], deviations: Mapping[str, str | Fraction | int]) -> dict[str, Fraction]:
    """N·S."""
    return {key: size * Fraction(deviations[key]) for key, size in strata.items()}


def spread_of(
    counts: Mapping[str, int], strata: Mapping[str, int], deviations: Mapping[str, str | Fraction | int]
) -> Fraction:
    """Σ (N·S)²/n over the strata that have units."""
    products = products_of(strata, deviations)
    return sum((products[key] ** 2 / n for key, n in counts.items() if n), Fraction(0))


@given(tables(capped=False))
@quick
def test_webster_is_the_naive_greedy(table: tuple[Any, ...]) -> None:
    """The direct start and the heap give what unit after unit gives."""
    total, strata, least, _ = table
    expected = greedy(total, strata, least, lambda key, m: webster_priority(key, m, strata))
    assert webster(total, strata, at_least=least) == expected


deviation: st.SearchStrategy[str | Fraction | int] = st.sampled_from(
    [0, 1, 2, 7, "12.5", "0.48", "62/125", "30%", Fraction(1, 3)]
)


def exact(value: str | Fraction | int) -> Fraction:
    """A deviation of the list above, read another way."""
    text = str(value)
    return Fraction(text[:-1]) / 100 if text.endswith("%") else Fraction(text)


@given(tables(capped=False), st.data())
@quick
def test_neyman_is_the_naive_greedy(table: tuple[Any, ...], data: st.DataObject) -> None:
    """The direct start and the heap give what unit after unit gives, first units and zero deviations included."""
    total, strata, least, _ = table
    deviations = {key: data.draw(deviation) for key in strata}
    products = products_of(strata, {key: exact(value) for key, value in deviations.items()})
    expected = greedy(total, strata, least, lambda key, m: neyman_priority(key, m, products))
    assert neyman(total, strata, deviations, at_least=least) == expected


def allocations(total: int, lows: list[int], highs: list[int]) -> Iterator[tuple[int, ...]]:
    """All whole numbers within bounds that sum to a total."""
    ranges = [range(low, high + 1) for low, high in zip(lows, highs, strict=True)]
    return (counts for counts in product(*ranges) if sum(counts) == total)


@given(tables(largest=7, strata=4, capped=False), st.data())
@quick
def test_neyman_is_optimal(table: tuple[Any, ...], data: st.DataObject) -> None:
    """No allocation within the bounds, all of them tried, has a smaller Σ (N·S)²/n."""
    total, strata, least, _ = table
    deviations = {key: exact(data.draw(deviation)) for key in strata}
    lows = [min(max(least, 1), size) for size in strata.values()]
    if total < sum(lows):
        return
    found = neyman(total, strata, deviations, at_least=least)
    smallest = min(
        spread_of(dict(zip(strata, counts, strict=True)), strata, deviations)
        for counts in allocations(total, lows, list(strata.values()))
    )
    assert spread_of(found, strata, deviations) == smallest


@given(tables(largest=9, strata=4, capped=False))
@quick
def test_webster_is_nearest_to_proportional(table: tuple[Any, ...]) -> None:
    """Σ (n - q)²/N, q the exact proportional numbers, is smallest among all allocations within the bounds."""
    total, strata, least, _ = table
    live = {key: size for key, size in strata.items() if size}
    if not live:
        return
    quota = {key: Fraction(total * size, sum(live.values())) for key, size in live.items()}

    def distance(counts: Mapping[str, int]) -> Fraction:
        return sum(((counts[key] - quota[key]) ** 2 / size for key, size in live.items()), Fraction(0))

    tried = allocations(total, [min(least, size) for size in live.values()], list(live.values()))
    smallest = min(distance(dict(zip(live, counts, strict=True))) for counts in tried)
    assert distance(webster(total, strata, at_least=least)) == smallest


@given(tables(capped=False), st.data())
@quick
def test_one_unit_more_takes_none_away(table: tuple[Any, ...], data: st.DataObject) -> None:
    """Webster and Neyman are house monotone: a larger total gives no stratum less."""
    total, strata, least, _ = table
    deviations = {key: data.draw(deviation) for key in strata}
    if total == sum(strata.values()):
        return
    pairs = [
        (webster(total, strata, at_least=least), webster(total + 1, strata, at_least=least)),
        (
            neyman(total, strata, deviations, at_least=least),
            neyman(total + 1, strata, deviations, at_least=least),
        ),
    ]
    for before, after in pairs:
        assert all(before[key] <= after[key] for key in strata)


@given(tables(capped=False), st.data())
@quick
def test_the_order_of_writing_decides_nothing(table: tuple[Any, ...], data: st.DataObject) -> None:
    """Strata in any order give the same table, and it is written in byte order of the keys."""
    total, strata, least, _ = table
    deviations = {key: data.draw(deviation) for key in strata}
    shuffled = {key: strata[key] for key in data.draw(st.permutations(list(strata)))}
    for one, other in (
        (by_total(total, strata, at_least=least), by_total(total, shuffled, at_least=least)),
        (webster(total, strata, at_least=least), webster(total, shuffled, at_least=least)),
        (
            neyman(total, strata, deviations, at_least=least),
            neyman(total, shuffled, dict(reversed(deviations.items())), at_least=least),
        ),
    ):
        assert list(one.items()) == list(other.items())
        assert list(one) == sorted(strata, key=byte_order)


@given(tables(capped=False), st.fractions(Fraction(1, 1000), 1000, max_denominator=10**6), st.data())
@quick
def test_only_proportions_of_deviations_count(table: tuple[Any, ...], unit: Fraction, data: st.DataObject) -> None:
    """Deviations in another unit of measurement give the same allocation."""
    total, strata, least, _ = table
    deviations = {key: exact(data.draw(deviation)) for key in strata}
    scaled = {key: value * unit for key, value in deviations.items()}
    found = neyman(total, strata, deviations, at_least=least)
    assert neyman(total, strata, scaled, at_least=least) == found


def spread_out(strata: int, unit: int) -> dict[str, int]:
    """Sizes that differ widely, some equal."""
    return {f"s{i:02}": unit * (1 + i * i % 97) for i in range(strata)}


@pytest.mark.parametrize("total", [10**6, 10**15])
def test_large_totals_are_exact(total: int) -> None:
    """Of 50 strata none has a next unit that should have come before another's last one, however large the total."""
    strata = spread_out(50, total // 500)
    deviations = {key: Fraction(1 + i % 7, 3) for i, key in enumerate(strata)}
    products = products_of(strata, deviations)
    order = {key: -place for place, key in enumerate(sorted(strata, key=byte_order))}

    def of_webster(key: str, m: int) -> tuple[int, Fraction]:
        return webster_priority(key, m, strata)

    def of_neyman(key: str, m: int) -> tuple[int, Fraction]:
        return neyman_priority(key, m, products)

    for found, priority in (
        (webster(total, strata, at_least=2), of_webster),
        (neyman(total, strata, deviations, at_least=2), of_neyman),
    ):
        last = [(priority(key, n - 1), strata[key], order[key]) for key, n in found.items() if n > 2]
        following = [(priority(key, n), strata[key], order[key]) for key, n in found.items() if n < strata[key]]
        assert sum(found.values()) == total
        assert all(2 <= found[key] <= size for key, size in strata.items())
        assert min(last) > max(following)


def test_strata_that_are_full_or_without_spread_take_no_time() -> None:
    """What full strata leave goes to those without spread at once: unit by unit, 10^15 would never end."""
    many = 10**15
    strata = {"A": many, "B": 3 * many, "C": 2 * many}
    assert neyman(3 * many, strata, {"A": 1, "B": 0, "C": 0}) == {"A": many, "B": 2 * many - 1, "C": 1}


# ---- ties and edges


def test_ties_go_to_the_larger_then_to_the_first_in_byte_order() -> None:
    """Equal claims: the larger stratum; equal strata: the first key in UTF-8, which UTF-16 would order otherwise."""
    assert webster(2, {"A": 3, "B": 9}) == {"A": 0, "B": 2}
    assert neyman(3, {"A": 3, "B": 9}, {"A": 3, "B": 1}) == {"A": 1, "B": 2}
    assert by_total(4, {"A": 1, "B": 3, "C": 4}) == {"A": 0, "B": 2, "C": 2}
    pair = {"\U00020000": 5, "\uff21": 5}
    for found in (by_total(1, pair), webster(1, pair), neyman(1, pair, {"\U00020000": 9, "\uff21": 1})):
        assert found == {"\uff21": 1, "\U00020000": 0}


def test_neyman_gives_every_stratum_a_first_unit() -> None:
    """A stratum without spread still gets one unit, and further ones only when all others are full."""
    strata = {"A": 4, "B": 100, "C": 50}
    deviations = {"A": 5, "B": 0, "C": 0}
    assert neyman(2, strata, deviations) == {"A": 0, "B": 1, "C": 1}
    assert neyman(6, strata, deviations) == {"A": 4, "B": 1, "C": 1}
    assert neyman(120, strata, deviations) == {"A": 4, "B": 100, "C": 16}


def test_empty_strata_and_nothing_to_draw() -> None:
    """No stratum, empty strata and a total of zero are ordinary cases."""
    assert by_total(0, {}) == webster(0, {}) == neyman(0, {}, {}) == {}
    nothing = {"A": 0, "B": 0}
    assert by_total(0, nothing, at_least=3) == webster(0, nothing, at_least=3) == nothing
    assert neyman(0, nothing, {"A": 1, "B": 0}, at_least=3) == nothing
    assert by_rate(Fraction(1), 0, at_least=2) == 0


def test_everything_is_drawn_when_all_is_asked() -> None:
    """A total of all units takes every stratum whole."""
    strata = {"A": 3, "B": 0, "C": 1000}
    assert by_total(1003, strata) == webster(1003, strata) == strata
    assert neyman(1003, strata, {"A": "0.5", "B": 1, "C": 0}) == strata


# ---- faults


STRATA = {"A": 10, "B": 4}


def wrong(value: object) -> Any:
    """An argument of a wrong type, which the type checker lets pass."""
    return value


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        (lambda: by_rate(wrong(0.07), 100), [("share-float", "rate")]),
        (lambda: by_rate(wrong(1), 100), [("share-form", "rate")]),
        (lambda: by_rate(Fraction(3, 2), 100), [("share-range", "rate")]),
        (lambda: by_rate(Fraction(1), -1), [("count-form", "size")]),
        (lambda: by_rate(Fraction(1), wrong(5.0)), [("count-form", "size")]),
        (lambda: by_rate(Fraction(1), 5, rounding=wrong("half")), [("choice", "rounding")]),
        (lambda: by_rate(Fraction(1), 5, at_least=3, at_most=2), [("allocation-bounds", "at_least")]),
        (lambda: by_total(15, STRATA), [("allocation-total-large", "total")]),
        (lambda: by_total(7, STRATA, at_most=3), [("allocation-total-large", "total")]),
        (lambda: by_total(6, STRATA, at_least=3, at_most=2), [("allocation-bounds", "at_least")]),
        (lambda: by_total(1, STRATA, at_least=1), [("allocation-total-small", "total")]),
        (lambda: webster(15, STRATA), [("allocation-total-large", "total")]),
        (lambda: webster(5, STRATA, at_least=3), [("allocation-total-small", "total")]),
        (lambda: webster(1, {"A": 1, "B\n": 1}), [("text-character", "strata.'B\\n'")]),
        (lambda: webster(1, wrong({"A": 1, 7: 1})), [("text-type", "strata.7")]),
        (lambda: neyman(15, STRATA, {"A": 1, "B": 1}), [("allocation-total-large", "total")]),
        (lambda: neyman(3, STRATA, {"A": 1}), [("deviation-missing", "deviations.B")]),
        (lambda: neyman(3, STRATA, {"A": 1, "B": 1, "C": 1}), [("deviation-unknown", "deviations.C")]),
        (lambda: neyman(3, STRATA, {"A": 1, "B": -1}), [("deviation-form", "deviations.B")]),
        (lambda: neyman(3, STRATA, {"A": 1, "B": Fraction(-1, 2)}), [("deviation-form", "deviations.B")]),
        (lambda: neyman(3, STRATA, {"A": 1, "B": "1e3"}), [("deviation-form", "deviations.B")]),
        (lambda: neyman(3, STRATA, {"A": 1, "B": True}), [("deviation-form", "deviations.B")]),
        (lambda: neyman(3, STRATA, {"A": 1, "B": wrong(math.nan)}), [("deviation-form", "deviations.B")]),
        (lambda: neyman(3, STRATA, {"A": 1, "B": wrong(-0.5)}), [("deviation-form", "deviations.B")]),
        (lambda: neyman(3, STRATA, {"A": 1, "B": wrong(0.5)}), [("deviation-float", "deviations.B")]),
    ],
)
def test_each_fault_is_named_with_its_place(call: Callable[[], object], expected: list[tuple[str, str]]) -> None:
    """Every way to misuse an allocation has its code and its place."""
    assert codes(call) == expected


def test_all_faults_are_told_at_once() -> None:
    """Nobody corrects one fault only to meet the next."""
    strata: Any = {"A": -1, "B": 4.0}
    assert codes(lambda: by_total(wrong(True), strata, at_least=3, at_most=2)) == [
        ("count-form", "total"),
        ("count-form", "strata.A"),
        ("count-form", "strata.B"),
        ("allocation-bounds", "at_least"),
    ]
    deviations: Any = {"A": 0.3, "C": "x"}
    assert codes(lambda: neyman(20, STRATA, deviations, at_least=1)) == [
        ("allocation-total-large", "total"),
        ("deviation-missing", "deviations.B"),
        ("deviation-unknown", "deviations.C"),
        ("deviation-float", "deviations.A"),
        ("deviation-form", "deviations.C"),
    ]
    rate: Any = 0.5
    assert codes(lambda: by_rate(rate, -1, rounding=wrong(""), at_least=-1, at_most=-1)) == [
        ("count-form", "size"),
        ("count-form", "at_least"),
        ("count-form", "at_most"),
        ("choice", "rounding"),
        ("share-float", "rate"),
    ]


@pytest.mark.parametrize("value", [30.0, True, "12", math.inf, -2, None, np.int64(5), 2**53])
def test_numbers_of_units_are_counts(value: object) -> None:
    """Only an int of 0 or more is a number of units; nothing is converted in silence."""
    assert codes(lambda: by_total(wrong(value), STRATA)) == [("count-form", "total")]
    assert codes(lambda: webster(1, {"A": wrong(value), "B": 1})) == [("count-form", "strata.A")]
    assert codes(lambda: neyman(1, STRATA, {"A": 1, "B": 1}, at_least=wrong(value))) == [("count-form", "at_least")]
    assert codes(lambda: by_rate("7%", wrong(value))) == [("count-form", "size")]


@pytest.mark.parametrize(
    ("value", "text"), [(12.5, "12.5"), (1e-7, "0.0000001"), (1e21, "1" + "0" * 21), (np.float64(0.5), "0.5")]
)
def test_the_deviation_to_write_is_told(value: float, text: str) -> None:
    """A float is refused with the text to write, and that text is then accepted."""
    deviations: Any = {"A": value, "B": 1}
    with pytest.raises(InputError) as caught:
        neyman(3, STRATA, deviations)
    assert caught.value.faults[0].params["text"] == text
    assert sum(neyman(3, STRATA, {"A": text, "B": 1}).values()) == 3
