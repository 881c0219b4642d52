"""Batches (分批次): where rates are so high that everybody comes, only the order is by lot; scope, number, dates.

A batch is a run of visits in the order of a schedule, so it needs no lot of its own. Those who come in the last batch
were not put there by anybody, and whoever has the key can recompute it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType
from typing import Final

from attrs import field, frozen

from dual_random.cycle.schedules import Schedule
from dual_random.dates import day_faults
from dual_random.errors import Columns, InputError, Lang, Note
from dual_random.forms import Words, choice_faults, kind_faults, kinds_faults, listed, positive_faults, refuse, words
from dual_random.tables import headed
from dual_random.text import shown, text_fault, text_faults

_NO_SCOPES: Final[Mapping[str, Words]] = MappingProxyType({})
_HEADINGS: Final[Mapping[str, str]] = {
    "scope": "范围",
    "batch": "批次",
    "of": "总批数",
    "visits": "户次",
    "first": "开始日期",
    "last": "结束日期",
}


@frozen(kw_only=True, repr=False)
class Batch:
    """Visits that are made one after the other, as they are announced.

    Args:
        scope: what the visits have in common, e.g. a district; empty for all of a schedule.
        number, of: this batch, counted from 1, and how many there are in its scope.
        first, last: ISO days of its first and its last visit. The last day of a batch may be the first one of the next.
        visits: ids, in the order in which they are paid; at least one.

    Raises:
        InputError: numbers that are none, text that is no day, no visits.
    """

    scope: str = ""
    number: int
    of: int
    first: str
    last: str
    visits: tuple[str, ...] = field(converter=listed)

    def __attrs_post_init__(self) -> None:
        faults = text_faults({"scope": self.scope}, empty=True) + positive_faults(self.number, "number")
        faults += positive_faults(self.of, "of") + day_faults(self.first, "first") + day_faults(self.last, "last")
        faults += [] if self.visits else [Note("batch-empty", "visits")]
        refuse(faults + text_faults({f"visits[{i}]": visit for i, visit in enumerate(self.visits)}))

    def __len__(self) -> int:
        return len(self.visits)

    def __repr__(self) -> str:
        scope = f"{self.scope}, " if self.scope else ""
        return f"Batch({scope}{self.number} of {self.of}: {len(self)} visits, {self.first} to {self.last})"


def in_batches(
    schedule: Schedule, *, number: int = 0, size: int = 0, scopes: Mapping[str, Words] = _NO_SCOPES
) -> tuple[Batch, ...]:
    """Cut a schedule into batches: consecutive visits in its order, sizes that differ by one visit at most.

    Visit k of v goes to batch ⌊k·B/v⌋ of B, which is the rule of the periods. So every order of the visits is equally
    likely, and with as many batches as a plan has periods the batches are its periods.

    Args:
        schedule: as `schedule` makes it. Its order decides.
        number: how many batches, of every scope; fewer where there are fewer visits.
        size: instead, the most visits of a batch.
        scopes: for every visit the scope it belongs to, e.g. its district, or several, e.g. its demands; then each
            scope is cut by itself. Without it all visits are cut together.

    Returns:
        By scope in byte order, then by number.

    Raises:
        InputError: neither a number nor a size, or both; a visit without a scope, scopes of visits that are not there.

    >>> planned = Schedule(visits=["E4", "E1", "E3", "E2", "E5"], enterprises=["E4", "E1", "E3", "E2", "E5"],
    ...                    periods=[""] * 5,
    ...                    days=["2024-07-01", "2024-07-01", "2024-07-02", "2024-07-02", "2024-07-03"])
    >>> for batch in in_batches(planned, number=2):
    ...     print(batch, batch.visits)
    Batch(1 of 2: 3 visits, 2024-07-01 to 2024-07-02) ('E4', 'E1', 'E3')
    Batch(2 of 2: 2 visits, 2024-07-02 to 2024-07-03) ('E2', 'E5')
    """
    refuse(kind_faults(schedule, Schedule, "schedule"))
    refuse(_cut_faults(number, size) + _scope_faults(schedule, scopes))
    rows = range(len(schedule))
    if not scopes:
        return _cut(schedule, "", rows, number, size)
    members: defaultdict[str, list[int]] = defaultdict(list)
    for row in rows:
        for scope in words(scopes[schedule.visits[row]]):
            members[scope].append(row)
    return tuple([batch for scope in sorted(members) for batch in _cut(schedule, scope, members[scope], number, size)])


def batch_table(batches: Iterable[Batch], *, lang: Lang = "en") -> Columns:
    """A row a batch, as it is announced: scope, number, how many visits, first and last day; no enterprise.

    Args:
        batches: of one or of several schedules.
        lang: of the headings.

    Returns:
        Columns of equal length by heading, in the order of the batches.

    Raises:
        InputError: what is no batch; another language.

    >>> batch_table([Batch(number=1, of=1, first="2024-07-01", last="2024-07-02", visits=["E4", "E1"])], lang="zh")
    {'范围': [''], '批次': [1], '总批数': [1], '户次': [2], '开始日期': ['2024-07-01'], '结束日期': ['2024-07-02']}
    """
    kept = listed(batches)
    refuse(kinds_faults(kept, Batch, "batches") + choice_faults(lang, Lang, "lang"))
    columns: Columns = {
        "scope": [batch.scope for batch in kept],
        "batch": [batch.number for batch in kept],
        "of": [batch.of for batch in kept],
        "visits": [len(batch) for batch in kept],
        "first": [batch.first for batch in kept],
        "last": [batch.last for batch in kept],
    }
    return headed(columns, _HEADINGS, lang)


def _cut(schedule: Schedule, scope: str, rows: Sequence[int], number: int, size: int) -> tuple[Batch, ...]:
    """The batches of one scope, whose rows ascend."""
    count = min(number, len(rows)) if number else -(-len(rows) // size)
    starts = [-(-part * len(rows) // count) for part in range(count + 1)] if count else []  # least k: ⌊k·B/v⌋ = part
    return tuple(
        Batch(
            scope=scope,
            number=place,
            of=count,
            first=schedule.days[rows[begin]],
            last=schedule.days[rows[end - 1]],
            visits=[schedule.visits[row] for row in rows[begin:end]],
        )
        for place, (begin, end) in enumerate(pairwise(starts), 1)
    )


def _cut_faults(number: object, size: object) -> list[Note]:
    """Why nobody knows where to cut: exactly one of the two is a count from 1."""
    told = {name: value for name, value in (("number", number), ("size", size)) if value != 0 or value is False}
    if len(told) != 1:
        return [Note("batch-cut", "number", {"number": shown(number), "size": shown(size)})]
    return [note for name, value in told.items() for note in positive_faults(value, name)]


def _scope_faults(schedule: Schedule, scopes: object) -> list[Note]:
    """Visits without a scope, scopes of nobody, scopes that are no clean text."""
    if not isinstance(scopes, Mapping):
        written = f'{{"{next(iter(schedule.visits), "E1")}": "…", …}}'
        return [Note("batch-scopes", "scopes", {"value": shown(scopes), "written": written})]
    if not scopes:
        return []
    scheduled = frozenset(schedule.visits)
    faults = [Note("batch-unscoped", visit) for visit in schedule.visits if visit not in scopes]
    faults += [
        Note("schedule-unknown", shown(each), {"visits": len(schedule)}) for each in scopes if each not in scheduled
    ]
    for visit, value in scopes.items():
        try:
            kept = words(value)
        except InputError as error:
            faults += [note.under(visit) for note in error.faults]
            continue
        faults += [Note("batch-unscoped", visit)] if not kept else []
        faults += [note for word in kept if (note := text_fault(word, shown(visit))) is not None]
    return faults
