"""Two averages of many rates that are easily taken for one another: counts added, or percentages averaged.

Counts added (micro average) give the rate of the whole, in which large scopes weigh more. The mean of the percentages
(macro average) lets every scope weigh the same, however few its cases. Both are in use under one name, "the average".
"""

from collections.abc import Iterable
from fractions import Fraction

from attrs import frozen

from dual_random.cycle.terms import term
from dual_random.errors import InputError, Lang, Note
from dual_random.forms import kinds_faults, listed, refuse
from dual_random.rates import Rate
from dual_random.text import decimal_text, text_faults


@frozen(kw_only=True)
class MacroAverage:
    """The mean of the percentages of several scopes, with what it must not be taken for.

    Args:
        value: the mean, exact.
        count: the scopes in it.
        left_out: the scopes that are 0/0, which have no percentage.
        name: of the indicator.
        of: what the rates count.
        scope: what all scopes together cover.
        micro: the rate of the counts added; None where adding would count twice.
    """

    value: Fraction
    count: int
    left_out: int
    name: str
    of: str
    scope: str
    micro: Rate | None

    @property
    def percentage(self) -> str:
        """The mean with two decimals, half up."""
        return f"{decimal_text(100 * self.value, 2)}%"

    @property
    def notes(self) -> tuple[Note, ...]:
        """What it is; then, if the counts added print otherwise or cannot be added, that."""
        told: dict[str, str | int] = {"macro": self.percentage, "count": self.count, "left_out": self.left_out}
        notes = [Note("average-macro", self.scope, {**told, "of": self.of})]
        if self.micro is None:
            notes.append(Note("average-overlap", self.scope, {"of": self.of}))
        elif f"{self.micro:.2%}" != self.percentage:
            notes.append(Note("average-differs", self.scope, {"macro": self.percentage, "micro": self.micro.counts}))
        return tuple(notes)

    def text(self, lang: Lang = "en") -> str:
        """The notes, one a line, in English or Chinese."""
        return "\n".join(_told(note, lang).text(lang) for note in self.notes)

    def __str__(self) -> str:
        return self.text()


def _told(note: Note, lang: Lang) -> Note:
    """A note that names its measure in a language."""
    if "of" not in note.params:
        return note
    return Note(note.code, note.at, {**note.params, "of": term(str(note.params["of"]), lang)})


def micro_average(rates: Iterable[Rate], *, scope: str) -> Rate:
    """The rate of all scopes together: counts added, so that large ones weigh more; the same as `Rate.pool`.

    Args:
        rates: of one name, one measure and one kind of scope, whose counts add up.
        scope: what all of them together cover.

    Returns:
        One rate, of the numerators over the denominators.

    Raises:
        InputError: no rates, mixed ones, a scope twice, counts that overlap.

    >>> print(micro_average([Rate(1, 2, of="visits"), Rate(0, 8, of="visits")], scope="2024"))
    1/10 = 10.00% of visits
    """
    return Rate.pool(rates, scope=scope)


def macro_average(rates: Iterable[Rate], *, scope: str) -> MacroAverage:
    """The mean of the percentages: every scope weighs the same, however few its cases; those of 0/0 are left out.

    It is no rate of anything: it has no numerator and no denominator. So it is a value of its own, which says what the
    counts added would give.

    Args:
        rates: of one name, one measure and one kind of scope; one of them at least has a value.
        scope: what all of them together cover.

    Returns:
        The mean, with the rate of the counts added and the words that tell the two apart.

    Raises:
        InputError: no rates, mixed ones, a scope twice, none with a value.

    >>> mean = macro_average([Rate(1, 2, of="visits"), Rate(0, 8, of="visits")], scope="2024")
    >>> mean.value, mean.count, print(mean.notes[1])
    2024: the counts added give 1/10 = 10.00% (micro average), not 25.00%: say which of the two a figure is
    (Fraction(1, 4), 2, None)
    """
    kept: tuple[Rate, ...] = listed(rates)
    refuse(kinds_faults(kept, Rate, "rates") + text_faults({"scope": scope}, empty=True))
    micro = _pooled(kept, scope)
    valued = [rate.value for rate in kept if rate.denominator]
    refuse([] if valued else [Note("average-undefined", "rates", {"count": len(kept)})])
    return MacroAverage(
        value=sum(valued, Fraction(0)) / len(valued),
        count=len(valued),
        left_out=len(kept) - len(valued),
        name=kept[0].name,
        of=kept[0].of,
        scope=scope,
        micro=micro,
    )


def _pooled(rates: tuple[Rate, ...], scope: str) -> Rate | None:
    """The counts added; None where that alone is not possible."""
    try:
        return Rate.pool(rates, scope=scope)
    except InputError as error:
        if {note.code for note in error.faults} == {"rate-pool-overlap"}:
            return None
        raise
