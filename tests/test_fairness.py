"""All checks together: what is asked of which claim, what is refused before anything is drawn, what is held fair."""

import random
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import cast

import numpy as np
import pytest

from dual_random import InputError, sample
from dual_random.testing.checks import ORDER, PLACE, UnfairError, holm
from dual_random.testing.fairness import assert_fair, examine
from dual_random.testing.invariants import assert_invariant
from dual_random.testing.pairings import pairs
from dual_random.testing.repetitions import repeats
from dual_random.testing.replicates import Replicates, replicate
from dual_random.testing.squares import chi_square, subsets
from dual_random.testing.tallies import inclusion
from dual_random.testing.trends import groups, trend
from fair_draws import fair, given, names, plain, split

UNITS = names(24)


def eight(units: Sequence[str], seed: str) -> tuple[str, ...]:
    """A fair draw, which can be sent to another process."""
    return sample(units, 8, seed=seed, label="test").drawn


def every_third(units: Sequence[str], seed: str) -> Sequence[str]:
    """Systematic, in the order of the list."""
    return units[sha256(seed.encode()).digest()[0] % 3 :: 3]


def favours(units: Sequence[str], seed: str) -> tuple[str, ...]:
    """The first has twice its chance."""
    drawn = eight(units, seed)
    first = min(units)
    return drawn if first in drawn or seed[-1] in "13579" else (first, *drawn[1:])


def shuffles(units: list[str], seed: str) -> list[str]:
    """As many write it: the list is sorted and shuffled in place."""
    units.sort()
    random.Random(seed).shuffle(units)
    return units[:8]


def test_what_is_asked_of_units_that_are_alike() -> None:
    """All checks, each with the limits of Holm over those that are statistical."""
    values: Mapping[str, Mapping[str, float] | Mapping[str, str]] = {
        "size": {unit: float(len(UNITS) - place) ** 2 for place, unit in enumerate(UNITS)},
        "district": {unit: "ab"[place % 2] for place, unit in enumerate(UNITS)},
    }
    draws = plain(24, fair(24, 8, 500, "a"))
    report = examine(draws, against=values, alpha=1e-4)
    expected = [
        inclusion(draws),
        trend(draws, PLACE, {unit: float(place) for place, unit in enumerate(UNITS)}),
        trend(draws, "size", cast(Mapping[str, float], values["size"])),
        groups(draws, "district", cast(Mapping[str, str], values["district"])),
        chi_square(draws),
        pairs(draws),
        repeats(draws),
    ]
    assert [check.name for check in report.checks] == ["members", *(check.name for check in expected)]
    limited = holm(expected, 1e-4)
    assert [(check.p, check.limit) for check in report.checks[1:]] == [(check.p, check.limit) for check in limited]
    assert report.ok
    assert report.alpha == 1e-4
    assert report.unchecked == ()
    assert report["inclusion"].detectable == inclusion(draws, alpha=1e-4 / 7).detectable
    assert str(report.subject) == "500 draws of 8 of 24 units"


def test_the_byte_order_is_asked_where_it_is_another() -> None:
    """A procedure that sorts before it draws favours by that order."""
    units = names(12)[::-1]
    draws = replicate(lambda units, seed: sorted(units)[: 2 + len(seed) % 3], units, 120)
    names_of = [check.name for check in examine(draws).checks]
    assert f"trend: {ORDER}" in names_of
    assert examine(draws)[f"trend: {ORDER}"].failed
    assert f"trend: {ORDER}" not in [check.name for check in examine(plain(12, fair(12, 4, 20, "b"))).checks]


def test_small_populations_are_asked_for_all_sets() -> None:
    """Where they can be counted."""
    assert "subsets" in examine(plain(6, fair(6, 2, 100, "c"))).detectable
    assert "subsets" not in examine(plain(6, fair(6, 2, 60, "c"))).detectable
    draws = plain(6, fair(6, 2, 100, "c"))
    assert examine(draws)["subsets"].p == subsets(draws).p


