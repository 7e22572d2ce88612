"""Near-duplicates by their features: no photo is trained on that looks almost the same as one that is held out."""

import csv
from collections.abc import Generator
from dataclasses import asdict, dataclass
from typing import Any

import lance
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from guie_desktop.arrays import Floats
from guie_desktop.embedding.devices import choose_device
from guie_desktop.embedding.projection import unit_rows
from guie_desktop.errors import not_written
from guie_desktop.learning.data.near_duplicates import MIN_SIMILARITY
from guie_desktop.messages.progress import Progress
from guie_desktop.sentences import Sentence
from guie_desktop.study.curation.close_rows import CloseRows, principal_basis
from guie_desktop.study.curation.feature_means import ROWS_AT_ONCE, FeatureMeans, read_means
from guie_desktop.study.curation.record import Record
from guie_desktop.study.curation.same_looks import same_looks
from guie_desktop.study.curation.same_names import SameThing, same_names, write_same_things
from guie_desktop.study.manifest import Manifest
from guie_desktop.study.study_features import StudyFeatures
from guie_desktop.study.study_folder import StudyFolder


@dataclass(frozen=True, slots=True)
class Tied:
    """What came of it."""

    compared: int
    """Photos to be trained on that have a feature."""
    held_out: int
    near: int
    """Photos that are not trained on any more, as they are near one that is held out."""
    small: int
    """Photos that are not trained on any more, as their class has too few others left."""
    same_things: list[SameThing]
    """Classes of different data sets that look the same."""

    def as_json(self) -> dict[str, Any]:
        """For answers."""
        return asdict(self)


@dataclass(frozen=True, slots=True, eq=False)
class _Near:
    """Photos to be trained on (P rows of the manifest), each with a held-out one that it is near to."""

    places: NDArray[np.int64]
    others: NDArray[np.int64]
    cosines: Floats


def tie_near_duplicates(folder: StudyFolder, backbone_key: str) -> Generator[Progress, None, Tied]:
    """Take out of the manifest what would be trained on and looks almost the same as a held-out photo.

    Two photos are near-duplicates as in learning/data/near_duplicates.py, from the same cosine on, within one domain as
    seen from halfway between its mean and that of all, across domains from the latter. The photo to be trained on goes,
    never the held-out one: so a test stays the same, whatever is added to what is trained on, and no class lies in two
    splits. All pairs are compared. Classes that have too few photos left go as well. UserError where there is no
    manifest, or where its photos have no features by this backbone.
    """
    study = StudyFeatures(folder, backbone_key)
    means = yield from read_means(study)
    near, compared = yield from _find(study, means)
    rows = study.manifest.rows
    record = Record.read(folder)
    gone = np.zeros(len(rows), bool)
    gone[near.places] = True
    small = _too_small(rows, gone, record)
    looks = same_looks(means.labels, means.class_means)
    try:
        if len(near.places):
            _append(folder, rows, near, backbone_key)
            kept = rows.filter(pa.array(~(gone | small)))
            Manifest(kept).write(folder.manifest)
            record.take_out(rows.filter(pa.array(gone)), rows.filter(pa.array(small)), kept)
            record.write(folder)
        write_same_things(folder.same_things, [*same_names(pc.unique(rows["label"]).to_pylist()), *looks])
    except OSError as error:
        raise not_written(Sentence("The study in {folder}", folder=folder.root), error) from error
    return Tied(compared, len(means.held_out), len(near.places), int(small.sum()), looks)


def tied_lines(tied: Tied, folder: StudyFolder) -> list[str]:
    """What came of it, for people."""
    lines = []
    if tied.near:
        lines.append(
            f"{tied.near:,} photos are not trained on any more: they look like held-out ones "
            f"({folder.near_duplicates}), and {tied.small:,} others, whose classes became too small"
        )
    if tied.same_things:
        lines.append(
            f"{len(tied.same_things):,} pairs of classes of different data sets look the same: {folder.same_things}"
        )
    return lines or [f"{tied.compared:,} photos to train on look like none of {tied.held_out:,} held-out ones"]


