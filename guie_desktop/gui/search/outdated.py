"""Whether a search is outdated, as its photos were edited, moved, copied or are gone; for a thread."""

from collections.abc import Sequence
from dataclasses import replace

from guie_desktop.asking import Hit
from guie_desktop.gui.backend.library_reader import LibraryReader
from guie_desktop.question import Example, Question


def asked_anew(question: Question, hits: Sequence[Hit], reader: LibraryReader) -> Question | None:
    """The question with its photos as they are now, where its answer may be another one; None where it holds."""
    photos = reader.photos([one.photo.id for one in question.examples if one.photo is not None])

    def now(one: Example) -> Example:
        photo = None if one.photo is None else photos.get(one.photo.id)
        if one.photo is None or photo is None:
            return one
        is_same = (photo.path, photo.content_hash) == (one.photo.path, one.photo.content_hash)
        return one if is_same else replace(one, path=photo.path, photo=photo)

    examples = tuple(map(now, question.examples))
    if examples != question.examples or _are_outdated(hits, reader):
        return replace(question, examples=examples)
    return None


def _are_outdated(hits: Sequence[Hit], reader: LibraryReader) -> bool:
    """Whether a file that was found is gone, or is another photo now."""
    photos = reader.photos([hit.photo_id for hit in hits])
    if any(hit.photo_id not in photos for hit in hits):
        return True
    contents = [photos[hit.photo_id].content_hash for hit in hits]
    places = reader.places(contents)
    return any(
        not set(hit.places).issubset(places.get(content, ())) for hit, content in zip(hits, contents, strict=True)
    )
