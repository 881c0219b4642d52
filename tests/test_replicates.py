"""Replicates and procedures: what was drawn, read literally; what a procedure may do, and what is told of it."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import product
from typing import cast

import numpy as np
import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from dual_random import InputError
from dual_random.testing import Check, across, chi_square, inclusion, pairs, repeats, subsets
from dual_random.testing.procedures import (
    DRAWN,
    Answer,
    Outcome,
    Procedure,
    by_person,
    outcome,
    read_list,
    seed_of,
    units_of,
)
from dual_random.testing.replicates import Replicates, Texts, replicate
from fair_draws import names

UNITS = ("E1", "E2", "E3", "E4")


def codes(error: InputError) -> list[str]:
    """Of all faults, sorted."""
    return sorted(note.code for note in error.faults)


def told(procedure: object, units: object = UNITS, trials: object = 3, **more: object) -> list[str]:
    """Where and why a request is refused."""
    ask = cast("object", replicate)
    with pytest.raises(InputError) as caught:
        ask(procedure, units, trials, **more)  # type: ignore[operator]
    return sorted(f"{note.at}: {note.code}" for note in caught.value.faults)


# ---- cells


Hits = list[tuple[int, str]]

hits = st.lists(st.tuples(st.integers(0, 4), st.sampled_from(["", "a", "b"])), max_size=9, unique=True)


@settings(deadline=None, derandomize=True, max_examples=150)
@for_all(st.lists(hits, max_size=7), st.lists(st.sampled_from("XY"), min_size=5, max_size=5) | st.none())
def test_cells_are_a_literal_reading(drawn: list[Hits], labels: list[str] | None) -> None:
    """Counts and totals of every result in every class are those of counters, for any draws."""
    units = names(5)
    alike = dict(zip(units, labels, strict=True)) if labels else {}
    outcomes = [Outcome(seed_of(i), [(units[place], result) for place, result in one]) for i, one in enumerate(drawn)]
    replicates = Replicates.of(units, outcomes, alike=alike)
    counts: dict[tuple[str, str], Counter[str]] = {}
    totals: dict[tuple[str, str], Counter[int]] = {}
    for number, one in enumerate(drawn):
        for place, result in one:
            key = result, alike.get(units[place], "")
            counts.setdefault(key, Counter())[units[place]] += 1
            totals.setdefault(key, Counter())[number] += 1
    cells = {(cell.result, cell.kind): cell for cell in replicates.cells}
    assert len(cells) == len(replicates.cells)
    assert cells.keys() == counts.keys()
    for key, cell in cells.items():
        members = [unit for unit in units if alike.get(unit, "") == key[1]]
        assert [units[place] for place in cell.members] == members
        assert cell.size == len(members)
        assert cell.counts.tolist() == [counts[key][unit] for unit in members]
        assert cell.totals.tolist() == [totals[key][number] for number in range(len(drawn))]
        assert (np.diff(cell.draws) >= 0).all()
        pairs = Counter(zip(cell.draws.tolist(), (members[place] for place in cell.who), strict=True))
        own = [(n, units[i]) for n, one in enumerate(drawn) for i, r in one if (r, alike.get(units[i], "")) == key]
        assert pairs == Counter(own)
        assert cell.where == " · ".join(part for part in key if part)
    assert replicates.trials == len(drawn)
    assert not replicates.faults


def test_draws_keep_their_numbers_through_empty_ones() -> None:
    """A draw without hits counts, at the beginning, in between and at the end."""
    replicates = replicate(lambda units, seed: units[:1] if seed in ("fair:1", "fair:4") else [], UNITS, 6)
    assert replicates.draws.tolist() == [1, 4]
    assert replicates.cells[0].totals.tolist() == [0, 1, 0, 0, 1, 0]
    assert str(replicates.subject) == "6 draws of 0–1 of 4 units"
    assert repr(replicate(lambda _units, _seed: [], UNITS, 2)) == "Replicates(2 draws of 0 of 4 units)"
    assert replicate(lambda _units, _seed: [], UNITS, 2).cells == ()
    assert str(Replicates.of(UNITS, []).subject) == "0 draws of 0 of 4 units"


def test_results_are_told_in_both_languages() -> None:
    """Draws with results are called so."""
    replicates = replicate(lambda units, _seed: dict.fromkeys(units, "a"), UNITS, 2)
    assert str(replicates.subject) == "2 draws with results (1): 4 given to 4 units each time"
    assert "2 次" in replicates.subject.text("zh")


# ---- what a procedure gives


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (["E2", "E1"], [("E2", DRAWN), ("E1", DRAWN)]),
        (("E2",), [("E2", DRAWN)]),
        ((unit for unit in ("E3", "E1")), [("E3", DRAWN), ("E1", DRAWN)]),
        ({"E1": "a", "E2": "", "E3": "b"}, [("E1", "a"), ("E3", "b")]),
        ({"E1": ["a", "b"], "E2": [], "E3": ["", "c"]}, [("E1", "a"), ("E1", "b"), ("E3", "c")]),
        ({"E1": ("a", "a")}, [("E1", "a"), ("E1", "a")]),
        ({}, []),
        (dict.fromkeys(["E1", "E4"], "").keys(), [("E1", DRAWN), ("E4", DRAWN)]),
        (np.array(["E1", "E2"], dtype=object), [("E1", DRAWN), ("E2", DRAWN)]),
    ],
)
def test_answers_are_read(answer: Answer, expected: list[tuple[str, str]]) -> None:
    """Ids, a result each, several results each; an empty text is no result."""
    given = outcome(lambda _units, _seed: answer, UNITS, "fair:0")
    assert list(given.hits) == expected
    assert given.drawn == set(expected)


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (None, "answer-shape"),
        ("E1", "answer-shape"),
        (b"E1", "answer-shape"),
        (7, "answer-shape"),
        ([1, 2], "answer-text"),
        ([None], "answer-text"),
        ({1: "a"}, "answer-text"),
        ({"E1": 3}, "answer-result"),
        ({"E1": None}, "answer-result"),
        ({"E1": [1]}, "answer-text"),
    ],
)
def test_what_is_no_answer_is_refused_with_the_seed(answer: object, code: str) -> None:
    """The code says what is wrong, a note which draw it was."""
    with pytest.raises(InputError) as caught:
        replicate(lambda _units, _seed: cast(Answer, answer), UNITS, 3)
    assert codes(caught.value) == [code]
    assert caught.value.__notes__ == ["while the procedure drew with the seed 'fair:0'"]


@pytest.mark.parametrize("error", [ValueError, KeyError, InputError, RecursionError])
def test_what_a_procedure_raises_comes_through_with_the_seed(error: type[Exception]) -> None:
    """Also from a generator that breaks while it is read."""

    def breaks(units: Sequence[str], seed: str) -> Iterable[str]:
        yield units[0]
        if seed == "fair:2":
            raise error(())

    with pytest.raises(error) as caught:
        replicate(breaks, UNITS, 5)
    assert caught.value.__notes__ == ["while the procedure drew with the seed 'fair:2'"]


def test_a_procedure_may_do_what_it_likes_with_its_list() -> None:
    """Each draw has a new list, so that one that shuffles, sorts, empties or extends it spoils none of the others."""
    seen = []

    def spoils(units: list[str], seed: str) -> list[str]:
        seen.append(tuple(units))
        units.reverse()
        first = [units.pop()]
        units += ["E9"] * 3
        units.clear()
        return first

    given = ["E3", "E1", "E2"]
    assert replicate(spoils, given, 4).cells[0].counts.tolist() == [4, 0, 0]
    assert seen == [("E3", "E1", "E2")] * 4
    assert given == ["E3", "E1", "E2"]


def test_seeds_follow_a_written_rule() -> None:
    """``fair:0``, ``fair:1``, … or from another number on; progress is told after each draw."""
    seeds: list[str] = []
    steps: list[tuple[int, int]] = []

    def draw(units: Sequence[str], seed: str) -> list[str]:
        seeds.append(seed)
        return [units[0]]

    replicate(draw, UNITS, 3, progress=lambda done, of: steps.append((done, of)))
    assert seeds == ["fair:0", "fair:1", "fair:2"]
    assert steps == [(1, 3), (2, 3), (3, 3)]
    seeds.clear()
    steps.clear()
    replicate(draw, UNITS, 2, first=10, progress=lambda done, of: steps.append((done, of)))
    assert seeds == ["fair:10", "fair:11"]
    assert steps == [(1, 2), (2, 2)]


# ---- what is wrong with a draw


def test_strangers_and_doubles_are_told_and_left_aside() -> None:
    """The faults name draw, unit and result; counts have each unit of the list once."""
    answers: Mapping[str, Answer] = {
        "fair:0": ["E1", "E9", "E1", "E2", "E1"],
        "fair:1": {"E1": ["a", "b", "a"], "E8": ["a"]},
        "fair:2": ["E2"],
    }
    replicates = replicate(lambda _units, seed: answers[seed], UNITS, 3)
    assert [str(note) for note in replicates.faults] == [
        "fair:0: 'E9' was drawn, but is not in the list",
        "fair:0: 'E1' was drawn twice",
        "fair:1: 'E8' was drawn, but is not in the list",
        "fair:1: 'E1' has 'a' twice",
    ]
    cells = {cell.result: (cell.counts.tolist(), cell.totals.tolist()) for cell in replicates.cells}
    assert cells == {"": ([1, 2, 0, 0], [2, 0, 1]), "a": ([1, 0, 0, 0], [0, 1, 0]), "b": ([1, 0, 0, 0], [0, 1, 0])}
    assert replicates.results == ("", "a", "b")


def test_of_many_faults_twenty_are_kept() -> None:
    """The first of them; twenty thousand doubles in one draw take no time."""
    replicates = replicate(lambda _units, _seed: ["E1", "E1", "Z"], UNITS, 30)
    assert len(replicates.faults) == 20
    assert [note.at for note in replicates.faults] == [seed_of(number) for number in range(10) for _ in range(2)]
    many = Outcome("fair:0", [(f"E{number}", DRAWN) for number in range(20_000)] * 2)
    assert len(many.faults({f"E{number}" for number in range(20_000)})) == 20_000


def test_odd_ids_and_results_stay_readable() -> None:
    """Strangers with control characters and lone surrogates are shown in ASCII; results are told apart exactly."""
    odd = ["\x00", "\ud800", "", "a\nb", "e\u0301", "\u00e9"]
    replicates = replicate(lambda _units, _seed: odd, UNITS, 1)
    assert len(replicates.faults) == 6
    assert all(str(note).isprintable() and str(note).encode() for note in replicates.faults)
    results = replicate(lambda _units, _seed: {"E1": odd}, UNITS, 1).results
    assert results == ("\x00", "\ud800", "a\nb", "e\u0301", "\u00e9")


# ---- what is refused


def test_all_that_is_wrong_with_a_request_is_told_at_once() -> None:
    """Wrong types are InputErrors with codes, before anything is drawn."""
    assert told(7, ["E1", "E1", ""], 0, first=-1, progress="bar") == [
        "first: count-form",
        "procedure: procedure-callable",
        "progress: progress-callable",
        "trials: positive-form",
        "units: name-repeated",
        "units[2]: text-empty",
    ]
    for trials in (True, 1.0, "3", None, -1, 2**60):
        assert told(len, trials=trials) == ["trials: positive-form"]
    for units in (None, 7, "E1", b"E1", {"E1", "E2"}, frozenset(["E1"])):
        assert told(len, units) == ["units: ids-shape"]
    assert told(len, []) == ["units: units-empty"]
    assert told(len, [1, "E1"]) == ["units[0]: text-type"]
    assert told(len, alike=["X"]) == ["alike: entries-shape"]
    assert told(len, first=1.5) == ["first: count-form"]
    assert told(len, alike={"E1": "X", "E2": 3, "E3": None, 9: "X"}) == [
        "alike.E2: text-type",
        "alike.E3: text-type",
        "alike: unit-unknown",
        "alike: unit-without",
    ]


def test_units_may_be_any_ordered_iterable() -> None:
    """A generator or the keys of a dict is read once."""
    assert units_of(f"E{i}" for i in range(3)) == ("E0", "E1", "E2")
    assert read_list({"E2": 1, "E1": 2}) == (("E2", "E1"), [])
    assert replicate(lambda units, _seed: units, (f"E{i}" for i in range(3)), 2).units == ("E0", "E1", "E2")  # type: ignore[arg-type]


def test_the_table_of_classes_is_copied() -> None:
    """A change of the caller's dict afterwards changes nothing."""
    alike = {"E1": "X", "E2": "X", "E3": "Y", "E4": "Y"}
    replicates = replicate(lambda units, _seed: units[:3], UNITS, 2, alike=cast(Texts, alike))
    alike["E1"] = "Y"
    assert [(cell.kind, cell.counts.tolist()) for cell in replicates.cells] == [("X", [2, 2]), ("Y", [2, 0])]


