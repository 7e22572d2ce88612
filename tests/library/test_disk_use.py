"""How much of the disk a library takes."""

from pathlib import Path

from guie_desktop.library.disk_use import DiskUse, disk_use
from guie_desktop.paths import LibraryPaths


def test_every_file_is_counted_once_by_what_it_is_for(tmp_path: Path) -> None:
    paths = LibraryPaths(tmp_path)
    paths.create()
    (tmp_path / "thumbnails.sqlite-wal").write_bytes(bytes(1))
    paths.thumbnails.write_bytes(bytes(10))
    (paths.full_size / "x.rgb").write_bytes(bytes(100))
    (paths.weights / "siglip").mkdir()
    (paths.weights / "siglip" / "model.safetensors").write_bytes(bytes(1_000))
    (paths.vectors / "a.usearch").write_bytes(bytes(2))
    paths.catalog.write_bytes(bytes(20))
    (paths.backups / "catalogue-2026-11-27.sqlite").write_bytes(bytes(200))
    (paths.pasted / "a.png").write_bytes(bytes(2_000))
    assert disk_use(paths) == DiskUse(pictures=111, models=1_000, search_index=2, catalog=2_220)


def test_what_is_not_there_takes_nothing(tmp_path: Path) -> None:
    assert disk_use(LibraryPaths(tmp_path / "none")) == DiskUse(0, 0, 0, 0)
