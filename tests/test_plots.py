"""Pictures of fairness: every mark is read back from the picture by its own ticks, and held against the counts."""

import re
from collections.abc import Callable, Sequence
from fractions import Fraction
from math import comb, log10, sqrt
from statistics import NormalDist
from typing import Any, Final
from xml.etree import ElementTree

import attrs
import numpy as np
import pytest

from draft import CALLED, lottery
from dual_random import sample
from dual_random.errors import InputError, Lang, Note
from dual_random.sheets import PAGE, text_width
from dual_random.testing.axes import DARK, INK, LIGHT, Scale
from dual_random.testing.checks import Check, Report
from dual_random.testing.fairness import examine
from dual_random.testing.places import places
from dual_random.testing.plots import inclusion_counts, p_values
from dual_random.testing.replicates import Replicates, replicate
from dual_random.testing.tallies import inclusion
from fairness_pictures import DOCS, UNITS, draws, pictures

pytest.importorskip("matplotlib")
pytest.importorskip("scipy")

SVG: Final = "{http://www.w3.org/2000/svg}"
BLACK: Final = "#000000"
WHITE: Final = "#ffffff"
CHINESE: Final = re.compile(r"[\u4e00-\u9fff]")


@attrs.frozen
class Shape:
    """A rectangle of a picture."""

    left: int
    top: int
    width: int
    height: int
    fill: str

    @property
    def x(self) -> float:
        """Its middle."""
        return self.left + self.width / 2

    @property
    def y(self) -> float:
        """Its middle."""
        return self.top + self.height / 2


@attrs.frozen
class Text:
    """A line of text of a picture."""

    x: int
    y: int
    text: str
    anchor: str
    bold: bool


def shapes(picture: bytes) -> list[Shape]:
    """All rectangles but the page itself."""
    return list(map(_shape, ElementTree.fromstring(picture).iter(f"{SVG}path")))[1:]


def _shape(path: ElementTree.Element) -> Shape:
    points = re.findall(r"[ML] (\d+) (\d+)", str(path.get("d")))
    xs, ys = ([int(point[i]) for point in points] for i in (0, 1))
    fill = re.search(r"fill: (#\w+|none)", str(path.get("style")))
    return Shape(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys), fill[1] if fill else BLACK)


def texts(picture: bytes) -> list[Text]:
    """All lines of text."""
    return list(map(_text, ElementTree.fromstring(picture).iter(f"{SVG}text")))


def _text(element: ElementTree.Element) -> Text:
    style = str(element.get("style"))
    anchor = re.search(r"text-anchor: (\w+)", style)
    assert anchor
    x, y = (int(str(element.get(name))) for name in "xy")
    return Text(x, y, str(element.text), anchor[1], "bold" in style)


def words(picture: bytes) -> str:
    """All text as one."""
    return " ".join(text.text for text in texts(picture))


def axis(picture: bytes) -> Callable[[float], float]:
    """From points to numbers, by the lowest and the highest tick of the vertical axis."""
    ticks = [(shape.y, shape) for shape in shapes(picture) if (shape.width, shape.height, shape.fill) == (4, 1, BLACK)]
    labels = {text.y: float(text.text.replace(",", "")) for text in texts(picture) if text.anchor == "end"}
    known = sorted((y, labels[shape.top + 3]) for y, shape in ticks)
    (top, high), (bottom, low) = known[0], known[-1]
    return lambda y: high + (y - top) * (low - high) / (bottom - top)


def marks(picture: bytes) -> list[Shape]:
    """The large black squares."""
    return [shape for shape in shapes(picture) if (shape.width, shape.height, shape.fill) == (7, 7, BLACK)]


def dots(picture: bytes) -> list[Shape]:
    """The small squares, from left to right."""
    return sorted((s for s in shapes(picture) if s.fill == INK and s.width == 3), key=lambda s: (s.x, s.y))


