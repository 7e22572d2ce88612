"""Tells the desktop how far the running job is: a bar on the program's icon, and a notification when it has ended.

The bar is the launcher API that Unity began and KDE, Ubuntu's dock and Plank know; where there is no such bus, as on
macOS and Windows, the icon has a badge with the percents. The notification goes through the desktop portal, or else
through Qt.
"""

from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QSystemTrayIcon

_LAUNCHER = "com.canonical.Unity.LauncherEntry"
_PORTAL = "org.freedesktop.portal.Desktop"
_PORTAL_PATH = "/org/freedesktop/portal/desktop"
_NOTIFICATIONS = "org.freedesktop.portal.Notification"


class Launcher(QObject):
    """The program's icon in the task bar or dock."""

    def __init__(self, parent: QObject | None = None, bus: QDBusConnection | None = None) -> None:
        super().__init__(parent)
        self._bus = bus or QDBusConnection.sessionBus()
        self._asked: QDBusPendingCallWatcher | None = None
        self._told = -1
        self._tray: QSystemTrayIcon | None = None

    def show_progress(self, percent: int | None) -> None:
        """How far it is; None where nothing runs, or nobody knows."""
        told = -1 if percent is None else percent
        if told == self._told:
            return
        self._told = told
        if self._bus.isConnected():
            self._bus.send(progress_message(percent))
        elif isinstance(application := QGuiApplication.instance(), QGuiApplication):
            application.setBadgeNumber(percent or 0)  # none for 0

    def notify(self, title: str, text: str) -> None:
        """Tell a user who is elsewhere that something has ended."""
        for window in QApplication.topLevelWidgets():
            QApplication.alert(window)
        if not self._bus.isConnected():
            self._notify_without_portal(title, text)
            return
        self._asked = QDBusPendingCallWatcher(self._bus.asyncCall(notification_message(title, text)), self)

        def answered(watcher: QDBusPendingCallWatcher) -> None:
            if watcher.isError():  # there is no portal
                self._notify_without_portal(title, text)
            watcher.deleteLater()

        self._asked.finished.connect(answered)

    def _notify_without_portal(self, title: str, text: str) -> None:
        if QSystemTrayIcon.supportsMessages():
            self._tray = self._tray or QSystemTrayIcon(QGuiApplication.windowIcon(), self)
            self._tray.show()
            self._tray.messageClicked.connect(self._tray.hide)
            self._tray.showMessage(title, text, QGuiApplication.windowIcon())


def progress_message(percent: int | None) -> QDBusMessage:
    """The signal by which docks learn of it; signature sa{sv}."""
    message = QDBusMessage.createSignal("/", _LAUNCHER, "Update")
    state: dict[str, Any] = {"progress": (percent or 0) / 100, "progress-visible": percent is not None}
    message.setArguments([f"application://{QGuiApplication.desktopFileName()}.desktop", state])
    return message


def notification_message(title: str, text: str) -> QDBusMessage:
    """The call to the portal; signature sa{sv}. A later one takes the place of this."""
    message = QDBusMessage.createMethodCall(_PORTAL, _PORTAL_PATH, _NOTIFICATIONS, "AddNotification")
    message.setArguments(["job-ended", {"title": title, "body": text}])
    return message
