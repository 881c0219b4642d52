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
        "{name} cannot have met itself: name two inspectors",
        "{name} 不能与自己同组：请写两名执法人员",
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
