"""Staffing: proofs of shortages that a reader can add up, and tables of who goes where."""

import pickle
from collections.abc import Callable
from itertools import groupby
from typing import Any, Final

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from districts import faults, named
from dual_random.errors import Note
from dual_random.plain import from_plain, to_plain
from dual_random.staffing import Place, PlaceTable, Shortage, Staffing, is_place, place_faults, place_table
from dual_random.testing.strategies import clean_texts

quick = settings(deadline=None, derandomize=True, max_examples=60)

PARTS: Final = ("places", "most", "in_period", "on_visit")


def shortage(**changes: Any) -> Shortage:
    """Five places on three visits; four can be filled: two by F01, one by F02 in July, one by F03 on E1."""
    parts: dict[str, Any] = {
        "places": [["E2", "leader", 1], ["E1", "member", 2], ["E1", "leader", 1], ["E3", "leader", 1]],
        "most": [["F01", 2], ["F00", 0]],
        "in_period": [["F02", "7月", 1]],
        "on_visit": [["F03", "E1"]],
        "demand": 5,
        "supply": 4,
    }
    return Shortage(**{**parts, **changes})


def other(**changes: Any) -> Shortage:
    """A block that shares nothing with the one above: nobody at all can go."""
    return Shortage(**{"places": [("E1", "boiler", 1), ("E9", "boiler", 1)], "demand": 2, "supply": 0, **changes})


def staffing(**changes: Any) -> Staffing:
    """A department that is short of three people."""
    parts: dict[str, Any] = {"department": "消防", "visits": 9, "places": 20, "shortages": [shortage(), other()]}
    return Staffing(**{**parts, **changes})


# ---- the proof


def test_a_proof_adds_up() -> None:
    """Demand and supply are the sums of what is stated; the rest stays empty."""
    made = shortage()
    assert (made.demand, made.supply, made.short, made.visits) == (1 + 2 + 1 + 1, 2 + 0 + 1 + 1, 1, 3)


def test_rows_of_a_proof_stand_in_byte_order() -> None:
    """The order of writing is no rule: U+20000 comes after full-width A, and equal proofs are equal values."""
    made = shortage(most=[("\U00020000", 1), ("\uff21", 1)])
    assert made.most == (("\uff21", 1), ("\U00020000", 1))
    backwards = shortage(**{part: getattr(shortage(), part)[::-1] for part in PARTS})
    assert backwards == shortage()
    assert {backwards: 1}[shortage()] == 1
    assert shortage().places == (("E1", "leader", 1), ("E1", "member", 2), ("E2", "leader", 1), ("E3", "leader", 1))


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"places": "E1"}, [("plan-shape", "places")]),
        ({"most": 7, "on_visit": {"F03": "E1"}}, [("plan-shape", "most"), ("plan-shape", "on_visit")]),
        ({"places": ["E1"]}, [("plan-shape", "places[0]")]),
        ({"places": [("E1", 1)]}, [("plan-shape", "places[0]")]),
        ({"places": [("E1", "leader", 1), ("E2", "leader", 0)]}, [("positive-form", "places[1]")]),
        ({"places": [("E1", "", "1")]}, [("text-empty", "places[0]"), ("positive-form", "places[0]")]),
        ({"most": [("F01", -1)]}, [("count-form", "most[0]")]),
        ({"most": [("F01", True), (7, 1)]}, [("count-form", "most[0]"), ("text-type", "most[1]")]),
        ({"most": [("F01", 1, 1)]}, [("plan-shape", "most[0]")]),
        ({"in_period": [("F02", "7月", 0)]}, [("positive-form", "in_period[0]")]),
        ({"in_period": [("F02", " 7月", 1)]}, [("text-space", "in_period[0]")]),
        ({"in_period": [("F02", ["7月"], 1)]}, [("text-type", "in_period[0]")]),
        ({"on_visit": [("F03", "")]}, [("text-empty", "on_visit[0]")]),
        ({"on_visit": [("F03", "E1", 1)]}, [("plan-shape", "on_visit[0]")]),
        ({"on_visit": [("F03", "E4")]}, [("shortage-elsewhere", "on_visit")]),
        ({"demand": 6}, [("shortage-sum", "demand")]),
        ({"supply": 3}, [("shortage-sum", "supply")]),
        ({"demand": "5"}, [("count-form", "demand")]),
        ({"supply": 4.0}, [("count-form", "supply")]),
        ({"most": [("F01", 3)], "supply": 5}, [("shortage-none", "")]),
        ({"places": [], "on_visit": [], "demand": 0, "supply": 3}, [("shortage-none", "")]),
        (
            {"places": [("E1", "leader", 2), ("E1", "leader", 3)]},
            [("name-repeated", "places")],
        ),
        ({"most": [("F01", 0), ("F01", 2)]}, [("name-repeated", "most")]),
        ({"in_period": [("F02", "", 1), ("F02", "", 1)], "supply": 5, "demand": 5}, None),
        ({"on_visit": [("F03", "E1"), ("F03", "E1")], "most": [("F01", 1)]}, [("name-repeated", "on_visit")]),
    ],
)
def test_a_proof_that_proves_nothing_is_refused(
    changes: dict[str, Any], expected: list[tuple[str, str]] | None
) -> None:
    """Other forms, names that stand twice, sums that are not those of the parts, a supply that suffices."""
    found = named(faults(lambda: shortage(**changes)))
    assert found == (expected or [("shortage-none", ""), ("name-repeated", "in_period")])


