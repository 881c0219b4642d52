"""Sheets: boxes and lines of text on a page, made an SVG by matplotlib (extra ``plots``).

A sheet is laid out in whole points from its upper left corner. Widths of text are estimated, never measured: a machine
without Chinese fonts could not measure Chinese, and the same sheet must be the same bytes on every machine.
"""

import re
from collections.abc import Iterable, Sequence
from io import StringIO
from itertools import accumulate
from types import ModuleType
from typing import Final, TypeAlias
from unicodedata import east_asian_width

from attrs import frozen

from dual_random.extras import extra

Point: TypeAlias = tuple[int, int]

BLACK: Final = "#000000"
WHITE: Final = "#ffffff"
MARGIN: Final = 16
PAGE: Final = 560  # the longest line of a paragraph, and the narrowest page between its margins
_LINES: Final = 20  # of a paragraph

_FONTS: Final = "'Noto Sans CJK SC', 'Microsoft YaHei', 'PingFang SC', SimHei, sans-serif"
_HATCH: Final = 5  # from one line of a hatching to the next
_WIDE: Final = "\u2e80-\u2fff\u3040-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_OPENING: Final = "（“‘《"
_CLOSING: Final = "，。：；、！？）”’》"
_UNBROKEN: Final = re.compile(
    rf"\s*[{_OPENING}]*(?:[{_WIDE}]|[^\s{_WIDE}{_OPENING}]{{1,40}})[{_CLOSING}]*|\s*\S"  # a stray mark stands alone
)


@frozen(kw_only=True)
class Box:
    """A rectangle: its upper left corner, its size, and how it looks."""

    x: int
    y: int
    width: int
    height: int
    fill: str = WHITE
    edge: str = BLACK
    line: int = 1
    dashed: bool = False
    hatched: bool = False


@frozen(kw_only=True)
class Words:
    """A line of text that starts, has its middle or ends (`anchor`) at a point of its base line.

    Args:
        x, y: the point.
        text: on one line.
        size: height of a line, a Chinese character's width.
        anchor: "start", "middle" or "end".
        bold: whether it is set in bold.
        fill: its colour.
        upright: whether it reads upwards.
    """

    x: int
    y: int
    text: str
    size: int = 10
    anchor: str = "start"
    bold: bool = False
    fill: str = BLACK
    upright: bool = False


Shapes: TypeAlias = list[Box | Words]


# ---- text


def text_width(text: str, size: int) -> int:
    """How many points a line of text fills, generously: a Chinese character one em, any other 0.62.

    >>> text_width("市监 risk", 10)
    51
    """
    return _points(sum(map(_hundredths, text)), size)


def _hundredths(character: str) -> int:
    """The width of a character in hundredths of an em."""
    return 100 if east_asian_width(character) in "WFA" else 62


