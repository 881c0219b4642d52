"""Fair draws fail as seldom as promised: benchmarks/false_alarms.py in short; its 10,000 runs are in the docs."""

import importlib.util
from collections import defaultdict
from pathlib import Path
from typing import Any, Final

import pytest

RUNS: Final = 100


def _load() -> Any:
    path = Path(__file__).parents[1] / "benchmarks" / "false_alarms.py"
    spec = importlib.util.spec_from_file_location("false_alarms", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


script: Final = _load()


@pytest.mark.parametrize("design", script.DESIGNS)
def test_fair_draws_fail_as_seldom_as_promised(design: str) -> None:
    """Over a hundred fair runs of each design, no check's share of small p lies outside of its binomial band."""
    found: defaultdict[str, list[float]] = defaultdict(list)
    for name, p in script.some((design, 0, RUNS)):
        found[name].append(p)
    assert found
    for name, ps in found.items():
        counts = {level: sum(p <= level for p in ps) for level in script.LEVELS}
        assert [level for level, count in counts.items() if script.outside(name, RUNS, count, level)] == []


def test_the_band_has_two_sides() -> None:
    """Too many false alarms are outside for every check, too few only where p is no mere bound."""
    assert script.outside("pairs", 10_000, 600, 0.05)
    assert script.outside("pairs", 10_000, 400, 0.05)
    assert script.outside("inclusion", 10_000, 600, 0.05)
    assert not script.outside("inclusion", 10_000, 400, 0.05)
    assert not script.outside("pairs", 10_000, 500, 0.05)
