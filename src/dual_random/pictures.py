"""Pictures of a draw: who visits with whom, and how many visits were saved.

Every number in them is counted from the visits themselves or stands in the record, and is printed as it is; greys,
frames and hatching only guide the eye, so that a print in black and white says all.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from itertools import permutations
from types import MappingProxyType
from typing import Final, TypeAlias

from attrs import frozen

from dual_random.errors import InputError, Lang, Note
from dual_random.forms import choice_faults, kind_faults, pair_faults, pairs, refuse
from dual_random.rates import Measure
from dual_random.records import Record
from dual_random.sheets import BLACK, MARGIN, PAGE, WHITE, Box, Shapes, Words, cut, paragraphs, rise, svg, text_width

Glosses: TypeAlias = Mapping[str, str]

_MOST: Final = 200  # departments: squares grow with their square
_NONE: Final[Mapping[str, str]] = MappingProxyType({})
_FAINT: Final = "#707070"  # can still be read on white: contrast 4.9, where WCAG 2.1 (1.4.3) asks for 4.5
_LIGHT: Final = "#d9d9d9"
_SHADES: Final = (WHITE, "#e6e6e6", "#c4c4c4", "#999999", "#3d3d3d")  # black can be read on all but the last
_RATES: Final[Mapping[Measure, str]] = {"visits": "picture-rate-visits", "checks": "picture-rate-checks"}
_GAP: Final = 8
_NAME: Final = 320  # the longest name of a row
_HEAD: Final = 200  # and of a column
_NUMBERED: Final = 60  # departments; with more the squares are shaded only


def who_meets_whom(record: Record, *, lang: Lang = "en", glosses: Glosses = _NONE) -> bytes:
    """A square table: how many visits any two departments make together, and how many each makes alone.

    All visits of a department, and its joint ones, stand at the right. With up to 60 departments every number is
    printed; with more, the squares are shaded only. The departments stand in the plan's order.

    Args:
        record: the draw.
        lang: of headings and captions.
        glosses: departments' names in another language, put behind the name.

    Returns:
        An SVG in UTF-8. The same record gives the same bytes in every process, with the same matplotlib. Text stays
        text, in the fonts of whoever reads it.

    Raises:
        InputError: no record, another language, glosses that are no texts; matplotlib is missing (extra ``plots``).

    >>> from dual_random import commit, demo, draw
    >>> register = demo.district(8_000)
    >>> record = draw(commit(demo.plan(), register), register, seed=demo.SEED).record
    >>> picture = who_meets_whom(record, glosses=demo.DEPARTMENTS).decode()
    >>> str(record.joint_rate()) in picture, "消防 fire safety" in picture
    (True, True)
    """
    glosses = _checked(record, lang, glosses)
    meetings = _Meetings.of(record)
    texts, heading, top = _heading(record, "picture-meetings", lang)
    grid, top = _Grid.of(meetings, glosses, lang, top).shapes()
    legend, top = _legend(meetings.most, lang, top + _GAP)
    captions = [_say(code, lang) for code in _table_captions(record, meetings)]
    told, _ = paragraphs(captions, top)
    return svg([*heading, *grid, *legend, *told], texts, " ".join(captions))


def visits_saved(record: Record, *, lang: Lang = "en", glosses: Glosses = _NONE) -> bytes:
    """Bars: the visits of this draw beside what they would be otherwise, and below them those of each department.

    The draw is compared with a visit for every check, with what to expect if departments drew independently (left out
    where the record does not state it), and with the bound that no method undercuts on average. Joint visits are
    hatched, and every bar has its number.

    Args:
        record: the draw.
        lang: of headings and captions.
        glosses: departments' names in another language, put behind the name.

    Returns:
        An SVG in UTF-8, as `who_meets_whom` makes it.

    Raises:
        InputError: as `who_meets_whom`.

    >>> from dual_random import commit, demo, draw
    >>> register = demo.district(8_000)
    >>> record = draw(commit(demo.plan(), register), register, seed=demo.SEED).record
    >>> f">{record.bound}</text>" in visits_saved(record).decode()
    True
    """
    glosses = _checked(record, lang, glosses)
    texts, heading, top = _heading(record, "picture-saved", lang)
    keys, top = _keys(lang, top)
    compared, top = _compared(record, lang, top)
    sums = _sums(record, lang)
    told, top = paragraphs(sums, top)
    title, top = paragraphs([_say("picture-departments", lang)], top + _GAP, size=12, bold=True)
    listed, top = _listed(_Meetings.of(record), glosses, top + _GAP)
    last, _ = paragraphs(_bars_caption(record, lang), top)
    return svg([*heading, *keys, *compared, *told, *title, *listed, *last], texts, " ".join(sums))


# ---- what both pictures have


def _checked(record: Record, lang: Lang, glosses: Glosses) -> Glosses:
    """The glosses by name, if all arguments can be used and the departments are not too many for a page."""
    given = pairs(glosses)
    faults = kind_faults(record, Record, "record") + choice_faults(lang, Lang, "lang")
    refuse(faults + pair_faults(given, "glosses"))
    count = len({name for served in set(record.served) for name in served.departments})
    if count > _MOST:
        raise InputError([Note("picture-many", "record", {"count": count, "most": _MOST})])
    return dict(given)


def _say(code: str, lang: Lang, params: Mapping[str, str | int] = _NONE) -> str:
    return Note(code, "", params).text(lang)


def _label(name: str, glosses: Glosses) -> str:
    return f"{name} {glosses.get(name, '')}".rstrip()


def _heading(record: Record, code: str, lang: Lang) -> tuple[str, Shapes, int]:
    """What is shown, of which plan, and its rate: in one line, as shapes, and where these end.

    The rate is that of visits, which are counted here; a plan whose target is of checks has that of checks beside it.
    """
    measures = dict.fromkeys(("visits", record.commitment.plan.joint.of))
    rates = {of: record.joint_rate(of=of) for of in measures}
    told = [_say(_RATES[of], lang, {"counts": rate.counts}) for of, rate in rates.items()]
    plan = record.commitment.plan
    texts = [_say(code, lang), f"{plan.title} ({plan.authority}, {plan.number})", *told]
    first, top = paragraphs(texts[:1], MARGIN // 2, size=16, bold=True)
    others, top = paragraphs(texts[1:], top, size=12)
    return " · ".join(texts), first + others, top + _GAP


def _key(text: str, x: int, top: int, fill: str = WHITE, hatched: bool = False) -> Shapes:
    """A sample of a shade or hatching, and what it stands for."""
    return [Box(x=x, y=top, width=20, height=12, fill=fill, hatched=hatched), Words(x=x + 26, y=top + 10, text=text)]


@frozen
class _Meetings:
    """Departments in the plan's order, visits of each, and visits of each pair; (a, a) are those of a alone."""

    names: tuple[str, ...]
    visits: Counter[str]
    pairs: Counter[tuple[str, str]]

    @classmethod
    def of(cls, record: Record) -> "_Meetings":
        groups = Counter(served.departments for served in record.served)
        declared = [demand.department for demand in record.commitment.plan.demands]
        others = sorted({name for departments in groups for name in departments})
        visits, met = Counter[str](), Counter[tuple[str, str]]()
        for departments, count in groups.items():
            visits.update(dict.fromkeys(departments, count))
            couples = permutations(departments, 2) if len(departments) > 1 else [(departments[0], departments[0])]
            met.update(dict.fromkeys(couples, count))
        return cls(tuple(dict.fromkeys(declared + others)), visits, met)

    def alone(self, name: str) -> int:
        return self.pairs[name, name]

    def joint(self, name: str) -> int:
        return self.visits[name] - self.alone(name)

    @cached_property
    def most(self) -> int:
        """The largest number of visits that two departments make together."""
        return max((count for (a, b), count in self.pairs.items() if a != b), default=0)


