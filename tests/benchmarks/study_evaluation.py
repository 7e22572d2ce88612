"""How long the evaluation of a study takes, and with how much memory, by how much is asked for among how much.

    python -m tests.benchmarks.study_evaluation FOLDER --queries 20000 --index 200000

Makes a study of eight domains in FOLDER, whose photos exist as features of 1,152 numbers alone, and judges a random
head of 64 numbers on it, and the features as they are with --raw.
"""

import argparse
import resource
import time
from pathlib import Path

import numpy as np

from guie_desktop.embedding.devices import choose_device
from guie_desktop.embedding.general_head import GeneralHead
from guie_desktop.embedding.projection import Projection
from guie_desktop.study.evaluation.evaluating import evaluate_study
from guie_desktop.study.evaluation.rankings import Ranking, baseline_ranking, head_ranking
from guie_desktop.study.study_features import StudyFeatures
from guie_desktop.study.study_folder import StudyFolder
from tests.benchmarks.made_study import BACKBONE, DIMENSION, make_study
from tests.running import finish

_IN_CLASS = 10


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--queries", type=int, default=20_000)
    arguments.add_argument("--index", type=int, default=200_000)
    arguments.add_argument("--raw", action="store_true")
    chosen = arguments.parse_args()
    folder = StudyFolder(chosen.folder)
    if not folder.features.exists():
        make(folder, chosen.queries, chosen.index)
    features = StudyFeatures(folder, BACKBONE)
    matrix = np.random.default_rng(2).normal(size=(DIMENSION, 64)).astype(np.float32)
    head = GeneralHead("random", Projection.of(DIMENSION, matrix=matrix), cutoff=None, fitted_on=0)
    judge("random head", features, head_ranking(head, features))
    if chosen.raw:
        judge("raw", features, baseline_ranking("raw", features))


def judge(name: str, features: StudyFeatures, ranking: Ranking) -> None:
    """One evaluation."""
    before, started = time.process_time(), time.monotonic()
    evaluation, queries = finish(evaluate_study(features, ranking.embed, choose_device("auto")))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{name}: {len(queries.places):,} queries, {sum(one.index for one in evaluation.domains):,} searched, "
        f"mMP@5 {evaluation.merged.mmp5.mean:.3f}; {time.process_time() - before:.0f} s of processor time, "
        f"{time.monotonic() - started:.0f} s, {memory:.0f} MB at most"
    )


def make(folder: StudyFolder, queries: int, index: int) -> None:
    """Photos of classes of ten in the index; a query is of any of them."""
    classes = max(index // _IN_CLASS, 1)
    asked_for = np.random.default_rng(1).integers(0, classes, queries)
    labels = np.concatenate([asked_for, np.arange(index) % classes])
    make_study(folder, labels, [*["query"] * queries, *["index"] * index])


if __name__ == "__main__":
    main()
