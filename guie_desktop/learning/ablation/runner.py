"""Running the ablations: every variant gets the same queries; importing this imports torch."""

from collections.abc import Callable, Sequence
from itertools import count

import numpy as np

from guie_desktop.arrays import Floats
from guie_desktop.embedding.general_head import fit_general_head
from guie_desktop.learning.ablation.baselines import average_pooled, train_linear_probe
from guie_desktop.learning.ablation.splits import LabelledPhotos, RetrievalSplit, make_splits
from guie_desktop.learning.ablation.variants import Variant, VariantResult
from guie_desktop.learning.data.near_duplicates import near_duplicate_groups
from guie_desktop.learning.testing.confidence_interval import cluster_bootstrap
from guie_desktop.learning.testing.evaluation import retrieval_precisions
from guie_desktop.learning.training.feature_statistics import FeatureStatistics
from guie_desktop.learning.training.recipe import Recipe
from guie_desktop.learning.training.trainer import ProgressCallback, single_threaded, train

_FIRST_SEED = 42
_BATCH_SIZE = 512


class AblationRunner:
    """All variants on the same photos, split in the same way."""

    def __init__(self, labelled: LabelledPhotos, seeds: int) -> None:
        """The first backbone says which photos are near-duplicates."""
        self._labelled = labelled
        self._seeds = range(_FIRST_SEED, _FIRST_SEED + seeds)
        self._training_sets = {backbone: labelled.training_set(backbone) for backbone in labelled.features}
        first = next(iter(self._training_sets))
        groups = near_duplicate_groups(labelled.features[first])
        self.left_out = self._training_sets[first].left_out
        """Labels that are not trained on, each with the reason."""
        self._splits = make_splits(labelled, self._training_sets[first], groups)
        queries = [np.empty(0, np.int64), *(split.queries for split in self._splits)]
        has_match = [np.empty(0, bool), *(split.has_match(labelled) for split in self._splits)]
        self._has_match = np.concatenate(has_match)
        self._groups = groups[np.concatenate(queries)][self._has_match]
        self._dimensions: dict[Variant, int] = {}
        self._precisions: dict[Variant, Floats] = {}
        """(S, 2, Q): for each seed, mMP@5 and precision at 1 of each query."""

    @property
    def queries(self) -> int:
        """Photos that are queried with; 0 where there is too little to train on."""
        return int(self._has_match.sum())

    @property
    def unmatched(self) -> int:
        """Photos that cannot be queried with, because no photo of the gallery has their label."""
        return len(self._has_match) - self.queries

    def run(self, variants: Sequence[Variant], on_progress: ProgressCallback) -> None:
        """Train and query all of them, each with all seeds where there is something to train."""
        variants = list(dict.fromkeys(variants))
        total = sum(len(self._seeds_of(variant)) * len(self._splits) for variant in variants)
        numbers = count()

        def query(variant: Variant, seed: int, split: RetrievalSplit) -> Floats:
            number = next(numbers)
            return self._query(variant, seed, split, lambda share: on_progress((number + share) / total))

        for variant in variants:
            by_seed = [
                np.concatenate([query(variant, seed, split) for split in self._splits], axis=1)
                for seed in self._seeds_of(variant)
            ]
            self._precisions[variant] = np.stack(by_seed)[:, :, self._has_match]

    def results(self, variants: Sequence[Variant]) -> tuple[VariantResult, ...]:
        """Of an ablation whose variants were all run."""
        reference: dict[str, Variant] = {}
        for variant in variants:
            reference.setdefault(variant.method, variant)
        return tuple(self._result(variant, reference[variant.method]) for variant in variants)

    def _seeds_of(self, variant: Variant) -> range:
        return self._seeds if variant.loss else self._seeds[:1]

    def _query(self, variant: Variant, seed: int, split: RetrievalSplit, on_progress: ProgressCallback) -> Floats:
        """(2, Q): mMP@5 and precision at 1 of the split's queries."""
        features = self._labelled.features[variant.backbone]
        membership = self._labelled.membership.astype(np.float32)
        with single_threaded():
            embed = self._embedding(variant, seed, split, on_progress)
            gallery, queries = embed(features[split.gallery]), embed(features[split.queries])
        self._dimensions[variant] = gallery.shape[1]
        batches = []
        for start in range(0, len(queries), _BATCH_SIZE):
            rows = slice(start, start + _BATCH_SIZE)
            relevant = membership[split.queries[rows]] @ membership[split.gallery].T > 0
            batches.append(np.stack(retrieval_precisions(queries[rows] @ gallery.T, relevant)))
        on_progress(1.0)
        return np.concatenate(batches, axis=1)

    def _embedding(
        self, variant: Variant, seed: int, split: RetrievalSplit, on_progress: ProgressCallback
    ) -> Callable[[Floats], Floats]:
        """From unit features (N, D) to what is compared by its cosine (N, d)."""
        gallery = self._labelled.features[variant.backbone][split.gallery]
        training_set = split.training_part(self._training_sets[variant.backbone])
        match variant.method:
            case "raw":
                return lambda features: features
            case "pooled":
                return average_pooled
            case "general":
                return fit_general_head(gallery).apply
            case "plain":
                return train_linear_probe(training_set, variant.loss, seed, on_progress).embed
            case "ours":
                recipe = Recipe(loss=variant.loss, seed=seed)
                return train(training_set, FeatureStatistics.of(gallery), recipe, on_progress).embed

    def _result(self, variant: Variant, reference: Variant) -> VariantResult:
        precisions = self._precisions[variant]
        of_seeds = precisions[:, 0].mean(axis=1)
        mmp5, p1 = precisions.mean(axis=0)
        paired_difference = None
        if variant != reference:
            differences = mmp5 - self._precisions[reference][:, 0].mean(axis=0)
            paired_difference = cluster_bootstrap(differences, self._groups, _FIRST_SEED)
        return VariantResult(
            variant=variant,
            dimension=self._dimensions[variant],
            seeds=len(precisions) if variant.loss else 0,
            mmp5=cluster_bootstrap(mmp5, self._groups, _FIRST_SEED),
            p1=cluster_bootstrap(p1, self._groups, _FIRST_SEED),
            seed_std=float(of_seeds.std(ddof=1)) if len(of_seeds) > 1 else 0.0,
            paired_difference=paired_difference,
        )
