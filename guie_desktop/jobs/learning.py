"""Learning the albums: cross-validate, train on all of them, and take the head into use if it passes."""

import threading
import time
from collections.abc import Generator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from guie_desktop.arrays import Floats
from guie_desktop.domain import PHOTOS_TO_LEARN
from guie_desktop.embedding.general_head import SAMPLE_SIZE
from guie_desktop.embedding.personal_head import PersonalHead
from guie_desktop.embedding.projection import Projection, unit_rows
from guie_desktop.errors import NOT_YET, UserError
from guie_desktop.jobs.background import Cancelled, in_background
from guie_desktop.jobs.switching import use_head
from guie_desktop.learned import Advice, LabelIssue, LearningReport, Reason
from guie_desktop.learning.data.curation import TrainingSet, cap_classes, make_training_set
from guie_desktop.learning.losses import fewest_classes
from guie_desktop.learning.testing.trial import LibraryContext
from guie_desktop.learning.training.feature_statistics import FeatureStatistics
from guie_desktop.learning.training.recipe import Recipe
from guie_desktop.library.feature_store import FeatureStore, evenly
from guie_desktop.library.labels import read_labels
from guie_desktop.messages import Progress, Stage
from guie_desktop.sentences import Sentence
from guie_desktop.workspace.open_backbone import OpenBackbone
from guie_desktop.workspace.open_library import WritableLibrary
from guie_desktop.workspace.preload import preload_for_learning
from guie_desktop.workspace.reports import report_as_text

if TYPE_CHECKING:
    from guie_desktop.learning.testing.acceptance import Acceptance
    from guie_desktop.learning.testing.cross_validation import CrossValidation

_OUTLIERS = 0.05
"""Share of the album photos that a test for being of the albums' kind may miss (false negatives)."""
_HIGHEST_CUTOFF = 0.95
"""Copies always count as similar."""


def learn(
    library: WritableLibrary, recipe: Recipe, *, dry_run: bool = False
) -> Generator[Progress, None, LearningReport]:
    """Learn the albums of the library; search goes on, and changes when the new head's index is whole.

    With `dry_run` nothing is kept. UserError where there is nothing to learn from.
    """
    started = time.monotonic()
    backbone = library.backbone
    work = _LearningRun(library, recipe)
    report, head, trained_on = yield from in_background(work.run, work.progress, work.stop)
    report = replace(report, seconds=time.monotonic() - started)
    if head is None or not report.accepted or dry_run:
        return report
    title = library.head_store.next_title()
    kept = library.head_store.keep_personal(
        backbone.key,
        title,
        replace(head, title=title).to_bytes(with_names=True),
        trained_on,
        report_as_text(report),
    )
    yield from use_head(library, kept)
    return replace(report, head=kept, seconds=time.monotonic() - started)


@dataclass(frozen=True, slots=True, eq=False)
class _TrainingData:
    """What there is to learn from."""

    training_set: TrainingSet
    trained_on: NDArray[np.int64]
    """Keys of all photos in the albums that are learned, also of those that the cap of an album leaves out."""
    library: LibraryContext


