"""Schemes: values of a second implementation, the shell as a third, and what each form of text is refused for."""

import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from districts import SEED
from dual_random import schemes
from dual_random.errors import InputError
from dual_random.plans import Plan
from dual_random.schemes import (
    DEFAULT,
    SCHEMES,
    Scheme,
    commitment_key,
    digest,
    form_faults,
    form_outcomes,
    hasher,
    is_digest,
    label_key,
    rehearsal_key,
    scheme_faults,
    seal,
    sealed_seed,
    secret_faults,
    seed_faults,
    ticket,
    ticket_start,
)
from dual_random.testing.strategies import SEED_FORM, clean_texts, seeds

quick = settings(deadline=None, derandomize=True)

GOLDEN: Final = json.loads((Path(__file__).parent / "golden/dual-random-1/scheme.json").read_text("utf-8"))
SM3: Final[Scheme] = "dual-random/1-sm3"
TOOLS: Final = {DEFAULT: "sha256sum", SM3: "openssl dgst -sm3 -r"}
HASHES: Final = {DEFAULT: "sha256", SM3: "sm3"}
SECRET: Final = "6f" * 32

both = pytest.mark.parametrize("scheme", SCHEMES)


def codes(call: Callable[[], object]) -> list[tuple[str, str]]:
    """Codes and places of the faults of a call."""
    with pytest.raises(InputError) as caught:
        call()
    assert all(note.text("en") and note.text("zh") for note in caught.value.faults)
    return [(note.code, note.at) for note in caught.value.faults]


# ---- golden values


@both
def test_golden_keys(scheme: Scheme) -> None:
    """Keys of a label and of a commitment are those of a second implementation."""
    golden = GOLDEN[scheme]
    assert label_key(scheme, golden["label"], golden["seed"]) == golden["key"]
    committed = golden["commitment_key"]
    assert commitment_key(scheme, committed["digest"], committed["seed"]) == committed["key"]


@both
def test_golden_tickets(scheme: Scheme) -> None:
    """Tickets of ids in ASCII, Chinese, private use and beyond the BMP are those of a second implementation."""
    golden = GOLDEN[scheme]
    found = {name: ticket(scheme, golden["key"], "target", name) for name in golden["tickets"]}
    assert found == golden["tickets"]
    three = golden["inspector_ticket"]
    assert ticket(scheme, golden["key"], "inspector", *three["names"]) == three["ticket"]


@both
def test_golden_seals(scheme: Scheme) -> None:
    """A seal and a sealed seed are those of a second implementation."""
    sealed, opened = GOLDEN[scheme]["seal"], GOLDEN[scheme]["sealed_seed"]
    assert seal(sealed["party"], sealed["secret"], scheme=scheme) == sealed["seal"]
    assert sealed_seed(scheme, opened["public"], opened["secrets"]) == opened["seed"]


@both
def test_golden_byte_order(scheme: Scheme) -> None:
    """Python sorts text as the scheme does: by code points, which is by bytes of UTF-8."""
    order = GOLDEN[scheme]["byte_order"]
    assert sorted(order) == sorted(order, key=str.encode) == order
    assert sorted(order, key=lambda text: text.encode("utf-16-be")) != order


