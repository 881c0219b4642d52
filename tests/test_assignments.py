"""Why somebody goes or not: an answer for everybody, held against a literal deal; shell lines; whoever comes next."""

import json
import subprocess
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from functools import cached_property
from itertools import combinations
from random import Random
from typing import Any, Final, TypeAlias

import pytest
from attrs import evolve, frozen

import deal_oracle
import oracle
from crew_cases import Ground, eligible, ground, kept_away, slots_of
from deal_oracle import Department, by_paths
from districts import SEED, Rows, faults, named, plan, register
from dual_random.binding import commit
from dual_random.draws import Draw, draw
from dual_random.errors import InputError, Note
from dual_random.explanations import Explanation
from dual_random.plans import Demand, Plan
from dual_random.records import Record
from dual_random.registers import Register
from dual_random.schemes import SCHEMES, Scheme
from dual_random.staffing import place_table
from dual_random.team_rules import Recusal, Slot, TeamRule, meetings, recusals

Told: TypeAlias = tuple[str, dict[str, object]]  # a code, and some of its values

# ---- grounds that are dealt


@frozen(eq=False, slots=False)
class Drawn:
    """A ground, and its draw."""

    ground: Ground
    draw: Draw

    @property
    def record(self) -> Record:
        """As it is published."""
        return self.draw.record

    @cached_property
    def ticket(self) -> deal_oracle.Ticket:
        """Tickets by a literal reading."""
        key = oracle.key(json.loads(self.record.commitment.to_json()), self.record.seed, dict(self.record.secrets))
        return oracle.by_names(self.record.commitment.plan.scheme, key)

    @cached_property
    def literal(self) -> "dict[str, Literal]":
        """The deals of all departments, read literally."""
        return {name: Literal(self, name) for name in self.ground.departments}


def drawn(of: Ground) -> Drawn | None:
    """The draw of a ground, if its plan can be committed."""
    try:
        commitment = commit(of.plan, of.enterprises, of.inspectors, recusals=of.recusals, meetings=of.meetings)
    except InputError:
        return None
    return Drawn(of, draw(commitment, of.enterprises, of.inspectors, seed=SEED))


def tight_ground(rng: Random) -> Ground:
    """Four to seven people of one department, a few of another, at the least limits that are enough, or less."""
    count, crew = rng.randint(4, 6), rng.randint(4, 7)
    rows = [
        {"id": f"企{n}", "district": rng.choice(["海曙", "鄞州"]), "risk": "A", "status": "存续"} for n in range(count)
    ]
    people = [
        {
            "id": f"F{n:02}",
            "department": "消防" if n < crew else "市监",
            "rank": rng.choice(["senior", "junior"]),
            "area": rng.choice(["海曙", "鄞州"]),
            "grade": "",
            "load": rng.choice(["0", "0", "1"]),
        }
        for n in range(crew + 2)
    ]
    slots = rng.choice(
        [
            [Slot("leader", where={"rank": "senior"}), Slot("member")],
            [Slot("member", 2)],
            [Slot("local", same={"area": "district"})],
            [Slot("local", same={"area": "district"}), Slot("member")],
        ]
    )
    periods = rng.choice([(), ("7月", "8月")])
    limited = rng.random() < 0.85
    rule = TeamRule(
        "消防",
        slots=slots,
        most=rng.choice([1, 2]) if limited else None,
        most_per_period=rng.choice([None, None, 1, 2, 3]),
        carried=rng.choice(["", "load"]),
        slack=rng.choice([0, 0, 1, 2]),
        rotate=rng.random() < 0.5,
        relief=limited and rng.random() < 0.9,
    )
    names = [person["id"] for person in people]
    away = {(rng.choice(names), f"企{rng.randrange(count)}"): "亲属" for _ in range(rng.randint(0, count))}
    told = [Recusal(who, enterprise=enterprise, reason=reason) for (who, enterprise), reason in away.items()]
    if rng.random() < 0.3:
        told.append(Recusal(rng.choice(names), period=rng.choice(["", *periods]), reason="休假"))
    met = {pair: rng.randint(1, 3) for pair in combinations(names[:crew], 2) if rng.random() < 0.2}
    demands = [Demand("消防", take=count), Demand("市监", take=1)]
    made = plan(demands, periods=periods, teams=[rule], scheme=rng.choice(SCHEMES))
    return Ground(made, rows, people, recusals(told), meetings(met))


def tight_draws(count: int) -> Iterator[Drawn]:
    """Draws of such grounds, always the same."""
    return (made for seed in range(count) if (made := drawn(tight_ground(Random(seed)))))


def random_draws(count: int) -> Iterator[Drawn]:
    """Draws of plans with several departments and rules of every kind."""
    return (made for seed in range(count) if (made := drawn(ground(Random(seed), 3))))


# ---- a literal deal


