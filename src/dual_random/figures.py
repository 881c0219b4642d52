"""What the commands ``ticket`` and ``rate`` do: tickets and rates of what is typed, without a register."""

from argparse import Namespace
from collections.abc import Mapping
from shlex import quote

from dual_random.commands import FAILS, HOLDS, Answer
from dual_random.commitments import Commitment, final_seed
from dual_random.errors import InputError, Note
from dual_random.files import read_commitment
from dual_random.forms import refuse, repeat_faults
from dual_random.labels import word
from dual_random.options import to_count, to_pairs, to_secrets
from dual_random.rates import Rate, reconcile
from dual_random.reports import rate_text
from dual_random.schemes import (
    Scheme,
    commitment_key,
    is_digest,
    label_key,
    sealed_seed,
    secret_faults,
    seed_faults,
    shell_tool,
    ticket,
)
from dual_random.text import shown, text_faults


def tickets(given: Namespace) -> Answer:
    """The tickets of some ids under a commitment or a label; no register is needed."""
    refuse(text_faults({"--seed": given.seed, "--label": given.label if given.label is not None else "-"}))
    refuse(note for name in given.ids for note in text_faults({shown(name): name}))
    scheme, purpose, bound, seed = _key_parts(given)
    key = (commitment_key if purpose == "commitment" else label_key)(scheme, bound, seed)
    if not given.shell:
        return Answer([f"{ticket(scheme, key, 'target', name)}  {name}" for name in given.ids])
    tool = shell_tool(scheme)
    words = " ".join(map(quote, (scheme, purpose, bound, seed)))
    line = rf"K=$(printf '%s\n%s\n%s\n%s' {words} | {tool} | cut -c1-64)"
    return Answer([line, *(rf"""printf '%s\ntarget\n%s' "$K" {quote(name)} | {tool}""" for name in given.ids)])


def _key_parts(given: Namespace) -> tuple[Scheme, str, str, str]:
    """What the key is made of: scheme, purpose, digest or label, and the seed, unsealed."""
    secrets = dict(to_secrets(given.secret))
    if given.label is not None:
        if secrets:
            raise InputError([Note("option-needs", "--secret", {"option": "--secret", "other": "--commitment"})])
        return given.scheme, "label", given.label, given.seed
    if is_digest(given.commitment):
        seed = sealed_seed(given.scheme, given.seed, secrets) if secrets else given.seed
        return given.scheme, "commitment", given.commitment, seed
    commitment = read_commitment(given.commitment)
    return commitment.plan.scheme, "commitment", commitment.digest, _opened(commitment, given.seed, secrets)


def _opened(commitment: Commitment, seed: str, secrets: Mapping[str, str]) -> str:
    plan = commitment.plan
    refuse(seed_faults(plan.seed.form, seed, "--seed") + secret_faults(plan.scheme, dict(plan.seals), secrets))
    return final_seed(plan, seed, secrets)


def rates(given: Namespace) -> Answer:
    """A rate of two counts, or a printed rate held against its counts."""
    printed, counts = (given.values[:1], given.values[1:]) if len(given.values) == 3 else ([], given.values)
    if len(counts) != 2:
        raise InputError([Note("arguments-rate", "", {"count": len(given.values)})])
    if given.among and not printed:
        raise InputError([Note("option-needs", "--among", {"option": "--among", "other": "RATE"})])
    numerator, denominator = map(to_count, counts)
    if not printed:
        return Answer([rate_text(Rate(numerator, denominator, of=given.of or "visits"), given.lang)])
    among = _among(given, numerator, denominator)
    found = reconcile(printed[0], numerator, denominator, among=among, of=given.of or "counts")
    return Answer(found.text(given.lang).splitlines(), code=HOLDS if found.holds else FAILS)


def _among(given: Namespace, numerator: int, denominator: int) -> dict[str, int]:
    """The counts whose pairs are tried: those given, and the two of the rate itself unless they are among them."""
    others = {name: to_count(value) for name, value in to_pairs(given.among, "--among", "joint=9685")}
    own = {word("part", given.lang): numerator, word("whole", given.lang): denominator} if others else {}
    unnamed = {name: count for name, count in own.items() if count not in others.values()}
    refuse(repeat_faults((*unnamed, *others), "--among"))
    return {**unnamed, **others}
