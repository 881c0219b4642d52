"""Plain data: attrs values as JSON would hold them and back, every fault with its path."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, Final

import attrs
import pytest
from attrs import field, frozen
from hypothesis import given, settings
from hypothesis import strategies as st

from dual_random.errors import InputError, Note
from dual_random.forms import listed, refuse, share
from dual_random.plain import from_plain, to_plain
from dual_random.testing.strategies import clean_texts, shares
from dual_random.text import canonical_json, parse_json, text_faults

quick = settings(deadline=None, derandomize=True)


@frozen
class Leaf:
    """The smallest part of a made-up document."""

    name: str
    label: str = field(kw_only=True, metadata={"default": "name"})
    rate: Fraction | None = field(default=None, kw_only=True, converter=share)
    count: int = field(default=1, kw_only=True)
    sure: bool = field(default=False, kw_only=True)
    _words: tuple[str, ...] = field(default=(), kw_only=True, converter=listed, alias="words")

    @label.default
    def _(self) -> str:
        return self.name

    def __attrs_post_init__(self) -> None:
        refuse(text_faults({"name": self.name, "label": self.label}))


@frozen(kw_only=True)
class Tree:
    """A part with one part and many."""

    title: str
    leaf: Leaf = field(metadata={"kind": Leaf})
    leaves: tuple[Leaf, ...] = field(default=(), converter=listed, metadata={"kind": Leaf, "many": True})
    remark: str = field(default="", metadata={"told": False})

    def __attrs_post_init__(self) -> None:
        refuse(text_faults({"title": self.title}))


@frozen(kw_only=True)
class Wood:
    """Trees within trees."""

    trees: tuple[Tree, ...] = field(converter=listed, metadata={"kind": Tree, "many": True})


LEAF: Final = Leaf("-")
TREE: Final = Tree(title="-", leaf=LEAF)
SOUND: Final[Mapping[type, object]] = {Leaf: LEAF, Tree: TREE, Wood: Wood(trees=(TREE,))}


def faults(kind: type, data: object, path: str = "") -> list[str]:
    """Codes and places of the faults of plain data that gives no value."""
    made, found = from_plain(kind, data, SOUND, path)
    assert made is None
    assert all(note.text("en") and note.text("zh") for note in found)
    return [f"{note.code} {note.at}" for note in found]


def leaves() -> st.SearchStrategy[Leaf]:
    """Leaves with each of their parts stated or not."""
    return st.builds(
        Leaf,
        clean_texts(),
        label=clean_texts(),
        rate=st.one_of(st.none(), shares()),
        count=st.integers(0, 3),
        sure=st.booleans(),
        words=st.lists(clean_texts(), max_size=2),
    )


trees = st.builds(Tree, title=clean_texts(), leaf=leaves(), leaves=st.lists(leaves(), max_size=3))


# ---- there


def test_defaults_are_left_out() -> None:
    """What is empty or stands at its default is left out, also a default that is another part."""
    assert to_plain(Leaf("a")) == {"name": "a"}
    assert to_plain(Leaf("a", label="a", count=1, words=())) == {"name": "a"}
    assert to_plain(Leaf("a", label="b")) == {"name": "a", "label": "b"}


def test_what_is_no_default_stands() -> None:
    """Zero and false are told where they are no default, under the names of the constructor."""
    assert to_plain(Leaf("a", rate="7%", count=0, sure=True, words=["x"])) == {
        "name": "a",
        "rate": "7/100",
        "count": 0,
        "sure": True,
        "words": ["x"],
    }


def test_nested_values() -> None:
    """Parts are written within parts; what is derived is no part of the data."""
    tree = Tree(title="t", leaf=Leaf("a"), leaves=[Leaf("b", rate=Fraction(1)), Leaf("c")], remark="x")
    assert to_plain(tree) == {
        "title": "t",
        "leaf": {"name": "a"},
        "leaves": [{"name": "b", "rate": "1"}, {"name": "c"}],
    }


@pytest.mark.parametrize("value", ["", "x", 0, 7, True, False])
def test_plain_values_stay(value: object) -> None:
    """Text, numbers and flags are plain already."""
    assert to_plain(value) is value


# ---- and back


@quick
@given(trees)
def test_every_value_comes_back(tree: Tree) -> None:
    """For every value: through JSON and back it is equal, and is written the same again."""
    data = canonical_json(to_plain(tree))
    again, found = from_plain(Tree, parse_json(data)[0], SOUND)
    assert (again, found) == (tree, [])
    assert canonical_json(to_plain(again)) == data


def test_nothing_of_the_sound_values_comes_out() -> None:
    """Stand-ins for faulty parts are never returned."""
    made, found = from_plain(Tree, {"title": 5, "leaf": {"name": "a"}}, SOUND)
    assert made is None
    assert [note.at for note in found] == ["title"]


@pytest.mark.parametrize("data", [None, 5, "title", [], [("title", "t")], LEAF])
def test_a_part_is_a_mapping(data: object) -> None:
    """Anything but a mapping is refused where it stands, with the keys it may have."""
    assert faults(Tree, data, "tree") == ["plan-shape tree"]
    _, (fault,) = from_plain(Tree, data, SOUND)
    assert fault.params["rule"] == "{title: …, leaf: …, leaves: …}"


def test_unknown_and_missing_keys_are_named() -> None:
    """Keys that are unknown, of any type, and keys that are missing are all told, with the known ones."""
    data: Any = {"Title": "t", 3: 4, "remark": "x", "leaf": {"name": "a", "_words": []}}
    assert faults(Tree, data, "wood") == [
        "key-unknown wood.3",
        "key-unknown wood.Title",
        "key-unknown wood.remark",
        "key-missing wood.title",
        "key-unknown wood.leaf._words",
    ]
    _, found = from_plain(Tree, data, SOUND)
    assert found[0].params["known"] == "title, leaf, leaves"
    assert found[-1].params["known"] == "name, label, rate, count, sure, words"


def test_every_fault_has_its_path() -> None:
    """Faults of converters, of values and of shapes, at every depth, are told in one go."""
    data: Any = {
        "trees": [
            {"title": "", "leaf": {"name": "a", "words": "x"}, "leaves": [{"name": "b"}, {"name": " c"}, 7]},
            "oak",
            {"title": "t", "leaf": 5, "leaves": {"name": "d"}},
            {"title": "u"},
        ]
    }
    assert faults(Wood, data) == [
        "plan-shape trees[0].leaf.words",
        "text-space trees[0].leaves[1].name",
        "text-space trees[0].leaves[1].label",
        "plan-shape trees[0].leaves[2]",
        "text-empty trees[0].title",
        "plan-shape trees[1]",
        "plan-shape trees[2].leaf",
        "plan-shape trees[2].leaves",
        "key-missing trees[3].leaf",
    ]
    assert faults(Wood, data, "at")[0] == "plan-shape at.trees[0].leaf.words"
    assert faults(Wood, {"trees": "x"}) == ["plan-shape trees"]


@pytest.mark.parametrize("kind", [list, tuple])
def test_many_parts_are_a_list_or_tuple(kind: type) -> None:
    """A list and a tuple of parts read alike; a mapping of parts does not."""
    made, found = from_plain(Wood, {"trees": kind([{"title": "t", "leaf": {"name": "a"}}])}, SOUND)
    assert made == Wood(trees=[Tree(title="t", leaf=Leaf("a"))])
    assert found == []


def test_notes_are_parts_too() -> None:
    """A note is written with its params as sorted pairs and comes back equal."""
    note = Note("text-character", "row 3", {"value": "x", "character": "200B", "position": 2})
    data = to_plain(note)
    assert data == {
        "code": "text-character",
        "at": "row 3",
        "params": [["character", "200B"], ["position", 2], ["value", "x"]],
    }
    assert from_plain(Note, parse_json(canonical_json(data))[0], {Note: note}) == (note, [])


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({"code": "text-empty", "params": 5}, ["plan-shape n.params"]),
        ({"code": "text-empty", "params": [["value", []]]}, ["plan-shape n.params"]),
        ({"code": ["text-empty"]}, ["note-unknown n.code"]),
        ({"code": "text-empty", "at": 7}, ["plan-shape n.at"]),
        ({"at": "row 3"}, ["key-missing n.code"]),
        ({"code": "text-space"}, ["note-params n.params"]),
    ],
)
def test_broken_notes_are_faults(data: object, expected: list[str]) -> None:
    """A note that a file tells wrongly is refused with its path, whatever stands there."""
    _, found = from_plain(Note, data, {Note: Note("target-zero")}, "n")
    assert [f"{note.code} {note.at}" for note in found] == expected


def test_own_errors_pass() -> None:
    """An error of the class itself that is no InputError is not swallowed."""

    @attrs.frozen
    class Broken:
        value: int

        def __attrs_post_init__(self) -> None:
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        from_plain(Broken, {"value": 1}, {})
    with pytest.raises(InputError):
        Leaf("")
