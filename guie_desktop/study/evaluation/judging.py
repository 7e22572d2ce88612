"""The job of `study evaluate`: find what is judged, evaluate it, and keep the figures."""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from guie_desktop.embedding.backbone import without_precision
from guie_desktop.embedding.devices import Device
from guie_desktop.embedding.general_head import GeneralHead
from guie_desktop.errors import UserError
from guie_desktop.messages import Progress
from guie_desktop.sentences import Sentence
from guie_desktop.study.embedded_backbones import choose_backbone, embedded_backbones, model_of
from guie_desktop.study.evaluation.evaluating import evaluate_study
from guie_desktop.study.evaluation.rankings import Baseline, Ranking, baseline_ranking, head_ranking, read_head
from guie_desktop.study.evaluation.record import EvaluationRecord, manifest_fingerprint, place_of
from guie_desktop.study.manifest import no_manifest
from guie_desktop.study.study_features import StudyFeatures
from guie_desktop.study.study_folder import StudyFolder
from guie_desktop.study.training.run import HEAD_FILE


@dataclass(frozen=True, slots=True, eq=False)
class Subject:
    """What is judged."""

    name: str
    kind: str
    """`run`, `head`, or the baseline."""
    ranking: Callable[[StudyFeatures], Ranking]
    head: GeneralHead | None = None
    """None for a baseline."""


def judged_run(folder: StudyFolder, name: str | None) -> Subject:
    """A training of the study, or the newest; UserError where it has not ended, or where none has."""
    if name is None:
        heads = sorted(folder.runs.glob(f"*/{HEAD_FILE}"), key=lambda file: file.stat().st_mtime)
        if not heads:
            if not folder.manifest.exists():
                raise no_manifest(folder.root)
            raise UserError(
                Sentence("No training of the study in {folder} has ended yet.", folder=folder.root),
                "Train a head first, or name what is to be judged, such as --raw.",
                "study train",
            )
        name = heads[-1].parent.name
    return _judged("run", name, folder.run(name) / HEAD_FILE)


def judged_head(file: Path) -> Subject:
    """A general head in a file; UserError where there is none."""
    return _judged("head", file.stem, file)


def judged_baseline(which: Baseline) -> Subject:
    """What needs no labels."""
    return Subject(which, which, partial(baseline_ranking, which))


def _judged(kind: str, name: str, file: Path) -> Subject:
    head = read_head(file)
    return Subject(name, kind, partial(head_ranking, head), head)


def judge(
    folder: StudyFolder, subject: Subject, model: str | None = None, device: Device = "cpu"
) -> Generator[Progress, None, tuple[EvaluationRecord, Path]]:
    """Evaluate and keep the figures; the record, and where it is kept.

    Without a model's name, the features are those that the head was trained on, or the only ones that there are.
    UserError where they do not fit.
    """
    backbone = _backbone_for(folder, subject.head, model)
    features = StudyFeatures(folder, backbone)
    ranking = subject.ranking(features)
    evaluation, _ = yield from evaluate_study(features, ranking.embed, device)
    origin = subject.head and subject.head.origin
    record = EvaluationRecord(
        name=subject.name,
        ranking=subject.kind,
        backbone=backbone,
        feature_dimension=features.dimension,
        dimension=ranking.dimension,
        manifest=manifest_fingerprint(folder),
        classes=origin.classes if origin else 0,
        evaluation=evaluation,
    )
    place = place_of(folder, subject.name, subject.kind, backbone)
    record.save(place)
    return record, place


def _backbone_for(folder: StudyFolder, head: GeneralHead | None, model: str | None) -> str:
    if head is None or head.origin is None:
        return choose_backbone(folder.features, model)
    own, there = head.origin.backbone_key, embedded_backbones(folder.features)
    # Another precision ranks alike; the very same one comes first.
    alike = sorted(
        (key for key in there if without_precision(key) == without_precision(own)), key=lambda key: key != own
    )
    backbone = choose_backbone(folder.features, model or (alike[0] if alike else own))
    if backbone not in alike:
        raise UserError(
            Sentence("The head was trained on features of {model}.", model=model_of(own)),
            "Leave out --model, so that those are compared.",
        )
    return backbone
