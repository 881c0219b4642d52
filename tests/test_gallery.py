"""The tests of fairness test something: each draw of a gallery of broken ones is seen, and no fair one is.

Each broken draw says which check should see it. That check is asked alone, and then `assert_fair` with its defaults,
over 2,000 draws of 12 of 60 mostly. What a report cannot see stands in tests of its own, with what does see it.
"""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from typing import Final

import pytest
from attrs import frozen

import gallery
import gallery_results
from dual_random.testing import (
    Check,
    Procedure,
    Replicates,
    Report,
    UnfairError,
    assert_fair,
    assert_invariant,
    chi_square,
    detectable_bias,
    elsewhere,
    exact_inclusion,
    exact_subsets,
    groups,
    inclusion,
    members,
    one_by_one,
    order_free,
    pairs,
    repeatable,
    repeats,
    replicate,
    right_size,
    subsets,
    trend,
    trials_for,
)
from dual_random.testing.attributes import Attributes
from dual_random.testing.crossings import across
from dual_random.testing.fairness import NO_ATTRIBUTES
from dual_random.testing.procedures import Answer
from dual_random.testing.replicates import NO_SHARES, NONE, Shares, Texts

TRIALS: Final = 2000

BRANCH: Final = {unit: gallery.branch(unit) for unit in gallery.UNITS}
OPEN: Final = {unit: "closed" if unit == gallery.CLOSED else "open" for unit in gallery.UNITS}
FREE: Final = {
    person: "recused" if person == gallery_results.RECUSED[0] else "free" for person in gallery_results.PEOPLE
}
BY_STAFF: Final = {unit: Fraction(20 * staff, sum(gallery.STAFF.values())) for unit, staff in gallery.STAFF.items()}
STAFF: Final = {"staff": {unit: float(staff) for unit, staff in gallery.STAFF.items()}}
TENTH: Final = dict.fromkeys(gallery.UNITS, "10%")
FIFTH: Final = dict.fromkeys(gallery.UNITS, "20%")

LIST: Final = "trend: place in the list"
BYTES: Final = "trend: place in byte order"


@frozen(kw_only=True, slots=False)
class Case:
    """A draw of the gallery and what is claimed of it.

    Args:
        procedure: of the gallery.
        sees: the check that should see it.
        also: others that fail in the report.
        blind: checks that do not see it.
        units, alike, chance, against, ordered, trials: what `assert_fair` is given.
        anywhere: whether fresh processes are asked, too, which takes a second.
    """

    procedure: Procedure
    sees: str = ""
    also: tuple[str, ...] = ()
    blind: tuple[str, ...] = ()
    units: Sequence[str] = tuple(gallery.UNITS)
    alike: Texts = NONE
    chance: Shares = NO_SHARES
    against: Attributes = NO_ATTRIBUTES
    trials: int = TRIALS
    ordered: bool = False
    anywhere: bool = False

    @cached_property
    def replicates(self) -> Replicates:
        """Draws for a check alone."""
        return replicate(self.procedure, self.units, self.trials, alike=self.alike)

    @cached_property
    def report(self) -> Report:
        """The report of `assert_fair`: if a check failed, it was raised."""
        if "elsewhere" in (self.sees, *self.also) or self.anywhere:
            return self.report_of(self.procedure)

        def here(units: Sequence[str], seed: str) -> Answer:
            return self.procedure(list(units), seed)

        return self.report_of(here)

    def report_of(self, procedure: Procedure) -> Report:
        """The report of a procedure."""
        try:
            report = assert_fair(
                procedure,
                self.units,
                trials=self.trials,
                alike=self.alike,
                chance=self.chance,
                against=self.against,
                ordered=self.ordered,
            )
        except UnfairError as error:
            return error.report
        assert report.ok
        return report


def name_of(case: Case) -> str:
    """What a test of it is called."""
    return str(getattr(case.procedure, "__name__", "?"))


def at_school(procedure: Procedure, sees: str = "", also: tuple[str, ...] = (), blind: tuple[str, ...] = ()) -> Case:
    """Pupils of equal wishes are alike."""
    return Case(
        procedure=procedure,
        sees=sees,
        also=also,
        blind=blind,
        units=gallery_results.PUPILS,
        alike=gallery_results.WISHES,
        trials=1000,
    )


