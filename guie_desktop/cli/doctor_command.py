"""What `guie-desktop doctor` does: it examines a library, mends it, and puts back a copy of its catalog."""

import argparse
from datetime import date

from guie_desktop.cli.output import CommandResult, run_to_end
from guie_desktop.errors import DamagedLibrary, UserError
from guie_desktop.jobs.doctor import examine
from guie_desktop.library.copies import CatalogCopy, copies_before_updates, copies_of, copy_before, copy_of
from guie_desktop.library.restoring import restore
from guie_desktop.messages import Problem
from guie_desktop.paths import LibraryPaths
from guie_desktop.wording.examination import WHOLE, problem_text
from guie_desktop.wording.restoring import restored_text
from guie_desktop.workspace.open_library import WritableLibrary

_NONE = "There is no copy of the catalog yet. One is made each day that the program is used."


def run_doctor_command(paths: LibraryPaths, arguments: argparse.Namespace) -> CommandResult:
    """Carry out `doctor`, `doctor --repair`, `doctor --copies` or `doctor --restore [COPY]`."""
    if arguments.copies:
        return _list_copies(paths)
    if arguments.restore is not None:
        return _restore(paths, arguments)
    problems = _examine(paths, repair=arguments.repair)
    answer = {"problems": [{"what": _what(problem), "repaired": problem.repaired} for problem in problems]}
    lines = [f"{problem_text(problem)}{_run(problem)}" for problem in problems]
    remain = any(not problem.repaired for problem in problems)
    if not arguments.repair and any(problem.can_be_repaired and not problem.repaired for problem in problems):
        lines.append("Run guie-desktop doctor --repair to mend what can be mended.")
    return answer, lines or [WHOLE], int(remain)


def _examine(paths: LibraryPaths, *, repair: bool) -> tuple[Problem, ...]:
    try:
        with WritableLibrary(paths) as library:
            return run_to_end(examine(library, repair=repair))
    except DamagedLibrary as error:  # it cannot even be opened
        return (Problem(error.sentence, repaired=False, can_be_repaired=False, command=error.command),)


def _what(problem: Problem) -> str:
    return f"{problem.what}{_run(problem)}"


def _run(problem: Problem) -> str:
    return f" Run: guie-desktop {problem.command}" if problem.command else ""


def _list_copies(paths: LibraryPaths) -> CommandResult:
    answer, lines = [], []
    for copy in (*copies_of(paths), *copies_before_updates(paths)):
        day, name, size = copy.day.isoformat(), _name_of(copy), copy.path.stat().st_size
        answer.append({"day": day, "name": name, "bytes": size, "path": str(copy.path)})
        lines.append(f"{day}  {size / 1e6:>8.1f} MB  {name:<10}  {copy.path}")
    return {"copies": answer}, lines or [_NONE], 0


def _name_of(copy: CatalogCopy) -> str:
    """By which `doctor --restore` knows it."""
    return copy.day.isoformat() if copy.before_schema is None else f"before-{copy.before_schema}"


def _named(paths: LibraryPaths, name: date | int | str) -> CatalogCopy | None:
    match name:
        case date():
            return copy_of(paths, name)
        case int():
            return copy_before(paths, name)
        case _:
            return None


def _restore(paths: LibraryPaths, arguments: argparse.Namespace) -> CommandResult:
    if not paths.root.is_dir():
        raise UserError(f"There is no library in {paths.root}.", "Check the name of its folder.", "--library FOLDER")
    restored = restore(paths, _named(paths, arguments.restore))
    answer = {
        "day": None if restored.copy is None else restored.copy.day.isoformat(),
        "albums": restored.albums,
        "decisions": restored.decisions,
        "aside": None if restored.aside is None else str(restored.aside),
    }
    return answer, [*restored_text(restored), "Bring the library up to date: guie-desktop index"], 0
