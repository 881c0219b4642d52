"""Joint draws are fair: counts over a fixed list of draws from 100,000 enterprises, held against exact tails.

The draws are those of the keys 1, 2, … 50 of `city.key`: a list written before any of them was made, none left out,
none tried again. For a fair draw, all comparisons of this file together raise a false alarm with a probability below
10⁻⁶ (`ALPHA`), however they hang together: each family of `COMPARISONS` has an equal part of it, and each comparison an
equal part of its family's (Bonferroni). Why a binomial tail is a limit for each of them is said in `tails`. Once
passed, the result changes only with the code.

A test that could see nothing is no test. So each says, and asserts, the smallest excess that it would have shown with
a probability of .99, as a share of what is due; and each kind of unfairness that it is there for is drawn on purpose,
mostly over fewer draws, and seen under the same limit.

What cannot be seen here: one enterprise with a chance of a fifth where .04 is its due; tickets of 16 bits with ties in
the order of the register; the best of a few draws by their joint rate. The latter two move no class here by as much as
one in a hundred. Equal first words (`test_tickets`) and all orders of the tickets (`test_joint`) are tested exactly.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from itertools import combinations, pairwise
from math import comb
from typing import Any, Final, TypeAlias

import numpy as np
import pytest
from attrs import evolve, frozen
from numpy.typing import NDArray

from city import ENTERPRISES, Drawn, Round, city, ids, key, meeting, table, tickets, twins
from dual_random import joint
from dual_random import periods as periods_module
from dual_random.cells import over_departments
from dual_random.joint import Meeting
from dual_random.marks import mark
from dual_random.periods import periods_of
from dual_random.plans import JointRule
from dual_random.populations import Codes, Flags, Populations
from dual_random.schemes import DEFAULT, ticket_start
from dual_random.testing.tails import Comparison
from dual_random.tickets import Rows
from tails import Sums, beyond, weakest

Counts: TypeAlias = NDArray[np.int64]
Change: TypeAlias = Callable[[Drawn], Drawn]
Dates: TypeAlias = Callable[[str, Sequence[str]], Sequence[int]]

DRAWS: Final = 50
SOME: Final = 20  # draws of those that are unfair on purpose
PERIODS: Final = 3
RULES: Final = {
    "nested": JointRule(),
    "capped": JointRule(most_departments=2),
    "spread": JointRule(at_least="85%", reach="spread"),
    "extra": JointRule(at_least="90%", reach="extra", most_departments=3),
}
TWO: Final = JointRule(most_departments=2)
THREE: Final = JointRule(most_departments=3)

ALPHA: Final = 1e-6
COMPARISONS: Final = {  # in each family, over all rules
    "classes": 4 * 3216,
    "favourites": 4 * 414_767,  # every enterprise in the population of every demand
    "neighbours": 4 * 21,
    "places": 4 * 96,
    "matches": 6,
    "lots": 12 + 4 * 105,
    "periods": 4 * 51,
}


def limit(family: str) -> float:
    """The tail below which a comparison of a family is held to be no accident."""
    return ALPHA / len(COMPARISONS) / COMPARISONS[family]


def alarms(family: str, found: Iterable[Comparison]) -> dict[str, tuple[int, float]]:
    """The comparisons beyond the limit of their family, with what was seen and what was expected."""
    return beyond(found, limit(family))


# ---- draws


def unchanged(drawn: Drawn) -> Drawn:
    """The tickets as they are."""
    return drawn


def draws_of(plan: Round, rule: JointRule, draws: int, change: Change = unchanged) -> list[Meeting]:
    """The first draws of the list, perhaps with other tickets."""
    return [meeting(plan, rule, change(tickets(number))) for number in range(1, draws + 1)]


@pytest.fixture(scope="module", params=RULES)
def rule(request: pytest.FixtureRequest) -> str:
    """The joint rule of the draws."""
    name: str = request.param
    return name


@pytest.fixture(scope="module")
def meetings(rule: str) -> list[Meeting]:
    """All draws of the list under a rule; those of one rule are in memory at a time."""
    return draws_of(city(), RULES[rule], DRAWS)


def test_the_city_is_what_it_should_be() -> None:
    """A hundred thousand enterprises, overlapping populations; seven departments, one with two demands, a follower."""
    groups = city().groups
    assert len(groups.profile) == len(ids()) == ENTERPRISES == 100_000
    assert len(city().departments) == 7
    assert Counter(each.demand.department for each in groups.demands).most_common(1) == [("市监", 2)]
    assert [each.demand.name for each in groups.demands if each.demand.follow] == ["税务"]
    assert len({each.demand.by for each in groups.demands}) == 5
    inside = np.stack([each.stratum[groups.profile] >= 0 for each in groups.demands])
    shared = [(int((one & other).sum()), max(one.sum(), other.sum())) for one, other in combinations(inside, 2)]
    assert all(both < larger for both, larger in shared)
    assert sum(both > 0 for both, _ in shared) == 21  # of 28


def test_every_layout_is_drawn(rule: str, meetings: list[Meeting]) -> None:
    """Nested, spread for the limit, spread for the target, extra visits; targets met and missed."""
    layouts = [each.layouts for each in meetings]
    assert {each.layout for each in layouts} == {"nested" if rule == "capped" else rule}
    assert all(each.spread.any() == (rule != "nested") for each in layouts)
    assert all((each.extra.sum() > 0) == (rule == "extra") for each in layouts)
    assert {each.met for each in layouts} == ({True, False} if rule == "extra" else {True})
    assert {len(each.rows) > len(each.marks.rows) for each in meetings} == {rule in ("capped", "extra")}
    assert {as_marked(each) for each in meetings} == {rule == "nested"}


def as_marked(found: Meeting) -> bool:
    """Whether every demand visits exactly its lowest tickets."""
    same: bool = np.array_equal(found.rows, found.marks.rows) and np.array_equal(found.served, found.marks.served)
    return same


# ---- classes of enterprises


def ranks(order: Codes | list[int]) -> Codes:
    """For each row its place in an order of all rows."""
    place = np.empty(ENTERPRISES, dtype=np.intp)
    place[order] = np.arange(ENTERPRISES)
    return place


@cache
def orders() -> dict[str, Codes]:
    """Places that mean nothing: in the register, which is that in the alphabet; as handed in; by the last letters."""
    rows = {name: row for row, name in enumerate(ids())}
    return {
        "register": np.arange(ENTERPRISES),
        "handed in": ranks([rows[name] for name in table()[0]]),
        "last letters": ranks(sorted(range(ENTERPRISES), key=lambda row: ids()[row][::-1])),
    }


@cache
def classes() -> dict[str, Codes]:
    """For each row the number of its class, -1 in none."""
    rows = np.arange(ENTERPRISES)
    hundredth = rows * 100 // ENTERPRISES
    return {
        **{f"tenth, {name}": place * 10 // ENTERPRISES for name, place in orders().items()},
        "outer hundredth": np.select([hundredth == 0, hundredth == 99], [0, 1], -1),
        "even row": np.where(rows % 2, -1, 0),
        "last character": np.array([int(name[-1], 16) for name in ids()]),
    }


def own_classes(plan: Round, place: int) -> dict[str, Codes]:
    """The classes, and those of one demand: tenths of its strata, and who else may come, which is part of the cell."""
    source = plan.source(place)
    order, size = places_in(plan.stratum(source))
    others = [each for other, each in enumerate(plan.groups.demands) if other not in (place, source)]
    return {
        **classes(),
        "tenth of the stratum": order * 10 // size,
        **{f"also {each.demand.name}": np.where(each.stratum[plan.groups.profile] >= 0, 0, -1) for each in others},
    }


def places_in(group: Codes) -> tuple[Codes, Counts]:
    """For each row its place among the rows of its group, and how many these are; groups count from -1."""
    order = np.argsort(group, kind="stable")
    sizes = np.bincount(group + 1)
    place = np.empty(len(group), dtype=np.intp)
    place[order] = np.arange(len(group)) - (np.cumsum(sizes) - sizes)[group[order] + 1]
    return place, sizes[group + 1]


def visits_by_row(plan: Round, found: Iterable[Meeting]) -> Counts:
    """How often each enterprise is visited for each demand."""
    counts = np.zeros((len(plan.groups.demands), ENTERPRISES), dtype=np.int64)
    for each in found:
        for place, served in enumerate(each.served.T):
            counts[place, each.rows[served]] += 1
    return counts


@frozen(eq=False)
class Classed:
    """Classes within the strata of a demand.

    Args:
        name: of the classes.
        codes: for each row a number of stratum and class, the highest one for all that are in none.
        marked: a line per stratum, a column per class: how many enterprises there are.
    """

    name: str
    codes: NDArray[np.int16]
    marked: Counts

    def split(self, counts: Counts) -> Counts:
        """Counts of rows, added up as in `marked`."""
        cells = np.bincount(self.codes, weights=counts, minlength=self.marked.size + 1)[:-1]
        return cells.astype(np.int64).reshape(self.marked.shape)


@cache
def classed(plan: Round, place: int) -> list[Classed]:
    """All classes of a demand."""
    stratum, strata = plan.stratum(place), len(plan.groups.demands[plan.source(place)].strata)
    found = []
    for name, number in own_classes(plan, place).items():
        kinds = int(number.max()) + 1
        codes = np.where((stratum >= 0) & (number >= 0), stratum * kinds + number, strata * kinds).astype(np.int16)
        marked = np.bincount(codes, minlength=strata * kinds + 1)[:-1].reshape(strata, kinds)
        found.append(Classed(name, codes, marked))
    return found


def by_class(plan: Round, counts: Counts, draws: int) -> list[Comparison]:
    """The visits of each class for each demand: over all strata, and in each of them."""
    sums = Sums()
    for place, population in enumerate(plan.groups.demands):
        demand, source = population.demand.name, plan.groups.demands[plan.source(place)]
        sizes, numbers = np.array(source.sizes), np.array(plan.numbers[plan.source(place)])
        for each in classed(plan, place):
            seen = each.split(counts[place])
            for kind, (marked, found) in enumerate(zip(each.marked.T, seen.T, strict=True)):
                sums.add(f"{demand}: {each.name} {kind}", sizes, marked, numbers, found, draws)
                for own, values in enumerate(source.strata if len(sizes) > 1 else ()):
                    name = f"{demand} {values}: {each.name} {kind}"
                    sums.add(name, sizes[own], marked[own], numbers[own], found[own], draws)
    return sums.comparisons()


def of_classes(found: Iterable[Comparison], name: str, demand: str | None = None) -> list[Comparison]:
    """The comparisons of some classes over all strata; for one demand, or for all but the follower."""
    return [
        each
        for each in found
        for asked, _, told in (each.name.partition(": "),)
        if told.startswith(name) and "(" not in asked and (asked == demand if demand else asked != "税务")
    ]


def test_every_class_has_its_chance(rule: str, meetings: list[Meeting]) -> None:
    """Whoever an enterprise is, wherever it stands and whoever else may come, it is visited with the chance n/N.

    Null: in each draw the enterprises visited for a demand are any n of the N in each stratum, all subsets alike; so
    of a class with K of them there come a hypergeometric number (N, K, n), independently in every stratum and draw.
    Statistic: the visits of a class over all draws, in each stratum and over all. Limit: 12,864 comparisons share 1/7
    of 10⁻⁶. Seen: see the next test.
    """
    found = by_class(city(), visits_by_row(city(), meetings), DRAWS)
    assert len(RULES) * len(found) == COMPARISONS["classes"]
    assert alarms("classes", found) == {}


def test_what_would_be_seen_of_a_class() -> None:
    """What a test of classes can see follows from the numbers of the plan, whatever is drawn.

    For every demand but the small follower, over all strata: a tenth with 14 % too many visits, every other row with
    5 %, a last character with 18 %, those who belong to another population with 7 %, an outer hundredth with 47 %. In
    one stratum alone, the smallest one, too: every other row with 17 %.
    """
    found = by_class(city(), np.zeros((8, ENTERPRISES), dtype=np.int64), DRAWS)
    powers = {"tenth": 0.14, "even row": 0.05, "last character": 0.18, "also": 0.07, "outer hundredth": 0.47}
    for name, excess in powers.items():
        assert weakest(of_classes(found, name), limit("classes")) < excess
    alone = [each for each in found if each.name.endswith("): even row 0") and "税务" not in each.name]
    assert len(alone) == 42
    assert weakest(alone, limit("classes")) < 0.17


def test_tickets_of_eight_bits_are_seen() -> None:
    """With the first byte for a ticket and ties in the order of the register, its first rows come too often."""

    def short(drawn: Drawn) -> Drawn:
        words = drawn.words & np.uint64(0xFF << 56)
        return evolve(drawn, words=words, whole=lambda row: (b"", row.to_bytes(4, "big")))

    counts = visits_by_row(city(), draws_of(city(), RULES["spread"], DRAWS, short))
    found = by_class(city(), counts, DRAWS)
    seen = alarms("classes", found)
    assert {"市监 ('A',): tenth of the stratum 0", "市监 ('A',): tenth of the stratum 9"} <= set(seen)
    assert all("tenth of the stratum" in name or "tenth, register" in name for name in seen)


def test_sparing_those_who_were_drawn_is_seen() -> None:
    """Where whoever was drawn for one demand comes last for the next, those of many populations come too rarely."""
    plan = city()
    counts = np.zeros((8, ENTERPRISES), dtype=np.int64)
    for number in range(1, SOME + 1):
        drawn = tickets(number)
        words = drawn.words >> np.uint64(1)
        for place, population in enumerate(plan.groups.demands[:-1]):
            alone = Populations(plan.groups.profile, plan.groups.sizes, (population,))
            rows = mark(alone, [plan.numbers[place]], words, drawn.whole).rows
            counts[place, rows] += 1
            words[rows] |= np.uint64(1 << 63)
    seen = alarms("classes", of_classes(by_class(plan, counts, SOME), ""))
    assert {"卫健: also 消防 0", "应急: also 消防 0", "人社: also 消防 0"} <= set(seen)
    assert all("also" in name for name in seen)
    assert not any("市监:" in name for name in seen)  # drawn first


# ---- single enterprises


def by_enterprise(plan: Round, counts: Counts, draws: int) -> list[Comparison]:
    """The enterprise that is visited most often, in each stratum of each demand."""
    found = []
    for place, population in enumerate(plan.groups.demands):
        source, stratum = plan.source(place), plan.stratum(place)
        followed = plan.groups.demands[source]
        for own, (size, number) in enumerate(zip(followed.sizes, plan.numbers[source], strict=True)):
            name = f"{population.demand.name} {followed.strata[own]}"
            found.append(Comparison(name, draws, draws * number / size, int(counts[place, stratum == own].max())))
    return found


def test_nobody_is_a_favourite(rule: str, meetings: list[Meeting]) -> None:
    """No enterprise is visited for a demand in more of the draws than chance can explain.

    Null: one enterprise is visited in a binomial number of the draws (50, n/N). Statistic: the highest of these
    numbers in each stratum. Limit: 1,659,068 comparisons, an enterprise counting for each of its demands and each rule,
    share 1/7 of 10⁻⁶. Seen: an enterprise that is visited in 60 % of the draws where its due is at most 6 %, in 80 %
    where it is 15 %.
    """
    found = by_enterprise(city(), visits_by_row(city(), meetings), DRAWS)
    assert len(RULES) * sum((city().stratum(place) >= 0).sum() for place in range(8)) == COMPARISONS["favourites"]
    assert alarms("favourites", found) == {}
    for each in found:
        due = each.mean / DRAWS
        assert due * (1 + each.excess(limit("favourites"))) < (0.6 if due < 0.061 else 0.8)


def test_a_favourite_is_seen() -> None:
    """One enterprise whose ticket is always the lowest stands out."""

    def kept(drawn: Drawn) -> Drawn:
        words = drawn.words.copy()
        words[72_105] = 0
        return evolve(drawn, words=words)

    counts = visits_by_row(city(), draws_of(city(), RULES["nested"], SOME, kept))
    inside = [place for place in range(8) if city().stratum(place)[72_105] >= 0]
    assert (counts[inside, 72_105] == SOME).all()
    assert len(alarms("favourites", by_enterprise(city(), counts, SOME))) == len(inside) > 2


# ---- neighbours


@cache
def line(plan: Round, place: int, order: str) -> Codes:
    """For each row its place in a line of all strata of a demand, one after another with gaps between them."""
    stratum = plan.stratum(place)
    rows = np.lexsort((orders()[order], stratum))
    return ranks(rows) + stratum


def by_neighbours(plan: Round, found: Sequence[Meeting]) -> list[Comparison]:
    """Neighbours in their stratum, in several orders, who are both visited for a demand."""
    sums = Sums()
    for place, population in enumerate(plan.groups.demands):
        if not population.demand.follow:
            stratum, numbers = plan.stratum(place), np.array(plan.numbers[place])
            for order in orders():
                stands = line(plan, place, order)
                for each in found:
                    rows = each.rows[each.served[:, place]]
                    rows = rows[np.argsort(stands[rows])]
                    seen = np.bincount(stratum[rows[1:][np.diff(stands[rows]) == 1]], minlength=len(numbers))
                    sums.add(f"{population.demand.name}: {order}", population.sizes, numbers - 1, numbers, seen)
    return sums.comparisons()


def test_neighbours_both_drawn_are_a_hypergeometric_number() -> None:
    """Of all ways to take n of a line of N, those with a pairs of neighbours are C(n−1, a)·C(N−n+1, n−a)."""
    for size in range(1, 10):
        for number in range(1, size + 1):
            taken = combinations(range(size), number)
            ways = Counter(sum(b - a == 1 for a, b in pairwise(rows)) for rows in taken)
            expected = [comb(number - 1, pairs) * comb(size - number + 1, number - pairs) for pairs in range(number)]
            assert [ways[pairs] for pairs in range(number)] == expected
            assert sum(expected) == comb(size, number)


def test_neighbours_meet_as_often_as_strangers(rule: str, meetings: list[Meeting]) -> None:
    """Two that stand side by side are drawn together as often as any two: neither never nor always.

    Null: as before; then of the N of a stratum in a line, the pairs of neighbours who are both visited are a
    hypergeometric number (N, n−1, n), the number of runs of Wald and Wolfowitz (1940) told otherwise. Statistic: these
    pairs over all strata and draws, in the order of the register, as handed in, by the last letters. Limit: 84
    comparisons share 1/7 of 10⁻⁶. Seen: 26 % too many pairs for each demand.
    """
    found = by_neighbours(city(), meetings)
    assert len(RULES) * len(found) == COMPARISONS["neighbours"]
    assert alarms("neighbours", found) == {}
    assert weakest(found, limit("neighbours")) < 0.26


def every_25th(drawn: Drawn) -> Drawn:
    """Every 25th in each stratum of a demand that draws one in 25, from a start by lot."""
    position, _ = places_in(city().stratum(2))
    turn = (position + int(drawn.words[0]) % 25) % 25
    words = turn.astype(np.uint64) * np.uint64(2**64 // 25) + (drawn.words >> np.uint64(5))
    return evolve(drawn, words=words)


def two_by_two(drawn: Drawn) -> Drawn:
    """Each two rows of the register with one ticket."""
    return evolve(drawn, words=drawn.words[np.arange(ENTERPRISES) // 2 * 2])


@pytest.mark.parametrize("change", [every_25th, two_by_two])
def test_systematic_and_clustered_draws_are_seen(change: Change) -> None:
    """Every k-th of a list, or two at a time: each has its chance, no tenth of the list shows it, the neighbours do."""
    found = draws_of(city(), RULES["nested"], SOME, change)
    assert "消防: register" in alarms("neighbours", by_neighbours(city(), found))
    counts = by_class(city(), visits_by_row(city(), found), SOME)
    assert alarms("classes", of_classes(counts, "tenth", "消防")) == {}


# ---- places in a cell


def kinds_of_visits(plan: Round, found: Meeting) -> dict[str, Flags]:
    """Which visits are by each department, by each two, by how many, and which are extra."""
    coming = over_departments(plan.groups, found.served)
    number = coming.sum(axis=1)
    own = dict(zip(plan.departments, coming.T, strict=True))
    return {
        **own,
        **{f"{one} and {other}": own[one] & own[other] for one, other in combinations(own, 2)},
        **{f"{least} or more": number >= least for least in (2, 3, 4)},
        "extra": found.extra,
    }


def by_place(plan: Round, found: Iterable[Meeting]) -> list[Comparison]:
    """The visits of each kind in the first half and the first tenth of a cell, and at every other place."""
    sums = Sums()
    cell = plan.cell()
    place, size = places_in(cell)
    parts = {"first half": 2 * place < size, "first tenth": 10 * place < size, "odd place": place % 2 == 1}
    sizes = np.bincount(cell)
    marked = {name: np.bincount(cell[part], minlength=len(sizes)) for name, part in parts.items()}
    for each in found:
        for kind, flags in kinds_of_visits(plan, each).items():
            rows = each.rows[flags]
            taken = np.bincount(cell[rows], minlength=len(sizes))
            for name, part in parts.items():
                seen = np.bincount(cell[rows[part[rows]]], minlength=len(sizes))
                sums.add(f"{kind}: {name}", sizes, marked[name], taken, seen)
    return sums.comparisons()


def test_every_place_in_a_cell_is_alike(rule: str, meetings: list[Meeting]) -> None:
    """Inside a cell the place in the register decides neither who comes, nor who comes together, nor how many come.

    Null: given how many visits of a kind a cell has, they fall on any of its enterprises, all subsets alike. Kinds: by
    a department, by two of them together, by two, three, four or more, made for the target. Statistic: the visits of
    each kind in the first half of their cells, in the first tenth, at every other place. Limit: 384 comparisons at most
    share 1/7 of 10⁻⁶. Seen: a half, or every other place, with 10 % too many visits of any kind, a tenth with 32 %; of
    any one department but the small follower with 4 % and 11 %.
    """
    found = by_place(city(), meetings)
    assert 80 < len(found) <= COMPARISONS["places"] / len(RULES)
    assert alarms("places", found) == {}
    own = [each for each in found if each.name.partition(": ")[0] in set(city().departments) - {"税务"}]
    for part, excess, alone in (("first half", 0.1, 0.04), ("odd place", 0.1, 0.04), ("first tenth", 0.32, 0.11)):
        assert weakest((each for each in found if part in each.name), limit("places")) < excess
        assert weakest((each for each in own if part in each.name), limit("places")) < alone


@pytest.mark.parametrize("name", ["nested", "extra"])
def test_register_order_inside_cells_is_seen(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Where the visits of a cell are laid in the order of the register, the first of the cell come too often."""
    visited = joint._visited

    def by_register(*given: Any) -> Rows:
        return np.sort(visited(*given))

    monkeypatch.setattr(joint, "_visited", by_register)
    found = draws_of(city(), RULES[name], SOME)
    kinds = ("市监", "市监 and 消防", "2 or more", "3 or more", *(["extra"] if name == "extra" else []))
    assert {f"{kind}: first half" for kind in kinds} <= set(alarms("places", by_place(city(), found)))
    seen = alarms("classes", of_classes(by_class(city(), visits_by_row(city(), found), SOME), ""))
    assert {"人社: tenth of the stratum 0", "消防: tenth of the stratum 9"} <= set(seen)
    assert all("stratum" in name or "register" in name or "hundredth" in name for name in seen)


