"""Fetching as a job: it can be left at any step."""

import dataclasses
from pathlib import Path
from threading import Thread

import huggingface_hub
import pytest

from guie_desktop.embedding.assets import load_card
from guie_desktop.jobs import weights_arriving
from guie_desktop.jobs.weights_arriving import fetch_if_needed
from guie_desktop.paths import LibraryPaths
from tests.hub import Hub, point_at

TINY = dataclasses.replace(
    load_card("efficientnet-lite2"), weights="hub:someone/model/weights.safetensors", weights_sha256="", name="tiny"
)


def test_a_download_that_is_given_up_ends_and_keeps_what_has_arrived(
    paths: LibraryPaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    # With so short a patience the download rests when it is not asked for a step, as a paused one does.
    monkeypatch.setattr(weights_arriving, "_PAUSED_AFTER", 0.05)
    with Hub(bytes(200_000_000)) as hub:
        Thread(target=hub.serve_forever, args=(0.01,), daemon=True).start()
        point_at(monkeypatch, hub.port)
        job = fetch_if_needed(TINY, paths)
        while not next(job).done:
            pass
        job.close()
        huggingface_hub.close_session()
        hub.shutdown()
    kept = [file for file in Path(paths.weights, "tiny").iterdir() if file.suffix == ".partial"]
    assert 0 < kept[0].stat().st_size < 200_000_000
