"""Audits of one published draw: exact p, honest power, and the draft lotteries."""

from collections.abc import Mapping, Sequence
from itertools import combinations, permutations
from math import comb, inf
from random import Random
from typing import Final

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from draft import CALLED, lottery
from dual_random.errors import InputError, Note
from dual_random.testing import redraws
from dual_random.testing.attributes import Attributes, Value, read_drawing
from dual_random.testing.audits import audit, audit_order
from dual_random.testing.checks import Report
from dual_random.testing.laws import law
from dual_random.testing.redraws import Noise
from dual_random.testing.samples import Groups, Visible, drawn_sample, redrawn_samples, sample_question

UNITS: Final = [f"E{number:03}" for number in range(200)]
DISTRICT: Final = {unit: "ABCDE"[number % 5] for number, unit in enumerate(UNITS)}
PLACE: Final = {unit: number for number, unit in enumerate(UNITS)}
RISK: Final = {unit: "high" if number < 40 else "low" for number, unit in enumerate(UNITS)}


def p_of(report: Report) -> dict[str, float]:
    """The family-wise p by attribute."""
    return {check.name: check.p for check in report.checks}


# ---- the draft lotteries


def test_the_lotteries_are_orders() -> None:
    """The published ranks are 1 to 366 (1971: 365, nobody was born on Feb 29), and one known copy's error is not in."""
    for year, days in ((1970, 366), (1971, 365), (1972, 366)):
        assert len(set(lottery(year).order)) == days
    assert lottery(1970).order[210] == "01-31"


def test_the_lottery_of_1970_is_flagged_by_its_order() -> None:
    """December was mixed too little: Spearman -.226, Kruskal-Wallis p .0066, and all checks fail."""
    found = lottery(1970)
    report = audit_order(found.order, attributes=found.attributes)
    assert not report
    assert len(report.failed) == 3
    assert report["day"].statistic == pytest.approx(-0.226, abs=5e-4)
    assert stats.chi2.sf(report["month"].statistic, 11) == pytest.approx(0.0066, abs=5e-5)
    assert [note.at for note in report["month"].worst] == ["12", "3", "11"]


@pytest.mark.parametrize(("year", "rho", "p"), [(1971, 0.014, 0.77), (1972, -0.066, 0.11)])
def test_the_later_lotteries_are_not(year: int, rho: float, p: float) -> None:
    """The next two pass: their ranks were drawn from two drums, both mixed."""
    found = lottery(year)
    report = audit_order(found.order, attributes=found.attributes)
    assert report
    assert report.failed == ()
    assert report["day"].statistic == pytest.approx(rho, abs=5e-4)
    assert stats.chi2.sf(report["month"].statistic, 11) == pytest.approx(p, abs=5e-3)


@pytest.mark.parametrize(
    ("year", "square", "alone"),
    [(1970, 0.0015, (0.0015, 0.0001, 0.0001)), (1971, 0.83, (0.83, 0.66, 0.44)), (1972, 0.27, (0.27, 0.31, 1.0))],
)
def test_those_called_are_like_all_or_not(year: int, square: float, alone: tuple[float, float, float]) -> None:
    """Who was called tells the same as the ranks; the statistic by month is the corrected chi-square."""
    found = lottery(year)
    called = found.order[: CALLED[year]]
    report = audit(found.order, called, attributes=found.attributes)
    assert report.ok == (year > 1970)
    days = len(found.order)
    corrected = (report["month"].statistic or 0) * (days - 1) / (days - len(called))
    assert stats.chi2.sf(corrected, 11) == pytest.approx(square, abs=5e-3 if year > 1970 else 5e-5)
    told = [float(str(report[name].null.params["alone"])) for name in ("month", "day", "half")]
    assert told == pytest.approx(list(alone), abs=0.02 if year > 1970 else 5e-4)


