"""Tests of fairness for any draw: in a test suite, over a table of results, on one published draw.

Names are imported from here; strategies for hypothesis from `dual_random.testing.strategies`, pictures from
`dual_random.testing.plots`. Statistics need the extra ``testing``.
"""

from dual_random.testing.audits import audit, audit_order
from dual_random.testing.checks import Check, Report, UnfairError, holm
from dual_random.testing.crossings import across
from dual_random.testing.exact import exact_inclusion, exact_subsets
from dual_random.testing.fairness import assert_fair, examine
from dual_random.testing.invariants import (
    assert_invariant,
    elsewhere,
    nested,
    one_by_one,
    order_free,
    repeatable,
    right_size,
    shuffled,
)
from dual_random.testing.monitors import Monitor
from dual_random.testing.pairings import pairs
from dual_random.testing.power import detectable_bias, trials_for
from dual_random.testing.procedures import Procedure, by_person
from dual_random.testing.repetitions import repeats
from dual_random.testing.replicates import Replicates, replicate
from dual_random.testing.results import read_draws
from dual_random.testing.squares import chi_square, subsets
from dual_random.testing.tallies import inclusion, members
from dual_random.testing.trends import groups, trend

__all__ = [
    "Check",
    "Monitor",
    "Procedure",
    "Replicates",
    "Report",
    "UnfairError",
    "across",
    "assert_fair",
    "assert_invariant",
    "audit",
    "audit_order",
    "by_person",
    "chi_square",
    "detectable_bias",
    "elsewhere",
    "exact_inclusion",
    "exact_subsets",
    "examine",
    "groups",
    "holm",
    "inclusion",
    "members",
    "nested",
    "one_by_one",
    "order_free",
    "pairs",
    "read_draws",
    "repeatable",
    "repeats",
    "replicate",
    "right_size",
    "shuffled",
    "subsets",
    "trend",
    "trials_for",
]
