"""A picture of a published order: does the place depend on something that was known before?"""

from collections.abc import Mapping, Sequence
from math import sqrt
from typing import Final, cast

import numpy as np
from attrs import frozen

from dual_random.errors import Lang, Note
from dual_random.forms import choice_faults, refuse
from dual_random.sheets import BLACK, MARGIN, PAGE, WHITE, Box, Shapes, Words, cut, paragraphs, svg
from dual_random.testing.attributes import Values, is_number, value_faults
from dual_random.testing.audits import ALPHA
from dual_random.testing.axes import DARK, DOT, GAP, INK, LIGHT, NO_PARAMS, ONE, Scale, filled, heading, tick
from dual_random.testing.checks import level_faults, told
from dual_random.testing.distributions import normal_limit
from dual_random.testing.procedures import units_of
from dual_random.testing.trends import midranks

_DOTS: Final = 1500  # units that are shown one by one
_PARTS: Final = 10  # groups that numbers are parted into


def _say(code: str, lang: Lang, params: Mapping[str, str | int] = NO_PARAMS) -> str:
    return Note(code, "", params).text(lang)


@frozen
class _Group:
    """Some units side by side.

    Args:
        name: what they share.
        units: their names, from left to right.
        places: theirs in the order.
    """

    name: str
    units: tuple[str, ...]
    places: tuple[int, ...]

    @property
    def mean(self) -> float:
        """The mean of the places."""
        return sum(self.places) / len(self.places)

    def reach(self, size: int, limit: float) -> float:
        """How far from the middle the mean comes, with this chance at most to be farther (normal approximation)."""
        count = len(self.places)
        return normal_limit(limit / 2) * sqrt((size + 1) * (size - count) / (12 * count))


def places(
    order: Sequence[str], name: str, values: Values, *, alpha: float = ALPHA, title: str = "", lang: Lang = "en"
) -> bytes:
    """A published order by something known beforehand: a dot for each unit, and the mean place of each group.

    Units stand side by side as they do in `values`, group by group; where these are numbers, in their order, parted
    into tenths. The first place is on top. Around the middle lie the bands that the mean of a fair order keeps to:
    the dark one is left by one group with a chance of 5 %, the light one by any of all groups with a chance of `alpha`.
    Units above 1,500 have no dots.

    Args:
        order: the units, the first first.
        name: what the values are, e.g. ``"month"``.
        values: a name or a number for every unit, known before the order.
        alpha: the limit of all groups together.
        title: of the picture, if not its usual one.
        lang: of the text.

    Returns:
        An SVG in UTF-8; the same order gives the same bytes, with the same matplotlib.

    Raises:
        InputError: units that stand twice or have no value; matplotlib or scipy is missing (extras).

    >>> order = ["E1", "E2", "E3", "E4"]
    >>> "1.5" in places(order, "side", {"E1": "north", "E2": "north", "E3": "south", "E4": "south"}).decode()
    True
    """
    units = units_of(order)
    refuse(value_faults(units, values, name) + level_faults(alpha) + choice_faults(lang, Lang, "lang"))
    groups = _groups(units, values)
    known: dict[str, str | int] = {"name": name, "size": told(len(units)), "alpha": told(alpha), "count": len(groups)}
    verdict = _correlated(units, cast(Mapping[str, float], values), alpha, known, lang) if is_number(values) else ""
    texts = [title or _say("plot-places", lang, known), verdict or _outside(groups, len(units), alpha, known, lang)]
    shapes, top = heading(texts)
    drawn, top = _field(groups, len(units), alpha, name, lang, top)
    codes = ["plot-places-read", "plot-places-bands", *(["plot-places-many"] if len(units) > _DOTS else [])]
    captions = [_say(code, lang, known) for code in codes]
    lines, _ = paragraphs(captions, top)
    return svg([*shapes, *drawn, *lines], " · ".join(texts), " ".join(captions))


def _outside(groups: Sequence[_Group], size: int, alpha: float, known: Mapping[str, str | int], lang: Lang) -> str:
    """Which groups lie outside of the light band."""
    off = [group for group in groups if _is_off(group, size, alpha / len(groups))]
    if not off:
        return _say("plot-places-in", lang, known)
    listed = ", ".join(f"{group.name} ({told(group.mean, 4)})" for group in off)
    return _say("plot-places-off", lang, {**known, "groups": cut(listed, 12, PAGE), "mean": told((size + 1) / 2, 4)})