def test_all_faults_of_a_proof_are_told_at_once() -> None:
    """Forms of every part with those of the totals; and where the forms are right, sums with names."""
    wrong = {"places": [("", "leader", 1)], "most": [("F01",)], "in_period": [("F02", "", "1")], "on_visit": [5]}
    found = named(faults(lambda: shortage(**wrong, demand=-1, supply=None)))
    assert [at for _, at in found] == ["places[0]", "most[0]", "in_period[0]", "on_visit[0]", "demand", "supply"]
    found = named(faults(lambda: shortage(demand=1, supply=9, on_visit=[("F03", "E7"), ("F03", "E8")])))
    assert found == [
        ("shortage-sum", "demand"),
        ("shortage-sum", "supply"),
        ("shortage-none", ""),
        ("shortage-elsewhere", "on_visit"),
        ("shortage-elsewhere", "on_visit"),
    ]
    found = named(faults(lambda: shortage(demand="5", most=[("F01", 1), ("F01", 1)], on_visit=[("F03", "E7")])))
    assert found == [("count-form", "demand"), ("name-repeated", "most"), ("shortage-elsewhere", "on_visit")]


def test_a_period_without_a_name_is_a_period() -> None:
    """A plan without periods has one, which has no name; the same person may be limited in several."""
    assert shortage(in_period=[("F02", "", 1)]).short == 1
    assert shortage(most=[], in_period=[("F02", "7月", 1), ("F02", "8月", 2)]).short == 1


# ---- a department


