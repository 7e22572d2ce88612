"""The honest test: what a head that saw only a part of the photos does on the rest of them.

Photos are held out by near-duplicate group, so that no scene is both learned and asked for. Some albums are held out
whole, in turns: on them it shows whether learning the others does harm, and how fast a head may get its say.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from guie_desktop.embedding.weight_curve import WeightCurve
from guie_desktop.learning.curation import Ints, Lessons
from guie_desktop.learning.losses import fewest_classes
from guie_desktop.learning.recipe import Recipe
from guie_desktop.learning.splitting import PIECES, pieces_of, pieces_to_ask
from guie_desktop.learning.trainer import Tell, train
from guie_desktop.learning.trial import Asked, Fold, Surroundings, Trial, TrialRoom
from guie_desktop.learning.weighing import Gains, best_curve

_ALBUMS_FOR_STRANGERS = 8
"""From so many albums on, a fifth of them is held out whole while photos of the others are held out. Fewer albums are
held out in trials of their own, or there would be too little left to tell apart."""
_ENOUGH = 600
"""Queries that tell enough of how much of the say a head should have."""
_CURVE = (0.25, 0.5)


@dataclass(frozen=True, slots=True, eq=False)
class Exam:
    """What came of it."""

    asked: Asked
    """Held-out photos."""
    strange: Asked
    """Photos of albums that were held out whole."""
    weighting: WeightCurve
    """By which the head gets its say."""
    agreement: float | None
    """Share of the ten nearest that photos without an album keep; None where there are too few to tell."""
    curve: tuple[tuple[int, float], ...]
    """Photos learned from, and mMP@5 of held-out photos of the albums learned."""


def examine(lessons: Lessons, around: Surroundings, recipe: Recipe, tell: Tell) -> Exam | None:
    """Train on parts of the lessons and ask for the rest; None where too little would be left to learn from.

    `tell` is told the share of this and of a training on all lessons, which would be the next.
    """
    folds = list(_folds(lessons, recipe))
    if not folds:
        return None
    more = list(_without_an_album(lessons, recipe))
    smaller = list(_smaller(lessons, folds[0], recipe))
    steps = len(folds) + len(more) + len(smaller) + 1  # the last is the training on everything, if it comes to that
    trained = 0

    def tell_all(done: float = 0.0) -> None:
        tell((trained + done) / steps)

    def trial(fold: Fold) -> Trial:
        nonlocal trained
        projection = train(_taught(lessons, fold), around.geometry, recipe, tell_all)
        trained += 1
        return Trial(room, fold, projection)

    room = TrialRoom(lessons, around, tell_all)
    trials = [trial(fold) for fold in folds]
    strange = [(one, _some(one.strangers)) for one in (*trials, *(trial(fold) for fold in more))]
    known = [(one, _some(np.setdiff1d(one.tested, one.strangers))) for one in trials]
    weighting = best_curve(*(Gains.joined([one.gains(photos) for one, photos in part]) for part in (known, strange)))
    parts = [one.ask(one.tested, weighting) for one in trials]
    kept = [agreement for one in trials if (agreement := one.agreement(weighting)) is not None]
    curve = [(part, trial(part).ask(part.tested, weighting)) for part in smaller]
    curve.append((folds[0], parts[0]))
    return Exam(
        asked=Asked.joined(parts),
        strange=Asked.joined([one.ask(photos, weighting) for one, photos in strange]),
        weighting=weighting,
        agreement=float(np.mean(kept)) if kept else None,
        curve=tuple(_points(lessons, curve)),
    )


def _some(photos: Ints) -> Ints:
    return photos[np.linspace(0, len(photos) - 1, min(len(photos), _ENOUGH)).astype(np.int64)]


def _taught(lessons: Lessons, fold: Fold) -> Lessons:
    """What is learned: nothing that shows a scene of the strangers, be it as "not this"."""
    scenes = lessons.groups[lessons.only_in(fold.strangers)]
    apart = fold.learned[~np.isin(lessons.groups[fold.learned], scenes)]
    return lessons.only(apart).without(fold.strangers)


def _folds(lessons: Lessons, recipe: Recipe) -> Iterator[Fold]:
    pieces = pieces_to_ask(len(lessons.in_albums))
    piece = pieces_of(lessons, PIECES, recipe.seed)
    albums = np.random.default_rng(recipe.seed).permutation(len(lessons.names))
    for number in range(pieces):
        is_held_out = piece == number
        strangers = np.zeros(len(albums), bool)
        if len(albums) >= _ALBUMS_FOR_STRANGERS:
            strangers[albums[number::PIECES]] = True
        # What is only refused is held out as well, or a near-duplicate of a query would be learned as "not this".
        fold = Fold(np.flatnonzero(~is_held_out), np.flatnonzero(is_held_out & lessons.is_in_album), strangers)
        if len(fold.tested) and _teaches(_taught(lessons, fold), recipe):
            yield fold


def _without_an_album(lessons: Lessons, recipe: Recipe) -> Iterator[Fold]:
    """Where there are few albums, folds in which one of them is not learned, and no photo of the others held out."""
    every = np.arange(len(lessons.keys))
    if len(lessons.names) < _ALBUMS_FOR_STRANGERS:
        for held_out in np.eye(len(lessons.names), dtype=bool):
            fold = Fold(every, every[:0], held_out)
            if len(lessons.only_in(held_out)) and _teaches(_taught(lessons, fold), recipe):
                yield fold


def _teaches(lessons: Lessons, recipe: Recipe) -> bool:
    return lessons.told_apart >= fewest_classes(recipe.loss)


def _smaller(lessons: Lessons, fold: Fold, recipe: Recipe) -> Iterator[Fold]:
    """The fold with a quarter and a half of its photos learned, by near-duplicate group."""
    luck = np.random.default_rng(recipe.seed).random(int(lessons.groups.max()) + 1)
    for share in _CURVE:
        kept = fold.learned[luck[lessons.groups[fold.learned]] < share]
        part = Fold(kept, fold.tested, fold.strangers)
        if _teaches(_taught(lessons, part), recipe):
            yield part


def _points(lessons: Lessons, curve: list[tuple[Fold, Asked]]) -> Iterator[tuple[int, float]]:
    for fold, asked in curve:
        known = ~asked.is_stranger
        if known.any():
            # What is not there to be found, because so little was learned, counts as not found.
            yield len(_taught(lessons, fold).in_albums), float(np.nan_to_num(asked.after[known]).mean())
