"""Pictures of a year: every number in them is counted, bars are as long as their numbers, and the docs have them."""

import re
from collections import Counter
from collections.abc import Callable
from fractions import Fraction
from typing import Any, Final
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from district_year import year
from districts import faults, named
from dual_random.cycle.calendars import Calendar
from dual_random.cycle.savings import MonthlySaving, saved_by_month
from dual_random.cycle.schedules import Schedule
from dual_random.cycle.year_pictures import joint_rate_by_month, visits_by_day, visits_by_month
from dual_random.errors import Lang, Note
from dual_random.messages import MESSAGES
from year_pictures import DOCS, NAMES, pictures

pytest.importorskip("matplotlib")

SVG: Final = "{http://www.w3.org/2000/svg}"
TITLE: Final = "示范区 2023"
MONTH: Final = MonthlySaving(month="2023-01", checks=120, visits=90, joint_visits=25, joint_checks=55, independent=105)
DAYS: Final = Schedule(
    visits=["E1", "E2", "E3"], enterprises=["E1", "E2", "E3"], days=["2024-02-01", "2024-02-01", "2024-02-29"],
    periods=[""] * 3,
)  # fmt: skip
CALENDAR: Final = Calendar(["2024-02-01", "2024-02-02", "2024-02-29"])


def texts(picture: bytes) -> list[str]:
    """All text of a picture, in its order."""
    return [str(element.text) for element in ElementTree.fromstring(picture).iter(f"{SVG}text")]


def boxes(picture: bytes) -> list[tuple[int, int, int, int]]:
    """Left, top, width and height of every box but the page; the lines of hatchings are none."""
    found = []
    for path in list(ElementTree.fromstring(picture).iter(f"{SVG}path"))[1:]:
        way = str(path.get("d"))
        if "z" in way:
            xs, ys = ([int(point[i]) for point in re.findall(r"[ML] (\d+) (\d+)", way)] for i in (0, 1))
            found.append((min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)))
    return found


def places(picture: bytes) -> dict[str, tuple[int, int]]:
    """Where each text stands; of equal ones the last."""
    return {
        str(each.text): (int(str(each.get("x"))), int(str(each.get("y"))))
        for each in ElementTree.fromstring(picture).iter(f"{SVG}text")
    }


MONTHS = st.lists(
    st.tuples(st.integers(0, 40), st.integers(0, 40), st.integers(2, 5), st.integers(0, 30)), min_size=1, max_size=12
).map(
    lambda rows: [
        MonthlySaving(
            month=f"2023-{number:02}",
            checks=joint * size + alone,
            visits=joint + alone,
            joint_visits=joint,
            joint_checks=joint * size,
            independent=joint + alone + more,
        )
        for number, (joint, alone, size, more) in enumerate(rows, 1)
    ]
)


@given(MONTHS, st.sampled_from(["en", "zh"]))
@settings(deadline=None, derandomize=True, max_examples=25)
def test_numbers_by_month(months: list[MonthlySaving], lang: Lang) -> None:
    """Each month has its three numbers, and the sums of the year stand below."""
    told = texts(visits_by_month(months, title=TITLE, lang=lang))
    assert told[1] == TITLE
    for each in months:
        place = told.index(each.month)
        assert told[place + 1 : place + 4] == [
            str(each.checks),
            str(each.independent),
            f"{each.joint_visits} + {each.visits - each.joint_visits} = {each.visits}",
        ]
    visits, checks = (sum(getattr(each, name) for each in months) for name in ("visits", "checks"))
    independent = sum(each.independent for each in months)
    sums = {"checks": checks, "visits": visits, "saved": checks - visits, "independent": independent}
    sums["fewer"] = independent - visits
    joined = "".join(told).replace(" ", "")
    for code in ("year-saved", "year-fewer"):
        assert Note(code, "", sums).text(lang).replace(" ", "") in joined


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_bars_are_as_long_as_their_numbers(lang: Lang) -> None:
    """One scale for all bars, to a point; the parts of the draw meet."""
    keys, bars = (lambda found: (found[:3], found[3:]))(boxes(visits_by_month([MONTH], title=TITLE, lang=lang)))
    assert len(keys) == 3
    assert len({left for left, *_ in bars[:3]}) == 1
    unit = Fraction(bars[0][2], 120)
    assert unit * 120 >= 300
    assert all(abs(bar[2] - unit * count) <= 1 for bar, count in zip(bars, (120, 105, 25, 65), strict=True))
    assert bars[2][0] + bars[2][2] == bars[3][0]


