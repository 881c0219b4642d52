"""Messages: every code the package uses has one in both languages, and none is left over."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import Final

import pytest

import dual_random
from dual_random.errors import Note
from dual_random.messages import MESSAGES

PACKAGE: Final = Path(dual_random.__file__).parent
TABLES: Final = sorted((PACKAGE / "messages").glob("*.py"))
MODULES: Final = sorted(path for path in PACKAGE.rglob("*.py") if path not in TABLES)
CODE: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
CHINESE: Final = re.compile(r"[\u4e00-\u9fff]")


def fields(text: str) -> list[str]:
    """The fields of a message, in order, repeated ones too."""
    return [name for _, name, _, _ in Formatter().parse(text) if name is not None]


def stated(node: ast.expr) -> Iterator[str]:
    """The codes that an expression can be, as patterns: literals, choices between literals, f-strings."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield re.escape(node.value)
    elif isinstance(node, ast.IfExp):
        yield from stated(node.body)
        yield from stated(node.orelse)
    elif isinstance(node, ast.JoinedStr):
        yield "".join(re.escape(str(p.value)) if isinstance(p, ast.Constant) else "[a-z]+" for p in node.values)


def first_arguments(path: Path) -> Iterator[ast.expr]:
    """What stands first in every call of ``Note``, or as its ``code``."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Note":
            yield from node.args[:1] or [keyword.value for keyword in node.keywords if keyword.arg == "code"]


def words(path: Path) -> Iterator[str]:
    """Every literal of a module that could be a code, docstrings left out."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value):
            yield node.value


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_every_code_has_a_message(path: Path) -> None:
    """Whatever the package can call a note is a key of the messages."""
    patterns = [pattern for node in first_arguments(path) for pattern in stated(node)]
    unknown = [pattern for pattern in patterns if not any(re.fullmatch(pattern, code) for code in MESSAGES)]
    assert unknown == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_code_in_a_variable_is_a_literal_of_its_module(path: Path) -> None:
    """Where the code of a note is a variable, the module or the note it came from spells it out."""
    variables = [node for node in first_arguments(path) if not list(stated(node))]
    for node in variables:
        passed_on = isinstance(node, ast.Attribute) and node.attr == "code"
        assert passed_on or any(word in MESSAGES for word in words(path)), ast.unparse(node)


def test_every_message_is_used() -> None:
    """No message is left over: its code stands in the package, literally or as part of a pattern."""
    literal = {word for path in MODULES for word in words(path)}
    patterns = {pattern for path in MODULES for node in first_arguments(path) for pattern in stated(node)}
    unused = [code for code in MESSAGES if code not in literal and not any(re.fullmatch(p, code) for p in patterns)]
    assert unused == []


def test_no_code_is_defined_twice() -> None:
    """The table names every code once: a second entry would silently replace the first."""
    keys = [
        key.value
        for path in TABLES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Dict)
        for key in node.keys
        if isinstance(key, ast.Constant)
    ]
    assert sorted(keys, key=str) == sorted(MESSAGES)


@pytest.mark.parametrize("code", MESSAGES)
def test_message_is_sound(code: str) -> None:
    """Code and texts have their form; both languages use the same fields, named plainly; Chinese is Chinese."""
    message = MESSAGES[code]
    assert CODE.fullmatch(code)
    assert set(fields(message.en)) == set(fields(message.zh))
    assert all(name.isidentifier() for name in fields(message.en) + fields(message.zh))
    for text in message:
        assert text == text.strip()
        assert len(text) > 4
        assert "  " not in text
    assert CHINESE.search(message.zh)
    assert not CHINESE.search(message.en)


@pytest.mark.parametrize("code", MESSAGES)
def test_message_shows_its_params(code: str) -> None:
    """Each text can be made with params of both kinds, and shows every one of them as it is."""
    names = sorted(set(fields(MESSAGES[code].en)))
    for params in ({name: f"<{{{name}}}>" for name in names}, {name: 7_000 + i for i, name in enumerate(names)}):
        note = Note(code, "place", params)
        assert note.text("en").startswith("place: ")
        assert note.text("zh").startswith("place：")
        for told in (note.text("en"), note.text("zh")):
            assert all(str(value) in told for value in params.values())


@pytest.mark.parametrize("code", MESSAGES)
def test_message_needs_each_of_its_params(code: str) -> None:
    """A note that lacks a field of its message cannot be made."""
    names = set(fields(MESSAGES[code].en))
    for missing in names:
        with pytest.raises(ValueError, match="note " + code):
            Note(code, "", dict.fromkeys(names - {missing}, "x"))
