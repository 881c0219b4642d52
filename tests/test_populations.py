"""Who belongs to which population and stratum: held against a literal reading, a row at a time."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import oracle
from districts import District, Rows, districts, faults, named, plan, register
from dual_random import populations as rooms
from dual_random.plans import Demand, Plan
from dual_random.populations import Population, Populations, distinct, populations, stratum_key, unknown_values
from dual_random.registers import Register

quick = settings(deadline=None, derandomize=True, max_examples=200)

ROWS: Rows = [
    {"id": "E1", "risk": "A", "status": "存续"},
    {"id": "E2", "risk": "B", "status": "存续"},
    {"id": "E3", "risk": "A", "status": "注销"},
    {"id": "E4", "risk": "", "status": "存续"},
]


def members(population: Population, groups: Populations, enterprises: Register) -> dict[str, tuple[str, ...]]:
    """The ids of a population, each with the values of its stratum."""
    strata = population.stratum[groups.profile].tolist()
    pairs = zip(enterprises, strata, strict=True)
    return {enterprise: population.strata[stratum] for enterprise, stratum in pairs if stratum >= 0}


def of_one(demand: Demand, rows: Rows = ROWS) -> dict[str, tuple[str, ...]]:
    """The members of the only demand of a plan."""
    enterprises = register(rows)
    groups = populations(plan([demand]), enterprises)
    return members(groups.demands[0], groups, enterprises)


# ---- distinct


columns = st.integers(0, 12).flatmap(
    lambda rows: st.tuples(
        st.just(rows),
        st.lists(st.lists(st.integers(0, 3), min_size=rows, max_size=rows), max_size=4),
    )
)


@quick
@given(columns)
def test_distinct_numbers_the_kinds_of_rows_in_order(table: tuple[int, list[list[int]]]) -> None:
    """Rows are of one kind exactly if they are equal; kinds ascend; the example is the first of its kind."""
    rows, values = table
    kinds, example = distinct([(np.array(column, dtype=np.uint8), 4) for column in values], rows)
    keys = [tuple(column[row] for column in values) for row in range(rows)]
    ordered = sorted(set(keys))
    assert kinds.tolist() == [ordered.index(key) for key in keys]
    assert example.tolist() == [keys.index(key) for key in ordered]


@pytest.mark.parametrize(("table", "limit"), [(1, 2**62), (2**22, 4), (1, 4)], ids=["sorted", "renumbered", "both"])
def test_distinct_gives_the_same_by_table_by_sorting_and_renumbered(
    table: int, limit: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many codes there may be, the numbering is the same."""
    codes = [np.array(column) for column in ([3, 1, 3, 0, 1, 3], [0, 2, 0, 2, 2, 1], [1, 1, 1, 0, 1, 1])]
    expected = [part.tolist() for part in distinct([(column, 4) for column in codes], 6)]
    monkeypatch.setattr(rooms, "_TABLE", table)
    monkeypatch.setattr(rooms, "_LIMIT", limit)
    assert [part.tolist() for part in distinct([(column, 4) for column in codes], 6)] == expected


def test_distinct_survives_more_codes_than_a_number_holds() -> None:
    """Seven columns of a thousand million codes each overflow no number."""
    codes = np.array([5, 10**9 - 1, 5, 0])
    kinds, example = distinct([(codes, 10**9)] * 7, 4)
    assert kinds.tolist() == [1, 2, 1, 0]
    assert example.tolist() == [3, 0, 1]


# ---- membership


@quick
@given(districts())
def test_populations_are_those_of_a_literal_reading(district: District) -> None:
    """Every row is in exactly the populations, and strata, that the rules read word by word give it."""
    rows, rules = district
    enterprises = register(rows)
    groups = populations(rules, enterprises)
    expected = oracle.membership(rules.to_dict(), rows)
    for population in groups.demands:
        name = population.demand.name
        assert members(population, groups, enterprises) == {
            enterprise: strata[name] for enterprise, strata in expected.items() if name in strata
        }


