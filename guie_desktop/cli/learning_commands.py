"""What `guie-desktop train` and `guie-desktop head` do."""

import argparse
from dataclasses import asdict
from datetime import datetime
from typing import Any

from guie_desktop.cli.argument_types import head_name
from guie_desktop.cli.output import CommandResult, run_to_end
from guie_desktop.domain import FITTED_HEAD
from guie_desktop.jobs.learning import learn
from guie_desktop.jobs.switching import use_head
from guie_desktop.jobs.taking_in import TakenIn, take_in_head
from guie_desktop.learned import HeadState, LearningReport, Quality
from guie_desktop.learning.training.recipe import Recipe
from guie_desktop.paths import LibraryPaths
from guie_desktop.wording.learning_report import advice_text, left_out_text, reason_text
from guie_desktop.workspace.head_versions import export_head, list_heads
from guie_desktop.workspace.open_library import OpenLibrary, WritableLibrary
from guie_desktop.workspace.reports import report_as_json


def run_train_command(paths: LibraryPaths, arguments: argparse.Namespace) -> CommandResult:
    """Learn the albums."""
    with WritableLibrary(paths) as library:
        recipe = Recipe(loss=arguments.loss, seed=arguments.seed)
        report = run_to_end(learn(library, recipe, dry_run=arguments.dry_run))
    return _as_json(report), _report_lines(report, dry_run=arguments.dry_run), 0


def run_head_command(paths: LibraryPaths, arguments: argparse.Namespace) -> CommandResult:
    """Carry out `head list|use|export|import`."""
    if arguments.action in ("list", "export"):
        with OpenLibrary(paths) as library:
            if arguments.action == "export":
                export_head(library, arguments.id, arguments.file, with_names=arguments.names)
                size = arguments.file.stat().st_size
                answer = {"head": arguments.id, "file": str(arguments.file), "bytes": size}
                return answer, [f"{arguments.file} has the head, {size / 1000:.0f} kB."], 0
            return _listed(library)
    with WritableLibrary(paths) as writable:
        if arguments.action == "use":
            run_to_end(use_head(writable, arguments.id))
            return _listed(writable)
        return _taken_in(run_to_end(take_in_head(writable, arguments.file)), is_learned=writable.backbone.personal_id)


def _taken_in(taken: TakenIn, *, is_learned: int) -> CommandResult:
    name = head_name(taken.head_id)
    if taken.test is None or taken.origin is None:
        return {"head": taken.head_id}, [f"It is head {name} now. Use it: guie-desktop head use {name}"], 0
    test, origin = taken.test, taken.origin
    by = "your albums" if test.tested_by == "albums" else "the folders and hours of your photos"
    lines = [
        f"Trained with {origin.classes} classes and {origin.photos} photos of {', '.join(origin.datasets)} "
        f"({origin.preset}, {origin.date}).",
        f"Tested with {test.queries} photos by {by}.",
        f"before  {_quality_text(test.before)}",
        f"after   {_quality_text(test.after)}",
        f"Search uses {name} now: it is {test.outcome}. Go back: guie-desktop head use fitted",
    ]
    if is_learned:
        lines.append("What was learned from albums was tested beside the one before. Learn again: guie-desktop train")
    answer = {"head": taken.head_id, "name": name, "origin": asdict(origin), "test": asdict(test)}
    return answer | {"learn_again": bool(is_learned)}, lines, 0


def _listed(library: OpenLibrary) -> CommandResult:
    states = list_heads(library)
    return {"heads": [asdict(state) for state in states]}, [_line(state) for state in states], 0


def _line(state: HeadState) -> str:
    name = head_name(state.id)
    parts = ["in use"] if state.in_use else []
    if state.id < FITTED_HEAD:
        taken = datetime.fromtimestamp(state.made_at).strftime("%Y-%m-%d %H:%M")
        parts += [f"general head taken in {taken}", f"{state.albums} classes", f"{state.photos} photos"]
    elif state.id == FITTED_HEAD:
        parts.append(f"general head of {state.photos} photos")
    elif state.id:
        made = datetime.fromtimestamp(state.made_at).strftime("%Y-%m-%d %H:%M")
        parts += [made, f"{state.albums} albums", f"{state.photos} photos"]
    if state.before is not None and state.after is not None:
        parts.append(f"mMP@5 {state.before.mmp5:.3f} to {state.after.mmp5:.3f} in its test")
    return f"{name:>9}  {state.title}{': ' if parts else ''}{', '.join(parts)}"


def _as_json(report: LearningReport) -> dict[str, Any]:
    """With sentences, as people read them."""
    return report_as_json(report) | {
        "reason": reason_text(report.reason),
        "advice": [advice_text(advice) for advice in report.advice],
        "left_out": [(name, left_out_text(reason)) for name, reason in report.left_out],
    }


def _report_lines(report: LearningReport, *, dry_run: bool) -> list[str]:
    lines = [f"{report.albums} albums, {report.photos} photos, {report.seconds:.1f} s"]
    if report.before is not None and report.after is not None:
        lines += [f"before  {_quality_text(report.before)}", f"after   {_quality_text(report.after)}"]
    decision = "Refused" if not report.accepted else "Better" if dry_run else "Taken into use"
    lines.append(f"{decision}. {reason_text(report.reason)}")
    lines += [advice_text(advice) for advice in report.advice]
    lines += [f"Not learned: {name}. {left_out_text(reason)}" for name, reason in report.left_out]
    return lines


def _quality_text(quality: Quality) -> str:
    said = f"mMP@5 {quality.mmp5:.3f} ({quality.low:.3f} to {quality.high:.3f}), P@1 {quality.p1:.3f}"
    if quality.unlabelled is None:
        return said
    return f"{said}, photos without an album keep {100 * quality.unlabelled:.1f} % of their nearest"
