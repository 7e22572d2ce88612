"""Cross-validation: what a head that was trained on a part of the photos does on the rest of them.

Photos are held out by near-duplicate group, so that no scene is both trained on and queried with. Some albums are held
out whole, in turns: on these unseen classes it shows whether learning the others does harm, and how fast the weight of
a head may rise. Importing this does not import torch; trainings do.
"""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from guie_desktop.embedding.weight_curve import WeightCurve
from guie_desktop.learning.data.curation import Ints, TrainingSet
from guie_desktop.learning.data.splitting import FOLDS, assign_folds, folds_to_test
from guie_desktop.learning.losses import fewest_classes
from guie_desktop.learning.testing.expansion_selection import ExpansionGains, select_expansion
from guie_desktop.learning.testing.trial import LibraryContext, QueryOutcomes, Split, Trial, TrialContext
from guie_desktop.learning.testing.weight_selection import Gains, select_curve
from guie_desktop.learning.training.recipe import Recipe
from guie_desktop.learning.training.within_class import WithinClassSpace, start_of

_MIN_ALBUMS_TO_HOLD_OUT = 8
"""From so many albums on, a fifth of them is held out whole while photos of the others are held out. Fewer albums are
held out in trials of their own, or there would be too few classes left to train on."""
_MAX_QUERIES = 600
"""Of a trial from which the curve of the weight is selected."""
_LEARNING_CURVE_SHARES = (0.25, 0.5)
_MAX_STARTS_AHEAD = 3
"""Of trainings; they are kept in memory until then."""


@dataclass(frozen=True, slots=True, eq=False)
class CrossValidation:
    """What came of it."""

    held_out: QueryOutcomes
    """Held-out photos."""
    unseen: QueryOutcomes
    """Photos of albums that were held out whole."""
    weighting: WeightCurve
    """By which the weight of the head rises."""
    agreement: float | None
    """Share of the ten nearest that photos without an album keep; None where there are too few to tell."""
    learning_curve: tuple[tuple[int, float], ...]
    """Photos trained on, and mMP@5 of held-out photos of the albums trained on."""
    expands: bool = False
    """Whether queries are expanded by what they find first."""


def cross_validate(
    training_set: TrainingSet,
    library: LibraryContext,
    recipe: Recipe,
    on_progress: Callable[[float], None],
    is_loading: Callable[[], bool] = lambda: False,
) -> CrossValidation | None:
    """Train on parts of the training set and query with the rest; None where too little would be left to train on.

    `on_progress` takes the share of this and of a training on the whole set, which would be the next. As long as torch
    `is_loading`, what trainings do without it is done ahead.
    """
    splits = list(_splits(training_set, recipe))
    if not splits:
        return None
    more = list(_leave_one_album_out(training_set, recipe))
    smaller = list(_smaller_splits(training_set, splits[0], recipe))
    steps = len(splits) + len(more) + len(smaller) + 1  # the last is the training on everything, if it comes to that
    trained = 0

    def on_training_progress(done: float = 0.0) -> None:
        on_progress((trained + done) / steps)

    starts = deque(_starts_ahead(training_set, [*splits, *more, *smaller], library, recipe, is_loading))
    from guie_desktop.learning.training.trainer import train  # waits where torch is still on its way

    def trial(split: Split) -> Trial:
        nonlocal trained
        projection = train(
            _training_part(training_set, split),
            library.statistics,
            recipe,
            on_training_progress,
            starts.popleft() if starts else None,
        )
        trained += 1
        return Trial(context, split, projection)

    context = TrialContext(training_set, library, on_training_progress)
    trials = [trial(split) for split in splits]
    unseen = [(one, _sample(one.unseen)) for one in (*trials, *(trial(split) for split in more))]
    seen = [(one, _sample(np.setdiff1d(one.test, one.unseen))) for one in trials]
    weighting = select_curve(*(Gains.joined([one.gains(photos) for one, photos in part]) for part in (seen, unseen)))
    of_seen, of_unseen = (
        ExpansionGains.joined([one.expansion_gains(photos, weighting) for one, photos in part])
        for part in (seen, unseen)
    )
    expands = select_expansion(of_seen, of_unseen, recipe.seed)
    held_out = [one.outcomes(one.test, weighting, expands=expands) for one in trials]
    kept = [agreement for one in trials if (agreement := one.agreement(weighting)) is not None]
    curve = [(split, trial(split).outcomes(split.test, weighting, expands=expands)) for split in smaller]
    curve.append((splits[0], held_out[0]))
    return CrossValidation(
        held_out=QueryOutcomes.joined(held_out),
        unseen=QueryOutcomes.joined([one.outcomes(photos, weighting, expands=expands) for one, photos in unseen]),
        weighting=weighting,
        agreement=float(np.mean(kept)) if kept else None,
        learning_curve=tuple(_points(training_set, curve)),
        expands=expands,
    )


