"""What the commands do; each returns its answer as a dictionary and as lines."""

import argparse
from collections.abc import Callable
from dataclasses import asdict

from guie_desktop.cli.ablation_commands import run_ablate_command
from guie_desktop.cli.album_commands import run_album_command
from guie_desktop.cli.bench_command import run_bench_command
from guie_desktop.cli.computing_commands import run_battery_command, run_processor_command
from guie_desktop.cli.doctor_command import run_doctor_command
from guie_desktop.cli.duplicates_command import run_duplicates_command
from guie_desktop.cli.export_command import run_export_command
from guie_desktop.cli.folder_commands import folder_lines, folders_as_json, run_folder_command
from guie_desktop.cli.learning_commands import run_head_command, run_train_command
from guie_desktop.cli.library_commands import run_cache_command, run_library_command
from guie_desktop.cli.mark_commands import run_flag_command, run_rate_command
from guie_desktop.cli.model_commands import run_model_command
from guie_desktop.cli.note_commands import run_notes_command
from guie_desktop.cli.output import (
    CommandResult,
    WrongUsage,
    end_after_closed_pipe,
    failure_lines,
    failures_as_json,
    print_error,
    print_json,
    print_lines,
    run_to_end,
)
from guie_desktop.cli.part_command import parts_as_json, run_parts_command
from guie_desktop.cli.report_command import run_report_command
from guie_desktop.cli.saved_searches import run_searches_command
from guie_desktop.cli.search_command import run_search_command
from guie_desktop.cli.verbs import run_verb
from guie_desktop.cli.watching_commands import (
    run_poll_command,
    run_skip_command,
    run_smallest_command,
    run_videos_command,
)
from guie_desktop.crashes import recording_crashes
from guie_desktop.disk.volumes import mounted_volumes
from guie_desktop.errors import DamagedLibrary, UserError, for_user
from guie_desktop.jobs.backing_up import back_up
from guie_desktop.jobs.evaluating import evaluate_folders
from guie_desktop.jobs.folder_places import add_folder
from guie_desktop.jobs.indexing import index_library
from guie_desktop.jobs.looking_inside import look_inside, parts_held
from guie_desktop.jobs.verifying import verify_library
from guie_desktop.library.damage import blaming_damage
from guie_desktop.messages import Checked
from guie_desktop.paths import LibraryPaths, library_paths
from guie_desktop.wording.integrity import check_lines, check_summary
from guie_desktop.wording.left_out import left_out_sentences
from guie_desktop.wording.parts import held_text
from guie_desktop.workspace.open_library import OpenLibrary, WritableLibrary


def run_command(arguments: argparse.Namespace) -> int:
    """Carry out a parsed command; 0 when done, 1 where something outside the program is wrong."""
    try:
        paths = library_paths(arguments.library)
        with recording_crashes(paths.crash_of("command")), blaming_damage(paths.catalog):
            answer, lines, status = _COMMANDS[arguments.command](paths, arguments)
        if arguments.json:
            print_json(answer)
        else:
            print_lines(lines)
    except KeyboardInterrupt:
        print_error("Stopped. The next run goes on from here.")
        return 130
    except BrokenPipeError:
        return end_after_closed_pipe()
    except (UserError, OSError) as error:
        print_error(str(for_user(error)))
        return 2 if isinstance(error, WrongUsage) else 1
    return status


def _index(paths: LibraryPaths, arguments: argparse.Namespace) -> CommandResult:
    if not arguments.folders and not _has_folders(paths):
        raise WrongUsage("The library has no folders yet.", "Name one that holds photos.", "index FOLDER")
    # Once more, as the folder for the file may be there only now.
    with WritableLibrary(paths) as library, recording_crashes(paths.crash_of("command")):
        moved = sum(add_folder(library.catalog, folder, mounted_volumes()) for folder in arguments.folders)
        if arguments.raw_beside_jpeg is not None:
            library.choices.choose_raw_beside_jpeg(arguments.raw_beside_jpeg)
        if arguments.verify:
            return _verified(run_to_end(verify_library(library)))
        report = run_to_end(index_library(library, retry=arguments.retry, moved=moved))
        run_to_end(look_inside(library))
        _back_up(paths)
    answer = asdict(report) | {"failed": failures_as_json(report.failed)}
    summary = (
        f"{report.added} added, {report.changed} changed, {report.moved} moved, {report.missing} missing, "
        f"{report.unchanged} unchanged, {len(report.failed)} failed, in {report.seconds:.1f} s"
    )
    return answer, [*failure_lines(report.failed), *left_out_sentences(report.left_out), summary], 0