def test_teams_are_turned_round() -> None:
    """Visits by person and people by visit hold the same pairs, doubles included."""
    teams = {"v1": ["A", "B"], "v2": ["B", "B"], "v3": []}
    pairs = [(person, visit) for visit, people in teams.items() for person in people]
    turned = by_person(teams)
    assert sorted((person, visit) for person, visits in turned.items() for visit in visits) == sorted(pairs)
    procedure: Procedure = lambda _units, _seed: by_person(teams)  # noqa: E731
    assert len(replicate(procedure, ["A", "B"], 1).faults) == 1


def test_every_hit_is_kept_once_whatever_the_order() -> None:
    """All answers of two units and two results: order and repetition say nothing beyond the fault."""
    for answer in product(["a", "b", "a b", ""], repeat=2):
        given = {unit: result.split() for unit, result in zip(("E1", "E2"), answer, strict=True)}
        turned = {unit: given[unit][::-1] for unit in ("E2", "E1")}
        cells = [
            {(cell.result, *cell.counts.tolist()) for cell in replicate(lambda _u, _s, g=each: g, UNITS, 2).cells}  # type: ignore[misc]
            for each in (given, turned)
        ]
        assert cells[0] == cells[1]


def test_teams_that_are_none_are_refused() -> None:
    """A team is several people: one text is not read letter by letter, and what is no mapping is named."""
    for teams, places in (({"v1": "Li", "v2": None, "v3": ["Wu"]}, ["teams.'v1'", "teams.'v2'"]), (None, ["teams"])):
        with pytest.raises(InputError) as caught:
            by_person(teams)  # type: ignore[arg-type]
        assert [note.at for note in caught.value.faults] == places


