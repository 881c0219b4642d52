"""Credit-risk classes updated by results: against a plain loop over each enterprise's visits, with the trail."""

from collections import defaultdict
from collections.abc import Callable
from random import Random
from typing import Final, cast

import pytest
from attrs import evolve, frozen
from hypothesis import given, settings
from hypothesis import strategies as st

from dual_random import InputError, Register
from dual_random.cycle.credit import CreditRule, Reclassification, Untraceable, reclassify
from dual_random.cycle.logs import Log

ORDER: Final = ("A", "B", "C", "D")
RULE: Final = CreditRule(order=ORDER)
NAMES: Final = tuple(f"E{i}" for i in range(6))
DAYS: Final = ("2024-06-30", "2024-07-01", "2024-07-15", "2024-07-15T09:00", "2024-09-30T23:59", "2024-10-01")
SINCE: Final = "2024-07-01"
EFFECTIVE: Final = "2024-10-01"

Table = dict[str, list[str]]


@frozen
class Seen:
    """A visit as the tests write it: each department's result, one row each."""

    enterprise: str
    arrived: str
    results: tuple[str, ...]
    mode: str = "random"


def table(visits: list[Seen], order: list[int] | None = None) -> Table:
    rows = [
        (f"V{i:03d}", visit.enterprise, f"部门{j}", visit.arrived, result, visit.mode)
        for i, visit in enumerate(visits)
        for j, result in enumerate(visit.results)
    ]
    rows = rows if order is None else [rows[i] for i in order]
    names = ("visit", "enterprise", "department", "arrived", "result", "mode")
    return {name: [row[i] for row in rows] for i, name in enumerate(names)}


def register(classes: str = "ABCDBC", runs: list[str] | None = None) -> Register:
    columns = {"risk": list(classes), **({"clean_run": runs} if runs else {})}
    return Register({"id": list(NAMES), **columns}, id="id", columns=list(columns))


def reclassified(visits: list[Seen], enterprises: Register | None = None, rule: CreditRule = RULE) -> Reclassification:
    known = register() if enterprises is None else enterprises
    return reclassify(known, table(visits), rule, since=SINCE, effective=EFFECTIVE)


def state(found: Reclassification) -> dict[str, tuple[str, int]]:
    known = found.enterprises
    return {name: (known.value(name, "risk"), int(known.value(name, "clean_run"))) for name in known}


def faults_of(call: Callable[[], object]) -> list[tuple[str, str]]:
    with pytest.raises(InputError) as caught:
        call()
    return [(note.code, note.at) for note in caught.value.faults]


# ---- the oracle: one enterprise at a time, one visit at a time


GRAVITY: Final = {"none": 0, "untraceable": 1, "problem": 2}


def by_hand(visits: list[Seen], enterprises: Register, rule: CreditRule) -> dict[str, tuple[str, int]]:
    own: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for visit in visits:
        results = [GRAVITY[result] for result in visit.results if result]
        modes = rule.worse_by if any(results) else rule.better_by
        if results and (not modes or visit.mode in modes) and SINCE <= visit.arrived[:10] < EFFECTIVE:
            moment = visit.arrived if "T" in visit.arrived else visit.arrived + "T00:00"
            own[visit.enterprise].append((moment, max(results)))
    found = {}
    for name in enterprises:
        place, problems = rule.order.index(enterprises.value(name, "risk")), 0
        run = int(enterprises.value(name, "clean_run")) if "clean_run" in enterprises.columns else 0
        for _, gravity in sorted(own[name]):
            if gravity == 2 or (gravity == 1 and rule.untraceable == "problem"):
                problems, run = problems + 1, 0
            elif gravity == 1:
                run = 0 if rule.untraceable == "break" else run
            else:
                run += 1
        if problems >= rule.worse_after:
            if place < len(rule.order) - 1:
                place, run = place + 1, 0
        elif run >= rule.better_after and place > 0 and own[name]:
            place, run = place - 1, 0
        found[name] = (rule.order[place], run)
    return found


