"""What a photo says of itself in words: in EXIF, IPTC and XMP, and in the files that other programs lay beside it.

What is said later in this order counts, field by field; of one that is damaged or empty what is said before it. Where
that changes, NOTES_RULE is raised.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import fields, replace
from functools import partial
from pathlib import Path
from typing import BinaryIO

from PIL import Image
from PIL.ExifTags import IFD, Base

from guie_desktop.disk.content import reading_file
from guie_desktop.disk.sidecars import read_sidecars
from guie_desktop.file_kinds import VIDEO_SUFFIXES
from guie_desktop.noted import PhotoNotes
from guie_desktop.pictures.embedded_notes import EmbeddedNotes, IptcFields, notes_in
from guie_desktop.pictures.facts import camera_name, facts_of, name_in
from guie_desktop.pictures.xmp import XmpPacket

_LONGEST = 10_000
"""Letters of a description; what is longer is cut off."""
_LONGEST_TITLE = 500
_LONGEST_WORD = 100
_MOST_WORDS = 500
"""Keywords or people of one photo."""

_BY_CAMERAS = frozenset(
    {"olympus digital camera", "digital camera", "minolta digital camera", "konica minolta digital camera", "sony dsc"}
    | {"samsung", "samsung digital camera", "samsung camera pictures", "kodak digital still camera", "dcim", "cof"}
    | {"exif jpeg picture", "exif_jpeg_picture", "jpeg picture", "default", "untitled", "picture", "screenshot", "hdr"}
    | {"binary comment", "ascii", "maximum", "kinn", "oznor"}
)
"""What cameras write where people describe a photo."""

_UNKNOWN, _UNICODE = b"\0" * 8, b"UNICODE\0"
_UTF_8 = b"\x1b%G"
"""What IPTC says where its letters are UTF-8."""
_TITLE, _KEYWORD, _CITY, _SUBLOCATION, _STATE, _COUNTRY, _HEADLINE, _CAPTION = 5, 25, 90, 92, 95, 101, 105, 120


def read_notes(path: Path) -> PhotoNotes:
    """The notes of a photo or a video and those beside it. Raises UnreadablePhoto where the file cannot be opened."""
    with reading_file(path), path.open("rb") as file:
        return notes_of(file, path)


def notes_of(file: BinaryIO, path: Path) -> PhotoNotes:
    """The same of an open file, which is read from its beginning; nothing is raised whatever stands in it."""
    found = PhotoNotes()
    with suppress(Exception):  # files make readers of notes raise nearly anything, see images.decode
        file.seek(0)
        embedded = [] if path.suffix.lower() in VIDEO_SUFFIXES else notes_in(file, path.name)
        for one in embedded:
            found = _with(_within(one), found)
    for sidecar in read_sidecars(path):
        found = _with(found, _of_xmp(sidecar))
    return found


def _within(notes: EmbeddedNotes) -> PhotoNotes:
    found = PhotoNotes()
    for read in (partial(_of_exif, notes.exif), partial(_of_iptc, notes.iptc), partial(_of_xmp, notes.xmp)):
        with suppress(Exception):  # as above; the others may be good
            found = _with(found, read())
    return found


def _with(notes: PhotoNotes, newer: PhotoNotes) -> PhotoNotes:
    """The newer notes, and what the older ones say of which they say nothing."""
    told = {field.name: getattr(newer, field.name) for field in fields(newer)}
    return replace(notes, **{name: value for name, value in told.items() if value not in ("", (), None)})


def _of_exif(exif: Image.Exif) -> PhotoNotes:
    facts = facts_of(exif)
    latitude, longitude = facts.place or (None, None)
    camera = {}
    with suppress(Exception):  # as above
        camera = dict(exif.get_ifd(IFD.Exif))
    described = (
        _text(exif.get(Base.ImageDescription)),
        _wide(exif.get(Base.XPComment)),
        _wide(exif.get(Base.XPSubject)),
    )
    return PhotoNotes(
        camera=facts.camera,
        lens=facts.lens,
        title=_line(_wide(exif.get(Base.XPTitle)), _LONGEST_TITLE),
        description=_described(*described, _comment(camera.get(Base.UserComment))),
        keywords=_words(_wide(exif.get(Base.XPKeywords)).split(";")),
        latitude=latitude,
        longitude=longitude,
    )


def _of_iptc(iptc: IptcFields) -> PhotoNotes:
    is_utf_8 = iptc.get((1, 90)) == _UTF_8

    def said(number: int) -> list[str]:
        value = iptc.get((2, number)) or b""
        return [_decoded(one, is_utf_8) for one in (value if isinstance(value, list) else [value]) if one]

    place = [
        _line(text, _LONGEST_WORD) for number in (_SUBLOCATION, _CITY, _STATE, _COUNTRY) for text in said(number)[:1]
    ]
    return PhotoNotes(
        title=_line(next(iter((*said(_TITLE), *said(_HEADLINE))), ""), _LONGEST_TITLE),
        description=_described(*said(_CAPTION)),
        keywords=_words(said(_KEYWORD)),
        place=", ".join(filter(None, place)),
    )


def _of_xmp(packet: bytes) -> PhotoNotes:
    try:
        read = XmpPacket(packet)
    except ValueError:
        return PhotoNotes()
    notes = read.notes()
    return replace(
        notes,
        camera=camera_name(name_in(read.make()), name_in(notes.camera)),
        lens=name_in(notes.lens),
        title=_line(notes.title, _LONGEST_TITLE),
        description=_described(notes.description),
        keywords=_words(notes.keywords),
        people=_words(notes.people),
        place=_line(notes.place, _LONGEST_TITLE),
    )


def _text(value: object) -> str:
    return _decoded(value, is_utf_8=False) if isinstance(value, bytes) else value if isinstance(value, str) else ""


def _wide(value: object) -> str:
    """What Windows writes into EXIF."""
    return bytes(value).decode("utf-16-le", "replace") if isinstance(value, bytes | tuple) else ""


def _comment(value: object) -> str:
    if not isinstance(value, bytes):
        return value if isinstance(value, str) else ""
    charset, text = value[:8], value[8:]
    if charset == _UNICODE:
        # Of two bytes a letter, whose order cameras do not agree upon: in most writings, one of each pair is 0.
        return text.decode("utf-16-be" if text[::2].count(0) > text[1::2].count(0) else "utf-16-le", "replace")
    return _decoded(text if charset in (_UNKNOWN, b"ASCII\0\0\0") else value, is_utf_8=False)


def _decoded(data: bytes, is_utf_8: bool) -> str:
    """UTF-8, which hardly any other text is by chance; else what Windows wrote in the West."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("utf-8" if is_utf_8 else "cp1252", "replace")


def _described(*texts: str) -> str:
    """The first that a person may have written, its lines kept."""
    for text in texts:
        lines = [_line(line, _LONGEST) for line in text.partition("\0")[0][:_LONGEST].splitlines()]
        described = "\n".join(lines).strip()
        if any(map(str.isalnum, described)) and described.casefold() not in _BY_CAMERAS:
            return described
    return ""


def _line(text: str, longest: int) -> str:
    """On one line, without what cannot be printed."""
    plain = "".join(letter if letter.isprintable() else " " for letter in text.partition("\0")[0][: 2 * longest])
    return " ".join(plain.split())[:longest]


def _words(texts: Sequence[str]) -> tuple[str, ...]:
    """Each once, in their order."""
    lines = (_line(text, _LONGEST_WORD) for text in texts[: 4 * _MOST_WORDS])
    return tuple(_once(line for line in lines if any(map(str.isalnum, line))))[:_MOST_WORDS]


def _once(words: Iterable[str]) -> Iterator[str]:
    known: set[str] = set()
    for word in words:
        if word.casefold() not in known:
            known.add(word.casefold())
            yield word