def test_p_are_the_same_on_every_machine() -> None:
    """The redraws are hashed from a written seed, so these p never change; they are family-wise, above those alone."""
    found = lottery(1970)
    report = audit(found.order, found.order[:195], attributes=found.attributes)
    assert p_of(report) == {"month": 0.0011, "day": 0.0002, "half": 0.0002}
    assert [report[name].null.params["alone"] for name in ("month", "day", "half")] == ["0.0011", "0.0001", "0.0001"]


def test_the_naive_chi_square_misses_it() -> None:
    """Without the finite population correction the most famous unfair draw has p .23."""
    found = lottery(1970)
    statistic = audit(found.order, found.order[:195], attributes={"month": found.month})["month"].statistic or 0
    assert stats.chi2.sf(statistic, 11) == pytest.approx(0.226, abs=5e-4)


# ---- statistics


def naive(units: Sequence[str], chosen: set[str], column: Mapping[str, Value], strata: Mapping[str, str]) -> float:
    """The statistics, written down unit by unit."""
    chance = {}
    for unit in units:
        own = [other for other in units if strata.get(other) == strata.get(unit)]
        chance[unit] = sum(other in chosen for other in own) / len(own)
    if isinstance(column[units[0]], str):
        groups = set(column.values())
        seen = {group: sum(column[unit] == group for unit in chosen) for group in groups}
        mean = {group: sum(chance[unit] for unit in units if column[unit] == group) for group in groups}
        return float(sum((seen[group] - mean[group]) ** 2 / mean[group] for group in groups if mean[group]))
    ranks = dict(zip(units, stats.rankdata([column[unit] for unit in units]), strict=True))
    return float(abs(sum(ranks[unit] for unit in chosen) - sum(ranks[unit] * chance[unit] for unit in units)))


columns = st.sampled_from(["groups", "numbers"])


@settings(deadline=None, derandomize=True, max_examples=60)
@given(st.data(), columns, st.booleans())
def test_distances_are_those_of_the_definition(data: st.DataObject, kind: str, parted: bool) -> None:
    """Of the draw and of redraws, with strata and without, by groups and by numbers with ties."""
    units = UNITS[: data.draw(st.integers(3, 14))]
    values: st.SearchStrategy[Value] = st.sampled_from("abc") if kind == "groups" else st.integers(0, 4)
    column: dict[str, Value] = {unit: data.draw(values) for unit in units}
    strata = {unit: data.draw(st.sampled_from("xy")) for unit in units} if parted else {}
    chosen = {unit for unit in units if data.draw(st.booleans())}
    drawing = read_drawing(units, chosen, {"it": column}, strata)
    question = sample_question(drawing, drawing.attributes[0])
    if isinstance(question, Note):
        return
    closed = {unit for part in drawing.strata if not part.open for unit in np.array(drawing.units)[part.members]}
    own = question.distance(question.sums(drawn_sample(drawing)))
    if not closed:
        assert own.tolist() == pytest.approx([naive(units, chosen, column, strata) * (1 if kind == "groups" else 2)])
    samples = redrawn_samples(drawing, range(5))
    for row, distance in enumerate(question.distance(question.sums(samples))):
        again: set[str] = set()
        for part, places in zip(drawing.open, samples, strict=True):
            inside = {drawing.units[place] for place in part.members[places[row]]}
            members = {drawing.units[place] for place in part.members}
            again |= inside if len(inside) == part.taken else members - inside
        if not closed:
            expected = naive(units, again, column, strata) * (1 if kind == "groups" else 2)
            assert distance == pytest.approx(expected, abs=1e-8)


def test_p_are_those_of_all_samples() -> None:
    """The p of a small draw lie within the scatter of 9,999 redraws of the exact ones, over all 1,001 samples."""
    units = UNITS[:14]
    column = {unit: "ab"[number > 4] if number < 9 else "c" for number, unit in enumerate(units)}
    chosen = {units[0], units[1], units[2], units[5]}
    own = naive(units, chosen, column, {})
    every = [naive(units, set(sample), column, {}) for sample in combinations(units, 4)]
    exact = sum(value >= own - 1e-9 for value in every) / comb(14, 4)
    found = audit(units, chosen, attributes={"it": column})["it"].p
    assert abs(found - exact) < 5 * (exact * (1 - exact) / 9999) ** 0.5 + 1e-4


