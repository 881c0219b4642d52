"""Verification: recompute a published record from what you know from outside, and name everything that differs.

A forged record agrees with itself. So the seed and the digest of the commitment are arguments: take the seed from the
source that was announced, and the digest from where it was published before that.
"""

from collections.abc import Iterable
from typing import Self

import attrs
from attrs import frozen

from dual_random.commitments import Commitment, allocate, draw_key
from dual_random.draws import Draw, recompute, register_faults
from dual_random.errors import InputError, Note, VerificationError
from dual_random.forms import kind_faults, refuse
from dual_random.plain import differences
from dual_random.populations import Populations, populations
from dual_random.records import Record
from dual_random.registers import Register
from dual_random.schemes import SCHEMES, digest_faults, scheme_faults, secret_faults, seed_faults
from dual_random.schemes import digest as hash_of
from dual_random.text import shown, text_faults
from dual_random.visits import CellTable, Visit


@frozen(kw_only=True)
class Verification:
    """A recomputed record; true if the published one holds.

    Args:
        draw: what the rules, the register, and the seed and digest you know give; None where the record is too
            damaged to recompute anything.
        findings: what does not hold, each with its path in the record.
        unchecked: what could not be checked with what was given.
    """

    draw: Draw | None
    findings: tuple[Note, ...]
    unchecked: tuple[Note, ...] = ()

    def __bool__(self) -> bool:
        return not self.findings

    def __str__(self) -> str:
        visits = len(self.draw.record) if self.draw else 0
        told = self.findings or (Note("record-recomputed", "", {"visits": visits}),)
        return "\n".join(map(str, (*told, *self.unchecked)))

    def raise_for_findings(self) -> Self:
        """The verification itself if the record holds.

        Raises:
            VerificationError: with all findings.
        """
        if self.findings:
            raise VerificationError(self.findings)
        return self


def verify(record: Record, enterprises: Register, *, seed: str, digest: str, root: str = "") -> Verification:
    """Recompute a record and name every difference; of a record of another draw, only that it is one.

    Args:
        record: as published.
        enterprises: the register, as it was when the commitment was made.
        seed: the public value, from the announced source; not the one written in the record.
        digest: of the commitment, from where it was published before the seed existed.
        root: of the receipts, from where it was published on the day of the draw; empty if you do not know it.

    Returns:
        The verification: true if everything was recomputed and agrees.

    Raises:
        InputError: a seed that is not text or not in the announced form, a digest or root of another
            form, a digest by another hash than the scheme's.

    >>> from dual_random import Demand, Plan, SeedSource, commit, draw
    >>> enterprises = Register({"id": ["E1", "E2", "E3", "E4"]}, id="id", columns=[])
    >>> source = SeedSource(source="双色球", event="2024090期", earliest="2024-08-06T21:15:00+08:00",
    ...                     form="00 00 00 00 00 00 + 00")
    >>> plan = Plan(title="抽查", authority="海曙区", number="2024-3", seed=source, demands=[Demand("市监", take=2)])
    >>> commitment = commit(plan, enterprises)
    >>> record = draw(commitment, enterprises, seed="05 11 17 22 29 31 + 08").record
    >>> bool(verify(record, enterprises, seed="05 11 17 22 29 31 + 08", digest=commitment.digest))
    True
    >>> checked = verify(record, enterprises, seed="01 02 03 04 05 06 + 07", digest=commitment.digest)
    >>> [f"{note.code} {note.at}" for note in checked.findings]
    ['seed-differs seed', 'tickets-foreign visits']
    """
    faults = kind_faults(record, Record, "record") + kind_faults(enterprises, Register, "enterprises")
    faults += text_faults({"seed": seed})
    faults += digest_faults(digest, "digest") + ([] if root == "" else digest_faults(root, "root"))
    refuse(faults or _slips(record.commitment, seed, digest))
    findings = _known_findings(record, seed, digest) + _root_findings(record, root)
    secrets = _secret_findings(record)
    other = [note.under("commitment") for note in register_faults(record.commitment, enterprises)]
    if other:  # it can tell nothing of the visits: whatever differed might be the register's
        return _stopped([*findings, *other, *secrets])
    try:
        groups = populations(record.commitment.plan, enterprises)
        expected = attrs.evolve(record.commitment, allocation=allocate(groups))
    except InputError as error:
        told = [note.under("commitment.plan") for note in error.faults]
        return _stopped([*findings, *secrets, *told])
    findings += differences(record.commitment.allocation, expected.allocation, "commitment.allocation")
    found, unchecked = _exclusions(record.commitment, enterprises)
    findings += found + secrets
    if secrets:
        return _stopped(findings, unchecked)
    key = draw_key(record.commitment.plan, digest, seed, dict(record.secrets))
    drawn = recompute(expected, enterprises, groups, key=key, seed=seed, secrets=record.secrets)
    if _is_early(record):
        drawn, unchecked = _without_later_parts(drawn), (*unchecked, Note("unchecked-early"))
    if _foreign(record, drawn):
        findings.append(Note("tickets-foreign", "visits", {"count": len(record)}))
    else:
        findings += _visit_findings(record, drawn, enterprises, groups)
        findings += differences(record.outcome, drawn.outcome, "outcome")
        findings += _cell_findings(record.cells, drawn.cells)
        findings += differences(record.receipts, drawn.receipts, "receipts")
    return Verification(draw=Draw(record=drawn, enterprises=enterprises), findings=tuple(findings), unchecked=unchecked)