# ---- who meets whom


def meets(plan: Round, found: Meeting) -> dict[tuple[int, int], Counts]:
    """For each two departments, in how many visits of each cell they meet."""
    cell = found.cell_of[plan.groups.profile[found.rows]]
    coming = over_departments(plan.groups, found.served)
    both = {
        (one, other): np.bincount(cell[coming[:, one] & coming[:, other]], minlength=len(found.cells.sizes))
        for one, other in combinations(range(len(plan.departments)), 2)
    }
    return both | {(other, one): counts for (one, other), counts in both.items()}


def by_match(found: Iterable[Meeting]) -> list[Comparison]:
    """In how many cells each two of four departments meet, where two of them come to each visit."""
    seen: Counter[tuple[int, int]] = Counter()
    cells = 0
    for each in found:
        cells += len(each.cells.sizes)
        for pair, counts in meets(twins(), each).items():
            seen[pair] += int((counts > 0).sum())
    names = twins().departments
    pairs = combinations(range(len(names)), 2)
    return [Comparison(f"{names[one]} and {names[other]}", cells, cells / 3, seen[one, other]) for one, other in pairs]


def test_each_two_of_four_meet_in_a_third_of_the_cells() -> None:
    """Four departments with equal numbers, two a visit: each two of them meet as often as any other two.

    Null: the lot of a cell makes one of three matches, all alike, independently of the other cells; so two departments
    meet in a binomial number of cells (all cells of all draws, 1/3). Limit: 6 comparisons share 1/7 of 10⁻⁶. Seen: two
    departments that meet 12 % too often.
    """
    found = draws_of(twins(), TWO, DRAWS)
    assert all((each.served.sum(axis=1) == 2).all() for each in found)
    pairs = by_match(found)
    assert {each.trials for each in pairs} == {192 * DRAWS}
    assert len(pairs) == COMPARISONS["matches"]
    assert alarms("matches", pairs) == {}
    assert weakest(pairs, limit("matches")) < 0.12


