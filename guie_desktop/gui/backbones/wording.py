"""What the window says of a backbone."""

from guie_desktop.domain import DeviceChoice, ModelState
from guie_desktop.gui.look.wording import counted, size_text, time_left

DEVICE_TEXTS: dict[DeviceChoice, str] = {
    "auto": "Fastest device",
    "cuda": "Graphics card",
    "mps": "Apple graphics",
    "cpu": "Processor",
}
"""Where networks can run, as the user is asked."""


def facts_text(model: ModelState, photos: int) -> str:
    """One line: where it is, how fast it would be for so many photos, what else is known."""
    parts = []
    if not model.download_bytes:
        parts.append("Comes with the program")
    elif model.installed:
        parts.append("On this computer")
    else:
        parts.append(f"{size_text(model.download_bytes)} to download")
    if model.photos_per_second:
        parts.append(f"about {_rate(model.photos_per_second)} here{_for_library(model, photos)}")
    if model.study_mmp5:
        parts.append(f"mMP@5 {model.study_mmp5:.3f} with a trained head in Florek 2024")
    if model.words:
        parts.append("understands words")
    parts.append(f"licence {model.licence}")
    return " · ".join(parts)


def standing_text(model: ModelState, photos: int) -> str:
    """How far the library is with it, and whether it is the one for this computer; empty where there is neither."""
    parts = []
    if model.in_use:
        parts.append("In use")
    elif model.pending:
        parts.append(f"Being prepared: {model.embedded:,} of {counted(photos, 'photo')}")
    elif is_complete(model, photos):
        parts.append("Ready to switch back to")
    elif model.embedded:
        parts.append(f"{model.embedded:,} of {counted(photos, 'photo')} prepared")
    if model.recommended:
        parts.append("Recommended for this computer")
    return " · ".join(parts)


def verb_text(model: ModelState, photos: int) -> str:
    """What the button of a model does."""
    if model.pending:
        return "Cancel"
    if not model.installed:
        return "Download and use"
    return "Continue" if model.embedded and not is_complete(model, photos) else "Use"


def is_complete(model: ModelState, photos: int) -> bool:
    """Whether all photos are prepared for it."""
    return 0 < photos <= model.embedded


def offer_text(model: ModelState, photos: int) -> tuple[str, str]:
    """The offer of a better model: what it brings, and what it costs."""
    costs = [f"{size_text(model.download_bytes)} to download"] if not model.installed else []
    if model.photos_per_second:
        costs.append(f"about {_rate(model.photos_per_second)} on this computer{_for_library(model, photos)}")
    cost = ", ".join(costs)
    return (
        f"{model.title} would find look-alikes better on this computer.",
        f"{model.good_for} {cost[:1].upper()}{cost[1:]}. You can go on working meanwhile.",
    )


def _rate(per_second: float) -> str:
    if per_second >= 1:
        return f"{per_second:.{0 if per_second >= 3 else 1}f} photos/s"
    each_minute = max(1, round(per_second * 60))
    return f"{counted(each_minute, 'photo')} a minute"


def _for_library(model: ModelState, photos: int) -> str:
    left = photos - model.embedded
    if left <= 0:
        return ""
    which = f"the {counted(left, 'photo')} left" if model.embedded else f"your {counted(left, 'photo')}"
    return f" ({time_left(left / model.photos_per_second)} for {which})"
