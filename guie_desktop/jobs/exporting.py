"""Copying photos to a folder: as they are, or as smaller JPEGs. It reads photos and writes copies, and nothing else."""

import errno
import itertools
import os
import threading
from collections import deque
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import Future
from datetime import datetime
from functools import partial
from pathlib import Path

from PIL import ExifTags, Image

from guie_desktop.decoding.wire import Decoded, Task
from guie_desktop.disk.companions import beside, companions
from guie_desktop.disk.copying import NotTheSame, copy_file, write_file
from guie_desktop.disk.placing import remove_left_overs, settle_names
from guie_desktop.disk.same_file import IS_OTHER
from guie_desktop.domain import Failure, Photo
from guie_desktop.errors import UnreadablePhoto, not_written, of_system, reason_of
from guie_desktop.file_kinds import VIDEO_SUFFIXES
from guie_desktop.filing import ExportChoices, check_template, name_by, numbered
from guie_desktop.jobs.background import in_background, until_done
from guie_desktop.jobs.pace import Pace
from guie_desktop.jobs.photo_notes import photo_notes
from guie_desktop.messages import Exported, Progress
from guie_desktop.sentences import Sentence, tr_noop
from guie_desktop.workspace.open_library import OpenLibrary

_AHEAD = 4
"""Pictures that are being decoded while another one is written."""
_OF_ITS_NAME = frozenset({errno.ENAMETOOLONG, errno.EINVAL, errno.EILSEQ})
"""What a folder answers that does not take this name, and may take the next one."""
_FETCHED = 500
_NO_PICTURE = tr_noop("{file} is a video, of which there is no smaller copy: copy the originals to have it.")


