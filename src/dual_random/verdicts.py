"""What a verification says: findings, what stayed unchecked, and in which words a record holds."""

from collections.abc import Iterable
from typing import Self

from attrs import frozen

from dual_random.draws import Draw
from dual_random.errors import Note, VerificationError


@frozen(kw_only=True)
class Verification:
    """A recomputed record; true if the published one holds.

    Args:
        draw: what the rules, the registers, and the seed and digest you know give; None where the record is too
            damaged to recompute anything. Without the register of inspectors it has the people whom the record states.
        findings: what does not hold, each with its path in the record.
        unchecked: what could not be checked with what was given.
    """

    draw: Draw | None
    findings: tuple[Note, ...]
    unchecked: tuple[Note, ...] = ()

    def __bool__(self) -> bool:
        return not self.findings

    def __str__(self) -> str:
        visits = len(self.draw.record) if self.draw else 0
        holds = partly(self.unchecked, visits) or Note("record-recomputed", "", {"visits": visits})
        told = self.findings or (holds, *self.amended)
        return "\n".join(map(str, (*told, *self.unchecked)))

    @property
    def amended(self) -> tuple[Note, ...]:
        """That the amendments were recomputed, too, if there are any; to be said of a record that holds."""
        if self.draw is None or not self.draw.record.amendments:
            return ()
        record, rate = self.draw.record, self.draw.record.joint_rate(current=True)
        told: dict[str, str | int] = {
            "count": len(record.amendments),
            "visits": rate.denominator,
            "rate": rate.counts,
        }
        unknown = any(note.code == "unchecked-amended-people" for note in self.unchecked)
        return (Note("amendments-recomputed-but-people" if unknown else "amendments-recomputed", "", told),)

    def raise_for_findings(self) -> Self:
        """The verification itself if the record holds.

        Raises:
            VerificationError: with all findings.
        """
        if self.findings:
            raise VerificationError(self.findings)
        return self


def partly(unchecked: Iterable[Note], visits: int) -> Note | None:
    """What is to be said first of a record that holds as far as it was recomputed; None if nothing great is left.

    What is unchecked of an earlier record is no part of it.
    """
    left = {note.code for note in unchecked if note.at.partition(".")[0] != "of"}
    told = {"visits": visits}
    if {"unchecked-teams", "unchecked-earlier"} <= left:
        return Note("record-holds-but-both", "", told)
    if "unchecked-teams" in left:
        return Note("record-holds-but-teams", "", told)
    return Note("record-holds-but-earlier", "", told) if "unchecked-earlier" in left else None
