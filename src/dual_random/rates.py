"""Rates that keep their counts, and published rates held against the counts beside them.

A bare "49.60 %" cannot be checked: of visits or of checks, of which district, as of when? A `Rate` is two
counts and what they count; its percentage is rounded once, half up, on the exact fraction. `reconcile` turns a
published percentage round: which counts would print so?
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import permutations
from types import MappingProxyType
from typing import Final, Literal, Self, TypeAlias, get_args

from attrs import field, frozen

from dual_random.errors import InputError, Lang, Note
from dual_random.forms import COUNTS_END, is_count, kinds_faults, listed
from dual_random.text import decimal_text, parse_share, repeated_texts, shown, text_fault, text_faults

Measure: TypeAlias = Literal["visits", "checks"]

JOINT_SAMPLING_RATE: Final = "joint-sampling rate"
DOUBLE_RANDOM_SHARE: Final = "double-random share"

_UNDEFINED: Final = "–"
_SPEC: Final = re.compile(r"\.([0-9]{1,2})%", re.ASCII)
_PRINTED: Final = re.compile(r"[0-9]{1,40}(?:\.([0-9]{1,40}))?%", re.ASCII)
_NONE: Final[Mapping[str, int]] = MappingProxyType({})
# What stands in several rows of such a table: a joint visit under each of its departments, a check under each of its
# inspectors, an enterprise in each month in which somebody came, an item of the list wherever it is used.
_REPEATED: Final = frozenset(
    {
        *(("visits", by) for by in ("department", "inspectors", "items")),
        *(("checks", by) for by in ("inspectors", "items")),
        *(("enterprises", by) for by in ("department", "month")),
        *(("items", by) for by in ("department", "month", "plan")),
        ("tasks", "month"),
    }
)


def _count_faults(counts: Mapping[str, object]) -> list[Note]:
    return [Note("rate-count", at, {"value": shown(value)}) for at, value in counts.items() if not is_count(value)]


def _part_faults(numerator: int, denominator: int) -> list[Note]:
    faults = _count_faults({"numerator": numerator, "denominator": denominator})
    if not faults and numerator > denominator:
        faults.append(Note("rate-above-one", "numerator", {"numerator": numerator, "denominator": denominator}))
    return faults


@frozen
class Rate:
    """A part and its whole as two counts, with what they count: never a bare percentage.

    The counts decide and stay; the percentage is derived from them exactly, so two people who print the same rate
    print the same text, and a reader can recompute it.

    Args:
        numerator: the part, an int.
        denominator: the whole, an int. A part is never more than its whole: a numerator above the denominator
            is refused, because it is two numbers exchanged, or counted by different measures.
        of: what both count: "visits", "checks", "items", … Never left out: 49.60 % of visits that join two
            departments is 66.31 % of checks.
        name: of the indicator.
        scope: where or for whom it was counted, e.g. a district or a department.
        as_of: until when, as text.
        by: what `scope` is one of, e.g. "department" or "month".

    Raises:
        InputError: counts that are no ints from 0 to 2**53 - 1, a numerator above the denominator, text that
            is not clean, an empty `of`; all of them at once.

    >>> rate = Rate(9685, 19526, of="visits")
    >>> print(rate)
    9685/19526 = 49.60% of visits
    >>> f"{rate:.4%}"
    '49.6005%'
    """

    numerator: int
    denominator: int
    of: str = field(kw_only=True)
    name: str = field(default="", kw_only=True)
    scope: str = field(default="", kw_only=True)
    as_of: str = field(default="", kw_only=True)
    by: str = field(default="", kw_only=True)

    def __attrs_post_init__(self) -> None:
        labels = {"name": self.name, "scope": self.scope, "as_of": self.as_of, "by": self.by}
        faults = _part_faults(self.numerator, self.denominator)
        faults += text_faults({"of": self.of}) + text_faults(labels, empty=True)
        if faults:
            raise InputError(faults)

    @property
    def value(self) -> Fraction:
        """The exact fraction.

        Raises:
            InputError: 0/0, which has no value; printing it gives a dash.

        >>> Rate(62, 125, of="checks").value
        Fraction(62, 125)
        """
        if not self.denominator:
            raise InputError([Note("rate-undefined", "denominator")])
        return Fraction(self.numerator, self.denominator)

    def __format__(self, spec: str) -> str:
        """The percentage by ``.2%`` or any number of decimals below 100, half up; without a spec as `str()`.

        Raises:
            InputError: any other spec.

        >>> f"{Rate(1, 8, of='visits'):.0%} {Rate(1, 8, of='visits'):.2%} {Rate(0, 0, of='visits'):.2%}"
        '13% 12.50% –'
        """
        if not spec:
            return str(self)
        match = _SPEC.fullmatch(spec)
        if not match:
            raise InputError([Note("rate-format", "", {"value": shown(spec)})])
        if not self.denominator:
            return _UNDEFINED
        return f"{decimal_text(100 * self.value, int(match[1]))}%"

    @property
    def counts(self) -> str:
        """Both counts and the percentage, without what they count: ``9685/20535 = 47.16%``."""
        return f"{self.numerator}/{self.denominator} = {self:.2%}"

    def __str__(self) -> str:
        return f"{self.counts} of {self.of}"

    @classmethod
    def pool(cls, rates: Iterable["Rate"], *, scope: str) -> Self:
        """The rate over several scopes: counts are added, percentages never averaged.

        Only counts that are disjoint can be added. A joint visit stands in the row of each of its departments, so
        visits over departments are refused (checks may be added), and so are enterprises over departments or
        months. `as_of` is kept if all have the same.

        Args:
            rates: of one name, one measure and one kind of scope (`by`), every scope once; at least one.
            scope: what all of them together cover.

        Raises:
            InputError: no rates, mixed ones, a scope twice, counts that overlap.

        >>> print(Rate.pool([Rate(1, 2, of="visits"), Rate(0, 8, of="visits")], scope="2024"))
        1/10 = 10.00% of visits
        """
        parts: tuple[Rate, ...] = listed(rates)
        faults = kinds_faults(parts, Rate, "rates") or _pool_faults(parts)
        if faults:
            raise InputError(faults)
        dates = {rate.as_of for rate in parts}
        return cls(
            sum(rate.numerator for rate in parts),
            sum(rate.denominator for rate in parts),
            of=parts[0].of,
            name=parts[0].name,
            scope=scope,
            as_of=dates.pop() if len(dates) == 1 else "",
        )


def _pool_faults(rates: Sequence[Rate]) -> list[Note]:
    if not rates:
        return [Note("rate-pool-empty", "rates")]
    first = rates[0]
    faults = [
        Note("rate-pool-mixed", f"rates[{i}].{kind}", {"value": shown(one), "first": shown(expected)})
        for kind, expected in (("of", first.of), ("name", first.name), ("by", first.by))
        for i, one in enumerate(getattr(rate, kind) for rate in rates)
        if one != expected
    ]
    if (first.of, first.by) in _REPEATED:
        faults.append(Note("rate-pool-overlap", "rates", {"of": first.of, "by": first.by}))
    repeated = repeated_texts(rate.scope for rate in rates if rate.scope)
    return faults + [Note("rate-pool-repeated", "rates", {"scope": shown(scope)}) for scope in repeated]


# ---- indicators


def joint_sampling_rate(joint: int, total: int, *, of: Measure = "visits", scope: str = "", as_of: str = "") -> Rate:
    """The cross-department rate (跨部门联合抽查率): joint visits, or checks in them, over all double-random ones.

    No official formula is published; this one always shows its counts and its measure.

    Args:
        joint: visits by two or more departments, or the checks made in them.
        total: all double-random visits, or checks.
        of: "visits" (户次) or "checks" (one department in one visit).
        scope: of both counts.
        as_of: until when they were counted.

    Raises:
        InputError: as `Rate`; another measure.

    >>> print(joint_sampling_rate(9685, 19526))
    9685/19526 = 49.60% of visits
    """
    if of not in get_args(Measure):
        faults = [Note("rate-measure", "of", {"value": shown(of)}), *_part_faults(joint, total)]
        raise InputError(faults + text_faults({"scope": scope, "as_of": as_of}, empty=True))
    return Rate(joint, total, of=of, name=JOINT_SAMPLING_RATE, scope=scope, as_of=as_of)


def double_random_share(double_random: int, total: int, *, scope: str = "", as_of: str = "") -> Rate:
    """The share of inspections that were drawn (双随机占比): double-random visits over all visits.

    Raises:
        InputError: as `Rate`.

    >>> print(double_random_share(20535, 30102))
    20535/30102 = 68.22% of visits
    """
    return Rate(double_random, total, of="visits", name=DOUBLE_RANDOM_SHARE, scope=scope, as_of=as_of)


def interruptions_avoided(departments_per_visit: Iterable[int]) -> int:
    """How often firms were spared (减少企业干扰): checks less visits, the sum of departments - 1 over the visits.

    Args:
        departments_per_visit: for every visit the number of its departments, at least 1.

    Raises:
        InputError: numbers that are no ints of 1 or more, all of them with their rows.

    >>> interruptions_avoided([1, 2, 3, 1])
    3
    """
    counts = tuple(departments_per_visit)
    faults = [
        Note("rate-departments", f"row {row}", {"value": shown(count)})
        for row, count in enumerate(counts, start=1)
        if not (is_count(count) and count)
    ]
    if faults:
        raise InputError(faults)
    return sum(counts) - len(counts)


# ---- published rates against their counts


@frozen
class _Percentage:
    """A percentage as printed: `units` of its last decimal, `scale` of them in the whole (49.60% = 4960 of 10000)."""

    units: int
    places: int

    @classmethod
    def of(cls, printed: str) -> "_Percentage":
        match = _PRINTED.fullmatch(printed)
        places = len((match and match[1]) or "")
        return cls(int(parse_share(printed) * 100 * 10**places), places)

    @property
    def scale(self) -> int:
        return 100 * int(10**self.places)

    # n/d prints as u units of s iff floor(n*s/d + 1/2) == u, that is (2u-1)*d <= 2*s*n < (2u+1)*d.

    def shows(self, numerator: int, denominator: int) -> bool:
        twice = 2 * self.scale * numerator
        above = (2 * self.units + 1) * denominator
        return numerator <= denominator and above - 2 * denominator <= twice < above

    def numerators(self, denominator: int) -> range:
        step = 2 * self.scale
        first = -((1 - 2 * self.units) * denominator // step)
        end = -(-(2 * self.units + 1) * denominator // step)
        return range(max(first, 0), min(end, denominator + 1))

    def denominators(self, numerator: int) -> range:
        twice = 2 * self.scale * numerator
        first = max(twice // (2 * self.units + 1) + 1, numerator)
        if not self.units:
            return range(first, max(first, COUNTS_END))
        return range(first, max(first, min(twice // (2 * self.units - 1) + 1, COUNTS_END)))


@frozen
class Reconciliation:
    """A published rate held against its counts: whether it follows from them, and what would have to be true.

    All answers are derived from the three fields, by integers only; a difference is a result, not an error.
    `str()` is a short report in English, `notes` the same as data.

    Args:
        printed: the rate as published.
        computed: the rate of the counts that are said to give it.
        among: other counts of the same publication, by name.

    Raises:
        InputError: a printed rate of another form, counts that are none; all of them.
    """

    printed: str
    computed: Rate
    among: tuple[tuple[str, int], ...] = ()

    def __attrs_post_init__(self) -> None:
        faults = _printed_faults(self.printed) + _among_faults(dict(self.among))
        if faults:
            raise InputError(faults)

    @property
    def holds(self) -> bool:
        """Whether the counts print as the published rate, half up at its precision; never for 0/0."""
        return self._percentage.shows(self.computed.numerator, self.computed.denominator)

    @property
    def numerators(self) -> range:
        """All counts that give the printed rate with this denominator."""
        return self._percentage.numerators(self.computed.denominator)

    @property
    def denominators(self) -> range:
        """All counts that give the printed rate with this numerator.

        A rate printed as zero has no largest denominator: the range then ends where counts end, at 2**53 - 1.
        """
        return self._percentage.denominators(self.computed.numerator)

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Names (part, whole) among the given counts whose rate prints as the published one, in the order given."""
        tried = permutations(self.among, 2)
        return tuple((a, b) for (a, part), (b, whole) in tried if self._percentage.shows(part, whole))

    @property
    def notes(self) -> tuple[Note, ...]:
        """What was found, as data: whether it holds; if not, the counts that would give it; the pairs."""
        places = max(self._percentage.places, 2)
        shared: dict[str, str | int] = {"printed": self.printed, "computed": f"{self.computed:.{places}%}"}
        shared |= {"numerator": self.computed.numerator, "denominator": self.computed.denominator}
        if self.holds:
            return (Note("rate-follows", "", shared), *self._pair_notes())
        return (Note("rate-differs", "", shared), *self._range_notes(shared), *self._pair_notes())

    def text(self, lang: Lang = "en") -> str:
        """The notes as a short report, one a line, in English or Chinese."""
        return "\n".join(note.text(lang) for note in self.notes)

    def __str__(self) -> str:
        return self.text()

    @property
    def _percentage(self) -> _Percentage:
        return _Percentage.of(self.printed)

    def _range_notes(self, shared: Mapping[str, str | int]) -> list[Note]:
        parts, wholes = self.numerators, self.denominators
        most = "∞" if not self._percentage.units else wholes[-1] if wholes else 0
        return [
            Note("rate-numerators", "", {**shared, "low": parts[0], "high": parts[-1]})
            if parts
            else Note("rate-no-numerator", "", shared),
            Note("rate-denominators", "", {**shared, "low": wholes[0], "high": most})
            if wholes
            else Note("rate-no-denominator", "", shared),
        ]

    def _pair_notes(self) -> list[Note]:
        if self.among and not self.pairs:
            return [Note("rate-no-pair", "", {"printed": self.printed, "count": len(self.among)})]
        return [Note("rate-pair", "", {"printed": self.printed, "part": a, "whole": b}) for a, b in self.pairs]


