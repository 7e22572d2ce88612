"""`study curate`: from data sets to the manifest of a study."""

import argparse
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from guie_desktop.cli.argument_types import held_out_share, path, positive, seed
from guie_desktop.cli.output import CommandResult, WrongUsage, run_to_end
from guie_desktop.paths import LibraryPaths
from guie_desktop.sentences import Sentence
from guie_desktop.study.curation.rules import HELD_OUT, PRESETS, Plan, Preset
from guie_desktop.study.study_folder import StudyFolder

if TYPE_CHECKING:
    from guie_desktop.study.curation.candidates import Source
    from guie_desktop.study.curation.record import SourceRecord
    from guie_desktop.study.reading.photos import Photos

HELP = "choose photos and held-out classes of data sets; without --data, look for near-duplicates again"
_PASSED_OVER = {
    "missing": "photos are not there",
    "repeated": "were listed before",
    "left_out": "are of no use for the study",
}
"""What readers do not hand on, and count."""
_OWN_RULES = ("least_per_class", "most_per_class", "most_classes", "most_photos")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What can be said."""
    parser.add_argument("study", type=path, metavar="STUDY", help="the folder of the study; it is made")
    parser.add_argument(
        "--data",
        type=_data,
        action="append",
        default=[],
        metavar="NAME=FOLDER",
        help="a data set, and the folder that it was unpacked to; folder:ANYNAME=FOLDER for one of your own with a "
        "folder for each class; may be given several times",
    )
    parser.add_argument("--preset", choices=PRESETS, default="study", help="rules for each domain (default: study)")
    parser.add_argument("--least-per-class", type=positive, metavar="N", help="leave out classes with fewer photos")
    parser.add_argument("--most-per-class", type=positive, metavar="N", help="take so many photos of a class")
    parser.add_argument("--most-classes", type=positive, metavar="N", help="take so many classes of a domain")
    parser.add_argument("--most-photos", type=positive, metavar="N", help="take so many photos of a domain")
    parser.add_argument(
        "--held-out",
        type=held_out_share,
        default=HELD_OUT,
        metavar="SHARE",
        help="of the classes, to test on (default: 0.1)",
    )
    parser.add_argument("--seed", type=seed, default=0, help="what chance begins with (default: 0)")
    parser.add_argument(
        "--trust-lists",
        action="store_true",
        help="leave the files alone: neither look whether they are there, nor which of them are the same",
    )


def run(paths: LibraryPaths, arguments: argparse.Namespace) -> CommandResult:
    """Write the manifest; then tie near-duplicates, where photos of it have features."""
    from guie_desktop.study.curation.counts import count_lines
    from guie_desktop.study.curation.curating import curate
    from guie_desktop.study.curation.near_duplicates import embedded_backbones, tie_near_duplicates, tied_lines

    del paths
    folder = StudyFolder(arguments.study.absolute())
    if not arguments.data and not embedded_backbones(folder):
        raise WrongUsage("No data set is named.", "Name one, or several, as in --data products-10k=FOLDER.")
    answer: dict[str, Any] = {"study": str(folder.root)}
    lines: list[str] = []
    if arguments.data:
        plan = Plan(_preset(arguments), arguments.held_out, arguments.seed, arguments.trust_lists)
        curated = run_to_end(curate(folder, _sources(arguments.data), plan))
        answer |= {
            "domains": [one.as_json() for one in curated.counts],
            "sources": [one.as_json() for one in curated.sources],
            "same_things": [one.as_json() for one in curated.same_things],
        }
        lines += count_lines(curated.counts)
        lines += [line for one in curated.sources for line in _source_lines(one)]
        if curated.same_things:
            lines.append(f"{len(curated.same_things)} pairs of classes bear one name: {folder.same_things}")
    tied = {key: run_to_end(tie_near_duplicates(folder, key)) for key in embedded_backbones(folder)}
    answer["near_duplicates"] = {key: one.as_json() for key, one in tied.items()}
    return answer, [*lines, *(line for one in tied.values() for line in tied_lines(one, folder))], 0


def _source_lines(source: "SourceRecord") -> list[str]:
    told = (f"{count:,} {_PASSED_OVER[key]}" for key, count in source.passed_over.items() if count)
    said = ", ".join(told)
    return [f"{source.name}: {said}"] if said else []


def _sources(named: Sequence[tuple[str, Path]]) -> "list[Source]":
    from guie_desktop.study.curation.candidates import Source
    from guie_desktop.study.datasets import DATASETS, open_dataset

    sources: dict[str, Source] = {}
    for name, root in named:
        try:
            reading = open_dataset(name, root)
        except KeyError as error:
            raise WrongUsage(
                Sentence("There is no data set {name}.", name=name),
                Sentence("Name one of these: {names}.", names=", ".join(DATASETS)),
            ) from error
        known = reading.photos
        if known.dataset in sources:
            raise WrongUsage(
                Sentence("Two data sets are called {name}.", name=known.dataset),
                "Name each once; call your own folders by different names, as in --data folder:NAME=FOLDER.",
            )
        below = known.root if known.root.is_dir() else known.root.parent
        sources[known.dataset] = Source(f"{name}={root}", reading, below.as_posix(), partial(_passed_over, known))
    return list(sources.values())


def _passed_over(photos: "Photos") -> dict[str, int]:
    return {"missing": photos.missing, "repeated": photos.repeated, "left_out": photos.left_out}


def _preset(arguments: argparse.Namespace) -> Preset:
    chosen = PRESETS[arguments.preset]
    own = {name: getattr(arguments, name) for name in _OWN_RULES if getattr(arguments, name) is not None}
    by_domain = {domain: replace(rules, **own) for domain, rules in chosen.by_domain.items()}
    return Preset(replace(chosen.otherwise, **own), by_domain)


def _data(text: str) -> tuple[str, Path]:
    name, equals, folder = text.partition("=")
    if not (name and equals):
        raise argparse.ArgumentTypeError("must be the name of a data set, an equals sign and its folder")
    return name, path(folder).expanduser().absolute()
