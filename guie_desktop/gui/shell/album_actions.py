"""What the menu of albums offers that belongs to the left side of the window."""

from collections.abc import Callable
from functools import partial

from guie_desktop.gui.shell.window import MainWindow
from guie_desktop.gui.widgets.actions import make_action
from guie_desktop.language import tr


def offer_album_actions(window: MainWindow, open_versions: Callable[[], object]) -> None:
    """Making albums, and learning them."""
    area, lines = window.sidebar.learn, window.sidebar.albums
    action = partial(make_action, window, "Albums")
    action(tr("New album…"), lines.ask_name, apart=True)
    action(tr("Make albums from folders…"), lines.import_asked.emit)
    learn = action(tr("Learn my albums"), area.learn_asked.emit, apart=True)
    learn.setEnabled(area.button.isEnabled())
    area.can_learn.connect(learn.setEnabled)
    action(tr("Versions…"), open_versions)
