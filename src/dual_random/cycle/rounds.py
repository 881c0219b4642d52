"""Rounds: what merged needs amount to, each round ready to become a plan, with the visits before and after.

Plain values; `dual_random.cycle.merging` makes them.
"""

from collections.abc import Iterable
from fractions import Fraction
from math import floor
from typing import Final, Literal, TypeAlias

from attrs import frozen

from dual_random.cycle.needs import Need, Span
from dual_random.dates import day_text
from dual_random.errors import Columns, InputError, Lang, Note
from dual_random.forms import Pairs, choice_faults, refuse
from dual_random.plans import Demand, Plan, SeedSource
from dual_random.tables import SEPARATOR, headed
from dual_random.text import decimal_text, shown

RoundTable: TypeAlias = Literal["rounds", "turns"]

_HEADINGS: Final = {
    "round": "轮次",
    "starts": "开始日期",
    "ends": "截止日期",
    "lead": "发起部门",
    "departments": "检查部门",
    "department": "检查部门",
    "items": "抽查事项",
    "needs": "单部门计划",
    "need": "单部门计划",
    "separate": "分别检查户次",
    "independent": "分别抽取户次",
    "fewest": "联合抽取最少户次",
    "turn": "第几次",
    "times": "频次",
    "own_starts": "原开始日期",
    "own_ends": "原截止日期",
    "number": "抽取数",
}


@frozen
class Turn:
    """One turn of a need in a round.

    Args:
        need: whose.
        turn: which of its `times`, from 1.
        span: first and last day of the turn's own share of the need's window.
        number: how many enterprises its demand draws, over all strata.
    """

    need: Need
    turn: int
    span: Span
    number: int

    @property
    def days(self) -> int:
        """How many days it has by itself."""
        return self.span[1] - self.span[0] + 1


def _visits(before: int, fewest: Fraction) -> str:
    return f"{before} visits before, from {floor(fewest)} after"


@frozen(repr=False)
class Round:
    """Turns of several needs that are drawn together, or of one alone.

    Args:
        number: from 1, in the order of the windows.
        turns: the lead's first; the order of the plan's demands.
        lead: the department that leads (发起部门).
        independent: visits to expect if all drew by themselves and those who hit the same firm came together.
        fewest: no draw expects fewer visits; exact.
    """

    number: int
    turns: tuple[Turn, ...]
    lead: str
    independent: int
    fewest: Fraction

    def __repr__(self) -> str:
        names, visits = ", ".join(self.departments), _visits(self.separate, self.fewest)
        return f"Round({self.number}: {names}; {self.starts} to {self.ends}; {visits})"

    @property
    def span(self) -> Span:
        """First and last day that all turns have in common, as numbers."""
        return max(turn.span[0] for turn in self.turns), min(turn.span[1] for turn in self.turns)

    @property
    def starts(self) -> str:
        """The first day that all turns have in common."""
        return day_text(self.span[0])

    @property
    def ends(self) -> str:
        """The last day that all turns have in common."""
        return day_text(self.span[1])

    @property
    def needs(self) -> tuple[str, ...]:
        """The names of the needs, the lead's first."""
        return tuple(turn.need.name for turn in self.turns)

    @property
    def departments(self) -> tuple[str, ...]:
        """The departments, the lead first."""
        return tuple(dict.fromkeys(turn.need.department for turn in self.turns))

    @property
    def items(self) -> dict[str, tuple[str, ...]]:
        """The items of each demand, by its name."""
        return {turn.need.name: turn.need.items for turn in self.turns}

    @property
    def demands(self) -> tuple[Demand, ...]:
        """The demands, each as it was handed in, in the order in which a plan declares them: the first leads."""
        return tuple(turn.need.demand for turn in self.turns)

    @property
    def times(self) -> int:
        """How often the most frequent of its needs comes."""
        return max(turn.need.times for turn in self.turns)

    @property
    def joint(self) -> bool:
        """Whether two or more departments take part."""
        return len(self.departments) > 1

    @property
    def days(self) -> int:
        """How many days all turns have in common; working days or not."""
        return self.span[1] - self.span[0] + 1

    @property
    def separate(self) -> int:
        """Visits if every need were drawn and paid by itself: its numbers added up."""
        return sum(turn.number for turn in self.turns)


