"""The bound that no method undercuts, and the visits of independent draws, against exact sums."""

from collections.abc import Mapping
from fractions import Fraction
from math import floor, prod

from hypothesis import given, settings

import oracle
from districts import District, districts, plan, register
from dual_random.expectations import fewest_visits, independent_visits
from dual_random.plans import Demand
from dual_random.populations import Populations, populations
from memberships import resolved

quick = settings(deadline=None, derandomize=True, max_examples=150)


def read(district: District) -> tuple[Populations, oracle.Membership, Mapping[tuple[str, oracle.Stratum], int]]:
    """The populations of a district, and who belongs to what with which numbers by a literal reading."""
    rows, rules = district
    member = oracle.membership(rules.to_dict(), rows)
    return populations(rules, register(rows)), member, oracle.numbers(rules.to_dict(), member)


@quick
@given(districts())
def test_the_bound_is_the_sum_of_everybodys_largest_chance(district: District) -> None:
    """Exactly, as a fraction, added up an enterprise at a time."""
    groups, member, stated = read(district)
    assert fewest_visits(groups, resolved(groups)) == oracle.fewest_visits(member, stated)


@quick
@given(districts())
def test_independent_visits_are_the_sum_of_everybodys_chance_to_be_hit(district: District) -> None:
    """One less the product of the chances to be spared, a department at a time; exact fractions, rounded at the end."""
    groups, member, stated = read(district)
    department = {demand.name: demand.department for demand in district[1].demands}
    expected = Fraction(0)
    for strata in member.values():
        chances: dict[str, Fraction] = {}
        for place in strata.items():
            if place in stated:
                size = sum(other.get(place[0]) == place[1] for other in member.values())
                own = Fraction(stated[place], size)
                chances[department[place[0]]] = max(own, chances.get(department[place[0]], Fraction(0)))
        expected += 1 - prod((1 - chance for chance in chances.values()), start=Fraction(1))
    assert abs(independent_visits(groups, resolved(groups)) - expected) <= Fraction(1, 2) + Fraction(1, 1000)


def test_independent_visits_by_hand() -> None:
    """Two departments with a half each of four firms: 4 · 3/4 visits; a department's own demands share theirs."""
    rows = [{"id": f"E{i}", "x": ""} for i in range(4)]
    demands = [
        Demand("甲", take=2),
        Demand("乙", take=2),
        Demand("甲2", department="甲", take=1),
        Demand("丙", follow="甲"),
    ]
    groups = populations(plan(demands), register(rows))
    assert independent_visits(groups, resolved(groups)) == 3
    assert fewest_visits(groups, resolved(groups)) == 2


def test_half_a_visit_is_rounded_up() -> None:
    """2 firms with chances 1/2 and 1/2 by two departments: 1.5 visits, stated as 2."""
    rows = [{"id": f"E{i}", "x": ""} for i in range(2)]
    groups = populations(plan([Demand("甲", take=1), Demand("乙", take=1)]), register(rows))
    assert independent_visits(groups, resolved(groups)) == 2 == floor(Fraction(3, 2) + Fraction(1, 2))
