"""The files that could not be read, with the reasons."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QRect, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from guie_desktop.domain import Failure
from guie_desktop.gui.desktop.file_names import readable, readable_path
from guie_desktop.gui.look.theme import NO_LIMIT
from guie_desktop.gui.widgets.buttons import push_button
from guie_desktop.gui.widgets.context_menu import offer_menu
from guie_desktop.gui.widgets.flowing import Flowing
from guie_desktop.gui.widgets.labels import plain_label
from guie_desktop.gui.widgets.model_index import NO_PARENT, Index
from guie_desktop.gui.widgets.overlay_page import OverlayPage
from guie_desktop.language import ntr, tr, tr_noop

_COLUMNS = tr_noop("File"), tr_noop("Folder"), tr_noop("Reason")
_SHARES = 0.24, 0.26
"""Of the table's width, for the first columns; the reasons get the rest."""
_NARROW = 560
"""Pixels, in which there is no room for folders."""
_LINE = 32
_AIR, _BESIDE = 16, 16
"""Pixels above and below the words of a reason, and beside them."""
_REASON = 2


class FailureTable(QAbstractTableModel):
    """Failures as rows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.failures: tuple[Failure, ...] = ()

    def show_failures(self, failures: tuple[Failure, ...]) -> None:
        """Show these."""
        self.beginResetModel()
        self.failures = failures
        self.endResetModel()

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        """One row a file."""
        return 0 if parent.isValid() else len(self.failures)

    def columnCount(self, parent: Index = NO_PARENT) -> int:
        """File, folder, reason."""
        return 0 if parent.isValid() else len(_COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Names of the columns."""
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return tr(_COLUMNS[section])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The text of a cell."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        failure = self.failures[index.row()]
        if index.column() == 0 and role == Qt.ItemDataRole.ToolTipRole:
            return readable_path(failure.path)
        if index.column() == 0:
            return readable(failure.path.name)
        return readable_path(failure.path.parent) if index.column() == 1 else readable(tr(failure.reason))


class ReasonTable(QTableView):
    """Shows each reason to its end, on as many lines as that takes; in a narrow window without the folders."""

    def __init__(self, model: FailureTable) -> None:
        super().__init__()
        self.setModel(model)
        self.setAccessibleName(tr("Files that could not be read"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)  # of a path without a space to break it at
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(_LINE)
        self.verticalHeader().setDefaultSectionSize(_LINE)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.horizontalHeader().setStretchLastSection(True)
        self.horizontalHeader().sectionResized.connect(self._fit_to_column)
        model.modelReset.connect(self._fit_rows)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room out."""
        super().resizeEvent(event)
        width = self.viewport().width()
        self.setColumnHidden(1, width < _NARROW)
        for column, share in enumerate(_SHARES):
            self.setColumnWidth(column, round(width * share))

    @Slot(int, int, int)
    def _fit_to_column(self, column: int, _before: int, _now: int) -> None:
        if column == _REASON:
            self._fit_rows()

    @Slot()
    def _fit_rows(self) -> None:
        room = QRect(0, 0, max(1, self.columnWidth(_REASON) - _BESIDE), NO_LIMIT)
        heights: dict[str, int] = {}  # thousands of files fail for few reasons
        for row in range(self.model().rowCount()):
            reason = self.model().index(row, _REASON).data()
            if reason not in heights:
                words = self.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap, reason)
                heights[reason] = max(_LINE, words.height() + _AIR)
            self.setRowHeight(row, heights[reason])


class FailuresPage(OverlayPage):
    """The table, with what can be done about it."""

    retry_asked = Signal()
    show_asked = Signal(object)
    """In the file manager: a Path."""
    play_asked = Signal(object)
    """In the program that opens such files: a Path."""
    leave_out_asked = Signal(str)
    """A name that is not to be read."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.heading = plain_label(style="title", wrap=True)
        super().__init__(self.heading, parent)
        self.model = FailureTable(self)
        self.table = ReasonTable(self.model)
        self.table.doubleClicked.connect(self._show_chosen)
        offer_menu(self.table, self._fill_menu)
        show = push_button(tr("Show in file manager"), "folder")
        show.clicked.connect(self._show_chosen)
        copy = push_button(tr("Copy list"), "copy")
        copy.clicked.connect(self.copy_list)
        retry = push_button(tr("Try again"), "refresh")
        retry.clicked.connect(self.retry_asked)
        self.column.addWidget(self.table, 1)
        self.unaffected = plain_label(tr("The other photos are not affected."), style="muted", wrap=True)
        self.left_out = plain_label(style="muted", wrap=True)
        self.column.addWidget(self.unaffected)
        self.column.addWidget(self.left_out)
        self.column.addLayout(Flowing(show, copy, retry))
        self.begin_at(self.table)

    def show_failures(
        self, failures: tuple[Failure, ...], cut_off: tuple[Failure, ...] = (), left_out: Sequence[str] = ()
    ) -> None:
        """Show these, then those of which a part is shown; and say in sentences what is of no kind that is read."""
        could_not = ntr("{number} file could not be read", "{number} files could not be read", len(failures))
        part = ntr("{number} photo cut off", "{number} photos cut off", len(cut_off))
        told = [*([could_not] if failures else []), *([part] if cut_off else [])]
        self.heading.setText(", ".join(told) if told else tr("All photos could be read"))
        self.unaffected.setVisible(bool(told))
        self.left_out.setText("\n".join(left_out))
        self.left_out.setVisible(bool(left_out))
        if failures + cut_off != self.model.failures:
            self.model.show_failures(failures + cut_off)

    def _fill_menu(self, menu: QMenu) -> None:
        index = self.table.currentIndex()
        if index.isValid():
            path = self.model.failures[index.row()].path
            menu.addAction(tr("Open with default program"), lambda: self.play_asked.emit(path))
            menu.addAction(tr("Show in file manager"), self._show_chosen)
            menu.addAction(tr("Copy path"), lambda: QGuiApplication.clipboard().setText(readable(str(path))))
            menu.addSeparator()
            menu.addAction(tr("Leave out files with this name"), lambda: self.leave_out_asked.emit(path.name))
            menu.addSeparator()
        menu.addAction(tr("Try again"), self.retry_asked.emit)
        menu.addAction(tr("Copy list"), self.copy_list)

    @Slot()
    def copy_list(self) -> None:
        """Put all paths and reasons on the clipboard."""
        lines = (f"{readable(str(failure.path))}\t{readable(tr(failure.reason))}" for failure in self.model.failures)
        QGuiApplication.clipboard().setText("\n".join(lines))

    @Slot()
    def _show_chosen(self) -> None:
        index = self.table.currentIndex()
        if index.isValid():
            self.show_asked.emit(self.model.failures[index.row()].path)
