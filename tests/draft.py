"""The draft lotteries of the United States, as published: days of birth and their ranks."""

import csv
from pathlib import Path
from typing import Final

from attrs import frozen

from dual_random.testing.attributes import Attributes

FILE: Final = Path(__file__).parent / "data" / "draft1970.csv"
CALLED: Final = {1970: 195, 1971: 125, 1972: 95}  # by year, the last rank that was called


@frozen
class Lottery:
    """One lottery: days like ``"02-29"``, first rank first, with what is known of them."""

    order: tuple[str, ...]
    month: dict[str, str]
    day: dict[str, int]
    half: dict[str, str]

    @property
    def attributes(self) -> Attributes:
        """All three, by name."""
        return {"month": self.month, "day": self.day, "half": self.half}


def lottery(year: int) -> Lottery:
    """The lottery for the men of that year's call."""
    lines = [line for line in FILE.read_text("utf-8").splitlines() if not line.startswith("#")]
    rows = [row for row in csv.DictReader(lines) if row[f"rank_{year}"]]
    ranks = {f"{row['month']:0>2}-{row['day']:0>2}": int(row[f"rank_{year}"]) for row in rows}
    numbers = [int(row["day_of_year"]) for row in rows]
    return Lottery(
        order=tuple(sorted(ranks, key=lambda day: ranks[day])),
        month={day: day[:2].lstrip("0") for day in ranks},
        day=dict(zip(ranks, numbers, strict=True)),
        half={day: "first" if day < "07" else "second" for day in ranks},
    )
