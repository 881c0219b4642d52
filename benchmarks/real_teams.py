"""What drawing inspectors by lot, recusal and rotation change, on a real log of visits with the people who paid them.

Usage: ``python benchmarks/real_teams.py ESTABLISHMENTS INSPECTIONS``: two CSV files (also gzip) of one city's food
inspections; the first with the columns ``establishmentid`` and ``risk_category``, the second with ``establishmentid``,
``inspection_date`` (ISO) and ``inspectorid``. Every month of the log becomes a plan: the establishments that were
visited, each visit staffed anew by lot among the inspectors who worked in that month; with rotation the meetings of all
months before count, with recusal whoever was at a place last may not go there. Loads start anew every month: whoever
joins later should not have to catch up with years of the others.

The establishments are real, so is the calendar; who goes is drawn. Nothing here is a test.
"""

import argparse
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import combinations, pairwise
from math import comb
from time import perf_counter

from attrs import frozen

from dual_random import Demand, Plan, Recusal, Register, SeedSource, Slot, TeamRule, commit, draw
from dual_random.errors import InputError
from dual_random.files import Reading, read_register

SOURCE = SeedSource(source="lottery", event="benchmark", earliest="2016-07-01T00:00Z", form="00 00 00 00 00 00 + 00")
DEPARTMENT = "卫健"


@frozen
class Month:
    """Whom the log says was visited in a month, and who worked in it."""

    name: str
    visited: tuple[str, ...]
    worked: tuple[str, ...]


@frozen
class Way:
    """One way of sending people."""

    name: str
    members: int
    recuse: bool = False
    rotate: bool = False


WAYS = (
    Way("by lot", 1),
    Way("by lot, the last one recused", 1, recuse=True),
    Way("by lot", 2),
    Way("with rotation", 2, rotate=True),
    Way("with rotation, the last ones recused", 2, recuse=True, rotate=True),
)


def log(path: str) -> list[tuple[str, str, str]]:
    """Date, establishment and inspector of every visit, in the order of the dates."""
    rows = read_register(path, Reading(id="inspectionid"), ("establishmentid", "inspection_date", "inspectorid"))
    read = rows.value
    return sorted(
        (read(row, "inspection_date"), read(row, "establishmentid"), read(row, "inspectorid")) for row in rows
    )


def months(visits: Sequence[tuple[str, str, str]]) -> list[Month]:
    """The log month by month; an establishment counts once a month."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for date, place, person in visits:
        found[date[:7]].append((place, person))
    return [
        Month(name, tuple(sorted({place for place, _ in own})), tuple(sorted({person for _, person in own})))
        for name, own in sorted(found.items())
    ]


def again(teams: Mapping[str, Sequence[Sequence[str]]]) -> tuple[int, int]:
    """Of consecutive visits to the same place, how many had an inspector in common; and how many there are."""
    pairs = [pair for own in teams.values() for pair in pairwise(own)]
    return sum(bool(set(before) & set(after)) for before, after in pairs), len(pairs)


def replay(
    places: Register, calendar: Sequence[Month], way: Way, number: int
) -> tuple[dict[str, list[tuple[str, ...]]], list[Fraction]]:
    """Every month drawn one after the other: who went to each place, in order.

    And for each month how often the most frequent pair went together, as a multiple of what all pairs had if they went
    equally often.
    """
    teams: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    often: list[Fraction] = []
    met: Counter[tuple[str, str]] = Counter()
    for place, month in enumerate(calendar):
        known = [name for name in month.visited if name in places]
        enterprises = Register(
            {"id": known, "risk": [places.value(name, "risk_category") for name in known]}, id="id", columns=["risk"]
        )
        inspectors = Register.from_rows(
            [{"id": name, "department": DEPARTMENT} for name in month.worked], id="id", columns=["department"]
        )
        rule = TeamRule(DEPARTMENT, slots=[Slot("member", way.members)], rotate=way.rotate, slack=1)
        plan = Plan(
            title=f"{month.name} {way.name}",
            authority="benchmark",
            number=f"{number}-{place}",
            seed=SOURCE,
            demands=[Demand(DEPARTMENT, take="100%")],
            teams=[rule],
        )
        recusals = [
            Recusal(person, enterprise=name, reason="was there last")
            for name in (known if way.recuse else ())
            for person in (teams[name][-1] if teams[name] else ())
            if person in inspectors
        ]
        seed = f"{number:02d} {place:02d} 00 00 00 00 + 00"
        here = {pair: times for pair, times in met.items() if pair[0] in inspectors and pair[1] in inspectors}
        commitment = commit(plan, enterprises, inspectors, recusals=recusals, meetings=here)
        own: Counter[tuple[str, str]] = Counter()
        for name, visit in draw(commitment, enterprises, inspectors, seed=seed).record.items():
            team = visit.team[DEPARTMENT]
            teams[name].append(team)
            own.update(combinations(sorted(team), 2))
        met.update(own)
        if own:
            often.append(Fraction(max(own.values()) * comb(len(month.worked), 2), own.total()))
    return teams, often


def told(
    name: str, members: str, teams: Mapping[str, Sequence[Sequence[str]]], often: Sequence[Fraction], seconds: str = "–"
) -> str:
    """One line of the table."""
    same, pairs = again(teams)
    loads = Counter(person for own in teams.values() for team in own for person in team)
    busiest = loads.most_common(1)[0][1] / sum(loads.values())
    top = f"{float(sum(often) / len(often)):.2f}" if often else "–"
    return f"{name:38} {members:>2} {same:>5}/{pairs:<5} {same / pairs:>6.1%} {busiest:>8.1%} {top:>8} {seconds:>8}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("establishments")
    parser.add_argument("inspections")
    given = parser.parse_args()
    try:
        places = read_register(given.establishments, Reading(id="establishmentid", null=""), ("risk_category",))
        visits = log(given.inspections)
    except InputError as error:
        parser.error(str(error))
    calendar = months(visits)
    once: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    seen: set[tuple[str, str]] = set()
    for date, place, person in visits:
        if (place, date[:7]) not in seen and place in places:
            once[place].append((person,))
            seen.add((place, date[:7]))
    print(f"{len(visits)} visits, {len(calendar)} months, {len({person for *_, person in visits})} inspectors")
    print(f"{'':38} {'':>2} {'same again':>11} {'':>6} {'busiest':>8} {'top pair':>8} {'seconds':>8}")
    print(told("as it was", "1", once, ()))
    for number, way in enumerate(WAYS):
        start = perf_counter()
        teams, often = replay(places, calendar, way, number)
        print(told(way.name, str(way.members), teams, often, f"{perf_counter() - start:.1f}"))


if __name__ == "__main__":
    main()
