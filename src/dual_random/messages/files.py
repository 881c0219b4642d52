"""What is said about files and the command line."""

from typing import Final

from dual_random.messages.message import Message

MESSAGES: Final[dict[str, Message]] = {
    # ---- demo.py
    "demo-size": Message(
        "{value} is no size of the synthetic district: write a whole number from 1 to {most}",
        "{value} 不能作为演示名录库的规模：请写 1 至 {most} 的整数",
    ),
    # ---- formats.py
    "file-empty": Message(
        "the file is empty: export or copy it again",
        "文件是空的：请重新导出或复制",
    ),
    "file-damaged": Message(
        "this is no complete {kind} file ({reason}): copy or export it again",
        "这不是完整的 {kind} 文件({reason})：请重新复制或导出",
    ),
    "file-encoding": Message(
        "this line is not {stated}, nor any encoding that can be told: export the file again as UTF-8",
        "此行不是 {stated}，也无法辨认编码：请重新以 UTF-8 导出",
    ),
    "file-encoding-other": Message(
        "this line is not {stated}; the file reads as {name}: convert it with iconv -f {encoding} -t UTF-8, or save it as CSV UTF-8",
        "此行不是 {stated}，文件可按 {name} 读取：请用 iconv -f {encoding} -t UTF-8 转换，或另存为“CSV UTF-8”",
    ),
    "table-encoding-other": Message(
        "this line is not {stated}; the file reads as {name}: say --encoding {encoding}, or convert it with iconv -f {encoding} -t UTF-8, "
        "or save it as CSV UTF-8",
        "此行不是 {stated}，文件可按 {name} 读取：请加 --encoding {encoding}，或用 iconv -f {encoding} -t UTF-8 转换，或另存为“CSV UTF-8”",
    ),
    "table-encoding-utf8": Message(
        "this line is not {stated}; the file reads as UTF-8: leave --encoding out",
        "此行不是 {stated}，文件可按 UTF-8 读取：请去掉 --encoding",
    ),
    "encoding-unknown": Message(
        "{value} is no encoding that is read here: write one of {known}, or convert the file with iconv",
        "此处不能读取编码 {value}：请选用 {known}，或用 iconv 转换文件",
    ),
    "encoding-unused": Message(
        "the text in a Parquet file is always UTF-8: leave --encoding out",
        "Parquet 文件中的文本总是 UTF-8：请去掉 --encoding",
    ),
    "file-kind": Message(
        "{suffix} is no kind of file that can be read here: use one of {known}, and name the file so",
        "此处不能读取 {suffix} 文件：请使用 {known}，并以此命名",
    ),
    "file-spreadsheet": Message(
        "{suffix} is a spreadsheet: save it as CSV UTF-8 (known here: {known})",
        "{suffix} 是电子表格：请另存为“CSV UTF-8”（此处可读 {known}）",
    ),
    "plan-syntax": Message(
        "this is not {kind} ({reason}): correct it there",
        "不是有效的 {kind}({reason})：请在该处改正",
    ),
    "table-separator": Message(
        "the header {header} is one field and looks separated by {sign}, but .csv is separated by commas and .tsv by tabs: save the table "
        "so, or name the file so",
        "表头 {header} 只有一个字段，似以 {sign} 分隔，而 .csv 以逗号、.tsv 以制表符分隔：请按此另存或改用相应的文件名",
    ),
    "table-column-repeated": Message(
        "the header has {column} more than once, so nobody could say which is meant: rename or remove one",
        "表头中 {column} 重复出现，无法确定所指：请改名或删去其一",
    ),
    "table-column-missing": Message(
        "the table has no column {column}; its header reads {known}: correct the name or add the column",
        "表中没有 {column} 列；表头为 {known}：请改正列名或补充该列",
    ),
    "table-column-unknown": Message(
        "the table has a column {column}, which nothing reads; known: {known}: correct the name or remove the column",
        "表中的 {column} 列无人读取；可用的列：{known}：请改正列名或删去该列",
    ),
    "table-row-ragged": Message(
        "this line, which begins with {first}, differs from the header in its number of fields ({count}, not {columns}): put fields that "
        "contain a separator in quotation marks (CSV), or correct the line",
        "此行以 {first} 开头，有 {count} 个字段，而表头有 {columns} 个：含分隔符的字段请加引号(CSV)，或改正此行",
    ),
    "table-line-empty": Message(
        "this line is empty, but rows follow: remove it",
        "此行为空而其后还有数据：请删除",
    ),
    "table-syntax": Message(
        "this line cannot be read ({reason}): look for a quotation mark that is not closed or not doubled",
        "无法读取此行({reason})：请检查引号是否成对、字段内的引号是否双写",
    ),
    # ---- files.py
    "plan-needed": Message(
        "this is a {kind}, but a PLAN is needed here: pass the rules as they were written for commit",
        "这是 {kind} 文件，此处需要 PLAN（计划）：请给出为 commit 编写的规则文件",
    ),
    "commitment-needed": Message(
        "this is a {kind}, but a COMMITMENT is needed here: pass the file that commit --out wrote",
        "这是 {kind} 文件，此处需要 COMMITMENT（承诺）：请给出 commit --out 写出的文件",
    ),
    "record-needed": Message(
        "this is a {kind}, but a RECORD is needed here: pass the file that draw --out wrote",
        "这是 {kind} 文件，此处需要 RECORD（记录）：请给出 draw --out 写出的文件",
    ),
    "receipt-needed": Message(
        "this is a {kind}, but a RECEIPT is needed here: pass the file that receipt --out wrote",
        "这是 {kind} 文件，此处需要 RECEIPT（凭证）：请给出 receipt --out 写出的文件",
    ),
    "file-missing": Message(
        "there is no such file: correct the path",
        "没有这个文件：请改正路径",
    ),
    "file-not-regular": Message(
        "this is a folder or a device, not a file: write the path of a file",
        "这是文件夹或设备，不是文件：请写文件的路径",
    ),
    "file-unreadable": Message(
        "the file cannot be read ({reason}): correct the path or its permissions",
        "无法读取文件({reason})：请改正路径或权限",
    ),
    "file-unwritable": Message(
        "the file cannot be written ({reason}): choose another place, or free it",
        "无法写入文件({reason})：请另选位置或清理后再试",
    ),
    "file-exists": Message(
        "the file exists with other content, and published files are not replaced: choose another name, or say --force",
        "文件已存在且内容不同，已公布的文件不应被替换：请改用其他文件名，或加 --force",
    ),
    "file-repeated": Message(
        "two results would be written to this file: name different ones",
        "两项结果将写入同一文件：请用不同的文件名",
    ),
    "folder-missing": Message(
        "there is no folder {folder}: make it first, or correct the path",
        "没有文件夹 {folder}：请先建立，或改正路径",
    ),
    "register-id-missing": Message(
        "which column holds the ids? write {id} COLUMN (only a register text, .tsv as written by {written}, needs none)",
        "哪一列是编号？请写 {id} 列名（只有 {written} 写出的 .tsv 名录库文本不需要）",
    ),
    "register-text-option": Message(
        "{option} says how to read a table, but without {id} the file is read as a finished register text: add {id} COLUMN, or leave "
        "{option} out",
        "{option} 用于读取表格，而未写 {id} 时文件按已定稿的名录库文本读取：请加 {id} 列名，或去掉 {option}",
    ),
    # ---- commands.py
    "option-pair": Message(
        "{value} is no pair: write it like {example}",
        "{value} 不是名称和值：请写成 {example}",
    ),
    "option-count": Message(
        "{value} is no count: write digits only, like 19526",
        "{value} 不是计数：请只写数字，如 19526",
    ),
    "option-needs": Message(
        "this has no use without {other}: add {other}, or leave {option} out",
        "未写 {other} 时不起作用：请加上 {other}，或去掉 {option}",
    ),
    "arguments-rate": Message(
        'a rate has two counts (values given: {count}): write a part and a whole (9685 19526), or a printed rate before them ("49.60%" 9685 19526)',
        "比率有两个计数，而给出了 {count} 个值：请写分子和分母(9685 19526)，或在其前写公布的比率(“49.60%” 9685 19526)",
    ),
    "exclude-hint": Message(
        "faults of rows can be kept out instead, each listed in the commitment: --exclude {codes}",
        "也可将有问题的行排除在外，逐一列入承诺：--exclude {codes}",
    ),
    "alike-hint": Message(
        "on the command line, if all of them are different enterprises: --alike",
        "在命令行上，如确为不同对象：--alike",
    ),
    "inspectors-hint": Message(
        "on the command line: --inspectors FILE, with --inspectors-id COLUMN if it is a table",
        "在命令行上：--inspectors 文件名，如为表格再加 --inspectors-id 列名",
    ),
    "earlier-hint": Message(
        "on the command line: --of FILE, the record that draw --out wrote",
        "在命令行上：--of 文件名，即 draw --out 写出的记录",
    ),
    "secret-hint": Message(
        "a seal is opened by its party's secret, 64 hex digits: {options}",
        "封印须用该方的密值（64 位十六进制数字）打开：{options}",
    ),
    "record-holds": Message(
        "The record holds: its {visits} visits were recomputed from the register, the seed and the digest you gave, and agree.",
        "记录属实：已用您提供的名录库、种子和摘要重新计算全部 {visits} 个户次，结果一致。",
    ),
    "record-holds-but-teams": Message(
        "The visits hold: all {visits} were recomputed from the register, the seed and the digest you gave, and agree; "
        "who goes was NOT recomputed.",
        "户次属实：已用您提供的名录库、种子和摘要重新计算全部 {visits} 个户次，结果一致；但未重新计算派员。",
    ),
    "record-holds-but-earlier": Message(
        "Who goes holds: the teams of {visits} visits were recomputed from the registers, the seed and the digest you "
        "gave, and agree; whether these visits were drawn was NOT checked.",
        "派员属实：已用您提供的名录库、种子和摘要重新计算 {visits} 个户次的派员，结果一致；但未核对这些户次是否为所抽户次。",
    ),
    "record-holds-but-both": Message(
        "Nothing contradicts the record, but neither whether its {visits} visits were drawn nor who goes was recomputed.",
        "未发现与记录矛盾之处，但其 {visits} 个户次是否为所抽户次以及派员均未重新计算。",
    ),
    "register-disjoint": Message(
        "the {rows} rows here and the {others} rows of {file} have no id in common: name another version of the same register, "
        "with the ids from the same column",
        "此处的 {rows} 行与 {file} 的 {others} 行没有共同的编号：请给出同一名录库的另一版本，编号取自同一列",
    ),
    "receipt-holds": Message(
        "This visit leads to the root: it stood in the draw when the root was published.",
        "该户次可推出所给的根：公布根时它已在抽取结果之中。",
    ),
    "record-fails": Message(
        "the record does not hold (findings: {count}): ask {authority} for record and register as they were committed, and compare seed "
        "and digest with where they were published",
        "记录不属实（{count} 处）：请向 {authority} 索取原始的记录和名录库，并与公布处核对种子和摘要",
    ),
    "record-contradicts": Message(
        "the record does not agree with itself (findings: {count}), so it explains nothing: run verify with the seed and digest you know",
        "记录自相矛盾（{count} 处），无从解释：请用您所知的种子和摘要运行 verify",
    ),
    "program-fault": Message(
        "this is a fault of the program and says nothing about your files: report it with this line: {error}",
        "这是程序自身的故障，与您的文件无关：请附此行报告：{error}",
    ),
    # ---- auditing.py
    "audit-what": Message(
        "what does RESULTS hold? all units: --drawn COLUMN[=VALUE] or --order COLUMN; only those drawn: --units FILE; many draws: --draw COLUMN with --units FILE",
        "RESULTS 的内容是什么？全部单位：--drawn 列名[=值] 或 --order 列名；只有抽中者：--units 文件名；多次抽取：--draw 列名，并加 --units 文件名",
    ),
    "audit-both": Message(
        "{option} and {other} say different things of RESULTS: keep one of them",
        "{option} 与 {other} 对 RESULTS 的说法不同：请保留其一",
    ),
    "audit-attribute": Message(
        "one draw by itself shows nothing: say what to compare it by, --by COLUMN (names) or --trend COLUMN (numbers, dates), known before the draw",
        "单独一次抽取看不出什么：请说明按什么比较，--by 列名（名称）或 --trend 列名（数字、日期），须在抽取之前已知",
    ),
    "option-idle": Message(
        "this has no use with {other}: leave {option} out",
        "与 {other} 同用时不起作用：请去掉 {option}",
    ),
    "trials-range": Message(
        "{value} is no number of redraws: write a whole number from 1 to {most} (no level below 1/{most} can be reached)",
        "{value} 不是可用的重抽次数：请写 1 至 {most} 的整数（无法达到低于 1/{most} 的水平）",
    ),
    "audit-same": Message(
        "two options name this column, but id, draw, result, order and who was drawn are different things: name each its own",
        "两个选项指向同一列，但编号、抽取批次、结果、名次与是否抽中各不相同：请分别指定",
    ),
    "audit-outcome": Message(
        "the column is part of the outcome, so it was not known before the draw: compare by another column",
        "该列属于抽取结果，抽取之前并不可知：请改按其他列比较",
    ),
    "audit-nothing": Message(
        "nothing could be asked by these columns, so nothing was audited: name others",
        "按这些列无从检查，因此没有进行任何检查：请改用其他列",
    ),
}
