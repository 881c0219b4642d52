"""Samples without a plan: a second implementation, the shell, exact probabilities, reserves, and every refusal."""

import hashlib
import json
import os
import pickle
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Mapping
from fractions import Fraction
from itertools import permutations
from math import ceil, factorial
from pathlib import Path
from typing import Any, Final, cast

import attrs
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from districts import SEED
from dual_random import ticketed as ticketed_module
from dual_random.allocation import by_total, neyman, webster
from dual_random.errors import InputError
from dual_random.forms import Take
from dual_random.registers import Register
from dual_random.sampling import Sample, sample
from dual_random.schemes import DEFAULT, SCHEMES, Scheme
from dual_random.selection import lowest_given, poisson_order, systematic, take_all
from dual_random.testing.strategies import clean_texts

quick = settings(deadline=None, derandomize=True)

GOLDEN: Final = json.loads((Path(__file__).parent / "golden/dual-random-1/sampling.json").read_text("utf-8"))
FORTY: Final = [f"e{number:03d}" for number in range(40)]
SM3: Final[Scheme] = "dual-random/1-sm3"
TOOLS: Final = {DEFAULT: "sha256sum", SM3: "openssl dgst -sm3 -r"}
LABEL: Final = "海曙区 2024-Q3"

both = pytest.mark.parametrize("scheme", SCHEMES)
names = st.lists(clean_texts(), max_size=25, unique=True)


def numbers_of(ids: list[str], scheme: Scheme = DEFAULT, seed: str = SEED) -> dict[str, int]:
    """Tickets as numbers, by hashlib alone."""
    hashed = {"dual-random/1-sha256": "sha256", "dual-random/1-sm3": "sm3"}[scheme]

    def of(*lines: str) -> str:
        return hashlib.new(hashed, "\n".join(lines).encode()).hexdigest()

    key = of(scheme, "label", LABEL, seed)
    return {name: int(of(key, "target", name), 16) for name in ids}


def codes(call: Callable[[], object]) -> list[tuple[str, str]]:
    """Codes and places of the faults of a call."""
    with pytest.raises(InputError) as caught:
        call()
    assert all(note.text("en") and note.text("zh") for note in caught.value.faults)
    return [(note.code, note.at) for note in caught.value.faults]


def untyped(*arguments: object, **options: object) -> list[tuple[str, str]]:
    """The faults of a call whose arguments the type checker would not let pass."""
    call = cast(Any, sample)
    return codes(lambda: call(*arguments, **{"seed": SEED, "label": LABEL, **options}))


# ---- golden values


@both
def test_golden_order_and_tickets(scheme: Scheme) -> None:
    """Samples of every number are those of a second implementation, and so are key and tickets."""
    golden = GOLDEN[scheme]
    for count in range(41):
        found = sample(FORTY, count, seed=golden["seed"], label=golden["label"], scheme=scheme)
        assert list(found.drawn) == golden["lowest_of_e000_to_e039"][:count]
        assert found.ids == found.drawn
        assert found.certain == ()
    assert found.key == golden["key"]
    assert {name: found.ticket(name) for name in golden["tickets"]} == golden["tickets"]


@both
@pytest.mark.parametrize("method", ["systematic", "sequential-poisson"])
def test_golden_sizes(scheme: Scheme, method: Any) -> None:
    """With sizes, those taken for certain and those drawn are those of a second implementation."""
    golden = GOLDEN[scheme]
    for case in golden[method.replace("-", "_")]:
        options = {"seed": golden["seed"], "label": golden["label"], "sizes": GOLDEN["sizes"]}
        found = sample(reversed(FORTY), case["n"], **options, method=method, scheme=scheme)
        assert (list(found.drawn), list(found.certain)) == (case["drawn"], case["take_all"])
        assert found.ids == found.certain + found.drawn
        assert len(found.ids) == case["n"]


# ---- the shell


