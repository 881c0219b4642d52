"""What is left out and why: every rate is either given or told with its reason, and slips in names are named."""

from typing import Final

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dual_random.columns import Table
from dual_random.cycle.logs import Log
from dual_random.cycle.measurement import indicators
from dual_random.cycle.omissions import LeftOut, left_out
from dual_random.cycle.terms import INDICATORS, OF_MODES, base
from dual_random.cycle.vocabulary import looks_like
from dual_random.errors import InputError
from log_cases import ITEMS, OPTIONAL, WORKING, Cells, logs, without

GROUPS: Final = ("", "department", "month", "mode", "plan", "inspectors", "items", "street")
FULL: Final[Cells] = {
    "visit": ["V1", "V2"],
    "enterprise": ["E1", "E2"],
    "department": ["市监", "市监"],
    **{column: ["", ""] for column in OPTIONAL},
    "arrived": ["2024-07-01T09:00", ""],
}


def told(table: Table, **arguments: object) -> dict[str, list[str]]:
    """The codes of the reasons, by rate."""
    found = left_out(table, **arguments)  # type: ignore[arg-type]
    return {each.name: [note.code for note in each.reasons] for each in found}


def reason(table: Table, name: str) -> LeftOut:
    [found] = [each for each in left_out(table, items=ITEMS, working_days=WORKING) if each.name == name]
    return found


@given(logs(), st.sampled_from(GROUPS), st.sets(st.sampled_from(OPTIONAL)), st.booleans(), st.booleans())
@settings(deadline=None, derandomize=True, max_examples=150)
def test_every_rate_is_given_or_told(table: Cells, by: str, gone: set[str], listed: bool, dated: bool) -> None:
    """Whatever the log lacks, each indicator is either among the rates or among those left out, never both."""
    part = without(table, sorted(gone))
    arguments = {"items": ITEMS if listed else (), "working_days": WORKING if dated else ()}
    if (by == "month" and {"due", "arrived"} <= gone) or (by not in ("", "month") and by not in part):
        return
    log = Log(part, columns=["street"])
    rates = {base(rate.name) for rate in indicators(log, by=by, **arguments)}  # type: ignore[arg-type]
    missing = {each.name for each in left_out(log, by=by, **arguments)}
    assert not rates & missing
    if table["visit"]:
        assert rates | missing == {*INDICATORS, OF_MODES}


def test_a_full_log_leaves_nothing_out() -> None:
    """With all columns and arguments every rate is given."""
    assert left_out(FULL, items=ITEMS, working_days=WORKING) == ()


@pytest.mark.parametrize(
    ("column", "slip"),
    [
        ("published", "publish"),
        ("published", "Published"),
        ("published", "publication"),
        ("published", "公示日期"),
        ("result", "Result"),
        ("result", "results"),
        ("result", "reuslt"),
        ("result", "rezult"),
        ("arrived", "arived"),
        ("mobile", "mobiile"),
        ("result", "检查结果"),
        ("due", "due_date"),
        ("mobile", "mobil"),
        ("onsite", "on_site"),
        ("plan", "plan no"),
    ],
)
def test_a_slip_in_a_name_is_named(column: str, slip: str) -> None:
    """A column under nearly the right name is told beside the rates that miss it."""
    table = {slip if name == column else name: cells for name, cells in FULL.items()}
    for made in (table, pd.DataFrame(table), Log(table)):
        found = left_out(made, items=ITEMS, working_days=WORKING)
        assert found
        for each in found:
            [note] = each.reasons
            assert (note.code, note.params["columns"], note.params["like"]) == ("indicator-column-like", column, slip)


def test_other_names_are_not_alike() -> None:
    """What begins or reads otherwise is not taken for a column; nor is a column for another."""
    assert not any(looks_like(name, column) for name in ("street", "街道", "amount", "id") for column in FULL)
    assert [(a, b) for a in FULL for b in FULL if a != b and looks_like(a, b)] == []


def test_what_was_not_read_is_told() -> None:
    """Where no name is alike, the columns that nobody read are told, for one of them may be it."""
    table = {**without(FULL, ["published"]), "gongshi": ["", ""]}
    [note] = reason(table, "published-on-time rate").reasons
    assert (note.code, note.params["unread"]) == ("indicator-column-unread", "gongshi")
    [note] = reason(without(FULL, ["published"]), "published-on-time rate").reasons
    assert (note.code, note.params["columns"]) == ("indicator-without-columns", "published")


