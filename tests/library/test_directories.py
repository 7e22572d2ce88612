"""The directories of a library as a tree, with how many photos lie in each and deeper."""

import os
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from guie_desktop.domain import Place
from guie_desktop.library.catalog_writer import CatalogWriter
from guie_desktop.library.directories import read_directories
from guie_desktop.library.directory_tree import Directories, tree_of
from guie_desktop.library.ordered_photos import NEWEST_FIRST
from tests.scanned import read_all, scan

NAMES = st.lists(st.sampled_from("abc"), max_size=4)


def test_a_directory_counts_what_lies_deeper_in_it() -> None:
    tree = tree_of({"/p": 1, "/p/b/c": 2, "/p/B": 4, "/elsewhere": 8, "/pp": 16}, [Path("/p")])
    assert tree.photos == {"/p": 7, "/p/b": 2, "/p/b/c": 2, "/p/B": 4}
    assert tree.inside == {"/p": ("/p/B", "/p/b"), "/p/b": ("/p/b/c",)}
    assert tree_of({}, [Path("/p")]) == Directories()


@given(st.dictionaries(NAMES.map(lambda names: "/".join(("/r", *names))), st.integers(1, 9)))
def test_no_photo_is_lost_on_the_way_up(counts: dict[str, int]) -> None:
    tree = tree_of(counts, [Path("/r")])
    assert tree.photos.get("/r", 0) == sum(counts.values())
    for directory, photos in tree.photos.items():
        deeper = sum(tree.photos[one] for one in tree.inside.get(directory, ()))
        assert photos == counts.get(directory, 0) + deeper


def test_the_photos_of_a_directory_with_and_without_what_lies_below(catalog: CatalogWriter, tmp_path: Path) -> None:
    root = tmp_path / "photos"
    odd = root / os.fsdecode(b"caf\xe9")
    for number, directory in enumerate((root, root / "sea", odd, odd / "deep")):
        directory.mkdir(parents=True)
        (directory / "a.jpg").write_text(str(number))
    folder = catalog.add_folder(root)
    for directory in (root, root / "sea", odd, odd / "deep"):
        scan(catalog, folder.id, directory)
    read_all(catalog)
    tree = read_directories(catalog, [root])
    assert tree.photos == {str(root): 4, str(root / "sea"): 1, str(odd): 2, str(odd / "deep"): 1}
    assert tree.inside[str(root)] == (str(odd), str(root / "sea"))
    assert [len(catalog.ordered(NEWEST_FIRST, Place(directory=odd, deep=deep)).ids) for deep in (True, False)] == [2, 1]
    assert len(catalog.ordered(NEWEST_FIRST, Place(directory=root, deep=False)).ids) == 1
