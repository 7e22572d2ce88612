"""The page of failures: what could not be read, and what was left out since it is of no kind that is read."""

from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from pytestqt.qtbot import QtBot

from guie_desktop.domain import Counts, Failure
from guie_desktop.gui.failures.page import FailuresPage
from guie_desktop.gui.shell.sidebar import Sidebar

MOVIES = "212 .mov files were left out: videos are not read."


def test_what_was_left_out_is_told_quietly_below_the_failures(qtbot: QtBot) -> None:
    page = FailuresPage()
    qtbot.addWidget(page)
    page.show_failures((Failure(Path("/a/b.jpg"), "It is empty."),), left_out=[MOVIES])
    assert page.heading.text() == "1 file could not be read"
    assert page.left_out.text() == MOVIES
    assert not page.left_out.isHidden()
    assert not page.unaffected.isHidden()
    page.show_failures((), left_out=[MOVIES])
    assert page.heading.text() == "All photos could be read"
    assert page.unaffected.isHidden()
    page.show_failures(())
    assert page.left_out.isHidden()


def test_photos_that_are_cut_off_stand_below_the_failures(qtbot: QtBot) -> None:
    page, empty, cut = FailuresPage(), Failure(Path("/a/b.jpg"), "It is empty."), Failure(Path("/a/a.jpg"), "A part.")
    qtbot.addWidget(page)
    page.show_failures((empty,), (cut,))
    assert page.heading.text() == "1 file could not be read, 1 photo cut off"
    assert list(page.model.failures) == [empty, cut]
    page.show_failures((), (cut,))
    assert page.heading.text() == "1 photo cut off"
    assert list(page.model.failures) == [cut]


@pytest.mark.parametrize("width", [1000, 700, 420])
def test_reasons_are_seen_to_their_ends(qtbot: QtBot, width: int) -> None:
    page, reason = FailuresPage(), "This is not a picture that the program can read. " * 4
    qtbot.addWidget(page)
    page.show_failures(tuple(Failure(Path(f"/a folder/{number}.jpg"), reason) for number in range(500)))
    page.resize(width, 500)
    page.show()
    table = page.table

    def is_whole(row: int) -> bool:
        area = table.visualRect(table.model().index(row, 2))
        room = QRect(0, 0, area.width() - 8, 10_000)
        needed = table.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap, reason.strip())
        return area.height() >= needed.height() and table.viewport().rect().right() >= area.right()

    assert is_whole(0)
    assert table.isColumnHidden(1) == (width == 420)
    table.scrollToBottom()
    assert is_whole(499)


def test_the_way_to_it_is_there_where_files_were_left_out_and_nothing_failed(qtbot: QtBot) -> None:
    sidebar = Sidebar()
    qtbot.addWidget(sidebar)
    sidebar.show_library((), Counts(7, 0, 212), ())
    assert sidebar.failures_button.isHidden()
    assert sidebar.left_out_button.text() == "212 files left out"
    with qtbot.waitSignal(sidebar.failures_asked):
        sidebar.left_out_button.click()
    sidebar.show_library((), Counts(7, 0, 212, cut_off=1), ())
    assert sidebar.left_out_button.text() == "1 photo cut off, 212 files left out"
    sidebar.show_library((), Counts(7, 1, 212), ())
    assert sidebar.left_out_button.isHidden()
    assert not sidebar.failures_button.isHidden()