@both
def test_the_shell_draws_the_same(scheme: Scheme) -> None:
    """printf, sha256sum or openssl, and sort find key, tickets and order without Python."""
    tool = TOOLS[scheme]
    if shutil.which(tool.split()[0]) is None or shutil.which("sort") is None:
        pytest.skip(f"{tool} is not installed")
    ids = ["E1", "E2", "宁波-001", "a b", "é", "91330203MA2AXXXX0Y", "𠮷野家"]
    script = f"""
        hash() {{ {tool} | cut -c1-64; }}
        K=$(printf '%s\\nlabel\\n%s\\n%s' "$SCHEME" "$LABEL" "$SEED" | hash)
        echo "$K"
        for ID in "$@"; do echo "$(printf '%s\\ntarget\\n%s' "$K" "$ID" | hash) $ID"; done | LC_ALL=C sort
    """
    environment = {**os.environ, "SCHEME": scheme, "LABEL": LABEL, "SEED": SEED}
    done = subprocess.run(["sh", "-c", script, "sh", *ids], env=environment, capture_output=True, check=True)
    key, *lines = done.stdout.decode().splitlines()
    found = sample(ids, len(ids), seed=SEED, label=LABEL, scheme=scheme)
    assert found.key == key
    assert [f"{found.ticket(name)} {name}" for name in found.drawn] == lines


# ---- the rules of selection, on tickets


@both
@given(ids=names, count=st.integers(0, 25), data=st.data())
@quick
def test_equal_chances_are_the_lowest_tickets(scheme: Scheme, ids: list[str], count: int, data: st.DataObject) -> None:
    """A sample is the lowest of the tickets as numbers, in any order of the list; reserves are those that follow."""
    count = min(count, len(ids))
    found = sample(data.draw(st.permutations(ids)), count, seed=SEED, label=LABEL, scheme=scheme, alike=True)
    order = lowest_given(numbers_of(ids, scheme), len(ids))
    assert found.drawn == order[:count]
    assert found.reserves(4) == order[count : count + 4]
    assert found.reserves(100) == order[count:]


@quick
@given(names, st.integers(0, 25), st.data())
def test_one_more_extends_and_a_part_filters(ids: list[str], count: int, data: st.DataObject) -> None:
    """n+1 contains n; the draw of all from a part of the list is the filtered draw of all; nobody twice."""
    count = min(count, len(ids))

    def drawn(some: list[str], number: int) -> tuple[str, ...]:
        return sample(some, number, seed=SEED, label=LABEL, alike=True).drawn

    everybody = drawn(ids, len(ids))
    assert sorted(everybody) == sorted(ids)
    assert drawn(ids, count) == everybody[:count]
    part = [name for name in ids if data.draw(st.booleans())]
    assert drawn(part, len(part)) == tuple(name for name in everybody if name in part)