@frozen
class Place:
    """One place as it was dealt: its slot, what was dealt before, who was a candidate in which order, who went."""

    slot: deal_oracle.Slot
    number: int
    base: int
    before: deal_oracle.Dealt
    ranked: Sequence[str]
    taken: str


@frozen(eq=False, slots=False)
class Literal:
    """The deal of one department by a literal reading."""

    own: Drawn
    name: str

    @cached_property
    def of(self) -> Department:
        """What the plan says of it, the visits as they were drawn."""
        ground, record = self.own.ground, self.own.record
        rule = ground.plan.team_rule(self.name)
        visits = {e: visit for e, visit in record.items() if self.name in visit.departments}
        people = [person for person in ground.people if person["department"] == self.name]
        crew = {person["id"] for person in people}
        return Department(
            name=self.name,
            carried={person["id"]: int(person[rule.carried]) if rule.carried else 0 for person in people},
            visits={e: ground.periods.index(visit.period) for e, visit in visits.items()},
            slots={
                e: tuple(
                    (slot.name, slot.count, eligible(ground, self.name, slot, e, visit.period))
                    for slot in slots_of(ground, self.name, visit.demands)
                )
                for e, visit in visits.items()
            },
            most=rule.most,
            most_per_period=rule.most_per_period,
            slack=rule.slack,
            rotate=rule.rotate,
            relief=rule.relief,
            met={frozenset(pair): times for pair, times in ground.meetings if crew.issuperset(pair)},
        )

    @cached_property
    def answer(self) -> deal_oracle.Answer:
        """Who goes."""
        return deal_oracle.deal(self.of, self.own.ticket, by_paths)

    @cached_property
    def places(self) -> dict[str, list[Place]]:
        """All places of every visit, in the order of dealing."""
        found: dict[str, list[Place]] = {}
        dealt: deal_oracle.Dealt = {}
        for enterprise, name, ranked in deal_oracle._picks(self.of, self.answer.most, dealt, self.own.ticket):
            number = len(dealt[enterprise][name])
            slot = next(slot for slot in self.of.slots[enterprise] if slot[0] == name)
            loads = [deal_oracle.load(self.of, dealt, person) for person in ranked]
            before = found.setdefault(enterprise, [])
            base = before[-1].base if number else min(loads) + self.of.slack
            taken = self.answer.teams[enterprise][name][number]
            before.append(Place(slot, number, base, deepcopy(dealt), ranked, taken))
            dealt[enterprise][name].append(taken)
        return found

    def level(self, place: Place, person: str) -> int:
        """By what candidates are ordered first."""
        return max(place.base, deal_oracle.load(self.of, place.before, person))

    def met(self, place: Place, enterprise: str, person: str) -> int:
        """By what second."""
        return deal_oracle.meetings(self.of, place.before, enterprise, person)


def load_told(literal: Literal, place: Place, person: str) -> str:
    """A load as a sentence has it: slack makes all alike up to the base."""
    level = literal.level(place, person)
    return f"≤ {level}" if literal.of.slack and level == place.base else str(level)


def going(literal: Literal, enterprise: str, place: Place) -> Told:
    """What a sentence has to say of somebody who goes."""
    rank = place.ranked.index(place.taken)
    level = [each for each in place.ranked if literal.level(place, each) == literal.level(place, place.taken)]
    times = {each: literal.met(place, enterprise, each) for each in level}
    alike = [each for each in level if times[each] == times[place.taken]]
    params = {"slot": place.slot[0], "candidates": len(place.ranked), "load": load_told(literal, place, place.taken)}
    if rank:
        return "why-goes-next", {**params, "rank": rank + 1, "passed": ", ".join(place.ranked[:rank])}
    if len(place.ranked) == 1:
        return "why-goes-only", params
    if len(level) == 1:
        return "why-goes-load", params
    params |= {"level": len(level), "met": times[place.taken], "alike": len(alike)}
    if len(alike) == len(level):
        return "why-goes-ticket", params
    return ("why-goes-met" if len(alike) == 1 else "why-goes-met-ticket"), params


def staying(literal: Literal, enterprise: str, places: Sequence[Place], person: str) -> Told:
    """What it has to say of somebody eligible who does not get a place of a slot."""
    of, first, last = literal.of, places[0], places[-1]
    most, order = literal.answer.most, deal_oracle.ordered_visits(of, literal.own.ticket)
    when = {"place": order.index(enterprise) + 1, "visits": len(order)}
    load = deal_oracle.load(of, first.before, person)
    if most is not None and load >= most:
        return "why-full", {**when, "load": load, "most": most}
    count = deal_oracle.in_period(of, first.before, person, of.visits[enterprise])
    if of.most_per_period is not None and count >= of.most_per_period:
        code = "why-full-period" if literal.own.ground.plan.periods else "why-full-deal"
        return code, {**when, "count": count}
    for place in places:
        if place.ranked.index(person) < place.ranked.index(place.taken):
            return passed_over(literal, enterprise, place, person)
    place = last if of.rotate else first
    ticket = literal.own.ticket
    return ("why-not-sent-met" if of.rotate else "why-not-sent"), {
        "slot": first.slot[0],
        "rank": place.ranked.index(person) + 1,
        "candidates": len(place.ranked),
        "load": load_told(literal, place, person),
        "met": literal.met(place, enterprise, person),
        "ticket": ticket("inspector", of.name, enterprise, person)[:16],
        "people": ", ".join(each.taken for each in places),
        "last_load": load_told(literal, last, last.taken),
        "last_met": literal.met(last, enterprise, last.taken),
        "last": ticket("inspector", of.name, enterprise, last.taken)[:16],
    }


