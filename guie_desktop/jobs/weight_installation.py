"""Weights that come to a library: fetched from their publisher, or added from a file."""

import shutil
import threading
import time
from collections.abc import Generator
from functools import partial
from pathlib import Path

from guie_desktop.embedding.assets import ModelCard, load_card
from guie_desktop.embedding.checksummed_file import is_intact
from guie_desktop.embedding.fetching import fetch_tokenizer, fetch_weights
from guie_desktop.embedding.torch_at_hand import need_torch
from guie_desktop.embedding.weights import (
    TOKENIZER_FILES,
    comes_with_the_program,
    installed_file,
    keep_weights,
    weight_file_in,
)
from guie_desktop.jobs.background import in_background
from guie_desktop.jobs.pace import Pace
from guie_desktop.messages import Progress
from guie_desktop.paths import LibraryPaths

PAUSED_AFTER = 1.0
"""Seconds without a step of the job."""


def fetch_if_needed(
    card: ModelCard, paths: LibraryPaths, *, for_words: bool = False, paused_after: float = PAUSED_AFTER
) -> Generator[Progress, None, None]:
    """Fetch a card's weights where they are missing or damaged; a later call goes on where one was stopped.

    Without `for_words` those of the image tower alone will do, as somebody may have added them.
    """
    if comes_with_the_program(card):
        return
    is_sound = yield from in_background(partial(_is_sound, card, paths.weights, for_words), Pace("model").progress)
    if is_sound and not for_words:
        return
    pace = Pace("download", card.download_bytes)
    stopped = threading.Event()
    stepped = [time.monotonic()]

    def note(done: int, total: int) -> None:
        pace.total = total
        pace.advance(done - pace.done)
        # A paused job is not stepped; then the network rests as well.
        while time.monotonic() - stepped[0] > paused_after and not stopped.wait(0.1):
            pass

    def progress() -> Progress:
        stepped[0] = time.monotonic()
        return pace.progress(detail=card.title)

    def fetch() -> None:
        fetch_tokenizer(card, paths.weights, stopped.is_set)
        if not is_sound:
            fetch_weights(card, paths.weights, note, stopped.is_set)

    yield from in_background(fetch, progress, stopped.set)


def _is_sound(card: ModelCard, folder: Path, for_words: bool) -> bool:
    file = installed_file(card, folder)
    if file is None or not is_intact(file):
        return False
    if not (for_words and card.words):
        return True
    need_torch()
    from guie_desktop.embedding.text_tower import has_text_tower  # brings torch along

    return has_text_tower(card, file)


def add_weights(paths: LibraryPaths, path: Path, name: str | None) -> Generator[Progress, None, ModelCard]:
    """Take weights from a file, or from a folder that holds one; without a name the model is told by their shape.

    UserError where the file is damaged, no weight file, or belongs to no model that the program knows.
    """
    file = weight_file_in(path)
    wanted = None if name is None else load_card(name)

    def take() -> ModelCard:
        need_torch()
        from guie_desktop.embedding.adding import recognised  # brings torch along

        card = recognised(file, wanted)
        keep_weights(card, file, paths.weights)
        for part in TOKENIZER_FILES:
            if path.is_dir() and (path / part).is_file():
                shutil.copyfile(path / part, paths.weights / card.name / part)
        return card

    return (yield from in_background(take, Pace("model").progress))
