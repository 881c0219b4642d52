"""Pictures: every number in them is counted again here, from the visits; they can be read at every size."""

import os
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any, Final, Protocol
from xml.etree import ElementTree

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from districts import SEED, faults, named, plan, register
from dual_random import Demand, JointRule, Record, commit, demo, draw
from dual_random.errors import Lang, Note
from dual_random.messages import MESSAGES
from dual_random.pictures import visits_saved, who_meets_whom
from dual_random.sheets import PAGE, text_width
from dual_random.visits import Outcome, Served, Visit

pytest.importorskip("matplotlib")

SVG: Final = "{http://www.w3.org/2000/svg}"
DOCS: Final = Path(__file__).parents[1] / "docs" / "pictures"
PICTURES: Final = (who_meets_whom, visits_saved)


class Picture(Protocol):
    """Either of the two functions."""

    def __call__(self, record: Record, *, lang: Lang = ..., glosses: Mapping[str, str] = ...) -> bytes:
        """The picture of a record."""


@attrs.frozen
class Text:
    """A line of text of a picture."""

    x: int
    y: int
    text: str
    size: int
    anchor: str
    fill: str
    upright: bool


@attrs.frozen
class Shape:
    """A rectangle of a picture."""

    left: int
    top: int
    width: int
    height: int
    fill: str
    dashed: bool
    hatched: bool


def texts(picture: bytes) -> list[Text]:
    """All text, in the order of the picture."""
    return list(map(_text, ElementTree.fromstring(picture).iter(f"{SVG}text")))


def _text(element: ElementTree.Element) -> Text:
    style = dict(part.split(": ") for part in str(element.get("style")).split("; "))
    x, y = (int(str(element.get(name))) for name in "xy")
    size = int(style["font-size"].removesuffix("px"))
    return Text(
        x, y, str(element.text), size, style["text-anchor"], style["fill"], element.get("transform") is not None
    )


def shapes(picture: bytes) -> list[Shape]:
    """All rectangles but the page itself, in the order of the picture."""
    paths = list(ElementTree.fromstring(picture).iter(f"{SVG}path"))
    closed = ["z" in str(path.get("d")) for path in paths] + [True]  # the lines of a hatching follow its box, open
    return [_shape(path, not closed[i + 1]) for i, path in enumerate(paths) if closed[i] and i]


def _shape(path: ElementTree.Element, hatched: bool) -> Shape:
    points = re.findall(r"[ML] (\d+) (\d+)", str(path.get("d")))
    xs, ys = ([int(point[i]) for point in points] for i in (0, 1))
    style = str(path.get("style"))
    fill = re.search(r"fill: (#\w+|none)", style)
    assert fill
    return Shape(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys), fill[1], "dasharray" in style, hatched)


def rows(picture: bytes) -> dict[str, list[Text]]:
    """For each department what stands in its row, from left to right; in the order of the rows."""
    told = [text for text in texts(picture) if not text.upright]
    names = [text for text in told if text.anchor == "end" and not text.text.isdigit()]
    return {name.text: sorted((t for t in told if t != name and abs(t.y - name.y) < 3), key=_place) for name in names}


def _place(text: Text) -> int:
    return text.x


def table(picture: bytes) -> dict[str, list[int]]:
    """The numbers of the first picture: for each department those in its squares, then its totals."""
    return {name: [int(text.text) for text in row] for name, row in rows(picture).items()}


def bars(picture: bytes) -> dict[str, str]:
    """The sums in the second picture at the bars of the departments."""
    return {name: row[0].text for name, row in rows(picture).items()}


def counted(record: Record, names: Iterable[str]) -> dict[str, list[int]]:
    """What `table` should find, visit by visit."""
    visits = [set(visit.departments) for visit in record.values()]
    found = {a: [sum(v == {a} if a == b else {a, b} <= v for v in visits) for b in names] for a in names}
    return {
        a: [*row, sum(a in v for v in visits), sum(a in v and len(v) > 1 for v in visits)] for a, row in found.items()
    }


