"""Text: what is clean, canonical JSON against the RFC's rules, exact fractions against decimal arithmetic."""

import copy
import decimal
import json
import tracemalloc
import unicodedata
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import Any, Final

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dual_random.errors import InputError, Note
from dual_random.forms import refuse
from dual_random.text import (
    Json,
    canonical_json,
    decimal_text,
    json_bytes,
    parse_json,
    parse_share,
    share_text,
    shown,
    text_fault,
    text_faults,
)

quick = settings(deadline=None, derandomize=True)

FORBIDDEN: Final = {"Cc", "Cf", "Cs", "Cn", "Zl", "Zp"}
SPACES: Final = " \u00a0\u1680\u2000\u2009\u202f\u205f\u3000"


def parsed(data: bytes) -> object:
    """What JSON holds, or all that is wrong with it."""
    value, faults = parse_json(data)
    refuse(faults)
    return value


def codes(call: Callable[[], object]) -> list[tuple[str, str]]:
    """Codes and places of the faults of a call."""
    with pytest.raises(InputError) as caught:
        call()
    assert all(note.text("en") and note.text("zh") for note in caught.value.faults)
    return [(note.code, note.at) for note in caught.value.faults]


def code(value: object, *, empty: bool = False) -> str:
    """The code of a text's fault, or ""."""
    fault = text_fault(value, "here", empty=empty)
    assert fault is None or fault.at == "here"
    return "" if fault is None else fault.code


# ---- clean text


@pytest.mark.parametrize(
    "text",
    [
        *("E1", "~", "a b", "海曙区 A", "é", "ＡＢＣ１２３", "ABC123", "ｱ", "𠮷野家", "가", "👩", "a" * 100),
        *("\ue000", "a\U000f0000z", "a\u3000b", "a\u00a0b", '"{}\\', "(特种设备)·①", "İ", "ß", "x\u0323"),
    ],
)
def test_clean_text(text: str) -> None:
    """Printable ASCII, Chinese, full and half width, private use and inner spaces are clean."""
    assert code(text) == ""


@pytest.mark.parametrize(
    "character",
    [
        *("\t", "\n", "\r", "\0", "\x1b", "\x7f", "\x85"),  # Cc
        *("\u200b", "\ufeff", "\u00ad", "\u200e", "\u2060", "\U000e0001"),  # Cf
        *("\ud800", "\udfff"),  # Cs
        *("\u0378", "\ufdd0", "\uffff", "\U0010ffff"),  # Cn
        *("\u2028", "\u2029"),  # Zl, Zp
    ],
)
def test_invisible_characters_are_refused(character: str) -> None:
    """Control, format, surrogate, unassigned and line-separating characters are faults at every place."""
    for text, position in ((f"{character}ab", 1), (f"a{character}b", 2), (f"海{character}b", 2), (f"ab{character}", 3)):
        fault = text_fault(text, "row 4")
        assert fault is not None
        assert (fault.code, fault.at) == ("text-character", "row 4")
        assert fault.params["character"] == f"{ord(character):04X}"
        assert fault.params["position"] == position
        assert fault.text("en").isprintable()
        assert fault.text("zh").isprintable()


@pytest.mark.parametrize("text", ["e\u0301", "\u212b", "a\u0307\u0323", "\uf900", "\u1100\u1161"])
def test_other_normal_forms_are_refused(text: str) -> None:
    """Text that NFC would change is refused, never repaired; its NFC form is clean."""
    assert code(text) == "text-not-nfc"
    assert code(unicodedata.normalize("NFC", text)) == ""


@pytest.mark.parametrize("space", SPACES)
def test_outer_spaces_are_refused(space: str) -> None:
    """A first or last character of category Zs is a fault, the ideographic space too."""
    if unicodedata.normalize("NFC", space) == space:
        assert [code(f"{space}E1"), code(f"E1{space}"), code(space)] == ["text-space"] * 3
        assert code(f"E{space}1") == ""
    else:
        assert code(f"{space}E1") == "text-not-nfc"


def test_empty_text() -> None:
    """An empty text is a fault unless it is an attribute's value."""
    assert code("") == "text-empty"
    assert code("", empty=True) == ""
    assert code(" ", empty=True) == "text-space"


@pytest.mark.parametrize("value", [7, 7.0, None, True, b"E1", ["E1"], np.int64(7)])
def test_other_types_are_refused(value: object) -> None:
    """Whatever is no str is a fault that names its type: 7 and "7" must not meet."""
    fault = text_fault(value)
    assert fault is not None
    assert (fault.code, fault.params["type"]) == ("text-type", type(value).__name__)


