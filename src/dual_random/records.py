"""Records: a draw as it is published, plain data to and from JSON. Nothing here draws.

A record opens its commitment and lists every visit with its ticket: whoever has the register can recompute all of
it, and whoever has only an id can check that id's ticket with one shell line.
"""

from collections.abc import Container, Iterable, Iterator, Mapping
from fractions import Fraction
from functools import cached_property
from typing import Final, Self

from attrs import evolve, field, frozen

from dual_random.amendments import SOUND as SOUND_AMENDMENT
from dual_random.amendments import Amendment, link_faults
from dual_random.commitments import SOUND, Commitment, draw_key
from dual_random.dockets import Docket, Replacement, replacements, take_up
from dual_random.errors import Columns, InputError, Lang, Note, VerificationError
from dual_random.forms import (
    COUNTS_END,
    Pairs,
    choice_faults,
    flag_faults,
    kind_faults,
    kinds_faults,
    listed,
    pair_faults,
    pairs,
    refuse,
    repeat_faults,
    word_faults,
)
from dual_random.layouts import Layout
from dual_random.plain import differences, from_json, to_plain
from dual_random.rates import Measure, Rate, interruptions_avoided, joint_sampling_rate
from dual_random.receipts import Receipts, ReceiptTree, receipt_tree
from dual_random.schemes import digest, digest_faults, ticket
from dual_random.staffing import Place, PlaceTable, Shortage, Staffing, place_table
from dual_random.tables import TableName, amendment_table, replacement_table, table
from dual_random.text import Json, json_bytes, shown, text_faults
from dual_random.visits import Cell, CellTable, Outcome, Served, Visit, cell_table, department_faults


def _dealt(value: Iterable[Iterable[Place]]) -> PlaceTable:
    """Places in their one form: a table without any place, as a record of nobody has it, is the empty one."""
    places = place_table(value)
    return places if places.inspectors else PlaceTable()


