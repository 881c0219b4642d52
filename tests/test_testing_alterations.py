"""Alterations: every single one of a document, once, and nothing beside the place is touched."""

import json
from collections import Counter
from copy import deepcopy
from typing import Final

import pytest

from dual_random.testing.alterations import altered_parts, everything, mutants, replaced, told

DOCUMENT: Final[dict[str, object]] = {
    "visits": [{"lead": "市监", "demands": ["市监", "消防"]}, {"lead": "", "demands": []}],
    "outcome": {"met": True, "visits": 0, "rate": "62/125"},
    "seed": "05 1f",
}


def test_everything_is_every_part_once() -> None:
    """The whole, every object, list and leaf, each by the path that leads to it."""
    found = dict(everything(DOCUMENT))
    assert len(found) == len(list(everything(DOCUMENT))) == 15
    assert found["visits", 0, "demands", 1] == "消防"
    for path, part in found.items():
        value: object = DOCUMENT
        for name in path:
            value = value[name]  # type: ignore[index]
        assert value is part


def test_a_part_is_replaced_and_nothing_else() -> None:
    """The document handed in stays as it is, and every other part of the new one is that of the old one."""
    before = deepcopy(DOCUMENT)
    for path, _ in everything(DOCUMENT):
        altered = replaced(DOCUMENT, path, "new")
        parts = dict(everything(altered))
        assert parts[path] == "new"
        assert all(part == "new" or part == before_part for part, before_part in _kept(parts, path))
    assert before == DOCUMENT


def _kept(parts: dict[tuple[str | int, ...], object], path: tuple[str | int, ...]) -> list[tuple[object, object]]:
    """The parts neither above nor below a path, beside those of the document."""
    old = dict(everything(DOCUMENT))
    apart = [own for own in old if own[: len(path)] != path and path[: len(own)] != own]
    return [(parts[own], old[own]) for own in apart]


def test_every_alteration_alters() -> None:
    """Each gives another JSON text, by a value or by its type; no two alterations of a text at one place are alike."""
    text = json.dumps(DOCUMENT)
    found = [(done, told(path), json.dumps(altered)) for done, path, altered in mutants(DOCUMENT)]
    assert all(altered != text for _, _, altered in found)
    leaves = [(path, altered) for done, path, altered in found if done == "changed"]
    assert len(set(leaves)) >= len(leaves) - 2  # an empty text has few others
    assert json.loads(text) == DOCUMENT


def test_every_part_is_altered_in_every_way() -> None:
    """Each leaf in value and type; each key removed, one added; each item removed, doubled, moved if it differs."""
    done_to = Counter(done for done, _, _ in mutants(DOCUMENT))
    parts = [part for _, part in everything(DOCUMENT)]
    objects = [part for part in parts if isinstance(part, dict)]
    lists = [part for part in parts if isinstance(part, list)]
    assert done_to["added"] == len(objects) == 4
    assert done_to["removed"] == sum(map(len, objects)) + sum(map(len, lists))
    assert done_to["doubled"] == sum(map(len, lists))
    assert done_to["swapped"] == 2
    leaves = {path for path, part in everything(DOCUMENT) if not isinstance(part, dict | list)}
    for kind in ("changed", "type"):
        assert {path for done, path, _ in mutants(DOCUMENT) if done == kind} == leaves


@pytest.mark.parametrize(
    ("part", "changed"),
    [
        (True, [False]),
        (3, [4, 2, 2**53]),
        ("05", ["00", "05x", "05 ", "", "x", "05\u200b"]),
        ("0f", ["0e", "0fx", "0f ", "", "x", "0f\u200b"]),
        ("a0", ["a1", "a0x", "a0 ", "", "x", "a0\u200b"]),
    ],
)
def test_values_of_one_kind(part: object, changed: list[object]) -> None:
    """A truth value is turned, a number is one off or too large, a text is cut, longer, another or unclean."""
    assert [altered for done, _, altered in altered_parts(part) if done == "changed"] == changed
    types = [altered for done, _, altered in altered_parts(part) if done == "type"]
    assert all(type(altered) is not type(part) for altered in types)
    assert len(types) >= 5


def test_equal_neighbours_are_not_swapped() -> None:
    """That would alter nothing; nor does an alteration that gives the value that is there."""
    assert [done for done, _, _ in altered_parts(["a", "a", "b"]) if done == "swapped"] == ["swapped"]
    assert "" not in [altered for done, _, altered in altered_parts("") if done == "changed"]


def test_paths_read_as_notes_write_them() -> None:
    """Names by dots, numbers in brackets, the whole as nothing."""
    assert [told(path) for path in ((), ("a",), ("a", 0), ("a", 0, "b"), (1,))] == ["", "a", "a[0]", "a[0].b", "[1]"]
