"""Records: a draw as it is published, to and from JSON, and the figures read off it."""

import copy
import json
import pickle
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings

import oracle
from districts import SEED, SOURCE, District, districts, faults, named, plan, register
from dual_random.binding import commit
from dual_random.commitments import BoundRegister, Commitment
from dual_random.draws import draw
from dual_random.errors import InputError, VerificationError
from dual_random.plans import Demand, JointRule, Plan
from dual_random.rates import Rate
from dual_random.receipts import Receipts, check_receipt
from dual_random.records import Record
from dual_random.schemes import SCHEMES, seal
from dual_random.staffing import PlaceTable, Shortage, Staffing
from dual_random.text import canonical_json
from dual_random.visits import Visit
from test_tables import record_of, small

quick = settings(deadline=None, derandomize=True, max_examples=100)

SECRETS = {"消防": "6f" * 32, "市监": "a1" * 32}


def sealed() -> Record:
    """A small record whose seed is sealed by two parties."""
    enterprises = register([{"id": f"E{i}", "risk": "AB"[i % 2]} for i in range(6)])
    seals = {party: seal(party, secret) for party, secret in SECRETS.items()}
    rules = plan([Demand("市监", by="risk", take=2), Demand("消防", take=3)], seals=seals)
    return draw(commit(rules, enterprises), enterprises, seed=SEED, secrets=SECRETS).record


def staffed(**changes: Any) -> Record:
    """A record in whose visits 甲 and 乙 send two people each, 丁 one; 丙 is short, and relief was needed for 丁."""
    bare = in_periods()
    people = {"甲": ("A2", "A1"), "乙": ("B1", "B2"), "丁": ('D"1',)}
    slots = ("leader", "member")
    rows = [
        [
            (name, slot, who)
            for name in visit.departments
            for slot, who in zip(slots, people.get(name, ()), strict=False)
        ]
        for visit in bare.values()
    ]
    proof = Shortage(places=[(next(iter(bare)), "member", 2)], most=[("C1", 1)], demand=2, supply=1)
    parts: dict[str, Any] = {
        "places": rows,
        "staffing": [
            Staffing(department="丁", visits=1, places=1, most=3),
            Staffing(department="丙", visits=2, places=4, enough=2, shortages=[proof]),
            Staffing(department="乙", visits=2, places=4),
            Staffing(department="甲", visits=2, places=4),
        ],
    }
    return with_root(evolve(bare, **{**parts, **changes}))


def with_root(record: Record) -> Record:
    """The record with the root that its leaves have, put together visit by visit."""
    data = json.loads(record.to_json())
    rules = record.commitment.plan
    key = oracle.key(data["commitment"], record.seed, dict(record.secrets))
    leaves = []
    for name, visit in record.items():
        salt = oracle.hashed(rules.scheme, key, "receipt", name)
        leaf: dict[str, Any] = {"demands": list(visit.demands), "enterprise": name, "lead": visit.lead, "salt": salt}
        leaf["period"] = rules.periods.index(visit.period) if rules.periods else 0
        if visit.places:
            leaf["team"] = [
                [department, [who for own, _, who in visit.places if own == department]]
                for department in sorted({own for own, _, _ in visit.places}, key=str.encode)
            ]
        leaves.append((salt, name, oracle.canonical(leaf).encode()))
    root = oracle.tree(rules.scheme, [leaf for *_, leaf in sorted(leaves)]).hex()
    return evolve(record, receipts=Receipts(root=root, size=len(leaves)))


def empty() -> Record:
    """A record without any visit."""
    return record_of(([{"id": "E1"}], plan([Demand("市监", take=0)], joint=JointRule(of="checks"))))


# ---- a mapping


