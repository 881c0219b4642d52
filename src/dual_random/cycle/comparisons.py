"""Two periods side by side: the rates of both, and by how many percentage points they differ, exactly."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Final, TypeAlias

from attrs import frozen

from dual_random.cycle.terms import term
from dual_random.errors import Lang, Note
from dual_random.forms import kinds_faults, listed, refuse
from dual_random.rates import Rate
from dual_random.text import decimal_text, shown

_Key: TypeAlias = tuple[str, str, str, str]
_PLACES: Final = 2


@frozen(kw_only=True)
class RateChange:
    """One rate in two periods.

    Args:
        name: of the indicator.
        scope: of both rates.
        of: what both count.
        by: what the scope is one of.
        before: the rate of the first period; None if only the second has it.
        after: the rate of the second period; None if only the first has it.
    """

    name: str
    scope: str
    of: str
    by: str
    before: Rate | None
    after: Rate | None

    @property
    def points(self) -> Fraction | None:
        """The exact difference in percentage points; None if a period lacks the rate, or it is 0/0 there."""
        before, after = self.before, self.after
        if before is None or after is None or not (before.denominator and after.denominator):
            return None
        return 100 * (after.value - before.value)

    @property
    def points_text(self) -> str:
        """The difference with its sign and two decimals, half up (away from zero); a dash where there is none."""
        if self.points is None:
            return "–"
        text = decimal_text(self.points, _PLACES)
        return f"+{text}" if self.points > 0 else text

    @property
    def note(self) -> Note:
        """What happened to the rate, as data."""
        before, after = self.before, self.after
        if before is None or after is None:
            kept, code = (after, "comparison-appeared") if before is None else (before, "comparison-vanished")
            return Note(code, self._place("en"), {"rate": kept.counts if kept else "–", "of": self.of})
        told = {"before": before.counts, "after": after.counts, "of": self.of}
        if self.points is None:
            return Note("comparison-undefined", self._place("en"), told)
        return Note("comparison-changed", self._place("en"), {**told, "points": self.points_text})

    def text(self, lang: Lang = "en") -> str:
        """The note in English or Chinese."""
        note = self.note
        params = {**note.params, "of": term(self.of, lang)}
        return Note(note.code, self._place(lang), params).text(lang)

    def __str__(self) -> str:
        return self.text()

    def _place(self, lang: Lang) -> str:
        return ", ".join(part for part in (self.scope, term(self.name, lang)) if part)


def compare(before: Iterable[Rate], after: Iterable[Rate]) -> tuple[RateChange, ...]:
    """The rates of two periods, matched by name, scope, measure and kind of scope.

    A rate that only one period has is told, not dropped: a department that vanished from a table is news. Percentages
    are subtracted before they are rounded, so a change is the same whoever computes it.

    Args:
        before: rates of the first period, e.g. `dual_random.indicators` of its log; each once.
        after: rates of the second period.

    Returns:
        The rates of the first period in their order, then those that only the second has.

    Raises:
        InputError: what is no rate; a rate that stands twice in a period.

    >>> from dual_random import Rate
    >>> for change in compare([Rate(1, 3, of="visits", name="x")], [Rate(1, 2, of="visits", name="x")]):
    ...     print(change)
    x: from 1/3 = 33.33% to 1/2 = 50.00% of visits, +16.67 percentage points
    """
    first: tuple[Rate, ...] = listed(before)
    second: tuple[Rate, ...] = listed(after)
    refuse(kinds_faults(first, Rate, "before") + kinds_faults(second, Rate, "after"))
    refuse(_repeat_faults(first, "before") + _repeat_faults(second, "after"))
    mine, theirs = {_key(rate): rate for rate in first}, {_key(rate): rate for rate in second}
    return tuple(
        RateChange(name=key[0], scope=key[1], of=key[2], by=key[3], before=mine.get(key), after=theirs.get(key))
        for key in dict.fromkeys((*mine, *theirs))
    )


def _key(rate: Rate) -> _Key:
    return rate.name, rate.scope, rate.of, rate.by


def _repeat_faults(rates: Sequence[Rate], at: str) -> list[Note]:
    first: dict[_Key, int] = {}
    faults = []
    for i, rate in enumerate(rates):
        other = first.setdefault(_key(rate), i)
        if other != i:
            told = {"name": shown(rate.name), "scope": shown(rate.scope), "of": rate.of, "other": f"{at}[{other}]"}
            faults.append(Note("comparison-repeated", f"{at}[{i}]", told))
    return faults
