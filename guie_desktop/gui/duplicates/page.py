"""The page of duplicates: groups side by side, what differs in them, what stays and what goes."""

from array import array
from collections.abc import Mapping, Sequence

import numpy as np
from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QWidget

from guie_desktop.domain import Verdict
from guie_desktop.duplicates import KEEP_RULES, DuplicateGroup, DuplicateKind, KeepRule
from guie_desktop.gui.duplicates.wording import GOES, KINDS, RULES, STAYS
from guie_desktop.gui.photos.gallery import Gallery
from guie_desktop.gui.photos.tile_loader import TileLoader
from guie_desktop.gui.photos.tiles import Headings
from guie_desktop.gui.widgets.buttons import push_button, tool_button
from guie_desktop.gui.widgets.choice_box import ChoiceBox
from guie_desktop.gui.widgets.flowing import Flowing
from guie_desktop.gui.widgets.labels import ElidedLabel, plain_label
from guie_desktop.gui.widgets.overlay_page import OverlayPage
from guie_desktop.gui.widgets.segments import Segments
from guie_desktop.language import tr
from guie_desktop.library.ordered_photos import OrderedPhotos

_ON_A_TILE = 2
"""Differences for which there is room; all of them are told below."""


class DuplicatesPage(OverlayPage):
    """Shows the groups of one kind; a click on a photo, or the space bar, lets it stay or go."""

    kind_chosen = Signal(object)
    rule_chosen = Signal(str)
    folders_asked = Signal()
    look_asked = Signal()
    toggled = Signal(int)
    """The row of a photo that is to stay, or to go."""
    trash_asked = Signal()
    """Of all groups that are shown."""
    trash_group_asked = Signal()
    part_asked = Signal()
    """The photos of the group are no duplicates."""
    leave_out_asked = Signal()
    """The photo is no duplicate of the others in its group."""

    def __init__(self, loader: TileLoader, parent: QWidget | None = None) -> None:
        self.heading = plain_label(tr("Duplicates"), style="title", wrap=True)
        super().__init__(self.heading, parent)
        self.kinds = Segments(
            tr("Kind of duplicates"), [(tr(name), kind, tr(meant)) for kind, (name, meant) in KINDS.items()]
        )
        self.kinds.choose("exact")
        self.kinds.chosen.connect(self.kind_chosen)
        self.rules = ChoiceBox(tr("Which photos stay"))
        for rule in KEEP_RULES:
            self.rules.addItem(tr(RULES[rule]), rule)
        self.rules.activated.connect(lambda _row: self.rule_chosen.emit(self.rules.currentData()))
        self.folders = tool_button("folder", tr("Which folders are best, and which protected"))
        self.folders.clicked.connect(self.folders_asked)
        self.look = tool_button("refresh", tr("Look for duplicates in the whole library"))
        self.look.clicked.connect(self.look_asked)
        self.summary = plain_label(style="muted", wrap=True)
        self.differences = ElidedLabel(muted=True)
        self.gallery = Gallery(loader)
        self._differences: Mapping[int, str] = {}
        self.gallery.grid.setAccessibleName(tr("Duplicates, group by group"))
        self.gallery.grid.keep_one_height()
        self.gallery.photos.verdict_words = {"member": tr(STAYS), "not": tr(GOES)}
        self.gallery.grid.installEventFilter(self)
        self.gallery.grid.clicked.connect(self._click)
        self.gallery.chosen_changed.connect(self._follow)
        self._make_buttons()
        self.column.addLayout(Flowing(self.kinds, self.rules, self.folders, self.look))
        self.column.addWidget(self.summary)
        self.column.addWidget(self.gallery, 1)
        self.column.addWidget(self.differences)
        self.column.addLayout(Flowing(self.trash, self.trash_group, self.part, self.leave_out))
        self.begin_at(self.gallery)
        self.show_groups((), {}, {}, "", can_go=False)

    def _make_buttons(self) -> None:
        self.trash = push_button(
            tr("Move to trash…"), "trash", primary=True, tooltip=tr("Of all groups that are shown, what goes")
        )
        self.trash.clicked.connect(self.trash_asked)
        self.trash_group = push_button(tr("This group only…"), beside=True)
        self.trash_group.clicked.connect(self.trash_group_asked)
        self.part = push_button(
            tr("Not duplicates"), beside=True, tooltip=tr("All photos of this group are kept, and not shown here again")
        )
        self.part.clicked.connect(self.part_asked)
        self.leave_out = push_button(
            tr("Leave out"), beside=True, tooltip=tr("It is no duplicate of the others in its group")
        )
        self.leave_out.clicked.connect(self.leave_out_asked)

    @property
    def kind(self) -> DuplicateKind:
        """Of the groups that are shown."""
        kind: DuplicateKind = self.kinds.value
        return kind

    @property
    def current_row(self) -> int:
        """The row of the photo that the keyboard is on; -1 where there is none."""
        return self.gallery.grid.currentIndex().row()

    def show_rule(self, rule: KeepRule) -> None:
        """Show this as the chosen one."""
        self.rules.setCurrentIndex(self.rules.findData(rule))

    def show_groups(
        self,
        groups: Sequence[DuplicateGroup],
        headings: Mapping[int, str],
        differences: Mapping[int, Sequence[str]],
        told: str,
        *,
        can_go: bool,
    ) -> None:
        """Show these from where the user was.

        `headings` are by the row of the first photo in a group, and by photo id what differs from others of the group.
        """
        photos = [photo for group in groups for photo in group.photos]
        starts = np.cumsum([0, *(len(group.photos) for group in groups)])[:-1].astype(np.int64)
        bar, row = self.gallery.grid.verticalScrollBar(), self.current_row
        scrolled = bar.value()
        ordered = OrderedPhotos(array("q", (photo.id for photo in photos)), array("f", (one.shape for one in photos)))
        self.gallery.show_grouped(ordered, Headings(starts, lambda start: headings.get(start, "")))
        self.gallery.set_captions({number: " · ".join(said[:_ON_A_TILE]) for number, said in differences.items()})
        self._differences = {number: " · ".join(said) for number, said in differences.items()}
        if photos and row >= 0:
            self.gallery.grid.go_to(min(row, len(photos) - 1))
        bar.setValue(scrolled)
        self.tell(told, can_go=can_go)
        self._follow()

    def show_marks(self, marks: Mapping[int, Verdict]) -> None:
        """Tick what stays, and cross what goes."""
        self.gallery.set_marks(marks)

    def tell(self, told: str, *, can_go: bool) -> None:
        """Say in a sentence how it stands, and whether anything is to go."""
        self.summary.setText(told)
        self.trash.setEnabled(can_go)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The space bar lets the photo stay or go, rather than choose it."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Space
            and not event.modifiers()
        ):
            if self.current_row >= 0:
                self.toggled.emit(self.current_row)
            return True
        return super().eventFilter(watched, event)

    @Slot(QModelIndex)
    def _click(self, index: QModelIndex) -> None:
        if not QGuiApplication.keyboardModifiers():
            self.toggled.emit(index.row())

    @Slot()
    def _follow(self) -> None:
        """What can be done with the current photo, and all that differs in it."""
        for button in (self.trash_group, self.part, self.leave_out):
            button.setEnabled(self.current_row >= 0)
        current = self.gallery.photos.ids[self.current_row] if self.current_row >= 0 else 0
        self.differences.set_text(self._differences.get(current, ""))
