"""The visits that stand after some amendments, derived from stated values alone (specification 17).

The visits of a record remain those that were drawn; what stands now is they with all amendments applied, in their
order. No register and no ticket but those of ids has a part in it, so whoever has the record can see it.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from attrs import evolve, frozen

from dual_random.amendments import Amendment, Spot
from dual_random.errors import Note, VerificationError
from dual_random.plans import Plan
from dual_random.staffing import Place
from dual_random.visits import Visit


class Docket:
    """The visits that stand after some amendments; those that none of them touches are asked for where they are.

    Args:
        plan: of the draw.
        drawn: the visits as they were drawn.
        ticket: gives the ticket of an enterprise.
    """

    def __init__(self, plan: Plan, drawn: Mapping[str, Visit], ticket: Callable[[str], str]) -> None:
        self._drawn, self._ticket = drawn, ticket
        self._order = {demand.name: place for place, demand in enumerate(plan.demands)}
        self._department = {demand.name: demand.department for demand in plan.demands}
        self._touched: dict[Spot, Visit | None] = {}
        self._since: dict[str, str] = {}  # enterprises that could not be visited
        self._also: dict[str, list[str]] = {}  # the periods that amendments gave to an enterprise
        self.gone: dict[Spot, str] = {}  # visits that were replaced, and when that was stated

    def visit(self, spot: Spot) -> Visit | None:
        """The visit that stands there; None if none does."""
        if spot in self._touched:
            return self._touched[spot]
        drawn = self._drawn.get(spot[0])
        return drawn if drawn is not None and drawn.period == spot[1] else None

    def periods(self, enterprise: str) -> tuple[str, ...]:
        """The periods in which an enterprise is visited."""
        drawn = self._drawn.get(enterprise)
        also = self._also.get(enterprise, [])
        possible = dict.fromkeys([*([] if drawn is None else [drawn.period]), *also])
        return tuple(period for period in possible if self.visit((enterprise, period)) is not None)

    def all(self) -> tuple[Visit, ...]:
        """All visits that stand, in the order of their tickets, those of one enterprise in the order they came up."""
        names = dict.fromkeys([*self._drawn, *self._also])
        visits = [self.visit((name, period)) for name in names for period in self.periods(name)]
        return tuple(sorted(filter(None, visits), key=lambda visit: (visit.ticket, visit.enterprise)))

    def is_gone(self, enterprise: str) -> bool:
        """Whether an enterprise was found impossible to visit."""
        return enterprise in self._since

    def since(self, spot: Spot) -> str:
        """When it was stated that a visit cannot be paid, or that its enterprise cannot be visited."""
        return self.gone.get(spot) or self._since[spot[0]]

    def misfits(self, amendment: Amendment) -> list[Note]:
        """Why an amendment cannot be applied to these visits."""
        visit = self.visit(amendment.spot)
        if visit is None:
            return [Note("amendment-no-visit", "", {"enterprise": amendment.enterprise, "period": amendment.period})]
        if amendment.inspector:
            return list(self._person_misfits(amendment, visit))
        strange = [name for name, _ in amendment.substitutes if name not in visit.demands or name not in self._order]
        faults = [Note("amendment-demand", f"substitutes.{name}", {"demand": name}) for name in strange]
        faults += self._doubled(amendment)
        takers = amendment.takers
        coming = {name: {self._department.get(demand, "") for demand in own} for name, own in takers.items()}
        return faults + [
            Note("amendment-place", f"places[{i}]", {"enterprise": enterprise, "department": department})
            for i, (enterprise, department, _, _) in enumerate(amendment.places)
            if department not in coming.get(enterprise, ())
        ]

    def _doubled(self, amendment: Amendment) -> list[Note]:
        """People whom an amendment puts on a visit on which they are already."""
        seen: dict[str, set[str]] = {}
        faults = []
        for i, (enterprise, _, _, who) in enumerate(amendment.places):
            there = self.visit((enterprise, amendment.period))
            on = seen.setdefault(enterprise, {each for *_, each in there.places} if there else set())
            if who in on:
                faults.append(Note("amendment-twice", f"places[{i}]", {"inspector": who, "enterprise": enterprise}))
            on.add(who)
        return faults

    def _person_misfits(self, amendment: Amendment, visit: Visit) -> Iterator[Note]:
        own = next((place for place in visit.places if place[2] == amendment.inspector), None)
        if own is None:
            yield Note("amendment-not-sent", "", {"inspector": amendment.inspector, "enterprise": amendment.enterprise})
        yield from self._doubled(amendment)
        if amendment.substitutes:
            yield Note("amendment-both", "substitutes", {"inspector": amendment.inspector})
        for i, (enterprise, department, slot, _) in enumerate(amendment.places):
            if i or own is None or (enterprise, department, slot) != (amendment.enterprise, *own[:2]):
                yield Note("amendment-place", f"places[{i}]", {"enterprise": enterprise, "department": department})

    def apply(self, amendment: Amendment) -> list[tuple[Visit | None, Visit | None]]:
        """Take up an amendment that fits.

        Returns:
            The visits that it changes, before and after; None where there was or is none.
        """
        visit = self._touched[amendment.spot] = self.visit(amendment.spot)
        if visit is None:
            return []
        if amendment.inspector:
            return [self._set(visit, evolve(visit, places=_with_successor(visit, amendment)))]
        self._touched[amendment.spot] = None
        self.gone[amendment.spot] = amendment.on
        self._since[amendment.enterprise] = amendment.on
        taken = [self._take(amendment, *pair) for pair in amendment.takers.items()]
        return [(visit, None), *taken]

    def _set(self, before: Visit | None, after: Visit) -> tuple[Visit | None, Visit]:
        self._touched[after.enterprise, after.period] = after
        return before, after

    def _take(self, amendment: Amendment, enterprise: str, demands: Sequence[str]) -> tuple[Visit | None, Visit]:
        spot = (enterprise, amendment.period)
        places = [place[1:] for place in amendment.places if place[0] == enterprise]
        before, after = self.visit(spot), self.joined(spot, demands, places)
        self._also.setdefault(enterprise, []).append(amendment.period)
        return self._set(before, after)

    def departments(self, demands: Iterable[str]) -> tuple[str, ...]:
        """The departments that come for some demands, in byte order."""
        return tuple(sorted({self._department.get(name, name) for name in demands}))  # a forged record has others

    def joined(self, spot: Spot, demands: Iterable[str], places: Iterable[Place] = ()) -> Visit:
        """The visit that would stand there with some demands, and their people, more."""
        enterprise, period = spot
        before = self.visit(spot)
        own = tuple(sorted({*demands, *(before.demands if before else ())}))
        first = min(own, key=lambda name: self._order.get(name, len(self._order)))
        return Visit(
            enterprise=enterprise,
            ticket=self._ticket(enterprise),
            demands=own,
            departments=self.departments(own),
            lead=self._department.get(first, first),
            period=period,
            extra=before.extra if before else False,
            places=sorted([*(before.places if before else ()), *places], key=lambda place: place[0]),
        )


def _with_successor(visit: Visit, amendment: Amendment) -> list[Place]:
    """The places of a visit with another person in one of them, or without it."""
    successor = [place[1:] for place in amendment.places]
    place = next(i for i, (*_, who) in enumerate(visit.places) if who == amendment.inspector)
    return [*visit.places[:place], *successor, *visit.places[place + 1 :]]


def take_up(docket: Docket, amendments: Iterable[Amendment]) -> Docket:
    """A docket with all of some amendments applied.

    Raises:
        VerificationError: amendments that do not fit the visits, by the first that does not.
    """
    for _ in _steps(docket, amendments):
        pass
    return docket


def _steps(docket: Docket, amendments: Iterable[Amendment]) -> Iterator[tuple[Visit, Amendment]]:
    """Each amendment with the visit that it changes, and then applied."""
    for i, amendment in enumerate(amendments):
        misfits, visit = docket.misfits(amendment), docket.visit(amendment.spot)
        if misfits or visit is None:
            raise VerificationError(note.under(f"amendments[{i}]") for note in misfits)
        yield visit, amendment
        docket.apply(amendment)


@frozen(kw_only=True)
class Replacement:
    """How often one person was replaced after the draw, and how often one took the place of another.

    Somebody who is replaced again and again, or steps in again and again, is a question to be asked.

    Args:
        inspector: an id.
        gave_up: visits on which somebody else went, or nobody.
        took_over: visits to which this person came instead.

    >>> Replacement(inspector="F1", gave_up=2, took_over=0).gave_up
    2
    """

    inspector: str
    gave_up: int
    took_over: int


def replacements(docket: Docket, amendments: Iterable[Amendment]) -> tuple[Replacement, ...]:
    """The replacements of everybody who has any, most first, then in byte order.

    Whoever goes with a visit to its substitute is not replaced.

    Raises:
        VerificationError: amendments that do not fit the visits.
    """
    gave_up, took_over = Counter[str](), Counter[str]()
    for visit, amendment in _steps(docket, amendments):
        before = {amendment.inspector} if amendment.inspector else {who for *_, who in visit.places}
        after = {who for *_, who in amendment.places}
        gave_up.update(before - after)
        took_over.update(after - before)
    names = sorted({*gave_up, *took_over}, key=lambda name: (-gave_up[name] - took_over[name], name))
    return tuple(Replacement(inspector=name, gave_up=gave_up[name], took_over=took_over[name]) for name in names)


# ---- told for one enterprise, or one person


def amended_steps(
    amendments: Iterable[Amendment], standing: Iterable[Visit], enterprise: str, inspector: str = ""
) -> Iterator[Note]:
    """What was changed after the draw for an enterprise, or for a person there, and how things stand now."""
    told = [
        note
        for each in amendments
        for part in [{"enterprise": enterprise, "on": each.on, "reason": each.told_reason}]
        for note in (_of_person(each, part, inspector) if inspector else _of_enterprise(each, part))
    ]
    yield from told
    if told:
        yield from _now([visit for visit in standing if visit.enterprise == enterprise], enterprise, inspector)


def _now(visits: Sequence[Visit], enterprise: str, inspector: str) -> Iterator[Note]:
    """How things stand for an enterprise, or for a person there."""
    if inspector:
        goes = any(inspector == who for visit in visits for *_, who in visit.places)
        yield Note("why-goes-now" if goes else "why-stays-now", "", {"inspector": inspector, "enterprise": enterprise})
    elif not visits:
        yield Note("why-no-visit-now", "", {"enterprise": enterprise})
    for visit in visits if not inspector else ():
        people = "; ".join(f"{name} {', '.join(team)}" for name, team in visit.team.items()) or "–"
        told = {"enterprise": enterprise, "period": visit.period or "–", "people": people}
        yield Note("why-visit-now", "", {**told, "departments": ", ".join(visit.departments)})


def _of_enterprise(amendment: Amendment, told: dict[str, str]) -> Iterator[Note]:
    takers = amendment.takers
    if told["enterprise"] in takers:
        demands = ", ".join(takers[told["enterprise"]])
        yield Note("why-takes-over", "", {**told, "replaced": amendment.enterprise, "demands": demands})
    if amendment.enterprise != told["enterprise"]:
        return
    if amendment.inspector:
        people = ", ".join(who for *_, who in amendment.places) or "–"
        yield Note("why-person-replaced", "", {**told, "inspector": amendment.inspector, "people": people})
    else:
        yield Note("why-replaced", "", {**told, "takers": ", ".join(takers) or "–"})


def _of_person(amendment: Amendment, told: dict[str, str], inspector: str) -> Iterator[Note]:
    enterprise = told["enterprise"]
    people = [who for at, *_, who in amendment.places if at == enterprise]
    if amendment.enterprise == enterprise and inspector == amendment.inspector:
        yield Note("why-gave-up", "", {**told, "inspector": inspector, "people": ", ".join(people) or "–"})
    elif amendment.enterprise == enterprise and not amendment.inspector:
        yield Note("why-replaced", "", {**told, "takers": ", ".join(amendment.takers) or "–"})
    if inspector in people:
        cause = amendment.inspector or amendment.enterprise
        yield Note("why-took-over", "", {**told, "inspector": inspector, "replaced": cause})
