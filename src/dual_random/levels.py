"""People by their load, the least loaded first."""

from bisect import insort
from collections.abc import Iterable

from dual_random.tasks import People


class Levels:
    """Who has which load; loads only grow.

    >>> levels = Levels([0, 2, 0])
    >>> levels.rise(0)
    >>> levels.loads, levels.at[levels.lowest(0b011)], levels.of[0]
    ([0, 1, 2], 1, 1)
    """

    def __init__(self, loads: Iterable[int]) -> None:
        self.of = list(loads)
        self.at: dict[int, People] = {}
        for person, load in enumerate(self.of):
            self.at[load] = self.at.get(load, 0) | 1 << person
        self.loads = sorted(self.at)

    def lowest(self, people: People) -> int:
        """The least load among some people, of whom there is one at least."""
        for load in self.loads:
            if self.at[load] & people:
                break
        return load

    def rise(self, person: int) -> None:
        """One more for somebody."""
        load, bit = self.of[person], 1 << person
        self.of[person] = load + 1
        self.at[load] ^= bit
        if not self.at[load]:
            del self.at[load]
            self.loads.remove(load)
        if load + 1 not in self.at:
            self.at[load + 1] = 0
            insort(self.loads, load + 1)
        self.at[load + 1] |= bit
