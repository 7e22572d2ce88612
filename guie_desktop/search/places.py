"""What is shown for several files with one content, for parts of one photo, and for several pictures of one video."""

import heapq
from collections.abc import Collection, Iterable, Iterator, Sequence

from guie_desktop.domain import Photo, Showing


def each_photo_once(found: Iterable[tuple[Showing, float]]) -> Iterator[tuple[Showing, float]]:
    """What was found, best first, of a photo its best part alone, and of a video its best frame."""
    seen: set[bytes] = set()
    for showing, score in found:
        content = showing.photos[0].content_hash
        if content not in seen:
            seen.add(content)
            yield showing, score


def best_of(
    photos: Iterable[tuple[Showing, float]], parts: Iterable[tuple[Showing, float]], gain: float
) -> Iterator[tuple[Showing, float]]:
    """Both, best first, as they are themselves; where they are equal the whole photo goes first.

    `gain` is what parts have gained by being parts.
    """
    fair = ((showing, score - gain) for showing, score in parts)
    return heapq.merge(photos, fair, key=lambda one: -one[1])


def shown_first(copies: Sequence[Photo], away: Collection[int], asked: Collection[int] = ()) -> list[Photo]:
    """The copies, the one to show first: what was not looked for itself, and rather a file than a link to one.

    What the library has not read since it changed or moved comes after what it knows. `away` are the ids
    of the folders that are not connected, whose drives are not asked; `asked` those of the photos that were looked for.
    """
    if len(copies) == 1:
        return list(copies)
    candidates = [photo for photo in copies if photo.id not in asked] or copies
    sure = (photo for photo in candidates if not photo.unconfirmed and photo.folder_id not in away)
    shown = next(filter(_is_file, sure), candidates[0])
    return sorted(copies, key=lambda photo: (photo is not shown, photo.id in asked))


def _is_file(photo: Photo) -> bool:
    return photo.path.is_file() and not photo.path.is_symlink()
