"""Starts the window on a library, or hands over to the one that is open already."""

import gc
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import platformdirs
from PySide6.QtCore import QLibraryInfo, QLocale, Qt, QTimer, QTranslator
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QApplication

from guie_desktop.crashes import record_crashes
from guie_desktop.errors import UserError
from guie_desktop.gui.backend.worker_link import RunWorker, launched, spawned
from guie_desktop.gui.desktop.kept_settings import KeptSettings
from guie_desktop.gui.desktop.opened_files import OpenedFiles
from guie_desktop.gui.desktop.single_instance import InstanceListener, hand_over
from guie_desktop.gui.desktop.starting_again import start_again
from guie_desktop.gui.look.spoken import tell_screen_readers
from guie_desktop.gui.look.theme import Theme
from guie_desktop.gui.shell.geometry import restore_geometry
from guie_desktop.gui.shell.missing_library import ask_for_library
from guie_desktop.heap import return_memory_early
from guie_desktop.language import LANGUAGES, speak
from guie_desktop.loading import loading
from guie_desktop.log import log_to
from guie_desktop.paths import LibraryPaths, shipped
from guie_desktop.settings import load_settings, settings_path


def run_window(find: Callable[[], LibraryPaths], run_worker: RunWorker, images: Sequence[Path]) -> int:
    """Show the window until the user closes it; returns the exit status. `find` says which library is to be shown."""
    paths, launch, worker = _found(find), spawned(run_worker), None
    if isinstance(paths, LibraryPaths):
        if hand_over(paths.socket_name, images):
            return 0
        worker = launched(launch, paths)
    with loading():
        from guie_desktop.gui.conductor import Conductor  # by far the most, so that the worker loads meanwhile
    application = make_application(sys.argv)
    theme = Theme(application)
    remembered = load_settings(settings_path())
    theme.choose(remembered.theme)
    speak_as_the_user(application, remembered.language)
    while isinstance(paths, UserError):
        if not ask_for_library(paths):
            return 1
        paths = _found(find)
    log_to(paths.window_log)
    record_crashes(paths.crash_of("window"))
    conductor = Conductor(paths, launch, remembered, pictures_folder(), worker=worker)
    listener = InstanceListener(paths.socket_name, conductor)
    conductor.bugs.install()
    window = conductor.window
    kept = KeptSettings(settings_path(), remembered, conductor.settings, conductor)
    # Where something is told already, such as that the library cannot be written, that says more.
    kept.failed.connect(lambda error: window.banner.isVisible() or conductor.reporter.report(error))
    conductor.screens.theme_chosen.connect(theme.choose)
    conductor.screens.start_again_asked.connect(window.close)

    def called(paths: tuple[Path, ...]) -> None:
        window.come_to_front()
        if paths:
            conductor.search.look_for_files(paths, add=False)

    listener.called.connect(called)
    if sys.platform == "darwin":
        # Elsewhere Python would be asked of each event for nothing, and classes made for all that it may concern.
        OpenedFiles(application).opened.connect(called)
    restore_geometry(window, remembered.geometry)
    window.show()
    window.set_sidebar_width(remembered.sidebar_width)
    QTimer.singleShot(0, conductor, conductor.start)
    if images:
        QTimer.singleShot(0, conductor, lambda: conductor.search.look_for_files(images, add=False))
    with_python_signals = QTimer(application, interval=500)
    with_python_signals.timeout.connect(_let_python_run)
    with_python_signals.start()
    signal.signal(signal.SIGINT, lambda *_: window.close())
    status = application.exec()
    kept.save()
    listener.close()
    conductor.close()
    del theme
    if conductor.screens.starts_again:
        start_again()
    return status


def _found(find: Callable[[], LibraryPaths]) -> LibraryPaths | UserError:
    try:
        return find()
    except UserError as error:
        return error


def make_application(arguments: Sequence[str]) -> QApplication:
    """The Qt application, named so that desktops show its icon."""
    QGuiApplication.setDesktopFileName("guie-desktop")
    # A thread that loads tiles hands the interpreter back to the window after half a millisecond, not after five.
    sys.setswitchinterval(0.0005)
    # What is loaded stays. To look for garbage in it would stop the window for 40 ms now and then.
    gc.freeze()
    return_memory_early()
    application = QApplication(list(arguments))
    tell_screen_readers()
    application.setApplicationName("guie-desktop")
    application.setApplicationDisplayName("guie-desktop")
    application.setWindowIcon(QIcon(str(shipped("resources") / "guie-desktop.svg")))
    return application


def speak_as_the_user(application: QApplication, chosen: str) -> None:
    """Have window and Qt speak the chosen language, or where none is chosen that of the system."""
    offered = (tag for tag in QLocale.system().uiLanguages() if tag.split("-")[0] in LANGUAGES)
    language = speak(chosen) if chosen else speak(*offered)
    QLocale.setDefault(QLocale(str(language.locale)))
    of_qt = QTranslator(application)
    if of_qt.load(f"qtbase_{language.tag}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        application.installTranslator(of_qt)
    if language.right_to_left:
        application.setLayoutDirection(Qt.LayoutDirection.RightToLeft)


def pictures_folder() -> Path | None:
    """The desktop's own folder of pictures, if there is one."""
    folder = Path(platformdirs.user_pictures_dir())
    return folder if folder.is_dir() else None


def _let_python_run() -> None:
    """Python looks at signals, such as Ctrl+C in the terminal, only between its own instructions."""