def by_lot(plan: Round, found: Iterable[Meeting]) -> list[Comparison]:
    """Of two departments with equal numbers in a spread cell: in how many cells one meets a third more often."""
    more: Counter[tuple[int, int, int]] = Counter()
    cells: Counter[tuple[int, int, int]] = Counter()
    places = range(len(plan.departments))
    for each in found:
        both, checks = meets(plan, each), each.cells.departments
        for one, other in combinations(places, 2):
            equal = each.layouts.spread & (checks[:, one] == checks[:, other]) & (checks[:, one] > 0)
            for third in set(places) - {one, other}:
                ahead = (both[one, third] - both[other, third])[equal]
                more[one, other, third] += int((ahead > 0).sum())
                cells[one, other, third] += int((ahead != 0).sum())
    names = plan.departments
    return [
        Comparison(f"{names[one]} or {names[other]} with {names[third]}", number, number / 2, more[one, other, third])
        for (one, other, third), number in cells.items()
        if number
    ]


def test_equals_meet_a_third_equally_often(rule: str, meetings: list[Meeting]) -> None:
    """Two departments with equal numbers in a cell have equal chances to be the one that meets a third more often.

    Null: their lots can be exchanged; so of the cells in which one is ahead, either is in a binomial number (these
    cells, 1/2). Nested draws cast no lots. Limit: 432 comparisons at most, with those of the next test, share 1/7 of
    10⁻⁶. Seen: one who is ahead 1.43 times as often as is due, of those with 400 such cells; equal numbers are rare in
    a plan like this, so the next test says more.
    """
    found = by_lot(city(), meetings)
    assert bool(found) == (rule != "nested")
    assert len(found) <= 105
    assert alarms("lots", found) == {}
    telling = [each for each in found if each.trials >= 400]
    assert len(telling) >= {"nested": 0, "spread": 2}.get(rule, 7)
    assert all(each.excess(limit("lots")) < 0.43 for each in telling)