def passed_over(literal: Literal, enterprise: str, place: Place, person: str) -> Told:
    """The same of somebody with whom the places still open could not all have been filled; lists are told sorted."""
    of, after = literal.of, deepcopy(place.before)
    after[enterprise][place.slot[0]].append(person)
    arcs = deal_oracle.network(of, literal.answer.most, after)
    filled, reached = by_paths(arcs)
    assert deal_oracle.places(arcs) - filled == 1
    open_places = Counter(node[1:3] for node in reached if node[0] == "place")
    return "why-passed-over", {
        "slot": place.slot[0],
        "rank": place.ranked.index(person) + 1,
        "candidates": len(place.ranked),
        "demand": open_places.total(),
        "supply": open_places.total() - 1,
        "places": sorted(f"{e} ({slot} {count})" for (e, slot), count in open_places.items()),
        "people": sorted(_left(literal, after, reached)) or ["–"],
    }


def _left(literal: Literal, after: deal_oracle.Dealt, reached: set[deal_oracle.Node]) -> Iterator[str]:
    """The people of a proof, and what each has left."""
    of, periods = literal.of, literal.own.ground.plan.periods
    people = {node[1] for node in reached if node[0] == "person"}
    for person in people:
        yield f"{person} ({(literal.answer.most or 0) - deal_oracle.load(of, after, person)})"
    for _, person, period in (node for node in reached if node[0] == "in period" and node[1] not in people):
        left = (of.most_per_period or 0) - deal_oracle.in_period(of, after, person, period)
        yield f"{person} ({periods[period] if periods else 'most_per_period'} {left})"
    for _, person, enterprise in (node for node in reached if node[0] == "on visit"):
        if ("in period", person, of.visits[enterprise]) not in reached:
            yield f"{person} ({enterprise} 1)"


def literal_steps(own: Drawn, enterprise: str, person: str) -> list[Told]:
    """What an answer has to say, from the ground and the literal deal alone."""
    known = [each for each in own.ground.people if each["id"] == person]
    if not known:
        return [("why-inspector-unknown", {})]
    if enterprise not in own.record:
        return [("why-unvisited", {})]
    department = known[0]["department"]
    if department not in own.record[enterprise].departments:
        return [("why-not-coming", {"department": department})]
    literal = own.literal[department]
    if literal.answer.shortage:
        return [("why-department-short", {"department": department}), *short(own, department)]
    by_slot: dict[str, list[Place]] = {}
    for place in literal.places.get(enterprise, ()):
        if place.taken == person:
            return [going(literal, enterprise, place)]
        by_slot.setdefault(place.slot[0], []).append(place)
    if not by_slot:
        return [("why-no-slot", {"department": department})]
    told = [staying(literal, enterprise, places, person) for places in by_slot.values() if person in places[0].slot[2]]
    if not told:
        return unmet(own, enterprise, known[0], list(by_slot))
    return [each for place, each in enumerate(told) if each not in told[:place]]


def short(own: Drawn, department: str) -> list[Told]:
    """The shortages of a department as the record has them."""
    staffing = next(each for each in own.record.staffing if each.department == department)
    return [(note.code, dict(note.params)) for note in staffing.notes]


def unmet(own: Drawn, enterprise: str, person: Mapping[str, str], slots: Sequence[str]) -> list[Told]:
    """The first condition of each slot that somebody does not meet; equal reasons once."""
    row = next(row for row in own.ground.rows if row["id"] == enterprise)
    visit = own.record[enterprise]
    rule = {slot.name: slot for slot in own.ground.plan.team_rule(person["department"]).slots}
    found: list[Told] = []
    for slot in map(rule.__getitem__, slots):
        where = [column for column, allowed in slot.where if person[column] not in allowed]
        same = [column for column, theirs in slot.same if person[column] != row[theirs]]
        away = kept_away(own.ground, person["id"], enterprise, visit.period)
        assert where or same or away
        if where:
            found.append(("not-eligible-where", {"slot": slot.name, "column": where[0]}))
        elif same:
            found.append(("not-eligible-same", {"slot": slot.name, "column": same[0]}))
        else:
            names = {
                (True, False): "not-eligible-recused",
                (True, True): "not-eligible-recused-then",
                (False, True): "not-eligible-absent",
                (False, False): "not-eligible-out",
            }
            first = min(away, key=lambda spot: list(names).index((bool(spot[0]), bool(spot[1]))))
            found.append((names[bool(first[0]), bool(first[1])], {}))
    return [each for place, each in enumerate(found) if each not in found[:place]]


