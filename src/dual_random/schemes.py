"""What a scheme id fixes: the hash, the key of a draw, tickets one at a time, seals, and how a seed is written.

Every formula is a hash of plain lines (specification 1, 6 and 7), so ``printf … | sha256sum`` gives the same.
"""

import hashlib
from collections.abc import Mapping
from functools import cache
from typing import Final, Literal, Protocol, Self, TypeAlias, get_args

from dual_random.errors import InputError, Note
from dual_random.text import shown, text_faults

Scheme: TypeAlias = Literal["dual-random/1-sha256", "dual-random/1-sm3"]

SCHEMES: Final[tuple[Scheme, ...]] = get_args(Scheme)
DEFAULT: Final[Scheme] = "dual-random/1-sha256"


class Hash(Protocol):
    """What is used of a `hashlib` object."""

    def copy(self) -> Self:
        """A second hash in the same state."""

    def update(self, data: bytes, /) -> object:
        """Take in more bytes."""

    def digest(self) -> bytes:
        """The hash as 32 bytes."""

    def hexdigest(self) -> str:
        """The hash as 64 lower-case hex digits."""


_LEAST_OUTCOMES: Final = 2**20
_HEX: Final = frozenset("0123456789abcdef")


def scheme_faults(scheme: object, at: str = "scheme") -> list[Note]:
    """Why a scheme cannot be used here: unknown to this version, or its hash is missing."""
    if not (isinstance(scheme, str) and scheme in SCHEMES):
        return [Note("scheme-unknown", at, {"scheme": shown(scheme), "known": ", ".join(SCHEMES)})]
    return [] if _available(str(scheme)) else [Note("scheme-no-sm3", at)]


@cache
def _available(scheme: str) -> bool:
    try:
        hashlib.new(scheme.rpartition("-")[2])
    except ValueError:
        return False
    return True


def hasher(scheme: Scheme, data: bytes = b"") -> Hash:
    """The scheme's hash object, fed with data: SHA-256, or SM3 (GB/T 32905) from OpenSSL.

    Raises:
        InputError: an unknown scheme, or a Python whose OpenSSL has no SM3.
    """
    faults = scheme_faults(scheme)
    if faults:
        raise InputError(faults)
    return hashlib.sha256(data) if scheme == DEFAULT else hashlib.new("sm3", data)


def digest(scheme: Scheme, data: bytes) -> str:
    """The scheme's hash of bytes as 64 lower-case hex digits: what ``sha256sum`` prints.

    >>> digest("dual-random/1-sha256", b"abc")[:16]
    'ba7816bf8f01cfea'
    """
    return hasher(scheme, data).hexdigest()


def shell_tool(scheme: Scheme) -> str:
    """The shell's command for the scheme's hash; the first word that it prints is the digest."""
    return "sha256sum" if scheme == DEFAULT else "openssl dgst -sm3 -r"


def is_digest(value: object) -> bool:
    """Whether a value is written as a digest is: 64 lower-case hex digits."""
    return isinstance(value, str) and len(value) == 64 and _HEX.issuperset(value)


def digest_faults(value: object, at: str) -> list[Note]:
    """Why a value is not written as a digest is."""
    return [] if is_digest(value) else [Note("digest-form", at, {"value": shown(value)})]


def _of_lines(scheme: Scheme, *lines: str) -> str:
    return digest(scheme, "\n".join(lines).encode())


# ---- keys and tickets


def commitment_key(scheme: Scheme, commitment: str, seed: str) -> str:
    """The key of a committed draw, from the digest of the commitment and the seed."""
    return _of_lines(scheme, scheme, "commitment", commitment, seed)


def label_key(scheme: Scheme, label: str, seed: str) -> str:
    """The key of a draw without a plan: replayable, but it binds nobody."""
    return _of_lines(scheme, scheme, "label", label, seed)


def rehearsal_key(scheme: Scheme, commitment: str, number: int) -> str:
    """The key of a rehearsal, numbered from 1; no draw can have it.

    The second line of what is hashed says what a key is for, and no line of it can hold a line end. So no seed and no
    label give the text behind a rehearsal, whatever is written in them.

    >>> rehearsal_key("dual-random/1-sha256", "ab" * 32, 1)[:16]
    'b6b787c2ca133556'
    """
    return _of_lines(scheme, scheme, "rehearsal", commitment, str(number))


def ticket_start(scheme: Scheme, key: str, purpose: str, *names: str) -> Hash:
    """The hash state shared by all tickets of a purpose, or of those with these first names.

    Copy it, feed the other names, take the digest. The key fills the first 64-byte block exactly, so that block is
    hashed once.
    """
    return hasher(scheme, "".join(f"{line}\n" for line in (key, purpose, *names)).encode())