def test_equals_of_four_meet_a_third_equally_often() -> None:
    """The same for four departments with equal numbers, up to three a visit: 192 cells in every draw speak.

    Null and limit as before. Seen: one who is ahead 1.2 times as often as is due.
    """
    found = by_lot(twins(), draws_of(twins(), THREE, DRAWS))
    assert len(found) == 12
    assert alarms("lots", found) == {}
    assert weakest(found, limit("lots")) < 0.2


def fixed_order(drawn: Drawn) -> Drawn:
    """The departments in the order of their names in every cell."""
    return evolve(drawn, lots=lambda _, names: [name.encode() for name in names])


def one_lot(drawn: Drawn) -> Drawn:
    """The departments in one order in all cells of a draw."""
    return evolve(drawn, lots=lambda _, names: drawn.lots("[]", names))


@pytest.mark.parametrize("change", [fixed_order, one_lot])
def test_orders_that_are_no_lot_of_the_cell_are_seen(change: Change) -> None:
    """Departments in a fixed order, or in one order for all cells, are seen; enterprises have their chances."""
    assert len(alarms("matches", by_match(draws_of(twins(), TWO, SOME, change)))) >= 4
    assert len(alarms("lots", by_lot(twins(), draws_of(twins(), THREE, SOME, change)))) >= 4
    found = draws_of(city(), RULES["extra"], SOME, change)
    assert alarms("lots", by_lot(city(), found)) != {}
    assert alarms("places", by_place(city(), found)) == {}
    assert alarms("classes", by_class(city(), visits_by_row(city(), found), SOME)) == {}