def sums(record: Record, names: Iterable[str]) -> dict[str, str]:
    """What `bars` should find, visit by visit."""
    visits = [visit.departments for visit in record.values()]
    joint = {name: sum(name in v and len(v) > 1 for v in visits) for name in names}
    return {name: f"{joint[name]} + {visits.count((name,))} = {joint[name] + visits.count((name,))}" for name in names}


def after(picture: bytes, label: str) -> str:
    """The text that was written after a label."""
    told = [text.text for text in texts(picture)]
    return told[told.index(label) + 1]


def drawn(departments: int, **more: Any) -> Record:
    """A record of so many departments, over a register of 80 enterprises."""
    firms = register([{"id": f"E{i}", "risk": "ABCD"[i % 4]} for i in range(80)])
    names = [f"部门{i}" for i in range(departments)]
    demands = [Demand(name, where={"risk": {"A", "ABCD"[i % 4]}}, take=i * 5 % 11 + 1) for i, name in enumerate(names)]
    return draw(commit(plan(demands, **more), firms), firms, seed=SEED).record


def holding(record: Record, visits: Sequence[Iterable[str]]) -> Record:
    """The record with other visits, each by these departments."""
    served = [Served(tuple(sorted(names)), tuple(sorted(names)), min(names)) for names in visits]
    return attrs.evolve(
        record,
        outcome=Outcome(visits=0, joint_visits=0, checks=0, joint_checks=0, target_met=True),
        enterprises=[f"E{place}" for place in range(len(served))],
        tickets=[f"{place:064x}" for place in range(len(served))],
        served=served,
        periods=record.commitment.plan.periods[:1] * len(served),
        extra=(),
    )


def stating(record: Record, independent: int | None) -> Record:
    """The record with this number of visits of independent draws."""
    return attrs.evolve(record, outcome=attrs.evolve(record.outcome, independent=independent))


def say(code: str, lang: Lang) -> str:
    """A message without fields."""
    return MESSAGES[code].en if lang == "en" else MESSAGES[code].zh


FOUR: Final = drawn(4)
NAMES: Final = tuple(f"部门{i}" for i in range(4))


@pytest.fixture(scope="module")
def shown() -> Record:
    """The demo's record."""
    enterprises = demo.district()
    return draw(commit(demo.plan(), enterprises), enterprises, seed=demo.SEED).record


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_numbers_of_the_demo(shown: Record, lang: Lang) -> None:
    """Every number of both pictures is the one counted from the visits; the rows stand as the plan has them."""
    found = table(who_meets_whom(shown, lang=lang))
    assert found == counted(shown, demo.DEPARTMENTS)
    assert list(found) == list(demo.DEPARTMENTS)
    assert bars(visits_saved(shown, lang=lang)) == sums(shown, demo.DEPARTMENTS)


@given(st.lists(st.sets(st.sampled_from(NAMES), min_size=1), max_size=12))
@settings(deadline=None, derandomize=True, max_examples=40)
def test_numbers_of_any_visits(visits: list[set[str]]) -> None:
    """Whoever visits with whom, the numbers are those counted visit by visit."""
    record = holding(FOUR, visits)
    assert table(who_meets_whom(record)) == counted(record, NAMES)
    assert bars(visits_saved(record)) == sums(record, NAMES)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_comparison(shown: Record, lang: Lang) -> None:
    """Checks and visits are those counted, independent draws and bound those of the record, each under its name."""
    record = stating(shown, 2001)
    picture = visits_saved(record, lang=lang)
    joint, made = (sum(count(visit) for visit in shown.values()) for count in (_is_joint, _departments))
    assert after(picture, say("picture-bar-checks", lang)) == str(made)
    assert after(picture, say("picture-bar-independent", lang)) == "2001"
    assert after(picture, say("picture-bar-draw", lang)) == f"{joint} + {len(shown) - joint} = {len(shown)}"
    assert after(picture, say("picture-bar-bound", lang)) == shown.bound
    sentences = [text.text for text in texts(picture) if re.search(r" = \d+[.。]$", text.text)]
    assert [re.findall(r"\d+", sentence) for sentence in sentences] == [
        [str(made), str(len(shown)), str(made - len(shown))],
        ["2001", str(len(shown)), str(2001 - len(shown))],
    ]