def ticket(scheme: Scheme, key: str, purpose: str, *names: str) -> str:
    """One ticket as hex: the hash of key, purpose and names, a line each.

    Same as ``printf '%s\\ntarget\\n%s' "$K" "$ID" | sha256sum``.

    >>> key = label_key("dual-random/1-sha256", "海曙区2024年第三季度", "05 11 17 22 29 31 + 08")
    >>> ticket("dual-random/1-sha256", key, "target", "E1")[:16]
    'db8a6ee9c88cf039'
    """
    return _of_lines(scheme, key, purpose, *names)


# ---- sealed seeds


def seal(party: str, secret: str, *, scheme: Scheme = DEFAULT) -> str:
    """What a party publishes before the draw; its secret, opened later, must give the same seal.

    A seal binds: no other secret opens it. So no party can steer the seed after it has seen the
    public value, and nobody outside knows the list before the secrets are opened.

    Args:
        party: who seals, e.g. a department.
        secret: 32 random bytes as 64 lower-case hex digits, drawn by the party itself.
        scheme: the scheme of the plan.

    Raises:
        InputError: a party that is not clean text, a secret of another form.

    >>> seal("消防", "6f" * 32)[:16]
    '7f92a3dd93bc289c'
    """
    faults = text_faults({"party": party})
    if not is_digest(secret):
        faults.append(Note("secret-form", "secret", {"party": shown(party)}))
    faults += scheme_faults(scheme)
    if faults:
        raise InputError(faults)
    return _of_lines(scheme, scheme, "seal", party, secret)


def secret_faults(scheme: Scheme, seals: Mapping[str, str], secrets: Mapping[str, str]) -> list[Note]:
    """Which seals are not opened, which secrets are wrong or were never sealed."""
    faults: list[Note] = []
    for party, sealed in seals.items():
        at = f"secrets.{party}"
        secret = secrets.get(party)
        if secret is None:
            faults.append(Note("secret-missing", at, {"party": party, "seal": sealed}))
        elif not is_digest(secret):
            faults.append(Note("secret-form", at, {"party": party}))
        elif (opened := seal(party, secret, scheme=scheme)) != sealed:
            faults.append(Note("secret-wrong", at, {"party": party, "opened": opened, "seal": sealed}))
    strangers = sorted(set(secrets) - set(seals), key=str)
    return faults + [Note("secret-unsealed", f"secrets.{party}", {"party": party}) for party in strangers]


def sealed_seed(scheme: Scheme, public: str, secrets: Mapping[str, str]) -> str:
    """The seed of a sealed draw, from the public value and all parties' secrets in byte order of the parties.

    >>> sealed_seed("dual-random/1-sha256", "05 11 17 22 29 31 + 08", {"消防": "6f" * 32, "市监": "a" * 64})[:16]
    '43d57d26a25b80cc'
    """
    opened = [line for pair in sorted(secrets.items()) for line in pair]
    return _of_lines(scheme, scheme, "seed", public, *opened)


# ---- the written form of a seed


def form_outcomes(form: str) -> int:
    """How many texts a seed form admits: ten a digit ``0``, sixteen a hex digit ``x``."""
    return int(10 ** form.count("0") * 16 ** form.count("x"))


def form_faults(form: str, at: str = "form") -> list[Note]:
    """Why a form is no use: not clean text, or so few outcomes that all can be tried beforehand."""
    faults = text_faults({at: form})
    if not faults and form_outcomes(form) < _LEAST_OUTCOMES:
        faults.append(Note("seed-form-small", at, {"form": form, "texts": form_outcomes(form)}))
    return faults


def seed_faults(form: str, seed: object, at: str = "seed") -> list[Note]:
    """Why a seed is not the one writing of an outcome in the announced form.

    >>> seed_faults("00 00 + 00", "05 11 + 08")
    []
    >>> seed_faults("00 00 + 00", "5 11 + 8")[0].code
    'seed-not-of-form'
    """
    faults = text_faults({at: seed})
    if faults:
        return faults
    text = str(seed)
    fits = len(text) == len(form) and all(map(_fits, form, text))
    return [] if fits else [Note("seed-not-of-form", at, {"seed": shown(text), "form": shown(form)})]


def _fits(place: str, character: str) -> bool:
    if place == "0":
        return "0" <= character <= "9"
    return character in _HEX if place == "x" else character == place
