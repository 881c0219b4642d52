"""Checks and reports: Holm's rule against closed testing, what is told in both languages, what can be pickled."""

import pickle
from itertools import chain, combinations, permutations, product
from math import inf
from typing import cast

import pytest

from dual_random import InputError, Note
from dual_random.errors import Lang
from dual_random.testing.checks import ORDER, PLACE, Check, Report, UnfairError, holm, p_text, title, told

NOTE = Note("members-null")
SEES = Note("members-sees", "", {"trials": 7})


def check(p: float, limit: float = 0.05, name: str = "some") -> Check:
    """A statistical check, or with a limit of 0 an exact one."""
    return Check(name=name, null=NOTE, p=p, limit=limit, sees=SEES, detectable=1.5)


def closed(ps: tuple[float, ...], alpha: float) -> list[bool]:
    """A hypothesis falls if every set of hypotheses with it is rejected: its smallest p is at most alpha/size."""
    places = range(len(ps))
    groups = list(chain.from_iterable(combinations(places, size) for size in range(1, len(ps) + 1)))
    rejected = {group: min(ps[place] for place in group) <= alpha / len(group) for group in groups}
    return [all(rejected[group] for group in groups if place in group) for place in places]


def test_holm_is_closed_testing() -> None:
    """For all orders of up to four p-values, ties and limits included, the same fail."""
    some = (0.0, 0.01, 0.012, 0.0125, 0.02, 0.025, 0.05, 0.051, 1.0)
    cases = 0
    for size in range(5):
        for ps in product(some[:: 1 if size < 4 else 2], repeat=size):
            found = holm([check(p) for p in ps], 0.05)
            assert [each.failed for each in found] == closed(ps, 0.05)
            assert [each.p for each in found] == list(ps)
            cases += 1
    assert cases > 1400


def test_holm_limits_are_literal() -> None:
    """alpha/m, alpha/(m-1), … up to the first that passes, whose limit all later ones have."""
    for order in permutations([(0.001, 0.05 / 4), (0.013, 0.05 / 3), (0.03, 0.05 / 2), (0.031, 0.05 / 2)]):
        found = holm([check(p) for p, _ in order], 0.05)
        assert [each.limit for each in found] == [limit for _, limit in order]
    assert [each.failed for each in holm([check(0.02), check(0.02)], 0.05)] == [True, True]


def test_exact_checks_take_no_part_in_holm() -> None:
    """They keep their limit of 0, and leave alpha to the others."""
    found = holm([check(0.0, 0.0), check(0.04), check(1.0, 0.0)], 0.05)
    assert [(each.limit, each.failed, each.exact) for each in found] == [
        (0.0, True, True),
        (0.05, True, False),
        (0.0, False, True),
    ]
    assert holm([], 0.05) == ()


def test_a_check_fails_at_its_limit() -> None:
    """A p equal to the limit fails, one above passes; an exact check fails at 0 only."""
    assert [check(p, 0.01).failed for p in (0.0, 0.01, 0.0100001, 1.0)] == [True, True, False, False]
    assert [check(p, 0.0).failed for p in (0.0, 1.0)] == [True, False]


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0.0, "0"), (1.0, "1"), (0.5, "0.5"), (1.5, "1.5"), (12.345, "12.3"), (999.4, "999"), (999.5, "1,000"),
        (999.96, "1,000"), (1000.0, "1,000"), (1234.5, "1,234"), (4_000_000.0, "4,000,000"),
        (9_999_999.0, "9,999,999"), (1e7, "1e+07"),
        (0.0001, "0.0001"), (0.00009, "9e-05"), (1e-300, "1e-300"), (-2.5, "-2.5"), (-1234.0, "-1,234"), (inf, "inf"),
        (7, "7"), (1234567, "1,234,567"),
    ],
)  # fmt: skip
def test_numbers_are_told_as_people_read_them(number: float, text: str) -> None:
    """Three digits, separators from a thousand, powers of ten far out."""
    assert told(number) == text


def test_probabilities_of_nothing_are_told_so() -> None:
    """Below 10^-50 no two are told apart."""
    assert (p_text(1.0), p_text(3.21e-9), p_text(0.012345), p_text(1e-50)) == ("1", "3.21e-09", "0.0123", "1e-50")
    assert p_text(0.0) == p_text(9.9e-51) == p_text(1e-300) == "< 1e-50"
    assert told(12.3456, 4) == "12.35"


def report(*checks: Check, unchecked: tuple[Note, ...] = ()) -> Report:
    """Of some checks."""
    subject = Note("replicates-drawn", "", {"trials": 9, "size": "2", "units": 5})
    return Report(subject=subject, checks=checks, alpha=1e-6, unchecked=unchecked)


def test_a_report_is_true_if_nothing_failed() -> None:
    """With the names of what failed, the biases by name, and each check by its name."""
    fine, odd, exact = check(0.5, 0.01, "fine"), check(0.001, 0.01, "odd"), check(0.0, 0.0, "exact")
    good, bad = report(fine), report(fine, odd, exact)
    assert (good.ok, bool(good), good.failed) == (True, True, ())
    assert (bad.ok, bool(bad), bad.failed) == (False, False, (odd, exact))
    assert bad.detectable == {"fine": 1.5, "odd": 1.5}
    assert bad["odd"] is odd
    with pytest.raises(KeyError):
        bad["none"]
    with pytest.raises(TypeError):
        bad.detectable["fine"] = 2.0  # type: ignore[index]
    assert bool(report()) is True