def test_hashes_of_the_standards() -> None:
    """The hashes of "abc" are those printed in FIPS 180-4 and GB/T 32905."""
    assert digest(DEFAULT, b"abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert digest(SM3, b"abc") == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"


# ---- the shell


def printed(form: str, scheme: Scheme, *words: str) -> str:
    """What ``printf`` and the hash tool print, the words given as arguments."""
    tool = TOOLS[scheme]
    if not shutil.which(tool.split()[0]):
        pytest.skip(f"{tool} is not installed")
    script = f'form=$1; shift; printf "$form" "$@" | {tool}'
    command = ["sh", "-c", script, "sh", form, *words]
    done = subprocess.run(command, capture_output=True, check=True, env={**os.environ, "LC_ALL": "C"})
    return done.stdout.decode().split()[0]


@both
def test_shell_gives_the_same(scheme: Scheme) -> None:
    """Keys, tickets, seals and sealed seeds are what a shell line prints."""
    key = label_key(scheme, "海曙区 2024", SEED)
    assert printed("%s\\nlabel\\n%s\\n%s", scheme, scheme, "海曙区 2024", SEED) == key
    assert printed("%s\\ntarget\\n%s", scheme, key, "宁波-001 \\n%") == ticket(scheme, key, "target", "宁波-001 \\n%")
    assert printed("%s\\nstart", scheme, key) == ticket(scheme, key, "start")
    committed = commitment_key(scheme, "ab" * 32, SEED)
    assert printed("%s\\ncommitment\\n%s\\n%s", scheme, scheme, "ab" * 32, SEED) == committed
    assert printed("%s\\nseal\\n%s\\n%s", scheme, scheme, "消防", SECRET) == seal("消防", SECRET, scheme=scheme)
    words = (SEED, "市监", "a" * 64, "消防", SECRET)
    opened = sealed_seed(scheme, SEED, {"消防": SECRET, "市监": "a" * 64})
    assert printed("%s\\nseed\\n%s" + "\\n%s" * 4, scheme, scheme, *words) == opened


# ---- hashes and tickets


@both
@quick
@given(clean_texts(), st.lists(clean_texts(), max_size=3))
def test_ticket_is_the_hash_of_its_lines(scheme: Scheme, purpose: str, names: list[str]) -> None:
    """For all names: the ticket is the hash of key, purpose and names joined by LF, none at the end."""
    key = "0123456789abcdef" * 4
    lines = "\n".join([key, purpose, *names]).encode()
    assert ticket(scheme, key, purpose, *names) == hashlib.new(HASHES[scheme], lines).hexdigest()


@both
def test_tickets_share_a_start(scheme: Scheme) -> None:
    """A copied start fed with a name gives the ticket, and the start stays as it was."""
    start = ticket_start(scheme, "ab" * 32, "target")
    for name in ("E1", "宁波", "E1"):
        state = start.copy()
        state.update(name.encode())
        assert state.hexdigest() == state.digest().hex() == ticket(scheme, "ab" * 32, "target", name)


def test_key_fills_the_first_block() -> None:
    """A key is 64 bytes, the block of both hashes."""
    for scheme in SCHEMES:
        assert len(label_key(scheme, "x", "0042").encode()) == hashlib.new(HASHES[scheme]).block_size == 64


def test_one_change_changes_every_key() -> None:
    """Scheme, kind, label, digest and seed each decide the key."""
    keys = [make(scheme, "a" * 64, seed) for make in (label_key, commitment_key) for scheme in SCHEMES for seed in "01"]
    assert len({*keys, label_key(DEFAULT, "b" * 64, "0"), commitment_key(DEFAULT, "b" * 64, "0")}) == 10


@both
def test_rehearsal_key_is_the_hash_of_its_lines(scheme: Scheme) -> None:
    """A rehearsal's key is the hash of scheme, purpose, digest of the commitment and its number in decimal."""
    for number in (1, 10, 10_000):
        lines = f"{scheme}\nrehearsal\n{'ab' * 32}\n{number}".encode()
        assert rehearsal_key(scheme, "ab" * 32, number) == hashlib.new(HASHES[scheme], lines).hexdigest()


@quick
@given(st.one_of(clean_texts(), st.sampled_from(["rehearsal", "ab" * 32])), st.one_of(seeds(), st.sampled_from("123")))
def test_no_draw_has_the_key_of_a_rehearsal(text: str, seed: str) -> None:
    """Under each scheme the text behind a rehearsal's key is that of no commitment, label, seal or seed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(schemes, "digest", lambda _, data: data.decode())  # the text instead of its hash
        for scheme in SCHEMES:
            others = {commitment_key(scheme, text, seed), label_key(scheme, text, seed)}
            others |= {sealed_seed(scheme, text, {seed: SECRET}), seal(text, SECRET, scheme=scheme)}
            assert rehearsal_key(scheme, text, 1).split("\n")[:2] == [scheme, "rehearsal"]
            assert all(other.split("\n")[:2] != [scheme, "rehearsal"] for other in others)


@pytest.mark.parametrize("value", ["0" * 63, "0" * 65, "A" * 64, "g" * 64, " " * 64, "٠" * 64, "", 0, None, b"0" * 64])
def test_other_digests(value: object) -> None:
    """A digest is a str of 64 lower-case hex digits and nothing else."""
    assert not is_digest(value)
    assert is_digest("0123456789abcdef" * 4)


# ---- schemes that are not there


@pytest.mark.parametrize("scheme", ["dual-random/2-sha256", "", "sha256", None, 1, ["dual-random/1-sha256"]])
def test_unknown_scheme(scheme: Any) -> None:
    """Any other scheme is refused, with the known ones told."""
    assert codes(lambda: digest(scheme, b"")) == [("scheme-unknown", "scheme")]
    assert ", ".join(SCHEMES) in str(scheme_faults(scheme)[0])


@pytest.fixture
def no_sm3(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A Python whose OpenSSL has no SM3."""

    known = hashlib.new

    def new(name: str, data: bytes = b"") -> object:
        if name == "sm3":
            raise ValueError(f"unsupported hash type {name}")
        return known(name, data)

    schemes._available.cache_clear()
    monkeypatch.setattr(hashlib, "new", new)
    yield
    schemes._available.cache_clear()


@pytest.mark.usefixtures("no_sm3")
def test_missing_sm3_is_a_clear_error() -> None:
    """Where OpenSSL has no SM3 every use of it is refused with the remedy; SHA-256 works on."""
    missing = [("scheme-no-sm3", "scheme")]
    assert codes(lambda: hasher(SM3)) == missing
    assert codes(lambda: ticket(SM3, "a" * 64, "target", "E1")) == missing
    assert codes(lambda: label_key(SM3, "x", "0042")) == missing
    assert codes(lambda: seal("消防", SECRET, scheme=SM3)) == missing
    assert missing[0] in codes(lambda: Plan.from_dict({"scheme": SM3}))
    assert "OpenSSL" in str(scheme_faults(SM3)[0])
    assert digest(DEFAULT, b"abc").startswith("ba7816bf")


@both
def test_known_schemes_are_at_hand(scheme: Scheme) -> None:
    """The Python that runs the tests has both hashes."""
    assert scheme_faults(scheme) == []
    assert hasher(scheme).hexdigest() == digest(scheme, b"")


# ---- sealed seeds


def test_seal_refuses_at_once() -> None:
    """Party, secret and scheme are all named when all are wrong; the secret itself is never shown."""
    with pytest.raises(InputError) as caught:
        seal(" 消防", "6F" * 32, scheme="x")  # type: ignore[arg-type]
    assert [(note.code, note.at) for note in caught.value.faults] == [
        ("text-space", "party"),
        ("secret-form", "secret"),
        ("scheme-unknown", "scheme"),
    ]
    assert "6F6F" not in str(caught.value)


def test_order_of_the_parties_is_none() -> None:
    """The sealed seed goes by the byte order of the parties, not by that of the dict."""
    secrets = {"𠮷": "1" * 64, "Ａ": "2" * 64, "a": "3" * 64}
    assert sealed_seed(DEFAULT, SEED, secrets) == sealed_seed(DEFAULT, SEED, dict(reversed(secrets.items())))
    lines = [DEFAULT, "seed", SEED, "a", "3" * 64, "Ａ", "2" * 64, "𠮷", "1" * 64]
    assert sealed_seed(DEFAULT, SEED, secrets) == hashlib.sha256("\n".join(lines).encode()).hexdigest()


@both
def test_right_secrets_open_their_seals(scheme: Scheme) -> None:
    """Secrets that give their seals have no fault, and a plan without seals needs none."""
    secrets = {"消防": SECRET, "市监": "a" * 64}
    seals = {party: seal(party, secret, scheme=scheme) for party, secret in secrets.items()}
    assert secret_faults(scheme, seals, secrets) == []
    assert secret_faults(scheme, {}, {}) == []


def test_every_fault_of_the_secrets_is_named() -> None:
    """Missing, mistyped, wrong, exchanged and unasked secrets are all told, each at its party."""
    seals = {party: seal(party, secret * 64) for party, secret in zip("abcde", "12345", strict=True)}
    secrets: dict[Any, Any] = {"b": "2" * 63, "c": "4" * 64, "d": "4" * 64, "e": 5, "z": "6" * 64, 7: ""}
    faults = secret_faults(DEFAULT, seals, secrets)
    assert [(note.code, note.at) for note in faults] == [
        ("secret-missing", "secrets.a"),
        ("secret-form", "secrets.b"),
        ("secret-wrong", "secrets.c"),
        ("secret-form", "secrets.e"),
        ("secret-unsealed", "secrets.7"),
        ("secret-unsealed", "secrets.z"),
    ]
    assert faults[0].params["seal"] == seals["a"]
    assert (faults[2].params["opened"], faults[2].params["seal"]) == (seal("c", "4" * 64), seals["c"])
    assert all("4444" not in str(note) for note in faults)


def test_secret_of_another_party_opens_nothing() -> None:
    """A seal holds the name of its party: the same secret under another name does not open it."""
    assert [note.code for note in secret_faults(DEFAULT, {"a": seal("b", SECRET)}, {"a": SECRET})] == ["secret-wrong"]


# ---- the written form of a seed


@pytest.mark.parametrize(
    ("form", "outcomes"),
    [("", 1), ("X", 1), ("0", 10), ("x", 16), ("00 00 + 0x", 10**5 * 16), (SEED_FORM, 10**14), ("期号0", 10)],
)
def test_outcomes_of_a_form(form: str, outcomes: int) -> None:
    """A form admits ten texts for each 0 and sixteen for each x; all else is literal."""
    assert form_outcomes(form) == outcomes


@pytest.mark.parametrize("form", ["x" * 5, "0" * 7, "00x x-xxx", SEED_FORM, "x" * 64, "0" * 5000])
def test_forms_with_enough_outcomes(form: str) -> None:
    """Forms from 2^20 texts on are good: five hex digits are exactly enough."""
    assert form_faults(form) == []


@pytest.mark.parametrize("form", ["x" * 4, "0" * 6, "xxxx0"[1:] + "0", "2024-08-06", "八位数字"])
def test_forms_with_few_outcomes(form: str) -> None:
    """Below 2^20 texts somebody could try them all beforehand: refused, with the number."""
    (fault,) = form_faults(form, "seed.form")
    assert (fault.code, fault.at, fault.params["texts"]) == ("seed-form-small", "seed.form", form_outcomes(form))


@pytest.mark.parametrize("form", ["", " 0000000", "0000000\n", None, 10_000_000])
def test_forms_are_clean_text(form: str) -> None:
    """A form that is not clean text is refused as such."""
    assert [note.at for note in form_faults(form)] == ["form"]
    assert form_faults(form)[0].code.startswith("text-")


@quick
@given(seeds())
def test_every_outcome_fits_its_form(seed: str) -> None:
    """For every outcome of the lottery: its writing fits the announced form."""
    assert seed_faults(SEED_FORM, seed) == []


@pytest.mark.parametrize(
    "seed",
    [
        "5 11 17 22 29 31 + 08",
        "05 11 17 22 29 31 +08",
        "05 11 17 22 29 31 + 8",
        "05 11 17 22 29 31 + 080",
        "05 11 17 22 29 31 - 08",
        "05 11 17 22 29 3x + 08",
        "05 11 17 22 29 31 ＋ 08",
        "０５ 11 17 22 29 31 + 08",
        "٠٥ 11 17 22 29 31 + 08",
        "05\u00a011 17 22 29 31 + 08",
        "05,11,17,22,29,31 + 08",
        "05 11 17 22 29 31",
    ],
)
def test_other_writings_of_a_seed(seed: str) -> None:
    """Another writing of the same outcome would be another draw: refused, with both shown."""
    (fault,) = seed_faults(SEED_FORM, seed)
    assert (fault.code, fault.at) == ("seed-not-of-form", "seed")
    assert SEED_FORM in str(fault)


@pytest.mark.parametrize("seed", ["", f"{SEED} ", f"\ufeff{SEED}", 5_111_722_293_108, None])
def test_seed_is_clean_text(seed: object) -> None:
    """A seed that is not clean text is refused as such, a number too."""
    (fault,) = seed_faults(SEED_FORM, seed, "known")
    assert (fault.code[:5], fault.at) == ("text-", "known")


def test_hex_digits_of_a_seed_are_lower_case() -> None:
    """An x stands for one of 0-9 and a-f; capitals are another writing."""
    assert seed_faults("xxxxx", "09af0") == []
    for seed in ("09AF0", "09ag0", "09a٣0"):
        assert [note.code for note in seed_faults("xxxxx", seed)] == ["seed-not-of-form"]


@quick
@given(clean_texts(at_most=12), clean_texts(at_most=12))
def test_literal_parts_stand_as_announced(form: str, seed: str) -> None:
    """For every form without 0 and x: exactly one text fits it, the form itself."""
    if not set(form) & set("0x"):
        assert (seed_faults(form, seed) == []) == (seed == form)
        assert seed_faults(form, form) == []
