"""Unified social credit identifiers: both check characters, what they detect, and how they are written."""

import string
from functools import partial
from itertools import combinations
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum.cn import uscc as peer

from dual_random.errors import InputError, Note
from dual_random.messages import MESSAGES
from dual_random.uscc import compact, fault, is_valid, make, organisation_code

CHARACTERS: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
VALUES: Final = {character: int(character, 36) for character in string.digits + string.ascii_uppercase}
EXAMPLE: Final = "91350100M000100Y43"  # GB 32100-2015, annex B

quick = settings(deadline=None, derandomize=True)


def texts(characters: str, length: int) -> st.SearchStrategy[str]:
    return st.text(st.sampled_from(characters), min_size=length, max_size=length)


identifiers = st.builds(make, texts(CHARACTERS, 2), texts(string.digits, 6), texts(CHARACTERS, 8))
# a valid identifier, then up to three characters overwritten, and blanks, hyphens and lower case strewn in
edits = st.lists(st.tuples(st.integers(0, 17), st.sampled_from(CHARACTERS + "IOSVZ")), max_size=3)
writings = st.lists(st.tuples(st.integers(0, 20), st.sampled_from(["", " ", "-", "lower"])), max_size=3)


def edited(id: str, overwritten: list[tuple[int, str]], written: list[tuple[int, str]]) -> str:
    characters = list(id)
    for place, character in overwritten:
        characters[place] = character
    for place, how in written:
        at = min(place, len(characters) - 1)
        characters[at] = characters[at].lower() if how == "lower" else how + characters[at]
    return "".join(characters)


def full_width(text: str) -> str:
    return "".join(chr(ord(character) + 0xFEE0) for character in text)


def with_outer_check(first: str) -> str:
    """Seventeen characters and python-stdnum's check character for them."""
    return f"{first}{peer.calc_check_digit(first)}"


# ---- values known from elsewhere


@pytest.mark.parametrize(
    ("category", "region", "organisation", "expected"),
    [
        ("91", "350100", "M000100Y", EXAMPLE),
        ("91", "110000", "60003734", "91110000600037341L"),  # the example of python-stdnum's documentation
    ],
)
def test_published_identifiers(category: str, region: str, organisation: str, expected: str) -> None:
    """The identifiers printed in the standard and in python-stdnum are made from their parts, and are valid."""
    assert make(category, region, organisation) == expected
    assert is_valid(expected)


@pytest.mark.parametrize("code", ["D2143569X", "MA1FL0LY9", "PDY00001X", "600037341", "M000100Y4", "768225469"])
def test_published_organisation_codes(code: str) -> None:
    """Organisation codes of GB 11714-1997, annex B, and of other implementations' tests have our check character."""
    assert organisation_code(code[:8]) == code


@pytest.mark.parametrize(("body", "check"), [("00000000", "0"), ("00000005", "1"), ("00000006", "X")])
def test_remainders_zero_and_one(body: str, check: str) -> None:
    """By hand: remainder 0 gives 0, 10 gives 1, 1 gives X."""
    assert organisation_code(body) == body + check


# ---- held against python-stdnum


@quick
@given(texts(string.digits, 2), texts(string.digits, 6), texts(CHARACTERS, 8))
def test_made_identifiers_are_valid_elsewhere(category: str, region: str, organisation: str) -> None:
    """For every category, region and body, the identifier is valid here and in python-stdnum."""
    made = make(category, region, organisation)
    assert fault(made) == ""
    assert peer.validate(made) == made
    assert made[:16] == category + region + organisation


@settings(quick, max_examples=400)
@given(identifiers, edits, writings)
def test_same_verdict_as_stdnum(id: str, overwritten: list[tuple[int, str]], written: list[tuple[int, str]]) -> None:
    """For every identifier with slips, the verdict is python-stdnum's (outer check only, digits in front)."""
    text = edited(id, overwritten, written)
    assert compact(text) == peer.compact(text)
    ours = is_valid(compact(text), inner=False) and compact(text)[:2].isdigit()
    assert ours == peer.is_valid(text)


