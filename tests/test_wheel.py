"""What a wheel puts into other people's site-packages: one package, with icons, model cards and translations in it."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from guie_desktop.embedding.assets import list_cards
from guie_desktop.embedding.weights import SHIPPED_FILES

ROOT = Path(__file__).parent.parent
SOURCES = ("pyproject.toml", "setup.py", "README.md", "LICENSE", "guie_desktop", "model_assets", "resources")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    # Built from a copy: setuptools leaves folders beside what it builds.
    copy = tmp_path_factory.mktemp("checkout")
    for name in SOURCES:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(ROOT / name, copy)
    # Called directly, and not through pip, which would fetch setuptools anew.
    build = "from setuptools.build_meta import build_wheel; build_wheel('dist')"
    done = subprocess.run([sys.executable, "-c", build], cwd=copy, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (built,) = (copy / "dist").glob("*.whl")
    return built


def shipped_names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as opened:
        return {name for name in opened.namelist() if not name.split("/")[0].endswith(".dist-info")}


def test_all_that_is_shipped_lies_in_the_one_package(wheel: Path) -> None:
    assert {name.split("/")[0] for name in shipped_names(wheel)} == {"guie_desktop"}


def test_every_module_icon_card_and_translation_is_shipped_and_nothing_else(wheel: Path) -> None:
    code = {path.relative_to(ROOT).as_posix() for path in (ROOT / "guie_desktop").rglob("*.py")}
    suffixes = (".svg", ".tsv", ".gz", ".txt")
    resources = (path for path in (ROOT / "resources").iterdir() if path.suffix in suffixes)
    icons = {f"guie_desktop/resources/{path.name}" for path in resources}
    assets = ROOT / "model_assets"
    networks = (assets / card.name / name for card in list_cards() if card.shipped_sha256 for name in SHIPPED_FILES)
    cards = {f"guie_desktop/{path.relative_to(ROOT)}" for path in (*assets.glob("*.toml"), *networks)}
    translations = {path.relative_to(ROOT).as_posix() for path in (ROOT / "guie_desktop").rglob("*.mo")}
    assert translations
    assert shipped_names(wheel) == code | icons | cards | translations | {"guie_desktop/ARCHITECTURE.md"}


def test_where_it_is_installed_the_icons_and_cards_are_found(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as opened:
        opened.extractall(tmp_path / "installed")
    script = (
        "from guie_desktop.embedding.assets import list_cards; from guie_desktop.paths import shipped;"
        "from guie_desktop.search.vocabulary import imagenet_vocabulary; assert imagenet_vocabulary().nearest('tulip');"
        "print(len(list_cards()), (shipped('resources') / 'guie-desktop.svg').resolve())"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(tmp_path / "installed")},
        capture_output=True,
        text=True,
        check=True,
    )
    cards, icon = done.stdout.strip().split(" ", 1)
    assert int(cards) == len(list((ROOT / "model_assets").glob("*.toml")))
    assert Path(icon) == (tmp_path / "installed/guie_desktop/resources/guie-desktop.svg").resolve()
