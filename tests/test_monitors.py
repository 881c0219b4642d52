"""The monitor is a fair bet against fair draws, and wins against unfair ones."""

import pickle
from fractions import Fraction
from itertools import combinations
from math import inf, isinf, log
from random import Random
from statistics import median
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from dual_random.errors import InputError
from dual_random.testing.attributes import Attributes
from dual_random.testing.laws import law
from dual_random.testing.monitors import ODDS, Monitor

UNITS: Final = [f"E{number:03}" for number in range(200)]
EAST: Final = {unit: "east" if number < 20 else "west" for number, unit in enumerate(UNITS)}
FEW: Final = ("a", "b", "c", "d", "e")
KIND: Final = {"a": "x", "b": "x", "c": "y", "d": "y", "e": "z"}
SIZE: Final = {"a": "1", "b": "2", "c": "1", "d": "2", "e": "2"}


def drawn(odds: float, seed: str) -> list[str]:
    """Twenty units, those in the east with these odds."""
    random = Random(seed)
    found = law([(200, 20, 20)], odds)
    count = random.choices(found.counts.tolist(), found.chances.tolist())[0]
    return random.sample(UNITS[:20], count) + random.sample(UNITS[20:], 20 - count)


def after(monitor: Monitor, *samples: list[str]) -> Monitor:
    """The monitor after these draws by district."""
    for chosen in samples:
        monitor = monitor.after(UNITS, chosen, attributes={"district": EAST})
    return monitor


# ---- a fair bet


@pytest.mark.parametrize("taken", [1, 2, 3, 4])
def test_the_first_draw_is_worth_1_on_average(taken: int) -> None:
    """Over all samples of a list the mean evidence is 1: groups that overlap, and one of a single unit, included."""
    attributes = {"kind": KIND, "size": SIZE}
    found = [Monitor().after(FEW, chosen, attributes=attributes).evidence for chosen in combinations(FEW, taken)]
    assert sum(found) / len(found) == pytest.approx(1, abs=1e-12)
    assert max(found) > 1


def test_strata_are_worth_1_on_average() -> None:
    """Also within strata with their own numbers, some of them certain."""
    strata = {"a": "s", "b": "s", "c": "s", "d": "t", "e": "u"}
    samples = [[*two, "d"] for two in combinations("abc", 2)]
    found = [Monitor().after(FEW, chosen, attributes={"kind": KIND}, strata=strata).evidence for chosen in samples]
    assert sum(found) / 3 == pytest.approx(1, abs=1e-12)
    assert max(found) > 1.05


def test_every_further_draw_is_worth_what_was_there() -> None:
    """With another list, more groups, another attribute and another number the mean stays what it was before."""
    more = [*FEW, "f", "g"]
    kind = {**KIND, "f": "new", "g": "new"}
    colour = {unit: "red" if unit in "ag" else "blue" for unit in more}
    for first in (["a", "b"], ["c", "e"]):
        before = Monitor().after(FEW, first, attributes={"kind": KIND})
        found = [
            before.after(more, chosen, attributes={"kind": kind, "colour": colour}).evidence
            for chosen in combinations(more, 3)
        ]
        assert sum(found) / len(found) == pytest.approx(before.evidence, abs=1e-12)
        assert max(found) > before.evidence


@settings(deadline=None, derandomize=True, max_examples=40)
@given(st.data())
def test_any_draw_is_worth_what_was_there(data: st.DataObject) -> None:
    """Whatever lists, groups, strata and numbers come one after another: the mean is the evidence before."""
    monitor = Monitor()
    for _ in range(data.draw(st.integers(1, 3))):
        units = data.draw(st.lists(st.sampled_from("abcdef"), min_size=2, max_size=6, unique=True))
        kind = {unit: data.draw(st.sampled_from("xyz")) for unit in units}
        strata = {unit: data.draw(st.sampled_from("st")) for unit in units}
        samples = list(combinations(units, data.draw(st.integers(0, len(units)))))
        plain = [monitor.after(units, chosen, attributes={"kind": kind}).evidence for chosen in samples]
        assert sum(plain) / len(plain) == pytest.approx(monitor.evidence, abs=1e-11)
        chosen = data.draw(st.sampled_from(samples))
        number = {name: sum(strata[unit] == name for unit in chosen) for name in "st"}
        alike = [s for s in samples if all(sum(strata[u] == name for u in s) == number[name] for name in "st")]
        parted = [monitor.after(units, s, attributes={"kind": kind}, strata=strata) for s in alike]
        assert sum(each.evidence for each in parted) / len(parted) == pytest.approx(monitor.evidence, abs=1e-11)
        monitor = monitor.after(units, chosen, attributes={"kind": kind})


