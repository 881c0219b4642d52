"""The command line: what a person types, reads and gets as files; every wrong input a line with its remedy."""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from importlib.util import find_spec
from io import StringIO
from pathlib import Path
from shlex import quote
from typing import Final

import pytest

from conftest import Run
from dual_random import Commitment, Note, Record, Register, Verification, demo, seal
from dual_random.__main__ import _say, main
from dual_random.messages import MESSAGES
from dual_random.reports import width
from dual_random.schemes import label_key, ticket

SEED: Final = demo.SEED
PLOTS: Final = find_spec("matplotlib") is not None
DIGEST: Final = "22ad78c198c3881592319cb2df9fcb2a58ad24d2965d715d74d2fc9a58b16aa7"
SECRET: Final = "6f" * 32


@pytest.fixture(scope="session")
def shown() -> dict[str, str]:
    """What the demo prints, by language."""
    texts = {}
    for lang in ("en", "zh"):
        with redirect_stdout(StringIO()) as out, redirect_stderr(StringIO()) as err:
            assert main(["--lang", lang, "demo"]) == 0
        assert err.getvalue() == ""
        texts[lang] = out.getvalue()
    return texts


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's files."""
    folder = tmp_path_factory.mktemp("published")
    assert main(["demo", "--out", str(folder)]) == 0
    return folder


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A folder with a small register, as CSV of 120 rows, and a plan of three departments."""
    table = demo.table(120)
    names = ("uscc", "risk", "industry", "staff")
    lines = [",".join(names), *(",".join(row) for row in zip(*(table[name] for name in names), strict=True))]
    (tmp_path / "firms.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    seed = {"source": "双色球", "event": "1", "earliest": "2024-08-06T21:15:00+08:00", "form": "00 00 00 00 00 00 + 00"}
    plan = {
        "title": "抽查",
        "authority": "海曙区",
        "number": "1",
        "seed": seed,
        "demands": [
            {"name": "市监", "by": "risk", "take": "10%"},
            {"name": "消防", "where": {"industry": ["C", "F", "H"]}, "take": 12},
            {"name": "环保", "follow": "市监", "where": {"industry": "C"}},
        ],
    }
    (tmp_path / "plan.json").write_text(json.dumps(plan), encoding="utf-8")
    return tmp_path


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


# ---- demo


def test_demo_prints_everything(shown: dict[str, str]) -> None:
    """The demo prints register, digest, seed, departments, both rates, target, bound, verification, why, next steps."""
    out = shown["en"]
    for told in (
        "24000 enterprises",
        DIGEST,
        SEED,
        "934/1747 = 53.46% of visits",
        "2140/2953 = 72.47% of checks",
        "1206 avoided = 2953 checks - 1747 visits",
        "49.60% of visits: met",
        "departments spread over the same number of visits",
        "972/1785 = 54.45%",
        "2587 visits to expect",
        "1720.91",
        "1747 in the tree of root",
        "The record holds",
        "| sha256sum",
        "dual-random verify demo/record.json demo/enterprises.tsv",
    ):
        assert told in out
    for department in demo.DEPARTMENTS:
        assert re.search(rf"^   {department} .* +\d+ +\d+ +[\d.]+%$", out, re.MULTILINE)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_demo_fits_a_terminal(shown: dict[str, str], lang: str) -> None:
    """No line of the demo is wider than 100 cells, but for commands that are to be pasted whole."""
    lines = shown[lang].splitlines()
    pasted = re.compile(r" +(\$ printf|dual-random (verify|why|draw))")
    assert [line for line in lines if width(line) > 100 and not pasted.match(line)] == []
    assert len(lines) < 85


def test_demo_in_chinese(shown: dict[str, str]) -> None:
    """In Chinese the demo has no English sentence."""
    out = shown["zh"]
    assert "跨部门联合抽查率" in out
    assert "The " not in out
    assert "visits" not in re.sub(r"dual-random .*", "", out)


def test_demo_files(published: Path, run: Run) -> None:
    """The demo's files are what they say: digests by sha256sum, LF only, readable, the same each time."""
    pictures = ["visits-saved.svg", "who-visits-with-whom.svg"] if PLOTS else []
    names = ["commitment.json", "enterprises.tsv", "plan.json", "record.json", "visits.csv"]
    assert sorted(os.listdir(published)) == sorted([*names, *pictures])
    assert all(b"\r" not in (published / name).read_bytes() for name in names)
    commitment = Commitment.from_json((published / "commitment.json").read_bytes())
    assert commitment.digest == sha256(published / "commitment.json") == DIGEST
    assert commitment.enterprises.digest == sha256(published / "enterprises.tsv")
    record = Record.from_json((published / "record.json").read_bytes())
    visits = (published / "visits.csv").read_text(encoding="utf-8").splitlines()
    assert [line.split(",")[0] for line in visits] == ["enterprise", *record]
    assert run("demo", "--out", published).code == 0


