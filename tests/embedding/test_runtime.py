"""Converted and compiled networks are a cache: made once, checked, and made again when damaged."""

import dataclasses
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from guie_desktop.embedding import frozen_network
from guie_desktop.embedding.assets import ModelCard, load_card
from guie_desktop.embedding.checksummed_file import is_intact
from guie_desktop.embedding.frozen_network import FrozenNetwork
from guie_desktop.embedding.runtime import OpenVinoRuntime, prepared_network
from guie_desktop.embedding.weights import keep_weights
from tests.embedding.make_shipped import published_weights

pytestmark = pytest.mark.slow

EMBEDDED = load_card("efficientnet-lite2")
CARD = dataclasses.replace(EMBEDDED, name="fetched", weights="hub:of/somebody/weights.pth", shipped_sha256="", knows="")
"""The same network as one that has to be converted."""
VIEWS = (len(CARD.views), CARD.input_size, CARD.input_size, 3)
OPEN = """
import sys
from pathlib import Path
import numpy as np
from guie_desktop.embedding.assets import DEFAULT_MODEL, load_card
from guie_desktop.embedding.embedder import open_embedder
from guie_desktop.paths import LibraryPaths
card = load_card(DEFAULT_MODEL)
embedder = open_embedder(card, "key", LibraryPaths(Path(sys.argv[1]).parent), 1)
embedder.embed([np.zeros((len(card.views), card.input_size, card.input_size, 3), np.uint8)])
loaded = {name.partition(".")[0] for name, module in sys.modules.items() if module is not None}
print(sorted(loaded & {"torch", "timm", "onnx", "openvino_telemetry"}))
"""


@pytest.fixture(scope="module")
def weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of fetched weights."""
    folder = tmp_path_factory.mktemp("weights")
    keep_weights(CARD, published_weights(EMBEDDED), folder)
    return folder


@pytest.fixture(scope="module")
def converted(weights: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A network that was converted once."""
    return prepared_network(CARD, tmp_path_factory.mktemp("converted"), weights)


@pytest.fixture
def network(converted: Path, tmp_path: Path) -> Path:
    """A copy that the test may damage."""
    shutil.copytree(converted.parent, tmp_path / "network", ignore=shutil.ignore_patterns("compiled"))
    return tmp_path / "network" / converted.name


@pytest.fixture
def conversions(converted: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The conversions asked for; each is replaced by a quick copy."""
    asked: list[Path] = []

    def copy(_card: ModelCard, _network: FrozenNetwork, file: Path) -> None:
        asked.append(file)
        shutil.copy(converted, file)

    monkeypatch.setattr(frozen_network, "write_onnx", copy)
    return asked


def compiled_forms(network: Path) -> list[Path]:
    return list(network.parent.glob("compiled/*/*.blob"))


def answer(network: Path) -> NDArray[np.float32]:
    return OpenVinoRuntime(network, network.parent / "compiled", threads=1).run(np.full((1, *VIEWS), 99, np.uint8))


def test_what_comes_with_the_program_needs_no_torch_and_no_telemetry(models_folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", OPEN, str(models_folder)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout.strip(), done.stderr) == ("[]", "")


def test_an_intact_network_is_used_without_asking(network: Path, weights: Path, conversions: list[Path]) -> None:
    assert prepared_network(CARD, network.parent, weights) == network
    assert conversions == []


@pytest.mark.parametrize("harm", ["missing", "cut", "flipped", "without checksum"])
def test_a_harmed_network_is_made_again(network: Path, weights: Path, conversions: list[Path], harm: str) -> None:
    sound = network.read_bytes()
    checksum = network.with_name("network.onnx.sha256")
    match harm:
        case "missing":
            network.unlink()
        case "cut":
            network.write_bytes(sound[:-100])
        case "flipped":
            network.write_bytes(sound[:5000] + bytes([sound[5000] ^ 1]) + sound[5001:])
        case "without checksum":
            checksum.unlink()
    assert prepared_network(CARD, network.parent, weights).read_bytes() == sound
    assert len(conversions) == 1
    assert not list(network.parent.glob("*.part"))


def test_a_failed_conversion_leaves_nothing_behind(
    tmp_path: Path, weights: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_card: ModelCard, _network: FrozenNetwork, file: Path) -> None:
        file.write_bytes(b"half")
        raise MemoryError

    monkeypatch.setattr(frozen_network, "write_onnx", fail)
    with pytest.raises(MemoryError):
        prepared_network(CARD, tmp_path, weights)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("harm", ["cut", "flipped", "empty"])
def test_a_damaged_compiled_form_is_compiled_again(network: Path, harm: str) -> None:
    expected = answer(network)
    (compiled,) = compiled_forms(network)
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
    assert compiled.stat().st_size == pytest.approx(len(sound), rel=0.01)  # it holds measured times, too


def test_one_compiled_form_is_kept(network: Path, tmp_path: Path) -> None:
    """A form is known by the path of its network: a library that is moved must not collect them."""
    before = answer(network)
    (old,) = compiled_forms(network)
    moved = network.parent.rename(tmp_path / "moved") / network.name
    np.testing.assert_allclose(answer(moved), before, rtol=1e-5, atol=1e-6)
    (new,) = compiled_forms(moved)
    assert new.name != old.name
    assert {file.name for file in new.parent.iterdir()} == {new.name, f"{new.name}.sha256"}

    link = tmp_path / "a link"
    link.symlink_to(moved.parent, target_is_directory=True)
    answer(link / moved.name)
    assert compiled_forms(moved) == [new]


def test_answers_are_the_callers_own(network: Path) -> None:
    runtime = OpenVinoRuntime(network, network.parent / "compiled", threads=1)
    first = runtime.run(np.zeros((1, *VIEWS), np.uint8))
    before = first.copy()
    runtime.run(np.full((1, *VIEWS), 255, np.uint8))
    np.testing.assert_array_equal(first, before)


def test_a_form_that_is_compiled_anew_under_its_name_gets_a_new_checksum(network: Path) -> None:
    before = answer(network)
    network.write_bytes(network.read_bytes())  # of another time, which OpenVINO takes for another network
    for _ in range(2):
        np.testing.assert_allclose(answer(network), before, rtol=1e-5, atol=1e-6)
        (compiled,) = compiled_forms(network)
        assert is_intact(compiled)


def test_a_damaged_form_that_cannot_be_removed_is_not_computed_with(
    network: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Windows, where another process has it open."""
    before = answer(network)
    (compiled,) = compiled_forms(network)
    compiled.chmod(0o600)
    compiled.write_bytes(b"damaged")
    monkeypatch.setattr(Path, "unlink", refuse)
    np.testing.assert_allclose(answer(network), before, rtol=1e-5, atol=1e-6)
    assert compiled.read_bytes() == b"damaged"
    assert not is_intact(compiled)


def refuse(*_: object, **__: object) -> None:
    raise PermissionError
