"""Pure logic is tested whole: the own tests of these modules run all of their lines and take all of their branches.

As in qutebrowser's check_coverage.py. Only the tests of these modules are run under coverage, once more and in a
process of their own, so that the others, and what they start, stay as fast as they are.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
TESTS = Path(__file__).parent

PERFECT = (
    "cli/bar_chart",
    "embedding/assets",
    "embedding/backbone",
    "embedding/checksummed_file",
    "embedding/general_head",
    "embedding/head_file",
    "embedding/joint_space",
    "embedding/paired_head",
    "embedding/pca",
    "embedding/personal_head",
    "embedding/projection",
    "embedding/view_preparation",
    "embedding/views",
    "embedding/weight_curve",
    "gui/file_names",
    "gui/grid_geometry",
    "library/id_differences",
    "gui/incoming",
    "gui/progress_wording",
    "gui/sight",
    "gui/state",
    "gui/undo",
    "jobs/pace",
    "learning/acceptance",
    "learning/calibration",
    "learning/confidence_interval",
    "learning/curation",
    "learning/evaluation",
    "learning/feature_statistics",
    "learning/label_issues",
    "learning/near_duplicates",
    "learning/splitting",
    "learning/weight_selection",
    "library/album_names",
    "pictures/bitmap_layouts",
    "library/choices",
    "pictures/coding_points",
    "disk/content",
    "library/decisions",
    "pictures/facts",
    "pictures/heif_boxes",
    "disk/disk_errors",
    "library/labels",
    "library/photo_orders",
    "disk/mounts",
    "pictures/photo_formats",
    "pictures/png_chunks",
    "library/raw_pairs",
    "library/relocation",
    "disk/same_file",
    "disk/scan",
    "disk/skipping",
    "disk/volumes",
    "search/suggestions",
    "wording/learning_report",
    "wording/photo_facts",
    "worker/inbox",
    "worker/scheduler",
    "workspace/reports",
)
"""Part of the program and module, in whatever folder of that part; it is tested by test_<module>.py in the same part of
the tests. Add what is pure; take nothing out to make a change pass."""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="each system runs only its own half of some functions"),
]


def file_of(listed: str) -> Path:
    part, module = listed.split("/")
    (found,) = (ROOT / "guie_desktop" / part).rglob(f"{module}.py")
    return found


def own_tests(listed: str) -> list[Path]:
    part, module = listed.split("/")
    found = sorted((TESTS / part).rglob(f"test_{module}.py"))
    assert found, f"{listed} has no tests of its own"
    return found


@pytest.fixture(scope="module")
def covered(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What coverage says of each file, by its path in the repository."""
    folder = tmp_path_factory.mktemp("coverage")
    report = folder / "coverage.json"
    command = [sys.executable, "-m", "pytest", "-q", "-o", "addopts=", "-p", "no:cacheprovider", "-m", "not slow"]
    command += ["--cov", "--cov-report=", f"--cov-report=json:{report}", f"--basetemp={folder / 'tests'}"]
    command += [str(path) for listed in PERFECT for path in own_tests(listed)]
    environment = os.environ | {"COVERAGE_FILE": str(folder / "data")}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-5000:] + done.stderr[-2000:]
    files: dict[str, Any] = json.loads(report.read_text())["files"]
    return files


@pytest.mark.parametrize("listed", PERFECT)
def test_its_own_tests_reach_all_of_it(listed: str, covered: dict[str, Any]) -> None:
    of_file = covered[file_of(listed).relative_to(ROOT).as_posix()]
    missed = [f"line {line}" for line in of_file["missing_lines"]]
    missed += [f"from line {start} to {end}" for start, end in of_file["missing_branches"]]
    assert not missed, f"{listed}: no test runs {', '.join(missed)}"
