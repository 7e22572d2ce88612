"""What is passed over: by one rule, whether a scan comes by or an event tells of it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guie_desktop.disk.scan import walk
from guie_desktop.disk.skipping import SkipRules, checked_pattern
from guie_desktop.errors import UserError

ROOT = Path("/photos")


@pytest.mark.parametrize("name", ["a.jpg", "2019/a.jpg", "recycle/a.jpg", "trash/a.jpg", "x.lost+found/a.jpg"])
def test_photos_are_no_secret(name: str) -> None:
    assert not SkipRules(ROOT).hides(ROOT / name, is_folder=False)


@pytest.mark.parametrize(
    "name",
    [
        *(".a.jpg", ".thumbnails/a.jpg", "2019/@eaDir/a.jpg/small.jpg", "@Recycle/a.jpg", "#recycle/deep/a.jpg"),
        *(".Trash-0/files/a.jpg", ".Trashes/501/a.jpg", "$RECYCLE.BIN/S-1/a.jpg", "lost+found/a.jpg"),
        "deep/lib/a.jpg",
    ],
)
def test_what_is_hidden_or_of_other_programs_or_our_own_is_hidden(name: str) -> None:
    assert SkipRules(ROOT, own=ROOT / "deep" / "lib").hides(ROOT / name, is_folder=False)


def test_the_folder_that_was_added_is_never_hidden_and_what_lies_outside_always_is() -> None:
    hidden = Path("/home/me/.photos")
    assert not SkipRules(hidden).hides(hidden, is_folder=True)
    assert not SkipRules(hidden).hides(hidden / "a.jpg", is_folder=False)
    assert SkipRules(hidden).hides(Path("/home/me/a.jpg"), is_folder=False)


@pytest.mark.parametrize(
    ("pattern", "hidden", "seen"),
    [
        ("*_edited*", ["a_edited.jpg", "deep/A_EDITED-1.jpg"], ["a.jpg", "edited.jpg"]),
        ("Exports/", ["Exports/a.jpg", "2019/exports/deep/a.jpg"], ["a.jpg", "Exports"]),
        ("2019/raw", ["2019/raw/a.jpg"], ["2018/2019/raw/a.jpg", "2019/a.jpg"]),
        ("/Exports/", ["Exports/a.jpg"], ["2019/Exports/a.jpg"]),
        ("#private", ["#private/a.jpg"], ["private/a.jpg"]),
        ("!a.jpg", ["!a.jpg"], ["a.jpg"]),
        ("caf\u00e9", ["cafe\u0301/a.jpg"], ["cafe/a.jpg"]),
    ],
)
def test_the_user_leaves_out_by_patterns(pattern: str, hidden: list[str], seen: list[str]) -> None:
    rules = SkipRules(ROOT, patterns=(checked_pattern(pattern),))
    assert [rules.hides(ROOT / name, is_folder=False) for name in hidden] == [True] * len(hidden)
    assert [rules.hides(ROOT / name, is_folder=False) for name in seen] == [False] * len(seen)


@pytest.mark.parametrize("text", ["", "  ", "/", "./", "..", "a\nb", "a\0b"])
def test_a_pattern_that_says_nothing_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(UserError, match="no pattern"):
        checked_pattern(text)


PARTS = st.sampled_from(["a", "B", ".x", "@eaDir", "lib", "raw", "raw_1"])
PATTERNS = st.sampled_from(["raw", "raw*", "raw/", "a/raw", "/B", "*.jpg", "a/**", "b?"])


@given(st.sets(st.lists(PARTS, min_size=1, max_size=3).map(tuple), max_size=6), st.sets(PATTERNS, max_size=2))
def test_an_event_is_heard_just_where_a_scan_comes_by(
    tmp_path_factory: pytest.TempPathFactory, places: set[tuple[str, ...]], patterns: set[str]
) -> None:
    root = tmp_path_factory.mktemp("world")
    for place in places:
        folder = root.joinpath(*place)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "p.jpg").write_bytes(b"")
    rules = SkipRules(root, own=root / "lib", patterns=tuple(sorted(patterns)))
    scanned = list(walk(root, rules))
    assert {listing.directory for listing in scanned} == {
        folder for folder in (root, *root.rglob("*")) if folder.is_dir() and not rules.hides(folder, is_folder=True)
    }
    assert {listing.directory / file.name for listing in scanned for file in listing.files} == {
        file for file in root.rglob("*.jpg") if not rules.hides(file, is_folder=False)
    }
