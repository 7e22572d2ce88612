"""What is said where Ray does not come up."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.drawing import save_photos

pytestmark = pytest.mark.slow


def built(tmp_path: Path, *more: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """What `shared build` of one photo says in a process of its own, in which there is no Ray yet."""
    save_photos(tmp_path / "photos", 1)
    command = [sys.executable, "-m", "guie_desktop", "--library", str(tmp_path / "own"), "shared", "build"]
    return subprocess.run(
        [*command, str(tmp_path / "photos"), "--to", str(tmp_path / "all.lance"), "--workers", "1", *more],
        env=os.environ | environment,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )


def test_a_machine_on_which_ray_cannot_start_is_told(tmp_path: Path) -> None:
    no_folder = tmp_path / "a file"
    no_folder.touch()
    refused = built(tmp_path, RAY_TMPDIR=str(no_folder))
    assert refused.returncode == 1
    assert "Ray could not start on this machine" in refused.stderr
    assert "Look for free space" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_cluster_that_does_not_answer_is_told_at_once(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"127.0.0.1:{server.getsockname()[1]}"
    refused = built(tmp_path, "--ray-address", address)
    assert refused.returncode == 1
    assert f"There is no cluster of Ray at {address}" in refused.stderr
    assert "Traceback" not in refused.stderr
