"""Who takes a place that became free after the draw: every amendment and every visit against a literal reading."""

import json
from collections import Counter
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from random import Random
from typing import Any, Final

import pytest

import amendment_oracle
import deal_oracle
import oracle
from amended_rounds import Round, a_round, as_change, change, crowded, rounds
from amended_rounds import chain as changes_of
from amendment_oracle import Json, State
from districts import SEED, faults, named, plan, register
from dual_random.amendments import Change
from dual_random.binding import commit
from dual_random.draws import Draw, draw
from dual_random.plain import to_plain
from dual_random.plans import Demand, JointRule
from dual_random.records import Record
from dual_random.team_rules import Recusal, Slot, TeamRule
from dual_random.verification import verify
from test_assignments import Drawn, Literal, random_draws, tight_draws

GOLDEN: Final = Path(__file__).parent / "golden" / "dual-random-1" / "amendments.json"
CASES: Final = {
    "first of the line": 100,
    "gone is passed over": 20,
    "nobody left": 50,
    "follower follows": 50,
    "follower lost": 5,
    "follower without lead": 10,
    "0 substitutes": 50,
    "1 substitutes": 50,
    "2 substitutes": 50,
    "new visit": 100,
    "merged": 50,
    "two visits": 20,
    "heir keeps the place": 100,
    "heir lost: not eligible": 20,
    "heir lost: full": 3,
    "heir lost: there already": 10,
    "heir lost: no room": 10,
    "heir lost: gave up there": 1,
    "next goes": 50,
    "place stays empty": 3,
    "succeeded": 100,
    "nobody succeeds": 20,
    "gave up before": 10,
    "slot stands no more": 2,
}


def visits_of(made: Draw) -> list[Json]:
    """The visits that stand, as JSON has them."""
    return [to_plain(visit) for visit in made.record.current]  # type: ignore[misc]


def check(seed: int, own: Round, happened: Counter[str]) -> None:
    """Every amendment of a chain, and the visits after it, are those of the literal reading."""
    state, made = own.state(), own.draw
    state.draw.happened = happened
    for told in changes_of(seed, state):
        made = made.amend([as_change(told)])
        assert to_plain(made.record.amendments[-1]) == amendment_oracle.amend(state, told), seed
        assert visits_of(made) == amendment_oracle.current(state), seed


# ---- against the literal reading


def test_every_amendment_is_that_of_the_literal_reading() -> None:
    """Step by step, with inspectors: substitutes, places, digests, visits; and every case of the rule occurs."""
    happened: Counter[str] = Counter()
    for seed in range(400):
        own = a_round(Random(seed))
        if own:
            check(seed, own, happened)
    assert {case: happened[case] for case, least in CASES.items() if happened[case] < least} == {}


def test_places_of_one_department_at_several_substitutes() -> None:
    """Loads and meetings of the first substitute count at the second, though both belong to one amendment."""
    happened: Counter[str] = Counter()
    for seed in (92, 274, 808, 1142, 1611, 1637, *range(40)):  # the first ones tell every meeting
        own = crowded(Random(seed))
        if own:
            check(seed, own, happened)
    assert min(happened[case] for case in ("2 substitutes", "merged", "next goes", "heir lost: not eligible")) > 20


def test_without_inspectors_substitutes_are_those_of_the_literal_reading() -> None:
    """Nobody was to be dealt, so nobody comes with a substitute."""
    happened: Counter[str] = Counter()
    for seed in range(100):
        own = a_round(Random(seed), staffed=False)
        if own:
            check(seed, own, happened)
    for case in ("gone is passed over", "nobody left", "follower follows", "2 substitutes", "merged", "two visits"):
        assert happened[case] > 5, happened
    assert happened["succeeded"] == happened["next goes"] == 0


