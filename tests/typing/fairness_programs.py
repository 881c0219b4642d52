"""Programs that test draws, with public names only: checked by mypy strict, run by ``test_testing_public.py``."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import assert_type

from dual_random import Note, sample
from dual_random.testing import (
    Check,
    Monitor,
    Procedure,
    Replicates,
    Report,
    UnfairError,
    across,
    assert_fair,
    assert_invariant,
    audit,
    audit_order,
    by_person,
    chi_square,
    detectable_bias,
    elsewhere,
    exact_inclusion,
    exact_subsets,
    examine,
    groups,
    holm,
    inclusion,
    members,
    nested,
    one_by_one,
    order_free,
    pairs,
    read_draws,
    repeatable,
    repeats,
    replicate,
    right_size,
    shuffled,
    subsets,
    trend,
    trials_for,
)

FIRMS = [f"{branch}{number:02d}" for branch in "AB" for number in range(10)]
BRANCH = {firm: firm[0] for firm in FIRMS}
STAFF = {firm: int(firm[1:]) ** 2 for firm in FIRMS}


def fair(units: list[str], seed: str) -> tuple[str, ...]:
    """Four by their tickets."""
    return sample(units, 4, seed=seed, label="2024-Q3").drawn


def more(units: list[str], seed: str) -> tuple[str, ...]:
    """Eight by the same tickets."""
    return sample(units, 8, seed=seed, label="2024-Q3").drawn


def first(units: Sequence[str], _seed: str) -> list[str]:
    """No lot at all: the first of the list."""
    return list(units[:4])


def sent(units: list[str], seed: str) -> Mapping[str, tuple[str, ...]]:
    """Inspectors and the visits they go to: two pairs, by their tickets."""
    people = sample(units, 4, seed=seed, label="teams").drawn
    return by_person({"morning": people[:2], "evening": people[2:]})


# ---- a developer: tests of a suite


def suite() -> list[Report]:
    """A draw of ids, and one of people for visits, as a test suite asserts that they are fair."""
    return [
        assert_type(assert_invariant(fair, FIRMS, trials=20, size=4, larger=[more], one_out=True), Report),
        assert_fair(fair, FIRMS, trials=400, against={"branch": BRANCH, "staff": STAFF}),
        assert_fair(fair, FIRMS, trials=400, chance=dict.fromkeys(FIRMS, "20%")),
        assert_fair(sent, FIRMS, trials=400, alike=BRANCH),
    ]


def caught() -> tuple[list[str], str]:
    """What a broken draw is told to be, in the names of its checks and in Chinese."""
    broken: Procedure = first
    try:
        assert_fair(broken, FIRMS, trials=400)
    except UnfairError as error:
        return [check.name for check in error.report.failed], error.report.text("zh")
    return [], ""


# ---- a developer: single checks


def by_hand(seed: str) -> bool:
    """Whether one list in another order, as the checks write it, gives the same draw."""
    return set(fair(FIRMS, seed)) == set(fair(shuffled(FIRMS, seed), seed))


def exact_checks() -> list[Check]:
    """What must hold in every draw, check by check."""
    found = [order_free(fair, FIRMS, trials=20), repeatable(fair, FIRMS, trials=20)]
    away = assert_type(elsewhere(fair, FIRMS, trials=20), Check | Note)
    found += [away] if isinstance(away, Check) else []
    found += [right_size(fair, FIRMS, 4, trials=20), nested([fair, more], FIRMS, trials=20)]
    return [*found, one_by_one(fair, FIRMS, trials=20)]


def statistical_checks() -> tuple[Check, ...]:
    """What shows over many draws, check by check, with limits for all of them together."""
    draws = assert_type(replicate(fair, FIRMS, 1000, alike=BRANCH), Replicates)
    few = replicate(fair, FIRMS[:8], 1000)
    asked = [inclusion(draws), chi_square(draws), pairs(draws), across(draws), repeats(draws), subsets(few)]
    asked += [trend(draws, "staff", STAFF), groups(draws, "branch", BRANCH)]
    return members(draws), *holm(asked, 1e-6)


def examined(draws: int) -> Mapping[str, float]:
    """The smallest bias that each check would have seen in draws that were made before."""
    return examine(replicate(fair, FIRMS, draws)).detectable


def elsewhere_made(days: int) -> Report:
    """Draws of another program, as its table tells them."""
    drawn = [(f"day {day}", firm) for day in range(days) for firm in fair(FIRMS, f"day {day}")]
    table = {"day": [day for day, _ in drawn], "firm": [firm for _, firm in drawn]}
    return examine(assert_type(read_draws(table, FIRMS, id="firm", draw="day"), Replicates))


# ---- a planner: how many draws, and which chances


def planned() -> tuple[int, float, float]:
    """How many draws show a bias of half too much, and which biases that many show."""
    needed = trials_for(len(FIRMS), "20%", bias="150%")
    low, high = detectable_bias(len(FIRMS), Fraction(1, 5), trials=needed)
    return needed, low, high


def exact_chances() -> tuple[dict[str, Fraction], int]:
    """The exact chances of a small case, and how many samples it can give."""
    units = ["E1", "E2", "E3", "E4"]
    return exact_inclusion(lambda tickets: tickets[:2], units), len(exact_subsets(lambda tickets: tickets[:2], units))


# ---- an auditor: what was published


def audited() -> tuple[Report, Report]:
    """One published sample, and one published order."""
    drawn = sample(FIRMS, 8, seed="05 11 17", label="2024-Q3").drawn
    order = sample(FIRMS, len(FIRMS), seed="05 11 17", label="order").drawn
    return (
        audit(FIRMS, drawn, attributes={"branch": BRANCH, "staff": STAFF}, trials=499),
        audit_order(order, attributes={"branch": BRANCH, "staff": STAFF}, trials=499),
    )


def watched(quarters: int) -> Monitor:
    """One draw a quarter, each of firms of one branch."""
    monitor = Monitor(alpha=0.05)
    for _ in range(quarters):
        monitor = monitor.after(FIRMS, FIRMS[:8], attributes={"branch": BRANCH})
    return monitor
