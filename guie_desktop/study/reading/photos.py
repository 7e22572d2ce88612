"""The photos that a data set names: those that are there, and how many are not."""

import errno
import os
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path

from guie_desktop.errors import UserError
from guie_desktop.sentences import Sentence
from guie_desktop.study.sample import Sample, Split


class Photos:
    """Makes samples of what a data set in the folder `root`, an absolute path, names, and counts what it names in vain.

    Whether a file is there is looked up in the listing of its folder, which is read once: a look for each of millions
    of files takes hours on a network drive. The listings hold some 150 bytes for each file in these folders.
    """

    def __init__(self, root: Path, dataset: str, domain: str) -> None:
        self.root = root
        self.dataset = dataset
        self.domain = domain
        self.missing = 0
        """Are named by the set, and not there."""
        self.repeated = 0
        """Were named before: the first time counts."""
        self.left_out = 0
        """Are of no use for the study, as where several things are on one photo; each reader says which."""
        self._unnamed: dict[str, set[str]] = {}

    def take(self, path: str, label: str, given: Split | None = None, domain: str = "") -> tuple[Sample, ...]:
        """The sample of the file at an absolute path; none where there is no such file, or it was taken before."""
        folder, _, name = path.rpartition("/")
        unnamed = self._unnamed.get(folder)
        if unnamed is None:
            unnamed = self._unnamed[folder] = _names(folder)
        if name not in unnamed:
            if os.path.exists(path):  # noqa: PTH110 - other than pathlib's it takes any text for a name
                self.repeated += 1
            else:
                self.missing += 1
            return ()
        unnamed.remove(name)
        return (self.found(path, label, given, domain),)

    def found(self, path: str, label: str, given: Split | None = None, domain: str = "") -> Sample:
        """The sample of a file that was seen, or that no folder can be listed for."""
        return Sample(path, label, self.dataset, domain or self.domain, given)


def _names(folder: str) -> set[str]:
    try:
        with os.scandir(folder) as entries:
            return {entry.name for entry in entries}
    except OSError as error:
        if error.errno in {errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG}:
            return set()
        raise


class Reading(Iterator[Sample]):
    """The samples of a data set as its reader yields them; `photos` has counted what was left out so far."""

    def __init__(self, photos: Photos, read: Callable[[Photos], Iterator[Sample]]) -> None:
        """UserError where the set is laid out otherwise, or none of its photos is there: the first is sought here."""
        if not photos.root.exists():
            raise UserError(
                Sentence("There is no folder {folder}.", folder=photos.root),
                "Name the folder that the data set was unpacked to.",
            )
        self.photos = photos
        samples = read(photos)
        first = next(samples, None)
        if first is None:
            raise self._nothing()
        self._samples = chain((first,), samples)

    def __next__(self) -> Sample:
        return next(self._samples)

    def _nothing(self) -> UserError:
        folder, number = self.photos.root, self.photos.missing + self.photos.left_out
        if not number:
            return UserError(
                Sentence("There is no photo for {dataset} in {folder}.", dataset=self.photos.dataset, folder=folder),
                "Name the folder that the data set was unpacked to.",
            )
        return UserError(
            Sentence(
                "{dataset} names {number} photos, and none that can be used is in {folder}.",
                dataset=self.photos.dataset,
                number=number,
                folder=folder,
            ),
            "Unpack its photos there as well, in the folders that they were published in.",
        )
