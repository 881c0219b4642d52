"""The chain of an authority's commitments: what was kept back, voided, dropped or drawn twice; what stays open."""

import json
from collections.abc import Iterable
from itertools import permutations
from pathlib import Path
from random import Random
from typing import Any, Final

import pytest
from attrs import evolve

from conftest import Run
from districts import OTHER_SEED, SEED, SOURCE, faults, named, plan, register
from dual_random.binding import commit
from dual_random.chains import ChainCheck, check_chain
from dual_random.commitments import Commitment
from dual_random.draws import draw
from dual_random.errors import VerificationError
from dual_random.plans import Demand
from dual_random.records import Record
from dual_random.registers import Register
from dual_random.schemes import SCHEMES, seal
from dual_random.verdicts import Verification
from dual_random.verification import verify

FIRMS: Final = register([{"id": f"E{i}"} for i in range(6)])
AUGUST: Final = "2024-08-06T21:15:00+08:00"
OCTOBER: Final = "2024-10-08T21:15:00+08:00"


def commitment(number: str, previous: Commitment | None = None, **more: Any) -> Commitment:
    """A commitment of two enterprises; its plan has this number, and some parts are otherwise."""
    parts = {name: more.pop(name) for name in ("voids", "of") if name in more}
    firms = more.pop("firms", FIRMS)
    seed = evolve(SOURCE, earliest=more.pop("earliest", AUGUST))
    rules = plan(more.pop("demands", [Demand("消防", take=2)]), number=number, seed=seed, **more)
    return commit(rules, firms, previous="" if previous is None else previous.digest, **parts)


def record_of(given: Commitment, seed: str = SEED, firms: Register = FIRMS) -> Record:
    """The draw of a commitment."""
    return draw(given, firms, seed=seed).record


def chain(*numbers: str, **more: Any) -> list[Commitment]:
    """Commitments that follow each other."""
    made: list[Commitment] = []
    for number in numbers:
        made.append(commitment(number, made[-1] if made else None, **more))
    return made


def found(commitments: Iterable[Commitment], records: Iterable[Record] = ()) -> list[tuple[str, str]]:
    """Codes and places of what is wrong; the statements read in both languages."""
    told = check_chain(commitments, records)
    for note in (*told.findings, *told.unchecked):
        assert note.text("en")
        assert note.text("zh")
    return named(told.findings)


# ---- links


def test_a_chain_that_holds_in_any_order() -> None:
    """All commitments with all records: nothing is found, nothing stays open, whatever the order and the repeats."""
    first, second, third = files = chain("2024-1", "2024-2", "2024-3")
    records = [record_of(each) for each in files]
    for order in permutations(files):
        assert check_chain(order, records[::-1]) == ChainCheck(findings=(), unchecked=())
    assert check_chain([first, second, second, third, first], [*records, *records]) == ChainCheck(findings=())
    assert check_chain([], records) == ChainCheck(findings=())
    assert check_chain([]) == ChainCheck(findings=())


def test_a_check_is_true_if_nothing_is_wrong_and_reads_as_its_notes() -> None:
    """What is open makes it no less true; both are told."""
    first, _, third = chain("2024-1", "2024-2", "2024-3")
    holds, fails = check_chain([first]), check_chain([first, third])
    assert holds
    assert not fails
    assert str(holds) == "\n".join(map(str, holds.unchecked))
    assert str(fails).splitlines() == [str(note) for note in (*fails.findings, *fails.unchecked)]
    assert [note.at for note in fails.under("chain").findings] == ["chain.2024-3.previous", "chain.海曙区"]
    assert len(fails.under("chain").unchecked) == len(fails.unchecked) == 2


def test_a_gap_is_found_wherever_a_file_is_left_out() -> None:
    """Of ten commitments any but the last may be kept back: the one after it tells, by the digest; the last cannot."""
    files = chain(*"ABCDEFGHIJ")
    for place, kept_back in enumerate(files[:-1]):
        given = files[:place] + files[place + 1 :]
        (note,) = check_chain(given).findings
        assert (note.code, note.at) == ("chain-gap", f"{files[place + 1].plan.number}.previous")
        assert note.params == {"digest": kept_back.digest}
    assert found(files[:-1]) == []


