"""A small dialog that finds an album by a few letters, or takes them for the name of a new one."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from guie_desktop.domain import Album
from guie_desktop.gui.widgets.find_dialog import FindDialog, Match
from guie_desktop.language import tr
from guie_desktop.library.album_names import album_name, name_key

_WIDTH = 340


class AlbumChooser(FindDialog):
    """Where no album has the name that was typed, the last line makes one."""

    chosen = Signal(object)
    """The album."""
    named = Signal(str)
    """The name for a new album."""

    def __init__(self, title: str, albums: tuple[Album, ...], parent: QWidget | None = None) -> None:
        prompt, names = tr("Find an album, or name a new one"), (tr("Name of an album"), tr("Albums"))
        super().__init__(title, prompt, names=names, parent=parent)
        self._albums = albums
        self.begin(_WIDTH)

    def matches(self, text: str) -> Sequence[Match]:
        """Albums whose name has the letters, first those that begin with them."""
        letters = name_key(text)
        matches = [album for album in self._albums if letters in name_key(album.name)]
        matches.sort(key=lambda album: not name_key(album.name).startswith(letters))
        found = [Match(album.name, album) for album in matches]
        if letters and all(name_key(album.name) != letters for album in self._albums):
            found.append(Match(tr("New album “{album}”", album=album_name(text)), None))
        return found

    def take(self, value: Album | None) -> None:
        """Tell which album it is."""
        if value is not None:
            self.chosen.emit(value)
        else:
            self.named.emit(album_name(self.field.text()))
