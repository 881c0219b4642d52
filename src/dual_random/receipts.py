"""Receipts: one visit, shown at the door, proved against a root that was published at the draw (specification 8.8).

The list of visits stays closed until they are paid, so that nobody is warned. What is published with the draw is the
root of a hash tree over all visits, and their number: with these the list can no longer be changed. A receipt holds a
single visit and the hashes that lead from it to the root. Every visit carries a salt that cannot be guessed while the
seed is sealed, so the hashes say nothing about the other visits.
"""

from binascii import hexlify
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from operator import add
from types import MappingProxyType
from typing import Final, Protocol, TypeAlias, cast

import numpy as np
from attrs import field, frozen

from dual_random.errors import InputError, Note, VerificationError
from dual_random.forms import count_faults, kind_faults, listed, refuse, repeat_faults, shape_error
from dual_random.plain import from_json
from dual_random.schemes import DEFAULT, Scheme, digest_faults, hasher, scheme_faults, ticket_start
from dual_random.text import Json, json_bytes, parse_json, shown, text_fault, text_faults
from dual_random.tickets import ascending, digests

Team: TypeAlias = tuple[tuple[str, tuple[str, ...]], ...]  # (department, its inspectors in the order of dealing)
Levels: TypeAlias = tuple[list[bytes], ...]

_LEAF: Final = b"\x00"  # the two prefixes keep a node from being passed off as a leaf
_NODE: Final = b"\x01"
_NO_TEAMS: Final[Mapping[str, Team]] = MappingProxyType({})
_NO_TEAM: Final = b'"}'
_TEAM_RULE: Final = '[["A", ["A1", "A2"]], …]'


class Served(Protocol):
    """What is used of a visit's purpose; many visits may share one."""

    @property
    def demands(self) -> tuple[str, ...]:
        """Names in byte order."""

    @property
    def lead(self) -> str:
        """The department that leads."""


# ---- what is published


@frozen(kw_only=True)
class Receipts:
    """What is published of all receipts at the draw: the root of their tree, and how many they are.

    Args:
        root: 64 hex digits.
        size: the number of visits.

    Raises:
        InputError: another form.
    """

    root: str
    size: int

    def __attrs_post_init__(self) -> None:
        refuse(_published_faults(self.root, self.size))


def _published_faults(root: object, size: object) -> list[Note]:
    return digest_faults(root, "root") + count_faults(size, "size")


# ---- leaves


def _leaves(
    names: Sequence[bytes],
    salts: Sequence[bytes],
    served: Sequence[Served],
    periods: Sequence[int],
    ends: Sequence[bytes],
) -> list[bytes]:
    """The canonical JSON of every visit, put together from parts that many visits share."""
    # Known by identity, which is quicker to ask for than a hash; equal purposes kept apart only cost time.
    purposes = {id(purpose): purpose for purpose in served}
    around = {key: _around_enterprise(purpose) for key, purpose in purposes.items()}
    when = {period: b'"period":%d,"salt":"' % period for period in set(periods)}
    rows = zip(_escaped(names), salts, [around[id(purpose)] for purpose in served], periods, ends, strict=True)
    return [
        b"".join((head, name, lead, when[period], hexlify(salt), end)) for name, salt, (head, lead), period, end in rows
    ]


def _around_enterprise(served: Served) -> tuple[bytes, bytes]:
    """The JSON up to the enterprise, and from there to the period."""
    demands = b'"demands":%b,' % json_bytes(served.demands) if served.demands else b""
    lead = b'"lead":%b,' % json_bytes(served.lead) if served.lead else b""
    return b'{%b"enterprise":"' % demands, b'",%b' % lead


def _escaped(names: Sequence[bytes]) -> Sequence[bytes]:
    """Clean text inside JSON strings: of what JSON escapes it can hold these two signs alone, and rarely does."""
    joined = b"".join(names)
    if b"\\" not in joined and b'"' not in joined:
        return names
    return [name.replace(b"\\", b"\\\\").replace(b'"', b'\\"') for name in names]


