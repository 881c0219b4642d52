"""The public face: what it names, that each name is described and shown, and programs that use nothing else."""

import ast
import inspect
import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import attrs
import pytest

import dual_random
from dual_random import Commitment, InputError, Record, Register, commit, draw
from public import examples, functions, is_described, load, shown, unplain, without_example

SOURCE: Final = Path(__file__).parent / "typing" / "programs.py"

programs: Final = load(SOURCE)


# ---- names


def test_names_are_sorted_and_complete() -> None:
    """``__all__`` is sorted as ASCII, names each thing once, and is all that the package shows beside its modules."""
    assert dual_random.__all__ == sorted(set(dual_random.__all__))
    assert shown(dual_random) == set(dual_random.__all__)


def test_importing_shows_no_more_than_names() -> None:
    """The package's own file holds a docstring, imports from its modules, and the list of names; nothing else."""
    tree = ast.parse(Path(inspect.getfile(dual_random)).read_text("utf-8"))
    docstring, *statements, names = tree.body
    assert isinstance(docstring, ast.Expr)
    assert all(isinstance(node, ast.ImportFrom) and node.level == 0 for node in statements)
    assert isinstance(names, ast.Assign)


@pytest.mark.parametrize("name", dual_random.__all__)
def test_every_public_name_is_described(name: str) -> None:
    """Every public name says in its docstring what it is; a function that can fail says how."""
    thing = getattr(dual_random, name)
    assert is_described(thing)
    assert callable(thing)


@pytest.mark.parametrize("name", functions(dual_random))
def test_every_public_function_is_shown_in_use(name: str) -> None:
    """Every public function calls itself in a doctest of its own."""
    assert f"{name}(" in examples(getattr(dual_random, name), name)


def test_every_public_class_is_shown_in_use() -> None:
    """Every public class has a doctest, or comes out of a function or a class that has one."""
    assert without_example(dual_random) == set()


@pytest.mark.parametrize("name", dual_random.__all__)
def test_public_signatures_are_plain(name: str) -> None:
    """No public function or method takes ``**kwargs``, and none takes or gives ``Any`` but for the shape of arrays."""
    assert unplain(getattr(dual_random, name)) == []


# ---- programs


