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
}
