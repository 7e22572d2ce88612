"""An evaluation as it is kept beside the run that it judges."""

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from guie_desktop.errors import UserError, not_written
from guie_desktop.learning.testing.confidence_interval import ConfidenceInterval
from guie_desktop.sentences import Sentence
from guie_desktop.study.evaluation.figures import DomainFigures, Evaluation, Figures
from guie_desktop.study.study_folder import StudyFolder

_VERSION = 1
_OF_RUN = "evaluation.json"
_OTHERS = "evaluations"


@dataclass(frozen=True, slots=True)
class EvaluationRecord:
    """What was judged, on what, and what came of it."""

    name: str
    """Of the run, the head's file or the baseline."""
    ranking: str
    """`run`, `head`, or the baseline."""
    backbone: str
    """The key of the features."""
    feature_dimension: int
    dimension: int
    """Of the embeddings."""
    manifest: str
    """Fingerprint of the manifest; figures of different ones cannot be compared."""
    classes: int
    """That were trained on; 0 where that is not known, or where labels play no part."""
    evaluation: Evaluation

    @property
    def is_trained(self) -> bool:
        """Whether it is a head that was made of labels, as heads in files are."""
        return self.ranking in ("run", "head")

    def save(self, file: Path) -> None:
        """Write it beside and rename it into place; UserError where that is not possible."""
        beside = file.with_suffix(".part")
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            beside.write_text(json.dumps(self.as_json(), indent=2), encoding="utf-8")
            beside.replace(file)
        except OSError as error:
            raise not_written(Sentence(str(file)), error) from error

    def as_json(self) -> dict[str, Any]:
        """By name; an interval is a list of mean, lower and upper end."""
        return {"version": _VERSION, **asdict(self)}

    @classmethod
    def load(cls, file: Path) -> "EvaluationRecord":
        """What `save` wrote; UserError if it is something else or damaged."""
        try:
            stored = json.loads(file.read_text(encoding="utf-8"))
            if stored.pop("version") != _VERSION:
                raise _unreadable(file)
            return cls(**stored | {"evaluation": _evaluation(stored["evaluation"])})
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise _unreadable(file) from error


def place_of(folder: StudyFolder, name: str, ranking: str, backbone: str) -> Path:
    """Where the evaluation of a ranking is kept: that of a run with the run."""
    if ranking == "run":
        return folder.run(name) / _OF_RUN
    beside = f"{ranking}.{name}" if ranking == "head" else ranking
    return folder.root / _OTHERS / f"{beside}.{backbone}.json"


def all_records(folder: StudyFolder) -> list[EvaluationRecord]:
    """Baselines and heads from elsewhere, then runs, by name; UserError where one cannot be read."""
    others = sorted((folder.root / _OTHERS).glob("*.json"))
    return [EvaluationRecord.load(file) for file in [*others, *sorted(folder.runs.glob(f"*/{_OF_RUN}"))]]


def manifest_fingerprint(folder: StudyFolder) -> str:
    """Of the bytes of the manifest, which there has to be."""
    with folder.manifest.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=16)).hexdigest()


def _evaluation(stored: dict[str, Any]) -> Evaluation:
    domains = tuple(
        DomainFigures(**one | {name: _figures(one[name]) for name in ("separate", "merged")})
        for one in stored["domains"]
    )
    means = {name: _figures(stored[name]) for name in ("separate", "merged", "every_query")}
    return Evaluation(**stored | means | {"domains": domains})


def _figures(stored: dict[str, list[float]]) -> Figures:
    return Figures(**{name: ConfidenceInterval(*interval) for name, interval in stored.items()})


def _unreadable(file: Path) -> UserError:
    return UserError(
        Sentence("{file} is no evaluation, or it is damaged.", file=file),
        "Remove it, and evaluate again.",
        "study evaluate",
    )
