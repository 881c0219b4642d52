"""Where a published record differs from the recomputed one, visit by visit, cell by cell."""

from collections.abc import Mapping

from dual_random.errors import Note
from dual_random.plain import differences
from dual_random.populations import Populations
from dual_random.records import Record
from dual_random.registers import Register
from dual_random.visits import CellTable, Visit

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


def visit_findings(record: Record, drawn: Record, enterprises: Register, groups: Populations | None) -> list[Note]:
    """Visits that differ, are not due or are missing; groups: who could be drawn, None if nobody was to be."""
    if _columns(record) == _columns(drawn):
        return []
    findings = [
        note
        for place, enterprise in enumerate(record)
        for note in _visit_notes(f"visits[{place}]", record[enterprise], drawn, enterprises, groups)
    ]
    missing = [drawn[enterprise] for enterprise in drawn if enterprise not in record]
    findings += [
        Note("visit-missing", "visits", {"enterprise": visit.enterprise, "demands": ", ".join(visit.demands)})
        for visit in missing
    ]
    return findings or [_order_note(record, drawn)]


def _columns(record: Record) -> tuple[object, ...]:
    return record.enterprises, record.tickets, record.served, record.periods, frozenset(record.extra), record.places


def _order_note(record: Record, drawn: Record) -> Note:
    """The same visits in another order, which no file can have: `Record.from_json` refuses it."""
    pairs = zip(record.enterprises, drawn.enterprises, strict=True)
    place, enterprise = next((place, stated) for place, (stated, due) in enumerate(pairs) if stated != due)
    return Note("visits-order", f"visits[{place}]", {"enterprise": enterprise})


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
    told, due = _by_department(stated), _by_department(computed)
    return [
        Note(
            "places-differ",
            f"{at}.places",
            {
                "enterprise": stated.enterprise,
                "department": name,
                "stated": told.get(name, "–"),
                "computed": due.get(name, "–"),
            },
        )
        for name in sorted({*told, *due})
        if told.get(name) != due.get(name)
    ]


def _by_department(visit: Visit) -> Mapping[str, str]:
    """The people of each department with their slots, in the order of dealing."""
    found: dict[str, list[str]] = {}
    for department, slot, inspector in visit.places:
        found.setdefault(department, []).append(f"{inspector} ({slot})")
    return {department: ", ".join(people) for department, people in found.items()}


def _word(value: object) -> str:
    """A part of a visit as it stands in the JSON; a dash for none."""
    return {True: "true", False: "false", "": "–"}.get(value, str(value))
