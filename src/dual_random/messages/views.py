"""What is said about assignments, receipts, rehearsals and pictures."""

from typing import Final

from dual_random.messages.message import Message

MESSAGES: Final[dict[str, Message]] = {
    # ---- assignments.py
    "why-nobody-dealt": Message(
        "No inspectors were committed, so the draw sends nobody by name.",
        "承诺中没有执法检查人员名录库，因此抽取结果不含人员。",
    ),
    "why-inspector-unknown": Message(
        "{inspector} is not in the register of inspectors, so nobody could draw this person.",
        "{inspector} 不在执法检查人员名录库中，因此不可能被抽中。",
    ),
    "why-inspector-excluded": Message(
        "{inspector} was kept out of the register of inspectors, openly, for this reason:",
        "{inspector} 已公开排除在执法检查人员名录库之外，原因如下：",
    ),
    "why-unvisited": Message(
        "{inspector} does not go to {enterprise}, because this record has no visit there.",
        "{inspector} 不去 {enterprise}，因为本记录中没有对它的户次。",
    ),
    "why-not-coming": Message(
        "{inspector} does not go: the department is {department}, and {enterprise} is visited by {departments}.",
        "{inspector} 不去：其所属部门为 {department}，而 {enterprise} 由 {departments} 检查。",
    ),
    "why-dealt-earlier": Message(
        "{inspector} is not drawn here: an earlier record staffs {department}.",
        "{inspector} 不在本次派员之列：{department} 的人员已由先前的记录派出。",
    ),
    "why-department-short": Message(
        "{inspector} does not go, because nobody was dealt to {department}: its places cannot all be filled.",
        "{inspector} 不去，因为 {department} 的名额无法全部排满，未派任何人员：",
    ),
    "why-no-slot": Message(
        "{inspector} does not go: {department} has no slot on the visit to {enterprise}.",
        "{inspector} 不去：{department} 在 {enterprise} 的户次上没有岗位。",
    ),
    "why-full": Message(
        "{inspector} does not go: when this visit was dealt, number {place} of {visits} of {department}, {inspector} had the load {load}, and {most} is the most.",
        "{inspector} 不去：派到本户次（{department} 共 {visits} 户次中的第 {place} 个）时，{inspector} 的任务数已为 {load}，而上限为 {most}。",
    ),
    "why-full-period": Message(
        "{inspector} does not go: when this visit was dealt, number {place} of {visits} of {department}, {inspector} had {count} visits in {period} already, the most in one period.",
        "{inspector} 不去：派到本户次（{department} 共 {visits} 户次中的第 {place} 个）时，{inspector} 在 {period} 已有 {count} 个户次，达到每时段上限。",
    ),
    "why-full-deal": Message(
        "{inspector} does not go: when this visit was dealt, number {place} of {visits} of {department}, {inspector} had {count} visits of this deal already, the most that one may have.",
        "{inspector} 不去：派到本户次（{department} 共 {visits} 户次中的第 {place} 个）时，{inspector} 在本次派员中已有 {count} 个户次，达到上限。",
    ),
    "why-goes-only": Message(
        "{inspector} goes for {department} as {slot}: no other candidate was left (eligible, below the limits, not yet on the visit).",
        "{inspector} 作为 {department} 的 {slot} 前往：已没有其他候选人（符合条件、未达上限、未在本户次中）。",
    ),
    "why-goes-load": Message(
        "{inspector} goes for {department} as {slot}: of {candidates} candidates nobody else had so low a load ({load}).",
        "{inspector} 作为 {department} 的 {slot} 前往：{candidates} 名候选人中，任务数最低（{load}）的只有此人。",
    ),
    "why-goes-ticket": Message(
        "{inspector} goes for {department} as {slot}: of {candidates} candidates {level} had the lowest load ({load}), and {inspector} the lowest ticket among them.",
        "{inspector} 作为 {department} 的 {slot} 前往：{candidates} 名候选人中，{level} 人任务数最低（{load}），其中 {inspector} 的签号最低。",
    ),
    "why-goes-met": Message(
        "{inspector} goes for {department} as {slot}: of {candidates} candidates {level} had the lowest load ({load}), and among them {inspector} alone had met those on the visit least often ({met}).",
        "{inspector} 作为 {department} 的 {slot} 前往：{candidates} 名候选人中，{level} 人任务数最低（{load}），其中与本户次已定人员同组次数最少（{met}）的只有 {inspector}。",
    ),
    "why-goes-met-ticket": Message(
        "{inspector} goes for {department} as {slot}: of {candidates} candidates {level} had the lowest load ({load}), {alike} of these had met those on the visit least often ({met}), and {inspector} had the lowest ticket among these.",
        "{inspector} 作为 {department} 的 {slot} 前往：{candidates} 名候选人中，{level} 人任务数最低（{load}），其中 {alike} 人与本户次已定人员同组次数最少（{met}），而 {inspector} 的签号在这些人中最低。",
    ),
    "why-goes-next": Message(
        "{inspector} goes for {department} as {slot}: number {rank} of {candidates} candidates in the order of load, meetings if the rule rotates, and ticket; those before ({passed}) were passed over, because with none of them all places still open could have been filled.",
        "{inspector} 作为 {department} 的 {slot} 前往：按任务数、同组次数（规则要求轮换时）和签号，在 {candidates} 名候选人中排第 {rank}；排在前面的（{passed}）被跳过，因为若派其中任何一人，其余名额就无法全部排满。",
    ),
    "why-not-sent": Message(
        "{inspector} does not go as {slot}: number {rank} of {candidates} candidates in the order of load and ticket (load {load}, ticket {ticket}…); the places went to {people}, up to load {last_load} and ticket {last}….",
        "{inspector} 不作为 {slot} 前往：按任务数和签号，在 {candidates} 名候选人中排第 {rank}（任务数 {load}，签号 {ticket}…）；派出的是 {people}，至任务数 {last_load}、签号 {last}… 为止。",
    ),
    "why-not-sent-met": Message(
        "{inspector} does not go as {slot}: for the last place number {rank} of {candidates} candidates in the order of load, meetings with those on the visit, and ticket (load {load}, met {met}, ticket {ticket}…); the places went to {people}, up to load {last_load}, met {last_met} and ticket {last}….",
        "{inspector} 不作为 {slot} 前往：就最后一个名额，按任务数、与本户次已定人员的同组次数和签号，在 {candidates} 名候选人中排第 {rank}（任务数 {load}，同组 {met} 次，签号 {ticket}…）；派出的是 {people}，至任务数 {last_load}、同组 {last_met} 次、签号 {last}… 为止。",
    ),
    "why-passed-over": Message(
        "{inspector} does not go as {slot}, although number {rank} of {candidates} candidates: with {inspector} there, no more than {supply} of {demand} places could still have been filled, namely {places}; only these were eligible for them, with so many visits left: {people}.",
        "{inspector} 虽在 {candidates} 名候选人中排第 {rank}，但不作为 {slot} 前往：若派此人，则 {places} 这 {demand} 个名额最多只能再排满 {supply} 个；符合条件的只有以下人员，括号内为其余下的户次：{people}。",
    ),
    # ---- receipts.py
    "receipt-unknown": Message(
        "{enterprise} is not visited, so there is no receipt for it: name an enterprise of the record",
        "{enterprise} 未列入检查，没有凭证：请写记录中的检查对象",
    ),
    "leaf-part-empty": Message(
        "the part is empty, but a leaf leaves empty parts out: take the receipt as it was issued",
        "该项为空，而凭证中空项应略去：请使用签发时的凭证原文",
    ),
    "receipt-index": Message(
        "there is no place {index} among {size} receipts, which are counted from 0: take the receipt as it was issued, "
        "and the size that was published with the root",
        "共 {size} 份凭证，从 0 起编，没有第 {index} 号：请使用签发时的凭证原文，以及与根一同公布的份数",
    ),
    "receipt-path": Message(
        "the path has {found} hashes, but place {index} of {size} needs {needed}: take the receipt as it was issued, "
        "and the size that was published with the root",
        "路径有 {found} 个杂凑值，而 {size} 份中的第 {index} 号需要 {needed} 个：请使用签发时的凭证原文，以及与根一同公布的份数",
    ),
    "receipt-root": Message(
        "the receipt leads to the root {computed}, but {root} was published: the visit was not among those drawn, or the "
        "receipt was altered or belongs to another draw or scheme; ask for the receipt as it was issued",
        "该凭证得出的根是 {computed}，而公布的是 {root}：该户次不在抽取结果之中，或凭证被改动，或属于另一次抽取或另一方案；请索取签发时的凭证原文",
    ),
    # ---- sheets.py
    # ---- rehearsals.py
    "rehearsal-draws": Message(
        "{value} is no number of rehearsals: write a whole number from 1 to {most}",
        "{value} 不是可用的模拟次数：请写 1 至 {most} 的整数",
    ),
    "progress-shape": Message(
        "{value} cannot be called: pass a function of two numbers (done, of how many), or leave it out",
        "{value} 无法调用：请提供接受两个数（已完成数、总数）的函数，或不写",
    ),
    "rehearsed": Message(
        "{draws} rehearsals, none of them a draw: no seed gives their keys",
        "模拟抽取 {draws} 次，均非正式抽取：任何种子都得不到其密钥",
    ),
    "rehearsed-visits": Message(
        "visits: median {median}, 5% quantile {low}, 95% quantile {high}",
        "户次：中位数 {median}，5% 分位数 {low}，95% 分位数 {high}",
    ),
    "rehearsed-independent": Message(
        "visits to expect if every department drew by itself: {independent}; no method averages fewer than {bound}",
        "各部门分别抽取时的预期户次：{independent}；任何方法的平均户次都不少于 {bound}",
    ),
    "rehearsed-avoided": Message(
        "interruptions avoided: median {median}",
        "减少企业干扰：中位数 {median}",
    ),
    "rehearsed-rate-visits": Message(
        "joint-sampling rate of visits: median {median}, 5% quantile {low}, 95% quantile {high}",
        "跨部门联合抽查率（按户次）：中位数 {median}，5% 分位数 {low}，95% 分位数 {high}",
    ),
    "rehearsed-rate-checks": Message(
        "joint-sampling rate of checks: median {median}, 5% quantile {low}, 95% quantile {high}",
        "跨部门联合抽查率（按部门检查）：中位数 {median}，5% 分位数 {low}，95% 分位数 {high}",
    ),
    "rehearsed-best-visits": Message(
        "best reachable rate of visits, whatever the reach: 5% quantile {best}",
        "可达最高（按户次，不论 reach）：5% 分位数 {best}",
    ),
    "rehearsed-best-checks": Message(
        "best reachable rate of checks, whatever the reach: 5% quantile {best}",
        "可达最高（按部门检查，不论 reach）：5% 分位数 {best}",
    ),
    "rehearsed-met": Message(
        "target {target}: met in {met} of {draws} rehearsals",
        "目标 {target}：{draws} 次模拟中达到 {met} 次",
    ),
    "rehearsed-met-all": Message(
        "target {target}: met in all {draws} rehearsals, which is no promise for the draw",
        "目标 {target}：{draws} 次模拟全部达到，但不保证正式抽取必然达到",
    ),
    "rehearsed-layouts": Message(
        "layouts needed: nested in {nested} rehearsals, spread in {spread}, extra in {extra}; visits made for the target "
        "alone: {most} at most",
        "所需组合方式：nested {nested} 次，spread {spread} 次，extra {extra} 次；仅为目标增加的户次最多 {most}",
    ),
    "rehearsed-over": Message(
        "cells that have a visit by more departments than {most}: {over} at most; too few firms there for all checks, or a follower goes along",
        "有超过 {most} 个部门的检查的单元：最多 {over} 个；其中对象不足以分摊，或有配合部门随行",
    ),
    "rehearsed-other": Message(
        "with {change} the same rehearsals meet it {met} times of {draws} (5% quantile {low})",
        "改用 {change} 时，同样的 {draws} 次模拟达到 {met} 次（5% 分位数 {low}）",
    ),
    "rehearsal-known": Message(
        "this plan staffs visits that are known already, so there is nothing to rehearse: leave the rehearsal out; the notices of commit "
        "tell whether they can be staffed",
        "该计划为已确定的户次派员，无可模拟：请略去模拟，commit 的提示会说明能否配齐",
    ),
    "rehearsed-staffed": Message(
        "teams: all places could be filled in all {draws} rehearsals, which is no promise for the draw",
        "派员：{draws} 次模拟全部可以配齐，但不保证正式抽取必然配齐",
    ),
    "rehearsed-short": Message(
        "teams: in {short} of {draws} rehearsals some places could not be filled",
        "派员：{draws} 次模拟中有 {short} 次无法配齐",
    ),
    "rehearsed-short-most": Message(
        "places were short in {short} rehearsals; with most={enough} all could be filled in every rehearsal",
        "{short} 次模拟缺员；most={enough} 时每次模拟都可配齐",
    ),
    "rehearsed-short-never": Message(
        "places were short in {short} rehearsals; in some of them no most would do: make more inspectors eligible, raise most_per_period, "
        "or ask for fewer places",
        "{short} 次模拟缺员；其中有的无论 most 多大都无法配齐：请增加符合条件的执法检查人员、提高 most_per_period，或减少名额",
    ),
    "rehearsed-raised": Message(
        "relief raised most in {raised} rehearsals, to {enough} at most",
        "{raised} 次模拟须按 relief 提高 most，最高提高到 {enough}",
    ),
    "teams-at-risk": Message(
        "in {short} of {draws} rehearsals some places could not be filled, and to a department that is short nobody is dealt (rehearsals: "
        "{departments}): change the rules of teams or the register now; what the first of these rehearsals lacks stands below",
        "{draws} 次模拟中有 {short} 次无法配齐，而对缺员的部门不派任何人（次数：{departments}）："
        "请现在修改派员规则或名录库；其中第一次所缺见下",
    ),
    "target-at-risk": Message(
        "the target {target} was met in {met} of {draws} rehearsals, and the 5% quantile of the rate is {rate}; with {change} the same "
        "rehearsals have {then} (visits made for the target alone: {extra} at most): write this into the joint rule, or lower the target",
        "目标 {target} 在 {draws} 次模拟中达到 {met} 次，比率的 5% 分位数为 {rate}；改用 {change} 时，同样的模拟为 {then}"
        "（仅为目标增加的户次最多 {extra}）：请将其写入联合规则，或降低目标",
    ),
    "target-out-of-reach": Message(
        "the target {target} was met in {met} of {draws} rehearsals, and the 5% quantile of the rate is {rate}; none of the rules that were tried holds it in 95 of 100: lower "
        "the target to {most} or less with {rule}, or raise the numbers where departments share enterprises",
        "目标 {target} 在 {draws} 次模拟中达到 {met} 次，比率的 5% 分位数为 {rate}；所试的规则都不能在百分之九十五的情形下达到：请将目标降至 {most} 或以下，"
        "并写 {rule}，或提高各部门共有对象中的抽取数",
    ),
    "target-hopeless": Message(
        "the target {target} was met in {met} of {draws} rehearsals, and the 5% quantile of the rate is {rate}; whatever the reach, there may "
        "be next to no joint visit: leave the target out, or raise the numbers where departments share enterprises",
        "目标 {target} 在 {draws} 次模拟中达到 {met} 次，比率的 5% 分位数为 {rate}；无论何种 reach，都可能几乎没有联合检查："
        "请删去目标，或提高各部门共有对象中的抽取数",
    ),
    # ---- pictures.py
    "picture-many": Message(
        "{count} departments are too many for a picture, which shows {most} at most: use the table departments",
        "{count} 个部门过多，图中最多 {most} 个：请用 departments 表",
    ),
    "picture-rate-visits": Message(
        "joint-sampling rate: {counts} of visits",
        "跨部门联合抽查率：{counts}（按户次）",
    ),
    "picture-rate-checks": Message(
        "joint-sampling rate: {counts} of checks",
        "跨部门联合抽查率：{counts}（按部门检查）",
    ),
    "picture-meetings": Message(
        "Who visits with whom",
        "哪些部门一同上门",
    ),
    "picture-all": Message(
        "all visits",
        "全部检查户次",
    ),
    "picture-joint": Message(
        "joint visits",
        "其中联合户次",
    ),
    "picture-shades": Message(
        "Visits together:",
        "共同检查户次：",
    ),
    "picture-square": Message(
        "A square tells how many visits the department of its row makes together with the department of its column.",
        "每格为所在行的部门与所在列的部门共同检查的户次。",
    ),
    "picture-frame": Message(
        "Framed, on the diagonal: the visits that a department makes alone.",
        "对角线上的粗框内为该部门单独检查的户次。",
    ),
    "picture-unnumbered": Message(
        "For so many departments the squares are shaded only. What a department visits alone is all of its visits less the joint ones.",
        "部门数量过多，方格只以深浅表示。部门单独检查的户次等于其全部户次减去联合户次。",
    ),
    "picture-several": Message(
        "A visit of three departments stands in two squares of each of their rows, so a row may add up to more than all visits of its department.",
        "三个部门共同检查的一个户次，在每个部门的行中各计入两格，因此一行之和可能大于该部门的全部户次。",
    ),
    "picture-saved": Message(
        "Visits saved by coming together",
        "联合检查减少的户次",
    ),
    "picture-key-joint": Message(
        "joint visit: two departments or more come together",
        "联合户次：两个或以上部门一同检查",
    ),
    "picture-key-alone": Message(
        "visit of one department alone",
        "单独户次：只有一个部门检查",
    ),
    "picture-bar-checks": Message(
        "If no visit were shared: a visit for each check of a department",
        "若互不合并：每次部门检查各为一个户次",
    ),
    "picture-bar-independent": Message(
        "If every department drew by itself, on average: only chance brings two to the same enterprise",
        "若各部门分别抽取（平均值）：只有碰巧抽中同一对象才合并",
    ),
    "picture-bar-draw": Message(
        "This draw: joint visits + visits of one department alone",
        "本次抽取：联合户次 + 单独户次",
    ),
    "picture-bar-bound": Message(
        "Lower bound: no method needs fewer visits on average; a single draw may",
        "下界：任何方法的平均户次都不少于此数，单次抽取可以低于此数",
    ),
    "picture-saved-checks": Message(
        "Interruptions avoided: {checks} checks - {visits} visits = {saved}.",
        "减少企业干扰：部门检查 {checks} - 户次 {visits} = {saved}。",
    ),
    "picture-saved-independent": Message(
        "Fewer visits than by independent draws on average: {independent} - {visits} = {saved}.",
        "比各部门分别抽取平均减少的户次：{independent} - {visits} = {saved}。",
    ),
    "picture-target-visits": Message(
        "Visits made for the target of the joint-sampling rate alone: {extra}.",
        "仅为达到联合抽查率目标而增加的户次：{extra}。",
    ),
    "picture-departments": Message(
        "By department: joint visits + visits alone = all visits",
        "各部门：联合户次 + 单独户次 = 全部户次",
    ),
    "picture-departments-sum": Message(
        "A joint visit stands in the bar of each department that comes, so these bars add up to the {checks} checks, not to the {visits} visits.",
        "一个联合户次计入每个到场部门，因此各条之和为部门检查 {checks}，而不是户次 {visits}。",
    ),
}
