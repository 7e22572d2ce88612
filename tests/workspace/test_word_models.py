"""Words with the embedded model, on a library of the real indexer; and what is offered for those that it lacks."""

from pathlib import Path

import numpy as np
import pytest

from guie_desktop.asking import Query
from guie_desktop.embedding.assets import list_cards, load_card
from guie_desktop.embedding.classifier import open_classifier
from guie_desktop.errors import UnknownWords
from guie_desktop.paths import LibraryPaths
from guie_desktop.search.vocabulary import imagenet_vocabulary
from guie_desktop.workspace import word_models
from guie_desktop.workspace.open_library import OpenLibrary, WritableLibrary
from guie_desktop.workspace.speed_benchmark import Power, photos_per_second
from guie_desktop.workspace.word_models import offer_of_words
from tests.drawing import save_photos
from tests.running import index_folder


@pytest.fixture
def library(paths: LibraryPaths, tmp_path: Path) -> LibraryPaths:
    """Six photos, embedded by the model that comes with the program."""
    save_photos(tmp_path / "photos", 6)
    index_folder(paths, tmp_path / "photos")
    return paths


def test_indexing_recognises_and_a_reader_answers_by_it(library: LibraryPaths) -> None:
    (kept,) = library.vectors.glob("*.classes.npz")
    written = kept.stat().st_mtime_ns
    with OpenLibrary(library) as opened:
        answer = opened.search_engine.answer(Query(text="Ballons", top=6))
        features = dict(
            zip(
                *map(np.concatenate, zip(*opened.backbone.features.by_id(opened.backbone.features.ids()), strict=True)),
                strict=True,
            )
        )
        shown = opened.catalog.photos_showing([int(key) for key in features])
    assert kept.stat().st_mtime_ns == written
    assert (answer.head, answer.known, answer.knows) == ("classes", ("Ballons",), 1000)
    classifier = open_classifier(load_card("efficientnet-lite2"))
    (balloon,) = {thing.classes for thing in imagenet_vocabulary().called("balloon")}
    chances = {
        shown[int(key)].photos[0].path: float(
            np.exp(classifier.log_probabilities(row[np.newaxis])[0, list(balloon)]).sum()
        )
        for key, row in features.items()
    }
    assert [hit.path for hit in answer.hits] == sorted(chances, key=lambda path: -chances[path])
    likeliest = answer.hits[0]
    assert likeliest.score == pytest.approx(chances[likeliest.path], rel=2e-2)


def test_a_word_that_the_model_lacks_is_told_with_the_smallest_that_has_any(
    library: LibraryPaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = min((card for card in list_cards() if card.words), key=lambda card: card.download_bytes)
    speed = photos_per_second(card, Power(1.0, 1.0, 1.0))
    monkeypatch.setattr(word_models, "power_at_hand", lambda _: Power(1.0, 1.0, 1.0))
    with WritableLibrary(library) as opened:
        with pytest.raises(UnknownWords) as told:
            opened.search_engine.answer(Query(text="tulip"))
        assert told.value.instead == ("flower",)
        assert told.value.command == f"model use {card.name}"
        assert card.title in told.value.remedy
        assert f"{round(card.download_bytes / 1e6)} MB" in told.value.remedy
        for photos, time in (
            (6, "two minutes"),
            (round(speed * 3000), "50 minutes"),
            (round(speed * 36000), "10 hours"),
        ):
            monkeypatch.setattr(type(opened.catalog), "counts", lambda _, photos=photos: _Counts(photos))
            assert time in offer_of_words(library, opened.catalog)[0]
        monkeypatch.setattr(word_models, "installed_file", lambda *_: Path("weights"))
        assert "is on this computer" in offer_of_words(library, opened.catalog)[0]


class _Counts:
    def __init__(self, photos: int) -> None:
        self.photos = photos
