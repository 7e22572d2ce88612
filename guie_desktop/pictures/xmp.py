"""What an XMP packet says in words, in a photo or in a file beside it: of the fields that photo programs fill in."""

import re
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from guie_desktop.noted import PhotoNotes

_MOST_BYTES = 4 * 1024**2

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_DC = "{http://purl.org/dc/elements/1.1/}"
_PHOTOSHOP = "{http://ns.adobe.com/photoshop/1.0/}"
_IPTC = "{http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/}"
_IPTC_EXTENSION = "{http://iptc.org/std/Iptc4xmpExt/2008-02-29/}"
_LIGHTROOM = "{http://ns.adobe.com/lightroom/1.0/}"
_DIGIKAM = "{http://www.digikam.org/ns/1.0/}"
_REGIONS = "{http://www.metadataworkinggroup.com/schemas/regions/}"
_MICROSOFT = "{http://ns.microsoft.com/photo/1.2/}"
_MICROSOFT_REGION = "{http://ns.microsoft.com/photo/1.2/t/Region#}"
_TIFF = "{http://ns.adobe.com/tiff/1.0/}"
_EXIF = "{http://ns.adobe.com/exif/1.0/}"
_EXIF_EX = "{http://cipa.jp/exif/1.0/}"
_AUX = "{http://ns.adobe.com/exif/1.0/aux/}"

_HIERARCHIES = ((f"{_LIGHTROOM}hierarchicalSubject", "|"), (f"{_DIGIKAM}TagsList", "/"))
_PLACE = (
    (f"{_IPTC}Location", f"{_IPTC_EXTENSION}Sublocation"),
    (f"{_PHOTOSHOP}City", f"{_IPTC_EXTENSION}City"),
    (f"{_PHOTOSHOP}State", f"{_IPTC_EXTENSION}ProvinceState"),
    (f"{_PHOTOSHOP}Country", f"{_IPTC_EXTENSION}CountryName"),
)
_DEGREES = re.compile(r"(\d{1,3}),(\d{1,2}(?:\.\d{1,12})?)(?:,(\d{1,2}(?:\.\d{1,12})?))?([NSEW])")


class XmpPacket:
    """One packet that was read; all questions give what stands there, however odd."""

    def __init__(self, packet: bytes) -> None:
        """ValueError where it is no XML, longer than words are, or defines entities, which may grow without end."""
        if len(packet) > _MOST_BYTES:
            raise ValueError("the packet is too long")
        try:
            root = fromstring(packet.strip(b"\0 \r\n\t"), forbid_dtd=True)
        except (ParseError, DefusedXmlException, LookupError, UnicodeError) as error:
            raise ValueError("the packet is no XML") from error
        self._described = [one for rdf in root.iter(f"{_RDF}RDF") for one in rdf if one.tag == f"{_RDF}Description"]

    def notes(self) -> PhotoNotes:
        """All of it, as it is written; make and model are one name."""
        latitude = _degrees(self._first(f"{_EXIF}GPSLatitude"))
        longitude = _degrees(self._first(f"{_EXIF}GPSLongitude"))
        has_place = latitude is not None and longitude is not None
        return PhotoNotes(
            camera=self._first(f"{_TIFF}Model"),
            lens=self._first(f"{_EXIF_EX}LensModel", f"{_AUX}Lens"),
            title=self._first(f"{_DC}title", f"{_PHOTOSHOP}Headline"),
            description=self._first(f"{_DC}description"),
            keywords=tuple(self._keywords()),
            people=tuple(self._people()),
            place=", ".join(filter(None, self._place())),
            latitude=latitude if has_place else None,
            longitude=longitude if has_place else None,
        )

    def make(self) -> str:
        """Who made the camera."""
        return self._first(f"{_TIFF}Make")

    def _keywords(self) -> Iterator[str]:
        yield from self._all(f"{_DC}subject")
        for name, between in _HIERARCHIES:
            for path in self._all(name):
                yield from path.split(between)

    def _people(self) -> Iterator[str]:
        yield from self._all(f"{_IPTC_EXTENSION}PersonInImage")
        for regions in self._properties(f"{_REGIONS}Regions"):
            for region in regions.iter():
                kind = _of(region, f"{_REGIONS}Type")
                if kind is not None and kind.strip() in ("Face", "Pet"):
                    yield _of(region, f"{_REGIONS}Name") or ""
        for regions in self._properties(f"{_MICROSOFT}RegionInfo"):
            for region in regions.iter():
                yield _of(region, f"{_MICROSOFT_REGION}PersonDisplayName") or ""

    def _place(self) -> Iterator[str]:
        shown = [
            part
            for name in ("LocationShown", "LocationCreated")
            for one in self._properties(f"{_IPTC_EXTENSION}{name}")
            for part in one.iter()
        ]
        for plain, structured in _PLACE:
            in_structures = (value for part in shown if (value := _of(part, structured)))
            yield self._first(plain) or next(in_structures, "")

    def _first(self, *names: str) -> str:
        return next((text for name in names for text in self._all(name) if text.strip()), "")

    def _all(self, name: str) -> Iterator[str]:
        """The values of a property, whether it is an attribute, an element, or a list; the usual language first."""
        for described in self._described:
            if name in described.attrib:
                yield described.attrib[name]
        for element in self._properties(name):
            items = list(element.iter(f"{_RDF}li"))
            items.sort(key=lambda item: item.get(_LANGUAGE, "x-default") != "x-default")
            yield from (item.text or "" for item in items or [element])

    def _properties(self, name: str) -> Iterable[Element]:
        return (element for described in self._described for element in described if element.tag == name)


def _of(element: Element, name: str) -> str | None:
    """The value of a field of a structure."""
    return element.get(name) or element.findtext(name)


def _degrees(text: str) -> float | None:
    """Such as "48,8.25N" or "48,8,15N"."""
    found = _DEGREES.fullmatch(text.strip())
    if found is None:
        return None
    degrees = float(found[1]) + float(found[2]) / 60 + float(found[3] or 0) / 3600
    most = 90 if found[4] in "NS" else 180
    if degrees > most:
        return None
    return -degrees if found[4] in "SW" else degrees