def test_authorities_with_letters() -> None:
    """Authorities written with letters (A, N, Y of the standard's list) are valid here; python-stdnum refuses them."""
    for category in ("N2", "Y1", "A1"):
        made = make(category, "330203", "PDY00001")
        assert is_valid(made)
        assert not peer.is_valid(made)


# ---- what the check characters detect


@settings(quick, max_examples=25)
@given(identifiers)
def test_every_single_slip_is_found(id: str) -> None:
    """For every identifier, every other character at every place is a fault, by the outer check alone."""
    for place in range(18):
        for character in set(CHARACTERS) - {id[place]}:
            assert fault(id[:place] + character + id[place + 1 :], inner=False)


@settings(quick, max_examples=50)
@given(identifiers)
def test_every_exchange_but_one_is_found(id: str) -> None:
    """For every identifier, exchanging two different characters is a fault, save for the first with the last."""
    for i, j in combinations(range(18), 2):
        characters = list(id)
        characters[i], characters[j] = id[j], id[i]
        exchanged = "".join(characters)
        found = fault(exchanged, inner=False)
        assert bool(found) == (exchanged != id and (i, j) != (0, 17))


@settings(quick, max_examples=40)
@given(identifiers)
def test_inner_check_finds_what_differs_modulo_11(id: str) -> None:
    """For every identifier with the outer check made to fit, a slip in the body is found iff values differ mod 11."""
    for place in range(8, 16):
        for character in set(CHARACTERS) - {id[place]}:
            slipped = with_outer_check(id[:place] + character + id[place + 1 : 17])
            differ = (VALUES[character] - VALUES[id[place]]) % 11
            assert fault(slipped) == ("uscc-organisation" if differ else "")
            assert fault(slipped, inner=False) == ""


@settings(quick, max_examples=40)
@given(identifiers)
def test_inner_check_finds_exchanges(id: str) -> None:
    """For every identifier with the outer check made to fit, an exchange is found iff the values differ mod 11."""
    for i, j in combinations(range(8, 16), 2):
        characters = list(id[:17])
        characters[i], characters[j] = id[j], id[i]
        differ = (VALUES[id[i]] - VALUES[id[j]]) % 11
        assert fault(with_outer_check("".join(characters))) == ("uscc-organisation" if differ else "")


@quick
@given(identifiers, st.sampled_from(CHARACTERS))
def test_inner_check_character_is_unique(id: str, character: str) -> None:
    """For every body exactly one character 17 passes, whatever other characters are worth modulo 11."""
    assert is_valid(with_outer_check(id[:16] + character)) == (character == id[16])


# ---- faults


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (EXAMPLE, ""),
        ("", "uscc-length"),
        ("无", "uscc-length"),
        ("320404000009558", "uscc-length"),  # an old registration number
        (EXAMPLE + "3", "uscc-length"),
        (EXAMPLE[:17] + "-", "uscc-length"),
        ("D2143569-X", "uscc-length"),
        ("9135010OM000100Y43", "uscc-character"),  # letter O
        ("91350100M000100Y4*", "uscc-character"),
        ("(1350100M000100Y43", "uscc-character"),
        ("9١350100M000100Y43", "uscc-character"),  # an Arabic digit
        ("91A50100M000100Y43", "uscc-region"),
        ("9135010AM000100Y43", "uscc-region"),
        ("91350100M000100Y34", "uscc-check"),
        ("91350100m000100y34", "uscc-check"),  # the writing is the smaller fault
        ("91350100M000100Y5" + peer.calc_check_digit("91350100M000100Y5"), "uscc-organisation"),
        ("91350100m000100y43", "uscc-not-canonical"),
        ("91350100-M000100Y-43", "uscc-not-canonical"),
        ("91 350100 M000100Y 4 3", "uscc-not-canonical"),
        (full_width(EXAMPLE), "uscc-not-canonical"),
        (full_width(EXAMPLE.lower()), "uscc-not-canonical"),
        (full_width("91350100M000100Y34"), "uscc-check"),
        ("91350100–M000100Y\u00a043\u3000", "uscc-not-canonical"),
    ],
)
def test_faults(text: str, code: str) -> None:
    """Each kind of fault has its code, the gravest first, and only a valid identifier has none."""
    assert fault(text) == code
    assert is_valid(text) == (code == "")


