"""The commands indicators and quality: a log from a file, its rates, its flaws, and every fault of the files."""

import csv
import io
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import pytest

from conftest import Run
from districts import SEED
from dual_random import Demand, Plan, Register, SeedSource, commit, draw, indicators
from dual_random.cycle import low_quality

HEADER: Final = "visit,enterprise,department,mode,plan,arrived,left,result,inspectors,published"
CLEAN: Final = (
    "v1,E1,市监,random,2024-3,2024-09-02T09:00,2024-09-02T10:00,none,P1;P2,2024-09-10",
    "v1,E1,消防,random,2024-3,2024-09-02T09:10,2024-09-02T10:00,problem,F1;F2,2024-09-10",
    "v2,E2,市监,random,2024-3,2024-10-08T09:00,2024-10-08T09:30,none,P1;P2,2024-10-10",
)
DAYS: Final = [f"2024-{month:02}-{day:02}" for month in (9, 10, 11) for day in range(1, 31)]


def write(path: Path, rows: Iterable[str]) -> None:
    """A file of lines."""
    path.write_text("".join(f"{row}\n" for row in rows), "utf-8")


def clean_table() -> dict[str, list[str]]:
    """The clean log as columns."""
    rows = [row.split(",") for row in CLEAN]
    return {name: [row[place] for row in rows] for place, name in enumerate(HEADER.split(","))}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which the command line stands, with a log and working days."""
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "log.csv", [HEADER, *CLEAN])
    write(tmp_path / "days.txt", ["", *DAYS, ""])
    return tmp_path


def read(path: Path) -> list[dict[str, str]]:
    """The rows of a table."""
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8"))))


def test_the_rates_of_a_file_are_those_of_its_table(folder: Path, run: Run) -> None:
    """What is printed and written are the indicators of the library, by the group that was asked for."""
    table = clean_table()
    for by in ("", "month", "department", "mode"):
        told = run("indicators", "log.csv", "--by", by, "--csv", "i.csv", "--force")
        assert told.code == 0, told.err
        due = [(rate.name, rate.scope, str(rate.numerator), str(rate.denominator)) for rate in indicators(table, by=by)]
        rows = read(folder / "i.csv")
        assert [(r["indicator"], r["scope"], r["numerator"], r["denominator"]) for r in rows] == due
        lines = told.out.partition("\n\n")[0].splitlines()[1:]
        assert len(lines) == len(due)
        assert all(line.startswith(name) and whole in line for line, (name, *_, whole) in zip(lines, due, strict=True))
    assert "双随机占比" in run("--lang", "zh", "indicators", "log.csv").out
    for words, given in ((("--working-days", "days.txt"), True), ((), False)):
        rates, _, lacking = run("indicators", "log.csv", *words).out.partition("left out")
        assert ("published-on-time rate" in rates, "published-on-time rate" in lacking) == (given, not given)


def test_any_column_of_the_file_may_divide_it(folder: Path, run: Run) -> None:
    """A column that the library does not know, in any language, is a group like any other."""
    rows = [f"{row},{street}" for row, street in zip((HEADER, *CLEAN), ("街道", "东街", "东街", "西街"), strict=True)]
    write(folder / "log.csv", rows)
    told = run("indicators", "log.csv", "--by", "街道", "--csv", "i.csv")
    assert told.code == 0, told.err
    assert {row["scope"] for row in read(folder / "i.csv")} == {"东街", "西街"}


def test_what_is_left_out_is_told_and_a_slip_is_named(folder: Path, run: Run) -> None:
    """A rate whose column is missing is no zero; a column with nearly the right name is told."""
    write(folder / "log.csv", [HEADER.replace("result", "Result"), *CLEAN])
    told = run("indicators", "log.csv")
    assert told.code == 0
    rates, _, lacking = told.out.partition("\n\n")
    assert "problem-detection rate" not in rates
    assert "problem-detection rate: the log lacks result, but the table has Result" in " ".join(lacking.split())


def test_a_sound_log_is_sound_and_a_flaw_is_found(folder: Path, run: Run) -> None:
    """Exit code 0 without a finding, 1 with one; the table has it."""
    told = run("quality", "log.csv", "--working-days", "days.txt", "--as-of", "2024-11-30")
    assert (told.code, told.out.splitlines()[0]) == (0, "0 findings in 2 visits carried out (3 checks)")
    write(folder / "log.csv", [HEADER, *CLEAN[:2], CLEAN[2].replace("P1;P2", "P1")])
    told = run("quality", "log.csv", "--csv", "q.csv")
    assert told.code == 1
    assert [row["rule"] for row in read(folder / "q.csv")] == ["quality-few-inspectors"]


def test_a_log_is_held_against_the_records(folder: Path, run: Run) -> None:
    """With a record it is found who was visited and never drawn, as the library finds it."""
    source = SeedSource(source="双色球", event="1", earliest="2024-08-06T21:15:00+08:00", form="00 00 00 00 00 00 + 00")
    demands = [Demand("市监", take=1), Demand("消防", take=1)]
    plan = Plan(title="抽查", authority="海曙区", number="2024-3", seed=source, demands=demands)
    enterprises = Register({"id": ["E1", "E2"]}, id="id", columns=[])
    record = draw(commit(plan, enterprises), enterprises, seed=SEED).record
    (folder / "r.json").write_bytes(record.to_json())
    told = run("quality", "log.csv", "--record", "r.json", "--csv", "q.csv")
    table = clean_table()
    closed = Register({"id": ["E1", "E2"], "状态": ["存续", "注销"]}, id="id", columns=["状态"])
    (folder / "firms.tsv").write_bytes(closed.to_tsv())
    status = ("--register", "firms.tsv", "--status-column", "状态", "--csv", "s.csv")
    assert run("quality", "log.csv", *status).code == 1
    assert [row["rule"] for row in read(folder / "s.csv")] == ["quality-deregistered-in-register"]
    assert run("quality", "log.csv", "--register", "log.csv").code == 2
    due = low_quality(table, [record])
    assert [row["rule"] for row in read(folder / "q.csv")] == [note.code for note in due.findings] != []
    assert told.code == 1


def test_faults_of_all_files_are_told_at_once(folder: Path, run: Run) -> None:
    """Each with its file, and nothing is written."""
    write(folder / "log.csv", [HEADER, CLEAN[0].replace("none", "nothing"), CLEAN[1].replace("09:10", "9:10")])
    write(folder / "days.txt", ["2024-09-31"])
    told = run("quality", "log.csv", "--record", "none.json", "--working-days", "days.txt", "--csv", "q.csv")
    assert told.code == 2
    assert {line.split(":")[0] for line in told.err.splitlines()} >= {"none.json", "log.csv", "days.txt"}
    assert not (folder / "q.csv").exists()
    (folder / "days.txt").write_bytes(b"2024-09-30\xff\n")
    told = run("indicators", "log.csv", "--by", "shop", "--working-days", "days.txt")
    assert told.code == 2
    assert "0xff" in told.err
    assert "'shop'" in told.err


def test_faults_of_options_stand_under_the_options(folder: Path, run: Run) -> None:
    """What the library calls by the name of an argument is called by what was typed."""
    told = run("quality", "log.csv", "--as-of", "2024-9-1")
    assert (told.code, told.err.split(":")[0]) == (2, "--as-of")
    told = run("indicators", "log.csv", "--by", "arrived")
    assert (told.code, told.err.split(":")[0]) == (2, "--by")
