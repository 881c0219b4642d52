"""The command audit: draws made elsewhere, read from tables, and whether they look as fair ones do.

Imported by `dual_random.__main__` when the command runs, so that no other command waits for statistics.
"""

from argparse import Namespace
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Final, Literal, TypeAlias

from attrs import frozen

from dual_random.commands import FAILS, HOLDS, Answer, write_with_pictures
from dual_random.errors import InputError, Note
from dual_random.files import about, read
from dual_random.formats import Wanted, codec, csv_bytes, parse_table, suffix
from dual_random.forms import refuse, repeat_faults
from dual_random.labels import word
from dual_random.options import kept, to_count
from dual_random.reports import paragraph
from dual_random.testing.attributes import Values
from dual_random.testing.audits import ALPHA as ALPHA_ONE
from dual_random.testing.audits import audit, audit_order
from dual_random.testing.checks import Report
from dual_random.testing.distributions import special
from dual_random.testing.fairness import examine
from dual_random.testing.places import places
from dual_random.testing.plots import inclusion_counts, p_values
from dual_random.testing.results import Listed, chosen, draws, marked, order, parse_level
from dual_random.testing.tallies import ALPHA as ALPHA_MANY

Kind: TypeAlias = Literal["drawn", "listed", "order", "draws"]
Picture: TypeAlias = Callable[[], bytes]

MOST: Final = 1_000_000  # redraws

_KINDS: Final[dict[str, Kind]] = {"--drawn": "drawn", "--order": "order", "--draw": "draws"}
_IDLE: Final[dict[Kind, tuple[str, ...]]] = {  # what says nothing of the other kinds
    "drawn": ("--units", "--result", "--chance"),
    "listed": ("--result", "--chance"),
    "order": ("--units", "--result", "--chance", "--strata"),
    "draws": ("--trials",),
}


@frozen
class _Found:
    """What an audit found, and the pictures that show it, by the names of their files."""

    report: Report
    pictures: dict[str, Picture]


def audit_files(given: Namespace) -> Answer:
    """Whether the draws of a table look as fair ones do; exit code 1 if they do not."""
    kind = _kind(given)
    found = _AUDITS[kind](given)
    if not found.report.checks:
        raise InputError([Note("audit-nothing", "--by"), *(note for note in found.report.unchecked if note.at)])
    text = _lines(found.report, given)
    written = _write(given, found, text) if given.out else []
    return Answer([*text, *written], code=HOLDS if found.report.ok else FAILS)


# ---- options


def _kind(given: Namespace) -> Kind:
    """Which kind of results it is; all faults of the options at once."""
    said = [option for option in _KINDS if _value(given, option)]
    kinds: list[Kind] = [_KINDS[option] for option in said] or (["listed"] if given.units else [])
    if not kinds:
        raise InputError([Note("audit-what", given.results)])
    kind, told = kinds[0], (said or ["--units"])[0]
    faults = [Note("audit-both", other, {"option": other, "other": told}) for other in said[1:]]
    idle = [option for option in _IDLE[kind] if _value(given, option)]
    faults += [Note("option-idle", option, {"option": option, "other": told}) for option in idle if not faults]
    if kind == "draws" and not given.units:
        faults.append(Note("option-needs", "--draw", {"option": "--draw", "other": "--units"}))
    if kind != "draws" and len(said) < 2 and not (given.by or given.trend):
        faults.append(Note("audit-attribute", "--by"))
    if given.strata and given.chance:
        faults.append(Note("chance-and-alike", "--chance"))
    outcome = [column for column in (given.order, given.draw, given.result, _marks(given)[0]) if column]
    asked = [*given.by, *given.trend, *filter(None, (given.strata, given.chance))]
    faults += [Note("audit-outcome", name) for name in dict.fromkeys(asked) if name in outcome]
    apart = [given.key, *outcome]
    faults += [Note("audit-same", name) for name in dict.fromkeys(apart) if apart.count(name) > 1]
    faults += repeat_faults(given.by, "--by") + repeat_faults(given.trend, "--trend")
    refuse(faults)
    return kind


def _marks(given: Namespace) -> tuple[str, str | None]:
    """The column that says who was drawn, and what its cells hold then, if that is said."""
    column, sign, value = given.drawn.rpartition("=")
    return (column, value) if sign else (value, None)


def _value(given: Namespace, option: str) -> object:
    return vars(given)[option[2:]]


def _trials(given: Namespace) -> int:
    with about("--trials"):
        trials = to_count(given.trials or "9999")
    refuse([] if 0 < trials <= MOST else [Note("trials-range", "--trials", {"value": trials, "most": MOST})])
    return trials


@contextmanager
def _typed() -> Iterator[None]:
    """Name what was typed: ``trials`` is ``--trials`` here."""
    try:
        yield
    except InputError as error:
        faults = [
            Note(each.code, f"--{each.at}", each.params) if each.at == "trials" else each for each in error.faults
        ]
        raise InputError(faults) from None


def _alpha(given: Namespace, default: float) -> float:
    return parse_level(given.alpha, "--alpha") if given.alpha else default


# ---- tables


