"""The section on the library itself: how much of the disk it takes."""

from PySide6.QtCore import Signal

from guie_desktop.gui.settings.rows import Row, Section
from guie_desktop.gui.widgets.buttons import push_button
from guie_desktop.language import size_text, tr
from guie_desktop.library.disk_use import DiskUse


class LibrarySection(Section):
    """The last section of the page."""

    clear_asked = Signal()
    """The user wants the room that the small pictures take."""

    def __init__(self) -> None:
        self.clear = push_button(tr("Clear…"))
        self.clear.setAccessibleName(tr("Clear small pictures"))
        self.pictures = Row(tr("Small pictures"), self.clear)
        self.models = Row(tr("Models and search index"))
        self.catalog = Row(tr("Catalog and its copies"))
        super().__init__(tr("Library"), self.pictures, self.models, self.catalog)
        self.clear.clicked.connect(self.clear_asked)
        self.show_disk_use(None)

    def show_disk_use(self, used: DiskUse | None) -> None:
        """Say how much of the disk what takes; None while that is measured."""
        sizes = (None,) * 3 if used is None else (used.pictures, used.models + used.search_index, used.catalog)
        pictures, models, catalog = (tr("Measured…") if size is None else size_text(size) for size in sizes)
        self.clear.setEnabled(used is not None)
        self.pictures.explain(tr("{size} · They are made again when you see the photos.", size=pictures))
        self.models.explain(tr("{size} · With them photos are found.", size=models))
        self.catalog.explain(
            tr("{size} · What you said of your photos, and what is known of them. It is never cleared.", size=catalog)
        )
