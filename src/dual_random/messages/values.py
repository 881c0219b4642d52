"""What is said about text, rates, schemes."""

from typing import Final

from dual_random.messages.message import Message

MESSAGES: Final[dict[str, Message]] = {
    # ---- errors.py
    "note-unknown": Message(
        "{code} is no code of this version: read the file with the version that wrote it",
        "本版本没有代码 {code}：请用写出该文件的版本读取",
    ),
    "note-params": Message(
        "a note {code} needs {missing}: pass them as params",
        "说明 {code} 缺少 {missing}：请在 params 中给出",
    ),
    # ---- extras.py
    "extra-missing": Message(
        "this needs {package}: pip install 'dual-random[{extra}]'",
        "此功能需要 {package}：pip install 'dual-random[{extra}]'",
    ),
    # ---- text.py
    "text-type": Message(
        "{value} is of type {type}, but text is needed: put it in quotes, or convert it yourself so that nothing is lost",
        "{value} 的类型是 {type}，此处须为文本：请加引号，或自行转换为文本，以免丢失信息",
    ),
    "text-empty": Message(
        "the text is empty, but a name is needed: write one",
        "文本为空，此处须有名称：请填写",
    ),
    "text-not-nfc": Message(
        "{value} is not in Unicode form NFC: pass unicodedata.normalize('NFC', text)",
        "{value} 不是 Unicode NFC 规范形式：请先用 unicodedata.normalize('NFC', text) 处理",
    ),
    "text-character": Message(
        "{value} contains U+{character} at position {position}, an invisible or unassigned character: remove it",
        "{value} 的第 {position} 位含有不可见或未定义的字符 U+{character}：请删除",
    ),
    "text-space": Message(
        "{value} begins or ends with a space: strip it",
        "{value} 首尾有空格：请去除",
    ),
    "share-float": Message(
        '{value} is a float, and floats are inexact: write the text "{text}" instead',
        "{value} 是浮点数，不精确：请改写为文本“{text}”",
    ),
    "share-form": Message(
        '{value} is no share: write "49.60%" or "62/125" (ASCII characters, no spaces)',
        "{value} 不是比例：请写成“49.60%”或“62/125”（半角字符，不含空格）",
    ),
    "share-long": Message(
        "the share has more than {digits} digits in lowest terms, which not every reader takes: write a rounder one",
        "该比例约分后超过 {digits} 位数字，并非所有程序都能读取：请改用更简单的比例",
    ),
    "share-range": Message(
        "{value} is outside {low} to {high}: write a share within, or a number without quotes",
        "{value} 不在 {low} 至 {high} 之内：请改为范围内的比例；如指个数，请不加引号",
    ),
    "bytes-needed": Message(
        "the published file is needed as bytes, not as {type}: pass its bytes as they are (text.encode() of what you "
        "read as text)",
        "此处须为公布文件的字节，而不是 {type}：请直接提供其字节（如已读成文本，请用 text.encode()）",
    ),
    "json-value": Message(
        "{value} has no canonical JSON: use text, true, false, integers below 2^53, lists and ASCII keys",
        "{value} 无法写成规范 JSON：只可用文本、真假值、绝对值小于 2^53 的整数、列表和 ASCII 键",
    ),
    "json-syntax": Message(
        "this is not JSON ({reason}): pass the file as it was published",
        "不是有效的 JSON({reason})：请提供公布的原始文件",
    ),
    # ---- rates.py
    "rate-count": Message(
        "{value} is no count: pass an int from 0 to 2^53 - 1, converting other types yourself",
        "{value} 不是计数：请提供 0 至 2^53 - 1 的整数，其他类型请自行转换",
    ),
    "rate-above-one": Message(
        "{numerator} of {denominator} is more than all, but a rate counts a part of its denominator: "
        "exchange the two numbers, or count both by one measure",
        "{numerator} 多于总数 {denominator}，而比率的分子是分母的一部分：请对调两数，或按同一口径统计",
    ),
    "rate-undefined": Message(
        "0/0 has no value, because nothing was counted: print the rate, which shows a dash, or look at its denominator first",
        "0/0 没有数值，因为尚无计数：请直接打印该比率（显示为破折号），或先判断分母",
    ),
    "rate-format": Message(
        "{value} is no format of a rate: write .2% (a point, the number of decimals, a percent sign) or nothing",
        "{value} 不是比率的格式：请写 .2%（点、小数位数、百分号）或留空",
    ),
    "rate-measure": Message(
        "{value} is no measure of a joint-sampling rate: write visits or checks",
        "{value} 不是联合抽查率的口径：请写 visits（户次）或 checks（部门检查次数）",
    ),
    "rate-pool-empty": Message(
        "there is no rate to pool: pass at least one",
        "没有可合并的比率：请至少提供一个",
    ),
    "rate-pool-mixed": Message(
        "{value} stands beside {first} of the first rate: pool only rates of one name, one measure and one kind of scope",
        "{value} 与第一个比率的 {first} 不同：只可合并名称、口径和范围类别相同的比率",
    ),
    "rate-pool-overlap": Message(
        "the same {of} stand under more than one {by}, so adding would count them twice: count the {of} of the whole scope",
        "同一 {of} 会出现在多个 {by} 之下，相加将重复计数：请对整个范围直接统计 {of}",
    ),
    "rate-pool-repeated": Message(
        "{scope} has more than one rate, so adding would count it twice: pass one for each scope",
        "{scope} 有不止一个比率，相加将重复计数：请每个范围只给一个",
    ),
    "rate-departments": Message(
        "{value} is no number of departments of a visit: pass an int of 1 or more",
        "{value} 不是一次上门的部门数：请提供不小于 1 的整数",
    ),
    "rate-printed": Message(
        '{value} is no printed rate: write it as published, as text with its decimals, e.g. "49.60%" (ASCII characters, no spaces)',
        "{value} 不是公布的比率：请按公布的小数位数写成文本，如“49.60%”（半角字符，不含空格）",
    ),
    "rate-follows": Message(
        "{printed} follows from {numerator}/{denominator} = {computed}",
        "{printed} 与 {numerator}/{denominator} = {computed} 相符",
    ),
    "rate-differs": Message(
        "{printed} does not follow from {numerator}/{denominator} = {computed}: ask the publisher for the counts behind it",
        "{printed} 与 {numerator}/{denominator} = {computed} 不符：请向公布单位索取其计数",
    ),
    "rate-numerators": Message(
        "{printed} of {denominator} needs a numerator from {low} to {high}",
        "分母为 {denominator} 时，{printed} 要求分子在 {low} 至 {high} 之间",
    ),
    "rate-no-numerator": Message(
        "no numerator gives {printed} with the denominator {denominator}",
        "分母为 {denominator} 时，没有分子能得到 {printed}",
    ),
    "rate-denominators": Message(
        "{printed} with the numerator {numerator} needs a denominator from {low} to {high}",
        "分子为 {numerator} 时，{printed} 要求分母在 {low} 至 {high} 之间",
    ),
    "rate-no-denominator": Message(
        "no denominator gives {printed} with the numerator {numerator}",
        "分子为 {numerator} 时，没有分母能得到 {printed}",
    ),
    "rate-pair": Message(
        "{part} / {whole} gives {printed}",
        "{part} / {whole} 可得 {printed}",
    ),
    "rate-no-pair": Message(
        "no two of the {count} given counts give {printed}",
        "所给 {count} 个计数中，任何两个都得不到 {printed}",
    ),
    # ---- schemes.py
    "scheme-unknown": Message(
        "{scheme} is no scheme of this version; known: {known}",
        "本版本不认识方案 {scheme}；已知方案：{known}",
    ),
    "scheme-no-sm3": Message(
        "this Python's OpenSSL has no SM3: use a build with OpenSSL 1.1.1 or newer that offers it, "
        "or the scheme dual-random/1-sha256",
        "当前 Python 的 OpenSSL 不提供 SM3：请使用带 SM3 的 OpenSSL 1.1.1 或更新版本，或改用 dual-random/1-sha256",
    ),
    "digest-form": Message(
        "{value} is no digest: write 64 lower-case hex digits",
        "{value} 不是摘要：请写 64 位小写十六进制数字",
    ),
    "secret-form": Message(
        "the secret of {party} is not 64 lower-case hex digits (32 random bytes): draw it so",
        "{party} 的密值不是 64 位小写十六进制数字（32 个随机字节）：请按此格式产生",
    ),
    "secret-missing": Message(
        "the seal of {party} is not opened: the draw waits for the secret behind {seal}",
        "{party} 的封印尚未打开：须等待 {seal} 对应的密值",
    ),
    "secret-wrong": Message(
        "the secret of {party} opens {opened}, but {seal} was committed: ask {party} for the right one",
        "{party} 的密值对应 {opened}，但承诺中的封印是 {seal}：请向 {party} 索取正确的密值",
    ),
    "secret-unsealed": Message(
        "{party} has no seal in the commitment: leave this secret out",
        "承诺中没有 {party} 的封印：请勿提供该密值",
    ),
    "seed-form-small": Message(
        "the form {form} has only {texts} outcomes, fewer than 2^20, so that somebody could try them all: "
        "use a source with more",
        "形式 {form} 只有 {texts} 种结果，少于 2^20，可被逐一试算：请采用结果更多的来源",
    ),
    "seed-not-of-form": Message(
        "{seed} is not written in the announced form {form} (0 = a digit, x = a lower-case hex digit, "
        "the rest as it stands): write the outcome exactly so",
        "{seed} 不符合公布的形式 {form}（0 为一位数字，x 为一位小写十六进制数字，其余照写）：请严格按此书写",
    ),
    # ---- dates.py
    "day-form": Message(
        "{value} is no day of the calendar: write it like 2024-07-01",
        "{value} 不是日历上的日期：请写成 2024-07-01 的形式",
    ),
    "time-of-day-form": Message(
        "{value} is no time without a zone: write it like 2024-07-01T09:30",
        "{value} 不是不带时区的时间：请写成 2024-07-01T09:30 的形式",
    ),
}
