"""How much can be looked for at once, and what is said where it is more."""

from guie_desktop.asking import MOST_EXAMPLES
from guie_desktop.gui.search.incoming import MOST_FILES
from guie_desktop.language import ntr, tr


def too_many(photos: int, files: int) -> tuple[str, str] | None:
    """What is wrong and what helps, where a search does not take so many photos or files; else None."""
    if photos > MOST_EXAMPLES:
        most = MOST_EXAMPLES
        title = ntr(
            "{number} photo is too many to look for at once.",
            "{number} photos are too many to look for at once.",
            photos,
        )
    elif files > MOST_FILES:
        most = MOST_FILES
        title = ntr(
            "{number} file from outside the library is too many to look for at once.",
            "{number} files from outside the library are too many to look for at once.",
            files,
        )
    else:
        return None
    return title, tr("Choose {most} at most; a few that differ say it as well.", most=most)
