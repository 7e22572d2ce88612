"""The figures of evaluations as tables: of one ranking, and of all side by side."""

from collections.abc import Callable, Sequence

from guie_desktop.cli.text_table import TextTable
from guie_desktop.learning.testing.confidence_interval import ConfidenceInterval
from guie_desktop.study.embedded_backbones import model_of
from guie_desktop.study.evaluation.figures import Evaluation, Figures
from guie_desktop.study.evaluation.record import EvaluationRecord

NO_FIGURE = "-"
MERGED_MEAN = "mean of domains, merged (UnED)"
SEPARATE_MEAN = "mean of domains, each alone"
EVERY_QUERY = "every query, merged (as GUIEC)"


def interval_text(interval: ConfidenceInterval, sign: str = "") -> str:
    """As "0.721 (0.700 to 0.742)"."""
    mean, low, high = (f"{value:{sign}.3f}" for value in interval)
    return f"{mean} ({low} to {high})"


def evaluation_table(evaluation: Evaluation) -> TextTable:
    """One ranking: a row for each domain, then the means."""
    rows = []
    for one in evaluation.domains:
        both = [*_both(one.separate), *_both(one.merged)] if one.queries else [NO_FIGURE] * 4
        rows.append([one.domain, f"{one.classes:,}", f"{one.queries:,}", f"{one.index:,}", *both])
    classes, queries, index = (
        f"{sum(getattr(one, name) for one in evaluation.domains):,}" for name in ("classes", "queries", "index")
    )
    rows.append(["mean of domains", classes, queries, index, *_both(evaluation.separate), *_both(evaluation.merged)])
    rows.append(["every query", classes, queries, index, NO_FIGURE, NO_FIGURE, *_both(evaluation.every_query)])
    header = ["domain", "classes", "queries", "searched", "mMP@5, alone", "P@1, alone", "mMP@5, merged", "P@1, merged"]
    return TextTable(header, rows)


def side_by_side(records: Sequence[EvaluationRecord], mark: Callable[[str], str], measure: str = "mmp5") -> TextTable:
    """All rankings as columns, of one measure; `mark` is applied to the best of each row."""
    rows: list[tuple[str, list[Figures | None]]] = [
        (domain, [_of_domain(record.evaluation, domain) for record in records]) for domain in _domains(records)
    ]
    rows += [
        (MERGED_MEAN, [record.evaluation.merged for record in records]),
        (SEPARATE_MEAN, [record.evaluation.separate for record in records]),
        (EVERY_QUERY, [record.evaluation.every_query for record in records]),
    ]
    return TextTable(
        ["domain", *column_names(records)],
        [
            [name, *_cells([None if one is None else _MEASURES[measure](one) for one in row], mark)]
            for name, row in rows
        ],
    )


def long_table(records: Sequence[EvaluationRecord]) -> TextTable:
    """A row for each ranking, domain and index, with all that was measured, for other programs."""
    rows: list[list[str]] = []
    for name, record in zip(column_names(records), records, strict=True):
        of = record.evaluation
        told = [(one.domain, index, getattr(one, index)) for one in of.domains if one.queries for index in _INDEXES]
        told += [("mean of domains", "separate", of.separate), ("mean of domains", "merged", of.merged)]
        told.append(("every query", "merged", of.every_query))
        rows += [
            [name, record.backbone, str(record.dimension), domain, index, *_exactly(figures)]
            for domain, index, figures in told
        ]
    measures = [f"{measure}{end}" for measure in ("mmp5", "p1") for end in ("", "_low", "_high")]
    return TextTable(["run", "backbone", "dimension", "domain", "index", *measures], rows)


def best_by_domain(records: Sequence[EvaluationRecord]) -> dict[str, str]:
    """The name of the ranking with the highest mMP@5 in each domain, in the merged index; of equals the first."""
    best: dict[str, tuple[float, str]] = {}
    for name, record in zip(column_names(records), records, strict=True):
        for one in record.evaluation.domains:
            if one.queries and one.merged.mmp5.mean > best.get(one.domain, (-1.0, ""))[0]:
                best[one.domain] = (one.merged.mmp5.mean, name)
    return {domain: name for domain, (_, name) in sorted(best.items())}


def column_names(records: Sequence[EvaluationRecord]) -> list[str]:
    """Of rankings, with the model where there are several."""
    several = len({record.backbone for record in records}) > 1
    return [f"{record.name}, {model_of(record.backbone)}" if several else record.name for record in records]


_MEASURES: dict[str, Callable[[Figures], ConfidenceInterval]] = {
    "mmp5": lambda figures: figures.mmp5,
    "p1": lambda figures: figures.p1,
}
_INDEXES = ("separate", "merged")


def _domains(records: Sequence[EvaluationRecord]) -> list[str]:
    return sorted({one.domain for record in records for one in record.evaluation.domains if one.queries})


def _of_domain(evaluation: Evaluation, domain: str) -> Figures | None:
    return next((one.merged for one in evaluation.domains if one.domain == domain and one.queries), None)


def _cells(intervals: Sequence[ConfidenceInterval | None], mark: Callable[[str], str]) -> list[str]:
    best = max((interval.mean for interval in intervals if interval), default=0.0)
    return [
        NO_FIGURE if interval is None else (mark if interval.mean == best else str)(f"{interval.mean:.3f}")
        for interval in intervals
    ]


def _both(figures: Figures) -> list[str]:
    return [interval_text(figures.mmp5), interval_text(figures.p1)]


def _exactly(figures: Figures) -> list[str]:
    return [f"{value:.5f}" for interval in (figures.mmp5, figures.p1) for value in interval]
