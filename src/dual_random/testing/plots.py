"""Pictures of many draws and of reports: counts against their exact band, and p by check.

Whatever decides stands as a number beside the mark that shows it, and shades only guide the eye: a print in black and
white says all. Limits are those of the check `inclusion`: it fails, at the same alpha, if a unit leaves its light band.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from math import ceil, log10
from typing import Final

import numpy as np
from attrs import frozen

from dual_random.errors import Lang, Note
from dual_random.forms import choice_faults, kind_faults, refuse
from dual_random.sheets import BLACK, MARGIN, PAGE, WHITE, Box, Shapes, Words, cut, paragraphs, rise, svg, text_width
from dual_random.testing.axes import DARK, DOT, FAINT, GAP, INK, LIGHT, NO_PARAMS, ONE, Scale, filled, heading, tick
from dual_random.testing.checks import LEAST, Check, Report, level_faults, p_text, title, told
from dual_random.testing.replicates import NO_SHARES, Counts, Floats, Replicates, Shares
from dual_random.testing.tails import Comparison, two_sided
from dual_random.testing.tallies import ALPHA, Tally, tallies

_MARK: Final = 7
_COLUMNS: Final = 260  # of a panel; more units share them
_PANELS: Final = 6
_NAMED: Final = 3  # of the counts farthest out


def _say(code: str, lang: Lang, params: Mapping[str, str | int] = NO_PARAMS) -> str:
    return Note(code, "", params).text(lang)


# ---- inclusion counts


@frozen(eq=False)
class _Panel:
    """The counts of all units for one result, class by class in the order of the list.

    Args:
        name: of the result; empty in a plain draw.
        units: their names.
        counts, means: how often they came, and should.
        tails: of their counts.
        bands: the lowest and highest count of each unit's dark and light band.
    """

    name: str
    units: Sequence[str]
    counts: Counts
    means: Floats
    tails: Floats
    bands: Counts

    @property
    def least(self) -> float:
        """The smallest tail."""
        return float(self.tails.min())

    @cached_property
    def range(self) -> tuple[float, float]:
        """What the vertical axis reaches over."""
        low = min(int(self.counts.min()), int(self.bands.min()))
        high = max(int(self.counts.max()), int(self.bands.max()))
        room = max(1.0, (high - low) / 20)
        return max(0.0, low - room), high + room


def inclusion_counts(
    replicates: Replicates, *, chance: Shares = NO_SHARES, alpha: float = ALPHA, lang: Lang = "en"
) -> bytes:
    """Every unit's count, in the order of the list, against what a fair procedure keeps to.

    The dark band is left by a unit with a chance of 5 % at most, the light one by any of all units with a chance of
    `alpha` at most: exact binomial limits, those of `dual_random.testing.tallies.inclusion`. Units outside the light
    band are marked, and the worst are named. Where several results occur, each has a panel, the worst first.

    Args:
        replicates: the draws.
        chance: stated chances, where units are not interchangeable.
        alpha: the limit of all units together.
        lang: of the text.

    Returns:
        An SVG in UTF-8; the same draws give the same bytes, with the same matplotlib.

    Raises:
        InputError: arguments that cannot be used; matplotlib or scipy is missing (extras ``plots``, ``testing``).

    >>> from dual_random.testing.replicates import replicate
    >>> draws = replicate(lambda units, seed: units[:1], ["E1", "E2", "E3"], 600)
    >>> "E1: 600" in inclusion_counts(draws).decode()
    True
    """
    refuse(kind_faults(replicates, Replicates, "replicates") + level_faults(alpha) + choice_faults(lang, Lang, "lang"))
    found = _panels(replicates, chance, alpha)
    limit = alpha / max(1, _compared(found))
    out = sum(int((panel.tails <= limit).sum()) for panel in found)
    counts: dict[str, str | int] = {"out": told(out), "count": told(_compared(found)), "alpha": told(alpha)}
    texts = [_say("plot-counts", lang), replicates.subject.text(lang), _say("plot-counts-out", lang, counts)]
    texts += [_say("plot-counts-worst", lang, {"units": cut(_farthest(found), 12, PAGE)})] if out else []
    shapes, top = heading(texts)
    shown = sorted(found, key=lambda panel: panel.least)[:_PANELS]
    for panel in shown:
        drawn, top = _drawn(panel, limit, 230 if len(shown) == 1 else 130, lang, top)
        shapes += drawn
    captions = [_say(code, lang, counts) for code in ("plot-counts-bands", "plot-counts-marks")]
    captions += [_say("plot-counts-more", lang, {"count": len(found) - len(shown)})] if len(found) > len(shown) else []
    captions += [_say("plot-counts-several", lang)] if len(replicates.units) > _COLUMNS else []
    lines, _ = paragraphs(captions, top)
    return svg([*shapes, *lines], " · ".join(texts), " ".join(captions))


def _farthest(panels: Iterable[_Panel]) -> str:
    """The counts with the smallest tails, each with its unit and result."""
    rows = [
        (float(panel.tails[row]), " · ".join(filter(None, (panel.units[row], panel.name))), float(panel.counts[row]))
        for panel in panels
        for row in np.argsort(panel.tails, kind="stable")[:_NAMED].tolist()
    ]
    return ", ".join(f"{name}: {told(count)}" for _, name, count in sorted(rows)[:_NAMED])


def _compared(panels: Iterable[_Panel]) -> int:
    """How many counts are compared."""
    return sum(len(panel.counts) for panel in panels)


def _panels(replicates: Replicates, chance: Shares, alpha: float) -> list[_Panel]:
    """The counts by result."""
    parts: dict[str, list[Tally]] = {}
    for tally in tallies(replicates, chance):
        parts.setdefault(tally.result, []).append(tally)
    compared = sum(len(part.members) for own in parts.values() for part in own)
    return [_panel(replicates, result, own, alpha / compared) for result, own in parts.items()]


def _panel(replicates: Replicates, result: str, parts: Sequence[Tally], limit: float) -> _Panel:
    """The parts side by side."""
    sizes = [len(part.members) for part in parts]
    bands = [_bands(part, limit) for part in parts]
    return _Panel(
        result,
        [replicates.units[row] for part in parts for row in part.members],
        np.concatenate([part.counts for part in parts]),
        np.repeat([part.mean for part in parts], sizes),
        np.concatenate([two_sided(part.trials, part.mean, part.counts) for part in parts]),
        np.repeat(np.array(bands, dtype=np.int64), sizes, axis=0),
    )


def _bands(part: Tally, limit: float) -> list[int]:
    """The lowest and highest count within the dark band, and within the light one."""
    law = Comparison("", part.trials, part.mean, 0)
    if not 0 < part.mean < part.trials:
        return [round(part.mean)] * 4
    return [each for p in (ONE, limit) for each in (law.least(p) + 1, min(part.trials, law.critical(p) - 1))]


def _drawn(panel: _Panel, limit: float, height: int, lang: Lang, top: int) -> tuple[Shapes, int]:
    """A panel, and where it ends."""
    shapes: Shapes = []
    if panel.name:
        title, top = paragraphs([panel.name], top, bold=True)
        shapes += title
    across, up = Scale(0, len(panel.units), MARGIN + 44, MARGIN + PAGE), Scale(*panel.range, top + height, top + 6)
    shapes += _bands_drawn(panel, across, up)
    shapes += [shape for number in up.ticks for shape in tick(told(number), across.start, up(number))]
    shapes += _dots(panel, limit, across, up)
    foot = top + height + 14
    ends = [("1", across.start, "start"), (told(len(panel.units)), across.end, "end")]
    shapes += [Words(x=x, y=foot, text=text, anchor=anchor, fill=FAINT) for text, x, anchor in ends]
    middle = (across.start + across.end) // 2
    shapes.append(Words(x=middle, y=foot, text=_say("plot-list", lang), anchor="middle"))
    return shapes, foot + GAP


def _bands_drawn(panel: _Panel, across: Scale, up: Scale) -> Shapes:
    """Light bands, dark ones on them, and lines at what is expected; equal neighbours in one."""
    edges = np.flatnonzero(np.any(np.diff(panel.bands, axis=0), axis=1) | (np.diff(panel.means) != 0)) + 1
    shapes: Shapes = []
    bounds = [0, *edges.tolist(), len(panel.units)]
    runs: dict[int, tuple[int, int]] = {}
    for first, end in pairwise(bounds):
        runs.setdefault(across(first), (first, end))  # of those that share a point, one
    for first, end in runs.values():
        x, wide = across(first), across(end) - across(first)
        low, high, lowest, highest = panel.bands[first].tolist()
        for bottom, upper, fill in ((lowest, highest, LIGHT), (low, high, DARK)):
            shapes.append(filled(x, up(upper + 0.5), wide, up(bottom - 0.5) - up(upper + 0.5), fill))
        shapes.append(filled(x, up(float(panel.means[first])), wide, 1, BLACK))
    return shapes


def _dots(panel: _Panel, limit: float, across: Scale, up: Scale) -> Shapes:
    """A dot for each unit, or for those that share a column a bar from the lowest to the highest; marks outside."""
    size = len(panel.units)
    columns = min(size, _COLUMNS)
    shapes: Shapes = []
    outside = panel.tails <= limit
    for column in range(columns):
        rows = slice(column * size // columns, (column + 1) * size // columns)
        x = across((column + 0.5) * size / columns)
        inside = panel.counts[rows][~outside[rows]].tolist()
        if inside:
            y, bottom = up(max(inside)), up(min(inside))
            wide = DOT if columns == size else 1
            shapes.append(filled(x - wide // 2, y - DOT // 2, wide, bottom - y + DOT, INK))
        marked = panel.counts[rows][outside[rows]].tolist()
        shapes += [_mark(x, up(count)) for count in sorted({min(marked), max(marked)} if marked else ())]
    return shapes


def _mark(x: int, y: int) -> Box:
    return filled(x - _MARK // 2, y - _MARK // 2, _MARK, _MARK, BLACK)


# ---- p by check


def p_values(report: Report, *, lang: Lang = "en") -> bytes:
    """How likely a fair procedure looks as bad, by check, on a scale of powers of ten; the less likely, the farther
    right.

    The hatched part of a row lies beyond the limit of its check. Checks that failed are marked in black, and exact
    checks, which have no chance of a false alarm, stand apart, without a scale.

    Args:
        report: the checks.
        lang: of the text.

    Returns:
        An SVG in UTF-8; the same report gives the same bytes, with the same matplotlib.

    Raises:
        InputError: no report, another language; matplotlib is missing (extra ``plots``).

    >>> from dual_random.testing.replicates import replicate
    >>> from dual_random.testing.fairness import examine
    >>> draws = replicate(lambda units, seed: units[:1], ["E1", "E2", "E3"], 600)
    >>> "members" in p_values(examine(draws)).decode()
    True
    """
    refuse(kind_faults(report, Report, "report") + choice_faults(lang, Lang, "lang"))
    exact = [check for check in report.checks if check.exact]
    others = [check for check in report.checks if not check.exact]
    texts = [_say("plot-p", lang), report.subject.text(lang), _verdict(report, lang)]
    shapes, top = heading(texts)
    if others:
        drawn, top = _ladder(others, lang, top)
        shapes += drawn
    if exact:
        drawn, top = _proofs(exact, lang, top)
        shapes += drawn
    caption = _say("plot-p-limits", lang, {"alpha": told(report.alpha)})
    lines, _ = paragraphs([caption] if others else [], top)
    return svg([*shapes, *lines], " · ".join(texts), caption)


def _verdict(report: Report, lang: Lang) -> str:
    params: dict[str, str | int] = {"failed": len(report.failed), "count": len(report.checks)}
    return _say("plot-failed" if report.failed else "plot-passed", lang, params)


def _ladder(checks: Sequence[Check], lang: Lang, top: int) -> tuple[Shapes, int]:
    """A row for each statistical check."""
    names = {check.name: cut(title(check.name, lang), 10, 200) for check in checks}
    left = MARGIN + max(text_width(name, 10) for name in names.values()) + GAP
    depth = max(4, ceil(max(_depth(number) for check in checks for number in (check.p, check.limit))) + 1)
    across = Scale(0, depth, left, max(left + 260, MARGIN + PAGE - 110))
    shapes: Shapes = []
    step = next(step for step in (1, 2, 5, 10) if depth <= 10 * step or step == 10)
    bottom = top + 14 + 20 * len(checks)
    for power in range(0, depth + 1, step):
        shapes.append(filled(across(power), top + 14, 1, bottom - top - 14, DARK))
        text = "1" if not power else told(10.0**-power) if power < 4 else f"1e-{power}"
        shapes.append(Words(x=across(power), y=top + 10, text=text, anchor="middle", fill=FAINT, size=9))
    for row, check in enumerate(checks):
        shapes += _row(check, names[check.name], across, top + 14 + 20 * row, lang)
    return shapes, bottom + GAP


def _depth(p: float) -> float:
    """How many powers of ten below 1; smaller ones are not told apart."""
    return -log10(max(p, LEAST))


def _row(check: Check, name: str, across: Scale, top: int, lang: Lang) -> Shapes:
    """The name, the part beyond the limit, the mark, the number, and FAILED."""
    base, limit = top + 10 + rise(10), across(_depth(check.limit))
    text = _say("plot-p-failed", lang, {"p": p_text(check.p)}) if check.failed else f"p {p_text(check.p)}"
    shapes: Shapes = [
        Words(x=across.start - GAP, y=base, text=name, anchor="end", bold=check.failed),
        filled(across.start, top + 10, across.end - across.start, 1, FAINT),
        Box(x=limit, y=top + 3, width=max(1, across.end - limit), height=14, edge=FAINT, fill=LIGHT),
    ]
    fill = BLACK if check.failed else WHITE
    shapes.append(Box(x=across(_depth(check.p)) - 4, y=top + 6, width=8, height=8, fill=fill, line=2))
    return [*shapes, Words(x=across.end + GAP, y=base, text=text, bold=check.failed)]


def _proofs(checks: Sequence[Check], lang: Lang, top: int) -> tuple[Shapes, int]:
    """The exact checks, in words."""
    shapes, top = paragraphs([_say("plot-exact", lang)], top, bold=True)
    for check in checks:
        code = "check-exact-failed" if check.failed else "check-exact-holds"
        fill = BLACK if check.failed else WHITE
        shapes.append(Box(x=MARGIN, y=top + 6, width=8, height=8, fill=fill, line=2))
        text = _say(code, lang, {"name": cut(title(check.name, lang), 10, 300)})
        shapes.append(Words(x=MARGIN + 16, y=top + 10 + rise(10), text=text, bold=check.failed))
        top += 18
    return shapes, top + GAP
