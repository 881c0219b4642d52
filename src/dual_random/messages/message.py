"""One statement in both languages."""

from typing import NamedTuple


class Message(NamedTuple):
    """The texts of a statement; fields in braces are the note's `params`, the same in both languages."""

    en: str
    zh: str