def test_a_record_is_a_mapping_from_enterprise_to_visit() -> None:
    """In ticket order; it has keys, values and items, and KeyError for whoever is not visited."""
    record = small()
    assert list(record) == list(record.enterprises) == [visit.enterprise for visit in record.values()]
    tickets = [visit.ticket for visit in record.values()]
    assert tickets == sorted(tickets) == list(record.tickets)
    first = next(iter(record))
    assert isinstance(record[first], Visit)
    assert record.get("E9") is None
    assert first in record
    assert "E9" not in record
    with pytest.raises(KeyError):
        record["E9"]
    assert dict(record.items())[first] == record[first]
    assert [visit.served for visit in record.values()] == list(record.served)


def test_a_record_is_a_frozen_value() -> None:
    """Equal to its copy, hashable, picklable; nothing in it can be changed."""
    record = sealed()
    again = pickle.loads(pickle.dumps(record))
    assert again == record == copy.deepcopy(record)
    assert {record: 1}[again] == 1
    assert again.to_json() == record.to_json()
    with pytest.raises(AttributeError):
        record.seed = "x"  # type: ignore[misc]
    assert evolve(record, seed="05 11 17 22 29 31 + 09") != record


def test_its_repr_shows_the_joint_rate_with_its_counts() -> None:
    """Counts first, then the percentage and what it is of."""
    record = small()
    assert repr(record) == f"Record({len(record)} visits, joint {record.joint_rate()})"
    assert f"{record.outcome.joint_visits}/{len(record)} = " in repr(record)
    assert repr(empty()) == "Record(0 visits, joint 0/0 = – of visits)"


# ---- figures


@quick
@given(districts())
def test_rates_are_counted_from_the_visits(district: District) -> None:
    """Joint visits of visits, checks in joint visits of checks, and what was avoided."""
    record = record_of(district)
    sizes = [len(visit.departments) for visit in record.values()]
    joint = [size for size in sizes if size > 1]
    visits, checks = record.joint_rate(), record.joint_rate(of="checks")
    assert (visits.numerator, visits.denominator, visits.of) == (len(joint), len(sizes), "visits")
    assert (checks.numerator, checks.denominator, checks.of) == (sum(joint), sum(sizes), "checks")
    assert visits.scope == record.commitment.plan.title
    assert record.interruptions_avoided == sum(sizes) - len(sizes)


def test_figures_come_from_the_visits_not_from_the_outcome() -> None:
    """An altered outcome does not change the rate that the record computes."""
    record = small()
    altered = evolve(record, outcome=evolve(record.outcome, joint_visits=0, visits=1))
    assert altered.joint_rate() == record.joint_rate()


def test_a_rate_of_another_measure_is_refused() -> None:
    """Of visits or of checks; nothing else is a joint-sampling rate."""
    assert [note.code for note in faults(lambda: small().joint_rate(of="items"))] == ["rate-measure"]  # type: ignore[arg-type]


def test_the_outcome_is_at_hand() -> None:
    """Target, layout, best rate and bound read off the record."""
    record = small()
    assert (record.target_met, record.layout) == (True, "nested")
    assert record.best_rate == record.outcome.best
    assert record.bound == record.outcome.bound


def test_without_visits_the_best_rate_is_undefined_and_names_its_measure() -> None:
    """0/0 of the plan's measure, printed as a dash; a target is met by no visits."""
    record = empty()
    assert record.outcome.best is None
    assert record.best_rate == Rate(0, 0, of="checks")
    assert f"{record.best_rate:.2%}" == "–"
    assert record.bound == "0.00"
    assert len(record.table("visits")["enterprise"]) == 0


# ---- JSON


@quick
@given(districts())
def test_records_survive_their_json(district: District) -> None:
    """Read back they are equal, have the same digest, and the bytes are canonical."""
    record = record_of(district)
    data = record.to_json()
    assert oracle.canonical(json.loads(data)).encode() == data == canonical_json(json.loads(data))
    again = Record.from_json(data)
    assert (again, again.digest, again.to_json()) == (record, record.digest, data)
    assert record.digest == oracle.hashed(record.commitment.plan.scheme, data.decode())


