"""Clean text, canonical JSON, and exact fractions to and from text (specification 1).

Text decides draws here, so it must have one spelling: what is not clean is refused, never repaired.
"""

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Context, Decimal
from fractions import Fraction
from reprlib import Repr
from typing import Final, TypeAlias

from dual_random.errors import InputError, Note

Share: TypeAlias = str | Fraction
Json: TypeAlias = "str | int | bool | Sequence[Json] | Mapping[str, Json]"

_FORBIDDEN: Final = frozenset({"Cc", "Cf", "Cs", "Cn", "Zl", "Zp"})
_PERCENT: Final = re.compile(r"([0-9]{1,40})(?:\.([0-9]{1,40}))?%", re.ASCII)
_RATIO: Final = re.compile(r"([0-9]{1,40})(?:/([0-9]{1,40}))?", re.ASCII)
_SAFE: Final = 2**53
_SHARE_DIGITS: Final = 40
_SHARE_LIMIT: Final = 10**_SHARE_DIGITS
_DEEPEST: Final = 100  # levels of JSON: far more than any plan has, far fewer than any Python's recursion limit
_EXACT: Final = Context(prec=2000)  # the caller's decimal context may round


def shown(value: object, most: int = 60) -> str:
    """A value as a message shows it: its `repr`, cut to a readable length."""
    try:
        text = _repr(value)
    except (ValueError, RecursionError):  # an integer of more digits than Python prints, lists in lists in lists
        text = f"<{type(value).__name__}>"
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _repr(value: object) -> str:
    if isinstance(value, Fraction):
        return share_text(value)
    if isinstance(value, str):
        return ascii(value) if not value.isprintable() else repr(value)
    if isinstance(value, dict | list | tuple | set | frozenset):
        brief = Repr()  # of lists in lists the beginning is enough, and quicker to find
        brief.maxstring = brief.maxother = brief.maxlong = 60
        return brief.repr(value)
    return repr(value)


def text_fault(value: object, at: str = "", *, empty: bool = False) -> Note | None:
    """The first reason why a value is not clean text, or None.

    Clean text has one spelling everywhere: Unicode NFC, no control, format, surrogate or unassigned
    characters (so no TAB, LF, BOM or zero-width ones), no outer space. `empty` allows ``""``.

    >>> text_fault("海曙区 A") is None
    True
    >>> text_fault("A\\u200b", "row 4").code
    'text-character'
    """
    if type(value) is not str:  # a subclass may say one text and hold another
        return Note("text-type", at, {"value": shown(value), "type": type(value).__name__})
    if not value:
        return None if empty else Note("text-empty", at)
    if value.isascii() and value.isprintable():
        return _outer_space(value, at)
    if not value.isprintable():  # only what Python does not print can be of a forbidden category
        for position, character in enumerate(value):
            if unicodedata.category(character) in _FORBIDDEN:
                where: dict[str, str | int] = {"character": f"{ord(character):04X}", "position": position + 1}
                return Note("text-character", at, {"value": shown(value), **where})
    if not unicodedata.is_normalized("NFC", value):
        return Note("text-not-nfc", at, {"value": shown(value)})
    return _outer_space(value, at)


def _outer_space(value: str, at: str) -> Note | None:
    if unicodedata.category(value[0]) == "Zs" or unicodedata.category(value[-1]) == "Zs":
        return Note("text-space", at, {"value": shown(value)})
    return None


def text_faults(texts: Mapping[str, object], *, empty: bool = False) -> list[Note]:
    """All faults of several texts, each under its name."""
    found = (text_fault(value, at, empty=empty) for at, value in texts.items())
    return [note for note in found if note is not None]


def repeated_texts(texts: Iterable[str]) -> list[str]:
    """The texts that stand more than once, sorted."""
    return sorted(text for text, count in Counter(texts).items() if count > 1)


# ---- canonical JSON


def _json_faults(value: object, depth: int = 0) -> list[Note]:
    """What the scheme does not use, by its path; a path is made for a fault only, since keys may be long and many."""
    if isinstance(value, bool) or (isinstance(value, str) and _encodable(value)):
        return []
    if isinstance(value, int) and abs(value) < _SAFE:
        return []
    if depth == _DEEPEST:
        return [Note("json-value", "", {"value": f"nesting deeper than {_DEEPEST} levels"})]
    if isinstance(value, Mapping):
        strange = [key for key in value if not (isinstance(key, str) and key.isascii())]
        faults = [Note("json-value", "", {"value": f"the key {shown(key)}"}) for key in strange]
        return faults + [n.under(str(key)) for key, part in value.items() for n in _json_faults(part, depth + 1)]
    if isinstance(value, list | tuple):
        return [n.under(f"[{i}]") for i, part in enumerate(value) for n in _json_faults(part, depth + 1)]
    return [Note("json-value", "", {"value": shown(value)})]


def _encodable(value: str) -> bool:
    return value.isascii() or not any("\ud800" <= character <= "\udfff" for character in value)


