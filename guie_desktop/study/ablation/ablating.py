"""The job of `study ablate`: each variant is trained and judged once, whoever stops it in between."""

import hashlib
import json
from collections.abc import Generator, Sequence
from contextlib import suppress
from pathlib import Path
from zipfile import BadZipFile

import pyarrow.compute as pc

from guie_desktop.embedding.devices import Device
from guie_desktop.messages import Progress
from guie_desktop.study.ablation.results import (
    QueriesOfSeeds,
    VariantResult,
    ahead_of,
    domain_figures,
    mean_figures,
)
from guie_desktop.study.ablation.variants import (
    AblationKind,
    StudyVariant,
    backbone_variants,
    cap_variants,
    chosen_rows,
    curation_variants,
    dimension_variants,
    largest_class,
    loss_variants,
    trained_counts,
)
from guie_desktop.study.embedded_backbones import choose_backbone, embedded_backbones
from guie_desktop.study.evaluation.evaluating import evaluate_study, nothing_held_out
from guie_desktop.study.evaluation.figures import JudgedQueries
from guie_desktop.study.evaluation.rankings import baseline_ranking, head_ranking
from guie_desktop.study.evaluation.record import manifest_fingerprint
from guie_desktop.study.manifest import Manifest
from guie_desktop.study.study_features import StudyFeatures
from guie_desktop.study.study_folder import StudyFolder
from guie_desktop.study.training.recipe import Preset
from guie_desktop.study.training.run import train_head

_FIRST_SEED = 42
_QUERIES = "queries.npz"
_SHARES = 1000
"""Parts that each training and evaluation is told in."""
_STAGES = {"train": (0.0, 0.9), "test": (0.9, 1.0)}
"""About the share of the time that each begins and ends at."""


def ablations_of(folder: StudyFolder) -> Path:
    """Holds a folder for each variant that was trained, for whichever ablation, and the tables."""
    return folder.root / "ablations"


def planned_variants(folder: StudyFolder, kind: AblationKind, preset: Preset, model: str | None) -> list[StudyVariant]:
    """What an ablation compares; UserError where there is nothing to compare, or to judge by."""
    rows = Manifest.read(folder.manifest).rows
    if pc.all(pc.equal(rows["split"], "train")).as_py():
        raise nothing_held_out()  # before anything is trained, rather than after the first variant
    there = embedded_backbones(folder.features)
    if kind == "backbones" and there and model is None:
        return backbone_variants(there, preset)
    backbone = choose_backbone(folder.features, model)
    match kind:
        case "backbones":
            return backbone_variants([backbone], preset)
        case "losses":
            return loss_variants(backbone, preset)
        case "curation":
            trained = rows["domain"].filter(pc.equal(rows["split"], "train"))
            return curation_variants(backbone, preset, sorted(pc.unique(trained).to_pylist()))
        case "dimension":
            return dimension_variants(backbone, preset, StudyFeatures(folder, backbone).dimension)
        case "caps":
            return cap_variants(backbone, preset, largest_class(rows))


def ablate_study(
    folder: StudyFolder, variants: Sequence[StudyVariant], seeds: int, device: Device = "cpu"
) -> Generator[Progress, None, tuple[VariantResult, ...]]:
    """Train and judge all variants, each with so many seeds where anything is trained, in their order.

    What was done is read, as long as manifest, features and recipe are what they were; a training that was stopped goes
    on where it was.
    """
    of_seeds = [
        [variant.with_seed(_FIRST_SEED + number) for number in range(seeds if variant.recipe else 1)]
        for variant in variants
    ]
    total = sum(map(len, of_seeds))
    done = 0
    found = []
    for same in of_seeds:
        queries = []
        for variant in same:
            job = _judged(folder, variant, device)
            queries.append((yield from _part_of(job, done, total)))
            done += 1
        found.append(QueriesOfSeeds(queries))
    return _results(folder, variants, found)


def _judged(folder: StudyFolder, variant: StudyVariant, device: Device) -> Generator[Progress, None, JudgedQueries]:
    features = StudyFeatures(folder, variant.backbone)
    place = ablations_of(folder) / _fingerprint(folder, features, variant)
    with suppress(OSError, ValueError, KeyError, EOFError, BadZipFile):  # else it is done again
        return JudgedQueries.load(place / _QUERIES)
    if variant.recipe is None:
        ranking = baseline_ranking("raw", features)
    else:
        chosen = chosen_rows(variant, features.manifest.rows)
        trained = yield from train_head(features, variant.recipe, place, device=device, chosen=chosen)
        ranking = head_ranking(trained.head, features)
    _, queries = yield from evaluate_study(features, ranking.embed, device)
    place.mkdir(parents=True, exist_ok=True)
    beside = place / f"part-{_QUERIES}"
    queries.save(beside)
    beside.replace(place / _QUERIES)
    return queries


def _part_of(
    job: Generator[Progress, None, JudgedQueries], number: int, total: int
) -> Generator[Progress, None, JudgedQueries]:
    """The same job, which tells its progress as that of the whole."""
    share = 0.0
    try:
        while True:
            progress = next(job)
            begin, end = _STAGES.get(progress.stage, (0.0, 0.0))
            share = max(share, begin + (end - begin) * progress.done / max(progress.total, 1))
            yield Progress("compare", int(_SHARES * (number + share)), _SHARES * total)
    except StopIteration as end_of_job:
        result: JudgedQueries = end_of_job.value
        return result
    finally:
        job.close()  # which leaves a checkpoint


def _fingerprint(folder: StudyFolder, features: StudyFeatures, variant: StudyVariant) -> str:
    """Equal where the same would come of it; the names of variants play no part."""
    facts = {
        "manifest": manifest_fingerprint(folder),
        "backbone": variant.backbone,
        "features": features.table.count_rows(filter=f"`{features.column}` IS NOT NULL"),
        "recipe": variant.recipe and variant.recipe.fingerprint,
        "left_out": variant.left_out,
        "cap": variant.cap,
    }
    return hashlib.blake2b(json.dumps(facts, sort_keys=True).encode(), digest_size=8).hexdigest()


def _results(
    folder: StudyFolder, variants: Sequence[StudyVariant], found: Sequence[QueriesOfSeeds]
) -> tuple[VariantResult, ...]:
    rows = Manifest.read(folder.manifest).rows
    domains = sorted(pc.unique(rows["domain"]).to_pylist())
    averages = [one.average() for one in found]
    first: dict[bool, int] = {}
    results = []
    for number, (variant, of_seeds, queries) in enumerate(zip(variants, found, averages, strict=True)):
        reference = first.setdefault(variant.recipe is None, number)
        length = StudyFeatures(folder, variant.backbone).dimension
        classes, photos = (0, 0) if variant.recipe is None else trained_counts(variant, rows)
        results.append(
            VariantResult(
                name=variant.name,
                backbone=variant.backbone,
                method="raw" if variant.recipe is None else "trained",
                loss=variant.recipe.loss if variant.recipe else "",
                dimension=min(variant.recipe.dimension, length) if variant.recipe else length,
                classes=classes,
                photos=photos,
                seeds=len(of_seeds.queries) if variant.recipe else 0,
                mean=mean_figures(queries),
                domains=domain_figures(queries, domains),
                seed_std=of_seeds.spread(),
                ahead=None if reference == number else ahead_of(queries, averages[reference]),
            )
        )
    return tuple(results)
