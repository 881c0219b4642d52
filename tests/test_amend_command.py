"""The command amend: what is typed, written, told and refused after the draw."""

import csv
import io
import json
from pathlib import Path
from typing import Final

import pytest

from conftest import Run
from dual_random import Record, Register, verify

SEED: Final = "05 11 17 22 29 31 + 08"
REGISTERS: Final = ("firms.tsv", "--inspectors", "people.tsv")
PLAN: Final = {
    "title": "抽查",
    "authority": "海曙区",
    "number": "2024-3",
    "seed": {
        "source": "双色球",
        "event": "2024090期",
        "earliest": "2024-08-06T21:15:00+08:00",
        "form": "00 00 00 00 00 00 + 00",
    },
    "demands": [{"name": "市监", "take": 6}, {"name": "消防", "take": 4}],
    "periods": ["9月", "10月"],
    "substitution": True,
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> Path:
    """The folder in which the command line stands, with registers and a record."""
    monkeypatch.chdir(tmp_path)
    firms = Register({"id": [f"E{i:02}" for i in range(20)]}, id="id", columns=[])
    people = {"id": [f"P{i}" for i in range(8)], "department": ["市监"] * 4 + ["消防"] * 4}
    (tmp_path / "firms.tsv").write_bytes(firms.to_tsv())
    (tmp_path / "people.tsv").write_bytes(Register(people, id="id", columns=["department"]).to_tsv())
    (tmp_path / "plan.json").write_text(json.dumps(PLAN, ensure_ascii=False), "utf-8")
    assert run("commit", "plan.json", *REGISTERS, "--out", "c.json").code == 0
    assert run("draw", "c.json", *REGISTERS, "--seed", SEED, "--out", "r.json").code == 0
    return tmp_path


def record(path: Path) -> Record:
    """A record that was written."""
    return Record.from_json(path.read_bytes())


def test_a_closed_firm_and_an_ill_person(folder: Path, run: Run) -> None:
    """Both are told, the record is written with its amendments, and the line for verify that is shown works."""
    before = record(folder / "r.json")
    closed = next(iter(before))
    told = run(
        "amend",
        "r.json",
        *REGISTERS,
        "--enterprise",
        closed,
        "--reason",
        "closed",
        "--on",
        "2024-09-02",
        "--out",
        "a.json",
    )
    assert told.code == 0, told.err
    once = record(folder / "a.json")
    takers = once.amendments[0].takers
    assert f"2024-09-02: {closed} cannot be visited (closed 停业歇业)" in told.out
    assert all(name in told.out for name in takers)
    visit = once.current[0]
    person = visit.places[0][2]
    ill = ("--enterprise", visit.enterprise, "--inspector", person, "--reason", "ill", "--on", "2024-09-03")
    told = run("amend", "a.json", *REGISTERS, *ill, "--out", "b.json", "--csv", "b.csv")
    twice = record(folder / "b.json")
    successor = twice.amendments[1].places[0][3]
    assert f"{person} cannot come to {visit.enterprise} (ill 病假); {successor} goes instead" in " ".join(
        told.out.split()
    )
    assert twice.drawn == before
    rows = list(csv.DictReader(io.StringIO((folder / "b.csv").read_text("utf-8"))))
    assert [(row["amendment"], row["reason"], row["on"]) for row in rows] == [
        ("1", "closed", "2024-09-02"),
        ("2", "ill", "2024-09-03"),
    ]
    assert rows[1]["digest"] == twice.digest
    shown = next(line for line in told.out.splitlines() if " verify " in line)
    assert "b.json" in shown
    digest = before.commitment.digest
    found = run("verify", "b.json", *REGISTERS, "--seed", SEED, "--digest", digest)
    assert found.code == 0, found.err
    assert "Amendments: 2; each follows from the draw and from those before it" in " ".join(found.out.split())


def test_many_changes_from_a_file(folder: Path, run: Run) -> None:
    """They are made in the order of their rows, as one by one; the table can be any of the record, as it stands."""
    names = list(record(folder / "r.json"))
    rows = [f"{name},untraceable,2024-09-0{i}" for i, name in enumerate(names[:3], 1)]
    (folder / "changes.csv").write_text("\n".join(["enterprise,reason,on", *rows]) + "\n", "utf-8")
    many = run(
        *("amend", "r.json", *REGISTERS, "--changes", "changes.csv", "--out", "m.json"),
        *("--csv", "m.csv", "--table", "visits"),
    )
    assert many.code == 0, many.err
    path = "r.json"
    for i, name in enumerate(names[:3], 1):
        out = f"s{i}.json"
        one = ("--enterprise", name, "--reason", "untraceable", "--on", f"2024-09-0{i}")
        assert run("amend", path, *REGISTERS, *one, "--out", out).code == 0
        path = out
    assert (folder / "m.json").read_bytes() == (folder / path).read_bytes()
    read = list(csv.DictReader(io.StringIO((folder / "m.csv").read_text("utf-8"))))
    assert [row["enterprise"] for row in read] == [visit.enterprise for visit in record(folder / "m.json").current]


def test_a_person_on_leave_is_replaced_wherever_the_period_has_a_visit(folder: Path, run: Run) -> None:
    """One line for all visits of a month; none of them is left, and those of the other month stay."""
    before = record(folder / "r.json")
    person = before.places.inspectors[0]
    leave = ("--inspector", person, "--period", "9月", "--reason", "休假", "--on", "2024-09-01")
    told = run("amend", "r.json", *REGISTERS, *leave, "--out", "l.json")
    assert told.code == 0, told.err
    after = record(folder / "l.json")
    periods = {visit.period for visit in after.current if person in [who for *_, who in visit.places]}
    assert periods <= {"10月"}
    due = [visit.enterprise for visit in before.values() if visit.period == "9月" and person in str(visit.places)]
    assert [each.enterprise for each in after.amendments] == due
    assert {each.reason for each in after.amendments} == {"on-leave"}
    (folder / "none.csv").write_text("enterprise,reason,on\n", "utf-8")
    told = run("amend", "r.json", *REGISTERS, "--changes", "none.csv", "--out", "n.json")
    assert (told.code, told.err.split(":")[0]) == (2, "none.csv")


def test_faults_are_told_by_row_or_option_and_nothing_is_written(folder: Path, run: Run) -> None:
    """Everything that is wrong with a change, with its place; the record is not written."""
    (folder / "changes.csv").write_text("enterprise,reason,on\nE99,closed,2024-09-01\nE98,moved,2023-01-01\n", "utf-8")
    told = run("amend", "r.json", *REGISTERS, "--changes", "changes.csv", "--out", "m.json")
    assert told.code == 2
    assert [line.split(": ")[:3] for line in told.err.splitlines()] == [
        ["changes.csv", "row 1", "enterprise"],
        ["changes.csv", "row 2", "enterprise"],
        ["changes.csv", "row 2", "on"],
    ]
    assert not (folder / "m.json").exists()
    name = next(iter(record(folder / "r.json")))
    one = ("amend", "r.json", *REGISTERS, "--enterprise", name)
    for options, places in (
        (("--reason", "shut", "--on", "2024-9-1"), ["--reason", "--on"]),
        (("--reason", "closed"), ["--on"]),
        ((), ["--reason", "--on"]),
        (("--reason", "ill", "--on", "2024-09-01"), ["--reason"]),
        (("--changes", "changes.csv"), ["--enterprise"]),
        (("--inspector", "P99", "--reason", "ill", "--on", "2024-09-01"), ["--inspector"]),
        (("--period", "11月", "--reason", "closed", "--on", "2024-09-01"), ["--enterprise"]),
    ):
        told = run(*one, *options, "--out", "m.json")
        assert told.code == 2
        assert [line.split(":")[0] for line in told.err.splitlines()] == places, told.err
    assert run(*one, "--reason", "closed", "--on", "2024-09-01", "--out", "m.json", "--table", "visits").code == 2
    assert not (folder / "m.json").exists()


def test_a_record_that_contradicts_itself_is_not_amended(folder: Path, run: Run) -> None:
    """A forged record, and one whose amendments were forged, is refused with what is wrong with it."""
    made = json.loads((folder / "r.json").read_text("utf-8"))
    made["visits"][0]["period"] = "10月" if made["visits"][0]["period"] == "9月" else "9月"
    (folder / "f.json").write_text(json.dumps(made, ensure_ascii=False), "utf-8")
    name = made["visits"][0]["enterprise"]
    change = ("--enterprise", name, "--reason", "closed", "--on", "2024-09-01", "--out", "m.json")
    told = run("amend", "f.json", *REGISTERS, *change)
    assert (told.code, (folder / "m.json").exists()) == (1, False)
    assert "visits[0].period" in told.err


def test_why_tells_what_was_changed(folder: Path, run: Run) -> None:
    """The closed firm, its substitute and the successor each learn of the amendment."""
    before = record(folder / "r.json")
    closed = next(iter(before))
    change = ("--enterprise", closed, "--reason", "closed", "--on", "2024-09-02", "--out", "a.json")
    assert run("amend", "r.json", *REGISTERS, *change).code == 0
    after = record(folder / "a.json")
    taker = next(iter(after.amendments[0].takers))
    told = " ".join(run("why", "a.json", "firms.tsv", closed).out.split())
    assert f"After the draw, on 2024-09-02, it was stated that {closed} cannot be visited (closed 停业歇业)" in told
    assert f"As things stand now, nobody visits {closed}." in told
    told = " ".join(run("why", "a.json", "firms.tsv", taker).out.split())
    assert f"As things stand now, {taker} is visited by" in told
    assert f"After the draw, on 2024-09-02, {taker} took the place of {closed} (closed 停业歇业)" in told
    assert verify(
        after, Register.from_tsv((folder / "firms.tsv").read_bytes()), seed=SEED, digest=before.commitment.digest
    )