def _is_joint(visit: Visit) -> int:
    return len(visit.departments) > 1


def _departments(visit: Visit) -> int:
    return len(visit.departments)


def test_records_without_independent_draws(shown: Record) -> None:
    """A record that does not state what independent draws would have cost has no bar for it; 0 is stated."""
    picture = visits_saved(stating(shown, None)).decode()
    assert say("picture-bar-independent", "en") not in picture
    assert "independent" not in picture
    assert "independent draws on average: 0 - " in visits_saved(stating(shown, 0)).decode()
    assert say("picture-bar-bound", "en") in picture


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_visits_for_the_target(lang: Lang) -> None:
    """Where visits were made for the target alone, it is said how many; otherwise nothing is said of it."""
    record = holding(FOUR, [NAMES[:2], NAMES[2:], NAMES[1:3]])
    told, none = (visits_saved(each, lang=lang).decode() for each in (attrs.evolve(record, extra=["E0", "E2"]), record))
    sentence = Note("picture-target-visits", "", {"extra": 2}).text(lang)
    assert sentence in told
    assert sentence[:10] not in none


def test_bars_are_as_long_as_their_numbers(shown: Record) -> None:
    """All bars of a group share one scale, to a point; joint parts are hatched, the bound is dashed."""
    picture = visits_saved(stating(shown, 2001))
    own = [
        _parts(picture, text) for text in texts(picture) if re.fullmatch(r"\d+( \+ \d+ = \d+)?|\d+\.\d\d", text.text)
    ]
    compared, departments = own[:4], own[4:]
    assert len(departments) == len(demo.DEPARTMENTS)
    for group in (compared, departments):
        lengths = [(Fraction(number), box) for bar in group for number, box in bar]
        most, longest = max((sum(n for n, _ in bar), sum(b.width for _, b in bar)) for bar in group)
        assert longest >= 250
        assert all(abs(box.width - longest * number / most) <= 1 for number, box in lengths)
    assert [[box.dashed for _, box in bar] for bar in compared] == [[False], [False], [False, False], [True]]
    assert [[box.hatched for _, box in bar] for bar in compared] == [[False], [False], [True, False], [False]]
    assert all(bar[0][1].hatched and not any(box.hatched for _, box in bar[1:]) for bar in departments)
    assert all(left.left + left.width == right.left for bar in own if len(bar) == 2 for (_, left), (_, right) in [bar])


def _parts(picture: bytes, number: Text) -> list[tuple[Fraction, Shape]]:
    """The boxes before a number, each with the count it stands for; parts of nothing have none."""
    counts = [Fraction(count) for count in number.text.partition(" =")[0].split(" + ")]
    boxes = [box for box in shapes(picture) if box.top < number.y < box.top + box.height and box.left < number.x]
    return list(zip([count for count in counts if count], boxes, strict=True))


@pytest.mark.parametrize("alone", [0, 5_000])
def test_shades_mean_what_the_legend_says(shown: Record, alone: int) -> None:
    """A square's shade is that of the one range of the legend that holds its number; framed ones are white.

    The most that the ranges are made of is of visits together, however many a department makes alone, and a number
    stands out from its shade.
    """
    picture = who_meets_whom(holding(shown, [*(visit.departments for visit in shown.values()), *[["消防"]] * alone]))
    boxes = shapes(picture)
    ranges = [text for text in texts(picture) if re.fullmatch(r"\d+(–\d+)?", text.text) and text.anchor == "start"]
    keys = boxes[-len(ranges) :]
    assert len({box.fill for box in keys}) == len(keys) == 5
    most = max(sum({a, b} <= {*v.departments} for v in shown.values()) for a, b in combinations(demo.DEPARTMENTS, 2))
    assert ranges[-1].text.endswith(f"–{most}")
    squares = [(text, _square(boxes, text)) for text in texts(picture) if text.anchor == "middle"]
    frames = {(box.left, box.top) for box in boxes if box.fill == "none"}
    assert len(squares) == len(demo.DEPARTMENTS) ** 2
    assert len(frames) == len(demo.DEPARTMENTS)
    for text, box in squares:
        limits = [[int(limit) for limit in text.text.split("–")] for text in ranges]
        fills = [key.fill for key, limit in zip(keys, limits, strict=True) if limit[0] <= int(text.text) <= limit[-1]]
        assert [box.fill] == (["#ffffff"] if (box.left, box.top) in frames else fills)
        assert abs(_lightness(box.fill) - _lightness(text.fill)) > 128


