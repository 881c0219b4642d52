"""Receipts: golden trees, RFC 9162 read literally, every alteration refused, nothing said about other visits."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Any, Final

import pytest
from attrs import evolve, frozen
from hypothesis import given, settings
from hypothesis import strategies as st

import oracle
from coarse import Coarse, coarse
from dual_random import receipts as receipts_module
from dual_random.errors import InputError, VerificationError
from dual_random.plain import from_plain, to_plain
from dual_random.receipts import Receipts, ReceiptTree, Team, check_receipt, receipt_tree, tree_levels
from dual_random.schemes import DEFAULT, SCHEMES, Hash, Scheme, label_key, ticket
from dual_random.testing.strategies import clean_texts
from dual_random.text import Json, canonical_json, json_bytes

quick = settings(deadline=None, derandomize=True, max_examples=60)

GOLDEN: Final = json.loads((Path(__file__).parent / "golden/dual-random-1/receipts.json").read_text("utf-8"))
KEY: Final = "5e" * 32
SALT: Final = "0f" * 32

both = pytest.mark.parametrize("scheme", SCHEMES)


@frozen
class Purpose:
    """What a visit is for."""

    demands: tuple[str, ...]
    lead: str


@frozen
class Visits:
    """Visits column by column."""

    enterprises: Sequence[str]
    served: Sequence[Purpose]
    periods: Sequence[int]
    teams: Mapping[str, Team]

    def tree(self, scheme: Scheme = DEFAULT, key: str = KEY) -> ReceiptTree:
        """Their tree."""
        return receipt_tree(scheme, key, self.enterprises, self.served, self.periods, self.teams)

    def shuffled(self, chance: Random) -> "Visits":
        """The same visits in another order."""
        rows = chance.sample(range(len(self.enterprises)), len(self.enterprises))
        return Visits(
            [self.enterprises[row] for row in rows],
            [self.served[row] for row in rows],
            [self.periods[row] for row in rows],
            dict(reversed(list(self.teams.items()))),
        )

    def leaves(self, scheme: Scheme, key: str) -> list[bytes]:
        """The leaves as the scheme has them, in their order."""
        made = []
        for name, purpose, period in zip(self.enterprises, self.served, self.periods, strict=True):
            team = sorted([department, list(people)] for department, people in self.teams.get(name, ()))
            salt = ticket(scheme, key, "receipt", name)
            parts = {"demands": list(purpose.demands), "enterprise": name, "lead": purpose.lead, "team": team}
            filled = {part: value for part, value in parts.items() if value}
            made.append((salt, name.encode(), oracle.canonical({**filled, "period": period, "salt": salt}).encode()))
        return [leaf for *_, leaf in sorted(made)]


def numbered(count: int) -> Visits:
    """So many visits of three kinds."""
    kinds = [Purpose(("市监",), "市监"), Purpose(("市监", "消防"), "消防"), Purpose(("环保·水",), "环保")]
    return Visits(
        [f"E{i:03d}" for i in range(count)], [kinds[i % 3] for i in range(count)], [i % 4 for i in range(count)], {}
    )


@st.composite
def visits(draw: st.DrawFn) -> Visits:
    """Any visits; some share their purpose, some have a team."""
    enterprises = draw(st.lists(clean_texts(), max_size=20, unique=True))
    demands = st.lists(clean_texts(), max_size=3, unique=True).map(lambda names: tuple(sorted(names)))
    kinds = draw(st.lists(st.builds(Purpose, demands, st.one_of(st.just(""), clean_texts())), min_size=1, max_size=3))
    people = st.lists(clean_texts(), min_size=1, max_size=3, unique=True)
    team = st.lists(st.tuples(clean_texts(), people), max_size=3, unique_by=lambda entry: entry[0])
    teams = team.map(lambda entries: tuple((name, tuple(f"{name}/{who}" for who in whom)) for name, whom in entries))
    each = st.lists(st.sampled_from(kinds), min_size=len(enterprises), max_size=len(enterprises))
    when = st.lists(st.integers(0, 3), min_size=len(enterprises), max_size=len(enterprises))
    staffed = draw(st.dictionaries(st.sampled_from(enterprises), teams)) if enterprises else {}
    return Visits(enterprises, draw(each), draw(when), staffed)


def hash_of(scheme: Scheme, data: bytes) -> bytes:
    """The scheme's hash, by hashlib alone."""
    return hashlib.new({"dual-random/1-sha256": "sha256", "dual-random/1-sm3": "sm3"}[scheme], data).digest()


