"""What may be typed after ``dual-random audit``; apart from `dual_random.auditing`, which is imported when it runs."""

import argparse

from dual_random.formats import ENCODINGS


def add_audit_arguments(parser: argparse.ArgumentParser) -> None:
    """The table, what it holds, what units are compared by, and where the report goes."""
    parser.usage = "dual-random audit RESULTS --id COLUMN [--drawn …|--units …|--order …|--draw … --units …] [options]"
    parser.add_argument("results", metavar="RESULTS", help="the results in .csv, .tsv (both may be .gz) or .parquet")
    parser.add_argument(
        "--id", dest="key", metavar="COLUMN", required=True, help="the column with the ids, in all files"
    )
    parser.add_argument(
        "--encoding", metavar="NAME", default="", help=f"of CSV and TSV: {', '.join(ENCODINGS)} (default: utf-8)"
    )
    parser.add_argument(
        "--out", metavar="DIR", default="", help="write report, table and pictures (extra: plots) there"
    )
    _add_kinds(parser)
    _add_questions(parser)


def _add_kinds(parser: argparse.ArgumentParser) -> None:
    kinds = parser.add_argument_group("what RESULTS holds", "One draw, an order, or many draws.")
    kinds.add_argument(
        "--drawn",
        metavar="COLUMN[=VALUE]",
        default="",
        help="all units; those whose cell is VALUE, or not empty, were drawn",
    )
    kinds.add_argument(
        "--units",
        metavar="FILE",
        default="",
        help="only the units drawn; FILE has all, in an order that was known before",
    )
    kinds.add_argument("--order", metavar="COLUMN", default="", help="all units and their places: 1, 2, 3, …")
    kinds.add_argument(
        "--draw",
        metavar="COLUMN",
        default="",
        help="with --units: many draws, a row for each unit drawn; COLUMN says in which (a draw of nobody has no row)",
    )
    kinds.add_argument("--result", metavar="COLUMN", default="", help="with --draw: what the unit got; empty: nothing")


def _add_questions(parser: argparse.ArgumentParser) -> None:
    asked = parser.add_argument_group("what units are compared by", "It must have been known before the draw.")
    asked.add_argument("--by", metavar="COLUMN", action="append", default=[], help="names (repeatable)")
    asked.add_argument(
        "--trend", metavar="COLUMN", action="append", default=[], help="numbers, or dates like 2024-08-06 (repeatable)"
    )
    asked.add_argument(
        "--strata", metavar="COLUMN", default="", help="only units of the same stratum had the same chance"
    )
    asked.add_argument("--chance", metavar="COLUMN", default="", help="with --draw: each unit's chance, 5%% or 1/20")
    asked.add_argument(
        "--alpha", metavar="LEVEL", default="", help="chance of a false alarm (default: 0.01; with --draw 1e-6)"
    )
    asked.add_argument(
        "--trials", metavar="COUNT", default="", help="how many redraws one draw is held against (default: 9999)"
    )
