"""Which shared libraries there are, and what their photos are called in the catalog."""

from pathlib import Path

import pytest

from guie_desktop.domain import SharedLibrary
from guie_desktop.errors import UserError
from guie_desktop.library.catalog_writer import CatalogWriter
from guie_desktop.library.choices import Choices
from guie_desktop.library.shared_libraries import SharedLibraries
from guie_desktop.library.shared_places import folder_of, is_shared, place_of


@pytest.fixture
def shared(catalog: CatalogWriter) -> SharedLibraries:
    return SharedLibraries(Choices(catalog))


def test_they_are_kept_by_name(catalog: CatalogWriter, shared: SharedLibraries) -> None:
    shared.add("Museum", "s3://bucket/museum")
    shared.add("  archive\n", "/nas/archive")
    kept = SharedLibraries(Choices(catalog))
    assert kept.all() == (SharedLibrary("archive", "/nas/archive"), SharedLibrary("Museum", "s3://bucket/museum"))
    assert kept.named("MUSEUM") == kept.named("s3://bucket/museum") == SharedLibrary("Museum", "s3://bucket/museum")


def test_one_that_is_known_gets_another_name(shared: SharedLibraries) -> None:
    shared.add("Museum", "/nas/museum")
    shared.add("House", "/nas/museum")
    assert shared.all() == (SharedLibrary("House", "/nas/museum"),)


def test_a_name_is_that_of_one(shared: SharedLibraries) -> None:
    shared.add("Museum", "/nas/museum")
    with pytest.raises(UserError, match="named museum already"):
        shared.add("museum", "/nas/other")
    with pytest.raises(UserError, match="needs a name"):
        shared.add(" ", "/nas/other")
    assert len(shared.all()) == 1


def test_what_is_forgotten_is_unknown(shared: SharedLibraries) -> None:
    shared.forget(shared.add("Museum", "/nas/museum"))
    assert shared.all() == ()
    with pytest.raises(UserError, match="no shared library Museum"):
        shared.named("Museum")


def test_their_photos_lie_where_no_disk_has_any() -> None:
    folder = folder_of("s3://bucket/museum")
    assert is_shared(folder)
    assert folder.is_absolute()
    assert not folder.exists()
    assert not is_shared(Path("/nas/museum"))
    assert not is_shared(Path("/"))
    photo = place_of("s3://bucket/museum", "s3://bucket/photos/2024/a.jpg")
    assert photo.is_relative_to(folder)
    assert photo.name == "a.jpg"
    assert photo != place_of("s3://bucket/museum", "/bucket/photos/2024/a.jpg")
