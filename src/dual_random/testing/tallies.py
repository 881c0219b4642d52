"""Does each unit come as often as it should? By exact binomial tails, whatever happens within a draw.

Draws by different seeds are independent. So a unit's count over R draws is a sum of R independent yes-or-no numbers,
for simple, stratified, systematic, clustered or any other designs alike. If every draw gives the unit the same chance,
the count is binomial; if the chances s/K differ from draw to draw, its tails are no heavier than those of the binomial
count with the same mean (see `dual_random.testing.tails`). Times the number of counts (Bonferroni), the smallest tail
is an upper bound of the chance that a fair procedure shows any count so far out.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from math import inf
from typing import Final

import numpy as np
from attrs import frozen

from dual_random.errors import InputError, Note
from dual_random.forms import kind_faults, refuse
from dual_random.testing.checks import POWER, WORST, Check, p_text, told
from dual_random.testing.procedures import DRAWN
from dual_random.testing.replicates import (
    NO_SHARES,
    Cell,
    Counts,
    Floats,
    Places,
    Replicates,
    Shares,
    asked_faults,
    entry_faults,
)
from dual_random.testing.tails import Comparison, two_sided
from dual_random.text import parse_share, shown

ALPHA: Final = 1e-6


_SEES: Final = {  # by whether too many can be seen, and too few
    (False, False): "sees-nothing",
    (True, True): "inclusion-sees",
    (True, False): "inclusion-sees-high",
    (False, True): "inclusion-sees-low",
}
_SEES_SOME: Final = {  # the same, where it holds of some counts only
    (True, True): "inclusion-sees-some",
    (True, False): "inclusion-sees-some-high",
    (False, True): "inclusion-sees-some-low",
}


@frozen(eq=False)
class Tally:
    """Counts of several units that have the same chances: a binomial number each.

    Args:
        members: the units, by number.
        counts: how often each has the result.
        trials: in how many draws that was open.
        mean: how often that is expected of each.
        result: which; empty in a plain draw.
        where: result and class, as messages tell them.
    """

    members: Places
    counts: Counts
    trials: int
    mean: float
    result: str = ""
    where: str = ""


def members(replicates: Replicates) -> Check:
    """Whether each draw names units of the list only, and each of them once (an exact check).

    Args:
        replicates: the draws.

    >>> from dual_random.testing.replicates import replicate
    >>> check = members(replicate(lambda units, seed: ["E1", "E1"], ["E1", "E2"], 1))
    >>> check.failed, str(check.worst[0])
    (True, "fair:0: 'E1' was drawn twice")
    """
    return Check(
        name="members",
        null=Note("members-null"),
        p=0.0 if replicates.faults else 1.0,
        limit=0.0,
        sees=Note("members-sees", "", {"trials": told(replicates.trials)}),
        worst=replicates.faults[:WORST],
    )


def inclusion(replicates: Replicates, *, chance: Shares = NO_SHARES, alpha: float = ALPHA) -> Check:
    """Whether every unit has every result as often as it should: no false alarms above alpha, for any design.

    Args:
        replicates: the draws.
        chance: the chance of each unit to be drawn; without it, units that are alike are asked to have equal chances,
            given how many of them have the result in each draw.
        alpha: the limit of p.

    Raises:
        InputError: chances that do not fit the units, or of a procedure with several results.

    >>> from dual_random.testing.replicates import replicate
    >>> units = [f"E{number}" for number in range(1, 10)]
    >>> every_third = replicate(lambda units, seed: units[sum(seed.encode()) % 3 :: 3], units, 600)
    >>> inclusion(every_third).failed, inclusion(every_third, chance=dict.fromkeys(units, "1/3")).failed
    (False, False)
    >>> the_first = inclusion(replicate(lambda units, seed: units[:3], units, 600))
    >>> print(the_first.worst[0])
    E1: 600 times, 200 expected (p < 1e-50)
    """
    refuse(asked_faults(replicates, alpha) + (kind_faults(chance, Mapping, "chance")))
    found = [(two_sided(each.trials, each.mean, each.counts), each) for each in tallies(replicates, chance)]
    compared = sum(len(tails) for tails, _ in found)
    ps = [compared * float(tails.min()) for tails, _ in found]
    high, low, sees = _sees([tally for _, tally in found], alpha / max(1, compared))
    return Check(
        name="inclusion",
        null=_null(replicates, chance, compared),
        p=min(1.0, *ps) if ps else 1.0,
        limit=alpha,
        sees=sees,
        detectable=high if high < inf else 1 / low if low > 0 else inf,
        worst=_worst(replicates, found),
    )


def _null(replicates: Replicates, chance: Shares, compared: int) -> Note:
    """What is asked; of stated chances also whether their sum is what came, which no count tells by itself."""
    if not chance:
        return Note("inclusion-null", "", {"count": told(compared)})
    sums = {
        "sum": told(float(sum(map(parse_share, chance.values())))),
        "came": told(len(replicates.who) / max(1, replicates.trials)),
    }
    return Note("inclusion-null-stated", "", {"count": told(compared), **sums})


def tallies(replicates: Replicates, chance: Shares = NO_SHARES) -> list[Tally]:
    """The counts of all units: by result and class, or by stated chance; those of which nothing was open are left out.

    Raises:
        InputError: chances that do not fit the units, or of a procedure with several results.
    """
    found = _stated(replicates, chance) if chance else list(map(_of_cell, replicates.cells))
    return [tally for tally in found if tally.trials]


def _of_cell(cell: Cell) -> Tally:
    """A cell's counts, without the draws in which all or none of its units have the result."""
    certain = int((cell.totals == cell.size).sum())
    mean = float(cell.totals[cell.open].sum()) / cell.size
    return Tally(cell.members, cell.counts - certain, int(cell.open.sum()), mean, cell.result, cell.where)


