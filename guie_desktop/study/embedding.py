"""Embedding the photos of a study, once for each model; another model is another column of the same table."""

from collections.abc import Generator

from guie_desktop.cluster.building import BuildOptions, BuildReport, embed_listed
from guie_desktop.cluster.network import Network
from guie_desktop.cluster.ray_session import RaySession
from guie_desktop.shared_library.address import Address
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
