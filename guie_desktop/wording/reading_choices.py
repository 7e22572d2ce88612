"""What the user chose of how folders are read, in sentences: each value of each choice has one."""

from collections.abc import Mapping, Sequence

from guie_desktop.domain import PollChoice, RawBesideJpeg
from guie_desktop.language import size_text, tr, tr_noop

RAW_BESIDE_JPEG: Mapping[RawBesideJpeg, str] = {
    "one": tr_noop("RAW and JPEG of the same name are shown as one photo, the JPEG; the RAW goes along with it."),
    "both": tr_noop("RAW and JPEG of the same name are shown as two photos."),
}
POLL: Mapping[PollChoice, str] = {
    "auto": tr_noop(
        "Folders whose changes the system does not tell, such as those on network drives, are looked into regularly."
    ),
    "always": tr_noop("All folders are looked into regularly."),
    "never": tr_noop("No folder is looked into regularly: changes that the system does not tell show after an hour."),
}
VIDEOS: Mapping[bool, str] = {
    True: tr_noop("Videos are read, and found like photos by moments of them."),
    False: tr_noop("Videos are left out. Your files are not touched, and what you decided of them is kept."),
}


def left_out_by_name(patterns: Sequence[str]) -> str:
    """Which names are left out of the library."""
    return tr("Left out: {names}", names=", ".join(patterns)) if patterns else tr("Nothing is left out.")


def smallest_text(smallest: int) -> str:
    """Which files are left out for their size, in bytes."""
    if not smallest:
        return tr("Files of any size are read.")
    return tr(
        "Files smaller than {size}, such as icons, are left out, also those that the library has. Your files are not "
        "touched, and what you decided of them is kept.",
        size=size_text(smallest),
    )
