"""Logs of visits: read as a loop over the rows would read them, and refused with every fault where they contradict."""

import pickle
from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Final

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dual_random.columns import Table
from dual_random.cycle.instants import read_instants
from dual_random.cycle.logs import Log, as_log
from dual_random.dates import day, second, time_faults
from dual_random.errors import InputError, Note

quick = settings(deadline=None, derandomize=True, max_examples=200)

Cells = dict[str, list[str]]
SOUND: Final[Cells] = {
    "visit": ["V1", "V1", "V2", "V3"],
    "enterprise": ["E1", "E1", "E2", "E1"],
    "department": ["市监", "消防", "市监", "环保"],
    "mode": ["random", "random", "special", ""],
    "plan": ["P1", "P1", "P2", ""],
    "joint": ["yes", "yes", "no", "no"],
    "due": ["2024-07-31", "2024-07-31", "", "2024-08-31"],
    "arrived": ["2024-07-01T09:30", "2024-07-01 09:41:05", "2024-02-29", ""],
    "left": ["2024-07-01T10:30", "2024-07-01", "2024-02-29T08:00", ""],
    "result": ["none", "problem", "untraceable", ""],
    "mobile": ["yes", "no", "", ""],
    "onsite": ["yes", "yes", "", ""],
    "published": ["2024-07-01", "2024-07-20", "", ""],
    "items": ["a;b", "", "c", ""],
    "inspectors": ["I1;I2", "I3;I4", "", ""],
    "rules": ["yes", "yes", "no", ""],
    "status": ["存续", "存续", "注销", ""],
    "finding": ["无", "消防通道堵塞", "", ""],
}


def altered(**cells: tuple[int, object]) -> dict[str, list[object]]:
    """The sound log with one cell of some columns replaced: column=(row from 1, cell)."""
    table: dict[str, list[object]] = {column: list(found) for column, found in SOUND.items()}
    for column, (row, cell) in cells.items():
        table[column][row - 1] = cell
    return table


def refused(table: object, **arguments: object) -> list[tuple[str, str]]:
    """The codes and places of a refusal."""
    with pytest.raises(InputError) as caught:
        Log(table, **arguments)  # type: ignore[arg-type]
    assert all(note.text("en") != note.text("zh") for note in caught.value.faults)
    return [(note.code, note.at) for note in caught.value.faults]


def without(*columns: str) -> Cells:
    return {column: cells for column, cells in SOUND.items() if column not in columns}


# ---- what is read


def test_a_log_is_read_as_it_stands() -> None:
    """Every cell comes back: texts by their codes, times as the numbers of their days and seconds."""
    log = Log(SOUND)
    assert len(log) == 4
    assert repr(log) == "Log(4 checks in 3 visits)"
    assert log.columns == tuple(SOUND)
    assert log.visits.tolist() == [0, 0, 1, 2]
    assert log.visit_ids == ("V1", "V2", "V3")
    for column in SOUND:
        if column in {"due", "arrived", "left", "published"}:
            assert log.seconds(column).tolist() == [second(text) if text else -1 for text in SOUND[column]]
            assert log.days(column).tolist() == [day(text[:10]) if text else -1 for text in SOUND[column]]
            assert log.timed(column).tolist() == [len(text) > 10 for text in SOUND[column]]
        else:
            codes, values = log.codes(column)
            assert [values[code] for code in codes.tolist()] == SOUND[column]
            assert column == "visit" or list(values) == sorted(set(SOUND[column]))


TABLES: Final[dict[str, Callable[[], Table]]] = {
    "tuples": lambda: {column: tuple(cells) for column, cells in SOUND.items()},
    "iterators": lambda: {column: iter(cells) for column, cells in SOUND.items()},
    "None for empty": lambda: {column: [cell or None for cell in cells] for column, cells in SOUND.items()},
    "pandas": lambda: pd.DataFrame(SOUND, index=[3, 3, 1, 0]),
    "pandas, NaN": lambda: pd.DataFrame(SOUND).replace("", np.nan),
    "polars": lambda: pl.DataFrame(SOUND),
    "polars, null": lambda: pl.DataFrame(SOUND).with_columns(pl.all().replace("", None)),
    "pyarrow": lambda: pa.table(SOUND),
    "numpy texts": lambda: {column: np.array(cells, dtype=object) for column, cells in SOUND.items()},
}


