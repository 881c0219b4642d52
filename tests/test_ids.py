"""Many ids at once: held, id by id, against the slow ways that say what is meant."""

import sys
import unicodedata
from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dual_random import ids as room
from dual_random.errors import InputError, Note
from dual_random.ids import CHUNK, RowFault, alike_faults, clean_chunk, clean_chunks, folded, repeat_faults
from dual_random.lines import Lines, byte_order
from dual_random.registers import Register
from dual_random.testing.strategies import clean_texts
from dual_random.text import text_fault

quick = settings(deadline=None, derandomize=True, max_examples=300)

DIRT = st.sampled_from(
    [
        "",
        " ",
        "E1 ",
        "\u3000E1",
        "E\u00a0",
        "E\n1",
        "\n",
        "\tE",
        "E\r",
        "e\u0301",
        "\u200b",
        "\ud800",
        "\ufeffE",
        "\u0378",
    ]
)
OTHERS = st.sampled_from([None, 7, 1.5, float("nan"), b"E1", True, ["E1"]])
MIXED = st.lists(st.one_of(clean_texts(), clean_texts(), DIRT, st.text(max_size=4), OTHERS), max_size=12)


def one_by_one(texts: Iterable[object], empty: bool) -> tuple[bytes, list[tuple[int, str]]]:
    """What `clean_chunks` says, by `text_fault` alone."""
    notes = [(text, text_fault(text, empty=empty)) for text in texts]
    data = "".join(f"{text}\n" for text, note in notes if note is None).encode()
    return data, [(row, note.code) for row, (_, note) in enumerate(notes) if note is not None]


def at_once(texts: Iterable[object], empty: bool) -> tuple[bytes, list[tuple[int, str]]]:
    chunks = list(clean_chunks(texts, empty=empty))
    return b"".join(chunk.data for chunk in chunks), [
        (row, note.code) for chunk in chunks for row, note in chunk.faults
    ]


@given(MIXED, st.booleans())
@quick
def test_a_chunk_is_judged_as_its_texts(texts: list[object], empty: bool) -> None:
    """Texts together are clean exactly if each is, whatever stands beside it."""
    assert at_once(texts, empty) == one_by_one(texts, empty)


@given(st.lists(st.one_of(clean_texts(), st.text(max_size=4)), max_size=5))
@quick
def test_any_text_is_judged_as_by_itself(texts: list[str]) -> None:
    """Any characters, unassigned ones and surrogates included, are judged alike both ways."""
    assert at_once(texts, False) == one_by_one(texts, False)


