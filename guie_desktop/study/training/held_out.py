"""What the scores of a trained head mean: from classes that were held out, as query and index."""

from dataclasses import dataclass

import numpy as np
import pyarrow.compute as pc

from guie_desktop.arrays import Embeddings, Floats, Mask
from guie_desktop.embedding.general_head import SAME
from guie_desktop.embedding.projection import Projection
from guie_desktop.learning.testing.calibration import calibrate
from guie_desktop.learning.testing.evaluation import RetrievalMetrics, evaluate, top_ranked
from guie_desktop.study.sample import Split
from guie_desktop.study.study_features import StudyFeatures

_MOST_QUERIES, _MOST_INDEXED = 2000, 50_000
_HITS = 10
"""Of each query, from which is learned what a score means."""
_FEWEST_QUERIES = 20
"""Fewer say more about single photos than about scores."""
_HIGHEST_CUTOFF = 0.95
_SAME_SHARE, _HIGHEST_SAME = 0.99, 0.999
"""Of a hundred photos of a held-out thing one at most may count as the same picture as another."""


@dataclass(frozen=True, slots=True)
class HeldOutTest:
    """What was found on classes that were not trained on; a quick look, which `study evaluate` takes in full."""

    metrics: RetrievalMetrics
    cutoff: float
    even_chance: float
    steepness: float
    same: float
    """As the fields of a general head have them."""


def try_held_out(features: StudyFeatures, projection: Projection, chosen: Mask | None = None) -> HeldOutTest | None:
    """Ask for up to 2,000 held-out photos among up to 50,000; None where there are too few to tell.

    `chosen` (rows of the manifest) leaves out all others.
    """
    queries, asked = _embedded(features, projection, "query", chosen, _MOST_QUERIES)
    index, labels = _embedded(features, projection, "index", chosen, _MOST_INDEXED)
    if len(asked) < _FEWEST_QUERIES or not np.isin(asked, labels).any():
        return None
    scores = queries @ index.T
    best = top_ranked(scores, _HITS)
    of_hits: Floats = np.take_along_axis(scores, best, axis=1).ravel()
    relevant = (labels[best] == asked[:, np.newaxis]).ravel()
    calibration = calibrate(of_hits, relevant)
    same = np.quantile(of_hits[relevant], _SAME_SHARE) if relevant.any() else SAME
    return HeldOutTest(
        evaluate(lambda rows: scores[rows], labels.tolist(), asked.tolist()),
        cutoff=float(np.clip(calibration.cutoff, -1, _HIGHEST_CUTOFF)),
        even_chance=float(np.clip(calibration.midpoint, -1, 1)),
        steepness=calibration.steepness,
        same=float(np.clip(same, SAME, _HIGHEST_SAME)),
    )


def _embedded(
    features: StudyFeatures, projection: Projection, split: Split, chosen: Mask | None, most: int
) -> tuple[Embeddings, np.typing.NDArray[np.int64]]:
    """Embeddings (n, d) of some photos of a split, spread evenly over it, and the numbers (n,) of their classes."""
    manifest = features.manifest.rows
    count = pc.sum(pc.equal(manifest["split"], split)).as_py() or 0
    every = -(-count // most)
    classes = manifest["label"].combine_chunks().dictionary_encode().indices.to_numpy()
    embeddings, labels = [np.empty((0, projection.output_dimension), np.float32)], [np.empty(0, np.int64)]
    seen = 0
    for part in features.scan(split):
        taken = (seen + np.arange(len(part.places))) % max(every, 1) == 0
        seen += len(part.places)
        if chosen is not None:
            taken &= chosen[part.places]
        embeddings.append(projection.embed_features(part.features[taken]))
        labels.append(classes[part.places[taken]].astype(np.int64))
    return np.concatenate(embeddings), np.concatenate(labels)