def of_teams(
    procedure: Procedure,
    sees: str = "",
    also: tuple[str, ...] = (),
    blind: tuple[str, ...] = (),
    alike: Texts = NONE,
) -> Case:
    """Inspectors and the visits they go to."""
    return Case(procedure=procedure, sees=sees, also=also, blind=blind, units=gallery_results.PEOPLE, alike=alike)


BROKEN: Final = (
    # numbers that are not uniform
    Case(procedure=gallery.byte_modulo, sees="chi-square", also=(BYTES,), blind=("order", "pairs")),
    Case(procedure=gallery.first_never, sees="inclusion", also=("chi-square",), blind=("order", "pairs")),
    Case(procedure=gallery.last_never, sees="inclusion", also=("chi-square",), blind=("order", "pairs")),
    Case(procedure=gallery.rounded_place, sees="inclusion", also=("chi-square",), blind=(BYTES, "pairs")),
    Case(procedure=gallery.low_bits, sees="pairs", blind=("inclusion", "chi-square", BYTES, "repeats")),
    Case(procedure=gallery.after_a_gap, sees="inclusion", also=("chi-square",), units=gallery.GAPPED),
    # shuffles that are none
    Case(procedure=gallery.naive_shuffle, sees=BYTES, also=("chi-square",), blind=("order",)),
    Case(procedure=gallery.random_comparison, sees="chi-square", also=("inclusion", BYTES)),
    Case(procedure=gallery.always_moved, sees=BYTES, blind=("inclusion", "chi-square", "pairs"), trials=4000),
    Case(procedure=gallery.mixed_too_little, sees=BYTES, also=("chi-square", "pairs", "repeats")),
    # designs that are not what they are called
    Case(procedure=gallery.every_fifth, sees="pairs", also=("repeats",), blind=("order", "inclusion", BYTES)),
    Case(procedure=gallery.every_second_until_enough, sees="inclusion", also=(BYTES, "pairs"), blind=("order",)),
    Case(procedure=gallery.percentage, sees="inclusion", also=("order", LIST, "chi-square")),
    Case(procedure=gallery.neighbours, sees="pairs", also=("repeats",), blind=("inclusion", "chi-square", BYTES)),
    Case(procedure=gallery.block, sees="pairs", also=("repeats",), blind=("inclusion", "chi-square", BYTES)),
    Case(procedure=gallery.first_days, sees=LIST, also=("order", "inclusion", "chi-square")),
    Case(procedure=gallery.rounded_rates, sees="inclusion", also=("chi-square",), blind=("order",)),
    Case(procedure=gallery.one_seed_for_all, sees="across", also=("repeats",), blind=("pairs",), alike=BRANCH),
    Case(procedure=gallery.weights_in_turn, sees="trend: staff", blind=(LIST,), chance=BY_STAFF, against=STAFF),
    # lists that are wrong
    Case(
        procedure=gallery.entered_twice, sees="inclusion", also=("chi-square",), blind=("order", LIST, BYTES, "pairs")
    ),
    # tickets that are too short
    Case(procedure=gallery.four_bits, sees=LIST, also=("order", "chi-square"), blind=(BYTES, "pairs")),
    Case(procedure=gallery.four_bits_by_id, sees=BYTES, also=("chi-square",), blind=("order", LIST, "pairs")),
    Case(procedure=gallery.eight_bits, sees="order", blind=("inclusion", LIST, "chi-square", "pairs")),
    Case(procedure=gallery.checksum, sees="pairs", also=("chi-square", "repeats"), blind=("order",)),
    # seeds that are few, hidden or chosen
    Case(procedure=gallery.second_of_the_hour, sees="repeats", blind=("inclusion", "chi-square", BYTES)),
    Case(procedure=gallery.seeds_1024, sees="repeats", also=("pairs", "chi-square"), blind=("order", BYTES)),
    Case(procedure=gallery.date_only, sees="repeats", also=("pairs", "chi-square"), blind=("order",)),
    Case(procedure=gallery.no_seed, sees="inclusion", also=("chi-square", "repeats"), blind=("order", "repeat")),
    Case(procedure=gallery.order_by_random, sees="repeat", also=("order", "elsewhere"), blind=("inclusion", "pairs")),
    Case(procedure=gallery.salted_hash, sees="elsewhere", blind=("order", "repeat")),
    Case(procedure=gallery.order_of_a_set, sees="elsewhere", blind=("repeat",)),
    Case(procedure=gallery.protected, sees="inclusion", also=("chi-square",), blind=("order", "repeat", "pairs")),
    Case(
        procedure=gallery.until_it_fits,
        sees="groups: district",
        also=("chi-square",),
        blind=("order", "repeat", LIST, "pairs"),
        against={"district": gallery.DISTRICT},
    ),
    Case(procedure=gallery.first_in_list, sees="inclusion", also=("order", "chi-square"), alike=OPEN),
    # results: places at schools
    at_school(gallery_results.school_two_digits, "order", (), ("inclusion", LIST, "chi-square")),
    at_school(gallery_results.school_waiting_list, LIST, ("order", "inclusion", "chi-square")),
    # results: inspectors and the visits they go to
    of_teams(gallery_results.same_person_twice, "members", (), ("inclusion", "chi-square", "pairs")),
    of_teams(gallery_results.cyclic_blocks, "pairs", ("subsets", "repeats"), ("inclusion", "chi-square")),
    of_teams(gallery_results.fixed_partners, "pairs", ("subsets",), ("inclusion", "chi-square", "repeats")),
    of_teams(gallery_results.least_loaded, "order", ("inclusion", "chi-square", "repeats"), ("repeat",)),
    of_teams(gallery_results.least_loaded_one_byte, "order", (), ("inclusion", "chi-square", "pairs")),
    of_teams(gallery_results.lowest_number_leads, "inclusion", (BYTES, "chi-square"), ("order",)),
    of_teams(gallery_results.first_half_leads, "inclusion", (BYTES, "chi-square"), ("order",)),
    of_teams(gallery_results.substitute_by_list, "inclusion", ("order", "chi-square"), (), FREE),
)