def _ends(enterprises: Sequence[str], teams: Mapping[str, Team]) -> list[bytes]:
    """The JSON behind the salt, visit by visit; departments without people are left out."""
    if not teams:
        return [_NO_TEAM] * len(enterprises)
    told = _Told()
    return [_end(teams.get(enterprise, ()), told) for enterprise in enterprises]


class _Told(dict[str, bytes]):
    """Names as JSON, each made once: a few people go to many visits."""

    def __missing__(self, name: str) -> bytes:
        made = self[name] = json_bytes(name)
        return made


def _end(team: Team, told: _Told) -> bytes:
    rows = [
        b"[%b,[%b]]" % (told[department], b",".join([told[name] for name in people]))
        for department, people in sorted(team)
        if people
    ]
    return b'","team":[%b]}' % b",".join(rows) if rows else _NO_TEAM


# ---- the tree


def tree_levels(scheme: Scheme, hashes: list[bytes]) -> Levels:
    """The Merkle tree of RFC 9162, section 2.1.1, from the hashes of the leaves up to the root.

    The RFC splits n leaves at k, the largest power of two below n. Here neighbours are paired level by level, and a
    last one without a neighbour moves up. That is the same tree: the first k leaves make an even number of nodes on
    every level until they are one, so no pair spans the split; the others, k at most, are one node by then; these two
    are the root's children. The same holds inside each part.

    Returns:
        Lists of 32-byte hashes, each half as long as the one before, the last with the root alone. The root of no
        leaves is the hash of no bytes.
    """
    level = hashes or [hasher(scheme).digest()]
    levels = [level]
    start = hasher(scheme, _NODE)
    while len(level) > 1:
        above = digests(start, map(add, level[::2], level[1::2]))
        level = above + level[len(above) * 2 :]
        levels.append(level)
    return tuple(levels)


@frozen(eq=False)
class ReceiptTree:
    """All visits of a draw as the leaves of a tree, in ascending order of their `receipt` tickets.

    The leaves themselves are not kept: there is the visit, and their hashes.

    Args:
        enterprises, served, periods, teams: the visits, as they were given.
        salts: their `receipt` tickets.
        rows: which visit stands at each place of the tree.
        levels: the hashes, from the leaves' own up to the root.
    """

    enterprises: Sequence[str] = field(repr=False)
    served: Sequence[Served] = field(repr=False)
    periods: Sequence[int] = field(repr=False)
    teams: Mapping[str, Team] = field(repr=False)
    salts: Sequence[bytes] = field(repr=False)
    rows: Sequence[int] = field(repr=False)
    levels: Levels = field(repr=False)

    @property
    def receipts(self) -> Receipts:
        """What is published at the draw."""
        return Receipts(root=self.levels[-1][0].hex(), size=len(self.rows))

    def leaf(self, index: int) -> bytes:
        """The canonical JSON of the visit at a place, from 0."""
        row = self.rows[index]
        name = self.enterprises[row]
        team = _ends([name], self.teams)
        return _leaves([name.encode()], [self.salts[row]], [self.served[row]], [self.periods[row]], team)[0]

    def path(self, index: int) -> tuple[str, ...]:
        """The hashes beside the way from a leaf to the root, lowest first (RFC 9162, section 2.1.3.1)."""
        beside = [(level, (index >> height) ^ 1) for height, level in enumerate(self.levels)]
        return tuple(level[place].hex() for level, place in beside if place < len(level))

    def receipt(self, enterprise: str) -> bytes:
        """What is shown at the door: canonical JSON of index, leaf and path.

        Raises:
            InputError: the enterprise is not visited.
        """
        index = self._places.get(enterprise)
        if index is None:
            raise InputError([Note("receipt-unknown", "", {"enterprise": shown(enterprise)})])
        return b'{"index":%d,"leaf":%b,"path":%b}' % (index, self.leaf(index), json_bytes(self.path(index)))

    @cached_property
    def _places(self) -> dict[str, int]:
        return {self.enterprises[row]: place for place, row in enumerate(self.rows)}


