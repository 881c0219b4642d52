"""The command line with inspectors: what is typed, bound, drawn, told and refused; every file under its own name."""

import csv
import hashlib
import io
import json
import os
import re
import shlex
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

import pyarrow
import pyarrow.parquet
import pytest

from conftest import Run
from dual_random import Commitment, Plan, Record, Recusal, Register, commit, demo, draw, rehearse, verify
from dual_random.messages import MESSAGES
from dual_random.reports import width

SEED: Final = demo.SEED
COLUMNS: Final = ("department", "rank", "street", "load")
STREETS: Final = ("东街", "西街")
DEPARTMENTS: Final = ("市监", "消防")
FIRMS: Final = ("firms.csv", "--id", "uscc")
PEOPLE: Final = ("--inspectors", "people.csv", "--inspectors-id", "name")
TABLES: Final = ("--recusals", "away.csv", "--meetings", "met.csv")
COMMIT: Final = ("commit", "plan.json", *FIRMS, *PEOPLE, *TABLES, "--out", "c.json")
DRAW: Final = ("draw", "c.json", *FIRMS, *PEOPLE, "--seed", SEED, "--out", "r.json")

ROWS: Final = [(f"E{i:02d}", "AB"[i % 2], STREETS[i % 2]) for i in range(40)]
STAFF: Final = [
    (f"{name[0]}{i:02d}", name, "组长" if i < 4 else "组员", STREETS[i % 2], str(i % 3))
    for name in DEPARTMENTS
    for i in range(10)
]
AWAY: Final = [
    ("市00", "", "8月", "年休假"),
    ("消01", "E03", "", "配偶在该单位任职"),
    ("消02", "E03", "7月", "诉讼"),
    ("市09", "", "", "调离"),
]
MET: Final = [("市01", "市02", "3"), ("消05", "消04", "1")]


def rules(**more: Any) -> dict[str, Any]:
    """A plan of two departments, as it stands in a file."""
    slots = [{"name": "组长", "where": {"rank": "组长"}}, {"name": "组员", "same": {"street": "street"}}]
    return {
        "title": "抽查",
        "authority": "海曙区",
        "number": "1",
        "seed": {
            "source": "双色球",
            "event": "1",
            "earliest": "2024-08-06T21:15:00+08:00",
            "form": "00 00 00 00 00 00 + 00",
        },
        "demands": [
            {"name": "消防", "where": {"risk": "B"}, "take": 10},
            {"name": "市监", "by": "risk", "take": "40%"},
        ],
        "teams": [{"department": "消防", "slots": slots, "carried": "load", "most": 20, "rotate": True}],
        "periods": ["7月", "8月"],
    } | more


