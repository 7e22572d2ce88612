"""A library as it is held open: what is chosen in it, and that it can be opened by readers and one writer."""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import psutil
import pytest

from guie_desktop.embedding.assets import DEFAULT_BEFORE, DEFAULT_MODEL
from guie_desktop.errors import UserError
from guie_desktop.library.catalog import Catalog
from guie_desktop.paths import LibraryPaths
from guie_desktop.workspace.open_library import OpenLibrary, WritableLibrary
from tests.stored_photos import store_photos


@pytest.fixture
def opened(paths: LibraryPaths) -> Iterator[WritableLibrary]:
    with WritableLibrary(paths) as made:
        yield made


def test_a_new_library_uses_the_model_that_comes_with_the_program(opened: WritableLibrary) -> None:
    assert opened.backbone.name == DEFAULT_MODEL
    assert opened.backbone.space.head.name == "identity"
    assert (opened.device, opened.choices.pending_model, opened.fallback) == ("auto", "", None)


def test_it_is_read_beside_its_one_writer(opened: WritableLibrary, paths: LibraryPaths) -> None:
    with OpenLibrary(paths) as reader:
        assert reader.backbone.key == opened.backbone.key
    with pytest.raises(UserError, match="in use by another window or command"):
        WritableLibrary(paths)


def test_there_is_nothing_to_read_before_it_is_made(paths: LibraryPaths) -> None:
    with pytest.raises(UserError, match="no library"):
        OpenLibrary(paths)


def test_a_switch_that_is_planned_is_remembered_until_it_is_cancelled(opened: WritableLibrary) -> None:
    opened.plan_switch("efficientnet-lite0")
    assert opened.choices.pending_model == "efficientnet-lite0"
    opened.plan_switch(DEFAULT_MODEL)  # the one in use
    assert opened.choices.pending_model == ""
    opened.plan_switch("efficientnet-lite0")
    opened.cancel_switch()
    assert opened.choices.pending_model == ""


def test_another_backbone_is_used_from_now_on(opened: WritableLibrary, paths: LibraryPaths) -> None:
    opened.plan_switch("efficientnet-lite0")
    opened.use(opened.open_backbone("efficientnet-lite0"))
    assert opened.search_engine.backbone is opened.backbone
    assert opened.choices.pending_model == ""
    with OpenLibrary(paths) as reader:
        assert reader.backbone.name == "efficientnet-lite0"


def test_a_model_whose_weights_are_gone_is_told_of_once(paths: LibraryPaths) -> None:
    with WritableLibrary(paths) as library:
        library.choices.choose_model("siglip-b-16-224")
    with WritableLibrary(paths) as library:
        assert library.backbone.name == DEFAULT_MODEL
        assert "model use siglip-b-16-224" in str(library.fallback)
    with WritableLibrary(paths) as library:
        assert library.fallback is None


def test_a_library_of_before_keeps_the_model_that_it_began_with(paths: LibraryPaths, tmp_path: Path) -> None:
    with WritableLibrary(paths) as library:
        library.choices._choose({"model": None})  # earlier versions noted none
        before = library.open_backbone(DEFAULT_BEFORE)
        store_photos(before.features, np.eye(3, before.card.feature_dimension, dtype=np.float32), tmp_path)
    with OpenLibrary(paths) as reader:
        assert reader.backbone.name == DEFAULT_BEFORE
    with WritableLibrary(paths) as library:
        assert library.backbone.name == DEFAULT_BEFORE
        library.plan_switch(DEFAULT_MODEL)
    with WritableLibrary(paths) as library:
        assert (library.backbone.name, library.choices.pending_model) == (DEFAULT_BEFORE, DEFAULT_MODEL)


def test_a_model_whose_weights_are_gone_gives_way_to_the_one_that_the_library_began_with(
    paths: LibraryPaths, tmp_path: Path
) -> None:
    with WritableLibrary(paths) as library:
        before = library.open_backbone(DEFAULT_BEFORE)
        store_photos(before.features, np.eye(3, before.card.feature_dimension, dtype=np.float32), tmp_path)
        library.choices.choose_model("siglip-b-16-224")
    with WritableLibrary(paths) as library:
        assert library.backbone.name == DEFAULT_BEFORE


def test_the_model_of_a_new_library_is_noted(opened: WritableLibrary) -> None:
    """So that it stays when another one becomes that of new libraries."""
    assert opened.choices.model == DEFAULT_MODEL


def test_where_networks_run_is_chosen_for_good(opened: WritableLibrary, paths: LibraryPaths) -> None:
    opened.run_on("cpu")
    with OpenLibrary(paths) as reader:
        assert reader.device == "cpu"


def test_the_precision_is_part_of_the_feature_space(opened: WritableLibrary) -> None:
    exact = opened.backbone.key
    opened.choices.choose_precision(DEFAULT_MODEL, "f16")
    assert opened.open_backbone(DEFAULT_MODEL).key == f"{exact}-f16"


def test_what_was_read_is_forgotten_and_read_again(opened: WritableLibrary, paths: LibraryPaths) -> None:
    def is_open() -> bool:
        return str(paths.catalog) in {file.path for file in psutil.Process().open_files()}

    before = opened.catalog.counts()
    assert is_open()
    opened.forget_read()
    assert not is_open()
    assert opened.catalog.counts() == before
    assert is_open()


def test_a_library_that_was_closed_is_whole_in_the_file_alone(paths: LibraryPaths, tmp_path: Path) -> None:
    """Though a window that only reads still has it open."""
    with WritableLibrary(paths) as library:
        reader = Catalog.open_read_only(paths.catalog)
        assert reader.albums() == ()
        library.albums.create("Cats")
    shutil.copy(paths.catalog, tmp_path / "alone.sqlite")
    alone = Catalog.open_read_only(tmp_path / "alone.sqlite")
    assert [album.name for album in alone.albums()] == ["Cats"]
    alone.close()
    reader.close()


@pytest.mark.skipif(sys.platform == "darwin", reason="that tells nobody what is mapped")
def test_a_library_that_was_closed_holds_no_file_of_its_folder(paths: LibraryPaths, tmp_path: Path) -> None:
    """So that the drive that it is on can be taken out, whatever still knows the library."""
    with WritableLibrary(paths) as library:
        store_photos(
            library.backbone.features, np.eye(2, library.backbone.card.feature_dimension, dtype=np.float32), tmp_path
        )
        library.backbone.synchronise()
    with WritableLibrary(paths) as again:
        assert again.backbone.space.index.holds(np.array([1, 2])).all()
        assert held_in(paths.vectors)
    assert not held_in(paths.root)


def held_in(folder: Path) -> list[str]:
    """What this process has open or mapped there."""
    this = psutil.Process()
    held = {file.path for file in this.open_files()} | {part.path for part in this.memory_maps()}
    return [path for path in held if Path(path).is_relative_to(folder)]
