"""Content: which items are declared related, so that one visit may look at all of them (监管一件事、综合查一次).

Nothing is guessed from words. Two contents are related if they have an item in common, or if each has an item of one
declared group. That does not carry over: what is related to a second thing by one group, and this to a third by
another, is not related to the third.
"""

from collections.abc import Iterable
from typing import TypeAlias

from dual_random.errors import Note
from dual_random.forms import Words, listed, repeat_faults, words
from dual_random.text import shown, text_faults

Groups: TypeAlias = tuple[tuple[str, ...], ...]


def groups_of(related: Iterable[Words]) -> Groups:
    """Groups of items in their one form.

    Raises:
        InputError: what is no list of groups.

    >>> groups_of([["通道", "用电"], ("排污", "噪声")])
    (('通道', '用电'), ('排污', '噪声'))
    """
    return tuple(words(group) for group in listed(related))


def group_faults(groups: Groups, at: str, known: frozenset[str] | None = None) -> list[Note]:
    """Why groups of items cannot be used: fewer than two items, an item twice, and, if `known` is told, strangers.

    Several groups of one item each are the items of one group, and told so.
    """
    flat = len(groups) > 1 and all(len(group) == 1 for group in groups)
    faults = (
        [Note("group-flat", at, {"written": shown([[item for group in groups for item in group]])})] if flat else []
    )
    for i, group in enumerate(groups):
        place = f"{at}[{i}]"
        unclean = text_faults({f"{place}[{k}]": item for k, item in enumerate(group)})
        faults += unclean + repeat_faults(group, place)
        faults += [] if flat or len(group) > 1 else [Note("group-single", place)]
        if known is not None and not unclean:
            faults += [Note("item-unknown", place, {"item": shown(item)}) for item in group if item not in known]
    return faults


def topics(items: Iterable[str], groups: Groups) -> frozenset[str | int]:
    """What a content touches: its items, and the number of every group that one of them belongs to.

    Two contents are related if their topics have something in common.

    >>> sorted(topics(["通道"], (("通道", "用电"),)) & topics(["用电"], (("通道", "用电"),)))
    [0]
    """
    own = frozenset(items)
    return own | {i for i, group in enumerate(groups) if not own.isdisjoint(group)}