def as_told(note: Note, name: str) -> object:
    """A value of a sentence; a list whose order is no matter, sorted."""
    value = note.params[name]
    lists = name in ("places", "people") and note.code == "why-passed-over"
    return sorted(str(value).split(", ")) if lists else value


def check(own: Drawn, seen: Counter[str]) -> None:
    """An answer for every pair of enterprise and inspector, known or not, as the literal reading has it."""
    for enterprise in [*own.ground.enterprises, "企x"]:
        for person in [*own.ground.inspectors, "Fx"]:
            found = own.draw.why(enterprise, inspector=person)
            expected = literal_steps(own, enterprise, person)
            assert [note.code for note in found.steps] == [code for code, _ in expected], (enterprise, person)
            for note, (_, params) in zip(found.steps, expected, strict=True):
                assert {name: as_told(note, name) for name in params} == params, (enterprise, person, note.code)
                seen[note.code] += 1
            going = enterprise in own.record and person in [who for *_, who in own.record[enterprise].places]
            assert (found.enterprise, found.inspector, found.drawn) == (enterprise, person, going)
            assert going == (found.steps[0].code.startswith("why-goes"))
            check_commands(own, found)


def check_commands(own: Drawn, found: Explanation) -> None:
    """The ticket of the visit wherever loads counted, the person's where it was compared, with the last taken one's."""
    codes = [note.code for note in found.steps]
    tickets = [word for _, word in found.commands][1:]
    if not codes[0].startswith(("why-goes", "why-not-sent", "why-full", "why-passed")):
        assert found.commands == ()
        return
    person = next(each for each in own.ground.people if each["id"] == found.inspector)
    names = person["department"], found.enterprise
    expected = [own.ticket("deal", *names)]
    if not codes[0].startswith("why-full"):
        expected.append(own.ticket("inspector", *names, found.inspector))
    assert tickets[: len(expected)] == expected
    others = {
        own.ticket("inspector", *names, who): who for who in own.record[found.enterprise].team[person["department"]]
    }
    assert len(set(tickets)) == len(tickets)
    assert set(tickets[len(expected) :]) <= set(others)
    for note in found.steps:
        if note.code.startswith("why-not-sent"):
            assert any(ticket.startswith(str(note.params["last"])) for ticket in tickets)


def test_everybody_gets_the_answer_of_a_literal_deal() -> None:
    """One department at the least limits that are enough: every pair, every reason, every rank and number."""
    seen: Counter[str] = Counter()
    for own in tight_draws(110):
        check(own, seen)
    for seed in PASSED_OVER:
        own = drawn(tight_ground(Random(seed)))  # type: ignore[assignment]
        assert own.literal["消防"].answer.refused
        check(own, seen)
    assert all(seen[code] >= least for code, least in TIGHT.items()), seen


PASSED_OVER: Final = (253, 283, 306, 336, 361, 377, 384, 422, 512, 540, 580, 593, 611, 625, 685, 687, 765, 792)
TIGHT: Final = {
    "why-goes-only": 100,
    "why-goes-load": 40,
    "why-goes-ticket": 300,
    "why-goes-met": 15,
    "why-goes-met-ticket": 30,
    "why-goes-next": 15,
    "why-not-sent": 300,
    "why-not-sent-met": 300,
    "why-passed-over": 15,
    "why-full": 90,
    "why-full-period": 15,
    "why-full-deal": 1,
    "why-department-short": 100,
    "why-not-coming": 300,
    "why-unvisited": 300,
    "why-inspector-unknown": 300,
    "not-eligible-where": 10,
    "not-eligible-same": 100,
    "not-eligible-recused": 50,
    "not-eligible-absent": 10,
    "not-eligible-out": 10,
}


def test_everybody_gets_an_answer_under_any_rule() -> None:
    """Several departments, conditions, districts, recusals, absences, periods, slots for some demands only."""
    seen: Counter[str] = Counter()
    for own in random_draws(100):
        check(own, seen)
    assert all(seen[code] >= least for code, least in UNDER_ANY_RULE.items()), seen


UNDER_ANY_RULE: Final = {
    "why-goes-ticket": 30,
    "why-not-sent": 20,
    "why-not-sent-met": 20,
    "why-no-slot": 40,
    "why-department-short": 10,
    "not-eligible-where": 5,
    "not-eligible-recused-then": 2,
}

# ---- words

PEOPLE: Final[Rows] = [
    {"id": name, "department": name[0].replace("F", "消防").replace("S", "市监"), "rank": rank}
    for name, rank in {"F1": "senior", "F2": "senior", "F3": "junior", "S1": "senior", "S2": "junior"}.items()
]


