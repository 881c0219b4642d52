"""Who goes is fair: whoever can be exchanged has equal chances of every visit, every place, every team and every load.

The deals are real ones, from a commitment and a key to teams, under the keys 1, 2, … 1000 of `team_rounds.key` for
each of seven rounds: a list written before any of them was made, none left out, none tried again. For fair deals all
17,586 comparisons of this file together raise a false alarm with a probability below 10⁻⁶ (`ALPHA`), however they hang
together: each family of `COMPARISONS` has an equal part of it, and each comparison an equal part of its family's
(Bonferroni). Once passed, the result changes only with the code.

People are compared only if the task does not tell them apart: equal rights, loads, meetings, absences. Equal chances
of people with different rights are claimed nowhere. Counts of all visits together would test nothing: a deal that
shares work evenly makes them nearly equal, whoever goes where. So single visits are tested: given how many of K alike
people are on one in a draw, s, each of them is there with the chance s/K. Draws are independent, so a count over all
draws is a sum of independent yes-or-no numbers, whose exact limits are in `tails`. All visits of a draw are used
together by bets at fair odds (`team_counts.course`), and by loads.

What one draw can show is tested without chance: exchanged tickets exchange places, rules are kept, work is shared
evenly. Each test says what it would have seen with a probability of .9, and twenty-one deals that are unfair on purpose
(`unfair_deals`) are seen under the same limits, most of them in fewer draws.

What cannot be seen here: a person who goes to one enterprise half as often again as is due, where this is a tenth; odds
of a part of the list that are too high by less than one in twenty; tickets of 16 bits with ties in the order of the
list, which the exchange shows in one of some thousand draws. `test_deals` goes through all orders of the tickets.
"""

from collections.abc import Iterable
from functools import cache
from itertools import combinations, product
from math import exp
from random import Random
from typing import Any, Final

import numpy as np
import pytest
from attrs import Factory, evolve, frozen

import unfair_deals as unfair
from dual_random import teams
from dual_random.deals import Dealer, deal
from dual_random.schemes import DEFAULT, Hash, ticket_start
from dual_random.tasks import Task, numbers, people_of
from dual_random.testing.tails import Comparison
from team_counts import TILTS, Bet, Found, broken, compare
from team_rounds import ROUNDS, Find, Series, classes, dealt, key, rounds, series

DRAWS: Final = 1000
SOME: Final = 200  # draws of those that are unfair on purpose
FEW: Final = 100  # draws that are tested without chance
POWER: Final = 0.9
ALPHA: Final = 1e-6
COMPARISONS: Final = {  # in each family, over all rounds
    "people": 5030,
    "halves": 2532,
    "pairs": 7328,
    "neighbours": 474,
    "loads": 400,
    "visits": 1025,
    "departments": 662,
    "course": 135,
}


def limit(family: str) -> float:
    """The tail below which a comparison of a family is held to be no accident."""
    return ALPHA / len(COMPARISONS) / COMPARISONS[family]


@cache
def fair(name: str) -> list[Series]:
    """All draws of the list for a round, department by department."""
    return series(rounds(name), DRAWS)


def alarms(family: str, found: Iterable[Found]) -> dict[str, float]:
    """What is beyond the limit of its family, the worst first."""
    tails = sorted((each.tail, each.name) for each in found)
    return {name: tail for tail, name in tails if tail < limit(family)}


def weakest(family: str, found: Iterable[Comparison]) -> float:
    """The excess that every one of some comparisons would have shown with a probability of .9."""
    different = {(each.trials, each.mean): each for each in found}
    return max(each.excess(limit(family), POWER) for each in different.values())


@cache
def compared(name: str, family: str) -> list[Found]:
    """All comparisons of a family in all draws of a round."""
    return compare(fair(name), family)


# ---- the rounds


@pytest.fixture(params=ROUNDS)
def name(request: pytest.FixtureRequest) -> str:
    """The name of a round."""
    found: str = request.param
    return found


