"""What may be typed about the registers, by every command that reads them."""

import argparse

from dual_random.files import CHECKS
from dual_random.formats import ENCODINGS


def add_register(parser: argparse.ArgumentParser) -> None:
    """The register of enterprises, and how registers stand in their files."""
    parser.add_argument(
        "register", metavar="REGISTER", help="the enterprises in .csv, .tsv (both may be .gz) or .parquet"
    )
    group = parser.add_argument_group(
        "how to read the registers",
        "Use the same options each time; a register text (.tsv, as written by commit --register-out) needs none.",
    )
    group.add_argument("--id", metavar="COLUMN", default="", help="the column with the ids")
    group.add_argument("--null", metavar="TEXT", help='what a missing value of Parquet stands for, e.g. ""')
    group.add_argument(
        "--check",
        choices=tuple(CHECKS),
        help="check the ids (uscc-outer: without the organisation code's own character)",
    )
    group.add_argument(
        "--exclude", metavar="CODES", default="", help="keep out rows with these faults, e.g. id-repeated,uscc-check"
    )
    group.add_argument(
        "--encoding", metavar="NAME", default="", help=f"of CSV and TSV: {', '.join(ENCODINGS)} (default: utf-8)"
    )
    group.add_argument("--alike", action="store_true", help="ids may differ in nothing but case, width and signs")
    parser.set_defaults(inspectors="", inspectors_id="", inspectors_out="", recusals="", meetings="", of="")
    parser.set_defaults(against="", inspectors_against="", of_register="")


def add_inspectors(parser: argparse.ArgumentParser) -> "argparse._ArgumentGroup":
    """The register of inspectors."""
    group = parser.add_argument_group(
        "who may go",
        "Tables are read with --null, --encoding and --alike as they stand above; a register text needs none.",
    )
    group.add_argument("--inspectors", metavar="FILE", default="", help="their register in .csv, .tsv or .parquet")
    group.add_argument("--inspectors-id", metavar="COLUMN", default="", help="the column with their ids")
    return group


def add_tables(group: "argparse._ArgumentGroup") -> None:
    """The tables beside the register of inspectors."""
    group.add_argument(
        "--recusals",
        metavar="FILE",
        default="",
        help="who may not go where or when: columns inspector, reason, perhaps enterprise, period (or .json)",
    )
    group.add_argument(
        "--meetings",
        metavar="FILE",
        default="",
        help="how often two have met, for rotation: columns first, second, times (or .json)",
    )


def add_against(parser: argparse.ArgumentParser, when: str) -> None:
    """Other versions of the registers, whose differences are told."""
    parser.add_argument(
        "--against",
        metavar="FILE",
        default="",
        help=f"the published register text (.tsv): {when}, name the rows in which REGISTER differs",
    )
    parser.add_argument(
        "--inspectors-against", metavar="FILE", default="", help="the same for the register of inspectors"
    )
