"""Learning the albums: gather, test honestly, train on all of it, and take the head into use if it earned that."""

import threading
import time
from collections.abc import Generator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from guie_desktop.domain import PHOTOS_TO_LEARN, Doubt, LearningReport
from guie_desktop.embedding.general_head import MOST_PHOTOS
from guie_desktop.embedding.head import Floats, unit_rows
from guie_desktop.embedding.personal_head import PersonalHead
from guie_desktop.errors import UserError
from guie_desktop.jobs.background import Cancelled, in_background
from guie_desktop.jobs.heads import use_head
from guie_desktop.jobs.model import Model
from guie_desktop.jobs.open_library import WritableLibrary
from guie_desktop.jobs.reports import report_as_text
from guie_desktop.jobs.warming_up import warm_up_for_learning
from guie_desktop.learning.curation import Lessons, capped, make_lessons
from guie_desktop.learning.geometry import Geometry
from guie_desktop.learning.losses import fewest_classes
from guie_desktop.learning.recipe import Recipe
from guie_desktop.learning.trial import Surroundings
from guie_desktop.library.features import Features, evenly
from guie_desktop.library.heads import keep_personal_head, next_title
from guie_desktop.library.labels import read_labels
from guie_desktop.messages import Progress, Stage

if TYPE_CHECKING:
    from guie_desktop.learning.exam import Exam
    from guie_desktop.learning.judgement import Judgement
    from guie_desktop.learning.projection import Projection

_OUTLIERS = 0.05
"""Share of the album photos that a test for being of the albums' kind may miss."""
_HIGHEST_CUTOFF = 0.95
"""Copies always count as similar."""


def learn(
    library: WritableLibrary, recipe: Recipe, *, dry_run: bool = False
) -> Generator[Progress, None, LearningReport]:
    """Learn the albums of the library; search goes on, and changes when the new head's index is whole.

    With `dry_run` nothing is kept. UserError where there is nothing to learn from.
    """
    started = time.monotonic()
    model = library.model
    work = _Work(library, recipe)
    report, head, taught = yield from in_background(work.run, work.progress, work.stop)
    report = replace(report, seconds=time.monotonic() - started)
    if head is None or not report.accepted or dry_run:
        return report
    title = next_title(library.catalog.engine)
    kept = keep_personal_head(
        model.features,
        title,
        replace(head, title=title).to_bytes(with_names=True),
        taught,
        report_as_text(report),
    )
    yield from use_head(library, kept)
    return replace(report, head=kept, seconds=time.monotonic() - started)


@dataclass(frozen=True, slots=True, eq=False)
class _Material:
    """What there is to learn from."""

    lessons: Lessons
    taught: NDArray[np.int64]
    """Keys of all photos in the albums that are learned, also of those that an album has beyond the most."""
    around: Surroundings