# ---- periods


def by_its_ticket(of: str, names: Sequence[str]) -> Sequence[int]:
    """The periods of some visits under a key."""
    return periods_of(DEFAULT, of, names, PERIODS)


def by_period(plan: Round, found: Iterable[Meeting], dates: Dates = by_its_ticket) -> list[Comparison]:
    """The visits of each kind in every period, and the neighbours in a list that have the same one."""
    sums = Sums()
    for number, each in enumerate(found, 1):
        count = len(each.rows)
        period = np.array(dates(key(number), [ids()[row] for row in each.rows.tolist()]))
        by_row = np.argsort(each.rows)
        kinds = kinds_in_time(plan, each)
        for own in range(PERIODS):
            now = period == own
            size = int(now.sum())
            for kind, flags in kinds.items():
                sums.add(f"{kind}: period {own}", count, flags.sum(), size, (flags & now).sum())
            for order, line in {"ticket": now, "row": now[by_row]}.items():
                pairs = (line[1:] & line[:-1]).sum()
                sums.add(f"neighbours by {order}: period {own}", count, size - 1, size, pairs)
    return sums.comparisons()


def kinds_in_time(plan: Round, found: Meeting) -> dict[str, Flags]:
    """Kinds of visits that a period must not know: who comes, how many, where the enterprise stands in the lists."""
    own = kinds_of_visits(plan, found)
    half = len(found.rows) // 2
    return {
        **{name: flags for name, flags in own.items() if " and " not in name},
        "first half by ticket": np.arange(len(found.rows)) < half,
        "first half by row": found.rows < np.median(found.rows),
        "even row": found.rows % 2 == 0,
        "last character": classes()["last character"][found.rows] < 8,
    }