def _lightness(grey: str) -> int:
    """From 0 for black to 255 for white; nothing but greys is used."""
    red, green, blue = (int(grey[i : i + 2], 16) for i in (1, 3, 5))
    assert red == green == blue
    return red


def _square(boxes: Iterable[Shape], text: Text) -> Shape:
    """The square around a number."""
    (found,) = (
        box
        for box in boxes
        if box.fill != "none" and box.left < text.x < box.left + box.width and box.top < text.y < box.top + box.height
    )
    return found


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("picture", PICTURES)
def test_headings(shown: Record, picture: Picture, lang: Lang) -> None:
    """Title and heading name the plan and its rate, with counts and measure."""
    rate = shown.joint_rate()
    root = ElementTree.fromstring(picture(shown, lang=lang))
    head = [str(text.text) for text in root.iter(f"{SVG}text")][:3]
    plan = shown.commitment.plan
    assert head[1] == f"{plan.title} ({plan.authority}, {plan.number})"
    assert head[2].endswith(str(rate) if lang == "en" else f"{str(rate).removesuffix(' of visits')}（按户次）")
    assert root.findtext(f"{SVG}title") == " · ".join(head)
    assert root.findtext(f"{SVG}desc")


@pytest.mark.parametrize("picture", PICTURES)
def test_rate_of_checks(picture: Picture) -> None:
    """The rate of checks stands beside that of visits where the plan's target is of checks, and there only."""
    for of in ("visits", "checks"):
        record = drawn(3, joint=JointRule(of=of, at_least="10%"))
        told = picture(record).decode()
        assert str(record.joint_rate(of="visits")) in told
        assert (str(record.joint_rate(of="checks")) in told) == (of == "checks")


