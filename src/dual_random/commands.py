"""What each command of the command line does: arguments in, an answer out. Nothing is printed here.

An answer is whole before a word of it is printed, so its exit code stands even if nobody reads to the end.
"""

from argparse import Namespace
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from attrs import evolve, field, frozen

from dual_random.binding import commit
from dual_random.commitments import BoundRegister, Commitment
from dual_random.draws import Draw, draw
from dual_random.earlier import open_departments, staffed_part
from dual_random.errors import InputError, Lang, Note
from dual_random.files import (
    EXCLUDABLE,
    about,
    make_folder,
    read_commitment,
    read_plan,
    read_published,
    read_record,
    receipt,
    write_all,
)
from dual_random.formats import csv_bytes
from dual_random.forms import listed, refuse
from dual_random.labels import word
from dual_random.making import register_faults, registers_faults
from dual_random.options import (
    Sources,
    changes,
    placed,
    quoted,
    sources,
    to_count,
    to_names,
    to_pairs,
    to_secrets,
    typed,
)
from dual_random.pictures import visits_saved, who_meets_whom
from dual_random.receipts import check_receipt
from dual_random.records import Record
from dual_random.registers import Register
from dual_random.rehearsals import draws_faults, rehearse
from dual_random.reports import (
    chain_lines,
    change_lines,
    commitment_lines,
    demand_lines,
    department_lines,
    explanation_lines,
    fault_lines,
    indented,
    outcome_lines,
    record_lines,
    rehearsal_lines,
    reserve_lines,
    rule_lines,
    team_lines,
    wrapped,
)
from dual_random.schemes import (
    DEFAULT,
    digest_faults,
    shell_tool,
)
from dual_random.verdicts import Verification, partly
from dual_random.verification import verify

HOLDS: Final = 0
FAILS: Final = 1
WRONG_INPUT: Final = 2

_OTHER_REGISTER: Final = frozenset({"register-columns", "register-rows", "register-digest"})


@frozen
class Answer:
    """What a command has to say.

    Args:
        lines: for standard output.
        faults: for standard error, one fault a line.
        code: 0 it went well or holds, 1 a record or a printed rate does not hold, 2 wrong input.
    """

    lines: tuple[str, ...] = field(default=(), converter=listed)
    faults: tuple[str, ...] = field(default=(), converter=listed)
    code: int = HOLDS


def refusal(notes: Sequence[Note], given: Namespace, code: int) -> Answer:
    """Faults one a line, then the options of this command that answer them."""
    hints = (hint.text(given.lang) for hint in _hints(notes, given))
    return Answer((), [*fault_lines(notes, given.lang), *hints], code)


def _hints(notes: Sequence[Note], given: Namespace) -> list[Note]:
    """If all faults are faults of rows, how such rows can be kept out; what admits alike ids; what names the
    files that are needed; what opens seals."""
    hints = []
    table = getattr(given, "id", "")
    if table and any(note.code == "id-alike" for note in notes):
        hints.append(Note("alike-hint"))
    if table and all(note.code in EXCLUDABLE and note.at.startswith(f"{given.register}: row") for note in notes):
        codes = ",".join(sorted({*to_names(given.exclude), *(note.code for note in notes)}))
        hints.append(Note("exclude-hint", "", {"codes": codes}))
    found = {note.code for note in notes}
    hints += (
        [Note("inspectors-hint")]
        if found & {"inspectors-needed", "inspectors-needed-now", "inspectors-missing"}
        else []
    )
    hints += [Note("earlier-hint")] if found & {"earlier-needed", "supplemented-needed"} else []
    sealed = [str(note.params["party"]) for note in notes if note.code == "secret-missing"]
    if sealed:
        hints.append(Note("secret-hint", "", {"options": " ".join(_secret_words(sealed))}))
    return hints


def _secret_words(parties: Iterable[str]) -> list[str]:
    """The option that opens a seal, for each party."""
    return [f"--secret {quoted(f'{party}=HEX')}" for party in parties]


# ---- rehearse, commit, draw


def rehearse_files(given: Namespace) -> Answer:
    """What a plan will give over its registers. Nothing is written; what is at risk is a warning, no failure."""
    plan = read_plan(given.plan)
    with about("--draws"):
        draws = to_count(given.draws)
    refuse(draws_faults(draws, "--draws"))
    read = sources(given, plan.enterprise_columns, plan.inspector_columns)
    with placed(given, given.plan):
        found = rehearse(
            plan,
            read.enterprises,
            read.inspectors,
            recusals=read.recusals,
            meetings=read.meetings,
            draws=draws,
            progress=given.progress,
        )
    notices = _notice_lines((*found.notices, *found.shortages), given.lang)
    return Answer([*rehearsal_lines(found, given.lang), *notices])


