"""Rehearsals with inspectors: short exactly where draws by the same keys are, and the limits that would have done."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

import attrs
import pytest

from crew_cases import Ground, grounds
from districts import SEED, faults, named, plan, register
from dual_random.binding import commit
from dual_random.commitments import Commitment
from dual_random.draws import draw
from dual_random.errors import InputError
from dual_random.forecasts import Forecast, Lacks
from dual_random.making import recompute
from dual_random.messages import MESSAGES
from dual_random.plans import Demand, Plan
from dual_random.populations import populations
from dual_random.records import Record
from dual_random.registers import Register
from dual_random.rehearsals import Rehearsal, rehearse
from dual_random.schemes import rehearsal_key
from dual_random.staffing import Shortage, Staffing
from dual_random.team_rules import Recusal, Slot, TeamRule
from dual_random.visits import Outcome

ONE: Final = (Slot("one", 1),)
PAIR: Final = (Slot("pair", 2),)


def firms(**streets: int) -> Register:
    """So many firms in each street."""
    return register([{"id": f"{name}{i:02d}", "street": name} for name, count in streets.items() for i in range(count)])


def people(**departments: int) -> Register:
    """So many people of each department, by turns in the streets x and y."""
    rows = [
        {"id": f"{name}{i:02d}", "department": name, "street": "xy"[i % 2], "load": "0"}
        for name, count in departments.items()
        for i in range(count)
    ]
    return register(rows)


def rules(take: int, *teams: TeamRule, **more: Any) -> Plan:
    """A plan of one department that visits so many of all firms."""
    return plan([Demand("市监", take=take)], teams=teams, **more)


def drawn_by(key: str, commitment: Commitment, enterprises: Register, inspectors: Register) -> Record:
    """The record of a draw by a key: dealt with tickets."""
    groups = populations(commitment.plan, enterprises)
    return recompute(commitment, enterprises, inspectors, groups, key=key, seed=SEED, secrets=())


def by_keys(ground: Ground, draws: int) -> list[Record]:
    """The records of draws by the keys of as many rehearsals."""
    commitment = commit(
        ground.plan, ground.enterprises, ground.inspectors, recusals=ground.recusals, meetings=ground.meetings
    )
    without_people = commit(attrs.evolve(ground.plan, teams=(), department_column="department"), ground.enterprises)
    keys = [rehearsal_key(ground.plan.scheme, without_people.digest, number) for number in range(1, draws + 1)]
    return [drawn_by(key, commitment, ground.enterprises, ground.inspectors) for key in keys]


def rehearsed(ground: Ground, draws: int) -> Rehearsal:
    """The rehearsal of a ground."""
    tables: Mapping[str, Any] = {"recusals": ground.recusals, "meetings": ground.meetings}
    return rehearse(ground.plan, ground.enterprises, ground.inspectors, draws=draws, **tables)


# ---- short where draws are short


def test_rehearsals_are_short_exactly_where_draws_by_their_keys_are() -> None:
    """On small random districts: the same rehearsals short, the same limits, the first proofs to the last figure."""
    met, told = set(), 0
    for ground in map(tightened, grounds(400, least=2)):
        try:
            records = by_keys(ground, 3)
        except InputError:
            continue
        found = rehearsed(ground, 3)
        short = [record for record in records if record.shortages]
        assert found.short == len(short)
        assert found.shortages == (short[0].shortages if short else ())
        assert found.forecasts == tuple(forecast(name, records) for name in ground.departments)
        certain = {n.at for n in found.commitment_notices if n.code == "staffing-too-few"}
        assert certain <= {f"teams.{each.department}" for each in found.forecasts if each.short == 3}
        told += len(certain)
        met |= {(each.short > 0, each.raised > 0, each.enough is None) for each in found.forecasts}
    assert met >= {(False, False, True), (True, False, True), (True, False, False), (False, True, False)}
    assert told > 3  # shortages that were certain before any draw, and known as such


def tightened(ground: Ground) -> Ground:
    """The same ground with limits that leave little room, every other time with relief."""
    teams = [
        attrs.evolve(rule, most=1, most_per_period=None if place % 3 else 1, relief=place % 2 == 1, carried="")
        for place, rule in enumerate(ground.plan.teams or (TeamRule(),), len(ground.rows))
    ]
    return attrs.evolve(ground, plan=attrs.evolve(ground.plan, teams=teams))


def forecast(department: str, records: Iterable[Record]) -> Forecast:
    """What the draws of a department amount to."""
    own = [each for record in records for each in record.staffing if each.department == department]
    short, raised = [each for each in own if each.shortages], [each for each in own if each.most is not None]
    limits = [each.enough for each in short] + [each.most for each in raised]
    enough = max(limit or 0 for limit in limits) if limits and None not in limits else None
    return Forecast(department=department, short=len(short), raised=len(raised), enough=enough)


def test_a_limit_that_is_named_is_the_least_that_does() -> None:
    """Six visits by pairs of three people ask for twelve places: four visits each, and three are not enough."""
    short = rehearse(rules(6, TeamRule(slots=PAIR, most=3)), firms(x=9), people(市监=3), draws=4)
    assert short.forecasts == (Forecast(department="市监", short=4, enough=4),)
    assert (short.short, [note.code for note in short.shortages]) == (4, ["places-short-of-most"])
    enough = rehearse(rules(6, TeamRule(slots=PAIR, most=4)), firms(x=9), people(市监=3), draws=4)
    assert (enough.forecasts, enough.short, enough.shortages) == ((Forecast(department="市监"),), 0, ())


def test_the_limit_that_is_named_is_that_of_the_worst_rehearsal() -> None:
    """Where visits fall in streets by lot, the limit that suffices in all is the highest that one of them needs."""
    local = TeamRule(slots=[Slot("one", 1, same={"street": "street"})], most=3)
    enterprises, inspectors = firms(x=20, y=20), people(市监=2)
    found = rehearse(rules(6, local), enterprises, inspectors, draws=30)
    (own,) = found.forecasts
    assert 0 < own.short < 30
    assert own.enough is not None
    for most, short in ((own.enough, False), (own.enough - 1, True)):
        made = [street_loads(number, rules(6, local), enterprises, inspectors) for number in range(1, 31)]
        assert any(max(loads) > most for loads in made) == short
    relieved = rehearse(rules(6, attrs.evolve(local, relief=True)), enterprises, inspectors, draws=30)
    assert (relieved.short, relieved.forecasts[0].short, relieved.forecasts[0].raised > 0) == (0, 0, True)


def street_loads(number: int, made: Plan, enterprises: Register, inspectors: Register) -> tuple[int, int]:
    """How many visits of a rehearsal fall in the streets x and y."""
    commitment = commit(made, enterprises, inspectors)
    record = drawn_by(rehearsal_key(made.scheme, commitment.digest, number), commitment, enterprises, inspectors)
    return sum(name.startswith("x") for name in record), sum(name.startswith("y") for name in record)


def test_periods_are_those_of_the_keys() -> None:
    """Limits a period, and absences, are held against the visits of each period."""
    tight = TeamRule(slots=ONE, most_per_period=2)
    made = rules(6, tight, periods=["7月", "8月", "9月"])
    assert rehearse(made, firms(x=9), people(市监=1), draws=3).short == 0
    away = [Recusal("市监00", period="8月", reason="休假")]
    found = rehearse(made, firms(x=9), people(市监=2), recusals=away, draws=3)
    assert found.short == 0
    both = [*away, Recusal("市监02", period="8月", reason="休假")]
    one = attrs.evolve(tight, most_per_period=1)
    found = rehearse(rules(6, one, periods=["7月", "8月", "9月"]), firms(x=9), people(市监=3), recusals=both, draws=3)
    assert found.forecasts == (Forecast(department="市监", short=3),)  # one is left for two visits in August
    assert [note.code for note in found.shortages] == ["places-short"]


def test_enterprises_that_recusals_leave_alone_are_known() -> None:
    """Recusals are those of the commitment: with all but one recused from every firm, the places are one person's."""
    names = [f"x{i:02d}" for i in range(4)]
    away = [Recusal("市监00", enterprise=name, reason="亲属") for name in names]
    made = rules(4, TeamRule(slots=ONE, most=2))
    assert rehearse(made, firms(x=4), people(市监=2), draws=1).short == 0
    found = rehearse(made, firms(x=4), people(市监=2), recusals=away, draws=1)
    assert found.forecasts == (Forecast(department="市监", short=1, enough=4),)


