"""Heads as the catalogue keeps them: the general one of each backbone, and the versions of the personal one."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Engine, delete, func, insert, select

from guie_desktop.library.database import writing
from guie_desktop.library.features import Features
from guie_desktop.library.tables import heads, personal_heads

GENERAL = "general"


@dataclass(frozen=True, slots=True)
class StoredHead:
    """A head as it lies in the catalogue; `fitted_on` counts the features that it was made from."""

    id: int
    fitted_on: int
    data: bytes


def latest_head(engine: Engine, backbone: str) -> StoredHead | None:
    """The newest general head for a backbone."""
    query = (
        select(heads.c.id, heads.c.fitted_on, heads.c.data)
        .where(heads.c.backbone == backbone, heads.c.kind == GENERAL)
        .order_by(heads.c.id.desc())
        .limit(1)
    )
    with engine.connect() as connection:
        row = connection.execute(query).one_or_none()
    return None if row is None else StoredHead(*row)


def keep_general_head(engine: Engine, backbone: str, data: bytes, fitted_on: int) -> StoredHead:
    """Keep a newly fitted general head in place of the one before; nobody made it, so nothing is lost."""
    with writing(engine) as connection:
        connection.execute(delete(heads).where(heads.c.backbone == backbone, heads.c.kind == GENERAL))
        head_id = connection.execute(
            insert(heads)
            .values(backbone=backbone, kind=GENERAL, fitted_on=fitted_on, made_at=time.time(), data=data)
            .returning(heads.c.id)
        ).scalar_one()
    return StoredHead(head_id, fitted_on, data)


@dataclass(frozen=True, slots=True)
class StoredPersonalHead:
    """A version of the personal head as it lies in the catalogue."""

    id: int
    title: str
    made_at: float
    data: bytes
    """The portable head file."""
    taught: NDArray[np.int64]
    """Keys of the features that it was taught with; without meaning for a head that came from elsewhere."""
    report: str | None
    """JSON; none for a head that came from elsewhere."""

    @property
    def is_imported(self) -> bool:
        """Whether it came from elsewhere."""
        return self.report is None


def personal_versions(engine: Engine, backbone: str) -> list[StoredPersonalHead]:
    """All versions for a backbone, the newest first."""
    query = select(*_PERSONAL).where(personal_heads.c.backbone == backbone).order_by(personal_heads.c.id.desc())
    with engine.connect() as connection:
        return [_stored(row) for row in connection.execute(query)]


def personal_version(engine: Engine, backbone: str, head_id: int) -> StoredPersonalHead | None:
    """One version, if the backbone has it."""
    query = select(*_PERSONAL).where(personal_heads.c.backbone == backbone, personal_heads.c.id == head_id)
    with engine.connect() as connection:
        row = connection.execute(query).one_or_none()
    return None if row is None else _stored(row)


def keep_personal_head(store: Features, title: str, data: bytes, taught: NDArray[np.int64], report: str | None) -> int:
    """Keep a new version for the features' backbone; returns its id."""
    row = {
        "backbone": store.backbone,
        "title": title,
        "made_at": time.time(),
        "data": data,
        "taught": taught.astype("<i8").tobytes(),
        "report": report,
    }
    with writing(store.engine) as connection:
        return int(connection.execute(insert(personal_heads).values(row).returning(personal_heads.c.id)).scalar_one())


def next_title(engine: Engine) -> str:
    """What a new version is called."""
    with engine.connect() as connection:
        newest = connection.execute(select(func.max(personal_heads.c.id))).scalar_one()
    return f"Version {(newest or 0) + 1}"


_PERSONAL = (
    personal_heads.c.id,
    personal_heads.c.title,
    personal_heads.c.made_at,
    personal_heads.c.data,
    personal_heads.c.taught,
    personal_heads.c.report,
)


def _stored(row: Sequence[object]) -> StoredPersonalHead:
    head_id, title, made_at, data, taught, report = row
    assert isinstance(taught, bytes)
    keys = np.frombuffer(taught, "<i8").astype(np.int64)
    return StoredPersonalHead(head_id, title, made_at, data, keys, report)  # type: ignore[arg-type]  # columns of a row
