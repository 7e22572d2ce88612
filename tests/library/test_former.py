"""What was so before something was done, put back to the letter: words on copies, RAWs beside JPEGs, folders."""

from pathlib import Path

import pytest
from sqlalchemy import insert, select, update

from guie_desktop.domain import Verdict
from guie_desktop.library.albums import AlbumWriter
from guie_desktop.library.catalog_writer import CatalogWriter
from guie_desktop.library.database import reading, writing
from guie_desktop.library.tables import album_photos, folders, photos


class Bench:
    """A catalog of two folders: a.jpg and its RAW, b.jpg, and a copy of a.jpg in the other one."""

    def __init__(self, root: Path) -> None:
        self.catalog = CatalogWriter.open(root / "catalogue.sqlite")
        self.albums = AlbumWriter(self.catalog)
        self.ids: dict[str, int] = {}
        for folder, files in {"one": {"a.jpg": 1, "a.dng": 2, "b.jpg": 3}, "two": {"copy.jpg": 1}}.items():
            (root / folder).mkdir()
            folder_id = self.catalog.add_folder(root / folder).id
            for name, content in files.items():
                row = {"folder_id": folder_id, "directory": root / folder, "name": Path(name), "bytes": 1}
                row |= {"mtime_ns": 1, "inode": 1, "state": "ready", "content_hash": bytes([content])}
                row |= {"kind": "sidecar raw" if name.endswith("dng") else None}
                with writing(self.catalog.database) as connection:
                    made = connection.execute(insert(photos).values(row).returning(photos.c.id))
                    self.ids[name] = int(made.scalar_one())

    def words(self) -> set[tuple[int, int, str, float]]:
        """All that is stored of albums and photos."""
        with reading(self.catalog.database) as connection:
            return {tuple(row) for row in connection.execute(select(album_photos))}

    def kept(self) -> set[tuple[object, ...]]:
        """All that is stored of folders, and whose photos are whose."""
        with reading(self.catalog.database) as connection:
            of = connection.execute(select(photos.c.id, photos.c.folder_id)).all()
            return {tuple(row) for row in (*connection.execute(select(folders)).all(), *of)}


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


@pytest.mark.parametrize(
    ("said", "of"), [("member", "copy.jpg"), ("not", "copy.jpg"), ("member", "a.jpg"), ("not", "b.jpg")]
)
@pytest.mark.parametrize("verdict", ["member", "not", None])
def test_a_verdict_is_undone_and_done_again_to_the_letter(
    bench: Bench, said: Verdict, of: str, verdict: Verdict | None
) -> None:
    album = bench.albums.create("Cups")
    bench.albums.decide(album, [bench.ids[of]], said)
    before = bench.words()
    former = bench.albums.decide(album, [bench.ids["a.jpg"], bench.ids["b.jpg"]], verdict)
    after = bench.words()
    for _ in range(2):
        former = bench.albums.put_back(former)
        assert bench.words() == before
        former = bench.albums.put_back(former)
        assert bench.words() == after


def test_an_album_that_was_made_since_and_taken_back_is_made_again_with_its_photos(bench: Bench) -> None:
    photo, album = bench.ids["b.jpg"], bench.albums.create("Cups")
    former = bench.albums.decide(album, [photo], "member")
    since = bench.albums.create("Birds", [photo])
    after = bench.words()
    bench.albums.remove(since)
    bench.albums.put_back(former)  # and this is not done again, as with what comes back from the trash
    bench.albums.restore(since)
    assert bench.words() == {word for word in after if word[0] == since}


@pytest.mark.parametrize("known_at", ["undo", "redo"])
def test_a_copy_that_is_found_out_meanwhile_keeps_its_own_words(bench: Bench, known_at: str) -> None:
    """While a file that came back waits to be read, nobody knows whose copy it is."""
    copy, album, other = bench.ids["copy.jpg"], bench.albums.create("Cups"), bench.albums.create("Birds")

    def let_the_copy_be(content: bytes | None) -> None:
        with writing(bench.catalog.database) as connection:
            connection.execute(update(photos).where(photos.c.id == copy).values(content_hash=content))

    bench.albums.decide(other, [copy], "member")
    let_the_copy_be(None)
    before, former = bench.words(), bench.albums.decide(album, [bench.ids["a.jpg"]], "member")
    after = bench.words()
    if known_at == "undo":
        let_the_copy_be(bytes([1]))
    former = bench.albums.put_back(former)
    assert bench.words() == before
    let_the_copy_be(bytes([1]))
    bench.albums.put_back(former)
    assert bench.words() == after


def test_words_that_went_over_to_a_copy_come_back(bench: Bench) -> None:
    album = bench.albums.create("Cups", [bench.ids["a.jpg"]])
    before, former = bench.words(), bench.albums.former([bench.ids["a.jpg"]])
    with writing(bench.catalog.database) as connection:
        connection.execute(update(photos).where(photos.c.id == bench.ids["a.jpg"]).values(missing_since=1.0))
    bench.albums.follow_copies()
    assert bench.words() != before
    with writing(bench.catalog.database) as connection:
        connection.execute(update(photos).values(missing_since=None))
    bench.albums.put_back(former)
    assert bench.words() == before
    assert bench.catalog.verdicts(album) == {bench.ids["a.jpg"]: "member", bench.ids["copy.jpg"]: "member"}


def test_what_is_decided_of_a_raw_and_its_jpeg_is_kept_together(bench: Bench) -> None:
    bench.albums.create("Cups", [bench.ids["a.dng"]])
    before, former = bench.words(), bench.albums.former([bench.ids["a.jpg"]])
    bench.albums.follow_copies()  # the JPEG stands for the RAW
    assert bench.words() != before
    bench.albums.put_back(former)
    assert bench.words() == before


def test_a_folder_comes_back_as_it_was_with_the_words_on_its_photos(bench: Bench) -> None:
    bench.albums.create("Cups", [bench.ids["a.jpg"]])
    before, kept = bench.words(), bench.kept()
    former = bench.catalog.remove_folder(1)
    after, without = bench.words(), bench.kept()
    assert after != before  # the copy in the other folder stands for it
    for _ in range(2):
        former = bench.albums.put_back(former)
        assert (bench.words(), bench.kept()) == (before, kept)
        former = bench.albums.put_back(former)
        assert (bench.words(), bench.kept()) == (after, without)


def test_a_folder_that_took_others_in_gives_them_back(bench: Bench, tmp_path: Path) -> None:
    kept, former = bench.kept(), bench.albums.former((), with_folders=True)
    bench.catalog.add_folder(tmp_path)
    above = bench.kept()
    former = bench.albums.put_back(former)
    assert bench.kept() == kept
    bench.albums.put_back(former)
    assert bench.kept() == above


def test_what_has_gone_for_good_is_left_out(bench: Bench) -> None:
    bench.albums.create("Cups", [bench.ids["b.jpg"]])
    former = bench.albums.former([bench.ids["b.jpg"]])
    with writing(bench.catalog.database) as connection:
        connection.execute(album_photos.delete())
        connection.execute(photos.delete().where(photos.c.id == bench.ids["b.jpg"]))
    bench.albums.put_back(former)
    assert bench.words() == set()
