"""The forms in which rules are written: converters that give each value its one form, and checks that name faults.

Several spellings are welcome (a word or a list of words, a rate or a table), one is kept, so that equal rules
are equal values and have one digest.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any, Final, TypeAlias, cast, get_args

from dual_random.errors import InputError, Note
from dual_random.text import Share, parse_share, shown, text_fault, text_faults

COUNTS_END: Final = 2**53

Take: TypeAlias = Share | int
Takes: TypeAlias = tuple[tuple[tuple[str, ...], Take], ...]
Words: TypeAlias = str | Iterable[str]
Conditions: TypeAlias = tuple[tuple[str, tuple[str, ...]], ...]
Pairs: TypeAlias = tuple[tuple[str, str], ...]


# ---- converters: one form for each value


def shape_error(rule: str, value: object) -> InputError:
    """The refusal of a value whose shape no converter can read; the rule is an example, the same in every language."""
    return InputError([Note("plan-shape", "", {"rule": rule, "value": shown(value)})])


def _items(value: object, rule: str) -> list[tuple[object, object]]:
    """The pairs of a mapping, or of a sequence of pairs."""
    if isinstance(value, Mapping):
        return list(value.items())
    if isinstance(value, Iterable) and not isinstance(value, str):
        kept = list(value)
        if all(isinstance(pair, Sequence) and not isinstance(pair, str) and len(pair) == 2 for pair in kept):
            return [(pair[0], pair[1]) for pair in kept]
    raise shape_error(rule, value)


def _ordered(rows: Iterable[tuple[object, object]]) -> tuple[tuple[object, object], ...]:
    """Pairs in the byte order of their first texts; what is no text, refused later, stands where its text puts it."""
    return tuple(sorted(rows, key=lambda row: (_texts(row[0]), _texts(row[1]))))


def _texts(value: object) -> list[str]:
    return [text_of(part) for part in value] if isinstance(value, tuple) else [text_of(value)]


def text_of(value: object) -> str:
    """A text as it stands, anything else as a message shows it: to sort what is refused later."""
    return value if type(value) is str else shown(value)


def words(value: Words) -> tuple[str, ...]:
    """One word or several as a tuple; one str is one word, never its characters.

    A set, which has no order of its own, is sorted.

    >>> words("risk"), words(["risk", "district"])
    (('risk',), ('risk', 'district'))
    """
    if isinstance(value, set | frozenset):
        return tuple(sorted(value, key=text_of))
    return listed(value) if isinstance(value, Iterable) and not isinstance(value, str) else (value,)


def listed(value: Iterable[Any]) -> tuple[Any, ...]:
    """Several values as a tuple; a set is refused, because its order differs from run to run."""
    if isinstance(value, Iterable) and not isinstance(value, str | Mapping | set | frozenset):
        return tuple(value)
    raise shape_error("[…, …]", value)


def pairs(value: Mapping[str, str] | Pairs) -> Pairs:
    """A mapping of text as sorted pairs: the order of writing is no rule."""
    return cast(Pairs, _ordered(_items(value, '{"…": "…"}')))


def conditions(value: Mapping[str, Words] | Conditions) -> Conditions:
    """Columns with the values they may have, both sorted: the order of writing is no rule.

    >>> conditions({"status": "存续", "industry": ["H", "F"]})
    (('industry', ('F', 'H')), ('status', ('存续',)))
    """
    rows = _items(value, '{"risk": ["A", "B"]}')
    return cast(Conditions, _ordered((column, _values(values)) for column, values in rows))


def _values(value: object) -> tuple[object, ...]:
    return tuple(sorted(words(cast(Words, value)), key=text_of))


def takes(value: Take | Mapping[str, Take] | Sequence[tuple[Sequence[str], Take]]) -> Takes:
    """How many to draw, by stratum: one rate or number for all, or a table.

    Text or `Fraction` is a rate, `int` a number, so that 100 % and 1 cannot be confused.

    >>> takes("5%")
    (((), Fraction(1, 20)),)
    >>> takes({"D": 30, "A": "1%"})
    ((('A',), Fraction(1, 100)), (('D',), 30))
    """
    if isinstance(value, str | int | float | Fraction):
        return (((), _take(value)),)
    rows = _items(value, '"5%" | 200 | {"A": "1%", "D": 30}')
    return cast(Takes, _ordered((_stratum(stratum), _take(take)) for stratum, take in rows))


def _stratum(value: object) -> tuple[str, ...]:
    """The values of a stratum, whose order counts: a set has none."""
    if isinstance(value, set | frozenset):
        raise shape_error('["A", "B"]', value)
    return words(cast(Words, value))


def share(value: Share | None) -> Fraction | None:
    """A share as an exact fraction; None stays None."""
    return None if value is None else cast(Fraction, _take(value))


def _take(value: object) -> Take:
    """A rate as `Fraction`, a number as it is; what is neither stays for the validator to name."""
    try:
        return parse_share(value, high=None) if isinstance(value, str | Fraction) else cast(Take, value)
    except InputError:
        return cast(Take, value)


# ---- checks


def refuse(faults: Iterable[Note]) -> None:
    """Raise all faults at once, if there are any."""
    kept = tuple(faults)
    if kept:
        raise InputError(kept)


def choice_faults(value: object, allowed: object, at: str) -> list[Note]:
    """Why a value is none of the words of a `Literal`."""
    known = get_args(allowed)
    if isinstance(value, str) and value in known:
        return []
    return [Note("choice", at, {"value": shown(value), "known": ", ".join(known)})]


def repeat_faults(values: Iterable[object], at: str) -> list[Note]:
    """Names that stand more than once where each must be unique."""
    names = tuple(values)
    if set(map(type, names)) <= {str} and len(set(names)) == len(names):
        return []
    counts = Counter(value for value in names if all(isinstance(part, str) for part in _parts(value)))
    return [Note("name-repeated", at, {"name": shown(value)}) for value, count in counts.items() if count > 1]


def _parts(value: object) -> tuple[object, ...]:
    return value if isinstance(value, tuple) else (value,)


def condition_faults(value: Conditions, at: str) -> list[Note]:
    """Why conditions cannot be used: a column twice, no values, text that is not clean."""
    faults = repeat_faults((column for column, _ in value), at)
    for column, allowed in value:
        place = f"{at}.{column}"
        faults += text_faults({place: column})
        if not allowed:
            faults.append(Note("condition-empty", place))
        faults += repeat_faults(allowed, place)
        faults += [note for word in allowed if (note := text_fault(word, place, empty=True))]
    return faults


def is_count(value: object) -> bool:
    """Whether a value is a whole number from 0 below 2^53, which every JSON reader keeps exact."""
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < COUNTS_END


def count_faults(value: object, at: str) -> list[Note]:
    """Why a value is no count."""
    return [] if is_count(value) else [Note("count-form", at, {"value": shown(value)})]


def positive_faults(value: object, at: str) -> list[Note]:
    """Why a value is no whole number from 1."""
    return [] if is_count(value) and value != 0 else [Note("positive-form", at, {"value": shown(value)})]


def flag_faults(value: object, at: str) -> list[Note]:
    """Why a value is neither true nor false."""
    return [] if isinstance(value, bool) else [Note("choice", at, {"value": shown(value), "known": "true, false"})]


def take_faults(take: object, at: str) -> list[Note]:
    """Why a take is neither a rate within 0 to 1 nor a count; a whole float above 1 can only be meant as one."""
    if isinstance(take, float) and take > 1 and take.is_integer():
        return [Note("count-float", at, {"value": shown(take), "number": int(take)})]
    if isinstance(take, int):
        return count_faults(take, at)
    try:
        parse_share(take, at)
    except InputError as error:
        return list(error.faults)
    return []


def word_faults(value: Iterable[object], at: str) -> list[Note]:
    """Why a column of words has something else in it; whether the words are clean is not looked at."""
    kept = tuple(value)
    if set(map(type, kept)) <= {str}:
        return []
    strange = [(i, each) for i, each in enumerate(kept) if type(each) is not str]
    params = [{"value": shown(each), "type": type(each).__name__} for _, each in strange]
    return [Note("text-type", f"{at}[{i}]", told) for (i, _), told in zip(strange, params, strict=True)]


def pair_faults(value: Pairs, at: str) -> list[Note]:
    """Why pairs cannot be used: a name twice, text that is not clean."""
    faults = repeat_faults((name for name, _ in value), at)
    for name, text in value:
        faults += text_faults({f"{at}.{name}": name})
        faults += text_faults({f"{at}.{name}": text})
    return faults


def mapping_faults(value: object, rule: str, at: str) -> list[Note]:
    """Why a part is no mapping; the rule is an example of one."""
    return [] if isinstance(value, Mapping) else [Note("plan-shape", at, {"rule": rule, "value": shown(value)})]


def kinds_faults(values: Iterable[object], kind: type, at: str) -> list[Note]:
    """Why parts of a list are not the values they should be; quick where all are."""
    kept = tuple(values)
    if {type(each) for each in kept} <= {kind}:
        return []
    return [note for i, each in enumerate(kept) for note in kind_faults(each, kind, f"{at}[{i}]")]


def kind_faults(value: object, kind: type, at: str) -> list[Note]:
    """Why a part is not the value it should be."""
    if isinstance(value, kind):
        return []
    return [Note("plan-shape", at, {"rule": f"{kind.__name__}(…)", "value": shown(value)})]
