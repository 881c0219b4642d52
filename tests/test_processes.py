"""Fresh processes: which procedures reach them, how their modules are found, what is told if they do not."""

import os
import subprocess
import sys
from functools import partial
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

import invariant_cases as cases
from dual_random import InputError
from dual_random.errors import Note
from dual_random.testing import processes
from dual_random.testing.processes import Fresh, fresh

SEEDS = ["fair:0", "fair:1", "fair:2"]
SCRIPT = """
from dual_random.testing.invariants import elsewhere

def salted(units, seed):
    return sorted(units, key=lambda unit: hash((seed, unit)))[:2]

class Draw:
    def __init__(self, other):
        self.other = other

    def __call__(self, units, seed):
        return self.other(units, seed)

def told():
    answer = elsewhere(Draw(salted), [f"E{number}" for number in range(30)], trials=3)
    print(getattr(answer, "failed", answer))
"""
GUARDED = f"{SCRIPT}\nif __name__ == '__main__':\n    told()\n"


def drawn(answer: tuple[Fresh, ...] | Note) -> list[list[list[str]]]:
    """The ids of each draw, process by process."""
    assert isinstance(answer, tuple), str(answer)
    return [[[unit for unit, _ in outcome.hits] for outcome in each.outcomes] for each in answer]


def python(*words: str, cwd: Path) -> tuple[str, str]:
    """What a Python of its own prints, and what it says of errors."""
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run([sys.executable, *words], cwd=cwd, capture_output=True, env=environment, check=False)
    return done.stdout.decode(), done.stderr.decode()


def test_processes_draw_as_they_are_asked() -> None:
    """Two processes answer every seed in turn, with the hits in their order."""
    answer = fresh(cases.fair, cases.UNITS, SEEDS)
    assert isinstance(answer, tuple)
    assert [(each.hash_seed, each.failure) for each in answer] == [("1", None), ("4242", None)]
    assert drawn(answer) == [[cases.fair(cases.UNITS, seed) for seed in SEEDS]] * 2
    assert [outcome.seed for outcome in answer[1].outcomes] == SEEDS


def test_texts_come_back_as_they_were() -> None:
    """Chinese names, results and the empty draw survive the way there and back."""
    answer = fresh(cases.schools, ["企业一", "é", "𠀀"], ["种子"])
    assert isinstance(answer, tuple)
    assert {hit for each in answer for hit in each.outcomes[0].hits} == {(u, "north") for u in ("企业一", "é", "𠀀")}


def test_the_two_processes_salt_differently() -> None:
    """Python's own hash draws differently here, there, and in the other one."""
    here = [cases.by_hash(cases.UNITS, seed) for seed in SEEDS]
    one, other = drawn(fresh(cases.by_hash, cases.UNITS, SEEDS))
    assert here != one != other != here


def test_what_a_procedure_prints_is_no_answer() -> None:
    """Neither `print` nor writing to the screen's number can be taken for a draw."""
    assert drawn(fresh(cases.talking, cases.UNITS, SEEDS)) == [[cases.fair(cases.UNITS, seed) for seed in SEEDS]] * 2


def test_a_process_that_dies_is_a_finding() -> None:
    """A process that ends while it draws is told with the seed and its exit code; the other one's draws stand."""
    answer = fresh(cases.dies_there, cases.UNITS, SEEDS)
    assert isinstance(answer, tuple)
    well, dead = answer
    assert (well.failure, len(well.outcomes), len(dead.outcomes)) == (None, 3, 1)
    assert dead.failure == Note("fresh-raised", "fair:1", {"hash_seed": "4242", "error": "exit code 3"})


def test_what_cannot_be_pickled_is_no_finding() -> None:
    """A function within a function has no name in its module, so it cannot be asked."""

    def inner(units: list[str], seed: str) -> list[str]:
        return units

    for procedure in (inner, lambda units, _: units, cases.Counting(calls=lambda: 1)):  # type: ignore[arg-type]
        answer = fresh(procedure, ["E1"], SEEDS)
        assert isinstance(answer, Note)
        assert answer.code == "fresh-pickle"


