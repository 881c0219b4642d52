"""The command `audit`: draws made elsewhere, and every table that is none: exit codes 0, 1 and 2."""

import csv
import gzip
import os
import re
import subprocess
import sys
from contextlib import redirect_stderr
from io import StringIO
from pathlib import Path
from typing import Any, Final

import pytest

import draft
from conftest import Run
from dual_random import sample
from dual_random.__main__ import main
from dual_random.errors import InputError, Note
from dual_random.reports import paragraph, progress_line, width
from dual_random.testing.audits import audit
from dual_random.testing.fairness import examine
from dual_random.testing.replicates import replicate
from fairness_pictures import naive

pytest.importorskip("scipy")

FIRMS: Final = [
    {
        "uscc": f"E{i:03d}",
        "district": ("海曙", "江北", "鄞州")[i % 3],
        "risk": "ABC"[i // 7 % 3],
        "since": f"{1990 + i * 7 % 30}-0{i % 9 + 1}-15",
        "staff": str(i * 37 % 500),
    }
    for i in range(300)
]
FAIR: Final = set(sample([firm["uscc"] for firm in FIRMS], 60, seed="1", label="t").drawn)
UNITS: Final = [firm["uscc"] for firm in FIRMS[:60]]
ONE: Final = ("audit", "firms.csv", "--id", "uscc", "--drawn", "drawn=yes")
MANY: Final = ("audit", "draws.csv", "--id", "uscc", "--draw", "draw", "--units", "units.csv")


def write(path: Path, rows: list[dict[str, str]], encoding: str = "utf-8") -> None:
    """A table as CSV."""
    with open(path, "w", encoding=encoding, newline="") as file:
        table = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        table.writeheader()
        table.writerows(rows)


def firms(drawn: set[str]) -> list[dict[str, str]]:
    """All firms, and whether each was drawn."""
    return [{**firm, "drawn": "yes" if firm["uscc"] in drawn else "no"} for firm in FIRMS]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which the command line stands, with a fair draw, and many by the wrong shuffle."""
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "firms.csv", firms(FAIR))
    write(tmp_path / "units.csv", [{**firm, "chance": "1/5"} for firm in FIRMS[:60]])
    rows = [(f"fair:{i}", unit) for i in range(1000) for unit in naive(UNITS, f"fair:{i}")]
    write(tmp_path / "draws.csv", [{"draw": draw, "uscc": unit} for draw, unit in rows])
    return tmp_path


def plain(text: str) -> str:
    """A text without the breaks of its lines."""
    return re.sub(r"\s+", "", text)


# ---- one draw


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_fair_draw(folder: Path, run: Run, lang: Any) -> None:
    """The report is that of `audit`: what was looked at, the verdict, each check; no line is wider than a terminal."""
    assert folder.is_dir()
    code, out, err = run("--lang", lang, *ONE, "--by", "district", "--trend", "staff", "--trials", "999")
    attributes: Any = {
        "district": {firm["uscc"]: firm["district"] for firm in FIRMS},
        "staff": {firm["uscc"]: float(firm["staff"]) for firm in FIRMS},
    }
    found = audit([firm["uscc"] for firm in FIRMS], FAIR, attributes=attributes, trials=999)
    assert found.ok
    assert (code, err) == (0, "")
    assert plain(out) == plain(found.text(lang))
    assert max(map(width, out.splitlines())) <= 100
    assert out.splitlines()[0] == found.subject.text(lang)
    assert ("no proof of fairness" in plain(out).replace("noproofoffairness", "no proof of fairness")) == (lang == "en")


def test_an_unfair_draw(folder: Path, run: Run) -> None:
    """A draw from one district alone fails the check by district: exit code 1, the failed check first."""
    write(folder / "firms.csv", firms({firm["uscc"] for firm in FIRMS[:120:3]}))
    code, out, err = run(*ONE, "--trend", "since", "--by", "district")
    assert (code, err) == (1, "")
    assert "UNFAIR" in out.splitlines()[1]
    assert out.splitlines()[out.splitlines().index("") + 1].startswith("district: FAILED")


def test_strata(folder: Path, run: Run) -> None:
    """A draw at different rates looks unfair by risk, but not within the strata."""
    quick = [firm["uscc"] for firm in FIRMS if firm["risk"] == "C"]
    slow = [firm["uscc"] for firm in FIRMS if firm["risk"] != "C"]
    drawn = {*sample(quick, 50, seed="1", label="t").drawn, *sample(slow, 10, seed="1", label="t").drawn}
    write(folder / "firms.csv", firms(drawn))
    assert run(*ONE, "--by", "risk")[0] == 1
    code, out, _ = run(*ONE, "--by", "district", "--trend", "since", "--strata", "risk")
    assert code == 0
    assert "strata" in out


def test_two_lists(folder: Path, run: Run) -> None:
    """A list of those drawn beside the list of all units gives the same report as marks in one list."""
    write(folder / "drawn.csv", [{"uscc": unit} for unit in sorted(FAIR, reverse=True)])
    more = ("--by", "district", "--trials", "199")
    assert run("audit", "drawn.csv", "--id", "uscc", "--units", "firms.csv", *more) == run(*ONE, *more)


def test_any_mark_counts_without_a_value(folder: Path, run: Run) -> None:
    """Without a value, drawn is whoever's cell is not empty."""
    write(folder / "marks.csv", [{**row, "drawn": "x" if row["drawn"] == "yes" else ""} for row in firms(FAIR)])
    more = ("--by", "district", "--trials", "199")
    assert run("audit", "marks.csv", "--id", "uscc", "--drawn", "drawn", *more) == run(*ONE, *more)


def test_one_column_as_groups_and_as_numbers(folder: Path, run: Run) -> None:
    """The same column may be asked both ways; the second has a name of its own."""
    assert folder.is_dir()
    code, out, _ = run(*ONE, "--by", "since", "--trend", "since", "--trials", "199")
    assert code == 0
    assert "\nsince: passed" in out
    assert "\nsince, in order: passed" in out


# ---- an order


def lottery(folder: Path, year: int) -> None:
    """A table of a draft lottery, as somebody would have it."""
    found = draft.lottery(year)
    ranks = {day: str(rank) for rank, day in enumerate(found.order, 1)}
    write(
        folder / "draft.csv", [{"day": day, "month": month, "rank": ranks[day]} for day, month in found.month.items()]
    )


@pytest.mark.parametrize(("year", "code"), [(1970, 1), (1971, 0), (1972, 0)])
def test_draft_lotteries(folder: Path, run: Run, year: int, code: int) -> None:
    """The lottery of 1970 is flagged, the other two are not."""
    lottery(folder, year)
    words = ("audit", "draft.csv", "--id", "day", "--order", "rank", "--by", "month", "--trend", "month")
    found = run(*words)
    assert (found[0], found[2]) == (code, "")
    assert ("UNFAIR" in found[1]) == bool(code)


# ---- many draws


def test_many_draws(folder: Path, run: Run) -> None:
    """The report is that of `examine` over the same draws."""
    assert folder.is_dir()
    code, out, err = run(*MANY, "--by", "district", "--trend", "staff")
    against: Any = {
        "district": {firm["uscc"]: firm["district"] for firm in FIRMS[:60]},
        "staff": {firm["uscc"]: float(firm["staff"]) for firm in FIRMS[:60]},
    }
    found = examine(replicate(naive, UNITS, 1000), against=against)
    assert (code, err) == (1, "")
    assert plain(out) == plain(found.text())
    assert not found["trend: place in the list"].p > 1e-20


def test_chances_and_strata_of_many_draws(folder: Path, run: Run) -> None:
    """Stated chances and classes reach the checks; a level of one's own is kept to."""
    assert folder.is_dir()
    code, out, _ = run(*MANY, "--chance", "chance", "--alpha", "0.05")
    assert code == 1
    assert "the chance stated for it" in out
    assert "at most 0.05" in plain(out).replace("atmost0.05", "at most 0.05")
    with_strata = run(*MANY, "--strata", "risk")[1]
    assert with_strata != run(*MANY)[1]


def test_results_of_many_draws(folder: Path, run: Run) -> None:
    """A school lottery: what each unit got, and nothing for an empty cell."""
    rows = []
    for i in range(400):
        order = sample(UNITS, 60, seed=f"fair:{i}", label="t").drawn
        rows += [
            {"draw": str(i), "uscc": u, "school": "N" if n < 20 else "S" if n < 50 else ""} for n, u in enumerate(order)
        ]
    write(folder / "draws.csv", rows)
    code, out, _ = run(*MANY, "--result", "school", "--out", "found")
    assert code == 0
    assert "400 draws with results (2)" in out


def test_a_draw_with_a_double(folder: Path, run: Run) -> None:
    """Somebody who stands twice in a draw is what the exact check finds: exit code 1, not a fault of the table."""
    text = (folder / "draws.csv").read_text(encoding="utf-8")
    (folder / "draws.csv").write_text(f"{text}x,E001\nx,E001\n", encoding="utf-8")
    code, out, _ = run(*MANY)
    assert code == 1
    assert "x: 'E001' was drawn twice" in out


# ---- files


@pytest.mark.parametrize("name", ["firms.tsv", "firms.csv.gz", "firms.parquet"])
def test_kinds_of_files(folder: Path, run: Run, name: str) -> None:
    """TSV, gzip and Parquet with numbers give the report of the CSV."""
    data = (folder / "firms.csv").read_bytes()
    if name.endswith(".tsv"):
        (folder / name).write_bytes(data.replace(b",", b"\t"))
    elif name.endswith(".gz"):
        (folder / name).write_bytes(gzip.compress(data))
    else:
        arrow, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
        table = {key: [row[key] for row in firms(FAIR)] for key in firms(FAIR)[0]}
        parquet.write_table(arrow.table({**table, "staff": list(map(int, table["staff"]))}), folder / name)
    more = ("--by", "district", "--trend", "staff", "--trials", "199")
    assert run("audit", name, *ONE[2:], *more) == run(*ONE, *more)


def test_encodings(folder: Path, run: Run) -> None:
    """A table in GBK says which option reads it; with the option it is read."""
    expected = run(*ONE, "--by", "district", "--trials", "199")
    write(folder / "firms.csv", firms(FAIR), encoding="gbk")
    code, out, err = run(*ONE, "--by", "district")
    assert (code, out) == (2, "")
    assert "--encoding GB18030" in err
    assert run(*ONE, "--by", "district", "--trials", "199", "--encoding", "gbk") == expected


PICTURES: Final = {
    "one": {"p-values.svg"},
    "order": {"p-values.svg", "places-1.svg", "places-2.svg"},
    "many": {"p-values.svg", "inclusion-counts.svg"},
}


@pytest.mark.parametrize(("kind", "lang"), [("one", "en"), ("order", "zh"), ("many", "en")])
def test_out(folder: Path, run: Run, kind: str, lang: str) -> None:
    """Report, table and pictures are written, and named; the report is what the screen shows."""
    pytest.importorskip("matplotlib")
    lottery(folder, 1970)
    words = {
        "one": (*ONE, "--by", "district", "--trials", "199"),
        "order": ("audit", "draft.csv", "--id", "day", "--order", "rank", "--by", "month", "--trend", "month"),
        "many": MANY,
    }
    screen = run("--lang", lang, *words[kind])[1]
    code, out, err = run("--lang", lang, *words[kind], "--out", "new/found")
    assert err == ""
    files = {path.name for path in (folder / "new" / "found").iterdir()}
    assert files == {"report.txt", "report.csv"} | PICTURES[kind]
    assert all(name in out for name in files)
    assert (folder / "new/found/report.txt").read_text(encoding="utf-8") == screen
    assert out.startswith(screen)
    table = (folder / "new/found/report.csv").read_text(encoding="utf-8")
    assert table.startswith("check,failed,exact,p,limit,")
    assert ("true" in table) == (code == 1)
    pictures = [(folder / "new/found" / name).read_text(encoding="utf-8") for name in sorted(PICTURES[kind])]
    assert all(bool(re.search(r"<text[^>]*>[^<]*[\u4e00-\u9fff]", p)) == (lang == "zh") for p in pictures)
    again = run("--lang", lang, *words[kind], "--out", "new/found")
    assert again == (code, out, err)
    (folder / "new/found/report.txt").write_text("mine", encoding="utf-8")
    code, out, err = run("--lang", lang, *words[kind], "--out", "new/found")
    assert (code, out) == (2, "")
    assert "report.txt" in err
    assert run("--lang", lang, *words[kind], "--out", "new/found", "--force")[2] == ""


def test_marks_of_the_picture_are_findings_of_the_report(folder: Path, run: Run) -> None:
    """The counts are drawn with the limit that the check had in the report, so both say the same."""
    pytest.importorskip("matplotlib")
    out = run(*MANY, "--out", "found")[1]
    match = re.search(r"inclusion: (\w+) \(p \S+, limit ([\d.e-]+)\)", out)
    assert match
    picture = (folder / "found/inclusion-counts.svg").read_text(encoding="utf-8")
    assert f"at most {match[2]}" in re.sub(r"</text>\s*<text[^>]*>", " ", picture)
    assert ("Farthest out" in picture) == (match[1] == "FAILED")


def test_without_matplotlib(folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the extra, report and table are written, and it is said what the pictures need."""
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    code, out, err = run(*ONE, "--by", "district", "--trials", "199", "--out", "found")
    assert (code, err) == (0, "")
    assert {path.name for path in (folder / "found").iterdir()} == {"report.txt", "report.csv"}
    assert "pip install 'dual-random[plots]'" in out


def test_other_faults_of_pictures_are_told(folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A picture that fails for another reason than the missing extra is no reason to keep silent."""

    def refused(*_: Any, **__: Any) -> bytes:
        raise InputError([Note("file-empty")])

    monkeypatch.setattr("dual_random.auditing.p_values", refused)
    code, out, err = run(*ONE, "--by", "district", "--trials", "199", "--out", "found")
    assert (code, out) == (2, "")
    assert err.startswith("the file is empty")
    assert not (folder / "found").exists()


# ---- wrong input


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), ["firms.csv: what does RESULTS hold?"]),
        (("--by", "district"), ["firms.csv: what does RESULTS hold?"]),
        (("--drawn", "drawn=yes"), ["--by: one draw by itself shows nothing"]),
        (("--drawn", "drawn", "--by", "risk"), ["firms.csv: drawn: every unit (300) is marked", "'no', 'yes'"]),
        (("--drawn", "drawn=Yes", "--by", "risk"), ["firms.csv: drawn: no cell says 'Yes'"]),
        (("--drawn", "x=1", "--by", "y"), ["no column 'x'", "no column 'y'"]),
        (("--drawn", "drawn=yes", "--by", "drawn"), ["drawn: the column is part of the outcome"]),
        (("--drawn", "drawn=yes", "--by", "risk", "--strata", "drawn"), ["drawn: the column is part of the outcome"]),
        (("--draw", "uscc", "--units", "units.csv"), ["uscc: two options name this column"]),
        (("--draw", "x", "--result", "x", "--units", "units.csv"), ["x: two options name this column"]),
        (("--drawn", "drawn=yes", "--order", "staff", "--by", "risk"), ["--order: --order and --drawn say different"]),
        (("--drawn", "drawn=yes", "--draw", "x", "--by", "risk"), ["--draw: --draw and --drawn say different"]),
        (("--drawn", "drawn=yes", "--units", "units.csv", "--by", "risk"), ["--units: this has no use with --drawn"]),
        (("--drawn", "drawn=yes", "--chance", "x", "--result", "y", "--by", "risk"), ["--result: ", "--chance: "]),
        (("--drawn", "drawn=yes", "--by", "risk", "--by", "risk"), ["--by: 'risk' stands here more than once"]),
        (("--drawn", "drawn=yes", "--by", "uscc"), ["--by: nothing could be asked", "uscc: "]),
        (("--drawn", "drawn=yes", "--trend", "district", "--trend", "nope"), ["no column 'nope'"]),
        (("--order", "staff", "--strata", "risk", "--by", "risk"), ["--strata: this has no use with --order"]),
        (("--drawn", "drawn=yes", "--by", "risk", "--trials", "5"), ["--trials: 5 redraws cannot show"]),
        (("--order", "risk", "--by", "district"), ["row 1, risk: 'A' is no place", "300 in all: place-form 300"]),
        (("--order", "staff", "--by", "district"), ["row 1, staff: '0' is no place", "122 in all: place-form 122"]),
        (("--draw", "risk"), ["--draw: this has no use without --units"]),
        (("--draw", "risk", "--units", "units.csv", "--trials", "99"), ["--trials: this has no use with --draw"]),
        (("--draw", "risk", "--units", "units.csv", "--strata", "risk", "--chance", "risk"), ["--chance: state which"]),
        (("--draw", "risk", "--units", "units.csv"), ["firms.csv: row 61: 'E060' is not among the units (60)"]),
        (("--draw", "risk", "--units", "nope.csv", "--chance", "x"), ["nope.csv: there is no such file"]),
        (("--units", "units.csv", "--by", "risk"), ["firms.csv: row 61: 'E060' is not among the units (60)"]),
        (("--units", "firms.csv", "--by", "risk"), ["firms.csv: every unit (300) was drawn"]),
        (("--drawn", "drawn=yes", "--by", "risk", "--alpha", "-1"), []),
        (("--drawn", "drawn=yes", "--by", "risk", "--alpha=-1"), ["--alpha: '-1' is no level"]),
        (("--drawn", "drawn=yes", "--by", "risk", "--alpha", "5%"), ["--alpha: '5%' is no level"]),
        (("--drawn", "drawn=yes", "--by", "risk", "--alpha", "1e-9"), ["--trials: 9999 redraws cannot show"]),
        (("--drawn", "drawn=yes", "--by", "risk", "--trials", "0"), ["--trials: 0 is no number of redraws"]),
        (("--drawn", "drawn=yes", "--by", "risk", "--trials", "1000001"), ["--trials: 1000001 is no number"]),
        (("--drawn", "drawn=yes", "--by", "risk", "--trials", "many"), ["--trials: 'many' is no count"]),
        (("--drawn", "drawn=yes", "--by", ""), ["no column ''"]),
        (("--drawn", "=yes", "--by", "risk"), ["no column ''"]),
        (("--drawn", "=", "--trend", ""), ["no column ''"]),
        (("--draw", "risk", "--units", "units.csv", "--result", "x"), ["firms.csv: the table has no column 'x'"]),
        (("--drawn", "drawn=yes", "--by", "risk", "--encoding", "x"), ["--encoding: 'x' is no encoding"]),
    ],
)
def test_wrong_options(folder: Path, run: Run, words: tuple[str, ...], told: list[str]) -> None:
    """Whatever cannot be meant is refused with its remedy, in both languages: exit code 2, nothing on the screen."""
    before = sorted(os.listdir(folder))
    for lang in ("en", "zh"):
        code, out, err = run("--lang", lang, "audit", "firms.csv", "--id", "uscc", *words, "--out", "found")
        assert (code, out) == (2, "")
        assert "fault of the program" not in err
        assert "程序自身" not in err
        assert lang == "zh" or all(each in err for each in told)
    assert sorted(os.listdir(folder)) == before


