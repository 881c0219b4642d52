"""The command `rehearse`: a report on standard output, and a bar on standard error for whoever looks at a terminal."""

import json
import os
import re
import subprocess
import sys
from contextlib import redirect_stderr
from io import StringIO
from pathlib import Path
from typing import Any, Final

import pytest

from conftest import Run
from dual_random import Plan, Register
from dual_random.__main__ import Bar, main
from dual_random.rehearsals import rehearse
from dual_random.replays import replay
from dual_random.reports import progress_line, width

ROWS: Final = [(f"E{i:03d}", "ABC"[i * 7 % 3]) for i in range(200)]
TABLE: Final = ("firms.csv", "--id", "uscc")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which the command line stands, with a register and a plan whose target is met now and then."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "firms.csv").write_text("uscc,risk\n" + "".join(f"{i},{risk}\n" for i, risk in ROWS), encoding="utf-8")
    write_plan(tmp_path, {"at_least": "60%"})
    return tmp_path


def write_plan(folder: Path, joint: dict[str, Any]) -> Plan:
    """A plan of two departments with a joint rule, as it stands in a file."""
    seed = {"source": "双色球", "event": "1", "earliest": "2024-08-06T21:15:00+08:00", "form": "00 00 00 00 00 00 + 00"}
    demands = [{"name": "市监", "take": 20}, {"name": "消防", "take": 15, "where": {"risk": ["B", "C"]}}]
    plan = {"title": "抽查", "authority": "海曙区", "number": "1", "seed": seed, "demands": demands, "joint": joint}
    (folder / "plan.json").write_text(json.dumps(plan), encoding="utf-8")
    return Plan.from_dict(plan)


class Terminal(StringIO):
    """A screen: what it is told, and what can be seen of it."""

    def isatty(self) -> bool:
        """That somebody looks."""
        return True

    @property
    def seen(self) -> str:
        """What stands in the last line: after a return of the carriage, characters replace what was there."""
        line: list[str] = []
        for part in self.getvalue().split("\r"):
            line[: len(part)] = part
        return "".join(line)


def on(terminal: Terminal, *words: str) -> int:
    """The exit code of the command line, with a terminal for standard error."""
    with redirect_stderr(terminal):
        return main(list(words))


# ---- report


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_report_is_that_of_the_library(folder: Path, run: Run, lang: Any) -> None:
    """Statements and notices are those of `rehearse`, with 50 draws unless told otherwise; exit code 0."""
    plan = Plan.from_dict(json.loads((folder / "plan.json").read_text(encoding="utf-8")))
    ids, risks = (list(column) for column in zip(*ROWS, strict=True))
    found = rehearse(plan, Register({"id": ids, "risk": risks}, id="id", columns=["risk"]))
    code, out, err = run("--lang", lang, "rehearse", "plan.json", *TABLE)
    assert (code, err) == (0, "")
    assert 0 < found.met < found.draws == 50
    told = re.sub(r"\s+", " ", out)
    assert all(re.sub(r"\s+", " ", line) in told for line in found.text(lang).splitlines())
    assert [line for line in out.splitlines() if width(line) > 100] == []


def test_a_target_at_risk_is_a_warning(folder: Path, run: Run) -> None:
    """The notices stand under their heading, with the remedy; the exit code is 0, since nothing is wrong."""
    assert folder.is_dir()
    code, out, err = run("rehearse", "plan.json", *TABLE, "--draws", "20")
    report, _, notices = out.partition("\n\nnotices 提示\n")
    assert (code, err) == (0, "")
    assert report.startswith("20 rehearsals, none of them a draw")
    assert "lower the target to " in re.sub(r"\s+", " ", notices)
    assert "20 次" in run("--lang", "zh", "rehearse", "plan.json", *TABLE, "--draws", "20")[1]


def test_no_notice_has_no_heading(folder: Path, run: Run) -> None:
    """A plan that nothing is to be said about ends with its figures."""
    write_plan(folder, {"at_least": "1%"})
    code, out, _ = run("rehearse", "plan.json", *TABLE, "--draws", "3")
    assert code == 0
    assert "notices" not in out
    assert out.splitlines()[-1] == "target 1.00%: met in all 3 rehearsals, which is no promise for the draw"


