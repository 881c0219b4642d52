"""What must hold in every draw: each broken procedure is seen by its check, fair ones pass all."""

from collections.abc import Callable, Sequence
from functools import partial
from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import invariant_cases as cases
from dual_random import InputError
from dual_random.errors import Note
from dual_random.testing.checks import Check, UnfairError
from dual_random.testing.invariants import (
    assert_invariant,
    elsewhere,
    nested,
    one_by_one,
    order_free,
    repeatable,
    right_size,
    shuffled,
)
from dual_random.testing.procedures import Procedure, seed_of

UNITS = cases.UNITS


def defined_here(units: Sequence[str], seed: str) -> list[str]:
    """A fair draw in a module that no other process can import by name."""
    return cases.fair(units, seed)


def the_first(units: Sequence[str], seed: str) -> list[str]:
    return list(units[:9])


def check_of(answer: Check | Note) -> Check:
    assert isinstance(answer, Check), str(answer)
    return answer


# ---- the order of the list


def test_ties_by_position_are_seen_by_the_order() -> None:
    """Tickets of 8 bits differ in about one order of twenty, which two hundred orders cannot miss."""
    check = order_free(cases.short_tickets, UNITS)
    assert (check.failed, check.p, check.limit, check.exact) == (True, 0.0, 0.0, True)
    differ = [
        seed
        for seed in map(seed_of, range(200))
        if {*cases.short_tickets(UNITS, seed)} != {*cases.short_tickets(shuffled(UNITS, seed), seed)}
    ]
    assert 3 < len(differ) < 25
    assert [note.at for note in check.worst[:3]] == differ[:3]
    assert str(check.worst[3]) == f"and so on: {len(differ)} in all"


def test_a_difference_can_be_reproduced_from_its_note() -> None:
    """The note names seed and order as Python writes them, and who came and went."""
    note = order_free(cases.short_tickets, UNITS).worst[0]
    seed = note.at
    given = set(cases.short_tickets(UNITS, seed))
    again = set(cases.short_tickets(shuffled(UNITS, seed), seed))
    assert note.params == {
        "order": f"shuffled(units, '{seed}')",
        "come": ", ".join(sorted(again - given)),
        "gone": ", ".join(sorted(given - again)),
    }


@pytest.mark.parametrize("order", [lambda units: units[::-1], sorted])
def test_the_reversed_and_the_sorted_list_are_asked_too(order: Callable[[list[str]], list[str]]) -> None:
    """What shows in one order of the list only, reversed or sorted, is seen with a single trial."""
    unlucky = order(UNITS)
    check = order_free(lambda units, _: units[:1] if units == unlucky else ["E07"], UNITS, trials=1)
    assert check.failed
    assert check.worst[0].params["order"] in ("units[::-1]", "sorted(units)")


def test_the_order_of_those_drawn_says_nothing() -> None:
    """A draw that names the same units in the order of the list is free of it."""
    check = order_free(lambda units, seed: [unit for unit in units if cases.lot(seed, unit, 2) == 0], UNITS)
    assert not check.failed


def test_orders_are_permutations_and_differ_by_seed() -> None:
    """Each order is one of the list; two hundred seeds give two hundred orders, none of them the list's."""
    orders = [shuffled(UNITS, f"fair:{number}") for number in range(200)]
    assert all(sorted(order) == sorted(UNITS) for order in orders)
    assert len({tuple(order) for order in [UNITS, *orders]}) == 201
    firsts = [order[0] for order in orders]
    assert max(map(firsts.count, UNITS)) < 15


def test_one_unit_has_no_other_order() -> None:
    """Where nothing could be compared, the check says so instead of a share."""
    check = order_free(cases.fair, ["E1"])
    assert not check.failed
    assert (check.sees.code, check.detectable) == ("exact-sees-nothing", inf)
    assert one_by_one(cases.fair, ["E1"]).sees.code == "exact-sees-nothing"


def test_what_a_check_would_have_seen_is_seen_nine_times_in_ten() -> None:
    """With the share that is told, two hundred trials show nothing with a probability of one tenth."""
    check = order_free(cases.fair, UNITS)
    assert (1 - check.detectable) ** 200 == pytest.approx(0.1)
    assert "1.14 %" in str(check)
    assert (1 - order_free(cases.fair, UNITS, trials=50).detectable) ** 50 == pytest.approx(0.1)


# ---- the same again


