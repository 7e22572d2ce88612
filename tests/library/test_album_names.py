"""The names that folders give to albums."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from guie_desktop.library.album_names import album_name, name_key, names_of_folders


def test_a_name_is_one_line_of_text() -> None:
    assert album_name("  Summer\n 2024 ") == "Summer 2024"
    assert album_name("caf\udce9") == "caf\ufffd"
    assert album_name("👨‍👩‍👧") == "👨‍👩‍👧"
    assert name_key("E\u0301TE\u0301") == name_key("été")


def test_a_folder_gives_its_name_and_as_much_of_its_path_as_tells_it_apart() -> None:
    root = Path("/photos")
    folders = [root / "cats", root / "a" / "misc", root / "b" / "Misc", root / "a" / "x" / "1", root / "b" / "x" / "1"]
    assert names_of_folders(folders) == {
        root / "cats": "cats",
        root / "a" / "misc": "a / misc",
        root / "b" / "Misc": "b / Misc",
        root / "a" / "x" / "1": "a / x / 1",
        root / "b" / "x" / "1": "b / x / 1",
    }


def test_a_folder_inside_one_of_its_name_is_told_apart_from_it() -> None:
    assert names_of_folders([Path("/p/misc"), Path("/p/misc/misc")]) == {
        Path("/p/misc"): "p / misc",
        Path("/p/misc/misc"): "misc / misc",
    }


def test_folders_that_differ_in_case_alone_share_a_name() -> None:
    names = names_of_folders([Path("/p/a"), Path("/p/A"), Path("/q/b")])
    assert {name_key(names[Path("/p/a")]), name_key(names[Path("/p/A")])} == {"a"}


def test_a_folder_without_a_name_gives_one_all_the_same() -> None:
    assert names_of_folders([Path("/p/ ")]) == {Path("/p/ "): "untitled"}


PARTS = st.sampled_from(["a", "A", "b", "c", "misc"])


@given(st.sets(st.lists(PARTS, min_size=1, max_size=4).map(lambda parts: Path("/", *parts)), min_size=1, max_size=12))
def test_names_tell_all_folders_apart_and_none_is_longer_than_it_must_be(folders: set[Path]) -> None:
    names = names_of_folders(folders)
    keys = {folder: str(folder).casefold() for folder in folders}
    for one in folders:
        for other in folders:
            assert (name_key(names[one]) == name_key(names[other])) == (keys[one] == keys[other])
    for folder, name in names.items():
        shorter = "/" + name_key(name).partition(" / ")[2].replace(" / ", "/")
        if shorter != "/":
            assert any(keys[other].endswith(shorter) and keys[other] != keys[folder] for other in folders)
