"""Why an enterprise was drawn or not: statements with their numbers, and shell lines that prove its ticket."""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from shlex import quote
from typing import Final

import numpy as np
from attrs import frozen

from dual_random.cells import department_names, over_departments
from dual_random.commitments import final_seed
from dual_random.errors import Lang, Note
from dual_random.forms import refuse
from dual_random.layouts import crowded
from dual_random.periods import period_ranks
from dual_random.plans import Demand
from dual_random.populations import stratum_key
from dual_random.records import Record
from dual_random.registers import Register
from dual_random.replays import Replay
from dual_random.schemes import commitment_key, shell_tool, ticket
from dual_random.text import decimal_text, share_text, shown, text_faults
from dual_random.visits import Visit

_STRATUM: Final = ("why-stratum", "why-stratum-counts")  # where a low ticket decides; where it counts for the cell
_STOP: Final = "\u3002"  # of a Chinese sentence
_ENDS: Final = (".", ":", _STOP, "\uff1a")
_POPULATION: Final = ("why-population", "why-population-counts")


@frozen(kw_only=True)
class Explanation:
    """Why an enterprise was drawn or not, or why an inspector goes there or not; `str()` is a paragraph.

    Args:
        enterprise: its id.
        inspector: whom the question is about; empty if it is about the enterprise.
        drawn: whether the enterprise is visited; whether the inspector goes there.
        steps: the reasons, in order.
        commands: shell lines, each with the first word it must print; they need no part of this library.
    """

    enterprise: str
    inspector: str = ""
    drawn: bool
    steps: tuple[Note, ...]
    commands: tuple[tuple[str, str], ...]

    def text(self, lang: Lang = "en") -> str:
        """The paragraph in English or Chinese, and the shell lines below it."""
        sentences = (" " if lang == "en" else "").join(sentence(step, lang) for step in self.steps)
        lines = [line for command, word in self.commands for line in (f"  $ {command}", f"  {word}")]
        return "\n".join([sentences, *lines])

    def __str__(self) -> str:
        return self.text()


def sentence(note: Note, lang: Lang) -> str:
    """A statement with a full stop, where it has no end of its own."""
    text = note.text(lang)
    return text if text.endswith(_ENDS) else f"{text}{'.' if lang == 'en' else _STOP}"


def explain(record: Record, drawn: Replay, enterprise: str) -> Explanation:
    """The reasons for one enterprise, from a record and the draw that it records."""
    refuse(text_faults({"enterprise": enterprise}))
    row = drawn.tickets.enterprises.row_of(enterprise)
    visited = enterprise in record
    if row is None:
        return Explanation(enterprise=enterprise, drawn=visited, steps=_unregistered(record, enterprise), commands=())
    own = drawn.tickets.whole(row)[0].hex()
    told, lots = _reasons(record, drawn, enterprise, row)
    ticket = Note("why-ticket", "", {"enterprise": enterprise, "ticket": own[:16]})
    proof = (shell_line(record, "%s\\ntarget\\n%s", drawn.tickets.key, enterprise), own)
    return Explanation(
        enterprise=enterprise,
        drawn=visited,
        steps=(ticket, *told, *_summary(record, drawn, enterprise)),
        commands=(*key_lines(record), proof, *lots, *_period(record, drawn, enterprise)),
    )


def _unregistered(record: Record, enterprise: str) -> tuple[Note, ...]:
    excluded = [note for note in record.commitment.enterprises.excluded if note.params.get("id") == enterprise]
    if not excluded:
        return (Note("why-unregistered", "", {"enterprise": enterprise}),)
    return (Note("why-excluded", "", {"enterprise": enterprise}), *excluded)


def _summary(record: Record, drawn: Replay, enterprise: str) -> list[Note]:
    if enterprise not in record:
        return [Note("why-no-visit", "", {"enterprise": enterprise})]
    visit = record[enterprise]
    return [_coming(visit), *_when(record, drawn, visit), *_who_goes(record, visit)]


def _coming(visit: Visit) -> Note:
    params = {"enterprise": visit.enterprise, "departments": ", ".join(visit.departments), "lead": visit.lead}
    return Note("why-visit", "", params)


def _when(record: Record, drawn: Replay, visit: Visit) -> list[Note]:
    if not visit.period:
        return []
    ranks = period_ranks(drawn.tickets.scheme, drawn.tickets.key, record.enterprises)
    rank = ranks[record.enterprises.index(visit.enterprise)] + 1
    return [Note("why-period", "", {"rank": rank, "visits": len(record), "period": visit.period})]


