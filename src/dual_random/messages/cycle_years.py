"""What the pictures of a year say."""

from typing import Final

from dual_random.messages.message import Message

MESSAGES: Final[dict[str, Message]] = {
    # ---- cycle/year_pictures.py
    "year-empty": Message(
        "there are no visits to show: pass the schedules or months of a year with visits",
        "没有可以显示的户次：请提供有户次的排期或月份",
    ),
    "year-months": Message(
        "Visits saved, month by month",
        "逐月减少的户次",
    ),
    "year-checks": Message(
        "a visit for each check of a department",
        "每次部门检查各为一个户次",
    ),
    "year-independent": Message(
        "independent draws, on average",
        "各部门分别抽取（平均值）",
    ),
    "year-draw": Message(
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
        "逐日户次",
    ),
    "year-all": Message(
        "all",
        "合计",
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