def visits(most: int = 14) -> st.SearchStrategy[list[Seen]]:
    result = st.sampled_from(["none", "none", "none", "problem", "untraceable", ""])
    one = st.builds(
        Seen,
        enterprise=st.sampled_from([*NAMES, "E9"]),
        arrived=st.sampled_from(DAYS),
        results=st.lists(result, min_size=1, max_size=2).map(tuple),
        mode=st.sampled_from(["random", "random", "special", "complaint", ""]),
    )
    return st.lists(one, max_size=most)


rules = st.builds(
    CreditRule,
    order=st.just(ORDER),
    worse_after=st.integers(1, 2),
    better_after=st.integers(1, 4),
    worse_by=st.sampled_from([(), (), ("random",), ("random", "complaint")]),
    better_by=st.sampled_from([(), ("random",), ("random", "special")]),
    untraceable=st.sampled_from(["problem", "break", "ignore"]),
)
registers = st.builds(
    register,
    classes=st.text("ABCD", min_size=6, max_size=6),
    runs=st.none() | st.lists(st.integers(0, 4).map(str), min_size=6, max_size=6),
)


@settings(deadline=None, derandomize=True, max_examples=250)
@given(seen=visits(), enterprises=registers, rule=rules)
def test_classes_and_runs_are_those_of_a_plain_loop(seen: list[Seen], enterprises: Register, rule: CreditRule) -> None:
    """Class and run of every enterprise are those that a loop over its visits gives."""
    assert state(reclassified(seen, enterprises, rule)) == by_hand(seen, enterprises, rule)


@settings(deadline=None, derandomize=True, max_examples=100)
@given(seen=visits(), rule=rules, data=st.data())
def test_the_order_of_rows_decides_nothing(seen: list[Seen], rule: CreditRule, data: st.DataObject) -> None:
    """Any order of the log's rows gives the same register and the same trail."""
    rows = sum(len(visit.results) for visit in seen)
    order = data.draw(st.permutations(range(rows)))
    one = reclassify(register(), table(seen), rule, since=SINCE, effective=EFFECTIVE)
    other = reclassify(register(), Log(table(seen, list(order))), rule, since=SINCE, effective=EFFECTIVE)
    assert one == other


@settings(deadline=None, derandomize=True, max_examples=100)
@given(seen=visits(), enterprises=registers, rule=rules)
def test_the_trail_is_the_difference(seen: list[Seen], enterprises: Register, rule: CreditRule) -> None:
    """There is a note for each class that changed and no other, one step each, with its day; the rest is untouched."""
    found = reclassified(seen, enterprises, rule)
    changed = {name for name in enterprises if enterprises.value(name, "risk") != found.enterprises.value(name, "risk")}
    assert [note.at for note in found.changes] == sorted(changed)
    for note in found.changes:
        before, after = (ORDER.index(str(note.params[part])) for part in ("before", "after"))
        assert after - before == (1 if note.code == "class-worse" else -1)
        assert ORDER[before] == enterprises.value(note.at, "risk")
        assert ORDER[after] == found.enterprises.value(note.at, "risk")
        assert note.params["effective"] == EFFECTIVE
    assert list(found.enterprises) == list(enterprises)
    assert found.notes[0].code == "credit-rule"
    assert {note.at for note in found.unlisted} <= {"E9"}


@settings(deadline=None, derandomize=True, max_examples=60)
@given(enterprises=registers, rule=rules)
def test_without_visits_nothing_changes(enterprises: Register, rule: CreditRule) -> None:
    """An empty log changes no class and no run, however long the run."""
    found = reclassified([], enterprises, rule)
    assert found.changes == ()
    assert state(found) == by_hand([], enterprises, rule)
    again = reclassify(found.enterprises, table([]), rule, since=EFFECTIVE, effective="2025-01-01")
    assert again.enterprises == found.enterprises


