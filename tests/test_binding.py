"""What commit says of teams before the seed, and rehearsals that can be compared."""

from attrs import evolve

from districts import SEED, plan, register
from dual_random.binding import commit
from dual_random.draws import draw
from dual_random.plans import Demand
from dual_random.registers import Register
from dual_random.rehearsals import rehearse
from dual_random.team_rules import Slot, TeamRule

FIRMS = [{"id": f"E{i:02}", "risk": "ABC"[i % 3]} for i in range(24)]
PEOPLE = {"id": ["F1", "F2", "F3", "F4"], "department": ["消防"] * 4, "rank": ["senior", "", "", ""]}
ENTERPRISES = register(FIRMS)
INSPECTORS = Register(PEOPLE, id="id", columns=["department", "rank"])
LED = (Slot("leader", where={"rank": "senior"}), Slot("member"))


def test_meetings_that_no_rule_looks_at_are_pointed_out() -> None:
    """A table of meetings without rotation changes nothing, which its author should know."""
    for rotate, told in ((False, ["meetings-unused"]), (True, [])):
        rules = plan([Demand("消防", take=2)], teams=[TeamRule("消防", rotate=rotate)])
        made = commit(rules, ENTERPRISES, INSPECTORS, meetings={("F1", "F2"): 3})
        assert [note.code for note in made.notices] == told


def test_a_shortage_that_is_certain_is_told_before_the_seed() -> None:
    """One senior who can pay five visits cannot lead six, whatever is drawn; with relief nothing is certain."""
    for take, most, relief, told in (
        (6, 5, False, True),
        (5, 5, False, False),
        (6, 5, True, False),
        (9, None, False, False),
    ):
        rules = plan([Demand("消防", take=take)], teams=[TeamRule("消防", slots=LED, most=most, relief=relief)])
        made = commit(rules, ENTERPRISES, INSPECTORS)
        found = [note for note in made.notices if note.code == "staffing-too-few"]
        assert bool(found) == told
        assert bool(draw(made, ENTERPRISES, INSPECTORS, seed=SEED).record.shortages) == told
        if told:
            expected = {"slots": "leader", "visits": 6, "places": 6, "people": 1, "supply": 5}
            assert (found[0].at, dict(found[0].params)) == ("teams.消防", expected)


def test_another_register_for_the_visits_of_a_record_is_pointed_out() -> None:
    """Who is eligible is decided by the register at hand, so that it is not the one of the draw must be seen."""
    first = draw(commit(plan([Demand("消防", take=3)]), ENTERPRISES), ENTERPRISES, seed=SEED).record
    later = plan((), number="2024-4", staffs=first.digest)
    moved = register([{**row, "risk": "A"} for row in FIRMS])
    for enterprises, told in ((ENTERPRISES, ["seed-not-later"]), (moved, ["seed-not-later", "staffs-register-other"])):
        assert [note.code for note in commit(later, enterprises, INSPECTORS, of=first).notices] == told


def test_a_plan_that_names_a_record_needs_a_later_event() -> None:
    """With the same event, or an earlier one, its seed may be known when it is written; a later one is no matter."""
    first = draw(commit(plan([Demand("消防", take=3)]), ENTERPRISES), ENTERPRISES, seed=SEED).record
    own = first.commitment.plan.seed
    for earliest, told in (
        (own.earliest, ["seed-not-later"]),
        ("2000-01-01T00:00+08:00", ["seed-not-later"]),
        ("2099-01-01T00:00+08:00", []),
    ):
        later = plan((), number="2024-4", staffs=first.digest, seed=evolve(own, earliest=earliest))
        assert [note.code for note in commit(later, ENTERPRISES, INSPECTORS, of=first).notices] == told


def test_plans_that_differ_in_teams_alone_are_rehearsed_with_the_same_visits() -> None:
    """So that a change of a limit can be judged, and not another draw; and a higher limit is never worse."""
    rules = plan([Demand("消防", take="30%", by="risk"), Demand("消防·二", department="消防", take=5)])
    alone = rehearse(rules, ENTERPRISES, draws=20)
    short = []
    for most in (3, 5, 8, 12):
        teams = [TeamRule("消防", slots=LED, most=most)]
        found = rehearse(evolve(rules, teams=teams), ENTERPRISES, INSPECTORS, draws=20)
        assert found.outcomes == alone.outcomes
        short.append(found.short)
    assert short == sorted(short, reverse=True)
    assert short[0] == 20
    assert short[-1] < 20