def test_what_cannot_be_loaded_there_is_no_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A module that raises when it is loaded anew, or ends Python, is told with its reason."""
    for line, reason in (("import no_such_module", "no_such_module"), ("raise SystemExit('no licence')", "no licence")):
        module = load(tmp_path / "moved.py", "def draw(units, seed):\n    return units\n", "moved", monkeypatch)
        (tmp_path / "moved.py").write_text(line)
        answer = fresh(module.draw, ["E1"], SEEDS)
        assert isinstance(answer, Note)
        assert (answer.code, reason in str(answer)) == ("fresh-load", True)


def load(file: Path, text: str, name: str, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """A module under a name, from a file that no path leads to."""
    file.write_text(text)
    spec = spec_from_file_location(name, file)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    monkeypatch.setitem(sys.modules, name, module)
    spec.loader.exec_module(module)
    return module


def test_modules_are_found_by_their_files_where_names_mislead(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Modules whose names lead to others, or nowhere, are loaded from the files they have here, each its own."""
    monkeypatch.setitem(sys.modules, "no_package", ModuleType("no_package"))
    names = ["coarse", "colorsys", "no_package.within", "alone"]
    draws = []
    for number, name in enumerate(names):
        text = f"def draw(units, seed):\n    return units[{number}:{number + 1}]\n"
        draws.append(load(tmp_path / f"{number}.py", text, name, monkeypatch).draw)
    assert drawn(fresh(partial(cases.together, draws), list("ABCDE"), ["x"])) == [[list("ABCD")]] * 2


def test_a_script_is_loaded_without_its_run(tmp_path: Path) -> None:
    """Functions and classes of a script that guards its run are asked, and the run is not run again."""
    (tmp_path / "script.py").write_text(GUARDED)
    assert python("script.py", cwd=tmp_path)[0].split() == ["True"]


def test_a_module_run_by_name_is_loaded_by_name(tmp_path: Path) -> None:
    """`python -m package.module` is found with its package, which is loaded first."""
    (tmp_path / "package").mkdir()
    (tmp_path / "package" / "__init__.py").write_text("used = 1\n")
    (tmp_path / "package" / "module.py").write_text(f"import sys\nused = sys.modules['package'].used\n{GUARDED}")
    assert python("-m", "package.module", cwd=tmp_path)[0].split() == ["True"]


def test_a_script_without_a_guard_is_told_so(tmp_path: Path) -> None:
    """Such a script would start processes without end: the first one refuses, and the script says why."""
    (tmp_path / "script.py").write_text(f"{SCRIPT}\ntold()\n")
    printed, _ = python("script.py", cwd=tmp_path)
    assert printed.count("if __name__ == '__main__':") == 1
    assert printed.count("cannot be loaded") == 1


def test_the_prompt_has_no_file(tmp_path: Path) -> None:
    """What is defined in `python -c` cannot be found by anyone."""
    printed, _ = python("-c", f"{SCRIPT}\ntold()", cwd=tmp_path)
    assert printed.count("it is defined at the prompt") == 1


def test_a_fresh_process_starts_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the mark of a fresh process stands, none is started."""
    monkeypatch.setenv("DUAL_RANDOM_FRESH_PROCESS", "1")
    with pytest.raises(InputError) as caught:
        fresh(cases.fair, ["E1"], SEEDS)
    assert [note.code for note in caught.value.faults] == ["fresh-nested"]


def test_a_folder_does_not_hide_modules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file in the current folder that is called like a module of Python is not taken for it."""
    (tmp_path / "json.py").write_text("raise SystemExit('the wrong one')")
    monkeypatch.chdir(tmp_path)
    assert isinstance(fresh(cases.fair, ["E1"], ["x"]), tuple)


@pytest.mark.parametrize("executable", [None, "/no/such/python"])
def test_no_process_is_no_finding(executable: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no Python can be started, that is told."""
    monkeypatch.setattr(sys, "executable", executable)
    answer = fresh(cases.fair, ["E1"], SEEDS)
    assert isinstance(answer, Note)
    assert answer.code == "fresh-start"


def test_patience_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that is not done in time is told, with the time."""
    monkeypatch.setattr(processes, "PATIENCE", 0)
    answer = fresh(cases.fair, ["E1"], SEEDS)
    assert isinstance(answer, Note)
    assert answer.code == "fresh-late"


def test_a_process_that_never_came_up_tells_its_last_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """An error before the procedure is loaded says nothing of the procedure."""
    monkeypatch.setattr(processes, "_START", "raise RuntimeError('no library here')")
    answer = fresh(cases.fair, ["E1"], SEEDS)
    assert isinstance(answer, Note)
    assert (answer.code, answer.params["reason"]) == ("fresh-load", "RuntimeError: no library here")
