"""What the window says of a backbone."""

from guie_desktop.domain import DeviceChoice, ModelState
from guie_desktop.language import decimal_text, ntr, size_text, tr, tr_noop
from guie_desktop.wording.moments import time_left

DEVICE_TEXTS: dict[DeviceChoice, str] = {
    "auto": tr_noop("Fastest device"),
    "cuda": tr_noop("Graphics card"),
    "mps": tr_noop("Apple graphics"),
    "cpu": tr_noop("Processor"),
}
"""Where networks can run, as the user is asked."""


def facts_text(model: ModelState, photos: int) -> str:
    """One line: where it is, how fast it would be for so many photos, what else is known."""
    parts = []
    if not model.download_bytes:
        parts.append(tr("Comes with the program"))
    elif model.installed:
        parts.append(tr("On this computer"))
    else:
        parts.append(tr("{size} to download", size=size_text(model.download_bytes)))
    if model.photos_per_second:
        parts.append(_with_time(tr("about {rate} here", rate=_rate(model.photos_per_second)), model, photos))
    if model.study_mmp5:
        score = decimal_text(model.study_mmp5, 3)
        parts.append(tr("mMP@5 {score} with a trained head in Florek 2024", score=score))
    if model.words:
        parts.append(tr("understands words"))
    elif model.knows:
        parts.append(tr("knows many things by name"))
    parts.append(tr("licence {licence}", licence=model.licence))
    return " · ".join(parts)


def standing_text(model: ModelState, photos: int) -> str:
    """How far the library is with it, and whether it is the one for this computer; empty where there is neither."""
    parts = []
    if model.in_use:
        parts.append(tr("In use"))
    elif model.pending:
        parts.append(
            ntr(
                "Being prepared: {done} of {number} photo",
                "Being prepared: {done} of {number} photos",
                photos,
                done=model.embedded,
            )
        )
    elif is_complete(model, photos):
        parts.append(tr("Ready to switch back to"))
    elif model.embedded:
        parts.append(
            ntr("{done} of {number} photo prepared", "{done} of {number} photos prepared", photos, done=model.embedded)
        )
    if model.recommended:
        parts.append(tr("Recommended for this computer"))
    return " · ".join(parts)


def verb_text(model: ModelState, photos: int) -> str:
    """What the button of a model does."""
    if model.pending:
        return tr("Cancel")
    if not model.installed:
        return tr("Download and use")
    return tr("Continue") if model.embedded and not is_complete(model, photos) else tr("Use")


def is_complete(model: ModelState, photos: int) -> bool:
    """Whether all photos are prepared for it."""
    return 0 < photos <= model.embedded


def offer_text(model: ModelState, photos: int) -> tuple[str, str]:
    """The offer of a better or a faster model: what it brings, and what it costs."""
    said = [tr(model.good_for)]
    if not model.installed:
        said.append(tr("{size} to download.", size=size_text(model.download_bytes)))
    if model.photos_per_second:
        rate = _with_time(_rate(model.photos_per_second), model, photos)
        said.append(tr("Speed on this computer: about {rate}.", rate=rate))
    said.append(tr("You can go on working meanwhile."))
    title = tr("{model} would find look-alikes better on this computer.", model=model.title)
    if not model.download_bytes:  # what comes with the program is recommended where no better one is fast enough
        title = tr("{model} would read photos faster on this computer.", model=model.title)
    return title, " ".join(said)


def _rate(per_second: float) -> str:
    if per_second >= 1:
        return tr("{number} photos/s", number=decimal_text(per_second, 0 if per_second >= 3 else 1))
    each_minute = max(1, round(per_second * 60))
    return ntr("{number} photo a minute", "{number} photos a minute", each_minute)


def _with_time(rate: str, model: ModelState, photos: int) -> str:
    """The rate, and how long the library takes at it, where anything is left to do."""
    left = photos - model.embedded
    if left <= 0:
        return rate
    time = time_left(left / model.photos_per_second)
    if model.embedded:
        return ntr(
            "{rate} ({time} for the {number} photo left)",
            "{rate} ({time} for the {number} photos left)",
            left,
            rate=rate,
            time=time,
        )
    return ntr(
        "{rate} ({time} for your {number} photo)",
        "{rate} ({time} for your {number} photos)",
        left,
        rate=rate,
        time=time,
    )
