"""What is the user's stays with the user: no other account, no network, no code from data, no name in a report."""

import ast
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from guie_desktop.log import without_names
from guie_desktop.paths import LibraryPaths
from guie_desktop.workspace.open_library import WritableLibrary
from tests.drawing import save_photos

PACKAGE = Path(__file__).parent.parent / "guie_desktop"
HARMLESS = {"import pickle"}
"""Of weights.py, which names an error of it."""
RUNS_CODE = {"pickle", "cPickle", "dill", "joblib", "marshal", "shelve", "yaml"}
WATCHED = """
import sys
from pathlib import Path
from guie_desktop.__main__ import main

def watch(event, arguments):
    if event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.connect", "socket.sendto"):
        # What is on this machine only is no network.
        if not (event == "socket.connect" and isinstance(arguments[1], (str, bytes))):
            print(f"{event}{arguments[1:]}", file=sys.stderr, flush=True)
            raise AssertionError(event)

sys.addaudithook(watch)
library, photos = sys.argv[1:]
photo = str(next(Path(photos).rglob("*.jpg")))
for command in (
    ["index", photos], ["search", photo], ["album", "import", photos], ["train", "--dry-run"], ["doctor", "--repair"],
    ["model", "list"], ["status"],
):
    assert main(["--library", library, *command]) == 0, command
"""


def modes_below(root: Path) -> set[int]:
    return {stat.S_IMODE(path.lstat().st_mode) & 0o077 for path in (root, *root.iterdir()) if not path.is_symlink()}


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
@pytest.mark.parametrize("umask", [0o000, 0o022])
def test_a_library_is_its_owners_alone(tmp_path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        paths = LibraryPaths(tmp_path / "library")
        WritableLibrary(paths).close()
        WritableLibrary(paths).close()  # what the first one left is closed, too
        assert modes_below(paths.root) == {0}
        paths.root.chmod(0o755)
        paths.catalog.chmod(0o644)
        WritableLibrary(paths).close()
        assert modes_below(paths.root) == {0}
    finally:
        os.umask(before)


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
def test_a_folder_that_holds_other_things_is_left_as_it_is(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    (tmp_path / "photo.jpg").touch(0o644)
    LibraryPaths(tmp_path).create()
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o755
    assert stat.S_IMODE((tmp_path / "photo.jpg").stat().st_mode) == 0o644
    assert stat.S_IMODE((tmp_path / "vectors").stat().st_mode) == 0o700


@pytest.mark.slow
def test_nothing_is_sent_and_nothing_asked_for(paths: LibraryPaths, tmp_path: Path) -> None:
    for name in ("one", "two"):
        save_photos(tmp_path / "photos" / name, 4, first=len(name) * 10)
    command = [sys.executable, "-c", WATCHED, str(paths.root), str(tmp_path / "photos")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=PACKAGE.parent)
    assert done.returncode == 0, done.stderr


def test_no_data_file_can_run_code() -> None:
    for module in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            if ast.unparse(node) not in HARMLESS:
                assert RUNS_CODE.isdisjoint(name.partition(".")[0] for name in names), module
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("torch.load", "numpy.load", "np.load"):
                safely = {keyword.arg: ast.unparse(keyword.value) for keyword in node.keywords}
                assert safely.get("weights_only") == "True" or ast.unparse(node.func) != "torch.load", module
                assert safely.get("allow_pickle", "False") == "False", module
            assert not (isinstance(node, ast.Call) and ast.unparse(node.func) in ("eval", "exec", "compile")), module


def test_a_report_does_not_have_the_users_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    home = tmp_path / "anna"
    for variable in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(variable, str(home))
    told = without_names(f"File {home}/Pictures/a.jpg and {os.sep}media{os.sep}anna{os.sep}disk")
    assert "anna" not in told
    assert told.startswith(f"File ~{os.sep}Pictures") or told.startswith("File ~/Pictures")
    script = f"""
import logging, sys
from pathlib import Path
from guie_desktop.log import log_to
log_to(Path({str(tmp_path / "log.txt")!r}))
try:
    raise OSError({str(home / "a.jpg")!r})
except OSError:
    logging.getLogger("guie_desktop.test").exception("it failed")
"""
    subprocess.run([sys.executable, "-c", script], check=True, cwd=PACKAGE.parent)
    logged = (tmp_path / "log.txt").read_text(encoding="utf-8")
    assert "it failed" in logged
    assert "anna" not in logged
