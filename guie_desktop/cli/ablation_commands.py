"""What `guie-desktop ablate` does."""

import argparse
import csv
from collections.abc import Sequence
from dataclasses import asdict
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

from guie_desktop.cli.bar_chart import Bar, Colour, Panel, draw_chart
from guie_desktop.cli.output import CommandResult, failure_lines, failures_as_json, run_to_end
from guie_desktop.cli.written_files import write_files
from guie_desktop.jobs.ablating import AblationReport, ablate
from guie_desktop.learning.ablation.variants import Method, VariantResult
from guie_desktop.learning.testing.confidence_interval import ConfidenceInterval
from guie_desktop.paths import LibraryPaths
from guie_desktop.wording.learning_report import left_out_text
from guie_desktop.workspace.open_library import WritableLibrary

_NAMES: dict[Method, str] = {
    "raw": "features as they are",
    "pooled": "pooled as in the study",
    "general": "general head",
    "plain": "trained as in the study",
    "ours": "trained as here",
}
_COLOURS: dict[str, Colour] = {
    _NAMES["raw"]: (176, 184, 194),
    _NAMES["pooled"]: (150, 132, 181),
    _NAMES["general"]: (92, 131, 186),
    _NAMES["plain"]: (222, 146, 66),
    _NAMES["ours"]: (62, 134, 100),
}


def run_ablate_command(paths: LibraryPaths, arguments: argparse.Namespace) -> CommandResult:
    """Compare backbones and losses; leaves a table and a picture in a folder."""
    table, picture = (arguments.out / f"ablation.{suffix}" for suffix in ("csv", "png"))
    write_files({}, arguments.out)  # before the work rather than after it
    with WritableLibrary(paths) as library:
        report = run_to_end(
            ablate(
                library,
                arguments.folder,
                arguments.queries,
                backbones=arguments.backbones,
                losses=arguments.losses,
                seeds=arguments.seeds,
            )
        )
    studies = {"backbones": report.backbones, "losses": report.losses}
    rows = {study: [_as_row(result) for result in of_study] for study, of_study in studies.items()}
    write_files({table: _as_csv(rows), picture: _as_png(report)}, arguments.out)
    answer = {
        **rows,
        "csv": str(table),
        "picture": str(picture),
        "photos": report.photos,
        "queries": report.queries,
        "unmatched": report.unmatched,
        "held_out": report.held_out,
        "left_out": {name: left_out_text(reason) for name, reason in report.left_out},
        "failed": failures_as_json(report.failed),
    }
    return answer, _lines(report, table, picture), 0


def _as_row(result: VariantResult) -> dict[str, Any]:
    return {
        **asdict(result.variant),
        "dimension": result.dimension,
        "seeds": result.seeds,
        **_as_columns("mmp5", result.mmp5),
        **_as_columns("p1", result.p1),
        "mmp5_spread": result.seed_std,
        **_as_columns("ahead", result.paired_difference),
    }


def _as_columns(name: str, interval: ConfidenceInterval | None) -> dict[str, float | None]:
    return dict(zip((name, f"{name}_low", f"{name}_high"), interval or (None, None, None), strict=True))


def _as_csv(studies: dict[str, list[dict[str, Any]]]) -> bytes:
    rows = [{"study": study} | row for study, of_study in studies.items() for row in of_study]
    text = StringIO(newline="")
    writer = csv.DictWriter(text, rows[0])
    writer.writeheader()
    writer.writerows(
        {name: f"{value:.4f}" if isinstance(value, float) else value for name, value in row.items()} for row in rows
    )
    return text.getvalue().encode()


def _as_png(report: AblationReport) -> bytes:
    panels = [Panel("Backbones", "mMP@5", _groups(report.backbones, "backbone"))]
    panels.append(Panel(_title_of_losses(report), "mMP@5", _groups(report.losses, "loss")))
    content = BytesIO()
    draw_chart(panels, _COLOURS, _notes(report)).save(content, "PNG", optimize=True)
    return content.getvalue()


def _groups(results: Sequence[VariantResult], by: str) -> list[tuple[str, list[Bar]]]:
    groups: dict[str, list[Bar]] = {}
    for one in results:
        bar = Bar(_NAMES[one.variant.method], *one.mmp5)
        groups.setdefault(getattr(one.variant, by), []).append(bar)
    return list(groups.items())


def _title_of_losses(report: AblationReport) -> str:
    return f"Losses, on {report.losses[0].variant.backbone}"


def _notes(report: AblationReport) -> list[str]:
    held_out = "held out from" if report.held_out else "against"
    seeds = max(result.seeds for result in report.losses)
    trainings = f", means of {seeds} trainings" if seeds > 1 else ""
    return [f"{report.queries:,} queries {held_out} {report.photos:,} photos{trainings}; 95 % confidence intervals."]


def _lines(report: AblationReport, table: Path, picture: Path) -> list[str]:
    lines = [*failure_lines(report.failed), _heading("Backbones")]
    lines += [_line(result.variant.backbone, result) for result in report.backbones]
    lines += ["", _heading(_title_of_losses(report))]
    lines += [_line(result.variant.loss, result) for result in report.losses]
    lines += ["", *_notes(report), "Ahead: of the first row that was made in the same way, query by query."]
    if report.unmatched:
        lines.append(f"{report.unmatched} queries were left out: no photo that is searched has their label.")
    lines += [f"Not learned: {name}. {left_out_text(reason)}" for name, reason in report.left_out]
    return [*lines, f"{table}", f"{picture}"]


def _heading(title: str) -> str:
    return f"{title:<48}{'mMP@5':<24}{'P@1':<24}{'dimensions':<12}ahead in mMP@5"


def _line(name: str, result: VariantResult) -> str:
    mmp5, p1 = _interval_text(result.mmp5), _interval_text(result.p1)
    difference = _interval_text(result.paired_difference, "+z") if result.paired_difference else ""
    way = _NAMES[result.variant.method]
    return f"{name:<23} {way:<24}{mmp5:<24}{p1:<24}{result.dimension:<12}{difference}".rstrip()


def _interval_text(interval: ConfidenceInterval, sign: str = "") -> str:
    mean, low, high = (f"{value:{sign}.3f}" for value in interval)
    return f"{mean} ({low} to {high})"
