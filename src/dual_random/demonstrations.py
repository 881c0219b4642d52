"""The built-in demonstration: a synthetic district from its plan to a verified record, in five steps."""

import json
from argparse import Namespace
from collections.abc import Mapping
from typing import Final

from dual_random import demo
from dual_random.binding import commit
from dual_random.commands import Answer, draw_lines, pictures_of, verification_answer
from dual_random.commitments import Commitment
from dual_random.draws import Draw, draw
from dual_random.errors import InputError, Note
from dual_random.files import make_folder, write_all
from dual_random.formats import csv_bytes
from dual_random.options import quoted
from dual_random.records import Record
from dual_random.registers import Register
from dual_random.reports import commitment_lines, explanation_lines, word, wrapped
from dual_random.verification import verify

_OUTSIDE: Final = ("why-not-where", "why-unless", "why-not-followed")


def demonstrate(given: Namespace) -> Answer:
    """The built-in district from its plan to a verified record; with a folder, the files to try the rest on."""
    enterprises, plan = demo.district(), demo.plan()
    commitment = commit(plan, enterprises)
    drawn = draw(commitment, enterprises, seed=demo.SEED)
    files = _files(drawn)
    record, register = Record.from_json(files["record.json"]), Register.from_tsv(files["enterprises.tsv"])
    found = verify(record, register, seed=demo.SEED, digest=commitment.digest)
    if not found:
        return verification_answer(found, record, "demo", given.lang)
    glosses = demo.DEPARTMENTS if given.lang == "en" else {}
    firm = max(record, key=lambda enterprise: len(record[enterprise].departments))
    sections = {
        "demo-commit": commitment_lines(commitment, given.lang),
        "demo-draw": draw_lines(drawn, given.lang, glosses),
        "demo-verify": wrapped(Note("record-holds", "", {"visits": len(record)}).text(given.lang), hang=""),
        "demo-why": explanation_lines(drawn.why(firm), given.lang, leave_out=_OUTSIDE),
        "demo-next": [*_write(given, files, record, glosses), *_after(given, commitment, firm)],
    }
    lines = [word("demo", given.lang)]
    for number, (key, told) in enumerate(sections.items(), 1):
        lines += ["", f"{number}. {word(key, given.lang)}", *(f"   {line}".rstrip() for line in told)]
    return Answer(lines)


def _files(drawn: Draw) -> dict[str, bytes]:
    """The files of a draw by name."""
    commitment = drawn.record.commitment
    return {
        "plan.json": (json.dumps(demo.plan_data(), ensure_ascii=False, indent=2) + "\n").encode(),
        "commitment.json": commitment.to_json(),
        "enterprises.tsv": drawn.enterprises.to_tsv(),
        "record.json": drawn.record.to_json(),
        "visits.csv": csv_bytes(drawn.record.table("visits")),
    }


def _write(given: Namespace, files: Mapping[str, bytes], record: Record, glosses: Mapping[str, str]) -> list[str]:
    """Write the files, if a folder is given, with pictures where their extra is installed; and say so."""
    if not given.out:
        return []
    missing: tuple[Note, ...] = ()
    try:
        files = {**files, **pictures_of(record, given.lang, glosses)}
    except InputError as error:
        missing = tuple(note for note in error.faults if note.code == "plots-missing")
        if missing != error.faults:
            raise
    make_folder(given.out)
    write_all([(f"{given.out}/{name}", data) for name, data in files.items()], force=given.force)
    written = word("demo-written", given.lang, folder=given.out, files=", ".join(files))
    return [*wrapped(written), *(note.text(given.lang) for note in missing)]


def _after(given: Namespace, commitment: Commitment, firm: str) -> list[str]:
    names = ("plan.json", "commitment.json", "enterprises.tsv", "record.json")
    plan, committed, register, record = (quoted(f"{given.out or 'demo'}/{name}") for name in names)
    return [
        *([] if given.out else [f"{given.program} demo --out demo"]),
        f"{given.program} verify {record} {register} --seed {quoted(demo.SEED)} --digest {commitment.digest}",
        f"{given.program} why {record} {register} {firm}",
        f"{given.program} commit {plan} {register} --out {quoted('commitment.json')}",
        f"sha256sum {committed} {register}",
        f"{given.program} --help",
    ]
