"""Merging of needs: the rule against a literal reading of it by sets, nothing lost, order of input no rule."""

from collections.abc import Sequence
from fractions import Fraction
from random import Random
from typing import Any, TypeAlias

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dual_random.binding import commit
from dual_random.cycle.merging import merge
from dual_random.cycle.needs import Need
from dual_random.cycle.rounds import Merged
from dual_random.dates import day, day_text
from dual_random.draws import draw
from dual_random.errors import InputError
from dual_random.plans import Demand, SeedSource
from dual_random.registers import Register

quick = settings(deadline=None, derandomize=True, max_examples=80)

KINDS = "甲乙丙"
ITEMS = "abcde"
FIRST = day("2024-02-20")  # the days cross the end of a February
DAYS = 24
SEED = SeedSource(source="-", event="-", earliest="2024-01-01T00:00Z", form="0000000")

Setting: TypeAlias = tuple[list[Need], dict[str, str], list[list[str]], list[str], int]


def need(
    name: str,
    kinds: Sequence[str] = KINDS,
    items: Sequence[str] = "a",
    window: tuple[int, int] = (0, DAYS - 1),
    times: int = 1,
    take: str | int = "50%",
    department: str = "",
) -> Need:
    """A need over some kinds of enterprises, its window in days from the first."""
    return Need(
        Demand(name, department=department or name, where={"kind": list(kinds)}, take=take),
        items=list(items),
        starts=day_text(FIRST + window[0]),
        ends=day_text(FIRST + window[1]),
        times=times,
    )


def register(rows: dict[str, str]) -> Register:
    """Enterprises with a kind each."""
    return Register({"id": list(rows), "kind": list(rows.values())}, id="id", columns=["kind"])


@st.composite
def windows(draw: st.DrawFn) -> tuple[int, int]:
    """Two days in order."""
    first, last = sorted(draw(st.tuples(st.integers(0, DAYS - 1), st.integers(0, DAYS - 1))))
    return first, last


@st.composite
def settings_of_needs(draw: st.DrawFn) -> Setting:
    """A few needs over a few enterprises, with groups, leads and the fewest days in common."""
    rows = {f"E{i}": kind for i, kind in enumerate(KINDS + draw(st.text(KINDS, max_size=5)))}
    needs = []
    for name in draw(st.lists(st.sampled_from("PQRSTU"), min_size=1, max_size=6, unique=True)):
        window = draw(windows())
        needs.append(
            need(
                name,
                draw(st.sampled_from(["甲", "乙", "丙", "甲乙", "乙丙", KINDS])),
                draw(st.sampled_from(["a", "b", "c", "ab", "cd", "e"])),
                window,
                draw(st.integers(1, min(4, window[1] - window[0] + 1))),
                draw(st.sampled_from(["100%", "50%", "10%"])),
                draw(st.sampled_from(["", "市监"])),
            )
        )
    known = sorted({item for each in needs for item in each.items})
    groups = st.lists(st.sampled_from(known), min_size=2, max_size=3, unique=True) if len(known) > 1 else st.nothing()
    related = draw(st.lists(groups, max_size=2)) if len(known) > 1 else []
    departments = sorted({each.department for each in needs})
    leads = draw(st.lists(st.sampled_from(departments), max_size=2, unique=True))
    return needs, rows, related, leads, draw(st.integers(1, 3))


def merged_of(setting: Setting) -> Merged:
    """The setting, merged."""
    needs, rows, related, leads, days = setting
    return merge(needs, register(rows), related=related, leads=leads, days=days)


# ---- the rule, read literally: enterprises and days as sets


Told: TypeAlias = tuple[tuple[str, ...], frozenset[tuple[str, int]], frozenset[int]]


def members(each: Need, rows: dict[str, str]) -> set[str]:
    """The enterprises of a need."""
    allowed = dict(each.demand.where)["kind"]
    return {name for name, kind in rows.items() if kind in allowed}


def window(each: Need, turn: int = 0) -> set[int]:
    """The days of a need, or of one of its turns: day j of D is in turn k if ⌊(k-1)D/t⌋ <= j < ⌊kD/t⌋."""
    every = list(range(day(each.starts), day(each.ends) + 1))
    size, times = len(every), each.times
    return {
        number
        for place, number in enumerate(every)
        if not turn or (turn - 1) * size // times <= place < turn * size // times
    }


def alike(one: Need, other: Need, related: list[list[str]]) -> bool:
    """Whether contents are related: an item in common, or two items of one group."""
    return any(a == b or any(a in g and b in g for g in related) for a in one.items for b in other.items)