def test_departments_to_which_nobody_was_dealt_stay_so() -> None:
    """A department that is short sends nobody to substitutes either, while others do."""
    seen: Counter[str] = Counter()
    for own in rounds(200):
        short = {each.department for each in own.draw.record.staffing if each.shortages}
        if not short or not own.draw.record.places:
            continue
        made, state = own.draw, own.state()
        for told in changes_of(0, state):
            made = made.amend([as_change(told)])
            amendment_oracle.amend(state, told)
        filled = {department for each in made.record.amendments for _, department, _, _ in each.places}
        assert not filled & short
        seen["short at a substitute"] += any(
            short & set(visit.departments) for visit in made.record.current if visit.enterprise not in made.record
        )
        seen["others"] += bool(filled)
    assert min(seen["short at a substitute"], seen["others"]) > 3, seen


# ---- reserves


def amended(own: Round, rng: Random, count: int) -> tuple[Draw, State]:
    """A draw after some changes, and what stands by the literal reading."""
    made, state = own.draw, own.state()
    for number in range(count):
        told = change(rng, state, number)
        if told:
            made = made.amend([as_change(told)])
            amendment_oracle.amend(state, told)
    return made, state


def test_reserves_are_those_of_the_literal_reading() -> None:
    """For everybody on every visit that stands, before and after changes; the first of them goes."""
    seen: Counter[str] = Counter()
    for seed, own in enumerate(rounds(110)):
        made, state = amended(own, Random(seed), seed % 4)
        state.draw.happened = seen
        raised = {each.department for each in made.record.staffing if each.most is not None}
        for visit in made.record.current:
            for department, _, person in visit.places:
                found = made.reserves(visit.enterprise, person, period=visit.period)
                spot = visit.enterprise, visit.period
                assert list(found) == amendment_oracle.reserves(state, spot, person)
                seen["some" if found else "none"] += 1
                seen["several"] += len(found) > 1
                seen["raised"] += department in raised
    assert min(seen["some"], seen["none"], seen["several"]) > 50, seen
    assert min(seen["raised"], seen["gave up before"]) > 10, seen


def literal_reserves(of: Literal, enterprise: str, slot: deal_oracle.Slot, person: str) -> list[str]:
    """Who would come next, by the literal reading of the deal: with what the others have when all have been dealt."""
    after = {name: {each: [*who] for each, who in own.items()} for name, own in of.answer.teams.items()}
    after[enterprise][slot[0]].remove(person)
    rule, most, period = of.of, of.answer.most, of.of.visits[enterprise]
    left = {
        other
        for other in slot[2] - {person}
        if other not in deal_oracle.on_visit(after, enterprise)
        and (most is None or deal_oracle.load(rule, after, other) < most)
        and (rule.most_per_period is None or deal_oracle.in_period(rule, after, other, period) < rule.most_per_period)
    }
    base = min((deal_oracle.load(rule, after, other) for other in left), default=0) + rule.slack
    return deal_oracle._ranked(rule, most, after, enterprise, (slot[0], slot[1], frozenset(left)), base, of.own.ticket)


def grounds() -> Iterator[Drawn]:
    """Draws at limits that are just enough, and of every kind."""
    return chain(tight_draws(110), random_draws(40))


def test_reserves_are_the_next_of_the_literal_deal() -> None:
    """By the loads, meetings and limits after the deal, without the one who leaves; also under raised limits."""
    seen: Counter[str] = Counter()
    for own in grounds():
        for enterprise, visit in own.record.items():
            for department, name, person in visit.places:
                of = own.literal[department]
                slot = next(each for each in of.of.slots[enterprise] if each[0] == name)
                found = own.draw.reserves(enterprise, person)
                assert list(found) == literal_reserves(of, enterprise, slot, person)
                seen["some" if found else "none"] += 1
                seen["several"] += len(found) > 1
                seen["raised"] += of.answer.most != of.of.most
    assert min(seen["some"], seen["none"], seen["several"], seen["raised"]) > 50, seen