def embedded_backbones(folder: StudyFolder) -> list[str]:
    """The keys of the backbones that photos of this study have features of; none where nothing is embedded yet."""
    if not (folder.manifest.exists() and folder.features.exists()):
        return []
    schema = lance.dataset(str(folder.features)).schema
    return [field.metadata[b"key"].decode() for field in schema if b"key" in (field.metadata or {})]


def _find(study: StudyFeatures, means: FeatureMeans) -> Generator[Progress, None, tuple[_Near, int]]:
    device = choose_device("auto")
    found: list[_Near] = []
    compared = 0
    views = _views(means, device) if len(means.held_out) else []
    for part in study.scan("train", ROWS_AT_ONCE):
        features = unit_rows(part.features.astype(np.float32)).astype(np.float16)
        domains = means.domain_of[part.places]
        for domain in np.unique(domains).tolist():
            here = np.flatnonzero(domains == domain)
            for view in views:
                if view.is_for(domain):
                    nearest, cosines = view.rows.nearest(features[here], MIN_SIMILARITY)
                    is_near = nearest >= 0
                    others = means.held_out_places[view.held_out[nearest[is_near]]]
                    found.append(_Near(part.places[here[is_near]], others, cosines[is_near]))
        compared += len(features)
        yield Progress("duplicates", len(means.domain_of) + compared, 2 * len(means.domain_of))
    return _each_once(found), compared


@dataclass(frozen=True, slots=True, eq=False)
class _View:
    """The held-out photos of one domain, as those of this or of other domains are compared with them."""

    domain: int
    is_of_others: bool
    held_out: NDArray[np.int64]
    rows: CloseRows

    def is_for(self, domain: int) -> bool:
        return (domain != self.domain) == self.is_of_others


def _views(means: FeatureMeans, device: str) -> list[_View]:
    sample = means.sample.astype(np.float32)
    domains_held_out = means.domain_of[means.held_out_places]
    views = []
    for domain in np.unique(domains_held_out).tolist():
        held_out = np.flatnonzero(domains_held_out == domain)
        for is_of_others, centre in ((False, means.centres[domain]), (True, means.middle)):
            basis = principal_basis(sample[means.sample_domains == domain] - centre)
            views.append(
                _View(domain, is_of_others, held_out, CloseRows(means.held_out[held_out], centre, basis, device))
            )
    return views if len(means.centres) > 1 else views[:1]


def _each_once(found: list[_Near]) -> _Near:
    """In the order of the manifest, each photo with the one that it is nearest to."""
    places = np.concatenate([np.empty(0, np.int64), *(part.places for part in found)])
    others = np.concatenate([np.empty(0, np.int64), *(part.others for part in found)])
    cosines = np.concatenate([np.empty(0, np.float32), *(part.cosines for part in found)])
    order = np.lexsort((others, -cosines, places))
    first = np.unique(places[order], return_index=True)[1]
    return _Near(places[order][first], others[order][first], cosines[order][first])


def _too_small(rows: pa.Table, gone: NDArray[np.bool_], record: Record) -> NDArray[np.bool_]:
    """Which other photos (N,) go since their class lost some and has fewer than the least now."""
    classes = pc.index_in(rows["label"], pc.unique(rows["label"])).to_numpy()
    left = np.bincount(classes[~gone], minlength=int(classes.max()) + 1)
    domains = pc.unique(rows["domain"])
    least = np.array([record.least_per_class(domain) for domain in domains.to_pylist()])
    least_of = least[pc.index_in(rows["domain"], domains).to_numpy()]
    concerned = np.isin(classes, classes[gone])
    return np.asarray(concerned & ~gone & (left[classes] < least_of))


def _append(folder: StudyFolder, rows: pa.Table, near: _Near, backbone_key: str) -> None:
    """Note which photo went for the sake of which; below those of other backbones and of earlier runs."""
    is_new = not folder.near_duplicates.exists()
    photos, others = (rows["path"].take(pa.array(places)).to_pylist() for places in (near.places, near.others))
    with folder.near_duplicates.open("a", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        if is_new:
            table.writerow(["not_trained_on", "held_out", "cosine", "backbone"])
        for photo, other, cosine in zip(photos, others, near.cosines.tolist(), strict=True):
            table.writerow([photo, other, f"{cosine:.4f}", backbone_key])