@pytest.mark.parametrize("kind", TABLES)
def test_any_table_gives_the_same_log(kind: str) -> None:
    """No data frame library makes a difference, and a missing value is an empty cell."""
    log, expected = Log(TABLES[kind]()), Log(SOUND)
    assert (log.columns, log.visit_ids, log.visits.tolist()) == (
        expected.columns,
        expected.visit_ids,
        expected.visits.tolist(),
    )
    for column in ("mode", "result", "finding"):
        assert log.codes(column)[0].tolist() == expected.codes(column)[0].tolist()
    for column in ("due", "arrived", "left", "published"):
        assert log.seconds(column).tolist() == expected.seconds(column).tolist()


def test_only_three_columns_are_needed() -> None:
    """A column that is missing is no fault; asking for it is, and the ones there are named."""
    log = Log(without(*list(SOUND)[3:]))
    assert log.columns == ("visit", "enterprise", "department")
    for ask in (log.codes, log.seconds, log.days, log.timed):
        with pytest.raises(InputError, match="has no such column as"):
            ask("arrived")


def test_times_and_texts_are_asked_for_each_in_their_way() -> None:
    """A column of times has no codes, and one of text no seconds."""
    log = Log(SOUND)
    with pytest.raises(InputError):
        log.codes("arrived")
    with pytest.raises(InputError):
        log.seconds("result")


def test_further_columns_are_kept_when_named() -> None:
    """What else the table has stands in the log only if it was asked for, and then must be there."""
    table: dict[str, list[object]] = {**altered(), "district": ["a", "b", "a", ""], "number": [1, 2, 3, 4]}
    log = Log(table, columns=["district"])
    assert log.codes("district")[1] == ("", "a", "b")
    assert "number" not in log.columns
    assert Log(table, columns="district").columns == log.columns
    assert refused(table, columns=["street"]) == [("column-missing", "street")]
    assert refused(table, columns=["number"]) == [("text-type", "rows 1, 2, 3, 4 (number)")]
    assert refused(table, columns=["month"]) == [("log-column-month", "columns[0]")]
    assert refused(table, columns=["district", "district"]) == [("name-repeated", "columns")]
    assert refused(without("mode"), columns=["mode"]) == [("column-missing", "mode")]
    assert Log(table, columns=["mode"]).columns == Log(table).columns


def test_a_log_is_taken_as_it_is() -> None:
    """Whatever takes a table takes a log, which is not read again."""
    log = Log(SOUND)
    assert as_log(log) is log
    assert as_log(SOUND).visit_ids == log.visit_ids


def test_nothing_in_a_log_can_be_changed() -> None:
    """Its arrays are read-only, its attributes fixed, and a copy by pickle has the same rows."""
    log = Log(SOUND)
    for array in (log.visits, log.codes("mode")[0], log.codes("visit")[0], log.seconds("due"), log.timed("arrived")):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1
    with pytest.raises(AttributeError):
        log.visit_ids = ()  # type: ignore[misc]
    copy = pickle.loads(pickle.dumps(log))
    assert copy.visits.tolist() == log.visits.tolist()
    assert copy.seconds("left").tolist() == log.seconds("left").tolist()
    assert copy.codes("finding")[1] == log.codes("finding")[1]


def test_a_log_may_be_empty() -> None:
    """No visit yet is no fault."""
    log = Log(dict.fromkeys(SOUND, ()))
    assert (len(log), log.visit_ids) == (0, ())


# ---- times

moments = st.datetimes().map(lambda one: str(one)[:19])
digits = st.text("0123456789-T :Z\n年", max_size=20)
near_times = st.builds(
    lambda text, place, sign: text[:place] + sign + text[place + 1 :],
    moments,
    st.integers(0, 18),
    st.sampled_from("0123456789-T :/年\n"),
)
times = st.one_of(moments, moments.map(lambda text: text[:16]), moments.map(lambda text: text[:10]), near_times, digits)


