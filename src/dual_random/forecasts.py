"""Whether there will be inspectors enough: what many rehearsals lack, department by department; nobody is dealt."""

from collections.abc import Iterable

from attrs import frozen

from dual_random.errors import Note
from dual_random.forms import count_faults, positive_faults, refuse
from dual_random.staffing import Staffing
from dual_random.text import text_faults


@frozen(kw_only=True)
class Forecast:
    """How one department could be staffed in many rehearsals; nobody was dealt.

    Args:
        department: whose visits.
        short: rehearsals in which its places could not all be filled.
        raised: rehearsals in which they could only because relief raised `most`.
        enough: if there are any of these, the least `most` with which all places could be filled in all rehearsals;
            None if in some of them no `most` would do.
    """

    department: str
    short: int = 0
    raised: int = 0
    enough: int | None = None

    def __attrs_post_init__(self) -> None:
        faults = text_faults({"department": self.department})
        faults += count_faults(self.short, "short") + count_faults(self.raised, "raised")
        refuse(faults + ([] if self.enough is None else positive_faults(self.enough, "enough")))

    @property
    def notes(self) -> tuple[Note, ...]:
        """What is to be said of the department; nothing if its places could always be filled as the plan has it."""
        told: dict[str, str | int] = {"short": self.short, "raised": self.raised, "enough": self.enough or 0}
        if self.short:
            return (
                Note("rehearsed-short-never" if self.enough is None else "rehearsed-short-most", self.department, told),
            )
        return (Note("rehearsed-raised", self.department, told),) if self.raised else ()


class Lacks:
    """What rehearsal after rehearsal lacks; of proofs only the first is kept."""

    def __init__(self) -> None:
        self.short = 0
        self.first: tuple[Note, ...] = ()
        self._limits: dict[str, list[tuple[bool, int | None]]] = {}

    def add(self, found: Iterable[Staffing]) -> None:
        """One rehearsal more: the departments that are short or that relief saves."""
        kept = tuple(found)
        notes = tuple(note for each in kept if each.shortages for note in each.notes)
        self.short += bool(notes)
        self.first = self.first or notes
        for each in kept:
            needed = each.enough if each.shortages else each.most
            self._limits.setdefault(each.department, []).append((bool(each.shortages), needed))

    def forecast(self, department: str) -> Forecast:
        """All rehearsals together, for one department."""
        own = self._limits.get(department, [])
        needed = [limit for _, limit in own if limit is not None]
        short = sum(lacking for lacking, _ in own)
        enough = max(needed) if own and len(needed) == len(own) else None
        return Forecast(department=department, short=short, raised=len(own) - short, enough=enough)
