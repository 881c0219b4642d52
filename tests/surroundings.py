"""A small round and two samples, printed as bytes: run by ``test_environment.py`` in processes of its own."""

import sys

from dual_random import (
    Demand,
    InputError,
    JointRule,
    Plan,
    Record,
    Register,
    SeedSource,
    commit,
    draw,
    sample,
    seal,
    verify,
)
from dual_random.schemes import SCHEMES, Scheme

SEED = "05 11 17 22 29 31 + 08"
SECRETS = {"消防": "6f" * 32, "市监": "a1" * 32, "é": "b2" * 32}
ROWS = range(300)
IDS = [f"企业{number * 37 % 300:03d}" for number in ROWS]
TABLE = {
    "id": IDS,
    "risk": ["ABCD"[number % 4] for number in ROWS],
    "行业": [["F", "H", "", "é"][number * 7 % 5 % 4] for number in ROWS],
}


def checked(id: str) -> str:
    """A check of one's own."""
    return "bad" if id == "企业007" else ""


def a_round(scheme: Scheme) -> list[str]:
    """Everything that a round publishes and tells; sets are passed wherever they are allowed."""
    register = Register(TABLE, id="id", columns={"行业", "risk"}, check=checked, exclude={"bad", "id-repeated"})
    plan = Plan(
        title="抽查",
        authority="海曙区",
        number="2024-3",
        seed=SeedSource(
            source="双色球", event="2024090期", earliest="2024-08-06T21:15:00+08:00", form="00 00 00 00 00 00 + 00"
        ),
        demands=[
            Demand("市监", by={"risk", "行业"}, take="20%", unless={"risk": {"D", "C"}}),
            Demand("消防", where={"行业": {"H", "F", "é"}}, by="risk", take=30),
            Demand("环保", follow="市监", where={"行业": {"H", "", "nothing has this"}}),
        ],
        joint=JointRule(at_least="10%"),
        barred={"企业001": "x", "企业000": "y"},
        seals={party: seal(party, secret, scheme=scheme) for party, secret in SECRETS.items()},
        scheme=scheme,
    )
    commitment = commit(plan, register)
    drawn = draw(commitment, register, seed=SEED, secrets=SECRETS)
    record = Record.from_json(drawn.record.to_json())
    verify(record, register, seed=SEED, digest=commitment.digest).raise_for_findings()
    published = [commitment.to_json(), record.to_json(), register.to_tsv()]
    told = [*commitment.notices, *register.excluded, drawn.why("企业002"), drawn.why("企业003"), drawn.why("nobody")]
    tables = [record.table("checks", lang="zh"), record.table("strata")]
    return [*(data.decode() for data in published), *map(str, told), *map(str, tables)]


def samples(scheme: Scheme) -> list[str]:
    """Samples without a plan."""
    picked = sample(IDS, 40, seed=SEED, label="标签", strata={name: name[-1] for name in IDS}, scheme=scheme)
    sized = sample(IDS, 5, seed=SEED, label="x", sizes={name: int(name[2:]) for name in IDS}, scheme=scheme)
    return [str(part) for part in (picked, picked.drawn, picked.reserves(2, stratum="3"), sized.ids, sized.certain)]


def faults() -> list[str]:
    """Refusals with many faults, in their order."""
    told = []
    for call in (
        lambda: Register({"id": ["e1", "E-1", "e1", " x", "e2"], "c": "abcde"}, id="id", columns={"d", "c", "b"}),
        lambda: Register({"id": ["e1", "E-1", "e1", " x", "e2"], "c": [*"abcd", None]}, id="id", columns=["c"]),
        lambda: Plan.from_dict({"title": "", "demands": [{"name": "a", "by": {"x", " y", ""}}], "b": 1, "a": 2}),
        lambda: sample(IDS, 3, seed="", label="", strata={"b": "x", "a": "y"}),
    ):  # fmt: skip
        try:
            call()
        except InputError as error:
            told += [f"{note.code} {note}" for note in error.faults]
    return told


if __name__ == "__main__":
    lines = [line for scheme in SCHEMES for line in (*a_round(scheme), *samples(scheme))]
    sys.stdout.buffer.write("\n".join([*lines, *faults()]).encode())