def test_branches_and_several_beginnings() -> None:
    """Two after one, three without one before; each once, with all numbers."""
    first = commitment("A")
    heirs = [commitment(number, first) for number in ("C", "B")]
    told = check_chain([first, *heirs])
    assert named(told.findings) == [("chain-fork", "A")]
    assert told.findings[0].params == {"count": 2, "numbers": "B, C"}
    starts = [commitment(number) for number in ("C", "A", "B")]
    assert found(starts[:2]) == [("chain-starts", "海曙区")]
    (note,) = check_chain(starts).findings
    assert (note.code, note.at, note.params) == ("chain-starts", "海曙区", {"count": 3, "numbers": "A, B, C"})


def test_branches_from_a_commitment_that_is_missing() -> None:
    """One gap, and the branch at the first that names it."""
    first = commitment("A")
    assert found([commitment(number, first) for number in ("B", "C")]) == [
        ("chain-gap", "B.previous"),
        ("chain-fork", "B"),
    ]


def test_authorities_are_told_apart() -> None:
    """Their files are not to be mixed; each has a beginning and numbers of its own; no link leads to another one."""
    ours, theirs = chain("2024-1", "2024-2"), chain("2024-1", "2024-2", authority="鄞州区")
    assert found([*ours, *theirs]) == [("chain-authorities", "")]
    assert check_chain([*ours, *theirs]).findings[0].params == {"authorities": "海曙区, 鄞州区"}
    stranger = commitment("2024-3", ours[1], authority="鄞州区")
    told = check_chain([*ours, stranger])
    assert named(told.findings) == [("chain-authorities", ""), ("chain-other-authority", "2024-3.previous")]
    assert told.findings[1].params == {"digest": ours[1].digest, "other": "海曙区", "authority": "鄞州区"}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_each_commitment_is_named_by_the_hash_of_its_own_scheme(scheme: Any) -> None:
    """A chain may go from one hash to the other."""
    first = commitment("A", scheme=scheme)
    second = commitment("B", first)
    third = commitment("C", second, scheme=scheme)
    assert found([third, second, first]) == []


# ---- numbers


def test_a_number_stands_once_among_those_that_are_not_void() -> None:
    """A plan that takes the place of a void one may keep its number; two that stand may not share it."""
    first = commitment("2024-1")
    second = commitment("2024-1", first, voids={first.digest: "开奖取消"})
    assert found([first, second]) == []
    (note,) = check_chain([first, commitment("2024-1", first)]).findings
    assert (note.code, note.at, note.params) == ("chain-number-repeated", "2024-1", {"count": 2})


@pytest.mark.parametrize(
    ("numbers", "missing"),
    [
        (("2024-1", "2024-3"), "2024-2"),
        (("2024-9", "2024-12", "2024-10"), "2024-11"),
        (("甬查〔2024〕1号", "甬查〔2024〕4号"), None),  # no counter at the end
        (("3", "5"), "4"),
        (("2024-3-1", "2024-3-3"), "2024-3-2"),
        (("2024-1", "2025-3"), None),  # two series
        (("2024-02", "2024-05"), None),  # months
        (("2024-08-13", "2024-08-20"), None),  # days
        (("2024年10月8", "2024年10月12"), None),
        (("20240806", "20240901"), None),  # dates
        (("2024-998", "2024-1000"), None),  # counters have three digits at most
        (("A", "C"), None),
    ],
)
def test_numbers_that_are_left_out(numbers: tuple[str, ...], missing: str | None) -> None:
    """Counters show a gap even if the chain has none; what counts months and days shows nothing."""
    told = check_chain(chain(*numbers)).findings
    assert [note.params["numbers"] for note in told] == ([] if missing is None else [missing])
    assert {note.code for note in told} <= {"chain-number-gap"}


def test_many_numbers_left_out_are_counted() -> None:
    """The first ten are named; the ends of the series stand beside them."""
    (note,) = check_chain(chain("2024-1", "2024-20")).findings
    listed = ", ".join(f"2024-{counter}" for counter in range(2, 12))
    expected = {"first": "2024-1", "last": "2024-20", "count": 18, "numbers": f"{listed}, …"}
    assert (note.at, note.params) == ("海曙区", expected)