@pytest.mark.parametrize("size", [10, 100])
def test_fair_draws_fail_as_rarely_as_stated(size: int) -> None:
    """Of 150 fair draws at the level of .05, family-wise over three attributes, hardly more than a twentieth fails."""
    units = UNITS[:200]
    attributes: Attributes = {"district": {**DISTRICT}, "place": {**PLACE}, "risk": {**RISK}}
    failed = 0
    for seed in range(150):
        chosen = Random(f"fair {size} {seed}").sample(units, size)
        failed += not audit(units, chosen, attributes=attributes, trials=99, alpha=0.05)
    assert failed <= stats.binom.isf(1e-5, 150, 0.05)


def test_groups_are_told_with_their_exact_chance() -> None:
    """The p of the worst group is twice the hypergeometric tail."""
    chosen = [unit for unit in UNITS if DISTRICT[unit] == "A"][:12] + UNITS[61:85:3]
    note = audit(UNITS, chosen, attributes={"district": DISTRICT}, trials=99, alpha=0.05)["district"].worst[0]
    seen = sum(DISTRICT[unit] == "A" for unit in chosen)
    assert (note.at, note.params["count"]) == ("A", seen)
    assert float(note.params["p"]) == pytest.approx(2 * stats.hypergeom.sf(seen - 1, 200, 40, 20), rel=5e-3)


# ---- strata


def test_different_rates_look_unfair_without_strata_only() -> None:
    """A draw of 50 % of one class and 5 % of the other fails by class, with a hint; within the classes it passes."""
    chosen = Random("rates").sample(UNITS[:40], 20) + Random("rates").sample(UNITS[40:], 8)
    attributes: Attributes = {"place": {**PLACE}, "district": {**DISTRICT}, "risk": {**RISK}}
    without = audit(UNITS, chosen, attributes=attributes, trials=999)
    assert without["risk"].failed
    assert without["place"].failed
    assert "audit-strata-hint" in [note.code for note in without.unchecked]
    within = audit(UNITS, chosen, attributes=attributes, strata=RISK, trials=999)
    assert within.ok
    assert {check.name for check in within.checks} == {"place", "district"}
    assert [(note.code, note.at) for note in within.unchecked] == [("audit-alike", "risk"), ("audit-seed", "")]
    assert within.subject.params["strata"] == 2


def test_strata_are_redrawn_independently() -> None:
    """Two strata of the same size have redraws of their own."""
    strata = {unit: "first" if PLACE[unit] < 100 else "second" for unit in UNITS}
    first, second = redrawn_samples(read_drawing(UNITS, UNITS[::10], {"district": DISTRICT}, strata), range(9))
    assert first.shape == second.shape == (9, 10)
    assert not (first == second).all(axis=1).any()


# ---- order, and what cannot be asked


@settings(deadline=None, derandomize=True, max_examples=25)
@given(st.randoms(use_true_random=False), st.booleans())
def test_the_order_of_the_input_decides_nothing(random: Random, parted: bool) -> None:
    """Units, chosen, attributes and their entries in any order give the same report."""
    units, chosen = UNITS[:40], UNITS[3:40:4]
    strata = {unit: RISK[UNITS[PLACE[unit] * 5]] for unit in units} if parted else {}
    attributes: Attributes = {
        "district": {unit: DISTRICT[unit] for unit in units},
        "place": {unit: PLACE[unit] for unit in units},
    }
    expected = audit(units, chosen, attributes=attributes, strata=strata, trials=199)
    mixed_units, mixed_chosen, names = list(units), list(chosen), list(attributes)
    for mixed in (mixed_units, mixed_chosen, names):
        random.shuffle(mixed)
    again = {name: {unit: attributes[name][unit] for unit in mixed_units} for name in names}
    parts = {unit: strata[unit] for unit in mixed_units} if parted else {}
    assert audit(mixed_units, mixed_chosen, attributes=again, strata=parts, trials=199) == expected