@quick
@given(st.text(max_size=6) | st.text(st.characters(max_codepoint=0x2FF), max_size=4))
@example("\u3000")
@example("\ud800")
def test_clean_text_is_what_the_scheme_says(text: str) -> None:
    """For every text: clean exactly if in NFC, without forbidden categories, without outer spaces, not empty."""
    clean = (
        text != ""
        and unicodedata.normalize("NFC", text) == text
        and not any(unicodedata.category(character) in FORBIDDEN for character in text)
        and "Zs" not in (unicodedata.category(text[0]), unicodedata.category(text[-1]))
    )
    assert (text_fault(text) is None) == clean


def test_faults_of_several_texts() -> None:
    """Every faulty text is named by its place, in order; clean ones are silent."""
    faults = text_faults({"title": "", "number": 3, "authority": "海曙"})
    assert [(note.code, note.at) for note in faults] == [("text-empty", "title"), ("text-type", "number")]
    assert text_faults({"substitute": ""}, empty=True) == []


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("E1", "'E1'"),
        ("海曙", "'海曙'"),
        ("a\u200b", "'a\\u200b'"),
        ("\ud800", "'\\ud800'"),
        (Fraction(62, 125), "62/125"),
        (None, "None"),
        ("x" * 100, "'" + "x" * 58 + "…"),
    ],
)
def test_shown(value: object, expected: str) -> None:
    """A message shows a value by its repr, invisible characters escaped, never long, and never fails to."""
    assert shown(value) == expected
    assert len(shown(value)) <= 60


def test_numbers_too_long_to_print_are_shown_by_their_type() -> None:
    """An integer of more digits than Python prints is shown by its type, alone or inside something."""
    huge = 10**5000
    assert [shown(value) for value in (huge, Fraction(huge, 7), [huge])] == ["<int>", "<Fraction>", "<list>"]


# ---- canonical JSON


def independent(value: object) -> str:
    """RFC 8785 for text, booleans, integers, lists and ASCII keys, written from its section 3.2."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return f'"{"".join(map(escaped, value))}"'
    if isinstance(value, dict):
        return "{" + ",".join(f"{independent(k)}:{independent(v)}" for k, v in sorted(value.items(), key=utf16)) + "}"
    assert isinstance(value, list | tuple)
    return "[" + ",".join(map(independent, value)) + "]"


def utf16(item: tuple[str, object]) -> bytes:
    """The order of keys in the RFC."""
    return item[0].encode("utf-16-be")


def escaped(character: str) -> str:
    """One character of a string, by the RFC's table."""
    short = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}
    if character in short:
        return short[character]
    return f"\\u{ord(character):04x}" if ord(character) < 0x20 else character


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=5)
keys = st.text(st.characters(max_codepoint=127), max_size=4)
values: st.SearchStrategy[Json] = st.recursive(
    st.booleans() | st.integers(1 - 2**53, 2**53 - 1) | texts,
    lambda parts: st.lists(parts, max_size=4) | st.dictionaries(keys, parts, max_size=4),
    max_leaves=12,
)


@quick
@given(values)
def test_json_is_that_of_the_rfc(value: Json) -> None:
    """For every value: the bytes are those of an independent writer, reading them gives the value back."""
    written = canonical_json(value)
    assert written == independent(value).encode()
    assert parsed(written) == value == json.loads(written)
    assert type(parsed(written)) is type(value)
    assert json_bytes(value) == written


@quick
@given(values, st.integers(0, 3))
def test_json_of_any_spelling_reads_alike(value: Json, indent: int) -> None:
    """Blanks, escapes and the order of keys in a file make no difference to what is read."""
    spelled = json.dumps(value, indent=indent, ensure_ascii=True)
    assert canonical_json(parsed(spelled.encode())) == canonical_json(value)  # type: ignore[arg-type]


def test_json_escapes() -> None:
    """Only quote, backslash and the characters below U+0020 are escaped, in lower case; all else stands in UTF-8."""
    value = '\x00\x08\t\n\x0b\f\r\x1b\x1f "\\/<\x7f\x80\u2028\u2029é海\U00020bb7'
    written = '"\\u0000\\b\\t\\n\\u000b\\f\\r\\u001b\\u001f \\"\\\\/<\x7f\x80\u2028\u2029é海𠮷"'
    assert canonical_json(value) == written.encode()


def test_json_keys_are_sorted_at_every_level() -> None:
    """Keys stand in ASCII order, whatever the order of the dict; lists keep theirs."""
    value: Json = {"b": [{"z": 1, "a": 2}, 1], "B": True, "a": {}, "": [], "_": "", "a0": 0}
    assert canonical_json(value) == b'{"":[],"B":true,"_":"","a":{},"a0":0,"b":[{"a":2,"z":1},1]}'