def canonical_json(value: Json) -> bytes:
    """The one JSON text of a value: RFC 8785 restricted to text, booleans, integers below 2^53, lists, ASCII keys.

    Two implementations that agree on a value agree on its bytes, hence on its digest.

    Raises:
        InputError: floats, None, larger integers, other keys; each with its path.

    >>> canonical_json({"b": ["海曙", 1], "a": True}).decode()
    '{"a":true,"b":["海曙",1]}'
    """
    faults = _json_faults(value)
    if faults:
        raise InputError(faults)
    return json_bytes(value)


def json_bytes(value: Json) -> bytes:
    """As `canonical_json`, for values that are known to be of its kind: nothing is checked."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=dict).encode()


class _NoInteger:
    """A number that is no integer, as it was written: it decides nothing, but its place can be told."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __repr__(self) -> str:
        return self.text


def parse_json(data: bytes) -> tuple[object, list[Note]]:
    """JSON data as Python values; and for every float, NaN, null and larger integer its path.

    Raises:
        InputError: bytes that are not UTF-8 JSON, a key that stands twice.

    >>> parse_json(b'{"a": [1, "x"]}')
    ({'a': [1, 'x']}, [])
    >>> [note.at for note in parse_json(b'{"a": [1, 0.5]}')[1]]
    ['a[1]']
    """
    if not isinstance(data, bytes):
        raise InputError([Note("bytes-needed", "", {"type": type(data).__name__})])
    try:
        value: object = json.loads(
            data.decode(), object_pairs_hook=_unique_keys, parse_float=_NoInteger, parse_constant=_NoInteger
        )
    except (ValueError, RecursionError) as error:
        raise InputError([Note("json-syntax", "", {"reason": str(error) or type(error).__name__})]) from None
    return value, _json_faults(value)


def _unique_keys(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError(f"the key {repeated_texts(key for key, _ in pairs)[0]!r} stands twice in one object")
    return found


# ---- exact fractions


def parse_share(value: object, at: str = "", *, low: int = 0, high: int | None = 1) -> Fraction:
    """An exact fraction from ``"49.60%"``, ``"62/125"`` or a `Fraction`; never from a float.

    Raises:
        InputError: a float (with the text to write instead), another form, a value outside low to high.

    >>> parse_share("49.60%")
    Fraction(62, 125)
    >>> parse_share(0.07)
    Traceback (most recent call last):
    dual_random.errors.InputError: 0.07 is a float, and floats are inexact: write the text "7%" instead
    """
    share = _fraction(value, at)
    if share < low or (high is not None and share > high):
        limits: dict[str, str | int] = {"low": low, "high": "∞" if high is None else high}
        raise InputError([Note("share-range", at, {"value": shown(value), **limits})])
    return share


def _fraction(value: object, at: str) -> Fraction:
    if isinstance(value, Fraction):
        return _readable(Fraction(int(value.numerator), int(value.denominator)), at)  # a numpy integer may overflow
    if isinstance(value, float):
        raise InputError([Note("share-float", at, {"value": float.__repr__(value), "text": _percent_of_float(value)})])
    if isinstance(value, str):
        if match := _PERCENT.fullmatch(value):
            decimals = match[2] or ""
            return _readable(Fraction(int(match[1] + decimals), 100 * 10 ** len(decimals)), at)
        if (match := _RATIO.fullmatch(value)) and int(match[2] or 1):
            return Fraction(int(match[1]), int(match[2] or 1))
    raise InputError([Note("share-form", at, {"value": shown(value)})])


def _readable(share: Fraction, at: str) -> Fraction:
    """A share that can be read again from its text in lowest terms, as every reader of the record must."""
    if max(abs(share.numerator), share.denominator) >= _SHARE_LIMIT:
        raise InputError([Note("share-long", at, {"digits": _SHARE_DIGITS})])
    return share


def _percent_of_float(value: float) -> str:
    if value != value or value in (float("inf"), float("-inf")):
        return "49.60%"
    factor = 1 if 1 < value <= 100 else 100  # no share is above 1: whoever writes 49.6 means percents
    percent = _EXACT.multiply(Decimal(float.__repr__(value or 0.0)), Decimal(factor))
    return f"{percent.normalize(_EXACT):f}%"


def share_text(share: Fraction) -> str:
    """The one text of a fraction, in lowest terms, as the scheme writes it.

    >>> share_text(Fraction("0.496")), share_text(Fraction(1))
    ('62/125', '1')
    """
    return str(share.numerator) if share.denominator == 1 else f"{share.numerator}/{share.denominator}"


def percent_text(share: Fraction) -> str:
    """A share as a percentage of two decimals where that is exact, else as a fraction: never another share.

    >>> percent_text(Fraction(62, 125)), percent_text(Fraction(2, 3))
    ('49.60%', '2/3')
    """
    text = f"{decimal_text(100 * share, 2)}%"
    return text if parse_share(text, high=None) == share else share_text(share)


def decimal_text(value: Fraction, places: int) -> str:
    """A fraction as a decimal, rounded half up (away from zero) on the exact value.

    >>> decimal_text(Fraction(1, 8), 2), decimal_text(Fraction(-1, 8), 2), decimal_text(Fraction(9, 2), 0)
    ('0.13', '-0.13', '5')
    """
    scaled = abs(value) * 10**places
    units = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    whole, part = divmod(units, 10**places)
    sign = "-" if value < 0 and units else ""
    return f"{sign}{whole}.{part:0{places}d}" if places else f"{sign}{whole}"
