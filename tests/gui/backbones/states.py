"""Backbones as the worker may tell of them, made up for tests of the window."""

from dataclasses import replace

from guie_desktop.domain import ModelState
from guie_desktop.embedding.assets import DEFAULT_MODEL

LITE = ModelState(
    name=DEFAULT_MODEL,
    title="EfficientNet-Lite2",
    good_for="Everyday photos on any computer; comes with the program and needs no download.",
    licence="Apache-2.0",
    download_bytes=0,
    study_mmp5=0.0,
    photos_per_second=24.0,
    words=False,
    installed=True,
    embedded=12_000,
    in_use=True,
    pending=False,
    recommended=False,
    knows=True,
)
SIGLIP = replace(
    LITE,
    name="siglip-b-16-224",
    title="SigLIP B/16 224",
    good_for="Clearly better look-alikes than the embedded model, and fast enough without a GPU.",
    download_bytes=813_000_000,
    photos_per_second=5.4,
    words=True,
    knows=False,
    installed=False,
    embedded=0,
    in_use=False,
    recommended=True,
)
LARGE = replace(
    SIGLIP,
    name="siglip-so400m-14-384",
    title="SigLIP SO400M/14 384",
    download_bytes=3_512_000_000,
    study_mmp5=0.721,
    photos_per_second=0.31,
    recommended=False,
)
PENDING = replace(LARGE, name="pe", title="Perception Encoder B/16 224", installed=True, embedded=3456, pending=True)
BEGUN = replace(PENDING, name="begun", pending=False, study_mmp5=0.0)
LONG = replace(
    LARGE,
    name="long",
    title="Convolutional Language-Image Pre-training ConvNeXt XXLarge (LAION-2B, augmented, rewound)",
    good_for="Learnt from pictures alone: good at shapes and textures, knows no words; slow, and weak at "
    "look-alikes, and wants a GPU.",
    licence="CC-BY-NC-4.0",
    study_mmp5=0.0,
    photos_per_second=0.004,
    words=False,
)
READY = replace(SIGLIP, name="clip", title="CLIP L/14 336 (OpenAI)", installed=True, embedded=12_000, recommended=False)
