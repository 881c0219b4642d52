"""What tests of verification ask of an alteration: where it is found, and odd parts that no alteration makes."""

from typing import Any

from dual_random.errors import Note


def stands(note: Note, place: str) -> bool:
    """Whether a finding stands at a place or inside it."""
    return note.at == place or note.at.startswith((f"{place}.", f"{place}["))


ODD_PARTS: list[Any] = [
    *(0, -1, True, "", "x", None, [], {}, [[]], [[], []], [{}], ["a"], [["a"]], [["a", "b"]], [["a", "b", "c"]]),
    *([[["a"], "b"]], [[["a"], 1]], [[[["a"]], 1]], [["a", ["b"]]], [["a", [["b"]]]], {"a": {"b": []}}, 2**53 - 1),
    *("\u0000", "999999999/1", [["a", 1], ["a", 1]], [None], [["a", None]]),
]
