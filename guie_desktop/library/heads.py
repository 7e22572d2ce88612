"""Heads as the catalogue keeps them: bytes with a kind and a number, one line of versions per backbone."""

import time
from dataclasses import dataclass

from sqlalchemy import Engine, delete, insert, select

from guie_desktop.library.database import writing
from guie_desktop.library.tables import heads

GENERAL = "general"


@dataclass(frozen=True, slots=True)
class StoredHead:
    """A head as it lies in the catalogue; `fitted_on` counts the features that it was made from."""

    id: int
    fitted_on: int
    data: bytes


def latest_head(engine: Engine, backbone: str, kind: str = GENERAL) -> StoredHead | None:
    """The newest head of its kind for a backbone."""
    query = (
        select(heads.c.id, heads.c.fitted_on, heads.c.data)
        .where(heads.c.backbone == backbone, heads.c.kind == kind)
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
