"""`study evaluate`: judge a head, or a baseline, on the held-out classes of a study."""

import argparse
from typing import TYPE_CHECKING

from guie_desktop.cli.argument_types import path, run_name
from guie_desktop.cli.output import CommandResult, run_to_end
from guie_desktop.paths import LibraryPaths

if TYPE_CHECKING:
    from guie_desktop.study.evaluation.rankings import Baseline

HELP = "judge a trained head, or what needs no labels, on held-out classes (mMP@5), by domain and over all"
BASELINES: "dict[Baseline, str]" = {
    "raw": "the features as they are",
    "pooled": "the study's zero-shot pooling to 64 numbers",
    "pca": "64 principal components of the classes that are trained on",
    "general": "the general head of this program, which needs no labels",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What is judged: of several runs the newest."""
    parser.add_argument("study", type=path, metavar="STUDY", help="folder of the study")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--run", type=run_name, metavar="NAME", help="a training of the study (default: the newest)")
    what.add_argument("--head", type=path, metavar="FILE", help="a general head in a file")
    for name, meaning in BASELINES.items():
        what.add_argument(f"--{name}", action="store_true", help=meaning)
    parser.add_argument("--model", metavar="MODEL", help="whose features are compared (default: the only one)")


def run(paths: LibraryPaths, arguments: argparse.Namespace) -> CommandResult:
    """Evaluate, keep the figures in the study's folder, and tell them."""
    del paths  # a study has a folder of its own
    from guie_desktop.cli.study.figure_tables import evaluation_table
    from guie_desktop.embedding.devices import choose_device
    from guie_desktop.study.embedded_backbones import model_of
    from guie_desktop.study.evaluation.judging import judge, judged_baseline, judged_head, judged_run
    from guie_desktop.study.study_folder import StudyFolder

    folder = StudyFolder(arguments.study)
    baseline: Baseline | None = next((name for name in BASELINES if getattr(arguments, name)), None)
    if baseline is not None:
        subject = judged_baseline(baseline)
    elif arguments.head is not None:
        subject = judged_head(arguments.head)
    else:
        subject = judged_run(folder, arguments.run)
    record, file = run_to_end(judge(folder, subject, arguments.model, choose_device("auto")))
    lines = [
        f"{record.name}, {model_of(record.backbone)}, {record.dimension} dimensions",
        "",
        *evaluation_table(record.evaluation).lines(),
        "",
        "mMP@5 and P@1 with 95 % intervals, by drawing classes anew. Alone: among the photos of the domain;",
        "merged: among those of all domains, as UnED has it.",
        *_warnings(record.evaluation.unread, sum(one.unmatched for one in record.evaluation.domains)),
        str(file),
    ]
    return {**record.as_json(), "file": str(file)}, lines, 0


def _warnings(unread: int, unmatched: int) -> list[str]:
    lines = []
    if unmatched:
        lines.append(f"{unmatched:,} queries were left out: no photo of their class is searched.")
    if unread:
        lines.append(f"{unread:,} held-out photos have no features, since they could not be read or embedded.")
    return lines