@frozen(kw_only=True, repr=False)
class Record(Mapping[str, Visit]):
    """A draw as published: enterprise -> visit, in ascending order of the tickets.

    Args:
        commitment: the rules and numbers, opened.
        seed: the public value, in the announced form.
        secrets: party to secret, where the seed is sealed.
        outcome: exact counts.
        enterprises, tickets, served, periods: the visits, column by column; `record[enterprise]` is one of them.
            No periods at all if the plan declares none.
        extra: the enterprises that are visited for the target alone.
        cells: the counts that decided who meets whom, in byte order of their keys.
        receipts: root and size of the receipts; None in a record that states none.
        places: who goes on each visit; empty where nobody was dealt.
        staffing: how each department was staffed, in byte order; empty where nobody was to be dealt.
        amendments: what was changed after the draw, one after another. All else is as it was drawn: `current` has the
            visits that stand now.

    Raises:
        InputError: columns of different lengths, an enterprise twice, places of departments that do not come.
    """

    commitment: Commitment
    seed: str
    secrets: Pairs = field(default=(), converter=pairs)
    outcome: Outcome
    enterprises: tuple[str, ...] = field(converter=listed)
    tickets: tuple[str, ...] = field(converter=listed)
    served: tuple[Served, ...] = field(converter=listed)
    periods: tuple[str, ...] = field(default=(), converter=listed)
    extra: tuple[str, ...] = field(default=(), converter=listed)
    cells: CellTable = field(factory=CellTable, converter=cell_table)
    receipts: Receipts | None = None
    places: PlaceTable = field(factory=PlaceTable, converter=_dealt)
    staffing: tuple[Staffing, ...] = field(default=(), converter=listed)
    amendments: tuple[Amendment, ...] = field(default=(), converter=listed)

    def __attrs_post_init__(self) -> None:
        faults = kind_faults(self.commitment, Commitment, "commitment") + kind_faults(self.outcome, Outcome, "outcome")
        faults += [] if self.receipts is None else kind_faults(self.receipts, Receipts, "receipts")
        faults += text_faults({"seed": self.seed}) + pair_faults(self.secrets, "secrets")
        faults += (
            kinds_faults(self.served, Served, "served")
            + _ticket_faults(self.tickets)
            + word_faults(self.periods, "periods")
        )
        faults += kinds_faults(self.staffing, Staffing, "staffing") or _department_order_faults(self.staffing)
        faults += kinds_faults(self.amendments, Amendment, "amendments")
        lengths = [len(column) for column in (self.enterprises, self.tickets, self.served, self.periods or self.served)]
        lengths += [len(self.places)] if self.places else []
        if len(set(lengths)) > 1:
            faults.append(Note("columns-uneven", "visits", {"counts": ", ".join(map(str, lengths))}))
        faults += repeat_faults(self.enterprises, "visits")
        faults += word_faults(self.enterprises, "visits") + word_faults(self.extra, "extra")
        refuse(faults)
        strangers = sorted(set(self.extra) - set(self.enterprises)) if self.extra else []
        faults = [Note("extra-unvisited", "extra", {"enterprise": shown(name)}) for name in strangers]
        refuse(faults + (_place_faults(self.served, self.places) if self.places else []))

    def __getitem__(self, enterprise: str, /) -> Visit:
        place = self._rows[enterprise]
        served = self.served[place]
        return Visit(
            enterprise=self.enterprises[place],
            ticket=self.tickets[place],
            demands=served.demands,
            departments=served.departments,
            lead=served.lead,
            period=self.periods[place] if self.periods else "",
            extra=enterprise in self._extra,
            places=self.places[place] if self.places else (),
        )

    def __iter__(self) -> Iterator[str]:
        return iter(self.enterprises)

    def __len__(self) -> int:
        return len(self.enterprises)

    def __repr__(self) -> str:
        short = len(self.shortages)
        told = f", {short} shortage{'' if short == 1 else 's'}" if self.staffing else ""
        count = len(self.amendments)
        told += f", {count} amendment{'' if count == 1 else 's'}" if count else ""
        return f"Record({len(self)} visits, joint {self.joint_rate()}{told})"

    @cached_property
    def _rows(self) -> dict[str, int]:
        return {enterprise: place for place, enterprise in enumerate(self.enterprises)}

    @cached_property
    def _extra(self) -> frozenset[str]:
        return frozenset(self.extra)

    @cached_property
    def digest(self) -> str:
        """What a later plan refers to: the digest of `to_json`; of an amended record, that of its last amendment.

        Each amendment names the digest before it, so the last one stands for all of them and for the draw.
        """
        if self.amendments:
            return self.amendments[-1].digest(self.commitment.plan.scheme)
        return digest(self.commitment.plan.scheme, self.to_json())

    @cached_property
    def drawn(self) -> Self:
        """The record without its amendments, as it was published on the day of the draw."""
        return evolve(self, amendments=()) if self.amendments else self

    @cached_property
    def digests(self) -> tuple[str, ...]:
        """All digests that the record had: as it was drawn, and after each amendment. Later plans name one of them."""
        scheme = self.commitment.plan.scheme
        return self.drawn.digest, *(amendment.digest(scheme) for amendment in self.amendments)

    def link_faults(self) -> list[Note]:
        """Where an amendment does not name the digest of what was before it."""
        return link_faults(self.amendments, self.drawn.digest, self.commitment.plan.scheme) if self.amendments else []

    def as_of(self, digest: str) -> Self:
        """The record as it was when this was its digest, with its first amendments only; itself if it never was.

        Amendments are added while later plans already name what there was before them.

        Raises:
            InputError: what is no digest.
        """
        refuse(digest_faults(digest, "digest"))
        count = self.digests.index(digest) if digest in self.digests else len(self.amendments)
        if count == len(self.amendments):
            return self
        return evolve(self, amendments=self.amendments[:count]) if count else self.drawn

    def docket(self) -> Docket:
        """The visits as they were drawn, ready to take up amendments."""
        plan = self.commitment.plan
        key = draw_key(plan, self.commitment.digest, self.seed, dict(self.secrets))
        return Docket(plan, self, lambda enterprise: ticket(plan.scheme, key, "target", enterprise))

    @cached_property
    def current(self) -> tuple[Visit, ...]:
        """The visits that stand after all amendments, in the order of their tickets.

        An enterprise may have two: one of its own, and one that it took over in another period.

        Raises:
            VerificationError: amendments that do not fit the visits.
        """
        if not self.amendments:
            return tuple(self.values())
        return take_up(self.docket(), self.amendments).all()

    @cached_property
    def replacements(self) -> tuple[Replacement, ...]:
        """How often each inspector was replaced after the draw, or took another's place; those with the most first.

        Raises:
            VerificationError: amendments that do not fit the visits.
        """
        return replacements(self.docket(), self.amendments)

    @property
    def root(self) -> str:
        """The root of the receipts; empty in a record that states none."""
        return self.receipts.root if self.receipts else ""

    @property
    def target_met(self) -> bool:
        """Whether the joint-sampling rate reaches the target; true without a target."""
        return self.outcome.target_met

    @property
    def layout(self) -> Layout:
        """How far the draw had to go for the target."""
        return self.outcome.layout

    @property
    def over(self) -> int:
        """Cells in which a visit has more departments than the plan's most."""
        return self.outcome.over

    @property
    def best_rate(self) -> Rate:
        """The highest joint-sampling rate that any layout of these checks reaches."""
        return self.outcome.best or Rate(0, 0, of=self.commitment.plan.joint.of)

    @property
    def bound(self) -> str:
        """No method expects fewer visits than this: the sum of everybody's largest chance, rounded down."""
        return self.outcome.bound

    @property
    def shortages(self) -> tuple[Note, ...]:
        """The places that cannot be filled, a note for each block of them, with the proof; none if all were filled.

        To a department that is short nobody was dealt; its visits stand.
        """
        return tuple(note for staffing in self.staffing if staffing.shortages for note in staffing.notes)

    @property
    def interruptions_avoided(self) -> int:
        """Checks less visits: how often firms were spared by departments coming together (减少企业干扰)."""
        return interruptions_avoided(len(served.departments) for served in self.served)

    def joint_rate(self, *, of: Measure = "visits", current: bool = False) -> Rate:
        """The joint-sampling rate (跨部门联合抽查率) of these visits, or of the checks made in them.

        Counted from the visits themselves, not copied from the outcome.

        Args:
            of: what is counted.
            current: of the visits that stand after all amendments, not of those that were drawn.

        Raises:
            InputError: another measure.
        """
        sizes = [len(visit.departments) for visit in (self.current if current else self.served)]
        weights = [1 if of == "visits" else size for size in sizes]
        joint = sum(weight for weight, size in zip(weights, sizes, strict=True) if size > 1)
        return joint_sampling_rate(joint, sum(weights), of=of, scope=self.commitment.plan.title)

    def table(self, name: TableName, *, lang: Lang = "en", current: bool = False) -> Columns:
        """A flat table for a database, a data frame or a publication.

        Args:
            name: "visits" (a row per visit), "checks" (a row per department in a visit), "places" (a row per
                inspector on a visit), "strata" (a row per demand and stratum: how many of how many), "cells" (a row
                per cell: the counts that decided who meets whom), "departments" (a row per department), "amendments"
                (a row per change after the draw), "replacements" (a row per person who was replaced or took a place).
            lang: of the headings.
            current: the visits that stand after all amendments, not those that were drawn.

        Returns:
            Columns of equal length by heading. Several names in one cell are joined by ";".

        Raises:
            InputError: another name.
        """
        faults = choice_faults(name, TableName, "name") + choice_faults(lang, Lang, "lang")
        refuse(faults + flag_faults(current, "current"))
        if name == "amendments":
            return amendment_table(self.amendments, self.commitment.plan.scheme, lang)
        if name == "replacements":
            return replacement_table(self.replacements, lang)
        return table(name, self.commitment, self.current if current else tuple(self.values()), self.cells, lang)

    def shortfalls(self) -> tuple[tuple[Cell, Fraction], ...]:
        """The cells that hold the target back, the worst first: each with the joint visits (checks) it lacks by itself.

        Empty without a target; cells of equal shortfall stand in the order of their keys.
        """
        rule = self.commitment.plan.joint
        if rule.at_least is None:
            return ()
        lacking = [(cell, cell.shortfall(rule.at_least, rule.of)) for cell in self.cells]
        return tuple(sorted((pair for pair in lacking if pair[1]), key=lambda pair: -pair[1]))

    def receipt(self, enterprise: str) -> bytes:
        """What is shown at the door: the visit, its salt, and the path that leads to the published root.

        It proves that just this visit stood in the draw, and tells nothing of any other. `check_receipt` reads it.

        Raises:
            InputError: the enterprise is not visited, or is no text; a record that states no root.
            VerificationError: a record that states another root than its visits have.
        """
        refuse(text_faults({"enterprise": enterprise}))
        return self._receipts.receipt(enterprise)

    @cached_property
    def _receipts(self) -> ReceiptTree:
        if self.receipts is None:
            raise InputError([Note("receipts-unstated", "receipts")])
        plan = self.commitment.plan
        number = {period: place for place, period in enumerate(plan.periods)}
        places = [number.get(period, len(number)) for period in self.periods] or [0] * len(self)
        key = draw_key(plan, self.commitment.digest, self.seed, dict(self.secrets))
        teams = dict(zip(self.enterprises, self.places.teams(), strict=True)) if self.places else {}
        tree = receipt_tree(plan.scheme, key, self.enterprises, self.served, places, teams)
        if tree.receipts != self.receipts:
            raise VerificationError(differences(self.receipts, tree.receipts, "receipts"))
        return tree

    def to_json(self, *, public: bool = False) -> bytes:
        """The record as canonical JSON; `from_json` reads it back.

        Args:
            public: only what may be published before the visits are over: the digest of the commitment, the public
                value, root and size of the receipts, and overall totals; no visit, no person, no cell, no secret.
        """
        parts: dict[str, Json] = {
            "outcome": to_plain(self.outcome),
            "receipts": to_plain(self.receipts),
            "seed": self.seed,
        }
        if public:
            parts |= {"commitment": self.commitment.digest, "scheme": self.commitment.plan.scheme}
            return json_bytes({name: part for name, part in parts.items() if part})
        parts |= {
            "amendments": to_plain(self.amendments),
            "cells": to_plain(tuple(self.cells)),
            "commitment": to_plain(self.commitment),
            "secrets": to_plain(self.secrets),
            "staffing": to_plain(self.staffing),
        }
        told = {name: part for name, part in parts.items() if part}
        visits = [_plain_visit(self, place, self._extra) for place in range(len(self))]
        for visit, places in zip(visits, self.places, strict=False):
            if places:
                visit["places"] = places
        return json_bytes({**told, "visits": visits})

    @classmethod
    def from_json(cls, data: bytes) -> Self:
        """A published record; nothing is recomputed (see `verify`).

        Raises:
            InputError: the data is not JSON.
            VerificationError: a part is missing, unknown or mistyped, an enterprise stands twice, the visits are not
                in ticket order; each with its path.
        """
        made = from_json(_Published, data, _SOUND)
        shared: dict[Served, Served] = {}
        served = (visit.served for visit in made.visits)
        periods = tuple(visit.period for visit in made.visits)
        return cls(
            commitment=made.commitment,
            seed=made.seed,
            secrets=made.secrets,
            outcome=made.outcome,
            enterprises=tuple(visit.enterprise for visit in made.visits),
            tickets=tuple(visit.ticket for visit in made.visits),
            served=tuple(shared.setdefault(each, each) for each in served),
            periods=periods if any(periods) else (),
            extra=tuple(visit.enterprise for visit in made.visits if visit.extra),
            cells=made.cells,
            receipts=made.receipts,
            places=[visit.places for visit in made.visits],
            staffing=made.staffing,
            amendments=made.amendments,
        )


