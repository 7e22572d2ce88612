"""What a search takes in a library of very many photos, and how much it finds of what comparing everything finds.

    python -m tests.benchmarks.search_at_scale FOLDER PHOTOS LIKE [--queries N]

FOLDER takes a library of made photos, and is used again. Their features are drawn around those of LIKE, the folder of
a library that was indexed and has learned: between a few photos, and from there along the differences of others, so
that they lie in clusters as photos do. All is measured among all photos, and among those of an album, a folder, a span
of time and a rating that 1 %, 10 % and 50 % pass; those of the ratings are the least alike, which is the hard case.

Times are wall and processor time of the answer with its hits; recall@10 is against comparing all that pass exactly.
For the code of before run this file with that on PYTHONPATH: it knows nothing but the program.
"""

import argparse
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import insert, select

from guie_desktop.asking import EVERYTHING, Filter, Query
from guie_desktop.embedding.general_head import GeneralHead, fit_general_head
from guie_desktop.embedding.paired_head import PairedHead
from guie_desktop.embedding.personal_head import PersonalHead
from guie_desktop.library.catalog import Catalog
from guie_desktop.library.catalog_writer import CatalogWriter
from guie_desktop.library.database import reading, writing
from guie_desktop.library.feature_store import STORED, FeatureStore
from guie_desktop.library.head_store import HeadStore
from guie_desktop.library.tables import album_photos, albums, features, folders, marks, photos
from guie_desktop.search.picture_search import PictureSearch
from guie_desktop.search.space import Space
from guie_desktop.search.vectors import VectorIndex

_ASKED = 101
"""Photos that may be asked for; theirs are the only features that are stored, as of others nothing is read."""
_AT_ONCE = 20_000
_SHARES = (0.01, 0.1, 0.5)
_TOPS = (10, 200)
_HEAD = "1-1"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("photos", type=int)
    parser.add_argument("like", type=Path)
    parser.add_argument("--queries", type=int, default=30)
    asked = parser.parse_args()
    made = _made(asked.folder, asked.photos, asked.like)
    _built(made)
    for top in _TOPS:
        for name, (which, passing) in _scopes(made).items():
            print(f"{name:18} top {top:3}: {made.told(which, passing, top, asked.queries)}", flush=True)


@dataclass(frozen=True, eq=False)
class Made:
    """A library of made photos."""

    catalog: Catalog
    space: Space
    rows: NDArray[np.float16]
    """(N, d): embeddings of its photos."""
    folder: Path

    def told(self, which: Filter, passing: NDArray[np.int64], top: int, queries: int) -> str:
        """How long searches among what passes take, and what they find of it."""
        backbone = _Backbone(self.space)
        wall, processor, recall, fewest = [], [], [], top
        candidates = self.rows[passing] if len(passing) < len(self.rows) else self.rows
        for number in range(1, queries + 1):
            query = Query(photos=(number,), which=which, top=top)
            began, began_processor = time.perf_counter(), time.process_time()
            found = PictureSearch(self.catalog, backbone).search(query, lambda: True).found  # type: ignore[arg-type]
            processor.append(1000 * (time.process_time() - began_processor))
            wall.append(1000 * (time.perf_counter() - began))
            fewest = min(fewest, len(found))
            exact = self._exactly(number, passing, candidates, min(10, top))
            recall.append(np.isin(exact, [hit.photo_id for hit, _ in found[: len(exact)]]).mean())
        possible = min(top, len(passing) - 1)
        return (
            f"median {np.median(wall):6.1f} ms, p95 {np.percentile(wall, 95):6.1f}; "
            f"processor {np.median(processor):6.1f}, p95 {np.percentile(processor, 95):6.1f}; "
            f"recall@10 {np.mean(recall):.4f}; fewest hits {fewest} of {possible}"
        )

    def _exactly(
        self, number: int, passing: NDArray[np.int64], candidates: NDArray[np.float16], top: int
    ) -> NDArray[np.int64]:
        """The photos that are most alike, by comparing all."""
        own = np.array([number])
        vector = self.rows[number - 1].astype(np.float32)
        weight = self.space.personal_weight(vector, own)
        wanted = self.space.expanded(self.space.query(vector, weight), weight, own)
        scores = np.concatenate(
            [candidates[at : at + _AT_ONCE].astype(np.float32) @ wanted for at in range(0, len(candidates), _AT_ONCE)]
        )
        scores[passing == number - 1] = -1
        return passing[np.argsort(-scores, kind="stable")[:top]] + 1


@dataclass(frozen=True)
class _Backbone:
    """As much of one as a search for photos asks for."""

    space: Space

    @property
    def parts(self) -> None:
        return None


