"""Whatever is wrong with a file, it is read or listed with a reason; the whole of it is benchmarks/fuzzed_photos.py."""

from pathlib import Path

import pytest

from guie_desktop.paths import LibraryPaths
from tests.benchmarks.fuzzed_photos import write_files
from tests.running import index_folder


@pytest.mark.slow
def test_every_file_is_read_or_has_a_reason(paths: LibraryPaths, tmp_path: Path) -> None:
    write_files(tmp_path / "photos", 64, 14, None)
    report = index_folder(paths, tmp_path / "photos")
    assert report.added + len(report.failed) == 64
    assert report.added > 5
    assert all(failure.reason for failure in report.failed)
    assert not [failure for failure in report.failed if "crash" in failure.reason or "longer" in failure.reason]
