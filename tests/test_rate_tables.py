"""Tables of rates: every count is in them, and percentages can be derived again."""

import csv
import io
from collections.abc import Callable
from typing import Any

import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings

from dual_random.cycle.comparisons import compare
from dual_random.cycle.measurement import indicators
from dual_random.cycle.rankings import rank
from dual_random.cycle.rate_tables import comparison_table, ranking_table, rate_table
from dual_random.errors import Columns, InputError
from dual_random.rates import Rate
from log_cases import Cells, logs

SOME = (
    Rate(1, 3, of="visits", name="planned share", scope="2024-01", by="month", as_of="2024-03-31"),
    Rate(0, 0, of="visits", name="planned share", scope="2024-02", by="month", as_of="2024-03-31"),
)


def read_back(table: Columns) -> tuple[Rate, ...]:
    """The rates of a table in English, through a CSV."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(table)
    writer.writerows(zip(*table.values(), strict=True))
    rows = csv.DictReader(io.StringIO(text.getvalue()))
    return tuple(
        Rate(
            int(row["numerator"]),
            int(row["denominator"]),
            of=row["of"],
            name=row["indicator"],
            scope=row["scope"],
            by=row["by"],
            as_of=row["as_of"],
        )
        for row in rows
    )


@given(logs(most=4))
@settings(deadline=None, derandomize=True, max_examples=20)
def test_rates_come_back_from_a_csv(table: Cells) -> None:
    """All rates of a log can be made again from their table, and print the percentage that stands beside them."""
    rates = indicators(table, by="month")
    columns = rate_table(rates)
    assert read_back(columns) == rates
    assert columns["percentage"] == [f"{rate:.2%}" for rate in rates]


def test_headings_and_terms_are_chinese_on_demand() -> None:
    """Headings, indicators, measures and kinds of scope are translated; counts and scopes stay."""
    english, chinese = rate_table(SOME), rate_table(SOME, lang="zh")
    assert list(chinese) == ["指标", "分组", "范围", "口径", "分子", "分母", "百分比", "截止日期"]
    assert chinese["指标"] == ["计划检查率"] * 2
    assert (chinese["分组"], chinese["口径"]) == (["月份"] * 2, ["户次"] * 2)
    for mine, theirs in zip(list(english)[4:], list(chinese)[4:], strict=True):
        assert english[mine] == chinese[theirs]
    of_mode = Rate(1, 2, of="checks", name="problem-detection rate: patrol", scope="random", by="mode")
    assert rate_table([of_mode], lang="zh")["范围"] == ["双随机"]
    assert rate_table([of_mode], lang="zh")["指标"] == ["问题检出率（巡查）"]
    assert pd.DataFrame(chinese).shape == (2, 8)
    for mode, word in (("random", "双随机"), ("special", "专项"), ("patrol", "巡查"), ("complaint", "投诉举报")):
        rate = Rate(1, 2, of="visits", name=f"problem-detection rate: {mode}", scope=mode, by="mode")
        told = rate_table([rate], lang="zh")
        assert (told["指标"], told["范围"]) == ([f"问题检出率\uff08{word}\uff09"], [word])


def test_a_ranking_has_its_places() -> None:
    """A ranking's table has the places in front, empty for none, so that sorting puts none first; the flag behind."""
    table = ranking_table(rank(SOME, at_least=5))
    assert (next(iter(table)), list(table)[-1]) == ("place", "small")
    assert (table["place"], table["scope"], table["small"]) == (["1", ""], ["2024-01", "2024-02"], [True, True])
    assert pl.DataFrame(table)["place"].cast(pl.Int64, strict=False).to_list() == [1, None]
    assert list(ranking_table(rank(SOME), lang="zh"))[-1] == "样本是否偏少"
    assert next(iter(ranking_table(rank(SOME), lang="zh"))) == "名次"


def test_a_comparison_has_the_counts_of_both_periods() -> None:
    """What a period lacks is 0 of 0 with a dash; the difference has its sign."""
    later = (
        Rate(1, 2, of="visits", name="planned share", scope="2024-01", by="month"),
        Rate(1, 1, of="visits", name="x"),
    )
    table = comparison_table(compare(SOME, later))
    assert table["numerator_before"] == [1, 0, 0]
    assert table["denominator_before"] == [3, 0, 0]
    assert table["numerator_after"] == [1, 0, 1]
    assert table["denominator_after"] == [2, 0, 1]
    assert table["percentage_after"] == ["50.00%", "–", "100.00%"]
    assert table["points"] == ["+16.67", "–", "–"]
    assert table["indicator"] == ["planned share", "planned share", "x"]
    assert list(comparison_table((), lang="zh"))[-1] == "百分点变化"


@pytest.mark.parametrize("make", [rate_table, ranking_table, comparison_table])
def test_other_things_are_refused(make: Callable[..., Columns]) -> None:
    """What is no rate, row or change, and another language, are named."""
    with pytest.raises(InputError) as caught:
        make([7], lang="de")
    assert [note.code for note in caught.value.faults] == ["plan-shape", "choice"]
    assert [note.at.endswith("[0]") for note in caught.value.faults] == [True, False]


def test_what_is_no_list_is_refused() -> None:
    """None is a fault of input of every table, and of a comparison."""
    tables: list[Callable[[Any], object]] = [
        rate_table,
        ranking_table,
        comparison_table,
        lambda value: compare(value, []),
    ]
    for table in tables:
        with pytest.raises(InputError):
            table(None)
