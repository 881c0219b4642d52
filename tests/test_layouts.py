"""How cells are laid: against all layouts of small cells, tried one by one, and against the literal reading."""

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations_with_replacement
from random import Random
from typing import Any, Literal

import numpy as np
import pytest

import brute
import oracle
from dual_random.cells import Cells
from dual_random.layouts import Layouts, arrange
from dual_random.plans import JointRule

ONE = Fraction(1)
CAPS = (None, 1, 2, 3, 4)
ALONE: brute.Cell = ((1,), 1, False)  # one check, so that not all visits can be joint


def of(counts: Sequence[brute.Cell]) -> Cells:
    """Cells of some counts, one demand for each department, keys in the order given."""
    width = max((len(numbers) for numbers, _, _ in counts), default=1)
    table = np.zeros((len(counts), width), dtype=np.int64)
    for row, (numbers, _, _) in enumerate(counts):
        table[row, : len(numbers)] = numbers
    return Cells(
        keys=tuple(f"{number:06}" for number in range(len(counts))),
        sizes=np.array([size for _, size, _ in counts], dtype=np.int64),
        demands=table,
        departments=table,
        followed=np.array([followed for _, _, followed in counts], dtype=np.bool_),
    )


def laid(counts: Sequence[brute.Cell], **rule: Any) -> Layouts:
    """The layouts of some counts under a rule."""
    return arrange(of(counts), JointRule(**rule))


def best_of(found: Layouts) -> Fraction | None:
    """The value of the best rate; none where nobody is visited."""
    return None if found.best is None else found.best.value


def some_cells(random: Random, *, most_cells: int, departments: int, most: int, size: int) -> list[brute.Cell]:
    """Cells with at least one check each; every fifth is followed."""
    found: list[brute.Cell] = []
    for _ in range(random.randint(0, most_cells)):
        inside = random.randint(1, size)
        width = random.randint(1, departments)
        numbers = tuple(random.randint(0, min(most, inside)) for _ in range(width))
        if any(numbers):
            found.append((numbers, inside, random.random() < 0.2))
    return found


# ---- against brute force


def every_small_cell() -> list[brute.Cell]:
    """All cells of at most six enterprises and four departments with at most four checks each."""
    return [
        (numbers, size, False)
        for size in range(1, 7)
        for width in range(1, 5)
        for numbers in combinations_with_replacement(range(min(4, size) + 1), width)
        if any(numbers)
    ]


@pytest.mark.parametrize("most", CAPS)
def test_every_small_cell_has_the_fewest_visits_and_among_them_the_most_joint_ones(most: int | None) -> None:
    """No layout has fewer visits, and of those with as few none has more joint ones; nested, as many visits."""
    counts = every_small_cell()
    found = laid([*counts, ALONE], at_least=ONE, reach="spread", most_departments=most)
    plain = laid([*counts, ALONE], most_departments=most)
    assert (found.layout, plain.layout) == ("spread", "nested")
    for row, cell in enumerate(counts):
        feasible = brute.feasible(cell, most)
        visits, joint = int(found.visits[row]), int(found.joint[row])
        assert (visits, joint) == (brute.fewest(feasible), brute.most_joint(feasible))
        assert int(found.singles[row]) == visits - joint
        assert (int(plain.joint[row]), int(plain.visits[row])) in feasible
        assert int(plain.visits[row]) == visits


@pytest.mark.parametrize("most", CAPS)
def test_every_small_cell_has_all_its_room_for_more_joint_visits(most: int | None) -> None:
    """Asked for the impossible, each cell gives as many joint visits more as any of its layouts does."""
    counts = every_small_cell()
    found = laid([*counts, ALONE], at_least=ONE, reach="extra", most_departments=most)
    rooms = [brute.room(brute.feasible(cell, most)) for cell in counts]
    assert found.extra.tolist() == [*rooms, 0]
    assert found.layout == ("extra" if any(rooms) else "spread")
    assert not found.met
    for row, cell in enumerate(counts):
        assert (int(found.joint[row]), int(found.visits[row])) in brute.feasible(cell, most)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("measure", ["visits", "checks"])
