"""What must hold in every single draw: exact checks, without chance and without false alarms.

Each compares draws that must agree: from the same list in another order, by the same seed again, in a fresh process.
One that differs is proof; and where none differs, the check says how rare a difference could have gone unseen. They
find what no statistics can afford to: tickets so short that ties are decided by the place in the list show in one
order of twenty, and in no count of a million draws.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from hashlib import sha256
from itertools import pairwise
from math import inf
from typing import Final, TypeAlias

from attrs import frozen

from dual_random.errors import Note
from dual_random.forms import count_faults, flag_faults, refuse
from dual_random.testing.checks import POWER, WORST, Check, Report, UnfairError, told
from dual_random.testing.procedures import (
    DRAWN,
    Outcome,
    Procedure,
    outcome,
    procedure_faults,
    read_list,
    seed_of,
    trial_faults,
)
from dual_random.testing.processes import Fresh, fresh
from dual_random.testing.replicates import Replicates
from dual_random.testing.tallies import members
from dual_random.text import shown

TRIALS: Final = 200
DECLINED: Final = Note("fresh-declined")

Sizes: TypeAlias = int | Mapping[str, int]
Drawn: TypeAlias = frozenset[tuple[str, str]]  # unit, result


# ---- draws to compare


@frozen(eq=False, slots=False)
class _Asked:
    """A procedure, whose draws from the list as given are made once and compared with others."""

    procedure: Procedure
    units: tuple[str, ...]
    trials: int

    @property
    def seeds(self) -> list[str]:
        return list(map(seed_of, range(self.trials)))

    @cached_property
    def outcomes(self) -> dict[str, Outcome]:
        """By seed, from the list as given."""
        return {seed: outcome(self.procedure, self.units, seed) for seed in self.seeds}

    def again(self, seed: str, units: Sequence[str]) -> Drawn:
        """What is drawn from a list made of this one."""
        return outcome(self.procedure, units, seed).drawn


def _asked(procedure: Procedure, units: Sequence[str], trials: int, faults: Iterable[Note] = ()) -> _Asked:
    """A procedure to be asked, once nothing is wrong with any argument."""
    return _Asked(procedure, _known(units, trials, [*procedure_faults(procedure), *faults]), trials)


def _known(units: Sequence[str], trials: int, faults: Iterable[Note]) -> tuple[str, ...]:
    """The units, once nothing is wrong with any argument."""
    known, wrong = read_list(units)
    refuse([*faults, *trial_faults(trials), *wrong])
    return known


def _procedures_faults(procedures: object, at: str) -> list[Note]:
    if not isinstance(procedures, Sequence) or isinstance(procedures, str):
        return [Note("plan-shape", at, {"rule": "[…, …]", "value": shown(procedures)})]
    return [note for place, each in enumerate(procedures) for note in procedure_faults(each, f"{at}[{place}]")]


def shuffled(units: Sequence[str], seed: str) -> list[str]:
    """The list in another order, by a written rule: ascending SHA-256 of seed, the word order, and unit.

    >>> shuffled(["E1", "E2", "E3", "E4"], "fair:0")
    ['E1', 'E4', 'E2', 'E3']
    """
    return sorted(units, key=lambda unit: _hash(seed, "order", unit))


def _hash(*parts: str) -> bytes:
    return sha256("\n".join(parts).encode(errors="surrogatepass")).digest()


# ---- what is told of them


def _answer(name: str, null: Note, found: Sequence[Note], compared: int, sees: str) -> Check:
    """An exact check: it failed if anything was found."""
    rare = 1 - (1 - POWER) ** (1 / compared) if compared else inf
    share = Note(sees, "", {"share": f"{told(100 * rare)} %"}) if compared else Note("exact-sees-nothing")
    worst = [*found[:WORST], *([Note("exact-more", "", {"count": len(found)})] if len(found) > WORST else [])]
    return Check(name=name, null=null, p=0.0 if found else 1.0, limit=0.0, sees=share, detectable=rare, worst=worst)


def _change(then: Drawn, now: Drawn) -> dict[str, str | int]:
    """Who came and who went, as messages tell it."""
    return {"come": _names(now - then), "gone": _names(then - now)}


def _names(hits: Drawn) -> str:
    """Units with their results, the first few of them; an empty set if there are none."""
    ordered = [_word(unit) if result == DRAWN else f"{_word(unit)} → {_word(result)}" for unit, result in sorted(hits)]
    more = f", … ({len(ordered)})" if len(ordered) > WORST else ""
    return ", ".join(ordered[:WORST]) + more or "∅"


def _word(text: str) -> str:
    return text if text.isprintable() else shown(text)


# ---- the same again


def order_free(procedure: Procedure, units: Sequence[str], *, trials: int = TRIALS) -> Check:
    """Whether the order of the list decides nothing: whoever writes the list could otherwise choose who is drawn.

    Each draw is made again from the list in the order of `shuffled`, the first also from the reversed and the sorted
    list. The order in which a procedure names those drawn says nothing here.

    Args:
        procedure: from units and seed to the ids drawn, or to each unit's result or results.
        units: whom it draws from.
        trials: how many draws to compare.

    Raises:
        InputError: arguments that cannot be used. What the procedure raises comes through, with a note of the seed.

    >>> from dual_random import sample
    >>> units = [f"E{number}" for number in range(1, 13)]
    >>> print(order_free(lambda units, seed: sample(units, 3, seed=seed, label="test").drawn, units))
    order: holds (exact)
      Asked of 200 draws: is the draw the same whatever the order of the list?
      Would have seen, nine times in ten, a dependence that shows in 1.14 % of orders or more.
    >>> print(order_free(lambda units, seed: units[:2], units).worst[0])
    fair:0: drawn from shuffled(units, 'fair:0') there came E5, E9 instead of E1, E2
    """
    return _order_free(_asked(procedure, units, trials))


def _order_free(asked: _Asked) -> Check:
    found = []
    compared = 0
    for number, (seed, given) in enumerate(asked.outcomes.items()):
        orders = {f"shuffled(units, {seed!r})": shuffled(asked.units, seed)}
        if number == 0:
            orders |= {"units[::-1]": list(asked.units[::-1]), "sorted(units)": sorted(asked.units)}
        compared += any(order != list(asked.units) for order in orders.values())
        changes = ((name, asked.again(seed, order)) for name, order in orders.items())
        notes = [
            Note("order-worst", seed, {"order": name, **_change(given.drawn, drawn)})
            for name, drawn in changes
            if drawn != given.drawn
        ]
        found += notes[:1]
    return _answer("order", Note("order-null", "", {"trials": asked.trials}), found, compared, "order-sees")


def repeatable(procedure: Procedure, units: Sequence[str], *, trials: int = TRIALS) -> Check:
    """Whether a seed draws the same again, later and after other seeds: nobody could check a draw that does not.

    The draws are made again in the reverse order of seeds, so that what a procedure keeps from call to call shows.
    What it takes from the calendar, the machine or the versions of its packages cannot show within one process; see
    `elsewhere` for what differs from process to process.

    Args and errors: as for `order_free`.

    >>> from itertools import count
    >>> calls = count()
    >>> check = repeatable(lambda units, seed: [units[next(calls) % 3]], ["E1", "E2", "E3"], trials=2)
    >>> check.failed, str(check.worst[0])
    (True, 'fair:1: the second time there came E3 instead of E2')
    """
    return _repeatable(_asked(procedure, units, trials))


def _repeatable(asked: _Asked) -> Check:
    first = dict(asked.outcomes)
    second = {seed: asked.again(seed, asked.units) for seed in reversed(asked.seeds)}
    found = [
        Note("repeat-worst", seed, _change(given.drawn, second[seed]))
        for seed, given in first.items()
        if given.drawn != second[seed]
    ]
    return _answer("repeat", Note("repeat-null", "", {"trials": asked.trials}), found, asked.trials, "repeat-sees")


def elsewhere(procedure: Procedure, units: Sequence[str], *, trials: int = TRIALS) -> Check | Note:
    """Whether fresh processes draw the same, or a note why none could be asked.

    In a fresh process Python salts its hashes anew (PYTHONHASHSEED), so that a set of texts has another order, and
    nothing is left of what the procedure kept. What is raised only there counts as a difference.

    The procedure goes there by `pickle`, which knows functions and classes by the name of their module: a lambda or
    a function within a function cannot go. A script must protect its own run by ``if __name__ == "__main__":``.

    Args and errors: as for `order_free`.

    >>> print(elsewhere(lambda units, seed: units[:1], ["E1", "E2"]).code)
    fresh-pickle
    """
    return _elsewhere(_asked(procedure, units, trials))


def _elsewhere(asked: _Asked) -> Check | Note:
    given = asked.outcomes
    answers = fresh(asked.procedure, asked.units, asked.seeds)
    if isinstance(answers, Note):
        return answers
    found = [note for answer in answers for note in _fresh_notes(given, answer)]
    null = Note("elsewhere-null", "", {"trials": asked.trials, "processes": len(answers)})
    return _answer("elsewhere", null, found, asked.trials, "exact-sees")


def _fresh_notes(given: Mapping[str, Outcome], answer: Fresh) -> list[Note]:
    """How the draws of a fresh process differ."""
    changes = ((each.seed, given[each.seed].drawn, each.drawn) for each in answer.outcomes)
    found = [
        Note("elsewhere-worst", seed, {"hash_seed": answer.hash_seed, **_change(then, now)})
        for seed, then, now in changes
        if then != now
    ]
    return [*([answer.failure] if answer.failure else []), *found]


# ---- the right number


def right_size(procedure: Procedure, units: Sequence[str], size: Sizes, *, trials: int = TRIALS) -> Check:
    """Whether each draw has exactly the number of units it should: a number redrawn or cut to fit bends the chances.

    Args:
        procedure: from units and seed to the ids drawn, or to each unit's result or results.
        units: whom it draws from.
        size: how many different units are drawn; of a procedure with results, how many results are given in all, or a
            table with the number of units for each result.
        trials: how many draws to look at.

    Raises:
        InputError: arguments that cannot be used. What the procedure raises comes through, with a note of the seed.

    >>> check = right_size(lambda units, seed: units[: 2 + (seed == "fair:7")], ["E1", "E2", "E3"], 2)
    >>> check.failed, str(check.worst[0])
    (True, 'fair:7: 3 drawn, 2 expected')
    """
    return _right_size(_asked(procedure, units, trials, size_faults(size)), size)


def size_faults(size: object) -> list[Note]:
    """Why a size is neither a number nor a table of numbers."""
    if not isinstance(size, Mapping):
        return count_faults(size, "size")
    wrong = [result for result in size if not isinstance(result, str)]
    faults = [Note("text-type", "size", {"value": shown(each), "type": type(each).__name__}) for each in wrong]
    return faults + [note for result, number in size.items() for note in count_faults(number, f"size.{result}")]


def _right_size(asked: _Asked, size: Sizes) -> Check:
    found = []
    for seed, each in asked.outcomes.items():
        notes = _size_notes(seed, each.drawn, size)
        found += notes[:1]
    return _answer("size", Note("size-null", "", {"trials": asked.trials}), found, asked.trials, "exact-sees")


def _size_notes(seed: str, drawn: Drawn, size: Sizes) -> list[Note]:
    """Which numbers of a draw are wrong."""
    if not isinstance(size, Mapping):
        return [Note("size-worst", seed, {"count": len(drawn), "size": size})] if len(drawn) != size else []
    counts = Counter(result for _, result in drawn)
    wrong = [result for result in sorted({*counts, *size}) if counts[result] != size.get(result, 0)]
    return [
        Note("size-worst-result", seed, {"result": _word(each), "count": counts[each], "size": size.get(each, 0)})
        for each in wrong
    ]


# ---- a little more, a little less


def nested(procedures: Sequence[Procedure], units: Sequence[str], *, trials: int = TRIALS) -> Check:
    """Whether each procedure's draw is part of the next one's with the same seed, as of 5, 10 and 20 units.

    A draw can then be extended, by reserves or a higher rate, without drawing again: a redraw is a second try.

    Args:
        procedures: from the smallest draw to the largest.
        units: whom they draw from.
        trials: how many draws to compare.

    Raises:
        InputError: arguments that cannot be used, fewer than two procedures. What one of them raises comes through,
            with a note of the seed.

    >>> first = lambda number: lambda units, seed: units[:number]
    >>> nested([first(1), first(2), first(3)], ["E1", "E2", "E3", "E4"]).failed
    False
    >>> check = nested([lambda units, seed: units[-1:], first(2)], ["E1", "E2", "E3", "E4"])
    >>> print(check.worst[0])
    fair:0: E4 drawn by procedure 1, but not by procedure 2
    """
    faults = _procedures_faults(procedures, "procedures")
    if not faults and len(procedures) < 2:
        faults.append(Note("nested-one", "procedures"))
    known = _known(units, trials, faults)
    return _nested([_Asked(each, known, trials) for each in procedures])


def _nested(asked: Sequence[_Asked]) -> Check:
    found = []
    for seed in asked[0].seeds:
        drawn = [each.outcomes[seed].drawn for each in asked]
        pairs = enumerate(pairwise(drawn), 1)
        lost = [(number, small - large) for number, (small, large) in pairs if small - large]
        found += [
            Note("nested-worst", seed, {"gone": _names(hits), "number": number, "next": number + 1})
            for number, hits in lost[:1]
        ]
    trials = asked[0].trials
    return _answer("nested", Note("nested-null", "", {"trials": trials}), found, trials, "exact-sees")


def one_by_one(procedure: Procedure, units: Sequence[str], *, trials: int = TRIALS) -> Check:
    """Whether a unit that leaves the list changes at most one other: a firm that closes must not reshuffle the rest.

    Read backwards, it is the same of a unit that joins. Lists are never quite up to date; where this holds, a late
    correction alters one name of a published draw, and nobody can enter a firm in order to move the others. It is
    no rule of fairness: a fresh shuffle of the places of a list is fair, and breaks it. So do systematic samples, and
    a fixed total shared out to strata in proportion, where a unit less in one moves a place to another.

    For each seed one unit that was drawn leaves the list and one that was not, the first of each by SHA-256 of seed,
    the word out, and unit. Where there are several results a place that falls free may be passed on from one to the
    next, so for each of them one other unit may come and one may go.

    Args and errors: as for `order_free`; the procedure is also asked with lists of one unit less.

    >>> from dual_random import sample
    >>> units = [f"E{number}" for number in range(1, 13)]
    >>> one_by_one(lambda units, seed: sample(units, 3, seed=seed, label="test").drawn, units).failed
    False
    >>> print(one_by_one(lambda units, seed: units[len(seed) % 4 :: 4], units).worst[0])
    fair:0: without E4 there came E12, E8 instead of E11, E7, but at most one other may change
    """
    return _one_by_one(_asked(procedure, units, trials))


def _one_by_one(asked: _Asked) -> Check:
    found = []
    compared = 0
    for seed, given in asked.outcomes.items():
        for unit in _leaving(asked.units, given):
            compared += 1
            rest = [each for each in asked.units if each != unit]
            stayed = frozenset(hit for hit in given.drawn if hit[0] != unit)
            now = asked.again(seed, rest)
            if _many(stayed - now, now - stayed):
                found.append(Note("one-worst", seed, {"unit": _word(unit), **_change(stayed, now)}))
    return _answer("one-by-one", Note("one-null", "", {"count": compared}), found, compared, "exact-sees")


def _leaving(units: Sequence[str], given: Outcome) -> list[str]:
    """One unit that was drawn and one that was not, as far as there are any; the last unit cannot leave."""
    drawn = {unit for unit, _ in given.hits}
    parts = ([unit for unit in units if unit in drawn], [unit for unit in units if unit not in drawn])
    firsts = [min(part, key=lambda unit: _hash(given.seed, "out", unit)) for part in parts if part]
    return firsts if len(units) > 1 else []


def _many(gone: Drawn, come: Drawn) -> bool:
    """Whether more changed than one unit; with several results, more than one came or more than one went for any."""
    gone_by, come_by = (Counter(result for _, result in hits) for hits in (gone, come))
    return max([gone_by[DRAWN] + come_by[DRAWN], *gone_by.values(), *come_by.values()]) > 1


# ---- all of it


def assert_invariant(
    procedure: Procedure,
    units: Sequence[str],
    *,
    trials: int = TRIALS,
    size: Sizes | None = None,
    larger: Sequence[Procedure] = (),
    one_out: bool = False,
    processes: bool = True,
) -> Report:
    """Assert what must hold in every draw: any order of the list, any process, the same result. No false alarm.

    The first test of any lottery, before statistics: it takes seconds, and what it finds is so. Asked are
    `members` (units of the list, each once), `order_free`, `repeatable`, `elsewhere`, and what is wanted of the rest.

    Args:
        procedure: from units and seed to the ids drawn, or to each unit's result or results.
        units: whom it draws from.
        trials: how many draws each check compares.
        size: see `right_size`.
        larger: procedures that draw more and more, in which this one should be `nested`.
        one_out: whether to ask `one_by_one`.
        processes: False if the procedure needs what only this process has, such as a patch or a database in memory;
            then `elsewhere` is not asked.

    Returns:
        The report; `unchecked` says why no fresh process could be asked.

    Raises:
        UnfairError: a check failed; the report is its text.
        InputError: arguments that cannot be used. What the procedure raises comes through, with a note of the seed.

    >>> from dual_random import sample
    >>> units = [f"E{number}" for number in range(1, 13)]
    >>> def draw(units, seed):
    ...     return sample(units, 3, seed=seed, label="test").drawn
    >>> report = assert_invariant(draw, units, size=3, one_out=True)
    >>> [check.name for check in report.checks], report.ok
    (['members', 'size', 'order', 'repeat', 'one-by-one'], True)
    >>> assert_invariant(lambda units, seed: units[:1], units)
    Traceback (most recent call last):
    dual_random.testing.checks.UnfairError: 200 draws of 1 of 12 units
    FAILED: 1 of 3 checks: order. ...
    """
    __tracebackhide__ = True  # pytest then shows the caller's line, and the report
    wanted: list[Callable[[_Asked], Check]] = [_members]
    faults = flag_faults(one_out, "one_out") + flag_faults(processes, "processes")
    faults += _procedures_faults(larger, "larger")
    if size is not None:
        faults += size_faults(size)
        wanted.append(lambda asked: _right_size(asked, size))
    wanted += [_order_free, _repeatable]
    if larger:
        wanted.append(lambda asked: _nested([asked, *(_Asked(each, asked.units, trials) for each in larger)]))
    if one_out:
        wanted.append(_one_by_one)
    asked = _asked(procedure, units, trials, faults)
    checks = [check(asked) for check in wanted]
    return _report(asked, checks, _elsewhere(asked) if processes else DECLINED)


def _members(asked: _Asked) -> Check:
    return members(Replicates.of(asked.units, asked.outcomes.values()))


def _report(asked: _Asked, checks: Sequence[Check], last: Check | Note) -> Report:
    """The report with the answer of the fresh processes, raised if anything failed."""
    __tracebackhide__ = True
    unchecked, all_checks = ([last], checks) if isinstance(last, Note) else ([], [*checks, last])
    subject = Replicates.of(asked.units, asked.outcomes.values()).subject
    report = Report(subject=subject, checks=all_checks, alpha=0.0, unchecked=unchecked)
    if not report:
        raise UnfairError(report)
    return report
