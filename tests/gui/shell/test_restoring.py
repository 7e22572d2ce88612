"""A damaged library in the window: the copy is offered, put back, and the window goes on with it."""

import pytest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from guie_desktop.gui.backend.worker_link import Launch
from guie_desktop.gui.conductor import Conductor
from guie_desktop.gui.shell.restoring import Restoring
from guie_desktop.library.backups import make_copy
from guie_desktop.paths import LibraryPaths
from guie_desktop.settings import Settings
from tests.damage_drill import spoil
from tests.gui.driving import WORKER_MS

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("has_copy", [True, False], ids=["a copy", "no copy"])
def test_a_damaged_catalog_is_replaced_when_the_user_says_so(
    library: LibraryPaths, launch: Launch, qtbot: QtBot, *, has_copy: bool
) -> None:
    if has_copy:
        make_copy(library)
    spoil(library.catalog, 0)
    conductor = Conductor(library, launch, Settings(), library.root)
    try:
        conductor.window.show()
        conductor.start()
        restoring = conductor.window.findChild(Restoring)
        assert restoring is not None
        qtbot.waitUntil(lambda: restoring.question is not None, timeout=WORKER_MS)
        question = restoring.question
        assert question is not None
        assert "is damaged" in question.text()
        assert "Your photos are safe" in question.informativeText()
        accept = next(
            button for button in question.buttons() if question.buttonRole(button) == QMessageBox.ButtonRole.AcceptRole
        )
        assert accept.text().startswith("Put back the copy of" if has_copy else "Save what can be read")
        accept.click()
        qtbot.waitUntil(lambda: conductor.browsing.overview is not None, timeout=WORKER_MS)
        overview = conductor.browsing.overview
        assert overview is not None
        assert bool(overview.folders) == has_copy  # nothing could be read without its first page
        assert len(list(library.backups.glob("damaged-*.sqlite"))) == 1
    finally:
        conductor.window.close()
        conductor.close()


def test_whoever_puts_nothing_back_is_told_how_to_be_asked_again(conductor: Conductor) -> None:
    restoring, banner = conductor.window.findChild(Restoring), conductor.window.banner
    assert restoring is not None
    restoring.offer("The catalog is damaged.", "Put back the copy.")
    assert banner.remedy.text() == "Put back the copy."
    assert restoring.question is not None
    restoring.question.reject()
    assert banner.title.text() == "The catalog is damaged."
    assert "Start the program again" in banner.remedy.text()
