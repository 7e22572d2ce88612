"""Moving and renaming files of photos, because the user asked for it: the one thing that touches what is the user's.

Nothing is overwritten and nothing deleted. A file gets its new name in one step, and its row follows; ended at any
moment in between, the next scan finds the file by its inode or its content. To another drive the file is copied, the
copy is read again, and only then the first one goes to the desktop's trash.
"""

import errno
import os
from collections.abc import Generator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from send2trash import send2trash

from guie_desktop.disk.companions import beside, companions
from guie_desktop.disk.copying import NotTheSame, copy_file
from guie_desktop.disk.placing import is_same_file, move_without_replacing, settle_names
from guie_desktop.disk.same_file import IS_OTHER, objection
from guie_desktop.domain import Failure, Photo
from guie_desktop.errors import UnreadablePhoto, reason_of
from guie_desktop.filing import FileMove, in_free_order, numbered
from guie_desktop.jobs.background import in_background
from guie_desktop.jobs.pace import Pace
from guie_desktop.library.moved_files import MovedFile, note_moved_files
from guie_desktop.messages import Moved, Progress
from guie_desktop.sentences import Sentence, tr_noop
from guie_desktop.workspace.open_library import WritableLibrary

_Pair = tuple[Path, Path]
"""Where a file is, and where it is to be; of a photo's files its own comes first."""


class Moving:
    """Several files to be moved or renamed: the steps, and what came of them so far."""

    def __init__(self, library: WritableLibrary, moves: Sequence[FileMove], *, number_taken: bool) -> None:
        self._library, self._moves, self._number_taken = library, moves, number_taken
        self._at: dict[int, Path] = {}
        """By photo where it is now."""
        self._from: dict[int, Path] = {}
        """Where it was at first."""
        self._left: list[Failure] = []
        self._kept: list[Path] = []

    def report(self) -> Moved:
        """What is done, and what is not."""
        roots = [folder.path for folder in self._library.catalog.folders()]
        outside = {photo for photo, path in self._at.items() if not any(root in path.parents for root in roots)}
        done = tuple(FileMove(photo, source, self._at[photo]) for photo, source in self._from.items())
        return Moved(done, tuple(self._left), tuple(self._kept), len(outside))

    def run(self) -> Generator[Progress, None, Moved]:
        """Move them, one after the other; each is done wholly or not at all."""
        pace = Pace("move", len(self._moves))
        photos = self._library.catalog.photos([move.photo for move in self._moves])
        given_up: set[int] = set()
        for move in in_free_order([_in_real_folder(move) for move in self._moves]):
            photo = photos.get(move.photo)
            if photo is None:
                self._leave(move.source, tr_noop("it is no longer in the library"))
            elif move.photo not in given_up and not (yield from self._one(photo, move, pace)):
                given_up.add(move.photo)
            pace.advance()
            yield pace.progress(detail=str(move.source))
        return self.report()

    def _one(self, photo: Photo, move: FileMove, pace: Pace) -> Generator[Progress, None, bool]:
        source = self._at.get(move.photo, move.source)
        reason = yield from in_background(lambda: objection(_at(photo, source)), pace.progress)
        if reason is not None:
            self._leave(source, Sentence("it {objection}", objection=Sentence(reason)))
            return False
        try:
            along = companions(source, raws_along=self._library.choices.raw_beside_jpeg == "one")
            target = self._free(source, move.target, along)
            if target is None:
                self._leave(source, Sentence("there is already a file {file}", file=move.target.name))
                return False
            if source.is_symlink() and target.parent != source.parent:
                self._leave(source, tr_noop("it is a link, which may lead nowhere from another folder"))
                return False
            pairs = [(source, target), *((one, beside(one, source, target)) for one in along)]
            try:
                _rename(pairs)
            except OSError as error:
                if error.errno != errno.EXDEV:
                    raise
                yield from self._carry(photo, pairs, pace)
            else:
                self._note(photo, pairs)
        except UnreadablePhoto as error:
            self._leave(source, error.sentence)
            return False
        except OSError as error:
            self._leave(source, Sentence("it could not be moved ({reason})", reason=reason_of(error)))
            return False
        return True

    def _free(self, source: Path, wanted: Path, along: Sequence[Path]) -> Path | None:
        """The place of which nobody has the name, nor that of a companion; None where it may get no number."""
        for count in range(1, 10_000 if self._number_taken else 2):
            target = wanted.with_name(f"{numbered(wanted.stem, count)}{wanted.suffix}")
            pairs = [(source, target), *((one, beside(one, source, target)) for one in along)]
            if not any(os.path.lexists(new) and not _is_same(old, new) for old, new in pairs):
                return target
        return None

    def _carry(self, photo: Photo, pairs: Sequence[_Pair], pace: Pace) -> Generator[Progress, None, None]:
        """To another drive: copies that were read again first, then the trash for what was copied."""
        made: list[Path] = []
        try:
            for old, new in pairs:
                content = photo.content_hash if old == pairs[0][0] else None
                yield from in_background(partial(_copy, old, new, content), pace.progress)
                made.append(new)
            settle_names(pairs[0][1].parent)
        except BaseException:  # also where it was cancelled: all files of a photo go, or none
            for new in made:
                new.unlink(missing_ok=True)
            raise
        # The row first: ended here, the photo is where it was asked to be, and what is still here is a copy of it.
        self._note(photo, pairs)
        for old, _ in pairs:
            try:
                send2trash(old)
            except OSError:
                self._kept.append(old)

    def _note(self, photo: Photo, pairs: Sequence[_Pair]) -> None:
        source, target = pairs[0]
        moved = [MovedFile(old, new, new.stat(), photo.id if old == source else None) for old, new in pairs]
        note_moved_files(self._library.catalog, moved)
        self._at[photo.id] = target
        self._from.setdefault(photo.id, source)

    def _leave(self, path: Path, reason: str) -> None:
        self._left.append(Failure(path, reason))


def _rename(pairs: Sequence[_Pair]) -> None:
    """Give files their new names, all or none."""
    done: list[_Pair] = []
    try:
        for old, new in pairs:
            move_without_replacing(old, new)
            done.append((old, new))
    except OSError:
        for old, new in reversed(done):
            move_without_replacing(new, old)
        raise


def _copy(source: Path, target: Path, content: bytes | None) -> None:
    try:
        if not copy_file(source, target, content=content):
            raise UnreadablePhoto(Sentence("it {objection}", objection=Sentence(IS_OTHER)))
    except NotTheSame as error:
        raise UnreadablePhoto("its copy could not be read again as it was written") from error


def _at(photo: Photo, place: Path) -> Photo:
    """The photo at a place; where that is not its own, only its content says that it is it."""
    return photo if place == photo.path else replace(photo, path=place, ctime_ns=None)


def _in_real_folder(move: FileMove) -> FileMove:
    """The library knows folders by their real paths."""
    return replace(move, target=Path(os.path.realpath(move.target.parent)) / move.target.name)


def _is_same(old: Path, new: Path) -> bool:
    """Whether the name is taken by the file itself, which is to be written otherwise."""
    return old.name.casefold() == new.name.casefold() and is_same_file(old, new)
