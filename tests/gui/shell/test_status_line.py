"""The line at the lower edge: the name of the model has its part of it."""

from dataclasses import replace

from pytestqt.qtbot import QtBot

from guie_desktop.gui.shell.status_line import StatusLine
from tests.gui.backbones.states import LITE, LONG


def test_a_name_is_cut_where_the_window_is_narrow_and_whole_where_it_is_not(qtbot: QtBot) -> None:
    line, title = StatusLine(), "EfficientNet-Lite2 (float32)"
    qtbot.addWidget(line)
    line.resize(1280, 38)
    line.show()
    line.show_model(replace(LITE, title=title))
    button = line.model_button
    assert button.text() == title
    line.resize(400, 38)
    assert button.text().endswith("…")
    assert button.accessibleName() == f"Model: {title}"
    line.resize(1280, 38)
    assert button.text() == title
    line.show_model(LONG)
    assert button.sizeHint().width() < 1280 / 3