def test_best_rate_and_reachable_targets_are_those_of_all_layouts(
    measure: Literal["visits", "checks"], seed: int
) -> None:
    """No layout of several cells has a better rate; what some layout reaches is reached, with the fewest visits."""
    random = Random(seed)
    reached: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    for _ in range(4000):
        counts = some_cells(random, most_cells=4, departments=4, most=4, size=6)
        most = random.choice(CAPS)
        feasible = [brute.feasible(cell, most) for cell in counts]
        together, checks = brute.sums(feasible), sum(sum(numbers) for numbers, _, _ in counts)
        best = brute.best_rate(together, measure, checks)
        target = random.choice([Fraction(random.randint(1, 12), 12), Fraction(62, 125), ONE, best or ONE, best or ONE])
        found = laid(counts, at_least=target, of=measure, reach="extra", most_departments=most)
        assert best_of(found) == best
        fewest = brute.fewest_for(together, target, measure, checks)
        assert found.met is (fewest is not None or not counts)
        if fewest is not None:
            assert int(found.visits.sum()) == fewest
        assert all(
            (int(joint), int(visits)) in own
            for joint, visits, own in zip(found.joint, found.visits, feasible, strict=True)
        )
        (reached if found.met else missed)[found.layout] += 1
    extra = {"extra"} if measure == "visits" else set()
    assert (set(reached), set(missed)) == ({"nested", "spread"} | extra, {"spread"} | extra)
    assert min(*reached.values(), *missed.values()) > 30


def test_spreading_costs_no_visit() -> None:
    """With reach spread there are as many visits as nested, whatever the target and the cap."""
    random = Random(6_4)
    for _ in range(1500):
        counts = some_cells(random, most_cells=5, departments=5, most=9, size=12)
        most = random.choice(CAPS)
        visits = [
            laid(counts, at_least=target, reach="spread", most_departments=most).visits.tolist()
            for target in (None, Fraction(1, 2), ONE)
        ]
        assert visits[0] == visits[1] == visits[2]


# ---- against the literal reading


def check(counts: Sequence[brute.Cell], **rule: Any) -> str:
    """Every value of every cell, the layout, the best rate and the target are those of the literal reading."""
    found = laid(counts, **rule)
    expected = oracle.arrange(
        counts,
        target=rule.get("at_least"),
        of=rule.get("of", "visits"),
        reach=rule.get("reach", "nested"),
        most=rule.get("most_departments"),
    )
    for name in ("visits", "joint", "singles", "extra", "spread"):
        assert getattr(found, name).tolist() == [cell[name] for cell in expected["cells"]], name
    assert (found.layout, found.met, best_of(found)) == (expected["layout"], expected["met"], expected["best"])
    assert found.best is None or found.best.of == rule.get("of", "visits")
    return found.layout


@pytest.mark.parametrize("seed", range(3))
def test_arranged_as_the_literal_reading_says(seed: int) -> None:
    """Thousands of tables of counts, small and large, under every measure, reach and cap; targets near the best."""
    random = Random(100 + seed)
    seen: Counter[str] = Counter()
    for _ in range(2500):
        most = random.choice([2, 5, 60])
        counts = some_cells(random, most_cells=8, departments=8, most=most, size=random.choice([6, 80]))
        best = best_of(laid(counts, at_least=ONE)) or ONE
        near = min(ONE, max(Fraction(1, 1000), best * Fraction(random.randint(900, 1010), 1000)))
        target = random.choice([None, Fraction(62, 125), ONE, near, near, near, best or ONE])
        measure, reach = random.choice(["visits", "checks"]), random.choice(["nested", "spread", "extra", "extra"])
        seen[check(counts, at_least=target, of=measure, reach=reach, most_departments=random.choice(CAPS))] += 1
    assert min(seen[layout] for layout in ("nested", "spread", "extra")) > 50


