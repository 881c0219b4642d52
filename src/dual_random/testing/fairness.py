"""Is a procedure fair? All checks that its claim allows, in one report with one false-alarm rate.

The claim is one of two. *Alike*: units of a class are interchangeable, so that given how many of them are drawn every
set is equally likely. That is what simple and stratified samples, joint draws and teams promise, and all is asked of
it. *Chances*: each unit is drawn with the chance stated for it, whatever draws together; that holds for systematic,
clustered and unequal designs too, and less can be asked.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import Final, Protocol, cast

from dual_random.errors import InputError, Note
from dual_random.forms import flag_faults, kind_faults, refuse
from dual_random.testing.attributes import Attributes, attribute_faults, is_number
from dual_random.testing.checks import ORDER, PLACE, Check, Report, UnfairError, holm, level_faults, told
from dual_random.testing.crossings import across
from dual_random.testing.distributions import special
from dual_random.testing.invariants import DECLINED, TRIALS, elsewhere, order_free, repeatable
from dual_random.testing.pairings import pairs
from dual_random.testing.procedures import Procedure, read_list
from dual_random.testing.repetitions import repeats
from dual_random.testing.replicates import (
    NO_SHARES,
    NONE,
    Progress,
    Replicates,
    Shares,
    Texts,
    class_faults,
    replicate,
    request_faults,
)
from dual_random.testing.squares import chi_square, countable, subsets
from dual_random.testing.tallies import ALPHA, chance_faults, inclusion, members
from dual_random.testing.trends import groups, trend


class Ask(Protocol):
    """A question that waits for its limit."""

    def __call__(self, *, alpha: float) -> Check:
        """The check."""


NO_ATTRIBUTES: Final[Attributes] = MappingProxyType({})


def examine(
    replicates: Replicates, *, chance: Shares = NO_SHARES, against: Attributes = NO_ATTRIBUTES, alpha: float = ALPHA
) -> Report:
    """All statistical checks of draws that were made, here or by another program.

    Args:
        replicates: the draws; which units are alike is stated there.
        chance: the chance of each unit to be drawn, where units are not interchangeable.
        against: attributes known before the draws, a number or a name for every unit: no trend, no favoured group.
        alpha: the chance, at most, that a fair procedure fails any check.

    Raises:
        InputError: arguments that cannot be used.

    >>> from dual_random import sample
    >>> units = [f"E{number}" for number in range(1, 61)]
    >>> draws = replicate(lambda units, seed: sample(units, 12, seed=seed, label="t").drawn, units, 1000)
    >>> report = examine(draws)
    >>> report.ok, [check.name for check in report.checks if check.statistic is None]
    (True, ['members', 'inclusion', 'repeats'])
    """
    refuse(kind_faults(replicates, Replicates, "replicates"))
    refuse(level_faults(alpha) + _claim_faults(replicates.units, replicates.alike, chance, against))
    return _report(replicates, [members(replicates)], chance, against, alpha, ())


def assert_fair(
    procedure: Procedure,
    units: Sequence[str],
    *,
    trials: int,
    alike: Texts = NONE,
    chance: Shares = NO_SHARES,
    against: Attributes = NO_ATTRIBUTES,
    ordered: bool = False,
    processes: bool = True,
    alpha: float = ALPHA,
    progress: Progress | None = None,
) -> Report:
    """Fail, as a test of pytest does, unless a procedure is fair as far as can be seen.

    First what admits no doubt: the same units in another order give the same draw, the same seed gives it again, also
    in a fresh process, and nobody is drawn who is not there, or twice. Then all that `examine` asks, over many draws
    with the seeds ``"fair:0"``, ``"fair:1"``, … A procedure that passes does so until its code changes; a correct one
    fails with a probability below alpha, once, when it first meets these seeds. Do not try other seeds then: look for
    the fault.

    Args:
        procedure: from units and seed to the ids drawn, or to each unit's result, or results. Inspectors and the visits
            they go to are results, too (`by_person`).
        units: whom it draws from.
        trials: how many draws; `trials_for` tells how many show a bias.
        alike: the class of each unit, where not all are treated alike: strata, ranks, preferences.
        chance: the chance of each unit to be drawn, where units are not interchangeable: systematic, clustered,
            unequal designs. Then only single units and trends are asked.
        against: attributes known before the draws, a number or a name for every unit.
        ordered: True if the order of the list is meant to decide, e.g. as published; then it is not permuted.
        processes: False if the procedure needs what only this process has, such as a patch or a database in memory;
            then no fresh process is asked.
        alpha: the chance, at most, that a fair procedure fails.
        progress: called with the number of draws made and of all.

    Returns:
        The report: what was asked, and the smallest bias that each check would have seen.

    Raises:
        UnfairError: an AssertionError with the report, if a check failed.
        InputError: arguments that cannot be used, or the extra ``testing`` (scipy) is missing.

    >>> from dual_random import sample
    >>> units = [f"E{number}" for number in range(1, 61)]
    >>> report = assert_fair(lambda units, seed: sample(units, 12, seed=seed, label="t").drawn, units, trials=1000)
    >>> round(report.detectable["inclusion"], 2)
    1.48
    >>> try:
    ...     assert_fair(lambda units, seed: sample(units[1:], 12, seed=seed, label="t").drawn, units, trials=1000)
    ... except AssertionError as error:
    ...     print(error.report["inclusion"].worst[0])
    E1: 0 times, 200 expected (p < 1e-50)
    """
    __tracebackhide__ = True  # pytest then shows the caller's line, and the report
    known, faults = read_list(units)
    faults += request_faults(procedure, trials, progress) + level_faults(alpha)
    faults += flag_faults(ordered, "ordered") + flag_faults(processes, "processes")
    refuse(faults + (_claim_faults(known, alike, chance, against) if known else []))
    special()  # if it is missing, that is told before any draw is made
    few = min(trials, TRIALS)
    exact = [] if ordered else [order_free(procedure, known, trials=few)]
    exact.append(repeatable(procedure, known, trials=few))
    away = elsewhere(procedure, known, trials=few) if processes else DECLINED
    exact += [away] if isinstance(away, Check) else []
    replicates = replicate(procedure, known, trials, alike=alike, progress=progress)
    unchecked = () if isinstance(away, Check) else (away,)
    report = _report(replicates, [members(replicates), *exact], chance, against, alpha, unchecked)
    if not report.ok:
        raise UnfairError(report)
    return report


def _claim_faults(units: Sequence[str], alike: object, chance: object, against: object) -> list[Note]:
    """Why a claim cannot be asked."""
    faults = class_faults(units, alike)
    if not isinstance(chance, Mapping) or chance:
        both = isinstance(alike, Mapping) and len(alike) > 0
        faults += chance_faults(units, chance) + ([Note("chance-and-alike", "chance")] if both else [])
    return faults + attribute_faults(units, against, "against")


def _report(
    replicates: Replicates,
    exact: Sequence[Check],
    chance: Shares,
    against: Attributes,
    alpha: float,
    unchecked: Sequence[Note],
) -> Report:
    """The checks, each at its part of alpha, and then held together by Holm's rule."""
    if not any(check.failed for check in exact) and not any(cell.open.any() for cell in replicates.cells):
        raise InputError([Note("lots-none", "", {"trials": told(replicates.trials)})])
    asked = [*_of_units(replicates, chance), *_of_attributes(replicates, chance, against)]
    asked += [] if chance else _of_sets(replicates)
    checks = [*exact, *holm([ask(alpha=alpha / len(asked)) for ask in asked], alpha)]
    left_out = [Note("groups-unchecked", name) for name, each in against.items() if chance and not is_number(each)]
    hints = _hints([check for check in checks if check.failed], bool(chance or replicates.alike))
    return Report(subject=replicates.subject, checks=checks, alpha=alpha, unchecked=(*unchecked, *left_out, *hints))


