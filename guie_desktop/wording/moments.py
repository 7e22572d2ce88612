"""Times in a video, in signs, and times to come, in words."""

from guie_desktop.language import ntr, tr


def clock_text(seconds: float) -> str:
    """A time in a video as players show it: "0:07", "12:03", "1:02:03"."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"


def time_left(seconds: float) -> str:
    """A time to come, only as exact as it is known."""
    if seconds < 10:
        return tr("a few seconds")
    if seconds < 55:
        number = round(seconds / 10) * 10
        return ntr("about {number} second", "about {number} seconds", number)
    minutes = max(1, round(seconds / 60))
    if minutes == 1:
        return tr("about a minute")
    if minutes < 60:
        return ntr("about {number} minute", "about {number} minutes", minutes)
    hours, rest = divmod(minutes, 60)
    if hours < 10:
        return tr("about {hours} h {minutes} min", hours=hours, minutes=rest)
    return ntr("about {number} hour", "about {number} hours", hours)
