"""How far the running job is, and what it did, in words."""

from collections.abc import Mapping

from guie_desktop.domain import IndexReport
from guie_desktop.language import decimal_text, ntr, number_text, percent_text, size_text, tr, tr_noop
from guie_desktop.messages import LeftToDo, Progress, Stage
from guie_desktop.wording.moments import time_left

_STAGES: Mapping[Stage, str] = {
    "model": tr_noop("Preparing the model"),
    "scan": tr_noop("Looking for photos"),
    "photos": tr_noop("Reading photos"),
    "embed": tr_noop("Preparing for search"),
    "switch": tr_noop("Preparing for the other model"),
    "parts": tr_noop("Looking into photos"),
    "notes": tr_noop("Reading names and notes"),
    "colours": tr_noop("Looking at colours"),
    "check": tr_noop("Checking photos"),
    "doctor": tr_noop("Checking the library"),
    "head": tr_noop("Learning what looks alike"),
    "vectors": tr_noop("Preparing the search"),
    "albums": tr_noop("Making albums"),
    "learn": tr_noop("Learning your albums"),
    "test": tr_noop("Testing what was learned"),
    "compare": tr_noop("Training and comparing"),
    "backup": tr_noop("Copying the catalog"),
    "export": tr_noop("Copying photos"),
    "move": tr_noop("Moving photos"),
    "duplicates": tr_noop("Looking for duplicates"),
    "map": tr_noop("Drawing the map"),
    "features": tr_noop("Reading features"),
    "train": tr_noop("Training the head"),
    "download": tr_noop("Downloading the model"),
}
_IN_STEPS = ("learn", "test", "compare", "backup", "map", "doctor")
"""Stages whose steps say nothing to anybody."""


def job_name(stage: Stage) -> str:
    """What a job is called at this stage."""
    return tr(_STAGES[stage])


def progress_text(progress: Progress) -> str:
    """One line about the running job."""
    if progress.on_battery:
        return tr("Paused while on battery · {job}", job=job_name(progress.stage))
    return " · ".join(_download_parts(progress) if progress.stage == "download" else _parts(progress))


def _parts(progress: Progress) -> list[str]:
    parts = _beginning(progress, job_name(progress.stage))
    is_in_steps = progress.stage in _IN_STEPS
    if progress.total and is_in_steps:
        parts.append(percent_text(100 * progress.done // progress.total / 100))
    elif progress.total:
        parts.append(tr("{done} of {total}", done=progress.done, total=progress.total))
    elif progress.done:
        parts.append(number_text(progress.done))
    if progress.paused:
        return parts
    if progress.stage == "photos" and progress.per_second >= 0.05:
        rate = decimal_text(progress.per_second, 0 if progress.per_second >= 10 else 1)
        parts.append(tr("{number} photos/s", number=rate))
    if is_in_steps or progress.stage in ("photos", "embed", "switch", "notes", "colours", "parts"):
        parts += _time_left(progress)
    if progress.waits_for:
        parts.append(tr("waiting for {place}", place=progress.waits_for))
    return parts


def _download_parts(progress: Progress) -> list[str]:
    what = tr("Downloading {model}", model=progress.detail) if progress.detail else job_name(progress.stage)
    parts = _beginning(progress, what)
    if progress.total:
        parts.append(tr("{done} of {total}", done=size_text(progress.done), total=size_text(progress.total)))
    if not progress.paused and progress.per_second > 0:
        parts.append(tr("{size}/s", size=size_text(progress.per_second)))
        parts += _time_left(progress)
    return parts


def _beginning(progress: Progress, what: str) -> list[str]:
    return [tr("Paused"), what] if progress.paused else [what]


def _time_left(progress: Progress) -> list[str]:
    left = progress.seconds_left
    return [tr("{time} left", time=time_left(left))] if left is not None else []


def left_text(left: LeftToDo) -> str:
    """What waits since the user cancelled it; empty where nothing does."""
    if left.unread:
        return ntr("{number} photo is not read yet", "{number} photos are not read yet", left.unread)
    if left.unembedded:
        return ntr(
            "{number} photo cannot be searched yet",
            "{number} photos cannot be searched yet",
            left.unembedded,
        )
    return ""


def report_text(report: IndexReport) -> str:
    """What a finished job did; empty where it found nothing new."""
    parts = [
        *([ntr("{number} new", "{number} new", report.added)] if report.added else []),
        *([ntr("{number} changed", "{number} changed", report.changed)] if report.changed else []),
        *([ntr("{number} moved", "{number} moved", report.moved)] if report.moved else []),
        *([ntr("{number} gone", "{number} gone", report.missing)] if report.missing else []),
    ]
    return tr("Up to date: {changes}.", changes=", ".join(parts)) if parts else ""
