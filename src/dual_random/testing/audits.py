"""One published draw: are those who were drawn like those who could have been?

Nothing is needed of the procedure but its result. The draw is held against redraws of the same size that are fair
(`dual_random.testing.redraws`), by attributes that were known before: district, industry, risk, place in the list.
One draw shows little, and the report says for each attribute how little.
"""

from collections.abc import Iterable, Sized
from typing import Final

from dual_random.errors import Note
from dual_random.testing.attributes import Attributes, Drawing, read_drawing, read_order
from dual_random.testing.checks import Report, told
from dual_random.testing.orders import order_question, redrawn_orders
from dual_random.testing.questions import answered
from dual_random.testing.redraws import redraw_faults, seed_of_draw
from dual_random.testing.replicates import NONE, Progress, Texts, progress_faults
from dual_random.testing.samples import drawn_sample, redrawn_samples, sample_question

ALPHA: Final = 0.01
TRIALS: Final = 9999


def audit(
    units: Iterable[str],
    chosen: Iterable[str],
    *,
    attributes: Attributes,
    strata: Texts = NONE,
    trials: int = TRIALS,
    alpha: float = ALPHA,
    progress: Progress | None = None,
) -> Report:
    """Whether one published sample is like the list it was drawn from: exact for any size, and honest about its power.

    For each attribute one check, held against the same redraws. Groups: the sum of (O-E)²/E over all of them, none
    pooled. Numbers: how far the sum of the chosen units' midranks lies from the expected one. The checks' p are
    family-wise (`redraws.pooled`). So a fair draw fails any of them with a probability of at most alpha.

    Choose the attributes before you look at the sample; whoever looks first will find some in which it is odd. And
    passing proves little: each check says which bias it would have seen.

    Args:
        units: all that could have been drawn; their order decides nothing.
        chosen: those that were.
        attributes: by name, each unit's text (a group) or number (an order).
        strata: of each unit, if the draw was made stratum by stratum with numbers set beforehand, e.g. at different
            rates by risk. The redraws then keep the number of each stratum. Without it such a draw looks unfair, since
            its high-risk units are too many.
        trials: how many redraws.
        alpha: the chance, at most, that a fair draw fails. One draw cannot be repeated when it has failed, as a test of
            code can, so it is no 1e-6: at that level hardly anything could be seen. At 1 %, one fair draw in a hundred
            is suspected: look closer then, and accuse nobody. For many draws there is `Monitor`.
        progress: called with the number of redraws made and of all.

    Raises:
        InputError: all faults of the arguments, among them so few redraws that alpha cannot be reached.

    >>> units = [f"E{number}" for number in range(100, 400)]
    >>> district = {unit: "north" if unit < "E160" else "south" for unit in units}
    >>> sample = units[:40:2] + units[60::40]
    >>> found = audit(units, sample, attributes={"district": district}, trials=499)
    >>> found.ok, found["district"].p, str(found["district"].worst[0])
    (False, 0.002, 'north: 20 chosen, 5.2 expected (p 1.06e-10)')
    """
    more = redraw_faults(trials, alpha, _number(attributes)) + progress_faults(progress)
    drawing = read_drawing(units, chosen, attributes, strata, more)
    asked = [sample_question(drawing, attribute) for attribute in drawing.attributes]
    checks = answered(
        [question for question in asked if not isinstance(question, Note)],
        drawn_sample(drawing),
        lambda run: redrawn_samples(drawing, run),
        width=2 * drawing.taken + sum(len(attribute.values) for attribute in drawing.attributes),
        trials=trials,
        alpha=alpha,
        progress=progress,
    )
    hint = len(drawing.strata) == 1 and any(check.failed for check in checks)
    spared = told(1 - (drawing.taken / len(drawing.units)) ** 2)
    return Report(
        subject=_subject(drawing, trials),
        checks=checks,
        alpha=alpha,
        unchecked=[
            *(note for note in asked if isinstance(note, Note)),
            *([Note("audit-strata-hint")] if hint else []),
            Note("audit-seed", "", {"spared": spared}),
        ],
    )


def _number(attributes: object) -> int:
    """How many questions there will be."""
    return max(1, len(attributes)) if isinstance(attributes, Sized) else 1


def _subject(drawing: Drawing, trials: int) -> Note:
    sizes: dict[str, str | int] = {
        "taken": told(drawing.taken),
        "units": told(len(drawing.units)),
        "trials": told(trials),
    }
    if len(drawing.strata) == 1:
        return Note("audit-subject", "", sizes)
    return Note("audit-subject-strata", "", {**sizes, "strata": len(drawing.strata)})


def audit_order(
    order: Iterable[str],
    *,
    attributes: Attributes,
    trials: int = TRIALS,
    alpha: float = ALPHA,
    progress: Progress | None = None,
) -> Report:
    """Whether a full published order is a fair shuffle, as far as the attributes can tell.

    For each attribute one check, held against the same random orders. Numbers: the rank correlation of Spearman,
    without its sign, equal values at their midrank. Groups: the statistic of Kruskal and Wallis, from the mean position
    of each. As in `audit`, p is exact for any size and family-wise.

    Args:
        order: the ids of all units, the first first. That it is an order is looked at first: published copies of
            well-known lotteries lack units and repeat others.
        attributes: by name, each unit's text (a group) or number.
        trials, alpha, progress: as of `audit`.

    Raises:
        InputError: all faults of the arguments: units that stand twice, or are missing, among them.

    Source: C. Spearman (1904); W. H. Kruskal and W. A. Wallis (1952).

    >>> order = [f"E{number}" for number in range(100, 200)]
    >>> found = audit_order(order, attributes={"number": {unit: int(unit[1:]) for unit in order}}, trials=499)
    >>> found["number"].failed, str(found["number"].worst[0])
    (True, 'rank correlation 1')
    """
    more = redraw_faults(trials, alpha, _number(attributes)) + progress_faults(progress)
    own, read = read_order(order, attributes, more)
    asked = [order_question(attribute) for attribute in read]
    size = own.shape[1]
    seed = seed_of_draw([], own.tobytes())
    checks = answered(
        [question for question in asked if not isinstance(question, Note)],
        own,
        lambda run: redrawn_orders(size, run, seed),
        width=2 * size,
        trials=trials,
        alpha=alpha,
        progress=progress,
    )
    return Report(
        subject=Note("order-subject", "", {"units": told(size), "trials": told(trials)}),
        checks=checks,
        alpha=alpha,
        unchecked=[*(note for note in asked if isinstance(note, Note)), Note("order-seed")],
    )
