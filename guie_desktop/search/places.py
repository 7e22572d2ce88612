"""Which of several files with one content is shown for all of them."""

from collections.abc import Collection, Sequence

from guie_desktop.domain import Photo


def shown_first(copies: Sequence[Photo], asked: Collection[int] = ()) -> list[Photo]:
    """The copies, the one to show first: what was not looked for itself, and rather a file than a link to one.

    What the library has not read since it changed or moved comes after what it knows. `asked` are the ids of the
    photos that were looked for.
    """
    if len(copies) == 1:
        return list(copies)
    candidates = [photo for photo in copies if photo.id not in asked] or copies
    shown = next((photo for photo in candidates if not photo.unconfirmed and _is_file(photo)), candidates[0])
    return sorted(copies, key=lambda photo: (photo is not shown, photo.id in asked))


def _is_file(photo: Photo) -> bool:
    return photo.path.is_file() and not photo.path.is_symlink()
