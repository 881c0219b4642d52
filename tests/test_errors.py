"""Notes and errors: statements as data, all of them at once, across processes and in two languages."""

import copy
import pickle
import subprocess
import sys
from collections.abc import Callable
from string import Formatter
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dual_random.errors import InputError, Lang, Note, VerificationError, notes_table
from dual_random.messages import MESSAGES
from dual_random.testing.strategies import clean_texts

quick = settings(deadline=None, derandomize=True)

SPACE: Final = Note("text-space", "row 17", {"value": "' E1'"})
EMPTY: Final = Note("text-empty", "row 3")


def codes(call: Callable[[], object]) -> list[tuple[str, str]]:
    """Codes and places of the faults of a call."""
    with pytest.raises(InputError) as caught:
        call()
    assert all(note.text("en") and note.text("zh") for note in caught.value.faults)
    return [(note.code, note.at) for note in caught.value.faults]


# ---- notes


def test_note_reads_in_two_languages() -> None:
    """A note is its place, a colon, and its message with the params filled in."""
    assert str(SPACE) == SPACE.text() == SPACE.text("en") == "row 17: ' E1' begins or ends with a space: strip it"
    assert SPACE.text("zh") == "row 17：' E1' 首尾有空格：请去除"
    assert str(Note("text-space", params={"value": "x"})) == "x begins or ends with a space: strip it"


def test_note_is_a_value() -> None:
    """Notes with equal parts are equal and hash alike, however the params were written."""
    params = {"scheme": "x", "known": "y"}
    forms = [
        Note("scheme-unknown", "scheme", params),
        Note("scheme-unknown", "scheme", dict(reversed(params.items()))),
        Note("scheme-unknown", "scheme", (("scheme", "x"), ("known", "y"))),
        Note("scheme-unknown", "scheme", [["known", "y"], ["scheme", "x"]]),  # type: ignore[arg-type]
    ]
    assert len(set(forms)) == 1
    assert len({SPACE, EMPTY, Note("text-space", "row 17", {"value": "x"}), Note("text-empty", "row 4")}) == 4


def test_note_cannot_be_changed() -> None:
    """Neither its parts nor its params can be set."""
    with pytest.raises(AttributeError):
        SPACE.code = "text-empty"  # type: ignore[misc]
    with pytest.raises(TypeError):
        SPACE.params["value"] = "other"  # type: ignore[index]
    assert dict(SPACE.params) == {"value": "' E1'"}


def test_note_keeps_params_that_its_message_does_not_name() -> None:
    """More params than the message shows are kept: programs may read them."""
    assert Note("text-empty", "", {"row": 3}).params["row"] == 3


@pytest.mark.parametrize(
    ("path", "at", "joined"),
    [
        ("demands[2]", "take.A", "demands[2].take.A"),
        ("demands", "[2].take", "demands[2].take"),
        ("demands[2]", "", "demands[2]"),
        ("", "take", "take"),
        ("", "", ""),
    ],
)
def test_note_under_a_path(path: str, at: str, joined: str) -> None:
    """A note moves under a path with a dot, or without one before an index; nothing else changes."""
    note = Note("text-space", at, {"value": "x"})
    assert note.under(path) == Note("text-space", joined, {"value": "x"})


@pytest.mark.parametrize("code", ["no-such-code", "", "Text-Empty", None, 7, ["text-empty"], {"code": 1}])
def test_unknown_code_is_refused(code: str) -> None:
    """A code that has no message makes no note, whatever its type: it may come from a file."""
    assert codes(lambda: Note(code)) == [("note-unknown", "code")]


@pytest.mark.parametrize(
    "params", [None, 5, "ab", [1], [["value"]], [["value", None]], [["value", 1.5]], [[1, "x"]], {"value": ["x"]}]
)
def test_params_of_another_shape_are_refused(params: dict[str, str]) -> None:
    """Params are names with texts or integers; whatever else a file may hold is a fault, not a crash."""
    assert codes(lambda: Note("text-space", "", params)) == [("plan-shape", "params")]


@pytest.mark.parametrize("at", [None, 5, ["row 3"]])
def test_place_is_text(at: str) -> None:
    """A place that is no text is refused."""
    assert codes(lambda: Note("text-empty", at)) == [("plan-shape", "at")]


def test_missing_params_are_named() -> None:
    """A note without a field of its message is refused, and the refusal names code and fields."""
    with pytest.raises(InputError) as caught:
        Note("text-character", "row 1", {"value": "x"})
    (fault,) = caught.value.faults
    assert (fault.code, fault.params["code"]) == ("note-params", "text-character")
    assert fault.params["missing"] == "character, position"


