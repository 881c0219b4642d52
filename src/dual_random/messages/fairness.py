"""What is said about tests of fairness: checks, audits, and what they could have seen."""

from typing import Final

from dual_random.messages.message import Message

MESSAGES: Final[dict[str, Message]] = {
    # ---- testing/checks.py
    "check-exact-failed": Message("{name}: FAILED (exact)", "{name}：不合格（精确检查）"),
    "check-exact-holds": Message("{name}: holds (exact)", "{name}：合格（精确检查）"),
    "check-failed": Message("{name}: FAILED (p {p}, limit {limit})", "{name}：不合格（p {p}，界限 {limit}）"),
    "check-passed": Message("{name}: passed (p {p}, limit {limit})", "{name}：通过（p {p}，界限 {limit}）"),
    "report-failed": Message(
        "UNFAIR: {failed} of {count} checks failed: {names}. A fair procedure fails any of them with a probability of at most {alpha}.",
        "不公平：{count} 项检查中有 {failed} 项不合格：{names}。公平的程序出现任何不合格的概率至多为 {alpha}。",
    ),
    "report-passed": Message(
        "No evidence of unfairness in {count} checks (a fair procedure fails any of them with a probability of at most {alpha}). Each says below what it could have seen.",
        "{count} 项检查未发现不公平的证据（公平的程序出现任何不合格的概率至多为 {alpha}）。各项检查能发现多大的偏差，见下文。",
    ),
    "sees-nothing": Message(
        "So few draws could have shown no bias at all here: make more (trials_for tells how many).",
        "抽取次数太少，此项检查不可能发现任何偏差：请增加次数（trials_for 可算出所需次数）。",
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
        "{unit} 没有对应的值：请为每个单位给出",
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
        "{trials} draws, {results} results, {size} of them given to {units} units each time",
        "共抽取 {trials} 次，{results} 种结果，每次向 {units} 个单位分配 {size} 个",
    ),
    # ---- testing/inclusion.py
    "members-null": Message(
        "Asked: does each draw name units of the list only, and each of them once?",
        "所问：每次抽取是否只含名单中的单位，且每个单位只出现一次？",
    ),
    "members-sees": Message(
        "Looked at all {trials} draws.",
        "已查看全部 {trials} 次抽取。",
    ),
    "inclusion-null": Message(
        "Asked of {count} counts: do units that are alike come equally often, given how many of them come in each draw?",
        "所问（{count} 个计数）：在每次抽取数量既定的条件下，同类单位的抽中次数是否相当？",
    ),
    "inclusion-null-stated": Message(
        "Asked of {count} counts: does each unit come as often as the chance stated for it says?",
        "所问（{count} 个计数）：每个单位的抽中次数是否符合为其声明的概率？",
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
        "十次中有九次能发现：任一单位的抽中频率达到应有的 {high} 倍以上或 {low} 倍以下。",
    ),
    "inclusion-sees-high": Message(
        "Would have seen, nine times in ten, any one unit that comes {high} times as often as it should or more; one that never comes could have gone unseen.",
        "十次中有九次能发现：任一单位的抽中频率达到应有的 {high} 倍以上；从未抽中的单位则可能发现不了。",
    ),
    "inclusion-sees-low": Message(
        "Would have seen, nine times in ten, any one unit that comes {low} times as often as it should or less; none that comes too often.",
        "十次中有九次能发现：任一单位的抽中频率在应有的 {low} 倍以下；抽中过多者则发现不了。",
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
        "十次中有九次能发现：各单位的机会普遍偏离 {bias} %（有高有低）。",
    ),
    "subsets-null": Message(
        "Asked of each result ({count}): does every set of alike units come equally often?",
        "逐一检查各种结果（{count} 种）：同类单位的每一种组合，出现次数是否相当？",
    ),
    "subsets-sees": Message(
        "Would have seen, nine times in ten, sets whose chances are off by {bias} % each, some up, some down.",
        "十次中有九次能发现：各种组合的机会普遍偏离 {bias} %（有高有低）。",
    ),
    "subsets-blind": Message(
        "Not asked: needs draws of one size, at most {most} possible sets, and five draws for each.",
        "未检查：要求每次抽取数量相同、可能的组合不超过 {most} 种，且每种平均至少出现五次。",
    ),
    # ---- testing/pairs.py
    "pairs-null": Message(
        "Asked of each result ({count}): do any two alike units come together as often as any other two?",
        "逐一检查各种结果（{count} 种）：任意两个同类单位同时出现的次数是否与其他任意两个相当？",
    ),
    "pairs-sees": Message(
        "Would have seen, nine times in ten, pairs whose chances are off by {bias} % each, some up, some down.",
        "十次中有九次能发现：各对单位同时出现的机会普遍偏离 {bias} %（有高有低）。",
    ),
    # ---- testing/repeats.py
    "repeats-null": Message(
        "Asked: do draws repeat earlier ones no more often than chance makes them?",
        "所问：抽取结果与先前重复的次数，是否不超过偶然所致？",
    ),
    "repeats-worst": Message(
        "{count} of {trials} draws repeat an earlier one, {mean} expected at most",
        "{trials} 次抽取中有 {count} 次与先前重复，期望至多 {mean} 次",
    ),
    "repeats-sees": Message(
        "Would have seen, nine times in ten, that there are only about {seeds} different draws or fewer.",
        "十次中有九次能发现：不同的抽取结果总共只有约 {seeds} 种或更少。",
    ),
    # ---- testing/power.py
    "trials-too-many": Message(
        "more than {most} draws would be needed to show so small a bias: ask for a bigger one",
        "要发现如此小的偏差，需抽取 {most} 次以上：请设定更大的偏差",
    ),
    "chance-open": Message(
        "with a chance of 0 or 1 nothing is open: state one between them",
        "概率为 0 或 1 时没有悬念：请给出介于两者之间的概率",
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
        "{value} is no level: state a float between 0 and 1, such as 1e-6",
        "{value} 不是水平：请给出 0 与 1 之间的浮点数，例如 1e-6",
    ),
    # ---- testing/fairness.py
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
        "逐一检查各种结果（{count} 种）：{name} 高的单位与低的单位是否同样常被抽中？",
    ),
    "trend-worst": Message(
        "the mean rank of the units drawn is {seen}, {mean} expected (1 is the lowest)",
        "抽中单位的平均名次为 {seen}，期望 {mean}（1 为最低）",
    ),
    "trend-sees": Message(
        "Would have seen, nine times in ten, a mean rank that is off by {bias} standard deviations of the ranks.",
        "十次中有九次能发现：平均名次偏离 {bias} 个名次标准差。",
    ),
    "groups-null": Message(
        "Asked of {count} counts: does each group by {name} come as often as its size says?",
        "所问（{count} 个计数）：按 {name} 划分的各组，抽中次数是否与其规模相称？",
    ),
    "groups-worst": Message(
        "{count} came, {mean} expected (p {p})",
        "抽中 {count} 次，期望 {mean} 次（p {p}）",
    ),
    "groups-sees": Message(
        "Would have seen, nine times in ten, any one group that comes {bias} times as often as it should or more.",
        "十次中有九次能发现：任一组的抽中频率达到应有的 {bias} 倍以上。",
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
        "所问（{trials} 次抽取）：无论名单顺序如何，抽取结果是否相同？",
    ),
    "order-worst": Message(
        "drawn from {order} there came {come} instead of {gone}",
        "按 {order} 的顺序抽取时，抽中的是 {come}，而不是 {gone}",
    ),
    "order-sees": Message(
        "Would have seen, nine times in ten, a dependence that shows in {share} of orders or more.",
        "十次中有九次能发现：在 {share} 以上的顺序中显现的依赖。",
    ),
    "repeat-null": Message(
        "Asked of {trials} draws: does a seed draw the same again, later and after other seeds?",
        "所问（{trials} 次抽取）：同一种子稍后、在其他种子之后再抽，结果是否相同？",
    ),
    "repeat-worst": Message(
        "the second time there came {come} instead of {gone}",
        "第二次抽中的是 {come}，而不是 {gone}",
    ),
    "repeat-sees": Message(
        "Would have seen, nine times in ten, a change that shows in {share} of draws or more; not what changes with the day, the machine or the versions of packages.",
        "十次中有九次能发现：在 {share} 以上的抽取中显现的变化；随日期、机器或软件包版本而变的，则发现不了。",
    ),
    "elsewhere-null": Message(
        "Asked of {trials} draws in each of {processes} fresh processes with other values of PYTHONHASHSEED: are they the same?",
        "所问（{processes} 个 PYTHONHASHSEED 不同的新进程，各抽取 {trials} 次）：结果是否相同？",
    ),
    "elsewhere-worst": Message(
        "with PYTHONHASHSEED={hash_seed}, in a fresh process there came {come} instead of {gone}",
        "在 PYTHONHASHSEED={hash_seed} 的新进程中，抽中的是 {come}，而不是 {gone}",
    ),
    "size-null": Message(
        "Asked of {trials} draws: does each have the number of units that it should?",
        "所问（{trials} 次抽取）：每次抽中的数量是否符合要求？",
    ),
    "size-worst": Message("{count} drawn, {size} expected", "抽中 {count} 个，应为 {size} 个"),
    "size-worst-result": Message(
        "{count} have {result}, {size} expected",
        "{count} 个得到 {result}，应为 {size} 个",
    ),
    "nested-null": Message(
        "Asked of {trials} draws: is everyone who is drawn also drawn by the next larger procedure?",
        "所问（{trials} 次抽取）：每个被抽中者是否也被下一个更大的程序抽中？",
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
        "Asked of {count} lists from which one unit was taken: does at most one other change?",
        "所问（{count} 份去掉一个单位的名单）：其他单位中是否至多有一个改变？",
    ),
    "one-worst": Message(
        "without {unit} there came {come} instead of {gone}, but at most one other may change",
        "去掉 {unit} 后，抽中的是 {come}，而不是 {gone}，但其他单位中至多只能有一个改变",
    ),
    "exact-more": Message("and so on: {count} in all", "等等；共 {count} 处"),
    "exact-sees": Message(
        "Would have seen, nine times in ten, what shows in {share} of draws or more.",
        "十次中有九次能发现：在 {share} 以上的抽取中显现的问题。",
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
}