def _listed(given: Namespace, path: str, columns: Iterable[str], *, repeated: bool = False) -> Listed:
    """Some columns of a file."""
    data, names = read(path), tuple(columns)
    with about("--encoding"):
        encoding = codec(given.encoding or "utf-8")
    with about(path):
        refuse([Note("encoding-unused")] if given.encoding and suffix(path) == ".parquet" else [])
        table = parse_table(path, data, Wanted(given.key, names), encoding)
        return Listed.of(table, given.key, names, repeated=repeated)


def _attributes(given: Namespace, path: str, listed: Listed) -> dict[str, Values]:
    """What units are compared by, under the names of the columns."""
    found: dict[str, Values] = {}
    faults: list[Note] = []
    with about(path):
        for column in given.by:
            found[column] = listed.names(column)
        for column in given.trend:
            name = word("in-order", given.lang, column=column) if column in given.by else column
            with kept(faults):
                found[name] = listed.numbers(column)
        refuse(faults)
    return found


def _columns(given: Namespace) -> list[str]:
    """The columns of the units that the options name."""
    return [*given.by, *given.trend, *filter(None, (given.strata, given.chance))]


# ---- kinds


def _of_marks(given: Namespace) -> _Found:
    """One draw, of whose units a column says which were drawn."""
    column, wanted = _marks(given)
    units = _listed(given, given.results, [column, *_columns(given)])
    with about(given.results):
        drawn = marked(units, column, wanted)
    return _of_one(given, given.results, units, drawn)


def _of_lists(given: Namespace) -> _Found:
    """One draw, from the list of all units and that of those drawn."""
    faults: list[Note] = []
    with kept(faults):
        units = _listed(given, given.units, _columns(given))
    with kept(faults):
        drawn = _listed(given, given.results, [])
    refuse(faults)
    with about(given.results):
        taken = chosen(units, drawn)
    return _of_one(given, given.units, units, taken)


def _of_one(given: Namespace, path: str, units: Listed, drawn: Sequence[str]) -> _Found:
    attributes, trials, alpha = _attributes(given, path, units), _trials(given), _alpha(given, ALPHA_ONE)
    strata = units.names(given.strata) if given.strata else {}
    with _typed():
        report = audit(
            units.ids,
            drawn,
            attributes=attributes,
            strata=strata,
            trials=trials,
            alpha=alpha,
            progress=given.progress,
        )
    return _Found(report, _of_report(given, report))


def _of_order(given: Namespace) -> _Found:
    """A full order of all units."""
    listed = _listed(given, given.results, [given.order, *_columns(given)])
    with about(given.results):
        placed = order(listed, given.order)
    attributes = _attributes(given, given.results, listed)
    trials, alpha = _trials(given), _alpha(given, ALPHA_ONE)
    with _typed():
        report = audit_order(placed, attributes=attributes, trials=trials, alpha=alpha, progress=given.progress)
    pictures = _of_report(given, report)
    for number, (name, values) in enumerate(attributes.items(), 1):
        pictures[f"places-{number}.svg"] = _places(given, placed, name, values)
    return _Found(report, pictures)


def _places(given: Namespace, placed: Sequence[str], name: str, values: Values) -> Picture:
    return lambda: places(placed, name, values, lang=given.lang)


def _of_draws(given: Namespace) -> _Found:
    """Many draws of one list of units."""
    special()  # if it is missing, that is told before anything is read
    faults: list[Note] = []
    with kept(faults):
        units = _listed(given, given.units, _columns(given))
    with kept(faults):
        rows = _listed(given, given.results, filter(None, (given.draw, given.result)), repeated=True)
    refuse(faults)
    alike = units.names(given.strata) if given.strata else {}
    with about(given.results):
        replicates = draws(units, rows, given.draw, given.result, alike=alike)
    chance = dict(zip(units.ids, units.columns[given.chance], strict=True)) if given.chance else {}
    against = _attributes(given, given.units, units)
    alpha = _alpha(given, ALPHA_MANY)
    with about(given.units):
        report = examine(replicates, chance=chance, against=against, alpha=alpha)
    pictures = _of_report(given, report)
    limit = report["inclusion"].limit
    pictures["inclusion-counts.svg"] = lambda: inclusion_counts(replicates, chance=chance, alpha=limit, lang=given.lang)
    return _Found(report, pictures)


_AUDITS: Final[dict[Kind, Callable[[Namespace], _Found]]] = {
    "drawn": _of_marks,
    "listed": _of_lists,
    "order": _of_order,
    "draws": _of_draws,
}


# ---- what is said


def _of_report(given: Namespace, report: Report) -> dict[str, Picture]:
    return {"p-values.svg": lambda: p_values(report, lang=given.lang)}


def _lines(report: Report, given: Namespace) -> list[str]:
    """The report as lines of a terminal: what was looked at, the verdict, then a paragraph for each check."""
    told = report.text(given.lang).splitlines()
    blank = [number > 1 and not line.startswith(" ") for number, line in enumerate(told)]
    parts = [[""] * before + paragraph(line) for before, line in zip(blank, told, strict=True)]
    return [line for part in parts for line in part]


def _write(given: Namespace, found: _Found, text: Sequence[str]) -> list[str]:
    """Write report, table and pictures, these where their extra is installed; and say so."""
    files = {
        "report.txt": "".join(f"{line}\n" for line in text).encode(),
        "report.csv": csv_bytes(found.report.table(lang=given.lang)),
    }
    pictures = found.pictures
    return ["", *write_with_pictures(given, files, lambda: {name: pictures[name]() for name in pictures})]
