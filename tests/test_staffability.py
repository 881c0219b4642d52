"""Enterprises that could not be staffed even alone: held against every enterprise, period, combination and team."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations, islice
from random import Random

import numpy as np
import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from crew_cases import (
    Ground,
    eligible,
    fillable,
    grounds,
    kept_away,
    one_each,
    possible_visits,
    shuffled,
    staffable,
    suitable,
)
from districts import Rows, named, plan, register
from dual_random import staffability
from dual_random.commitments import allocate
from dual_random.eligibility import Crew, Standing, Stops
from dual_random.errors import Note
from dual_random.plans import Demand
from dual_random.populations import populations
from dual_random.prospects import Prospects, drawn_prospects, visit_prospects
from dual_random.replays import numbers_of
from dual_random.rosters import read_crews
from dual_random.staffability import Gap, find_gaps, lacking, staffing_faults, staffing_notices
from dual_random.tasks import Opening
from dual_random.tasks import numbers as people_in
from dual_random.team_rules import Recusal, Slot, TeamRule, recusals


def prospects_of(ground: Ground) -> dict[str, Prospects | None]:
    """The visits that a plan can lead to."""
    groups = populations(ground.plan, ground.enterprises)
    return drawn_prospects(ground.plan, groups, numbers_of(allocate(groups), groups))


def crews_of(ground: Ground) -> list[Crew]:
    """The crews that have somebody."""
    return read_crews(ground.plan, ground.departments, ground.inspectors, ground.enterprises, ground.recusals)[0]


def faults_of(ground: Ground) -> list[Note]:
    """All faults of a ground's teams; each reads in both languages."""
    found = staffing_faults(
        ground.plan, prospects_of(ground), ground.inspectors, ground.enterprises, ground.recusals, ground.meetings
    )
    assert all(note.text("en") and note.text("zh") for note in found)
    return found


def spots(ground: Ground, gaps: Sequence[Gap]) -> set[tuple[str, str]]:
    """The enterprises and periods of some gaps."""
    ids = list(ground.enterprises)
    return {
        (ids[row], ground.periods[period])
        for gap in gaps
        for row in gap.rows.tolist()
        for period in gap.periods or range(len(ground.periods))
    }


# ---- one visit


openings = st.integers(1, 6).flatmap(
    lambda count: st.lists(st.tuples(st.integers(1, 3), st.integers(0, 2**count - 1)), max_size=4)
)


@settings(deadline=None, derandomize=True, max_examples=600)
@given(openings)
def test_lacking_is_found_exactly_where_no_team_can_stand(told: list[tuple[int, int]]) -> None:
    """Held against all teams; every answer has fewer people than places, and one slot fewer would not."""
    made = [Opening(slot, need, people) for slot, (need, people) in enumerate(told)]
    sets = [frozenset(people_in(people)) for need, people in told for _ in range(need)]
    found = lacking(made)
    assert (not found) == fillable(tuple(frozenset(map(str, people)) for people in sets))
    for slots in found:
        assert _short([made[slot] for slot in slots])
        assert not any(_short(part) for part in combinations([made[slot] for slot in slots], len(slots) - 1))
    assert {slots for slots in found if len(slots) == 1} == {(each.slot,) for each in made if _short([each])}


def _short(made: Sequence[Opening]) -> bool:
    people = {person for each in made for person in people_in(each.eligible)}
    return len(people) < sum(each.need for each in made)


def test_lacking_takes_many_slots_and_many_places() -> None:
    """Thirty slots in a chain, one person too few; and a slot of 2^50 places; neither takes long."""
    chain = [Opening(slot, 1, 0b11 << slot) for slot in range(30)]
    assert lacking(chain) == ()
    assert lacking([*chain, Opening(30, 2, 1 << 30 | 1)]) == (tuple(range(31)),)
    assert lacking([Opening(0, 2**50, 0b111), Opening(1, 1, 0)]) == ((0,), (1,))


# ---- all enterprises


@pytest.mark.parametrize("part", range(2))
def test_gaps_are_exactly_the_visits_that_no_team_can_pay(part: int) -> None:
    """Every enterprise, period, combination of demands and team is tried; no other enterprise is refused."""
    told: Counter[str] = Counter()
    for ground in islice(grounds(440), 220 * part, 220 * part + 220):
        prospects = prospects_of(ground)
        for crew in crews_of(ground):
            own = prospects[crew.department]
            assert own is not None
            told.update(_check(ground, crew, find_gaps(crew, own)))
    assert min(told[kind] for kind in ("none", "some", "one slot", "several slots", "some periods", "all periods")) > 5


