"""What is counted in the deals of many draws and held against its chance: people, places in lists, pairs, loads.

People are compared with those of their class only, whom the task does not tell apart. Given how many of K alike people
are somewhere in a draw, s, any s of them are as likely as any others; so each is there with the chance s/K, and of K′
of them a hypergeometric number (K, K′, s). Draws are independent: what is added up over them has the limits of `tails`.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations, product
from math import exp, log
from typing import Final, TypeAlias

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from dual_random.testing.tails import Comparison
from tails import Sums
from team_rounds import NOBODY, Flags, Numbers, Series, taken

# ---- bets


TILTS: Final = (-0.4, -0.1, -0.05, 0.05, 0.1, 0.4)
Chances: TypeAlias = NDArray[np.float64]


@frozen(eq=False)
class Bet:
    """A bet against the lot at fair odds, all that is won being staked again on the next pick.

    In each pick some of those who could as well have been picked are marked; which ones, depends on what went before
    and never on the pick. Whoever holds that marked ones are picked e^tilt times too often, multiplies the stake by
    e^tilt / (1 + p·(e^tilt − 1)) if one is, by 1 / (1 + p·(e^tilt − 1)) if none is, p being their share: 1 on average,
    whatever went before. So the stake grows to L or more with a probability of 1/L at most (Ville 1939), however the
    picks hang together. It is divided among a few tilts.

    Args:
        name: of the marked ones.
        chances: for each pick, their share.
        seen: for each pick, whether it was one of them.
    """

    name: str
    chances: Chances
    seen: Flags

    @property
    def tail(self) -> float:
        """The chance, at most, of a gain like this."""
        return min(1.0, len(TILTS) * exp(-max(0.0, *map(self.gain, TILTS))))

    def gain(self, tilt: float) -> float:
        """The logarithm of what a stake has become."""
        return float(tilt * self.seen.sum() - np.log1p(self.chances * np.expm1(tilt)).sum())

    def detectable(self, limit: float) -> float:
        """The smallest excess of the odds that crosses the limit with a probability of about .9."""
        return next(exp(odds) - 1 for odds in np.arange(0.01, 3, 0.01) if self._shows(odds, log(len(TILTS) / limit)))

    def _shows(self, odds: float, wanted: float) -> bool:
        chances = self.chances * np.exp(odds) / (1 + self.chances * np.expm1(odds))
        mean, deviation = chances.sum(), np.sqrt((chances * (1 - chances)).sum())
        losses = {tilt: np.log1p(self.chances * np.expm1(tilt)).sum() for tilt in TILTS if tilt > 0}
        return any(tilt * (mean - 1.2816 * deviation) - lost > wanted for tilt, lost in losses.items())


# ---- views


@frozen(eq=False)
class View:
    """Visits in some order: for each its name, who has its places, who goes."""

    names: list[str]
    seats: Numbers
    on: Flags

    def __iter__(self) -> Iterator[tuple[str, Numbers, Flags]]:
        return zip(self.names, self.seats.swapaxes(0, 1), self.on.swapaxes(0, 1), strict=True)


def views(of: Series) -> list[View]:
    """Enterprise by enterprise, in the order of dealing, in the order of the tickets that decide who is drawn."""
    found = [View(of.visits, of.seats, of.on)]
    for name, order in (("dealt", of.order), ("drawn", of.drawn)):
        names = [f"{name} {place}" for place in range(order.shape[1])]
        found.append(View(names, taken(of.seats, order), taken(of.on, order)))
    return found


def groups(of: Series) -> list[tuple[str, Numbers]]:
    """The classes with somebody to compare, named by their first."""
    return [(f"those like {of.people[own[0]]}", own) for own in of.classes if len(own) > 1]


def halves(of: Series, own: Numbers) -> dict[str, Flags]:
    """Parts of a class that mean nothing."""
    place = np.arange(len(own))
    return {
        "first half": place < len(own) // 2,
        "every other": place % 2 == 1,
        "first handed in": np.argsort(np.argsort(of.handed[own])) < len(own) // 2,
    }


def each_of(name: str, things: Sequence[str], happened: Flags) -> list[Comparison]:
    """Alike things, and in which draws each of them happened: if t of T happen, each has the chance t/T."""
    times = happened.sum(axis=1)
    undecided = (times > 0) & (times < len(things))
    if not undecided.any():
        return []
    trials, mean = int(undecided.sum()), float(times[undecided].sum()) / len(things)
    seen = happened[undecided].sum(axis=0).tolist()
    return [Comparison(f"{name}: {thing}", trials, mean, count) for thing, count in zip(things, seen, strict=True)]


# ---- families


def by_person(of: Series) -> list[Comparison]:
    """Each person on each visit, and in each place of it."""
    found = []
    for view, (_, own) in product(views(of)[:2], groups(of)):
        names = [of.people[person] for person in own]
        for name, seats, on in view:
            found += each_of(f"{name}, anywhere", names, on[:, own])
            for place, there in enumerate(seats.T):
                found += each_of(f"{name}, place {place}", names, there[:, None] == own)
    return found


def by_half(of: Series) -> list[Comparison]:
    """Each half of a class on each visit, and in its first place."""
    sums = Sums()
    for view, (like, own) in product(views(of), groups(of)):
        for half, marked in halves(of, own).items():
            for name, seats, on in view:
                for where, there in {"anywhere": on[:, own], "place 0": seats[:, :1] == own}.items():
                    label = f"{name}, {where}: {half} of {like}"
                    sums.add(label, len(own), marked.sum(), there.sum(axis=1), there[:, marked].sum(axis=1))
    return sums.comparisons()


def by_pair(of: Series) -> list[Comparison]:
    """Each two people of one class, or of two, together on each visit."""
    kinds = [list(combinations(own.tolist(), 2)) for own in of.classes if len(own) > 2]
    kinds += [list(product(one.tolist(), other.tolist())) for one, other in combinations(of.classes, 2)]
    found = []
    for view, pairs in product(views(of)[:2], kinds):
        one, other = np.array(pairs).T
        names = [f"{of.people[a]} and {of.people[b]}" for a, b in pairs]
        for name, _, on in view:
            found += each_of(name, names, on[:, one] & on[:, other])
    return found


def by_neighbours(of: Series) -> list[Comparison]:
    """Neighbours in a list who go together: of s in a line of K they are a hypergeometric number (K, s−1, s)."""
    sums = Sums()
    for view, (like, own) in product(views(of)[:2], groups(of)):
        for order, line in {"list": own, "handed in": own[np.argsort(of.handed[own])]}.items():
            for name, _, on in view:
                there = on[:, line]
                count, both = there.sum(axis=1), (there[:, 1:] & there[:, :-1]).sum(axis=1)
                sums.add(f"{name}, {like}: {order}", len(own), np.maximum(count - 1, 0), count, both)
    return sums.comparisons()


def by_load(of: Series) -> list[Comparison]:
    """Who has how many visits in the end, and in each period."""
    found, sums = [], Sums()
    times = {"in all": of.loads}
    for own in set(of.periods.tolist()) if of.task.most_per_period else ():
        times[f"in period {own}"] = of.on[:, of.periods == own].sum(axis=1)
    for (when, loads), (like, own) in product(times.items(), groups(of)):
        for load in range(int(loads.max()) + 1):
            has = loads[:, own] == load
            found += each_of(f"{load} {when}", [of.people[person] for person in own], has)
            for half, marked in halves(of, own).items():
                label = f"{load} {when}: {half} of {like}"
                sums.add(label, len(own), marked.sum(), has.sum(axis=1), has[:, marked].sum(axis=1))
    return found + sums.comparisons()


def by_visit(of: Series) -> list[Comparison]:
    """Visits that are alike: when they are dealt, and how many people of each class go."""
    found, sums = [], Sums()
    dealt_at, drawn_at = np.argsort(of.order), np.argsort(of.drawn)
    for kind in (kind for kind in of.kinds if len(kind) > 1):
        names = [of.visits[visit] for visit in kind]
        for place in range(of.order.shape[1]):
            found += each_of(f"dealt {place}", names, dealt_at[:, kind] == place)
        for own in of.classes:
            going = of.on[:, kind][..., own].sum(axis=2)
            for count in range(int(going.max()) + 1):
                found += each_of(f"{count} like {of.people[own[0]]}", names, going == count)
        early = 2 * dealt_at[:, kind] < of.order.shape[1]
        for part, marked in {
            "first half of the list": np.broadcast_to(2 * np.arange(len(kind)) < len(kind), early.shape),
            "drawn early": 2 * drawn_at[:, kind] < of.order.shape[1],
        }.items():
            both = (early & marked).sum(axis=1)
            sums.add(f"dealt early: {part}, like {names[0]}", len(kind), marked.sum(axis=1), early.sum(axis=1), both)
    return found + sums.comparisons()


def by_department(one: Series, other: Series) -> list[Comparison]:
    """What two departments have in common at the same enterprises: people, places in a list, order, loads."""
    found, sums = [], Sums()
    visits, people = one.on.shape[1:]
    names = [f"{a} and {b}" for a, b in product(one.people, other.people)]
    for name, here, there in zip(one.visits, one.on.swapaxes(0, 1), other.on.swapaxes(0, 1), strict=True):
        found += each_of(name, names, (here[:, :, None] & there[:, None]).reshape(len(here), -1))
        both = (here & there).sum(axis=1)
        sums.add(f"{name}: same place in the list", people, here.sum(axis=1), there.sum(axis=1), both)
    for place in range(visits):
        sums.add(f"dealt {place}: the same", visits, 1, 1, one.order[:, place] == other.order[:, place])
    early, soon = (2 * np.argsort(each.order) < visits for each in (one, other))
    sums.add("dealt early: by both", visits, early.sum(axis=1), soon.sum(axis=1), (early & soon).sum(axis=1))
    high, most = (each.loads == each.loads.max() for each in (one, other))
    sums.add(
        "most visits: same place in the list", people, high.sum(axis=1), most.sum(axis=1), (high & most).sum(axis=1)
    )
    return found + sums.comparisons()


def course(of: Series) -> list[Bet]:
    """Every pick of every deal, among those of a class who stand alike at the time: equal loads, also in the period.

    Marked are parts of the list; single people; those whose last visit lies further back than the average; those who
    have been out with the first of the team before. With rotation the first pick of a team only: the others depend on
    who has met whom, as they should.
    """
    seats, on = taken(of.seats, of.order), taken(of.on, of.order)
    draws, visits, people = on.shape
    rows, fixed, class_of = np.arange(draws), _parts(of), np.empty(people, dtype=np.intp)
    for number, own in enumerate(of.classes):
        class_of[own] = number
    bets: dict[str, list[tuple[Chances, Flags]]] = {}
    last = np.full((draws, people), -1)
    for place in range(visits):
        before = on[:, :place]
        state = np.stack([before.sum(axis=1), in_period(of, on, place), np.broadcast_to(class_of, last.shape)])
        free = np.ones((draws, people), dtype=bool)
        for seat, who in enumerate(seats[:, place, : 1 if of.task.rotate else None].T):
            alike = free & (state == state[:, rows, who][..., None]).all(axis=0) & (who != NOBODY)[:, None]
            size = np.maximum(alike.sum(axis=1), 1)
            marks = {**fixed, "went longer ago": last * size[:, None] < (last * alike).sum(axis=1)[:, None]}
            if seat:
                marks["has met the first"] = (before & before[rows, :, seats[:, place, 0]][..., None]).any(axis=1)
            for name, marked in marks.items():
                share = (alike & marked).sum(axis=1) / size
                open_ = (share > 0) & (share < 1)
                bets.setdefault(name, []).append((share[open_], (alike & marked)[rows, who][open_]))
            free[rows, who] &= who == NOBODY
        last[on[:, place]] = place
    return [Bet(name, *map(np.concatenate, zip(*own, strict=True))) for name, own in bets.items()]


def _parts(of: Series) -> dict[str, Flags]:
    """Parts of all classes, and every single person who has somebody to be compared with."""
    people = np.arange(len(of.people))
    found = {name: np.zeros(len(people), dtype=bool) for name in halves(of, people)}
    for own in of.classes:
        for name, marked in halves(of, own).items():
            found[name][own] = marked
    return found | {of.people[person]: people == person for _, own in groups(of) for person in own}


Found: TypeAlias = Comparison | Bet
Family: TypeAlias = Callable[[Series], Sequence[Found]]

FAMILIES: Final[dict[str, Family]] = {
    "people": by_person,
    "halves": by_half,
    "pairs": by_pair,
    "neighbours": by_neighbours,
    "loads": by_load,
    "visits": by_visit,
    "course": course,
}


def compare(found: Sequence[Series], family: str) -> list[Found]:
    """All comparisons of a family in the draws of a round."""
    if family == "departments":
        return [each for pair in combinations(found, 2) for each in by_department(*pair)]
    return [each for own in found for each in FAMILIES[family](own)]


# ---- rules


def broken(of: Series) -> set[str]:
    """Which rules are broken in some draw."""
    there = of.seats != NOBODY
    visits, places = np.indices(of.seats.shape[1:])
    rights = of.eligible[visits, places, of.seats]
    load = of.loads + np.array(of.task.carried)
    in_period = np.stack([of.on[:, of.periods == own].sum(axis=1) for own in set(of.periods.tolist())])
    rules = {
        "all places are filled": (there == of.eligible.any(axis=2)).all(),
        "nobody has two places": (of.on.sum(axis=2) == there.sum(axis=2)).all(),
        "all are eligible": (rights | ~there).all(),
        "most": of.task.most is None or load.max() <= of.task.most,
        "most a period": of.task.most_per_period is None or in_period.max() <= of.task.most_per_period,
        "work is shared evenly": not uneven(of),
    }
    return {rule for rule, kept in rules.items() if not kept}


def uneven(of: Series) -> int:
    """In how many draws somebody goes while somebody stays who could go and has a lower load.

    Only where nothing but the load decides: visits of one slot, no slack, no limit that needs the look-ahead.
    """
    if of.task.slack or of.task.most is not None or any(len(own) > 1 for own in of.task.openings):
        return 0
    on, eligible = taken(of.on, of.order), of.eligible[:, 0][of.order]
    found = np.zeros(of.draws, dtype=bool)
    for place in range(on.shape[1]):
        load = on[:, :place].sum(axis=1) + np.array(of.task.carried)
        stays = eligible[:, place] & ~on[:, place]
        if of.task.most_per_period is not None:
            stays &= in_period(of, on, place) < of.task.most_per_period
        highest = np.where(on[:, place], load, -1).max(axis=1)
        found |= highest > np.where(stays, load, load.max() + 1).min(axis=1)
    return int(found.sum())


def in_period(of: Series, on: Flags, place: int) -> Numbers:
    """How many visits of the period of a place in the order of dealing went to each person before."""
    periods = of.periods[of.order]
    same = periods[:, :place] == periods[:, place, None]
    found: Numbers = (on[:, :place] & same[..., None]).sum(axis=1, dtype=np.intp)
    return found