def test_arguments_hours_and_groups_are_reasons() -> None:
    """A list that was not given, arrivals without an hour, groups that would count twice: each is told."""
    by_day = {**FULL, "arrived": ["2024-07-01", ""]}
    assert told(by_day) == {
        "truly-joint rate": ["indicator-without-hours"],
        "item coverage": ["indicator-without-arguments"],
        "published-on-time rate": ["indicator-without-arguments"],
    }
    assert told(FULL, by="inspectors", items=ITEMS, working_days=WORKING) == {
        "interruptions avoided": ["indicator-not-by"],
        "item coverage": ["indicator-not-by"],
        "credit-rule share": ["indicator-not-by"],
    }
    assert told(FULL, by="mode", items=ITEMS, working_days=WORKING)[OF_MODES] == ["indicator-not-by"]


def test_it_is_said_in_both_languages() -> None:
    """Name, columns and remedy; in Chinese with the term of the trade."""
    each = reason(without(FULL, ["published"]), "published-on-time rate")
    assert str(each) == each.text() == "published-on-time rate: the log lacks published: add what is missing"
    assert each.text("zh") == "按时公示率\uff1a日志没有 published 列\uff1a请补充"
    modes = reason(without(FULL, ["mode"]), OF_MODES)
    assert modes.text("zh").startswith("各检查方式的问题检出率\uff1a")


def test_groups_have_one_name() -> None:
    """Several groups at once are refused with what to do."""
    for measure in (indicators, left_out):
        with pytest.raises(InputError) as caught:
            measure(FULL, by=["department", "month"])  # type: ignore[arg-type]
        [note] = caught.value.faults
        assert (note.code, note.at) == ("log-by-several", "by")


# ---- rates asked for by name


def test_only_the_rates_that_were_asked_for() -> None:
    """By name, by measure, or both: what comes is what all rates have of it, in their order."""
    rates = indicators(FULL, by="department", items=ITEMS, working_days=WORKING)
    for only in ("joint-sampling rate", ["planned share", "mobile share"]):
        for of in ("", "visits", "checks"):
            names = [only] if isinstance(only, str) else only
            expected = tuple(rate for rate in rates if rate.name in names and of in ("", rate.of))
            arguments = {"by": "department", "items": ITEMS, "working_days": WORKING}
            assert indicators(FULL, only=only, of=of, **arguments) == expected  # type: ignore[arg-type]
    assert {rate.of for rate in indicators(FULL, items=ITEMS, of="items")} == {"items"}


def test_a_mode_that_nobody_had_is_zero_of_zero() -> None:
    """A rate of one mode that was asked for is there even if no visit had it; of modes that were not, none is."""
    table = {**FULL, "mode": ["random", "special"]}
    rates = indicators(table, only=["problem-detection rate: patrol", "problem-detection rate: random"])
    assert [(rate.name, rate.numerator, rate.denominator) for rate in rates] == [
        ("problem-detection rate: random", 0, 1),
        ("problem-detection rate: patrol", 0, 0),
    ]


def test_what_cannot_be_given_is_refused_when_asked_for() -> None:
    """A rate asked for by name that the log cannot give is no empty answer: the reason is the fault."""
    with pytest.raises(InputError) as caught:
        indicators(
            without(FULL, ["published", "mode"]), only=["published-on-time rate", "problem-detection rate: random"]
        )
    assert [(note.code, note.at) for note in caught.value.faults] == [
        ("indicator-without-columns", "only (published-on-time rate)"),
        ("indicator-without-arguments", "only (published-on-time rate)"),
        ("indicator-without-columns", "only (problem-detection rate: random)"),
    ]
    for arguments, at in (
        ({"only": "rate"}, "only[0]"),
        ({"only": OF_MODES}, "only[0]"),
        ({"only": ["planned share", "planned share"]}, "only"),
        ({"only": [7]}, "only[0]"),
        ({"of": "visit"}, "of"),
    ):
        with pytest.raises(InputError) as caught:
            indicators(FULL, **arguments)
        assert [note.at for note in caught.value.faults] == [at]