def receipt_tree(
    scheme: Scheme,
    key: str,
    enterprises: Sequence[str],
    served: Sequence[Served],
    periods: Sequence[int],
    teams: Mapping[str, Team] = _NO_TEAMS,
) -> ReceiptTree:
    """Put the visits, given column by column in any order, into the tree whose root is published.

    Place and salt of a leaf come from the draw's key, so the tree of a draw can be recomputed, and a place tells
    nothing about the visit.

    Args:
        scheme, key: of the tickets.
        enterprises: whom the visits are paid to, each once.
        served: what they are for.
        periods: when, from 0.
        teams: who goes, as far as that is known: enterprise to departments with their inspectors.

    >>> from types import SimpleNamespace
    >>> served = SimpleNamespace(demands=("市监", "消防"), lead="市监")
    >>> tree = receipt_tree("dual-random/1-sha256", "ab" * 32, ["E1", "E2", "E3"], [served] * 3, [0, 1, 0])
    >>> receipt, published = tree.receipt("E1"), tree.receipts
    >>> receipt.decode()[:59]
    '{"index":1,"leaf":{"demands":["市监","消防"],"enterprise":"E1",'
    >>> check_receipt(receipt, published.root, size=published.size) == tree.leaf(1)
    True
    """
    names = [enterprise.encode() for enterprise in enterprises]
    salts = digests(ticket_start(scheme, key, "receipt"), names)
    hashes = digests(hasher(scheme, _LEAF), _leaves(names, salts, served, periods, _ends(enterprises, teams)))
    rows = _order(salts, names)
    levels = tree_levels(scheme, [hashes[row] for row in rows])
    return ReceiptTree(enterprises, served, periods, teams, salts, rows, levels)


def _order(salts: Sequence[bytes], names: Sequence[bytes]) -> list[int]:
    """Rows in ascending order of salt, then of id."""
    words = np.frombuffer(b"".join(salts), dtype=">u8")[::4].astype(np.uint64)
    rows: list[int] = ascending(words, np.arange(len(salts)), lambda row: (salts[row], names[row])).tolist()
    return rows


# ---- a receipt as it is read


def _team(value: object) -> Team:
    """Departments with their inspectors; what is neither text nor a list is left for the leaf to refuse."""
    rows = listed(cast("Iterable[object]", value))
    if not all(isinstance(row, list | tuple) and len(row) == 2 and _is_filled(row[1]) for row in rows):
        raise shape_error(_TEAM_RULE, value)
    return tuple((department, tuple(people)) for department, people in rows)


def _is_filled(value: object) -> bool:
    return isinstance(value, list | tuple) and len(value) > 0


def _names_faults(names: tuple[str, ...], at: str) -> list[Note]:
    """Why names do not stand in byte order, each once."""
    faults = [note for i, name in enumerate(names) if (note := text_fault(name, f"{at}[{i}]"))]
    if not faults and list(names) != sorted(set(names)):
        faults.append(Note("names-order", at))
    return faults


@frozen(kw_only=True)
class Leaf:
    """One visit as a receipt tells it; parts that are empty are left out of the data."""

    demands: tuple[str, ...] = field(default=(), converter=listed)
    enterprise: str
    lead: str = ""
    period: int
    salt: str
    team: Team = field(default=(), converter=_team)

    def __attrs_post_init__(self) -> None:
        faults = _names_faults(self.demands, "demands") + text_faults({"enterprise": self.enterprise})
        faults += text_faults({"lead": self.lead}, empty=True)
        faults += count_faults(self.period, "period") + digest_faults(self.salt, "salt")
        refuse([*faults, *self._team_faults()])

    def _team_faults(self) -> list[Note]:
        people = [(f"team[{i}][1][{k}]", name) for i, (_, team) in enumerate(self.team) for k, name in enumerate(team)]
        faults = _names_faults(tuple(department for department, _ in self.team), "team")
        faults += text_faults(dict(people))
        return faults + repeat_faults((name for _, name in people), "team")


@frozen(kw_only=True)
class Receipt:
    """A leaf, its place, and the hashes that lead to the root."""

    index: int
    leaf: Leaf = field(metadata={"kind": Leaf})
    path: tuple[str, ...] = field(converter=listed)

    def __attrs_post_init__(self) -> None:
        faults = count_faults(self.index, "index") + kind_faults(self.leaf, Leaf, "leaf")
        refuse(faults + [note for i, value in enumerate(self.path) for note in digest_faults(value, f"path[{i}]")])


