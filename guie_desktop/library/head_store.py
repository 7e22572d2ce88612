"""Heads as the catalog keeps them: the general ones of each backbone, and the versions of the personal one."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlalchemy import ColumnElement, Connection, delete, func, insert, select

from guie_desktop.arrays import Keys
from guie_desktop.library.catalog import Catalog
from guie_desktop.library.database import reading, writing
from guie_desktop.library.tables import heads, personal_heads

_GENERAL = "general"
_TRAINED = "trained"


@dataclass(frozen=True, slots=True)
class StoredGeneralHead:
    """A general head as it lies in the catalog; `fitted_on` counts the features that it was made from."""

    id: int
    fitted_on: int
    data: bytes
    made_at: float
    """Seconds since the epoch: when it was fitted, or taken in."""


@dataclass(frozen=True, slots=True)
class StoredPersonalHead:
    """A version of the personal head as it lies in the catalog."""

    id: int
    title: str
    made_at: float
    data: bytes
    """The portable head file."""
    trained_on: Keys
    """Keys of the features that it was trained on; without meaning for a head that came from elsewhere."""
    report: str | None
    """JSON; none for a head that came from elsewhere."""

    @property
    def is_imported(self) -> bool:
        """Whether it came from elsewhere."""
        return self.report is None


class HeadStore:
    """The heads of one library, of all its backbones; each change is one transaction."""

    def __init__(self, catalog: Catalog) -> None:
        self._database = catalog.database

    def latest_general(self, backbone_key: str) -> StoredGeneralHead | None:
        """The newest general head for a backbone that was fitted to the library."""
        found = self._general(backbone_key, _GENERAL)
        return found[0] if found else None

    def trained_generals(self, backbone_key: str) -> list[StoredGeneralHead]:
        """The general heads of a backbone that were trained elsewhere and taken in, the newest first."""
        return self._general(backbone_key, _TRAINED)

    def trained_general(self, backbone_key: str, head_id: int) -> StoredGeneralHead | None:
        """One of these, if the backbone has it."""
        found = self._general(backbone_key, _TRAINED, heads.c.id == head_id)
        return found[0] if found else None

    def keep_general(self, backbone_key: str, data: bytes, fitted_on: int) -> StoredGeneralHead:
        """Keep a newly fitted general head in place of the one before; nobody made it, so nothing is lost."""
        with writing(self._database) as connection:
            connection.execute(delete(heads).where(heads.c.backbone == backbone_key, heads.c.kind == _GENERAL))
            return _added(connection, backbone_key, _GENERAL, data, fitted_on)

    def keep_trained(self, backbone_key: str, data: bytes, fitted_on: int) -> StoredGeneralHead:
        """Keep a general head that was trained elsewhere, beside all others."""
        with writing(self._database) as connection:
            return _added(connection, backbone_key, _TRAINED, data, fitted_on)

    def discard_general(self, backbone_key: str) -> None:
        """Remove a damaged general head; it is fitted again by the next indexing."""
        with writing(self._database) as connection:
            connection.execute(delete(heads).where(heads.c.backbone == backbone_key, heads.c.kind == _GENERAL))

    def discard_trained(self, head_id: int) -> None:
        """Remove a damaged one that was taken in."""
        with writing(self._database) as connection:
            connection.execute(delete(heads).where(heads.c.id == head_id, heads.c.kind == _TRAINED))

    def personal_versions(self, backbone_key: str) -> list[StoredPersonalHead]:
        """All versions for a backbone, the newest first."""
        query = select(*_PERSONAL).where(personal_heads.c.backbone == backbone_key).order_by(personal_heads.c.id.desc())
        with reading(self._database) as connection:
            return [_stored(row) for row in connection.execute(query)]

    def personal_version(self, backbone_key: str, head_id: int) -> StoredPersonalHead | None:
        """One version, if the backbone has it."""
        query = select(*_PERSONAL).where(personal_heads.c.backbone == backbone_key, personal_heads.c.id == head_id)
        with reading(self._database) as connection:
            row = connection.execute(query).one_or_none()
        return None if row is None else _stored(row)

    def is_personal_for_others(self, backbone_key: str) -> bool:
        """Whether other backbones have versions of their own."""
        query = select(personal_heads.c.id).where(personal_heads.c.backbone != backbone_key).limit(1)
        with reading(self._database) as connection:
            return connection.execute(query).one_or_none() is not None

    def keep_personal(self, backbone_key: str, title: str, data: bytes, trained_on: Keys, report: str | None) -> int:
        """Keep a new version for a backbone; returns its id."""
        row = {
            "backbone": backbone_key,
            "title": title,
            "made_at": time.time(),
            "data": data,
            "trained_on": trained_on.astype("<i8").tobytes(),
            "report": report,
        }
        adding = insert(personal_heads).values(row).returning(personal_heads.c.id)
        with writing(self._database) as connection:
            return int(connection.execute(adding).scalar_one())

    def next_title(self) -> str:
        """What a new version is called."""
        with reading(self._database) as connection:
            newest = connection.execute(select(func.max(personal_heads.c.id))).scalar_one()
        return f"Version {(newest or 0) + 1}"

    def _general(self, backbone_key: str, kind: str, *conditions: ColumnElement[bool]) -> list[StoredGeneralHead]:
        query = (
            select(heads.c.id, heads.c.fitted_on, heads.c.data, heads.c.made_at)
            .where(heads.c.backbone == backbone_key, heads.c.kind == kind, *conditions)
            .order_by(heads.c.id.desc())
        )
        with reading(self._database) as connection:
            return [StoredGeneralHead(*row) for row in connection.execute(query)]


def _added(connection: Connection, backbone_key: str, kind: str, data: bytes, fitted_on: int) -> StoredGeneralHead:
    made_at = time.time()
    row = {"backbone": backbone_key, "kind": kind, "fitted_on": fitted_on, "made_at": made_at, "data": data}
    head_id = connection.execute(insert(heads).values(row).returning(heads.c.id)).scalar_one()
    return StoredGeneralHead(int(head_id), fitted_on, data, made_at)


_PERSONAL = (
    personal_heads.c.id,
    personal_heads.c.title,
    personal_heads.c.made_at,
    personal_heads.c.data,
    personal_heads.c.trained_on,
    personal_heads.c.report,
)


def _stored(row: Sequence[Any]) -> StoredPersonalHead:
    head_id, title, made_at, data, trained_on, report = row
    assert isinstance(trained_on, bytes)
    keys = np.frombuffer(trained_on, "<i8").astype(np.int64)
    return StoredPersonalHead(head_id, title, made_at, data, keys, report)
