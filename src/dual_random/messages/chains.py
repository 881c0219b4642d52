"""What is said about the chain of an authority's commitments, and supplementary plans."""

from typing import Final

from dual_random.messages.message import Message

MESSAGES: Final[dict[str, Message]] = {
    # ---- commitments.py, earlier.py, supplements.py
    "void-without-previous": Message(
        "the first commitment of an authority has none before it that it could declare void: name the one before it in previous, or leave this out",
        "主管部门的首个承诺之前没有可作废的承诺：请在 previous 中写明上一承诺，或删去此项",
    ),
    "supplemented-needed": Message(
        "the plan supplements the record with the digest {digest}: pass that record",
        "该计划是对摘要为 {digest} 的记录的补充抽查：请提供该记录",
    ),
    "supplemented-other": Message(
        "the plan supplements the record with the digest {stated}, this one has {found}: pass the record that was named",
        "该计划是对摘要为 {stated} 的记录的补充抽查，而此记录的摘要是 {found}：请提供写明的记录",
    ),
    "supplements-staffing": Message(
        "the record staffs visits that another one drew: name the record that drew them, with the digest {digest}",
        "该记录只为已抽出的户次派员：请写明抽取这些户次的记录，其摘要为 {digest}",
    ),
    "supplement-visited": Message(
        "{enterprise} is visited by the record that is supplemented, so it was not missing: draw from those alone whom its register lacked",
        "{enterprise} 已在所补充的记录中被抽中，并非遗漏：请只从该记录名录库中没有的对象抽取",
    ),
    "supplement-registered": Message(
        "{enterprise} is in the register of the record that is supplemented, so it was not missing, and has had its chance: ask the authority to explain",
        "{enterprise} 在所补充记录的名录库中，并非遗漏，已有过被抽中的机会：请要求主管部门说明",
    ),
    "supplement-without": Message(
        "the plan that is supplemented has the demand {demand} and this one has not: those who were missing have no chance there; add it, or commit knowing it",
        "所补充的计划有抽查需求 {demand}，而本计划没有：遗漏的对象在此没有机会被抽中；请补入，或在知情的情况下承诺",
    ),
    "supplement-further": Message(
        "the plan that is supplemented has no demand {demand}: those who were missing are checked for more than the others; leave it out, or commit knowing it",
        "所补充的计划没有抽查需求 {demand}：遗漏的对象所受检查多于其他对象；请删去，或在知情的情况下承诺",
    ),
    "supplement-rule-differs": Message(
        "here stands {stated}, in the plan that is supplemented {earlier}: use the same rule for those who were missing, or commit knowing it",
        "此处为 {stated}，所补充的计划中为 {earlier}：请对遗漏的对象使用相同规则，或在知情的情况下承诺",
    ),
    "supplement-chance-differs": Message(
        "{number} of {size} are drawn, and {before} of {of} were: take the same share for those who were missing, or commit knowing it",
        "此处从 {size} 个中抽 {number} 个，而原来从 {of} 个中抽 {before} 个：请对遗漏的对象使用相同比例，或在知情的情况下承诺",
    ),
    # ---- verification.py
    "unchecked-supplement": Message(
        "whether these enterprises were missing was not checked: pass the earlier record with the digest {digest}",
        "未核对这些对象是否确属遗漏：请提供摘要为 {digest} 的先前记录",
    ),
    "unchecked-missing": Message(
        "that the record visits none of these enterprises was checked, not that its register lacked them: pass that register, with the digest {digest}",
        "已核对该记录未抽中这些对象，未核对其名录库中确无这些对象：请提供该名录库，其摘要为 {digest}",
    ),
    # ---- chains.py
    "chain-authorities": Message(
        "the files are of several authorities, each of which has a chain of its own: {authorities}; give those of one",
        "文件属于多个主管部门，而各部门自有承诺链：{authorities}；请只提供一个部门的文件",
    ),
    "chain-gap": Message(
        "the commitment before this one, with the digest {digest}, is not among the files: add it; if it cannot be had, ask the authority what was kept back",
        "上一承诺（摘要 {digest}）不在文件之中：请补入；如无从取得，请要求主管部门说明为何未公开",
    ),
    "chain-other-authority": Message(
        "the commitment before this one, {digest}, is of {other}, and this one of {authority}: each authority has a chain of its own; ask both to explain",
        "上一承诺 {digest} 属于 {other}，而本承诺属于 {authority}：各部门应自有承诺链；请要求双方说明",
    ),
    "chain-fork": Message(
        "{count} commitments name this one as the one before them: {numbers}. A chain has no branches, or the authority could drop one of them: ask it to explain",
        "有 {count} 个承诺以此为上一承诺：{numbers}。承诺链不得分叉，否则主管部门可以弃用其中之一：请要求其说明",
    ),
    "chain-starts": Message(
        "{count} commitments name none before them: {numbers}. A chain has one beginning: ask the authority to explain",
        "有 {count} 个承诺未写上一承诺：{numbers}。承诺链只有一个起点：请要求主管部门说明",
    ),
    "chain-number-repeated": Message(
        "{count} commitments that are not void have this number: ask the authority which plan it is",
        "有 {count} 个未作废的承诺使用此编号：请要求主管部门说明编号属于哪个计划",
    ),
    "chain-number-gap": Message(
        "the numbers count from {first} to {last} without {numbers} ({count} in all): add their commitments, or ask the authority what became of these plans",
        "编号从 {first} 数到 {last}，其中 {count} 个不在文件之中：{numbers}。请补入其承诺，或要求主管部门说明这些计划的去向",
    ),
    "chain-void-unknown": Message(
        "a commitment with the digest {digest} is declared void, and is not among the files: add it; a void plan is opened like any other",
        "所宣布作废的承诺（摘要 {digest}）不在文件之中：请补入；作废的计划同样应当公开",
    ),
    "chain-void-not-earlier": Message(
        "{number} is declared void, with the digest {digest}, and does not come before this commitment in the chain: ask the authority to explain",
        "此处宣布 {number}（摘要 {digest}）作废，而它在承诺链中并不先于本承诺：请要求主管部门说明",
    ),
    "chain-void-drawn": Message(
        "the plan was declared void by {by}, and there is a record of it: whoever declares a plan void once it is drawn may choose; ask the authority to explain",
        "该计划已由 {by} 宣布作废，却有其抽取记录：抽取之后再作废，即可择取结果；请要求主管部门说明",
    ),
    "chain-two-records": Message(
        "there are {count} records of this commitment, with the digests {digests} and the seeds {seeds}: a commitment has one draw; ask the authority to explain",
        "此承诺有 {count} 份记录，摘要为 {digests}，种子为 {seeds}：一个承诺只有一次抽取；请要求主管部门说明",
    ),
    "chain-two-amendments": Message(
        "there are {count} records of this draw whose amendments part ways: amendments are only ever added; ask the authority to explain",
        "此次抽取有 {count} 份记录，其变更各不相同：变更只可追加；请要求主管部门说明",
    ),
    "chain-record-unpublished": Message(
        "the commitment of this record, with the digest {digest}, is not among the commitments given: add it, or ask the authority when it was published",
        "此记录的承诺（摘要 {digest}）不在所提供的承诺之中：请补入，或要求主管部门说明其公布时间",
    ),
    "chain-undrawn": Message(
        "the seed of this plan, not before {earliest}, existed when {later} was drawn, and there is neither a record of it nor a commitment that declares it void: add the one or the other, or ask the authority whether it was drawn and dropped",
        "抽取 {later} 时，本计划的种子（不早于 {earliest}）应已产生，却既无记录，也无宣布其作废的承诺：请补入，或要求主管部门说明是否抽后弃用",
    ),
    "chain-earlier-missing": Message(
        "the plan builds on the record with the digest {digest}, which is not among the files: add it",
        "该计划以摘要为 {digest} 的记录为基础，而该记录不在文件之中：请补入",
    ),
    "chain-supplement-twice": Message(
        "{count} plans supplement the same record from the same register: {numbers}. Those who were missing are drawn once: ask the authority to explain",
        "有 {count} 个计划以同一名录库对同一记录作补充抽查：{numbers}。遗漏的对象只应抽取一次：请要求主管部门说明",
    ),
    "chain-holds": Message(
        "nothing is wrong with the chain of commitments, as far as the files given show: {commitments} commitments, {records} records",
        "就所提供的文件而言，承诺链未见问题：承诺 {commitments} 份，记录 {records} 份",
    ),
    "published-needed": Message(
        "this is neither a commitment nor a record: give the files as the authority published them, or a folder with them",
        "这既不是承诺，也不是记录：请提供主管部门公布的文件，或存放这些文件的文件夹",
    ),
    "unchecked-chain-undrawn": Message(
        "the plan has no record among the files; whether it is due is not known from them: its seed comes from {event}, not before {earliest}",
        "文件中没有该计划的记录；凭文件无法得知是否已到抽取之时：其种子来自 {event}，不早于 {earliest}",
    ),
    "unchecked-chain-sealed": Message(
        "the plan has no record among the files; its seed is sealed, and the record is opened only after the visits: ask for its public part, then for the record",
        "文件中没有该计划的记录；其种子已封存，记录在检查之后才公开：请先索取其公开部分，再索取记录",
    ),
    "unchecked-chain-void": Message(
        "the plan was declared void by {by}; look up when that digest, {digest}, was published: before {earliest} it was in order",
        "该计划已由 {by} 宣布作废；请查明其摘要 {digest} 的公布时间：早于 {earliest} 方为有效",
    ),
    "unchecked-chain-earlier": Message(
        "the plan builds on the record with the digest {digest}, and no other record was given: add it",
        "该计划以摘要为 {digest} 的记录为基础，而未提供其他记录：请补入",
    ),
    "chain-seed-known": Message(
        "the seed can exist from {earliest} on, but the plan names what plan {named} gave, known from {other} on: it may have been "
        "written with its seed in hand, to please somebody; ask why no later event was announced",
        "种子自 {earliest} 起可产生，而计划引用的是计划 {named} 的结果（{other} 起可知）：计划可能在已知种子后写成，请询问为何未公告更晚的事件",
    ),
    "chain-staffed-replaced": Message(
        "people were sent to {enterprise} (period {period}) by this plan, and on {on} another enterprise took its place in the earlier record: "
        "nobody is sent there; once visits are staffed, a closed target is a result",
        "本计划已为 {enterprise}（时段 {period}）派员，而 {on} 先前记录中由其他对象递补：递补对象无人前往；派员之后，对象停业即为检查结果",
    ),
}
