"""Rates as flat tables: both counts in columns of their own, so that sums and percentages can be derived again."""

from collections.abc import Iterable, Mapping
from typing import Final

from dual_random.cycle.comparisons import RateChange
from dual_random.cycle.rankings import Ranked
from dual_random.cycle.terms import term
from dual_random.errors import Columns, Lang, Note
from dual_random.forms import kinds_faults, listed, refuse
from dual_random.rates import Rate
from dual_random.tables import headed
from dual_random.text import shown

LANGS: Final = ("en", "zh")
_HEADINGS: Final[Mapping[str, str]] = {
    "place": "名次",
    "indicator": "指标",
    "by": "分组",
    "scope": "范围",
    "of": "口径",
    "numerator": "分子",
    "denominator": "分母",
    "percentage": "百分比",
    "as_of": "截止日期",
    "small": "样本是否偏少",
    "numerator_before": "前期分子",
    "denominator_before": "前期分母",
    "percentage_before": "前期百分比",
    "numerator_after": "本期分子",
    "denominator_after": "本期分母",
    "percentage_after": "本期百分比",
    "points": "百分点变化",
}


def rate_table(rates: Iterable[Rate], *, lang: Lang = "en") -> Columns:
    """Rates as columns for a data frame, a database or a CSV, with English or Chinese headings and terms.

    The percentage is text with two decimals; numerator and denominator are ints from which anybody derives it again.

    Args:
        rates: of any indicators and groups.
        lang: of headings and terms.

    Returns:
        Columns of equal length by heading, a row a rate.

    Raises:
        InputError: what is no rate; another language.

    >>> from dual_random import joint_sampling_rate
    >>> rate_table([joint_sampling_rate(9685, 19526, scope="2024")], lang="zh")["指标"]
    ['跨部门联合抽查率']
    """
    kept: tuple[Rate, ...] = listed(rates)
    refuse(kinds_faults(kept, Rate, "rates") + _lang_faults(lang))
    return headed(_labels(kept, lang) | _counts(kept, "") | {"as_of": [rate.as_of for rate in kept]}, _HEADINGS, lang)


def ranking_table(rows: Iterable[Ranked], *, lang: Lang = "en") -> Columns:
    """A ranking as columns; a scope that has no place has an empty one, behind all others.

    Places are text, so that a column with and without empty ones is of one kind.

    Args:
        rows: as `rank` gives them.
        lang: of headings and terms.

    Returns:
        Columns of equal length by heading: those of `rate_table`, and whether the denominator is small.

    Raises:
        InputError: what is no row of a ranking; another language.

    >>> from dual_random.cycle.rankings import rank
    >>> rates = [Rate(1, 9, of="visits", scope="消防"), Rate(0, 0, of="visits", scope="税务")]
    >>> table = ranking_table(rank(rates, at_least=5))
    >>> table["place"], table["scope"], table["percentage"], table["small"]
    (['1', ''], ['消防', '税务'], ['11.11%', '–'], [False, True])
    """
    kept: tuple[Ranked, ...] = listed(rows)
    refuse(kinds_faults(kept, Ranked, "rows") + _lang_faults(lang))
    rates = tuple(row.rate for row in kept)
    places: Columns = {"place": ["" if row.place is None else str(row.place) for row in kept]}
    small: Columns = {"small": [row.small for row in kept]}
    return headed(places | _labels(rates, lang) | _counts(rates, "") | small, _HEADINGS, lang)


def comparison_table(changes: Iterable[RateChange], *, lang: Lang = "en") -> Columns:
    """A comparison as columns; counts that a period lacks are 0 of 0, and its percentage is a dash.

    Args:
        changes: as `compare` gives them.
        lang: of headings and terms.

    Returns:
        Columns of equal length by heading, a row a rate: the counts of both periods, and the percentage points.

    Raises:
        InputError: what is no change; another language.

    >>> from dual_random.cycle.comparisons import compare
    >>> table = comparison_table(compare([Rate(1, 4, of="visits")], [Rate(1, 2, of="visits")]))
    >>> table["percentage_before"], table["percentage_after"], table["points"]
    (['25.00%'], ['50.00%'], ['+25.00'])
    """
    kept: tuple[RateChange, ...] = listed(changes)
    refuse(kinds_faults(kept, RateChange, "changes") + _lang_faults(lang))
    found = tuple(change.after or change.before or Rate(0, 0, of=change.of) for change in kept)
    before = tuple(change.before or Rate(0, 0, of=change.of) for change in kept)
    after = tuple(change.after or Rate(0, 0, of=change.of) for change in kept)
    counts = _counts(before, "_before") | _counts(after, "_after")
    return headed(_labels(found, lang) | counts | {"points": [change.points_text for change in kept]}, _HEADINGS, lang)


def _labels(rates: tuple[Rate, ...], lang: Lang) -> Columns:
    return {
        "indicator": [term(rate.name, lang) for rate in rates],
        "by": [term(rate.by, lang) for rate in rates],
        "scope": [term(rate.scope, lang) if rate.by == "mode" else rate.scope for rate in rates],
        "of": [term(rate.of, lang) for rate in rates],
    }


def _counts(rates: tuple[Rate, ...], when: str) -> Columns:
    return {
        f"numerator{when}": [rate.numerator for rate in rates],
        f"denominator{when}": [rate.denominator for rate in rates],
        f"percentage{when}": [f"{rate:.2%}" for rate in rates],
    }


def _lang_faults(lang: object) -> list[Note]:
    return [] if lang in LANGS else [Note("choice", "lang", {"value": shown(lang), "known": ", ".join(LANGS)})]
