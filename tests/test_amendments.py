"""Amendments as values, the chain that they make, and the visits that stand after them."""

import hashlib
import json
import pickle
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from random import Random
from typing import Any, Final

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

import amendment_oracle
import oracle
from amended_rounds import Round, as_change, chain, rounds
from districts import SEED, faults, named, plan, register
from dual_random.amendments import ENTERPRISE_REASONS, INSPECTOR_REASONS, Amendment, Change
from dual_random.binding import commit
from dual_random.draws import Draw, draw
from dual_random.errors import InputError, VerificationError
from dual_random.messages.amendments import MESSAGES
from dual_random.plans import Demand
from dual_random.records import Record
from dual_random.registers import Register
from dual_random.schemes import SCHEMES
from dual_random.team_rules import Slot, TeamRule
from dual_random.verdicts import Verification
from dual_random.verification import verify
from dual_random.visits import Visit

quick = settings(deadline=None, derandomize=True, max_examples=60)

DIGEST: Final = "5e" * 32


def amendment(**more: Any) -> Amendment:
    """An enterprise that was closed, and another in its place with two people."""
    return Amendment(
        **{
            "enterprise": "E1",
            "reason": "closed",
            "on": "2024-08-12",
            "previous": DIGEST,
            "substitutes": {"消防": "E2"},
            "places": [["E2", "消防", "leader", "F01"], ["E2", "消防", "member", "F02"]],
            **more,
        }
    )


# ---- values


def test_a_change_says_what_and_when() -> None:
    """Of an enterprise, or of a person there; a period is only needed where there are several visits."""
    made = Change(enterprise="E1", inspector="F01", reason="ill", on="2024-08-12")
    assert (made.enterprise, made.inspector, made.period, made.reason, made.on) == (
        "E1",
        "F01",
        "",
        "ill",
        "2024-08-12",
    )
    assert hash(made) == hash(evolve(made))


@pytest.mark.parametrize("reason", [*ENTERPRISE_REASONS, *INSPECTOR_REASONS])
def test_reasons_are_of_enterprises_or_of_people(reason: str) -> None:
    """Twelve codes, none of them both; each has its Chinese term."""
    of_person = reason in INSPECTOR_REASONS
    assert of_person != (reason in ENTERPRISE_REASONS)
    made = amendment(reason=reason, inspector="F09" if of_person else "")
    term = {**ENTERPRISE_REASONS, **INSPECTOR_REASONS}[reason]
    assert made.told_reason == f"{reason} {term}"
    assert 2 <= len(term) <= 6
    refused = faults(
        lambda: Change(enterprise="E1", inspector="" if of_person else "F09", reason=reason, on="2024-08-12")
    )
    assert named(refused) == [("reason-unknown", "reason")]
    others = ENTERPRISE_REASONS if of_person else INSPECTOR_REASONS
    assert refused[0].params["known"] == ", ".join(map(" ".join, others.items()))
    assert amendment(reason=term, inspector="F09" if of_person else "") == made


def test_all_faults_of_a_change_are_named_at_once() -> None:
    """Text that is not clean, an unknown reason, no day."""
    refused = faults(lambda: Change(enterprise=" ", inspector=" F", period="7月\n", reason="Closed", on="2024-8-12"))
    assert [note.at for note in refused] == ["enterprise", "inspector", "period", "reason", "on"]
    strange: Any = 7
    odd = faults(lambda: Change(enterprise=strange, inspector=strange, period=strange, reason=strange, on=strange))
    assert [note.at for note in odd] == ["enterprise", "inspector", "period", "reason", "on"]
    assert [note.code for note in odd][3:] == ["reason-unknown", "day-form"]


@pytest.mark.parametrize("on", ["2024-02-30", "2024-02-01T10:00", "20240201", "", None])
def test_a_day_is_one_of_the_calendar(on: Any) -> None:
    """Other texts are refused."""
    assert named(faults(lambda: Change(enterprise="E1", reason="closed", on=on))) == [("day-form", "on")]


def test_an_amendment_has_one_form() -> None:
    """Lists and mappings become tuples, substitutes in byte order; the order of the places counts."""
    made = amendment(substitutes={"消防": "E2", "\U00020000": "E2", "\uff21": "E3"})
    assert made.substitutes == (("消防", "E2"), ("\uff21", "E3"), ("\U00020000", "E2"))
    assert made.takers == {"E2": ("消防", "\U00020000"), "E3": ("\uff21",)}
    assert made.places == (("E2", "消防", "leader", "F01"), ("E2", "消防", "member", "F02"))
    assert made.spot == ("E1", "")
    assert evolve(made, places=made.places[::-1]) != made
    assert pickle.loads(pickle.dumps(made)) == made