def test_the_first_reserve_goes_and_nobody_else_moves() -> None:
    """The amendment sends the first reserve to the very place; all other places and visits are what they were."""
    seen: Counter[str] = Counter()
    for seed, own in enumerate(rounds(90)):
        made, _ = amended(own, Random(seed), seed % 3)
        before = {(visit.enterprise, visit.period): visit for visit in made.record.current}
        spot = Random(seed).choice(sorted(before))
        for place, (department, slot, person) in enumerate(before[spot].places):
            reserves = made.reserves(spot[0], person, period=spot[1])
            again = made.substitute(spot[0], inspector=person, period=spot[1], reason="ill", on="2024-12-31")
            after = {(visit.enterprise, visit.period): visit for visit in again.record.current}
            places = list(before[spot].places)
            places[place : place + 1] = [(department, slot, who) for who in reserves[:1]]
            assert after.pop(spot).places == tuple(places)
            assert after == {other: visit for other, visit in before.items() if other != spot}
            seen["filled" if reserves else "empty"] += 1
    assert min(seen["filled"], seen["empty"]) > 10, seen


def test_nobody_comes_back_to_a_visit() -> None:
    """Asked again and again, everybody gives up the place once, until nobody is left; elsewhere they may be sent."""
    own = one_slot()
    gone: list[str] = []
    while own.record.current[0].places:
        (_, _, person) = own.record.current[0].places[0]
        assert person not in gone
        gone.append(person)
        assert not set(gone) & set(own.reserves("E1", person))
        own = own.substitute("E1", inspector=person, reason="ill", on="2024-09-01")
    assert sorted(gone) == ["F0", "F1", "F2"]
    assert own.record.amendments[-1].places == ()
    assert [visit.enterprise for visit in own.record.current] == ["E1"]


def one_slot() -> Draw:
    """One enterprise, three people, of whom one goes."""
    enterprises = register([{"id": "E1"}], [])
    inspectors = register([{"id": f"F{n}", "department": "消防"} for n in range(3)])
    rules = plan([Demand("消防", take=1)], teams=[TeamRule(slots=[Slot("member")])])
    return draw(commit(rules, enterprises, inspectors), enterprises, inspectors, seed=SEED)


# ---- the rule by examples


def firms(count: int, **columns: str) -> list[dict[str, str]]:
    """Enterprises that are all alike."""
    return [{"id": f"E{n:02}", **columns} for n in range(count)]


def line(made: Draw) -> list[str]:
    """All enterprises by their tickets, as the shell of an explanation has them."""
    key = made.why(next(iter(made.enterprises))).commands[0][1]
    ticket = oracle.by_names(made.record.commitment.plan.scheme, key)
    return sorted(made.enterprises, key=lambda name: ticket("target", name))


def test_the_next_ticket_takes_the_place_and_its_period() -> None:
    """Three of nine are visited: the fourth comes for whoever falls out, then the fifth; the period stays."""
    rules = plan([Demand("消防", take=3)], substitution=True, periods=["7月", "8月", "9月"])
    enterprises = register(firms(9))
    made = draw(commit(rules, enterprises), enterprises, seed=SEED)
    order = line(made)
    assert [visit.enterprise for visit in made.record.current] == order[:3]
    once = made.substitute(order[1], reason="moved", on="2024-09-01")
    twice = once.substitute(order[3], reason="untraceable", on="2024-09-01")
    assert [visit.enterprise for visit in once.record.current] == [order[0], order[2], order[3]]
    assert [visit.enterprise for visit in twice.record.current] == [order[0], order[2], order[4]]
    assert twice.record.current[-1].period == made.record[order[1]].period
    assert twice.record.amendments[-1].substitutes == (("消防", order[4]),)


