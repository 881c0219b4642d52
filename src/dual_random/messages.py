"""Every statement the library makes, in English and Chinese, by its code.

A code is a promise like a function's name: programs and translations refer to it. Each text names
the rule and, for faults, the remedy; the culprit's place (`Note.at`) is written in front of it.
Fields in braces are the note's `params`; both languages use the same ones.
"""

from typing import Final, NamedTuple


class Message(NamedTuple):
    """One statement in both languages."""

    en: str
    zh: str


MESSAGES: Final[dict[str, Message]] = {
    # ---- text.py
    "text-type": Message(
        "{value} is of type {type}, but text is needed: pass a str, converting it yourself so that nothing is lost",
        "{value} 的类型是 {type},此处须为文本:请自行转换为 str,以免丢失信息",
    ),
    "text-empty": Message(
        "the text is empty, but a name is needed: write one",
        "文本为空,此处须有名称:请填写",
    ),
    "text-not-nfc": Message(
        "{value} is not in Unicode form NFC: pass unicodedata.normalize('NFC', text)",
        "{value} 不是 Unicode NFC 规范形式:请先用 unicodedata.normalize('NFC', text) 处理",
    ),
    "text-character": Message(
        "{value} contains U+{character} at position {position}, an invisible or unassigned character: remove it",
        "{value} 的第 {position} 位含有不可见或未定义的字符 U+{character}:请删除",
    ),
    "text-space": Message(
        "{value} begins or ends with a space: strip it",
        "{value} 首尾有空格:请去除",
    ),
    "share-float": Message(
        '{value} is a float, and floats are inexact: write the text "{text}" instead',
        "{value} 是浮点数,不精确:请改写为文本“{text}”",
    ),
    "share-form": Message(
        '{value} is no share: write "49.60%" or "62/125" (ASCII characters, no spaces)',
        "{value} 不是比例:请写成“49.60%”或“62/125”(半角字符,不含空格)",
    ),
    "share-range": Message(
        "{value} is outside {low} to {high}: write a share within",
        "{value} 不在 {low} 至 {high} 之内:请改为范围内的比例",
    ),
    "json-value": Message(
        "{value} has no canonical JSON: use text, true, false, integers below 2^53, lists and ASCII keys",
        "{value} 无法写成规范 JSON:只可用文本、真假值、绝对值小于 2^53 的整数、列表和 ASCII 键",
    ),
    "json-syntax": Message(
        "this is not JSON ({reason}): pass the file as it was published",
        "不是有效的 JSON({reason}):请提供公布的原始文件",
    ),
    # ---- schemes.py
    "scheme-unknown": Message(
        "{scheme} is no scheme of this version; known: {known}",
        "本版本不认识方案 {scheme};已知方案:{known}",
    ),
    "scheme-no-sm3": Message(
        "this Python's OpenSSL has no SM3: use a build with OpenSSL 1.1.1 or newer that offers it, "
        "or the scheme dual-random/1-sha256",
        "当前 Python 的 OpenSSL 不提供 SM3:请使用带 SM3 的 OpenSSL 1.1.1 或更新版本,或改用 dual-random/1-sha256",
    ),
    "digest-form": Message(
        "{value} is no digest: write 64 lower-case hex digits",
        "{value} 不是摘要:请写 64 位小写十六进制数字",
    ),
    "secret-form": Message(
        "the secret of {party} is not 64 lower-case hex digits (32 random bytes): draw it so",
        "{party} 的密值不是 64 位小写十六进制数字(32 个随机字节):请按此格式产生",
    ),
    "secret-missing": Message(
        "the seal of {party} is not opened: the draw waits for the secret behind {seal}",
        "{party} 的封印尚未打开:须等待 {seal} 对应的密值",
    ),
    "secret-wrong": Message(
        "the secret of {party} opens {opened}, but {seal} was committed: ask {party} for the right one",
        "{party} 的密值对应 {opened},但承诺中的封印是 {seal}:请向 {party} 索取正确的密值",
    ),
    "secret-unsealed": Message(
        "{party} has no seal in the commitment: leave this secret out",
        "承诺中没有 {party} 的封印:请勿提供该密值",
    ),
    "seed-form-small": Message(
        "the form {form} has only {texts} outcomes, fewer than 2^20, so that somebody could try them all: "
        "use a source with more",
        "形式 {form} 只有 {texts} 种结果,少于 2^20,可被逐一试算:请采用结果更多的来源",
    ),
    "seed-not-of-form": Message(
        "{seed} is not written in the announced form {form} (0 = a digit, x = a lower-case hex digit, "
        "the rest as it stands): write the outcome exactly so",
        "{seed} 不符合公布的形式 {form}(0 为一位数字,x 为一位小写十六进制数字,其余照写):请严格按此书写",
    ),
    # ---- plans.py
    "plan-shape": Message(
        "{value} cannot be read here: write {rule}",
        "此处无法读取 {value}:请写成 {rule}",
    ),
    "key-unknown": Message(
        "there is no such key; known: {known}",
        "没有这个键;可用的键:{known}",
    ),
    "key-missing": Message(
        "this part is missing and has no default: write it",
        "缺少此项,且没有默认值:请补充",
    ),
    "choice": Message(
        "{value} is none of the choices: write one of {known}",
        "{value} 不在可选值之内:请选用 {known}",
    ),
    "name-repeated": Message(
        "{name} stands here more than once, but must be unique: keep one or rename the other",
        "{name} 重复出现,此处不得重复:请保留一个或改名",
    ),
    "condition-empty": Message(
        "the condition lists no value, so nothing could meet it: write a value or leave the column out",
        "该条件没有列出任何取值,无法满足:请填写取值或删去该列",
    ),
    "count-form": Message(
        "{value} is no count: write a whole number from 0 (no quotes, no decimal point)",
        "{value} 不是计数:请写 0 或正整数(不加引号和小数点)",
    ),
    "bounds-crossed": Message(
        "at_most {high} is below at_least {low}: no number lies between",
        "上限 {high} 小于下限 {low}:两者之间没有可取的数",
    ),
    "take-missing": Message(
        'the demand says neither how many to take nor whom to follow: write take="5%", take=200, a table, or follow',
        '该需求既未写抽取数量也未写跟随对象:请写 take="5%"、take=200、分层表,或 follow',
    ),
    "stratum-shape": Message(
        "the stratum has {count} values, but strata are formed by {columns}: give one value per column, "
        "or one take for all",
        "该层有 {count} 个取值,而分层所用的列是 {columns}:请每列给一个取值,或只写一个总的抽取量",
    ),
    "target-zero": Message(
        "a target of 0 is met by everything: leave it out",
        "目标为 0 总是达到:请删去",
    ),
    "time-form": Message(
        "{value} is no time with a zone: write it like 2024-08-06T21:15:00+08:00",
        "{value} 不是带时区的时间:请写成 2024-08-06T21:15:00+08:00 的形式",
    ),
    "demands-missing": Message(
        "the plan has no demand, so nothing would be drawn: write at least one",
        "计划没有任何需求,不会抽取任何对象:请至少写一项",
    ),
    "demand-unknown": Message(
        "there is no demand {name}; the plan has {known}",
        "计划中没有需求 {name};已有:{known}",
    ),
    "follower-with-numbers": Message(
        "a demand that follows {followed} draws nothing of its own: leave this out, or leave out follow",
        "跟随 {followed} 的需求自己不抽取:请删去此项,或删去 follow",
    ),
    "follow-unknown": Message(
        "it follows {name}, which is no demand of the plan: write the name of one",
        "所跟随的 {name} 不是计划中的需求:请写计划中的需求名称",
    ),
    "follow-chain": Message(
        "it follows {name}, which itself follows {followed}: follow {followed} directly",
        "所跟随的 {name} 本身又跟随 {followed}:请直接跟随 {followed}",
    ),
}
