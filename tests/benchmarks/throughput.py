"""Photos per second of indexing, as a ratio to the plain loop that one would write first, and where its work goes.

python -m tests.benchmarks.throughput FOLDER [--weights siglip-b-16-224=FILE]

The plain loop decodes in full with Pillow, transforms as open_clip does, and runs torch on one photo after the other.
Ours is the whole of indexing: scan, decode, thumbnails, network, SQLite, index. Same photos, same run, taking turns.
Milliseconds of processors a photo do not depend on what else the machine does, as photos a second do: those of this
process when photos are shown (mostly SQLite) and when they are embedded (mostly the network), and of the decoders.
"""

import argparse
import os
import tempfile
from pathlib import Path


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--weights", action="append", default=[], metavar="MODEL=FILE")
    parser.add_argument("--rounds", type=int, default=2)
    arguments = parser.parse_args()
    # Late: the decoders import this module anew, and need not wait for what is timed here.
    from guie_desktop.embedding.assets import DEFAULT_MODEL, load_card
    from guie_desktop.embedding.weights import keep_weights
    from guie_desktop.file_kinds import PHOTO_SUFFIXES
    from guie_desktop.paths import LibraryPaths
    from tests.benchmarks.throughput_trial import indexing, plain_loop

    photos = sorted(path for path in arguments.folder.rglob("*") if path.suffix.lower() in PHOTO_SUFFIXES)
    files = dict(pair.split("=", 1) for pair in arguments.weights)
    print(f"{len(photos)} photos, {os.cpu_count()} cores")
    for name in (DEFAULT_MODEL, *files):
        card = load_card(name)
        with tempfile.TemporaryDirectory() as work:
            root = Path(work)
            prepared = LibraryPaths(root / "prepared")
            prepared.create()
            if name in files:
                keep_weights(card, Path(files[name]), prepared.weights)
            for number in range(arguments.rounds):
                paths = LibraryPaths(root / f"round-{number}")
                paths.root.mkdir()
                for shared in ("models", "weights"):
                    (paths.root / shared).symlink_to(prepared.root / shared)
                plain = plain_loop(card, paths, photos)
                ours = indexing(card, paths, arguments.folder)
                ratio = ours.photos_per_second / plain
                print(
                    f"{name} ({len(card.views)} views): indexing {ours}, "
                    f"plain loop {plain:.1f} photos/s with one view, ratio {ratio:.2f} "
                    f"({ratio * len(card.views):.2f} per view)"
                )


if __name__ == "__main__":
    main()
