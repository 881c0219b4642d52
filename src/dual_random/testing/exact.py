"""Exact chances of small cases: a procedure is run on every order of its tickets, and the fractions are counted.

Tickets are equally likely in every order. What a rule makes of them (a quota, a replacement, a person who cannot
go) often gives chances that nobody meant, and seven units are enough to see it, without any statistics. Chances that
differ need not be wrong; but they should be known and published.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from itertools import permutations
from math import factorial
from typing import Final, TypeAlias

from dual_random.errors import Note
from dual_random.forms import refuse
from dual_random.testing.procedures import outcome, procedure_faults, read_list, units_of

MOST: Final = 8  # 40,320 orders

ByOrder: TypeAlias = Callable[[Sequence[str]], Iterable[str]]  # from the units by ascending ticket to the ids drawn


def exact_subsets(procedure: ByOrder, units: Sequence[str]) -> dict[tuple[str, ...], Fraction]:
    """The exact chance of every set of units that a procedure draws, over all orders of their tickets.

    Args:
        procedure: from the units, by ascending ticket, to the ids drawn.
        units: the list; at most 8, since 9 have 362,880 orders.

    Returns:
        Sets as tuples in the order of the list, ascending by places; those that are never drawn are left out.

    Raises:
        InputError: units that are none, or too many; ids drawn that are not among them or stand twice. What the
            procedure raises comes through, with a note that names the order.

    >>> for drawn, chance in exact_subsets(lambda tickets: tickets[:2], ["E1", "E2", "E3"]).items():
    ...     print(*drawn, chance)
    E1 E2 1/3
    E1 E3 1/3
    E2 E3 1/3
    """
    known, faults = read_list(units)
    if len(known) > MOST:
        params: dict[str, str | int] = {"count": len(known), "most": MOST, "orders": f"{factorial(MOST):,}"}
        faults.append(Note("exact-many", "units", params))
    refuse(faults + procedure_faults(procedure))
    places = {unit: place for place, unit in enumerate(known)}
    counts: Counter[tuple[int, ...]] = Counter()
    for order in permutations(known):
        drawn = outcome(lambda tickets, _: procedure(tickets), list(order), ", ".join(order))
        refuse(drawn.faults(places))
        counts[tuple(sorted({places[unit] for unit, _ in drawn.hits}))] += 1
    orders = factorial(len(known))
    return {tuple(known[place] for place in key): Fraction(counts[key], orders) for key in sorted(counts)}


def exact_inclusion(procedure: ByOrder, units: Sequence[str]) -> dict[str, Fraction]:
    """The exact chance of every unit to be drawn, over all orders of their tickets.

    Args and errors: as for `exact_subsets`.

    Returns:
        A fraction for every unit, in the order of the list.

    Three of seven are drawn. One of them cannot go and is replaced by the first in the list who was not drawn, as
    many a manual says; whoever stands at the top then has more than the 3/7 of the others:

    >>> units = ["E1", "E2", "E3", "E4", "E5", "E6", "E7"]
    >>> def first_in_list(tickets):
    ...     drawn, barred = tickets[:3], "E1"
    ...     substitutes = [unit for unit in units if unit not in drawn and unit != barred]
    ...     return [substitutes[0] if unit == barred else unit for unit in drawn]
    >>> print(*exact_inclusion(first_in_list, units).values())
    0 5/7 19/35 16/35 3/7 3/7 3/7

    The next ticket as the substitute treats all alike:

    >>> print(*exact_inclusion(lambda tickets: [unit for unit in tickets if unit != "E1"][:3], units).values())
    0 1/2 1/2 1/2 1/2 1/2 1/2

    A quota, met by skipping in the order of tickets (here at most one of E1, E2, E3): alike within the classes, not
    between them:

    >>> def at_most_one(tickets):
    ...     few = [unit for unit in tickets if unit in units[:3]]
    ...     return [unit for unit in tickets if unit not in few[1:]][:3]
    >>> print(*exact_inclusion(at_most_one, units).values())
    31/105 31/105 31/105 37/70 37/70 37/70 37/70
    """
    known = units_of(units)
    chances = dict.fromkeys(known, Fraction(0))
    for drawn, chance in exact_subsets(procedure, known).items():
        for unit in drawn:
            chances[unit] += chance
    return chances
