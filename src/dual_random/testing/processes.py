"""Fresh processes that draw again, to see what a procedure takes from the one it runs in: the one room that starts any.

Python salts the hash of texts anew in every process, and with it the order of sets; caches, counters and patches of one
process are not there in another. A procedure goes to a fresh one by its name, as in `multiprocessing`: what can be
pickled can be sent. A module that cannot be imported there by name is loaded from the file it has here (test modules of
pytest are not importable), and a script's functions come without running what its main guard protects.
"""

import json
import os
import pickle
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from io import BytesIO
from types import ModuleType
from typing import Final, TypeAlias

from attrs import frozen

from dual_random.errors import InputError, Note
from dual_random.testing.procedures import Outcome, Procedure, outcome

HASH_SEEDS: Final = ("1", "4242")  # two, since one of them may be this process's own
PATIENCE: Final = 600  # seconds

Sources: TypeAlias = Mapping[str, tuple[str, str]]  # module here: its name there, its file (or nothing)

_MARK: Final = "DUAL_RANDOM_FRESH_PROCESS"
_MAIN: Final = "__mp_main__"  # the name that a script's main guard does not ask for
_START: Final = (
    "import json, sys; sys.path[:] = json.loads(sys.stdin.buffer.readline()); "
    "from dual_random.testing.processes import serve; serve()"
)


@frozen
class Fresh:
    """What a fresh process drew.

    Args:
        hash_seed: its PYTHONHASHSEED.
        outcomes: one for each seed, up to the one at which it failed.
        failure: what happened then; None if all went well.
    """

    hash_seed: str
    outcomes: tuple[Outcome, ...]
    failure: Note | None = None


def fresh(procedure: Procedure, units: Sequence[str], seeds: Sequence[str]) -> tuple[Fresh, ...] | Note:
    """The draws of a procedure in two fresh processes with different hash seeds, or why it could not be asked.

    What the procedure raises there is what it did; that it cannot be sent, or no process started, says nothing of it.

    Raises:
        InputError: this is such a process itself, which a script without a main guard leads to.

    >>> fresh(lambda units, seed: units, ["E1"], ["fair:0"]).code
    'fresh-pickle'
    """
    if _MARK in os.environ:
        raise InputError([Note("fresh-nested")])
    try:
        task = _task(procedure, units, seeds)
    except Exception as error:
        return Note("fresh-pickle", "", {"reason": _told(error)})
    if getattr(sys, "frozen", False) or not sys.executable:
        return Note("fresh-start", "", {"reason": "sys.executable"})
    try:
        with ThreadPoolExecutor(len(HASH_SEEDS)) as pool:
            ended = list(pool.map(lambda hash_seed: _run(task, hash_seed), HASH_SEEDS))
    except OSError as error:
        return Note("fresh-start", "", {"reason": _told(error)})
    except subprocess.TimeoutExpired:
        return Note("fresh-late", "", {"seconds": PATIENCE})
    answers = [_read(each, hash_seed, seeds) for each, hash_seed in zip(ended, HASH_SEEDS, strict=True)]
    unloaded = [answer for answer in answers if isinstance(answer, Note)]
    return unloaded[0] if unloaded else tuple(answer for answer in answers if isinstance(answer, Fresh))


def _told(error: BaseException) -> str:
    """An exception in a line."""
    text = " ".join(str(error).split())
    return f"{type(error).__name__}: {text}" if text else type(error).__name__


# ---- here


def _task(procedure: Procedure, units: Sequence[str], seeds: Sequence[str]) -> bytes:
    """What the fresh process reads: three lines of JSON, then the pickled procedure."""
    pickled = pickle.dumps(procedure)
    named = _Named(BytesIO(pickled))
    named.load()
    path = [place for place in sys.path if isinstance(place, str)]
    sources = {name: _source(name) for name in sorted(named.modules)}
    lines = [json.dumps(part).encode() for part in (path, sources, [list(units), list(seeds)])]
    return b"\n".join([*lines, pickled])


class _Named(pickle.Unpickler):
    """Reads a pickle to learn which modules it names."""

    def __init__(self, data: BytesIO) -> None:
        super().__init__(data)
        self.modules: set[str] = set()

    def find_class(self, module: str, name: str, /) -> object:
        self.modules.add(module)
        return super().find_class(module, name)


