"""attrs values to plain data (text, integers, lists, dicts) and back, every fault with its path.

A field whose value is itself an attrs value says so in its metadata: ``{"kind": Demand}``, and
``{"kind": Demand, "many": True}`` for a tuple of them.
"""

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import Any, Final, TypeVar, cast

import attrs

from dual_random.errors import InputError, Note, VerificationError
from dual_random.text import Json, json_bytes, parse_json, share_text, shown

T = TypeVar("T")

_REQUIRED: Final = attrs.NOTHING
_OF_THIS_MACHINE: Final = frozenset({"scheme-no-sm3"})  # no fault of what was published


def to_plain(value: object) -> Json:
    """A value as JSON data; what is empty or stands at its default is left out."""
    if isinstance(value, Fraction):
        return share_text(value)
    if isinstance(value, tuple):
        return [to_plain(part) for part in value]
    if not attrs.has(type(value)):
        return cast(Json, value)
    told = [a for a in _fields(type(value)) if not _is_default(a, value)]
    parts = {_name(a): to_plain(getattr(value, a.name)) for a in told}
    return {name: part for name, part in parts.items() if part not in ("", [], {})}


def _fields(kind: type) -> "list[attrs.Attribute[Any]]":
    """The fields that belong to the data; what is derived says ``{"told": False}``."""
    return [a for a in attrs.fields(cast(Any, kind)) if a.metadata.get("told", True)]


def _name(attribute: "attrs.Attribute[Any]") -> str:
    """The name by which the constructor, and so the data, calls a field."""
    return str(attribute.alias)


def _is_default(attribute: "attrs.Attribute[object]", value: object) -> bool:
    stated: object = getattr(value, attribute.name)
    if attribute.metadata.get("always"):
        return False
    if "default" in attribute.metadata:  # the name of the field whose value is the default
        return bool(stated == getattr(value, attribute.metadata["default"]))
    return bool(stated == attribute.default)


def from_plain(
    kind: type[T], data: object, sound: Mapping[type, object], path: str = ""
) -> tuple[T | None, list[Note]]:
    """A value from plain data, or None with all faults.

    Args:
        kind: the attrs class.
        data: a mapping with the names of its fields.
        sound: for each class, a sound value: its parts take the place of those that are missing or cannot be
            read, so that the faults of the rest are told in the same go. Nothing made with them is returned.
        path: where the data stands.
    """
    known = {_name(a): a for a in _fields(kind)}
    if not isinstance(data, Mapping):
        rule = f"{{{': …, '.join(known)}: …}}"
        return None, [Note("plan-shape", path, {"rule": rule, "value": shown(data)})]
    unknown = sorted(_place(key) for key in data if key not in known)
    needed = [name for name, attribute in known.items() if attribute.default is _REQUIRED and name not in data]
    faults = [Note("key-unknown", key, {"known": ", ".join(known)}).under(path) for key in unknown]
    faults += [Note("key-missing", name).under(path) for name in needed]
    values = {name: getattr(sound[kind], known[name].name) for name in needed}
    for name in [name for name in known if name in data]:
        values[name], found = _part(known[name], data[name], sound)
        values[name] = getattr(sound[kind], known[name].name) if found else values[name]
        faults += [note.under(path) for note in found]
    try:
        made = kind(**values)
    except InputError as error:
        return None, faults + [note.under(path) for note in error.faults]
    return (None if faults else made), faults


def from_json(kind: type[T], data: bytes, sound: Mapping[type, object]) -> T:
    """A published value from its JSON; another spelling of the same JSON gives the same value.

    Raises:
        InputError: the data is not JSON, or this machine lacks what the scheme needs.
        VerificationError: a part is missing, unknown or mistyped; each with its path.
    """
    value, inexact = parse_json(data)
    made, faults = from_plain(kind, value, sound)
    told = {note.at for note in inexact}
    faults = inexact + [note for note in faults if note.at not in told]
    if faults and all(note.code in _OF_THIS_MACHINE for note in faults):
        raise InputError(faults)
    if made is None or faults:
        raise VerificationError(faults)
    return made


def _place(key: object) -> str:
    """A key as a place: as it stands if it is plain text, else as a message shows it."""
    return key if isinstance(key, str) and key.isprintable() else shown(key)


def _part(attribute: "attrs.Attribute[Any]", data: object, sound: Mapping[type, object]) -> tuple[object, list[Note]]:
    """One field: a nested value, a list of them, or what the field's converter makes of the data."""
    kind, name = attribute.metadata.get("kind"), _name(attribute)
    if kind is None:
        return _converted(cast("Callable[[object], object] | None", attribute.converter), data, name)
    if not attribute.metadata.get("many"):
        return from_plain(kind, data, sound, name)
    if not isinstance(data, list | tuple):
        return (), [Note("plan-shape", name, {"rule": "[…, …]", "value": shown(data)})]
    read = [from_plain(kind, part, sound, f"{name}[{i}]") for i, part in enumerate(data)]
    return tuple(made for made, _ in read), [note for _, faults in read for note in faults]


def _converted(converter: Callable[[object], object] | None, data: object, name: str) -> tuple[object, list[Note]]:
    try:
        return (converter(data) if converter else data), []
    except InputError as error:
        return None, [note.under(name) for note in error.faults]


# ---- two values, leaf by leaf


def differences(stated: object, computed: object, path: str) -> list[Note]:
    """Where a published value differs from a computed one, leaf by leaf, each with its path."""
    if stated == computed:
        return []
    return [
        Note("value-differs", place, {"stated": ours, "computed": theirs})
        for place, ours, theirs in _leaves(to_plain(stated), to_plain(computed), path)
    ]


def _leaves(stated: object, computed: object, path: str) -> Iterator[tuple[str, str, str]]:
    if stated == computed and type(stated) is type(computed):
        return
    if isinstance(stated, Mapping) and isinstance(computed, Mapping):
        for key in sorted({*stated, *computed}):
            yield from _leaves(stated.get(key), computed.get(key), f"{path}.{key}")
    elif isinstance(stated, list) and isinstance(computed, list):
        for place in range(max(len(stated), len(computed))):
            one, other = (part[place] if place < len(part) else None for part in (stated, computed))
            yield from _leaves(one, other, f"{path}[{place}]")
    else:
        yield path, _told(stated), _told(computed)


def _told(value: object) -> str:
    return "–" if value is None else json_bytes(cast(Json, value)).decode()
