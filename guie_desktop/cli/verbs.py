"""Commands with a file for each of their verbs: what can be said, without loading what carries it out.

Such a file has HELP, `add_arguments(parser)` and `run(paths, arguments)`, which alone imports what it needs.
"""

import argparse
import importlib
from collections.abc import Iterable
from types import ModuleType
from typing import TypeVar

from guie_desktop.cli.output import CommandResult
from guie_desktop.extras import need_cluster
from guie_desktop.paths import LibraryPaths

Parser = TypeVar("Parser", bound=argparse.ArgumentParser)


def add_verbs(
    commands: "argparse._SubParsersAction[Parser]", name: str, help_text: str, verbs: Iterable[str]
) -> Iterable[Parser]:
    """Add the command `name`, whose verbs are the files of these names in the package `cli.<name>`; their parsers."""
    command = commands.add_parser(name, help=help_text)
    actions = command.add_subparsers(dest="action", metavar="ACTION", required=True)
    for verb in verbs:
        module = _module(name, verb)
        module.add_arguments(actions.add_parser(verb, help=module.HELP))
    return actions.choices.values()


def run_verb(paths: LibraryPaths, arguments: argparse.Namespace) -> CommandResult:
    """Carry out a verb; UserError where its engines are not installed."""
    need_cluster()
    result: CommandResult = _module(arguments.command, arguments.action).run(paths, arguments)
    return result


def _module(name: str, verb: str) -> ModuleType:
    return importlib.import_module(f"guie_desktop.cli.{name}.{verb}")
