"""From the test to a decision: whether a head is taken into use, why, and what would make it better."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from guie_desktop.domain import PHOTOS_TO_LEARN, AlbumTest, Confusion, Quality
from guie_desktop.embedding.head import Floats
from guie_desktop.learning.curation import Ints, Lessons
from guie_desktop.learning.evaluation import CUTOFF
from guie_desktop.learning.exam import Exam
from guie_desktop.learning.interval import Interval, interval_of
from guie_desktop.learning.trial import Asked

MOST_HARM = 0.02
"""mMP@5 that albums which were not learned may lose in the test."""
LEAST_AGREEMENT = 0.5
"""Of the ten nearest of photos without an album, the share that has to stay. Where most of a library is in albums of
many kinds it was 0.75, with few albums 0.98."""
_SURE = 0.99
"""How sure it must be that a head is better. At 95 %, one of thirty sets of shuffled labels was taken into use."""
_CONFUSED = 0.15
"""Share of the five nearest from which on two albums are told to be confused."""
_FEW = 30
"""Queries below which a test seldom tells."""
_SMALL = 8
"""Photos up to which an album is called small when it is not found well."""
_POOR = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class Judgement:
    """The decision, with what the report shows."""

    accepted: bool
    reason: str
    advice: tuple[str, ...]
    before: Quality
    after: Quality
    tests: tuple[AlbumTest, ...]
    confused: tuple[Confusion, ...]


def judge(lessons: Lessons, exam: Exam, seed: int) -> Judgement:
    """Better on held-out photos of the albums, and no harm to what was not learned: taken into use; else refused."""
    asked = exam.asked
    known = ~np.isnan(asked.after) & ~asked.is_stranger
    groups = lessons.groups[asked.photos]
    gain = interval_of(asked.after[known] - asked.before[known], groups[known], seed, _SURE)
    change = exam.strange.after - exam.strange.before
    judged = ~np.isnan(change)
    harm = interval_of(change[judged], lessons.groups[exam.strange.photos][judged], seed)
    before = _quality(asked.before[known], asked.first_before[known], groups[known], 1.0, seed)
    after = _quality(asked.after[known], asked.first_after[known], groups[known], exam.agreement, seed)
    tests = _album_tests(lessons, asked, known)
    confused = _confusions(lessons, asked, known)
    accepted, reason = _decision(gain, harm, before, after, int(known.sum()))
    if accepted and exam.agreement is not None and exam.agreement < LEAST_AGREEMENT:
        accepted, reason = (
            False,
            (
                f"It finds your albums better, but photos that are in no album would be ranked anew: only "
                f"{_percent(exam.agreement)} of their nearest would stay."
            ),
        )
    return Judgement(
        accepted=accepted,
        reason=reason,
        advice=(
            *(("Add photos to your albums: ten or more in each are better.",) if known.sum() < _FEW else ()),
            *_advice(lessons, tests, confused, np.asarray(lessons.belongs[exam.strange.photos].any(axis=0))),
        ),
        before=before,
        after=after,
        tests=tests,
        confused=confused,
    )


def _decision(gain: Interval, harm: Interval, before: Quality, after: Quality, asked: int) -> tuple[bool, str]:
    moved = f"of the five nearest photos {_percent(after.mmp5)} belong, instead of {_percent(before.mmp5)}"
    if not asked:
        return False, "There is nothing to test with: in every album all photos show one scene."
    if gain.low > 0:
        if harm.mean < -MOST_HARM and harm.high < 0:
            return False, (
                f"It finds your albums better ({moved}), but albums that it has not seen worse "
                f"(by {_percent(-harm.mean)} of the five nearest)."
            )
        return True, f"It finds held-out photos of your albums better: {moved}."
    if before.mmp5 > 0.97:
        return False, "The general ranking finds your albums as well as can be; there is nothing to gain."
    if gain.high < 0:
        return False, f"It finds held-out photos of your albums worse: {moved}."
    if asked < _FEW:
        return False, f"There are too few photos to tell: only {asked} could be held out, and {moved}."
    return False, (
        f"It finds held-out photos of your albums no better: {moved}, which may be chance. "
        "The photos of an album may have too little in common, or be in the wrong albums."
    )


def _advice(
    lessons: Lessons, tests: tuple[AlbumTest, ...], confused: tuple[Confusion, ...], held_out: NDArray[np.bool_]
) -> tuple[str, ...]:
    """`held_out` (C,) tells which albums were held out whole, and lack a test for that alone."""
    sentences: list[str] = []
    small = [test.album for test in tests if test.photos <= _SMALL and test.after is not None and test.after < _POOR]
    untested = [test.album for test, was_out in zip(tests, held_out, strict=True) if test.after is None and not was_out]
    if small:
        sentences.append(f"More photos would help most in {_listed(small)}.")
    for pair in confused[:3]:
        sentences.append(f"{pair.album} is often taken for {pair.other}. Are some photos in the wrong one?")
    if untested:
        sentences.append(f"{_listed(untested)} could not be tested: add photos of other occasions.")
    if lessons.left_out:
        names, were = _listed([name for name, _ in lessons.left_out]), "was" if len(lessons.left_out) == 1 else "were"
        sentences.append(f"{names} {were} left out: an album needs {PHOTOS_TO_LEARN} photos.")
    return tuple(sentences)


def _quality(mmp5: Floats, p1: Floats, groups: Ints, unlabelled: float | None, seed: int) -> Quality:
    interval = interval_of(mmp5, groups, seed)
    return Quality(interval.mean, float(p1.mean()) if len(p1) else 0.0, interval.low, interval.high, unlabelled)


def _album_tests(lessons: Lessons, asked: Asked, known: NDArray[np.bool_]) -> tuple[AlbumTest, ...]:
    tests = []
    for number, name in enumerate(lessons.names):
        photos = lessons.belongs[:, number]
        of_album = photos[asked.photos] & known
        before = float(asked.before[of_album].mean()) if of_album.any() else None
        after = float(asked.after[of_album].mean()) if of_album.any() else None
        tests.append(AlbumTest(name, int(photos.sum()), int(of_album.sum()), before, after))
    return tuple(tests)


def _confusions(lessons: Lessons, asked: Asked, known: NDArray[np.bool_]) -> tuple[Confusion, ...]:
    """Share of each album's five nearest that are in another album, and in none that the query is in."""
    pairs = []
    for number, name in enumerate(lessons.names):
        of_album = lessons.belongs[asked.photos, number] & known
        if not of_album.any():
            continue
        # Of an album with two photos to be found, what comes third is in another one in any case.
        counts = (np.arange(CUTOFF) < asked.wanted[of_album, np.newaxis]) & (asked.nearest[of_album, :CUTOFF] >= 0)
        wrong = asked.nearest[of_album, :CUTOFF][counts & ~asked.right[of_album, :CUTOFF]]
        shares = lessons.belongs[wrong].sum(axis=0) / max(counts.sum(), 1)
        other = int(shares.argmax())
        if shares[other] >= _CONFUSED:
            pairs.append(Confusion(name, lessons.names[other], float(shares[other])))
    return tuple(sorted(pairs, key=lambda pair: -pair.share))


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"


def _listed(names: list[str], most: int = 4) -> str:
    if len(names) > most:
        return f"{', '.join(names[:most])} and {len(names) - most} more"
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
