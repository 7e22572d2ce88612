"""Makes networks in integers of 8 bits of those in float32: `python -m tests.embedding.make_quantised`.

Each is written to model_assets/<card>/ beside a copy of the classifier, and its card is told their SHA-256. It takes
NNCF (`pip install nncf==3.4.0`), which belongs to no extra: nothing but this uses it. The steps of the numbers between
the layers are chosen by 300 views of photos that come with scikit-image and scikit-learn; none is of what is judged by.
"""

import shutil
from pathlib import Path
from typing import Any

import numpy as np
import skimage.data
import sklearn.datasets
from PIL import Image

from guie_desktop.arrays import ViewPixels
from guie_desktop.embedding.assets import ModelCard, list_cards, load_card
from guie_desktop.embedding.runtime import load_openvino
from guie_desktop.embedding.weights import shipped_sha256
from guie_desktop.paths import shipped
from tests.embedding.make_shipped import number_layers, tell_card

MADE_OF = {"efficientnet-lite2-int8": "efficientnet-lite2"}
"""The network in float32 that a quantised card is made of."""

_VIEWS = 300
_SMALLEST_PART = 0.25
_FROM_SCIKIT_IMAGE = (
    "astronaut.png",
    "chelsea.png",
    "coffee.png",
    "rocket.jpg",
    "motorcycle_left.png",
    "hubble_deep_field.jpg",
    "retina.jpg",
    "ihc.png",
    "brick.png",
    "camera.png",
    "grass.png",
    "gravel.png",
    "horse.png",
    "coins.png",
    "moon.png",
    "page.png",
    "cell.png",
)
_FROM_SCIKIT_LEARN = ("china.jpg", "flower.jpg")


def make_quantised(card: ModelCard, folder: Path) -> None:
    """Write the card's network and classifier to the folder."""
    import nncf

    folder.mkdir(parents=True, exist_ok=True)
    openvino = load_openvino()
    exact = load_card(MADE_OF[card.name])
    source = shipped("model_assets") / exact.name
    network = openvino.Core().read_model(source / "network.xml")
    _fold_constants(network)
    seen = len(exact.views)
    views = calibration_views(card.input_size)
    groups = [views[start : start + seen] for start in range(0, len(views) - seen + 1, seen)]
    quantised = nncf.quantize(
        network,
        nncf.Dataset(groups),
        subset_size=len(groups),
        # Processors without VNNI add products in 16 bits, which overflow where weights have all of their 8.
        advanced_parameters=nncf.AdvancedQuantizationParameters(
            overflow_fix=nncf.quantization.advanced_parameters.OverflowFix.ENABLE
        ),
    )
    if len(card.views) != seen:
        quantised.reshape([len(card.views), card.input_size, card.input_size, 3])
    number_layers(quantised)
    openvino.save_model(quantised, folder / "network.xml", compress_to_fp16=False)
    shutil.copyfile(source / "classifier.npy", folder / "classifier.npy")


def calibration_views(side: int) -> ViewPixels:
    """Squares (N, S, S, 3) of photos that everybody has who has the libraries: parts of them, of any size and place."""
    random, photos = np.random.default_rng(0), _photos()
    views = np.empty((_VIEWS, side, side, 3), np.uint8)
    for number, slot in enumerate(views):
        photo = photos[number % len(photos)]
        part = random.uniform(_SMALLEST_PART, 1)
        width, height = photo.width * part, photo.height * part
        left, top = random.uniform(0, photo.width - width), random.uniform(0, photo.height - height)
        box = (left, top, left + width, top + height)
        seen = np.asarray(photo.resize((side, side), Image.Resampling.BICUBIC, box=box))
        slot[:] = seen[:, ::-1] if random.random() < 0.5 else seen
    return views


def _photos() -> list[Image.Image]:
    folders = (Path(skimage.data.__file__).parent, Path(sklearn.datasets.__file__).parent / "images")
    named = zip(folders, (_FROM_SCIKIT_IMAGE, _FROM_SCIKIT_LEARN), strict=True)
    return [Image.open(folder / name).convert("RGB") for folder, names in named for name in names]


def _fold_constants(network: Any) -> None:
    """Have the depthwise convolutions' weights stand before them, where NNCF finds them: they are half of the work."""
    from openvino._offline_transformations import apply_moc_transformations

    apply_moc_transformations(network, cf=True)


if __name__ == "__main__":
    for made in (card for card in list_cards() if card.quantised):
        place = shipped("model_assets") / made.name
        make_quantised(made, place)
        tell_card(made.name, shipped_sha256(place))
