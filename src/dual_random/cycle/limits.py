"""Limits within which shares and frequencies may move: rules as data, stated before anything is measured."""

from collections.abc import Sequence
from fractions import Fraction
from math import isfinite
from typing import Final, TypeAlias, cast

from attrs import field, frozen

from dual_random.errors import InputError, Note
from dual_random.forms import is_count, listed, positive_faults, refuse, repeat_faults
from dual_random.text import Share, parse_share, percent_text, share_text, shown, text_faults

Box: TypeAlias = tuple[int, int]

WEIGHT: Final = 5


def _exact(value: Share) -> Fraction:
    """A share as a fraction; what is none stays for the check to name."""
    try:
        return parse_share(value, high=None)
    except InputError:
        return cast(Fraction, value)


@frozen(kw_only=True)
class ShareRule:
    """How the shares of classes (抽查比例) may move.

    Args:
        order: the classes, from the least risk to the greatest: no class ever has a larger share than one behind it.
        lowest, highest: bounds of every share.
        most_change: the most that a share is multiplied or divided by in one round, e.g. ``"3/2"``: of 4 % come 2.67 %
            to 6 %.
        weight: expected problems that the expectation is trusted with: the larger, the slower.
        step: shares are whole multiples of it.

    Raises:
        InputError: with all faults.

    >>> ShareRule(order=["A", "B", "C", "D"], lowest="0.5%", highest="50%").most_change
    Fraction(3, 2)
    """

    order: tuple[str, ...] = field(converter=listed)
    lowest: Fraction = field(default=Fraction(0), converter=_exact)
    highest: Fraction = field(default=Fraction(1), converter=_exact)
    most_change: Fraction = field(default=Fraction(3, 2), converter=_exact)
    weight: int = WEIGHT
    step: Fraction = field(default=Fraction(1, 10_000), converter=_exact)

    def __attrs_post_init__(self) -> None:
        faults = order_faults(self.order) + positive_faults(self.weight, "weight")
        faults += _share_faults(self.lowest, "lowest") + _share_faults(self.highest, "highest")
        faults += _factor_faults(self.most_change, "most_change")
        faults += _share_faults(self.step, "step")
        refuse(faults)
        if self.step == 0:
            faults.append(Note("step-zero", "step"))
        if self.lowest > self.highest:
            told = {"low": percent_text(self.lowest), "high": percent_text(self.highest)}
            faults.append(Note("limits-crossed", "highest", told))
        refuse(faults)

    @property
    def unit(self) -> Fraction:
        """The step."""
        return self.step

    def box(self, value: Fraction) -> Box:
        """The lowest and the highest share that may follow, in steps; neither falls as the present share rises."""
        low, high = max(self.lowest, value / self.most_change), min(self.highest, value * self.most_change)
        return _ceil(low / self.step), high // self.step

    def bound(self, value: Fraction, *, upwards: bool) -> Fraction | None:
        """The bound that stops a share; None if the most change of one round stops it before."""
        if upwards:
            return self.highest if self.highest <= value * self.most_change else None
        return self.lowest if self.lowest >= value / self.most_change else None

    def read(self, value: object, at: str) -> Fraction:
        """A present share."""
        share = parse_share(value, at)
        refuse(_present_faults(share, self, self.lowest, self.highest, at))
        return share

    def told(self, value: Fraction) -> str:
        """A share as a percentage."""
        return percent_text(value)

    @property
    def note(self) -> Note:
        """The rule in a sentence."""
        told: dict[str, str | int] = {"order": " ≤ ".join(self.order), "weight": self.weight}
        told |= {"low": self.told(self.lowest), "high": self.told(self.highest), "step": self.told(self.step)}
        return Note("share-rule", "", {**told, "factor": share_text(self.most_change)})


