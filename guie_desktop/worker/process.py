"""The entry point of the worker process."""

import logging
import multiprocessing
import signal
import warnings
from multiprocessing.connection import Connection

from guie_desktop.crashes import record_crashes
from guie_desktop.heap import share_arenas
from guie_desktop.library.new_place import finish_move
from guie_desktop.log import log_to
from guie_desktop.paths import LibraryPaths
from guie_desktop.worker.loop import serve, telling_why_not
from guie_desktop.workspace.open_library import WritableLibrary


def run_worker(connection: Connection, paths: LibraryPaths) -> None:
    """Serve the window at the other end of the pipe until it shuts down; to be the target of a spawned process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in a terminal is the window's to answer
    share_arenas()
    # A daemon may start no processes. This one's own, the decoders, end with their pipe.
    multiprocessing.current_process().daemon = False
    # watchdog warns with a list of all its watches when a folder that was moved away comes back.
    warnings.filterwarnings("ignore", category=RuntimeWarning, module="watchdog")
    log_to(paths.log)
    try:
        with telling_why_not(connection, paths):
            if paths.is_found:
                finish_move()
            with WritableLibrary(paths) as library:
                record_crashes(paths.crash_of("worker"))
                serve(connection, library)
    except Exception:
        logging.getLogger(__name__).exception("the worker failed")
        raise
