"""What each command of the command line does: arguments in, an answer out. Nothing is printed here.

An answer is whole before a word of it is printed, so its exit code stands even if nobody reads to the end.
"""

import re
from argparse import Namespace
from collections.abc import Iterable, Mapping, Sequence
from shlex import quote
from typing import Final

from attrs import evolve, field, frozen

from dual_random.binding import commit
from dual_random.commitments import Commitment, final_seed
from dual_random.draws import Draw, draw
from dual_random.errors import InputError, Lang, Note
from dual_random.files import (
    EXCLUDABLE,
    Reading,
    about,
    make_folder,
    read_commitment,
    read_plan,
    read_record,
    read_register,
    receipt,
    write_all,
)
from dual_random.formats import csv_bytes
from dual_random.forms import Pairs, listed, refuse, repeat_faults
from dual_random.making import registers_faults
from dual_random.pictures import visits_saved, who_meets_whom
from dual_random.rates import Rate, reconcile
from dual_random.receipts import check_receipt
from dual_random.records import Record
from dual_random.registers import Register
from dual_random.rehearsals import draws_faults, rehearse
from dual_random.reports import (
    commitment_lines,
    demand_lines,
    department_lines,
    explanation_lines,
    fault_lines,
    outcome_lines,
    rate_text,
    record_lines,
    rehearsal_lines,
    word,
    wrapped,
)
from dual_random.schemes import (
    DEFAULT,
    Scheme,
    commitment_key,
    digest_faults,
    is_digest,
    label_key,
    sealed_seed,
    secret_faults,
    seed_faults,
    shell_tool,
    ticket,
)
from dual_random.text import shown, text_faults
from dual_random.verification import Verification, verify

HOLDS: Final = 0
FAILS: Final = 1
WRONG_INPUT: Final = 2

_COUNT: Final = re.compile(r"[0-9]{1,15}", re.ASCII)
_PLAIN: Final = re.compile(r"[\w@%+=:,./-]+")


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
    """If all faults are faults of rows, how such rows can be kept out; what admits alike ids; what opens seals."""
    hints = []
    table = getattr(given, "id", "")
    if table and any(note.code == "id-alike" for note in notes):
        hints.append(Note("alike-hint"))
    if table and all(note.code in EXCLUDABLE and ": row" in note.at for note in notes):
        codes = ",".join(sorted({*_listed(given.exclude), *(note.code for note in notes)}))
        hints.append(Note("exclude-hint", "", {"codes": codes}))
    sealed = [str(note.params["party"]) for note in notes if note.code == "secret-missing"]
    if sealed:
        hints.append(Note("secret-hint", "", {"options": " ".join(_secret_words(sealed))}))
    return hints


def _secret_words(parties: Iterable[str]) -> list[str]:
    """The option that opens a seal, for each party."""
    return [f"--secret {quoted(f'{party}=HEX')}" for party in parties]


# ---- options that several commands have


def _listed(text: str) -> tuple[str, ...]:
    """Names separated by commas."""
    return tuple(text.split(",")) if text else ()


def _pairs(texts: Sequence[str], option: str, example: str) -> Pairs:
    """``NAME=VALUE`` as pairs; a name stands once."""
    refuse(Note("option-pair", option, {"value": shown(text), "example": example}) for text in texts if "=" not in text)
    found = tuple((name, value) for name, _, value in (text.rpartition("=") for text in texts))
    refuse(repeat_faults((name for name, _ in found), option))
    return found


def _secrets(texts: Sequence[str]) -> Pairs:
    return _pairs(texts, "--secret", "消防=" + "0" * 64)


def _register(given: Namespace, columns: Iterable[str], *, present: bool = False) -> Register:
    reading = Reading(
        id=given.id,
        null=given.null,
        check=given.check or "",
        exclude=_listed(given.exclude),
        alike=given.alike,
        encoding=given.encoding,
    )
    return read_register(given.register, reading, columns, present=present)