def test_names_stand_over_their_columns(shown: Record) -> None:
    """Above each column stands its name: of squares over their middle, of totals where their last digits are."""
    told = texts(who_meets_whom(shown))
    heads = [text for text in told if text.upright]
    assert [text.text for text in heads] == [*demo.DEPARTMENTS, say("picture-all", "en"), say("picture-joint", "en")]
    for row in rows(who_meets_whom(shown)).values():
        assert [text.anchor for text in row] == [*["middle"] * len(demo.DEPARTMENTS), "end", "end"]
        shifts = [head.x - number.x for head, number in zip(heads, row, strict=True)]
        assert all(0 < shift <= head.size // 2 for shift, head in zip(shifts[:-2], heads, strict=False))
        assert shifts[-2:] == [0, 0]


def test_small_parts_are_seen() -> None:
    """A part of a bar is drawn however small it is beside the others."""
    record = holding(FOUR, [*[NAMES[:1]] * 3_000, NAMES[:2]])
    boxes = shapes(visits_saved(record))[2:]
    assert [box.width for box in boxes if box.width < 5] == [1, 1, 1]  # in the draw, at both departments
    assert all(box.width > 0 for box in boxes)


@pytest.mark.parametrize("picture", PICTURES)
def test_glosses(shown: Record, picture: Picture) -> None:
    """A gloss stands behind the name of its department, in rows and columns alike."""
    told = [text.text for text in texts(picture(shown, glosses=demo.DEPARTMENTS))]
    times = 2 if picture is who_meets_whom else 1
    assert all(told.count(f"{name} {gloss}") == times for name, gloss in demo.DEPARTMENTS.items())
    assert "市监" in [text.text for text in texts(picture(shown, glosses={"消防": "fire"}))]


@pytest.mark.parametrize(
    ("departments", "lang"),
    [(1, "zh"), (2, "en"), (12, "zh"), (13, "en"), (25, "zh"), (40, "en"), (40, "zh"), (61, "zh")],
)
def test_readable_at_every_size(departments: int, lang: Lang) -> None:
    """From 1 to 61 departments: nothing is cut or leaves the page, rows do not touch, and numbers fit their squares."""
    record = drawn(departments)
    names = [f"部门{i}" for i in range(departments)]
    for picture in PICTURES:
        drawing = picture(record, lang=lang)
        width, height = map(int, re.findall(r'viewBox="0 0 (\d+) (\d+)"', drawing.decode())[0])
        told = texts(drawing)
        assert list(rows(drawing)) == names
        assert all(text.size >= 7 for text in told)
        assert all(left >= 0 and right <= width for left, right in map(_reach, told))
        assert all(text.size <= text.y <= height for text in told)
        assert all(box.left + box.width <= width and box.top + box.height <= height for box in shapes(drawing))
        heights = sorted(text.y for text in told if text.anchor == "end" and not text.text.isdigit())
        assert all(below - above >= 11 for above, below in pairwise(heights))
    found = counted(record, names)
    drawing = who_meets_whom(record, lang=lang)
    if departments <= 60:
        assert table(drawing) == found
        cell = min(box.width for box in shapes(drawing) if box.fill == "none")
        assert all(text_width(text.text, text.size) < cell for text in texts(drawing) if text.anchor == "middle")
    else:
        assert table(drawing) == {name: row[-2:] for name, row in found.items()}
        assert say("picture-unnumbered", lang)[:20] in drawing.decode()


def _reach(text: Text) -> tuple[int, int]:
    """From where to where a text reaches, by the widths that are counted on."""
    wide = text.size if text.upright else text_width(text.text, text.size)
    left = {"start": 0, "middle": wide // 2, "end": wide}[text.anchor]
    return (text.x - wide, text.x) if text.upright else (text.x - left, text.x - left + wide)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_long_names(lang: Lang) -> None:
    """A name of thirty characters stands whole in its row; one of a hundred is cut, and its picture stays on a page."""
    long, longest = "海曙区" * 10, "海曙区市场监督管理局（知识产权局）" * 6
    record = holding(FOUR, [["部门0", long], [longest]])
    for picture in PICTURES:
        drawing = picture(record, lang=lang)
        found, told = list(rows(drawing)), texts(drawing)
        assert long in found
        assert [name for name in found if name.endswith("…") and longest.startswith(name[:-1]) and len(name) > 30]
        assert all(left >= 0 and right < 2 * PAGE for left, right in map(_reach, told))
        assert all(text.y - text_width(text.text, text.size) > told[2].y for text in told if text.upright)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_no_visits(lang: Lang) -> None:
    """A record without visits has its pictures: all numbers 0, no bars, no legend, and a rate without a value."""
    record = holding(FOUR, [])
    first, second = (picture(record, lang=lang) for picture in PICTURES)
    assert {number for row in table(first).values() for number in row} == {0}
    assert set(bars(second).values()) == {"0 + 0 = 0"}
    assert [box.hatched for box in shapes(second)] == [True, False]  # the keys
    assert say("picture-shades", lang) not in first.decode()
    assert all("0/0 = –" in picture.decode() for picture in (first, second))


def test_captions_where_they_apply() -> None:
    """Only where three departments meet is it said that rows add up to more, only where two do, that bars do."""
    alone, pair, triple = (holding(FOUR, [NAMES[:count]]) for count in (1, 2, 3))
    several, more = say("picture-several", "en")[:40], "these bars add up"
    assert [several in who_meets_whom(record).decode() for record in (alone, pair, triple)] == [False, False, True]
    assert [more in visits_saved(record).decode() for record in (alone, pair, triple)] == [False, True, True]


@pytest.mark.parametrize("picture", PICTURES)
def test_names_that_are_markup(picture: Picture) -> None:
    """Titles, names and glosses are text, whatever they look like: markup, formulas, quotation marks."""
    title = "<b> & $x_1^2$ \\alpha 'a' \"b\" ]]>"
    firms = register([{"id": "E1", "risk": "A"}])
    record = draw(commit(plan([Demand("$a_1$ <i>", take=1)], title=title), firms), firms, seed=SEED).record
    told = [text.text for text in texts(picture(record, glosses={"$a_1$ <i>": "&amp;"}))]
    assert f"{title} (海曙区, 2024-3)" in told
    assert "$a_1$ <i> &amp;" in told


def test_departments_of_no_plan() -> None:
    """A department that no demand of the plan has, in an altered record, stands last: nothing is hidden."""
    record = holding(FOUR, [["外来", "部门1"], ["部门1"]])
    assert table(who_meets_whom(record)) == counted(record, [*NAMES, "外来"])
    assert list(bars(visits_saved(record))) == [*NAMES, "外来"]


@pytest.mark.parametrize("picture", PICTURES)
def test_order_of_the_data_is_nothing(picture: Picture) -> None:
    """The visits in another order give the same bytes; the departments stand in the order of the plan's demands."""
    record = drawn(5)
    turned = attrs.evolve(
        record, **{name: getattr(record, name)[::-1] for name in ("enterprises", "tickets", "served")}
    )
    assert [*turned] != [*record]
    assert picture(turned) == picture(record)
    demands = record.commitment.plan.demands[::-1]
    other = attrs.evolve(record, commitment=attrs.evolve(record.commitment, plan=plan(demands)))
    assert list(rows(picture(other))) == list(rows(picture(record)))[::-1]


def test_same_bytes_in_every_process() -> None:
    """A fresh process, whatever its hash seed, time zone and clock settings, makes the same bytes."""
    code = (
        "import sys; from test_pictures import FOUR, PICTURES; "
        "sys.stdout.buffer.write(b'|'.join(picture(FOUR, lang='zh') for picture in PICTURES))"
    )
    expected = b"|".join(picture(FOUR, lang="zh") for picture in PICTURES)
    path = os.pathsep.join([str(Path(__file__).parent), *sys.path])
    for number, zone in (("0", "UTC"), ("4242", "Asia/Shanghai")):
        environment = {**os.environ, "PYTHONPATH": path, "PYTHONHASHSEED": number, "TZ": zone, "LC_ALL": "C"}
        made = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, env=environment)
        assert made.stdout == expected


@pytest.mark.parametrize("picture", PICTURES)
def test_what_is_no_record(picture: Picture) -> None:
    """Another value, another language and glosses that are no texts are refused, all at once."""
    wrong: Any = {"市监": 3}
    assert named(faults(lambda: picture("record", lang="fr", glosses=wrong))) == [  # type: ignore[arg-type]
        ("plan-shape", "record"),
        ("choice", "lang"),
        ("text-type", "glosses.市监"),
    ]
    assert named(faults(lambda: picture(FOUR, glosses="市监"))) == [("plan-shape", "")]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "picture"), [("who-visits-with-whom", who_meets_whom), ("visits-saved", visits_saved)]
)
def test_pictures_of_the_docs(shown: Record, name: str, picture: Picture) -> None:
    """The docs show the demo as it is drawn now; otherwise draw them again."""
    assert texts((DOCS / f"{name}.svg").read_bytes()) == texts(picture(shown, glosses=demo.DEPARTMENTS))


def test_pictures_of_hostile_records() -> None:
    """Long names and titles are cut at once, and too many departments are refused before anything is drawn."""
    long = "市" * 100_000
    firms = register([{"id": "E1", "risk": "A"}])
    record = draw(commit(plan([Demand(long, take=1)], title="“" * 100_000), firms), firms, seed=SEED).record
    for picture in PICTURES:
        assert len(picture(record)) < 1_000_000
    names = [f"部门{number:03}" for number in range(201)]
    crowd = holding(FOUR, [names])
    assert named(faults(lambda: who_meets_whom(crowd))) == [("picture-many", "record")]
    assert named(faults(lambda: visits_saved(crowd))) == [("picture-many", "record")]
    assert who_meets_whom(FOUR, glosses=(("部门1", "one"),)) == who_meets_whom(FOUR, glosses={"部门1": "one"})  # type: ignore[arg-type]
