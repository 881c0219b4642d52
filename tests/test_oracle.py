"""The literal reading of the scheme against the values of a second implementation, and against its own text."""

from collections import Counter
from fractions import Fraction
from random import Random
from typing import Any

import pytest

import oracle
from dual_random.schemes import SCHEMES, Scheme, label_key
from joint_cases import Case, cases, stored

CASES = [*cases("joint.json"), *cases("layouts.json")]


def drawn(case: Case, **other: Any) -> dict[str, Any]:
    """The oracle's draw of a golden case."""
    rule = {"target": case.target, "of": case.of, "reach": case.reach, "most": case.most, **other}
    order, ticket = oracle.by_ticket(case.scheme, case.key), oracle.by_names(case.scheme, case.key)
    return oracle.joint_draw(case.member, case.numbers, case.department, case.follow, order, ticket, **rule)


def named(case: Case) -> str:
    """The name of a case, for pytest."""
    return case.name


# ---- golden values


def test_all_golden_cases_are_there() -> None:
    """Seventy-two joint draws, both hashes: all layouts, caps, followers, both measures, targets met and missed."""
    assert Counter(case.scheme for case in CASES) == {SCHEMES[0]: 64, SCHEMES[1]: 8}
    assert Counter(case.result["layout"] for case in CASES) == {"nested": 39, "spread": 25, "extra": 8}
    assert sum(case.most is not None for case in CASES) == 33
    assert sum(case.result["over"] > 0 for case in CASES) == 18
    assert sum(bool(case.follow) for case in CASES) == 15
    assert Counter(case.of for case in CASES) == {"visits": 63, "checks": 9}
    assert sum(not case.result["met"] for case in CASES) == 24


@pytest.mark.parametrize("file", ["joint.json", "layouts.json"])
@pytest.mark.parametrize("scheme", SCHEMES)
def test_golden_keys_follow_from_label_and_seed(file: str, scheme: Scheme) -> None:
    """The key of each golden file can be recomputed from what stands beside it."""
    given = stored(file)[scheme]
    assert given["key"] == label_key(scheme, given["label"], given["seed"])
    assert given["key"] == oracle.hashed(scheme, scheme, "label", given["label"], given["seed"])


@pytest.mark.parametrize("case", CASES, ids=named)
def test_the_literal_reading_gives_the_golden_values(case: Case) -> None:
    """Every visit with its demands, every count, the layout, the best rate, the cells with visits for the quota."""
    found = drawn(case)
    found["cells"] = len(found["cells"])
    assert found["visits"] == case.visits
    assert {name: found[name] for name in case.result} == dict(case.result)


@pytest.mark.parametrize("case", CASES, ids=named)
def test_counts_told_by_cell_sum_to_those_of_the_draw(case: Case) -> None:
    """Cells in byte order; their visits, joint visits, extra ones and overfull ones sum to the whole."""
    found = drawn(case)
    told = found["cells"]
    assert [cell["key"] for cell in told] == sorted((cell["key"] for cell in told), key=str.encode)
    for name, whole in (("visits", "n_visits"), ("joint", "joint"), ("extra", "extra")):
        assert sum(cell[name] for cell in told) == found[whole]
    assert len(found["for_quota"]) == found["extra"]
    assert found["for_quota"] <= set(found["visits"])
    assert all(len({case.department[d] for d in found["visits"][e]}) > 1 for e in found["for_quota"])
    if case.most is not None:
        assert sum(cell["largest"] > case.most for cell in told) == found["over"]


# ---- what must hold for every layout


@pytest.mark.parametrize("case", CASES, ids=named)
@pytest.mark.parametrize("most", [None, 1, 2, 3])
def test_every_layout_serves_every_mark(case: Case, most: int | None) -> None:
    """However the cells are laid, a demand is served as often in a cell as it marked there, a department n_d times."""
    rules: list[dict[str, Any]] = [
        {"target": None, "reach": "nested"},
        {"target": Fraction(1), "reach": "spread", "of": "checks"},
        {"target": Fraction(1), "reach": "extra", "of": "visits"},
    ]
    for rule in rules:
        found = drawn(case, **rule, most=most)
        inside = oracle.cells(case.member)
        for cell in found["cells"]:
            visits = [found["visits"][e] for e in inside[cell["key"]] if e in found["visits"]]
            served = Counter(demand for demands in visits for demand in demands)
            assert served == Counter({demand: n for demand, n in cell["counts"].items() if n})
            coming = Counter(department for demands in visits for department in {case.department[d] for d in demands})
            of_departments = oracle.of_departments(cell["counts"], case.department)
            assert coming == Counter({department: n for department, n in of_departments.items() if n})


