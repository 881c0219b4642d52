"""Commands: what a newcomer types on the command line is answered with the options that help."""

import json
import re
from pathlib import Path
from typing import Final

import pytest

from conftest import Run
from dual_random import demo, seal

SECRET: Final = "6f" * 32


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which the command line stands, with a plan in UTF-8 and a register in GBK."""
    monkeypatch.chdir(tmp_path)
    seed = {"source": "双色球", "event": "1", "earliest": "2024-08-06T21:15:00+08:00", "form": "00 00 00 00 00 00 + 00"}
    take = [{"name": "市监", "by": "风险", "take": "50%"}]
    plan = {"title": "抽查", "authority": "海曙区", "number": "1", "seed": seed, "demands": take}
    (tmp_path / "plan.json").write_text(json.dumps(plan), encoding="utf-8")
    rows = "".join(f"E{i},{'高低'[i % 2]}\n" for i in range(20))
    (tmp_path / "firms.csv").write_text(f"编号,风险\n{rows}", encoding="gbk")
    return tmp_path


TABLE: Final = ("firms.csv", "--id", "编号", "--encoding", "gbk")
COMMIT: Final = ("commit", "plan.json", *TABLE, "--out", "c.json")


def pasted(out: str, command: str) -> list[str]:
    """The words of a line that is shown to be pasted."""
    (line,) = [line for line in out.splitlines() if f"dual-random {command} " in line]
    return [word.strip('"') for word in re.findall(r'"[^"]*"|\S+', line)[1:]]


# ---- rate


def test_rate_tries_its_own_counts(run: Run) -> None:
    """Part and whole are among the counts that are tried, under names in the reader's language."""
    words = ("rate", "70.07%", "20535", "30102", "--among", "全部=29307")
    code, out, err = run(*words)
    assert (code, err) == (1, "")
    assert "PART / 全部 gives 70.07%" in out.splitlines()
    assert "分子 / 全部 可得 70.07%" in run("--lang", "zh", *words)[1].splitlines()
    assert "no two of the 3 given counts give 70.08%" in run("rate", "70.08%", *words[2:])[1]


def test_rate_names_a_count_once(run: Run) -> None:
    """A count that has a name of its own is not tried again as PART or WHOLE; the names may not be taken."""
    out = run("rate", "70.07%", "20535", "30102", "--among", "抽查=20535", "--among", "全部=29307")[1]
    assert [line for line in out.splitlines() if "gives" in line] == ["抽查 / 全部 gives 70.07%"]
    code, _, err = run("rate", "70.07%", "20535", "30102", "--among", "PART=29307")
    assert code == 2
    assert err.startswith("--among: ")


@pytest.mark.parametrize(
    ("printed", "counts", "code"),
    [("49.60%", ("9685", "19526"), 0), ("49.60%", ("9685", "20535"), 1), ("0%", ("0", "0"), 1)],
)
def test_rate_exit_code(run: Run, printed: str, counts: tuple[str, str], code: int) -> None:
    """A printed rate that follows is 0, one that does not is 1; help says so."""
    assert run("rate", printed, *counts)[0] == code
    assert "rate does not hold" in run("rate", "--help")[1]


def test_rate_in_chinese(run: Run) -> None:
    """A rate is printed in the language of the report."""
    assert run("--lang", "zh", "rate", "9685", "20535") == (0, "9685/20535 = 47.16%（按户次）\n", "")


# ---- files and registers


def test_wrong_kind_of_file(run: Run, folder: Path) -> None:
    """A file of another kind is one line that says which is needed, exit code 2; a damaged record stays 1."""
    run(*COMMIT)
    assert run("draw", "c.json", *TABLE, "--seed", demo.SEED, "--out", "r.json")[0] == 0
    known = ("--seed", demo.SEED, "--digest", "0" * 64)
    cases = {
        ("verify", "c.json", *TABLE, *known): "this is a COMMITMENT, but a RECORD is needed",
        ("verify", "plan.json", *TABLE, *known): "this is a PLAN, but a RECORD is needed",
        ("why", "c.json", *TABLE, "E1"): "this is a COMMITMENT, but a RECORD is needed",
        ("draw", "r.json", *TABLE, "--seed", demo.SEED, "--out", "x"): "this is a RECORD, but a COMMITMENT is needed",
        ("draw", "plan.json", *TABLE, "--seed", demo.SEED, "--out", "x"): "this is a PLAN, but a COMMITMENT is needed",
        ("ticket", "--commitment", "r.json", "--seed", demo.SEED, "E1"): "this is a RECORD, but a COMMITMENT is needed",
        ("commit", "c.json", *TABLE, "--out", "x"): "this is a COMMITMENT, but a PLAN is needed",
    }
    for words, told in cases.items():
        code, out, err = run(*words)
        assert (code, out, err.count("\n")) == (2, "", 1)
        assert told in err
    text = (folder / "r.json").read_text(encoding="utf-8")
    (folder / "r.json").write_text(text.replace('"outcome":', '"outcom":'), encoding="utf-8")
    code, _, err = run("verify", "r.json", *TABLE, *known)
    assert code == 1
    assert "r.json: outcome: this part is missing" in err