def fit(one: Need, other: Need, setting: Setting) -> bool:
    """The three conditions."""
    _, rows, related, _, days = setting
    common = window(one) & window(other)
    return bool(members(one, rows) & members(other, rows)) and alike(one, other, related) and len(common) >= days


def literal(setting: Setting) -> list[Told]:
    """The rounds by the rule of `merge`, word by word: departments, turns and days of each."""
    needs, rows, _, leads, days = setting
    order = sorted(needs, key=lambda each: (-each.times, -len(members(each, rows)), each.name.encode()))
    left = {each.name: list(range(1, each.times + 1)) for each in order}
    rounds: list[tuple[list[tuple[Need, int]], set[int]]] = []
    for place, anchor in enumerate(order):
        own = [([(anchor, turn)], window(anchor, turn)) for turn in left[anchor.name]]
        left[anchor.name] = []
        for rarer in order[place + 1 :]:
            if not fit(rarer, anchor, setting):
                continue
            for turn in list(left[rarer.name]):
                best = None
                for there, common in own:
                    shared = common & window(rarer, turn)
                    taken = rarer.name in [one.name for one, _ in there]
                    if not taken and len(shared) >= days and (best is None or len(shared) > len(best[2])):
                        best = (there, common, shared)
                if best is not None:
                    best[0].append((rarer, turn))
                    best[1].intersection_update(best[2])
                    left[rarer.name].remove(turn)
        rounds += own
    told = []
    for there, common in rounds:
        names = [one.department for one, _ in there]
        lead = ([name for name in leads if name in names] or names)[0]
        wished = [lead, *(name for name in leads if name in names), *names]
        turns = frozenset((one.name, turn) for one, turn in there)
        told.append((tuple(dict.fromkeys(wished)), turns, frozenset(common)))
    return told


def told(merged: Merged) -> list[Told]:
    """The rounds in the same words."""
    return [
        (
            each.departments,
            frozenset((turn.need.name, turn.turn) for turn in each.turns),
            frozenset(range(day(each.starts), day(each.ends) + 1)),
        )
        for each in merged.rounds
    ]


def sorted_told(rounds: list[Told]) -> list[tuple[list[tuple[str, int]], tuple[str, ...], list[int]]]:
    """Rounds in an order of their own, to compare."""
    return sorted((sorted(turns), departments, sorted(days)) for departments, turns, days in rounds)


@quick
@given(settings_of_needs())
def test_the_rule_read_literally(setting: Setting) -> None:
    """Rounds, their days and the order of their departments are those of a reading with sets."""
    assert sorted_told(told(merged_of(setting))) == sorted_told(literal(setting))


@quick
@given(settings_of_needs(), st.randoms(use_true_random=False))
def test_the_order_of_the_needs_is_no_rule(setting: Setting, chance: Random) -> None:
    """Needs in another order give the same value, figures and reasons included."""
    needs, rows, related, leads, days = setting
    shuffled = chance.sample(needs, len(needs))
    assert merged_of((shuffled, rows, related[::-1], leads, days)) == merged_of(setting)