@pytest.mark.parametrize("made", [small, sealed, empty, staffed])
def test_two_spellings_of_one_json_are_one_record(made: Callable[[], Record]) -> None:
    """Blanks, escapes and the order of keys say nothing."""
    record = made()
    spelled = json.dumps(json.loads(record.to_json()), indent=1, sort_keys=False).encode()
    assert spelled != record.to_json()
    again = Record.from_json(spelled)
    assert (again, again.digest) == (record, record.digest)


def test_secrets_are_published_with_the_record_of_a_sealed_seed() -> None:
    """Party and secret, in byte order of the parties; none where nothing was sealed."""
    published = json.loads(sealed().to_json())
    assert published["secrets"] == [["市监", "a1" * 32], ["消防", "6f" * 32]]
    assert "secrets" not in json.loads(small().to_json())


def test_a_record_opens_its_commitment_byte_for_byte() -> None:
    """The commitment inside is the file whose digest was published."""
    record = sealed()
    inside = canonical_json(json.loads(record.to_json())["commitment"])
    assert inside == record.commitment.to_json()
    assert oracle.hashed(SCHEMES[0], inside.decode()) == record.commitment.digest


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda data: data.pop("commitment"), [("key-missing", "commitment")]),
        (lambda data: data.pop("outcome"), [("key-missing", "outcome")]),
        (lambda data: data.pop("seed"), [("key-missing", "seed")]),
        (lambda data: data.update(seed=7), [("text-type", "seed")]),
        (lambda data: data.update(title="x"), [("key-unknown", "title")]),
        (lambda data: data.update(visits={}), [("plan-shape", "visits")]),
        (lambda data: data.update(secrets=["ab"]), [("plan-shape", "secrets")]),
        (lambda data: data["visits"].insert(1, 5), [("plan-shape", "visits[1]")]),
        (lambda data: data["visits"][1].pop("lead"), [("key-missing", "visits[1].lead")]),
        (lambda data: data["visits"][1].update(colour="red"), [("key-unknown", "visits[1].colour")]),
        (lambda data: data["visits"][1].update(ticket="x"), [("digest-form", "visits[1].ticket")]),
        (lambda data: data["visits"][1].update(demands="市监"), [("plan-shape", "visits[1].demands")]),
        (lambda data: data["visits"].append(data["visits"][-1]), [("name-repeated", "visits")]),
        (lambda data: data["outcome"].update(visits="5"), [("count-form", "outcome.visits")]),
        (lambda data: data["outcome"]["best"].update(denominator=0), [("rate-above-one", "outcome.best.numerator")]),
        (lambda data: data["outcome"].update(layout="wide"), [("choice", "outcome.layout")]),
        (lambda data: data["commitment"]["plan"].pop("title"), [("key-missing", "commitment.plan.title")]),
        (lambda data: data["commitment"].update(previous="x"), [("digest-form", "commitment.previous")]),
    ],
)
def test_a_damaged_record_is_refused_by_path(change: Callable[[Any], object], expected: list[tuple[str, str]]) -> None:
    """Missing, unknown and mistyped parts are each named where they stand."""
    data = json.loads(small().to_json())
    change(data)
    with pytest.raises(VerificationError) as caught:
        Record.from_json(json.dumps(data).encode())
    assert named(caught.value.findings) == expected
    assert all(note.text("zh") for note in caught.value.findings)


def test_all_damages_are_named_at_once() -> None:
    """The first fault does not hide the others, however deep they stand."""
    data = json.loads(small().to_json())
    data["visits"][1]["lead"] = ""
    data["visits"][0].pop("ticket")
    data["outcome"]["over"] = -1
    data["commitment"]["plan"]["demands"][2]["take"] = "200%"
    with pytest.raises(VerificationError) as caught:
        Record.from_json(json.dumps(data).encode())
    assert sorted(note.at for note in caught.value.findings) == [
        "commitment.plan.demands[2].take",
        "outcome.over",
        "visits[0].ticket",
        "visits[1].lead",
    ]