def commit_files(given: Namespace) -> Answer:
    """Bind a plan to its registers; write the commitment and, if wanted, the registers' texts."""
    plan = read_plan(given.plan)
    if given.columns and not given.id:
        told = {"option": "--columns", "id": "--id"}
        raise InputError([Note("register-text-option", given.register, told)])
    voids = to_pairs(given.void, "--void", f"{'0' * 64}=…", first=True)
    stated = {"--previous": [given.previous] if given.previous else [], "--void": [name for name, _ in voids]}
    refuse(note for option, names in stated.items() for name in names for note in digest_faults(name, option))
    columns = (*plan.enterprise_columns, *to_names(given.columns))
    read = sources(given, columns, plan.inspector_columns, as_earlier=bool(plan.staffs) and not given.columns)
    with placed(given, given.plan):
        commitment = commit(
            plan,
            read.enterprises,
            read.inspectors,
            recusals=read.recusals,
            meetings=read.meetings,
            previous=given.previous,
            voids=voids,
            of=read.of,
        )
    registers = ((given.register_out, read.enterprises), (given.inspectors_out, read.inspectors))
    texts = [(path, register.to_tsv()) for path, register in registers if path and register is not None]
    write_all([(given.out, commitment.to_json()), *texts], force=given.force)
    numbers = ["", *demand_lines(commitment, given.lang)] if plan.demands else []
    return Answer(
        [
            *commitment_lines(commitment, given.lang),
            *numbers,
            *_team_lines(commitment, read, given.lang),
            *_notice_lines(commitment.notices, given.lang),
            "",
            *_after_commit(given, commitment),
        ]
    )


def _team_lines(commitment: Commitment, read: Sources, lang: Lang) -> list[str]:
    """The rules of teams and how many people there are for each, if there are any."""
    plan = commitment.plan
    if read.inspectors is None:
        return []
    departments: Iterable[str] = dict.fromkeys(demand.department for demand in plan.demands)
    if read.of is not None and plan.staffs:
        departments = staffed_part(plan, read.of).coming(open_departments(read.of))
    return ["", *rule_lines(plan, departments, read.inspectors, lang)]


def _notice_lines(notices: Sequence[Note], lang: Lang) -> list[str]:
    return ["", word("notices", lang), *indented(fault_lines(notices, lang))] if notices else []


def _after_commit(given: Namespace, commitment: Commitment) -> list[str]:
    source = commitment.plan.seed
    files = typed(given, given.register_out, given.inspectors_out)
    seed = " ".join([f"--seed {quoted(source.form)}", *_secret_words(party for party, _ in commitment.plan.seals)])
    public = " --public public.json" if commitment.plan.seals else ""
    shell = f"draw {quoted(given.out)} {files} {seed} --out record.json{public}"
    event = f"{source.source} {source.event}"
    publish = word("next-publish", given.lang, event=event, tool=shell_tool(commitment.plan.scheme), file=given.out)
    return [
        word("next", given.lang),
        *_rehearsal_first(given, commitment),
        *indented([publish]),
        f"  {word('next-draw', given.lang)}",
        f"    {given.program} {shell}",
    ]


def _rehearsal_first(given: Namespace, commitment: Commitment) -> list[str]:
    """Whether there are people enough, where the visits are still to be drawn."""
    if commitment.inspectors is None or commitment.plan.staffs:
        return []
    files = typed(given, given.register_out, given.inspectors_out, earlier=False, tables=True)
    return [
        f"  {word('next-rehearse', given.lang)}",
        f"    {given.program} rehearse {quoted(given.plan)} {files}",
    ]


def draw_files(given: Namespace) -> Answer:
    """Draw what was committed; write the record and, if wanted, one of its tables."""
    if given.table and not given.csv:
        raise InputError([Note("option-needs", "--table", {"option": "--table", "other": "--csv"})])
    commitment = read_commitment(given.commitment)
    read = sources(given, commitment.enterprises.columns, _columns(commitment.inspectors))
    secrets = to_secrets(given.secret)
    try:
        with placed(given):
            drawn = draw(commitment, read.enterprises, read.inspectors, seed=given.seed, secrets=secrets, of=read.of)
    except InputError as error:
        told = change_lines(changes(given, read), given.lang) if _is_of_register(error.faults) else []
        answer = refusal(error.faults, given, WRONG_INPUT)
        return evolve(answer, faults=(*told, *answer.faults))
    outputs = [(given.out, drawn.record.to_json())]
    if given.public:
        outputs.append((given.public, drawn.record.to_json(public=True)))
    if given.csv:
        outputs.append((given.csv, csv_bytes(drawn.record.table(given.table or "visits", lang=given.lang))))
    write_all(outputs, force=given.force)
    return Answer([*draw_lines(drawn, given.lang), "", *_after_draw(given, drawn.record)])


