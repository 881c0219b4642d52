"""The rules of teams as data: slots, limits, recusals, meetings (specification 9.1).

Who may go, how many, how often: all of it is written down before the seed exists, and enters the commitment.
Whoever could edit a recusal or a carried load afterwards could choose who goes.
"""

from collections.abc import Iterable, Mapping
from typing import Final, TypeAlias, cast

from attrs import field, frozen

from dual_random.errors import Note
from dual_random.forms import (
    Conditions,
    Pairs,
    condition_faults,
    conditions,
    count_faults,
    flag_faults,
    kinds_faults,
    listed,
    pair_faults,
    pairs,
    positive_faults,
    refuse,
    repeat_faults,
    shape_error,
    text_of,
)
from dual_random.text import shown, text_fault, text_faults

Meetings: TypeAlias = tuple[tuple[tuple[str, str], int], ...]  # two inspectors in byte order, times met; sorted

_MOST_CONDITIONS: Final = 10  # demands that slots of one rule may name: all combinations are looked at before the seed


@frozen
class Slot:
    """Places of one kind on a visit: how many, who may fill them, on which visits.

    All places of a visit are filled by different people. Who is eligible follows from columns of the committed
    registers, so whoever has these can check it.

    Args:
        name: unique in the rule, e.g. ``"leader"``.
        count: how many places.
        where: columns of the inspectors and the values they may have; all conditions must hold.
        same: column of the inspectors to column of the enterprises: both must have the same value (district).
        only_for: the slot stands only on visits with this demand.
        not_for: the slot does not stand on visits with this demand.

    Raises:
        InputError: with all faults.

    >>> Slot("leader", where={"rank": "senior"}, same={"district": "street"}).count
    1
    """

    name: str
    count: int = 1
    where: Conditions = field(default=(), kw_only=True, converter=conditions)
    same: Pairs = field(default=(), kw_only=True, converter=pairs)
    only_for: str = field(default="", kw_only=True)
    not_for: str = field(default="", kw_only=True)

    def __attrs_post_init__(self) -> None:
        faults = text_faults({"name": self.name}) + positive_faults(self.count, "count")
        faults += condition_faults(self.where, "where") + pair_faults(self.same, "same")
        refuse(faults + self._demand_faults())

    def _demand_faults(self) -> list[Note]:
        faults = text_faults({"only_for": self.only_for, "not_for": self.not_for}, empty=True)
        if not faults and self.only_for and self.only_for == self.not_for:
            faults.append(Note("slot-never", "not_for", {"demand": shown(self.only_for)}))
        return faults

    def stands(self, demands: Iterable[str]) -> bool:
        """Whether visits with these demands have the slot.

        >>> Slot("boiler", only_for="特种设备").stands(["市监"])
        False
        """
        named = set(demands)
        return (not self.only_for or self.only_for in named) and self.not_for not in named


MEMBERS: Final = (Slot("member", 2),)


def _slots(value: Iterable[Slot]) -> tuple[Slot, ...]:
    """The slots; of none, two members: so the default has one digest, written out or left out."""
    return listed(value) or MEMBERS


@frozen
class TeamRule:
    """Slots and limits of one department, or of all that have no rule of their own.

    Each place goes to the candidate with the lowest load, among equals to the lowest ticket; so work is shared
    evenly, and among people who are alike everybody has the same chance of every visit.

    Args:
        department: whose teams; empty for all departments without a rule of their own.
        slots: the places of a visit, in declared order; by default two members, since nobody enforces the law alone
            (行政处罚法, Law on Administrative Penalties, 2021, article 42).
        most: the most visits of one inspector, the load carried along included; None for no limit.
        most_per_period: the most visits of one inspector in one period of this deal; None for no limit.
        carried: the inspectors' column with the load that each brings along, as whole numbers; empty for none.
        slack: how much more load than the least loaded one somebody may have and still be drawn by ticket alone.
            0 shares most evenly; 1 or 2 keep the last places of many small deals from being certain.
        rotate: whether, on equal load, those who have met the team least come before the ticket.
        relief: whether `most` is raised for all, by as little as does, where the visits cannot be staffed under it.

    Raises:
        InputError: with all faults.

    >>> rule = TeamRule("消防", slots=[Slot("leader", where={"rank": "senior"}), Slot("member")], most=40)
    >>> [slot.name for slot in rule.slots], [slot.count for slot in TeamRule().slots]
    (['leader', 'member'], [2])
    """

    department: str = ""
    slots: tuple[Slot, ...] = field(
        default=MEMBERS, kw_only=True, converter=_slots, metadata={"kind": Slot, "many": True}
    )
    most: int | None = field(default=None, kw_only=True)
    most_per_period: int | None = field(default=None, kw_only=True)
    carried: str = field(default="", kw_only=True)
    slack: int = field(default=0, kw_only=True)
    rotate: bool = field(default=False, kw_only=True)
    relief: bool = field(default=False, kw_only=True)

    def __attrs_post_init__(self) -> None:
        faults = text_faults({"department": self.department, "carried": self.carried}, empty=True)
        faults += kinds_faults(self.slots, Slot, "slots") or self._slot_faults()
        for name, limit in (("most", self.most), ("most_per_period", self.most_per_period)):
            faults += [] if limit is None else positive_faults(limit, name)
        faults += count_faults(self.slack, "slack")
        faults += flag_faults(self.rotate, "rotate") + flag_faults(self.relief, "relief")
        if self.relief is True and self.most is None:
            faults.append(Note("relief-without-most", "relief"))
        refuse(faults)

    def _slot_faults(self) -> list[Note]:
        faults = repeat_faults((slot.name for slot in self.slots), "slots")
        if len(self.demands) > _MOST_CONDITIONS:
            faults.append(Note("slot-demands-many", "slots", {"count": len(self.demands), "most": _MOST_CONDITIONS}))
        return faults

    @property
    def demands(self) -> frozenset[str]:
        """The demands on which slots depend."""
        return frozenset(name for slot in self.slots for name in (slot.only_for, slot.not_for) if name)

    @property
    def inspector_columns(self) -> frozenset[str]:
        """The columns of the inspectors' register that the rule reads, beside that of the department."""
        read = {column for slot in self.slots for column, _ in (*slot.where, *slot.same)}
        return frozenset(read | ({self.carried} if self.carried else set()))

    @property
    def enterprise_columns(self) -> frozenset[str]:
        """The columns of the enterprises' register that the rule reads."""
        return frozenset(column for slot in self.slots for _, column in slot.same)


