"""Who is drawn for each demand: the lowest tickets of every stratum, however candidates are chosen."""

from collections import Counter
from itertools import chain
from random import Random

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

import oracle
from dual_random.marks import Quota, candidates, first_of_each, mark
from dual_random.plans import Demand
from dual_random.populations import Population, Populations
from dual_random.schemes import SCHEMES
from memberships import Sizes, no_ties, numbers_of, of_membership, visits_of, words_of

quick = settings(deadline=None, derandomize=True, max_examples=150)


@st.composite
def markings(draw: st.DrawFn) -> tuple[oracle.Membership, Sizes, dict[str, str], dict[str, str], list[int]]:
    """A membership with numbers, followers, and first words with many ties and gaps."""
    names = ["甲", "乙", "丙"][: draw(st.integers(1, 3))]
    follow = {"丙": "甲"} if len(names) > 2 and draw(st.booleans()) else {}
    member: oracle.Membership = {}
    for number in range(draw(st.integers(1, 14))):
        strata: dict[str, tuple[str, ...]] = {
            name: () if name in follow else (draw(st.sampled_from("AB")),) for name in names if draw(st.booleans())
        }
        if "丙" in follow and "甲" not in strata:
            strata.pop("丙", None)
        member[f"E{number:02}"] = strata
    counts = Counter((name, stratum) for strata in member.values() for name, stratum in strata.items())
    sizes = {place: draw(st.integers(0, size)) for place, size in counts.items() if place[0] not in follow}
    word = st.one_of(st.integers(0, 3), st.integers(0, 2**64 - 1), st.sampled_from([2**64 - 1, 2**63]))
    words = draw(st.lists(word, min_size=len(member), max_size=len(member)))
    return member, sizes, {name: name for name in names}, follow, words


@settings(deadline=None, derandomize=True, max_examples=400)
@given(markings(), st.integers(0, 2**32))
def test_marks_are_the_lowest_tickets_however_candidates_are_chosen(
    marking: tuple[oracle.Membership, Sizes, dict[str, str], dict[str, str], list[int]], salt: int
) -> None:
    """Spare candidates change the speed, never the result; equal first words are decided by ticket, then id."""
    member, sizes, department, follow, given = marking
    ids, groups = of_membership(member, department, follow)
    words = np.array(given, dtype=np.uint64)
    tails = [Random(salt + row).randbytes(1)[:1].translate(bytes(i % 2 for i in range(256))) for row in range(len(ids))]

    def whole(row: int) -> tuple[bytes, bytes]:
        return int(words[row]).to_bytes(8, "big") + tails[row], ids[row].encode()

    marked = oracle.marks(member, sizes, follow, lambda enterprise: whole(ids.index(enterprise)))
    drawn = sorted(set(chain.from_iterable(marked.values())), key=lambda enterprise: whole(ids.index(enterprise)))
    expected = {
        enterprise: sorted(demand for demand, inside in marked.items() if enterprise in inside) for enterprise in drawn
    }
    for spare in (-3, -2, -1, 0, 1, 2, 6, 9):
        found = visits_of(ids, groups, mark(groups, numbers_of(groups, sizes), words, whole, spare=spare))
        assert list(found.items()) == list(expected.items())


@quick
@given(markings(), st.data())
def test_one_more_extends_and_a_subset_keeps_its_order(
    marking: tuple[oracle.Membership, Sizes, dict[str, str], dict[str, str], list[int]], data: st.DataObject
) -> None:
    """A draw of n+1 contains that of n; without some enterprises the ticket order of the others stays."""
    member, sizes, department, _, _ = marking
    ids, groups = of_membership(member, department, {})
    counts = Counter(place for strata in member.values() for place in strata.items())
    sizes = {place: sizes.get(place, 0) for place in counts}
    words = words_of(SCHEMES[0], "0" * 64, ids)
    before = visits_of(ids, groups, mark(groups, numbers_of(groups, sizes), words, no_ties))
    room = [place for place, size in counts.items() if sizes[place] < size]
    if room:
        raised = data.draw(st.sampled_from(room))
        more = {**sizes, raised: sizes[raised] + 1}
        after = visits_of(ids, groups, mark(groups, numbers_of(groups, more), words, no_ties))
        pairs = {(enterprise, demand) for enterprise, served in before.items() for demand in served}
        longer = {(enterprise, demand) for enterprise, served in after.items() for demand in served}
        assert pairs < longer
        assert len(longer) == len(pairs) + 1
        assert {demand for _, demand in longer - pairs} == {raised[0]}
    kept = data.draw(st.sets(st.sampled_from(ids), min_size=1))
    part, fewer = of_membership({enterprise: member[enterprise] for enterprise in kept}, department, {})
    all_of = [list(each.sizes) for each in groups.demands]
    some_of = [list(each.sizes) for each in fewer.demands]
    whole = visits_of(ids, groups, mark(groups, all_of, words, no_ties))
    subset = visits_of(part, fewer, mark(fewer, some_of, words_of(SCHEMES[0], "0" * 64, part), no_ties))
    assert list(subset.items()) == [(enterprise, served) for enterprise, served in whole.items() if enterprise in kept]


def test_a_stratum_of_many_is_not_sorted_whole() -> None:
    """Of 50,000 tickets hardly more than the drawn ones are looked at twice, and a tie asks only for its own."""
    asked: list[int] = []

    def whole(row: int) -> tuple[bytes, bytes]:
        asked.append(row)
        return b"", str(row).encode()

    groups = Populations(
        np.zeros(50_000, dtype=np.intp),
        np.array([50_000]),
        (Population(Demand("甲", take=0), ((),), (50_000,), np.zeros(1, dtype=np.intp)),),
    )
    words = np.random.default_rng(5).integers(0, 2**64, 50_000, dtype=np.uint64)
    words[[7, 40_000]] = 3
    words[[8, 9]] = 2**64 - 1
    marks = mark(groups, [[100]], words, whole)
    assert marks.rows.tolist()[:2] == [40_000, 7]
    assert marks.rows.tolist() == sorted(range(50_000), key=lambda row: (int(words[row]), str(row)))[:100]
    assert set(asked) == {7, 40_000}


def test_candidates_hold_the_lowest_of_every_quota() -> None:
    """Two partitions of the same rows, one cut too short at first: nobody whom either wants is left out."""
    profile = np.arange(400) % 4
    words = np.random.default_rng(3).integers(0, 2**64, 400, dtype=np.uint64)
    words[profile == 2] //= 2
    quotas = [
        Quota(np.array([0, 0, 1, -1]), (200, 100), (30, 5)),
        Quota(np.array([-1, 1, 0, 0]), (200, 100), (0, 90)),
    ]
    for spare in (-3, 0, 6):
        rows = candidates(profile, quotas, words, no_ties, spare)
        assert (np.diff(words[rows].astype(object)) > 0).all()
        for quota in quotas:
            stratum = quota.stratum[profile]
            found = rows[first_of_each(stratum[rows], quota.numbers)].tolist()
            wanted = [
                row
                for own, number in enumerate(quota.numbers)
                for row in sorted(np.flatnonzero(stratum == own).tolist(), key=lambda row: int(words[row]))[:number]
            ]
            assert sorted(found) == sorted(wanted)
