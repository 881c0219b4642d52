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
        "the visit is not for {demand}: a substitute takes over demands of the visit, and no others",
        "该检查不含 {demand}：递补对象只接替该检查的需求",
    ),
    "amendment-both": Message(
        "this amendment replaces {inspector} and names substitutes for the enterprise: these are two amendments",
        "此变更既替换 {inspector} 又列出递补对象：应分为两项变更",
    ),
    "amendment-place": Message(
        "a place of {department} at {enterprise} does not follow from this amendment: only the place given up, or places at the substitutes, are filled",
        "{department} 在 {enterprise} 的岗位并非由此变更产生：只补空出的岗位，或递补对象的岗位",
    ),
    "why-replaced": Message(
        "On {on} it was stated that {enterprise} cannot be visited ({reason}); who takes the place: {takers}.",
        "{on} 声明 {enterprise} 无法检查（{reason}）；递补对象：{takers}。",
    ),
    "why-takes-over": Message(
        "On {on} {enterprise} took the place of {replaced} ({reason}) for {demands}: its ticket is the next of the stratum.",
        "{on} {enterprise} 就 {demands} 递补 {replaced}（{reason}）：其签号为该层次的下一个。",
    ),
    "why-person-replaced": Message(
        "On {on} it was stated that {inspector} cannot come ({reason}); who goes instead: {people}.",
        "{on} 声明 {inspector} 不能前往（{reason}）；接替人员：{people}。",
    ),
    "why-gave-up": Message(
        "On {on} it was stated that {inspector} cannot come to {enterprise} ({reason}); who goes instead: {people}.",
        "{on} 声明 {inspector} 不能前往 {enterprise}（{reason}）；接替人员：{people}。",
    ),
    "why-took-over": Message(
        "On {on} {inspector} was sent to {enterprise} by an amendment about {replaced} ({reason}).",
        "{on} 因 {replaced} 的变更（{reason}），改派 {inspector} 前往 {enterprise}。",
    ),
    # ---- successions.py
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
        "{on} is before the last amendment ({last}): amendments are stated in the order of their days",
        "{on} 早于上一项变更（{last}）：变更须按日期先后提出",
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
    # ---- verification.py
    "amendments-recomputed": Message(
        "Amendments: {count}; each follows from the draw and from those before it",
        "变更 {count} 项，均由抽取结果及此前各项变更得出",
    ),
    # ---- amending.py
    "amend-needs": Message(
        "{option} is missing: one change takes --enterprise, --reason and --on; several take --changes FILE",
        "缺少 {option}：一项变更须写 --enterprise、--reason 和 --on；多项变更请用 --changes FILE",
    ),
    # ---- earlier.py
    "staffs-twice": Message(
        "{enterprise} is visited in two of these periods, having taken over a visit: staff these periods by a plan each",
        "{enterprise} 因递补在其中两个时段均有检查：请对各时段分别立计划派员",
    ),
}
