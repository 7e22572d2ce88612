"""Model cards: what the program knows of each backbone, read from model_assets/<name>.toml.

To add a model, add a card. To add a kind of backbone, add a family to embedding/backbones and name it in the card.
"""

import dataclasses
import tomllib
from dataclasses import dataclass
from typing import Any

from guie_desktop.embedding.views import View
from guie_desktop.errors import UserError
from guie_desktop.paths import shipped
from guie_desktop.sentences import Sentence

DEFAULT_MODEL = "efficientnet-lite2-int8"
"""Of new libraries."""
DEFAULT_BEFORE = "efficientnet-lite2"
"""Of libraries that versions up to 0.2 made, which noted none."""
RESIZE_MODES = ("squash", "shortest")
SHIPPED = "shipped:"
"""How the source of weights begins that come with the program."""
INTERPOLATIONS = ("bilinear", "bicubic", "lanczos")
USUAL_ENLARGEMENT = 1.15
"""With less, the tightest view of the embedded model would have most JPEGs decoded at twice the scale; 1.16 spares that
those of 4000 x 3000 pixels, too."""


@dataclass(frozen=True, slots=True)
class ModelCard:
    """One backbone, how to find its weights, how pictures reach it, and what it is good for."""

    name: str
    """The card's file name without .toml; also the start of the backbone key."""
    title: str
    good_for: str
    """One sentence that helps to choose."""
    licence: str
    """SPDX identifier of the weights' licence."""
    family: str
    """Module in guie_desktop/embedding/backbones."""
    architecture: str
    """The family's own name of the network."""
    tag: str
    """The family's own name of the weights; empty where they come with the program."""
    weights: str
    """Where the weights come from: `shipped:FOLDER` is a network that comes with the program, ready to run, in a folder
    beside the cards; `hub:OWNER/REPO/FILE` a file of a repository on the Hugging Face Hub."""
    weights_sha256: str
    """Of the weights' file as it was published, also where only a network that was made of it is shipped; empty where
    the publisher states none."""
    download_bytes: int
    """About how much is fetched; 0 where the weights come with the program."""
    parameters: int
    """Of the image tower."""
    gflops: float
    """Multiplications and additions, in 10^9, that one view costs; the measure of a model's speed on one machine."""
    study_mmp5: float
    """mMP@5 that Florek et al. (2024) reach with a head trained on this backbone; 0 where they state none."""
    words: bool
    """Whether it has a text tower, so that it can be searched by words."""
    own_tokenizer: bool
    """Whether its words are cut by a tokenizer of its own, which is fetched with the weights, or by CLIP's."""
    feature_dimension: int
    input_size: int
    """Side of the square that the network sees, in pixels."""
    resize_mode: str
    """`squash`: the whole view is resized to the square, whatever its aspect ratio; `shortest`: its centred square."""
    interpolation: str
    mean: tuple[float, float, float]
    """Per channel (RGB), of values between 0 and 1."""
    std: tuple[float, float, float]
    views: tuple[str, ...]
    """What is looked at, as names that guie_desktop.embedding.views understands; the feature is their mean."""
    pooling: str
    """How the family reduces its last map to one feature."""
    largest_enlargement: float = USUAL_ENLARGEMENT
    """How much the tightest view of a photo may be enlarged, so that less of the photo need be decoded."""
    knows: str = ""
    """The classes that its own classifier tells apart: `imagenet-1k`, or none."""
    sharpness: float = 1.0
    """What that classifier multiplies a stored feature by; measured in README.md, beside the cards."""
    shipped_sha256: str = ""
    """Of the files in the folder of a shipped network, one after the other by name."""
    quantised: bool = False
    """Whether that network computes in integers of 8 bits, so that what it is made of does not say what it computes."""


def load_card(name: str) -> ModelCard:
    """The card with this name; UserError if there is none or if it is malformed."""
    file = shipped("model_assets") / f"{name}.toml"
    if "/" in name or "\\" in name or not file.is_file():
        raise UserError(
            Sentence("There is no model named {name}.", name=name),
            Sentence("Known models: {models}.", models=", ".join(sorted(_card_names()))),
        )
    return parse_card(name, file.read_text(encoding="utf-8"))


def list_cards() -> list[ModelCard]:
    """All cards, the default model first, then by name."""
    return [load_card(name) for name in sorted(_card_names(), key=lambda name: (name != DEFAULT_MODEL, name))]


def parse_card(name: str, text: str) -> ModelCard:
    """Read a card's TOML; UserError says what is missing, unknown or of the wrong type."""
    try:
        values = tomllib.loads(text)
        card = ModelCard(**{"name": name} | {key: _frozen(value) for key, value in values.items()})
    except (tomllib.TOMLDecodeError, TypeError) as error:
        raise _bad_card(name, str(error)) from error
    for field in dataclasses.fields(ModelCard):
        value = getattr(card, field.name)
        if not isinstance(value, field.type if isinstance(field.type, type) else tuple):
            raise _bad_card(name, f"{field.name} is {value!r}")
    _check_values(card)
    return card


def _check_values(card: ModelCard) -> None:
    try:
        known_views = [View.named(view) for view in card.views]
    except ValueError as error:
        raise _bad_card(card.name, str(error)) from error
    if not known_views:
        raise _bad_card(card.name, "views is empty")
    if card.resize_mode not in RESIZE_MODES:
        raise _bad_card(card.name, f"resize_mode is {card.resize_mode!r}, not one of {', '.join(RESIZE_MODES)}")
    if card.knows not in ("", "imagenet-1k"):
        raise _bad_card(card.name, f"knows is {card.knows!r}, not imagenet-1k")
    is_shipped = card.weights.startswith(SHIPPED)
    if is_shipped != bool(card.shipped_sha256) or ((card.knows or card.quantised) and not is_shipped):
        raise _bad_card(card.name, "shipped_sha256, knows and quantised are for networks that are shipped")
    if card.interpolation not in INTERPOLATIONS:
        raise _bad_card(card.name, f"interpolation is {card.interpolation!r}, not one of {', '.join(INTERPOLATIONS)}")
    if min(card.input_size, card.feature_dimension, card.parameters) < 1:
        raise _bad_card(card.name, "sizes must be positive")
    if card.largest_enlargement < 1:
        raise _bad_card(card.name, "largest_enlargement must be at least 1")
    for channels in (card.mean, card.std):
        if len(channels) != 3 or not all(isinstance(value, int | float) for value in channels):
            raise _bad_card(card.name, "mean and std are three numbers each")


def _card_names() -> list[str]:
    return [card.stem for card in shipped("model_assets").glob("*.toml")]


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _bad_card(name: str, what: str) -> UserError:
    return UserError(
        Sentence("The model card {name} cannot be used: {what}.", name=name, what=what),
        "Correct the card, or choose another model.",
    )