@quick
@given(st.lists(st.integers(0, 12), min_size=1, max_size=20), st.integers(0, 20), st.data())
def test_sizes_follow_the_rules_of_selection(values: list[int], count: int, data: st.DataObject) -> None:
    """With sizes: certain ones first, then the method on the tickets of the others; the list's order is nothing."""
    ids = [f"E{number}" for number in range(len(values))]
    sizes = dict(zip(ids, values, strict=True))
    count = min(count, sum(value > 0 for value in values))
    shuffled = data.draw(st.permutations(ids))
    given_sizes = {name: sizes[name] for name in data.draw(st.permutations(ids))}
    certain = take_all(sizes, count)
    others = {name: size for name, size in sizes.items() if size and name not in certain}
    left, numbers, total = count - len(certain), numbers_of(ids), sum(others.values())

    poisson = sample(shuffled, count, seed=SEED, label=LABEL, sizes=given_sizes, method="sequential-poisson")
    order = poisson_order(numbers, others)
    assert (poisson.certain, poisson.drawn) == (certain, order[:left])
    assert poisson.reserves(3) == order[left : left + 3]
    assert poisson.population == sum(value > 0 for value in values)

    found = sample(shuffled, count, seed=SEED, label=LABEL, sizes=given_sizes)
    start = int(hashlib.sha256(f"{found.key}\nstart".encode()).hexdigest(), 16)
    tickets = sorted(others, key=lambda name: numbers[name])
    assert found.certain == certain
    assert found.drawn == systematic(tickets, others, left, start * total // 2**256)
    assert len(found.ids) == len(set(found.ids)) == count


# ---- how many


@quick
@given(st.lists(st.sampled_from("ABCD"), min_size=1, max_size=30), st.integers(0, 100), st.booleans())
def test_a_rate_holds_in_every_stratum(drawn_strata: list[str], percent: int, as_text: bool) -> None:
    """From every stratum of N the ⌈rN⌉ lowest tickets are drawn, all in one order, and no unit of another."""
    ids = [f"E{number}" for number in range(len(drawn_strata))]
    strata = dict(zip(ids, drawn_strata, strict=True))
    take: Take = f"{percent}%" if as_text else Fraction(percent, 100)
    found = sample(ids, take, seed=SEED, label=LABEL, strata=strata)
    numbers, expected = numbers_of(ids), set()
    for stratum in set(drawn_strata):
        inside = {name: numbers[name] for name in ids if strata[name] == stratum}
        number = ceil(Fraction(percent, 100) * len(inside))
        order = lowest_given(inside, len(inside))
        expected |= set(order[:number])
        assert found.reserves(2, stratum=stratum) == order[number : number + 2]
    assert list(found.drawn) == sorted(expected, key=lambda name: numbers[name])
    assert found.population == len(ids)


@quick
@given(st.lists(st.sampled_from(["A", "A!", "Ａ", "𠮷", ""]), min_size=1, max_size=30), st.integers(0, 30))
def test_a_number_is_the_total_over_strata(drawn_strata: list[str], total: int) -> None:
    """A total falls on the strata as the scheme allots it, ties by the canonical JSON of the stratum."""
    total = min(total, len(drawn_strata))
    strata = {f"E{number}": stratum for number, stratum in enumerate(drawn_strata)}
    found = sample(strata, total, seed=SEED, label=LABEL, strata=strata)
    sizes = {json.dumps([name], ensure_ascii=False): number for name, number in Counter(drawn_strata).items()}
    counted = Counter(strata[name] for name in found.drawn)
    assert {key: counted[json.loads(key)[0]] for key in sizes} == by_total(total, sizes)


def test_a_table_gives_every_stratum_its_take() -> None:
    """Rates and numbers by stratum, such as Webster and Neyman find, are drawn as they stand."""
    strata = {f"E{number:02d}": "AAABBCCCCC"[number % 10] for number in range(60)}

    def numbers(table: Mapping[str, Take]) -> dict[str, int]:
        return Counter(strata[name] for name in sample(strata, table, seed=SEED, label=LABEL, strata=strata).drawn)

    assert numbers({"A": "10%", "B": 5, "C": Fraction(1, 7)}) == {"A": 2, "B": 5, "C": 5}
    sizes = {"A": 18, "B": 12, "C": 30}
    for table in (webster(20, sizes), neyman(20, sizes, {"A": 1, "B": 9, "C": 2})):
        assert numbers(table) == table


def test_rates_are_exact_and_rounded_up() -> None:
    """7 % of 100 is 7, not the 8 of binary floating point; 5 % of 41 is 3; 0 % of anything is nobody."""
    ids = [f"E{number}" for number in range(100)]
    assert len(sample(ids, "7%", seed=SEED, label=LABEL).drawn) == 7
    assert len(sample(ids[:41], "5%", seed=SEED, label=LABEL).drawn) == 3
    assert sample(ids, "0%", seed=SEED, label=LABEL).drawn == sample([], "100%", seed=SEED, label=LABEL).drawn == ()


def test_a_rate_with_sizes_is_of_those_that_can_be_drawn() -> None:
    """Units of size 0 are no part of the population: 50 % of 10 ids, 4 of them of size 0, are 3."""
    sizes = {f"E{number}": 1 if number < 6 else 0 for number in range(10)}
    found = sample(sizes, "50%", seed=SEED, label=LABEL, sizes=sizes)
    assert (len(found.ids), found.population) == (3, 6)
    assert sample(sizes, "100%", seed=SEED, label=LABEL, sizes=sizes).certain == ("E0", "E1", "E2", "E3", "E4", "E5")


# ---- exact chances, through the whole function


def with_all_orders(monkeypatch: pytest.MonkeyPatch, ids: list[str], **options: Any) -> Counter[frozenset[str]]:
    """How often each sample occurs over all orders of the tickets of the ids."""
    found: Counter[frozenset[str]] = Counter()
    for order in permutations(range(len(ids))):
        words = np.array(order, dtype=np.uint64) << np.uint64(40)
        monkeypatch.setattr(ticketed_module, "first_words", lambda *_, words=words: words)
        found[frozenset(sample(ids, **options, seed=SEED, label=LABEL).drawn)] += 1
    return found


def test_simple_samples_have_equal_chances(monkeypatch: pytest.MonkeyPatch) -> None:
    """Over all 720 orders of the tickets each of the 20 samples of 3 of 6 is drawn 36 times."""
    found = with_all_orders(monkeypatch, list("ABCDEF"), take=3)
    assert len(found) == 20
    assert set(found.values()) == {36}


def test_stratified_samples_have_equal_chances(monkeypatch: pytest.MonkeyPatch) -> None:
    """Over all orders, 1 of 2 and 2 of 4 give each of the 12 samples equally often: n/N exactly in each stratum."""
    strata = dict(zip("ABCDEF", "112222", strict=True))
    found = with_all_orders(monkeypatch, list("ABCDEF"), take="50%", strata=strata)
    assert len(found) == 2 * 6
    assert set(found.values()) == {factorial(6) // 12}


# ---- the sample as a value


def test_reserves_follow_the_sample() -> None:
    """Reserves are whom a larger take would have drawn, and no more than there are."""
    for count in range(41):
        found = sample(FORTY, count, seed=SEED, label=LABEL)
        assert found.drawn + found.reserves(3) == sample(FORTY, min(40, count + 3), seed=SEED, label=LABEL).drawn
    assert found.reserves(3) == ()
    assert sample(FORTY, 3, seed=SEED, label=LABEL).reserves(0) == ()


def test_reserves_are_refused_where_there_are_none() -> None:
    """A systematic sample has no reserves; strata must be named where there are any, and only there."""
    sizes = dict.fromkeys(FORTY, 1)
    assert codes(lambda: sample(FORTY, 3, seed=SEED, label=LABEL, sizes=sizes).reserves(1)) == [
        ("reserves-systematic", "")
    ]
    plain = sample(FORTY, 3, seed=SEED, label=LABEL)
    assert codes(lambda: plain.reserves(-1, stratum="A")) == [
        ("count-form", "count"),
        ("reserves-no-strata", "stratum"),
    ]
    assert codes(lambda: cast(Any, plain).reserves(True)) == [("count-form", "count")]
    poisson = sample(FORTY, 3, seed=SEED, label=LABEL, sizes=sizes, method="sequential-poisson")
    assert codes(lambda: poisson.reserves(1, stratum="")) == [("reserves-no-strata", "stratum")]
    strata = {name: "" if name < "e020" else "B" for name in FORTY}
    stratified = sample(FORTY, 3, seed=SEED, label=LABEL, strata=strata)
    assert codes(lambda: stratified.reserves(1)) == [("reserves-stratum", "stratum")]
    assert codes(lambda: stratified.reserves(1, stratum="C")) == [("reserves-stratum", "stratum")]
    assert {strata[name] for name in stratified.reserves(9, stratum="")} == {""}


def test_a_ticket_is_anybodys() -> None:
    """An id that was not drawn, or not in the list, has its ticket too; what is no clean text has none."""
    found = sample(["E1", "E2"], 1, seed=SEED, label=LABEL)
    assert int(found.ticket("E9"), 16) == numbers_of(["E9"])["E9"]
    assert codes(lambda: found.ticket("")) == [("text-empty", "id")]
    assert codes(lambda: cast(Any, found).ticket(7)) == [("text-type", "id")]


def test_a_sample_is_a_value() -> None:
    """It is frozen, equal and hashed by what was drawn from what, short to print, and survives pickling whole."""
    strata = {name: name[-1] for name in FORTY}
    sizes = {name: int(name[1:]) for name in FORTY}
    for found in (
        sample(FORTY, "5%", seed=SEED, label=LABEL),
        sample(FORTY, "5%", seed=SEED, label=LABEL, strata=strata),
        sample(FORTY, 30, seed=SEED, label=LABEL, sizes=sizes, method="sequential-poisson"),
    ):
        again = pickle.loads(pickle.dumps(found))
        assert again == found
        assert hash(again) == hash(found)
        stratum = "1" if found.population == 40 and len(found.drawn) == 10 else None
        assert again.reserves(3, stratum=stratum) == found.reserves(3, stratum=stratum)
        assert attrs.evolve(found) == found
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            cast(Any, found).drawn = ()
    assert repr(found) == f"Sample(30 of 39 ({len(found.certain)} for certain), label='海曙区 2024-Q3', seed='{SEED}')"
    assert found != sample(FORTY, 30, seed=SEED, label="other", sizes=sizes, method="sequential-poisson")
    assert isinstance(found, Sample)


def test_ids_may_come_in_any_form() -> None:
    """A list, a generator, the keys of a dict, an array and a register give the same sample."""
    expected = sample(FORTY, 5, seed=SEED, label=LABEL)
    register = Register({"id": FORTY}, id="id", columns=[])
    for ids in (iter(FORTY), dict.fromkeys(FORTY), np.array(FORTY), register, set(FORTY)):
        assert sample(ids, 5, seed=SEED, label=LABEL) == expected


def test_the_list_may_change_afterwards() -> None:
    """A sample keeps what it needs: changing the caller's list does not change its reserves."""
    ids = list(FORTY)
    found = sample(ids, 5, seed=SEED, label=LABEL)
    before = found.reserves(5)
    ids.clear()
    assert found.reserves(5) == before


@quick
@given(clean_texts(), clean_texts())
def test_label_and_seed_are_part_of_the_key(label: str, seed: str) -> None:
    """The key is the hash of scheme, label and seed; another label or seed is another draw."""
    found = sample(["E1"], 1, seed=seed, label=label)
    assert found.key == hashlib.sha256(f"{DEFAULT}\nlabel\n{label}\n{seed}".encode()).hexdigest()
    assert (found.label, found.seed, found.scheme) == (label, seed, DEFAULT)


# ---- refusals


def test_all_faults_at_once() -> None:
    """Faults of the rules, the list and the tables are told in one go, each at its place."""
    ids: list[object] = ["E1", "E2 ", "E3", "E1", 7, "e-3"]
    found = untyped(
        ids,
        0.05,
        seed=5,
        label="",
        method="systematik",
        scheme="dual-random/2",
        strata={"E1": "A", "E9": "B", "E3": "x\u200b"},
        sizes={"E1": 1.5, "E3": True, "e-3": -1, "E2 ": 3},
    )
    assert found == [
        ("text-empty", "label"),
        ("text-type", "seed"),
        ("choice", "method"),
        ("scheme-unknown", "scheme"),
        ("strata-with-sizes", "sizes"),
        ("share-float", "take"),
        ("id-repeated", "rows 1, 4 (E1)"),
        ("text-space", "row 2"),
        ("id-alike", "rows 3, 6 (E3)"),
        ("id-alike", "rows 3, 6 (e-3)"),
        ("text-type", "row 5"),
        ("entry-missing", "strata.E2 "),
        ("entry-missing", "strata.e-3"),
        ("entry-unknown", "strata.E9"),
        ("text-character", "strata.E3"),
        ("size-form", "sizes.E1"),
        ("size-form", "sizes.E3"),
        ("size-form", "sizes.e-3"),
    ]


@pytest.mark.parametrize("ids", ["E1", b"E1", None, 7])
def test_one_text_is_no_list(ids: object) -> None:
    """A single text would be drawn from letter by letter: it is refused, like what is no list at all."""
    assert untyped(ids, 0) == [("ids-shape", "ids")]


@pytest.mark.parametrize(
    ("take", "fault"),
    [
        (True, "count-form"),
        (-1, "count-form"),
        (0.05, "share-float"),
        ("5", "share-range"),
        ("101%", "share-range"),
        ("five", "share-form"),
        (None, "share-form"),
        (41, "take-above-size"),
        ({"A": 1}, "take-without-strata"),
    ],
)
def test_takes_that_are_refused(take: object, fault: str) -> None:
    """A take is a rate as text or Fraction, or a whole number of those there are; a table needs strata."""
    assert untyped(FORTY, take) == [(fault, "take")]


def test_more_than_can_be_drawn_is_refused() -> None:
    """A number above the units that have a size, or above a stratum's, names its place."""
    sizes = {name: int(name < "e010") for name in FORTY}
    assert untyped(FORTY, 11, sizes=sizes) == [("take-above-size", "take")]
    strata = {name: "AB"[name < "e010"] for name in FORTY}
    assert untyped(FORTY, 41, strata=strata) == [("take-above-size", "take")]
    assert untyped(FORTY, {"A": 31, "C": 1}, strata=strata) == [
        ("take-stratum-missing", "take.B"),
        ("take-stratum-unknown", "take.C"),
        ("take-above-size", "take.A"),
    ]
    assert untyped(FORTY, {"A": 0.5, "B": -1}, strata=strata) == [("share-float", "take.A"), ("count-form", "take.B")]


def test_tables_that_are_none_are_refused() -> None:
    """Strata and sizes are mappings from id; a list beside the ids is refused, as its order would decide."""
    assert untyped(FORTY, 1, strata=["A"] * 40, sizes=[1] * 40) == [
        ("entries-shape", "strata"),
        ("entries-shape", "sizes"),
    ]
    assert untyped(FORTY, 1, strata=dict.fromkeys(FORTY[:39]) | {"e039": "A"})[:1] == [("text-type", "strata.e000")]
    assert untyped(FORTY, 1, sizes={name: np.int64(3) for name in FORTY})[:1] == [("size-form", "sizes.e000")]
    assert untyped(FORTY[:2], 1, sizes={"e000": 1}) == [("entry-missing", "sizes.e001")]


def test_alike_ids_must_be_declared() -> None:
    """E1 and e-1 are refused as perhaps one unit; declared as two, they are drawn as two."""
    assert untyped(["E1", "e-1"], 1) == [("id-alike", "rows 1, 2 (E1)"), ("id-alike", "rows 1, 2 (e-1)")]
    assert sorted(sample(["E1", "e-1"], 2, seed=SEED, label=LABEL, alike=True).drawn) == ["E1", "e-1"]
    assert untyped(["E1", "e-1", "E1"], 1, alike=True) == [("id-repeated", "rows 1, 3 (E1)")]


@settings(deadline=None, derandomize=True, max_examples=20, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(8000, 8400), st.integers(0, 400))
def test_lists_longer_than_a_chunk(size: int, count: int) -> None:
    """Where the list spans several chunks nothing is lost or counted twice."""
    ids = [f"9133{number:06d}" for number in range(size)]
    assert sample(ids, count, seed=SEED, label=LABEL).drawn == lowest_given(numbers_of(ids), count)