@frozen
class Step:
    """What came of holding a need against an anchor (see `dual_random.cycle.merging.merge`).

    Args:
        need, anchor: the names.
        apart: codes of the conditions that failed; if there is one, nothing was joined.
        joined: turns that joined, each with the round and the days that all in it had in common then.
        unfit: turns that fitted no round.
    """

    need: str
    anchor: str
    apart: tuple[str, ...] = ()
    joined: tuple[tuple[int, int, int], ...] = ()
    unfit: tuple[int, ...] = ()


@frozen(kw_only=True, repr=False)
class Merged:
    """Needs merged into rounds, with the visits before and after, and why each need was or was not joined.

    Args:
        needs: as handed in, in byte order of their names.
        rounds: in the order of their windows; every turn of every need stands in exactly one.
        steps: what was held against what, in the order of the rule.
        days: how many days a round must keep in common.
        barred: enterprise to public reason; goes into every plan.
    """

    needs: tuple[Need, ...]
    rounds: tuple[Round, ...]
    steps: tuple[Step, ...]
    days: int = 1
    barred: Pairs = ()

    def __repr__(self) -> str:
        visits = _visits(self.before, self.fewest)
        return f"Merged({len(self.needs)} needs in {len(self.rounds)} rounds: {visits})"

    @property
    def before(self) -> int:
        """Visits of the whole time if every need were drawn and paid by itself."""
        return sum(each.separate for each in self.rounds)

    @property
    def independent(self) -> int:
        """Visits to expect if all drew by themselves, and those who hit the same firm in one round came together."""
        return sum(each.independent for each in self.rounds)

    @property
    def fewest(self) -> Fraction:
        """No draw of these rounds expects fewer visits; exact. Nested draws come close to it."""
        return sum((each.fewest for each in self.rounds), Fraction(0))

    @property
    def notices(self) -> tuple[Note, ...]:
        """What to look at before a plan is made: rounds that keep less than half of the days of the turn that opened
        them, with a note for each turn that lost days there.

        A round has only the days that all its turns have in common, so one need with a short window shortens that of
        everybody. `merge(…, days=…)` says how many a round must keep.
        """
        joined = {(number, step.need) for step in self.steps for _, number, _ in step.joined}
        return tuple(
            _narrowed(turn, each)
            for each in self.rounds
            if any(
                2 * each.days < opening.days for opening in each.turns if (each.number, opening.need.name) not in joined
            )
            for turn in each.turns
            if each.span != turn.span
        )

    def why(self, need: str) -> tuple[Note, ...]:
        """Why a need was joined with what it was joined with, why not with the others, and which days that left.

        Raises:
            InputError: no need has that name.
        """
        by_name = {each.name: each for each in self.needs}
        if not isinstance(need, str) or need not in by_name:
            known = ", ".join(by_name)
            raise InputError([Note("need-unknown", "", {"name": shown(need), "known": known})])
        opened = _openings(self.rounds, self.steps, need)
        notes = [_turn_note("turn-opens", by_name[need], turn, {"round": number}) for turn, number in opened]
        for step in self.steps:
            if need in (step.need, step.anchor):
                notes += self._told(step, by_name[step.need])
        own = [(turn, each) for each in self.rounds for turn in each.turns if turn.need.name == need]
        return (*notes, *(_narrowed(turn, each) for turn, each in own if each.span != turn.span))

    def _told(self, step: Step, need: Need) -> list[Note]:
        told: dict[str, str | int] = {"anchor": step.anchor, "days": self.days}
        notes = [Note(code, need.name, told) for code in step.apart]
        for turn, number, days in step.joined:
            notes.append(_turn_note("turn-joins", need, turn, {"anchor": step.anchor, "round": number, "days": days}))
        return notes + [_turn_note("turn-unfit", need, turn, {"anchor": step.anchor}) for turn in step.unfit]

    def round(self, number: int) -> Round:
        """The round of a number, from 1.

        Raises:
            InputError: no round has that number.
        """
        for each in self.rounds:
            if type(number) is int and each.number == number:
                return each
        raise InputError([Note("round-unknown", "", {"number": shown(number), "count": len(self.rounds)})])

    def plan(self, round: int, *, title: str, authority: str, number: str, seed: SeedSource) -> Plan:
        """The plan of a round: its demands unchanged, the lead's first, so that `commit` resolves the same numbers.

        Everything else that a plan may say (teams, periods, a target) is added by ``attrs.evolve``.

        Args:
            round: its number.
            title, authority, number, seed: as in `Plan`.

        Raises:
            InputError: no such round, and whatever `Plan` refuses.
        """
        demands = self.round(round).demands
        return Plan(title=title, authority=authority, number=number, seed=seed, demands=demands, barred=self.barred)

    def table(self, name: RoundTable = "rounds", *, lang: Lang = "en") -> Columns:
        """A flat table for a database, a data frame or a publication.

        Args:
            name: "rounds" (a row per round) or "turns" (a row per need in a round).
            lang: of the headings.

        Returns:
            Columns of equal length by heading. Several names in one cell are joined by ";"; `separate`, `independent`
            and `fewest` count visits, the last one rounded down to 0.01.

        Raises:
            InputError: another name or language.
        """
        refuse(choice_faults(name, RoundTable, "name") + choice_faults(lang, Lang, "lang"))
        columns = _round_rows(self.rounds) if name == "rounds" else _turn_rows(self.rounds)
        return headed(columns, _HEADINGS, lang)


