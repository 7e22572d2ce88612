"""How commands talk: answers to stdout, progress and failures to stderr."""

import json
import sys
import time
from collections.abc import Generator, Mapping, Sequence
from typing import Any, TypeVar

from guie_desktop.domain import Failure, Hit
from guie_desktop.messages import Progress

Result = TypeVar("Result")

CommandResult = tuple[dict[str, Any], list[str], int]
"""Of a command: for JSON, for people, and the exit status."""

_STAGES = {
    "download": "Fetching the model",
    "model": "Preparing the model",
    "scan": "Looking for photos",
    "photos": "Reading photos",
    "check": "Checking photos",
    "head": "Fitting the general head",
    "vectors": "Completing the index",
    "learn": "Learning the albums",
    "test": "Testing on held-out photos",
    "albums": "Making albums",
    "compare": "Training and comparing",
}
_SHARES = ("learn", "test", "compare")
"""Stages whose steps are no things that a user could count."""
_EVERY = 5.0  # seconds between lines of progress where nobody watches
_EVERY_ON_TERMINAL = 0.1


def run_to_end(job: Generator[Progress, None, Result]) -> Result:
    """Take all steps of a job, telling its progress on stderr; returns what the job returns."""
    terminal = sys.stderr.isatty()
    told = 0.0
    try:
        while True:
            progress = next(job)
            now = time.monotonic()
            if now - told >= (_EVERY_ON_TERMINAL if terminal else _EVERY):
                told = now
                line = _line(progress)
                sys.stderr.write(f"\r\x1b[K{line}" if terminal else f"{line}\n")
                sys.stderr.flush()
    except StopIteration as end:
        result: Result = end.value
        return result
    finally:
        job.close()
        if terminal:
            sys.stderr.write("\r\x1b[K")


def _line(progress: Progress) -> str:
    line = _STAGES[progress.stage]
    if progress.stage == "download":
        line += f": {progress.done / 1e6:.0f} of {progress.total / 1e6:.0f} MB, {progress.per_second / 1e6:.1f} MB/s"
    elif progress.stage in _SHARES:
        line += f": {100 * progress.done // max(progress.total, 1)} %"
    elif progress.total:
        line += f": {progress.done} of {progress.total}"
    elif progress.done:
        line += f": {progress.done}"
    if progress.per_second and progress.stage not in ("download", *_SHARES):
        line += f", {progress.per_second:.0f} a second"
    if progress.seconds_left is not None:
        minutes, seconds = divmod(round(progress.seconds_left), 60)
        line += f", {minutes}:{seconds:02d} left"
    return line


def print_json(answer: Mapping[str, Any]) -> None:
    """One object on stdout; paths that are not UTF-8 come as escaped surrogates."""
    print(json.dumps(answer, default=str, indent=2))


def print_lines(lines: Sequence[str]) -> None:
    """Lines on stdout, with file names byte by byte as the disk has them."""
    sys.stdout.buffer.write("".join(f"{line}\n" for line in lines).encode("utf-8", "surrogateescape"))
    sys.stdout.flush()


def failure_lines(failures: Sequence[Failure]) -> list[str]:
    """What could not be read, one a line."""
    return [f"could not read {failure.path}: {failure.reason}" for failure in failures]


def hits_as_json(hits: Sequence[Hit]) -> list[dict[str, Any]]:
    """Hits, as the JSON answers have them."""
    return [
        {
            "rank": hit.rank,
            "path": str(hit.path),
            "places": [str(place) for place in hit.places],
            "score": round(hit.score, 4),
            "similar": hit.similar,
            "chance": None if hit.probability is None else round(hit.probability, 4),
        }
        for hit in hits
    ]


def hit_lines(hits: Sequence[Hit], nothing_similar: str) -> list[str]:
    """Hits, one a line, with chance and copies where there are any; the sentence comes first where none is similar."""
    lines = [f"{hit.score:.3f}  {_chance(hit)}{hit.path}{_copies(hit)}" for hit in hits]
    return lines if any(hit.similar for hit in hits) else [nothing_similar, *lines]


def _chance(hit: Hit) -> str:
    # Nothing that was learned is certain, so that neither 0 nor 100 is said.
    return "" if hit.probability is None else f"{min(max(round(100 * hit.probability), 1), 99):>2} %  "


def _copies(hit: Hit) -> str:
    return f"  ({len(hit.places)} places)" if len(hit.places) > 1 else ""


def failures_as_json(failures: Sequence[Failure]) -> list[dict[str, str]]:
    """What could not be read, as the JSON answers have it."""
    return [{"path": str(failure.path), "reason": failure.reason} for failure in failures]