@quick
@given(settings_of_needs())
def test_nothing_is_lost(setting: Setting) -> None:
    """Every turn of every need stands in one round, inside its own window; items, departments, firms, numbers stay."""
    needs, rows, *_ = setting
    merged = merged_of(setting)
    turns = [(turn.need.name, turn.turn) for each in merged.rounds for turn in each.turns]
    assert sorted(turns) == sorted((each.name, k) for each in needs for k in range(1, each.times + 1))
    assert {d for each in merged.rounds for d in each.departments} == {each.department for each in needs}
    assert {i for each in merged.rounds for own in each.items.values() for i in own} == {
        item for each in needs for item in each.items
    }
    assert [each.number for each in merged.rounds] == list(range(1, len(merged.rounds) + 1))
    original = {each.name: each for each in needs}
    for each in merged.rounds:
        assert each.demands == tuple(original[name].demand for name in each.needs)
        assert each.lead == each.departments[0] == each.demands[0].department
        assert len(set(each.needs)) == len(each.needs)
        for turn in each.turns:
            assert set(range(each.span[0], each.span[1] + 1)) <= window(turn.need, turn.turn)
            assert turn.number == sum(
                -(-size * turn.need.demand.take[0][1].numerator // turn.need.demand.take[0][1].denominator)
                for size in [len(members(turn.need, rows))]
                if isinstance(turn.need.demand.take[0][1], Fraction)
            )


@quick
@given(settings_of_needs())
def test_every_pair_in_a_round_meets_the_conditions_with_its_anchor(setting: Setting) -> None:
    """The anchor of a round is its most frequent need, and all others fit it; the round keeps the days asked for."""
    _, rows, _, _, days = setting
    for each in merged_of(setting).rounds:
        here = [turn.need for turn in each.turns]
        anchor = min(here, key=lambda one: (-one.times, -len(members(one, rows)), one.name.encode()))
        assert all(fit(one, anchor, setting) for one in here if one is not anchor)
        assert len(here) == 1 or each.span[1] - each.span[0] + 1 >= days


@quick
@given(settings_of_needs())
def test_every_reason_holds(setting: Setting) -> None:
    """Each failed condition fails, each joined turn stands in that round, each unfit one stands elsewhere."""
    needs, rows, related, _, days = setting
    merged = merged_of(setting)
    original = {each.name: each for each in needs}
    where = {(turn.need.name, turn.turn): each.number for each in merged.rounds for turn in each.turns}
    for step in merged.steps:
        one, anchor = original[step.need], original[step.anchor]
        failed = {
            "objects-apart": not members(one, rows) & members(anchor, rows),
            "content-apart": not alike(one, anchor, related),
            "windows-apart": len(window(one) & window(anchor)) < days,
        }
        assert set(step.apart) == {code for code, fails in failed.items() if fails}
        assert bool(step.apart) != bool(step.joined or step.unfit)
        assert all(where[step.need, turn] == number for turn, number, _ in step.joined)
        assert all(step.anchor in merged.round(number).needs for _, number, _ in step.joined)
        assert all(step.anchor not in merged.round(where[step.need, turn]).needs for turn in step.unfit)
    for name in original:
        notes = merged.why(name)
        own = [(n.params["turn"], n.params["round"]) for n in notes if n.code == "turn-opens"]
        own += [(n.params["turn"], n.params["round"]) for n in notes if n.code == "turn-joins" and n.at == name]
        assert sorted(own) == [(k, where[name, k]) for k in range(1, original[name].times + 1)]


@quick
@given(settings_of_needs())
def test_visits_before_and_after_are_exact_sums(setting: Setting) -> None:
    """Before: all numbers; the fewest: everybody's largest chance, added up; independent draws lie between."""
    needs, rows, *_ = setting
    merged = merged_of(setting)
    number = {turn.need.name: turn.number for each in merged.rounds for turn in each.turns}
    assert merged.before == sum(each.times * number[each.name] for each in needs)
    fewest = Fraction(0)
    for each in merged.rounds:
        chances = {turn.need.name: Fraction(turn.number, len(members(turn.need, rows))) for turn in each.turns}
        reach = {turn.need.name: members(turn.need, rows) for turn in each.turns}
        fewest += sum(max([Fraction(0), *(chances[n] for n in reach if firm in reach[n])]) for firm in rows)
        assert each.fewest <= each.independent + Fraction(1, 2)
        assert each.independent <= each.separate + Fraction(1, 2)
        assert each.fewest <= each.separate
    assert merged.fewest == fewest


# ---- by hand


FIRMS = register({f"E{i:02d}": KINDS[i % 3] for i in range(30)})


def test_the_rarer_follows_the_more_frequent() -> None:
    """Once a year joins the quarter it overlaps the most, the earlier on ties; the department of the quarters leads."""
    merged = merge([need("年", window=(6, 17)), need("季", "甲乙", times=4)], FIRMS)
    assert [each.needs for each in merged.rounds] == [("季",), ("季", "年"), ("季",), ("季",)]
    assert merged.round(2).starts == day_text(FIRST + 6)
    assert merged.round(2).lead == "季"
    assert (merged.before, merged.fewest) == (4 * 10 + 15, Fraction(4 * 10 + 5))
    assert [note.code for note in merged.why("年")] == ["turn-joins", "turn-narrowed"]
    assert [note.code for note in merged.why("季")] == ["turn-opens"] * 4 + ["turn-joins"]


@quick
@given(settings_of_needs())
def test_who_lost_days_in_a_round_is_told_by_whom(setting: Setting) -> None:
    """Each turn with fewer days in its round than of its own says so, with the needs that cause it; no other does."""
    merged, needs = merged_of(setting), setting[0]
    expected = {}
    for there in merged.rounds:
        common = set(range(day(there.starts), day(there.ends) + 1))
        for turn in there.turns:
            own = window(turn.need, turn.turn)
            others = {each.need.name: window(each.need, each.turn) for each in there.turns}
            cut = {min(common) - 1, max(common) + 1} & own
            causes = {name for name, days in others.items() if cut - days}
            if cut:
                expected[turn.need.name, turn.turn] = (there.number, len(own), len(common), causes)
    found = {
        (note.at, note.params["turn"]): (
            note.params["round"],
            note.params["own"],
            note.params["days"],
            set(str(note.params["causes"]).split(", ")),
        )
        for each in needs
        for note in merged.why(each.name)
        if note.code == "turn-narrowed"
    }
    assert found == expected
    order = sorted(needs, key=lambda each: (-each.times, -len(members(each, setting[1])), each.name.encode()))
    squeezed = []
    for there in merged.rounds:
        anchor = min(there.turns, key=lambda turn: order.index(turn.need))
        if 2 * there.days < len(window(anchor.need, anchor.turn)):
            squeezed += [(turn.need.name, turn.turn) for turn in there.turns if (turn.need.name, turn.turn) in expected]
    assert [(note.at, note.params["turn"]) for note in merged.notices] == squeezed


def test_a_short_window_that_squeezes_all_others_is_told_to_all() -> None:
    """One day's need joins if nothing else is said; whoever is left with that day is told who did it."""
    needs = [need("A", window=(0, 39)), need("B", "甲乙", window=(0, 29)), need("急", "甲", window=(7, 7))]
    merged = merge(needs, FIRMS)
    (only,) = merged.rounds
    assert (only.days, only.starts) == (1, day_text(FIRST + 7))
    assert [note.at for note in merged.notices] == ["A", "B"]
    for name in ("A", "B"):
        note = merged.why(name)[-1]
        assert (note.code, note.params["causes"], note.params["days"]) == ("turn-narrowed", "急", 1)
    assert "turn-narrowed" not in [note.code for note in merged.why("急")]
    assert merge(needs, FIRMS, days=5).notices == ()


def test_what_was_merged_is_shown_on_a_line() -> None:
    """Neither rounds nor their needs are spelled out."""
    merged = merge([need("年", window=(6, 17)), need("季", "甲乙", times=4)], FIRMS)
    assert repr(merged) == "Merged(2 needs in 4 rounds: 55 visits before, from 45 after)"
    shown = f"Round(2: 季, 年; {merged.round(2).starts} to {merged.round(2).ends}; 25 visits before, from 15 after)"
    assert repr(merged.round(2)) == shown


def test_two_turns_of_a_need_never_share_a_round() -> None:
    """Of two turns that overlap one round only, the second goes alone, and is told so."""
    merged = merge([need("A", times=2), need("B", "甲", window=(0, 9), times=2)], FIRMS)
    found = [(each.needs, each.starts) for each in merged.rounds]
    alone = (("B",), day_text(FIRST + 5))
    assert found == [(("A", "B"), day_text(FIRST)), alone, (("A",), day_text(FIRST + 12))]
    assert [note.code for note in merged.why("B")] == ["turn-opens", "turn-joins", "turn-unfit"]


def test_a_round_keeps_the_days_that_were_asked_for() -> None:
    """A need that shares four days with the anchor, and two with what came before it, fits `days` up to these."""
    needs = [need("A", window=(0, 9)), need("B", "甲乙", window=(0, 7)), need("C", "甲", window=(6, 12))]
    assert [each.needs for each in merge(needs, FIRMS, days=2).rounds] == [("A", "B", "C")]
    three = merge(needs, FIRMS, days=3)
    assert [each.needs for each in three.rounds] == [("A", "B"), ("C",)]
    assert [note.code for note in three.why("C")] == ["turn-opens", "turn-unfit"]
    five = merge(needs, FIRMS, days=5)
    assert [note.code for note in five.why("C")] == ["turn-opens", "windows-apart"]


def test_all_reasons_against_a_merger_are_told() -> None:
    """No object, no item, no day in common: three notes, in both languages."""
    merged = merge([need("A", "甲", "a", (0, 3)), need("B", "乙", "b", (4, 9))], FIRMS)
    notes = [note for note in merged.why("B") if note.at == "B" and note.code != "turn-opens"]
    assert [note.code for note in notes] == ["objects-apart", "content-apart", "windows-apart"]
    assert all(note.text("zh").startswith("B：未与 A 合并") for note in notes)


def test_declared_leads() -> None:
    """The first of `leads` that takes part leads; without it the anchor's department; all its demands stand first."""
    needs = [
        need("季", times=4),
        need("消防一", "甲", department="消防", times=2),
        need("市监一", department="市监"),
        need("消防二", "乙", department="消防"),
    ]
    assert merge(needs, FIRMS).round(1).departments == ("季", "消防", "市监")
    led = merge(needs, FIRMS, leads=["市监", "消防"])
    assert led.round(1).needs == ("市监一", "消防一", "消防二", "季")
    assert led.round(3).departments == ("消防", "季")
    assert led.round(2).lead == "季"


def test_the_plan_of_a_round_draws_what_was_counted() -> None:
    """The commitment's numbers add up to the visits before; departments meet, and the barred are nowhere."""
    needs = [need("A", times=2, take="20%"), need("B", "甲乙", take=5), need("C", "丙", "b", take="10%")]
    merged = merge(needs, FIRMS, related=[["a", "b"]], barred={"E00": "已停业"})
    for each in merged.rounds:
        plan = merged.plan(each.number, title="联合抽查", authority="海曙区", number=f"2024-{each.number}", seed=SEED)
        commitment = commit(plan, FIRMS)
        numbers = {own.demand: sum(size.number for size in own.strata) for own in commitment.allocation}
        assert numbers == {turn.need.name: turn.number for turn in each.turns}
        drawn = draw(commitment, FIRMS, seed="0123456").record
        assert "E00" not in drawn
        assert each.fewest <= len(drawn) <= each.separate
    assert {name for each in merged.rounds for name in each.needs} == {"A", "B", "C"}


def test_all_faults_of_a_merger_at_once() -> None:
    """Names, groups, leads, columns, populations and takes are told together, each with its place among the needs."""
    needs = [
        need("A"),
        need("A"),
        need("B", ["丁"]),
        Need(Demand("C", where={"size": "大"}, take=1), items="c", starts="2024-03-01", ends="2024-03-31"),
        need("D", "甲", take=11),
        Need(Demand("E", by="kind", take={"甲": 1}), items="c", starts="2024-03-01", ends="2024-03-31"),
    ]
    with pytest.raises(InputError) as caught:
        merge(needs, FIRMS, related=[["a", "z"], ["c"]], leads=["市监", "A"])
    assert [(note.code, note.at) for note in caught.value.faults] == [
        ("name-repeated", "needs"),
        ("item-unknown", "related[0]"),
        ("group-single", "related[1]"),
        ("lead-unknown", "leads[0]"),
        ("column-unknown", "needs[3].demand.where"),
        ("population-empty", "needs[2].demand"),
        ("allocation-total-large", "needs[4].demand.take"),
        ("stratum-without-take", "needs[5].demand.take"),
        ("stratum-without-take", "needs[5].demand.take"),
    ]


def test_no_needs_and_no_such_round() -> None:
    """Nothing to merge is refused, and so are rounds and needs that there are not, and other tables."""
    with pytest.raises(InputError, match="no need to merge"):
        merge([], FIRMS)
    merged = merge([need("A")], FIRMS)
    for question in (lambda: merged.round(2), lambda: merged.why("B"), lambda: merged.table("x")):  # type: ignore[arg-type]
        with pytest.raises(InputError):
            question()


def test_tables_have_headings_in_both_languages() -> None:
    """A row a round, or a row a need in a round; the Chinese table has the same columns under other headings."""
    merged = merge([need("A", times=2), need("B", "甲", "b", (0, 3))], FIRMS, related=[("a", "b")])
    rounds, turns = merged.table(), merged.table("turns")
    assert rounds["needs"] == ["A;B", "A"]
    assert rounds["fewest"] == ["15.00", "15.00"]
    assert turns["number"] == [15, 5, 15]
    assert turns["own_ends"] == [day_text(FIRST + 11), day_text(FIRST + 3), day_text(FIRST + 23)]
    for name, table in (("rounds", rounds), ("turns", turns)):
        chinese = merged.table(name, lang="zh")  # type: ignore[arg-type]
        assert list(chinese.values()) == list(table.values())
        assert not set(chinese) & set(table)


def test_items_that_are_no_text_are_told_with_all_else() -> None:
    """A list in place of an item of a group is a fault at its place; so is a need that is asked for by a list."""
    odd: Any = [["a", []], [[[]]]]
    with pytest.raises(InputError) as caught:
        merge([need("A"), need("A")], FIRMS, related=odd)
    found = [(note.code, note.at) for note in caught.value.faults]
    assert {("name-repeated", "needs"), ("text-type", "related[0][1]"), ("text-type", "related[1][0]")} <= set(found)
    odd = []
    with pytest.raises(InputError) as caught:
        merge([need("A")], FIRMS).why(odd)
    assert [note.code for note in caught.value.faults] == ["need-unknown"]