@settings(deadline=None, derandomize=True, max_examples=60)
@given(seen=visits(), rule=rules, name=st.sampled_from(NAMES))
def test_one_problem_more_never_makes_a_class_better(seen: list[Seen], rule: CreditRule, name: str) -> None:
    """A visit with a problem more leaves an enterprise where it was, or worse; nobody else is touched."""
    more = [*seen, Seen(name, "2024-08-01", ("problem",))]
    before, after = state(reclassified(seen, rule=rule)), state(reclassified(more, rule=rule))
    assert ORDER.index(before[name][0]) <= ORDER.index(after[name][0])
    assert {key: value for key, value in before.items() if key != name} == {
        key: value for key, value in after.items() if key != name
    }


def test_rounds_that_follow_one_another_use_every_visit_once() -> None:
    """Three clean visits in three rounds give one step, and what was evidence once is none again."""
    seen = [Seen("E1", day, ("none",)) for day in ("2024-01-05", "2024-04-05", "2024-07-05")]
    known = register()
    told = []
    for since, effective in (("2024-01-01", "2024-04-01"), ("2024-04-01", "2024-07-01"), ("2024-07-01", "2024-10-01")):
        found = reclassify(known, table(seen), RULE, since=since, effective=effective)
        known = found.enterprises
        told.append((known.value("E1", "risk"), known.value("E1", "clean_run")))
    assert told == [("B", "1"), ("B", "2"), ("A", "0")]
    [note] = found.changes
    assert (note.params["run"], note.params["visits"], note.params["which"]) == (3, 1, "V002")
    after = reclassify(known, table(seen), RULE, since="2024-10-01", effective="2025-01-01")
    assert after.enterprises == known


def test_the_trail_names_the_visits() -> None:
    """A change for the worse names the visits with a problem, one for the better the run; long lists their latest."""
    days = [f"2024-07-{day:02d}" for day in range(1, 9)]
    seen = [Seen("E1", day, ("none",)) for day in days]
    seen += [Seen("E2", day, ("none", "problem")) for day in days[:2]] + [Seen("E2", days[3], ("untraceable",))]
    worse_after = CreditRule(order=ORDER, worse_after=2)
    better, worse = reclassified(seen, rule=worse_after).changes
    assert str(better.params["which"]) == "…, V003, V004, V005, V006, V007"
    assert (better.code, better.params["run"], better.params["visits"]) == ("class-better", 8, 8)
    assert (worse.code, worse.params["which"]) == ("class-worse", "V008, V009")
    assert (worse.params["visits"], worse.params["problems"], worse.params["untraceable"]) == (3, 2, 1)
    counted = CreditRule(order=ORDER, worse_after=2, untraceable="problem")
    [_, worse] = reclassified(seen, rule=counted).changes
    assert (worse.params["which"], worse.params["problems"]) == ("V008, V009, V010", 3)
    assert reclassified(seen).table(lang="zh")["code"][0] == "credit-rule"


def test_a_run_after_an_untraceable_visit() -> None:
    """What an untraceable visit counts is the rule's: a problem, a break of the run, or nothing."""
    seen = [Seen("E1", f"2024-07-0{i}", (result,)) for i, result in enumerate(["none", "untraceable", "none"], 1)]
    found = {
        kind: state(reclassified(seen, rule=CreditRule(order=ORDER, better_after=2, untraceable=kind)))["E1"]
        for kind in ("problem", "break", "ignore")
    }
    assert found == {"problem": ("C", 0), "break": ("B", 1), "ignore": ("A", 0)}


def test_the_trail_of_a_run_that_began_anew() -> None:
    """Visits before the last that broke the run, in this round or earlier ones, are no part of what is told."""
    results = ["none", "untraceable", "none", "none", "none"]
    seen = [Seen("E1", f"2024-07-0{i}", (result,)) for i, result in enumerate(results, 1)]
    [note] = reclassified(seen, register(runs=["5"] * 6)).changes
    assert (note.params["run"], note.params["visits"], note.params["which"]) == (3, 3, "V002, V003, V004")


