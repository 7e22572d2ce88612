"""Fetching as a job: it can be left at any step."""

from pathlib import Path
from threading import Thread

import huggingface_hub
import pytest

from guie_desktop.jobs.weight_installation import fetch_if_needed
from guie_desktop.paths import LibraryPaths
from tests.hub import TINY, Hub, point_at


def test_a_download_that_is_cancelled_ends_and_keeps_what_has_arrived(
    paths: LibraryPaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Hub(bytes(200_000_000)) as hub:
        Thread(target=hub.serve_forever, args=(0.01,), daemon=True).start()
        point_at(monkeypatch, hub.port)
        # With so short a patience the download rests when it is not asked for a step, as a paused one does.
        job = fetch_if_needed(TINY, paths, paused_after=0.05)
        while not next(job).done:
            pass
        job.close()
        huggingface_hub.close_session()
        hub.shutdown()
    kept = [file for file in Path(paths.weights, "tiny").iterdir() if file.suffix == ".partial"]
    assert 0 < kept[0].stat().st_size < 200_000_000
