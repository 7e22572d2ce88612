"""A study's features are streamed with the places of their photos in the manifest."""

from pathlib import Path

import numpy as np
import pytest

from guie_desktop.errors import UserError
from guie_desktop.study.manifest import Manifest
from guie_desktop.study.study_features import StudyFeatures
from guie_desktop.study.study_folder import StudyFolder
from tests.study.made_study import BACKBONE, make_study


def test_each_split_is_streamed_whole_and_told_by_its_place(tmp_path: Path) -> None:
    folder = make_study(tmp_path)
    features = StudyFeatures(folder, BACKBONE)
    splits = features.manifest.rows["split"].to_pylist()
    seen = []
    for split in ("train", "query", "index"):
        for part in features.scan(split, batch_rows=7):
            assert part.features.shape == (len(part.places), features.dimension)
            assert part.features.dtype == np.float16
            assert {splits[place] for place in part.places} == {split}
            seen.extend(part.places.tolist())
    assert sorted(seen) == list(range(len(splits)))


def test_what_is_missing_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no manifest"):
        Manifest.read(StudyFolder(tmp_path / "none").manifest)
    folder = make_study(tmp_path / "study")
    with pytest.raises(UserError, match="no features by this model"):
        StudyFeatures(folder, "another")
    folder.manifest.write_bytes(b"something else")
    with pytest.raises(UserError, match="is no manifest"):
        StudyFeatures(folder, BACKBONE)
