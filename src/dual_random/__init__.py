"""Public lotteries of inspections: replayable draws, joint visits of many departments, exact rates."""

from dual_random.allocation import neyman, webster
from dual_random.amendments import Amendment, Change
from dual_random.binding import commit
from dual_random.chains import ChainCheck, check_chain
from dual_random.commitments import Commitment
from dual_random.cycle.measurement import indicators
from dual_random.dockets import Replacement
from dual_random.draws import Draw, draw
from dual_random.errors import InputError, Note, VerificationError
from dual_random.explanations import Explanation
from dual_random.plans import Demand, JointRule, Plan, SeedSource
from dual_random.rates import (
    Rate,
    Reconciliation,
    double_random_share,
    interruptions_avoided,
    joint_sampling_rate,
    reconcile,
)
from dual_random.receipts import check_receipt
from dual_random.records import Record
from dual_random.registers import Register
from dual_random.rehearsals import Rehearsal, rehearse
from dual_random.sampling import Sample, sample
from dual_random.schemes import seal
from dual_random.staffing import Shortage, Staffing
from dual_random.supplements import missing
from dual_random.team_rules import Recusal, Slot, TeamRule
from dual_random.verdicts import Verification
from dual_random.verification import verify
from dual_random.visits import Cell, Outcome, Visit

__all__ = [
    "Amendment",
    "Cell",
    "ChainCheck",
    "Change",
    "Commitment",
    "Demand",
    "Draw",
    "Explanation",
    "InputError",
    "JointRule",
    "Note",
    "Outcome",
    "Plan",
    "Rate",
    "Reconciliation",
    "Record",
    "Recusal",
    "Register",
    "Rehearsal",
    "Replacement",
    "Sample",
    "SeedSource",
    "Shortage",
    "Slot",
    "Staffing",
    "TeamRule",
    "Verification",
    "VerificationError",
    "Visit",
    "check_chain",
    "check_receipt",
    "commit",
    "double_random_share",
    "draw",
    "indicators",
    "interruptions_avoided",
    "joint_sampling_rate",
    "missing",
    "neyman",
    "reconcile",
    "rehearse",
    "sample",
    "seal",
    "verify",
    "webster",
]
