"""A register with one column filled in by the library: the rows, the ids and what was kept out stay as they are.

The table is not read again, so a million rows cost a fraction of a second, and `excluded` is carried over.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from dual_random.columns import Coded
from dual_random.lines import smallest_unsigned
from dual_random.registers import Register
from dual_random.schemes import Scheme


def filled(register: Register, column: str, codes: NDArray[np.integer], values: Sequence[str]) -> Register:
    """The same register with a column added, or replaced if it has one of that name.

    Args:
        register: as it is.
        column: clean text, not ``"id"``.
        codes: for each row the number of its value.
        values: distinct clean texts; those that no row has are left out.

    >>> before = Register({"id": ["E2", "E1"], "risk": ["A", "B"]}, id="id", columns=["risk"])
    >>> after = filled(before, "visits", np.array([0, 1]), ["10", "9"])  # in the rows' order: E1, E2
    >>> after, after.value("E1", "visits"), after.codes("visits")[1]
    (Register(2 rows: risk, visits), '10', ('10', '9'))
    """
    kept = {name: Coded(*register.codes(name)) for name in register.columns}
    columns = dict(sorted({**kept, column: _coded(codes, values)}.items()))
    made = Register.__new__(Register)
    digests: dict[Scheme, str] = {}
    made.__attrs_init__(tuple(columns), register.excluded, register._ids, columns, digests)
    return made


def _coded(codes: NDArray[np.integer], values: Sequence[str]) -> Coded:
    """A column in the form of every other: values in byte order, all of them in use, the smallest type that does."""
    order = sorted(range(len(values)), key=values.__getitem__)
    place = np.empty(len(values), dtype=smallest_unsigned(max(len(values) - 1, 0)))
    place[order] = np.arange(len(values))
    found = Coded(place[codes], tuple(map(values.__getitem__, order)))
    return found.take(np.arange(len(codes)))
