"""The house: imports go down only, two rooms alone leave memory, and neither chance nor floats decide anything."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

import dual_random

PACKAGE: Final = Path(dual_random.__file__).parent
LAYERS: Final = (  # bottom to top
    *(
        f"messages.{part}"
        for part in (
            "message",
            "values",
            "registers",
            "rules",
            "draws",
            "views",
            "files",
            "fairness",
            "amendments",
            "chains",
            "cycle_plans",
            "cycle_time",
            "cycle_logs",
            "cycle_quality",
            "cycle_rules",
            "cycle_years",
        )
    ),
    *(
        "messages",
        "errors",
        "extras",
        "text",
        "forms",
        "dates",
        "rates",
        "schemes",
        "lines",
        "ids",
        "tickets",
        "ticketed",
        "uscc",
        "plain",
    ),
    *(
        "columns",
        "register_text",
        "frames",
        "registers",
        "team_rules",
        "plans",
        "populations",
        "allocation",
        "selection",
        "sampling",
    ),
    *(
        "marks",
        "cells",
        "layouts",
        "spreading",
        "joint",
        "expectations",
        "tasks",
        "levels",
        "flows",
        "deals",
        "traces",
        "eligibility",
        "rosters",
        "prospects",
        "staffability",
        "commitments",
        "periods",
        "receipts",
        "staffing",
        "forecasts",
        "visits",
        "proofs",
        "teams",
        "replays",
        "amendments",
        "dockets",
        "tables",
        "records",
        "supplements",
        "chains",
        "earlier",
        "binding",
        "making",
        "supplement_checks",
        "findings",
        "team_checks",
        "claims",
        "explanations",
        "assignments",
        "ledgers",
        "successions",
        "amendment_checks",
        "draws",
        "verdicts",
        "verification",
        "rehearsals",
        "sheets",
        "pictures",
        "demo",
    ),
    *(
        f"cycle.{part}"
        for part in (
            *(
                "terms",
                "vocabulary",
                "instants",
                "contradictions",
                "logs",
                "grouping",
                "facts",
                "deadlines",
                "omissions",
                "measurement",
            ),
            *("rankings", "comparisons", "averages", "rate_tables"),
            *("needs", "topics", "rounds", "merging", "checks", "calendars", "windows", "errands"),
            *("schedules", "takeovers", "arrangements", "batches", "entries", "closures", "worklists"),
            *("matching", "evidence", "coincidences", "deviations", "flaws", "quality"),
            *("memory", "inclusion", "limits", "shrinkage", "pooling", "adjustment", "credit"),
            *("savings", "holidays", "years", "outings", "blemishes", "year_logs", "year_pictures"),
        )
    ),
    "cycle",
    *(
        f"testing.{part}"
        for part in (
            *("checks", "procedures", "tails", "distributions", "replicates", "laws", "redraws", "attributes"),
            *("tallies", "squares", "pairings", "crossings", "repetitions", "trends", "power"),
            *(
                "processes",
                "invariants",
                "exact",
                "fairness",
                "questions",
                "samples",
                "orders",
                "audits",
                "monitors",
                "results",
            ),
            *("axes", "plots", "places", "alterations", "strategies.words", "strategies.frames", "strategies.rules"),
            *("strategies.fitting", "strategies.rounds", "strategies.forgeries", "strategies"),
        )
    ),
    "testing",
    "formats",
    *("files", "options", "labels", "reports", "commands", "figures", "amending", "measuring", "demonstrations"),
    *("register_arguments", "chain_arguments", "audit_arguments", "auditing", "__main__", "__init__"),
)
OUTSIDE: Final = {"__main__", "files", "testing.processes"}  # that touch files, screen, environment, other processes
EFFECTS: Final = {
    *("asyncio", "atexit", "ctypes", "getpass", "glob", "http", "locale", "logging", "multiprocessing", "os"),
    *("pathlib", "platform", "random", "requests", "secrets", "select", "shelve", "shutil", "signal", "socket"),
    *("sqlite3", "ssl", "subprocess", "sys", "tempfile", "threading", "time", "urllib", "uuid", "warnings", "zoneinfo"),
}
PURE: Final = {"pathlib.PurePath", "pathlib.PurePosixPath"}  # names without a file system behind them
FORBIDDEN_CALLS: Final = {"open", "print", "input", "eval", "exec", "compile", "breakpoint", "__import__", "globals"}
FORBIDDEN_NAMES: Final = {"now", "today", "utcnow", "fromtimestamp", "urandom", "default_rng", "RandomState", "random"}


def room_of(path: Path) -> str:
    """The dotted name of a module inside the package; a folder's own module has the folder's name."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if len(parts) > 1 and parts[-1] == "__init__" else parts)


