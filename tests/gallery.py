"""A gallery of samples: broken ones, each as it occurs in offices, databases and scripts, and fair ones beside them.

They are functions of this module so that fresh processes can be asked, too. `test_gallery` says what sees each of them.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cmp_to_key
from hashlib import sha256
from itertools import pairwise
from random import Random
from typing import Final
from zlib import crc32

from dual_random import sample

TAKEN: Final = 12

UNITS: Final = [f"E{37 * number % 61:02d}" for number in range(1, 61)]  # as registered, not as sorted
MANY: Final = [f"E{271 * number % 721:03d}" for number in range(1, 721)]
GAPPED: Final = [f"E{number:02d}" for number in range(1, 91) if number % 3 and number % 7]  # others have closed
DISTRICT: Final = {unit: "north" if int(unit[1:]) % 3 == 0 else "south" for unit in UNITS}
RISK: Final = {unit: "D" if int(unit[1:]) <= 4 else "B" if int(unit[1:]) <= 20 else "A" for unit in UNITS}
STAFF: Final = {unit: 4 if int(unit[1:]) % 2 else 1 for unit in UNITS}
CLOSED: Final = "E30"
FAVOURITE: Final = "E07"


def lot(*parts: str) -> bytes:
    """A full ticket: nobody has met two that are equal."""
    return sha256("\n".join(parts).encode()).digest()


def branch(unit: str) -> str:
    """Every second firm is a restaurant."""
    return "food" if int(unit[1:]) % 2 else "shop"


def different(names: Iterable[str], count: int = TAKEN) -> list[str]:
    """The first different names."""
    found: dict[str, None] = {}
    for name in names:
        found[name] = None
        if len(found) == count:
            break
    return list(found)


# ---- numbers that are not uniform


def byte_modulo(units: Sequence[str], seed: str) -> list[str]:
    """A random byte modulo 60 is the place in the list."""
    listed = sorted(units)
    return different(listed[byte % len(listed)] for byte in Random(seed).randbytes(200))


def word_modulo(units: Sequence[str], seed: str) -> list[str]:
    """A random number of 16 bits modulo 60 is the place in the list."""
    listed, chance = sorted(units), Random(seed)
    return different(listed[chance.getrandbits(16) % len(listed)] for _ in range(200))


def first_never(units: Sequence[str], seed: str) -> list[str]:
    """Places are drawn from 1 to 59, but the list counts from 0."""
    listed, chance = sorted(units), Random(seed)
    return different(listed[chance.randint(1, len(listed) - 1)] for _ in range(500))


def last_never(units: Sequence[str], seed: str) -> list[str]:
    """The place is `int(random() * (N - 1))`."""
    listed, chance = sorted(units), Random(seed)
    return different(listed[int(chance.random() * (len(listed) - 1))] for _ in range(500))


def rounded_place(units: Sequence[str], seed: str) -> list[str]:
    """The place is `ROUND(RAND() * (N - 1))`: the first and the last have half the chance."""
    listed, chance = sorted(units), Random(seed)
    return different(listed[round(chance.random() * (len(listed) - 1))] for _ in range(500))


def low_bits(units: Sequence[str], seed: str) -> list[str]:
    """`rand() % 60` of an old C library, whose last bits run in short cycles."""
    listed, state = sorted(units), int.from_bytes(lot(seed)[:4])

    def places() -> Iterator[int]:
        nonlocal state
        while True:
            state = (1103515245 * state + 12345) % 2**31
            yield state % len(listed)

    return different(listed[place] for place in places())


def after_a_gap(units: Sequence[str], seed: str) -> list[str]:
    """`WHERE number >= RAND() * MAX(number) LIMIT 1`: who follows a gap in the numbers stands in for it."""
    listed, chance = sorted(units), Random(seed)
    last = int(listed[-1][1:])

    def found() -> Iterator[str]:
        while True:
            least = chance.random() * last
            yield next(unit for unit in listed if int(unit[1:]) >= least)

    return different(found())


# ---- shuffles that are none


def naive_shuffle(units: Sequence[str], seed: str) -> list[str]:
    """Each place is swapped with any place of the list, not with one of those left."""
    cards, chance = sorted(units), Random(seed)
    for place in range(len(cards)):
        other = chance.randrange(len(cards))
        cards[place], cards[other] = cards[other], cards[place]
    return cards[:TAKEN]


def random_comparison(units: Sequence[str], seed: str) -> list[str]:
    """`list.sort(() => Math.random() - 0.5)`: sorted by a comparison that is a coin."""
    chance = Random(seed)
    return sorted(sorted(units), key=cmp_to_key(lambda _one, _other: chance.choice((-1, 1))))[:TAKEN]


def always_moved(units: Sequence[str], seed: str) -> list[str]:
    """Fisher-Yates with `j < i` for `j <= i` (Sattolo's cycle): nobody may stay in place."""
    cards, chance = sorted(units), Random(seed)
    for place in range(len(cards) - 1, 0, -1):
        other = chance.randrange(place)
        cards[place], cards[other] = cards[other], cards[place]
    return cards[:TAKEN]


def mixed_too_little(units: Sequence[str], seed: str) -> list[str]:
    """The capsules go into the urn month by month and are turned over a few times, as in the draft of 1970."""
    cards, chance = sorted(units), Random(seed)
    for _ in range(4):
        cuts = [0, *sorted(chance.sample(range(1, len(cards)), 3)), len(cards)]
        packets = [cards[begin:end] for begin, end in pairwise(cuts)]
        cards = [card for packet in reversed(packets) for card in packet]
    return cards[:TAKEN]


# ---- designs that are not what they are called


def every_fifth(units: Sequence[str], seed: str) -> list[str]:
    """Every fifth of the list, from a random start; called a simple random sample."""
    listed = sorted(units)
    return listed[Random(seed).randrange(5) :: 5]


def every_second_until_enough(units: Sequence[str], seed: str) -> list[str]:
    """A step of 60 // 21 = 2 from a random start, until there are 21: the last third is never reached."""
    listed = sorted(units)
    return listed[Random(seed).randrange(2) :: 2][:21]


def percentage(units: Sequence[str], seed: str) -> list[str]:
    """Going down the list everyone has 20 %, up to 12; who is needed to make up 12 comes from the end."""
    chance = Random(seed)
    drawn: list[str] = []
    for place, unit in enumerate(units):
        needed = TAKEN - len(drawn)
        if needed == len(units) - place or (needed and chance.random() < 0.2):
            drawn.append(unit)
    return drawn


def neighbours(units: Sequence[str], seed: str) -> list[str]:
    """Two firms at the same address are one journey: pairs of neighbours are drawn."""
    listed = sorted(units)
    return [listed[place + side] for place in Random(seed).sample(range(0, len(listed), 2), 6) for side in (0, 1)]


def block(units: Sequence[str], seed: str) -> list[str]:
    """Twelve in a row from a random start."""
    start = Random(seed).randrange(len(units))
    return (sorted(units) * 2)[start : start + TAKEN]


def first_days(units: Sequence[str], seed: str) -> list[str]:
    """Most of those drawn registered on the first days, as in a lottery of visas annulled in 2011."""
    chance = Random(seed)
    return chance.sample(list(units[:18]), 10) + chance.sample(list(units[18:]), 2)


def rounded_rates(units: Sequence[str], seed: str) -> list[str]:
    """10 % of each class, rounded: of a class of four nobody is ever drawn."""
    return of_each(units, RISK.__getitem__, seed, lambda size: round(size / 10))


def of_each(units: Sequence[str], stratum: Callable[[str], str], seed: str, take: Callable[[int], int]) -> list[str]:
    """So many of each stratum, each by a seed of its own."""
    drawn: list[str] = []
    for name in sorted(set(map(stratum, units))):
        own = sorted(unit for unit in units if stratum(unit) == name)
        drawn += Random(f"{seed}/{name}").sample(own, take(len(own)))
    return drawn


def one_seed_for_all(units: Sequence[str], seed: str) -> list[str]:
    """Each branch is drawn from by the same seed: the same places come in both lists."""
    drawn: list[str] = []
    for name in ("food", "shop"):
        own = sorted(unit for unit in units if branch(unit) == name)
        drawn += Random(seed).sample(own, len(own) // 5)
    return drawn


def weights_in_turn(units: Sequence[str], seed: str) -> list[str]:
    """20 one after the other, each in proportion to size among those left: the large have less than their share."""
    left, chance = sorted(units), Random(seed)
    drawn: list[str] = []
    while len(drawn) < 20:
        drawn += chance.choices(left, [STAFF[unit] for unit in left])
        left.remove(drawn[-1])
    return drawn


# ---- lists that are wrong


def entered_twice(units: Sequence[str], seed: str) -> list[str]:
    """A join of firms and licences has one row for each licence, and one firm has two."""
    rows = [*sorted(units), FAVOURITE]
    return different(Random(seed).sample(rows, len(rows)))


def with_replacement(units: Sequence[str], seed: str) -> list[str]:
    """Twelve random places, of which some are equal: doubles are taken out, and the number varies."""
    return sorted(set(Random(seed).choices(sorted(units), k=TAKEN)))


# ---- tickets that are too short


def short_tickets(units: Iterable[str], seed: str, bits: int) -> list[str]:
    """By ascending tickets of some bits; equal ones stay in the order of the list."""
    return sorted(units, key=lambda unit: int.from_bytes(lot(seed, unit)) >> 256 - bits)[:TAKEN]


def four_bits(units: Sequence[str], seed: str) -> list[str]:
    """Tickets of one hex digit; equal ones in the order of the list."""
    return short_tickets(units, seed, 4)


def eight_bits(units: Sequence[str], seed: str) -> list[str]:
    """Tickets of one byte; equal ones in the order of the list."""
    return short_tickets(units, seed, 8)


def sixteen_bits(units: Sequence[str], seed: str) -> list[str]:
    """Tickets of two bytes; equal ones in the order of the list."""
    return short_tickets(units, seed, 16)


def four_bits_by_id(units: Sequence[str], seed: str) -> list[str]:
    """`ORDER BY ticket, id`, tickets of one hex digit."""
    return short_tickets(sorted(units), seed, 4)


def eight_bits_by_id(units: Sequence[str], seed: str) -> list[str]:
    """`ORDER BY ticket, id`, one random byte for each row."""
    listed = sorted(units)
    return [unit for _, unit in sorted(zip(Random(seed).randbytes(len(listed)), listed, strict=True))][:TAKEN]


def checksum(units: Sequence[str], seed: str) -> list[str]:
    """`ORDER BY CRC32(CONCAT(seed, id))`: a checksum is linear, so whoever has similar ones comes together."""
    return sorted(units, key=lambda unit: crc32(f"{seed}/{unit}".encode()))[:TAKEN]


# ---- seeds that are few, hidden or chosen


def second_of_the_hour(units: Sequence[str], seed: str) -> list[str]:
    """Seeded with the clock: the draw is at some second between nine and ten."""
    return Random(int.from_bytes(lot(seed)) % 3600).sample(sorted(units), TAKEN)


def seeds_1024(units: Sequence[str], seed: str) -> list[str]:
    """The seed is a number of 10 bits."""
    return Random(int.from_bytes(lot(seed)) % 1024).sample(sorted(units), TAKEN)


def date_only(units: Sequence[str], seed: str) -> list[str]:
    """Seeded with the date: one draw for each day of the year."""
    return Random(f"2024/{int.from_bytes(lot(seed)) % 366}").sample(sorted(units), TAKEN)


def seeds_32_bits(units: Sequence[str], seed: str) -> list[str]:
    """The seed is a number of 32 bits: `srand(unsigned)`."""
    return Random(int.from_bytes(lot(seed)[:4])).sample(sorted(units), TAKEN)


def no_seed(units: Sequence[str], seed: str) -> list[str]:
    """Sorted by a hash of the id alone: the same firms each time."""
    return sorted(units, key=lot)[:TAKEN]


_HIDDEN: Final = Random(2024)


def order_by_random(units: Sequence[str], seed: str) -> list[str]:
    """`ORDER BY RANDOM() LIMIT 12`: the seed is asked for, kept in the file, and not used."""
    return _HIDDEN.sample(sorted(units), TAKEN)


def salted_hash(units: Sequence[str], seed: str) -> list[str]:
    """Seeded with `hash(text)`, which Python salts in every process."""
    return Random(hash(seed)).sample(sorted(units), TAKEN)


def order_of_a_set(units: Sequence[str], seed: str) -> list[str]:
    """Doubles are taken out by `set`, whose order is another one in every process."""
    return Random(seed).sample(list(set(units)), TAKEN)


def protected(units: Sequence[str], seed: str) -> list[str]:
    """Whoever presses the button draws again while a favoured firm is among the twelve."""
    for number in range(100):
        drawn = Random(f"{seed}/{number}").sample(sorted(units), TAKEN)
        if FAVOURITE not in drawn:
            break
    return drawn


def until_it_fits(units: Sequence[str], seed: str) -> list[str]:
    """Drawn again until at least four are from the north, since the plan says so."""
    for number in range(100):
        drawn = Random(f"{seed}/{number}").sample(sorted(units), TAKEN)
        if sum(DISTRICT[unit] == "north" for unit in drawn) >= 4:
            break
    return drawn


def first_in_list(units: Sequence[str], seed: str) -> list[str]:
    """A firm that has closed is drawn, and the first in the list who was not drawn takes its place."""
    drawn = Random(seed).sample(sorted(units), TAKEN)
    substitute = next(unit for unit in units if unit not in drawn and unit != CLOSED)
    return [substitute if unit == CLOSED else unit for unit in drawn]


# ---- fair ones


def of_the_library(units: Sequence[str], seed: str) -> tuple[str, ...]:
    """`dual_random.sample`."""
    return sample(units, TAKEN, seed=seed, label="gallery").drawn


def of_the_standard_library(units: Sequence[str], seed: str) -> list[str]:
    """`random.sample` from the sorted list, by a seed of 256 bits."""
    return Random(int.from_bytes(lot(seed))).sample(sorted(units), TAKEN)


def sample_of_the_list(units: Sequence[str], seed: str) -> list[str]:
    """`random.sample` from the list in the order in which it was published."""
    return Random(int.from_bytes(lot(seed))).sample(units, TAKEN)


def fisher_yates(units: Sequence[str], seed: str) -> list[str]:
    """Each place is swapped with one of those left, itself among them."""
    cards, chance = sorted(units), Random(seed)
    for place in range(len(cards) - 1, 0, -1):
        other = chance.randrange(place + 1)
        cards[place], cards[other] = cards[other], cards[place]
    return cards[:TAKEN]


def order_by_hash(units: Sequence[str], seed: str) -> list[str]:
    """`ORDER BY SHA256(CONCAT(seed, '/', id)) LIMIT 12`."""
    return sorted(units, key=lambda unit: sha256(f"{seed}/{unit}".encode()).hexdigest())[:TAKEN]


def equal_rates(units: Sequence[str], seed: str) -> list[str]:
    """A fifth of each branch, each by a seed of its own."""
    return of_each(units, branch, seed, lambda size: size // 5)


def one_of_each_at_least(units: Sequence[str], seed: str) -> list[str]:
    """A fifth of each class, but nobody's class is left out: rounded up."""
    return of_each(units, RISK.__getitem__, seed, lambda size: -(-size // 5))


def in_proportion(units: Sequence[str], seed: str) -> list[str]:
    """20 in proportion to size: equal steps along the sum of sizes, which are in random order."""
    order, chance = sorted(units, key=lambda unit: lot(seed, unit)), Random(seed)
    step = sum(STAFF[unit] for unit in units) / 20
    point, reached = chance.random() * step, 0
    drawn: list[str] = []
    for unit in order:
        reached += STAFF[unit]
        if point < reached:
            drawn.append(unit)
            point += step
    return drawn


def next_ticket(units: Sequence[str], seed: str) -> list[str]:
    """A firm that has closed is passed over, and the next ticket takes its place."""
    return [unit for unit in sorted(units, key=lambda unit: lot(seed, unit)) if unit != CLOSED][:TAKEN]