FAIR: Final = (
    Case(procedure=gallery.of_the_library, anywhere=True),
    Case(procedure=gallery.of_the_standard_library),
    Case(procedure=gallery.sample_of_the_list, ordered=True),
    Case(procedure=gallery.fisher_yates),
    Case(procedure=gallery.order_by_hash, against={"district": gallery.DISTRICT}),
    Case(procedure=gallery.every_fifth, chance=FIFTH),
    Case(procedure=gallery.neighbours, chance=FIFTH),
    Case(procedure=gallery.in_proportion, chance=BY_STAFF, against=STAFF),
    Case(procedure=gallery.equal_rates, alike=BRANCH),
    Case(procedure=gallery.one_of_each_at_least, alike=gallery.RISK),
    Case(procedure=gallery.next_ticket, alike=OPEN),
    at_school(gallery_results.school_lottery),
    of_teams(gallery_results.least_loaded_by_lot),
    of_teams(gallery_results.lowest_ticket_leads),
    of_teams(gallery_results.substitute_by_lot, alike=FREE),
)


# ---- asked alone


def alone(case: Case) -> Check:
    """The check that should see a case, asked alone."""
    kind, _, attribute = case.sees.partition(": ")
    draws: Mapping[str, Callable[[Replicates], Check]] = {
        "inclusion": lambda found: inclusion(found, chance=case.chance),
        "members": members,
        "chi-square": chi_square,
        "subsets": subsets,
        "pairs": pairs,
        "across": across,
        "repeats": repeats,
        "trend": lambda found: trend(found, attribute, numbers(case, attribute), chance=case.chance),
        "groups": lambda found: groups(found, attribute, gallery.DISTRICT),
    }
    if kind in draws:
        return draws[kind](case.replicates)
    found = {"order": order_free, "repeat": repeatable, "elsewhere": elsewhere}[kind](case.procedure, case.units)
    assert isinstance(found, Check)
    return found


