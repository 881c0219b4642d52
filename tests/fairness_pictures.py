"""The pictures of fairness in the docs: made here, compared by tests; run this file to write them again."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from random import Random
from typing import Final

from draft import CALLED, lottery
from dual_random import sample
from dual_random.testing.fairness import examine
from dual_random.testing.places import places
from dual_random.testing.plots import inclusion_counts, p_values
from dual_random.testing.replicates import Replicates, replicate

DOCS: Final = Path(__file__).parents[1] / "docs" / "pictures"
UNITS: Final = tuple(f"E{number:03d}" for number in range(1, 61))
TRIALS: Final = 4000


def naive(units: Sequence[str], seed: str) -> list[str]:
    """The first twelve after the wrong shuffle: each card is exchanged with any other, not with one behind it."""
    random, cards = Random(seed), list(units)
    for place in range(len(cards)):
        other = random.randrange(len(cards))
        cards[place], cards[other] = cards[other], cards[place]
    return cards[:12]


def fair(units: Sequence[str], seed: str) -> Sequence[str]:
    """Twelve by their tickets."""
    return sample(units, 12, seed=seed, label="fair").drawn


@cache
def draws(broken: bool) -> Replicates:
    """Many draws of the wrong shuffle, or fair ones."""
    return replicate(naive if broken else fair, UNITS, TRIALS)


def pictures() -> dict[str, bytes]:
    """All pictures by the names of their files."""
    made = {}
    for year in CALLED:
        drawn = lottery(year)
        title = f"Draft lottery for {year}: the place of every birthday"
        made[f"draft-{year}.svg"] = places(drawn.order, "month", drawn.month, title=title)
    for broken, name in ((True, "-naive-shuffle"), (False, "-fair")):
        found = draws(broken)
        made[f"inclusion-counts{name}.svg"] = inclusion_counts(found)
        made[f"p-values{name}.svg"] = p_values(examine(found))
    return made


if __name__ == "__main__":
    for name, data in pictures().items():
        (DOCS / name).write_bytes(data)