def _source(name: str) -> tuple[str, str]:
    """Under which name and from which file a fresh process finds a module of this one."""
    module = sys.modules[name]
    file = getattr(module, "__file__", None)
    if name == "__main__":
        spec = getattr(module, "__spec__", None)  # of python -m package.module
        name = spec.name if spec and spec.name != "__main__" else _MAIN
        if name == _MAIN and not file:
            raise pickle.PicklingError("it is defined at the prompt")
    return name, os.path.abspath(file) if file else ""


def _run(task: bytes, hash_seed: str) -> subprocess.CompletedProcess[bytes]:
    """A fresh process, from its start to its end; -P: no module of the current folder comes before its own path."""
    return subprocess.run(
        [sys.executable, "-P", "-c", _START],
        input=task,
        capture_output=True,
        env={**os.environ, "PYTHONHASHSEED": hash_seed, _MARK: "1"},
        timeout=PATIENCE,
        check=False,
    )


def _read(ended: subprocess.CompletedProcess[bytes], hash_seed: str, seeds: Sequence[str]) -> Fresh | Note:
    """What a process answered: whether it has the procedure, then a line for each draw."""
    answers = [json.loads(line) for line in ended.stdout.splitlines() if line.endswith(b"]")]
    if not answers or answers[0] != []:
        last = ended.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        reason = answers[0][0] if answers else last or f"exit code {ended.returncode}"
        return Note("fresh-load", "", {"reason": reason})
    drawn = [answer[0] for answer in answers[1:] if len(answer) == 1]
    outcomes = tuple(
        Outcome(seed, [(unit, result) for unit, result in hits]) for seed, hits in zip(seeds, drawn, strict=False)
    )
    if len(outcomes) == len(seeds):
        return Fresh(hash_seed, outcomes)
    raised = answers[-1][1] if len(answers[-1]) == 2 else f"exit code {ended.returncode}"
    failure = Note("fresh-raised", seeds[len(outcomes)], {"hash_seed": hash_seed, "error": raised})
    return Fresh(hash_seed, outcomes, failure)


# ---- there


def serve() -> None:
    """Answer in a fresh process: `[]` once the procedure is loaded, then `[hits]` for each draw; else what was raised.

    What the procedure prints goes elsewhere, so that it cannot be taken for the answer.
    """
    with os.fdopen(os.dup(1), "wb") as answers:
        os.dup2(2, 1)
        for answer in _answers():
            answers.write(json.dumps(answer).encode() + b"\n")
            answers.flush()


def _answers() -> Iterator[list[object]]:
    try:
        sources, (units, seeds) = (json.loads(sys.stdin.buffer.readline()) for _ in range(2))
        procedure = _Found(BytesIO(sys.stdin.buffer.read()), sources).load()
    except Exception as error:
        yield [_told(error)]
        return
    yield []
    for seed in seeds:
        try:
            hits = outcome(procedure, list(units), seed).hits
        except Exception as error:
            yield ["", _told(error)]
            return
        yield [hits]


class _Found(pickle.Unpickler):
    """Reads a pickle with its modules from where they are."""

    def __init__(self, data: BytesIO, sources: Sources) -> None:
        super().__init__(data)
        self.sources = sources

    def find_class(self, module: str, name: str, /) -> object:
        found: object = _load(*self.sources[module])
        for part in name.split("."):
            found = getattr(found, part)
        return found


def _load(name: str, file: str) -> ModuleType:
    """A module, imported by name if that leads to its file, else loaded from the file."""
    if name in sys.modules:
        return sys.modules[name]
    return import_module(name) if name != _MAIN and _leads(name, file) else _load_file(name, file)


def _leads(name: str, file: str) -> bool:
    """Whether an import by name finds the module, and not another one of the same name."""
    try:
        spec = find_spec(name)
    except (ImportError, ValueError):  # it has no parent here
        return False
    return spec is not None and (not file or not spec.has_location or spec.origin == file)


def _load_file(name: str, file: str) -> ModuleType:
    spec = spec_from_file_location(name, file)
    if spec is None or spec.loader is None:
        raise ImportError(f"no module {name}: {file}")
    module = module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module