def drawn_of(rules: Plan, people: Rows, enterprises: Sequence[str], *away: Recusal) -> Draw:
    """A draw of a plan over some enterprises and people."""
    firms = register([{"id": name} for name in enterprises])
    staff = register(people)
    return draw(commit(rules, firms, staff, recusals=away), firms, staff, seed=SEED)


def found_by(number: int, *teams: TeamRule, enterprises: Sequence[str], people: Rows, away: Sequence[Recusal]) -> Draw:
    """A draw under one of many numbers of a plan, where everybody of 消防 is wanted everywhere."""
    rules = plan([Demand("消防", take=len(enterprises))], teams=teams, number=f"2024-{number}")
    return drawn_of(rules, people, enterprises, *away)


def first_sentence(draw: Draw, enterprise: str, inspector: str, lang: Any = "en") -> str:
    """The answer without the shell lines."""
    return draw.why(enterprise, inspector=inspector).text(lang).split("\n")[0]


def codes(found: Explanation) -> list[str]:
    """The codes of the steps."""
    return [note.code for note in found.steps]


def test_the_words_for_whoever_was_passed_over() -> None:
    """F1 has the first place in the order for E1, but nobody else may go to E2, and one visit is the most."""
    away = [Recusal("F2", enterprise="E2", reason="亲属"), Recusal("F3", reason="休假")]
    rule = TeamRule(slots=[Slot("member")], most=1)
    draws = (found_by(i, rule, enterprises=["E1", "E2"], people=PEOPLE, away=away) for i in range(50))
    own = next(each for each in draws if codes(each.why("E1", inspector="F1")) == ["why-passed-over"])
    assert first_sentence(own, "E1", "F1") == (
        "F1 does not go as member, although number 1 of 2 candidates: with F1 there, no more than 0 of 1 places could "
        "still have been filled, namely E2 (member 1); only these were eligible for them, with so many visits left: "
        "F1 (0)."
    )
    assert first_sentence(own, "E1", "F2") == (
        "F2 goes for 消防 as member: number 2 of 2 candidates in the order of load, meetings if the rule rotates, and "
        "ticket; those before (F1) were passed over, because with none of them all places still open could have been "
        "filled."
    )
    assert first_sentence(own, "E2", "F1") == (
        "F1 goes for 消防 as member: no other candidate was left (eligible, below the limits, not yet on the visit)."
    )
    assert first_sentence(own, "E2", "F2") == "F2: recused from E2: 亲属."
    assert first_sentence(own, "E2", "F3", "zh") == "F3：不参加本次派员：休假。"
    assert first_sentence(own, "E2", "S1", "zh") == "S1 不去：其所属部门为 市监，而 E2 由 消防 检查。"


def test_long_proofs_are_cut() -> None:
    """Twelve visits that two people alone may pay: the first ten are named, and how many there are."""
    enterprises = ["X", *(f"E{i:02}" for i in range(12))]
    away = [Recusal("F3", enterprise=name, reason="亲属") for name in enterprises[1:]]
    rule = TeamRule(slots=[Slot("member")], most=6)
    draws = (found_by(i, rule, enterprises=enterprises, people=PEOPLE, away=away) for i in range(200))
    told = (each.why("X", inspector=who).steps[0] for each in draws for who in ("F1", "F2"))
    note = next(each for each in told if each.code == "why-passed-over" and each.params["demand"] == 12)
    assert note.params["supply"] == 11
    assert note.params["people"] in ("F1 (5), F2 (6)", "F1 (6), F2 (5)")
    places = str(note.params["places"]).split(", ")
    assert len(places) == 11
    assert places[-1] == "… (12)"
    assert all(name.endswith(" (member 1)") for name in places[:-1])


def test_the_words_for_a_limit_and_for_the_place_in_the_order() -> None:
    """Counts, and the beginnings of the tickets that were compared."""
    rule = TeamRule(slots=[Slot("leader", where={"rank": "senior"})], most=1, relief=True, slack=1)
    own = found_by(1, rule, enterprises=["E1", "E2", "E3"], people=PEOPLE, away=[])
    assert own.record.staffing[0].most == 2
    answers = {(e, who): own.why(e, inspector=who) for e in own.record for who in ("F1", "F2", "F3")}
    full = [found for found in answers.values() if codes(found) == ["why-full"]]
    for found in full:
        assert " and 2 is the most." in str(found)
    waiting = [found for found in answers.values() if codes(found) == ["why-not-sent"]]
    assert len(waiting) + len(full) == 3
    for found in waiting:
        params = found.steps[0].params
        assert params["rank"] == params["candidates"] == 2
        own_ticket, last = [word for _, word in found.commands[-2:]]
        assert f"(load {params['load']}, ticket {own_ticket[:16]}…); the places went to " in str(found)
        assert f"up to load {params['last_load']} and ticket {last[:16]}…." in str(found)
        assert params["load"] in ("≤ 1", "≤ 2", "2")
    assert (
        first_sentence(own, "E1", "F3") == "F3: not eligible for leader: rank is 'junior', and 'senior' is asked for."
    )