def test_a_report_is_read_in_both_languages() -> None:
    """Failed checks first; every paragraph has the question, what lies farthest out, and what would have been seen."""
    far = Note("inclusion-worst", "E7", {"count": "9", "mean": "1", "p": "0"})
    odd = Check(name="odd", null=NOTE, p=0.001, limit=0.01, sees=SEES, worst=[far])
    left = Note("groups-unchecked", "district")
    both = report(check(0.5, 0.01, "fine"), odd, check(1.0, 0.0, "sure"), check(0.0, 0.0, "gone"), unchecked=(left,))
    lines = both.text().split("\n")
    assert lines == [
        "9 draws of 2 of 5 units",
        "UNFAIR: 2 of 4 checks failed: odd, gone. "
        "A fair procedure fails any of them with a probability of at most 1e-06.",
        "odd: FAILED (p 0.001, limit 0.01)",
        f"  {NOTE}",
        "  E7: 9 times, 1 expected (p 0)",
        f"  {SEES}",
        "gone: FAILED (exact)",
        f"  {NOTE}",
        f"  {SEES}",
        "fine: passed (p 0.5, limit 0.01)",
        f"  {NOTE}",
        f"  {SEES}",
        "sure: holds (exact)",
        f"  {NOTE}",
        f"  {SEES}",
        str(left),
    ]
    chinese = both.text("zh").split("\n")
    assert len(chinese) == len(lines)
    assert all(any("\u4e00" <= letter <= "\u9fff" for letter in line) for line in chinese)
    assert str(both) == both.text("en")
    assert str(odd) == odd.text("en")
    with pytest.raises(InputError):
        both.text(cast(Lang, "fr"))


def test_a_report_says_first_what_it_is_worth() -> None:
    """A probability where there is one; of exact checks, no false alarms; of none, that nothing was asked."""
    fine, sure, gone = check(0.5, 0.01, "fine"), check(1.0, 0.0, "sure"), check(0.0, 0.0, "gone")
    heads = {
        report(fine, sure): "No evidence of unfairness (checks: 2). A fair procedure fails any of them with",
        report(fine, gone): "UNFAIR: 1 of 2 checks failed: gone. A fair procedure fails any of them with a probability",
        report(sure): "All checks hold (1). They have no false alarms",
        report(sure, gone): "FAILED: 1 of 2 checks: gone. These checks have no false alarms",
        report(): "Nothing was asked, so this says nothing about fairness",
    }
    for found, head in heads.items():
        assert found.text().split("\n")[1].startswith(head)


def test_checks_have_chinese_names() -> None:
    """With the name in code behind; a name that is none of ours, and that of an attribute, stays as it is."""
    assert title("inclusion", "zh") == "抽中次数（inclusion）"
    assert title("trend: staff", "zh") == "趋势：staff"
    assert title("groups: 区", "zh") == "分组：区"
    assert title(f"trend: {PLACE}", "zh") == "趋势：在名单中的位置"
    assert title(f"trend: {ORDER}", "zh") == "趋势：按字节排序的位置"
    for name in ("district", "trend", "groups", "district: north", ""):
        assert title(name, "zh") == name
    for name in ("inclusion", "size", "trend: staff", f"trend: {PLACE}", f"trend: {ORDER}", "groups: a: b"):
        assert title(name, "en") == name
    odd = report(check(0.0, 0.01, "pairs"), check(0.0, 0.01, "trend: staff"))
    assert "成对出现（pairs）、趋势：staff" in odd.text("zh")
    assert odd.table(lang="zh")["check"] == ["成对出现（pairs）", "趋势：staff"]


def test_the_table_is_flat() -> None:
    """A row for each check in their order; exact ones without p and limit."""
    far = Note("answer-twice", "fair:1", {"unit": "E1"})
    odd = Check(name="odd", null=NOTE, p=0.0, limit=0.01, sees=SEES, worst=[far, far])
    table = report(odd, check(1.0, 0.0, "sure")).table()
    assert table == {
        "check": ["odd", "sure"],
        "failed": [True, False],
        "exact": [False, True],
        "p": ["< 1e-50", ""],
        "limit": ["0.01", ""],
        "null": [str(NOTE)] * 2,
        "sees": [str(SEES)] * 2,
        "worst": [f"{far}; {far}", ""],
    }
    assert report(odd).table(lang="zh")["null"] == [NOTE.text("zh")]


def test_reports_and_errors_survive_pickling() -> None:
    """A worker process can hand them on; the error is an assertion and says what the report says."""
    bad = report(check(0.0, 0.01, "odd"), unchecked=(NOTE,))
    assert pickle.loads(pickle.dumps(bad)) == bad
    error = UnfairError(bad)
    assert isinstance(error, AssertionError)
    again = pickle.loads(pickle.dumps(error))
    assert again.report == bad
    assert str(again) == str(error) == bad.text()


def test_what_is_no_check_is_refused() -> None:
    """All faults of a check, and of a report, at once."""
    with pytest.raises(InputError) as caught:
        Check(name="", null=cast(Note, "x"), p=cast(float, "0"), limit=0.1, sees=NOTE, worst=cast(tuple[Note], ["y"]))
    assert [note.at for note in caught.value.faults] == ["name", "null[0]", "p[0]", "worst[0]"]
    with pytest.raises(InputError) as caught:
        Report(
            subject=cast(Note, 1),
            checks=cast(tuple[Check], [2]),
            alpha=cast(float, "3"),
            unchecked=cast(tuple[Note], [4]),
        )
    assert [note.at for note in caught.value.faults] == ["subject", "checks[0]", "unchecked[0]", "alpha"]
    with pytest.raises(InputError):
        Report(subject=NOTE, checks=cast(tuple[Check], {check(1.0)}), alpha=0.1)
