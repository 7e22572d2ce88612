"""The rules that a machine can hold: who may import whom, types, style, and what a start may load."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "guie_desktop"
MODULES = sorted(PACKAGE.rglob("*.py"))


@pytest.mark.parametrize(
    "tool",
    [
        ["importlinter.cli", "lint_imports_command"],
        ["ruff", "check", "."],
        ["ruff", "format", "--check", "."],
        ["mypy"],
        ["vulture"],
    ],
    ids=["layers", "lint", "format", "types", "dead code"],
)
def test_the_tools_are_content(tool: list[str]) -> None:
    command = [sys.executable, "-m", *tool]
    if tool[0] == "importlinter.cli":
        command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_opens_with_a_sentence_and_stays_small(module: Path) -> None:
    text = module.read_text(encoding="utf-8")
    sentence = ast.get_docstring(ast.parse(text))
    assert sentence, f"{module} does not say what it is for"
    assert sentence.splitlines()[0].endswith((".", ":"))
    assert len(text.splitlines()) <= 300


_WINDOW = "import guie_desktop.__main__, guie_desktop.cli.arguments, guie_desktop.gui.app, guie_desktop.gui.conductor"


def loaded_by(statement: str, *arguments: object) -> set[str]:
    """The modules that a fresh interpreter has after a statement, to which these were given."""
    script = f"{statement}; import sys; print('\\n'.join(sys.modules))"
    command = [sys.executable, "-c", script, *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_the_window_starts_without_the_machinery() -> None:
    loaded = loaded_by(_WINDOW)
    assert loaded.isdisjoint({"torch", "torchvision", "open_clip", "timm", "usearch", "openvino", "onnx"})


def test_the_window_starts_without_what_is_not_on_screen() -> None:
    loaded = loaded_by(_WINDOW)
    assert loaded.isdisjoint({"scipy", "psutil", "filelock", "pathspec", "watchdog", "numpy.ma"})
    screens = {f"guie_desktop.gui.{name}.controller" for name in ("map", "duplicates", "failures", "settings")}
    assert loaded.isdisjoint(
        screens | {"guie_desktop.gui.learning.report_page", "guie_desktop.gui.learning.heads_page"}
    )


def test_the_window_is_shown_before_what_reads_the_library_is_loaded(tmp_path: Path) -> None:
    made = "Conductor(LibraryPaths(Path(sys.argv[1])), print, Settings(), None).window.show()"
    loaded = loaded_by(
        "import sys; from pathlib import Path; from guie_desktop.gui.app import make_application; "
        "from guie_desktop.gui.conductor import Conductor; from guie_desktop.paths import LibraryPaths; "
        f"from guie_desktop.settings import Settings; application = make_application([]); {made}",
        tmp_path,
    )
    assert loaded.isdisjoint({"sqlalchemy", "sqlite3", "guie_desktop.library.tables", "PIL", "importlib.metadata"})


def test_the_libraries_of_linear_algebra_compute_in_one_thread() -> None:
    statement = (
        "import guie_desktop.worker.process, scipy.linalg, threadpoolctl; "
        "print(*{one['num_threads'] for one in threadpoolctl.threadpool_info() if one['user_api'] == 'blas'})"
    )
    environment = {name: value for name, value in os.environ.items() if name != "OPENBLAS_NUM_THREADS"}
    command = [sys.executable, "-c", statement]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["1"]


def test_the_worker_starts_without_what_it_seldom_needs() -> None:
    loaded = loaded_by("import guie_desktop.__main__, guie_desktop.worker.process")
    assert loaded.isdisjoint({"torch", "openvino", "scipy.linalg", "scipy.special", "scipy.fft", "scipy.sparse"})
    assert loaded.isdisjoint({"rawpy", "guie_desktop.pictures.photo_formats"})  # what opens files, which decoders do


def test_a_lesson_does_without_torch_until_it_trains() -> None:
    loaded = loaded_by("import guie_desktop.learning.lesson, guie_desktop.learning.testing.cross_validation")
    assert loaded.isdisjoint({"torch"})


def test_a_command_starts_without_qt_and_without_torch() -> None:
    loaded = loaded_by("import guie_desktop.__main__, guie_desktop.cli.arguments, guie_desktop.cli.commands")
    assert loaded.isdisjoint({"PySide6", "torch", "timm", "openvino"})


@pytest.mark.parametrize(
    "what", ["cli.arguments", "cli.commands", "worker.process", "gui.app", "decoding.decoder_process"]
)
def test_the_engines_of_many_machines_are_loaded_where_they_are_asked_for_alone(what: str) -> None:
    loaded = loaded_by(f"import guie_desktop.__main__, guie_desktop.{what}")
    assert loaded.isdisjoint({"ray", "lance", "pyarrow", "pandas", "botocore"})


def test_a_decoder_starts_with_little() -> None:
    loaded = loaded_by("import guie_desktop.__main__, guie_desktop.decoding.decoder_process")
    assert loaded.isdisjoint({"PySide6", "torch", "openvino", "sqlalchemy", "usearch", "scipy", "argparse", "babel"})
    assert loaded.isdisjoint({"psutil", "platformdirs", "tomllib", "guie_desktop.domain", "guie_desktop.asking"})
    # What says how NumPy is to compute must come before it.
    assert "numpy" not in loaded_by("import guie_desktop.__main__, guie_desktop.decoding.decoder_start")
