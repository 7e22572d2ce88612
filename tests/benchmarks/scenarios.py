"""What learning some albums does to them and to everything else, in one library of several labelled domains.

python -m tests.benchmarks.scenarios LIBRARY --domain groceries TRAIN VAL --domain stamps STAMPS ...

Each domain is a folder of labelled folders that is searched and one that asks; with one folder alone its photos ask
for each other. Features are made once and kept in LIBRARY. Then each domain is learned alone, the first together with
each other, and half of the labels of each domain. For all domains mMP@5 is printed by the features themselves, by the
general head and by what was learned, with the gain and its standard error.
"""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from guie_desktop.arrays import Floats
from guie_desktop.embedding.general_head import GeneralHead, fit_general_head
from guie_desktop.embedding.projection import Projection, unit_rows
from guie_desktop.embedding.weight_curve import WeightCurve
from guie_desktop.jobs.labelled_folders import read_labelled
from guie_desktop.learning.data.curation import cap_classes, make_training_set
from guie_desktop.learning.testing.acceptance import decide_acceptance
from guie_desktop.learning.testing.cross_validation import cross_validate
from guie_desktop.learning.testing.evaluation import retrieval_precisions
from guie_desktop.learning.testing.paired_embeddings import PairedEmbeddings, trained_on_shares
from guie_desktop.learning.testing.trial import LibraryContext
from guie_desktop.learning.training.feature_statistics import FeatureStatistics
from guie_desktop.learning.training.recipe import Recipe
from guie_desktop.learning.training.trainer import single_threaded, train
from guie_desktop.paths import LibraryPaths
from guie_desktop.wording.learning_report import reason_text
from guie_desktop.workspace.open_library import WritableLibrary
from tests.running import finish

Labels = NDArray[np.str_]
_AT_ONCE = 256


@dataclass(frozen=True, slots=True, eq=False)
class Domain:
    """Labelled photos; `queries` is None where they ask for each other."""

    name: str
    features: Floats
    labels: Labels
    queries: Floats | None
    asked: Labels


@dataclass(frozen=True, slots=True, eq=False)
class Learned:
    """What came of the albums with these labels."""

    albums: Labels
    projection: Projection
    weighting: WeightCurve
    verdict: str


