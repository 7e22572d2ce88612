"""What `guie-desktop bench` does."""

import argparse
import platform
from dataclasses import asdict
from io import BytesIO
from pathlib import Path
from typing import Any

from guie_desktop import __version__
from guie_desktop.cli.bar_chart import Bar, Colour, Panel, draw_chart
from guie_desktop.cli.output import CommandResult, run_to_end
from guie_desktop.embedding.assets import DEFAULT_MODEL
from guie_desktop.embedding.runtime import cpu_capabilities, processor_name
from guie_desktop.errors import not_written
from guie_desktop.jobs.measuring.all_figures import Measured, measure, photos_in_folder, photos_in_library
from guie_desktop.jobs.measuring.figures import Figure
from guie_desktop.paths import LibraryPaths
from guie_desktop.sentences import Sentence
from guie_desktop.workspace.machine import worker_threads
from guie_desktop.workspace.open_library import OpenLibrary

_OURS, _THEIRS = "guie-desktop", "what it is compared with"
_COLOURS: dict[str, Colour] = {_OURS: (62, 134, 100), _THEIRS: (176, 184, 194)}


def run_bench_command(paths: LibraryPaths, arguments: argparse.Namespace) -> CommandResult:
    """Measure the program on this machine; leaves a picture where --out says so, and nothing else."""
    model = DEFAULT_MODEL
    if arguments.folder is not None:
        photos = photos_in_folder(arguments.folder)
    else:
        with OpenLibrary(paths) as library:
            photos, model = photos_in_library(library), library.backbone.name
    measured = run_to_end(measure(photos, arguments.photos, model, quick=arguments.quick))
    machine = {
        "processor": processor_name(),
        "threads": worker_threads(),
        "computes_in": sorted(cpu_capabilities()),
        "system": platform.platform(),
        "version": __version__,
    }
    answer = machine | {
        "photos": measured.photos,
        "megapixels": round(measured.megapixels, 2),
        "model": measured.model,
        "figures": [_as_json(figure) for figure in measured.figures],
    }
    about = [
        f"guie-desktop {__version__}, {measured.model}, {measured.photos} photos of {measured.megapixels:.1f} MP",
        f"{machine['processor']}, {machine['threads']} threads, {machine['system']}",
    ]
    lines = [*about, "", *_table(measured)]
    if arguments.out is not None:
        picture = arguments.out / "bench.png"
        _write(picture, _as_png(measured, about))
        answer["picture"] = str(picture)
        lines += ["", str(picture)]
    return answer, lines, 0


def _as_json(figure: Figure) -> dict[str, Any]:
    return asdict(figure) | {"ratio": figure.ratio}


def _table(measured: Measured) -> list[str]:
    lines = [f"{'':30}{'here':>14}   times  what it is compared with"]
    part = ""
    for figure in measured.figures:
        if figure.part != part:
            part = figure.part
            lines.append(part.capitalize())
        anchor = f"{figure.anchor} ({_number(figure.of_anchor, figure)})"
        lines.append(f"  {figure.name:<28}{_number(figure.value, figure):>14}{figure.ratio:>8.2f}  {anchor}")
    return lines


def _number(value: float, figure: Figure) -> str:
    match figure.unit:
        case "share":
            return f"{100 * value:.1f} %"
        case "MB":
            return f"{value:,.0f} MB"
        case _:
            return f"{value:,.{2 if value < 10 else 1}f} {figure.unit}"


def _as_png(measured: Measured, about: list[str]) -> bytes:
    """A panel for each part: each figure and its anchor, as shares of the larger of the two."""
    parts = dict.fromkeys(figure.part for figure in measured.figures)
    panels = [
        Panel(
            part.capitalize(),
            "of the larger",
            [(f"{figure.name} ({figure.unit})", _pair(figure)) for figure in measured.figures if figure.part == part],
        )
        for part in parts
    ]
    content = BytesIO()
    better = "Of photos/s and shares the longer bar is the better one, of time and memory the shorter."
    draw_chart(panels, _COLOURS, [better, *about]).save(content, "PNG", optimize=True)
    return content.getvalue()


def _pair(figure: Figure) -> list[Bar]:
    largest = max(figure.value, figure.of_anchor)
    shares = ((_OURS, figure.value / largest), (_THEIRS, figure.of_anchor / largest))
    return [Bar(series, share, share, share) for series, share in shares]


def _write(file: Path, content: bytes) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    except OSError as error:
        raise not_written(Sentence("The picture"), error) from error