def test_two_kinds_at_once_are_one_fault(folder: Path, run: Run) -> None:
    """What is idle depends on which of the two kinds is meant, so nothing is said of it before that is settled."""
    assert folder.is_dir()
    code, _, err = run(*ONE, "--order", "staff", "--by", "risk", "--chance", "x", "--units", "units.csv")
    assert (code, err.count("\n")) == (2, 1)
    assert err.startswith("--order: --order and --drawn")


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "the file is empty"),
        (b"\n\n", "the file is empty"),
        (b"uscc,drawn,district\n", "a header, but no rows"),
        (b"uscc,drawn\nE1,yes\n", "no column 'district'"),
        (b"uscc;drawn;district\nE1;yes;N\n", "separated by ';'"),
        (b"uscc,drawn,district\nE1,yes\n", "differs from the header"),
        (b"uscc,drawn,district,drawn\nE1,yes,N,no\n", "more than once"),
        (b"uscc,drawn,district\nE1,yes,N\nE1,no,S\n", "rows 1, 2: 'E1' stands on 2 rows"),
        (b"uscc,drawn,district\nE1,yes,N\n,no,S\n E3,no,N\n", "row 2: the text is empty"),
        (b"uscc,drawn,district\nE1,yes,N\nE2,no, S\n", "row 2, district: ' S' begins or ends"),
        (b"uscc,drawn,district\nE1,yes,N\nE2,yes,S\n", "every unit (2) is marked"),
        (b"uscc,drawn,district\nE1,no,N\nE2,no,S\n", "nobody was drawn"),
        (b"\x80\x81\x82,drawn\n", "is not UTF-8"),
        (b"\x1f\x8bnonsense", "no complete gzip file"),
        (b"uscc,drawn,district\nE1,yes,N\nE2,no,N\n", "nothing could be asked"),
    ],
)
def test_dirty_tables(folder: Path, run: Run, data: bytes, told: str) -> None:
    """Tables that are none are refused under their name, in a line that says what to do."""
    (folder / "firms.csv").write_bytes(data)
    code, out, err = run(*ONE, "--by", "district", "--trials", "199")
    assert (code, out) == (2, "")
    assert told in err
    assert "fault of the program" not in err


