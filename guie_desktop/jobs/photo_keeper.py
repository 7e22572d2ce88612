"""Keeping what decoders made of photos: their rows, their small pictures, the features of one backbone."""

from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace

from guie_desktop.arrays import Feature
from guie_desktop.decoding.wire import Decoded, Still
from guie_desktop.disk.content import frame_hash
from guie_desktop.domain import Frame, PhotoKind
from guie_desktop.errors import UnreadablePhoto
from guie_desktop.jobs.scanning import Tally
from guie_desktop.library.photo_rows import KnownContent, PendingPhoto, Reading
from guie_desktop.pictures.picture_sizes import FIRST_SIGHT, THUMBNAIL
from guie_desktop.workspace.open_backbone import OpenBackbone
from guie_desktop.workspace.open_library import WritableLibrary

Begun = tuple[PendingPhoto, Future[Decoded | bytes]]
"""A photo that is being decoded; the bytes are the content hash of one that need not be."""


@dataclass(slots=True)
class ReadPhotos:
    """What came out of reading some photos."""

    readings: list[Reading] = field(default_factory=list)
    stills: dict[bytes, dict[bytes, Still]] = field(default_factory=dict)
    """By content hash of the file, then of each of its pictures; of what was decoded."""
    previews: set[bytes] = field(default_factory=set)
    """Content hashes of those whose small picture is a preview from the file."""
    failures: list[tuple[PendingPhoto, UnreadablePhoto]] = field(default_factory=list)

    @property
    def pictures(self) -> dict[bytes, Still]:
        """All pictures by the content hash of each."""
        return {key: still for of_one in self.stills.values() for key, still in of_one.items()}

    def leave(self, contents: Collection[bytes]) -> None:
        """Take out what was decoded of these contents: it is not to be recorded."""
        self.readings = [one for one in self.readings if one.content_hash not in contents]
        self.stills = {key: stills for key, stills in self.stills.items() if key not in contents}


class PhotoKeeper:
    """Writes in small transactions; small pictures first, so that a photo that the catalog calls ready has its own."""

    def __init__(self, library: WritableLibrary, backbone: OpenBackbone, tally: Tally) -> None:
        self._library = library
        self._backbone = backbone
        self._catalog = library.catalog
        self._tally = tally
        self._held_before: dict[bytes, KnownContent] = {}
        """By content hash what changed photos held; it may turn up elsewhere, when their rows tell of it no more."""
        self._known: dict[int, Reading] = {}
        """By photo id the readings that need no decoding."""

    def begin(self) -> None:
        """To be called before any photo is read."""
        self._catalog.settle_rules()
        self._held_before = self._catalog.waiting_contents()

    def can_show(self, photo: PendingPhoto, content_hash: bytes) -> bool:
        """Whether this content was read under another name, so that it need not be decoded; safe in any thread."""
        known = self._held_before.get(content_hash) or self._catalog.known_content(content_hash)
        if known is None or self._library.thumbnails.get(content_hash) is None:
            return False
        self._known[photo.id] = known.reading_of(photo, content_hash)
        return True

    def has_all_of(self, photo: PendingPhoto, content_hash: bytes) -> bool:
        """The same, where it was embedded, too; safe in any thread."""
        return self.can_show(photo, content_hash) and bool(self._backbone.features.known([content_hash]))

    def sort(self, batch: Sequence[Begun]) -> ReadPhotos:
        """What came out of these, all of which are done."""
        found = ReadPhotos()
        for photo, future in batch:
            try:
                decoded = future.result()
            except UnreadablePhoto as error:
                found.failures.append((photo, error))
                continue
            if not isinstance(decoded, Decoded):
                found.readings.append(self._known.pop(photo.id))
                continue
            found.stills[decoded.content_hash] = stills = _stills_of(decoded)
            found.readings.append(_reading_of(photo, decoded, stills))
            if decoded.is_preview:
                found.previews.add(decoded.content_hash)
        return found

    def forget_former_pixels(self, stills: Mapping[bytes, Mapping[bytes, Still]]) -> None:
        """Drop what was made of pixels that come out otherwise by the present rule, so that it is made anew.

        Features first: whenever this ends, a photo without them is read again. `stills` are by content hash, each with
        its own.
        """
        outdated = self._catalog.outdated_contents(list(stills))
        jpegs = {key: jpeg for key in outdated if (jpeg := stills[key][key].jpeg) is not None}
        if changed := self._library.thumbnails.differing(jpegs):
            self._backbone.features.forget(changed)
            self._library.thumbnails.forget([picture for key in changed for picture in stills[key]])

    def keep(self, found: ReadPhotos, vectors: Mapping[bytes, Feature]) -> None:
        """Write all of it, with these features by content hash."""
        jpegs = {key: one.jpeg for key, one in found.pictures.items() if one.jpeg is not None}
        for size in (THUMBNAIL, FIRST_SIGHT):
            is_poor = size == FIRST_SIGHT
            self._library.thumbnails.put(
                ((key, jpeg) for key, jpeg in jpegs.items() if (key in found.previews) == is_poor), size
            )
        moved = self._catalog.record(found.readings, vectors, self._backbone.features)
        if found.failures:
            self._catalog.record_failures(found.failures)
        self._count(found.readings, moved)

    def _count(self, readings: Sequence[Reading], moved_to: Sequence[int]) -> None:
        """A photo that moved is neither new nor changed where it is now, nor is one that was shown already."""
        told = [one for one in readings if not (one.photo.is_shown and one.photo.content_hash == one.content_hash)]
        new = {reading.photo.id for reading in told if not reading.photo.was_read}
        moved_to_new = len(new.intersection(moved_to))
        self._tally.moved += len(moved_to)
        self._tally.added += len(new) - moved_to_new
        self._tally.changed += len(told) - len(new) - (len(moved_to) - moved_to_new)


def _stills_of(decoded: Decoded) -> dict[bytes, Still]:
    """By the content hash of each; that of the first is the file's."""
    first, *others = decoded.stills
    return {decoded.content_hash: first} | {frame_hash(decoded.content_hash, one.moment): one for one in others}


def _reading_of(photo: PendingPhoto, decoded: Decoded, stills: Mapping[bytes, Still]) -> Reading:
    kind: PhotoKind | None = "motion" if decoded.is_motion else None
    frames: tuple[Frame, ...] = ()
    if decoded.seconds is not None:
        frames = tuple(Frame(key, still.moment) for key, still in stills.items())
    size_and_date = (decoded.width, decoded.height, decoded.taken, decoded.taken_from)
    read = Reading(photo, decoded.content_hash, *size_and_date, decoded.cut_off, kind, decoded.seconds, frames)
    return replace(read, notes=decoded.notes, colours=decoded.stills[0].colours)
