"""Redraws are uniform, the same everywhere, and give p that hold whatever is tested."""

from collections import Counter
from collections.abc import Sequence
from hashlib import shake_128
from itertools import combinations, product
from itertools import permutations as orders_of
from math import inf
from typing import Final

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from dual_random.errors import InputError
from dual_random.forms import refuse
from dual_random.testing import redraws
from dual_random.testing.redraws import (
    Noise,
    Words,
    ascending,
    chunks,
    first_different,
    least_seen,
    permutations,
    pooled,
    redraw_faults,
    stream,
    subsets,
)

FAR: Final = 1e-6


def words_of(seed: str, part: int, number: int, count: int) -> list[int]:
    """The words of a stream, read from its bytes without numpy."""
    data = shake_128(f"dual_random redraws\n{part}\n{number}\n{seed}".encode()).digest(8 * count)
    return [int.from_bytes(data[place : place + 8], "little") for place in range(0, len(data), 8)]


def sample_of(words: Sequence[int], size: int, taken: int, space: int = 2**64) -> list[int] | None:
    """The definition: the first n different places, words of the incomplete last run left out."""
    found: list[int] = []
    for word in words:
        if word < space // size * size and word % size not in found and len(found) < taken:
            found.append(word % size)
    return found if len(found) == taken else None


@pytest.mark.parametrize(("space", "size", "taken", "length"), [(8, 3, 2, 5), (7, 4, 2, 5), (6, 3, 3, 6), (5, 1, 1, 2)])
def test_every_ordered_sample_has_equally_many_words(space: int, size: int, taken: int, length: int) -> None:
    """Of all sequences of words, equally many give each ordered sample: uniform, exactly."""
    every = np.array(list(product(range(space), repeat=length)), dtype=np.uint64)
    complete, rows = first_different(every, size, taken, space=space)
    counts = Counter(map(tuple, rows.tolist()))
    assert set(counts) == set(orders_of(range(size), taken))
    assert len(set(counts.values())) == 1
    expected = [sample_of(list(map(int, row)), size, taken, space) for row in every]
    assert complete.tolist() == [row is not None for row in expected]
    assert rows.tolist() == [row for row in expected if row is not None]


def test_words_of_the_last_run_are_passed_over() -> None:
    """Of 2^64 words that 3 does not divide the last one gives no place; the one before it does."""
    words = np.array([[2**64 - 1, 2**64 - 2, 1], [2**64 - 1, 2**64 - 1, 5]], dtype=np.uint64)
    complete, rows = first_different(words, 3, 2)
    assert (complete.tolist(), rows.tolist()) == ([True, False], [[2, 1]])
    assert first_different(words, 3, 1)[1].tolist() == [[(2**64 - 2) % 3], [2]]


def test_no_word_is_passed_over_where_runs_are_complete() -> None:
    """2^64 is a multiple of 8: the last word counts."""
    assert first_different(np.array([[2**64 - 1]], dtype=np.uint64), 8, 1)[1].tolist() == [[7]]


@pytest.mark.parametrize(("size", "taken"), [(1, 1), (5, 0), (7, 7), (20, 10), (600, 60), (5000, 3)])
def test_samples_are_those_of_the_definition(size: int, taken: int) -> None:
    """Every redraw is the first n different places of its own stream."""
    rows = subsets(size, taken, range(30), seed="s", part=2)
    assert rows.tolist() == [sample_of(words_of("s", 2, number, 40 + 12 * taken), size, taken) for number in range(30)]


@settings(deadline=None, derandomize=True, max_examples=30)
@given(st.integers(1, 40), st.data())
def test_a_redraw_depends_on_its_number_alone(size: int, data: st.DataObject) -> None:
    """Any selection of numbers, in any order, gives the same samples as all of them."""
    taken = data.draw(st.integers(0, size))
    numbers = data.draw(st.lists(st.integers(0, 50), max_size=8))
    everything = subsets(size, taken, range(51), seed="x")
    assert subsets(size, taken, numbers, seed="x").tolist() == everything[numbers].tolist()


