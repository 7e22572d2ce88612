"""What the worker does about saved searches."""

from guie_desktop.library.searches import SearchWriter
from guie_desktop.messages import (
    Done,
    LibraryChanged,
    RemoveSearch,
    RenameSearch,
    ReplaceSearch,
    SaveSearch,
    SearchChanged,
    SearchSaved,
)
from guie_desktop.worker.desk import Desk

SavedSearchCommand = SaveSearch | RenameSearch | ReplaceSearch | RemoveSearch


def answer(desk: Desk, command: SavedSearchCommand) -> Done | SearchSaved | SearchChanged:
    """Carry out a command and say so; UserError where it cannot be done."""
    searches = SearchWriter(desk.library.catalog)
    done: Done | SearchSaved | SearchChanged = Done()
    match command:
        case SaveSearch(name, question):
            done = SearchSaved(searches.save(name, question))
        case RenameSearch(search_id, name):
            done = SearchChanged(searches.rename(search_id, name))
        case ReplaceSearch(search_id, question):
            done = SearchChanged(searches.replace(search_id, question))
        case RemoveSearch(search_id, restore):
            (searches.restore if restore else searches.remove)(search_id)
    desk.tell(LibraryChanged())
    return done