def _check(ground: Ground, crew: Crew, gaps: list[Gap]) -> Iterator[str]:
    """Hold the gaps of a department against all its visits; what kinds of cases these were."""
    visits = possible_visits(ground, crew.department)
    assert spots(ground, gaps) == {visit[:2] for visit in visits if not staffable(ground, crew.department, visit)}
    order = [(-len(gap.rows), int(gap.rows[0])) for gap in gaps]
    assert order == sorted(order)
    yield "some" if gaps else "none"
    for gap in gaps:
        _check_gap(ground, crew, gap)
        yield "one slot" if len(gap.slots) == 1 else "several slots"
        yield "some periods" if gap.periods else "all periods"


def _check_gap(ground: Ground, crew: Crew, gap: Gap) -> None:
    """The slots cannot be filled, and the numbers of the funnel are those counted name by name."""
    slots = [crew.rule.slots[slot] for slot in gap.slots]
    people = [person for person in ground.people if person["department"] == crew.department]
    ids = list(ground.enterprises)
    assert np.all(np.diff(gap.rows) > 0)
    for row in gap.rows.tolist():
        firm = next(each for each in ground.rows if each["id"] == ids[row])
        for period in map(ground.periods.__getitem__, gap.periods or range(len(ground.periods))):
            present = {p for slot in slots for p in eligible(ground, crew.department, slot, firm["id"], period)}
            assert len(present) < sum(slot.count for slot in slots)
            unrecused = {
                p["id"]
                for slot in slots
                for p in people
                if suitable(p, slot, firm) and not any(e for e, _ in kept_away(ground, p["id"], firm["id"], period))
            }
            assert gap.counts[-2:] == (len(unrecused), len(present))
            assert gap.counts[:-2] == (len(people), *_steps(slots, people, firm))


def _steps(slots: Sequence[Slot], people: Rows, firm: dict[str, str]) -> list[int]:
    if len(slots) > 1:
        return [len({p["id"] for slot in slots for p in people if suitable(p, slot, firm)})]
    left, counts = people, []
    for column, allowed in slots[0].where:
        left = [person for person in left if person[column] in allowed]
        counts.append(len(left))
    for own, theirs in slots[0].same:
        left = [person for person in left if person[own] == firm[theirs]]
        counts.append(len(left))
    return counts


def test_gaps_of_a_record_are_its_visits_that_no_team_can_pay() -> None:
    """Only the visits that there are count, each in its own period and with its own demands."""
    rng = Random(4)
    for ground in grounds(150):
        enterprises = ground.enterprises
        for crew in crews_of(ground):
            visits = one_each(possible_visits(ground, crew.department), rng)
            stops = Stops(
                [enterprise.encode() for enterprise, _, _ in visits],
                np.array([enterprises.row_of(enterprise) for enterprise, _, _ in visits], dtype=np.intp),
                [ground.periods.index(period) for _, period, _ in visits],
                [tuple(sorted(demands)) for _, _, demands in visits],
            )
            gaps = find_gaps(crew, visit_prospects(ground.plan, {crew.department: stops})[crew.department])
            refused = {enterprise for enterprise, _ in spots(ground, gaps)}
            assert refused == {visit[0] for visit in visits if not staffable(ground, crew.department, visit)}
            assert all(visit[:2] in spots(ground, gaps) for visit in visits if visit[0] in refused)


def test_the_order_of_rows_people_and_recusals_is_no_rule() -> None:
    """Permuted, they give the same faults and notices in the same order."""
    rng = Random(5)
    for ground in grounds(80, least=1):
        other = shuffled(ground, rng)
        assert faults_of(ground) == faults_of(other)
        one, two = (
            staffing_notices(each.plan, prospects_of(each), each.inspectors, each.enterprises)
            for each in (ground, other)
        )
        assert one == two


# ---- told

FIRMS: Rows = [
    {"id": f"E{i}", "district": "海曙鄞州北仑镇海"[i % 4 * 2 : i % 4 * 2 + 2], "risk": "A", "status": ""}
    for i in range(8)
]
PEOPLE: Rows = [
    {"id": f"F{i}", "department": "消防", "rank": rank, "area": area, "grade": "", "load": "0"}
    for i, (rank, area) in enumerate(
        [("senior", "海曙"), ("senior", "海曙"), ("junior", "海曙"), ("junior", "鄞州"), ("junior", "鄞州")]
    )
]


def ground_of(*slots: Slot, away: Sequence[Recusal] = (), periods: Sequence[str] = (), people: Rows = PEOPLE) -> Ground:
    """One department that can visit all firms."""
    rules = plan([Demand("消防", take="50%")], teams=[TeamRule(slots=slots)], periods=periods)
    return Ground(rules, FIRMS, people, recusals(away))


