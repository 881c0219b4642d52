"""The surroundings decide nothing: hash seed, optimisation, locale, time zone and folder give the same bytes."""

import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Final

import pytest

PROGRAM: Final = Path(__file__).with_name("surroundings.py")


@cache
def written(options: tuple[str, ...] = (), folder: Path | None = None, **changes: str) -> bytes:
    """What the program writes in a process of its own."""
    environment = {**os.environ, "PYTHONHASHSEED": "0", **changes}
    command = [sys.executable, "-W", "error", *options, str(PROGRAM)]
    done = subprocess.run(command, env=environment, cwd=folder, capture_output=True, timeout=60)
    assert (done.returncode, done.stderr.decode()) == (0, "")
    return done.stdout


@pytest.mark.parametrize(
    ("options", "changes"),
    [
        ((), {"PYTHONHASHSEED": "1"}),
        ((), {"PYTHONHASHSEED": "4294967295"}),
        (("-O",), {}),
        (("-OO",), {"PYTHONHASHSEED": "7"}),
        ((), {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}),
        (("-X", "utf8=0"), {"LC_ALL": "tr_TR.UTF-8", "TZ": "Pacific/Kiritimati"}),
    ],
)
def test_surroundings_decide_nothing(options: tuple[str, ...], changes: dict[str, str]) -> None:
    """Hash seed, optimisation, locale and time zone change no byte of what is published, explained or refused."""
    assert len(written()) > 20_000
    assert written(options, **changes) == written()


def test_folder_decides_nothing(tmp_path: Path) -> None:
    """Another folder, with files of familiar names in it, changes no byte."""
    for name in ("plan.json", "registers.py", "numpy.py", "pyproject.toml"):
        (tmp_path / name).write_text("no such thing")
    assert written(folder=tmp_path) == written()
