"""Files of a file manager that are dropped on an album: photos of the library join, of others the folder is offered."""

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from guie_desktop.domain import Album
from guie_desktop.file_kinds import PHOTO_SUFFIXES, VIDEO_SUFFIXES
from guie_desktop.gui.backend.library_reader import LibraryReader
from guie_desktop.gui.backend.services import Services
from guie_desktop.gui.backend.steps import Ended, Exchange, asking, in_turn
from guie_desktop.gui.backend.worker_client import WorkerClient
from guie_desktop.gui.desktop.file_names import readable, readable_path
from guie_desktop.gui.widgets.dialogs import confirm
from guie_desktop.language import ntr, tr
from guie_desktop.messages import AddFolder, ExpectInAlbum, ExpectNoMore

OnPhotos = Callable[[Album, tuple[int, ...]], None]


@dataclass(slots=True)
class Arrivals:
    """What was dropped, told apart."""

    photos: list[int] = field(default_factory=list)
    """Of the library, by id."""
    unread: list[Path] = field(default_factory=list)
    """In a folder of the library, and not read yet."""
    outside: list[Path] = field(default_factory=list)
    """In no folder of the library."""
    others: int = 0
    """Files that are no photos."""

    def folders(self) -> list[Path]:
        """The folders that what is outside lies in, or is; none that lies below another one."""
        found = {path if path.is_dir() else path.parent for path in self.outside}
        return sorted(path for path in found if not found.intersection(path.parents))


class OutsideFiles(QObject):
    """Nothing is copied: an album holds photos where they are."""

    def __init__(self, window: QWidget, services: Services, put: OnPhotos) -> None:
        """`put` puts photos of the library into an album."""
        super().__init__(window)
        self._window, self._put = window, put
        self._client, self._reader, self._undo = services.client, services.reader, services.undo
        self._background, self._reporter = services.background, services.reporter

    def take(self, album: Album, paths: Sequence[Path]) -> None:
        """These were dropped on the album."""
        sort = partial(sort_arrivals, self._reader, paths)
        self._background.run(sort, partial(self._join, album), self._reporter.report)

    def _join(self, album: Album, arrivals: Arrivals) -> None:
        if arrivals.photos:
            self._put(album, tuple(arrivals.photos))
        if arrivals.unread:
            self._expect(album, arrivals.unread)
        if arrivals.outside:
            self._offer(album, arrivals)
        elif arrivals.others:
            self._undo.say(_left_out(arrivals.others))

    def _offer(self, album: Album, arrivals: Arrivals) -> None:
        folders = arrivals.folders()
        one, many = len(folders) == 1, ntr("{number} folder", "{number} folders", len(folders))
        joined = len(arrivals.photos) + len(arrivals.unread)
        said = [
            *([_joining(joined)] if joined else []),
            tr("An album holds photos of the library only."),
            *([_left_out(arrivals.others)] if arrivals.others else []),
            tr("The files stay where they are."),
        ]
        confirm(
            self._window,
            tr(
                "Add {folder} to the library, and put what you dropped into “{album}”?",
                folder=readable_path(folders[0]) if one else many,
                album=readable(album.name),
            ),
            " ".join(said),
            tr("Add and put into album"),
            partial(self._add, album, folders, arrivals.outside),
            is_default=True,
        )

    def _add(self, album: Album, folders: Sequence[Path], outside: Sequence[Path]) -> None:
        """One deed, so that one undo takes it back."""
        kept = [Exchange(self._client) for _ in folders]
        add = [asking(self._client, AddFolder(folder), one.keep) for folder, one in zip(folders, kept, strict=True)]
        joining, name = _Joining(self._client, album, outside), readable(album.name)
        told = tr(
            "{folder} was added to the library; what you dropped joins “{album}”.",
            folder=readable_path(folders[0]),
            album=name,
        )
        if len(folders) > 1:
            told = ntr(
                "{number} folder was added to the library; what you dropped joins “{album}”.",
                "{number} folders were added to the library; what you dropped joins “{album}”.",
                len(folders),
                album=name,
            )
        self._undo.do(
            told,
            in_turn(*add, joining.begin),
            revert=in_turn(joining.take_back, *reversed(kept)),
            again=in_turn(*kept, joining.begin),
        )

    def _expect(self, album: Album, paths: Sequence[Path]) -> None:
        joining, name = _Joining(self._client, album, paths), readable(album.name)
        told = tr("What you dropped joins “{album}” as soon as it is read.", album=name)
        if len(paths) == 1 and not paths[0].is_dir():
            told = tr("{file} joins “{album}” as soon as it is read.", file=readable(paths[0].name), album=name)
        self._undo.do(told, joining.begin, revert=joining.take_back)


class _Joining:
    """The steps of letting files join an album when they are read, and of taking that back, read or not."""

    def __init__(self, client: WorkerClient, album: Album, paths: Sequence[Path]) -> None:
        self._client, self._album_id, self._paths = client, album.id, tuple(paths)
        self._since = 0.0

    def begin(self, ended: Ended) -> None:
        self._since = time.time()
        asking(self._client, ExpectInAlbum(self._album_id, self._paths))(ended)

    def take_back(self, ended: Ended) -> None:
        asking(self._client, ExpectNoMore(self._album_id, self._paths, self._since))(ended)


def _left_out(files: int) -> str:
    return ntr(
        "{number} file left out: no photo that can be read.",
        "{number} files left out: no photo that can be read.",
        files,
    )


def _joining(photos: int) -> str:
    return ntr(
        "{number} photo of the library joins the album.", "{number} photos of the library join the album.", photos
    )


def sort_arrivals(reader: LibraryReader, paths: Sequence[Path]) -> Arrivals:
    """Look up what was dropped. For a thread."""
    arrivals, roots = Arrivals(), [folder.path for folder in reader.folders()]
    for path in paths:
        real = Path(os.path.realpath(path.parent), path.name)
        inside = any(real.is_relative_to(root) for root in roots)
        if path.is_dir():
            real = Path(os.path.realpath(path))
            inside = any(real.is_relative_to(root) for root in roots)
            found = reader.photos_below(real) if inside else []
            arrivals.photos += found
            if not found:
                (arrivals.unread if inside else arrivals.outside).append(real)
        elif (photo := reader.photo_at(real)) is not None:
            arrivals.photos.append(photo.id)
        elif path.suffix.lower() not in PHOTO_SUFFIXES | VIDEO_SUFFIXES or not path.is_file():
            arrivals.others += 1
        else:
            (arrivals.unread if inside else arrivals.outside).append(real)
    arrivals.photos = list(dict.fromkeys(arrivals.photos))
    return arrivals
