"""A cluster of several machines on this one: how fast it is, and what is lost where one of them is killed.

    python -m tests.benchmarks.cluster_at_scale FOLDER --photos 1000 --machines 2 --kill --network

Draws so many photos of 64 pixels into FOLDER/photos, where they are not there yet, and embeds them into a new table on
a head that computes nothing and so many machines of one core each, which are processes of Ray on loopback that may run
on that core alone, where the system can hold them to it. With --kill
all processes of one machine get SIGKILL when a third is done. Then every file is compared with its row. Without
--network features are drawn and cost nothing; files are decoded all the same.
"""

import argparse
import os
import shutil
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import lance
import psutil
import ray
from ray.cluster_utils import Cluster

from guie_desktop.cluster.building import BuildOptions, build
from guie_desktop.cluster.network import Network
from guie_desktop.cluster.ray_session import RaySession
from guie_desktop.disk.content import content_hash_at
from guie_desktop.embedding.embedder import Embedder
from guie_desktop.shared_library.address import Address
from guie_desktop.shared_library.schema import HASH, LEASE, PATH, REASON, feature_column
from tests.benchmarks.stubbed_network import Drawn, write_photos

_SIZE = 64, 48


@dataclass(frozen=True)
class DrawnNetwork(Network):
    """The same features in shape, for nothing."""

    def open(self, *, on_gpu: bool, threads: int = 1) -> Embedder:
        """A network on any machine."""
        del on_gpu, threads
        return Embedder(self.card, self.key, Drawn(self.dimension))


def compared_with_files(address: Address, folder: Path, column: str) -> dict[str, int]:
    """Every file against its row."""
    table = lance.dataset(address.uri)
    rows = table.to_table(columns=[PATH, HASH, REASON])
    paths = Counter(rows[PATH].to_pylist())
    hashes = dict(zip(rows[PATH].to_pylist(), rows[HASH].to_pylist(), strict=True))
    files = sorted(map(str, folder.rglob("*.jpg")))
    return {
        "files": len(files),
        "rows": len(rows),
        "lost": sum(path not in paths for path in files),
        "twice": sum(count > 1 for count in paths.values()),
        "of another content": sum(hashes.get(path) != content_hash_at(Path(path)) for path in files),
        "failed": len(rows) - rows[REASON].null_count,
        "without feature": table.count_rows(f"`{column}` IS NULL"),
        "versions": len(table.versions()),
        "fragments": len(table.get_fragments()),
        "bytes": sum(file.stat().st_size for file in Path(address.uri).rglob("*") if file.is_file()),
        "leases left": int(LEASE in table.config()),
    }


def _processes(node: Any) -> list[psutil.Process]:
    """All of a machine, the raylet first."""
    raylet = psutil.Process(node.all_processes["raylet"][0].process.pid)
    return [raylet, *raylet.children(recursive=True)]


def _hold_to_core(node: Any, core: int) -> None:
    """And whatever it starts from now on."""
    for process in _processes(node):
        if hasattr(process, "cpu_affinity"):  # not on macOS
            process.cpu_affinity([core])


def _kill(node: Any) -> list[str]:
    """Its raylet first, so that nobody there can say goodbye."""
    doomed = _processes(node)
    names = [process.name() for process in doomed]
    for process in doomed:
        process.kill()
    return names


def main() -> None:
    """As the module says."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--photos", type=int, default=1000)
    parser.add_argument("--machines", type=int, default=2)
    parser.add_argument("--portion", type=int, default=256)
    parser.add_argument("--kill", action="store_true")
    parser.add_argument("--network", action="store_true")
    arguments = parser.parse_args()
    photos = arguments.folder / f"photos-{arguments.photos}"
    if not photos.exists():
        write_photos(photos, arguments.photos, _SIZE)
    made = arguments.folder / "made.lance"
    shutil.rmtree(made, ignore_errors=True)
    network = (Network if arguments.network else DrawnNetwork)(arguments.folder / "library")
    cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 0, "include_dashboard": False})
    nodes = [cluster.add_node(num_cpus=1) for _ in range(arguments.machines)]
    for number, node in enumerate(nodes):
        _hold_to_core(node, number % (os.cpu_count() or 1))
    killed = not arguments.kill
    with RaySession(cluster.address, 1) as session:
        address = Address.parse(str(made))
        started = first = time.perf_counter()
        begun = 0
        job = build([Address.parse(str(photos))], address, network, session, BuildOptions(portion=arguments.portion))
        try:
            while True:
                done = next(job)
                now = time.perf_counter()
                if not begun:
                    begun, first = done, now
                print(f"{done} after {now - started:.1f} s, load {psutil.getloadavg()[0]:.1f}", flush=True)
                if not killed and done >= arguments.photos / 3:
                    print("killed", _kill(nodes[0]), flush=True)
                    killed = True
        except StopIteration as end:
            print(end.value)
        ended = time.perf_counter()
        rate = (arguments.photos - begun) / (ended - first) if ended > first else 0.0
        print(
            f"{arguments.machines} machines: {arguments.photos / (ended - started):.1f} photos/s with the start, "
            f"{rate:.1f} after the first portion; nodes alive {sum(node['Alive'] for node in ray.nodes())}"
        )
    cluster.shutdown()
    print(compared_with_files(address, photos, feature_column(network.key)))


if __name__ == "__main__":
    main()
