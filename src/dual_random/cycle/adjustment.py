"""Adjustment: shares and frequencies by class, moved by what was found, for the next plan only.

What a class's checks find decides how often it is checked, within limits that are stated beforehand: a lowest and a
highest value, the most change in one round, the order of risk. Every step is exact, logged with before, after and
evidence, and takes effect in a plan that is not yet committed, so that nobody's chance changes in a round under way.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Final

from attrs import evolve, field, frozen

from dual_random.cycle.limits import FrequencyRule, Rule, ShareRule
from dual_random.cycle.pooling import nearest, settle
from dual_random.cycle.shrinkage import Evidence, read_evidence
from dual_random.errors import Columns, InputError, Lang, Note, notes_table
from dual_random.forms import Take, Words, kind_faults, listed, refuse, repeat_faults, words
from dual_random.plans import Demand, Plan
from dual_random.rates import Rate
from dual_random.text import Share, decimal_text, shown, text_faults

_DIGITS: Final = re.compile(r"([0-9]+)", re.ASCII)


# ---- the adjustment


@frozen(kw_only=True)
class ClassChange:
    """What became of one class: the value before and after, what the evidence alone asked for, and the evidence."""

    before: Fraction
    wanted: Fraction
    after: Fraction
    evidence: Evidence

    @property
    def name(self) -> str:
        """The class."""
        return self.evidence.name


@frozen(kw_only=True, repr=False)
class Adjustment:
    """New shares or frequencies, with the reason of every one; made by `adjust`.

    Args:
        rule: by which they were found.
        measured: the number of the plan whose visits are the evidence.
        effective: the number of the plan from which they hold.
        changes: a line a class, in the order of the rule.
    """

    rule: Rule
    measured: str
    effective: str
    changes: tuple[ClassChange, ...] = field(converter=listed)

    def __repr__(self) -> str:
        told = [f"{each.name} {self.rule.told(each.before)} to {self.rule.told(each.after)}" for each in self.changes]
        return f"Adjustment({self.measured} to {self.effective}: {', '.join(told)})"

    @property
    def take(self) -> dict[str, str]:
        """The shares by class, as a demand's `take` reads them.

        Raises:
            InputError: an adjustment of frequencies.
        """
        if not isinstance(self.rule, ShareRule):
            raise InputError([Note("adjustment-kind", "take", {"name": "times"})])
        return {change.name: self.rule.told(change.after) for change in self.changes}

    @property
    def times(self) -> dict[str, int]:
        """The times a year by class.

        Raises:
            InputError: an adjustment of shares.
        """
        if not isinstance(self.rule, FrequencyRule):
            raise InputError([Note("adjustment-kind", "times", {"name": "take"})])
        return {change.name: int(change.after) for change in self.changes}

    @property
    def notes(self) -> tuple[Note, ...]:
        """The log: the rule, then what became of every class and why."""
        return (self.rule.note, *(self._note(change) for change in self.changes))

    def _note(self, change: ClassChange) -> Note:
        told: dict[str, str | int] = {
            "before": self.rule.told(change.before),
            "after": self.rule.told(change.after),
            "wanted": self._rounded(change.wanted),
            "problems": change.evidence.problems,
            "visits": change.evidence.visits,
            "expected": _percent(change.evidence.expected),
            "index": decimal_text(change.evidence.index, 3),
            "measured": self.measured,
            "effective": self.effective,
        }
        code, bound = self._decided(change)
        return Note(code, change.name, told | ({"bound": self.rule.told(bound)} if bound is not None else {}))

    def _decided(self, change: ClassChange) -> tuple[str, Fraction | None]:
        """What decided: the evidence, the most change of a round, a bound (and which), or the order of the classes."""
        steps, (low, high) = change.wanted / self.rule.unit, self.rule.box(change.before)
        inside = max(Fraction(low), min(steps, Fraction(high)))
        kept = change.before == change.after
        if nearest(inside) * self.rule.unit != change.after:
            return "class-kept" if kept else "class-ordered", None
        bound = None if inside == steps else self.rule.bound(change.before, upwards=steps > inside)
        if bound is not None:
            return "class-held" if kept else "class-bounded", bound
        if kept:
            return "class-kept", None
        return "class-adjusted" if inside == steps else "class-limited", None

    def _rounded(self, value: Fraction) -> str:
        return _percent(value) if isinstance(self.rule, ShareRule) else decimal_text(value, 2)

    def text(self, lang: Lang = "en") -> str:
        """The log, a line a note, in English or Chinese."""
        return "\n".join(note.text(lang) for note in self.notes)

    def __str__(self) -> str:
        return self.text()

    def table(self, *, lang: Lang = "en") -> Columns:
        """The log as a flat table: code, at, text."""
        return notes_table(self.notes, lang)

    def apply(self, plan: Plan, demand: str) -> Plan:
        """The plan with the new shares in one of its demands.

        Args:
            plan: the one whose number is `effective`: no other can be changed by this.
            demand: the name of a demand whose strata are the classes.

        Raises:
            InputError: another plan; a demand that the plan has not, or with other strata.
        """
        refuse(kind_faults(plan, Plan, "plan"))
        take, own = self.take, plan.demand(demand)
        faults = [] if plan.number == self.effective else [_other_plan(plan, self.effective)]
        if len(own.by) != 1 or not {key for key, _ in own.take if key} <= {(name,) for name in take}:
            faults.append(Note("adjustment-strata", f"demands.{demand}", {"classes": ", ".join(take)}))
        refuse(faults)
        return evolve(plan, demands=[_with(each, take) if each.name == demand else each for each in plan.demands])


def adjust(
    present: Mapping[str, Share] | Mapping[str, int] | Mapping[tuple[str, ...], Take],
    detections: Iterable[Rate],
    rule: Rule,
    *,
    measured: str,
    effective: str,
    expected: Mapping[str, Share] | None = None,
    committed: Words = (),
) -> Adjustment:
    """Move the shares or frequencies of classes by what their checks found.

    Step by step, and each step keeps what the ones before it gave:

    1. The *index* of a class, problems found over problems expected, both with the rule's `weight` added: 1 without
       visits, never far from 1 with few (`dual_random.cycle.shrinkage.Evidence`).
    2. The value wanted is the present one times the index.
    3. It is brought within the bounds and the most change of one round.
    4. Where a class would then stand above one of greater risk, neighbours get their mean, weighted by visits and the
       rule's weight, until none does (`dual_random.cycle.pooling`, with the proof that step 3 still holds).
    5. It is rounded to the nearest step, half up, which leaves neither bounds nor order.

    Without visits nothing changes. With stated expectations, more problems in a class, its visits the same, lower no
    value. With the pooled rate they never lower its own index; but they raise the rate that all are held against, and
    so a value that it shares with a neighbour may fall.

    Args:
        present: the value of each class now: shares for a `ShareRule`, times a year for a `FrequencyRule`. Those of a
            demand, ``dict(demand.take)``, will do as they are.
        detections: problem-detection rates (问题检出率), whose `scope` is the class; a class without one was not
            visited. Best those of double-random visits, from ``indicators(log, by="risk", only="problem-detection rate:
            random")``: special inspections go where problems are suspected, and say nothing of a class.
        rule: the limits.
        measured: the number of the plan whose visits the rates count.
        effective: the number of the plan from which the new values hold: later than `measured` and than all that
            were committed. Numbers are compared part by part, digits as numbers: 2024-9 is before 2024-10.
        expected: the detection rates to expect, by class, e.g. those that the present shares were made for; with None
            the pooled rate of all classes. With the pooled rate, shares move as long as one class yields more than
            another; with rates of its own, a class moves when its rate does.
        committed: the numbers of plans that were committed already.

    Returns:
        The new values, a line a class, each with what it was before, what it should be by its visits alone, and why.

    Raises:
        InputError: present values out of order, out of bounds or no multiples of the step; classes missing or unknown;
            rates that cannot be compared; an effective plan that is not later; all at once.

    >>> rule = ShareRule(order=["A", "B", "C", "D"], lowest="0.5%", highest="50%")
    >>> found = [(3, 300, "A"), (9, 300, "B"), (24, 200, "C"), (1, 2, "D")]
    >>> rates = [Rate(problems, visits, of="visits", scope=name) for problems, visits, name in found]
    >>> present = {"A": "1%", "B": "3%", "C": "10%", "D": "30%"}
    >>> adjustment = adjust(present, rates, rule, measured="2024-3", effective="2024-4")
    >>> adjustment.take
    {'A': '0.67%', 'B': '2.23%', 'C': '15.00%', 'D': '35.35%'}
    >>> [note.code for note in adjustment.notes[1:]]  # C is held by the most change of a round
    ['class-limited', 'class-adjusted', 'class-limited', 'class-adjusted']
    """
    if not isinstance(rule, ShareRule | FrequencyRule):
        raise InputError([Note("plan-shape", "rule", {"rule": "ShareRule(…)", "value": shown(rule)})])
    values, faults = _present(present, rule)
    faults += plan_number_faults(measured, effective, words(committed))
    evidence: tuple[Evidence, ...] = ()
    try:
        evidence = read_evidence(rule.order, detections, expected, rule.weight)
    except InputError as error:
        faults += error.faults
    refuse(faults)
    wanted = [value * each.index for value, each in zip(values, evidence, strict=True)]
    boxes, weights = [rule.box(value) for value in values], [each.visits + rule.weight for each in evidence]
    after = [steps * rule.unit for steps in settle([value / rule.unit for value in wanted], boxes, weights)]
    rows = zip(values, wanted, after, evidence, strict=True)
    changes = [ClassChange(before=b, wanted=w, after=a, evidence=e) for b, w, a, e in rows]
    return Adjustment(rule=rule, measured=measured, effective=effective, changes=changes)


def _percent(value: Fraction) -> str:
    return f"{decimal_text(100 * value, 2)}%"


def _with(demand: Demand, take: Mapping[str, str]) -> Demand:
    return evolve(demand, take=dict(take))


# ---- faults


def _present(present: object, rule: Rule) -> tuple[list[Fraction], list[Note]]:
    """The present values in the order of the classes, and why they cannot be used."""
    if not isinstance(present, Mapping):
        return [], [Note("plan-shape", "present", {"rule": '{"A": "1%", "B": "3%"}', "value": shown(present)})]
    faults: list[Note] = []
    values: list[Fraction] = []
    table = {_class_of(key): value for key, value in present.items()}
    if len(table) < len(present):
        faults += repeat_faults(map(_class_of, present), "present")
    for name in rule.order:
        if name not in table:
            faults.append(Note("class-missing", f"present.{name}", {"name": shown(name)}))
            continue
        try:
            values.append(rule.read(table[name], f"present.{name}"))
        except InputError as error:
            faults += error.faults
    known = ", ".join(rule.order)
    strange = [name for name in table if name not in rule.order]
    faults += [Note("class-unknown", f"present.{n}", {"value": shown(n), "known": known}) for n in strange]
    if not faults:
        faults += [
            Note("classes-crossed", f"present.{high}", {"low": low, "high": high})
            for (low, before), (high, after) in pairwise(zip(rule.order, values, strict=True))
            if before > after
        ]
    return values, faults


def _class_of(key: object) -> object:
    """The class that a key stands for: a stratum of a demand is a tuple, of one value if the classes are the strata."""
    return key[0] if isinstance(key, tuple) and len(key) == 1 else key


def plan_number_faults(measured: object, effective: object, committed: Sequence[object]) -> list[Note]:
    """Why a change measured in one plan cannot take effect in another."""
    named = {"measured": measured, "effective": effective}
    named |= {f"committed[{i}]": number for i, number in enumerate(committed)}
    faults = text_faults(named)
    if faults:
        return faults
    kind, place = _read_number(str(effective))
    for at, number in named.items():
        own_kind, own_place = _read_number(str(number))
        told = {"effective": shown(effective), "other": shown(number)}
        if own_kind != kind:
            faults.append(Note("numbers-unlike", at, told))
        elif at != "effective" and own_place >= place:
            faults.append(Note("effective-early", at, told))
    return faults


def _read_number(number: str) -> tuple[list[str], list[tuple[int, str]]]:
    """A plan's number as its words, and its numbers in a form that sorts as they do: 2024-03 as -, and 2024 and 3."""
    parts = _DIGITS.split(number)
    digits = [part.lstrip("0") for part in parts[1::2]]
    return parts[::2], [(len(part), part) for part in digits]


def _other_plan(plan: Plan, effective: str) -> Note:
    return Note("adjustment-other-plan", "plan.number", {"number": shown(plan.number), "effective": shown(effective)})
