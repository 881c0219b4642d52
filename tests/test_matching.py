"""Matching: which row of a log belongs to which drawn visit, amended or not, and what is no finding but a fault."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from attrs import evolve

from districts import SEED, SOURCE, Rows, faults, named, plan, register
from dual_random.binding import commit
from dual_random.cycle.arrangements import schedule
from dual_random.cycle.calendars import Calendar
from dual_random.cycle.logs import Log as VisitLog
from dual_random.cycle.matching import log_faults, visits_now
from dual_random.cycle.quality import low_quality
from dual_random.draws import Draw, draw
from dual_random.plans import Demand
from dual_random.records import Record
from quality_cases import (
    AS_OF,
    NUMBER,
    SPECIAL,
    WORKING_DAYS,
    Log,
    clean_log,
    drawn,
    known_by,
    of,
    screened,
    table,
    visits,
)

SPANS = {"8月": ("2024-08-01", "2024-08-31"), "9月": ("2024-09-01", "2024-09-30")}


def codes(rows: Log, record: Record, **more: Any) -> list[tuple[str, str]]:
    """Findings by code and place."""
    return named(screened(rows, records=[record], **more).findings)


# ---- faults of input


def test_contradictions_are_told_all_at_once_with_their_rows() -> None:
    """An unknown plan, an unknown enterprise and times before the draw are refused together, cell by cell."""
    rows = clean_log()
    rows[1]["plan"] = rows[0]["plan"] = "2024-99"
    visit = visits(1)[0]
    rows[(place := rows.index(of(rows, visit)[0]))]["enterprise"] = "E999"
    early = rows.index(of(rows, visits(1)[1])[0])
    rows[early] |= {"arrived": "2024-08-05T10:00", "left": "2024-08-05T11:00", "published": "2024-08-05", "due": ""}
    same = rows.index(of(rows, visits(1)[2])[0])
    rows[same] |= {"arrived": "2024-08-06", "left": "", "due": "2024-08-06"}
    told: dict[str, Any] = {"plans": [SPECIAL], "register": drawn().enterprises}
    rest = [row for row in rows if row["visit"] != rows[0]["visit"] or row["plan"] == "2024-99"]
    found = log_faults(table(rest), [drawn().record], **told)
    lost = len(rows) - len(rest)
    assert named(found) == [
        ("logged-plan-unknown", "rows 1, 2 (plan)"),
        ("logged-enterprise-unknown", f"row {place + 1 - lost} (enterprise)"),
        ("logged-before-draw", f"row {early + 1 - lost} (arrived)"),
        ("logged-before-draw", f"row {early + 1 - lost} (left)"),
        ("logged-before-draw", f"row {early + 1 - lost} (published)"),
    ]
    assert found[2].params == {"day": "2024-08-05", "earliest": "2024-08-06", "number": f"'{NUMBER}'"}
    assert tuple(faults(lambda: low_quality(table(rest), [drawn().record], **told))) == found
    assert all(note.text("zh") != note.text("en") for note in found)


def test_a_clean_log_has_no_faults() -> None:
    """Neither with the register that was drawn from, nor with a list of all other plans."""
    rows = table(clean_log())
    assert log_faults(rows, [drawn().record], plans=SPECIAL, register=drawn().enterprises) == ()
    assert log_faults(VisitLog(rows), [drawn().record]) == ()


def test_what_is_not_known_to_be_wrong_is_no_fault() -> None:
    """Without a list of plans any number may be; another register, or none, says nothing about enterprises."""
    rows = clean_log()
    of(rows, visits(1)[0])[0]["enterprise"] = "E999"
    other = register([{"id": f"E{n:02}", "status": "异常"} for n in range(40)])
    assert log_faults(table(rows), [drawn().record]) == ()
    assert log_faults(table(rows), [drawn().record], register=other) == ()
    assert [note.code for note in log_faults(table(rows), plans=[SPECIAL])] == ["logged-plan-unknown"]
    of(rows, "S0")[0]["plan"] = of(rows, "S0")[1]["plan"] = ""
    assert log_faults(table(rows), [drawn().record], plans=[SPECIAL]) == ()
    found = {code for code, _ in codes(rows, drawn().record, register=None)}
    assert found == {"quality-undrawn", "quality-never-visited", "quality-unplanned"}


def test_a_due_day_before_the_draw_is_a_fault() -> None:
    """What was not drawn yet could not be due."""
    rows = clean_log()
    rows[0]["due"] = "2024-08-05"
    assert named(log_faults(table(rows), [drawn().record])) == [("logged-before-draw", "row 1 (due)")]


def test_records_are_told_apart_by_the_numbers_of_their_plans() -> None:
    """Two records of one plan, or what is no record, are refused."""
    record = drawn().record
    assert named(faults(lambda: log_faults(table([]), [record, record]))) == [("records-of-one-plan", "records[1]")]
    assert named(faults(lambda: log_faults(table([]), ["E1"]))) == [("plan-shape", "records[0]")]  # type: ignore[list-item]
    assert named(faults(lambda: log_faults(table([]), plans=["", "a"]))) == [("text-empty", "plans[0]")]
    assert named(faults(lambda: log_faults(table([]), register=1))) == [("plan-shape", "register")]  # type: ignore[arg-type]


# ---- modes, plans, periods


def test_only_what_claims_to_be_drawn_is_undrawn() -> None:
    """Under the number of a draw a special check is no selective enforcement; one of no stated mode is."""
    rows = clean_log()
    for row in of(rows, "S0"):
        row["plan"] = NUMBER
    assert screened(rows).findings == ()
    for row in of(rows, "S0"):
        row["mode"] = ""
    assert codes(rows, drawn().record, register=None) == [("quality-undrawn", "S0")]
    assert [note.code for note in faults(lambda: screened(rows))] == ["logged-enterprise-unknown"]
    for row in of(rows, "S0"):
        row["plan"] = SPECIAL
    looked = {each.rule: each.checked for each in screened(rows).tallies}
    assert looked["quality-undrawn"] == looked["quality-undrawn-department"] == len(drawn().record)


def test_checks_of_plans_without_a_record_are_told() -> None:
    """How many checks belong to plans of which no record is given stands under unchecked, plan by plan."""
    rows = clean_log()
    assert "unchecked-no-record" not in {note.code for note in low_quality(table(rows)).unchecked}
    for row in of(rows, "S0"):
        row["plan"] = "2024-专2"
    of(rows, "S1")[1].update(dict.fromkeys(("arrived", "left", "result", "published", "finding"), ""))
    told = [note.params for note in screened(rows).unchecked if note.code == "unchecked-no-record"]
    assert told == [{"plan": SPECIAL, "count": 13}, {"plan": "2024-专2", "count": 2}]


def test_periods_are_read_from_their_names_or_by_plan() -> None:
    """Spans for one plan come before those for all, and names that are months need none; unknown ones are told."""
    rows, record = clean_log(), drawn().record
    late = dict.fromkeys(SPANS, "2024-10")
    august = sum(visit.period == "8月" for visit in record.values() for _ in visit.departments)
    assert screened(rows, periods={**late, **{(NUMBER, name): span for name, span in SPANS.items()}}).findings == ()
    assert len(screened(rows, periods=late).of("quality-other-period")) == 32
    screening = screened(rows, periods={"9月": "2024-09"})
    assert screening.findings == ()
    told = [(note.at, note.params) for note in screening.unchecked if note.code == "unchecked-period"]
    assert told == [("quality-other-period", {"period": "8月", "count": august})]
    month = _drawn_in(("2024-08", "2024-09"))
    assert low_quality(table(clean_log_of(month)), [month.record], as_of=AS_OF).findings == ()


def test_the_time_of_a_drawn_visit_must_be_over() -> None:
    """As of a day inside a period its visits are not late; the day after its last one they are, unless due later."""
    record = drawn().record
    august = {visit.enterprise for visit in record.values() if visit.period == "8月"}
    assert screened([], as_of="2024-08-31").findings == ()
    assert {note.at for note in screened([], as_of="2024-09-01").findings} == august
    rows = clean_log()
    for row in rows:
        if row["enterprise"] in august:
            row |= dict.fromkeys(("arrived", "left", "result", "published", "finding"), "") | {"due": "2024-09-30"}
    rows = known_by(rows, "2024-09-30")
    assert screened(rows, as_of="2024-09-30").findings == ()
    assert {note.at for note in screened(rows, as_of="2024-10-01").findings} == august
    unknown = screened([], periods={"9月": "2024-09"})
    told = [note.params["count"] for note in unknown.unchecked if note.code == "unchecked-period"]
    assert told == [len(august)]


def test_a_plan_without_periods_is_over_as_of_the_day() -> None:
    """Where the plan declares no periods, every visit is due when the log is said to be complete."""
    single = _drawn_in(())
    assert len(low_quality(table([]), [single.record], as_of="2024-08-07").findings) == len(single.record)


def _drawn_in(periods: Sequence[str], number: str = "2024-5", **more: Any) -> Draw:
    rows: Rows = [{"id": f"E{n:02}"} for n in range(12)]
    people = [{"id": f"{name}{n}", "department": name} for name in ("市监", "消防") for n in range(4)]
    registers = register(rows, []), register(people)
    demands = [Demand("市监", take=6), Demand("消防", take=3)]
    return draw(commit(plan(demands, number=number, periods=periods, **more), *registers), *registers, seed=SEED)


def clean_log_of(of: Draw) -> Log:
    """A log of what stands in a record: every visit on a day of its own in the month that its period names."""
    rows: Log = []
    for number, visit in enumerate(visits_now(of.record)):
        day = f"{visit.period or '2024-09'}-{10 + number}"
        for name in visit.departments:
            told = {"visit": f"W{number}", "enterprise": visit.enterprise, "department": name, "status": ""}
            told |= {
                "mode": "random",
                "plan": of.record.commitment.plan.number,
                "joint": "yes" if visit.joint else "no",
            }
            people = ";".join(visit.team.get(name, ("甲", "乙")))
            told |= {"arrived": day, "left": "", "due": "", "result": "none", "published": "", "finding": ""}
            rows.append({**told, "inspectors": people})
    return rows


# ---- records that staff others


def test_teams_of_a_later_plan_count_for_the_visits_of_the_earlier() -> None:
    """Where a later plan deals the teams, checks under either number are held against the earlier visits and them."""
    rows: Rows = [{"id": f"E{n:02}"} for n in range(12)]
    people = [{"id": f"市监{n}", "department": "市监"} for n in range(6)]
    enterprises, inspectors = register(rows, []), register(people)
    first = draw(commit(plan([Demand("市监", take=6)], number="2024-5"), enterprises), enterprises, seed=SEED)
    later = evolve(SOURCE, earliest="2024-08-20T21:15:00+08:00")
    rules = plan([], number="2024-6", staffs=first.record.digest, seed=later)
    commitment = commit(rules, enterprises, inspectors, of=first.record)
    second = draw(commitment, enterprises, inspectors, seed=SEED, of=first.record)
    log = clean_log_of(second)
    for row in log[:3]:
        row["plan"] = "2024-5"
    records = [second.record, first.record]
    for given in (records, records[::-1]):
        assert low_quality(table(log), given, as_of=AS_OF).findings == ()
    alone = low_quality(table(log), [first.record], as_of=AS_OF)
    assert {(note.code, note.at) for note in alone.unchecked} >= {
        ("unchecked-nobody-dealt", "quality-other-team"),
        ("unchecked-no-record", "plan"),
    }
    log[0]["inspectors"] = "甲;乙"
    assert named(low_quality(table(log), records, as_of=AS_OF).findings) == [("quality-other-team", "W0")]
    log[5]["arrived"] = "2024-08-19"
    assert named(log_faults(table(log), records)) == [("logged-before-draw", "row 6 (arrived)")]
    log[5]["plan"] = "2024-5"
    assert log_faults(table(log), records) == ()


# ---- amendments


def test_an_amended_record_is_read_as_it_stands() -> None:
    """Who took the place of a closed firm or of a sick person is drawn; who kept out of it is not missed."""
    first = drawn(substitution=True)
    assert codes(clean_log(first), first.record) == []
    visit = next(visit for visit in first.record.values() if visit.joint)
    amended = first.substitute(visit.enterprise, reason="closed", on="2024-08-10")
    other = next(each for each in amended.record.current if each.period == "8月" and each.enterprise in first.record)
    ill = other.team["市监"][0]
    amended = amended.substitute(other.enterprise, inspector=ill, period=other.period, reason="ill", on="2024-08-11")
    rows = clean_log(amended)
    assert codes(rows, amended.record) == []
    before = {code for code, _ in codes(rows, first.record)}
    assert before >= {"quality-never-visited", "quality-other-team"}
    row = next(row for row in rows if (row["enterprise"], row["department"]) == (other.enterprise, "市监"))
    row["inspectors"] = ";".join(other.team["市监"])
    assert row["arrived"] < "2024-08-11"
    assert codes(rows, amended.record) == []
    for each in of(rows, row["visit"]):
        each |= {"arrived": "2024-08-11T09:00", "left": "2024-08-11T10:00", "published": "2024-08-20"}
    assert codes(rows, amended.record) == []
    for each in of(rows, row["visit"]):
        each |= {"arrived": "2024-08-12T09:00", "left": "2024-08-12T10:00"}
    assert codes(rows, amended.record) == [("quality-other-team", row["visit"])]


def test_teams_dealt_before_an_amendment_belong_to_the_amended_draw() -> None:
    """A draw amended after a later plan dealt its teams is one with that plan, and nobody's team is guessed."""
    rows: Rows = [{"id": f"E{n:02}"} for n in range(12)]
    people = [{"id": f"市监{n}", "department": "市监"} for n in range(6)]
    enterprises, inspectors = register(rows, []), register(people)
    numbered = plan([Demand("市监", take=6)], number="2024-5", substitution=True)
    first = draw(commit(numbered, enterprises), enterprises, seed=SEED)
    later = evolve(SOURCE, earliest="2024-08-20T21:15:00+08:00")
    rules = plan([], number="2024-6", staffs=first.record.digest, seed=later)
    commitment = commit(rules, enterprises, inspectors, of=first.record)
    second = draw(commitment, enterprises, inspectors, seed=SEED, of=first.record)
    closed = next(iter(first.record))
    amended = first.substitute(closed, reason="closed", on="2024-08-25")
    (taker,) = amended.record.amendments[0].takers
    log = [row for row in clean_log_of(second) if row["enterprise"] != closed]
    log.append({**log[0], "visit": "W9", "enterprise": taker, "inspectors": "甲;乙", "arrived": "2024-08-30"})
    for given in ([amended.record, second.record], [second.record, amended.record]):
        found = low_quality(table(log), given, as_of=AS_OF)
        assert [note for note in found.findings if note.code.startswith("quality-")] == []
        assert ("unchecked-nobody-dealt", "quality-other-team") in {(note.code, note.at) for note in found.unchecked}
    log[0]["inspectors"] = "甲;乙"
    found = low_quality(table(log), [amended.record, second.record], as_of=AS_OF)
    assert named(found.findings) == [("quality-other-team", log[0]["visit"])]


