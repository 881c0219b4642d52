"""The year around a draw: plans merged, scheduled, carried out, measured, adjusted. Pure functions on frozen values.

Needs of the departments are merged into joint plans (`merge`), drawn, spread over working days (`schedule`), logged
(`Log`), closed (`close_out`), measured (`indicators`), sifted (`low_quality`); what was learned changes the rates of
the next plan (`adjust`), the risk classes (`reclassify`), and who may be visited once more (`remember`).
"""

from dual_random.cycle.adjustment import Adjustment, ClassChange, adjust
from dual_random.cycle.arrangements import schedule, schedule_errands, schedule_visits
from dual_random.cycle.averages import MacroAverage, macro_average, micro_average
from dual_random.cycle.batches import Batch, batch_table, in_batches
from dual_random.cycle.calendars import Calendar
from dual_random.cycle.checks import Checks, record_checks
from dual_random.cycle.closures import CloseOut, Closing, close_out
from dual_random.cycle.comparisons import RateChange, compare
from dual_random.cycle.credit import CreditRule, Reclassification, reclassify
from dual_random.cycle.errands import Errands, merge_visits
from dual_random.cycle.inclusion import Chance, chances
from dual_random.cycle.limits import FrequencyRule, ShareRule
from dual_random.cycle.logs import Log
from dual_random.cycle.matching import log_faults
from dual_random.cycle.measurement import indicators
from dual_random.cycle.memory import capped, capped_plan, remember, unlisted
from dual_random.cycle.merging import merge
from dual_random.cycle.needs import Need, read_needs
from dual_random.cycle.omissions import LeftOut, left_out
from dual_random.cycle.quality import Screening, Tally, low_quality
from dual_random.cycle.rankings import Ranked, rank
from dual_random.cycle.rate_tables import comparison_table, ranking_table, rate_table
from dual_random.cycle.rounds import Merged, Round
from dual_random.cycle.savings import MonthlySaving, saved_by_month
from dual_random.cycle.schedules import Schedule
from dual_random.cycle.worklists import work_list

__all__ = [
    "Adjustment",
    "Batch",
    "Calendar",
    "Chance",
    "Checks",
    "ClassChange",
    "CloseOut",
    "Closing",
    "CreditRule",
    "Errands",
    "FrequencyRule",
    "LeftOut",
    "Log",
    "MacroAverage",
    "Merged",
    "MonthlySaving",
    "Need",
    "Ranked",
    "RateChange",
    "Reclassification",
    "Round",
    "Schedule",
    "Screening",
    "ShareRule",
    "Tally",
    "adjust",
    "batch_table",
    "capped",
    "capped_plan",
    "chances",
    "close_out",
    "compare",
    "comparison_table",
    "in_batches",
    "indicators",
    "left_out",
    "log_faults",
    "low_quality",
    "macro_average",
    "merge",
    "merge_visits",
    "micro_average",
    "rank",
    "ranking_table",
    "rate_table",
    "read_needs",
    "reclassify",
    "record_checks",
    "remember",
    "saved_by_month",
    "schedule",
    "schedule_errands",
    "schedule_visits",
    "unlisted",
    "work_list",
]
