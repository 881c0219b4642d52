"""Forms: many writings of a rule, one value of it, and the reasons why a value cannot be used."""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import Any, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dual_random.errors import InputError, Note
from dual_random.forms import (
    choice_faults,
    condition_faults,
    conditions,
    count_faults,
    flag_faults,
    kind_faults,
    listed,
    pair_faults,
    pairs,
    refuse,
    repeat_faults,
    share,
    take_faults,
    takes,
    words,
)
from dual_random.testing.strategies import clean_texts, shares

quick = settings(deadline=None, derandomize=True)


def codes(call: Callable[[], object]) -> list[tuple[str, str]]:
    """Codes and places of the faults of a call."""
    with pytest.raises(InputError) as caught:
        call()
    return told(caught.value.faults)


def told(notes: "tuple[Note, ...] | list[Note]") -> list[tuple[str, str]]:
    """Codes and places."""
    assert all(note.text("en") and note.text("zh") for note in notes)
    return [(note.code, note.at) for note in notes]


# ---- words and lists


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("risk", ("risk",)),
        ("", ("",)),
        (["risk", "district"], ("risk", "district")),
        (("b", "a"), ("b", "a")),
        ([], ()),
        (iter("ab"), ("a", "b")),
        ({"b": 1, "a": 2}.values(), (1, 2)),
        (7, (7,)),
        (None, (None,)),
    ],
)
def test_words(value: Any, expected: tuple[object, ...]) -> None:
    """One str is one word, never its characters; several keep their order; what is no word stays to be named."""
    assert words(value) == expected


def test_words_of_a_set_are_sorted() -> None:
    """A set has no order of its own, and Python's differs from run to run: its words stand in byte order."""
    assert words({"b", "Ａ", "a", "𠮷"}) == words(frozenset({"𠮷", "a", "b", "Ａ"})) == ("a", "b", "Ａ", "𠮷")


@pytest.mark.parametrize("value", [{"risk": 1}, MappingProxyType({"risk": ["A"]}), {}])
def test_words_of_a_mapping_are_refused(value: Any) -> None:
    """A mapping is no list of its keys: what stands behind them would silently be lost."""
    assert codes(lambda: words(value)) == [("plan-shape", "")]


def test_listed() -> None:
    """Several values become a tuple, in their order."""
    assert listed(iter([2, 1])) == listed((2, 1)) == (2, 1)
    assert listed([]) == ()


@pytest.mark.parametrize("value", ["text", 5, None, {"a": 1}, {"a"}, frozenset()])
def test_what_is_no_list(value: Any) -> None:
    """One text, one number, a mapping and a set, whose order would differ from run to run, are no list."""
    assert codes(lambda: listed(value)) == [("plan-shape", "")]


# ---- pairs and conditions


@quick
@given(st.dictionaries(clean_texts(), clean_texts()), st.randoms(use_true_random=False))
def test_order_of_writing_pairs_is_no_rule(value: dict[str, str], random: Any) -> None:
    """For every mapping: any order of it, as a mapping or as pairs, is the same value, in byte order of the names."""
    items = list(value.items())
    random.shuffle(items)
    expected = tuple(sorted(value.items(), key=lambda item: item[0].encode()))
    written: list[Any] = [value, dict(items), items, tuple(map(list, items)), MappingProxyType(value), expected]
    assert {pairs(form) for form in written} == {expected}


@quick
@given(st.dictionaries(clean_texts(), st.lists(clean_texts(), max_size=3, unique=True)))
def test_order_of_writing_conditions_is_no_rule(value: dict[str, list[str]]) -> None:
    """For every mapping: any order of columns and of values, in lists, tuples or sets, is the same value."""
    expected = tuple((column, tuple(sorted(value[column]))) for column in sorted(value, key=str.encode))
    turned = {column: tuple(reversed(values)) for column, values in reversed(value.items())}
    written: list[Any] = [value, turned, list(value.items()), {c: set(v) for c, v in value.items()}, expected]
    assert {conditions(form) for form in written} == {expected}


def test_one_value_of_a_condition_is_one_word() -> None:
    """A str is one value, not its characters, as a mapping and as a pair."""
    assert conditions({"status": "存续"}) == conditions([("status", "存续")]) == (("status", ("存续",)),)  # type: ignore[arg-type]


