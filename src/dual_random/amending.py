"""The command amend: what came to be known after the draw, and who takes the place."""

import re
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable
from typing import Final

from dual_random.amendments import ENTERPRISE_REASONS, INSPECTOR_REASONS, Amendment, Change
from dual_random.commands import Answer, drawn_of_files
from dual_random.errors import InputError, Lang, Note
from dual_random.files import read_changes, write_all
from dual_random.formats import csv_bytes
from dual_random.forms import refuse
from dual_random.labels import word
from dual_random.options import quoted, typed
from dual_random.reports import wrapped
from dual_random.tables import TableName

_ONE: Final = ("--enterprise", "--inspector", "--period", "--reason", "--on")
_CHANGE: Final = re.compile(r"changes\[([0-9]+)\]\.?(.*)")


def amend_files(given: Namespace) -> Answer:
    """Amend a record; write it with the further amendments and, if wanted, one of its tables."""
    refuse(
        [Note("option-needs", "--table", {"option": "--table", "other": "--csv"})]
        if given.table and not given.csv
        else []
    )
    changes = _changes(given)
    drawn = drawn_of_files(given)
    if isinstance(drawn, Answer):
        return drawn
    try:
        amended = drawn.amend(changes)
    except InputError as error:
        raise InputError(_typed(note, given) for note in error.faults) from None
    record = amended.record
    outputs = [(given.out, record.to_json())]
    if given.csv:
        name: TableName = given.table or "amendments"
        outputs.append((given.csv, csv_bytes(record.table(name, lang=given.lang, current=True))))
    write_all(outputs, force=given.force)
    made = record.amendments[len(drawn.record.amendments) :]
    lines = [line for each in made for line in amendment_lines(each, given.lang)]
    known = f"--seed {quoted(record.seed)} --digest {record.commitment.digest}"
    shell = f"  {given.program} verify {quoted(given.out)} {typed(given)} {known}"
    return Answer([*lines, "", word("next", given.lang), shell])


def add_change_arguments(parser: ArgumentParser) -> None:
    """One change, or a file of many."""
    group = parser.add_argument_group("what changed", "One change by options, or several from a file, in its order.")
    group.add_argument(
        "--enterprise",
        metavar="ID",
        default="",
        help="whose visit changes; left out, with --inspector: every visit of this person",
    )
    group.add_argument("--inspector", metavar="ID", default="", help="who cannot come (else: the enterprise is closed)")
    group.add_argument(
        "--period", metavar="TEXT", default="", help="of the visit, if the enterprise has two; of a person's visits"
    )
    words = (", ".join(map(" ".join, known.items())) for known in (ENTERPRISE_REASONS, INSPECTOR_REASONS))
    codes = "of an enterprise {}; of a person {}".format(*words)
    group.add_argument("--reason", metavar="CODE", default="", help=codes)
    group.add_argument("--on", metavar="DAY", default="", help="when it was stated, as 2024-08-12")
    group.add_argument(
        "--changes",
        metavar="FILE",
        default="",
        help="many: columns enterprise, reason, on, perhaps inspector, period (.csv, .tsv, .parquet or .json)",
    )


def _typed(note: Note, given: Namespace) -> Note:
    """The fault of a change, by the row of the file that states it, or by the option."""
    change = _CHANGE.match(note.at)
    if change is None:
        return note
    place = f"{given.changes}: row {int(change[1]) + 1}: {change[2]}" if given.changes else f"--{change[2]}"
    return Note(note.code, place, note.params)


def _changes(given: Namespace) -> tuple[Change, ...]:
    """One change from the options, or many from a file; all faults of the options at once."""
    said = [option for option in _ONE if vars(given)[option[2:]]]
    if given.changes:
        refuse(Note("option-idle", option, {"option": option, "other": "--changes"}) for option in said)
        changes = read_changes(given.changes, given.encoding)
        refuse([] if changes else [Note("changes-missing", given.changes)])
        return changes
    needed = ("--reason", "--on") if given.inspector else ("--enterprise", "--reason", "--on")
    refuse(Note("amend-needs", option, {"option": option}) for option in needed if option not in said)
    own = {option[2:]: vars(given)[option[2:]] for option in _ONE}
    try:
        return (Change(**own),)
    except InputError as error:
        raise InputError(Note(note.code, f"--{note.at}", note.params) for note in error.faults) from None


def amendment_lines(amendment: Amendment, lang: Lang) -> list[str]:
    """What one amendment says: what was stated, and who takes the place."""
    stated = {"enterprise": amendment.enterprise, "inspector": amendment.inspector, "on": amendment.on}
    told = {**stated, "reason": amendment.told_reason, "taken": _taken(amendment)}
    code = "amended-person" if amendment.inspector else "amended-enterprise"
    nobody = not (amendment.places if amendment.inspector else amendment.substitutes)
    return wrapped(word(f"{code}-by-nobody" if nobody else code, lang, **told))


def _taken(amendment: Amendment) -> str:
    """Who takes the place, and for what."""
    if amendment.inspector:
        return ", ".join(who for *_, who in amendment.places)
    return "; ".join(_with_people(name, demands, amendment.places) for name, demands in amendment.takers.items())


def _with_people(enterprise: str, demands: Iterable[str], places: Iterable[tuple[str, str, str, str]]) -> str:
    people = [f"{slot} {who}" for name, _, slot, who in places if name == enterprise]
    return f"{enterprise} ({', '.join(demands)}{': ' if people else ''}{', '.join(people)})"
