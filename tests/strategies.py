"""Hypothesis strategies that several tests share: clean text, ids, rules, and plans that fit a table."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Final

from attrs import frozen
from hypothesis import strategies as st

from dual_random.plans import Demand, JointRule, Plan, SeedSource

SEED: Final = "05 11 17 22 29 31 + 08"
SEED_FORM: Final = "00 00 00 00 00 00 + 00"
COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "risk": ("A", "B", "C", "D"),
    "industry": ("F", "H", "Q", ""),
    "district": ("海曙", "鄞州"),
}
DEPARTMENTS: Final = ("市监", "消防", "环保", "税务", "Ａ", "𠮷")

_LETTERS: Final = "abcAB019海曙é.'\"\\-{}\ue000Ａ𠮷"


def clean_texts(most: int = 8) -> st.SearchStrategy[str]:
    """Clean text, not empty: ASCII, Chinese, quotes, braces, private use, full width, beyond the BMP."""
    inner = st.text(st.sampled_from(f"{_LETTERS} \u3000"), max_size=most - 2)
    letter = st.sampled_from(_LETTERS)
    return st.one_of(letter, st.builds(lambda a, text, z: f"{a}{text}{z}", letter, inner, letter))


def ids(count: int) -> list[str]:
    """So many ids that are clean, unlike each other, and not in byte order."""
    return [f"E{(37 * number + 11) % 1009:04d}" for number in range(count)]


def seeds() -> st.SearchStrategy[str]:
    """Texts of `SEED_FORM`."""
    digits = st.lists(st.integers(0, 99), min_size=7, max_size=7)
    return digits.map(lambda told: " ".join(f"{two:02d}" for two in told[:6]) + f" + {told[6]:02d}")


def shares(most: int = 1) -> st.SearchStrategy[Fraction]:
    """Fractions from 0 to `most`."""
    return st.fractions(0, most, max_denominator=1000)


def takes() -> st.SearchStrategy[str | Fraction | int]:
    """One rate or number, in each of its writings."""
    percents = st.integers(0, 10_000).map(lambda units: f"{units // 100}.{units % 100:02d}%")
    return st.one_of(percents, shares(), shares().map(str), st.integers(0, 2**53 - 1))


# ---- rules without a register


def conditions() -> st.SearchStrategy[dict[str, list[str]]]:
    """Conditions on any columns: one or more values each, the empty one included."""
    values = st.lists(st.one_of(st.just(""), clean_texts()), min_size=1, max_size=3, unique=True)
    return st.dictionaries(clean_texts(), values, max_size=2)


@st.composite
def demands(draw: st.DrawFn, name: str = "") -> Demand:
    """A demand that draws; with a table of takes, with strata, or neither."""
    by = draw(st.lists(clean_texts(), max_size=2, unique=True))
    values = st.tuples(*(st.one_of(st.just(""), clean_texts()) for _ in by))
    table = st.dictionaries(values, takes(), min_size=1, max_size=3).map(lambda table: tuple(table.items()))
    low = draw(st.integers(0, 3))
    return Demand(
        name or draw(clean_texts()),
        take=draw(st.one_of(takes(), table) if by else takes()),
        department=draw(clean_texts()),
        where=draw(conditions()),
        unless=draw(conditions()),
        by=by,
        at_least=low,
        at_most=draw(st.one_of(st.none(), st.integers(low, 9))),
        rounding=draw(st.sampled_from(["up", "down"])),
    )


def seed_sources() -> st.SearchStrategy[SeedSource]:
    """Announcements of a seed, with and without a substitute event."""
    return st.builds(
        SeedSource,
        source=clean_texts(),
        event=clean_texts(),
        earliest=st.datetimes().map(lambda time: f"{time:%Y-%m-%dT%H:%M:%S}+08:00".rjust(25, "0")),
        form=st.sampled_from([SEED_FORM, "x" * 64, "0000000 / xx"]),
        substitute=st.one_of(st.just(""), clean_texts()),
    )


def joint_rules() -> st.SearchStrategy[JointRule]:
    """Joint rules with and without a target, of both measures."""
    target = st.one_of(st.none(), shares().filter(bool))
    return st.builds(JointRule, at_least=target, of=st.sampled_from(["visits", "checks"]))


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Any plan that can be written: it fits no particular register."""
    names = draw(st.lists(clean_texts(), min_size=1, max_size=4, unique=True))
    leads = [draw(demands(name)) for name in names[: max(1, len(names) - 1)]]
    followers = [Demand(name, follow=leads[0].name, where=draw(conditions())) for name in names[len(leads) :]]
    return Plan(
        title=draw(clean_texts()),
        authority=draw(clean_texts()),
        number=draw(clean_texts()),
        seed=draw(seed_sources()),
        demands=draw(st.permutations([*leads, *followers])),
        joint=draw(joint_rules()),
        barred=draw(st.dictionaries(clean_texts(), clean_texts(), max_size=2)),
        seals=draw(st.dictionaries(clean_texts(), st.integers(0, 16**64 - 1).map("{:064x}".format), max_size=2)),
    )


