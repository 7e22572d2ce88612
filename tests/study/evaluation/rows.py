"""Studies whose photos are told one by one, with the direction that the feature of each has."""

from collections.abc import Sequence
from pathlib import Path

import lance
import numpy as np
import pyarrow as pa

from guie_desktop.shared_library.schema import PATH, feature_column, table_schema
from guie_desktop.study.manifest import SCHEMA, Manifest
from guie_desktop.study.study_folder import StudyFolder
from tests.study.made_study import BACKBONE

Row = tuple[str, str, str, Sequence[float] | None]
"""Domain, class, split, and the feature, if it has one."""


def write_study(root: Path, rows: Sequence[Row], backbone: str = BACKBONE) -> StudyFolder:
    """A photo for each row."""
    folder = StudyFolder(root)
    paths = [f"/made/{number}.jpg" for number in range(len(rows))]
    told = [
        {"path": path, "label": label, "domain": domain, "dataset": domain, "split": split}
        for path, (domain, label, split, _) in zip(paths, rows, strict=True)
    ]
    Manifest(pa.Table.from_pylist(told, SCHEMA)).write(folder.manifest)
    features = [None if feature is None else np.array(feature, np.float16) for *_, feature in rows]
    schema = table_schema({backbone: next(len(one) for one in features if one is not None)})
    columns = {PATH: paths, feature_column(backbone): features}
    arrays = [pa.array(columns.get(name, [None] * len(rows)), schema.field(name).type) for name in schema.names]
    table = pa.table(arrays, schema=schema)
    lance.write_dataset(table, str(folder.features), mode="overwrite")
    return folder


def at(degrees: float) -> list[float]:
    """A direction in the plane."""
    return [3 * float(np.cos(np.radians(degrees))), 3 * float(np.sin(np.radians(degrees)))]