def split(count: int) -> int:
    """The largest power of two below a number."""
    power = 1
    while power * 2 < count:
        power *= 2
    return power


def path_of(scheme: Scheme, index: int, leaves: Sequence[bytes]) -> list[bytes]:
    """PATH(m, D) of RFC 9162, section 2.1.3.1."""
    if len(leaves) == 1:
        return []
    k = split(len(leaves))
    if index < k:
        return [*path_of(scheme, index, leaves[:k]), oracle.tree(scheme, leaves[k:])]
    return [*path_of(scheme, index - k, leaves[k:]), oracle.tree(scheme, leaves[:k])]


def proves(scheme: Scheme, leaf: bytes, index: int, path: Sequence[bytes], root: bytes, size: int) -> bool:
    """The steps of RFC 9162, section 2.1.3.2."""
    if index >= size:
        return False
    fn, sn = index, size - 1
    r = hash_of(scheme, b"\x00" + leaf)
    for p in path:
        if sn == 0:
            return False
        if fn % 2 == 1 or fn == sn:
            r = hash_of(scheme, b"\x01" + p + r)
            while fn % 2 == 0 and fn != 0:
                fn, sn = fn >> 1, sn >> 1
        else:
            r = hash_of(scheme, b"\x01" + r + p)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and r == root


def findings(receipt: bytes, root: str, size: int, scheme: Scheme = DEFAULT) -> list[tuple[str, str]]:
    """Codes and places for which a receipt is refused; each reads in both languages."""
    with pytest.raises(VerificationError) as caught:
        check_receipt(receipt, root, size=size, scheme=scheme)
    assert all(note.text("en") and note.text("zh") for note in caught.value.findings)
    return [(note.code, note.at) for note in caught.value.findings]


def holds(receipt: bytes, root: str, size: int, scheme: Scheme = DEFAULT) -> bool:
    """Whether a receipt is accepted; if not, for findings."""
    try:
        check_receipt(receipt, root, size=size, scheme=scheme)
    except VerificationError as error:
        return not error.findings
    return True


# ---- golden values


@both
def test_golden_receipts(scheme: Scheme) -> None:
    """Leaves, order, root, size and every path are those of a second implementation, and every receipt is accepted."""
    golden = GOLDEN[scheme]
    assert golden["key"] == label_key(scheme, golden["label"], golden["seed"])
    told = [json.loads(leaf) for leaf in golden["leaves"]]
    tree = (
        Visits(
            [leaf["enterprise"] for leaf in told],
            [Purpose(tuple(leaf["demands"]), leaf["lead"]) for leaf in told],
            [leaf["period"] for leaf in told],
            {leaf["enterprise"]: tuple((name, tuple(people)) for name, people in leaf["team"]) for leaf in told},
        )
        .shuffled(Random(7))
        .tree(scheme, golden["key"])
    )
    assert tree.receipts == Receipts(root=golden["root"], size=golden["size"])
    assert len(golden["leaves"]) == len(golden["paths"]) == golden["size"]
    for index, (leaf, path) in enumerate(zip(golden["leaves"], golden["paths"], strict=True)):
        assert tree.leaf(index) == leaf.encode()
        assert list(tree.path(index)) == path
        receipt = oracle.canonical({"index": index, "leaf": told[index], "path": path}).encode()
        assert tree.receipt(told[index]["enterprise"]) == receipt
        assert check_receipt(receipt, golden["root"], size=golden["size"], scheme=scheme) == leaf.encode()


# ---- the tree


@both
def test_the_tree_is_that_of_the_rfc(scheme: Scheme) -> None:
    """Pairing level by level gives the root and the paths of the recursive definition, for 0 to 70 leaves."""
    for size in range(71):
        leaves = [f"leaf {i}".encode() for i in range(size)]
        levels = tree_levels(scheme, [hash_of(scheme, b"\x00" + leaf) for leaf in leaves])
        assert levels[-1] == [oracle.tree(scheme, leaves)]
        tree = numbered(size).tree(scheme)
        leaves = [tree.leaf(index) for index in range(size)]
        root = oracle.tree(scheme, leaves)
        assert tree.receipts == Receipts(root=root.hex(), size=size)
        for index, leaf in enumerate(leaves):
            path = path_of(scheme, index, leaves)
            assert [bytes.fromhex(part) for part in tree.path(index)] == path
            assert proves(scheme, leaf, index, path, root, size)
            receipt = tree.receipt(json.loads(leaf)["enterprise"])
            assert check_receipt(receipt, root.hex(), size=size, scheme=scheme) == leaf


