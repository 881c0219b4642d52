"""Questions asked of one published result, by one attribute each, and how redraws answer them.

A sample and an order are judged alike: sums are formed of the result and of every redraw, a distance tells how far they
lie from what is expected, and the redraws tell how often chance goes so far.
"""

from collections.abc import Callable, Sequence
from statistics import NormalDist
from typing import Final, Protocol, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from dual_random.errors import Note
from dual_random.testing.attributes import Attribute
from dual_random.testing.checks import POWER, Check, p_text, told
from dual_random.testing.redraws import chunks, pooled
from dual_random.testing.replicates import Floats, Progress

Params: TypeAlias = dict[str, str | int]
Sums: TypeAlias = NDArray[np.float64]  # one row for each redraw; whole numbers, exact below 2^53
Drawn = TypeVar("Drawn", contravariant=True)

REACH: Final = NormalDist().inv_cdf(POWER)  # standard deviations
DIGITS: Final = 9  # of distances: equal ones stay equal whatever machine adds them up
_KEPT: Final = 2**21  # numbers of redraws that are kept to tell what could have been seen


class Question(Protocol[Drawn]):
    """What is asked of a result by one attribute, and told of the answer."""

    @property
    def attribute(self) -> Attribute:
        """The attribute that the question is asked by."""

    def null(self, asked: Params) -> Note:
        """The hypothesis."""

    def sums(self, drawn: Drawn) -> Sums:
        """What is known of each of several results."""

    def distance(self, sums: Sums) -> Floats:
        """The statistic of each row of sums: how far it lies from what is expected."""

    def statistic(self, sums: Sums) -> float:
        """What is told of the first row."""

    def worst(self, sums: Sums) -> tuple[Note, ...]:
        """What lies farthest out in the first row."""

    def sees(self, sums: Sums, critical: float) -> tuple[float, Note]:
        """The smallest bias that would have been seen, given the sums of some redraws and the critical distance."""


def answered(
    questions: Sequence[Question[Drawn]],
    own: Drawn,
    redraw: Callable[[range], Drawn],
    *,
    width: int,
    trials: int,
    alpha: float,
    progress: Progress | None,
) -> list[Check]:
    """One check for each question, with p that are family-wise over all of them.

    Args:
        questions: one for each attribute.
        own: the published result, as one row.
        redraw: the redraws with these numbers, one row each.
        width: how many numbers a redraw needs in memory.
        trials: how many redraws.
        alpha: the limit.
        progress: called with the number of redraws made and of all.
    """
    mine = [question.sums(own) for question in questions]
    distances = np.empty((trials + 1, len(questions)))
    distances[0] = [question.distance(sums)[0] for question, sums in zip(questions, mine, strict=True)]
    kept: list[list[Sums]] = [[] for _ in questions]
    rows = [kept_rows(trials, len(question.attribute.values)) for question in questions]
    for run in chunks(trials, width) if questions else ():
        drawn = redraw(run)
        for place, question in enumerate(questions):
            sums = question.sums(drawn)
            distances[run.start + 1 : run.stop + 1, place] = question.distance(sums)
            kept[place].append(sums[: max(0, rows[place] - run.start)])
        if progress:
            progress(run.stop, trials)
    return _checks(questions, mine, distances, [np.concatenate(parts) for parts in kept], alpha)


def kept_rows(trials: int, width: int) -> int:
    """How many redraws are kept in full to tell what could have been seen.

    >>> kept_rows(9999, 12), kept_rows(9999, 20_000)
    (999, 104)
    """
    return min(trials, 999, max(99, _KEPT // width))


def _checks(
    questions: Sequence[Question[Drawn]], mine: Sequence[Sums], distances: Floats, kept: Sequence[Sums], alpha: float
) -> list[Check]:
    if not questions:
        return []
    pool = pooled(distances, alpha)
    checks = []
    for place, question in enumerate(questions):
        detectable, sees = question.sees(kept[place], float(pool.critical[place]))
        asked: Params = {"groups": len(question.attribute.values), "alone": p_text(float(pool.alone[place]))}
        checks.append(
            Check(
                name=question.attribute.name,
                null=question.null({**asked, "trials": told(len(distances) - 1), "count": len(questions)}),
                p=float(pool.adjusted[place]),
                limit=alpha,
                sees=sees,
                detectable=detectable,
                statistic=question.statistic(mine[place]),
                worst=question.worst(mine[place]),
            )
        )
    return checks