@quick
@given(districts())
def test_strata_are_counted_and_in_byte_order_of_their_keys(district: District) -> None:
    """Sizes count the rows, no stratum is empty, and the keys ascend in byte order."""
    rows, rules = district
    groups = populations(rules, register(rows))
    assert [population.demand for population in groups.demands] == list(rules.demands)
    assert groups.sizes.tolist() == np.bincount(groups.profile, minlength=len(groups.sizes)).tolist()
    for population in groups.demands:
        found = population.stratum[groups.profile]
        assert list(population.sizes) == np.bincount(found[found >= 0], minlength=len(population.strata)).tolist()
        assert all(population.sizes)
        keys = [stratum_key(stratum).encode() for stratum in population.strata]
        assert all(one < other for one, other in pairwise(keys))


@quick
@given(st.data(), districts())
def test_the_order_of_rows_is_no_rule(data: st.DataObject, district: District) -> None:
    """Permuted rows give the same members and the same strata."""
    rows, rules = district
    one, other = register(rows), register(data.draw(st.permutations(rows)))
    before, after = populations(rules, one), populations(rules, other)
    for ours, theirs in zip(before.demands, after.demands, strict=True):
        assert (ours.strata, ours.sizes) == (theirs.strata, theirs.sizes)
        assert members(ours, before, one) == members(theirs, after, other)


def test_all_conditions_of_where_hold_and_any_value_of_a_column_suffices() -> None:
    """`where` is an and over columns, an or over values."""
    assert list(of_one(Demand("市监", take=0, where={"risk": ["A", "B"], "status": "存续"}))) == ["E1", "E2"]


def test_any_condition_of_unless_excludes() -> None:
    """`unless` is an or over columns and values."""
    assert list(of_one(Demand("市监", take=0, unless={"risk": ["B"], "status": "注销"}))) == ["E1", "E4"]


def test_a_missing_value_is_an_ordinary_value() -> None:
    """The empty text can be asked for, excluded, and forms a stratum."""
    assert list(of_one(Demand("市监", take=0, where={"risk": ""}))) == ["E4"]
    assert list(of_one(Demand("市监", take=0, unless={"risk": ""}))) == ["E1", "E2", "E3"]
    assert of_one(Demand("市监", take=0, by="risk"))["E4"] == ("",)


def test_strata_are_read_in_the_order_of_by() -> None:
    """The values of a stratum stand in the declared order of its columns."""
    assert of_one(Demand("市监", take=0, by=["status", "risk"]))["E3"] == ("注销", "A")


def test_strata_ascend_by_their_keys_not_by_their_values_nor_in_utf_16() -> None:
    """In the key a quotation mark ends a value, so "a b" and "a!" come before "a"; U+20000 after full-width A."""
    values = ["\U00020000", "\uff21", 'a"', "a\\", "ab", "a", "a!", "a b"]
    rows = [{"id": f"E{i}", "risk": value} for i, value in enumerate(values)]
    strata = populations(plan([Demand("市监", take=0, by="risk")]), register(rows)).demands[0].strata
    assert strata == (("a b",), ("a!",), ("a",), ('a"',), ("a\\",), ("ab",), ("\uff21",), ("\U00020000",))


def test_a_barred_enterprise_belongs_to_no_population_and_no_stratum() -> None:
    """It stays in the register, but is neither counted nor drawn, whatever follows."""
    enterprises = register(ROWS)
    rules = plan([Demand("市监", take=0, by="risk"), Demand("消防", follow="市监")], barred={"E4": "已注销"})
    groups = populations(rules, enterprises)
    assert [list(members(each, groups, enterprises)) for each in groups.demands] == [["E1", "E2", "E3"]] * 2
    assert groups.demands[0].strata == (("A",), ("B",))


def test_a_follower_keeps_to_the_population_it_follows_wherever_it_is_declared() -> None:
    """Its population is the part of the other's that meets its own conditions, before or after it in the plan."""
    enterprises = register(ROWS)
    follower = Demand("消防", follow="市监", where={"risk": "A"})
    lead = Demand("市监", take=0, where={"status": "存续"})
    for demands in ([follower, lead], [lead, follower]):
        groups = populations(plan(demands), enterprises)
        found = {each.demand.name: list(members(each, groups, enterprises)) for each in groups.demands}
        assert found == {"市监": ["E1", "E2", "E4"], "消防": ["E1"]}


