"""Changing the backbone: nothing of the old one is lost, search never stops, and an interrupted change goes on."""

import shutil
from collections.abc import Generator, Iterator
from pathlib import Path

import numpy as np
import pytest
import torch

from guie_desktop.asking import Query
from guie_desktop.embedding.assets import DEFAULT_MODEL, ModelCard, load_card
from guie_desktop.embedding.backbone import family_of
from guie_desktop.errors import UserError
from guie_desktop.jobs import switching
from guie_desktop.jobs.indexing import index_library
from guie_desktop.jobs.scanning import Tally
from guie_desktop.jobs.switching import switch_model
from guie_desktop.jobs.weight_installation import add_weights
from guie_desktop.messages import Progress, Stage
from guie_desktop.paths import LibraryPaths
from guie_desktop.workspace.model_catalog import list_models
from guie_desktop.workspace.open_library import OpenLibrary, WritableLibrary
from tests.drawing import save_photos
from tests.running import finish, index_folder

pytestmark = pytest.mark.slow

SMALL = load_card("pe-core-t-16-384")


@pytest.fixture(scope="session")
def weight_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkpoint of a small backbone with random weights, as a training run saves it."""
    torch.manual_seed(2)
    file = tmp_path_factory.mktemp("checkpoint") / "mine.pt"
    network = family_of(SMALL).build(SMALL)
    torch.save({f"visual.{name}": tensor for name, tensor in network.state_dict().items()}, file)
    return file


@pytest.fixture
def photos(tmp_path: Path, paths: LibraryPaths, weight_file: Path) -> list[Path]:
    """A dozen photos in a library that has the small backbone's weights."""
    saved = save_photos(tmp_path / "photos", 12)
    index_folder(paths, tmp_path / "photos")
    assert finish(add_weights(paths, weight_file, None)) == SMALL
    return saved


@pytest.fixture
def library(photos: list[Path], paths: LibraryPaths) -> Iterator[WritableLibrary]:
    with WritableLibrary(paths) as opened:
        yield opened


def stages_and_result(job: Generator[Progress, None, Tally]) -> tuple[set[Stage], Tally]:
    stages: set[Stage] = set()
    try:
        while True:
            stages.add(next(job).stage)
    except StopIteration as ended:
        result: Tally = ended.value
    return stages, result


def test_the_new_backbone_is_searched_and_the_old_one_keeps_what_it_has(
    library: WritableLibrary, photos: list[Path]
) -> None:
    old = library.backbone
    before = library.search_engine.answer(Query(images=(photos[0],), top=12))
    stages, tally = stages_and_result(switch_model(library, SMALL.name))
    assert "switch" in stages
    assert "embed" not in stages  # else it were told that what is searched meanwhile cannot be found
    assert tally.embedded == 12
    after = library.search_engine.answer(Query(images=(photos[0],), top=12))
    assert (before.model, after.model) == (DEFAULT_MODEL, SMALL.name)
    assert after.hits[0].path == photos[0]
    assert len(after.hits) == 12
    back = finish(switch_model(library, DEFAULT_MODEL))
    assert (back.embedded, library.backbone.key) == (0, old.key)
    again = library.search_engine.answer(Query(images=(photos[0],), top=12))
    assert [hit.path for hit in again.hits] == [hit.path for hit in before.hits]
    assert finish(switch_model(library, SMALL.name)).embedded == 0