# ---- declared void


def test_a_void_plan_needs_no_record_and_is_told() -> None:
    """Whether it was declared in time depends on when the digest was published: this is left to look up."""
    first = commitment("2024-1")
    second = commitment("2024-2", first, voids={first.digest: "开奖取消"}, earliest=OCTOBER)
    told = check_chain([first, second], [record_of(second)])
    assert told.findings == ()
    (note,) = told.unchecked
    assert (note.code, note.at) == ("unchecked-chain-void", "2024-1")
    assert note.params == {"by": "2024-2", "digest": second.digest, "earliest": AUGUST}


def test_a_void_plan_that_was_drawn() -> None:
    """A record of it is a finding, whoever declares it void, whenever."""
    first = commitment("2024-1")
    second = commitment("2024-2", first, voids={first.digest: "结果不合适"})
    told = check_chain([first, second], [record_of(first), record_of(second)])
    assert named(told.findings) == [("chain-void-drawn", "2024-1")]
    assert told.findings[0].params == {"by": "2024-2"}


def test_what_is_declared_void_is_known_and_comes_before() -> None:
    """A digest that no file has; a commitment of another branch; a gap is told once, and hides what lay before it."""
    first = commitment("A")
    left = commitment("B", first)
    unknown = commitment("C", left, voids={"ab" * 32: "开奖取消"})
    told = check_chain([first, left, unknown])
    assert named(told.findings) == [("chain-void-unknown", "C.voids")]
    assert told.findings[0].params == {"digest": "ab" * 32}
    right = commitment("D", first, voids={left.digest: "开奖取消"})
    told = check_chain([first, left, right])
    assert named(told.findings) == [("chain-fork", "A"), ("chain-void-not-earlier", "D.voids")]
    assert told.findings[1].params == {"number": "B", "digest": left.digest}
    after = commitment("E", left, voids={left.digest: "开奖取消"})
    assert found([first, after]) == [("chain-gap", "E.previous")]
    last = commitment("F", unknown, voids={first.digest: "开奖取消"})
    assert found([first, last]) == [("chain-gap", "F.previous")]


def test_what_cannot_be_declared_void_is_refused_with_all_else() -> None:
    """No digest, no reason, a digest twice, another shape, nothing before; in a file with its path."""
    rules, first = plan([Demand("消防", take=9)]), commitment("A")
    cases: list[tuple[Any, str, list[tuple[str, str]]]] = [
        ({"x": "y"}, first.digest, [("digest-form", "voids")]),
        ({first.digest: ""}, first.digest, [("text-empty", f"voids.{first.digest}")]),
        ([(first.digest, "甲"), (first.digest, "乙")], first.digest, [("name-repeated", "voids")]),
        (7, first.digest, [("plan-shape", "voids")]),
        ({first.digest: "甲"}, "", [("void-without-previous", "voids")]),
    ]
    for voids, previous, expected in cases:
        told = named(faults(lambda v=voids, p=previous: commit(rules, FIRMS, previous=p, voids=v)))  # type: ignore[misc]
        assert told == [*expected, ("allocation-total-large", "demands[0].take")]
    made = commitment("B", first, voids={first.digest: "开奖取消"})
    assert Commitment.from_json(made.to_json()) == made
    for wrong in ("", " x"):
        with pytest.raises(VerificationError) as caught:
            Commitment.from_json(made.to_json().replace("开奖取消".encode(), wrong.encode()))
        assert [note.at for note in caught.value.findings] == [f"voids.{first.digest}"]


def test_voids_stand_in_the_digest_in_byte_order_and_are_left_out_if_there_are_none() -> None:
    """The order of writing is no rule; a commitment that declares nothing void is the one it always was."""
    first = commitment("A")
    second = commitment("B", first)
    voids = {name: f"因{i}" for i, name in enumerate(sorted((first.digest, second.digest)))}
    made = commitment("C", second, voids=voids)
    assert made.to_json() == commitment("C", second, voids=dict(reversed(voids.items()))).to_json()
    pair, other = (f'["{name}","{reason}"]' for name, reason in voids.items())
    assert f',"voids":[{pair},{other}]}}'.encode() in made.to_json()
    assert b"voids" not in second.to_json()
    assert commitment("C", second).digest != made.digest


