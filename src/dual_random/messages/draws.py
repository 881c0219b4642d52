"""What is said about samples, records, explanations, verification."""

from typing import Final

from dual_random.messages.message import Message

MESSAGES: Final[dict[str, Message]] = {
    # ---- sampling.py
    "ids-shape": Message(
        "{value} is no list of ids: pass a list of texts, one id each",
        "{value} 不是编号列表：请提供文本列表，每项一个编号",
    ),
    "entries-shape": Message(
        "{value} is no table by id: pass a dict from id to value, for example dict(zip(ids, column))",
        "{value} 不是按编号的对照表：请提供由编号到取值的 dict，例如 dict(zip(ids, column))",
    ),
    "entry-missing": Message(
        "{table} has no entry for this id: add one, or leave the id out",
        "{table} 中没有此编号：请补入，或去掉该编号",
    ),
    "entry-unknown": Message(
        "{table} has an entry for this, but it is not among the ids: leave it out, or add the id",
        "{table} 中有此项，但编号列表中没有：请删去，或补入该编号",
    ),
    "size-form": Message(
        "{value} is no size: write a whole number of 0 or more; scale decimals up, the proportions alone count",
        "{value} 不是规模：请写 0 或正整数；小数请先放大为整数，只有比例起作用",
    ),
    "strata-with-sizes": Message(
        "strata and sizes cannot be drawn together: draw each stratum by a call of its own, with its ids, sizes and take",
        "分层与规模不能同时使用：请对每一层单独调用，给出该层的编号、规模和抽取量",
    ),
    "take-without-strata": Message(
        "a table of takes needs strata: pass strata, or one rate or number",
        "抽取量表须配合分层：请提供 strata，或只写一个比例或数量",
    ),
    "take-stratum-missing": Message(
        "this stratum has {size} ids but no take: add it to the table, with 0 if nobody is to be drawn",
        "该层有 {size} 个编号，但表中没有抽取量：请补入，不抽则写 0",
    ),
    "take-stratum-unknown": Message(
        "no id is in this stratum: correct its name, or leave it out",
        "没有编号属于此层：请改正层名，或删去",
    ),
    "take-above-size": Message(
        "{number} cannot be drawn of {size}: lower the number (an id of size 0 is never drawn)",
        "{size} 个中无法抽取 {number} 个：请减少数量（规模为 0 的编号不会被抽中）",
    ),
    "reserves-systematic": Message(
        "a systematic sample has no reserves, its members are drawn together: "
        'draw with method="sequential-poisson" if substitutes may be needed',
        "系统抽样的成员一次抽定，没有备选：如可能需要递补，请用 method='sequential-poisson' 抽取",
    ),
    "reserves-stratum": Message(
        "{value} is no stratum of this sample, and reserves belong to a stratum: name one of {known}",
        "{value} 不是本样本的层，而备选须属于某一层：请写明其一：{known}",
    ),
    "reserves-no-strata": Message(
        "this sample has no strata: leave {value} out",
        "本样本没有分层：请去掉 {value}",
    ),
    # ---- staffing.py
    "places-short": Message(
        "{demand} places on {visits} visits, at most {supply} of them can be filled: short of {short}. Places: {places}. Only these are eligible there, for so many at most: {people}. A higher most alone would not do: make more inspectors eligible there, raise most_per_period too, or ask for fewer places",
        "{visits} 个户次上的 {demand} 个名额，最多只能排满 {supply} 个：缺 {short} 个。名额：{places}。除以下人员外无人符合条件，括号内为各人最多可占的名额：{people}。仅提高 most 无济于事：请增加符合条件的执法检查人员，同时提高 most_per_period，或减少名额",
    ),
    "places-short-of-most": Message(
        "{demand} places on {visits} visits, at most {supply} of them can be filled: short of {short}. Places: {places}. Only these are eligible there, for so many at most: {people}. With most={enough} all places of the department could be filled; more eligible inspectors help too",
        "{visits} 个户次上的 {demand} 个名额，最多只能排满 {supply} 个：缺 {short} 个。名额：{places}。除以下人员外无人符合条件，括号内为各人最多可占的名额：{people}。most={enough} 即可排满该部门的全部名额；也可增加符合条件的执法检查人员",
    ),
    "most-raised": Message(
        "as relief allows, most was raised to {most} for all: the least with which all {places} places could be filled",
        "按 relief 的规定，most 对所有人提高到 {most}：这是能排满全部 {places} 个名额的最小值",
    ),
    "shortage-sum": Message(
        "{stated} is stated, but the parts add up to {sum}: publish the proof as it was made",
        "所写为 {stated}，而各项之和为 {sum}：请按生成时的原样公布证明",
    ),
    "shortage-none": Message(
        "{demand} places with a supply of {supply} are not short: leave the block out, or state all of its places",
        "名额 {demand} 个，可供 {supply} 个，并不短缺：请删去此项，或写全其名额",
    ),
    "shortage-elsewhere": Message(
        "{enterprise} has no place here, so who could fill one there proves nothing: leave it out, or state its places",
        "{enterprise} 在此没有名额，谁能去那里不能证明什么：请删去，或写明其名额",
    ),
    "shortage-above-places": Message(
        "{demand} places are said to be short of people, but the department has only {places}: state both as counted",
        "所写短缺涉及 {demand} 个名额，而该部门只有 {places} 个：请按实际计数书写",
    ),
    "raised-and-short": Message(
        "most is raised only where all places can be filled then, and some are said to be short: leave one of the two out",
        "只有能排满全部名额时才提高 most，而此处又写有短缺：请删去其一",
    ),
    "enough-and-not-short": Message(
        "no place is said to be short, so no most would be needed to fill it: leave enough out",
        "并未写有短缺，无须写明何种 most 即可排满：请删去 enough",
    ),
    "places-uneven": Message(
        "the columns of the places have {counts} entries, the first by the counts of the visits: one of each per place",
        "名额各列长度为 {counts}（首项为各户次名额之和）：每个名额应各有一项",
    ),
    # ---- visits.py, records.py
    "names-order": Message(
        "the names must be in byte order, each once, at least one: publish the record as it was made",
        "名称须按字节序排列、不得重复且至少一个：请按生成时的原样公布记录",
    ),
    "bound-form": Message(
        "{value} is no bound: write a number with two decimals as text, like 30027.00",
        "{value} 不是下界：请写成两位小数的文本，如 30027.00",
    ),
    "columns-uneven": Message(
        "the columns have {counts} entries: one of each per visit",
        "各列长度为 {counts}：每户次应各有一项",
    ),
    "extra-unvisited": Message(
        "{enterprise} is said to be visited for the target alone, but is not visited: leave it out",
        "{enterprise} 列为仅为目标增加的检查，但没有其户次：请删去",
    ),
    "receipts-unstated": Message(
        "the record states no root, so no receipt of it proves anything: draw it with a version that does",
        "记录未载明根，其凭证不能证明任何事：请用载明根的版本抽取",
    ),
    "cell-number": Message(
        "{value} is no number of a demand: write its name and a count",
        "{value} 不是需求的抽取数：请写需求名称和数量",
    ),
    "cells-uneven": Message(
        "the columns of the cells have {counts} entries: one of each per cell, and a number for each demand that draws",
        "单元各列长度为 {counts}：每个单元应各有一项，每个抽取的需求应有一个数",
    ),
    "place-department": Message(
        "{department} has a place on this visit, but does not come to it: leave the place out, or add the department",
        "{department} 在此户次有名额，却不来检查：请删去该名额，或补入该部门",
    ),
    "places-order": Message(
        "the places stand department after department, in byte order: publish the record as it was made",
        "名额须按部门的字节序逐部门排列：请按生成时的原样公布记录",
    ),
    "visits-order": Message(
        "{enterprise} stands out of ticket order: visits are listed in ascending order of their tickets",
        "{enterprise} 不在签号顺序上：户次须按签号升序排列",
    ),
    # ---- draws.py
    "register-columns": Message(
        "the register has the columns {found}, but {stated} were committed: build it with the same columns",
        "名录库的列是 {found}，而承诺的是 {stated}：请用相同的列建立名录库",
    ),
    "register-rows": Message(
        "the register has {found} rows, but {stated} were committed: use the register of that day, with the same "
        "exclusions",
        "名录库有 {found} 行，而承诺的是 {stated} 行：请使用当日的名录库和相同的排除规则",
    ),
    "register-digest": Message(
        "the register has the digest {found}, but {stated} was committed: some id or value differs; "
        "if you have both versions, Register.differences or, on the command line, {option} names the rows",
        "名录库的摘要是 {found}，而承诺的是 {stated}：有编号或取值不同；如有两个版本，可用 Register.differences 或在命令行上用 {option} 查明是哪些行",
    ),
    # ---- explanations.py
    "why-ticket": Message(
        "The ticket of {enterprise} is {ticket}….",
        "{enterprise} 的签号是 {ticket}…。",
    ),
    "why-unregistered": Message(
        "{enterprise} is not in the register, so it could not be drawn.",
        "{enterprise} 不在名录库中，因此不可能被抽中。",
    ),
    "why-excluded": Message(
        "{enterprise} was kept out of the register, openly, for this reason:",
        "{enterprise} 已公开排除在名录库之外，原因如下：",
    ),
    "why-barred": Message(
        "The commitment bars it from every demand: {reason}.",
        "承诺中已列明其不参加任何抽查：{reason}。",
    ),
    "why-not-where": Message(
        "It is outside the population of {demand}: its {column} is {value}, not {listed}.",
        "它不属于 {demand} 的对象范围：其 {column} 为 {value}，而要求为 {listed}。",
    ),
    "why-unless": Message(
        "It is outside the population of {demand}: its {column} is {value}, and {listed} is excluded.",
        "它不属于 {demand} 的对象范围：其 {column} 为 {value}，而 {listed} 不参加。",
    ),
    "why-not-followed": Message(
        "It is outside the population of {demand}, which goes only where {followed} may draw.",
        "它不属于 {demand} 的对象范围，该需求只随 {followed} 的对象范围而行。",
    ),
    "why-follows": Message(
        "{demand} comes because it goes wherever {followed} is drawn.",
        "{demand} 随 {followed} 的抽取结果一同前往。",
    ),
    "why-follows-not": Message(
        "{demand} does not come, because it goes only where {followed} is drawn.",
        "{demand} 只随 {followed} 的抽取结果前往，因此不来。",
    ),
    "why-stratum": Message(
        "For {demand} it is in stratum {stratum}, where the {number} lowest tickets of {population} are drawn (chance "
        "{chance}).",
        "对 {demand}，它在层 {stratum} 中，该层 {population} 个里抽签号最低的 {number} 个（概率 {chance}）。",
    ),
    "why-population": Message(
        "For {demand} the {number} lowest tickets of {population} are drawn (chance {chance}).",
        "对 {demand}，在 {population} 个里抽签号最低的 {number} 个（概率 {chance}）。",
    ),
    "why-low-enough": Message(
        "The last one drawn there is {last}…, and its own is not higher: it was drawn.",
        "其中最后一个中签号是 {last}…，它的签号不高于此：被抽中。",
    ),
    "why-too-high": Message(
        "The last one drawn there is {last}…, and its own is higher: it was not drawn.",
        "其中最后一个中签号是 {last}…，它的签号高于此：未被抽中。",
    ),
    "why-stratum-counts": Message(
        "For {demand} it is in stratum {stratum}, where the {number} lowest tickets of {population} count (chance "
        "{chance}).",
        "对 {demand}，它在层 {stratum} 中，该层 {population} 个里签号最低的 {number} 个计入（概率 {chance}）。",
    ),
    "why-population-counts": Message(
        "For {demand} the {number} lowest tickets of {population} count (chance {chance}).",
        "对 {demand}，在 {population} 个里签号最低的 {number} 个计入（概率 {chance}）。",
    ),
    "why-counts": Message(
        "The last one that counts is {last}…, and its own is not higher: its cell gets a check by {demand} for it, laid "
        "as below.",
        "计入的最后一个签号是 {last}…，它的签号不高于此：其单元因此有一次 {demand} 的检查，安排如下。",
    ),
    "why-counts-not": Message(
        "The last one that counts is {last}…, and its own is higher: its cell gets no check by {demand} for it.",
        "计入的最后一个签号是 {last}…，它的签号高于此：其单元不因它而有 {demand} 的检查。",
    ),
    "why-cell-empty": Message(
        "By ticket it is number {place} of the {size} enterprises that are alike for every demand, and none of them is "
        "drawn.",
        "在对所有需求都相同的 {size} 个对象中，它的签号排第 {place}，其中无一被抽中。",
    ),
    "why-cell-nested": Message(
        "By ticket it is number {place} of the {size} enterprises in its cell {key}, and each demand visits the lowest "
        "ones: {numbers}.",
        "在单元 {key} 的 {size} 个对象中，它的签号排第 {place}；各需求检查签号最低者：{numbers}。",
    ),
    "why-cell-followed": Message(
        "A demand that follows goes along there, so its departments are not spread.",
        "其中有跟随的需求，因此各部门不分摊。",
    ),
    "why-cell-spread": Message(
        "By ticket it is number {place} of the {size} enterprises in its cell {key}, all alike to every demand. The cell has "
        "these checks: {numbers}; they are laid over its {visits} lowest tickets, {joint} of them joint visits.",
        "在单元 {key} 的 {size} 个对象中（对所有需求都相同），它的签号排第 {place}；该单元的检查为 {numbers}，"
        "分摊到签号最低的 {visits} 个对象，其中联合检查 {joint} 户次。",
    ),
    "why-turns": Message(
        "In the order of their lots in this cell the departments come to the numbers: {order}.",
        "各部门按其在该单元的签号依次到以下序号的对象：{order}。",
    ),
    "why-extra": Message(
        "Its visit is one of {extra} in this cell that are made for the target alone.",
        "它的检查属于该单元仅为目标增加的 {extra} 户次。",
    ),
    "why-period": Message(
        "By its period ticket the visit is number {rank} of {visits}: {period}.",
        "按时段签号，该户次在 {visits} 户次中排第 {rank}：{period}。",
    ),
    "why-visit": Message(
        "So {enterprise} is visited by {departments}; {lead} leads.",
        "因此 {enterprise} 由 {departments} 检查，{lead} 发起。",
    ),
    "why-no-visit": Message(
        "So {enterprise} is not visited.",
        "因此 {enterprise} 不被检查。",
    ),
    "why-team": Message(
        "{department} sends {people}.",
        "{department} 派出 {people}。",
    ),
    "why-team-short": Message(
        "{department} sends nobody, because its places cannot all be filled: see the shortages of the record.",
        "{department} 未派员，因为其名额无法全部排满：见记录中的短缺证明。",
    ),
    "why-team-earlier": Message(
        "Whom {department} sends, an earlier record says.",
        "{department} 的派员见先前的记录。",
    ),
    "why-staffed": Message(
        "Why {enterprise} was drawn, the record with the digest {digest} tells; this one tells who goes.",
        "{enterprise} 为何被抽中，见摘要为 {digest} 的记录；本记录只说明派员。",
    ),
    "why-not-staffed": Message(
        "{enterprise} is not among the visits that are staffed here; whether and why it was drawn, the record with the digest {digest} tells.",
        "{enterprise} 不在本记录派员的户次之中；是否以及为何被抽中，见摘要为 {digest} 的记录。",
    ),
    # ---- verification.py
    "record-recomputed": Message(
        "the record holds: its {visits} visits were recomputed and agree",
        "记录成立：{visits} 个户次已重新计算，全部相符",
    ),
    "digest-of-other-hash": Message(
        "this is the digest of the right file by the hash of {given}, but the commitment is under {scheme}: take the "
        "digest that was published (sha256sum for SHA-256, openssl dgst -sm3 for SM3)",
        "这是用 {given} 的杂凑算法得到的该文件摘要，而承诺采用 {scheme}：请使用公布的摘要"
        "（SHA-256 用 sha256sum，SM3 用 openssl dgst -sm3）",
    ),
    "seed-differs": Message(
        "the record says {stated}, but you know {known} from the announced source: it was drawn with another seed, or "
        "its seed was altered",
        "记录中写的是 {stated}，而您从公布的来源得知的是 {known}：用了另一个种子，或种子被改动",
    ),
    "digest-differs": Message(
        "the commitment in the record has the digest {stated}, but {known} was published before the seed: some rule or "
        "number in it was changed afterwards",
        "记录中承诺的摘要是 {stated}，而种子产生前公布的是 {known}：其中有规则或数量事后被改动",
    ),
    "root-differs": Message(
        "the record states the root {stated}, but {known} was published on the day of the draw: visits were altered after "
        "that, or the receipts belong to another draw",
        "记录中的根是 {stated}，而抽取当日公布的是 {known}：此后有户次被改动，或凭证属于另一次抽取",
    ),
    "tickets-foreign": Message(
        "none of the {count} visits belongs to the seed and the commitment you know: this is another draw",
        "{count} 个户次无一属于您所知的种子和承诺：这是另一次抽取",
    ),
    "visit-missing": Message(
        "{enterprise} was drawn for {demands}, but is not in the record: a visit was removed or replaced",
        "{enterprise} 为 {demands} 抽中，但记录中没有：有户次被删除或替换",
    ),
    "visit-unregistered": Message(
        "{enterprise} is visited, but is not in the register: the visit was inserted, or the register is another",
        "{enterprise} 列入检查，但不在名录库中：该户次是插入的，或名录库不同",
    ),
    "visit-outside": Message(
        "{enterprise} is visited, but meets the conditions of no demand: the visit was inserted, or its row was changed",
        "{enterprise} 列入检查，但不符合任何需求的条件：该户次是插入的，或该行被改动",
    ),
    # ---- team_checks.py
    "team-short": Message(
        "{department} is reported to be short of people, so nobody is dealt to it, but {places} of its places are filled: "
        "report one of the two",
        "{department} 报告为人员不足，因此不应为其派员，但已有 {places} 个名额排了人：两者只能报告其一",
    ),
    "team-nobody": Message(
        "{department} is reported as staffed, but none of its {places} places is filled: state who goes, or the shortage",
        "{department} 报告为已派员，但其 {places} 个名额无一排人：请载明派员，或载明短缺",
    ),
    "team-unreported": Message(
        "{places} places of {department} are filled, but the record does not report how it was staffed: report it, or leave the places out",
        "{department} 有 {places} 个名额排了人，但记录未报告其派员情况：请报告，或删去这些名额",
    ),
    "team-most-unrelieved": Message(
        "the limit of {department} is said to be raised to {stated}, but its rule, most={most}, has no relief: nobody may go above it",
        "{department} 的上限写为提高到 {stated}，但其规则 most={most} 没有 relief：任何人不得超过",
    ),
    "team-most-lowered": Message(
        "the limit of {department} is said to be raised to {stated}, but its rule has most={most}: relief only raises",
        "{department} 的上限写为提高到 {stated}，但其规则为 most={most}：relief 只能提高上限",
    ),
    "team-twice": Message(
        "{inspector} fills two places on the visit to {enterprise}: all places of a visit are filled by different people",
        "{inspector} 在 {enterprise} 的户次上占两个名额：一个户次的名额须由不同的人担任",
    ),
    "team-unknown": Message(
        "{inspector} is sent to {enterprise} by {department}, but the register of inspectors does not hold that id: only its people may go",
        "{department} 派 {inspector} 前往 {enterprise}，但执法检查人员名录库中没有此编号：只能派名录库中的人员",
    ),
    "team-department": Message(
        "{inspector} is sent to {enterprise} by {department}, but belongs to {own}: a department sends its own people",
        "{department} 派 {inspector} 前往 {enterprise}，但其属于 {own}：各部门只能派本部门的人员",
    ),
    "team-slot": Message(
        "{inspector} is sent to {enterprise} by {department} as {slot}, a slot that this visit does not have; it has {known}",
        "{department} 派 {inspector} 以 {slot} 的身份前往 {enterprise}，但该户次没有此岗位；现有：{known}",
    ),
    "team-slot-count": Message(
        "{department} fills {stated} places of {slot} at {enterprise}, where the rule has {due}",
        "{department} 在 {enterprise} 的 {slot} 岗位排了 {stated} 人，而规则为 {due} 人",
    ),
    "team-where": Message(
        "{inspector} is sent to {enterprise} by {department}, but is not eligible for {slot}: {column} is {value}, where {allowed} is asked for",
        "{department} 派 {inspector} 前往 {enterprise}，但其不符合 {slot} 的条件：{column} 为 {value}，要求为 {allowed}",
    ),
    "team-same": Message(
        "{inspector} is sent to {enterprise} by {department}, but is not eligible for {slot}: {column} is {value}, and the enterprise "
        "has {wanted} in {theirs}",
        "{department} 派 {inspector} 前往 {enterprise}，但其不符合 {slot} 的条件：{column} 为 {value}，而检查对象的 {theirs} 为 {wanted}",
    ),
    "team-recused": Message(
        "{inspector} is sent to {enterprise} by {department}, but is recused from it: {reason}",
        "{department} 派 {inspector} 前往 {enterprise}，但其对该对象回避：{reason}",
    ),
    "team-recused-then": Message(
        "{inspector} is sent to {enterprise} by {department} in {period}, but is recused from it then: {reason}",
        "{department} 在 {period} 派 {inspector} 前往 {enterprise}，但其在该时段对该对象回避：{reason}",
    ),
    "team-absent": Message(
        "{inspector} is sent to {enterprise} by {department} in {period}, but is absent then: {reason}",
        "{department} 在 {period} 派 {inspector} 前往 {enterprise}，但其该时段不在岗：{reason}",
    ),
    "team-out": Message(
        "{inspector} is sent to {enterprise} by {department}, but may be sent nowhere: {reason}",
        "{department} 派 {inspector} 前往 {enterprise}，但其不参加派员：{reason}",
    ),
    "team-most": Message(
        "{inspector} is sent to {load} visits by {department}, from this one on above the limit of {most}",
        "{department} 派 {inspector} 检查 {load} 户次，自此户次起超过上限 {most}",
    ),
    "team-most-carried": Message(
        "{inspector} comes to {load} visits by {department}, the {carried} brought along included, from this one on above the limit of "
        "{most}",
        "{department} 的 {inspector} 连同结转的 {carried} 次共检查 {load} 户次，自此户次起超过上限 {most}",
    ),
    "team-most-per-period": Message(
        "{inspector} is sent to {load} visits by {department} in {period}, from this one on above the limit of {most} a period",
        "{department} 在 {period} 派 {inspector} 检查 {load} 户次，自此户次起超过每时段上限 {most}",
    ),
    # ---- verification of teams
    "places-foreign": Message(
        "of the {count} visits by {department} only {same} have the people whom the deal gives with the seed and the commitment you know: "
        "this is another deal, or most of it was altered",
        "{department} 的 {count} 个户次中，只有 {same} 个的派员与按您所知的种子和承诺所得一致：这是另一次派员，或大部分被改动",
    ),
    "period-unstaffed": Message(
        "the visit to {enterprise} is in {stated}, but the plan staffs {known}: it must not be listed",
        "对 {enterprise} 的户次在 {stated}，而本计划所派员的时段为 {known}：不应列出",
    ),
    "unchecked-record": Message(
        "the earlier record was not used: the plan staffs and supplements none",
        "未使用先前记录：该计划不为任何记录派员，也不是补充抽查",
    ),
    "unchecked-earlier-register": Message(
        "the earlier record was not verified, only its digest: its enterprises were drawn from another register, with the digest {digest}; "
        "verify it with that one",
        "未核对先前记录本身，仅核对其摘要：其对象抽自另一名录库，摘要为 {digest}；请用该名录库核对",
    ),
    "visit-not-earlier": Message(
        "the visit to {enterprise} is none of the earlier record's that this plan staffs: it must not be listed",
        "对 {enterprise} 的户次不属于本计划所派员的先前记录：不应列出",
    ),
    "places-differ": Message(
        "{department} sends {stated} to {enterprise}, where the deal gives {computed}: ask the authority to explain",
        "{department} 派往 {enterprise} 的是 {stated}，而抽取结果是 {computed}：请要求主管部门说明",
    ),
    # ---- claims.py
    "claim-place": Message(
        "{need} places in slot {slot} at {enterprise} are said to be short, and {department} has no such places there by its rule: ask the authority to explain",
        "称 {department} 在 {enterprise} 的岗位 {slot} 缺 {need} 个名额，而按其规则并无这样的名额：请要求主管部门说明",
    ),
    "claim-limit": Message(
        "{inspector} is said to be limited to {stated}, where the rule allows {limit}: ask the authority to explain",
        "称 {inspector} 的上限为 {stated}，而规则允许 {limit}：请要求主管部门说明",
    ),
    "claim-enough": Message(
        "a limit of {enough} is said to be enough where the rule's own is {most}: ask the authority to explain",
        "称上限 {enough} 即可，而规则的上限为 {most}：请要求主管部门说明",
    ),
    "staffing-none": Message(
        "the plan staffs an earlier record, and this record staffs no department: ask the authority to explain",
        "该计划为先前记录派员，而此记录没有为任何部门派员：请要求主管部门说明",
    ),
    "visits-idle": Message(
        "no department that this record staffs comes to {count} of its visits, e.g. to {example}: they must not be listed",
        "有 {count} 个户次没有本记录所派员的部门，例如 {example}：不应列出",
    ),
    "unchecked-teams": Message(
        "who goes was held against recusals, absences, slots and limits alone: whether it is what the deal gives takes the register of "
        "inspectors with the digest {digest}; that nobody was exchanged since the draw, the root of that day shows",
        "派员仅按回避、不在岗、岗位和上限核对：是否与抽取结果一致，须有摘要为 {digest} 的执法检查人员名录库；抽取之后是否换人，可凭当日公布的根值核对",
    ),
    "unchecked-inspectors": Message(
        "the register of inspectors was not used: the commitment has none",
        "未使用执法检查人员名录库：承诺中没有",
    ),
    "unchecked-earlier": Message(
        "whether these are the visits that were drawn was not checked: pass the earlier record with the digest {digest}",
        "未核对这些户次是否为所抽户次：请提供摘要为 {digest} 的先前记录",
    ),
    "unchecked-earlier-seed": Message(
        "the earlier record was verified with the seed {seed} and the digest {digest} that it states itself: "
        "verify it with those that you know",
        "先前记录是按其自述的种子 {seed} 与摘要 {digest} 核对的：请用您所知的种子与摘要再核对该记录",
    ),
    "visit-not-drawn": Message(
        "{enterprise} is visited, but its ticket is not low enough: the visit was inserted",
        "{enterprise} 列入检查，但其签号不够低：该户次是插入的",
    ),
    "ticket-differs": Message(
        "the record says {stated} for {enterprise}, the hash gives {computed}",
        "记录中 {enterprise} 的签号是 {stated}，计算得出的是 {computed}",
    ),
    "demands-differ": Message(
        "the demands at {enterprise} are altered: missing {missing}, too many {extra}",
        "{enterprise} 的抽查需求被改动：缺少 {missing}，多出 {extra}",
    ),
    "departments-differ": Message(
        "the departments at {enterprise} are altered: missing {missing}, too many {extra}",
        "{enterprise} 的检查部门被改动：缺少 {missing}，多出 {extra}",
    ),
    "lead-differs": Message(
        "the record lets {stated} lead at {enterprise}, the plan says {computed}",
        "记录中 {enterprise} 由 {stated} 发起，按计划应为 {computed}",
    ),
    "period-differs": Message(
        "the record sends {enterprise} its visit in {stated}, by its ticket it is {computed}",
        "记录中 {enterprise} 的检查时段是 {stated}，按签号应为 {computed}",
    ),
    "extra-differs": Message(
        "whether the visit to {enterprise} is made for the target alone is stated as {stated}, computed as {computed}",
        "{enterprise} 的检查是否仅为目标增加：记录为 {stated}，计算为 {computed}",
    ),
    "cell-left-out": Message(
        "the record leaves out the cell {key}, in which somebody is drawn",
        "记录缺少单元 {key}，而其中有对象被抽中",
    ),
    "cell-not-due": Message(
        "nobody is drawn in a cell of this key: it was altered or inserted",
        "此单元中无对象被抽中：单元被改动或插入",
    ),
    "cells-order": Message(
        "the cells stand in another order than that of their keys, or one stands twice",
        "单元未按其键的顺序排列，或有重复",
    ),
    "unchecked-early": Message(
        "the record states no cells, no receipts and no visits of independent draws: it was made by an early version, or "
        "these parts were taken out; all else was checked",
        "记录未载明单元、凭证和分别抽取的预计户次：由早期版本生成，或这些部分被删去；其余均已核对",
    ),
    "unchecked-visits": Message(
        "the visits were not recomputed, because rules, register or secrets do not allow it",
        "规则、名录库或密值有误，户次未重新计算",
    ),
    "unchecked-exclusions": Message(
        "{count} exclusions were not checked: build the register from the original table, with the same check and "
        "exclude, to compare them",
        "有 {count} 项排除未核对：请用原始表格和相同的校验与排除规则建立名录库再比对",
    ),
}