def _register_words(given: Namespace) -> str:
    """The register with its options, as they are typed."""
    options = {
        "--id": given.id or None,
        "--null": given.null,
        "--check": given.check,
        "--exclude": given.exclude or None,
        "--encoding": given.encoding or None,
    }
    words = [f"{option} {quoted(value)}" for option, value in options.items() if value is not None]
    return " ".join([quoted(given.register), *words, *(["--alike"] if given.alike else [])])


def quoted(text: str) -> str:
    """A word for a shell, in double quotes if it needs any and they do."""
    if _PLAIN.fullmatch(text):
        return text
    return quote(text) if set(text) & set('"$`\\!') else f'"{text}"'


# ---- rehearse, commit, draw


def rehearse_files(given: Namespace) -> Answer:
    """What a plan will give over a register. Nothing is written; a target at risk is a warning, no failure."""
    plan = read_plan(given.plan)
    with about("--draws"):
        draws = _count(given.draws)
    refuse(draws_faults(draws, "--draws"))
    enterprises = _register(given, plan.enterprise_columns)
    with about(given.plan):
        found = rehearse(plan, enterprises, draws=draws, progress=given.progress)
    return Answer([*rehearsal_lines(found, given.lang), *_notice_lines(found.notices, given.lang)])


def commit_files(given: Namespace) -> Answer:
    """Bind a plan to a register; write the commitment and, if wanted, the register's text."""
    plan = read_plan(given.plan)
    if given.columns and not given.id:
        raise InputError([Note("register-text-option", given.register, {"option": "--columns"})])
    refuse(digest_faults(given.previous, "--previous") if given.previous else [])
    enterprises = _register(given, _listed(given.columns) or plan.enterprise_columns)
    with about(given.plan):
        commitment = commit(plan, enterprises, previous=given.previous)
    outputs = [(given.out, commitment.to_json())]
    if given.register_out:
        outputs.append((given.register_out, enterprises.to_tsv()))
    write_all(outputs, force=given.force)
    return Answer(
        [
            *commitment_lines(commitment, given.lang),
            "",
            *demand_lines(commitment, given.lang),
            *_notice_lines(commitment.notices, given.lang),
            "",
            *_after_commit(given, commitment),
        ]
    )


def _notice_lines(notices: Sequence[Note], lang: Lang) -> list[str]:
    return ["", word("notices", lang), *_told(fault_lines(notices, lang))] if notices else []


def _told(lines: Iterable[str]) -> list[str]:
    """Long lines as indented paragraphs."""
    return [f"  {part}" for line in lines for part in wrapped(line)]


def _after_commit(given: Namespace, commitment: Commitment) -> list[str]:
    source = commitment.plan.seed
    register = quoted(given.register_out) if given.register_out else _register_words(given)
    seed = " ".join([f"--seed {quoted(source.form)}", *_secret_words(party for party, _ in commitment.plan.seals)])
    public = " --public public.json" if commitment.plan.seals else ""
    shell = f"draw {quoted(given.out)} {register} {seed} --out record.json{public}"
    event = f"{source.source} {source.event}"
    publish = word("next-publish", given.lang, event=event, tool=shell_tool(commitment.plan.scheme), file=given.out)
    return [
        word("next", given.lang),
        *_told([publish]),
        f"  {word('next-draw', given.lang)}",
        f"    {given.program} {shell}",
    ]


def draw_files(given: Namespace) -> Answer:
    """Draw what was committed; write the record and, if wanted, one of its tables."""
    if given.table and not given.csv:
        raise InputError([Note("option-needs", "--table", {"option": "--table", "other": "--csv"})])
    commitment = read_commitment(given.commitment)
    enterprises = _register(given, commitment.enterprises.columns)
    drawn = draw(commitment, enterprises, seed=given.seed, secrets=_secrets(given.secret))
    outputs = [(given.out, drawn.record.to_json())]
    if given.public:
        outputs.append((given.public, drawn.record.to_json(public=True)))
    if given.csv:
        outputs.append((given.csv, csv_bytes(drawn.record.table(given.table or "visits", lang=given.lang))))
    write_all(outputs, force=given.force)
    return Answer([*draw_lines(drawn.record, given.lang), "", *_after_draw(given, drawn.record)])


