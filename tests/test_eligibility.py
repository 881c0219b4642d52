"""Who may go where: sets of people and openings held against a literal reading, name by name."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from random import Random

import numpy as np
import pytest
from attrs import asdict, evolve
from hypothesis import given, settings
from hypothesis import strategies as st

import deal_cases
from crew_cases import (
    Ground,
    Visit,
    eligible,
    grounds,
    kept_away,
    one_each,
    possible_visits,
    shuffled,
    slots_of,
    suitable,
)
from districts import plan, register
from dual_random.deals import deal
from dual_random.eligibility import ANY, Crew, Post, Stops, deal_order, post_of, standing, task, unmet
from dual_random.plans import Demand
from dual_random.rosters import crews, read_crews
from dual_random.schemes import DEFAULT, Scheme, ticket_start
from dual_random.tasks import Task, numbers, people_of
from dual_random.team_rules import Recusal, Slot, TeamRule, recusals

quick = settings(deadline=None, derandomize=True, max_examples=90)


def crews_of(ground: Ground) -> list[Crew]:
    """The crews of a ground: of all its departments that have somebody."""
    return read_crews(
        ground.plan, ground.departments, ground.inspectors, ground.enterprises, ground.recusals, ground.meetings
    )[0]


def drawn(count: int) -> Iterator[tuple[Ground, Crew]]:
    """The crews of so many grounds."""
    return ((ground, crew) for ground in grounds(count) for crew in crews_of(ground))


def named(crew: Crew, people: int) -> frozenset[str]:
    """A set of people as ids."""
    return frozenset(crew.people[person].decode() for person in numbers(people))


def stops_of(ground: Ground, visits: Sequence[Visit]) -> Stops:
    """Visits as columns."""
    enterprises = ground.enterprises
    return Stops(
        [enterprise.encode() for enterprise, _, _ in visits],
        np.array([enterprises.row_of(enterprise) for enterprise, _, _ in visits], dtype=np.intp),
        [ground.periods.index(period) for _, period, _ in visits],
        [tuple(sorted(demands)) for _, _, demands in visits],
    )


# ---- sets of people


@quick
@given(st.sets(st.integers(0, 300)))
def test_people_of_is_the_inverse_of_numbers(persons: set[int]) -> None:
    """A set of people holds exactly the numbers put into it."""
    assert list(numbers(people_of(persons))) == sorted(persons)


def test_a_slot_without_columns_is_open_wherever_the_enterprise_is() -> None:
    """Without `same` the enterprise has no values to agree in, and all who meet the conditions can go."""
    post = post_of(Slot("leader", where={"rank": ["senior", "chief"]}), {"rank": ("senior", "junior", "chief")}, 3)
    assert post.narrowed(()) == [0b111, 0b101]
    assert post.among(()) == 0b101


def test_a_slot_with_columns_is_closed_where_nobody_has_the_values() -> None:
    """All columns of `same` must agree, and an empty value agrees with an empty one only."""
    cells = {"area": ("海曙", "", "海曙"), "grade": ("A", "A", "B")}
    post: Post = post_of(Slot("leader", same={"area": "district", "grade": "risk"}), cells, 3)
    values = [("海曙", "A"), ("海曙", "B"), ("", "A"), ("", "B"), ("鄞州", "A")]
    assert [post.among(each) for each in values] == [0b001, 0b100, 0b010, 0, 0]
    assert [post.narrowed(each)[-1] for each in values] == [post.among(each) for each in values]
    assert post.narrowed(("海曙", "B")) == [0b111, 0b101, 0b100]


def test_who_is_missing_in_some_period_is_missing_ever() -> None:
    """Absences and recusals of any period count; recusals from other enterprises do not."""
    crew = _small()
    assert [crew.missing_ever(row) for row in (0, 1)] == [0b100, 0b100]
    other = evolve(crew, recused={(0, 1): {0: "x"}, (1, ANY): {1: "x"}, (ANY, ANY): {2: "x"}})
    assert [other.missing_ever(row) for row in (0, 1)] == [0b101, 0b110]


# ---- who is eligible


def test_eligible_people_are_those_of_a_literal_reading() -> None:
    """For every slot, enterprise and period: conditions, equal columns, recusals, absences, read word by word."""
    for ground, crew in drawn(200):
        for place, slot in enumerate(crew.rule.slots):
            for row, enterprise in enumerate(ground.enterprises):
                for number, period in enumerate(ground.periods):
                    found = named(crew, crew.eligible(place, row, number))
                    assert found == eligible(ground, crew.department, slot, enterprise, period)


def test_unmet_gives_the_first_reason() -> None:
    """Conditions before equal columns before recusals before absences; no reason exactly for those eligible."""
    told: Counter[str] = Counter()
    for ground, crew in drawn(200):
        people = {person["id"]: person for person in ground.people}
        rows = {row["id"]: row for row in ground.rows}
        for place, slot in enumerate(crew.rule.slots):
            for row, enterprise in enumerate(ground.enterprises):
                for number, period in enumerate(ground.periods):
                    for person, name in enumerate(map(bytes.decode, crew.people)):
                        note = unmet(crew, place, person, row, number)
                        wanted = _first(ground, people[name], slot, rows[enterprise], period)
                        assert (note.code if note else "") == wanted
                        assert (note is None) == bool(crew.eligible(place, row, number) >> person & 1)
                        assert note is None or note.at == name
                        told[wanted] += 1
    assert len(told) == 7
    assert min(told.values()) > 50


def _first(ground: Ground, person: dict[str, str], slot: Slot, row: dict[str, str], period: str) -> str:
    if any(person[column] not in allowed for column, allowed in slot.where):
        return "not-eligible-where"
    if not suitable(person, slot, row):
        return "not-eligible-same"
    away = kept_away(ground, person["id"], row["id"], period)
    codes = {
        (row["id"], ""): "not-eligible-recused",
        (row["id"], period): "not-eligible-recused-then",
        ("", period): "not-eligible-absent",
        ("", ""): "not-eligible-out",
    }
    if not period:  # without periods nobody is absent for one
        codes = {(row["id"], ""): "not-eligible-recused", ("", ""): "not-eligible-out"}
    return next((code for spot, code in codes.items() if spot in away), "")


def _small() -> Crew:
    people = register(
        [
            {"id": "F1", "department": "消防", "rank": "junior", "area": "海曙"},
            {"id": "F2", "department": "消防", "rank": "senior", "area": ""},
            {"id": "F3", "department": "消防", "rank": "senior", "area": "海曙"},
        ]
    )
    firms = register([{"id": "E1", "street": "海曙"}, {"id": "E2", "street": "海曙"}])
    rules = plan(
        [Demand("消防", take=1)],
        periods=["7月", "8月"],
        teams=[TeamRule(slots=[Slot("leader", where={"rank": ["senior", "chief"]}, same={"area": "street"})])],
    )
    away = [
        Recusal("F3", enterprise="E1", reason="亲属"),
        Recusal("F3", enterprise="E2", period="8月", reason="案件"),
        Recusal("F3", period="7月", reason="休假"),
    ]
    return crews(rules, ["消防"], people, firms, recusals(away))[0]


@pytest.mark.parametrize(
    ("person", "row", "period", "text"),
    [
        (0, 0, 0, "F1: not eligible for leader: rank is 'junior', and 'chief', 'senior' is asked for"),
        (1, 0, 0, "F2: not eligible for leader: area is '', and the enterprise has '海曙' in street"),
        (2, 0, 0, "F3: recused from E1: 亲属"),
        (2, 1, 1, "F3: recused from E2 in 8月: 案件"),
        (2, 1, 0, "F3: absent in 7月: 休假"),
    ],
)
def test_reasons_read_as_one_sentence(person: int, row: int, period: int, text: str) -> None:
    """Whoever is not sent is told why: what he has, what was asked for, or the published reason."""
    note = unmet(_small(), 0, person, row, period)
    assert str(note) == text
    assert note is not None
    assert note.text("zh").startswith(f"{note.at}：")


def test_who_is_out_is_told_why() -> None:
    """A recusal that names neither enterprise nor period holds everywhere."""
    people = register([{"id": "F1", "department": "消防"}])
    firms = register([{"id": "E1", "x": ""}])
    rules = plan([Demand("消防", take=1)])
    crew = crews(rules, ["消防"], people, firms, (Recusal("F1", reason="借调"),))[0]
    assert str(unmet(crew, 0, 0, 0, 0)) == "F1: sent nowhere in this deal: 借调"
    assert crew.eligible(0, 0, 0) == 0


# ---- what is alike


def test_what_is_alike_has_the_same_eligible_people() -> None:
    """Enterprises equal in all columns of `alike`, and periods of one kind, differ for nobody."""
    for ground, crew in drawn(200):
        rows = np.arange(len(ground.rows))
        keys = list(zip(*(codes.tolist() for codes, _ in crew.alike(rows)), strict=True))
        assert all(0 <= code < count for codes, count in crew.alike(rows) for code in codes.tolist())
        for place in range(len(crew.posts)):
            found: dict[object, int] = {}
            for row in rows.tolist():
                for period, kind in enumerate(crew.period_kinds):
                    people = crew.eligible(place, row, period)
                    assert found.setdefault((keys[row], kind), people) == people


def test_periods_are_of_one_kind_only_if_nobody_is_kept_away_differently() -> None:
    """Absences and recusals for one period make it a kind of its own; one recused for all periods does not."""
    crew = _small()
    assert crew.period_kinds == (0, 1)
    spots = {(ANY, 1): {0: "x"}, (ANY, 3): {0: "y"}, (0, 4): {0: "x"}, (2, ANY): {0: "x"}}
    other = Crew(
        department="消防",
        rule=TeamRule(),
        people=(b"F1",),
        carried=(0,),
        enterprises=crew.enterprises,
        periods=tuple("abcdef"),
        recused=spots,
    )
    assert other.period_kinds == (0, 1, 0, 1, 2, 0)


# ---- the task


def test_standing_slots_are_those_whose_demands_come() -> None:
    """`only_for` waits for a demand, `not_for` stays away from one, of whichever department it is."""
    rule = TeamRule(
        slots=[Slot("a"), Slot("b", only_for="x"), Slot("c", not_for="x"), Slot("d", only_for="y", not_for="x")]
    )
    told = [standing(rule, demands) for demands in ((), ("x",), ("y",), ("x", "y"))]
    assert told == [(0, 2), (0, 1), (0, 2, 3), (0, 1)]


def test_a_task_is_that_of_a_literal_reading() -> None:
    """Visits by `deal` ticket; their slots by eligible people less places; people, loads, limits as written."""
    key = "5a" * 32
    rng = Random(1)
    for ground, crew in drawn(150):
        scheme = ground.plan.scheme
        name = scheme.rpartition("-")[2]
        own = one_each(possible_visits(ground, crew.department), rng)
        stops = stops_of(ground, own)
        found = task(crew, stops, deal_order(scheme, key, crew.department, stops.enterprises))

        tickets = {e: hashlib.new(name, f"{key}\ndeal\n{crew.department}\n{e}".encode()).digest() for e, _, _ in own}
        ordered = sorted(own, key=lambda visit: (tickets[visit[0]], visit[0].encode()))
        assert [visit.decode() for visit in found.visits] == [enterprise for enterprise, _, _ in ordered]
        assert [ground.periods[period] for period in found.periods] == [period for _, period, _ in ordered]
        assert [_openings(ground, crew, found, place) for place in range(len(own))] == [
            _expected(ground, crew.department, visit) for visit in ordered
        ]
        assert [person.decode() for person in found.people] == ground.people_of(crew.department)
        loads = {person["id"]: person["load"] for person in ground.people}
        told = [int(loads[person.decode()]) if crew.rule.carried else 0 for person in found.people]
        assert list(found.carried) == told
        met = {(found.people[a].decode(), found.people[b].decode()): times for (a, b), times in found.met.items()}
        inside = set(ground.people_of(crew.department))
        assert met == {pair: times for pair, times in ground.meetings if set(pair) <= inside}
        assert all(a < b for a, b in found.met)
        limits = (found.most, found.most_per_period, found.slack, found.rotate, found.relief)
        rule = crew.rule
        assert limits == (rule.most, rule.most_per_period, rule.slack, rule.rotate, rule.relief)


def _openings(ground: Ground, crew: Crew, found: Task, place: int) -> list[tuple[str, int, frozenset[str]]]:
    slots = crew.rule.slots
    return [(slots[each.slot].name, each.need, named(crew, each.eligible)) for each in found.openings[place]]


def _expected(ground: Ground, department: str, visit: Visit) -> list[tuple[str, int, frozenset[str]]]:
    enterprise, period, demands = visit
    told = [
        (slot.name, slot.count, eligible(ground, department, slot, enterprise, period))
        for slot in slots_of(ground, department, demands)
    ]
    return sorted(told, key=lambda each: len(each[2]) - each[1])  # stable: then as declared


def test_the_order_of_visits_and_rows_is_no_rule() -> None:
    """Permuted visits, permuted registers and permuted recusals give the same task."""
    rng = Random(2)
    for ground in grounds(60):
        other = shuffled(ground, rng)
        for one, two in zip(crews_of(ground), crews_of(other), strict=True):
            own = one_each(possible_visits(ground, one.department), rng)
            told = []
            for crew, base in ((one, ground), (two, other)):
                stops = stops_of(base, own)
                order = deal_order(DEFAULT, "5a" * 32, crew.department, stops.enterprises)
                told.append(asdict(task(crew, stops, order), recurse=False))
                own = own[::-1]
            assert told[0] == told[1]


def test_visits_that_are_alike_share_one_value() -> None:
    """Openings are made once a kind of visit, so fifty thousand visits are a few hundred values."""
    crew = _small()
    count = 1000
    stops = Stops(
        [b"%d" % i for i in range(count)], np.arange(count) % 2, [i // 2 % 2 for i in range(count)], [("消防",)] * count
    )
    found = task(crew, stops, np.arange(count))
    assert len(set(map(id, found.openings))) == 4
    assert [opening.eligible for (opening,) in found.openings[:4]] == [0, 0, 0, 0]


def test_no_visit_makes_an_empty_task() -> None:
    """A department without visits has nothing to deal."""
    found = task(_small(), Stops([], np.zeros(0, dtype=np.intp), [], []), np.zeros(0, dtype=np.intp))
    assert (found.visits, found.periods, found.openings) == ((), (), ())
    assert found.people == (b"F1", b"F2", b"F3")


def test_equal_deal_tickets_go_by_id(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where two tickets are equal, the id in byte order decides, wherever the visits stand."""
    names = ["𠮷".encode(), b"E2", "\ue000".encode(), b"E10"]

    def same(scheme: Scheme, key: str, purpose: str, department: str) -> deal_cases.Told:
        lines = f"{purpose}\n{department}\n".encode()
        return deal_cases.Told({lines + name: b"\7" * 32 for name in names}, lines)

    monkeypatch.setattr("dual_random.eligibility.ticket_start", same)
    assert [names[row] for row in deal_order(DEFAULT, "5a" * 32, "消防", names).tolist()] == sorted(names)


