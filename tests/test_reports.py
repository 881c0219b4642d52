"""Reports: columns by the width of characters, both languages, nothing wider than a terminal of 100."""

from string import Formatter

import attrs
import pytest

from dual_random import Demand, JointRule, Note, Rate, Register, Slot, TeamRule, commit, demo, draw
from dual_random.errors import Lang
from dual_random.explanations import Explanation
from dual_random.labels import WORDS, word
from dual_random.reports import (
    _range,
    aligned,
    change_lines,
    commitment_lines,
    explanation_lines,
    fault_lines,
    labelled,
    outcome_lines,
    rate_text,
    reserve_lines,
    rule_lines,
    width,
    wrapped,
)


@pytest.mark.parametrize(("text", "cells"), [("", 0), ("abc", 3), ("市监", 4), ("a市", 3), ("\uff21", 2), ("“–…", 3)])
def test_width(text: str, cells: int) -> None:
    """Wide and full-width characters fill two cells, all others one."""
    assert width(text) == cells


def test_aligned() -> None:
    """Columns begin (or, flush right, end) at the same cell, whatever the script."""
    lines = aligned([["市监", "7", "x"], ["ab", "1234", "y"]], right=[1])
    assert lines == ["市监     7  x", "ab    1234  y"]


def test_wrapped() -> None:
    """Lines break at blanks only and lose no word; a word that is too long stands alone."""
    assert wrapped("aa bb cccccc d", 5, hang="-") == ["aa bb", "-cccccc", "-d"]
    assert wrapped("市监 消防", 9) == ["市监 消防"]
    assert wrapped("市监 消防", 8) == ["市监", "  消防"]


def test_labelled() -> None:
    """What stands beside a label stays in its column when it is wrapped."""
    lines = labelled([("标签", "word " * 20 + "end")])
    assert len(lines) == 2
    assert width(lines[0][: lines[0].index("word")]) == width(lines[1][: lines[1].index("word")]) == 32


def test_fault_lines_count_many() -> None:
    """Up to ten notes stand alone; more are followed by a count of each code."""
    notes = [Note("text-empty", f"row {row}") for row in range(10)] + [Note("demands-missing")]
    assert len(fault_lines(notes[:10], "en")) == 10
    assert fault_lines(notes, "en")[-1] == "11 in all: demands-missing 1, text-empty 10"
    assert fault_lines(notes, "zh")[-1].startswith("共 11 项")


def test_fault_lines_move_no_cursor() -> None:
    """A note is one line, even if a file's name or content has line ends or escapes in it."""
    assert fault_lines([Note("file-missing", "a\nb\x1b[2J")], "en")[0].startswith("a\\nb\\x1b[2J: ")


@pytest.mark.parametrize(
    ("of", "lang", "text"),
    [
        ("visits", "en", "1/8 = 12.50% of visits"),
        ("checks", "zh", "1/8 = 12.50%（按部门检查）"),
        ("食品", "zh", "1/8 = 12.50%（按食品）"),
    ],
)
def test_rate_text(of: str, lang: Lang, text: str) -> None:
    """A rate stands with its counts and what they count, in the language of the report; in English as `str` has it."""
    rate = Rate(1, 8, of=of)
    assert rate_text(rate, lang) == text
    assert rate_text(rate, "en") == str(rate)


@pytest.mark.parametrize("key", WORDS)
def test_words_in_both_languages(key: str) -> None:
    """Every word of the reports stands in both languages, with the same fields."""
    fields = [sorted(name for _, name, _, _ in Formatter().parse(text) if name) for text in WORDS[key]]
    assert all(WORDS[key])
    assert fields[0] == fields[1]


def test_commitment_lines() -> None:
    """A commitment's report has its digest, size, source of the seed, and no word of exclusions if there are none."""
    commitment = commit(demo.plan(), demo.district(8_000))
    text = "\n".join(commitment_lines(commitment, "en"))
    assert commitment.digest in text
    assert "8000 enterprises" in text
    assert "00 00 00 00 00 00 + 00" in text
    assert "excluded" not in text