def test_what_the_library_has_decides_the_precision_and_a_trial_only_where_it_has_nothing(
    library: WritableLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    began_with, tried = library.backbone.key, []

    def answer_of_another_machine(_library: object, card: ModelCard) -> str:
        tried.append(card.name)
        return "f16"

    monkeypatch.setattr(switching, "fastest_precision", answer_of_another_machine)
    finish(switch_model(library, SMALL.name))
    assert finish(switch_model(library, DEFAULT_MODEL)).embedded == 0
    assert library.backbone.key == began_with
    assert finish(switch_model(library, SMALL.name)).embedded == 0
    assert tried == [SMALL.name]


def test_a_broken_off_switch_goes_on_and_search_uses_the_old_backbone_meanwhile(
    paths: LibraryPaths, photos: list[Path]
) -> None:
    with WritableLibrary(paths) as library:
        job = switch_model(library, SMALL.name)
        while next(job).done < 4:
            assert library.search_engine.answer(Query(images=(photos[1],), top=1)).model == DEFAULT_MODEL
        job.close()
    with WritableLibrary(paths) as library:
        assert library.backbone.name == DEFAULT_MODEL
        assert library.choices.pending_model == SMALL.name
        assert 0 < finish(switch_model(library, library.choices.pending_model)).embedded < 12
        assert library.choices.pending_model == ""
    with OpenLibrary(paths) as library:
        assert library.backbone.name == SMALL.name


def test_photos_that_come_while_it_is_changed_are_not_forgotten(library: WritableLibrary, photos: list[Path]) -> None:
    job = switch_model(library, SMALL.name)
    while next(job).done < 4:
        pass
    save_photos(photos[0].parent, 3, first=50)
    finish(index_library(library))
    finish(job)
    assert library.catalog.embedded_count(library.backbone.key) == 15
    assert len(library.backbone.space.index) == 15


def test_giving_up_keeps_what_was_embedded(library: WritableLibrary) -> None:
    job = switch_model(library, SMALL.name)
    while next(job).done < 4:
        pass
    job.close()
    library.cancel_switch()
    states = {state.name: state for state in list_models(library, measure=False)}
    assert states[SMALL.name].embedded >= 4
    assert not states[SMALL.name].pending
    assert states[DEFAULT_MODEL].in_use


def test_a_library_whose_weights_are_gone_is_opened_with_the_embedded_backbone_and_there_is_a_way_back(
    paths: LibraryPaths, photos: list[Path], weight_file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with WritableLibrary(paths) as library:
        finish(switch_model(library, SMALL.name))
        assert library.fallback is None
    shutil.rmtree(paths.weights / SMALL.name)
    for door in (OpenLibrary, WritableLibrary):
        caplog.clear()
        with door(paths) as library:
            assert library.backbone.name == DEFAULT_MODEL
            assert len(library.search_engine.answer(Query(photos=(1,), top=99)).hits) == 11
            assert library.fallback is not None
            assert "not on this computer" in library.fallback.title
            assert [record.getMessage() for record in caplog.records] == [str(library.fallback)]
    finish(add_weights(paths, weight_file, None))
    with WritableLibrary(paths) as library:
        assert (library.backbone.name, library.fallback) == (DEFAULT_MODEL, None)
        assert finish(switch_model(library, SMALL.name)).embedded == 0
        assert library.backbone.name == SMALL.name


def test_a_backbone_without_weights_cannot_be_used_and_nothing_changes(
    library: WritableLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    with pytest.raises(UserError) as told:
        finish(switch_model(library, "siglip-b-16-224"))
    assert told.value.command == "model add FOLDER"
    assert library.backbone.name == DEFAULT_MODEL


def test_the_list_says_how_the_library_stands_with_each(library: WritableLibrary) -> None:
    states = list_models(library, measure=True)
    assert states[0].in_use
    assert states[0].embedded == 12
    assert sum(state.recommended for state in states) == 1
    assert all(state.photos_per_second > 0 for state in states)
    assert {state.name for state in states if state.installed} >= {DEFAULT_MODEL, SMALL.name}


def test_a_feature_has_the_length_that_the_network_gave_it(library: WritableLibrary, photos: list[Path]) -> None:
    finish(switch_model(library, SMALL.name))
    stored = next(iter(library.backbone.features.by_id(library.backbone.features.live_ids())))[1]
    assert np.ptp(np.linalg.norm(stored.astype(np.float32), axis=1)) > 0
