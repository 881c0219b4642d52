"""Draw after draw: evidence that grows while draws are unfair, and may be looked at whenever one likes.

A single draw shows little, and tests that are repeated after every draw raise false alarms without end. A monitor
bets instead. Before each draw its capital, 1 at the start, lies on hypotheses: "units of this group have w times the
odds of the others", for every group of every attribute and eight w. A hypothesis multiplies what lies on it by the
likelihood ratio of what came, which is w^x / E(w^x) for a group of which x units were drawn, E being taken over fair
draws with the same number from each stratum. The evidence is the capital.

Why the false-alarm rate holds. Be the draws up to now whatever they were, also be the next list of units, its
attributes and the number to be drawn chosen in their light. If the next draw is fair, then each factor w^x / E(w^x) has
the expectation 1, hence the expectation of the capital after the draw is the capital before it: the evidence is a test
martingale, however groups overlap. By the inequality of Ville it ever reaches 1/alpha with a probability of alpha at
most, over any number of draws and with any rule when to stop.

Groups that were not there before need no announcement. Before a draw, and by its list alone, every new group is laid
the average of what lies on a group, taken from all in proportion; shifting capital before a draw does not change it.

Source: J. Ville, *Étude critique de la notion de collectif* (1939); G. Shafer, *Testing by betting* (2021);
A. Ramdas, P. Grünwald, V. Vovk and G. Shafer, *Game-theoretic statistics and safe anytime-valid inference* (2023).
"""

from collections.abc import Iterable, Mapping
from math import ceil, exp, inf, log
from typing import Final, TypeAlias

import numpy as np
from attrs import evolve, field, frozen

from dual_random.errors import Lang, Note
from dual_random.forms import count_faults, kind_faults, kinds_faults, listed, refuse
from dual_random.testing.attributes import Attributes, Drawing, easiest_group, is_number, read_drawing
from dual_random.testing.audits import ALPHA
from dual_random.testing.checks import level_faults, told
from dual_random.testing.laws import Cell, law, log_moments, scatter
from dual_random.testing.replicates import NONE, Texts

ODDS: Final = (1 / 8, 1 / 4, 1 / 2, 2 / 3, 3 / 2, 2.0, 4.0, 8.0)
_LOG_ODDS: Final = np.log(np.array(ODDS))
_LARGEST: Final = 700.0  # logarithms above are no floats
_TOLD_ODDS: Final = 3.0  # for which is told how soon they would be seen

Factors: TypeAlias = tuple[float, ...]  # logarithms, one for each of ODDS


@frozen(kw_only=True)
class Bet:
    """What lies on the hypotheses about one group.

    Args:
        attribute, group: name and value.
        seen, expected: how many of the group were drawn in all, and how many fair draws would have given on average.
        stake: the logarithm of what was laid on the group, scaled with what was taken from it for later groups.
        gains: of each of `ODDS`, the logarithm of the likelihood ratio of all draws.
    """

    attribute: str
    group: str
    seen: int = 0
    expected: float = 0.0
    stake: float = 0.0
    gains: Factors = (0.0,) * len(ODDS)

    @property
    def capital(self) -> float:
        """The logarithm of what lies on the group now."""
        return self.stake + float(np.logaddexp.reduce(np.array(self.gains))) - log(len(ODDS))

    @property
    def odds(self) -> float:
        """Those of `ODDS` that explain the draws best."""
        return ODDS[int(np.argmax(self.gains))]


