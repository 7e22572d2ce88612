"""Embedding the photos of a study, once for each model; another model is another column of the same table."""

import csv
from collections.abc import Generator

import lance
import pyarrow.compute as pc

from guie_desktop.cluster.building import BuildOptions, BuildReport, embed_listed
from guie_desktop.cluster.network import Network
from guie_desktop.cluster.ray_session import RaySession
from guie_desktop.errors import not_written
from guie_desktop.sentences import Sentence
from guie_desktop.shared_library.address import Address
from guie_desktop.shared_library.schema import PATH, REASON
from guie_desktop.study.manifest import Manifest
from guie_desktop.study.study_folder import StudyFolder


def embed_study(
    folder: StudyFolder, network: Network, session: RaySession, *, portion: int = 1024, retry: bool = False
) -> Generator[int, None, BuildReport]:
    """Give the study's table the features of all photos of its manifest; yields how many were read.

    UserError where there is no manifest, or where another program is embedding.
    """
    paths = Manifest.read(folder.manifest).rows["path"]
    options = BuildOptions(thumbnails=False, retry=retry, portion=portion)
    listed = (str(path) for path in paths)
    report = yield from embed_listed(listed, Address.parse(str(folder.features)), network, session, options)
    return report


def write_unreadable(folder: StudyFolder) -> int:
    """Leave a table of the study's photos that could not be read, and why; returns how many there are.

    Only the run that tries to read them counts them as failed, so the table tells of all runs. UserError where it
    cannot be written.
    """
    found = lance.dataset(str(folder.features)).to_table(columns=[PATH, REASON], filter=f"{REASON} IS NOT NULL")
    found = found.filter(pc.is_in(found[PATH], value_set=Manifest.read(folder.manifest).rows["path"].combine_chunks()))
    try:
        folder.unreadable.unlink(missing_ok=True)
        if len(found):
            with folder.unreadable.open("w", encoding="utf-8", newline="") as file:
                table = csv.writer(file)
                table.writerow(["photo", "reason"])
                table.writerows(sorted(zip(found[PATH].to_pylist(), found[REASON].to_pylist(), strict=True)))
    except OSError as error:
        raise not_written(Sentence("The study in {folder}", folder=folder.root), error) from error
    return len(found)