def test_demo_without_the_extra_for_pictures_says_what_installs_it(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All else is written; the pictures are left out with the command that would bring them."""
    for name in {"matplotlib", *(name for name in sys.modules if name.startswith("matplotlib."))}:
        monkeypatch.setitem(sys.modules, name, None)
    code, out, err = run("demo", "--out", tmp_path)
    assert (code, err) == (0, "")
    assert "pip install 'dual-random[plots]'" in out
    assert not list(tmp_path.glob("*.svg"))
    assert (tmp_path / "record.json").exists()


@pytest.mark.skipif(not PLOTS, reason="matplotlib is an extra")
def test_pictures_are_those_of_the_record(published: Path, run: Run, tmp_path: Path) -> None:
    """The command writes what the demo writes, in the language of choice, and tells the files."""
    said = run("picture", published / "record.json", "--out", tmp_path / "new")
    assert (said.code, said.err) == (0, "")
    assert said.out.splitlines() == [
        f"{tmp_path}/new/{name}" for name in ("who-visits-with-whom.svg", "visits-saved.svg")
    ]
    record = Record.from_json((published / "record.json").read_bytes())
    text = (tmp_path / "new" / "visits-saved.svg").read_text(encoding="utf-8")
    assert f"{record.outcome.joint_visits}/{len(record)}" in text
    assert run("picture", published / "record.json", "--out", tmp_path / "new").code == 0
    assert run("picture", published / "record.json", "--out", tmp_path / "new", "--lang", "zh").code == 2
    assert run("picture", published / "plan.json", "--out", tmp_path / "x").code == 2


def test_demo_keeps_other_files(tmp_path: Path, run: Run) -> None:
    """The demo replaces no file that is not its own unless forced."""
    (tmp_path / "record.json").write_bytes(b"mine")
    code, out, err = run("demo", "--out", tmp_path)
    assert (code, out) == (2, "")
    assert "record.json: the file exists" in err
    assert "--force" in err
    assert os.listdir(tmp_path) == ["record.json"]
    assert run("demo", "--out", tmp_path, "--force").code == 0


def test_every_command_the_demo_shows_works(
    shown: dict[str, str], run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The lines under the demo's last heading run, in their order, in a fresh folder."""
    monkeypatch.chdir(tmp_path)
    lines = [line.strip() for line in shown["en"].splitlines() if line.startswith("   dual-random")]
    assert len(lines) == 5
    for line in lines:
        assert run(*_words(line)).code == 0


def _words(line: str) -> list[str]:
    return [word.strip('"') for word in re.findall(r'"[^"]*"|\S+', line)[1:]]


# ---- commit, draw, verify, why


def test_from_table_to_verified_record(small: Path, run: Run) -> None:
    """Commit, draw and verify by files, once from the table and once from the register text, give one record."""
    table, text = small / "firms.csv", small / "e.tsv"
    said = run("commit", small / "plan.json", table, "--id", "uscc", "--out", small / "c.json", "--register-out", text)
    digest = sha256(small / "c.json")
    assert said.code == 0
    assert digest in said.out
    assert re.search(r"^市监 +市监 +\d+ +120 +4$", said.out, re.MULTILINE)
    assert re.search(r"^消防 +消防 +12 +\d+ +1$", said.out, re.MULTILINE)
    assert re.search(r"^环保 +环保 +goes with 市监$", said.out, re.MULTILINE)
    committed = Commitment.from_json((small / "c.json").read_bytes())
    assert committed.enterprises.columns == ("industry", "risk")
    for name, words in (("r1.json", [table, "--id", "uscc"]), ("r2.json", [text])):
        drawn = run("draw", small / "c.json", *words, "--seed", SEED, "--out", small / name)
        assert (drawn.code, drawn.err) == (0, "")
    assert (small / "r1.json").read_bytes() == (small / "r2.json").read_bytes()
    record = Record.from_json((small / "r1.json").read_bytes())
    assert record.digest in drawn.out
    assert str(record.joint_rate()) in drawn.out
    for words in ([table, "--id", "uscc"], [text]):
        found = run("verify", small / "r1.json", *words, "--seed", SEED, "--digest", digest)
        assert (found.code, found.err) == (0, "")
        assert "The record holds" in found.out


def test_next_lines_can_be_pasted(small: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """What commit and draw show as next runs as it stands, the register's options included."""
    monkeypatch.chdir(small)
    said = run(
        "commit",
        "plan.json",
        "firms.csv",
        "--id",
        "uscc",
        "--check",
        "uscc",
        "--null",
        "",
        "--exclude",
        "id-alike",
        "--out",
        "my c.json",
    )
    (line,) = [line for line in said.out.splitlines() if "dual-random draw" in line]
    words = _words(line)
    assert words[-4:] == ["--seed", "00 00 00 00 00 00 + 00", "--out", "record.json"]
    drawn = run(*words)
    lines = [line for line in drawn.out.splitlines() if line.startswith("  dual-random")]
    assert len(lines) == 2
    for line in lines:
        assert '--id uscc --null "" --check uscc --exclude id-alike' in line
        assert run(*_words(line)).code == 0


def test_columns_and_previous(small: Path, run: Run) -> None:
    """Columns may be bound besides those that the plan reads, and the chain of commitments is kept."""
    words = ["commit", small / "plan.json", small / "firms.csv", "--id", "uscc", "--out", small / "c.json"]
    assert run(*words, "--columns", "staff,risk", "--previous", "0" * 64).code == 0
    committed = Commitment.from_json((small / "c.json").read_bytes())
    assert committed.enterprises.columns == ("industry", "risk", "staff")
    assert committed.previous == "0" * 64
    said = run(*words, "--previous", "abc")
    assert said.code == 2
    assert said.err.startswith("--previous: 'abc' is no digest")


def test_exclusions(small: Path, run: Run) -> None:
    """Faults of rows are named with their rows and the way to exclude them; excluded ones are explained."""
    rows = (small / "firms.csv").read_text(encoding="utf-8").splitlines()
    dirty = [*rows, rows[5], "E1,A,C,1-9"]
    (small / "firms.csv").write_text("\n".join(dirty), encoding="utf-8")
    words = [
        "commit",
        small / "plan.json",
        small / "firms.csv",
        "--id",
        "uscc",
        "--check",
        "uscc",
        "--out",
        small / "c.json",
    ]
    said = run(*words)
    lines = said.err.splitlines()
    assert (said.code, said.out) == (2, "")
    assert re.match(r".*firms\.csv: rows 5, 121 \(\w+\): the id stands on 2 rows", lines[0])
    assert re.match(r".*firms\.csv: row 122 \(E1\): 'E1' has not the 18 characters", lines[1])
    assert lines[2].endswith("--exclude id-repeated,uscc-length")
    assert not (small / "c.json").exists()
    assert run(*words, "--exclude", "uscc-length").err.splitlines()[-1].endswith("--exclude id-repeated,uscc-length")
    said = run(*words, "--exclude", "id-repeated,uscc-length", "--register-out", small / "e.tsv")
    assert said.code == 0
    assert "id-repeated 1, uscc-length 1" in said.out
    assert run("draw", small / "c.json", small / "e.tsv", "--seed", SEED, "--out", small / "r.json").code == 0
    found = run("verify", small / "r.json", small / "e.tsv", "--seed", SEED, "--digest", sha256(small / "c.json"))
    assert found.code == 0
    assert "2 exclusions were not checked" in re.sub(r"\s+", " ", found.out)
    why = run("why", small / "r.json", small / "e.tsv", "E1").out
    assert "kept out of the register" in why
    assert "18 characters" in why


def test_tables(published: Path, tmp_path: Path, run: Run) -> None:
    """Any table of the record is written as CSV, with Chinese headings if wanted."""
    words = ["draw", published / "commitment.json", published / "enterprises.tsv", "--seed", SEED]
    csv = tmp_path / "d.csv"
    assert run(*words, "--out", tmp_path / "r.json", "--csv", csv, "--table", "departments", "--lang", "zh").code == 0
    assert csv.read_text(encoding="utf-8").splitlines()[0] == "检查部门,户次,联合户次"
    assert run(*words, "--out", tmp_path / "r.json", "--csv", tmp_path / "v.csv").code == 0
    assert (tmp_path / "v.csv").read_bytes() == (published / "visits.csv").read_bytes()
    said = run(*words, "--out", tmp_path / "r.json", "--table", "visits")
    assert said.code == 2
    assert "add --csv" in said.err


def test_published_files_are_not_replaced(published: Path, tmp_path: Path, run: Run) -> None:
    """A record is not replaced by another one unless forced; drawing the same again changes nothing."""
    shutil.copytree(published, tmp_path / "p")
    words = [
        "draw",
        tmp_path / "p/commitment.json",
        tmp_path / "p/enterprises.tsv",
        "--out",
        tmp_path / "p/record.json",
        "--seed",
    ]
    assert run(*words, SEED).code == 0
    said = run(*words, "01 02 03 04 05 06 + 07")
    assert (said.code, said.out) == (2, "")
    assert "published files are not replaced" in said.err
    assert sha256(tmp_path / "p/record.json") == sha256(published / "record.json")
    assert run(*words, "01 02 03 04 05 06 + 07", "--force").code == 0
    assert sha256(tmp_path / "p/record.json") != sha256(published / "record.json")


def test_sealed_seed(small: Path, run: Run) -> None:
    """A sealed draw needs each party's secret, which it names if it is missing; the ticket command opens it too."""
    plan = json.loads((small / "plan.json").read_text(encoding="utf-8"))
    plan["seals"] = {"消防": seal("消防", SECRET)}
    (small / "plan.json").write_text(json.dumps(plan), encoding="utf-8")
    run("commit", small / "plan.json", small / "firms.csv", "--id", "uscc", "--out", small / "c.json")
    words = ["draw", small / "c.json", small / "firms.csv", "--id", "uscc", "--seed", SEED, "--out", small / "r.json"]
    said = run(*words)
    assert said.code == 2
    assert said.err.startswith("secrets.消防: the seal of 消防 is not opened")
    assert run(*words, "--secret", "消防=" + "0" * 64).code == 2
    assert run(*words, "--secret", "消防=" + SECRET).code == 0
    digest = sha256(small / "c.json")
    assert (
        run("verify", small / "r.json", small / "firms.csv", "--id", "uscc", "--seed", SEED, "--digest", digest).code
        == 0
    )
    record = Record.from_json((small / "r.json").read_bytes())
    first = next(iter(record))
    for given in (small / "c.json", digest):
        out = run("ticket", "--commitment", given, "--seed", SEED, "--secret", "消防=" + SECRET, first).out
        assert out == f"{record[first].ticket}  {first}\n"
    assert run("ticket", "--commitment", small / "c.json", "--seed", SEED, first).code == 2


@pytest.mark.skipif("sm3" not in hashlib.algorithms_available, reason="OpenSSL without SM3")
def test_sm3(small: Path, run: Run) -> None:
    """Under SM3 the shown shell lines are OpenSSL's."""
    plan = json.loads((small / "plan.json").read_text(encoding="utf-8"))
    plan["scheme"] = "dual-random/1-sm3"
    (small / "plan.json").write_text(json.dumps(plan), encoding="utf-8")
    said = run("commit", small / "plan.json", small / "firms.csv", "--id", "uscc", "--out", small / "c.json")
    assert hashlib.new("sm3", (small / "c.json").read_bytes()).hexdigest() in said.out
    assert "openssl dgst -sm3 -r" in re.sub(r"\s+", " ", said.out)
    assert "sha256sum" not in said.out


# ---- verify finds


def test_other_seed_and_digest(published: Path, run: Run) -> None:
    """Another seed or digest than the record's is found, a finding a line, the remedy last; exit code 1."""
    words = ["verify", published / "record.json", published / "enterprises.tsv"]
    for seed, digest, code in (("01 02 03 04 05 06 + 07", DIGEST, "seed"), (SEED, "0" * 64, "commitment")):
        said = run(*words, "--seed", seed, "--digest", digest)
        lines = said.err.splitlines()
        assert said.code == 1
        assert "holds" not in said.out
        assert all(line.startswith(f"{published}/record.json: ") for line in lines)
        assert any(line.startswith(f"{published}/record.json: {code}: ") for line in lines)
        assert "does not hold" in lines[-1]
        assert "示范区" in lines[-1]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('"visits":1747}', '"visits":1748}', "outcome.visits: 1748 is stated, but the rules give 1747"),
        ('"outcome":', '"outcom":', "outcome: this part is missing"),
        ('"joint_visits":934', '"joint_visits":"934"', "outcome.joint_visits: '934' is no count"),
        ('"columns":["boiler"', '"columns":["boilr"', "commitment.enterprises.columns: the register has the columns"),
        ('"columns":["boiler"', '"columns":["id"', "commitment.enterprises.columns: the register has the columns"),
        ('"rows":24000', '"rows":24001', "commitment.enterprises.rows: the register has 24000 rows"),
        ('"rows":24000}', '"rows":24000,"x":1}', "commitment.enterprises.x: there is no such key"),
    ],
)
def test_altered_records(published: Path, tmp_path: Path, run: Run, old: str, new: str, told: str) -> None:
    """An altered, missing, mistyped or unknown part of a record is named by its path, from text and table alike."""
    data = (published / "record.json").read_text(encoding="utf-8")
    assert data.count(old) == 1
    (tmp_path / "r.json").write_text(data.replace(old, new, 1), encoding="utf-8")
    for words in ([published / "enterprises.tsv"], [published / "enterprises.tsv", "--id", "id"]):
        said = run("verify", tmp_path / "r.json", *words, "--seed", SEED, "--digest", DIGEST)
        assert said.code == 1
        assert told in said.err