@both
def test_a_tree_without_visits(scheme: Scheme) -> None:
    """Its root is the hash of no bytes, and no receipt leads to it."""
    tree = numbered(0).tree(scheme)
    assert tree.receipts == Receipts(root=hash_of(scheme, b"").hex(), size=0)
    receipt = numbered(1).tree(scheme).receipt("E000")
    assert findings(receipt, tree.receipts.root, 0, scheme) == [("receipt-index", "index")]


@both
@given(made=visits(), chance=st.randoms(use_true_random=False))
@quick
def test_leaves_and_receipts_are_those_of_the_scheme(scheme: Scheme, made: Visits, chance: Random) -> None:
    """Any visits in any order: leaves in order of their salts, root of the RFC, receipts in canonical JSON."""
    leaves = made.leaves(scheme, KEY)
    trees = [made.tree(scheme), made.shuffled(chance).tree(scheme)]
    for tree in trees:
        assert [tree.leaf(index) for index in range(len(leaves))] == leaves
        assert tree.receipts == Receipts(root=oracle.tree(scheme, leaves).hex(), size=len(leaves))
    for enterprise in made.enterprises:
        receipt = trees[0].receipt(enterprise)
        assert receipt == canonical_json(json.loads(receipt)) == trees[1].receipt(enterprise)
        told = check_receipt(receipt, trees[0].receipts.root, size=len(leaves), scheme=scheme)
        assert json.loads(told)["enterprise"] == enterprise


def test_columns_of_different_lengths_make_no_tree() -> None:
    """A visit without a part is no visit."""
    made = numbered(3)
    for changes in ({"served": made.served[:2]}, {"periods": [0]}, {"enterprises": ["E1", "E2"]}):
        with pytest.raises(ValueError, match="zip"):
            evolve(made, **changes).tree()


def test_departments_without_people_are_left_out() -> None:
    """A department that could not be staffed is not in the team, and a team without people is none."""
    teams: dict[str, Team] = {"E000": (("消防", ()), ("市监", ("S2", "S1"))), "E001": (("消防", ()),)}
    made = evolve(numbered(2), teams=teams).tree()
    told = {leaf["enterprise"]: leaf for leaf in (json.loads(made.leaf(index)) for index in range(2))}
    assert told["E000"]["team"] == [["市监", ["S2", "S1"]]]
    assert "team" not in told["E001"]


def test_names_in_teams_are_written_as_json() -> None:
    """Quotes and backslashes are escaped, all else stands as it is; departments stand in byte order."""
    names = ('a"b', "c\\d", "%b", "{}", "𠮷", "Ａ")
    teams: dict[str, Team] = {"E000": tuple((name, names) for name in names)}
    leaf = evolve(numbered(1), teams=teams).tree().leaf(0)
    assert json.loads(leaf)["team"] == [[name, list(names)] for name in sorted(names)]
    assert leaf == oracle.canonical(json.loads(leaf)).encode()


def test_what_visits_share_is_written_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of many visits with three purposes, three are put into JSON; of many teams, each name once."""
    calls = []

    def counted(value: Json) -> bytes:
        calls.append(value)
        return json_bytes(value)

    monkeypatch.setattr(receipts_module, "json_bytes", counted)
    numbered(500).tree()
    assert len(calls) == 2 * 3
    people: Team = (("市监", ("S1", "S2")), ("消防", ("X1",)))
    staffed = evolve(numbered(500), teams={f"E{i:03d}": people for i in range(500)})
    calls.clear()
    staffed.tree()
    assert len(calls) == 2 * 3 + 5
    assert sorted(map(str, calls[:5])) == ["S1", "S2", "X1", "市监", "消防"]


def test_equal_salts_go_by_id(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where salts are equal, leaves stand in byte order of the ids."""
    start: Hash = Coarse()
    monkeypatch.setattr(receipts_module, "ticket_start", lambda *_: start)
    names = ["𠮷", "Ａ", "é", "b", "a", "Z", "10", "9", "宁波"]
    tree = evolve(numbered(len(names)), enterprises=names).tree()
    found = [json.loads(tree.leaf(index))["enterprise"] for index in range(len(names))]
    assert found == sorted(names, key=lambda name: (coarse(name.encode()), name.encode()))