def test_deficits_of_blocks_add_up() -> None:
    """Blocks that share nothing: one place and two places stay empty, so three."""
    assert (staffing().short, staffing(shortages=[]).short) == (3, 0)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"department": ""}, [("text-empty", "department")]),
        ({"visits": -1, "places": "9"}, [("count-form", "visits"), ("count-form", "places")]),
        ({"most": 0, "shortages": ()}, [("positive-form", "most")]),
        ({"enough": "2"}, [("positive-form", "enough")]),
        ({"shortages": [5]}, [("plan-shape", "shortages[0]")]),
        ({"shortages": 5}, [("plan-shape", "")]),
        ({"most": 3}, [("raised-and-short", "most")]),
        ({"enough": 3, "shortages": ()}, [("enough-and-not-short", "enough")]),
        ({"places": 6}, [("shortage-above-places", "shortages")]),
        ({"shortages": [shortage(), shortage()]}, [("name-repeated", "shortages")] * 8),
        (
            {"shortages": [shortage(), other(most=[("F00", 0)])]},
            [("name-repeated", "shortages")],
        ),
        (
            {"shortages": [shortage(), other(in_period=[("F02", "7月", 1)], supply=1)]},
            [("name-repeated", "shortages")],
        ),
        (
            {"shortages": [shortage(), other(on_visit=[("F03", "E1")], supply=1)]},
            [("name-repeated", "shortages")],
        ),
        (
            {"department": " ", "visits": None, "most": 1, "places": 1},
            [
                ("text-space", "department"),
                ("count-form", "visits"),
                ("raised-and-short", "most"),
                ("shortage-above-places", "shortages"),
            ],
        ),
    ],
)
def test_a_staffing_that_contradicts_itself_is_refused(
    changes: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    """Other forms, relief together with a shortage, blocks that count something twice; all at once."""
    assert named(faults(lambda: staffing(**changes))) == expected


def test_the_same_person_may_stand_in_two_blocks_by_another_limit() -> None:
    """In another period, on another visit: these limits are not shared."""
    block = other(in_period=[("F02", "8月", 1)], supply=1)
    assert staffing(shortages=[shortage(), block]).short == 2
    assert staffing(shortages=[shortage(), other(on_visit=[("F03", "E9")], supply=1)]).short == 2


# ---- statements


def test_a_shortage_is_told_with_its_proof() -> None:
    """Whoever adds the numbers in the sentence gets demand and supply; then what would mend it; in both languages."""
    first, second = staffing(enough=4).notes
    assert (first.code, second.code, first.at) == ("places-short-of-most", "places-short-of-most", "消防")
    assert str(first) == (
        "消防: 5 places on 3 visits, at most 4 of them can be filled: short of 1. Places: E1 (leader 1), "
        "E1 (member 2), E2 (leader 1), E3 (leader 1). Only these are eligible there, for so many at most: "
        "F00 (most 0), F01 (most 2), F02 (7月 1), F03 (E1 1). With most=4 all places of the department could be "
        "filled; more eligible inspectors help too"
    )
    assert first.text("zh") == (
        "消防：3 个户次上的 5 个名额，最多只能排满 4 个：缺 1 个。名额：E1 (leader 1), E1 (member 2), E2 (leader 1), "
        "E3 (leader 1)。除以下人员外无人符合条件，括号内为各人最多可占的名额：F00 (most 0), F01 (most 2), F02 (7月 1), "
        "F03 (E1 1)。most=4 即可排满该部门的全部名额；也可增加符合条件的执法检查人员"
    )


def test_a_shortage_that_no_limit_mends_says_so() -> None:
    """Other remedies are named; nobody eligible is a dash; without periods the limit itself is named."""
    first, second = staffing().notes
    assert (first.code, second.code) == ("places-short", "places-short")
    assert str(second) == (
        "消防: 2 places on 2 visits, at most 0 of them can be filled: short of 2. Places: E1 (boiler 1), "
        "E9 (boiler 1). Only these are eligible there, for so many at most: –. A higher most alone would not "
        "do: make more inspectors eligible there, raise most_per_period too, or ask for fewer places"
    )
    assert second.text("zh").endswith(
        "仅提高 most 无济于事：请增加符合条件的执法检查人员，同时提高 most_per_period，或减少名额"
    )
    unnamed = Staffing(department="消防", visits=3, places=5, shortages=[shortage(in_period=[("F02", "", 1)])])
    assert "F02 (most_per_period 1)" in str(unnamed.notes[0])


def test_long_lists_are_cut_in_statements() -> None:
    """The first ten and a count; ten are told in full. The value has them all."""
    for count, ends in ((10, "E09 (leader 1). Only"), (11, "E09 (leader 1), … (11). Only")):
        places = [(f"E{i:02}", "leader", 1) for i in range(count)]
        made = Shortage(places=places, demand=count, supply=0)
        assert len(made.places) == count
        told = str(Staffing(department="消防", visits=count, places=count, shortages=[made]).notes[0])
        assert ends in told
    people = [(f"F{i:02}", 0) for i in range(25)]
    made = Shortage(places=[("E1", "leader", 1)], most=people, demand=1, supply=0)
    assert "F09 (most 0), … (25). " in str(Staffing(department="消防", visits=1, places=1, shortages=[made]).notes[0])


def test_a_raised_limit_is_told() -> None:
    """Relief is a statement too; a department that was staffed under the plan's own limit has none."""
    raised = staffing(most=7, shortages=())
    assert [str(note) for note in raised.notes] == [
        "消防: as relief allows, most was raised to 7 for all: the least with which all 20 places could be filled"
    ]
    assert raised.notes[0].text("zh").startswith("消防：按 relief 的规定，most 对所有人提高到 7")
    assert staffing(shortages=()).notes == ()


# ---- plain data


SOUND: Final = {Shortage: other(), Staffing: Staffing(department="-", visits=0, places=0)}


def read(data: object) -> tuple[Staffing | None, list[Note]]:
    """A staffing from plain data."""
    return from_plain(Staffing, data, SOUND)


@st.composite
def shortages(draw: st.DrawFn) -> Shortage:
    """Any proof: texts of all kinds, and sums that fit."""
    names = st.lists(st.tuples(clean_texts(), clean_texts()), min_size=1, max_size=4, unique=True)
    people = st.lists(clean_texts(), max_size=3, unique=True)
    periods = st.lists(st.tuples(clean_texts(), st.one_of(st.just(""), clean_texts())), max_size=3, unique=True)
    places = [(*name, draw(st.integers(1, 5))) for name in draw(names)]
    most = [(who, draw(st.integers(0, 3))) for who in draw(people)]
    in_period = [(*name, draw(st.integers(1, 3))) for name in draw(periods)]
    on_visit = draw(
        st.lists(st.tuples(clean_texts(), st.sampled_from([e for e, *_ in places])), max_size=3, unique=True)
    )
    supply = sum(n for _, n in most) + sum(n for *_, n in in_period) + len(on_visit)
    demand = sum(need for *_, need in places)
    if demand <= supply:
        places[0] = (*places[0][:2], places[0][2] + supply - demand + draw(st.integers(1, 3)))
        demand = sum(need for *_, need in places)
    return Shortage(places=places, most=most, in_period=in_period, on_visit=on_visit, demand=demand, supply=supply)


@quick
@given(shortages(), st.one_of(st.none(), st.integers(1, 99)))
def test_staffings_survive_their_plain_data(proof: Shortage, enough: int | None) -> None:
    """Read back they are equal; what is empty or stands at its default is left out; every row is a list."""
    made = Staffing(department="消防", visits=9, places=proof.demand, enough=enough, shortages=[proof])
    data = to_plain(made)
    assert read(data) == (made, [])
    assert isinstance(data, dict)
    assert set(data) == {"department", "visits", "places", "shortages"} | ({"enough"} if enough else set())
    [told] = data["shortages"]
    filled = {part for part in PARTS if getattr(proof, part)}
    assert set(told) == filled | {"demand", "supply"}
    assert all(isinstance(row, list) for part in filled for row in told[part])


@quick
@given(shortages(), st.sampled_from(["demand", "supply"]), st.integers(-3, 3).filter(bool))
def test_any_other_total_is_refused(proof: Shortage, name: str, change: int) -> None:
    """A total that is not the sum of its parts is named, whatever it is."""
    found = faults(lambda: evolve(proof, **{name: getattr(proof, name) + change}))
    assert named(found) in (
        [("shortage-sum", name)],
        [("count-form", name)],
        [("count-form", name), ("shortage-sum", name)],
    )


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda data: data.pop("visits"), [("key-missing", "visits")]),
        (lambda data: data.update(slots=1), [("key-unknown", "slots")]),
        (lambda data: data.update(shortages={}), [("plan-shape", "shortages")]),
        (lambda data: data["shortages"].append(5), [("plan-shape", "shortages[2]")]),
        (lambda data: data["shortages"][1].update(people=[]), [("key-unknown", "shortages[1].people")]),
        (
            lambda data: data["shortages"][0].update(demand=4),
            [("shortage-sum", "shortages[0].demand")],
        ),
        (lambda data: data["shortages"][0].update(most="F01"), [("plan-shape", "shortages[0].most")]),
        (lambda data: data["shortages"][0]["most"].append(["F01"]), [("plan-shape", "shortages[0].most[2]")]),
        (lambda data: data["shortages"][0]["places"][1].append(1), [("plan-shape", "shortages[0].places[1]")]),
        (
            lambda data: data["shortages"][0]["on_visit"][0].__setitem__(1, "E7"),
            [("shortage-elsewhere", "shortages[0].on_visit")],
        ),
        (
            lambda data: (data["shortages"][0]["most"][0].__setitem__(1, None), data.update(places=None)),
            [("count-form", "places"), ("count-form", "shortages[0].most[0]")],
        ),
    ],
)
def test_damaged_data_is_refused_by_path(change: Callable[[Any], object], expected: list[tuple[str, str]]) -> None:
    """Every fault is named where it stands."""
    data: Any = to_plain(staffing())
    change(data)
    made, found = read(data)
    assert made is None
    assert sorted(named(found)) == sorted(expected)