def test_register_of_another_day(published: Path, tmp_path: Path, run: Run) -> None:
    """A register with one value changed is refused by draw and why (2), and found by verify (1)."""
    rows = (published / "enterprises.tsv").read_text(encoding="utf-8").replace("\tA\t", "\tB\t", 1)
    (tmp_path / "e.tsv").write_text(rows, encoding="utf-8")
    drawn = run("draw", published / "commitment.json", tmp_path / "e.tsv", "--seed", SEED, "--out", tmp_path / "r.json")
    why = run("why", published / "record.json", tmp_path / "e.tsv", "E1")
    found = run("verify", published / "record.json", tmp_path / "e.tsv", "--seed", SEED, "--digest", DIGEST)
    assert (drawn.code, why.code, found.code) == (2, 2, 1)
    told = "digest: the register has the digest"
    assert all(said.err.startswith(f"{tmp_path / 'e.tsv'}: {told}") for said in (drawn, why))
    assert f"commitment.enterprises.{told}" in found.err
    assert all("on the command line, --against names the rows" in said.err for said in (drawn, why, found))
    assert not (tmp_path / "r.json").exists()


def test_why(published: Path, run: Run) -> None:
    """Every demand has its line, for the drawn and for the others, and the shell line gives the ticket."""
    record = Record.from_json((published / "record.json").read_bytes())
    register = Register.from_tsv((published / "enterprises.tsv").read_bytes())
    drawn, other = next(iter(record)), next(name for name in register if name not in record)
    for name in (drawn, other):
        code, out, err = run("why", published / "record.json", published / "enterprises.tsv", name)
        assert (code, err) == (0, "")
        assert all(re.search(rf"^.*{demand.name}", out, re.MULTILINE) for demand in demo.plan().demands)
    assert record[drawn].ticket in run("why", published / "record.json", published / "enterprises.tsv", drawn).out
    assert "被检查" in run("why", published / "record.json", published / "enterprises.tsv", other, "--lang", "zh").out


