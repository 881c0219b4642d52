"""The built-in demonstration: a synthetic district from its plan to a verified record, with or without its teams."""

import json
from argparse import Namespace
from collections.abc import Mapping
from typing import Final

from dual_random import demo
from dual_random.binding import commit
from dual_random.commands import Answer, draw_lines, pictures_of, verification_answer, write_with_pictures
from dual_random.draws import Draw, draw
from dual_random.errors import Note
from dual_random.formats import csv_bytes
from dual_random.labels import word
from dual_random.options import quoted
from dual_random.records import Record
from dual_random.registers import Register
from dual_random.reports import aligned, commitment_lines, explanation_lines, wrapped
from dual_random.verification import verify
from dual_random.visits import Visit

_OUTSIDE: Final = ("why-not-where", "why-unless", "why-not-followed")


def demonstrate(given: Namespace) -> Answer:
    """The built-in district from its plan to a verified record; with a folder, the files to try the rest on."""
    drawn = _drawn(given)
    files, commitment = _files(drawn), drawn.record.commitment
    record, register = Record.from_json(files["record.json"]), Register.from_tsv(files["enterprises.tsv"])
    people = Register.from_tsv(files["inspectors.tsv"]) if given.teams else None
    found = verify(record, register, people, seed=demo.SEED, digest=commitment.digest)
    if not found:
        return verification_answer(found, record, "demo", given.lang)
    glosses = demo.DEPARTMENTS if given.lang == "en" else {}
    sections = {
        "demo-commit": commitment_lines(commitment, given.lang),
        "demo-draw": draw_lines(drawn, given.lang, glosses),
        "demo-verify": wrapped(Note("record-holds", "", {"visits": len(record)}).text(given.lang), hang=""),
        **_explained(given, drawn),
        "demo-next": [*_write(given, files, record, glosses), *_after(given, drawn)],
    }
    lines = [word("demo", given.lang)]
    for number, (key, told) in enumerate(sections.items(), 1):
        lines += ["", f"{number}. {word(key, given.lang)}", *(f"   {line}".rstrip() for line in told)]
    return Answer(lines)


def _drawn(given: Namespace) -> Draw:
    enterprises = demo.district()
    if not given.teams:
        return draw(commit(demo.plan(), enterprises), enterprises, seed=demo.SEED)
    people = demo.inspectors()
    commitment = commit(demo.staffed_plan(), enterprises, people, recusals=demo.recusals())
    return draw(commitment, enterprises, people, seed=demo.SEED)


# ---- why


def _explained(given: Namespace, drawn: Draw) -> dict[str, list[str]]:
    """Why an enterprise was drawn; with teams, who goes to one, and why one inspector does and another does not."""
    visit, goes, stays = _example(given, drawn.record)
    if not goes:
        return {"demo-why": explanation_lines(drawn.why(visit.enterprise), given.lang, leave_out=_OUTSIDE)}
    lines = [f"{visit.enterprise} {visit.period}", *aligned(visit.places)]
    for who in (goes, stays):
        lines += ["", *explanation_lines(drawn.why(visit.enterprise, inspector=who), given.lang)]
    return {"demo-team": lines}


def _example(given: Namespace, record: Record) -> tuple[Visit, str, str]:
    """A visit of many departments; with teams one at a time when an inspector of theirs is away, somebody who goes in
    place of that one, and that one.
    """
    visits = list(record.values())
    if not given.teams:
        return max(visits, key=_size), "", ""
    away = next(each for each in demo.recusals() if each.period)
    department = demo.inspectors().value(away.inspector, "department")
    then = [visit for visit in visits if visit.period == away.period and department in visit.departments]
    visit = max(then, key=_size)
    return visit, visit.team[department][0], away.inspector


def _size(visit: Visit) -> int:
    return len(visit.departments)


# ---- files


def _files(drawn: Draw) -> dict[str, bytes]:
    """The files of a draw by name."""
    record = drawn.record
    files = {
        "plan.json": _json(demo.plan_data() if drawn.inspectors is None else demo.staffed_plan_data()),
        "commitment.json": record.commitment.to_json(),
        "enterprises.tsv": drawn.enterprises.to_tsv(),
        "record.json": record.to_json(),
        "visits.csv": csv_bytes(record.table("visits")),
    }
    if drawn.inspectors is None:
        return files
    away = record.commitment.recusals
    names = ("inspector", "enterprise", "period", "reason")
    return {
        **files,
        "inspectors.tsv": drawn.inspectors.to_tsv(),
        "recusals.csv": csv_bytes({name: [getattr(each, name) for each in away] for name in names}),
        "places.csv": csv_bytes(record.table("places")),
    }


def _json(data: object) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()


def _write(given: Namespace, files: Mapping[str, bytes], record: Record, glosses: Mapping[str, str]) -> list[str]:
    """Write the files, if a folder is given, with pictures where their extra is installed; and say so."""
    if not given.out:
        return []
    return write_with_pictures(given, files, lambda: pictures_of(record, given.lang, glosses))


def _after(given: Namespace, drawn: Draw) -> list[str]:
    """Lines to try next, on the files of the demo."""
    names = ("plan.json", "commitment.json", "enterprises.tsv", "record.json", "inspectors.tsv", "recusals.csv")
    plan, committed, register, record, people, away = (quoted(f"{given.out or 'demo'}/{name}") for name in names)
    visit, goes, stays = _example(given, drawn.record)
    digest, teams = drawn.record.commitment.digest, " --teams" if given.teams else ""
    own = f" --inspectors {people}" if given.teams else ""
    asked = f"{visit.enterprise} --inspector {stays}" if goes else visit.enterprise
    tables = f"{own} --recusals {away}" if given.teams else ""
    return [
        *([] if given.out else [f"{given.program} demo --out demo{teams}"]),
        f"{given.program} verify {record} {register}{own} --seed {quoted(demo.SEED)} --digest {digest}",
        f"{given.program} why {record} {register}{own} {asked}",
        f"{given.program} commit {plan} {register}{tables} --out {quoted('commitment.json')}",
        f"sha256sum {committed} {register}{f' {people}' if given.teams else ''}",
        f"{given.program} --help",
    ]