# ---- who goes


ROWS: Final = [
    [("消防", "leader", "F05"), ("消防", "member", "F02"), ("环保", "member", "H01")],
    [],
    [("环保", "member", "H02")],
]


def test_a_table_of_places_is_a_sequence_of_visits() -> None:
    """Indices from either end, slices, iteration, length, equality, hash, pickling; what was put in comes out."""
    table = place_table(ROWS)
    kept = [tuple(places) for places in ROWS]
    assert list(table) == kept == [table[i] for i in range(3)]
    assert (len(table), table[-1], table[-3], table[1:], table[::-2]) == (
        3,
        kept[2],
        kept[0],
        tuple(kept[1:]),
        (kept[2], kept[0]),
    )
    assert table == place_table(tuple(map(tuple, ROWS))) != place_table(ROWS[:2])
    assert {table: 1}[place_table(ROWS)] == 1
    assert kept[2] in table
    assert place_table(table) is table
    assert repr(table) == "PlaceTable(3 visits, 4 places)"
    assert pickle.loads(pickle.dumps(table)) == table
    for wrong in (3, -4):
        with pytest.raises(IndexError):
            table[wrong]
    assert not place_table([])
    assert place_table([[], []]).counts == (0, 0)
    assert place_table([]) == PlaceTable()


