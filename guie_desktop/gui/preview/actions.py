"""The keys of the large view, as actions that F1 lists and its buttons trigger."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QToolButton, QWidget

from guie_desktop.gui.preview.controller import PreviewController
from guie_desktop.gui.preview.view import PreviewView
from guie_desktop.gui.widgets.actions import make_action
from guie_desktop.language import tr


class PreviewActions(QObject):
    """They hold while a photo is seen large."""

    def __init__(self, window: QWidget, view: PreviewView, controller: PreviewController) -> None:
        super().__init__(window)
        self._window = window
        area, tools = view.area, view.tools
        self._actions = [
            self._action(tr("Larger"), partial(area.step, 1), tools.larger, "+", "=", hint=tr("+ or the wheel")),
            self._action(tr("Smaller"), partial(area.step, -1), tools.smaller, "-", hint=tr("- or the wheel")),
            self._action(tr("Show all of the photo"), partial(area.zoom, "fit"), None, "0"),
            self._action(
                tr("Show it in its own size"), partial(area.zoom, 1.0), None, "1", hint=tr("1 or double click")
            ),
            self._action(tr("Fill the window with it"), partial(area.zoom, "fill"), None, "2"),
            self._action(
                tr("Zoom to what was found"), area.look_at_found, None, "3", hint=tr("3 or a click on the frame")
            ),
            self._action(tr("Choose a part to look for"), view.toggle_marking, tools.part, "P"),
            self._action(tr("Turn the view to the right"), partial(controller.turn, 1), tools.turn_right, "R"),
            self._action(tr("Turn the view to the left"), partial(controller.turn, -1), tools.turn_left, "Shift+R"),
            self._action(tr("Information"), controller.toggle_info, tools.info, "I"),
            self._action(tr("Film strip"), controller.toggle_strip, tools.strip, "T"),
            self._action(tr("Full screen"), controller.toggle_full_screen, tools.full, "F11"),
            self._action(tr("Slide show"), controller.toggle_slides, tools.slides, "F9"),
        ]
        view.covers.connect(self._enable)
        self._enable(False)

    def _action(
        self, text: str, done: Callable[[], object], button: QToolButton | None, *keys: str, hint: str = ""
    ) -> QAction:
        action = make_action(self._window, "Large view", text, done, keys=keys, hint=hint)
        if button is not None:
            button.clicked.connect(action.trigger)
        return action

    @Slot(bool)
    def _enable(self, enabled: bool) -> None:
        for action in self._actions:
            action.setEnabled(enabled)