def test_json_of_frozen_parts() -> None:
    """Tuples are lists, and a read-only mapping is an object."""
    assert canonical_json({"a": ((), (1,)), "b": MappingProxyType({"d": 1, "c": "x"})}) == (
        b'{"a":[[],[1]],"b":{"c":"x","d":1}}'
    )


def test_long_keys_cost_no_memory_for_sound_values() -> None:
    """A path is made for a fault alone, and long keys are cut in it: 200 kB of key over 20,000 items is no 4 GB."""
    data = b'{"%b":[%b,0.5]}' % (b"k" * 200_000, b",".join([b"1"] * 20_000))
    tracemalloc.start()
    _, found = parse_json(data)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 10_000_000
    assert [len(note.at) for note in found] == [200 + len("[20000]")]
    assert found[0].at.endswith("k…[20000]")


def test_json_integers_end_where_floats_lose_them() -> None:
    """2^53 - 1 is written, 2^53 is refused, both signs: other languages read numbers as doubles."""
    assert canonical_json([2**53 - 1, 1 - 2**53]) == b"[9007199254740991,-9007199254740991]"
    assert codes(lambda: canonical_json([2**53, -(2**53), 10**5000])) == [("json-value", f"[{i}]") for i in range(3)]
    assert codes(lambda: parsed(b'{"a":9007199254740992}')) == [("json-value", "a")]


@pytest.mark.parametrize(
    ("value", "places"),
    [
        (None, [""]),
        (1.0, [""]),
        (float("nan"), [""]),
        (Fraction(1, 2), [""]),
        (b"x", [""]),
        ({1, 2}, [""]),
        (np.int64(3), [""]),
        ("\ud800", [""]),
        ({"a": [1, {"b": None, "c": 0.5}], "d": "\udfff"}, ["a[1].b", "a[1].c", "d"]),
        ({"海": 1}, [""]),
        ({"a": {1: "x", None: 1}}, ["a", "a"]),
        ({True: 1}, [""]),
        ([object], ["[0]"]),
    ],
)
def test_json_refuses_the_rest(value: Any, places: list[str]) -> None:
    """Floats, None, other keys, surrogates and foreign objects are refused, all of them, each with its path."""
    assert codes(lambda: canonical_json(value)) == [("json-value", place) for place in places]


@pytest.mark.parametrize(
    "data",
    [
        *(b"", b"{", b"[1,]", b"{'a':1}", b"[1 2]", b"\xff", b'"\xe6\xb5"', b"[1]x", b"nul"),
        *("[1]".encode("utf-16"), b"\xef\xbb\xbf[1]"),
        *(b'{"a":1,"a":1}', b'[{"a":1,"b":2,"a":3}]', b'{"a":{"x":"","x":""}}', b'{"a":1,"\\u0061":1}'),
        b"9" * 5000,
    ],
)
def test_what_is_no_such_json_is_refused(data: bytes) -> None:
    """Broken files, other encodings, marks in front and repeated keys are refused as input, not a crash."""
    assert codes(lambda: parsed(data)) == [("json-syntax", "")]


@pytest.mark.parametrize(
    ("data", "at"),
    [
        *((b"null", ""), (b'{"a":[null]}', "a[0]"), (b'"\\ud800"', ""), ('{"海":1}'.encode(), "")),
        *((b"1.0", ""), (b"1e3", ""), (b"[1E400]", "[0]"), (b"-0.0", ""), (b'{"a":{"b":0.1}}', "a.b")),
        *((b"NaN", ""), (b"[7,Infinity]", "[1]"), (b"-Infinity", "")),
    ],
)
def test_json_beyond_the_scheme_is_refused(data: bytes, at: str) -> None:
    """JSON that the scheme does not use, floats in any writing among it, is refused with its path."""
    assert codes(lambda: parsed(data)) == [("json-value", at)]


def test_repeated_key_is_named() -> None:
    """The reason names the first repeated key, so that it can be searched for."""
    with pytest.raises(InputError, match="'seed' stands twice"):
        parsed(b'{"zzz":1,"seed":"1","zzz":2,"seed":"2"}')


@pytest.mark.parametrize("levels", [101, 350, 490, 700, 990, 5000, 200_000])
@pytest.mark.parametrize(("opening", "closing"), [(b"[", b"]"), (b'{"a":', b"}")])
def test_deep_nesting_is_refused(levels: int, opening: bytes, closing: bytes) -> None:
    """Nesting beyond 100 levels is a fault, on every Python and wherever its own limit lies; no crash, no recursion."""
    data = opening * levels + b"1" + closing * levels
    assert {found for found, _ in codes(lambda: parsed(data))} <= {"json-syntax", "json-value"}


