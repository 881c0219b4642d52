"""What a deal has to do: the places of one department's visits, and who may fill them (specification 9.2).

Everything here is counts, numbers of people and sets of people; where they come from (columns, districts, recusals)
is decided elsewhere, and tickets decide the rest.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from operator import or_
from typing import TypeAlias

from attrs import frozen

People: TypeAlias = int  # a set of people: bit i stands for person i, in byte order of their ids


@frozen
class Opening:
    """One slot of one visit: how many places, and who is eligible for them, limits left aside.

    Args:
        slot: the place of the slot in its rule, from 0.
        need: how many places.
        eligible: the set of people.
    """

    slot: int
    need: int
    eligible: People


@frozen(eq=False, kw_only=True)
class Task:
    """All that decides who goes for one department, but the tickets of the inspectors.

    Args:
        people: the ids of the department's inspectors as UTF-8, in byte order.
        carried: the load that each brings along.
        visits: the ids of the enterprises as UTF-8, in the order of dealing.
        periods: the period of each visit, from 0.
        openings: the slots of each visit, in the order of dealing.
        most, most_per_period, slack, rotate, relief: as in `TeamRule`.
        met: how often two people have met before, the lower number first.
    """

    people: tuple[bytes, ...]
    carried: tuple[int, ...]
    visits: tuple[bytes, ...]
    periods: tuple[int, ...]
    openings: tuple[tuple[Opening, ...], ...]
    most: int | None = None
    most_per_period: int | None = None
    slack: int = 0
    rotate: bool = False
    relief: bool = False
    met: Mapping[tuple[int, int], int]


def in_order(openings: Sequence[Opening]) -> tuple[Opening, ...]:
    """The slots of a visit in the order of dealing: the scarcest first, then as declared.

    >>> [opening.slot for opening in in_order([Opening(0, 2, 0b1111), Opening(1, 1, 0b11), Opening(2, 1, 0b11)])]
    [1, 2, 0]
    """
    return tuple(sorted(openings, key=lambda each: (each.eligible.bit_count() - each.need, each.slot)))


def people_of(persons: Iterable[int]) -> People:
    """People as a set.

    >>> bin(people_of([4, 1, 2]))
    '0b10110'
    """
    people = 0
    for person in persons:
        people |= 1 << person
    return people


def either(sets: Iterable[People]) -> People:
    """Whoever is in one of several sets at least.

    >>> bin(either([0b10010, 0b00110]))
    '0b10110'
    """
    return reduce(or_, sets, 0)


def numbers(people: People) -> Iterator[int]:
    """The people of a set, ascending.

    >>> list(numbers(0b10110))
    [1, 2, 4]
    """
    while people:
        lowest = people & -people
        yield lowest.bit_length() - 1
        people ^= lowest
