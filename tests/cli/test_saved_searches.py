"""`guie-desktop searches` and `search --saved`, as a script uses them."""

from pathlib import Path

import pytest

from guie_desktop.__main__ import main
from guie_desktop.asking import Filter
from guie_desktop.library.kept_questions import question_text
from guie_desktop.library.searches import SearchWriter
from guie_desktop.paths import LibraryPaths
from guie_desktop.question import Example, Question
from guie_desktop.workspace.open_library import WritableLibrary
from tests.cli.test_cli import Program
from tests.drawing import save_photos

pytestmark = pytest.mark.slow


def test_saved_searches_are_listed_and_asked(
    paths: LibraryPaths, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    program = Program(paths, capsys)
    photos = save_photos(tmp_path / "photos", 6)
    outside, *_ = save_photos(tmp_path / "outside", 1, first=50)
    program.run("index", tmp_path / "photos")
    program.run("rate", "4", photos[1], photos[2])
    with WritableLibrary(paths) as library:
        photo = library.catalog.photo_at(photos[0])
        assert photo is not None
        searches = SearchWriter(library.catalog)
        alike = Question((Example(photo.path, photo), Example(outside)))
        searches.save("Like these", question_text(alike))
        searches.save("Rated", question_text(Question(which=Filter(rating=4))))
        searches.save("Gone", question_text(Question((Example(tmp_path / "no.jpg"),))))
    listed = program.json("searches")["searches"]
    assert [search["name"] for search in listed] == ["Gone", "Like these", "Rated"]
    assert listed[2]["question"] == {"which": {"rating": 4}}
    assert program.run("searches").splitlines() == ["Gone", "Like these", "Rated"]

    answer = program.json("search", "--saved", "like THESE", "--top", 3)
    assert answer["whole"] is True
    assert len(answer["hits"]) == 3
    assert str(photos[0]) not in [hit["path"] for hit in answer["hits"]]
    rated = program.json("search", "--saved", "Like these", "--rating", 4)
    assert {hit["path"] for hit in rated["hits"]} == {str(photos[1]), str(photos[2])}

    smart = program.json("search", "--saved", "Rated")
    assert {hit["path"] for hit in smart["hits"]} == {str(photos[1]), str(photos[2])}
    assert set(smart["hits"][0]) == set(answer["hits"][0])
    assert len(program.run("search", "--saved", "Rated", "--top", 1).splitlines()) == 1

    outside.unlink()
    assert program.json("search", "--saved", "Like these")["whole"] is False
    assert "no longer there; it was left out" in program.run("search", "--saved", "Like these")
    assert "still there" in program.refuse("search", "--saved", "Gone")
    assert "no search named Cups" in program.refuse("search", "--saved", "Cups")
    assert main(["--library", str(paths.root), "search", "--saved", "Rated", "--text", "a cup"]) == 2