def numbers(case: Case, attribute: str) -> Mapping[str, float]:
    """What is known of the units beforehand."""
    places = {"place in the list": list(case.units), "place in byte order": sorted(case.units)}
    if attribute not in places:
        return STAFF[attribute]
    return {unit: float(place) for place, unit in enumerate(places[attribute])}


@pytest.mark.parametrize("case", BROKEN, ids=name_of)
def test_the_check_that_should_see_it_does(case: Case) -> None:
    """Each broken draw fails the check that is there for it; a fair one would with a probability below 1e-6."""
    check = alone(case)
    assert check.name == case.sees
    assert check.failed
    assert check.p <= 1e-6
    assert check.worst


@pytest.mark.parametrize("case", BROKEN, ids=name_of)
def test_the_report_sees_it(case: Case) -> None:
    """`assert_fair` with its defaults fails each broken draw, for the reasons expected and not for others."""
    report = case.report
    failed = {check.name for check in report.failed}
    assert not report.ok
    assert failed >= {case.sees, *case.also}
    assert not failed & set(case.blind)
    assert {check.name for check in report.checks} >= set(case.blind)


@pytest.mark.parametrize("case", FAIR, ids=name_of)
def test_no_fair_draw_is_held_to_be_unfair(case: Case) -> None:
    """Fair draws pass with the same settings; this fails for all of them together with a probability below 2e-5."""
    report = case.report
    names = {check.name for check in report.checks}
    assert report.ok, str(report)
    assert names >= {"members", "repeat", "inclusion"}
    assert ("elsewhere" in names) == case.anywhere == (not report.unchecked)


@pytest.mark.parametrize("name", ["chi-square", "pairs", LIST, BYTES])
def test_what_fair_draws_look_like_is_spread(name: str) -> None:
    """Of fair samples p is anything from 0 to 1: a check that is always content, or never, fails here."""
    found = [case.report[name].p for case in FAIR if case.units is not gallery_results.PEOPLE and not case.chance]
    assert min(found) < 0.95
    assert max(found) > 0.05
    assert len(found) > 8


def test_every_check_is_needed() -> None:
    """Of more than forty broken draws each check sees at least one that is there for it."""
    seen = {case.sees.partition(": ")[0] for case in BROKEN}
    assert len(BROKEN) > 40
    assert seen == {
        *("members", "order", "repeat", "elsewhere"),
        *("inclusion", "chi-square", "trend", "groups", "pairs", "across", "repeats"),
    }


# ---- what the defaults cannot see, and what can


def test_a_bias_of_a_thousandth_is_seen_by_reading_only() -> None:
    """Sixteen bits modulo 60 pass: who has 1,093 of 65,536 numbers for 1,092 would show after 10^8 draws."""
    bias = Fraction(1093, 65536) * 60
    assert Case(procedure=gallery.word_modulo).report.ok
    assert trials_for(60, "20%", bias=bias) > 10**8


def test_ties_by_id_show_in_long_lists() -> None:
    """One-byte tickets, ties by id: no order shows them, 2,000 draws of 60 units neither, those of 720 do."""
    case = Case(procedure=gallery.eight_bits_by_id)
    assert case.report.ok
    longer = Case(procedure=gallery.eight_bits_by_id, units=gallery.MANY)
    assert {check.name for check in longer.report.failed} == {BYTES}


def test_rare_ties_show_in_many_orders() -> None:
    """Two-byte tickets, ties by the list: 200 orders show none, 4,000 do."""
    assert Case(procedure=gallery.sixteen_bits).report.ok
    assert order_free(gallery.sixteen_bits, gallery.UNITS, trials=4000).failed


def test_a_number_of_its_own_must_be_asked_for() -> None:
    """Doubles taken out of a draw with replacement: all have equal chances, only the number varies."""
    assert Case(procedure=gallery.with_replacement).report.ok
    assert right_size(gallery.with_replacement, gallery.UNITS, gallery.TAKEN).failed
    with pytest.raises(UnfairError) as caught:
        assert_invariant(gallery.with_replacement, gallery.UNITS, trials=20, size=gallery.TAKEN)
    assert [check.name for check in caught.value.report.failed] == ["size"]