def tail(trials: int, chance: Fraction, count: int) -> float:
    """Twice the smaller exact binomial tail."""
    mass = [comb(trials, k) * chance**k * (1 - chance) ** (trials - k) for k in range(trials + 1)]
    return float(2 * min(sum(mass[: count + 1]), sum(mass[count:])))


def one_too_often(units: Sequence[str], seed: str) -> list[str]:
    """Five by their tickets, but E07 always."""
    drawn = [unit for unit in sample(units, 5, seed=seed, label="t").drawn if unit != "E07"]
    return ["E07", *drawn[:4]]


SMALL: Final = [f"E{number:02d}" for number in range(30)]


# ---- counts


def test_dots_stand_at_their_counts() -> None:
    """Read by the picture's own ticks, each dot is the count of the unit at its place in the list."""
    found = draws(False)
    picture = inclusion_counts(found)
    count = axis(picture)
    seen = [sum(1 for row in found.who.tolist() if row == place) for place in range(len(UNITS))]
    assert [round(count(dot.y)) for dot in dots(picture)] == pytest.approx(seen, abs=2)
    assert len(dots(picture)) == 60
    assert marks(picture) == []
    assert "Outside of what a fair procedure keeps to: 0 of 60 counts" in words(picture)
    assert "Farthest" not in words(picture)


def test_marks_are_those_of_the_exact_law() -> None:
    """Marked is exactly who is less likely than the limit, by binomial sums in fractions, and the worst are named."""
    found = replicate(one_too_often, SMALL, 120)
    seen = [found.who.tolist().count(place) for place in range(30)]
    for alpha in (1e-6, 0.3, 0.9):
        out = [count for count in seen if tail(120, Fraction(1, 6), count) <= alpha / 30]
        picture = inclusion_counts(found, alpha=alpha)
        assert len(marks(picture)) == len(out)
        assert f"keeps to: {len(out)} of 30 counts" in words(picture)
        assert [round(axis(picture)(mark.y)) for mark in marks(picture)] == pytest.approx(out, abs=1)
    assert "Farthest out: E07: 120" in words(inclusion_counts(found))


def test_draws_of_everybody_do_not_count() -> None:
    """A draw in which nothing is open says nothing: the picture is that of the other draws."""
    fair = replicate(one_too_often, SMALL, 120)
    picture = inclusion_counts(
        replicate(lambda units, seed: units if len(seed) > 7 else one_too_often(units, seed), SMALL, 130)
    )
    assert shapes(picture) == shapes(inclusion_counts(replicate(one_too_often, SMALL, 100)))
    assert shapes(picture) != shapes(inclusion_counts(fair))


def test_bands_end_where_the_law_does() -> None:
    """The bands reach half a count beyond the last that is inside: that of one unit, and that of all."""
    found = replicate(one_too_often, SMALL, 120)
    picture = inclusion_counts(found, alpha=0.01)
    count = axis(picture)
    for fill, limit in ((DARK, 0.05), (LIGHT, 0.01 / 30)):
        inside = [k for k in range(121) if tail(120, Fraction(1, 6), k) >= limit]
        (band,) = [shape for shape in shapes(picture) if shape.fill == fill and shape.width > 100]
        assert count(band.top) == pytest.approx(max(inside) + 0.5, abs=0.7)
        assert count(band.top + band.height) == pytest.approx(min(inside) - 0.5, abs=0.7)


@pytest.mark.parametrize("broken", [True, False])
def test_a_picture_has_marks_where_its_check_fails(broken: bool) -> None:
    """At the same alpha the check `inclusion` fails if and only if a unit is marked."""
    found = draws(broken)
    for alpha in (1e-14, 1e-6, 0.05):
        assert bool(marks(inclusion_counts(found, alpha=alpha))) == inclusion(found, alpha=alpha).failed