def test_faults_of_two_files_are_told_together(folder: Path, run: Run) -> None:
    """What is wrong with the units and with the results stands in one answer."""
    (folder / "units.csv").write_text("uscc,risk\nE001,A\nE001,B\n", encoding="utf-8")
    (folder / "draws.csv").write_text("draw,uscc\n1,\n2,E001\n", encoding="utf-8")
    code, _, err = run(*MANY)
    assert code == 2
    assert "units.csv: rows 1, 2: 'E001' stands on 2 rows" in err
    assert "draws.csv: row 1: the text is empty" in err


def test_chances_are_named_with_their_file(folder: Path, run: Run) -> None:
    """Chances that are none are told with file and unit."""
    assert folder.is_dir()
    code, _, err = run(*MANY, "--chance", "staff")
    assert code == 2
    assert "units.csv: chance.E001: " in err


def test_places_to_write_that_are_none(folder: Path, run: Run) -> None:
    """A file in the place of the folder is told, and nothing else is said."""
    for out in ("firms.csv", "firms.csv/found", "x" * 300, "a\0b"):
        code, said, err = run(*ONE, "--by", "risk", "--trials", "199", "--out", out)
        assert (code, said) == (2, "")
        assert "cannot be written" in err
    assert (folder / "firms.csv").is_file()


