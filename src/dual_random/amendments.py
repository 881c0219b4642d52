"""Amendments: what was changed after the seed, one after another (specification 17).

Nothing is redrawn. What came to be known later (a firm that is closed, a person who is ill) is stated with its day and
a reason code, and what follows from it is what the tickets of the same draw say (`dual_random.successions`). A list of
amendments can only grow: whoever changed, left out or reordered one would change the digests of all that follow.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final, TypeAlias

from attrs import field, frozen

from dual_random.dates import day_faults
from dual_random.errors import Note
from dual_random.forms import Pairs, listed, pair_faults, pairs, refuse, repeat_faults
from dual_random.plain import to_plain
from dual_random.schemes import Scheme, digest, digest_faults
from dual_random.text import canonical_json, shown, text_faults

ENTERPRISE_REASONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "deregistered": "已注销",
        "revoked": "已吊销",
        "closed": "停业歇业",
        "moved": "迁出辖区",
        "untraceable": "查无下落",
        "not-subject": "不属检查对象",
    }
)
INSPECTOR_REASONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "ill": "病假",
        "on-leave": "休假",
        "other-duty": "另有公务",
        "transferred": "调离",
        "certificate": "执法证失效",
        "recused": "应当回避",
    }
)

_CODES: Final = {term: code for code, term in [*ENTERPRISE_REASONS.items(), *INSPECTOR_REASONS.items()]}
FOR_GOOD: Final = frozenset({"transferred", "certificate"})  # reasons for which a person goes nowhere any more
THERE: Final = frozenset({"recused"})  # … not to this enterprise; for all others, not in this period

Filled: TypeAlias = tuple[str, str, str, str]  # enterprise, department, slot, inspector
Spot: TypeAlias = tuple[str, str]  # enterprise, period

_PLACE_RULE: Final = '["91330203…", "消防", "leader", "F01"]'
_PLACE_PARTS: Final = 4


def _reason(value: str) -> str:
    """A reason's code; its Chinese term is the same reason."""
    return _CODES.get(value, value) if isinstance(value, str) else value


@frozen(kw_only=True)
class Change:
    """What came to be known after the draw: an enterprise that cannot be visited, or a person who cannot come.

    Args:
        enterprise: whose visit it is. Empty, with an inspector: every visit of this person, in the period if one is
            given, as it is when somebody is on leave.
        inspector: who cannot come; empty if the enterprise cannot be visited.
        period: of the visit, if the enterprise has more than one.
        reason: a code, or its Chinese term: for an enterprise deregistered (已注销), revoked (已吊销), closed
            (停业歇业), moved (迁出辖区), untraceable (查无下落), not-subject (不属检查对象); for a person ill (病假),
            on-leave (休假), other-duty (另有公务), transferred (调离), certificate (执法证失效), recused (应当回避).
        on: the day on which it was stated, as ISO text.

    Raises:
        InputError: with all faults.

    >>> Change(enterprise="E1", reason="closed", on="2024-08-12").period
    ''
    """

    enterprise: str = ""
    inspector: str = ""
    period: str = ""
    reason: str = field(converter=_reason)
    on: str

    def __attrs_post_init__(self) -> None:
        refuse(self._faults(text_faults({"enterprise": self.enterprise}, empty=bool(self.inspector))))

    def _faults(self, unnamed: list[Note]) -> list[Note]:
        known = INSPECTOR_REASONS if self.inspector else ENTERPRISE_REASONS
        faults = unnamed + text_faults({"inspector": self.inspector, "period": self.period}, empty=True)
        if not (isinstance(self.reason, str) and self.reason in known):
            told = {"value": shown(self.reason), "known": ", ".join(map(" ".join, known.items()))}
            faults.append(Note("reason-unknown", "reason", told))
        return faults + day_faults(self.on, "on")


def _filled(value: Iterable[Filled]) -> tuple[Filled, ...]:
    return tuple([tuple(place) if isinstance(place, list) else place for place in listed(value)])