@frozen(kw_only=True)
class FrequencyRule:
    """How the frequencies of classes (抽查频次), in times a year, may move.

    Args:
        order: the classes, from the least risk to the greatest.
        lowest, highest: bounds, whole numbers of times a year.
        most_change: the most times more or less in one round.
        weight: expected problems that the expectation is trusted with.

    Raises:
        InputError: with all faults.

    >>> FrequencyRule(order=["A", "B", "C", "D"], lowest=1, highest=4).box(Fraction(2))
    (1, 3)
    """

    order: tuple[str, ...] = field(converter=listed)
    lowest: int = 0
    highest: int = 12
    most_change: int = 1
    weight: int = WEIGHT

    def __attrs_post_init__(self) -> None:
        faults = order_faults(self.order) + positive_faults(self.weight, "weight")
        for name in ("lowest", "highest", "most_change"):
            faults += [] if is_count(getattr(self, name)) else [_times_note(getattr(self, name), name)]
        if not faults and self.lowest > self.highest:
            faults.append(Note("limits-crossed", "highest", {"low": self.lowest, "high": self.highest}))
        refuse(faults)

    @property
    def unit(self) -> Fraction:
        """One time."""
        return Fraction(1)

    def box(self, value: Fraction) -> Box:
        """The lowest and the highest number of times that may follow; neither falls as the present number rises."""
        times = int(value)
        return max(self.lowest, times - self.most_change), min(self.highest, times + self.most_change)

    def bound(self, value: Fraction, *, upwards: bool) -> Fraction | None:
        """The bound that stops a number of times; None if the most change of one round stops it before."""
        if upwards:
            return Fraction(self.highest) if self.highest <= value + self.most_change else None
        return Fraction(self.lowest) if self.lowest >= value - self.most_change else None

    def read(self, value: object, at: str) -> Fraction:
        """A present number of times."""
        if not (is_count(value) and isinstance(value, int)):
            raise InputError([_times_note(value, at)])
        refuse(_present_faults(Fraction(value), self, Fraction(self.lowest), Fraction(self.highest), at))
        return Fraction(value)

    def told(self, value: Fraction) -> str:
        """A number of times as text."""
        return share_text(value)

    @property
    def note(self) -> Note:
        """The rule in a sentence."""
        told: dict[str, str | int] = {"order": " ≤ ".join(self.order), "weight": self.weight}
        told |= {"change": self.most_change}
        return Note("frequency-rule", "", {**told, "low": self.lowest, "high": self.highest})


Rule: TypeAlias = ShareRule | FrequencyRule


# ---- faults


def _ceil(value: Fraction) -> int:
    return -(-value.numerator // value.denominator)


def order_faults(order: Sequence[object]) -> list[Note]:
    """Why a list of classes is no order: names that are not clean, a class twice, fewer than two."""
    faults = text_faults({f"order[{i}]": name for i, name in enumerate(order)}) + repeat_faults(order, "order")
    return faults if len(order) > 1 else [*faults, Note("classes-few", "order", {"count": len(order)})]


def _share_faults(value: object, at: str, *, low: int = 0, high: int | None = 1) -> list[Note]:
    try:
        parse_share(value, at, low=low, high=high)
    except InputError as error:
        return list(error.faults)
    return []


def _factor_faults(value: object, at: str) -> list[Note]:
    """Why a value is no factor: a float is told as the fraction that it looks like, never as a percentage."""
    if not isinstance(value, float):
        return _share_faults(value, at, low=1, high=None)
    text = float.__repr__(value)
    written = share_text(Fraction(text)) if isfinite(value) else "3/2"
    return [Note("share-float", at, {"value": text, "text": written})]


def _times_note(value: object, at: str) -> Note:
    return Note("times-form", at, {"value": shown(value)})


def _present_faults(value: Fraction, rule: Rule, low: Fraction, high: Fraction, at: str) -> list[Note]:
    faults = []
    if not low <= value <= high:
        told = {"value": rule.told(value), "low": rule.told(low), "high": rule.told(high)}
        faults.append(Note("present-outside", at, told))
    if value % rule.unit:
        faults.append(Note("present-off-step", at, {"value": rule.told(value), "step": rule.told(rule.unit)}))
    return faults
