"""The folder of one study: where each step finds what the one before has left."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class StudyFolder:
    """`curate` writes the manifest, `embed` the features, `train` and `evaluate` a folder for each run."""

    root: Path

    @property
    def manifest(self) -> Path:
        """The photos that are studied (manifest.py)."""
        return self.root / "manifest.parquet"

    @property
    def curation(self) -> Path:
        """By which rules the manifest was made, and what was counted (curation/curating.py)."""
        return self.root / "curation.json"

    @property
    def same_things(self) -> Path:
        """A table of classes of different data sets that seem to be one thing (curation/same_names.py)."""
        return self.root / "same-things.csv"

    @property
    def near_duplicates(self) -> Path:
        """A table of photos that are not trained on, as they look like held-out ones (curation/near_duplicates.py)."""
        return self.root / "near-duplicates.csv"

    @property
    def features(self) -> Path:
        """A table as that of a shared library (shared_library/schema.py), without small pictures."""
        return self.root / "features.lance"

    @property
    def unreadable(self) -> Path:
        """A table of photos that could not be read, and why; none where all could (embedding.py)."""
        return self.root / "unreadable.csv"

    @property
    def runs(self) -> Path:
        """Holds a folder for each training, by its name."""
        return self.root / "runs"

    def run(self, name: str) -> Path:
        """Holds checkpoint, head and figures of one training."""
        return self.runs / name
