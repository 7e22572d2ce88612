import os
import subprocess
import sys
from pathlib import Path
from uuid import uuid4

from PySide6.QtNetwork import QLocalServer
from pytestqt.qtbot import QtBot

from guie_desktop.gui.desktop.single_instance import InstanceListener, hand_over
from tests.gui.driving import WORKER_MS

SECOND_START = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from guie_desktop.gui.desktop.single_instance import hand_over
application = QCoreApplication([])
sys.exit(0 if hand_over(sys.argv[1], [Path(name) for name in sys.argv[2:]]) else 3)
"""


def test_a_second_start_hands_its_photos_to_the_first(qtbot: QtBot) -> None:
    name = f"guie-test-{uuid4().hex}"
    listener = InstanceListener(name)
    odd = os.fsdecode(b"/photos/caf\xe9\n.jpg") if sys.platform == "linux" else "/photos/cafe.jpg"
    with (
        qtbot.waitSignal(listener.called, timeout=WORKER_MS) as called,
        subprocess.Popen([sys.executable, "-c", SECOND_START, name, odd]) as second,
    ):
        qtbot.waitUntil(lambda: second.poll() is not None, timeout=WORKER_MS)
    assert second.returncode == 0
    assert called.args == [(Path(odd),)]
    listener.close()


def test_without_a_first_start_there_is_nobody_to_take_them(qtbot: QtBot) -> None:
    assert not hand_over(f"guie-test-{uuid4().hex}", [])


def test_the_socket_of_a_crashed_window_is_taken_over(qtbot: QtBot, tmp_path: Path) -> None:
    name = f"guie-test-{uuid4().hex}"
    probe = QLocalServer()
    assert probe.listen(name)
    stale = Path(probe.fullServerName())
    probe.close()
    if sys.platform != "win32":
        import socket

        with socket.socket(socket.AF_UNIX) as left_over:
            left_over.bind(str(stale))
    listener = InstanceListener(name)
    with (
        qtbot.waitSignal(listener.called, timeout=WORKER_MS),
        subprocess.Popen([sys.executable, "-c", SECOND_START, name]) as second,
    ):
        qtbot.waitUntil(lambda: second.poll() is not None, timeout=WORKER_MS)
    listener.close()
