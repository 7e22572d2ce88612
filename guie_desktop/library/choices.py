"""What the user chose for a library, by name."""

from sqlalchemy import Engine, delete, select
from sqlalchemy.dialects.sqlite import insert

from guie_desktop.library.database import writing
from guie_desktop.library.tables import choices

MODEL = "model"
"""Name of the backbone in use."""
NEXT_MODEL = "next model"
"""Name of the backbone that the library is being embedded with, to be switched to when it is complete."""
DEVICE = "device"
"""Where networks run: auto, cpu, cuda, mps."""


def precision_of(model: str) -> str:
    """The choice that holds the numeric precision of a backbone's features."""
    return f"precision of {model}"


def head_of(backbone: str) -> str:
    """The choice that holds the id of a backbone's personal head in use; without it, the general head is."""
    return f"head of {backbone}"


def chosen(engine: Engine, name: str, default: str = "") -> str:
    """What was chosen, or the default."""
    with engine.connect() as connection:
        value = connection.execute(select(choices.c.value).where(choices.c.name == name)).scalar_one_or_none()
    return default if value is None else str(value)


def choose(engine: Engine, values: dict[str, str | None]) -> None:
    """Keep choices, all at once; None forgets one."""
    with writing(engine) as connection:
        for name, value in values.items():
            if value is None:
                connection.execute(delete(choices).where(choices.c.name == name))
            else:
                row = insert(choices).values(name=name, value=value)
                connection.execute(row.on_conflict_do_update(index_elements=["name"], set_={"value": value}))