def _who_goes(record: Record, visit: Visit) -> Iterator[Note]:
    """Whom each department sends; nothing where the record deals nobody."""
    short = {each.department: bool(each.shortages) for each in record.staffing}
    for department in visit.departments:
        people = ", ".join(f"{who} ({slot})" for own, slot, who in visit.places if own == department)
        if people:
            yield Note("why-team", "", {"department": department, "people": people})
        elif short.get(department):
            yield Note("why-team-short", "", {"department": department})
        elif record.commitment.plan.staffs and department not in short:
            yield Note("why-team-earlier", "", {"department": department})


def explain_staffed(record: Record, enterprise: str) -> Explanation:
    """In a record that staffs visits of an earlier one: which one drew the enterprise, and who goes."""
    refuse(text_faults({"enterprise": enterprise}))
    params = {"enterprise": enterprise, "digest": record.commitment.plan.staffs}
    steps = [Note("why-not-staffed", "", params)]
    if enterprise in record:
        visit = record[enterprise]
        steps = [Note("why-staffed", "", params), _coming(visit), *_who_goes(record, visit)]
    return Explanation(enterprise=enterprise, drawn=enterprise in record, steps=tuple(steps), commands=())


# ---- shell lines


def shell_line(record: Record, form: str, *words: str) -> str:
    """A line that prints a hash of some words, by the hash of the record's scheme."""
    tool = shell_tool(record.commitment.plan.scheme)
    return f"printf {quote(form)} {' '.join(map(quote, words))} | {tool}"


def key_lines(record: Record) -> tuple[tuple[str, str], ...]:
    """The shell lines that lead to the key of the draw."""
    commitment = record.commitment
    scheme, seed = commitment.plan.scheme, final_seed(commitment.plan, record.seed, dict(record.secrets))
    lines: list[tuple[str, str]] = []
    if commitment.plan.seals:
        opened = [word for pair in record.secrets for word in pair]
        form = "%s\\nseed\\n%s" + "\\n%s" * len(opened)
        lines.append((shell_line(record, form, scheme, record.seed, *opened), seed))
    key = commitment_key(scheme, commitment.digest, seed)
    lines.append((shell_line(record, "%s\\ncommitment\\n%s\\n%s", scheme, commitment.digest, seed), key))
    return tuple(lines)


def _period(record: Record, drawn: Replay, enterprise: str) -> list[tuple[str, str]]:
    """The ticket that decides when, for a visit that has a period."""
    if enterprise not in record or not record[enterprise].period:
        return []
    key = drawn.tickets.key
    printed = ticket(record.commitment.plan.scheme, key, "period", enterprise)
    return [(shell_line(record, "%s\\nperiod\\n%s", key, enterprise), printed)]


# ---- reasons, demand by demand


def _reasons(
    record: Record, drawn: Replay, enterprise: str, row: int
) -> tuple[list[Note], tuple[tuple[str, str], ...]]:
    """Why it is drawn or not, demand by demand; then its cell, with shell lines for the lots that were cast there."""
    barred = dict(record.commitment.plan.barred).get(enterprise)
    if barred is not None:
        return [Note("why-barred", "", {"reason": barred})], ()
    profile = int(drawn.groups.profile[row])
    spread = drawn.spread(profile)
    reasons: list[Note] = []
    for place, population in enumerate(drawn.groups.demands):
        stratum = int(population.stratum[profile])
        if stratum < 0:
            reasons.append(_outside(population.demand, drawn.tickets.enterprises, enterprise))
        elif population.demand.follow:
            reasons.append(_following(record, population.demand, enterprise))
        else:
            reasons += _by_ticket(drawn, place, stratum, row, spread=spread)
    if all(population.stratum[profile] < 0 for population in drawn.groups.demands):
        return reasons, ()
    told, lots = _in_cell(record, drawn, row, profile)
    return reasons + told, lots


def _outside(demand: Demand, enterprises: Register, enterprise: str) -> Note:
    """The first condition that keeps an enterprise out of a population."""
    for code, conditions, wanted in (("why-not-where", demand.where, True), ("why-unless", demand.unless, False)):
        for column, allowed in conditions:
            value = enterprises.value(enterprise, column)
            if (value in allowed) != wanted:
                params = {"column": column, "value": shown(value), "listed": ", ".join(map(shown, allowed))}
                return Note(code, "", {"demand": demand.name, **params})
    return Note("why-not-followed", "", {"demand": demand.name, "followed": demand.follow})


def _following(record: Record, demand: Demand, enterprise: str) -> Note:
    drawn = enterprise in record and demand.name in record[enterprise].demands
    code = "why-follows" if drawn else "why-follows-not"
    return Note(code, "", {"demand": demand.name, "followed": demand.follow})


