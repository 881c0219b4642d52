"""Commitments: a plan bound to a register, every number resolved, published before the seed exists.

Whoever could change a rule, a row or a number after the seed is known could steer the draw. The digest of the
commitment is part of the key of every ticket, so any such change gives other tickets. Everything that can be
refused is refused here, so that nothing has to fail once the seed is known.
"""

from collections.abc import Mapping
from fractions import Fraction
from functools import cached_property
from typing import Final, Self, cast

from attrs import field, frozen

from dual_random.allocation import by_rate, by_total
from dual_random.errors import InputError, Note
from dual_random.forms import Pairs, count_faults, kind_faults, listed, pairs, refuse, repeat_faults
from dual_random.plain import from_json, to_plain
from dual_random.plans import SOUND as SOUND_RULES
from dual_random.plans import Demand, Plan
from dual_random.populations import (
    Population,
    Populations,
    stratum_key,
)
from dual_random.schemes import commitment_key, digest, digest_faults, sealed_seed
from dual_random.team_rules import Meetings, Recusal, meeting_faults, meetings, recusal_faults, recusals
from dual_random.text import canonical_json, text_fault, text_faults


@frozen(kw_only=True)
class StratumSize:
    """How many are drawn of how many in one stratum: ``number`` of ``population``; ``stratum`` has its values."""

    stratum: tuple[str, ...] = field(default=(), converter=listed)
    population: int = field()
    number: int = field()

    def __attrs_post_init__(self) -> None:
        faults = [note for value in self.stratum if (note := text_fault(value, "stratum", empty=True))]
        faults += count_faults(self.population, "population") + count_faults(self.number, "number")
        if not faults and self.number > self.population:
            faults.append(Note("number-above-stratum", "number", {"number": self.number, "size": self.population}))
        refuse(faults)


@frozen(kw_only=True)
class Allocation:
    """The numbers of one demand, a line per stratum in byte order of the stratum keys."""

    demand: str
    strata: tuple[StratumSize, ...] = field(converter=listed, metadata={"kind": StratumSize, "many": True})

    def __attrs_post_init__(self) -> None:
        refuse(text_faults({"demand": self.demand}))


@frozen(kw_only=True)
class BoundRegister:
    """What a commitment holds of a register: its digest, and what it left out."""

    digest: str
    rows: int
    columns: tuple[str, ...] = field(default=(), converter=listed)
    excluded: tuple[Note, ...] = field(default=(), converter=listed, metadata={"kind": Note, "many": True})

    def __attrs_post_init__(self) -> None:
        faults = digest_faults(self.digest, "digest")
        faults += count_faults(self.rows, "rows")
        faults += text_faults({f"columns[{i}]": column for i, column in enumerate(self.columns)})
        refuse(faults)


@frozen(kw_only=True)
class Commitment:
    """A plan bound to a register: publish `digest` before the seed exists, and open the file later.

    Args:
        plan: the rules.
        enterprises: the register, by its digest.
        allocation: the numbers of every demand that does not follow another, in the plan's order; whether they are
            those of the plan over the register, `draw` and `verify` find out.
        inspectors: the register of those who may be sent, by its digest; None where nobody is dealt.
        recusals: who may not go where, or when, with reasons.
        meetings: how often two inspectors have met before, for rotation.
        previous: the digest of the authority's commitment before this one, so that a gap shows.
        voids: the digest of an earlier commitment to the public reason why nobody is drawn by it (作废); declared here,
            it cannot be taken back.
        notices: what a reader should know and no rule forbids; not part of the digest.

    >>> from dual_random import Register, Plan, Demand, SeedSource, commit
    >>> enterprises = Register({"id": ["E1", "E2", "E3", "E4"]}, id="id", columns=[])
    >>> seed = SeedSource(source="双色球", event="2024090期", earliest="2024-08-06T21:15:00+08:00",
    ...                   form="00 00 00 00 00 00 + 00")
    >>> plan = Plan(title="抽查", authority="海曙区", number="2024-3", seed=seed, demands=[Demand("市监", take="50%")])
    >>> commitment = commit(plan, enterprises)
    >>> commitment.allocation[0].strata
    (StratumSize(stratum=(), population=4, number=2),)
    >>> Commitment.from_json(commitment.to_json()) == commitment
    True
    """

    plan: Plan = field(metadata={"kind": Plan})
    enterprises: BoundRegister = field(metadata={"kind": BoundRegister})
    allocation: tuple[Allocation, ...] = field(
        default=(), converter=listed, metadata={"kind": Allocation, "many": True}
    )
    inspectors: BoundRegister | None = field(default=None, metadata={"kind": BoundRegister})
    recusals: tuple[Recusal, ...] = field(default=(), converter=recusals, metadata={"kind": Recusal, "many": True})
    meetings: Meetings = field(default=(), converter=meetings)
    previous: str = ""
    voids: Pairs = field(default=(), converter=pairs)
    notices: tuple[Note, ...] = field(default=(), eq=False, metadata={"told": False})

    def __attrs_post_init__(self) -> None:
        refuse(
            [
                *kind_faults(self.plan, Plan, "plan"),
                *kind_faults(self.enterprises, BoundRegister, "enterprises"),
                *([] if self.inspectors is None else kind_faults(self.inspectors, BoundRegister, "inspectors")),
                *recusal_faults(self.recusals, "recusals"),
                *meeting_faults(self.meetings, "meetings"),
                *previous_faults(self.previous),
                *void_faults(self.voids, self.previous),
            ]
        )

    @cached_property
    def digest(self) -> str:
        """The digest: ``sha256sum`` (or ``openssl dgst -sm3``) of the bytes of `to_json`."""
        return digest(self.plan.scheme, self.to_json())

    def to_json(self) -> bytes:
        """The commitment as canonical JSON: write these bytes to the file that is published."""
        return canonical_json(to_plain(self))

    @classmethod
    def from_json(cls, data: bytes) -> Self:
        """A published commitment; another spelling of the same JSON gives the same commitment and digest.

        Raises:
            InputError: the data is not JSON.
            VerificationError: a part is missing, unknown or mistyped; each with its path.
        """
        return from_json(cls, data, SOUND)


