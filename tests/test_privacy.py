"""What is the user's stays with the user: no other account, no network, no code from data, no name in a report."""

import ast
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
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
WATCHING = """
import sys

def watch(event, arguments):
    if event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.connect", "socket.sendto"):
        # What is on this machine only is no network.
        if not (event == "socket.connect" and isinstance(arguments[1], (str, bytes))):
            with open({told!r}, "a") as file:
                print(event, arguments[1:], file=file)
            raise AssertionError(event)

sys.addaudithook(watch)
"""
"""What each process runs at its start, those too that the program starts."""
WORK = """
import sys
from pathlib import Path
from guie_desktop.__main__ import main

if __name__ == "__main__":
    library, photos = sys.argv[1:]
    photo = str(next(Path(photos).rglob("*.jpg")))
    for command in (
        ["index", photos], ["search", photo], ["album", "import", photos], ["train", "--dry-run"],
        ["doctor", "--repair"], ["model", "list"], ["status"], ["report"],
    ):
        assert main(["--library", library, *command]) == 0, command
    # None stands there where somebody tried to import it, and was kept from it.
    assert sys.modules.get("openvino_telemetry") is None
"""
SPEAKS = {
    "openvino": {"embedding/runtime.py"},
    "huggingface_hub": {"embedding/fetching.py"},
    "httpx2": {"embedding/fetching.py"},
    "ray": {"cluster/ray_session.py", "cluster/pipeline.py"},
    "socket": {"cluster/ray_session.py"},
    "botocore": {"shared_library/address.py", "shared_library/reaching.py"},
}
"""Libraries that could send something, and the one place of each where it is kept from it, or asked for a model, or
whether a cluster answers at the address that the user has given."""
NEVER = {"http.client", "urllib.request", "requests", "ftplib", "smtplib", "openvino_telemetry"}


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
    told = tmp_path / "told.txt"
    (tmp_path / "sitecustomize.py").write_text(WATCHING.format(told=str(told)))
    (tmp_path / "work.py").write_text(WORK)
    command = [sys.executable, str(tmp_path / "work.py"), str(paths.root), str(tmp_path / "photos")]
    path = os.pathsep.join((str(tmp_path), str(PACKAGE.parent)))
    environment = os.environ | {"PYTHONPATH": path}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 0, done.stderr
    assert not told.exists(), told.read_text()
    asking = [sys.executable, "-c", "import socket; socket.create_connection(('127.0.0.1', 9))"]
    assert subprocess.run(asking, capture_output=True, check=False, env=environment).returncode == 1
    assert "socket." in told.read_text()  # so it would have been noticed


def test_what_could_send_something_is_asked_in_one_place_alone() -> None:
    for module in PACKAGE.rglob("*.py"):
        place = module.relative_to(PACKAGE).as_posix()
        for name in imported(module):
            package = name.partition(".")[0]
            assert place in SPEAKS.get(package, {place}), f"{place} imports {name}"
            assert not NEVER & {name, package}, f"{place} imports {name}"


def imported(module: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


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
