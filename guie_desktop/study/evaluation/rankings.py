"""What can be evaluated: heads in files, and what needs no labels as baselines."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np

from guie_desktop.arrays import Features, Floats, StoredFeatures
from guie_desktop.embedding.general_head import SAMPLE_SIZE, GeneralHead, fit_general_head
from guie_desktop.embedding.pca import components_of_rows
from guie_desktop.embedding.projection import Projection, unit_rows
from guie_desktop.errors import UserError, reason_of
from guie_desktop.learning.ablation.baselines import average_pooled
from guie_desktop.learning.training.study_hyperparameters import DIMENSION
from guie_desktop.sentences import Sentence
from guie_desktop.study.evaluation.evaluating import Embed
from guie_desktop.study.study_features import StudyFeatures

Baseline = Literal["raw", "pooled", "pca", "general"]
"""The features as they are, the study's zero-shot pooling, 64 principal components, our head that needs no labels."""


@dataclass(frozen=True, slots=True, eq=False)
class Ranking:
    """A way to compare features."""

    embed: Embed
    dimension: int
    """Length of the embeddings."""


def head_ranking(head: GeneralHead, features: StudyFeatures) -> Ranking:
    """By the head; UserError where it takes other features."""
    if head.dimension != features.dimension:
        raise UserError(
            Sentence(
                "The head takes features of {own} numbers, and those of the study have {theirs}.",
                own=head.dimension,
                theirs=features.dimension,
            ),
            "Choose the model that the head was made for with --model.",
        )
    return Ranking(head.apply, head.output_dimension)


def read_head(file: Path) -> GeneralHead:
    """The general head in a file; UserError where there is none."""
    try:
        return GeneralHead.from_bytes(file.read_bytes())
    except OSError as error:
        raise UserError(
            Sentence("{file} could not be read ({reason}).", file=file, reason=reason_of(error)),
            "Name the file of a head, or a training that has ended.",
        ) from error


def baseline_ranking(which: Baseline, features: StudyFeatures) -> Ranking:
    """A baseline; those that are fitted are so on the classes that are trained on, without their labels."""
    match which:
        case "raw":
            return Ranking(_as_they_are, features.dimension)
        case "pooled":
            return Ranking(_pooled, DIMENSION)
        case "pca":
            return _fitted(_principal_components, features)
        case "general":
            return _fitted(fit_general_head, features)


def _fitted(fit: Callable[[StoredFeatures], GeneralHead], features: StudyFeatures) -> Ranking:
    head = fit(_spread_sample(features))
    return Ranking(head.apply, head.output_dimension)


def _spread_sample(features: StudyFeatures) -> StoredFeatures:
    """Up to 16,384 features (N, D) of those that are trained on, spread evenly over the manifest, in its order."""
    train = np.flatnonzero(features.manifest.rows["split"].to_numpy() == "train")
    chosen = train[np.linspace(0, len(train) - 1, num=min(len(train), SAMPLE_SIZE)).round().astype(np.int64)]
    places, parts = [np.empty(0, np.int64)], [np.empty((0, features.dimension), np.float16)]
    for part in features.scan("train"):
        here = np.isin(part.places, chosen)
        places.append(part.places[here])
        parts.append(part.features[here])
    return np.concatenate(parts)[np.argsort(np.concatenate(places))]


def _principal_components(features: Features) -> GeneralHead:
    """Centring and the 64 leading directions, as the fair one of the heads that need no labels."""
    if not len(features):
        raise UserError("The study has no photos to fit principal components on.", "Make its manifest of more photos.")
    rows = unit_rows(features.astype(np.float32))
    mean = rows.mean(axis=0)
    _, directions = components_of_rows(rows - mean)
    matrix = np.ascontiguousarray(directions[:, :DIMENSION])
    projection = Projection.of(len(mean), mean=mean, matrix=matrix)
    return GeneralHead("pca", projection, cutoff=None, fitted_on=len(features))


def _as_they_are(features: Features) -> Floats:
    return unit_rows(features.astype(np.float32))


def _pooled(features: Features) -> Floats:
    return average_pooled(_as_they_are(features))