# ---- who visits with whom


@frozen
class _Grid:
    """The table: a square for each pair, then two columns of totals.

    Args:
        meetings: the counts.
        heads: names of the departments, then of the totals.
        left, top: where the squares begin.
        cell: side of a square.
        column: width of a column of totals.
        size, numbers: of the names, and of the numbers in the squares (0: none).
    """

    meetings: _Meetings
    heads: Sequence[str]
    left: int
    top: int
    cell: int
    column: int
    size: int
    numbers: int

    @classmethod
    def of(cls, meetings: _Meetings, glosses: Glosses, lang: Lang, top: int) -> "_Grid":
        labels = [_label(name, glosses) for name in meetings.names]
        heads = [*labels, _say("picture-all", lang), _say("picture-joint", lang)]
        cell, size, numbers = _sizes(len(labels), max(meetings.pairs.values(), default=0))
        left = MARGIN + min(max(text_width(label, size) for label in labels), _NAME) + _GAP
        top += min(max(text_width(head, size) for head in heads), _HEAD) + _GAP
        total = text_width(str(max(meetings.visits.values(), default=0)), numbers or size)
        return cls(meetings, heads, left, top, cell, max(total + _GAP, cell), size, numbers)

    def shapes(self) -> tuple[Shapes, int]:
        """Everything in the table, and where it ends."""
        places = range(len(self.meetings.names))
        rows = [shape for row in places for shape in self._row(row)]
        frames = [self._box(place, place, "none", BLACK, 2) for place in places]
        return [*self._heads(), *rows, *frames], self._y(len(places))

    def _x(self, place: int) -> int:
        """Where a column begins."""
        totals = max(0, place - len(self.meetings.names))
        return self.left + (place - totals) * self.cell + totals * self.column

    def _y(self, row: int) -> int:
        return self.top + row * self.cell

    def _heads(self) -> Shapes:
        """The names of the columns, upright: of squares over the middle, of totals over the last digit."""
        count = len(self.meetings.names)
        ends = [self._x(place) + self.cell // 2 + rise(self.size) for place in range(count)]
        ends += [self._x(count + 1), self._x(count + 2)]
        return [
            Words(x=x, y=self.top - 4, text=cut(head, self.size, _HEAD), size=self.size, upright=True)
            for x, head in zip(ends, self.heads, strict=True)
        ]

    def _row(self, row: int) -> Shapes:
        name, label = self.meetings.names[row], cut(self.heads[row], self.size, _NAME)
        shapes: Shapes = [self._words(label, self.left - _GAP, row, self.size, "end")]
        for place, other in enumerate(self.meetings.names):
            shapes += self._square(place, row, self.meetings.pairs[name, other])
        totals = (self.meetings.visits[name], self.meetings.joint(name))
        for end, total in enumerate(totals, start=len(self.meetings.names) + 1):
            shapes.append(self._words(str(total), self._x(end), row, self.numbers or self.size, "end"))
        return shapes

    def _square(self, place: int, row: int, count: int) -> Shapes:
        fill = _SHADES[0 if place == row else _shade(count, self.meetings.most)]
        box = self._box(place, row, fill, _FAINT, 1)
        if not self.numbers:
            return [box]
        ink = _FAINT if not count else WHITE if fill == _SHADES[-1] else BLACK
        return [box, self._words(str(count), self._x(place) + self.cell // 2, row, self.numbers, "middle", ink)]

    def _box(self, place: int, row: int, fill: str, edge: str, line: int) -> Box:
        x, y = self._x(place), self._y(row)
        return Box(x=x, y=y, width=self.cell, height=self.cell, fill=fill, edge=edge, line=line)

    def _words(self, text: str, x: int, row: int, size: int, anchor: str, fill: str = BLACK) -> Words:
        """A text in the middle of the height of a row."""
        base = self._y(row) + self.cell // 2 + rise(size)
        return Words(x=x, y=base, text=text, size=size, anchor=anchor, fill=fill)


def _sizes(departments: int, most: int) -> tuple[int, int, int]:
    """Side of a square, size of the names, size of the numbers (0: none), so that every number has room.

    >>> _sizes(9, 641), _sizes(40, 1275), _sizes(61, 1275)
    ((36, 10, 11), (22, 9, 7), (11, 8, 0))
    """
    if departments > _NUMBERED:
        return 11, 8, 0
    cell, size, numbers = (36, 10, 11) if departments <= 12 else (26, 10, 10) if departments <= 24 else (20, 9, 8)
    digits = "0" * len(str(most))
    while numbers > 7 and text_width(digits, numbers) + 4 > cell:
        numbers -= 1
    return max(cell, text_width(digits, numbers) + 4), size, numbers


def _shade(count: int, most: int) -> int:
    """How dark: 4 above a half of the most, 3 above a quarter, 2 above an eighth, 1 above none.

    >>> [_shade(count, 100) for count in (100, 51, 50, 26, 13, 12, 1, 0)]
    [4, 4, 3, 3, 2, 1, 1, 0]
    """
    return max(1, 5 - (most // count).bit_length()) if count else 0


def _legend(most: int, lang: Lang, top: int) -> tuple[Shapes, int]:
    """What the shades stand for, and where that ends; nothing where no two departments meet."""
    if not most:
        return [], top
    ranges = [(0, 0), (1, most // 8), *((most // part // 2 + 1, most // part) for part in (4, 2, 1))]
    text, x = _say("picture-shades", lang), MARGIN
    shapes: Shapes = [Words(x=x, y=top + 14, text=text)]
    x += text_width(text, 10) + _GAP
    for fill, (low, high) in zip(_SHADES, ranges, strict=True):
        if low <= high:
            text = f"{low}–{high}" if low < high else str(low)
            shapes += _key(text, x, top + 4, fill)
            x += 28 + text_width(text, 10) + _GAP
    return shapes, top + 24


def _table_captions(record: Record, meetings: _Meetings) -> list[str]:
    """How to read the table, as far as it applies."""
    several = any(len(served.departments) > 2 for served in record.served)
    codes = ["picture-square", "picture-frame" if len(meetings.names) <= _NUMBERED else "picture-unnumbered"]
    return [*codes, "picture-several"] if several else codes


# ---- visits saved


@frozen
class _Bar:
    """A part of a bar."""

    length: int | Fraction
    fill: str = WHITE
    hatched: bool = False
    dashed: bool = False


def _keys(lang: Lang, top: int) -> tuple[Shapes, int]:
    """What hatching stands for, and where that ends."""
    joint = _key(_say("picture-key-joint", lang), MARGIN, top + 4, hatched=True)
    return [*joint, *_key(_say("picture-key-alone", lang), MARGIN, top + 22)], top + 36 + _GAP


def _compared(record: Record, lang: Lang, top: int) -> tuple[Shapes, int]:
    """Bars with their names above them, and where they end."""
    bars = _comparison(record)
    unit = _unit(PAGE - 130, (_length(parts) for _, parts, _ in bars))
    shapes: Shapes = []
    for code, parts, number in bars:
        shapes.append(Words(x=MARGIN, y=top + 10, text=_say(code, lang)))
        shapes += _bar(parts, number, unit, MARGIN, top + 15, 18)
        top += 44
    return shapes, top


def _comparison(record: Record) -> list[tuple[str, list[_Bar], str]]:
    """What is compared: checks, independent draws (if stated), this draw, bound; each with its number."""
    checks, independent, joint = _checks(record), record.outcome.independent, record.joint_rate().numerator
    alone = len(record) - joint
    bars = [("picture-bar-checks", [_Bar(checks, _LIGHT)], str(checks))]
    if independent is not None:
        bars.append(("picture-bar-independent", [_Bar(independent, _LIGHT)], str(independent)))
    bars.append(("picture-bar-draw", [_Bar(joint, hatched=True), _Bar(alone)], _sum(joint, alone)))
    return [*bars, ("picture-bar-bound", [_Bar(Fraction(record.bound), dashed=True)], record.bound)]


def _listed(meetings: _Meetings, glosses: Glosses, top: int) -> tuple[Shapes, int]:
    """A bar for each department with its name before it, and where they end."""
    size, step = (10, 20) if len(meetings.names) <= 24 else (9, 15)
    labels = [cut(_label(name, glosses), size, _NAME) for name in meetings.names]
    left = MARGIN + max(text_width(label, size) for label in labels) + _GAP
    unit = _unit(260, meetings.visits.values())
    shapes: Shapes = []
    for name, label in zip(meetings.names, labels, strict=True):
        joint, alone = meetings.joint(name), meetings.alone(name)
        shapes.append(Words(x=left - _GAP, y=top + step // 2 + 2, text=label, size=size, anchor="end"))
        shapes += _bar([_Bar(joint, hatched=True), _Bar(alone)], _sum(joint, alone), unit, left, top, step - 4)
        top += step
    return shapes, top


def _bar(parts: Sequence[_Bar], number: str, unit: Fraction, x: int, y: int, height: int) -> Shapes:
    """A bar of some parts, one after the other, and its number."""
    shapes: Shapes = []
    ends = [x + int(unit * _length(parts[:count])) for count in range(len(parts) + 1)]
    for part, start, end in zip(parts, ends, ends[1:], strict=False):
        if part.length:
            wide = max(1, end - start)
            shapes.append(
                Box(x=start, y=y, width=wide, height=height, fill=part.fill, dashed=part.dashed, hatched=part.hatched)
            )
    return [*shapes, Words(x=ends[-1] + 6, y=y + height // 2 + 4, text=number)]


def _length(parts: Iterable[_Bar]) -> Fraction:
    return sum((Fraction(part.length) for part in parts), Fraction(0))


def _unit(longest: int, lengths: Iterable[int | Fraction]) -> Fraction:
    """Points per visit, so that the longest bar is this long."""
    return longest / Fraction(max(lengths, default=0) or 1)


def _sum(joint: int, alone: int) -> str:
    return f"{joint} + {alone} = {joint + alone}"


def _checks(record: Record) -> int:
    return len(record) + record.interruptions_avoided


def _sums(record: Record, lang: Lang) -> list[str]:
    """What was saved, with the counts it follows from, and what was added."""
    visits, independent = len(record), record.outcome.independent
    saved = {"checks": _checks(record), "visits": visits, "saved": record.interruptions_avoided}
    told = [_say("picture-saved-checks", lang, saved)]
    if independent is not None:
        fewer = {"independent": independent, "visits": visits, "saved": independent - visits}
        told.append(_say("picture-saved-independent", lang, fewer))
    return [*told, _say("picture-target-visits", lang, {"extra": len(record.extra)})] if record.extra else told


def _bars_caption(record: Record, lang: Lang) -> list[str]:
    """Why the bars of the departments do not add up to the visits, if so."""
    counts = {"checks": _checks(record), "visits": len(record)}
    return [_say("picture-departments-sum", lang, counts)] if record.interruptions_avoided else []
