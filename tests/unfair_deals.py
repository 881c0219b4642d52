"""Deals that are unfair, each in one way; most of them keep all limits, and nobody goes who is not eligible."""

from collections.abc import Callable, Iterator, Sequence
from itertools import count
from typing import Final, TypeAlias

import numpy as np
from attrs import evolve, frozen

from dual_random.deals import Dealer, Dealt, deal
from dual_random.eligibility import deal_order
from dual_random.flows import Staffing
from dual_random.schemes import Hash, Scheme, ticket_start
from dual_random.tasks import Opening, Task, numbers, people_of
from dual_random.tickets import Rows, first_words, whole_ticket
from team_rounds import Deals, Round, dealt

Deal: TypeAlias = Callable[[Task, Hash], Dealt]
Change: TypeAlias = Callable[[bytes], bytes]

SOMEBODY: Final = 3


# ---- tickets that are none


def unchanged(data: bytes) -> bytes:
    """As it is."""
    return data


@frozen(eq=False)
class Bent:
    """A hash that is told something else, or tells something else.

    Args:
        state: the hash.
        told: what it takes in, of what it is told.
        tells: what it tells, of its digest.
    """

    state: Hash
    told: Change = unchanged
    tells: Change = unchanged

    def copy(self) -> "Bent":
        """A second hash in the same state."""
        return evolve(self, state=self.state.copy())

    def update(self, data: bytes, /) -> None:
        """Take in more bytes."""
        self.state.update(self.told(data))

    def digest(self) -> bytes:
        """What it tells."""
        return self.tells(self.state.digest())

    def hexdigest(self) -> str:
        """The same in hex."""
        return self.digest().hex()


def nameless_start(scheme: Scheme, key: str, purpose: str, *names: str) -> Hash:
    """The hash state of a purpose, whatever the department."""
    return ticket_start(scheme, key, purpose)


def first_in_list(task: Task, start: Hash) -> Dealt:
    """On equal load, whoever stands first in the list."""
    return deal(task, Bent(start, tells=lambda _: bytes(32)))


def short_tickets(task: Task, start: Hash) -> Dealt:
    """Tickets of eight bits, equal ones in the order of the list."""
    return deal(task, Bent(start, tells=lambda ticket: ticket[:1]))


def shorter_tickets(task: Task, start: Hash) -> Dealt:
    """Tickets of four bits, equal ones in the order of the list."""
    return deal(task, Bent(start, tells=lambda ticket: bytes([ticket[0] >> 4])))


def one_order(task: Task, start: Hash) -> Dealt:
    """Tickets without the enterprise: one order of the people for all visits."""
    return deal(task, Bent(start, told=lambda data: b"" if data.endswith(b"\n") else data))


def by_place_in_list(task: Task, start: Hash) -> Dealt:
    """Tickets of the places in the list, instead of the people."""
    return deal(evolve(task, people=tuple(b"%d" % place for place in range(len(task.people)))), start)


# ---- no tickets


def dealt_to(task: Task, people: Iterator[int]) -> Dealt:
    """Whoever is next, for visits with one slot that is open to all."""
    return Dealt(tuple(tuple(next(people) for _ in range(own[0].need)) for own in task.openings), task.most)


def in_turn(task: Task, start: Hash) -> Dealt:
    """Down the list, and from its top again."""
    return dealt_to(task, (turn % len(task.people) for turn in count()))


def steady_partners(task: Task, start: Hash) -> Dealt:
    """The first of the list always with the second, the third with the fourth; which of these pairs, by lot."""
    pairs = len(task.people) // 2
    chosen = deal(_by_twos(task, pairs), start)
    return evolve(chosen, teams=tuple((2 * pair, 2 * pair + 1) for (pair,) in chosen.teams))


def _by_twos(task: Task, pairs: int) -> Task:
    opening = Opening(0, 1, (1 << pairs) - 1)
    return evolve(
        task, people=task.people[:pairs], carried=task.carried[:pairs], openings=((opening,),) * len(task.visits)
    )


def blocks_by_lot(task: Task, start: Hash) -> Dealt:
    """Neighbours in the list, from a place by lot; loads fall as they will."""
    size = len(task.people)
    firsts = [int.from_bytes(whole_ticket(start, visit)) % size for visit in task.visits]
    return dealt_to(task, (place % size for first in firsts for place in (first, first + 1)))


def independent_places(task: Task, start: Hash) -> Dealt:
    """Every place for itself by lot among all, as if nobody were on the visit yet."""
    places = [visit + b"\n%d" % place for visit in task.visits for place in range(2)]
    return dealt_to(task, iter([int.from_bytes(whole_ticket(start, place)) % len(task.people) for place in places]))


