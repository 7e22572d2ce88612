"""Weight files: where they lie, whether they are sound, and reading them without running what is inside."""

import hashlib
import shutil
import warnings
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from guie_desktop.embedding.assets import SHIPPED, ModelCard
from guie_desktop.embedding.checksummed_file import (
    is_intact,
    noted_checksum,
    remove_with_checksum,
    write_with_checksum,
)
from guie_desktop.errors import UserError, reason_of
from guie_desktop.file_kinds import WEIGHT_SUFFIXES
from guie_desktop.paths import shipped
from guie_desktop.sentences import Sentence, tr_noop

if TYPE_CHECKING:
    import torch

TOKENIZER_FILES = ("tokenizer.json", "tokenizer_config.json")
"""Of text towers that do not use CLIP's own tokenizer; they lie beside the weights."""

SHIPPED_FILES = ("classifier.npy", "network.bin", "network.xml")
"""Of a network that comes with the program: OpenVINO's two, and the classifier over its features."""

_HUB = "hub:"


def comes_with_the_program(card: ModelCard) -> bool:
    """Whether nothing needs to be fetched."""
    return card.weights.startswith(SHIPPED)


def hub_file(card: ModelCard) -> tuple[str, str]:
    """The repository (OWNER/REPO) and the file in it that hold the card's weights."""
    owner, repository, file = card.weights.removeprefix(_HUB).split("/", 2)
    return f"{owner}/{repository}", file


def installed_file(card: ModelCard, folder: Path) -> Path | None:
    """Where the card's weights lie, or None; `folder` is where fetched weights are kept, one folder per card.

    Of what comes with the program it is the network, which has its weights beside it.
    """
    if comes_with_the_program(card):
        network = shipped("model_assets") / card.weights.removeprefix(SHIPPED) / "network.xml"
        return network if network.is_file() else None
    found = [folder / card.name / f"weights{suffix}" for suffix in WEIGHT_SUFFIXES]
    return next((file for file in found if file.exists() and noted_checksum(file)), None)


def weights_hash(card: ModelCard, folder: Path) -> str:
    """SHA-256 that identifies the installed weights, as they were published; cheap. UserError where there are none.

    Of a quantised network, which computes something else, its own.
    """
    if comes_with_the_program(card):
        return card.shipped_sha256 if card.quantised else card.weights_sha256
    return noted_checksum(_there(card, folder))


def checked_file(card: ModelCard, folder: Path) -> Path:
    """The weights' file after a look at all its bytes; UserError where it is missing or not what it was."""
    file = _there(card, folder)
    if comes_with_the_program(card):
        if _hash_or_refuse(card, file.parent) != card.shipped_sha256:
            raise UserError(
                Sentence("The weights of {model} are not the ones that the program knows.", model=card.title),
                *_again(card),
            )
    elif not is_intact(file):
        raise UserError(Sentence("The weights of {model} are damaged.", model=card.title), *_again(card))
    return file


def weight_file_in(path: Path) -> Path:
    """The file itself, or the one weight file in a folder; UserError where there is none or a choice."""
    if path.is_file():
        return path
    if not path.is_dir():
        raise UserError(Sentence("There is no file {path}.", path=path), "Check the name.")
    for suffix in WEIGHT_SUFFIXES:
        found = sorted(path.glob(f"*{suffix}"))
        if len(found) > 1:
            raise UserError(Sentence("{path} holds several weight files.", path=path), "Name one of them.")
        if found:
            return found[0]
    raise UserError(
        Sentence("{path} holds no weight file.", path=path),
        Sentence("Choose a file that ends in {endings}.", endings=", ".join(WEIGHT_SUFFIXES)),
    )


def keep_weights(card: ModelCard, file: Path, folder: Path) -> Path:
    """Copy a sound weight file to its place, in one step; another file of this card gives way."""
    place = folder / card.name / f"weights{file.suffix.lower()}"

    def copy(beside: Path) -> None:
        shutil.copyfile(file, beside)

    write_with_checksum(place, copy)
    remove_others(place)
    return place


def remove_others(place: Path) -> None:
    """Remove the card's weight files in other formats, so that there is one."""
    for suffix in WEIGHT_SUFFIXES:
        other = place.with_suffix(suffix)
        if other != place:
            remove_with_checksum(other)