def _by_ticket(drawn: Replay, place: int, stratum: int, row: int, *, spread: bool) -> list[Note]:
    """How many are drawn of how many, and whether the ticket is low enough: the last one drawn is the threshold.

    In a cell that is spread a low ticket counts for the cell, whose checks are then laid over its visits.
    """
    population = drawn.groups.demands[place]
    number, size, values = drawn.numbers[place][stratum], population.sizes[stratum], population.strata[stratum]
    chance = Fraction(number, size)
    share = f"{share_text(chance)} = {decimal_text(100 * chance, 2)}%"
    params: dict[str, str | int] = {"demand": population.demand.name, "number": number, "population": size}
    params |= {"chance": share, "stratum": stratum_key(values)}
    plain, counting = _STRATUM if values else _POPULATION
    rule = Note(counting if spread else plain, "", params)
    if not number:
        return [rule]
    marks = drawn.meeting.marks
    drawn_here = marks.served[:, place] & (population.stratum[drawn.groups.profile[marks.rows]] == stratum)
    rows = marks.rows[drawn_here].tolist()
    last = drawn.tickets.whole(rows[-1])[0].hex()
    low, high = ("why-counts", "why-counts-not") if spread else ("why-low-enough", "why-too-high")
    return [rule, Note(low if row in rows else high, "", {"last": last[:16], "demand": population.demand.name})]


# ---- the cell


def _in_cell(record: Record, drawn: Replay, row: int, profile: int) -> tuple[list[Note], tuple[tuple[str, str], ...]]:
    """The enterprises alike, this one's place among them, and how their visits were made up."""
    alike = drawn.alike(row).tolist()
    place = alike.index(row)
    number = drawn.cell(profile)
    where: dict[str, str | int] = {"size": len(alike), "place": place + 1}
    if number < 0:
        return [Note("why-cell-empty", "", where)], ()
    cell = drawn.cells[number]
    told = ", ".join(f"{name} {count}" for name, count in cell.numbers)
    where |= {"key": cell.key, "numbers": told, "visits": cell.visits, "joint": cell.joint_visits}
    if not drawn.spread(profile):
        kept = [Note("why-cell-followed")] if _kept_nested(drawn, number) else []
        return [Note("why-cell-nested", "", where), *kept], ()
    steps = [Note("why-cell-spread", "", where)]
    if place >= cell.visits:
        return steps, ()
    lots = _department_lots(record, drawn, number)
    if lots:
        laid = _laid(drawn, alike[: cell.visits])
        order = "; ".join(f"{name} {laid[name]}" for _, name, _ in sorted(lots))
        steps.append(Note("why-turns", "", {"order": order}))
    if place >= cell.visits - cell.extra:
        steps.append(Note("why-extra", "", {"extra": cell.extra}))
    return steps, tuple((line, printed) for printed, _, line in lots)


def _kept_nested(drawn: Replay, number: int) -> bool:
    """Whether a cell would be spread, for the target or the limit, if no follower marked somebody there."""
    meeting = drawn.meeting
    above = crowded(meeting.cells, drawn.commitment.plan.joint.most_departments)[number]
    return bool(meeting.cells.followed[number] and (above or meeting.layouts.layout != "nested"))


def _laid(drawn: Replay, visited: Sequence[int]) -> dict[str, str]:
    """For each department the places, from 1, of the visits of a cell to which it comes, as ranges."""
    names = department_names(drawn.groups)
    index = {row: i for i, row in enumerate(drawn.meeting.rows.tolist())}
    coming = over_departments(drawn.groups, drawn.meeting.served[[index[row] for row in visited]])
    return {name: ranges(np.flatnonzero(column) + 1) for name, column in zip(names, coming.T, strict=True)}


def ranges(places: Iterable[int]) -> str:
    """Ascending numbers as ranges.

    >>> ranges([1, 2, 3, 7, 9, 10])
    '1–3, 7, 9–10'
    """
    runs: list[list[int]] = []
    for place in places:
        if runs and runs[-1][1] == place - 1:
            runs[-1][1] = place
        else:
            runs.append([place, place])
    return ", ".join(f"{first}–{last}" if last > first else str(first) for first, last in runs)


def _department_lots(record: Record, drawn: Replay, number: int) -> list[tuple[str, str, str]]:
    """The tickets of the departments of a cell, their names, and the shell lines that print the tickets."""
    cells, key = drawn.meeting.cells, drawn.tickets.key
    names = department_names(drawn.groups)
    coming = [names[place] for place in np.flatnonzero(cells.departments[number]).tolist()]
    form = "%s\\ndepartment\\n%s\\n%s"
    lines = [shell_line(record, form, key, cells.keys[number], name) for name in coming]
    lots = [lot.hex() for lot in drawn.tickets.of_departments(cells.keys[number], coming)]
    return list(zip(lots, coming, lines, strict=True)) if len(coming) > 1 else []