def test_of_stated_chances_less_is_asked() -> None:
    """Neither chi-square nor pairs nor repeats; groups are told as not asked."""
    draws = replicate(every_third, UNITS, 600)
    values: Mapping[str, Mapping[str, float] | Mapping[str, str]] = {
        "size": {unit: float(place % 5) for place, unit in enumerate(UNITS)},
        "district": dict.fromkeys(UNITS, "a"),
    }
    report = examine(draws, chance=dict.fromkeys(UNITS, "1/3"), against=values)
    assert [check.name for check in report.checks] == ["members", "inclusion", f"trend: {PLACE}", "trend: size"]
    assert [(note.code, note.at) for note in report.unchecked] == [("groups-unchecked", "district")]
    assert report.ok
    assert not examine(draws).ok
    assert not examine(draws, chance=dict.fromkeys(UNITS, "20%")).ok


def test_classes_and_results_are_asked() -> None:
    """Strata with different shares, and teams: fair within their classes, unfair without."""
    alike = split(24, {"X": 6, "Y": 18})
    drawn = [[*a, *(6 + i for i in b)] for a, b in zip(fair(6, 4, 500, "d"), fair(18, 3, 500, "e"), strict=True)]
    assert examine(plain(24, drawn, alike)).ok
    assert not examine(plain(24, drawn)).ok
    teams = [[*((i, "v1") for i in one[:2]), *((i, "v2") for i in one[2:5])] for one in fair(24, 5, 500, "f")]
    assert examine(given(24, teams)).ok
    cycles = [[(i, f"v{(i + n) % 3}") for i in range(24)] for n in range(500)]
    assert not examine(given(24, cycles)).ok


def test_a_fair_procedure_passes_in_fresh_processes_too() -> None:
    """With its report; progress tells each draw."""
    steps: list[tuple[int, int]] = []
    report = assert_fair(eight, UNITS, trials=300, progress=lambda done, of: steps.append((done, of)))
    assert [check.name for check in report.checks[:4]] == ["members", "order", "repeat", "elsewhere"]
    assert report.unchecked == ()
    assert steps == [(done, 300) for done in range(1, 301)]
    assert report["inclusion"].p == examine(replicate(eight, UNITS, 300))["inclusion"].p


def test_a_procedure_that_shuffles_its_list_is_fair() -> None:
    """It may sort and shuffle what it is given."""
    units = list(UNITS[::-1])
    assert assert_fair(lambda units, seed: shuffles(units, seed), units, trials=300).ok
    assert units == list(UNITS[::-1])


def test_what_cannot_go_to_a_fresh_process_is_told() -> None:
    """A lambda: all else is asked."""
    report = assert_fair(lambda units, seed: eight(units, seed), UNITS, trials=50)
    assert [note.code for note in report.unchecked] == ["fresh-pickle"]
    assert "elsewhere" not in [check.name for check in report.checks]


def test_an_unfair_procedure_fails_with_its_report() -> None:
    """The error is an assertion; the worst unit is named."""
    with pytest.raises(AssertionError, match="E01") as caught:
        assert_fair(lambda units, seed: favours(units, seed), UNITS, trials=600)
    report = cast(UnfairError, caught.value).report
    assert {check.name for check in report.failed} >= {"inclusion", "chi-square"}
    assert report["inclusion"].worst[0].at == "E01"
    assert not report["order"].failed


def test_an_order_that_is_meant_to_decide_is_not_asked() -> None:
    """A systematic draw from a published list, with its chances; else the order is what fails."""
    chance = dict.fromkeys(UNITS, "1/3")
    report = assert_fair(lambda units, seed: every_third(units, seed), UNITS, trials=300, chance=chance, ordered=True)
    assert "order" not in [check.name for check in report.checks]
    with pytest.raises(UnfairError) as caught:
        assert_fair(lambda units, seed: every_third(units, seed), UNITS, trials=300, chance=chance)
    assert [check.name for check in caught.value.report.failed] == ["order"]


def test_a_draw_with_a_double_fails_whatever_the_chances() -> None:
    """Without a false alarm: it is so."""
    with pytest.raises(UnfairError) as caught:
        assert_fair(lambda units, _seed: [units[0]] * 2, UNITS, trials=2, ordered=True)
    assert [check.name for check in caught.value.report.failed] == ["members"]