def test_the_rounds_are_what_they_should_be() -> None:
    """Classes of people and of visits, loads, and in how many of 200 draws a deal without the look-ahead gets stuck."""
    told = {
        name: (
            [sorted(map(len, of.classes)) for of in fair(name)],
            [sorted(map(len, of.kinds)) for of in fair(name)],
            sorted(set(fair(name)[0].loads.ravel().tolist())),
            sum(stuck(name, number) for number in range(1, 201)),
        )
        for name in ROUNDS
    }
    assert told == {
        "plenty": ([[12]], [[10]], [1, 2], 0),
        "tight": ([[4, 7]], [[3, 7]], [1, 2], 114),
        "slots": ([[3, 3, 6, 6]], [[6, 6]], [1, 2, 3], 0),
        "rotation": ([[4, 6]], [[8]], [1, 2, 3, 4], 0),
        "absent": ([[2, 4, 5, 5]], [[1, 4, 5]], [0, 1, 2], 0),
        "relief": ([[3, 5]], [[6]], [1, 2], 35),
        "joint": ([[8], [8]], [[10], [10]], [2, 3], 0),
    }


def stuck(name: str, number: int) -> bool:
    """Whether a plain deal, under the limit in force, lacks a candidate in some department."""
    return any(
        len(tuple(Dealer(evolve(own.task, most=own.dealt.most), start_of(name, number, own.crew.department))))
        < len(own.task.visits)
        for own in dealt(rounds(name), number)
    )


def test_classes_are_those_who_can_be_exchanged(name: str) -> None:
    """The task stays as it is if two of one class are exchanged, and changes if two of different classes are."""
    for of in fair(name):
        class_of = {person: number for number, own in enumerate(of.classes) for person in own.tolist()}
        assert sorted(class_of) == list(range(len(of.people)))
        for one, other in combinations(class_of, 2):
            assert (told(exchanged(of.task, one, other)) == told(of.task)) == (class_of[one] == class_of[other])


def exchanged(task: Task, one: int, other: int) -> Task:
    """The task with two people in each other's place."""
    place = {one: other, other: one}

    def moved(person: int) -> int:
        return place.get(person, person)

    return evolve(
        task,
        carried=tuple(task.carried[moved(person)] for person in range(len(task.people))),
        openings=tuple(
            tuple(evolve(each, eligible=people_of(map(moved, numbers(each.eligible)))) for each in own)
            for own in task.openings
        ),
        met={
            (min(moved(low), moved(high)), max(moved(low), moved(high))): times
            for (low, high), times in task.met.items()
        },
    )


def told(task: Task) -> tuple[object, ...]:
    """What a task says of people."""
    return task.carried, task.openings, dict(task.met)


# ---- without chance


def test_rules_are_kept_and_work_is_shared_evenly(name: str) -> None:
    """Every place filled by somebody eligible, nobody twice, limits kept; nobody goes before one of lower load."""
    for of in fair(name):
        assert broken(of) == set()


def test_exchanged_tickets_exchange_places(name: str) -> None:
    """Whoever has another's tickets goes where the other went: nothing but tickets tells apart whom the task does not.

    No false alarm is possible: equal tickets of 256 bits aside, this holds in every draw. Seen: tickets of eight bits,
    with ties in the order of the list, in 2 to 17 of 100 draws of a round.
    """
    assert unmoved(name, deal, FEW) == 0
    assert unmoved(name, unfair.short_tickets, FEW) > 0


def start_of(name: str, number: int, department: str) -> Hash:
    """The hash state behind key, purpose and department."""
    return ticket_start(DEFAULT, key(name, number), "inspector", department)


def unmoved(name: str, dealer: unfair.Deal, draws: int) -> int:
    """In how many of the first draws of a round the places of some department do not follow the tickets."""
    rng = Random(1)
    return sum(
        not all(follows(own.task, start_of(name, number, own.crew.department), dealer, rng) for own in deals)
        for number in range(1, draws + 1)
        for deals in (dealt(rounds(name), number),)
    )


def follows(task: Task, start: Hash, dealer: unfair.Deal, rng: Random) -> bool:
    """Whether those who exchange their tickets within their classes exchange their places, and nothing else changes."""
    other = list(range(len(task.people)))
    for own in classes(task):
        for person, mate in zip(own.tolist(), rng.sample(own.tolist(), len(own)), strict=True):
            other[person] = mate
    names = {task.people[person]: task.people[mate] for person, mate in enumerate(other)}
    exchanged = unfair.Bent(start, told=lambda data: names.get(data, data))
    moved = tuple(tuple(other[person] for person in team) for team in dealer(task, exchanged).teams)
    return moved == dealer(task, start).teams


