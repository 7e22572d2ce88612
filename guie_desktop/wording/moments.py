"""Times in a video, in signs."""


def clock_text(seconds: float) -> str:
    """A time in a video as players show it: "0:07", "12:03", "1:02:03"."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"
