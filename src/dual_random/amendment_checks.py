"""Stated amendments held against the draw: what follows from each change, made again; differences by their path."""

from attrs import evolve, fields_dict, frozen

from dual_random.amendments import Amendment, Change
from dual_random.errors import InputError, Note
from dual_random.plain import differences
from dual_random.records import Record
from dual_random.successions import Succession


@frozen(eq=False)
class Checked:
    """What was found, and the amendments that hold, up to the first that does not."""

    findings: tuple[Note, ...]
    unchecked: tuple[Note, ...]
    holding: tuple[Amendment, ...]


def check_amendments(record: Record, succession: Succession, *, people: bool) -> Checked:
    """Every amendment of a record, made again on what those before it left.

    An amendment that differs is taken up as it is stated, if it fits the visits at all: those after it were made on it,
    and are not to be blamed.

    Args:
        record: as published.
        succession: of the recomputed draw, without amendments.
        people: whether the register of inspectors is known; if not, the places are taken as they are stated.
    """
    findings: list[Note] = []
    holding: list[Amendment] = []
    previous = record.drawn.digest
    for i, stated in enumerate(record.amendments):
        findings += _findings(stated, succession, previous, f"amendments[{i}]", people=people)
        misfits = succession.docket.misfits(stated)
        if misfits:
            left = Note("unchecked-amendments", f"amendments[{i}]", {"count": len(record.amendments) - i})
            return Checked((*findings, *(note.under(f"amendments[{i}]") for note in misfits)), (left,), tuple(holding))
        succession.apply(stated)
        previous = stated.digest(record.commitment.plan.scheme)
        holding += [] if findings else [stated]
    places = sum(len(each.places) for each in record.amendments)
    untold = () if people or not places else (Note("unchecked-amended-people", "amendments", {"count": places}),)
    return Checked(tuple(findings), untold, tuple(holding))


def _findings(stated: Amendment, succession: Succession, previous: str, at: str, *, people: bool) -> list[Note]:
    change = Change(**{name: getattr(stated, name) for name in fields_dict(Change)})
    try:
        computed = succession.amend(change, told=() if people else stated.places)
    except InputError as error:
        return [note.under(at) for note in error.faults]
    return differences(stated, evolve(computed, previous=previous), at)