def test_stated_chances() -> None:
    """Units with the same stated chance share a band, the lowest chance first; there is one mark for a false one."""
    chance = {unit: "1/2" if unit == "E07" else "29/58" if unit == "E00" else "1/6" for unit in SMALL}
    picture = inclusion_counts(replicate(one_too_often, SMALL, 400), chance=chance)
    bands = sorted((shape for shape in shapes(picture) if shape.fill == LIGHT), key=lambda shape: shape.left)
    assert len(bands) == 2
    assert bands[0].width == pytest.approx(14 * bands[1].width, rel=0.1)
    assert bands[1].top < bands[0].top
    assert len(marks(picture)) == 2  # E07 always came, E00 comes by one in six
    assert "E07: 400" in words(picture)


def results(units: Sequence[str], seed: str) -> dict[str, str]:
    """Seven results for two units each; the third result always goes to the same two."""
    order = [unit for unit in sample(units, len(units), seed=seed, label="t").drawn if unit not in ("E01", "E02")]
    order[4:4] = ["E01", "E02"]
    return {unit: f"school {place // 2}" for place, unit in enumerate(order[:14])}


def test_results_have_panels() -> None:
    """The six most conspicuous results have a panel each, the worst first, and the others are counted."""
    picture = inclusion_counts(replicate(results, SMALL, 300))
    titles = [text.text for text in texts(picture) if text.text.startswith("school")]
    assert titles[0] == "school 2"
    assert len(titles) == len(set(titles)) == 6
    assert "Results that are not shown, less conspicuous than these: 1." in words(picture)
    assert "E01 · school 2: 300" in words(picture)


def test_many_units_share_columns() -> None:
    """With more units than columns a bar spans the counts of its column, so that the picture stays small."""
    units = [f"E{number:05d}" for number in range(5200)]
    found = Replicates.of(units, (), alike={})
    assert found.trials == 0
    found = replicate(lambda units, seed: units[len(seed) % 7 :: 7][:-1], units, 40)
    picture = inclusion_counts(found)
    assert len(picture) < 60_000
    assert "a bar reaches from the lowest count of its column to the highest" in words(picture)
    assert sum(shape.fill == INK and shape.width == 1 for shape in shapes(picture)) <= 260
    assert "a bar reaches" not in words(inclusion_counts(draws(False)))


def test_marks_of_a_shared_column() -> None:
    """Of the units of one column that lie outside, the highest and the lowest are marked."""
    units = [f"E{number:03d}" for number in range(520)]
    half = replicate(lambda units, _: units[::2], units, 120)
    assert len({mark.y for mark in marks(inclusion_counts(half))}) == 2
    assert len(marks(inclusion_counts(half))) == 520


def test_nothing_open() -> None:
    """Draws of everybody, and no draws at all, give a picture without a panel."""
    for found in (replicate(lambda units, _: units, SMALL, 3), Replicates.of(SMALL, ())):
        picture = inclusion_counts(found)
        assert dots(picture) == marks(picture) == []
        assert "0 of 0 counts" in words(picture)


# ---- p


def check(name: str, p: float, limit: float) -> Check:
    """A check as a picture sees it."""
    return Check(name=name, null=Note("members-null"), p=p, limit=limit, sees=Note("sees-nothing"))


def report(*checks: Check) -> Report:
    """A report of some checks."""
    return Report(subject=Note("members-null"), checks=checks, alpha=0.01)


def test_marks_on_a_scale_of_powers() -> None:
    """By the ticks of the scale, each mark stands at its p and each grey part begins at its limit."""
    given = [check("one", 0.5, 0.01), check("two", 3e-7, 0.001), check("three", 0.02, 0.02), check("four", 1.0, 1e-5)]
    picture = p_values(report(*given))
    ticks = [(t.x, t.text) for t in texts(picture) if t.anchor == "middle" and re.fullmatch(r"[\d.e-]+", t.text)]
    left, right = (ticks[0][0], ticks[-1][0])
    assert (ticks[0][1], ticks[-1][1]) == ("1", "1e-8")
    places = {name: left + (right - left) * -log10(p) / 8 for name, p in (("one", 0.5), ("two", 3e-7), ("three", 0.02))}
    squares = [shape for shape in shapes(picture) if (shape.width, shape.height) == (8, 8)]
    assert [s.x for s in squares] == pytest.approx([places["one"], places["two"], places["three"], left], abs=1)
    assert [s.fill for s in squares] == [WHITE, BLACK, BLACK, WHITE]
    greys = [shape for shape in shapes(picture) if shape.height == 14]
    limits = [left + (right - left) * -log10(limit) / 8 for limit in (0.01, 0.001, 0.02, 1e-5)]
    assert [grey.left for grey in greys] == pytest.approx(limits, abs=1)
    assert [t.text for t in texts(picture) if t.bold][1:] == ["two", "p 3e-07 FAILED", "three", "p 0.02 FAILED"]
    assert "2 of 4 checks failed" in words(picture)