def test_nesting_of_a_hundred_levels_is_read() -> None:
    """A hundred levels are read and written back."""
    data = b"[" * 100 + b"1" + b"]" * 100
    assert canonical_json(parsed(data)) == data  # type: ignore[arg-type]


def test_a_list_that_holds_itself_is_refused() -> None:
    """A circular value ends in a fault like any nesting too deep."""
    circle: list[Json] = []
    circle.append(circle)
    assert codes(lambda: canonical_json(circle)) == [("json-value", "[0]" * 100)]


# ---- shares


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("49.60%", Fraction(62, 125)),
        ("49.6%", Fraction(62, 125)),
        ("62/125", Fraction(62, 125)),
        ("0%", Fraction(0)),
        ("0", Fraction(0)),
        ("0/7", Fraction(0)),
        ("1", Fraction(1)),
        ("100%", Fraction(1)),
        ("007/007", Fraction(1)),
        ("0.01%", Fraction(1, 10_000)),
        (Fraction(1, 3), Fraction(1, 3)),
    ],
)
def test_writings_of_a_share(text: str | Fraction, expected: Fraction) -> None:
    """A percentage, a quotient or a Fraction is read exactly."""
    share = parse_share(text)
    assert share == expected
    assert type(share) is Fraction


@pytest.mark.parametrize(
    "value",
    [
        *("", "0.5", ".5%", "5.%", "5 %", " 5%", "5%\n", "+5%", "-5%", "5%%", "5％", "٥%", "1e1%", "1_0%", "½"),
        *("1/0", "0/0", "1/-2", "1/2/3", "a", "1/", "/2", "1" * 41 + "%", "1/" + "1" * 41),
        *(1, 0, True, None, Decimal("0.05"), b"5%", ["5%"], np.float32(0.5), np.int64(1)),
    ],
)
def test_other_writings_are_refused(value: object) -> None:
    """Every other writing or type is a fault that shows the two forms: 1 is no share, since "100%" and 1 differ."""
    assert codes(lambda: parse_share(value, "take")) == [("share-form", "take")]


@pytest.mark.parametrize(
    ("value", "advice"),
    [
        (0.07, "7%"),
        (0.496, "49.6%"),
        (1.0, "100%"),
        (0.0, "0%"),
        (-0.0, "0%"),
        (1e-7, "0.00001%"),
        (0.1 + 0.2, "30.000000000000004%"),
        (1e22, "1" + "0" * 24 + "%"),
        (float("nan"), "49.60%"),
        (float("inf"), "49.60%"),
        (float("-inf"), "49.60%"),
        (np.float64(0.07), "7%"),
        (49.6, "49.6%"),
        (100.0, "100%"),
        (100.5, "10050%"),
    ],
)
def test_floats_are_refused_with_the_text_to_write(value: float, advice: str) -> None:
    """A float is refused, numpy's too; the fault shows it and the text that means it."""
    with pytest.raises(InputError) as caught:
        parse_share(value, "take")
    (fault,) = caught.value.faults
    assert (fault.code, fault.at) == ("share-float", "take")
    assert dict(fault.params) == {"value": float.__repr__(value), "text": advice}


@quick
@given(st.floats(0, 1).filter(lambda value: value == 0 or value > 1e-20))
@example(5e-20)
def test_advice_for_a_float_means_its_decimal(value: float) -> None:
    """For every float from 0 to 1: the advised text is a share, equal to the decimal that Python prints."""
    with pytest.raises(InputError) as caught:
        parse_share(value)
    advice = str(caught.value.faults[0].params["text"])
    assert parse_share(advice) == Fraction(Decimal(repr(value)))


def test_advice_does_not_hang_on_the_caller() -> None:
    """The caller's decimal precision and traps change nothing."""
    with decimal.localcontext(decimal.Context(prec=3, traps=[decimal.Inexact])), pytest.raises(InputError) as caught:
        parse_share(0.123456789)
    assert caught.value.faults[0].params["text"] == "12.3456789%"


@quick
@given(st.integers(0, 10**25), st.integers(0, 10**12), st.integers(1, 12))
def test_percentages_are_exact(whole: int, part: int, places: int) -> None:
    """For every percentage: the share is its decimal value over a hundred."""
    text = f"{whole}.{part % 10**places:0{places}d}"
    assert parse_share(f"{text}%", high=None) == Fraction(Decimal(text)) / 100
    assert parse_share(f"{whole}%", high=None) == Fraction(whole, 100)


