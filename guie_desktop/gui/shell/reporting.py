"""Offers the report about a problem: in a menu, about the program, and after the worker has crashed."""

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from guie_desktop.gui.backend.failure_reporter import Help
from guie_desktop.gui.backend.services import Services
from guie_desktop.gui.backend.worker_client import STOPPED
from guie_desktop.gui.shell.about import AboutDialog
from guie_desktop.gui.shell.report_dialog import ReportDialog
from guie_desktop.gui.shell.restoring import Restoring
from guie_desktop.gui.widgets.actions import make_action
from guie_desktop.gui.widgets.banner import Banner
from guie_desktop.language import tr, tr_noop
from guie_desktop.paths import LibraryPaths

_GOES_ON = tr_noop("You can go on; what was under way is taken up again. A report helps to find the reason.")


def offer_ways_out(paths: LibraryPaths, window: QWidget, banner: Banner, services: Services) -> "Reporting":
    """Offer a copy of the catalog where the catalog is damaged, and a report of whatever went wrong."""
    Restoring(paths, window, banner, services)
    return Reporting(paths, window, services)


class Reporting(QObject):
    """Makes the report beside the window, for it reads the catalog."""

    def __init__(self, paths: LibraryPaths, window: QWidget, services: Services) -> None:
        super().__init__(window)
        self._paths, self._window = paths, window
        self._background, self._reporter = services.background, services.reporter
        make_action(window, "Help", tr("Report…"), self.open)
        services.client.restarted.connect(self._tell_crash)

    @Slot()
    def open(self) -> None:
        """Show the report as it is now."""
        self._background.run(self._made, self._show, self._reporter.report)

    def tell_about(self, facts: dict[str, str]) -> None:
        """What the program is, and these facts of what it works on."""
        about = AboutDialog(facts, self._window)
        about.report_asked.connect(self.open)
        about.open()

    def _made(self) -> tuple[str, str]:
        from guie_desktop.workspace.problem_report import problem_report  # loaded when somebody asks for a report

        without_paths, with_paths = (problem_report(self._paths, with_paths=wished) for wished in (False, True))
        return without_paths, with_paths

    def _show(self, made: tuple[str, str]) -> None:
        ReportDialog(*made, self._window).open()

    @Slot()
    def _tell_crash(self) -> None:
        self._reporter.tell(STOPPED, _GOES_ON, Help(tr("Report…"), self.open))