def test_no_receipt_for_whom_nobody_visits() -> None:
    """An enterprise that is not in the tree is refused by name."""
    with pytest.raises(InputError) as caught:
        numbered(3).tree().receipt("E003")
    assert [note.code for note in caught.value.faults] == ["receipt-unknown"]
    assert "'E003'" in str(caught.value)
    assert "'E003'" in caught.value.faults[0].text("zh")


# ---- alterations


def altered(receipt: bytes, **parts: object) -> bytes:
    """A receipt with other parts."""
    return oracle.canonical({**json.loads(receipt), **parts}).encode()


def changed_leaf(receipt: bytes, change: Callable[[dict[str, Any]], object]) -> bytes:
    """A receipt after a change of its leaf."""
    leaf = json.loads(receipt)["leaf"]
    change(leaf)
    return altered(receipt, leaf=leaf)


LEAF_CHANGES: Final[Mapping[str, Callable[[dict[str, Any]], object]]] = {
    "other enterprise": lambda leaf: leaf.update(enterprise="E999"),
    "other salt": lambda leaf: leaf.update(salt=SALT),
    "other period": lambda leaf: leaf.update(period=leaf["period"] + 1),
    "other lead": lambda leaf: leaf.update(lead="税务"),
    "no lead": lambda leaf: leaf.pop("lead"),
    "one demand more": lambda leaf: leaf.update(demands=sorted([*leaf["demands"], "税务"])),
    "one demand less": lambda leaf: leaf.update(demands=leaf["demands"][:1]),
    "no demands": lambda leaf: leaf.pop("demands"),
    "other people": lambda leaf: leaf["team"][0].__setitem__(1, ["S1"]),
    "people in another order": lambda leaf: leaf["team"][0][1].reverse(),
    "other department": lambda leaf: leaf["team"][0].__setitem__(0, "市"),
    "one department more": lambda leaf: leaf["team"].append(["税务", ["T1"]]),
    "no team": lambda leaf: leaf.pop("team"),
}


@both
@pytest.mark.parametrize("name", LEAF_CHANGES)
def test_another_leaf_is_refused(scheme: Scheme, name: str) -> None:
    """Whichever part of the visit is changed, the receipt no longer leads to the root."""
    teams: Team = (("市监", ("S1", "S2")), ("消防", ("X2", "X1")))
    made = evolve(numbered(11), served=[Purpose(("市监", "消防"), "消防")] * 11)
    tree = evolve(made, teams=dict.fromkeys(made.enterprises, teams)).tree(scheme)
    for enterprise in made.enterprises:
        receipt = changed_leaf(tree.receipt(enterprise), LEAF_CHANGES[name])
        assert receipt != tree.receipt(enterprise)
        assert findings(receipt, tree.receipts.root, 11, scheme) == [("receipt-root", "")]


def places(scheme: Scheme, most: int) -> Iterator[tuple[ReceiptTree, int, bytes]]:
    """Every place of every tree up to a size, with its receipt."""
    for size in range(1, most + 1):
        tree = numbered(size).tree(scheme)
        for index in range(size):
            yield tree, index, tree.receipt(json.loads(tree.leaf(index))["enterprise"])


@both
def test_another_place_is_refused(scheme: Scheme) -> None:
    """Every other index: outside the tree, with a path of another length, or leading to another root."""
    for tree, index, receipt in places(scheme, 19):
        size, length = tree.receipts.size, len(tree.path(index))
        for other in {*range(size + 3)} - {index}:
            found = findings(altered(receipt, index=other), tree.receipts.root, size, scheme)
            if other >= size:
                assert found == [("receipt-index", "index")]
            else:
                same = len(tree.path(other)) == length
                assert found == [("receipt-root", "") if same else ("receipt-path", "path")]


@both
def test_the_leaf_of_another_place_is_refused(scheme: Scheme) -> None:
    """A visit that is in the tree is not proved by the path of another one."""
    for tree, index, receipt in places(scheme, 19):
        root, size = tree.receipts.root, tree.receipts.size
        for other in {*range(size)} - {index}:
            strange = altered(receipt, leaf=json.loads(tree.leaf(other)))
            assert findings(strange, root, size, scheme) == [("receipt-root", "")]


