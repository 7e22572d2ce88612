"""What the commands that embed on a cluster have in common."""

import argparse
import sys
from collections.abc import Generator
from contextlib import redirect_stdout
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from guie_desktop.cli.argument_types import positive
from guie_desktop.cli.output import CommandResult, run_to_end
from guie_desktop.embedding.assets import DEFAULT_MODEL
from guie_desktop.messages import Progress

if TYPE_CHECKING:  # which needs the extra
    from guie_desktop.cluster.building import BuildReport

_PORTION = 1024


def add_cluster_arguments(parser: argparse.ArgumentParser) -> None:
    """With which model, and on which machines."""
    parser.add_argument("--model", default=DEFAULT_MODEL, metavar="NAME", help=f"as in model list ({DEFAULT_MODEL})")
    parser.add_argument("--workers", type=positive, metavar="N", help="cores of this machine that work (default: all)")
    parser.add_argument(
        "--ray-address",
        metavar="ADDRESS",
        help="of a cluster of Ray that is there, such as auto or 10.0.0.1:6379, instead of this machine alone",
    )
    parser.add_argument("--retry", action="store_true", help="read again what could not be read before")
    parser.add_argument(
        "--portion",
        type=positive,
        default=_PORTION,
        metavar="N",
        help=f"new photos that are written at once ({_PORTION}); a run that is killed loses no more of them",
    )


def run_building(job: "Generator[int, None, BuildReport]") -> CommandResult:
    """Take all steps of a job of `cluster.building`, telling its progress; what it has done."""
    with redirect_stdout(sys.stderr):  # Ray tells there of its troubles, where a program reads our answer
        report = run_to_end(_told(job))
    answer = asdict(report) | {"unlisted": [asdict(one) for one in report.unlisted]}
    lines = [f"could not look at {one.path}: {one.reason}" for one in report.unlisted]
    if not (report.added or report.changed or report.unchanged or report.unlisted):
        lines.append("There are no photos there.")
    lines.append(
        f"{report.added} added, {report.changed} changed, {report.removed} removed, {report.unchanged} unchanged, "
        f"{report.failed} failed, in {report.seconds:.1f} s"
    )
    return answer, lines, 0


def _told(job: "Generator[int, None, BuildReport]") -> Generator[Progress, None, Any]:
    from guie_desktop.jobs.pace import Pace

    pace = Pace("embed")
    try:
        while True:
            pace.advance(next(job) - pace.done)
            yield pace.progress()
    except StopIteration as end:
        return end.value
    finally:
        job.close()
