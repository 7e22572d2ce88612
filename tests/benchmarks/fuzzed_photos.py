"""A trial by fire: many files that are wrong in every way, through the whole of indexing.

python -m tests.benchmarks.fuzzed_photos [--files 2000] [--seed 14] [--more FOLDER]

Each must end as a photo that was read or as a failure with its reason, no decoder may take more than 1 GB, and all of
them together not more than their budget and what their programs take. `--more` has further good files to be spoiled.
"""

import argparse
import random
import re
import tempfile
import threading
from collections import Counter
from pathlib import Path

import psutil

from guie_desktop.decoding.memory_budget import bytes_for_decoding
from guie_desktop.jobs.indexing import index_library
from guie_desktop.paths import LibraryPaths
from guie_desktop.pictures.images import silence_decoder_warnings
from guie_desktop.workspace.open_library import WritableLibrary
from tests.fuzzing import good_files, hostile, spoiled
from tests.running import finish


def write_files(folder: Path, count: int, seed: int, more: Path | None) -> None:
    """Files of all formats; every eighth is made to harm, the others are spoiled."""
    rng = random.Random(seed)
    good = list(good_files())
    if more is not None:
        good += [(path.suffix[1:], path.read_bytes()) for path in sorted(more.rglob("*")) if path.is_file()]
    folder.mkdir(parents=True)
    for number in range(count):
        suffix, data = hostile(rng) if number % 8 == 7 else rng.choice(good)
        if number % 8 != 7:
            data = spoiled(rng, data)
        (folder / f"{number:05d}.{suffix}").write_bytes(data)


class MemoryOfDecoders(threading.Thread):
    """The most that one decoder ever held, and all of them together at one look; on Linux."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.one = 0
        self.together = 0
        self.is_over = threading.Event()

    def run(self) -> None:
        while not self.is_over.wait(0.02):
            held = 0
            for child in psutil.Process().children():
                try:
                    if "spawn_main" not in " ".join(child.cmdline()):
                        continue  # about to become a decoder, it shows the memory of this process
                    status = Path(f"/proc/{child.pid}/status").read_text()
                except (OSError, psutil.Error):
                    continue  # it has just ended
                sizes = {line.split(":")[0]: line.split()[1] for line in status.splitlines() if line.startswith("Vm")}
                held += 1024 * int(sizes.get("VmRSS", 0))
                self.one = max(self.one, 1024 * int(sizes.get("VmHWM", 0)))
            self.together = max(self.together, held)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=14)
    parser.add_argument("--more", type=Path)
    arguments = parser.parse_args()
    silence_decoder_warnings()
    with tempfile.TemporaryDirectory() as work:
        write_files(Path(work) / "photos", arguments.files, arguments.seed, arguments.more)
        memory = MemoryOfDecoders()
        memory.start()
        with WritableLibrary(LibraryPaths(Path(work) / "library")) as library:
            library.catalog.add_folder(Path(work) / "photos")
            report = finish(index_library(library))
            counts = library.catalog.counts()
        memory.is_over.set()
        memory.join()
    for reason, times in Counter(re.sub(r"\d[\d,.]*", "N", failure.reason) for failure in report.failed).most_common():
        print(f"{times:6}  {reason}")
    print(f"{arguments.files} files: {report.added} read, {len(report.failed)} listed, in {report.seconds:.0f} s")
    print(f"largest decoder {memory.one / 1e6:.0f} MB; together {memory.together / 1e6:.0f} MB")
    print(f"budget {bytes_for_decoding() / 1e6:.0f} MB")
    assert report.added + len(report.failed) == arguments.files, counts
    assert all(failure.reason for failure in report.failed)
    assert memory.one < 1024**3


if __name__ == "__main__":
    main()
