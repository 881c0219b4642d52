"""Clean ids, many at once: checked by the chunk, and looked at one by one only where something is wrong.

`text_fault` takes a microsecond an id; a chunk whose texts are joined by LF can be checked by a few passes in C that
say "all clean" or "not all". The second answer is rare, and then every id of that chunk is named or cleared by
`text_fault` itself, so the fast way decides nothing that the slow one does not.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Final, cast

from attrs import frozen

from dual_random.errors import Note
from dual_random.lines import ByteOrder, Lines, byte_order, equal_stride
from dual_random.text import shown, text_fault

CHUNK: Final = 8192  # ids joined at a time: their text stays in the cache

_SHOWN: Final = 10
_VISIBLE: Final = bytes(range(0x21, 0x7F))
_PLAIN: Final = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_SIGNS: Final = bytes(code for code in range(0x80) if not chr(code).isalnum() and chr(code) != "\n")
_NOTHING: Final = ("none", "null", "nil", "nan", "n/a", "#n/a", "<na>")
PLACEHOLDERS: Final = sorted(
    {form for word in _NOTHING for form in (word, word.upper(), word.capitalize())}
    | {"NaN", "-", "--", "—", "——", "无", "無", "空", "暂无", "未知", "不详"}
)
_NO_LETTER_OR_DIGIT: Final = re.compile(r"[^\w\n]+|_+")  # \w is str.isalnum and the underscore


@frozen
class CleanChunk:
    """What is clean in a chunk of texts, and what is not.

    Args:
        data: the clean texts as UTF-8 in their order, an LF after each (as `dual_random.lines.Lines` holds them).
        faults: for each of the others its number in the whole, from 0, and the reason; its place is the text as
            messages show it.
        plain: True if the texts consist of A to Z and digits only, so that `folded` leaves them as they are.
        stride: the bytes from one text to the next, LF included, if known to be the same for all; else 0.
    """

    data: bytes
    faults: tuple[tuple[int, Note], ...] = ()
    plain: bool = False
    stride: int = 0


def clean_chunks(texts: Iterable[object], *, empty: bool = False) -> Iterator[CleanChunk]:
    """Check that many texts are clean (`dual_random.text.text_fault`), `CHUNK` at a time.

    Args:
        texts: what should be clean text.
        empty: whether ``""`` is allowed.

    >>> chunk = next(clean_chunks(["E1", "E 2 ", "宁波"]))
    >>> chunk.data.decode(), [(number, note.code) for number, note in chunk.faults]
    ('E1\\n宁波\\n', [(1, 'text-space')])
    """
    begin = 0
    source = iter(texts)
    while part := list(islice(source, CHUNK)):
        yield clean_chunk(part, begin, empty=empty)
        begin += len(part)


def clean_chunk(part: Sequence[object], begin: int = 0, *, empty: bool = False) -> CleanChunk:
    """Check that texts are clean, all at once; the first of them has the number `begin`.

    >>> clean_chunk(["E1", "E2"]).data, clean_chunk(["E1", ""], 10).faults[0][0]
    (b'E1\\nE2\\n', 11)
    """
    chunk = _encoded(part, empty)
    if chunk is not None:
        return chunk
    texts = [str.__str__(text) if isinstance(text, str) else text for text in part]
    notes = [None if _is_plain(text) else text_fault(text, _place(text), empty=empty) for text in texts]
    clean = [cast(str, text) for text, note in zip(part, notes, strict=True) if note is None]
    faults = tuple((begin + i, note) for i, note in enumerate(notes) if note is not None)
    return CleanChunk("\n".join([*clean, ""]).encode(), faults)


def _is_plain(text: object) -> bool:
    """Whether a text is clean beyond doubt, which most are even where some are not."""
    return isinstance(text, str) and text.isalnum() and text.isascii()


def _place(text: object) -> str:
    return "" if isinstance(text, str) and not text else shown(text)


def _encoded(part: Sequence[object], empty: bool) -> CleanChunk | None:
    """All texts, or None if some are not clean."""
    try:
        text = "\n".join(part) + "\n"  # type: ignore[arg-type]
    except TypeError:  # some are no text
        return None
    if text.isascii():
        data = text.encode()
        signs = data.translate(None, _PLAIN)
        plain = signs == b"\n" * len(part)
        if plain or signs.translate(None, _VISIBLE) == b"\n" * len(part):
            stride = equal_stride(data, len(part))
            return CleanChunk(data, plain=plain, stride=stride) if empty or stride > 1 or all(part) else None
    return CleanChunk(text.encode()) if (empty or all(part)) and _is_clean(text, len(part)) else None


def _is_clean(text: str, count: int) -> bool:
    """Whether `count` texts with an LF after each have no forbidden character, no outer space, and are in NFC.

    LF composes with nothing, so the whole is in NFC exactly if every text is.
    """
    bare = text.replace("\n", "")
    if len(text) - len(bare) != count:
        return False
    spaces = " "
    if not bare.isprintable():  # printable leaves out private use and all spaces but one, which may be clean
        characters = "".join(set(bare))
        fault = text_fault(f"|{characters}|")
        if fault is not None and fault.code == "text-character":
            return False
        spaces = "".join(character for character in characters if unicodedata.category(character) == "Zs")
    outer = (space for space in spaces if space in bare and (f"\n{space}" in text or f"{space}\n" in text))
    if any(outer) or text[0] in spaces:
        return False
    return text.isascii() or unicodedata.is_normalized("NFC", text)


def folded(data: bytes) -> bytes:
    """What is left of ids when case, width and signs do not count: two ids with the same rest are *alike*.

    Of every id: ``"".join(c for c in unicodedata.normalize("NFKC", id).upper() if c.isalnum())``. Nothing may be left,
    as of ``"--"``; two such ids are alike.

    Args:
        data: clean ids as UTF-8, an LF after each.

    Returns:
        The rests in the same form; `data` itself if it is left unchanged.

    >>> folded("91-33 a\\n９１３３Ａ\\n--\\n".encode())
    b'9133A\\n9133A\\n\\n'
    """
    if not data.translate(None, _PLAIN).strip(b"\n"):
        return data
    rests = data.upper().translate(None, _SIGNS) if data.isascii() else _folded_text(data.decode()).encode()
    return data if rests == data else rests


def _folded_text(text: str) -> str:
    upper = unicodedata.normalize("NFKC", text).upper()
    return upper if upper.replace("\n", "").isalnum() else _NO_LETTER_OR_DIGIT.sub("", upper)


# ---- ids that stand for more than one row


@frozen
class RowFault:
    """A fault of one row, or of several rows together: one id on all of them.

    Args:
        rows: the rows, from 0, ascending.
        note: what is wrong; its place is the id, and the column if a cell is at fault, so that the statement
            does not depend on the order of the rows.
    """

    rows: tuple[int, ...]
    note: Note

    def told(self) -> Note:
        """The statement for somebody who has the table in front of him: at its rows, counted from 1."""
        listed = ", ".join(str(row + 1) for row in self.rows[:_SHOWN]) + (", …" if len(self.rows) > _SHOWN else "")
        rows = f"row {listed}" if len(self.rows) == 1 else f"rows {listed}"
        params = self.note.params
        named = not self.note.at or self.note.at == params.get("value")
        return Note(self.note.code, rows if named else f"{rows} ({self.note.at})", params)


def repeat_faults(ids: Lines, order: ByteOrder) -> list[RowFault]:
    """The ids that stand on more than one row: nobody could say which of them was drawn.

    Args:
        ids: clean ids.
        order: their byte order.

    >>> ids = Lines(b"E1\\nE2\\nE1\\n")
    >>> [(fault.rows, fault.note.at, fault.told().at) for fault in repeat_faults(ids, byte_order(ids))]
    [((0, 2), 'E1', 'rows 1, 3 (E1)')]
    """
    named = [(ids[rows[0]].decode(), tuple(rows)) for rows in order.repeated()]
    return [RowFault(rows, Note("id-repeated", name, {"id": name, "count": len(rows)})) for name, rows in named]


def placeholder_faults(ids: Lines, order: ByteOrder) -> list[RowFault]:
    """The ids that say that there is none, as exports write it: whoever is meant could never be visited.

    >>> ids = Lines("E1\\n无\\nNULL\\n".encode())
    >>> [(fault.rows, fault.note.at) for fault in placeholder_faults(ids, byte_order(ids))]
    [((2,), 'NULL'), ((1,), '无')]
    """
    faults: list[RowFault] = []
    for word in PLACEHOLDERS:
        begin, end = (side(order.rows, word.encode(), key=ids.__getitem__) for side in (bisect_left, bisect_right))
        if begin < end:
            faults.append(RowFault(tuple(order.rows[begin:end].tolist()), Note("id-placeholder", word, {"id": word})))
    return faults


def alike_faults(ids: Lines) -> list[RowFault]:
    """The ids that differ from another only in what `folded` leaves out: perhaps one firm, written twice.

    One fault for each such id; its rows are those of all ids that are alike, since none of them is certain.

    >>> [(fault.rows, fault.note.at) for fault in alike_faults(Lines(b"91-a\\n91B\\n91A\\n"))]
    [((0, 2), '91-a'), ((0, 2), '91A')]
    """
    rests = _rests(ids)
    groups = byte_order(rests).repeated() if rests is not None else []
    return [fault for rows in groups for fault in _alike(ids, rows)]


def _rests(ids: Lines) -> Lines | None:
    """The ids folded, or None if that leaves every one as it is."""
    rests, changed = [], False
    for block in ids.blocks(CHUNK):
        rests.append(folded(block))
        changed |= rests[-1] is not block
    return Lines(b"".join(rests)) if changed else None


def _alike(ids: Lines, rows: list[int]) -> list[RowFault]:
    names = sorted({ids[row] for row in rows})
    if len(names) == 1:
        return []
    together, first = tuple(rows), [name.decode() for name in names[: _SHOWN + 1]]
    return [RowFault(together, _alike_note(name.decode(), first, len(names))) for name in names]


def _alike_note(id: str, first: list[str], count: int) -> Note:
    others = [other for other in first if other != id][:_SHOWN]
    more = ", …" if count - 1 > len(others) else ""
    return Note("id-alike", id, {"id": id, "others": ", ".join(others) + more})
