"""Photos that say something of themselves, and the notes that other programs lay beside photos."""

from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image
from PIL.ExifTags import GPS, IFD, Base
from PIL.PngImagePlugin import PngInfo
from PIL.TiffImagePlugin import XMP

PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"
 xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"
 xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
 xmlns:lr="http://ns.adobe.com/lightroom/1.0/" xmlns:digiKam="http://www.digikam.org/ns/1.0/"
 xmlns:mwg-rs="http://www.metadataworkinggroup.com/schemas/regions/"
 xmlns:MP="http://ns.microsoft.com/photo/1.2/" xmlns:MPRI="http://ns.microsoft.com/photo/1.2/t/RegionInfo#"
 xmlns:MPReg="http://ns.microsoft.com/photo/1.2/t/Region#"
 xmlns:tiff="http://ns.adobe.com/tiff/1.0/" xmlns:exif="http://ns.adobe.com/exif/1.0/"
 xmlns:aux="http://ns.adobe.com/exif/1.0/aux/">
%s</rdf:RDF></x:xmpmeta><?xpacket end="w"?>"""


def xmp(content: str) -> bytes:
    """A packet with this in its description; prefixes are those that are usual."""
    return (PACKET % f'<rdf:Description rdf:about="">{content}</rdf:Description>').encode()


def bag(name: str, *values: str, kind: str = "Bag") -> str:
    """A property that is a list."""
    items = "".join(f"<rdf:li>{value}</rdf:li>" for value in values)
    return f"<{name}><rdf:{kind}>{items}</rdf:{kind}></{name}>"


def titled(text: str, name: str = "dc:title") -> str:
    """A property in several languages."""
    others = '<rdf:li xml:lang="fr-FR">autre chose</rdf:li>'
    return f'<{name}><rdf:Alt>{others}<rdf:li xml:lang="x-default">{text}</rdf:li></rdf:Alt></{name}>'


def iptc(*fields: tuple[int, bytes]) -> bytes:
    """The fields of record 2, as Photoshop lays them into a JPEG."""
    said = b"".join(b"\x1c\x02" + bytes([number]) + len(value).to_bytes(2) + value for number, value in fields)
    return b"Photoshop 3.0\0" + b"8BIM\x04\x04\0\0" + len(said).to_bytes(4) + said + b"\0" * (len(said) % 2)


def noted_photo(
    kind: str = "JPEG",
    *,
    main: dict[Any, Any] | None = None,
    camera: dict[Any, Any] | None = None,
    place: dict[Any, Any] | None = None,
    packet: bytes = b"",
    fields: tuple[tuple[int, bytes], ...] = (),
    colour: tuple[int, int, int] = (90, 120, 30),
) -> bytes:
    """A photo with these notes; IPTC in a JPEG alone."""
    exif = Image.Exif()
    exif.update(main or {})
    exif.get_ifd(IFD.Exif).update(camera or {})
    exif.get_ifd(IFD.GPSInfo).update(place or {})
    buffer = BytesIO()
    options: dict[str, Any] = {"exif": exif.tobytes()} | ({"xmp": packet} if packet else {})
    if kind == "TIFF" and packet:
        exif[XMP] = packet
        options = {"exif": exif.tobytes()}
    if kind == "PNG" and packet:
        words = PngInfo()
        words.add_itxt("XML:com.adobe.xmp", packet.decode())
        options = {"exif": exif.tobytes(), "pnginfo": words}
    Image.new("RGB", (64, 48), colour).save(buffer, kind, **options)
    data = buffer.getvalue()
    if fields:
        segment = iptc(*fields)
        data = data[:2] + b"\xff\xed" + (len(segment) + 2).to_bytes(2) + segment + data[2:]
    return data


MAKER = {Base.Make: "NIKON CORPORATION", Base.Model: "NIKON D90"}
LENS = {Base.LensModel: "A lens of 50 mm"}
ROME = {
    GPS.GPSLatitudeRef: "N",
    GPS.GPSLatitude: (41.0, 53.0, 24.0),
    GPS.GPSLongitudeRef: "E",
    GPS.GPSLongitude: (12.0, 29.0, 24.0),
}


def save(folder: Path, name: str, data: bytes) -> Path:
    """A file in a folder, which is made."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(data)
    return folder / name
