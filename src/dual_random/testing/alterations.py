"""Every single alteration of a document: what a verifier must find, one at a time.

A published record is JSON. Whoever forges one changes a value or its type, takes out, adds, doubles or moves a part.
All of these, at every place of a document, are listed here; a verifier that misses one of them can be cheated there.
"""

from collections.abc import Iterator
from typing import Final, Literal, TypeAlias

Path: TypeAlias = tuple[str | int, ...]
Done: TypeAlias = Literal["changed", "type", "removed", "added", "doubled", "swapped"]

_NEW_KEY: Final = "zz"


def everything(value: object, path: Path = ()) -> Iterator[tuple[Path, object]]:
    """Every part of a JSON value with its path, the whole first.

    >>> list(everything({"a": [1]}))
    [((), {'a': [1]}), (('a',), [1]), (('a', 0), 1)]
    """
    yield path, value
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, part in parts:
        yield from everything(part, (*path, name))


def told(path: Path) -> str:
    """A path as notes write it.

    >>> told(("visits", 0, "lead"))
    'visits[0].lead'
    """
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return text.removeprefix(".")


def replaced(value: object, path: Path, part: object) -> object:
    """The value with another part at a path; what lies beside the path is shared.

    >>> replaced({"a": [1, 2], "b": 3}, ("a", 1), "x")
    {'a': [1, 'x'], 'b': 3}
    """
    if not path:
        return part
    if isinstance(value, dict):
        return {**value, path[0]: replaced(value[path[0]], path[1:], part)}
    kept = list(value) if isinstance(value, list) else []
    place = int(path[0])
    kept[place] = replaced(kept[place], path[1:], part)
    return kept


def altered_parts(part: object) -> Iterator[tuple[Done, Path, object]]:
    """Every alteration of one part: what was done, at which place inside it, and the part as it is then.

    A text, number or truth value is changed in value and in type, with the place ``()``; an object loses a key or has
    one more; of a list an item is removed, doubled, or moved before the one ahead of it.

    >>> [(done, place, altered) for done, place, altered in altered_parts(["a", "b"])]
    [('removed', (0,), ['b']), ('doubled', (0,), ['a', 'a', 'b']), ('removed', (1,), ['a']), \
('doubled', (1,), ['a', 'b', 'b']), ('swapped', (1,), ['b', 'a'])]
    """
    if isinstance(part, dict):
        yield from _altered_object(part)
    elif isinstance(part, list):
        yield from _altered_list(part)
    else:
        for done, other in _altered_leaf(part):
            if other != part or type(other) is not type(part):
                yield done, (), other


def _altered_object(value: dict[str, object]) -> Iterator[tuple[Done, Path, object]]:
    for key in value:
        yield "removed", (key,), {name: part for name, part in value.items() if name != key}
    yield "added", (_NEW_KEY,), {**value, _NEW_KEY: 1}


def _altered_list(value: list[object]) -> Iterator[tuple[Done, Path, object]]:
    for place, part in enumerate(value):
        yield "removed", (place,), value[:place] + value[place + 1 :]
        yield "doubled", (place,), value[: place + 1] + value[place:]
        if place and part != value[place - 1]:
            yield "swapped", (place,), [*value[: place - 1], part, value[place - 1], *value[place + 1 :]]


def _altered_leaf(value: object) -> Iterator[tuple[Done, object]]:
    if isinstance(value, bool):
        yield from (("changed", not value), ("type", int(value)), ("type", str(value).lower()))
    elif isinstance(value, int):
        yield from (("changed", value + 1), ("changed", value - 1), ("changed", 2**53), ("type", str(value)))
        yield from (("type", bool(value)), ("type", [value]), ("type", value + 0.0))
    else:
        text = str(value)
        flipped = {"0": "1", "f": "e"}.get(text[-1:], "0")
        yield from (("changed", text[:-1] + flipped), ("changed", f"{text}x"), ("changed", f"{text} "))
        yield from (("changed", ""), ("changed", "x"), ("changed", f"{text}\u200b"))
        yield from (("type", 7), ("type", [text]), ("type", {text: 1}), ("type", True))
    yield from (("type", None), ("type", {}), ("type", []))


def mutants(document: object) -> Iterator[tuple[Done, Path, object]]:
    """Every single alteration of a document: what was done, where, and the result.

    Some give the same document in another spelling: a default left out, the order of writing of what has no order. A
    verifier finds all others.

    >>> found = list(mutants({"seed": "05", "visits": [{"lead": "A"}]}))
    >>> len(found), found[0]
    (33, ('removed', ('seed',), {'visits': [{'lead': 'A'}]}))
    """
    for path, part in everything(document):
        for done, place, altered in altered_parts(part):
            yield done, (*path, *place), replaced(document, path, altered)