def test_four_billion_seeds_are_too_many_to_repeat() -> None:
    """A seed of 32 bits passes, and the check of repeats says how few seeds it would have seen."""
    report = Case(procedure=gallery.seeds_32_bits).report
    assert report.ok
    assert 3600 < report["repeats"].detectable < 2**20


def test_classes_excuse_what_differs_between_them() -> None:
    """Rates rounded to nothing, a quota met by redrawing: alike within classes, so chances must be asked for."""
    assert Case(procedure=gallery.rounded_rates, alike=gallery.RISK).report.ok
    assert {check.name for check in Case(procedure=gallery.rounded_rates, chance=TENTH).report.failed} >= {"inclusion"}
    assert Case(procedure=gallery.until_it_fits, alike=gallery.DISTRICT).report.ok
    assert {check.name for check in Case(procedure=gallery.until_it_fits, chance=FIFTH).report.failed} >= {"inclusion"}


def test_one_seed_for_two_long_lists_is_seen_across() -> None:
    """The same places in two lists: fair within each, and no draw comes twice; only who comes with whom shows it."""
    units = gallery.MANY[:200]
    alike = dict(zip(units, map(gallery.branch, units), strict=True))
    report = Case(procedure=gallery.one_seed_for_all, units=units, alike=alike).report_of(gallery.one_seed_for_all)
    assert [check.name for check in report.failed] == ["across"]


def test_who_works_together_shows_in_visits_without_roles() -> None:
    """Fixed partners pass if lead and second are results of their own, and are seen if the visit is the result."""
    assert of_teams(gallery_results.fixed_partners_led).report.ok

    def without_roles(people: Sequence[str], seed: str) -> Answer:
        given = gallery_results.fixed_partners_led(people, seed)
        return {person: [place.partition(",")[0] for place in places] for person, places in given.items()}

    assert pairs(replicate(without_roles, gallery_results.PEOPLE, TRIALS)).failed


def test_who_works_how_much_must_be_asked_for() -> None:
    """One team for all visits: everybody has equal chances of it; numbers of visits as results show it."""
    assert of_teams(gallery_results.one_seed_for_all_visits).report.ok

    def loads(people: Sequence[str], seed: str) -> Answer:
        given = gallery_results.one_seed_for_all_visits(people, seed)
        return {person: str(len(given.get(person, ()))) for person in people}

    assert right_size(loads, gallery_results.PEOPLE, {"1": 8, "2": 4}).failed


def test_a_list_may_be_meant_to_decide() -> None:
    """A fair shuffle of the list as published depends on its order: that is a fault unless it is stated."""
    report = Case(procedure=gallery.sample_of_the_list).report
    assert [check.name for check in report.failed] == ["order"]


def test_fair_shuffles_move_more_than_one() -> None:
    """A firm that leaves changes one other with tickets, and nearly all with a shuffle or a step: fair, but brittle."""
    assert not one_by_one(gallery.of_the_library, gallery.UNITS, trials=50).failed
    assert not one_by_one(gallery.order_by_hash, gallery.UNITS, trials=50).failed
    assert not one_by_one(gallery.next_ticket, gallery.UNITS, trials=50).failed
    assert one_by_one(gallery.fisher_yates, gallery.UNITS, trials=50).failed
    assert one_by_one(gallery.every_fifth, gallery.UNITS, trials=50).failed


def test_a_report_says_what_it_could_have_seen() -> None:
    """The smallest bias in a report of 2,000 draws of 12 of 60 is the one that the tails of one unit's count give."""
    report = Case(procedure=gallery.of_the_library).report
    assert report.detectable["inclusion"] == pytest.approx(detectable_bias(60, "20%", trials=TRIALS, alpha=1e-6 / 6)[1])


# ---- small cases as fractions


@frozen
class Small:
    """A rule on a few units, whose exact chances are known.

    Args:
        told: what it does.
        rule: from the units by ascending ticket to those drawn; nobody: it is drawn again.
        units: A is the first in the list.
        chances: of each, by hand.
    """

    told: str
    rule: Callable[[Sequence[str]], Sequence[str]]
    units: str
    chances: str

    def found(self) -> list[Fraction]:
        """The chances, given that somebody is drawn."""
        units = self.units.split()
        again = exact_subsets(self.rule, units).get((), Fraction(0))
        return [chance / (1 - again) for chance in exact_inclusion(self.rule, units).values()]


