"""When each visit is paid: a ticket of its own spreads the visits evenly over the periods (specification 8.7)."""

from collections.abc import Sequence

import numpy as np

from dual_random.schemes import Scheme, ticket_start
from dual_random.tickets import ascending, first_words, whole_ticket


def periods_of(scheme: Scheme, key: str, enterprises: Sequence[str], count: int) -> list[int]:
    """The period of every visit: visit k of V, in ascending `period` ticket, falls into period ⌊k·P/V⌋ of P.

    The ticket knows neither what a visit is for nor where it stands in a list, so nobody can choose who is visited
    early: every order of the visits is equally likely, and the periods differ by one visit at most.

    Args:
        scheme, key: of the tickets.
        enterprises: the visits, each once, in any order.
        count: how many periods there are, P; 1 if the plan declares none.

    Returns:
        Numbers from 0 to count - 1, in the order of the enterprises.

    >>> periods_of("dual-random/1-sha256", "ab" * 32, ["E1", "E2", "E3", "E4", "E5"], 2)
    [0, 1, 0, 0, 1]
    """
    if count == 1:
        return [0] * len(enterprises)
    return [rank * count // len(enterprises) for rank in period_ranks(scheme, key, enterprises)]


def period_ranks(scheme: Scheme, key: str, enterprises: Sequence[str]) -> list[int]:
    """How many visits have a lower `period` ticket than each, in the order of the enterprises.

    >>> period_ranks("dual-random/1-sha256", "ab" * 32, ["E1", "E2", "E3", "E4", "E5"])
    [1, 4, 0, 2, 3]
    """
    names = [enterprise.encode() for enterprise in enterprises]
    start = ticket_start(scheme, key, "period")
    words = first_words(start, [names], len(names))
    order = ascending(words, np.arange(len(names)), lambda row: (whole_ticket(start, names[row]), names[row]))
    ranks = np.empty(len(names), dtype=np.int64)
    ranks[order] = np.arange(len(names))
    found: list[int] = ranks.tolist()
    return found
