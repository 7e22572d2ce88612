"""What an index of Lance's costs and misses in the search of a shared library.

    python -m tests.benchmarks.shared_index LIBRARY PHOTOS FOLDER [--kinds K,K...] [--queries N]

LIBRARY is one whose albums were learned; FOLDER gets the table, whose features are those of shared_shortlist.py. A kind
is `none`, or a kind of Lance's with, for IVF_PQ, the numbers that a byte stands for, as in IVF_PQ/8. Told are processor
seconds and bytes of the build, and for each number of partitions looked at how much of the first 10 and 50 is found, by
the general head and by the personal one, and how long one search takes with its exact ranking.
"""

import argparse
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import lance
import numpy as np
import pyarrow as pa

from guie_desktop.embedding.paired_head import PairedHead
from guie_desktop.shared_library.photo_filter import EVERYTHING
from guie_desktop.shared_library.schema import PATH, TAKEN, feature_column, table_schema
from guie_desktop.shared_library.shortlist import direction
from guie_desktop.shared_library.vector_search import nearest_features
from tests.benchmarks.shared_shortlist import Best, MadeFeatures, learned_head, recall

_AT_ONCE = 10_000
_PROBES = (8, 32, 128)


def write_table(place: Path, made: MadeFeatures, photos: int, key: str, dimension: int) -> None:
    """Rows with path, date and feature, in files of 200,000."""
    whole = table_schema({key: dimension})
    schema = pa.schema([whole.field(name) for name in (PATH, TAKEN, feature_column(key))], metadata=whole.metadata)

    def batches() -> Iterator[pa.RecordBatch]:
        for start in range(0, photos, _AT_ONCE):
            part = made.part(start, min(_AT_ONCE, photos - start)).astype(np.float16)
            paths = [f"/made/{number // 1000:06}/{number:09}.jpg" for number in range(start, start + len(part))]
            dates = 1.2e9 + 600.0 * np.arange(start, start + len(part))
            vectors = pa.FixedSizeListArray.from_arrays(pa.array(part.reshape(-1)), dimension)
            yield pa.record_batch([pa.array(paths), pa.array(dates), vectors], schema=schema)

    reader = pa.RecordBatchReader.from_batches(schema, batches())
    lance.write_dataset(reader, str(place), enable_stable_row_ids=True, max_rows_per_file=200_000)


def truth(made: MadeFeatures, photos: int, head: PairedHead, asked: dict[str, Any]) -> dict[str, Best]:
    """The first 50 of each query, by comparing all."""
    best = {name: Best(len(wanted), 50) for name, (wanted, _) in asked.items()}
    for start in range(0, photos, _AT_ONCE):
        embedded = head.apply(made.part(start, min(_AT_ONCE, photos - start)))
        for name, (wanted, _) in asked.items():
            best[name].add(wanted @ embedded.T, start)
    return best


def build(place: Path, column: str, kind: str, dimension: int) -> None:
    """Make the index, and tell what it cost."""
    table = lance.dataset(str(place))
    for described in table.describe_indices():
        table.drop_index(described.name)
    if kind == "none":
        return
    name, _, numbers = kind.partition("/")
    codes = dimension // int(numbers) if numbers else None
    wall, processor = time.perf_counter(), time.process_time()
    table.create_index(column, name, metric="cosine", num_sub_vectors=codes)
    wall, processor = time.perf_counter() - wall, time.process_time() - processor
    table = lance.dataset(str(place))
    size = table.describe_indices()[0].total_size_bytes
    print(f"  built in {processor:.0f} s of processor, {wall:.0f} s; {(size or 0) / 1e6:.0f} MB", flush=True)


def main() -> None:
    """As the user says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("library", type=Path)
    parser.add_argument("photos", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--kinds", default="none,IVF_PQ/8,IVF_PQ/16,IVF_RQ,IVF_HNSW_SQ")
    parser.add_argument("--queries", type=int, default=40)
    parser.add_argument("--candidates", type=int, default=4000)
    given = parser.parse_args()
    head, rows, key = learned_head(given.library)
    made, column, dimension = MadeFeatures(rows), feature_column(key), rows.shape[1]
    place = given.folder / f"made-{given.photos}.lance"
    if not place.exists():
        write_table(place, made, given.photos, key, dimension)
    embeddings, split = head.apply(made.part(10**9, given.queries)), head.general.output_dimension
    asked = {}
    for name, weight in (("general", 0.0), ("personal", 1.0)):
        wanted = head.query(embeddings, np.full(given.queries, weight, np.float32))
        half = slice(split, None) if weight else slice(split)
        projection = head.personal.projection if weight else head.general.projection
        asked[name] = wanted, [direction(projection, query[half], weight) for query in wanted]
    best = truth(made, given.photos, head, asked)
    for kind in given.kinds.split(","):
        print(f"{given.photos:,} features, {kind}", flush=True)
        build(place, column, kind, dimension)
        table = lance.dataset(str(place))
        for probes in (1,) if kind == "none" else _PROBES:
            for name, (wanted, directions) in asked.items():
                shares, seconds = [], []
                for query, towards in enumerate(directions):
                    started = time.perf_counter()
                    found = nearest_features(
                        table, column, towards, EVERYTHING, candidates=given.candidates, probes=probes
                    )
                    order = np.argsort(-(head.apply(found.features) @ wanted[query]), kind="stable")
                    seconds.append(time.perf_counter() - started)
                    places = best[name].places[query]
                    shares.append([recall(found.rows[order[:first]], places[:first]) for first in (10, 50)])
                ten, fifty = np.mean(shares, axis=0)
                middle = 1000 * float(np.median(seconds))
                print(
                    f"  {probes:4} looked at, {name:8}  {ten:.3f} of 10, {fifty:.3f} of 50, {middle:5.0f} ms",
                    flush=True,
                )


if __name__ == "__main__":
    main()
