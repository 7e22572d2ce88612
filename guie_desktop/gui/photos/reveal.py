"""Shows where a photo's file lies: chosen in the file manager, or at least its folder."""

from functools import partial
from pathlib import Path

from guie_desktop.errors import UserError
from guie_desktop.gui.backend.background import BackgroundRunner
from guie_desktop.gui.backend.failure_reporter import FailureReporter
from guie_desktop.gui.desktop.file_manager import open_folder_of, show_in_file_manager


def reveal(path: Path, background: BackgroundRunner, reporter: FailureReporter) -> None:
    """Ask the desktop for it; what it cannot do is told."""

    def then(shown: bool) -> None:
        if not shown:
            try:
                open_folder_of(path)
            except UserError as error:
                reporter.report(error)

    background.run(partial(show_in_file_manager, path), then, reporter.report)
