"""Brings the catalogues up to date with the code: `python -m tests.language.update [NEW.json …]`.

What is new is left empty for the translator, what is gone is dropped, and what is there is kept. Files with new
translations are `{"English": "Deutsch", "{number} photo": ["{number} Foto", "{number} Fotos"]}`.
"""

import json
import sys
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from tests.language.extraction import PACKAGE, Message, messages

LANGUAGE = PACKAGE / "language"


def catalogue_path(tag: str) -> Path:
    """Where translators work."""
    return LANGUAGE / f"{tag}.po"


def read_catalogue(tag: str) -> Catalog:
    """What is translated."""
    path = catalogue_path(tag)
    if not path.exists():
        return Catalog(locale=tag)
    with path.open("rb") as file:
        return read_po(file, locale=tag)


_BEGUN = datetime(2026, 11, 29, tzinfo=UTC)
"""A date that stays; those of changes are git's to tell."""


def updated(tag: str, known: Catalog, found: list[Message]) -> Catalog:
    """A catalogue of what the code says, with the translations that are known."""
    catalogue = Catalog(
        tag,
        header_comment="# Translations of guie-desktop.",
        project="guie-desktop",
        version="1",
        creation_date=_BEGUN,
        revision_date=_BEGUN,
        msgid_bugs_address="guie-desktop",
        last_translator="guie-desktop",
        language_team="guie-desktop",
        fuzzy=False,
    )
    for message in found:
        identity = message.text if message.many is None else (message.text, message.many)
        before = known.get(identity if isinstance(identity, str) else identity[0], context=message.context)
        told = before.string if before is not None and isinstance(before.id, str) == isinstance(identity, str) else None
        catalogue.add(identity, told, locations=[(message.place, 0)], context=message.context)
    return catalogue


def compiled(catalogue: Catalog) -> bytes:
    """What the program reads."""
    file = BytesIO()
    write_mo(file, catalogue)
    return file.getvalue()


def _add(catalogue: Catalog, new: dict[str, str | list[str]]) -> None:
    for message in catalogue:
        key = message.id if isinstance(message.id, str) else message.id[0]
        told = new.get(f"{message.context}|{key}") if message.context else new.get(key)
        if told and message.id:
            message.string = told if isinstance(told, str) else tuple(told)


def main(new: list[str]) -> None:
    """Update the one language that there is besides English."""
    catalogue = updated("de", read_catalogue("de"), messages())
    for name in new:
        _add(catalogue, json.loads(Path(name).read_text(encoding="utf-8")))
    with catalogue_path("de").open("wb") as file:
        write_po(file, catalogue, sort_by_file=True, include_lineno=False, width=120)
    catalogue_path("de").with_suffix(".mo").write_bytes(compiled(read_catalogue("de")))


if __name__ == "__main__":
    main(sys.argv[1:])
