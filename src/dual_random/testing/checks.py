"""What a check found, and several checks together: plain values.

An exact check has no false alarms: it failed because something is so. A statistical one has a chance p, at most, of
looking as it does if the procedure is fair, and a limit that keeps the chance of any false alarm in the whole report
below a stated one. Each says what it could have seen, since a test without its power proves nothing by passing.
"""

from collections.abc import Iterable, Mapping
from math import inf
from types import MappingProxyType
from typing import Final

from attrs import evolve, field, frozen

from dual_random.errors import Columns, Lang, Note
from dual_random.forms import kind_faults, kinds_faults, listed, refuse
from dual_random.text import shown, text_faults

WORST: Final = 3  # told of a check
POWER: Final = 0.9  # of what a check is said to see
PLACE: Final = "place in the list"  # attributes that every list has
ORDER: Final = "place in byte order"

LEAST: Final = 1e-50  # smaller probabilities are not told apart

_TITLES: Final = {  # of checks by name, or by what stands before an attribute
    "members": "check-members",
    "inclusion": "check-inclusion",
    "order": "check-order",
    "repeat": "check-repeat",
    "elsewhere": "check-elsewhere",
    "size": "check-size",
    "nested": "check-nested",
    "one-by-one": "check-one-by-one",
    "chi-square": "check-chi-square",
    "pairs": "check-pairs",
    "subsets": "check-subsets",
    "across": "check-across",
    "repeats": "check-repeats",
    "trend: ": "check-trend",
    "groups: ": "check-groups",
    f"trend: {PLACE}": "check-trend-list",
    f"trend: {ORDER}": "check-trend-bytes",
}


def told(number: float, digits: int = 3) -> str:
    """A number as people read it: three digits, no needless zeros.

    >>> told(0.000123456), told(1.5), told(999.96), told(4000.0), told(0.0)
    ('0.000123', '1.5', '1,000', '4,000', '0')
    """
    if number and not 1e-4 <= abs(number) < 1e7:
        return f"{number:.{digits}g}"
    return f"{number:,.0f}" if abs(number) >= 999.5 else f"{number:.{digits}g}"


def p_text(p: float) -> str:
    """A probability as people read it; below 10^-50 they are not told apart.

    >>> p_text(0.0213), p_text(3.2e-8), p_text(1.82e-192)
    ('0.0213', '3.2e-08', '< 1e-50')
    """
    return told(p) if p >= LEAST else f"< {told(LEAST)}"


def title(name: str, lang: Lang) -> str:
    """The name of a check as people read it: in Chinese with a translation; attributes keep their names.

    >>> title("inclusion", "en"), title("trend: age", "en"), title("district", "zh")
    ('inclusion', 'trend: age', 'district')
    """
    kind, colon, attribute = name.partition(": ")
    code = _TITLES.get(name) or _TITLES.get(kind + colon)
    return Note(code, "", {"name": attribute or name}).text(lang) if code else name


LOWEST: Final = 1e-40  # of limits of chance: tails are not followed much further


def level_faults(alpha: object, power: object = POWER) -> list[Note]:
    """Why limits of chance are none."""
    told_of = {"alpha": alpha, "power": power}
    return [
        Note("level-form", at, {"value": shown(value)})
        for at, value in told_of.items()
        if not (isinstance(value, float) and LOWEST <= value < 1)
    ]


@frozen(kw_only=True)
class Check:
    """One question asked of a procedure, and its answer; `str()` is a paragraph.

    Args:
        name: of the check, e.g. ``"inclusion"``.
        null: what holds if the procedure is fair: the hypothesis.
        p: the chance, at most, that a fair procedure looks as bad as this or worse, over all that the check compares;
            of an exact check 1 (it holds) or 0 (it does not).
        limit: the check failed if p is at most this; 0 for an exact check.
        sees: what the check would have seen, with a probability of 90 %.
        detectable: that smallest bias as a number; infinite, if it would have seen none.
        statistic, dof: of a chi-square or normal test, its value and degrees of freedom.
        worst: what lies farthest out, the worst first.
    """

    name: str
    null: Note
    p: float
    limit: float
    sees: Note
    detectable: float = inf
    statistic: float | None = None
    dof: int | None = None
    worst: tuple[Note, ...] = field(default=(), converter=listed)

    def __attrs_post_init__(self) -> None:
        faults = text_faults({"name": self.name}) + kinds_faults([self.null, self.sees], Note, "null")
        refuse(faults + kinds_faults([self.p, self.limit], float, "p") + kinds_faults(self.worst, Note, "worst"))

    @property
    def exact(self) -> bool:
        """Whether the check proves what it finds."""
        return self.limit == 0

    @property
    def blind(self) -> bool:
        """Whether nothing could have been seen: too few draws, or nothing to compare."""
        return not self.exact and self.p == 1 and self.detectable == inf

    @property
    def failed(self) -> bool:
        """Whether a fair procedure would look like this so rarely that it is held to be unfair."""
        return self.p <= self.limit

    def text(self, lang: Lang = "en") -> str:
        """A paragraph in English or Chinese."""
        lines = [
            self._verdict(title(self.name, lang)).text(lang),
            self.null.text(lang),
            *(note.text(lang) for note in self.worst),
        ]
        return "\n  ".join([*lines, self.sees.text(lang)])

    def _verdict(self, name: str) -> Note:
        if self.exact:
            return Note("check-exact-failed" if self.failed else "check-exact-holds", "", {"name": name})
        if self.blind:
            return Note("check-blind", "", {"name": name})
        code = "check-failed" if self.failed else "check-passed"
        return Note(code, "", {"name": name, "p": p_text(self.p), "limit": told(self.limit)})

    def __str__(self) -> str:
        return self.text()