@pytest.mark.parametrize("units", [["E1"], ["E1", "E2"], ["a·b", "\u4f01\u4e1a 7", "x" * 200, "'\"\\{}%s"]])
@pytest.mark.parametrize("trials", [1, 2, 60])
@pytest.mark.parametrize("taken", [0, 1, 9])
def test_small_cases_are_fair(units: list[str], trials: int, taken: int) -> None:
    """One unit, one draw, odd ids: no check fails or breaks, and all can be read; nobody or everybody is no lottery."""

    def draw(units: Sequence[str], seed: str) -> list[str]:
        return sorted(units, key=lambda unit: sha256(f"{seed} {unit}".encode()).digest())[:taken]

    chance = dict.fromkeys(units, f"{min(taken, len(units))}/{len(units)}")
    if not 0 < taken < len(units):
        with pytest.raises(InputError, match=f"in none of {trials} draws"):
            assert_fair(draw, units, trials=trials)
        with pytest.raises(InputError, match=f"in none of {trials} draws"):
            examine(replicate(draw, units, trials))
        return
    report = assert_fair(draw, units, trials=trials)
    assert report.ok
    assert report.text("zh")
    assert report.table()
    assert examine(replicate(draw, units, trials), chance=chance).ok


def test_draws_of_nobody_knows_what_number_are_fair() -> None:
    """Each comes by a coin of its own: given the number, every set is equally likely."""

    def coins(units: Sequence[str], seed: str) -> list[str]:
        return [unit for unit in units if sha256(f"{seed} {unit}".encode()).digest()[0] < 77]

    report = assert_fair(coins, UNITS, trials=400)
    assert report["pairs"].dof == 24 * 21 // 2
    assert examine(replicate(coins, UNITS, 400), chance=dict.fromkeys(UNITS, "77/256")).ok


# ---- refused


def told(error: InputError) -> list[str]:
    """Where and why."""
    return sorted(f"{note.at}: {note.code}" for note in error.faults)


def refused(procedure: object = eight, units: object = UNITS, trials: object = 9, **more: object) -> list[str]:
    """What `assert_fair` says of arguments, without drawing."""
    with pytest.raises(InputError) as caught:
        cast("type[object]", assert_fair)(procedure, units, trials=trials, **more)  # type: ignore[call-arg]
    return told(caught.value)


def never(units: Sequence[str], seed: str) -> list[str]:
    """A procedure that must not be asked."""
    raise NotImplementedError


def test_all_faults_are_told_before_anything_is_drawn() -> None:
    """Every argument wrong at once; and what is claimed, against the units."""
    assert refused(7, [], 0, ordered="yes", alpha=1, progress=3) == [
        "alpha: level-form",
        "ordered: choice",
        "procedure: procedure-callable",
        "progress: progress-callable",
        "trials: positive-form",
        "units: units-empty",
    ]
    assert refused(
        never,
        ["E1", "E2"],
        -1,
        alike={"E1": "X", "E3": 4},
        chance={"E1": 0.5, "E9": "1/2"},
        against={"size": {"E1": "x", "E2": 2}, "": {}, "age": [1], 7: {}},
        alpha=2.0,
    ) == [
        "against.age: entries-shape",
        "against.size: attribute-mixed",
        "against[1]: text-empty",
        "against[3]: text-type",
        "alike.E3: text-type",
        "alike: unit-unknown",
        "alike: unit-without",
        "alpha: level-form",
        "chance.E1: share-float",
        "chance: chance-and-alike",
        "chance: unit-unknown",
        "chance: unit-without",
        "trials: positive-form",
    ]
    assert refused(never, alike=3, chance="x", against=5) == [
        "against: entries-shape",
        "alike: entries-shape",
        "chance: entries-shape",
    ]
    series = np.array([0.5, 0.5])  # whose truth is no question that can be asked
    assert refused(never, alike=series, chance=series, against=series) == [
        "against: entries-shape",
        "alike: entries-shape",
        "chance: entries-shape",
    ]
    assert refused(never, set(UNITS)) == ["units: ids-shape"]
    assert refused(never, alpha=float("nan")) == ["alpha: level-form"]


