"""What is said about tests of fairness: checks, audits, and what they could have seen."""

from typing import Final

from dual_random.messages.message import Message

MESSAGES: Final[dict[str, Message]] = {
    # ---- testing/checks.py
    "check-members": Message("{name}", "在册且不重复（{name}）"),
    "check-inclusion": Message("{name}", "抽中次数（{name}）"),
    "check-order": Message("{name}", "与名单顺序无关（{name}）"),
    "check-repeat": Message("{name}", "同一种子可重现（{name}）"),
    "check-elsewhere": Message("{name}", "新进程可重现（{name}）"),
    "check-size": Message("{name}", "抽取数量（{name}）"),
    "check-nested": Message("{name}", "逐级包含（{name}）"),
    "check-one-by-one": Message("{name}", "增减一个单位（{name}）"),
    "check-chi-square": Message("{name}", "卡方检验（{name}）"),
    "check-pairs": Message("{name}", "成对出现（{name}）"),
    "check-subsets": Message("{name}", "各种组合（{name}）"),
    "check-across": Message("{name}", "跨类别（{name}）"),
    "check-repeats": Message("{name}", "结果重复（{name}）"),
    "check-trend": Message("trend: {name}", "趋势：{name}"),
    "check-trend-list": Message("trend: place in the list", "趋势：在名单中的位置"),
    "check-trend-bytes": Message("trend: place in byte order", "趋势：按字节排序的位置"),
    "check-groups": Message("groups: {name}", "分组：{name}"),
    "check-exact-failed": Message(
        "{name}: FAILED (exact)",
        "{name}：未通过（精确检查）",
    ),
    "check-exact-holds": Message(
        "{name}: holds (exact)",
        "{name}：通过（精确检查）",
    ),
    "check-blind": Message("{name}: nothing could be seen", "{name}：无法判断"),
    "check-failed": Message(
        "{name}: FAILED (p {p}, limit {limit})",
        "{name}：未通过（p {p}，界限 {limit}）",
    ),
    "check-passed": Message("{name}: passed (p {p}, limit {limit})", "{name}：通过（p {p}，界限 {limit}）"),
    "report-failed": Message(
        "UNFAIR: {failed} of {count} checks failed: {names}. A fair procedure fails any of them with a probability of at most {alpha}.",
        "不公平：{count} 项检查中有 {failed} 项未通过：{names}。公平的程序有任何一项未通过的概率至多为 {alpha}。",
    ),
    "report-passed": Message(
        "No evidence of unfairness (checks: {count}). A fair procedure fails any of them with a probability of at most {alpha}; each says below what it could have seen.",
        "未发现不公平的证据（共 {count} 项检查）。公平的程序有任何一项未通过的概率至多为 {alpha}；各项检查能发现多大的偏差，见下文。",
    ),
    "report-exact-failed": Message(
        "FAILED: {failed} of {count} checks: {names}. These checks have no false alarms: what they found is so.",
        "未通过：{count} 项检查中有 {failed} 项：{names}。这些检查不会误报，所指问题确实存在。",
    ),
    "report-exact-passed": Message(
        "All checks hold ({count}). They have no false alarms, and each says below what it could have seen.",
        "全部检查通过（共 {count} 项）。这些检查不会误报；各项能发现什么，见下文。",
    ),
    "report-empty": Message(
        "Nothing was asked, so this says nothing about fairness; the reasons follow.",
        "未作任何检查，因此不能说明是否公平；原因如下。",
    ),
    "sees-nothing": Message(
        "Could have shown no bias at all here: too few draws (trials_for tells how many are needed), or too few units.",
        "此项检查在此不可能发现任何偏差：抽取次数太少（trials_for 可算出所需次数），或单位太少。",
    ),
    # ---- testing/procedures.py
    "answer-shape": Message(
        "the procedure gave {value}: it must return the ids drawn, or a mapping from unit to its result",
        "程序返回了 {value}：应返回抽中的编号，或由单位到结果的映射",
    ),
    "answer-result": Message(
        "the procedure gave the result {value}: a result is text, or several texts",
        "程序给出的结果为 {value}：结果须为文本，或若干文本",
    ),
    "answer-text": Message(
        "{value} is of type {type}, but ids and results are text: convert it so that nothing is lost",
        "{value} 的类型是 {type}，但编号与结果须为文本：请转换，且不丢失信息",
    ),
    "answer-stranger": Message(
        "{unit} was drawn, but is not in the list",
        "{unit} 被抽中，但不在名单中",
    ),
    "answer-twice": Message("{unit} was drawn twice", "{unit} 被抽中两次"),
    "answer-result-twice": Message("{unit} has {result} twice", "{unit} 两次得到 {result}"),
    "units-empty": Message(
        "there are no units, so nothing can be drawn: pass at least one",
        "没有任何单位，无从抽取：请至少给出一个",
    ),
    # ---- testing/replicates.py
    "unit-without": Message(
        "{unit} has no entry: give one for every unit",
        "{unit} 没有对应的值：请为每个单位都给出",
    ),
    "unit-unknown": Message(
        "{unit} is not among the units: remove it, or add the unit",
        "{unit} 不在单位之中：请删除，或补充该单位",
    ),
    "replicates-drawn": Message(
        "{trials} draws of {size} of {units} units",
        "共抽取 {trials} 次，每次从 {units} 个单位中抽取 {size} 个",
    ),
    "replicates-results": Message(
        "{trials} draws with results ({results}): {size} given to {units} units each time",
        "共抽取 {trials} 次，有 {results} 种结果，每次向 {units} 个单位分配 {size} 个结果",
    ),
    "progress-callable": Message(
        "{value} cannot be called: pass a function of the draws made and of all",
        "{value} 不可调用：请传入以已完成次数和总次数为参数的函数",
    ),
    # ---- testing/tallies.py
    "members-null": Message(
        "Asked: does each draw name units of the list only, and each of them once?",
        "检查内容：每次抽取是否只含名单中的单位，且每个单位只出现一次？",
    ),
    "members-sees": Message(
        "Looked at all {trials} draws.",
        "已查看全部 {trials} 次抽取。",
    ),
    "inclusion-null": Message(
        "Asked of all counts ({count}): do units that are alike come equally often, given how many of them come in each draw?",
        "检查内容（{count} 个计数）：在每次抽取的数量既定的条件下，同类单位的抽中次数是否相当？",
    ),
    "inclusion-null-stated": Message(
        "Asked of all counts ({count}): does each unit come as often as the chance stated for it says? The chances add up to {sum}; on average {came} came.",
        "检查内容（{count} 个计数）：每个单位的抽中次数是否符合为其声明的概率？各概率之和为 {sum}，平均每次抽中 {came} 个。",
    ),
    "inclusion-worst": Message(
        "{count} times, {mean} expected (p {p})",
        "{count} 次，期望 {mean} 次（p {p}）",
    ),
    "inclusion-worst-in": Message(
        "{count} times in {where}, {mean} expected (p {p})",
        "在 {where} 中 {count} 次，期望 {mean} 次（p {p}）",
    ),
    "inclusion-sees": Message(
        "Would have seen, nine times in ten, any one unit that comes {high} times as often as it should or more, or {low} times or less.",
        "有 90% 的把握发现：任一单位的抽中频率达到应有的 {high} 倍以上或 {low} 倍以下。",
    ),
    "inclusion-sees-some": Message(
        "Would have seen, nine times in ten, any one of {more} counts that is {high} times what it should be or more, and any one of {fewer} that is {low} times or less; of {count} counts the others are too rare to be judged.",
        "有 90% 的把握发现：{more} 个计数中任一个达到应有的 {high} 倍以上，或 {fewer} 个计数中任一个在 {low} 倍以下；共 {count} 个计数，其余太少，无法判断。",
    ),
    "inclusion-sees-some-high": Message(
        "Would have seen, nine times in ten, any one of {more} counts that is {high} times what it should be or more; none that is too low. Of {count} counts the others are too rare to be judged.",
        "有 90% 的把握发现：{more} 个计数中任一个达到应有的 {high} 倍以上；偏少则发现不了。共 {count} 个计数，其余太少，无法判断。",
    ),
    "inclusion-sees-some-low": Message(
        "Would have seen, nine times in ten, any one of {fewer} counts that is {low} times what it should be or less; none that is too high. Of {count} counts the others are too rare to be judged.",
        "有 90% 的把握发现：{fewer} 个计数中任一个在应有的 {low} 倍以下；偏多则发现不了。共 {count} 个计数，其余太少，无法判断。",
    ),
    "inclusion-sees-high": Message(
        "Would have seen, nine times in ten, any one unit that comes {high} times as often as it should or more; one that never comes could have gone unseen.",
        "有 90% 的把握发现：任一单位的抽中频率达到应有的 {high} 倍以上；从未抽中的单位则可能发现不了。",
    ),
    "inclusion-sees-low": Message(
        "Would have seen, nine times in ten, any one unit that comes {low} times as often as it should or less; none that comes too often.",
        "有 90% 的把握发现：任一单位的抽中频率在应有的 {low} 倍以下；抽中过多者则发现不了。",
    ),
    # ---- testing/squares.py
    "square-null": Message(
        "Asked of each result ({count}): do units that are alike come equally often, all counts taken together?",
        "逐一检查各种结果（{count} 种）：全部计数合起来看，同类单位的抽中次数是否相当？",
    ),
    "square-worst": Message(
        "chi-square {value} on {dof} degrees of freedom",
        "卡方 {value}，自由度 {dof}",
    ),
    "square-worst-in": Message(
        "chi-square {value} on {dof} degrees of freedom for {result}",
        "{result} 的卡方为 {value}，自由度 {dof}",
    ),
    "square-sees": Message(
        "Would have seen, nine times in ten, chances that are off by {bias} % each, some up, some down.",
        "有 90% 的把握发现：各单位的机会普遍偏离 {bias}%（有高有低）。",
    ),
    "subsets-null": Message(
        "Asked of each result ({count}): does every set of alike units come equally often?",
        "逐一检查各种结果（{count} 种）：同类单位的每一种组合，出现次数是否相当？",
    ),
    "subsets-sees": Message(
        "Would have seen, nine times in ten, sets whose chances are off by {bias} % each, some up, some down.",
        "有 90% 的把握发现：各种组合的机会普遍偏离 {bias}%（有高有低）。",
    ),
    "subsets-blind": Message(
        "Not asked: needs draws of one size, at most {most} possible sets, and five draws for each.",
        "未检查：要求每次抽取数量相同、可能的组合不超过 {most} 种，且每种平均至少出现五次。",
    ),
    # ---- testing/pairings.py
    "pairs-null": Message(
        "Asked of each result ({count}): do any two alike units come together as often as any other two?",
        "逐一检查各种结果（{count} 种）：任意两个同类单位同时出现的次数是否与其他任意两个相当？",
    ),
    "pairs-sees": Message(
        "Would have seen, nine times in ten, pairs whose chances are off by {bias} % each, some up, some down.",
        "有 90% 的把握发现：各对单位同时出现的机会普遍偏离 {bias}%（有高有低）。",
    ),
    # ---- testing/crossings.py
    "across-null": Message(
        "Asked of each two classes or results ({count}): does who comes in one say nothing about who comes in the other?",
        "检查内容（{count} 个由两个类别或两种结果构成的表）：其中一方抽中谁，是否与另一方抽中谁无关？",
    ),
    "across-sees": Message(
        "Would have seen, nine times in ten, pairs across a table whose chances are off by {bias} % each, some up, some down.",
        "有 90% 的把握发现：跨类别或跨结果的各对单位同时出现的机会普遍偏离 {bias}%（有高有低）。",
    ),
    # ---- testing/repetitions.py
    "repeats-null": Message(
        "Asked: do draws repeat earlier ones no more often than chance makes them?",
        "检查内容：抽取结果与先前重复的次数，是否不超过偶然所致？",
    ),
    "repeats-worst": Message(
        "draws that repeat an earlier one: {count} of {trials}, {mean} expected at most",
        "{trials} 次抽取中有 {count} 次与先前重复，期望至多 {mean} 次",
    ),
    "repeats-sees": Message(
        "Would have seen, nine times in ten, that there are only about {seeds} different draws or fewer.",
        "有 90% 的把握发现：不同的抽取结果总共只有约 {seeds} 种或更少。",
    ),
    # ---- testing/power.py
    "trials-too-many": Message(
        "more than {most} draws would be needed to show so small a bias: ask for a bigger one",
        "要发现如此小的偏差，需抽取 {most} 次以上：请设定更大的偏差",
    ),
    "trials-above": Message(
        "more than {most} draws are not reckoned with: state fewer",
        "不计算超过 {most} 次的抽取：请减少次数",
    ),
    "chance-open": Message(
        "with a chance of 0 or 1 nothing is open: state one between them",
        "概率为 0 或 1 时结果已经确定：请给出介于两者之间的概率",
    ),
    "bias-form": Message(
        "{value} says not what the chance is multiplied by: write 150% or 3/2 for half too often, 50% for half as often, 0 for never",
        "{value} 未说明概率乘以多少：多出一半写 150% 或 3/2，减少一半写 50%，从未抽中写 0",
    ),
    "bias-none": Message(
        "a bias of 1 is none: state what the chance is multiplied by, such as 150% or 1/2",
        "偏差为 1 即没有偏差：请说明概率乘以多少，例如 150% 或 1/2",
    ),
    "bias-above": Message(
        "with this bias the chance would be {chance}, which is above 1: state a smaller one",
        "按此偏差，概率将为 {chance}，大于 1：请减小偏差",
    ),
    "level-form": Message(
        "{value} is no level: state a float from 1e-40 to below 1, such as 1e-6",
        "{value} 不是检验水准：请给出不小于 1e-40 且小于 1 的浮点数，例如 1e-6",
    ),
    # ---- testing/fairness.py
    "lots-none": Message(
        "in none of {trials} draws was anything left to chance: nobody or everybody came, so there is nothing to test: see whether the procedure draws at all",
        "{trials} 次抽取中没有一次有随机性：无人被抽中或全部被抽中，无从检验：请确认程序确实在抽取",
    ),
    "hint-alike": Message(
        "All units were taken to be alike. If some are meant to have other chances than others, say so: alike= names the classes, chance= states chances.",
        "检验时假定全部单位同类。若部分单位本应有不同的概率，请声明：alike= 给出类别，chance= 给出概率。",
    ),
    "hint-order": Message(
        "Sort the list before drawing, by something that nobody can choose, and let no ties be decided by place. If the published order is part of the rule, say ordered=True. (The orders tried are those of dual_random.testing.shuffled.)",
        "请在抽取前按任何人都无法选择的依据排序，且不按位置决定并列。若公布的顺序本身就是规则的一部分，请写 ordered=True。（所试顺序由 dual_random.testing.shuffled 给出。）",
    ),
    "hint-members": Message(
        "A procedure gets the units first and the seed second, and gives ids of units; teams by visit are turned round with by_person.",
        "程序先接收单位名单，后接收种子，并返回单位编号；按户次给出的人员组合请用 by_person 转换。",
    ),
    "chance-and-alike": Message(
        "state which units are alike, or the chance of each, not both: with chances nothing is said of who is alike",
        "请声明哪些单位同类，或声明每个单位的概率，不能同时声明：声明概率时并未说明哪些单位同类",
    ),
    "groups-unchecked": Message(
        "not asked: with stated chances groups have no exact law; give numbers, or state which units are alike",
        "未检查：声明概率时，各组没有精确分布；请改用数值，或声明哪些单位同类",
    ),
    # ---- testing/trends.py
    "trend-null": Message(
        "Asked of each result ({count}): do units with a high {name} come as often as those with a low one?",
        "逐一检查各种结果（{count} 种）：按 {name} 排序，靠前与靠后的单位是否同样常被抽中？",
    ),
    "trend-null-list": Message(
        "Asked of each result ({count}): do units with a high place in the list come as often as those with a low one?",
        "逐一检查各种结果（{count} 种）：名单中靠前与靠后的单位是否同样常被抽中？",
    ),
    "trend-null-bytes": Message(
        "Asked of each result ({count}): do units with a high place in byte order come as often as those with a low one?",
        "逐一检查各种结果（{count} 种）：按字节排序靠前与靠后的单位是否同样常被抽中？",
    ),
    "trend-worst": Message(
        "the mean rank of the units drawn is {seen}, {mean} expected (1 is the lowest)",
        "抽中单位的平均秩为 {seen}，期望 {mean}（1 为最低）",
    ),
    "trend-sees": Message(
        "Would have seen, nine times in ten, a mean rank that is off by {bias} standard deviations of the ranks.",
        "有 90% 的把握发现：平均秩偏离期望达到秩的 {bias} 个标准差。",
    ),
    "groups-null": Message(
        "Asked of all counts ({count}): does each group by {name} come as often as its size says?",
        "检查内容（{count} 个计数）：按 {name} 划分的各组，抽中次数是否与其规模相称？",
    ),
    "groups-worst": Message(
        "{count} came, {mean} expected (p {p})",
        "抽中 {count} 次，期望 {mean} 次（p {p}）",
    ),
    "groups-sees": Message(
        "Would have seen, nine times in ten, any one group that comes {bias} times as often as it should or more.",
        "有 90% 的把握发现：任一组的抽中频率达到应有的 {bias} 倍以上。",
    ),
    "attribute-value": Message(
        "{value} is neither a name (text) nor a finite number: give one of them for every unit",
        "{value} 既非名称（文本），也非有限数值：请为每个单位给出其一",
    ),
    "attribute-mixed": Message(
        "some values are names and some are numbers: give names for groups, or numbers for a trend",
        "既有名称又有数值：分组请用名称，看趋势请用数值",
    ),
    "attribute-text": Message(
        "a trend needs numbers, but these are names: use groups",
        "看趋势须用数值，但此处为名称：请改用分组检查",
    ),
    "attribute-number": Message(
        "groups need names, but these are numbers: use trend",
        "分组须用名称，但此处为数值：请改用趋势检查",
    ),
    "chance-results": Message(
        "chances can be stated for a plain draw only, but this procedure gives results: state which units are alike instead",
        "只有简单抽取才能声明概率，而此程序给出的是多种结果：请改为声明哪些单位同类",
    ),
    # ---- testing/processes.py
    "fresh-pickle": Message(
        "Not checked in a fresh process: the procedure cannot be sent there ({reason}). Define it with def or class at the top of a module, not as a lambda or inside a function.",
        "未在新进程中检查：程序无法送入新进程（{reason}）。请在模块顶层用 def 或 class 定义，不要用 lambda，也不要定义在函数内部。",
    ),
    "fresh-load": Message(
        "Not checked in a fresh process: the procedure cannot be loaded there ({reason}). Put it into a module that can be imported on its own.",
        "未在新进程中检查：程序无法在新进程中加载（{reason}）。请放入可单独导入的模块。",
    ),
    "fresh-start": Message(
        "Not checked in a fresh process: none can be started here ({reason}). Run the test where Python can start itself.",
        "未在新进程中检查：此处无法启动新进程（{reason}）。请在 Python 能启动自身的环境中运行。",
    ),
    "fresh-late": Message(
        "Not checked in a fresh process: it was not done after {seconds} seconds. Ask for fewer trials.",
        "未在新进程中检查：{seconds} 秒后仍未完成。请减少次数。",
    ),
    "fresh-declined": Message(
        "Not checked in a fresh process, as wished (processes=False).",
        "按要求未在新进程中检查（processes=False）。",
    ),
    "fresh-nested": Message(
        "this process was started to check a procedure, and would start others: in a script, write the calls under if __name__ == '__main__':",
        "此进程是为检查程序而启动的，不应再启动其他进程：在脚本中，请将调用写在 if __name__ == '__main__': 之下",
    ),
    "fresh-raised": Message(
        "with PYTHONHASHSEED={hash_seed}, a fresh process could not draw ({error})",
        "PYTHONHASHSEED={hash_seed} 的新进程未能抽取（{error}）",
    ),
    # ---- testing/invariants.py
    "procedure-callable": Message(
        "{value} cannot be called: pass a function of the units and the seed",
        "{value} 不可调用：请传入以单位和种子为参数的函数",
    ),
    "order-null": Message(
        "Asked of {trials} draws: is the draw the same whatever the order of the list?",
        "检查内容（{trials} 次抽取）：无论名单顺序如何，抽取结果是否相同？",
    ),
    "order-worst": Message(
        "drawn from {order} there came {come} instead of {gone}",
        "按 {order} 的顺序抽取时，抽中的是 {come}，而不是 {gone}",
    ),
    "order-sees": Message(
        "Would have seen, nine times in ten, a dependence that shows in {share} of orders or more.",
        "有 90% 的把握发现：对名单顺序的依赖（在 {share} 以上的顺序中会显现）。",
    ),
    "repeat-null": Message(
        "Asked of {trials} draws: does a seed draw the same again, later and after other seeds?",
        "检查内容（{trials} 次抽取）：同一种子稍后、在其他种子之后再抽，结果是否相同？",
    ),
    "repeat-worst": Message(
        "the second time there came {come} instead of {gone}",
        "第二次抽中的是 {come}，而不是 {gone}",
    ),
    "repeat-sees": Message(
        "Would have seen, nine times in ten, a change that shows in {share} of draws or more; not what changes with the day, the machine or the versions of packages.",
        "有 90% 的把握发现：在 {share} 以上的抽取中显现的变化；随日期、机器或软件包版本而变的，则发现不了。",
    ),
    "elsewhere-null": Message(
        "Asked of {trials} draws in each of {processes} fresh processes with other values of PYTHONHASHSEED: are they the same?",
        "检查内容（{processes} 个 PYTHONHASHSEED 不同的新进程，各抽取 {trials} 次）：结果是否相同？",
    ),
    "elsewhere-worst": Message(
        "with PYTHONHASHSEED={hash_seed}, in a fresh process there came {come} instead of {gone}",
        "在 PYTHONHASHSEED={hash_seed} 的新进程中，抽中的是 {come}，而不是 {gone}",
    ),
    "size-null": Message(
        "Asked of {trials} draws: does each have the number of units that it should?",
        "检查内容（{trials} 次抽取）：每次抽中的数量是否符合要求？",
    ),
    "size-worst": Message("{count} drawn, {size} expected", "抽中 {count} 个，应为 {size} 个"),
    "size-worst-result": Message(
        "{count} have {result}, {size} expected",
        "{count} 个得到 {result}，应为 {size} 个",
    ),
    "nested-null": Message(
        "Asked of {trials} draws: is everyone who is drawn also drawn by the next larger procedure?",
        "检查内容（{trials} 次抽取）：每个被抽中者是否也被下一个更大的程序抽中？",
    ),
    "nested-worst": Message(
        "{gone} drawn by procedure {number}, but not by procedure {next}",
        "{gone} 被第 {number} 个程序抽中，却未被第 {next} 个抽中",
    ),
    "nested-one": Message(
        "one draw alone is nested in nothing: pass at least two procedures, the one that draws least first",
        "单独一个抽取无从比较包含关系：请至少给出两个程序，抽取最少者在前",
    ),
    "one-null": Message(
        "Asked of lists from which one unit was taken ({count}): does at most one other change?",
        "检查内容（{count} 份去掉一个单位的名单）：其他单位中是否至多有一个改变？",
    ),
    "one-worst": Message(
        "without {unit} there came {come} instead of {gone}, but at most one other may change",
        "去掉 {unit} 后，抽中的是 {come}，而不是 {gone}，但其他单位中至多只能有一个改变",
    ),
    "exact-more": Message("and so on: {count} in all", "其余从略，共 {count} 处"),
    "exact-sees": Message(
        "Would have seen, nine times in ten, what shows in {share} of draws or more.",
        "有 90% 的把握发现：在 {share} 以上的抽取中显现的问题。",
    ),
    "exact-sees-nothing": Message(
        "There was nothing to compare here: pass more units.",
        "此处没有可比较的内容：请给出更多单位。",
    ),
    # ---- testing/exact.py
    "exact-many": Message(
        "{count} units have too many orders to run all of them: pass at most {most} ({orders} orders)",
        "{count} 个单位的顺序过多，无法全部运行：请至多给出 {most} 个（{orders} 种顺序）",
    ),
    # ---- testing/results.py
    "results-empty": Message(
        "the table has a header, but no rows: export it again",
        "表中只有表头，没有数据行：请重新导出",
    ),
    "unit-repeated": Message(
        "{unit} stands on {count} rows, so nobody could say which is meant: keep one of them, or give each its own id",
        "{unit} 出现在 {count} 行，无法确定所指：请保留一行，或各给编号",
    ),
    "cell-empty": Message(
        "the cell is empty, but every unit needs a value to be ranked: fill it in, or compare names with --by (empty cells make a group)",
        "单元格为空，而排序要求每个单位都有值：请填写，或改用 --by 按名称比较（空格自成一组）",
    ),
    "cell-no-number": Message(
        "{value} is no number, but other cells of the column are: correct it (digits, a point before decimals, no separators), or compare names with --by",
        "{value} 不是数字，而该列其他单元格是：请改正（只用数字和小数点，不加千分位分隔符），或改用 --by 按名称比较",
    ),
    "cell-no-date": Message(
        "{value} is neither a number nor a date like 2024-08-06: write it so, or compare names with --by",
        "{value} 既不是数字，也不是 2024-08-06 形式的日期：请改写，或改用 --by 按名称比较",
    ),
    "marked-nobody": Message(
        "no cell says {value}, so nobody was drawn; the column has {known}: name another column, or write COLUMN=VALUE",
        "没有单元格为 {value}，即无人被抽中；该列有 {known}：请改用其他列，或写 列名=值",
    ),
    "marked-everybody": Message(
        "every unit ({count}) is marked as drawn, so nothing was open; the column has {known}: say which value means drawn, COLUMN=VALUE",
        "全部 {count} 个单位都标为抽中，结果没有随机性；该列有 {known}：请写明哪个值表示抽中，即 列名=值",
    ),
    "chosen-everybody": Message(
        "every unit ({count}) was drawn, so nothing was open: pass the list that was drawn from",
        "全部 {count} 个单位都被抽中，结果没有随机性：请给出据以抽取的名单",
    ),
    "unit-stranger": Message(
        "{unit} is not among the units ({count}): correct the id, or pass the list that was drawn from",
        "{unit} 不在 {count} 个单位之中：请改正编号，或给出据以抽取的名单",
    ),
    "place-form": Message(
        "{value} is no place: write a whole number from 1 to {most}, and leave out the rows of units that took no part",
        "{value} 不是名次：请写 1 至 {most} 的整数，未参加者的行请删去",
    ),
    "place-repeated": Message(
        "the place {place} stands on {count} rows, but each is given once: look for the slip",
        "名次 {place} 出现在 {count} 行，而每个名次只有一个：请查找笔误",
    ),
    "places-missing": Message(
        "places that stand nowhere: {places}; an order has every place once, so compare with the original",
        "未出现的名次：{places}；完整的次序中每个名次各出现一次：请与原件核对",
    ),
    "draws-one": Message(
        "all rows belong to one draw, of which little can be said: audit it by itself (on the command line without --draw)",
        "所有行都属于同一次抽取，能说明的很少：请单独审计（命令行不加 --draw）",
    ),
    "draw-unnamed": Message(
        "the cell is empty, so the row belongs to no draw: fill in which draw it was",
        "单元格为空，此行不属于任何一次抽取：请填写属于哪次抽取",
    ),
    "level-text": Message(
        "{value} is no level: write a number between 0 and 1 such as 0.01 or 1e-6",
        "{value} 不是检验水准：请写 0 与 1 之间的数，例如 0.01 或 1e-6",
    ),
    # ---- testing/plots.py
    "plot-counts": Message(
        "How often each unit was drawn",
        "每个单位被抽中的次数",
    ),
    "plot-counts-out": Message(
        "Outside of what a fair procedure keeps to: {out} of {count} counts",
        "超出公平程序应有范围的计数：{count} 个中有 {out} 个",
    ),
    "plot-counts-worst": Message(
        "Farthest out: {units}",
        "偏离最远：{units}",
    ),
    "plot-counts-bands": Message(
        "Line: the count to expect. Dark band: one unit in twenty leaves it by chance, at most. Light band: a fair procedure sends any unit out of it with a probability of at most {alpha}.",
        "横线：期望次数。深色带：每二十个单位至多有一个因偶然超出。浅色带：公平的程序使任一单位超出的概率至多为 {alpha}。",
    ),
    "plot-counts-marks": Message(
        "Large black squares: units outside the light band.",
        "大黑方块：超出浅色带的单位。",
    ),
    "plot-counts-more": Message(
        "Results that are not shown, less conspicuous than these: {count}.",
        "未画出的其他结果（均不如所示者突出）：{count} 种。",
    ),
    "plot-counts-several": Message(
        "There are more units than columns: a bar reaches from the lowest count of its column to the highest.",
        "单位多于图中列数：每条竖线表示该列单位中最低至最高的次数。",
    ),
    "plot-list": Message(
        "units in the order of the list",
        "单位（按名单顺序）",
    ),
    "plot-p": Message(
        "How likely a fair procedure looks as bad as this",
        "公平的程序出现同样或更坏情形的概率",
    ),
    "plot-p-limits": Message(
        "The farther right, the less likely. Grey: beyond the limit of the check. A fair procedure gets into any of these parts with a probability of at most {alpha}.",
        "越靠右，概率越小。灰色部分：超出该项检查的界限。公平的程序进入任何灰色部分的概率至多为 {alpha}。",
    ),
    "plot-failed": Message(
        "{failed} of {count} checks failed",
        "{count} 项检查中有 {failed} 项未通过",
    ),
    "plot-passed": Message(
        "No check failed ({count} asked), which is no proof of fairness",
        "{count} 项检查全部通过，但这不能证明公平",
    ),
    "plot-p-failed": Message("p {p} FAILED", "p {p} 未通过"),
    "plot-exact": Message(
        "Exact checks: proof, without any chance of a false alarm",
        "精确检查：结论确定，不会误报",
    ),
    "plot-places": Message(
        "The order of {size} units by {name}",
        "{size} 个单位的次序（按 {name} 分组）",
    ),
    "plot-places-off": Message(
        "Outside of what a fair order keeps to: {name} {groups}; {mean} expected",
        "平均名次超出公平次序应有的范围：{name} {groups}；期望 {mean}",
    ),
    "plot-places-in": Message(
        "The mean place of every group ({count}) is such as a fair order has",
        "全部 {count} 组的平均名次均在公平次序应有的范围之内",
    ),
    "plot-places-correlated": Message(
        "Rank correlation of {name} and place: {found}, outside of what a fair order keeps to (±{limit})",
        "{name} 与名次的秩相关系数为 {found}，超出公平次序应有的范围（±{limit}）",
    ),
    "plot-places-uncorrelated": Message(
        "Rank correlation of {name} and place: {found}, such as a fair order has (±{limit})",
        "{name} 与名次的秩相关系数为 {found}，在公平次序应有的范围（±{limit}）之内",
    ),
    "plot-places-read": Message(
        "Each dot is a unit; the first place is on top. Bars: the mean place of a group, with its number below; black and bold if it lies outside the light band.",
        "每点为一个单位，第 1 名在最上方。横条：该组的平均名次，数值见下方；超出浅色带者为黑色并加粗。",
    ),
    "plot-places-bands": Message(
        "Dark band: the mean of one group in twenty leaves it by chance. Light band: a fair order sends the mean of any group out of it with a probability of {alpha} (normal approximation).",
        "深色带：每二十组约有一组的平均名次因偶然超出。浅色带：公平的次序使任一组超出的概率为 {alpha}（正态近似）。",
    ),
    "plot-places-many": Message(
        "The units are too many to be shown one by one.",
        "单位过多，不逐一画出。",
    ),
    "plot-place": Message("place in the order", "在次序中的名次"),
    "plot-groups": Message(
        "{name} / mean place",
        "{name} / 平均名次",
    ),
    # ---- testing/attributes.py
    "attributes-empty": Message(
        "there is no attribute to judge by: pass at least one that was known before the draw",
        "没有可供判断的属性：请至少提供一个抽取之前已知的属性",
    ),
    # ---- testing/redraws.py
    "redraws-few": Message(
        "{trials} redraws cannot show that any attribute (of {count}) reaches {alpha}: make at least {least}",
        "重抽 {trials} 次，不足以使任何一个属性（共 {count} 个）达到检验水准 {alpha}：请至少重抽 {least} 次",
    ),
    # ---- testing/samples.py, testing/audits.py
    "audit-subject": Message(
        "One draw of {taken} of {units} units, held against {trials} redraws.",
        "一次抽取：从 {units} 个单位中抽取 {taken} 个，与 {trials} 次重抽比较。",
    ),
    "audit-subject-strata": Message(
        "One draw of {taken} of {units} units within {strata} strata, held against {trials} redraws within them.",
        "一次抽取：分 {strata} 层，从 {units} 个单位中抽取 {taken} 个，与 {trials} 次分层重抽比较。",
    ),
    "audit-null-groups": Message(
        "Asked: were the {groups} groups taken in proportion to their size? Held against {trials} redraws. By itself p {alone}; above, family-wise (attributes: {count}).",
        "检查内容：{groups} 个组是否按其规模成比例抽取？与 {trials} 次重抽比较。单独的 p 为 {alone}；上文的 p 已考虑全部 {count} 个属性。",
    ),
    "audit-null-numbers": Message(
        "Asked: do the chosen lie where chance would have put them, by their ranks? Held against {trials} redraws. By itself p {alone}; above, family-wise (attributes: {count}).",
        "检查内容：按秩看，抽中者的位置是否符合随机抽取？与 {trials} 次重抽比较。单独的 p 为 {alone}；上文的 p 已考虑全部 {count} 个属性。",
    ),
    "audit-worst-group": Message(
        "{count} chosen, {mean} expected (p {p})",
        "抽中 {count} 个，期望 {mean} 个（p {p}）",
    ),
    "audit-worst-numbers": Message(
        "mean rank of the chosen {rank} of {units}, {mean} expected",
        "抽中者的平均秩为 {rank}（共 {units}），期望 {mean}",
    ),
    "audit-sees": Message(
        "Would have seen, nine times in ten: units of {group}, the group that is easiest to judge, at {high} times the odds of the others or more, or {low} or less. Of the {groups} groups, {visible} could have been seen at all.",
        "有 90% 的把握发现：最易判断的组 {group} 的抽中优势（抽中与未抽中的概率之比）达到其他单位的 {high} 倍以上，或 {low} 倍以下。{groups} 个组中，有 {visible} 个组的偏差有可能被发现。",
    ),
    "audit-sees-high": Message(
        "Would have seen, nine times in ten: units of {group}, the group that is easiest to judge, at {high} times the odds of the others or more; it could have missed that none of it came. Of the {groups} groups, {visible} could have been seen at all.",
        "有 90% 的把握发现：最易判断的组 {group} 的抽中优势（抽中与未抽中的概率之比）达到其他单位的 {high} 倍以上；该组一个也没有抽中，则发现不了。{groups} 个组中，有 {visible} 个组的偏差有可能被发现。",
    ),
    "audit-sees-low": Message(
        "Would have seen, nine times in ten: units of {group}, the group that is easiest to judge, at {low} times the odds of the others or less; it could have missed that as many of it came as can. Of the {groups} groups, {visible} could have been seen at all.",
        "有 90% 的把握发现：最易判断的组 {group} 的抽中优势（抽中与未抽中的概率之比）在其他单位的 {low} 倍以下；该组抽中过多，则发现不了。{groups} 个组中，有 {visible} 个组的偏差有可能被发现。",
    ),
    "audit-sees-nothing": Message(
        "Would have seen no bias of {group}, the group that is easiest to judge, nine times in ten, however strong. Of the {groups} groups, {visible} could have been seen at all.",
        "无论偏差多大，都没有 90% 的把握发现最易判断的组 {group} 的偏差。{groups} 个组中，有 {visible} 个组的偏差有可能被发现。",
    ),
    "audit-sees-move": Message(
        "Would have seen, nine times in ten: a mean rank that lies {ranks} ranks from the expected one ({percent} % of the list), up or down.",
        "有 90% 的把握发现：平均秩偏离期望 {ranks} 位（名单的 {percent}%）以上，无论向上或向下。",
    ),
    "audit-sees-no-move": Message(
        "Would have seen no shift of the ranks, however strong.",
        "无论秩偏移多大，都不可能发现。",
    ),
    "audit-certain": Message(
        "not asked: the number drawn left nothing to chance, none or all were chosen",
        "未检查：各层或全部抽中，或一个未抽，结果没有随机性",
    ),
    "audit-alike": Message(
        "not asked: all units that chance decided on have the same value",
        "未检查：由随机决定的单位取值全部相同",
    ),
    "audit-each-its-own": Message(
        "not asked: every unit has a value of its own, so there are no groups; use classes, or numbers",
        "未检查：每个单位的取值各不相同，无法成组；请改用类别或数值",
    ),
    "audit-strata-hint": Message(
        "If the draw was made at different rates, by risk for example, pass strata with the class of each unit: without it such a draw looks unfair, though it may be fair within the classes.",
        "如果抽取按不同比例进行（例如按风险等级），请用 strata 给出每个单位的类别：否则，即使在各类别内是公平的，看起来也会不公平。",
    ),
    "audit-seed": Message(
        "Not asked, since one published draw cannot show it: whether the seed was chosen. Whoever tries two seeds can spare a given unit with a probability of {spared}; only rules, lists and a source of the seed that were committed before prevent that. And no evidence of unfairness is no proof of fairness.",
        "未检查（仅凭一次公布的抽取无法看出）：种子是否经过挑选。试用两个种子，就能以 {spared} 的概率使指定单位不被抽中；只有事先公布规则、名单和种子来源，才能防止。此外，未发现不公平的证据，并不证明公平。",
    ),
    # ---- testing/orders.py, testing/audits.py
    "order-subject": Message(
        "One order of {units} units, held against {trials} random orders.",
        "一个次序：{units} 个单位，与 {trials} 个随机次序比较。",
    ),
    "order-null-groups": Message(
        "Asked: has the position nothing to do with the {groups} groups? Held against {trials} random orders. By itself p {alone}; above, family-wise (attributes: {count}).",
        "检查内容：名次是否与 {groups} 个组无关？与 {trials} 个随机次序比较。单独的 p 为 {alone}；上文的 p 已考虑全部 {count} 个属性。",
    ),
    "order-null-numbers": Message(
        "Asked: has the position nothing to do with this number? Held against {trials} random orders. By itself p {alone}; above, family-wise (attributes: {count}).",
        "检查内容：名次是否与该数值无关？与 {trials} 个随机次序比较。单独的 p 为 {alone}；上文的 p 已考虑全部 {count} 个属性。",
    ),
    "order-worst-group": Message(
        "mean position {position}, {mean} expected (p about {p})",
        "平均名次 {position}，期望 {mean}（p 约 {p}）",
    ),
    "order-worst-numbers": Message(
        "rank correlation {correlation}",
        "秩相关系数 {correlation}",
    ),
    "order-sees-groups": Message(
        "Would have seen, nine times in ten: a mean position of {group}, the group that is easiest to judge, that is off by {places} places or more. Of the {groups} groups, {visible} could have been seen at all.",
        "有 90% 的把握发现：最易判断的组 {group} 的平均名次偏离期望 {places} 位以上。{groups} 个组中，有 {visible} 个组的偏差有可能被发现。",
    ),
    "order-sees-numbers": Message(
        "Would have seen, nine times in ten: a rank correlation of {correlation} or more, up or down.",
        "有 90% 的把握发现：秩相关系数的绝对值达到 {correlation} 以上。",
    ),
    "order-seed": Message(
        "Not asked, since one published order cannot show it: whether the seed was chosen. Whoever tries ten seeds can put a given unit into the last tenth with a probability of 0.65; only rules, lists and a source of the seed that were committed before prevent that. And no evidence of unfairness is no proof of fairness.",
        "未检查（仅凭一次公布的次序无法看出）：种子是否经过挑选。试用十个种子，就能以 0.65 的概率使指定单位排在最后十分之一；只有事先公布规则、名单和种子来源，才能防止。此外，未发现不公平的证据，并不证明公平。",
    ),
    # ---- testing/monitors.py
    "monitor-number": Message(
        "a monitor needs groups, and these are numbers: put them into classes before the first draw and give texts",
        "监测需要分组，而此处为数值：请在第一次抽取之前划分为若干类别，以文本给出",
    ),
    "monitor-quiet": Message(
        "No alarm (draws: {draws}): the evidence is {evidence}, its highest {peak}. Fair draws ever reach {limit} with a probability of at most {alpha}.",
        "未报警（已抽取 {draws} 次）：证据值为 {evidence}，最高 {peak}。公平的抽取无论进行多少次，达到 {limit} 的概率至多为 {alpha}。",
    ),
    "monitor-alarm": Message(
        "ALARM (draws: {draws}): the evidence is {evidence}, its highest {peak}. Fair draws ever reach {limit} with a probability of at most {alpha}.",
        "报警（已抽取 {draws} 次）：证据值为 {evidence}，最高 {peak}。公平的抽取无论进行多少次，达到 {limit} 的概率至多为 {alpha}。",
    ),
    "monitor-worst": Message(
        "{count} drawn, {mean} expected; odds of {odds} explain that {times} times as well as fair draws do",
        "抽中 {count} 个，期望 {mean} 个；若抽中优势为其他单位的 {odds} 倍，出现这一结果的可能性是公平抽取的 {times} 倍",
    ),
    "monitor-foresight": Message(
        "if further draws are like the last, units of this group bring an alarm after about {more} of them with 3 times the odds of the others, after about {fewer} with a third",
        "若今后的抽取与最近一次相仿：该组单位的抽中优势为其他单位的 3 倍时，约 {more} 次后报警；为三分之一时，约 {fewer} 次后报警",
    ),
}
