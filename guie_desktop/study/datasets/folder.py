"""A folder with a folder of photos for each class."""

from collections.abc import Iterator

from guie_desktop.errors import UserError
from guie_desktop.sentences import Sentence
from guie_desktop.study.reading.class_folders import class_folders
from guie_desktop.study.reading.photos import Photos
from guie_desktop.study.sample import Sample, Split

_SPLITS: tuple[Split, ...] = ("train", "query", "index")
_OTHERS = frozenset({"val", "valid", "validation", "test"})


def read(photos: Photos) -> Iterator[Sample]:
    """All photos, each of the class that its folder below the root is called; folders may lie in folders.

    Where nothing but train, query and index lie in the root, the classes are the folders in them, and the photos are
    for that. Another division is refused: the folders of a class in two parts would be taken for two classes.
    """
    if not photos.root.is_dir():
        raise UserError(
            Sentence("{file} is no folder.", file=photos.root), "Name a folder with a folder for each class."
        )
    tops = {entry.name for entry in photos.root.iterdir() if entry.is_dir() and not entry.name.startswith(".")}
    if tops and tops <= {*_SPLITS, *_OTHERS}:
        if tops & _OTHERS:
            raise UserError(
                Sentence(
                    "{folder} is divided into {parts}, so a class would be in several folders.",
                    folder=photos.root,
                    parts=", ".join(sorted(tops)),
                ),
                "Name one of these folders, or call them train, query and index.",
            )
        for split in _SPLITS:
            if split in tops:
                yield from class_folders(photos, photos.root / split, split)
    else:
        yield from class_folders(photos, photos.root)