def test_fair_draws_reach_no_level_more_often_than_stated() -> None:
    """Of all 1,296 ways of four draws of two of four, at most a share a ever reaches 1/a: the inequality of Ville."""
    units, kind = "abcd", dict(zip("abcd", "xyyy", strict=True))
    paths = [Monitor(alpha=0.5)]
    for _ in range(4):
        paths = [m.after(list(units), two, attributes={"kind": kind}) for m in paths for two in combinations(units, 2)]
    peaks = [monitor.peak for monitor in paths]
    assert sum(monitor.evidence for monitor in paths) / len(paths) == pytest.approx(1, abs=1e-12)
    for level in (1.2, 1.5, 2.0, 2.5):
        assert sum(peak >= log(level) for peak in peaks) / len(peaks) <= 1 / level
    assert max(peaks) > log(2.5)
    assert {monitor.alarm for monitor in paths} == {True, False}


def test_fair_draws_raise_no_more_alarms_than_stated() -> None:
    """Of 80 series of 24 fair draws hardly more than a twentieth ever reaches 20."""
    alarms = 0
    for series in range(80):
        monitor = after(Monitor(alpha=0.05), *(Random(f"{series} {n}").sample(UNITS, 20) for n in range(24)))
        alarms += monitor.alarm
    assert alarms <= stats.binom.isf(1e-5, 80, 0.05)


# ---- what it says


def test_evidence_is_the_mean_likelihood_ratio() -> None:
    """After two draws it is the mean over groups and odds of the product of w^x / E(w^x), in exact fractions."""
    samples = (["a", "b"], ["a", "c", "e"])
    monitor = Monitor()
    for chosen in samples:
        monitor = monitor.after(FEW, chosen, attributes={"kind": KIND})
    total = Fraction(0)
    for group in "xyz":
        for odds in map(Fraction, ODDS):
            ratio = Fraction(1)
            for chosen in samples:
                every = list(combinations(FEW, len(chosen)))
                count = sum(KIND[unit] == group for unit in chosen)
                powers = [Fraction(odds ** sum(KIND[unit] == group for unit in each)) for each in every]
                mean = sum(powers, Fraction(0)) / len(every)
                ratio *= Fraction(odds**count) / mean
            total += ratio
    assert monitor.evidence == pytest.approx(float(total / 24), rel=1e-12)


@pytest.mark.parametrize(("odds", "most"), [(3.0, 7), (2.0, 17), (0.25, 12), (0.5, 26)])
def test_unfair_draws_raise_the_alarm(odds: float, most: int) -> None:
    """A tenth of the units with such odds: in half of 31 series of draws of 20 of 200 an alarm at 100 by then."""
    times = []
    for series in range(31):
        monitor = Monitor(alpha=0.01)
        while not monitor.alarm and monitor.draws < 40:
            monitor = after(monitor, drawn(odds, f"{odds} {series} {monitor.draws}"))
        times.append(monitor.draws)
    assert median(times) <= most
    assert median(times) >= 2


def test_foresight_is_about_right() -> None:
    """The number of draws that it tells for three times the odds is within a half of the median."""
    note = after(Monitor(), UNITS[::10]).foresight
    assert note is not None
    assert note.at in ("district · east", "district · west")
    assert 4 <= int(note.params["more"]) <= 14
    assert int(note.params["fewer"]) >= 4


