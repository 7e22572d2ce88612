"""Stars and flags by key and by menu, and choosing none or the others: what works on every choice of photos."""

from functools import partial

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from guie_desktop.domain import MOST_STARS
from guie_desktop.gui.look.wording import stars_text
from guie_desktop.gui.photos.marks import Marks
from guie_desktop.gui.photos.selection import Selection
from guie_desktop.gui.widgets.actions import make_action
from guie_desktop.language import tr


class MarkActions(QObject):
    """The verbs; each acts on what is selected at that moment."""

    def __init__(self, window: QWidget, marks: Marks, selection: Selection) -> None:
        """The actions are the window's, so that their keys hold wherever the keyboard is."""
        super().__init__(window)
        self._marks, self._selection = marks, selection
        action = partial(make_action, window, "Photos")
        self.stars = tuple(
            action(
                stars_text(stars), partial(self.rate, stars), keys=(f"Ctrl+{stars}",), apart=stars == 0, listed=False
            )
            for stars in range(MOST_STARS + 1)
        )
        self.flag = action(tr("Flag"), self.toggle_flag, keys=("F",))
        self.choose_all = action(tr("Choose all"), self._choose_all, shown="Ctrl+A")
        self.choose_none = action(tr("Choose none"), self._choose_none, keys=("Ctrl+Shift+A",))
        self.choose_others = action(tr("Choose the others"), self._choose_others, keys=("Ctrl+I",))
        selection.changed.connect(self.enable)
        self.enable()

    @Slot()
    def enable(self) -> None:
        """Offer what makes sense for what is selected."""
        some = self._selection.count() > 0
        for action in (*self.stars, self.flag):
            action.setEnabled(some)

    def put_into(self, menu: QMenu, before: QAction) -> None:
        """Put the verbs into the menu of the photos."""
        rating = QMenu(tr("Rating"), menu)
        rating.addActions(list(self.stars))
        rating.setEnabled(self.flag.isEnabled())
        menu.insertMenu(before, rating)
        menu.insertAction(before, self.flag)
        menu.insertSeparator(before)

    def rate(self, stars: int) -> None:
        """Give the chosen photos so many stars."""
        self._marks.rate(self._selection.ids(), stars)

    def toggle_flag(self) -> None:
        """Flag the chosen photos, or take their flags away where all have one."""
        self._marks.toggle_flag(self._selection.ids())

    def _choose_all(self) -> None:
        self._selection.gallery.grid.selectAll()

    def _choose_none(self) -> None:
        self._selection.gallery.grid.clearSelection()

    def _choose_others(self) -> None:
        self._selection.gallery.grid.invert_selection()
