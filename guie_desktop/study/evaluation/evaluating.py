"""Asking for the held-out photos of a study: in the index of each domain, and in one index of all (UnED).

Ypsilantis, Chen, Cao, Lipovský, Dogan-Schönberger, Makosa, Bluntschli, Seyedhosseini, Chum, Araujo: Towards Universal
Image Embeddings (ICCV 2023, arXiv 2309.01858). The measure is that of the challenge (learning/testing/evaluation.py).
"""

from collections.abc import Callable, Generator, Iterator

import numpy as np

from guie_desktop.arrays import Embeddings, Features
from guie_desktop.embedding.devices import Device
from guie_desktop.errors import UserError
from guie_desktop.learning.data.curation import Ints
from guie_desktop.learning.testing.evaluation import TOP_K, precisions_of_ranks
from guie_desktop.messages import Progress
from guie_desktop.study.evaluation.figures import (
    DomainFigures,
    Evaluation,
    JudgedQueries,
    QueryPrecisions,
    mean_of_domains,
)
from guie_desktop.study.evaluation.nearest import NOTHING, NearestInPortions
from guie_desktop.study.sample import Split
from guie_desktop.study.study_features import StudyFeatures

Embed = Callable[[Features], Embeddings]
"""From features (N, D) as stored to embeddings (N, d) that are compared by their cosine."""


def evaluate_study(
    features: StudyFeatures, embed: Embed, device: Device = "cpu"
) -> Generator[Progress, None, tuple[Evaluation, JudgedQueries]]:
    """Ask for each held-out photo; the means, and what single queries found.

    Of a domain without queries each photo of its index is one, among the others there. UserError where nothing is held
    out. The embeddings of the queries are held in memory, those of the index are not.
    """
    held_out = _HeldOut(features, embed)
    queries = held_out.queries
    parts = [np.flatnonzero(held_out.domain[queries] == number) for number in range(len(held_out.names))]
    searches = _Searches(held_out.embeddings, parts, device)
    index_sizes = np.zeros(len(parts), np.int64)
    in_index = np.zeros((len(parts), held_out.label.max(initial=0) + 1), np.int64)
    total = held_out.expected("index")
    for places, embeddings in held_out.scan("index"):
        yield Progress("test", int(index_sizes.sum()), total)
        domain = held_out.domain[places]
        searches.add(embeddings, places, domain)
        np.add.at(in_index, (domain, held_out.label[places]), 1)
        index_sizes += np.bincount(domain, minlength=len(parts))
    yield Progress("test", total, total)

    label, domain = held_out.label[queries], held_out.domain[queries]
    itself = held_out.is_index[queries].astype(np.int64)
    merged = held_out.precisions(searches.merged.places, in_index.sum(axis=0)[label] - itself)
    separate = held_out.precisions(searches.separate_places(), in_index[domain, label] - itself)
    unread = held_out.expected("query") + total - int(index_sizes.sum()) - held_out.asked
    return _evaluation(held_out, parts, index_sizes.tolist(), separate=separate, merged=merged, unread=unread)


def nothing_held_out() -> UserError:
    """What to say where no class is there to judge by."""
    return UserError(
        "There is nothing to ask for: no class of this study is held out.",
        "Make its manifest again with held-out classes, and have their photos embedded.",
        "study curate",
    )


