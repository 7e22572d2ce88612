"""The page of commands, made from the parser that reads them."""

import argparse
from collections.abc import Iterator

_INTRODUCTION = """\
# Command line

What the window does can be done by commands, too: `guie-desktop COMMAND --help` says in the terminal what this page
says. Without a command, the window opens.

- Exit status: 0 done, 1 something outside the program is wrong (a line says what, and what to do), 2 wrong usage.
- With `--json` one JSON object is printed and nothing else. Progress goes to where errors go.
- `--library DIR` stands before the command. Without it the folder that the variable `GUIE_LIBRARY` names is used, or
  the user's own.
- One command or window at a time may change a library; searches and lists go beside it.
"""


def command_page(parser: argparse.ArgumentParser) -> str:
    """The page in Markdown: each command with its own commands, arguments and options."""
    parts = [_INTRODUCTION, "## For every command", *_arguments(parser)]
    for words, command, told in commands_of(parser):
        parts += [f"{'#' * (1 + len(words))} {' '.join(words)}", f"{told[:1].upper()}{told[1:]}.", *_of(command)]
    return "\n\n".join(parts) + "\n"


def commands_of(
    parser: argparse.ArgumentParser, words: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], argparse.ArgumentParser, str]]:
    """Each command, such as ("album", "add"), with its parser and the sentence on it; also those that hold others."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            told = {choice.dest: choice.help or "" for choice in action._choices_actions}
            for name, command in action.choices.items():
                yield (*words, name), command, told[name]
                yield from commands_of(command, (*words, name))


def _of(command: argparse.ArgumentParser) -> Iterator[str]:
    if any(isinstance(action, argparse._SubParsersAction) for action in command._actions):
        return  # those below it say all
    command.formatter_class = _Wide
    yield f"```text\n{command.format_usage().removeprefix('usage: ').rstrip()}\n```"
    yield from _arguments(command)
    if command.epilog:
        yield command.epilog


def _arguments(command: argparse.ArgumentParser) -> Iterator[str]:
    lines = [
        f"| {_written(action)} | {_meaning(action)} |"
        for action in command._actions
        if not isinstance(action, argparse._HelpAction | argparse._SubParsersAction)
    ]
    if lines:
        yield "\n".join(["| argument | meaning |", "| --- | --- |", *lines])


def _written(action: argparse.Action) -> str:
    value = str(action.metavar or "|".join(map(str, action.choices or ())) or action.dest.upper())
    if not action.option_strings:
        return f"`{value}`".replace("|", r"\|")
    takes = "" if action.nargs == 0 else f" [{value}]" if action.nargs == "?" else f" {value}"
    return ", ".join(f"`{option}{takes}`" for option in action.option_strings).replace("|", r"\|")


def _meaning(action: argparse.Action) -> str:
    return (action.help or "").replace("%(prog)s", "guie-desktop").replace("|", r"\|").replace("*", r"\*")


class _Wide(argparse.HelpFormatter):
    """Lines as wide as the page, whatever the terminal is."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=82)
