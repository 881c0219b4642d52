"""Where a published record differs from the recomputed one, visit by visit, cell by cell."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final

from dual_random.errors import Note
from dual_random.plain import differences
from dual_random.populations import Populations
from dual_random.records import Record
from dual_random.registers import Register
from dual_random.staffing import Place
from dual_random.visits import CellTable, Visit

_TOLD: Final = 10  # visits of a department with other people that are always told singly
_EXCHANGED: Final = 2  # visits that a single exchange touches

# ---- cells


def cell_findings(stated: CellTable, computed: CellTable) -> list[Note]:
    """Cells with other counts, cells that are not due, cells left out."""
    if stated == computed:
        return []
    due = {cell.key: cell for cell in computed}
    findings: list[Note] = []
    for place, cell in enumerate(stated):
        if cell.key in due:
            findings += differences(cell, due[cell.key], f"cells[{place}]")
        else:
            findings.append(Note("cell-not-due", f"cells[{place}].key"))
    listed = set(stated.keys)
    findings += [Note("cell-left-out", "cells", {"key": key}) for key in due if key not in listed]
    return findings or [Note("cells-order", "cells")]


# ---- visits


def is_foreign(record: Record, drawn: Record) -> bool:
    """Whether no ticket at all fits, so that listing each visit would tell nothing more."""
    return len(record) > 1 and not set(record.tickets) & set(drawn.tickets)


def foreign_places(record: Record, drawn: Record) -> list[Note]:
    """Departments whose people are those of another deal, so that listing each visit would tell nothing more."""
    if record.places == drawn.places:
        return []
    visits, same = _fitting(record, drawn)
    return [
        Note("places-foreign", "visits", {"department": name, "count": count, "same": same[name]})
        for name, count in sorted(visits.items())
        if _is_other_deal(count, same[name])
    ]


def _is_other_deal(visits: int, same: int) -> bool:
    """Whether the people of a department fit so seldom that it was not dealt with this key; a few fit by chance."""
    others = visits - same
    return visits > _EXCHANGED and (not same or others > max(same, _TOLD))


def _fitting(record: Record, drawn: Record) -> tuple[Counter[str], Counter[str]]:
    """By department the visits where it has people or should have, and those of them where they are the same."""
    visits, same = Counter[str](), Counter[str]()
    stated = dict(zip(record.enterprises, record.places, strict=False))
    due = dict(zip(drawn.enterprises, drawn.places, strict=False))
    for enterprise in drawn.enterprises:
        told, own = (_by_department(places.get(enterprise, ())) for places in (stated, due))
        visits.update(told.keys() | own.keys())
        same.update(name for name in told.keys() & own.keys() if told[name] == own[name])
    return visits, same


def visit_findings(
    record: Record, drawn: Record, enterprises: Register, groups: Populations | None, foreign: Collection[str] = ()
) -> list[Note]:
    """Visits that differ, are not due or are missing.

    Args:
        record, drawn: as stated, and made again.
        enterprises: the register.
        groups: who could be drawn; None if nobody was to be.
        foreign: departments whose people are left aside.
    """
    if _columns(record) == _columns(drawn):
        return []
    findings = [
        note
        for place, enterprise in enumerate(record)
        for note in _visit_notes(f"visits[{place}]", record[enterprise], drawn, enterprises, groups)
        if note.code != "places-differ" or note.params["department"] not in foreign
    ]
    missing = [drawn[enterprise] for enterprise in drawn if enterprise not in record]
    findings += [
        Note("visit-missing", "visits", {"enterprise": visit.enterprise, "demands": ", ".join(visit.demands)})
        for visit in missing
    ]
    return findings or list(_order_notes(record, drawn))


def _columns(record: Record) -> tuple[object, ...]:
    return record.enterprises, record.tickets, record.served, record.periods, frozenset(record.extra), record.places


def _order_notes(record: Record, drawn: Record) -> Iterator[Note]:
    """The same visits in another order, which no file can have: `Record.from_json` refuses it."""
    for place, (stated, due) in enumerate(zip(record.enterprises, drawn.enterprises, strict=True)):
        if stated != due:
            yield Note("visits-order", f"visits[{place}]", {"enterprise": stated})
            return


def _visit_notes(at: str, visit: Visit, drawn: Record, enterprises: Register, groups: Populations | None) -> list[Note]:
    if visit.enterprise in drawn:
        return _visit_differences(at, visit, drawn[visit.enterprise])
    row = enterprises.row_of(visit.enterprise)
    if row is None:
        return [Note("visit-unregistered", at, {"enterprise": visit.enterprise})]
    if groups is None:
        return [Note("visit-not-earlier", at, {"enterprise": visit.enterprise})]
    profile = groups.profile[row]
    if all(population.stratum[profile] < 0 for population in groups.demands):
        return [Note("visit-outside", at, {"enterprise": visit.enterprise})]
    return [Note("visit-not-drawn", at, {"enterprise": visit.enterprise})]


def _visit_differences(at: str, stated: Visit, computed: Visit) -> list[Note]:
    findings = []
    if stated.ticket != computed.ticket:
        params = {"enterprise": stated.enterprise, "stated": stated.ticket, "computed": computed.ticket}
        findings.append(Note("ticket-differs", f"{at}.ticket", params))
    for part in ("demands", "departments"):
        listed, expected = getattr(stated, part), getattr(computed, part)
        if listed != expected:
            params = {
                "enterprise": stated.enterprise,
                "missing": ", ".join(name for name in expected if name not in listed) or "–",
                "extra": ", ".join(name for name in listed if name not in expected) or "–",
            }
            findings.append(Note(f"{part}-differ", f"{at}.{part}", params))
    for part, code in (("lead", "lead-differs"), ("period", "period-differs"), ("extra", "extra-differs")):
        told, due = (_word(getattr(visit, part)) for visit in (stated, computed))
        if told != due:
            params = {"enterprise": stated.enterprise, "stated": told, "computed": due}
            findings.append(Note(code, f"{at}.{part}", params))
    return findings + _place_differences(at, stated, computed)


def _place_differences(at: str, stated: Visit, computed: Visit) -> list[Note]:
    """Departments that send other people, or the same ones in other places."""
    told, due = _by_department(stated.places), _by_department(computed.places)
    return [
        Note(
            "places-differ",
            f"{at}.places",
            {
                "enterprise": stated.enterprise,
                "department": name,
                "stated": _people(told.get(name, ())),
                "computed": _people(due.get(name, ())),
            },
        )
        for name in sorted({*told, *due})
        if told.get(name) != due.get(name)
    ]


def _by_department(places: Iterable[Place]) -> Mapping[str, list[Place]]:
    """The places of each department, in the order of dealing."""
    found: dict[str, list[Place]] = {}
    for place in places:
        found.setdefault(place[0], []).append(place)
    return found


def _people(places: Iterable[Place]) -> str:
    """People with their slots; a dash for nobody."""
    return ", ".join(f"{inspector} ({slot})" for _, slot, inspector in places) or "–"


def _word(value: object) -> str:
    """A part of a visit as it stands in the JSON; a dash for none."""
    return {True: "true", False: "false", "": "–"}.get(value, str(value))
