"""Strategies for sampling frames: enterprises and inspectors, as tables and as registers."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Final, TypeAlias

from hypothesis import strategies as st

from dual_random.forms import refuse, repeat_faults, words
from dual_random.registers import Register
from dual_random.testing.strategies.words import clean_texts, id_rest, size_faults, usable_ids, usccs
from dual_random.text import text_faults

Values: TypeAlias = Mapping[str, Sequence[str]]  # column -> the values it may have

ENTERPRISE_COLUMNS: Final[Values] = {
    "risk": ("A", "B", "C", "D"),
    "industry": ("F", "H", "Q", ""),
    "district": ("海曙", "鄞州"),
}
INSPECTOR_COLUMNS: Final[Values] = {
    "rank": ("senior", "junior"),
    "area": ("海曙", "鄞州"),
    "load": ("0", "1", "2", "3"),
}
DEPARTMENTS: Final = ("市监", "消防", "环保", "税务", "Ａ", "𠮷")


def tables(
    *,
    columns: Values = ENTERPRISE_COLUMNS,
    ids: st.SearchStrategy[str] | None = None,
    at_least: int = 1,
    at_most: int = 20,
) -> st.SearchStrategy[dict[str, list[str]]]:
    """Enterprises as a dict of lists, the ids in the column ``id``: what a query of your database might give.

    Args:
        columns: by column, the values that it may have.
        ids: one id; by default short ones, unified social credit identifiers and any clean text. What cannot stand
            beside the others is left out.
        at_least, at_most: rows.

    Raises:
        InputError: bounds that cross.

    >>> from hypothesis import Phase, find, settings
    >>> small = settings(phases=[Phase.generate, Phase.shrink])
    >>> find(tables(), lambda _: True, settings=small)
    {'id': ['E0'], 'risk': ['A'], 'industry': ['F'], 'district': ['海曙']}
    """
    refuse(size_faults(at_least, at_most))
    cells = [st.sampled_from(values) for values in columns.values()]
    row = st.tuples(usable_ids(_ids() if ids is None else ids), *cells)
    rows = st.lists(row, min_size=at_least, max_size=at_most, unique_by=lambda row: id_rest(row[0]))
    names = ("id", *columns)
    return rows.map(lambda rows: {name: [row[place] for row in rows] for place, name in enumerate(names)})


def _ids() -> st.SearchStrategy[str]:
    return st.one_of(st.integers(0, 999).map("E{}".format), usccs(), clean_texts())


def registers(
    *,
    columns: Values = ENTERPRISE_COLUMNS,
    ids: st.SearchStrategy[str] | None = None,
    at_least: int = 1,
    at_most: int = 20,
) -> st.SearchStrategy[Register]:
    """Registers of enterprises: sampling frames with strata that may be empty, small or all there is.

    Args:
        columns, ids, at_least, at_most: as of `tables`.

    Raises:
        InputError: as `tables`.

    >>> from hypothesis import Phase, find, settings
    >>> small = settings(phases=[Phase.generate, Phase.shrink])
    >>> find(registers(), lambda _: True, settings=small).to_tsv().decode()
    'id\\tdistrict\\tindustry\\trisk\\nE0\\t海曙\\tF\\tA\\n'
    """
    made = tables(columns=columns, ids=ids, at_least=at_least, at_most=at_most)
    return made.map(lambda table: Register(table, id="id", columns=list(columns)))


def inspectors(
    *,
    departments: Iterable[str] = DEPARTMENTS[:2],
    columns: Values = INSPECTOR_COLUMNS,
    at_least: int = 2,
    at_most: int = 5,
) -> st.SearchStrategy[Register]:
    """Registers of inspectors: some of each department, with the columns that rules of teams read.

    Whether they can staff a plan depends on its slots; `rounds` makes those who can.

    Args:
        departments: of the people.
        columns: beside that of the department; by column, the values that it may have.
        at_least, at_most: people of each department.

    Raises:
        InputError: bounds that cross, a department twice.

    >>> from hypothesis import Phase, find, settings
    >>> first = settings(phases=[Phase.generate])
    >>> print(find(inspectors(), lambda _: True, settings=first).to_tsv().decode().replace("\\t", " "), end="")
    id area department load rank
    P1 海曙 市监 0 senior
    P2 海曙 市监 0 senior
    P3 海曙 消防 0 senior
    P4 海曙 消防 0 senior
    """
    names = words(departments)
    refuse(
        [
            *size_faults(at_least, at_most),
            *repeat_faults(names, "departments"),
            *text_faults({"departments": ""} if not names else {}),
        ]
    )
    crew = people(columns, at_least=at_least, at_most=at_most)
    own = [crew.map(partial(_of_department, department)) for department in names]
    return st.tuples(*own).map(lambda parts: crowd(row for part in parts for row in part))


def people(columns: Values, *, at_least: int = 0, at_most: int) -> st.SearchStrategy[list[dict[str, str]]]:
    """Rows of people without ids and departments."""
    row = st.fixed_dictionaries({name: st.sampled_from(values) for name, values in columns.items()})
    return st.lists(row, min_size=at_least, max_size=at_most)


def _of_department(department: str, rows: Iterable[Mapping[str, str]]) -> list[dict[str, str]]:
    return [{"department": department, **row} for row in rows]


def crowd(rows: Iterable[Mapping[str, str]]) -> Register:
    """A register of people, numbered from P1 in the order of the rows."""
    told = [{"id": f"P{number}", **row} for number, row in enumerate(rows, 1)]
    return Register.from_rows(told, id="id", columns=[name for name in told[0] if name != "id"])
