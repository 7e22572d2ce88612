"""The first steps of a new user: photos, then a hint to look for one, then one about albums, and never again."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from guie_desktop.disk.patience import Asker
from guie_desktop.gui.backend.background import BackgroundRunner
from guie_desktop.gui.backend.overview import Overview
from guie_desktop.gui.welcome.hint_strip import HintStrip
from guie_desktop.gui.welcome.page import Welcome
from guie_desktop.language import tr, tr_noop
from guie_desktop.question import Question
from guie_desktop.settings import Settings


@dataclass(frozen=True, slots=True)
class Hint:
    """What can be done, and how; remembered by its name."""

    name: str
    title: str
    text: str


DROP = Hint(
    "drop",
    tr_noop("Drop any photo on this window to see those that look alike"),
    tr_noop("It may come from anywhere. Or choose one of these, and press S."),
)
ALBUMS = Hint(
    "albums",
    tr_noop("Sort photos into albums, and the program learns what belongs together"),
    tr_noop("Choose some and press A, or drop them at the left below Albums. It can learn from two albums on."),
)


class WelcomeController(QObject):
    """What a new user is told; who had photos in the library when this version came is no new user."""

    held = Signal(bool)
    """Whether the user is about to take the first step, and is to be asked nothing else."""

    def __init__(
        self,
        page: Welcome,
        strip: HintStrip,
        background: BackgroundRunner,
        settings: Settings,
        *,
        shown_page: Callable[[], QWidget | None],
        photos: QWidget,
        hits: QWidget,
        gives_way_to: tuple[QWidget, ...],
    ) -> None:
        """`shown_page` is what is on screen: the `photos`, the `hits`, or anything else, where no hint is given.

        Neither is one where there is something to read that it `gives_way_to`.
        """
        super().__init__(strip)
        self._page, self._strip, self._background = page, strip, background
        self._shown_page, self._photos, self._hits, self._others = shown_page, photos, hits, gives_way_to
        self._asker = Asker()
        self._is_welcomed = settings.welcomed
        self._over = set(settings.hints_over)
        self._has_found = DROP.name in self._over
        """Whether the user has seen look-alikes, now or in an earlier session."""
        self._has_photos = False
        self._hint: Hint | None = None
        page.count_asked.connect(self._count)
        strip.closed.connect(self._close)

    def remember(self, settings: Settings) -> Settings:
        """The settings with what the user knows."""
        return replace(settings, welcomed=self._is_welcomed, hints_over=tuple(sorted(self._over)))

    @Slot(object)
    def show_library(self, overview: Overview) -> None:
        """The library was read again."""
        self._has_photos = overview.counts.photos > 0
        if not overview.folders:
            self._is_welcomed = True
        elif overview.albums:
            self._end(ALBUMS)
        self.look()

    @Slot(object)
    def note_question(self, question: Question) -> None:
        """The user looks for something."""
        if question.examples:
            self._end(DROP)

    @Slot()
    def look(self) -> None:
        """Another page may be on screen: give the hint that fits there."""
        page = self._shown_page()
        self._has_found = self._has_found or page is self._hits
        is_free = self._is_welcomed and not any(other.isVisible() for other in self._others)
        hint = self._fitting(page) if is_free else None
        if hint is not self._hint:
            self._hint = hint
            self.held.emit(hint is DROP)
        if hint is None:
            self._strip.hide()
        else:
            self._strip.tell(tr(hint.title), tr(hint.text))

    def _fitting(self, page: QWidget | None) -> Hint | None:
        if page is self._photos and self._has_photos and DROP.name not in self._over:
            return DROP
        is_due = DROP.name in self._over and ALBUMS.name not in self._over and self._has_found
        return ALBUMS if is_due and page in (self._photos, self._hits) else None

    @Slot()
    def _close(self) -> None:
        if self._hint is not None:
            self._end(self._hint)
            self.look()

    def _end(self, hint: Hint) -> None:
        if self._is_welcomed:
            self._over.add(hint.name)

    @Slot(object)
    def _count(self, folder: Path) -> None:
        from guie_desktop.disk.photo_count import count_photos  # for new users only; all others start without it

        # In a thread that may be left behind: it may be the folder of a server that does not answer.
        answer = self._asker.ask(folder, partial(count_photos, folder))
        assert answer is not None
        answer.add_done_callback(lambda done: self._background.hand_over(self._page.show_count, done.result()))
        self._asker.close()  # its thread ends with this answer