@both
def test_another_path_is_refused(scheme: Scheme) -> None:
    """A path with a hash less, more or altered, or two exchanged."""
    for tree, index, receipt in places(scheme, 19):
        root, size, path = tree.receipts.root, tree.receipts.size, list(tree.path(index))
        shorter = [path[:cut] + path[cut + 1 :] for cut in range(len(path))]
        longer = [[*path[:cut], SALT, *path[cut:]] for cut in range(len(path) + 1)]
        strange = [[*path[:cut], SALT, *path[cut + 1 :]] for cut in range(len(path))]
        exchanged = [path[:cut] + path[cut : cut + 2][::-1] + path[cut + 2 :] for cut in range(len(path) - 1)]
        for way in shorter + longer:
            assert findings(altered(receipt, path=way), root, size, scheme) == [("receipt-path", "path")]
        for way in strange + exchanged:
            assert findings(altered(receipt, path=way), root, size, scheme) == [("receipt-root", "")]


def test_another_size_is_refused_unless_the_path_is_the_same() -> None:
    """What is accepted at another size is exactly what RFC 9162 accepts there: trees of similar size share paths."""
    refused = 0
    for tree, index, receipt in places(DEFAULT, 17):
        root, size, path = tree.receipts.root, tree.receipts.size, [bytes.fromhex(part) for part in tree.path(index)]
        accepted = [other for other in range(40) if holds(receipt, root, other)]
        proof = tree.leaf(index), index, path, bytes.fromhex(root)
        assert accepted == [other for other in range(40) if proves(DEFAULT, *proof, other)]
        assert size in accepted
        refused += 40 - len(accepted)
        if index == size - 1:  # the last one: it proves that there are not more
            assert accepted == [size]
    assert refused > 4000


@both
def test_another_root_or_scheme_is_refused(scheme: Scheme) -> None:
    """The root of another draw, of a tree with one visit changed, and the other hash."""
    made = numbered(9)
    tree, other = made.tree(scheme), next(name for name in SCHEMES if name != scheme)
    changed = evolve(made, periods=[*made.periods[:-1], 7]).tree(scheme)
    for enterprise in made.enterprises:
        receipt = tree.receipt(enterprise)
        for root in (changed.receipts.root, made.tree(scheme, "6e" * 32).receipts.root, "0" * 64):
            assert findings(receipt, root, 9, scheme) == [("receipt-root", "")]
        assert findings(receipt, tree.receipts.root, 9, other) == [("receipt-root", "")]


def test_every_digit_of_the_root_counts() -> None:
    """A root that differs in one digit, whichever, is another root."""
    tree = numbered(5).tree()
    receipt, root = tree.receipt("E003"), tree.receipts.root
    for place, digit in enumerate(root):
        other = root[:place] + ("0" if digit != "0" else "1") + root[place + 1 :]
        assert findings(receipt, other, 5) == [("receipt-root", "")]


@both
def test_no_node_passes_for_a_leaf(scheme: Scheme) -> None:
    """Leaves and nodes are hashed with different prefixes, as the RFC asks: the children of the root are no leaf."""
    leaves = [b"one", b"two"]
    left, right = (hash_of(scheme, b"\x00" + leaf) for leaf in leaves)
    assert tree_levels(scheme, [left, right])[-1] != tree_levels(scheme, [hash_of(scheme, b"\x00" + left + right)])[-1]
    assert tree_levels(scheme, [left, right])[-1] == [hash_of(scheme, b"\x01" + left + right)]


def test_every_flipped_bit_is_refused() -> None:
    """A receipt in which a bit is flipped anywhere is refused with findings, never by another error."""
    made = evolve(numbered(6), enterprises=['"', "\\", "海曙", "E1", "E2", "E3"])
    tree = evolve(made, teams={"海曙": (("市监", ("S1", "S2")),)}).tree()
    for enterprise in ("海曙", '"'):
        receipt = tree.receipt(enterprise)
        assert holds(receipt, tree.receipts.root, 6)
        for place in range(len(receipt)):
            for bit in range(8):
                flipped = bytearray(receipt)
                flipped[place] ^= 1 << bit
                assert not holds(bytes(flipped), tree.receipts.root, 6), flipped