def test_register_in_gbk(run: Run, folder: Path) -> None:
    """A register in GBK is named as such, read with --encoding, and the option stands in the lines to paste."""
    without = [word for word in COMMIT if word not in ("--encoding", "gbk")]
    code, _, err = run(*without)
    assert code == 2
    assert "firms.csv: line 1: " in err
    assert "--encoding GB18030, or convert it with iconv" in err
    code, out, _ = run(*COMMIT)
    assert code == 0
    for command, next_one in (("draw", "verify"), ("draw", "why")):
        code, drawn, _ = run(*pasted(out, command))
        assert code == 0
        assert "--encoding gbk" in " ".join(pasted(drawn, next_one))
        assert run(*pasted(drawn, next_one))[0] == 0
    code, _, err = run(*COMMIT[:-3], "gbq", "--out", "x.json")
    assert code == 2
    assert err.startswith("--encoding: 'gbq' is no encoding")
    assert "utf-8, gbk, gb18030" in err


def test_alike_ids_name_the_option(run: Run, folder: Path) -> None:
    """Ids that are alike are told with --alike, which admits them; then nothing more is said."""
    (folder / "firms.csv").write_text("编号,风险\nE1,高\ne1,高\nE2,低\n", encoding="gbk")
    code, _, err = run(*COMMIT)
    assert code == 2
    hints = [line for line in err.splitlines() if line.startswith("on the command line")]
    assert [line.endswith(": --alike") for line in hints] == [True]
    assert run(*COMMIT, "--alike")[0] == 0


def test_faults_without_alike_ids_name_no_option(run: Run, folder: Path) -> None:
    """Repeated ids are no alike ones: --alike would not help and is not named."""
    (folder / "firms.csv").write_text("编号,风险\nE1,高\nE1,高\n", encoding="gbk")
    code, _, err = run(*COMMIT)
    assert code == 2
    assert "--alike" not in err
    assert "--exclude id-repeated" in err


# ---- seals


def test_sealed_plan_names_the_option(run: Run, folder: Path) -> None:
    """After a sealed plan was committed, the next draw is shown with every party's secret; a missing one is named."""
    plan = json.loads((folder / "plan.json").read_text(encoding="utf-8"))
    plan["seals"] = {party: seal(party, SECRET) for party in ("市监", "消防 支队")}
    (folder / "plan.json").write_text(json.dumps(plan), encoding="utf-8")
    words = pasted(run(*COMMIT)[1], "draw")
    assert [words[i + 1] for i, word in enumerate(words) if word == "--secret"] == ["市监=HEX", "消防 支队=HEX"]
    code, _, err = run(*[word for word in words if word != "--secret" and not word.endswith("=HEX")])
    assert code == 2
    assert err.splitlines()[-1].endswith('--secret 市监=HEX --secret "消防 支队=HEX"')
    half = run(*[word.replace("市监=HEX", f"市监={SECRET}") for word in words])[2]
    assert "--secret" not in half  # the other is given, though of another form
    assert run(*[word.replace("=HEX", f"={SECRET}") for word in words])[0] == 0


def test_plan_without_seals_names_no_secret(run: Run, folder: Path) -> None:
    """Where nothing is sealed, no secret is asked for."""
    assert folder.is_dir()
    assert "--secret" not in run(*COMMIT)[1]


def test_ticket_help_cautions(run: Run) -> None:
    """The help of ticket says that a digest alone cannot tell of seals; what it prints is unchanged."""
    told = re.sub(r"\s+", " ", run("ticket", "--help")[1])
    assert "if its plan has seals, pass the file and each --secret" in told
    code, out, err = run("ticket", "--commitment", "0" * 64, "--seed", "x", "E1")
    assert (code, out.count("\n"), err) == (0, 1, "")
