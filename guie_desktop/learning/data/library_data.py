"""What a library has to learn from: the stored features of its albums' photos, and of photos without an album."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from guie_desktop.arrays import Floats
from guie_desktop.domain import PHOTOS_TO_LEARN
from guie_desktop.embedding.general_head import SAMPLE_SIZE, GeneralHead
from guie_desktop.embedding.projection import unit_rows
from guie_desktop.errors import NOT_YET, UserError
from guie_desktop.learning.data.curation import TrainingSet, cap_classes, make_training_set
from guie_desktop.learning.losses import fewest_classes
from guie_desktop.learning.testing.trial import LibraryContext
from guie_desktop.learning.training.feature_statistics import FeatureStatistics
from guie_desktop.learning.training.recipe import Recipe
from guie_desktop.library.catalog import Catalog
from guie_desktop.library.feature_store import FeatureStore, evenly
from guie_desktop.library.labels import read_labels
from guie_desktop.sentences import Sentence


@dataclass(frozen=True, slots=True, eq=False)
class LibraryData:
    """What there is to learn from."""

    training_set: TrainingSet
    trained_on: NDArray[np.int64]
    """Keys of all photos in the albums that are learned, also of those that the cap of an album leaves out."""
    library: LibraryContext


def need_albums(catalog: Catalog, recipe: Recipe) -> None:
    """UserError where too little was sorted to learn from, as is known at once."""
    fewest = fewest_classes(recipe.loss)
    if sum(album.photos >= PHOTOS_TO_LEARN for album in catalog.albums()) < fewest:
        raise UserError(
            "There is too little to learn from yet.",
            Sentence(
                "Sort at least {photos} photos each into {albums} albums; ten or more are better.",
                photos=PHOTOS_TO_LEARN,
                albums=fewest,
            ),
        )


def load_library_data(store: FeatureStore, general: GeneralHead, recipe: Recipe) -> LibraryData:
    """Of this backbone's features; UserError where there is nothing to learn from."""
    labels = read_labels(store)
    if sum(len(keys) >= PHOTOS_TO_LEARN for keys in labels.members.values()) < fewest_classes(recipe.loss):
        need_albums(store.catalog, recipe)
        raise UserError("Too few of the photos in albums can be searched yet.", NOT_YET)
    ids = store.live_ids()
    sample = _unit_features(store, evenly(ids, SAMPLE_SIZE))
    statistics = FeatureStatistics.of(np.stack(list(sample.values())))
    capped = cap_classes(labels.members, recipe.seed)
    wanted = sorted({key for part in (capped, labels.refused) for keys in part.values() for key in keys})
    unread = np.array([key for key in wanted if key not in sample], np.int64)
    features = {key: sample[key] for key in wanted if key in sample} | _unit_features(store, unread)
    training_set = make_training_set(capped, labels.refused, features, statistics.mean)
    in_albums = {key for keys in labels.members.values() for key in keys}
    without_album = [feature for key, feature in sample.items() if key not in in_albums]
    unlabelled = np.stack(without_album) if without_album else np.empty((0, training_set.features.shape[1]), np.float32)
    unlabelled_weight = (len(ids) - len(in_albums)) / max(len(without_album), 1)
    trained_on = np.array(sorted({key for name in training_set.names for key in labels.members[name]}), np.int64)
    labelled_weights = np.ones(len(training_set.keys), np.float32)
    for number, name in enumerate(training_set.names):
        of_album = training_set.membership[:, number]
        weight = len(labels.members[name]) / len(capped[name])
        labelled_weights[of_album] = np.maximum(labelled_weights[of_album], weight)
    library = LibraryContext(general, statistics, unlabelled, max(unlabelled_weight, 1.0), labelled_weights)
    return LibraryData(training_set, trained_on, library)


def _unit_features(features: FeatureStore, ids: NDArray[np.int64]) -> dict[int, Floats]:
    found: dict[int, Floats] = {}
    for keys, rows in features.by_id(ids):
        found.update(zip(keys.tolist(), unit_rows(rows.astype(np.float32)), strict=True))
    return found
