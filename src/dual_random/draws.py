"""The draw: commitment, registers and seed in; record out, with reasons.

Nothing but the committed rules, the rows of the registers and the seed decides, so whoever has these three gets
the same record, on any machine, in any language that can hash lines of text.
"""

from collections.abc import Iterable, Mapping
from functools import cached_property

from attrs import evolve, frozen

from dual_random.amendments import Amendment, Change
from dual_random.assignments import Redealt, explain_inspector, explain_nobody, redeal
from dual_random.commitments import Commitment, allocate, draw_key
from dual_random.dockets import amended_steps
from dual_random.earlier import chain_faults, earlier_faults, named_record, open_departments, staffed_part
from dual_random.errors import InputError, Note
from dual_random.explanations import Explanation, explain, explain_staffed
from dual_random.forms import Pairs, kind_faults, kinds_faults, listed, pairs, refuse, repeat_faults, word_faults
from dual_random.making import recompute, register_faults, registers_faults, restaff
from dual_random.plain import differences
from dual_random.populations import populations
from dual_random.records import Record
from dual_random.registers import Register
from dual_random.replays import Replay, replay
from dual_random.schemes import secret_faults, seed_faults
from dual_random.successions import Succession
from dual_random.text import text_faults


@frozen(kw_only=True)
class Draw:
    """A record together with its registers: what can explain and amend it.

    Args:
        record: the draw as it is published.
        enterprises: the register that was drawn from.
        inspectors: the register of those who could be sent; None where nobody was dealt.
    """

    record: Record
    enterprises: Register
    inspectors: Register | None = None

    def __attrs_post_init__(self) -> None:
        faults = kind_faults(self.record, Record, "record") + kind_faults(self.enterprises, Register, "enterprises")
        refuse(faults + ([] if self.inspectors is None else kind_faults(self.inspectors, Register, "inspectors")))

    @cached_property
    def _key(self) -> str:
        commitment = self.record.commitment
        return draw_key(commitment.plan, commitment.digest, self.record.seed, dict(self.record.secrets))

    @cached_property
    def _replay(self) -> Replay:
        commitment = self.record.commitment
        refuse(register_faults(commitment.plan.scheme, commitment.enterprises, self.enterprises, "enterprises"))
        groups = populations(commitment.plan, self.enterprises)
        refuse(differences(commitment.allocation, allocate(groups), "commitment.allocation"))
        return replay(commitment, self.enterprises, groups, self._key)

    @cached_property
    def _redealt(self) -> Redealt:
        record = self.record
        faults = registers_faults(record.commitment, self.enterprises, self.inspectors)
        if faults or self.inspectors is None:
            raise InputError(faults)
        return redeal(record, self.enterprises, self.inspectors, self._key)

    def why(self, enterprise: str, *, inspector: str = "") -> Explanation:
        """Why this enterprise was drawn or not, or why this inspector goes there or not, with shell lines as proof.

        Of an enterprise the reasons are told demand by demand, and who goes in the end; in a record that staffs visits
        of an earlier one, which record tells why it was drawn. Of an inspector it is told what kept this person out
        (another department, a condition, a recusal, a limit), or the place among the candidates, and what those have
        who went instead: so everybody can hold the answer against that of others. What was changed after the draw is
        told last; `drawn` of the answer is about the draw.

        The first question computes the tickets of the register again, or the deals; further ones are answered from
        them.

        Args:
            enterprise: an id, in the register or not.
            inspector: an id, in the register of inspectors or not; empty to ask about the enterprise.

        Raises:
            InputError: an id that is not text; a register that is not the one that was committed; a question about an
                inspector without the register of inspectors.
        """
        told = self._why(enterprise, inspector)
        record = self.record
        steps = tuple(
            amended_steps(record.amendments, record.current if record.amendments else (), enterprise, inspector)
        )
        return evolve(told, steps=(*told.steps, *steps)) if steps else told

    def _why(self, enterprise: str, inspector: str) -> Explanation:
        commitment = self.record.commitment
        if inspector == "":
            if not commitment.plan.staffs:
                return explain(self.record, self._replay, enterprise)
            refuse(register_faults(commitment.plan.scheme, commitment.enterprises, self.enterprises, "enterprises"))
            return explain_staffed(self.record, enterprise)
        if commitment.inspectors is None:
            return explain_nobody(self.record, enterprise, inspector)
        return explain_inspector(self._redealt, enterprise, inspector)

    def reserves(self, enterprise: str, inspector: str, *, period: str = "") -> tuple[str, ...]:
        """Who would take the place of an inspector who cannot come, in order: it can be published with the draw.

        The first of them goes, and nobody else moves. They are the candidates for the same slot, by the order of the
        deal: load, meetings if the rule rotates, the ticket of the same key. Whoever is eligible, below the limits and
        not on the visit is a candidate. Loads, meetings and limits are those after the whole deal and all amendments,
        without the place that is given up; for who could come instead is asked when all others have been dealt. So
        nobody can choose a successor, and whoever has little work is asked first.

        Args:
            enterprise: an id, visited.
            inspector: an id, on this visit.
            period: of the visit, if the enterprise has more than one.

        Returns:
            Ids; none if nobody else can come.

        Raises:
            InputError: an enterprise that is not visited, an inspector who does not go there, registers that are
                missing or other than those that were committed.

        >>> from dual_random import Demand, Plan, SeedSource, commit
        >>> source = SeedSource(source="双色球", event="2024090期", earliest="2024-08-06T21:15:00+08:00", form="0" * 7)
        >>> demands = [Demand("消防", take=2)]
        >>> plan = Plan(title="抽查", authority="海曙区", number="2024-3", seed=source, demands=demands)
        >>> enterprises = Register({"id": ["E1", "E2", "E3", "E4"]}, id="id", columns=[])
        >>> people = {"id": ["P1", "P2", "P3", "P4"], "department": ["消防"] * 4}
        >>> inspectors = Register(people, id="id", columns=["department"])
        >>> drawn = draw(commit(plan, enterprises, inspectors), enterprises, inspectors, seed="0511172")
        >>> [(visit.enterprise, visit.team["消防"]) for visit in drawn.record.values()]
        [('E2', ('P1', 'P3')), ('E4', ('P2', 'P4'))]
        >>> print(drawn.why("E4", inspector="P2").steps[0])
        P2 goes for 消防 as member: of 4 candidates 2 had the lowest load (0), and P2 the lowest ticket among them.
        >>> drawn.reserves("E4", "P2")
        ('P3', 'P1')
        """
        faults = text_faults({"enterprise": enterprise, "inspector": inspector})
        refuse(faults + text_faults({"period": period}, empty=True))
        succession = self._succession
        return tuple(succession.reserves(succession.visit(enterprise, period), inspector))

    @cached_property
    def _succession(self) -> Succession:
        return self._succeed()

    def _succeed(self) -> Succession:
        refuse(registers_faults(self.record.commitment, self.enterprises, self.inspectors))
        return Succession(self.record, self.enterprises, self.inspectors, self._key, lambda: self._replay)

    def substitute(self, enterprise: str, *, inspector: str = "", period: str = "", reason: str, on: str) -> "Draw":
        """The next by the same tickets takes the place, logged; nothing else changes.

        For an enterprise that cannot be visited, where the plan allows substitution: for each demand of the visit the
        lowest ticket of its stratum that is not yet visited for it, in the same period, with the same people; whoever
        may not go there is replaced. For a person who cannot come: the first of `reserves`. So nobody can choose who
        comes instead, and everybody can recompute it.

        Args:
            enterprise: an id, visited.
            inspector: who cannot come; empty if the enterprise cannot be visited.
            period: of the visit, if the enterprise has more than one.
            reason: a code, see `Change`.
            on: the day on which it was stated, as ISO text: not before the seed, nor before the last amendment.

        Returns:
            The draw with one amendment more.

        Raises:
            InputError: as `amend`.

        >>> from dual_random import Demand, Plan, SeedSource, commit
        >>> source = SeedSource(source="双色球", event="2024090期", earliest="2024-08-06T21:15:00+08:00", form="0" * 7)
        >>> plan = Plan(title="抽查", authority="海曙区", number="2024-3", seed=source, substitution=True,
        ...             demands=[Demand("消防", take=2)])
        >>> enterprises = Register({"id": ["E1", "E2", "E3", "E4"]}, id="id", columns=[])
        >>> drawn = draw(commit(plan, enterprises), enterprises, seed="0511172")
        >>> [visit.enterprise for visit in drawn.record.values()]
        ['E4', 'E1']
        >>> amended = drawn.substitute("E4", reason="closed", on="2024-08-12")
        >>> amended.record.amendments[0].substitutes
        (('消防', 'E3'),)
        >>> [visit.enterprise for visit in amended.record.current]
        ['E1', 'E3']
        """
        change = Change(enterprise=enterprise, inspector=inspector, period=period, reason=reason, on=on)
        return self._amended({"": change})

    def amend(self, changes: Iterable[Change]) -> "Draw":
        """The draw after several changes, one after another, as `substitute` makes each.

        Args:
            changes: a list, in the order of their days; each is made on what those before it left. One of a person
                without an enterprise is made for each visit of this person, in the order of the tickets.

        Raises:
            InputError: with the faults of all changes, and then none is made: a plan that does not allow substitution,
                a visit that does not stand or not any more, a person who is not on it, a day before the seed or before
                that of the change before, registers that are missing or other than those that were committed.
        """
        stated: tuple[Change, ...] = listed(changes)
        refuse(kinds_faults(stated, Change, "changes"))
        return self._amended({f"changes[{i}]": change for i, change in enumerate(stated)})

    def _amended(self, changes: Mapping[str, Change]) -> "Draw":
        """The draw after changes, each with its place among the arguments."""
        succession, made, faults = self._succeed(), list[Amendment](), list[Note]()
        for place, change in changes.items():
            try:
                for each in succession.each(change):
                    made.append(succession.amend(each))
                    succession.apply(made[-1])
            except InputError as error:
                faults += [note.under(place) for note in error.faults]
        refuse(faults)
        return evolve(self, record=evolve(self.record, amendments=(*self.record.amendments, *made)))