def test_of_two_visits_the_one_without_a_team_is_left_aside() -> None:
    """Who took over a visit after the teams were dealt, and has one of its own, may see people who were not dealt."""
    rows: Rows = [{"id": f"E{n:02}"} for n in range(6)]
    people = [{"id": f"市监{n}", "department": "市监"} for n in range(8)]
    enterprises, inspectors = register(rows, []), register(people)
    demands = [Demand("市监", take=3), Demand("特种", department="市监", take=2)]
    periods = ("2024-08", "2024-09")
    numbered = plan(demands, number="2024-5", periods=periods, substitution=True)
    first = draw(commit(numbered, enterprises), enterprises, seed=SEED)
    later = evolve(SOURCE, earliest="2024-08-07T21:15:00+08:00")
    rules = plan([], number="2024-6", staffs=first.record.digest, periods=periods, seed=later)
    second = draw(
        commit(rules, enterprises, inspectors, of=first.record), enterprises, inspectors, seed=SEED, of=first.record
    )
    changed = [first.substitute(visit, reason="closed", on="2024-08-08") for visit in first.record]
    amended, enterprise = next(
        (each, name)
        for each in changed
        for name, count in Counter(visit.enterprise for visit in each.record.current).items()
        if count > 1
    )
    row = next(row for row in clean_log_of(second) if row["enterprise"] == enterprise)
    strangers = [{**row, "inspectors": "甲;乙"}]
    assert low_quality(table(strangers), [amended.record, second.record]).of("quality-other-team") == ()
    found = low_quality(table(strangers), [first.record, second.record])
    assert [note.at for note in found.of("quality-other-team")] == [row["visit"]]


