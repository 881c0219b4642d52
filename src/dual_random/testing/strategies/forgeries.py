"""Strategies for forgeries: a published record, or a register, altered in one place, which every verifier must find."""

import json
from collections.abc import Iterable, Mapping
from functools import partial
from typing import get_args

from attrs import evolve, field, frozen
from hypothesis import strategies as st

from dual_random import verification
from dual_random.errors import InputError, Note, VerificationError
from dual_random.records import Record
from dual_random.registers import Register
from dual_random.testing.alterations import Done, Path, altered_parts, everything, replaced, told
from dual_random.testing.strategies.rounds import Printer, Published, records


@frozen(kw_only=True)
class Forgery:
    """What is shown to a verifier: a record and registers, of which one is altered in one place.

    Hold `data` and the registers against `published.seed`, `published.digest` and `published.root`, which are known
    from outside. A verifier refuses to read the record, or it finds something; that it says where is better.

    Args:
        published: all as it was published.
        data: the bytes of the record as they are shown.
        enterprises, inspectors: the registers as they are shown.
        done: a value was changed, or its type; a part was removed, added, doubled, or swapped with the one before.
        at: a path in the record, or the name of the register and the id of a row.
    """

    published: Published = field(repr=False)
    data: bytes = field(repr=False)
    enterprises: Register
    inspectors: Register | None
    done: Done
    at: str

    def _repr_pretty_(self, printer: Printer, _: bool) -> None:
        printer.text(repr(self))

    def findings(self) -> tuple[Note, ...]:
        """What this library finds, in reading the record or in verifying it: never nothing."""
        known = self.published
        try:
            record = Record.from_json(self.data)
            checked = verification.verify(
                record, self.enterprises, self.inspectors, seed=known.seed, digest=known.digest, root=known.root
            )
        except InputError as error:
            return error.faults
        except VerificationError as error:
            return error.findings
        return checked.findings


# ---- records


def tampered_records(*, of: st.SearchStrategy[Published] | None = None) -> st.SearchStrategy[Forgery]:
    """Records altered in one place: a value, its type, a part removed, added, doubled or moved.

    Each kind of alteration is equally likely, and in it each place; for all of one record, one after the other, take
    `dual_random.testing.alterations.mutants`. What is only another spelling of the same record is left out: a default
    that is not written, another order of what has none.

    Args:
        of: records to be altered; by default those of `records`.

    >>> from hypothesis import given, settings
    >>> @settings(derandomize=True, database=None, max_examples=10)
    ... @given(tampered_records())
    ... def test_my_verifier_finds_it(forgery):
    ...     assert forgery.findings()
    >>> test_my_verifier_finds_it()
    """
    return _tampered_records(records() if of is None else of)


@st.composite
def _tampered_records(draw: st.DrawFn, known: st.SearchStrategy[Published]) -> Forgery:
    published = draw(known)
    parts = json.loads(published.data)
    document = {"visits": parts.pop("visits"), **parts}  # so the simplest example is about a visit, not a digest
    done, path, data = draw(_alterations(document).filter(lambda told: _differs(told[2], published.record)))
    return Forgery(
        published=published,
        data=data,
        enterprises=published.enterprises,
        inspectors=published.inspectors,
        done=done,
        at=told(path),
    )


@st.composite
def _alterations(draw: st.DrawFn, document: object) -> tuple[Done, Path, bytes]:
    """What was done, where, and the bytes."""
    ways: dict[Done, list[tuple[Path, Path, object]]] = {done: [] for done in get_args(Done)}
    for path, part in everything(document):
        for done, place, altered in altered_parts(part):
            ways[done].append((path, place, altered))
    done = draw(st.sampled_from([done for done in ways if ways[done]]))
    path, place, altered = draw(st.sampled_from(ways[done]))
    return done, (*path, *place), json.dumps(replaced(document, path, altered), ensure_ascii=False).encode()


def _differs(data: bytes, record: Record) -> bool:
    """Whether the bytes tell another record, if they tell one."""
    try:
        return Record.from_json(data).to_json() != record.to_json()
    except (InputError, VerificationError):
        return True


# ---- registers


def tampered_registers(*, of: st.SearchStrategy[Published] | None = None) -> st.SearchStrategy[Forgery]:
    """Draws of which a register is shown otherwise than it was committed: a cell changed, a row removed or added.

    Who alters the sampling frame after the draw hides whom it held; the digest in the commitment finds it.

    Args:
        of: records to be altered; by default those of `records`.

    >>> from hypothesis import given, settings
    >>> @settings(derandomize=True, database=None, max_examples=10)
    ... @given(tampered_registers())
    ... def test_my_verifier_finds_it(forgery):
    ...     assert forgery.findings()
    >>> test_my_verifier_finds_it()
    """
    return _tampered_registers(records() if of is None else of)


@st.composite
def _tampered_registers(draw: st.DrawFn, known: st.SearchStrategy[Published]) -> Forgery:
    published = draw(known)
    shown = Forgery(
        published=published,
        data=published.data,
        enterprises=published.enterprises,
        inspectors=published.inspectors,
        done="changed",
        at="",
    )
    if published.inspectors is None or draw(st.booleans()):
        done, row, register = draw(_altered_registers(published.enterprises))
        return evolve(shown, enterprises=register, done=done, at=f"enterprises.{row}")
    done, row, register = draw(_altered_registers(published.inspectors))
    return evolve(shown, inspectors=register, done=done, at=f"inspectors.{row}")


def _altered_registers(register: Register) -> st.SearchStrategy[tuple[Done, str, Register]]:
    """What was done, the id of the row, and the register as it is then."""
    names = st.sampled_from(list(register))
    other = [names.map(partial(_without, register)), names.map(partial(_with_one_more, register))]
    if not register.columns:
        return st.one_of(*other)
    return st.one_of(_changed(register, names), *other)


@st.composite
def _changed(draw: st.DrawFn, register: Register, names: st.SearchStrategy[str]) -> tuple[Done, str, Register]:
    name, column = draw(names), draw(st.sampled_from(register.columns))
    stated = register.value(name, column)
    other = draw(st.sampled_from([value for value in (*register.codes(column)[1], f"{stated}x") if value != stated]))
    rows = [{**row, column: other} if row["id"] == name else row for row in _rows(register)]
    return "changed", name, _register(rows, register)


def _without(register: Register, name: str) -> tuple[Done, str, Register]:
    return "removed", name, _register([row for row in _rows(register) if row["id"] != name], register)


def _with_one_more(register: Register, like: str) -> tuple[Done, str, Register]:
    """With a row that has another id and the values of one that is there."""
    name = next(new for new in (f"{like}{number}" for number in range(len(register) + 1)) if new not in register)
    rows = [*_rows(register), *({**row, "id": name} for row in _rows(register) if row["id"] == like)]
    return "added", name, _register(rows, register)


def _rows(register: Register) -> list[dict[str, str]]:
    return [{"id": name, **{own: register.value(name, own) for own in register.columns}} for name in register]


def _register(rows: Iterable[Mapping[str, str]], like: Register) -> Register:
    return Register.from_rows(rows, id="id", columns=like.columns, alike=True)
