"""An evaluation is read as it was written, and what is none is told."""

from pathlib import Path

import pytest

from guie_desktop.errors import UserError
from guie_desktop.learning.testing.confidence_interval import ConfidenceInterval
from guie_desktop.study.evaluation.figures import DomainFigures, Evaluation, Figures
from guie_desktop.study.evaluation.record import EvaluationRecord, all_records, place_of
from guie_desktop.study.study_folder import StudyFolder

FIGURES = Figures(ConfidenceInterval(0.5, 0.25, 0.75), ConfidenceInterval(0.6, 0.5, 0.7))


def record(name: str, ranking: str, mmp5: float = 0.5) -> EvaluationRecord:
    """Of two domains, of which one has no queries that count."""
    own = Figures(ConfidenceInterval(mmp5, 0.25, 0.75), FIGURES.p1)
    evaluation = Evaluation(
        (DomainFigures("cars", 3, 9, 1, 20, own, own), DomainFigures("toys", 0, 0, 2, 0, FIGURES, FIGURES)),
        FIGURES,
        own,
        FIGURES,
        unread=2,
    )
    return EvaluationRecord(name, ranking, "net-b-16-0123456789ab", 1152, 64, "f00d", 34_800, evaluation)


def test_what_was_kept_is_read_baselines_first(tmp_path: Path) -> None:
    folder = StudyFolder(tmp_path)
    kept = [record("mine", "head"), record("raw", "raw"), record("a", "run"), record("b", "run", 0.7)]
    for one in reversed(kept):
        one.save(place_of(folder, one.name, one.ranking, one.backbone))
    assert all_records(folder) == kept
    assert place_of(folder, "a", "run", "x") == folder.run("a") / "evaluation.json"
    assert all_records(StudyFolder(tmp_path / "none")) == []


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"version": 2}', b'{"version": 1, "name": 3}', b"\xff"])
def test_what_is_no_evaluation_is_told(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "evaluation.json"
    file.write_bytes(content)
    with pytest.raises(UserError, match="is no evaluation, or it is damaged"):
        EvaluationRecord.load(file)


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "runs").write_bytes(b"a file")
    with pytest.raises(UserError, match="could not be written"):
        record("a", "run").save(place_of(StudyFolder(tmp_path), "a", "run", "x"))
