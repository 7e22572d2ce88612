"""Rows that take the place of those with the same key."""

from sqlalchemy import Table
from sqlalchemy.dialects.sqlite import Insert, insert


def in_place(table: Table) -> Insert:
    """The statement that keeps whole rows of a table, each in place of the one that has its key.

    To be made once: making it takes longer than carrying it out.
    """
    adding = insert(table)
    new = {column.name: adding.excluded[column.name] for column in table.c if not column.primary_key}
    return adding.on_conflict_do_update(index_elements=list(table.primary_key.columns), set_=new)