# ---- the golden deals, from registers


@pytest.mark.parametrize("case", deal_cases.cases(), ids=lambda case: case.name)
def test_registers_and_rules_give_the_golden_deals(case: deal_cases.Case) -> None:
    """Put down as registers, slots and recusals, the cases of a second implementation give its teams."""
    of = case.department
    shapes = list(dict.fromkeys(tuple((name, need) for name, need, _ in slots) for slots in of.slots.values()))
    suitable_for = {name: people for slots in of.slots.values() for name, _, people in slots}
    rule = TeamRule(
        slots=[
            Slot(f"{name} {i}", need, where={name: "yes"}, only_for=f"shape {i}")
            for i, shape in enumerate(shapes)
            for name, need in shape
        ],
        carried="load",
        most=of.most,
        most_per_period=of.most_per_period,
        slack=of.slack,
        rotate=of.rotate,
    )
    people = register(
        [
            {
                "id": person,
                "department": of.name,
                "load": str(load),
                **{name: "yes" if person in own else "no" for name, own in suitable_for.items()},
            }
            for person, load in of.carried.items()
        ]
    )
    periods = [f"p{period}" for period in range(1 + max(of.visits.values()))]
    rules = plan(
        [Demand(f"shape {i}", department=of.name, take=1) for i in range(len(shapes))],
        periods=periods,
        teams=[rule],
        scheme=case.scheme,
    )
    firms = register([{"id": enterprise, "x": ""} for enterprise in of.visits])
    away = [Recusal(person, enterprise=enterprise, reason="x") for person, enterprise in of.recused]
    away += [Recusal(person, period=f"p{period}", reason="x") for person, period in of.absent]
    crew = crews(rules, [of.name], people, firms, recusals(away))[0]
    names = [enterprise.encode() for enterprise in of.visits]
    shape_of = [shapes.index(tuple((name, need) for name, need, _ in of.slots[e])) for e in of.visits]
    rows = np.array([firms.row_of(enterprise) for enterprise in of.visits], dtype=np.intp)
    stops = Stops(names, rows, list(of.visits.values()), [(f"shape {i}",) for i in shape_of])
    made = task(crew, stops, deal_order(case.scheme, case.key, of.name, names))
    start = ticket_start(case.scheme, case.key, "inspector", of.name)
    teams: dict[str, dict[str, list[str]]] = {}
    for visit, openings, team in zip(made.visits, made.openings, deal(made, start).teams, strict=True):
        rest = iter(crew.people[person].decode() for person in team)
        teams[visit.decode()] = {
            rule.slots[each.slot].name.rpartition(" ")[0]: [next(rest) for _ in range(each.need)] for each in openings
        }
    assert teams == {enterprise: dict(own) for enterprise, own in case.teams.items()}