def test_tables_that_differ_are_not_equal() -> None:
    """The same people on other visits, in other slots, for other departments: other tables."""
    table = place_table(ROWS)
    assert table == PlaceTable(
        counts=(3, 0, 1),
        departments=("消防", "消防", "环保", "环保"),
        slots=("leader", "member", "member", "member"),
        inspectors=("F05", "F02", "H01", "H02"),
    )
    changes: list[dict[str, Any]] = [
        {"counts": (3, 1, 0)},
        {"departments": ("消防", "消防", "消防", "环保")},
        {"slots": ("leader", "leader", "member", "member")},
        {"inspectors": ("F02", "F05", "H01", "H02")},
    ]
    assert all(evolve(table, **change) != table for change in changes)


def test_texts_of_a_table_are_shared() -> None:
    """Equal names are one value, however many visits a person is sent to."""
    rows = [[("".join(["消", "防"]), "".join(["mem", "ber"]), "".join(["F", str(i % 2)]))] for i in range(4)]
    table = place_table(rows)
    for column in (table.departments, table.slots, table.inspectors[::2]):
        assert len({id(name) for name in column}) == 1


@quick
@given(st.lists(st.lists(st.tuples(clean_texts(), clean_texts(), clean_texts()), max_size=5), max_size=6))
def test_tables_hold_any_places(rows: list[list[Place]]) -> None:
    """Visit by visit, place by place, and each visit's team as its places say, department after department."""
    rows = [sorted(places, key=lambda place: place[0]) for places in rows]
    table = place_table(rows)
    assert [list(places) for places in table] == rows == [list(table[i]) for i in range(len(rows))]
    assert table.departments_by_visit() == [tuple(name for name, _, _ in places) for places in rows]
    grouped = [groupby(places, key=lambda place: place[0]) for places in rows]
    assert table.teams() == [tuple((name, tuple(who for *_, who in own)) for name, own in groups) for groups in grouped]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (5, [("plan-shape", "")]),
        ("ab", [("plan-shape", "")]),
        ([5, [], "abc", None], [("plan-shape", f"places[{i}]") for i in (0, 2, 3)]),
        (
            [[], [("消防", "leader")], ["abc", ("a", "b", "c", "d")]],
            [("plan-shape", "places[1][0]"), *(("plan-shape", f"places[2][{i}]") for i in (0, 1))],
        ),
        (
            [[("消防", "leader", 7), (None, "leader", "F01")], [("消防", ["leader"], "F01")]],
            [
                ("text-type", "places.departments[1]"),
                ("text-type", "places.slots[2]"),
                ("text-type", "places.inspectors[0]"),
            ],
        ),
    ],
)
def test_what_is_no_table_of_places_is_refused(rows: Any, expected: list[tuple[str, str]]) -> None:
    """Every part is named by its place, all at once."""
    assert named(faults(lambda: place_table(rows))) == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"counts": (3, 0)}, [("places-uneven", "places")]),
        ({"counts": (3, 0, 2)}, [("places-uneven", "places")]),
        ({"slots": ("leader",) * 3}, [("places-uneven", "places")]),
        ({"inspectors": ("F05",) * 5}, [("places-uneven", "places")]),
        ({"departments": ()}, [("places-uneven", "places")]),
        ({"counts": (4, -1, 1)}, [("count-form", "places.counts[1]")]),
        ({"counts": (3, False, "1")}, [("count-form", "places.counts[1]"), ("count-form", "places.counts[2]")]),
        (
            {"counts": (3, 1.0), "slots": (1, 2)},
            [("count-form", "places.counts[1]"), ("text-type", "places.slots[0]"), ("text-type", "places.slots[1]")],
        ),
        ({"counts": 4}, [("plan-shape", "")]),
        ({"departments": "消防环保"}, [("plan-shape", "")]),
    ],
)
def test_columns_that_do_not_fit_are_refused(changes: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    """One of each per place, and counts that say whose they are."""
    found = faults(lambda: evolve(place_table(ROWS), **changes))
    assert named(found) == expected


def test_uneven_columns_are_told_with_their_lengths() -> None:
    """The places by their counts first, then the columns."""
    [note] = faults(lambda: evolve(place_table(ROWS), counts=(3, 0, 2)))
    assert note.params["counts"] == "5, 4, 4, 4"


class Word(str):
    """A text that is not exactly one."""


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (("消防", "leader", "F01"), []),
        (["消防", "leader", "F01"], [("plan-shape", "x")]),
        ("abc", [("plan-shape", "x")]),
        (("消防", "leader"), [("plan-shape", "x")]),
        (("消防", "leader", "F01", "F02"), [("plan-shape", "x")]),
        (("", " leader", "F01\n"), [("text-empty", "x[0]"), ("text-space", "x[1]"), ("text-character", "x[2]")]),
        (("消防", ["leader"], 7), [("text-type", "x[1]"), ("text-type", "x[2]")]),
        (("消防", "leader", Word("F01")), [("text-type", "x[2]")]),
        ((Word("环保"), "member", "H01"), [("text-type", "x[0]")]),
        (("环保", "member", "H01"), []),
    ],
)
def test_a_place_is_three_clean_texts(place: object, expected: list[tuple[str, str]]) -> None:
    """Department, slot and inspector; what is none is told part by part, whatever was asked before."""
    assert named(place_faults(place, "x")) == expected
    assert is_place(place) is (expected == [])
