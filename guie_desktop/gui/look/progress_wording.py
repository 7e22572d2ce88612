"""How far the running job is, and what it did, in words."""

from guie_desktop.domain import IndexReport
from guie_desktop.gui.look.wording import counted, time_left
from guie_desktop.language import size_text, tr
from guie_desktop.messages import LeftToDo, Progress, Stage

_STAGES: dict[Stage, str] = {
    "model": "Preparing the model",
    "scan": "Looking for photos",
    "photos": "Reading photos",
    "embed": "Preparing for search",
    "check": "Checking photos",
    "doctor": "Checking the library",
    "head": "Learning what looks alike",
    "vectors": "Preparing the search",
    "albums": "Making albums",
    "learn": "Learning your albums",
    "test": "Testing what was learned",
    "compare": "Training and comparing",
    "backup": "Copying the catalog",
    "export": "Copying photos",
    "move": "Moving photos",
}


def job_name(stage: Stage) -> str:
    """What a job is called at this stage."""
    return _STAGES.get(stage, "Downloading")


def progress_text(progress: Progress) -> str:
    """One line about the running job."""
    if progress.on_battery:
        return tr("Paused while on battery · {job}", job=job_name(progress.stage))
    if progress.stage == "download":
        return _download_text(progress)
    parts = [_STAGES[progress.stage]]
    if progress.paused:
        parts[0] = f"Paused: {parts[0][0].lower()}{parts[0][1:]}"
    in_steps = progress.stage in ("learn", "test", "compare", "backup")
    if progress.total and in_steps:
        parts.append(f"{100 * progress.done // progress.total} %")
    elif progress.total:
        parts.append(f"{progress.done:,} of {progress.total:,}")
    elif progress.done:
        parts.append(f"{progress.done:,}")
    if not progress.paused and progress.stage == "photos" and progress.per_second >= 0.05:
        parts.append(f"{progress.per_second:.{0 if progress.per_second >= 10 else 1}f} photos/s")
    if (
        not progress.paused
        and progress.seconds_left is not None
        and (in_steps or progress.stage in ("photos", "embed"))
    ):
        parts.append(f"{time_left(progress.seconds_left)} left")
    if progress.waits_for and not progress.paused:
        parts.append(f"waiting for {progress.waits_for}")
    return " · ".join(parts)


def _download_text(progress: Progress) -> str:
    parts = [f"{'Paused: downloading' if progress.paused else 'Downloading'} {progress.detail or 'the model'}"]
    if progress.total:
        parts.append(f"{size_text(progress.done)} of {size_text(progress.total)}")
    if not progress.paused and progress.per_second > 0:
        parts.append(f"{size_text(progress.per_second)}/s")
        if progress.seconds_left is not None:
            parts.append(f"{time_left(progress.seconds_left)} left")
    return " · ".join(parts)


def left_text(left: LeftToDo) -> str:
    """What waits since the user cancelled it; empty where nothing does."""
    if left.unread:
        return f"{counted(left.unread, 'photo')} {_are(left.unread)} not read yet"
    return f"{counted(left.unembedded, 'photo')} cannot be found by searches yet" if left.unembedded else ""


def _are(number: int) -> str:
    return "is" if number == 1 else "are"


def report_text(report: IndexReport) -> str:
    """What a finished job did; empty where it found nothing new."""
    parts = [
        f"{number:,} {word}"
        for number, word in (
            (report.added, "new"),
            (report.changed, "changed"),
            (report.moved, "moved"),
            (report.missing, "gone"),
        )
        if number
    ]
    return f"Up to date: {', '.join(parts)}." if parts else ""
