"""Strategies for `hypothesis <https://hypothesis.readthedocs.io>`_: registers, plans, draws, forgeries for tests.

Whoever stores, publishes or verifies draws has code of their own around this library: an import of registers, a
service, a verifier in another language. Examples written by hand miss what breaks such code: an identifier outside the
basic plane, a stratum of one, a department that is short, one altered leaf of a record. These strategies make such
values, valid by construction, and shrink them to the smallest one that fails.

This needs the extra ``testing``.

>>> from hypothesis import given, settings
>>> from dual_random.testing import strategies
>>> @settings(derandomize=True, database=None, max_examples=10)
... @given(strategies.records())
... def test_a_record_survives_my_database(published):
...     assert published.record.from_json(published.data) == published.record
>>> test_a_record_survives_my_database()
"""

from dual_random.extras import extra

extra("hypothesis", "hypothesis", "testing")  # says what is missing, before the rooms below import it
# ruff: noqa: E402

from dual_random.testing.strategies.forgeries import Forgery, tampered_records, tampered_registers
from dual_random.testing.strategies.frames import inspectors, registers, tables
from dual_random.testing.strategies.rounds import Published, Round, records, rounds
from dual_random.testing.strategies.rules import (
    conditions,
    demands,
    joint_rules,
    plans,
    seed_sources,
    shares,
    slots,
    takes,
    team_rules,
)
from dual_random.testing.strategies.words import SEED_FORM, clean_texts, faulty_usccs, ids, seeds, usccs

__all__ = [
    "SEED_FORM",
    "Forgery",
    "Published",
    "Round",
    "clean_texts",
    "conditions",
    "demands",
    "faulty_usccs",
    "ids",
    "inspectors",
    "joint_rules",
    "plans",
    "records",
    "registers",
    "rounds",
    "seed_sources",
    "seeds",
    "shares",
    "slots",
    "tables",
    "takes",
    "tampered_records",
    "tampered_registers",
    "team_rules",
    "usccs",
]
