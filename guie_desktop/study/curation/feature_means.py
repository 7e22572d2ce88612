"""The means of a study's features, of each domain and each class, read once."""

from collections.abc import Generator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from guie_desktop.arrays import Floats, StoredFeatures
from guie_desktop.embedding.projection import unit_rows
from guie_desktop.messages.progress import Progress
from guie_desktop.study.sample import Split
from guie_desktop.study.study_features import StudyFeatures

SPLITS: tuple[Split, ...] = ("train", "query", "index")
ROWS_AT_ONCE = 8_192
_SAMPLE = 16_384
"""Rows that the directions of most variance are found by."""

Codes = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class FeatureMeans:
    """What is known after one reading; features count as of unit length."""

    domain_of: Codes
    """(N,) of each row of the manifest."""
    centres: Floats
    """(domains, D): halfway between the mean of a domain and that of all."""
    middle: Floats
    """(D,) the mean of all."""
    sample: StoredFeatures
    """(S, D) unit features of some photos, and ..."""
    sample_domains: Codes
    """... (S,) their domains."""
    labels: list[str]
    """(C,) classes of domains that several data sets have."""
    class_means: Floats
    """(C, D) of unit length, as seen from their domain's centre; zeros where no photo has a feature."""
    class_domains: Codes
    """(C,)"""
    held_out: StoredFeatures
    """(H, D) unit features of all photos that are held out, and ..."""
    held_out_places: Codes
    """... (H,) their rows in the manifest."""


def read_means(study: StudyFeatures) -> Generator[Progress, None, FeatureMeans]:
    """Read all features of a study."""
    rows = study.manifest.rows
    domain_of = _domains(rows)
    class_of, labels = _shared_classes(rows)
    domains = int(domain_of.max()) + 1
    sums = np.zeros((domains, study.dimension))
    counts = np.zeros(domains, np.int64)
    class_sums = np.zeros((len(labels), study.dimension))
    class_counts = np.zeros(len(labels), np.int64)
    class_domains = np.zeros(len(labels), np.int64)
    class_domains[class_of[class_of >= 0]] = domain_of[class_of >= 0]
    every = max(1, len(rows) // _SAMPLE)
    sample, sampled, held_out, held_out_places = [], [], [], []
    read = 0
    for split in SPLITS:
        for part in study.scan(split, ROWS_AT_ONCE):
            features = unit_rows(part.features.astype(np.float32))
            stored = features.astype(np.float16)
            _add(sums, counts, domain_of[part.places], features)
            several = class_of[part.places] >= 0
            _add(class_sums, class_counts, class_of[part.places[several]], features[several])
            picked = part.places % every == 0
            sample.append(stored[picked])
            sampled.append(domain_of[part.places[picked]])
            if split != "train":
                held_out.append(stored)
                held_out_places.append(part.places)
            read += len(features)
            yield Progress("duplicates", read, 2 * len(rows))
    middle = sums.sum(axis=0) / max(1, counts.sum())
    centres = ((sums / np.maximum(counts, 1)[:, None] + middle) / 2).astype(np.float32)
    means = class_sums / np.maximum(class_counts, 1)[:, None] - centres[class_domains]
    means[class_counts == 0] = 0
    nothing = np.empty((0, study.dimension), np.float16)
    return FeatureMeans(
        domain_of,
        centres,
        middle.astype(np.float32),
        np.concatenate([nothing, *sample]),
        np.concatenate([np.empty(0, np.int64), *sampled]),
        labels,
        unit_rows(means.astype(np.float32)),
        class_domains,
        np.concatenate([nothing, *held_out]),
        np.concatenate([np.empty(0, np.int64), *held_out_places]),
    )


def _add(sums: NDArray[np.float64], counts: Codes, groups: Codes, features: Floats) -> None:
    """Add each feature (N, D) to the sum of its group (N,), and count it."""
    order = np.argsort(groups, kind="stable")
    present, firsts, members = np.unique(groups[order], return_index=True, return_counts=True)
    if len(present):
        sums[present] += np.add.reduceat(features[order], firsts, axis=0)
        counts[present] += members


def _shared_classes(rows: pa.Table) -> tuple[Codes, list[str]]:
    """Each photo's class among those of domains that several data sets have; -1 where only one has it."""
    sets = rows.group_by("domain").aggregate([("dataset", "count_distinct")])
    shared = sets.filter(pc.greater(sets["dataset_count_distinct"], 1))["domain"]
    labels = pc.unique(rows["label"].filter(pc.is_in(rows["domain"], shared.combine_chunks()))).sort()
    class_of = pc.fill_null(pc.index_in(rows["label"], labels), -1)
    return class_of.to_numpy().astype(np.int64), labels.to_pylist()


def _domains(rows: pa.Table) -> Codes:
    """Each photo's domain, as its place in their sorted list."""
    return np.asarray(pc.index_in(rows["domain"], pc.unique(rows["domain"]).sort()).to_numpy(), np.int64)
