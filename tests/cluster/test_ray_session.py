"""What is said where Ray does not come up."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.drawing import save_photos

pytestmark = pytest.mark.slow


def test_a_machine_on_which_ray_cannot_start_is_told(tmp_path: Path) -> None:
    photos, no_folder = tmp_path / "photos", tmp_path / "a file"
    save_photos(photos, 1)
    no_folder.touch()
    command = [sys.executable, "-m", "guie_desktop", "--library", str(tmp_path / "own"), "shared", "build", str(photos)]
    built = subprocess.run(
        [*command, "--to", str(tmp_path / "all.lance"), "--workers", "1"],
        env=os.environ | {"RAY_TMPDIR": str(no_folder)},
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    assert built.returncode == 1
    assert "Ray could not start on this machine" in built.stderr
    assert "Look for free space" in built.stderr
    assert "Traceback" not in built.stderr
