"""What may be typed about an authority's other commitments and records."""

import argparse


def add_earlier(parser: argparse.ArgumentParser, meaning: str) -> None:
    """The earlier record that a plan names."""
    parser.add_argument("--of", metavar="RECORD", default="", help=meaning)


def add_before(parser: argparse.ArgumentParser) -> None:
    """What a commitment says of those before it."""
    parser.add_argument("--previous", metavar="DIGEST", default="", help="the authority's commitment before this one")
    parser.add_argument(
        "--void",
        metavar="DIGEST=REASON",
        action="append",
        default=[],
        help="declare an earlier commitment void, before its seed can exist (repeatable)",
    )


def add_chain(parser: argparse.ArgumentParser) -> None:
    """The other files of the authority, to be held against a record."""
    parser.add_argument(
        "--of-register",
        metavar="FILE",
        default="",
        help="if the plan supplements a record: the register text (.tsv) that this one was drawn from",
    )
    parser.add_argument(
        "--chain",
        metavar="FILE",
        nargs="+",
        action="extend",
        default=[],
        help="the authority's commitments and records, or folders with them: gaps and second draws are found",
    )
