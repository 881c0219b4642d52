"""How far a detection rate departs from what was expected, drawn towards "not at all" where little was looked at.

Two problems in three visits are no rate of 67 %. Each class is compared with an expectation, and a stated number of
expected problems is added to what was found and to what was expected, so that few visits say little, many say what
they say, and one problem more or less never moves a class by more than a stated step.
"""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Final

from attrs import frozen

from dual_random.cycle.terms import OF_MODES, PROBLEM_DETECTION, base
from dual_random.errors import InputError, Note
from dual_random.forms import kinds_faults, listed, refuse
from dual_random.rates import Rate
from dual_random.text import Share, parse_share, shown

VISITS: Final = "visits"
_SHOWN: Final = 3


@frozen(kw_only=True)
class Evidence:
    """What was found in one class, and what was to be expected there.

    Args:
        name: of the class.
        problems, visits: visits with a problem, of visits.
        expected: the rate of problems that was to be expected.
        weight: the expected problems that the expectation is trusted with.
    """

    name: str
    problems: int
    visits: int
    expected: Fraction
    weight: int

    @property
    def index(self) -> Fraction:
        """Problems found over problems expected, both with `weight` added: 1 is as expected.

        (x + w) / (n·p + w). It never falls in x; it is 1 without visits; it differs from 1 by |x − n·p| / (n·p + w), so
        by at most 1/w for each problem more or less than expected. (A gamma prior of mean 1 on the relative rate:
        D. Clayton & J. Kaldor, *Empirical Bayes estimates of age-standardized relative risks*, Biometrics 1987.)

        >>> Evidence(name="C", problems=2, visits=3, expected=Fraction(1, 10), weight=5).index
        Fraction(70, 53)
        >>> Evidence(name="C", problems=200, visits=300, expected=Fraction(1, 10), weight=5).index
        Fraction(41, 7)
        """
        return Fraction(self.problems + self.weight) / (self.visits * self.expected + self.weight)

    @property
    def rate(self) -> Fraction:
        """The shrunk detection rate: the expected one times the index.

        With m = w/p, the visits in which w problems are to be expected, it is (x + m·p) / (n + m): the found rate and
        the expected one, weighted by n and m.
        """
        return self.expected * self.index


def read_evidence(
    order: Sequence[str], detections: Iterable[Rate], expected: Mapping[str, Share] | None, weight: int
) -> tuple[Evidence, ...]:
    """The evidence of every class, in their order; a class without a rate was not visited.

    Args:
        order: the classes.
        detections: problem-detection rates of visits, one a class, whose `scope` is the class; without a name any rate
            of visits is taken for one.
        expected: the rate that was to be expected, by class; None: in all the pooled rate of the detections.
        weight: see `Evidence`.

    Raises:
        InputError: rates of other or no classes, a class twice, rates that count different things, expectations that
            are none; all at once.
    """
    rates: tuple[Rate, ...] = listed(detections)
    faults = kinds_faults(rates, Rate, "detections") or _kind_faults(rates) or _rate_faults(order, rates)
    stated, wrong = ({}, []) if expected is None else _stated(order, expected)
    refuse([*faults, *wrong])
    found = {rate.scope: (rate.numerator, rate.denominator) for rate in rates}
    problems, visits = (sum(counts[part] for counts in found.values()) for part in (0, 1))
    pooled = Fraction(problems, visits) if visits else Fraction(0)
    return tuple(
        Evidence(
            name=name,
            problems=found.get(name, (0, 0))[0],
            visits=found.get(name, (0, 0))[1],
            expected=pooled if expected is None else stated[name],
            weight=weight,
        )
        for name in order
    )


def _stated(order: Sequence[str], expected: object) -> tuple[dict[str, Fraction], list[Note]]:
    """The rates that were to be expected, by class, and why they cannot be used."""
    if not isinstance(expected, Mapping):
        return {}, [Note("plan-shape", "expected", {"rule": '{"A": "1%", "B": "3%"}', "value": shown(expected)})]
    stated: dict[str, Fraction] = {}
    faults = _class_faults(order, expected, "expected")
    for name, share in expected.items():
        try:
            stated[name] = parse_share(share, f"expected.{name}")
        except InputError as error:
            faults += error.faults
    return stated, faults


def _kind_faults(rates: Sequence[Rate]) -> list[Note]:
    """That rates are of several kinds, or of another kind than the detection of problems in visits."""
    return _mixed_faults(rates) or [
        Note("detections-other", "detections", {"name": rate.name or "\u2013", "of": rate.of})
        for rate in rates[:1]
        if rate.of != VISITS or (rate.name and rate.name != PROBLEM_DETECTION and base(rate.name) != OF_MODES)
    ]


def _mixed_faults(rates: Sequence[Rate]) -> list[Note]:
    """That rates of several indicators came, as of a whole log: one fault, however many there are."""
    named = list(dict.fromkeys((rate.name or "\u2013", rate.of) for rate in rates))
    if len(named) <= 1:
        return []
    told = ", ".join(f"{name} ({of})" for name, of in named[:_SHOWN]) + (", \u2026" if len(named) > _SHOWN else "")
    return [Note("detections-mixed", "detections", {"count": len(named), "named": told})]


def _rate_faults(order: Sequence[str], rates: Sequence[Rate]) -> list[Note]:
    known = ", ".join(order)
    seen: set[str] = set()
    faults: list[Note] = []
    for i, rate in enumerate(rates):
        at = f"detections[{i}]"
        if rate.scope not in order:
            faults.append(Note("class-unknown", f"{at}.scope", {"value": shown(rate.scope), "known": known}))
        elif rate.scope in seen:
            faults.append(Note("name-repeated", f"{at}.scope", {"name": shown(rate.scope)}))
        seen.add(rate.scope)
    return faults


def _class_faults(order: Sequence[str], table: Mapping[str, object], at: str) -> list[Note]:
    """Classes without an entry in a table, entries without a class."""
    known = ", ".join(order)
    faults = [Note("class-missing", f"{at}.{name}", {"name": shown(name)}) for name in order if name not in table]
    return faults + [
        Note("class-unknown", f"{at}.{name}", {"value": shown(name), "known": known})
        for name in table
        if name not in order
    ]