def table(header: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Rows as CSV."""
    return "".join(",".join(row) + "\n" for row in (header, *rows))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which the command line stands, with a plan, both registers and both tables."""
    monkeypatch.chdir(tmp_path)
    put("plan.json", rules())
    Path("firms.csv").write_text(table(("uscc", "risk", "street"), ROWS), encoding="utf-8")
    Path("people.csv").write_text(table(("name", *COLUMNS), STAFF), encoding="utf-8")
    Path("away.csv").write_text(table(("inspector", "enterprise", "period", "reason"), AWAY), encoding="utf-8")
    Path("met.csv").write_text(table(("first", "second", "times"), MET), encoding="utf-8")
    return tmp_path


def put(name: str, data: object) -> None:
    """Write JSON."""
    Path(name).write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")


def read(name: str) -> Record:
    """A record that a command wrote."""
    return Record.from_json(Path(name).read_bytes())


def sha256(name: str) -> str:
    """The digest of a file."""
    return hashlib.sha256(Path(name).read_bytes()).hexdigest()


def done(run: Run, *words: str) -> str:
    """What a command prints that goes well."""
    code, out, err = run(*words)
    assert (code, err) == (0, "")
    return out


def shown(out: str, command: str) -> list[list[str]]:
    """The words of the lines that are shown to be pasted."""
    lines = [line.strip() for line in out.splitlines() if line.startswith(f"  dual-random {command} ")]
    lines += [line.strip() for line in out.splitlines() if line.startswith(f"    dual-random {command} ")]
    return [shlex.split(line)[1:] for line in lines]


def unwrapped(out: str) -> str:
    """A report without its line ends."""
    return re.sub(r"\s+", " ", out)


# ---- registers and plan of the library


def registers() -> tuple[Register, Register]:
    """What the files hold, built without them."""
    firms = dict(zip(("id", "risk", "street"), map(list, zip(*ROWS, strict=True)), strict=True))
    people = dict(zip(("id", *COLUMNS), map(list, zip(*STAFF, strict=True)), strict=True))
    plan = Plan.from_dict(rules())
    enterprises = Register(firms, id="id", columns=plan.enterprise_columns)
    return enterprises, Register(people, id="id", columns=plan.inspector_columns)


def committed() -> Commitment:
    """The commitment of the files, made by the library."""
    away = [Recusal(who, enterprise=firm, period=period, reason=reason) for who, firm, period, reason in AWAY]
    met = {(one, other): int(times) for one, other, times in MET}
    return commit(Plan.from_dict(rules()), *registers(), recusals=away, meetings=met)


# ---- from files to a verified record


def test_the_commands_do_what_the_library_does(folder: Path, run: Run) -> None:
    """Commitment and record are byte for byte those of the library over the same registers and tables."""
    assert folder.is_dir()
    done(run, *COMMIT)
    assert Path("c.json").read_bytes() == committed().to_json()
    done(run, *DRAW)
    drawn = draw(committed(), *registers(), seed=SEED)
    assert Path("r.json").read_bytes() == drawn.record.to_json()
    assert drawn.record.places


def test_commit_tells_what_it_binds(folder: Path, run: Run) -> None:
    """Inspectors, recusals by kind, meetings; in both languages."""
    assert folder.is_dir()
    out = done(run, *COMMIT)
    assert re.search(r"^inspectors 执法检查人员 +20 people; columns department, load, rank, street$", out, re.MULTILINE)
    assert re.search(r"^recusals 回避、请假 +4: from enterprises 2, for periods 1, from all 1$", out, re.MULTILINE)
    assert re.search(r"^meetings 同组次数 +2 pairs of inspectors$", out, re.MULTILINE)
    out = done(run, "--lang", "zh", *COMMIT)
    assert re.search(r"^执法检查人员 +20 人；列：department", out, re.MULTILINE)
    assert re.search(r"^回避、请假 +4 条：对检查对象 2，时段缺勤 1，不参加 1$", out, re.MULTILINE)
    assert re.search(r"^同组次数 +2 对", out, re.MULTILINE)
    alone = done(run, *[word for word in COMMIT if word not in TABLES], "--force")
    assert "recusals" not in alone
    assert "meetings" not in alone


def test_next_lines_can_be_pasted(folder: Path, run: Run) -> None:
    """What each command shows as next names all files, and runs; from tables and from register texts alike."""
    assert folder.is_dir()
    outs = {
        "none": (),
        "both": ("--register-out", "e.tsv", "--inspectors-out", "i.tsv"),
        "one": ("--inspectors-out", "i.tsv"),
    }
    records = set()
    for texts in outs.values():
        (line,) = shown(done(run, *COMMIT, *texts), "draw")
        assert ("--inspectors-id" in line, "--id" in line) == (not texts, "--register-out" not in texts)
        drawn = done(run, *line)
        records.add(Path("record.json").read_bytes())
        (checked,), whys = shown(drawn, "verify"), shown(drawn, "why")
        assert "The record holds" in done(run, *checked)
        assert "not checked" not in done(run, *checked)
        assert [("--inspector" in why) for why in whys] == [False, True]
        assert all(done(run, *why) for why in whys)
    assert len(records) == 1


def test_register_texts_are_those_of_the_commitment(folder: Path, run: Run) -> None:
    """The inspectors' text has the digest that the commitment states; it needs its option and a register."""
    assert folder.is_dir()
    done(run, *COMMIT, "--inspectors-out", "i.tsv")
    bound = Commitment.from_json(Path("c.json").read_bytes()).inspectors
    assert bound is not None
    assert bound.digest == sha256("i.tsv")
    assert Path("i.tsv").read_bytes() == registers()[1].to_tsv()


# ---- how files are read


def parquet(name: str, header: Sequence[str], rows: Iterable[Sequence[str | None]]) -> None:
    """Rows as Parquet."""
    columns = zip(*rows, strict=True)
    pyarrow.parquet.write_table(pyarrow.table(dict(zip(header, map(list, columns), strict=True))), name)


def test_every_format_gives_the_same_commitment(folder: Path, run: Run) -> None:
    """GBK for all tables, Parquet beside CSV, JSON for recusals and meetings: the bytes are the same."""
    done(run, *COMMIT)
    before = Path("c.json").read_bytes()
    for name in ("firms.csv", "people.csv", "away.csv", "met.csv"):
        (folder / f"gbk-{name}").write_text((folder / name).read_text("utf-8"), encoding="gbk")
    parquet("people.parquet", ("name", *COLUMNS), STAFF)
    parquet("firms.parquet", ("uscc", "risk", "street"), ROWS)
    put("away.json", [dict(zip(("inspector", "enterprise", "period", "reason"), row, strict=True)) for row in AWAY])
    put("met.json", [{"first": one, "second": other, "times": int(times)} for one, other, times in MET])
    (folder / "e.tsv").write_bytes(registers()[0].to_tsv())
    gbk = {word: f"gbk-{word}" for word in ("firms.csv", "people.csv", "away.csv", "met.csv")}
    cases: list[tuple[dict[str, str], tuple[str, ...]]] = [
        (gbk, ("--encoding", "gbk")),
        ({**gbk, "people.csv": "people.parquet", "away.csv": "away.json"}, ("--encoding", "gbk")),
        ({**gbk, "firms.csv": "firms.parquet", "met.csv": "met.json"}, ("--encoding", "gbk")),
        ({"people.csv": "people.parquet", "firms.csv": "firms.parquet"}, ("--null", "")),
        ({"away.csv": "away.json", "met.csv": "met.json"}, ("--alike",)),
    ]
    for names, options in cases:
        words = [names.get(word, word) for word in COMMIT]
        (line,) = shown(done(run, *words, *options), "draw")
        assert Path("c.json").read_bytes() == before
        done(run, *line)
    text = [word for word in COMMIT if word not in FIRMS]
    words = [gbk.get(word, word) for word in [*text[:2], "e.tsv", *text[2:]]]  # no table but those of the people
    options = ("--encoding", "gbk", "--null", "", "--alike")
    (line,) = shown(done(run, *words, *options), "draw")
    assert Path("c.json").read_bytes() == before
    assert set(options) <= set(line)
    done(run, *line)
    texts = ("--register-out", "firms.tsv", "--inspectors-out", "i.tsv")
    both = [gbk.get(word, word) for word in COMMIT]
    (line,) = shown(done(run, *both, *options, *texts), "draw")
    assert not set(options) & set(line)
    done(run, *line)
    (line,) = shown(
        done(run, *[word.replace("gbk-people.csv", "people.parquet") for word in both], *options, *texts[:2]), "draw"
    )
    assert ("--encoding" in line, "--null" in line, "--alike" in line) == (False, True, True)
    done(run, *line)


def test_missing_values_and_alike_ids_of_inspectors(folder: Path, run: Run) -> None:
    """What holds for the register of enterprises holds for theirs; --exclude and --check are of enterprises alone."""
    assert folder.is_dir()
    people = [*STAFF, ("市-01", "市监", "组员", "东街", "0")]
    parquet(
        "people.parquet", ("name", *COLUMNS), [(*row[:3], None, row[4]) if row[0] == "消09" else row for row in people]
    )
    words = [word.replace("people.csv", "people.parquet") for word in COMMIT]
    code, _, err = run(*words)
    assert code == 2
    assert all(line.startswith("people.parquet: row") for line in err.splitlines()[:-1])
    assert err.splitlines()[-1].endswith(": --alike")
    code, _, err = run(*words, "--alike", "--exclude", "cell-missing")
    assert (code, err.count("\n")) == (2, 1)  # and no word of --exclude, which would not help
    assert 'null=""' in err
    done(run, *words, "--alike", "--null", "")


def test_messages_name_the_option_of_the_file(folder: Path, run: Run) -> None:
    """Without its column of ids a table is refused with --inspectors-id; a text without it takes no options."""
    assert folder.is_dir()
    words = [word for word in COMMIT if word not in ("--inspectors-id", "name")]
    code, _, err = run(*words)
    assert (code, err.count("\n")) == (2, 1)
    assert err.startswith("people.csv: which column holds the ids? write --inspectors-id COLUMN")
    assert "--inspectors-out" in err
    Path("i.tsv").write_bytes(registers()[1].to_tsv())
    Path("e.tsv").write_bytes(registers()[0].to_tsv())
    code, _, err = run("commit", "plan.json", "e.tsv", "--inspectors", "i.tsv", "--alike", "--out", "c.json")
    assert code == 2
    assert [line.partition(":")[0] for line in err.splitlines()] == ["e.tsv", "i.tsv"]
    assert "add --id COLUMN" in err
    assert "add --inspectors-id COLUMN" in err


# ---- what a draw tells


def loads(record: Record, department: str) -> Counter[str]:
    """How many visits each inspector of a department makes."""
    return Counter(who for visit in record.values() for who in visit.team.get(department, ()))


def test_a_draw_tells_who_goes(folder: Path, run: Run) -> None:
    """Per department: visits, places, people and of how many, visits of one and loads, counted here from the record."""
    assert folder.is_dir()
    done(run, *COMMIT)
    out, record = done(run, *DRAW), read("r.json")
    carried = {row[0]: int(row[4]) for row in STAFF}
    told = []
    for name in reversed(DEPARTMENTS):  # as the plan has them
        visits = [visit for visit in record.values() if name in visit.departments]
        own = loads(record, name)
        worked = [count + (carried[who] if name == "消防" else 0) for who, count in own.items()]
        ranges = (f"{min(own.values())}–{max(own.values())}", f"{min(worked)}–{max(worked)}")
        people, each, load = f"{len(own)}/10", *(re.sub(r"^(\d+)–\1$", r"\1", text) for text in ranges)
        told.append([name, str(len(visits)), str(2 * len(visits)), people, each, load])
    lines = [line.split() for line in out.splitlines()]
    assert [line for line in lines if len(line) == 6 and line[0] in DEPARTMENTS] == told
    assert re.search(
        r"^department 部门 +visits 户次 +places 名额 +people 人员 +each 每人 +load 任务量$", out, re.MULTILINE
    )
    assert "load: with those brought along" in unwrapped(out)
    zh = done(run, "--lang", "zh", *DRAW)
    assert re.search(r"^部门 +户次 +名额 +人员 +每人户次 +任务量$", zh, re.MULTILINE)
    assert max(map(width, [line for line in (out + zh).splitlines() if "dual-random" not in line])) <= 100


def test_loads_are_told_where_they_are_brought_along(folder: Path, run: Run) -> None:
    """Without a column of loads no load is told, since it would be the number of visits again."""
    assert folder.is_dir()
    put("plan.json", rules(teams=[]))
    done(run, *COMMIT)
    out = done(run, *DRAW)
    assert "each 每人" in out
    assert "people: who go, and of how many; each:" in out
    assert "load" not in out


def test_the_table_of_places(folder: Path, run: Run) -> None:
    """A row for each place of each visit, as CSV, in the record's order."""
    assert folder.is_dir()
    done(run, *COMMIT)
    done(run, *DRAW, "--csv", "places.csv", "--table", "places")
    rows = list(csv.reader(io.StringIO(Path("places.csv").read_text("utf-8"))))
    record = read("r.json")
    expected = [[visit.enterprise, visit.period, *place] for visit in record.values() for place in visit.places]
    assert rows == [["enterprise", "period", "department", "slot", "inspector"], *expected]
    done(run, "--lang", "zh", *DRAW, "--csv", "zh.csv", "--table", "places")
    assert Path("zh.csv").read_text("utf-8").splitlines()[0] == "检查对象,时段,检查部门,岗位,执法检查人员"


def test_what_is_public_before_the_visits_names_nobody(folder: Path, run: Run) -> None:
    """The public part of a draw with teams has neither an enterprise nor an inspector."""
    assert folder.is_dir()
    done(run, *COMMIT)
    done(run, *DRAW, "--public", "public.json")
    text = Path("public.json").read_text("utf-8")
    assert not any(name in text for name in (*(row[0] for row in ROWS), *(row[0] for row in STAFF)))


def test_receipts_tell_the_team(folder: Path, run: Run) -> None:
    """What is shown at the door names who stands there, and leads to the root."""
    assert folder.is_dir()
    done(run, *COMMIT)
    done(run, *DRAW)
    record = read("r.json")
    visit = next(iter(record.values()))
    (line,) = shown(done(run, "receipt", "r.json", visit.enterprise, "--out", "door.json"), "check")
    leaf = json.loads(done(run, *line).splitlines()[0])
    assert {name: tuple(people) for name, people in leaf["team"]} == dict(visit.team)


# ---- shortages


def test_a_shortage_is_told_with_its_proof(folder: Path, run: Run) -> None:
    """Nobody goes for the department, the enterprises stand, the exit code is 0, and the proof can be added up."""
    assert folder.is_dir()
    team = rules()["teams"][0]
    put("plan.json", rules(teams=[{**team, "most": 3}]))
    done(run, *COMMIT)
    for lang, heading, proof in (("en", "shortages 缺员", "places on "), ("zh", "缺员", "个户次上的")):
        out, record = done(run, "--lang", lang, *DRAW), read("r.json")
        (note,) = record.shortages
        assert f"\n{heading}\n" in out
        assert proof in out
        assert unwrapped(note.text(lang)) in unwrapped(out)  # type: ignore[arg-type]
        assert re.search(r"^消防 +10 +20 +0/10 +– +–$", out, re.MULTILINE)
        verified = done(run, "--lang", lang, *shown(out, "verify")[0])
        assert unwrapped(note.text(lang)) in unwrapped(verified)  # type: ignore[arg-type]
        assert not re.search("^(relief )?放宽$", out, re.MULTILINE)
    assert not loads(record, "消防")
    assert loads(record, "市监")
    assert max(map(width, [line for line in out.splitlines() if "dual-random" not in line])) <= 100


def test_relief_is_told(folder: Path, run: Run) -> None:
    """Where the limit had to be raised, the report says to how much; it is no shortage."""
    assert folder.is_dir()
    team = rules()["teams"][0]
    put("plan.json", rules(teams=[{**team, "most": 3, "relief": True}]))
    done(run, *COMMIT)
    out, record = done(run, *DRAW), read("r.json")
    (raised,) = [each for each in record.staffing if each.most is not None]
    assert "\nrelief 放宽\n  消防: as relief allows, most was raised to " in out
    assert f"raised to {raised.most} for all" in unwrapped(out)
    assert "shortages" not in out
    assert "\n放宽\n" in done(run, "--lang", "zh", *DRAW)


# ---- verify and why


def test_verify_says_what_it_did_not_check(folder: Path, run: Run) -> None:
    """Without the inspectors' register a true record holds, who goes is said to be unchecked, and no load is told."""
    assert folder.is_dir()
    done(run, *COMMIT)
    done(run, *DRAW)
    words = ("verify", "r.json", *FIRMS, "--seed", SEED, "--digest", sha256("c.json"))
    out = done(run, *words)
    assert "not checked 未核对" in out
    (note,) = verify(read("r.json"), registers()[0], seed=SEED, digest=sha256("c.json")).unchecked
    assert note.code == "unchecked-teams"
    assert unwrapped(note.text()) in unwrapped(out)
    assert "load 任务量" not in out
    assert "people: who go; each:" in out
    assert re.search(r"^消防 +10 +20 +\d+ +\d", out, re.MULTILINE)
    assert re.sub(r"\s", "", note.text("zh")) in re.sub(r"\s", "", done(run, "--lang", "zh", *words))
    full = done(run, *words, *PEOPLE)
    assert "not checked" not in full
    assert "load 任务量" in full


def test_verify_finds_other_people(folder: Path, run: Run) -> None:
    """An exchanged inspector is a finding with its path; another register of inspectors is named; exit code 1."""
    assert folder.is_dir()
    done(run, *COMMIT)
    done(run, *DRAW)
    words = (*FIRMS, "--seed", SEED, "--digest", sha256("c.json"))
    data = json.loads(Path("r.json").read_text("utf-8"))
    place = next(i for i, visit in enumerate(data["visits"]) if visit["places"])
    data["visits"][place]["places"][0][2] = "市09"
    put("forged.json", data)
    code, _, err = run("verify", "forged.json", *words, *PEOPLE)
    assert code == 1
    assert f"forged.json: visits[{place}].places: " in err
    text = Path("people.csv").read_text("utf-8")
    Path("other.csv").write_text(text.replace("组长", "组员", 1), encoding="utf-8")
    code, out, err = run("verify", "r.json", *words, "--inspectors", "other.csv", "--inspectors-id", "name")
    assert code == 1
    assert "r.json: commitment.inspectors.digest: the register has the digest" in err
    assert f"commitment.inspectors: {MESSAGES['unchecked-teams'].en.partition(',')[0]}" in unwrapped(out)
    Path("fewer.csv").write_text(table(("name", "department"), [row[:2] for row in STAFF]), encoding="utf-8")
    code, _, err = run("verify", "r.json", *words, "--inspectors", "fewer.csv", "--inspectors-id", "name")
    assert code == 1
    assert "commitment.inspectors.columns: the register has the columns department, but" in err


def test_verify_with_inspectors_where_none_were_committed(folder: Path, run: Run) -> None:
    """The register that is too many is said to be unused; draw refuses it under its name."""
    assert folder.is_dir()
    put("plan.json", rules(teams=[]))
    done(run, "commit", "plan.json", *FIRMS, "--out", "c.json")
    code, _, err = run(*DRAW)
    assert code == 2
    assert err.startswith("people.csv: no register of inspectors was committed")
    done(run, *[word for word in DRAW if word not in PEOPLE])
    out = done(run, "verify", "r.json", *FIRMS, *PEOPLE, "--seed", SEED, "--digest", sha256("c.json"))
    assert "the register of inspectors was not used" in unwrapped(out)


def test_why_tells_of_inspectors(folder: Path, run: Run) -> None:
    """Who goes, who is recused, who is of another department; the shell lines print what they say."""
    assert folder.is_dir()
    done(run, *COMMIT)
    done(run, *DRAW)
    record = read("r.json")
    visit = next(visit for visit in record.values() if "消防" in visit.departments and visit.team["消防"])
    drawn = draw(committed(), *registers(), seed=SEED)
    goes, names = visit.team["消防"][0], [row[0] for row in STAFF]
    for lang in ("en", "zh"):
        for who in names:
            out = done(run, "--lang", lang, "why", "r.json", *FIRMS, *PEOPLE, visit.enterprise, "--inspector", who)
            told = drawn.why(visit.enterprise, inspector=who)
            assert all(unwrapped(step.text(lang)) in unwrapped(out) for step in told.steps)
            reserves = drawn.reserves(visit.enterprise, who) if who in dict(visit.team)["消防"] else ()
            assert ", ".join(reserves) in unwrapped(out)
    out = done(run, "why", "r.json", *FIRMS, *PEOPLE, visit.enterprise, "--inspector", goes)
    lines = out.splitlines()
    shells = [place for place, line in enumerate(lines) if line.startswith("  $ ")]
    assert len(shells) >= 3
    for place in shells:
        printed = subprocess.run(lines[place][4:], shell=True, capture_output=True, check=True).stdout.decode()
        assert printed.split()[0] == lines[place + 1].strip()
    assert "Should this inspector be unable to come, in this order: " in out
    stays = next(who for who in names if who not in dict(visit.team)["消防"])
    assert "Should this" not in done(run, "why", "r.json", *FIRMS, *PEOPLE, visit.enterprise, "--inspector", stays)


def test_why_of_an_enterprise_needs_no_inspectors(folder: Path, run: Run) -> None:
    """The question about an enterprise is answered without their register, as before."""
    assert folder.is_dir()
    done(run, *COMMIT)
    done(run, *DRAW)
    name = next(iter(read("r.json")))
    assert f"So {name} is visited" in done(run, "why", "r.json", *FIRMS, name)
    code, _, err = run("why", "r.json", *FIRMS, name, "--inspector", "市01")
    assert (code, err) == (2, err)
    assert err.startswith("--inspector: this has no use without --inspectors: add --inspectors, or leave --inspector")


# ---- teams in a plan of their own


@pytest.fixture
def later(folder: Path, run: Run) -> Path:
    """The folder with a record without teams, r0.json, and a plan that staffs its visits of August."""
    put("plan0.json", rules(teams=[]))
    done(run, "commit", "plan0.json", *FIRMS, "--columns", "risk,street", "--out", "c0.json")
    done(run, "draw", "c0.json", *FIRMS, "--seed", SEED, "--out", "r0.json")
    staffing({"most": 20})
    Path("away.csv").write_text(table(("inspector", "period", "reason"), [("市00", "8月", "年休假")]), encoding="utf-8")
    return folder


def staffing(team: dict[str, Any]) -> None:
    """A plan that staffs the visits of r0.json in August, with changes to the rule of 消防."""
    kept = {name: part for name, part in rules().items() if name not in ("demands", "teams", "periods")}
    teams = [{**rules()["teams"][0], **team}]
    put("plan.json", {**kept, "number": "2", "staffs": sha256("r0.json"), "periods": ["8月"], "teams": teams})


OF: Final = ("--of", "r0.json")


def test_a_later_plan_staffs_a_record(later: Path, run: Run) -> None:
    """Commit, draw and verify with the earlier record; all lines that are shown run; its visits are the ones drawn."""
    assert later.is_dir()
    out = done(run, *COMMIT, *OF)
    assert f"visits of record 为记录派员 {sha256('r0.json')}, periods: 8月" in unwrapped(out)
    assert "demand 抽查需求" not in out
    assert "为记录派员" in done(run, "--lang", "zh", *COMMIT, *OF)
    (line,) = shown(out, "draw")
    assert line[line.index("--of") + 1] == "r0.json"
    drawn = done(run, *line)
    assert "joint-sampling rate" not in drawn
    assert "bound" not in drawn
    assert "share 占比" not in drawn
    record, earlier = read("record.json"), read("r0.json")
    august = [name for name, visit in earlier.items() if visit.period == "8月"]
    assert list(record) == august
    assert all(record[name].team for name in august)
    (checked,), whys = shown(drawn, "verify"), shown(drawn, "why")
    out = done(run, *checked)
    assert "verified with the seed" in unwrapped(out)  # the earlier record, by what it states itself
    assert [("--of" in why) for why in whys] == [False, False]
    assert f"the record with the digest {sha256('r0.json')}" in unwrapped(done(run, *whys[0]))
    done(run, *whys[1])
    found = [word for word in checked if word not in OF]
    assert "whether these are the visits that were drawn was not checked" in unwrapped(done(run, *found))
    assert Commitment.from_json(Path("c.json").read_bytes()).enterprises.columns == ("risk", "street")
    done(run, *COMMIT, *OF, "--columns", "street", "--force")
    assert Commitment.from_json(Path("c.json").read_bytes()).enterprises.columns == ("street",)
    done(run, *line, "--force")
    assert "verified with the seed" not in unwrapped(done(run, *checked[:-1], sha256("c.json")))


def test_a_shortage_of_known_visits_is_a_notice(later: Path, run: Run) -> None:
    """Commit tells before the seed what no seed can change, with the proof; draw then finds the same."""
    assert later.is_dir()
    staffing({"most": 1, "carried": ""})
    for lang, told in (("en", "nobody will be dealt to 消防"), ("zh", "都不会为 消防 派员")):
        out = done(run, "--lang", lang, *COMMIT, *OF)
        assert told in unwrapped(out)
        (line,) = shown(out, "draw")
        done(run, *line)
        (note,) = read("record.json").shortages
        assert unwrapped(note.text(lang)) in unwrapped(out)  # type: ignore[arg-type]
    staffing({"most": 1, "carried": "", "relief": True})
    out = done(run, *COMMIT, *OF, "--force")
    assert "nobody will be dealt" not in unwrapped(out)
    assert "as relief allows, most was raised to" in unwrapped(out)
    staffing({"most": 20})
    assert "nobody will be dealt" not in unwrapped(done(run, *COMMIT, *OF, "--force"))


def test_the_notices_are_those_of_the_library(later: Path, run: Run) -> None:
    """The function gives the same notices, and they enter no digest."""
    assert later.is_dir()
    staffing({"most": 1, "carried": ""})
    plan = Plan.from_dict(json.loads(Path("plan.json").read_text("utf-8")))
    enterprises, inspectors = registers()
    made = commit(plan, enterprises, inspectors, of=read("r0.json"))
    told = made.notices[-2:]
    assert [(note.code, note.at) for note in told] == [
        ("staffs-short", "staffs"),
        ("places-short-of-most", "消防"),
    ]
    drawn = draw(made, enterprises, inspectors, seed=SEED, of=read("r0.json"))
    assert drawn.record.shortages == told[1:]
    assert Commitment.from_json(made.to_json()).digest == made.digest
    assert verify(drawn.record, enterprises, inspectors, seed=SEED, digest=made.digest, of=read("r0.json"))


def test_a_later_plan_needs_its_record(later: Path, run: Run) -> None:
    """Without it, with another one, with one that does not hold, for a plan that draws: each is wrong input."""
    assert later.is_dir()
    code, _, err = run(*COMMIT)
    assert code == 2
    assert err.startswith(f"plan.json: of: the plan staffs the record with the digest {sha256('r0.json')}")
    assert err.splitlines()[-1].startswith("on the command line: --of FILE")
    done(run, *COMMIT, *OF)
    code, _, err = run(*DRAW)
    assert code == 2
    assert err.splitlines()[-1].startswith("on the command line: --of FILE")
    done(run, "draw", "c0.json", *FIRMS, "--seed", SEED.replace("08", "09"), "--out", "other.json")
    for words in (COMMIT, DRAW):
        code, _, err = run(*words, "--of", "other.json")
        assert code == 2
        assert err.startswith(f"other.json: the plan staffs the record with the digest {sha256('r0.json')}")
    damaged = Path("r0.json").read_text("utf-8").replace('"outcome":', '"outcom":')
    Path("damaged.json").write_text(damaged, encoding="utf-8")
    for words in (COMMIT, DRAW):
        code, _, err = run(*words, "--of", "damaged.json")
        assert code == 2
        assert "damaged.json: outcome: this part is missing" in err
    code, _, err = run("commit", "plan0.json", *FIRMS, *OF, "--out", "x.json")
    assert code == 2
    assert err.startswith("r0.json: the plan staffs no earlier record")
    gone = next(name for name, visit in read("r0.json").items() if visit.period == "8月")
    Path("firms.csv").write_text(
        table(("uscc", "risk", "street"), [row for row in ROWS if row[0] != gone]), encoding="utf-8"
    )
    code, _, err = run(*COMMIT, *OF)
    assert (code, err.count("\n")) == (2, 1)
    assert err.startswith(f"r0.json: {gone}: the record has a visit to {gone}, which the register does not hold")


def test_verify_and_its_earlier_record(later: Path, run: Run) -> None:
    """Another or a damaged earlier record is a finding; one that is not asked for is wrong input."""
    assert later.is_dir()
    done(run, *COMMIT, *OF)
    done(run, *DRAW, *OF)
    words = ("verify", "r.json", *FIRMS, *PEOPLE, "--seed", SEED, "--digest", sha256("c.json"))
    done(run, "draw", "c0.json", *FIRMS, "--seed", SEED.replace("08", "09"), "--out", "other.json")
    code, _, err = run(*words, "--of", "other.json")
    assert code == 1
    assert "r.json: commitment.plan.staffs: the plan staffs the record with the digest" in err
    Path("damaged.json").write_text(
        Path("r0.json").read_text("utf-8").replace('"outcome":', '"outcom":'), encoding="utf-8"
    )
    code, _, err = run(*words, "--of", "damaged.json")
    assert code == 1
    assert "damaged.json: outcome: this part is missing" in err
    code, _, err = run("verify", "r0.json", *FIRMS, "--seed", SEED, "--digest", sha256("c0.json"), *OF)
    assert code == 2
    assert err.startswith("r0.json: the plan staffs no earlier record")
    code, _, err = run(*words, "--of", "c.json")
    assert code == 2
    assert err.startswith("c.json: this is a COMMITMENT, but a RECORD is needed here")


def test_verify_leads_with_what_was_not_recomputed(later: Path, run: Run) -> None:
    """Without the people, the earlier record, or both, the first line says so, its notes stand next, then figures."""
    assert later.is_dir()
    done(run, *COMMIT, *OF)
    done(run, *DRAW, *OF)
    words = ("verify", "r.json", *FIRMS, "--seed", SEED, "--digest", sha256("c.json"))
    cases: dict[tuple[str, ...], tuple[str, str, int]] = {
        (*PEOPLE, *OF): ("The record holds: ", "记录属实", 1),
        OF: ("The visits hold: ", "户次属实", 2),
        PEOPLE: ("Who goes holds: ", "派员属实", 1),
        (): ("Nothing contradicts the record, but neither whether its ", "未发现与记录矛盾之处", 2),
    }
    for more, (english, chinese, count) in cases.items():
        whole = more == (*PEOPLE, *OF)
        for lang, first, heading in (("en", english, "not checked 未核对"), ("zh", chinese, "未核对")):
            out = done(run, "--lang", lang, *words, *more)
            paragraphs = out.split("\n\n")
            assert paragraphs[0].startswith(first)
            assert paragraphs[1].splitlines()[0] == heading
            assert max(map(width, paragraphs[0].splitlines())) <= 100 or lang == "zh"
            assert paragraphs[2].startswith({"en": "visits of record", "zh": "为记录派员"}[lang])
        firms, people = registers()
        found = verify(
            read("r.json"),
            firms,
            people if PEOPLE[0] in more else None,
            seed=SEED,
            digest=sha256("c.json"),
            of=read("r0.json") if OF[0] in more else None,
        )
        assert len(found.unchecked) == count
        assert whole == str(found).startswith("the record holds: ")
        assert whole or str(found).startswith(english)
    forged = Path("r.json").read_text("utf-8").replace(SEED, SEED.replace("08", "09"))
    Path("forged.json").write_text(forged, encoding="utf-8")
    code, out, _ = run("verify", "forged.json", *words[2:])
    assert code == 1
    assert "hold" not in out


# ---- other versions of registers


def other_version() -> None:
    """people.csv and firms.csv with other cells and rows, after their texts were published."""
    people = Path("people.csv").read_text("utf-8")
    people = people.replace("消00,消防,组长,东街,0", "消00,消防,组长,东街,7").replace("市09,", "市99,")
    Path("people.csv").write_text(people, encoding="utf-8")
    firms = Path("firms.csv").read_text("utf-8").replace("E07,B", "E07,A")
    Path("firms.csv").write_text(firms, encoding="utf-8")


AGAINST: Final = ("--against", "e.tsv", "--inspectors-against", "i.tsv")
CHANGED: Final = [
    "firms.csv: E07: risk was changed from 'B' to 'A'",
    "people.csv: 市09: the row was removed",
    "people.csv: 市99: the row was added",
    "people.csv: 消00: load was changed from '0' to '7'",
]


def test_rows_that_differ_are_named_for_both_registers(folder: Path, run: Run) -> None:
    """Verify and draw name them in front of what does not hold; a register that is the committed one has none."""
    assert folder.is_dir()
    done(run, *COMMIT, "--register-out", "e.tsv", "--inspectors-out", "i.tsv")
    done(run, *DRAW)
    words = ("verify", "r.json", *FIRMS, *PEOPLE, "--seed", SEED, "--digest", sha256("c.json"))
    done(run, *words, *AGAINST)
    done(run, *DRAW, *AGAINST)
    before, firms = Path("people.csv").read_text("utf-8"), Path("firms.csv").read_text("utf-8")
    other_version()
    for command, expected in ((words, 1), (DRAW, 2)):
        code, _, err = run(*command, *AGAINST)
        assert code == expected
        assert err.splitlines()[:4] == CHANGED
        assert [line.startswith("people.csv") for line in run(*command, *AGAINST[2:])[2].splitlines()[:3]] == [True] * 3
        options = re.findall(r"on the command line, (\S+) names the rows", err)
        assert options == ["--against", "--inspectors-against"][:expected]  # verify looks no further than the first
        assert run(*command)[0] == expected
        assert "was changed" not in run(*command)[2]
    Path("people.csv").write_text(before, encoding="utf-8")
    code, _, err = run(*DRAW, *AGAINST)
    assert (code, err.splitlines()[0]) == (2, CHANGED[0])
    assert err.splitlines()[1].startswith("firms.csv: digest: the register has the digest")
    other_version()
    Path("firms.csv").write_text(firms, encoding="utf-8")
    code, _, err = run(*words, *AGAINST)
    assert (code, err.splitlines()[:3]) == (1, CHANGED[1:])
    assert re.findall(r"on the command line, (\S+) names the rows", err) == ["--inspectors-against"]
    code, _, err = run(*[word for word in words if word not in PEOPLE], *AGAINST)
    assert code == 2
    assert err.startswith("--inspectors-against: this has no use without --inspectors: ")


def test_registers_without_a_common_row_are_one_line(folder: Path, run: Run) -> None:
    """The wrong file, or ids from another column, are said to be that, not told row by row; long lists are cut."""
    assert folder.is_dir()
    done(run, *COMMIT, "--register-out", "e.tsv", "--inspectors-out", "i.tsv")
    done(run, *DRAW)
    words = ("verify", "r.json", *FIRMS, *PEOPLE, "--seed", SEED, "--digest", "0" * 64)
    code, _, err = run(*words, "--against", "i.tsv", "--inspectors-against", "e.tsv")
    assert code == 1
    assert err.splitlines()[0].startswith("firms.csv: the 40 rows here and the 20 rows of i.tsv have no id in common")
    assert err.splitlines()[1].startswith("people.csv: the 20 rows here and the 40 rows of e.tsv have no id in common")
    assert err.splitlines()[2].startswith("r.json: ")
    rows = [*ROWS, *((f"F{i:03d}", "A", "东街") for i in range(200))]
    Path("firms.csv").write_text(table(("uscc", "risk", "street"), rows), encoding="utf-8")
    lines = run(*words, "--against", "e.tsv")[2].splitlines()
    assert [line.startswith("firms.csv: F") for line in lines[:51]] == [True] * 50 + [False]
    assert lines[50] == "… 200 in all: row-added 200"
    assert lines[51].startswith("r.json: ")


# ---- why


def test_nobody_may_be_left_to_take_a_place(folder: Path, run: Run) -> None:
    """Where all others are kept out, it is said what then; where some are left, all of them are listed."""
    assert folder.is_dir()
    staff = [(f"市{i:02d}", "市监", "组员", "东街", "0") for i in range(16)]
    staff += [("消00", "消防", "组长", "东街", "0"), ("消01", "消防", "组员", "西街", "0")]
    Path("people.csv").write_text(table(("name", *COLUMNS), staff), encoding="utf-8")
    put("plan.json", rules(teams=[{"department": "消防", "slots": [{"name": "组员", "count": 2}]}]))
    done(run, *[word for word in COMMIT if word not in TABLES])
    done(run, *DRAW)
    visit = next(visit for visit in read("r.json").values() if set(visit.departments) == set(DEPARTMENTS))
    words = ("why", "r.json", *FIRMS, *PEOPLE, visit.enterprise, "--inspector")
    out = unwrapped(done(run, *words, "消00"))
    assert "Nobody can take this place: " in out
    assert "count in a later plan" in out
    assert "in this order" not in out
    assert "无人可以递补" in done(run, "--lang", "zh", *words, "消00")
    listed = unwrapped(done(run, *words, visit.team["市监"][0])).partition("in this order: ")[2]
    assert sorted(listed.strip().split(", ")) == [row[0] for row in staff[:16] if row[0] not in visit.team["市监"]]


# ---- before the draw, and after a shortage


def test_commit_tells_the_rules_of_teams(folder: Path, run: Run) -> None:
    """By department people, limits and slots; then a line that rehearses all of it, tables included, and runs."""
    assert folder.is_dir()
    for name in ("away.csv", "firms.csv"):
        (folder / name).write_text((folder / name).read_text("utf-8"), encoding="gbk")
    (folder / "people.csv").write_text((folder / "people.csv").read_text("utf-8"), encoding="gbk")
    (folder / "met.csv").write_text((folder / "met.csv").read_text("utf-8"), encoding="gbk")
    for texts in ((), ("--register-out", "e.tsv", "--inspectors-out", "i.tsv")):
        out = done(run, *COMMIT, "--encoding", "gbk", *texts)
        assert re.search(r"^消防 +10 +most 20 +组长 1, 组员 1$", out, re.MULTILINE)
        assert re.search(r"^市监 +10 +– +member 2$", out, re.MULTILINE)
        (line,) = shown(out, "rehearse")
        assert [line[line.index(option) + 1] for option in TABLES[::2]] == list(TABLES[1::2])
        assert out.index("dual-random rehearse") < out.index("publish the digest")
        assert "6 rehearsals" in done(run, *line, "--draws", "6")
    assert "人员是否够用" in done(run, "--lang", "zh", *COMMIT, "--encoding", "gbk")
    put("plan.json", rules(teams=[]))
    alone = done(run, "commit", "plan.json", *FIRMS, "--encoding", "gbk", "--out", "c.json", "--force")
    assert "rehearse" not in alone
    assert "slots" not in alone


def test_a_later_commitment_tells_only_who_is_staffed(later: Path, run: Run) -> None:
    """The departments of the known visits stand in the table; there is nothing to rehearse."""
    assert later.is_dir()
    out = done(run, *COMMIT, *OF)
    assert re.search(r"^消防 +10 +most 20 ", out, re.MULTILINE)
    assert "dual-random rehearse" not in out


def test_after_a_shortage_the_departments_that_were_short_are_staffed(folder: Path, run: Run) -> None:
    """The draw names the digest that such a plan staffs; with it just these departments get people."""
    assert folder.is_dir()
    team = rules()["teams"][0]
    put("plan.json", rules(teams=[{**team, "most": 3}]))
    done(run, *COMMIT)
    for lang, told in (
        ("en", "nobody goes for 消防, and nothing is drawn again"),
        ("zh", "消防 未派任何人员，不得重抽"),
    ):
        out = done(run, "--lang", lang, *DRAW)
        assert told in unwrapped(out)
        assert out.splitlines()[-1] == f"    staffs: {sha256('r.json')}"
    kept = {name: part for name, part in rules().items() if name not in ("demands", "teams")}
    put("plan.json", {**kept, "number": "2", "staffs": sha256("r.json"), "teams": [{**team, "most": 20}]})
    out = done(run, *COMMIT[:-1], "c2.json", "--of", "r.json")
    assert re.search(r"^消防 +10 +most 20 ", out, re.MULTILINE)
    assert not re.search(r"^市监 +10 ", out, re.MULTILINE)
    done(run, "draw", "c2.json", *DRAW[2:-1], "r2.json", "--of", "r.json")
    record = read("r2.json")
    assert [each.department for each in record.staffing] == ["消防"]
    assert all(set(visit.team) == {"消防"} for visit in record.values())
    assert "staffs: " not in done(run, "draw", "c2.json", *DRAW[2:-1], "r2.json", "--of", "r.json")


# ---- rehearse


def test_rehearsals_tell_of_teams(folder: Path, run: Run) -> None:
    """The report is the library's, in both languages, with the first shortage below its warning."""
    assert folder.is_dir()
    team = rules()["teams"][0]
    words = ("rehearse", "plan.json", *FIRMS, *PEOPLE, *TABLES, "--draws", "6")
    away, met = committed().recusals, committed().meetings
    for most, short in ((20, False), (2, True)):
        put("plan.json", rules(teams=[{**team, "most": most}]))
        plan = Plan.from_dict(rules(teams=[{**team, "most": most}]))
        found = rehearse(plan, *registers(), recusals=away, meetings=met, draws=6)
        assert (found.short > 0) == short
        for lang in ("en", "zh"):
            out = done(run, "--lang", lang, *words)
            told = unwrapped(out)
            assert all(unwrapped(line) in told for line in found.text(lang).splitlines())
            assert max(map(width, out.splitlines())) <= 100
    notices = done(run, *words).partition("\n\nnotices 提示\n")[2]
    assert "  teams: in 6 of 6 rehearsals " in notices


def test_rehearsals_of_a_later_plan_point_to_commit(later: Path, run: Run) -> None:
    """There is nothing to rehearse, and the message says where the answer stands."""
    assert later.is_dir()
    code, out, err = run("rehearse", "plan.json", *FIRMS, *PEOPLE)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert err.startswith("plan.json: staffs: ")
    assert "notices of commit" in err


# ---- wrong input


WRONG: Final[dict[str, tuple[tuple[str, ...], str, str]]] = {
    "no inspectors": (("--inspectors", "no.csv", "--inspectors-id", "name"), "no.csv", "file-missing"),
    "a folder": (("--inspectors", ".", "--inspectors-id", "name"), ".", "file-not-regular"),
    "another column": (("--inspectors", "people.csv", "--inspectors-id", "x"), "people.csv", "table-column-missing"),
    "a plan": (("--inspectors", "plan.json", "--inspectors-id", "name"), "plan.json", "file-kind"),
    "no recusals": ((*PEOPLE, "--recusals", "no.csv"), "no.csv", "file-missing"),
    "recusals of another kind": ((*PEOPLE, "--recusals", "met.csv"), "met.csv", "table-column-missing"),
    "a plan as recusals": ((*PEOPLE, "--recusals", "plan.json"), "plan.json", "plan-shape"),
    "a spreadsheet": ((*PEOPLE, "--recusals", "away.xlsx"), "away.xlsx", "file-spreadsheet"),
    "no meetings": ((*PEOPLE, "--meetings", "no.json"), "no.json", "file-missing"),
    "meetings of another kind": ((*PEOPLE, "--meetings", "away.csv"), "away.csv", "table-column-missing"),
    "a stranger is recused": ((*PEOPLE, "--recusals", "stranger.csv"), "stranger.csv: 谁", "inspector-unknown"),
    "strangers met": ((*PEOPLE, "--meetings", "strangers.csv"), "strangers.csv: 谁.谁谁", "inspector-unknown"),
    "another place": ((*PEOPLE, "--recusals", "place.csv"), "place.csv: 市01", "recusal-enterprise-unknown"),
    "another time": ((*PEOPLE, "--recusals", "time.csv"), "time.csv: 市01", "recusal-period-unknown"),
    "an odd load": (("--inspectors", "odd.csv", "--inspectors-id", "name"), "odd.csv: 消00", "carried-form"),
    "no teams for a department": (
        ("--inspectors", "half.csv", "--inspectors-id", "name"),
        "plan.json: teams.消防",
        "crew-empty",
    ),
    "rules alone": ((), "plan.json: teams", "inspectors-needed"),
    "an id alone": (("--inspectors-id", "name"), "--inspectors-id", "option-needs"),
    "tables alone": (TABLES, "--recusals", "option-needs"),
    "a text alone": (("--inspectors-out", "i.tsv"), "--inspectors-out", "option-needs"),
    "twice": ((*PEOPLE, "--inspectors-out", "c.json"), "", "file-repeated"),
    "no earlier one": ((*PEOPLE, "--of", "no.json"), "no.json", "file-missing"),
    "a plan as a record": ((*PEOPLE, "--of", "plan.json"), "plan.json", "record-needed"),
}


@pytest.mark.parametrize("case", WRONG)
def test_wrong_input(folder: Path, run: Run, case: str) -> None:
    """Exit code 2, nothing written, the file and the remedy named, in both languages."""
    (folder / "away.xlsx").write_bytes(b"PK")
    header = ("inspector", "enterprise", "period", "reason")
    for name, row in (
        ("stranger", ("谁", "", "", "x")),
        ("place", ("市01", "E99", "", "x")),
        ("time", ("市01", "", "冬", "x")),
    ):
        (folder / f"{name}.csv").write_text(table(header, [row]), encoding="utf-8")
    (folder / "strangers.csv").write_text(table(("first", "second", "times"), [("谁", "谁谁", "1")]), encoding="utf-8")
    people = table(("name", *COLUMNS), STAFF)
    (folder / "odd.csv").write_text(people.replace("消00,消防,组长,东街,0", "消00,消防,组长,东街,三"), encoding="utf-8")
    (folder / "half.csv").write_text(table(("name", *COLUMNS), STAFF[:10]), encoding="utf-8")
    before = sorted(os.listdir(folder))
    words, place, code = WRONG[case]
    for lang in ("en", "zh"):
        got, out, err = run("--lang", lang, "commit", "plan.json", *FIRMS, *words, "--out", "c.json")
        assert (got, out) == (2, "")
        literal = max(re.split(r"\{\w+\}", getattr(MESSAGES[code], lang)), key=len)
        colon = {"en": ": ", "zh": "："}[lang]
        assert any(line.startswith(f"{place}{colon}" if place else "") and literal in line for line in err.splitlines())
    assert sorted(os.listdir(folder)) == before


def test_faults_of_all_files_are_told_together(folder: Path, run: Run) -> None:
    """Each file that cannot be read has its lines, and a second try does not find what the first could have told."""
    assert folder.is_dir()
    Path("people.csv").write_text("name,rank\n市00,组长\n", encoding="utf-8")
    words = ("commit", "plan.json", "no.csv", "--id", "x", *PEOPLE, "--recusals", "met.csv", "--meetings", "no.csv")
    code, _, err = run(*words, "--of", "plan.json", "--out", "c.json")
    files = [line.partition(":")[0] for line in err.splitlines()]
    assert code == 2
    assert [name for place, name in enumerate(files) if name not in files[:place]] == [
        *("plan.json", "no.csv", "people.csv", "met.csv")
    ]
    assert files.count("no.csv") == 1  # named twice on the line, told once
    assert files.count("people.csv") == 3  # department, street, load


def test_faults_of_rules_and_tables_are_told_together(folder: Path, run: Run) -> None:
    """What only the plan over all registers shows stands under the file it is about, all at once."""
    assert folder.is_dir()
    Path("away.csv").write_text(table(("inspector", "reason"), [("谁", "x"), ("甲", "x")]), encoding="utf-8")
    Path("met.csv").write_text(table(("first", "second", "times"), [("乙", "市01", "1")]), encoding="utf-8")
    put("plan.json", rules(demands=[{"name": "消防", "take": 99}]))
    code, _, err = run(*COMMIT)
    assert code == 2
    assert {line.partition(":")[0] for line in err.splitlines()} == {"plan.json", "away.csv", "met.csv"}
    assert err.count("away.csv: ") == 2


def test_draw_names_its_files(folder: Path, run: Run) -> None:
    """Another register of inspectors, none at all, one that is damaged: each under its name, nothing written."""
    assert folder.is_dir()
    done(run, *COMMIT)
    text = Path("people.csv").read_text("utf-8")
    Path("other.csv").write_text(text.replace("组长", "组员", 1), encoding="utf-8")
    Path("torn.csv").write_text(text.replace("消防,", "消防", 1), encoding="utf-8")
    cases = {
        "other.csv": "other.csv: digest: the register has the digest",
        "torn.csv": "torn.csv: line 12: ",
        "no.csv": "no.csv: there is no such file",
    }
    for name, told in cases.items():
        for command in (DRAW, ("why", "r.json", *FIRMS, *PEOPLE, "E01")):
            if command[0] == "why":
                done(run, *DRAW)
            code, out, err = run(*[word.replace("people.csv", name) for word in command])
            assert (code, out) == (2, "")
            assert err.startswith(told)
    os.remove("r.json")
    code, _, err = run(*[word for word in DRAW if word not in PEOPLE])
    assert code == 2
    assert err.splitlines()[0].startswith("inspectors: inspectors were committed, with the digest ")
    assert err.splitlines()[1] == "on the command line: --inspectors FILE, with --inspectors-id COLUMN if it is a table"
    assert not Path("r.json").exists()


@pytest.mark.parametrize("command", ["rehearse", "commit", "draw", "verify", "why", "demo"])
def test_help_tells_of_inspectors(run: Run, command: str) -> None:
    """Every command that takes them says so, and only those take tables that enter a commitment."""
    told = unwrapped(done(run, command, "--help"))
    assert ("--inspectors FILE" in told) == (command != "demo")
    assert ("--recusals FILE" in told, "--meetings FILE" in told) == ((command in ("rehearse", "commit"),) * 2)
    assert ("--of RECORD" in told) == (command in ("commit", "draw", "verify"))
    assert ("--inspector ID" in told) == (command == "why")
    assert ("--teams" in told) == (command == "demo")


# ---- demo


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of the demo with teams."""
    folder = tmp_path_factory.mktemp("teams")
    command = [sys.executable, "-m", "dual_random", "demo", "--teams", "--out", str(folder)]
    subprocess.run(command, check=True, capture_output=True)
    return folder


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_demo_shows_a_visit_with_its_team(run: Run, lang: str) -> None:
    """Counts, a visit with everybody who goes, why one goes, and why another, who is away, does not."""
    out = done(run, "--lang", lang, "demo", "--teams")
    away = next(each for each in demo.recusals() if each.period)
    assert f"{away.inspector}{': ' if lang == 'en' else '：'}" in out
    assert away.reason in out
    assert re.search(r"^   市监.* 1404 +3008 +45/50 +34–75 +42–77$", out, re.MULTILINE)
    pasted = re.compile(r" +(\$ printf|dual-random|sha256sum)")
    assert [line for line in out.splitlines() if width(line) > 100 and not pasted.match(line)] == []
    assert len(out.splitlines()) < 100
    if lang == "zh":
        assert not re.search(r"\b(visits|places|inspector|goes)\b", re.sub(r" +(\$|dual-random) .*", "", out))


def test_the_files_of_the_demo_replay_it(published: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commit, draw, verify and why from the written files give the written files; the plain demo writes other ones."""
    monkeypatch.chdir(published)
    kept = {name: Path(name).read_bytes() for name in os.listdir(".")}
    register, people = ("enterprises.tsv",), ("--inspectors", "inspectors.tsv")
    done(run, "commit", "plan.json", *register, *people, "--recusals", "recusals.csv", "--out", "commitment.json")
    words = ("commitment.json", *register, *people, "--seed", SEED, "--out", "record.json")
    done(run, "draw", *words, "--csv", "places.csv", "--table", "places")
    done(run, "draw", *words, "--csv", "visits.csv")
    assert {name: Path(name).read_bytes() for name in os.listdir(".")} == kept
    digest = sha256("commitment.json")
    assert "not checked" not in done(
        run, "verify", "record.json", *register, *people, "--seed", SEED, "--digest", digest
    )
    record = read("record.json")
    assert Register.from_tsv(kept["inspectors.tsv"]).digest() == demo.inspectors().digest()
    assert not record.shortages
    assert {"inspectors.tsv", "recusals.csv", "places.csv"} <= set(kept)


def test_every_command_the_demo_shows_works(
    published: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The lines under its last heading run, in their order, in a fresh folder."""
    monkeypatch.chdir(tmp_path)
    lines = [line.strip() for line in done(run, "demo", "--teams").splitlines()]
    for line in lines:
        if line.startswith("dual-random"):
            assert run(*shlex.split(line)[1:])[0] == 0
        elif line.startswith("sha256sum"):
            names = shlex.split(line)[1:]
            assert [sha256(name) for name in names] == [sha256(str(published / Path(name).name)) for name in names]