def read_tensors(file: Path) -> "dict[str, torch.Tensor]":
    """All tensors of a weight file, by name, on the CPU; nothing that is pickled in it is run.

    UserError where it is damaged, no weight file, or wants to run code.
    """
    try:
        tensors = _read_safetensors(file) if file.suffix.lower() == ".safetensors" else _read_torch(file)
    except OSError as error:
        raise UserError(
            Sentence("{file} cannot be read ({reason}).", file=file.name, reason=reason_of(error)), "Check the file."
        ) from error
    import torch

    if not tensors or not all(isinstance(value, torch.Tensor) for value in tensors.values()):
        raise UserError(
            Sentence("{file} does not hold the weights of a model.", file=file.name), "Choose another file."
        )
    for name, tensor in tensors.items():
        if tensor.is_floating_point() and not torch.isfinite(tensor).all():
            raise UserError(
                Sentence("{file} is damaged: {name} holds values that are not numbers.", file=file.name, name=name),
                "Fetch it again.",
            )
    return tensors


def _read_safetensors(file: Path) -> "dict[str, torch.Tensor]":
    from safetensors import SafetensorError
    from safetensors.torch import load_file

    try:
        return load_file(file)
    except SafetensorError as error:
        raise UserError(
            Sentence("{file} is damaged or cut off ({reason}).", file=file.name, reason=str(error)),
            "Fetch or copy it again.",
        ) from error


def _read_torch(file: Path) -> "dict[str, torch.Tensor]":
    import pickle

    import torch

    _check_archive(file)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of unknown pickles, which are refused here in our own words
            stored = torch.load(file, map_location="cpu", weights_only=True)
    except pickle.UnpicklingError as error:
        if "weights_only" in str(error).lower() or "unsupported" in str(error).lower():
            raise UserError(
                Sentence(
                    "{file} holds more than weights: reading it would run code, which the program never does.",
                    file=file.name,
                ),
                "Ask for the weights as safetensors, or as a plain state dictionary.",
            ) from error
        raise _no_weights(file) from error
    except (RuntimeError, EOFError, ValueError, KeyError, AttributeError) as error:
        raise _no_weights(file) from error
    while isinstance(stored, Mapping) and isinstance(stored.get("state_dict"), Mapping):
        stored = stored["state_dict"]  # a training checkpoint
    if not isinstance(stored, Mapping):
        raise _no_weights(file)
    return {str(name).removeprefix("module."): tensor for name, tensor in stored.items()}


def _check_archive(file: Path) -> None:
    # torch does not look at the checksums in its own archives.
    if not zipfile.is_zipfile(file):
        return
    try:
        with zipfile.ZipFile(file) as archive:
            damaged = archive.testzip()
    except (zipfile.BadZipFile, EOFError, OSError) as error:
        raise _no_weights(file) from error
    if damaged is not None:
        raise UserError(
            Sentence("{file} is damaged ({damaged}).", file=file.name, damaged=damaged), "Fetch or copy it again."
        )


def _no_weights(file: Path) -> UserError:
    return UserError(
        Sentence("{file} is damaged, cut off, or no weight file.", file=file.name), "Fetch or copy it again."
    )


def _there(card: ModelCard, folder: Path) -> Path:
    file = installed_file(card, folder)
    if file is None:
        raise UserError(Sentence("The weights of {model} are not on this computer.", model=card.title), *_again(card))
    return file


def shipped_sha256(folder: Path) -> str:
    """Of the files of a network that comes with the program, as its card states it; OSError where one is missing."""
    together = hashlib.sha256()
    for name in SHIPPED_FILES:
        together.update((folder / name).read_bytes())
    return together.hexdigest()


def _hash_or_refuse(card: ModelCard, folder: Path) -> str:
    try:
        return shipped_sha256(folder)
    except OSError as error:
        problem = Sentence(
            "The weights of {model} cannot be read ({reason}).", model=card.title, reason=reason_of(error)
        )
        raise UserError(problem, *_again(card)) from error


def _again(card: ModelCard) -> tuple[str, str]:
    if comes_with_the_program(card):
        return tr_noop("Install the program again."), ""
    return tr_noop("Choose this model again, upon which they are fetched."), f"model download {card.name}"