def test_a_sentence_without_an_end_gets_a_full_stop() -> None:
    """Statements that stand alone elsewhere are sentences here, in both languages; those that introduce one are not."""
    firms = Register({"id": ["E1", "E2", "E2"]}, id="id", columns=[], exclude=["id-repeated"])
    found = draw(commit(plan([Demand("市监", take=1)]), firms), firms, seed=SEED).why("E2")
    english, chinese = found.text().split("\n")[0], found.text("zh").split("\n")[0]
    assert "for this reason: " in english
    assert english.endswith(".")
    assert not english.endswith("..")
    assert chinese.endswith("。")
    assert "：。" not in chinese


# ---- shell lines

ODD: Final = ("it's", "$HOME", "-n", "%s", "a  b", "back\\slash", "赵 1", "𠮷")


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_shell_lines_print_what_they_promise(scheme: Scheme) -> None:
    """The key, the visit's ticket, the tickets of the people, however they and their department are written."""
    people = [{"id": name, "department": "a'$b %s"} for name in ODD]
    rules = plan([Demand("市监", department="a'$b %s", take=3)], scheme=scheme, teams=[TeamRule(most=1)])
    own = drawn_of(rules, people, ["E'1", "%n", "企 2", "--x"])
    lines: dict[str, str] = {}
    for enterprise in own.record:
        for name in ODD:
            found = own.why(enterprise, inspector=name)
            lines |= dict(found.commands)
            if found.drawn or codes(found) == ["why-not-sent"]:
                command, word = next(pair for pair in found.commands if "ninspector" in pair[0])
                assert word == oracle.hashed(scheme, found.commands[0][1], "inspector", "a'$b %s", enterprise, name)
    assert len(lines) >= 1 + 3 + 12
    for command, word in lines.items():
        printed = subprocess.run(["sh", "-c", command], capture_output=True, check=True, env={"PATH": "/usr/bin:/bin"})
        assert not printed.stderr
        assert printed.stdout.split()[0].decode() == word, command
        assert command.endswith("| sha256sum" if scheme == SCHEMES[0] else "| openssl dgst -sm3 -r")


# ---- questions that need no deal


def test_without_inspectors_nobody_is_dealt() -> None:
    """The answer for everybody; for an id that is no clean text there is none."""
    firms = register([{"id": "E1"}, {"id": "E2"}])
    own = draw(commit(plan([Demand("市监", take=1)]), firms), firms, seed=SEED)
    found = own.why("E1", inspector="F1")
    assert (codes(found), found.drawn, found.inspector, found.commands) == (["why-nobody-dealt"], False, "F1", ())
    assert own.why("E1").inspector == ""
    assert named(faults(lambda: own.why("E1 ", inspector="F1 "))) == [
        ("text-space", "enterprise"),
        ("text-space", "inspector"),
    ]
    for wrong in (7, None):
        assert [note.at for note in faults(lambda wrong=wrong: own.why("E1", inspector=wrong))] == ["inspector"]  # type: ignore[misc]
    assert named(faults(lambda: own.reserves("E2", "F1 "))) == [("text-space", "inspector")]


def test_the_register_of_inspectors_is_needed_and_must_be_the_one_committed() -> None:
    """For questions about people only; who goes stands in the record."""
    own = drawn_of(plan([Demand("消防", take=1)], teams=[TeamRule()]), PEOPLE, ["E1"])
    bare = Draw(record=own.record, enterprises=own.enterprises)
    other = Draw(record=own.record, enterprises=own.enterprises, inspectors=register(PEOPLE[1:]))
    who = own.record["E1"].places[0][2]
    for call in (lambda draw: draw.why("E1", inspector="F1"), lambda draw: draw.reserves("E1", who)):
        assert named(faults(lambda call=call: call(bare))) == [("inspectors-missing", "inspectors")]  # type: ignore[misc]
        assert named(faults(lambda call=call: call(other))) == [("register-rows", "inspectors.rows")]  # type: ignore[misc]
    assert codes(bare.why("E1"))[-1] == "why-team"


def test_an_excluded_inspector_is_told_the_reason() -> None:
    """As it stands in the commitment, also when the register was read from its published text."""
    table = {"id": ["F1", "F2", "F2", "F3", "F4 "], "department": ["消防"] * 5}
    staff = Register(table, id="id", columns=["department"], exclude=["id-repeated", "text-space"])
    firms = register([{"id": "E1"}])
    commitment = commit(plan([Demand("消防", take=1)], teams=[TeamRule()]), firms, staff)
    own = draw(commitment, firms, Register.from_tsv(staff.to_tsv()), seed=SEED)
    assert codes(own.why("E1", inspector="F2")) == ["why-inspector-excluded", "id-repeated"]
    assert codes(own.why("E1", inspector="F4")) == ["why-inspector-unknown"]


