"""What everybody of a department has been dealt, kept up after the draw; and who would come next (specification 17).

The deal itself (`dual_random.deals`) goes forward only and looks ahead. After it, visits fall away and are taken over,
and whoever comes next is asked with all other places filled.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import combinations

from dual_random.deals import members
from dual_random.eligibility import Crew
from dual_random.schemes import Hash
from dual_random.tasks import Opening, People
from dual_random.tickets import digests


class Ledger:
    """How much everybody of a department has been dealt, and who would come next.

    Args:
        crew: its people and its rule.
        start: the hash state of key, purpose `inspector` and department.
        most: the limit in force, which relief may have raised.
    """

    def __init__(self, crew: Crew, start: Hash, most: int | None) -> None:
        self.crew, self._start, self._most = crew, start, most
        self.number = {name.decode(): person for person, name in enumerate(crew.people)}
        self._loads = list(crew.carried)
        self._in_period: Counter[tuple[int, int]] = Counter()
        self._met: Counter[tuple[int, int]] = Counter(crew.met if crew.rule.rotate else {})

    def copy(self) -> "Ledger":
        """The same, to try something out."""
        made = Ledger(self.crew, self._start, self._most)
        made._loads, made._in_period, made._met = self._loads.copy(), self._in_period.copy(), self._met.copy()
        return made

    def enter(self, team: Iterable[str], period: int, times: int = 1) -> None:
        """Take a team of a visit into account, or out of it if times is -1."""
        people = sorted(self.number[name] for name in team if name in self.number)
        for person in people:
            self._loads[person] += times
            self._in_period[person, period] += times
        if self.crew.rule.rotate:
            for pair in combinations(people, 2):
                self._met[pair] += times

    def keep(self, names: Iterable[str], period: int) -> None:
        """Count a place that somebody gave up: loads never fall, or whoever gave one up would be the next elsewhere."""
        for name in names:
            if name in self.number:
                self._loads[self.number[name]] += 1
                self._in_period[self.number[name], period] += 1

    def free(self, person: int, period: int) -> bool:
        """Whether somebody is below the limits."""
        per_period = self.crew.rule.most_per_period
        below = self._most is None or self._loads[person] < self._most
        return below and (per_period is None or self._in_period[person, period] < per_period)

    def candidates(self, eligible: People, period: int, out: Iterable[int]) -> list[int]:
        """Who is eligible, below the limits, and not out of the question."""
        left = frozenset(out)
        people = members(eligible, range(len(self.crew.people)))
        return [person for person in people if person not in left and self.free(person, period)]

    def ranked(self, candidates: Sequence[int], base: int, team: Sequence[int], enterprise: str) -> list[int]:
        """Candidates by max(load, base), meetings with those on the visit, ticket, id."""
        state = self._start.copy()
        state.update(enterprise.encode() + b"\n")
        tickets = dict(zip(candidates, digests(state, [self.crew.people[each] for each in candidates]), strict=True))

        def order(person: int) -> tuple[int, int, bytes, int]:
            met = sum(self._met[min(person, each), max(person, each)] for each in team)
            return max(self._loads[person], base), met, tickets[person], person

        return sorted(candidates, key=order)

    def base(self, candidates: Iterable[int]) -> int:
        """The load up to which all loads count alike."""
        return min((self._loads[person] for person in candidates), default=0) + self.crew.rule.slack

    def fill(
        self, opening: Opening, need: int, period: int, team: Sequence[int], enterprise: str, gone: Iterable[int]
    ) -> list[int]:
        """The next people for some places of a slot; fewer, if nobody is left. Those who are gone do not come."""
        candidates = self.candidates(opening.eligible, period, [*team, *gone])
        base = self.base(candidates)
        chosen: list[int] = []
        while candidates and len(chosen) < need:
            first = self.ranked(candidates, base, [*team, *chosen], enterprise)[0]
            candidates.remove(first)
            chosen.append(first)
        return chosen
