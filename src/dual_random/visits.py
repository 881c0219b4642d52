"""Visits and what they amount to: plain values, as they stand in a record."""

import re
from functools import lru_cache
from typing import Final, Literal, TypeAlias

from attrs import field, frozen

from dual_random.errors import Note
from dual_random.forms import choice_faults, count_faults, flag_faults, kind_faults, listed, refuse
from dual_random.rates import Rate
from dual_random.schemes import is_digest
from dual_random.text import shown, text_fault, text_faults

Layout: TypeAlias = Literal["nested"]

_BOUND: Final = re.compile(r"(0|[1-9][0-9]{0,15})\.[0-9]{2}", re.ASCII)


@frozen
class Served:
    """What a visit is for: its demands and departments, both in byte order, and the department that leads."""

    demands: tuple[str, ...]
    departments: tuple[str, ...]
    lead: str


def _names_faults(part: str, names: tuple[str, ...]) -> tuple[Note, ...]:
    hashable = all(isinstance(name, str) for name in names)  # what a file holds may be anything
    return (_known_names_faults if hashable else _known_names_faults.__wrapped__)(part, names)


@lru_cache(maxsize=4096)  # a record's visits share few combinations of names
def _known_names_faults(part: str, names: tuple[str, ...]) -> tuple[Note, ...]:
    faults = [note for i, name in enumerate(names) if (note := text_fault(name, f"{part}[{i}]"))]
    if not names or list(names) != sorted(set(map(str, names))):
        faults.append(Note("names-order", part))
    return tuple(faults)


@frozen(kw_only=True)
class Visit:
    """One enterprise that was drawn: its ticket, the demands it was drawn for, the departments that come.

    Args:
        enterprise: its id.
        ticket: 64 hex digits; among the lowest of its stratum for each of its demands.
        demands, departments: in byte order.
        lead: the first department in the plan's declared order.
    """

    enterprise: str
    ticket: str
    demands: tuple[str, ...] = field(converter=listed)
    departments: tuple[str, ...] = field(converter=listed)
    lead: str

    def __attrs_post_init__(self) -> None:
        faults = text_faults({"enterprise": self.enterprise, "lead": self.lead})
        if not is_digest(self.ticket):
            faults.append(Note("digest-form", "ticket", {"value": shown(self.ticket)}))
        refuse([*faults, *_names_faults("demands", self.demands), *_names_faults("departments", self.departments)])

    @property
    def served(self) -> Served:
        """What the visit is for, without whom it is paid to."""
        return Served(self.demands, self.departments, self.lead)

    @property
    def joint(self) -> bool:
        """Whether two or more departments come."""
        return len(self.departments) > 1


@frozen(kw_only=True)
class Outcome:
    """What a draw amounts to, in exact counts.

    Args:
        visits, joint_visits: all, and those by two departments or more.
        checks, joint_checks: departments summed over all visits, and over the joint ones.
        target_met: whether the joint-sampling rate reaches the plan's target; true without a target.
        best: the highest rate that any layout of these checks reaches; None if there are no visits.
        bound: no method expects fewer visits; the exact sum, rounded down to 0.01.
        layout: how the checks of a cell share visits.
        over: cells in which a visit has more departments than the plan's most.
    """

    visits: int
    joint_visits: int
    checks: int
    joint_checks: int
    target_met: bool
    best: Rate | None = field(default=None, metadata={"kind": Rate})
    bound: str = "0.00"
    layout: Layout = "nested"
    over: int = 0

    def __attrs_post_init__(self) -> None:
        counts = ("visits", "joint_visits", "checks", "joint_checks", "over")
        faults = [note for name in counts for note in count_faults(getattr(self, name), name)]
        faults += flag_faults(self.target_met, "target_met")
        faults += [] if self.best is None else kind_faults(self.best, Rate, "best")
        if not _BOUND.fullmatch(str(self.bound)):
            faults.append(Note("bound-form", "bound", {"value": shown(self.bound)}))
        refuse([*faults, *choice_faults(self.layout, Layout, "layout")])