def test_whoever_stands_in_late_may_come_after_the_period() -> None:
    """Who takes over a visit at the end of its period has two weeks from the day on which that was stated, no more."""
    first = drawn(substitution=True)
    visit = next(visit for visit in first.record.values() if visit.period == "8月")
    amended = first.substitute(visit.enterprise, reason="closed", on="2024-08-30")
    takers = set(amended.record.amendments[0].takers)
    rows = clean_log(amended)
    own = [row for row in rows if row["enterprise"] in takers and row["arrived"] < "2024-09-01"]
    for day, found in (("2024-09-13", []), ("2024-09-14", ["quality-other-period"] * len(own))):
        for row in own:
            minute = row["arrived"][-2:]
            row |= {"arrived": f"{day}T10:{minute}", "left": f"{day}T11:{minute}", "published": "2024-09-20"}
        assert [note.code for note in screened(rows, records=[amended.record]).of("quality-other-period")] == found
    assert own
    rest = [row for row in rows if row not in own and row["arrived"] < "2024-09-14"]
    for as_of, missing in (("2024-09-13", set()), ("2024-09-14", takers)):
        found_now = screened(rest, records=[amended.record], as_of=as_of).of("quality-never-visited")
        assert {note.at for note in found_now if note.params["period"] == "8月"} == missing


