"""The chain of an authority's commitments (承诺链): what was kept back, voided too late, or drawn twice.

An authority that publishes ten digests and opens the one it likes has chosen. So each commitment names the one before
it, every one is opened in the end, and a plan is void (作废) only if a later commitment says so before its seed can
exist. What that leaves open is found here from the files alone. No clock is read: that a plan should have been drawn
is known only where another one was drawn later, so the last ones stay open.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import pairwise
from typing import Final, TypeVar

from attrs import frozen

from dual_random.commitments import Commitment
from dual_random.errors import Note
from dual_random.forms import kinds_faults, listed, refuse
from dual_random.records import Record

K = TypeVar("K")
V = TypeVar("V")

_COUNTER: Final = re.compile(r"(?P<series>|.*[^0-9])(?P<counter>[1-9][0-9]{0,2})", re.ASCII | re.DOTALL)
_MONTH: Final = re.compile(r"[0-9]{4}[-./年](0[1-9]|1[0-2])[-./月]", re.ASCII)
_SHOWN: Final = 10


@frozen(kw_only=True)
class ChainCheck:
    """What the files of an authority tell of its chain; true if nothing is wrong with it.

    Args:
        findings: what is wrong, each with the number of its plan.
        unchecked: what the files cannot tell: plans that may not be due yet, and when a plan was declared void.
    """

    findings: tuple[Note, ...]
    unchecked: tuple[Note, ...] = ()

    def __bool__(self) -> bool:
        return not self.findings

    def __str__(self) -> str:
        return "\n".join(map(str, (*self.findings, *self.unchecked)))

    def under(self, path: str) -> "ChainCheck":
        """The same, each place inside `path`."""
        findings, unchecked = (tuple(note.under(path) for note in told) for told in (self.findings, self.unchecked))
        return ChainCheck(findings=findings, unchecked=unchecked)


def check_chain(commitments: Iterable[Commitment], records: Iterable[Record] = ()) -> ChainCheck:
    """Hold the commitments and records of an authority against each other.

    Two files with the same commitment, or the same record, are one. A record opens its commitment, which then belongs
    to the chain; if any commitments are given, it must be one of them, or it may have been made after the seed.

    A plan without a record that nobody declared void is a finding if the earliest time of its seed is not after that of
    a plan with a record: then its event had taken place, too. Otherwise it stays open, since no clock is read; and
    likewise if its seed is sealed, since its record is opened only after the visits.

    Args:
        commitments: as they were published, in any order.
        records: as they were published, in any order.

    Returns:
        Findings: gaps, branches, several beginnings, numbers that repeat or are left out, several authorities, plans
        that were dropped, void ones that were drawn, two records of one commitment, records of other commitments.

    Raises:
        InputError: what is no commitment, or no record.

    >>> from dual_random import Demand, Plan, Register, SeedSource, commit
    >>> source = SeedSource(source="双色球", event="2024090期", earliest="2024-08-06T21:15:00+08:00", form="0" * 7)
    >>> enterprises = Register({"id": ["E1", "E2", "E3", "E4"]}, id="id", columns=[])
    >>> def plan(number):
    ...     return Plan(title="抽查", authority="海曙区", number=number, seed=source, demands=[Demand("消防", take=2)])
    >>> first = commit(plan("2024-1"), enterprises)
    >>> second = commit(plan("2024-2"), enterprises, previous=first.digest)
    >>> third = commit(plan("2024-3"), enterprises, previous=second.digest)
    >>> bool(check_chain([first, second, third]))
    True
    >>> [f"{note.code} {note.at}" for note in check_chain([first, third]).findings]
    ['chain-gap 2024-3.previous', 'chain-number-gap 海曙区']
    """
    published, opened = listed(commitments), listed(records)
    refuse(kinds_faults(published, Commitment, "commitments") + kinds_faults(opened, Record, "records"))
    files = _files(published, opened)
    found = (*_links(files), *_numbers(files), *_voids(files), *_draws(files), *_undrawn(files), *_earlier(files))
    findings = tuple(note for note in found if not note.code.startswith(_OPEN))
    return ChainCheck(findings=findings, unchecked=tuple(note for note in found if note.code.startswith(_OPEN)))


_OPEN: Final = "unchecked-chain-"


# ---- the files, put in order


@frozen(eq=False)
class _Files:
    """Commitments by their digests, and what there is of each.

    Args:
        members: all commitments, also those that only a record opens.
        published: the digests of those that were given as commitments.
        records: the digest of a commitment to its records, each once.
        voided: the digest of a commitment to those that declare it void.
    """

    members: Mapping[str, Commitment]
    published: frozenset[str]
    records: Mapping[str, list[Record]]
    voided: Mapping[str, list[Commitment]]

    def number(self, digest: str) -> str:
        """The number of a plan, which is its place in what is found."""
        return self.members[digest].plan.number

    @property
    def valid(self) -> dict[str, Commitment]:
        """The commitments that nobody declares void."""
        return {name: each for name, each in self.members.items() if name not in self.voided}


def _files(published: Iterable[Commitment], opened: Iterable[Record]) -> _Files:
    given = {commitment.digest: commitment for commitment in published}
    records = list({record.digests: record for record in opened}.values())
    members = given | {record.commitment.digest: record.commitment for record in records}
    return _Files(
        members,
        frozenset(given),
        _grouped((record.commitment.digest, record) for record in records),
        _grouped((name, commitment) for commitment in members.values() for name, _ in commitment.voids),
    )


def _grouped(pairs: Iterable[tuple[K, V]]) -> dict[K, list[V]]:
    found: dict[K, list[V]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return found


def _list(texts: Iterable[str]) -> str:
    """Some texts as one, the first ten of them."""
    kept = list(texts)
    return ", ".join([*kept[:_SHOWN], *(["…"] if len(kept) > _SHOWN else [])])


def _of_plans(commitments: Iterable[Commitment]) -> dict[str, str | int]:
    """How many commitments, and the numbers of their plans."""
    numbers = sorted(commitment.plan.number for commitment in commitments)
    return {"count": len(numbers), "numbers": _list(numbers)}


# ---- links


def _links(files: _Files) -> Iterator[Note]:
    """Gaps, branches, beginnings; links from one authority to another."""
    authorities = sorted({each.plan.authority for each in files.members.values()})
    if len(authorities) > 1:
        yield Note("chain-authorities", "", {"authorities": _list(authorities)})
    heirs = _grouped((each.previous, each) for each in files.members.values())
    for authority, starts in _grouped((each.plan.authority, each) for each in heirs.pop("", [])).items():
        if len(starts) > 1:
            yield Note("chain-starts", authority, _of_plans(starts))
    for name, own in heirs.items():
        before = files.members.get(name)
        place = own[0].plan.number if before is None else before.plan.number
        if before is None:
            yield Note("chain-gap", f"{place}.previous", {"digest": name})
        if len(own) > 1:
            yield Note("chain-fork", place, _of_plans(own))
        yield from (_foreign(each, name, before) for each in own if before and _is_foreign(each, before))


def _is_foreign(commitment: Commitment, before: Commitment) -> bool:
    return commitment.plan.authority != before.plan.authority


def _foreign(commitment: Commitment, name: str, before: Commitment) -> Note:
    told = {"digest": name, "other": before.plan.authority, "authority": commitment.plan.authority}
    return Note("chain-other-authority", f"{commitment.plan.number}.previous", told)


# ---- numbers


def _numbers(files: _Files) -> Iterator[Note]:
    """Numbers that stand twice, and counters that leave some out; each authority counts by itself."""
    valid = _grouped(((each.plan.authority, each.plan.number), each) for each in files.valid.values())
    for (_, number), own in valid.items():
        if len(own) > 1:
            yield Note("chain-number-repeated", number, {"count": len(own)})
    counted = _grouped(
        ((each.plan.authority, found["series"]), int(found["counter"]))
        for each in files.members.values()
        if (found := _counter(each.plan.number))
    )
    for (authority, series), counters in counted.items():
        out = [between for low, high in pairwise(sorted(set(counters))) for between in range(low + 1, high)]
        if out:
            ends = {"first": f"{series}{min(counters)}", "last": f"{series}{max(counters)}"}
            numbers = _list(f"{series}{between}" for between in out)
            yield Note("chain-number-gap", authority, {**ends, "count": len(out), "numbers": numbers})


def _counter(number: str) -> "re.Match[str] | None":
    """A number that ends in a counter from 1 to 999; days and months, and zeros in front like theirs, count nothing."""
    found = _COUNTER.fullmatch(number)
    return found if found and not _MONTH.fullmatch(found["series"]) else None


# ---- declared void


def _voids(files: _Files) -> Iterator[Note]:
    """Commitments that are declared void: whether they are known, come before, and have no record."""
    gaps = {each.previous for each in files.members.values()} - {"", *files.members}
    for name, by in files.voided.items():
        if name not in files.members:
            # what the chain names and nobody has is a gap already
            places = [] if name in gaps else [f"{each.plan.number}.voids" for each in by]
            yield from (Note("chain-void-unknown", place, {"digest": name}) for place in places)
            continue
        number = files.number(name)
        late = [each for each in by if not _comes_before(files, name, each)]
        for each in late:
            yield Note("chain-void-not-earlier", f"{each.plan.number}.voids", {"number": number, "digest": name})
        if name in files.records:
            yield Note("chain-void-drawn", number, {"by": _list(each.plan.number for each in by)})
        else:
            earliest = files.members[name].plan.seed.earliest
            for each in by:
                told = {"by": each.plan.number, "digest": each.digest, "earliest": earliest}
                yield Note("unchecked-chain-void", number, told)


def _comes_before(files: _Files, name: str, commitment: Commitment) -> bool:
    """Whether a commitment is one of those before another; granted where a gap hides some of these."""
    before: Commitment | None = commitment
    while before is not None and before.previous not in ("", name):  # ends: no digest depends on itself
        before = files.members.get(before.previous)
    return before is None or before.previous == name


# ---- draws


def _draws(files: _Files) -> Iterator[Note]:
    """Two draws of one commitment, amendments that part ways, records of commitments that were not given."""
    for name, own in files.records.items():
        place = f"{files.number(name)}.record"
        if files.published and name not in files.published:
            yield Note("chain-record-unpublished", place, {"digest": name})
        draws = _grouped((record.drawn.digest, record) for record in own)
        if len(draws) > 1:
            seeds = _list(dict.fromkeys(record.seed for record in own))
            yield Note("chain-two-records", place, {"count": len(draws), "digests": _list(draws), "seeds": seeds})
        for record in own:
            yield from (note.under(place) for note in record.link_faults())
        for same in draws.values():
            if _part_ways(same):
                yield Note("chain-two-amendments", place, {"count": len(same)})


def _part_ways(records: Iterable[Record]) -> bool:
    """Whether of the amendments of one draw some are not the beginning of others."""
    listed = sorted((record.digests for record in records), key=len)
    return any(later[: len(earlier)] != earlier for earlier, later in pairwise(listed))


def _known_seed(commitment: Commitment, base: Record) -> Iterator[Note]:
    """That a plan names what came up when its own seed was out already: it could be written to fit it."""
    own, theirs = commitment.plan.seed.earliest, base.commitment.plan.seed.earliest
    amended = base.amendments[-1].on if base.amendments else ""
    if _earliest(commitment) <= _earliest(base.commitment) or commitment.plan.seed.day < amended:
        told = {"earliest": own, "other": amended or theirs, "named": base.commitment.plan.number}
        yield Note("chain-seed-known", commitment.plan.number, told)


def _staffed_in_vain(
    commitment: Commitment, staffed: Iterable[Record], base: Record, known: Mapping[str, Record]
) -> Iterator[Note]:
    """Enterprises replaced after a later plan had sent people to them: their substitutes have nobody."""
    further = [each for each in known.values() if each.drawn.digest == base.drawn.digest]
    amendments = max((each.amendments for each in further), key=len, default=())[len(base.amendments) :]
    for record in staffed if commitment.plan.staffs else ():
        for each in amendments:
            visit = record.get(each.enterprise)
            if not each.inspector and visit is not None and visit.period == each.period:
                told = {"enterprise": each.enterprise, "on": each.on, "period": each.period or "–"}
                yield Note("chain-staffed-replaced", commitment.plan.number, told)


def _undrawn(files: _Files) -> Iterator[Note]:
    """Plans without a record that nobody declares void: dropped, not due, or still sealed."""
    drawn = [files.members[name] for name in files.records]
    latest = max(drawn, key=_earliest, default=None)
    for name, commitment in files.valid.items():
        if name in files.records:
            continue
        source, number = commitment.plan.seed, commitment.plan.number
        if commitment.plan.seals:
            yield Note("unchecked-chain-sealed", number)
        elif latest is not None and _earliest(commitment) <= _earliest(latest):
            yield Note("chain-undrawn", number, {"earliest": source.earliest, "later": latest.plan.number})
        else:
            event = f"{source.source} {source.event}"
            yield Note("unchecked-chain-undrawn", number, {"event": event, "earliest": source.earliest})


def _earliest(commitment: Commitment) -> datetime:
    """The earliest time at which the seed can exist."""
    return datetime.fromisoformat(commitment.plan.seed.earliest)


def _earlier(files: _Files) -> Iterator[Note]:
    """Plans that build on a record which is not given, or supplement one a second time from the same register."""
    known = {name: record for own in files.records.values() for record in own for name in record.digests}
    for name, commitment in files.valid.items():
        named = commitment.plan.staffs or commitment.plan.supplements
        if named and named not in known:
            others = files.records.keys() - {name}
            code = "chain-earlier-missing" if others else "unchecked-chain-earlier"
            yield Note(code, commitment.plan.number, {"digest": named})
        elif named:
            yield from _known_seed(commitment, known[named].as_of(named))
            yield from _staffed_in_vain(commitment, files.records.get(name, ()), known[named].as_of(named), known)
    rounds = _grouped(
        ((each.plan.supplements, each.enterprises.digest), each)
        for each in files.valid.values()
        if each.plan.supplements
    )
    for own in rounds.values():
        if len(own) > 1:
            yield Note("chain-supplement-twice", own[0].plan.number, _of_plans(own))