def previous_faults(previous: object) -> list[Note]:
    """Why a value names no earlier commitment."""
    return [] if previous == "" else digest_faults(previous, "previous")


def void_faults(voids: Pairs, previous: object) -> list[Note]:
    """Why earlier commitments cannot be declared void so: no digest, no reason, or none can be earlier."""
    faults = repeat_faults((voided for voided, _ in voids), "voids")
    for voided, reason in voids:
        faults += digest_faults(voided, "voids") + text_faults({f"voids.{voided}": reason})
    return faults + ([Note("void-without-previous", "voids")] if voids and previous == "" else [])


_REGISTER: Final = BoundRegister(digest="0" * 64, rows=0)
_NUMBERS: Final = Allocation(demand="-", strata=())
SOUND: Final[Mapping[type, object]] = {
    **SOUND_RULES,
    BoundRegister: _REGISTER,
    StratumSize: StratumSize(population=0, number=0),
    Allocation: _NUMBERS,
    Recusal: Recusal("-", reason="-"),
    Note: Note("text-empty"),
    Commitment: Commitment(plan=cast(Plan, SOUND_RULES[Plan]), enterprises=_REGISTER, allocation=(_NUMBERS,)),
}


def final_seed(plan: Plan, public: str, secrets: Mapping[str, str]) -> str:
    """The seed that enters the key: the public value, or with seals the hash of it and the opened secrets."""
    return sealed_seed(plan.scheme, public, secrets) if plan.seals else public


def draw_key(plan: Plan, digest: str, seed: str, secrets: Mapping[str, str]) -> str:
    """The key of a draw, from the digest of its commitment, the public value and the opened secrets."""
    return commitment_key(plan.scheme, digest, final_seed(plan, seed, secrets))


# ---- how many


def allocate(groups: Populations) -> tuple[Allocation, ...]:
    """The number to draw in every stratum of every demand that does not follow another.

    Raises:
        InputError: with all faults.
    """
    made, faults = read_allocation(groups, {population.demand.name: i for i, population in enumerate(groups.demands)})
    refuse(faults)
    return made


def read_allocation(groups: Populations, place: Mapping[str, int]) -> tuple[tuple[Allocation, ...], list[Note]]:
    """The numbers that can be found, and why the others cannot; place: of each demand in the plan."""
    made: list[Allocation] = []
    faults: list[Note] = []
    for population in groups.demands:
        if population.demand.follow or not population.strata:
            continue
        try:
            made.append(Allocation(demand=population.demand.name, strata=_strata(population)))
        except InputError as error:
            faults += [note.under(f"demands[{place[population.demand.name]}]") for note in error.faults]
    return tuple(made), faults


def _strata(population: Population) -> tuple[StratumSize, ...]:
    table = dict(population.demand.take)
    numbers = _from_one(population, table[()]) if () in table else _from_table(population, table)
    sizes = zip(population.strata, population.sizes, numbers, strict=True)
    return tuple(StratumSize(stratum=values, population=size, number=number) for values, size, number in sizes)


def _from_one(population: Population, take: object) -> list[int]:
    """One rate for every stratum, or one total over all of them."""
    demand = population.demand
    if isinstance(take, Fraction):
        return [_rated(demand, take, size) for size in population.sizes]
    keys = [stratum_key(values) for values in population.strata]
    sizes = dict(zip(keys, population.sizes, strict=True))
    try:
        found = by_total(cast(int, take), sizes, at_least=demand.at_least, at_most=demand.at_most)
    except InputError as error:
        raise InputError(Note(note.code, "take", note.params) for note in error.faults) from None
    return [found[key] for key in keys]


def _from_table(population: Population, table: Mapping[tuple[str, ...], object]) -> list[int]:
    demand = population.demand
    missing = [values for values in population.strata if values not in table]
    faults = [Note("stratum-without-take", "take", {"stratum": stratum_key(values)}) for values in missing]
    sizes = dict(zip(population.strata, population.sizes, strict=True))
    for values, take in table.items():
        if isinstance(take, int):
            faults += _stated_faults(demand, values, take, sizes.get(values, 0))
    refuse(faults)
    return [
        _rated(demand, take, size) if isinstance(take := table[values], Fraction) else cast(int, take)
        for values, size in sizes.items()
    ]


def _stated_faults(demand: Demand, values: tuple[str, ...], number: int, size: int) -> list[Note]:
    """Why a stated number cannot be drawn: above its stratum, or outside the demand's own bounds."""
    at = f"take.{'.'.join(values)}"
    if number > size:
        return [Note("number-above-stratum", at, {"number": number, "size": size})]
    low, high = min(demand.at_least, size), size if demand.at_most is None else demand.at_most
    if not low <= number <= high:
        return [Note("number-outside-bounds", at, {"number": number, "low": low, "high": high})]
    return []


def _rated(demand: Demand, rate: Fraction, size: int) -> int:
    return by_rate(rate, size, rounding=demand.rounding, at_least=demand.at_least, at_most=demand.at_most)