# ---- who goes, told of the enterprise


def test_why_an_enterprise_was_drawn_ends_with_who_goes() -> None:
    """A sentence a department, its people with their slots; a department that is short sends nobody."""
    rules = plan(
        [Demand("消防", take=3), Demand("市监", take=3), Demand("环保", take=3)],
        teams=[
            TeamRule("消防", slots=[Slot("leader", where={"rank": "senior"}), Slot("member")]),
            TeamRule("市监", most=1),
            TeamRule("环保", slots=[Slot("boiler", not_for="消防")]),
        ],
    )
    own = drawn_of(rules, [*PEOPLE, {"id": "H1", "department": "环保", "rank": "senior"}], ["E1", "E2", "E3"])
    for enterprise, visit in own.record.items():
        (_, _, leader), (_, _, member) = visit.places
        told = own.why(enterprise).steps[-2:]
        assert [note.text() for note in told] == [
            "市监 sends nobody, because its places cannot all be filled: see the shortages of the record.",
            f"消防 sends {leader} (leader), {member} (member).",
        ]
        assert codes(own.why(enterprise, inspector="H1")) == ["why-no-slot"]
        assert codes(own.why(enterprise, inspector="S1"))[0] == "why-department-short"


def staffed_later() -> tuple[Draw, Draw]:
    """A draw in which 市监 is dealt and 消防 is short, and the draw of a plan that staffs what is left."""
    firms = register([{"id": name} for name in ("E1", "E2", "E3")])
    staff = register(PEOPLE)
    rules = plan(
        [Demand("消防", take=2), Demand("市监", take=1)],
        periods=["7月", "8月"],
        teams=[TeamRule("消防", slots=[Slot("leader", where={"rank": "senior"}, count=2)], most=1), TeamRule("市监")],
    )
    first = draw(commit(rules, firms, staff), firms, staff, seed=SEED)
    assert [(each.department, bool(each.shortages)) for each in first.record.staffing] == [
        ("市监", False),
        ("消防", True),
    ]
    later = plan([], number="2024-4", staffs=first.record.digest, periods=["8月", "7月"], teams=[TeamRule()])
    commitment = commit(later, firms, staff, of=first.record)
    return first, draw(commitment, firms, staff, seed=SEED, of=first.record)


def test_a_record_that_staffs_an_earlier_one_says_so() -> None:
    """Which record tells why it was drawn, and who goes; of a department dealt before, that it was."""
    first, second = staffed_later()
    assert len(second.record) == 2
    for enterprise, visit in second.record.items():
        found = second.why(enterprise)
        assert (found.drawn, found.commands) == (True, ())
        assert codes(found)[:2] == ["why-staffed", "why-visit"]
        assert found.steps[0].params["digest"] == first.record.digest
        expected = ["why-team-earlier", "why-team"] if "市监" in visit.departments else ["why-team"]
        assert codes(found)[2:] == expected
        assert found.steps[-1].params["people"] == ", ".join(f"{who} (member)" for who in visit.team["消防"])
        wanted = "why-dealt-earlier" if "市监" in visit.departments else "why-not-coming"
        assert codes(second.why(enterprise, inspector="S1")) == [wanted]
        for person in ("F1", "F2", "F3"):
            answer = second.why(enterprise, inspector=person)
            assert answer.drawn == (person in visit.team["消防"]) == codes(answer)[0].startswith("why-goes")
    left_out = next(name for name in ("E1", "E2", "E3") if name not in second.record)
    found = second.why(left_out)
    assert (codes(found), found.drawn) == (["why-not-staffed"], False)
    assert first.record.digest in str(found)
    assert codes(second.why(left_out, inspector="F1")) == ["why-unvisited"]
    other = Draw(record=second.record, enterprises=register([{"id": "E1"}]), inspectors=second.inspectors)
    assert named(faults(lambda: other.why("E1"))) == [("register-rows", "enterprises.rows")]


def test_the_people_of_a_later_record_are_dealt_again_from_its_own_visits() -> None:
    """Nothing of the earlier record is needed, and its periods count in the order of the plan that staffs."""
    _, second = staffed_later()
    again = Draw(
        record=Record.from_json(second.record.to_json()), enterprises=second.enterprises, inspectors=second.inspectors
    )
    for enterprise in second.record:
        for person in ("F1", "F2", "F3"):
            assert again.why(enterprise, inspector=person) == second.why(enterprise, inspector=person)


def test_a_draw_deals_once_for_all_questions(monkeypatch: pytest.MonkeyPatch) -> None:
    """The deals are kept."""
    own = drawn_of(plan([Demand("消防", take=2)], teams=[TeamRule()]), PEOPLE, ["E1", "E2"])
    first = own.why("E1", inspector="F1")
    monkeypatch.setattr("dual_random.assignments.deal_teams", None)
    assert own.why("E1", inspector="F1") == first
    assert own.reserves("E1", own.record["E1"].places[0][2]) is not None