@pytest.mark.parametrize("value", [5, None, "status", ["status"], [("status",)], [("a", "b", "c")], ["ab"], {"a"}])
def test_other_shapes_of_conditions_are_refused(value: Any) -> None:
    """What is no mapping and no sequence of pairs is refused with the rule; two letters are no pair."""
    assert codes(lambda: conditions(value)) == [("plan-shape", "")]
    assert codes(lambda: pairs(value)) == [("plan-shape", "")]


def test_conditions_within_conditions_are_refused() -> None:
    """The values of a column are words, not another mapping whose keys would silently count."""
    assert codes(lambda: conditions({"status": {"存续": "yes"}})) == [("plan-shape", "")]


def test_values_of_other_types_stay_to_be_named() -> None:
    """A value that is no text is kept by the converter, in one order, for the check to name."""
    value: Any = {"boiler": True, "age": [7, None, "x"], "none": []}
    kept: object = conditions(value)
    assert kept == (("age", (7, None, "x")), ("boiler", (True,)), ("none", ()))
    assert told(condition_faults(conditions(value), "where")) == [
        ("text-type", "where.age"),
        ("text-type", "where.age"),
        ("text-type", "where.boiler"),
        ("condition-empty", "where.none"),
    ]


def test_faults_of_conditions() -> None:
    """Columns twice, values twice, text that is not clean: all are told, each at its column."""
    value: Any = [("risk", ["A", "A"]), ("risk", "B"), ("", "x"), (7, "x"), ("industry", [" H", ""])]
    assert told(condition_faults(conditions(value), "unless")) == [
        ("name-repeated", "unless"),
        ("text-empty", "unless."),
        ("text-type", "unless.7"),
        ("text-space", "unless.industry"),
        ("name-repeated", "unless.risk"),
    ]
    assert condition_faults(conditions({"status": "", "风险": ["A", "B"]}), "where") == []


def test_faults_of_pairs() -> None:
    """Names twice and text that is not clean on either side are told."""
    value: Any = [("E1", "closed"), ("E1", "closed"), ("E2", ""), (3, "x"), ("E4", None)]
    assert told(pair_faults(pairs(value), "barred")) == [
        ("name-repeated", "barred"),
        ("text-type", "barred.3"),
        ("text-empty", "barred.E2"),
        ("text-type", "barred.E4"),
    ]


# ---- takes and shares


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("5%", (((), Fraction(1, 20)),)),
        ("1", (((), Fraction(1)),)),
        (1, (((), 1),)),
        (Fraction(1, 20), (((), Fraction(1, 20)),)),
        ("200%", (((), Fraction(2)),)),
        ({}, ()),
        ({"A": "1%", "D": 30}, ((("A",), Fraction(1, 100)), (("D",), 30))),
        ([("A", "1%"), (["D"], 30)], ((("A",), Fraction(1, 100)), (("D",), 30))),
        ([(("A", "海曙"), 5), (("A", ""), "1/3")], ((("A", ""), Fraction(1, 3)), (("A", "海曙"), 5))),
        ([[[], "1/20"]], (((), Fraction(1, 20)),)),
        (0.05, (((), 0.05),)),
        ("five", (((), "five"),)),
        ({"A": 0.5}, ((("A",), 0.5),)),
    ],
)
def test_takes(value: Any, expected: tuple[tuple[object, object], ...]) -> None:
    """Text is a rate and becomes a Fraction, an int stays a number, a table is sorted; faults stay to be named."""
    found = takes(value)
    assert found == expected
    assert [type(part[1]) for part in found] == [type(part[1]) for part in expected]


@pytest.mark.parametrize("value", [None, ["A"], [("A", 1, 2)], Decimal(5), object(), {"A"}, ["A5"]])
def test_other_shapes_of_takes_are_refused(value: Any) -> None:
    """What is neither rate, number nor table is refused with the rule."""
    assert codes(lambda: takes(value)) == [("plan-shape", "")]


@quick
@given(
    st.dictionaries(
        st.tuples(clean_texts(), st.one_of(st.just(""), clean_texts())),
        st.one_of(shares(), st.integers(0, 9)),
        max_size=5,
    ),
    st.randoms(use_true_random=False),
)
def test_order_of_writing_takes_is_no_rule(value: dict[tuple[str, ...], Any], random: Any) -> None:
    """For every table: any order of it is the same value, in byte order of the strata, quotes or not."""
    items = list(value.items())
    random.shuffle(items)
    expected = tuple(sorted(value.items(), key=lambda item: [text.encode() for text in item[0]]))
    assert takes(value) == takes(items) == takes(expected) == expected  # type: ignore[arg-type]


