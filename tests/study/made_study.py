"""A study whose photos exist as features alone: clustered by class, and each domain in a part of its own."""

from pathlib import Path

import lance
import numpy as np
import pyarrow as pa

from guie_desktop.shared_library.schema import PATH, feature_column, table_schema
from guie_desktop.study.manifest import SCHEMA, Manifest
from guie_desktop.study.study_folder import StudyFolder

BACKBONE = "made-backbone"


def make_study(
    root: Path,
    domains: tuple[str, ...] = ("toys", "cars"),
    *,
    classes: int = 20,
    per_class: int = 6,
    dimension: int = 32,
    held_out: float = 0.3,
    noise: float = 1.0,
    nuisance: float = 0.0,
    seed: int = 1,
) -> StudyFolder:
    """Write manifest and features; of each domain the last classes are held out, half queries and half index.

    `nuisance` is the deviation of what else differs between the photos of a class, in a quarter of the directions.
    """
    rng = np.random.default_rng(seed)
    folder = StudyFolder(root)
    rows: list[dict[str, str]] = []
    features = []
    for domain in domains:
        middle = rng.normal(size=dimension)
        for number in range(classes):
            centre = middle + rng.normal(size=dimension)
            is_held_out = number >= classes * (1 - held_out)
            for photo in range(per_class):
                split = "train" if not is_held_out else "query" if photo % 2 else "index"
                label = f"{domain}-set/{number}"
                path = f"/made/{label}/{photo}.jpg"
                rows.append(
                    {"path": path, "label": label, "domain": domain, "dataset": f"{domain}-set", "split": split}
                )
                feature = centre + noise * rng.normal(size=dimension)
                if nuisance:
                    feature[: dimension // 4] += nuisance * rng.normal(size=dimension // 4)
                features.append(feature)
    Manifest(pa.Table.from_pylist(rows, SCHEMA)).write(folder.manifest)
    schema = table_schema({BACKBONE: dimension})
    numbers = np.array(features, np.float16)
    columns = {PATH: [row["path"] for row in rows], feature_column(BACKBONE): list(numbers)}
    table = pa.table(
        [
            pa.array(columns.get(name), schema.field(name).type)
            if name in columns
            else pa.nulls(len(rows), schema.field(name).type)
            for name in schema.names
        ],
        schema=schema,
    )
    lance.write_dataset(table, str(folder.features), mode="overwrite", enable_stable_row_ids=True)
    return folder
