"""Pictures of a year: what was saved month by month, the joint rate against its target, the visits of every day.

As in `dual_random.pictures` every number is counted from schedules and records, and is printed as it is; greys and
hatching only guide the eye.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Final

from attrs import frozen

from dual_random.cycle.calendars import Calendar, Window, iso_window, month_of
from dual_random.cycle.savings import MonthlySaving
from dual_random.cycle.schedules import Schedule
from dual_random.errors import InputError, Lang, Note
from dual_random.forms import choice_faults, kind_faults, kinds_faults, refuse
from dual_random.rates import Measure, Rate
from dual_random.sheets import BLACK, MARGIN, PAGE, WHITE, Box, Shapes, Words, paragraphs, rise, svg, text_width
from dual_random.text import Share, parse_share, percent_text, text_faults

_RATES: Final[Mapping[Measure, str]] = {"visits": "year-rates-visits", "checks": "year-rates-checks"}
_LIGHT: Final = "#d9d9d9"
_MIDDLE: Final = "#999999"
_FAINT: Final = "#707070"
_SHADES: Final = (WHITE, "#e6e6e6", "#c4c4c4", "#999999", "#3d3d3d")
_GAP: Final = 8
_BAR, _STEP = 10, 13  # height of a bar, and from one to the next
_COLUMN: Final = 34
_PITCH: Final = 45
_PLOT: Final = 180
_CELL: Final = 16
_DAYS: Final = 31
_SUM: Final = 56  # from the last day to the end of the column of sums


def visits_by_month(months: Sequence[MonthlySaving], *, title: str, lang: Lang = "en") -> bytes:
    """Three bars a month: its checks, the visits of independent draws, and those of this draw, joint ones hatched.

    Args:
        months: as `saved_by_month` gives them.
        title: whose year it is.
        lang: of headings and captions.

    Returns:
        An SVG in UTF-8: the same bytes for the same months, with the same matplotlib.

    Raises:
        InputError: no months, another language, a title that is no text; matplotlib is missing (extra ``plots``).

    >>> month = MonthlySaving(
    ...     month="2023-01", checks=1711, visits=1206, joint_visits=457, joint_checks=962, independent=1480)
    >>> ">457 + 749 = 1206</text>" in visits_by_month([month], title="示范区 2023").decode()
    True
    """
    _check(months, title, lang)
    head, top = _heading("year-months", title, lang)
    keys, top = _month_keys(lang, top)
    left = MARGIN + text_width("2023-01", 10) + _GAP
    unit = Fraction(PAGE - left - 120, max(max(each.checks, each.independent) for each in months) or 1)
    shapes: Shapes = []
    for each in months:
        shapes += _month_bars(each, unit, left, top)
        top += 3 * _STEP + _GAP
    told = [_say(code, lang, _year(months)) for code in ("year-saved", "year-fewer")]
    caption, _ = paragraphs(told, top)
    return svg([*head, *keys, *shapes, *caption], _titled("year-months", title, lang), " ".join(told))


def joint_rate_by_month(
    months: Sequence[MonthlySaving], target: Share, *, title: str, of: Measure = "checks", lang: Lang = "en"
) -> bytes:
    """A column a month, as high as its joint-sampling rate, with the target as a line across all of them.

    Args:
        months: as `saved_by_month` gives them.
        target: the rate aimed at, e.g. ``"49.60%"``.
        title: whose year it is.
        of: what the rate counts.
        lang: of headings and captions.

    Returns:
        An SVG, as `visits_by_month`.

    Raises:
        InputError: as `visits_by_month`; a target that is no share, another measure.

    >>> month = MonthlySaving(
    ...     month="2023-01", checks=1711, visits=1206, joint_visits=457, joint_checks=962, independent=1480)
    >>> picture = joint_rate_by_month([month], "49.60%", title="示范区 2023").decode()
    >>> [text in picture for text in (">962</text>", ">/1711</text>", ">56.2%</text>", "target of the year: 49.60%")]
    [True, True, True, True]
    """
    faults = choice_faults(of, Measure, "of")
    try:
        aim = parse_share(target, "target")
    except InputError as error:
        faults += error.faults
    _check(months, title, lang, faults)
    code = _RATES[of]
    head, top = _heading(code, title, lang)
    line = _say("year-target", lang, {"target": percent_text(aim)})
    key: Shapes = [
        Box(x=MARGIN, y=top + 9, width=20, height=1, fill=BLACK),
        Words(x=MARGIN + 26, y=top + 14, text=line),
    ]
    rates = [each.joint_rate(of=of) for each in months]
    columns, top = _columns(rates, aim, top + 24)
    counts = [sum(rate.numerator for rate in rates), sum(rate.denominator for rate in rates)]
    told = [_say("year-rate", lang, {"counts": Rate(*counts, of=of).counts})]
    caption, _ = paragraphs(told, top)
    return svg([*head, *key, *columns, *caption], _titled(code, title, lang), " ".join([line, *told]))


def visits_by_day(schedules: Iterable[Schedule], calendar: Calendar, *, title: str, lang: Lang = "en") -> bytes:
    """A square a day, a row a month, with the number of its visits; days on which nobody works have none.

    Args:
        schedules: of the year; their visits are added up.
        calendar: the working days.
        title: whose year it is.
        lang: of headings and captions.

    Returns:
        An SVG, as `visits_by_month`.

    Raises:
        InputError: as `visits_by_month`; no visits.

    >>> schedule = Schedule(visits=["E1"], enterprises=["E1"], days=["2024-07-01"], periods=[""])
    >>> picture = visits_by_day([schedule], Calendar(["2024-07-01", "2024-07-02"]), title="海曙区 2024").decode()
    >>> ">2024-07</text>" in picture, picture.count(">0</text>")  # 2 July, and the shade of no visits
    (True, 2)
    """
    planned = tuple(schedules)
    faults = kinds_faults(planned, Schedule, "schedules") + kind_faults(calendar, Calendar, "calendar")
    refuse(faults + choice_faults(lang, Lang, "lang") + text_faults({"title": title}))
    visits = Counter(day for each in planned for day in each.days)
    refuse([] if visits else [Note("year-empty", "schedules")])
    head, top = _heading("year-days", title, lang)
    left, scale = MARGIN + text_width("2023-01", 10) + _GAP, _Scale(min(visits.values()), max(visits.values()))
    shapes, top = _day_heads(left, top + 4, lang)
    for month in dict.fromkeys(map(month_of, sorted(visits))):
        shapes += _day_row(month, visits, calendar, scale, left, top)
        top += _CELL
    legend, top = _legend(scale, lang, top + _GAP)
    told = [_say("year-free", lang)]
    caption, _ = paragraphs(told, top)
    return svg([*head, *shapes, *legend, *caption], _titled("year-days", title, lang), " ".join(told))


# ---- what all have


def _check(months: Sequence[MonthlySaving], title: object, lang: object, faults: Sequence[Note] = ()) -> None:
    found = kinds_faults(months, MonthlySaving, "months") if months else [Note("year-empty", "months")]
    refuse([*found, *faults, *choice_faults(lang, Lang, "lang"), *text_faults({"title": title})])


def _say(code: str, lang: Lang, params: Mapping[str, str | int] | None = None) -> str:
    return Note(code, "", params or {}).text(lang)


def _titled(code: str, title: str, lang: Lang) -> str:
    return f"{_say(code, lang)} · {title}"


def _heading(code: str, title: str, lang: Lang) -> tuple[Shapes, int]:
    first, top = paragraphs([_say(code, lang)], MARGIN // 2, size=16, bold=True)
    second, top = paragraphs([title], top, size=12)
    return first + second, top + _GAP


def _year(months: Sequence[MonthlySaving]) -> dict[str, int]:
    names = ("checks", "visits", "independent", "saved", "fewer")
    return {name: sum(getattr(each, name) for each in months) for name in names}


# ---- bars


def _month_keys(lang: Lang, top: int) -> tuple[Shapes, int]:
    shapes: Shapes = []
    for code, fill, hatched in (
        ("year-bar-checks", _LIGHT, False),
        ("year-bar-independent", _MIDDLE, False),
        ("year-bar-draw", WHITE, True),
    ):
        shapes.append(Box(x=MARGIN, y=top, width=20, height=10, fill=fill, hatched=hatched))
        shapes.append(Words(x=MARGIN + 26, y=top + 9, text=_say(code, lang)))
        top += 16
    return shapes, top + _GAP


def _month_bars(each: MonthlySaving, unit: Fraction, left: int, top: int) -> Shapes:
    joint, alone = each.joint_visits, each.visits - each.joint_visits
    middle = top + _STEP + _BAR // 2 + rise(10)
    shapes: Shapes = [Words(x=left - _GAP, y=middle, text=each.month, anchor="end")]
    shapes += _bar([(each.checks, _LIGHT, False)], str(each.checks), unit, left, top)
    shapes += _bar([(each.independent, _MIDDLE, False)], str(each.independent), unit, left, top + _STEP)
    parts = [(joint, WHITE, True), (alone, WHITE, False)]
    return shapes + _bar(parts, f"{joint} + {alone} = {each.visits}", unit, left, top + 2 * _STEP)


def _bar(parts: Sequence[tuple[int, str, bool]], number: str, unit: Fraction, left: int, top: int) -> Shapes:
    """Parts one after the other, and the number behind them."""
    shapes: Shapes = []
    end = 0
    for count, fill, hatched in parts:
        start, end = int(unit * end), end + count
        if count:
            width = max(1, int(unit * end) - start)
            shapes.append(Box(x=left + start, y=top, width=width, height=_BAR, fill=fill, hatched=hatched))
    text = Words(x=left + int(unit * end) + 6, y=top + _BAR // 2 + rise(9), text=number, size=9)
    return [*shapes, text]


# ---- columns


def _columns(rates: Sequence[Rate], target: Fraction, top: int) -> tuple[Shapes, int]:
    """A column a month with its rate at the foot, month and counts below; the line of the target last, above all."""
    values = [rate.value if rate.denominator else Fraction(0) for rate in rates]
    unit = _PLOT / max(target, *values)
    base, shapes = top + _PLOT, Shapes()
    for place, (rate, value) in enumerate(zip(rates, values, strict=True)):
        left, middle = MARGIN + place * _PITCH, MARGIN + place * _PITCH + _COLUMN // 2
        shapes.append(Box(x=left, y=base - int(unit * value), width=_COLUMN, height=int(unit * value), fill=_LIGHT))
        below = [(f"{rate:.1%}", base - 5, 10), (rate.scope, base + 14, 9)]
        below += [(str(rate.numerator), base + 27, 9), (f"/{rate.denominator}", base + 38, 9)]
        shapes += [Words(x=middle, y=y, text=text, size=size, anchor="middle") for text, y, size in below]
    width = len(rates) * _PITCH - _PITCH + _COLUMN
    shapes.append(Box(x=MARGIN, y=base, width=width, height=1, fill=BLACK))
    line = Box(x=MARGIN - 4, y=base - int(unit * target), width=width + 8, height=1, fill=BLACK)
    return [*shapes, line], base + 44


# ---- squares


@frozen
class _Scale:
    """Shades from the emptiest day with visits to the fullest: 0 for no visits, then four of equal width."""

    least: int
    most: int

    def shade(self, count: int) -> int:
        """Which of the shades.

        >>> [_Scale(50, 67).shade(count) for count in (0, 50, 54, 55, 58, 59, 63, 64, 67)]
        [0, 1, 1, 2, 2, 3, 3, 4, 4]
        """
        return 1 + 4 * (count - self.least) // (self.most - self.least + 1) if count else 0

    @property
    def ranges(self) -> list[tuple[int, int]]:
        """The lowest and the highest number of each shade; the second below the first where it stands for none."""
        steps = [self.least - (-part * (self.most - self.least + 1) // 4) for part in range(5)]
        return [(0, 0), *((low, high - 1) for low, high in pairwise(steps))]


def _day_heads(left: int, top: int, lang: Lang) -> tuple[Shapes, int]:
    y = top + 10
    heads: Shapes = [
        Words(x=left + place * _CELL + _CELL // 2, y=y, text=str(place + 1), size=8, anchor="middle", fill=_FAINT)
        for place in range(_DAYS)
    ]
    return [*heads, Words(x=left + _DAYS * _CELL + _SUM, y=y, text=_say("year-all", lang), size=9, anchor="end")], y + 4


def _day_row(month: str, visits: Mapping[str, int], calendar: Calendar, scale: _Scale, left: int, top: int) -> Shapes:
    """The days of a month, and their sum."""
    window = iso_window(month) or Window(month, month)
    base = top + _CELL // 2 + rise(9)
    shapes: Shapes = [Words(x=left - _GAP, y=base, text=month, anchor="end")]
    for place in range(int(window.last[-2:])):
        day, x = f"{month}-{place + 1:02}", left + place * _CELL
        shapes += _square(visits[day], day in calendar, scale, x, top)
    total = sum(count for day, count in visits.items() if month_of(day) == month)
    return [*shapes, Words(x=left + _DAYS * _CELL + _SUM, y=base, text=str(total), size=9, anchor="end")]


def _square(count: int, worked: bool, scale: _Scale, x: int, top: int) -> Shapes:
    """A day: with its number if somebody works or comes."""
    fill = _SHADES[scale.shade(count)]
    box = Box(x=x, y=top, width=_CELL, height=_CELL, fill=fill, edge=_FAINT if worked or count else _LIGHT)
    if not (worked or count):
        return [box]
    size, ink = 8 if count < 100 else 7, WHITE if fill == _SHADES[-1] else BLACK
    y = top + _CELL // 2 + rise(size)
    return [box, Words(x=x + _CELL // 2, y=y, text=str(count), size=size, anchor="middle", fill=ink)]


def _legend(scale: _Scale, lang: Lang, top: int) -> tuple[Shapes, int]:
    """What the shades stand for."""
    text, x = _say("year-shades", lang), MARGIN
    shapes: Shapes = [Words(x=x, y=top + 14, text=text)]
    x += text_width(text, 10) + _GAP
    for fill, (low, high) in zip(_SHADES, scale.ranges, strict=True):
        if low <= high:
            told = f"{low}–{high}" if low < high else str(low)
            shapes += [Box(x=x, y=top + 4, width=20, height=12, fill=fill), Words(x=x + 26, y=top + 14, text=told)]
            x += 34 + text_width(told, 10) + _GAP
    return shapes, top + 24
