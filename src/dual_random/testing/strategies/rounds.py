"""Strategies for whole rounds: rules that fit their registers, and what is published of them.

A round is made so that `dual_random.commit` accepts it. Every population holds one and the same enterprise, so none is
empty and departments can meet; every slot of every team has people of its own, so each enterprise could be staffed
alone; only others are recused. Whether all visits *together* can be staffed is left open, as in life.
"""

from collections.abc import Sequence
from functools import partial
from typing import Final, Protocol

from attrs import evolve, frozen
from hypothesis import assume
from hypothesis import strategies as st

from dual_random import binding, draws, verification
from dual_random.commitments import Commitment
from dual_random.draws import Draw
from dual_random.forms import Pairs, flag_faults, refuse
from dual_random.plans import JointRule, Plan, SeedSource
from dual_random.records import Record
from dual_random.registers import Register
from dual_random.schemes import seal
from dual_random.team_rules import Meetings, Recusal
from dual_random.testing.strategies.fitting import fitting_demands, fitting_teams, grounds
from dual_random.testing.strategies.frames import registers
from dual_random.testing.strategies.rules import digests, joint_rules, schemes
from dual_random.testing.strategies.words import SEED_FORM, clean_texts, seeds
from dual_random.verdicts import Verification

_SOURCE: Final = SeedSource(source="双色球", event="2024090期", earliest="2024-08-06T21:15:00+08:00", form=SEED_FORM)
_FRAMES: Final = st.one_of(registers(), registers(at_least=4))  # else every third had one enterprise only
_EITHER: Final = st.sampled_from([False, True, True])
_NO_TARGET: Final = joint_rules().map(partial(evolve, at_least=None))
# for these a draw goes far: it spreads departments over visits, and makes some for the target alone
_HARD_TARGET: Final = st.builds(JointRule, at_least=st.sampled_from(["9/10", "1"]), reach=st.just("extra"))
_ANY_TARGET: Final = st.one_of(joint_rules(), _HARD_TARGET)
_LESS_OFTEN: Final = st.sampled_from([False, False, True])
_TITLES: Final = st.one_of(st.just("抽查"), clean_texts())
_PERIODS: Final = st.sampled_from([(), ("7月",), ("7月", "8月", "9月")])
_PREVIOUS: Final = st.one_of(st.just(""), digests())
_SEEDS: Final = seeds()


@frozen(kw_only=True)
class Round:
    """All that goes into a draw: rules, registers, the tables beside them, the seed and the secrets that seal it.

    Args:
        plan: fits the registers.
        enterprises: the sampling frame.
        inspectors: who may be sent; None where nobody is dealt.
        recusals, meetings: the tables of the commitment.
        previous: the digest of the commitment before this one, or empty.
        seed: in the plan's form.
        secrets: party to secret, one for each seal.
    """

    plan: Plan
    enterprises: Register
    inspectors: Register | None = None
    recusals: tuple[Recusal, ...] = ()
    meetings: Meetings = ()
    previous: str = ""
    seed: str
    secrets: Pairs = ()

    def commit(self) -> Commitment:
        """The commitment: `dual_random.commit` of all that is known before the seed."""
        return binding.commit(
            self.plan,
            self.enterprises,
            self.inspectors,
            recusals=self.recusals,
            meetings=self.meetings,
            previous=self.previous,
        )

    def draw(self) -> Draw:
        """The draw of that commitment."""
        return draws.draw(self.commit(), self.enterprises, self.inspectors, seed=self.seed, secrets=self.secrets)


def rounds(
    *,
    enterprises: st.SearchStrategy[Register] | None = None,
    followers: bool = True,
    targets: bool = True,
    staffed: bool | None = None,
) -> st.SearchStrategy[Round]:
    """Rounds that can be committed and drawn: strata, bounds, followers, targets, periods, seals, teams, recusals.

    Among them are those that break code: a demand that draws nobody or everybody, a department that comes by another's
    draw alone, departments that are short, cells in which too many meet, the other hash.

    Args:
        enterprises: the sampling frames; by default `registers`. Conditions, strata and districts are taken from
            their columns.
        followers: whether demands may follow another.
        targets: whether a joint rule may have a target.
        staffed: whether inspectors are dealt; None for either.

    Raises:
        InputError: what should be true or false is neither.

    >>> from hypothesis import given, settings
    >>> @settings(derandomize=True, database=None, max_examples=10)
    ... @given(rounds())
    ... def test_my_service_draws_it(given_round):
    ...     assert given_round.draw().record.commitment.plan == given_round.plan
    >>> test_my_service_draws_it()
    """
    faults = flag_faults(followers, "followers") + flag_faults(targets, "targets")
    refuse(faults + ([] if staffed is None else flag_faults(staffed, "staffed")))
    return _rounds(_FRAMES if enterprises is None else enterprises, followers, targets, staffed)


