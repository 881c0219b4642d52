"""Verification: recompute a published record from what you know from outside, and name everything that differs.

A forged record agrees with itself. So the seed and the digest of the commitment are arguments: take the seed from the
source that was announced, and the digest from where it was published before that.
"""

from collections import Counter
from collections.abc import Iterable

import attrs
from attrs import frozen

from dual_random.amendment_checks import Checked, check_amendments
from dual_random.chains import check_chain
from dual_random.claims import claim_findings
from dual_random.commitments import BoundRegister, Commitment, allocate, draw_key
from dual_random.draws import Draw
from dual_random.earlier import (
    chain_faults,
    earlier_faults,
    named_record,
    open_departments,
    part,
    staffed_part,
    stranger_faults,
)
from dual_random.eligibility import standing
from dual_random.errors import InputError, Note
from dual_random.findings import cell_findings, foreign_places, is_foreign, visit_findings
from dual_random.forms import kind_faults, kinds_faults, listed, refuse
from dual_random.making import all_departments, recompute, register_faults, restaff, with_places
from dual_random.plain import differences
from dual_random.plans import Plan
from dual_random.populations import Populations, populations
from dual_random.records import Record
from dual_random.registers import Register
from dual_random.replays import Replay, replay
from dual_random.schemes import SCHEMES, digest_faults, scheme_faults, secret_faults, seed_faults
from dual_random.schemes import digest as hash_of
from dual_random.staffing import Staffing, place_table
from dual_random.successions import Succession
from dual_random.supplement_checks import supplement_findings
from dual_random.team_checks import team_findings
from dual_random.text import shown, text_faults
from dual_random.verdicts import Verification