@pytest.mark.parametrize(
    ("answer", "at"), [({"E1": [None]}, "'E1'"), ({"E1": b"ab"}, "'E1'"), ({"E1": 5}, "'E1'"), ([None], "")]
)
def test_answers_that_are_none_are_named(answer: object, at: str) -> None:
    """What a procedure gives for a unit is named by the unit."""
    with pytest.raises(InputError) as caught:
        replicate(lambda _units, _seed: answer, ["E1", "E2"], 3)  # type: ignore[arg-type, return-value]
    assert [note.at for note in caught.value.faults] == [at]


@pytest.mark.parametrize("check", [inclusion, chi_square, subsets, pairs, across, repeats])
def test_every_check_refuses_what_it_cannot_be_asked_of(check: Callable[..., Check]) -> None:
    """No replicates, no level: all that is wrong is told, and nothing hangs."""
    draws = replicate(lambda units, seed: [units[len(seed) % 2]], ["E1", "E2"], 3)
    for alpha in (0.0, 1.0, -1.0, 1.5, float("nan"), float("inf"), 5e-324, None, "x", 1):
        with pytest.raises(InputError) as caught:
            check(draws, alpha=alpha)
        assert [note.at for note in caught.value.faults] == ["alpha"]
    with pytest.raises(InputError) as caught:
        check(None, alpha=2)
    assert [note.at for note in caught.value.faults] == ["replicates", "alpha"]