def holm(checks: Iterable[Check], alpha: float) -> tuple[Check, ...]:
    """Limits by Holm's rule: whatever the dependence, a fair procedure fails any of them with chance alpha at most.

    The smallest p of m is held against alpha/m, the next against alpha/(m-1), and so on up to the first that passes;
    the others pass with it. Exact checks keep their limit.

    Args:
        checks: of one procedure.
        alpha: the chance, at most, that a fair one fails any of them.

    Source: S. Holm, *A simple sequentially rejective multiple test procedure* (1979).

    >>> note = Note("text-empty")
    >>> checks = [Check(name=str(p), null=note, p=p, limit=0.01, sees=note) for p in (0.02, 0.03, 0.001)]
    >>> [(check.name, round(check.limit, 4), check.failed) for check in holm(checks, 0.05)]
    [('0.02', 0.025, True), ('0.03', 0.05, True), ('0.001', 0.0167, True)]
    """
    kept = tuple(listed(checks))
    refuse(kinds_faults(kept, Check, "checks") + level_faults(alpha))
    open_ = sorted((place for place, check in enumerate(kept) if not check.exact), key=lambda place: kept[place].p)
    limits: dict[int, float] = {}
    passed = False
    limit = alpha
    for done, place in enumerate(open_):
        limit = limit if passed else alpha / (len(open_) - done)
        passed = passed or kept[place].p > limit
        limits[place] = limit
    return tuple(evolve(check, limit=limits[place]) if place in limits else check for place, check in enumerate(kept))


@frozen(kw_only=True)
class Report:
    """All checks of a procedure or a draw; true if none failed. `str()` is the message of a failed assertion.

    Args:
        subject: what was looked at.
        checks: what was asked, with limits that keep the chance of any false alarm at `alpha` or below.
        alpha: that chance.
        unchecked: what could not be asked, and why; what to do.
    """

    subject: Note
    checks: tuple[Check, ...] = field(converter=listed)
    alpha: float
    unchecked: tuple[Note, ...] = field(default=(), converter=listed)

    def __attrs_post_init__(self) -> None:
        faults = kind_faults(self.subject, Note, "subject") + kinds_faults(self.checks, Check, "checks")
        refuse(faults + kinds_faults(self.unchecked, Note, "unchecked") + kind_faults(self.alpha, float, "alpha"))

    @property
    def ok(self) -> bool:
        """Whether no check failed."""
        return not self.failed

    @property
    def failed(self) -> tuple[Check, ...]:
        """The checks that failed."""
        return tuple(check for check in self.checks if check.failed)

    @property
    def detectable(self) -> Mapping[str, float]:
        """The smallest bias that each statistical check would have seen, by its name."""
        return MappingProxyType({check.name: check.detectable for check in self.checks if not check.exact})

    def __getitem__(self, name: str) -> Check:
        found = {check.name: check for check in self.checks}
        if name not in found:
            raise KeyError(f"{name!r}: the checks are {', '.join(map(repr, found))}")
        return found[name]

    def __bool__(self) -> bool:
        return self.ok

    def text(self, lang: Lang = "en") -> str:
        """The whole report in English or Chinese: failed checks first."""
        ordered = sorted(self.checks, key=lambda check: (not check.failed, check.blind))
        parts: list[Note | Check] = [self.subject, self._verdict(lang), *ordered, *self.unchecked]
        return "\n".join(part.text(lang) for part in parts)

    def _verdict(self, lang: Lang) -> Note:
        asked = [check for check in self.checks if not check.blind]
        exact = all(check.exact for check in asked)
        counts = {"count": told(len(asked)), "alpha": told(self.alpha)}
        if not asked:
            return Note("report-empty")
        if self.ok:
            return Note("report-exact-passed" if exact else "report-passed", "", counts)
        names = (", " if lang == "en" else "、").join(title(check.name, lang) for check in self.failed)
        told_of = {**counts, "failed": told(len(self.failed)), "names": names}
        return Note("report-exact-failed" if exact else "report-failed", "", told_of)

    def table(self, *, lang: Lang = "en") -> Columns:
        """The checks as a flat table for a file or a data frame; numbers as text."""
        return {
            "check": [title(check.name, lang) for check in self.checks],
            "failed": [check.failed for check in self.checks],
            "exact": [check.exact for check in self.checks],
            "p": ["" if check.exact else p_text(check.p) for check in self.checks],
            "limit": ["" if check.exact else told(check.limit) for check in self.checks],
            "null": [check.null.text(lang) for check in self.checks],
            "sees": [check.sees.text(lang) for check in self.checks],
            "worst": ["; ".join(note.text(lang) for note in check.worst) for check in self.checks],
        }

    def __str__(self) -> str:
        return self.text()


class UnfairError(AssertionError):
    """A procedure failed its checks; `report` has all of them, `str()` is its text.

    >>> from dual_random.testing import assert_invariant
    >>> try:
    ...     assert_invariant(lambda units, seed: units[:1], ["E1", "E2"])
    ... except UnfairError as error:
    ...     print([check.name for check in error.report.failed])
    ['order']
    """

    report: Report

    def __init__(self, report: Report) -> None:
        self.report = report
        super().__init__(report)

    def __str__(self) -> str:
        return str(self.report)
