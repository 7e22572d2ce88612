"""The study's own tables, with the rows and columns that a user's run fills."""

from collections.abc import Mapping, Sequence

from guie_desktop.cli.study.figure_tables import NO_FIGURE, column_names, interval_text
from guie_desktop.cli.text_table import TextTable
from guie_desktop.embedding.assets import load_card
from guie_desktop.errors import UserError
from guie_desktop.study.embedded_backbones import model_of
from guie_desktop.study.evaluation.data_counts import DataCounts, sum_of
from guie_desktop.study.evaluation.published import (
    M4D_35K,
    M4D_35K_CLASSES,
    M4D_35K_PHOTOS,
    TABLE_1,
    learned_numbers,
    trainable_numbers,
)
from guie_desktop.study.evaluation.record import EvaluationRecord


def table_1(records: Sequence[EvaluationRecord]) -> TextTable:
    """The study's Table 1 with a row for each run; its figures and yours are of different photos."""
    rows = [
        [entry.rank, entry.thesis, entry.private, NO_FIGURE, entry.parameters, entry.trainable, entry.method]
        for entry in TABLE_1
    ]
    rows += [_own_row(name, record) for name, record in zip(column_names(records), records, strict=True)]
    header = [
        "rank in the challenge",
        "thesis",
        "private",
        "your held-out classes",
        "parameters",
        "trainable",
        "method",
    ]
    return TextTable(header, rows)


def data_table(counts: Mapping[tuple[str, str], DataCounts]) -> TextTable:
    """The study's table of its training data (M4D-35k) beside what your manifest holds of each set."""
    yours = {dataset: of_set for (_, dataset), of_set in counts.items()}
    rows = [
        [one.domain, one.title, f"{one.classes:,}", f"{one.photos:,}", *_counts(yours.pop(one.dataset, None))]
        for one in M4D_35K
    ]
    rows += [
        [domain, dataset, NO_FIGURE, NO_FIGURE, *_counts(yours[dataset])]
        for domain, dataset in counts
        if dataset in yours
    ]
    of_study = [f"{M4D_35K_CLASSES:,}", f"{M4D_35K_PHOTOS:,}"]
    rows.append(["all", "", *of_study, *_counts(sum_of(counts.values()))])
    yours_header = ["your classes", "your photos", "classes trained on", "photos trained on"]
    return TextTable(["domain", "data set", "the study's classes", "its photos", *yours_header], rows)


def _own_row(name: str, record: EvaluationRecord) -> list[str]:
    tower, model = _parameters(record.backbone), model_of(record.backbone)
    trainable = trainable_numbers(record.feature_dimension, record.dimension, record.classes) if record.classes else 0
    learned = learned_numbers(record.feature_dimension, record.dimension)
    return [
        f"yours: {name}",
        NO_FIGURE,
        NO_FIGURE,
        interval_text(record.evaluation.merged.mmp5),
        NO_FIGURE if tower is None else _millions(tower + trainable),
        _millions(trainable) if trainable else NO_FIGURE,
        f"{model}; {learned:,} learned numbers remain" if record.is_trained else f"{model}; nothing is trained",
    ]


def _counts(counts: DataCounts | None) -> list[str]:
    if counts is None:
        return [NO_FIGURE] * 4
    numbers = (counts.classes, counts.photos, counts.trained_classes, counts.trained_photos)
    return [f"{number:,}" for number in numbers]


def _parameters(backbone: str) -> int | None:
    try:
        return load_card(model_of(backbone)).parameters
    except UserError:
        return None


def _millions(count: int) -> str:
    return f"{count / 1e6:.1f} M" if count >= 1_000_000 else f"{count:,}"