@given(st.lists(times, max_size=12))
@quick
def test_times_are_read_as_one_by_one(texts: list[str]) -> None:
    """A column of times holds what `dual_random.dates` reads text by text, and refuses what that refuses."""
    read, faults = read_instants(texts, "arrived", clock=True)
    sound = [bool(text) and not time_faults(text, "") for text in texts]
    expected = [second(text) if fine else -1 for text, fine in zip(texts, sound, strict=True)]
    assert read.seconds.tolist() == expected
    assert read.timed.tolist() == [fine and len(text) > 10 for text, fine in zip(texts, sound, strict=True)]
    wrong = [row for row, text in enumerate(texts) if text and not sound[row]]
    assert sorted(row for fault in faults for row in fault.rows) == wrong


def test_every_day_of_four_centuries_is_read() -> None:
    """Leap years come out right over a whole cycle of the calendar, and at both its ends."""
    numbers = [
        *range(day("1999-12-01"), day("2400-03-02")),
        *range(1, 800),
        *range(date.max.toordinal() - 800, 3652060),
    ]
    texts = [date.fromordinal(number).isoformat() for number in numbers]
    read, faults = read_instants(texts, "due", clock=False)
    assert (read.days.tolist(), faults) == (numbers, [])


def test_days_have_no_clock() -> None:
    """Where a day is asked for, a time is refused."""
    assert refused(altered(due=(1, "2024-07-31T10:00"))) == [("day-form", "row 1 (due)")]
    assert refused(altered(published=(1, "2024-07-01 10:00"))) == [("day-form", "row 1 (published)")]


# ---- what is refused: one cell

CELLS: Final[dict[str, tuple[dict[str, tuple[int, object]], str, str]]] = {
    "empty visit": ({"visit": (3, "")}, "text-empty", "row 3 (visit)"),
    "no enterprise": ({"enterprise": (3, None)}, "text-empty", "row 3 (enterprise)"),
    "no department": ({"department": (4, float("nan"))}, "text-empty", "row 4 (department)"),
    "visit with a space": ({"visit": (4, " V3")}, "text-space", "row 4 (visit)"),
    "visit as a number": ({"visit": (4, 3)}, "text-type", "row 4 (visit)"),
    "visit as a list": ({"visit": (4, ["V3"])}, "text-type", "row 4 (visit)"),
    "enterprise as a number": ({"enterprise": (3, 2)}, "text-type", "row 3 (enterprise)"),
    "enterprise with a line break": ({"enterprise": (3, "E\n2")}, "text-character", "row 3 (enterprise)"),
    "department with a zero-width space": ({"department": (2, "消\u200b防")}, "text-character", "row 2 (department)"),
    "mode not in NFC": ({"mode": (3, "e\u0301")}, "text-not-nfc", "row 3 (mode)"),
    "another word for a result": ({"result": (2, "正常")}, "log-word", "row 2 (result)"),
    "a capital": ({"result": (1, "None")}, "log-word", "row 1 (result)"),
    "true for yes": ({"mobile": (1, True)}, "text-type", "row 1 (mobile)"),
    "another word for yes": ({"mobile": (1, "是")}, "log-word", "row 1 (mobile)"),
    "onsite": ({"onsite": (1, "y")}, "log-word", "row 1 (onsite)"),
    "rules": ({"rules": (3, "n")}, "log-word", "row 3 (rules)"),
    "joint": ({"joint": (3, "no ")}, "text-space", "row 3 (joint)"),
    "no day of the calendar": ({"due": (3, "2023-02-29")}, "day-form", "row 3 (due)"),
    "a day as a date": ({"due": (3, date(2024, 7, 1))}, "log-time-type", "row 3 (due)"),
    "no hour": ({"left": (1, "2024-07-01T24:00")}, "time-of-day-form", "row 1 (left)"),
    "day zero": ({"due": (3, "2024-07-00")}, "day-form", "row 3 (due)"),
    "month zero": ({"due": (3, "2024-00-07")}, "day-form", "row 3 (due)"),
    "year zero": ({"due": (3, "0000-07-07")}, "day-form", "row 3 (due)"),
    "a zone": ({"left": (1, "2024-07-01T10:00Z")}, "time-of-day-form", "row 1 (left)"),
    "a time as a datetime": ({"left": (1, datetime(2024, 7, 1))}, "log-time-type", "row 1 (left)"),
    "left early": ({"left": (1, "2024-07-01T09:29:59")}, "log-left-early", "row 1 (left)"),
    "left the day before": ({"left": (2, "2024-06-30T23:00")}, "log-left-early", "row 2 (left)"),
    "left the day before, by days": ({"left": (3, "2024-02-28")}, "log-left-early", "row 3 (left)"),
    "published early": ({"published": (1, "2024-06-30")}, "log-published-early", "row 1 (published)"),
    "result without arrival": ({"result": (4, "none")}, "log-not-arrived", "row 4 (arrived)"),
    "left without arrival": ({"left": (4, "2024-08-01T10:00")}, "log-not-arrived", "row 4 (arrived)"),
    "published without arrival": ({"published": (4, "2024-08-01")}, "log-not-arrived", "row 4 (arrived)"),
    "two enterprises": ({"enterprise": (2, "E2")}, "log-visit-differs", "rows 1, 2 (enterprise)"),
    "two modes": ({"mode": (2, "")}, "log-visit-differs", "rows 1, 2 (mode)"),
    "two plans": ({"plan": (1, "P2")}, "log-visit-differs", "rows 1, 2 (plan)"),
    "joint and not": ({"joint": (1, "no")}, "log-visit-differs", "rows 1, 2 (joint)"),
    "a department twice": ({"department": (2, "市监")}, "log-department-repeated", "rows 1, 2 (department)"),
}