def test_why_explains_no_contradiction(published: Path, tmp_path: Path, run: Run) -> None:
    """A record that does not agree with itself explains nothing: exit code 1, the contradictions named."""
    data = json.loads((published / "record.json").read_text(encoding="utf-8"))
    gone = data["visits"].pop(3)["enterprise"]
    (tmp_path / "r.json").write_text(json.dumps(data), encoding="utf-8")
    said = run("why", tmp_path / "r.json", published / "enterprises.tsv", gone)
    assert (said.code, said.out) == (1, "")
    assert f"visits: {gone} was drawn" in said.err
    assert "explains nothing" in said.err.splitlines()[-1]


# ---- receipts


def test_a_receipt_proves_its_visit_at_the_door(published: Path, tmp_path: Path, run: Run) -> None:
    """The command that the receipt shows holds; with another root, size or visit it does not, each with exit code 1."""
    record = Record.from_json((published / "record.json").read_bytes())
    name = next(iter(record))
    said = run("receipt", published / "record.json", name, "--out", tmp_path / "r.json")
    assert (said.code, said.err) == (0, "")
    line = next(line for line in said.out.splitlines() if line.startswith("  dual-random check"))
    held = run(*_words(line))
    assert (held.code, held.err) == (0, "")
    assert json.loads(held.out.splitlines()[0])["enterprise"] == name
    words = ["check", tmp_path / "r.json"]
    size = str(len(record))
    assert run(*words, "--root", "0" * 64, "--size", size).code == 1
    assert run(*words, "--root", record.root, "--size", "3").code == 1
    text = (tmp_path / "r.json").read_text(encoding="utf-8").replace('"period":', '"period":1')
    (tmp_path / "forged.json").write_text(text, encoding="utf-8")
    forged = run("check", tmp_path / "forged.json", "--root", record.root, "--size", size)
    assert (forged.code, forged.out) == (1, "")
    assert f"{tmp_path}/forged.json: " in forged.err


