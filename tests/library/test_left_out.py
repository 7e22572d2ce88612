"""Files that are of no kind to read are counted by suffix, folder by folder."""

from pathlib import Path

from guie_desktop.library.catalog_writer import CatalogWriter


def test_counts_of_all_folders_are_added_up_until_a_folder_goes(catalog: CatalogWriter, tmp_path: Path) -> None:
    ids = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        ids.append(catalog.add_folder(tmp_path / name).id)
    assert catalog.left_out() == {}
    catalog.keep_left_out(ids[0], {".mov": 2, ".pdf": 9})
    catalog.keep_left_out(ids[0], {".mov": 3})
    catalog.keep_left_out(ids[1], {".mov": 4, ".svg": 8})
    assert list(catalog.left_out().items()) == [(".svg", 8), (".mov", 7)]
    assert catalog.counts().left_out == 15
    catalog.remove_folder(ids[1])
    assert catalog.left_out() == {".mov": 3}