# ---- rules that fit a table


@frozen
class Round:
    """A plan and a table that can be committed together: ``Register(round.table, id="id", columns=round.columns)``."""

    plan: Plan
    table: Mapping[str, list[str]]

    @property
    def columns(self) -> list[str]:
        """The columns of the table without the ids."""
        return [name for name in self.table if name != "id"]

    @property
    def rows(self) -> list[dict[str, str]]:
        """The table row by row, ids included."""
        return _rows(self.table)


def _rows(table: Mapping[str, list[str]]) -> list[dict[str, str]]:
    return [dict(zip(table, values, strict=True)) for values in zip(*table.values(), strict=True)]


def tables(least: int = 1, most: int = 40) -> st.SearchStrategy[dict[str, list[str]]]:
    """Enterprises with the values of `COLUMNS`, as a dict of lists, ids in the column ``id``."""

    def of_size(size: int) -> st.SearchStrategy[dict[str, list[str]]]:
        columns = {
            name: st.lists(st.sampled_from(values), min_size=size, max_size=size) for name, values in COLUMNS.items()
        }
        return st.fixed_dictionaries({"id": st.just(ids(size)), **columns})

    return st.integers(least, most).flatmap(of_size)


@st.composite
def rounds(draw: st.DrawFn, *, most: int = 40, followers: bool = True, targets: bool = True) -> Round:
    """A round that `commit` accepts.

    Every population holds one and the same row, so that none is empty and departments can meet.

    Args:
        draw: given by hypothesis.
        most: rows of the table at most.
        followers: whether demands may follow another.
        targets: whether a joint rule may have a target.
    """
    table = draw(tables(most=most))
    rows = _rows(table)
    anchor = draw(st.sampled_from(rows))
    leads = [draw(_fitting(f"{name}·{i}", name, rows, anchor)) for i, name in enumerate(draw(_some_departments()))]
    others = draw(st.lists(st.sampled_from(DEPARTMENTS), max_size=2 if followers else 0, unique=True))
    follow = [
        Demand(f"{name}·随", department=name, follow=draw(st.sampled_from(leads)).name, where=draw(_holding(anchor)))
        for name in others
    ]
    can_meet = len({demand.department for demand in (*leads, *follow)}) > 1
    return Round(
        Plan(
            title="抽查",
            authority="海曙区",
            number="2024-3",
            seed=_SOURCE,
            demands=draw(st.permutations([*leads, *follow])),
            joint=draw(joint_rules()) if can_meet and targets else JointRule(),
        ),
        table,
    )


def _some_departments() -> st.SearchStrategy[list[str]]:
    """Departments with demands of their own; one may have several."""
    return st.lists(st.sampled_from(DEPARTMENTS), min_size=1, max_size=4)


@st.composite
def _holding(draw: st.DrawFn, anchor: Mapping[str, str]) -> dict[str, list[str]]:
    """Conditions that one row meets."""
    columns = draw(st.lists(st.sampled_from(list(COLUMNS)), max_size=2, unique=True))
    return {
        column: sorted({anchor[column], *draw(st.lists(st.sampled_from(COLUMNS[column]), max_size=2))})
        for column in columns
    }


@st.composite
def _fitting(
    draw: st.DrawFn, name: str, department: str, rows: list[dict[str, str]], anchor: Mapping[str, str]
) -> Demand:
    """A demand whose population holds one row and whose numbers its strata can give."""
    where = draw(_holding(anchor))
    column = draw(st.sampled_from(list(COLUMNS)))
    unless = draw(st.sampled_from([{}, {column: [value for value in COLUMNS[column] if value != anchor[column]][:1]}]))
    by = draw(st.lists(st.sampled_from(list(COLUMNS)), max_size=2, unique=True))
    inside = [
        row
        for row in rows
        if all(row[name] in values for name, values in where.items())
        and not any(row[name] in values for name, values in unless.items())
    ]
    sizes: dict[tuple[str, ...], int] = {}
    for row in inside:
        stratum = tuple(row[name] for name in by)
        sizes[stratum] = sizes.get(stratum, 0) + 1
    rates = st.one_of(shares(), st.sampled_from(["0%", "30%", "100%"]))
    table = st.tuples(*(st.tuples(st.just(name), st.one_of(rates, st.integers(0, n))) for name, n in sizes.items()))
    take = draw(st.one_of(rates, st.integers(0, len(inside)), table))
    bounded = isinstance(take, str | Fraction)
    low = draw(st.integers(0, 2)) if bounded else 0
    return Demand(
        name,
        take=take,
        department=department,
        where=where,
        unless=unless,
        by=by,
        at_least=low,
        at_most=draw(st.one_of(st.none(), st.integers(low, 9))) if bounded else None,
        rounding=draw(st.sampled_from(["up", "down"])),
    )


_SOURCE: Final = SeedSource(source="双色球", event="2024090期", earliest="2024-08-06T21:15:00+08:00", form=SEED_FORM)
