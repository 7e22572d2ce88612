"""Copies are whole, are what the library shows, and never take the place of what is the user's."""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image, ImageCms

from guie_desktop.errors import UserError
from guie_desktop.filing import ExportChoices
from guie_desktop.jobs.exporting import Export
from guie_desktop.paths import LibraryPaths
from guie_desktop.workspace.open_library import WritableLibrary
from tests.jobs.filed_library import ALL, FiledLibrary
from tests.small_disk import small_disk

RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
JPEGS = {f"{name}.jpg" for name in ALL}


@pytest.fixture
def filed(paths: LibraryPaths, tmp_path: Path) -> Iterator[FiledLibrary]:
    with WritableLibrary(paths) as library:
        yield FiledLibrary(library, tmp_path / "photos")


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out" / "of it"


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_originals_are_copied_byte_by_byte_with_their_times(filed: FiledLibrary, out: Path) -> None:
    os.utime(filed.root / "dots-003.jpg", ns=(10**18, 10**18 + 5))
    filed.index()
    done = filed.export(ExportChoices(out))
    assert (done.copied, done.skipped, done.left, done.remaining, done.trouble) == (4, 0, (), 0, "")
    assert names(out) == JPEGS
    for name in JPEGS:
        assert (out / name).read_bytes() == (filed.root / name).read_bytes()
        assert (out / name).stat().st_mtime_ns == (filed.root / name).stat().st_mtime_ns


def test_smaller_copies_are_upright_in_srgb_and_tell_when_but_not_where(filed: FiledLibrary, out: Path) -> None:
    turned = Image.new("RGB", (640, 320), "red")
    notes = Image.Exif()
    notes[0x0112] = 6
    notes.get_ifd(0x8769)[0x9003] = "2021:07:04 18:05:09"
    notes.get_ifd(0x8825)[1] = "N"
    turned.save(filed.root / "turned.jpg", exif=notes)
    filed.index()
    done = filed.export(ExportChoices(out, size=100, quality=95), [filed.at("turned.jpg"), filed.at("dots-003.jpg")])
    assert done.copied == 2
    with Image.open(out / "turned.jpg") as copy:
        assert (copy.format, copy.size) == ("JPEG", (50, 100))
        profile = ImageCms.ImageCmsProfile(BytesIO(copy.info["icc_profile"]))
        assert "sRGB" in ImageCms.getProfileDescription(profile)
        assert copy.getexif().get_ifd(0x8769)[0x9003] == "2021:07:04 18:05:09"
        assert not copy.getexif().get_ifd(0x8825)
        assert copy.getexif().get(0x0112) is None
    with Image.open(out / "dots-003.jpg") as copy:
        assert copy.size == (100, 75)


def test_a_copy_is_never_larger_than_the_photo(filed: FiledLibrary, out: Path) -> None:
    filed.export(ExportChoices(out, size=4000), [filed.at("dots-003.jpg")])
    with Image.open(out / "dots-003.jpg") as copy:
        assert copy.size == (320, 240)


def test_names_by_rule_and_the_same_name_twice(filed: FiledLibrary, out: Path) -> None:
    filed.export(ExportChoices(out, names="{title} {number}", title="By the sea"))
    assert names(out) == {f"By the sea {number}.jpg" for number in range(1, 5)}
    filed.export(ExportChoices(out / "all", names="photo"))
    assert names(out / "all") == {"photo.jpg", "photo (2).jpg", "photo (3).jpg", "photo (4).jpg"}


def test_what_is_there_already_is_kept_skipped_or_replaced(filed: FiledLibrary, out: Path) -> None:
    out.mkdir(parents=True)
    photo = [filed.at("dots-003.jpg")]
    (out / "dots-003.jpg").write_text("other")
    assert filed.export(ExportChoices(out, where_taken="skip"), photo).skipped == 1
    assert filed.export(ExportChoices(out), photo).copied == 1
    assert names(out) == {"dots-003.jpg", "dots-003 (2).jpg"}
    assert (out / "dots-003.jpg").read_text() == "other"
    assert filed.export(ExportChoices(out, where_taken="replace"), photo).copied == 1
    assert (out / "dots-003.jpg").read_bytes() == (filed.root / "dots-003.jpg").read_bytes()
    # What this export itself has copied is no other file.
    filed.export(ExportChoices(out, names="one", where_taken="replace"))
    assert {"one.jpg", "one (2).jpg", "one (3).jpg", "one (4).jpg"} <= names(out)


def test_no_original_is_ever_replaced(filed: FiledLibrary, out: Path) -> None:
    """Neither in the library's own folders nor through a link or another name of its file."""
    before = {name: (filed.root / name).read_bytes() for name in JPEGS}
    filed.export(ExportChoices(filed.root, names="rings-000", where_taken="replace"))
    out.mkdir(parents=True)
    (out / "dots-003.jpg").symlink_to(filed.root / "rings-000.jpg")
    os.link(filed.root / "stripes-001.jpg", out / "stripes-001.jpg")
    (out / "in").symlink_to(filed.root)
    chosen = [filed.at("dots-003.jpg"), filed.at("stripes-001.jpg")]
    filed.export(ExportChoices(out, where_taken="replace"), chosen)
    filed.export(ExportChoices(out / "in", where_taken="replace"), chosen)
    assert {name: (filed.root / name).read_bytes() for name in JPEGS} == before
    assert (out / "dots-003.jpg").is_symlink()
    assert {"dots-003 (2).jpg", "stripes-001 (2).jpg"} <= names(out)