def test_exact_checks_stand_apart() -> None:
    """Exact checks have words instead of a scale; tails that are zero stand at its end."""
    picture = p_values(report(check("members", 0.0, 0.0), check("order", 1.0, 0.0), check("pairs", 0.0, 0.01)))
    told = words(picture)
    assert "members: FAILED (exact)" in told
    assert "order: holds (exact)" in told
    assert "p &lt; 1e-50 FAILED" in picture.decode()
    squares = [shape for shape in shapes(picture) if (shape.width, shape.height) == (8, 8)]
    assert sorted(shape.fill for shape in squares) == [BLACK, BLACK, WHITE]
    only = p_values(report(check("members", 1.0, 0.0)))
    assert "Grey" not in words(only)
    assert "Exact" not in words(p_values(report(check("pairs", 1.0, 0.01))))


# ---- orders


def brute(order: Sequence[str], months: dict[str, str]) -> dict[str, float]:
    """The mean place of each month."""
    place = {unit: number for number, unit in enumerate(order, 1)}
    return {
        m: sum(place[u] for u in months if months[u] == m) / list(months.values()).count(m) for m in months.values()
    }


@pytest.mark.parametrize("year", CALLED)
def test_the_draft_lotteries(year: int) -> None:
    """Months stand in their order with their means; December 1970 alone lies outside, as everybody knows."""
    found = lottery(year)
    order, months = found.order, found.month
    picture = places(order, "month", months)
    means = brute(order, months)
    told = texts(picture)
    row = next(text.y for text in told if text.text == "12")
    labels = sorted((text for text in told if text.y == row), key=lambda text: text.x)
    assert [text.text for text in labels] == [str(month) for month in range(1, 13)]
    numbers = sorted((text for text in told if text.y == row + 13), key=lambda text: text.x)
    assert [float(text.text) for text in numbers] == pytest.approx([means[str(m)] for m in range(1, 13)], abs=0.05)
    off = [text.text for text in labels if text.bold]
    assert off == (["12"] if year == 1970 else [])
    assert ("month 12 (121.5); 183.5 expected" in words(picture)) == (year == 1970)
    bars = [shape for shape in shapes(picture) if shape.height == 6]
    assert [bar.fill == BLACK for bar in bars] == [str(m) in off for m in range(1, 13)]
    assert [axis(picture)(bar.y) for bar in bars] == pytest.approx([means[str(m)] for m in range(1, 13)], abs=2)


def test_dots_of_an_order() -> None:
    """Each unit has a dot at its place, from left to right as the values stand."""
    order, months = lottery(1970).order, lottery(1970).month
    picture = places(order, "month", months)
    place = {unit: number for number, unit in enumerate(order, 1)}
    number = axis(picture)
    found = [number(dot.y) for dot in shapes(picture) if dot.fill == INK]
    assert found == pytest.approx([place[unit] for unit in months], abs=2)


def test_bands_of_means() -> None:
    """The bands follow the normal law closely: the exact one of a mean of 31 places is less than a place away."""
    order, months = lottery(1970).order, lottery(1970).month
    picture = places(order, "month", months)
    number = axis(picture)
    for fill, limit in ((DARK, 0.05), (LIGHT, 0.01 / 12)):
        band = next(shape for shape in shapes(picture) if shape.fill == fill and shape.height > 20)
        reach = 183.5 - exact_low(366, 31, limit / 2)
        for drawn in (183.5 - number(band.top), number(band.top + band.height) - 183.5):
            assert drawn == pytest.approx(reach, abs=1.9)  # a place, and half a point


