"""Quality: every rule finds its flaw and no other, in any order of the rows, as a literal reading does."""

from collections.abc import Callable
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import quality_oracle
from districts import faults, named, register
from dual_random.cycle.calendars import Calendar
from dual_random.cycle.evidence import DEREGISTERED, PLAIN_FINDINGS
from dual_random.cycle.measurement import indicators
from dual_random.cycle.quality import RULES, Screening, low_quality
from dual_random.errors import InputError, Lang, Note
from quality_cases import (
    COLUMNS,
    FLAWS,
    NUMBER,
    SPECIAL,
    WORKING_DAYS,
    Flaw,
    Log,
    clean_log,
    drawn,
    known_by,
    of,
    screened,
    table,
    undrawn,
    visits,
)

PLAIN = settings(deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
CODES = [rule.code for rule in RULES]


def codes(screening: Screening) -> list[str]:
    """The rules of the findings."""
    return [note.code for note in screening.findings]


def fits(note: Note, flaw: Flaw) -> bool:
    """Whether a finding is the one that a flaw must give, with its evidence."""
    shown = {name: note.params.get(name) for name in flaw.evidence}
    return (note.code, note.at) == (flaw.code, flaw.at) and shown == dict(flaw.evidence)


# ---- clean, and one flaw at a time


def test_a_clean_log_gives_no_finding() -> None:
    """Whoever did what was drawn, as it was drawn, is not named by any rule; and every rule looked at something."""
    screening = screened(clean_log())
    assert screening.findings == ()
    assert [each.rule for each in screening.tallies] == CODES
    assert [each.rule for each in screening.tallies if not each.checked] == ["quality-copied"]
    assert (screening.visits, screening.checks) == (28, 48)


@pytest.mark.parametrize("plant", FLAWS, ids=lambda plant: plant.__name__)
def test_a_planted_flaw_is_found_alone(plant: Callable[[Log], Flaw]) -> None:
    """One flaw in a clean log gives one finding: its rule, its visit, its evidence, in both languages."""
    rows = clean_log()
    flaw = plant(rows)
    screening = screened(rows)
    assert [fits(note, flaw) for note in screening.findings] == [True]
    note = screening.findings[0]
    assert {"visit", "enterprise", "departments", "plan"} <= set(note.params)
    assert note.text("en") != note.text("zh")
    assert [each.found for each in screening.tallies if each.rule == flaw.code] == [1]
    assert sum(each.found for each in screening.tallies) == 1


@settings(PLAIN, max_examples=50)
@given(chosen=st.sets(st.sampled_from(FLAWS)), data=st.data())
def test_planted_flaws_are_the_found_ones(chosen: set[Callable[[Log], Flaw]], data: st.DataObject) -> None:
    """Any set of flaws together, in any order of the rows, gives these findings and no others, always the same."""
    rows = clean_log()
    expected = [plant(rows) for plant in FLAWS if plant in chosen]
    screening = screened(rows)
    assert len(screening.findings) == len(expected)
    assert all(any(fits(note, flaw) for note in screening.findings) for flaw in expected)
    assert screened(data.draw(st.permutations(rows))) == screening


def test_every_rule_has_a_flaw() -> None:
    """No rule goes without a planted flaw, but the one on registers, which has a test of its own."""
    planted = {plant(clean_log()).code for plant in FLAWS}
    assert set(CODES) - planted == {"quality-deregistered-in-register"}


# ---- held against a literal reading


def _joined(parts: st.SearchStrategy[list[str]]) -> st.SearchStrategy[str]:
    return parts.map(";".join)


_TIMES = st.sampled_from(["", "", "T09:00", "T09:30", "T10:00", "T10:31"])
_DAYS = st.sampled_from(["2024-08-08", "2024-08-09", "2024-08-31", "2024-09-01", "2024-09-05"])


@st.composite
def dirty_logs(draw: st.DrawFn) -> Log:
    """A few visits of which anything may be wrong that a log may hold."""
    record = drawn().record
    picked = [visit for visit in record.values() if visit.joint][:3] + list(record.values())[-2:]
    names = [visit.enterprise for visit in picked] + ["F0", undrawn(clean_log()).evidence["enterprise"]]
    people = _joined(st.lists(st.sampled_from(["市监0", "市监1", "消防3", "P"]), max_size=3))
    dealt = [";".join(team) for visit in picked for team in visit.team.values()]
    rows: Log = []
    for number in range(draw(st.integers(0, 7))):
        whole = {
            "visit": f"V{number}",
            "enterprise": str(draw(st.sampled_from(names))),
            "mode": draw(st.sampled_from(["random", "random", "special", "complaint", ""])),
            "plan": draw(st.sampled_from([NUMBER, NUMBER, SPECIAL, ""])),
            "joint": draw(st.sampled_from(["yes", "no", ""])),
        }
        day = draw(_DAYS)
        for department in draw(st.sets(st.sampled_from(["市监", "消防", "环保", "城管"]), min_size=1, max_size=3)):
            own = {**whole, "department": department, "due": draw(st.sampled_from(["", "2024-08-20", "2024-09-20"]))}
            rows.append({**own, **draw(_checks(day, st.one_of(people, st.sampled_from(dealt))))})
    return rows


@st.composite
def _checks(draw: st.DrawFn, day: str, people: st.SearchStrategy[str]) -> dict[str, str]:
    """A check that was made, or not yet."""
    found = {
        "inspectors": draw(people),
        "status": draw(st.sampled_from(["存续", "注销", ""])),
        "finding": draw(st.sampled_from(["", "正常。", "灯坏", "门锁"])),
    }
    if draw(st.sampled_from([True, True, True, False])):
        arrived = day + draw(_TIMES)
        left = draw(st.sampled_from(["", arrived, f"{day}T10:31", f"{day}T10:33", f"{day}T14:00"]))
        published = draw(st.sampled_from(["", day, "2024-09-06", "2024-09-09", "2024-09-30"]))
        result = draw(st.sampled_from(["none", "problem", "untraceable"]))
        return {**found, "arrived": arrived, "left": left, "published": published, "result": result}
    return {**found, **dict.fromkeys(("arrived", "left", "published", "result"), "")}


@settings(PLAIN, max_examples=100)
@given(
    rows=dirty_logs(),
    data=st.data(),
    as_of=st.sampled_from(["2024-08-15", "2024-08-31", "2024-09-01", "2024-10-01"]),
    known=st.sampled_from([("8月", "9月"), ("8月",)]),
)
def test_findings_are_those_of_a_literal_reading(rows: Log, data: st.DataObject, as_of: str, known: list[str]) -> None:
    """On any log the rules find what pair by pair, row by row, their sentences say, in whatever order the rows are."""
    rows = known_by(rows, as_of)
    spans = {"8月": ("2024-08-01", "2024-08-31"), "9月": ("2024-09-01", "2024-09-30")}
    periods = {name: spans[name] for name in known}
    seen = [
        quality_oracle.Drawn(visit.enterprise, visit.departments, visit.period, visit.team)
        for visit in drawn().record.values()
    ]
    rules = quality_oracle.Rules(NUMBER, seen, periods, WORKING_DAYS, as_of, 30, 2, 240, 2, 2, 2, PLAIN_FINDINGS)
    told: dict[str, Any] = {"together": 30, "shortest": 2, "longest": 240, "copies": 2, "publish_within": 2}
    screening = screened(rows, as_of=as_of, periods=periods, register=None, **told)
    assert {quality_oracle.told(note) for note in screening.findings} == quality_oracle.findings(rows, rules)
    assert len({quality_oracle.told(note) for note in screening.findings}) == len(screening.findings)
    assert all(each.found <= each.checked for each in screening.tallies)
    again = screened(data.draw(st.permutations(rows)), as_of=as_of, periods=periods, register=None, **told)
    assert again == screening


# ---- limits, to the minute and the day


@pytest.mark.parametrize(("minute", "count"), [("11:00", 0), ("11:00:01", 1)])
def test_departments_are_together_within_the_tolerance(minute: str, count: int) -> None:
    """Sixty minutes between the first and the last is together; a second more is not."""
    rows = clean_log()
    of(rows, "S1")[0].update(arrived=f"2024-11-05T{minute}", left="2024-11-05T12:00")
    notes = screened(rows).of("quality-apart")
    assert len(notes) == count
    assert all(note.params["minutes"] == 61 for note in notes)


def test_a_day_without_an_hour_is_never_read_as_midnight() -> None:
    """A day alone may be any hour: on one day nothing is found and that is told; on two days apart it is."""
    rows = clean_log()
    of(rows, "S1")[0].update(arrived="2024-11-05", left="")
    screening = screened(rows)
    assert screening.findings == ()
    told = [("unchecked-no-hours", 1), ("unchecked-no-arrival", 1), ("unchecked-no-duration", 1)]
    found = [(note.code, note.params.get("count")) for note in screening.unchecked]
    assert set(told) <= set(found)
    of(rows, "S1")[0].update(arrived="2024-11-07")
    found = [(note.code, note.params["minutes"]) for note in screened(rows).findings]
    assert found == [("quality-apart", 14 * 60 + 24 * 60)]  # from ten o'clock until the night of the next day ends
    assert "unchecked-no-hours" not in {note.code for note in screened(rows).unchecked}


def test_one_department_alone_is_not_asked_whether_it_came_together() -> None:
    """Where one department came, and no hour is known, there is nothing that its hour would tell."""
    rows = clean_log()
    alone = of(rows, "S2")
    alone[0] |= dict.fromkeys(("arrived", "left", "result", "published", "finding"), "")
    alone[1] |= {"arrived": "2024-11-06", "left": ""}
    screening = screened(rows)
    assert codes(screening) == ["quality-alone"]
    assert "unchecked-no-hours" not in {note.code for note in screening.unchecked}
    assert [each.checked for each in screening.tallies if each.rule == "quality-apart"] == [15]
    assert "unchecked-beyond-calendar" not in {note.code for note in screening.unchecked}


@pytest.mark.parametrize(
    ("arguments", "plant", "count"),
    [
        ({"shortest": 4}, "short", 0),
        ({"longest": 721}, "long", 0),
        ({"least_inspectors": 1}, "few", 0),
        ({"copies": 6}, "copied", 0),
        ({"publish_within": 21}, "late", 0),
        ({"together": 240}, "apart", 0),
        ({"deregistered": "吊销"}, "deregistered", 0),
        ({"plain_findings": [*PLAIN_FINDINGS, "灭火器压力不足，已责令更换"]}, "copied", 0),
    ],
)
def test_limits_are_arguments(arguments: dict[str, Any], plant: str, count: int) -> None:
    """What is a flaw by one limit is none by the next one."""
    rows = clean_log()
    next(each for each in FLAWS if each.__name__ == plant)(rows)
    assert len(screened(rows).findings) == 1
    assert len(screened(rows, **arguments).findings) == count


def test_a_target_that_nobody_found_is_no_flaw() -> None:
    """Whoever found a closed door left early, and a firm that is gone was rightly not found: both are results."""
    rows = clean_log()
    for row in of(rows, "S0"):
        row |= {"status": "注销", "result": "untraceable", "left": row["arrived"]}
    assert screened(rows).findings == ()


def test_plain_texts_are_alike_and_no_copies() -> None:
    """A text that only says that nothing was found is no copy, with or without a full stop, in any case."""
    rows = clean_log()
    for row, text in zip(rows, ["正常。", "OK.", "无", "", "Compliant"] * 12, strict=False):
        row["finding"] = text
    assert screened(rows, copies=2).findings == ()


def test_copies_are_counted_by_enterprise_and_by_team() -> None:
    """One text at one enterprise is one, however often; another team's text is another text."""
    rows = clean_log()
    for visit in ("S0", "S1", "S2"):
        of(rows, visit)[1].update(finding="同一内容", inspectors="城管2;城管1")
        of(rows, visit)[0].update(finding="同一内容")
    assert len(screened(rows, copies=3).of("quality-copied")) == 2
    assert screened(rows, copies=4).findings == ()
    for row in of(rows, "S2"):
        row["enterprise"] = "F0"
    assert screened(rows, copies=3).findings == ()
    assert [note.params["enterprises"] for note in screened(rows, copies=2).findings] == ["F0;F1", "F0;F1"]


def test_presence_without_leaving_is_a_moment() -> None:
    """Of somebody who never left by the log, the second of arrival counts, and no hour is guessed."""
    rows = clean_log()
    for row in of(rows, "S4") + of(rows, "S5"):
        row["left"] = ""
        row["arrived"] = row["arrived"].replace("2024-11-09", "2024-11-08")
    found = screened(rows).of("quality-two-places")
    assert [(note.at, note.params["departments"]) for note in found] == [("S5", "人社"), ("S5", "城管")]
    assert found[0].params["elsewhere"] == "人社1: F4 (S4) 2024-11-08T10:10/; 人社2: F4 (S4) 2024-11-08T10:10/"
    for row in of(rows, "S4"):
        row["left"] = row["arrived"]
    assert len(screened(rows, shortest=0).findings) == 2
    for row in of(rows, "S5"):
        row["arrived"] = row["arrived"].replace("T10", "T11")
    assert screened(rows, shortest=0).findings == ()


@st.composite
def busy_days(draw: st.DrawFn) -> Log:
    """A morning of two people at three enterprises, with checks of no minute to five, or of unknown length."""
    rows: Log = []
    for number in range(draw(st.integers(2, 9))):
        begin, length = draw(st.integers(0, 7)), draw(st.sampled_from([None, 0, 1, 2, 3, 5]))
        left = "" if length is None else f"2024-11-04T10:{begin + length:02}"
        row = dict.fromkeys(COLUMNS, "") | {
            "visit": f"V{number}",
            "enterprise": draw(st.sampled_from(["F0", "F1", "F2"])),
        }
        people = draw(st.sampled_from(["甲", "乙", "甲;乙"]))
        times = {"arrived": f"2024-11-04T10:{begin:02}", "left": left, "inspectors": people, "department": "城管"}
        rows.append({**row, **times})
    return rows


@settings(PLAIN, max_examples=100)
@given(busy_days())
def test_two_places_are_those_of_every_pair(rows: Log) -> None:
    """A check is found if and only if an earlier one elsewhere was not over, and told with the longest such one."""
    found = low_quality(table(rows), shortest=0).of("quality-two-places")
    told = {(note.at, part) for note in found for part in str(note.params["elsewhere"]).split("; ")}
    assert told == quality_oracle.elsewhere(rows)


def test_two_visits_to_one_enterprise_are_one_place() -> None:
    """Whoever is at one enterprise for two visits is not in two places."""
    rows = clean_log()
    for row in of(rows, "S5"):
        row |= {"enterprise": "F4", "arrived": row["arrived"].replace("09T", "08T"), "left": ""}
    assert screened(rows).findings == ()


def test_the_last_day_for_publication_may_be_unknown() -> None:
    """Where the working days end before the last day for publication, nothing is found, and how often is told."""
    rows = clean_log()
    row = of(rows, visits(1)[3])[0]
    row["published"] = ""
    august = [day for day in WORKING_DAYS if day < "2024-09"]
    screening = screened(rows, working_days=Calendar(august))
    assert screening.findings == ()
    told = {note.at: note.params["count"] for note in screening.unchecked if note.code == "unchecked-beyond-calendar"}
    assert set(told) == {"quality-published-late", "quality-unpublished"}
    assert told["quality-unpublished"] == 1
    then = known_by(rows, "2024-08-31")
    in_time = screened(then, working_days=Calendar(august), as_of="2024-08-31").unchecked
    assert [note.at for note in in_time if note.code == "unchecked-beyond-calendar"] == []
    for as_of, count in (("2024-09-09", 0), ("2024-09-10", 1)):
        assert len(screened(known_by(rows, as_of), as_of=as_of).of("quality-unpublished")) == count


def test_a_check_after_the_day_of_the_log_is_refused() -> None:
    """A log that tells of arrivals after as_of is not the log of that day: each row is named, and no rule is silent."""
    rows = clean_log()
    last = max(row["arrived"][:10] for row in rows)
    assert screened(rows, as_of=last).findings == ()
    with pytest.raises(InputError) as caught:
        screened(rows, as_of="1990-01-01", register=None)
    assert [note.code for note in caught.value.faults] == ["logged-after-as-of"]
    late = [{**rows[0], "arrived": "2024-11-11T10:00", "left": "", "published": ""}]
    with pytest.raises(InputError) as caught:
        indicators(table(late), as_of="2024-11-10")
    assert [(note.code, note.at) for note in caught.value.faults] == [("logged-after-as-of", "row 1 (arrived)")]
    assert indicators(table(late), as_of="2024-11-11")


# ---- registers


def test_a_register_tells_what_the_log_does_not() -> None:
    """An enterprise that the register calls deregistered is found whatever the log says; those it lacks are told."""
    rows = clean_log()
    visit = visits(3)[0]
    enterprise = of(rows, visit)[0]["enterprise"]
    kept = [{"id": f"E{n:02}", "state": "吊销" if f"E{n:02}" == enterprise else "在业"} for n in range(40)]
    screening = screened(rows, register=register(kept), status_column="state")
    note = screening.findings[0]
    assert len(screening.findings) == 1
    assert (note.code, note.at, note.params["status"]) == ("quality-deregistered-in-register", visit, "吊销")
    assert note.params["departments"].count(";") == 2  # type: ignore[union-attr]
    unknown = [note.params["count"] for note in screening.unchecked if note.code == "unchecked-not-in-register"]
    assert unknown == [8]


# ---- what could not be looked at


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_what_a_rule_lacks_is_told(rule: Any) -> None:
    """Without a column or an argument a rule finds nothing and stands under unchecked, with what it lacks."""
    rows = clean_log()
    for column in rule.columns:
        screening = low_quality({k: v for k, v in table(rows).items() if k != column}, [drawn().record])
        assert rule.code not in {each.rule for each in screening.tallies}
        told = [n for n in screening.unchecked if n.at == rule.code and n.code == "unchecked-columns"]
        assert [column in str(note.params["columns"]).split(", ") for note in told] == [True]
    for argument in rule.given:
        empty = {"records": (), "as_of": "", "working_days": (), "register": None}
        screening = screened(rows, **{argument: empty[argument]})
        assert rule.code not in {each.rule for each in screening.tallies}
        assert (rule.code, argument) in [
            (note.at, note.params.get("arguments"))
            for note in screening.unchecked
            if note.code == "unchecked-arguments"
        ]


def test_the_smallest_log_is_sifted() -> None:
    """Three columns are a log: every row is a check then, and joint is who comes with others."""
    screening = low_quality({"visit": ["V1", "V1"], "enterprise": ["E1", "E1"], "department": ["市监", "消防"]})
    assert (screening.visits, screening.checks, screening.findings) == (1, 2, ())
    assert [(each.rule, each.checked) for each in screening.tallies] == [("quality-alone", 1)]
    assert len(screening.unchecked) >= len(RULES) - 1


def test_an_empty_log_is_sifted() -> None:
    """A log without rows gives no finding but those of the drawn visits, to which nobody came."""
    screening = screened([])
    assert set(codes(screening)) == {"quality-never-visited"}
    assert len(screening.findings) == len(drawn().record)
    assert low_quality(table([])).findings == ()


# ---- what is said


def test_a_screening_as_text_and_tables() -> None:
    """The whole is said in both languages; the tables have a row for each finding, rule and gap."""
    rows = clean_log()
    for plant in FLAWS[:4]:
        plant(rows)
    screening = screened(rows)
    groups = len({note.code for note in screening.findings})
    lines = len(screening.tallies) + groups + len(screening.findings) + len(screening.unchecked) + 1
    assert len(str(screening).splitlines()) == len(screening.text("zh").splitlines()) == lines
    assert str(screening).startswith("4 findings in ")
    found = screening.table()
    assert list(found) == ["rule", "name", "visit", "enterprise", "departments", "plan", "text"]
    assert found["rule"] == codes(screening)
    assert found["text"] == [note.text() for note in screening.findings]
    assert list(screening.table(lang="zh")) == [
        "规则",
        "规则名称",
        "户次编号",
        "检查对象",
        "检查部门",
        "计划编号",
        "说明",
    ]
    assert screening.table("rules")["found"] == [each.found for each in screening.tallies]
    assert list(screening.table("rules", lang="zh")) == ["规则", "规则名称", "发现数", "核查数", "说明"]
    assert screening.table("unchecked")["at"] == [note.at for note in screening.unchecked]
    assert repr(screening) == "Screening(4 findings in 29 visits carried out, 47 checks)"
    assert [note.at for note in screening.of("quality-apart")] == ["S1"]


def test_findings_stand_under_their_rule_ten_at_the_most() -> None:
    """The text has a rule's words, ten findings below them and how many more there are; the table has all."""
    rows = clean_log()
    for row in rows:
        row["inspectors"] = "P"
        if row["visit"] in ("S1", "S2"):
            row["plan"] = ""
    screening = screened(rows, records=())
    few, unplanned = screening.of("quality-few-inspectors"), screening.of("quality-unplanned")
    lines = str(screening).splitlines()
    begin = lines.index("too few inspectors:")
    assert lines[begin + 1 : begin + 11] == [f"  {note}" for note in few[:10]]
    assert lines[begin + 11] == f"  \u2026 {len(few) - 10} more: the table has all of them"
    begin = lines.index("without a plan:")
    assert lines[begin + 1 : begin + 3] == [f"  {note}" for note in unplanned]
    assert len(screening.table()["rule"]) == len(screening.findings) > len(few) > 11
    chinese = screening.text("zh").splitlines()
    assert "检查人员不足\uff1a" in chinese
    assert not any(line.startswith(("quality-", "  quality-")) for line in chinese)


def test_rules_have_names() -> None:
    """Each rule has words of its own in both languages, those that its count begins with; tables have them."""
    screening = screened(clean_log())
    for lang in get_args(Lang):
        names = [str(name) for name in list(screening.table("rules", lang=lang).values())[1]]
        assert len(set(names)) == len(names) == len(RULES)
        assert all(tally.note.text(lang).startswith(name) for tally, name in zip(screening.tallies, names, strict=True))
    row = of(rows := clean_log(), "S1")[0]
    row["inspectors"] = ""
    table_of = screened(rows).table(lang="zh")
    assert (table_of["规则"], table_of["规则名称"]) == (["quality-no-inspectors"], ["未写检查人员"])


def test_modes_are_translated_where_findings_are_told() -> None:
    """In Chinese tables and texts a mode is its Chinese word; what is no known mode stays as it is."""
    told = []
    for mode in ("special", "patrol", "联合督导", ""):
        rows = clean_log()
        for row in of(rows, "S1"):
            row.update(plan="", mode=mode)
        screening = screened(rows)
        told.append(screening.table(lang="zh")["说明"][0])
        assert str(told[-1]) in screening.text("zh")
    words = ("专项", "巡查", "联合督导", "–")
    assert all(str(text).endswith(f"\uff08方式\uff1a{word}\uff09") for text, word in zip(told, words, strict=True))


def test_which_modes_need_a_plan_is_an_argument() -> None:
    """Complaints need none by default; every mode may be excepted, or none; and the count is of those that need one."""
    rows = clean_log()
    for visit, mode in (("S1", "complaint"), ("S2", "patrol"), ("S3", "special")):
        for row in of(rows, visit):
            row.update(plan="", mode=mode)
    for chosen, found in (
        ({}, ["S2", "S3"]),
        ({"without_plan": ()}, ["S1", "S2", "S3"]),
        ({"without_plan": ["complaint", "patrol"]}, ["S3"]),
        ({"without_plan": "special"}, ["S1", "S2"]),
    ):
        screening = screened(rows, **chosen)
        assert [note.at for note in screening.of("quality-unplanned")] == found
        [tally] = [each for each in screening.tallies if each.rule == "quality-unplanned"]
        excepted = {row["visit"] for row in rows if row["mode"] in chosen.get("without_plan", ["complaint"])}
        assert tally.checked == screening.visits - len(excepted)
    assert named(faults(lambda: screened(rows, without_plan=["投诉举报", " "]))) == [
        ("log-mode", "without_plan[0]"),
        ("text-space", "without_plan[1]"),
    ]


def test_a_column_under_nearly_its_name_is_told() -> None:
    """A rule that misses a column tells which column of the table may be it."""
    columns = table(clean_log())
    columns["leave"] = columns.pop("left")
    notes = [note for note in low_quality(columns).unchecked if note.at == "quality-short"]
    assert [note.code for note in notes] == ["unchecked-columns"]
    columns["left_at"] = columns.pop("leave")
    notes = [note for note in low_quality(columns).unchecked if note.at == "quality-short"]
    assert [(note.code, note.params["like"]) for note in notes] == [("unchecked-column-like", "left_at")]


def test_findings_stand_rule_by_rule_and_by_visit() -> None:
    """The order of findings is that of the rules, and inside a rule the byte order of the visits."""
    rows = clean_log()
    for row in rows:
        row["inspectors"] = ""
        row["plan"] = ""
    screening = screened(rows, records=())
    places = [(CODES.index(note.code), note.at.encode()) for note in screening.findings]
    assert places == sorted(places)
    assert len(places) > len(rows)


def test_what_does_not_exist_is_refused() -> None:
    """Another rule, table or language is refused by name."""
    screening = screened(clean_log())
    assert named(faults(lambda: screening.of("apart"))) == [("choice", "rule")]
    assert named(faults(lambda: screening.table("all", lang="de"))) == [("choice", "name"), ("choice", "lang")]  # type: ignore[arg-type]


def test_all_faults_of_the_arguments_are_told_at_once() -> None:
    """Limits that are none, days, periods, registers: each with its name."""
    found = faults(
        lambda: screened(
            [],
            together=-1,
            copies=0,
            as_of="2024-13-01",
            working_days=["2024-07-01", "2024-07-01"],
            periods={"7月": ("2024-08-01", "2024-07-01"), " ": "2024-07"},
            status_column="state",
            deregistered=[""],
            plain_findings=["a", " b"],
        )
    )
    assert {note.at for note in found} >= {
        *("together", "copies", "as_of", "working_days", "periods.7月", "periods. ", "status_column"),
        *("deregistered[0]", "plain_findings[1]"),
    }
    assert named(faults(lambda: screened([], shortest=20, longest=10))) == [("bounds-crossed", "longest")]
    assert screened([], shortest=10, longest=10, as_of="").findings == ()
    assert named(faults(lambda: screened([], periods=["7月"]))) == [("plan-shape", "periods")]
    assert named(faults(lambda: screened([], register="E1"))) == [("plan-shape", "register")]


def test_the_lists_that_come_with_the_rules() -> None:
    """The statuses and the plain texts are those that the page shows."""
    assert DEREGISTERED == ("注销", "已注销", "吊销", "已吊销")
    assert {"正常", "未发现问题", "none", "ok"} <= set(PLAIN_FINDINGS)
