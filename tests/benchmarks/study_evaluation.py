"""How long the evaluation of a study takes, and with how much memory, by how much is asked for among how much.

    python -m tests.benchmarks.study_evaluation FOLDER --queries 20000 --index 200000

Makes a study of eight domains in FOLDER, whose photos exist as features of 1,152 numbers alone, and judges a random
head of 64 numbers on it, and the features as they are with --raw.
"""

import argparse
import resource
import time
from collections.abc import Iterator
from pathlib import Path

import lance
import numpy as np
import pyarrow as pa

from guie_desktop.embedding.devices import choose_device
from guie_desktop.embedding.general_head import GeneralHead
from guie_desktop.embedding.projection import Projection
from guie_desktop.shared_library.schema import PATH, feature_column, table_schema
from guie_desktop.study.evaluation.evaluating import evaluate_study
from guie_desktop.study.evaluation.rankings import Ranking, baseline_ranking, head_ranking
from guie_desktop.study.manifest import SCHEMA, Manifest
from guie_desktop.study.study_features import StudyFeatures
from guie_desktop.study.study_folder import StudyFolder
from tests.running import finish

_BACKBONE = "made-1152"
_DIMENSION, _DOMAINS, _IN_CLASS = 1152, 8, 10
_PORTION = 8192


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
    features = StudyFeatures(folder, _BACKBONE)
    matrix = np.random.default_rng(2).normal(size=(_DIMENSION, 64)).astype(np.float32)
    head = GeneralHead("random", Projection.of(_DIMENSION, matrix=matrix), cutoff=None, fitted_on=0)
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
    """Photos of classes of ten in the index, in eight domains; a query is of any of them."""
    rng = np.random.default_rng(1)
    count = queries + index
    classes = max(index // _IN_CLASS, 1)
    label = np.concatenate([rng.integers(0, classes, queries), np.arange(index) % classes])
    domain = [f"domain {number}" for number in label % _DOMAINS]
    columns = {
        "path": [f"/made/{number:08}.jpg" for number in range(count)],
        "label": [f"set/{number}" for number in label],
        "domain": domain,
        "dataset": domain,
        "split": ["query"] * queries + ["index"] * index,
    }
    Manifest(pa.table(columns, SCHEMA)).write(folder.manifest)
    schema = table_schema({_BACKBONE: _DIMENSION})
    centres = rng.normal(size=(classes, _DIMENSION)).astype(np.float16)

    def portions() -> Iterator[pa.RecordBatch]:
        for start in range(0, count, _PORTION):
            part = slice(start, min(start + _PORTION, count))
            noise = rng.normal(size=(part.stop - start, _DIMENSION)).astype(np.float32)
            features = (centres[label[part]] + 2 * noise).astype(np.float16)
            known = {
                PATH: pa.array(columns["path"][part]),
                feature_column(_BACKBONE): pa.FixedSizeListArray.from_arrays(features.ravel(), _DIMENSION),
            }
            yield pa.record_batch(
                [known.get(field.name, pa.nulls(len(features), field.type)) for field in schema], schema=schema
            )

    lance.write_dataset(pa.RecordBatchReader.from_batches(schema, portions()), str(folder.features))


if __name__ == "__main__":
    main()