def _stopped(findings: Iterable[Note], unchecked: Iterable[Note] = ()) -> Verification:
    """What was found where the visits could not be recomputed."""
    return Verification(draw=None, findings=tuple(findings), unchecked=(*unchecked, Note("unchecked-visits")))


def _slips(commitment: Commitment, seed: str, digest: str) -> list[Note]:
    """What you know, written otherwise than it was published: no fault of the record."""
    if commitment.digest == digest:  # so the form is that which was announced
        return seed_faults(commitment.plan.seed.form, seed, "seed")
    others = [scheme for scheme in SCHEMES if scheme != commitment.plan.scheme and not scheme_faults(scheme)]
    given = [scheme for scheme in others if hash_of(scheme, commitment.to_json()) == digest]
    return [Note("digest-of-other-hash", "digest", {"given": each, "scheme": commitment.plan.scheme}) for each in given]


def _known_findings(record: Record, seed: str, digest: str) -> list[Note]:
    """Seed and commitment, held against what is known from outside."""
    findings = seed_faults(record.commitment.plan.seed.form, seed, "seed")
    if record.seed != seed:
        findings.append(Note("seed-differs", "seed", {"stated": shown(record.seed), "known": shown(seed)}))
    if record.commitment.digest != digest:
        findings.append(Note("digest-differs", "commitment", {"stated": record.commitment.digest, "known": digest}))
    return findings


def _root_findings(record: Record, root: str) -> list[Note]:
    """The root of the receipts, held against the one that was published on the day of the draw."""
    if root in ("", record.root):
        return []
    return [Note("root-differs", "receipts.root", {"stated": record.root or "–", "known": root})]


def _secret_findings(record: Record) -> list[Note]:
    plan = record.commitment.plan
    return secret_faults(plan.scheme, dict(plan.seals), dict(record.secrets))


def _exclusions(commitment: Commitment, enterprises: Register) -> tuple[list[Note], tuple[Note, ...]]:
    """Exclusions, held against those of the register; a register read from its published text tells none."""
    stated, found = commitment.enterprises.excluded, enterprises.excluded
    if stated and not found:
        return [], (Note("unchecked-exclusions", "commitment.enterprises.excluded", {"count": len(stated)}),)
    return differences(stated, found, "commitment.enterprises.excluded"), ()


def _is_early(record: Record) -> bool:
    """Whether a record lacks all the parts that records have not had from the first, under a plan drawable then.

    To lack only some of them is a fault; so is to lack all under rules that no early version knew.
    """
    plan = record.commitment.plan
    drawable = plan.joint.reach == "nested" and plan.joint.most_departments is None and not plan.periods
    return drawable and record.receipts is None and not record.cells and record.outcome.independent is None


