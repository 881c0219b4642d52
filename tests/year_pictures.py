"""The pictures of the year in the docs: made here, compared by tests; run this file to write them again."""

from functools import cache
from pathlib import Path
from typing import Final

from district_year import year
from dual_random.cycle.savings import saved_by_month
from dual_random.cycle.year_pictures import joint_rate_by_month, visits_by_day, visits_by_month
from dual_random.cycle.years import TARGET

DOCS: Final = Path(__file__).parents[1] / "docs" / "pictures"
TITLE: Final = "示范区 2023"
NAMES: Final = ("year-joint-rate-by-month.svg", "year-visits-by-day.svg", "year-visits-by-month.svg")


@cache
def pictures() -> dict[str, bytes]:
    """All pictures by the names of their files."""
    months = saved_by_month(year().drawn)
    schedules = [schedule for _, schedule in year().drawn]
    return {
        "year-visits-by-month.svg": visits_by_month(months, title=TITLE),
        "year-joint-rate-by-month.svg": joint_rate_by_month(months, TARGET, title=TITLE),
        "year-visits-by-day.svg": visits_by_day(schedules, year().calendar, title=TITLE),
    }


if __name__ == "__main__":
    for name, data in pictures().items():
        (DOCS / name).write_bytes(data)
