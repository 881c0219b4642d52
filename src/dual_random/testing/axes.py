"""What the pictures of tests share: scales from numbers to points, ticks, shades, headings."""

from collections.abc import Mapping, Sequence
from math import ceil, floor, log10
from types import MappingProxyType
from typing import Final

from attrs import frozen

from dual_random.sheets import BLACK, MARGIN, Box, Shapes, Words, paragraphs, rise

ONE: Final = 0.05  # what one unit or group leaves its dark band with, at most
DARK: Final = "#bdbdbd"
LIGHT: Final = "#e8e8e8"
INK: Final = "#404040"
FAINT: Final = "#707070"
GAP: Final = 8
DOT: Final = 3
NO_PARAMS: Final[Mapping[str, str | int]] = MappingProxyType({})


@frozen
class Scale:
    """From numbers to points of an axis.

    Args:
        low, high: numbers at its ends.
        start, end: and their points.

    >>> Scale(0.0, 10.0, 100, 200)(2.5)
    125
    """

    low: float
    high: float
    start: int
    end: int

    def __call__(self, number: float) -> int:
        """The point of a number; one beyond an end is at the end."""
        share = (number - self.low) / (self.high - self.low or 1)
        return round(self.start + min(1.0, max(0.0, share)) * (self.end - self.start))

    @property
    def ticks(self) -> list[float]:
        """Some round numbers.

        >>> Scale(713.0, 886.0, 200, 0).ticks
        [750.0, 800.0, 850.0]
        """
        rough = (self.high - self.low) / 5 or 1
        power = 10.0 ** floor(log10(rough))
        step = next(step for step in (power, 2 * power, 5 * power, 10 * power) if step >= rough)
        return [step * number for number in range(ceil(self.low / step), floor(self.high / step) + 1)]


def heading(texts: Sequence[str]) -> tuple[Shapes, int]:
    """A title and lines below it, and where they end."""
    first, top = paragraphs(texts[:1], MARGIN // 2, size=16, bold=True)
    others, top = paragraphs(texts[1:], top, size=12)
    return first + others, top + GAP


def filled(x: int, y: int, width: int, height: int, fill: str) -> Box:
    """A rectangle without an edge."""
    return Box(x=x, y=y, width=max(1, width), height=max(1, height), fill=fill, edge="none")


def tick(text: str, x: int, y: int) -> Shapes:
    """A mark at the left of a vertical axis, with its number."""
    return [filled(x - 4, y, 4, 1, BLACK), Words(x=x - 6, y=y + rise(10), text=text, anchor="end")]
