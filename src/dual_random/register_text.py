"""The text of a register: what is published, hashed and read again (specification 2).

The line ``id`` TAB column names; a line per row; fields joined by TAB; every line ends with LF. Since a register has
one text only, its digest is ``sha256sum`` of the file, and a text that differs in a byte is refused, not tolerated.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

import numpy as np
from attrs import frozen

from dual_random.columns import Coded
from dual_random.errors import InputError, Note
from dual_random.forms import refuse, repeat_faults
from dual_random.lines import LF, Integers, Lines, copy_segments
from dual_random.text import shown

_BLOCK: Final = 2**14  # rows written at a time
_COMBINED: Final = 4096  # combinations of values whose text is written beforehand
_TAB: Final = 0x09
_BOM: Final = b"\xef\xbb\xbf"


# ---- writing


def register_text(ids: Lines, columns: Mapping[str, Coded]) -> Iterator[bytes]:
    """The register text in blocks: hash them one after the other, or join them.

    Args:
        ids: in byte order.
        columns: by name, in byte order of the names.

    >>> column = Coded(np.array([1, 0], dtype=np.uint8), ("A", "B"))
    >>> b"".join(register_text(Lines(b"E1\\nE2\\n"), {"risk": column}))
    b'id\\trisk\\nE1\\tB\\nE2\\tA\\n'
    """
    yield ("\t".join(["id", *columns]) + "\n").encode()
    tails = _tails(list(columns.values()))
    for begin in range(0, len(ids), _BLOCK):
        yield _block(ids, tails, begin, min(begin + _BLOCK, len(ids)))


@frozen(eq=False)
class _Tails:
    """What follows an id for every combination of values of some neighbouring columns."""

    columns: tuple[Coded, ...]
    data: bytes
    starts: Integers
    lengths: Integers

    def codes(self, begin: int, end: int) -> Integers:
        """Which of the tails each row has."""
        combined = np.zeros(end - begin, dtype=np.intp)
        for column in self.columns:
            combined *= len(column.values)
            combined += column.codes[begin:end]
        return combined


def _tails(columns: Sequence[Coded]) -> list[_Tails]:
    """Tables of tails for all columns in their order; the last has the LF."""
    groups: list[tuple[list[Coded], list[bytes]]] = [([], [b""])]
    for column in columns:
        fields = [f"\t{value}".encode() for value in column.values]
        if groups[-1][0] and len(groups[-1][1]) * len(fields) > _COMBINED:
            groups.append(([], [b""]))
        group, texts = groups[-1]
        groups[-1] = ([*group, column], [text + part for text in texts for part in fields])
    last, texts = groups[-1]
    groups[-1] = (last, [text + b"\n" for text in texts])
    return [_table(tuple(group), texts) for group, texts in groups]


def _table(columns: tuple[Coded, ...], texts: list[bytes]) -> _Tails:
    lengths = np.array(list(map(len, texts)), dtype=np.intp)
    return _Tails(columns, b"".join(texts), np.cumsum(lengths) - lengths, lengths)


def _block(ids: Lines, tails: list[_Tails], begin: int, end: int) -> bytes:
    """The lines of some rows: every part copied to its place."""
    parts: list[tuple[bytes, Integers, Integers]] = [
        (ids.data, ids.starts[begin:end].astype(np.intp), ids.lengths(begin, end))
    ]
    for table in tails:
        codes = table.codes(begin, end)
        parts.append((table.data, table.starts[codes], table.lengths[codes]))
    total = sum((lengths for _, _, lengths in parts), start=np.zeros(end - begin, dtype=np.intp))
    ends = np.cumsum(total)
    block = bytearray(int(ends[-1]))
    places = ends - total
    for source, starts, lengths in parts:
        copy_segments(block, places, source, starts, lengths)
        places += lengths
    return bytes(block)


# ---- reading


def parse_register_text(data: bytes) -> tuple[list[str], dict[str, list[str]]]:
    """The ids and columns of a register text, in its order.

    Whether ids and cells are clean text, and ids unlike each other, is not looked at here.

    Raises:
        InputError: bytes that no register writes: a BOM, CR, no LF at the end, no UTF-8; columns or rows out of
            order; lines with too few or too many fields.

    >>> parse_register_text(b"id\\trisk\\nE1\\tB\\n")
    (['E1'], {'risk': ['B']})
    """
    text = _decoded(data)
    header, _, body = text.partition("\n")
    first, *columns = header.split("\t")
    faults = _header_faults(first, columns)
    width = len(columns) + 1
    faults += _field_faults(body, width)
    refuse(faults)
    cells = body.replace("\n", "\t").split("\t")[:-1]
    ids = cells[::width]
    refuse(_order_faults(ids))
    return ids, {column: cells[i::width] for i, column in enumerate(columns, 1)}


def _decoded(data: bytes) -> str:
    faults = [Note("tsv-bom", "line 1")] if data.startswith(_BOM) else []
    if b"\r" in data:
        faults.append(Note("tsv-cr", _line(data, data.index(b"\r"))))
    if not data.endswith(b"\n"):
        faults.append(Note("tsv-end", _line(data, len(data))))
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        byte = f"{data[error.start]:02X}"
        raise InputError([*faults, Note("tsv-utf8", _line(data, error.start), {"byte": byte})]) from None
    refuse(faults)
    return text


def _line(data: bytes, place: int) -> str:
    return f"line {data.count(LF, 0, place) + 1}"


def _header_faults(first: str, columns: list[str]) -> list[Note]:
    faults = [] if first == "id" else [Note("tsv-header", "line 1", {"found": shown(first)})]
    if columns != sorted(columns):
        wanted = ", ".join(sorted(columns))
        faults.append(Note("tsv-columns", "line 1", {"found": ", ".join(columns), "wanted": wanted}))
    return faults + repeat_faults(columns, "line 1")


def _field_faults(body: str, width: int) -> list[Note]:
    signs = np.frombuffer(body.encode(), dtype=np.uint8)
    signs = signs[(signs == _TAB) | (signs == LF)]
    if len(signs) % width == 0:
        table = signs.reshape(-1, width)
        if (table[:, -1] == LF).all() and (table[:, :-1] == _TAB).all():
            return []
    counts = (line.count("\t") + 1 for line in body.split("\n")[:-1])
    wrong = ((row, found) for row, found in enumerate(counts, 1) if found != width)
    return [Note("tsv-fields", f"row {row}", {"found": found, "wanted": width}) for row, found in wrong]


def _order_faults(ids: list[str]) -> list[Note]:
    return [
        Note("tsv-order", f"row {row}", {"id": shown(after), "before": shown(before)})
        for row, (before, after) in enumerate(pairwise(ids), 2)
        if after < before
    ]
