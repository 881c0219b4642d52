"""A sample of ids without a plan: ids in, ids out, by label and seed (specification 10).

The ticket of an id is a hash of label, seed and id, and the lowest tickets are drawn. `dual_random.selection` has the
rules and `dual_random.ticketed` the tickets; this module checks what is given, finds the numbers, knows the reserves.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import count as count_up
from types import MappingProxyType
from typing import Final, Literal, NamedTuple, TypeAlias

import numpy as np
from attrs import field, frozen

from dual_random.allocation import by_rate, by_total
from dual_random.errors import InputError, Note
from dual_random.forms import Take, choice_faults, count_faults, refuse, take_faults
from dual_random.schemes import DEFAULT, Scheme, label_key, scheme_faults, ticket
from dual_random.selection import Numbers, poisson_order, systematic, take_all
from dual_random.text import json_bytes, shown, text_fault, text_faults
from dual_random.ticketed import Ticketed, ticketed
from dual_random.tickets import Rows

Method: TypeAlias = Literal["systematic", "sequential-poisson"]
Takes: TypeAlias = Take | Mapping[str, Take]

_NO_STRATA: Final[Mapping[str, str]] = MappingProxyType({})
_NO_SIZES: Final[Numbers] = MappingProxyType({})


# ---- reserves


@frozen(eq=False)
class _Stratum:
    """Rows of equal chances, of which the lowest tickets are drawn and the next ones are reserves."""

    tickets: Ticketed
    rows: Rows
    number: int

    def drawn(self) -> Rows:
        return self.tickets.lowest(self.rows, self.number)

    def reserves(self, count: int) -> tuple[str, ...]:
        return self.tickets.named(self.tickets.lowest(self.rows, self.number + count)[self.number :])


@frozen
class _Queue:
    """Ids not drawn, in the order in which they would follow."""

    ids: tuple[str, ...]

    def reserves(self, count: int) -> tuple[str, ...]:
        return self.ids[:count]


Reserves: TypeAlias = Mapping[str | None, _Stratum | _Queue]  # by stratum; None: there are no strata


# ---- the sample


@frozen(repr=False)
class Sample:
    """Ids drawn without a plan, in the order in which their tickets came.

    Anybody who has the ids, the take, the label and the seed can draw it again. But nothing was published before
    the seed was known, so it binds nobody: for a draw that must convince others, use `commit` and `draw`.

    Args:
        drawn: by ascending ticket (sequential Poisson: by ascending ticket over size).
        certain: with sizes, those so large that they are taken for certain, in byte order; not among `drawn`.
        label, seed, scheme: as given.
        key: the key of the tickets, made of label and seed.
        population: how many ids could be drawn (not those of size 0).

    >>> sample(["E1", "E2", "E3", "E4", "E5", "E6"], 2, seed="05 11 17 22 29 31 + 08", label="2024-Q3")
    Sample(2 of 6, label='2024-Q3', seed='05 11 17 22 29 31 + 08')
    """

    drawn: tuple[str, ...]
    certain: tuple[str, ...] = field(kw_only=True)
    label: str = field(kw_only=True)
    seed: str = field(kw_only=True)
    scheme: Scheme = field(kw_only=True)
    key: str = field(kw_only=True)
    population: int = field(kw_only=True)
    _reserves: Reserves = field(kw_only=True, eq=False)

    @property
    def ids(self) -> tuple[str, ...]:
        """The whole sample: those taken for certain, then those drawn."""
        return self.certain + self.drawn

    def reserves(self, count: int, *, stratum: str | None = None) -> tuple[str, ...]:
        """The next ids by the same tickets: who would have been drawn, had more been.

        In a stratified sample a reserve comes from the stratum of the unit it replaces: the next ticket of
        another would change the numbers that were promised.

        Args:
            count: how many; fewer are returned where the ids end.
            stratum: of a stratified sample, the name of the stratum.

        Raises:
            InputError: a systematic sample, which has no reserves; no or an unknown stratum; a count that is none.

        >>> picked = sample(["E1", "E2", "E3", "E4", "E5", "E6"], 2, seed="05 11 17 22 29 31 + 08", label="2024-Q3")
        >>> picked.drawn, picked.reserves(3)
        (('E6', 'E3'), ('E4', 'E5', 'E1'))
        """
        found = self._reserves.get(stratum)
        faults = count_faults(count, "count") + ([] if found else [self._no_reserves(stratum)])
        if faults or found is None:
            raise InputError(faults)
        return found.reserves(count)

    def _no_reserves(self, stratum: object) -> Note:
        if not self._reserves:
            return Note("reserves-systematic")
        if None in self._reserves:
            return Note("reserves-no-strata", "stratum", {"value": shown(stratum)})
        known = ", ".join(sorted(shown(name) for name in self._reserves))
        return Note("reserves-stratum", "stratum", {"value": shown(stratum), "known": known})

    def ticket(self, id: str) -> str:
        """The ticket of an id, drawn or not: ``printf '%s\\ntarget\\n%s' "$KEY" "$ID" | sha256sum``.

        It depends on key and id alone, so an id that was not in the list has one too.

        Raises:
            InputError: an id that is not clean text.

        >>> sample(["E1", "E2"], 1, seed="05 11 17 22 29 31 + 08", label="2024-Q3").ticket("E1")[:16]
        'b551522fe8a150bc'
        """
        refuse(text_faults({"id": id}))
        return ticket(self.scheme, self.key, "target", id)

    def __repr__(self) -> str:
        certain = f" ({len(self.certain)} for certain)" if self.certain else ""
        drawn = f"{len(self.ids)} of {self.population}{certain}"
        return f"Sample({drawn}, label={shown(self.label)}, seed={shown(self.seed)})"


def sample(
    ids: Iterable[str],
    take: Takes,
    *,
    seed: str,
    label: str,
    strata: Mapping[str, str] = _NO_STRATA,
    sizes: Numbers = _NO_SIZES,
    method: Method = "systematic",
    scheme: Scheme = DEFAULT,
    alike: bool = False,
) -> Sample:
    """Draw from a list of ids by ticket, a hash of label, seed and id: the lowest tickets are drawn.

    The order of the list decides nothing, one more extends the sample, and the draw from a part of the list is
    the draw from all, filtered. Every id of a stratum of N has the chance n/N. With `sizes` the chances are in
    proportion to them, and whoever is too large for that is taken for certain.

    Args:
        ids: clean text, each once.
        take: a rate ``"5%"`` or `Fraction` (rounded up; it holds in every stratum), a number (with strata their
            total, shared in proportion), or with strata a table from stratum to rate or number.
        seed: the public outcome, written as announced.
        label: what is drawn; another label is another draw from the same seed.
        strata: the stratum of every id.
        sizes: a whole number of 0 or more for every id; one of 0 is never drawn and not counted where a rate is
            taken. Not together with strata: draw each stratum by a call of its own.
        method: with sizes only. ``"systematic"``: probabilities k·x/X, exactly, but no reserves.
            ``"sequential-poisson"``: probabilities near that; reserves go on.
        scheme: SHA-256, or ``"dual-random/1-sm3"`` for SM3 (GB/T 32905).
        alike: whether ids that differ only in case, width or signs are meant to be different.

    Raises:
        InputError: whatever cannot be used, all of it at once.

    >>> ids, seed, label = ["E1", "E2", "E3", "E4", "E5", "E6"], "05 11 17 22 29 31 + 08", "2024-Q3 restaurants"
    >>> picked = sample(ids, "30%", seed=seed, label=label)
    >>> picked.drawn, [picked.ticket(id)[:4] for id in picked.drawn]
    (('E5', 'E2'), ['1c0d', '2624'])

    Half of each stratum, rounded up; then one of A and all of D:

    >>> risk = {"E1": "A", "E2": "D", "E3": "A", "E4": "A", "E5": "D", "E6": "A"}
    >>> sample(ids, "50%", seed=seed, label=label, strata=risk).drawn
    ('E5', 'E3', 'E4')
    >>> sample(ids, {"A": 1, "D": "100%"}, seed=seed, label=label, strata=risk).drawn
    ('E5', 'E2', 'E3')

    Chances in proportion to size. E1 has more than a third of the sum, so it is one of three for certain:

    >>> staff = {"E1": 90, "E2": 30, "E3": 20, "E4": 20, "E5": 10, "E6": 0}
    >>> picked = sample(ids, 3, seed=seed, label=label, sizes=staff)
    >>> picked.certain, picked.drawn
    (('E1',), ('E2', 'E4'))
    >>> picked = sample(ids, 3, seed=seed, label=label, sizes=staff, method="sequential-poisson")
    >>> picked.certain, picked.drawn, picked.reserves(2)
    (('E1',), ('E2', 'E3'), ('E5', 'E4'))
    """
    frame = tuple(ids) if _is_list(ids) else ()
    faults = text_faults({"label": label, "seed": seed}) + choice_faults(method, Method, "method")
    faults += scheme_faults(scheme) + _shape_faults(ids, take, strata, sizes)
    key, used = ("", DEFAULT) if faults else (label_key(scheme, label, seed), scheme)
    tickets, found = ticketed(frame, used, key, alike=alike)
    refuse(faults + found + _stratum_faults(frame, strata) + _size_faults(frame, sizes))
    chosen = _by_size(tickets, take, sizes, method) if sizes else _by_stratum(tickets, take, strata)
    return Sample(
        chosen.drawn,
        certain=chosen.certain,
        label=label,
        seed=seed,
        scheme=scheme,
        key=key,
        population=chosen.population,
        reserves=chosen.reserves,
    )


class _Chosen(NamedTuple):
    """What a method gives."""

    drawn: tuple[str, ...]
    certain: tuple[str, ...]
    population: int
    reserves: Reserves


def _by_stratum(tickets: Ticketed, take: Takes, strata: Mapping[str, str]) -> _Chosen:
    """Equal chances: the lowest tickets of every stratum, all in one order."""
    groups = _groups(tickets.ids, strata)
    numbers = _numbers(take, {name: len(rows) for name, rows in groups.items()})
    parts = {name: _Stratum(tickets, rows, numbers[name]) for name, rows in groups.items()}
    rows = [part.drawn() for part in parts.values()]
    drawn = rows[0] if len(rows) == 1 else tickets.ascending(np.concatenate(rows))
    reserves: Reserves = {name if strata else None: part for name, part in parts.items()}
    return _Chosen(tickets.named(drawn), (), len(tickets.ids), reserves)


def _groups(ids: tuple[str, ...], strata: Mapping[str, str]) -> dict[str, Rows]:
    """The rows of every stratum; without strata, all in one."""
    if not strata:
        return {"": np.arange(len(ids))}
    codes: defaultdict[str, int] = defaultdict(count_up().__next__)
    coded = np.fromiter((codes[strata[name]] for name in ids), dtype=np.intp, count=len(ids))
    ends = np.cumsum(np.bincount(coded))[:-1]
    return dict(zip(codes, np.split(np.argsort(coded), ends), strict=True))


def _by_size(tickets: Ticketed, take: Takes, sizes: Numbers, method: Method) -> _Chosen:
    """Chances in proportion to size: those taken for certain, then the method for the others."""
    population = {name: sizes[name] for name in tickets.ids if sizes[name]}
    number = _numbers(take, {"": len(population)})[""]
    certain = take_all(population, number)
    apart = frozenset(certain)
    others = {name: size for name, size in population.items() if name not in apart}
    left = number - len(certain)
    if method == "systematic":
        drawn = systematic(tickets.order(others), others, left, tickets.offset(sum(others.values())))
        return _Chosen(drawn, certain, len(population), {})
    order = poisson_order(tickets.numbers(others), others)
    return _Chosen(order[:left], certain, len(population), {None: _Queue(order[left:])})


# ---- how many


def _numbers(take: Takes, sizes: Mapping[str, int]) -> dict[str, int]:
    """How many of each stratum (specification 4)."""
    if isinstance(take, Mapping):
        return _tabled(take, sizes)
    if not isinstance(take, int):
        return {name: by_rate(take, size) for name, size in sizes.items()}
    refuse(_number_faults(take, sum(sizes.values()), "take"))
    if len(sizes) == 1:
        return dict.fromkeys(sizes, take)
    keys = {json_bytes([name]).decode(): name for name in sizes}
    shared = by_total(take, {key: sizes[name] for key, name in keys.items()})
    return {keys[key]: number for key, number in shared.items()}


def _tabled(take: Mapping[str, Take], sizes: Mapping[str, int]) -> dict[str, int]:
    lacking = [name for name in sizes if name not in take]
    faults = [Note("take-stratum-missing", f"take.{name}", {"size": sizes[name]}) for name in sorted(lacking)]
    faults += [Note("take-stratum-unknown", f"take.{name}") for name in take if name not in sizes]
    for name in [name for name in sizes if name in take]:
        faults += _number_faults(take[name], sizes[name], f"take.{name}")
    refuse(faults)
    return {name: _number(take[name], size) for name, size in sizes.items()}


def _number(take: Take, size: int) -> int:
    return take if isinstance(take, int) else by_rate(take, size)


def _number_faults(take: Take, size: int, at: str) -> list[Note]:
    if isinstance(take, int) and take > size:
        return [Note("take-above-size", at, {"number": take, "size": size})]
    return []


# ---- faults


def _is_list(ids: object) -> bool:
    return isinstance(ids, Iterable) and not isinstance(ids, str | bytes)


def _shape_faults(ids: object, take: object, strata: object, sizes: object) -> list[Note]:
    """Arguments that cannot be read as what they should be, or not together."""
    faults = [] if _is_list(ids) else [Note("ids-shape", "ids", {"value": shown(ids)})]
    tables = {"strata": strata, "sizes": sizes}
    wrong = [at for at, table in tables.items() if not isinstance(table, Mapping)]
    faults += [Note("entries-shape", at, {"value": shown(tables[at])}) for at in wrong]
    if not wrong and strata and sizes:
        faults.append(Note("strata-with-sizes", "sizes"))
    if not isinstance(take, Mapping):
        return faults + take_faults(take, "take")
    if not wrong and not strata:
        faults.append(Note("take-without-strata", "take"))
    return faults + [note for name, part in take.items() for note in take_faults(part, f"take.{name}")]


def _stratum_faults(ids: tuple[str, ...], strata: object) -> list[Note]:
    if not (isinstance(strata, Mapping) and strata):
        return []
    texts = {text for text in strata.values() if isinstance(text, str)}
    sound = {text for text in texts if text_fault(text, empty=True) is None}
    rest = {f"strata.{name}": text for name, text in strata.items() if not isinstance(text, str) or text not in sound}
    return _entry_faults(ids, strata, "strata") + text_faults(rest, empty=True)


def _size_faults(ids: tuple[str, ...], sizes: object) -> list[Note]:
    if not (isinstance(sizes, Mapping) and sizes):
        return []
    wrong = [(name, size) for name, size in sizes.items() if not _is_size(size)]
    faults = [Note("size-form", f"sizes.{name}", {"value": shown(size)}) for name, size in wrong]
    return _entry_faults(ids, sizes, "sizes") + faults


def _is_size(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _entry_faults(ids: tuple[str, ...], table: Mapping[str, object], name: str) -> list[Note]:
    """Ids without an entry, entries without an id."""
    if not table:
        return []
    known = {unit for unit in ids if isinstance(unit, str)}
    missing = sorted(known.difference(table))
    unknown = [unit for unit in table if unit not in known]
    faults = [Note("entry-missing", f"{name}.{unit}", {"table": name}) for unit in missing]
    return faults + [Note("entry-unknown", f"{name}.{unit}", {"table": name}) for unit in unknown]