def test_departments_stand_in_the_order_of_the_plan() -> None:
    """One short, one fine, one relieved: each has a forecast, and only what is to be said is said."""
    teams = [TeamRule(slots=ONE, most=1), TeamRule("乙", slots=ONE), TeamRule("甲", slots=ONE, most=1, relief=True)]
    made = plan([Demand(name, take=2) for name in ("丙", "乙", "甲")], teams=teams)
    found = rehearse(made, firms(x=5), people(甲=1, 乙=1, 丙=1), draws=2)
    assert found.forecasts == (
        Forecast(department="丙", short=2, enough=2),
        Forecast(department="乙"),
        Forecast(department="甲", raised=2, enough=2),
    )
    assert [(note.code, note.at) for note in found.statements[-3:]] == [
        ("rehearsed-short", ""),
        ("rehearsed-short-most", "丙"),
        ("rehearsed-raised", "甲"),
    ]
    assert found.notices[-1].text() == (
        "teams: in 2 of 2 rehearsals some places could not be filled, and to a department that is short nobody is "
        "dealt (rehearsals: 丙 2): change the rules of teams or the register now; what the first of these rehearsals "
        "lacks stands below"
    )
    assert str(found).endswith(str(found.shortages[0]))
    assert found.text("zh").endswith(found.shortages[0].text("zh"))