def _correlated(
    units: Sequence[str], values: Mapping[str, float], alpha: float, known: Mapping[str, str | int], lang: Lang
) -> str:
    """The rank correlation, and what a fair order keeps to (normal approximation)."""
    ranks = midranks(np.array([values[unit] for unit in units], dtype=np.float64))
    own = ranks - ranks.mean()
    numbers = np.arange(len(units)) - (len(units) - 1) / 2
    scale = sqrt(float((own**2).sum()) * float((numbers**2).sum()))
    found = float((own * numbers).sum()) / scale if scale else 0.0
    limit = min(1.0, normal_limit(alpha / 2) / sqrt(max(1, len(units) - 1)))
    code = "plot-places-correlated" if abs(found) > limit else "plot-places-uncorrelated"
    return _say(code, lang, {**known, "found": told(found), "limit": told(limit)})


def _is_off(group: _Group, size: int, limit: float) -> bool:
    return len(group.places) < size and abs(group.mean - (size + 1) / 2) > group.reach(size, limit)


def _groups(units: Sequence[str], values: Values) -> list[_Group]:
    """The units by group; groups in the order of their names, as numbers if they are."""
    place = {unit: number for number, unit in enumerate(units, 1)}
    if is_number(values):
        return _tenths(place, cast(Mapping[str, float], values))
    members: dict[str, list[str]] = {}
    for unit, value in cast(Mapping[str, str], values).items():
        members.setdefault(value, []).append(unit)
    names = sorted(members, key=str.encode)
    if all(name.isascii() and name.isdigit() for name in names):
        names.sort(key=int)
    return [_Group(name, tuple(members[name]), tuple(place[unit] for unit in members[name])) for name in names]


def _tenths(place: Mapping[str, int], values: Mapping[str, float]) -> list[_Group]:
    """The units by tenths of their values; equal values stay together."""
    units = sorted(values, key=values.__getitem__)
    ranks = midranks(np.array([values[unit] for unit in units], dtype=np.float64))
    parts = np.floor((ranks - 0.5) * _PARTS / len(units)).astype(int).tolist()
    members: dict[int, list[str]] = {}
    for unit, part in zip(units, parts, strict=True):
        members.setdefault(part, []).append(unit)
    return [
        _Group(_range(values[own[0]], values[own[-1]]), tuple(own), tuple(place[unit] for unit in own))
        for own in members.values()
    ]


def _range(low: float, high: float) -> str:
    return told(low, 4) if low == high else f"{told(low, 4)}–{told(high, 4)}"


def _field(groups: Sequence[_Group], size: int, alpha: float, name: str, lang: Lang, top: int) -> tuple[Shapes, int]:
    """Bands, dots, means, and the names of the groups with their means; and where it ends."""
    height = 230
    across, down = Scale(0, size, MARGIN + 44, MARGIN + PAGE), Scale(1, size, top + 8, top + height)
    shapes: Shapes = []
    dots: Shapes = []
    start = 0
    for group in groups:
        x, end = across(start), across(start + len(group.places))
        for limit, fill in ((alpha / len(groups), LIGHT), (ONE, DARK)):
            reach = group.reach(size, limit)
            upper, lower = (down((size + 1) / 2 + side * reach) for side in (-1, 1))
            shapes.append(filled(x, upper, max(1, end - x - 1), lower - upper, fill))
        for number, at in enumerate(group.places if size <= _DOTS else ()):
            dots.append(filled(across(start + number + 0.5) - DOT // 2, down(at) - DOT // 2, DOT, DOT, INK))
        off = _is_off(group, size, alpha / len(groups))
        dots.append(Box(x=x, y=down(group.mean) - 3, width=max(2, end - x - 1), height=6, fill=BLACK if off else WHITE))
        dots += _labels(group, (x + end) // 2, end - x, top + height + 14, bold=off)
        start += len(group.places)
    numbers = [1, *(number for number in down.ticks if 1 < number < size - size / 20), size]
    shapes += [shape for number in numbers for shape in tick(told(number), across.start, down(number))]
    foot = top + height + 42
    side = Words(x=MARGIN + 8, y=top + height // 2, text=_say("plot-place", lang), anchor="middle", upright=True)
    below = Words(
        x=(across.start + across.end) // 2, y=foot, text=_say("plot-groups", lang, {"name": name}), anchor="middle"
    )
    return [*shapes, *dots, side, below], foot + GAP


def _labels(group: _Group, x: int, wide: int, y: int, *, bold: bool) -> Shapes:
    """The name of a group and its mean, as far as there is room."""
    if wide < 18:
        return []
    size = 10 if wide >= 34 else 8
    texts = [(cut(group.name, size, wide), y), (told(group.mean, 4 if wide >= 34 else 3), y + 13)]
    return [Words(x=x, y=at, text=text, anchor="middle", size=size, bold=bold) for text, at in texts]