def exact_low(size: int, count: int, limit: float) -> float:
    """The mean below which `count` of `size` places lie with this chance, by counting all sets."""
    ways = np.zeros((count + 1, count * size + 1))
    ways[0, 0] = 1.0
    for place in range(1, size + 1):
        for taken in range(min(count, place), 0, -1):
            ways[taken, place:] += ways[taken - 1, :-place]
    below = np.cumsum(ways[count]) / ways[count].sum()
    return float(np.searchsorted(below, limit)) / count


def test_numbers_are_parted_into_tenths() -> None:
    """Units with equal numbers stay together, tenths are named by their ends, and the correlation is told."""
    days = lottery(1970).day
    told = words(places(lottery(1970).order, "day", days))
    assert "Rank correlation of day and place: -0.226, outside of what a fair order keeps to (±0.135)" in told
    assert "1–37" in told
    assert "330–366" in told
    assert "such as a fair order has" in words(places(lottery(1971).order, "day", lottery(1971).day))
    units = [f"E{number}" for number in range(40)]
    picture = places(units, "size", {unit: 1.0 if i < 30 else 2.0 for i, unit in enumerate(units)})
    assert sum(shape.height == 6 for shape in shapes(picture)) == 2
    assert places(units, "size", dict.fromkeys(units, 1.0))


def test_names_in_byte_order_or_by_number() -> None:
    """Names that are whole numbers stand by size, others by their bytes; long ones are cut."""
    units = [f"E{number}" for number in range(33)]
    for names, expected in ((("10", "9", "2"), ["2", "9", "10"]), (("b", "a", "10"), ["10", "a", "b"])):
        told = texts(places(units, "x", {unit: names[i % 3] for i, unit in enumerate(units)}))
        labels = [text for text in told if text.text in names and text.anchor == "middle"]
        assert [text.text for text in sorted(labels, key=lambda text: text.x)] == expected
    told = texts(places(units, "x", {unit: "ab"[i % 2] * 500 for i, unit in enumerate(units)}))
    assert max(text_width(text.text, 10) for text in told) <= PAGE


def test_long_orders_have_no_dots() -> None:
    """Above 1,500 units the means alone are shown, and it is said."""
    units = [f"E{number:05d}" for number in range(1501)]
    groups = {unit: str(i % 100) for i, unit in enumerate(units)}
    picture = places(units, "x", groups)
    assert not any(shape.fill == INK for shape in shapes(picture))
    assert "too many to be shown one by one" in words(picture)
    assert len(picture) < 60_000
    assert any(shape.fill == INK for shape in shapes(places(units[:1500], "x", dict(list(groups.items())[:1500]))))


# ---- all pictures

Made = Callable[[Lang], bytes]
ALL: Final[list[Made]] = [
    lambda lang: inclusion_counts(draws(True), lang=lang),
    lambda lang: inclusion_counts(replicate(results, SMALL, 50), lang=lang),
    lambda lang: p_values(examine(draws(True)), lang=lang),
    lambda lang: p_values(examine(draws(False)), lang=lang),
    lambda lang: places(lottery(1970).order, "month", lottery(1970).month, lang=lang),
    lambda lang: places(lottery(1970).order, "day", lottery(1970).day, lang=lang),
]


@pytest.mark.parametrize("made", ALL)
def test_every_picture(made: Made) -> None:
    """The same bytes each time, below 60 kB; nothing leaves the page; Chinese text is Chinese, English is not."""
    english, chinese = made("en"), made("zh")
    assert made("en") == english
    assert len(english) < 60_000
    for picture in (english, chinese):
        page = ElementTree.fromstring(picture)
        wide, high = (float(str(page.get(name)).removesuffix("pt")) for name in ("width", "height"))
        for shape in shapes(picture):
            assert 0 <= shape.left <= shape.left + shape.width <= wide
            assert 0 <= shape.top <= shape.top + shape.height <= high
        for text in texts(picture):
            ends = text_width(text.text, 8) if text.anchor == "start" else 0
            assert 0 < text.x + ends <= wide
            assert 0 < text.y < high
    assert not CHINESE.search(words(english))
    assert len(CHINESE.findall(words(chinese))) > 40
    assert page.find(f"{SVG}desc") is not None