def draw_lines(record: Record, lang: Lang, glosses: Mapping[str, str] | None = None) -> list[str]:
    """Seed, digest, counts, rates, and the departments."""
    return [
        *record_lines(record, lang),
        "",
        *outcome_lines(record, lang),
        "",
        *department_lines(record, lang, glosses or {}),
    ]


def _after_draw(given: Namespace, record: Record) -> list[str]:
    known = f"--seed {quoted(record.seed)} --digest {record.commitment.digest}"
    files = f"{quoted(given.out)} {_register_words(given)}"
    some = next(iter(record), "ID")
    return [
        word("next", given.lang),
        f"  {given.program} verify {files} {known}",
        f"  {given.program} why {files} {quoted(some)}",
    ]


# ---- verify, why


def verify_files(given: Namespace) -> Answer:
    """Recompute a record with the seed and the digest that are known from outside."""
    record = read_record(given.record)
    # Columns that the record invents are not asked of the file: verify says that the registers differ.
    columns = [name for name in record.commitment.enterprises.columns if name != "id"]
    enterprises = _register(given, columns, present=True)
    found = verify(record, enterprises, seed=given.seed, digest=given.digest, root=given.root)
    answer = verification_answer(found, record, given.record, given.lang)
    return evolve(answer, faults=(*_changed_rows(given, enterprises), *answer.faults)) if not found else answer


def _changed_rows(given: Namespace, enterprises: Register) -> list[str]:
    """What was added, removed or changed between the other version of the register, if given, and this one."""
    if not given.against:
        return []
    notes = read_register(given.against, Reading(), ()).differences(enterprises)
    return fault_lines([Note(note.code, f"{given.register}: {note.at}", note.params) for note in notes], given.lang)


def verification_answer(found: Verification, record: Record, path: str, lang: Lang) -> Answer:
    """Whether a record holds, and if not, what is wrong with it."""
    unchecked = [word("unchecked", lang), *_told(fault_lines(found.unchecked, lang))] if found.unchecked else []
    if found:
        holds = wrapped(Note("record-holds", "", {"visits": len(record)}).text(lang), hang="")
        return Answer([*holds, "", *outcome_lines(record, lang), *([""] if unchecked else []), *unchecked])
    placed = [Note(note.code, f"{path}: {note.at}", note.params) for note in found.findings]
    authority = record.commitment.plan.authority
    remedy = Note("record-fails", path, {"count": len(placed), "authority": authority})
    return Answer(unchecked, [*fault_lines(placed, lang), remedy.text(lang)], FAILS)


def why_files(given: Namespace) -> Answer:
    """Explain one enterprise, if the record agrees with itself and with the register."""
    record = read_record(given.record)
    enterprises = _register(given, record.commitment.enterprises.columns)
    with about(given.record):
        refuse(registers_faults(record.commitment, enterprises, None))
    found = verify(record, enterprises, seed=record.seed, digest=record.commitment.digest)
    if not found:
        placed = [Note(note.code, f"{given.record}: {note.at}", note.params) for note in found.findings]
        remedy = Note("record-contradicts", given.record, {"count": len(placed)})
        return Answer((), [*fault_lines(placed, given.lang), remedy.text(given.lang)], FAILS)
    explanation = Draw(record=record, enterprises=enterprises).why(given.enterprise)
    return Answer(explanation_lines(explanation, given.lang))


# ---- pictures


