"""Changing the backbone: nothing of the old one is lost, search never stops, and an interrupted change goes on."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import torch

from guie_desktop.domain import Query
from guie_desktop.embedding.assets import DEFAULT_MODEL, load_card
from guie_desktop.embedding.backbone import family_of
from guie_desktop.errors import UserError
from guie_desktop.jobs.indexing import index_library
from guie_desktop.jobs.models import list_models, photos_per_second, recommended
from guie_desktop.jobs.open_library import OpenLibrary, WritableLibrary
from guie_desktop.jobs.switching import coming_model, give_up_switch, switch_model
from guie_desktop.jobs.weights_arriving import add_weights, weight_file_in
from guie_desktop.paths import LibraryPaths
from tests.drawing import save_photos
from tests.running import finish, index_folder

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


def test_the_new_backbone_is_searched_and_the_old_one_keeps_what_it_has(
    library: WritableLibrary, photos: list[Path]
) -> None:
    old = library.model
    before = library.engine.answer(Query(images=(photos[0],), top=12))
    tally = finish(switch_model(library, SMALL.name))
    assert tally.embedded == 12
    after = library.engine.answer(Query(images=(photos[0],), top=12))
    assert (before.model, after.model) == (DEFAULT_MODEL, SMALL.name)
    assert after.hits[0].path == photos[0]
    assert len(after.hits) == 12
    back = finish(switch_model(library, DEFAULT_MODEL))
    assert (back.embedded, library.model.key) == (0, old.key)
    again = library.engine.answer(Query(images=(photos[0],), top=12))
    assert [hit.path for hit in again.hits] == [hit.path for hit in before.hits]
    assert finish(switch_model(library, SMALL.name)).embedded == 0


def test_a_broken_off_switch_goes_on_and_search_uses_the_old_backbone_meanwhile(
    paths: LibraryPaths, photos: list[Path]
) -> None:
    with WritableLibrary(paths) as library:
        job = switch_model(library, SMALL.name)
        while next(job).done < 4:
            assert library.engine.answer(Query(images=(photos[1],), top=1)).model == DEFAULT_MODEL
        job.close()
    with WritableLibrary(paths) as library:
        assert library.model.name == DEFAULT_MODEL
        assert coming_model(library) == SMALL.name
        assert 0 < finish(switch_model(library, coming_model(library))).embedded < 12
        assert coming_model(library) == ""
    with OpenLibrary(paths) as library:
        assert library.model.name == SMALL.name


def test_photos_that_come_while_it_is_changed_are_not_forgotten(library: WritableLibrary, photos: list[Path]) -> None:
    job = switch_model(library, SMALL.name)
    while next(job).done < 4:
        pass
    save_photos(photos[0].parent, 3, first=50)
    finish(index_library(library))
    finish(job)
    assert library.catalog.counts(library.model.key).embedded == 15
    assert len(library.model.space.index) == 15


def test_giving_up_keeps_what_was_embedded(library: WritableLibrary) -> None:
    job = switch_model(library, SMALL.name)
    while next(job).done < 4:
        pass
    job.close()
    give_up_switch(library)
    states = {state.name: state for state in list_models(library, measure=False)}
    assert states[SMALL.name].embedded >= 4
    assert not states[SMALL.name].coming
    assert states[DEFAULT_MODEL].in_use


def test_a_backbone_without_weights_cannot_be_used_and_nothing_changes(
    library: WritableLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    with pytest.raises(UserError) as told:
        finish(switch_model(library, "siglip-b-16-224"))
    assert "model add" in told.value.remedy
    assert library.model.name == DEFAULT_MODEL


def test_the_list_says_how_the_library_stands_with_each(library: WritableLibrary) -> None:
    states = list_models(library, measure=True)
    assert states[0].in_use
    assert states[0].embedded == 12
    assert sum(state.recommended for state in states) == 1
    assert all(state.photos_per_second > 0 for state in states)
    assert {state.name for state in states if state.installed} >= {DEFAULT_MODEL, SMALL.name}


def test_a_faster_machine_is_recommended_a_larger_backbone() -> None:
    cards = [load_card(name) for name in (DEFAULT_MODEL, "siglip-b-16-224", "siglip-so400m-14-384")]
    names = []
    for power in (5.0, 100.0, 50_000.0):
        names.append(recommended(cards, {card.name: photos_per_second(card, power) for card in cards}))
    assert names == [DEFAULT_MODEL, "siglip-b-16-224", "siglip-so400m-14-384"]


def test_a_folder_with_one_weight_file_will_do(weight_file: Path, tmp_path: Path) -> None:
    assert weight_file_in(weight_file.parent) == weight_file
    for wrong in (tmp_path / "nowhere", tmp_path):
        with pytest.raises(UserError):
            weight_file_in(wrong)
    for name in ("a.pt", "b.pt"):
        (tmp_path / name).touch()
    with pytest.raises(UserError, match="several"):
        weight_file_in(tmp_path)


def test_a_feature_has_the_length_that_the_network_gave_it(library: WritableLibrary, photos: list[Path]) -> None:
    finish(switch_model(library, SMALL.name))
    stored = next(iter(library.model.features.by_id(library.model.features.live_ids())))[1]
    assert np.ptp(np.linalg.norm(stored.astype(np.float32), axis=1)) > 0