def _starts_ahead(
    training_set: TrainingSet,
    splits: Sequence[Split],
    library: LibraryContext,
    recipe: Recipe,
    goes_on: Callable[[], bool],
) -> Iterator[WithinClassSpace]:
    """Where the first trainings on these splits start, in their order."""
    for split in splits[:_MAX_STARTS_AHEAD]:
        if not goes_on():
            break
        yield start_of(_training_part(training_set, split), library.statistics, recipe)


def _sample(photos: Ints) -> Ints:
    return photos[np.linspace(0, len(photos) - 1, min(len(photos), _MAX_QUERIES)).astype(np.int64)]


def _training_part(training_set: TrainingSet, split: Split) -> TrainingSet:
    """What is trained on: nothing that shows a scene of the held-out classes, be it as "not this"."""
    scenes = training_set.groups[training_set.exclusive_to(split.held_out_classes)]
    kept = split.train[~np.isin(training_set.groups[split.train], scenes)]
    return training_set.subset(kept).without(split.held_out_classes)


def _splits(training_set: TrainingSet, recipe: Recipe) -> Iterator[Split]:
    fold_of = assign_folds(training_set, FOLDS, recipe.seed)
    albums = np.random.default_rng(recipe.seed).permutation(len(training_set.names))
    for fold in range(folds_to_test(len(training_set.in_albums))):
        is_held_out = fold_of == fold
        held_out_classes = np.zeros(len(albums), bool)
        if len(albums) >= _MIN_ALBUMS_TO_HOLD_OUT:
            held_out_classes[albums[fold::FOLDS]] = True
        # What is only refused is held out as well, or a near-duplicate of a query would be trained on as "not this".
        test = np.flatnonzero(is_held_out & training_set.is_in_album)
        split = Split(np.flatnonzero(~is_held_out), test, held_out_classes)
        if len(split.test) and _is_trainable(_training_part(training_set, split), recipe):
            yield split


def _leave_one_album_out(training_set: TrainingSet, recipe: Recipe) -> Iterator[Split]:
    """Where there are few albums: splits that hold out one of them whole, and no photo of the others."""
    every = np.arange(len(training_set.keys))
    if len(training_set.names) < _MIN_ALBUMS_TO_HOLD_OUT:
        for held_out in np.eye(len(training_set.names), dtype=bool):
            split = Split(every, every[:0], held_out)
            if len(training_set.exclusive_to(held_out)) and _is_trainable(_training_part(training_set, split), recipe):
                yield split


def _is_trainable(training_set: TrainingSet, recipe: Recipe) -> bool:
    return training_set.trainable_classes >= fewest_classes(recipe.loss)


def _smaller_splits(training_set: TrainingSet, split: Split, recipe: Recipe) -> Iterator[Split]:
    """The split with a quarter and a half of its photos trained on, by near-duplicate group."""
    draws = np.random.default_rng(recipe.seed).random(int(training_set.groups.max()) + 1)
    for share in _LEARNING_CURVE_SHARES:
        kept = split.train[draws[training_set.groups[split.train]] < share]
        smaller = Split(kept, split.test, split.held_out_classes)
        if _is_trainable(_training_part(training_set, smaller), recipe):
            yield smaller


def _points(training_set: TrainingSet, curve: list[tuple[Split, QueryOutcomes]]) -> Iterator[tuple[int, float]]:
    for split, outcomes in curve:
        seen = ~outcomes.is_unseen
        if seen.any():
            # What is not there to be found, because so little was trained on, counts as not found.
            mmp5 = float(np.nan_to_num(outcomes.mmp5_after[seen]).mean())
            yield len(_training_part(training_set, split).in_albums), mmp5