def test_strata_are_kept_and_the_last_one_leaves_nobody() -> None:
    """The two of a stratum of two, one after another: the other takes the place, then nobody is left."""
    rows = [{"id": f"E{n}", "risk": "A" if n < 2 else "B"} for n in range(9)]
    rules = plan([Demand("消防", by="risk", take={"A": 1, "B": 2})], substitution=True)
    enterprises = register(rows)
    made = draw(commit(rules, enterprises), enterprises, seed=SEED)
    (first,) = {"E0", "E1"} & set(made.record)
    (other,) = {"E0", "E1"} - {first}
    once = made.substitute(first, reason="closed", on="2024-09-01")
    assert dict(once.record.amendments[0].substitutes) == {"消防": other}
    twice = once.substitute(other, reason="closed", on="2024-09-01")
    assert (twice.record.amendments[1].substitutes, twice.record.amendments[1].places) == ((), ())
    assert {visit.enterprise for visit in twice.record.current} == set(made.record) - {first}


def test_who_was_found_impossible_for_one_demand_takes_no_place_for_another() -> None:
    """The second of the line is closed for fire safety; so when the first is, the third comes for the environment."""
    enterprises = register(firms(9))
    rules = plan([Demand("消防", take=3), Demand("环保", take=1)], substitution=True)
    made = draw(commit(rules, enterprises), enterprises, seed=SEED)
    order = line(made)
    once = made.substitute(order[1], reason="closed", on="2024-09-01")
    twice = once.substitute(order[0], reason="closed", on="2024-09-01")
    assert [dict(each.substitutes) for each in twice.record.amendments] == [
        {"消防": order[3]},
        {"消防": order[4], "环保": order[2]},
    ]
    assert [visit.demands for visit in twice.record.current] == [("消防", "环保"), ("消防",), ("消防",)]


def test_who_was_visited_once_is_no_substitute_for_the_same_demand_again() -> None:
    """All of a stratum that were ever to be visited are left out, whether their visits still stand or not."""
    enterprises = register(firms(4))
    made = draw(commit(plan([Demand("消防", take=2)], substitution=True), enterprises), enterprises, seed=SEED)
    order = line(made)
    for enterprise, following in zip(order, [order[2], order[3], "", ""], strict=True):
        made = made.substitute(enterprise, reason="closed", on="2024-09-01")
        assert dict(made.record.amendments[-1].substitutes) == ({"消防": following} if following else {})
    assert made.record.current == ()


def test_a_follower_goes_along_or_is_lost() -> None:
    """The partner comes where the lead's substitute is, if that is in its population; else nobody comes for it."""
    for risk in ("A", "B"):
        rows = [{"id": f"E{n}", "risk": "A" if n < 4 else "B"} for n in range(8)]
        enterprises = register(rows)
        demands = [Demand("消防", take=3), Demand("环保", follow="消防", where={"risk": "A"})]
        for number in range(20):
            seed = f"{number:02}{SEED[2:]}"
            made = draw(commit(plan(demands, substitution=True), enterprises), enterprises, seed=seed)
            order = line(made)
            kinds = {row["id"]: row["risk"] for row in rows}
            if kinds[order[0]] == "A" and kinds[order[3]] == risk:
                break
        made = made.substitute(order[0], reason="closed", on="2024-09-01")
        expected = {"消防": order[3]} | ({"环保": order[3]} if risk == "A" else {})
        assert dict(made.record.amendments[0].substitutes) == expected


def slotted() -> tuple[Draw, list[str]]:
    """Two departments; whether fire safety comes alone decides which slot it has."""
    slots = [Slot("组员", not_for="环保"), Slot("专员", only_for="环保")]
    rules = plan(
        [Demand("消防", take=3), Demand("环保", take=2)],
        teams=[TeamRule("消防", slots=slots), TeamRule("环保", slots=[Slot("组员")])],
        substitution=True,
    )
    people = [
        {"id": f"{letter}{n}", "department": name} for letter, name in (("F", "消防"), ("H", "环保")) for n in range(4)
    ]
    enterprises, inspectors = register(firms(8)), register(people)
    made = draw(commit(rules, enterprises, inspectors), enterprises, inspectors, seed=SEED)
    return made, line(made)