def _is_of_register(faults: Iterable[Note]) -> bool:
    """Whether a register is not the one that was committed."""
    return any(note.code in _OTHER_REGISTER for note in faults)


def _columns(bound: BoundRegister | None) -> tuple[str, ...]:
    """The columns of a register that was bound; those that a record invents are not asked of the file."""
    return tuple(name for name in bound.columns if name != "id") if bound else ()


def draw_lines(drawn: Draw, lang: Lang, glosses: Mapping[str, str] | None = None) -> list[str]:
    """Seed, digest, counts, rates, the departments, and who goes."""
    record, known = drawn.record, glosses or {}
    parts = [
        record_lines(record, lang),
        outcome_lines(record, lang),
        [] if record.commitment.plan.staffs else department_lines(record, lang, known),
        team_lines(drawn, lang, known),
    ]
    return [line for part in parts if part for line in ("", *part)][1:]


def _after_draw(given: Namespace, record: Record) -> list[str]:
    known = f"--seed {quoted(record.seed)} --digest {record.commitment.digest}"
    files = f"{quoted(given.out)} {typed(given)}"
    some = next(iter(record), "ID")
    why = f"  {given.program} why {quoted(given.out)} {typed(given, earlier=False)} {quoted(some)}"
    goes = [f"{why} --inspector {quoted(who)}" for _, _, who in record[some].places[:1]] if record else []
    lines = [word("next", given.lang), f"  {given.program} verify {files} {known}", why, *goes]
    if not record.shortages:
        return lines
    short = word("next-short", given.lang, departments=", ".join(open_departments(record)))
    return [*lines, *indented([short]), f"    staffs: {record.digest}"]


# ---- verify, why


def verify_files(given: Namespace) -> Answer:
    """Recompute a record with the seed and the digest that are known from outside."""
    record = read_record(given.record)
    bound, plan = record.commitment, record.commitment.plan
    commitments, records = read_published(given.chain)
    read = sources(given, _columns(bound.enterprises), _columns(bound.inspectors), present=True)
    with placed(given):
        refuse([Note("record-unneeded", "of")] if read.of and not (plan.staffs or plan.supplements) else [])
        found = verify(
            record,
            read.enterprises,
            read.inspectors,
            seed=given.seed,
            digest=given.digest,
            root=given.root,
            amended=given.amended,
            of=read.of,
            of_enterprises=read.of_enterprises,
            commitments=commitments,
            records=records,
        )
    answer = verification_answer(found, record, given.record, given.lang)
    if found:
        return evolve(answer, lines=(*answer.lines, *chain_lines(commitments, records, given.lang)))
    return evolve(answer, faults=(*change_lines(changes(given, read), given.lang), *answer.faults))


def verification_answer(found: Verification, record: Record, path: str, lang: Lang) -> Answer:
    """Whether a record holds, and if not, what is wrong with it."""
    unchecked = [word("unchecked", lang), *indented(fault_lines(found.unchecked, lang))] if found.unchecked else []
    if found:
        first = partly(found.unchecked, len(record)) or Note("record-holds", "", {"visits": len(record)})
        teams = team_lines(found.draw, lang) if found.draw else []
        holds = [line for note in (first, *found.amended) for line in wrapped(note.text(lang), hang="")]
        parts = (holds, unchecked, outcome_lines(record, lang), teams)
        return Answer([line for part in parts if part for line in ("", *part)][1:])
    findings = _found_in(path, found)
    authority = record.commitment.plan.authority
    remedy = Note("record-fails", path, {"count": len(findings), "authority": authority})
    return Answer(unchecked, [*fault_lines(findings, lang), remedy.text(lang)], FAILS)


def _found_in(path: str, found: Verification) -> list[Note]:
    """What was found, with the record's file."""
    return [Note(note.code, f"{path}: {note.at}", note.params) for note in found.findings]