def test_the_register_is_read_as_commit_reads_it(folder: Path, run: Run) -> None:
    """From the register text that commit writes, or with the options that commit takes, the report is the same."""
    words = ("plan.json", *TABLE)
    assert run("commit", *words, "--out", "c.json", "--register-out", "e.tsv")[0] == 0
    expected = run("rehearse", *words, "--draws", "4")
    assert run("rehearse", "plan.json", "e.tsv", "--draws", "4") == expected
    text = (folder / "firms.csv").read_text(encoding="utf-8") + "E199,A\ne1-99,B\n"
    (folder / "firms.csv").write_text(text, encoding="gbk")
    more = ("--encoding", "gbk", "--exclude", "id-repeated", "--alike", "--null", "")
    code, out, err = run("rehearse", *words, "--draws", "4", *more)
    assert (code, err) == (0, "")
    assert out != expected[1]
    code, _, err = run("rehearse", *words)
    assert code == 2
    assert "--exclude id-alike,id-repeated" in err


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_long_statements_are_wrapped(folder: Path, run: Run, lang: str) -> None:
    """No line of a report is wider than a terminal of 100, and none loses a word."""
    write_plan(folder, {"at_least": "99%", "reach": "extra", "most_departments": 1})
    code, out, _ = run("--lang", lang, "rehearse", "plan.json", *TABLE, "--draws", "2")
    assert code == 0
    assert max(map(width, out.splitlines())) <= 100
    assert re.search(r"nested.*\s0\s.+spread.*\s2\b.+extra.*\s0\b", out, re.DOTALL)


def test_nothing_is_written(folder: Path, run: Run) -> None:
    """A rehearsal leaves no file behind."""
    before = sorted(os.listdir(folder))
    assert run("rehearse", "plan.json", *TABLE, "--draws", "2")[0] == 0
    assert sorted(os.listdir(folder)) == before


# ---- wrong input


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--draws", "0"), "--draws: 0 is no number of rehearsals"),
        (("--draws", "10001"), "--draws: 10001 is no number of rehearsals: write a whole number from 1 to 10000"),
        (("--draws", "many"), "--draws: 'many' is no count"),
        (("--draws=-1",), "--draws: '-1' is no count"),
        (("--draws", "1.5"), "--draws: '1.5' is no count"),
        (("--exclude", "x"), "x"),
    ],
)
def test_wrong_options(folder: Path, run: Run, words: tuple[str, ...], told: str) -> None:
    """Another number of draws is refused under its option: exit code 2, nothing on standard output."""
    assert folder.is_dir()
    code, out, err = run("rehearse", "plan.json", *TABLE, *words)
    assert (code, out) == (2, "")
    assert told in err


def test_wrong_plans(folder: Path, run: Run) -> None:
    """What commit refuses is refused here, under the plan's name; another kind of file too."""
    text = (folder / "plan.json").read_text(encoding="utf-8")
    (folder / "plan.json").write_text(text.replace('"take": 15', '"take": 201'), encoding="utf-8")
    code, out, err = run("rehearse", "plan.json", *TABLE)
    assert (code, out) == (2, "")
    assert err.startswith("plan.json: demands[1]")
    code, _, err = run("rehearse", "missing.json", *TABLE)
    assert code == 2
    assert err.startswith("missing.json: there is no such file")


def test_help(run: Run) -> None:
    """Help has an example, the exit codes, and a line among all commands."""
    code, out, _ = run("rehearse", "--help")
    assert code == 0
    assert "example:\n  dual-random rehearse plan.json " in out
    assert "exit codes: 0" in out
    assert re.search(r"--draws COUNT +how many rehearsals \(default: 50\)", out)
    assert "\n  rehearse   " in run("--help")[1]


# ---- bar


def test_progress_line() -> None:
    """The bar grows with what is done and is full only at the end."""
    assert progress_line("x", 0, 3) == f"x [{'-' * 28}] 0/3"
    assert progress_line("x", 1, 3) == f"x [{'#' * 9}{'-' * 19}] 1/3"
    assert progress_line("x", 9_999, 10_000) == f"x [{'#' * 27}-] 9999/10000"
    assert progress_line("x", 3, 3) == f"x [{'#' * 28}] 3/3"
    assert width(progress_line("模拟抽取", 10_000, 10_000)) < 60