def test_a_file_that_is_another_one_now_is_told_and_not_copied(filed: FiledLibrary, out: Path) -> None:
    for name in ("dots-003.jpg", "rings-000.jpg"):
        data = bytearray((filed.root / name).read_bytes())
        data[-3] ^= 1
        (filed.root / name).write_bytes(data)
    (filed.root / "stripes-001.jpg").unlink()
    done = filed.export(ExportChoices(out))
    assert (done.copied, len(done.left)) == (1, 3)
    assert {one.path.name for one in done.left} == {"dots-003.jpg", "rings-000.jpg", "stripes-001.jpg"}
    assert names(out) == {"blocks-002.jpg"}
    small = filed.export(ExportChoices(out / "small", size=50))
    assert (small.copied, len(small.left)) == (1, 3)


def test_what_belongs_to_a_photo_goes_along(filed: FiledLibrary, out: Path) -> None:
    (filed.root / "dots-003.xmp").write_text("notes")
    (filed.root / "dots-003.MOV").write_text("film")
    photo = [filed.at("dots-003.jpg")]
    filed.export(ExportChoices(out, names="{name} x"), photo)
    assert names(out) == {"dots-003 x.jpg", "dots-003 x.xmp", "dots-003 x.MOV"}
    filed.export(ExportChoices(out / "alone", with_companions=False), photo)
    assert names(out / "alone") == {"dots-003.jpg"}
    # One that finds its place taken takes the others with it.
    (out / "dots-003.xmp").write_text("other")
    filed.export(ExportChoices(out), photo)
    assert {"dots-003 (2).jpg", "dots-003 (2).xmp", "dots-003 (2).MOV"} <= names(out)
    assert (out / "dots-003.xmp").read_text() == "other"


def test_notes_are_xmp_with_albums_and_date(filed: FiledLibrary, out: Path) -> None:
    filed.library.albums.create("Sea & sand <1>", [filed.at("rings-000.jpg").id])
    filed.export(ExportChoices(out, with_notes=True))
    assert names(out) == JPEGS | {f"{name}.xmp" for name in ALL}
    said = ElementTree.parse(out / "rings-000.xmp").getroot().find(f"{RDF}RDF/{RDF}Description")
    assert said is not None
    for tag in ("{http://purl.org/dc/elements/1.1/}subject", "{http://ns.adobe.com/lightroom/1.0/}hierarchicalSubject"):
        assert [one.text for one in said.findall(f"{tag}/{RDF}Bag/{RDF}li")] == ["By the sea", "Sea & sand <1>"]
    assert datetime.fromisoformat(said.attrib["{http://ns.adobe.com/exif/1.0/}DateTimeOriginal"])


def test_a_folder_of_the_library_gets_photos_that_join(filed: FiledLibrary) -> None:
    filed.export(ExportChoices(filed.root / "copies"))
    filed.index()
    assert len(filed.photos()) == 8


def test_a_folder_that_cannot_be_written_is_told(filed: FiledLibrary, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UserError, match="There can be no folder"):
        filed.export(ExportChoices(tmp_path / "file" / "below"))
    with pytest.raises(UserError, match="in a name"):
        filed.export(ExportChoices(tmp_path / "out", names="{what}"))


def test_a_full_disk_keeps_what_was_copied_and_tells_the_rest(filed: FiledLibrary, tmp_path: Path) -> None:
    small = tmp_path / "small"
    small.mkdir()
    with small_disk(small) as disk:
        if disk is None:
            pytest.skip("nothing may be mounted here")
        first, second = filed.photos()[:2]
        disk.leave(first.bytes + second.bytes + 3 * 4096)
        done = filed.export(ExportChoices(small))
        assert done.copied >= 1
        assert done.copied + done.remaining == 4
        assert "could not be written" in done.trouble
        assert len(names(small)) == done.copied


def test_cancelled_it_leaves_whole_copies_and_says_how_many(filed: FiledLibrary, out: Path) -> None:
    export = Export(filed.library, [photo.id for photo in filed.photos()], ExportChoices(out))
    steps = export.run()
    while export.report().copied < 2:
        next(steps)
    steps.close()
    report = export.report()
    assert report.copied + report.remaining in (4, 5)  # one may be done and not counted yet
    for name in names(out):
        assert (out / name).read_bytes() == (filed.root / name).read_bytes()


@pytest.mark.parametrize("change", range(1, 9))
def test_killed_at_any_moment_there_is_no_half_file(filed: FiledLibrary, out: Path, change: int) -> None:
    filed.library.catalog.close()
    command = [sys.executable, "-m", "tests.jobs.killed_export", str(filed.library.paths.root), str(out), str(change)]
    assert subprocess.run(command, check=False).returncode in (0, 77)
    shown = [path for path in out.iterdir() if not path.name.startswith(".")] if out.exists() else []
    for path in shown:
        assert path.read_bytes() == (filed.root / path.name).read_bytes()