def test_who_is_there_stays_and_only_departments_that_come_are_filled() -> None:
    """Fire safety goes to the third of the line alone; another joins it: the slots change, the people do not."""
    made, order = slotted()
    (before,) = made.record[order[2]].places
    assert before[:2] == ("消防", "组员")
    again = made.substitute(order[0], reason="closed", on="2024-09-01")
    (amendment,) = again.record.amendments
    assert dict(amendment.substitutes) == {"环保": order[2], "消防": order[3]}
    assert [place[:3] for place in amendment.places] == [(order[2], "环保", "组员"), (order[3], "消防", "组员")]
    assert amendment.places[0][3] == made.record[order[0]].team["环保"][0]
    merged = next(visit for visit in again.record.current if visit.enterprise == order[2])
    assert merged.places == (before, amendment.places[0][1:])
    assert (merged.demands, merged.departments, merged.lead) == (("消防", "环保"), ("消防", "环保"), "消防")


def test_a_slot_that_stands_no_more_is_filled_again_all_the_same() -> None:
    """Whoever stayed in it may become ill: the next candidate for that slot goes."""
    made, order = slotted()
    person = made.record[order[2]].team["消防"][0]
    merged = made.substitute(order[0], reason="closed", on="2024-09-01")
    reserves = merged.reserves(order[2], person)
    assert set(reserves) == {"F0", "F1", "F2", "F3"} - {person}
    again = merged.substitute(order[2], inspector=person, reason="ill", on="2024-09-02")
    assert again.record.amendments[-1].places == ((order[2], "消防", "组员", reserves[0]),)


def test_two_visits_stand_in_the_order_in_which_they_came_up() -> None:
    """Its own visit first, then that which it took over; a change of its own visit leaves the order."""
    seen = 0
    for seed in range(40):
        own = a_round(Random(seed))
        if own is None or not own.draw.record.periods:
            continue
        made, _ = amended(own, Random(seed), 5)
        for enterprise in made.record:
            periods = [visit.period for visit in made.record.current if visit.enterprise == enterprise]
            visit = next((each for each in made.record.current if each.enterprise == enterprise), None)
            if len(periods) < 2 or visit is None or not visit.places:
                continue
            assert periods[0] == made.record[enterprise].period
            who = visit.places[0][2]
            again = made.substitute(enterprise, inspector=who, period=periods[0], reason="ill", on="2024-12-31")
            assert [each.period for each in again.record.current if each.enterprise == enterprise] == periods
            seen += 1
    assert seen > 3


def test_the_recused_are_replaced_and_the_others_go_along() -> None:
    """One of two may not go to the substitute: the other comes, and the next candidate with him."""
    enterprises = register(firms(3))
    inspectors = register([{"id": f"F{n}", "department": "消防"} for n in range(4)])
    rules = plan([Demand("消防", take=1)], substitution=True)
    bare = draw(commit(rules, enterprises, inspectors), enterprises, inspectors, seed=SEED)
    for recused in ("F0", "F1", "F2", "F3"):
        for other in enterprises:
            away = [Recusal(recused, enterprise=other, reason="亲属")]
            commitment = commit(rules, enterprises, inspectors, recusals=away)
            made = draw(commitment, enterprises, inspectors, seed=SEED)
            order = line(made)
            team = made.record[order[0]].team["消防"]
            going = made.substitute(order[0], reason="closed", on="2024-09-01").record.current[0].team["消防"]
            if other == order[1] and recused in team:
                assert (set(team) - {recused}) < set(going)
                assert recused not in going
            else:
                assert going == team
    assert len(bare.record) == 1


