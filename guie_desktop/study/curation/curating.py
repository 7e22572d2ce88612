"""From data sets to the manifest of a study, with what was counted on the way."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from guie_desktop.errors import UserError, not_written
from guie_desktop.messages.progress import Progress
from guie_desktop.sentences import Sentence
from guie_desktop.study.curation.candidates import INDEX, QUERY, TRAIN, Candidates, Source, gather
from guie_desktop.study.curation.counts import DomainCounts, count
from guie_desktop.study.curation.fates import Fate
from guie_desktop.study.curation.record import Record, SourceRecord
from guie_desktop.study.curation.rules import Plan
from guie_desktop.study.curation.same_files import UNREADABLE, find_same_files
from guie_desktop.study.curation.same_names import SameThing, same_names, write_same_things
from guie_desktop.study.curation.selecting import leave_out_small_classes, rank_in_class, select
from guie_desktop.study.curation.splitting import leave_out_copies_of_held_out, leave_out_tests_of_trained, split
from guie_desktop.study.manifest import SCHEMA, Manifest
from guie_desktop.study.study_folder import StudyFolder


@dataclass(frozen=True, slots=True)
class Curated:
    """What came of it."""

    counts: list[DomainCounts]
    sources: list[SourceRecord]
    same_things: list[SameThing]


def curate(folder: StudyFolder, sources: Sequence[Source], plan: Plan) -> Generator[Progress, None, Curated]:
    """Write the manifest, the counts, and which classes seem to be one thing; the same for the same lists and plan.

    UserError where nothing is left, where the study cannot be written, or where a reader tells what is wrong.
    """
    make_folder(folder)
    candidates = yield from gather(sources, plan.seed)
    contents = np.arange(len(candidates.fates))
    if not plan.trust_lists:
        contents = yield from _look_at_files(candidates)
    leave_out_tests_of_trained(candidates)
    _leave_out_copies(candidates, contents, plan)
    select(candidates, plan.preset)
    splits = split(candidates, plan.held_out)
    leave_out_copies_of_held_out(candidates, splits, contents)
    leave_out_small_classes(candidates, plan.preset)
    curated = Curated(
        count(candidates, splits),
        [SourceRecord(source.name, source.passed_over()) for source in sources],
        same_names(candidates.labels[one] for one in _classes(candidates)),
    )
    if not len(candidates.kept):
        raise _nothing_left(curated.counts[-1])
    try:
        Manifest(_rows(candidates, splits)).write(folder.manifest)
        write_same_things(folder.same_things, curated.same_things)
        Record(plan, curated.sources, curated.counts).write(folder)
        folder.near_duplicates.unlink(missing_ok=True)  # of the manifest before
    except OSError as error:
        raise not_written(Sentence("The study in {folder}", folder=folder.root), error) from error
    return curated


def make_folder(folder: StudyFolder) -> None:
    """Make the folder of a study, before hours are spent on what could not be written there; UserError."""
    try:
        folder.root.mkdir(parents=True, exist_ok=True)
        beside = folder.root / "curation.part"
        beside.write_bytes(b"")
        beside.unlink()
    except (FileExistsError, NotADirectoryError) as error:
        raise UserError(
            Sentence("{folder} is a file, or lies below one.", folder=folder.root), "Name another folder for the study."
        ) from error
    except OSError as error:
        raise not_written(Sentence("The study in {folder}", folder=folder.root), error) from error


def _look_at_files(candidates: Candidates) -> Generator[Progress, None, NDArray[np.int64]]:
    kept = candidates.kept
    found = yield from find_same_files(candidates.paths.take(pa.array(kept)).to_pylist())
    candidates.fates[kept[found == UNREADABLE]] = Fate.UNREADABLE
    contents = np.full(len(candidates.fates), UNREADABLE)
    contents[kept] = found
    return contents


def _leave_out_copies(candidates: Candidates, contents: NDArray[np.int64], plan: Plan) -> None:
    """Of the files of one class that are the same leave one, chosen by chance, where the rules of its domain say so."""
    once = np.array([plan.preset.of(domain).copies_once for domain in candidates.domains])
    kept = candidates.kept
    kept = kept[once[candidates.domain_of[candidates.class_of[kept]]]]
    kept = kept[np.argsort(rank_in_class(candidates, kept), kind="stable")]
    both = candidates.class_of[kept].astype(np.int64) * len(contents) + contents[kept]
    first = np.unique(both, return_index=True)[1]
    candidates.fates[np.delete(kept, first)] = Fate.COPY


def _classes(candidates: Candidates) -> list[int]:
    found: list[int] = np.unique(candidates.class_of[candidates.kept]).tolist()
    return found


def _rows(candidates: Candidates, splits: NDArray[np.int8]) -> pa.Table:
    kept = candidates.kept
    names = {TRAIN: "train", QUERY: "query", INDEX: "index"}
    classes = candidates.class_of[kept]
    columns = [
        candidates.paths.take(pa.array(kept)),
        _named(candidates.labels, classes),
        _named(candidates.domains, candidates.domain_of[classes]),
        _named(candidates.datasets, candidates.dataset_of[classes]),
        _named(["", *names.values()], splits[kept]),
    ]
    return pa.table(columns, names=SCHEMA.names).cast(SCHEMA)


def _named(names: Sequence[str], codes: NDArray[Any]) -> pa.Array:
    return pa.array(names, pa.string()).take(pa.array(codes))


def _nothing_left(counts: DomainCounts) -> UserError:
    if counts.dropped.get(Fate.UNREADABLE.key, 0) == counts.read:
        return UserError(
            Sentence("Of the {count} photos that the data sets list, no file could be read.", count=counts.read),
            "Unpack the pictures where their lists expect them.",
        )
    return UserError(
        Sentence("Of {count} photos none is left by the rules.", count=counts.read),
        "Ask for fewer photos of each class, or name more data sets.",
    )
