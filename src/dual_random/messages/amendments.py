"""What is said about changes after the seed."""

from typing import Final

from dual_random.messages.message import Message

MESSAGES: Final[dict[str, Message]] = {
    # ---- amendments.py
    "reason-unknown": Message(
        "{value} is no reason code here: write one of {known}",
        "{value} 不是此处的原因代码：请写 {known} 之一",
    ),
    "amendment-no-visit": Message(
        "no visit of {enterprise} (period {period}) stands when this amendment is made: ask the publisher for the whole chain",
        "作此变更时 {enterprise}（时段 {period}）已无检查：请向发布方索取完整的变更链",
    ),
    "amendment-not-sent": Message(
        "{inspector} is not on the visit to {enterprise} when this amendment is made: ask the publisher for the whole chain",
        "作此变更时 {inspector} 不在对 {enterprise} 的检查中：请向发布方索取完整的变更链",
    ),
    "amendment-demand": Message(
        "the visit is not for {demand}: a substitute takes over demands of the visit, and no others; ask the publisher",
        "该检查不含 {demand}：递补对象只接替该检查的需求，请向发布方询问",
    ),
    "amendment-twice": Message(
        "{inspector} is on the visit to {enterprise} already: nobody fills two places of one visit; ask the publisher",
        "{inspector} 已在对 {enterprise} 的检查中：一人不能占两个岗位，请向发布方询问",
    ),
    "amendment-both": Message(
        "this amendment replaces {inspector} and names substitutes for the enterprise: these are two amendments",
        "此变更既替换 {inspector} 又列出递补对象：应分为两项变更",
    ),
    "amendment-place": Message(
        "a place of {department} at {enterprise} does not follow from this amendment: only the place given up, or places at the substitutes, are filled; ask the publisher",
        "{department} 在 {enterprise} 的岗位并非由此变更产生：只补空出的岗位，或递补对象的岗位，请向发布方询问",
    ),
    "why-replaced": Message(
        "After the draw, on {on}, it was stated that {enterprise} cannot be visited ({reason}); who takes the place: {takers}.",
        "抽取之后，{on} 声明 {enterprise} 无法检查（{reason}）；递补对象：{takers}。",
    ),
    "why-takes-over": Message(
        "After the draw, on {on}, {enterprise} took the place of {replaced} ({reason}) for {demands}: its ticket is the next of the stratum.",
        "抽取之后，{on} {enterprise} 就 {demands} 递补 {replaced}（{reason}）：其签号为该层次的下一个。",
    ),
    "why-person-replaced": Message(
        "After the draw, on {on}, it was stated that {inspector} cannot come ({reason}); who goes instead: {people}.",
        "抽取之后，{on} 声明 {inspector} 不能前往（{reason}）；接替人员：{people}。",
    ),
    "why-gave-up": Message(
        "After the draw, on {on}, it was stated that {inspector} cannot come to {enterprise} ({reason}); who goes instead: {people}.",
        "抽取之后，{on} 声明 {inspector} 不能前往 {enterprise}（{reason}）；接替人员：{people}。",
    ),
    "why-took-over": Message(
        "After the draw, on {on}, {inspector} was sent to {enterprise} by an amendment about {replaced} ({reason}).",
        "抽取之后，{on} 因 {replaced} 的变更（{reason}），改派 {inspector} 前往 {enterprise}。",
    ),
    "amendment-unlinked": Message(
        "{stated} is named as what was before, but that was {due}: this amendment does not belong to this draw",
        "所写的前一项摘要为 {stated}，实为 {due}：此变更不属于本次抽取，请向发布方询问",
    ),
    "why-visit-now": Message(
        "As things stand now, {enterprise} is visited by {departments} (period {period}; people: {people}).",
        "目前 {enterprise} 由 {departments} 检查（时段 {period}；人员 {people}）。",
    ),
    "why-no-visit-now": Message(
        "As things stand now, nobody visits {enterprise}.",
        "目前没有对 {enterprise} 的检查。",
    ),
    "why-goes-now": Message(
        "As things stand now, {inspector} goes to {enterprise}.",
        "目前 {inspector} 前往 {enterprise}。",
    ),
    "why-stays-now": Message(
        "As things stand now, {inspector} does not go to {enterprise}.",
        "目前 {inspector} 不去 {enterprise}。",
    ),
    # ---- successions.py
    "change-nowhere": Message(
        "{inspector} goes nowhere then (periods with a visit of this person: {periods}): correct the id or the period",
        "{inspector} 此时没有派员（有其派员的时段：{periods}）：请改正编号或时段",
    ),
    "change-no-visit": Message(
        "{enterprise} is not visited: give an enterprise of the record",
        "{enterprise} 未被抽中：请给出记录中的检查对象",
    ),
    "change-not-then": Message(
        "{enterprise} is not visited in that period, but in {periods}: correct the period",
        "{enterprise} 不在该时段检查，而在 {periods}：请改正时段",
    ),
    "change-which-period": Message(
        "{enterprise} is visited in {periods}: say in which period the visit is that changes",
        "{enterprise} 在 {periods} 均有检查：请写明变更的是哪个时段的检查",
    ),
    "change-gone": Message(
        "the visit of {enterprise} was replaced on {on}: nothing is left to change",
        "对 {enterprise} 的检查已于 {on} 被递补：已无可变更的内容",
    ),
    "change-before-draw": Message(
        "{on} is before the seed can exist ({drawn}): what was known by then belongs into the register before the draw",
        "{on} 早于随机种子可产生之日（{drawn}）：此前已知的情况应在抽取前写入名录库",
    ),
    "change-before-last": Message(
        "{on} is before the last amendment ({last}): amendments are stated in the order of their days, so give that day or a later one",
        "{on} 早于上一项变更（{last}）：变更须按日期先后提出，请给出该日或以后的日期",
    ),
    "substitution-not-allowed": Message(
        "the plan does not allow substitution: a closed target is a result, log it as such; a plan that wants substitutes says substitution=True before the seed",
        "计划不允许递补：对象停业即为检查结果，请如实记录；需要递补的计划须在随机种子产生前写明 substitution=True",
    ),
    "substitution-elsewhere": Message(
        "this record only staffs visits of the record {digest}: who is visited is amended there",
        "本记录只为记录 {digest} 的检查派员：检查对象的变更须在该记录中提出",
    ),
    "reserves-not-sent": Message(
        "{inspector} does not go to {enterprise}, which {people} visit: name one of these",
        "{inspector} 不去 {enterprise}，前往的是 {people}：请写其中一人",
    ),
    "reserves-not-dealt": Message(
        "{inspector} stands in the record, but was not dealt to {enterprise}: verify the record",
        "{inspector} 列在记录中，但并非抽取派往 {enterprise}：请核对记录",
    ),
    # ---- amendment_checks.py
    "unchecked-amendments": Message(
        "{count} amendments were not checked: this one does not fit the visits, and those after it were made on it",
        "有 {count} 项变更未核对：此项与检查不符，其后各项均以此为前提",
    ),
    "unchecked-amended-people": Message(
        "{count} places were filled by amendments: whether by those who are next takes the register of inspectors",
        "变更补派了 {count} 个岗位：是否派了次序在先的人员，须有执法检查人员名录库方可核对",
    ),
    # ---- verification.py
    "amendments-recomputed": Message(
        "Amendments: {count}; each follows from the draw and from those before it. Now {visits} visits stand, joint {rate}; all other "
        "figures are those of the draw",
        "变更 {count} 项，均由抽取结果及此前各项变更得出；现有 {visits} 户次，其中联合 {rate}；其余数字均为抽取时的结果",
    ),
    "amendments-recomputed-but-people": Message(
        "Amendments: {count}; which enterprises take whose place follows from the draw, whom they send was NOT recomputed. Now {visits} "
        "visits stand, joint {rate}; all other figures are those of the draw",
        "变更 {count} 项，递补对象均由抽取结果得出，接替人员未重新计算；现有 {visits} 户次，其中联合 {rate}；其余数字均为抽取时的结果",
    ),
    "unchecked-amended": Message(
        "whether amendments were left off at the end, or written anew, shows only the published digest of the last one: pass it as amended",
        "是否删去了末尾的变更或重写了变更，只有公布的最后一项变更的摘要才能显示：请以 amended 给出",
    ),
    "amended-differs": Message(
        "the last amendment has the digest {stated}, but {known} was published: amendments are missing, or were written anew",
        "最后一项变更的摘要为 {stated}，而公布的是 {known}：缺少变更，或变更被重写，请向发布方询问",
    ),
    "unchecked-amendments-foreign": Message(
        "{count} amendments were not checked, since the visits are of another draw",
        "有 {count} 项变更未核对，因为检查属于另一次抽取",
    ),
    # ---- amending.py
    "changes-missing": Message(
        "the table has no row, so nothing is to be changed: write at least one",
        "表中没有任何变更：请至少写一行",
    ),
    "amend-needs": Message(
        "{option} is missing: one change takes --enterprise, --reason and --on; several take --changes FILE",
        "缺少 {option}：一项变更须写 --enterprise、--reason 和 --on；多项变更请用 --changes FILE",
    ),
    # ---- earlier.py
    "seed-not-later": Message(
        "the seed of this plan can exist from {earliest} on, and that of the record which it names from {other} on: so this plan "
        "may be written with its seed in hand; announce a later event",
        "本计划的种子自 {earliest} 起可产生，所引记录的种子自 {other} 起可产生：本计划可能在已知种子后写成，请公告更晚的事件",
    ),
    "staffs-twice": Message(
        "{enterprise} is visited in two of these periods, having taken over a visit: staff these periods by a plan each",
        "{enterprise} 因递补在其中两个时段均有检查：请对各时段分别立计划派员",
    ),
}
