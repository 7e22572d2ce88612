"""What an index of Lance's costs and misses in the search of a shared library.

    python -m tests.benchmarks.shared_index LIBRARY PHOTOS FOLDER [--kinds K,K...] [--probes P,P...] [--queries N]
        [--head FILE]

LIBRARY is one whose albums were learned; FOLDER gets the table, whose features are those of shared_shortlist.py. A kind
is `none`, or a kind of Lance's: with the numbers that a byte stands for, as in IVF_PQ/8, or the bits that stand for a
number, as in IVF_RQ/5, and with the number of parts, where not Lance's own, as in IVF_RQ/5@1000. Told are processor
seconds and bytes of the build, and for each number of partitions looked at how much of the first 10 and 50 is found, by
the general head and by the personal one, and how long one search takes with its exact ranking. With --head it is the
column of that general head which is searched, by its embeddings.
"""

import argparse
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import lance
import numpy as np
import pyarrow as pa

from guie_desktop.arrays import Floats
from guie_desktop.asking import ALL_SHARED
from guie_desktop.cluster.projecting import project_library
from guie_desktop.embedding.general_head import GeneralHead
from guie_desktop.embedding.paired_head import PairedHead
from guie_desktop.shared_library.address import Address
from guie_desktop.shared_library.indexing import stats_of_index
from guie_desktop.shared_library.schema import PATH, TAKEN, feature_column, table_schema
from guie_desktop.shared_library.shortlist import AnyHead, direction
from guie_desktop.shared_library.table_rows import features_of, rows_of
from guie_desktop.shared_library.vector_search import nearest_rows
from tests.benchmarks.shared_shortlist import Best, MadeFeatures, learned_head, recall

_AT_ONCE = 10_000


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


def truth(made: MadeFeatures, photos: int, head: AnyHead, asked: dict[str, Any]) -> dict[str, Best]:
    """The first 50 of each query, by comparing all."""
    best = {name: Best(len(wanted), 50) for name, (wanted, _) in asked.items()}
    for start in range(0, photos, _AT_ONCE):
        embedded = head.apply(made.part(start, min(_AT_ONCE, photos - start)))
        for name, (wanted, _) in asked.items():
            best[name].add(wanted @ embedded.T, start)
    return best


def by_directions(head: PairedHead, queries: Floats) -> dict[str, tuple[Floats, list[Floats]]]:
    """By the name of each half: what queries are like in it (Q, d), and where that lies among features (D,)."""
    embeddings, split = head.apply(queries), head.general.output_dimension
    asked = {}
    for name, weight in (("general", 0.0), ("personal", 1.0)):
        wanted = head.query(embeddings, np.full(len(queries), weight, np.float32))
        half = slice(split, None) if weight else slice(split)
        projection = head.personal.projection if weight else head.general.projection
        asked[name] = wanted, [direction(projection, query[half], weight) for query in wanted]
    return asked


def build(place: Path, column: str, kind: str, dimension: int) -> None:
    """Make the index, and tell what it cost."""
    table = lance.dataset(str(place))
    for described in table.describe_indices():
        table.drop_index(described.name)
    if kind == "none":
        return
    whole, _, parts = kind.partition("@")
    name, _, number = whole.partition("/")
    options: dict[str, Any] = {"num_partitions": int(parts)} if parts else {}
    if number:
        options |= {"num_bits": int(number)} if name == "IVF_RQ" else {"num_sub_vectors": dimension // int(number)}
    wall, processor = time.perf_counter(), time.process_time()
    table.create_index(column, name, metric="cosine", **options)
    wall, processor = time.perf_counter() - wall, time.process_time() - processor
    table = lance.dataset(str(place))
    made = table.describe_indices()[0]
    parts = stats_of_index(table, made.name)["indices"][0]["num_partitions"]
    size = (made.total_size_bytes or 0) / 1e6
    print(f"  built in {processor:.0f} s of processor, {wall:.0f} s; {size:.0f} MB, {parts} parts", flush=True)


def main() -> None:
    """As the user says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("library", type=Path)
    parser.add_argument("photos", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--kinds", default="none,IVF_PQ/8,IVF_PQ/16,IVF_RQ/5,IVF_HNSW_SQ")
    parser.add_argument("--probes", default="8,32,128")
    parser.add_argument("--queries", type=int, default=40)
    parser.add_argument("--head", type=Path)
    parser.add_argument("--candidates", type=int, default=4000)
    given = parser.parse_args()
    learned, rows, key = learned_head(given.library)
    made, column, dimension = MadeFeatures(rows), feature_column(key), rows.shape[1]
    place = given.folder / f"made-{given.photos}.lance"
    if not place.exists():
        write_table(place, made, given.photos, key, dimension)
    queries, compared = made.part(10**9, given.queries), column
    head: AnyHead = learned
    if given.head is None:
        asked = by_directions(learned, queries)
    else:
        data = given.head.read_bytes()
        head, compared = GeneralHead.from_bytes(data), project_library(Address.parse(str(place)), data).column
        dimension = head.output_dimension
        embeddings = head.apply(queries)
        asked = {"by itself": (embeddings, list(embeddings))}
    best = truth(made, given.photos, head, asked)
    for kind in given.kinds.split(","):
        print(f"{given.photos:,} features, {kind}", flush=True)
        build(place, compared, kind, dimension)
        table = lance.dataset(str(place))
        listed = partial(nearest_rows, table, compared, which=ALL_SHARED, candidates=given.candidates)
        for probes in (1,) if kind == "none" else map(int, given.probes.split(",")):
            nearest = partial(listed, probed=probes)
            for name, (wanted, directions) in asked.items():
                shares, seconds = [], []
                for query, towards in enumerate(directions):
                    started = time.perf_counter()
                    listed_rows, features = features_of(rows_of(table, nearest(towards), [column]), column)
                    order = np.argsort(-(head.apply(features) @ wanted[query]), kind="stable")
                    seconds.append(time.perf_counter() - started)
                    places = best[name].places[query]
                    shares.append([recall(listed_rows[order[:first]], places[:first]) for first in (10, 50)])
                ten, fifty = np.mean(shares, axis=0)
                middle = 1000 * float(np.median(seconds))
                print(
                    f"  {probes:4} looked at, {name:9}  {ten:.3f} of 10, {fifty:.3f} of 50, {middle:5.0f} ms",
                    flush=True,
                )


if __name__ == "__main__":
    main()