def test_an_own_visit_and_one_taken_over_may_be_two() -> None:
    """Where an enterprise with a visit takes over another in its period, two visits of the log split nothing."""
    first = drawn(substitution=True)
    for visit in first.record.values():
        amended = first.substitute(visit.enterprise, reason="closed", on="2024-08-08")
        twice = {each.enterprise for each in amended.record.current if each.joint} & set(
            amended.record.amendments[0].takers
        )
        for enterprise in sorted(twice & set(first.record)):
            before = first.record[enterprise]
            if (
                before.period != visit.period
                or sum(each.enterprise == enterprise for each in amended.record.current) > 1
            ):
                continue
            rows = clean_log(amended)
            split = [row for row in rows if row["enterprise"] == enterprise]
            for row in split[1:]:
                row |= {"visit": "X1", "joint": "no"}
            split[0]["joint"] = "no"
            found = screened(rows, records=[amended.record])
            assert found.of("quality-split") == ()
            return
    pytest.fail("nobody took over a visit in the period of an own one")


def test_a_visit_that_was_given_up_was_drawn() -> None:
    """Whoever stood before the closed door went where the draw said: that is no selective enforcement."""
    first = drawn(substitution=True)
    visit = next(visit for visit in first.record.values() if visit.joint and visit.period == "8月")
    amended = first.substitute(visit.enterprise, reason="closed", on="2024-08-10")
    went = next(row for row in clean_log(first) if row["enterprise"] == visit.enterprise)
    row = {**went, "visit": "C1", "joint": "no", "arrived": "2024-08-31T09:00", "left": "2024-08-31T09:01"}
    row["published"] = "2024-09-02"
    rows = [*clean_log(amended), {**row, "result": "untraceable"}]
    assert codes(rows, amended.record) == []
    rows[-1]["inspectors"] = "甲;乙"
    assert codes(rows, amended.record) == [("quality-other-team", "C1")]


