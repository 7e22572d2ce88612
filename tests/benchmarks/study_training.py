"""How fast a study is trained on, and with how much memory, from memory and streamed from its table.

    python -m tests.benchmarks.study_training FOLDER --photos 1000000 --classes 10000 --streamed

Makes a study in FOLDER, whose photos exist as features of 1,152 numbers alone, and trains one epoch of a preset. The
command line chooses by what is free whether features are held; here --streamed does.
"""

import argparse
import resource
import shutil
import time
from dataclasses import replace
from pathlib import Path

import numpy as np

from guie_desktop.study.study_features import StudyFeatures
from guie_desktop.study.study_folder import StudyFolder
from guie_desktop.study.training.recipe import recipe_of
from guie_desktop.study.training.run import train_head
from tests.benchmarks.made_study import BACKBONE, make_study
from tests.running import finish


def main() -> None:
    """As the user says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--photos", type=int, default=1_000_000)
    parser.add_argument("--classes", type=int, default=10_000)
    parser.add_argument("--preset", choices=("study", "ours"), default="study")
    parser.add_argument("--streamed", action="store_true")
    given = parser.parse_args()
    folder = StudyFolder(given.folder)
    if not folder.features.exists():
        make_study(folder, np.random.default_rng(1).integers(0, given.classes, given.photos), ["train"] * given.photos)
    run = given.folder / "measured"
    shutil.rmtree(run, ignore_errors=True)
    recipe = replace(recipe_of(given.preset), epochs=1, least_steps=0)
    features = StudyFeatures(folder, BACKBONE)
    before, started = time.process_time(), time.monotonic()
    report = finish(train_head(features, recipe, run, hold=not given.streamed)).report
    seconds = time.monotonic() - started
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    speed = report["photos"] / report["seconds"]
    print(
        f"{'streamed' if given.streamed else 'held'}: {report['photos']:,} photos, {report['classes']:,} classes, "
        f"{report['steps']:,} steps in {report['seconds']:.0f} s ({speed:,.0f} photos/s); "
        f"with the first reading {seconds:.0f} s, {time.process_time() - before:.0f} s of processor time, "
        f"{memory:,.0f} MB at most, loss {report['losses'][-1]:.2f}"
    )


if __name__ == "__main__":
    main()