def verify(
    record: Record,
    enterprises: Register,
    inspectors: Register | None = None,
    *,
    seed: str,
    digest: str,
    root: str = "",
    amended: str = "",
    of: Record | None = None,
    of_enterprises: Register | None = None,
    commitments: Iterable[Commitment] = (),
    records: Iterable[Record] = (),
) -> Verification:
    """Recompute a record and name every difference; of a record of another draw, only that it is one.

    Args:
        record: as published.
        enterprises: the register, as it was when the commitment was made.
        inspectors: the register of those who could be sent. It is often not published; without it the rest is checked,
            and of the teams what can be told without it.
        seed: the public value, from the announced source; not the one written in the record.
        digest: of the commitment, from where it was published before the seed existed.
        root: of the receipts, from where it was published on the day of the draw; empty if you do not know it.
        amended: the digest of the last amendment, from where it was published; empty if you do not know it. Without it
            nobody can tell whether amendments were left off at the end, or written anew.
        of: the earlier record, where this one staffs its visits or supplements it; it is verified too, but with the
            seed and the digest that it states itself.
        of_enterprises: the register of the earlier record, where this one supplements it: it shows that nobody in it is
            drawn from a second time.
        commitments, records: the others of the authority, as they were published: the chain that they make with these
            is checked, too (`check_chain`).

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
    faults += [] if inspectors is None else kind_faults(inspectors, Register, "inspectors")
    faults += [] if of is None else kind_faults(of, Record, "of")
    faults += [] if of_enterprises is None else kind_faults(of_enterprises, Register, "of_enterprises")
    files, opened = listed(commitments), listed(records)
    faults += kinds_faults(files, Commitment, "commitments") + kinds_faults(opened, Record, "records")
    faults += text_faults({"seed": seed})
    faults += digest_faults(digest, "digest") + ([] if root == "" else digest_faults(root, "root"))
    faults += [] if amended == "" else digest_faults(amended, "amended")
    refuse(faults or _slips(record.commitment, seed, digest))
    of = named_record(record.commitment.plan, of)
    alone = _verify(record, enterprises, inspectors, seed, digest, root, of, of_enterprises)
    alone = _held_against(alone, record, amended)
    if not (files or opened):
        return alone
    own = (record,) if of is None else (record, of)
    chain = check_chain((record.commitment, *files) if files else (), (*own, *opened)).under("chain")
    findings, unchecked = (*alone.findings, *chain.findings), (*alone.unchecked, *chain.unchecked)
    return attrs.evolve(alone, findings=findings, unchecked=unchecked)


def _held_against(alone: Verification, record: Record, amended: str) -> Verification:
    """A verification with what the published digest of the last amendment tells."""
    if amended in ("", record.digest):
        untold = (Note("unchecked-amended", "amendments"),) if record.amendments and not amended else ()
        return attrs.evolve(alone, unchecked=(*alone.unchecked, *untold))
    told = {"stated": record.digest if record.amendments else "–", "known": amended}
    return attrs.evolve(alone, findings=(*alone.findings, Note("amended-differs", "amendments", told)))


def _verify(
    record: Record,
    enterprises: Register,
    inspectors: Register | None,
    seed: str,
    digest: str,
    root: str,
    of: Record | None,
    of_enterprises: Register | None,
) -> Verification:
    """What is found in a record by itself."""
    findings = _known_findings(record, seed, digest) + _root_findings(record, root)
    secrets = _secret_findings(record)
    commitment = record.commitment
    other = register_faults(commitment.plan.scheme, commitment.enterprises, enterprises, "commitment.enterprises")
    if other:  # it can tell nothing of the visits: whatever differed might be the register's
        return _stopped([*findings, *other, *secrets])
    found, unchecked = _exclusions(commitment.enterprises, enterprises, "commitment.enterprises")
    findings += found
    people, found, untold = _people(commitment, inspectors)
    findings, unchecked = findings + found, unchecked + untold
    if secrets:
        return _stopped([*findings, *secrets], unchecked)
    key = draw_key(commitment.plan, digest, seed, dict(record.secrets))
    known = _Known(enterprises, people, key, seed, of_enterprises)
    again = _restaffed(record, known, of) if commitment.plan.staffs else _redrawn(record, known, of)
    findings, unchecked = [*findings, *again.findings], (*unchecked, *again.unchecked)
    if again.record is None:
        return _stopped(findings, unchecked)
    findings += _differences(record, again.record, again.groups, known)
    amended = _amended(record, again, known)
    findings, unchecked = [*findings, *amended.findings], (*unchecked, *amended.unchecked)
    drawn = attrs.evolve(again.record, amendments=amended.holding) if amended.holding else again.record
    made = Draw(record=drawn, enterprises=enterprises, inspectors=people)
    return Verification(draw=made, findings=tuple(findings), unchecked=unchecked)


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


def _exclusions(bound: BoundRegister, register: Register, at: str) -> tuple[list[Note], tuple[Note, ...]]:
    """Exclusions, held against those of the register; a register read from its published text tells none."""
    stated, found = bound.excluded, register.excluded
    if stated and not found:
        return [], (Note("unchecked-exclusions", f"{at}.excluded", {"count": len(stated)}),)
    return differences(stated, found, f"{at}.excluded"), ()


def _is_early(record: Record) -> bool:
    """Whether a record lacks all the parts that records have not had from the first, under a plan drawable then.

    To lack only some of them is a fault; so is to lack all under rules that no early version knew.
    """
    plan = record.commitment.plan
    drawable = plan.joint.reach == "nested" and plan.joint.most_departments is None and not plan.periods
    drawable = drawable and record.commitment.inspectors is None
    return drawable and record.receipts is None and not record.cells and record.outcome.independent is None


def _without_later_parts(drawn: Record) -> Record:
    """What records held before they had cells and receipts."""
    outcome = attrs.evolve(drawn.outcome, independent=None)
    return attrs.evolve(drawn, outcome=outcome, cells=(), receipts=None)


# ---- made again


@frozen(eq=False)
class _Known:
    """What is known from outside: the registers, and key and seed from the digest that was published."""

    enterprises: Register
    inspectors: Register | None
    key: str
    seed: str
    of_enterprises: Register | None = None


@frozen(eq=False)
class _Again:
    """A record made again, if it could be, and what was noticed."""

    record: Record | None
    groups: Populations | None = None
    findings: tuple[Note, ...] = ()
    unchecked: tuple[Note, ...] = ()


def _redrawn(record: Record, known: _Known, of: Record | None) -> _Again:
    """The record of a plan that draws."""
    commitment = record.commitment
    told, unchecked = _supplemented(commitment, known, of)
    try:
        groups = populations(commitment.plan, known.enterprises)
        expected = attrs.evolve(commitment, allocation=allocate(groups))
        drawn = recompute(
            expected,
            known.enterprises,
            known.inspectors,
            groups,
            key=known.key,
            seed=known.seed,
            secrets=record.secrets,
        )
        if commitment.inspectors and known.inspectors is None:
            drawn = _with_stated_people(record, drawn, all_departments(drawn.served), known.key)
    except InputError as error:
        return _Again(None, findings=(*told, *map(_committed, error.faults)), unchecked=unchecked)
    findings = (*told, *differences(commitment.allocation, expected.allocation, "commitment.allocation"))
    if _is_early(record):
        return _Again(_without_later_parts(drawn), groups, findings, (*unchecked, Note("unchecked-early")))
    return _Again(drawn, groups, findings, unchecked)


def _restaffed(record: Record, known: _Known, of: Record | None) -> _Again:
    """The record of a plan that staffs an earlier one; without that one, over the visits that it states itself."""
    commitment, plan = record.commitment, record.commitment.plan
    findings, unchecked, usable = _earlier(plan, known, of)
    kept = staffed_part(plan, usable) if usable else part(record, range(len(record)))
    departments = kept.coming(open_departments(usable) if usable else [each.department for each in record.staffing])
    strange = stranger_faults(kept.enterprises, known.enterprises)
    if strange:
        return _Again(None, findings=(*findings, *strange), unchecked=unchecked)
    try:
        drawn = restaff(
            commitment,
            kept,
            departments,
            known.enterprises,
            known.inspectors,
            key=known.key,
            seed=known.seed,
            secrets=record.secrets,
        )
        if commitment.inspectors and known.inspectors is None:
            drawn = _with_stated_people(record, drawn, departments, known.key)
    except InputError as error:
        return _Again(None, findings=(*findings, *map(_committed, error.faults)), unchecked=unchecked)
    return _Again(drawn, None, (*findings, *(() if usable else _period_findings(record))), unchecked)


def _committed(note: Note) -> Note:
    """A fault of the rules, of the tables beside them, or of a register, with its path in the record."""
    part = note.at.partition(".")[0]
    return note.under("commitment" if part in ("inspectors", "recusals", "meetings") else "commitment.plan")


def _period_findings(record: Record) -> list[Note]:
    """Visits of periods that the plan does not staff."""
    periods = record.commitment.plan.periods
    known, due = ", ".join(periods) or "–", frozenset(periods or ("",))
    return [
        Note("period-unstaffed", f"visits[{i}].period", {"enterprise": name, "stated": period or "–", "known": known})
        for i, (name, period) in enumerate(zip(record, record.periods or ("",) * len(record), strict=True))
        if period not in due
    ]


def _earlier(plan: Plan, known: _Known, of: Record | None) -> tuple[tuple[Note, ...], tuple[Note, ...], Record | None]:
    """The earlier record, if it is the one that the plan names, verified with what it states itself."""
    untold = Note("unchecked-earlier", "commitment.plan.staffs", {"digest": plan.staffs})
    if of is None:
        return (), (untold,), None
    wrong = [Note(note.code, "commitment.plan.staffs", note.params) for note in chain_faults(plan, of)]
    wrong = wrong or [_of_earlier(note) for note in earlier_faults(plan, of, known.enterprises)]
    if wrong:
        return tuple(wrong), (untold,), None
    return *_verified(of, known), of


def _of_earlier(note: Note) -> Note:
    """Why a plan cannot staff a record, with its path in the plan, or in that record."""
    return note.under("of" if note.code == "staffs-enterprise-unknown" else "commitment.plan")


def _supplemented(
    commitment: Commitment, known: _Known, of: Record | None
) -> tuple[tuple[Note, ...], tuple[Note, ...]]:
    """What is found of the earlier record that a plan supplements, and in it."""
    findings, unchecked = supplement_findings(commitment, of, known.enterprises, known.of_enterprises)
    if of is None or commitment.plan.supplements != of.digest:
        return findings, unchecked
    told, left = _verified(of, attrs.evolve(known, enterprises=known.of_enterprises or known.enterprises))
    return (*findings, *told), (*unchecked, *left)


def _verified(of: Record, known: _Known) -> tuple[tuple[Note, ...], tuple[Note, ...]]:
    """What is found in an earlier record, and what stays unchecked of it; all with what it states itself."""
    bound, scheme, people = of.commitment.enterprises, of.commitment.plan.scheme, of.commitment.inspectors
    if register_faults(scheme, bound, known.enterprises, ""):
        return (), (Note("unchecked-earlier-register", "of", {"digest": bound.digest}),)
    inspectors = known.inspectors
    if people is None or (inspectors is not None and register_faults(scheme, people, inspectors, "")):
        inspectors = None
    try:
        checked = verify(of, known.enterprises, inspectors, seed=of.seed, digest=of.commitment.digest)
    except InputError as error:  # its seed is not in its own form
        return tuple(note.under("of") for note in error.faults), ()
    own = Note("unchecked-earlier-seed", "of", {"seed": of.seed, "digest": of.commitment.digest})
    findings, unchecked = (tuple(note.under("of") for note in told) for told in (checked.findings, checked.unchecked))
    return findings, (*unchecked, own)


# ---- what differs


def _differences(record: Record, drawn: Record, groups: Populations | None, known: _Known) -> list[Note]:
    """Where a record differs from the one made again, and what in its teams breaks the rules."""
    if is_foreign(record, drawn):
        return [Note("tickets-foreign", "visits", {"count": len(record)})]
    people, places = known.inspectors, (record.places, record.staffing)
    teams = any(places) and (people is None or places != (drawn.places, drawn.staffing))
    other = foreign_places(record, drawn)
    foreign = frozenset(str(note.params["department"]) for note in other)
    return [
        *(team_findings(record, known.enterprises, people) if teams else ()),
        *(claim_findings(record) if people is None or record.commitment.plan.staffs else ()),
        *other,
        *visit_findings(record, drawn, known.enterprises, groups, foreign),
        *differences(record.outcome, drawn.outcome, "outcome"),
        *cell_findings(record.cells, drawn.cells),
        *differences(record.staffing, drawn.staffing, "staffing"),
        *differences(record.receipts, drawn.receipts, "receipts"),
    ]


# ---- what was changed after the draw


def _amended(record: Record, again: _Again, known: _Known) -> Checked:
    """The amendments, made again on the recomputed draw."""
    if again.record is None or not record.amendments:
        return Checked((), (), ())
    if is_foreign(record, again.record):  # of another draw, and so are they
        left = Note("unchecked-amendments-foreign", "amendments", {"count": len(record.amendments)})
        return Checked((), (left,), ())
    groups, commitment = again.groups, again.record.commitment

    def drawn_anew() -> Replay:  # a plan that staffs an earlier record draws nobody, and no amendment of it asks
        return replay(
            commitment, known.enterprises, groups or populations(commitment.plan, known.enterprises), known.key
        )

    people = known.inspectors is not None or commitment.inspectors is None
    succession = Succession(again.record, known.enterprises, known.inspectors, known.key, drawn_anew)
    return check_amendments(record, succession, people=people)


# ---- who goes


def _people(
    commitment: Commitment, inspectors: Register | None
) -> tuple[Register | None, list[Note], tuple[Note, ...]]:
    """The register of inspectors if it is the one that was committed, what is wrong with it, what stays unchecked."""
    bound = commitment.inspectors
    if bound is None:
        return None, [], () if inspectors is None else (Note("unchecked-inspectors", "inspectors"),)
    if inspectors is None:
        return None, [], (Note("unchecked-teams", "commitment.inspectors", {"digest": bound.digest}),)
    faults = register_faults(commitment.plan.scheme, bound, inspectors, "commitment.inspectors")
    if faults:
        return None, faults, (Note("unchecked-teams", "commitment.inspectors", {"digest": bound.digest}),)
    found, unchecked = _exclusions(bound, inspectors, "commitment.inspectors")
    return inspectors, found, unchecked


def _with_stated_people(record: Record, drawn: Record, departments: tuple[str, ...], key: str) -> Record:
    """A record made again without inspectors, with the people whom the published one states: they stay unchecked.

    Only departments count that are due, on visits to which they come. Of how they were staffed the numbers are counted.
    """
    stated = dict(zip(record.enterprises, record.places, strict=False))
    due = {served: frozenset(served.departments).intersection(departments) for served in set(drawn.served)}
    places = [
        [place for place in stated.get(name, ()) if place[0] in due[served]]
        for name, served in zip(drawn.enterprises, drawn.served, strict=True)
    ]
    told = {each.department: each for each in record.staffing}
    staffing = tuple(_counted(drawn, department, told.get(department)) for department in departments)
    number = {period: place for place, period in enumerate(record.commitment.plan.periods)}
    periods = [number.get(period, len(number)) for period in drawn.periods] or [0] * len(drawn)
    return with_places(drawn, place_table(places), staffing, key, periods)


def _counted(drawn: Record, department: str, stated: Staffing | None) -> Staffing:
    """How a department is said to be staffed, with its visits and places as they are counted."""
    rule = drawn.commitment.plan.team_rule(department)
    kinds = Counter(served for served in drawn.served if department in served.departments)
    needs = {served: sum(rule.slots[slot].count for slot in standing(rule, served.demands)) for served in kinds}
    places = sum(count * needs[served] for served, count in kinds.items())
    try:
        own = stated or Staffing(department=department, visits=0, places=places)
        return attrs.evolve(own, visits=kinds.total(), places=places)
    except InputError:  # short of more places than there are
        return Staffing(department=department, visits=kinds.total(), places=places)