def _ticket_faults(tickets: tuple[str, ...]) -> list[Note]:
    """All at once, since there are many; one by one only to name those that are no digests."""
    even = {type(each) for each in tickets} <= {str} and {len(each) for each in tickets} <= {_DIGITS}
    if even and not "".join(tickets).encode(errors="replace").translate(None, _HEX):
        return []
    return [note for i, each in enumerate(tickets) for note in digest_faults(each, f"tickets[{i}]")]


def _department_order_faults(staffing: tuple[Staffing, ...]) -> list[Note]:
    names = [each.department for each in staffing]
    return [] if names == sorted(set(names)) else [Note("names-order", "staffing")]


def _place_faults(served: tuple[Served, ...], places: PlaceTable) -> list[Note]:
    """Places of departments that do not come, or in another order; visits share few combinations."""
    own = places.departments_by_visit()
    kinds = {(id(each), departments): each for each, departments in zip(served, own, strict=True)}
    if not any(department_faults(departments, each.departments) for (_, departments), each in kinds.items()):
        return []
    found = [department_faults(departments, each.departments) for each, departments in zip(served, own, strict=True)]
    return [note.under(f"visits[{i}]") for i, faults in enumerate(found) for note in faults]


def _plain_visit(record: Record, place: int, extra: Container[str]) -> dict[str, Json]:
    enterprise, served = record.enterprises[place], record.served[place]
    visit: dict[str, Json] = {
        "demands": list(served.demands),
        "departments": list(served.departments),
        "enterprise": enterprise,
        "lead": served.lead,
        "ticket": record.tickets[place],
    }
    if record.periods and record.periods[place]:
        visit["period"] = record.periods[place]
    if enterprise in extra:
        visit["extra"] = True
    return visit