def test_at_the_same_time_the_gravest_counts_last() -> None:
    """A clean visit at the moment of one with a problem begins no new run, in whatever order they stand."""
    one, two = Seen("E3", "2024-07-05T09:00", ("none",)), Seen("E3", "2024-07-05T09:00", ("problem",))
    assert state(reclassified([one, two]))["E3"] == state(reclassified([two, one]))["E3"] == ("D", 0)


def test_whom_somebody_chose_to_visit_gets_no_better() -> None:
    """By default clean visits count where they were drawn, problems however they were found; the rule says so."""
    clean = [Seen("E1", f"2024-07-0{i}", ("none",), mode) for i, mode in enumerate(["special", "", "complaint"], 1)]
    assert state(reclassified(clean)) == state(reclassified([]))
    found = [Seen("E1", "2024-07-05", ("problem",), "complaint"), Seen("E2", "2024-07-05", ("problem",), "special")]
    assert {note.at: note.code for note in reclassified(found).changes} == {"E1": "class-worse", "E2": "class-worse"}
    every = evolve(RULE, better_by=())
    assert [note.code for note in reclassified(clean, rule=every).changes] == ["class-better"]
    drawn = evolve(RULE, worse_by="random")
    assert reclassified(found, rule=drawn).changes == ()
    told = RULE.note.params
    assert (told["worse_by"], told["better_by"]) == ("all modes", "random")
    chinese = reclassified(found).table(lang="zh")["text"][0]
    assert all(word in str(chinese) for word in ("各种方式", "双随机", "中断连续"))
    assert str(chinese) == reclassified(found).text("zh").splitlines()[0]


def test_a_log_without_modes_counts_all_visits() -> None:
    """Where the log does not tell modes, every visit counts for better and worse."""
    clean = [Seen("E1", f"2024-07-0{i}", ("none",), "special") for i in range(1, 4)]
    bare = {name: cells for name, cells in table(clean).items() if name != "mode"}
    found = reclassify(register(), bare, RULE, since=SINCE, effective=EFFECTIVE)
    assert [note.code for note in found.changes] == ["class-better"]


def test_a_reclassification_is_short_and_prints_ten_changes() -> None:
    """The representation has counts; the text the rule, the counts, ten changes, and how many more there are."""
    names = [f"F{i:02d}" for i in range(12)]
    known = Register({"id": names, "risk": ["A"] * 12}, id="id", columns=["risk"])
    found = reclassified([Seen(name, "2024-07-05", ("problem",)) for name in [*names, "E9"]], known)
    assert repr(found) == (
        "Reclassification(12 of 12 enterprises change their class on 2024-10-01, 1 visited ones unlisted)"
    )
    lines = str(found).splitlines()
    assert lines[0] == str(RULE.note)
    assert lines[2:-1] == [str(note) for note in found.changes[:10]]
    assert lines[-1] == "\u2026 2 more: the table has all of them"
    assert len(found.text("zh").splitlines()) == 13
    assert str(reclassified([])).splitlines()[1:] == [
        "0 of 6 enterprises change their class on 2024-10-01; visited and not in the register: 0"
    ]


def test_who_is_not_in_the_register_is_told() -> None:
    """Visits of enterprises that the register does not hold change nothing and are named with their number."""
    seen = [Seen("E9", "2024-07-05", ("problem",)), Seen("E9", "2024-07-06", ("none",)), Seen("E9", DAYS[0], ("none",))]
    found = reclassified(seen)
    assert [(note.code, note.at, note.params["visits"]) for note in found.unlisted] == [("visited-unlisted", "E9", 2)]
    assert found.changes == ()


