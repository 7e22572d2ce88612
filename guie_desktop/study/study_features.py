"""The features of a study's photos, streamed from its table in the manifest's words."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import lance
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from guie_desktop.arrays import StoredFeatures
from guie_desktop.errors import UserError
from guie_desktop.sentences import Sentence
from guie_desktop.shared_library.schema import PATH, feature_column
from guie_desktop.study.manifest import Manifest
from guie_desktop.study.sample import Split
from guie_desktop.study.study_folder import StudyFolder

Numbers = NDArray[np.int64]
"""(N,)"""


@dataclass(frozen=True, slots=True, eq=False)
class LabelledFeatures:
    """Features (N, D) with the places (N,) of their photos among the rows of the manifest."""

    places: Numbers
    features: StoredFeatures
    positions: Numbers
    """(N,) of their rows in the table, as `take` wants them."""


class StudyFeatures:
    """What one backbone made of the photos of a study."""

    def __init__(self, folder: StudyFolder, backbone_key: str) -> None:
        """UserError where there is no manifest, or where its photos were not embedded with this backbone."""
        self.manifest = Manifest.read(folder.manifest)
        self.backbone_key = backbone_key
        self.column = feature_column(backbone_key)
        try:
            self.table = lance.dataset(str(folder.features))
        except ValueError as error:
            raise _not_embedded(folder) from error
        if self.column not in self.table.schema.names:
            raise _not_embedded(folder)

    @property
    def dimension(self) -> int:
        """Length D of a feature."""
        return int(self.table.schema.field(self.column).type.list_size)

    def scan(self, split: Split, batch_rows: int = 8192) -> Iterator[LabelledFeatures]:
        """All features of a split, in the order of the table; photos that could not be read have none."""
        meant = pc.equal(self.manifest.rows["split"], split).to_numpy()
        start = 0
        for batch in self.table.to_batches(columns=[self.column], batch_size=batch_rows):
            places = self._place_of_rows[start : start + len(batch)]
            has_feature = batch[self.column].is_valid().to_numpy(zero_copy_only=False)
            here = np.flatnonzero((places >= 0) & meant[places] & has_feature)
            if len(here):
                yield LabelledFeatures(places[here], _as_rows(batch[self.column].take(here)), start + here)
            start += len(batch)

    @cached_property
    def _place_of_rows(self) -> Numbers:
        """For each row of the table the place of its photo in the manifest, or -1; found once, not for each batch."""
        paths = self.table.to_table(columns=[PATH])[PATH]
        found = pc.index_in(paths, self.manifest.rows["path"].combine_chunks())
        return np.asarray(found.fill_null(-1).to_numpy(), np.int64)

    def take(self, positions: Numbers) -> StoredFeatures:
        """The features (N, D) of these rows of the table, in this order; none of them without a feature."""
        each, where = np.unique(positions, return_inverse=True)
        found = self.table.take(each, columns=[self.column])[self.column]
        rows: StoredFeatures = _as_rows(found.combine_chunks())[where]
        return rows


def _as_rows(features: pa.Array) -> StoredFeatures:
    numbers: StoredFeatures = features.flatten().to_numpy(zero_copy_only=False)
    return numbers.reshape(len(features), -1)


def _not_embedded(folder: StudyFolder) -> UserError:
    return UserError(
        Sentence("The photos of the study in {folder} have no features by this model yet.", folder=folder.root),
        "Have them embedded first.",
        "study embed",
    )