@pytest.mark.parametrize("chosen", [[], UNITS])
def test_a_certain_draw_is_not_asked(chosen: list[str]) -> None:
    """None or all chosen: nothing is checked, and the report says so."""
    report = audit(UNITS, chosen, attributes={"district": DISTRICT})
    assert (report.checks, [note.code for note in report.unchecked]) == ((), ["audit-certain", "audit-seed"])


def test_attributes_without_groups_are_not_asked() -> None:
    """One value for all, or one for each: no check, and no error."""
    attributes = {"one": dict.fromkeys(UNITS, "x"), "own": {unit: unit for unit in UNITS}, "district": DISTRICT}
    report = audit(UNITS, UNITS[::7], attributes=attributes, trials=999)
    assert [check.name for check in report.checks] == ["district"]
    found = [(note.code, note.at) for note in report.unchecked]
    assert found == [("audit-alike", "one"), ("audit-each-its-own", "own"), ("audit-seed", "")]


@pytest.mark.parametrize("cells", [1, 3000])
def test_chunks_do_not_matter(cells: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """However short the chunks are, the reports are the same, and so is what they say could have been seen."""
    attributes: Attributes = {"district": DISTRICT, "place": PLACE}

    def reports() -> list[Report]:
        sample = audit(UNITS, UNITS[::6], attributes=attributes, trials=1200)
        return [sample, audit_order(UNITS[::-1], attributes=attributes, trials=1200)]

    expected = reports()
    monkeypatch.setattr(redraws, "CELLS", cells)
    assert reports() == expected


def test_the_seed_is_what_no_draw_can_show() -> None:
    """With two seeds to choose from, a given one of 20 of 200 can be spared unless it comes by both."""
    note = audit(UNITS, UNITS[::10], attributes={"place": PLACE}).unchecked[-1]
    assert (note.code, note.params["spared"]) == ("audit-seed", "0.99")


def test_an_unfair_draw_within_strata_has_no_excuse() -> None:
    """Who gave strata is not told to give them."""
    report = audit(UNITS, UNITS[:20] + UNITS[40:80], attributes={"place": PLACE}, strata=RISK, trials=999)
    assert not report
    assert [note.code for note in report.unchecked] == ["audit-seed"]


def test_more_attributes_need_more_redraws() -> None:
    """Of three attributes at .01 each may be the most extreme of all redraws: 299 are needed."""
    attributes: Attributes = {"place": PLACE, "district": DISTRICT, "risk": RISK}
    with pytest.raises(InputError, match="at least 299"):
        audit(UNITS, UNITS[::9], attributes=attributes, trials=298)
    with pytest.raises(InputError, match="at least 299"):
        audit_order(UNITS, attributes=attributes, trials=298)


def test_progress_is_told() -> None:
    """The callback has the number of redraws made and of all, up to all."""
    told: list[tuple[int, int]] = []
    audit(
        UNITS, UNITS[::3], attributes={"place": PLACE}, trials=9999, progress=lambda done, of: told.append((done, of))
    )
    assert len(told) > 1
    assert told == sorted(told)
    assert told[-1] == (9999, 9999)


def test_all_faults_are_told_at_once() -> None:
    """Whatever is wrong with units, chosen, attributes, strata and redraws is told in one go."""
    with pytest.raises(InputError) as caught:
        audit(
            ["E1", "E2", "E3"],
            ["E1", "E1", "E9"],
            attributes={
                "district": {"E1": "A", "E2": "A"},
                "mixed": {"E1": "A", "E2": 1, "E3": 2},
                "odd": {"E1": 1, "E2": float("nan"), "E3": True},
                "more": {"E1": "A", "E2": " A", "E3": "A", "E4": "A"},
            },
            strata={"E1": "x", "E2": "x", "E7": "y"},
            trials=10,
        )
    found = sorted((note.code, note.at) for note in caught.value.faults)
    assert found == [
        ("attribute-mixed", "attributes.mixed"),
        ("attribute-value", "attributes.odd.E2"),
        ("attribute-value", "attributes.odd.E3"),
        ("name-repeated", "chosen"),
        ("redraws-few", "trials"),
        ("text-space", "attributes.more.E2"),
        ("unit-unknown", "attributes.more"),
        ("unit-unknown", "chosen"),
        ("unit-unknown", "strata"),
        ("unit-without", "attributes.district"),
        ("unit-without", "strata"),
    ]


@pytest.mark.parametrize(
    ("units", "chosen", "attributes", "codes"),
    [
        ([], [], {"a": {}}, ["units-empty"]),
        ("E1", ["E1"], {"a": {}}, ["ids-shape"]),
        (["E1", "E1"], ["E1"], {"a": {"E1": "x"}}, ["name-repeated"]),
        (["E1"], "E1", {"a": {"E1": "x"}}, ["ids-shape"]),
        (["E1"], 5, {"a": {"E1": "x"}}, ["ids-shape"]),
        (["E1"], ["E1"], {}, ["attributes-empty"]),
        (["E1"], ["E1"], [], ["entries-shape"]),
        (["E1"], ["E1"], {"a": ["x"]}, ["entries-shape"]),
        (["E1"], ["E1"], {" a": {"E1": "x"}}, ["text-space"]),
        (["E1"], [1], {"a": {"E1": "x"}}, ["unit-unknown"]),
    ],
)
def test_shapes_are_refused(
    units: list[str], chosen: list[str], attributes: dict[str, dict[str, Value]], codes: list[str]
) -> None:
    """What is no list of units or no table is named."""
    with pytest.raises(InputError) as caught:
        audit(units, chosen, attributes=attributes)
    assert [note.code for note in caught.value.faults] == codes


# ---- power


def drawn_with(odds: float, seed: str, taken: int) -> list[str]:
    """A sample in which the units of low risk have these odds."""
    random = Random(seed)
    high = [unit for unit in UNITS if RISK[unit] == "high"]
    low = [unit for unit in UNITS if RISK[unit] == "low"]
    found = law([(200, 160, taken)], odds)
    count = random.choices(found.counts.tolist(), found.chances.tolist())[0]
    return random.sample(low, count) + random.sample(high, taken - count)


def stated(report: Report, name: str, field: str) -> float:
    """A number that the check tells."""
    return float(str(report[name].sees.params[field]))


@pytest.mark.parametrize("side", ["high", "low"])
def test_the_odds_stated_are_seen_nine_times_in_ten(side: str) -> None:
    """Of 200 draws with the odds that a check tells of two groups, about 180 fail."""
    attributes = {"risk": RISK}
    told = stated(audit(UNITS, UNITS[::2], attributes=attributes, trials=999), "risk", side)
    found = [drawn_with(told, f"{side} {seed}", 100) for seed in range(200)]
    seen = sum(audit(UNITS, chosen, attributes=attributes, trials=199).ok is False for chosen in found)
    assert stats.binom.isf(1 - 1e-4, 200, 0.87) <= seen


def test_a_group_that_nothing_could_show_is_told() -> None:
    """Of 10 of 200, nothing could have shown that a group of 20 % never comes; of 2, nothing at all."""
    few = audit(UNITS, UNITS[::20], attributes={"risk": RISK}, trials=999)["risk"].sees
    assert few.code == "audit-sees-high"
    assert few.params["visible"] == 2
    fewest = audit(UNITS, UNITS[::100], attributes={"risk": {**RISK}}, trials=999)["risk"]
    assert (fewest.sees.code, fewest.sees.params["visible"], fewest.detectable) == ("audit-sees-nothing", 0, inf)


def test_the_noise_is_the_chi_square_of_the_others() -> None:
    """What the statistic has beyond one group's signal is the chi-square of the others, given how many they are."""
    drawing = read_drawing(UNITS, UNITS[::4], {"district": DISTRICT})
    question = sample_question(drawing, drawing.attributes[0])
    assert isinstance(question, Groups)
    sums = question.sums(redrawn_samples(drawing, range(40)))
    visible = Visible.of(question, 2, sums, question.distance(sums), 9.0)
    others = np.delete(sums, 2, axis=1)
    means = (50 - sums[:, [2]]) / 4  # the others are equally large
    expected = ((others - means) ** 2 / means).sum(axis=1)
    assert visible.noise.values.tolist() == pytest.approx(sorted(expected), abs=1e-7)


def test_no_more_come_than_can() -> None:
    """Of 5 of 10 at least 3 are of a group of 8, at most 5: only what can come decides whether a group can be seen."""
    bare = Visible(((10, 8, 5),), 4.0, 5, Noise(np.zeros(1), 1.25))
    assert [bare.extreme(side) for side in (-1, 1)] == [True, True]
    blind = Visible(((10, 8, 5),), 4.0, 5, Noise(np.zeros(1), 1.26))
    assert [blind.extreme(side) for side in (-1, 1)] == [False, False]
    assert blind.odds(1) == blind.odds(-1) == inf


def test_a_move_that_nothing_could_show_is_told() -> None:
    """One of twenty can lie no farther out than one time in ten; an order of three no more often than two in six."""
    place = {unit: PLACE[unit] for unit in UNITS[:20]}
    found = audit(UNITS[:20], UNITS[:1], attributes={"place": place}, trials=999)["place"]
    assert (found.sees.code, found.detectable) == ("audit-sees-no-move", inf)
    three = audit_order(list("abc"), attributes={"it": {"a": 1, "b": 2, "c": 3}})["it"]
    assert (three.sees.code, three.detectable) == ("audit-sees-no-move", inf)
    groups = audit_order(list("abc"), attributes={"it": {"a": "x", "b": "x", "c": "y"}})["it"]
    assert (groups.sees.code, groups.sees.params["visible"], groups.detectable) == ("audit-sees-nothing", 0, inf)


def test_the_move_stated_is_seen_nine_times_in_ten() -> None:
    """Of 200 draws whose mean rank is moved so far, about 180 fail."""
    told = stated(audit(UNITS, UNITS[::5], attributes={"place": PLACE}, trials=999), "place", "ranks")
    seen = 0
    for seed in range(200):
        random = Random(f"move {seed}")
        weights = [1 + (number - 99.5) / 99.5 * told * 3 / 100 for number in range(200)]  # a slope: the mean moves so
        chosen: set[int] = set()
        while len(chosen) < 40:
            chosen.add(random.choices(range(200), weights)[0])
        seen += not audit(UNITS, [UNITS[place] for place in chosen], attributes={"place": PLACE}, trials=199)
    assert 150 <= seen <= 196


# ---- orders


def test_an_order_has_the_statistics_of_scipy() -> None:
    """Spearman's correlation with ties, and the statistic of Kruskal and Wallis, are those of scipy."""
    order = Random("order").sample(UNITS, 200)
    ties = {unit: PLACE[unit] // 30 for unit in UNITS}
    report = audit_order(order, attributes={"ties": ties, "district": DISTRICT}, trials=199)
    position = {unit: number for number, unit in enumerate(order)}
    rho = stats.spearmanr([position[unit] for unit in UNITS], [ties[unit] for unit in UNITS]).statistic
    assert report["ties"].statistic == pytest.approx(rho, abs=1e-9)
    groups = [[position[unit] for unit in UNITS if DISTRICT[unit] == group] for group in "ABCDE"]
    assert report["district"].statistic == pytest.approx(stats.kruskal(*groups).statistic, abs=1e-8)
    assert report["district"].p > 0.01


def test_p_of_an_order_are_those_of_all_orders() -> None:
    """The p of an order of seven lie within the scatter of 9,999 random orders of the exact one."""
    units = list("ABCDEFG")
    order = list("BACEDGF")
    report = audit_order(order, attributes={"place": {unit: units.index(unit) for unit in units}})
    every = np.array(list(permutations(range(7))))
    gaps = ((every - np.arange(7)) ** 2).sum(axis=1)  # Spearman's correlation is 1 - gaps/56
    own = abs(1 - sum((order.index(unit) - units.index(unit)) ** 2 for unit in units) / 56)
    exact = float((np.abs(1 - gaps / 56) >= own - 1e-9).mean())
    assert abs(report["place"].p - exact) < 5 * (exact * (1 - exact) / 9999) ** 0.5 + 1e-4


def test_fair_orders_fail_as_rarely_as_stated() -> None:
    """Of 150 fair orders at the level of .05, family-wise over two attributes, hardly more than a twentieth fails."""
    units = UNITS[:60]
    attributes: Attributes = {"district": {u: DISTRICT[u] for u in units}, "place": {u: PLACE[u] for u in units}}
    orders = [Random(f"order {seed}").sample(units, 60) for seed in range(150)]
    failed = sum(not audit_order(order, attributes=attributes, trials=99, alpha=0.05) for order in orders)
    assert failed <= stats.binom.isf(1e-5, 150, 0.05)


def test_the_correlation_stated_is_that_of_theory() -> None:
    """The critical one, 2.576 standard deviations, and 1.282 more; a standard deviation is 1/sqrt(N-1)."""
    told = stated(audit_order(UNITS, attributes={"place": PLACE}), "place", "correlation")
    assert told == pytest.approx((2.576 + 1.282) / 199**0.5, abs=0.01)


def test_what_is_no_order_is_refused() -> None:
    """Units that stand twice, that no attribute knows, or that are missing, are named."""
    with pytest.raises(InputError) as caught:
        audit_order(["E1", "E2", "E2", "E4"], attributes={"a": {"E1": 1, "E2": 2, "E3": 3}})
    assert ("name-repeated", "order") in [(note.code, note.at) for note in caught.value.faults]
    with pytest.raises(InputError) as caught:
        audit_order(["E1", "E2", "E4"], attributes={"a": {"E1": 1, "E2": 2, "E3": 3}})
    found = [(note.code, note.params["unit"]) for note in caught.value.faults]
    assert found == [("unit-without", "E4"), ("unit-unknown", "'E3'")]
    with pytest.raises(InputError, match="list of ids"):
        audit_order("E1", attributes={"a": {"E1": 1}})


def test_the_power_of_an_order_is_that_of_simulation() -> None:
    """Of 200 orders whose smaller group is moved as far as stated, about 180 fail."""
    told = stated(audit_order(UNITS, attributes={"risk": RISK}, trials=999), "risk", "places")
    seen = 0
    for seed in range(200):
        random = Random(f"moved {seed}")
        score = {unit: random.gauss(0, 1) + (RISK[unit] == "high") * told / 160 * 3.5449 for unit in UNITS}
        seen += not audit_order(sorted(UNITS, key=lambda unit: score[unit]), attributes={"risk": RISK}, trials=199)
    assert 150 <= seen <= 199


def test_orders_without_groups_are_not_asked() -> None:
    """One value for all, or one text for each: no check."""
    order = UNITS[:30]
    attributes: Attributes = {"one": dict.fromkeys(order, 5), "own": {unit: unit for unit in order}}
    report = audit_order(order, attributes=attributes)
    assert [note.code for note in report.unchecked] == ["audit-alike", "audit-each-its-own", "order-seed"]
    assert report.ok


def test_both_languages_tell_all() -> None:
    """Reports read in Chinese, too, with the same numbers."""
    report = audit(UNITS, UNITS[::9], attributes={"district": DISTRICT, "place": PLACE}, trials=999)
    english, chinese = report.text(), report.text("zh")
    assert english.count("\n") == chinese.count("\n")
    assert "family-wise" in english
    assert "重抽" in chinese


def test_the_level_holds_over_draws_with_few_redraws() -> None:
    """Of 600 fair draws of one size some 1 % fail at .01: each meets redraws of its own, as the proof demands."""
    units = [f"E{number:04d}" for number in range(100)]
    number = {unit: place for place, unit in enumerate(units)}
    failed = 0
    for seed in range(600):
        chosen = Random(f"level {seed}").sample(units, 20)
        failed += not audit(units, chosen, attributes={"number": number}, trials=99, alpha=0.01).ok
    assert stats.binom.sf(failed - 1, 600, 0.01) > 1e-4