def test_receipts_are_refused_with_words(published: Path, tmp_path: Path, run: Run) -> None:
    """Nobody's receipt, a size that is no count, a root of another form: wrong input, exit code 2."""
    assert run("receipt", published / "record.json", "E1", "--out", tmp_path / "r.json").code == 2
    assert not (tmp_path / "r.json").exists()
    assert run("check", published / "record.json", "--root", "x", "--size", "5").code == 2
    said = run("check", published / "record.json", "--root", "0" * 64, "--size", "-5")
    assert (said.code, "--size" in said.err) == (2, True)
    words = ["--root", "0" * 64, "--size", "5"]
    said = run("check", published / "record.json", *words)
    assert (said.code, "this is a RECORD, but a RECEIPT is needed here" in said.err) == (2, True)
    (tmp_path / "r.json").write_bytes(b'{"index":0,"leaf":{},"path":[]}')
    assert run("check", tmp_path / "r.json", *words).code == 1
    said = run("why", tmp_path / "r.json", published / "enterprises.tsv", "E1")
    assert (said.code, "this is a RECEIPT, but a RECORD is needed here" in said.err) == (2, True)


def test_what_may_be_public_before_the_visits(published: Path, tmp_path: Path, run: Run) -> None:
    """Digest, seed, root, size and totals; no enterprise, no cell."""
    said = run(
        *("draw", published / "commitment.json", published / "enterprises.tsv", "--seed", SEED),
        *(
            "--out",
            tmp_path / "r.json",
            "--public",
            tmp_path / "p.json",
            "--csv",
            tmp_path / "c.csv",
            "--table",
            "cells",
        ),
    )
    assert said.code == 0
    record = Record.from_json((tmp_path / "r.json").read_bytes())
    public = json.loads((tmp_path / "p.json").read_bytes())
    assert public["commitment"] == DIGEST
    assert public["receipts"] == {"root": record.root, "size": len(record)}
    assert public["outcome"]["visits"] == len(record)
    assert set(public) == {"commitment", "outcome", "receipts", "scheme", "seed"}
    said = run("picture", tmp_path / "p.json", "--out", tmp_path / "pictures")
    assert (said.code, "this is a PUBLIC PART, but a RECORD is needed here" in said.err) == (2, True)
    known = ["--seed", SEED, "--digest", DIGEST]
    files = [tmp_path / "r.json", published / "enterprises.tsv"]
    assert run("verify", *files, *known, "--root", record.root).code == 0
    assert run("verify", *files, *known, "--root", "0" * 64).code == 1
    assert len((tmp_path / "c.csv").read_text(encoding="utf-8").splitlines()) == 1 + len(record.cells)


# ---- ticket, rate


def test_tickets(run: Run) -> None:
    """Tickets under a label are those of the library, one a line, as sha256sum writes them."""
    key = label_key("dual-random/1-sha256", "2024-Q3", SEED)
    said = run("ticket", "--label", "2024-Q3", "--seed", SEED, "E1", "宁波")
    assert said.out == "".join(
        f"{ticket('dual-random/1-sha256', key, 'target', name)}  {name}\n" for name in ("E1", "宁波")
    )


