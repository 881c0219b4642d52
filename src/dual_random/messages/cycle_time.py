"""What is said about working days, schedules, batches and what is closed."""

from typing import Final

from dual_random.messages.message import Message

MESSAGES: Final[dict[str, Message]] = {
    # ---- cycle/calendars.py
    "calendar-empty": Message(
        "the calendar has no working day: list the days on which the authority works",
        "工作日历中没有工作日：请列出机关上班的日期",
    ),
    "calendar-dates": Message(
        'working days are text, but {count} of these are objects of another type, the first of them {type}, {value}: write 2024-07-01, e.g. by day.isoformat() of a date, or .dt.strftime("%Y-%m-%d") of a pandas column',
        '工作日须为文本，其中 {count} 项却是其他类型（首项的类型为 {type}，值为 {value}）：请写作 2024-07-01，例如对 date 使用 day.isoformat()，对 pandas 列使用 .dt.strftime("%Y-%m-%d")',
    ),
    "calendar-outside": Message(
        "{day} is outside of the calendar, which covers {first} to {last}: add the working days of its month",
        "{day} 不在工作日历范围（{first} 至 {last}）之内：请补充该月的工作日",
    ),
    "calendar-short": Message(
        "{count} working days after {day} lie beyond the calendar, which ends on {last}: add the working days of the months that follow",
        "{day} 之后的第 {count} 个工作日超出工作日历（截至 {last}）：请补充以后月份的工作日",
    ),
    "span-form": Message(
        "{value} is no span of days: write a day 2024-07-01, a week 2024-W27, a month 2024-07, or a pair of days",
        "{value} 不是时间段：请写日期 2024-07-01、周 2024-W27、月 2024-07，或起止两个日期",
    ),
    "span-reversed": Message(
        "the window ends on {last}, before it begins on {first}: exchange the days, or correct one of them",
        "时间窗口的结束日 {last} 早于开始日 {first}：请对调或更正",
    ),
    "span-unscheduled": Message(
        "{first} to {last} is outside of {begins} to {ends}, for which this schedule was made: ask for a span inside, or schedule with a longer calendar",
        "{first} 至 {last} 不在本排期的范围（{begins} 至 {ends}）之内：请改为范围内的时间段，或以更长的工作日历排期",
    ),
    # ---- cycle/schedules.py
    "window-missing": Message(
        "nothing says which days the period {period} has: pass its first and last day in windows, or name periods as ISO months, weeks or days (2024-07, 2024-W27, 2024-07-01)",
        "无从得知时段 {period} 的起止日期：请在 windows 中写明首日和末日，或以 ISO 月、周、日（2024-07、2024-W27、2024-07-01）命名时段",
    ),
    "window-unknown": Message(
        "a window is given for {period}, which is no period of the plan ({known}): correct its name, or leave it out",
        "为 {period} 给出了时间窗口，但它不是本计划的时段（{known}）：请更正名称或删去",
    ),
    "window-idle": Message(
        "no working day from {first} to {last}: widen the window, or correct the calendar",
        "{first} 至 {last} 之间没有工作日：请放宽时间窗口或更正工作日历",
    ),
    "window-order": Message(
        "the window begins on {first}, but that of {earlier}, the period before, ends on {last}: periods come one after the other and share no day, so correct one of the two",
        "时间窗口始于 {first}，而前一时段 {earlier} 止于 {last}：各时段须依次排列且互不重叠，请更正其一",
    ),
    "window-numbers": Message(
        "{value} are no first and last day: write them as 2024-07-01, or pass numbers as datetime.date.toordinal counts them",
        "{value} 不是首日和末日：请写作 2024-07-01，或给出 datetime.date.toordinal 的日序数",
    ),
    "schedule-staffing": Message(
        "this record staffs visits of the record {digest}, and the key of that one decides their days: schedule that record",
        "本记录为记录 {digest} 的户次派员，检查日期由该记录的密钥决定：请对该记录排期",
    ),
    "schedule-period": Message(
        "the visit is in period {period}, which its plan does not have: verify the record",
        "该户次所在时段 {period} 不在其计划之中：请核验记录",
    ),
    "schedule-order": Message(
        "the days do not ascend: a schedule lists visits in the order in which they are paid, so sort them by day",
        "日期未按先后排列：排期按检查先后列出户次，请按日期排序",
    ),
    "schedule-unknown": Message(
        "no such visit among the {visits} that are scheduled: check the id, or whether it was drawn",
        "已排期的 {visits} 户次中没有此项：请核对编号，或确认其是否被抽中",
    ),
    "takeover-late": Message(
        "who stands in can come on the first working day after {day} at the earliest, but the calendar ends on {last}: add the working days of the months that follow",
        "递补者最早于 {day} 之后的第一个工作日接受检查，而工作日历截至 {last}：请补充以后月份的工作日",
    ),
    "errand-idle": Message(
        "the checks merged into this visit have the days from {first} to {last} in common, and none of them is a working day: pass the calendar to merge_visits, which then merges by working days",
        "并入该户次的各项检查共同的日期为 {first} 至 {last}，其中没有工作日：请将工作日历传给 merge_visits，按工作日合并",
    ),
    # ---- cycle/batches.py
    "batch-scopes": Message(
        "{value} does not say which visit belongs to which scope: write {written}",
        "{value} 未说明各户次所属的范围：请写作 {written}",
    ),
    "batch-empty": Message(
        "a batch without visits: leave it out",
        "批次中没有户次：请删去",
    ),
    "batch-cut": Message(
        "batches are cut by their number or by their size, by one of the two and not by both (number {number}, size {size}): pass a count from 1 as one of them",
        "分批须按批数或每批户次，二者取一（批数 {number}，每批户次 {size}）：请只给出其中之一，且不小于 1",
    ),
    "batch-unscoped": Message(
        "the visit is scheduled, but belongs to no scope: name its scope, or pass no scopes at all",
        "该户次已排期，但不属于任何范围：请写明其范围，或不按范围分批",
    ),
    # ---- cycle/savings.py
    "saving-pair": Message(
        "{value} is no record with its schedule: write [(record, schedule(record, calendar)), …]",
        "{value} 不是记录及其排期：请写作 [(record, schedule(record, calendar)), …]",
    ),
    "saving-other": Message(
        "this is not the whole schedule of the visits that stand in the record: pass schedule(record, calendar) of the record as it is, uncut, and pick the months from the result",
        "这不是该记录现行全部户次的排期：请传入该记录的 schedule(record, calendar)，不作截取，再从结果中选取月份",
    ),
    "saving-repeated": Message(
        "the same draw stands already at {other}, so its visits would count twice: pass every draw once, with its latest record",
        "同一次抽取已见于 {other}，其户次会重复计算：请每次抽取只传入一次，并用最新记录",
    ),
    # ---- cycle/worklists.py
    "work-unknown": Message(
        "the record of plan {plan} has no check of {department} at {enterprise}: schedule the record as it stands now, and pass that one",
        "计划 {plan} 的记录中没有 {department} 对 {enterprise} 的检查：请以现行记录排期，并传入同一记录",
    ),
    # ---- cycle/closures.py
    "closure-no-tasks": Message(
        "the schedule does not say what is done in its visits: pass tasks, as (number of the plan, department), when it is made",
        "排期未写明各户次的任务：请在排期时给出 tasks（计划编号、部门）",
    ),
    "closure-column": Message(
        "the log lacks this column, and without it no task can be closed: add it, with empty cells where nothing is known",
        "检查日志缺少此列，无法销号：请补充该列，未知之处留空",
    ),
    "closure-cancelled-unknown": Message(
        "a task is cancelled that is not scheduled: name a visit of the schedule, or a visit and one of its departments",
        "所取消的任务未列入排期：请写明排期中的户次，或户次及其中一个部门",
    ),
    "closure-counts": Message(
        "as of {as_of}: {tasks} tasks; closed {on_time} on time and {late} late; overdue {overdue}; not due yet {open}; cancelled {cancelled}",
        "截至 {as_of}：任务 {tasks} 项；按时销号 {on_time}，逾期销号 {late}；逾期未销号 {overdue}；未到期 {open}；取消 {cancelled}",
    ),
    "closure-overdue": Message(
        "the check of {department} (plan {plan}), scheduled for {day}, was due by {due} and nobody closed it: carry it out, or cancel it openly with a reason",
        "{department} 的检查（计划 {plan}）排定于 {day}，应于 {due} 前完成，至今未销号：请实施，或公开说明原因后取消",
    ),
    "closure-early": Message(
        "the check of {department} (plan {plan}), scheduled for {day}, was closed on {closed}, earlier than the lot said: nobody may choose who is visited early, so state why",
        "{department} 的检查（计划 {plan}）排定于 {day}，却已于 {closed} 销号，早于随机排定的时间：任何人不得选择先查谁，请说明原因",
    ),
    "closure-done": Message(
        "the check of {department} (plan {plan}) was cancelled ({reason}), but closed on {closed}: it counts as closed; correct the log, or withdraw the cancellation",
        "{department} 的检查（计划 {plan}）已取消（{reason}），却又于 {closed} 销号：按已销号计；请更正日志或撤回取消",
    ),
    "closure-elsewhere": Message(
        "{department} was at {enterprise} under plan {plan}, which is not scheduled here, while its scheduled check is overdue: if this was it, correct the number of the plan",
        "{department} 曾以计划 {plan} 到 {enterprise} 检查，该计划不在本排期之内，而本排期中对应的检查逾期未销号：若即此次检查，请更正计划编号",
    ),
    "closure-unknown": Message(
        "plan {plan} has no task of {department} at {enterprise}: whoever was not drawn is not visited under it, so correct the plan's number or state the real ground",
        "计划 {plan} 中没有 {department} 对 {enterprise} 的任务：未被抽中者不得以该计划检查，请更正计划编号或如实说明依据",
    ),
    "closure-part": Message(
        "{rows} rows of the log have no task in this part of the schedule, and may have one in the rest: pass the whole schedule to see which have none at all",
        "日志中有 {rows} 行在此部分排期中没有任务，其任务可能在其余部分：请传入完整排期，以查明哪些确无任务",
    ),
    "closure-again": Message(
        "the task of {department} at {enterprise} (plan {plan}) had been closed before: leave out the second entry, or state the ground of the second visit",
        "{department} 对 {enterprise} 的任务（计划 {plan}）此前已销号：请删去重复登记，或说明再次检查的依据",
    ),
    "closure-unentered": Message(
        "{department} was at {enterprise} (plan {plan}), but no result is entered, so the task stays open: whoever checks, enters",
        "{department} 已到 {enterprise} 检查（计划 {plan}），但未录入结果，任务不予销号：谁检查、谁录入",
    ),
}