def draw(
    commitment: Commitment,
    enterprises: Register,
    inspectors: Register | None = None,
    *,
    seed: str,
    secrets: Mapping[str, str] | Pairs = (),
    of: Record | None = None,
) -> Draw:
    """Draw what was committed.

    Everybody's chance in a stratum is n/N, exactly; inspectors who are alike have the same chance of every visit. There
    is one outcome for a commitment, its registers and a seed: no clock, no random stream and no order of the rows has a
    part in it. Too few people are no error: the visits stand, and the record proves the shortage.

    Args:
        commitment: as it was published.
        enterprises: the register that was committed.
        inspectors: the register of those who may be sent, if one was committed.
        seed: the public value, written in the announced form.
        secrets: party to secret, for a sealed seed: one for each seal.
        of: the earlier record, for a plan that staffs its visits or that supplements it.

    Raises:
        InputError: other registers, another earlier record, another writing of the seed, secrets that open no seal,
            numbers that the plan does not give for this register; all before anything is drawn.

    >>> from dual_random import Demand, Plan, SeedSource, commit
    >>> enterprises = Register({"id": ["E1", "E2", "E3", "E4"]}, id="id", columns=[])
    >>> source = SeedSource(source="双色球", event="2024090期", earliest="2024-08-06T21:15:00+08:00",
    ...                     form="00 00 00 00 00 00 + 00")
    >>> plan = Plan(title="抽查", authority="海曙区", number="2024-3", seed=source,
    ...             demands=[Demand("市监", take=2), Demand("消防", take="25%")])
    >>> drawn = draw(commit(plan, enterprises), enterprises, seed="05 11 17 22 29 31 + 08")
    >>> drawn.record
    Record(2 visits, joint 1/2 = 50.00% of visits)
    >>> [(visit.enterprise, visit.departments) for visit in drawn.record.values()]
    [('E2', ('市监', '消防')), ('E4', ('市监',))]
    >>> people = {"id": ["P1", "P2", "P3", "P4"], "department": ["市监", "市监", "消防", "消防"]}
    >>> inspectors = Register(people, id="id", columns=["department"])
    >>> staffed = draw(commit(plan, enterprises, inspectors), enterprises, inspectors, seed="05 11 17 22 29 31 + 08")
    >>> staffed.record
    Record(2 visits, joint 1/2 = 50.00% of visits, 0 shortages)
    >>> [(visit.enterprise, visit.team) for visit in staffed.record.values()]
    [('E1', {'市监': ('P1', 'P2'), '消防': ('P3', 'P4')}), ('E2', {'市监': ('P1', 'P2')})]
    """
    faults = kind_faults(commitment, Commitment, "commitment") + kind_faults(enterprises, Register, "enterprises")
    faults += [] if inspectors is None else kind_faults(inspectors, Register, "inspectors")
    refuse(faults + ([] if of is None else kind_faults(of, Record, "of")))
    opened, plan = pairs(secrets), commitment.plan
    of = named_record(plan, of)
    refuse(word_faults((party for party, _ in opened), "secrets"))
    refuse(
        [
            *repeat_faults((party for party, _ in opened), "secrets"),
            *seed_faults(plan.seed.form, seed),
            *secret_faults(plan.scheme, dict(plan.seals), dict(opened)),
            *registers_faults(commitment, enterprises, inspectors),
            *chain_faults(plan, of),
        ]
    )
    key = draw_key(plan, commitment.digest, seed, dict(opened))
    if of is not None:
        refuse(earlier_faults(plan, of, enterprises))
    if of is not None and plan.staffs:
        kept, open_to = staffed_part(plan, of), open_departments(of)
        record = restaff(commitment, kept, open_to, enterprises, inspectors, key=key, seed=seed, secrets=opened)
    else:
        groups = populations(plan, enterprises)
        refuse(differences(commitment.allocation, allocate(groups), "commitment.allocation"))
        record = recompute(commitment, enterprises, inspectors, groups, key=key, seed=seed, secrets=opened)
    return Draw(record=record, enterprises=enterprises, inspectors=inspectors)
