"""What is measured, by its name, with the term that Chinese authorities use for it."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from dual_random.errors import Lang, Note
from dual_random.rates import DOUBLE_RANDOM_SHARE, JOINT_SAMPLING_RATE
from dual_random.tables import SEPARATOR

JOINT_IMPLEMENTATION: Final = "joint-implementation rate"
TRULY_JOINT: Final = "truly-joint rate"
PROBLEM_DETECTION: Final = "problem-detection rate"
UNTRACEABLE: Final = "untraceable share"
INTERRUPTIONS_AVOIDED: Final = "interruptions avoided"
ITEM_COVERAGE: Final = "item coverage"
MOBILE: Final = "mobile share"
CREDIT_RULES: Final = "credit-rule share"
ON_TIME: Final = "on-time rate"
PUBLISHED_ON_TIME: Final = "published-on-time rate"
PLANNED: Final = "planned share"
OF_MODES: Final = "problem-detection rate of each mode"

INDICATORS: Final[Mapping[str, str]] = MappingProxyType(
    {
        DOUBLE_RANDOM_SHARE: "双随机占比",
        JOINT_SAMPLING_RATE: "跨部门联合抽查率",
        JOINT_IMPLEMENTATION: "联合实施率",
        TRULY_JOINT: "有效联合率",
        PROBLEM_DETECTION: "问题检出率",
        UNTRACEABLE: "查无下落占比",
        INTERRUPTIONS_AVOIDED: "减少企业干扰",
        ITEM_COVERAGE: "事项覆盖率",
        MOBILE: "掌上执法率",
        CREDIT_RULES: "应用信用规则率",
        ON_TIME: "按时完成率",
        PUBLISHED_ON_TIME: "按时公示率",
        PLANNED: "计划检查率",
    }
)
_WORDS: Final[Mapping[str, str]] = {
    "visits": "户次",
    "checks": "部门检查",
    "items": "抽查事项",
    "tasks": "抽查任务",
    "department": "部门",
    "month": "月份",
    "mode": "检查方式",
    "plan": "计划",
    "inspectors": "执法检查人员",
    "enterprise": "检查对象",
    "random": "双随机",
    "special": "专项",
    "patrol": "巡查",
    "complaint": "投诉举报",
    "problem": "计为发现问题",
    "break": "中断连续",
    "ignore": "不计",
    "all modes": "各种方式",
    OF_MODES: "各检查方式的问题检出率",
}
_TOLD: Final = ("mode", "worse_by", "better_by", "untraceable")  # params whose values are words of the library
_OF_MODE: Final = ": "
_UNKNOWN: Final = "–"


def of_mode(name: str, mode: str) -> str:
    """The name of an indicator that counts the visits of one mode only.

    >>> of_mode(PROBLEM_DETECTION, "random"), of_mode(PROBLEM_DETECTION, "")
    ('problem-detection rate: random', 'problem-detection rate: –')
    """
    return f"{name}{_OF_MODE}{mode or _UNKNOWN}"


def base(name: str) -> str:
    """What an indicator is one of: itself, or those that count one mode only.

    >>> base("planned share"), base("problem-detection rate: random")
    ('planned share', 'problem-detection rate of each mode')
    """
    return OF_MODES if name.startswith(PROBLEM_DETECTION + _OF_MODE) else name


def mode_of(name: str) -> str:
    """The mode that an indicator of one mode counts.

    >>> mode_of("problem-detection rate: random"), mode_of("problem-detection rate: –")
    ('random', '')
    """
    mode = name.removeprefix(PROBLEM_DETECTION + _OF_MODE)
    return "" if mode == _UNKNOWN else mode


def term(name: str, lang: Lang) -> str:
    """An indicator, a measure, a kind of scope or a mode in a language; other words stay as they are.

    >>> term(of_mode(PROBLEM_DETECTION, "random"), "zh"), term("visits", "zh"), term("街道", "zh")
    ('问题检出率（双随机）', '户次', '街道')
    """
    if lang == "en":
        return name
    indicator, colon, mode = name.partition(_OF_MODE)
    if colon and indicator in INDICATORS:
        return f"{INDICATORS[indicator]}（{_WORDS.get(mode, mode)}）"
    return INDICATORS.get(name) or _WORDS.get(name, name)


def translated(note: Note, lang: Lang) -> Note:
    """A note whose modes and other words of the library are in a language, to be told in it.

    >>> note = Note("quality-unplanned", "V1", {"departments": "消防", "enterprise": "E1", "mode": "patrol"})
    >>> translated(note, "zh").params["mode"], translated(note, "en") is note
    ('巡查', True)
    """
    words = {name: value for name in _TOLD if isinstance(value := note.params.get(name), str)}
    if lang == "en" or not words:
        return note
    told = {name: SEPARATOR.join(term(word, lang) for word in value.split(SEPARATOR)) for name, value in words.items()}
    return Note(note.code, note.at, {**note.params, **told})