# ---- draws


def test_a_plan_is_overdue_once_another_was_drawn_whose_seed_came_no_earlier() -> None:
    """Ten digests out and one record: nine findings. No clock is read, so what comes later, or alone, stays open."""
    files = chain(*(f"2024-{i}" for i in range(1, 11)))
    for place in (0, 5, 9):
        others = [each.plan.number for i, each in enumerate(files) if i != place]
        assert found(files, [record_of(files[place])]) == [("chain-undrawn", number) for number in others]
    late = commitment("2024-11", files[-1], earliest=OCTOBER)
    told = check_chain([*files, late], map(record_of, files))
    assert told.findings == ()
    assert named(told.unchecked) == [("unchecked-chain-undrawn", "2024-11")]
    assert told.unchecked[0].params == {"event": "双色球 2024090期", "earliest": OCTOBER}
    assert len(check_chain([*files, late]).unchecked) == 11
    overdue = check_chain([*files, late], [record_of(files[0]), record_of(late)]).findings
    assert [note.params["later"] for note in overdue] == ["2024-11"] * 9
    between = commitment("2024-12", late, earliest="2024-09-10T21:15:00+08:00")
    assert found([*files, late, between], map(record_of, [*files, late])) == [("chain-undrawn", "2024-12")]


def test_times_are_compared_as_times() -> None:
    """Not as text: another zone, seconds or none."""
    first = commitment("A", earliest="2024-08-06T22:00:00+08:00")
    for earliest, overdue in (("2024-08-06T13:59Z", True), ("2024-08-06T14:00Z", True), ("2024-08-06T14:01Z", False)):
        second = commitment("B", first, earliest=earliest)
        expected = [("chain-undrawn", "B")] if overdue else []
        assert found([first, second], [record_of(first)]) == expected


def test_a_sealed_plan_stays_open() -> None:
    """Its record is opened after the visits, so nothing follows from its absence."""
    seals = {"消防": seal("消防", "6f" * 32)}
    first = commitment("A", seals=seals)
    second = commitment("B", first)
    told = check_chain([first, second], [record_of(second)])
    assert (told.findings, named(told.unchecked)) == ((), [("unchecked-chain-sealed", "A")])


def test_two_records_of_one_commitment() -> None:
    """Another seed, or other visits under the same one; with all digests."""
    (only,) = chain("A")
    one, other = record_of(only), record_of(only, OTHER_SEED)
    altered = evolve(one, enterprises=(*one.enterprises[:-1], "E99"))
    told = check_chain([only], [one, other])
    assert named(told.findings) == [("chain-two-records", "A.record")]
    both, seeds = f"{one.digest}, {other.digest}", f"{SEED}, {OTHER_SEED}"
    assert told.findings[0].params == {"count": 2, "digests": both, "seeds": seeds}
    told = check_chain([only], [one, altered])
    assert named(told.findings) == [("chain-two-records", "A.record")]
    assert told.findings[0].params["seeds"] == SEED
    assert check_chain([], [one, altered, other]).findings[0].params["count"] == 3


def test_an_amended_record_is_the_same_draw() -> None:
    """Each state of it may be given; two lists of amendments of which neither begins the other are two stories."""
    rules = plan([Demand("消防", take=2)], number="A", substitution=True)
    given = commit(rules, FIRMS)
    drawn = draw(given, FIRMS, seed=SEED)
    first, second = drawn.record
    once = drawn.substitute(first, reason="closed", on="2024-08-12")
    twice = once.substitute(second, reason="moved", on="2024-08-13")
    states = [each.record for each in (drawn, once, twice)]
    for order in permutations(states):
        assert found([given], order) == []
    other = drawn.substitute(second, reason="moved", on="2024-08-12").record
    told = check_chain([given], [*states, other])
    assert named(told.findings) == [("chain-two-amendments", "A.record")]
    assert told.findings[0].params == {"count": 4}
    assert found([given], [states[0], other]) == []
    for order in permutations([drawn.record, once.record, other]):
        assert found([given], order) == [("chain-two-amendments", "A.record")]


