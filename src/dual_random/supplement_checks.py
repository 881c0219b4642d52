"""Supplementary records held against the one that they supplement: whether all who are drawn from were missing."""

from dual_random.commitments import Commitment
from dual_random.earlier import chain_faults, earlier_faults
from dual_random.errors import Note
from dual_random.making import register_faults
from dual_random.records import Record
from dual_random.registers import Register
from dual_random.supplements import shared


def supplement_findings(
    commitment: Commitment, of: Record | None, enterprises: Register, before: Register | None
) -> tuple[tuple[Note, ...], tuple[Note, ...]]:
    """What of a plan that draws does not fit the earlier record that it names, and what stays unchecked of this.

    Args:
        commitment: of the plan.
        of: the earlier record, if there is one.
        enterprises: the register of the commitment.
        before: the register of the earlier record, if it is known.
    """
    plan = commitment.plan
    if not plan.supplements:
        return (), () if of is None else (Note("unchecked-record", "of"),)
    at = "commitment.plan.supplements"
    wrong = tuple(Note(note.code, at, note.params) for note in chain_faults(plan, of)) if of is not None else ()
    if of is None or wrong:
        return wrong, (Note("unchecked-supplement", at, {"digest": plan.supplements}),)
    found = tuple(map(_placed, earlier_faults(plan, of, enterprises)))
    bound = of.commitment.enterprises
    if before is None or register_faults(of.commitment.plan.scheme, bound, before, ""):
        return found, (Note("unchecked-missing", at, {"digest": bound.digest}),)
    return (*found, *_registered(of, enterprises, before)), ()


def _placed(note: Note) -> Note:
    """Why a plan cannot supplement a record, with its path in the commitment, or in the plan."""
    return note.under("commitment" if note.code == "supplement-visited" else "commitment.plan")


def _registered(of: Record, enterprises: Register, before: Register) -> tuple[Note, ...]:
    """Enterprises that had their chance in the earlier draw, and were not drawn."""
    return tuple(
        Note("supplement-registered", f"commitment.enterprises.{name}", {"enterprise": name})
        for name in shared(list(enterprises), before)
        if name not in of
    )
