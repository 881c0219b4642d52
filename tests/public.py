"""What a public name owes its readers: a description, an example, a plain signature."""

import doctest
import importlib.util
import inspect
import re
import types
import typing
from pathlib import Path
from typing import Any


def load(path: Path) -> Any:
    """A program of tests/typing."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def shown(package: types.ModuleType) -> set[str]:
    """The names that a package shows beside its modules."""
    names = {name for name, value in vars(package).items() if not isinstance(value, types.ModuleType)}
    return {name for name in names if not name.startswith("_")}


def functions(package: types.ModuleType) -> list[str]:
    """The public functions of a package."""
    return [name for name in package.__all__ if inspect.isfunction(getattr(package, name))]


def is_described(thing: object) -> bool:
    """Whether the first line of its docstring is one."""
    text = inspect.getdoc(thing) or ""
    return text.partition("\n")[0].rstrip().endswith((".", ";", ":", ","))


def examples(thing: object, name: str) -> str:
    """The doctests of a public name and of its members, with what they print."""
    found = doctest.DocTestFinder(recurse=True).find(thing, name, globs={})
    return "".join(example.source + example.want for test in found for example in test.examples)


def without_example(package: types.ModuleType) -> set[str]:
    """The classes that have no doctest, and come out of no function or class that has one."""
    known = functions(package)
    classes = {name: thing for name in package.__all__ if inspect.isclass(thing := getattr(package, name))}
    found = {name for name in classes if examples(classes[name], name)}
    makers = [getattr(package, name) for name in known if examples(getattr(package, name), name)]
    results = [typing.get_type_hints(maker)["return"] for maker in makers]
    while True:
        results += [hint for name in found for hint in parts(classes[name])]
        more = {name for name, kind in classes.items() if kind in results} - found
        if not more:
            return set(classes) - found
        found |= more


def parts(kind: type) -> list[object]:
    """The types of a class's parts and of what its methods and properties give."""
    methods = [getattr(member, "fget", member) for member in vars(kind).values()]
    found = [typing.get_type_hints(method).get("return") for method in methods if inspect.isfunction(method)]
    return [*found, *typing.get_type_hints(kind).values()]


def unplain(thing: object) -> list[str]:
    """Public functions and methods that take ``**kwargs``, or take or give ``Any`` but for the shape of arrays."""
    members = [thing] if not inspect.isclass(thing) else [part for name, part in vars(thing).items() if name[0] != "_"]
    found = []
    for member in members:
        function = getattr(member, "__func__", member)
        if inspect.isfunction(function):
            signature = inspect.signature(function)
            told = re.sub(r"numpy\.ndarray\[(tuple\[typing\.Any, \.\.\.\]|typing\.Any)", "", str(signature))
            if "Any" in told or any(each.kind is each.VAR_KEYWORD for each in signature.parameters.values()):
                found.append(f"{function.__qualname__}{signature}")
    return found
