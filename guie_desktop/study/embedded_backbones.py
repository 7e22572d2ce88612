"""Which backbones the photos of a study were embedded with, and which of them a model's name means."""

from pathlib import Path

import lance

from guie_desktop.embedding.backbone import without_precision
from guie_desktop.errors import UserError
from guie_desktop.sentences import Sentence
from guie_desktop.shared_library.schema import feature_column
from guie_desktop.study.manifest import no_manifest
from guie_desktop.study.study_folder import StudyFolder

_KEY = b"key"
"""In the metadata of a column of features (shared_library/schema.py)."""


def embedded_backbones(features: Path) -> tuple[str, ...]:
    """The backbone keys of a study's table, in the order of its columns; none where there is no table."""
    try:
        schema = lance.dataset(str(features)).schema
    except ValueError:
        return ()
    keys = [(field.metadata or {}).get(_KEY, b"").decode() for field in schema]
    return tuple(key for key, name in zip(keys, schema.names, strict=True) if key and feature_column(key) == name)


def model_of(backbone_key: str) -> str:
    """The name of the model that a backbone key begins with."""
    return without_precision(backbone_key).rpartition("-")[0]


def choose_backbone(features: Path, model: str | None) -> str:
    """The key that a model's name, or a key, means in a study's table; without a name, that of its only backbone.

    UserError where there is none, or more than one.
    """
    there = embedded_backbones(features)
    if not there:
        if not StudyFolder(features.parent).manifest.exists():
            raise no_manifest(features.parent)
        raise UserError("The photos of this study have no features yet.", "Have them embedded first.", "study embed")
    meant = [key for key in there if model is None or model in (key, model_of(key))]
    if not meant:
        raise UserError(
            Sentence("The photos of this study were not embedded with {model}.", model=model),
            Sentence("Embed them with it, or choose one of: {models}.", models=_listed(there)),
            "study embed",
        )
    if len(meant) > 1:
        raise UserError(
            "The photos of this study were embedded with several models.",
            Sentence("Say with --model which of them is meant: {models}.", models=_listed(meant)),
        )
    return meant[0]


def _listed(keys: tuple[str, ...] | list[str]) -> str:
    models = [model_of(key) for key in keys]
    return ", ".join(key if models.count(model) > 1 else model for key, model in zip(keys, models, strict=True))
