"""A literal, slow reading of section 8 of the scheme `dual-random/1`: what follows from changes after the seed.

Plain Python, dictionaries and hashlib: the published JSON of a record, the rows of its registers, and the changes go
in; amendments and visits come out as JSON has them. After every change everything is counted anew from the visits
that stand; nothing is kept but these visits, who was ever visited for what, who was found impossible to visit, and
who gave up which place.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, TypeAlias

from attrs import define, field

import oracle

Json: TypeAlias = dict[str, Any]
Row: TypeAlias = Mapping[str, str]
Spot: TypeAlias = tuple[str, str]  # enterprise, period; "" without periods
Seat: TypeAlias = tuple[str, str, str]  # department, slot, inspector

BOTH = [{"name": "member", "count": 2}]


def in_bytes(name: str) -> bytes:
    """Byte order of texts."""
    return name.encode()


# ---- what the record says, whatever is changed


@define(eq=False, slots=False)
class Draw:
    """A record as it was published on the day of the draw, its amendments left aside, and the registers.

    Args:
        record: its JSON.
        rows, people: of the registers; people None where no register of inspectors is known.
        happened: counts how often each case of the rule occurred.
    """

    record: Json
    rows: Sequence[Row]
    people: Sequence[Row] | None
    happened: dict[str, int] = field(factory=dict)

    @cached_property
    def plan(self) -> Json:
        """The rules."""
        found: Json = self.record["commitment"]["plan"]
        return found

    @cached_property
    def scheme(self) -> str:
        """Decides the hash."""
        return str(self.plan["scheme"])

    @cached_property
    def demands(self) -> dict[str, Json]:
        """By name, as declared."""
        return {demand["name"]: demand for demand in self.plan.get("demands", [])}

    @cached_property
    def ticket(self) -> oracle.Ticket:
        """The tickets of the draw."""
        key = oracle.key(self.record["commitment"], self.record["seed"], dict(self.record.get("secrets", [])))
        return oracle.by_names(self.scheme, key)

    @cached_property
    def member(self) -> oracle.Membership:
        """In which populations everybody is, and in which stratum."""
        return oracle.membership(self.plan, self.rows)

    @cached_property
    def line(self) -> list[str]:
        """All enterprises in the order of their tickets."""
        return sorted((row["id"] for row in self.rows), key=lambda e: (self.ticket("target", e), in_bytes(e)))

    @cached_property
    def dealt(self) -> set[str]:
        """The departments to which the record dealt somebody, or would have, had there been places."""
        return {own["department"] for own in self.record.get("staffing", []) if not own.get("shortages")}

    def department(self, demand: str) -> str:
        """Whose demand it is."""
        return str(self.demands[demand].get("department", demand))

    def happens(self, case: str) -> None:
        """One case more."""
        self.happened[case] = self.happened.get(case, 0) + 1

    # ---- the rules of a department

    def rule(self, department: str) -> Json:
        """Its own rule, or that of all departments without one."""
        rules = {rule.get("department", ""): rule for rule in self.plan.get("teams", [])}
        found: Json = rules.get(department, rules.get("", {}))
        return found

    def slots(self, department: str) -> list[Json]:
        """As declared."""
        found: list[Json] = self.rule(department).get("slots", BOTH)
        return found

    def most(self, department: str) -> int | None:
        """The limit in force, which relief may have raised."""
        for own in self.record.get("staffing", []):
            if own["department"] == department and "most" in own:
                return int(own["most"])
        found: int | None = self.rule(department).get("most")
        return found

    def crew(self, department: str) -> list[Row]:
        """Its people."""
        column = self.plan.get("department_column", "department")
        return [person for person in self.people or () if person[column] == department]

    def eligible(self, department: str, slot: Json, spot: Spot) -> set[str]:
        """Conditions, equal columns, not recused, not absent in the period."""
        firm = next(row for row in self.rows if row["id"] == spot[0])
        return {
            person["id"]
            for person in self.crew(department)
            if all(person[column] in values for column, values in slot.get("where", []))
            and all(person[own] == firm[theirs] for own, theirs in slot.get("same", []))
            and not any(self._kept_away(each, person["id"], spot) for each in self._recusals)
        }

    @property
    def _recusals(self) -> list[Json]:
        found: list[Json] = self.record["commitment"].get("recusals", [])
        return found

    @staticmethod
    def _kept_away(recusal: Json, person: str, spot: Spot) -> bool:
        where, when = recusal.get("enterprise", ""), recusal.get("period", "")
        return recusal["inspector"] == person and where in ("", spot[0]) and when in ("", spot[1])


# ---- the visits that stand


@define(eq=False)
class State:
    """What stands after some amendments.

    Args:
        draw: what it all began with.
        visits: those that stand, in the order in which they came up.
        visited: demands with the enterprises that were ever to be visited for them.
        gone: the enterprises that could not be visited.
        gave_up: who gave up a place, where and when, and why.
        lost: places given up, by department, person and period: they go on counting as load.
        previous: the digest that the next amendment names.
    """

    draw: Draw
    visits: list[Json]
    visited: set[tuple[str, str]]
    gone: set[str]
    gave_up: list[tuple[Spot, str, str]]
    lost: list[tuple[str, str, str]]
    previous: str

    def at(self, spot: Spot) -> Json | None:
        """The visit that stands there."""
        return next((visit for visit in self.visits if spot_of(visit) == spot), None)

    def load(self, department: str, person: str) -> int:
        """Carried and dealt."""
        column = self.draw.rule(department).get("carried", "")
        row = next(row for row in self.draw.crew(department) if row["id"] == person)
        carried = int(row[column]) if column else 0
        lost = [each for each in self.lost if each[:2] == (department, person)]
        return carried + len([visit for visit in self.visits if person in on(visit, department)]) + len(lost)

    def in_period(self, department: str, person: str, period: str) -> int:
        """Visits in a period."""
        then = [visit for visit in self.visits if visit.get("period", "") == period]
        lost = [each for each in self.lost if each == (department, person, period)]
        return len([visit for visit in then if person in on(visit, department)]) + len(lost)

    def stays_away(self, spot: Spot, person: str) -> bool:
        """Gave up a place for a reason that holds here: transferred or without a certificate anywhere, recused at this
        enterprise, ill or otherwise prevented in this period.
        """
        for (enterprise, period), who, reason in self.gave_up:
            holds = {"transferred": True, "certificate": True, "recused": enterprise == spot[0]}
            if who == person and holds.get(reason, period == spot[1]):
                return True
        return False

    def free(self, department: str, person: str, period: str) -> bool:
        """Below the limits."""
        most, then = self.draw.most(department), self.draw.rule(department).get("most_per_period")
        return (most is None or self.load(department, person) < most) and (
            then is None or self.in_period(department, person, period) < then
        )

    def met(self, department: str, one: str, other: str) -> int:
        """How often two have met: the table, and the visits that stand."""
        told: list[tuple[list[str], int]] = self.draw.record["commitment"].get("meetings", [])
        table = sum(times for pair, times in told if set(pair) == {one, other})
        return table + len([visit for visit in self.visits if {one, other} <= set(on(visit, department))])

    def ranked(self, department: str, spot: Spot, among: set[str], base: int, team: Iterable[str]) -> list[str]:
        """Candidates by (level, meetings with those on the visit if rotation is on, `inspector` ticket)."""
        rotate, team = self.draw.rule(department).get("rotate", False), list(team)

        def order(person: str) -> tuple[int, int, str, bytes]:
            met = sum(self.met(department, person, other) for other in team) if rotate else 0
            ticket = self.draw.ticket("inspector", department, spot[0], person)
            return max(self.load(department, person), base), met, ticket, in_bytes(person)

        return sorted(among, key=order)

    def base(self, department: str, among: set[str]) -> int:
        """The lowest load of a candidate, and the slack."""
        slack: int = self.draw.rule(department).get("slack", 0)
        return min((self.load(department, person) for person in among), default=0) + slack


def spot_of(visit: Json) -> Spot:
    """Enterprise and period."""
    return visit["enterprise"], visit.get("period", "")


def on(visit: Json, department: str) -> list[str]:
    """Those of a department who are on a visit."""
    return [who for own, _, who in visit["places"] if own == department]


def begun(record: Json, rows: Sequence[Row], people: Sequence[Row] | None) -> State:
    """As it was drawn."""
    drawn = {part: value for part, value in record.items() if part != "amendments"}
    draw = Draw(drawn, rows, people)
    visits = [{**visit, "places": [tuple(place) for place in visit.get("places", [])]} for visit in drawn["visits"]]
    visited = {(demand, visit["enterprise"]) for visit in visits for demand in visit["demands"]}
    previous = oracle.hashed(draw.scheme, oracle.canonical(drawn))
    return State(draw, visits, visited, set(), [], [], previous)


def current(state: State) -> list[Json]:
    """The visits that stand, in the order of their tickets; those of one enterprise in the order they came up."""
    ordered = sorted(state.visits, key=lambda visit: (visit["ticket"], in_bytes(visit["enterprise"])))
    plain = [{**visit, "places": [list(place) for place in visit["places"]]} for visit in ordered]
    return [{part: value for part, value in visit.items() if part != "places" or value} for visit in plain]


# ---- one change


def amend(state: State, change: Mapping[str, str]) -> Json:
    """The amendment that follows from a change, as JSON has it; the state is that after it.

    Args:
        state: what the change is made on.
        change: enterprise, inspector, period, reason, on; the period as the visit has it.
    """
    visit = state.at((change["enterprise"], change.get("period", "")))
    assert visit is not None
    amendment: Json = {name: value for name, value in change.items() if value} | {"previous": state.previous}
    if change.get("inspector"):
        amendment |= {"places": _succeeded(state, visit, change["inspector"], change["reason"])}
    else:
        amendment |= _replaced(state, visit)
    amendment = {name: value for name, value in amendment.items() if value}
    state.previous = oracle.hashed(state.draw.scheme, oracle.canonical(amendment))
    return amendment


# ---- a person who cannot come


def reserves(state: State, spot: Spot, person: str) -> list[str]:
    """Who would come for somebody, in order: the candidates of the same slot by the same order."""
    visit = state.at(spot)
    assert visit is not None
    department, slot = next((own, slot) for own, slot, who in visit["places"] if who == person)
    rule = next(each for each in state.draw.slots(department) if each["name"] == slot)
    eligible = state.draw.eligible(department, rule, spot)
    free = {other for other in eligible - set(on(visit, department)) if state.free(department, other, spot[1])}
    left = {other for other in free if not state.stays_away(spot, other)}
    if left != free:
        state.draw.happens("gave up before")
    if slot not in _standing(state, department, visit["demands"]):
        state.draw.happens("slot stands no more")
    rest = [other for other in on(visit, department) if other != person]
    return state.ranked(department, spot, left, state.base(department, left), rest)


def _succeeded(state: State, visit: Json, person: str, reason: str) -> list[list[str]]:
    spot = spot_of(visit)
    following = reserves(state, spot, person)[:1]
    place = next(i for i, (_, _, who) in enumerate(visit["places"]) if who == person)
    department, slot, _ = visit["places"][place]
    visit["places"] = [*visit["places"][:place], *visit["places"][place + 1 :]]
    for successor in following:
        visit["places"].insert(place, (department, slot, successor))
    state.gave_up.append((spot, person, reason))
    state.lost.append((department, person, spot[1]))
    state.draw.happens("succeeded" if following else "nobody succeeds")
    return [[spot[0], department, slot, successor] for successor in following]


# ---- an enterprise that cannot be visited


def _replaced(state: State, visit: Json) -> Json:
    draw, (enterprise, period) = state.draw, spot_of(visit)
    state.visits = [each for each in state.visits if each is not visit]
    state.gone.add(enterprise)
    substitutes = _substitutes(state, visit)
    state.visited |= {(demand, taker) for demand, taker in substitutes.items()}
    takers = [taker for taker in draw.line if taker in substitutes.values()]
    draw.happens(f"{min(len(takers), 2)} substitutes")
    places: list[list[str]] = []
    for taker in takers:
        own = [demand for demand, each in substitutes.items() if each == taker]
        places += _taken(state, visit, (taker, period), own)
    for department, _, who in visit["places"]:
        if [department, who] not in [[own, taken] for _, own, _, taken in places]:
            state.lost.append((department, who, period))
    told = sorted(substitutes.items(), key=lambda pair: in_bytes(pair[0]))
    return {"substitutes": [list(pair) for pair in told], "places": places}


def _substitutes(state: State, visit: Json) -> dict[str, str]:
    """Demand by demand the lowest ticket of the stratum that was never visited for it and never found impossible."""
    draw, enterprise = state.draw, visit["enterprise"]
    found: dict[str, str] = {}
    for demand in visit["demands"]:
        if "follow" in draw.demands[demand]:
            continue
        stratum = draw.member[enterprise][demand]
        left = [
            other
            for other in draw.line
            if draw.member[other].get(demand) == stratum and (demand, other) not in state.visited
        ]
        draw.happens("gone is passed over" if left and left[0] in state.gone else "first of the line")
        left = [other for other in left if other not in state.gone]
        if left:
            found[demand] = left[0]
        else:
            draw.happens("nobody left")
    for demand in visit["demands"]:
        followed = draw.demands[demand].get("follow")
        if followed in found and demand in draw.member[found[followed]]:
            found[demand] = found[followed]
            draw.happens("follower follows")
        elif followed:
            draw.happens("follower lost" if followed in found else "follower without lead")
    return found


def _taken(state: State, replaced: Json, spot: Spot, demands: list[str]) -> list[list[str]]:
    """A substitute with its demands and people: who was dealt there stays, then the heirs, then the next."""
    draw = state.draw
    visit = state.at(spot)
    if visit is None:
        elsewhere = [each for each in state.visits if each["enterprise"] == spot[0]]
        draw.happens("two visits" if elsewhere else "new visit")
        visit = {"enterprise": spot[0], "ticket": draw.ticket("target", spot[0]), "demands": [], "places": []}
        visit |= {"period": spot[1]} if spot[1] else {}
        state.visits.append(visit)
    else:
        draw.happens("merged")
    visit["demands"] = sorted({*visit["demands"], *demands}, key=in_bytes)
    visit["departments"] = sorted({draw.department(demand) for demand in visit["demands"]}, key=in_bytes)
    visit["lead"] = next(draw.department(demand) for demand in draw.demands if demand in visit["demands"])
    new: list[list[str]] = []
    for department in sorted({draw.department(demand) for demand in demands}, key=in_bytes):
        if department in draw.dealt and on(replaced, department):
            new += [[spot[0], *seat] for seat in _team(state, department, visit, replaced)]
    return new


def _team(state: State, department: str, visit: Json, replaced: Json) -> list[Seat]:
    """Fill the open places of a department on a visit."""
    draw, spot = state.draw, spot_of(visit)
    there = [(slot, who) for own, slot, who in visit["places"] if own == department]
    heirs = [(slot, who) for own, slot, who in replaced["places"] if own == department]
    slots = _in_order(state, department, spot, visit["demands"])
    kept: dict[str, list[str]] = {}
    for slot in slots:
        name = slot["name"]
        room = _room(slot, there)
        able = draw.eligible(department, slot, spot)
        for own, who in heirs:
            if own != name:
                continue
            taken, gone = who in on(visit, department), state.stays_away(spot, who)
            fits = who in able and state.free(department, who, spot[1]) and not taken and not gone
            if fits and len(kept.get(name, [])) < room:
                kept.setdefault(name, []).append(who)
                draw.happens("heir keeps the place")
            else:
                why = (who not in able, not state.free(department, who, spot[1]), taken, gone, True)
                told = ("not eligible", "full", "there already", "gave up there", "no room")
                draw.happens(f"heir lost: {told[why.index(True)]}")
    new: list[Seat] = []
    on_visit = [who for _, who in there] + [who for own in kept.values() for who in own]
    for slot in slots:
        name, own = slot["name"], kept.get(slot["name"], [])
        new += [(department, name, who) for who in own]
        among = {
            person
            for person in draw.eligible(department, slot, spot) - set(on_visit)
            if state.free(department, person, spot[1]) and not state.stays_away(spot, person)
        }
        base = state.base(department, among)
        for _ in range(_room(slot, there) - len(own)):
            first = state.ranked(department, spot, among, base, on_visit)[:1]
            draw.happens("next goes" if first else "place stays empty")
            among -= set(first)
            on_visit += first
            new += [(department, name, who) for who in first]
    before = [place for place in visit["places"] if place[0] <= department]
    after = [place for place in visit["places"] if place[0] > department]
    visit["places"] = [*before, *new, *after]
    return new


def _room(slot: Json, there: list[tuple[str, str]]) -> int:
    return max(0, int(slot.get("count", 1)) - len([who for own, who in there if own == slot["name"]]))


def _standing(state: State, department: str, demands: Iterable[str]) -> list[str]:
    named = set(demands)
    return [
        slot["name"]
        for slot in state.draw.slots(department)
        if slot.get("only_for", "") in ("", *named) and slot.get("not_for") not in named
    ]


def _in_order(state: State, department: str, spot: Spot, demands: Iterable[str]) -> list[Json]:
    """The slots of a visit: ascending (number of eligible people − need), then as declared."""
    standing = _standing(state, department, demands)
    slots = [slot for slot in state.draw.slots(department) if slot["name"] in standing]
    return sorted(slots, key=lambda s: len(state.draw.eligible(department, s, spot)) - int(s.get("count", 1)))
