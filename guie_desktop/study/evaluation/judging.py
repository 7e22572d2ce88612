"""The job of `study evaluate`: find what is judged, evaluate it, and keep the figures."""

from collections.abc import Generator
from pathlib import Path

import pyarrow.compute as pc

from guie_desktop.embedding.devices import Device
from guie_desktop.errors import UserError
from guie_desktop.messages import Progress
from guie_desktop.sentences import Sentence
from guie_desktop.study.embedded_backbones import choose_backbone
from guie_desktop.study.evaluation.evaluating import evaluate_study
from guie_desktop.study.evaluation.rankings import Baseline, baseline_ranking, head_ranking, read_head
from guie_desktop.study.evaluation.record import EvaluationRecord, manifest_fingerprint, place_of
from guie_desktop.study.study_features import StudyFeatures
from guie_desktop.study.study_folder import StudyFolder
from guie_desktop.study.training.run import HEAD_FILE


def judge(
    folder: StudyFolder,
    *,
    run: str | None = None,
    head: Path | None = None,
    baseline: Baseline | None = None,
    model: str | None = None,
    device: Device = "cpu",
) -> Generator[Progress, None, tuple[EvaluationRecord, Path]]:
    """Judge a run, a head in a file or a baseline, else the newest run; the record and where it is kept.

    UserError where there is no such run, or where its head does not fit the model's features.
    """
    features = StudyFeatures(folder, backbone := choose_backbone(folder.features, model))
    name: str
    kind: str
    if baseline is not None:
        name = kind = baseline
        ranking = baseline_ranking(baseline, features)
    elif head is not None:
        name, kind = head.stem, "head"
        ranking = head_ranking(read_head(head), features)
    else:
        name, kind = _newest_run(folder) if run is None else run, "run"
        ranking = head_ranking(read_head(folder.run(name) / HEAD_FILE), features)
    evaluation = yield from evaluate_study(features, ranking.embed, device)
    record = EvaluationRecord(
        name=name,
        ranking=kind,
        backbone=backbone,
        feature_dimension=features.dimension,
        dimension=ranking.dimension,
        manifest=manifest_fingerprint(folder),
        classes=_trained_classes(features) if kind == "run" else 0,
        evaluation=evaluation,
    )
    place = place_of(folder, name, kind, backbone)
    record.save(place)
    return record, place


def _newest_run(folder: StudyFolder) -> str:
    heads = sorted(folder.runs.glob(f"*/{HEAD_FILE}"), key=lambda file: file.stat().st_mtime)
    if not heads:
        raise UserError(
            Sentence("No training of the study in {folder} has ended yet.", folder=folder.root),
            "Train a head first, or name what is to be judged, such as --raw.",
            "study train",
        )
    return heads[-1].parent.name


def _trained_classes(features: StudyFeatures) -> int:
    rows = features.manifest.rows
    return len(pc.unique(rows["label"].filter(pc.equal(rows["split"], "train"))))
