"""The public face of the tests of fairness: its names, that each is described and shown, and programs."""

import ast
import inspect
from math import isclose
from pathlib import Path
from typing import Final

import pytest

from dual_random import testing
from public import examples, functions, is_described, load, shown, unplain, without_example

SOURCE: Final = Path(__file__).parent / "typing" / "fairness_programs.py"
ALIASES: Final = {"Procedure"}  # types that are named only; described in the room they come from
NAMES: Final = sorted(set(testing.__all__) - ALIASES)

programs: Final = load(SOURCE)


# ---- names


def test_names_are_sorted_and_complete() -> None:
    """``__all__`` is sorted as ASCII, names each thing once, and is all that the package shows beside its modules."""
    assert testing.__all__ == sorted(set(testing.__all__))
    assert shown(testing) == set(testing.__all__)


def test_its_own_file_holds_names_only() -> None:
    """A docstring, imports from its modules, and the list of names; nothing else."""
    docstring, *statements, names = ast.parse(Path(inspect.getfile(testing)).read_text("utf-8")).body
    assert isinstance(docstring, ast.Expr)
    assert all(isinstance(node, ast.ImportFrom) and node.level == 0 for node in statements)
    assert isinstance(names, ast.Assign)


@pytest.mark.parametrize("name", NAMES)
def test_every_public_name_is_described(name: str) -> None:
    """Every public name says in its docstring what it is."""
    assert is_described(getattr(testing, name))


@pytest.mark.parametrize("name", functions(testing))
def test_every_public_function_is_shown_in_use(name: str) -> None:
    """Every public function calls itself in a doctest of its own, and says what its arguments are."""
    function = getattr(testing, name)
    assert f"{name}(" in examples(function, name)
    text = inspect.getdoc(function) or ""
    told = "Args and errors: as for" in text or "Args:" in text
    assert told or len(inspect.signature(function).parameters) <= 2


def test_every_public_class_is_shown_in_use() -> None:
    """Every public class has a doctest, or comes out of a function or a class that has one."""
    assert without_example(testing) == set()


@pytest.mark.parametrize("name", NAMES)
def test_public_signatures_are_plain(name: str) -> None:
    """No public function or method takes ``**kwargs``, and none takes or gives ``Any``."""
    assert unplain(getattr(testing, name)) == []


# ---- one way to say a thing


def test_arguments_have_one_name_and_one_place() -> None:
    """Procedure, units, draws come first; the level is called alpha; what is optional is named in the call."""
    firsts = [["procedure", "units"], ["procedures", "units"], ["units"], ["table", "units"]]
    firsts += [["replicates"], ["order"], ["checks", "alpha"]]
    for name in functions(testing):
        parameters = list(inspect.signature(getattr(testing, name)).parameters.values())
        assert any([each.name for each in parameters[: len(start)]] == start for start in firsts) or name == "by_person"
        optional = [each for each in parameters if each.default is not each.empty]
        assert all(each.kind is each.KEYWORD_ONLY for each in optional)


def test_levels_have_one_default_for_each_use() -> None:
    """One in a million where code is tested, one in a hundred where a single draw cannot be made again."""
    levels: dict[object, set[str]] = {}
    for name in (*functions(testing), "Monitor"):
        parameters = inspect.signature(getattr(testing, name)).parameters
        if "alpha" in parameters and name != "holm":
            levels.setdefault(parameters["alpha"].default, set()).add(name)
    assert set(levels) == {1e-6, 0.01}
    assert levels[0.01] == {"audit", "audit_order", "Monitor"}


# ---- programs


def test_programs_use_public_names_only() -> None:
    """The programs import public names and nothing below, and between them all names of the tests of fairness."""
    tree = ast.parse(SOURCE.read_text("utf-8"))
    modules = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {module for module in modules if module and module.startswith("dual_random")} == {
        "dual_random",
        "dual_random.testing",
    }
    used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    assert set(testing.__all__) - used == set()


def test_a_suite_asserts_that_draws_are_fair() -> None:
    """Ids and results pass, with all checks that their claims allow; a list without a lot does not."""
    invariant, alike, chances, people = programs.suite()
    assert [check.name for check in invariant.checks[:2]] == ["members", "size"]
    assert {"trend: staff", "groups: branch", "pairs"} <= {check.name for check in alike.checks}
    assert "pairs" not in {check.name for check in chances.checks}
    assert "across" in {check.name for check in people.checks}
    names, chinese = programs.caught()
    assert {"order", "inclusion", "repeats"} <= set(names)
    assert "\uff08inclusion\uff09" in chinese


def test_checks_are_asked_one_by_one() -> None:
    """Each by its own name, those of a fair draw without a failure."""
    assert programs.by_hand("fair:0")
    exact, statistical = programs.exact_checks(), programs.statistical_checks()
    assert [check.name for check in exact if check.name != "elsewhere"] == [
        "order",
        "repeat",
        "size",
        "nested",
        "one-by-one",
    ]
    assert len({check.name for check in statistical}) == 9
    assert not any(check.failed for check in (*exact, *statistical))
    assert programs.elsewhere_made(400)
    assert programs.examined(400)["inclusion"] > programs.examined(1600)["inclusion"] > 1


def test_a_planner_learns_what_draws_can_show() -> None:
    """The bias asked for is the one that is seen; the chances of a small case are exact."""
    needed, low, high = programs.planned()
    assert needed > 100
    assert isclose(high, 1.5, rel_tol=0.01)
    assert 0 < low < 1
    chances, samples = programs.exact_chances()
    assert (set(map(str, chances.values())), samples) == ({"1/2"}, 6)


def test_an_auditor_judges_what_was_published() -> None:
    """Fair results pass, and a branch that never comes raises the alarm after some quarters."""
    assert all(programs.audited())
    assert not programs.watched(0).alarm
    assert programs.watched(4).alarm