def test_a_visit_made_for_the_quota_remains_one() -> None:
    """Three demands in pairs: who is visited for two takes over the third; visits that nobody drew are none."""
    rows = [{"id": f"E{n:02}", "risk": "A" if n < 14 else "B"} for n in range(20)]
    enterprises = register(rows)
    rule = JointRule(at_least="70%", reach="extra")
    demands = [Demand(name, take=4, where={"risk": "A"}) for name in ("市监", "消防", "环保")]
    demands.append(Demand("税务", take=3, where={"risk": "B"}))
    made = draw(commit(plan(demands, joint=rule, substitution=True), enterprises), enterprises, seed=SEED)
    state = Round(made, rows, None).state()
    assert len(made.record.extra) == 2
    closed = next(name for name, visit in made.record.items() if visit.joint and name not in made.record.extra)
    told = {"enterprise": closed, "period": "", "reason": "closed", "on": "2024-09-01"}
    again = made.amend([as_change(told)])
    amendment_oracle.amend(state, told)
    assert visits_of(again) == amendment_oracle.current(state)
    merged = set(again.record.amendments[0].takers) & set(made.record.extra)
    assert merged
    assert {visit.enterprise for visit in again.record.current if visit.extra} == set(made.record.extra)


def test_the_next_two_of_one_slot_know_each_other_least() -> None:
    """Nobody of two may go to the substitute: the lowest ticket comes, and who has met that one least."""
    times = {("F2", "F3"): 1, ("F3", "F4"): 2, ("F2", "F4"): 3}
    least = {"F2": "F3", "F3": "F2", "F4": "F3"}
    enterprises = register(firms(2))
    inspectors = register([{"id": f"F{n}", "department": "消防"} for n in range(5)])
    rules = plan([Demand("消防", take=1)], teams=[TeamRule(rotate=True)], substitution=True)
    away = [Recusal(who, enterprise="E01", reason="亲属") for who in ("F0", "F1")]
    commitment = commit(rules, enterprises, inspectors, recusals=away, meetings=times)
    seen: Counter[str] = Counter()
    for number in range(1, 100):
        made = draw(commitment, enterprises, inspectors, seed=f"{number:02}{SEED[2:]}")
        if "E00" in made.record and sorted(made.record["E00"].team["消防"]) == ["F0", "F1"]:
            first, second = made.substitute("E00", reason="closed", on="2024-09-01").record.current[0].team["消防"]
            assert second == least[first]
            seen[first] += 1
    assert len(seen) > 1, seen


# ---- what is refused


def at(made: Draw, **told: str) -> list[tuple[str, str]]:
    """Codes and places of the faults of a change."""
    return named(faults(lambda: made.substitute(told.pop("enterprise", "E1"), **{"reason": "closed", **told})))


def test_what_stands_no_more_cannot_be_changed() -> None:
    """Visits that were replaced, that never were, in other periods, or in several: each in its own words."""
    for seed in range(200):
        own = a_round(Random(seed), staffed=False)
        if own is None or not own.draw.record.periods:
            continue
        made, _ = amended(own, Random(seed), 4)
        twice = [name for name, count in Counter(v.enterprise for v in made.record.current).items() if count > 1]
        gone = {each.enterprise for each in made.record.amendments} - {v.enterprise for v in made.record.current}
        if twice and gone:
            break
    on = "2024-12-31"
    assert at(made, enterprise=twice[0], on=on) == [("change-which-period", "period")]
    assert at(made, enterprise=min(gone), on=on) == [("change-gone", "enterprise")]
    assert at(made, enterprise="nobody", on=on) == [("change-no-visit", "enterprise")]
    changed = {each.enterprise for each in made.record.amendments}
    once = next(v for v in made.record.current if v.enterprise not in {*twice, *changed})
    assert at(made, enterprise=once.enterprise, period="13月", on=on) == [("change-not-then", "enterprise")]
    left = made.substitute(twice[0], period=own_periods(made, twice[0])[0], reason="closed", on=on)
    assert at(left, enterprise=twice[0], period="13月", on=on) == [("change-not-then", "enterprise")]
    assert at(left, enterprise=twice[0], period=own_periods(made, twice[0])[0], on=on) == [
        ("change-gone", "enterprise")
    ]
    last = left.substitute(twice[0], period=own_periods(made, twice[0])[1], reason="closed", on="2025-01-01")
    for period, day in zip(own_periods(made, twice[0]), (on, "2025-01-01"), strict=True):
        again = faults(lambda: last.substitute(twice[0], period=period, reason="closed", on="2025-01-01"))  # noqa: B023
        assert (named(again), again[0].params["on"]) == ([("change-gone", "enterprise")], day)
    told = faults(lambda: made.substitute(twice[0], reason="closed", on=on))[0].params
    assert told["periods"] == ", ".join(own_periods(made, twice[0]))


