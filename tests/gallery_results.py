"""The gallery, continued: lotteries that give results, places at schools and teams, broken and fair."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import cycle
from random import Random
from typing import Final

from dual_random.testing.procedures import by_person
from gallery import lot

PUPILS: Final = [f"pupil {37 * number % 91:02d}" for number in range(1, 91)]
WISHES: Final = {pupil: ("north south west", "south west north")[int(pupil[-2:]) % 2] for pupil in PUPILS}
SCHOOLS: Final = {"north": 25, "south": 25, "west": 20}

PEOPLE: Final = [f"P{5 * number % 13:02d}" for number in range(1, 13)]
VISITS: Final = [f"visit {number}" for number in range(1, 9)]
ROLES: Final = ("lead", "second")
RECUSED: Final = ("P05", "visit 3")


# ---- places at schools


def placed(order: Iterable[str]) -> dict[str, str]:
    """Each pupil, in this order, gets the first school wished for that has a place left."""
    left = dict(SCHOOLS)
    found: dict[str, str] = {}
    for pupil in order:
        school = next((name for name in WISHES[pupil].split() if left[name]), "")
        if school:
            left[school] -= 1
        found[pupil] = school
    return found


def school_two_digits(pupils: Sequence[str], seed: str) -> dict[str, str]:
    """Every pupil has a number from 0 to 99; equal ones go in the order of registration."""
    return placed(sorted(pupils, key=lambda pupil: int.from_bytes(lot(seed, pupil)) % 100))


def school_waiting_list(pupils: Sequence[str], seed: str) -> dict[str, str]:
    """First wishes by lot; whoever has none of them is placed in the order of registration."""
    order = sorted(pupils, key=lambda pupil: lot(seed, pupil))
    first = [pupil for school in SCHOOLS for pupil in _wishing(order, school)[: SCHOOLS[school]]]
    return placed([*first, *(pupil for pupil in pupils if pupil not in first)])


def _wishing(order: Iterable[str], school: str) -> list[str]:
    return [pupil for pupil in order if WISHES[pupil].startswith(school)]


# ---- inspectors and the visits they go to


def same_person_twice(people: Sequence[str], seed: str) -> dict[str, tuple[str, ...]]:
    """Both places of a team are drawn, each from all."""
    chance = Random(seed)
    return by_person({visit: chance.choices(sorted(people), k=2) for visit in VISITS})


def cyclic_blocks(people: Sequence[str], seed: str) -> dict[str, tuple[str, ...]]:
    """The list is dealt out two by two from a random start, round and round."""
    listed, start = sorted(people), Random(seed).randrange(len(people))
    dealt = cycle(listed[start:] + listed[:start])
    return by_person({visit: (next(dealt), next(dealt)) for visit in VISITS})


def fixed_partners(people: Sequence[str], seed: str) -> dict[str, tuple[str, ...]]:
    """Teams of two are fixed, as they share an office; a team is drawn for each visit."""
    listed, chance = sorted(people), Random(seed)
    teams = [listed[place : place + 2] for place in range(0, len(listed), 2)]
    return by_person({visit: chance.choice(teams) for visit in VISITS})


def fixed_partners_led(people: Sequence[str], seed: str) -> dict[str, tuple[str, ...]]:
    """Teams of two are fixed; a team is drawn for each visit, and then who leads it."""
    listed, chance = sorted(people), Random(seed)
    teams = [listed[place : place + 2] for place in range(0, len(listed), 2)]
    return led({visit: chance.sample(chance.choice(teams), 2) for visit in VISITS})


def least_loaded(people: Sequence[str], seed: str) -> dict[str, tuple[str, ...]]:
    """Whoever has the fewest visits goes, of equal ones the first in the list: nothing is drawn."""
    return balanced(people, lambda _visit, _person: b"")


def least_loaded_one_byte(people: Sequence[str], seed: str) -> dict[str, tuple[str, ...]]:
    """Whoever has the fewest visits goes, of equal ones by a ticket of one byte, then by the list."""
    return balanced(people, lambda visit, person: lot(seed, visit, person)[:1])


def balanced(people: Sequence[str], ticket: Callable[[str, str], bytes]) -> dict[str, tuple[str, ...]]:
    """Two for each visit: those with the fewest visits so far, by tickets, then by the list."""
    loads = dict.fromkeys(people, 0)
    teams: dict[str, list[str]] = {}
    for visit in VISITS:
        keys = {person: (loads[person], ticket(visit, person)) for person in people}
        teams[visit] = sorted(people, key=keys.__getitem__)[:2]
        for person in teams[visit]:
            loads[person] += 1
    return by_person(teams)


def one_seed_for_all_visits(people: Sequence[str], seed: str) -> dict[str, tuple[str, ...]]:
    """Each visit's team is drawn by the same seed: two people go everywhere, the others nowhere."""
    return by_person({visit: Random(seed).sample(sorted(people), 2) for visit in VISITS})


def lowest_number_leads(people: Sequence[str], seed: str) -> dict[str, tuple[str, ...]]:
    """Two are drawn for each visit, and `min(team)` leads."""
    return led({visit: sorted(two_of(people, seed, visit)) for visit in VISITS})


def first_half_leads(people: Sequence[str], seed: str) -> dict[str, tuple[str, ...]]:
    """The lead is drawn from the first half of the list, the second from the other."""
    listed, half = sorted(people), len(people) // 2
    return led({v: two_of(listed[:half], seed, v)[:1] + two_of(listed[half:], seed, v)[:1] for v in VISITS})


def two_of(people: Sequence[str], seed: str, visit: str) -> list[str]:
    """Two by full tickets."""
    return sorted(people, key=lambda person: lot(seed, visit, person))[:2]


def led(teams: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """The first of each team leads."""
    places = {f"{visit}, {role}": [team[row]] for visit, team in teams.items() for row, role in enumerate(ROLES)}
    return by_person(places)


def substitute_by_list(people: Sequence[str], seed: str) -> dict[str, tuple[str, ...]]:
    """Whoever may not go to a firm is replaced by the first in the list who is not in the team."""
    barred, at = RECUSED
    teams = {visit: two_of(people, seed, visit) for visit in VISITS}
    first = next(person for person in people if person not in teams[at] and person != barred)
    teams[at] = [first if person == barred else person for person in teams[at]]
    return by_person(teams)


# ---- fair ones


def school_lottery(pupils: Sequence[str], seed: str) -> dict[str, str]:
    """One full ticket for each pupil; by ascending ticket the first school wished for that has a place left."""
    return placed(sorted(pupils, key=lambda pupil: lot(seed, pupil)))


def least_loaded_by_lot(people: Sequence[str], seed: str) -> dict[str, tuple[str, ...]]:
    """Whoever has the fewest visits goes, of equal ones by a full ticket."""
    return balanced(people, lambda visit, person: lot(seed, visit, person))


def lowest_ticket_leads(people: Sequence[str], seed: str) -> dict[str, tuple[str, ...]]:
    """Two are drawn for each visit, and the lower ticket leads."""
    return led({visit: two_of(people, seed, visit) for visit in VISITS})


def substitute_by_lot(people: Sequence[str], seed: str) -> dict[str, tuple[str, ...]]:
    """Whoever may not go to a firm is replaced by the next ticket."""
    eligible = {visit: [person for person in people if (person, visit) != RECUSED] for visit in VISITS}
    return by_person({visit: two_of(eligible[visit], seed, visit) for visit in VISITS})
