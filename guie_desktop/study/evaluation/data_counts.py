"""How many classes and photos of each data set a manifest holds."""

from collections.abc import Iterable
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from guie_desktop.study.manifest import Manifest


@dataclass(frozen=True, slots=True)
class DataCounts:
    """Of one data set, or of all."""

    classes: int
    photos: int
    trained_classes: int
    trained_photos: int


def counts_by_dataset(manifest: Manifest) -> dict[tuple[str, str], DataCounts]:
    """By domain and name of the data set, in this order."""
    rows = manifest.rows
    trained = pc.if_else(pc.equal(rows["split"], "train"), rows["label"], pa.scalar(None, pa.string()))
    counted = rows.append_column("trained", trained).group_by(["domain", "dataset"])
    answer = counted.aggregate(
        [
            ("label", "count_distinct"),
            ("label", "count"),
            ("trained", "count_distinct", pc.CountOptions(mode="only_valid")),
            ("trained", "count", pc.CountOptions(mode="only_valid")),
        ]
    )
    counts = {
        (row["domain"], row["dataset"]): DataCounts(
            row["label_count_distinct"], row["label_count"], row["trained_count_distinct"], row["trained_count"]
        )
        for row in answer.to_pylist()
    }
    return dict(sorted(counts.items()))


def sum_of(counts: Iterable[DataCounts]) -> DataCounts:
    """Of several data sets, which have no class in common."""
    each = list(counts)
    return DataCounts(
        classes=sum(one.classes for one in each),
        photos=sum(one.photos for one in each),
        trained_classes=sum(one.trained_classes for one in each),
        trained_photos=sum(one.trained_photos for one in each),
    )
