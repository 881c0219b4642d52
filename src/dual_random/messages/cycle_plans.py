"""What is said about merging plans and visits."""

from typing import Final

from dual_random.messages.message import Message

MESSAGES: Final[dict[str, Message]] = {
    # ---- cycle/needs.py
    "need-follows": Message(
        "a need stands by itself, but this one follows {followed}: write how many it takes, or add the follower to the plan after merging (with_demand)",
        "单部门计划应能独立成立，该计划却跟随 {followed}：请写明抽取数量，或在合并之后再用 with_demand 加入跟随方",
    ),
    "items-missing": Message(
        "no item is named, so nobody can tell what it is related to: name what is looked at",
        "没有写明抽查事项，无法判断内容是否相关：请填写事项",
    ),
    "item-joined": Message(
        "the item {value} holds a sign that joins several items: write each as a word of its own in a list, or join them by ; in a table",
        "事项 {value} 含有连接多个事项的符号：请在列表中逐项书写，或在表格中以 ; 连接",
    ),
    "items-listed": Message(
        "{value} may be several items or one: write a list, {written} for several, or a list with the one word",
        "{value} 可能是多个事项，也可能是一个事项：请写成列表，多项写作 {written}，一项则写成仅含该词的列表",
    ),
    "window-reversed": Message(
        "the window ends on {last}, before it starts on {first}: exchange the days or correct one of them",
        "窗口截止于 {last}，早于开始日期 {first}：请对调或更正",
    ),
    "window-short": Message(
        "{times} times in a window of {days} days: a turn would have no day; write fewer times or a longer window",
        "窗口只有 {days} 天，却要检查 {times} 次，有的次数没有日期可用：请减少次数或延长窗口",
    ),
    # ---- cycle/topics.py
    "group-single": Message(
        "a group relates items to each other, but this one has fewer than two: add one or leave the group out",
        "一组事项用于声明彼此相关，该组却不足两项：请补充事项或删去该组",
    ),
    "group-flat": Message(
        "a group relates items to each other, and these groups have one item each: to relate them, write {written}",
        "一组事项用于声明彼此相关，此处各组却只有一项：如需声明彼此相关，请写作 {written}",
    ),
    "item-unknown": Message(
        "the item {item} stands in no need: correct its name or leave it out of the group",
        "事项 {item} 不在任何单部门计划之中：请更正名称或从组中删去",
    ),
    # ---- cycle/merging.py
    "needs-missing": Message(
        "there is no need to merge: hand in one or several",
        "没有可合并的单部门计划：请至少提供一个",
    ),
    "lead-unknown": Message(
        "the department {name} has no need, so it cannot lead: write one of {known}, or leave it out",
        "部门 {name} 没有单部门计划，不能作为发起部门：请改为 {known} 之一，或删去",
    ),
    "turn-opens": Message(
        "turn {turn} of {times} is round {round}: what can be joined with it follows",
        "第 {turn} 次（共 {times} 次）作为第 {round} 轮，可合并的计划并入该轮",
    ),
    "turn-joins": Message(
        "turn {turn} of {times} joins {anchor} in round {round}: objects in common, related content, {days} days in common",
        "第 {turn} 次（共 {times} 次）并入 {anchor} 的第 {round} 轮：对象有重合，内容相关，共同窗口 {days} 天",
    ),
    "turn-unfit": Message(
        "turn {turn} of {times} fits no round of {anchor}: too few days in common with all that is there",
        "第 {turn} 次（共 {times} 次）无法并入 {anchor} 的任何一轮：与该轮已有各次的共同日期不足",
    ),
    "objects-apart": Message(
        "not joined with {anchor}: no enterprise belongs to both populations",
        "未与 {anchor} 合并：两者的检查对象没有重合",
    ),
    "content-apart": Message(
        "not joined with {anchor}: no item in common, and none declared related",
        "未与 {anchor} 合并：没有相同事项，也没有声明相关的事项",
    ),
    "windows-apart": Message(
        "not joined with {anchor}: the windows have fewer than {days} days in common",
        "未与 {anchor} 合并：两者的窗口共同日期不足 {days} 天",
    ),
    # ---- cycle/rounds.py
    "turn-narrowed": Message(
        "turn {turn} of {times} keeps {days} of its {own} days in round {round}, {starts} to {ends}, for the windows of {causes}: if that is too short, merge with a larger number of days",
        "第 {turn} 次（共 {times} 次）原有 {own} 天，并入第 {round} 轮后只余 {days} 天（{starts} 至 {ends}），因 {causes} 的窗口所限：如嫌过短，请在合并时提高 days",
    ),
    "need-unknown": Message(
        "there is no need of the name {name}: write one of {known}",
        "没有名为 {name} 的单部门计划：请写 {known} 之一",
    ),
    "round-unknown": Message(
        "there is no round {number}: write a number from 1 to {count}",
        "没有第 {number} 轮：请写 1 至 {count} 之间的轮次",
    ),
    # ---- cycle/checks.py
    "cell-date": Message(
        'days are read as text, but these cells are of type {type}, such as {value}: write 2024-07-01, e.g. by .dt.strftime("%Y-%m-%d") of a pandas column, or .isoformat() of a date',
        '日期须为文本，这些单元格的类型却是 {type}（如 {value}）：请写作 2024-07-01，例如对 pandas 列使用 .dt.strftime("%Y-%m-%d")，对 date 使用 .isoformat()',
    ),
    "cell-listed": Message(
        "{value} may be several items or one: write {written} for several, {one} for one",
        "{value} 可能是多个事项，也可能是一个事项：多项请写作 {written}，一项请写作 {one}",
    ),
    "check-repeated": Message(
        "{department} stands twice with the same items in plan {plan} for this enterprise and window, first in row {first}: keep one row, or give each turn a window of its own",
        "同一检查对象、同一窗口内，{department} 在计划 {plan} 中以相同事项重复出现（首见于第 {first} 行）：请保留一行，或为每一次写明各自的窗口",
    ),
    "check-contrary": Message(
        "{value} contradicts {other} of row {first}: rows of one plan, enterprise and window are one visit, which comes so often and is led by one department, so correct one of them or leave it empty",
        "{value} 与第 {first} 行的 {other} 矛盾：同一计划、同一检查对象、同一窗口的各行为一户次，只有一个次数和一个发起部门，请更正其一或留空",
    ),
    "check-staffing": Message(
        "this record only staffs the visits of an earlier one, and its plan does not tell which demand belongs to which department: take the record that it staffs",
        "该记录只为先前记录的检查派员，其计划没有说明各需求属于哪个部门：请使用被派员的那份抽取记录",
    ),
    "check-windows": Message(
        "the record has visits of the period {period}, but no window says which days these are: add it to windows",
        "记录中有时段 {period} 的检查，但未写明其起止日期：请在 windows 中补充",
    ),
    "check-items": Message(
        "the record has visits for the demand {demand}, but nothing says which items it looks at: add it to items",
        "记录中有抽查需求 {demand} 的检查，但未写明其抽查事项：请在 items 中补充",
    ),
}