@pytest.mark.parametrize("cells", [1, 50, 2**20])
def test_chunks_do_not_matter(cells: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """However short the chunks are, the samples are the same."""
    expected = subsets(30, 12, range(40), seed="x").tolist()
    monkeypatch.setattr(redraws, "CELLS", cells)
    assert subsets(30, 12, range(40), seed="x").tolist() == expected


def test_streams_that_were_read_too_short_are_read_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """With hardly enough words at first, the samples are the same."""
    expected = subsets(30, 15, range(200), seed="x").tolist()
    monkeypatch.setattr(redraws, "_enough", lambda _size, taken: taken)
    assert subsets(30, 15, range(200), seed="x").tolist() == expected


def test_all_samples_come_equally_often() -> None:
    """All 20 samples of 3 of 6, over 20,000 redraws: chi-square on 19 degrees of freedom."""
    counts = Counter(tuple(sorted(row)) for row in subsets(6, 3, range(20_000), seed="example").tolist())
    assert set(counts) == set(combinations(range(6), 3))
    assert stats.chisquare(list(counts.values())).pvalue > FAR


def test_all_orders_come_equally_often() -> None:
    """All 24 orders of 4, over 24,000 redraws: chi-square on 23 degrees of freedom."""
    counts = Counter(map(tuple, permutations(4, range(24_000), seed="example").tolist()))
    assert set(counts) == set(orders_of(range(4)))
    assert stats.chisquare(list(counts.values())).pvalue > FAR


def test_parts_and_seeds_have_streams_of_their_own() -> None:
    """Another part, number or seed is another stream, also where their texts run together."""
    streams = {stream(seed, part, number, 2) for seed in ("", "1", "1\n1") for part in (1, 11) for number in (1, 11)}
    assert len(streams) == 12


def test_orders_are_those_of_the_words() -> None:
    """An order is that of the words of the stream."""
    for number, order in enumerate(permutations(9, range(20), seed="x").tolist()):
        words = words_of("x", 0, number, 9)
        assert order == sorted(range(9), key=lambda place: words[place])


def test_equal_words_are_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows with equal words take the next block of their stream, and again until none are equal."""
    text = {0: [3, 1, 2], 1: [5, 5, 1, 2, 1, 0], 2: [1, 1, 1, 2, 2, 0, 9, 8, 7]}

    def told(seed: str, part: int, numbers: Sequence[int], count: int) -> Words:
        return np.array([text[number][:count] for number in numbers], dtype=np.uint64)

    monkeypatch.setattr(redraws, "_words", told)
    assert permutations(3, range(3), seed="x").tolist() == [[1, 2, 0], [2, 1, 0], [2, 1, 0]]


def test_orders_by_few_words_are_still_uniform() -> None:
    """Of all rows of words of 2 bits without equal ones, equally many give each order."""
    every = np.array(list(product(range(4), repeat=3)), dtype=np.uint64)
    order, tied = ascending(every)
    assert [row for row in range(64) if len(set(every[row].tolist())) < 3] == tied.tolist()
    counts = Counter(map(tuple, np.delete(order, tied, axis=0).tolist()))
    assert sorted(counts.values()) == [4] * 6


def test_chunks_cover_all_numbers_once() -> None:
    """Chunks are runs that follow each other, at least one redraw each."""
    assert [number for run in chunks(7, 2**30) for number in run] == list(range(7))
    assert list(chunks(0, 5)) == []


# ---- p


def brute_adjusted(statistics: list[list[int]]) -> list[float]:
    """Westfall and Young's step-down minimum of p, written down naively."""
    size, width = len(statistics), len(statistics[0])
    alone = [[sum(other[c] >= row[c] for other in statistics) / size for c in range(width)] for row in statistics]
    turn = sorted(range(width), key=lambda c: alone[0][c])
    found, before = [0.0] * width, 0.0
    for step, column in enumerate(turn):
        least = [min(row[c] for c in turn[step:]) for row in alone]
        before = max(before, sum(each <= alone[0][column] for each in least) / size)
        found[column] = before
    return found


matrices = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(st.integers(0, 5), min_size=width, max_size=width), min_size=2, max_size=14)
)


