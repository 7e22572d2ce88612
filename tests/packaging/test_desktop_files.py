"""What a Linux desktop is told of the program: a menu entry that starts it, and a description for shops."""

import configparser
import mimetypes
from pathlib import Path
from xml.etree import ElementTree

import pytest

from guie_desktop.cli.arguments import parse
from guie_desktop.file_kinds import RAW_SUFFIXES

ROOT = Path(__file__).parent.parent.parent
LINUX = ROOT / "packaging" / "linux"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


@pytest.fixture(scope="module")
def entry() -> configparser.SectionProxy:
    read = configparser.ConfigParser(interpolation=None, delimiters=("=",))
    read.read(LINUX / "guie-desktop.desktop", encoding="utf-8")
    return read["Desktop Entry"]


@pytest.fixture(scope="module")
def description() -> ElementTree.Element:
    (file,) = LINUX.glob("*.metainfo.xml")
    root = ElementTree.parse(file).getroot()
    assert root.findtext("id") == file.name.removesuffix(".metainfo.xml")
    return root


def test_the_menu_entry_starts_the_program_with_photos_and_without(entry: configparser.SectionProxy) -> None:
    program, *arguments, code = entry["Exec"].split()
    assert (program, code) == ("guie-desktop", "%F")
    assert parse(arguments).images == []
    assert parse([*arguments, "/a b.jpg", "/c.png"]).images == [Path("/a b.jpg"), Path("/c.png")]
    assert (ROOT / "resources" / f"{entry['Icon']}.svg").is_file()


def test_the_program_is_offered_for_photos_and_nothing_else(entry: configparser.SectionProxy) -> None:
    kinds = [kind for kind in entry["MimeType"].split(";") if kind]
    assert len(set(kinds)) == len(kinds)
    assert all(kind.startswith("image/") for kind in kinds)
    assert {mimetypes.types_map[suffix] for suffix in (".jpg", ".png", ".tiff", ".gif")} <= set(kinds)
    raws = {f".{kind.rpartition('-')[2]}" for kind in kinds if kind.startswith("image/x-")}
    assert raws <= RAW_SUFFIXES


def test_what_is_said_in_english_is_said_in_german(
    entry: configparser.SectionProxy, description: ElementTree.Element
) -> None:
    translated = {key.partition("[")[0] for key in entry if key.endswith("[de]")}
    assert translated == {"genericname", "comment", "keywords"}
    for parent, tag in ((description, "summary"), (description.find("description"), "p")):
        assert parent is not None
        assert [one.get(LANGUAGE) for one in parent.findall(tag)] == [None, "de"]
    points = description.findall("description/ul/li")
    assert [one.get(LANGUAGE) for one in points] == [None, "de"] * (len(points) // 2)


def test_the_description_leads_to_the_menu_entry(description: ElementTree.Element) -> None:
    launchable = description.findtext("launchable[@type='desktop-id']")
    assert launchable is not None
    assert (LINUX / launchable).is_file()
    release = description.find("releases/release")
    assert release is not None
    assert dict(release.attrib) == {"version": "@VERSION@", "date": "@DATE@"}  # the build fills them in
    assert f"id: {description.findtext('id')}\n" in next(LINUX.glob("*.yaml")).read_text(encoding="utf-8")
