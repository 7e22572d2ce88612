"""How commands talk: answers to stdout, progress and failures to stderr."""

import json
import os
import sys
import time
import unicodedata
from collections.abc import Generator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

from guie_desktop.asking import Hit
from guie_desktop.domain import Failure, Photo
from guie_desktop.errors import UserError, not_written
from guie_desktop.messages import Progress
from guie_desktop.sentences import Sentence
from guie_desktop.wording.moments import clock_text

Result = TypeVar("Result")

CommandResult = tuple[dict[str, Any], list[str], int]
"""Of a command: for JSON, for people, and the exit status."""


class WrongUsage(UserError):
    """What was asked for makes no sense, as only the library shows; the exit status is that of wrong usage."""


_STAGES = {
    "download": "Fetching the model",
    "model": "Preparing the model",
    "scan": "Looking for photos",
    "photos": "Reading photos",
    "embed": "Preparing for search",
    "switch": "Preparing for the other model",
    "parts": "Looking into photos",
    "notes": "Reading names and notes",
    "colours": "Looking at colours",
    "check": "Checking photos",
    "doctor": "Checking the library",
    "head": "Fitting the general head",
    "vectors": "Completing the index",
    "learn": "Learning the albums",
    "test": "Testing on held-out photos",
    "albums": "Making albums",
    "compare": "Training and comparing",
    "backup": "Copying the catalog",
    "export": "Copying photos",
    "move": "Moving photos",
    "duplicates": "Looking for duplicates",
    "map": "Drawing the map",
    "features": "Reading features",
    "train": "Training the head",
}
_SHARES = ("learn", "test", "compare", "backup", "map", "doctor")
"""Stages whose steps are no things that a user could count."""
_TURNING = {"\u061c", "\u200e", "\u200f", *map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A)))}
"""Signs that turn the direction of what follows, so that one name can look like another."""
_SIGPIPE = 13
"""The number of the signal, which Windows has no name for."""
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
                _tell(f"\r\x1b[K{line}" if terminal else f"{line}\n")
    except StopIteration as end:
        result: Result = end.value
        return result
    finally:
        job.close()
        if terminal:
            _tell("\r\x1b[K")


def _tell(text: str) -> None:
    with suppress(OSError):  # nobody listens, which is no reason to stop
        sys.stderr.write(text)
        sys.stderr.flush()


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
    """One object on stdout; paths that are not UTF-8 come as escaped surrogates. UserError on a full device."""
    _write(f"{json.dumps(answer, default=str, indent=2)}\n")


def print_lines(lines: Sequence[str]) -> None:
    """Lines on stdout; UserError on a full device.

    A program that reads them gets file names byte by byte as the disk has them. On a terminal a control character,
    which could do anything there, is shown by its number.
    """
    if sys.stdout.isatty():
        lines = [shown(line) for line in lines]
    _write("".join(f"{line}\n" for line in lines))


def print_error(sentence: str) -> None:
    """One line on stderr, as failures are told."""
    with suppress(OSError):  # nobody listens
        print(f"guie-desktop: {shown(sentence)}", file=sys.stderr)


def shown(text: str) -> str:
    r"""The text without control characters: in their place stand their numbers, as in `\x1b`."""
    return "".join(letter if _is_harmless(letter) else _number_of(letter) for letter in text)


def end_after_closed_pipe() -> int:
    """The exit status of a command whose reader has read enough, as other programs give it."""
    _give_up_stdout()
    return 128 + _SIGPIPE


def end_of_help(status: int) -> int:
    """Write what argparse has said; its exit status, or another where that was not taken."""
    try:
        _write("")
    except BrokenPipeError:
        return end_after_closed_pipe()
    except UserError as error:
        print_error(str(error))
        return 1
    return status


def _write(text: str) -> None:
    try:
        sys.stdout.buffer.write(text.encode("utf-8", "surrogateescape"))
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        _give_up_stdout()
        raise not_written(Sentence("The answer"), error) from error


def _give_up_stdout() -> None:
    """Send nowhere what could not be written: Python would try once more when it ends, and complain."""
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), sys.stdout.fileno())


def _is_harmless(letter: str) -> bool:
    return letter == "\t" or (letter not in _TURNING and unicodedata.category(letter) not in ("Cc", "Cs", "Zl", "Zp"))


def _number_of(letter: str) -> str:
    number = ord(letter)
    if 0xDC80 <= number <= 0xDCFF:  # stands for a byte that is not UTF-8
        return f"\\x{number - 0xDC00:02x}"
    return f"\\x{number:02x}" if number < 0x100 else f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"


def failure_lines(failures: Sequence[Failure]) -> list[str]:
    """What could not be read, one a line."""
    return [f"could not read {failure.path}: {failure.reason}" for failure in failures]


def hits_as_json(hits: Sequence[Hit], photos: Mapping[int, Photo]) -> list[dict[str, Any]]:
    """Hits, as the JSON answers have them, with what the user said of these photos (by id)."""
    return [
        {
            "rank": hit.rank,
            "path": str(hit.path),
            "places": [str(place) for place in hit.places],
            "box": None if hit.box is None else [round(number, 4) for number in hit.box],
            "moment": None if hit.frame is None else hit.frame.moment / 1000,
            "score": round(hit.score, 4),
            "similar": hit.similar,
            "found_in": hit.found_in,
            "likely": None if hit.likely is None else round(hit.likely, 4),
            "likeness": hit.likeness,
            "chance": None if hit.probability is None else round(hit.probability, 4),
            "rating": photos[hit.photo_id].rating if hit.photo_id in photos else 0,
            "flagged": hit.photo_id in photos and photos[hit.photo_id].flagged,
        }
        for hit in hits
    ]


def hit_lines(hits: Sequence[Hit], nothing_similar: str) -> list[str]:
    """Hits, one a line, with chance and copies where there are any; the sentence comes first where none is similar."""
    lines = [f"{hit.score:.3f}  {_chance(hit)}{hit.path}{_moment(hit)}{_box(hit)}{_copies(hit)}" for hit in hits]
    return lines if any(hit.similar for hit in hits) else [nothing_similar, *lines]


def _chance(hit: Hit) -> str:
    # Nothing that was learned is certain, so that neither 0 nor 100 is said.
    return "" if hit.probability is None else f"{min(max(round(100 * hit.probability), 1), 99):>2} %  "


def _moment(hit: Hit) -> str:
    return "" if hit.frame is None else f"  (at {clock_text(hit.frame.moment / 1000)})"


def _box(hit: Hit) -> str:
    return "" if hit.box is None else f"  (part {','.join(f'{number:.2f}' for number in hit.box)})"


def _copies(hit: Hit) -> str:
    return f"  ({len(hit.places)} places)" if len(hit.places) > 1 else ""


def failures_as_json(failures: Sequence[Failure]) -> list[dict[str, str]]:
    """What could not be read, as the JSON answers have it."""
    return [{"path": str(failure.path), "reason": failure.reason} for failure in failures]
