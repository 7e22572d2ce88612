"""The entry point of a decoder process, before it loads what opens files."""

from multiprocessing.connection import Connection
from pathlib import Path

from guie_desktop.crashes import record_crashes
from guie_desktop.loading import loading


def run_decoder(connection: Connection, crashes: Path | None = None) -> None:
    """Serve until the program's end of the pipe is gone; to be the target of a spawned process.

    What a crash was at is added to the file `crashes`.
    """
    if crashes is not None:
        record_crashes(crashes)
    with loading():
        from guie_desktop.decoding.decoder_process import serve
    serve(connection)