_SOUND_LEAF: Final = Leaf(enterprise="E1", period=0, salt="0" * 64)
_SOUND: Final[Mapping[type, object]] = MappingProxyType(
    {Leaf: _SOUND_LEAF, Receipt: Receipt(index=0, leaf=_SOUND_LEAF, path=())}
)


# ---- the check


def check_receipt(receipt: bytes, root: str, *, size: int, scheme: Scheme = DEFAULT) -> bytes:
    """The visit that a receipt tells, if it leads to the root that was published at the draw.

    Whoever has root and size from the day of the draw needs nobody's word that this visit was drawn then: another
    visit or place that leads to the same root would be a collision of the hash (RFC 9162, section 2.1.3.2). Root and
    size belong together; trees of similar size share paths, so only the receipt of the last place proves the size too.

    Args:
        receipt: the bytes that were shown; another spelling of the same JSON is the same receipt.
        root: as it was published, 64 hex digits.
        size: the number of visits, published beside it.
        scheme: the scheme of the draw.

    Returns:
        The leaf as canonical JSON: demands, enterprise, lead, period (from 0), salt, team, each unless empty.

    Raises:
        InputError: a root, a size or a scheme that cannot be, a receipt that is not bytes.
        VerificationError: bytes that are no receipt, a place or path that this size does not have, another root; each
            with its path in the receipt.

    >>> salt = "00" * 32
    >>> leaf = f'{{"demands":["市监"],"enterprise":"E1","lead":"市监","period":0,"salt":"{salt}"}}'
    >>> receipt = f'{{"index":0,"leaf":{leaf},"path":[]}}'.encode()
    >>> root = "5155b34feb0d70372e4d05920c550548699002fcc4b5eca0e36a3c955a10a0b5"
    >>> check_receipt(receipt, root, size=1).decode() == leaf
    True
    """
    refuse([*_bytes_faults(receipt), *_published_faults(root, size), *scheme_faults(scheme)])
    given, leaf = _read(receipt)
    findings = _place_faults(given, size) or _root_faults(_root_of(given, leaf, size, scheme), root)
    if findings:
        raise VerificationError(findings)
    return leaf


def _bytes_faults(receipt: object) -> list[Note]:
    if isinstance(receipt, bytes):
        return []
    return [Note("bytes-needed", "receipt", {"type": type(receipt).__name__})]


def _read(receipt: bytes) -> tuple[Receipt, bytes]:
    """A receipt and its leaf as canonical JSON."""
    try:
        given = from_json(Receipt, receipt, _SOUND)
    except InputError as error:
        raise VerificationError(error.faults) from None
    leaf = cast("Mapping[str, Mapping[str, Json]]", parse_json(receipt)[0])["leaf"]
    empty = [Note("leaf-part-empty", f"leaf.{name}") for name, part in leaf.items() if part in ("", [])]
    if empty:
        raise VerificationError(empty)
    return given, json_bytes(leaf)


def _sides(index: int, size: int) -> list[bool]:
    """For every hash of a path, lowest first, whether it stands on the left of the way to the root."""
    sides = []
    while size > 1:
        if index ^ 1 < size:
            sides.append(index % 2 == 1)
        index, size = index // 2, (size + 1) // 2
    return sides


def _place_faults(given: Receipt, size: int) -> list[Note]:
    if given.index >= size:
        return [Note("receipt-index", "index", {"index": given.index, "size": size})]
    needed = len(_sides(given.index, size))
    if len(given.path) != needed:
        told: dict[str, str | int] = {"found": len(given.path), "needed": needed, "index": given.index, "size": size}
        return [Note("receipt-path", "path", told)]
    return []


def _root_of(given: Receipt, leaf: bytes, size: int, scheme: Scheme) -> str:
    """The root to which a leaf and its path lead."""
    node = hasher(scheme, _LEAF + leaf).digest()
    for beside, left in zip(map(bytes.fromhex, given.path), _sides(given.index, size), strict=True):
        node = hasher(scheme, _NODE + (beside + node if left else node + beside)).digest()
    return node.hex()


def _root_faults(computed: str, root: str) -> list[Note]:
    return [] if computed == root else [Note("receipt-root", "", {"computed": computed, "root": root})]
