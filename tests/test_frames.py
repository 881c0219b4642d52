"""From tables to frames: every fault at once, and rows kept out for named kinds of faults only."""

import random
from collections.abc import Callable, Mapping, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from districts import faults, named
from dual_random.errors import InputError, Note
from dual_random.frames import KINDS, Frame, read_frame
from dual_random.messages import MESSAGES

quick = settings(deadline=None, derandomize=True, max_examples=200)


def read(
    table: Mapping[str, Sequence[object]],
    columns: Sequence[str] = ("risk",),
    *,
    id: str = "id",
    null: str | None = None,
    alike: bool = False,
    check: Callable[[str], str] | None = None,
    exclude: Sequence[str] = (),
) -> Frame:
    return read_frame(table, id, columns, null=null, alike=alike, check=check, exclude=exclude)


def content(frame: Frame) -> list[tuple[str, ...]]:
    """The rows of a frame, as text."""
    columns = [[coded.values[code] for code in coded.codes.tolist()] for coded in frame.columns.values()]
    return list(zip([frame.ids[row].decode() for row in range(len(frame.ids))], *columns, strict=True))


DIRTY: dict[str, Sequence[object]] = {
    "id": ["E1", "E2", "E2", "e3", "E-3", "E4 ", None, "", "E5", "E6", "E7", "E8"],
    "risk": ["A", "A", "B", "A", "A", "A", "A", "A", None, 7, "B ", "C"],
}
EXPECTED = [
    ("id-repeated", "rows 2, 3 (E2)"),
    ("id-alike", "rows 4, 5 (E-3)"),
    ("id-alike", "rows 4, 5 (e3)"),
    ("text-space", "row 6"),
    ("text-empty", "row 7"),
    ("text-empty", "row 8"),
    ("cell-missing", "row 9 (E5, risk)"),
    ("text-type", "row 10 (E6, risk)"),
    ("text-space", "row 11 (E7, risk)"),
]


def test_all_faults_at_once() -> None:
    """One call names every faulty id and cell, in the order of the rows."""
    assert named(faults(lambda: read(DIRTY))) == EXPECTED


def test_structure_and_cells_at_once() -> None:
    """Missing columns and wrong names do not hide the faults of the cells that can be read."""
    found = named(
        faults(lambda: read(DIRTY, ["risk", "id", "boiler", "boiler", "x "], null="\t", exclude=["nonsense"]))
    )
    structure = [
        ("text-space", "columns[4]"),
        ("text-character", "null"),
        ("column-id", "columns[1]"),
        ("name-repeated", "columns"),
        ("exclude-unknown", "exclude"),
        ("column-missing", "boiler"),
        ("column-missing", "x "),
    ]
    assert found[: len(structure)] == structure
    assert [note for note in found if note[1].startswith(("rows 2", "row 10"))] == [
        ("id-repeated", "rows 2, 3 (E2)"),
        ("text-type", "row 10 (E6, risk)"),
    ]


def test_without_ids_nothing_is_read() -> None:
    """If the column of ids is missing or no column, that is said, and no row is guessed at."""
    assert named(faults(lambda: read(DIRTY, id="uscc"))) == [("column-missing", "uscc")]
    assert named(faults(lambda: read({**DIRTY, "id": "E1E2"}))) == [("column-type", "id")]
    assert named(faults(lambda: read(DIRTY, id=7))) == [("text-type", "id")]  # type: ignore[arg-type]


@pytest.mark.parametrize("bad", [[7], [None], [["risk"]], [""]])
def test_arguments_of_other_types_are_named(bad: list[str]) -> None:
    """Names that are no text are faults of their place, never a crash."""
    table = {"id": ["E1"], "risk": ["A"]}
    assert next(note.at for note in faults(lambda: read(table, bad))) == "columns[0]"
    assert next(note.at for note in faults(lambda: read(table, exclude=bad))) == "exclude[0]"
    assert next(note.at for note in faults(lambda: read(table, null=7))) == "null"  # type: ignore[arg-type]


def test_the_column_of_ids_may_be_a_column_too() -> None:
    """Only the name id is taken; a source column may serve twice."""
    frame = read({"uscc": ["E2", "E1"]}, ["uscc"], id="uscc")
    assert content(frame) == [("E1", "E1"), ("E2", "E2")]


# ---- rows kept out


