"""What the site says of the window, it has: each key and each setting is on the page that is made of them."""

from typing import Any

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication

from docs.making.keys import key_page
from docs.making.settings_list import settings_page
from docs.making.window import ask_the_window
from guie_desktop.gui.conductor import Conductor
from guie_desktop.gui.settings.page import SettingsPage
from guie_desktop.gui.settings.rows import ChoiceRow, Row


@pytest.fixture(scope="module")
def told() -> dict[str, Any]:
    return ask_the_window()


def test_each_key_of_the_window_is_told(told: dict[str, Any], conductor: Conductor) -> None:
    page = key_page(told)
    for action in conductor.window.actions():
        name = action.iconText().rstrip("… ")
        if not action.property("listed") or not action.property("group"):
            continue
        assert name in page, name
        for key in action.shortcuts():
            if not key.toString().endswith("Enter"):
                line = next(line for line in page.splitlines() if line.startswith(f"| {name} |"))
                assert action.property("keys_hint") or f"<kbd>{key.toString()}</kbd>" in line, line


def test_each_setting_is_told_with_its_choices(told: dict[str, Any], qapp: QApplication) -> None:
    page = settings_page(told)
    of_window = SettingsPage(QAction())
    rows = of_window.findChildren(Row)
    assert rows
    for row in rows:
        assert f"| {row.title.text()} |" in page
        if isinstance(row, ChoiceRow):
            for position in range(row.box.count()):
                assert row.box.itemText(position) in page
    of_window.deleteLater()
