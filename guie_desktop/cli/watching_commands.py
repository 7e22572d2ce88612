"""What `skip`, `smallest`, `poll` and `videos` do: which files are photos of the library, and how changes show."""

import argparse
import shlex
from collections.abc import Sequence

from guie_desktop.cli.output import CommandResult
from guie_desktop.disk.skipping import checked_pattern
from guie_desktop.errors import UserError
from guie_desktop.paths import LibraryPaths
from guie_desktop.wording.reading_choices import POLL, VIDEOS, left_out_by_name, smallest_text
from guie_desktop.workspace.open_library import OpenLibrary, WritableLibrary


def run_skip_command(paths: LibraryPaths, arguments: argparse.Namespace) -> CommandResult:
    """Carry out `skip list|add|remove`."""
    if arguments.action == "list":
        with OpenLibrary(paths) as library:
            return _patterns(library.choices.skipped)
    pattern = checked_pattern(arguments.pattern)
    with WritableLibrary(paths) as library:
        kept = library.choices.skipped
        if arguments.action == "add":
            library.choices.skip([*kept, pattern])
        elif pattern in kept:
            library.choices.skip(one for one in kept if one != pattern)
        else:
            raise UserError(f"{pattern} is not among the patterns.", "See which there are.", "skip list")
        answer, lines, status = _patterns(library.choices.skipped)
        folders = " ".join(shlex.quote(str(folder.path)) for folder in library.catalog.folders())
    lines.append(f"It shows when the library is brought up to date: guie-desktop index {folders or 'FOLDER'}")
    return answer, lines, status


def run_poll_command(paths: LibraryPaths, arguments: argparse.Namespace) -> CommandResult:
    """Carry out `poll`, with a choice or without."""
    if arguments.choice is None:
        with OpenLibrary(paths) as library:
            poll = library.choices.poll
    else:
        poll = arguments.choice
        with WritableLibrary(paths) as library:
            library.choices.choose_poll(poll)
    return {"poll": poll}, [POLL[poll]], 0


def run_videos_command(paths: LibraryPaths, arguments: argparse.Namespace) -> CommandResult:
    """Carry out `videos`, with a choice or without."""
    if arguments.choice is None:
        with OpenLibrary(paths) as library:
            read = library.choices.videos
    else:
        read = arguments.choice == "on"
        with WritableLibrary(paths) as library:
            library.choices.read_videos(read)
    return {"videos": read}, [VIDEOS[read]], 0


def run_smallest_command(paths: LibraryPaths, arguments: argparse.Namespace) -> CommandResult:
    """Carry out `smallest`, with a number of bytes or without."""
    if arguments.bytes is None:
        with OpenLibrary(paths) as library:
            smallest = library.choices.smallest
    else:
        smallest = arguments.bytes
        with WritableLibrary(paths) as library:
            library.choices.leave_out_below(smallest)
    return {"smallest": smallest}, [smallest_text(smallest)], 0


def _patterns(patterns: Sequence[str]) -> CommandResult:
    return {"patterns": list(patterns)}, list(patterns) or [left_out_by_name(())], 0