def _scopes(made: Made) -> Mapping[str, tuple[Filter, NDArray[np.int64]]]:
    """Name to filter, and the numbers of the photos that pass it."""
    count = len(made.rows)
    everything = np.arange(count)
    scopes = {"everything": (EVERYTHING, everything)}
    by_chance, by_time = _by_chance(count), _by_time(count)
    least_alike = _least_alike(made.rows)
    for place, share in enumerate(_SHARES):
        most = round(share * count)
        in_folder = everything[everything % 100 < share * 100]
        scopes[f"album {share:.0%}"] = Filter(albums=(place + 1,)), np.sort(by_chance[:most])
        scopes[f"folder {share:.0%}"] = Filter(folder=_directory(in_folder[0], share)), _below(count, share)
        scopes[f"time {share:.0%}"] = Filter(taken=((0.0, float(most)),)), np.flatnonzero(by_time < most)
        scopes[f"least alike {share:.0%}"] = Filter(rating=5 - place), np.sort(least_alike[:most])
    return scopes


def _by_chance(count: int) -> NDArray[np.int64]:
    return np.random.default_rng(1).permutation(count)


def _by_time(count: int) -> NDArray[np.int64]:
    return np.random.default_rng(2).permutation(count)


def _least_alike(rows: NDArray[np.float16]) -> NDArray[np.int64]:
    query = rows[0].astype(np.float32)
    scores = [rows[at : at + _AT_ONCE].astype(np.float32) @ query for at in range(0, len(rows), _AT_ONCE)]
    return np.argsort(np.concatenate(scores), kind="stable")


def _directory(number: int, share: float | None = None) -> Path:
    """Folders in folders, so that each share is below one of them."""
    place = number % 100
    names = [name for name, of in (("half", 50), ("tenth", 10), ("hundredth", 1)) if place < of]
    if share is not None:
        names = names[: 3 - _SHARES.index(share)]
    return Path("/made", *names)


def _below(count: int, share: float) -> NDArray[np.int64]:
    return np.flatnonzero(np.arange(count) % 100 < round(share * 100))


# --- the library


