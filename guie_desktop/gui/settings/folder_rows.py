"""The folders of the library on the page of settings: whether they are watched, and what can be done with them."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout

from guie_desktop.domain import Folder
from guie_desktop.gui.desktop.file_names import readable_path
from guie_desktop.gui.look.theme import GAP, TIGHT
from guie_desktop.gui.settings.rows import Section, Setting
from guie_desktop.gui.widgets.buttons import push_button
from guie_desktop.gui.widgets.flowing import Flowing
from guie_desktop.gui.widgets.labels import ElidedLabel, plain_label
from guie_desktop.language import ntr, tr


class FolderRow(Setting):
    """One folder."""

    def __init__(self, folder: Folder, rows: "FolderRows") -> None:
        super().__init__()
        self._folder = folder
        path = readable_path(folder.path)
        self.standing = plain_label(style="muted", wrap=True)
        self.watched = QCheckBox(tr("Watch for changes"))
        self.watched.setAccessibleName(tr("Watch {folder} for changes", folder=path))
        self.watched.clicked.connect(lambda on: rows.watch_asked.emit(self._folder, on))
        self.find_button = push_button(tr("Find…"))
        self.find_button.setAccessibleName(tr("Find {folder}", folder=path))
        self.find_button.clicked.connect(lambda: rows.find_asked.emit(self._folder))
        self.remove_button = push_button(tr("Remove…"))
        self.remove_button.setAccessibleName(tr("Remove {folder}", folder=path))
        self.remove_button.clicked.connect(lambda: rows.remove_asked.emit(self._folder))
        self.watched.setFixedHeight(self.remove_button.sizeHint().height())
        words = QVBoxLayout()
        words.setSpacing(TIGHT)
        words.addWidget(ElidedLabel(path, is_name=True))
        words.addWidget(self.standing)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(GAP)
        column.addLayout(words)
        line = QHBoxLayout()
        line.addLayout(Flowing(self.watched, self.find_button, self.remove_button), 1)
        column.addLayout(line)
        self.show_folder(folder)

    def show_folder(self, folder: Folder) -> None:
        """Say how it stands now."""
        self._folder = folder
        self.watched.setChecked(folder.watched)
        self.find_button.setVisible(not folder.online)
        photos = ntr("{number} photo", "{number} photos", folder.photos)
        if not folder.online:
            self.standing.setText(tr("Not connected · {photos}", photos=photos))
        elif folder.watched:
            self.standing.setText(photos)
        else:
            self.standing.setText(
                tr("{photos} · Looked at when the program starts, and when you look for changes (F5)", photos=photos)
            )


class FolderRows(QObject):
    """The rows of all folders, the first ones of a section."""

    watch_asked = Signal(object, bool)
    """The folder, and whether it is to be watched."""
    find_asked = Signal(object)
    remove_asked = Signal(object)

    def __init__(self, section: Section) -> None:
        super().__init__(section)
        self._section = section
        self.rows: dict[int, FolderRow] = {}
        """By the ids of the folders."""
        self._paths: tuple[object, ...] = ()

    def show_folders(self, folders: tuple[Folder, ...]) -> None:
        """Show these; the keyboard stays where it is while they are the same ones."""
        if self._paths != (paths := tuple((folder.id, folder.path) for folder in folders)):
            self._paths = paths
            for row in self.rows.values():
                self._section.remove(row)
            self.rows = {folder.id: FolderRow(folder, self) for folder in folders}
            for position, row in enumerate(self.rows.values()):
                self._section.insert(position, row)
        for folder in folders:
            self.rows[folder.id].show_folder(folder)