def test_without_inspectors_nothing_is_said_of_teams() -> None:
    """The rehearsal of enterprises alone has no forecast; with inspectors its other figures are of the same kind."""
    alone = rehearse(rules(6), firms(x=9), draws=3)
    assert (alone.forecasts, alone.short, alone.shortages) == ((), 0, ())
    assert "teams" not in str(alone)
    staffed = rehearse(rules(6), firms(x=9), people(市监=2), draws=3)
    assert (staffed.visits, staffed.notices) == (alone.visits, ())
    told = str(staffed).splitlines()[-1]
    assert told == "teams: all places could be filled in all 3 rehearsals, which is no promise for the draw"


def test_a_draw_that_is_rehearsed_is_as_it_was_foreseen() -> None:
    """Where every rehearsal is short by the same, the draw is short by that too."""
    made, enterprises, inspectors = rules(6, TeamRule(slots=PAIR, most=3)), firms(x=6), people(市监=3)
    found = rehearse(made, enterprises, inspectors, draws=2)
    record = draw(commit(made, enterprises, inspectors), enterprises, inspectors, seed=SEED).record
    assert record.shortages == found.shortages


def test_nobody_is_dealt(monkeypatch: pytest.MonkeyPatch) -> None:
    """No inspector's ticket is made: whether places can be filled does not depend on them."""

    def dealt(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr("dual_random.teams.deal", dealt)
    assert rehearse(rules(6, TeamRule(slots=PAIR, most=3)), firms(x=6), people(市监=3), draws=2).short == 2


# ---- refusals


def test_all_faults_are_told_at_once() -> None:
    """Faults of the tables stand beside those of the number of rehearsals."""
    away = [Recusal("谁", reason="x")]
    found = faults(lambda: rehearse(rules(1), firms(x=2), people(市监=2), recusals=away, draws=0))
    assert named(found) == [("rehearsal-draws", "draws"), ("inspector-unknown", "recusals.谁")]
    found = faults(lambda: rehearse(rules(1, TeamRule()), firms(x=2), draws=1))
    assert named(found) == [("inspectors-needed", "teams")]
    found = faults(lambda: rehearse(rules(1), firms(x=2), recusals=away, meetings={("a", "a"): 0}, draws=1))
    assert {code for code, _ in named(found)} == {"inspectors-needed", "meeting-alone", "positive-form"}


def test_a_plan_that_staffs_a_record_is_not_rehearsed() -> None:
    """Its visits are known, and its commitment tells what is short: that is where the message points."""
    staffs = Plan(title="派员", authority="海曙区", number="2", seed=rules(1).seed, demands=(), staffs="0" * 64)
    found = faults(lambda: rehearse(staffs, firms(x=2), people(市监=2), draws=0))
    assert named(found) == [("rehearsal-draws", "draws"), ("rehearsal-known", "staffs")]
    assert "notices of commit" in found[1].text()


def test_what_a_rehearsal_tells_of_teams_is_checked() -> None:
    """Counts are counts, limits are numbers from 1, notes are notes."""
    wrong: Any = -1
    found = faults(lambda: Forecast(department="", short=wrong, raised=wrong, enough=0))
    assert [at for _, at in named(found)] == ["department", "short", "raised", "enough"]
    one = Outcome(visits=1, joint_visits=0, checks=1, joint_checks=0, target_met=True)
    found = faults(
        lambda: Rehearsal(
            rule=rules(1).joint, allocation=(), outcomes=[one], forecasts=[wrong], short=wrong, shortages=[wrong]
        )
    )
    assert [at for _, at in named(found)] == ["forecasts[0]", "short", "shortages[0]"]


# ---- many together


def short_of(department: str, enough: int | None) -> Staffing:
    """A department that is short of a place."""
    proof = Shortage(places=[(department, "one", 2)], most=[("P", 1)], demand=2, supply=1)
    return Staffing(department=department, visits=1, places=2, enough=enough, shortages=[proof])


def test_lacks_add_up() -> None:
    """Rehearsals are counted once, departments each for itself; the first shortage is kept, a relief is none."""
    lacks = Lacks()
    relieved = Staffing(department="甲", visits=1, places=2, most=9)
    lacks.add([relieved])
    assert (lacks.short, lacks.first) == (0, ())
    first = [short_of("甲", 5), short_of("乙", 3)]
    for found in ([], first, [short_of("乙", None)], [short_of("丙", 2), relieved], [short_of("丙", 4)]):
        lacks.add(found)
    assert (lacks.short, lacks.first) == (4, tuple(note for each in first for note in each.notes))
    assert lacks.forecast("甲") == Forecast(department="甲", short=1, raised=2, enough=9)
    assert lacks.forecast("乙") == Forecast(department="乙", short=2, enough=None)
    assert lacks.forecast("丙") == Forecast(department="丙", short=2, enough=4)
    assert lacks.forecast("丁") == Forecast(department="丁")


@pytest.mark.parametrize(
    ("made", "codes"),
    [
        (Forecast(department="甲"), []),
        (Forecast(department="甲", short=2, raised=1, enough=7), ["rehearsed-short-most"]),
        (Forecast(department="甲", short=2, raised=1), ["rehearsed-short-never"]),
        (Forecast(department="甲", raised=1, enough=7), ["rehearsed-raised"]),
    ],
)
def test_what_is_said_of_a_department(made: Forecast, codes: list[str]) -> None:
    """Nothing if all was well; else the limit that would have done, or what to do where none would."""
    assert [note.code for note in made.notes] == codes
    for note in made.notes:
        assert note.at == "甲"
        for lang, text in (("en", note.text()), ("zh", note.text("zh"))):
            fields = {"short": made.short, "raised": made.raised, "enough": made.enough}
            assert all(
                str(fields[name]) in text for name in fields if f"{{{name}}}" in getattr(MESSAGES[note.code], lang)
            )