def test_two_visits_to_one_enterprise_are_two() -> None:
    """An enterprise that took over a visit in another period is visited twice, and once is not enough."""
    taken, enterprise = _taken_over()
    rows = clean_log_of(taken)
    assert low_quality(table(rows), [taken.record], as_of=AS_OF).findings == ()
    first, second = sorted({row["visit"] for row in rows if row["enterprise"] == enterprise}, key=_month(rows))
    for gone in (first, second):
        rest = [row for row in rows if row["visit"] != gone]
        found = low_quality(table(rest), [taken.record], as_of=AS_OF).findings
        assert [(note.code, note.params["period"]) for note in found] == [("quality-never-visited", "2024-09")]
        assert low_quality(table(rest), [taken.record], as_of="2024-09-15").findings == ()
    waiting = [{**row, "due": "2024-12-31"} if row["visit"] == first else row for row in rows if row["visit"] != second]
    assert [n.code for n in low_quality(table(waiting), [taken.record], as_of=AS_OF).findings] == [
        "quality-never-visited"
    ]


def test_of_two_teams_the_nearest_is_told() -> None:
    """Where two teams were dealt to one enterprise, who came is held against the one that fits best."""
    taken, enterprise = _taken_over()
    rows = clean_log_of(taken)
    own = [row for row in rows if row["enterprise"] == enterprise]
    teams = {frozenset(row["inspectors"].split(";")) for row in own}
    assert len(teams) == 2
    for row in own:
        dealt = row["inspectors"].split(";")
        keeps = min(set(dealt) - set().union(*(team for team in teams if team != set(dealt))))
        changed = [{**each, "inspectors": f"{keeps};替班"} if each is row else each for each in rows]
        found = low_quality(table(changed), [taken.record], as_of=AS_OF).of("quality-other-team")
        assert [note.params["dealt"] for note in found] == [";".join(sorted(dealt))]


