"""A made study whose photos were embedded with several backbones."""

from pathlib import Path

import lance
import pyarrow as pa

from guie_desktop.shared_library.schema import feature_column
from guie_desktop.study.study_folder import StudyFolder
from tests.study.made_study import BACKBONE, make_study


def write_with_backbones(root: Path, *keys: str) -> StudyFolder:
    """As `make_study`, with the same features under each key."""
    folder = make_study(root)
    table = lance.dataset(str(folder.features)).to_table()
    features = table[feature_column(BACKBONE)]
    table = table.drop_columns([feature_column(BACKBONE)])
    for key in keys:
        table = table.append_column(
            pa.field(feature_column(key), features.type, metadata={b"key": key.encode()}), features
        )
    lance.write_dataset(table, str(folder.features), mode="overwrite")
    return folder