def test_visits_out_of_ticket_order_are_refused() -> None:
    """The order is part of the record: an enterprise finds itself by its ticket."""
    data = json.loads(small().to_json())
    data["visits"][1:3] = data["visits"][2:0:-1]
    with pytest.raises(VerificationError) as caught:
        Record.from_json(json.dumps(data).encode())
    assert named(caught.value.findings) == [("visits-order", "visits[2]")]


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b'"x"', b'{"seed":1e5}', b"\xef\xbb\xbf{}", b'{"seed":"\\ud800"}'])
def test_what_is_no_record_is_refused(data: bytes) -> None:
    """No crash on any bytes."""
    with pytest.raises((InputError, VerificationError)):
        Record.from_json(data)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"served": [3, 4, 5, 6]}, [("plan-shape", f"served[{i}]") for i in range(4)]),
        ({"tickets": ["0" * 64, "zz", 7, "A" * 64]}, [("digest-form", f"tickets[{i}]") for i in (1, 2, 3)]),
        ({"tickets": ["é" * 64] * 4}, [("digest-form", f"tickets[{i}]") for i in range(4)]),
        ({"periods": ["7月", 7, None, "8月"]}, [("text-type", "periods[1]"), ("text-type", "periods[2]")]),
        ({"extra": [["E1"], 7]}, [("text-type", "extra[0]"), ("text-type", "extra[1]")]),
        ({"cells": 5}, [("plan-shape", "")]),
        ({"cells": ["x"]}, [("plan-shape", "cells[0]")]),
        ({"receipts": "x"}, [("plan-shape", "receipts")]),
    ],
)
def test_columns_of_something_else_are_refused(changes: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    """What is no text, no ticket, no cell: named by its place."""
    assert named(faults(lambda: evolve(in_periods(), **changes))) == expected


def test_columns_of_different_lengths_are_refused() -> None:
    """A visit has one of each."""
    record = small()
    assert named(faults(lambda: evolve(record, tickets=record.tickets[1:]))) == [("columns-uneven", "visits")]


def test_an_enterprise_twice_and_wrong_parts_are_refused() -> None:
    """All at once, each under its name."""
    record = small()
    twice = (record.enterprises[0], *record.enterprises[:-1])
    found = faults(lambda: evolve(record, enterprises=twice, seed="", commitment={}, outcome=None))  # type: ignore[arg-type]
    assert named(found) == [
        ("plan-shape", "commitment"),
        ("plan-shape", "outcome"),
        ("text-empty", "seed"),
        ("name-repeated", "visits"),
    ]


# ---- receipts, cells, periods


def in_periods() -> Record:
    """A spread record with an extra visit and three periods."""
    rows = [{"id": f"E{i}", "risk": "AAAAAAB"[i]} for i in range(7)]
    demands = [Demand(name, take=2, where={"risk": "A"}) for name in ("甲", "乙", "丙")]
    demands.append(Demand("丁", take=1, where={"risk": "B"}))
    joint = JointRule(at_least="75%", reach="extra")
    return record_of((rows, plan(demands, joint=joint, periods=["7月", "8月", "9月"])))


@quick
@given(districts())
def test_root_periods_and_extra_visits_are_those_of_a_literal_reading(district: District) -> None:
    """The root over all visits, the period of each, and which of them are made for the target alone."""
    rows, _ = district
    record = record_of(district)
    found = oracle.draw(json.loads(record.commitment.to_json()), rows, SEED, {})
    assert record.receipts is not None
    assert (record.root, record.receipts.size) == (found["root"], len(record))
    assert [(v.period, v.extra) for v in record.values()] == [
        (v.get("period", ""), v.get("extra", False)) for v in found["visits"]
    ]


@quick
@given(districts())
def test_every_visit_has_a_receipt(district: District) -> None:
    """It leads to the root, and its leaf tells the visit and nobody else's."""
    record = record_of(district)
    scheme = record.commitment.plan.scheme
    for name, visit in record.items():
        leaf = json.loads(check_receipt(record.receipt(name), record.root, size=len(record), scheme=scheme))
        assert (leaf["enterprise"], tuple(leaf["demands"]), leaf["lead"]) == (name, visit.demands, visit.lead)
        periods = record.commitment.plan.periods
        assert leaf["period"] == (periods.index(visit.period) if periods else 0)


def test_a_record_that_lies_about_its_root_gives_no_receipt() -> None:
    """Another root, another visit, a period that the plan does not have: no receipt, and the path of the lie."""
    record = in_periods()
    name = next(iter(record))
    assert record.receipts is not None
    lies = (
        evolve(record, receipts=evolve(record.receipts, root="0" * 64)),
        evolve(record, served=(record.served[-1], *record.served[1:-1], record.served[0])),
        evolve(record, periods=("10月", *record.periods[1:])),
    )
    for lie in lies:
        with pytest.raises(VerificationError) as caught:
            lie.receipt(name)
        assert named(caught.value.findings) == [("value-differs", "receipts.root")]
    assert named(faults(lambda: evolve(record, receipts=None).receipt(name))) == [("receipts-unstated", "receipts")]
    assert named(faults(lambda: record.receipt("E99"))) == [("receipt-unknown", "")]


def test_before_the_visits_only_totals_are_public() -> None:
    """Digest, seed, root, size and counts; no enterprise, ticket, cell or secret, and no list of any kind."""
    record = sealed()
    public = json.loads(record.to_json(public=True))
    assert set(public) == {"commitment", "outcome", "receipts", "scheme", "seed"}
    assert public["commitment"] == record.commitment.digest
    assert public["receipts"] == {"root": record.root, "size": len(record)}
    text = record.to_json(public=True).decode()
    hidden = [*record, *record.tickets, *SECRETS.values(), *(cell.key for cell in record.cells)]
    assert not any(part in text for part in hidden)
    assert "[" not in text
    early = json.loads(evolve(record, receipts=None).to_json(public=True))
    assert set(early) == {"commitment", "outcome", "scheme", "seed"}


def test_cells_that_hold_the_target_back_stand_worst_first() -> None:
    """Half of four visits by one alone lacks 1 of 3 joint ones; a lone visit elsewhere lacks three quarters."""
    rows = [{"id": f"E{i}", "risk": "AAAAB"[i]} for i in range(5)]
    demands = [Demand("甲", take=4, where={"risk": "A"}), Demand("乙", take=2, where={"risk": "A"})]
    demands.append(Demand("丁", take=1, where={"risk": "B"}))
    record = record_of((rows, plan(demands, joint=JointRule(at_least="75%"))))
    assert [(cell.key, lacking) for cell, lacking in record.shortfalls()] == [
        ('[["乙",[]],["甲",[]]]', Fraction(1)),
        ('[["丁",[]]]', Fraction(3, 4)),
    ]
    by_checks = record_of((rows, plan(demands, joint=JointRule(at_least="75%", of="checks"))))
    assert [lacking for _, lacking in by_checks.shortfalls()] == [Fraction(3, 4), Fraction(1, 2)]
    assert record_of((rows, plan(demands))).shortfalls() == ()


def test_extra_visits_must_be_visits() -> None:
    """An enterprise that is not visited cannot be visited for the target alone."""
    record = in_periods()
    assert len(record.extra) == 1
    assert [visit.enterprise for visit in record.values() if visit.extra] == list(record.extra)
    assert named(faults(lambda: evolve(record, extra=["E99", *record.extra]))) == [("extra-unvisited", "extra")]


def test_periods_must_be_as_many_as_visits() -> None:
    """A column that is shorter is named with all lengths."""
    record = in_periods()
    found = faults(lambda: evolve(record, periods=record.periods[1:]))
    assert (named(found), found[0].params["counts"]) == ([("columns-uneven", "visits")], "4, 4, 4, 3")


# ---- people


def test_a_record_tells_who_goes() -> None:
    """Each visit has its places, the record has them in one table; where nobody was dealt there are none."""
    record = staffed()
    assert [visit.places for visit in record.values()] == list(record.places)
    teams = [visit.team for visit in record.values()]
    assert {name: who for team in teams for name, who in team.items()} == {
        "甲": ("A2", "A1"),
        "乙": ("B1", "B2"),
        "丁": ('D"1',),
    }
    assert len(record.places.inspectors) == 9
    bare = in_periods()
    assert (bare.places, bare.staffing, bare.shortages) == (PlaceTable(), (), ())
    assert {visit.places for visit in bare.values()} == {()}
    assert pickle.loads(pickle.dumps(record)) == record != bare
    assert {record: 1}[copy.deepcopy(record)] == 1


def test_a_record_of_people_survives_its_json() -> None:
    """Places stand in the visits, staffing in the record; bytes are canonical, equal values have equal digests."""
    record = staffed()
    data = json.loads(record.to_json())
    assert record.to_json() == canonical_json(data)
    assert [visit.get("places", []) for visit in data["visits"]] == [list(map(list, own)) for own in record.places]
    assert data["staffing"][:2] == [
        {"department": "丁", "most": 3, "places": 1, "visits": 1},
        {
            "department": "丙",
            "enough": 2,
            "places": 4,
            "shortages": [
                {"demand": 2, "most": [["C1", 1]], "places": [[next(iter(record)), "member", 2]], "supply": 1}
            ],
            "visits": 2,
        },
    ]
    again = Record.from_json(record.to_json())
    assert (again, again.digest, again.to_json()) == (record, record.digest, record.to_json())
    assert again.digest == oracle.hashed(SCHEMES[0], record.to_json().decode()) != in_periods().digest


def test_what_nobody_was_dealt_for_leaves_no_trace() -> None:
    """Without people the bytes are those of before; visits without places, or a table without any, have none."""
    bare = in_periods()
    data = json.loads(bare.to_json())
    assert "staffing" not in data
    assert not any("places" in visit for visit in data["visits"])
    assert evolve(bare, places=[[] for _ in bare]) == bare
    short = staffed(places=())
    told = json.loads(short.to_json())
    assert not any("places" in visit for visit in told["visits"])
    assert (Record.from_json(short.to_json()), short.places) == (short, PlaceTable())
    rows = [[(visit.departments[0], "member", "A1")] if i == 2 else [] for i, visit in enumerate(bare.values())]
    some = json.loads(staffed(places=rows).to_json())
    assert ["places" in visit for visit in some["visits"]] == [False, False, True, False]


def test_names_in_a_record_are_shared() -> None:
    """Read from JSON, a name is one value however often it stands: a city has few inspectors and many visits."""
    places = Record.from_json(staffed().to_json()).places
    for column in (places.departments, places.slots, places.inspectors):
        assert len({id(name) for name in column}) == len(set(column))


def test_shortages_are_counted_and_told() -> None:
    """A note for each block that is short, none for a limit that was raised; the repr has their number if staffed."""
    record = staffed()
    assert [(note.code, note.at) for note in record.shortages] == [("places-short-of-most", "丙")]
    assert repr(record) == f"Record(4 visits, joint {record.joint_rate()}, 1 shortage)"
    proofs = [Shortage(places=[("E1", slot, 1)], demand=1, supply=0) for slot in ("leader", "member")]
    two = evolve(record, staffing=[Staffing(department="丙", visits=2, places=4, shortages=proofs)])
    assert [note.code for note in two.shortages] == ["places-short"] * 2
    assert repr(two).endswith(", 2 shortages)")
    full = evolve(record, staffing=[Staffing(department="丙", visits=2, places=4)])
    assert (full.shortages, repr(full)[-14:]) == ((), ", 0 shortages)")
    assert repr(in_periods()) == f"Record(4 visits, joint {record.joint_rate()})"


def test_before_the_visits_no_person_is_public() -> None:
    """Neither places nor staffing, nor any name in them: only the root says that teams were dealt."""
    record = staffed()
    public = record.to_json(public=True)
    assert set(json.loads(public)) == {"commitment", "outcome", "receipts", "scheme", "seed"}
    hidden = {*record.places.inspectors, *record.places.departments, "C1", "staffing", "places"}
    assert not any(name in public.decode() for name in hidden)


def test_receipts_tell_the_team() -> None:
    """The leaf has the departments in byte order with their people as dealt, and another team is another root."""
    record = staffed()
    for name, visit in record.items():
        leaf = json.loads(check_receipt(record.receipt(name), record.root, size=len(record)))
        assert leaf.get("team", []) == [[department, list(visit.team[department])] for department in sorted(visit.team)]
        assert leaf["period"] == record.commitment.plan.periods.index(visit.period)
    people = record.places.inspectors
    swapped = tuple({"A1": "A2", "A2": "A1"}.get(who, who) for who in people)
    for lie in (evolve(record.places, inspectors=swapped), PlaceTable()):
        with pytest.raises(VerificationError) as caught:
            evolve(record, places=lie).receipt(next(iter(record)))
        assert named(caught.value.findings) == [("value-differs", "receipts.root")]


def test_a_record_that_staffs_another_has_its_own_periods() -> None:
    """Visits of the periods that are staffed, tickets as they were; a receipt counts periods in the new plan."""
    earlier = in_periods()
    rules = Plan(
        title="派员", authority="海曙区", number="2024-3-1", seed=SOURCE, staffs=earlier.digest, periods=["9月", "8月"]
    )
    commitment = Commitment(
        plan=rules,
        enterprises=BoundRegister(digest="0" * 64, rows=7),
        inspectors=BoundRegister(digest="1" * 64, rows=3),
    )
    copied = [visit for visit in earlier.values() if visit.period != "7月"]
    record = with_root(
        Record(
            commitment=commitment,
            seed=SEED,
            outcome=evolve(earlier.outcome, best=None, bound="0.00", layout="nested", independent=None),
            enterprises=[visit.enterprise for visit in copied],
            tickets=[visit.ticket for visit in copied],
            served=[visit.served for visit in copied],
            periods=[visit.period for visit in copied],
            extra=[visit.enterprise for visit in copied if visit.extra],
            places=[[(visit.departments[0], "member", "A1")] for visit in copied],
            staffing=[Staffing(department="甲", visits=1, places=1)],
        )
    )
    assert Record.from_json(record.to_json()) == record
    assert [evolve(visit, places=()) for visit in record.values()] == copied
    assert len(record) > 0
    for name, visit in record.items():
        leaf = json.loads(check_receipt(record.receipt(name), record.root, size=len(record)))
        assert leaf["period"] == ("9月", "8月").index(visit.period)
    assert record.table("places")["inspector"] == ["A1"] * len(record)
    assert record.table("departments")["department"]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda data: data.update(staffing={}), [("plan-shape", "staffing")]),
        (lambda data: data["staffing"].reverse(), [("names-order", "staffing")]),
        (lambda data: data["staffing"].append(data["staffing"][-1]), [("names-order", "staffing")]),
        (lambda data: data["staffing"][0].pop("visits"), [("key-missing", "staffing[0].visits")]),
        (lambda data: data["staffing"][1].pop("places"), [("key-missing", "staffing[1].places")]),
        (lambda data: data["staffing"][1].update(places=1), [("shortage-above-places", "staffing[1].shortages")]),
        (
            lambda data: data["staffing"][1]["shortages"][0].update(supply=0, most=[["C1", 1, 1]]),
            [("plan-shape", "staffing[1].shortages[0].most[0]")],
        ),
        (
            lambda data: data["staffing"][1]["shortages"][0].update(supply=0),
            [("shortage-sum", "staffing[1].shortages[0].supply")],
        ),
        (lambda data: data["visits"][1].update(places=5), [("plan-shape", "visits[1].places")]),
        (lambda data: data["visits"][1].update(places=["ABC"]), [("plan-shape", "visits[1].places[0]")]),
        (
            lambda data: data["visits"][1].update(places=[["甲", 1, None]]),
            [("json-value", "visits[1].places[0][2]"), ("text-type", "visits[1].places[0][1]")],
        ),
        (
            lambda data: data["visits"][2].update(places=[["税", "member", "T1"]]),
            [("place-department", "visits[2].places[0]")],
        ),
        (
            lambda data: (data["visits"][0].update(places=[["税", "x", "T1"], ["甲", "", "A1"]]), data.update(seed="")),
            [("text-empty", "seed"), ("text-empty", "visits[0].places[1][1]")],
        ),
        (lambda data: data.update(shortages=[]), [("key-unknown", "shortages")]),
    ],
)
def test_damaged_people_are_refused_by_path(change: Callable[[Any], object], expected: list[tuple[str, str]]) -> None:
    """Every part of places and staffing is named where it stands."""
    data = json.loads(staffed().to_json())
    change(data)
    with pytest.raises(VerificationError) as caught:
        Record.from_json(json.dumps(data).encode())
    assert sorted(named(caught.value.findings)) == sorted(expected)
    assert all(note.text("zh") for note in caught.value.findings)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"places": 5}, [("plan-shape", "")]),
        ({"places": [[], [], ["ABC"], []]}, [("plan-shape", "places[2][0]")]),
        ({"places": [[("丁", "member", "D1")]]}, [("columns-uneven", "visits")]),
        ({"staffing": [5]}, [("plan-shape", "staffing[0]")]),
        ({"staffing": 5}, [("plan-shape", "")]),
        (
            {"staffing": [Staffing(department=name, visits=1, places=1) for name in "甲乙"]},
            [("names-order", "staffing")],
        ),
        (
            {"places": [[("税", "member", "T1")]] * 4},
            [("place-department", f"visits[{i}].places[0]") for i in range(4)],
        ),
    ],
)
def test_people_of_another_form_are_refused(changes: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    """Places that no visit has, departments that do not come, staffing out of order."""
    assert named(faults(lambda: evolve(in_periods(), **changes))) == expected


def test_a_place_without_its_department_is_found_among_others() -> None:
    """The same place on two visits, to one of which the department does not come: that one is named."""
    record = in_periods()
    for name in "甲乙丙丁":
        comes = [name in served.departments for served in record.served]
        assert set(comes) == {True, False}
        for i, j in ((i, j) for i in range(4) for j in range(4) if comes[j] and not comes[i]):
            rows = [[(name, "member", "P1")] if place in (i, j) else [] for place in range(4)]
            found = faults(lambda rows=rows: evolve(record, places=rows))  # type: ignore[misc]
            assert named(found) == [("place-department", f"visits[{i}].places[0]")]


def test_places_out_of_order_are_refused_where_they_stand() -> None:
    """Departments in byte order on every visit; the visit is named, and all of them."""
    record = staffed()
    rows = [list(own) for own in record.places]
    joint = [i for i, own in enumerate(rows) if len({name for name, _, _ in own}) > 1]
    assert joint
    for i in joint:
        rows[i].reverse()
    found = faults(lambda: evolve(record, places=rows))
    assert named(found) == [("places-order", f"visits[{i}].places") for i in joint]
    found = faults(lambda: evolve(record, places=rows[:-1]))
    assert (named(found), found[0].params["counts"]) == ([("columns-uneven", "visits")], "4, 4, 4, 4, 3")
