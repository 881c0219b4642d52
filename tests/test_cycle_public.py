"""The public face of the year around a draw: its names, that each is described and shown, and programs."""

import ast
import inspect
import typing
from collections import Counter
from fractions import Fraction
from pathlib import Path
from typing import Final

import pytest

import dual_random
from dual_random import Demand, Register, cycle
from dual_random.cycle import Log
from public import examples, functions, is_described, load, parts, shown, unplain, without_example

SOURCE: Final = Path(__file__).parent / "typing" / "cycle_programs.py"

programs: Final = load(SOURCE)


# ---- names


def test_names_are_sorted_and_complete() -> None:
    """``__all__`` is sorted as ASCII, names each thing once, and is all that the package shows beside its modules."""
    assert cycle.__all__ == sorted(set(cycle.__all__))
    assert shown(cycle) == set(cycle.__all__)


def test_its_own_file_holds_names_only() -> None:
    """A docstring, imports from its modules, and the list of names; nothing else."""
    docstring, *statements, names = ast.parse(Path(inspect.getfile(cycle)).read_text("utf-8")).body
    assert isinstance(docstring, ast.Expr)
    assert all(isinstance(node, ast.ImportFrom) and node.level == 0 for node in statements)
    assert isinstance(names, ast.Assign)


def test_a_name_means_one_thing() -> None:
    """Whatever both packages name is the same thing in both."""
    both = set(cycle.__all__) & set(dual_random.__all__)
    assert [name for name in both if getattr(cycle, name) is not getattr(dual_random, name)] == []


@pytest.mark.parametrize("name", cycle.__all__)
def test_every_public_name_is_described(name: str) -> None:
    """Every public name says in its docstring what it is."""
    thing = getattr(cycle, name)
    assert is_described(thing)
    assert callable(thing)


@pytest.mark.parametrize("name", functions(cycle))
def test_every_public_function_is_shown_in_use(name: str) -> None:
    """Every public function calls itself in a doctest of its own, and says what it takes, gives and refuses."""
    function = getattr(cycle, name)
    assert f"{name}(" in examples(function, name)
    text = inspect.getdoc(function) or ""
    assert [part for part in ("Args:", "Returns:", "Raises:") if f"\n{part}\n" not in text] == []


def test_every_public_class_is_shown_in_use() -> None:
    """Every public class has a doctest, or comes out of a function or a class that has one, be it one of several."""
    makers = [typing.get_type_hints(getattr(cycle, name))["return"] for name in functions(cycle)]
    classes = [getattr(cycle, name) for name in cycle.__all__ if inspect.isclass(getattr(cycle, name))]
    hints = [*makers, *(hint for kind in classes for hint in parts(kind))]
    several = {member.__name__ for hint in hints for member in typing.get_args(hint) if inspect.isclass(member)}
    assert without_example(cycle) - several == set()


@pytest.mark.parametrize("name", cycle.__all__)
def test_public_signatures_are_plain(name: str) -> None:
    """No public function or method takes ``**kwargs``, and none takes or gives ``Any`` but for the shape of arrays."""
    assert unplain(getattr(cycle, name)) == []


# ---- programs


def test_programs_use_public_names_only() -> None:
    """The programs import public names and nothing below, and between them all names of the year."""
    tree = ast.parse(SOURCE.read_text("utf-8"))
    modules = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {module for module in modules if module and module.startswith("dual_random")} == {
        "dual_random",
        "dual_random.cycle",
    }
    used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    assert set(cycle.__all__) - used == set()


def test_a_planner_merges_needs() -> None:
    """Related content in the same days is one round, the lead in front; what nothing is related to stays alone."""
    merged = programs.merged()
    assert [(each.lead, each.needs, each.starts, each.ends) for each in merged.rounds] == [
        ("消防", ("消防", "市监"), "2024-07-01", "2024-09-30"),
        ("市监", ("市监",), "2024-10-01", "2024-12-31"),
        ("税务", ("税务",), "2024-10-01", "2024-12-31"),
    ]
    assert (merged.before, merged.independent, merged.fewest) == (26 + 14 + 5, 25 + 14 + 5, 19 + 14 + 5)
    assert programs.reasons("消防") == ["turn-joins"]
    assert programs.merged().notices == ()
    assert programs.reasons("税务") == ["turn-opens", "content-apart"]


