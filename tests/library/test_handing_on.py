"""What was said of photos that go is given to the one that stays, but for what was said of that one; and taken back."""

from pathlib import Path

import pytest

from guie_desktop.library.albums import AlbumWriter
from guie_desktop.library.catalog_writer import CatalogWriter
from guie_desktop.library.handing_on import hand_on, take_back
from guie_desktop.library.marks import MarkWriter
from tests.scanned import read_all, scan


@pytest.fixture
def opened(catalog: CatalogWriter, tmp_path: Path) -> CatalogWriter:
    """A catalog with the photos 1 to 5."""
    folder = tmp_path / "photos"
    folder.mkdir()
    for name in "abcde":
        (folder / f"{name}.jpg").write_text(name)
    scan(catalog, catalog.add_folder(folder).id, folder)
    read_all(catalog)
    assert sorted(catalog.photo_ids()) == [1, 2, 3, 4, 5]
    return catalog


def test_albums_stars_and_flags_go_to_the_heir_and_what_was_said_of_him_counts(opened: CatalogWriter) -> None:
    albums, marks = AlbumWriter(opened), MarkWriter(opened)
    given, refused, both, removed = (albums.create(name) for name in ("given", "refused", "both", "removed"))
    albums.decide(given, [2], "member")
    albums.decide(refused, [2], "member")
    albums.decide(refused, [1], "not")
    albums.decide(both, [2], "not")
    albums.decide(both, [3], "member")
    albums.decide(removed, [2], "member")
    albums.remove(removed)
    marks.mark([1], "rating", 2)
    marks.mark([2], "rating", 5)
    marks.mark([3], "flag", 1)
    marks.mark([4], "rating", 3)
    marks.mark([5], "rating", 1)
    before = [opened.verdicts(album) for album in (given, refused, both)]
    former, said = hand_on(albums, marks, opened, {2: 1, 3: 1, 5: 4})
    assert opened.verdicts(given) == {1: "member", 2: "member"}
    assert opened.verdicts(refused) == {1: "not", 2: "member"}
    assert opened.verdicts(both) == {1: "member", 2: "not", 3: "member"}
    photos = opened.photos([1, 4])
    assert [(photo.rating, photo.flagged) for photo in photos.values()] == [(5, True), (3, False)]
    albums.restore(removed)
    assert opened.verdicts(removed) == {2: "member"}
    take_back(albums, marks, former, said)
    assert [opened.verdicts(album) for album in (given, refused, both)] == before
    photos = opened.photos([1, 4])
    assert [(photo.rating, photo.flagged) for photo in photos.values()] == [(2, False), (3, False)]


def test_where_nothing_was_said_nothing_is_given(opened: CatalogWriter) -> None:
    former, said = hand_on(AlbumWriter(opened), MarkWriter(opened), opened, {2: 1})
    assert (former.decisions, said) == ((), {"rating": {}, "flag": {}})
