"""`guie-desktop album`, as a script uses it."""

from pathlib import Path

import pytest

from guie_desktop.__main__ import main
from guie_desktop.paths import LibraryPaths
from tests.cli.test_cli import Program
from tests.drawing import save_photos

pytestmark = pytest.mark.slow


@pytest.fixture
def program(paths: LibraryPaths, capsys: pytest.CaptureFixture[str]) -> Program:
    return Program(paths, capsys)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Four kinds of photos, each in a folder of its own, and some of each in another one."""
    for number, kind in enumerate(("rings", "stripes", "blocks", "dots")):
        save_photos(tmp_path / "sorted" / kind, 3, kinds=(kind,), first=10 * number)
    save_photos(tmp_path / "unsorted", 8, first=100)
    return tmp_path


def test_import_makes_albums_and_twice_is_as_once(program: Program, root: Path) -> None:
    (root / "sorted" / "dots" / "broken.jpg").write_text("no picture")
    answer = program.json("album", "import", root / "sorted")
    assert answer["albums"] == [{"name": name, "photos": 3} for name in ("blocks", "dots", "rings", "stripes")]
    assert [failure["path"] for failure in answer["failed"]] == [str(root / "sorted" / "dots" / "broken.jpg")]
    assert program.json("album", "import", root / "sorted") == answer
    assert program.json("album", "list") == {"albums": answer["albums"]}
    assert program.json("status")["albums"] == 4
    said = program.run("album", "import", root / "sorted")
    assert "0 photos were put into 4 albums." in said
    assert "1 files were left out" in said


def test_photos_and_folders_are_put_in_and_taken_out(program: Program, root: Path) -> None:
    program.run("index", root)
    rings = sorted((root / "sorted" / "rings").iterdir())
    made = program.json("album", "add", "Round things", rings[0], root / "sorted" / "dots")
    assert made == {"albums": [{"name": "Round things", "photos": 4}]}
    assert program.json("album", "add", "ROUND things", rings[1]) == {"albums": [{"name": "Round things", "photos": 5}]}
    assert program.json("album", "remove", "round things", root / "sorted")["albums"][0]["photos"] == 0
    assert program.json("album", "add", "Round things", *rings)["albums"][0]["photos"] == 3
    assert all(ring.exists() for ring in rings)
    assert "Round things" in program.run("album", "list")


def test_a_linked_photo_is_known_by_its_link(program: Program, root: Path, tmp_path: Path) -> None:
    outside = save_photos(tmp_path / "outside", 1)[0]
    (root / "unsorted" / "linked.jpg").symlink_to(outside)
    (root / "shortcut").symlink_to(root / "unsorted")
    program.run("index", root / "unsorted")
    for path in (root / "unsorted" / "linked.jpg", root / "shortcut" / "linked.jpg"):
        assert program.json("album", "add", "Links", path)["albums"] == [{"name": "Links", "photos": 1}]
    assert program.json("album", "add", "Links", root / "shortcut")["albums"] == [{"name": "Links", "photos": 9}]


def test_albums_are_renamed_and_deleted(program: Program, root: Path) -> None:
    program.run("album", "import", root / "sorted")
    assert program.json("album", "rename", "dots", "Specks") == {"albums": [{"name": "Specks", "photos": 3}]}
    assert "already" in program.refuse("album", "rename", "rings", "SPECKS")
    left = program.json("album", "delete", "specks")
    assert [album["name"] for album in left["albums"]] == ["blocks", "rings", "stripes"]
    assert program.json("album", "add", "Specks", root / "sorted" / "dots")["albums"][0]["photos"] == 3


def test_search_stays_within_an_album(program: Program, root: Path) -> None:
    program.run("album", "import", root / "sorted")
    photo = next((root / "sorted" / "dots").iterdir())
    hits = program.json("search", photo, "--album", "Rings", "--top", 99)["hits"]
    assert {Path(hit["path"]).parent.name for hit in hits} == {"rings"}
    assert len(hits) == 3
    program.run("album", "remove", "rings", root / "sorted" / "rings")
    assert "has no photos" in program.refuse("search", photo, "--album", "rings")


def test_suggestions_are_of_the_albums_kind(program: Program, root: Path) -> None:
    program.run("album", "import", root / "sorted")
    program.run("index", root / "unsorted")
    answer = program.json("album", "suggest", "RINGS", "--most", 2)
    assert answer["album"] == "rings"
    assert [(hit["rank"], Path(hit["path"]).name[:5]) for hit in answer["hits"]] == [(1, "rings"), (2, "rings")]
    told = {"rank", "path", "places", "moment", "score", "similar", "chance", "rating", "flagged"}
    told |= {"box", "found_in", "likely", "likeness"}
    assert set(answer["hits"][0]) == told
    assert "rings" in program.run("album", "suggest", "rings")
    program.run("album", "add", "everything", root)
    assert program.json("album", "suggest", "everything")["hits"] == []


def test_what_cannot_be_done_is_told_in_a_sentence(program: Program, root: Path) -> None:
    assert "no library" in program.refuse("album", "list")
    program.run("index", root / "unsorted")
    photo = next((root / "unsorted").iterdir())
    for arguments in (["delete", "Coins"], ["rename", "Coins", "X"], ["suggest", "Coins"], ["remove", "Coins", photo]):
        assert "no album named Coins" in program.refuse("album", *arguments)
    assert "no photo at" in program.refuse("album", "add", "Coins", photo, root / "sorted")
    assert "no photo at" in program.refuse("album", "add", "Coins", root / "nowhere.jpg")
    assert "needs a name" in program.refuse("album", "add", " ", photo)
    assert "no folder" in program.refuse("album", "import", root / "nowhere")
    assert program.json("album", "list") == {"albums": []}


@pytest.mark.parametrize("arguments", [["album"], ["album", "add", "Coins"], ["album", "suggest", "C", "--most", "0"]])
def test_wrong_usage_ends_with_status_two(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