def _hints(failed: Sequence[Check], claimed: bool) -> list[Note]:
    """What to do about checks that failed."""
    names = {check.name for check in failed}
    hints = [Note("hint-members")] if "members" in names else []
    hints += [Note("hint-order")] if "order" in names else []
    return hints + ([] if claimed or all(check.exact for check in failed) else [Note("hint-alike")])


def _of_units(replicates: Replicates, chance: Shares) -> Iterator[Ask]:
    """Questions about single units, and about their places."""
    yield partial(inclusion, replicates, chance=chance)
    places = {unit: float(place) for place, unit in enumerate(replicates.units)}
    yield partial(trend, replicates, PLACE, places, chance=chance)
    ordered = sorted(replicates.units, key=str.encode)
    if ordered != list(replicates.units):
        ranks = {unit: float(place) for place, unit in enumerate(ordered)}
        yield partial(trend, replicates, ORDER, ranks, chance=chance)


def _of_attributes(replicates: Replicates, chance: Shares, against: Attributes) -> Iterator[Ask]:
    """Questions about what is known of the units; groups only of units that are alike."""
    for name, values in against.items():
        if is_number(values):
            yield partial(trend, replicates, name, cast(Mapping[str, float], values), chance=chance)
        elif not chance:
            yield partial(groups, replicates, name, cast(Texts, values))


def _of_sets(replicates: Replicates) -> Iterator[Ask]:
    """Questions about who comes together, asked of units that are alike only."""
    yield partial(chi_square, replicates)
    yield partial(pairs, replicates)
    if len(replicates.cells) > 1:
        yield partial(across, replicates)
    if countable(replicates):
        yield partial(subsets, replicates)
    yield partial(repeats, replicates)