# ---- chances


SEEN: Final[dict[str, dict[float, float]]] = {  # what is due -> the excess that is seen
    "people": {0.05: 0.95, 0.1: 0.75, 0.2: 0.55},
    "halves": {0.2: 0.37, 0.4: 0.33},
    "pairs": {0.015: 2.8, 0.05: 1.2, 0.1: 0.85},
    "neighbours": {0.1: 0.6, 0.2: 0.45},
    "loads": {0.2: 0.55, 0.4: 0.3},
    "visits": {0.1: 0.85, 0.4: 0.3},
    "departments": {0.05: 1.2, 0.1: 0.85, 0.2: 0.35},
}


@pytest.mark.parametrize("family", COMPARISONS)
def test_all_comparisons_are_counted(family: str) -> None:
    """The limit of a family is right: there are as many comparisons as it is divided by."""
    own = [each for name in ROUNDS for each in compared(name, family)]
    assert len(own) + len(together() if family == "course" else ()) == COMPARISONS[family]


@pytest.mark.parametrize("family", SEEN)
def test_what_would_be_seen(family: str) -> None:
    """The excess, as a share of what is due, that each comparison would have shown with a probability of .9.

    Of those that are open in nine of ten draws. For a single visit: a person who goes to it 1.55 times as often as is
    due where this is a fifth, 1.75 times where it is a tenth; a part of a class 1.37 times; a pair 2.2 times where it
    is due in one draw of twenty; a visit that is dealt as the first 1.85 times, early 1.3 times. For all visits: a load
    that somebody has 1.3 times too often where it is due in two draws of five.
    """
    own = [each for name in ROUNDS for each in compared(name, family) if isinstance(each, Comparison)]
    for due, excess in SEEN[family].items():
        telling = [each for each in own if each.trials >= 0.9 * DRAWS and each.mean >= due * each.trials]
        assert len(telling) >= 2
        assert weakest(family, telling) < excess


def test_everybody_has_the_same_chance_of_every_visit(name: str) -> None:
    """Of K alike people, s of whom go to a visit, each is there with the chance s/K; and so for each place of it.

    By enterprise, and by place in the order of dealing. Limit: 5,030 comparisons share 1/8 of 10⁻⁶.
    """
    assert alarms("people", compared(name, "people")) == {}


def test_no_place_in_a_list_is_better(name: str) -> None:
    """Of K alike people, K′ of them in a part of the list, s go: any s of them alike, so hypergeometric (K, K′, s).

    Parts: the first half, every other, the first half of those handed in. By enterprise, by place in the order of
    dealing, by that in the order of the tickets that decide who is drawn; on the visit, and in its first place. Limit:
    2,532 comparisons share 1/8 of 10⁻⁶.
    """
    assert alarms("halves", compared(name, "halves")) == {}


def test_any_two_go_together_as_often_as_any_other_two(name: str) -> None:
    """Of all pairs that can be exchanged, t of which are on a visit, each is there with equal chances.

    Pairs within a class, and of one with another. By enterprise, and by place in the order of dealing. Limit: 7,328
    comparisons share 1/8 of 10⁻⁶.
    """
    assert alarms("pairs", compared(name, "pairs")) == {}


def test_neighbours_go_together_as_often_as_strangers(name: str) -> None:
    """Of s who go out of a line of K, the pairs of neighbours are a hypergeometric number (K, s − 1, s).

    `test_joint_fairness` has the proof by counting. Lines: the list, and the order of handing in. Limit: 474
    comparisons share 1/8 of 10⁻⁶.
    """
    assert alarms("neighbours", compared(name, "neighbours")) == {}


def test_everybody_has_the_same_chance_of_every_load(name: str) -> None:
    """Of K alike people, t of whom have a load in the end, each has it with the chance t/K; halves as before.

    Loads of the whole deal and, where a limit speaks of them, of a period. Limit: 400 comparisons share 1/8 of 10⁻⁶.
    """
    assert alarms("loads", compared(name, "loads")) == {}


