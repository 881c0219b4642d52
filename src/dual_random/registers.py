"""Registers: who may be drawn (enterprises) or sent (inspectors), as a frozen table of text with a digest.

The sampling frame of a draw. Ids and columns are text, rows stand in byte order of id, and equal registers have one
text and one digest, whatever the order and the library of the table they came from, and whatever was kept out of them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, Self

import numpy as np
from attrs import field, frozen

from dual_random.columns import Coded, Table
from dual_random.errors import InputError, Note
from dual_random.forms import words
from dual_random.frames import Check, read_frame
from dual_random.lines import Integers, Lines, Unsigned, byte_order
from dual_random.register_text import parse_register_text, register_text
from dual_random.schemes import DEFAULT, Scheme, hasher
from dual_random.text import shown


@frozen(init=False, eq=False, repr=False)
class Register:
    """Ids and text columns, frozen: enterprises or inspectors.

    A row is what one visit goes to: a firm, a site, or a person who goes. Two rows under one id are refused, and so are
    *alike* ids, which differ only in case, width or signs (``dual_random.ids.folded``): nobody could say which of
    the two was drawn. A missing value is an ordinary value, ``""``.

    Args:
        table: anything whose ``table[column]`` iterates over the cells: a dict of lists, a pandas or polars data
            frame, a pyarrow table. No data-frame library is needed.
        id: the table's column of ids. In the register it is called ``id`` and nothing else may be.
        columns: the columns that the plan reads; no others are kept or published.
        null: the text that None and NaN stand for, mostly ``""``; without it they are faults.
        alike: True if the register is known to hold alike ids.
        check: looks at an id and returns ``""`` or what is wrong: a code such as `dual_random.uscc.fault` gives, or
            words of your own.
        exclude: kinds of faults whose rows are kept out instead of refused: codes of cells and ids, or what `check`
            returns. Of an id that stands twice, or of two alike ids, all rows are kept out. Rows kept out are
            listed in `excluded`, which the commitment publishes.

    Attributes:
        columns: the names of the columns, in byte order.
        excluded: why rows were kept out: a note for each reason, sorted by id; independent of the rows' order.

    Raises:
        InputError: with every fault at once, each with its row, counted from 1, and its id.

    >>> table = {"uscc": ["E2", "E1", "E3"], "risk": ["B", "A", None]}
    >>> register = Register(table, id="uscc", columns=["risk"], null="")
    >>> register, list(register), register.value("E2", "risk")
    (Register(3 rows: risk), ['E1', 'E2', 'E3'], 'B')
    >>> kept = Register({"id": ["E1", "E2", "e-1"]}, id="id", columns=[], exclude=["id-alike"])
    >>> list(kept), [note.at for note in kept.excluded]
    (['E2'], ['E1', 'e-1'])
    """

    columns: tuple[str, ...]
    excluded: tuple[Note, ...]
    _ids: Lines
    _coded: Mapping[str, Coded]
    _digests: dict[Scheme, str] = field(factory=dict)

    def __init__(
        self,
        table: Table,
        *,
        id: str,
        columns: Iterable[str],
        null: str | None = None,
        alike: bool = False,
        check: Check | None = None,
        exclude: Iterable[str] = (),
    ) -> None:
        frame = read_frame(table, id, words(columns), null=null, alike=alike, check=check, exclude=words(exclude))
        self.__attrs_init__(tuple(frame.columns), frame.excluded, frame.ids, frame.columns)

    # ---- made of other things

    @classmethod
    def from_rows(
        cls,
        rows: Iterable[Mapping[str, object]],
        *,
        id: str,
        columns: Iterable[str],
        null: str | None = None,
        alike: bool = False,
        check: Check | None = None,
        exclude: Iterable[str] = (),
    ) -> Self:
        """A register of rows, each a mapping from column to text, as ``csv.DictReader`` gives them.

        A column that a row lacks is a missing value of that row; one that every row lacks is a missing column.

        Raises:
            InputError: as the constructor.

        >>> Register.from_rows([{"id": "E1", "risk": "A"}, {"id": "E2", "risk": "B"}], id="id", columns=["risk"])
        Register(2 rows: risk)
        """
        names = words(columns)
        table = _table_of_rows(list(rows), [id, *names])
        return cls(table, id=id, columns=names, null=null, alike=alike, check=check, exclude=exclude)

    @classmethod
    def from_tsv(cls, data: bytes, *, alike: bool = True) -> Self:
        """A register from its published text, byte for byte as `to_tsv` writes it.

        Args:
            data: the text.
            alike: whether alike ids are accepted; they are by default, because whoever made the register has
                decided this, and the text does not tell.

        Raises:
            InputError: bytes that no register writes, each kind in its own words.

        >>> Register.from_tsv(b"id\\trisk\\nE1\\tA\\nE2\\tB\\n").to_tsv()
        b'id\\trisk\\nE1\\tA\\nE2\\tB\\n'
        """
        if not isinstance(data, bytes):
            raise InputError([Note("bytes-needed", "", {"type": type(data).__name__})])
        ids, columns = parse_register_text(data)
        return cls({**columns, "id": ids}, id="id", columns=list(columns), alike=alike)

    # ---- text and digest

    def to_tsv(self) -> bytes:
        """The register text: ``sha256sum`` of this file is the digest in the commitment."""
        return b"".join(register_text(self._ids, self._coded))

    def digest(self, scheme: Scheme = DEFAULT) -> str:
        """The digest of the register text as 64 hex digits; computed once a scheme.

        Raises:
            InputError: an unknown scheme, or SM3 where OpenSSL has none.

        >>> Register({"id": ["E1"]}, id="id", columns=[]).digest()[:16]
        '9c18b270f03ac9ac'
        """
        if scheme not in self._digests:
            hashed = hasher(scheme)
            for block in register_text(self._ids, self._coded):
                hashed.update(block)
            self._digests[scheme] = hashed.hexdigest()
        return self._digests[scheme]

    # ---- rows

    def __len__(self) -> int:
        return len(self._ids)

    def __iter__(self) -> Iterator[str]:
        for chunk in self._ids.chunks():
            yield from map(bytes.decode, chunk)

    def __contains__(self, id: object) -> bool:
        return isinstance(id, str) and self.row_of(id) is not None

    def id_chunks(self) -> Iterator[list[bytes]]:
        """All ids as UTF-8, in byte order, in chunks: what `dual_random.tickets.first_words` takes."""
        return self._ids.chunks()

    def id_bytes(self, row: int) -> bytes:
        """The id of a row as UTF-8; rows count from 0, in byte order of id."""
        return self._ids[row]

    def ids_at(self, rows: Integers) -> list[str]:
        """The ids of some rows, in the order of `rows`."""
        return self._ids.take(rows).data.decode().split("\n")[:-1]

    def row_of(self, id: str) -> int | None:
        """The row of an id, found by halving; None if the register does not hold it."""
        return self._ids.find(id.encode(errors="surrogatepass"))

    # ---- columns

    def codes(self, column: str) -> tuple[Unsigned, tuple[str, ...]]:
        """A column as small numbers, for all that counts or selects rows.

        Returns:
            For each row, in byte order of id, the number of its value (read-only, the smallest unsigned type that
            does); and the values by number, which are the distinct ones in byte order.

        Raises:
            InputError: a column that the register has not.

        >>> codes, values = Register({"id": ["E2", "E1"], "risk": ["A", "B"]}, id="id", columns=["risk"]).codes("risk")
        >>> codes.tolist(), codes.dtype.name, values
        ([1, 0], 'uint8', ('A', 'B'))
        """
        if column not in self._coded:
            known = ", ".join(self.columns) or "–"
            raise InputError([Note("column-unknown", shown(column), {"column": shown(column), "known": known})])
        coded = self._coded[column]
        return coded.codes, coded.values

    def value(self, id: str, column: str) -> str:
        """One cell.

        Raises:
            InputError: an id or a column that the register has not.
        """
        codes, values = self.codes(column)
        row = self.row_of(id)
        if row is None:
            raise InputError([Note("id-unknown", id, {"rows": len(self)})])
        return values[int(codes[row])]

    def filled(self, column: str, codes: Integers, values: Sequence[str]) -> Self:
        """The same register with a column that is filled in, or replaced; ids and what was kept out stay.

        Args:
            column: clean text, not ``"id"``.
            codes: for each row, in byte order of id, the number of its value.
            values: distinct clean texts; those that no row has are left out.

        >>> before = Register({"id": ["E2", "E1"], "risk": ["A", "B"]}, id="id", columns=["risk"])
        >>> after = before.filled("visits", np.array([0, 1]), ["10", "9"])
        >>> after, after.value("E1", "visits"), after.codes("visits")[1]
        (Register(2 rows: risk, visits), '10', ('10', '9'))
        """
        columns = dict(sorted({**self._coded, column: Coded.of(codes, values)}.items()))
        made = type(self).__new__(type(self))
        made.__attrs_init__(tuple(columns), self.excluded, self._ids, columns)
        return made

    # ---- two registers

    def differences(self, other: "Register") -> tuple[Note, ...]:
        """What was added, removed or changed from this register to another version of it.

        Two digests say only that something differs; whoever holds both versions learns here what.

        Returns:
            A note for each column added or removed, then for each row and cell, sorted by id.

        >>> before = Register({"id": ["E1", "E2"], "risk": ["A", "B"]}, id="id", columns=["risk"])
        >>> after = Register({"id": ["E2", "E3"], "risk": ["C", "B"]}, id="id", columns=["risk"])
        >>> for note in before.differences(after):
        ...     print(note)
        E1: the row was removed
        E2: risk was changed from 'B' to 'C'
        E3: the row was added
        """
        mine, theirs = set(self.columns), set(other.columns)
        notes = [Note("column-removed", column) for column in sorted(mine - theirs)]
        notes += [Note("column-added", column) for column in sorted(theirs - mine)]
        rows, shared = _matched(self._ids, other._ids)
        rows += [note for column in sorted(mine & theirs) for note in _changes(self, other, column, shared)]
        return (*notes, *sorted(rows, key=lambda note: (note.at, note.text())))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Register) and self._ids == other._ids and self._coded == other._coded

    def __hash__(self) -> int:
        return hash(self.digest())

    def __repr__(self) -> str:
        columns = f": {', '.join(self.columns)}" if self.columns else ""
        return f"Register({len(self)} rows{columns})"


_ABSENT: Final = object()


def _table_of_rows(rows: list[Mapping[str, object]], columns: list[str]) -> dict[str, list[object]]:
    """Rows turned into columns; None where a row lacks a column, and no column where all do."""
    wrong = [(row, value) for row, value in enumerate(rows, 1) if not isinstance(value, Mapping)]
    if wrong:
        raise InputError([Note("row-type", f"row {row}", {"type": type(value).__name__}) for row, value in wrong])
    named = (name for row in rows[:1] for name in row if isinstance(name, str) and name not in columns)
    table: dict[str, list[object]] = {name: [] for name in named}  # not read, only told if a column is missing
    for column in columns:
        cells: list[object] = [row.get(column, _ABSENT) for row in rows]
        if any(cell is not _ABSENT for cell in cells) or not rows:
            table[column] = [None if cell is _ABSENT else cell for cell in cells]
    return table


def _matched(mine: Lines, theirs: Lines) -> tuple[list[Note], Integers]:
    """Rows that only one of two registers has, and the rows (mine, theirs) of the ids that both have."""
    order = byte_order(Lines(mine.data + theirs.data))
    shared = order.rows[order.ties].reshape(-1, 2)
    alone = np.delete(order.rows, order.ties)
    removed = [Note("row-removed", mine[row].decode()) for row in alone[alone < len(mine)].tolist()]
    added = [Note("row-added", theirs[row - len(mine)].decode()) for row in alone[alone >= len(mine)].tolist()]
    return removed + added, shared - np.array([0, len(mine)], dtype=np.intp)


def _changes(mine: Register, theirs: Register, column: str, shared: Integers) -> list[Note]:
    (my_codes, my_values), (their_codes, their_values) = mine.codes(column), theirs.codes(column)
    number = {value: i for i, value in enumerate(dict.fromkeys(my_values + their_values))}
    before = np.array([number[value] for value in my_values], dtype=np.intp)[my_codes[shared[:, 0]]]
    after = np.array([number[value] for value in their_values], dtype=np.intp)[their_codes[shared[:, 1]]]
    texts = list(number)
    return [
        Note(
            "cell-changed",
            mine.id_bytes(int(shared[i, 0])).decode(),
            {"column": column, "before": shown(texts[before[i]]), "after": shown(texts[after[i]])},
        )
        for i in np.flatnonzero(before != after).tolist()
    ]
