"""Indicators of a log: counted as a loop over its rows counts them, summed only where that is right."""

from collections.abc import Mapping
from fractions import Fraction
from random import Random
from typing import Final

import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dual_random.cycle.logs import Log
from dual_random.cycle.measurement import indicators
from dual_random.cycle.terms import INDICATORS, of_mode, term
from dual_random.errors import InputError
from dual_random.rates import DOUBLE_RANDOM_SHARE, JOINT_SAMPLING_RATE, Rate, interruptions_avoided
from log_cases import ITEMS, OPTIONAL, WORKING, Cells, Counts, Oracle, known_by, logs, without

quick = settings(deadline=None, derandomize=True, max_examples=40)
few = settings(deadline=None, derandomize=True, max_examples=25)

GROUPS: Final = ("", "department", "month", "mode", "plan", "inspectors", "items", "street", "enterprise")


def counts(rates: tuple[Rate, ...]) -> Counts:
    found = {(rate.scope, rate.name, rate.of): (rate.numerator, rate.denominator) for rate in rates}
    assert len(found) == len(rates)
    return found


def only(rates: tuple[Rate, ...], name: str, of: str) -> list[Rate]:
    return [rate for rate in rates if (rate.name, rate.of) == (name, of)]


def refused(table: Cells, **arguments: object) -> list[tuple[str, str]]:
    with pytest.raises(InputError) as caught:
        indicators(table, **arguments)  # type: ignore[arg-type]
    assert all(note.text("en") != note.text("zh") for note in caught.value.faults)
    return [(note.code, note.at) for note in caught.value.faults]


# ---- against the oracle


@pytest.mark.parametrize("by", GROUPS)
@given(logs(), st.sampled_from([0, 1, 60, 149]), st.sampled_from([1, 5, 20]))
@few
def test_every_indicator_is_what_a_loop_counts(by: str, table: Cells, together: int, publish: int) -> None:
    """Each rate of each group has the counts that loops over the rows give, and no rate is missing or extra."""
    options = {"together": together, "publish_days": publish}
    rates = indicators(table, by=by, items=ITEMS, working_days=WORKING, **options)  # type: ignore[arg-type]
    expected = Oracle(table).count(by, items=ITEMS, working_days=WORKING, **options)  # type: ignore[arg-type]
    assert counts(rates) == expected
    assert {(rate.by, rate.as_of) for rate in rates} <= {(by, "")}


@given(logs(), st.sampled_from(GROUPS[:4]), st.sets(st.sampled_from(OPTIONAL)))
@quick
def test_what_the_log_cannot_tell_is_left_out(table: Cells, by: str, gone: set[str]) -> None:
    """Without some columns just those rates are missing that need them, and the others are what they are."""
    part = without(table, sorted(gone))
    if (by == "month" and {"due", "arrived"} <= gone) or (by not in ("", "month") and by not in part):
        assert refused(part, by=by)[0][0] in ("log-column-unknown", "column-missing")
        return
    rates = indicators(part, by=by, items=ITEMS, working_days=WORKING)
    assert counts(rates) == Oracle(part).count(by, items=ITEMS, working_days=WORKING)


@given(logs(), st.sampled_from(["2024-01-01", "2024-02-05", "2024-02-20", "2024-03-05", "2025-01-31"]))
@quick
def test_deadlines_after_the_day_of_the_log_are_not_due(table: Cells, as_of: str) -> None:
    """With as_of, what may still be done or published in time counts neither as done nor as missed."""
    table = known_by(table, as_of)
    rates = indicators(table, working_days=WORKING, as_of=as_of)
    assert counts(rates) == Oracle(table).count("", working_days=WORKING, as_of=as_of)
    assert {rate.as_of for rate in rates} == {as_of}


@given(logs(), st.sampled_from(GROUPS), st.randoms(use_true_random=False))
@few
def test_the_order_of_the_rows_is_of_no_account(table: Cells, by: str, random: Random) -> None:
    """The same rows in another order give the same rates in the same order, from a table, a frame or a log."""
    order = list(range(len(table["visit"])))
    random.shuffle(order)
    other = {column: [cells[i] for i in order] for column, cells in table.items()}
    rates = indicators(table, by=by, items=ITEMS, working_days=WORKING)
    assert indicators(other, by=by, items=ITEMS, working_days=WORKING[::-1]) == rates
    assert indicators(Log(other, columns=["street"]), by=by, items=ITEMS[::-1], working_days=WORKING) == rates


# ---- sums that close