class _HeldOut:
    """The held-out photos by their places in the manifest, and what is asked for of them."""

    def __init__(self, features: StudyFeatures, embed: Embed) -> None:
        rows = features.manifest.rows
        self._features, self._embed = features, embed
        label = rows["label"].combine_chunks().dictionary_encode()
        domain = rows["domain"].combine_chunks().dictionary_encode()
        order = np.argsort(domain.dictionary.to_numpy(zero_copy_only=False).astype(str))
        self.names: list[str] = [domain.dictionary[int(place)].as_py() for place in order]
        self.label: Ints = label.indices.to_numpy().astype(np.int64)
        self.domain: Ints = np.argsort(order)[domain.indices.to_numpy()]
        split = rows["split"].to_numpy()
        self._splits = {one: split == one for one in ("query", "index")}
        self.is_index = self._splits["index"]
        self.queries, self.embeddings, self.asked = self._read_queries()

    def expected(self, split: Split) -> int:
        """How many photos of a split there are, with features or without."""
        return int(self._splits[split].sum())

    def scan(self, split: Split) -> Iterator[tuple[Ints, Embeddings]]:
        """Places and embeddings of a split, as they come."""
        for part in self._features.scan(split):
            if not np.isfinite(part.features).all():
                raise UserError("Features of the study hold numbers that are not finite.", "Make its table again.")
            yield part.places, self._embed(part.features)

    def precisions(self, found: Ints, relevant_count: Ints) -> QueryPrecisions:
        """From the places that were found (Q, K + 1), of which the query itself is none, and how many there are."""
        itself = found == self.queries[:, np.newaxis]
        kept = np.argsort(itself, axis=1, kind="stable")[:, :TOP_K]  # what is left keeps its order
        found = np.take_along_axis(np.where(itself, NOTHING, found), kept, axis=1)
        relevant = (self.label[found] == self.label[self.queries][:, np.newaxis]) & (found != NOTHING)
        return QueryPrecisions(*precisions_of_ranks(relevant, relevant_count))

    def _read_queries(self) -> tuple[Ints, Embeddings, int]:
        """Places and embeddings of all that is asked for, and how many of them are of the split of queries."""
        parts = list(self.scan("query"))
        asked = sum(len(places) for places, _ in parts)
        has_queries = np.bincount(self.domain[self._splits["query"]], minlength=len(self.names)) > 0
        if not has_queries[np.unique(self.domain[self.is_index])].all():
            for places, embeddings in self.scan("index"):
                own = ~has_queries[self.domain[places]]
                parts.append((places[own], embeddings[own]))
        if not any(len(places) for places, _ in parts):
            raise nothing_held_out()
        return np.concatenate([places for places, _ in parts]), np.concatenate([part for _, part in parts]), asked


class _Searches:
    """One search among all, and one for the queries of each domain among its own."""

    def __init__(self, queries: Embeddings, parts: list[Ints], device: Device) -> None:
        self._parts = parts
        self.merged = NearestInPortions(queries, TOP_K + 1, device)
        self._alone = sum(len(part) > 0 for part in parts) == 1 and len(parts) == 1
        self._separate = [] if self._alone else [NearestInPortions(queries[part], TOP_K + 1, device) for part in parts]

    def add(self, rows: Embeddings, places: Ints, domain: Ints) -> None:
        """Photos of the index, with the number of their domain."""
        self.merged.add(rows, places)
        for number, search in enumerate(self._separate):
            own = domain == number
            if own.any():
                search.add(rows[own], places[own])

    def separate_places(self) -> Ints:
        """As `places` of a search, in the order of all queries."""
        if self._alone:
            return self.merged.places
        places = np.empty_like(self.merged.places)
        for part, search in zip(self._parts, self._separate, strict=True):
            places[part] = search.places
        return places


def _evaluation(
    held_out: _HeldOut,
    parts: list[Ints],
    index_sizes: list[int],
    *,
    separate: QueryPrecisions,
    merged: QueryPrecisions,
    unread: int,
) -> tuple[Evaluation, JudgedQueries]:
    label = held_out.label[held_out.queries]
    # A class that has photos in the index of another domain alone can be found in the merged index; neither counts it.
    counts = ~np.isnan(separate.mmp5)
    counted = [part[counts[part]] for part in parts]
    if not any(len(part) for part in counted):
        raise UserError(
            "No held-out photo has another one of its class to be found.",
            "Make the manifest again with classes held out that have several photos.",
            "study curate",
        )
    domains = tuple(
        DomainFigures(
            domain=name,
            classes=len(np.unique(label[part])),
            queries=len(part),
            unmatched=len(every) - len(part),
            index=size,
            separate=separate.of(part).figures(label[part]),
            merged=merged.of(part).figures(label[part]),
        )
        for name, every, part, size in zip(held_out.names, parts, counted, index_sizes, strict=True)
        if len(every) or size
    )
    some = [part for part in counted if len(part)]
    every_one = np.concatenate(some)
    every_one = every_one[np.argsort(held_out.queries[every_one])]
    places, found = held_out.queries[every_one], merged.of(every_one)
    judged = JudgedQueries(places, label[every_one], held_out.domain[places], found.mmp5, found.p1)
    evaluation = Evaluation(
        domains=domains,
        separate=mean_of_domains([(separate.of(part), label[part]) for part in some]),
        merged=mean_of_domains([(merged.of(part), label[part]) for part in some]),
        every_query=found.figures(label[every_one]),
        unread=unread,
    )
    return evaluation, judged