def test_named_kinds_are_kept_out() -> None:
    """With every kind named, the sound rows remain, and each reason stands at its id without a row number."""
    frame = read(DIRTY, exclude=sorted({code for code, _ in EXPECTED}))
    assert content(frame) == [("E1", "A"), ("E8", "C")]
    assert named(frame.excluded) == [
        ("text-empty", ""),
        ("text-empty", ""),
        ("text-space", "'E4 '"),
        ("id-alike", "E-3"),
        ("id-repeated", "E2"),
        ("cell-missing", "E5, risk"),
        ("text-type", "E6, risk"),
        ("text-space", "E7, risk"),
        ("id-alike", "e3"),
    ]
    assert frame.excluded[4].params == {"id": "E2", "count": 2}
    assert frame.excluded[6].params == {"id": "E6", "column": "risk", "value": "<int>", "type": "int"}


def test_other_kinds_still_stop() -> None:
    """What was not named is refused, and only that is told."""
    assert named(faults(lambda: read(DIRTY, exclude=["id-repeated", "text-type", "text-space"]))) == [
        note for note in EXPECTED if note[0] in ("id-alike", "text-empty", "cell-missing")
    ]


def test_two_under_one_id_are_never_merged() -> None:
    """Of a repeated id all rows are kept out, whatever else they say; so are all that are alike."""
    table = {"id": ["E1", "E1", "E2", "E3", "e3"], "risk": ["A", "A", "B", "C", "C"]}
    assert content(read(table, exclude=["id-repeated", "id-alike"])) == [("E2", "B")]


def test_the_double_of_an_excluded_row_is_not_left_alone() -> None:
    """A repeated id stops the register if only one of its rows is kept out; if all are, nothing is left to stop."""
    one: dict[str, Sequence[object]] = {"id": ["E1", "E1", "E2"], "risk": [None, "A", "B"]}
    assert named(faults(lambda: read(one, exclude=["cell-missing"]))) == [("id-repeated", "rows 1, 2 (E1)")]
    both: dict[str, Sequence[object]] = {"id": ["E1", "E1", "E2"], "risk": [None, None, "B"]}
    frame = read(both, exclude=["cell-missing"])
    assert content(frame) == [("E2", "B")]
    assert named(frame.excluded) == [("cell-missing", "E1, risk")] * 2


def test_an_excluded_row_needs_no_other_excuse() -> None:
    """A row kept out for its id is not refused for its cells."""
    table: dict[str, Sequence[object]] = {"id": ["E1 ", "E2"], "risk": [None, "B"]}
    frame = read(table, exclude=["text-space"])
    assert (content(frame), named(frame.excluded)) == ([("E2", "B")], [("text-space", "'E1 '")])


def test_reasons_at_one_place_are_sorted() -> None:
    """Two rows of one id with different bad cells give their reasons in one order, whichever came first."""
    table: dict[str, Sequence[object]] = {"id": ["E1", "E1"], "risk": ["B ", "A "]}
    turned = {name: cells[::-1] for name, cells in table.items()}
    reasons = [read(rows, exclude=["id-repeated", "text-space"]).excluded for rows in (table, turned)]
    assert [note.params.get("value") for note in reasons[0]] == [None, "'A '", "'B '"]
    assert reasons[0] == reasons[1]


def test_everything_may_be_kept_out() -> None:
    """A frame without rows is a frame; whether it is of use is not decided here."""
    frame = read({"id": ["", ""], "risk": ["A", "B"]}, exclude=["text-empty"])
    assert (content(frame), len(frame.excluded)) == ([], 2)
    assert content(read({"id": [], "risk": []})) == []


CELLS = st.sampled_from(["A", "B", "", None, "B ", 1, True])
NAMES = st.sampled_from(["E1", "E2", "E3", "E4", "e1", "E-2", "E3 ", "", None, "海", 5])


@given(st.lists(st.tuples(NAMES, CELLS, CELLS), max_size=8), st.sets(st.sampled_from(KINDS)), st.randoms())
@quick
def test_the_order_of_rows_never_matters(
    rows: list[tuple[object, object, object]], exclude: set[str], dice: random.Random
) -> None:
    """Shuffled rows give the same frame and the same reasons, or are refused for as many faults of the same kinds."""

    def outcome(rows: list[tuple[object, object, object]]) -> object:
        table = {name: [row[place] for row in rows] for place, name in enumerate(["id", "risk", "b"])}
        try:
            frame = read(table, ["b", "risk"], exclude=sorted(exclude))
        except InputError as error:
            return sorted(note.code for note in error.faults)
        return content(frame), frame.excluded

    shuffled = rows.copy()
    dice.shuffle(shuffled)
    assert outcome(rows) == outcome(shuffled)


