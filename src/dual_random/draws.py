"""The draw: commitment, register and seed in; record out, with reasons.

Nothing but the committed rules, the rows of the register and the seed decides, so whoever has these three gets
the same record, on any machine, in any language that can hash lines of text.
"""

from collections.abc import Mapping
from functools import cached_property
from itertools import compress

import numpy as np
from attrs import frozen

from dual_random.commitments import Commitment, allocate, draw_key
from dual_random.errors import Note
from dual_random.expectations import expect
from dual_random.explanations import Explanation, explain
from dual_random.forms import Pairs, kind_faults, pairs, refuse, repeat_faults
from dual_random.periods import periods_of
from dual_random.plain import differences
from dual_random.populations import Flags, Populations, distinct, populations
from dual_random.receipts import receipt_tree
from dual_random.records import Record
from dual_random.registers import Register
from dual_random.replays import Replay, replay
from dual_random.schemes import secret_faults, seed_faults
from dual_random.tickets import digests
from dual_random.visits import Served


@frozen(kw_only=True)
class Draw:
    """A record together with its register: what can explain it.

    Args:
        record: the draw as it is published.
        enterprises: the register that was drawn from.
    """

    record: Record
    enterprises: Register

    def __attrs_post_init__(self) -> None:
        refuse(kind_faults(self.record, Record, "record") + kind_faults(self.enterprises, Register, "enterprises"))

    @cached_property
    def _replay(self) -> Replay:
        commitment = self.record.commitment
        refuse(register_faults(commitment, self.enterprises))
        key = draw_key(commitment.plan, commitment.digest, self.record.seed, dict(self.record.secrets))
        return replay(commitment, self.enterprises, populations(commitment.plan, self.enterprises), key)

    def why(self, enterprise: str) -> Explanation:
        """Why this enterprise was drawn or not, for each demand, with shell lines that prove its ticket without us.

        The first question computes the tickets of the register again; further ones are answered from them.

        Args:
            enterprise: an id, in the register or not.

        Raises:
            InputError: an id that is not text; a register that is not the one that was committed.
        """
        return explain(self.record, self._replay, enterprise)


def draw(commitment: Commitment, enterprises: Register, *, seed: str, secrets: Mapping[str, str] | Pairs = ()) -> Draw:
    """Draw what was committed.

    Everybody's chance in a stratum is n/N, exactly. There is one outcome for a commitment, a register and a seed: no
    clock, no random stream and no order of the rows has a part in it.

    Args:
        commitment: as it was published.
        enterprises: the register that was committed.
        seed: the public value, written in the announced form.
        secrets: party to secret, for a sealed seed: one for each seal.

    Raises:
        InputError: another register, another writing of the seed, secrets that open no seal, numbers that the plan
            does not give for this register; all before anything is drawn.

    >>> from dual_random import Demand, Plan, SeedSource, commit
    >>> enterprises = Register({"id": ["E1", "E2", "E3", "E4"]}, id="id", columns=[])
    >>> source = SeedSource(source="双色球", event="2024090期", earliest="2024-08-06T21:15:00+08:00",
    ...                     form="00 00 00 00 00 00 + 00")
    >>> plan = Plan(title="抽查", authority="海曙区", number="2024-3", seed=source,
    ...             demands=[Demand("市监", take=2), Demand("消防", take="25%")])
    >>> drawn = draw(commit(plan, enterprises), enterprises, seed="05 11 17 22 29 31 + 08")
    >>> drawn.record
    Record(2 visits, joint 1/2 = 50.00% of visits)
    >>> [(visit.enterprise, visit.departments) for visit in drawn.record.values()]
    [('E2', ('市监', '消防')), ('E4', ('市监',))]
    """
    refuse(kind_faults(commitment, Commitment, "commitment") + kind_faults(enterprises, Register, "enterprises"))
    opened = pairs(secrets)
    plan = commitment.plan
    faults = (
        repeat_faults((party for party, _ in opened), "secrets")
        + seed_faults(plan.seed.form, seed)
        + secret_faults(plan.scheme, dict(plan.seals), dict(opened))
    )
    faults += register_faults(commitment, enterprises)
    refuse(faults)
    groups = populations(plan, enterprises)
    refuse(differences(commitment.allocation, allocate(groups), "commitment.allocation"))
    key = draw_key(plan, commitment.digest, seed, dict(opened))
    record = recompute(commitment, enterprises, groups, key=key, seed=seed, secrets=opened)
    return Draw(record=record, enterprises=enterprises)


def register_faults(commitment: Commitment, enterprises: Register) -> list[Note]:
    """Why a register is not the one that was committed: other columns, another number of rows, another digest."""
    bound = commitment.enterprises
    if enterprises.columns != bound.columns:
        stated, found = ", ".join(bound.columns) or "–", ", ".join(enterprises.columns) or "–"
        return [Note("register-columns", "enterprises.columns", {"stated": stated, "found": found})]
    if len(enterprises) != bound.rows:
        return [Note("register-rows", "enterprises.rows", {"stated": bound.rows, "found": len(enterprises)})]
    found = enterprises.digest(commitment.plan.scheme)
    if found != bound.digest:
        return [Note("register-digest", "enterprises.digest", {"stated": bound.digest, "found": found})]
    return []


def recompute(
    commitment: Commitment, enterprises: Register, groups: Populations, *, key: str, seed: str, secrets: Pairs
) -> Record:
    """The record that a key gives, from the numbers of the commitment; nothing is checked here."""
    drawn = replay(commitment, enterprises, groups, key)
    meeting, start = drawn.meeting, drawn.tickets.start
    names = enterprises.ids_at(meeting.rows)
    plan = commitment.plan
    served = _served(groups, meeting.served)
    periods = periods_of(plan.scheme, key, names, max(1, len(plan.periods)))
    return Record(
        commitment=commitment,
        seed=seed,
        secrets=secrets,
        outcome=drawn.outcome(expect(groups, drawn.numbers)),
        enterprises=tuple(names),
        tickets=[ticket.hex() for ticket in digests(start, map(str.encode, names))],
        served=served,
        periods=[plan.periods[place] for place in periods] if plan.periods else (),
        extra=tuple(compress(names, meeting.extra.tolist())),
        cells=drawn.cells,
        receipts=receipt_tree(plan.scheme, key, names, served, periods).receipts,
    )


def _served(groups: Populations, served: Flags) -> tuple[Served, ...]:
    """What each visit is for, as shared values."""
    kinds, example = distinct([(column, 2) for column in served.T], len(served))
    patterns = [_pattern(groups, flags) for flags in served[example]]
    return tuple(map(patterns.__getitem__, kinds.tolist()))


def _pattern(groups: Populations, flags: Flags) -> Served:
    demands = [groups.demands[place].demand for place in np.flatnonzero(flags)]
    return Served(
        tuple(sorted(demand.name for demand in demands)),
        tuple(sorted({demand.department for demand in demands})),
        demands[0].department,
    )
