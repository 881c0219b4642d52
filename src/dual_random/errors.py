"""What the library has to say: one statement as data, and the two errors that carry statements.

`InputError`: what you passed cannot be used. `VerificationError`: what was published does not hold.
Both are `ValueError`, hold *all* faults, and survive pickling, so that a service in another process,
or a front end in another language, gets the codes and not only a text.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from string import Formatter
from types import MappingProxyType
from typing import Literal, TypeAlias, cast, get_args

from attrs import field, frozen

from dual_random.messages import MESSAGES

Lang: TypeAlias = Literal["en", "zh"]
Params: TypeAlias = tuple[tuple[str, str | int], ...]
Columns: TypeAlias = dict[str, list[str | int | bool]]

_SHOWN = 10
_CUT = 60
_LONGEST = 200  # of a part of a place


@cache
def _fields(code: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in Formatter().parse(MESSAGES[code].en) if name)


def _params(value: Mapping[str, str | int] | Params) -> Params:
    """Sorted pairs; what has another shape is left for the note to refuse."""
    rows = list(value.items() if isinstance(value, Mapping) else value) if isinstance(value, Iterable) else None
    if rows is None or not all(isinstance(row, tuple | list) and len(row) == 2 for row in rows):
        return cast(Params, value)
    return tuple(sorted(((name, told) for name, told in rows), key=lambda pair: str(pair[0])))


def _shape_faults(code: object, at: object, params: object) -> "list[Note]":
    """What is no note at all, as it may come from a file."""
    if not (isinstance(code, str) and code in MESSAGES):
        return [Note("note-unknown", "code", {"code": repr(code)[:_CUT]})]
    faults = []
    if not isinstance(at, str):
        faults.append(Note("plan-shape", "at", {"rule": '"E1"', "value": repr(at)[:_CUT]}))
    if not isinstance(params, tuple) or not all(map(_is_param, params)):
        rule = '{"id": "E1", "count": 2}'
        faults.append(Note("plan-shape", "params", {"rule": rule, "value": repr(params)[:_CUT]}))
    return faults


def _is_param(pair: object) -> bool:
    return isinstance(pair, tuple) and isinstance(pair[0], str) and isinstance(pair[1], str | int)


@frozen
class Note:
    """One statement (fault, finding, reason, shortage) as data; `str()` is its English text.

    Args:
        code: what is stated, e.g. ``"id-repeated"``: a key of `dual_random.messages.MESSAGES`.
        at: the place: an id, a row or a path such as ``"demands[2].where.boiler"``; may be empty.
        params: the values of the statement, by name.

    Raises:
        InputError: a code this version does not know, params that lack a field of its message, another shape.

    >>> note = Note("text-space", "row 17", {"value": "' E1'"})
    >>> print(note)
    row 17: ' E1' begins or ends with a space: strip it
    >>> print(note.text("zh"))
    row 17：' E1' 首尾有空格：请去除
    """

    code: str
    at: str = ""
    _params: Params = field(default=(), converter=_params, alias="params")

    def __attrs_post_init__(self) -> None:
        faults = _shape_faults(self.code, self.at, self._params)
        if faults:
            raise InputError(faults)
        missing = _fields(self.code) - {name for name, _ in self._params}
        if missing:
            raise InputError(
                [Note("note-params", "params", {"code": self.code, "missing": ", ".join(sorted(missing))})]
            )

    @property
    def params(self) -> Mapping[str, str | int]:
        """The values of the statement, by name (read-only)."""
        return MappingProxyType(dict(self._params))

    def text(self, lang: Lang = "en") -> str:
        """The statement in English or Chinese, its place in front."""
        if lang not in get_args(Lang):
            raise InputError([Note("choice", "lang", {"value": repr(lang)[:_CUT], "known": ", ".join(get_args(Lang))})])
        message = MESSAGES[self.code]
        statement = (message.en if lang == "en" else message.zh).format_map(self.params)
        colon = ": " if lang == "en" else "："
        return f"{self.at}{colon}{statement}" if self.at else statement

    def under(self, path: str) -> "Note":
        """The same statement at a place inside `path`: ``"take"`` under ``"demands[2]"``."""
        if not path:
            return self
        path = path if len(path) <= _LONGEST else f"{path[: _LONGEST - 1]}…"  # a key may be as long as the file
        joint = "" if not self.at or self.at.startswith("[") else "."
        return Note(self.code, f"{path}{joint}{self.at}", self._params)

    def __str__(self) -> str:
        return self.text()


def _summary(notes: tuple[Note, ...]) -> str:
    lines = [str(note) for note in notes[:_SHOWN]]
    if len(notes) > _SHOWN:
        counts = Counter(note.code for note in notes)
        told = ", ".join(f"{code} {count}" for code, count in sorted(counts.items()))
        lines.append(f"… {len(notes)} in all: {told}")
    return "\n".join(lines)


def notes_table(notes: Iterable[Note], lang: Lang = "en") -> Columns:
    """Notes as a flat table (code, at, text) for a file, a data frame or a database."""
    kept = tuple(notes)
    return {
        "code": [note.code for note in kept],
        "at": [note.at for note in kept],
        "text": [note.text(lang) for note in kept],
    }


class InputError(ValueError):
    """What you passed cannot be used; `faults` has all, `str()` the first ten and a count per code.

    >>> try:
    ...     raise InputError([Note("text-empty", "row 3")])
    ... except ValueError as error:
    ...     print(error.faults[0].code, "|", error)
    text-empty | row 3: the text is empty, but a name is needed: write one
    """

    faults: tuple[Note, ...]

    def __init__(self, faults: Iterable[Note]) -> None:
        self.faults = tuple(faults)
        super().__init__(self.faults)

    def __str__(self) -> str:
        return _summary(self.faults)

    def table(self, *, lang: Lang = "en") -> Columns:
        """All faults as a flat table: code, at, text."""
        return notes_table(self.faults, lang)


class VerificationError(ValueError):
    """What was published does not hold; `findings` has all, `str()` the first ten and a count per code.

    >>> try:
    ...     raise VerificationError([Note("text-empty", "visits[0].lead")])
    ... except ValueError as error:
    ...     print(error)
    visits[0].lead: the text is empty, but a name is needed: write one
    """

    findings: tuple[Note, ...]

    def __init__(self, findings: Iterable[Note]) -> None:
        self.findings = tuple(findings)
        super().__init__(self.findings)

    def __str__(self) -> str:
        return _summary(self.findings)

    def table(self, *, lang: Lang = "en") -> Columns:
        """All findings as a flat table: code, at, text."""
        return notes_table(self.findings, lang)
