"""All photos that data sets list, as columns, in an order that does not depend on that of the lists."""

import hashlib
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from guie_desktop.errors import UserError
from guie_desktop.messages.progress import Progress
from guie_desktop.sentences import Sentence
from guie_desktop.study.curation.fates import Fate
from guie_desktop.study.sample import Sample

_AT_ONCE = 65_536
_SPLITS = {None: 0, "train": 1, "query": 2, "index": 3}
TRAIN, QUERY, INDEX = (np.int8(_SPLITS[split]) for split in ("train", "query", "index"))

Codes = NDArray[np.int32]
Chance = NDArray[np.uint64]


def _none() -> dict[str, int]:
    return {}


@dataclass(frozen=True, slots=True)
class Source:
    """One data set."""

    name: str
    """As it was named, "NAME=FOLDER"."""
    samples: Iterable[Sample]
    root: str
    """The folder that its paths begin with."""
    passed_over: Callable[[], dict[str, int]] = _none
    """Asked after the samples: of what it listed, how many photos are not among them, by why."""


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """N photos of C classes."""

    paths: pa.ChunkedArray
    """(N,) sorted."""
    class_of: Codes
    """(N,)"""
    given: NDArray[np.int8]
    """(N,) 0 where the data set leaves open what the photo is for; else TRAIN, QUERY or INDEX."""
    chance: Chance
    """(N,) drawn of the seed and the photo's path below its root: what is chosen at random is the lowest."""
    fates: NDArray[np.uint8]
    """(N,) changed by each rule."""
    labels: Sequence[str]
    """(C,) "dataset/class"."""
    class_chance: Chance
    """(C,)"""
    domain_of: Codes
    """(C,) the place of its domain in `domains`."""
    dataset_of: Codes
    """(C,)"""
    domains: Sequence[str]
    datasets: Sequence[str]

    @property
    def kept(self) -> NDArray[np.int64]:
        """The photos (positions) that no rule has left out so far."""
        return np.flatnonzero(self.fates == Fate.KEPT)

    @property
    def sizes(self) -> NDArray[np.int64]:
        """(C,) photos of each class that are kept so far."""
        return np.bincount(self.class_of[self.kept], minlength=len(self.labels))


def gather(sources: Iterable[Source], seed: int) -> Generator[Progress, None, Candidates]:
    """Read all lists to their end; the fates are those that the names decide. UserError for a class in two domains."""
    parts: list[pa.Table] = []
    read = 0
    for source in sources:
        samples = iter(source.samples)
        while part := list(islice(samples, _AT_ONCE)):
            parts.append(_as_table(part, source.root, seed))
            read += len(part)
            yield Progress("scan", read, 0)
    if not parts:
        raise UserError("The data sets list no photos.", "Check that their folders are the right ones.")
    rows = pa.concat_tables(parts).sort_by([(name, "ascending") for name in ("path", "label", "given")])
    yield Progress("scan", read, 0)
    return _coded(rows, seed)


def _as_table(samples: Sequence[Sample], root: str, seed: int) -> pa.Table:
    beginning = root.rstrip("/") + "/" if root else ""
    odd = [not _is_text(sample.path) for sample in samples]
    dataset = pa.array([sample.dataset for sample in samples])
    named = (f"{sample.dataset}/{sample.path.removeprefix(beginning)}" for sample in samples)
    return pa.table(
        {
            "path": [
                _shown(sample.path) if is_odd else sample.path for sample, is_odd in zip(samples, odd, strict=True)
            ],
            "label": pc.binary_join_element_wise(dataset, pa.array([sample.label for sample in samples]), "/"),
            "domain": pa.array([sample.domain for sample in samples]),
            "dataset": dataset,
            "given": pa.array([_SPLITS[sample.given] for sample in samples], pa.int8()),
            "chance": _drawn(named, seed),
            "odd": pa.array(odd),
        }
    )


def _coded(rows: pa.Table, seed: int) -> Candidates:
    paths = rows["path"]
    class_of, labels = _numbered(rows["label"])
    domain_of_row, domains = _numbered(rows["domain"])
    dataset_of_row, datasets = _numbered(rows["dataset"])
    first = np.zeros(len(labels), np.int64)
    first[class_of[::-1]] = np.arange(len(class_of))[::-1]
    domain_of = domain_of_row[first]
    torn = np.flatnonzero(domain_of_row != domain_of[class_of])
    if len(torn):
        one = class_of[torn[0]]
        raise UserError(
            Sentence(
                "The class {label} is in two domains, {one} and {other}.",
                label=labels[one],
                one=domains[domain_of[one]],
                other=domains[domain_of_row[torn[0]]],
            ),
            "Give it one domain where the data set is listed.",
        )
    fates = np.full(len(class_of), Fate.KEPT, np.uint8)
    fates[1:][pc.equal(paths[1:], paths[:-1]).to_numpy(zero_copy_only=False)] = Fate.LISTED_TWICE
    fates[rows["odd"].to_numpy()] = Fate.ODD_NAME
    return Candidates(
        paths,
        class_of,
        rows["given"].to_numpy(),
        rows["chance"].to_numpy(),
        fates,
        labels,
        _drawn(labels, seed),
        domain_of,
        dataset_of_row[first],
        domains,
        datasets,
    )


def _numbered(column: pa.ChunkedArray) -> tuple[Codes, list[str]]:
    """Texts as places in a sorted list of them."""
    texts = pc.unique(column).sort()
    codes = pc.index_in(column, texts)
    return codes.to_numpy().astype(np.int32), texts.to_pylist()


def _drawn(texts: Iterable[str], seed: int) -> Chance:
    """A number for each text that looks drawn at random: where a seed is the same, so is the number."""
    key = seed.to_bytes(8, "little")
    drawn: Iterator[bytes] = (
        hashlib.blake2b(text.encode("utf-8", "surrogateescape"), digest_size=8, key=key).digest() for text in texts
    )
    return np.frombuffer(b"".join(drawn), np.uint64)


def _is_text(path: str) -> bool:
    return path.isascii() or not any(0xD800 <= ord(letter) <= 0xDFFF for letter in path)


def _shown(path: str) -> str:
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