# ---- records that were altered


def test_a_record_that_states_other_people_is_told_from_the_deal() -> None:
    """Whoever stands in the record is called drawn, and what the deal gives is told."""
    own = drawn_of(plan([Demand("消防", take=1)], teams=[TeamRule()]), PEOPLE, ["E1"])
    team = own.record["E1"].team["消防"]
    (idle,) = {"F1", "F2", "F3"} - set(team)
    forged = place_table([[("消防", "member", idle), ("消防", "member", team[1])]])
    altered = Draw(record=evolve(own.record, places=forged), enterprises=own.enterprises, inspectors=own.inspectors)
    found = altered.why("E1", inspector=idle)
    assert (codes(found), found.drawn) == (["why-not-sent", "places-differ"], True)
    assert found.steps[-1].params["computed"] == ", ".join(team)
    assert altered.why("E1", inspector=team[0]).drawn is False
    assert named(faults(lambda: altered.reserves("E1", team[0]))) == [("reserves-not-sent", "inspector")]
    strange = evolve(own.record, enterprises=["E9"])
    asked = Draw(record=strange, enterprises=own.enterprises, inspectors=own.inspectors)
    assert named(faults(lambda: asked.why("E9", inspector="F1"))) == [("staffs-enterprise-unknown", "visits.E9")]


# ---- reserves


def test_the_first_reserve_can_take_the_place() -> None:
    """Whoever cannot come: with the first reserve the list keeps every rule, and nobody else has changed."""
    count = 0
    for own in [*tight_draws(90), *random_draws(40)]:
        for enterprise, visit in own.record.items():
            for place, (department, slot, person) in enumerate(visit.places):
                found = own.draw.reserves(enterprise, person)
                assert person not in found
                assert len(set(found)) == len(found)
                for reserve in found:
                    teams = {name: list(other.places) for name, other in own.record.items()}
                    teams[enterprise][place] = (department, slot, reserve)
                    check_list(own, teams, department, enterprise, slot, reserve)
                    count += 1
    assert count > 300, count


def check_list(
    own: Drawn,
    teams: Mapping[str, Sequence[tuple[str, str, str]]],
    department: str,
    enterprise: str,
    slot: str,
    newcomer: str,
) -> None:
    """One person once on the visit, eligible, within the limits in force."""
    of, most = own.literal[department].of, own.literal[department].answer.most
    people = [who for _, _, who in teams[enterprise]]
    assert len(set(people)) == len(people)
    assert newcomer in next(each[2] for each in of.slots[enterprise] if each[0] == slot)
    visits = [name for name, places in teams.items() if newcomer in [who for *_, who in places]]
    assert most is None or of.carried[newcomer] + len(visits) <= most
    then = [name for name in visits if of.visits[name] == of.visits[enterprise]]
    assert of.most_per_period is None or len(then) <= of.most_per_period


def test_reserves_are_those_who_go_on_the_visits_of_others() -> None:
    """Fewest visits first; then the lowest ticket of the same key; those on the visit and the recused are none."""
    people = [{"id": f"F{i}", "department": "消防"} for i in range(6)]
    away = [Recusal("F0", enterprise="E1", reason="亲属")]
    own = drawn_of(plan([Demand("消防", take=4)], teams=[TeamRule()]), people, ["E1", "E2", "E3", "E4"], *away)
    going = own.record["E1"].team["消防"]
    counts = Counter(own.record.places.inspectors)
    key = own.why("E1", inspector="F1").commands[0][1]
    tickets = {f"F{i}": oracle.hashed(SCHEMES[0], key, "inspector", "消防", "E1", f"F{i}") for i in range(6)}
    left = sorted({f"F{i}" for i in range(1, 6)} - set(going), key=lambda who: (counts[who], tickets[who]))
    assert own.reserves("E1", going[0]) == own.reserves("E1", going[1]) == tuple(left)
    assert len(left) == 3


def test_reserves_are_only_for_those_who_go() -> None:
    """An enterprise that is not visited, somebody who does not go there, and who does is named."""
    own = drawn_of(plan([Demand("消防", take=1)], teams=[TeamRule(slots=[Slot("member")])]), PEOPLE, ["E1", "E2"])
    (enterprise,) = own.record
    (other,) = {"E1", "E2"} - {enterprise}
    (person,) = own.record[enterprise].team["消防"]
    assert len(own.reserves(enterprise, person)) == 2
    idle = own.reserves(enterprise, person)[0]
    assert named(faults(lambda: own.reserves(other, person))) == [("change-no-visit", "enterprise")]
    refused = faults(lambda: own.reserves(enterprise, idle))
    assert named(refused) == [("reserves-not-sent", "inspector")]
    assert refused[0].params["people"] == person