def test_every_character_is_judged_as_by_itself() -> None:
    """For every character of Unicode: it is clean inside a text, at its ends and alone, or it is not, both ways."""
    kinds: dict[str, list[str]] = {}
    for code in range(sys.maxunicode + 1):
        kinds.setdefault(unicodedata.category(chr(code)), []).append(chr(code))
    assert len(kinds) > 25
    for characters in kinds.values():
        some = characters[:: max(1, len(characters) // 40)]
        for texts in ([f"a{c}b" for c in some], [f"a{c}" for c in some], some, *([f"{c}b"] for c in some[:9])):
            assert at_once(texts, False) == one_by_one(texts, False)
            assert at_once(["海", *texts], False) == one_by_one(["海", *texts], False)


@pytest.mark.parametrize(
    "texts",
    [
        ["E1", "E2"],
        ["e-1", "e-22"],
        ["E 1", "E2"],
        ["宁波", "E1"],
        ["\ue000 x", "a\u3000b"],
        ["E1", ""],
        ["", "E1"],
        ["", ""],
    ],
)
def test_the_quick_ways_are_taken(texts: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Clean texts, ASCII or not, with inner spaces or private characters, are never looked at one by one."""
    calls: list[object] = []

    def place(text: object) -> str:
        calls.append(text)
        return ""

    monkeypatch.setattr(room, "_place", place)
    for empty in (True, "" in texts):
        assert at_once(texts, empty) == one_by_one(texts, empty)
    assert not calls


def test_plain_texts_are_told() -> None:
    """A chunk tells whether it has nothing but capitals and digits."""
    told = [next(clean_chunks([text])).plain for text in ("E1", "e1", "E-1", "海", "Ａ")]
    assert told == [True, False, False, False, False]


@pytest.mark.parametrize(
    ("texts", "stride"),
    [(["E1", "E2"], 3), (["e-1"], 4), (["E1", "E22"], 0), (["E1", ""], 0), (["", ""], 1), ([""], 1), (["海", "曙"], 0)],
)
def test_equal_lengths_are_told(texts: list[str], stride: int) -> None:
    """A chunk of ASCII tells the bytes from one text to the next where they are the same for all."""
    assert clean_chunk(texts, empty=True).stride == stride


@given(st.lists(st.sampled_from(["", "A", "AB", "A\n", "\n", "\nA", "A B", "a"]), max_size=6), st.booleans())
@quick
def test_equal_lengths_hide_nothing(texts: list[str], empty: bool) -> None:
    """Texts that are empty or hold line ends are found, also where line ends stand at equal steps."""
    assert at_once(texts, empty) == one_by_one(texts, empty)


def test_chunks_and_rows_go_on() -> None:
    """Long lists come in chunks, faults keep the row of the whole list, and an iterator will do."""
    texts = [f"E{row}" for row in range(2 * CHUNK + 5)]
    chunks = [chunk.data[:-1].split(b"\n") for chunk in clean_chunks(iter(texts))]
    assert [len(chunk) for chunk in chunks] == [CHUNK, CHUNK, 5]
    assert [name for chunk in chunks for name in chunk] == [text.encode() for text in texts]
    texts[CHUNK + 1] = "E\t"
    texts[2 * CHUNK] = ""
    rows = [(row, note.code) for chunk in clean_chunks(texts) for row, note in chunk.faults]
    assert rows == [(CHUNK + 1, "text-character"), (2 * CHUNK, "text-empty")]


def test_text_of_another_class_is_text() -> None:
    """A subclass of str counts by its text."""

    class Code(str):
        def __str__(self) -> str:
            return "other"

    assert [chunk.data for chunk in clean_chunks([Code("E1")])] == [b"E1\n"]
    assert at_once([Code("E1"), ""], False)[0] == b"E1\n"


# ---- alike


def rest_of(id: str) -> str:
    """The definition."""
    return "".join(c for c in unicodedata.normalize("NFKC", id).upper() if c.isalnum())


@given(
    st.lists(st.one_of(clean_texts(), st.text().filter(lambda text: text_fault(text) is None)), min_size=1, max_size=8)
)
@quick
def test_folds_as_defined(ids: list[str]) -> None:
    """Ids folded together are those folded one by one: LF keeps them apart."""
    data = "".join(f"{name}\n" for name in ids).encode()
    assert folded(data) == "".join(f"{rest_of(name)}\n" for name in ids).encode()
    assert (folded(data) is data) == (folded(data) == data)


def test_folds_every_character_as_defined() -> None:
    """For every clean character, what is left of it is what NFKC, upper case and isalnum leave."""
    sound = [f"a{chr(code)}b" for code in range(sys.maxunicode + 1) if unicodedata.category(chr(code))[0] != "C"]
    clean = [name for name in sound if text_fault(name) is None]
    assert len(clean) > 100_000
    data = "".join(f"{name}\n" for name in clean).encode()
    assert folded(data) == "".join(f"{rest_of(name)}\n" for name in clean).encode()


@pytest.mark.parametrize(
    ("id", "rest"),
    [
        ("91-33 a", "9133A"),
        ("９１３３ａ", "9133A"),
        ("E_1", "E1"),
        ("--", ""),
        ("straße", "STRASSE"),
        ("ﬁ", "FI"),
        ("①", "1"),
        ("海·曙", "海曙"),
    ],
)
def test_folding_by_example(id: str, rest: str) -> None:
    """Case, width, spaces, hyphens and other signs go; letters and digits of all scripts stay."""
    assert folded(f"{id}\n".encode()) == f"{rest}\n".encode()


def test_plain_ids_are_left_alone() -> None:
    """Ids that lose nothing come back as the same object, so that nobody sorts them again."""
    for data in (b"91330203MA2A\nE1\n", "宁波1A\n".encode()):
        assert folded(data) is data


def repeats(ids: list[str]) -> list[tuple[tuple[int, ...], str]]:
    lines = Lines("".join(f"{name}\n" for name in ids).encode())
    return [(fault.rows, fault.note.at) for fault in repeat_faults(lines, byte_order(lines))]


def alikes(ids: list[str]) -> dict[str, tuple[tuple[int, ...], str]]:
    lines = Lines("".join(f"{name}\n" for name in ids).encode())
    return {fault.note.at: (fault.rows, str(fault.note.params["others"])) for fault in alike_faults(lines)}


IDS = st.lists(st.sampled_from(["E1", "e1", "E-1", "Ｅ1", "E2", "e2", "--", "-", "海", "海·", "F"]), max_size=9)


@given(IDS)
@quick
def test_repeats_by_brute_force(ids: list[str]) -> None:
    """An id is repeated exactly if it stands on more than one row, and all its rows are named."""
    expected = {name: tuple(row for row, other in enumerate(ids) if other == name) for name in ids}
    assert {name: rows for rows, name in repeats(ids)} == {name: rows for name, rows in expected.items() if rows[1:]}


@given(IDS)
@quick
def test_alikes_by_brute_force(ids: list[str]) -> None:
    """An id is alike another exactly if they differ and leave the same rest; the rows are those of the whole group."""
    expected = {}
    for name in ids:
        rows = tuple(row for row, other in enumerate(ids) if rest_of(other) == rest_of(name))
        others = sorted({ids[row] for row in rows} - {name})
        if others:
            expected[name] = (rows, ", ".join(others))
    assert alikes(ids) == expected


def test_many_alikes_are_cut() -> None:
    """A note names ten others and says that there are more."""
    ids = [f"E{'-' * count}1" for count in range(12)]
    found = alikes(ids)
    assert len(found) == 12
    assert {others.count("E") for _, others in found.values()} == {10}
    assert all(others.endswith(", …") for _, others in found.values())
    assert {others.count("…") for _, others in alikes(ids[:11]).values()} == {0}


def test_faults_are_told_at_their_rows() -> None:
    """Rows count from 1, many are cut, and an id that the message shows is not shown twice."""
    note = Note("id-repeated", "E1", {"id": "E1", "count": 2})
    assert RowFault((0, 6), note).told().at == "rows 1, 7 (E1)"
    assert RowFault(tuple(range(11)), note).told().at == "rows 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, … (E1)"
    space = text_fault("E1 ", "'E1 '")
    assert space is not None
    assert RowFault((3,), space).told() == Note("text-space", "row 4", {"value": "'E1 '"})


def test_ids_that_say_there_is_none() -> None:
    """What exports write where an id is missing is no id, in any case, once or often; longer texts that hold it are."""
    words = ["E1", "无", "None", "NULL", "nan", "N/A", "-", "无1", "NONE-1", "E无"]
    table = {"id": [*words, "无"], "risk": ["A"] * 11}
    with pytest.raises(InputError) as caught:
        Register(table, id="id", columns=["risk"])
    found = sorted((fault.code, fault.at) for fault in caught.value.faults)
    assert found == [
        ("id-placeholder", "row 3 (None)"),
        ("id-placeholder", "row 4 (NULL)"),
        ("id-placeholder", "row 5 (nan)"),
        ("id-placeholder", "row 6 (N/A)"),
        ("id-placeholder", "row 7 (-)"),
        ("id-placeholder", "rows 2, 11 (无)"),
        ("id-repeated", "rows 2, 11 (无)"),
    ]
    kept = Register(table, id="id", columns=["risk"], exclude=["id-placeholder"])
    assert list(kept) == ["E1", "E无", "NONE-1", "无1"]
    assert len(kept.excluded) == 6