@pytest.mark.parametrize(("lang", "task"), [("en", "rehearsing"), ("zh", "模拟抽取")])
def test_a_terminal_sees_a_bar(folder: Path, capsys: pytest.CaptureFixture[str], lang: str, task: str) -> None:
    """One line is written over again after every rehearsal and is empty at the end; the report is not touched."""
    assert folder.is_dir()
    terminal = Terminal()
    assert on(terminal, "--lang", lang, "rehearse", "plan.json", *TABLE, "--draws", "3") == 0
    *lines, blank, end = terminal.getvalue().split("\r")[1:]
    assert lines == [progress_line(task, done, 3) for done in (1, 2, 3)]
    assert (blank.strip(" "), end) == ("", "")
    assert len(blank) >= max(map(width, lines))
    assert terminal.seen.strip() == ""
    assert "\n" not in terminal.getvalue()
    out = capsys.readouterr().out
    assert "\r" not in out
    assert "[#" not in out


def test_faults_stand_on_an_empty_line(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If a rehearsal breaks off, the bar is wiped before anything is said."""
    assert folder.is_dir()
    left = [1]

    def broken(*given: Any) -> Any:
        left.pop()  # an IndexError at the second rehearsal
        return replay(*given)

    monkeypatch.setattr("dual_random.rehearsals.replay", broken)
    terminal = Terminal()
    assert on(terminal, "rehearse", "plan.json", *TABLE) == 2
    bar, _, said = terminal.getvalue().rpartition("\r")
    assert bar.startswith(f"\r{progress_line('rehearsing', 1, 50)}\r ")
    assert said.startswith("this is a fault of the program")


def test_interrupted(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C leaves an empty line and no word."""
    assert folder.is_dir()
    show = Bar.show

    def interrupted(self: Bar, done: int, total: int) -> None:
        show(self, done, total)
        raise KeyboardInterrupt

    monkeypatch.setattr(Bar, "show", interrupted)
    terminal = Terminal()
    assert on(terminal, "rehearse", "plan.json", *TABLE) == 130
    assert "1/50" in terminal.getvalue()
    assert terminal.seen.strip() == ""


def test_other_commands_have_no_bar() -> None:
    """A terminal without rehearsals is not written to."""
    terminal = Terminal()
    assert on(terminal, "rate", "1", "2") == 0
    assert terminal.getvalue() == ""


def test_pipes_and_files_have_no_bar(folder: Path, run: Run) -> None:
    """Where standard error is no terminal, nothing is written to it."""
    assert folder.is_dir()
    assert run("rehearse", "plan.json", *TABLE, "--draws", "2")[2] == ""
    command = [sys.executable, "-m", "dual_random", "rehearse", "plan.json", *TABLE, "--draws", "2"]
    done = subprocess.run(command, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"\r" not in done.stdout
    with open("said", "wb") as said:
        assert subprocess.run(command, stdout=subprocess.DEVNULL, stderr=said, check=False).returncode == 0
    assert os.path.getsize("said") == 0


def test_streams_that_are_closed_or_broken() -> None:
    """Without standard error, with a closed one, or with a terminal that went away, nothing happens."""
    assert not Bar(None, "x").seen
    closed = Terminal()
    closed.close()
    assert not Bar(closed, "x").seen
    assert not Bar(StringIO(), "x").seen

    class Gone(Terminal):
        def write(self, text: str, /) -> int:
            raise OSError(text)

    bar = Bar(Gone(), "x")
    assert bar.seen
    bar.show(1, 2)
    bar.wipe()


def test_a_bar_that_was_not_shown_is_not_wiped() -> None:
    """Nothing is written before the first step, and nothing more after the line is empty."""
    screen = Terminal()
    bar = Bar(screen, "x")
    bar.wipe()
    assert screen.getvalue() == ""
    bar.show(1, 2)
    bar.wipe()
    before = screen.getvalue()
    bar.wipe()
    assert screen.getvalue() == before


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="no pseudo-terminals")
@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
def test_a_real_terminal(folder: Path, encoding: str) -> None:
    """As a process with a terminal, whatever it can show: the bar comes and goes, and the output is clean."""
    assert folder.is_dir()
    command = [sys.executable, "-m", "dual_random", "--lang", "zh", "rehearse", "plan.json", *TABLE, "--draws", "2"]
    keeper, screen = os.openpty()
    environment = {**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=screen, env=environment, check=False)
    os.close(screen)
    said = os.read(keeper, 10_000).decode(encoding)
    os.close(keeper)
    *lines, blank, end = said.split("\r")[1:]
    assert [line[-3:] for line in lines] == ["1/2", "2/2"]
    assert (blank.strip(" "), end) == ("", "")
    assert len(blank) >= max(map(width, lines))
    assert (done.returncode, b"\r" in done.stdout, b"[#" in done.stdout) == (0, False, False)