def test_visits_that_are_alike_are_treated_alike(name: str) -> None:
    """Each has the same chance to be dealt as the first, the second, …, and to get so many people of a class.

    Nor does it matter for the order of dealing where a visit stands in the list, or how low the ticket is that decided
    that it is paid: purposes have nothing in common. Limit: 1,025 comparisons share 1/8 of 10⁻⁶.
    """
    assert alarms("visits", compared(name, "visits")) == {}


def test_departments_have_nothing_in_common() -> None:
    """Who goes for one department, and which visit it deals first, says nothing about the other department.

    Null: given what one department deals, people of the other can be exchanged, and so can their visits in its order.
    Counts: any two people of the two at an enterprise; people at equal places of the two lists; equal visits at a place
    of both orders; visits dealt early by both; people at equal places with the highest load. Limit: 662 comparisons
    share 1/8 of 10⁻⁶.
    """
    assert alarms("departments", compared("joint", "departments")) == {}


# ---- all visits of a draw


def test_no_bet_is_expected_to_win() -> None:
    """Two picks of five, marks that depend on the first: for every tilt the stake is 1 on average."""
    for tilt in TILTS:
        stakes = []
        for first, second in product(range(5), repeat=2):
            if first != second:
                marked = {1, 2, 3} - {first} if first % 2 else {0, 4} - {first}
                bet = Bet("", np.array([2 / 5, len(marked) / 4]), np.array([first < 2, second in marked]))
                stakes.append(exp(bet.gain(tilt)))
        assert abs(sum(stakes) / len(stakes) - 1) < 1e-12
    assert Bet("", np.full(9, 0.5), np.arange(9) < 5).tail == 1.0


def bets(name: str) -> list[Bet]:
    """The bets on the course of all deals of a round."""
    return [each for each in compared(name, "course") if isinstance(each, Bet)]


def together() -> list[Bet]:
    """The bets of all rounds that have one name, as one."""
    found = []
    for name in IN_ALL:
        own = [each for round_ in ROUNDS for each in bets(round_) if each.name == name]
        found.append(Bet(name, np.concatenate([e.chances for e in own]), np.concatenate([e.seen for e in own])))
    return found


IN_EACH: Final = {"went longer ago": 0.45, "has met the first": 1.6}  # the excess of the odds that is seen in a round
IN_ALL: Final = {  # and in all rounds together
    "first half": 0.06,
    "every other": 0.06,
    "first handed in": 0.06,
    "went longer ago": 0.08,
    "has met the first": 0.15,
}


def test_nobody_wins_a_bet_on_the_course_of_a_deal(name: str) -> None:
    """Whoever stands alike when a place is filled is picked with equal chances, whatever went before in the draw.

    Null: tickets of a visit know nothing of those of others; so of people of a class with equal loads any one can be
    the next, whether the look-ahead binds or not. Statistic: what bets have won over all places, visits and draws.
    Marked are parts of the list; each single person; who went longer ago than others; who has been out with the first
    of the team. Limit: 135 bets share 1/8 of 10⁻⁶.
    """
    assert alarms("course", compared(name, "course")) == {}


def test_nobody_wins_a_bet_on_all_rounds_together() -> None:
    """The same bets on the picks of all rounds; limit as before."""
    assert alarms("course", together()) == {}


def test_what_bets_would_have_seen(name: str) -> None:
    """Odds too high by how much are seen in a round with a probability of .9.

    A part of the list with 1.3 times the odds that are due; one person, on all visits alike, with 1.55 times; those who
    went longer ago with 1.45 times; those who have met the first of the team with 2.6 times, where such picks are few.
    """
    parts = {"first half", "every other", "first handed in"}
    for each in bets(name):
        excess = 0.3 if each.name in parts else IN_EACH.get(each.name, 0.55)
        assert each.detectable(limit("course")) < excess, each.name


def test_what_bets_on_all_rounds_would_have_seen() -> None:
    """A part of the list with 1.06 times the odds, who went longer ago 1.08 times, who has met the first 1.15 times."""
    for each in together():
        assert each.detectable(limit("course")) < IN_ALL[each.name], each.name


# ---- unfair deals


@frozen
class Unfair:
    """A deal that is unfair, and everything that sees it.

    Args:
        name: what it does.
        round: where it is drawn.
        seen: the families that raise an alarm, the rules that are broken, "exchange" if places do not follow tickets.
        changes: what takes the place of what in the room of teams.
        find: how a draw is made.
        draws: how many.
    """

    name: str
    round: str
    seen: set[str]
    changes: dict[str, Any] = Factory(dict)
    find: Find = dealt
    draws: int = SOME