def test_the_latest_of_two_due_days_counts() -> None:
    """A check that is logged twice and was not made yet has time until the later day."""
    rows = clean_log()
    row = of(rows, visits(1)[0])[0]
    row |= dict.fromkeys(("arrived", "left", "result", "published", "finding"), "") | {"due": "2024-11-30"}
    rows.append({**row, "visit": "X1", "due": "2024-10-31"})
    assert codes(rows, drawn().record, as_of="2024-11-30") == []
    assert codes(rows, drawn().record, as_of="2024-12-01") == [("quality-never-visited", row["enterprise"])]


def _month(rows: Log) -> Callable[[str], str]:
    return lambda visit: next(row["arrived"] for row in rows if row["visit"] == visit)


def _taken_over() -> tuple[Draw, str]:
    """A round in which one department visits an enterprise twice, with two teams: it took over a visit, a month off."""
    rows: Rows = [{"id": f"E{n:02}"} for n in range(6)]
    people = [{"id": f"市监{n}", "department": "市监"} for n in range(8)]
    registers = register(rows, []), register(people)
    demands = [Demand("市监", take=3), Demand("特种", department="市监", take=2)]
    rules = plan(demands, number="2024-5", periods=("2024-08", "2024-09"), substitution=True)
    made = draw(commit(rules, *registers), *registers, seed=SEED)
    for visit in made.record.values():
        amended = made.substitute(visit.enterprise, reason="closed", on="2024-08-08")
        twice = Counter(each.enterprise for each in amended.record.current).most_common(1)[0]
        if twice[1] > 1:
            return amended, twice[0]
    pytest.fail("no enterprise stands twice")


def _followed(record: Record, drawn_first: Record) -> tuple[Log, int]:
    """The log of an authority that keeps to the schedule of an amended record, and how many visits it makes twice."""
    planned = schedule(record, Calendar(WORKING_DAYS))
    teams = {(visit.enterprise, visit.period): visit.team for visit in record.current}
    inherited = [place for amendment in record.amendments for place in amendment.places]
    rows: Log = []
    for visit, enterprise, day, period, tasks in zip(
        planned.visits, planned.enterprises, planned.days, planned.periods, planned.tasks, strict=True
    ):
        twice = any(name.startswith(f"{enterprise}/{period}/") for name in planned.visits)
        for number, department in tasks:
            team: Sequence[str] = teams[enterprise, period][department]
            if visit.count("/") > 1:
                team = [who for at, name, _, who in inherited if (at, name) == (enterprise, department)]
            elif twice:
                team = drawn_first[enterprise].team[department]
            told = {"visit": visit, "enterprise": enterprise, "department": department, "plan": number}
            rows.append({**told, "arrived": day, "result": "none", "inspectors": ";".join(team)})
    return rows, sum(name.count("/") > 1 for name in planned.visits)


def test_whoever_follows_the_schedule_of_an_amended_record_is_not_accused() -> None:
    """Visits on the days that the library itself schedules after a closure, by whoever it sends, give no finding."""
    people = [{"id": f"{name}{n}", "department": name} for name in ("市监", "消防") for n in range(6)]
    registers = register([{"id": f"E{n:02}"} for n in range(40)], []), register(people)
    demands = [Demand("市监", take=20), Demand("消防", take=8)]
    rules = plan(demands, number="2024-3", periods=("2024-09", "2024-10"), substitution=True)
    first = draw(commit(rules, *registers), *registers, seed=SEED)
    separate = 0
    for enterprise in first.record:
        for on in ("2024-09-30", "2024-11-03"):
            record = first.substitute(enterprise, reason="closed", on=on).record
            rows, twice = _followed(record, first.record)
            separate += twice
            log = {name: [row[name] for row in rows] for name in rows[0]}
            assert low_quality(log, [record], as_of=max(log["arrived"])).findings == ()
    assert separate