@settings(deadline=None, derandomize=True, max_examples=150)
@given(matrices)
def test_adjusted_p_are_those_of_westfall_and_young(rows: list[list[int]]) -> None:
    """The vectorised p are those of the naive definition, and never below p alone."""
    pool = pooled(np.array(rows, dtype=np.float64), 0.05)
    assert pool.adjusted.tolist() == pytest.approx(brute_adjusted(rows))
    assert (pool.adjusted >= pool.alone).all()


@settings(deadline=None, derandomize=True, max_examples=150)
@given(matrices, st.floats(0.01, 0.99))
def test_p_hold_whatever_is_tested(rows: list[list[int]], alpha: float) -> None:
    """If each row in turn is the draw, a share alpha of them at most has any p of at most alpha: exact, family-wise."""
    table = np.array(rows, dtype=np.float64)
    pools = [pooled(np.roll(table, -turn, axis=0), alpha) for turn in range(len(rows))]
    assert sum(pool.adjusted.min() <= alpha for pool in pools) <= alpha * len(rows) + 1e-9
    for column in range(table.shape[1]):
        assert sum(pool.alone[column] <= alpha for pool in pools) <= alpha * len(rows) + 1e-9


@settings(deadline=None, derandomize=True, max_examples=150)
@given(matrices, st.floats(0.01, 0.99))
def test_critical_values_are_where_the_draw_fails(rows: list[list[int]], alpha: float) -> None:
    """Some statistic reaches its critical value just if some adjusted p is at most alpha."""
    table = np.array(rows, dtype=np.float64)
    pool = pooled(table, alpha)
    assert bool((table[0] >= pool.critical).any()) == bool(pool.adjusted.min() <= alpha)


def test_too_few_redraws_are_refused() -> None:
    """With m attributes m/alpha - 1 redraws are needed, or the most extreme draw could pass."""
    assert redraw_faults(99, 0.01, 1) == []
    assert redraw_faults(299, 0.01, 3) == []
    assert redraw_faults(9999, 1e-4, 1) == []
    with pytest.raises(
        InputError, match=r"298 redraws cannot show that any attribute \(of 3\) reaches 0.01: make at least 299"
    ):
        refuse(redraw_faults(298, 0.01, 3))
    assert [note.code for note in redraw_faults("many", 1.5, 1)] == ["positive-form", "level-form"]


# ---- what could have been seen


def test_noise_adds_to_signals() -> None:
    """A signal is seen as often as the noise reaches what it lacks: a strong one always."""
    noise = Noise.of(
        np.array([1.0, 2.0, 3.0, 9.0]), np.array([0.0, 0.0, 1.0, 1.0]), np.array([1.0, 1.0, 1.0, 2.0]), 5.0
    )
    assert noise.values.tolist() == [1.0, 2.0, 2.0, 4.0]
    one = np.ones(1)
    assert [noise.seen(one, one * signal, one) for signal in (0.0, 1.0, 3.0, 4.0, 5.0, 9.0)] == [0, 0.25, 0.75, 1, 1, 1]
    assert noise.seen(one, one * 3.0, one * 0.5) == 0.25
    assert [noise.seen(one, one * signal, one * 0.0) for signal in (4.9, 5.0)] == [0, 1]
    assert noise.seen(np.array([0.25, 0.75]), np.array([9.0, 0.0]), np.ones(2)) == 0.25
    assert Noise(noise.values, inf).seen(one, one * 99, one) == 0


def test_the_least_bias_is_found() -> None:
    """Bisection ends at the smallest bias that is seen; the highest possible one if only that is."""
    assert least_seen(lambda bias: float(bias >= 0.3), 1.0, 0.9) == pytest.approx(0.3, abs=1e-6)
    assert least_seen(lambda bias: float(bias >= 1.0), 1.0, 0.9) == 1.0
    assert least_seen(lambda _bias: 0.89, 1.0, 0.9) == inf