def _made(folder: Path, count: int, like: Path) -> Made:
    folder.mkdir(parents=True, exist_ok=True)
    original = Catalog.open_read_only(like / "catalogue.sqlite")
    with reading(original.database) as connection:
        key = str(connection.execute(select(features.c.backbone).limit(1)).scalar_one())
    seen = FeatureStore(original, key).sample(10_000).astype(np.float32)
    versions = HeadStore(original).personal_versions(key)
    random, drawn = np.random.default_rng(0), _drawn(seen, count)
    first = next(drawn)
    general = folder / "general.head"
    if not general.exists():
        general.write_bytes(fit_general_head(first).to_bytes())
    head = PairedHead(GeneralHead.from_bytes(general.read_bytes()), PersonalHead.from_bytes(versions[-1].data))
    file, is_new = folder / "rows.npy", not (folder / "rows.npy").exists()
    if is_new:
        rows = np.lib.format.open_memmap(file, "w+", np.float16, (count, head.output_dimension))
        rows[: len(first)] = head.apply(first)
        at = len(first)
        for part in drawn:
            rows[at : at + len(part)] = head.apply(part)
            at += len(part)
        rows.flush()
    rows = np.load(file, mmap_mode="r")
    catalog = CatalogWriter.open(folder / "catalogue.sqlite")
    store = FeatureStore(catalog, key)
    vars(store)["_row_bytes"] = first[0].nbytes  # which it would take from those that are not stored
    if is_new:
        _fill(catalog, store, rows, first[:_ASKED])
    trained_on = np.sort(random.choice(count, count // 3, replace=False) + 1)
    return Made(catalog, Space(head, _HEAD, store, trained_on=trained_on), rows, folder)


def _drawn(seen: NDArray[np.float32], count: int) -> Iterator[NDArray[np.float16]]:
    """Features of so many photos, in portions."""
    random = np.random.default_rng(0)
    clusters = max(count // 40, 200)
    between, shares = random.integers(len(seen), size=(clusters, 3)), random.dirichlet((0.5,) * 3, size=clusters)
    spread, size = random.uniform(0.1, 0.7, clusters), random.pareto(1.2, clusters) + 0.05
    which = random.choice(clusters, size=count, p=size / size.sum())
    for at in range(0, count, _AT_ONCE):
        part = which[at : at + _AT_ONCE]
        rows = np.einsum("mk,mkd->md", shares[part].astype(np.float32), seen[between[part]])
        for _ in range(3):
            one, other = random.integers(len(seen), size=(2, len(part)))
            step = (0.5 * spread[part] * random.normal(size=len(part))).astype(np.float32)
            rows += step[:, np.newaxis] * (seen[one] - seen[other])
        rows += 0.05 * rows.std(axis=1, keepdims=True) * np.abs(random.normal(size=rows.shape)).astype(np.float32)
        yield rows.astype(STORED)


def _fill(catalog: CatalogWriter, store: FeatureStore, rows: NDArray[np.float16], asked: NDArray[np.float16]) -> None:
    count = len(rows)
    stars, taken = np.zeros(count, np.int64), _by_time(count)
    least_alike, by_chance = _least_alike(rows), _by_chance(count)
    for share, given in zip(reversed(_SHARES), (3, 4, 5), strict=True):
        stars[least_alike[: round(share * count)]] = given
    with writing(catalog.database) as connection:
        connection.execute(insert(folders).values(id=1, path=Path("/made"), online=True, added_at=0.0))
        for place, share in enumerate(_SHARES):
            connection.execute(insert(albums).values(id=place + 1, name=f"{share:.0%}", made_at=0.0))
    for start in range(0, count, _AT_ONCE):
        numbers = range(start, min(start + _AT_ONCE, count))
        with writing(catalog.database) as connection:
            connection.execute(insert(photos), [_photo(number, float(taken[number])) for number in numbers])
            vectors = [asked[one].tobytes() if one < _ASKED else b"" for one in numbers]
            kept = [
                {"backbone": store.backbone_key, "content_hash": _content(number), "vector": vector}
                for number, vector in zip(numbers, vectors, strict=True)
            ]
            connection.execute(insert(features), kept)
            rated = [number for number in numbers if stars[number]]
            if rated:
                said = [{"photo_id": n + 1, "kind": "rating", "value": int(stars[n]), "said_at": 0.0} for n in rated]
                connection.execute(insert(marks), said)
    for place, share in enumerate(_SHARES):
        inside = by_chance[: round(share * count)].tolist()
        for start in range(0, len(inside), _AT_ONCE):
            part = [
                {"album_id": place + 1, "photo_id": n + 1, "verdict": "member", "decided_at": 0.0}
                for n in inside[start : start + _AT_ONCE]
            ]
            with writing(catalog.database) as connection:
                connection.execute(insert(album_photos), part)


def _content(number: int) -> bytes:
    """As evenly spread as hashes are."""
    return ((number + 1) * 0x9E3779B97F4A7C15 % (1 << 64)).to_bytes(8, "big") + number.to_bytes(8, "big")


def _photo(number: int, taken: float) -> dict[str, object]:
    return {
        "id": number + 1,
        "folder_id": 1,
        "directory": _directory(number),
        "name": Path(f"{number}.jpg"),
        "bytes": 1,
        "mtime_ns": 1,
        "inode": 1,
        "state": "ready",
        "content_hash": _content(number),
        "width": 4,
        "height": 3,
        "taken": taken,
    }


def _built(made: Made) -> None:
    """Fill its index, and tell what that takes."""
    before, began, processor = _memory(), time.perf_counter(), time.process_time()
    index = made.space.index
    for start in range(0, len(made.rows), _AT_ONCE):
        part = made.rows[start : start + _AT_ONCE].astype(np.float32)
        index.add(np.arange(start, start + len(part)) + 1, part)
    if hasattr(index, "grow"):
        index.grow()
    took, used = time.perf_counter() - began, time.process_time() - processor
    print(f"{len(index):,} rows of {index.dimension} added in {took:.1f} s ({used:.1f} of the processor)", flush=True)
    print(f"memory grew by {_memory() - before:,.0f} MB", flush=True)
    file, began = made.folder / "vectors" / "made.usearch", time.perf_counter()
    index.save(file, {})
    saved = sum(one.stat().st_size for one in file.parent.iterdir()) / 1e6
    print(f"saved in {time.perf_counter() - began:.1f} s, {saved:,.0f} MB", flush=True)
    began = time.perf_counter()
    loaded = VectorIndex.load(file, index.dimension, {})
    assert loaded is not None
    print(f"loaded in {time.perf_counter() - began:.1f} s", flush=True)
    made.space.index = loaded
    del index
    print(f"memory after that: {_memory() - before:,.0f} MB more than at first", flush=True)


def _memory() -> float:
    """Of the process, but for what lies in files, in MB."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(float(line.split()[1]) / 1e3 for line in lines if line.startswith("RssAnon"))


if __name__ == "__main__":
    main()