def test_large_logs_are_those_of_a_plain_loop() -> None:
    """Thousands of visits in random order give the classes and runs of the loop."""
    generator, months = Random("credit"), ("05", "06", "07", "08", "09", "10", "11")
    names = [f"F{i:04d}" for i in range(500)]
    enterprises = Register(
        {"id": names, "risk": [generator.choice(ORDER) for _ in names], "clean_run": ["1", "2"] * 250},
        id="id",
        columns=["risk", "clean_run"],
    )
    seen = [
        Seen(
            generator.choice(names),
            f"2024-{generator.choice(months)}-{generator.randrange(10, 28)}T{generator.randrange(10, 18)}:00",
            (generator.choice(["none"] * 8 + ["problem", "untraceable", ""]),),
        )
        for _ in range(5000)
    ]
    assert state(reclassified(seen, enterprises)) == by_hand(seen, enterprises, RULE)


# ---- refusals


def test_all_unknown_classes_come_at_once() -> None:
    """Classes and runs that the rule does not know, and columns that the log lacks, are told together."""
    enterprises = Register(
        {"id": ["E1", "E2", "E3", "E4"], "risk": ["A", "E", "", "E"], "clean_run": ["1", "-1", "x", "01"]},
        id="id",
        columns=["risk", "clean_run"],
    )
    bare = {"visit": ["V1"], "enterprise": ["E1"], "department": ["市监"]}
    assert faults_of(lambda: reclassify(enterprises, bare, RULE, effective=EFFECTIVE)) == [
        ("class-of-rows", "risk."),
        ("class-of-rows", "risk.E"),
        ("run-form", "clean_run.-1"),
        ("run-form", "clean_run.01"),
        ("run-form", "clean_run.x"),
        ("log-column-unknown", "log.'result'"),
        ("log-column-unknown", "log.'arrived'"),
    ]
    with pytest.raises(InputError) as caught:
        reclassify(enterprises, table([]), RULE, effective=EFFECTIVE)
    assert [note.params["rows"] for note in caught.value.faults if note.code == "class-of-rows"] == [1, 2]


def test_arguments_are_checked() -> None:
    """Days, column names and kinds of values are refused with all faults."""
    known, log = register(), table([])
    assert faults_of(lambda: reclassify(known, log, RULE, since="2024-10-01", effective="2024-10-01")) == [
        ("round-empty", "since")
    ]
    assert faults_of(lambda: reclassify(known, log, RULE, since="7月", effective="2024-02-30", column="")) == [
        ("text-empty", "column"),
        ("day-form", "effective"),
        ("day-form", "since"),
    ]
    assert faults_of(lambda: reclassify(known, log, RULE, effective=EFFECTIVE, run="risk")) == [
        ("name-repeated", "run")
    ]
    assert faults_of(lambda: reclassify(known, log, RULE, effective=EFFECTIVE, run="id")) == [("column-id", "run")]
    assert faults_of(lambda: reclassify(known, log, RULE, effective=EFFECTIVE, column="class")) == [
        ("column-unknown", "column")
    ]
    wrong = cast(Register, "E1"), cast(CreditRule, {"order": "AB"})
    assert faults_of(lambda: reclassify(wrong[0], log, wrong[1], effective=EFFECTIVE)) == [
        ("plan-shape", "enterprises"),
        ("plan-shape", "rule"),
    ]


def test_rules_that_are_none_are_refused() -> None:
    """Orders, numbers of visits and words are checked at once."""
    assert faults_of(
        lambda: CreditRule(order=["A", "A"], worse_after=0, better_after=-1, untraceable=cast(Untraceable, "skip"))
    ) == [
        ("name-repeated", "order"),
        ("positive-form", "worse_after"),
        ("positive-form", "better_after"),
        ("choice", "untraceable"),
    ]
    assert faults_of(lambda: CreditRule(order=["A"])) == [("classes-few", "order")]
    assert faults_of(lambda: CreditRule(order=ORDER, better_by=["random", "random"], worse_by=[" x"])) == [
        ("text-space", "worse_by[0]"),
        ("name-repeated", "better_by"),
    ]
    assert evolve(RULE, order=["低", "高"]).order == ("低", "高")
