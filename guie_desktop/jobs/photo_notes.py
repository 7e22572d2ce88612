"""What the library says of a photo, as a file of notes (XMP) that other programs read beside a copy."""

from collections.abc import Sequence
from datetime import datetime
from xml.etree import ElementTree

_X = "adobe:ns:meta/"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_DC = "http://purl.org/dc/elements/1.1/"
_LR = "http://ns.adobe.com/lightroom/1.0/"
_XMP = "http://ns.adobe.com/xap/1.0/"
_EXIF = "http://ns.adobe.com/exif/1.0/"
_BEGIN = b'<?xpacket begin="\xef\xbb\xbf" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
_END = b'\n<?xpacket end="w"?>\n'

for _prefix, _address in (("x", _X), ("rdf", _RDF), ("dc", _DC), ("lr", _LR), ("xmp", _XMP), ("exif", _EXIF)):
    ElementTree.register_namespace(_prefix, _address)


def photo_notes(albums: Sequence[str], taken: float | None, rating: int | None = None) -> bytes:
    """An XMP packet: albums as keywords, when the photo was taken (seconds since the epoch), its stars (0 to 5)."""
    meta = ElementTree.Element(f"{{{_X}}}xmpmeta")
    rdf = ElementTree.SubElement(meta, f"{{{_RDF}}}RDF")
    said = ElementTree.SubElement(rdf, f"{{{_RDF}}}Description", {f"{{{_RDF}}}about": ""})
    if rating is not None:
        said.set(f"{{{_XMP}}}Rating", str(rating))
    if taken is not None:
        # Cameras tell the time where they are; with the zone of this machine it would look surer than it is.
        said.set(f"{{{_EXIF}}}DateTimeOriginal", f"{datetime.fromtimestamp(taken):%Y-%m-%dT%H:%M:%S}")
    names = sorted({_as_text(name) for name in albums})
    for tag in (f"{{{_DC}}}subject", f"{{{_LR}}}hierarchicalSubject"):
        if names:
            bag = ElementTree.SubElement(ElementTree.SubElement(said, tag), f"{{{_RDF}}}Bag")
            for name in names:
                ElementTree.SubElement(bag, f"{{{_RDF}}}li").text = name
    packet: bytes = ElementTree.tostring(meta, encoding="utf-8")
    return _BEGIN + packet + _END


def _as_text(name: str) -> str:
    """The name without what XML cannot hold."""
    return "".join(sign if sign.isprintable() or sign == "\u200d" else " " for sign in name)