def reconcile(
    printed: str, numerator: int, denominator: int, *, among: Mapping[str, int] = _NONE, of: str = "counts"
) -> Reconciliation:
    """A printed rate, at its printed precision, against its counts; a difference is a result, not an error.

    Published figures often do not close. Instead of bending a formula to fit, this says which numerators and which
    denominators would give the rate, and whether any two of the published counts do.

    Args:
        printed: the rate as published, e.g. ``"49.60%"``; rounding is taken to be half up.
        numerator: the count that is said to be the part.
        denominator: the count that is said to be the whole.
        among: counts of the same publication by name; all ordered pairs of them are tried.
        of: what the two counts count, if the publication says.

    Raises:
        InputError: text that is no percentage of at most 100 %, counts that are no counts, all of them.

    >>> found = reconcile("49.60%", 9685, 20535, among={"inspections": 30102, "random": 20535, "joint": 9685})
    >>> found.holds, found.denominators, found.pairs
    (False, range(19525, 19529), ())
    >>> print(found)
    49.60% does not follow from 9685/20535 = 47.16%: ask the publisher for the counts behind it
    49.60% of 20535 needs a numerator from 10185 to 10186
    49.60% with the numerator 9685 needs a denominator from 19525 to 19528
    no two of the 3 given counts give 49.60%
    """
    faults = _printed_faults(printed) + _part_faults(numerator, denominator)
    faults += text_faults({"of": of}) + _among_faults(among)
    if faults:
        raise InputError(faults)
    return Reconciliation(printed, Rate(numerator, denominator, of=of), tuple(among.items()))


def _printed_faults(printed: object) -> list[Note]:
    if not (isinstance(printed, str) and _PRINTED.fullmatch(printed)):
        return [Note("rate-printed", "printed", {"value": shown(printed)})]
    try:
        parse_share(printed, "printed")
    except InputError as error:
        return list(error.faults)
    return []


def _among_faults(among: Mapping[str, int]) -> list[Note]:
    names = [text_fault(name, "among") for name in among]
    return [note for note in names if note] + _count_faults({f"among.{name}": count for name, count in among.items()})
