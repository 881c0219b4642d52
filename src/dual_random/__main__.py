"""The command line ``dual-random``: arguments, screen and exit codes; the only room besides `files` that leaves memory.

Exit codes: 0 it went well, or what was published holds; 1 a published record, or a rate with its counts, does not hold;
2 wrong input. Faults stand on standard error, one a line, each with its remedy. An output that nobody reads changes no
exit code.
"""

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from io import TextIOWrapper
from pathlib import Path
from shlex import quote
from shutil import which
from typing import Final, TextIO, TypeAlias, get_args

from dual_random.amending import add_change_arguments, amend_files
from dual_random.audit_arguments import add_audit_arguments
from dual_random.chain_arguments import add_before, add_chain, add_earlier
from dual_random.commands import (
    FAILS,
    WRONG_INPUT,
    Answer,
    check_receipt_file,
    commit_files,
    draw_files,
    picture_files,
    receipt_file,
    refusal,
    rehearse_files,
    verify_files,
    why_files,
)
from dual_random.demonstrations import demonstrate
from dual_random.errors import InputError, Lang, Note, VerificationError
from dual_random.figures import rates, tickets
from dual_random.labels import word
from dual_random.measuring import add_indicator_arguments, add_quality_arguments, indicator_file, quality_file
from dual_random.register_arguments import add_against, add_inspectors, add_register, add_tables
from dual_random.reports import progress_line
from dual_random.schemes import DEFAULT, SCHEMES
from dual_random.tables import TableName
from dual_random.text import shown

Command: TypeAlias = Callable[[argparse.Namespace], Answer]

