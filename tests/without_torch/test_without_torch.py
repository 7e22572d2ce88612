"""All that needs no learning and no fetched model goes on without torch, timm and open_clip, in all processes."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.drawing import save_photos

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
LOADS = "import importlib.util; print(importlib.util.find_spec('torch')); import torch"


class Computer:
    """One on which these packages are missing; what wanted to load them all the same is noted."""

    def __init__(self, folder: Path) -> None:
        self.library, self.photos = folder / "library", folder / "photos"
        self._noted = folder / "noted"
        paths = (str(Path(__file__).parent / "first_in_path"), str(ROOT))
        self._environment = os.environ | {"PYTHONPATH": os.pathsep.join(paths), "NOTED_WANTED": str(self._noted)}

    def wanted(self) -> str:
        return self._noted.read_text(encoding="utf-8") if self._noted.exists() else ""

    def python(self, *arguments: object) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, *map(str, arguments)]
        return subprocess.run(command, env=self._environment, capture_output=True, text=True, check=False)

    def run(self, *arguments: object, status: int = 0) -> str:
        done = self.python("-m", "guie_desktop", "--library", self.library, *arguments)
        assert done.returncode == status, done.stdout + done.stderr
        return done.stderr if status else done.stdout

    def json(self, *arguments: object) -> dict[str, Any]:
        answer: dict[str, Any] = json.loads(self.run(*arguments, "--json"))
        return answer


@pytest.fixture
def computer(tmp_path: Path) -> Computer:
    return Computer(tmp_path)


def test_on_such_a_computer_torch_is_missing_and_who_wants_it_is_noted(computer: Computer) -> None:
    tried = computer.python("-c", LOADS)
    assert (tried.returncode, tried.stdout.strip()) == (1, "None")
    assert "No module named 'torch'" in tried.stderr
    assert computer.wanted().startswith("torch\n")


def test_the_command_line(computer: Computer) -> None:
    photos = save_photos(computer.photos, 110)
    assert computer.json("index", computer.photos)["added"] == 110
    assert computer.json("search", photos[0])["hits"]
    assert computer.json("search", "--text", "balloon")["hits"]
    computer.run("album", "add", "Alike", *photos[:4])
    assert computer.json("album", "suggest", "Alike")
    computer.run("duplicates", "--near")
    assert computer.json("status")["embedded"] == 110
    assert computer.json("model", "list", "--measure")["models"]
    computer.run("doctor", "--repair")
    assert computer.wanted() == ""
    assert "PyTorch" in computer.run("train", status=1)
    computer.json("model", "use", "efficientnet-lite0")
    assert computer.json("search", photos[0])["model"] == "efficientnet-lite0"
    assert computer.wanted() == ""


def test_the_worker(computer: Computer) -> None:
    save_photos(computer.photos, 30)
    done = computer.python("-m", "tests.without_torch.session", computer.library, computer.photos)
    assert done.returncode == 0, done.stdout + done.stderr
    assert computer.wanted() == ""