@given(data=st.data())
@quick
def test_any_edit_is_refused_or_a_spelling(data: st.DataObject) -> None:
    """Bytes put in, taken out or doubled: refused, unless the JSON says the same."""
    tree = numbered(7).tree()
    receipt = tree.receipt(data.draw(st.sampled_from(numbered(7).enterprises)))
    begin = data.draw(st.integers(0, len(receipt)))
    end = data.draw(st.integers(begin, min(begin + 3, len(receipt))))
    more = data.draw(st.one_of(st.binary(max_size=3), st.text(' \n\t"0e.-,[]{}:1', max_size=3).map(str.encode)))
    edited = receipt[:begin] + more + receipt[end:]
    if holds(edited, tree.receipts.root, 7):
        assert json.loads(edited) == json.loads(receipt)


def test_another_spelling_is_the_same_receipt() -> None:
    """Blanks, a line end and another order of the keys change nothing: the leaf comes back in canonical JSON."""
    tree = numbered(7).tree()
    receipt = tree.receipt("E004")
    told = json.loads(receipt)
    spelled = json.dumps(dict(reversed(told.items())), indent=2).encode() + b"\r\n"
    assert spelled != receipt
    leaf = check_receipt(spelled, tree.receipts.root, size=7)
    assert leaf == canonical_json(told["leaf"]) == tree.leaf(told["index"])


# ---- what is no receipt


def alone(leaf: Mapping[str, object], **more: object) -> tuple[bytes, str]:
    """A receipt of a tree with one leaf, whatever its form, and its root, which fits."""
    receipt = oracle.canonical({"index": 0, "leaf": leaf, "path": [], **more}).encode()
    return receipt, hash_of(DEFAULT, b"\x00" + oracle.canonical(leaf).encode()).hex()


SOUND: Final[Mapping[str, object]] = {
    "demands": ["市监", "消防"],
    "enterprise": "E1",
    "lead": "消防",
    "period": 0,
    "salt": SALT,
    "team": [["市监", ["S2", "S1"]], ["消防", ["X1"]]],
}


def test_a_sound_leaf_alone() -> None:
    """The leaf of which the following are alterations is accepted, and so it is without what may be empty."""
    for leaf in (SOUND, {name: SOUND[name] for name in ("enterprise", "period", "salt")}):
        receipt, root = alone(leaf)
        assert json.loads(check_receipt(receipt, root, size=1)) == leaf


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"demands": []}, [("leaf-part-empty", "leaf.demands")]),
        ({"lead": "", "team": []}, [("leaf-part-empty", "leaf.lead"), ("leaf-part-empty", "leaf.team")]),
        ({"demands": "市监"}, [("plan-shape", "leaf.demands")]),
        ({"demands": ["消防", "市监"]}, [("names-order", "leaf.demands")]),
        ({"demands": ["市监", "市监"]}, [("names-order", "leaf.demands")]),
        ({"demands": ["", 7]}, [("text-empty", "leaf.demands[0]"), ("text-type", "leaf.demands[1]")]),
        ({"enterprise": " E1", "salt": "0f"}, [("text-space", "leaf.enterprise"), ("digest-form", "leaf.salt")]),
        ({"enterprise": ""}, [("text-empty", "leaf.enterprise")]),
        ({"lead": 7}, [("text-type", "leaf.lead")]),
        ({"period": -1}, [("count-form", "leaf.period")]),
        ({"period": "0"}, [("count-form", "leaf.period")]),
        ({"period": True}, [("count-form", "leaf.period")]),
        ({"period": 0.5}, [("json-value", "leaf.period")]),
        ({"period": None}, [("json-value", "leaf.period")]),
        ({"salt": SALT.upper()}, [("digest-form", "leaf.salt")]),
        ({"team": "市监"}, [("plan-shape", "leaf.team")]),
        ({"team": {"A": ["S1"]}}, [("plan-shape", "leaf.team")]),
        ({"team": ["ab"]}, [("plan-shape", "leaf.team")]),
        ({"team": [["市监", "S1"]]}, [("plan-shape", "leaf.team")]),
        ({"team": [["市监", []]]}, [("plan-shape", "leaf.team")]),
        ({"team": [["市监", ["S1"], 7]]}, [("plan-shape", "leaf.team")]),
        ({"team": [["消防", ["X1"]], ["市监", ["S1"]]]}, [("names-order", "leaf.team")]),
        ({"team": [["市监", ["S1"]], ["市监", ["S2"]]]}, [("names-order", "leaf.team")]),
        ({"team": [["市监", ["S1"]], ["消防", ["S1"]]]}, [("name-repeated", "leaf.team")]),
        ({"team": [["", ["S1", 7]]]}, [("text-empty", "leaf.team[0]"), ("text-type", "leaf.team[0][1][1]")]),
        ({"team": [[["市监"], [["S1"]]]]}, [("text-type", "leaf.team[0]"), ("text-type", "leaf.team[0][1][0]")]),
        ({"ticket": SALT}, [("key-unknown", "leaf.ticket")]),
    ],
)
def test_a_leaf_of_another_form_is_refused(changes: dict[str, object], expected: list[tuple[str, str]]) -> None:
    """A leaf that the scheme does not make is named by place, even if its hash fits."""
    receipt, root = alone({**SOUND, **changes})
    assert findings(receipt, root, 1) == expected


