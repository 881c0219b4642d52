"""Who is drawn and where departments meet: golden visits, exact chances over all orders, and brute force."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cache
from itertools import chain, combinations, permutations, product
from math import comb, prod
from pathlib import Path
from random import Random
from typing import Any, TypeAlias

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import oracle
from districts import District, districts, plan, register
from dual_random.commitments import allocate
from dual_random.joint import Cells, Marks, best_rate, cells, department_names, fewest_visits, mark, over_departments
from dual_random.plans import Demand
from dual_random.populations import Population, Populations, populations, stratum_key
from dual_random.rates import Rate
from dual_random.schemes import SCHEMES, Scheme, label_key, ticket_start
from dual_random.tickets import Words, first_words

GOLDEN = json.loads((Path(__file__).parent / "golden" / "dual-random-1" / "joint.json").read_text("utf-8"))
CASES = [(scheme, case) for scheme in SCHEMES for case in GOLDEN[scheme]["cases"]]

quick = settings(deadline=None, derandomize=True, max_examples=150)

Sizes: TypeAlias = dict[tuple[str, tuple[str, ...]], int]


# ---- populations without a register


def of_membership(
    member: oracle.Membership, department: Mapping[str, str], follow: Mapping[str, str]
) -> tuple[list[str], Populations]:
    """Populations from the strata of each enterprise; the demands in the order of `department`."""
    ids = sorted(member)
    kinds = [tuple(sorted(member[enterprise].items())) for enterprise in ids]
    profiles = sorted(set(kinds))
    made = []
    for name in department:
        own = [dict(profile).get(name) for profile in profiles]
        strata = sorted({stratum for stratum in own if stratum is not None}, key=stratum_key)
        number = {stratum: i for i, stratum in enumerate(strata)}
        sizes = tuple(sum(member[enterprise].get(name) == stratum for enterprise in ids) for stratum in strata)
        place = np.array([-1 if stratum is None else number[stratum] for stratum in own], dtype=np.intp)
        made.append(Population(_demand(name, department, follow), tuple(strata), sizes, place))
    profile = np.array([profiles.index(kind) for kind in kinds], dtype=np.intp)
    return ids, Populations(profile, np.bincount(profile, minlength=len(profiles)), tuple(made))


def _demand(name: str, department: Mapping[str, str], follow: Mapping[str, str]) -> Demand:
    if name in follow:
        return Demand(name, department=department[name], follow=follow[name])
    return Demand(name, department=department[name], take=0)


def numbers_of(groups: Populations, sizes: Sizes) -> list[list[int]]:
    """The numbers of each demand by stratum, none for followers."""
    return [
        [] if each.demand.follow else [sizes[each.demand.name, stratum] for stratum in each.strata]
        for each in groups.demands
    ]


def resolved(groups: Populations) -> list[list[int]]:
    """The numbers that the plan of some populations gives, none for followers."""
    numbers = {each.demand: [size.number for size in each.strata] for each in allocate(groups)}
    return [numbers.get(each.demand.name, []) for each in groups.demands]


def visits_of(ids: Sequence[str], groups: Populations, marks: Marks) -> dict[str, list[str]]:
    """The demands of each visit, in ticket order of the visits."""
    names = [each.demand.name for each in groups.demands]
    pairs = zip(marks.rows.tolist(), marks.served.tolist(), strict=True)
    return {ids[row]: sorted(name for name, flag in zip(names, flags, strict=True) if flag) for row, flags in pairs}


def words_of(scheme: Scheme, key: str, ids: Sequence[str]) -> Words:
    """First words of the tickets of some ids."""
    return first_words(ticket_start(scheme, key, "target"), [[name.encode() for name in ids]], len(ids))


def no_ties(row: int) -> tuple[bytes, bytes]:
    """For tickets that are known to differ in their first word."""
    raise AssertionError(f"row {row} was asked for its whole ticket")


def parsed(case: dict[str, Any]) -> tuple[oracle.Membership, Sizes]:
    """Membership and numbers of a golden case."""
    member = {
        enterprise: {demand: tuple(stratum) for demand, stratum in strata.items()}
        for enterprise, strata in case["membership"].items()
    }
    return member, {(demand, tuple(stratum)): number for demand, stratum, number in case["sizes"]}


def ratio(text: str) -> Fraction | None:
    """A golden fraction; none where the text is empty."""
    return Fraction(text) if text else None


# ---- golden values


def test_the_golden_cases_are_all_there() -> None:
    """Thirteen joint draws, three with followers, under both hashes."""
    assert Counter(scheme for scheme, _ in CASES) == {SCHEMES[0]: 11, SCHEMES[1]: 2}
    assert sum(bool(case["follow"]) for _, case in CASES) == 3
    for scheme in SCHEMES:
        given = GOLDEN[scheme]
        assert given["key"] == label_key(scheme, given["label"], given["seed"])


@pytest.mark.parametrize(("scheme", "case"), CASES)
def test_the_oracle_gives_the_golden_visits(scheme: Scheme, case: dict[str, Any]) -> None:
    """The literal reading of the scheme agrees with the second implementation in every value."""
    member, sizes = parsed(case)
    order = oracle.by_ticket(scheme, GOLDEN[scheme]["key"])
    target = ratio(case["target"] or "")
    found = oracle.nested(member, sizes, case["department"], case["follow"], order, target=target, of=case["of"])
    expected = case["result"]
    assert found["visits"] == {enterprise: sorted(served) for enterprise, served in expected["visits"].items()}
    assert found["best"] == ratio(expected["best"])
    assert {name: found[name] for name in ("n_visits", "joint", "checks", "met")} == {
        name: expected[name] for name in ("n_visits", "joint", "checks", "met")
    }


@pytest.mark.parametrize(("scheme", "case"), CASES)
def test_the_golden_visits(scheme: Scheme, case: dict[str, Any]) -> None:
    """Visits, counts and the best rate are those of the second implementation, with one cap less than departments."""
    member, sizes = parsed(case)
    ids, groups = of_membership(member, case["department"], case["follow"])
    marks = mark(groups, numbers_of(groups, sizes), words_of(scheme, GOLDEN[scheme]["key"], ids), no_ties)
    check_golden(case, visits_of(ids, groups, marks), groups, marks)


def check_golden(case: dict[str, Any], visits: dict[str, list[str]], groups: Populations, marks: Marks) -> None:
    """Hold visits and cells against a golden case."""
    expected = case["result"]
    assert visits == {enterprise: sorted(served) for enterprise, served in expected["visits"].items()}
    coming = [len({case["department"][demand] for demand in served}) for served in visits.values()]
    assert (len(coming), sum(n > 1 for n in coming), sum(coming)) == tuple(
        expected[name] for name in ("n_visits", "joint", "checks")
    )
    found = cells(groups, marks)
    best = best_rate(found, case["of"])
    assert (None if best is None else best.value) == ratio(expected["best"])
    assert int(found.departments.sum()) == expected["checks"]
    assert int(found.departments.max(axis=1, initial=0).sum()) == expected["n_visits"]


@pytest.mark.parametrize(("scheme", "case"), CASES)
def test_the_golden_visits_of_a_plan(scheme: Scheme, case: dict[str, Any]) -> None:
    """The same cases as a plan over a register: conditions and strata give the same visits."""
    member, sizes = parsed(case)
    rows, demands = as_rules(member, sizes, case["department"], case["follow"])
    enterprises = register(rows)
    groups = populations(plan(demands), enterprises)
    words = words_of(scheme, GOLDEN[scheme]["key"], list(enterprises))
    marks = mark(groups, resolved(groups), words, no_ties)
    check_golden(case, visits_of(list(enterprises), groups, marks), groups, marks)


def as_rules(
    member: oracle.Membership, sizes: Sizes, department: Mapping[str, str], follow: Mapping[str, str]
) -> tuple[list[dict[str, str]], list[Demand]]:
    """Rows and demands of a membership: a column for "in", two for the strata, a demand each."""
    populated = [name for name in department if any(name in strata for strata in member.values())]
    depth = {name: max(len(strata[name]) for strata in member.values() if name in strata) for name in populated}
    rows = []
    for enterprise, strata in member.items():
        row = {"id": enterprise}
        for name in populated:
            row[f"{name} in"] = "yes" if name in strata else "no"
            row |= {f"{name} {i}": strata.get(name, ("",) * depth[name])[i] for i in range(depth[name])}
        rows.append(row)
    demands = []
    for name in populated:
        where = {f"{name} in": "yes"}
        by = [f"{name} {i}" for i in range(depth[name])]
        take = [(stratum, number) for (demand, stratum), number in sizes.items() if demand == name]
        own: dict[str, Any] = {"follow": follow[name]} if name in follow else {"by": by, "take": take}
        demands.append(Demand(name, department=department[name], where=where, **own))
    return rows, demands


# ---- exact chances: all orders of the tickets

# name -> (department, enterprises by stratum with their number); the followed one first
SMALL: dict[str, tuple[dict[str, str], dict[str, str], oracle.Membership, Sizes]] = {
    "two departments, three demands, a follower": (
        {"甲": "甲", "乙": "乙", "甲2": "甲", "丙": "丙"},
        {"丙": "甲"},
        {
            "E1": {"甲": ("A",), "乙": ("x",), "丙": ()},
            "E2": {"甲": ("A",), "乙": ("y",), "甲2": ()},
            "E3": {"甲": ("A",), "乙": ("y",), "丙": ()},
            "E4": {"甲": ("B",), "乙": ("y",), "甲2": (), "丙": ()},
            "E5": {"甲": ("B",), "甲2": ()},
            "E6": {"乙": ("x",), "甲2": ()},
        },
        {("甲", ("A",)): 1, ("甲", ("B",)): 1, ("乙", ("x",)): 1, ("乙", ("y",)): 2, ("甲2", ()): 2},
    ),
    "one stratum whole, one of none, seven enterprises": (
        {"甲": "甲", "乙": "乙"},
        {},
        {
            "E1": {"甲": ("A",), "乙": ()},
            "E2": {"甲": ("A",), "乙": ()},
            "E3": {"甲": ("B",), "乙": ()},
            "E4": {"甲": ("B",), "乙": ()},
            "E5": {"甲": ("B",)},
            "E6": {"甲": ("C",), "乙": ()},
            "E7": {"甲": ("C",)},
        },
        {("甲", ("A",)): 2, ("甲", ("B",)): 1, ("甲", ("C",)): 0, ("乙", ()): 2},
    ),
}


def orders(size: int) -> Iterator[Words]:
    """First words of tickets in every order, spread over their whole range so that candidates are cut."""
    step = 2**64 // size
    for order in permutations(range(size)):
        yield np.array([step * place + 7 for place in order], dtype=np.uint64)


@pytest.mark.parametrize("name", SMALL)
def test_every_chance_is_exactly_the_share_of_its_stratum(name: str) -> None:
    """Over all orders of the tickets each demand draws each enterprise n/N times, and all subsets equally often."""
    department, follow, member, sizes = SMALL[name]
    ids, groups = of_membership(member, department, follow)
    given = numbers_of(groups, sizes)
    drawn: Counter[tuple[str, str]] = Counter()
    samples: dict[str, Counter[frozenset[str]]] = {demand: Counter() for demand in department}
    runs = 0
    for words in orders(len(ids)):
        visits = visits_of(ids, groups, mark(groups, given, words, no_ties))
        runs += 1
        for demand in department:
            inside = frozenset(enterprise for enterprise, served in visits.items() if demand in served)
            samples[demand][inside] += 1
            drawn.update((demand, enterprise) for enterprise in inside)
    for demand in department:
        for enterprise, strata in member.items():
            assert Fraction(drawn[demand, enterprise], runs) == chance(member, sizes, follow, demand, strata)
        if demand not in follow:
            assert len(set(samples[demand].values())) == 1
            assert len(samples[demand]) == subsets(member, sizes, demand)


def chance(
    member: oracle.Membership,
    sizes: Sizes,
    follow: Mapping[str, str],
    demand: str,
    strata: Mapping[str, tuple[str, ...]],
) -> Fraction:
    """n/N of the stratum; a follower has the chance of what it follows."""
    if demand not in strata:
        return Fraction(0)
    name = follow.get(demand, demand)
    return Fraction(sizes[name, strata[name]], sum(other.get(name) == strata[name] for other in member.values()))


def subsets(member: oracle.Membership, sizes: Sizes, demand: str) -> int:
    """How many stratified samples there are."""
    strata = Counter(other[demand] for other in member.values() if demand in other)
    return prod(comb(size, sizes[demand, stratum]) for stratum, size in strata.items())


def test_a_stratified_sample_of_one_department_ignores_the_others() -> None:
    """What a department draws is the same whether or not others draw beside it."""
    department, follow, member, sizes = SMALL["two departments, three demands, a follower"]
    ids, groups = of_membership(member, department, follow)
    lone_ids, lone = of_membership(member, {"乙": "乙"}, {})
    assert ids == lone_ids
    for words in list(orders(len(ids)))[::50]:
        both = visits_of(ids, groups, mark(groups, numbers_of(groups, sizes), words, no_ties))
        alone = visits_of(ids, lone, mark(lone, numbers_of(lone, sizes), words, no_ties))
        assert list(alone) == [enterprise for enterprise, served in both.items() if "乙" in served]


# ---- marking


@st.composite
def markings(draw: st.DrawFn) -> tuple[oracle.Membership, Sizes, dict[str, str], dict[str, str], list[int]]:
    """A membership with numbers, followers, and first words with many ties and gaps."""
    names = ["甲", "乙", "丙"][: draw(st.integers(1, 3))]
    follow = {"丙": "甲"} if len(names) > 2 and draw(st.booleans()) else {}
    member: oracle.Membership = {}
    for number in range(draw(st.integers(1, 14))):
        strata: dict[str, tuple[str, ...]] = {
            name: () if name in follow else (draw(st.sampled_from("AB")),) for name in names if draw(st.booleans())
        }
        if "丙" in follow and "甲" not in strata:
            strata.pop("丙", None)
        member[f"E{number:02}"] = strata
    counts = Counter((name, stratum) for strata in member.values() for name, stratum in strata.items())
    sizes = {place: draw(st.integers(0, size)) for place, size in counts.items() if place[0] not in follow}
    word = st.one_of(st.integers(0, 3), st.integers(0, 2**64 - 1), st.sampled_from([2**64 - 1, 2**63]))
    words = draw(st.lists(word, min_size=len(member), max_size=len(member)))
    return member, sizes, {name: name for name in names}, follow, words


@settings(deadline=None, derandomize=True, max_examples=400)
@given(markings(), st.integers(0, 2**32))
def test_marks_are_the_lowest_tickets_however_candidates_are_chosen(
    marking: tuple[oracle.Membership, Sizes, dict[str, str], dict[str, str], list[int]], salt: int
) -> None:
    """Spare candidates change the speed, never the result; equal first words are decided by ticket, then id."""
    member, sizes, department, follow, given = marking
    ids, groups = of_membership(member, department, follow)
    words = np.array(given, dtype=np.uint64)
    tails = [Random(salt + row).randbytes(1)[:1].translate(bytes(i % 2 for i in range(256))) for row in range(len(ids))]

    def whole(row: int) -> tuple[bytes, bytes]:
        return int(words[row]).to_bytes(8, "big") + tails[row], ids[row].encode()

    marked = oracle.marks(member, sizes, follow, lambda enterprise: whole(ids.index(enterprise)))
    drawn = sorted(set(chain.from_iterable(marked.values())), key=lambda enterprise: whole(ids.index(enterprise)))
    expected = {
        enterprise: sorted(demand for demand, inside in marked.items() if enterprise in inside) for enterprise in drawn
    }
    for spare in (-3, -2, -1, 0, 1, 2, 6, 9):
        found = visits_of(ids, groups, mark(groups, numbers_of(groups, sizes), words, whole, spare=spare))
        assert list(found.items()) == list(expected.items())


@quick
@given(markings(), st.data())
def test_one_more_extends_and_a_subset_keeps_its_order(
    marking: tuple[oracle.Membership, Sizes, dict[str, str], dict[str, str], list[int]], data: st.DataObject
) -> None:
    """A draw of n+1 contains that of n; without some enterprises the ticket order of the others stays."""
    member, sizes, department, _, _ = marking
    ids, groups = of_membership(member, department, {})
    counts = Counter(place for strata in member.values() for place in strata.items())
    sizes = {place: sizes.get(place, 0) for place in counts}
    words = words_of(SCHEMES[0], "0" * 64, ids)
    before = visits_of(ids, groups, mark(groups, numbers_of(groups, sizes), words, no_ties))
    room = [place for place, size in counts.items() if sizes[place] < size]
    if room:
        raised = data.draw(st.sampled_from(room))
        more = {**sizes, raised: sizes[raised] + 1}
        after = visits_of(ids, groups, mark(groups, numbers_of(groups, more), words, no_ties))
        pairs = {(enterprise, demand) for enterprise, served in before.items() for demand in served}
        longer = {(enterprise, demand) for enterprise, served in after.items() for demand in served}
        assert pairs < longer
        assert len(longer) == len(pairs) + 1
        assert {demand for _, demand in longer - pairs} == {raised[0]}
    kept = data.draw(st.sets(st.sampled_from(ids), min_size=1))
    part, fewer = of_membership({enterprise: member[enterprise] for enterprise in kept}, department, {})
    all_of = [list(each.sizes) for each in groups.demands]
    some_of = [list(each.sizes) for each in fewer.demands]
    whole = visits_of(ids, groups, mark(groups, all_of, words, no_ties))
    subset = visits_of(part, fewer, mark(fewer, some_of, words_of(SCHEMES[0], "0" * 64, part), no_ties))
    assert list(subset.items()) == [(enterprise, served) for enterprise, served in whole.items() if enterprise in kept]


def test_a_stratum_of_many_is_not_sorted_whole() -> None:
    """Of 50,000 tickets hardly more than the drawn ones are looked at twice, and a tie asks only for its own."""
    asked: list[int] = []

    def whole(row: int) -> tuple[bytes, bytes]:
        asked.append(row)
        return b"", str(row).encode()

    groups = Populations(
        np.zeros(50_000, dtype=np.intp),
        np.array([50_000]),
        (Population(Demand("甲", take=0), ((),), (50_000,), np.zeros(1, dtype=np.intp)),),
    )
    words = np.random.default_rng(5).integers(0, 2**64, 50_000, dtype=np.uint64)
    words[[7, 40_000]] = 3
    words[[8, 9]] = 2**64 - 1
    marks = mark(groups, [[100]], words, whole)
    assert marks.rows.tolist()[:2] == [40_000, 7]
    assert marks.rows.tolist() == sorted(range(50_000), key=lambda row: (int(words[row]), str(row)))[:100]
    assert set(asked) == {7, 40_000}


# ---- cells


@quick
@given(districts())
def test_cells_count_what_a_literal_reading_counts(district: District) -> None:
    """Cells, their sizes, the checks of each department and the followed ones, against a row-by-row count."""
    rows, rules = district
    groups = populations(rules, register(rows))
    ids = sorted(row["id"] for row in rows)
    marks = mark(groups, resolved(groups), words_of(SCHEMES[0], "1" * 64, ids), no_ties)
    found = cells(groups, marks)
    visits = visits_of(ids, groups, marks)
    names = department_names(groups)
    assert names == tuple(dict.fromkeys(demand.department for demand in rules.demands))
    expected: Counter[tuple[Any, ...]] = Counter()
    for inside in oracle.cells(oracle.membership(rules.to_dict(), rows)).values():
        served = [set(visits.get(enterprise, [])) for enterprise in inside]
        checks = {demand.name: sum(demand.name in each for each in served) for demand in rules.demands}
        own = [max(checks[d.name] for d in rules.demands if d.department == name) for name in names]
        if any(own):
            expected[len(inside), *own, any(checks[d.name] for d in rules.demands if d.follow)] += 1
    assert (
        Counter(
            (size, *departments, followed)
            for size, departments, followed in zip(
                found.sizes.tolist(), found.departments.tolist(), found.followed.tolist(), strict=True
            )
        )
        == expected
    )


def test_a_departments_own_items_share_visits() -> None:
    """Two demands of one department count once, with the larger number."""
    ids, groups = of_membership(
        {f"E{i}": {"甲": (), "甲2": (), "乙": ()} for i in range(6)}, {"甲": "甲", "乙": "乙", "甲2": "甲"}, {}
    )
    marks = mark(groups, [[1], [2], [4]], words_of(SCHEMES[0], "2" * 64, ids), no_ties)
    assert cells(groups, marks).departments.tolist() == [[4, 2]]
    assert over_departments(groups, np.array([[True, False, False]])).tolist() == [[True, False]]


# ---- the best reachable rate, against all ways to lay the checks

Split: TypeAlias = tuple[int, int]  # joint visits, single ones


@cache
def splits(counts: tuple[int, ...], size: int) -> frozenset[Split]:
    """Every (joint, single) that some way of laying the checks over a cell's enterprises has: all ways are tried.

    A visit is a set of departments; every department must come as often as its count says.
    """
    kinds = [kind for n in range(1, len(counts) + 1) for kind in combinations(range(len(counts)), n)]
    found: set[Split] = set()

    def lay(place: int, left: tuple[int, ...], joint: int, single: int) -> None:
        if joint + single > size:
            return
        if not any(left):
            found.add((joint, single))
            return
        if place == len(kinds):
            return
        kind = kinds[place]
        for times in range(min(left[d] for d in kind) + 1):
            rest = tuple(n - times * (d in kind) for d, n in enumerate(left))
            more = (times, 0) if len(kind) > 1 else (0, times)
            lay(place + 1, rest, joint + more[0], single + more[1])

    lay(0, counts, 0, 0)
    return frozenset(found)


def instance(random: Random) -> tuple[list[tuple[tuple[int, ...], int, bool]], int]:
    """A few cells with the checks of each department, a size, and whether a follower marks somebody."""
    departments = random.choice([1, 2, 2, 3, 3, 4])
    most = {1: 4, 2: 5, 3: 4, 4: 2}[departments]
    made = []
    for _ in range(random.randint(1, 4)):
        counts = [random.randint(0, most) for _ in range(departments)]
        counts[random.randrange(departments)] += not any(counts)
        size = max(counts) + random.choice([0, 0, 1, 2, 9])
        made.append((tuple(counts), size, random.random() < 0.2))
    return made, departments


def reachable(parts: list[tuple[tuple[int, ...], int, bool]]) -> set[Split]:
    """Every total of joint and single visits; a followed cell has only its nested layout."""
    totals: set[Split] = {(0, 0)}
    for counts, size, followed in parts:
        own = {nested(counts)} if followed else splits(tuple(sorted(counts)), size)
        totals = {(j + more, s + single) for (j, s), (more, single) in product(totals, own)}
    return totals


def nested(counts: tuple[int, ...]) -> Split:
    """The p-th visit is for every department whose count is above p."""
    coming = [sum(n > place for n in counts) for place in range(max(counts))]
    return sum(n > 1 for n in coming), sum(n == 1 for n in coming)


def made_of(parts: list[tuple[tuple[int, ...], int, bool]]) -> Cells:
    """The same cells as the library holds them."""
    counts, sizes, followed = zip(*parts, strict=True)
    return Cells(np.array(sizes, dtype=np.int64), np.array(counts, dtype=np.int64), np.array(followed))


def test_the_best_rate_of_visits_is_the_best_of_all_layouts() -> None:
    """On a thousand instances of one to four cells no way to lay the checks has a higher rate, and one has it."""
    random = Random(20240806)
    for _ in range(1000):
        parts, _ = instance(random)
        expected = max(Fraction(joint, joint + single) for joint, single in reachable(parts))
        best = best_rate(made_of(parts), "visits")
        assert best is not None
        assert (best.value, best.of) == (expected, "visits")
        assert (best.numerator, best.denominator - best.numerator) in reachable(parts)


def test_the_best_rate_of_checks_is_the_best_of_all_layouts() -> None:
    """On a thousand instances the fewest single visits are as few as any way to lay the checks has."""
    random = Random(20240807)
    for _ in range(1000):
        parts, _ = instance(random)
        checks = sum(sum(counts) for counts, _, _ in parts)
        expected = max(Fraction(checks - single, checks) for _, single in reachable(parts))
        best = best_rate(made_of(parts), "checks")
        assert best == Rate(int(expected * checks), checks, of="checks")


def test_the_largest_number_of_visits_can_lower_the_best_rate() -> None:
    """Cells (10,10,10) and (15): 10 of 25 visits with the fewest, 15 of 30 with triples made into pairs."""
    assert best_rate(made_of([((10, 10, 10), 30, False), ((15, 0, 0), 15, False)]), "visits") == Rate(
        15, 30, of="visits"
    )
    crowded = best_rate(made_of([((10, 10, 10), 12, False), ((15, 0, 0), 15, False)]), "visits")
    assert crowded == Rate(12, 27, of="visits")


def test_without_visits_there_is_no_best_rate() -> None:
    """Nothing drawn, nothing to reach."""
    none = Cells(np.zeros(0, dtype=np.int64), np.zeros((0, 2), dtype=np.int64), np.zeros(0, dtype=np.bool_))
    assert best_rate(none, "visits") is None
    assert best_rate(none, "checks") is None


def test_one_department_meets_nobody() -> None:
    """The best rate of a single department is 0 of its visits."""
    assert best_rate(made_of([((4,), 6, False)]), "visits") == Rate(0, 4, of="visits")
    assert best_rate(made_of([((4,), 6, False)]), "checks") == Rate(0, 4, of="checks")


# ---- the bound


@quick
@given(districts())
def test_the_bound_is_the_sum_of_everybodys_largest_chance(district: District) -> None:
    """Exactly, as a fraction, added up an enterprise at a time."""
    rows, rules = district
    groups = populations(rules, register(rows))
    member = oracle.membership(rules.to_dict(), rows)
    stated = oracle.numbers(rules.to_dict(), member)
    assert fewest_visits(groups, resolved(groups)) == oracle.fewest_visits(member, stated)


@pytest.mark.parametrize("name", SMALL)
def test_no_order_average_is_below_the_bound(name: str) -> None:
    """The mean number of visits over all orders is at least the bound."""
    department, follow, member, sizes = SMALL[name]
    ids, groups = of_membership(member, department, follow)
    given = numbers_of(groups, sizes)
    visits = [len(mark(groups, given, words, no_ties).rows) for words in orders(len(ids))]
    assert Fraction(sum(visits), len(visits)) >= fewest_visits(groups, given) > 0
