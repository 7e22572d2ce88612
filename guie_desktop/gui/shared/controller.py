"""Shows a shared library: pages of its photos, look-alikes there and here, and what is taken into albums."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from guie_desktop.asking import ALL_SHARED
from guie_desktop.domain import SharedLibrary
from guie_desktop.errors import UserError
from guie_desktop.file_kinds import PHOTO_SUFFIXES
from guie_desktop.gui.backend.failure_reporter import Help
from guie_desktop.gui.backend.overview import Overview
from guie_desktop.gui.backend.pending import Pending
from guie_desktop.gui.backend.services import Services
from guie_desktop.gui.desktop.file_manager import open_with_default_program
from guie_desktop.gui.desktop.file_names import file_filter, readable
from guie_desktop.gui.search.incoming import EncodedPicture, store_picture
from guie_desktop.gui.shared.page import SharedLibraryPage
from guie_desktop.gui.shared.remote_tiles import RemoteTiles
from guie_desktop.gui.shared.wording import NO_FEATURES, browsed, filter_of, found
from guie_desktop.gui.widgets.dialogs import choose_file
from guie_desktop.language import tr
from guie_desktop.messages import (
    BrowseShared,
    Failed,
    OpenShared,
    PageEnd,
    ReadOriginal,
    SearchShared,
    SharedOpened,
    SharedOriginal,
    SharedPage,
    TakeIn,
)

_ABOUT = "a shared library"
"""What failures are about that the next answer makes good."""
_MOST = 3000
"""Tiles of one list; each keeps its small picture in memory, some 10 kB."""

OnPhotos = Callable[[tuple[int, ...]], object]


class SharedController(QObject):
    """What the page of a shared library does."""

    like_here_asked = Signal(object)
    """The path of a picture that is to be looked for in the user's own library."""
    album_asked = Signal(int)
    """So many chosen photos are to be put into an album; `take_in` makes them photos of the catalog."""

    def __init__(self, services: Services, pasted: Path) -> None:
        """Pictures that are looked for here are kept in the folder `pasted`, as those from the clipboard are."""
        self._tiles = RemoteTiles(services.reporter)
        self.page = page = SharedLibraryPage(self._tiles.loader)
        super().__init__(page)
        self._client, self._background, self._reporter = services.client, services.background, services.reporter
        self._pasted = pasted
        self.shared: SharedLibrary | None = None
        """The one that is shown."""
        self._known: dict[str, SharedLibrary] = {}
        """By address, as last heard."""
        self._photos, self._has_features = 0, True
        self._which = ALL_SHARED
        self._after: PageEnd | None = None
        self._opening: Pending[SharedOpened] | None = None
        self._asked: Pending[SharedPage] | None = None
        """What the next answer is to; earlier ones are not wanted any more."""
        page.words_given.connect(self._filter)
        page.choose_asked.connect(self._choose)
        page.image_given.connect(self.look_for_file)
        page.all_asked.connect(self._show_all)
        page.more_asked.connect(self._go_on)
        page.like_there_asked.connect(self._look_there)
        page.like_here_asked.connect(self._look_here)
        page.original_asked.connect(self._open_original)
        page.album_asked.connect(lambda: self.album_asked.emit(len(page.chosen)))
        page.destroyed.connect(self._tiles.loader.close)

    @Slot(object)
    def show_library(self, overview: Overview) -> None:
        """The user's own library was read again: a shared library may be called otherwise now, or forgotten."""
        before, self._known = self._known, {one.address: one for one in overview.shared}
        if self.shared is None:
            return
        if self.shared.address in self._known:
            self.shared = self._known[self.shared.address]
            self.page.heading.setText(self.shared.name)
        elif self.shared.address in before:
            self.shared = None
            if self.page.isVisible():
                self.page.closed.emit()

    def open(self, address: str, then: Callable[[], object] | None = None) -> None:
        """Show a shared library as it is now, once it has answered; `then`, or else its newest photos."""
        if self._opening is not None:
            self._opening.cancel()

        def opened(answer: SharedOpened) -> None:
            self._take_opened(answer)
            (then or self._browse)()

        self._opening = self._client.ask(
            OpenShared(address), then=opened, failed=lambda refusal: self._refuse(refusal, address)
        )

    def look_for_photo(self, photo: int, name: str) -> None:
        """Look in the shared library for what is like a photo of the user's own."""
        if self.shared is not None:
            self._search(SearchShared(self.shared.address, photo=photo, which=self._which), name)

    @Slot(object)
    def look_for_file(self, path: Path) -> None:
        """Look there for what is like a file."""
        if self.shared is not None:
            self._search(SearchShared(self.shared.address, image=path, which=self._which), readable(path.name))

    def take_in(self, then: OnPhotos) -> None:
        """Make the chosen photos photos of the catalog; `then` gets their ids."""
        if self.shared is not None and self.page.chosen:
            command = TakeIn(self.shared.address, self.page.chosen)
            self._client.ask(command, then=lambda taken: then(taken.photos), failed=self._reporter.refuse)

    def _take_opened(self, answer: SharedOpened) -> None:
        self._reporter.over.emit(_ABOUT)
        if self.shared is None or self.shared.address != answer.library.address:
            self._which = ALL_SHARED
            self.page.begin(answer.library.name)
        self.shared, self._photos, self._has_features = answer.library, answer.photos, answer.has_features
        self.page.allow_searches(answer.has_features)
        self.page.open_asked.emit()

    def _refuse(self, refusal: Failed, address: str) -> None:
        self._reporter.refuse(refusal, Help(tr("Try again"), lambda: self.open(address)), _ABOUT)

    # --- what is shown

    @Slot(str)
    def _filter(self, text: str) -> None:
        self._which = filter_of(text, date.today())
        self._browse()

    @Slot()
    def _show_all(self) -> None:
        self.page.forget_words()
        self._which = ALL_SHARED
        self._browse()

    @Slot()
    def _browse(self) -> None:
        """The newest photos that pass."""
        if self.shared is not None:
            self._after = None
            self._ask(BrowseShared(self.shared.address, self._which), self._show_first)

    @Slot()
    def _go_on(self) -> None:
        if self.shared is None or self._after is None or self._asked is not None or len(self._tiles.photos) >= _MOST:
            return
        self._ask(BrowseShared(self.shared.address, self._which, self._after), self._show_next)

    def _search(self, command: SearchShared, name: str) -> None:
        self._after = None

        def then(page: SharedPage) -> None:
            self._tiles.show(page)
            hits = self._tiles.hits()
            self.page.show_hits(hits)
            self.page.tell(found(hits, name), is_search=True)

        self._ask(command, then)

    def _ask(self, command: BrowseShared | SearchShared, then: Callable[[SharedPage], object]) -> None:
        if self._asked is not None:
            self._asked.cancel()

        def take(page: SharedPage) -> None:
            self._asked = None
            self._reporter.over.emit(_ABOUT)
            then(page)

        def fail(refusal: Failed) -> None:
            self._asked = None
            self._refuse(refusal, command.address)

        self._asked = self._client.ask(command, then=take, failed=fail)

    def _show_first(self, page: SharedPage) -> None:
        self._tiles.show(page)
        self._after = page.after
        self.page.show_photos(self._tiles.ordered(), goes_on=page.after is not None)
        self._tell()

    def _show_next(self, page: SharedPage) -> None:
        self._tiles.add(page)
        self._after = page.after
        self.page.show_more(self._tiles.ordered(), goes_on=page.after is not None)
        self._tell()

    def _tell(self) -> None:
        shown, is_whole = len(self._tiles.photos), self._after is None
        is_full = shown >= _MOST and not is_whole
        told = browsed(shown, self._photos, is_filtered=bool(self._which), is_whole=is_whole, is_full=is_full)
        self.page.tell(told if self._has_features else f"{told} · {tr(NO_FEATURES)}", is_search=False)

    # --- what is done with photos

    @Slot()
    def _choose(self) -> None:
        kinds = file_filter(tr("Photos"), PHOTO_SUFFIXES)
        choose_file(self.page, tr("Find look-alikes of this photo"), kinds, self.look_for_file)

    @Slot(int)
    def _look_there(self, row: int) -> None:
        if self.shared is not None:
            name = readable(Path(self._tiles.photos[row].path).name)
            self._search(SearchShared(self.shared.address, row=row, which=self._which), name)

    @Slot(int)
    def _look_here(self, row: int) -> None:
        """By the small picture, which is there whether the file can be reached or not."""
        jpeg = self._tiles.picture_of(row)
        if jpeg is None:
            remedy = tr("Open the original, and drop that on the window.")
            self._reporter.tell(tr("The shared library has no picture of this photo."), remedy, about=_ABOUT)
            return
        picture = EncodedPicture(jpeg, "jpg")
        self._background.run(
            lambda: store_picture(picture, self._pasted), self.like_here_asked.emit, self._reporter.report
        )

    @Slot(int)
    def _open_original(self, row: int) -> None:
        if self.shared is not None:
            self._client.ask(ReadOriginal(self.shared.address, row), then=self._show_file, failed=self._reporter.refuse)

    def _show_file(self, original: SharedOriginal) -> None:
        try:
            open_with_default_program(original.file)
        except UserError as error:
            self._reporter.report(error)
