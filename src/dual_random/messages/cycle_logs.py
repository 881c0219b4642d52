"""What is said about logs of visits and what is measured from them."""

from typing import Final

from dual_random.messages.message import Message

MESSAGES: Final[dict[str, Message]] = {
    # ---- cycle/vocabulary.py
    "log-word": Message(
        "{value} is no word of this column: write one of {known}, or nothing where it is not known",
        "{value} 不是本列可用的词：请写 {known} 之一，不详则留空",
    ),
    "log-mode": Message(
        "{value} is another word for the mode {word}, and would be counted as none: write {word}",
        "{value} 即检查方式 {word}，照此写法不会计入该方式：请写 {word}",
    ),
    "log-names-joined": Message(
        "{value} holds a sign that joins several names, which here would be one: join names by ;",
        "{value} 含有连接多个名称的符号，在此会被当作一个名称：请以 ; 连接各名称",
    ),
    "log-items-listed": Message(
        "{value} may be several items or one: write {written} for several, {one} for one",
        "{value} 可能是多个事项，也可能是一个事项：多项请写作 {written}，一项请写作 {one}",
    ),
    # ---- cycle/instants.py
    "log-time-type": Message(
        "times are read as text, but {value} is of type {type}: make it text first, e.g. by .dt.strftime('{form}') of a pandas column",
        "时间须为文本，而 {value} 的类型是 {type}：请先转换为文本，例如对 pandas 列使用 .dt.strftime('{form}')",
    ),
    # ---- cycle/logs.py
    "log-column-unknown": Message(
        "the log has no such column as {column} here; it has {known}: correct the name, or name the column in Log(…, columns=…)",
        "日志中没有可用的 {column} 列；现有：{known}：请改正列名，或在 Log(…, columns=…) 中写明该列",
    ),
    "log-column-month": Message(
        "month is derived from the days of a visit, so no column can be kept under this name: rename the column",
        "month 由检查日期得出，不能另有同名的列：请给该列改名",
    ),
    # ---- cycle/contradictions.py
    "log-not-arrived": Message(
        "no arrival stands here, yet the row has a cell of {columns}: fill in arrived, or empty that",
        "此处没有到达时间，而该行填有 {columns}：请填写 arrived，或清空所填",
    ),
    "log-left-early": Message(
        "{value} lies before the arrival at {arrived}: one of the two is wrong, correct it",
        "{value} 早于到达时间 {arrived}：其中必有一误，请改正",
    ),
    "log-published-early": Message(
        "{value} lies before the visit of {arrived}, and a result cannot be published before it is known: correct one of the two",
        "{value} 早于检查时间 {arrived}，而结果不能在检查之前公布：请改正其一",
    ),
    "log-visit-differs": Message(
        "the visit {visit} has {values} here, but a visit has one of each: give every visit an id of its own, or correct the rows",
        "户次 {visit} 此列有 {values}，而一个户次只能有一个：请给各户次不同的编号，或改正这些行",
    ),
    "log-department-repeated": Message(
        "{department} stands more than once in the visit {visit}, but a row is the one check of a department: keep one row, or "
        "give the other visit an id of its own",
        "户次 {visit} 中 {department} 出现不止一次，而一行是一个部门的一次检查：请只留一行，或给另一户次单独编号",
    ),
    # ---- cycle/grouping.py
    "log-visits-split": Message(
        "{count} visits stand under more than one value of this column, such as {visit} ({values}), so that groups of it would "
        "count them twice: give the rows of a visit one value, or measure by department",
        "有 {count} 个户次在此列有多个取值，例如 {visit}（{values}），按此分组会重复计数：请使同一户次各行取值相同，或按部门统计",
    ),
    "log-by-several": Message(
        "{value} is no name of groups: write one, such as department, and measure once for each",
        "{value} 不是一个分组名称：请只写一个，例如 department，并逐一统计",
    ),
    # ---- cycle/omissions.py
    "indicator-without-columns": Message(
        "the log lacks {columns}: add what is missing",
        "日志没有 {columns} 列：请补充",
    ),
    "indicator-column-like": Message(
        "the log lacks {columns}, but the table has {like}: rename it if it is that",
        "日志没有 {columns} 列，而表中有 {like}：如即为该列，请改名",
    ),
    "indicator-column-unread": Message(
        "the log lacks {columns}: add it, or rename it if it is one of {unread}, which were not read",
        "日志没有 {columns} 列：请补充，如为未读取的 {unread} 之一，请改名",
    ),
    "indicator-without-hours": Message(
        "no arrival has a time of day: log the hour",
        "到达时间均只有日期：请记录时刻",
    ),
    "indicator-without-arguments": Message(
        "this was not given: {arguments}",
        "未给出参数 {arguments}",
    ),
    "indicator-not-by": Message(
        "it is not counted by {by}: leave by out, or take another",
        "不按 {by} 统计：请不分组，或换用其他分组",
    ),
    "indicator-name-unknown": Message(
        "{name} is no rate: write one of {known}",
        "{name} 不是指标名称：请写 {known} 之一",
    ),
    # ---- cycle/deadlines.py
    "working-days-late": Message(
        "the working days begin on {first}, but {count} checks are older, the oldest of {day}: give the working days from there on",
        "工作日自 {first} 起，而有 {count} 次检查更早，最早为 {day}：请给出自该日起的工作日",
    ),
    "working-days-short": Message(
        "the working days end on {last}, before {number} of them have passed since {count} checks, the latest of {day}: give more of "
        "them, or say with as_of until when the log was kept",
        "工作日至 {last} 止，而 {count} 次检查（最晚为 {day}）之后尚未满 {number} 个工作日：请补充工作日，或用 as_of 写明日志截止日",
    ),
    # ---- cycle/rankings.py
    "rank-empty": Message(
        "there is no rate to rank: pass at least one",
        "没有可排名的比率：请至少提供一个",
    ),
    "rank-mixed": Message(
        "{value} stands beside {first} of the first rate: rank only rates of one name, one measure and one kind of scope",
        "{value} 与第一个比率的 {first} 不同：只可对名称、口径和范围类别相同的比率排名",
    ),
    "rank-scope-repeated": Message(
        "this scope has more than one rate, so it would have two places: pass one for each scope",
        "该范围有不止一个比率，会有两个名次：请每个范围只给一个",
    ),
    # ---- cycle/facts.py
    "logged-after-as-of": Message(
        "arrivals after {as_of}, the day up to which the log is said to be complete: give a later as_of, or the log as it "
        "was then",
        "到达日期晚于记录的截止日期 {as_of}：请给更晚的 as_of，或提供截至该日的记录",
    ),
    # ---- cycle/comparisons.py
    "comparison-repeated": Message(
        "{name} of {scope} (of {of}) stands already at {other}: pass every rate of a period once",
        "{scope} 的 {name}（按 {of}）已见于 {other}：同一时期每个比率只可给一次",
    ),
    "comparison-changed": Message(
        "from {before} to {after} of {of}, {points} percentage points",
        "由 {before} 变为 {after}（按{of}），{points} 个百分点",
    ),
    "comparison-appeared": Message(
        "only in the second period: {rate} of {of}",
        "仅本期有：{rate}（按{of}）",
    ),
    "comparison-vanished": Message(
        "only in the first period: {rate} of {of}",
        "仅前期有：{rate}（按{of}）",
    ),
    "comparison-undefined": Message(
        "from {before} to {after} of {of}: where nothing was counted there is no difference",
        "由 {before} 至 {after}（按{of}）：一方无计数，无从比较",
    ),
    # ---- cycle/averages.py
    "average-macro": Message(
        "{macro} is the mean of the percentages of {count} scopes (of {of}; without a value: {left_out}), each of the same weight (macro average)",
        "{macro} 是 {count} 个范围百分比的算术平均（按 {of}，无数值的有 {left_out} 个），各范围权重相同（宏平均）",
    ),
    "average-differs": Message(
        "the counts added give {micro} (micro average), not {macro}: say which of the two a figure is",
        "按计数合计为 {micro}（微平均），不是 {macro}：引用时请写明是哪一种",
    ),
    "average-overlap": Message(
        "the same {of} stand under several scopes, so there are no counts added to compare it with: count the {of} of the whole",
        "同一 {of} 见于多个范围，计数不能合计，无从对照：请对整体直接统计 {of}",
    ),
    "average-undefined": Message(
        "all {count} rates are 0/0, so there is no mean: pass one that has a value",
        "{count} 个比率均为 0/0，没有平均数：请至少提供一个有数值的比率",
    ),
}