def test_an_alarm_stays() -> None:
    """What the evidence has reached counts, though it may fall later."""
    monitor = after(Monitor(alpha=0.05), UNITS[:8] + UNITS[20:32])
    assert monitor.alarm
    later = after(monitor, *[UNITS[20:40]] * 6)
    assert later.evidence < 20
    assert later.alarm
    assert later.peak == monitor.peak
    assert str(later).startswith("ALARM (draws: 7)")


def test_the_worst_is_what_most_lies_on() -> None:
    """The group, the counts over all draws, and the odds that fit best; of two that mirror each other the smaller."""
    monitor = after(Monitor(), UNITS[:8] + UNITS[20:32], UNITS[:6] + UNITS[50:64])
    note = monitor.worst
    assert note is not None
    assert (note.at, note.params["count"], note.params["mean"], note.params["odds"]) == (
        "district · east",
        14,
        "4",
        "8",
    )


def test_a_group_that_is_gone_keeps_what_lies_on_it() -> None:
    """A draw from a list without the group, or a certain one, changes neither its count nor its gains."""
    monitor = after(Monitor(), UNITS[:5] + UNITS[30:45])
    west = UNITS[20:]
    later = monitor.after(west, west[::9], attributes={"district": {unit: EAST[unit] for unit in west}})
    assert later.bets == monitor.bets
    assert later.draws == 2
    certain = monitor.after(UNITS, UNITS, attributes={"district": EAST})
    assert (certain.bets, certain.foresight) == (monitor.bets, monitor.foresight)


def test_before_the_first_draw_nothing_is_known() -> None:
    """A new monitor has evidence 1, no alarm, and says so; it also takes a first draw that was certain."""
    monitor = Monitor()
    assert (monitor.evidence, monitor.alarm, monitor.worst, monitor.draws) == (1, False, None, 0)
    assert str(monitor).startswith("No alarm (draws: 0): the evidence is 1, its highest 1.")
    assert monitor.after(UNITS, [], attributes={"district": EAST}).evidence == 1


def test_evidence_beyond_all_floats_is_still_told() -> None:
    """After hundreds of unfair draws the evidence is infinite as a float, and its logarithm goes on."""
    monitor = after(Monitor(), *[UNITS[:20]] * 30)
    assert isinf(monitor.evidence)
    assert 700 < monitor.log_evidence < inf
    assert "e+304" in str(monitor) or "inf" in str(monitor)


def test_the_order_of_the_input_decides_nothing() -> None:
    """Units, chosen and entries in any order give the same monitor, and it can be pickled."""
    chosen = UNITS[::9]
    expected = after(Monitor(), chosen)
    district = dict(sorted(EAST.items(), reverse=True))
    assert Monitor().after(UNITS[::-1], chosen[::-1], attributes={"district": district}) == expected
    assert pickle.loads(pickle.dumps(expected)) == expected


def test_both_languages_tell_the_same() -> None:
    """The text has the same lines in Chinese."""
    monitor = after(Monitor(), UNITS[::10])
    assert monitor.text("zh").count("\n") == monitor.text().count("\n") == 2
    assert monitor.text("zh").startswith("未报警（已抽取 1 次）")


def test_what_cannot_be_used_is_refused() -> None:
    """Numbers as attributes, a level that is none, strangers: all at once."""
    numbers: Attributes = {"place": {unit: number for number, unit in enumerate(UNITS)}, "district": EAST}
    with pytest.raises(InputError) as caught:
        Monitor().after(UNITS, ["E999"], attributes=numbers)
    assert sorted(note.code for note in caught.value.faults) == ["monitor-number", "unit-unknown"]
    with pytest.raises(InputError, match="alpha"):
        Monitor(alpha=1.0)


@pytest.mark.parametrize(
    ("parts", "at"),
    [({"alpha": 5e-324}, "alpha"), ({"draws": None}, "draws"), ({"bets": ["x"]}, "bets[0]"), ({"peak": "x"}, "peak")],
)
def test_a_monitor_of_odd_parts_is_refused(parts: dict[str, Any], at: str) -> None:
    """What is no part of a monitor is named when it is made, not when it is used."""
    with pytest.raises(InputError) as caught:
        Monitor(**parts)
    assert [note.at for note in caught.value.faults] == [at]