def own_periods(made: Draw, enterprise: str) -> list[str]:
    """When an enterprise is visited."""
    return [visit.period for visit in made.record.current if visit.enterprise == enterprise]


def test_where_no_periods_are_none_are_named() -> None:
    """A period in a plan without any is refused, and what is no text as well."""
    made = one_slot()
    refused = faults(lambda: made.reserves("E1", made.record["E1"].places[0][2], period="7月"))
    assert (named(refused), refused[0].params["periods"]) == ([("change-not-then", "enterprise")], "–")
    strange: Any = []
    assert [note.at for note in faults(lambda: made.reserves("E1", "F0", period=strange))] == ["period"]


def test_who_gave_up_a_place_does_not_come_back_by_another_way() -> None:
    """Two departments meet at a substitute; whoever gave up a place there comes neither as heir nor as candidate."""
    seen = 0
    for seed in range(120):
        own = crowded(Random(seed))
        if own is None:
            continue
        for closed in own.draw.record:
            after = own.draw.substitute(closed, reason="closed", on="2024-09-01")
            for taker, _, _, who in after.record.amendments[0].places:
                there = own.draw.record.get(taker)
                if there is None or not there.places or who in [each[2] for each in there.places]:
                    continue
                first = own.draw.substitute(taker, inspector=there.places[0][2], reason="ill", on="2024-09-01")
                if who not in [each[3] for each in first.record.amendments[0].places]:
                    continue
                second = first.substitute(taker, inspector=who, reason="recused", on="2024-09-01")
                third = second.substitute(closed, reason="closed", on="2024-09-01").record
                sent = [place[3] for place in third.amendments[2].places if place[0] == taker]
                assert not {who, there.places[0][2]} & set(sent)
                seen += taker in third.amendments[2].takers
    assert seen > 3


def test_days_before_the_seed_and_before_the_last_amendment_are_refused() -> None:
    """The day of the seed itself will do, and so will that of the last amendment."""
    enterprises = register(firms(9))
    made = draw(commit(plan([Demand("消防", take=3)], substitution=True), enterprises), enterprises, seed=SEED)
    order = line(made)
    early = faults(lambda: made.substitute(order[0], reason="closed", on="2024-08-05"))
    assert named(early) == [("change-before-draw", "on")]
    assert early[0].params == {"on": "2024-08-05", "drawn": "2024-08-06"}
    once = made.substitute(order[0], reason="closed", on="2024-08-06").substitute(
        order[1], reason="closed", on="2024-08-09"
    )
    late = faults(lambda: once.substitute(order[2], reason="closed", on="2024-08-08"))
    assert named(late) == [("change-before-last", "on")]
    assert late[0].params == {"on": "2024-08-08", "last": "2024-08-09"}
    assert once.substitute(order[2], reason="closed", on="2024-08-09").record.amendments[2].on == "2024-08-09"


def test_substitution_is_only_where_the_plan_allows_it() -> None:
    """A closed firm is a result; people are replaced all the same."""
    enterprises, inspectors = register(firms(4)), register([{"id": f"F{n}", "department": "消防"} for n in range(3)])
    made = draw(commit(plan([Demand("消防", take=1)]), enterprises, inspectors), enterprises, inspectors, seed=SEED)
    (enterprise,) = made.record
    refused = faults(lambda: made.substitute(enterprise, reason="closed", on="2024-09-01"))
    assert named(refused) == [("substitution-not-allowed", "enterprise")]
    person = made.record[enterprise].places[0][2]
    again = made.substitute(enterprise, inspector=person, reason="on-leave", on="2024-09-01")
    assert len(again.record.current[0].places) == 2
    idle = faults(lambda: again.substitute(enterprise, inspector=person, reason="ill", on="2024-09-01"))
    assert named(idle) == [("reserves-not-sent", "inspector")]