@pytest.mark.parametrize("case", CELLS)
def test_each_fault_is_named_with_its_row_and_column(case: str) -> None:
    """One wrong cell is one fault, at its row and column."""
    cells, code, at = CELLS[case]
    assert refused(altered(**cells)) == [(code, at)]


WORDS: Final = {
    "random": ["双随机", "随机", "双随机抽查", "双随机检查", "双随机、一公开", "Random", "double-random"],
    "special": ["专项", "专项检查", "SPECIAL"],
    "patrol": ["巡查", "日常巡查", "Patrol"],
    "complaint": ["投诉", "投诉举报", "举报", "Complaint"],
}


@pytest.mark.parametrize("mode", WORDS)
def test_a_mode_by_another_word_is_refused_with_the_word_to_write(mode: str) -> None:
    """A mode under its Chinese name, or in capitals, would be counted as none: it is refused, and the word is told."""
    for word in WORDS[mode]:
        table = {**SOUND, "mode": [word] * 4}
        with pytest.raises(InputError) as caught:
            Log(table)
        [note] = caught.value.faults
        assert (note.code, note.at, note.params["word"]) == ("log-mode", "rows 1, 2, 3, 4 (mode)", mode)
    assert Log({**SOUND, "mode": [mode] * 4}).codes("mode")[1] == (mode,)


def test_all_other_words_for_modes_come_at_once() -> None:
    """Each such word is one fault with its rows; a mode that is none of the four stays any text."""
    table = {**SOUND, "mode": ["双随机", "双随机", "巡查", "联合督导"]}
    assert refused(table) == [("log-mode", "rows 1, 2 (mode)"), ("log-mode", "row 3 (mode)")]
    assert "联合督导" in Log({**SOUND, "mode": ["random", "random", "", "联合督导"]}).codes("mode")[1]


def test_names_that_are_not_joined_by_semicolons_are_refused() -> None:
    """Two inspectors joined by a 、 would be one person; no id holds such a sign."""
    for text in ("I1、I2", "I1\uff0cI2", "I1\uff1bI2", "I1,I2"):
        assert refused(altered(inspectors=(1, text))) == [("log-names-joined", "row 1 (inspectors)")]
    for text in ("证照\uff0c食品", "证照\uff1b食品"):
        assert refused(altered(items=(1, text))) == [("log-names-joined", "row 1 (items)")]


def test_an_item_may_hold_the_sign_that_lists() -> None:
    """学校、托幼机构检查 is one item: beside others, or ended by a semicolon, it stands; alone it is asked about."""
    with pytest.raises(InputError) as caught:
        Log(altered(items=(1, "证照、食品")))
    [note] = caught.value.faults
    assert (note.code, note.at) == ("log-items-listed", "row 1 (items)")
    assert (note.params["written"], note.params["one"]) == ("'证照;食品'", "'证照、食品;'")
    for text in ("学校、托幼机构检查;", "证照;学校、托幼机构检查"):
        assert text in Log(altered(items=(1, text))).codes("items")[1]


