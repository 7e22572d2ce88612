"""Hands the photos of a second start to the window that is already open on the same library."""

import json
import os
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QByteArray, QObject, Signal, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_TO_CONNECT_MS = 1500
_TO_ANSWER_MS = 10_000
"""A window that is just being opened, or on a machine that is busy, answers late; there is one all the same."""


def hand_over(socket_name: str, images: Sequence[Path]) -> bool:
    """Give the images to an open window and bring it to the front; False where there is none."""
    socket = QLocalSocket()
    socket.connectToServer(socket_name)
    if not socket.waitForConnected(_TO_CONNECT_MS):
        return False
    names = [os.fsencode(image.absolute()).hex() for image in images]
    socket.write(QByteArray(json.dumps(names).encode() + b"\n"))
    # The first window answers when it has read all: only then may this process end.
    answered = socket.waitForReadyRead(_TO_ANSWER_MS)
    socket.disconnectFromServer()
    return answered


class InstanceListener(QObject):
    """Listens for later starts; `called` brings their images, none meaning only "come to the front"."""

    called = Signal(object)

    def __init__(self, socket_name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._accept)
        if not self._server.listen(socket_name):
            # Nobody answered hand_over, so the name is left over from a crash.
            QLocalServer.removeServer(socket_name)
            self._server.listen(socket_name)

    def close(self) -> None:
        """Give the name free."""
        self._server.close()

    @Slot()
    def _accept(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.readyRead.connect(self._read)
            socket.disconnected.connect(socket.deleteLater)

    @Slot()
    def _read(self) -> None:
        socket = self.sender()
        if not isinstance(socket, QLocalSocket) or not socket.canReadLine():
            return
        line = bytes(socket.readLine().data())
        socket.write(QByteArray(b"ok\n"))
        socket.flush()
        try:
            images = tuple(Path(os.fsdecode(bytes.fromhex(name))) for name in json.loads(line))
        except (ValueError, TypeError):
            return  # not one of ours
        self.called.emit(images)
