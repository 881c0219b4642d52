"""Strategies for whole rounds: rules that fit their registers, and what is published of them.

A round is made so that `dual_random.commit` accepts it. Every population holds one and the same enterprise, so none is
empty and departments can meet; every slot of every team has people of its own, so each enterprise could be staffed
alone; only others are recused. Whether all visits *together* can be staffed is left open, as in life.
"""

from attrs import frozen
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
from dual_random.verification import Verification

_PERIODS = ((), ("7月",), ("7月", "8月", "9月"))


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

    >>> from hypothesis import find, settings
    >>> quiet = settings(derandomize=True, database=None)
    >>> found = find(rounds(), lambda given: len(given.plan.demands) > 1, settings=quiet)
    >>> [(demand.name, demand.take) for demand in found.plan.demands], list(found.enterprises)
    ([('市监', (((), 1),)), ('市监·2', (((), 1),))], ['E0'])
    >>> found.draw().record
    Record(1 visits, joint 0/1 = 0.00% of visits)
    """
    faults = flag_faults(followers, "followers") + flag_faults(targets, "targets")
    refuse(faults + ([] if staffed is None else flag_faults(staffed, "staffed")))
    frames = registers() if enterprises is None else enterprises
    return _rounds(frames, followers, targets, staffed)


@st.composite
def _rounds(
    draw: st.DrawFn, frames: st.SearchStrategy[Register], followers: bool, targets: bool, staffed: bool | None
) -> Round:
    enterprises = draw(frames)
    assume(len(enterprises))
    ground = draw(grounds(enterprises))
    demands = draw(fitting_demands(ground, followers))
    departments = list(dict.fromkeys(demand.department for demand in demands))
    periods = draw(st.sampled_from(_PERIODS))
    scheme = draw(schemes())
    secrets = draw(st.dictionaries(st.sampled_from(departments), digests(), max_size=2))
    plan = Plan(
        title=draw(st.one_of(st.just("抽查"), clean_texts())),
        authority="海曙区",
        number="2024-3",
        seed=SeedSource(source="双色球", event="2024090期", earliest="2024-08-06T21:15:00+08:00", form=SEED_FORM),
        demands=demands,
        joint=draw(_joint_rules(targets and len(departments) > 1)),
        periods=periods,
        barred=ground.barred,
        seals={party: seal(party, secret, scheme=scheme) for party, secret in secrets.items()},
        scheme=scheme,
    )
    teams = draw(fitting_teams(ground, plan)) if draw(st.booleans() if staffed is None else st.just(staffed)) else None
    return Round(
        plan=teams.plan if teams else plan,
        enterprises=enterprises,
        inspectors=teams.inspectors if teams else None,
        recusals=teams.recusals if teams else (),
        meetings=teams.meetings if teams else (),
        previous=draw(st.one_of(st.just(""), digests())),
        seed=draw(seeds()),
        secrets=tuple(sorted(secrets.items())),
    )


def _joint_rules(targets: bool) -> st.SearchStrategy[JointRule]:
    rules = joint_rules()
    return (
        rules
        if targets
        else rules.map(lambda rule: JointRule(reach=rule.reach, most_departments=rule.most_departments))
    )


# ---- what is published


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

    >>> from hypothesis import find, settings
    >>> quiet = settings(derandomize=True, database=None)
    >>> found = find(records(), lambda published: len(published.record) > 1, settings=quiet)
    >>> found.record, bool(found.verify())
    (Record(2 visits, joint 0/2 = 0.00% of visits), True)
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
