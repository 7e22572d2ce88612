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
    def features(self) -> Path:
        """A table as that of a shared library (shared_library/schema.py), without small pictures."""
        return self.root / "features.lance"

    @property
    def runs(self) -> Path:
        """Holds a folder for each training, by its name."""
        return self.root / "runs"

    def run(self, name: str) -> Path:
        """Holds checkpoint, head and figures of one training."""
        return self.runs / name
