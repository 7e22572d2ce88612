"""Which photos of which classes are taken: the least and the most of each class and domain."""

import numpy as np
from numpy.typing import NDArray

from guie_desktop.study.curation.candidates import Candidates
from guie_desktop.study.curation.fates import Fate
from guie_desktop.study.curation.rules import Preset, Rules

_NO_LIMIT = np.iinfo(np.int64).max


def select(candidates: Candidates, preset: Preset) -> None:
    """Leave out what the rules of each domain do not take, in the order of the study: least, most, classes, photos."""
    rules = [preset.of(domain) for domain in candidates.domains]
    leave_out_small_classes(candidates, preset)
    _cap_classes(candidates, rules)
    _choose_classes(candidates, rules)


def leave_out_small_classes(candidates: Candidates, preset: Preset) -> None:
    """Leave out classes that have, by now, fewer photos than the rules of their domain ask for."""
    least = np.array([preset.of(domain).least_per_class for domain in candidates.domains])
    small = candidates.sizes < least[candidates.domain_of]
    kept = candidates.kept
    candidates.fates[kept[small[candidates.class_of[kept]]]] = Fate.SMALL_CLASS


def rank_in_class(candidates: Candidates, photos: NDArray[np.int64]) -> NDArray[np.int64]:
    """The place (N,) that chance gives each of these photos (N positions) among those of its class, from 0 on."""
    classes = candidates.class_of[photos]
    order = np.lexsort((candidates.chance[photos], classes))
    ranks = np.empty(len(photos), np.int64)
    firsts = np.concatenate([[0], np.cumsum(np.bincount(classes, minlength=len(candidates.labels)))])
    ranks[order] = np.arange(len(photos)) - firsts[classes[order]]
    return ranks


def _cap_classes(candidates: Candidates, rules: list[Rules]) -> None:
    most = np.array([_limit(rule.most_per_class) for rule in rules])
    kept = candidates.kept
    over = rank_in_class(candidates, kept) >= most[candidates.domain_of[candidates.class_of[kept]]]
    candidates.fates[kept[over]] = Fate.OVER_CLASS


def _choose_classes(candidates: Candidates, rules: list[Rules]) -> None:
    sizes = candidates.sizes
    becomes = np.full(len(sizes), Fate.KEPT, np.uint8)
    for domain, rule in enumerate(rules):
        classes = np.flatnonzero((candidates.domain_of == domain) & (sizes > 0))
        classes = classes[np.argsort(candidates.class_chance[classes], kind="stable")]
        becomes[classes[_limit(rule.most_classes) :]] = Fate.OTHER_CLASS
        classes = classes[: _limit(rule.most_classes)]
        becomes[classes[np.cumsum(sizes[classes]) > _limit(rule.most_photos)]] = Fate.OVER_DOMAIN
    kept = candidates.kept
    candidates.fates[kept] = becomes[candidates.class_of[kept]]


def _limit(most: int | None) -> int:
    return _NO_LIMIT if most is None else most