def test_amendments_do_not_hide_a_second_draw() -> None:
    """The same amendments behind another draw have the same last digest; the draw is another one all the same."""
    given = commit(plan([Demand("消防", take=2)], number="A", substitution=True), FIRMS)
    drawn = draw(given, FIRMS, seed=SEED)
    amended = drawn.substitute(next(iter(drawn.record)), reason="closed", on="2024-08-12").record
    forged = evolve(draw(given, FIRMS, seed=OTHER_SEED).record, amendments=amended.amendments)
    assert forged.digest == amended.digest
    for order in permutations([amended, forged]):
        unlinked = ("amendment-unlinked", "A.record.amendments[0].previous")
        assert found([given], order) == [("chain-two-records", "A.record"), unlinked]


def test_a_record_of_a_commitment_that_was_not_given() -> None:
    """It may have been made after the seed; it still belongs to the chain, so nothing more is found for its sake."""
    first, second, third = chain("2024-1", "2024-2", "2024-3")
    records = [record_of(each) for each in (first, second, third)]
    told = check_chain([first, third], records)
    assert named(told.findings) == [("chain-record-unpublished", "2024-2.record")]
    assert told.findings[0].params == {"digest": second.digest}


# ---- plans that build on a record


def test_the_record_that_a_plan_builds_on_is_among_the_files() -> None:
    """Missing beside other records it is a finding; where none was given it stays open; a void plan needs none."""
    first = commitment("A")
    record = record_of(first)
    missed = register([{"id": "N1"}, {"id": "N2"}, {"id": "N3"}])
    more = {"firms": missed, "supplements": record.digest, "of": record}
    second = commitment("B", first, **more)
    assert check_chain([first, second], [record]).unchecked == ()
    assert found([first, second], [record]) == [("chain-undrawn", "B"), ("chain-seed-known", "B")]
    told = check_chain([first, second])
    assert named(told.unchecked)[-1] == ("unchecked-chain-earlier", "B")
    assert told.unchecked[-1].params == {"digest": record.digest}
    later = draw(second, missed, seed=SEED, of=record).record
    told = check_chain([first, second], [later])
    assert named(told.findings) == [("chain-undrawn", "A")]
    assert named(told.unchecked) == [("unchecked-chain-earlier", "B")]
    unrelated = commitment("C", second, earliest=OCTOBER)
    told = check_chain([first, second, unrelated], [record_of(unrelated)])
    expected = [("chain-undrawn", "A"), ("chain-undrawn", "B"), ("chain-earlier-missing", "B")]
    assert named(told.findings) == expected
    void = commitment("D", second, voids={second.digest: "开奖取消"}, earliest=OCTOBER)
    assert found([first, second, void], [record_of(void)]) == [("chain-undrawn", "A")]


def test_later_plans_may_name_any_state_of_an_amended_record() -> None:
    """The file with all amendments holds the digest of each state before; one with fewer lacks the later ones."""
    first = commit(plan([Demand("消防", take=2)], number="A", substitution=True), FIRMS)
    drawn = draw(first, FIRMS, seed=SEED)
    once = drawn.substitute(next(iter(drawn.record)), reason="closed", on="2024-08-12")
    twice = once.substitute(once.record.current[0].enterprise, reason="closed", on="2024-08-12")
    missed = register([{"id": "N1"}, {"id": "N2"}])
    for state in (drawn, once, twice):
        named_one = {"firms": missed, "supplements": state.record.digest, "of": state.record}
        second = commitment("B", first, earliest=OCTOBER, **named_one)
        assert found([first, second], [twice.record]) == []
        assert check_chain([first, second], [twice.record]).unchecked[0].code == "unchecked-chain-undrawn"
    assert (
        found([first, second], [drawn.record])
        == found([first, second], [once.record])
        == [("chain-earlier-missing", "B")]
    )