@pytest.mark.parametrize(
    "value", ["0." + "0" * 39 + "1%", "12." + "3" * 38 + "1%", Fraction(1, 3**100), Fraction(10**40, 7)]
)
def test_a_share_that_no_reader_takes_is_refused(value: str | Fraction) -> None:
    """A share of more than 40 digits in lowest terms could be committed, but not read again: it is refused before."""
    assert codes(lambda: parse_share(value, "take", high=None)) == [("share-long", "take")]


@quick
@given(st.integers(0, 10**40 - 1), st.integers(1, 10**40 - 1))
def test_what_is_a_share_is_read_from_its_text(part: int, whole: int) -> None:
    """For every share that is accepted: its text in lowest terms is accepted, and is the share."""
    share = parse_share(Fraction(part, whole), high=None)
    assert parse_share(share_text(share), high=None) == share


def test_numpy_integers_in_a_fraction_do_not_overflow() -> None:
    """The parts of a fraction are Python's own integers afterwards, so that products of them cannot wrap."""
    parts: Any = (np.int64(10**18 - 1), np.int64(10**18))
    share = parse_share(Fraction(*parts))
    assert (type(share.numerator), type(share.denominator)) == (int, int)
    assert share * 200 == Fraction(10**18 - 1, 5 * 10**15)


def test_a_text_that_says_one_thing_and_is_another_is_refused() -> None:
    """A subclass of str may hide what it holds: seeds and rules are plain text."""

    class Sly(str):
        def __str__(self) -> str:
            return "A"

    fault = text_fault(Sly("B"), "seed")
    assert fault is not None
    assert (fault.code, fault.params["type"]) == ("text-type", "Sly")


@quick
@given(st.fractions(0, 1))
def test_text_of_a_share_reads_back(share: Fraction) -> None:
    """For every share: its text is in lowest terms and reads back as the same share."""
    text = share_text(share)
    assert parse_share(text) == parse_share(share) == share
    assert text == (f"{share.numerator}/{share.denominator}" if share.denominator > 1 else f"{share.numerator}")


def test_range_of_a_share() -> None:
    """The limits belong to the range; beyond them the fault tells both, or the sign of infinity."""
    assert parse_share("3", low=2, high=3) == 3
    assert parse_share("200", high=None) == 200
    for value, low, high in (("101%", 0, 1), (Fraction(-1, 9), 0, None), ("1", 2, 3), (Fraction(1, 3), 1, 1)):
        with pytest.raises(InputError) as caught:
            parse_share(value, "rate", low=low, high=high)
        (fault,) = caught.value.faults
        assert (fault.code, fault.at) == ("share-range", "rate")
        assert (fault.params["low"], fault.params["high"]) == (low, "∞" if high is None else high)


@quick
@given(st.fractions(), st.integers(0, 8))
@example(Fraction(1, 2), 0)
@example(Fraction(-1, 200), 2)
@example(Fraction(-1, 201), 2)
@example(Fraction(9995, 1000), 2)
def test_decimal_text_is_rounded_half_up(value: Fraction, places: int) -> None:
    """For every fraction: the text is that of decimal arithmetic with ROUND_HALF_UP on the exact value."""
    context = decimal.Context(prec=400)
    quotient = context.divide(Decimal(value.numerator), Decimal(value.denominator))  # exact if it ends, ties included
    rounded = quotient.quantize(Decimal(1).scaleb(-places), decimal.ROUND_HALF_UP, context)
    assert decimal_text(value, places) == f"{rounded if rounded else abs(rounded):f}"


@quick
@given(st.integers(-200, 200), st.integers(0, 6))
def test_halves_go_away_from_zero(units: int, places: int) -> None:
    """For every exact half of the last unit: it is rounded away from zero."""
    value = Fraction(2 * units + 1, 2 * 10**places)
    away = units + 1 if value > 0 else units
    assert Decimal(decimal_text(value, places)) == Decimal(away).scaleb(-places)


def test_texts_of_decimals() -> None:
    """Zeros stand where they must: before the point, behind it, and never with a sign."""
    assert decimal_text(Fraction(1, 1000), 2) == "0.00"
    assert decimal_text(Fraction(-1, 1000), 2) == "0.00"
    assert decimal_text(Fraction(-1, 200), 2) == "-0.01"
    assert decimal_text(Fraction(30027), 2) == "30027.00"
    assert decimal_text(Fraction(99_999, 1000), 2) == "100.00"


def test_notes_of_texts_are_values() -> None:
    """The fault of a text is a plain note: copied and compared like any."""
    assert copy.copy(text_fault("", "row 1")) == Note("text-empty", "row 1")