def test_a_plan_is_committed_and_drawn() -> None:
    """The draw has the numbers of the needs, and visits between the fewest and those of independent draws."""
    record, found = programs.first(), programs.merged().round(1)
    assert len(record.table("checks")["department"]) == found.separate
    assert found.fewest <= len(record) <= found.independent
    assert sorted(set(record.periods)) == ["2024-07", "2024-08", "2024-09"]


def test_visits_get_their_days_and_batches() -> None:
    """Each visit stands on a working day of its month, in one batch of its kind; what is announced names nobody."""
    record, planned = programs.first(), programs.arranged()
    assert sorted(planned.visits) == sorted(record)
    for visit, day in zip(planned.visits, planned.days, strict=True):
        assert day in programs.calendar()
        assert day.startswith(record[visit].period)
    batches, table = programs.announced(6)
    assert Counter(visit for batch in batches for visit in batch.visits) == Counter(list(record))
    assert all(len(batch) <= 6 and batch.scope in ("inn", "mill") for batch in batches)
    assert table["户次"] == [len(batch) for batch in batches]
    assert not {str(cell) for column in table.values() for cell in column} & set(record)


def test_a_week_has_a_list_of_work() -> None:
    """A row for each check of the week, in Chinese, of the visits that are scheduled for it."""
    planned, table = programs.arranged().during("2024-W28"), programs.work("2024-W28")
    assert table["户次编号"] == [v for v, tasks in zip(planned.visits, planned.tasks, strict=True) for _ in tasks]
    assert set(table["周次"]) == {"2024-W28"}
    assert set(table["检查方式"]) == {"双随机"}


def test_savings_add_up() -> None:
    """The months have all checks and all visits of the draw."""
    record = programs.first()
    told = [line.split(" ")[:3] for line in programs.saved()]
    assert [month for month, _, _ in told] == ["2024-07:", "2024-08:", "2024-09:"]
    assert sum(int(checks) for _, checks, _ in told) == len(record.table("checks")["department"])
    assert sum(int(visits) for _, _, visits in told) == len(record)


def test_a_complaint_goes_along_with_a_drawn_visit() -> None:
    """The firm that was drawn and complained about is visited once, on the day of the complaint, by all."""
    record = programs.first()
    found, planned = programs.errands()
    assert len(found) == len(record) == found.before - 1
    assert sorted(found.enterprises) == sorted(record)
    place = next(i for i, departments in enumerate(found.departments) if "环保" in departments)
    assert found.enterprises[place] == next(iter(record))
    assert found.departments[place] == tuple(sorted({"环保", *record[found.enterprises[place]].departments}))
    assert found.modes[place] == ("complaint", "random")
    assert found.leads == tuple(record[name].lead for name in found.enterprises)
    row = planned.visits.index(found.ids[place])
    assert {department for _, department in planned.tasks[row]} == set(found.departments[place])
    assert planned.days[row] == programs.calendar().within(record[found.enterprises[place]].period)[0]


def test_visits_of_no_plan_are_spread() -> None:
    """Five visits in a week of five working days have a day each, whatever the order of the list."""
    names = [f"E{number:03d}" for number in range(5)]
    found = programs.follow_up(names)
    assert sorted(found.values()) == [f"2024-08-0{day}" for day in range(5, 10)]
    assert programs.follow_up(reversed(names)) == found


def test_what_nobody_did_stays_on_the_list() -> None:
    """All checks but those of the last visit are closed in time; that one is overdue, or openly cancelled."""
    planned = programs.arranged()
    last, undone = planned.visits[-1], len(planned.tasks[-1])
    found = programs.closed("2024-09-30", {})
    assert found.counts == {"on-time": 26 - undone, "late": 0, "overdue": undone, "open": 0, "cancelled": 0}
    assert {task.visit for task in found.named("overdue")} == {last}
    [rate] = found.on_time()
    assert (rate.numerator, rate.denominator) == (26 - undone, 26)
    cancelled = programs.closed("2024-09-30", {last: "歇业"})
    assert {task.reason for task in cancelled.named("cancelled")} == {"歇业"}
    assert cancelled.on_time()[0].value == 1
    early = programs.closed("2024-07-31", {})
    assert early.counts["open"] == sum(task.day > "2024-07-31" for task in early.tasks)


