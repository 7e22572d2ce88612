"""What the window itself says of its keys, commands and settings; run as a program, it prints that as JSON.

A process of its own, because Qt's application can be made once in a process, and whoever builds the pages may have one.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import Mock, patch

_CORES = 8
"""Of the computer that the pages speak of, whatever they are made on."""


def ask_the_window() -> dict[str, Any]:
    """`keys` as [group, what, keys], `commands` as {group: names}, `settings` as {section: [title, choices, sayings]}.

    RuntimeError with what was printed where the window could not be made.
    """
    command = [sys.executable, "-m", "docs.making.window"]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONIOENCODING": "utf-8"}
    root = Path(__file__).parents[2]
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def _told() -> dict[str, Any]:
    from guie_desktop.gui.app import make_application
    from guie_desktop.gui.conductor import Conductor
    from guie_desktop.gui.look.theme import Theme
    from guie_desktop.gui.shell.shortcuts import keys_of_widgets
    from guie_desktop.gui.widgets.actions import GROUPS, listed_keys, of_group
    from guie_desktop.paths import LibraryPaths
    from guie_desktop.settings import Settings

    application = make_application([])
    theme = Theme(application)
    with TemporaryDirectory() as folder:
        conductor = Conductor(LibraryPaths(Path(folder)), Mock(), Settings(), Path(folder))
        actions = conductor.window.actions()
        told = {
            "keys": [[line.group, line.what, line.keys] for line in (*listed_keys(actions), *keys_of_widgets())],
            "commands": {group: [action.text() for action in of_group(actions, group)] for group in GROUPS},
            "settings": _settings(),
        }
        conductor.close()
    del conductor, theme
    return told


def _settings() -> dict[str, list[tuple[str, list[str], list[str]]]]:
    from PySide6.QtGui import QAction

    from guie_desktop.domain import Folder, ReadingChoices
    from guie_desktop.gui.settings.page import SettingsPage
    from guie_desktop.gui.settings.rows import Row, Section

    with patch("guie_desktop.gui.settings.computing_section.worker_threads", return_value=_CORES):
        page = SettingsPage(QAction())
    page.show_reading(ReadingChoices(), ())
    page.show_folders((Folder(1, Path("Pictures"), online=True, photos=1200),))
    sections = page.findChildren(Section)
    return {one.accessibleName(): [_row(row) for row in one.findChildren(Row)] for one in sections}


def _row(row: Any) -> tuple[str, list[str], list[str]]:
    """Its title, what can be chosen or pressed, and the sentence on it, or on each choice where they have their own."""
    from PySide6.QtWidgets import QPushButton

    from guie_desktop.gui.settings.rows import ChoiceRow
    from guie_desktop.language import tr

    if not isinstance(row, ChoiceRow):
        buttons = [button.text() for button in row.findChildren(QPushButton)]
        return row.title.text(), buttons, [row.meaning.text().removeprefix(f"{tr('Measuring…')} · ")]
    choices, sentences = [], []
    for position in range(row.box.count()):
        row.show_value(row.box.itemData(position))
        choices.append(row.box.itemText(position))
        sentences.append(row.meaning.text())
    return row.title.text(), choices, sentences


if __name__ == "__main__":
    print(json.dumps(_told()))  # noqa: T201
    sys.stdout.flush()
    os._exit(0)  # at a usual end Python and Qt take the window apart in no order