def test_the_funnel_is_told_step_by_step() -> None:
    """How many there are, how many meet each condition, how many are not recused, how many on duty."""
    leader = Slot("leader", 2, where={"rank": "senior"}, same={"area": "district"})
    away = [Recusal("F1", enterprise="E4", reason="亲属"), Recusal("F0", reason="借调")]
    away.append(Recusal("F4", enterprise="E3", reason="亲属"))  # changes no number, so E3 stays with those like it
    english = [str(note) for note in faults_of(ground_of(leader, away=away))]
    tail = "; widen a condition, add inspectors, lower the places, or leave these enterprises out"
    head = "could not be staffed even alone: needed: 2 (leader 2); inspectors of 消防: 5 → rank = senior: 2 → "
    assert english == [
        f"teams.消防: 4 enterprises, e.g. E2, {head}area = 北仑/镇海: 0 → not recused: 0 → on duty: 0{tail}",
        f"teams.消防: 2 enterprises, e.g. E1, {head}area = 鄞州: 0 → not recused: 0 → on duty: 0{tail}",
        f"teams.消防: 1 enterprises, e.g. E0, {head}area = 海曙: 2 → not recused: 2 → on duty: 1{tail}",
        f"teams.消防: 1 enterprises, e.g. E4, {head}area = 海曙: 2 → not recused: 1 → on duty: 0{tail}",
    ]


def test_the_funnel_is_told_in_chinese() -> None:
    """The same numbers, in the words of the trade, with full-width punctuation."""
    note = faults_of(ground_of(Slot("组长", where={"rank": "chief"})))[0]
    assert note.text("zh") == (
        "teams.消防：8 个检查对象（如 E0）单独派员也无法配齐：需要 1 人（组长 1），而 消防 执法检查人员："
        "5 → rank = chief: 0 → 不回避：0 → 在岗：0；请放宽条件、增加人员、减少名额，或不将这些对象列入"
    )


def test_a_slot_that_is_short_only_in_some_periods_names_them() -> None:
    """Whoever is absent makes a month impossible, not the plan; and the remedy is another one."""
    senior = Slot("leader", where={"rank": "senior"})
    away = [Recusal(f"F{i}", period=month, reason="休假") for i in (0, 1) for month in ("7月", "9月")]
    found = faults_of(ground_of(senior, away=away, periods=["7月", "8月", "9月"]))
    assert [str(note) for note in found] == [
        "teams.消防: 8 enterprises, e.g. E0, could not be staffed even alone in 7月, 9月: needed: 1 (leader 1); "
        "inspectors of 消防: 5 → rank = senior: 2 → not recused: 2 → on duty: 0; let fewer be absent at a time, "
        "add inspectors, lower the places, or leave the period out"
    ]
    always = [*away, *(Recusal(f"F{i}", period="8月", reason="休假") for i in (0, 1))]
    assert [note.code for note in faults_of(ground_of(senior, away=always, periods=["7月", "8月", "9月"]))] == [
        "staffing-short"
    ]


def test_slots_that_are_short_together_are_told_together() -> None:
    """Each slot alone could be filled; counted once each, their people are too few."""
    found = faults_of(
        ground_of(Slot("leader", where={"rank": "senior"}), Slot("chief", 2, where={"rank": "senior"}), Slot("any"))
    )
    assert [(note.params["slots"], note.params["needs"], note.params["funnel"]) for note in found] == [
        ("leader 1 + chief 2", 3, "5 → leader/chief: 2")
    ]


def test_all_slots_that_are_short_alone_are_told() -> None:
    """One remedy does not bring the next fault to light."""
    found = faults_of(
        ground_of(Slot("a", where={"rank": "x"}), Slot("b", 9), Slot("c", where={"rank": ["y", "z", "w", ""]}))
    )
    assert [(note.params["slots"], note.params["funnel"]) for note in found] == [
        ("a 1", "5 → rank = x: 0"),
        ("b 9", "5"),
        ("c 1", "5 → rank = ''/w/y/…: 0"),
    ]


def test_a_mistake_gives_a_dozen_lines() -> None:
    """Of many kinds the ten most numerous are told singly, the others are counted, each enterprise once."""
    firms = [{"id": f"E{i:03d}", "district": f"d{min(i, 40):02d}", "risk": "A", "status": ""} for i in range(60)]
    people = [{**PEOPLE[0], "id": f"F{i:02d}", "area": f"d{i:02d}"} for i in range(41)]
    one, two = (
        faults_of(evolve(ground_of(*slots, people=people), rows=firms))
        for slots in (
            [Slot("a", 2, same={"area": "district"})],
            [Slot(name, 2, same={"area": "district"}) for name in "ab"],
        )
    )
    assert [note.code for note in one] == ["staffing-short"] * 10 + ["staffing-short-more"]
    assert [note.params["count"] for note in one] == [20, *[1] * 9, 31]
    assert [note.params["example"] for note in one[:3]] == ["E040", "E000", "E001"]
    assert one[-1].params["kinds"] == 31
    assert [note.params["count"] for note in two] == [20, 20, *[1] * 8, 36]
    assert two[-1].params["kinds"] == 72