@frozen
class Recusal:
    """An inspector who may not go to an enterprise (回避), or is absent in a period; neither named: at all.

    With both named, only that enterprise in that period is meant. It is committed before the seed exists and published
    with its reason, so nobody can be kept away because of what was drawn. (The duty: 行政处罚法, 2021, article 43.)

    Args:
        inspector: the id.
        enterprise: the id; empty for every enterprise.
        period: one of the plan's periods; empty for every period.
        reason: as published.

    Raises:
        InputError: with all faults.

    >>> Recusal("F07", enterprise="E1", reason="brother-in-law of the owner").period
    ''
    """

    inspector: str
    enterprise: str = ""
    period: str = ""
    reason: str = field(kw_only=True)

    def __attrs_post_init__(self) -> None:
        faults = text_faults({"inspector": self.inspector, "reason": self.reason})
        refuse(faults + text_faults({"enterprise": self.enterprise, "period": self.period}, empty=True))


def recusals(value: Iterable[Recusal]) -> tuple[Recusal, ...]:
    """Recusals in their one order: by inspector, enterprise, period; of what is none, the order stays."""
    kept = listed(value)
    if kinds_faults(kept, Recusal, ""):
        return kept
    return tuple(sorted(kept, key=lambda each: (each.inspector, each.enterprise, each.period, each.reason)))


def recusal_faults(value: tuple[Recusal, ...], at: str) -> list[Note]:
    """Why recusals cannot be used: parts of another kind, one stated twice."""
    faults = kinds_faults(value, Recusal, at)
    return faults or repeat_faults(((each.inspector, each.enterprise, each.period) for each in value), at)


_MEETING: Final = '{("F01", "F02"): 3}'


def meetings(value: Mapping[tuple[str, str], int] | Meetings) -> Meetings:
    """How often pairs of inspectors have met, in their one order; who stands first in a pair is no rule.

    >>> meetings({("F02", "F01"): 3, ("F01", "F03"): 1})
    ((('F01', 'F02'), 3), (('F01', 'F03'), 1))
    """
    rows = list(value.items()) if isinstance(value, Mapping) else listed(value)
    if not all(_is_pair(row) and _is_pair(row[0]) for row in rows):
        raise shape_error(_MEETING, value)
    told = [(tuple(sorted(pair, key=text_of)), times) for pair, times in rows]
    return cast(Meetings, tuple(sorted(told, key=lambda row: (*map(text_of, row[0]), text_of(row[1])))))


def _is_pair(value: object) -> bool:
    return isinstance(value, tuple | list) and len(value) == 2


def meeting_faults(value: Meetings, at: str) -> list[Note]:
    """Why meetings cannot be used: a pair twice, one person as a pair, no count; who never met stands in no pair."""
    faults = repeat_faults((pair for pair, _ in value), at)
    for pair, times in value:
        place = ".".join([at, *map(_place, pair)])
        unclean = [note for name in pair if (note := text_fault(name, place))]
        same = [Note("meeting-alone", place, {"name": pair[0]})] if not unclean and pair[0] == pair[1] else []
        faults += unclean + same + positive_faults(times, place)
    return faults


def _place(name: object) -> str:
    """A name as a place: as it stands if it is plain text, else as a message shows it."""
    return name if type(name) is str and name.isprintable() else shown(name)
