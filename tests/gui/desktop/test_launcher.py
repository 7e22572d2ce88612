"""What docks and the desktop portal are told of the running job."""

import os
import shutil
import subprocess
import sys

import pytest
from PySide6.QtDBus import QDBusConnection
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from guie_desktop.gui.conductor import Conductor
from guie_desktop.gui.desktop.launcher import Launcher, notification_message, progress_message

_ON_A_BUS_OF_ITS_OWN = """
import subprocess, sys
from PySide6.QtWidgets import QApplication
from guie_desktop.gui.desktop.launcher import Launcher
monitor = subprocess.Popen(["dbus-monitor", "--session"], stdout=subprocess.PIPE)
first = monitor.stdout.readline()  # it listens
application = QApplication(sys.argv)
application.setDesktopFileName("guie-desktop")
launcher = Launcher()
for percent in (42, 42, None):
    launcher.show_progress(percent)
launcher.notify("It has ended", "3 new.")
application.processEvents()
for line in monitor.stdout:
    print(line.decode(), end="")
    if b"3 new." in line:
        break
monitor.kill()
"""


def test_the_messages_are_as_their_readers_want_them(qtbot: QtBot) -> None:
    QGuiApplication.setDesktopFileName("guie-desktop")
    message = progress_message(42)
    assert message.arguments() == [
        "application://guie-desktop.desktop",
        {"progress": 0.42, "progress-visible": True},
    ]
    assert progress_message(None).arguments()[1] == {"progress": 0.0, "progress-visible": False}
    assert notification_message("a", "b").arguments() == ["job-ended", {"title": "a", "body": "b"}]


def test_without_anybody_who_listens_nothing_happens(qtbot: QtBot) -> None:
    launcher = Launcher()
    launcher.show_progress(10)
    launcher.notify("It has ended", "")


def test_the_title_tells_how_far_it_is(conductor: Conductor) -> None:
    conductor.tasks.percent_changed.emit(42)
    assert conductor.window.windowTitle() == "42% – guie-desktop"
    conductor.tasks.percent_changed.emit(None)
    assert conductor.window.windowTitle() == "guie-desktop"


def test_without_a_bus_the_icon_has_a_badge(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    badges: list[int] = []
    monkeypatch.setattr(QGuiApplication, "setBadgeNumber", lambda _, number: badges.append(number))
    launcher = Launcher(bus=QDBusConnection("there is none"))
    for percent in (10, 10, 42, None):
        launcher.show_progress(percent)
    assert badges == [10, 42, 0]


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("dbus-run-session") is None, reason="there is no D-Bus")
def test_a_dock_on_the_bus_hears_it() -> None:
    ran = subprocess.run(
        ["dbus-run-session", "--", sys.executable, "-c", _ON_A_BUS_OF_ITS_OWN],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ran.stdout.count("member=Update") == 2  # the same is not told twice
    assert "double 0.42" in ran.stdout
    assert "interface=org.freedesktop.portal.Notification; member=AddNotification" in ran.stdout