def _openings(rounds: Iterable[Round], steps: Iterable[Step], need: str) -> list[tuple[int, int]]:
    """The turns of a need that opened a round of their own, each with the round's number."""
    joined = {(number, step.need) for step in steps for _, number, _ in step.joined}
    return [
        (turn.turn, each.number)
        for each in rounds
        for turn in each.turns
        if turn.need.name == need and (each.number, need) not in joined
    ]


def _narrowed(turn: Turn, there: Round) -> Note:
    """That a turn has fewer days in its round than of its own, and whose windows are the cause."""
    first, last = there.span
    starts = [each.need.name for each in there.turns if each.span[0] == first > turn.span[0]]
    ends = [each.need.name for each in there.turns if each.span[1] == last < turn.span[1]]
    told: dict[str, str | int] = {
        "round": there.number,
        "own": turn.days,
        "days": there.days,
        "starts": there.starts,
        "ends": there.ends,
        "causes": ", ".join(dict.fromkeys([*starts, *ends])),
    }
    return _turn_note("turn-narrowed", turn.need, turn.turn, told)


def _turn_note(code: str, need: Need, turn: int, told: dict[str, str | int]) -> Note:
    return Note(code, need.name, {"turn": turn, "times": need.times, **told})


def _round_rows(rounds: tuple[Round, ...]) -> Columns:
    return {
        "round": [each.number for each in rounds],
        "starts": [each.starts for each in rounds],
        "ends": [each.ends for each in rounds],
        "lead": [each.lead for each in rounds],
        "departments": [SEPARATOR.join(each.departments) for each in rounds],
        "items": [SEPARATOR.join(sorted({i for own in each.items.values() for i in own})) for each in rounds],
        "needs": [SEPARATOR.join(each.needs) for each in rounds],
        "separate": [each.separate for each in rounds],
        "independent": [each.independent for each in rounds],
        "fewest": [decimal_text(Fraction(floor(100 * each.fewest), 100), 2) for each in rounds],
    }


def _turn_rows(rounds: tuple[Round, ...]) -> Columns:
    rows = [(each, turn) for each in rounds for turn in each.turns]
    return {
        "round": [each.number for each, _ in rows],
        "need": [turn.need.name for _, turn in rows],
        "department": [turn.need.department for _, turn in rows],
        "items": [SEPARATOR.join(turn.need.items) for _, turn in rows],
        "turn": [turn.turn for _, turn in rows],
        "times": [turn.need.times for _, turn in rows],
        "own_starts": [day_text(turn.span[0]) for _, turn in rows],
        "own_ends": [day_text(turn.span[1]) for _, turn in rows],
        "number": [turn.number for _, turn in rows],
    }
