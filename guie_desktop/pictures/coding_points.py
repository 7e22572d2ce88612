"""Colours that a file states by the numbers of ITU-T H.273 instead of a profile: wide ones, and those of HDR video."""

import numpy as np
from PIL import Image

from guie_desktop.arrays import Floats
from guie_desktop.pictures.reduction import bands

CodingPoints = tuple[int, int]
"""Colour primaries and transfer characteristics, as H.273 numbers them."""

_PQ, _HLG, _LINEAR = 16, 18, 8
_LIKE_SRGB = frozenset({1, 6, 13, 14, 15})
"""sRGB, and the curves of SDR video, which screens show by much the same one."""

_TO_SRGB = {
    1: ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    # BT.2087, the inverse of its conversion from BT.709.
    9: ((1.6605, -0.5876, -0.0728), (-0.1246, 1.1329, -0.0083), (-0.0182, -0.1006, 1.1187)),
    # Display P3 (SMPTE EG 432-1 with the white of D65).
    12: ((1.2249, -0.2249, 0), (-0.0420, 1.0420, 0), (-0.0197, -0.0786, 1.0983)),
}
"""Linear light of these primaries to that of sRGB."""

_WHITE = 203.0
"""cd/m2 of a white sheet of paper in HDR video (BT.2408)."""

_KNEE = 0.7
"""Of the light of paper white: what is darker is kept as it is, what is brighter is squeezed in above."""


def from_coding_points(image: Image.Image, points: CodingPoints) -> Image.Image | None:
    """An RGB picture that is coded so in sRGB; None where it is sRGB as it is, or of a kind that is not known.

    HDR is shown as by a screen of standard range: highlights are compressed, and nothing else becomes darker.
    """
    primaries, transfer = points
    matrix, light = _TO_SRGB.get(primaries), _light(transfer)
    if image.mode != "RGB" or matrix is None or light is None or (primaries == 1 and transfer in _LIKE_SRGB):
        return None
    shown = Image.new("RGB", image.size)
    for top, band in bands(image):
        linear: Floats = light[np.asarray(band)]
        if transfer == _HLG:
            linear = _as_displayed(linear)
        linear = (linear @ np.array(matrix, np.float32).T).clip(0)
        if transfer in {_PQ, _HLG}:
            linear = _within_standard_range(linear)
        shown.paste(Image.fromarray((_encoded(linear.clip(0, 1)) * 255).round().astype(np.uint8)), (0, top))
    return shown


def _light(transfer: int) -> Floats | None:
    """Light (256,) of each code, 1 being paper white; None for a curve that is not known."""
    code = np.linspace(0, 1, 256, dtype=np.float64)
    if transfer == _PQ:  # the EOTF of BT.2100 (SMPTE ST 2084)
        m1, m2 = 2610 / 16384, 2523 / 4096 * 128
        c1, c2, c3 = 3424 / 4096, 2413 / 4096 * 32, 2392 / 4096 * 32
        root = code ** (1 / m2)
        light = 10_000 / _WHITE * ((root - c1).clip(0) / (c2 - c3 * root)) ** (1 / m1)
    elif transfer == _HLG:  # the inverse OETF of BT.2100: light of the scene between 0 and 1
        a = 0.17883277
        b, c = 1 - 4 * a, 0.5 - a * np.log(4 * a)
        light = np.where(code <= 0.5, code**2 / 3, (np.exp((code - c) / a) + b) / 12)
    elif transfer == _LINEAR:
        light = code
    elif transfer in _LIKE_SRGB:
        light = np.where(code <= 0.04045, code / 12.92, ((code + 0.055) / 1.055) ** 2.4)
    else:
        return None
    return light.astype(np.float32)


def _as_displayed(scene: Floats) -> Floats:
    """Light of the scene to that of a screen of 1,000 cd/m2, 1 being paper white: the OOTF of BT.2100."""
    luminance: Floats = scene @ np.array([0.2627, 0.6780, 0.0593], np.float32)
    gain = (luminance[..., np.newaxis].clip(1e-6) ** 0.2 * (1000 / _WHITE)).astype(np.float32)
    return scene * gain


def _within_standard_range(linear: Floats) -> Floats:
    """Highlights compressed below 1 by a smooth shoulder; hues stay, since all channels are scaled alike."""
    brightest = linear.max(axis=-1, keepdims=True)
    above = (brightest - _KNEE) / (1 - _KNEE)
    squeezed = np.where(above > 0, _KNEE + (1 - _KNEE) * (1 - np.exp(-above)), brightest)
    within: Floats = linear * (squeezed / brightest.clip(1e-6))
    return within


def _encoded(linear: Floats) -> Floats:
    """The curve of sRGB (IEC 61966-2-1)."""
    encoded: Floats = np.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** np.float32(1 / 2.4) - 0.055)
    return encoded