def test_times_of_pandas_are_one_fault_a_column() -> None:
    """A column of Timestamps is one mistake, told once with all its rows and how to write it as text."""
    frame = pd.DataFrame(SOUND)
    for column in ("arrived", "left", "due"):
        frame[column] = pd.to_datetime(frame[column].str[:10].replace("", None))
    with pytest.raises(InputError) as caught:
        Log(frame)
    assert [(note.code, note.at) for note in caught.value.faults] == [
        ("log-time-type", "rows 1, 2, 4 (due)"),
        ("log-time-type", "rows 1, 2, 3 (arrived)"),
        ("log-time-type", "rows 1, 2, 3 (left)"),
    ]
    assert "'%Y-%m-%d')" in str(caught.value.faults[0])
    assert "'%Y-%m-%dT%H:%M')" in str(caught.value.faults[1])
    assert caught.value.faults[0].params["type"] == "Timestamp"


def test_cells_of_one_wrong_type_are_one_fault() -> None:
    """Numbers where text is needed are told once a column and type, ids of visits like all else."""
    table = altered(visit=(3, 7), status=(1, True))
    table["visit"][3] = 8
    table["status"][1] = 0
    assert refused(table) == [
        ("text-type", "rows 3, 4 (visit)"),
        ("text-type", "row 1 (status)"),
        ("text-type", "row 2 (status)"),
    ]


def test_a_missing_arrival_is_one_fault() -> None:
    """A row without arrival is told once, with all that stands in it; rows that lack it alike, together."""
    table = altered(arrived=(1, ""), published=(4, "2024-08-01"))
    table["result"][3], table["left"][3] = "none", "2024-08-01T10:00"
    assert refused(table) == [("log-not-arrived", "rows 1, 4 (arrived)")]
    table["result"][0] = ""
    with pytest.raises(InputError) as caught:
        Log(table)
    told = [(note.at, note.params["columns"]) for note in caught.value.faults]
    assert told == [("row 1 (arrived)", "left, published"), ("row 4 (arrived)", "result, left, published")]


def test_what_a_table_has_beside_is_known() -> None:
    """The columns of a table that a log does not keep stand in it by name, whatever kind of table it was."""
    more = {**SOUND, "publish": [""] * 4, "街道": ["x"] * 4}
    for table in (more, pd.DataFrame(more), pl.DataFrame(more), pa.table(more)):
        assert Log(table).unread == ("publish", "街道")
        assert Log(table, columns="街道").unread == ("publish",)
    assert Log(SOUND).unread == ()


def test_arrivals_that_were_refused_contradict_nothing() -> None:
    """A time that cannot be read is told once, not again as a result without arrival."""
    assert refused(altered(arrived=(1, "half past nine"))) == [("time-of-day-form", "row 1 (arrived)")]


def test_all_faults_come_at_once() -> None:
    """Faults of different kinds in different rows and columns are all told, equal words together."""
    table = altered(visit=(4, ""), result=(2, "bad"), due=(1, "soon"), left=(1, "2024-07-01T08:00"), mode=(2, "patrol"))
    table["result"][2] = "bad"
    table["status"] = [1, "存续", "", ""]
    table["onsite"] = ["yes"]
    del table["enterprise"]
    assert sorted(refused(table)) == [
        ("column-length", "onsite"),
        ("column-missing", "enterprise"),
        ("day-form", "row 1 (due)"),
        ("log-left-early", "row 1 (left)"),
        ("log-visit-differs", "rows 1, 2 (mode)"),
        ("log-word", "rows 2, 3 (result)"),
        ("text-empty", "row 4 (visit)"),
        ("text-type", "row 1 (status)"),
    ]


def test_what_is_told_helps() -> None:
    """A fault names the rule, the values at fault and the remedy, in both languages."""
    with pytest.raises(InputError) as caught:
        Log(altered(result=(2, "正常"), enterprise=(2, "E7"), left=(1, "2024-07-01T09:00")))
    texts = [note.text() for note in caught.value.faults]
    assert texts == [
        "row 2 (result): '正常' is no word of this column: write one of none, problem, untraceable, or nothing where "
        "it is not known",
        "row 1 (left): 2024-07-01T09:00 lies before the arrival at 2024-07-01T09:30: one of the two is wrong, "
        "correct it",
        "rows 1, 2 (enterprise): the visit V1 has E1, E7 here, but a visit has one of each: give every visit an id of "
        "its own, or correct the rows",
    ]


