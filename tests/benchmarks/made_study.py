"""A study whose photos exist as features of 1,152 numbers alone, in eight domains, for what is measured at scale."""

from collections.abc import Iterator, Sequence

import lance
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from guie_desktop.shared_library.schema import PATH, feature_column, table_schema
from guie_desktop.study.manifest import SCHEMA, Manifest
from guie_desktop.study.study_folder import StudyFolder

BACKBONE, DIMENSION = "made-1152", 1152
_DOMAINS, _PORTION = 8, 8192


def make_study(folder: StudyFolder, labels: NDArray[np.int64], splits: Sequence[str]) -> None:
    """A manifest and a table of one photo for each label (N,), of classes from 0 on, with its split."""
    rng = np.random.default_rng(1)
    count = len(labels)
    domain = [f"domain {number}" for number in labels % _DOMAINS]
    columns = {
        "path": [f"/made/{number:08}.jpg" for number in range(count)],
        "label": [f"set/{number}" for number in labels],
        "domain": domain,
        "dataset": domain,
        "split": list(splits),
    }
    Manifest(pa.table(columns, SCHEMA)).write(folder.manifest)
    schema = table_schema({BACKBONE: DIMENSION})
    centres = rng.normal(size=(int(labels.max()) + 1, DIMENSION)).astype(np.float16)

    def portions() -> Iterator[pa.RecordBatch]:
        for start in range(0, count, _PORTION):
            part = slice(start, min(start + _PORTION, count))
            noise = rng.normal(size=(part.stop - start, DIMENSION)).astype(np.float32)
            features = (centres[labels[part]] + 2 * noise).astype(np.float16)
            known = {
                PATH: pa.array(columns["path"][part]),
                feature_column(BACKBONE): pa.FixedSizeListArray.from_arrays(features.ravel(), DIMENSION),
            }
            yield pa.record_batch(
                [known.get(field.name, pa.nulls(len(features), field.type)) for field in schema], schema=schema
            )

    lance.write_dataset(pa.RecordBatchReader.from_batches(schema, portions()), str(folder.features))
