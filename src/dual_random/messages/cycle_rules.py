"""What is said about memory of earlier visits, and the adjustment of rates and classes."""

from typing import Final

from dual_random.messages.message import Message

MESSAGES: Final[dict[str, Message]] = {
    # ---- cycle/memory.py
    "column-taken": Message(
        "the register has a column {column} already: name the new one otherwise, or leave that one out of the register",
        "名录库已有 {column} 列：请给新列另取名称，或在名录库中去掉该列",
    ),
    "record-repeated": Message(
        "this is the draw of {other} again, whose visits would count twice: give it once, with all its amendments",
        "此记录与 {other} 是同一次抽取，其户次会被重复计数：请只提供一次，并附其全部变更",
    ),
    "record-second": Message(
        "this record and {other} are of one commitment, which has one draw: find out with verify which of them holds",
        "此记录与 {other} 出自同一承诺，而一个承诺只有一次抽取：请用 verify 查明哪一份成立",
    ),
    "record-staffed-missing": Message(
        "it staffs visits of the record {digest}, which is not among those given: give that one, too, or leave this one out",
        "该记录为记录 {digest} 的户次派员，而后者不在所给记录之中：请一并提供，或去掉此记录",
    ),
    "visited-unlisted": Message(
        "visited before ({visits}), but not in the register: if it has another id now, it begins there without a past",
        "此前已检查 {visits} 户次，但不在名录库中：如已改用其他编号，则在新编号下从零计起",
    ),
    "cap-form": Message(
        "{value} is no cap: write a whole number of visits from 1 to {most}",
        "{value} 不能作为上限：请写 1 至 {most} 的整数（户次）",
    ),
    "cap-condition": Message(
        "{name} has a condition on {column} already, and the cap would be a second one: remove it, or set the cap in it",
        "{name} 对 {column} 列已有条件，上限会与之重复：请去掉该条件，或直接在其中写明上限",
    ),
    "cap-without-draw": Message(
        "the plan staffs an earlier record and draws nobody: set the cap in the plan that draws",
        "该计划只为先前的记录派员，不抽取对象：请在抽取对象的计划中设定上限",
    ),
    # ---- cycle/limits.py
    "classes-few": Message(
        "an order needs two classes or more, not {count}: name them from the least risk to the greatest",
        "次序至少须有两类，现为 {count} 类：请从风险最低到最高依次列出",
    ),
    "step-zero": Message(
        "a step of 0 is none: write e.g. 0.01%",
        "步长不能为 0：请写如 0.01%",
    ),
    "limits-crossed": Message(
        "the lowest value {low} is above the highest, {high}: exchange them, or correct one",
        "下限 {low} 高于上限 {high}：请对调或改正其一",
    ),
    "times-form": Message(
        "{value} is no number of times: write a whole number from 0 without quotes",
        "{value} 不是次数：请写 0 或以上的整数，不加引号",
    ),
    "present-outside": Message(
        "{value} lies outside the rule's bounds {low} to {high}: widen the bounds, or decide first on a value within",
        "{value} 不在规则的界限 {low} 至 {high} 之内：请放宽界限，或先行确定界限内的取值",
    ),
    "present-off-step": Message(
        "{value} is no whole multiple of the rule's step {step}: choose a smaller step, or a rounder value",
        "{value} 不是规则步长 {step} 的整数倍：请改用更小的步长，或更整的取值",
    ),
    "share-rule": Message(
        "{order}; shares from {low} to {high} in steps of {step}; in one round multiplied or divided by {factor} at the "
        "most; expectations trusted with {weight} problems",
        "{order}；比例介于 {low} 至 {high}，步长 {step}；每轮至多乘以或除以 {factor}；预期值按 {weight} 个问题计权",
    ),
    "frequency-rule": Message(
        "{order}; {low} to {high} times a year; in one round {change} more or less at the most; expectations trusted with "
        "{weight} problems",
        "{order}；每年 {low} 至 {high} 次；每轮至多增减 {change} 次；预期值按 {weight} 个问题计权",
    ),
    # ---- cycle/shrinkage.py
    "class-unknown": Message(
        "{value} is none of the rule's classes {known}: correct it, or add it to the order",
        "{value} 不属于规则的类别 {known}：请改正，或加入次序",
    ),
    "class-missing": Message(
        "the class {name} has no entry here: add one",
        "类别 {name} 在此没有取值：请补上",
    ),
    "detections-mixed": Message(
        "rates of {count} kinds came, such as {named}: pass the problem-detection rates only, e.g. of indicators(log, by=…, "
        "only='problem-detection rate: random')",
        "此处有 {count} 种比率（如 {named}）：请只给问题检出率，例如 indicators(log, by=…, only='problem-detection rate: random') 的结果",
    ),
    "detections-other": Message(
        "{name} of {of} says nothing of how often visits find problems: pass the problem-detection rate of visits, e.g. of "
        "indicators(log, by=…, only='problem-detection rate: random')",
        "{name}（按 {of}）不说明检查发现问题的比例：请给按户次计的问题检出率，例如 indicators(log, by=…, "
        "only='problem-detection rate: random') 的结果",
    ),
    # ---- cycle/adjustment.py
    "classes-crossed": Message(
        "{high} has a lower value than {low}, which is of less risk: raise the one or lower the other first",
        "{high} 的取值低于风险较小的 {low}：请先提高前者或降低后者",
    ),
    "numbers-unlike": Message(
        "{other} and {effective} are not numbered alike, so nobody can say which is later: write both like 2024-3",
        "{other} 与 {effective} 编号方式不同，无法判断先后：请都写成如 2024-3 的形式",
    ),
    "effective-early": Message(
        "{effective} is not later than {other}, and a change holds from the next plan only: name a later one that is not "
        "committed yet",
        "{effective} 不晚于 {other}，而调整只从下一计划起生效：请指定尚未承诺的后续计划",
    ),
    "adjustment-other-plan": Message(
        "the adjustment holds from plan {effective} on and cannot change plan {number}: apply it to that plan",
        "调整自计划 {effective} 起生效，不能改动计划 {number}：请用于该计划",
    ),
    "adjustment-kind": Message(
        "this adjustment is of the other kind: ask for {name}",
        "此次调整属于另一类：请使用 {name}",
    ),
    "adjustment-strata": Message(
        "the strata of this demand are not the classes {classes}: name a demand whose by is the one column of classes",
        "该抽查需求的分层不是类别 {classes}：请指定以类别列为唯一分层列的需求",
    ),
    "class-adjusted": Message(
        "{before} becomes {after} from plan {effective} on: {problems} problems in {visits} visits of plan {measured} "
        "where {expected} were to be expected, index {index}, which asks for {wanted}",
        "自计划 {effective} 起由 {before} 调整为 {after}：计划 {measured} 的 {visits} 户次中发现问题 {problems} 户次，预期检出率 {expected}，"
        "指数 {index}，据此应为 {wanted}",
    ),
    "class-limited": Message(
        "{before} becomes {after} from plan {effective} on, as far as the most change of one round allows: {problems} problems in "
        "{visits} visits of plan {measured} where {expected} were to be expected, index {index}, which asks for {wanted}",
        "自计划 {effective} 起由 {before} 调整为 {after}（已至每轮最大变动）：计划 {measured} 的 {visits} 户次中发现问题 {problems} 户次，预期检出率 {expected}，"
        "指数 {index}，据此应为 {wanted}",
    ),
    "class-bounded": Message(
        "{before} becomes {after} from plan {effective} on, as far as the bound {bound} of the rule allows: {problems} problems "
        "in {visits} visits of plan {measured} where {expected} were to be expected, index {index}, which asks for {wanted}",
        "自计划 {effective} 起由 {before} 调整为 {after}（已至规则界限 {bound}）：计划 {measured} 的 {visits} 户次中发现问题 {problems} 户次，"
        "预期检出率 {expected}，指数 {index}，据此应为 {wanted}",
    ),
    "class-held": Message(
        "{before} stays in plan {effective}, held by the bound {bound} of the rule: {problems} problems in {visits} visits of plan "
        "{measured} where {expected} were to be expected, index {index}, which asks for {wanted}",
        "计划 {effective} 中维持 {before}（已在规则界限 {bound}）：计划 {measured} 的 {visits} 户次中发现问题 {problems} 户次，"
        "预期检出率 {expected}，指数 {index}，据此应为 {wanted}",
    ),
    "class-ordered": Message(
        "{before} becomes {after} from plan {effective} on, so that no class stands above one of greater risk: {problems} "
        "problems in {visits} visits of plan {measured} where {expected} were to be expected, index {index}, which asks for "
        "{wanted}",
        "自计划 {effective} 起由 {before} 调整为 {after}（以保持类别次序）：计划 {measured} 的 {visits} 户次中发现问题 {problems} 户次，预期检出率 {expected}，"
        "指数 {index}，据此应为 {wanted}",
    ),
    "class-kept": Message(
        "{before} stays in plan {effective}: {problems} problems in {visits} visits of plan {measured} where {expected} were "
        "to be expected, index {index}, which asks for {wanted}",
        "计划 {effective} 中维持 {before}：计划 {measured} 的 {visits} 户次中发现问题 {problems} 户次，预期检出率 {expected}，指数 {index}，"
        "据此应为 {wanted}",
    ),
    # ---- cycle/credit.py
    "credit-rule": Message(
        "{order}; one class worse for {worse} visits with a problem in a round, one better for {better} in a row without; "
        "a problem counts in visits of {worse_by}, the lack of one in visits of {better_by}; untraceable: {untraceable}; one step a round",
        "{order}；一轮内有 {worse} 户次发现问题则降一级，连续 {better} 户次未发现问题则升一级；计入的检查方式：发现问题 {worse_by}，未发现问题 {better_by}；查无下落：{untraceable}；每轮至多一级",
    ),
    "class-worse": Message(
        "{before} becomes {after} on {effective}: of {visits} visits {problems} with a problem ({which}), {untraceable} "
        "untraceable",
        "自 {effective} 起由 {before} 降为 {after}：{visits} 户次中 {problems} 户次发现问题（{which}），{untraceable} 户次查无下落",
    ),
    "class-better": Message(
        "{before} becomes {after} on {effective}: the last {run} visits without a problem, {visits} of them in this round "
        "({which})",
        "自 {effective} 起由 {before} 升为 {after}：最近连续 {run} 户次未发现问题，其中本轮 {visits} 户次（{which}）",
    ),
    "reclassified": Message(
        "{changes} of {enterprises} enterprises change their class on {effective}; visited and not in the register: {unlisted}",
        "{enterprises} 个检查对象中 {changes} 个自 {effective} 起调整类别；受检而不在名录库的有 {unlisted} 个",
    ),
    "more-in-table": Message(
        "… {count} more: the table has all of them",
        "… 另有 {count} 项：全部见表",
    ),
    "class-of-rows": Message(
        "{rows} rows have the class {value}, which the rule does not know; it knows {known}: correct them, or add the class "
        "to the order",
        "有 {rows} 行的类别为 {value}，规则中没有；规则中的类别：{known}：请改正，或将其加入次序",
    ),
    "run-form": Message(
        "{value} is no run of visits: write a whole number from 0, or leave the column out and begin anew",
        "{value} 不是连续户次数：请写 0 或以上的整数，或去掉该列重新计起",
    ),
    "round-empty": Message(
        "the round from {since} to before {effective} has no day: let it begin earlier, or the classes hold later",
        "自 {since} 起至 {effective} 之前没有一天：请提前起始日，或推后生效日",
    ),
}