def test_programs_use_public_names_only() -> None:
    """The programs import the package's own names and nothing below, and between them all of its names."""
    tree = ast.parse(SOURCE.read_text("utf-8"))
    modules = [node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    assert {module for module in modules if module and module.startswith("dual_random")} == {"dual_random"}
    used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    assert set(dual_random.__all__) - used == set()


def test_an_integrator_publishes_a_record() -> None:
    """Tables and a plan become a commitment, then a record with a joint rate; both come back from their bytes."""
    commitment, record = programs.integrate()
    assert Commitment.from_json(commitment.to_json()) == commitment
    assert Record.from_json(record.to_json()) == record
    assert record.joint_rate().denominator == len(record) > 30
    assert record.target_met
    assert "E0001" not in record


def test_an_auditor_recomputes_it() -> None:
    """A stranger with the bytes of record and register finds nothing, and shell lines that prove a ticket."""
    commitment, record = programs.integrate()
    checked, told = programs.audit(record.to_json(), programs.enterprises().to_tsv(), commitment.digest)
    assert checked
    *commands, paragraph = told
    assert next(iter(record)) in paragraph
    for line in commands:
        command, _, word = line.partition(" -> ")
        assert subprocess.run(command, shell=True, capture_output=True, check=True).stdout.split()[0].decode() == word


def test_a_planner_foresees_and_learns_what_holds_back() -> None:
    """A rehearsal of three draws tells of each, and the cells of a record add up to its visits."""
    line, chinese, done = programs.foresee()
    assert re.match(r"\d of 3, \d+ visits, \d+\.\d\d%", line)
    assert "户次" in chinese
    assert done == "[(1, 3), (2, 3), (3, 3)]"
    _, record = programs.integrate()
    lacking = [shortfall for _, shortfall in programs.held_back(record)]
    assert lacking == sorted(lacking, reverse=True)
    assert min(lacking) > 0


def test_a_department_learns_who_goes_and_what_is_short() -> None:
    """A month of a quarter is staffed by a plan of its own; with too few people it says how many, and what would do."""
    quarter, month, committed = programs.staff("8月")
    assert set(month) == {name for name, visit in quarter.items() if visit.period == "8月"}
    for name, team in programs.sent(month).items():
        assert {department: len(people) for department, people in team.items()} == {
            department: 3 if department == "消防" else 2 for department in month[name].departments if department in team
        }
    assert programs.lacking(month) == []
    assert programs.recheck(quarter, month, committed.digest, 12).findings == ()
    _, short, committed = programs.staff("8月", fire=3, most=9)
    assert [line.partition(":")[0] for line in programs.lacking(short)] == ["消防"]
    assert programs.lacking(short)[0].endswith(f"most={short.staffing[1].enough}")
    assert "消防" not in {name for team in programs.sent(short).values() for name in team}
    assert programs.recheck(quarter, short, committed.digest, 3).findings == ()


def test_a_firm_checks_its_receipt() -> None:
    """The visit at the door leads to the root of the day of the draw; its period is a number from 0."""
    _, record = programs.integrate()
    name = next(iter(record))
    leaf = json.loads(programs.at_the_door(record, name))
    visit = record[name]
    assert (leaf["enterprise"], tuple(leaf["demands"]), leaf["lead"]) == (name, visit.demands, visit.lead)
    assert record.commitment.plan.periods[leaf["period"]] == visit.period


def test_an_auditor_sees_another_seed() -> None:
    """With another seed than the announced one the findings say so."""
    commitment, record = programs.integrate()
    found = programs.suspect(record.to_json(), programs.enterprises().to_tsv(), commitment.digest)
    assert found[0] == "seed: seed-differs"


def test_a_clerk_amends_a_record() -> None:
    """Two firms are closed; others take their places, and the amended record is one of the same draw."""
    register = programs.enterprises()
    rules = attrs.evolve(programs.plan(), substitution=True)
    drawn = draw(commit(rules, register), register, seed=programs.SEED, secrets=programs.SECRETS)
    closed = list(drawn.record)[:2]
    record, told = programs.amend(drawn, [(name, "closed", "2024-09-01") for name in closed])
    assert [line.partition(" -> ")[0] for line in told] == closed
    standing = {visit.enterprise for visit in record.current}
    assert standing.isdisjoint(closed)
    assert all(set(line.partition(" -> ")[2].split(", ")) <= standing for line in told)
    assert programs.look_back(record, [drawn.record]) == []
    assert programs.look_back(
        record,
        [draw(commit(rules, register), register, seed="01 02 03 04 05 06 + 07", secrets=programs.SECRETS).record],
    ) == ["chain-two-records"]


def test_an_official_measures_a_log_and_finds_who_was_left_out() -> None:
    """A log as columns gives rates; of two registers the later one's own rows are those that were missing."""
    log = {
        "visit": ["v1", "v1", "v2"],
        "enterprise": ["E1", "E1", "E2"],
        "department": ["市监", "消防", "市监"],
        "mode": ["random"] * 3,
    }
    assert programs.measure(log)["joint-sampling rate of visits"] == "50.00%"
    now = Register({"id": ["E1", "E2"]}, id="id", columns=[])
    assert list(programs.left_out(Register({"id": ["E1"]}, id="id", columns=[]), now)) == ["E2"]


def test_a_developer_draws_ids() -> None:
    """Ids in, ids out: the same from any order of the list."""
    ids = [f"R{number:03d}" for number in range(100)]
    picked = programs.pick(ids)
    assert picked == programs.pick(reversed(ids))
    assert len(picked) == 20 + 2 + 1 + (2 + 9) + 5
    assert set(picked) <= set(ids)


def test_a_service_answers_with_a_table() -> None:
    """Faults come as a table with codes for programs and Chinese for people."""
    table = programs.refused(["E1", "E1 "])
    assert sorted(table["code"]) == ["share-form", "text-empty", "text-space"]
    assert all("请" in text for text in table["text"])


def test_an_official_reconciles_a_rate() -> None:
    """Rates are printed with two decimals, and a published one that does not follow is told what it would need."""
    line, found = programs.check_figures()
    assert line == "41.18% 68.22% 3 False"
    assert found.denominators == range(19525, 19529)


@pytest.mark.parametrize("read", [Record.from_json, Commitment.from_json, Register.from_tsv])
@pytest.mark.parametrize("data", ["{}", None, memoryview(b"{}")])
def test_published_files_are_read_as_bytes(read: Callable[[Any], object], data: object) -> None:
    """Text instead of bytes, the commonest slip, is refused with the remedy, not with an AttributeError."""
    with pytest.raises(InputError) as caught:
        read(data)
    assert [fault.code for fault in caught.value.faults] == ["bytes-needed"]


def test_codes_of_a_register_cannot_be_changed() -> None:
    """Nobody who holds the numbers of a column can change the register, by whatever flag."""
    codes, _ = Register({"id": ["E1", "E2"], "risk": ["A", "B"]}, id="id", columns=["risk"]).codes("risk")
    with pytest.raises(ValueError, match="read-only"):
        codes[0] = 1
    with pytest.raises(ValueError, match="WRITEABLE"):
        codes.flags.writeable = True
