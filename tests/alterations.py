"""Every single alteration of a published document, for tests that ask whether it is found."""

from collections.abc import Iterator
from typing import Any, TypeAlias

from dual_random.errors import Note

Path: TypeAlias = tuple[str | int, ...]


def everything(value: object, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Every part of a JSON value with its path, the whole first."""
    yield path, value
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, part in parts:
        yield from everything(part, (*path, name))


def told(path: Path) -> str:
    """A path as notes write it."""
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return text.removeprefix(".")


def replaced(value: Any, path: Path, part: object) -> Any:
    """The value with another part at a path; what lies beside the path is shared."""
    if not path:
        return part
    altered = value.copy()
    altered[path[0]] = replaced(value[path[0]], path[1:], part)
    return altered


def alterations(value: Any) -> Iterator[tuple[str, Any]]:
    """Other values for a leaf: changed in kind and in type."""
    if isinstance(value, bool):
        yield from (("changed", not value), ("type", int(value)), ("type", str(value).lower()))
    elif isinstance(value, int):
        yield from (("changed", value + 1), ("changed", value - 1), ("changed", 2**53), ("type", str(value)))
        yield from (("type", bool(value)), ("type", [value]), ("type", value + 0.0))
    else:
        flipped = {"0": "1", "f": "e"}.get(value[-1:], "0")
        yield from (("changed", f"{value}x"), ("changed", f"{value} "), ("changed", ""), ("changed", "x"))
        yield from (("changed", value[:-1] + flipped), ("changed", f"{value}\u200b"))
        yield from (("type", 7), ("type", [value]), ("type", {value: 1}), ("type", True))
    yield from (("type", None), ("type", {}), ("type", []))


def restructured(value: Any) -> Iterator[tuple[str, str | int, Any]]:
    """An object with a key removed or added, a list with an item removed, doubled or moved; and where it was done."""
    if isinstance(value, dict):
        for key in value:
            yield "removed", key, {name: part for name, part in value.items() if name != key}
        yield "added", "zz", {**value, "zz": 1}
    if isinstance(value, list):
        for place, part in enumerate(value):
            yield "removed", place, value[:place] + value[place + 1 :]
            yield "doubled", place, value[: place + 1] + value[place:]
            if place and part != value[place - 1]:
                yield "swapped", place, [*value[: place - 1], part, value[place - 1], *value[place + 1 :]]


def mutants(document: Any) -> Iterator[tuple[str, Path, Any]]:
    """Every single alteration of a document: what was done, where, and the result."""
    for path, part in everything(document):
        if isinstance(part, dict | list):
            for done, place, altered in restructured(part):
                yield done, (*path, place), replaced(document, path, altered)
        else:
            for done, other in alterations(part):
                if other != part or type(other) is not type(part):
                    yield done, path, replaced(document, path, other)


def stands(note: Note, place: str) -> bool:
    """Whether a finding stands at a place or inside it."""
    return note.at == place or note.at.startswith((f"{place}.", f"{place}["))


ODD_PARTS: list[Any] = [
    *(0, -1, True, "", "x", None, [], {}, [[]], [[], []], [{}], ["a"], [["a"]], [["a", "b"]], [["a", "b", "c"]]),
    *([[["a"], "b"]], [[["a"], 1]], [[[["a"]], 1]], [["a", ["b"]]], [["a", [["b"]]]], {"a": {"b": []}}, 2**53 - 1),
    *("\u0000", "999999999/1", [["a", 1], ["a", 1]], [None], [["a", None]]),
]