class Export:
    """One export: its steps, and what came of it so far."""

    def __init__(self, library: OpenLibrary, photo_ids: Sequence[int], choices: ExportChoices) -> None:
        """UserError where the names or the folder will not do."""
        check_template(choices.names)
        try:
            choices.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise of_system(
                Sentence("There can be no folder {folder} ({reason}).", folder=choices.folder, reason=reason_of(error)),
                error,
            ) from error
        self._library, self._ids, self._choices = library, photo_ids, choices
        real = Path(os.path.realpath(choices.folder))
        self._replaces = choices.where_taken == "replace" and not any(
            real.is_relative_to(folder.path) for folder in library.catalog.folders()
        )
        """Whether other files may go. In a folder of the library they are photos, or will be: there nothing goes."""
        self._written: set[str] = set()
        self._albums = {album.id: album.name for album in library.catalog.albums()}
        self._copied = self._skipped = self._done = 0
        self._left: list[Failure] = []
        self._trouble = ""

    def report(self) -> Exported:
        """What is done, and what is not."""
        return Exported(
            folder=self._choices.folder,
            copied=self._copied,
            skipped=self._skipped,
            left=tuple(self._left),
            remaining=len(self._ids) - self._done,
            trouble=self._trouble,
        )

    def run(self) -> Generator[Progress, None, Exported]:
        """Copy them all; where the folder takes no more it ends, and what was copied stays."""
        remove_left_overs(self._choices.folder)
        pace = Pace("export", len(self._ids))
        try:
            for number, photo, decoded in self._photos():
                try:
                    yield from self._one(number, photo, decoded, pace)
                except UnreadablePhoto as error:
                    self._leave(photo.path, error.sentence)
                except NotTheSame:
                    self._leave(
                        photo.path, tr_noop("The copy could not be read again as it was written. Check the drive.")
                    )
                except OSError as error:
                    if error.errno not in _OF_ITS_NAME:
                        self._trouble = not_written(
                            Sentence("The copy of {file}", file=photo.path.name), error
                        ).sentence
                        break
                    said = Sentence("The folder does not take its name ({reason}).", reason=reason_of(error))
                    self._leave(photo.path, said)
                self._done = number
                pace.advance()
                yield pace.progress(detail=str(photo.path))
            settle_names(self._choices.folder)
        except OSError as error:
            self._trouble = not_written(Sentence("The folder {folder}", folder=self._choices.folder), error).sentence
        finally:
            self._library.decoders.rest()
        return self.report()

    def _photos(self) -> Iterator[tuple[int, Photo, Future[Decoded | bytes] | None]]:
        """Each photo with its place; where a smaller copy is wanted, pictures are decoded ahead."""
        ahead: deque[tuple[int, Photo, Future[Decoded | bytes] | None]] = deque()
        try:
            for start in range(0, len(self._ids), _FETCHED):
                ids = self._ids[start : start + _FETCHED]
                found = self._library.catalog.photos(ids)
                for number, photo_id in enumerate(ids, start=start + 1):
                    if photo_id not in found:
                        self._done = number
                        self._left.append(Failure(Path(), tr_noop("A photo is no longer in the library.")))
                        continue
                    ahead.append((number, found[photo_id], self._decoding(found[photo_id])))
                    if len(ahead) >= _AHEAD:
                        yield ahead.popleft()
            while ahead:
                yield ahead.popleft()
        finally:
            for _, _, future in ahead:
                if future is not None:
                    future.cancel()

    def _decoding(self, photo: Photo) -> Future[Decoded | bytes] | None:
        if self._choices.size is None or photo.path.suffix.lower() in VIDEO_SUFFIXES:
            return None
        task = Task(photo.path, jpeg=self._choices.size, quality=self._choices.quality)
        return self._library.decoders.submit(task)

    def _one(
        self, number: int, photo: Photo, decoded: Future[Decoded | bytes] | None, pace: Pace
    ) -> Generator[Progress, None, None]:
        is_small = self._choices.size is not None
        if is_small and decoded is None:
            self._leave(photo.path, Sentence(_NO_PICTURE, file=photo.path.name))
            return
        place = {"number": number, "of": len(self._ids)}
        stem = name_by(self._choices.names, photo.path, photo.taken, **place, title=self._choices.title)
        suffix = ".jpg" if is_small else photo.path.suffix
        along = [] if is_small or not self._choices.with_companions else self._companions(photo)
        while (target := self._free(stem, suffix, photo.path, along)) is not None:
            try:
                is_photo = yield from self._write(photo, decoded, target, pace)
            except FileExistsError:
                continue  # somebody has just taken the name
            if not is_photo:
                self._leave(
                    photo.path, Sentence("{file} {objection}.", file=photo.path.name, objection=Sentence(IS_OTHER))
                )
                return
            self._note_written(target)
            self._copied += 1
            self._write_beside(photo, target, along)
            return
        self._skipped += 1

    def _write(
        self, photo: Photo, decoded: Future[Decoded | bytes] | None, target: Path, pace: Pace
    ) -> Generator[Progress, None, bool]:
        """Write the copy itself; False where the file is not the photo that the library shows."""
        replace = self._may_replace(target, ())
        if decoded is None:
            stopped = threading.Event()
            copy = partial(copy_file, photo.path, target, replace=replace, stop=stopped.is_set)
            return (yield from in_background(partial(copy, content=photo.content_hash), pace.progress, stopped.set))
        yield from until_done(decoded, pace.progress)
        made = decoded.result()
        assert isinstance(made, Decoded)
        jpeg = made.stills[0].jpeg
        assert jpeg is not None
        if made.content_hash != photo.content_hash:
            return False
        write_file(_dated(jpeg, photo), target, replace=replace, times_of=photo.path)
        return True

    def _companions(self, photo: Photo) -> list[Path]:
        try:
            return companions(photo.path, raws_along=self._library.choices.raw_beside_jpeg == "one")
        except OSError:
            return []  # copying the photo itself tells why

    def _free(self, stem: str, suffix: str, source: Path, along: Sequence[Path]) -> Path | None:
        """Where the copy is to be, so that its companions find their place as well; None where it is left out."""
        for count in itertools.count(1):
            target = self._choices.folder / f"{numbered(stem, count)}{suffix}"
            family = [target, *(beside(one, source, target) for one in along)]
            if self._choices.with_notes:
                family.append(target.with_suffix(".xmp"))
            if not any(map(self._is_taken, family)):
                return target
            if count == 1 and self._choices.where_taken == "skip" and not self._is_own(target):
                return None
            if count == 1 and self._may_replace(target, family[1:]):
                return target
        raise AssertionError

    def _is_own(self, target: Path) -> bool:
        return target.name.casefold() in self._written

    def _is_taken(self, target: Path) -> bool:
        return self._is_own(target) or os.path.lexists(target)

    def _may_replace(self, target: Path, family: Sequence[Path]) -> bool:
        """Whether what has these names may go: not what was just copied, no folder, and no original by another way."""
        return self._replaces and not any(
            self._is_own(one) or one.is_dir() or self._is_original(one) for one in (target, *family)
        )

    def _is_original(self, path: Path) -> bool:
        """Whether the path leads to a photo of the library, such as a link to it, or its other name."""
        with_links = Path(os.path.realpath(path))
        if any(with_links.is_relative_to(folder.path) for folder in self._library.catalog.folders()):
            return True
        try:
            return path.stat().st_nlink > 1
        except OSError:
            return False

    def _write_beside(self, photo: Photo, target: Path, along: Sequence[Path]) -> None:
        for one in along:
            place = beside(one, photo.path, target)
            try:
                copy_file(one, place, replace=self._may_replace(place, ()))
                self._note_written(place)
            except UnreadablePhoto as error:
                self._leave(one, str(error))
            except FileExistsError:
                self._leave(one, "Another file has its name there.")
        notes = target.with_suffix(".xmp")
        if self._choices.with_notes and not self._is_own(notes):
            albums = self._library.catalog.albums_of([photo.id]).get(photo.id, ())
            names = [self._albums[one] for one in albums if one in self._albums]
            data = photo_notes(names, photo.taken, photo.rating or None)
            try:
                write_file(data, notes, replace=self._may_replace(notes, ()))
                self._note_written(notes)
            except FileExistsError:
                self._leave(notes, "Another file has the name of the notes there.")

    def _note_written(self, target: Path) -> None:
        self._written.add(target.name.casefold())

    def _leave(self, path: Path, reason: str) -> None:
        self._left.append(Failure(path, reason))


def _dated(jpeg: bytes, photo: Photo) -> bytes:
    """The JPEG with a note of when the photo was taken, and no others: where it was taken is not for everybody."""
    if photo.taken_from in (None, "file time"):
        return jpeg
    notes = Image.Exif()
    notes.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = (
        f"{datetime.fromtimestamp(photo.taken):%Y:%m:%d %H:%M:%S}"
    )
    part = notes.tobytes()
    return jpeg[:2] + b"\xff\xe1" + (len(part) + 2).to_bytes(2, "big") + part + jpeg[2:]