@pytest.mark.parametrize("size", [1, 2, 3])
def test_small_orders_and_draws(folder: Path, run: Run, size: int) -> None:
    """The smallest tables are answered, if only by saying that nothing can be asked of them."""
    rows = [{"id": f"E{i}", "rank": str(i + 1), "x": "ab"[i % 2], "n": str(i)} for i in range(size)]
    write(folder / "small.csv", rows)
    words = ("audit", "small.csv", "--id", "id", "--by", "x", "--trend", "n", "--trials", "199", "--out", "found")
    for kind in (("--order", "rank"), ("--drawn", "rank=1")):
        code, _, err = run(*words, *kind, "--force")
        assert code == (2 if size == 1 else 0), err
        assert "fault of the program" not in err


# ---- screen


class Terminal(StringIO):
    """A screen."""

    def isatty(self) -> bool:
        """That somebody looks."""
        return True


@pytest.mark.parametrize(("lang", "task"), [("en", "redrawing"), ("zh", "重新抽取")])
def test_a_terminal_sees_a_bar(folder: Path, capsys: pytest.CaptureFixture[str], lang: str, task: str) -> None:
    """The bar grows to the end with the redraws and is wiped; a pipe gets none."""
    assert folder.is_dir()
    terminal = Terminal()
    with redirect_stderr(terminal):
        assert main(["--lang", lang, *ONE, "--by", "district", "--trials", "199"]) == 0
    *lines, blank, end = terminal.getvalue().split("\r")[1:]
    assert lines[-1] == progress_line(task, 199, 199)
    assert (blank.strip(" "), end) == ("", "")
    assert "\r" not in capsys.readouterr().out