def test_indicators_are_counted_and_printed() -> None:
    """Each rate follows from the log by hand; its table has the terms of the trade."""
    log, record = programs.log(), programs.first()
    found = {(rate.name, rate.of): (rate.numerator, rate.denominator) for rate in programs.rates(log)}
    joint = sum(len(visit.departments) > 1 for visit in record.values())
    undone = programs.arranged().visits[-1]
    bad = [name for name in record if programs.enterprises().value(name, "risk") == "C" and name != undone]
    assert found["joint-sampling rate", "visits"] == (joint, len(record))
    assert found["truly-joint rate", "visits"] == (joint - 1, joint)
    assert found["problem-detection rate", "visits"] == (len(bad), len(record) - 1)
    assert found["item coverage", "items"] == (3, 4)
    assert found["planned share", "visits"] == (len(record), len(record))
    printed = programs.printed(log)
    assert list(printed)[:4] == ["指标", "分组", "范围", "口径"]
    assert {"跨部门联合抽查率", "有效联合率", "问题检出率", "事项覆盖率"} <= set(printed["指标"])


def test_what_cannot_be_measured_is_told() -> None:
    """Without a list of items, and of a log without three columns, just the rates that need these are named."""
    assert [line.partition("\uff1a")[0] for line in programs.omitted(programs.log())] == [
        *("事项覆盖率", "掌上执法率", "应用信用规则率")
    ]


def test_departments_are_ranked() -> None:
    """The larger fraction stands first; few cases are flagged, not hidden."""
    log = programs.log()
    places, table = programs.ranking(log, 12)
    assert [row.place for row in places] == [1, 2]
    assert places[0].rate.value > places[1].rate.value
    assert [row.small for row in places] == [row.rate.denominator < 12 for row in places]
    assert {row.small for row in places} == {True, False}
    assert table["scope"] == [row.scope for row in places]


def test_averages_are_told_apart() -> None:
    """Counts of the months added are the rate of the whole; the mean of their percentages is another number."""
    log = programs.log()
    micro, macro = programs.averages(log)
    [whole] = [rate for rate in programs.rates(log) if rate.name == programs.DETECTION]
    assert (micro.numerator, micro.denominator) == (whole.numerator, whole.denominator)
    months = [rate.value for rate in programs.rates(log, "month") if rate.name == programs.DETECTION]
    assert macro.value == sum(months, Fraction(0)) / 3
    assert macro.micro == micro
    assert macro.value != micro.value


def test_two_quarters_are_compared() -> None:
    """What is said to have risen has risen: nobody was apart later, and no visit was joint."""
    _, _, planned = programs.second()
    later = Log(programs.carried_out(planned, programs.enterprises()), columns="risk")
    risen, table = programs.side_by_side(programs.log(), later)
    before = {rate.name: rate for rate in programs.rates(programs.log()) if rate.of == "visits"}
    after = {rate.name: rate for rate in programs.rates(later) if rate.of == "visits" and rate.denominator}
    assert {name for name in before if name in after and after[name].value > before[name].value} == set(risen)
    assert before["joint-sampling rate"].value > after["joint-sampling rate"].value == 0
    assert len(table["百分点变化"]) == len(programs.rates(later))


def test_a_third_party_finds_what_was_done_badly() -> None:
    """The visit made by halves and the one never made are found, and nothing else."""
    planned, found = programs.arranged(), programs.screened()
    joint = next(visit for visit, tasks in zip(planned.visits, planned.tasks, strict=True) if len(tasks) > 1)
    assert [(note.code, note.params["enterprise"]) for note in found.findings] == [
        ("quality-apart", joint),
        ("quality-never-visited", planned.visits[-1]),
    ]
    assert found.visits == len(planned) - 1


