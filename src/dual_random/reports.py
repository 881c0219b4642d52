"""What a person reads on a screen about commitments, draws and verifications: lines of text, nothing printed here.

A Chinese character is as wide as two Latin ones on a terminal, so columns are set by width, not by length. English
lines carry the trade's Chinese terms where a reader will meet them in published plans.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Final
from unicodedata import east_asian_width

from dual_random.commitments import Allocation, BoundRegister, Commitment
from dual_random.draws import Draw
from dual_random.errors import Lang, Note
from dual_random.explanations import Explanation, sentence
from dual_random.labels import WORDS, word
from dual_random.plans import Plan
from dual_random.rates import Rate
from dual_random.records import Record
from dual_random.registers import Register
from dual_random.rehearsals import Rehearsal
from dual_random.team_rules import Slot, TeamRule
from dual_random.text import percent_text

_WIDTH: Final = 96  # leaves room for an indent on a terminal of 100
_LABEL: Final = 30
_GAP: Final = "  "
_MANY: Final = 10
_LISTED: Final = 50
_WORST: Final = 2
_BAR: Final = 28
_PARTS: Final = re.compile(r"\s*[^\s，。；、：]*[，。；、：]+|\s*[^\s，。；、：]+")  # a line may end after each


# ---- layout


def width(text: str) -> int:
    """How many cells of a terminal a text fills: East Asian wide characters two, others one.

    >>> width("joint 联合")
    10
    """
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def aligned(rows: Sequence[Sequence[str]], right: Iterable[int] = ()) -> list[str]:
    """Rows as lines with their cells in columns; the columns numbered in `right` are set flush right.

    >>> aligned([["市监", "7"], ["A", "12"]], right=[1])
    ['市监   7', 'A     12']
    """
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    flush = set(right)
    return [
        _GAP.join(_cell(*cell, i in flush) for i, cell in enumerate(zip(row, widths, strict=True))).rstrip()
        for row in rows
    ]


def _cell(text: str, wide: int, right: bool) -> str:
    blanks = " " * (wide - width(text))
    return blanks + text if right else text + blanks


def wrapped(text: str, most: int = _WIDTH, hang: str = "  ") -> list[str]:
    """A text in lines of at most so many cells, broken at blanks; all but the first begin with `hang`."""
    lines: list[str] = []
    for part in text.split(" "):
        if lines and width(f"{lines[-1]} {part}") <= most:
            lines[-1] += f" {part}"
        else:
            lines.append((hang if lines else "") + part)
    return lines


def paragraph(text: str, most: int = _WIDTH) -> list[str]:
    """A line as lines of at most so many cells, broken at blanks and after Chinese commas, indented as it is itself.

    >>> paragraph("  十次中有九次能发现：任一单位，偏离甚远。", 24)
    ['  十次中有九次能发现：', '  任一单位，偏离甚远。']
    """
    indent = text[: len(text) - len(text.lstrip(" "))]
    lines = [indent]
    for part in _PARTS.findall(text.strip()):
        if lines[-1] != indent and width(lines[-1] + part) > most:
            lines.append(indent)
        lines[-1] += part if lines[-1] != indent else part.lstrip()
    return lines


def labelled(rows: Iterable[tuple[str, str]]) -> list[str]:
    """Labels and what they say, wrapped in a column of its own."""
    lines = []
    for label, text in rows:
        first, *rest = wrapped(text, _WIDTH - _LABEL - len(_GAP), hang="")
        lines.append(_cell(label, _LABEL, False) + _GAP + first)
        lines += [" " * _LABEL + _GAP + line for line in rest]
    return lines


def indented(lines: Iterable[str]) -> list[str]:
    """Long lines as indented paragraphs."""
    return [f"  {part}" for line in lines for part in wrapped(line)]


def fault_lines(notes: Sequence[Note], lang: Lang, most: int | None = None) -> list[str]:
    """Notes one a line, the first ones if there are more than `most`; after more than ten, how many of each code."""
    lines = ["".join(map(_visible, note.text(lang))) for note in notes[:most]]
    if len(notes) > _MANY:
        total = {"en": f"{len(notes)} in all: ", "zh": f"共 {len(notes)} 项："}[lang]
        lines.append(("… " if len(notes) > len(lines) else "") + total + _counted(notes))
    return lines


def change_lines(notes: Sequence[Note], lang: Lang) -> list[str]:
    """What differs between two versions of a register: the first fifty, and how many there are."""
    return fault_lines(notes, lang, _LISTED)


def _visible(character: str) -> str:
    """A character that cannot move the cursor: what came out of a file may be anything."""
    return character if character.isprintable() else ascii(character)[1:-1]


def _counted(notes: Iterable[Note]) -> str:
    return ", ".join(f"{code} {count}" for code, count in sorted(Counter(note.code for note in notes).items()))


def progress_line(task: str, done: int, total: int) -> str:
    """How far a long task is, in one short line.

    >>> progress_line("rehearsing", 25, 50)
    'rehearsing [##############--------------] 25/50'
    """
    filled = _BAR * done // total
    return f"{task} [{'#' * filled}{'-' * (_BAR - filled)}] {done}/{total}"


# ---- reports


def commitment_lines(commitment: Commitment, lang: Lang) -> list[str]:
    """What a commitment binds: plan, register, digest, where the seed will come from."""
    plan, register, source = commitment.plan, commitment.enterprises, commitment.plan.seed
    rows = [(word("plan", lang), f"{plan.title} ({plan.authority}, {plan.number})")]
    if plan.staffs:
        rows.append(_staffs(plan, lang))
    if plan.supplements:
        rows.append((word("supplements", lang), plan.supplements))
    rows += [(word("voids", lang), f"{name} ({reason})") for name, reason in commitment.voids]
    rows += _bound("register", register, lang)
    if commitment.inspectors is not None:
        rows += _bound("inspectors", commitment.inspectors, lang)
    rows += _tables(commitment, lang)
    awaited = {"source": source.source, "event": source.event, "earliest": source.earliest}
    return labelled(
        [
            *rows,
            (word("digest", lang), commitment.digest),
            (word("awaits", lang), word("awaits-source", lang, **awaited)),
            (word("form", lang), source.form),
        ]
    )


def chain_lines(commitments: Collection[object], records: Collection[object], lang: Lang) -> list[str]:
    """That the chain of the files given holds; nothing if none were."""
    if not (commitments or records):
        return []
    told = {"commitments": len(commitments), "records": len(records)}
    return ["", *wrapped(Note("chain-holds", "", told).text(lang), hang="")]


def _staffs(plan: Plan, lang: Lang) -> tuple[str, str]:
    how = word("staffs-how", lang, digest=plan.staffs, periods=", ".join(plan.periods) or "–")
    return word("staffs", lang), how


def _bound(name: str, register: BoundRegister, lang: Lang) -> list[tuple[str, str]]:
    """A register as it was bound, and what was kept out of it."""
    size = word(f"{name}-size", lang, rows=register.rows, columns=", ".join(register.columns) or "–")
    rows = [(word(name, lang), size)]
    if register.excluded:
        told = word("excluded-notes", lang, count=len(register.excluded), codes=_counted(register.excluded))
        rows.append((word("excluded", lang), told))
    return rows


def _tables(commitment: Commitment, lang: Lang) -> list[tuple[str, str]]:
    """The tables of people, by their size."""
    kept, rows = commitment.recusals, []
    if kept:
        places, out = (
            sum(bool(each.enterprise) for each in kept),
            sum(not (each.enterprise or each.period) for each in kept),
        )
        counts = {"count": len(kept), "places": places, "times": len(kept) - places - out, "out": out}
        rows.append((word("recusals", lang), word("recusals-how", lang, **counts)))
    if commitment.meetings:
        rows.append((word("meetings", lang), word("meetings-how", lang, count=len(commitment.meetings))))
    return rows


def demand_lines(commitment: Commitment, lang: Lang) -> list[str]:
    """A line for each demand: how many are drawn of how many, in how many strata."""
    numbers = {allocation.demand: allocation for allocation in commitment.allocation}
    rows = [[word(key, lang) for key in ("demand", "department", "number", "population", "strata")]]
    for demand in commitment.plan.demands:
        follows = word("follows", lang, demand=demand.follow)
        cells = [follows, "", ""] if demand.follow else _numbers(numbers[demand.name])
        rows.append([demand.name, demand.department, *cells])
    return aligned(rows, right=(2, 3, 4))


def rule_lines(plan: Plan, departments: Iterable[str], inspectors: Register, lang: Lang) -> list[str]:
    """A line for each department that is to be staffed: its people, the limits of one of them, the slots of a visit."""
    codes, values = inspectors.codes(plan.department_column)
    members = Counter(values[code] for code in codes)
    rows = [[word(key, lang) for key in ("department", "people", "limits", "slots")]]
    for name in departments:
        rule = plan.team_rule(name)
        rows.append([name, str(members[name]), _limits(rule), ", ".join(map(_slot, rule.slots))])
    return [part for line in aligned(rows, right=[1]) for part in wrapped(line, hang="    ")]


def _slot(slot: Slot) -> str:
    """A kind of place, how many there are on a visit, and on which visits if not on all."""
    conditions = {"only_for": slot.only_for, "not_for": slot.not_for}
    told = ", ".join(f"{name} {demand}" for name, demand in conditions.items() if demand)
    return f"{slot.name} {slot.count}" + (f" ({told})" if told else "")


def _limits(rule: TeamRule) -> str:
    """The limits as the plan writes them; a dash for none."""
    stated = {"most": rule.most, "most_per_period": rule.most_per_period}
    told = [f"{name} {limit}" for name, limit in stated.items() if limit is not None]
    return ", ".join([*told, *(["relief"] if rule.relief else [])]) or "–"


def rehearsal_lines(rehearsal: Rehearsal, lang: Lang) -> list[str]:
    """What a plan gives over its rehearsals, a statement a line; its notices not included."""
    return [line for note in rehearsal.statements for line in wrapped(note.text(lang))]


def _numbers(allocation: Allocation) -> list[str]:
    strata = allocation.strata
    totals = (sum(size.number for size in strata), sum(size.population for size in strata), len(strata))
    return [str(total) for total in totals]


def outcome_lines(record: Record, lang: Lang) -> list[str]:
    """What a draw amounts to: visits, both rates with their counts, the target and how it was met, visits saved."""
    outcome = record.outcome
    if record.commitment.plan.staffs:
        count = word("visits-count", lang, visits=outcome.visits, joint=outcome.joint_visits)
        return labelled([_staffs(record.commitment.plan, lang), (word("visits", lang), count)])
    counts = {"spared": record.interruptions_avoided, "checks": outcome.checks, "visits": outcome.visits}
    return labelled(
        [
            (word("visits", lang), word("visits-count", lang, visits=outcome.visits, joint=outcome.joint_visits)),
            (word("rate", lang), rate_text(record.joint_rate(of="visits"), lang)),
            ("", rate_text(record.joint_rate(of="checks"), lang)),
            *_target(record, lang),
            *_held(record, lang),
            (word("best", lang), word("best-how", lang, rate=rate_text(record.best_rate, lang))),
            *_over(record, lang),
            (word("spared", lang), word("spared-how", lang, **counts)),
            *_independent(record, lang),
            (word("bound", lang), word("bound-how", lang, bound=record.bound)),
        ]
    )


def _target(record: Record, lang: Lang) -> list[tuple[str, str]]:
    rule = record.commitment.plan.joint
    if rule.at_least is None:
        return []
    percent = percent_text(rule.at_least)
    code = "target-met" if record.target_met else "target-missed"
    how = word(f"layout-{record.layout}", lang, extra=record.outcome.extra)
    return [
        (word("target", lang), word(code, lang, target=percent, of=word(f"of-{rule.of}", lang))),
        (word("layout", lang), how),
    ]


def _held(record: Record, lang: Lang) -> list[tuple[str, str]]:
    """The cells that hold a missed target back, the worst by name."""
    cells = [] if record.target_met else [cell for cell, _ in record.shortfalls()]
    if not cells:
        return []
    visits = sum(cell.visits for cell in cells)
    worst = "; ".join(cell.key for cell in cells[:_WORST])
    counts = {"count": len(cells), "alone": visits - sum(cell.joint_visits for cell in cells), "visits": visits}
    return [(word("held", lang), word("held-how", lang, **counts, cells=worst))]


def _over(record: Record, lang: Lang) -> list[tuple[str, str]]:
    most = record.commitment.plan.joint.most_departments
    if most is None or not record.over:
        return []
    return [(word("over", lang), word("over-how", lang, over=record.over, most=most))]


def _independent(record: Record, lang: Lang) -> list[tuple[str, str]]:
    visits = record.outcome.independent
    return [] if visits is None else [(word("independent", lang), word("independent-how", lang, visits=visits))]


def rate_text(rate: Rate, lang: Lang) -> str:
    """A rate with its counts and what they count.

    >>> print(rate_text(Rate(9685, 20535, of="visits"), "zh"))
    9685/20535 = 47.16%（按户次）
    """
    known = f"of-{rate.of}"
    return word("rate-of", lang, counts=rate.counts, of=word(known, lang) if known in WORDS else rate.of)


def department_lines(record: Record, lang: Lang, glosses: Mapping[str, str] = MappingProxyType({})) -> list[str]:
    """A line for each department: its visits, and how many of them are joint ones.

    Args:
        record: the draw.
        lang: of the headings.
        glosses: departments' names in another language, if a reader will need them.
    """
    table = record.table("departments")
    rows = [[word(key, lang) for key in ("department", "visits", "joint", "share")]]
    for name, visits, joint in zip(table["department"], table["visits"], table["joint_visits"], strict=True):
        share = Rate(int(joint), int(visits), of="visits")
        rows.append([f"{name} {glosses.get(str(name), '')}".rstrip(), str(visits), str(joint), f"{share:.2%}"])
    return aligned(rows, right=(1, 2, 3))


def team_lines(drawn: Draw, lang: Lang, glosses: Mapping[str, str] = MappingProxyType({})) -> list[str]:
    """A line for each department that was to be staffed, then what is short, or was relieved; nothing without any.

    Args:
        drawn: the record; with the register of inspectors also their number and their loads are told.
        lang: of the headings.
        glosses: departments' names in another language, if a reader will need them.
    """
    record, rules = drawn.record, drawn.record.commitment.plan
    if not record.staffing:
        return []
    loaded = drawn.inspectors is not None and any(rules.team_rule(each.department).carried for each in record.staffing)
    keys = ("department", "visits", "places", "people", "each", *(["load"] if loaded else []))
    rows = [[word(key, lang) for key in keys]]
    place = {name: i for i, name in enumerate(record.table("departments")["department"])}
    for each in sorted(record.staffing, key=lambda each: place[each.department]):
        name = f"{each.department} {glosses.get(each.department, '')}".rstrip()
        people = _people(drawn, each.department)
        rows.append([name, str(each.visits), str(each.places), *people[: len(keys) - 3]])
    how = "teams-loaded" if loaded else "teams-known" if drawn.inspectors is None else "teams-how"
    lines = [*aligned(rows, right=range(1, len(keys))), *wrapped(word(how, lang))]
    short, relieved = (
        record.shortages,
        [note for each in record.staffing if each.most is not None for note in each.notes],
    )
    for key, notes in (("shortages", short), ("relief", relieved)):
        lines += ["", word(key, lang), *indented(fault_lines(notes, lang))] if notes else []
    return lines


def _people(drawn: Draw, department: str) -> tuple[str, str, str]:
    """How many of a department go, the range of their visits, and of their loads."""
    places, rules = drawn.record.places, drawn.record.commitment.plan
    visits = Counter(who for name, who in zip(places.departments, places.inspectors, strict=True) if name == department)
    going, loads = str(len(visits)), dict(visits)
    if drawn.inspectors is not None:
        codes, values = drawn.inspectors.codes(rules.department_column)
        going = f"{going}/{sum(values[code] == department for code in codes)}"
        if carried := rules.team_rule(department).carried:
            loads = {who: count + int(drawn.inspectors.value(who, carried)) for who, count in visits.items()}
    return going, _range(visits.values()), _range(loads.values())


def _range(numbers: Iterable[int]) -> str:
    """The lowest and the highest of some numbers, one number if they are equal; a dash for none."""
    kept = sorted(set(numbers))
    return "–".join(map(str, (kept[0], kept[-1])[: len(kept)])) if kept else "–"


def record_lines(record: Record, lang: Lang) -> list[str]:
    """The seed, the digest of a record, the root and the number of its receipts."""
    rows = [(word("seed", lang), record.seed), (word("record", lang), record.digest)]
    if record.receipts:
        how = word("receipts-how", lang, size=record.receipts.size, root=record.root)
        rows.append((word("receipts", lang), how))
    return labelled(rows)


def explanation_lines(explanation: Explanation, lang: Lang, *, leave_out: Collection[str] = ()) -> list[str]:
    """The reasons for one enterprise, each on a line of its own, and the shell lines with what they print."""
    steps = [step for step in explanation.steps if step.code not in leave_out]
    lines = [line for step in steps for line in wrapped(sentence(step, lang))]
    for command, printed in explanation.commands:
        lines += [f"  $ {command}", f"  {printed}"]
    return lines


def reserve_lines(reserves: Sequence[str], lang: Lang) -> list[str]:
    """Who would come instead of an inspector, all of them in their order; where there is nobody, what then."""
    if not reserves:
        return wrapped(word("reserves-none", lang))
    return wrapped(word("reserves", lang, names=", ".join(reserves)))