class _LearningRun:
    """The part that runs in a thread of its own, told how far it is by `progress` and to end by `stop`."""

    def __init__(self, library: WritableLibrary, recipe: Recipe) -> None:
        self._catalog = library.catalog
        self._backbone = library.backbone
        self._recipe = recipe
        self._stage: Stage = "test"
        self._done = 0.0
        self._stopped = threading.Event()

    def progress(self) -> Progress:
        """For the user."""
        return Progress(self._stage, round(100 * self._done), 100)

    def stop(self) -> None:
        """End at the next step."""
        self._stopped.set()

    def run(self) -> tuple[LearningReport, PersonalHead | None, NDArray[np.int64]]:
        """Cross-validate, decide, and train on everything."""
        preload_for_learning()
        data = _load_training_data(self._backbone, self._recipe)
        from guie_desktop.learning.testing.acceptance import decide_acceptance
        from guie_desktop.learning.testing.cross_validation import cross_validate
        from guie_desktop.learning.training.trainer import single_threaded, train

        training_set = data.training_set
        with single_threaded():  # the other core is for answering
            self._report_progress("test", 0.0)
            validation = cross_validate(
                training_set, data.library, self._recipe, lambda done: self._report_progress("test", done)
            )
            if validation is None:
                return self._untested(training_set), None, data.trained_on
            acceptance = decide_acceptance(training_set, validation, self._recipe.seed)
            report = self._report(training_set, acceptance, validation.learning_curve)
            if not acceptance.accepted:
                return report, None, data.trained_on
            tested = self._done
            projection = train(
                training_set,
                data.library.statistics,
                self._recipe,
                lambda done: self._report_progress("learn", tested + (1 - tested) * done),
            )
        head = self._head(training_set, projection, acceptance, validation)
        return report, head, data.trained_on

    def _report_progress(self, stage: Stage, done: float) -> None:
        if self._stopped.is_set():
            raise Cancelled
        self._stage, self._done = stage, done

    def _untested(self, training_set: TrainingSet) -> LearningReport:
        return LearningReport(
            head=None,
            loss=self._recipe.loss,
            albums=len(training_set.names),
            photos=len(training_set.in_albums),
            seconds=0.0,
            before=None,
            after=None,
            accepted=False,
            reason=Reason("no split"),
            advice=(Advice("other occasions"),),
            left_out=training_set.left_out,
        )

    def _report(
        self, training_set: TrainingSet, acceptance: "Acceptance", curve: tuple[tuple[int, float], ...]
    ) -> LearningReport:
        return LearningReport(
            head=None,
            loss=self._recipe.loss,
            albums=len(training_set.names),
            photos=len(training_set.in_albums),
            seconds=0.0,
            before=acceptance.before,
            after=acceptance.after,
            accepted=acceptance.accepted,
            reason=acceptance.reason,
            advice=acceptance.advice,
            tests=acceptance.tests,
            confused=acceptance.confused,
            curve=curve,
            label_issues=self._label_issues(training_set),
            left_out=training_set.left_out,
        )

    def _label_issues(self, training_set: TrainingSet) -> tuple[LabelIssue, ...]:
        from guie_desktop.learning.testing.label_issues import find_label_issues

        found = find_label_issues(training_set, self._backbone.general.apply(training_set.features))
        showing = self._catalog.photos_showing([int(training_set.keys[photo]) for photo, _, _ in found])
        return tuple(
            LabelIssue(shown.photos[0].id, shown.photos[0].path, training_set.names[own], training_set.names[other])
            for photo, own, other in found
            if (shown := showing.get(int(training_set.keys[photo])))
        )

    def _head(
        self,
        training_set: TrainingSet,
        projection: Projection,
        acceptance: "Acceptance",
        validation: "CrossValidation",
    ) -> PersonalHead:
        """The head, calibrated on the held-out test, whose queries had not been trained on."""
        from guie_desktop.learning.testing.calibration import calibrate

        outcomes = validation.held_out
        centroids = unit_rows(training_set.membership.T.astype(np.float32) @ projection.embed(training_set.features))
        is_personal = outcomes.is_personal | ~outcomes.is_personal.any()
        counted = is_personal[:, np.newaxis] & (outcomes.personal_scores > -1)
        calibration = calibrate(outcomes.personal_scores[counted], outcomes.personal_is_relevant[counted])
        return PersonalHead(
            backbone_key=self._backbone.key,
            title="",
            projection=projection,
            centres=centroids,
            weighting=validation.weighting,
            expands=validation.expands,
            belonging=float(np.quantile(outcomes.centroid_similarity[~outcomes.is_unseen], _OUTLIERS)),
            cutoff=min(calibration.cutoff, _HIGHEST_CUTOFF),
            steepness=calibration.steepness,
            midpoint=calibration.midpoint,
            photos=len(training_set.in_albums),
            recipe=self._recipe.as_stored(),
            before=acceptance.before,
            after=acceptance.after,
            names=training_set.names,
        )


def _load_training_data(backbone: OpenBackbone, recipe: Recipe) -> _TrainingData:
    labels = read_labels(backbone.features)
    enough = [name for name, keys in labels.members.items() if len(keys) >= PHOTOS_TO_LEARN]
    fewest = fewest_classes(recipe.loss)
    if len(enough) < fewest:
        sorted_by_hand = sum(album.photos >= PHOTOS_TO_LEARN for album in backbone.features.catalog.albums())
        if sorted_by_hand >= fewest:
            raise UserError("Too few of the photos in albums can be searched yet.", NOT_YET)
        raise UserError(
            "There is too little to learn from yet.",
            Sentence(
                "Sort at least {photos} photos each into {albums} albums; ten or more are better.",
                photos=PHOTOS_TO_LEARN,
                albums=fewest,
            ),
        )
    ids = backbone.features.live_ids()
    sample = _unit_features(backbone.features, evenly(ids, SAMPLE_SIZE))
    statistics = FeatureStatistics.of(np.stack(list(sample.values())))
    capped = cap_classes(labels.members, recipe.seed)
    wanted = sorted({key for part in (capped, labels.refused) for keys in part.values() for key in keys})
    unread = np.array([key for key in wanted if key not in sample], np.int64)
    features = {key: sample[key] for key in wanted if key in sample} | _unit_features(backbone.features, unread)
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
    library = LibraryContext(backbone.general, statistics, unlabelled, max(unlabelled_weight, 1.0), labelled_weights)
    return _TrainingData(training_set, trained_on, library)


def _unit_features(features: FeatureStore, ids: NDArray[np.int64]) -> dict[int, Floats]:
    found: dict[int, Floats] = {}
    for keys, rows in features.by_id(ids):
        found.update(zip(keys.tolist(), unit_rows(rows.astype(np.float32)), strict=True))
    return found
