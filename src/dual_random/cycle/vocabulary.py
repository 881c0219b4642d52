"""The words of a log: those that its columns know, and those that look like one and would be counted as none.

A mode may be any text, so a log that writes 双随机 for ``random`` would be read without a fault and have a
double-random share of nothing. Words whose meaning is plain are therefore refused, with the word to write instead;
nothing is translated silently.
"""

from collections.abc import Mapping, Sequence
from itertools import takewhile
from types import MappingProxyType
from typing import Final

from dual_random.errors import Note
from dual_random.forms import repeat_faults
from dual_random.tables import SEPARATOR
from dual_random.text import shown, text_fault

RANDOM: Final = "random"
SPECIAL: Final = "special"
PATROL: Final = "patrol"
COMPLAINT: Final = "complaint"
MODES: Final = (RANDOM, SPECIAL, PATROL, COMPLAINT)
LISTS: Final = ("inspectors", "items")  # several names in a cell
_YES: Final = ("yes", "no", "")
CHOICES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "joint": _YES,
        "result": ("none", "problem", "untraceable", ""),
        "mobile": _YES,
        "onsite": _YES,
        "rules": _YES,
    }
)

_OTHER_WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    RANDOM: (
        *("random", "doublerandom", "双随机", "随机", "双随机抽查", "双随机检查", "随机抽查", "双随机、一公开"),
        *("双随机一公开", "部门联合双随机抽查"),
    ),
    SPECIAL: ("special", "专项", "专项检查", "专项抽查", "专项整治", "专项行动"),
    PATROL: ("patrol", "patrols", "巡查", "日常巡查", "巡查检查"),
    COMPLAINT: ("complaint", "complaints", "投诉", "举报", "投诉举报", "举报投诉", "投诉检查", "投诉举报检查"),
}
_MODE_OF: Final = {word: mode for mode, words in _OTHER_WORDS.items() for word in words}
LISTING: Final = "\u3001"  # the enumeration comma (顿号): it joins names, and stands in names of items as well
JOINING: Final = ("\uff0c", "\uff1b")  # full-width comma and semicolon, which stand in no name
_IN_NO_ID: Final = (LISTING, *JOINING, ",")
_HEADINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "mode": ("检查方式", "检查类型", "方式"),
    "plan": ("计划", "计划编号", "抽查计划"),
    "joint": ("联合", "是否联合"),
    "due": ("截止日期", "应完成日期", "完成时限"),
    "arrived": ("到达时间", "到场时间", "检查时间", "检查日期", "开始时间"),
    "left": ("离开时间", "结束时间"),
    "result": ("结果", "检查结果"),
    "mobile": ("掌上执法", "移动执法"),
    "onsite": ("现场", "现场检查"),
    "published": ("公示", "公示日期", "公示时间"),
    "items": ("事项", "抽查事项", "检查事项"),
    "inspectors": ("检查人员", "执法人员", "执法检查人员"),
    "rules": ("信用规则", "应用信用规则"),
    "status": ("状态", "企业状态", "登记状态"),
    "finding": ("检查情况", "检查记录"),
}
_SHORTEST: Final = 3  # letters that another name begins with to look like it
_ALIKE: Final = 5  # first letters that two names share to look alike


def cell_faults(column: str, value: str) -> list[Note]:
    """Why a cell of a column of text, which is clean, cannot be meant as it stands.

    >>> [note.code for note in cell_faults("mode", "双随机") + cell_faults("inspectors", "P1、P2")]
    ['log-mode', 'log-names-joined']
    >>> cell_faults("mode", "综合查一次"), cell_faults("items", "学校、托幼机构检查;证照")
    ([], [])
    """
    if column in CHOICES:
        return [] if value in CHOICES[column] else [_word_note(column, value)]
    if column == "mode":
        return _mode_faults(value)
    return _name_faults(column, value) if column in LISTS else []


def mode_faults(modes: Sequence[object], at: str) -> list[Note]:
    """Why some words are no modes to ask a log for: no clean text, one twice, one that no log has.

    >>> [note.params["word"] for note in mode_faults(["投诉举报", "random"], "modes")]
    ['complaint']
    """
    faults: list[Note] = []
    for i, mode in enumerate(modes):
        note = text_fault(mode, f"{at}[{i}]", empty=True)
        strange = [note] if note else _mode_faults(str(mode))
        faults += [Note(each.code, f"{at}[{i}]", each.params) for each in strange]
    return faults + repeat_faults(modes, at)


def _word_note(column: str, value: str) -> Note:
    return Note("log-word", column, {"value": shown(value), "known": ", ".join(CHOICES[column][:-1])})


def _mode_faults(value: str) -> list[Note]:
    mode = value if value in MODES else _MODE_OF.get(_folded(value), value)
    return [] if mode == value else [Note("log-mode", "mode", {"value": shown(value), "word": mode})]


def _name_faults(column: str, value: str) -> list[Note]:
    """Several names that are not joined by the semicolon, so that they would be one person, or one item."""
    told = {"value": shown(value)}
    if any(sign in value for sign in (_IN_NO_ID if column == "inspectors" else JOINING)):
        return [Note("log-names-joined", column, told)]
    if column == "items" and LISTING in value and SEPARATOR not in value:
        written = shown(value.replace(LISTING, SEPARATOR))
        return [Note("log-items-listed", column, {**told, "written": written, "one": shown(value + SEPARATOR)})]
    return []


def _folded(text: str) -> str:
    return text.casefold().replace(" ", "").replace("-", "").replace("_", "")


def looks_like(name: str, column: str) -> bool:
    """Whether the name of a column of a table may be meant as one of a log: to ask, never to decide.

    >>> looks_like("publish", "published"), looks_like("Result", "result"), looks_like("公示日期", "published")
    (True, True, True)
    >>> looks_like("street", "result")
    False
    """
    found = _folded(name)
    if found in (column, *_HEADINGS.get(column, ())) or _one_slip(found, column):
        return True
    same = _shared(found, column)
    return same >= _ALIKE or same == min(len(found), len(column)) >= _SHORTEST


def _shared(one: str, other: str) -> int:
    """How many letters two names begin with together."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _one_slip(one: str, other: str) -> bool:
    """Whether two names, not short, differ in one letter, or in two neighbours exchanged."""
    if min(len(one), len(other)) <= _SHORTEST or abs(len(one) - len(other)) > 1:
        return False
    front = _shared(one, other)
    rests = one[front:], other[front:]
    ends = {rest[1:] for rest in rests}
    if len(one) == len(other):
        return len(ends) == 1 or (rests[0][:2] == rests[1][1::-1] and rests[0][2:] == rests[1][2:])
    short, long = sorted(rests, key=len)
    return long[1:] == short