@frozen(kw_only=True)
class Monitor:
    """Anytime-valid evidence against the fairness of successive draws; a value: `after` gives the next.

    It can be recomputed by anybody from the published draws, in milliseconds, so nothing need be stored in between.
    A draw may depend on those before it (enterprises left out that were drawn lately): only `units` must then be those
    that could have been drawn this time.

    Args:
        alpha: the chance, at most, that fair draws ever raise the alarm.
        draws: how many draws it has seen.
        bets: what lies on each group.
        peak: the logarithm of the highest evidence so far.
        foresight: how soon a bias would be seen; None before the first draw.

    >>> units = [f"E{number}" for number in range(200)]
    >>> district = {unit: "east" if int(unit[1:]) % 10 == 0 else "west" for unit in units}
    >>> monitor = Monitor(alpha=0.01)
    >>> for quarter in range(4):
    ...     chosen = [*units[quarter * 50 : quarter * 50 + 50 : 10], *units[1:150:10]]
    ...     monitor = monitor.after(units, chosen, attributes={"district": district})
    >>> monitor.alarm, round(monitor.evidence), str(monitor.worst)[:42]
    (True, 687, 'district · east: 20 drawn, 8 expected; odd')
    """

    alpha: float = ALPHA
    draws: int = 0
    bets: tuple[Bet, ...] = field(default=(), converter=listed)
    peak: float = 0.0
    foresight: Note | None = field(default=None, repr=False)

    def __attrs_post_init__(self) -> None:
        faults = level_faults(self.alpha) + count_faults(self.draws, "draws") + kinds_faults(self.bets, Bet, "bets")
        refuse(faults + kind_faults(self.peak, float, "peak"))

    def after(
        self, units: Iterable[str], chosen: Iterable[str], *, attributes: Attributes, strata: Texts = NONE
    ) -> "Monitor":
        """The monitor with one more draw.

        Args:
            units: all that could have been drawn this time.
            chosen: those that were.
            attributes: by name, the group of each unit: texts. What is a number must be put into classes beforehand. An
                attribute counts from the first draw on that it was settled before: none may be added because of what
                a draw gave, for that draw.
            strata: of each unit, if the draw was made stratum by stratum with numbers set beforehand.

        Raises:
            InputError: all faults of the arguments.
        """
        drawing = read_drawing(units, chosen, attributes, strata, _number_faults(attributes))
        laid = self._laid(drawing)
        came = {}
        for attribute in drawing.attributes:
            for place, seen in enumerate(drawing.counts(attribute)):
                came[attribute.name, str(attribute.values[place])] = drawing.cells(attribute, place), int(seen)
        bets = [_paid(bet, *came.get((bet.attribute, bet.group), ([], 0))) for bet in laid]
        peak = max(self.peak, _log_sum(bets))
        return evolve(self, draws=self.draws + 1, bets=tuple(bets), peak=peak, foresight=self._foresight(drawing, bets))

    def _laid(self, drawing: Drawing) -> tuple[Bet, ...]:
        """The bets before a draw: its list alone decides what is laid on new groups."""
        known = {(bet.attribute, bet.group) for bet in self.bets}
        new = [key for key in _open_groups(drawing) if key not in known]
        if not new:
            return self.bets
        total = len(self.bets) + len(new)
        kept = [evolve(bet, stake=bet.stake + log(len(self.bets) / total)) for bet in self.bets]
        stake = _log_sum(self.bets) - log(total)
        return (*kept, *(Bet(attribute=attribute, group=group, stake=stake) for attribute, group in new))

    @property
    def log_evidence(self) -> float:
        """The natural logarithm of the evidence."""
        return _log_sum(self.bets)

    @property
    def evidence(self) -> float:
        """The capital now: how many times as well as fair draws the hypotheses explain what came, on average."""
        return exp(self.log_evidence) if self.log_evidence < _LARGEST else inf

    @property
    def alarm(self) -> bool:
        """Whether the evidence has ever reached 1/alpha."""
        return self.peak >= -log(self.alpha)

    @property
    def worst(self) -> Note | None:
        """The group that most lies on, and the odds that explain its draws best; None before the first draw."""
        if not self.bets:
            return None
        bet = max(self.bets, key=lambda each: (round(each.capital, 9), -each.expected))  # of two that mirror each other
        better = max(bet.gains)
        told_of: dict[str, str | int] = {
            "count": bet.seen,
            "mean": told(bet.expected),
            "odds": told(bet.odds),
            "times": told(exp(min(better, _LARGEST))),
        }
        return Note("monitor-worst", f"{bet.attribute} · {bet.group}", told_of)

    def _foresight(self, drawing: Drawing, bets: Iterable[Bet]) -> Note | None:
        """How soon three times or a third of the odds would be seen, of the group easiest to judge."""
        easiest = [(attribute, easiest_group(drawing, attribute)) for attribute in drawing.attributes]
        attribute, place = max(easiest, key=lambda pair: round(scatter(drawing.cells(*pair)), 9))
        cells = drawing.cells(attribute, place)
        if not _undecided(cells):
            return self.foresight
        needed = log(len(ODDS) * len(tuple(bets)) / self.alpha)
        soon = [needed / max(_growth(cells, odds), 1e-9) for odds in (_TOLD_ODDS, 1 / _TOLD_ODDS)]
        params = {"more": told(ceil(soon[0])), "fewer": told(ceil(soon[1]))}
        return Note("monitor-foresight", f"{attribute.name} · {attribute.values[place]}", params)

    def text(self, lang: Lang = "en") -> str:
        """A paragraph in English or Chinese."""
        told_of: dict[str, str | int] = {
            "draws": self.draws,
            "evidence": told(self.evidence),
            "peak": told(exp(min(self.peak, _LARGEST))),
            "limit": told(1 / self.alpha),
            "alpha": told(self.alpha),
        }
        verdict = Note("monitor-alarm" if self.alarm else "monitor-quiet", "", told_of)
        hint = Note("audit-strata-hint") if self.alarm else None
        notes = [note for note in (verdict, self.worst, self.foresight, hint) if note]
        return "\n  ".join(note.text(lang) for note in notes)

    def __str__(self) -> str:
        return self.text()


def _paid(bet: Bet, cells: list[Cell], seen: int) -> Bet:
    """A bet after a draw that took so many of its group."""
    if not _undecided(cells):
        return bet
    factors = seen * _LOG_ODDS - log_moments(cells, _LOG_ODDS)
    return evolve(
        bet,
        seen=bet.seen + seen,
        expected=bet.expected + sum(marked * taken / size for size, marked, taken in cells),
        gains=tuple(float(gain) for gain in bet.gains + factors),
    )


def _log_sum(bets: Iterable[Bet]) -> float:
    """The logarithm of all that lies on the bets; 0 before there are any."""
    capitals = np.array([bet.capital for bet in bets])
    return float(np.logaddexp.reduce(capitals)) if len(capitals) else 0.0


def _open_groups(drawing: Drawing) -> list[tuple[str, str]]:
    """The groups of which more or fewer could have come."""
    return [
        (attribute.name, str(value))
        for attribute in drawing.attributes
        for place, value in enumerate(attribute.values)
        if _undecided(drawing.cells(attribute, place))
    ]


def _undecided(cells: Iterable[Cell]) -> bool:
    return any(marked < size for size, marked, _ in cells)


def _growth(cells: list[Cell], odds: float) -> float:
    """By how much the logarithm of the best bet grows in a draw with these odds, on average."""
    return float((law(cells, odds).mean * _LOG_ODDS - log_moments(cells, _LOG_ODDS)).max())


def _number_faults(attributes: object) -> list[Note]:
    """Attributes that are numbers."""
    if not isinstance(attributes, Mapping):
        return []
    columns = [(name, column) for name, column in attributes.items() if isinstance(column, Mapping) and column]
    numbers = [name for name, column in columns if is_number(column)]
    return [Note("monitor-number", f"attributes.{name}") for name in numbers]
