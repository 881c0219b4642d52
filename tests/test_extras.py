"""Extras: where a package is missing, the error names the extra that brings it; what needs none goes on."""

import subprocess
import sys

import pytest

from dual_random import InputError
from dual_random.extras import extra
from dual_random.testing import assert_fair, assert_invariant, examine, replicate, trials_for

UNITS = ["E1", "E2", "E3", "E4", "E5"]


def first_two(units: list[str], seed: str) -> list[str]:
    """No lottery at all."""
    return sorted(units)[:2]


@pytest.mark.parametrize("module", ["scipy", "scipy.special"])
def test_without_scipy_the_error_names_the_extra(monkeypatch: pytest.MonkeyPatch, module: str) -> None:
    """Statistics say in both languages what to install, before any draw is made."""
    monkeypatch.setitem(sys.modules, module, None)
    monkeypatch.delitem(sys.modules, "scipy.special", raising=False) if module == "scipy" else None
    calls: list[str] = []

    def counted(units: list[str], seed: str) -> list[str]:
        calls.append(seed)
        return sorted(units)[:2]

    with pytest.raises(InputError) as caught:
        assert_fair(counted, UNITS, trials=300)
    (note,) = caught.value.faults
    assert note.code == "extra-missing"
    assert all("pip install 'dual-random[testing]'" in told for told in (note.text("en"), note.text("zh")))
    assert calls == []
    with pytest.raises(InputError, match="testing"):
        examine(replicate(first_two, UNITS, 300))


def test_exact_checks_need_no_scipy(monkeypatch: pytest.MonkeyPatch) -> None:
    """What takes no tails is asked without the extra, and numbers of draws are found by sums of our own."""
    monkeypatch.setitem(sys.modules, "scipy", None)
    monkeypatch.delitem(sys.modules, "scipy.special", raising=False)
    assert assert_invariant(first_two, UNITS, trials=20).ok
    assert trials_for(100, "10%", bias="0") == 182


def test_importing_the_tests_imports_none_of_their_packages() -> None:
    """`dual_random.testing` starts without scipy, hypothesis and matplotlib, and `dual_random` without it."""
    program = (
        "import sys, dual_random; assert 'dual_random.testing' not in sys.modules; import dual_random.testing; "
        "print(sorted({name.partition('.')[0] for name in sys.modules} & {'scipy', 'hypothesis', 'matplotlib'}))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_what_is_there_is_given() -> None:
    """A package that is there is imported, also a module inside of it."""
    assert extra("os.path", "os", "none").join("a", "b")