def test_what_is_laid_is_what_was_counted() -> None:
    """Of thousands of cells, laid in every order of departments: V visits, J joint ones, no department twice."""
    random = Random(6_5)
    for _ in range(3000):
        size = random.randint(1, 9)
        numbers = {f"部{i}": random.randint(0, size) for i in range(random.randint(1, 5))}
        if not any(numbers.values()):
            continue
        most = random.choice([None, 1, 2, 3, 4])
        laid = oracle.spread_cell(list(numbers.values()), size, most)
        more = random.randint(0, laid["room"])
        columns = oracle.lay_spread(numbers, laid["joint"] + more, laid["singles"])
        coming = Counter(column for own in columns.values() for column in own)
        assert {name: len(set(own)) for name, own in columns.items()} == numbers
        assert sorted(coming) == list(range(laid["visits"] + more))
        assert sum(n > 1 for n in coming.values()) == laid["joint"] + more
        assert len(coming) <= size
        if most is not None:
            assert max(coming.values()) <= max(most, -(-sum(numbers.values()) // size))


# ---- worked by hand

TRIPLE: oracle.Membership = {f"A{i}": {"甲": (), "乙": (), "丙": ()} for i in range(3)}
SINGLE: oracle.Membership = {"B0": {"丁": ()}}
TWO_OF_EACH: dict[tuple[str, oracle.Stratum], int] = {("甲", ()): 2, ("乙", ()): 2, ("丙", ()): 2, ("丁", ()): 1}
TWO_TRIPLES = {"A0": ["丙", "乙", "甲"], "A1": ["丙", "乙", "甲"], "B0": ["丁"]}
THREE_PAIRS = {"A0": ["乙", "甲"], "A1": ["丙", "甲"], "A2": ["丙", "乙"], "B0": ["丁"]}


def by_hand(**rule: Any) -> dict[str, Any]:
    """Two checks of each of three departments among three enterprises, and one alone; tickets in the order of names."""
    places = {"甲": "0", "乙": "1", "丙": "2", "丁": "3"}
    own = {name: name for name in places}
    member: oracle.Membership = {**SINGLE, **TRIPLE}
    return oracle.joint_draw(member, TWO_OF_EACH, own, {}, str.encode, lambda _, *names: places[names[-1]], **rule)


@pytest.mark.parametrize(
    ("target", "of", "reach", "expected"),
    [
        ("2/3", "visits", "extra", (TWO_TRIPLES, True, "nested", set())),
        ("2/3", "visits", "nested", (TWO_TRIPLES, True, "nested", set())),
        ("3/4", "visits", "nested", (TWO_TRIPLES, False, "nested", set())),
        ("3/4", "visits", "spread", (TWO_TRIPLES, False, "spread", set())),
        ("3/4", "visits", "extra", (THREE_PAIRS, True, "extra", {"A2"})),
        ("1", "visits", "extra", (THREE_PAIRS, False, "extra", {"A2"})),
        ("6/7", "checks", "extra", (TWO_TRIPLES, True, "nested", set())),
        ("1", "checks", "extra", (TWO_TRIPLES, False, "spread", set())),
    ],
)
def test_two_triples_become_three_pairs(
    target: str, of: str, reach: str, expected: tuple[dict[str, list[str]], bool, str, set[str]]
) -> None:
    """Only for a target of visits that is missed otherwise; of a target out of reach, as much as there is room."""
    found = by_hand(target=Fraction(target), of=of, reach=reach)
    assert (found["visits"], found["met"], found["layout"], found["for_quota"]) == expected
    assert found["best"] == (Fraction(3, 4) if of == "visits" else Fraction(6, 7))


def test_a_cell_of_exactly_the_most_departments_stays_nested() -> None:
    """Three departments where three may come: nested; where two may come: spread, and none has three."""
    counts = [([4, 2, 2], 4, False)]
    kept, laid = (
        oracle.arrange(counts, target=None, of="visits", reach="nested", most=most)["cells"][0] for most in (3, 2)
    )
    assert (kept["spread"], kept["visits"], kept["joint"]) == (False, 4, 2)
    assert (laid["spread"], laid["visits"], laid["joint"]) == (True, 4, 4)


# ---- periods and receipts: values of the same second implementation

KEYS = {scheme: stored("layouts.json")[scheme]["key"] for scheme in SCHEMES}
PERIODS = dict(zip(SCHEMES, ("31012003123044422", "43321423120002410"), strict=True))  # of e000 to e016, five of them
ROOTS = dict(
    zip(
        SCHEMES,
        (
            "dda0258dc2d20cfb3746fcefcdac2bb8698cb87384c14729ad502aa63e4ddac3",
            "452f30fe29350b018b88ddfe38588154b42593e9a6ecbd976165f3b3906b8b02",
        ),
        strict=True,
    )
)
# leaves, and the roots of the first one, two, … of them, in the tests of google/certificate-transparency (same tree)
LEAVES = ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
TREES = (
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_golden_periods(scheme: Scheme) -> None:
    """Seventeen visits over five periods, under both hashes."""
    ids = [f"e{number:03}" for number in range(17)]
    found = oracle.periods(ids, 5, oracle.by_names(scheme, KEYS[scheme]))
    assert "".join(str(found[enterprise]) for enterprise in ids) == PERIODS[scheme]
    assert oracle.periods([], 5, oracle.by_names(scheme, KEYS[scheme])) == {}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_golden_root_of_receipts(scheme: Scheme) -> None:
    """Seven visits with people; the order in which they are given decides nothing."""
    visits = [
        {
            "enterprise": f"e{number:03}",
            "demands": ["消防"],
            "lead": "消防",
            "period": 0,
            "team": [["消防", ["F01", "F02"]]],
        }
        for number in range(7)
    ]
    assert oracle.receipts_root(scheme, KEYS[scheme], visits) == ROOTS[scheme]
    assert oracle.receipts_root(scheme, KEYS[scheme], reversed(visits)) == ROOTS[scheme]


def test_golden_trees() -> None:
    """One to eight leaves, and the empty tree."""
    leaves = [bytes.fromhex(leaf) for leaf in LEAVES]
    assert [oracle.tree(SCHEMES[0], leaves[:size]).hex() for size in range(1, 9)] == list(TREES)
    assert oracle.tree(SCHEMES[0], []).hex().startswith("e3b0c44298fc1c14")
