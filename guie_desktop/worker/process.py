"""The entry point of the worker process."""

import contextlib
import logging
import os
import signal
import sys
import warnings
from multiprocessing.connection import Connection

from guie_desktop.errors import UserError
from guie_desktop.jobs.crash_guard import report_crashes_to
from guie_desktop.jobs.open_library import WritableLibrary
from guie_desktop.library.images import silence_decoder_warnings
from guie_desktop.log import log_to
from guie_desktop.messages import Failed
from guie_desktop.paths import LibraryPaths
from guie_desktop.worker.loop import Loop
from guie_desktop.worker.watching import FolderChanges

_NICENESS = 10


def run_worker(connection: Connection, paths: LibraryPaths) -> None:
    """Serve the window at the other end of the pipe until it shuts down; to be the target of a spawned process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in a terminal is the window's to answer
    silence_decoder_warnings()
    # watchdog warns with a list of all its watches when a folder that was moved away comes back.
    warnings.filterwarnings("ignore", category=RuntimeWarning, module="watchdog")
    _yield_to_the_desktop()
    log_to(paths.log)
    try:
        with WritableLibrary(paths) as library:
            report_crashes_to(paths.crash_report)
            with contextlib.closing(FolderChanges()) as changes:
                Loop(connection, library, changes).run()
        paths.crash_report.unlink(missing_ok=True)
    except UserError as error:
        with contextlib.suppress(BrokenPipeError):
            connection.send(Failed(0, error.title, error.remedy))
    except Exception:
        logging.getLogger(__name__).exception("the worker failed")
        raise


def _yield_to_the_desktop() -> None:
    """Let the window and other programs go first."""
    if sys.platform == "win32":
        import ctypes

        below_normal = 0x4000
        kernel = ctypes.windll.kernel32
        kernel.SetPriorityClass(kernel.GetCurrentProcess(), below_normal)
    else:
        os.nice(_NICENESS)