@pytest.mark.skipif(not shutil.which("sha256sum"), reason="no sha256sum")
@pytest.mark.parametrize("scheme", ["dual-random/1-sha256", "dual-random/1-sm3"])
@pytest.mark.parametrize("bound", [["--label", "it's $1"], ["--commitment", DIGEST]])
def test_tickets_by_shell(run: Run, scheme: str, bound: list[str]) -> None:
    """The shell lines compute the same tickets without this library, whatever stands in label and ids."""
    if scheme.endswith("sm3") and not ("sm3" in hashlib.algorithms_available and shutil.which("openssl")):
        pytest.skip("no SM3")
    ids = ["E1", 'a\'b "c" $(x)', "宁波%s\\n"]
    words = [*bound, "--seed", SEED, "--scheme", scheme, *ids]
    script = run("ticket", *words, "--shell").out
    done = subprocess.run(["sh", "-c", script], capture_output=True, text=True, encoding="utf-8", check=True)
    printed = [line.split()[0] for line in done.stdout.splitlines()]
    assert printed == [line[:64] for line in run("ticket", *words).out.splitlines()]


def test_rates(run: Run) -> None:
    """Two counts give a rate; with a printed rate before them, whether it follows: if not, exit code 1."""
    assert run("rate", "9685", "19526") == (0, "9685/19526 = 49.60% of visits\n", "")
    assert run("rate", "0", "0", "--of", "checks") == (0, "0/0 = – of checks\n", "")
    code, out, _ = run(
        "rate", "49.60%", "9685", "20535", "--among", "all=30102", "--among", "joint=9685", "--lang", "zh"
    )
    assert code == 1
    assert "19525" in out
    assert "47.16%" in out
    assert "请向公布单位索取" in out
    assert "3 个计数" in out
    code, out, _ = run("rate", "49.60%", "9685", "19526")
    assert code == 0
    assert out.startswith("49.60% follows")


# ---- wrong input

WRONG: Final[dict[str, tuple[list[str], str]]] = {
    "no file": (
        ["commit", "{small}/no.json", "{small}/firms.csv", "--id", "uscc", "--out", "{small}/c"],
        "file-missing",
    ),
    "folder": (["commit", "{small}/plan.json", "{small}", "--id", "uscc", "--out", "{small}/c"], "file-not-regular"),
    "no id": (["commit", "{small}/plan.json", "{small}/firms.csv", "--out", "{small}/c"], "register-id-missing"),
    "columns": (
        ["commit", "{small}/plan.json", "{small}/e.tsv", "--columns", "risk", "--out", "{small}/c"],
        "register-text-option",
    ),
    "no column": (
        ["commit", "{small}/plan.json", "{small}/firms.csv", "--id", "x", "--out", "{small}/c"],
        "table-column-missing",
    ),
    "typo": (
        ["commit", "{small}/plan.json", "{small}/firms.csv", "--id", "uscc", "--exclude", "x", "--out", "{small}/c"],
        "exclude-unknown",
    ),
    "no folder": (
        ["commit", "{small}/plan.json", "{small}/firms.csv", "--id", "uscc", "--out", "{small}/no/c"],
        "folder-missing",
    ),
    "twice": (
        [
            "commit",
            "{small}/plan.json",
            "{small}/firms.csv",
            "--id",
            "uscc",
            "--out",
            "{small}/c",
            "--register-out",
            "{small}/c",
        ],
        "file-repeated",
    ),
    "not JSON": (
        ["verify", "{small}/firms.csv", "{small}/firms.csv", "--id", "uscc", "--seed", "x", "--digest", "0"],
        "json-syntax",
    ),
    "no digest": (
        ["verify", "{published}/record.json", "{published}/enterprises.tsv", "--seed", "x", "--digest", "ABC"],
        "digest-form",
    ),
    "bad seed": (
        ["draw", "{published}/commitment.json", "{published}/enterprises.tsv", "--seed", "1 2", "--out", "{small}/r"],
        "seed-not-of-form",
    ),
    "empty seed": (
        ["verify", "{published}/record.json", "{published}/enterprises.tsv", "--seed", "", "--digest", "0" * 64],
        "text-empty",
    ),
    "secret": (
        [
            "draw",
            "{published}/commitment.json",
            "{published}/enterprises.tsv",
            "--seed",
            SEED,
            "--secret",
            "x",
            "--out",
            "{small}/r",
        ],
        "option-pair",
    ),
    "two secrets": (
        ["ticket", "--commitment", "0" * 64, "--seed", SEED, "--secret", "a=1", "--secret", "a=2", "E"],
        "name-repeated",
    ),
    "unsealed": (
        ["ticket", "--commitment", "{published}/commitment.json", "--seed", SEED, "--secret", f"a={SECRET}", "E"],
        "secret-unsealed",
    ),
    "label's secret": (["ticket", "--label", "x", "--seed", SEED, "--secret", "a=1", "E"], "option-needs"),
    "unclean id": (["ticket", "--label", "x", "--seed", SEED, "E1", " E2"], "text-space"),
    "empty label": (["ticket", "--label", "", "--seed", SEED, "E1"], "text-empty"),
    "form": (["ticket", "--commitment", "{published}/commitment.json", "--seed", "1", "E"], "seed-not-of-form"),
    "commas": (["rate", "9,685", "19,526"], "option-count"),
    "one count": (["rate", "9685"], "arguments-rate"),
    "four": (["rate", "1%", "1", "1", "1"], "arguments-rate"),
    "above": (["rate", "2", "1"], "rate-above-one"),
    "among alone": (["rate", "1", "2", "--among", "a=1"], "option-needs"),
    "among": (["rate", "1%", "1", "2", "--among", "a=b"], "option-count"),
    "printed": (["rate", "1.5", "1", "2"], "rate-printed"),
}