def test_those_who_were_missing_are_drawn_once() -> None:
    """Two supplementary plans over one register for one record, none of them void; another register is in order."""
    first = commitment("A")
    record = record_of(first)
    missed, further = register([{"id": "N1"}, {"id": "N2"}]), register([{"id": "N3"}, {"id": "N4"}])
    more = {"supplements": record.digest, "of": record, "earliest": OCTOBER}
    second = commitment("B", first, firms=missed, **more)
    third = commitment("C", second, firms=missed, **more)
    other = commitment("C", second, firms=further, **more)
    told = check_chain([first, second, third], [record])
    assert named(told.findings) == [("chain-supplement-twice", "B")]
    assert told.findings[0].params == {"count": 2, "numbers": "B, C"}
    assert found([first, second, other], [record]) == []
    void = commitment("C", second, firms=missed, voids={second.digest: "名录有误"}, **more)
    assert found([first, second, void], [record]) == []


# ---- many files


def test_what_was_done_to_a_chain_is_what_is_found() -> None:
    """A chain of thirty with records: files kept back, records dropped or doubled; each deed shows, nothing else."""
    files = chain(*(f"2024-{i}" for i in range(1, 31)))
    records = [record_of(each) for each in files]
    doubles = [record_of(each, OTHER_SEED) for each in files]
    rng = Random(8)
    for _ in range(40):
        kept_back, dropped, doubled = rng.sample(range(1, 29), 3)
        given = [each for i, each in enumerate(files) if i != kept_back]
        opened = [each for i, each in enumerate(records) if i not in (kept_back, dropped)] + [doubles[doubled]]
        rng.shuffle(given)
        rng.shuffle(opened)
        assert sorted(found(given, opened)) == sorted(
            [
                ("chain-gap", f"2024-{kept_back + 2}.previous"),
                ("chain-number-gap", "海曙区"),
                ("chain-undrawn", f"2024-{dropped + 1}"),
                ("chain-two-records", f"2024-{doubled + 1}.record"),
            ]
        )


def test_what_is_no_commitment_or_record_is_refused() -> None:
    """Each by its place."""
    wrong: Any = ["x"]
    assert named(faults(lambda: check_chain(wrong, wrong))) == [
        ("plan-shape", "commitments[0]"),
        ("plan-shape", "records[0]"),
    ]
    record = record_of(commitment("A"))
    told = faults(lambda: checked(record, commitments=wrong, records=wrong))
    assert named(told) == [("plan-shape", "commitments[0]"), ("plan-shape", "records[0]")]


# ---- verify


def checked(record: Record, **more: Any) -> Verification:
    """A record, held against what is known."""
    return verify(record, FIRMS, seed=SEED, digest=record.commitment.digest, **more)


def test_verify_finds_what_is_wrong_with_the_chain() -> None:
    """The record and its commitment belong to the files; places begin with chain; without files nothing is asked."""
    first, second, third = chain("2024-1", "2024-2", "2024-3")
    records = [record_of(each) for each in (first, second, third)]
    assert checked(records[2])
    held = checked(records[2], commitments=[first, second], records=records[:2])
    assert (held.findings, held.unchecked) == ((), ())
    told = checked(records[2], commitments=[first], records=records[:1])
    assert named(told.findings) == [("chain-gap", "chain.2024-3.previous"), ("chain-number-gap", "chain.海曙区")]
    assert told.draw is not None
    again = record_of(third, OTHER_SEED)
    told = checked(records[2], records=[*records[:2], again])
    assert named(told.findings) == [("chain-two-records", "chain.2024-3.record")]
    late = commitment("2024-4", third, voids={third.digest: "结果不合适"}, earliest=OCTOBER)
    told = checked(records[2], commitments=iter([first, second, late]), records=iter(records))
    assert named(told.findings) == [("chain-void-drawn", "chain.2024-3")]
    assert named(told.unchecked) == [("unchecked-chain-undrawn", "chain.2024-4")]


def test_verify_tells_the_chain_also_where_nothing_can_be_recomputed() -> None:
    """A record that fails by itself, with a chain that fails: both are told."""
    first, _, third = chain("A", "B", "C")
    record = record_of(third)
    told = verify(record, register([{"id": "E1"}]), seed=SEED, digest=third.digest, commitments=[first])
    assert [note.code for note in told.findings] == ["register-rows", "chain-gap", "chain-undrawn"]
    assert told.draw is None


# ---- the command line