# ---- refusals


def refused(rules: Plan) -> list[tuple[str, str]]:
    """Codes and places for which a plan cannot be read over the rows."""
    return named(faults(lambda: populations(rules, register(ROWS))))


def test_unknown_columns_and_barred_strangers_are_named_all_at_once() -> None:
    """Each column, wherever it is read, and each id that the register lacks."""
    demands = [
        Demand("市监", take=0, where={"rsik": "A", "risk": "A"}, by=["status", "kind"]),
        Demand("消防", follow="市监", unless={"boiler": "yes"}),
    ]
    assert refused(plan(demands, barred={"E1": "x", "E9": "y"})) == [
        ("column-unknown", "demands[0].where"),
        ("column-unknown", "demands[0].by"),
        ("column-unknown", "demands[1].unless"),
        ("barred-unknown", "barred.E9"),
    ]


def test_empty_populations_are_named_with_the_values_that_were_possible() -> None:
    """All empty ones; the note lists what the register holds in the columns of the conditions."""
    demands = [
        Demand("市监", take=0, where={"risk": "D"}),
        Demand("消防", take=0),
        Demand("环保", follow="市监"),
        Demand("城管", follow="消防", where={"status": "吊销"}),
    ]
    notes = faults(lambda: populations(plan(demands), register(ROWS)))
    assert named(notes) == [("population-empty", f"demands[{i}]") for i in (0, 2, 3)]
    assert notes[0].params["values"] == "risk: '', 'A', 'B'"


def test_a_population_whose_members_are_all_barred_is_empty() -> None:
    """Nobody is left to draw, so the plan is refused."""
    rules = plan([Demand("市监", take=0, where={"risk": "B"})], barred={"E2": "已注销"})
    assert refused(rules) == [("population-empty", "demands[0]")]


def test_many_possible_values_are_cut_short() -> None:
    """Eight values and an ellipsis, not a thousand."""
    rows = [{"id": f"E{i}", "risk": f"r{i:03}"} for i in range(100)]
    notes = faults(lambda: populations(plan([Demand("市监", take=0, where={"risk": "D"})]), register(rows)))
    assert str(notes[0].params["values"]).endswith("'r007' …")


def test_values_that_no_row_has_are_told_and_refuse_nothing() -> None:
    """A slip of the pen shows, in `where` and in `unless`, with its path."""
    demands = [
        Demand("市监", take=0, where={"risk": ["A", "a", "Z"]}),
        Demand("消防", take=0, unless={"status": "存續"}),
    ]
    notes = unknown_values(plan(demands), register(ROWS))
    assert named(notes) == [("value-unknown", "demands[0].where.risk")] * 2 + [
        ("value-unknown", "demands[1].unless.status")
    ]
    assert [note.params["value"] for note in notes] == ["'Z'", "'a'", "'存續'"]
    assert unknown_values(plan([Demand("市监", take=0, where={"risk": ["A", ""]})]), register(ROWS)) == ()


def test_columns_that_the_plan_does_not_read_make_no_profiles() -> None:
    """A register with an id-like column has as few profiles as the rules can tell apart."""
    rows = [{"id": f"E{i}", "risk": "AB"[i % 2], "address": f"{i} 号"} for i in range(50)]
    groups = populations(plan([Demand("市监", take=0, by="risk")]), register(rows))
    assert len(groups.sizes) == 2


@pytest.mark.parametrize("by", [(), ("risk",)])
def test_a_register_without_rows_has_empty_populations(by: tuple[str, ...]) -> None:
    """Nothing crashes on nothing; the plan is refused."""
    enterprises = Register({"id": [], "risk": []}, id="id", columns=["risk"])
    notes = faults(lambda: populations(plan([Demand("市监", take=0, by=by)]), enterprises))
    assert named(notes) == [("population-empty", "demands[0]")]