def test_the_json_of_an_amendment_is_canonical_and_leaves_out_what_is_empty() -> None:
    """These bytes are hashed, so they are written down here."""
    assert amendment().to_json().decode() == (
        '{"enterprise":"E1","on":"2024-08-12","places":[["E2","消防","leader","F01"],["E2","消防","member","F02"]],'
        f'"previous":"{DIGEST}","reason":"closed","substitutes":[["消防","E2"]]}}'
    )
    bare = amendment(inspector="F03", period="7月", reason="ill", substitutes={}, places=[])
    assert bare.to_json().decode() == (
        f'{{"enterprise":"E1","inspector":"F03","on":"2024-08-12","period":"7月","previous":"{DIGEST}","reason":"ill"}}'
    )


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_digest_is_that_of_the_json(scheme: Any) -> None:
    """By the hash of the scheme, SHA-256 or SM3."""
    name = scheme.split("-")[-1]
    assert amendment().digest(scheme) == hashlib.new(name, amendment().to_json()).hexdigest()


def test_all_faults_of_an_amendment_are_named_at_once() -> None:
    """Those of the change, a previous that is no digest, names that are not clean, places of another form."""
    refused = faults(
        lambda: amendment(
            reason="ill",
            previous="5E" * 32,
            substitutes=[("消防", "E2"), ("消防", ""), ("", "E3")],
            places=[["E2", "消防", "leader"], ["E2", "", "leader", "F01"], "E2"],
        )
    )
    assert [note.at for note in refused][:2] == ["reason", "previous"]
    assert {note.at for note in refused[2:]} >= {"substitutes", "places[0]", "places[1][1]", "places[2]"}
    twice = faults(lambda: amendment(places=[["E2", "消防", "member", "F01"]] * 2))
    assert [note.code for note in twice] == ["name-repeated"]
    for odd in ("消防", {"a", "b"}, 7, None):
        assert [note.code for note in faults(lambda: amendment(places=odd))] == ["plan-shape"]  # noqa: B023
        assert [note.code for note in faults(lambda: amendment(substitutes=odd))] == ["plan-shape"]  # noqa: B023


# ---- records with amendments


def verified(made: Draw) -> Verification:
    """A record held against its registers, with the seed and the digest that it states itself."""
    digest = made.record.commitment.digest
    return verify(made.record, made.enterprises, made.inspectors, seed=made.record.seed, digest=digest)


@cache
def sample(staffed: bool = True) -> tuple[tuple[Round, Draw, tuple[Change, ...]], ...]:
    """Rounds, each with a chain of changes and the draw after it."""
    found = []
    for seed, own in enumerate(rounds(150, staffed=staffed)):
        made, state, told = own.draw, own.state(), list[Change]()
        for each in chain(seed, state):
            told.append(as_change(each))
            made = made.substitute(
                each["enterprise"],
                inspector=each.get("inspector", ""),
                period=each["period"],
                reason=each["reason"],
                on=each["on"],
            )
            amendment_oracle.amend(state, each)
        found.append((own, made, tuple(told)))
    return tuple(found)


def samples() -> Iterator[tuple[Round, Draw, tuple[Change, ...]]]:
    """With inspectors and without."""
    yield from sample()
    yield from sample(staffed=False)


def test_there_is_something_to_look_at() -> None:
    """Both hashes, people and enterprises, chains of one amendment and of many."""
    lengths = Counter(len(made.record.amendments) for _, made, _ in samples())
    schemes = Counter(made.record.commitment.plan.scheme for _, made, _ in samples())
    persons = Counter(bool(each.inspector) for _, made, _ in samples() for each in made.record.amendments)
    assert min(lengths[1], lengths[8]) > 2, lengths
    assert min(schemes[scheme] for scheme in SCHEMES) > 20
    assert min(persons.values()) > 100