@given(MONTHS, st.sampled_from(["visits", "checks"]))
@settings(deadline=None, derandomize=True, max_examples=25)
def test_rates_by_month(months: list[MonthlySaving], of: Any) -> None:
    """Each column has its rate, counts and month, and is as high; the line stands at the target on the same scale."""
    picture = joint_rate_by_month(months, "49.60%", title=TITLE, of=of)
    told = texts(picture)
    rates = [each.joint_rate(of=of) for each in months]
    for rate in rates:
        place = told.index(rate.scope)
        assert told[place - 1 : place + 3] == [
            f"{rate:.1%}",
            rate.scope,
            str(rate.numerator),
            f"/{rate.denominator}",
        ]
    _, *columns, base, line = boxes(picture)
    values = [rate.value if rate.denominator else Fraction(0) for rate in rates]
    highest = max(*values, Fraction("0.4960"))
    for (_, top, _, height), value in zip(columns, values, strict=True):
        assert abs(height - 180 * value / highest) <= 1
        assert top + height == base[1]
    assert abs(base[1] - line[1] - 180 * Fraction("0.4960") / highest) <= 1
    assert line[0] < min(left for left, *_ in columns)
    assert line[0] + line[2] > max(left + width for left, _, width, _ in columns)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_days(lang: Lang) -> None:
    """A square a day with its number, also if it is none; none for days off; the sum of the month at the right."""
    picture = visits_by_day([DAYS, DAYS], CALENDAR, title=TITLE, lang=lang)
    told = texts(picture)
    first = told.index("2024-02")
    assert told[first + 1 : first + 5] == ["4", "0", "2", "6"]
    row, all_ = places(picture)["2024-02"][1], MESSAGES["year-all"]
    assert all_.en in told if lang == "en" else all_.zh in told
    squares = [box for box in boxes(picture) if box[2:] == (16, 16)]
    assert len(squares) == 29
    assert all(top < row < top + height for _, top, _, height in squares)


def test_days_of_the_year() -> None:
    """In the picture of the docs every working day has the number of its visits, and every month its sum."""
    told = texts((DOCS / "year-visits-by-day.svg").read_bytes())
    counts = Counter(day for _, planned in year().drawn for day in planned.days)
    for month in saved_by_month(year().drawn):
        place = told.index(month.month)
        days = year().calendar.within(month.month)
        assert told[place + 1 : place + 2 + len(days)] == [*(str(counts[day]) for day in days), str(month.visits)]


def test_visits_on_a_day_off_are_shown() -> None:
    """A visit on a day that the calendar does not know has its number, too: nothing is hidden."""
    told = texts(visits_by_day([DAYS], Calendar(["2024-02-02"]), title=TITLE))
    place = told.index("2024-02")
    assert told[place + 1 : place + 5] == ["2", "0", "1", "3"]


def test_there_are_no_other_pictures() -> None:
    """All pictures that are made are held against the docs."""
    assert sorted(pictures()) == [*NAMES]


@pytest.mark.parametrize("name", NAMES)
def test_pictures_of_the_docs(name: str) -> None:
    """The docs show the year as it is drawn now; otherwise draw them again."""
    held, made = (DOCS / name).read_bytes(), pictures()[name]
    assert (texts(held), boxes(held)) == (texts(made), boxes(made))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_titles(lang: Lang) -> None:
    """Title and description say what is shown, for whoever cannot see it."""
    made = [
        visits_by_month([MONTH], title=TITLE, lang=lang),
        joint_rate_by_month([MONTH], "49.60%", title=TITLE, lang=lang),
        visits_by_day([DAYS], CALENDAR, title=TITLE, lang=lang),
    ]
    for code, picture in zip(("year-months", "year-rates-checks", "year-days"), made, strict=True):
        root = ElementTree.fromstring(picture)
        assert root.findtext(f"{SVG}title") == f"{Note(code, '').text(lang)} · {TITLE}"
        assert root.findtext(f"{SVG}desc")


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        (lambda: visits_by_month([], title="", lang="fr"), ["year-empty", "choice", "text-empty"]),  # type: ignore[arg-type]
        (lambda: visits_by_month([3], title=TITLE), ["plan-shape"]),  # type: ignore[list-item]
        (lambda: joint_rate_by_month([], "x", title=TITLE, of="firms"), ["year-empty", "choice", "share-form"]),  # type: ignore[arg-type]
        (lambda: visits_by_day([3], CALENDAR, title=""), ["plan-shape", "text-empty"]),  # type: ignore[list-item]
        (lambda: visits_by_day([], CALENDAR, title=TITLE), ["year-empty"]),
    ],
)
def test_faults(call: Callable[[], bytes], expected: list[str]) -> None:
    """Nothing to show, another language or measure, and titles that are none are refused, all at once."""
    assert sorted(code for code, _ in named(faults(call))) == sorted(expected)