def test_examine_refuses_what_it_cannot_use() -> None:
    """Draws that are none; a claim that does not fit them."""
    for odd in (None, 3, [["E1"]], {"E1": "a"}):
        with pytest.raises(InputError) as caught:
            examine(cast(Replicates, odd))
        assert told(caught.value) == ["replicates: plan-shape"]
    draws = plain(2, [[0]], split(2, {"X": 1, "Y": 1}))
    with pytest.raises(InputError) as caught:
        examine(draws, chance={"E01": "1/2"}, against={"a": {"E01": 1.0}}, alpha=cast(float, 0))
    assert told(caught.value) == [
        "against.a: unit-without",
        "alpha: level-form",
        "chance: chance-and-alike",
        "chance: unit-without",
    ]
    with pytest.raises(InputError) as caught:
        examine(given(2, [[(0, "a")]]), chance={"E01": "1/2", "E02": "1/2"})
    assert told(caught.value) == ["chance: chance-results"]


def test_what_a_procedure_raises_comes_through() -> None:
    """With the seed; what it gives in a wrong form is an InputError."""
    with pytest.raises(NotImplementedError) as caught:
        assert_fair(never, UNITS, trials=5)
    assert caught.value.__notes__ == ["while the procedure drew with the seed 'fair:0'"]
    with pytest.raises(InputError) as refusal:
        assert_fair(lambda _units, _seed: cast(list[str], 5), UNITS, trials=5)
    assert told(refusal.value) == [": answer-shape"]


def test_every_text_of_a_report_is_a_note() -> None:
    """In all states that checks can be in, both languages speak."""
    seen: set[str] = set()
    wide = plain(24, fair(24, 8, 100, "h"))
    few = [plain(6, drawn) for drawn in (fair(6, 2, 400, "g"), fair(6, 2, 3, "g"), [[0, 1]] * 99)]
    for draws in (*few, wide):
        for check in examine(draws, against={"d": dict(zip(draws.units, "aabb" * 6, strict=False))}).checks:
            seen |= {check.sees.code, check.null.code, *(note.code for note in check.worst)}
            assert all(note.text("zh") != note.text("en") for note in (check.sees, check.null))
    assert seen >= {"sees-nothing", "repeats-sees", "inclusion-sees", "groups-sees", "trend-sees"}


def test_processes_can_be_declined() -> None:
    """What lives in this process only is not asked of others, and the report says that it was not."""
    for report in (
        assert_fair(plainly, UNITS, trials=300, processes=False),
        assert_invariant(plainly, UNITS, trials=20, processes=False),
    ):
        assert [note.code for note in report.unchecked] == ["fresh-declined"]
        assert "elsewhere" not in [check.name for check in report.checks]
    with pytest.raises(InputError, match="processes"):
        assert_fair(plainly, UNITS, trials=300, processes=cast(bool, None))


def plainly(units: Sequence[str], seed: str) -> list[str]:
    """The eight lowest hashes."""
    return sorted(units, key=lambda unit: sha256(f"{seed} {unit}".encode()).digest())[:8]


def test_what_to_do_is_told() -> None:
    """A failure without a claim, by the order, or by strangers is told with its remedy."""

    def by_place(units: Sequence[str], seed: str) -> list[str]:
        return list(units)[:3]

    def swapped(units: Sequence[str], seed: str) -> list[str]:
        return list(seed)

    for draw, code in ((by_place, "hint-order"), (by_place, "hint-alike"), (swapped, "hint-members")):
        with pytest.raises(UnfairError) as caught:
            assert_fair(draw, UNITS, trials=300)
        assert code in [note.code for note in caught.value.report.unchecked]
    with pytest.raises(UnfairError) as caught:
        assert_fair(by_place, UNITS, trials=300, ordered=True, alike=dict.fromkeys(UNITS, "a"))
    assert "hint-alike" not in [note.code for note in caught.value.report.unchecked]