def _filled_faults(value: object, at: str) -> list[Note]:
    if not isinstance(value, tuple) or len(value) != _PLACE_PARTS:
        return [Note("plan-shape", at, {"rule": _PLACE_RULE, "value": shown(value)})]
    return [note for i, part in enumerate(value) for note in text_faults({f"{at}[{i}]": part})]


@frozen(kw_only=True)
class Amendment(Change):
    """One change, and what follows from it by the tickets of the draw.

    Args:
        enterprise, inspector, period, reason, on: as `Change`; the period is that of the visit, empty where the plan
            declares none.
        previous: the digest of the amendment before, or of the record as it was drawn.
        substitutes: demand to the enterprise that takes the place; a demand that is not named has nobody left.
        places: who goes now, as (enterprise, department, slot, inspector): for an enterprise all places filled at its
            substitutes, for a person the one place; none if nobody is left.

    Raises:
        InputError: with all faults.

    >>> amendment = Amendment(enterprise="E1", reason="closed", on="2024-08-12", previous="0f" * 32,
    ...                       substitutes={"消防": "E7", "市监": "E7"})
    >>> amendment.takers, amendment.told_reason
    ({'E7': ('市监', '消防')}, 'closed 停业歇业')
    """

    previous: str
    substitutes: Pairs = field(default=(), converter=pairs)
    places: tuple[Filled, ...] = field(default=(), converter=_filled)

    def __attrs_post_init__(self) -> None:
        faults = self._faults(text_faults({"enterprise": self.enterprise})) + digest_faults(self.previous, "previous")
        faults += pair_faults(self.substitutes, "substitutes")
        filled = [note for i, place in enumerate(self.places) for note in _filled_faults(place, f"places[{i}]")]
        refuse(faults + (filled or repeat_faults(self.places, "places")))

    @property
    def told_reason(self) -> str:
        """The reason's code and Chinese term, for readers of either language."""
        return f"{self.reason} {(INSPECTOR_REASONS if self.inspector else ENTERPRISE_REASONS)[self.reason]}"

    @property
    def spot(self) -> Spot:
        """The visit that is changed: its enterprise and period."""
        return self.enterprise, self.period

    def keeps_out(self, inspector: str, spot: Spot) -> bool:
        """Whether a person who gave up a place by this amendment may not come to a visit, by the reason."""
        if inspector != self.inspector or self.reason in FOR_GOOD:
            return inspector == self.inspector
        return self.enterprise == spot[0] if self.reason in THERE else self.period == spot[1]

    @property
    def takers(self) -> dict[str, tuple[str, ...]]:
        """The enterprises that take the place, each with its demands in byte order."""
        found: dict[str, list[str]] = {}
        for demand, enterprise in self.substitutes:
            found.setdefault(enterprise, []).append(demand)
        return {enterprise: tuple(demands) for enterprise, demands in found.items()}

    def to_json(self) -> bytes:
        """The amendment as canonical JSON: ``sha256sum`` of these bytes is its digest."""
        return canonical_json(to_plain(self))

    def digest(self, scheme: Scheme) -> str:
        """What the next amendment, or a plan that staffs the amended record, refers to."""
        return digest(scheme, self.to_json())


SOUND: Final = Amendment(enterprise="-", reason="closed", on="2000-01-01", previous="0" * 64)


def link_faults(amendments: Iterable[Amendment], drawn: str, scheme: Scheme) -> list[Note]:
    """Where an amendment does not name the digest before it; `drawn` is that of the record without amendments.

    Whoever knows the digest of the last amendment knows the draw only through these links.
    """
    faults, due = [], drawn
    for i, amendment in enumerate(amendments):
        if amendment.previous != due:
            told = {"stated": amendment.previous, "due": due}
            faults.append(Note("amendment-unlinked", f"amendments[{i}].previous", told))
        due = amendment.digest(scheme)
    return faults