def test_a_log_of_another_year_is_told() -> None:
    """A plan that neither the records nor the list know is named; with its record it is known."""
    other = Log({"visit": ["V1"], "enterprise": ["E000"], "department": ["市监"], "plan": ["2023-9"]})
    assert programs.belongs(programs.log(), []) == []
    assert programs.belongs(other, []) == ["logged-plan-unknown"]
    assert programs.belongs(other, ["2023-9"]) == []


def test_shares_follow_what_was_found() -> None:
    """Where everything is found, the share rises; where nothing is, it falls; as expected, nothing moves."""
    log = programs.log()
    found = programs.adjusted(log)
    moved = {line.name: line.after - line.before for line in found.changes}
    assert moved["A"] < 0
    assert moved["B"] < 0
    assert moved["C"] > 0
    assert [note.code for note in found.notes] == ["share-rule", *["class-adjusted"] * 3]
    kept = programs.adjusted(log, {"A": "0", "B": "0", "C": "100%"})
    assert kept.take == {"A": "5.00%", "B": "10.00%", "C": "20.00%"}
    assert programs.often(log) == {"A": 1, "B": 1, "C": 3}


def test_classes_follow_what_was_found() -> None:
    """Who was visited and found clean gets a better class; C cannot get worse, and who was not visited stays."""
    found, record, before = programs.reclassified(programs.log()), programs.first(), programs.enterprises()
    undone = programs.arranged().visits[-1]
    better = {name for name in record if before.value(name, "risk") == "B" and name != undone}
    assert better
    assert {note.at for note in found.changes} == better
    assert {note.code for note in found.changes} == {"class-better"}
    expected = {name: "A" if name in better else before.value(name, "risk") for name in before}
    assert {name: found.enterprises.value(name, "risk") for name in before} == expected


def test_the_next_draw_spares_those_who_were_visited() -> None:
    """Nobody comes twice; who rests has no chance, the others n of N, and the numbers are those of the new shares."""
    record, known, planned = programs.second()
    past = programs.first()
    assert set(record) & set(past) == set()
    assert sum(each.resting for each in known) == len(past)
    assert sum(each.number for each in known) == len(record) == len(planned)
    assert all(each.chance == Fraction(each.number, each.eligible) > each.mean for each in known)
    take = programs.adjusted(programs.log()).take
    for each in known:
        [name] = each.stratum
        share = Fraction(take[name].rstrip("%")) / 100
        assert each.number == -(-(share * each.eligible) // 1)


def test_memory_names_who_is_gone() -> None:
    """A firm that was drawn and stands in no later register is named; a cap is one more condition."""
    record, register = programs.first(), programs.enterprises()
    assert programs.gone(register) == []
    left = [name for name in register if name != next(iter(record))]
    assert programs.gone(Register({"id": left}, id="id", columns=[])) == [next(iter(record))]
    assert programs.resting(Demand("消防", take=1), 2).where == (("visits", ("0", "1")),)


def test_a_service_answers_with_a_table() -> None:
    """Faults come as a table with codes, places and Chinese, all at once."""
    table = programs.refused(
        {
            "visit": ["V1", "V1"],
            "enterprise": ["E1", "E2"],
            "department": ["市监", ""],
            "arrived": ["2024-07-01", "2024-13-01"],
        }
    )
    assert sorted(table["code"]) == ["log-visit-differs", "text-empty", "time-of-day-form"]
    assert all("请" in text for text in table["text"])
    assert programs.refused({"visit": [], "enterprise": [], "department": []}) == {}


def test_departments_learn_what_is_wrong_with_their_needs() -> None:
    """Every fault of every need, each with its path."""
    rows = [
        {"demand": {"name": "市监", "take": "3%"}, "items": [], "starts": "2024-11-30", "ends": "2024-03-01"},
        {"demand": {"name": "消防", "take": "3 %"}, "items": "通道", "starts": "2024-02-01", "ends": "2024-02-30"},
    ]
    assert programs.sent_back(rows) == [
        "needs[0].items: items-missing",
        "needs[0].ends: window-reversed",
        "needs[1].demand.take: share-form",
        "needs[1].ends: day-form",
    ]
    assert programs.sent_back(rows[:0]) == []