@pytest.mark.parametrize("by", ["month", "mode", "plan", "street", "enterprise"])
@given(logs())
@few
def test_groups_of_visits_add_up_to_the_whole(by: str, table: Cells) -> None:
    """Over months, modes, plans and streets the counts of visits and checks sum to those of the whole log."""
    if not table["visit"]:
        return
    whole = indicators(table, working_days=WORKING, items=ITEMS)
    parts = indicators(table, by=by, working_days=WORKING, items=ITEMS)
    for name, of in {(rate.name, rate.of) for rate in parts}:
        pooled = {"by": by, "rates": only(parts, name, of)}
        if of in ("visits", "checks") or (of == "tasks" and by == "plan"):
            (expected,) = only(whole, name, of)
            assert Rate.pool(pooled["rates"], scope="") == expected  # type: ignore[arg-type]
        else:
            with pytest.raises(InputError, match="count them twice"):
                Rate.pool(pooled["rates"], scope="")  # type: ignore[arg-type]


@pytest.mark.parametrize("by", ["department", "inspectors", "items"])
@given(logs())
@few
def test_groups_of_rows_are_not_added(by: str, table: Cells) -> None:
    """Visits over departments are refused, since a joint one stands in several; their checks and tasks add up."""
    if not table["visit"]:
        return
    whole = indicators(table, working_days=WORKING, items=ITEMS)
    parts = indicators(table, by=by, working_days=WORKING, items=ITEMS)
    for name, of in {(rate.name, rate.of) for rate in parts}:
        if by == "department" and of in ("checks", "tasks"):
            assert Rate.pool(only(parts, name, of), scope="") == only(whole, name, of)[0]
        else:
            with pytest.raises(InputError, match="count them twice"):
                Rate.pool(only(parts, name, of), scope="")


@given(logs())
@quick
def test_interruptions_avoided_are_those_of_the_function(table: Cells) -> None:
    """Where all visits of several departments are joint and all arrive, the numerator is `interruptions_avoided`."""
    arrived = {**table, "arrived": ["2024-02-01T09:00"] * len(table["visit"]), "published": [""] * len(table["visit"])}
    departments = [len(rows) for rows in Oracle(table).visits.values()]
    (rate,) = only(indicators(without(arrived, ["joint", "left"])), "interruptions avoided", "checks")
    assert rate.numerator == interruptions_avoided(departments)
    assert rate.denominator == sum(departments)


# ---- one log by hand

LOG: Final[Cells] = {
    "visit": ["V1", "V1", "V2", "V3", "V3", "V4", "V5"],
    "enterprise": ["E1", "E1", "E2", "E3", "E3", "E4", "E5"],
    "department": ["市监", "消防", "市监", "市监", "环保", "消防", "市监"],
    "mode": ["random"] * 5 + ["special", "random"],
    "plan": ["P1"] * 5 + ["", "P2"],
    "joint": ["yes", "yes", "no", "yes", "yes", "no", "no"],
    "due": ["2024-07-31"] * 7,
    "arrived": [
        *("2024-07-01T09:00", "2024-07-01T10:00", "2024-07-02T09:00", "2024-07-03T09:00", "2024-08-03T09:00"),
        *("2024-07-05", ""),
    ],
    "result": ["none", "problem", "untraceable", "none", "problem", "problem", ""],
}
FRIDAY: Final[Cells] = {
    "visit": ["V1", "V2"],
    "enterprise": ["E1", "E2"],
    "department": ["市监", "市监"],
    "arrived": ["2024-07-05T09:00"] * 2,
    "published": ["2024-07-09", "2024-07-10"],
}


def test_one_log_by_hand() -> None:
    """Five visits, counted on paper."""
    told = [f"{rate.name}: {rate}" for rate in indicators(LOG)]
    assert told == [
        "double-random share: 4/5 = 80.00% of visits",
        "joint-sampling rate: 2/4 = 50.00% of visits",
        "joint-sampling rate: 4/6 = 66.67% of checks",
        "joint-implementation rate: 2/4 = 50.00% of visits",
        "truly-joint rate: 1/2 = 50.00% of visits",
        "problem-detection rate: 3/4 = 75.00% of visits",
        "problem-detection rate: random: 2/3 = 66.67% of visits",
        "problem-detection rate: special: 1/1 = 100.00% of visits",
        "untraceable share: 1/4 = 25.00% of visits",
        "interruptions avoided: 2/6 = 33.33% of checks",
        "on-time rate: 5/7 = 71.43% of checks",
        "planned share: 4/5 = 80.00% of visits",
    ]


def test_double_random_visits_come_first_among_the_modes() -> None:
    """The rate of each mode follows, the drawn ones first, unknown modes by a dash."""
    table = {**LOG, "mode": ["special"] * 2 + [""] + ["patrol"] * 2 + ["random", "random"]}
    modes = [
        rate.name.partition(": ")[2] for rate in indicators(table) if rate.name.startswith("problem-detection rate:")
    ]
    assert modes == ["random", "–", "patrol", "special"]


