"""What is said about plans, allocation, populations, commitments."""

from typing import Final

from dual_random.messages.message import Message

MESSAGES: Final[dict[str, Message]] = {
    # ---- plain.py
    "value-differs": Message(
        "{stated} is stated, but the rules give {computed}",
        "所载为 {stated}，按规则得出的是 {computed}",
    ),
    # ---- plans.py
    "plan-shape": Message(
        "{value} cannot be read here: write it in the form {rule}",
        "此处无法读取 {value}：请按此形式书写：{rule}",
    ),
    "key-unknown": Message(
        "there is no such key; known: {known}",
        "没有这个键；可用的键：{known}",
    ),
    "key-missing": Message(
        "this part is missing and has no default: write it",
        "缺少此项，且没有默认值：请补充",
    ),
    "choice": Message(
        "{value} is none of the choices: write one of {known}",
        "{value} 不在可选值之内：请选用 {known}",
    ),
    "name-repeated": Message(
        "{name} stands here more than once, but must be unique: keep one or rename the other",
        "{name} 重复出现，此处不得重复：请保留一个或改名",
    ),
    "condition-empty": Message(
        "the condition lists no value, so nothing could meet it: write a value or leave the column out",
        "该条件没有列出任何取值，无法满足：请填写取值或删去该列",
    ),
    "count-form": Message(
        "{value} is no count: write a whole number from 0, below 2^53 (no quotes, no decimal point)",
        "{value} 不是计数：请写 0 或小于 2^53 的正整数（不加引号和小数点）",
    ),
    "count-float": Message(
        "{value} is a float: if a number is meant, write {number} without a decimal point",
        "{value} 是浮点数：如指数量，请写 {number}，不带小数点",
    ),
    "bounds-crossed": Message(
        "at_most {high} is below at_least {low}: no number lies between",
        "上限 {high} 小于下限 {low}：两者之间没有可取的数",
    ),
    "take-missing": Message(
        'the demand says neither how many to take nor whom to follow: write take="5%", take=200, a table, or follow',
        '该需求既未写抽取数量也未写跟随对象：请写 take="5%"、take=200、分层表，或 follow',
    ),
    "stratum-shape": Message(
        "the stratum has {count} values, but strata are formed by {columns}: give one value per column, "
        "or one take for all",
        "该层有 {count} 个取值，而分层所用的列是 {columns}：请每列给一个取值，或只写一个总的抽取量",
    ),
    "target-zero": Message(
        "a target of 0 is met by everything: leave it out",
        "目标为 0 总是达到：请删去",
    ),
    "most-form": Message(
        "{value} is no number of departments: write a whole number from 1, or leave it out for no limit",
        "{value} 不是部门数：请写 1 或以上的整数，不限则删去",
    ),
    # ---- earlier.py, binding.py, making.py
    "record-unneeded": Message(
        "the plan staffs no earlier record and supplements none: leave the record out, or name its digest in staffs or supplements",
        "该计划不为先前记录派员，也不是补充抽查：请去掉该记录，或在 staffs 或 supplements 中写明其摘要",
    ),
    "earlier-needed": Message(
        "the plan staffs the record with the digest {digest}: pass that record",
        "该计划为摘要是 {digest} 的记录派员：请提供该记录",
    ),
    "record-other": Message(
        "the plan staffs the record with the digest {stated}, this one has {found}: pass the record that was named",
        "该计划为摘要是 {stated} 的记录派员，而此记录的摘要是 {found}：请提供写明的记录",
    ),
    "staffs-nothing": Message(
        "of the record's {visits} visits none is left to be staffed here: in these periods there is none, or people are dealt already; name other periods",
        "该记录共 {visits} 户次，这些时段内没有户次，或均已派员：请写其他时段",
    ),
    "staffs-short": Message(
        "whatever the seed, nobody will be dealt to {departments}, because their places cannot all be filled, as proved below: mend the "
        "rules or the register before you commit, or commit knowing it",
        "无论种子为何，都不会为 {departments} 派员，因为其名额无法全部排满，证明见下：请在承诺前改正规则或名录库，或在知情的情况下承诺",
    ),
    "staffs-without-periods": Message(
        "the record has no periods, so all its visits are staffed: leave periods out",
        "该记录没有时段，将为其全部户次派员：请删去 periods",
    ),
    "staffs-periods-missing": Message(
        "name the periods of the record that are staffed, some or all of {known}",
        "请写明为该记录的哪些时段派员，可选：{known}",
    ),
    "staffs-period-unknown": Message(
        "the record has no period {name}: name some of {known}",
        "该记录没有时段 {name}：可选 {known}",
    ),
    "staffs-enterprise-unknown": Message(
        "the record has a visit to {enterprise}, which the register does not hold: pass a register with all enterprises visited",
        "记录中有对 {enterprise} 的户次，而名录库中没有：请提供包含全部被查对象的名录库",
    ),
    "inspectors-needed": Message(
        "this needs the register of inspectors: pass it, or leave this out until a later plan staffs the record",
        "此项需要执法检查人员名录库：请提供，或先删去此项，待以后的计划为记录派员",
    ),
    "inspectors-unneeded": Message(
        "no register of inspectors was committed: leave it out",
        "承诺中没有执法检查人员名录库：请去掉",
    ),
    "inspectors-missing": Message(
        "inspectors were committed, with the digest {digest}: pass their register",
        "承诺了摘要为 {digest} 的执法检查人员名录库：请提供",
    ),
    # ---- team_rules.py, teams of a plan
    "positive-form": Message(
        "{value} is no number here: write a whole number from 1",
        "{value} 不能用于此处：请写 1 或以上的整数",
    ),
    "slot-never": Message(
        "the slot is only for visits with {demand} and not for them: no visit has it; leave one of the two out",
        "该岗位既限于又排除含 {demand} 的户次，任何户次都不会有：请删去其一",
    ),
    "slot-demands-many": Message(
        "the slots name {count} demands, {most} at most can be looked at in all combinations: name fewer",
        "各岗位涉及 {count} 个抽查需求，最多 {most} 个（须检验全部组合）：请减少",
    ),
    "slot-demand-unknown": Message(
        "no demand is called {name}; known: {known}",
        "没有名为 {name} 的抽查需求；已有：{known}",
    ),
    "relief-without-most": Message(
        "relief raises most, and there is none: write most, or leave relief out",
        "relief 用于放宽 most，但未写 most：请写明 most，或删去 relief",
    ),
    "meeting-alone": Message(
        "{name} stands twice in the pair: name two different inspectors",
        "{name} 不能与自己同组：请写两名不同的执法检查人员",
    ),
    "team-department-unknown": Message(
        "no demand is of the department {name}; known: {known}",
        "没有抽查需求属于部门 {name}；已有：{known}",
    ),
    "staffing-with-draw": Message(
        "a plan that staffs an earlier record draws nobody: leave this out, or leave staffs out",
        "为先前记录派员的计划不抽取对象：请删去此项，或删去 staffs",
    ),
    "time-form": Message(
        "{value} is no time with a zone: write it like 2024-08-06T21:15:00+08:00",
        "{value} 不是带时区的时间：请写成 2024-08-06T21:15:00+08:00 的形式",
    ),
    "demands-missing": Message(
        "the plan has no demand, so nothing would be drawn: write at least one",
        "计划没有任何需求，不会抽取任何对象：请至少写一项",
    ),
    "demand-unknown": Message(
        "there is no demand {name}; the plan has {known}",
        "计划中没有需求 {name}；已有：{known}",
    ),
    "follower-with-numbers": Message(
        "a demand that follows {followed} draws nothing of its own: leave this out, or leave out follow",
        "跟随 {followed} 的需求自己不抽取：请删去此项，或删去 follow",
    ),
    "follow-unknown": Message(
        "it follows {name}, which is no demand of the plan: write the name of one",
        "所跟随的 {name} 不是计划中的需求：请写计划中的需求名称",
    ),
    "follow-chain": Message(
        "it follows {name}, which itself follows {followed}: follow {followed} directly",
        "所跟随的 {name} 本身又跟随 {followed}：请直接跟随 {followed}",
    ),
    # ---- allocation.py
    "allocation-bounds": Message(
        "at least {at_least} and at most {at_most} contradict each other: lower the first or raise the second",
        "下限 {at_least} 高于上限 {at_most}：请降低下限或提高上限",
    ),
    "allocation-total-small": Message(
        "{total} units are fewer than the {least} that the lower bounds of the strata need: "
        "raise the total or lower at_least",
        "总数 {total} 少于各层下限所需的 {least}：请提高总数或降低 at_least",
    ),
    "allocation-total-large": Message(
        "{total} units are more than the {most} that the strata can give within their sizes and at_most: "
        "lower the total or raise at_most",
        "总数 {total} 多于各层规模和上限所能提供的 {most}：请降低总数或提高 at_most",
    ),
    "deviation-float": Message(
        '{value} is a float, and floats are inexact: write the text "{text}" instead',
        "{value} 是浮点数，不精确：请改写为文本“{text}”",
    ),
    "deviation-form": Message(
        '{value} is no standard deviation: write a number of 0 or more, of at most 40 digits a part, as the text "12.5", "62/125" or "30%", or as an int',
        "{value} 不是标准差：请写不小于 0、各部分不超过 40 位的数，用“12.5”“62/125”“30%”这样的文本或 int",
    ),
    "deviation-missing": Message(
        "this stratum has no standard deviation: write one, 0 if its units do not differ",
        "该层没有标准差：请填写；若层内无差异，请写 0",
    ),
    "deviation-unknown": Message(
        "there is no such stratum: write the name of a stratum, or leave this deviation out",
        "没有这一层：请改为已有的层名，或去掉这项标准差",
    ),
    # ---- populations.py
    "column-unknown": Message(
        "the register has no column {column}; it has {known}: correct the name or add the column",
        "名录库没有 {column} 列；现有：{known}：请改正列名或补充该列",
    ),
    "barred-unknown": Message(
        "{id} is barred, but the register does not hold it: correct the id or leave it out",
        "{id} 被列为不参加抽取，但名录库中没有：请改正编号或删去",
    ),
    "population-empty": Message(
        "no enterprise meets the conditions of {name}; values in the register: {values}",
        "没有检查对象满足 {name} 的条件；名录库中的取值：{values}",
    ),
    "value-unknown": Message(
        "no enterprise has {value} in {column}: correct the value if it is a slip, else ignore this",
        "没有检查对象的 {column} 为 {value}：如系笔误请改正，否则可忽略",
    ),
    "stratum-unknown": Message(
        "no enterprise is in the stratum {stratum}: correct its values if they are a slip, else ignore this",
        "没有检查对象属于层 {stratum}：如系笔误请改正，否则可忽略",
    ),
    # ---- eligibility.py
    "not-eligible-where": Message(
        "not eligible for {slot}: {column} is {value}, and {allowed} is asked for",
        "不符合 {slot} 的条件：{column} 为 {value}，要求为 {allowed}",
    ),
    "not-eligible-same": Message(
        "not eligible for {slot}: {column} is {value}, and the enterprise has {wanted} in {theirs}",
        "不符合 {slot} 的条件：{column} 为 {value}，而检查对象的 {theirs} 为 {wanted}",
    ),
    "not-eligible-recused": Message(
        "recused from {enterprise}: {reason}",
        "对 {enterprise} 回避：{reason}",
    ),
    "not-eligible-recused-then": Message(
        "recused from {enterprise} in {period}: {reason}",
        "在 {period} 对 {enterprise} 回避：{reason}",
    ),
    "not-eligible-absent": Message(
        "absent in {period}: {reason}",
        "{period} 不在岗：{reason}",
    ),
    "not-eligible-out": Message(
        "sent nowhere in this deal: {reason}",
        "不参加本次派员：{reason}",
    ),
    # ---- rosters.py
    "inspectors-column-unknown": Message(
        "the inspectors' register has no column {column}; it has {known}: correct the name or add the column",
        "执法检查人员名录库没有 {column} 列；现有：{known}：请改正列名或补充该列",
    ),
    "enterprises-column-unknown": Message(
        "the enterprises' register has no column {column}; it has {known}: correct the name or add the column",
        "检查对象名录库没有 {column} 列；现有：{known}：请改正列名或补充该列",
    ),
    "carried-form": Message(
        "{value} in {column} is no load: write a whole number such as 12, of at most 15 digits, and 0 for none",
        "{column} 中的 {value} 不是已有任务数：请写 12 这样的整数（至多 15 位），没有则写 0",
    ),
    "crew-empty": Message(
        "no inspector is of the department {department}; the column {column} has {known}: add its inspectors or correct the name",
        "没有执法检查人员属于部门 {department}；{column} 列的取值：{known}：请补充该部门人员或改正名称",
    ),
    "inspector-unknown": Message(
        "the inspectors' register does not hold {name}: correct the id or leave this line out",
        "执法检查人员名录库中没有 {name}：请改正编号或删去此行",
    ),
    "recusal-enterprise-unknown": Message(
        "the enterprises' register does not hold {enterprise}: correct the id or leave this recusal out",
        "检查对象名录库中没有 {enterprise}：请改正编号或删去这条回避",
    ),
    "recusal-period-unknown": Message(
        "the plan has no period {period} (its periods: {known}): correct the period or leave this recusal out",
        "计划中没有时段 {period}（其时段：{known}）：请改正时段或删去这条回避",
    ),
    "teams-without-rule": Message(
        "no rule is for {departments}: each visit of theirs gets two of their inspectors, whoever they are; "
        "write a rule with a condition on the certificate if not all may go",
        "没有适用于 {departments} 的规则：其每个户次由本部门任意两名执法检查人员前往；如非人人可派，请写明规则及执法证条件",
    ),
    "staffing-too-few": Message(
        "{slots}: at least {visits} visits need {places} places, and the {people} people who meet the conditions can fill "
        "{supply} at most under most and most_per_period: the department will be short, whatever the seed; raise a limit, "
        "add inspectors or lower the places",
        "{slots}：至少 {visits} 个户次需要 {places} 个名额，而符合条件的 {people} 人在 most 与 most_per_period 之下最多排 {supply} 个："
        "无论种子如何该部门都会缺人；请放宽限额、增加执法检查人员或减少名额",
    ),
    "meetings-unused": Message(
        "no rule has rotation, so the {count} meetings count nothing: set rotate in a rule, or leave the table out",
        "没有规则启用 rotate，{count} 条同组记录不起作用：请在规则中设 rotate，或去掉该表",
    ),
    "staffs-register-other": Message(
        "the earlier record was drawn from another register of enterprises, with the digest {digest}: if columns were only "
        "added this is in order; who is eligible is decided by this register",
        "先前记录抽自另一名录库（摘要 {digest}）：若只是增加了列，则无妨；派员资格按本名录库判定",
    ),
    "inspectors-needed-now": Message(
        "a plan that staffs a record needs the register of inspectors: pass it",
        "为记录派员的计划需要执法检查人员名录库：请提供",
    ),
    "team-idle": Message(
        "no visit is for the department {department}: correct the name if it is a slip, else ignore this",
        "没有户次属于部门 {department}：如系笔误请改正，否则可忽略",
    ),
    "inspectors-idle": Message(
        "{count} inspectors are of {department}, for which there is no visit: correct the name if it is a slip, else ignore this",
        "{count} 名执法检查人员属于 {department}，该部门没有户次：如系笔误请改正，否则可忽略",
    ),
    "slot-value-unknown": Message(
        "no inspector to whom the rule applies has {value} in {column}: correct the value if it is a slip, else ignore this",
        "适用该规则的执法检查人员中没有人的 {column} 为 {value}：如系笔误请改正，否则可忽略",
    ),
    # ---- prospects.py, staffability.py
    "staffing-short": Message(
        "{count} enterprises, e.g. {example}, could not be staffed even alone: needed: {needs} ({slots}); inspectors of {department}: {funnel} → not recused: {unrecused} → on duty: {present}; widen a condition, add inspectors, lower the places, or leave these enterprises out",
        "{count} 个检查对象（如 {example}）单独派员也无法配齐：需要 {needs} 人（{slots}），而 {department} 执法检查人员：{funnel} → 不回避：{unrecused} → 在岗：{present}；请放宽条件、增加人员、减少名额，或不将这些对象列入",
    ),
    "staffing-short-then": Message(
        "{count} enterprises, e.g. {example}, could not be staffed even alone in {periods}: needed: {needs} ({slots}); inspectors of {department}: {funnel} → not recused: {unrecused} → on duty: {present}; let fewer be absent at a time, add inspectors, lower the places, or leave the period out",
        "{count} 个检查对象（如 {example}）在 {periods} 单独派员也无法配齐：需要 {needs} 人（{slots}），而 {department} 执法检查人员：{funnel} → 不回避：{unrecused} → 在岗：{present}；请错开缺勤、增加人员、减少名额，或删去该时段",
    ),
    "staffing-short-more": Message(
        "{kinds} further kinds, {count} enterprises in all, could not be staffed either: mend the kinds above first",
        "另有 {kinds} 类共 {count} 个检查对象也无法配齐：请先处理以上各类",
    ),
    "visits-without-places": Message(
        "{department} may come to {count} enterprises, e.g. {example}, without sending anybody, because no slot stands there: add a slot if that is not meant",
        "{department} 在 {count} 个检查对象（如 {example}）处可能没有任何岗位，无人前往：如非本意，请增加岗位",
    ),
    # ---- commitments.py
    "number-above-stratum": Message(
        "{number} are to be drawn of {size}: lower the number, or widen the conditions",
        "{size} 个中要抽 {number} 个：请减少数量或放宽条件",
    ),
    "number-outside-bounds": Message(
        "the stated number {number} is outside the demand's own bounds {low} to {high}: change one of them",
        "所写数量 {number} 不在该需求自己的上下限 {low} 至 {high} 之内：请修改其一",
    ),
    "stratum-without-take": Message(
        "the stratum {stratum} has enterprises but no take: add it to the table, with 0 if nobody is to be drawn",
        "层 {stratum} 中有检查对象，但表中没有抽取量：请补入，不抽则写 0",
    ),
    "never-meet": Message(
        "the target {target} cannot be approached: no enterprise belongs to two departments; leave the target out, "
        "or let the populations overlap",
        "目标 {target} 无从实现：没有检查对象同属两个部门；请删去目标，或使各部门的对象范围有交集",
    ),
    "populations-apart": Message(
        "no enterprise belongs to two departments, so no visit can be joint: let the populations overlap if departments "
        "are meant to meet",
        "没有检查对象同属两个部门，不会有联合检查：如需联合，请使各部门的对象范围有交集",
    ),
    "stratum-twice-rate": Message(
        "{number} of {size} are drawn, twice the rate {rate} or more: rounding up or a minimum weighs much in so small "
        "a stratum; merge strata if that is not meant",
        "{size} 个中抽 {number} 个，达到比例 {rate} 的两倍以上：层太小，进位或下限影响很大；如非本意，请合并各层",
    ),
}
