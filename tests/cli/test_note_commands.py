"""`guie-desktop notes`, as a script uses it: what photos say, and photos by words and dates."""

from pathlib import Path

import pytest
from PIL.ExifTags import Base

from guie_desktop.paths import LibraryPaths
from tests.cli.test_cli import Program
from tests.photo_notes import MAKER, bag, noted_photo, save, titled, xmp

pytestmark = pytest.mark.slow


def test_photos_are_found_by_what_they_say(
    paths: LibraryPaths, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    program = Program(paths, capsys)
    taken = {Base.DateTimeOriginal: "2019:07:14 12:00:00"}
    packet = xmp(titled("An evening") + bag("dc:subject", "Hausboot", "river"))
    evening = save(tmp_path / "photos", "IMG_1.jpg", noted_photo(main=MAKER, camera=taken, packet=packet))
    other = save(tmp_path / "photos", "IMG_2.jpg", noted_photo(main=MAKER, colour=(9, 9, 99)))
    save(tmp_path / "photos", "IMG_2.xmp", xmp(bag("Iptc4xmpExt:PersonInImage", "Anna")))
    program.run("index", tmp_path / "photos")

    said = {"camera": "NIKON D90", "title": "An evening", "keywords": ["Hausboot", "river"]}
    assert program.json("notes", "show", evening)["photos"] == [{"path": str(evening)} | said]
    assert "    keywords: Hausboot, river" in program.run("notes", "show", evening)
    assert program.json("notes", "list", "cameras") == {"cameras": ["NIKON D90"]}

    found = program.json("notes", "find", "boot", "evening")
    assert found["total"] == 1
    assert found["photos"] == [{"path": str(evening), "fields": ["title", "keywords"]}]
    assert program.json("notes", "find", "anna")["photos"] == [{"path": str(other), "fields": ["people"]}]
    dated = program.json("notes", "find", "nikon", "july", "2019", "sundays")
    assert (dated["words"], dated["dates"]) == ("nikon", ["july 2019", "sundays"])
    assert [one["path"] for one in dated["photos"]] == [str(evening)]
    assert [one["path"] for one in program.json("notes", "find", "2019")["photos"]] == [str(evening)]
    assert program.json("notes", "find", "juli", "2018")["total"] == 0
    assert "No photo has these words." in program.run("notes", "find", "nothingness")
