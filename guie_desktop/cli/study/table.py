"""`study table`: all runs of a study side by side, and the study's own tables beside yours."""

import argparse
from collections.abc import Callable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from guie_desktop.cli.argument_types import path
from guie_desktop.cli.output import CommandResult
from guie_desktop.cli.written_files import write_files
from guie_desktop.paths import LibraryPaths

if TYPE_CHECKING:
    from guie_desktop.cli.text_table import TextTable

HELP = "put all that was evaluated side by side, by domain, and beside the study's own tables"
_MEASURES = {"mmp5": "mMP@5", "p1": "P@1"}
_STAR = "* the best of its row. Domains: in the merged index."
_NOTHING = "Nothing was evaluated with this manifest yet. Run: guie-desktop study evaluate"
_COMPARED = "The study's figures are of the challenge's photos, yours of held-out classes: they cannot be compared."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where the study is, and where files go."""
    parser.add_argument("study", type=path, metavar="STUDY", help="folder of the study")
    parser.add_argument("--measure", choices=("mmp5", "p1"), default="mmp5", help="mMP@5 or P@1 (default: mmp5)")
    parser.add_argument("--out", type=path, metavar="DIR", help="also leave table.csv and table.md in this folder")


def run(paths: LibraryPaths, arguments: argparse.Namespace) -> CommandResult:
    """Read what the evaluations left; nothing is computed anew."""
    del paths  # a study has a folder of its own
    from guie_desktop.cli.study.figure_tables import best_by_domain, column_names, long_table, side_by_side
    from guie_desktop.cli.study.published_tables import data_table, table_1
    from guie_desktop.study.evaluation.data_counts import counts_by_dataset
    from guie_desktop.study.evaluation.record import all_records, manifest_fingerprint
    from guie_desktop.study.manifest import Manifest
    from guie_desktop.study.study_folder import StudyFolder

    folder = StudyFolder(arguments.study)
    counts = counts_by_dataset(Manifest.read(folder.manifest))
    every, current = all_records(folder), manifest_fingerprint(folder)
    records = [record for record in every if record.manifest == current]
    outdated = [record.name for record in every if record.manifest != current]
    best = best_by_domain(records)
    title = f"{_MEASURES[arguments.measure]} on held-out classes"
    other_tables = [
        ("The study's Table 1 and yours", table_1(records)),
        ("The study's training data and yours", data_table(counts)),
    ]

    def tables(mark: Callable[[str], str]) -> "list[tuple[str, TextTable]]":
        return [(title, side_by_side(records, mark, arguments.measure)), *other_tables] if records else other_tables

    notes = [_COMPARED, *(f"Left out, since it was evaluated with another manifest: {name}." for name in outdated)]
    lines = [line for title, table in tables("{}*".format) for line in (title, "", *table.lines(), "")]
    lines += [_STAR if records else _NOTHING, *notes, *(f"best in {domain}: {name}" for domain, name in best.items())]
    answer: dict[str, Any] = {
        "runs": [
            {"column": name, **record.as_json()} for name, record in zip(column_names(records), records, strict=True)
        ],
        "best": best,
        "data": [
            {"domain": domain, "dataset": dataset, **asdict(of_set)} for (domain, dataset), of_set in counts.items()
        ],
        "outdated": outdated,
    }
    if arguments.out:
        page = [f"## {title}\n\n{table.markdown()}\n" for title, table in tables("**{}**".format)]
        texts = {"table.csv": long_table(records).csv(), "table.md": "\n".join([*page, *notes, ""])}
        files = {arguments.out / name: text.encode() for name, text in texts.items()}
        write_files(files, arguments.out)
        answer["files"] = list(map(str, files))
        lines += answer["files"]
    return answer, lines, 0