@quick
@given(st.sampled_from(sorted(MESSAGES)), clean_texts(), clean_texts(), st.data())
def test_every_note_survives_pickling(code: str, at: str, value: str, data: st.DataObject) -> None:
    """For every code, a pickled, copied or rebuilt note is equal to the first and says the same."""
    number = data.draw(st.integers())
    names = [name for _, name, _, _ in Formatter().parse(MESSAGES[code].en) if name]
    note = Note(code, at, {name: number if i % 2 else value for i, name in enumerate(names)})
    for other in (pickle.loads(pickle.dumps(note)), copy.deepcopy(note), Note(code, at, dict(note.params))):
        assert other == note
        assert hash(other) == hash(note)
        assert (other.text("en"), other.text("zh")) == (note.text("en"), note.text("zh"))


# ---- errors


@pytest.mark.parametrize("kind", [InputError, VerificationError])
def test_errors_are_value_errors(kind: type[InputError] | type[VerificationError]) -> None:
    """Both errors are ValueErrors and neither is the other: what you passed, against what was published."""
    assert issubclass(kind, ValueError)
    assert not issubclass(InputError, VerificationError)
    assert not issubclass(VerificationError, InputError)


def notes_of(error: InputError | VerificationError) -> tuple[Note, ...]:
    """The notes of either error."""
    return error.faults if isinstance(error, InputError) else error.findings


@pytest.mark.parametrize("kind", [InputError, VerificationError])
def test_ten_notes_are_shown_in_full(kind: type[InputError] | type[VerificationError]) -> None:
    """With up to ten notes the text has one line each and nothing else."""
    notes = [Note("text-empty", f"row {row}") for row in range(1, 11)]
    error = kind(iter(notes))
    assert notes_of(error) == tuple(notes)
    assert str(error).splitlines() == [str(note) for note in notes]


@pytest.mark.parametrize("kind", [InputError, VerificationError])
def test_of_many_notes_ten_are_shown_and_all_counted(kind: type[InputError] | type[VerificationError]) -> None:
    """Above ten, a last line tells the number of all and of each code, by code; all stay in the error."""
    notes = [SPACE, *[Note("text-empty", f"row {row}") for row in range(1, 11)], SPACE]
    error = kind(notes)
    assert notes_of(error) == tuple(notes)
    assert str(error).splitlines() == [*map(str, notes[:10]), "… 12 in all: text-empty 10, text-space 2"]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_errors_as_a_table(lang: Lang) -> None:
    """All notes as columns of equal length: code, place, and the text in the language asked for."""
    expected = {
        "code": ["text-space", "text-empty"],
        "at": ["row 17", "row 3"],
        "text": [SPACE.text(lang), EMPTY.text(lang)],
    }
    assert InputError([SPACE, EMPTY]).table(lang=lang) == expected
    assert VerificationError([SPACE, EMPTY]).table(lang=lang) == expected
    assert notes_table([]) == {"code": [], "at": [], "text": []}


@pytest.mark.parametrize("kind", [InputError, VerificationError])
def test_errors_survive_pickling(kind: type[InputError] | type[VerificationError]) -> None:
    """An error that was pickled has its type, its notes and its text."""
    error = kind([SPACE, EMPTY])
    for other in (pickle.loads(pickle.dumps(error)), copy.copy(error)):
        assert type(other) is kind
        assert notes_of(other) == (SPACE, EMPTY)
        assert str(other) == str(error)


def test_errors_come_whole_out_of_another_process() -> None:
    """What another process raises and pickles arrives with its type, all its notes and their texts."""
    program = """
import pickle, sys
from dual_random.errors import InputError, Note, VerificationError
raised = []
for kind in (InputError, VerificationError):
    try:
        raise kind(pickle.load(sys.stdin.buffer))
    except ValueError as error:
        raised.append(error)
sys.stdout.buffer.write(pickle.dumps(raised))
"""
    sent = pickle.dumps((SPACE, EMPTY)) * 2
    done = subprocess.run([sys.executable, "-c", program], input=sent, capture_output=True, check=True)
    raised = pickle.loads(done.stdout)
    assert [type(error) for error in raised] == [InputError, VerificationError]
    assert [notes_of(error) for error in raised] == [(SPACE, EMPTY)] * 2
    assert [str(error) for error in raised] == [f"{SPACE}\n{EMPTY}"] * 2
