"""Telling which model a weight file belongs to."""

from collections.abc import Mapping
from pathlib import Path

import torch

from guie_desktop.embedding.assets import ModelCard, list_cards
from guie_desktop.embedding.backbone import family_of
from guie_desktop.embedding.frozen_network import misfits
from guie_desktop.embedding.weights import comes_with_the_program, read_tensors
from guie_desktop.errors import UserError
from guie_desktop.file_kinds import WEIGHT_SUFFIXES
from guie_desktop.sentences import Sentence

_IMAGE_TOWER = "visual."
_ABOUT = 0.15
"""A file may hold a projection or a classifier beside what the program runs."""


def recognised(file: Path, wanted: ModelCard | None = None) -> ModelCard:
    """The model whose weights these are; UserError where they are unsound, another model's, or fit more than one."""
    if file.suffix.lower() not in WEIGHT_SUFFIXES:
        raise UserError(
            Sentence("{file} is no weight file.", file=file.name),
            Sentence("Choose a file that ends in {endings}.", endings=", ".join(WEIGHT_SUFFIXES)),
        )
    tensors = read_tensors(file)
    if wanted is not None:
        if comes_with_the_program(wanted):
            raise UserError(
                Sentence("The weights of {model} come with the program.", model=wanted.title), "Choose another model."
            )
        unfit = _misfits(wanted, tensors)
        if unfit:
            raise UserError(
                Sentence(
                    "{file} does not hold the weights of {model} ({number} parts do not fit, such as {first}).",
                    file=file.name,
                    model=wanted.title,
                    number=len(unfit),
                    first=unfit[0],
                ),
                "Choose the file of this model, or the model of this file.",
            )
        return wanted
    size = _image_tower_size(tensors)
    near = [card for card in list_cards() if abs(card.parameters - size) <= _ABOUT * card.parameters]
    fitting = [card for card in near if not comes_with_the_program(card) and not _misfits(card, tensors)]
    if not fitting:
        problem = Sentence("{file} fits none of the models that the program knows.", file=file.name)
        raise UserError(problem, "The list of models names them.", "model list")
    if len(fitting) > 1:
        names = ", ".join(card.name for card in fitting)
        problem = Sentence("{file} fits more than one model: {names}.", file=file.name, names=names)
        raise UserError(problem, "Say on the command line which it is.", "model add FILE --model NAME")
    return fitting[0]


def _misfits(card: ModelCard, tensors: Mapping[str, torch.Tensor]) -> list[str]:
    with torch.device("meta"):
        wanted = family_of(card).build(card).state_dict()
    return misfits(wanted, family_of(card).own_weights(tensors, wanted))


def _image_tower_size(tensors: Mapping[str, torch.Tensor]) -> int:
    tower = [tensor for name, tensor in tensors.items() if name.startswith(_IMAGE_TOWER)]
    return sum(tensor.numel() for tensor in tower or tensors.values())