@pytest.mark.parametrize("case", WRONG)
def test_wrong_input(small: Path, published: Path, run: Run, case: str) -> None:
    """Wrong input: exit code 2, nothing on standard output, nothing written, the remedy in both languages."""
    (small / "e.tsv").write_bytes(b"id\trisk\nE1\tA\n")
    before = sorted(os.listdir(small))
    words, code = WRONG[case]
    given = [word.format(small=small, published=published) for word in words]
    for lang in ("en", "zh"):
        said = run("--lang", lang, *given)
        assert (said.code, said.out) == (2, "")
        assert "Traceback" not in said.err
        literal = max(re.split(r"\{\w+\}", getattr(MESSAGES[code], lang)), key=len)
        assert len(literal) > 4
        assert any(literal in line for line in said.err.splitlines())
    assert sorted(os.listdir(small)) == before


def test_every_fault_of_a_table_is_told(small: Path, run: Run) -> None:
    """All ragged rows are named by line, one a line, and counted when there are many."""
    rows = (small / "firms.csv").read_text(encoding="utf-8").splitlines()
    (small / "firms.csv").write_text("\n".join([rows[0], *(f"{row},x" for row in rows[1:])]), encoding="utf-8")
    said = run("commit", small / "plan.json", small / "firms.csv", "--id", "uscc", "--out", small / "c.json")
    lines = said.err.splitlines()
    assert said.code == 2
    assert len(lines) == 121
    assert f"{small}/firms.csv: line 121: " in lines[119]
    assert lines[120] == "120 in all: table-row-ragged 120"


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["frobnicate"],
        ["demo", "--frobnicate"],
        ["rate"],
        ["verify", "a", "b", "--seed", "x"],
        ["--lang", "fr", "demo"],
    ],
)
def test_usage_errors(run: Run, words: Sequence[str]) -> None:
    """What the parser does not know is a usage error on standard error: exit code 2, no traceback, no exception."""
    code, out, err = run(*words)
    assert (code, out) == (2, "")
    assert err.startswith("usage: dual-random")


def test_abbreviations_are_refused(run: Run, published: Path) -> None:
    """An option cut short is refused, so that a script means the same in the next version."""
    assert (
        run("verify", published / "record.json", published / "enterprises.tsv", "--see", SEED, "--dig", DIGEST).code
        == 2
    )


@pytest.mark.parametrize("command", ["demo", "commit", "draw", "verify", "why", "ticket", "rate"])
def test_help(run: Run, command: str) -> None:
    """Every command's help has an example of it and the exit codes."""
    code, out, _ = run(command, "--help")
    assert code == 0
    assert f"example:\n  dual-random {command} " in out
    assert "exit codes: 0" in out
    assert f"\n  {command} " in run("--help").out


def test_version(run: Run) -> None:
    """The version is the installed one."""
    assert re.fullmatch(r"dual-random \d+\.\d+\.\d+\S*\n", run("--version").out)


