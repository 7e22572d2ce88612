"""The program itself, with a guide in a thread of its own who presses keys and takes pictures."""

import os
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from guie_desktop.__main__ import main
from guie_desktop.settings import Settings, save_settings, settings_path
from tests.tour import coming_and_going, documentation, film, finding  # noqa: F401 - stops come after those of `stops`
from tests.tour.album import Album, Named, Stop
from tests.tour.guide import Guide
from tests.tour.stops import STOPS


def walk(guide: Guide, album: Album, stops: Sequence[Stop], only: str) -> None:
    """Go from stop to stop; the program ends with the last one, or with one that fails where others build on it."""
    try:
        guide.wait_for_the_window()
        for stop in stops:
            if stop.prepares or any(words in stop.title.casefold() for words in only.casefold().split("|")):
                album.begin(stop)
                try:
                    stop.visit(guide)
                except Exception as error:  # noqa: BLE001 - whatever it is belongs into the album
                    album.fail(error)
                    guide.picture("where it went wrong")
                    if not album.goes_on:
                        return
    finally:
        album.write()
        guide.leave()


if __name__ == "__main__":
    out, work, only = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
    is_dark = os.environ["TOUR_SCHEME"] == "dark"
    begun = Settings(language=os.environ["TOUR_LANGUAGE"], theme="dark" if is_dark else "light")
    save_settings(begun, settings_path())
    purpose = os.environ["TOUR_FOR"]
    stops = {"pages": documentation.STOPS, "film": film.STOPS}.get(purpose, STOPS)
    album = Named(out) if purpose else Album(out)
    guide = Guide(album, work)
    threading.Thread(target=walk, args=(guide, album, stops, only), daemon=True).start()
    main(["--library", str(work / "library")])
    sys.exit(1 if album.failures else 0)