def test_several_changes_at_once_are_the_same_as_one_by_one() -> None:
    """Made together, one after another, or on a record that was published in between and read back."""
    for own, made, told in samples():
        assert own.draw.amend(told) == made
        half = own.draw.amend(told[: len(told) // 2])
        again = evolve(half, record=Record.from_json(half.record.to_json()))
        assert again.amend(told[len(told) // 2 :]).record == made.record
        assert own.draw.amend(iter(told)).record.to_json() == made.record.to_json()
    assert own.draw.amend(()) == own.draw


def test_amended_records_are_read_back() -> None:
    """From their JSON, with the same digest and the same visits."""
    for _, made, _ in samples():
        again = Record.from_json(made.record.to_json())
        assert again == made.record
        assert again.to_json() == made.record.to_json()
        assert (again.digest, again.current) == (made.record.digest, made.record.current)


def test_all_but_the_amendments_is_as_it_was_drawn() -> None:
    """A record that nobody amends has no such part, and one that is amended has it beside what was published."""
    for own, made, _ in samples():
        drawn, amended = json.loads(own.draw.record.to_json()), json.loads(made.record.to_json())
        assert "amendments" not in drawn
        assert amended.pop("amendments") == [json.loads(each.to_json()) for each in made.record.amendments]
        assert amended == drawn
        assert made.record.drawn == own.draw.record
        assert made.record.drawn.to_json() == own.draw.record.to_json()
        assert own.draw.record.drawn is own.draw.record
        assert dict(made.record) == dict(own.draw.record)
        assert made.record.to_json(public=True) == own.draw.record.to_json(public=True)
        assert made.record.receipts == own.draw.record.receipts


def test_each_amendment_names_the_one_before() -> None:
    """The first one the record as it was drawn; the digest of the record is that of the last one."""
    for own, made, _ in samples():
        name = made.record.commitment.plan.scheme.split("-")[-1]
        before = hashlib.new(name, own.draw.record.to_json()).hexdigest()
        assert own.draw.record.digest == before
        for each in made.record.amendments:
            assert each.previous == before
            before = hashlib.new(name, each.to_json()).hexdigest()
        assert made.record.digest == before


def test_a_record_is_found_as_it_was() -> None:
    """By the digest that a later plan names; unknown digests leave it as it is."""
    for own, made, told in sample()[:40]:
        states = [own.draw.amend(told[:number]).record for number in range(len(told) + 1)]
        assert len({state.digest for state in states}) == len(states)
        assert [made.record.as_of(state.digest) for state in states] == states
        assert made.record.as_of(DIGEST) == made.record


def test_the_repr_tells_how_often_it_was_amended() -> None:
    """One, several, or nothing."""
    for own, made, told in sample()[:40]:
        count = len(told)
        said = f", {count} amendment{'' if count == 1 else 's'})"
        assert repr(made.record).endswith(said)
        assert "amendment" not in repr(own.draw.record)


def test_amended_records_are_verified() -> None:
    """With all that was committed; without the people all but the places."""
    for _, made, _ in sample()[:25]:
        assert verified(made)
    for _, made, _ in sample(staffed=False)[:15]:
        assert verified(made)


# ---- what does not change


def spots(visits: Sequence[Visit]) -> dict[tuple[str, str], Visit]:
    """Visits by enterprise and period: there is one of them at most."""
    found = {(visit.enterprise, visit.period): visit for visit in visits}
    assert len(found) == len(visits)
    return found


def test_visits_that_no_change_touches_stay() -> None:
    """Step by step: but those changed, and those at substitutes, all stand as they stood, with everybody on them."""
    seen = 0
    for own, made, _ in samples():
        before = spots(own.draw.record.current)
        for number, each in enumerate(made.record.amendments, 1):
            after = spots(evolve(made.record, amendments=made.record.amendments[:number]).current)
            touched = {each.spot, *((name, each.period) for name in each.takers)}
            assert {s: v for s, v in after.items() if s not in touched} == {
                s: v for s, v in before.items() if s not in touched
            }
            for name in each.takers:
                there = before.get((name, each.period))
                joined = after[name, each.period]
                assert set(there.demands if there else ()) < set(joined.demands)
                assert [p for p in joined.places if there and p in there.places] == list(there.places if there else ())
                seen += 1
            before = after
        assert list(before.values()) == list(made.record.current)
    assert seen > 200


def test_demands_are_taken_over_or_lost() -> None:
    """For no demand there is a visit more than drawn; each lost one is one that an amendment has no substitute for."""
    for own, made, _ in samples():
        drawn = Counter(demand for visit in own.draw.record.values() for demand in visit.demands)
        stand = Counter(demand for visit in made.record.current for demand in visit.demands)
        state = spots(own.draw.record.current)
        for number, each in enumerate(made.record.amendments, 1):
            if not each.inspector:
                drawn -= Counter(set(state[each.spot].demands) - set(dict(each.substitutes)))
            state = spots(evolve(made.record, amendments=made.record.amendments[:number]).current)
        assert stand == drawn


def test_nobody_is_visited_for_the_same_demand_twice() -> None:
    """Neither those drawn nor those who took over, and no substitute was itself found impossible before."""
    for own, made, _ in samples():
        ever = {(demand, visit.enterprise) for visit in own.draw.record.values() for demand in visit.demands}
        gone: set[str] = set()
        for each in made.record.amendments:
            gone |= set() if each.inspector else {each.enterprise}
            assert not set(each.substitutes) & ever
            assert not set(each.takers) & gone
            ever |= set(each.substitutes)


def test_the_visits_that_stand_have_their_tickets_in_order() -> None:
    """The ticket is that of the enterprise, whoever it came for; extra visits remain those that were drawn so."""
    for own, made, _ in samples():
        record = made.record
        key = oracle.key(json.loads(record.commitment.to_json()), record.seed, dict(record.secrets))
        for visit in record.current:
            assert visit.ticket == oracle.hashed(record.commitment.plan.scheme, key, "target", visit.enterprise)
            assert visit.extra <= (visit.enterprise in own.draw.record.extra)
        keys = [(visit.ticket, visit.enterprise) for visit in record.current]
        assert keys == sorted(keys)


def test_everybody_is_at_one_place_of_a_visit_and_within_the_limits() -> None:
    """No limit in force is broken by an amendment, nobody is sent twice to one visit, and nobody without a right."""
    for own, made, _ in sample():
        state = own.state()
        rules = {each.department: each for each in made.record.staffing if not each.shortages}
        state.visits = [{"period": each.period, "places": list(each.places)} for each in made.record.current]
        for visit in made.record.current:
            people = [who for *_, who in visit.places]
            assert len(set(people)) == len(people)
        for department in rules:
            most, per_period = state.draw.most(department), state.draw.rule(department).get("most_per_period")
            for person in state.draw.crew(department):
                going = any(person["id"] in amendment_oracle.on(visit, department) for visit in state.visits)
                assert most is None or not going or state.load(department, person["id"]) <= most
                for period in made.record.commitment.plan.periods or ("",):
                    assert per_period is None or state.in_period(department, person["id"], period) <= per_period


def test_replacements_are_counted() -> None:
    """Everybody who was named in a change or lost a place by one, and everybody who came instead."""
    for own, made, _ in sample():
        gave_up, took_over = Counter[str](), Counter[str]()
        state = spots(own.draw.record.current)
        for number, each in enumerate(made.record.amendments, 1):
            coming = {who for *_, who in each.places}
            leaving = {each.inspector} if each.inspector else {who for *_, who in state[each.spot].places}
            gave_up.update(leaving - coming)
            took_over.update(coming - leaving)
            state = spots(evolve(made.record, amendments=made.record.amendments[:number]).current)
        told = made.record.replacements
        assert {each.inspector: each.gave_up for each in told} == {
            name: gave_up[name] for name in {*gave_up, *took_over}
        }
        assert {each.inspector: each.took_over for each in told if each.took_over} == dict(took_over)
        sizes = [-each.gave_up - each.took_over for each in told]
        assert list(zip(sizes, [each.inspector for each in told], strict=True)) == sorted(
            zip(sizes, [each.inspector for each in told], strict=True)
        )


# ---- nothing half done


def bare() -> Draw:
    """Nine enterprises, three visits, substitution allowed, four people."""
    enterprises = register([{"id": f"E{n}"} for n in range(9)], [])
    inspectors = register([{"id": f"F{n}", "department": "消防"} for n in range(4)])
    rules = plan([Demand("消防", take=3)], teams=[TeamRule(slots=[Slot("member")])], substitution=True)
    return draw(commit(rules, enterprises, inspectors), enterprises, inspectors, seed=SEED)


def test_all_faults_of_several_changes_are_named_and_none_is_made() -> None:
    """Each with the number of its change; the draw stays as it was."""
    made = bare()
    first, second, third = made.record
    before = made.record.to_json()
    person = made.record[second].places[0][2]
    changes = [
        Change(enterprise=first, reason="closed", on="2024-08-12"),
        Change(enterprise=first, reason="closed", on="2024-08-12"),
        Change(enterprise=second, inspector=person, reason="ill", on="2024-08-11"),
        Change(enterprise="E99", reason="closed", on="2024-08-05"),
        Change(enterprise=third, inspector="F99", reason="ill", on="2024-08-13"),
        Change(enterprise=third, period="7月", reason="moved", on="2024-08-14"),
    ]
    assert named(faults(lambda: made.amend(changes))) == [
        ("change-gone", "changes[1].enterprise"),
        ("change-before-last", "changes[2].on"),
        ("change-no-visit", "changes[3].enterprise"),
        ("change-before-draw", "changes[3].on"),
        ("reserves-not-sent", "changes[4].inspector"),
        ("change-not-then", "changes[5].enterprise"),
    ]
    assert made.record.to_json() == before
    assert made.record.amendments == ()
    assert made.amend(changes[:1]).record.amendments[0].enterprise == first
    one = faults(lambda: made.substitute("E99", reason="closed", on="2024-08-05"))
    assert named(one) == [("change-no-visit", "enterprise"), ("change-before-draw", "on")]


def test_only_changes_are_changes() -> None:
    """Other values are named by their place."""
    strange: Any = [Change(enterprise="E1", reason="closed", on="2024-08-12"), ("E1", "closed"), None]
    assert named(faults(lambda: bare().amend(strange))) == [("plan-shape", "changes[1]"), ("plan-shape", "changes[2]")]
    odd: Any = [amendment(), "x"]
    assert named(faults(lambda: evolve(bare().record, amendments=odd))) == [("plan-shape", "amendments[1]")]


# ---- what does not fit


def with_amendments(made: Draw, *amendments: Amendment) -> Record:
    """A record that states amendments."""
    return evolve(made.record, amendments=amendments)


def forged(made: Draw, **more: Any) -> Record:
    """A record with one more amendment that names an enterprise visited, or something else."""
    told: dict[str, Any] = {"enterprise": next(iter(made.record)), "reason": "closed", "on": "2024-08-12"}
    return with_amendments(made, Amendment(**{**told, "previous": made.record.digest, **more}))


def outsider(made: Draw) -> str:
    """An enterprise that is not visited."""
    return min(set(made.enterprises) - set(made.record))


MISFITS: Final[dict[str, Callable[[Draw], tuple[Record, list[tuple[str, str]]]]]] = {
    "not visited": lambda made: (
        forged(made, enterprise=outsider(made)),
        [("amendment-no-visit", "amendments[0]")],
    ),
    "in another period": lambda made: (
        forged(made, period="7月"),
        [("amendment-no-visit", "amendments[0]")],
    ),
    "another demand": lambda made: (
        forged(made, substitutes={"消防": outsider(made), "环保": outsider(made)}),
        [("amendment-demand", "amendments[0].substitutes.环保")],
    ),
    "somebody who does not go there": lambda made: (
        forged(made, inspector="F99", reason="ill"),
        [("amendment-not-sent", "amendments[0]")],
    ),
    "a person and substitutes": lambda made: (
        forged(made, inspector=next(iter(made.record.values())).places[0][2], reason="ill", substitutes={"消防": "E0"}),
        [("amendment-both", "amendments[0].substitutes")],
    ),
    "a place elsewhere": lambda made: (
        forged(made, substitutes={"消防": outsider(made)}, places=[(next(iter(made.record)), "消防", "member", "F0")]),
        [("amendment-place", "amendments[0].places[0]")],
    ),
    "a place of another department": lambda made: (
        forged(made, substitutes={"消防": outsider(made)}, places=[(outsider(made), "环保", "member", "F0")]),
        [("amendment-place", "amendments[0].places[0]")],
    ),
    "a place without a substitute": lambda made: (
        forged(made, places=[(outsider(made), "消防", "member", "F0")]),
        [("amendment-place", "amendments[0].places[0]")],
    ),
    "a successor in another slot": lambda made: (
        forged(
            made,
            inspector=next(iter(made.record.values())).places[0][2],
            reason="ill",
            places=[(next(iter(made.record)), "消防", "leader", "F0")],
        ),
        [("amendment-place", "amendments[0].places[0]")],
    ),
    "two successors": lambda made: (
        forged(
            made,
            inspector=next(iter(made.record.values())).places[0][2],
            reason="ill",
            places=[(next(iter(made.record)), "消防", "member", who) for who in ("F8", "F9")],
        ),
        [("amendment-place", "amendments[0].places[1]")],
    ),
    "replaced twice": lambda made: (
        with_amendments(made, *(2 * forged(made).amendments)),
        [("amendment-no-visit", "amendments[1]")],
    ),
}


@pytest.mark.parametrize("case", MISFITS.values(), ids=MISFITS.keys())
def test_amendments_that_do_not_fit_the_visits_are_told(
    case: Callable[[Draw], tuple[Record, list[tuple[str, str]]]],
) -> None:
    """Whoever asks for the visits that stand is told which amendment does not fit, and nothing is made up."""
    made = bare()
    record, expected = case(made)
    for ask in (lambda: record.current, lambda: record.replacements):
        with pytest.raises(VerificationError) as caught:
            ask()
        assert named(caught.value.findings) == expected
        assert all(note.text("en") and note.text("zh") for note in caught.value.findings)
    assert Record.from_json(record.to_json()) == record
    again = evolve(made, record=record)
    refused = faults(lambda: again.substitute(outsider(made), reason="closed", on="2024-08-20"))
    assert named(refused) == expected
    told = verified(again)
    assert not told
    assert expected[0][0] in [note.code for note in told.findings]


def test_every_message_about_amendments_is_told_somewhere() -> None:
    """Those of the values and of who takes a place: here, or where `test_successions` asks for them."""
    known = {code for code in MESSAGES if code.startswith(("amendment-", "change-", "substitution-", "reserves-"))}
    told = {code for case in MISFITS.values() for code, _ in case(bare())[1]}
    elsewhere = {
        "amendment-twice",
        "amendment-unlinked",
        "change-no-visit",
        "change-nowhere",
        "change-not-then",
        "change-which-period",
        "change-gone",
        "change-before-draw",
        "change-before-last",
        "substitution-not-allowed",
        "substitution-elsewhere",
        "reserves-not-sent",
        "reserves-not-dealt",
    }
    assert known == told | elsewhere
    assert "reason-unknown" in MESSAGES


# ---- altered documents


def leaves(value: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The paths of all leaves."""
    if isinstance(value, dict):
        for name, part in value.items():
            yield from leaves(part, (*path, name))
    elif isinstance(value, list):
        for place, part in enumerate(value):
            yield from leaves(part, (*path, place))
    else:
        yield path


@given(st.integers(0, 40), st.randoms(use_true_random=False))
@quick
def test_whoever_alters_an_amendment_is_found_out(number: int, rng: Random) -> None:
    """A text more or less in any place: the record is refused, or what is stated differs from what follows."""
    own, made, _ = sample()[number]
    data = json.loads(made.record.to_json())
    at = rng.choice(list(leaves(data["amendments"])))
    part: Any = data["amendments"]
    for step in at[:-1]:
        part = part[step]
    values = [*made.enterprises, *(made.inspectors or ()), "closed", "ill", "moved", "2024-08-30", DIGEST, "7月"]
    part[at[-1]] = rng.choice([value for value in values if value != part[at[-1]]])
    if data["amendments"] == json.loads(made.record.to_json())["amendments"]:
        return
    try:
        record = Record.from_json(json.dumps(data, ensure_ascii=False).encode())
    except (InputError, VerificationError):
        return
    told = verified(evolve(made, record=record))
    alone = len(at) == 2 and at[1] in ("on", "reason") and at[0] == len(data["amendments"]) - 1
    assert bool(told) == (alone and fits(own, record)), told.findings
    assert bool(told) <= (record.digest != made.record.digest)


def fits(own: Round, record: Record) -> bool:
    """Whether a last amendment that says another day or reason follows all the same; only its digest tells."""
    changes = [
        Change(**{name: getattr(each, name) for name in ("enterprise", "inspector", "period", "reason", "on")})
        for each in record.amendments
    ]
    try:
        return own.draw.amend(changes).record == record
    except InputError:
        return False


def test_amendments_left_out_or_reordered_are_found_out() -> None:
    """But for the last ones, which only the digest of the record shows: all after it would name another one."""
    seen = 0
    for _, made, told in sample()[:30]:
        if len(told) < 3:
            continue
        one, two, three, *rest = made.record.amendments
        for others in ((one, three, *rest), (two, one, three, *rest), (two, three, *rest)):
            assert not verified(evolve(made, record=evolve(made.record, amendments=others)))
            seen += 1
        short = evolve(made.record, amendments=made.record.amendments[:-1])
        assert verified(evolve(made, record=short))
        assert short.digest == made.record.amendments[-1].previous != made.record.digest
    assert seen > 20


def test_without_the_people_the_places_are_taken_as_they_are_stated() -> None:
    """Substitutes are recomputed from the register of enterprises alone; that the people were not is told."""
    for _, made, _ in sample()[:12]:
        told = verified(evolve(made, inspectors=None))
        assert not told.findings, told.findings
        assert told.unchecked


def test_changes_of_a_random_kind_never_break_anything() -> None:
    """Whatever is asked for, in whatever order: an amendment that holds, or faults that can be read."""
    seen: Counter[str] = Counter()
    for seed, own in enumerate(rounds(90)):
        rng, made = Random(seed), own.draw
        firms, people = [*made.enterprises, *2 * list(made.record), "nobody"], [*(made.inspectors or ()), "nobody"]
        for number in range(6):
            who = rng.choice(people) if rng.random() < 0.6 else ""
            change = {
                "enterprise": rng.choice(firms),
                "inspector": who,
                "period": rng.choice(["", "", *made.record.commitment.plan.periods, "13月"]),
                "reason": "ill" if who else "moved",
                "on": f"2024-08-{rng.choice([5, 7 + number, 7 + number]):02}",
            }
            try:
                made = made.amend([as_change(change)])
            except InputError as error:
                seen.update(note.code for note in error.faults if note.text("en") and note.text("zh"))
            else:
                seen["made"] += 1
        assert verified(made)
    assert seen["made"] > 25, seen
    assert len(seen) > 5, seen


# ---- nobody can bring a friend to the front


def test_to_give_up_a_place_brings_nobody_forward() -> None:
    """Whoever is kept from one visit stands in line for another one as before; only the successor moves."""
    drawn = small()
    visits = list(drawn.record.values())
    for other in visits[1:]:
        for person in other.team["消防"]:
            after = drawn.substitute(other.enterprise, inspector=person, reason="recused", on="2024-09-01")
            (successor,) = [who for *_, who in after.record.amendments[0].places]
            for place in visits[0].team["消防"]:
                before, later = (made.reserves(visits[0].enterprise, place) for made in (drawn, after))
                assert [who for who in later if who != successor] == [who for who in before if who != successor]


@pytest.mark.parametrize(
    ("reason", "kept"),
    [
        ("transferred", {"same place": True, "same period": True, "elsewhere": True}),
        ("certificate", {"same place": True, "same period": True, "elsewhere": True}),
        ("ill", {"same place": True, "same period": True, "elsewhere": False}),
        ("on-leave", {"same place": True, "same period": True, "elsewhere": False}),
        ("other-duty", {"same place": True, "same period": True, "elsewhere": False}),
        ("recused", {"same place": True, "same period": False, "elsewhere": False}),
    ],
)
def test_a_reason_says_where_somebody_goes_no_more(reason: str, kept: Mapping[str, bool]) -> None:
    """Transferred or without a certificate: nowhere; ill or away: not in the period; recused: not to the enterprise."""
    drawn = small()
    visit = next(iter(drawn.record.values()))
    person = visit.team["消防"][0]
    after = drawn.substitute(visit.enterprise, inspector=person, reason=reason, on="2024-09-01")
    for now in after.record.current:
        if person not in now.team["消防"]:
            where = "elsewhere" if now.period != visit.period else "same period"
            where = "same place" if now.enterprise == visit.enterprise else where
            offered = person in after.reserves(now.enterprise, now.team["消防"][0])
            assert offered != kept[where], (now.enterprise, where)


def small() -> Draw:
    """Twelve visits of one department in two months, nine people."""
    people = Register({"id": [f"F{i}" for i in range(9)], "department": ["消防"] * 9}, id="id", columns=["department"])
    firms = Register({"id": [f"E{i:02}" for i in range(20)]}, id="id", columns=[])
    rules = evolve(plan([Demand("消防", take=12)]), periods=("7月", "8月"), substitution=True)
    return draw(commit(rules, firms, people), firms, people, seed=SEED)


def test_a_change_without_an_enterprise_is_one_for_every_visit() -> None:
    """In the order of the tickets, in the period if one is given; a person who goes nowhere is named."""
    drawn = small()
    person = next(visit.team["消防"][0] for visit in drawn.record.values() if visit.period == "7月")
    own = [visit for visit in drawn.record.values() if person in visit.team["消防"]]
    for period in ("", "7月"):
        leave = Change(inspector=person, period=period, reason="on-leave", on="2024-09-01")
        made = drawn.amend([leave]).record.amendments
        due = [visit for visit in own if period in ("", visit.period)]
        assert due
        assert [(each.enterprise, each.period) for each in made] == [(each.enterprise, each.period) for each in due]
        one_by_one = drawn
        for visit in due:
            one_by_one = one_by_one.substitute(
                visit.enterprise, inspector=person, period=visit.period, reason="on-leave", on="2024-09-01"
            )
        assert one_by_one.record.amendments == made
    nobody = Change(inspector="F99", reason="ill", on="2024-09-01")
    assert named(faults(lambda: drawn.amend([nobody]))) == [("change-nowhere", "changes[0].inspector")]


# ---- what is known from outside


def test_the_digest_of_the_last_amendment_shows_what_was_left_off() -> None:
    """With it a shorter or a rewritten list is found; without it that is said."""
    drawn = small()
    first, second, *_ = drawn.record
    once = drawn.substitute(first, reason="closed", on="2024-09-01")
    twice = once.substitute(second, reason="moved", on="2024-09-02").record
    rewritten = once.substitute(second, reason="closed", on="2024-09-02").record
    known: dict[str, Any] = {"seed": SEED, "digest": drawn.record.commitment.digest}
    for record, findings in ((twice, []), (once.record, ["amended-differs"]), (rewritten, ["amended-differs"])):
        found = verify(record, drawn.enterprises, drawn.inspectors, amended=twice.digest, **known)
        assert [note.code for note in found.findings] == findings
        assert found.unchecked == ()
        untold = verify(record, drawn.enterprises, drawn.inspectors, **known)
        assert untold
        assert [note.code for note in untold.unchecked] == ["unchecked-amended"]
    left_off = verify(drawn.record, drawn.enterprises, drawn.inspectors, amended=twice.digest, **known)
    assert [note.code for note in left_off.findings] == ["amended-differs"]
    assert named(faults(lambda: verify(twice, drawn.enterprises, amended="abc", **known))) == [
        ("digest-form", "amended")
    ]


def test_amendments_behind_another_draw_are_unlinked() -> None:
    """The digest of an amended record is that of its last amendment, so the links are looked at wherever it counts."""
    drawn = small()
    amended = drawn.substitute(next(iter(drawn.record)), reason="closed", on="2024-09-01").record
    assert amended.link_faults() == []
    others = evolve(amended, seed="01 02 03 04 05 06 + 07")
    assert others.digest == amended.digest
    assert named(others.link_faults()) == [("amendment-unlinked", "amendments[0].previous")]


def test_without_the_people_it_is_said_that_they_were_not_recomputed() -> None:
    """Who takes an enterprise's place is checked all the same, and that nobody stands twice on a visit."""
    drawn = small()
    record = drawn.substitute(next(iter(drawn.record)), reason="closed", on="2024-09-01").record
    known: dict[str, Any] = {"seed": SEED, "digest": drawn.record.commitment.digest, "amended": record.digest}
    found = verify(record, drawn.enterprises, **known)
    assert "unchecked-amended-people" in [note.code for note in found.unchecked]
    assert "whom they send was NOT recomputed" in str(found)
    (amendment,) = record.amendments
    (first, *_) = amendment.places
    doubled = evolve(record, amendments=[evolve(amendment, places=[first, (*first[:2], "other", first[3])])])
    found = verify(doubled, drawn.enterprises, **{**known, "amended": ""})
    assert [note.code for note in found.findings] == ["amendment-twice"]


def test_the_rate_of_the_visits_that_stand() -> None:
    """Counted anew from them; that of the draw does not change."""
    people = Register(
        {"id": ["F1", "F2", "S1", "S2"], "department": ["消防"] * 2 + ["市监"] * 2}, id="id", columns=["department"]
    )
    firms = Register({"id": [f"E{i:02}" for i in range(20)], "risk": ["A", "B"] * 10}, id="id", columns=["risk"])
    rules = evolve(plan([Demand("消防", take=5), Demand("市监", where={"risk": "A"}, take=3)]), substitution=True)
    drawn = draw(commit(rules, firms, people), firms, people, seed=SEED)
    others = 0
    for name in drawn.record:
        record = drawn.substitute(name, reason="closed", on="2024-09-01").record
        for of in ("visits", "checks"):
            assert record.joint_rate(of=of) == drawn.record.joint_rate(of=of)
        now = record.joint_rate(current=True)
        assert (now.numerator, now.denominator) == (sum(each.joint for each in record.current), len(record.current))
        others += now != record.joint_rate()
    assert others