def test_of_a_record_that_staffs_another_only_people_are_replaced() -> None:
    """Whom to visit is amended in the record that drew it."""
    enterprises, inspectors = register(firms(6)), register([{"id": f"F{n}", "department": "消防"} for n in range(4)])
    first = draw(commit(plan([Demand("消防", take=2)], substitution=True), enterprises), enterprises, seed=SEED).record
    second = commit(plan((), number="2024-4", staffs=first.digest), enterprises, inspectors, of=first)
    made = draw(second, enterprises, inspectors, seed=SEED, of=first)
    enterprise, visit = next(iter(made.record.items()))
    refused = faults(lambda: made.substitute(enterprise, reason="closed", on="2024-09-01"))
    assert named(refused) == [("substitution-elsewhere", "enterprise")]
    assert refused[0].params == {"digest": first.digest}
    reserves = made.reserves(enterprise, visit.places[0][2])
    again = made.substitute(enterprise, inspector=visit.places[0][2], reason="ill", on="2024-09-01")
    assert again.record.current[0].team["消防"] == (reserves[0], visit.places[1][2])


def test_who_was_not_dealt_has_no_reserves() -> None:
    """In a record that states somebody of another department, or a slot of no rule, nothing is made up."""
    made = one_slot()
    for place in (("消防", "member", "stranger"), ("消防", "chief", "F0")):
        data = json.loads(made.record.to_json())
        data["visits"][0]["places"] = [list(place)]
        forged = Draw(
            record=type(made.record).from_json(json.dumps(data, ensure_ascii=False).encode()),
            enterprises=made.enterprises,
            inspectors=made.inspectors,
        )
        for ask in (
            lambda: forged.reserves("E1", place[2]),  # noqa: B023
            lambda: forged.substitute("E1", inspector=place[2], reason="ill", on="2024-09-01"),  # noqa: B023
        ):
            assert named(faults(ask)) == [("reserves-not-dealt", "inspector")]


def test_the_registers_that_were_committed_are_needed() -> None:
    """Other enterprises, other people, or none: nothing is amended by guessing."""
    own = one_slot()
    person = own.record["E1"].places[0][2]
    told = Change(enterprise="E1", inspector=person, reason="ill", on="2024-09-01")
    for other in (
        Draw(record=own.record, enterprises=own.enterprises),
        Draw(record=own.record, enterprises=register([{"id": "E2"}], []), inspectors=own.inspectors),
        Draw(
            record=own.record,
            enterprises=own.enterprises,
            inspectors=register([{"id": "F9", "department": "消防"}]),
        ),
    ):
        assert faults(lambda: other.amend([told]))  # noqa: B023
        assert faults(lambda: other.reserves("E1", person))  # noqa: B023


# ---- golden values


@pytest.mark.parametrize("case", json.loads(GOLDEN.read_text("utf-8"))["cases"])
def test_golden_chains_of_amendments(case: Json) -> None:
    """A promise: changes, amendments, digests and visits as they were first published."""
    record = Record.from_json(json.dumps(case["record"], ensure_ascii=False).encode())
    people = register(case["inspectors"]) if case["inspectors"] else None
    made = Draw(record=record, enterprises=register(case["enterprises"]), inspectors=people)
    for step in case["steps"]:
        made = made.amend([Change(**step["change"])])
        assert to_plain(made.record.amendments[-1]) == step["amendment"]
    assert visits_of(made) == case["current"]
    assert made.record.digest == case["digest"]
    bound = record.commitment
    assert verify(made.record, made.enterprises, people, seed=record.seed, digest=bound.digest, amended=case["digest"])
