"""What the user chose of how folders are read, in sentences: each value of each choice has one."""

from collections.abc import Mapping, Sequence

from guie_desktop.domain import PollChoice, RawBesideJpeg

RAW_BESIDE_JPEG: Mapping[RawBesideJpeg, str] = {
    "one": "A RAW and the JPEG of its name are shown as one photo, the JPEG; the RAW goes along with it.",
    "both": "A RAW and the JPEG of its name are shown as two photos.",
}
POLL: Mapping[PollChoice, str] = {
    "auto": "Folders whose changes the system does not tell, such as those on network drives, are looked at every so "
    "often.",
    "always": "All folders are looked at every so often.",
    "never": "No folder is looked at every so often: changes that the system does not tell show after an hour.",
}
VIDEOS: Mapping[bool, str] = {
    True: "Videos are read, and found like photos by moments of them.",
    False: "Videos are left out. Your files are not touched, and what you decided of them is kept.",
}


def left_out_by_name(patterns: Sequence[str]) -> str:
    """Which names are left out of the library."""
    return f"Left out: {', '.join(patterns)}" if patterns else "Nothing is left out."