def test_many_cells_share_the_visits_for_the_quota_in_the_order_of_their_keys() -> None:
    """Four thousand cells at once, and cells of a hundred million checks: no rounding, no overflow."""
    random = Random(7)
    counts = [cell for _ in range(600) for cell in some_cells(random, most_cells=16, departments=6, most=9, size=30)]
    assert len(counts) > 3500
    for target in (Fraction(3, 4), Fraction(62, 125), Fraction(3, 5)):
        check(counts, at_least=target, reach="extra", most_departments=3)
    million = 10**6
    large: list[brute.Cell] = [
        ((7 * million, 7 * million + 1, 7 * million - 5, 3), 15 * million, False),
        ((5 * million,), 5 * million, False),
        ((9 * million, 9 * million, 9 * million, 9 * million), 20 * million + 1, False),
    ]
    exact = Fraction(10**39 + 1, 2 * 10**39)
    assert {check(large, at_least=t, reach="extra") for t in (exact, Fraction(80, 100), ONE)} == {"nested", "extra"}


# ---- corners


def one(numbers: Sequence[int], size: int, **rule: Any) -> tuple[int, int, int, int]:
    """Visits, joint, singles and extra of one cell."""
    found = laid([(tuple(numbers), size, False)], **rule)
    return int(found.visits[0]), int(found.joint[0]), int(found.singles[0]), int(found.extra[0])


def test_no_cells() -> None:
    """Nobody is visited: any target is met, nothing is laid, there is no best rate."""
    for reach in ("nested", "spread", "extra"):
        for measure in ("visits", "checks"):
            found = laid([], at_least=ONE, of=measure, reach=reach, most_departments=1)
            assert (found.layout, found.met, found.best, found.visits.tolist()) == ("nested", True, None, [])


def test_a_target_of_all_visits() -> None:
    """Met by spreading alone where all can be joint; where a single remains, all room is used and it is missed."""
    assert one([2, 1, 1], 9, at_least=ONE, reach="extra") == (2, 2, 0, 0)
    with_single: list[brute.Cell] = [((2, 2, 2), 3, False), ((1,), 1, False)]
    found = laid(with_single, at_least=ONE, reach="extra")
    assert (found.extra.tolist(), found.visits.tolist(), found.met) == ([1, 0], [3, 1], False)
    assert found.best is not None
    assert found.best.value == Fraction(3, 4)
    assert laid(with_single, at_least=Fraction(3, 4), reach="extra").met
    assert not laid(with_single, at_least=Fraction(3, 4) + Fraction(1, 10**30), reach="extra").met


def test_one_department_a_visit() -> None:
    """Every check is a visit of its own while the cell has room; one department alone stays nested."""
    assert one([3, 2, 1], 6, most_departments=1) == (6, 0, 6, 0)
    assert one([3, 2, 1], 6, most_departments=1, at_least=ONE, reach="extra") == (6, 0, 6, 0)
    assert not laid([((3,), 4, False)], most_departments=1).spread.any()


def test_pairs_of_an_odd_number_of_checks() -> None:
    """Two departments a visit and nine checks: four pairs and one alone; a largest department decides otherwise."""
    assert one([3, 3, 3], 9, most_departments=2) == (5, 4, 1, 0)
    assert one([5, 2, 2], 9, most_departments=2) == (5, 4, 1, 0)
    assert one([6, 2, 1], 9, most_departments=2) == (6, 3, 3, 0)


def test_a_cell_too_small_for_the_most_departments() -> None:
    """Eight checks at three enterprises: two a visit will not do, so three may come, and no more."""
    assert one([3, 3, 2], 3, most_departments=2) == (3, 3, 0, 0)
    assert one([2, 1, 1], 3, most_departments=1) == (2, 2, 0, 0)
    assert one([1, 1, 1, 1], 1, most_departments=2) == (1, 1, 0, 0)


def test_a_followed_cell_stays_nested() -> None:
    """Even above the most departments and below the target; the others are spread."""
    counts: list[brute.Cell] = [((4, 2, 2), 9, True), ((4, 2, 2), 9, False)]
    found = laid(counts, at_least=ONE, reach="extra", most_departments=2)
    assert (found.spread.tolist(), found.joint.tolist()) == ([False, True], [2, 4])
    assert (found.extra.tolist(), found.visits.tolist()) == ([0, 0], [4, 4])


def test_exactly_the_most_departments_stay_nested() -> None:
    """Three where three may come are nested, four are spread; a department without checks does not count."""
    for numbers, spread in (([4, 2, 2], False), ([4, 2, 2, 0], False), ([4, 2, 2, 1], True)):
        assert laid([(tuple(numbers), 9, False)], most_departments=3).spread.tolist() == [spread]
