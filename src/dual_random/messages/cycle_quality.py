"""What is said about visits of low quality."""

from typing import Final

from dual_random.messages.message import Message

MESSAGES: Final[dict[str, Message]] = {
    # ---- cycle/matching.py
    "records-of-one-plan": Message(
        "the plan {number} has two records here: give the last one of each plan, and the records of one authority at a time",
        "计划 {number} 在此有两份记录：每个计划只给最后一份，并按机关分别核查",
    ),
    "logged-plan-unknown": Message(
        "no record and no list of plans has {number}: correct the number, give the record, or add it to plans",
        "没有编号为 {number} 的记录，plans 中也没有：请更正编号、给出记录，或补入 plans",
    ),
    "logged-enterprise-unknown": Message(
        "{enterprise} is not in the register that the record was drawn from, so the plan could not have drawn it: correct the id or the number of the plan",
        "{enterprise} 不在抽取所用的名录库中，该计划不可能抽到：请更正编号或计划编号",
    ),
    "logged-before-draw": Message(
        "{day} is before {earliest}, the earliest day of the seed of the plan {number}: nobody was drawn then; correct the day, or give the record that this check belongs to",
        "{day} 早于计划 {number} 的种子最早公布日 {earliest}，当时尚未抽取：请更正日期，或给出该检查所属的记录",
    ),
    # ---- cycle/flaws.py
    "quality-deregistered": Message(
        "{enterprise} has the status {status} on the day, yet {departments} logged a check: was anybody there?",
        "{enterprise} 当日状态为{status}，但 {departments} 登记了检查：是否确有到场？",
    ),
    "quality-deregistered-in-register": Message(
        "{enterprise} has the status {status} in the register, yet {departments} logged a check: was it so on the day already?",
        "{enterprise} 在名录库中的状态为{status}，但 {departments} 登记了检查：当日是否已是如此？",
    ),
    "quality-apart": Message(
        "{first} came at {first_arrived}, {last} at {last_arrived}, {minutes} minutes apart, and together means within {together}",
        "{first} 于 {first_arrived} 到场，{last} 于 {last_arrived} 到场，相差 {minutes} 分钟，同时上门指 {together} 分钟之内",
    ),
    "quality-alone": Message(
        "registered as joint, but {departments} came alone; the log has {registered}",
        "登记为联合检查，但只有 {departments} 到场；日志中的部门：{registered}",
    ),
    "quality-few-inspectors": Message(
        "{inspectors} checked for {departments}: fewer than {least} different people",
        "{departments} 的检查人员为 {inspectors}：不足 {least} 名不同人员",
    ),
    "quality-no-inspectors": Message(
        "the log names nobody who checked for {departments}",
        "日志未写明 {departments} 的检查人员",
    ),
    "quality-unplanned": Message(
        "{departments} visited {enterprise} without a plan (mode {mode})",
        "{departments} 检查 {enterprise} 没有计划（方式：{mode}）",
    ),
    "quality-short": Message(
        "{departments} stayed from {arrived} to {left}, {minutes} minutes: no check takes less than {shortest}",
        "{departments} 自 {arrived} 至 {left}，共 {minutes} 分钟：检查不可能短于 {shortest} 分钟",
    ),
    "quality-long": Message(
        "{departments} stayed from {arrived} to {left}, {minutes} minutes: no check takes more than {longest}",
        "{departments} 自 {arrived} 至 {left}，共 {minutes} 分钟：检查不可能长于 {longest} 分钟",
    ),
    "quality-published-late": Message(
        "{departments} checked on {arrived} and published on {published}; {within} working days ended on {last}",
        "{departments} 于 {arrived} 检查，{published} 公示；{within} 个工作日止于 {last}",
    ),
    "quality-unpublished": Message(
        "{departments} checked on {arrived} and had published nothing by {as_of}; {within} working days ended on {last}",
        "{departments} 于 {arrived} 检查，至 {as_of} 仍未公示；{within} 个工作日止于 {last}",
    ),
    # ---- cycle/coincidences.py
    "quality-two-places": Message(
        "{inspectors} came to {enterprise} for {departments} at {arrived}, and had not left elsewhere: {elsewhere}",
        "{inspectors} 于 {arrived} 到 {enterprise} 为 {departments} 检查，此时尚在别处：{elsewhere}",
    ),
    "quality-copied": Message(
        "{inspectors} wrote the same text at {count} enterprises ({places}), and from {copies} on that is a copy: {text}",
        "{inspectors} 在 {count} 个检查对象写了相同内容（{places}），达到 {copies} 个即视为复制：{text}",
    ),
    # ---- cycle/deviations.py
    "quality-other-team": Message(
        "dealt for {departments}: {dealt}; came: {came}. Not dealt: {instead}; missing: {missing}. Who was replaced needs an amendment",
        "{departments} 抽到的人员：{dealt}；到场：{came}。未抽到而到场：{instead}；缺席：{missing}。换人须有变更记录",
    ),
    "quality-undrawn": Message(
        "{departments} visited {enterprise} under the plan {plan}, which did not draw it: who chose it?",
        "{departments} 以计划 {plan} 检查 {enterprise}，但该计划并未抽到它：由谁选定？",
    ),
    "quality-undrawn-department": Message(
        "{enterprise} was drawn by the plan {plan} for {drawn}, but {departments} visited it under that plan as well",
        "计划 {plan} 抽到 {enterprise}，检查部门为 {drawn}，但 {departments} 也以该计划前往检查",
    ),
    "quality-other-period": Message(
        "drawn for {periods}, but {departments} came on {arrived}",
        "抽定时段为 {periods}，但 {departments} 于 {arrived} 到场",
    ),
    "quality-split": Message(
        "drawn by the plan {plan} as one visit, logged as several ({visits}): {departments} did not come together",
        "计划 {plan} 抽定为一次检查，日志中分为多次（{visits}）：{departments} 未一起到场",
    ),
    "quality-never-visited": Message(
        "drawn by the plan {plan} for {departments} (period {period}), and nobody had come by {as_of}",
        "计划 {plan} 抽定由 {departments} 检查（时段：{period}），至 {as_of} 无人到场",
    ),
    "quality-never-came": Message(
        "drawn by the plan {plan} for {departments} as well (period {period}), who had not come by {as_of}; {came} did",
        "计划 {plan} 抽定 {departments} 也应到场（时段：{period}），至 {as_of} 仍未到；到场的是 {came}",
    ),
    # ---- what could not be looked at
    "unchecked-column-like": Message(
        "not looked at, since the log lacks {columns}, but the table has {like}: rename it if it is that",
        "未核查，因日志缺少 {columns}，而表中有 {like}：如即为该列，请改名",
    ),
    "unchecked-columns": Message(
        "not looked at, since the log lacks {columns}: add what is missing",
        "未核查，因日志缺少 {columns}：请补充该列",
    ),
    "unchecked-arguments": Message(
        "not looked at, since this was not given: {arguments}",
        "未核查，因未给出：{arguments}",
    ),
    "unchecked-no-record": Message(
        "{count} checks are tied to the plan {plan}, and no record of it is given: whether they were drawn is unknown",
        "{count} 次检查属于计划 {plan}，未给出其记录：是否抽到无从得知",
    ),
    "unchecked-no-status": Message(
        "{count} visits whose status on the day is empty: fill it in, or give a register",
        "{count} 户次未写当日状态：请填写，或给出名录库",
    ),
    "unchecked-not-in-register": Message(
        "{count} visits to enterprises that the register does not hold: give that of the day",
        "{count} 户次的检查对象不在名录库中：请给出当日的名录库",
    ),
    "unchecked-no-hours": Message(
        "{count} visits for which a day stands without an hour, so that the departments may have met or not: log the time of arrival",
        "{count} 户次只有日期而无时刻，各部门是否同时到场无从得知：请记录到场时刻",
    ),
    "unchecked-no-arrival": Message(
        "{count} checks without the hour of arrival: log it",
        "{count} 次检查没有到场时刻：请记录",
    ),
    "unchecked-no-duration": Message(
        "{count} checks without the hours of arrival and leaving: log both",
        "{count} 次检查没有到场和离开的时刻：请都记录",
    ),
    "unchecked-no-people": Message(
        "{count} checks that name nobody, so that nobody can be said to have copied: name the inspectors",
        "{count} 次检查未写人员，无从判断是否复制：请写明检查人员",
    ),
    "unchecked-nobody-dealt": Message(
        "{count} checks to which no record given deals anybody: give the record of the plan that staffs them",
        "{count} 次检查在所给记录中没有派员：请给出为其派员的记录",
    ),
    "unchecked-period": Message(
        "{count} of the period {period}, whose days are unknown: give them in periods",
        "{count} 项属于时段 {period}，其起止日期未知：请在 periods 中给出",
    ),
    "unchecked-beyond-calendar": Message(
        "{count} checks for which the working days given do not reach far enough: give those of more months",
        "{count} 次检查所需的工作日超出所给范围：请给出更多月份的工作日",
    ),
    # ---- cycle/quality.py: the rules
    "title-deregistered": Message("to deregistered enterprises, by the log", "对象已注销（按日志）"),
    "title-deregistered-in-register": Message("to deregistered enterprises, by the register", "对象已注销（按名录库）"),
    "title-apart": Message("departments apart", "未同时上门"),
    "title-alone": Message("joint in name, one department there", "名为联合而仅一个部门到场"),
    "title-split": Message("drawn as one visit, logged as several", "抽定一次而分次上门"),
    "title-few-inspectors": Message("too few inspectors", "检查人员不足"),
    "title-no-inspectors": Message("no inspectors named", "未写检查人员"),
    "title-other-team": Message("not the drawn team", "并非抽中人员"),
    "title-two-places": Message("inspectors in two places at once", "人员同时在两处"),
    "title-unplanned": Message("without a plan", "无计划检查"),
    "title-undrawn": Message("never drawn (selective enforcement)", "未抽中而检查（选择性执法）"),
    "title-undrawn-department": Message("drawn, but for other departments", "抽中但并非由该部门检查"),
    "title-never-visited": Message("drawn and never visited", "抽中而无人检查"),
    "title-never-came": Message("drawn departments that never came", "抽定部门缺席"),
    "title-other-period": Message("in another period than drawn", "不在抽定时段"),
    "title-copied": Message("copied results", "检查结果复制"),
    "title-short": Message("impossibly short", "检查时长过短"),
    "title-long": Message("impossibly long", "检查时长过长"),
    "title-published-late": Message("published too late", "结果公示过迟"),
    "title-unpublished": Message("never published", "逾期未公示"),
    # ---- cycle/quality.py
    "screening-counts": Message(
        "{findings} findings in {visits} visits carried out ({checks} checks)",
        "已实施 {visits} 户次（{checks} 次部门检查），发现 {findings} 项",
    ),
    "tally-deregistered": Message(
        "to deregistered enterprises, by the log: {found} of {checked} visits",
        "对象已注销（按日志）：{checked} 户次中 {found} 户次",
    ),
    "tally-deregistered-in-register": Message(
        "to deregistered enterprises, by the register: {found} of {checked} visits",
        "对象已注销（按名录库）：{checked} 户次中 {found} 户次",
    ),
    "tally-apart": Message(
        "departments apart: {found} of {checked} joint visits",
        "未同时上门：{checked} 联合户次中 {found} 户次",
    ),
    "tally-alone": Message(
        "joint in name, one department there: {found} of {checked} joint visits",
        "名为联合而仅一个部门到场：{checked} 联合户次中 {found} 户次",
    ),
    "tally-split": Message(
        "drawn as one visit, logged as several: {found} of {checked} joint visits",
        "抽定一次而分次上门：{checked} 联合户次中 {found} 户次",
    ),
    "tally-few-inspectors": Message(
        "too few inspectors: {found} of {checked} checks",
        "检查人员不足：{checked} 次部门检查中 {found} 次",
    ),
    "tally-no-inspectors": Message(
        "no inspectors named: {found} of {checked} checks",
        "未写检查人员：{checked} 次部门检查中 {found} 次",
    ),
    "tally-other-team": Message(
        "not the drawn team: {found} of {checked} checks",
        "并非抽中人员：{checked} 次部门检查中 {found} 次",
    ),
    "tally-two-places": Message(
        "inspectors in two places at once: {found} of {checked} checks",
        "人员同时在两处：{checked} 次部门检查中 {found} 次",
    ),
    "tally-unplanned": Message(
        "without a plan: {found} of {checked} visits that need one",
        "无计划检查：须有计划的 {checked} 户次中 {found} 户次",
    ),
    "tally-undrawn": Message(
        "never drawn (selective enforcement): {found} of {checked} visits",
        "未抽中而检查（选择性执法）：{checked} 户次中 {found} 户次",
    ),
    "tally-undrawn-department": Message(
        "drawn, but for other departments: {found} of {checked} visits",
        "抽中但并非由该部门检查：{checked} 户次中 {found} 户次",
    ),
    "tally-never-visited": Message(
        "drawn and never visited: {found} of {checked} visits drawn",
        "抽中而无人检查：抽定 {checked} 户次中 {found} 户次",
    ),
    "tally-never-came": Message(
        "drawn departments that never came: {found} of {checked} joint visits",
        "抽定部门缺席：{checked} 联合户次中 {found} 户次",
    ),
    "tally-other-period": Message(
        "in another period than drawn: {found} of {checked} checks",
        "不在抽定时段：{checked} 次部门检查中 {found} 次",
    ),
    "tally-copied": Message(
        "copied results: {found} of {checked} texts by the same people",
        "检查结果复制：同组人员的 {checked} 种内容中 {found} 种",
    ),
    "tally-short": Message(
        "impossibly short: {found} of {checked} checks",
        "检查时长过短：{checked} 次部门检查中 {found} 次",
    ),
    "tally-long": Message(
        "impossibly long: {found} of {checked} checks",
        "检查时长过长：{checked} 次部门检查中 {found} 次",
    ),
    "tally-published-late": Message(
        "published too late: {found} of {checked} checks published",
        "结果公示过迟：已公示的 {checked} 次部门检查中 {found} 次",
    ),
    "tally-unpublished": Message(
        "never published: {found} of {checked} checks",
        "逾期未公示：{checked} 次部门检查中 {found} 次",
    ),
}
