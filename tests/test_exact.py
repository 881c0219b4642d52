"""Exact chances: fractions over all orders of the tickets, against closed forms and published values."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations
from math import comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dual_random import InputError
from dual_random.testing.exact import exact_inclusion, exact_subsets

UNITS = ["E7", "E3", "E5", "E1", "E6", "E2", "E4"]


def fractions(text: str) -> list[Fraction]:
    return [Fraction(part) for part in text.split()]


def first_in_list(tickets: Sequence[str], barred: str = "E7") -> list[str]:
    """Three are drawn; who is barred is replaced by the first of the list who was not drawn."""
    drawn = tickets[:3]
    others = [unit for unit in UNITS if unit not in drawn and unit != barred]
    return [others[0] if unit == barred else unit for unit in drawn]


def at_most_one(tickets: Sequence[str], few: Sequence[str] = UNITS[:3]) -> list[str]:
    """Three by ticket, skipping whoever would be the second of the few."""
    chosen: list[str] = []
    for unit in tickets:
        if len(chosen) < 3 and not (unit in few and any(other in few for other in chosen)):
            chosen.append(unit)
    return chosen


def test_the_first_in_the_list_as_substitute() -> None:
    """The chances fall along the list: those published for seven units, by the list's order and not by name."""
    chances = exact_inclusion(first_in_list, UNITS)
    assert list(chances) == UNITS
    assert list(chances.values()) == fractions("0 5/7 19/35 16/35 3/7 3/7 3/7")


def test_a_greedy_quota() -> None:
    """Alike within classes, not between them: the published 31/105 and 37/70."""
    assert list(exact_inclusion(at_most_one, UNITS).values()) == fractions("31/105 " * 3 + "37/70 " * 4)


@settings(deadline=None, derandomize=True, max_examples=30)
@given(st.integers(1, 6), st.integers(0, 6))
def test_a_simple_draw_has_the_chances_of_a_simple_draw(size: int, number: int) -> None:
    """Every unit has n/N and every set of n one in (N over n)."""
    units, number = UNITS[:size], min(number, size)
    assert set(exact_inclusion(lambda tickets: tickets[:number], units).values()) == {Fraction(number, size)}
    subsets = exact_subsets(lambda tickets: iter(tickets[:number]), units)
    assert list(subsets) == list(combinations(units, number))
    assert set(subsets.values()) == {Fraction(1, comb(size, number))}


def test_draws_of_different_sizes() -> None:
    """Those who stand before a certain unit: sets of all sizes, chances that sum to one, and one half for each."""
    before = lambda tickets: tickets[: tickets.index("E5")]  # noqa: E731
    subsets = exact_subsets(before, UNITS[:4])
    assert sum(subsets.values()) == 1
    assert subsets[()] == Fraction(1, 4)
    assert subsets["E7", "E3", "E1"] == Fraction(1, 4)
    assert list(exact_inclusion(before, UNITS[:4]).values()) == fractions("1/2 1/2 0 1/2")


def test_every_order_comes_once_and_may_be_spoilt() -> None:
    """Eight units have 40,320 orders, each asked once as a list of its own."""
    units = [*UNITS, "E8"]
    seen: set[tuple[str, ...]] = set()
    calls: list[int] = []

    def spoils(tickets: list[str]) -> list[str]:
        seen.add(tuple(tickets))
        calls.append(1)
        tickets.sort()
        return tickets[:1]

    assert exact_inclusion(spoils, units)["E1"] == 1  # type: ignore[arg-type]
    assert len(seen) == len(calls) == 40320
    assert units == [*UNITS, "E8"]


def test_what_cannot_be_run_is_refused() -> None:
    """Nine units are too many; strangers and repetitions in a draw are no draw."""
    nine = [f"E{number}" for number in range(9)]
    for units, procedure, faults in (
        (nine, lambda tickets: tickets, [("exact-many", "units")]),
        ([], lambda tickets: tickets, [("units-empty", "units")]),
        (["E1", "E2"], lambda tickets: [*tickets, "E3"], [("answer-stranger", "E1, E2")]),
        (["E1", "E2"], lambda tickets: ["E1", "E1"] if tickets[0] == "E2" else [], [("answer-twice", "E2, E1")]),
    ):
        with pytest.raises(InputError) as caught:
            exact_inclusion(procedure, units)
        assert [(note.code, note.at) for note in caught.value.faults] == faults
    assert caught.value.faults[0].code != "exact-many"


def test_the_refusal_has_the_numbers() -> None:
    """How many there are, how many there may be, and how many orders that is."""
    with pytest.raises(InputError, match=r"9 units .* at most 8 \(40,320 orders\)"):
        exact_subsets(lambda tickets: tickets, [f"E{number}" for number in range(9)])


def test_what_is_raised_names_the_order() -> None:
    """An exception comes through with the order at which it happened."""

    def fails(tickets: Sequence[str]) -> list[str]:
        return [] if tickets[0] == "E7" else [][0]

    with pytest.raises(IndexError) as caught:
        exact_inclusion(fails, UNITS[:3])
    assert "'E3, E7, E5'" in caught.value.__notes__[0]
