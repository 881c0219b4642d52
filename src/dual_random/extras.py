"""Packages that only some features need: imported when they are, with a refusal that says what to install."""

from importlib import import_module
from types import ModuleType

from dual_random.errors import InputError, Note


def extra(module: str, package: str, name: str) -> ModuleType:
    """A module of a package that an extra brings.

    Args:
        module: to import, e.g. ``"matplotlib.figure"``.
        package: as it is called by whoever installs it.
        name: of the extra.

    Raises:
        InputError: it cannot be imported.

    >>> extra("json", "json", "none").dumps([1])
    '[1]'
    >>> extra("no_such_module", "NoSuch", "plots")
    Traceback (most recent call last):
    dual_random.errors.InputError: this needs NoSuch: pip install 'dual-random[plots]'
    """
    try:
        return import_module(module)
    except ImportError:
        raise InputError([Note("extra-missing", "", {"package": package, "extra": name})]) from None
