"""A procedure under test: any function from units and a seed to who was drawn, or to what each unit got.

Whatever draws can be made such a function in a few lines, also a program in another language. What it gives is brought
into one form here: which unit has which result. A plain draw knows one result, to be drawn.
"""

from collections import Counter
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from typing import Final, TypeAlias, cast

from attrs import frozen

from dual_random.errors import InputError, Note
from dual_random.forms import positive_faults, refuse, repeat_faults, word_faults
from dual_random.text import shown, text_faults

Answer: TypeAlias = Iterable[str] | Mapping[str, str] | Mapping[str, Iterable[str]]
Procedure: TypeAlias = Callable[[list[str], str], Answer]
Hits: TypeAlias = Sequence[tuple[str, str]]  # unit, result

DRAWN: Final = ""  # the one result of a plain draw


@frozen
class Outcome:
    """One draw: which units have which results.

    Args:
        seed: that it was drawn with.
        hits: every unit with each of its results, as the procedure gave them.
    """

    seed: str
    hits: Hits

    @property
    def drawn(self) -> frozenset[tuple[str, str]]:
        """The hits, whose order says nothing."""
        return frozenset(self.hits)

    def faults(self, known: Container[str]) -> list[Note]:
        """What makes the draw unsound whatever the chances: unknown units; units or results that stand twice."""
        found = set(self.hits)
        strangers = sorted({unit for unit, _ in found if unit not in known})
        faults = [Note("answer-stranger", self.seed, {"unit": shown(unit)}) for unit in strangers]
        if len(found) < len(self.hits):
            twice = sorted(hit for hit, count in Counter(self.hits).items() if count > 1)
            faults += [self._twice(unit, result) for unit, result in twice]
        return faults

    def _twice(self, unit: str, result: str) -> Note:
        if result == DRAWN:
            return Note("answer-twice", self.seed, {"unit": shown(unit)})
        return Note("answer-result-twice", self.seed, {"unit": shown(unit), "result": shown(result)})


def seed_of(number: int) -> str:
    """The seed of a test draw by its number: a written rule, so that nobody can pick seeds that please.

    >>> seed_of(0), seed_of(1999)
    ('fair:0', 'fair:1999')
    """
    return f"fair:{number}"


def units_of(units: Iterable[str]) -> tuple[str, ...]:
    """The units as a tuple.

    Raises:
        InputError: no units, one that is not clean text, or stands twice.
    """
    if isinstance(units, str | bytes) or not isinstance(units, Iterable):
        raise InputError([Note("ids-shape", "units", {"value": shown(units)})])
    kept = tuple(units)
    faults = word_faults(kept, "units")
    faults = faults or text_faults({f"units[{row}]": unit for row, unit in enumerate(kept)})
    faults += repeat_faults(kept, "units")
    refuse(faults if kept else [Note("units-empty", "units")])
    return kept


def read_list(units: object) -> tuple[tuple[str, ...], list[Note]]:
    """The units of a list to be drawn from, and what is wrong with it; a set is none, its order differs by process."""
    if isinstance(units, set | frozenset):
        return (), [Note("ids-shape", "units", {"value": shown(units)})]
    try:
        return units_of(cast(Iterable[str], units)), []
    except InputError as error:
        return (), list(error.faults)


def procedure_faults(procedure: object, at: str = "procedure") -> list[Note]:
    """Why a procedure is none."""
    return [] if callable(procedure) else [Note("procedure-callable", at, {"value": shown(procedure)})]


def outcome(procedure: Procedure, units: Sequence[str], seed: str) -> Outcome:
    """What a procedure gives for a seed; it has a new list of the units, which it may shuffle as it likes.

    Raises:
        InputError: it gives neither ids nor results by id. This, and whatever the procedure raises itself, comes with
            a note that names the seed.
    """
    try:
        return Outcome(seed, _hits(procedure(list(units), seed)))
    except Exception as error:
        error.add_note(f"while the procedure drew with the seed {seed!r}")
        raise


def _hits(answer: object) -> Hits:
    """Unit and result, pair by pair."""
    if isinstance(answer, Mapping):
        return [(_text(unit), result) for unit, given in answer.items() for result in _results(_text(unit), given)]
    if isinstance(answer, str | bytes) or not isinstance(answer, Iterable):
        raise InputError([Note("answer-shape", "", {"value": shown(answer)})])
    return [(_text(unit), DRAWN) for unit in answer]


def _results(unit: str, given: object) -> list[str]:
    """The results of one unit; an empty text is none."""
    if isinstance(given, str):
        return [given] if given else []
    if isinstance(given, bytes) or not isinstance(given, Iterable):
        raise InputError([Note("answer-result", shown(unit), {"value": shown(given)})])
    return [result for each in given if (result := _text(each, shown(unit)))]


def _text(value: object, at: str = "") -> str:
    if not isinstance(value, str):
        raise InputError([Note("answer-text", at, {"value": shown(value), "type": type(value).__name__})])
    return value


def trial_faults(trials: object) -> list[Note]:
    """Why a number of draws is none."""
    return positive_faults(trials, "trials")


def by_person(teams: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    """Teams turned round: from the people of each visit to the visits of each person, the form of a procedure.

    A person who stands twice in a team has the visit twice, so that the checks see it.

    Args:
        teams: of each visit, its people.

    Raises:
        InputError: no mapping; a team that is one text, or none.

    >>> by_person({"visit 1": ["Li", "Wu"], "visit 2": ["Wu", "Wu"]})
    {'Li': ('visit 1',), 'Wu': ('visit 1', 'visit 2', 'visit 2')}
    """
    if not isinstance(teams, Mapping):
        raise InputError([Note("entries-shape", "teams", {"value": shown(teams)})])
    odd = [visit for visit, team in teams.items() if isinstance(team, str | bytes) or not isinstance(team, Iterable)]
    refuse([Note("ids-shape", f"teams.{shown(visit)}", {"value": shown(teams[visit])}) for visit in odd])
    found: dict[str, list[str]] = {}
    for visit, people in teams.items():
        for person in people:
            found.setdefault(person, []).append(visit)
    return {person: tuple(visits) for person, visits in found.items()}