def test_strata_stand_in_byte_order_whatever_they_hold() -> None:
    """Quotes and invisible signs do not move a stratum: the order is that of the text, not of Python's repr."""
    strata = ["a", "a'b", "a\"'", "a\ue000", "Ａ", "𠮷"]
    assert [stratum for (stratum,), _ in takes(dict.fromkeys(strata, 1))] == sorted(strata)


@pytest.mark.parametrize(
    ("take", "expected"),
    [
        (Fraction(1, 20), []),
        (Fraction(0), []),
        (Fraction(1), []),
        (0, []),
        (2**53 - 1, []),
        (Fraction(101, 100), [("share-range", "take.A")]),
        (Fraction(-1, 100), [("share-range", "take.A")]),
        (0.05, [("share-float", "take.A")]),
        ("five", [("share-form", "take.A")]),
        (None, [("share-form", "take.A")]),
        (-1, [("count-form", "take.A")]),
        (2**53, [("count-form", "take.A")]),
        (True, [("count-form", "take.A")]),
    ],
)
def test_faults_of_a_take(take: object, expected: list[tuple[str, str]]) -> None:
    """A take is a rate from 0 to 1 or a count; every other value is named by what is wrong with it."""
    assert told(take_faults(take, "take.A")) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [("49.60%", Fraction(62, 125)), (None, None), (Fraction(1, 3), Fraction(1, 3)), (1, 1), (0.5, 0.5), ("x", "x")],
)
def test_share(value: Any, expected: object) -> None:
    """Text of a share becomes a Fraction, None stays; what is none stays to be named."""
    assert share(value) == expected
    assert type(share(value)) is type(expected)


# ---- checks


def test_refuse_raises_all_or_nothing() -> None:
    """No fault, no error; else one error with all of them, from any iterable."""
    refuse([])
    notes = (Note("text-empty", "a"), Note("target-zero", "b"))
    with pytest.raises(InputError) as caught:
        refuse(iter(notes))
    assert caught.value.faults == notes


@pytest.mark.parametrize("value", ["", "UP", "up ", None, 0, ["up"], {"up": 1}])
def test_choices(value: object) -> None:
    """Only the words of the Literal are choices; the fault lists them."""
    allowed = Literal["up", "down"]
    assert choice_faults("up", allowed, "rounding") == []
    (fault,) = choice_faults(value, allowed, "rounding")
    assert (fault.code, fault.at, fault.params["known"]) == ("choice", "rounding", "up, down")


@pytest.mark.parametrize(
    ("values", "repeated"),
    [
        (["a", "b", "a", "c", "c", "a"], ["'a'", "'c'"]),
        ([("a", "b"), ("a",), ("a", "b")], ["('a', 'b')"]),
        ([(), ()], ["()"]),
        ([7, 7, None, None, ["x"], ["x"], (["x"],), (["x"],)], []),
        (["a", "A", "ａ"], []),
    ],
)
def test_repeats(values: list[object], repeated: list[str]) -> None:
    """Each text or tuple of texts that stands more than once is told once; other types are named elsewhere."""
    faults = repeat_faults(iter(values), "by")
    assert [note.params["name"] for note in faults] == repeated
    assert {(note.code, note.at) for note in faults} <= {("name-repeated", "by")}


@pytest.mark.parametrize("value", [-1, 2**53, True, False, 1.0, "1", None, Fraction(1), Decimal(1)])
def test_counts(value: object) -> None:
    """A count is an int from 0 below 2^53; a bool is none."""
    assert count_faults(0, "at_least") == count_faults(2**53 - 1, "at_least") == []
    assert told(count_faults(value, "at_least")) == [("count-form", "at_least")]


@pytest.mark.parametrize("value", [0, 1, "true", None, []])
def test_flags(value: object) -> None:
    """A flag is true or false and nothing that Python takes for it."""
    assert flag_faults(True, "met") == flag_faults(False, "met") == []
    assert told(flag_faults(value, "met")) == [("choice", "met")]


def test_kinds() -> None:
    """A part must be the value it should be; the fault tells which."""
    assert kind_faults(Note("target-zero"), Note, "excluded") == []
    (fault,) = kind_faults({"code": "target-zero"}, Note, "excluded")
    assert (fault.code, fault.at, fault.params["rule"]) == ("plan-shape", "excluded", "Note(…)")