TREES: Final = {room_of(path): ast.parse(path.read_text("utf-8")) for path in sorted(PACKAGE.rglob("*.py"))}


def imports(tree: ast.Module) -> Iterator[str]:
    """Every imported thing, dotted: module, or module and name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{'.' * node.level}{node.module or ''}.{alias.name}" for alias in node.names)


def rooms(tree: ast.Module) -> set[str]:
    """The modules of the package that a module imports."""
    found = set()
    for name in imports(tree):
        if name.partition(".")[0] == "dual_random":
            parts = name.split(".")[1:]
            while parts and ".".join(parts) not in TREES:
                parts.pop()
            found.add(".".join(parts) or "__init__")
    return found


def called(tree: ast.Module) -> Iterator[str]:
    """The names that are called as functions."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node.func.id


def test_every_module_has_its_layer() -> None:
    """The order names every module of the package, and no other: a new room is given a place here."""
    assert len(LAYERS) == len(set(LAYERS))
    assert sorted(LAYERS) == sorted(TREES)


def test_the_page_on_architecture_lists_the_same_order() -> None:
    """What docs/architecture.md tells about the house is the order that is tested here."""
    page = (Path(__file__).parents[1] / "docs" / "architecture.md").read_text("utf-8")
    listed = page.partition("```text\n")[2].partition("```")[0].splitlines()
    assert [*(line.split()[0] for line in listed), "__init__"] == [room for room in LAYERS if "." not in room]


@pytest.mark.parametrize("room", TREES)
def test_imports_go_down_only(room: str) -> None:
    """A module imports modules of lower layers only."""
    below = set(LAYERS[: LAYERS.index(room)])
    assert rooms(TREES[room]) - below == set()


@pytest.mark.parametrize("room", TREES)
def test_imports_are_absolute(room: str) -> None:
    """Imports name the package in full, so that this test can follow them."""
    assert [name for name in imports(TREES[room]) if name.startswith(".")] == []


@pytest.mark.parametrize("room", sorted(set(TREES) - OUTSIDE))
def test_rooms_stay_in_memory(room: str) -> None:
    """No file, clock, network, process, environment, screen or source of chance, outside two rooms."""
    effects = {name for name in imports(TREES[room]) if name.partition(".")[0] in EFFECTS}
    assert effects - PURE == set()
    assert FORBIDDEN_CALLS & set(called(TREES[room])) == set()


@pytest.mark.parametrize("room", TREES)
def test_neither_clock_nor_chance(room: str) -> None:
    """No module asks what time it is or draws a number, by any library: those who draw here hash."""
    attributes = {node.attr for node in ast.walk(TREES[room]) if isinstance(node, ast.Attribute)}
    assert FORBIDDEN_NAMES & attributes == set()
    assert {"random", "secrets", "time", "uuid"} & {name.partition(".")[0] for name in imports(TREES[room])} == set()


@pytest.mark.parametrize("room", TREES)
def test_no_assert_and_no_global(room: str) -> None:
    """Arguments are refused, not asserted (python -O drops asserts), and no function changes a module's variable."""
    assert [node.lineno for node in ast.walk(TREES[room]) if isinstance(node, ast.Assert | ast.Global)] == []


@pytest.mark.parametrize("room", sorted(room for room in set(TREES) - {"text"} if not room.startswith("testing.")))
def test_no_float(room: str) -> None:
    """No float is written or made, but in statistics of tests, and where `text` tells what to write instead of one."""
    floats = [n.lineno for n in ast.walk(TREES[room]) if isinstance(n, ast.Constant) and isinstance(n.value, float)]
    assert floats == []
    assert "float" not in called(TREES[room])