@pytest.fixture
def published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Commitment]:
    """A folder with what an authority published: three commitments, their records, and files of other kinds."""
    monkeypatch.chdir(tmp_path)
    files = chain("2024-1", "2024-2", "2024-3")
    Path("firms.tsv").write_bytes(FIRMS.to_tsv())
    Path("files").mkdir()
    for number, each in enumerate(files, 1):
        record = record_of(each)
        Path(f"files/c{number}.json").write_bytes(each.to_json())
        Path(f"files/r{number}.json").write_bytes(record.to_json())
        Path(f"files/public{number}.json").write_bytes(record.to_json(public=True))
    Path("files/readme.txt").write_text("…", encoding="utf-8")
    return files


def known(given: Commitment) -> tuple[str, ...]:
    """What is known from outside, as options."""
    return ("--seed", SEED, "--digest", given.digest)


def test_the_command_line_verifies_a_record_with_its_chain(run: Run, published: list[Commitment]) -> None:
    """A folder or files, told by what they hold; findings are exit code 1, with their places; in both languages."""
    words = ("verify", "files/r3.json", "firms.tsv", *known(published[2]), "--chain")
    code, out, err = run(*words, "files")
    assert (code, err) == (0, "")
    told = "nothing is wrong with the chain of commitments, as far as the files given show: 3 commitments, 3 records"
    assert told in " ".join(out.split())
    assert "承诺 3 份，记录 3 份" in run("--lang", "zh", *words, "files")[1].replace("\n", "")
    code, _, err = run(*words, "files/c1.json", "files/c2.json", "files/r1.json")
    assert code == 1
    assert err.startswith("files/r3.json: chain.2024-2: the seed of this plan, not before 2024-08-06T21:15:00+08:00,")
    Path("files/c2.json").unlink()
    Path("files/r2.json").unlink()
    code, _, err = run(*words, "files")
    assert code == 1
    assert f"chain.2024-3.previous: the commitment before this one, with the digest {published[1].digest}," in err
    code, out, err = run("verify", "files/r1.json", "firms.tsv", *known(published[0]), "--chain", "files/c1.json")
    assert (code, err) == (0, "")


def test_the_command_line_refuses_other_files_and_damaged_ones(run: Run, published: list[Commitment]) -> None:
    """All at once, each with its name; in a folder other kinds of JSON are passed over, damaged ones are not."""
    words = ("verify", "files/r3.json", "firms.tsv", *known(published[2]), "--chain")
    code, _, err = run(*words, "files/public1.json", "none.json", "firms.tsv")
    assert code == 2
    starts = ["files/public1.json: this is neither", "none.json: there is no such file", "firms.tsv: "]
    assert all(line.startswith(start) for line, start in zip(err.splitlines(), starts, strict=True))
    text = Path("files/r1.json").read_bytes()
    Path("files/r1.json").write_bytes(text.replace(b'"outcome":', b'"outcom":'))
    Path("files/x.json").write_bytes(b"{")
    code, _, err = run(*words, "files")
    assert code == 2
    assert {line.partition(": ")[0] for line in err.splitlines()} == {"files/r1.json", "files/x.json"}


def test_the_command_line_declares_plans_void(run: Run, published: list[Commitment]) -> None:
    """commit --void writes what the commitment declares, and reports it; a digest of another form is refused."""
    rules = published[0].plan.to_dict()

    Path("plan.json").write_text(json.dumps({**rules, "number": "2024-4"}), encoding="utf-8")
    words = ("commit", "plan.json", "firms.tsv", "--previous", published[2].digest, "--out", "c4.json")
    code, out, err = run(*words, "--void", f"{published[2].digest}=开奖取消")
    assert (code, err) == (0, "")
    assert f"declares void 作废 {published[2].digest} (开奖取消)" in " ".join(out.split())
    made = Commitment.from_json(Path("c4.json").read_bytes())
    assert made == commitment("2024-4", published[2], voids={published[2].digest: "开奖取消"})
    code, _, err = run(*words, "--void", "ab=x")
    assert code == 2
    assert err.startswith("--void: ")
    assert run(*words, "--void", published[2].digest)[2].startswith("--void: ")