def test_no_table_no_log() -> None:
    """What does not give columns by name is refused as such."""
    assert refused([{"visit": "V1"}]) == [("table-type", "table")]
    assert refused(without("visit")) == [("column-missing", "visit")]
    assert sorted(refused({})) == [("column-missing", name) for name in ("department", "enterprise", "visit")]


# ---- against a loop over the rows

few = st.sampled_from(["", "a", "b"])
clocks = st.sampled_from(["", "2024-07-01", "2024-07-01T09:00", "2024-07-01T10:00", "2024-07-02", "2024-07-02T08:00"])
days = st.sampled_from(["", "2024-06-30", "2024-07-01", "2024-07-02"])
rows = st.fixed_dictionaries(
    {
        "visit": few,
        "enterprise": few,
        "department": few,
        "mode": few,
        "arrived": clocks,
        "left": clocks,
        "published": days,
        "result": st.sampled_from(["", "none", "?"]),
    }
)


def by_loop(table: Cells) -> list[Note]:
    """The oracle: all faults, found row by row and visit by visit, with dicts."""
    found: list[Note] = []
    count = len(table["visit"])

    def tell(code: str, numbers: list[int], column: str, **params: str) -> None:
        told = ", ".join(str(row + 1) for row in numbers[:10]) + (", …" if len(numbers) > 10 else "")
        found.append(Note(code, f"{'row' if len(numbers) == 1 else 'rows'} {told} ({column})", params))

    for column in ("visit", "enterprise", "department"):
        empty = [row for row in range(count) if not table[column][row]]
        if empty:
            tell("text-empty", empty, column)
    strange = [row for row in range(count) if table["result"][row] == "?"]
    if strange:
        tell("log-word", strange, "result", value="'?'", known="none, problem, untraceable")
    alone: dict[str, list[int]] = {}
    for row in range(count):
        arrived = table["arrived"][row]
        known = ("result", "left", "published")
        filled = [column for column in known if table[column][row] not in ("", "?")]
        if filled and not arrived:
            alone.setdefault(", ".join(filled), []).append(row)
        for column in ("left", "published"):
            value = table[column][row]
            if value and arrived:
                by_clock = len(value) > 10 and len(arrived) > 10
                if value < arrived if by_clock else value[:10] < arrived[:10]:
                    tell(f"log-{column}-early", [row], column, value=value, arrived=arrived)
    for columns, own in alone.items():
        tell("log-not-arrived", own, "arrived", columns=columns)
    visits: dict[str, list[int]] = {}
    for row, visit in enumerate(table["visit"]):
        if visit:
            visits.setdefault(visit, []).append(row)
    for visit, own in visits.items():
        for column in ("enterprise", "mode"):
            kept = [row for row in own if column == "mode" or table[column][row]]
            values = list(dict.fromkeys(table[column][row] for row in kept))
            if len(values) > 1:
                tell("log-visit-differs", kept, column, visit=visit, values=", ".join(value or "–" for value in values))
        for department in sorted({table["department"][row] for row in own} - {""}):
            twice = [row for row in own if table["department"][row] == department]
            if len(twice) > 1:
                tell("log-department-repeated", twice, "department", visit=visit, department=department)
    return found


@given(st.lists(rows, max_size=14))
@quick
def test_a_loop_finds_the_same_faults(found: list[dict[str, str]]) -> None:
    """Whatever the rows, the faults are those that a loop over rows and visits finds, and none is there twice."""
    table = {column: [row[column] for row in found] for column in ("visit", "enterprise", "department", "mode")}
    table |= {column: [row[column] for row in found] for column in ("arrived", "left", "published", "result")}
    expected = by_loop(table)
    try:
        Log(table)
        told: list[Note] = []
    except InputError as error:
        told = list(error.faults)
    assert sorted(map(str, told)) == sorted(map(str, expected))


def test_a_column_whose_name_is_no_text_is_refused() -> None:
    """A list is the name of no column, whatever is asked of it."""
    log = Log({"visit": ["V1"], "enterprise": ["E1"], "department": ["A"], "arrived": ["2024-07-01"]})
    asked: list[Callable[[Any], object]] = [log.codes, log.days, log.seconds, log.timed]
    for ask in asked:
        with pytest.raises(InputError):
            ask([])
