"""The files of a shared library's photos: opened where they lie on a disk, else fetched and kept for a while."""

import shutil
from contextlib import suppress
from pathlib import Path, PurePath

from guie_desktop.disk.content import content_hash_of
from guie_desktop.domain import RemotePhoto
from guie_desktop.errors import UserError, for_user, not_written
from guie_desktop.sentences import Sentence
from guie_desktop.shared_library.address import Address

_ROOM = 2 << 30
"""Bytes of fetched files that are kept; those that were fetched first go."""
_PART = ".part"


def original_of(photo: RemotePhoto, kept: Path) -> Path:
    """The file of a photo, there or fetched into the folder `kept`.

    UserError where it cannot be reached, is not there any more, or is another picture by now.
    """
    address = Address.parse(photo.path)
    if not address.is_in_store:
        return _checked(Path(photo.path), photo)
    place = kept / photo.content_hash.hex() / PurePath(photo.path).name
    if not place.exists():
        _fetch(address, place)
        _make_room(kept, but=place.parent)
    try:
        return _checked(place, photo)
    except UserError:
        shutil.rmtree(place.parent, ignore_errors=True)
        raise


def _checked(file: Path, photo: RemotePhoto) -> Path:
    """The file, if it is that photo; by its size where that says enough, for a large one is slow to read from afar."""
    try:
        size = file.stat().st_size
        if size == photo.bytes:
            with file.open("rb") as opened:
                if content_hash_of(opened) == photo.content_hash:
                    return file
    except FileNotFoundError as error:
        raise UserError(
            Sentence("The file {path} cannot be reached from here.", path=photo.path),
            "Connect the drive or the network folder that it is on; the small picture is there all the same.",
        ) from error
    except OSError as error:
        raise for_user(error) from error
    raise UserError(
        Sentence("The file {path} has changed since the shared library read it.", path=photo.path),
        "Ask who keeps the shared library to bring it up to date.",
    )


def _fetch(address: Address, place: Path) -> None:
    """Write the object to a file that has its name when it is whole."""
    beside = place.with_name(place.name + _PART)
    store, name = address.filesystem()
    try:
        source = store.open_input_stream(name)
    except FileNotFoundError as error:
        raise UserError(
            Sentence("There is no object {path} any more.", path=address),
            "Ask who keeps the shared library to bring it up to date.",
        ) from error
    except OSError as error:
        raise UserError(
            Sentence("The object {path} cannot be fetched.", path=address),
            "Check the network, and that AWS_ENDPOINT_URL and the keys are those of its store.",
        ) from error
    with source:
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            with beside.open("wb") as file:
                shutil.copyfileobj(source, file)
            beside.replace(place)
        except OSError as error:
            with suppress(OSError):
                beside.unlink(missing_ok=True)
            raise not_written(Sentence("The fetched file"), error) from error


def _make_room(kept: Path, but: Path) -> None:
    """Let go of what was fetched first; a file that somebody has open and keeps is left."""
    fetched = sorted((folder for folder in kept.iterdir() if folder != but), key=lambda one: one.stat().st_mtime)
    sizes = {folder: sum(file.stat().st_size for file in folder.iterdir()) for folder in (*fetched, but)}
    total = sum(sizes.values())
    for folder in fetched:
        if total <= _ROOM:
            return
        shutil.rmtree(folder, ignore_errors=True)
        total -= sizes[folder]