def entered_twice(tickets: Sequence[str]) -> list[str]:
    """Two are drawn from a list in which A stands a second time, as a."""
    return gallery.different(map(str.upper, tickets), 2)


def first_in_list(tickets: Sequence[str]) -> list[str]:
    """Two are drawn; A is closed, and the first in the list who was not drawn goes instead."""
    substitute = min(unit for unit in tickets[2:] if unit != "A")
    return [substitute if unit == "A" else unit for unit in tickets[:2]]


def next_number(tickets: Sequence[str]) -> list[str]:
    """A, B, E and H are firms; a letter between them stands for the next one."""
    return [min(firm for firm in "ABEH" if firm >= tickets[0])]


def by_halved_ranks(tickets: Sequence[str]) -> list[str]:
    """Three are drawn by tickets of which always two are equal; of equal ones the first in the list."""
    return [*tickets[:2], min(tickets[2:4])]


def swapped_in(tickets: Sequence[str]) -> list[str]:
    """Two are drawn; one of A and B must be there, so that the last drawn gives way to the next of them."""
    drawn, wanted = tickets[:2], [unit for unit in tickets if unit in "AB"]
    return list(drawn) if set(drawn) & set("AB") else [drawn[0], wanted[0]]


def until_it_fits(tickets: Sequence[str]) -> list[str]:
    """Two are drawn, until one of A and B is there."""
    return list(tickets[:2]) if set(tickets[:2]) & set("AB") else []


def protected(tickets: Sequence[str]) -> list[str]:
    """Two are drawn, until A is not there."""
    return list(tickets[:2]) if "A" not in tickets[:2] else []


SMALL: Final = (
    Small("full tickets", lambda tickets: tickets[:2], "A B C D E", "2/5 2/5 2/5 2/5 2/5"),
    Small(
        "the next ticket for A", lambda tickets: [t for t in tickets if t != "A"][:2], "A B C D E", "0 1/2 1/2 1/2 1/2"
    ),
    Small("A is entered twice", entered_twice, "A B C D a", "7/10 13/30 13/30 13/30 0"),
    Small("the first in the list for A", first_in_list, "A B C D E", "0 7/10 1/2 2/5 2/5"),
    Small("the next number given", next_number, "A B C D E F G H", "1/8 1/8 0 0 3/8 0 0 3/8"),
    Small("the lowest of two leads", lambda tickets: [min(tickets[:2])], "A B C D E", "2/5 3/10 1/5 1/10 0"),
    Small("equal tickets by the list", by_halved_ranks, "A B C D E F", "2/3 3/5 8/15 7/15 2/5 1/3"),
    Small("a quota by a swap", swapped_in, "A B C D E F", "8/15 8/15 7/30 7/30 7/30 7/30"),
    Small("a quota by redrawing", until_it_fits, "A B C D E F", "5/9 5/9 2/9 2/9 2/9 2/9"),
    Small("A is protected", protected, "A B C D E", "0 1/2 1/2 1/2 1/2"),
)


@pytest.mark.parametrize("small", SMALL, ids=lambda small: str(small.told))
def test_unfair_rules_show_as_fractions(small: Small) -> None:
    """What the gallery does to sixty units is exact for five to eight: chances that anybody can count."""
    assert small.found() == list(map(Fraction, small.chances.split()))


def test_neighbours_show_as_sets() -> None:
    """Pairs of neighbours: each of six has its third, but three sets come instead of fifteen."""

    def with_neighbour(tickets: Sequence[str]) -> list[str]:
        place = "ABCDEF".index(tickets[0]) // 2 * 2
        return list("ABCDEF"[place : place + 2])

    assert set(exact_inclusion(with_neighbour, ["A", "B", "C", "D", "E", "F"]).values()) == {Fraction(1, 3)}
    assert exact_subsets(with_neighbour, ["A", "B", "C", "D", "E", "F"]) == dict.fromkeys(
        [("A", "B"), ("C", "D"), ("E", "F")], Fraction(1, 3)
    )