@frozen(kw_only=True)
class _Published:
    """A record as its JSON has it, visit by visit."""

    commitment: Commitment = field(metadata={"kind": Commitment})
    seed: str
    secrets: Pairs = field(default=(), converter=pairs)
    outcome: Outcome = field(metadata={"kind": Outcome})
    visits: tuple[Visit, ...] = field(default=(), converter=listed, metadata={"kind": Visit, "many": True})
    cells: tuple[Cell, ...] = field(default=(), converter=listed, metadata={"kind": Cell, "many": True})
    receipts: Receipts | None = field(default=None, metadata={"kind": Receipts})
    staffing: tuple[Staffing, ...] = field(default=(), converter=listed, metadata={"kind": Staffing, "many": True})
    amendments: tuple[Amendment, ...] = field(default=(), converter=listed, metadata={"kind": Amendment, "many": True})

    def __attrs_post_init__(self) -> None:
        faults = text_faults({"seed": self.seed}) + pair_faults(self.secrets, "secrets")
        faults += repeat_faults((visit.enterprise for visit in self.visits), "visits")
        faults += _department_order_faults(self.staffing)
        keys = [(visit.ticket, visit.enterprise) for visit in self.visits]
        for place in range(1, len(keys)):
            if keys[place] < keys[place - 1]:
                faults.append(Note("visits-order", f"visits[{place}]", {"enterprise": keys[place][1]}))
        refuse(faults)


_DIGITS: Final = 64
_HEX: Final = b"0123456789abcdef"
_OUTCOME: Final = Outcome(visits=0, joint_visits=0, checks=0, joint_checks=0, target_met=True)
_SHORTAGE: Final = Shortage(places=[("-", "-", 1)], demand=1, supply=0)
_SOUND: Final[Mapping[type, object]] = {
    **SOUND,
    Rate: Rate(0, 0, of="-"),
    Amendment: SOUND_AMENDMENT,
    Outcome: _OUTCOME,
    Receipts: Receipts(root="0" * 64, size=0),
    Cell: Cell(key="[]", size=1, numbers=[], checks=1, visits=1, joint_visits=0, most=1),
    Shortage: _SHORTAGE,
    # short, and of many places, so that what stands beside a shortage that cannot be read is no fault of its own
    Staffing: Staffing(department="-", visits=0, places=COUNTS_END - 1, shortages=[_SHORTAGE]),
    Visit: Visit(enterprise="-", ticket="0" * 64, demands=("-",), departments=("-",), lead="-"),
    _Published: _Published(commitment=SOUND[Commitment], seed="-", outcome=_OUTCOME),  # type: ignore[arg-type]
}
