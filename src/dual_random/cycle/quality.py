"""Finished checks sifted for low quality: rules with evidence, what could not be looked at, and how much was.

A third party sifts the finished checks of a district so: enterprises long deregistered (已注销), departments that did
not arrive together (未同时上门). Here every rule is stated, its limits are arguments, and a finding carries the numbers
and texts that show it, so that whoever is named can answer. A finding is a question, not a verdict: the page on quality
says of each rule what may be innocent and what it cannot see.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Final, Literal, TypeAlias

from attrs import field, frozen

from dual_random.cycle import coincidences, deviations, flaws
from dual_random.cycle.calendars import Calendar
from dual_random.cycle.evidence import DEREGISTERED, PLAIN_FINDINGS, Facts, Found, Settings, Spans
from dual_random.cycle.facts import late_faults
from dual_random.cycle.logs import LogTable, as_log
from dual_random.cycle.matching import drawn_plans, match, matched_faults
from dual_random.cycle.terms import translated
from dual_random.cycle.vocabulary import COMPLAINT, looks_like
from dual_random.errors import Columns, InputError, Lang, Note, notes_table
from dual_random.forms import Words, choice_faults, refuse, words
from dual_random.records import Record
from dual_random.registers import Register
from dual_random.tables import headed
from dual_random.text import shown, text_faults

ScreeningTable: TypeAlias = Literal["findings", "rules", "unchecked"]

_TIMES: Final = ("arrived", "left")
_SHOWN: Final = 10  # findings of a rule in the text


@frozen
class Rule:
    """One rule: the code of its findings, the line that counts them, what it reads.

    Args:
        code: of its findings.
        title: the code of its words.
        tally: the code of the line that tells how many it found of how many.
        columns: those that a log must have for it.
        given: the arguments of `low_quality` without which it cannot look at anything.
        find: the rule.
    """

    code: str
    title: str
    tally: str
    columns: tuple[str, ...]
    given: tuple[str, ...]
    find: Callable[[Facts], Found]


RULES: Final = (
    Rule("quality-deregistered", "title-deregistered", "tally-deregistered", ("status",), (), flaws.deregistered),
    Rule(
        "quality-deregistered-in-register",
        "title-deregistered-in-register",
        "tally-deregistered-in-register",
        (),
        ("register",),
        flaws.deregistered_in_register,
    ),
    Rule("quality-apart", "title-apart", "tally-apart", ("arrived",), (), flaws.apart),
    Rule("quality-alone", "title-alone", "tally-alone", (), (), flaws.alone),
    Rule("quality-split", "title-split", "tally-split", ("plan",), ("records",), deviations.split),
    Rule(
        "quality-few-inspectors",
        "title-few-inspectors",
        "tally-few-inspectors",
        ("inspectors",),
        (),
        flaws.few_inspectors,
    ),
    Rule(
        "quality-no-inspectors", "title-no-inspectors", "tally-no-inspectors", ("inspectors",), (), flaws.no_inspectors
    ),
    Rule(
        "quality-other-team",
        "title-other-team",
        "tally-other-team",
        ("inspectors", "plan"),
        ("records",),
        deviations.other_team,
    ),
    Rule(
        "quality-two-places",
        "title-two-places",
        "tally-two-places",
        ("inspectors", "arrived"),
        (),
        coincidences.two_places,
    ),
    Rule("quality-unplanned", "title-unplanned", "tally-unplanned", ("plan",), (), flaws.unplanned),
    Rule("quality-undrawn", "title-undrawn", "tally-undrawn", ("plan",), ("records",), deviations.undrawn),
    Rule(
        "quality-undrawn-department",
        "title-undrawn-department",
        "tally-undrawn-department",
        ("plan",),
        ("records",),
        deviations.undrawn_department,
    ),
    Rule(
        "quality-never-visited",
        "title-never-visited",
        "tally-never-visited",
        ("plan",),
        ("records", "as_of"),
        deviations.never_visited,
    ),
    Rule(
        "quality-never-came",
        "title-never-came",
        "tally-never-came",
        ("plan",),
        ("records", "as_of"),
        deviations.never_came,
    ),
    Rule(
        "quality-other-period",
        "title-other-period",
        "tally-other-period",
        ("plan", "arrived"),
        ("records",),
        deviations.other_period,
    ),
    Rule("quality-copied", "title-copied", "tally-copied", ("finding", "inspectors"), (), coincidences.copied),
    Rule("quality-short", "title-short", "tally-short", _TIMES, (), flaws.too_short),
    Rule("quality-long", "title-long", "tally-long", _TIMES, (), flaws.too_long),
    Rule(
        "quality-published-late",
        "title-published-late",
        "tally-published-late",
        ("arrived", "published"),
        ("working_days",),
        flaws.published_late,
    ),
    Rule(
        "quality-unpublished",
        "title-unpublished",
        "tally-unpublished",
        ("arrived", "published"),
        ("working_days", "as_of"),
        flaws.unpublished,
    ),
)
_CODES: Final = frozenset(rule.code for rule in RULES)
_HEADINGS: Final = {
    "rule": "规则",
    "name": "规则名称",
    "visit": "户次编号",
    "enterprise": "检查对象",
    "departments": "检查部门",
    "plan": "计划编号",
    "text": "说明",
    "checked": "核查数",
    "found": "发现数",
}


# ---- what is said


@frozen(kw_only=True)
class Tally:
    """How many one rule found of how many it looked at.

    Args:
        rule: the code of its findings.
        line: the code of the line that says so, in the words of the rule.
        found: findings.
        checked: visits, checks or texts that it looked at.
    """

    rule: str
    line: str
    found: int
    checked: int

    @property
    def note(self) -> Note:
        """The line."""
        return Note(self.line, "", {"found": self.found, "checked": self.checked})


@frozen(kw_only=True, repr=False)
class Screening:
    """What the rules found in a log.

    Args:
        findings: rule after rule, inside a rule by visit: `code` is the rule; `at` the visit, or the enterprise where
            nobody came; `params` has visit, enterprise, departments, plan and the evidence.
        unchecked: what no rule could look at, each with the rule as its place.
        tallies: a line for each rule that could look at anything.
        visits, checks: of the log that were carried out.
    """

    findings: tuple[Note, ...]
    unchecked: tuple[Note, ...]
    tallies: tuple[Tally, ...] = field(repr=False)
    visits: int
    checks: int

    def of(self, rule: str) -> tuple[Note, ...]:
        """The findings of one rule.

        Raises:
            InputError: a rule that does not exist.
        """
        if not isinstance(rule, str) or rule not in _CODES:
            known = ", ".join(each.code for each in RULES)
            raise InputError([Note("choice", "rule", {"value": shown(rule), "known": known})])
        return tuple(note for note in self.findings if note.code == rule)

    def table(self, name: ScreeningTable = "findings", *, lang: Lang = "en") -> Columns:
        """A flat table for a database, a data frame, a publication.

        Args:
            name: "findings" (rule, name of the rule, visit, enterprise, departments, plan, text), "rules" (rule, name,
                found, checked, text), "unchecked" (code, at, text).
            lang: of headings and texts.

        Raises:
            InputError: another name or language.
        """
        refuse(choice_faults(name, ScreeningTable, "name") + choice_faults(lang, Lang, "lang"))
        if name == "unchecked":
            said = [_titled(note, lang).text(lang) for note in self.unchecked]
            return {**notes_table(self.unchecked, lang), "text": [*said]}
        columns = self._findings(lang) if name == "findings" else self._rules(lang)
        return headed(columns, _HEADINGS, lang)

    def _findings(self, lang: Lang) -> Columns:
        parts = ("visit", "enterprise", "departments", "plan")
        told = [note.params for note in self.findings]
        columns: Columns = {"rule": [note.code for note in self.findings]}
        columns |= {"name": [_title(note.code, lang) for note in self.findings]}
        columns |= {part: [params[part] for params in told] for part in parts}
        return columns | {"text": [translated(note, lang).text(lang) for note in self.findings]}

    def _rules(self, lang: Lang) -> Columns:
        return {
            "rule": [each.rule for each in self.tallies],
            "name": [_title(each.rule, lang) for each in self.tallies],
            "found": [each.found for each in self.tallies],
            "checked": [each.checked for each in self.tallies],
            "text": [each.note.text(lang) for each in self.tallies],
        }

    def text(self, lang: Lang = "en") -> str:
        """How many were found of how many, rule by rule; then, under each rule, ten findings; then what was unchecked.

        All findings stand in `findings` and in `table`.
        """
        counts = {"findings": len(self.findings), "visits": self.visits, "checks": self.checks}
        head = [Note("screening-counts", "", counts), *(each.note for each in self.tallies)]
        lines = [note.text(lang) for note in head]
        for each in self.tallies:
            lines += self._group(each.rule, lang) if each.found else []
        return "\n".join([*lines, *(_titled(note, lang).text(lang) for note in self.unchecked)])

    def _group(self, rule: str, lang: Lang) -> list[str]:
        """The first findings of a rule under its name."""
        found = self.of(rule)
        more = [Note("more-in-table", "", {"count": len(found) - _SHOWN})] if len(found) > _SHOWN else []
        told = [translated(note, lang).text(lang) for note in (*found[:_SHOWN], *more)]
        return [_title(rule, lang) + (":" if lang == "en" else "\uff1a"), *(f"  {line}" for line in told)]

    def __str__(self) -> str:
        return self.text()

    def __repr__(self) -> str:
        return f"Screening({len(self.findings)} findings in {self.visits} visits carried out, {self.checks} checks)"


# ---- the sifting


def low_quality(
    log: LogTable,
    records: Iterable[Record] = (),
    *,
    as_of: str = "",
    working_days: Calendar | Iterable[str] = (),
    periods: Spans | None = None,
    plans: Words | None = None,
    register: Register | None = None,
    status_column: str = "status",
    deregistered: Words = DEREGISTERED,
    together: int = 60,
    least_inspectors: int = 2,
    shortest: int = 5,
    longest: int = 720,
    copies: int = 5,
    plain_findings: Words = PLAIN_FINDINGS,
    publish_within: int = 20,
    without_plan: Words = (COMPLAINT,),
) -> Screening:
    """Sift a log for checks of low quality (低质量检查): each finding with its rule, its visit and its evidence.

    Log and records are held against each other by the number of the plan and the enterprise; amendments of a record
    count. The result depends on nothing else: not on the order of rows or records, not on a clock. A rule whose
    columns or arguments are missing is not passed over in silence, but told under `unchecked`; so is every empty cell
    that it would have needed.

    Args:
        log: a row for each check (`Log`), or a table that is one.
        records: of the draws, as published; with those of plans that staff their visits, if there are such.
        as_of: the day up to which the log is complete, so that nobody arrives after it; without it nobody is said never
            to have come.
        working_days: days as in `Calendar`; without them nothing is said about publication.
        periods: the days of each period of the plans, e.g. ``{"7月": "2024-07", "第1周": ("2024-07-01",
            "2024-07-05")}``; a key (number of the plan, period) counts for that plan alone. Periods called like an ISO
            day, week or month need none.
        plans: the numbers of all plans without a draw, if all are known: then any other number is refused.
        register: of enterprises, with a column of their statuses.
        status_column: the name of that column in the register, e.g. ``"状态"``; in the log it is always ``status``.
        deregistered: statuses of enterprises that are no more.
        together: minutes within which the departments of a joint visit arrive.
        least_inspectors: the fewest different people who check.
        shortest, longest: minutes of a check, both possible.
        copies: from how many enterprises on the same text of the same people is a copy.
        plain_findings: texts that say only that nothing was found, and are alike for that reason; case and a final
            full stop do not matter.
        publish_within: working days after the visit in which it is published.
        without_plan: modes of visits that need no plan, as nobody plans complaints; ``()`` if all need one.

    Returns:
        Findings, tallies, and what was unchecked.

    Raises:
        InputError: with all faults: a log that contradicts itself, or that does not belong to the records (see
            `log_faults`: a plan or an enterprise that is unknown, a check before its draw); a check after
            `as_of`; other arguments.
        VerificationError: a record whose amendments do not fit its visits.

    >>> log = {"visit": ["V1", "V1", "V2"], "enterprise": ["E1", "E1", "E2"], "department": ["市监", "消防", "市监"],
    ...        "arrived": ["2024-07-01T09:30", "2024-07-01T14:00", "2024-07-02T09:00"],
    ...        "inspectors": ["P1;P2", "Q1;Q2", "P1;P1"]}
    >>> for note in low_quality(log).findings:
    ...     print(note)
    V1: 市监 came at 2024-07-01T09:30, 消防 at 2024-07-01T14:00, 270 minutes apart, and together means within 60
    V2: P1 checked for 市监: fewer than 2 different people
    """
    known = as_log(log)
    numbers = None if plans is None else words(plans)
    settings = Settings(
        together=together,
        shortest=shortest,
        longest=longest,
        least_inspectors=least_inspectors,
        copies=copies,
        publish_within=publish_within,
        deregistered=deregistered,
        plain_findings=plain_findings,
        without_plan=without_plan,
        as_of=as_of,
        working_days=working_days,
        periods={} if periods is None else periods,
        register=register,
        status_column=status_column,
    )
    refuse(text_faults({f"plans[{i}]": number for i, number in enumerate(numbers or ())}))
    matching = match(known, drawn_plans(records))
    refuse([*matched_faults(known, matching, numbers, register), *late_faults(known, as_of)])
    return _screening(Facts(known, matching, settings))


def _screening(facts: Facts) -> Screening:
    findings: list[Note] = []
    tallies: list[Tally] = []
    unchecked: list[Note] = []
    given = facts.settings.given | ({"records"} if facts.matching.plans else set())
    for rule in RULES:
        missing = _missing(rule, facts, given)
        if missing:
            unchecked += missing
            continue
        found = rule.find(facts)
        findings += sorted(found.findings, key=_order)
        unchecked += [note.under(rule.code) for note in found.unchecked]
        tallies.append(Tally(rule=rule.code, line=rule.tally, found=len(found.findings), checked=found.checked))
    if facts.matching.plans and facts.has("plan"):
        unchecked += deviations.unrecorded(facts)
    return Screening(
        findings=tuple(findings),
        unchecked=tuple(unchecked),
        tallies=tuple(tallies),
        visits=facts.count_visits(facts.done),
        checks=int(facts.done.sum()),
    )


def _title(code: str, lang: Lang) -> str:
    """A rule in words."""
    return next(Note(rule.title).text(lang) for rule in RULES if rule.code == code)


def _titled(note: Note, lang: Lang) -> Note:
    """A note that has a rule as its place, with the words of the rule there."""
    return Note(note.code, _title(note.at, lang), note.params) if note.at in _CODES else note


def _column_note(rule: Rule, columns: Sequence[str], facts: Facts) -> Note:
    """What the log lacks, and which column of its table may be it."""
    told = {"columns": ", ".join(columns)}
    like = [name for name in facts.log.unread if any(looks_like(name, column) for column in columns)]
    if like:
        return Note("unchecked-column-like", rule.code, {**told, "like": ", ".join(like)})
    return Note("unchecked-columns", rule.code, told)


def _order(note: Note) -> tuple[bytes, tuple[str, ...]]:
    """By place, then by departments: no order of rows has a part in it."""
    params = note.params
    return note.at.encode(), (str(params["departments"]), *(str(params[name]) for name in sorted(params)))


def _missing(rule: Rule, facts: Facts, given: frozenset[str]) -> list[Note]:
    """Why a rule cannot look at anything: columns that the log has not, arguments that were not given."""
    columns = [name for name in rule.columns if not facts.has(name)]
    arguments = [name for name in rule.given if name not in given]
    notes = [_column_note(rule, columns, facts)] if columns else []
    return notes + ([Note("unchecked-arguments", rule.code, {"arguments": ", ".join(arguments)})] if arguments else [])
