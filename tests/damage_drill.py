"""Noise in a catalog, and what every command and the opening of the window make of it."""

import contextlib
import io
import random
import re
import shutil
import tempfile
import traceback
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from multiprocessing import Pipe
from pathlib import Path
from typing import Literal

from guie_desktop.__main__ import main
from guie_desktop.errors import UserError
from guie_desktop.library.catalog import Catalog
from guie_desktop.library.damage import blaming_damage
from guie_desktop.messages import Damaged, Failed, Ready, Request, Shutdown
from guie_desktop.paths import LibraryPaths
from tests.gui.in_process import in_process

STEP = 4096
NOISE = 8192
_PATIENCE = 120
"""Seconds that only a worker that hangs uses up."""

Kind = Literal["answer", "other answer", "sentence", "traceback"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a command ended on a damaged library."""

    command: str
    kind: Kind
    said: str


def commands_on(photo: Path) -> tuple[tuple[str, ...], ...]:
    """All kinds of commands; those that change the library come last."""
    return (
        ("status",),
        ("search", str(photo), "--top", "5"),
        ("album", "list"),
        ("album", "suggest", "red"),
        ("head", "list"),
        ("model", "list"),
        ("doctor",),
        ("album", "add", "Found", str(photo)),
        ("index",),
        ("doctor", "--repair"),
    )


def offsets_in(catalog: Path) -> range:
    """Where the noise begins, one after the other."""
    return range(0, catalog.stat().st_size, STEP)


def spoil(catalog: Path, offset: int) -> None:
    """Write eight kilobytes of noise, or up to the end of the file."""
    size = min(NOISE, catalog.stat().st_size - offset)
    with catalog.open("r+b") as file:
        file.seek(offset)
        file.write(random.Random(offset).randbytes(size))


def whole_answers(paths: LibraryPaths, photo: Path) -> dict[str, str]:
    """What the commands say of the library before it is damaged."""
    with _copy_of(paths) as copy:
        return {outcome.command: outcome.said for outcome in _run_all(copy, commands_on(photo), {})}


def drill(paths: LibraryPaths, photo: Path, offset: int, answers: dict[str, str]) -> Iterator[Outcome]:
    """Every command and the window on a copy of the library with noise at this offset."""
    with _copy_of(paths) as copy:
        spoil(copy.catalog, offset)
        yield from _run_all(copy, commands_on(photo), answers)
    with _copy_of(paths) as copy:
        spoil(copy.catalog, offset)
        yield _read_as_window(copy)
        yield _open_worker(copy)


@contextlib.contextmanager
def _copy_of(paths: LibraryPaths) -> Iterator[LibraryPaths]:
    # Always at the same place, so that what is said of it can be compared.
    root = Path(tempfile.gettempdir()) / f"{paths.root.parent.name}-drill"
    shutil.copytree(paths.root, root, symlinks=True)
    try:
        yield LibraryPaths(root)
    finally:
        shutil.rmtree(root)


def _run_all(paths: LibraryPaths, commands: Sequence[tuple[str, ...]], answers: dict[str, str]) -> Iterator[Outcome]:
    for command in commands:
        name = " ".join(command[:2]) if command[0] in ("album", "head", "model", "doctor") else command[0]
        yield _run(paths, name, command, answers.get(name))


def _run(paths: LibraryPaths, name: str, command: Sequence[str], whole: str | None) -> Outcome:
    said, complained = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.StringIO()
    try:
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(complained):
            status = main(["--library", str(paths.root), *command])
    except BaseException:  # noqa: BLE001  # whatever it is, it is what is looked for
        return Outcome(name, "traceback", traceback.format_exc())
    said.flush()
    answer = said.buffer.getvalue().decode()
    told = "".join(line for line in complained.getvalue().splitlines(True) if line.startswith("guie-desktop:"))
    answer = re.sub(r"in [0-9.]+ s$", "", answer, flags=re.MULTILINE)
    if status not in (0, 1) or len(told.splitlines()) > 1 or "Traceback" in complained.getvalue():
        return Outcome(name, "traceback", f"status {status}: {told}")
    if told or command[0] == "doctor":  # whose answers are sentences
        return Outcome(name, "sentence", told or answer)
    return Outcome(name, "answer" if whole in (None, answer) else "other answer", answer)


def _read_as_window(paths: LibraryPaths) -> Outcome:
    """What the window reads when it opens."""
    try:
        with blaming_damage(paths.catalog):
            catalog = Catalog.open_read_only(paths.catalog)
            try:
                ids = catalog.photo_ids()
                photos = catalog.photos(ids)
                said = (catalog.folders(), catalog.albums(), catalog.counts(), catalog.failures(), len(photos))
                catalog.albums_of(ids)
            finally:
                catalog.close()
    except UserError as error:
        return Outcome("window reads", "sentence", str(error))
    except Exception:  # noqa: BLE001  # whatever it is, it is what is looked for
        return Outcome("window reads", "traceback", traceback.format_exc())
    return Outcome("window reads", "answer", str(said))


def _open_worker(paths: LibraryPaths) -> Outcome:
    """The worker behind a window, until it is ready or says why it will not be."""
    ours, theirs = Pipe()
    worker = in_process(theirs, paths)
    try:
        while ours.poll(_PATIENCE):
            match ours.recv():
                case Ready(model):
                    ours.send(Request(1, Shutdown()))
                    return Outcome("worker", "answer", model)
                case Damaged(title, remedy) | Failed(title, remedy):
                    return Outcome("worker", "sentence", f"{title} {remedy}")
                case _:
                    continue
    except EOFError:
        return Outcome("worker", "traceback", "it ended without a word")
    else:
        return Outcome("worker", "traceback", "it hangs")
    finally:
        worker.join(_PATIENCE)
        ours.close()
