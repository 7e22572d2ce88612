"""Converted and compiled networks are a cache: made once, checked, and made again when damaged."""

import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from guie_desktop.embedding import frozen_network
from guie_desktop.embedding.assets import DEFAULT_MODEL, ModelCard, load_card
from guie_desktop.embedding.backbone import network_key
from guie_desktop.embedding.runtime import OpenVinoRuntime, prepared_network

NO_FETCHED_WEIGHTS = Path()
CARD = load_card(DEFAULT_MODEL)
SECOND_OPEN = """
import sys
from pathlib import Path
import numpy as np
from guie_desktop.embedding.assets import DEFAULT_MODEL, load_card
from guie_desktop.embedding.embedder import open_embedder
from guie_desktop.paths import LibraryPaths
told = []
embedder = open_embedder(load_card(DEFAULT_MODEL), "key", LibraryPaths(Path(sys.argv[1]).parent), 1, told.append)
embedder.embed([np.zeros((2, 260, 260, 3), np.uint8)])
loaded = {name.partition(".")[0] for name, module in sys.modules.items() if module is not None}
print(sorted(loaded & {"torch", "timm", "onnx", "openvino_telemetry"}), told)
"""


@pytest.fixture
def network(models_folder: Path, tmp_path: Path) -> Path:
    """A copy that the test may damage."""
    made = prepared_network(CARD, models_folder, NO_FETCHED_WEIGHTS)
    shutil.copytree(made.parent, tmp_path / made.parent.name, ignore=shutil.ignore_patterns("compiled"))
    return tmp_path / made.parent.name / made.name


@pytest.fixture
def conversions(models_folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The conversions asked for; each is replaced by a quick copy."""
    made = prepared_network(CARD, models_folder, NO_FETCHED_WEIGHTS)
    asked: list[Path] = []

    def copy(_card: ModelCard, _weights: Path, file: Path) -> None:
        asked.append(file)
        shutil.copy(made, file)

    monkeypatch.setattr(frozen_network, "write_onnx", copy)
    return asked


def answer(network: Path) -> NDArray[np.float32]:
    return OpenVinoRuntime(network, threads=1).run(np.full((1, 2, 260, 260, 3), 99, np.uint8))


def test_a_later_start_needs_no_torch_and_no_telemetry(models_folder: Path) -> None:
    prepared_network(CARD, models_folder, NO_FETCHED_WEIGHTS)
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", SECOND_OPEN, str(models_folder)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout.strip(), done.stderr) == ("[] []", "")


def test_an_intact_network_is_used_without_asking(network: Path, conversions: list[Path]) -> None:
    told: list[str] = []
    assert prepared_network(CARD, network.parents[1], NO_FETCHED_WEIGHTS, told.append) == network
    assert (conversions, told) == ([], [])


@pytest.mark.parametrize("harm", ["missing", "cut", "flipped", "unsealed"])
def test_a_harmed_network_is_made_again(network: Path, conversions: list[Path], harm: str) -> None:
    sound = network.read_bytes()
    seal = network.with_name("network.onnx.sha256")
    match harm:
        case "missing":
            network.unlink()
        case "cut":
            network.write_bytes(sound[:-100])
        case "flipped":
            network.write_bytes(sound[:5000] + bytes([sound[5000] ^ 1]) + sound[5001:])
        case "unsealed":
            seal.unlink()
    told: list[str] = []
    assert prepared_network(CARD, network.parents[1], NO_FETCHED_WEIGHTS, told.append).read_bytes() == sound
    assert len(conversions) == len(told) == 1
    assert not list(network.parent.glob("*.part"))


def test_a_failed_conversion_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_card: ModelCard, _weights: Path, file: Path) -> None:
        file.write_bytes(b"half")
        raise MemoryError

    monkeypatch.setattr(frozen_network, "write_onnx", fail)
    with pytest.raises(MemoryError):
        prepared_network(CARD, tmp_path, NO_FETCHED_WEIGHTS)
    assert list((tmp_path / network_key(CARD, CARD.weights_sha256)).iterdir()) == []


@pytest.mark.parametrize("harm", ["cut", "flipped", "empty"])
def test_a_damaged_compiled_form_is_compiled_again(network: Path, harm: str) -> None:
    expected = answer(network)
    (compiled,) = (network.parent / "compiled").glob("*.blob")
    sound = compiled.read_bytes()
    compiled.chmod(0o600)
    middle = len(sound) // 2
    harmed = {
        "cut": sound[:middle],
        "flipped": sound[:middle] + bytes([sound[middle] ^ 0x7F]) + sound[middle + 1 :],
        "empty": b"",
    }
    compiled.write_bytes(harmed[harm])
    np.testing.assert_allclose(answer(network), expected, rtol=1e-5, atol=1e-6)
    assert compiled.stat().st_size == len(sound)


def test_answers_are_the_callers_own(network: Path) -> None:
    runtime = OpenVinoRuntime(network, threads=1)
    first = runtime.run(np.zeros((1, 2, 260, 260, 3), np.uint8))
    before = first.copy()
    runtime.run(np.full((1, 2, 260, 260, 3), 255, np.uint8))
    np.testing.assert_array_equal(first, before)