def picture_files(given: Namespace) -> Answer:
    """Write the pictures of a record, as its visits give them."""
    record = read_record(given.record)
    drawn = pictures_of(record, given.lang, {})
    make_folder(given.out)
    paths = [f"{given.out}/{name}" for name in drawn]
    write_all(zip(paths, drawn.values(), strict=True), force=given.force)
    return Answer(paths)


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
        size = _count(given.size)
    with receipt(given.receipt) as data:
        leaf = check_receipt(data, given.root, size=size, scheme=given.scheme)
    return Answer([leaf.decode(), *wrapped(Note("receipt-holds").text(given.lang), hang="")])


# ---- ticket, rate


def tickets(given: Namespace) -> Answer:
    """The tickets of some ids under a commitment or a label; no register is needed."""
    refuse(text_faults({"--seed": given.seed, "--label": given.label if given.label is not None else "-"}))
    refuse(note for name in given.ids for note in text_faults({shown(name): name}))
    scheme, purpose, bound, seed = _key_parts(given)
    key = (commitment_key if purpose == "commitment" else label_key)(scheme, bound, seed)
    if not given.shell:
        return Answer([f"{ticket(scheme, key, 'target', name)}  {name}" for name in given.ids])
    tool = shell_tool(scheme)
    words = " ".join(map(quote, (scheme, purpose, bound, seed)))
    line = rf"K=$(printf '%s\n%s\n%s\n%s' {words} | {tool} | cut -c1-64)"
    return Answer([line, *(rf"""printf '%s\ntarget\n%s' "$K" {quote(name)} | {tool}""" for name in given.ids)])


def _key_parts(given: Namespace) -> tuple[Scheme, str, str, str]:
    """What the key is made of: scheme, purpose, digest or label, and the seed, unsealed."""
    secrets = dict(_secrets(given.secret))
    if given.label is not None:
        if secrets:
            raise InputError([Note("option-needs", "--secret", {"option": "--secret", "other": "--commitment"})])
        return given.scheme, "label", given.label, given.seed
    if is_digest(given.commitment):
        seed = sealed_seed(given.scheme, given.seed, secrets) if secrets else given.seed
        return given.scheme, "commitment", given.commitment, seed
    commitment = read_commitment(given.commitment)
    return commitment.plan.scheme, "commitment", commitment.digest, _opened(commitment, given.seed, secrets)


def _opened(commitment: Commitment, seed: str, secrets: Mapping[str, str]) -> str:
    plan = commitment.plan
    refuse(seed_faults(plan.seed.form, seed, "--seed") + secret_faults(plan.scheme, dict(plan.seals), secrets))
    return final_seed(plan, seed, secrets)


def rates(given: Namespace) -> Answer:
    """A rate of two counts, or a printed rate held against its counts."""
    printed, counts = (given.values[:1], given.values[1:]) if len(given.values) == 3 else ([], given.values)
    if len(counts) != 2:
        raise InputError([Note("arguments-rate", "", {"count": len(given.values)})])
    if given.among and not printed:
        raise InputError([Note("option-needs", "--among", {"option": "--among", "other": "RATE"})])
    numerator, denominator = map(_count, counts)
    if not printed:
        return Answer([rate_text(Rate(numerator, denominator, of=given.of or "visits"), given.lang)])
    among = _among(given, numerator, denominator)
    found = reconcile(printed[0], numerator, denominator, among=among, of=given.of or "counts")
    return Answer(found.text(given.lang).splitlines(), code=HOLDS if found.holds else FAILS)


def _among(given: Namespace, numerator: int, denominator: int) -> dict[str, int]:
    """The counts whose pairs are tried: those given, and the two of the rate itself unless they are among them."""
    others = {name: _count(count) for name, count in _pairs(given.among, "--among", "joint=9685")}
    own = {word("part", given.lang): numerator, word("whole", given.lang): denominator} if others else {}
    unnamed = {name: count for name, count in own.items() if count not in others.values()}
    refuse(repeat_faults((*unnamed, *others), "--among"))
    return {**unnamed, **others}


def _count(text: str) -> int:
    if not _COUNT.fullmatch(text):
        raise InputError([Note("option-count", "", {"value": shown(text)})])
    return int(text)