def _points(hundredths: int, size: int) -> int:
    return -(-size * hundredths // 100)


def rise(size: int) -> int:
    """How far the base line of a text lies below the middle of its digits."""
    return size * 35 // 100


def cut(text: str, size: int, width: int) -> str:
    """A text that is no wider than this; "…" stands for what is cut off.

    >>> cut("市场监督管理局", 10, 40)
    '市场监…'
    """
    if text_width(text[: width + 1], size) <= width:  # no character is narrower than a point
        return text
    widths = accumulate(map(_hundredths, text[: width + 1]), initial=_hundredths("…"))
    fitting = sum(_points(wide, size) <= width for wide in widths) - 1  # the first width is that of "…" alone
    return f"{text[: max(0, fitting)].rstrip()}…"


def broken(text: str, size: int, width: int) -> list[str]:
    """A text in lines no wider than this, broken at blanks and between Chinese characters, never before a comma.

    >>> broken("三个部门，一次上门。", 10, 50)
    ['三个部门，', '一次上门。']
    """
    lines = [""]
    for part in _UNBROKEN.findall(text):
        if lines[-1] and text_width(lines[-1] + part, size) > width:
            lines.append("")
        lines[-1] += part if lines[-1] else part.lstrip()
    return lines


def paragraphs(texts: Iterable[str], top: int, size: int = 10, bold: bool = False) -> tuple[Shapes, int]:
    """Paragraphs below each other from the left margin, and where they end."""
    shapes: Shapes = []
    for text in texts:
        for line in broken(cut(text, size, _LINES * PAGE), size, PAGE):
            top += 14 * size // 10
            shapes.append(Words(x=MARGIN, y=top, text=line, size=size, bold=bold))
        top += size // 3
    return shapes, top


# ---- the SVG


def svg(shapes: Sequence[Box | Words], title: str, description: str) -> bytes:
    """The shapes on a page that is large enough for them, with title and description for a screen reader.

    matplotlib draws the boxes into its own SVG renderer; the text is written through the same renderer, as text.
    Nothing depends on fonts, settings or style of the process, and nothing of them is touched, so that a service may
    draw in many threads. (``savefig`` writes text as text, and names a hatching, by settings of the whole process.)

    Args:
        shapes: what is drawn, from below to above; text lies above all boxes.
        title: of the page.
        description: what the page shows, in words.

    Returns:
        UTF-8, without date and version: the same bytes for the same shapes, with the same matplotlib.

    Raises:
        InputError: matplotlib is missing.

    >>> drawn = svg([Box(x=0, y=0, width=9, height=9), Words(x=9, y=9, text="市监 & A")], "t", "d").decode()
    >>> "市监 &amp; A</text>" in drawn
    True
    """
    width = max(PAGE + MARGIN, *map(_right, shapes)) + MARGIN
    height = max(map(_bottom, shapes), default=0) + MARGIN
    figure = _matplotlib("figure").Figure(figsize=(width / 72, height / 72), dpi=72, frameon=False)
    page = Box(x=0, y=0, width=width, height=height, edge="none")
    for box in (page, *(shape for shape in shapes if isinstance(shape, Box))):
        for artist in _artists(box, height):
            figure.add_artist(artist)
    file = StringIO()
    told = {"Title": title, "Creator": None, "Date": None}
    renderer = _matplotlib("backends.backend_svg").RendererSVG(width, height, file, metadata=told)
    renderer.writer.element("desc", description)
    figure.draw(renderer)
    renderer.writer.start("g", {"style": f"font-family: {_FONTS}"})
    for words in (shape for shape in shapes if isinstance(shape, Words)):
        renderer.writer.element("text", words.text, _attributes(words))
    renderer.writer.end("g")
    renderer.finalize()
    return file.getvalue().encode()


def _matplotlib(module: str) -> ModuleType:
    """A part of matplotlib, which only pictures need."""
    return extra(f"matplotlib.{module}", "matplotlib", "plots")


def _right(shape: Box | Words) -> int:
    """How far to the right a shape may reach; text that ends or stands somewhere is inside of something else."""
    if isinstance(shape, Box):
        return shape.x + shape.width
    return shape.x + (text_width(shape.text, shape.size) if shape.anchor == "start" and not shape.upright else 0)


def _bottom(shape: Box | Words) -> int:
    return shape.y + (shape.height if isinstance(shape, Box) else 0)


def _artists(box: Box, page: int) -> list[object]:
    """A box, and the lines across it, where matplotlib has them: from the lower left corner of a page so high."""
    patches, path, transforms = map(_matplotlib, ("patches", "path", "transforms"))
    plain = {"transform": transforms.IdentityTransform(), "sketch_params": None, "path_effects": []}
    style = {"facecolor": box.fill, "edgecolor": box.edge, "linewidth": box.line}
    style["linestyle"] = (0, (4, 3)) if box.dashed else "solid"
    x, y = box.x, page - box.y - box.height
    shapes = [patches.Rectangle((x, y), box.width, box.height, **style, **plain)]
    if box.hatched:
        ends = [end for line in _hatching(x, y, box.width, box.height) for end in line]
        lines = path.Path(ends, [path.Path.MOVETO, path.Path.LINETO] * (len(ends) // 2))
        lines.should_simplify = False
        shapes.append(patches.PathPatch(lines, fill=False, edgecolor=BLACK, linewidth=1, linestyle="solid", **plain))
    return shapes


def _hatching(x: int, y: int, width: int, height: int) -> list[tuple[Point, Point]]:
    """Slanting lines across a rectangle, each from edge to edge.

    >>> _hatching(0, 0, 10, 5)
    [((0, 5), (5, 0)), ((5, 5), (10, 0))]
    """
    return [
        ((x + max(0, d - height), y + min(d, height)), (x + min(d, width), y + max(0, d - width)))
        for d in range(_HATCH, width + height, _HATCH)
    ]


def _attributes(words: Words) -> dict[str, str]:
    style = f"font-size: {words.size}px; text-anchor: {words.anchor}; fill: {words.fill}"
    style += "; font-weight: bold" if words.bold else ""
    turned = {"transform": f"rotate(-90 {words.x} {words.y})"} if words.upright else {}
    return {"x": str(words.x), "y": str(words.y), "style": style, **turned}
