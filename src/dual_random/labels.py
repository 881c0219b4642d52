"""The words that stand in reports beside figures, in English and Chinese."""

from collections.abc import Mapping
from typing import Final

from dual_random.errors import Lang

WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "plan": ("plan 计划", "计划"),
    "register": ("register 名录库", "名录库"),
    "register-size": ("{rows} enterprises; columns {columns}", "{rows} 个检查对象；列：{columns}"),
    "inspectors": ("inspectors 执法检查人员", "执法检查人员"),
    "inspectors-size": ("{rows} people; columns {columns}", "{rows} 人；列：{columns}"),
    "recusals": ("recusals 回避、请假", "回避、请假"),
    "recusals-how": (
        "{count}: from enterprises {places}, for periods {times}, from all {out}",
        "{count} 条：对检查对象 {places}，时段缺勤 {times}，不参加 {out}",
    ),
    "meetings": ("meetings 同组次数", "同组次数"),
    "meetings-how": ("{count} pairs of inspectors", "{count} 对执法检查人员"),
    "staffs": ("visits of record 为记录派员", "为记录派员"),
    "staffs-how": ("{digest}, periods: {periods}", "{digest}，时段：{periods}"),
    "supplements": ("supplements 补充抽查", "补充抽查"),
    "voids": ("declares void 作废", "作废"),
    "excluded": ("excluded 排除", "排除"),
    "excluded-notes": ("{count} in all: {codes}", "{count} 项：{codes}"),
    "digest": ("commitment digest 承诺摘要", "承诺摘要"),
    "awaits": ("seed to come 种子来源", "种子来源"),
    "awaits-source": (
        "{source} {event}, not before {earliest}",
        "{source} {event}，不早于 {earliest}",
    ),
    "form": ("to be written as 书写形式", "书写形式"),
    "demand": ("demand 抽查需求", "抽查需求"),
    "department": ("department 部门", "部门"),
    "strata": ("strata 层", "层数"),
    "population": ("of 对象数", "对象数"),
    "number": ("draw 抽取", "抽取"),
    "follows": ("goes with {demand}", "随 {demand}"),
    "notices": ("notices 提示", "提示"),
    "seed": ("seed 种子", "种子"),
    "record": ("record digest 记录摘要", "记录摘要"),
    "visits": ("visits 户次", "户次"),
    "joint": ("joint 联合", "联合"),
    "share": ("share 占比", "占比"),
    "checks": ("checks 部门检查", "部门检查"),
    "visits-count": ("{visits}, of them {joint} joint", "{visits}，其中联合 {joint}"),
    "rate": ("joint-sampling rate 联合抽查率", "跨部门联合抽查率"),
    "rate-of": ("{counts} of {of}", "{counts}（按{of}）"),
    "of-visits": ("visits", "户次"),
    "of-checks": ("checks", "部门检查"),
    "target": ("target 目标", "目标"),
    "target-met": ("{target} of {of}: met", "{target}（按{of}）：已达到"),
    "target-missed": (
        "{target} of {of}: missed; nobody draws again for it",
        "{target}（按{of}）：未达到；不得为此重抽",
    ),
    "places": ("places 名额", "名额"),
    "people": ("people 人员", "人员"),
    "limits": ("limits 限额", "限额"),
    "slots": ("slots of a visit 每户次岗位", "每户次岗位"),
    "each": ("each 每人", "每人户次"),
    "load": ("load 任务量", "任务量"),
    "teams-how": (
        "people: who go, and of how many; each: the fewest and the most visits of one who goes",
        "人员：派出人数，斜线后为部门全部人数；每人户次：派出者中最少至最多",
    ),
    "teams-known": (
        "people: who go; each: the fewest and the most visits of one of them",
        "人员：派出人数；每人户次：其中最少至最多",
    ),
    "teams-loaded": (
        "people: who go, and of how many; each: the fewest and the most visits of one who goes; load: with those "
        "brought along",
        "人员：派出人数，斜线后为部门全部人数；每人户次：派出者中最少至最多；任务量：连同原有任务",
    ),
    "reserves": (
        "Should this inspector be unable to come, in this order: {names}",
        "如该人员不能到场，依次递补：{names}",
    ),
    "reserves-none": (
        "Nobody can take this place: all others are not eligible, at a limit, or on the visit. The record stays as it "
        "is: report the place as not filled; people and limits that are added count in a later plan.",
        "无人可以递补：其他人员均不符合条件、已达上限或已在本户次中。 记录不作改动：请如实说明该名额空缺；"
        "新增人员或放宽限额自以后的计划起生效。",
    ),
    "shortages": ("shortages 缺员", "缺员"),
    "relief": ("relief 放宽", "放宽"),
    "layout": ("reached by 方式", "实现方式"),
    "layout-nested": (
        "every demand at its lowest tickets, where departments meet by themselves",
        "各需求检查各自签号最低者，部门自然相遇",
    ),
    "layout-spread": (
        "departments spread over the same number of visits; without that the target would be missed",
        "户次不变，将各部门分摊到各户；否则未达到目标",
    ),
    "layout-extra": (
        "departments spread, and {extra} visits made for the target alone",
        "分摊各部门，并仅为目标增加 {extra} 户次",
    ),
    "over": ("above the limit 超出上限", "超出上限"),
    "over-how": (
        "cells that have a visit by more departments than {most}: {over}; too few firms there for all checks, or a "
        "follower goes along",
        "{over} 个单元有超过 {most} 个部门的检查：其中对象不足以分摊，或有配合部门随行",
    ),
    "held": ("held back by 制约单元", "制约单元"),
    "held-how": (
        "cells below the target: {count}, {alone} of {visits} visits by one department alone; the most in {cells}",
        "{count} 个单元低于目标，其中 {visits} 户次里有 {alone} 户次仅一个部门；最多的是 {cells}",
    ),
    "independent": ("independent draws 分别抽取", "分别抽取"),
    "independent-how": (
        "{visits} visits to expect if each department drew by itself",
        "若各部门分别抽取，预计 {visits} 户次",
    ),
    "receipts": ("receipts 凭证", "凭证"),
    "receipts-how": ("{size} in the tree of root {root}", "共 {size} 张，根 {root}"),
    "best": ("best reachable 可达最高", "可达最高"),
    "best-how": ("{rate}, by any layout of these checks", "{rate}，检查不变、任意组合时"),
    "spared": ("interruptions 减少企业干扰", "减少企业干扰"),
    "spared-how": (
        "{spared} avoided = {checks} checks - {visits} visits",
        "{spared} = 部门检查 {checks} - 户次 {visits}",
    ),
    "next": ("next 下一步", "下一步"),
    "next-publish": (
        "publish the digest now, before the seed exists ({event}); keep the file: {tool} {file} prints the digest",
        "请在种子产生（{event}）之前公布摘要（{tool} {file} 即得），并保存文件",
    ),
    "next-rehearse": (
        "before you publish, are there people enough for whatever is drawn?",
        "公布之前：无论抽中哪些对象，人员是否够用？",
    ),
    "lacking": ("left out, since nothing is known of them:", "未列出的指标（缺少数据）："),
    "amended-enterprise": (
        "{on}: {enterprise} cannot be visited ({reason}); in its place: {taken}",
        "{on}：{enterprise} 无法检查（{reason}），由 {taken} 递补",
    ),
    "amended-enterprise-by-nobody": (
        "{on}: {enterprise} cannot be visited ({reason}); nobody is left who could take the place",
        "{on}：{enterprise} 无法检查（{reason}），无可递补的对象",
    ),
    "amended-person": (
        "{on}: {inspector} cannot come to {enterprise} ({reason}); {taken} goes instead",
        "{on}：{inspector} 不能前往 {enterprise}（{reason}），改由 {taken} 前往",
    ),
    "amended-person-by-nobody": (
        "{on}: {inspector} cannot come to {enterprise} ({reason}); nobody else could go, and the place stays empty",
        "{on}：{inspector} 不能前往 {enterprise}（{reason}），无人可接替，岗位空缺",
    ),
    "next-short": (
        "nobody goes for {departments}, and nothing is drawn again: after people or limits were added, a plan of its "
        "own can staff just these (with the periods, if there are any; tutorial, section 8); it says",
        "{departments} 未派任何人员，不得重抽；增加人员或放宽限额后，可另立计划（如有时段须写明）仅为其派员，写明：",
    ),
    "next-draw": ("when the seed is out, written in the announced form:", "种子公布后，按公布的形式书写："),
    "unchecked": ("not checked 未核对", "未核对"),
    "demo": (
        "A synthetic district, the same on every machine; none of its enterprises exists.",
        "合成的演示辖区：在任何机器上都相同，其中的企业均不存在。",
    ),
    "demo-commit": (
        "Commit 承诺: rules, register and all numbers are fixed before the seed exists",
        "承诺：在种子产生之前固定规则、名录库和全部数量",
    ),
    "demo-draw": (
        "Draw 抽取: the seed comes from outside (in this demo it is a fixed text)",
        "抽取：种子来自外部（演示中为固定文本）",
    ),
    "demo-verify": ("Verify 核验: what anybody can do", "核验：任何人都可以做"),
    "demo-why": ("Explain 说明: why one enterprise was drawn", "说明：某企业为何被抽中"),
    "demo-team": ("A visit and who goes 户次与派员", "某一户次与派员"),
    "demo-written": ("{folder} has {files}", "{folder} 中有 {files}"),
    "demo-next": ("Try 试一试", "试一试"),
    "bound": ("bound 下界", "户次下界"),
    "bound-how": (
        "the average over many draws is {bound} visits or more, by any method; one draw may have fewer",
        "无论用何种方法，多次抽取的平均户次都不少于 {bound}；单次抽取可以低于此数",
    ),
    "rehearsing": ("rehearsing", "模拟抽取"),
    "auditing": ("redrawing", "重新抽取"),
    "in-order": ("{column}, in order", "{column}（按大小）"),
    "part": ("PART", "分子"),
    "whole": ("WHOLE", "分母"),
}


def word(key: str, lang: Lang, **values: str | int) -> str:
    """A word or phrase of the reports in a language."""
    return WORDS[key][lang == "zh"].format_map(values)
