"""What is said about ids, tables, registers."""

from typing import Final

from dual_random.messages.message import Message

MESSAGES: Final[dict[str, Message]] = {
    # ---- ids.py
    "id-repeated": Message(
        "the id stands on {count} rows, so nobody could say which was drawn: keep one, give each its own id, or exclude all of them",
        "该编号出现在 {count} 行，无法确定抽中的是哪一个：请保留一行、各给编号，或全部排除",
    ),
    "id-alike": Message(
        "the id differs from {others} only in case, width, spaces or signs: write one of them right, exclude them, "
        "or declare alike=True if all are different",
        "该编号与 {others} 仅有大小写、全半角、空格或符号之别：请改正其一、予以排除，或在确为不同对象时声明 alike=True",
    ),
    "id-placeholder": Message(
        "{id} stands for a missing id, not for an enterprise: give the row an id of its own, or exclude such rows",
        "{id} 表示没有编号，不是检查对象的编号：请为该行填写编号，或排除此类行",
    ),
    # ---- columns.py
    "table-type": Message(
        "a {type} does not give its columns by name: pass a dict of lists or a data frame; for rows use Register.from_rows",
        "{type} 不能按列名取列：请提供列表组成的 dict 或数据框；如为逐行数据，请用 Register.from_rows",
    ),
    "column-missing": Message(
        "the table has no such column; it has {known}: correct the name",
        "表中没有这一列；现有：{known}：请改正列名",
    ),
    "column-type": Message(
        "the column is a {type}, not a list of cells: pass a list, one cell for each row",
        "该列是 {type}，不是单元格列表：请提供列表，每行一格",
    ),
    "column-length": Message(
        "the column has {length} cells, but there are {rows} ids: give one cell for each row",
        "该列有 {length} 格，而编号有 {rows} 个：请每行给一格",
    ),
    "cell-missing": Message(
        'there is no value (None or NaN): fill it in, or say what it stands for, for example null=""',
        "没有取值（None 或 NaN）：请填写，或说明其含义，例如 null=“”",
    ),
    # ---- frames.py
    "column-id": Message(
        "a column called id would be taken for the ids: rename it",
        "名为 id 的列会与编号混淆：请改名",
    ),
    "exclude-unknown": Message(
        "{kind} is no kind of fault for which rows can be kept out: write one of {known}, or what your check returns",
        "{kind} 不是可以排除的问题类别：请选用 {known}，或 check 返回的文字",
    ),
    "check-result": Message(
        'the check returned {value}: let it return "" for a sound id, else a code or a short clean text',
        "check 返回了 {value}：编号无误时应返回空文本“”，否则返回代码或简短文本",
    ),
    "id-refused": Message(
        "the check refuses the id: {reason}; correct it, or exclude its kind",
        "校验未通过：{reason}；请改正，或排除此类编号",
    ),
    # ---- register_text.py
    "tsv-bom": Message(
        "the text begins with a byte order mark (EF BB BF), which some editors add: save it without",
        "文本以字节序标记(EF BB BF)开头，系某些编辑器所加：请存为不带 BOM 的 UTF-8",
    ),
    "tsv-cr": Message(
        "there is a carriage return (0D), as in lines ended by CRLF: end every line with LF alone, and copy the file as bytes",
        "含有回车符(0D)，如以 CRLF 换行：每行应只以 LF 结尾，并请按二进制方式复制文件",
    ),
    "tsv-end": Message(
        "the last line does not end with LF: the file is cut off, or an editor removed it; use the file as published",
        "最后一行没有以 LF 结尾：文件可能被截断或被编辑器改动；请使用公布的原始文件",
    ),
    "tsv-utf8": Message(
        "the byte {byte} is no UTF-8 here: convert the file to UTF-8 (many Chinese exports are GB 18030)",
        "此处字节 {byte} 不是 UTF-8：请将文件转为 UTF-8（导出文件常为 GB 18030）",
    ),
    "tsv-header": Message(
        "the first field is {found}, but the ids of a register text are called id: build a Register from other tables",
        "首个字段是 {found}，而名录库文本的编号列名为 id：其他表格请直接建立 Register",
    ),
    "tsv-columns": Message(
        "the columns {found} are not in byte order: a register writes {wanted}; build a Register from other tables",
        "各列 {found} 不按字节序排列，名录库文本应为 {wanted}：其他表格请直接建立 Register",
    ),
    "tsv-fields": Message(
        "the line has {found} fields instead of {wanted}: a TAB or a line break is missing or too many",
        "该行有 {found} 个字段，应为 {wanted} 个：缺少或多出了 TAB 或换行",
    ),
    "tsv-order": Message(
        "{id} stands after {before}, out of byte order: sort the lines with LC_ALL=C sort, or build a Register",
        "{id} 排在 {before} 之后，不合字节序：请用 LC_ALL=C sort 排序，或直接建立 Register",
    ),
    # ---- registers.py
    "row-type": Message(
        "the row is a {type}, not a mapping from column to text: pass rows as dicts",
        "该行是 {type}，不是由列名到文本的对照：请以 dict 逐行提供",
    ),
    "id-unknown": Message(
        "the register has no such id among its {rows}: correct it, or look among the excluded",
        "名录库的 {rows} 个编号中没有它：请改正，或查看被排除的行",
    ),
    "column-removed": Message(
        "only the first register has this column: compare registers built with the same columns",
        "只有前一名录库有此列：请比较列相同的名录库",
    ),
    "column-added": Message(
        "only the second register has this column: compare registers built with the same columns",
        "只有后一名录库有此列：请比较列相同的名录库",
    ),
    "row-removed": Message("the row was removed", "该行已被删除"),
    "row-added": Message("the row was added", "该行为新增"),
    "cell-changed": Message(
        "{column} was changed from {before} to {after}",
        "{column} 由 {before} 改为 {after}",
    ),
    # ---- uscc.py
    "uscc-length": Message(
        "{value} has not the 18 characters of a unified social credit identifier: look up the present one "
        "(old registration numbers have 15), or keep the register without this check",
        "{value} 不是 18 位统一社会信用代码：请查明现行代码（旧注册号为 15 位），或登记时不作此项校验",
    ),
    "uscc-character": Message(
        "{value} has a character that no unified social credit identifier has: use digits and capital letters without I, O, S, V, Z",
        "{value} 含有统一社会信用代码不使用的字符：只可用数字和大写字母（不含 I、O、S、V、Z）",
    ),
    "uscc-not-canonical": Message(
        "{value} is a unified social credit identifier in another writing: write it in half-width capitals without spaces and hyphens",
        "{value} 是统一社会信用代码，但书写不规范：请用半角大写字符，不含空格和连字符",
    ),
    "uscc-region": Message(
        "places 3 to 8 of {value} are not the six digits of a region (GB/T 2260): copy the identifier from the licence again",
        "{value} 的第 3 至 8 位不是六位行政区划数字(GB/T 2260)：请按营业执照重新录入",
    ),
    "uscc-check": Message(
        "the last character of {value} does not fit the others (GB 32100), so at least one is wrong: copy the identifier from the licence "
        "again; if it was issued so, keep the register without this check",
        "{value} 的末位校验码与其他字符不符(GB 32100)，至少有一位有误：请按营业执照重新录入；若发证即如此，请在登记时不作此项校验",
    ),
    "uscc-organisation": Message(
        "character 17 of {value} does not fit the organisation code before it (GB 11714): compare it with the licence; "
        "if it was issued so, check the register without the inner character (inner=False)",
        "{value} 的第 17 位与其前的组织机构代码不符(GB 11714)：请与营业执照核对；若发证即如此，请在校验时不查内层校验码(inner=False)",
    ),
    "uscc-part": Message(
        "{value} cannot be this part of an identifier: write {length} characters out of {characters}",
        "{value} 不能作为代码的这一部分：请从 {characters} 中取 {length} 个字符书写",
    ),
}
