"""What is said about a year as an example, and in the pictures of a year."""

from typing import Final

from dual_random.messages.message import Message

MESSAGES: Final[dict[str, Message]] = {
    # ---- cycle/year_logs.py
    "year-unstaffed": Message(
        "this record has no inspectors, and nobody can be logged: draw with a register of inspectors",
        "该记录没有执法检查人员，无法生成日志：请连同人员名录库一起抽取",
    ),
    "year-checks": Message(
        "a log of {value} checks is too short for {drawn} drawn ones and {others} in joint operations: ask for {least} or more",
        "日志共 {value} 次检查，容不下已抽取的 {drawn} 次和联合行动的 {others} 次：请不少于 {least} 次",
    ),
    # ---- cycle/year_pictures.py
    "year-empty": Message(
        "there are no visits to show: pass the schedules or months of a year with visits",
        "没有可以显示的户次：请提供有户次的排期或月份",
    ),
    "year-months": Message(
        "Visits saved, month by month",
        "逐月减少的户次",
    ),
    "year-bar-checks": Message(
        "a visit for each check of a department",
        "每次部门检查各为一个户次",
    ),
    "year-bar-independent": Message(
        "independent draws, on average",
        "各部门分别抽取（平均值）",
    ),
    "year-bar-draw": Message(
        "this draw: joint visits + visits of one department alone",
        "本次抽取：联合户次 + 单独户次",
    ),
    "year-saved": Message(
        "Interruptions avoided: {checks} checks - {visits} visits = {saved}.",
        "减少企业干扰：部门检查 {checks} - 户次 {visits} = {saved}。",
    ),
    "year-fewer": Message(
        "Fewer visits than by independent draws on average: {independent} - {visits} = {fewer}.",
        "比各部门分别抽取平均减少的户次：{independent} - {visits} = {fewer}。",
    ),
    "year-rates-visits": Message(
        "Joint-sampling rate of visits, by month",
        "逐月跨部门联合抽查率（按户次）",
    ),
    "year-rates-checks": Message(
        "Joint-sampling rate of checks, by month",
        "逐月跨部门联合抽查率（按部门检查）",
    ),
    "year-target": Message(
        "target of the year: {target}",
        "全年目标：{target}",
    ),
    "year-rate": Message(
        "The whole year: {counts}.",
        "全年：{counts}。",
    ),
    "year-days": Message(
        "Visits a day",
        "逐日检查户次",
    ),
    "year-all": Message(
        "visits",
        "检查户次数",
    ),
    "year-shades": Message(
        "Visits of a day:",
        "当日户次：",
    ),
    "year-free": Message(
        "Without a number: nobody works. A month has its share of the visits, be it long or short, so its days are the fuller the fewer they are.",
        "无数字的日期为休息日。每月户次按份额分配，不论工作日多少，因此工作日越少，每日户次越多。",
    ),
}
