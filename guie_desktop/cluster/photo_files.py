"""Photo files in folders and object stores, as their file systems list them; none is opened."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from guie_desktop.disk.scan import walk
from guie_desktop.disk.skipping import SkipRules
from guie_desktop.errors import UserError, reason_of
from guie_desktop.file_kinds import PHOTO_SUFFIXES
from guie_desktop.sentences import Sentence
from guie_desktop.shared_library.address import Address, why

_ASKED_AT_ONCE = 512


@dataclass(frozen=True, slots=True)
class PhotoFile:
    """A photo and what tells whether it is still that one; None where the file system would not say."""

    path: str
    """Whole: a file's path, or `s3://bucket/key`."""
    size: int | None
    """Bytes."""
    modified: float | None
    """Seconds since the epoch."""


@dataclass(frozen=True, slots=True)
class Unlisted:
    """A folder that could not be listed, or a name that is no text: nothing is known of what lies there."""

    path: str
    reason: str


def list_photos(source: Address) -> Iterator[PhotoFile | Unlisted]:
    """The photos at an address, a folder at a time, so that millions need no memory; without videos.

    UserError where the address itself cannot be listed.
    """
    return _in_store(source) if source.is_in_store else _in_folder(Path(source.uri))


def look_at(paths: Iterable[str]) -> Iterator[PhotoFile]:
    """The photos at these paths, in their order; one that is not there has neither size nor time."""
    waiting: list[str] = []
    for path in paths:
        if path.startswith("s3://"):
            waiting.append(path)
            if len(waiting) < _ASKED_AT_ONCE:
                continue
        yield from _objects(waiting)
        waiting.clear()
        if not path.startswith("s3://"):
            yield _file(path)
    yield from _objects(waiting)


def _in_folder(root: Path) -> Iterator[PhotoFile | Unlisted]:
    if not root.is_dir():
        raise _nothing_there(Address(str(root)), "")
    for listing in walk(root, SkipRules(root, videos=False)):
        if listing.error is not None:
            if listing.directory == root:
                raise _nothing_there(Address(str(root)), reason_of(listing.error))
            yield Unlisted(_text(str(listing.directory)), str(reason_of(listing.error)))
        for name, error in listing.unclear:
            yield Unlisted(_text(str(listing.directory / name)), str(reason_of(error)))
        for file in listing.files:
            path = str(listing.directory / file.name)
            if _text(path) != path:
                yield Unlisted(_text(path), "Its name is not UTF-8.")
                continue
            yield PhotoFile(path, file.bytes, file.mtime_ns / 1e9)


def _in_store(source: Address) -> Iterator[PhotoFile | Unlisted]:
    from pyarrow import fs

    store, root = source.filesystem()
    waiting = [root]
    while waiting:
        place = waiting.pop()
        try:
            found: list[Any] = store.get_file_info(fs.FileSelector(place))
        except OSError as error:
            if place == root:
                raise _nothing_there(source, why(error)) from error
            yield Unlisted(f"s3://{place}", why(error))
            continue
        for entry in sorted(found, key=lambda one: str(one.path)):
            if entry.base_name.startswith("."):
                continue
            if entry.type == fs.FileType.Directory:
                waiting.append(entry.path)
            elif PurePosixPath(entry.path).suffix.lower() in PHOTO_SUFFIXES:
                yield _as_photo(f"s3://{entry.path}", entry)


def _objects(addresses: list[str]) -> Iterator[PhotoFile]:
    if addresses:
        store, _ = Address(addresses[0]).filesystem()
        infos = store.get_file_info([address.removeprefix("s3://") for address in addresses])
        yield from map(_as_photo, addresses, infos)


def _as_photo(path: str, info: Any) -> PhotoFile:
    return PhotoFile(path, info.size, None if info.mtime is None else info.mtime.timestamp())


def _file(path: str) -> PhotoFile:
    try:
        status = Path(path).stat()
    except (OSError, ValueError):
        return PhotoFile(path, None, None)  # reading it will tell why
    return PhotoFile(path, status.st_size, status.st_mtime_ns / 1e9)


def _text(path: str) -> str:
    return path.encode("utf-8", "replace").decode()


def _nothing_there(source: Address, reason: str) -> UserError:
    if not reason:
        return UserError(Sentence("There is no folder {folder}.", folder=source), "Check the name, and the drive.")
    return UserError(
        Sentence("{folder} cannot be listed ({reason}).", folder=source, reason=reason),
        "Check the address, the connection and who may read there.",
    )