def test_outcome_lines_without_target() -> None:
    """Rates stand with their counts and measure; a plan without a target says nothing of one."""
    register = demo.district(8_000)
    free = attrs.evolve(demo.plan(), joint=JointRule())
    for plan, told in ((demo.plan(), True), (free, False)):
        record = draw(commit(plan, register), register, seed=demo.SEED).record
        text = "\n".join(outcome_lines(record, "en"))
        assert ("49.60%" in text) == told
        assert str(record.joint_rate()) in text
        assert str(record.joint_rate(of="checks")) in text
        assert f"{record.interruptions_avoided} avoided = {record.outcome.checks} checks" in text


@pytest.mark.parametrize(("lang", "average", "below"), [("en", "average", "one draw may"), ("zh", "平均", "可以低于")])
def test_bound_is_an_average(lang: Lang, average: str, below: str) -> None:
    """The bound is said to be an average over draws, and that one draw may lie below it."""
    told = word("bound-how", lang, bound="1451.12")
    assert told.index(average) < told.index("1451.12") < told.index(below)


@pytest.mark.parametrize(("numbers", "text"), [([], "–"), ([4, 4], "4"), ([9, 2, 10], "2–10")])
def test_ranges(numbers: list[int], text: str) -> None:
    """From the lowest to the highest; equal numbers once; a dash for none."""
    assert _range(numbers) == text


def test_reserves_are_told_in_their_order() -> None:
    """All of them; where there is nobody, what then."""
    assert reserve_lines(["P2", "P1"], "en")[0].endswith("in this order: P2, P1")
    for lang, told in (("en", "Nobody can take this place: "), ("zh", "无人可以递补")):
        lines = reserve_lines([], lang)  # type: ignore[arg-type]
        assert lines[0].startswith(told)
        assert max(map(width, lines)) <= 100
    many = [f"P{i}" for i in range(60)]
    assert ", ".join(many) in " ".join(" ".join(reserve_lines(many, "en")).split())


def test_changes_of_a_register_are_cut_at_fifty() -> None:
    """Up to fifty differences stand alone; of more the first fifty stand above how many there are of each code."""
    notes = [Note("row-removed", f"E{i}") for i in range(50)]
    assert [line.partition(":")[0] for line in change_lines(notes, "en")[:50]] == [note.at for note in notes]
    assert change_lines(notes, "en")[50:] == ["50 in all: row-removed 50"]
    more = [*notes, *(Note("row-added", f"F{i}") for i in range(500))]
    assert change_lines(more, "en")[49:] == ["E49: the row was removed", "… 550 in all: row-added 500, row-removed 50"]
    assert len(change_lines(more, "zh")) == 51


def test_teams_are_told_before_the_draw() -> None:
    """By department: how many people there are, the limits as the plan writes them, the slots of a visit."""
    people = Register({"id": ["A1", "A2", "B1"], "department": ["A", "A", "B"]}, id="id", columns=["department"])
    own = TeamRule("A", slots=[Slot("leader"), Slot("member", 2, only_for="A")], most=9, most_per_period=3, relief=True)
    plan = attrs.evolve(demo.plan(), joint=JointRule(), demands=[Demand("A", take=1), Demand("B", take=1)], teams=[own])
    lines = [line.split("  ") for line in rule_lines(plan, ["A", "B"], people, "en")]
    assert [[cell.strip() for cell in line if cell] for line in lines] == [
        ["department 部门", "people 人员", "limits 限额", "slots of a visit 每户次岗位"],
        ["A", "2", "most 9, most_per_period 3, relief", "leader 1, member 2 (only_for A)"],
        ["B", "1", "–", "member 2"],
    ]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_reasons_are_sentences(lang: Lang) -> None:
    """A statement that has no end elsewhere ends with a full stop among its neighbours."""
    note = Note("not-eligible-absent", "F1", {"period": "8月", "reason": "年休假"})
    found = Explanation(enterprise="E1", inspector="F1", drawn=False, steps=(note,), commands=())
    assert explanation_lines(found, lang)[-1].endswith({"en": ".", "zh": "。"}[lang])
