"""Sheets: text broken and cut by estimated widths, shapes drawn where they are, nothing of the process in the bytes."""

import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dual_random import InputError
from dual_random.sheets import MARGIN, PAGE, Box, Shapes, Words, broken, cut, paragraphs, svg, text_width

matplotlib = pytest.importorskip("matplotlib")
Normal = pytest.importorskip("matplotlib.patheffects").Normal

SVG = "{http://www.w3.org/2000/svg}"
SHAPES: Shapes = [
    Box(x=20, y=30, width=40, height=10, hatched=True),
    Box(x=20, y=50, width=300, height=60, fill="#d9d9d9", dashed=True, hatched=True),
    Words(x=20, y=28, text="市监 <&> $x_1$ '\"", bold=True),
    Words(x=70, y=90, text="up", upright=True, anchor="end"),
]

texts = st.text(st.sampled_from("市监管（，。）“ ab-1"), max_size=60).map(lambda text: " ".join(text.split()))


def corners(path: ElementTree.Element) -> list[tuple[int, ...]]:
    """The points of a path, all of them whole."""
    return [(int(x), int(y)) for x, y in re.findall(r"(\S+) (\S+)", re.sub(r"[MLz]", "", str(path.get("d"))))]


@given(texts, st.integers(40, 200))
@settings(deadline=None, derandomize=True)
def test_broken_text_is_whole_and_fits(text: str, width: int) -> None:
    """Broken into lines, a text keeps every character, and a line is too wide only if it cannot be broken further."""
    lines = broken(text, 10, width)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    for line in lines:
        assert line == line.strip()
        assert text_width(line, 10) <= width or broken(line, 10, 1) == [line]
    for part in broken(text, 10, 1):
        assert len([character for character in part if character in "市监管 "]) <= 1


def test_lines_begin_with_no_comma() -> None:
    """A comma or a closing bracket stands on the line of the character before it, an opening one before the next."""
    assert broken("按户次（市监）检查，", 10, 30) == ["按户次", "（市", "监）检", "查，"]
    assert broken("word " * 3, 10, 31 * 2) == ["word word", "word"]
    assert broken("x" * 90, 10, 300) == ["x" * 40, "x" * 40, "x" * 10]


@given(texts, st.integers(0, 200))
@settings(deadline=None, derandomize=True)
def test_cut_text_fits(text: str, width: int) -> None:
    """A cut text begins as the whole one, is no wider than asked, and says so if something is missing."""
    found = cut(text, 10, width)
    assert found == text or (found.endswith("…") and text.startswith(found[:-1]))
    assert text_width(found, 10) <= width or found in ("…", "")


def test_paragraphs_flow_downwards() -> None:
    """Lines stand below each other, a line's height apart, and no line is wider than the page."""
    shapes, end = paragraphs(["市监" * 60, "text"], 100)
    lines = [shape for shape in shapes if isinstance(shape, Words)]
    assert [line.text for line in lines] == ["市监" * 28, "市监" * 28, "市监" * 4, "text"]
    assert all(after.y - before.y >= 14 for before, after in pairwise(lines))
    assert all(text_width(line.text, line.size) <= PAGE for line in lines)
    assert end > lines[-1].y


def test_shapes_stand_where_they_are() -> None:
    """Boxes and text have the places, sizes and looks they were given, counted from the upper left corner."""
    root = ElementTree.fromstring(svg(SHAPES, "title <", "description &"))
    paths = list(root.iter(f"{SVG}path"))
    assert corners(paths[1]) == [(20, 40), (60, 40), (60, 30), (20, 30)]
    assert corners(paths[3]) == [(20, 110), (320, 110), (320, 50), (20, 50)]
    assert "fill: #d9d9d9" in str(paths[3].get("style"))
    assert "stroke-dasharray" in str(paths[3].get("style"))
    assert "stroke-dasharray" not in str(paths[1].get("style"))
    first, second = root.iter(f"{SVG}text")
    assert (first.text, first.get("x"), first.get("y")) == ("市监 <&> $x_1$ '\"", "20", "28")
    assert "bold" in str(first.get("style"))
    assert (second.get("transform"), "text-anchor: end" in str(second.get("style"))) == ("rotate(-90 70 90)", True)
    assert [root.findtext(f"{SVG}{name}") for name in ("title", "desc")] == ["title <", "description &"]
    assert root.get("viewBox") == f"0 0 {PAGE + 2 * MARGIN} {110 + MARGIN}"


def test_hatching_stays_in_its_box() -> None:
    """All lines of a hatching fall to the same side and end on the edges of the box."""
    paths = list(ElementTree.fromstring(svg(SHAPES, "t", "d")).iter(f"{SVG}path"))
    for path, (left, top, right, bottom) in ((paths[2], (20, 30, 60, 40)), (paths[4], (20, 50, 320, 110))):
        ends = corners(path)
        assert len(ends) >= 2 * (right - left) // 5
        for (x, y), (u, v) in zip(ends[::2], ends[1::2], strict=True):
            assert u - x == v - y > 0
            assert left <= x < u <= right
            assert top <= y < v <= bottom
            assert x == left or y == top
            assert u == right or v == bottom


def test_settings_of_the_process_neither_matter_nor_change(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another style, font, way of writing text or salt gives the same bytes, and is left as it was."""
    expected = svg(SHAPES, "t", "d")
    other = {
        "svg.fonttype": "path", "svg.hashsalt": "x", "font.size": 30, "hatch.linewidth": 9, "figure.dpi": 50,
        "figure.facecolor": "red", "path.sketch": (1, 100, 2),
        "lines.dashed_pattern": (1, 1), "text.color": "red", "patch.linewidth": 9, "savefig.dpi": 10,
        "path.simplify_threshold": 1, "path.effects": [Normal(), Normal()], "figure.autolayout": True,
    }  # fmt: skip
    for key, value in other.items():
        monkeypatch.setitem(matplotlib.rcParams, key, value)
    before = dict(matplotlib.rcParams)
    assert svg(SHAPES, "t", "d") == expected
    assert dict(matplotlib.rcParams) == before


def test_neither_clock_nor_version(monkeypatch: pytest.MonkeyPatch) -> None:
    """No date stands in an SVG, not even one that the environment sets, and not which matplotlib drew it."""
    expected = svg(SHAPES, "t", "d")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    monkeypatch.setattr(matplotlib, "__version__", "0.0.7")
    assert svg(SHAPES, "t", "d") == expected
    assert b"date" not in expected


def test_threads_do_not_meet() -> None:
    """Many sheets at the same time are the same bytes as one after the other."""
    sheets: list[Shapes] = [[*SHAPES, Box(x=number, y=number, width=9, height=9)] for number in range(12)]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda shapes: svg(shapes, "t", "d"), sheets))
    assert together == [svg(shapes, "t", "d") for shapes in sheets]
    assert len(set(together)) == 12


@pytest.mark.parametrize("module", ["matplotlib.figure", "matplotlib.backends.backend_svg"])
def test_missing_matplotlib(monkeypatch: pytest.MonkeyPatch, module: str) -> None:
    """Where matplotlib is missing, the error names the extra to install, in both languages."""
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(InputError) as caught:
        svg(SHAPES, "t", "d")
    (note,) = caught.value.faults
    assert note.code == "extra-missing"
    assert all("pip install 'dual-random[plots]'" in told for told in (note.text("en"), note.text("zh")))


def test_matplotlib_is_imported_on_demand() -> None:
    """Neither the package nor its pictures import matplotlib before one is drawn."""
    code = "import sys, dual_random.pictures, dual_random.__main__; print('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=True, capture_output=True).stdout.split() == [b"False"]