def test_help(run: Run) -> None:
    """Help has an example, the levels, the exit codes, and a line among all commands."""
    code, out, _ = run("audit", "--help")
    assert code == 0
    assert "example:\n  dual-random audit results.csv " in out
    assert "exit codes: 0" in out
    assert "a check fails" in out
    assert "0.01; with --draw 1e-6" in re.sub(r"\s+", " ", out)
    assert "\n  audit      " in run("--help")[1]


def test_other_commands_load_no_statistics() -> None:
    """The command line is ready without any module of the tests of fairness."""
    script = "import sys, dual_random.__main__; print([m for m in sys.modules if 'testing' in m and 'dual' in m])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    assert done.stdout.decode().strip() == "[]"


# ---- lines


def test_paragraphs() -> None:
    """Lines end at blanks or after Chinese commas, keep their indent, and lose nothing."""
    text = "  所问：" + "每次抽取，是否只含名单中的单位；" * 5 + " and some English words behind it, to the end."
    lines = paragraph(text, 40)
    assert "".join(line.strip() for line in lines).replace(" ", "") == text.replace(" ", "")
    assert all(line.startswith("  ") and not line.startswith("   ") for line in lines)
    assert max(map(width, lines)) <= 40
    assert paragraph("") == [""]
    assert paragraph("one two") == ["one two"]
    assert paragraph("x" * 50, 40) == ["x" * 50]