_INTERRUPTED: Final = 130
_SEED: Final = '"05 11 17 22 29 31 + 08"'
_ABOUT: Final = """\
Public lotteries of inspections (双随机、一公开): draws that anybody can replay.

  demo       a built-in district, from its plan to a verified record
  rehearse   what a plan will give, before any seed exists
  commit     bind a plan to a register; publish the digest before the seed exists
  draw       draw what was committed, when the seed is out
  verify     recompute a published record, with the seed and digest that you know
  why        why one enterprise was drawn or not, with shell lines that prove it
  amend      after the draw: who takes the place of a closed firm, or of a person who is ill
  indicators  what a log of visits amounts to: rates with their counts
  quality    what is of low quality in a log of visits
  picture    who visits with whom, and the visits saved (extra: plots)
  receipt    what is shown at the door: it proves one visit and tells of no other
  check      whether a receipt leads to the root that was published
  ticket     the tickets of some ids; no register needed
  rate       a rate of two counts; or does a published rate follow from its counts?
  audit      do draws made elsewhere look as fair ones do?
"""
_CODES: Final = """\
exit codes: 0 it went well or holds, 1 a check fails, or a published record or rate does not hold, 2 wrong input
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        argv: the words after the program's name; by default those of the process.

    Returns:
        The exit code.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a terminal that has no Chinese shows codes instead of failing
            stream.reconfigure(errors="backslashreplace")
    answer = _answer(argv)
    _say(sys.stderr, answer.faults)
    trouble = _say(sys.stdout, answer.lines)
    if trouble:
        _say(sys.stderr, [f"standard output: {trouble}"])
    return answer.code or (WRONG_INPUT if trouble else 0)


def _answer(argv: Sequence[str] | None) -> Answer:
    try:
        given = _parser().parse_args(argv)
    except SystemExit as stop:  # argparse has said what it had to say
        return Answer(code=stop.code if isinstance(stop.code, int) else WRONG_INPUT)
    bar = Bar(sys.stderr, word(given.task, given.lang))
    given.progress = bar.show if bar.seen else None
    try:
        command: Command = given.run
        return command(given)
    except InputError as error:
        return refusal(error.faults, given, WRONG_INPUT)
    except VerificationError as error:
        return refusal(error.findings, given, FAILS)
    except KeyboardInterrupt:
        return Answer(code=_INTERRUPTED)
    except Exception as error:  # never exit code 1 by accident: it would accuse a record
        note = Note("program-fault", "", {"error": f"{type(error).__name__}: {shown(str(error), 200)}"})
        return refusal([note], given, WRONG_INPUT)
    finally:
        bar.wipe()


class Bar:
    """How far a task is, in one line of a terminal that is written over again and wiped at the end."""

    def __init__(self, stream: TextIO | None, task: str) -> None:
        self._stream = stream
        self._task = task
        self._wide = 0

    @property
    def seen(self) -> bool:
        """Whether somebody looks: only a terminal gets a bar, no file and no pipe."""
        return self._stream is not None and not self._stream.closed and self._stream.isatty()

    def show(self, done: int, total: int) -> None:
        """So many of so many are done."""
        line = progress_line(self._task, done, total)
        self._wide = len(line.encode("ascii", "backslashreplace"))  # at least as wide as any terminal shows it
        self._write(f"\r{line}")

    def wipe(self) -> None:
        """Leave the line empty, if there was a bar."""
        if self._wide:
            self._write(f"\r{' ' * self._wide}\r")
            self._wide = 0

    def _write(self, text: str) -> None:
        if self._stream is not None:
            with suppress(OSError):  # a terminal that went away changes nothing
                self._stream.write(text)
                self._stream.flush()


def _say(stream: TextIO | None, lines: Iterable[str]) -> str:
    """Print lines; returns what went wrong, but a reader who went away is no trouble."""
    if stream is None:  # Python's, where the caller closed it
        return ""
    try:
        stream.write("".join(f"{line}\n" for line in lines))
        stream.flush()
    except OSError as error:
        with suppress(OSError, ValueError), open(os.devnull, "wb") as nowhere:
            os.dup2(nowhere.fileno(), stream.fileno())  # what is left in the buffer would fail again when Python ends
        return "" if isinstance(error, BrokenPipeError) else str(error)
    return ""


def _program() -> str:
    """How this program was called, so that the lines it shows can be pasted."""
    called = Path(sys.argv[0])
    if (called.parent.name, called.name) == ("dual_random", "__main__.py"):
        return f"{quote(sys.orig_argv[0])} -m dual_random"
    return sys.argv[0] if called.name == "dual-random" and not which("dual-random") else "dual-random"


def _version() -> str:
    try:
        return version("dual-random")
    except PackageNotFoundError:
        return "(not installed)"


# ---- arguments


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="dual-random",
        usage="dual-random [--version] [--lang {en,zh}] COMMAND …",
        description=_ABOUT,
        epilog=f"dual-random COMMAND --help has an example of each\n{_CODES}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"dual-random {_version()}")
    parser.add_argument(
        "--lang", choices=get_args(Lang), default="en", help="language of notes and reports (default: en)"
    )
    parser.set_defaults(run=_helper(parser), program=_program(), task="rehearsing")
    commands = parser.add_subparsers(prog="dual-random", metavar="COMMAND", title="commands", help=argparse.SUPPRESS)
    for add in (
        _add_demo,
        _add_rehearse,
        _add_commit,
        _add_draw,
        _add_verify,
        _add_why,
        _add_amend,
        _add_indicators,
        _add_quality,
        _add_picture,
        _add_receipt,
        _add_check,
        _add_ticket,
        _add_rate,
        _add_audit,
    ):
        add(commands)
    return parser


def _helper(parser: argparse.ArgumentParser) -> Command:
    """What stands in for a command if none is given."""
    return lambda _: Answer((), parser.format_help().splitlines(), WRONG_INPUT)


Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def _add(commands: Commands, name: str, run: Command, summary: str, example: str) -> argparse.ArgumentParser:
    parser = commands.add_parser(
        name,
        description=summary,
        epilog=f"example:\n  dual-random {name} {example}\n\n{_CODES}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.set_defaults(run=run)
    parser.add_argument(
        "--lang", choices=get_args(Lang), default=argparse.SUPPRESS, help="language of notes and reports"
    )
    return parser


def _add_demo(commands: Commands) -> None:
    summary = "A built-in synthetic district is committed, drawn, recorded and verified."
    parser = _add(commands, "demo", demonstrate, summary, "--out demo")
    parser.add_argument(
        "--out", metavar="DIR", default="", help="write plan, commitment, register, record, visits and pictures there"
    )
    parser.add_argument("--teams", action="store_true", help="draw the inspectors too, and tell who goes and why")
    _add_force(parser)


def _add_rehearse(commands: Commands) -> None:
    summary = (
        "What a plan will give over a register: visits, joint rates, the chance to meet its target; before any seed."
    )
    parser = _add(commands, "rehearse", rehearse_files, summary, "plan.json firms.csv --id uscc --draws 50")
    parser.add_argument("plan", metavar="PLAN", help="rules in .json, .yaml or .toml")
    add_register(parser)
    add_tables(add_inspectors(parser))
    parser.add_argument("--draws", metavar="COUNT", default="50", help="how many rehearsals (default: 50)")


def _add_commit(commands: Commands) -> None:
    summary = "Bind a plan to a register and resolve every number. Publish the digest before the seed exists."
    example = "plan.json firms.csv --id uscc --out commitment.json --register-out enterprises.tsv"
    parser = _add(commands, "commit", commit_files, summary, example)
    parser.add_argument("plan", metavar="PLAN", help="rules in .json, .yaml or .toml")
    add_register(parser)
    group = add_inspectors(parser)
    add_tables(group)
    group.add_argument(
        "--inspectors-out", metavar="FILE", default="", help="write the inspectors' register text (.tsv) likewise"
    )
    add_earlier(parser, "the record that the plan staffs or supplements (.json), if it does")
    parser.add_argument(
        "--columns",
        metavar="A,B",
        default="",
        help="columns to bind besides those that the plan reads, for a later plan (default: those of RECORD)",
    )
    add_before(parser)
    parser.add_argument("--out", metavar="FILE", required=True, help="write the commitment (.json)")
    parser.add_argument(
        "--register-out",
        metavar="FILE",
        default="",
        help="write the register's own text (.tsv), to be drawn from without further options",
    )
    _add_force(parser)


def _add_draw(commands: Commands) -> None:
    summary = "Draw what was committed. There is one outcome for a commitment, a register and a seed."
    example = f"commitment.json enterprises.tsv --seed {_SEED} --out record.json --csv visits.csv"
    parser = _add(commands, "draw", draw_files, summary, example)
    parser.add_argument("commitment", metavar="COMMITMENT", help="as written by commit (.json)")
    add_register(parser)
    add_inspectors(parser)
    add_earlier(parser, "the record that the plan staffs or supplements (.json), if it does")
    add_against(parser, "if REGISTER is not the committed one")
    _add_seed(parser, "the public value, in the announced form")
    parser.add_argument("--out", metavar="FILE", required=True, help="write the record (.json)")
    parser.add_argument(
        "--public", metavar="FILE", default="", help="write what may be published before the visits are over (.json)"
    )
    parser.add_argument("--csv", metavar="FILE", default="", help="write a table of it too")
    parser.add_argument("--table", choices=get_args(TableName), default="", help="which table (default: visits)")
    _add_force(parser)


def _add_verify(commands: Commands) -> None:
    summary = "Recompute a record. Seed and digest are what you know from outside: a forged record agrees with itself."
    example = f"record.json enterprises.tsv --seed {_SEED} --digest 64-HEX-DIGITS"
    parser = _add(commands, "verify", verify_files, summary, example)
    parser.add_argument("record", metavar="RECORD", help="as published (.json)")
    add_register(parser)
    add_inspectors(parser)
    add_earlier(parser, "the record that this one staffs or supplements (.json): it is verified, too")
    add_chain(parser)
    parser.add_argument("--seed", metavar="TEXT", required=True, help="the public value, from the announced source")
    parser.add_argument(
        "--digest", metavar="DIGEST", required=True, help="of the commitment, from where it was published"
    )
    parser.add_argument(
        "--root", metavar="HEX", default="", help="of the receipts, from where it was published on the day of the draw"
    )
    parser.add_argument(
        "--amended", metavar="DIGEST", default="", help="of the last amendment, from where it was published"
    )
    add_against(parser, "if the record does not hold")


def _add_why(commands: Commands) -> None:
    summary = (
        "Why an enterprise was drawn or not, for each demand, with shell lines that prove its ticket; and why an "
        "inspector goes there or not."
    )
    parser = _add(commands, "why", why_files, summary, "record.json enterprises.tsv 91330203MA2AXXXX0Y")
    parser.add_argument("record", metavar="RECORD", help="as published (.json)")
    add_register(parser)
    add_inspectors(parser)
    parser.add_argument("enterprise", metavar="ENTERPRISE", help="an id, in the register or not")
    parser.add_argument("--inspector", metavar="ID", default="", help="tell why this inspector goes there or not")


def _add_amend(commands: Commands) -> None:
    summary = (
        "After the draw: an enterprise that cannot be visited, or a person who cannot come. The next by the same "
        "tickets takes the place, logged in the record; nothing is drawn again."
    )
    example = (
        "record.json enterprises.tsv --enterprise 91330203MA2AXXXX0Y --reason closed --on 2024-08-12 --out amended.json"
    )
    parser = _add(commands, "amend", amend_files, summary, example)
    parser.add_argument("record", metavar="RECORD", help="as published (.json), with the amendments it has")
    add_register(parser)
    add_inspectors(parser)
    add_change_arguments(parser)
    parser.add_argument("--out", metavar="FILE", required=True, help="write the amended record (.json)")
    parser.add_argument("--csv", metavar="FILE", default="", help="write a table of it too, as it stands now")
    parser.add_argument("--table", choices=get_args(TableName), default="", help="which table (default: amendments)")
    _add_force(parser)


def _add_indicators(commands: Commands) -> None:
    summary = "The indicators of a log of visits, each with its counts; one whose columns are missing is left out."
    parser = _add(commands, "indicators", indicator_file, summary, "log.csv --by month --csv indicators.csv")
    add_indicator_arguments(parser)
    _add_force(parser)


def _add_quality(commands: Commands) -> None:
    summary = (
        "What is of low quality in a log of visits: closed targets, departments that came apart, other people than the "
        "drawn ones, visits never drawn, copied results, … If anything is found, exit code 1."
    )
    parser = _add(commands, "quality", quality_file, summary, "log.csv --record record.json --as-of 2024-12-31")
    add_quality_arguments(parser)
    _add_force(parser)


def _add_picture(commands: Commands) -> None:
    summary = "Pictures of a record as SVG: who visits with whom, and the visits saved by coming together."
    parser = _add(commands, "picture", picture_files, summary, "record.json --out pictures")
    parser.add_argument("record", metavar="RECORD", help="as written by draw (.json)")
    parser.add_argument("--out", metavar="DIR", required=True, help="write the pictures there")
    _add_force(parser)


def _add_receipt(commands: Commands) -> None:
    summary = "The receipt of a visit: visit, salt, and the path to the published root. Shown at the door."
    parser = _add(commands, "receipt", receipt_file, summary, "record.json 91330203MA2AXXXX0Y --out receipt.json")
    parser.add_argument("record", metavar="RECORD", help="as written by draw (.json)")
    parser.add_argument("enterprise", metavar="ENTERPRISE", help="the id of an enterprise that is visited")
    parser.add_argument("--out", metavar="FILE", required=True, help="write the receipt (.json)")
    _add_force(parser)


def _add_check(commands: Commands) -> None:
    summary = "Whether a receipt leads to the root that was published at the draw (if not, exit code 1)."
    parser = _add(commands, "check", check_receipt_file, summary, "receipt.json --root 64-HEX-DIGITS --size 1460")
    parser.add_argument("receipt", metavar="RECEIPT", help="as shown at the door (.json)")
    parser.add_argument("--root", metavar="HEX", required=True, help="the root, from where it was published")
    parser.add_argument("--size", metavar="COUNT", required=True, help="the number of visits, published beside it")
    parser.add_argument("--scheme", choices=SCHEMES, default=DEFAULT, help=f"of the draw (default: {DEFAULT})")


def _add_ticket(commands: Commands) -> None:
    summary = "The tickets of some ids: whose is lower is drawn first. No register is needed."
    parser = _add(commands, "ticket", tickets, summary, f'--label "2024-Q3 restaurants" --seed {_SEED} E1 E2')
    parser.add_argument("ids", metavar="ID", nargs="+", help="ids of enterprises")
    under = parser.add_mutually_exclusive_group(required=True)
    under.add_argument(
        "--commitment",
        metavar="DIGEST|FILE",
        help="of a committed draw; if its plan has seals, pass the file and each --secret: a digest alone cannot tell",
    )
    under.add_argument("--label", metavar="TEXT", help="of a draw without a plan")
    _add_seed(parser, "the public value")
    parser.add_argument(
        "--scheme", choices=SCHEMES, default=DEFAULT, help=f"if no commitment file says so (default: {DEFAULT})"
    )
    parser.add_argument(
        "--shell", action="store_true", help="print shell lines that compute the tickets without this program"
    )


def _add_rate(commands: Commands) -> None:
    summary = (
        "A rate of two counts; with a printed rate before them, whether it follows from them (if not, exit code 1)."
    )
    example = '"49.60%" 9685 20535 --among inspections=30102 --among random=20535'
    parser = _add(commands, "rate", rates, summary, example)
    parser.usage = "dual-random rate [--lang {en,zh}] [--of TEXT] [--among NAME=COUNT …] [RATE] PART WHOLE"
    parser.add_argument(
        "values", metavar="[RATE] PART WHOLE", nargs="+", help="counts, in digits; before them a rate as printed"
    )
    parser.add_argument("--of", metavar="TEXT", default="", help="what both counts count (default: visits)")
    parser.add_argument(
        "--among",
        metavar="NAME=COUNT",
        action="append",
        default=[],
        help="another published count; all pairs are tried, PART and WHOLE included (repeatable)",
    )


def _audit(given: argparse.Namespace) -> Answer:
    from dual_random.auditing import audit_files  # statistics, which no other command needs

    return audit_files(given)


def _add_audit(commands: Commands) -> None:
    summary = (
        "Do draws made elsewhere look as fair ones do? To find nothing proves little: the report says what it could "
        "have seen."
    )
    example = "--id uscc --drawn drawn=yes --by district --trend registered"
    parser = _add(commands, "audit", _audit, summary, f"results.csv {example}")
    add_audit_arguments(parser)
    _add_force(parser)
    parser.set_defaults(task="auditing")


def _add_seed(parser: argparse.ArgumentParser, meaning: str) -> None:
    parser.add_argument("--seed", metavar="TEXT", required=True, help=meaning)
    parser.add_argument("--secret", metavar="PARTY=HEX", action="append", default=[], help="opens a seal (repeatable)")


def _add_force(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--force", action="store_true", help="replace existing files that have other content")


if __name__ == "__main__":
    sys.exit(main())
