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
    # ---- errors.py
    "note-unknown": Message(
        "{code} is no code of this version: read the file with the version that wrote it",
        "本版本没有代码 {code}：请用写出该文件的版本读取",
    ),
    "note-params": Message(
        "a note {code} needs {missing}: pass them as params",
        "说明 {code} 缺少 {missing}：请在 params 中给出",
    ),
    # ---- text.py
    "text-type": Message(
        "{value} is of type {type}, but text is needed: pass a str, converting it yourself so that nothing is lost",
        "{value} 的类型是 {type}，此处须为文本：请自行转换为 str，以免丢失信息",
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
    "share-range": Message(
        "{value} is outside {low} to {high}: write a share within",
        "{value} 不在 {low} 至 {high} 之内：请改为范围内的比例",
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
    # ---- plain.py
    "value-differs": Message(
        "{stated} is stated, but the rules give {computed}",
        "所载为 {stated}，按规则得出的是 {computed}",
    ),
    # ---- plans.py
    "plan-shape": Message(
        "{value} cannot be read here: write it in the form {rule}",
        "此处无法读取 {value}：请按此形式书写：{rule}",
    ),
    "key-unknown": Message(
        "there is no such key; known: {known}",
        "没有这个键；可用的键：{known}",
    ),
    "key-missing": Message(
        "this part is missing and has no default: write it",
        "缺少此项，且没有默认值：请补充",
    ),
    "choice": Message(
        "{value} is none of the choices: write one of {known}",
        "{value} 不在可选值之内：请选用 {known}",
    ),
    "name-repeated": Message(
        "{name} stands here more than once, but must be unique: keep one or rename the other",
        "{name} 重复出现，此处不得重复：请保留一个或改名",
    ),
    "condition-empty": Message(
        "the condition lists no value, so nothing could meet it: write a value or leave the column out",
        "该条件没有列出任何取值，无法满足：请填写取值或删去该列",
    ),
    "count-form": Message(
        "{value} is no count: write a whole number from 0, below 2^53 (no quotes, no decimal point)",
        "{value} 不是计数：请写 0 或小于 2^53 的正整数（不加引号和小数点）",
    ),
    "bounds-crossed": Message(
        "at_most {high} is below at_least {low}: no number lies between",
        "上限 {high} 小于下限 {low}：两者之间没有可取的数",
    ),
    "take-missing": Message(
        'the demand says neither how many to take nor whom to follow: write take="5%", take=200, a table, or follow',
        '该需求既未写抽取数量也未写跟随对象:请写 take="5%"、take=200、分层表,或 follow',
    ),
    "stratum-shape": Message(
        "the stratum has {count} values, but strata are formed by {columns}: give one value per column, "
        "or one take for all",
        "该层有 {count} 个取值，而分层所用的列是 {columns}：请每列给一个取值，或只写一个总的抽取量",
    ),
    "target-zero": Message(
        "a target of 0 is met by everything: leave it out",
        "目标为 0 总是达到：请删去",
    ),
    "time-form": Message(
        "{value} is no time with a zone: write it like 2024-08-06T21:15:00+08:00",
        "{value} 不是带时区的时间：请写成 2024-08-06T21:15:00+08:00 的形式",
    ),
    "demands-missing": Message(
        "the plan has no demand, so nothing would be drawn: write at least one",
        "计划没有任何需求，不会抽取任何对象：请至少写一项",
    ),
    "demand-unknown": Message(
        "there is no demand {name}; the plan has {known}",
        "计划中没有需求 {name}；已有：{known}",
    ),
    "follower-with-numbers": Message(
        "a demand that follows {followed} draws nothing of its own: leave this out, or leave out follow",
        "跟随 {followed} 的需求自己不抽取：请删去此项，或删去 follow",
    ),
    "follow-unknown": Message(
        "it follows {name}, which is no demand of the plan: write the name of one",
        "所跟随的 {name} 不是计划中的需求：请写计划中的需求名称",
    ),
    "follow-chain": Message(
        "it follows {name}, which itself follows {followed}: follow {followed} directly",
        "所跟随的 {name} 本身又跟随 {followed}：请直接跟随 {followed}",
    ),
    # ---- allocation.py
    "allocation-bounds": Message(
        "at least {at_least} and at most {at_most} contradict each other: lower the first or raise the second",
        "下限 {at_least} 高于上限 {at_most}：请降低下限或提高上限",
    ),
    "allocation-total-small": Message(
        "{total} units are fewer than the {least} that the lower bounds of the strata need: "
        "raise the total or lower at_least",
        "总数 {total} 少于各层下限所需的 {least}：请提高总数或降低 at_least",
    ),
    "allocation-total-large": Message(
        "{total} units are more than the {most} that the strata can give within their sizes and at_most: "
        "lower the total or raise at_most",
        "总数 {total} 多于各层规模和上限所能提供的 {most}：请降低总数或提高 at_most",
    ),
    "deviation-float": Message(
        '{value} is a float, and floats are inexact: write the text "{text}" instead',
        "{value} 是浮点数，不精确：请改写为文本“{text}”",
    ),
    "deviation-form": Message(
        '{value} is no standard deviation: write a number of 0 or more as the text "12.5", "62/125" or "30%", or as an int',
        "{value} 不是标准差：请写不小于 0 的数，用“12.5”“62/125”“30%”这样的文本或 int",
    ),
    "deviation-missing": Message(
        "this stratum has no standard deviation: write one, 0 if its units do not differ",
        "该层没有标准差：请填写；若层内无差异，请写 0",
    ),
    "deviation-unknown": Message(
        "there is no such stratum: write the name of a stratum, or leave this deviation out",
        "没有这一层：请改为已有的层名，或去掉这项标准差",
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
    # ---- populations.py
    "column-unknown": Message(
        "the register has no column {column}; it has {known}: correct the name or add the column",
        "名录库没有 {column} 列；现有：{known}：请改正列名或补充该列",
    ),
    "barred-unknown": Message(
        "{id} is barred, but the register does not hold it: correct the id or leave it out",
        "{id} 被列为不参加抽取，但名录库中没有：请改正编号或删去",
    ),
    "population-empty": Message(
        "no enterprise meets the conditions of {name}; values in the register: {values}",
        "没有检查对象满足 {name} 的条件；名录库中的取值：{values}",
    ),
    "value-unknown": Message(
        "no enterprise has {value} in {column}: correct the value if it is a slip, else ignore this",
        "没有检查对象的 {column} 为 {value}：如系笔误请改正，否则可忽略",
    ),
    "stratum-unknown": Message(
        "no enterprise is in the stratum {stratum}: correct its values if they are a slip, else ignore this",
        "没有检查对象属于层 {stratum}：如系笔误请改正，否则可忽略",
    ),
    # ---- commitments.py
    "number-above-stratum": Message(
        "{number} are to be drawn of {size}: lower the number, or widen the conditions",
        "{size} 个中要抽 {number} 个：请减少数量或放宽条件",
    ),
    "number-outside-bounds": Message(
        "the stated number {number} is outside the demand's own bounds {low} to {high}: change one of them",
        "所写数量 {number} 不在该需求自己的上下限 {low} 至 {high} 之内：请修改其一",
    ),
    "stratum-without-take": Message(
        "the stratum {stratum} has enterprises but no take: add it to the table, with 0 if nobody is to be drawn",
        "层 {stratum} 中有检查对象，但表中没有抽取量：请补入，不抽则写 0",
    ),
    "allocation-demands": Message(
        "the numbers are for the demands {stated}, but the plan draws {wanted}, in this order",
        "数量表对应的需求是 {stated}，而计划依次抽取的是 {wanted}",
    ),
    "never-meet": Message(
        "the target {target} cannot be approached: no enterprise belongs to two departments; leave the target out, "
        "or let the populations overlap",
        "目标 {target} 无从实现：没有检查对象同属两个部门；请删去目标，或使各部门的对象范围有交集",
    ),
    "populations-apart": Message(
        "no enterprise belongs to two departments, so no visit can be joint: let the populations overlap if departments "
        "are meant to meet",
        "没有检查对象同属两个部门，不会有联合检查：如需联合，请使各部门的对象范围有交集",
    ),
    "stratum-twice-rate": Message(
        "{number} of {size} are drawn, twice the rate {rate} or more: rounding up or a minimum weighs much in so small "
        "a stratum; merge strata if that is not meant",
        "{size} 个中抽 {number} 个，达到比例 {rate} 的两倍以上：层太小，进位或下限影响很大；如非本意，请合并各层",
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
        "Register.differences names the rows if you have both versions",
        "名录库的摘要是 {found}，而承诺的是 {stated}：有编号或取值不同；如有两个版本，可用 Register.differences 查明是哪些行",
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
    "why-visit": Message(
        "So {enterprise} is visited by {departments}; {lead} leads.",
        "因此 {enterprise} 由 {departments} 检查，{lead} 发起。",
    ),
    "why-no-visit": Message(
        "So {enterprise} is not visited.",
        "因此 {enterprise} 不被检查。",
    ),
    # ---- verification.py
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
    "visit-not-drawn": Message(
        "{enterprise} is visited, but its ticket is not among the lowest of its strata: the visit was inserted",
        "{enterprise} 列入检查，但其签号不在所属各层的最低之列：该户次是插入的",
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
    "unchecked-visits": Message(
        "the visits were not recomputed, because rules, register or secrets do not allow it",
        "规则、名录库或密值有误，户次未重新计算",
    ),
    "unchecked-exclusions": Message(
        "{count} exclusions were not checked: build the register from the original table, with the same check and "
        "exclude, to compare them",
        "有 {count} 项排除未核对：请用原始表格和相同的校验与排除规则建立名录库再比对",
    ),
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
        "系统抽样的成员一次抽定，没有备选：如可能需要递补，请用 method=“sequential-poisson”抽取",
    ),
    "reserves-stratum": Message(
        "{value} is no stratum of this sample, and reserves belong to a stratum: name one of {known}",
        "{value} 不是本样本的层，而备选须属于某一层：请写明其一：{known}",
    ),
    "reserves-no-strata": Message(
        "this sample has no strata: leave {value} out",
        "本样本没有分层：请去掉 {value}",
    ),
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
        "this line is not UTF-8, nor any encoding that can be told: export the file again as UTF-8",
        "此行不是 UTF-8，也无法辨认编码：请重新以 UTF-8 导出",
    ),
    "file-encoding-other": Message(
        "this line is not UTF-8; the file reads as {name}: convert it with iconv -f {encoding} -t UTF-8, or save it as CSV UTF-8",
        "此行不是 UTF-8，文件可按 {name} 读取：请用 iconv -f {encoding} -t UTF-8 转换，或另存为“CSV UTF-8”",
    ),
    "file-kind": Message(
        "{suffix} is no kind of file that can be read here: use one of {known}, and name the file so",
        "此处不能读取 {suffix} 文件：请使用 {known}，并以此命名",
    ),
    "file-spreadsheet": Message(
        "{suffix} is a spreadsheet: save it as CSV UTF-8 (known here: {known})",
        "{suffix} 是电子表格：请另存为“CSV UTF-8”（此处可读 {known}）",
    ),
    "extra-missing": Message(
        "reading this needs {package}: pip install 'dual-random[{extra}]'",
        "读取此文件需要 {package}：pip install 'dual-random[{extra}]'",
    ),
    "plan-syntax": Message(
        "this is not {kind} ({reason}): correct it there",
        "不是有效的 {kind}({reason})：请在该处改正",
    ),
    "table-column-repeated": Message(
        "the header has {column} more than once, so nobody could say which is meant: rename or remove one",
        "表头中 {column} 重复出现，无法确定所指：请改名或删去其一",
    ),
    "table-column-missing": Message(
        "the table has no column {column}; its header reads {known}: correct the name or add the column",
        "表中没有 {column} 列；表头为 {known}：请改正列名或补充该列",
    ),
    "table-row-ragged": Message(
        "this line, which begins with {first}, has {count} fields, but the header has {columns}: put fields that contain a separator "
        "in quotation marks (CSV), or correct the line",
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
        "which column holds the ids? write --id COLUMN (only a register text, .tsv as written by --register-out, needs none)",
        "哪一列是编号?请写 --id 列名（只有 --register-out 写出的 .tsv 名录库文本不需要）",
    ),
    "register-text-option": Message(
        "{option} says how to read a table, but without --id the file is read as a finished register text: add --id COLUMN, or leave "
        "{option} out",
        "{option} 用于读取表格，而未写 --id 时文件按已定稿的名录库文本读取：请加 --id 列名，或去掉 {option}",
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
        "{option} has no use without {other}: add {other}, or leave {option} out",
        "未写 {other} 时 {option} 不起作用：请加上 {other}，或去掉 {option}",
    ),
    "arguments-rate": Message(
        'a rate has two counts, not {count} values: write a part and a whole (9685 19526), or a printed rate before them ("49.60%" 9685 19526)',
        "比率有两个计数，而给出了 {count} 个值：请写分子和分母(9685 19526)，或在其前写公布的比率(“49.60%” 9685 19526)",
    ),
    "exclude-hint": Message(
        "faults of rows can be kept out instead, each listed in the commitment: --exclude {codes}",
        "也可将有问题的行排除在外，逐一列入承诺：--exclude {codes}",
    ),
    "record-holds": Message(
        "The record holds: its {visits} visits were recomputed from the register, the seed and the digest you gave, and agree.",
        "记录属实：已用您提供的名录库、种子和摘要重新计算全部 {visits} 个户次，结果一致。",
    ),
    "record-fails": Message(
        "the record does not hold ({count} findings): ask {authority} for record and register as they were committed, and compare seed "
        "and digest with where they were published",
        "记录不属实（{count} 处）：请向 {authority} 索取原始的记录和名录库，并与公布处核对种子和摘要",
    ),
    "record-contradicts": Message(
        "the record does not agree with itself ({count} findings), so it explains nothing: run verify with the seed and digest you know",
        "记录自相矛盾（{count} 处），无从解释：请用您所知的种子和摘要运行 verify",
    ),
}