def test_a_visit_over_two_months_has_the_month_of_its_first_arrival() -> None:
    """A visit is never in two months, and one that was not carried out is in that of its due day."""
    shares = only(indicators(LOG, by="month"), "planned share", "visits")
    assert [(rate.scope, rate.numerator, rate.denominator) for rate in shares] == [("2024-07", 4, 5)]
    undated = {**LOG, "due": [""] * 7}
    shares = only(indicators(undated, by="month"), "planned share", "visits")
    assert [(rate.scope, rate.denominator) for rate in shares] == [("", 1), ("2024-07", 4)]


def test_minutes_decide_who_came_together() -> None:
    """An hour apart is together with a tolerance of 60 minutes and not with 59."""
    (rate,) = only(indicators(LOG, together=59), "truly-joint rate", "visits")
    assert (rate.numerator, rate.denominator) == (0, 2)


def test_days_alone_do_not_show_who_came_together() -> None:
    """With arrivals as days the truly-joint rate is left out; with one time of day, only that visit could show it."""
    by_day = {**LOG, "arrived": [text[:10] for text in LOG["arrived"]]}
    assert only(indicators(by_day), "truly-joint rate", "visits") == []
    mixed = {**LOG, "arrived": ["2024-07-01T09:00", "2024-07-01", *by_day["arrived"][2:]]}
    (rate,) = only(indicators(mixed), "truly-joint rate", "visits")
    assert (rate.numerator, rate.denominator) == (0, 2)


def test_the_day_of_the_visit_is_no_working_day_after_it() -> None:
    """Within two working days of a Friday visit means by Tuesday."""
    week = ["2024-07-05", "2024-07-08", "2024-07-09", "2024-07-10"]
    (rate,) = only(indicators(FRIDAY, working_days=week, publish_days=2), "published-on-time rate", "checks")
    assert (rate.numerator, rate.denominator) == (1, 2)


def test_the_day_of_the_log_is_the_last_that_counts() -> None:
    """What is due on as_of is due, what is due the day after is not; and working days must reach as_of."""
    for as_of, expected in (("2024-07-31", (5, 7)), ("2024-07-30", (0, 0))):
        (rate,) = only(indicators(known_by(LOG, as_of), as_of=as_of), "on-time rate", "checks")
        assert (rate.numerator, rate.denominator) == expected
    week = ["2024-07-05", "2024-07-08", "2024-07-09", "2024-07-10"]
    for as_of, until, expected in (("2024-07-09", 4, (1, 2)), ("2024-07-08", 4, (0, 0)), ("2024-07-08", 2, (0, 0))):
        rates = indicators(known_by(FRIDAY, as_of), working_days=week[:until], publish_days=2, as_of=as_of)
        (rate,) = only(rates, "published-on-time rate", "checks")
        assert (rate.numerator, rate.denominator) == expected
    short = refused(FRIDAY, working_days=week[:2], publish_days=2, as_of="2024-07-09")
    assert short == [("working-days-short", "working_days")]


def test_an_empty_log_has_rates_without_value() -> None:
    """Nothing was counted, so every rate of the whole is 0/0 and there are no groups."""
    empty = {column: list[str]() for column in LOG}
    rates = indicators(empty)
    assert {(rate.numerator, rate.denominator) for rate in rates} == {(0, 0)}
    assert {f"{rate:.2%}" for rate in rates} == {"–"}
    assert all(indicators(empty, by=by) == () for by in ("department", "month", "mode"))


def test_a_list_of_items_without_a_draw_is_not_covered() -> None:
    """Only items that double-random visits used count; names that the list has not do not."""
    table = {**LOG, "items": ["a;x", "", "a", "b", "", "c", "c"]}
    (rate,) = only(indicators(table, items=["a", "b", "c", "d", "e"]), "item coverage", "items")
    assert (rate.numerator, rate.denominator) == (3, 5)
    table["mode"] = ["special"] * 7
    (rate,) = only(indicators(table, items=["a", "b"]), "item coverage", "items")
    assert (rate.numerator, rate.denominator) == (0, 2)


@pytest.mark.parametrize("kind", [pd.DataFrame, pl.DataFrame])
def test_data_frames_are_measured(kind: type) -> None:
    """A data frame gives the same rates as a dict of lists."""
    assert indicators(kind(LOG)) == indicators(LOG)


def test_every_rate_is_made_of_python_integers() -> None:
    """Counts are ints, so the fractions are exact and a JSON writer takes them."""
    for rate in indicators(LOG, by="department"):
        assert type(rate.numerator) is int
        assert type(rate.denominator) is int
        assert not rate.denominator or rate.value == Fraction(rate.numerator, rate.denominator)