def why_files(given: Namespace) -> Answer:
    """Explain one enterprise, and one inspector there, if the record agrees with itself and with the registers."""
    if given.inspector and not given.inspectors:
        raise InputError([Note("option-needs", "--inspector", {"option": "--inspector", "other": "--inspectors"})])
    drawn = drawn_of_files(given)
    if isinstance(drawn, Answer):
        return drawn
    explanation = drawn.why(given.enterprise, inspector=given.inspector)
    goes = given.inspector and _is_sent(drawn.record, given.enterprise, given.inspector)
    after = reserve_lines(drawn.reserves(given.enterprise, given.inspector), given.lang) if goes else []
    return Answer([*explanation_lines(explanation, given.lang), *after])


def _is_sent(record: Record, enterprise: str, inspector: str) -> bool:
    """Whether a person goes to the one visit of an enterprise, as things stand now."""
    people = [[who for *_, who in visit.places] for visit in record.current if visit.enterprise == enterprise]
    return len(people) == 1 and inspector in people[0]


def drawn_of_files(given: Namespace) -> Draw | Answer:
    """A record with its registers, if it agrees with itself and with them; else what is wrong with it."""
    record = read_record(given.record)
    bound = record.commitment
    read = sources(given, _columns(bound.enterprises), _columns(bound.inspectors))
    with placed(given, given.record):
        refuse(_register_faults(bound, read.enterprises, read.inspectors))
    found = verify(record, read.enterprises, read.inspectors, seed=record.seed, digest=bound.digest)
    if found:
        return Draw(record=record, enterprises=read.enterprises, inspectors=read.inspectors)
    findings = _found_in(given.record, found)
    remedy = Note("record-contradicts", given.record, {"count": len(findings)})
    return Answer((), [*fault_lines(findings, given.lang), remedy.text(given.lang)], FAILS)


def _register_faults(commitment: Commitment, enterprises: Register, inspectors: Register | None) -> list[Note]:
    """Why registers are not those that were committed; without that of inspectors nothing is asked of it."""
    if inspectors is not None:
        return registers_faults(commitment, enterprises, inspectors)
    return register_faults(commitment.plan.scheme, commitment.enterprises, enterprises, "enterprises")


# ---- pictures


def picture_files(given: Namespace) -> Answer:
    """Write the pictures of a record, as its visits give them."""
    record = read_record(given.record)
    drawn = pictures_of(record, given.lang, {})
    make_folder(given.out)
    paths = [f"{given.out}/{name}" for name in drawn]
    write_all(zip(paths, drawn.values(), strict=True), force=given.force)
    return Answer(paths)


def write_with_pictures(
    given: Namespace, files: Mapping[str, bytes], pictures: Callable[[], Mapping[str, bytes]]
) -> list[str]:
    """Write files into a folder, with pictures where their extra is installed; and the lines that say so."""
    missing: tuple[Note, ...] = ()
    try:
        files = {**files, **pictures()}
    except InputError as error:
        missing = tuple(note for note in error.faults if note.code == "extra-missing")
        if missing != error.faults:
            raise
    make_folder(given.out)
    write_all([(f"{given.out}/{name}", data) for name, data in files.items()], force=given.force)
    written = word("demo-written", given.lang, folder=given.out, files=", ".join(files))
    return [*wrapped(written), *(note.text(given.lang) for note in missing)]


def pictures_of(record: Record, lang: Lang, glosses: Mapping[str, str]) -> dict[str, bytes]:
    """The pictures of a record by the names of their files."""
    return {
        "who-visits-with-whom.svg": who_meets_whom(record, lang=lang, glosses=glosses),
        "visits-saved.svg": visits_saved(record, lang=lang, glosses=glosses),
    }


# ---- receipts


def receipt_file(given: Namespace) -> Answer:
    """Write the receipt of one visit: what is shown at the door."""
    record = read_record(given.record)
    with about(given.record):
        written = record.receipt(given.enterprise)
    write_all([(given.out, written)], force=given.force)
    scheme = record.commitment.plan.scheme
    shell = f"check {quoted(given.out)} --root {record.root} --size {len(record)}"
    more = "" if scheme == DEFAULT else f" --scheme {scheme}"
    return Answer([word("next", given.lang), f"  {given.program} {shell}{more}"])


def check_receipt_file(given: Namespace) -> Answer:
    """Whether a receipt leads to the root that was published; prints the visit that it proves."""
    with about("--size"):
        size = to_count(given.size)
    with receipt(given.receipt) as data:
        leaf = check_receipt(data, given.root, size=size, scheme=given.scheme)
    return Answer([leaf.decode(), *wrapped(Note("receipt-holds").text(given.lang), hang="")])
