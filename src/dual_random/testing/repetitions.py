"""Do the same draws come again? A clock, or a seed of few values, makes only so many, however many units there are.

Given what each class of alike units gets in a draw (how many of which results), all ways to give it out are equally
likely: W of them. So the chance that a draw repeats an earlier one of its kind is at most their number over W, whatever
came before, and the number of repeats has no heavier upper tail than a sum of independent yes-or-no numbers with these
chances, nor, from one above the mean, than the Poisson number of the same mean (W. Hoeffding, *On the distribution of
the number of successes in independent trials*, 1956). The p is an upper bound, for any numbers of units and draws.
"""

from collections import Counter
from collections.abc import Iterator
from math import ceil, exp, inf, lgamma

import numpy as np

from dual_random.errors import Note
from dual_random.forms import refuse
from dual_random.testing.checks import POWER, Check, told
from dual_random.testing.distributions import poisson_mean, poisson_tail
from dual_random.testing.replicates import Replicates, asked_faults
from dual_random.testing.tallies import ALPHA


def repeats(replicates: Replicates, *, alpha: float = ALPHA) -> Check:
    """Whether draws repeat each other no more often than chance makes them.

    An exact bound, whatever was drawn before. It sees a small seed space, and rules that leave few outcomes.

    Args:
        replicates: the draws.
        alpha: the limit of p.

    >>> from dual_random.testing.replicates import replicate
    >>> units = [f"E{number}" for number in range(1, 41)]
    >>> from dual_random import sample
    >>> def few_seeds(units, seed):
    ...     return sample(units, 8, seed=str(sum(seed.encode()) % 64), label="t").drawn
    >>> check = repeats(replicate(few_seeds, units, 500))
    >>> check.failed, str(check.worst[0])
    (True, 'draws that repeat an earlier one: 459 of 500, 0.00162 expected at most')
    """
    refuse(asked_faults(replicates, alpha))
    seen: Counter[object] = Counter()
    drawn: set[object] = set()
    repeated, mean = 0, 0.0
    for kind, whole, ways in _draws(replicates):
        mean += min(1.0, seen[kind] * exp(-ways))
        seen[kind] += 1
        repeated += whole in drawn
        drawn.add(whole)
    told_of = {"count": told(repeated), "trials": told(replicates.trials), "mean": told(mean)}
    seeds = _seeds(replicates.trials, mean, alpha)
    return Check(
        name="repeats",
        null=Note("repeats-null"),
        p=_tail(repeated, mean),
        limit=alpha,
        sees=Note("repeats-sees", "", {"seeds": told(seeds)}) if seeds else Note("sees-nothing"),
        detectable=seeds or inf,
        worst=(Note("repeats-worst", "", told_of),),
    )


def _draws(replicates: Replicates) -> Iterator[tuple[object, object, float]]:
    """Of each draw what every class gets, the whole outcome, and the logarithm of the number of ways to give it out."""
    return _of_results(replicates) if len(replicates.results) > 1 else _plain(replicates)


def _plain(replicates: Replicates) -> Iterator[tuple[object, object, float]]:
    """Draws with one result: of each class so many."""
    kinds = len(replicates.classes)
    sizes = np.bincount(replicates.class_of, minlength=kinds).tolist()
    ways: dict[bytes, float] = {}
    for who in np.split(replicates.who, replicates.ends[:-1]):
        counts = np.bincount(replicates.class_of[who], minlength=kinds)
        kind = counts.tobytes()
        if kind not in ways:
            ways[kind] = sum(_log_comb(size, count) for size, count in zip(sizes, counts.tolist(), strict=True))
        yield kind, np.sort(who).tobytes(), ways[kind]


def _log_comb(size: int, count: int) -> float:
    return lgamma(size + 1) - lgamma(count + 1) - lgamma(size - count + 1)


def _of_results(replicates: Replicates) -> Iterator[tuple[object, object, float]]:
    """Draws with several results, of which a unit may have some together."""
    classes = replicates.class_of.tolist()
    sizes = Counter(classes)
    who, what = replicates.who.tolist(), replicates.what.tolist()
    begin = 0
    ways: dict[object, float] = {}
    for end in replicates.ends.tolist():
        got: dict[int, list[int]] = {}
        for unit, result in zip(who[begin:end], what[begin:end], strict=True):
            got.setdefault(unit, []).append(result)
        held = Counter((classes[unit], tuple(sorted(results))) for unit, results in got.items())
        kind = frozenset(held.items())
        if kind not in ways:
            ways[kind] = _ways(held, sizes)
        yield kind, frozenset((unit, tuple(sorted(results))) for unit, results in got.items()), ways[kind]
        begin = end


def _ways(held: Counter[tuple[int, tuple[int, ...]]], sizes: Counter[int]) -> float:
    """The logarithm of a product of multinomial coefficients, one a class."""
    left = Counter(sizes)
    total = sum(lgamma(size + 1) for size in sizes.values())
    for (kind, _), count in held.items():
        left[kind] -= count
        total -= lgamma(count + 1)
    return total - sum(lgamma(count + 1) for count in left.values())


def _tail(count: int, mean: float) -> float:
    """The chance of so many or more, at most."""
    return poisson_tail(count, mean) if count >= mean + 1 else 1.0


def _seeds(trials: int, mean: float, alpha: float) -> float:
    """About how many equally likely draws would be seen to be too few; 0 if none would.

    With M of them R draws repeat an earlier one R(R-1)/2M times, as long as that is much less than R.
    """
    critical = ceil(mean) + 1
    while _tail(critical, mean) > alpha:
        critical += 1
    wanted = poisson_mean(critical, POWER)
    return trials * (trials - 1) / 2 / wanted if wanted < trials / 2 else 0.0