def test_outer_fault_comes_first() -> None:
    """Where both check characters are wrong, the outer one, which covers all, is reported."""
    assert fault("91350100M000100Y53") == "uscc-check"


def test_inner_check_may_be_left_out() -> None:
    """A register check without the inner character admits identifiers that were issued with a wrong one."""
    lenient = partial(fault, inner=False)
    issued = with_outer_check("91350100M000100Y5")
    assert (fault(issued), lenient(issued), is_valid(issued, inner=False)) == ("uscc-organisation", "", True)
    assert lenient("91350100M000100Y34") == "uscc-check"
    assert lenient(issued.lower()) == "uscc-not-canonical"


@quick
@given(identifiers, edits, writings)
def test_not_canonical_means_valid_when_compact(
    id: str, overwritten: list[tuple[int, str]], written: list[tuple[int, str]]
) -> None:
    """For every text, the writing alone is at fault iff its compact form differs and is valid."""
    text = edited(id, overwritten, written)
    assert (fault(text) == "uscc-not-canonical") == (text != compact(text) and fault(compact(text)) == "")
    assert fault(compact(text)) != "uscc-not-canonical"


@quick
@given(st.text(max_size=30))
def test_compact_twice(text: str) -> None:
    """For every text, compacting again changes nothing, and a canonical identifier is its own compact form."""
    assert compact(compact(text)) == compact(text)
    assert compact(EXAMPLE) == EXAMPLE


def test_compact_repairs_nothing() -> None:
    """Characters that merely resemble letters or digits, and all other marks, are left for the fault to name."""
    assert compact("ı ß ſ ① 〇 (A)9_*") == "ıßſ①〇(A)9_*"


@pytest.mark.parametrize("separator", " \u00a0\u3000-\u2010\u2011\u2012\u2013\u2014\u2212\uff0d")
def test_separators(separator: str) -> None:
    """Every kind of space and hyphen found in writing is dropped."""
    assert compact(separator.join(EXAMPLE)) == EXAMPLE


# ---- making


def test_make_names_all_faults() -> None:
    """One error names every part that has another form, with the characters it may have."""
    with pytest.raises(InputError) as caught:
        make("9", "35010A", "M000100I")
    assert [(note.code, note.at) for note in caught.value.faults] == [
        ("uscc-part", "category"),
        ("uscc-part", "region"),
        ("uscc-part", "organisation"),
    ]
    assert str(caught.value).splitlines()[1] == (
        "region: '35010A' cannot be this part of an identifier: write 6 characters out of 0123456789"
    )


@pytest.mark.parametrize("body", ["", "1234567", "123456789", "d2143569", "1234567-", "1234567١", None, 12345678])
def test_organisation_bodies(body: str) -> None:
    """A body of other than eight digits or capitals is refused, a number too."""
    with pytest.raises(InputError) as caught:
        organisation_code(body)
    assert [(note.code, note.at) for note in caught.value.faults] == [("uscc-part", "body")]


def test_bodies_may_have_any_letter() -> None:
    """GB 11714 allows I, O, S, V, Z, which an identifier does not: the code is computed, the identifier refused."""
    assert organisation_code("IOSVZ000")[:8] == "IOSVZ000"
    with pytest.raises(InputError):
        make("91", "330203", "IOSVZ000")


# ---- messages


def test_fault_messages_need_the_value_only() -> None:
    """Every fault code has a text in both languages that a register can fill in with the identifier alone."""
    samples = ["1", "9135010OM000100Y43", "91A50100M000100Y43", "91350100M000100Y34", "91350100m000100y43"]
    found = {fault(text) for text in [*samples, with_outer_check("91350100M000100Y5")]}
    assert found == {code for code in MESSAGES if code.startswith("uscc-")} - {"uscc-part"}
    for code in found:
        note = Note(code, "row 17", {"value": "X1"})
        assert note.text("en").startswith("row 17: ")
        assert "X1" in note.text("en")
        assert "X1" in note.text("zh")
