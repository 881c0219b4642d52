"""Places of scopes by a rate: exact, ties shared, nothing hidden because its numbers are small."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import groupby

from attrs import frozen

from dual_random.errors import Note
from dual_random.forms import count_faults, flag_faults, kinds_faults, listed, refuse
from dual_random.rates import Rate
from dual_random.text import repeated_texts, shown


@frozen(kw_only=True)
class Ranked:
    """A scope with its place.

    Args:
        place: 1 for the first; scopes with equal rates share a place, and the places behind them are left free. None
            for 0/0, which has no value to be ranked by.
        rate: its rate.
        small: whether its denominator is below the number asked for: a rate of few cases, which chance alone may have
            brought to its place.
    """

    place: int | None
    rate: Rate
    small: bool

    @property
    def scope(self) -> str:
        """Who has this place."""
        return self.rate.scope


def rank(rates: Iterable[Rate], *, at_least: int = 0, lowest_first: bool = False) -> tuple[Ranked, ...]:
    """Rates in the order of their exact fractions, each with its place (standard competition ranking: 1, 2, 2, 4).

    Percentages that print alike may differ; here only equal fractions are equal. Small denominators are flagged, not
    hidden: leaving a scope out would be a judgement, and a different one for every reader.

    Args:
        rates: of one name, one measure and one kind of scope; every scope once.
        at_least: denominators below this are flagged as small.
        lowest_first: whether the lowest rate has the first place.

    Returns:
        By place, equal ones by scope; those without a value last, without a place.

    Raises:
        InputError: no rates, mixed ones, a scope twice, arguments of another form.

    >>> from dual_random import Rate
    >>> rates = [Rate(n, d, of="visits", scope=s, by="department") for s, n, d in
    ...          (("a", 1, 3), ("b", 2, 4), ("c", 1, 2), ("d", 0, 0), ("e", 1, 10))]
    >>> [(row.place, row.scope, row.small) for row in rank(rates, at_least=3)]
    [(1, 'b', False), (1, 'c', True), (3, 'a', False), (4, 'e', False), (None, 'd', True)]
    """
    kept: tuple[Rate, ...] = listed(rates)
    refuse(kinds_faults(kept, Rate, "rates"))
    faults = _mixed_faults(kept) + count_faults(at_least, "at_least") + flag_faults(lowest_first, "lowest_first")
    refuse(faults)
    sign = 1 if lowest_first else -1
    valued = sorted((rate for rate in kept if rate.denominator), key=lambda rate: (sign * rate.value, rate.scope))
    without = sorted((rate for rate in kept if not rate.denominator), key=lambda rate: rate.scope)
    placed = [*_placed(valued), *((None, rate) for rate in without)]
    return tuple(Ranked(place=place, rate=rate, small=rate.denominator < at_least) for place, rate in placed)


def _placed(ordered: Sequence[Rate]) -> list[tuple[int | None, Rate]]:
    placed: list[tuple[int | None, Rate]] = []
    for _, equal in groupby(ordered, key=_value):
        place = len(placed) + 1
        placed += [(place, rate) for rate in equal]
    return placed


def _value(rate: Rate) -> Fraction:
    return rate.value


def _mixed_faults(rates: Sequence[Rate]) -> list[Note]:
    if not rates:
        return [Note("rank-empty", "rates")]
    first = rates[0]
    mixed = [
        Note("rank-mixed", f"rates[{i}].{kind}", {"value": shown(getattr(rate, kind)), "first": shown(expected)})
        for kind, expected in (("name", first.name), ("of", first.of), ("by", first.by))
        for i, rate in enumerate(rates)
        if getattr(rate, kind) != expected
    ]
    if mixed:
        return mixed
    return [Note("rank-scope-repeated", shown(scope)) for scope in repeated_texts(rate.scope for rate in rates)]