@pytest.mark.parametrize("part", ["enterprise", "period", "salt"])
def test_a_leaf_without_a_part_is_refused(part: str) -> None:
    """Enterprise, period and salt always stand."""
    receipt, root = alone({name: value for name, value in SOUND.items() if name != part})
    assert findings(receipt, root, 1) == [("key-missing", f"leaf.{part}")]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"index": -1}, [("count-form", "index")]),
        ({"index": "0"}, [("count-form", "index")]),
        ({"index": False}, [("count-form", "index")]),
        ({"index": 0.0}, [("json-value", "index")]),
        ({"index": 2**53}, [("json-value", "index")]),
        ({"index": 1}, [("receipt-index", "index")]),
        ({"path": ""}, [("plan-shape", "path")]),
        ({"path": {}}, [("plan-shape", "path")]),
        ({"path": None}, [("json-value", "path")]),
        ({"path": [SALT, 7, SALT[1:]]}, [("digest-form", "path[1]"), ("digest-form", "path[2]")]),
        ({"path": [SALT.upper()]}, [("digest-form", "path[0]")]),
        ({"path": [SALT]}, [("receipt-path", "path")]),
        ({"root": SALT, "size": 1}, [("key-unknown", "root"), ("key-unknown", "size")]),
    ],
)
def test_a_receipt_of_another_form_is_refused(changes: dict[str, object], expected: list[tuple[str, str]]) -> None:
    """A wrong index, a wrong path and unknown parts are named by place."""
    receipt, root = alone(SOUND, **changes)
    assert findings(receipt, root, 1) == expected


@pytest.mark.parametrize(
    ("receipt", "expected"),
    [
        (b"", [("json-syntax", "")]),
        (b"{", [("json-syntax", "")]),
        (b"\xff", [("json-syntax", "")]),
        (b'{"index":0,"index":0}', [("json-syntax", "")]),
        (b"[" * 100_000, [("json-syntax", "")]),
        (b'{"index":' + b"9" * 5000 + b"}", [("json-syntax", "")]),
        (b"[]", [("plan-shape", "")]),
        (b"7", [("plan-shape", "")]),
        (b'"E1"', [("plan-shape", "")]),
        (b"null", [("json-value", "")]),
        (b"{}", [("key-missing", "index"), ("key-missing", "leaf"), ("key-missing", "path")]),
        (b'{"index":0,"path":[],"leaf":[]}', [("plan-shape", "leaf")]),
        (b'{"index":0,"path":[],"leaf":"E1"}', [("plan-shape", "leaf")]),
        (b'{"path":7,"leaf":{"period":-1}}', None),
    ],
)
def test_bytes_that_are_no_receipt_are_refused(receipt: bytes, expected: list[tuple[str, str]] | None) -> None:
    """What is not JSON, or other JSON, is a finding: somebody shows it as a receipt."""
    faults = ["index", "leaf.enterprise", "leaf.salt", "leaf.period", "path"]
    found = findings(receipt, "0" * 64, 1)
    assert found == expected if expected else sorted(at for _, at in found) == sorted(faults)


JSON: Final = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5), st.just(SALT)),
    lambda part: st.one_of(
        st.lists(part, max_size=3),
        st.dictionaries(st.sampled_from(["index", "leaf", "path", "enterprise", "period", "salt", "team"]), part),
    ),
    max_leaves=12,
)