# ---- what is refused


def test_unknown_groups_are_refused() -> None:
    """A column that the log has not, one of times, and one by which visits fall apart are named with what to do."""
    log = Log(LOG)
    assert refused(LOG, by="street") == [("column-missing", "street")]
    with pytest.raises(InputError, match="it has visit, enterprise, department, mode, plan, joint, result, month"):
        indicators(log, by="street")
    assert refused(LOG, by="arrived") == [("log-column-unknown", "by")]
    assert refused(without(LOG, ["due", "arrived"]), by="month") == [("log-column-unknown", "by")]
    assert refused(LOG, by="result") == [("log-visits-split", "result")]
    with pytest.raises(InputError, match=r"2 visits stand under .* such as V1 \(none, problem\)"):
        indicators(log, by="result")
    assert refused(LOG, by=" month") == [("text-space", "by")]
    assert refused(LOG, by=None) == [("text-type", "by")]


ARGUMENTS: Final[Mapping[str, tuple[dict[str, object], list[tuple[str, str]]]]] = {
    "minutes below zero": ({"together": -1}, [("count-form", "together")]),
    "minutes as text": ({"together": "60"}, [("count-form", "together")]),
    "no days to publish": ({"publish_days": 0}, [("positive-form", "publish_days")]),
    "an item twice": ({"items": ["a", "a"]}, [("name-repeated", "items")]),
    "an item that is no text": ({"items": ["a", 7]}, [("text-type", "items[1]")]),
    "a day that is none": ({"working_days": ["2024-07-01", "2024-02-30"]}, [("day-form", "working_days[1]")]),
    "a day twice": ({"working_days": ["2024-07-01", "2024-07-01"]}, [("name-repeated", "working_days")]),
    "an end that is none": ({"as_of": "today"}, [("day-form", "as_of")]),
    "all at once": (
        {"by": 7, "together": -1, "publish_days": True, "as_of": 7},
        [("text-type", "by"), ("count-form", "together"), ("positive-form", "publish_days"), ("day-form", "as_of")],
    ),
}


@pytest.mark.parametrize("case", ARGUMENTS)
def test_wrong_arguments_are_refused(case: str) -> None:
    """Every argument of another form is named."""
    arguments, expected = ARGUMENTS[case]
    assert refused(LOG, **arguments) == expected


def test_working_days_must_reach() -> None:
    """Working days that begin after a visit or end before a deadline would give a wrong rate, so they are refused."""
    table = {**LOG, "published": [""] * 7}
    july = [one for one in WORKING if "2024-07-03" <= one <= "2024-07-31"]
    assert refused(table, working_days=july) == [
        ("working-days-late", "working_days"),
        ("working-days-short", "working_days"),
    ]
    with pytest.raises(InputError) as caught:
        indicators(table, working_days=july)
    late, short = caught.value.faults
    assert late.params == {"first": "2024-07-03", "day": "2024-07-01", "count": 3}
    assert short.params == {"last": "2024-07-31", "day": "2024-08-03", "number": 20, "count": 2}
    year = [one for one in WORKING if "2024-07-01" <= one <= "2024-08-01"]
    (rate,) = only(
        indicators(known_by(table, "2024-08-01"), working_days=year, as_of="2024-08-01"),
        "published-on-time rate",
        "checks",
    )
    assert (rate.numerator, rate.denominator) == (0, 4)


def test_a_faulty_log_is_refused_by_its_rows() -> None:
    """What is wrong with the log is told as the log tells it."""
    assert refused({**LOG, "result": ["none"] * 7}) == [("log-not-arrived", "row 7 (arrived)")]


# ---- names


def test_every_indicator_has_a_chinese_term() -> None:
    """All names that are ever given are known, with their terms; those of modes too."""
    table = {**LOG, "mobile": ["yes"] * 7, "onsite": ["yes"] * 7, "rules": ["yes"] * 7, "items": ["a"] * 7}
    rates = indicators({**table, "published": [""] * 7}, items=ITEMS, working_days=WORKING)
    names = {rate.name.partition(": ")[0] for rate in rates}
    assert names == set(INDICATORS)
    assert {DOUBLE_RANDOM_SHARE, JOINT_SAMPLING_RATE} <= names
    assert len(set(INDICATORS.values())) == len(INDICATORS)
    for rate in rates:
        assert term(rate.name, "en") == rate.name
        assert not term(rate.name, "zh").isascii()
    assert term(of_mode("problem-detection rate", "special"), "zh") == "问题检出率（专项）"
    assert term("a: b", "zh") == "a: b"


def test_counting_needs_no_floats() -> None:
    """All arrays that are counted are of whole numbers."""
    assert np.issubdtype(Log(LOG).seconds("arrived").dtype, np.integer)