def test_all_faults_stand_together() -> None:
    """A missing column, an unreadable load, an unknown recusal and an enterprise without a team: one answer."""
    rules = plan(
        [Demand(name, take=1) for name in ("消防", "市监", "环保", "城管", "住建")],
        teams=[
            TeamRule("消防", slots=[Slot("a", where={"rank": "chief"})]),
            TeamRule("市监", slots=[Slot("b", where={"certificate": "valid"})]),
            TeamRule("环保", carried="load"),
            TeamRule("住建", slots=[Slot("c", same={"area": "street"})]),
        ],
    )
    people = [
        *PEOPLE,
        {**PEOPLE[0], "id": "G1", "department": "市监"},
        {**PEOPLE[0], "id": "H1", "department": "环保", "load": "many"},
        {**PEOPLE[0], "id": "J1", "department": "住建"},
    ]
    ground = Ground(rules, FIRMS, people, (Recusal("F9", reason="休假"),))
    assert named(faults_of(ground)) == [
        ("inspectors-column-unknown", "teams[1].slots[0].where"),
        ("enterprises-column-unknown", "teams[3].slots[0].same"),
        ("carried-form", "inspectors.H1"),
        ("crew-empty", "teams.城管"),
        ("inspector-unknown", "recusals.F9"),
        ("staffing-short", "teams.消防"),
        ("staffing-short", "teams.环保"),
    ]


def test_departments_that_are_left_open_are_not_judged() -> None:
    """Where a demand cannot be read, nothing is said about who could be staffed for it."""
    ground = ground_of(Slot("a", 9))
    assert faults_of(ground)
    assert staffing_faults(ground.plan, {"消防": None}, ground.inspectors, ground.enterprises) == []


def test_a_plan_that_can_be_staffed_has_no_fault_and_no_notice() -> None:
    """Two seniors for every firm: nothing to say."""
    ground = ground_of(Slot("leader", 2, where={"rank": "senior"}), Slot("member", 3))
    assert faults_of(ground) == []
    assert staffing_notices(ground.plan, prospects_of(ground), ground.inspectors, ground.enterprises) == ()


def test_visits_without_any_place_are_pointed_out() -> None:
    """No rule forbids it, but a department that comes without anybody is mostly a slip."""
    rules = plan(
        [Demand("消防", take=1, where={"risk": "A"}), Demand("市监", take=1)],
        teams=[TeamRule("消防", slots=[Slot("a", only_for="市监")])],
    )
    ground = Ground(rules, FIRMS, [*PEOPLE, *({**PEOPLE[0], "id": f"G{i}", "department": "市监"} for i in range(2))])
    found = staffing_notices(rules, prospects_of(ground), ground.inspectors, ground.enterprises)
    assert named(found) == [("teams-without-rule", "teams"), ("visits-without-places", "teams.消防")]
    assert (found[1].params["count"], found[1].params["example"]) == (8, "E0")


# ---- scale


@pytest.mark.parametrize("column", ["street", "id-like"])
def test_enterprises_that_are_alike_are_looked_at_once(column: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Twenty thousand enterprises, ten streets or one for each: no more questions than people have streets, and one."""
    count = 20_000
    rows = [{"id": f"E{i}", "street": f"s{i % 10}", "id-like": f"x{i}"} for i in range(count)]
    people = register([{"id": f"F{i}", "department": "消防", "area": f"s{i}"} for i in range(5)])
    rules = plan([Demand("消防", take=1)], teams=[TeamRule(slots=[Slot("a", same={"area": column})])])
    firms = register(rows)
    groups = populations(rules, firms)
    asked: list[int] = []
    looked: list[int] = []
    reasons, openings = staffability._reasons, Crew.openings

    def counted(crew: Crew, patterns: Sequence[Standing], row: int, kinds: set[int]) -> Iterator[object]:
        asked.append(row)
        return reasons(crew, patterns, row, kinds)

    def opened(self: Crew, standing: Standing, row: int, period: int) -> tuple[Opening, ...]:
        looked.append(row)
        return openings(self, standing, row, period)

    monkeypatch.setattr(staffability, "_reasons", counted)
    monkeypatch.setattr(Crew, "openings", opened)
    found = staffing_faults(rules, drawn_prospects(rules, groups, [(1,)]), people, firms)
    assert len(asked) == (6 if column == "street" else 1)
    assert len(looked) == 1  # where there are plenty, no period is looked at
    assert [note.params["count"] for note in found] == [count // 2 if column == "street" else count]
