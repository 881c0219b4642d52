"""Unified social credit identifiers (统一社会信用代码): to check them, and to make them with both check characters.

An identifier (GB 32100-2015) has 18 characters: one for the registering authority, one for the kind of organisation,
six digits for the region (GB/T 2260), nine for the organisation, one to check all of them. The nine are an
organisation code (GB 11714-1997) of eight characters and a check character of its own. So there are two checks:

- The *outer* one works modulo 31, a prime, with the powers of 3, a primitive root: 17 different weights. It finds every
  single wrong character and every exchange of two different characters at any two places, next to each other or not,
  save one: the first with the last, whose weights are both 1.
- The *inner* one works modulo 11 with letters worth 10 to 35. It finds every wrong character, and every exchange
  of two, whose values differ modulo 11; so all of them where only digits are concerned.

Identifiers in real registers are text as issued. Among 149,565 well-formed ones in a uniform sample of a national
register 15 fail the outer check and 13 more the inner check alone, which no slip of one character explains: such
codes were issued, or invented. An enterprise that is left out can never be drawn, so look at these rows before you
exclude them.
"""

from operator import getitem
from typing import Final

from dual_random.errors import InputError, Note
from dual_random.text import shown

CHARACTERS: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100: no I, O, S, V, Z
_LETTERS_TOO: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"  # GB 11714
DIGITS: Final = "0123456789"
INNER_CHECKS: Final = "0123456789X"
_LENGTH: Final = 18

_ALPHABET: Final = frozenset(CHARACTERS)
_REGION_ALPHABET: Final = frozenset(DIGITS)
# Per place, what a character adds to the sum; the check character makes the outer sum a multiple of 31.
_OUTER: Final = tuple(
    {character: value * weight for value, character in enumerate(CHARACTERS)}
    for weight in (*(pow(3, place, 31) for place in range(_LENGTH - 1)), 1)
)
_INNER: Final = tuple(
    {character: value * weight for value, character in enumerate(_LETTERS_TOO)} for weight in (3, 7, 9, 10, 5, 8, 4, 2)
)
_SEPARATORS: Final = " \u00a0\u3000-\u2010\u2011\u2012\u2013\u2014\u2212\uff0d"
_FULL_WIDTH: Final = 0xFF21 - ord("A")
_PLAIN: Final[dict[int, str | None]] = {
    **{ord(character.lower()): character for character in _LETTERS_TOO},
    **{ord(character) + _FULL_WIDTH: character for character in _LETTERS_TOO},
    **{ord(character.lower()) + _FULL_WIDTH: character for character in _LETTERS_TOO},
    **{ord(separator): None for separator in _SEPARATORS},
}


def compact(id: str) -> str:
    """The identifier in its one canonical writing: half width, upper case, without spaces and hyphens.

    Only the writing changes; nothing else is repaired, and other characters stay. The library never does this
    to your ids by itself: whoever cleans a register does it knowingly, before it is committed.

    >>> compact("91350100-m000100y-43")
    '91350100M000100Y43'
    """
    return id.translate(_PLAIN)


def fault(id: str, *, inner: bool = True) -> str:
    """The code of the first fault of an identifier, or ``""``: made for ``Register(..., check=fault)``.

    Args:
        id: the identifier as it stands in the register.
        inner: whether the organisation code's own check character counts (GB 11714). Some identifiers were issued
            with a wrong one; ``functools.partial(fault, inner=False)`` admits them.

    Returns:
        - ``"uscc-length"``: not 18 characters, as the old registration numbers of 15;
        - ``"uscc-character"``: other than digits and capital letters without I, O, S, V, Z;
        - ``"uscc-region"``: places 3 to 8 are not digits;
        - ``"uscc-check"``: the last character does not fit the others;
        - ``"uscc-organisation"``: that one fits, but character 17 does not fit the eight before it;
        - ``"uscc-not-canonical"``: nothing wrong but the writing; `compact` gives the right one.

        These are codes of `dual_random.messages.MESSAGES`; their texts need the parameter ``value``. Places 1 and 2
        may be any of the characters: the standard's list of authorities and kinds grows.

    >>> fault("91350100M000100Y43")
    ''
    >>> fault("91350100M000100Y34"), fault("91350100m000100y43"), fault("320404000009558")
    ('uscc-check', 'uscc-not-canonical', 'uscc-length')
    """
    found = _plain_fault(id, inner)
    if found in ("uscc-length", "uscc-character"):
        return _plain_fault(compact(id), inner) or "uscc-not-canonical"
    return found


def _plain_fault(id: str, inner: bool) -> str:
    if len(id) != _LENGTH:
        return "uscc-length"
    if not _ALPHABET.issuperset(id):
        return "uscc-character"
    if not _REGION_ALPHABET.issuperset(id[2:8]):
        return "uscc-region"
    if sum(map(getitem, _OUTER, id)) % 31:
        return "uscc-check"
    return "uscc-organisation" if inner and id[16] != _inner_check(id[8:16]) else ""


def is_valid(id: str, *, inner: bool = True) -> bool:
    """Whether an identifier has no fault, its writing included.

    >>> is_valid("91350100M000100Y43"), is_valid("91350100M000100Y34")
    (True, False)
    """
    return not fault(id, inner=inner)


def organisation_code(body: str) -> str:
    """The nine characters of an organisation code (GB 11714-1997): its body and the check character.

    Bodies PDY00001 to PDY99999 are set aside by the standard for internal use: no organisation bears them.

    Args:
        body: eight digits or capital letters.

    Raises:
        InputError: another body.

    >>> organisation_code("D2143569")
    'D2143569X'
    """
    faults = _part_faults("body", body, 8, _LETTERS_TOO)
    if faults:
        raise InputError(faults)
    return body + _inner_check(body)


def make(category: str, region: str, organisation: str) -> str:
    """An identifier with both check characters computed, for examples, tests and synthetic registers.

    Args:
        category: authority and kind, e.g. ``"91"`` an enterprise, ``"92"`` self-employed, ``"93"`` a cooperative.
        region: six digits of GB/T 2260.
        organisation: the eight characters before the inner check, see `organisation_code`; ``"PDY00001"`` and
            so on are nobody's.

    Raises:
        InputError: parts of another form, all of them.

    >>> make("91", "350100", "M000100Y")
    '91350100M000100Y43'
    """
    faults = _part_faults("category", category, 2, CHARACTERS) + _part_faults("region", region, 6, DIGITS)
    faults += _part_faults("organisation", organisation, 8, CHARACTERS)
    if faults:
        raise InputError(faults)
    first = f"{category}{region}{organisation}{_inner_check(organisation)}"
    return first + CHARACTERS[-sum(map(getitem, _OUTER, first)) % 31]


def _inner_check(body: str) -> str:
    return INNER_CHECKS[-sum(map(getitem, _INNER, body)) % 11]


def _part_faults(at: str, part: object, length: int, characters: str) -> list[Note]:
    if isinstance(part, str) and len(part) == length and set(characters).issuperset(part):
        return []
    return [Note("uscc-part", at, {"value": shown(part), "length": length, "characters": characters})]