def _stated(replicates: Replicates, chance: Shares) -> list[Tally]:
    """Counts by stated chance, the lowest first."""
    shares = chances_of(replicates, chance)
    counts = np.bincount(replicates.who, minlength=len(replicates.units)).astype(np.int64)
    by_share: dict[Fraction, list[int]] = {}
    for row, share in enumerate(shares):
        by_share.setdefault(share, []).append(row)
    trials = replicates.trials
    return [
        Tally(np.array(rows, dtype=np.int32), counts[rows], trials, float(share * trials))
        for share, rows in sorted(by_share.items())
    ]


def chances_of(replicates: Replicates, chance: Shares) -> list[Fraction]:
    """Stated chances in the order of the units.

    Raises:
        InputError: a unit without a chance, a chance that is none, a procedure that gives results.
    """
    faults = [Note("chance-results", "chance")] if set(replicates.results) - {DRAWN} else []
    refuse(faults + chance_faults(replicates.units, chance))
    return [parse_share(chance[unit]) for unit in replicates.units]


def chance_faults(units: Sequence[str], chance: object) -> list[Note]:
    """Why a table does not give every unit its chance."""
    if not isinstance(chance, Mapping):
        return [Note("entries-shape", "chance", {"value": shown(chance)})]
    faults = entry_faults(units, chance, "chance")
    for unit, share in chance.items():
        try:
            parse_share(share)
        except InputError as error:
            faults += [note.under(f"chance.{unit}") for note in error.faults]
    return faults


def _worst(replicates: Replicates, found: Iterable[tuple[Floats, Tally]]) -> tuple[Note, ...]:
    """The counts farthest out."""

    def rows() -> Iterator[tuple[float, str, Note]]:
        for tails, tally in found:
            for place in np.argsort(tails, kind="stable")[:WORST]:
                unit = replicates.units[tally.members[place]]
                told_of: dict[str, str | int] = {
                    "count": told(int(tally.counts[place])),
                    "mean": told(tally.mean),
                    "p": p_text(float(tails[place])),
                }
                code = "inclusion-worst-in" if tally.where else "inclusion-worst"
                yield float(tails[place]), unit, Note(code, unit, {**told_of, "where": tally.where})

    return tuple(note for _, _, note in sorted(rows(), key=lambda row: row[:2])[:WORST])


def _sees(tallies: list[Tally], limit: float) -> tuple[float, float, Note]:
    """How many times what it should be, or less, the count that is hardest to judge must be; of those that can be."""
    sizes: Counter[tuple[int, float]] = Counter()
    for each in tallies:
        sizes[each.trials, each.mean] += len(each.members)
    laws = {Comparison("", trials, mean, 0): size for (trials, mean), size in sizes.items() if 0 < mean < trials}
    above = {law: law.excess(limit, POWER) for law in laws}
    below = {law: law.deficit(limit, POWER) for law in laws}
    more, fewer = (sum(laws[law] for law in laws if found[law] < inf) for found in (above, below))
    high = 1 + max((each for each in above.values() if each < inf), default=inf)
    low = 1 - max((each for each in below.values() if each < inf), default=inf)
    count = sum(laws.values())
    params = {"high": told(high), "low": told(low), "more": told(more), "fewer": told(fewer), "count": told(count)}
    codes = _SEES if {more, fewer} <= {0, count} else _SEES_SOME
    return high, low, Note(codes[more > 0, fewer > 0], "", params)