@pytest.mark.parametrize("procedure", [cases.Counting(), cases.Clock(), cases.After(), cases.mutable_default])
def test_hidden_state_is_seen(procedure: Procedure) -> None:
    """Counters, clocks, earlier seeds and mutable defaults change a draw that is made again."""
    check = repeatable(procedure, UNITS)
    assert check.failed
    assert check.worst[0].code == "repeat-worst"


@pytest.mark.parametrize("period", [2, 3, 5, 200])
def test_a_state_that_comes_round_is_seen(period: int) -> None:
    """A procedure that alternates, even in step with the number of trials, is not asked in step."""
    assert repeatable(cases.Counting(period=period), UNITS).failed


def test_the_hash_of_a_process_is_seen_in_another_only() -> None:
    """Python's hash as a ticket passes all that one process can ask, and fails in fresh ones, in all of its draws."""
    assert not order_free(cases.by_hash, UNITS).failed
    assert not repeatable(cases.by_hash, UNITS).failed
    with pytest.raises(UnfairError, match="elsewhere: FAILED") as caught:
        assert_invariant(cases.by_hash, UNITS, trials=20)
    (check,) = caught.value.report.failed
    assert check.name == "elsewhere"
    assert (check.worst[0].at, check.worst[0].params["hash_seed"], check.worst[-1].params["count"]) == (
        "fair:0",
        "1",
        40,
    )


def test_a_test_module_is_found_by_its_file() -> None:
    """Functions of this module, which has no name that could be imported, are asked in fresh processes all the same."""
    assert not check_of(elsewhere(partial(defined_here), UNITS, trials=3)).failed


def test_what_is_raised_only_elsewhere_is_a_finding() -> None:
    """A procedure that needs what only this process has is told with seed and exception."""
    cases.SEEN.append("fair:2")
    try:
        check = check_of(elsewhere(cases.only_here, UNITS, trials=4))
    finally:
        cases.SEEN.clear()
    assert [(note.code, note.at) for note in check.worst] == [("fresh-raised", "fair:2")] * 2
    assert "IndexError" in str(check.worst[0])


def test_a_procedure_without_a_name_is_unchecked() -> None:
    """A lambda cannot be asked elsewhere: the report says so, and fails nothing for it."""
    report = assert_invariant(lambda units, seed: cases.fair(units, seed), UNITS, trials=5)
    assert [note.code for note in report.unchecked] == ["fresh-pickle"]
    assert "elsewhere" not in {check.name for check in report.checks}
    assert "Define it with def" in str(report)


# ---- members and sizes


@pytest.mark.parametrize(("procedure", "code"), [(cases.twice, "answer-twice"), (cases.stranger, "answer-stranger")])
def test_members_are_asked(procedure: Procedure, code: str) -> None:
    """Who stands twice in a draw, or not in the list, is named with the seed."""
    with pytest.raises(UnfairError) as caught:
        assert_invariant(lambda units, seed: procedure(units, seed), UNITS, size=12)
    (note,) = caught.value.report["members"].worst
    assert (note.code, note.at) == (code, "fair:31")


def test_a_unit_twice_does_not_fill_a_number() -> None:
    """The number is of different units: eleven with one of them twice are eleven."""
    check = right_size(lambda units, _: [*units[:11], units[0]], UNITS, 12, trials=1)
    assert str(check.worst[0]) == "fair:0: 11 drawn, 12 expected"


def test_one_too_few_is_seen() -> None:
    """A draw that is short one time in 64 is seen, and only those draws are told."""
    check = right_size(cases.off_by_one, UNITS, 12)
    short = [f"fair:{number}" for number in range(200) if cases.lot(f"fair:{number}", "size", 6) == 0]
    assert [note.at for note in check.worst[:3]] == short[:3]
    assert all(note.params == {"count": 11, "size": 12} for note in check.worst[:3])
    assert not right_size(cases.fair, UNITS, 12).failed


def test_sizes_by_result() -> None:
    """Each result has its number; one that nobody promised has none."""
    assert not right_size(cases.schools, UNITS, {"north": 20, "south": 30}).failed
    assert not right_size(cases.schools, UNITS, 50).failed
    check = right_size(cases.schools_too_full, UNITS, {"north": 20, "south": 30})
    assert [str(note) for note in check.worst] == [
        "fair:5: 19 have north, 20 expected",
        "fair:6: 1 have east, 0 expected",
    ]
    assert right_size(cases.schools, UNITS, {"north": 20, "south": 30, "west": 1}).failed