EVEN: Final = "work is shared evenly"
ALL_OF_PEOPLE: Final = {"people", "halves", "pairs", "neighbours", "loads", "course", "exchange"}
GALLERY: Final = (
    Unfair("first in the list on equal load", "plenty", ALL_OF_PEOPLE, {"deal": unfair.first_in_list}),
    Unfair("the same, two slots", "slots", ALL_OF_PEOPLE - {"loads"}, {"deal": unfair.first_in_list}),
    Unfair("the same, rotation", "rotation", ALL_OF_PEOPLE, {"deal": unfair.first_in_list}),
    Unfair("round robin", "plenty", ALL_OF_PEOPLE, {"deal": unfair.in_turn}),
    Unfair("tickets of eight bits", "plenty", {"exchange"}, {"deal": unfair.short_tickets}),
    Unfair("tickets of four bits", "plenty", {"course", "exchange"}, {"deal": unfair.shorter_tickets}, draws=600),
    Unfair("tickets without the enterprise", "plenty", {"course"}, {"deal": unfair.one_order}),
    Unfair(
        "steady partners",
        "plenty",
        {"people", "halves", "pairs", "neighbours", "course", "exchange"},
        {"deal": unfair.steady_partners},
    ),
    Unfair(
        "blocks of the list, by lot",
        "plenty",
        {"pairs", "neighbours", "course", EVEN, "exchange"},
        {"deal": unfair.blocks_by_lot},
    ),
    Unfair(
        "one person twice on a visit",
        "plenty",
        {"nobody has two places", EVEN, "exchange"},
        {"deal": unfair.independent_places},
    ),
    Unfair("higher in the list, higher in the team", "plenty", {"halves", "exchange"}, {"deal": unfair.listed_teams}),
    Unfair("carried loads left out", "absent", {EVEN}, {"deal": unfair.without_carried}),
    Unfair(
        "the absent replaced by the next in the list",
        "absent",
        {"people", "halves", "loads", "course", EVEN, "exchange"},
        {"deal": unfair.replaced_by_the_next},
        draws=600,
    ),
    Unfair(
        "repaired from the top of the list",
        "tight",
        {"loads", "course", "exchange"},
        {"deal": unfair.repaired_from_the_top},
    ),
    Unfair(
        "no relief for the top of the list",
        "relief",
        {"people", "halves", "pairs", "loads", "course", "exchange"},
        {"deal": unfair.relief_at_the_end_of_the_list},
    ),
    Unfair(
        "somebody avoids one enterprise", "plenty", {"people", EVEN, "exchange"}, {"deal": unfair.avoided}, draws=400
    ),
    Unfair("a second try for somebody's sake", "plenty", {"loads"}, find=unfair.second_try),
    Unfair("visits in the order of the list", "tight", {"visits"}, {"deal_order": unfair.down_the_list}),
    Unfair("visits in the order drawn", "tight", {"visits"}, {"deal_order": unfair.as_drawn}),
    Unfair("one order of visits for all", "joint", {"departments"}, {"deal_order": unfair.without_department}),
    Unfair(
        "places in the list for people, no department",
        "joint",
        {"departments", "exchange"},
        {"deal": unfair.by_place_in_list, "ticket_start": unfair.nameless_start},
    ),
)


@pytest.mark.parametrize("case", GALLERY, ids=[case.name for case in GALLERY])
def test_unfair_deals_are_seen(monkeypatch: pytest.MonkeyPatch, case: Unfair) -> None:
    """Each by what is there for it, under the limits of the fair deal; what must be blind to it says nothing.

    Some are seen in one way only: people, loads, visits, departments, the course of a deal, exchanged tickets, even
    work. Nothing of it could be left out.
    """
    for place, change in case.changes.items():
        monkeypatch.setattr(teams, place, change)
    found = series(rounds(case.round), case.draws, case.find)
    seen = {family for family in COMPARISONS if alarms(family, compare(found, family))}
    seen |= {rule for own in found for rule in broken(own)}
    seen |= {"exchange"} if unmoved(case.round, case.changes.get("deal", deal), FEW) else set()
    assert seen == case.seen
