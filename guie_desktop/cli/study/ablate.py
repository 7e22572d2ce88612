"""`study ablate`: what changes where backbone, loss, data, dimension or the size of classes does."""

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict
from io import BytesIO
from typing import TYPE_CHECKING, Any

from guie_desktop.cli.argument_types import path, positive
from guie_desktop.cli.bar_chart import Bar, Colour, Panel, draw_chart
from guie_desktop.cli.output import CommandResult, run_to_end
from guie_desktop.cli.text_table import TextTable
from guie_desktop.cli.written_files import write_files
from guie_desktop.domain import DEVICE_CHOICES
from guie_desktop.paths import LibraryPaths

if TYPE_CHECKING:
    from guie_desktop.study.ablation.results import VariantResult

HELP = "train and judge variants on the same held-out classes; what was done is not done again"
_KINDS = {
    "backbones": "all models that the study was embedded with",
    "losses": "all losses",
    "curation": "each domain left out",
    "dimension": "embeddings of 16 to 256 numbers",
    "caps": "fewer photos of each class",
}
_COLOURS: dict[str, Colour] = {"raw": (176, 184, 194), "trained": (62, 134, 100)}
_NOTE = "mMP@5 on held-out classes in the merged index, mean of domains; 95 % intervals, by drawing classes anew."
_AHEAD = "Ahead: of the first row that was made in the same way, query by query."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What is compared."""
    parser.add_argument("study", type=path, metavar="STUDY", help="folder of the study")
    kinds = "; ".join(f"{name}: {meaning}" for name, meaning in _KINDS.items())
    parser.add_argument("--of", choices=tuple(_KINDS), required=True, help=kinds)
    parser.add_argument(
        "--preset", choices=("study", "ours"), default="ours", help="what is the same in all of them (default: ours)"
    )
    parser.add_argument(
        "--seeds", type=positive, default=1, metavar="N", help="trainings of each that are averaged (default: 1)"
    )
    parser.add_argument("--model", metavar="MODEL", help="whose features are taken (default: the only one, or all)")
    parser.add_argument("--device", choices=DEVICE_CHOICES, default="auto", help="where it computes (default: auto)")
    parser.add_argument(
        "--out", type=path, metavar="DIR", help="where tables and picture go (default: ablations in the study's folder)"
    )


def run(paths: LibraryPaths, arguments: argparse.Namespace) -> CommandResult:
    """Train and judge what is not done yet, and tell all of it."""
    del paths  # a study has a folder of its own
    from guie_desktop.embedding.devices import choose_device
    from guie_desktop.embedding.torch_at_hand import need_torch
    from guie_desktop.study.study_folder import StudyFolder

    need_torch()
    from guie_desktop.study.ablation.ablating import ablate_study, ablations_of, planned_variants

    folder = StudyFolder(arguments.study)
    variants = planned_variants(folder, arguments.of, arguments.preset, arguments.model)
    out = arguments.out or ablations_of(folder)
    write_files({}, out)  # before the work rather than after it
    results = run_to_end(ablate_study(folder, variants, arguments.seeds, choose_device(arguments.device)))
    table, title = _table(results), f"{arguments.of}: {_KINDS[arguments.of]}"
    rows = [asdict(result) for result in results]
    answer: dict[str, Any] = {"of": arguments.of, "preset": arguments.preset, "variants": rows}
    files = {
        out / f"{arguments.of}.csv": _long_table(results).csv().encode(),
        out / f"{arguments.of}.md": f"## {title}\n\n{table.markdown()}\n\n{_NOTE} {_AHEAD}\n".encode(),
        out / f"{arguments.of}.png": _picture(title, results),
        out / f"{arguments.of}.json": json.dumps(answer, indent=2).encode(),
    }
    write_files(files, out)
    answer["files"] = list(map(str, files))
    return answer, [title, "", *table.lines(), "", _NOTE, _AHEAD, *answer["files"]], 0


def _table(results: "Sequence[VariantResult]") -> TextTable:
    from guie_desktop.cli.study.figure_tables import NO_FIGURE, interval_text

    domains = _domains(results)
    rows = [
        [
            result.name,
            result.method,
            interval_text(result.mean.mmp5),
            interval_text(result.ahead, "+z") if result.ahead else NO_FIGURE,
            f"{result.seed_std:.3f}" if result.seeds > 1 else NO_FIGURE,
            *(f"{result.domains[name].mmp5.mean:.3f}" if name in result.domains else NO_FIGURE for name in domains),
            f"{result.dimension}",
            f"{result.classes:,}" if result.classes else NO_FIGURE,
            f"{result.photos:,}" if result.photos else NO_FIGURE,
        ]
        for result in results
    ]
    header = ["variant", "way", "mMP@5", "ahead in mMP@5", "± seeds", *domains, "dimensions", "classes", "photos"]
    return TextTable(header, rows)


def _long_table(results: "Sequence[VariantResult]") -> TextTable:
    """A row for each variant and domain, and one for the mean, for other programs."""
    rows = [
        [
            *(str(getattr(result, name)) for name in _FACTS),
            domain,
            *(f"{value:.5f}" for interval in (figures.mmp5, figures.p1) for value in interval),
            *([f"{value:.5f}" for value in result.ahead] if result.ahead and not domain else [""] * 3),
        ]
        for result in results
        for domain, figures in [("", result.mean), *result.domains.items()]
    ]
    measures = [f"{measure}{end}" for measure in ("mmp5", "p1", "ahead") for end in ("", "_low", "_high")]
    return TextTable([*_FACTS, "domain", *measures], rows)


_FACTS = ("name", "backbone", "method", "loss", "dimension", "classes", "photos", "seeds", "seed_std")


def _domains(results: "Sequence[VariantResult]") -> list[str]:
    return sorted({domain for result in results for domain in result.domains})


def _picture(title: str, results: "Sequence[VariantResult]") -> bytes:
    groups: dict[str, list[Bar]] = {}
    for result in results:
        groups.setdefault(result.name, []).append(Bar(result.method, *result.mean.mmp5))
    content = BytesIO()
    draw_chart([Panel(title, "mMP@5", list(groups.items()))], _COLOURS, [_NOTE]).save(content, "PNG", optimize=True)
    return content.getvalue()