def _verified(found: Checked) -> CommandResult:
    answer = {
        "checked": found.checked,
        "changed": [str(path) for path in found.changed],
        "missing": [str(path) for path in found.missing],
        "untracked": found.untracked,
    }
    return answer, [*check_lines(found), check_summary(found)], 0


def _has_folders(paths: LibraryPaths) -> bool:
    if not paths.catalog.exists():
        return False
    with OpenLibrary(paths) as library:
        return bool(library.catalog.folders())


def _evaluate(paths: LibraryPaths, arguments: argparse.Namespace) -> CommandResult:
    with WritableLibrary(paths) as library:
        report = run_to_end(evaluate_folders(library, arguments.index_folder, arguments.query_folder))
    score = report.metrics
    answer = {
        "mmp5": score.mmp5,
        "p1": score.p1,
        "queries": score.queries,
        "unmatched": score.unmatched,
        "index": report.index,
        "dimension": report.dimension,
        "model": report.model,
        "head": report.head,
        "failed": failures_as_json(report.failed),
    }
    lines = [
        f"mMP@5 {score.mmp5:.4f}   P@1 {score.p1:.4f}",
        f"{score.queries} queries against {report.index} photos; {report.dimension} dimensions, "
        f"{report.model}, {report.head} head",
    ]
    if score.unmatched:
        lines.append(f"{score.unmatched} queries were left out: no other photo has their label.")
    return answer, [*failure_lines(report.failed), *lines], 0


def _status(paths: LibraryPaths, arguments: argparse.Namespace) -> CommandResult:
    del arguments
    with OpenLibrary(paths) as library:
        counts, embedded = library.catalog.counts(), library.catalog.embedded_count(library.backbone.key)
        folders, albums = folders_as_json(library.catalog), library.catalog.albums()
        answer = {
            "photos": counts.photos,
            "embedded": embedded,
            "failed": counts.failed,
            "unread": counts.unread,
            "cut_off": counts.cut_off,
            "folders": folders,
            "albums": len(albums),
            "model": library.backbone.name,
            "head": library.backbone.space.head.name,
            "vectors": len(library.backbone.space.index),
            "parts": parts_as_json(held := parts_held(library)),
        }
    lines = [f"{counts.photos} photos, {embedded} embedded, {counts.failed} could not be read"]
    if counts.unread:
        lines.append(f"{counts.unread} files are not read yet")
    if counts.cut_off:
        lines.append(f"{counts.cut_off} of them are cut off: the part that is there is shown")
    lines += folder_lines(folders)
    lines += [f"{len(albums)} albums"] if albums else []
    lines += [held_text(held)] if held.chosen or held.photos else []
    return answer, lines, 0


def _back_up(paths: LibraryPaths) -> None:
    try:
        run_to_end(back_up(paths))
    except DamagedLibrary:
        raise
    except UserError as error:
        print_error(str(error))  # what was asked for is done all the same


_COMMANDS: dict[str, Callable[[LibraryPaths, argparse.Namespace], CommandResult]] = {
    "index": _index,
    "search": run_search_command,
    "searches": run_searches_command,
    "evaluate": _evaluate,
    "status": _status,
    "doctor": run_doctor_command,
    "report": run_report_command,
    "album": run_album_command,
    "duplicates": run_duplicates_command,
    "export": run_export_command,
    "parts": run_parts_command,
    "folder": run_folder_command,
    "notes": run_notes_command,
    "rate": run_rate_command,
    "flag": run_flag_command,
    "model": run_model_command,
    "train": run_train_command,
    "ablate": run_ablate_command,
    "bench": run_bench_command,
    "head": run_head_command,
    "skip": run_skip_command,
    "smallest": run_smallest_command,
    "poll": run_poll_command,
    "videos": run_videos_command,
    "library": run_library_command,
    "processor": run_processor_command,
    "battery": run_battery_command,
    "cache": run_cache_command,
    "shared": run_verb,
    "study": run_verb,
}
