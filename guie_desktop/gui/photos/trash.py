"""Moves photos' files to the desktop's trash and back, and says before where else they lie."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from send2trash import send2trash

from guie_desktop.disk.same_file import IS_GONE, objection
from guie_desktop.disk.trashed import find_trashed, put_back
from guie_desktop.domain import Photo
from guie_desktop.errors import UserError, reason_of
from guie_desktop.gui.photos.checked_files import WentOn, check_files
from guie_desktop.language import Sentence, ntr, tr_noop

_TRY_AGAIN = tr_noop("Put right what is in the way and undo once more, or get the rest back with your desktop's trash.")


def trash_files(photos: Sequence[Photo], went_on: WentOn = lambda _: True) -> tuple[list[Photo], UserError | None]:
    """Move files to the trash; returns those that went, and the sentence on those that did not. For a thread.

    Never deletes for good, and takes no file that is not, byte by byte, the photo that the library shows. Of a link
    the link goes, and not what it leads to.
    """
    done = check_files(photos, tr_noop("Not moved to the trash: {files}."), went_on, _move)
    return done.good, done.refusal


def links_among(photos: Sequence[Photo]) -> dict[int, str]:
    """Photo id to what the link says, for photos whose files are links. For a thread."""
    return {photo.id: str(photo.path.readlink()) for photo in photos if photo.path.is_symlink()}


def put_back_files(
    photos: Sequence[Photo], links: Mapping[int, str], went_on: WentOn = lambda _: True
) -> tuple[list[Photo], UserError | None]:
    """Get files back out of the trash; returns those that are back, and the sentence on the others. For a thread.

    `links` is what `links_among` said before they went. No file that is there is replaced.
    """
    trashed = find_trashed(photo.path for photo in photos)

    def back(photo: Photo) -> str | None:
        return put_back(photo, trashed.get(photo.path, ()), links.get(photo.id))

    done = check_files(photos, tr_noop("Not put back: {files}."), went_on, back)
    return done.good, None if done.refusal is None else UserError(done.refusal.title, _TRY_AGAIN)


def _move(photo: Photo) -> str | None:
    """Trash one file; where it is left alone, why."""
    reason = objection(photo, believe_times=False)
    if reason is not None:
        return reason
    try:
        send2trash(photo.path)
    except FileNotFoundError:
        return IS_GONE
    except OSError as error:
        return Sentence("could not be moved ({reason})", reason=reason_of(error))
    return None


def kept_elsewhere(photos: Sequence[Photo], places: Mapping[bytes, Sequence[Path]]) -> str:
    """What becomes of the other places of photos whose files are to go, or "" where there are none. For a thread.

    `places` are all places by content hash. Links to what goes keep nothing.
    """
    going = {photo.path for photo in photos}
    files_going = {os.path.realpath(path) for path in going if not path.is_symlink()}
    others = {
        content: [place for place in there if place not in going and place.exists()]
        for content, there in places.items()
    }
    links = {place for there in others.values() for place in there if os.path.realpath(place) in files_going}
    kept = {content: sum(place not in links for place in there) for content, there in others.items()}
    sentences = []
    if len(photos) == 1 and any(kept.values()):
        (number,) = kept.values()
        sentences.append(ntr("It stays in {number} other place.", "It stays in {number} other places.", number))
    elif number := sum(kept.get(photo.content_hash, 0) > 0 for photo in photos):
        sentences.append(
            ntr(
                "{number} of them is kept in other places as well.",
                "{number} of them are kept in other places as well.",
                number,
            )
        )
    if links and len(photos) == 1:
        sentences.append(
            ntr("{number} link to it will lead nowhere.", "{number} links to it will lead nowhere.", len(links))
        )
    elif links:
        sentences.append(
            ntr("{number} link to them will lead nowhere.", "{number} links to them will lead nowhere.", len(links))
        )
    return " ".join(sentences)