class _Work:
    """The part that runs in a thread of its own, told how far it is by `progress` and to end by `stop`."""

    def __init__(self, library: WritableLibrary, recipe: Recipe) -> None:
        self._catalog = library.catalog
        self._model = library.model
        self._recipe = recipe
        self._stage: Stage = "learn"
        self._done = 0.0
        self._stopped = threading.Event()

    def progress(self) -> Progress:
        """For the user."""
        return Progress(0, self._stage, round(100 * self._done), 100, 0.0, None, paused=False)

    def stop(self) -> None:
        """End at the next step."""
        self._stopped.set()

    def run(self) -> tuple[LearningReport, PersonalHead | None, NDArray[np.int64]]:
        """Test, train and judge."""
        warm_up_for_learning()
        material = _gather(self._model, self._recipe)
        from guie_desktop.learning.exam import examine
        from guie_desktop.learning.judgement import judge
        from guie_desktop.learning.trainer import one_thread, train

        lessons = material.lessons
        with one_thread():  # the other core is for answering
            self._tell("test", 0.0)
            exam = examine(lessons, material.around, self._recipe, lambda done: self._tell("test", done))
            if exam is None:
                return self._untested(lessons), None, material.taught
            judgement = judge(lessons, exam, self._recipe.seed)
            report = self._report(lessons, judgement, exam.curve)
            if not judgement.accepted:
                return report, None, material.taught
            tested = self._done
            projection = train(
                lessons,
                material.around.geometry,
                self._recipe,
                lambda done: self._tell("learn", tested + (1 - tested) * done),
            )
        head = self._head(lessons, projection, judgement, exam)
        return report, head, material.taught

    def _tell(self, stage: Stage, done: float) -> None:
        if self._stopped.is_set():
            raise Cancelled
        self._stage, self._done = stage, done

    def _untested(self, lessons: Lessons) -> LearningReport:
        return LearningReport(
            head=None,
            loss=self._recipe.loss,
            albums=len(lessons.names),
            photos=len(lessons.in_albums),
            seconds=0.0,
            before=None,
            after=None,
            accepted=False,
            reason="Too few photos can be held back for a test, or those of each album all show one scene.",
            advice=("Add photos of the same things from other occasions.",),
            left_out=lessons.left_out,
        )

    def _report(self, lessons: Lessons, judgement: "Judgement", curve: tuple[tuple[int, float], ...]) -> LearningReport:
        return LearningReport(
            head=None,
            loss=self._recipe.loss,
            albums=len(lessons.names),
            photos=len(lessons.in_albums),
            seconds=0.0,
            before=judgement.before,
            after=judgement.after,
            accepted=judgement.accepted,
            reason=judgement.reason,
            advice=judgement.advice,
            tests=judgement.tests,
            confused=judgement.confused,
            curve=curve,
            doubts=self._doubts(lessons),
            left_out=lessons.left_out,
        )

    def _doubts(self, lessons: Lessons) -> tuple[Doubt, ...]:
        from guie_desktop.learning.doubts import doubtful_photos

        found = doubtful_photos(lessons, self._model.general.apply(lessons.rows))
        showing = self._catalog.photos_showing([int(lessons.keys[photo]) for photo, _, _ in found])
        return tuple(
            Doubt(shown[0].id, shown[0].path, lessons.names[own], lessons.names[other])
            for photo, own, other in found
            if (shown := showing.get(int(lessons.keys[photo])))
        )

    def _head(self, lessons: Lessons, projection: "Projection", judgement: "Judgement", exam: "Exam") -> PersonalHead:
        """The head with what its scores mean; that comes from the test, whose queries had not been learned."""
        from guie_desktop.learning.calibration import calibrate

        asked = exam.asked
        centres = unit_rows(lessons.belongs.T.astype(np.float32) @ projection.embed(lessons.rows))
        counted = (asked.is_personal | ~asked.is_personal.any())[:, np.newaxis] & (asked.personal_scores > -1)
        calibration = calibrate(asked.personal_scores[counted], asked.personal_right[counted])
        return PersonalHead(
            backbone=self._model.key,
            title="",
            mean=projection.mean,
            matrix=projection.matrix,
            bias=projection.bias,
            centres=centres,
            weighting=exam.weighting,
            belonging=float(np.quantile(asked.to_centre[~asked.is_stranger], _OUTLIERS)),
            cutoff=min(calibration.cutoff, _HIGHEST_CUTOFF),
            steepness=calibration.steepness,
            midpoint=calibration.midpoint,
            photos=len(lessons.in_albums),
            recipe=self._recipe.facts(),
            before=judgement.before,
            after=judgement.after,
            names=lessons.names,
        )


def _gather(model: Model, recipe: Recipe) -> _Material:
    labels = read_labels(model.features)
    enough = [name for name, keys in labels.members.items() if len(keys) >= PHOTOS_TO_LEARN]
    fewest = fewest_classes(recipe.loss)
    if len(enough) < fewest:
        raise UserError(
            "There is too little to learn from yet.",
            f"Sort at least {PHOTOS_TO_LEARN} photos each into {fewest} albums; ten or more are better.",
        )
    ids = model.features.live_ids()
    rows = _rows(model.features, evenly(ids, MOST_PHOTOS))
    geometry = Geometry.of(np.stack(list(rows.values())))
    chosen = capped(labels.members, recipe.seed)
    wanted = sorted({key for part in (chosen, labels.refused) for keys in part.values() for key in keys})
    unread = np.array([key for key in wanted if key not in rows], np.int64)
    features = {key: rows[key] for key in wanted if key in rows} | _rows(model.features, unread)
    lessons = make_lessons(chosen, labels.refused, features, geometry.mean)
    in_albums = {key for keys in labels.members.values() for key in keys}
    without = [row for key, row in rows.items() if key not in in_albums]
    unlabelled = np.stack(without) if without else np.empty((0, lessons.rows.shape[1]), np.float32)
    stands_for = (len(ids) - len(in_albums)) / max(len(without), 1)
    taught = np.array(sorted({key for name in lessons.names for key in labels.members[name]}), np.int64)
    lessons_stand_for = np.ones(len(lessons.keys), np.float32)
    for number, name in enumerate(lessons.names):
        of_album = lessons.belongs[:, number]
        share = len(labels.members[name]) / len(chosen[name])
        lessons_stand_for[of_album] = np.maximum(lessons_stand_for[of_album], share)
    around = Surroundings(model.general, geometry, unlabelled, max(stands_for, 1.0), lessons_stand_for)
    return _Material(lessons, taught, around)


def _rows(features: Features, ids: NDArray[np.int64]) -> dict[int, Floats]:
    found: dict[int, Floats] = {}
    for keys, rows in features.by_id(ids):
        found.update(zip(keys.tolist(), unit_rows(rows.astype(np.float32)), strict=True))
    return found