@given(st.lists(st.tuples(NAMES, CELLS), max_size=8), st.sets(st.sampled_from(KINDS)))
@quick
def test_what_remains_is_sound(rows: list[tuple[object, object]], exclude: set[str]) -> None:
    """A row that remains stands once in the table, alike no other, with a clean id and a clean cell."""
    try:
        frame = read({"id": [name for name, _ in rows], "risk": [cell for _, cell in rows]}, exclude=sorted(exclude))
    except InputError:
        return
    for name, cell in content(frame):
        assert rows.count((name, cell)) == [other for other, _ in rows].count(name) == 1
        assert cell in ("A", "B", "")
        assert name in ("E1", "E2", "E3", "E4", "e1", "E-2", "海")
    rests = [name.upper().replace("-", "") for name, _ in content(frame)]
    assert len(set(rests)) == len(rests)
    assert {note.code for note in frame.excluded} <= exclude


def test_alike_ids_may_be_declared() -> None:
    """With alike=True they are ordinary ids; repeated ones are still refused."""
    table = {"id": ["e1", "E1", "E-1"], "risk": ["A", "B", "C"]}
    assert content(read(table, alike=True)) == [("E-1", "C"), ("E1", "B"), ("e1", "A")]
    table["id"][2] = "E1"
    assert named(faults(lambda: read(table, alike=True))) == [("id-repeated", "rows 2, 3 (E1)")]


# ---- checks


def short(id: str) -> str:
    """A check in the user's own words."""
    return "" if len(id) == 2 else "编号须为两位"


def known(id: str) -> str:
    """A check that gives a code of the library."""
    return "" if len(id) == 2 else "uscc-length"


TABLE: dict[str, Sequence[object]] = {"id": ["E1", "E22", "E3 ", "E4"], "risk": ["A", "B", "C", "D"]}


def test_a_check_in_the_users_words() -> None:
    """The words stand in the message, and either they or the code name the kind to keep out."""
    found = faults(lambda: read(TABLE, check=short))
    assert named(found) == [("id-refused", "row 2 (E22)"), ("text-space", "row 3")]
    assert "编号须为两位" in found[0].text()
    for kind in ("编号须为两位", "id-refused"):
        frame = read(TABLE, check=short, exclude=[kind, "text-space"])
        assert content(frame) == [("E1", "A"), ("E4", "D")]
        assert frame.excluded[1] == Note("id-refused", "E22", {"id": "E22", "reason": "编号须为两位"})


def test_a_check_with_a_code_of_the_library() -> None:
    """A code that has a message is told in it."""
    found = faults(lambda: read(TABLE, check=known))
    assert named(found) == [("uscc-length", "row 2 (E22)"), ("text-space", "row 3")]
    frame = read(TABLE, check=known, exclude=["uscc-length", "text-space"])
    assert frame.excluded[1] == Note("uscc-length", "E22", {"id": "E22", "value": "'E22'"})


def test_a_code_that_needs_more_is_told_as_a_word() -> None:
    """A code whose message needs more than the id is no ground for a crash."""
    assert "{known}" in MESSAGES["scheme-unknown"].en
    found = faults(lambda: read(TABLE, check=lambda name: "scheme-unknown" * (name == "E1")))
    assert named(found)[0] == ("id-refused", "row 1 (E1)")


@pytest.mark.parametrize("result", [None, True, 7, "a\n", " x"])
def test_a_check_must_answer_in_text(result: object) -> None:
    """A check that forgets to return, or returns no clean text, is found at once."""
    found = faults(lambda: read(TABLE, check=lambda _: result))  # type: ignore[arg-type,return-value]
    assert named(found) == [("check-result", "row 1 (E1)")]


def test_a_check_sees_clean_ids_only() -> None:
    """What is no clean text is named already and is not shown to the check."""
    seen: list[str] = []

    def look(id: str) -> str:
        seen.append(id)
        return ""

    read(
        {"id": ["E1", "", None, "E2", "E3 "], "risk": [""] * 5},
        check=look,
        exclude=["text-type", "text-empty", "text-space"],
    )
    assert seen == ["E1", "E2"]


def test_kinds_are_known() -> None:
    """Without a check, only kinds of the library can be kept out; the message lists them, and all have messages."""
    assert set(KINDS) <= MESSAGES.keys()
    found = faults(lambda: read(TABLE, exclude=["id_repeated", "column-missing", "text-space"]))
    assert named(found) == [("exclude-unknown", "exclude")] * 2
    assert all(kind in found[0].text() for kind in KINDS)
    read(TABLE, exclude=["no such word", "text-space"], check=lambda _: "")