@st.composite
def _rounds(
    draw: st.DrawFn, frames: st.SearchStrategy[Register], followers: bool, targets: bool, staffed: bool | None
) -> Round:
    enterprises = draw(frames)
    assume(len(enterprises))
    ground = draw(grounds(enterprises))
    demands = draw(fitting_demands(ground, followers))
    departments = list(dict.fromkeys(demand.department for demand in demands))
    scheme = draw(schemes())
    secrets = draw(_secrets(departments)) if draw(_LESS_OFTEN) else {}
    plan = Plan(
        title=draw(_TITLES),
        authority="海曙区",
        number="2024-3",
        seed=_SOURCE,
        demands=demands,
        joint=draw(_joint_rules(targets and len(departments) > 1)),
        periods=draw(_PERIODS),
        barred=ground.barred,
        seals={party: seal(party, secret, scheme=scheme) for party, secret in secrets.items()},
        scheme=scheme,
    )
    teams = draw(fitting_teams(ground, plan)) if draw(_EITHER if staffed is None else st.just(staffed)) else None
    return Round(
        plan=teams.plan if teams else plan,
        enterprises=enterprises,
        inspectors=teams.inspectors if teams else None,
        recusals=teams.recusals if teams else (),
        meetings=teams.meetings if teams else (),
        previous=draw(_PREVIOUS),
        seed=draw(_SEEDS),
        secrets=tuple(sorted(secrets.items())),
    )


def _secrets(parties: Sequence[str]) -> st.SearchStrategy[dict[str, str]]:
    return st.dictionaries(st.sampled_from(parties), digests(), min_size=1, max_size=2)


def _joint_rules(targets: bool) -> st.SearchStrategy[JointRule]:
    return _ANY_TARGET if targets else _NO_TARGET


# ---- what is published


class Printer(Protocol):
    """What is used of the printer by which hypothesis shows an example that fails: else it shows every part of it."""

    def text(self, text: str, /) -> None:
        """Print a text."""


@frozen(kw_only=True)
class Published:
    """A drawn record, and what a stranger needs to verify it, each from where it was published.

    Args:
        record: the draw.
        enterprises: the register that was drawn from.
        inspectors: the register of those who could be sent; None where nobody was dealt.
        seed: the public value, from its source.
        digest: of the commitment, published before the seed existed.
        root: of the receipts, published on the day of the draw.
    """

    record: Record
    enterprises: Register
    inspectors: Register | None = None
    seed: str
    digest: str
    root: str

    def _repr_pretty_(self, printer: Printer, _: bool) -> None:
        printer.text(repr(self))

    @property
    def data(self) -> bytes:
        """The record's bytes."""
        return self.record.to_json()

    def verify(self) -> Verification:
        """The verification of the record with all that is known; it holds."""
        return verification.verify(
            self.record, self.enterprises, self.inspectors, seed=self.seed, digest=self.digest, root=self.root
        )


def records(*, of: st.SearchStrategy[Round] | None = None) -> st.SearchStrategy[Published]:
    """Drawn records with all that verifies them: what your verifier must accept, your database keep, your page show.

    Args:
        of: the rounds that are drawn; by default those of `rounds`.

    >>> from hypothesis import given, settings
    >>> @settings(derandomize=True, database=None, max_examples=10)
    ... @given(records())
    ... def test_my_verifier_accepts_it(published):
    ...     assert published.verify()
    >>> test_my_verifier_accepts_it()
    """
    return (rounds() if of is None else of).map(_published)


def _published(given: Round) -> Published:
    record = given.draw().record
    return Published(
        record=record,
        enterprises=given.enterprises,
        inspectors=given.inspectors,
        seed=given.seed,
        digest=record.commitment.digest,
        root=record.root,
    )