def _without_later_parts(drawn: Record) -> Record:
    """What records held before they had cells and receipts."""
    outcome = attrs.evolve(drawn.outcome, independent=None)
    return attrs.evolve(drawn, outcome=outcome, cells=(), receipts=None)


# ---- cells


def _cell_findings(stated: CellTable, computed: CellTable) -> list[Note]:
    if stated == computed:
        return []
    due = {cell.key: cell for cell in computed}
    findings: list[Note] = []
    for place, cell in enumerate(stated):
        if cell.key in due:
            findings += differences(cell, due[cell.key], f"cells[{place}]")
        else:
            findings.append(Note("cell-not-due", f"cells[{place}].key"))
    listed = set(stated.keys)
    findings += [Note("cell-left-out", "cells", {"key": key}) for key in due if key not in listed]
    return findings or [Note("cells-order", "cells")]


# ---- visits


def _foreign(record: Record, drawn: Record) -> bool:
    """Whether no ticket at all fits, so that listing each visit would tell nothing more."""
    return len(record) > 1 and not set(record.tickets) & set(drawn.tickets)


def _visit_findings(record: Record, drawn: Record, enterprises: Register, groups: Populations) -> list[Note]:
    if _columns(record) == _columns(drawn):
        return []
    findings = [
        note
        for place, enterprise in enumerate(record)
        for note in _visit_notes(f"visits[{place}]", record[enterprise], drawn, enterprises, groups)
    ]
    missing = [drawn[enterprise] for enterprise in drawn if enterprise not in record]
    findings += [
        Note("visit-missing", "visits", {"enterprise": visit.enterprise, "demands": ", ".join(visit.demands)})
        for visit in missing
    ]
    return findings or [_order_note(record, drawn)]


def _columns(record: Record) -> tuple[object, ...]:
    return record.enterprises, record.tickets, record.served, record.periods, frozenset(record.extra)


def _order_note(record: Record, drawn: Record) -> Note:
    """The same visits in another order, which no file can have: `Record.from_json` refuses it."""
    pairs = zip(record.enterprises, drawn.enterprises, strict=True)
    place, enterprise = next((place, stated) for place, (stated, due) in enumerate(pairs) if stated != due)
    return Note("visits-order", f"visits[{place}]", {"enterprise": enterprise})


def _visit_notes(at: str, visit: Visit, drawn: Record, enterprises: Register, groups: Populations) -> list[Note]:
    if visit.enterprise in drawn:
        return _visit_differences(at, visit, drawn[visit.enterprise])
    row = enterprises.row_of(visit.enterprise)
    if row is None:
        return [Note("visit-unregistered", at, {"enterprise": visit.enterprise})]
    profile = groups.profile[row]
    if all(population.stratum[profile] < 0 for population in groups.demands):
        return [Note("visit-outside", at, {"enterprise": visit.enterprise})]
    return [Note("visit-not-drawn", at, {"enterprise": visit.enterprise})]


def _visit_differences(at: str, stated: Visit, computed: Visit) -> list[Note]:
    findings = []
    if stated.ticket != computed.ticket:
        params = {"enterprise": stated.enterprise, "stated": stated.ticket, "computed": computed.ticket}
        findings.append(Note("ticket-differs", f"{at}.ticket", params))
    for part in ("demands", "departments"):
        listed, expected = getattr(stated, part), getattr(computed, part)
        if listed != expected:
            params = {
                "enterprise": stated.enterprise,
                "missing": ", ".join(name for name in expected if name not in listed) or "–",
                "extra": ", ".join(name for name in listed if name not in expected) or "–",
            }
            findings.append(Note(f"{part}-differ", f"{at}.{part}", params))
    for part, code in (("lead", "lead-differs"), ("period", "period-differs"), ("extra", "extra-differs")):
        told, due = (_word(getattr(visit, part)) for visit in (stated, computed))
        if told != due:
            params = {"enterprise": stated.enterprise, "stated": told, "computed": due}
            findings.append(Note(code, f"{at}.{part}", params))
    return findings


def _word(value: object) -> str:
    """A part of a visit as it stands in the JSON; a dash for none."""
    return {True: "true", False: "false", "": "–"}.get(value, str(value))
