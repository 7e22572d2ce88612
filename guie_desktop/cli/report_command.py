"""What `guie-desktop report` does: it prints what those who make the program need to know when something went wrong."""

import argparse

from guie_desktop.cli.output import CommandResult
from guie_desktop.paths import LibraryPaths
from guie_desktop.workspace.problem_report import problem_report


def run_report_command(paths: LibraryPaths, arguments: argparse.Namespace) -> CommandResult:
    """Carry out `report`, which works on a library in any state."""
    text = problem_report(paths, with_paths=arguments.with_paths)
    return {"report": text}, text.splitlines(), 0
