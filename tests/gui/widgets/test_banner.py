"""The strip that tells of failures: what helps, and when it goes."""

from pytestqt.qtbot import QtBot

from guie_desktop.gui.widgets.banner import Banner
from tests.gui.driving import LEFT


def test_what_helps_is_a_button_that_takes_the_message_along(qtbot: QtBot) -> None:
    banner, done = Banner(), list[str]()
    qtbot.addWidget(banner)
    banner.tell("The folder is not there.", "Choose another one.", "Choose another folder…", lambda: done.append("it"))
    assert banner.button.text() == "Choose another folder…"
    qtbot.mouseClick(banner.button, LEFT)
    assert done == ["it"]
    assert banner.isHidden()
    banner.tell("The disk is full.", "Free some space.")
    assert banner.button.isHidden()


def test_it_goes_when_what_it_tells_is_over(qtbot: QtBot) -> None:
    banner = Banner()
    qtbot.addWidget(banner)
    banner.tell("The folder is not there.", "Choose another one.", about="adding a folder")
    banner.retract("reading the folders")
    assert not banner.isHidden()
    banner.retract("adding a folder")
    assert banner.isHidden()
    banner.tell("It is not there any more.", "Connect the drive.")
    banner.retract("Connect the drive.")
    assert banner.isHidden()
