"""Three losses against those of catalyst, which cannot be installed beside us: its dependencies are old.

pip install --no-deps --target DIR catalyst==22.4
python -m tests.learning.losses.against_catalyst DIR
"""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import torch
from torch import Tensor

from guie_desktop.learning.losses import make_loss
from guie_desktop.learning.margin_softmax import MarginSoftmax

PHOTOS, DIMENSION, CLASSES, STEPS = 64, 16, 11, 3
ROUNDING = 1e-12
BEYOND = 6
"""Photos of each batch that lie opposite to their class, where the guards of ArcFace differ."""


def layer_file(folder: Path, name: str) -> ModuleType:
    """One file of catalyst, which needs nothing but torch."""
    spec = importlib.util.spec_from_file_location(name, folder / "catalyst" / "contrib" / "layers" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def differences(theirs: Any, ours: MarginSoftmax, rng: torch.Generator) -> list[Tensor]:
    """Differences (B, C) of the logits in three steps, the first rows lying opposite to their class."""
    weight = theirs.weight.detach()
    centres = weight if weight.shape[0] == CLASSES else weight.T
    with torch.no_grad():
        ours.centres.copy_(centres.reshape(ours.centres.shape))
    found = []
    for _ in range(STEPS):
        embeddings = torch.randn(PHOTOS, DIMENSION, generator=rng)
        labels = torch.randint(CLASSES, (PHOTOS,), generator=rng)
        embeddings[:BEYOND] = 0.05 * embeddings[:BEYOND] - centres[labels[:BEYOND]]
        found.append((theirs(embeddings, labels) - ours.logits(embeddings, labels)).detach().abs())
    return found


def main(folder: Path) -> None:
    torch.set_default_dtype(torch.float64)
    torch.manual_seed(0)
    rng = torch.Generator().manual_seed(0)

    def ours(name: str, **options: float) -> MarginSoftmax:
        return make_loss(name, DIMENSION, CLASSES, [1] * CLASSES, generator=None, **options).train()

    curricular = layer_file(folder, "curricularface").CurricularFace(DIMENSION, CLASSES, s=64.0, m=0.5)
    adacos = layer_file(folder, "cosface").AdaCos(DIMENSION, CLASSES).double()
    arcface = layer_file(folder, "arcface").ArcFace(DIMENSION, CLASSES, s=30.0, m=0.5).double()
    for name, theirs in (("curricularface", curricular), ("adacos", adacos)):
        largest = max(float(found.max()) for found in differences(theirs, ours(name), rng))
        print(f"{name}: at most {largest:.1e} apart in {STEPS} steps")
        assert largest < ROUNDING
    found = torch.stack(differences(arcface, ours("arcface", scale=30.0), rng))
    apart, beyond = float(found[:, BEYOND:].max()), float(found[:, :BEYOND].max())
    print(f"arcface: {apart:.1e} apart, and {beyond:.1f} beyond pi - m, where its guard is another")
    assert apart < ROUNDING < 1 < beyond


if __name__ == "__main__":
    main(Path(sys.argv[1]))