@given(shown=st.one_of(st.binary(max_size=40), JSON.map(lambda value: json.dumps(value).encode())))
@settings(deadline=None, derandomize=True, max_examples=300)
def test_whatever_is_shown_gives_findings(shown: bytes) -> None:
    """Any bytes and any JSON are refused with findings, never by another error."""
    assert findings(shown, "0" * 64, 3)


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ({"receipt": "{}"}, [("bytes-needed", "receipt")]),
        ({"receipt": None, "root": "ab"}, [("bytes-needed", "receipt"), ("digest-form", "root")]),
        ({"root": "AB" * 32}, [("digest-form", "root")]),
        ({"root": 7, "size": -1}, [("digest-form", "root"), ("count-form", "size")]),
        ({"size": True}, [("count-form", "size")]),
        ({"size": "1"}, [("count-form", "size")]),
        ({"size": 1.0}, [("count-form", "size")]),
        ({"scheme": "sha256"}, [("scheme-unknown", "scheme")]),
        ({"size": None, "scheme": []}, [("count-form", "size"), ("scheme-unknown", "scheme")]),
    ],
)
def test_arguments_that_cannot_be_are_refused_at_once(
    arguments: dict[str, object], expected: list[tuple[str, str]]
) -> None:
    """Root, size and scheme are yours, not the receipt's: what is wrong with them is all told together."""
    given: dict[str, Any] = {"receipt": b"{}", "root": "0" * 64, "size": 1, **arguments}
    with pytest.raises(InputError) as caught:
        check_receipt(given.pop("receipt"), given.pop("root"), **given)
    assert [(note.code, note.at) for note in caught.value.faults] == expected


# ---- what is published


def test_receipts_stand_in_a_record() -> None:
    """Root and size go into plain data and come back; no visits are a size of 0, which stands too."""
    for receipts in (Receipts(root=SALT, size=0), Receipts(root=SALT, size=3)):
        data = to_plain(receipts)
        assert data == {"root": SALT, "size": receipts.size}
        assert from_plain(Receipts, data, {Receipts: receipts}) == (receipts, [])


@pytest.mark.parametrize(
    ("root", "size", "expected"),
    [
        ("0f", 3, [("digest-form", "root")]),
        (SALT.upper(), 3, [("digest-form", "root")]),
        (None, -1, [("digest-form", "root"), ("count-form", "size")]),
        (SALT, 2**53, [("count-form", "size")]),
        (SALT, False, [("count-form", "size")]),
    ],
)
def test_receipts_of_another_form_are_refused(root: Any, size: Any, expected: list[tuple[str, str]]) -> None:
    """A root has 64 hex digits, a size is a count."""
    with pytest.raises(InputError) as caught:
        Receipts(root=root, size=size)
    assert [(note.code, note.at) for note in caught.value.faults] == expected


@both
def test_a_receipt_says_nothing_about_other_visits(scheme: Scheme) -> None:
    """But for hashes: no id, no salt; and whoever guesses the neighbour's visit cannot tell without its salt."""
    made = numbered(16)
    tree = made.tree(scheme)
    leaves = [json.loads(tree.leaf(index)) for index in range(16)]
    for index, leaf in enumerate(leaves):
        receipt = tree.receipt(leaf["enterprise"]).decode()
        others = [other for other in leaves if other is not leaf]
        assert not any(other["enterprise"] in receipt or other["salt"] in receipt for other in others)
        neighbour = leaves[index ^ 1]
        path = tree.path(index)

        def guess(salt: str, told: dict[str, Any] = neighbour) -> str:
            return hash_of(scheme, b"\x00" + oracle.canonical({**told, "salt": salt}).encode()).hex()

        assert path[0] == guess(neighbour["salt"])
        assert path[0] not in {
            guess(leaf["salt"]),
            guess(ticket(scheme, "6e" * 32, "receipt", neighbour["enterprise"])),
        }
        assert not set(path) & {part for place in range(16) for part in made.tree(scheme, "6e" * 32).path(place)}


def test_a_place_says_nothing_about_the_visit() -> None:
    """Place and salt are the same whatever the visit is for, when it is paid and who goes."""
    made = numbered(16)
    other = Visits(made.enterprises, [Purpose(("税务",), "税务")] * 16, [9] * 16, {"E003": (("税务", ("T1",)),)})
    for enterprise in made.enterprises:
        told, same = (json.loads(each.tree().receipt(enterprise)) for each in (made, other))
        assert (told["index"], told["leaf"]["salt"]) == (same["index"], same["leaf"]["salt"])
        assert told["leaf"] != same["leaf"]
