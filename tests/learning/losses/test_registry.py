"""The names that the command line offers, and what they stand for."""

import inspect
import subprocess
import sys
from pathlib import Path

import pytest

from guie_desktop.learning import losses
from guie_desktop.learning.losses import DEFAULT_LOSS, LOSSES, make_loss
from tests.learning.losses.batches import seeded


@pytest.mark.parametrize(
    ("name", "sub_centres", "parameters"),
    [
        ("sub-center-arcface", 3, {"scale": 30, "margin": 0.5}),
        ("arcface", 1, {"scale": 30, "margin": 0.5}),
        ("class-margin-arcface", 1, {"scale": 30}),
        ("li-arcface", 1, {"scale": 64, "margin": 0.45}),
        ("curricularface", 1, {"scale": 64, "margin": 0.5, "rate": 0.01}),
        ("adaface", 1, {"scale": 64, "margin": 0.4, "concentration": 0.333, "rate": 0.01}),
        ("adacos", 1, {}),
        ("adacos-fixed", 1, {}),
    ],
)
def test_a_name_stands_for_a_loss_with_the_published_parameters(
    name: str, sub_centres: int, parameters: dict[str, float]
) -> None:
    loss = seeded(name, 5, 4)
    assert loss.centres.shape == (4, sub_centres, 5)
    assert {key: getattr(loss, key) for key in parameters} == parameters


def test_options_replace_defaults() -> None:
    loss = make_loss("li-arcface", 5, 4, scale=12, margin=0.1, sub_centres=2)
    assert {key: getattr(loss, key) for key in ("scale", "margin")} == {"scale": 12, "margin": 0.1}
    assert loss.centres.shape[1] == 2


def test_every_file_is_in_the_registry_and_cites_its_paper() -> None:
    files = {path.stem for path in Path(losses.__file__).parent.glob("*.py")} - {"__init__"}
    assert {entry.partition(":")[0] for entry in LOSSES.values()} == files
    assert DEFAULT_LOSS in LOSSES
    for name in LOSSES:
        family = inspect.getmro(type(seeded(name, 5, 4)))
        assert any("arXiv" in (inspect.getdoc(member) or "") for member in family)


def test_the_names_can_be_listed_without_torch() -> None:
    script = "import sys, guie_desktop.learning.losses; sys.exit('torch' in sys.modules)"
    subprocess.run([sys.executable, "-c", script], cwd=Path(__file__).parents[3], check=True)