# ---- rules that are bent


def listed_teams(task: Task, start: Hash) -> Dealt:
    """Whoever stands higher in the list has the first place on the visit."""
    fair = deal(task, start)
    return evolve(fair, teams=tuple(tuple(sorted(team)) for team in fair.teams))


def without_carried(task: Task, start: Hash) -> Dealt:
    """What people bring along counts nothing."""
    return deal(evolve(task, carried=(0,) * len(task.people)), start)


def repaired_from_the_top(task: Task, start: Hash) -> Dealt:
    """A deal without the look-ahead; once it is stuck, places change hands from the top of the list."""
    plain = tuple(Dealer(task, start))
    if len(plain) == len(task.visits):
        return Dealt(plain, task.most)
    staffing = Staffing(task, task.most)
    assert staffing.fill(plain) is None
    found = []
    for visit, openings in enumerate(task.openings):
        kept = list(plain[visit]) if visit < len(plain) else []
        team: list[int] = []
        for number, opening in enumerate(openings):
            for _ in range(opening.need):
                team.append(_next(staffing, visit, number, [*kept[len(team) :][:1], *numbers(opening.eligible)], team))
        found.append(tuple(team))
    return Dealt(tuple(found), task.most)


def _next(staffing: Staffing, visit: int, number: int, wanted: Sequence[int], team: Sequence[int]) -> int:
    """The first of some people who may have a place."""
    return next(person for person in wanted if person not in team and staffing.give(visit, number, person))


def relief_at_the_end_of_the_list(task: Task, start: Hash) -> Dealt:
    """Where the limit has to be raised, it is not raised for the last four who do not lead."""
    leaders = task.openings[0][0].eligible
    spared = [person for person in range(len(task.people)) if not leaders >> person & 1][-4:]
    carried = tuple(int(person in spared) for person in range(len(task.people)))
    return deal(evolve(task, most=2, carried=carried), start)


def replaced_by_the_next(task: Task, start: Hash) -> Dealt:
    """Drawn among all, the absent too; for somebody who cannot go, the next in the list who can does."""
    people = (1 << len(task.people)) - 1
    open_to_all = tuple(tuple(evolve(each, eligible=people) for each in own) for own in task.openings)
    gone = dict.fromkeys(task.periods, 0)
    found = []
    for team, own, period in zip(
        deal(evolve(task, openings=open_to_all), start).teams, task.openings, task.periods, strict=True
    ):
        able = own[0].eligible & ~gone[period]
        went = [person for person in team if able >> person & 1]
        for person in [person for person in team if person not in went]:
            after = (other % len(task.people) for other in count(person + 1))
            went.append(next(other for other in after if able >> other & 1 and other not in went))
        gone[period] |= people_of(went)
        found.append(tuple(went))
    return Dealt(tuple(found), task.most)


def avoided(task: Task, start: Hash) -> Dealt:
    """Somebody who is dealt the first enterprise of the list exchanges places with somebody of the next visit."""
    found = [list(team) for team in deal(task, start).teams]
    at = task.visits.index(min(task.visits))
    here, there = found[at], found[(at + 1) % len(found)]
    others = [person for person in there if person not in here]
    if SOMEBODY in here and SOMEBODY not in there and others:
        here[here.index(SOMEBODY)], there[there.index(others[0])] = others[0], SOMEBODY
    return Dealt(tuple(map(tuple, found)), task.most)


def second_try(of: Round, number: int) -> Deals:
    """Of two draws the one in which one person goes less often."""

    def visits(deals: Deals) -> int:
        return sum(SOMEBODY in team for team in deals[0].dealt.teams)

    return min(dealt(of, number), dealt(of, number + 100_000), key=visits)


# ---- orders of dealing


def down_the_list(_: Scheme, key: str, department: str, enterprises: Sequence[bytes]) -> Rows:
    """Visits in the order of the list."""
    return np.arange(len(enterprises))


def as_drawn(scheme: Scheme, key: str, department: str, enterprises: Sequence[bytes]) -> Rows:
    """Visits in the order in which the enterprises were drawn."""
    words = first_words(ticket_start(scheme, key, "target"), [enterprises], len(enterprises))
    return np.argsort(words)


def without_department(scheme: Scheme, key: str, department: str, enterprises: Sequence[bytes]) -> Rows:
    """Visits in one order for all departments."""
    return deal_order(scheme, key, "", enterprises)
