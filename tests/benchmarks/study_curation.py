"""What it takes to make the manifest of a study of a million photos, and to find its near-duplicates.

    python -m tests.benchmarks.study_curation lists FOLDER [PHOTOS]
    python -m tests.benchmarks.study_curation files FOLDER [PHOTOS]
    python -m tests.benchmarks.study_curation near FOLDER [PHOTOS] [--like LIBRARY]

`lists` draws lists of photos that lie nowhere, `files` writes so many small files, one in ten of them a copy, `near`
makes a study with features drawn around those of a library, a held-out tenth of its classes, and one photo in a hundred
that is to be trained on drawn close to one that is held out. Told are seconds of processor time and of the clock, and
the largest resident memory in MB.
"""

import argparse
import resource
import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import lance
import numpy as np
import pyarrow as pa

from guie_desktop.arrays import Floats, Keys
from guie_desktop.embedding.projection import unit_rows
from guie_desktop.paths import LibraryPaths
from guie_desktop.shared_library.schema import PATH, feature_column, table_schema
from guie_desktop.study.curation.candidates import Source
from guie_desktop.study.curation.counts import count_lines
from guie_desktop.study.curation.curating import curate
from guie_desktop.study.curation.near_duplicates import tie_near_duplicates
from guie_desktop.study.curation.rules import PRESETS, Plan
from guie_desktop.study.curation.same_files import find_same_files
from guie_desktop.study.manifest import Manifest
from guie_desktop.study.sample import Sample
from guie_desktop.study.study_folder import StudyFolder
from tests.running import finish

_SHARES = {"products-10k": 0.1, "google-landmarks-v2": 0.75, "deepfashion": 0.1, "stanford-cars-refined": 0.05}
_DOMAINS = dict(zip(_SHARES, ("packaged goods", "landmarks", "apparel", "cars"), strict=True))
_BACKBONE = "made"


@contextmanager
def _told(what: str) -> Iterator[None]:
    clock, processor = time.perf_counter(), time.process_time()
    yield
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    seconds = time.perf_counter() - clock
    print(f"{what}: {time.process_time() - processor:.1f} s of processor, {seconds:.1f} s of clock, {peak:.0f} MB")


def _samples(photos: int) -> Iterator[Sample]:
    """Class sizes fall off as those of landmarks do: few large classes, many small ones."""
    rng = np.random.default_rng(0)
    for name, share in _SHARES.items():
        listed = 0
        for label, size in enumerate(np.minimum(rng.zipf(1.6, size=photos) + 1, 6000)):
            if listed >= share * photos:
                break
            for photo in range(size):
                yield Sample(f"/data/{name}/train/{label:06x}/{photo:05d}.jpg", f"{label}", name, _DOMAINS[name])
            listed += int(size)


def _lists(photos: int, folder: Path) -> None:
    with _told("listing alone"):
        print(sum(1 for _ in _samples(photos)), "photos")
    for preset in PRESETS:
        plan = Plan(PRESETS[preset], trust_lists=True)
        with _told(preset):
            source = Source("made", _samples(photos), "/data")
            found = finish(curate(StudyFolder(folder / preset), [source], plan))
        print("\n".join(count_lines(found.counts)))


def _files(photos: int, folder: Path) -> None:
    rng = np.random.default_rng(0)
    paths = [folder / f"{number // 1000}" / f"{number}.jpg" for number in range(photos)]
    for number, path in enumerate(paths):
        path.parent.mkdir(exist_ok=True, parents=True)
        if number % 10 == 9:
            shutil.copyfile(paths[number - 1], path)
        else:
            path.write_bytes(rng.bytes(2000 + number % 50))
    with _told(f"{photos} files of 2 kB"):
        groups = finish(find_same_files([str(path) for path in paths]))
    print(len(groups) - len(np.unique(groups)), "copies")


def _near(photos: int, folder: Path, like: Path | None) -> None:
    study = StudyFolder(folder)
    plan = Plan(PRESETS["study"], trust_lists=True)
    samples = [
        Sample(f"/data/{number // 10}/{number}.jpg", f"{number // 10}", name, _DOMAINS[name])
        for number, name in enumerate(np.random.default_rng(0).choice(list(_SHARES), photos // 10).repeat(10).tolist())
    ]
    finish(curate(study, [Source("made", samples, "/data")], plan))
    rows = Manifest.read(study.manifest).rows
    real = _real(like)
    rng = np.random.default_rng(1)
    labels = rows["label"].dictionary_encode().combine_chunks().indices.to_numpy()
    held_out = np.flatnonzero(rows["split"].to_numpy() != "train")
    trained = np.flatnonzero(rows["split"].to_numpy() == "train")
    close = rng.choice(trained, len(trained) // 100, replace=False)
    middles = real[rng.integers(len(real), size=labels.max() + 1)]
    step = real.std(axis=0)

    def drawn(places: Keys) -> Floats:
        # Of each photo its own stream, so that the near one can be drawn again without keeping all.
        noise = np.stack([np.random.default_rng(place).standard_normal(len(step), np.float32) for place in places])
        return np.asarray(middles[labels[places]] + 0.8 * step * noise, np.float32)

    partner = dict(zip(close.tolist(), rng.choice(held_out, len(close)).tolist(), strict=True))
    schema = table_schema({_BACKBONE: real.shape[1]})

    def batches() -> Iterator[pa.RecordBatch]:
        for start in range(0, len(rows), 10_000):
            places = np.arange(start, min(start + 10_000, len(rows)))
            source = np.array([partner.get(place, place) for place in places.tolist()])
            made = drawn(source)
            made[source != places] += 0.1 * step * rng.standard_normal((int((source != places).sum()), len(step)))
            numbers = pa.array(made.astype(np.float16).ravel())
            columns = {
                PATH: rows["path"][start : start + len(places)].combine_chunks(),
                feature_column(_BACKBONE): pa.FixedSizeListArray.from_arrays(numbers, made.shape[1]),
            }
            arrays = [columns.get(field.name, pa.nulls(len(places), field.type)) for field in schema]
            yield pa.RecordBatch.from_arrays(arrays, schema=schema)

    lance.write_dataset(batches(), str(study.features), schema=schema, mode="overwrite")
    with _told(f"{len(trained)} x {len(held_out)} features of {real.shape[1]}"):
        found = finish(tie_near_duplicates(study, _BACKBONE))
    left = set(Manifest.read(study.manifest).rows["path"].to_pylist())
    missed = [path for path in rows["path"].take(pa.array(close)).to_pylist() if path in left]
    print(f"{found.near} near, {found.small} others of small classes; {len(missed)} of {len(close)} made ones missed")


def _real(like: Path | None) -> Floats:
    if like is None:
        return unit_rows(np.random.default_rng(5).normal(size=(2000, 1152)).astype(np.float32) + 1)
    with closing(sqlite3.connect(f"{LibraryPaths(like).catalog.as_uri()}?mode=ro", uri=True)) as catalog:
        vectors = [vector for (vector,) in catalog.execute("select vector from features")]
    return unit_rows(np.stack([np.frombuffer(vector, np.float16) for vector in vectors]).astype(np.float32))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("lists", "files", "near"))
    parser.add_argument("folder", type=Path)
    parser.add_argument("photos", type=int, nargs="?", default=1_000_000)
    parser.add_argument("--like", type=Path)
    arguments = parser.parse_args()
    if arguments.what == "lists":
        _lists(arguments.photos, arguments.folder)
    elif arguments.what == "files":
        _files(arguments.photos, arguments.folder)
    else:
        _near(arguments.photos, arguments.folder, arguments.like)


if __name__ == "__main__":
    main()
