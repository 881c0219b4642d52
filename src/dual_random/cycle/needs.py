"""Needs: single-department plans as departments hand them in, before anything is merged (需求 → 计划).

A need says what would be drawn (its `Demand`), what is looked at (its items), between which days, and how often in that
time. "3 %, twice a year" is one need of two *turns*: the window is split evenly, and each turn is a draw of its own.
"""

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Final, TypeAlias

from attrs import field, frozen

from dual_random.cycle.vocabulary import JOINING, LISTING
from dual_random.dates import day, day_faults
from dual_random.errors import InputError, Note
from dual_random.forms import Words, kind_faults, listed, positive_faults, refuse, repeat_faults, text_of, words
from dual_random.plain import from_plain
from dual_random.plans import SOUND as SOUND_RULES
from dual_random.plans import Demand
from dual_random.tables import SEPARATOR
from dual_random.text import shown, text_faults

Span: TypeAlias = tuple[int, int]  # first and last day, as `dual_random.dates.day` numbers them

_IN_NO_ITEM: Final = (SEPARATOR, *JOINING)


def read_items(value: Words, at: str = "") -> tuple[str, ...]:
    """Items in their one form: one word or several, sorted.

    Raises:
        InputError: one word with an enumeration comma (顿号), which may be several items or one: a list says which.

    >>> read_items(["证照", "集体商标、证明商标使用行为"])
    ('证照', '集体商标、证明商标使用行为')
    """
    if isinstance(value, str) and LISTING in value:
        raise InputError([Note("items-listed", at, {"value": shown(value), "written": shown(value.split(LISTING))})])
    return tuple(sorted(words(value), key=text_of))


def item_faults(items: tuple[str, ...], at: str) -> list[Note]:
    """Why items cannot be used: none at all, one twice, text that is not clean, a sign that joins several."""
    if not items:
        return [Note("items-missing", at)]
    faults = text_faults({f"{at}[{i}]": item for i, item in enumerate(items)})
    faults += [
        Note("item-joined", f"{at}[{i}]", {"value": shown(item)})
        for i, item in enumerate(items)
        if isinstance(item, str) and any(sign in item for sign in _IN_NO_ITEM)
    ]
    return faults + repeat_faults(items, at)


def items_cell(items: Iterable[str]) -> str:
    """Items as one cell of a table; one that holds a 、 is ended by a ";", which says that it is one.

    >>> items_cell(["证照", "计量"]), items_cell(["集体商标、证明商标使用行为"])
    ('证照;计量', '集体商标、证明商标使用行为;')
    """
    cell = SEPARATOR.join(items)
    return cell + SEPARATOR if LISTING in cell and SEPARATOR not in cell else cell


def window_faults(starts: str, ends: str, at: str = "ends") -> list[Note]:
    """Why two days, each sound by itself, are no window: it ends before it starts."""
    return [] if starts <= ends else [Note("window-reversed", at, {"first": starts, "last": ends})]


@frozen
class Need:
    """A single-department plan as it is handed in: a demand, its items, its window, and how often.

    Args:
        demand: who would be drawn, how many of whom, for which department. It must not follow another one: a need
            stands by itself until it is merged.
        items: what is looked at (抽查事项): one word or a list of words; order is no rule. Content decides what may be
            merged. An item may hold a 、 of its own where it stands in a list.
        starts, ends: the first and the last day on which the visits may be paid.
        times: how often in that window; each of these turns draws the demand's numbers anew.

    Raises:
        InputError: with all faults: a window that ends before it starts, more turns than days, items missing, several
            items in one word.

    >>> from dual_random.dates import day_text
    >>> need = Need(Demand("市监", take="3%"), items=["证照", "计量"], starts="2024-03-01", ends="2024-11-30", times=2)
    >>> need.name, need.items, [f"{day_text(first)} – {day_text(last)}" for first, last in need.turns]
    ('市监', ('计量', '证照'), ['2024-03-01 – 2024-07-15', '2024-07-16 – 2024-11-30'])
    """

    demand: Demand = field(metadata={"kind": Demand})
    items: tuple[str, ...] = field(kw_only=True, converter=read_items)
    starts: str = field(kw_only=True)
    ends: str = field(kw_only=True)
    times: int = field(default=1, kw_only=True)

    def __attrs_post_init__(self) -> None:
        faults = kind_faults(self.demand, Demand, "demand")
        if not faults and self.demand.follow:
            faults.append(Note("need-follows", "demand.follow", {"followed": shown(self.demand.follow)}))
        refuse([*faults, *item_faults(self.items, "items"), *self._time_faults()])

    def _time_faults(self) -> list[Note]:
        faults = day_faults(self.starts, "starts") + day_faults(self.ends, "ends")
        faults = faults or window_faults(self.starts, self.ends)
        counts = positive_faults(self.times, "times")
        if faults or counts:
            return faults + counts
        first, last = self.span
        days = last - first + 1
        return [] if self.times <= days else [Note("window-short", "times", {"times": self.times, "days": days})]

    @property
    def name(self) -> str:
        """The name of the demand, which is unique among needs that are merged."""
        return self.demand.name

    @property
    def department(self) -> str:
        """Who comes."""
        return self.demand.department

    @property
    def span(self) -> Span:
        """The first and the last day of the window, as numbers."""
        return day(self.starts), day(self.ends)

    @property
    def turns(self) -> tuple[Span, ...]:
        """The window of each turn; they follow each other without a gap and differ by one day at most."""
        return split(*self.span, self.times)


def split(first: int, last: int, count: int) -> tuple[Span, ...]:
    """Days from first to last in `count` spans: span k of them, from 0, begins ⌊k·D/count⌋ days after the first of D.

    >>> split(1, 10, 3)
    ((1, 3), (4, 6), (7, 10))
    """
    days = last - first + 1
    steps = [first + k * days // count for k in range(count + 1)]
    return tuple((begin, end - 1) for begin, end in pairwise(steps))


SOUND: Final[Mapping[type, object]] = {
    **SOUND_RULES,
    Need: Need(Demand("-", take=0), items="-", starts="2000-01-01", ends="2000-12-31"),
}


def read_needs(rows: Iterable[Mapping[str, object]]) -> tuple[Need, ...]:
    """Needs from YAML, TOML or JSON data written like the constructor's arguments, as many departments hand them in.

    Args:
        rows: a mapping a need: `demand` (a mapping too), `items`, `starts`, `ends`, `times`.

    Returns:
        The needs in the order of the rows.

    Raises:
        InputError: the faults of all needs at once, each with its path; two needs of one name; what is no list.

    >>> from dual_random import InputError
    >>> try:
    ...     read_needs([
    ...         {"demand": {"name": "市监", "take": "3%"}, "items": [], "starts": "2024-11-30", "ends": "2024-03-01"},
    ...         {"demand": {"name": "消防"}, "items": "通道", "starts": "2024-02-01", "ends": "2024-02-02", "times": 3},
    ...     ])
    ... except InputError as error:
    ...     for note in error.faults:
    ...         print(note.code, note.at)
    items-missing needs[0].items
    window-reversed needs[0].ends
    take-missing needs[1].demand.take
    window-short needs[1].times
    """
    read = [from_plain(Need, row, SOUND, f"needs[{i}]") for i, row in enumerate(listed(rows))]
    made = [need for need, _ in read if need is not None]
    refuse([*(note for _, faults in read for note in faults), *repeat_faults((need.name for need in made), "needs")])
    return tuple(made)
