"""Every statement the library makes, in English and Chinese, by its code.

A code is a promise like a function's name: programs and translations refer to it. Each text names the rule and, for
faults, the remedy; the culprit's place (`Note.at`) is written in front of it.
"""

from typing import Final

from dual_random.messages import (
    amendments,
    chains,
    cycle_logs,
    cycle_plans,
    cycle_quality,
    cycle_rules,
    cycle_time,
    cycle_years,
    draws,
    fairness,
    files,
    registers,
    rules,
    values,
    views,
)
from dual_random.messages.message import Message

MESSAGES: Final[dict[str, Message]] = {
    **values.MESSAGES,
    **registers.MESSAGES,
    **rules.MESSAGES,
    **draws.MESSAGES,
    **views.MESSAGES,
    **files.MESSAGES,
    **fairness.MESSAGES,
    **amendments.MESSAGES,
    **chains.MESSAGES,
    **cycle_plans.MESSAGES,
    **cycle_time.MESSAGES,
    **cycle_logs.MESSAGES,
    **cycle_quality.MESSAGES,
    **cycle_rules.MESSAGES,
    **cycle_years.MESSAGES,
}
