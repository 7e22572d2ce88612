"""A lesson: what comes of learning the albums of a library, from their stored features to a tested head."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from guie_desktop.embedding.general_head import GeneralHead
from guie_desktop.embedding.personal_head import PersonalHead
from guie_desktop.embedding.projection import Projection, unit_rows
from guie_desktop.learned import Advice, LabelIssue, LearningReport, Reason
from guie_desktop.learning.data.curation import TrainingSet
from guie_desktop.learning.data.library_data import load_library_data
from guie_desktop.learning.preload import preload_torch
from guie_desktop.learning.training.recipe import Recipe
from guie_desktop.library.catalog import Catalog
from guie_desktop.library.feature_store import FeatureStore
from guie_desktop.messages import Progress, Stage

if TYPE_CHECKING:
    from guie_desktop.learning.testing.acceptance import Acceptance
    from guie_desktop.learning.testing.cross_validation import CrossValidation

_OUTLIERS = 0.05
"""Share of the album photos that a test for being of the albums' kind may miss (false negatives)."""
_HIGHEST_CUTOFF = 0.95
"""Copies always count as similar."""
_PARTS = 100
"""Of the work, to count its progress in."""


@dataclass(frozen=True, slots=True, eq=False)
class Lesson:
    """What came of it."""

    report: LearningReport
    head: PersonalHead | None
    """None where it was not accepted."""
    trained_on: NDArray[np.int64]
    """Keys of all photos in the albums that were learned."""


def learn_albums(
    catalog: Path, backbone_key: str, general: GeneralHead, recipe: Recipe, tell: Callable[[Progress], None]
) -> Lesson:
    """Cross-validate, decide, and train on everything; UserError where there is nothing to learn from.

    The file of the catalog is only read, and needs no open library. What `tell` raises ends it.
    """
    is_loading = preload_torch()
    with closing(Catalog.open_read_only(catalog)) as opened:
        return _Teacher(FeatureStore(opened, backbone_key), general, recipe, tell).teach(is_loading)


class _Teacher:
    def __init__(
        self, features: FeatureStore, general: GeneralHead, recipe: Recipe, tell: Callable[[Progress], None]
    ) -> None:
        self._features = features
        self._general = general
        self._recipe = recipe
        self._tell = tell
        self._told = Progress("test", 0, 0)

    def teach(self, is_loading: Callable[[], bool]) -> Lesson:
        """As long as torch `is_loading`, what does without it is done."""
        data = load_library_data(self._features, self._general, self._recipe)
        from guie_desktop.learning.testing.acceptance import decide_acceptance
        from guie_desktop.learning.testing.cross_validation import cross_validate

        training_set = data.training_set
        self._report_progress("test", 0.0)
        issues = self._label_issues(training_set)
        validation = cross_validate(
            training_set, data.library, self._recipe, lambda done: self._report_progress("test", done), is_loading
        )
        if validation is None:
            return Lesson(self._untested(training_set), None, data.trained_on)
        acceptance = decide_acceptance(training_set, validation, self._recipe.seed)
        report = self._report(training_set, acceptance, validation.learning_curve, issues)
        if not acceptance.accepted:
            return Lesson(report, None, data.trained_on)
        from guie_desktop.learning.training.trainer import train

        tested = self._told.done / _PARTS
        projection = train(
            training_set,
            data.library.statistics,
            self._recipe,
            lambda done: self._report_progress("learn", tested + (1 - tested) * done),
        )
        return Lesson(report, self._head(training_set, projection, acceptance, validation), data.trained_on)

    def _report_progress(self, stage: Stage, done: float) -> None:
        # A share at a time, for what is told crosses a pipe.
        progress = Progress(stage, round(_PARTS * done), _PARTS)
        if progress != self._told:
            self._told = progress
            self._tell(progress)

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
        self,
        training_set: TrainingSet,
        acceptance: "Acceptance",
        curve: tuple[tuple[int, float], ...],
        issues: tuple[LabelIssue, ...],
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
            label_issues=issues,
            left_out=training_set.left_out,
        )

    def _label_issues(self, training_set: TrainingSet) -> tuple[LabelIssue, ...]:
        from guie_desktop.learning.testing.label_issues import find_label_issues

        found = find_label_issues(training_set, self._general.apply(training_set.features))
        showing = self._features.catalog.photos_showing([int(training_set.keys[photo]) for photo, _, _ in found])
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
            backbone_key=self._features.backbone_key,
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
