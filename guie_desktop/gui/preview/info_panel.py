"""All that is known of the photo that is seen large, beside it: to be read, selected and copied."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QUrl, Signal, Slot
from PySide6.QtGui import QPalette, QTextOption
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from guie_desktop.domain import Album
from guie_desktop.gui.look.theme import GAP
from guie_desktop.gui.photos.photo_facts import Fact
from guie_desktop.language import tr, tr_noop
from guie_desktop.noted import PhotoFacts, PhotoNotes
from guie_desktop.wording.photo_facts import exposure_text, focal_length_text, place_text

_WIDTH = 240


class InfoPanel(QTextBrowser):
    """A column of facts; the names of albums lead to them."""

    album_asked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Information on the photo"))
        self.setFixedWidth(_WIDTH)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.document().setDocumentMargin(GAP)
        self.anchorClicked.connect(self._follow)
        self._facts: tuple[Fact, ...] = ()
        self._camera = PhotoFacts()
        self._notes = PhotoNotes()
        self._albums: tuple[Album, ...] = ()

    def show_facts(self, facts: Sequence[Fact]) -> None:
        """Show another photo, of which nothing else is known for now."""
        self._facts, self._camera, self._notes, self._albums = tuple(facts), PhotoFacts(), PhotoNotes(), ()
        self._write()

    def show_noted(self, facts: PhotoFacts) -> None:
        """Show what the camera noted of it, too."""
        self._camera = facts
        self._write()

    def show_notes(self, notes: PhotoNotes) -> None:
        """Show what it says of itself in words, as the library knows it."""
        self._notes = notes
        self._write()

    def show_albums(self, albums: Sequence[Album]) -> None:
        """Show in which albums it is."""
        self._albums = tuple(albums)
        self._write()

    def _write(self) -> None:
        bar = self.verticalScrollBar()
        scrolled = bar.value()
        lines = [_line(self, tr(fact.what), escape(fact.said)) for fact in (*self._facts, *self._noted())]
        if self._albums:
            colour = self.palette().color(QPalette.ColorRole.Link).name()
            links = [f'<a style="color: {colour}" href="{album.id}">{escape(album.name)}</a>' for album in self._albums]
            lines.append(_line(self, tr("Albums"), "\n".join(links)))
        self.setHtml("".join(lines))
        bar.setValue(scrolled)

    def _noted(self) -> list[Fact]:
        camera, notes = self._camera, self._notes
        said = {
            tr_noop("Title"): notes.title,
            tr_noop("Description"): notes.description,
            tr_noop("Keywords"): ", ".join(notes.keywords),
            tr_noop("People"): ", ".join(notes.people),
            tr_noop("Camera"): camera.camera or notes.camera,
            tr_noop("Lens"): camera.lens or notes.lens,
            tr_noop("Exposure"): exposure_text(camera),
            tr_noop("Focal length"): focal_length_text(camera),
            tr_noop("Place"): "\n".join(filter(None, (notes.place, place_text(camera)))),
        }
        return [Fact(what, text) for what, text in said.items() if text]

    @Slot(QUrl)
    def _follow(self, link: QUrl) -> None:
        self.album_asked.emit(int(link.toString()))


def _line(widget: QWidget, what: str, markup: str) -> str:
    muted = widget.palette().color(QPalette.ColorRole.PlaceholderText).name()
    shown = markup.replace("\n", "<br>")
    return f'<p style="margin: 0 0 8px 0"><span style="color: {muted}">{escape(what)}</span><br>{shown}</p>'