def test_three_findings_are_all_told() -> None:
    """Where three draws are wrong, three notes are all there is."""
    check = right_size(lambda units, seed: units[: len(seed)], [f"E{number}" for number in range(9)], 6, trials=13)
    assert [str(note) for note in check.worst] == [f"fair:{number}: 7 drawn, 6 expected" for number in (10, 11, 12)]


# ---- a little more, a little less


def test_percentages_are_nested() -> None:
    """Shares by threshold are nested one in the next, though their number is left to chance."""
    shares = [partial(cases.by_threshold, percent=percent) for percent in (5, 20, 60)]
    assert not nested(shares, UNITS).failed
    assert nested(shares[::-1], UNITS).failed
    assert right_size(shares[1], UNITS, 12).failed


def test_a_draw_of_more_that_is_another_draw_is_seen() -> None:
    """A seed made of the number draws anew for each: fair, but nothing can be extended."""
    check = nested([cases.fair, cases.fair, partial(cases.reseeded_by_number, number=20)], UNITS)
    note = check.worst[0]
    assert (note.at, note.params["number"], note.params["next"]) == ("fair:0", 2, 3)
    lost = {*cases.fair(UNITS, "fair:0")} - {*cases.reseeded_by_number(UNITS, "fair:0", 20)}
    assert str(note.params["gone"]).split(", ")[:3] == sorted(lost)[:3]
    with pytest.raises(UnfairError, match="nested: FAILED"):
        assert_invariant(cases.fair, UNITS, trials=5, larger=[partial(cases.reseeded_by_number, number=20)])


@pytest.mark.parametrize("procedure", [cases.every_fifth, cases.by_shuffle])
def test_one_by_one_is_no_rule_of_fairness(procedure: Procedure) -> None:
    """Systematic samples and a fair shuffle of the list pass all else, and change many when one unit leaves."""
    with pytest.raises(UnfairError) as caught:
        assert_invariant(procedure, UNITS, trials=20, size=12, one_out=True)
    assert len(caught.value.report.checks) == 6
    assert [check.name for check in caught.value.report.failed] == ["one-by-one"]


def test_two_others_are_one_too_many() -> None:
    """A unit that takes two places with it is seen when it leaves; the note says what came instead."""
    check = one_by_one(cases.two_swapped, UNITS)
    assert check.failed
    assert {note.params["unit"] for note in check.worst[:3]} == {"E07"}
    seed = check.worst[0].at
    rest = [unit for unit in UNITS if unit != "E07"]
    come = set(cases.two_swapped(rest, seed)) - set(cases.two_swapped(UNITS, seed))
    assert check.worst[0].params["come"] == ", ".join(sorted(come))


def test_one_drawn_and_one_undrawn_unit_leave_for_each_seed() -> None:
    """Both kinds are asked: whoever notices only that a drawn, or only that an undrawn unit left, is seen."""
    lists: list[list[str]] = []

    def recorded(units: Sequence[str], seed: str) -> list[str]:
        lists.append(list(units))
        return cases.fair(units, seed)

    check = one_by_one(recorded, UNITS, trials=30)
    assert check.null.params["count"] == 60
    left = [(set(UNITS) - set(units)).pop() for units in lists if len(units) == 59]
    drawn = [unit in cases.fair(UNITS, f"fair:{number // 2}") for number, unit in enumerate(left)]
    assert drawn == [True, False] * 30
    assert len(set(left)) > 20


def test_a_place_may_be_passed_on_from_result_to_result() -> None:
    """Who leaves the north lets one move up from the south, and one into the south; turns along a list move all."""
    assert not one_by_one(cases.schools, UNITS).failed
    assert one_by_one(cases.cyclic, UNITS).failed
    assert one_by_one(lambda units, seed: dict.fromkeys(cases.fair(units, f"{seed}{len(units)}", 2), "x"), UNITS).failed
    more = lambda units, seed: dict.fromkeys(cases.fair(units, seed, 2 if len(units) == 60 else 5), "x")  # noqa: E731
    assert one_by_one(more, UNITS).failed


@settings(deadline=None, derandomize=True, max_examples=60)
@given(st.data())
def test_lowest_tickets_pass_whatever_the_list(data: st.DataObject) -> None:
    """Lowest tickets are free of the order, repeatable, of one size, nested, and change one by one: always."""
    units = data.draw(st.lists(st.text("企业ABC123", min_size=1, max_size=6), min_size=2, max_size=12, unique=True))
    number = data.draw(st.integers(0, len(units)))
    draw = partial(cases.fair, number=number)
    checks = [check(draw, units, trials=5) for check in (order_free, repeatable, one_by_one)]
    checks += [right_size(draw, units, number, trials=5), nested([draw, partial(cases.fair, number=number + 1)], units)]
    assert not any(check.failed for check in checks)