class Study:
    """All domains in one library, in which any labels may be albums."""

    def __init__(self, domains: list[Domain]) -> None:
        self.domains = domains
        self._rows = np.concatenate([domain.features for domain in domains])
        self._labels = np.concatenate([domain.labels for domain in domains])
        self._general: GeneralHead = fit_general_head(self._rows)
        self._statistics = FeatureStatistics.of(self._rows)
        self._library = self._general.apply(self._rows)

    def learn(self, albums: Labels, recipe: Recipe) -> Learned:
        """As the program does, refused or not."""
        members = {label: np.flatnonzero(self._labels == label).tolist() for label in albums}
        in_albums = np.isin(self._labels, albums)
        features = {int(row): self._rows[row] for row in np.flatnonzero(in_albums)}
        training_set = make_training_set(cap_classes(members, recipe.seed), {}, features, self._statistics.mean)
        context = LibraryContext(self._general, self._statistics, self._rows[~in_albums], 1.0)
        with single_threaded():
            validation = cross_validate(training_set, context, recipe, lambda _: None)
            if validation is None:
                raise SystemExit("There is too little to test with.")
            projection = train(training_set, self._statistics, recipe)
        acceptance = decide_acceptance(training_set, validation, recipe.seed)
        return Learned(
            albums, projection, validation.weighting, "used" if acceptance.accepted else reason_text(acceptance.reason)
        )

    def _embedded(self, features: Floats, learned: Learned) -> PairedEmbeddings:
        return PairedEmbeddings(self._general.apply(features), learned.projection.embed(features))

    def ask(self, domain: Domain, learned: Learned, only: Labels | None = None, *, among: bool = False) -> Floats:
        """mMP@5 (3, Q) by the features, the general head and what was learned.

        Of queries with one of the labels `only`, `among` photos of these labels alone.
        """
        queries, asked = (domain.features, domain.labels) if domain.queries is None else (domain.queries, domain.asked)
        chosen = np.arange(len(asked)) if only is None else np.flatnonzero(np.isin(asked, only))
        searched = np.arange(len(domain.labels))
        if among and only is not None:
            searched = np.flatnonzero(np.isin(domain.labels, only))
        trained_on = np.isin(self._labels, learned.albums)
        index = self._embedded(domain.features, learned).subset(searched)
        start = int(np.flatnonzero(self._labels == domain.labels[0])[0])
        parts = []
        for some in np.array_split(chosen, max(1, len(chosen) // _AT_ONCE)):
            here = self._embedded(queries[some], learned)
            itself = np.zeros((len(some), len(domain.labels)), bool)
            if domain.queries is None:
                itself[np.arange(len(some)), some] = True
            similarity = here.general @ self._library.T
            similarity[:, start : start + len(domain.labels)][itself] = -np.inf
            scores = index.scores(here)
            relevant = (asked[some][:, np.newaxis] == domain.labels[searched]) & ~itself[:, searched]
            ranked = (
                queries[some] @ domain.features[searched].T,
                scores.general,
                scores.fused(learned.weighting.weights(trained_on_shares(similarity, trained_on))),
            )
            parts.append(
                np.stack(
                    [retrieval_precisions(np.where(itself[:, searched], -np.inf, one), relevant)[0] for one in ranked]
                )
            )
        found = np.concatenate(parts, axis=1)
        return found[:, ~np.isnan(found[0])]


def labelled(library: WritableLibrary, name: str, folder: Path) -> tuple[Floats, Labels]:
    """Unit features of a folder's photos, and their labels with the domain's name before them."""
    read = finish(read_labelled(library, library.backbone, folder))
    stored = library.backbone.features.keyed(sorted(set(read.contents.values())))
    rows = np.stack([stored[content][1] for content in read.contents.values()])
    return unit_rows(rows.astype(np.float32)), np.array([f"{name}/{label}" for label in read.labels])


def domains_of(library: WritableLibrary, named: list[list[str]]) -> Iterator[Domain]:
    for name, *folders in named:
        rows, labels = labelled(library, name, Path(folders[0]))
        if len(folders) == 1:
            yield Domain(name, rows, labels, None, labels)
        else:
            yield Domain(name, rows, labels, *labelled(library, name, Path(folders[1])))


def line(what: str, who: str, draws: list[Floats]) -> str:
    """Means over the queries of each draw (3, Q), and how far what was learned is above the others.

    The error is between queries, or between draws where there are several, which share queries.
    """
    means = np.stack([found.mean(axis=1) for found in draws])
    changes = means[:, 2] - means[:, 0]
    errors = changes if len(draws) > 1 else draws[0][2] - draws[0][0]
    error = errors.std(ddof=1) / np.sqrt(len(errors))
    raw, general, learned = means.mean(axis=0)
    return (
        f"{what:32} {who:28} {raw:.3f} {general:.3f} {learned:.3f}"
        f"  over raw {changes.mean():+.3f} ± {error:.3f}, over general {learned - general:+.3f}"
    )


def whole_domains(study: Study, seeds: list[int]) -> None:
    first, *others = study.domains
    for together in [[domain] for domain in study.domains] + [[first, other] for other in others]:
        albums = np.unique(np.concatenate([domain.labels for domain in together]))
        what = " and ".join(domain.name for domain in together)
        for seed in seeds:
            learned = study.learn(albums, Recipe(seed=seed))
            print(f"{what}, seed {seed}: {learned.weighting}, {learned.verdict}")
            for domain in study.domains:
                print(line(what, domain.name, [study.ask(domain, learned)]), flush=True)


def halves(study: Study, draws: int) -> None:
    for domain in study.domains:
        labels = np.unique(domain.labels)
        found: dict[str, list[Floats]] = {"learned": [], "left out": [], "left out, among themselves": []}
        for draw in range(draws):
            chosen = np.random.default_rng(draw).permutation(labels)[: len(labels) // 2]
            rest = np.setdiff1d(labels, chosen)
            learned = study.learn(chosen, Recipe())
            print(f"half of {domain.name}, draw {draw}: {learned.weighting}, {learned.verdict}")
            found["learned"].append(study.ask(domain, learned, chosen))
            found["left out"].append(study.ask(domain, learned, rest))
            found["left out, among themselves"].append(study.ask(domain, learned, rest, among=True))
        for who, parts in found.items():
            print(line(f"half of {domain.name}", who, parts), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("library", type=Path)
    parser.add_argument("--domain", nargs="+", action="append", required=True, metavar="NAME FOLDER")
    parser.add_argument("--seeds", nargs="+", type=int, default=[42, 1, 2])
    parser.add_argument("--draws", type=int, default=4)
    arguments = parser.parse_args()
    arguments.library.mkdir(exist_ok=True)
    with WritableLibrary(LibraryPaths(arguments.library)) as library:
        study = Study(list(domains_of(library, arguments.domain)))
    whole_domains(study, arguments.seeds)
    halves(study, arguments.draws)


if __name__ == "__main__":
    main()