def test_interrupted(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C ends a command without a traceback."""

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("dual_random.demonstrations.commit", interrupted)
    assert run("demo") == (130, "", "")


def test_demo_that_fails_says_so(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """If the demo's record did not hold, the demo would say so and exit with 1."""
    failed = Verification(draw=None, findings=(Note("text-empty", "visits[0].lead"),))
    monkeypatch.setattr("dual_random.demonstrations.verify", lambda *_, **__: failed)
    code, out, err = run("demo")
    assert (code, out) == (1, "")
    assert err.startswith("demo: visits[0].lead: ")
    assert "does not hold" in err


# ---- as a process


def process(*words: str, flags: Sequence[str] = (), **environment: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, *flags, "-m", "dual_random", *words]
    return subprocess.run(command, capture_output=True, env={**os.environ, **environment}, check=False)


@pytest.mark.parametrize(("flags", "hashes"), [((), "0"), (("-O",), "1"), (("-OO", "-W", "error"), "77")])
def test_demo_as_a_process(tmp_path: Path, published: Path, flags: Sequence[str], hashes: str) -> None:
    """With -O and -OO, whatever the hash seed, the demo does and writes the same."""
    done = process("demo", "--out", str(tmp_path), flags=flags, PYTHONHASHSEED=hashes)
    assert (done.returncode, done.stderr) == (0, b"")
    assert DIGEST.encode() in done.stdout
    for name in os.listdir(published):
        assert (tmp_path / name).read_bytes() == (published / name).read_bytes()


def test_demo_is_quick() -> None:
    """The demo takes less than three seconds of processor time, the start of Python included."""
    resource = pytest.importorskip("resource")
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert process("demo").returncode == 0
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 3


def test_exit_codes_of_the_process(published: Path) -> None:
    """The process ends with the code: 0, 1 and 2."""
    words = ["verify", f"{published}/record.json", f"{published}/enterprises.tsv", "--digest", DIGEST, "--seed"]
    assert [
        process(*words, SEED).returncode,
        process(*words, "01 02 03 04 05 06 + 07").returncode,
        process("rate", "x").returncode,
    ] == [
        0,
        1,
        2,
    ]


def test_a_reader_who_goes_away() -> None:
    """A closed pipe is no error: no traceback, and the exit code of the command."""
    for words in (["demo"], ["--help"], ["rate", "1", "2"]):
        with subprocess.Popen(
            [sys.executable, "-m", "dual_random", *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as running:
            assert running.stdout is not None
            assert running.stderr is not None
            running.stdout.close()
            assert running.stderr.read() == b""
        assert running.returncode == 0


def test_what_nobody_read_is_dropped() -> None:
    """After a closed pipe, the text left in the stream's buffer does not fail a second time."""
    reader, writer = os.pipe()
    os.close(reader)
    with open(writer, "w", encoding="utf-8") as stream:
        assert _say(stream, ["text"]) == ""
        stream.flush()


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full")
def test_a_full_disk() -> None:
    """An output that cannot be written is an error in one line."""
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "dual_random", "demo"], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 2
    assert done.stderr.startswith(b"standard output: ")
    assert done.stderr.count(b"\n") == 1


def test_a_screen_without_chinese() -> None:
    """A screen that has no Chinese shows codes instead of failing."""
    done = process("demo", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"\\u5e02" in done.stdout


def test_closed_streams_are_no_crash() -> None:
    """With standard output or error closed the command still ends with its own code."""
    for streams in (">&-", "2>&-", ">&- 2>&-"):
        line = f"exec {quote(sys.executable)} -m dual_random rate 1 2 {streams}"
        done = subprocess.run(["sh", "-c", line], capture_output=True, check=False)
        assert (done.returncode, b"Traceback" in done.stderr) == (0, False)


def test_a_fault_of_the_program_accuses_no_record(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever breaks inside ends with 2, never with 1, which would say that a record does not hold."""

    def broken(*_: object, **__: object) -> object:
        raise ZeroDivisionError("oh")

    monkeypatch.setattr("dual_random.figures.reconcile", broken)
    said = run("rate", "5%", "1", "2")
    assert (said.code, said.out) == (2, "")
    assert "a fault of the program" in said.err
    assert "ZeroDivisionError: 'oh'" in said.err


@pytest.mark.parametrize("data", ["[" * 980 + "]" * 980, '{"seed":' + "[" * 990 + "]" * 990 + "}"])
def test_deep_files_are_refused(tmp_path: Path, run: Run, data: str) -> None:
    """A file of nothing but brackets is refused like any other that does not hold."""
    (tmp_path / "r.json").write_text(data)
    (tmp_path / "e.tsv").write_text("id\nE1\n")
    said = run("verify", tmp_path / "r.json", tmp_path / "e.tsv", "--seed", SEED, "--digest", DIGEST)
    assert said.code in (1, 2)
    assert "fault of the program" not in said.err


@pytest.mark.parametrize("value", ["!!int ''", "!!float ''", "!!bool x", "!!timestamp x", "? [a]\n: b"])
def test_odd_yaml_is_refused(tmp_path: Path, run: Run, value: str) -> None:
    """What the YAML parser itself stumbles over is wrong input."""
    (tmp_path / "p.yaml").write_text(f"title: {value}\n")
    (tmp_path / "e.tsv").write_text("id\nE1\n")
    said = run("commit", tmp_path / "p.yaml", tmp_path / "e.tsv", "--out", tmp_path / "c.json")
    assert said.code == 2
    assert "fault of the program" not in said.err


def test_a_name_that_no_file_can_have(published: Path, tmp_path: Path, run: Run) -> None:
    """An output that cannot be there is named."""
    words = (published / "commitment.json", published / "enterprises.tsv", "--seed", SEED)
    said = run("draw", *words, "--out", tmp_path / ("x" * 300))
    assert said.code == 2
    assert "cannot be written" in said.err


def test_changed_rows_are_named_where_both_versions_are_at_hand(published: Path, tmp_path: Path, run: Run) -> None:
    """With the published register text beside it, verify names the rows in which another register differs."""
    head, first, second, *rest = (published / "enterprises.tsv").read_text("utf-8").splitlines(keepends=True)
    gone = second.partition("\t")[0]
    fields = first.split("\t")
    changed = "\t".join([*fields[:-1], "别的街道\n"])
    (tmp_path / "other.tsv").write_text("".join([head, changed, *rest]), encoding="utf-8")
    words = (published / "record.json", tmp_path / "other.tsv", "--seed", SEED, "--digest", DIGEST)
    said = run("verify", *words, "--against", published / "enterprises.tsv")
    assert said.code == 1
    assert f"other.tsv: {gone}: the row was removed" in said.err
    assert f"other.tsv: {fields[0]}: street was changed from" in said.err
    assert said.err.count("other.tsv: ") == 2
    same = run("verify", published / "record.json", published / "enterprises.tsv", *words[2:], "--against", "missing")
    assert same.code == 0