def test_pictures_of_the_docs() -> None:
    """The docs show what the code draws now; otherwise run tests/fairness_pictures.py."""
    for name, picture in pictures().items():
        kept = (DOCS / name).read_bytes()
        assert texts(kept) == texts(picture), name
        assert shapes(kept) == shapes(picture), name
        assert len(kept) < 60_000


def test_hostile_text_is_escaped() -> None:
    """Names of units, results and groups are text, whatever they hold."""
    units = ["<b>&", "E2", "E3"]
    picture = inclusion_counts(replicate(lambda units, _: {units[0]: "</svg>"}, units, 600))
    assert "&lt;/svg&gt;" in picture.decode()
    assert "<b>& · </svg>: 600" in words(picture)
    assert words(places(units, "<i>", {"<b>&": "<u>", "E2": "<u>", "E3": "x"}, title="<s>")).startswith("<s>")


def refused(make: Callable[[], object]) -> list[tuple[str, str]]:
    """Code and place of everything that is refused."""
    with pytest.raises(InputError) as caught:
        make()
    return [(note.code, note.at) for note in caught.value.faults]


def test_arguments_are_refused() -> None:
    """Other values, other languages and levels that are none, all of them at once."""
    wrong: Any = "x"
    assert refused(lambda: inclusion_counts(wrong, alpha=1.0, lang=wrong)) == [
        ("plan-shape", "replicates"),
        ("level-form", "alpha"),
        ("choice", "lang"),
    ]
    assert refused(lambda: p_values(wrong, lang=wrong)) == [("plan-shape", "report"), ("choice", "lang")]
    assert ("level-form", "alpha") in refused(lambda: places(["E1"], "x", {"E1": "a"}, alpha=0.0, lang=wrong))
    assert refused(lambda: places(["E1", "E2"], "x", {"E1": "a"})) == [("unit-without", "x")]
    assert refused(lambda: places(["E1", "E1"], "x", {"E1": "a"})) == [("name-repeated", "units")]
    assert refused(lambda: places([], "x", {})) == [("units-empty", "units")]


def test_scales() -> None:
    """Points are between the ends; ticks are round numbers within, whatever the size."""
    assert [Scale(0.0, 10.0, 100, 0)(number) for number in (-5, 0, 5, 10, 99)] == [100, 100, 50, 0, 0]
    for low, high in ((0.0, 1.0), (0.0, 7e9), (99.5, 100.5), (0.001, 0.002), (3.0, 3.0)):
        ticks = Scale(low, high, 0, 100).ticks
        assert all(low <= tick <= high for tick in ticks)
        assert len(ticks) in ((1,) if low == high else range(3, 8))


def test_a_group_is_off_where_the_normal_law_says() -> None:
    """Of two groups of ten, the one that lies ever higher is marked from the very mean on that the law gives."""
    limit = NormalDist().inv_cdf(1 - 0.01 / 2 / 2) * sqrt(21 * 10 / (12 * 10))
    low, seen = list(range(1, 11)), []
    for _ in range(100):
        row = next(row for row in range(9, -1, -1) if low[row] < 11 + row)
        low[row] += 1
        order = [f"{'a' if place in low else 'b'}{place}" for place in range(1, 21)]
        picture = places(order, "side", {unit: unit[0] for unit in order})
        off = abs(sum(low) / 10 - 10.5) > limit
        assert ("Outside of what a fair order" in words(picture)) == off
        assert sum(s.height == 6 and s.fill == BLACK for s in shapes(picture)) == (2 if off else 0)
        seen.append(off)
    assert (seen.count(True), seen[50]) == (25, False)