# ---- all of it


@pytest.mark.parametrize("procedure", [cases.ours, cases.ours_by_stratum, cases.one_shot, cases.tidying])
def test_fair_draws_pass_all(procedure: Procedure) -> None:
    """Our samples, with strata too, pass every check; a draw may be an iterator, and spoil the list it is given."""
    units = list(UNITS)
    report = assert_invariant(procedure, units, trials=40, size=12, one_out=True)
    assert report.ok
    assert [check.name for check in report.checks] == ["members", "size", "order", "repeat", "one-by-one", "elsewhere"]
    assert (report.unchecked, report.alpha, units) == ((), 0.0, UNITS)


def test_our_rates_and_larger_samples_pass() -> None:
    """A rate in each stratum changes one by one, and more units extend a sample."""
    assert not one_by_one(cases.ours_by_rate, UNITS, trials=40).failed
    larger = [partial(cases.ours, number=number) for number in (13, 30, 60)]
    assert "nested" in {check.name for check in assert_invariant(cases.ours, UNITS, trials=40, larger=larger).checks}


def test_every_failure_is_told_at_once() -> None:
    """The message of the assertion begins with what failed, all of it."""
    state = cases.Counting()
    with pytest.raises(UnfairError) as caught:
        assert_invariant(lambda units, seed: state(units, seed)[:3], UNITS, trials=10, size=4, one_out=True)
    text = str(caught.value)
    assert "FAILED: 4 of 5 checks: size, order, repeat, one-by-one." in text
    assert text.index("members: holds") > text.index("one-by-one: FAILED")
    assert "未通过" in caught.value.report.text("zh")


def test_what_a_procedure_raises_comes_through_with_the_seed() -> None:
    """An exception is no verdict: it reaches the test as it is, with a note."""
    with pytest.raises(KeyError, match="no such firm") as caught:
        assert_invariant(cases.raising, UNITS)
    assert "'fair:3'" in caught.value.__notes__[0]


def test_all_faults_of_the_arguments_at_once() -> None:
    """Whatever cannot be used is named in one refusal, before anything is drawn."""
    with pytest.raises(InputError) as caught:
        assert_invariant("E1", ["E1", "E1"], trials=0, size=-1, larger=[7], one_out=1)  # type: ignore[arg-type, list-item]
    assert [(note.code, note.at) for note in caught.value.faults] == [
        ("procedure-callable", "procedure"),
        ("choice", "one_out"),
        ("procedure-callable", "larger[0]"),
        ("count-form", "size"),
        ("positive-form", "trials"),
        ("name-repeated", "units"),
    ]


@pytest.mark.parametrize(
    ("call", "faults"),
    [
        (lambda: nested([cases.fair], UNITS), [("nested-one", "procedures")]),
        (lambda: nested(cases.fair, []), [("plan-shape", "procedures"), ("units-empty", "units")]),  # type: ignore[arg-type]
        (lambda: nested([cases.fair, 3], UNITS), [("procedure-callable", "procedures[1]")]),  # type: ignore[list-item]
        (lambda: right_size(cases.fair, UNITS, {"a": True, 2: 3}), [("text-type", "size"), ("count-form", "size.a")]),  # type: ignore[dict-item]
        (lambda: right_size(cases.fair, UNITS, 2.0), [("count-form", "size")]),  # type: ignore[arg-type]
        (lambda: order_free(cases.fair, "E1E2"), [("ids-shape", "units")]),
        (lambda: elsewhere(cases.fair, [" E1"], trials=-1), [("positive-form", "trials"), ("text-space", "units[0]")]),
    ],
)
def test_faults_of_single_checks(call: Callable[[], object], faults: list[tuple[str, str]]) -> None:
    """Each check refuses what it cannot use, by its place."""
    with pytest.raises(InputError) as caught:
        call()
    assert [(note.code, note.at) for note in caught.value.faults] == faults


def test_long_differences_are_cut() -> None:
    """Three units are named, and how many there are."""
    check = order_free(the_first, [f"E{number}" for number in range(11, 99)], trials=1)
    gone = {f"E{number}" for number in range(11, 20)} - set(
        the_first(shuffled([f"E{n}" for n in range(11, 99)], "fair:0"), "")
    )
    assert check.worst[0].params["gone"] == f"{', '.join(sorted(gone)[:3])}, … ({len(gone)})"