def test_a_period_knows_nothing(rule: str, meetings: list[Meeting]) -> None:
    """When a visit is paid depends neither on who comes, nor on how many, nor on any order of the enterprises.

    Null: the visits of a period are as many of all visits as the scheme says, all subsets alike; so of K visits of a
    kind there fall into it a hypergeometric number, and of the neighbours in a list, too. Limit: 204 comparisons at
    most share 1/7 of 10⁻⁶. Seen: a period with 12 % too many visits of any kind, with 5 % of any one department but
    the small follower.
    """
    found = by_period(city(), meetings)
    assert len(found) == 51 - 3 * (rule != "extra")
    assert alarms("periods", found) == {}
    assert weakest(found, limit("periods")) < 0.12
    own = set(city().departments) - {"税务"}
    assert weakest((each for each in found if each.name.partition(": ")[0] in own), limit("periods")) < 0.05


def in_turn(_: str, names: Sequence[str]) -> Sequence[int]:
    """One period after the other down the register."""
    place = {name: number for number, name in enumerate(sorted(names))}
    return [place[name] % PERIODS for name in names]


def by_order(_: str, names: Sequence[str]) -> Sequence[int]:
    """The first visits of the list first."""
    return [number * PERIODS // len(names) for number in range(len(names))]


@pytest.mark.parametrize(
    ("dates", "kinds"), [(in_turn, ["neighbours by row"]), (by_order, ["2 or more", "市监", "first half by ticket"])]
)
def test_periods_without_a_lot_are_seen(dates: Dates, kinds: list[str]) -> None:
    """Periods in turn down the register, or in the order of the list of visits, are seen."""
    found = by_period(city(), draws_of(city(), RULES["extra"], SOME), dates)
    assert {f"{kind}: period 0" for kind in kinds} <= set(alarms("periods", found))


def test_periods_by_the_ticket_that_was_drawn_are_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Periods by the ticket that decides who is drawn put the visits of many departments first."""
    monkeypatch.setattr(periods_module, "ticket_start", lambda scheme, key, _: ticket_start(scheme, key, "target"))
    seen = alarms("periods", by_period(city(), draws_of(city(), RULES["nested"], SOME)))
    assert all(f"{kind}: period {own}" in seen for kind in ("2 or more", "3 or more", "市监") for own in range(PERIODS))
